"""The report on the accuracy of a permafrost map."""

from __future__ import annotations

import math

from ..assess.accuracy import POOLED, Accuracy
from ..assess.assessment import MEASURES, Assessment
from ..assess.binary import LABELS
from ..confusion import AreaAdjusted
from ..language import tr
from . import charts
from .numbers import area, area_number, fixed
from .report import Report
from .wording import layer_in_words, sentence_case


def report_accuracy(report: Report, result: Accuracy, agreement: str = "") -> None:
    """Fill a report with the confusion matrix and all measures.

    Parameters
    ----------
    report : Report
        To be filled.
    result : Accuracy
        What was found.
    agreement : str
        SVG of the map of agreement; empty where it was not written.
    """
    c = result.pooled.confusion
    b = result.pooled.bootstrap
    drawn = bool(result.block_size) and math.isfinite(b.kappa_interval[0])
    unmapped = (
        tr(
            "of {total} in the reference; in the other {unmapped} the map has glaciers, lakes or no value",
            total=c.total + result.unmapped,
            unmapped=result.unmapped,
        )
        if result.unmapped
        else tr("all of the reference that can be compared")
    )
    kappa = tr("Cohen's kappa")
    report.key_figures(
        [
            (kappa, fixed(c.kappa, 2), _interval(b.kappa_interval if drawn else c.kappa_interval, drawn)),
            (tr("Overall accuracy"), fixed(c.oa, 2), _interval(b.oa_interval if drawn else c.oa_interval, drawn)),
            (tr("Cells compared"), c.total, unmapped),
            (tr("Prevalence"), f"{fixed(100 * c.prevalence, 0)} %", tr("share of permafrost in the reference")),
        ],
        headline=kappa,
    )
    report.paragraph(
        tr(
            "{map_name} was compared with {reference_name} cell by cell. Kappa is the agreement beyond what would be "
            "expected by chance with the same shares of permafrost.",
            map_name=sentence_case(layer_in_words(result.map_name, tr("the permafrost map"))),
            reference_name=layer_in_words(result.reference_name, tr("the reference")),
        )
    )
    report.figure(
        charts.matrix(c.matrix, [tr(label) for label in c.labels], tr("Confusion matrix")),
        tr("Confusion matrix of all cells compared: counts and shares."),
    )
    if agreement:
        report.figure(agreement, tr("Where map and reference agree."))
    _report_measures(report, result)
    bootstrap = _bootstrap_sentence(result)
    if bootstrap:
        report.paragraph(
            tr(
                "Errors of neighbouring cells are correlated, so the cells contain less information than their "
                "number suggests. {bootstrap}",
                bootstrap=bootstrap,
            )
        )
    if result.adjusted is not None:
        _report_adjusted(report, result.adjusted)
    share = fixed(100 * c.prevalence, 0)
    report.methods(
        tr(
            "The permafrost map was compared with {reference_name} on {total} cells, of which {share} % are permafrost "
            "in the reference. Overall accuracy is {oa} and Cohen's kappa {kappa}; user's and producer's accuracy of "
            "permafrost are {users_accuracy} and {producers_accuracy}.",
            reference_name=layer_in_words(result.reference_name, tr("the reference")),
            total=fixed(c.total, 0),
            share=share,
            oa=fixed(c.oa, 2),
            kappa=fixed(c.kappa, 2),
            users_accuracy=fixed(c.users_accuracy[0], 2),
            producers_accuracy=fixed(c.producers_accuracy[0], 2),
        )
        + (f" {bootstrap}" if bootstrap else _independent_sentence(c.kappa_interval))
        + (_adjusted_sentence(result.adjusted) if result.adjusted else "")
    )


def _report_measures(report: Report, result: Accuracy) -> None:
    report.section(tr("Measures"))
    assessed = result.everything
    table = [one.measures() for one in assessed]
    report.table(
        [tr("Measure"), *(_region(one) if result.regions else tr("All cells") for one in assessed)],
        (
            [tr(label), *(measures[name] for measures in table)]
            for name, label in MEASURES
            if result.block_size or "_BOOT_" not in name
        ),
        (tr("All measures, per region and pooled. ") if result.regions else tr("All measures. "))
        + tr(
            "User's accuracy is the share of the mapped cells that are right, producer's accuracy the share "
            "of the cells of the reference that the map shows."
        ),
    )
    if result.regions:
        drawn = bool(result.block_size)
        rows = [
            (_region(one), one.confusion.kappa, *(one.bootstrap if drawn else one.confusion).kappa_interval)
            for one in assessed
        ]
        report.figure(
            charts.intervals(rows, tr("Kappa per region"), tr("Cohen's kappa"), digits=2),
            tr("Kappa with 95 % intervals of the block bootstrap, per region.")
            if drawn
            else tr("Kappa with 95 % intervals for independent cells, per region."),
        )


def _region(one: Assessment) -> str:
    """Return the name of a region, and the word for all of them in the user's language."""
    return tr("pooled") if one.region == POOLED else one.region


def _interval(ends: tuple[float, float], is_bootstrap: bool) -> str:
    """Return an interval for a key figure, and what it rests on."""
    low, high = (fixed(end, 2) for end in ends)
    if is_bootstrap:
        return tr("95 % interval {low} to {high}, block bootstrap", low=low, high=high)
    return tr("95 % interval {low} to {high}, too narrow: it assumes independent cells", low=low, high=high)


def _independent_sentence(ends: tuple[float, float]) -> str:
    return tr(
        " The 95 % interval of kappa, {low} to {high}, assumes independent cells and is too narrow.",
        low=fixed(ends[0], 2),
        high=fixed(ends[1], 2),
    )


def _bootstrap_sentence(result: Accuracy) -> str:
    """Return the interval of the bootstrap; empty where there is none."""
    b, side = result.pooled.bootstrap, result.block_size
    if not side or not math.isfinite(b.kappa_interval[0]):
        return ""
    return tr(
        "A block bootstrap with blocks of {side} x {side} cells ({blocks} blocks) yields a 95 % interval "
        "of kappa from {low} to {high}.",
        side=side,
        blocks=b.blocks,
        low=fixed(b.kappa_interval[0], 2),
        high=fixed(b.kappa_interval[1], 2),
    )


def _report_adjusted(report: Report, adjusted: AreaAdjusted) -> None:
    report.section(tr("Adjusted for the sampling"))
    columns = (
        adjusted.users_accuracy,
        adjusted.users_accuracy_se,
        adjusted.producers_accuracy,
        adjusted.producers_accuracy_se,
    )
    areas = ([area_number(km2) for km2 in column.tolist()] for column in (adjusted.area, adjusted.area_se))
    report.table(
        [
            tr("Class"),
            tr("User's accuracy"),
            tr("s.e."),
            tr("Producer's accuracy"),
            tr("s.e."),
            tr("Area [km²]"),
            tr("s.e. [km²]"),
        ],
        zip(map(tr, LABELS), *(column.tolist() for column in columns), *areas),
        tr(
            "Stratified estimates (Olofsson et al. 2014). Overall accuracy {oa} with standard error {oa_se}.",
            oa=fixed(adjusted.oa),
            oa_se=fixed(adjusted.oa_se),
        ),
    )


def _adjusted_sentence(adjusted: AreaAdjusted) -> str:
    return tr(
        " Adjusted for the stratified sampling (Olofsson et al. 2014), overall accuracy is {oa} "
        "(standard error {oa_se}) and permafrost covers {area} (standard error {area_se}).",
        oa=fixed(adjusted.oa),
        oa_se=fixed(adjusted.oa_se),
        area=area(float(adjusted.area[0])),
        area_se=area(float(adjusted.area_se[0])),
    )
