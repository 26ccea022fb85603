"""Align a raster to the cells of another one."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from ...raster.prepare.align import align
from ..base import Group, PermafrostAlgorithm, Task
from ..parameters import choice, raster, raster_output, running_parameters


class AlignToGrid(PermafrostAlgorithm):
    """Algorithm ``permafrost:aligntogrid``."""

    ID = "aligntogrid"
    TITLE = "Align to grid"
    GROUP = Group.PREPARE
    TAGS = "resample, reproject, warp, snap, match, regrid, aggregate"
    SUMMARY = "Brings a raster onto the cells of another one: same CRS, cell size, corner and number of cells."
    DESCRIPTION = """
        All algorithms of this provider align differing grids by themselves. Use this one to see the aligned layer, to
        use it several times, or to choose the method. The published method resamples the elevation to 1 km by
        bilinear interpolation and land cover by the mode.

        Cells without a value stay without one and take no part in the mean of their neighbours.
    """
    EXAMPLE = "INPUT=landcover.tif GRID=ddt.tif METHOD=mode OUTPUT=landcover_aligned.tif"

    def declare(self) -> tuple:
        """Parameters and outputs."""
        return (
            raster("INPUT", "Raster", "The raster to be aligned, with all its bands."),
            raster("GRID", "Grid", "A raster that has the cells that are wanted. Its values are not used."),
            choice(
                "METHOD",
                "Resampling method",
                "bilinear for temperatures, degree days and elevation; mode for classes (the class that fills most of "
                "the cell); average for shares in percent; nearest to keep values as they are.",
                ["bilinear", "mode", "average", "nearest"],
                "bilinear",
            ),
            *running_parameters(),
            raster_output("OUTPUT", "Aligned raster", "The raster on the cells of GRID, in its own data type."),
        )

    def execute(self, p: SimpleNamespace, task: Task) -> dict[str, Any]:
        """Warp."""
        grid = p.GRID.grid()
        task.info(f"'{p.INPUT.name}' ({p.INPUT.grid().describe()}) is brought to {grid.describe()} by {p.METHOD}.")
        align(p.INPUT, grid, p.METHOD, p.OUTPUT, task.provenance, task.running)
        return {}
