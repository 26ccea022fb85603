"""Assess gap filling where the truth is known."""

from __future__ import annotations

from typing import Any

from ...core.language import tr
from ..base import Group, PermafrostAlgorithm, Task
from ..parameters import (
    NumberOutput,
    Values,
    choice,
    number,
    report_output,
    running_parameters,
    scheduler_parameter,
    whole_number,
)
from . import kriging


class AssessGapFilling(PermafrostAlgorithm):
    """Algorithm ``permafrost:assessgapfilling``."""

    ID = "assessgapfilling"
    TITLE = "Assess gap filling"
    GROUP = Group.LST
    TAGS = "validation, cross-validation, gap filling, kriging, clouds, RMSE, CRPS, coverage, withheld"
    SUMMARY = "Withholds known cells, fills them and compares: RMSE, MAE, bias, coverage of the intervals, CRPS."
    DESCRIPTION = """
        Known cells are withheld, either single cells at random or cells under the shapes of clouds in other scenes of
        the stack, and filled as 'Fill gaps of LST' would do. Single cells have known neighbours on all sides, so their
        scores are optimistic; clouds are what has to be filled in practice.

        For comparison the same cells are also filled with a slope on elevation (if there is a DEM) and without any
        trend.
    """
    EXAMPLE = "INPUT=terra_day_2005.tif DEM=dem.tif SHARE=0.2 OUTPUT_HTML=report.html"
    REFERENCES = kriging.REFERENCES

    def declare(self) -> tuple:
        """Return the parameters and outputs."""
        return (
            *kriging.stack_inputs(),
            number("SHARE", "Share of known cells to withhold", "Of each scene that is tested.", 0.2, 0.001, 0.95),
            choice(
                "PATTERN",
                "Pattern of withheld cells",
                "clouds: cells under the shapes of clouds copied from other scenes of the stack, or of the gaps of the "
                "scene itself if it is the only one. cells: single cells at random.",
                ("clouds", "cells"),
                "clouds",
            ),
            whole_number(
                "SCENES",
                "Scenes",
                "Number of scenes that are tested, spread evenly over the stack. Scenes with few known cells are "
                "excluded.",
                5,
                1,
                10_000,
            ),
            *kriging.trend_parameters(),
            *kriging.variogram_parameters(),
            *kriging.neighbourhood_parameters(),
            *running_parameters(),
            scheduler_parameter(),
            report_output(),
            NumberOutput("RMSE", "Root mean square error [K]"),
            NumberOutput("MAE", "Mean absolute error [K]"),
            NumberOutput("BIAS", "Mean error, filled minus true [K]"),
            NumberOutput("COVERAGE", "Share of withheld cells inside nominal 95 % intervals"),
            NumberOutput("CRPS", "Continuous ranked probability score [K]"),
        )

    def check(self, p: Values) -> None:
        """Refuse settings that contradict each other."""
        kriging.check_kriging(p)

    def execute(self, p: Values, task: Task) -> dict[str, Any]:
        """Withhold, fill and compare, scene by scene and trend by trend."""
        # They need SciPy, which may be missing: the provider loads without it.
        from ...core.reports.assessgapfilling import report_assessgapfilling
        from ...raster.lst.withheld import fill_withheld
        from .jobs import check_inputs, withheld_job

        job = withheld_job(p)
        check_inputs(job.fill, task, job.fill.stack.days)
        with task.runner(job.fill.paths) as running:
            result = fill_withheld(job, running)
        task.write_report(p.OUTPUT_HTML, lambda report: report_assessgapfilling(report, result))
        scores = result.scores
        task.info(
            tr(
                "{n} withheld cells of {n_by_scene} scenes: RMSE {rmse:.2f} K, bias {bias:.2f} K, CRPS "
                "{crps:.2f} K, {coverage:.1f} % inside nominal 95 % intervals.",
                n=scores.n,
                n_by_scene=len(result.by_scene),
                rmse=scores.rmse,
                bias=scores.bias,
                crps=scores.crps,
                coverage=100 * scores.coverage,
            )
        )
        return {
            "RMSE": scores.rmse,
            "MAE": scores.mae,
            "BIAS": scores.bias,
            "COVERAGE": scores.coverage,
            "CRPS": scores.crps,
        }
