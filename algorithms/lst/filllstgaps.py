"""Fill gaps of LST stacks by kriging."""

from __future__ import annotations

from typing import Any

from ...core import classes
from ...core.language import tr
from ..base import Group, PermafrostAlgorithm, Task
from ..parameters import (
    NumberOutput,
    Values,
    raster_output,
    report_output,
    running_parameters,
    scheduler_parameter,
    whole_number,
)
from . import kriging


class FillLstGaps(PermafrostAlgorithm):
    """Algorithm ``permafrost:filllstgaps``."""

    ID = "filllstgaps"
    TITLE = "Fill gaps of LST"
    GROUP = Group.LST
    TAGS = "gap filling, interpolation, kriging, clouds, reconstruction, MODIS, TRIMS, LST, DEM, variogram"
    SUMMARY = "Fills the gaps of land surface temperature by kriging the residuals of a trend, with their uncertainty."
    DESCRIPTION = """
        For each scene a trend is fitted to the known cells, the residuals are kriged from the known cells around each
        gap, and the trend is added back. Known cells are copied as they are stored, bit for bit. The kriging standard
        deviation states the uncertainty of an estimate: plus or minus two of them is a 95 % interval. Unless
        the variogram was given, it is larger where known cells beside the gap differ more from what others predict than
        they do elsewhere in the scene, and smaller where they differ less.

        Filled cells hold the temperature that the ground would have under a clear sky, as the known cells do, and not
        that under the clouds, unless the product is an all-weather one.

        Fitted slopes are guarded: where they are implausible, or too few cells are known, the next simpler trend is
        used, and the report states this for each scene. Gaps more than 250 cells from any known cell hold the trend
        alone. A scene without any known cell stays empty.

        Memory use does not depend on the number of scenes. A run that was stopped continues where it was when it is
        started again with the same inputs and parameters: finished scenes are kept in a hidden folder beside OUTPUT.
    """
    EXAMPLE = "INPUT=terra_day_2005.tif DEM=dem.tif OUTPUT=filled.tif OUTPUT_STD=std.tif OUTPUT_HTML=report.html"
    REFERENCES = kriging.REFERENCES

    RESUMES = True

    def declare(self) -> tuple:
        """Return the parameters and outputs."""
        return (
            *kriging.stack_inputs(),
            *kriging.trend_parameters(),
            *kriging.variogram_parameters(),
            *kriging.neighbourhood_parameters(),
            whole_number(
                "VALIDATION",
                "Cells of the cross-validation",
                "Known cells of each scene that are predicted from the others, for the report; 0 for no "
                "cross-validation.",
                500,
                0,
                100_000,
                advanced=True,
            ),
            *running_parameters(),
            scheduler_parameter(),
            raster_output(
                "OUTPUT", "Filled LST", "The input without its gaps, stored in the same way.", classes.TEMPERATURE
            ),
            raster_output(
                "OUTPUT_STD",
                "Kriging standard deviation [K]",
                "One band per scene; 0 in known cells.",
                classes.UNCERTAINTY,
                optional=True,
            ),
            report_output(),
            NumberOutput("FILLED", "Gaps filled in all scenes"),
            NumberOutput("REMAINING", "Gaps that remain in all scenes"),
        )

    def check(self, p: Values) -> None:
        """Refuse settings that contradict each other."""
        kriging.check_kriging(p)

    def execute(self, p: Values, task: Task) -> dict[str, Any]:
        """Fill scene by scene."""
        # They need SciPy, which may be missing: the provider loads without it.
        from ...core.reports.filllstgaps import report_filllstgaps
        from ...raster.lst.filling import FillOutputs, fill_stack
        from .jobs import check_inputs, fill_job, gap_maps

        job = fill_job(p, validation_cells=p.VALIDATION)
        check_inputs(job, task, job.stack.days)
        scenes, grid = len(job.stack.days), p.INPUT.grid().describe()
        # In the log of a model that fills several stacks, all that follows is of this one.
        said = {"stack": p.INPUT.name, "grid": grid}
        one = scenes == 1
        task.info(
            tr("'{stack}': one scene on {grid}.", **said)
            if one
            else tr("'{stack}': {scenes} scenes on {grid}.", scenes=scenes, **said)
        )
        with task.runner(job.paths) as running:
            result = fill_stack(job, FillOutputs(p.OUTPUT, p.OUTPUT_STD), task.provenance, running)
        task.info(*result.notes())
        task.warn(*result.warnings)
        task.write_report(p.OUTPUT_HTML, lambda report: report_filllstgaps(report, result, gap_maps(p, job, result)))
        task.info(tr("Gaps filled: {filled}.", filled=result.filled))
        return {"FILLED": result.filled, "REMAINING": result.remaining}
