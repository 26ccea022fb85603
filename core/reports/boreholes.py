"""The report on a permafrost map against boreholes and other points."""

from __future__ import annotations

import numpy as np

from ..assess.boreholes import WORDS, BoreholeComparison, Cells
from . import charts
from .numbers import fixed
from .report import Report

# Rows of the table; the layer has all points.
MAX_ROWS = 100


def report_boreholes(report: Report, result: BoreholeComparison) -> None:
    """Write presence and temperature as far as they were compared, and the sentences for a methods section.

    Parameters
    ----------
    report : Report
        What is written to.
    result : BoreholeComparison
        The points compared.
    """
    _report_key_figures(report, result)
    report.paragraph(
        f"{result.describe()} Several points in one cell are one observation: the mean of their temperatures, and "
        "their presence where they agree."
    )
    methods = []
    if result.cells.confusion().total:
        methods.append(_report_presence(report, result))
    if result.cells.errors().n:
        methods.append(_report_temperature(report, result))
    report.methods(" ".join([*methods, "Several points in one cell of the map were taken as one observation."]))


def _report_key_figures(report: Report, result: BoreholeComparison) -> None:
    confusion, errors = result.cells.confusion(), result.cells.errors()
    figures: list[tuple[str, object, str]] = []
    if confusion.total:
        low, high = confusion.kappa_interval
        figures += [
            ("Overall accuracy", confusion.oa, f"{confusion.total} cells"),
            ("Cohen's kappa", confusion.kappa, f"95 % interval {fixed(low)} to {fixed(high)}"),
            ("Prevalence", confusion.prevalence, "share of permafrost in the observations"),
        ]
    if errors.n:
        figures += [
            ("Mean error [K]", errors.me, f"TTOP minus MAGT {result.depths()}, {errors.n} cells"),
            ("Mean absolute error [K]", errors.mae, ""),
            ("RMSE [K]", errors.rmse, ""),
        ]
    report.key_figures(figures)


def _report_presence(report: Report, result: BoreholeComparison) -> str:
    """Write the confusion matrix; return its sentences for a methods section."""
    model = f"the map '{result.map}'" if result.map else f"TTOP at {result.threshold:g} °C or below ('{result.ttop}')"
    observed = (
        f"by the field '{result.presence_field}' of '{result.points}'"
        if result.presence_field
        else f"where MAGT of '{result.points}' is 0 °C or below, {result.depths()}"
    )
    confusion = result.cells.confusion()
    report.section("Presence and absence")
    report.figure(
        charts.matrix(confusion.matrix, confusion.labels, "Confusion matrix of boreholes"),
        f"Permafrost by {model} (rows) and as observed (columns), {observed}.",
    )
    return (
        f"Permafrost by {model} was compared with observations, {observed}, in {confusion.total} cells, of which "
        f"{100 * confusion.prevalence:.0f} % have permafrost. Overall accuracy is {fixed(confusion.oa, 2)} and Cohen's "
        f"kappa {fixed(confusion.kappa, 2)} (standard error {fixed(confusion.kappa_se, 2)}, assuming independent "
        "observations)."
    )


def _report_temperature(report: Report, result: BoreholeComparison) -> str:
    """Write TTOP against MAGT; return its sentences for a methods section."""
    cells, depths = result.cells, result.depths()
    errors = cells.errors()
    report.section("Temperature")
    report.figure(
        charts.scatter(cells.magt, cells.ttop, "TTOP against MAGT", "MAGT observed [°C]", "TTOP [°C]"),
        f"TTOP against MAGT {depths}, one mark per cell. A positive mean error means that TTOP is too warm.",
    )
    compared = np.flatnonzero(~np.isnan(cells.ttop - cells.magt)).tolist()
    report.table(
        ["Column, row", "Points", "Depth [m]", "MAGT [°C]", "TTOP [°C]", "TTOP − MAGT [K]", "Observed", "Mapped"],
        (_cell_row(cells, cell) for cell in compared[:MAX_ROWS]),
        "Cells with TTOP and MAGT, as means of their points, and whether permafrost was observed and mapped"
        + ("." if len(compared) <= MAX_ROWS else f"; the first {MAX_ROWS} of {len(compared)}."),
        align="lrrrrrll",
    )
    return (
        f"TTOP was compared with MAGT {depths} in {errors.n} cells: mean error {fixed(errors.me, 2)} K (positive where "
        f"TTOP is too warm), mean absolute error {fixed(errors.mae, 2)} K, RMSE {fixed(errors.rmse, 2)} K."
    )


def _cell_row(cells: Cells, cell: int) -> list:
    depth, magt, ttop = (float(values[cell]) for values in (cells.depth, cells.magt, cells.ttop))
    return [
        f"{cells.columns[cell]}, {cells.rows[cell]}",
        int(cells.points[cell]),
        "" if np.isnan(depth) else fixed(depth, 2),
        *(fixed(value, 2) for value in (magt, ttop, ttop - magt)),
        WORDS[int(cells.observed[cell])],
        WORDS[int(cells.mapped[cell])],
    ]
