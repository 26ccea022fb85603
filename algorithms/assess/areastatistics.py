"""Areas of the classes of a map."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessing

from ...core.assess.areastatistics import AREA_FIELDS, VALUES, Areas
from ...core.assess.binary import listed_classes
from ...core.classes import GLACIER, LAKE, PERMAFROST_MAP, SEASONAL_FROST
from ...core.errors import InputError
from ...core.language import tr
from ...core.reports.areastatistics import report_areastatistics
from ...core.reports.numbers import area
from ...raster.assess.areastatistics import AreasJob, run_areastatistics
from ...raster.publish.preview import map_figure
from ...raster.read.classes import ClassSource
from ..base import Group, PermafrostAlgorithm, Task
from ..layers import empty_note
from ..parameters import (
    NumberOutput,
    Values,
    field,
    raster,
    report_output,
    running_parameters,
    table_output,
    text,
    vector,
)


class AreaStatistics(PermafrostAlgorithm):
    """Algorithm ``permafrost:areastatistics``."""

    ID = "areastatistics"
    TITLE = "Areas of a permafrost map"
    GROUP = Group.ASSESS
    TAGS = "area, statistics, zonal, district, extent, km2, percent, geodesic, permafrost extent"
    SUMMARY = "Sums the areas of the classes of a map on the ellipsoid, in total and per polygon."
    DESCRIPTION = """
        Each cell counts with its own area on the ellipsoid, both on grids in degrees and on projected grids: a cell of
        0.01° covers 1.02 km² at 34° N and 0.90 km² at 43° N. A cell belongs to the polygon that contains its centre.
    """
    EXAMPLE = "MAP=map.tif ZONES=districts.gpkg ZONE_FIELD=name TABLE=areas.csv OUTPUT_HTML=areas.html"

    def declare(self) -> tuple:
        """Return the parameters and outputs."""
        return (
            raster("MAP", "Map", "A raster of classes 0 to 255, for example from 'Permafrost map'."),
            vector(
                "ZONES",
                "Districts",
                "Polygons for which areas are summed separately.",
                [QgsProcessing.SourceType.TypeVectorPolygon],
                optional=True,
            ),
            field(
                "ZONE_FIELD",
                "Name of the district",
                "Field that names the districts; polygons of the same name are one district.",
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
            table_output("TABLE", "Areas", "One row per district and class: area and share of the district."),
            report_output(),
            NumberOutput("PERMAFROST_KM2", "Area of permafrost [km²]"),
            NumberOutput("PERMAFROST_PERCENT", "Share of permafrost in the map [%]"),
            NumberOutput("SEASONAL_FROST_KM2", "Area of class 2, seasonally frozen ground [km²]"),
            NumberOutput("GLACIER_KM2", "Area of class 3, glaciers [km²]"),
            NumberOutput("LAKE_KM2", "Area of class 4, lakes [km²]"),
            NumberOutput("TOTAL_KM2", "Area of all classes [km²]"),
        )

    def check(self, p: Values) -> AreasJob:
        """Read the list of classes and the names of the districts; return the job."""
        permafrost = listed_classes(p.MAP_PERMAFROST, "MAP_PERMAFROST")
        if not all(0 <= value < VALUES for value in permafrost):
            raise InputError(
                tr(
                    "MAP_PERMAFROST is '{map_permafrost}', and classes lie between 0 and {values}: choose those of "
                    "the map.",
                    map_permafrost=p.MAP_PERMAFROST,
                    values=VALUES - 1,
                )
            )
        names, district = ((), None) if p.ZONES is None else p.ZONES.groups(p.ZONE_FIELD, "ZONE_FIELD", "district")
        return AreasJob(ClassSource.of(p.MAP), permafrost, tuple(names), district, "MAP_PERMAFROST")

    def execute(self, p: Values, task: Task) -> dict[str, Any]:
        """Sum areas block by block."""
        task.warn_of_assumed_metres(p.MAP)
        task.warn(*task.checked.warnings)
        if p.ZONES is not None:
            task.warn(empty_note(p.ZONES, p.ZONE_FIELD, is_name=True))
        result = run_areastatistics(task.checked, task.running)
        task.warn(*result.warnings)
        task.write_table("TABLE", AREA_FIELDS, result.rows())
        task.write_report(
            p.OUTPUT_HTML, lambda report: report_areastatistics(report, result, _figure(task.checked, result))
        )
        task.info(
            tr(
                "Permafrost covers {permafrost}, {percent:.1f} % of {total}.",
                permafrost=area(result.permafrost_km2, result.cell_km2),
                percent=result.permafrost_percent,
                total=area(result.total_km2, result.cell_km2),
            )
        )
        return {
            "PERMAFROST_KM2": result.permafrost_km2,
            "PERMAFROST_PERCENT": result.permafrost_percent,
            "SEASONAL_FROST_KM2": result.class_km2(SEASONAL_FROST.value),
            "GLACIER_KM2": result.class_km2(GLACIER.value),
            "LAKE_KM2": result.class_km2(LAKE.value),
            "TOTAL_KM2": result.total_km2,
        }


def _figure(job: AreasJob, result: Areas) -> str:
    """Draw the map, where it has the classes of a permafrost map."""
    if not result.is_permafrost_map:
        return ""
    shown = [entry for entry in PERMAFROST_MAP if entry.value in result.values]
    return map_figure(job.map, shown, job.map.name)
