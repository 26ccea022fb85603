"""Several permafrost maps against one reference."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from types import SimpleNamespace
from typing import Any, Sequence

import numpy as np
from osgeo import gdal
from qgis.core import QgsProcessing

from ...core.assess.assessment import COUNTS, MEASURES, Assessment, assess
from ...core.assess.binary import NOT_COMPARED, PERMAFROST, require_found
from ...core.assess.bootstrap import kappa_difference_intervals
from ...core.assess.mcnemar import FEW, McNemar, holm, mcnemar
from ...core.assess.rule import OWN_CLASSES, Rule, read_rules
from ...core.classes import agreeing_maps
from ...core.confusion import tally_zones
from ...core.permafrost.classify import HALF
from ...core.reports import charts
from ...core.reports.numbers import fixed
from ...core.reports.report import Report
from ...raster.assess.binary import BinarySource, coarsest
from ...raster.publish.preview import map_figure
from ...raster.read.sources import RasterSource, Source
from ...raster.read.tiles import bounded_tiles
from ...raster.run.blocks import map_windows
from ...raster.run.values import values_of
from ...raster.write.writer import Layer, Storage
from ...raster.write.writer import raster_output as write_raster
from ..base import Group, PermafrostAlgorithm, Task
from ..layers import cover_source
from ..parameters import (
    NumberOutput,
    Style,
    TextOutput,
    bootstrap_parameters,
    raster,
    raster_or_vector,
    raster_output,
    rasters,
    report_output,
    running_parameters,
    table_output,
    text,
)

# Numbers of maps, of which 0 is one.
COUNTED = Storage(gdal.GDT_Byte, 255)

RULE_HELP = (
    "A comparison (<= 0, < 0, >= 0.5, > 0.5, == 1) or a list (in 1 2), and behind it the values that are not compared "
    "(drop 3 4)."
)

WHAT_IS_TESTED = (
    "McNemar's test asks whether two maps are right on equally many cells, which is overall accuracy, and not whether "
    "their kappas are equal: the two may point in different directions."
)

INDEPENDENCE = (
    "McNemar's test and the standard errors of kappa take cells as independent. Neighbouring cells are not, so that "
    "the p-values are too small; the block bootstrap draws blocks of cells, the same for both maps, and its interval "
    "of the difference in kappa is the one to trust."
)


@dataclass(frozen=True, eq=False)
class Pair:
    """Two maps: their indices in the ranking, how their kappas differ, and the test."""

    first: int
    second: int
    difference: float
    interval: tuple[float, float]
    test: McNemar
    p_holm: float


class CompareMaps(PermafrostAlgorithm):
    """Algorithm ``permafrost:comparemaps``."""

    ID = "comparemaps"
    TITLE = "Compare permafrost maps"
    GROUP = Group.ASSESS
    TAGS = "comparison, ranking, McNemar, kappa, product, Obu, Ran, survey map, validation, agreement, intercomparison"
    SUMMARY = "Ranks several permafrost maps by their agreement with one reference, on the same cells, and tests pairs."
    DESCRIPTION = f"""
        Each map is turned into permafrost or not by its own rule, such as <= 0 for ground temperature or >= 0.5 for a
        probability. All of them are compared on the cells of the coarsest, be it the reference: the rule is applied to
        the finer cells (up to 16 x 16 of them), and permafrost is what covers at least half of what is compared in the
        cell. Cells of like size in other places are met by the nearest. A cell of which any map or the reference has no
        value, or drops it as glacier or lake, or that lies under EXCLUDE by half, is compared for none of them.

        {WHAT_IS_TESTED} {INDEPENDENCE}

        A difference that is significant is not thereby large, and a reference that one of the maps was made with ranks
        that map too high.
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
        """Parameters and outputs."""
        return (
            rasters("MAPS", "Maps", "Rasters of classes, temperatures, probabilities or frost numbers."),
            text(
                "RULES",
                "Permafrost in the maps",
                f"One rule for all maps, or one for each in their order, separated by semicolons. {RULE_HELP} The "
                "default is that of 'Permafrost map': permafrost is 1, glaciers and lakes are not compared.",
                OWN_CLASSES,
            ),
            raster("REFERENCE", "Reference", "The survey map as a raster."),
            text("REFERENCE_RULE", "Permafrost in the reference", RULE_HELP, OWN_CLASSES),
            raster_or_vector(
                "EXCLUDE",
                "Not compared",
                "Glaciers, lakes or whatever else is to be left out: polygons, or a raster whose values above 0 count. "
                "A cell is left out if they cover at least half of it.",
                [QgsProcessing.SourceType.TypeVectorPolygon],
                optional=True,
            ),
            *bootstrap_parameters(),
            *running_parameters(),
            raster_output(
                "OUTPUT",
                "Agreement",
                "Band 1: how many maps agree with the reference; band 2: how many show permafrost.",
                optional=True,
            ),
            table_output("TABLE", "Ranking", "One line per map, from the highest kappa to the lowest: all measures."),
            table_output("TABLE_PAIRS", "Pairs", "One line per pair of maps: difference in kappa and McNemar's test."),
            report_output(),
            NumberOutput("N", "Cells compared"),
            TextOutput("BEST", "Map with the highest kappa"),
            NumberOutput("BEST_KAPPA", "Highest kappa"),
        )

    def styles(self, p: SimpleNamespace) -> dict[str, Style]:
        """As many classes as maps can agree, and one more."""
        return {"OUTPUT": agreeing_maps(len(p.MAPS))}

    def execute(self, p: SimpleNamespace, task: Task) -> dict[str, Any]:
        """Count on the common cells block by block, then rank and test."""
        rules = read_rules(p.RULES, len(p.MAPS), "RULES")
        reference_rule = read_rules(p.REFERENCE_RULE, 1, "REFERENCE_RULE")[0]
        names = _distinct([source.name for source in p.MAPS])
        grid_source = coarsest(p.REFERENCE, p.MAPS)
        grid = grid_source.grid()
        maps = {f"map_{i}": BinarySource(source, rule) for i, (source, rule) in enumerate(zip(p.MAPS, rules))}
        reference = BinarySource(p.REFERENCE, reference_rule)
        for source in (reference, *maps.values()):
            task.info(_on_common_cells(source, grid, grid_source.name))
        tiles, warning = bounded_tiles(p.BLOCK_SIZE, grid, len(maps))
        if warning:
            task.warn(warning)
        n_tiles = tiles.tiles(grid)
        sources: dict[str, Source] = {**maps, "reference": reference, "tile": tiles}
        if p.EXCLUDE is not None:
            sources["mask"] = cover_source(p.EXCLUDE)

        def compare(reference: np.ndarray, tile: np.ndarray, mask: Any = None, **found: np.ndarray) -> tuple:
            indices = np.stack([found[name] for name in maps])
            known = reference != NOT_COMPARED
            usable = known & (indices != NOT_COMPARED).all(axis=0)
            if mask is not None:
                usable &= mask < HALF
            zone = np.where(usable, tile, NOT_COMPARED)
            counts = np.stack([tally_zones(index, reference, zone, 2, n_tiles) for index in indices], axis=1)
            right = (indices == reference)[:, usable].astype(np.int64)
            agreeing, permafrost = (
                np.where(usable, (indices == what).sum(axis=0), np.nan) for what in (reference, PERMAFROST)
            )
            has = [bool((index == PERMAFROST).any()) for index in (*indices, reference)]
            return counts, right @ right.T, agreeing, permafrost, int(known.sum() - usable.sum()), has

        counts = np.zeros((n_tiles, len(maps), 2, 2), np.int64)
        both_right, dropped = np.zeros((len(maps), len(maps)), np.int64), 0
        has_permafrost = np.zeros(len(maps) + 1, bool)
        layer = Layer(["Maps that agree with the reference", "Maps that show permafrost"], numbers=COUNTED)
        nothing = (
            f"MAPS and '{p.REFERENCE.name}' have no cell that can be compared: check that all of them show the same "
            "place, and the values that the rules drop."
        )
        with write_raster(p.OUTPUT, grid, layer, task.provenance, task.running, nothing) as output:
            for window, (counted, right, agreeing, permafrost, dropped_here, has) in map_windows(
                compare, sources, grid, task.running
            ):
                output.write(window, agreeing, 1)
                output.write(window, permafrost, 2)
                counts += counted
                both_right += right
                dropped += dropped_here
                has_permafrost |= has
            _require_values([*maps.values(), reference], has_permafrost, task)

        assessments = [assess(name, counts[:, i], p.SEED) for i, name in enumerate(names)]
        order = sorted(range(len(maps)), key=lambda i: -np.nan_to_num(assessments[i].confusion.kappa, nan=-2.0))
        ranked = [assessments[i] for i in order]
        pairs = _pairs(ranked, both_right[np.ix_(order, order)], counts[:, order], p.SEED)
        ranked_rules = [rules[i] for i in order]
        _write_tables(task, ranked, ranked_rules, pairs)
        if pairs:
            task.warn(INDEPENDENCE)
        task.write_report(
            p.OUTPUT_HTML, lambda report: _report(report, p, grid_source.name, ranked, ranked_rules, pairs, dropped)
        )
        for one in ranked:
            task.info(f"{_rank(one, ranked)}. {one.region}: kappa {fixed(one.confusion.kappa, 4)}")
        return {"N": ranked[0].confusion.total, "BEST": ranked[0].region, "BEST_KAPPA": ranked[0].confusion.kappa}


def _require_values(maps: Sequence[BinarySource], has_permafrost: Sequence[bool], task: Task) -> None:
    """Refuse classes that a map does not hold, and tell of limits that leave it without permafrost."""
    for index, (source, has) in enumerate(zip(maps, has_permafrost)):
        if has:
            continue
        rule, name = source.rule, source.name
        parameter = "REFERENCE_RULE" if index == len(maps) - 1 else "RULES"
        found = values_of(source.source, task.running)
        if rule.sign == "in":
            asked, excluded = ([f"{value:g}" for value in values] for values in (rule.values, rule.dropped))
            require_found(asked, found, parameter, f"'{name}'", excluded)
        if found:
            task.warn(
                f"'{name}' has no permafrost under its rule '{rule.text}' of {parameter}, its values are {found[0]:g} "
                f"to {found[-1]:g}: kappa says little or is undefined."
            )


def _distinct(names: list[str]) -> list[str]:
    """Number names that occur twice: layers may share one."""
    return [name if names.count(name) == 1 else f"{name} ({i})" for i, name in enumerate(names, start=1)]


def _rank(one: Assessment, ranked: list[Assessment]) -> int:
    """Give the place of a map by kappa, which maps with equal kappa share."""
    return 1 + sum(other.confusion.kappa > one.confusion.kappa for other in ranked)


def _on_common_cells(source: BinarySource, grid: Any, name: str) -> str:
    """Say how a map is brought to the common cells, or nothing where it lies on them."""
    if source.source.grid().same_cells(grid):
        return ""
    parts = source.subcells_a_side(grid)
    if parts == 1:
        return f"'{source.name}' is brought to the cells of '{name}' by the nearest cell."
    return (
        f"'{source.name}' is finer than '{name}': its rule is applied to {parts} x {parts} parts of each cell, and "
        "permafrost is what covers at least half of what is compared there."
    )


def _pairs(ranked: list[Assessment], both_right: np.ndarray, counts: np.ndarray, seed: int) -> list[Pair]:
    """Test each pair of maps, in the order of the ranking."""
    pairs = list(combinations(range(len(ranked)), 2))
    right = np.diag(both_right)
    tests = [mcnemar(int(right[i] - both_right[i, j]), int(right[j] - both_right[i, j])) for i, j in pairs]
    intervals = kappa_difference_intervals(counts, pairs, seed=seed)
    return [
        Pair(i, j, ranked[i].confusion.kappa - ranked[j].confusion.kappa, interval, test, float(p_holm))
        for (i, j), interval, test, p_holm in zip(pairs, intervals, tests, holm([test.p for test in tests]))
    ]


def _write_tables(task: Task, ranked: list[Assessment], rules: list[Rule], pairs: list[Pair]) -> None:
    measures = {name.lower(): int if name in COUNTS else float for name, _ in MEASURES}
    task.write_table(
        "TABLE",
        {"rank": int, "map": str, "rule": str, **measures},
        ([_rank(a, ranked), a.region, rule.text, *a.measures().values()] for a, rule in zip(ranked, rules)),
    )
    fields = {
        "map": str,
        "other_map": str,
        "kappa_difference": float,
        "boot_low": float,
        "boot_high": float,
        "map_only_right": int,
        "other_only_right": int,
        "mcnemar": float,
        "p": float,
        "p_exact": str,
        "p_holm": float,
    }
    rows = (
        (
            ranked[pair.first].region,
            ranked[pair.second].region,
            pair.difference,
            *pair.interval,
            pair.test.first_only,
            pair.test.second_only,
            pair.test.statistic,
            pair.test.p,
            "yes" if pair.test.exact else "no",
            pair.p_holm,
        )
        for pair in pairs
    )
    task.write_table("TABLE_PAIRS", fields, rows)


def _p_text(p_value: float) -> str:
    return "< 0.0001" if p_value < 0.0001 else fixed(p_value, 4)


def _report(
    report: Report,
    p: SimpleNamespace,
    grid_name: str,
    ranked: list[Assessment],
    rules: list[Rule],
    pairs: list[Pair],
    dropped: int,
) -> None:
    best = ranked[0].confusion
    report.key_figures(
        [
            ("Highest kappa", best.kappa, ranked[0].region),
            ("Cells compared", best.total, f"{dropped} cells of the reference lack a value in a map, or are masked"),
            ("Prevalence", best.prevalence, "share of permafrost in the reference"),
        ]
    )
    report.paragraph(
        f"{len(ranked)} maps were compared with '{p.REFERENCE.name}' on the cells of '{grid_name}', all of them on the "
        "same ones. Finer maps were turned into permafrost or not by their rule first and then brought to these cells "
        "by the share that permafrost covers, at least half."
    )
    report.section("Ranking")
    report.table(
        ["Map", "Rule", "Kappa", "s.e.", "95 % interval", "OA", "F1", "MCC", "Quantity", "Allocation"],
        [
            (
                a.region,
                rule.text,
                a.confusion.kappa,
                a.confusion.kappa_se,
                f"{fixed(a.confusion.kappa_interval[0])} to {fixed(a.confusion.kappa_interval[1])}",
                a.confusion.oa,
                float(a.confusion.f1[0]),
                a.confusion.mcc,
                a.confusion.quantity_disagreement,
                a.confusion.allocation_disagreement,
            )
            for a, rule in zip(ranked, rules)
        ],
        "Maps by kappa. Standard errors and intervals take cells as independent; quantity and allocation disagreement "
        "sum to 1 - OA.",
        align="ll" + "r" * 8,
    )
    report.figure(
        charts.intervals(
            [(a.region, a.confusion.kappa, *_best_interval(a)) for a in ranked], "Kappa of the maps", "Cohen's kappa"
        ),
        "Kappa with its 95 % interval by the block bootstrap, or for independent cells where it is left out.",
    )
    report.table(
        ["Map", "Both", "Map only", "Reference only", "Neither"],
        ([a.region, *(a.measures()[name] for name in ("TP", "FP", "FN", "TN"))] for a in ranked),
        "Cells with permafrost in both, in one and in neither.",
    )
    if p.OUTPUT:
        report.figure(
            map_figure(RasterSource(p.OUTPUT, p.OUTPUT), agreeing_maps(len(ranked)), "Agreement"),
            "How many maps agree with the reference.",
        )
    if pairs:
        _report_pairs(report, p, ranked, pairs)
    ranking = "; ".join(
        f"{a.region} ({rule.text}) kappa {fixed(a.confusion.kappa)}, OA {fixed(a.confusion.oa)}"
        for a, rule in zip(ranked, rules)
    )
    tested = " Pairs of maps were compared by McNemar's test with Holm's correction." if pairs else ""
    report.methods(
        f"{len(ranked)} permafrost maps were compared with {p.REFERENCE.name} on {best.total} common cells, of which "
        f"{100 * best.prevalence:.1f} % are permafrost in the reference; cells without a value, and glaciers and lakes "
        f"that the rules or the mask name, in any of them were left out of all. By rank: {ranking}.{tested} "
        "Neighbouring cells are not independent, so that standard errors and p-values are lower bounds."
    )


def _best_interval(a: Assessment) -> tuple[float, float]:
    """Give the interval of kappa by the block bootstrap, or for independent cells where there is none."""
    interval = a.bootstrap.kappa_interval
    return interval if np.isfinite(interval[0]) else a.confusion.kappa_interval


def _report_pairs(report: Report, p: SimpleNamespace, ranked: list[Assessment], pairs: list[Pair]) -> None:
    drawn = np.isfinite(pairs[0].interval[0])
    report.section("Pairs of maps")
    report.paragraph(WHAT_IS_TESTED)
    report.notice(INDEPENDENCE)
    report.table(
        ["Maps", "Kappa differs by", "Block bootstrap, 95 %", "b", "c", "McNemar", "p", "p after Holm"],
        [
            (
                f"{ranked[pair.first].region} and {ranked[pair.second].region}",
                pair.difference,
                f"{fixed(pair.interval[0])} to {fixed(pair.interval[1])}" if drawn else "left out",
                pair.test.first_only,
                pair.test.second_only,
                fixed(pair.test.statistic, 1),
                _p_text(pair.test.p) + (" (exact)" if pair.test.exact else ""),
                _p_text(pair.p_holm),
            )
            for pair in pairs
        ],
        "b and c: cells on which only the first, or only the second map is right. McNemar is (b - c)²/(b + c), with "
        f"one degree of freedom; where b + c is below {FEW}, p is that of the exact binomial test."
        + (f" Blocks of {p.BLOCK_SIZE} x {p.BLOCK_SIZE} cells." if drawn else ""),
    )
