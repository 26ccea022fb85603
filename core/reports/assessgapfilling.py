"""The report on an assessment of gap filling."""

from __future__ import annotations

from ..lst.withheld import WithheldScores
from . import charts
from .numbers import fixed
from .report import Report

WITHHELD = {"cells": "single cells at random", "clouds": "cells under the shapes of clouds"}

# Colours of the bars: the trend of the recipe, and those it is compared with.
REQUESTED, OTHER = "#0072b2", "#999999"


def report_assessgapfilling(report: Report, result: WithheldScores) -> None:
    """Fill a report with scores by trend and by scene."""
    scores, trend = result.scores, result.recipe.trend
    report.key_figures(
        [
            ("RMSE [K]", scores.rmse, f"of {scores.n} withheld cells"),
            ("CRPS [K]", scores.crps, "error of estimate and uncertainty together"),
            ("Coverage", scores.coverage, "of nominal 95 % intervals"),
            ("Bias [K]", scores.bias, "filled minus true"),
        ]
    )
    report.paragraph(
        f"{fixed(100 * result.share, 0)} % of the known cells of {len(result.by_scene)} scenes were withheld "
        f"({WITHHELD[result.pattern]}) and filled again from the others."
    )
    report.table(
        ["Trend", "Cells", "RMSE [K]", "MAE [K]", "Bias [K]", "Coverage", "CRPS [K]"],
        (
            (f"{name} (requested)" if name == trend else name, s.n, s.rmse, s.mae, s.bias, s.coverage, s.crps)
            for name, s in result.pooled.items()
        ),
        "Scores of the withheld cells of all scenes by trend; all other settings are the same.",
    )
    if len(result.pooled) > 1:
        bars = [(name, s.rmse, REQUESTED if name == trend else OTHER) for name, s in result.pooled.items()]
        report.figure(charts.bars(bars, "RMSE by trend", "K", digits=2), "RMSE by trend.")
    report.section("Scenes")
    report.table(
        ["Scene", *(f"RMSE {name} [K]" for name in result.pooled), "Coverage (requested trend)"],
        (
            (label, *(of_scene[name].rmse for name in result.pooled), of_scene[trend].coverage)
            for label, of_scene in result.by_scene.items()
        ),
        "Scores by scene.",
    )
    report.methods(_methods(result))


def _methods(result: WithheldScores) -> str:
    scores = result.scores
    return (
        f"{result.recipe.method()} Where {fixed(100 * result.share, 0)} % of the known cells were withheld "
        f"({WITHHELD[result.pattern]}; {len(result.by_scene)} scenes, {scores.n} cells), the RMSE was "
        f"{fixed(scores.rmse, 2)} K, the mean error {fixed(scores.bias, 2)} K and the CRPS {fixed(scores.crps, 2)} K; "
        f"nominal 95 % intervals covered {fixed(100 * scores.coverage, 1)} % of the values."
    )
