"""The report on an assessment of gap filling."""

from __future__ import annotations

from ..language import later, tr
from ..lst.withheld import WithheldScores
from . import charts
from .numbers import fixed
from .report import Report

WITHHELD = {"cells": later("single cells at random"), "clouds": later("cells under the shapes of clouds")}

# Colours of the bars: the trend of the recipe, and those it is compared with.
REQUESTED, OTHER = "#0072b2", "#999999"


def report_assessgapfilling(report: Report, result: WithheldScores) -> None:
    """Fill a report with scores by trend and by scene."""
    scores, trend = result.scores, result.recipe.trend
    report.key_figures(
        [
            (tr("RMSE [K]"), fixed(scores.rmse, 2), tr("of {n} withheld cells", n=scores.n)),
            (tr("CRPS [K]"), fixed(scores.crps, 2), tr("error of estimate and uncertainty together")),
            (tr("Coverage"), f"{fixed(100 * scores.coverage, 1)} %", tr("of nominal 95 % intervals")),
            (tr("Bias [K]"), fixed(scores.bias, 2), tr("filled minus true")),
        ]
    )
    report.paragraph(
        tr(
            "{share} % of the known cells of {n_by_scene} scenes were withheld ({withheld}) and filled again "
            "from the others.",
            share=fixed(100 * result.share, 0),
            n_by_scene=len(result.by_scene),
            withheld=tr(WITHHELD[result.pattern]),
        )
    )
    report.table(
        [tr("Trend"), tr("Cells"), tr("RMSE [K]"), tr("MAE [K]"), tr("Bias [K]"), tr("Coverage [%]"), tr("CRPS [K]")],
        (
            (
                tr("{name} (requested)", name=name) if name == trend else name,
                s.n,
                *(fixed(score, 2) for score in (s.rmse, s.mae, s.bias)),
                fixed(100 * s.coverage, 1),
                fixed(s.crps, 2),
            )
            for name, s in result.pooled.items()
        ),
        tr("Scores of the withheld cells of all scenes by trend; all other settings are the same."),
    )
    if len(result.pooled) > 1:
        bars = [(name, s.rmse, REQUESTED if name == trend else OTHER) for name, s in result.pooled.items()]
        report.figure(charts.bars(bars, tr("RMSE by trend"), "K", digits=2), tr("RMSE by trend."))
    report.section(tr("Scenes"))
    report.table(
        [
            tr("Scene"),
            *(tr("RMSE {name} [K]", name=name) for name in result.pooled),
            tr("Coverage (requested trend) [%]"),
        ],
        (
            (
                label,
                *(fixed(of_scene[name].rmse, 2) for name in result.pooled),
                fixed(100 * of_scene[trend].coverage, 0),
            )
            for label, of_scene in result.by_scene.items()
        ),
        tr("Scores by scene."),
    )
    report.methods(_methods(result))


def _methods(result: WithheldScores) -> str:
    scores = result.scores
    return tr(
        "{method} Where {share} % of the known cells were withheld ({withheld}; {n_by_scene} scenes, {n} "
        "cells), the RMSE was {rmse} K, the mean error {bias} K and the CRPS {crps} K; nominal 95 % "
        "intervals covered {coverage} % of the values.",
        method=result.recipe.method(),
        share=fixed(100 * result.share, 0),
        withheld=tr(WITHHELD[result.pattern]),
        n_by_scene=len(result.by_scene),
        n=scores.n,
        rmse=fixed(scores.rmse, 2),
        bias=fixed(scores.bias, 2),
        crps=fixed(scores.crps, 2),
        coverage=fixed(100 * scores.coverage, 1),
    )
