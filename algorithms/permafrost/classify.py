"""The permafrost map."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessing

from ...core import classes
from ...core.about import METHOD
from ...core.reports.numbers import area
from ...raster.permafrost.classify import ClassifyJob, run_classify
from ..base import Group, PermafrostAlgorithm, Task
from ..layers import cover_source
from ..parameters import Values, number, picture_output, raster, raster_or_vector, raster_output, running_parameters
from ..picture import save_picture


class Classify(PermafrostAlgorithm):
    """Algorithm ``permafrost:classify``."""

    ID = "classify"
    TITLE = "Permafrost map"
    GROUP = Group.PERMAFROST
    TAGS = "permafrost, seasonally frozen ground, glacier, lake, classify, mask, binarise, map"
    SUMMARY = "Maps permafrost, seasonally frozen ground, glaciers and lakes from TTOP."
    DESCRIPTION = """
        Permafrost is where TTOP is at or below the threshold, seasonally frozen ground where it is above. A cell is
        glacier, lake or part of the basin if at least half of its area is. Lakes take precedence over glaciers, and
        glaciers over ground.

        The classes are 1 permafrost, 2 seasonally frozen ground, 3 glacier and 4 lake, with 0 (nodata) outside the
        basin and where TTOP is missing.
    """
    EXAMPLE = "TTOP=ttop.tif GLACIERS=glaciers.gpkg LAKES=lakes.gpkg BASIN=basin.gpkg OUTPUT=map.tif PICTURE=map.png"
    REFERENCES = (METHOD,)

    def declare(self) -> tuple:
        """Return the parameters and outputs."""
        polygons = [QgsProcessing.SourceType.TypeVectorPolygon]
        raster_help = "Polygons, or a raster whose values above 0 count."
        return (
            raster("TTOP", "TTOP [°C]", "Temperature at the top of permafrost, from 'TTOP'.", unit="degC"),
            number("THRESHOLD", "Threshold [°C]", "Cells with a TTOP at or below it are permafrost.", 0.0, -20.0, 20.0),
            raster_or_vector("GLACIERS", "Glaciers", raster_help, polygons, optional=True, near=["TTOP"]),
            raster_or_vector("LAKES", "Lakes", raster_help, polygons, optional=True, near=["TTOP"]),
            raster_or_vector(
                "BASIN", "Basin", f"The map is nodata outside of it. {raster_help}", polygons, optional=True
            ),
            *running_parameters(),
            raster_output(
                "OUTPUT",
                "Permafrost map",
                "Classes as bytes: 1 permafrost, 2 seasonally frozen ground, 3 glacier, 4 lake.",
                classes.PERMAFROST_MAP,
            ),
            picture_output("PICTURE", "Picture of the map", "The styled map with its legend, as PNG."),
        )

    def execute(self, p: Values, task: Task) -> dict[str, Any]:
        """Write the map and its picture."""
        covers = {"glaciers": p.GLACIERS, "lakes": p.LAKES, "basin": p.BASIN}
        covers = {name: cover_source(layer) for name, layer in covers.items() if layer is not None}
        areas = run_classify(ClassifyJob(p.TTOP, p.THRESHOLD, covers), p.OUTPUT, task.provenance, task.running)
        task.warn(*areas.warnings)
        task.info(*areas.sentences(area))
        if p.PICTURE:
            note = task.simulated_note()
            save_picture(p.OUTPUT, classes.PERMAFROST_MAP, self.displayName(), p.PICTURE, note)
        return {}
