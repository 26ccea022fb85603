"""r_k by class, calibrated against a survey map."""

from __future__ import annotations

from typing import Any

from ...core import classes
from ...core.assess.binary import listed_classes
from ...core.errors import InputError
from ...core.language import tr
from ...core.permafrost.calibration_result import CalibrationSettings
from ...core.permafrost.rk import write_table
from ...core.permafrost.ttop import R_K_RANGE
from ...core.reports.calibraterk import report_calibraterk
from ...raster.permafrost.calibrate import CalibrationJob, SurveyRasters, run_calibration
from ...raster.read.classes import ClassSource
from ..base import Group, PermafrostAlgorithm, Task
from ..parameters import (
    NumberOutput,
    Values,
    csv_output,
    number,
    raster,
    raster_output,
    report_output,
    running_parameters,
    scheduler_parameter,
    seed_parameter,
    text,
    whole_number,
)
from .degree_day_inputs import R_K_HELP, degree_day_parameters, refuse_swapped


class CalibrateRk(PermafrostAlgorithm):
    """Algorithm ``permafrost:calibraterk``."""

    ID = "calibraterk"
    TITLE = "Calibrate r_k"
    GROUP = Group.PERMAFROST
    TAGS = "calibration, thermal conductivity ratio, rk, survey map, kappa, cross-validation, land cover, soil clusters"
    SUMMARY = "Calibrates the r_k of each class against a survey map, and cross-validates it on held-out blocks."
    DESCRIPTION = """
        A cell is permafrost where DDF is at least r_k DDT. The r_k of all classes are chosen together so that Cohen's
        kappa of the map against the survey is as large as possible: the exact optimum over all combinations of r_k in
        steps of 0.001, found by Dinkelbach's method. Among equally good r_k of a class, the one nearest to the best
        single r_k is taken. A class with few or no surveyed cells is assigned the best single r_k.

        A calibrated r_k compensates for every cause of disagreement between map and survey, including a bias of DDT
        and DDF. It is valid for these layers only, and is not a property of the ground that could be transferred to
        other areas.

        A calibrated map always agrees well with the survey it was calibrated on. How well it performs elsewhere is
        estimated by cross-validation: the survey is divided into square blocks, the blocks are assigned to folds at
        random, and each fold is compared with a map whose r_k were calibrated on the other folds. This is repeated
        several times. The same is done for the best single r_k, which shows whether classes improve the map at all.

        Adjacent blocks still resemble each other, and all of them belong to one survey. The held-out kappa applies to
        gaps within the surveyed area, and is too optimistic for another region.
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
        """Return the parameters and outputs."""
        low, high = R_K_RANGE
        return (
            *degree_day_parameters(),
            raster(
                "CLASSES",
                "Classes",
                "A raster of whole numbers, one per class that is to have an r_k of its own, such as land cover or "
                "soil clusters. On a different grid, the most frequent class within each cell of DDT is used.",
            ),
            raster("REFERENCE", "Survey map", "A raster of classes; cells without a value count as not surveyed."),
            text(
                "PERMAFROST_VALUE",
                "Permafrost in the survey map",
                "Values of the survey map that mean permafrost, separated by commas. All other values mean ground "
                "without permafrost.",
                "1",
            ),
            text(
                "REFERENCE_EXCLUDED",
                "Excluded values of the survey map",
                "Values of the survey map that are not compared, such as glaciers and lakes, separated by commas.",
                "",
                optional=True,
                advanced=True,
            ),
            text(
                "CLASSES_EXCLUDED",
                "Classes without r_k",
                "Classes that have no r_k, such as water and permanent ice, separated by commas. Their cells are "
                "nodata in the result, as in that of 'r_k factor'.",
                "",
                optional=True,
            ),
            whole_number(
                "HOLDOUT",
                "Folds",
                "Number of folds of the cross-validation. Each fold is compared with r_k calibrated on the others: 5 "
                "folds hold out a fifth of the blocks at a time.",
                5,
                2,
                100,
            ),
            whole_number(
                "BLOCK_SIZE",
                "Block size [cells]",
                "Side of the square blocks that are held out as a whole; choose it larger than the distance over which "
                "errors of the map are correlated.",
                10,
                1,
                10_000,
            ),
            whole_number(
                "REPEATS",
                "Repeats",
                "How often the blocks are assigned to folds anew. The held-out kappa is the mean over the repeats, and "
                "the report shows their spread.",
                10,
                1,
                100,
                advanced=True,
            ),
            seed_parameter("The same seed assigns the blocks to the same folds."),
            whole_number(
                "MIN_CELLS",
                "Minimum cells per class",
                "A class with fewer surveyed cells is assigned the best single r_k.",
                30,
                0,
                1_000_000,
                advanced=True,
            ),
            number("RK_MIN", "Minimum r_k", "Lower end of the range that is searched.", low, low, high, advanced=True),
            number("RK_MAX", "Maximum r_k", "Upper end of the range that is searched.", high, low, high, advanced=True),
            *running_parameters(),
            scheduler_parameter(),
            raster_output("OUTPUT", "r_k", R_K_HELP, classes.R_K),
            csv_output(
                "TABLE",
                "Table of r_k",
                "A CSV file with the class, r_k, name, surveyed cells and further columns, which 'r_k factor' accepts "
                "as TABLE_FILE.",
            ),
            report_output(),
            NumberOutput("KAPPA", "Kappa, r_k by class"),
            NumberOutput("KAPPA_HOLDOUT", "Held-out kappa, r_k by class"),
            NumberOutput("RK_UNIFORM", "Best single r_k"),
            NumberOutput("KAPPA_UNIFORM", "Kappa, best single r_k"),
            NumberOutput("KAPPA_UNIFORM_HOLDOUT", "Held-out kappa, best single r_k"),
            NumberOutput("N", "Cells compared"),
        )

    def check(self, p: Values) -> None:
        """Refuse swapped layers, an empty range, and values that are no classes."""
        refuse_swapped(p)
        if p.RK_MIN >= p.RK_MAX:
            raise InputError(
                tr(
                    "RK_MIN is {rk_min:g} and RK_MAX is {rk_max:g}: RK_MIN has to be the smaller one.",
                    rk_min=p.RK_MIN,
                    rk_max=p.RK_MAX,
                )
            )

    def execute(self, p: Values, task: Task) -> dict[str, Any]:
        """Calibrate, cross-validate, and write r_k, its table and the report."""
        job = _job(p)
        survey = job.survey
        task.note_alignment(survey.grid, survey.ddf, survey.classes, survey.reference)
        with task.runner(survey.paths) as running:
            result = run_calibration(job, p.OUTPUT, task.provenance, running)
        if p.TABLE:
            write_table(p.TABLE, result.table())
        task.write_report(p.OUTPUT_HTML, lambda report: report_calibraterk(report, result))
        task.info(
            tr(
                "With r_k by class, kappa is {kappa:.4f} on all cells and {kappa_held_out:.4f} on held-out "
                "cells; with the best single r_k, {uniform_r_k:.3f}, it is {kappa_uniform:.4f} and "
                "{kappa_uniform_held_out:.4f}.",
                kappa=result.kappa,
                kappa_held_out=result.kappa_held_out,
                uniform_r_k=result.calibration.uniform_r_k,
                kappa_uniform=result.kappa_uniform,
                kappa_uniform_held_out=result.kappa_uniform_held_out,
            )
        )
        task.warn(*result.warnings)
        return {
            "KAPPA": result.kappa,
            "KAPPA_HOLDOUT": result.kappa_held_out,
            "RK_UNIFORM": result.calibration.uniform_r_k,
            "KAPPA_UNIFORM": result.kappa_uniform,
            "KAPPA_UNIFORM_HOLDOUT": result.kappa_uniform_held_out,
            "N": result.cells,
        }


def _job(p: Values) -> CalibrationJob:
    survey = SurveyRasters(
        p.DDT,
        p.DDF,
        ClassSource.of(p.CLASSES),
        ClassSource.of(p.REFERENCE),
        permafrost=listed_classes(p.PERMAFROST_VALUE, "PERMAFROST_VALUE"),
        not_compared=listed_classes(p.REFERENCE_EXCLUDED or "", "REFERENCE_EXCLUDED"),
        without_r_k=listed_classes(p.CLASSES_EXCLUDED or "", "CLASSES_EXCLUDED"),
    )
    settings = CalibrationSettings((p.RK_MIN, p.RK_MAX), p.HOLDOUT, p.REPEATS, p.SEED, p.MIN_CELLS)
    return CalibrationJob(survey, settings, p.BLOCK_SIZE)
