"""How good gap filling is, where the truth is known."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from ...core.reports import charts
from ...core.reports.numbers import fixed
from ...core.reports.report import Report
from ...raster.prepare.beyond import count_beyond
from ..base import Group, PermafrostAlgorithm, Task
from ..parameters import NumberOutput, choice, number, report_output, running_parameters, whole_number
from . import kriging


class AssessGapFilling(PermafrostAlgorithm):
    """Algorithm ``permafrost:assessgapfilling``."""

    ID = "assessgapfilling"
    TITLE = "Assess gap filling"
    GROUP = Group.LST
    TAGS = "validation, cross-validation, gap filling, kriging, clouds, RMSE, CRPS, coverage, withheld"
    SUMMARY = "Hides known cells, fills them and compares: RMSE, MAE, bias, coverage of the intervals, CRPS."
    DESCRIPTION = """
        Known cells are hidden, singly at random or under the shapes of clouds that other scenes of the stack have, and
        filled as 'Fill gaps of LST' would. Single cells have known neighbours on all sides, which flatters; clouds are
        what has to be filled in earnest.

        Beside the settings that are given, the same cells are filled with a slope on elevation (if there is a DEM) and
        without any trend.
    """
    EXAMPLE = "INPUT=terra_day_2005.tif DEM=dem.tif SHARE=0.2 OUTPUT_HTML=report.html"
    REFERENCES = kriging.REFERENCES

    def declare(self) -> tuple:
        """Parameters and outputs."""
        return (
            *kriging.stack_inputs(),
            number(
                "SHARE", "Share of the known cells that is hidden", "Of each scene that is tested.", 0.2, 0.001, 0.95
            ),
            choice(
                "PATTERN",
                "What is hidden",
                "clouds: cells under cloud shapes taken from other scenes of the stack, or from the gaps of the scene "
                "itself. cells: single cells at random.",
                ("clouds", "cells"),
                "clouds",
            ),
            whole_number(
                "SCENES",
                "Scenes",
                "Number of scenes that are tested: spread over the stack, those with few known cells left out.",
                5,
                1,
                10_000,
            ),
            *kriging.trend_parameters(),
            *kriging.variogram_parameters(),
            *kriging.neighbourhood_parameters(),
            *running_parameters(),
            report_output(),
            NumberOutput("RMSE", "Root mean square error [K]"),
            NumberOutput("MAE", "Mean absolute error [K]"),
            NumberOutput("BIAS", "Mean error, filled minus true [K]"),
            NumberOutput("COVERAGE", "Share of hidden cells inside nominal 95 % intervals"),
            NumberOutput("CRPS", "Continuous ranked probability score [K]"),
        )

    def check(self, p: SimpleNamespace) -> None:
        """Refuse settings that do not go together."""
        kriging.check_kriging(p)

    def execute(self, p: SimpleNamespace, task: Task) -> dict[str, Any]:
        """Hide, fill and compare, scene by scene and trend by trend."""
        from .jobs import assess, job_of, method_sentence, trends_to_compare

        job = job_of(p, validation_cells=0)
        task.require_metres(p.INPUT)
        task.align(p.INPUT.grid(), p.DEM)
        task.tell_fill_in_elevations(p.DEM, p.INPUT.grid())
        for sentence in count_beyond(job.stack, job.stack.days, task.running.part(0.0, 0.01)):
            task.warn(sentence)
        assessment = assess(job, trends_to_compare(p), p.SHARE, p.PATTERN, p.SCENES, task.running)
        ours = assessment.pooled[p.TREND]
        task.write_report(p.OUTPUT_HTML, lambda report: _report(report, p, assessment, method_sentence(p)))
        task.info(
            f"{ours.n} hidden cells of {len(assessment.by_scene)} scenes: RMSE {ours.rmse:.2f} K, bias "
            f"{ours.bias:.2f} K, CRPS {ours.crps:.2f} K, {100 * ours.coverage:.1f} % inside nominal 95 % intervals."
        )
        return {
            "RMSE": ours.rmse,
            "MAE": ours.mae,
            "BIAS": ours.bias,
            "COVERAGE": ours.coverage,
            "CRPS": ours.crps,
        }


def _report(report: Report, p: SimpleNamespace, assessment: Any, method: str) -> None:
    ours = assessment.pooled[p.TREND]
    report.key_figures(
        [
            ("RMSE [K]", ours.rmse, f"of {ours.n} hidden cells"),
            ("CRPS [K]", ours.crps, "error of estimate and uncertainty together"),
            ("Coverage", ours.coverage, "of nominal 95 % intervals"),
            ("Bias [K]", ours.bias, "filled minus true"),
        ]
    )
    hidden = "single cells at random" if p.PATTERN == "cells" else "cells under the shapes of clouds"
    report.paragraph(
        f"{100 * p.SHARE:.0f} % of the known cells of {len(assessment.by_scene)} scenes were hidden ({hidden}) and "
        "filled again from the others."
    )
    report.table(
        ["Trend", "Cells", "RMSE [K]", "MAE [K]", "Bias [K]", "Coverage", "CRPS [K]"],
        (
            (f"{trend} (asked for)" if trend == p.TREND else trend, s.n, s.rmse, s.mae, s.bias, s.coverage, s.crps)
            for trend, s in assessment.pooled.items()
        ),
        "All hidden cells of all scenes together, by trend; everything else is equal.",
    )
    if len(assessment.pooled) > 1:
        report.figure(
            charts.bars(
                [
                    (trend, s.rmse, "#0072b2" if trend == p.TREND else "#999999")
                    for trend, s in assessment.pooled.items()
                ],
                "RMSE by trend",
                "K",
                digits=2,
            ),
            "RMSE by trend.",
        )
    report.section("Scenes")
    report.table(
        ["Scene", *(f"RMSE {trend} [K]" for trend in assessment.pooled), "Coverage (asked for)"],
        (
            (label, *(scores[trend].rmse for trend in assessment.pooled), scores[p.TREND].coverage)
            for label, scores in assessment.by_scene.items()
        ),
        "Scene by scene.",
    )
    report.methods(
        f"{method} Where {100 * p.SHARE:.0f} % of the known cells were hidden ({hidden}; {len(assessment.by_scene)} "
        f"scenes, {ours.n} cells), the RMSE was {fixed(ours.rmse, 2)} K, the mean error "
        f"{fixed(ours.bias, 2)} K and the CRPS {fixed(ours.crps, 2)} K; nominal 95 % intervals covered "
        f"{100 * ours.coverage:.1f} %."
    )
