"""The report on the accuracy of a permafrost map."""

from __future__ import annotations

import math

from ..assess.accuracy import POOLED, Accuracy
from ..assess.assessment import MEASURES, Assessment
from ..assess.binary import LABELS
from ..confusion import AreaAdjusted
from ..language import tr
from . import charts
from .numbers import fixed
from .report import Report


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
    interval = tr(
        "95 % interval {kappa_interval} to {kappa_interval_2} for independent cells",
        kappa_interval=fixed(c.kappa_interval[0]),
        kappa_interval_2=fixed(c.kappa_interval[1]),
    )
    unmapped = tr("{unmapped} cells of the reference have no permafrost class in the map", unmapped=result.unmapped)
    report.key_figures(
        [
            (tr("Overall accuracy"), c.oa, tr("standard error {oa_se} for independent cells", oa_se=fixed(c.oa_se, 4))),
            (tr("Cohen's kappa"), c.kappa, interval),
            (tr("Cells compared"), c.total, unmapped),
            (tr("Prevalence"), c.prevalence, tr("share of permafrost in the reference")),
        ]
    )
    report.paragraph(
        tr(
            "The map '{map_name}' was compared with '{reference_name}' cell by cell. Kappa is the agreement "
            "beyond what would be expected by chance with the same shares of permafrost.",
            map_name=result.map_name,
            reference_name=result.reference_name,
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
    share = fixed(100 * c.prevalence, 1)
    report.methods(
        tr(
            "The permafrost map was compared with '{reference_name}' on {total} cells, of which {share} % "
            "are permafrost in the reference. Overall accuracy is {oa} and Cohen's kappa {kappa} (standard "
            "error {kappa_se}, assuming independent cells); user's and producer's accuracy of permafrost are "
            "{users_accuracy} and {producers_accuracy}.",
            reference_name=result.reference_name,
            total=c.total,
            share=share,
            oa=fixed(c.oa),
            kappa=fixed(c.kappa),
            kappa_se=fixed(c.kappa_se),
            users_accuracy=fixed(c.users_accuracy[0]),
            producers_accuracy=fixed(c.producers_accuracy[0]),
        )
        + (f" {bootstrap}" if bootstrap else "")
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
        rows = [(_region(one), one.confusion.kappa, *one.confusion.kappa_interval) for one in assessed]
        report.figure(
            charts.intervals(rows, tr("Kappa per region"), tr("kappa")),
            tr("Kappa with 95 % intervals for independent cells, per region."),
        )


def _region(one: Assessment) -> str:
    """Return the name of a region, and the word for all of them in the user's language."""
    return tr("pooled") if one.region == POOLED else one.region


def _bootstrap_sentence(result: Accuracy) -> str:
    """Return the interval of the bootstrap; empty where there is none."""
    b, side = result.pooled.bootstrap, result.block_size
    if not side or not math.isfinite(b.kappa_interval[0]):
        return ""
    return tr(
        "A block bootstrap with blocks of {side} x {side} cells ({blocks} blocks) yields a 95 % interval "
        "of kappa from {kappa_interval} to {kappa_interval_2}.",
        side=side,
        blocks=b.blocks,
        kappa_interval=fixed(b.kappa_interval[0]),
        kappa_interval_2=fixed(b.kappa_interval[1]),
    )


def _report_adjusted(report: Report, adjusted: AreaAdjusted) -> None:
    report.section(tr("Adjusted for the sampling"))
    columns = (
        adjusted.users_accuracy,
        adjusted.users_accuracy_se,
        adjusted.producers_accuracy,
        adjusted.producers_accuracy_se,
    )
    areas = ([fixed(km2, 1) for km2 in column.tolist()] for column in (adjusted.area, adjusted.area_se))
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
            oa=fixed(adjusted.oa, 4),
            oa_se=fixed(adjusted.oa_se, 4),
        ),
    )


def _adjusted_sentence(adjusted: AreaAdjusted) -> str:
    return tr(
        " Adjusted for the stratified sampling (Olofsson et al. 2014), overall accuracy is {oa} "
        "(standard error {oa_se}) and permafrost covers {area} km² (standard error {area_se} km²).",
        oa=fixed(adjusted.oa),
        oa_se=fixed(adjusted.oa_se),
        area=fixed(float(adjusted.area[0]), 1),
        area_se=fixed(float(adjusted.area_se[0]), 1),
    )
