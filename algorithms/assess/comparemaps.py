"""Several permafrost maps against one reference."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessing

from ...core.assess.comparemaps import INDEPENDENCE, PAIR_FIELDS, RANKING_FIELDS, WHAT_IS_TESTED
from ...core.assess.rule import OWN_CLASSES, read_rules
from ...core.classes import agreeing_maps
from ...core.language import tr
from ...core.reports.comparemaps import report_comparemaps
from ...core.reports.numbers import fixed
from ...raster.assess.binary import BinarySource
from ...raster.assess.comparemaps import CompareMapsJob, run_comparemaps
from ...raster.publish.preview import map_figure
from ...raster.read.rasters import RasterSource
from ..base import Group, PermafrostAlgorithm, Task
from ..layers import cover_source
from ..parameters import (
    NumberOutput,
    Style,
    TextOutput,
    Values,
    bootstrap_parameters,
    raster,
    raster_or_vector,
    raster_output,
    rasters,
    report_output,
    running_parameters,
    scheduler_parameter,
    table_output,
    text,
)

RULE_HELP = (
    "A comparison (<= 0, < 0, >= 0.5, > 0.5, == 1) or a list (in 1 2), followed by the values to leave out (drop 3 4)."
)


class CompareMaps(PermafrostAlgorithm):
    """Algorithm ``permafrost:comparemaps``."""

    ID = "comparemaps"
    TITLE = "Compare permafrost maps"
    GROUP = Group.ASSESS
    TAGS = "comparison, ranking, McNemar, kappa, product, Obu, Ran, survey map, validation, agreement, intercomparison"
    SUMMARY = "Ranks several permafrost maps by their agreement with one reference on the same cells, and tests pairs."
    DESCRIPTION = f"""
        Each map is turned into permafrost and no permafrost by its own rule, such as <= 0 for ground temperature or
        >= 0.5 for a probability. All maps are compared on the cells of the coarsest raster, which may be the reference.
        Where a map is finer, its rule is applied to up to 16 x 16 of its cells per common cell, which is permafrost
        where permafrost covers at least half of what can be compared in it. Maps with other cells of about the same
        size are sampled at the nearest cell. A cell is left out for all maps where any map or the reference has no
        value, where a rule drops it, as glacier or lake for example, or where EXCLUDE covers at least half of it.

        {WHAT_IS_TESTED} {INDEPENDENCE}

        A significant difference need not be a large one, and a map that was made with the reference ranks too high.
    """
    EXAMPLE = "MAPS=map.tif MAPS=other_map.tif REFERENCE=survey.tif TABLE=ranking.csv OUTPUT_HTML=comparison.html"
    REFERENCES = (
        "McNemar, Q. (1947): Note on the sampling error of the difference between correlated proportions or "
        "percentages. Psychometrika 12(2), 153-157. doi:10.1007/BF02295996",
        "Foody, G. M. (2004): Thematic map comparison: evaluating the statistical significance of differences in "
        "classification accuracy. Photogrammetric Engineering & Remote Sensing 70(5), 627-633. "
        "doi:10.14358/PERS.70.5.627",
        "Holm, S. (1979): A simple sequentially rejective multiple test procedure. Scandinavian Journal of Statistics "
        "6(2), 65-70.",
        "Cohen, J. (1960): A coefficient of agreement for nominal scales. Educational and Psychological Measurement "
        "20(1), 37-46. doi:10.1177/001316446002000104",
        "Pontius, R. G. & Millones, M. (2011): Death to kappa: birth of quantity disagreement and allocation "
        "disagreement for accuracy assessment. International Journal of Remote Sensing 32(15), 4407-4429. "
        "doi:10.1080/01431161.2011.552923",
    )

    def declare(self) -> tuple:
        """Return the parameters and outputs."""
        return (
            rasters("MAPS", "Maps", "Rasters of classes, temperatures, probabilities or frost numbers.", one_band=True),
            text(
                "RULES",
                "Permafrost in the maps",
                f"One rule for all maps, or one per map in the order of the maps, separated by semicolons. {RULE_HELP} "
                "The default suits 'Permafrost map': 1 is permafrost, and glaciers and lakes are left out.",
                OWN_CLASSES,
            ),
            raster("REFERENCE", "Reference", "The survey map as a raster."),
            text("REFERENCE_RULE", "Permafrost in the reference", RULE_HELP, OWN_CLASSES),
            raster_or_vector(
                "EXCLUDE",
                "Excluded area",
                "Glaciers, lakes or anything else to leave out: polygons, or a raster whose values above 0 count. A "
                "cell is left out where they cover at least half of it.",
                [QgsProcessing.SourceType.TypeVectorPolygon],
                optional=True,
                near=["REFERENCE"],
            ),
            *bootstrap_parameters(),
            *running_parameters(),
            scheduler_parameter(),
            raster_output(
                "OUTPUT",
                "Agreement",
                "Band 1: how many maps agree with the reference; band 2: how many show permafrost.",
                optional=True,
            ),
            table_output("TABLE", "Ranking", "All measures, one row per map, from the highest kappa to the lowest."),
            table_output("TABLE_PAIRS", "Pairs", "Difference in kappa and McNemar's test, one row per pair of maps."),
            report_output(),
            NumberOutput("N", "Cells compared"),
            TextOutput("BEST", "Map with the highest kappa"),
            NumberOutput("BEST_KAPPA", "Highest kappa"),
        )

    def styles(self, p: Values) -> dict[str, Style]:
        """Return a class for each number of maps that can agree, 0 included."""
        return {"OUTPUT": agreeing_maps(len(p.MAPS))}

    def check(self, p: Values) -> CompareMapsJob:
        """Read the rules; return the job."""
        rules = read_rules(p.RULES, len(p.MAPS), "RULES")
        (reference_rule,) = read_rules(p.REFERENCE_RULE, 1, "REFERENCE_RULE")
        return CompareMapsJob(
            maps=tuple(map(BinarySource, p.MAPS, rules)),
            reference=BinarySource(p.REFERENCE, reference_rule),
            exclude=None if p.EXCLUDE is None else cover_source(p.EXCLUDE),
            block_size=p.BLOCK_SIZE,
            seed=p.SEED,
        )

    def execute(self, p: Values, task: Task) -> dict[str, Any]:
        """Compare the maps, then write tables and report."""
        job = task.checked
        task.info(*job.notes())
        with task.runner(job.paths) as running:
            result = run_comparemaps(job, p.OUTPUT, task.provenance, running)
        task.warn(*result.warnings, INDEPENDENCE if result.pairs else "")
        task.write_table("TABLE", RANKING_FIELDS, result.ranking_rows())
        task.write_table("TABLE_PAIRS", PAIR_FIELDS, result.pair_rows())
        task.write_report(p.OUTPUT_HTML, lambda report: report_comparemaps(report, result, _agreement_figure(p)))
        for one in result.ranking:
            task.info(
                tr(
                    "{rank}. {name}: kappa {kappa}",
                    rank=one.rank,
                    name=one.name,
                    kappa=fixed(one.assessment.confusion.kappa, 4),
                )
            )
        best = result.best.assessment.confusion
        return {"N": best.total, "BEST": result.best.name, "BEST_KAPPA": best.kappa}


def _agreement_figure(p: Values) -> str:
    """Return the picture of the agreement; empty where it was not written."""
    if not p.OUTPUT:
        return ""
    return map_figure(RasterSource(p.OUTPUT, p.OUTPUT), agreeing_maps(len(p.MAPS)), tr("Agreement"))
