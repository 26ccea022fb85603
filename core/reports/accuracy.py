"""The report on the accuracy of a permafrost map."""

from __future__ import annotations

import math

from ..assess.accuracy import Accuracy
from ..assess.assessment import MEASURES
from ..assess.binary import LABELS
from ..confusion import AreaAdjusted
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
    interval = f"95 % interval {fixed(c.kappa_interval[0])} to {fixed(c.kappa_interval[1])} for independent cells"
    unmapped = f"{result.unmapped} cells of the reference have no permafrost class in the map"
    report.key_figures(
        [
            ("Overall accuracy", c.oa, f"standard error {fixed(c.oa_se, 4)} for independent cells"),
            ("Cohen's kappa", c.kappa, interval),
            ("Cells compared", c.total, unmapped),
            ("Prevalence", c.prevalence, "share of permafrost in the reference"),
        ]
    )
    report.paragraph(
        f"The map '{result.map_name}' was compared with '{result.reference_name}' cell by cell. Kappa is the agreement "
        "beyond what would be expected by chance with the same shares of permafrost."
    )
    report.figure(
        charts.matrix(c.matrix, c.labels, "Confusion matrix"),
        "Confusion matrix of all cells compared: counts and shares.",
    )
    if agreement:
        report.figure(agreement, "Where map and reference agree.")
    _report_measures(report, result)
    bootstrap = _bootstrap_sentence(result)
    if bootstrap:
        report.paragraph(
            "Errors of neighbouring cells are correlated, so the cells contain less information than their number "
            f"suggests. {bootstrap}"
        )
    if result.adjusted is not None:
        _report_adjusted(report, result.adjusted)
    share = fixed(100 * c.prevalence, 1)
    report.methods(
        f"The permafrost map was compared with '{result.reference_name}' on {c.total} cells, of which "
        f"{share} % are permafrost in the reference. Overall accuracy is {fixed(c.oa)} and Cohen's kappa "
        f"{fixed(c.kappa)} (standard error {fixed(c.kappa_se)}, assuming independent cells); user's and "
        f"producer's accuracy of permafrost are {fixed(c.users_accuracy[0])} and {fixed(c.producers_accuracy[0])}."
        + (f" {bootstrap}" if bootstrap else "")
        + (_adjusted_sentence(result.adjusted) if result.adjusted else "")
    )


def _report_measures(report: Report, result: Accuracy) -> None:
    report.section("Measures")
    assessed = result.everything
    table = [one.measures() for one in assessed]
    report.table(
        ["Measure", *(one.region if result.regions else "All cells" for one in assessed)],
        (
            [label, *(measures[name] for measures in table)]
            for name, label in MEASURES
            if result.block_size or "_BOOT_" not in name
        ),
        ("All measures, per region and pooled. " if result.regions else "All measures. ")
        + "User's accuracy is the share of the mapped cells that are right, producer's accuracy the share of the cells "
        "of the reference that the map shows.",
    )
    if result.regions:
        rows = [(one.region, one.confusion.kappa, *one.confusion.kappa_interval) for one in assessed]
        report.figure(
            charts.intervals(rows, "Kappa per region", "kappa"),
            "Kappa with 95 % intervals for independent cells, per region.",
        )


def _bootstrap_sentence(result: Accuracy) -> str:
    """Return the interval of the bootstrap; empty where there is none."""
    b, side = result.pooled.bootstrap, result.block_size
    if not side or not math.isfinite(b.kappa_interval[0]):
        return ""
    return (
        f"A block bootstrap with blocks of {side} x {side} cells ({b.blocks} blocks) yields a 95 % interval of kappa "
        f"from {fixed(b.kappa_interval[0])} to {fixed(b.kappa_interval[1])}."
    )


def _report_adjusted(report: Report, adjusted: AreaAdjusted) -> None:
    report.section("Adjusted for the sampling")
    columns = (
        adjusted.users_accuracy,
        adjusted.users_accuracy_se,
        adjusted.producers_accuracy,
        adjusted.producers_accuracy_se,
    )
    areas = ([fixed(km2, 1) for km2 in column.tolist()] for column in (adjusted.area, adjusted.area_se))
    report.table(
        ["Class", "User's accuracy", "s.e.", "Producer's accuracy", "s.e.", "Area [km²]", "s.e. [km²]"],
        zip(LABELS, *(column.tolist() for column in columns), *areas),
        f"Stratified estimates (Olofsson et al. 2014). Overall accuracy {fixed(adjusted.oa, 4)} with standard error "
        f"{fixed(adjusted.oa_se, 4)}.",
    )


def _adjusted_sentence(adjusted: AreaAdjusted) -> str:
    return (
        f" Adjusted for the stratified sampling (Olofsson et al. 2014), overall accuracy is {fixed(adjusted.oa)} "
        f"(standard error {fixed(adjusted.oa_se)}) and permafrost covers {fixed(float(adjusted.area[0]), 1)} km² "
        f"(standard error {fixed(float(adjusted.area_se[0]), 1)} km²)."
    )
