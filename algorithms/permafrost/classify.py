"""The permafrost map."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
from qgis.core import QgsProcessing

from ...core import classes
from ...core.celsius import require_celsius
from ...core.errors import InputError
from ...core.permafrost.classify import classify
from ...core.sums import exact_sum
from ...raster.run.blocks import map_windows
from ...raster.write.writer import Layer
from ...raster.write.writer import raster_output as write_raster
from ..base import Group, PermafrostAlgorithm, Task
from ..layers import cover_source
from ..parameters import number, picture_output, raster, raster_or_vector, raster_output, running_parameters
from ..picture import save_picture


class Classify(PermafrostAlgorithm):
    """Algorithm ``permafrost:classify``."""

    ID = "classify"
    TITLE = "Permafrost map"
    GROUP = Group.PERMAFROST
    TAGS = "permafrost, seasonally frozen ground, glacier, lake, classify, mask, binarise, map"
    SUMMARY = "Makes the permafrost map from TTOP: permafrost, seasonally frozen ground, glaciers and lakes."
    DESCRIPTION = """
        Permafrost is where TTOP is at the threshold or below, seasonally frozen ground where it is above. A cell is a
        glacier, a lake or part of the basin if at least half of it is; lakes lie over glaciers, glaciers over ground.

        The classes are 1 permafrost, 2 seasonally frozen ground, 3 glacier, 4 lake, and 0 (nodata) outside the basin
        and where TTOP is not known.
    """
    EXAMPLE = "TTOP=ttop.tif GLACIERS=glaciers.gpkg LAKES=lakes.gpkg BASIN=basin.gpkg OUTPUT=map.tif PICTURE=map.png"
    REFERENCES = (
        "Zhang et al. (2025): Permafrost mapping of the Tarim Basin based on TTOP model for 2005-2020. GIScience & "
        "Remote Sensing 62(1). doi:10.1080/15481603.2025.2596941",
    )

    def declare(self) -> tuple:
        """Parameters and outputs."""
        polygons = [QgsProcessing.SourceType.TypeVectorPolygon]
        raster_help = "Polygons, or a raster whose values above 0 count."
        return (
            raster("TTOP", "TTOP [°C]", "Temperature at the top of permafrost, from 'TTOP'."),
            number("THRESHOLD", "Threshold [°C]", "Permafrost is where TTOP is at or below it.", 0.0, -20.0, 20.0),
            raster_or_vector("GLACIERS", "Glaciers", raster_help, polygons, optional=True),
            raster_or_vector("LAKES", "Lakes", raster_help, polygons, optional=True),
            raster_or_vector(
                "BASIN", "Basin", f"Outside of it the map is empty. {raster_help}", polygons, optional=True
            ),
            *running_parameters(),
            raster_output("OUTPUT", "Permafrost map", "Bytes with the classes above.", classes.PERMAFROST_MAP),
            picture_output("PICTURE", "Picture of the map", "The styled map with its legend as PNG."),
        )

    def execute(self, p: SimpleNamespace, task: Task) -> dict[str, Any]:
        """Classify block by block."""
        grid = p.TTOP.grid()
        covers = {"glaciers": p.GLACIERS, "lakes": p.LAKES, "mask": p.BASIN}
        covers = {name: cover_source(layer) for name, layer in covers.items() if layer is not None}
        sources = {"ttop": p.TTOP, **covers, **({"area_km2": task.areas(p.TTOP)} if covers else {})}
        covered_km2 = dict.fromkeys(covers, 0.0)
        known_cells = 0

        def compute(ttop: np.ndarray, area_km2: Any = 0.0, **shares: np.ndarray) -> tuple[np.ndarray, dict, int]:
            require_celsius(ttop, p.TTOP.name)
            inside = shares.get("mask", 1.0)
            totals = {name: exact_sum(share * inside * area_km2) for name, share in shares.items()}
            return classify(ttop, p.THRESHOLD, **shares), totals, int(np.count_nonzero(~np.isnan(ttop)))

        layer = Layer(["Permafrost map"], classes=classes.PERMAFROST_MAP)
        empty = f"No cell of '{p.TTOP.name}' inside the basin holds a TTOP: check the layer, the basin and both CRSs."
        with write_raster(p.OUTPUT, grid, layer, task.provenance, task.running, empty) as output:
            for window, (values, totals, known) in map_windows(compute, sources, grid, task.running):
                output.write(window, values)
                covered_km2 = {name: covered_km2[name] + totals[name] for name in covers}
                known_cells += known
            # A map of glaciers and lakes alone would look like a result.
            if known_cells == 0:
                raise InputError(empty)
        for name in covers:
            told = {"mask": "The basin covers"}.get(name, f"{name.capitalize()} cover")
            task.info(f"{told} {covered_km2[name]:,.1f} km², counted by fractions of cells.")
        if p.PICTURE:
            note = f"Simulated data, not observed: {task.simulated}" if task.simulated else ""
            save_picture(p.OUTPUT, classes.PERMAFROST_MAP, self.displayName(), p.PICTURE, note)
        return {}
