"""Align a raster with the grid of another one."""

from __future__ import annotations

from typing import Any

from ...core.language import tr
from ...raster.prepare.align import AlignJob, align
from ..base import Group, PermafrostAlgorithm, Task
from ..parameters import Values, choice, raster, raster_output, running_parameters


class AlignToGrid(PermafrostAlgorithm):
    """Algorithm ``permafrost:aligntogrid``."""

    ID = "aligntogrid"
    TITLE = "Align to grid"
    GROUP = Group.PREPARE
    TAGS = "resample, reproject, warp, snap, match, regrid, aggregate"
    SUMMARY = "Resamples a raster onto the grid of another one: same CRS, cell size, origin, and number of cells."
    DESCRIPTION = """
        All algorithms of this provider align rasters on different grids themselves. Use this one to inspect the
        aligned layer, to use it several times, or to choose the method. The published method resamples elevation to
        1 km by bilinear interpolation and land cover by the mode.

        Cells without a value stay without one and do not affect the mean of their neighbours.
    """
    EXAMPLE = "INPUT=landcover.tif GRID=ddt.tif METHOD=mode OUTPUT=landcover_aligned.tif"

    def declare(self) -> tuple:
        """Return the parameters and outputs."""
        return (
            raster("INPUT", "Raster", "The raster to be aligned. All its bands are resampled.", one_band=False),
            raster("GRID", "Grid", "A raster whose grid the output gets. Its values are not used.", one_band=False),
            choice(
                "METHOD",
                "Resampling method",
                "bilinear suits temperatures, degree days and elevation; mode suits classes (the class that covers "
                "most of the cell); average suits percentages; nearest keeps values as they are.",
                ["bilinear", "mode", "average", "nearest"],
                "bilinear",
            ),
            *running_parameters(),
            raster_output("OUTPUT", "Aligned raster", "The raster on the grid of GRID, in its own data type."),
        )

    def execute(self, p: Values, task: Task) -> dict[str, Any]:
        """Resample the raster."""
        job = AlignJob(p.INPUT, p.GRID.grid(), p.METHOD)
        task.info(
            tr(
                "'{name}' ({own_grid}) is resampled to {target_grid} by {method}.",
                name=p.INPUT.name,
                own_grid=p.INPUT.grid().describe(),
                target_grid=job.grid.describe(),
                method=job.method,
            )
        )
        align(job, p.OUTPUT, task.provenance, task.running)
        return {}
