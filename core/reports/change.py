"""The report on a change of permafrost."""

from __future__ import annotations

from dataclasses import dataclass

from ..assess.change import Change, Transitions, Trends
from ..assess.periods import MIN_SHARE
from ..classes import PERMAFROST_MAP
from ..language import later, tr
from . import charts
from .numbers import area, area_number, fixed
from .report import Report

EQUILIBRIUM = later(
    "TTOP is the temperature of permafrost in equilibrium with the climate of the years it was computed from. A cell "
    "that changes from permafrost to seasonally frozen ground is therefore no longer in equilibrium with the climate; "
    "this does not show that it has thawed, since deep permafrost responds with a delay. In the West Kunlun the extent "
    "of permafrost remained relatively stable over 43 years although the land surface warmed by 0.40 °C per decade "
    "(Zhao et al. 2025)."
)


@dataclass(frozen=True)
class ChangeFigures:
    """SVG of the maps; empty for those that were not written.

    Attributes
    ----------
    transitions : str
        Transitions from the first to the last time.
    trend : str
        Sen's slope where it is significant.
    """

    transitions: str = ""
    trend: str = ""


def report_change(report: Report, result: Change, figures: ChangeFigures) -> None:
    """Fill a report with areas, transitions, and the trend where there is one."""
    transitions, trends = result.transitions, result.trends
    report.key_figures([*_key_areas(transitions), *(_key_trends(trends) if trends and trends.cells else [])])
    report.notice(tr(EQUILIBRIUM))
    if figures.transitions:
        report.figure(
            figures.transitions,
            tr(
                "Transitions from {first_period} to {last_period}.",
                first_period=transitions.labels[0],
                last_period=transitions.labels[-1],
            ),
        )
    if trends is not None:
        _report_years(report, transitions, trends)
    _report_transitions(report, transitions)
    if trends is not None and trends.cells:
        _report_trends(report, trends, figures.trend)
    report.methods(_methods(transitions, trends))


def transitions_sentence(transitions: Transitions) -> str:
    """Return the areas of permafrost at the first and the last time as a sentence, for the log."""
    first, last = transitions.permafrost_km2[0], transitions.permafrost_km2[-1]
    return tr(
        "Permafrost in equilibrium with the climate: {first} in {first_period}, {last} in {last_period}; no longer "
        "{no_longer}, newly {newly}.",
        first=area(first),
        first_period=transitions.labels[0],
        last=area(last),
        last_period=transitions.labels[-1],
        no_longer=area(transitions.no_longer_km2),
        newly=area(transitions.newly_km2),
    )


def _key_areas(transitions: Transitions) -> list[tuple[str, str, str]]:
    first, last = transitions.labels[0], transitions.labels[-1]
    before, no_longer = transitions.permafrost_km2[0], transitions.no_longer_km2
    share = (
        tr("{before:.1f} % of the permafrost of {first}", before=100 * no_longer / before, first=first)
        if before
        else ""
    )
    return [
        (tr("Permafrost {first}", first=first), area(before), tr("in equilibrium with the climate")),
        (
            tr("Permafrost {last}", last=last),
            area(transitions.permafrost_km2[-1]),
            tr("in equilibrium with the climate"),
        ),
        (tr("No longer in equilibrium"), area(no_longer), share),
        (tr("Newly in equilibrium"), area(transitions.newly_km2), ""),
    ]


def _key_trends(trends: Trends) -> list[tuple[str, str, str]]:
    significant = trends.warming_percent + trends.cooling_percent
    rate = tr("of the cells, at a false discovery rate of {alpha:g}", alpha=trends.comparison.alpha)
    return [
        (
            tr("Mean trend"),
            tr("{slope_mean} °C per decade", slope_mean=fixed(trends.slope_mean, 2)),
            tr("Sen's slope, {cells} cells", cells=trends.cells),
        ),
        (tr("Significant trend"), f"{significant:.1f} %", rate),
    ]


def _report_years(report: Report, transitions: Transitions, trends: Trends) -> None:
    """Add the windows, and the share of permafrost year by year."""
    report.section(tr("Years and windows"))
    periods, total = trends.comparison.periods, transitions.compared_km2
    report.table(
        [tr("Window"), tr("Years with TTOP"), tr("Permafrost [km²]"), tr("Share of the compared area [%]")],
        [
            (period.label, trends.years_of(period), area_number(float(km2)), fixed(100 * km2 / total, 1))
            for period, km2 in zip(periods, transitions.permafrost_km2)
        ],
        tr(
            "Classes are those of the mean TTOP of a window; a cell needs values in at least {min_share:.0f} "
            "% of its years.",
            min_share=100 * MIN_SHARE,
        ),
    )
    windows = [
        charts.Series(
            tr("mean of {label}", label=period.label), [period.first, period.last], 2 * [trends.mean_percent(period)]
        )
        for period in periods
    ]
    yearly = charts.Series(tr("single years"), list(trends.comparison.years), trends.percent.tolist(), points=True)
    report.figure(
        charts.lines(
            [yearly, *windows], tr("Area by year"), tr("Year"), tr("TTOP at or below the threshold [% of area]")
        ),
        tr(
            "Share of the ground whose TTOP of a single year is at or below {threshold:g} °C, and its mean "
            "over each window. Single years are weather: compare the windows. Glaciers and lakes are "
            "excluded; a cell counts in the years in which it has a value.",
            threshold=trends.comparison.threshold,
        ),
    )


def _report_transitions(report: Report, transitions: Transitions) -> None:
    report.section(tr("Transitions"))
    for (before, after), matrix in zip(transitions.pairs, transitions.areas_km2):
        present = [i for i in range(len(matrix)) if matrix[i].sum() + matrix[:, i].sum() > 0]
        names = [tr(PERMAFROST_MAP[i].name) for i in present]
        rows = [
            [name, *(area_number(float(matrix[i, j])) for j in present), area_number(float(matrix[i].sum()))]
            for name, i in zip(names, present)
        ]
        sums = [*(float(matrix[:, j].sum()) for j in present), float(matrix.sum())]
        rows.append([tr("Sum"), *map(area_number, sums)])
        first, last = transitions.labels[before], transitions.labels[after]
        report.table(
            [tr("{first}, then {last} [km²]", first=first, last=last), *names, tr("Sum")],
            rows,
            tr("From {first} (rows) to {last} (columns).", first=first, last=last),
        )
    report.paragraph(
        tr(
            "Areas are computed on the ellipsoid, over the cells that have a class at all times: rows add up "
            "to the classes before, columns to those after. Near the threshold a hundredth of a degree "
            "changes the class of a cell; an error of TTOP that all years share moves the margin of the "
            "permafrost in both maps in the same way."
        )
    )


def _report_trends(report: Report, trends: Trends, figure: str) -> None:
    comparison = trends.comparison
    report.section(tr("Trend"))
    report.paragraph(
        tr(
            "Of {cells} cells with at least {min_years} years, {warming_percent:.1f} % warm and "
            "{cooling_percent:.1f} % cool significantly at a false discovery rate of {alpha:g}. Neighbouring "
            "cells share their weather, so significant cells occur in patches and their number does not "
            "count independent findings.",
            cells=trends.cells,
            min_years=comparison.min_years,
            warming_percent=trends.warming_percent,
            cooling_percent=trends.cooling_percent,
            alpha=comparison.alpha,
        )
    )
    if figure:
        report.figure(
            figure,
            tr(
                "Sen's slope where it is significant at a false discovery rate of {alpha:g}; white elsewhere.",
                alpha=comparison.alpha,
            ),
        )


def _methods(transitions: Transitions, trends: Trends | None) -> str:
    labels, areas = transitions.labels, transitions.permafrost_km2
    what = tr("permafrost maps were compared")
    if trends is not None:
        what = tr(
            "the mean TTOP of each window of years was classified with a threshold of {threshold:g} °C",
            threshold=trends.comparison.threshold,
        )
    return tr(
        "To determine the change of permafrost between {earlier} and {last_period}, {what}, and the areas of "
        "the transitions were summed on the ellipsoid. Permafrost in equilibrium with the climate covers "
        "{first_area} in {first_period} and {last_area} in {last_period}; {no_longer_km2} are no longer and "
        "{newly_km2} are newly in equilibrium.{trend_sentence} TTOP is an equilibrium model: these "
        "figures are not an observed loss of permafrost, whose extent may lag behind the climate by "
        "decades (Zhao et al. 2025).",
        earlier=", ".join(labels[:-1]),
        last_period=labels[-1],
        what=what,
        first_area=area(areas[0]),
        first_period=labels[0],
        last_area=area(areas[-1]),
        no_longer_km2=area(transitions.no_longer_km2),
        newly_km2=area(transitions.newly_km2),
        trend_sentence=_trend_sentence(trends) if trends and trends.cells else "",
    )


def _trend_sentence(trends: Trends) -> str:
    comparison = trends.comparison
    test = tr("the Mann-Kendall test, corrected for ties")
    if comparison.autocorrelated:
        test += tr(" and, where it is positive, for autocorrelation after Hamed and Rao (1998)")
    return tr(
        " The trend of yearly TTOP from {first_year} to {last_year} was estimated by Sen's slope and tested by "
        "{test}, with p-values adjusted to control the false discovery rate (Benjamini and Hochberg "
        "1995): {warming_percent:.1f} % of {cells} cells warm and {cooling_percent:.1f} % cool "
        "significantly at a rate of {alpha:g}.",
        first_year=comparison.years[0],
        last_year=comparison.years[-1],
        test=test,
        warming_percent=trends.warming_percent,
        cells=trends.cells,
        cooling_percent=trends.cooling_percent,
        alpha=comparison.alpha,
    )
