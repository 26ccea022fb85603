"""The report of a calibration of r_k."""

from __future__ import annotations

from typing import Sequence

import numpy as np

from ..confusion import oa_and_kappa
from ..language import later, tr
from ..permafrost.calibrate import FROZEN, STEP, kappa, mapped_cells
from ..permafrost.calibration_result import CalibrationResult
from . import charts
from .numbers import fixed
from .report import Report

BY_CLASS, SINGLE = later("r_k by class"), later("Single r_k")


def report_calibraterk(report: Report, result: CalibrationResult) -> None:
    """Fill in the report of a calibration: agreement first, then r_k by class, the folds, and the method."""
    _agreement_first(report, result)
    report.section("r_k")
    _single_r_k(report, result)
    _r_k_by_class(report, result)
    report.section(tr("Agreement"))
    _confusion(report, result)
    _folds(report, result)
    _repeats(report, result)
    _methods(report, result)


def _agreement_first(report: Report, result: CalibrationResult) -> None:
    kappas = result.held_out.kappas()
    held, held_uniform = result.kappa_held_out, result.kappa_uniform_held_out
    repeats = result.settings.repeats
    spread = [
        tr("{min} to {max} in {repeats} repeats", min=fixed(one.min(), 2), max=fixed(one.max(), 2), repeats=repeats)
        for one in kappas
    ]
    report.key_figures(
        [
            (tr("Held-out kappa, r_k by class"), fixed(held, 2), spread[0]),
            (tr("Held-out kappa, single r_k"), fixed(held_uniform, 2), spread[1]),
            (tr("Kappa on all cells, r_k by class"), fixed(result.kappa, 2), tr("of the survey used for calibration")),
            (
                tr("Kappa on all cells, single r_k"),
                fixed(result.kappa_uniform, 2),
                tr("with the best single r_k, {uniform_r_k:.3f}", uniform_r_k=result.calibration.uniform_r_k),
            ),
        ]
    )
    wins = int(np.count_nonzero(kappas[0] > kappas[1]))
    verdict = (
        tr(
            "On held-out cells, r_k by class exceeds the single r_k by {held_uniform} in kappa, and is "
            "better in {wins} of {repeats} repeats.",
            held_uniform=fixed(held - held_uniform),
            wins=wins,
            repeats=repeats,
        )
        if held > held_uniform
        else tr(
            "On held-out cells, r_k by class is no better than a single r_k: these classes do not differ in "
            "r_k as far as the survey shows, so use the single r_k."
        )
    )
    report.paragraph(
        tr(
            "{verdict} The gain on all cells, {kappa_uniform}, includes overfitting to this survey, which "
            "does not carry over to other areas. Held-out blocks lie between blocks used for calibration: "
            "expect a lower kappa than the held-out one in another region.",
            verdict=verdict,
            kappa_uniform=fixed(result.kappa - result.kappa_uniform),
        )
    )


def _single_r_k(report: Report, result: CalibrationResult) -> None:
    calibration, counts = result.calibration, result.counts
    curve = kappa(mapped_cells(counts).sum(axis=0), counts.sum(axis=(0, 1)))
    best = charts.Series(
        tr("Best: {uniform_r_k:.3f}", uniform_r_k=calibration.uniform_r_k),
        [calibration.uniform_r_k],
        [curve[calibration.uniform]],
        points=True,
    )
    report.figure(
        charts.lines(
            [charts.Series(tr("Same r_k for all cells"), calibration.tried.tolist(), curve.tolist()), best],
            tr("Kappa as a function of a single r_k"),
            "r_k",
            tr("kappa"),
        ),
        tr("Kappa of the map against the survey with the same r_k for all cells."),
    )


def _r_k_by_class(report: Report, result: CalibrationResult) -> None:
    calibration = result.calibration
    varied = np.array([held.calibration.r_k for folds in result.held_out.repeats for held in folds])
    report.table(
        [
            tr("Class"),
            tr("Name"),
            tr("Cells surveyed"),
            tr("Permafrost [%]"),
            "r_k",
            tr("Equally good"),
            tr("Range without one fold"),
            tr("Calibrated on"),
        ],
        (
            [
                str(key),
                result.class_names.get(key, ""),
                int(cells.sum()),
                fixed(100 * cells[FROZEN] / cells.sum(), 1) if cells.any() else "",
                r_k,
                _range(calibration.tried[equal]) if own else "",
                _range((among.min(), among.max())) if own else "",
                tr("its own cells")
                if own
                else tr("all classes: fewer than {min_cells} cells", min_cells=result.settings.min_cells),
            ]
            for key, cells, r_k, equal, among, own in zip(
                result.classes.tolist(),
                result.counts.sum(axis=1),
                calibration.r_k.tolist(),
                calibration.equal,
                varied.T,
                calibration.is_own,
            )
        ),
        tr(
            "r_k by class. 'Equally good' is the range of r_k that map the class identically; where it is "
            "wide, the survey hardly constrains r_k. 'Range without one fold' is the range of r_k calibrated "
            "with one fold held out; where it is wide, r_k depends on a few places."
        ),
        align="llrrrlll",
    )


def _confusion(report: Report, result: CalibrationResult) -> None:
    held_by_class, held_uniform = result.held_out.pooled(0)
    report.table(
        [
            tr("Map"),
            tr("Permafrost in both"),
            tr("in the map only"),
            tr("in the survey only"),
            tr("in neither"),
            "OA",
            tr("Kappa"),
        ],
        (
            [label, *np.ravel(matrix).tolist(), *map(float, oa_and_kappa(matrix))]
            for label, matrix in (
                (tr("r_k by class, all cells"), result.by_class),
                (tr("Single r_k, all cells"), result.uniform),
                (tr("r_k by class, held out"), held_by_class),
                (tr("Single r_k, held out"), held_uniform),
            )
        ),
        tr(
            "Numbers of cells, overall accuracy (OA) and kappa. Held out: each cell is mapped with the r_k "
            "calibrated on the other folds, in the first repeat."
        ),
    )


def _folds(report: Report, result: CalibrationResult) -> None:
    report.table(
        [
            tr("Fold"),
            tr("Cells"),
            tr("Kappa, r_k by class"),
            tr("Kappa, single r_k"),
            tr("Single r_k of the other folds"),
        ],
        (
            [
                str(fold),
                held.by_class.sum(),
                *(float(oa_and_kappa(matrix)[1]) for matrix in (held.by_class, held.uniform)),
                held.calibration.uniform_r_k,
            ]
            for fold, held in enumerate(result.held_out.repeats[0], start=1)
        ),
        tr("Kappa by fold in the first repeat, each with the r_k calibrated on the other folds."),
    )


def _repeats(report: Report, result: CalibrationResult) -> None:
    kappas = result.held_out.kappas().tolist()
    repeats = range(1, len(kappas[0]) + 1)
    report.figure(
        charts.lines(
            [
                charts.Series(tr(label), repeats, values, points=True)
                for label, values in zip((BY_CLASS, SINGLE), kappas)
            ],
            tr("Held-out kappa by repeat"),
            tr("Repeat"),
            tr("held-out kappa"),
        ),
        tr("Held-out kappa of each repeat, that is of each random assignment of the blocks to folds."),
    )


def _methods(report: Report, result: CalibrationResult) -> None:
    settings, kappas = result.settings, result.held_out.kappas()
    low, high = settings.r_k_range
    report.methods(
        tr(
            "Ratios of thawed to frozen thermal conductivity (r_k) were calibrated for the classes of "
            "'{classes_name}' against '{survey_name}' on {cells} cells by maximising Cohen's kappa jointly "
            "over all classes (r_k from {low:g} to {high:g} in steps of {step:g}; Dinkelbach 1967); classes "
            "with fewer than {min_cells} surveyed cells were assigned the best single r_k "
            "({uniform_r_k:.3f}). Kappa was {kappa} on the calibration cells, compared with {kappa_uniform} "
            "for the single r_k. In {folds}-fold cross-validation with blocks of {block_size} x {block_size} "
            "cells ({blocks} blocks, {repeats} random assignments to folds) it was {kappa_held_out} (range "
            "{min} to {max}), compared with {kappa_uniform_held_out} for the single r_k.",
            classes_name=result.classes_name,
            survey_name=result.survey_name,
            cells=result.cells,
            low=low,
            high=high,
            step=STEP,
            min_cells=settings.min_cells,
            uniform_r_k=result.calibration.uniform_r_k,
            kappa=fixed(result.kappa),
            kappa_uniform=fixed(result.kappa_uniform),
            folds=settings.folds,
            block_size=result.block_size,
            blocks=result.blocks,
            repeats=settings.repeats,
            kappa_held_out=fixed(result.kappa_held_out),
            min=fixed(kappas[0].min()),
            max=fixed(kappas[0].max()),
            kappa_uniform_held_out=fixed(result.kappa_uniform_held_out),
        )
    )


def _range(ends: Sequence[float]) -> str:
    low, high = ends
    return tr("{low:.3f} to {high:.3f}", low=low, high=high)
