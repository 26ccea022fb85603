"""The report on several permafrost maps against one reference."""

from __future__ import annotations

from ..assess.comparemaps import INDEPENDENCE, WHAT_IS_TESTED, Comparison
from ..assess.mcnemar import MIN_APPROXIMATE
from ..language import tr
from . import charts
from .numbers import fixed
from .report import Report
from .wording import clauses


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
            (tr("Highest kappa"), fixed(best.kappa, 2), _of_best(result)),
            (
                tr("Cells compared"),
                best.total,
                tr(
                    "{dropped} more cells of the reference are excluded or lack a value in some map",
                    dropped=result.dropped,
                ),
            ),
            (tr("Prevalence"), f"{fixed(100 * best.prevalence, 0)} %", tr("share of permafrost in the reference")),
        ]
    )
    report.paragraph(
        tr(
            "{maps} compared with '{reference}' on the cells of '{grid}'; a cell without a value in one of "
            "them is left out for all. Finer maps were first turned into permafrost and no permafrost by "
            "their rule; a cell is permafrost where permafrost covers at least half of what can be compared "
            "in it.",
            maps=_maps(result),
            reference=result.reference,
            grid=result.grid,
        )
    )
    _report_ranking(report, result)
    if agreement:
        report.figure(agreement, tr("How many maps agree with the reference."))
    if result.pairs:
        _report_pairs(report, result)
    report.methods(_methods(result))


def _of_best(result: Comparison) -> str:
    low, high = (fixed(end, 2) for end in result.best.kappa_interval)
    return tr("{name}; 95 % interval {low} to {high}", name=result.best.name, low=low, high=high)


def _report_ranking(report: Report, result: Comparison) -> None:
    report.section(tr("Ranking"))
    rows = []
    for one in result.ranking:
        c = one.assessment.confusion
        low, high = one.kappa_interval
        rows.append(
            (
                one.name,
                one.rule.text,
                c.kappa,
                tr("{low} to {high}", low=fixed(low), high=fixed(high)),
                c.oa,
                float(c.f1[0]),
                c.mcc,
                c.quantity_disagreement,
                c.allocation_disagreement,
            )
        )
    report.table(
        [
            tr("Map"),
            tr("Rule"),
            tr("Kappa"),
            tr("95 % interval"),
            "OA",
            "F1",
            "MCC",
            tr("Quantity"),
            tr("Allocation"),
        ],
        rows,
        tr(
            "Maps by kappa. Its interval is that of the block bootstrap; without a bootstrap it assumes independent "
            "cells and is too narrow. Quantity and allocation disagreement sum to 1 \u2212 OA."
        ),
        align="ll" + "r" * 7,
    )
    report.figure(
        charts.intervals(
            [(one.name, one.assessment.confusion.kappa, *one.kappa_interval) for one in result.ranking],
            tr("Kappa of the maps"),
            tr("Cohen's kappa"),
        ),
        tr("Kappa with its 95 % interval from the block bootstrap, or for independent cells without a bootstrap."),
    )
    measures = [(one.name, one.assessment.measures()) for one in result.ranking]
    report.table(
        [tr("Map"), tr("Both"), tr("Map only"), tr("Reference only"), tr("Neither")],
        ([name, *(of_map[count] for count in ("TP", "FP", "FN", "TN"))] for name, of_map in measures),
        tr("Cells with permafrost in both the map and the reference, in one of them, and in neither."),
    )


def _report_pairs(report: Report, result: Comparison) -> None:
    report.section(tr("Pairs of maps"))
    report.paragraph(tr(WHAT_IS_TESTED))
    report.notice(tr(INDEPENDENCE))
    drawn = result.has_bootstrap
    report.table(
        [
            tr("Maps"),
            tr("Difference in kappa"),
            tr("Block bootstrap, 95 %"),
            "b",
            "c",
            "McNemar",
            "p",
            tr("p (Holm)"),
        ],
        [
            (
                tr("{first} and {second}", first=pair.first, second=pair.second),
                pair.difference,
                tr("{low} to {high}", low=fixed(pair.interval[0]), high=fixed(pair.interval[1]))
                if drawn
                else tr("not computed"),
                pair.test.first_only,
                pair.test.second_only,
                fixed(pair.test.statistic, 1),
                _p_text(pair.test.p) + (tr(" (exact)") if pair.test.exact else ""),
                _p_text(pair.p_holm),
            )
            for pair in result.pairs
        ],
        tr(
            "b and c: cells on which only the first or only the second map is right. McNemar: (b \u2212 c)²/(b + "
            "c), with one degree of freedom; where b + c is below {min_approximate}, p is that of the exact "
            "binomial test. p (Holm): corrected for the number of pairs.",
            min_approximate=MIN_APPROXIMATE,
        )
        + (
            tr(" Bootstrap blocks of {block_size} x {block_size} cells.", block_size=result.block_size) if drawn else ""
        ),
    )


def _maps(result: Comparison, kind: str = "") -> str:
    return (
        tr("{n_ranking} {kind}maps were", n_ranking=len(result.ranking), kind=kind)
        if len(result.ranking) > 1
        else tr("One {kind}map was", kind=kind)
    )


def _p_text(p_value: float) -> str:
    return "< 0.0001" if p_value < 0.0001 else fixed(p_value, 4)


def _methods(result: Comparison) -> str:
    best = result.best.assessment.confusion
    ranking = clauses(
        tr(
            "{name} ({rule}) kappa {kappa}, OA {oa}",
            name=one.name,
            rule=one.rule.text,
            kappa=fixed(one.assessment.confusion.kappa),
            oa=fixed(one.assessment.confusion.oa),
        )
        for one in result.ranking
    )
    bootstrap = (
        tr(
            " and by a block bootstrap of the difference in kappa (blocks of {block_size} x {block_size} cells)",
            block_size=result.block_size,
        )
        if result.has_bootstrap
        else ""
    )
    tested = (
        tr(" Pairs of maps were compared by McNemar's test with Holm's correction{bootstrap}.", bootstrap=bootstrap)
        if result.pairs
        else ""
    )
    return tr(
        "{maps} compared with '{reference}' on {total} common cells, of which {prevalence:.1f} % are "
        "permafrost in the reference. Cells that are excluded, or that have no value in one of the maps "
        "or in the reference, were left out for all maps. By rank: {ranking}.{tested} Neighbouring cells "
        "are not independent, so standard errors and p-values that assume independence are too small.",
        maps=_maps(result, "permafrost "),
        reference=result.reference,
        total=best.total,
        prevalence=100 * best.prevalence,
        ranking=ranking,
        tested=tested,
    )
