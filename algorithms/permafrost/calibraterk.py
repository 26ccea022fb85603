"""r_k by class, calibrated against a survey map."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any, Collection

import numpy as np

from ...core import classes as styles
from ...core.assess.binary import LABELS, listed, listed_classes
from ...core.confusion import Confusion
from ...core.errors import InputError
from ...core.permafrost.calibrate import (
    FROZEN,
    STEP,
    Calibration,
    CrossValidation,
    calibrate,
    candidates,
    cross_validate,
    deal_blocks,
    kappa,
    mapped_cells,
    matrix,
)
from ...core.permafrost.rk import RkTable, classes_to_r_k, write_table
from ...core.permafrost.ttop import R_K_RANGE
from ...core.reports import charts
from ...core.reports.numbers import fixed
from ...core.reports.report import Report
from ...raster.permafrost.survey import SurveyRasters
from ...raster.read.sources import ClassSource
from ...raster.read.tiles import bounded_tiles
from ...raster.run.blocks import Running, map_windows
from ...raster.run.values import values_of
from ...raster.write.writer import Layer, class_names
from ...raster.write.writer import raster_output as write_raster
from ..base import Group, PermafrostAlgorithm, Task
from ..parameters import (
    NumberOutput,
    csv_output,
    number,
    raster,
    raster_output,
    report_output,
    running_parameters,
    seed_parameter,
    text,
    whole_number,
)
from .degree_days import degree_day_inputs, refuse_swapped

# More than any legend has; counts are kept for each of them.
MOST_CLASSES = 100

BY_CLASS, UNIFORM = "r_k by class", "One r_k"


@dataclass(frozen=True)
class Result:
    """What was found.

    Attributes
    ----------
    classes : array of int, shape (n,)
        The classes that have an r_k.
    blocks, block_size : int
        Blocks with cells of the survey, and their side in cells.
    counts : array of int, shape (n, m + 1, 2)
        All cells of the survey, see `core.permafrost.calibrate.mapped_cells`.
    calibration : Calibration
    by_class, uniform : Confusion
        On all cells.
    held_out : CrossValidation
    """

    classes: np.ndarray
    blocks: int
    block_size: int
    counts: np.ndarray
    calibration: Calibration
    by_class: Confusion
    uniform: Confusion
    held_out: CrossValidation


class CalibrateRk(PermafrostAlgorithm):
    """Algorithm ``permafrost:calibraterk``."""

    ID = "calibraterk"
    TITLE = "Calibrate r_k"
    GROUP = Group.PERMAFROST
    TAGS = "calibration, thermal conductivity ratio, rk, survey map, kappa, cross-validation, land cover, soil clusters"
    SUMMARY = "Chooses the r_k of each class that agrees best with a survey map, and tells what it is worth elsewhere."
    DESCRIPTION = """
        A cell is permafrost where DDF is at least r_k DDT. The r_k of all classes are chosen together so that Cohen's
        kappa of the map against the survey is as large as it can be: the exact optimum over all combinations of r_k
        in steps of 0.001, found by Dinkelbach's method. Of equally good r_k of a class, the one nearest to the best
        single r_k is taken. A class with few cells of the survey, or none, takes the best single r_k.

        A calibrated r_k makes up for whatever makes the map differ from the survey, also for a bias of DDT and DDF: it
        belongs to these layers, and is no property of the ground that could be taken to others.

        A calibrated map always agrees with the survey that it was calibrated on. What it is worth elsewhere is shown by
        holding out: the survey is cut into square blocks, these are dealt to folds at random, and each fold is
        compared with r_k from the others. This is done several times. The same is done for the best single r_k, so
        that one sees whether classes help at all.

        Blocks that touch still resemble each other, and all of them lie in one survey: the held-out kappa tells about
        gaps in the surveyed area, and is too high for another region.
    """
    EXAMPLE = (
        "DDT=ddt.tif DDF=ddf.tif CLASSES=soil.tif REFERENCE=survey.tif OUTPUT=rk.tif TABLE=rk.csv "
        "OUTPUT_HTML=calibration.html"
    )
    REFERENCES = (
        "Cao, Z., Nan, Z., Hu, J., Chen, Y. & Zhang, Y. (2023): A new 2010 permafrost distribution map over the "
        "Qinghai-Tibet Plateau based on subregion survey maps: a benchmark for regional permafrost modeling. Earth "
        "System Science Data 15, 3905-3930. doi:10.5194/essd-15-3905-2023",
        "Dinkelbach, W. (1967): On nonlinear fractional programming. Management Science 13(7), 492-498. "
        "doi:10.1287/mnsc.13.7.492",
        "Cohen, J. (1960): A coefficient of agreement for nominal scales. Educational and Psychological Measurement "
        "20(1), 37-46. doi:10.1177/001316446002000104",
        "Roberts, D. R. et al. (2017): Cross-validation strategies for data with temporal, spatial, hierarchical, or "
        "phylogenetic structure. Ecography 40(8), 913-929. doi:10.1111/ecog.02881",
    )

    def declare(self) -> tuple:
        """Parameters and outputs."""
        low, high = R_K_RANGE
        return (
            *degree_day_inputs(),
            raster(
                "CLASSES",
                "Classes",
                "A raster of whole numbers, one per class that has an r_k of its own, such as land cover or clusters "
                "of soils. Where it lies on other cells, the class that fills most of a cell counts.",
            ),
            raster("REFERENCE", "Survey map", "A raster of classes; cells without a value were not surveyed."),
            text(
                "PERMAFROST_VALUE",
                "Permafrost in the survey map",
                "Values of the survey map that are permafrost, separated by commas. All others are ground without.",
                "1",
            ),
            text(
                "REFERENCE_EXCLUDED",
                "Not compared in the survey map",
                "Values of the survey map that are left out, such as glaciers and lakes, separated by commas.",
                "",
                optional=True,
                advanced=True,
            ),
            text(
                "CLASSES_EXCLUDED",
                "Classes without r_k",
                "Classes that have no r_k, such as water and permanent ice, separated by commas. Their cells stay "
                "empty, as they do in 'r_k factor'.",
                "",
                optional=True,
            ),
            whole_number(
                "HOLDOUT",
                "Parts to hold out",
                "Number of folds. The blocks of the survey are dealt to them, and each is compared with r_k from the "
                "others: 5 hold out a fifth at a time.",
                5,
                2,
                100,
            ),
            whole_number(
                "BLOCK_SIZE",
                "Block [cells]",
                "Side of the square blocks that are held out as a whole; it should exceed the distance over which "
                "errors of the map resemble each other.",
                10,
                1,
                10_000,
            ),
            whole_number(
                "REPEATS",
                "Dealings",
                "How often the blocks are dealt anew. The held-out kappa is the mean of them, and the report shows "
                "how far they differ.",
                10,
                1,
                100,
                advanced=True,
            ),
            seed_parameter("The same seed assigns the blocks to the same folds."),
            whole_number(
                "MIN_CELLS",
                "Least cells of a class",
                "A class with fewer cells of the survey takes the best single r_k.",
                30,
                0,
                1_000_000,
                advanced=True,
            ),
            number("RK_MIN", "Smallest r_k", "r_k from here on are tried.", low, low, high, advanced=True),
            number("RK_MAX", "Largest r_k", "r_k up to here are tried.", high, low, high, advanced=True),
            *running_parameters(),
            raster_output("OUTPUT", "r_k", "Ratio of thawed to frozen thermal conductivity, no unit.", styles.R_K),
            csv_output(
                "TABLE",
                "Table of r_k",
                "Class, r_k, name, cells of the survey and more: a CSV file that 'r_k factor' takes as TABLE_FILE.",
            ),
            report_output(),
            NumberOutput("KAPPA", "Kappa, r_k by class"),
            NumberOutput("KAPPA_HOLDOUT", "Kappa held out, r_k by class"),
            NumberOutput("RK_UNIFORM", "Best single r_k"),
            NumberOutput("KAPPA_UNIFORM", "Kappa, best single r_k"),
            NumberOutput("KAPPA_UNIFORM_HOLDOUT", "Kappa held out, best single r_k"),
            NumberOutput("N", "Cells compared"),
        )

    def check(self, p: SimpleNamespace) -> None:
        """Refuse swapped layers and an empty range."""
        refuse_swapped(p)
        if p.RK_MIN >= p.RK_MAX:
            raise InputError(f"RK_MIN is {p.RK_MIN:g} and RK_MAX is {p.RK_MAX:g}: the first has to be the smaller one.")

    def execute(self, p: SimpleNamespace, task: Task) -> dict[str, Any]:
        """Count, choose, hold out, write."""
        tried = candidates(p.RK_MIN, p.RK_MAX)
        survey = _survey(p, task)
        task.align(survey.grid, survey.ddf, survey.classes, survey.reference)
        classes, cells_of_block = survey.extent(_part(task, 0))
        _require_cells(p, classes, cells_of_block)
        fold_of = deal_blocks(cells_of_block, p.HOLDOUT, p.REPEATS, p.SEED)
        by_fold = survey.counts(classes, tried, fold_of, _part(task, 1))
        counts = by_fold[0].sum(axis=0)
        if not counts[..., FROZEN].any():
            raise InputError(
                f"All {counts.sum()} cells of the survey that can be used are no permafrost, and r_k shows in the "
                f"contrast: check PERMAFROST_VALUE, which is '{p.PERMAFROST_VALUE}', for '{p.REFERENCE.name}' holds "
                f"the values {listed(values_of(survey.reference, task.running))}."
            )
        calibration = calibrate(counts, tried, p.MIN_CELLS)
        result = Result(
            classes,
            int(np.count_nonzero(cells_of_block)),
            survey.blocks.side,
            counts,
            calibration,
            Confusion(matrix(counts, calibration.chosen), LABELS),
            Confusion(matrix(counts, np.full(len(classes), calibration.uniform)), LABELS),
            cross_validate(by_fold, tried, p.MIN_CELLS),
        )
        _write_r_k(p, survey, result, task)
        names = class_names(p.CLASSES)
        if p.TABLE:
            write_table(p.TABLE, _table(result, names, survey.without_r_k))
        task.write_report(p.OUTPUT_HTML, lambda report: _report(report, p, result, names))
        held, held_uniform = result.held_out.kappas().mean(axis=1).tolist()
        _tell(p, result, held, held_uniform, task)
        return {
            "KAPPA": result.by_class.kappa,
            "KAPPA_HOLDOUT": held,
            "RK_UNIFORM": calibration.uniform_r_k,
            "KAPPA_UNIFORM": result.uniform.kappa,
            "KAPPA_UNIFORM_HOLDOUT": held_uniform,
            "N": result.by_class.total,
        }


def _survey(p: SimpleNamespace, task: Task) -> SurveyRasters:
    blocks, warning = bounded_tiles(p.BLOCK_SIZE, p.DDT.grid())
    if warning:
        task.warn(warning)
    return SurveyRasters(
        p.DDT,
        p.DDF,
        ClassSource.of(p.CLASSES),
        ClassSource.of(p.REFERENCE),
        blocks,
        frozen=listed_classes(p.PERMAFROST_VALUE, "PERMAFROST_VALUE"),
        not_compared=listed_classes(p.REFERENCE_EXCLUDED or "", "REFERENCE_EXCLUDED"),
        without_r_k=listed_classes(p.CLASSES_EXCLUDED or "", "CLASSES_EXCLUDED"),
    )


def _require_cells(p: SimpleNamespace, classes: np.ndarray, cells_of_block: np.ndarray) -> None:
    if len(classes) > MOST_CLASSES:
        raise InputError(
            f"'{p.CLASSES.name}' holds {len(classes)} classes, and at most {MOST_CLASSES} can have an r_k: give a map "
            "of fewer classes."
        )
    if not cells_of_block.any():
        raise InputError(
            f"'{p.DDT.name}', '{p.DDF.name}', '{p.CLASSES.name}' and '{p.REFERENCE.name}' have no cell in which all "
            "hold a value: check that they show the same place."
        )


def _write_r_k(p: SimpleNamespace, survey: SurveyRasters, result: Result, task: Task) -> None:
    """Write the r_k of each class to its cells."""
    table = RkTable("calibrated", dict(zip(result.classes.tolist(), result.calibration.r_k.tolist())), {})

    def look_up(classes: np.ndarray) -> np.ndarray:
        return classes_to_r_k(classes, table)

    grid = survey.grid
    with write_raster(p.OUTPUT, grid, Layer(["r_k"]), task.provenance, task.running) as output:
        for window, r_k in map_windows(look_up, {"classes": survey.classes}, grid, _part(task, 2)):
            output.write(window, r_k)


def _part(task: Task, part: int, parts: int = 3) -> Running:
    """Give how a part of the run goes over blocks, with its own stretch of the progress."""
    return replace(task.running, progress=lambda share: task.progress((part + share) / parts))


def _table(result: Result, names: dict[int, str], without_r_k: Collection[int]) -> list[dict[str, object]]:
    """Give a row a class; classes without r_k have an empty one, which 'r_k factor' masks."""
    calibration = result.calibration
    rows = [
        {
            "class": key,
            "r_k": f"{calibration.tried[place]:.3f}",
            "name": names.get(key, ""),
            "n": int(cells.sum()),
            "n_permafrost": int(cells[FROZEN]),
            "r_k_low": f"{calibration.tried[low]:.3f}",
            "r_k_high": f"{calibration.tried[high]:.3f}",
            "calibrated": "yes" if own else "no",
        }
        for key, place, cells, (low, high), own in zip(
            result.classes.tolist(),
            calibration.chosen,
            result.counts.sum(axis=1),
            calibration.equal,
            calibration.is_own,
        )
    ]
    return rows + [{**dict.fromkeys(rows[0], ""), "class": key, "name": names.get(key, "")} for key in without_r_k]


def _tell(p: SimpleNamespace, result: Result, by_class: float, uniform: float, task: Task) -> None:
    """Say in the log what the report says, and what may be wrong with it."""
    calibration = result.calibration
    task.info(
        f"Kappa {fixed(result.by_class.kappa, 4)} with r_k by class, {fixed(by_class, 4)} held out; with the best "
        f"single r_k {calibration.uniform_r_k:.3f}: {fixed(result.uniform.kappa, 4)}, {fixed(uniform, 4)} held out."
    )
    if not by_class > uniform:
        task.warn(
            f"Held out, r_k by class (kappa {fixed(by_class, 4)}) is not better than the best single r_k "
            f"({fixed(uniform, 4)}): use RK_VALUE={calibration.uniform_r_k:.3f}, or other classes."
        )
    at_end = calibration.is_own & np.isin(calibration.r_k, (p.RK_MIN, p.RK_MAX))
    if at_end.any():
        listed = ", ".join(map(str, result.classes[at_end].tolist()))
        task.warn(f"r_k is at an end of the range {p.RK_MIN:g} to {p.RK_MAX:g} for the classes {listed}.")
    above = calibration.r_k > 1
    if above.any():
        listed = ", ".join(map(str, result.classes[above].tolist()))
        task.warn(f"r_k is above 1 for the classes {listed}: right only where soils conduct better thawed.")
    if result.held_out.missing:
        task.warn(
            f"{result.held_out.missing} parts were not held out: the rest of the survey shows permafrost everywhere or "
            "nowhere."
        )


def _report(report: Report, p: SimpleNamespace, result: Result, names: dict[int, str]) -> None:
    calibration, counts = result.calibration, result.counts
    kappas = result.held_out.kappas()
    (held, held_uniform), lowest, highest = kappas.mean(axis=1), kappas.min(axis=1), kappas.max(axis=1)
    spread = [f"{fixed(low)} to {fixed(high)} over {p.REPEATS} dealings" for low, high in zip(lowest, highest)]
    report.key_figures(
        [
            ("Kappa held out, r_k by class", held, spread[0]),
            ("Kappa held out, one r_k", held_uniform, spread[1]),
            ("Kappa on all cells, r_k by class", result.by_class.kappa, "of the survey that it was calibrated on"),
            ("Kappa on all cells, one r_k", result.uniform.kappa, f"at the best r_k, {calibration.uniform_r_k:.3f}"),
        ]
    )
    wins = int(np.count_nonzero(kappas[0] > kappas[1]))
    verdict = (
        f"Held out, r_k by class is better than one r_k by {fixed(held - held_uniform)} in kappa, in {wins} of "
        f"{p.REPEATS} dealings."
        if held > held_uniform
        else "Held out, r_k by class is no better than one r_k: these classes do not tell r_k apart, use one r_k."
    )
    report.paragraph(
        f"{verdict} The gain on all cells, {fixed(result.by_class.kappa - result.uniform.kappa)}, includes what was "
        "fitted to this survey and holds nowhere else. Blocks that were held out lie between blocks that were not: for "
        "another region expect less than the held-out kappa."
    )
    report.section("r_k")
    curve = kappa(mapped_cells(counts).sum(axis=0), counts.sum(axis=(0, 1)))
    report.figure(
        charts.lines(
            [
                charts.Series("One r_k for all cells", calibration.tried, curve),
                charts.Series(
                    f"Best: {calibration.uniform_r_k:.3f}",
                    [calibration.uniform_r_k],
                    [curve[calibration.uniform]],
                    points=True,
                ),
            ],
            "Kappa against one r_k",
            "r_k",
            "kappa",
        ),
        "Kappa of the map against the survey with one r_k for all cells.",
    )
    varied = np.array([held.calibration.r_k for folds in result.held_out.dealings for held in folds])
    report.table(
        ["Class", "Name", "Cells surveyed", "Permafrost [%]", "r_k", "as good", "with parts held out", "from"],
        (
            [
                str(key),
                names.get(key, ""),
                int(cells.sum()),
                fixed(100 * cells[FROZEN] / cells.sum(), 1) if cells.any() else "",
                r_k,
                _range(calibration.tried[equal]) if own else "",
                _range((among.min(), among.max())) if own else "",
                "its own cells" if own else f"all classes: fewer than {p.MIN_CELLS} cells",
            ]
            for key, cells, r_k, equal, among, own in zip(
                result.classes.tolist(),
                counts.sum(axis=1),
                calibration.r_k.tolist(),
                calibration.equal,
                varied.T,
                calibration.is_own,
            )
        ),
        "r_k by class. 'As good' is the range in which the class is mapped alike; a wide one says that the survey "
        "hardly tells this r_k. 'With parts held out' is the range of what was chosen without one fold: where it is "
        "wide, r_k hangs on few places.",
        align="llrrrlll",
    )
    report.section("Agreement")
    first = [Confusion(one, LABELS) for one in result.held_out.pooled(0)]
    report.table(
        ["Map", "Permafrost in both", "in the map only", "in the survey only", "in neither", "OA", "Kappa"],
        (
            [label, *np.ravel(confusion.matrix).tolist(), confusion.oa, confusion.kappa]
            for label, confusion in (
                (f"{BY_CLASS}, all cells", result.by_class),
                (f"{UNIFORM}, all cells", result.uniform),
                (f"{BY_CLASS}, held out", first[0]),
                (f"{UNIFORM}, held out", first[1]),
            )
        ),
        "Cells of the survey. Held out: each cell mapped with r_k from the other folds of the first dealing.",
    )
    report.table(
        ["Fold", "Cells", f"Kappa, {BY_CLASS}", f"Kappa, {UNIFORM.lower()}", f"{UNIFORM} of the others"],
        (
            [
                str(fold),
                held.by_class.sum(),
                *(Confusion(one, LABELS).kappa for one in (held.by_class, held.uniform)),
                held.calibration.uniform_r_k,
            ]
            for fold, held in enumerate(result.held_out.dealings[0], start=1)
        ),
        "Kappa by fold of the first dealing, each with r_k from the other folds.",
    )
    dealings = np.arange(1, len(kappas[0]) + 1)
    report.figure(
        charts.lines(
            [charts.Series(label, dealings, values, points=True) for label, values in zip((BY_CLASS, UNIFORM), kappas)],
            "Held-out kappa by dealing",
            "Dealing",
            "kappa, held out",
        ),
        "Kappa of the parts held out, for each time the blocks were dealt anew.",
    )
    report.methods(
        f"Ratios of thawed to frozen thermal conductivity (r_k) were calibrated for the classes of {p.CLASSES.name} "
        f"against {p.REFERENCE.name} on {result.by_class.total} cells by maximising Cohen's kappa jointly over classes "
        f"(r_k from {p.RK_MIN:g} to {p.RK_MAX:g} in steps of {STEP:g}; Dinkelbach 1967); classes with fewer than "
        f"{p.MIN_CELLS} surveyed cells took the best single r_k ({calibration.uniform_r_k:.3f}). Kappa was "
        f"{fixed(result.by_class.kappa)} on the calibration cells, against {fixed(result.uniform.kappa)} with the "
        f"single r_k. In {p.HOLDOUT}-fold cross-validation with blocks of {result.block_size} x {result.block_size} "
        f"cells ({result.blocks} blocks, dealt {p.REPEATS} times) it was {fixed(held)} (range "
        f"{fixed(lowest[0])} to {fixed(highest[0])}), against {fixed(held_uniform)} with the single r_k."
    )


def _range(ends: Any) -> str:
    low, high = ends
    return f"{low:.3f} to {high:.3f}"
