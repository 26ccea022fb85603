"""Fit the variogram of one scene."""

from __future__ import annotations

from typing import Any

from ..base import Group, PermafrostAlgorithm, Task
from ..parameters import (
    NumberOutput,
    TextOutput,
    Values,
    choice,
    raster,
    report_output,
    running_parameters,
    whole_number,
)
from . import kriging


class FitVariogram(PermafrostAlgorithm):
    """Algorithm ``permafrost:fitvariogram``."""

    ID = "fitvariogram"
    TITLE = "Fit a variogram"
    GROUP = Group.LST
    TAGS = "variogram, semivariogram, kriging, nugget, sill, range, geostatistics, LST"
    SUMMARY = "Estimates the variogram of one scene, plots it with the empirical one, and tests it on known cells."
    DESCRIPTION = """
        The trend is subtracted first. The empirical variogram in the report is exact: it includes all pairs of known
        cells. The estimate by likelihood follows the short distances, on which interpolation depends, and need not pass
        through the points at long distances.

        With VARIOGRAM auto the result has two nested structures: NUGGET and SILL are their sums, and RANGE is the
        longer range. Use the numbers as NUGGET, SILL, RANGE and SMOOTHNESS of 'Fill gaps of LST', or let it
        estimate the variogram itself.
    """
    EXAMPLE = "INPUT=terra_day_2005.tif BAND=200 DEM=dem.tif OUTPUT_HTML=variogram.html"
    REFERENCES = kriging.REFERENCES

    def declare(self) -> tuple:
        """Return the parameters and outputs."""
        _, start, elevation = kriging.stack_inputs()
        trend, lapse_rate, references = kriging.trend_parameters()
        return (
            raster(
                "INPUT",
                "LST stack",
                "One band per day, or a single scene. Gaps are nodata.",
                one_band=False,
                unit="degC",
            ),
            whole_number("BAND", "Band", "The scene, counted from 1.", 1, 1, 1_000_000),
            start,
            elevation,
            trend,
            lapse_rate,
            references,
            choice(
                "VARIOGRAM",
                "Variogram model",
                kriging.MODEL_HELP,
                kriging.MODELS,
                "auto",
            ),
            kriging.fit_parameter(),
            kriging.seed(),
            *running_parameters(),
            report_output(),
            TextOutput("VARIOGRAM", "Variogram model"),
            TextOutput("DESCRIPTION", "Description of the variogram"),
            NumberOutput("NUGGET", "Nugget [K²]"),
            NumberOutput("SILL", "Partial sill [K²]"),
            NumberOutput("RANGE", "Practical range [m]"),
            NumberOutput("SMOOTHNESS", "Order of matern, exponent of power"),
            NumberOutput("RMSE", "RMSE of known cells predicted from the others [K]"),
        )

    def check(self, p: Values) -> None:
        """Refuse settings that contradict each other."""
        kriging.check_elevation(p)

    def execute(self, p: Values, task: Task) -> dict[str, Any]:
        """Fit the trend and the variogram of one scene."""
        # They need SciPy, which may be missing: the provider loads without it.
        from ...core.language import english
        from ...core.reports.fitvariogram import report_fitvariogram
        from ...raster.lst.scenefit import fit_variogram
        from .jobs import check_inputs, scene_fit_job

        job = scene_fit_job(p)
        check_inputs(job.fill, task, job.fill.stack.days[p.BAND - 1 : p.BAND])
        result = fit_variogram(job, task.running)
        task.warn(*result.warnings)
        task.info(result.variogram.describe())
        task.write_report(p.OUTPUT_HTML, lambda report: report_fitvariogram(report, result))
        return {
            "VARIOGRAM": result.variogram.model,
            "DESCRIPTION": result.variogram.describe(english),
            "NUGGET": result.nugget,
            "SILL": result.partial_sill,
            "RANGE": result.longest_range,
            "SMOOTHNESS": result.variogram.smoothness,
            "RMSE": result.rmse,
        }
