"""The variogram of one scene."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from ...core.reports import charts
from ...core.reports.report import Report
from ..base import Group, PermafrostAlgorithm, Task
from ..parameters import NumberOutput, TextOutput, choice, raster, report_output, running_parameters, whole_number
from . import kriging


class FitVariogram(PermafrostAlgorithm):
    """Algorithm ``permafrost:fitvariogram``."""

    ID = "fitvariogram"
    TITLE = "Fit a variogram"
    GROUP = Group.LST
    TAGS = "variogram, semivariogram, kriging, nugget, sill, range, geostatistics, LST"
    SUMMARY = "Estimates the variogram of one scene, shows it beside the empirical one, and tests it on known cells."
    DESCRIPTION = """
        The trend is taken off first. The empirical variogram in the report is exact: it is of all pairs of known
        cells. The estimate by likelihood follows the short distances, which decide an interpolation, and need not go
        through the middle of the long ones.

        With VARIOGRAM auto the result is two nested structures: NUGGET and SILL are then sums of both, and RANGE is
        the longer one. Use the numbers as NUGGET, SILL, RANGE and SMOOTHNESS of 'Fill gaps of LST', or leave the
        estimate to it.
    """
    EXAMPLE = "INPUT=terra_day_2005.tif BAND=200 DEM=dem.tif OUTPUT_HTML=variogram.html"
    REFERENCES = kriging.REFERENCES

    def declare(self) -> tuple:
        """Parameters and outputs."""
        _, start, elevation = kriging.stack_inputs()
        trend, lapse_rate, references = kriging.trend_parameters()
        return (
            raster("INPUT", "LST stack", "One band a day, or a single scene. Gaps are nodata."),
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
            kriging.seed_parameter(),
            *running_parameters(),
            report_output(),
            TextOutput("VARIOGRAM", "Variogram model"),
            TextOutput("DESCRIPTION", "The variogram in words"),
            NumberOutput("NUGGET", "Nugget [K²]"),
            NumberOutput("SILL", "Partial sill [K²]"),
            NumberOutput("RANGE", "Practical range [m]"),
            NumberOutput("SMOOTHNESS", "Order of matern, exponent of power"),
            NumberOutput("RMSE", "RMSE of known cells predicted from the others [K]"),
        )

    def check(self, p: SimpleNamespace) -> None:
        """Refuse settings that do not go together."""
        kriging.check_elevation(p)

    def execute(self, p: SimpleNamespace, task: Task) -> dict[str, Any]:
        """Fit the trend and the variogram of one scene."""
        from .jobs import fit_one_scene

        task.require_metres(p.INPUT)
        task.align(p.INPUT.grid(), p.DEM)
        task.tell_fill_in_elevations(p.DEM, p.INPUT.grid())
        fit = fit_one_scene(p, task.running)
        for note in (*fit.notes, *fit.filled.fallbacks):
            task.warn(note)
        task.info(fit.words)
        task.write_report(p.OUTPUT_HTML, lambda report: _report(report, p, fit))
        checked = fit.filled.cross_validation
        return {
            "VARIOGRAM": fit.filled.variogram.model,
            "DESCRIPTION": fit.words,
            "NUGGET": fit.nugget,
            "SILL": fit.filled.variogram.total_sill - fit.nugget,
            "RANGE": fit.longest_range,
            "SMOOTHNESS": fit.filled.variogram.smoothness,
            "RMSE": checked.rmse if checked else float("nan"),
        }


def _report(report: Report, p: SimpleNamespace, fit: Any) -> None:
    checked, trend = fit.filled.cross_validation, fit.filled.trend
    report.key_figures(
        [
            ("Nugget [K²]", fit.nugget, ""),
            ("Partial sill [K²]", fit.filled.variogram.total_sill - fit.nugget, "of all structures"),
            ("Range [km]", fit.longest_range / 1000, "practical range of the longest structure"),
            ("RMSE [K]", checked.rmse if checked else float("nan"), "of single known cells from the others"),
        ]
    )
    distance = np.linspace(0, fit.empirical.distance.max(), 200)
    report.figure(
        charts.lines(
            [
                charts.Series(
                    "empirical, all pairs", fit.empirical.distance / 1000, fit.empirical.semivariance, points=True
                ),
                charts.Series("fitted", distance / 1000, fit.filled.variogram.semivariance(distance)),
            ],
            "Variogram",
            "distance [km]",
            "semivariance [K²]",
        ),
        f"Empirical and fitted variogram of the residuals of '{p.INPUT.name}', band {p.BAND}. An anisotropic model is "
        "drawn along its longest range, the empirical variogram is of all directions.",
    )
    explained = "" if np.isnan(trend.r2) else f", which explains {100 * trend.r2:.0f} % of the variance"
    report.paragraph(f"The variogram is {fit.words}. The trend is '{trend.kind}'{explained}.")
    for fallback in fit.filled.fallbacks:
        report.notice(fallback)
    report.methods(
        f"The variogram of the residuals from the trend ({trend.kind}) was estimated by {p.FIT}: {fit.words}."
    )
