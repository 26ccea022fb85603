"""The report on the series at a place."""

from __future__ import annotations

import numpy as np

from ..assess.seriesatpoint import DaySeries, PointSeries
from ..language import tr
from . import charts
from .numbers import fixed
from .report import Report


def report_seriesatpoint(report: Report, result: PointSeries) -> None:
    """Fill a report with the series of LST, GST and TTOP at a place."""
    report.subtitle = result.place
    report.key_figures(_key_figures(result))
    for series in result.overpasses:
        report.figure(*_overpass_figure(series, result.days))
    if result.gst is not None:
        origin = tr("predicted by the GST model") if result.is_predicted else tr("from the GST stacks")
        svg = charts.timeline(
            [charts.Series("GST", result.days, result.gst)], tr("Ground surface temperature"), tr("GST [°C]")
        )
        report.figure(svg, tr("Daily ground surface temperature, {origin}. Gaps are days without one.", origin=origin))
    if np.isfinite(result.ttop).any():
        middle = np.array([f"{year}-07-01" for year in result.years], "datetime64[D]")
        known = np.isfinite(result.ttop)
        svg = charts.timeline(
            [charts.Series("TTOP", middle[known], result.ttop[known], points=True)],
            tr("TTOP of each year"),
            tr("TTOP [°C]"),
        )
        report.figure(svg, tr("Temperature at the top of permafrost of each year."))
    if result.daily:
        report.section(tr("Days"))
        report.table(
            [tr("Series"), tr("Days"), tr("Observed"), tr("Filled"), tr("Missing"), tr("Mean [°C]")],
            [_row(series) for series in result.daily],
            tr(
                "Days of each series from the first to the last. Where no stack from before filling is given, it is "
                "not known which days were filled."
            ),
        )
    if result.years:
        report.section(tr("TTOP of each year"))
        report.table(
            [tr("Year"), tr("TTOP [°C]")],
            [(str(year), fixed(ttop, 2)) for year, ttop in result.year_rows()],
            tr("Temperature at the top of permafrost."),
        )


def _key_figures(result: PointSeries) -> list[tuple[str, object, str]]:
    figures: list[tuple[str, object, str]] = []
    if len(result.days):
        period = tr("{first} to {last}", first=result.days[0], last=result.days[-1])
        figures.append((tr("Days"), len(result.days), period))
    if any(series.before is not None for series in result.overpasses):
        known = sum(int(np.isfinite(series.values).sum()) for series in result.overpasses if series.before is not None)
        share = f"{fixed(100 * result.filled / known, 0)} %" if known else fixed(None)
        figures.append((tr("Filled"), share, tr("of the values of the overpasses")))
    if result.gst is not None and np.isfinite(result.gst).any():
        known = int(np.isfinite(result.gst).sum())
        hint = tr("mean of {known} days", known=known)
        figures.append((tr("GST"), f"{fixed(float(np.nanmean(result.gst)), 1)} °C", hint))
    if np.isfinite(result.ttop).any():
        cold = int((result.ttop <= 0).sum())
        hint = tr("at or below 0 °C in {cold} of {known} years", cold=cold, known=int(np.isfinite(result.ttop).sum()))
        figures.append((tr("TTOP"), f"{fixed(float(np.nanmean(result.ttop)), 1)} °C", hint))
    return figures


def _overpass_figure(series: DaySeries, days: np.ndarray) -> tuple[str, str]:
    """Return the chart of an overpass and its caption."""
    observed = np.where(series.observed, series.values, np.nan)
    parts = [charts.Series(tr("observed") if series.before is not None else series.label, days, observed, points=True)]
    caption = tr("Land surface temperature, {label}.", label=series.label)
    if series.before is not None:
        parts.append(charts.Series(tr("filled"), days, np.where(series.filled, series.values, np.nan), points=True))
        caption += " " + tr("Days without a mark have no value.")
    return charts.timeline(parts, series.label, tr("LST [°C]")), caption


def _row(series: DaySeries) -> tuple:
    known = np.isfinite(series.values)
    mean = fixed(float(series.values[known].mean()), 2) if known.any() else fixed(None)
    counts = (
        [int(series.observed.sum()), int(series.filled.sum())] if series.before is not None else [int(known.sum()), "–"]
    )
    label = "GST" if series.name == "gst" else series.label
    return (label, len(series.values), *counts, int((~known).sum()), mean)
