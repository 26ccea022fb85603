"""The report on filled gaps of a stack."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ..language import tr
from ..lst.filled import FilledStack, SceneOutcome
from . import charts
from .numbers import fixed
from .report import Report
from .wording import clauses, layer_in_words, sentence_case


@dataclass(frozen=True)
class GapFigures:
    """SVG of the scene in which most gaps were filled; empty for what is not shown.

    Attributes
    ----------
    label : str
        Its date.
    before, after : str
        With its gaps, and filled.
    std : str
        Kriging standard deviation.
    """

    label: str = ""
    before: str = ""
    after: str = ""
    std: str = ""


def report_filllstgaps(report: Report, result: FilledStack, figures: GapFigures) -> None:
    """Fill a report with scores, maps, and how each scene was filled."""
    report.subtitle = sentence_case(_stack(result))
    _key_figures(report, result)
    _figures(report, figures)
    if len(result.scenes) > 2:
        number = np.arange(1, len(result.scenes) + 1)
        shares = charts.Series(tr("gap share"), number, [100 * scene.gap_share for scene in result.scenes])
        report.figure(
            charts.lines([shares], tr("Gap share"), tr("scene"), tr("gap share [%]")),
            tr("Share of gaps in each scene."),
        )
    _scenes(report, result)
    report.methods(_methods(result))


def _stack(result: FilledStack) -> str:
    """Return the stack in words."""
    return layer_in_words(result.name, tr("the stack"))


def _key_figures(report: Report, result: FilledStack) -> None:
    means = result.validation
    figures: list[tuple[str, object, str]] = [
        (tr("Gaps filled"), result.filled, tr("{remaining} remain", remaining=result.remaining)),
        (
            tr("Scenes"),
            len(result.scenes),
            tr("gap share {mean} % on average", mean=fixed(100 * result.mean("gap_share"), 1)),
        ),
    ]
    if means is not None:
        figures += [
            (
                tr("RMSE [K]"),
                fixed(means.rmse, 2),
                tr("of single known cells predicted from the others, mean over scenes"),
            ),
            (tr("Coverage"), f"{fixed(100 * means.coverage, 1)} %", tr("of nominal 95 % intervals, at the same cells")),
        ]
    report.key_figures(figures)
    if means is not None:
        report.paragraph(
            tr(
                "Single cells have known neighbours on all sides, so these scores are optimistic: 'Assess gap "
                "filling' withholds whole clouds instead. Coverage should be between 93 and 97 %."
            )
        )


def _figures(report: Report, figures: GapFigures) -> None:
    if figures.before:
        report.figure(figures.before, tr("{label} before filling; gaps are white.", label=figures.label))
    if figures.after:
        report.figure(figures.after, tr("{label}, filled.", label=figures.label))
    if figures.std:
        report.figure(figures.std, tr("{label}, kriging standard deviation; 0 in known cells.", label=figures.label))


def _scenes(report: Report, result: FilledStack) -> None:
    """Add tables of how each scene was filled, of variograms, and of departures from what was requested."""
    report.section(tr("Scenes"))
    header = [
        tr("Scene"),
        tr("Gaps [%]"),
        tr("Filled"),
        tr("Remaining"),
        tr("Far"),
        tr("Trend"),
        tr("Slope [K/km]"),
        "r²",
    ]
    rows = [_row(scene) for scene in result.scenes]
    note = tr(
        "How each scene was filled. Far: filled gaps without a known cell within 250 cells, which hold the trend alone."
    )
    if any(scene.gap_slope for scene in result.scenes):
        note += tr(" Gap share: by how much cells surrounded by gaps differ from others, which is a part of the trend.")
    if result.validation is not None:
        header += [tr("RMSE [K]"), tr("Coverage [%]")]
        rows = [(*row, fixed(scene.rmse, 2), fixed(100 * scene.coverage, 0)) for row, scene in zip(rows, result.scenes)]
        note += tr(" RMSE and coverage refer to single known cells predicted from the others.")
    report.table(header, rows, note, align="lrrrrl" + "r" * (len(header) - 6))
    report.section(tr("Variograms"))
    report.table(
        [tr("Scene"), tr("Variogram of the residuals")],
        ((scene.label, scene.variogram or tr("none")) for scene in result.scenes),
        tr("Variogram of each scene; ranges are practical ranges."),
        align="ll",
    )
    departures = [(scene.label, clauses(scene.fallbacks)) for scene in result.scenes if scene.fallbacks]
    if departures:
        report.section(tr("Fallbacks"))
        report.table(
            [tr("Scene"), tr("Fallback")],
            departures,
            tr("Scenes that were filled differently than requested, and why."),
            align="ll",
        )


def _row(scene: SceneOutcome) -> tuple[Any, ...]:
    trend = (
        tr("{trend}, {references} scenes", trend=scene.trend, references=scene.references)
        if scene.references
        else scene.trend
    )
    if scene.gap_slope:
        trend += tr(", gap share {gap_slope} K", gap_slope=fixed(scene.gap_slope, 1))
    gaps = fixed(100 * scene.gap_share, 1)
    counts = scene.filled, scene.remaining, scene.far
    return scene.label, gaps, *counts, trend, fixed(scene.lapse_rate, 1), fixed(scene.r2, 2)


def _methods(result: FilledStack) -> str:
    means, method = result.validation, result.recipe.method()
    if means is None:
        return method
    return tr(
        "{method} In cross-validation at single known cells of {name} the mean error was {bias} K, the "
        "RMSE {rmse} K and the CRPS {crps} K, and nominal 95 % intervals covered {coverage} % of the "
        "values (means over scenes).",
        method=method,
        name=_stack(result),
        bias=fixed(means.bias, 2),
        rmse=fixed(means.rmse, 2),
        crps=fixed(means.crps, 2),
        coverage=fixed(100 * means.coverage, 1),
    )
