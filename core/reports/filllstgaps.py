"""The report on filled gaps of a stack."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ..lst.filled import FilledStack, SceneOutcome
from . import charts
from .numbers import fixed
from .report import Report


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
    report.subtitle = result.name
    _key_figures(report, result)
    _figures(report, figures)
    if len(result.scenes) > 2:
        number = np.arange(1, len(result.scenes) + 1)
        shares = charts.Series("gap share", number, [100 * scene.gap_share for scene in result.scenes])
        report.figure(charts.lines([shares], "Gap share", "scene", "gap share [%]"), "Share of gaps in each scene.")
    _scenes(report, result)
    report.methods(_methods(result))


def _key_figures(report: Report, result: FilledStack) -> None:
    means = result.validation
    figures: list[tuple[str, object, str]] = [
        ("Gaps filled", result.filled, f"{result.remaining} remain"),
        ("Scenes", len(result.scenes), f"gap share {fixed(100 * result.mean('gap_share'), 1)} % on average"),
    ]
    if means is not None:
        figures += [
            ("RMSE [K]", means.rmse, "of single known cells predicted from the others, mean over scenes"),
            ("Coverage", means.coverage, "of nominal 95 % intervals, at the same cells"),
        ]
    report.key_figures(figures)
    if means is not None:
        report.paragraph(
            "Single cells have known neighbours on all sides, so these scores are optimistic: 'Assess gap filling' "
            "withholds whole clouds instead. Coverage should be between 0.93 and 0.97."
        )


def _figures(report: Report, figures: GapFigures) -> None:
    if figures.before:
        report.figure(figures.before, f"{figures.label} before filling; gaps are white.")
    if figures.after:
        report.figure(figures.after, f"{figures.label}, filled.")
    if figures.std:
        report.figure(figures.std, f"{figures.label}, kriging standard deviation; 0 in known cells.")


def _scenes(report: Report, result: FilledStack) -> None:
    """Add tables of how each scene was filled, of variograms, and of departures from what was requested."""
    report.section("Scenes")
    header = ["Scene", "Gaps [%]", "Filled", "Remaining", "Far", "Trend", "Slope [K/km]", "r²"]
    rows = [_row(scene) for scene in result.scenes]
    note = (
        "How each scene was filled. Far: filled gaps without a known cell within 250 cells, which hold the trend alone."
    )
    if any(scene.gap_slope for scene in result.scenes):
        note += " Gap share: by how much cells surrounded by gaps differ from others, which is a part of the trend."
    if result.validation is not None:
        header += ["RMSE [K]", "Coverage"]
        rows = [(*row, scene.rmse, scene.coverage) for row, scene in zip(rows, result.scenes)]
        note += " RMSE and coverage refer to single known cells predicted from the others."
    report.table(header, rows, note, align="lrrrrl" + "r" * (len(header) - 6))
    report.section("Variograms")
    report.table(
        ["Scene", "Variogram of the residuals"],
        ((scene.label, scene.variogram or "none") for scene in result.scenes),
        "Variogram of each scene; ranges are practical ranges.",
        align="ll",
    )
    departures = [(scene.label, "; ".join(scene.fallbacks)) for scene in result.scenes if scene.fallbacks]
    if departures:
        report.section("Fallbacks")
        report.table(
            ["Scene", "Fallback"],
            departures,
            "Scenes that were filled differently than requested, and why.",
            align="ll",
        )


def _row(scene: SceneOutcome) -> tuple[Any, ...]:
    trend = f"{scene.trend}, {scene.references} scenes" if scene.references else scene.trend
    if scene.gap_slope:
        trend += f", gap share {fixed(scene.gap_slope, 1)} K"
    gaps = fixed(100 * scene.gap_share, 1)
    return scene.label, gaps, scene.filled, scene.remaining, scene.far, trend, scene.lapse_rate, scene.r2


def _methods(result: FilledStack) -> str:
    means, method = result.validation, result.recipe.method()
    if means is None:
        return method
    return (
        f"{method} In cross-validation at single known cells of '{result.name}' the mean error was "
        f"{fixed(means.bias, 2)} K, the RMSE {fixed(means.rmse, 2)} K and the CRPS {fixed(means.crps, 2)} K, and "
        f"nominal 95 % intervals covered {fixed(100 * means.coverage, 1)} % of the values (means over scenes)."
    )
