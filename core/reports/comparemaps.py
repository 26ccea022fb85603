"""The report on several permafrost maps against one reference."""

from __future__ import annotations

from ..assess.comparemaps import INDEPENDENCE, WHAT_IS_TESTED, Comparison
from ..assess.mcnemar import MIN_APPROXIMATE
from . import charts
from .numbers import fixed
from .report import Report


def report_comparemaps(report: Report, result: Comparison, agreement: str) -> None:
    """Write the ranking, the pairs, and the sentences for a methods section.

    Parameters
    ----------
    report : Report
        What is written to.
    result : Comparison
        The maps compared.
    agreement : str
        SVG of the map of agreement; empty where it was not written.
    """
    best = result.best.assessment.confusion
    report.key_figures(
        [
            ("Highest kappa", best.kappa, result.best.name),
            (
                "Cells compared",
                best.total,
                f"{result.dropped} more cells of the reference are excluded or lack a value in some map",
            ),
            ("Prevalence", best.prevalence, "share of permafrost in the reference"),
        ]
    )
    report.paragraph(
        f"{_maps(result)} compared with '{result.reference}' on the cells of '{result.grid}'; a cell without a value "
        "in one of them is left out for all. Finer maps were first turned into permafrost and no permafrost by their "
        "rule; a cell is permafrost where permafrost covers at least half of what can be compared in it."
    )
    _report_ranking(report, result)
    if agreement:
        report.figure(agreement, "How many maps agree with the reference.")
    if result.pairs:
        _report_pairs(report, result)
    report.methods(_methods(result))


def _report_ranking(report: Report, result: Comparison) -> None:
    report.section("Ranking")
    rows = []
    for one in result.ranking:
        c = one.assessment.confusion
        low, high = c.kappa_interval
        rows.append(
            (
                one.name,
                one.rule.text,
                c.kappa,
                c.kappa_se,
                f"{fixed(low)} to {fixed(high)}",
                c.oa,
                float(c.f1[0]),
                c.mcc,
                c.quantity_disagreement,
                c.allocation_disagreement,
            )
        )
    report.table(
        ["Map", "Rule", "Kappa", "s.e.", "95 % interval", "OA", "F1", "MCC", "Quantity", "Allocation"],
        rows,
        "Maps by kappa. Standard errors and intervals assume independent cells. Quantity and allocation disagreement "
        "sum to 1 − OA.",
        align="ll" + "r" * 8,
    )
    report.figure(
        charts.intervals(
            [(one.name, one.assessment.confusion.kappa, *one.kappa_interval) for one in result.ranking],
            "Kappa of the maps",
            "Cohen's kappa",
        ),
        "Kappa with its 95 % interval from the block bootstrap, or for independent cells without a bootstrap.",
    )
    measures = [(one.name, one.assessment.measures()) for one in result.ranking]
    report.table(
        ["Map", "Both", "Map only", "Reference only", "Neither"],
        ([name, *(of_map[count] for count in ("TP", "FP", "FN", "TN"))] for name, of_map in measures),
        "Cells with permafrost in both the map and the reference, in one of them, and in neither.",
    )


def _report_pairs(report: Report, result: Comparison) -> None:
    report.section("Pairs of maps")
    report.paragraph(WHAT_IS_TESTED)
    report.notice(INDEPENDENCE)
    drawn = result.has_bootstrap
    report.table(
        ["Maps", "Difference in kappa", "Block bootstrap, 95 %", "b", "c", "McNemar", "p", "p (Holm)"],
        [
            (
                f"{pair.first} and {pair.second}",
                pair.difference,
                f"{fixed(pair.interval[0])} to {fixed(pair.interval[1])}" if drawn else "not computed",
                pair.test.first_only,
                pair.test.second_only,
                fixed(pair.test.statistic, 1),
                _p_text(pair.test.p) + (" (exact)" if pair.test.exact else ""),
                _p_text(pair.p_holm),
            )
            for pair in result.pairs
        ],
        "b and c: cells on which only the first or only the second map is right. McNemar: (b − c)²/(b + c), with one "
        f"degree of freedom; where b + c is below {MIN_APPROXIMATE}, p is that of the exact binomial test. p (Holm): "
        "corrected for the number of pairs."
        + (f" Bootstrap blocks of {result.block_size} x {result.block_size} cells." if drawn else ""),
    )


def _maps(result: Comparison, kind: str = "") -> str:
    return f"{len(result.ranking)} {kind}maps were" if len(result.ranking) > 1 else f"One {kind}map was"


def _p_text(p_value: float) -> str:
    return "< 0.0001" if p_value < 0.0001 else fixed(p_value, 4)


def _methods(result: Comparison) -> str:
    best = result.best.assessment.confusion
    ranking = "; ".join(
        f"{one.name} ({one.rule.text}) kappa {fixed(one.assessment.confusion.kappa)}, "
        f"OA {fixed(one.assessment.confusion.oa)}"
        for one in result.ranking
    )
    bootstrap = (
        f" and by a block bootstrap of the difference in kappa (blocks of {result.block_size} x {result.block_size} "
        "cells)"
        if result.has_bootstrap
        else ""
    )
    tested = (
        f" Pairs of maps were compared by McNemar's test with Holm's correction{bootstrap}." if result.pairs else ""
    )
    return (
        f"{_maps(result, 'permafrost ')} compared with '{result.reference}' on {best.total} common cells, of "
        f"which {100 * best.prevalence:.1f} % are permafrost in the reference. Cells that are excluded, or that have "
        f"no value in one of the maps or in the reference, were left out for all maps. By rank: {ranking}.{tested} "
        "Neighbouring cells are not independent, so standard errors and p-values that assume independence are too "
        "small."
    )
