"""The report on a permafrost map against boreholes and other points."""

from __future__ import annotations

from collections import Counter

import numpy as np

from ..assess.boreholes import FATES, USED, WORDS, BoreholeComparison, Cells
from ..language import tr
from . import charts
from .numbers import fixed
from .report import Figure, Report
from .wording import clauses, layer_in_words

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
        tr(
            "Several points in one cell are one observation: the mean of their temperatures, and "
            "their presence where they agree."
        )
    )
    _report_fates(report, result)
    methods = [result.describe()]
    if result.cells.confusion().total:
        methods.append(_report_presence(report, result))
    if result.cells.errors().n:
        methods.append(_report_temperature(report, result))
    report.methods(" ".join([*methods, tr("Several points in one cell of the map were taken as one observation.")]))


def _report_fates(report: Report, result: BoreholeComparison) -> None:
    """Write how many points are compared, and why the others are not."""
    compared = []
    if result.cells.confusion().total:
        compared.append((tr("Presence"), result.fates_of_presence()))
    if result.cells.errors().n:
        compared.append((tr("Temperature"), result.fates_of_temperature()))
    report.table(
        [tr("What became of the points"), *(what for what, _ in compared)],
        [
            (tr(why), *(counts[why] for _, counts in compared))
            for why in FATES
            if any(counts[why] for _, counts in compared)
        ],
        tr("Numbers of points that are used, and of those that are not compared, by the reason."),
    )


def _of_all(fates: Counter[str]) -> str:
    """Return how many points are used, for a key figure."""
    return tr("{used} of {count} points", used=fates[USED], count=sum(fates.values()))


def _left_out(fates: Counter[str]) -> str:
    """Return why points are not compared, for a key figure."""
    return clauses(f"{tr(why)}: {fates[why]}" for why in FATES if why != USED and fates[why])


def _report_key_figures(report: Report, result: BoreholeComparison) -> None:
    confusion, errors = result.cells.confusion(), result.cells.errors()
    kappa = tr("Cohen's kappa")
    figures: list[Figure] = []
    if confusion.total:
        low, high = confusion.kappa_interval
        figures += [
            (
                kappa,
                fixed(confusion.kappa, 2),
                tr("95 % interval {low} to {high}, boreholes", low=fixed(low, 2), high=fixed(high, 2)),
            ),
            (tr("Overall accuracy"), fixed(confusion.oa, 2), tr("in {total} cells", total=confusion.total)),
            (tr("Presence compared"), _of_all(result.fates_of_presence()), _left_out(result.fates_of_presence())),
        ]
    if errors.n:
        figures += [
            (
                tr("Mean error [K]"),
                fixed(errors.me, 2),
                tr("TTOP minus MAGT {depths}, {n} cells", depths=result.depths(), n=errors.n),
            ),
            (tr("RMSE [K]"), fixed(errors.rmse, 2), tr("mean absolute error {mae} K", mae=fixed(errors.mae, 2))),
            (
                tr("Temperature compared"),
                _of_all(result.fates_of_temperature()),
                _left_out(result.fates_of_temperature()),
            ),
        ]
    report.key_figures(figures, headline=kappa)


def _report_presence(report: Report, result: BoreholeComparison) -> str:
    """Write the confusion matrix; return its sentences for a methods section."""
    model = (
        layer_in_words(result.map, tr("the permafrost map"))
        if result.map
        else tr("TTOP at {threshold:g} °C or below", threshold=result.threshold)
    )
    observed = (
        tr("by the field '{presence_field}' of '{points}'", presence_field=result.presence_field, points=result.points)
        if result.presence_field
        else tr("where MAGT of '{points}' is 0 °C or below, {depths}", points=result.points, depths=result.depths())
    )
    confusion = result.cells.confusion()
    report.section(tr("Presence and absence"))
    report.figure(
        charts.matrix(confusion.matrix, [tr(label) for label in confusion.labels], tr("Confusion matrix of boreholes")),
        tr("Permafrost by {model} (rows) and as observed (columns), {observed}.", model=model, observed=observed),
    )
    return tr(
        "Permafrost by {model} was compared with observations, {observed}, in {total} cells, of which "
        "{prevalence:.0f} % have permafrost. Overall accuracy is {oa} and Cohen's kappa {kappa} "
        "(95 % interval {low} to {high}, assuming independent observations).",
        model=model,
        observed=observed,
        total=confusion.total,
        prevalence=100 * confusion.prevalence,
        oa=fixed(confusion.oa, 2),
        kappa=fixed(confusion.kappa, 2),
        low=fixed(confusion.kappa_interval[0], 2),
        high=fixed(confusion.kappa_interval[1], 2),
    )


def _report_temperature(report: Report, result: BoreholeComparison) -> str:
    """Write TTOP against MAGT; return its sentences for a methods section."""
    cells, depths = result.cells, result.depths()
    errors = cells.errors()
    report.section(tr("Temperature"))
    report.figure(
        charts.scatter(cells.magt, cells.ttop, tr("TTOP against MAGT"), tr("MAGT observed [°C]"), tr("TTOP [°C]")),
        tr(
            "TTOP against MAGT {depths}, one mark per cell. A positive mean error means that TTOP is too warm.",
            depths=depths,
        ),
    )
    compared = np.flatnonzero(~np.isnan(cells.ttop - cells.magt)).tolist()
    report.table(
        [
            tr("Column, row"),
            tr("Points"),
            tr("Depth [m]"),
            tr("MAGT [°C]"),
            tr("TTOP [°C]"),
            tr("TTOP − MAGT [K]"),
            tr("Observed"),
            tr("Mapped"),
        ],
        (_cell_row(cells, cell) for cell in compared[:MAX_ROWS]),
        tr("Cells with TTOP and MAGT, as means of their points, and whether permafrost was observed and mapped")
        + (
            "."
            if len(compared) <= MAX_ROWS
            else tr("; the first {max_rows} of {n_compared}.", max_rows=MAX_ROWS, n_compared=len(compared))
        ),
        align="lrrrrrll",
    )
    return tr(
        "TTOP was compared with MAGT {depths} in {n} cells: mean error {me} K (positive where TTOP is "
        "too warm), mean absolute error {mae} K, RMSE {rmse} K.",
        depths=depths,
        n=errors.n,
        me=fixed(errors.me, 2),
        mae=fixed(errors.mae, 2),
        rmse=fixed(errors.rmse, 2),
    )


def _cell_row(cells: Cells, cell: int) -> list:
    depth, magt, ttop = (float(values[cell]) for values in (cells.depth, cells.magt, cells.ttop))
    return [
        f"{cells.columns[cell]}, {cells.rows[cell]}",
        int(cells.points[cell]),
        "" if np.isnan(depth) else fixed(depth, 2),
        *(fixed(value, 2) for value in (magt, ttop, ttop - magt)),
        tr(WORDS[int(cells.observed[cell])]),
        tr(WORDS[int(cells.mapped[cell])]),
    ]
