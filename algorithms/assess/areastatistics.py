"""Areas of the classes of a map."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
from qgis.core import QgsProcessing

from ...core import classes
from ...core.assess.area import class_areas
from ...core.assess.binary import listed_classes, require_found
from ...core.errors import InputError
from ...core.reports import charts
from ...core.reports.numbers import fixed
from ...core.reports.report import Report
from ...raster.publish.preview import map_figure
from ...raster.read.sources import NO_CLASS, ClassSource, Source
from ...raster.run.blocks import map_windows
from ...raster.write.writer import class_names
from ..base import Group, PermafrostAlgorithm, Task
from ..parameters import NumberOutput, field, raster, report_output, running_parameters, table_output, text, vector

WHOLE = "whole map"

# Values of classes are bytes.
VALUES = 256


class AreaStatistics(PermafrostAlgorithm):
    """Algorithm ``permafrost:areastatistics``."""

    ID = "areastatistics"
    TITLE = "Areas of a permafrost map"
    GROUP = Group.ASSESS
    TAGS = "area, statistics, zonal, district, extent, km2, percent, geodesic, permafrost extent"
    SUMMARY = "Sums the true areas of the classes of a map, in all and per polygon."
    DESCRIPTION = """
        Each cell counts with its own area on the ellipsoid, on grids in degrees as on projected ones: a cell of 0.01°
        covers 1.02 km² at 34° N and 0.90 km² at 43° N. A cell belongs to the polygon that holds its centre.
    """
    EXAMPLE = "MAP=map.tif ZONES=districts.gpkg ZONE_FIELD=name TABLE=areas.csv OUTPUT_HTML=areas.html"

    def declare(self) -> tuple:
        """Parameters and outputs."""
        return (
            raster("MAP", "Map", "A raster of classes 0 to 255, for example from 'Permafrost map'."),
            vector(
                "ZONES",
                "Districts",
                "Polygons whose areas are wanted one by one.",
                [QgsProcessing.SourceType.TypeVectorPolygon],
                optional=True,
            ),
            field(
                "ZONE_FIELD",
                "Name of the district",
                "Field that names the districts; polygons of one name are one district.",
                "ZONES",
            ),
            text(
                "MAP_PERMAFROST",
                "Permafrost in the map",
                "Values of the map that are permafrost, separated by commas.",
                "1",
                advanced=True,
            ),
            *running_parameters(),
            table_output("TABLE", "Areas", "One line per district and class: area and share of the district."),
            report_output(),
            NumberOutput("PERMAFROST_KM2", "Area of permafrost [km²]"),
            NumberOutput("PERMAFROST_PERCENT", "Share of permafrost in the map [%]"),
            NumberOutput("SEASONAL_FROST_KM2", "Area of class 2, seasonally frozen ground [km²]"),
            NumberOutput("GLACIER_KM2", "Area of class 3, glaciers [km²]"),
            NumberOutput("LAKE_KM2", "Area of class 4, lakes [km²]"),
            NumberOutput("TOTAL_KM2", "Area of all classes [km²]"),
        )

    def execute(self, p: SimpleNamespace, task: Task) -> dict[str, Any]:
        """Sum areas block by block."""
        grid = p.MAP.grid()
        permafrost = listed_classes(p.MAP_PERMAFROST, "MAP_PERMAFROST")
        if not all(0 <= value < VALUES for value in permafrost):
            raise InputError(
                f"MAP_PERMAFROST is '{p.MAP_PERMAFROST}', and classes lie between 0 and {VALUES - 1}: give those of "
                "the map."
            )
        names, zones = _zones(p)
        sources: dict[str, Source] = {"map_classes": ClassSource.of(p.MAP)}
        if zones is not None:
            sources["zone"] = zones
        sources["area_km2"] = task.areas(p.MAP)

        def add_up(map_classes, area_km2, zone=-1) -> np.ndarray:
            known = map_classes != NO_CLASS
            if known.any() and not 0 <= map_classes[known].min() <= map_classes.max() < VALUES:
                raise InputError(f"'{p.MAP.name}' holds classes outside 0 to {VALUES - 1}: reclassify it first.")
            found = np.where(known, map_classes, -1)
            everywhere = class_areas(found, area_km2, 0, VALUES, 1)
            return np.vstack([class_areas(found, area_km2, zone, VALUES, len(names)), everywhere])

        areas_km2 = np.zeros((len(names) + 1, VALUES))
        for _, summed in map_windows(add_up, sources, grid, task.running):
            areas_km2 += summed
        whole = areas_km2[-1]
        if whole.sum() == 0:
            raise InputError(f"'{p.MAP.name}' has no cell with a class: choose another map, or check its nodata value.")
        require_found(permafrost, np.flatnonzero(whole).tolist(), "MAP_PERMAFROST", f"'{p.MAP.name}'")
        labels = class_names(p.MAP)
        rows = [
            (zone, value, labels.get(value, f"class {value}"), float(areas_km2[index, value]), share)
            for index, zone in enumerate([*names, WHOLE])
            for value, share in _shares(areas_km2[index], whole)
        ]
        fields = {"district": str, "class": int, "name": str, "area_km2": float, "percent": float}
        task.write_table("TABLE", fields, rows)
        task.write_report(p.OUTPUT_HTML, lambda report: _report(report, p, rows, labels))
        permafrost_km2, total_km2 = float(whole[list(permafrost)].sum()), float(whole.sum())
        task.info(
            f"Permafrost covers {permafrost_km2:,.1f} km², {100 * permafrost_km2 / total_km2:.2f} % of "
            f"{total_km2:,.1f} km²."
        )
        return {
            "PERMAFROST_KM2": permafrost_km2,
            "PERMAFROST_PERCENT": 100 * permafrost_km2 / total_km2,
            "SEASONAL_FROST_KM2": float(whole[classes.SEASONAL_FROST.value]),
            "GLACIER_KM2": float(whole[classes.GLACIER.value]),
            "LAKE_KM2": float(whole[classes.LAKE.value]),
            "TOTAL_KM2": total_km2,
        }


def _zones(p: SimpleNamespace) -> tuple[list[str], Any]:
    """Give the names of the districts, and the district of each cell."""
    if p.ZONES is None:
        return [], None
    return p.ZONES.groups(p.ZONE_FIELD, "ZONE_FIELD", "district")


def _shares(areas_km2: np.ndarray, whole: np.ndarray) -> list[tuple[int, float]]:
    """Give the classes of the map with their share of a district in percent, NaN where it has no cell."""
    total = float(areas_km2.sum())
    return [
        (int(value), 100 * float(areas_km2[value]) / total if total else float("nan"))
        for value in np.flatnonzero(whole)
    ]


def _report(report: Report, p: SimpleNamespace, rows: list[tuple], labels: dict[int, str]) -> None:
    whole = [row for row in rows if row[0] == WHOLE]
    report.key_figures(
        [(name, f"{fixed(area, 0)} km²", f"{share:.2f} % of the map") for _, _, name, area, share in whole]
    )
    colours = {entry.value: entry.colour for entry in classes.PERMAFROST_MAP}
    report.figure(
        charts.bars([(row[2], row[3], colours.get(row[1], "#777777")) for row in whole], "Areas", "km²"),
        "Areas of the classes on the ellipsoid.",
    )
    shown = [entry for entry in classes.PERMAFROST_MAP if entry.value in {row[1] for row in whole}]
    if {row[1] for row in whole} <= {entry.value for entry in shown}:
        report.figure(map_figure(p.MAP, shown, p.MAP.name), f"The map '{p.MAP.name}'.")
    report.section("Areas")
    report.table(
        ["District", "Class", "Area [km²]", "Share [%]"],
        ((zone, name, fixed(area, 1), fixed(share, 2)) for zone, _, name, area, share in rows),
        "Areas per class. Shares are of the district.",
        align="llrr",
    )
    parts = "; ".join(f"{name} {fixed(area, 0)} km² ({share:.2f} %)" for _, _, name, area, share in whole)
    report.methods(f"Areas were summed from the true areas of the cells on the ellipsoid of the map's CRS: {parts}.")
