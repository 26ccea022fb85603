"""Accuracy of a permafrost map against a reference."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, Optional, Sequence

import numpy as np
from qgis.core import QgsProcessing

from ...core import classes
from ...core.assess.assessment import COUNTS, MEASURES, Assessment, assess
from ...core.assess.binary import (
    LABELS,
    NOT_COMPARED,
    PERMAFROST,
    agreement,
    binary,
    binary_value,
    listed_classes,
    listed_values,
    require_found,
)
from ...core.confusion import AreaAdjusted, area_adjusted, tally_zones
from ...core.errors import InputError
from ...core.reports import charts
from ...core.reports.numbers import fixed
from ...core.reports.report import Report
from ...raster.publish.preview import map_figure
from ...raster.read.points import PointSource, observe_cells
from ...raster.read.sources import NO_CLASS, ClassSource, RasterSource, Source
from ...raster.read.tiles import bounded_tiles
from ...raster.read.vectors import PolygonSource
from ...raster.run.blocks import map_windows
from ...raster.run.values import values_of
from ...raster.write.writer import Layer
from ...raster.write.writer import raster_output as write_raster
from ..base import Group, PermafrostAlgorithm, Task
from ..layers import VectorTable
from ..parameters import (
    NumberOutput,
    bootstrap_parameters,
    field,
    raster,
    raster_or_vector,
    raster_output,
    report_output,
    running_parameters,
    skip_parameter,
    switch,
    table_output,
    text,
    vector,
)

POOLED = "pooled"


class Accuracy(PermafrostAlgorithm):
    """Algorithm ``permafrost:accuracy``."""

    ID = "accuracy"
    TITLE = "Accuracy of a permafrost map"
    GROUP = Group.ASSESS
    TAGS = "validation, confusion matrix, error matrix, kappa, overall accuracy, OA, F1, MCC, survey map, ground truth"
    SUMMARY = (
        "Compares a permafrost map with a survey map, polygons or points: matrix, overall accuracy, kappa and more."
    )
    DESCRIPTION = """
        The reference is a raster, polygons or points. Both maps are taken as permafrost or not by their values; cells
        that are glacier or lake in the map, or that lack a value in either, are left out. A raster reference on other
        cells is brought to the map's cells by the mode; polygons count where they hold the centre of a cell; several
        points in one cell are one observation, and none where they disagree.

        With regions, each is assessed by itself and all of them pooled: kappa of the whole is no average.

        Neighbouring cells are not independent, so standard errors that count cells are too small. The block bootstrap
        draws square blocks of cells instead and gives intervals that hold for cells that resemble their neighbours.
    """
    EXAMPLE = "MAP=map.tif REFERENCE=survey.tif TABLE=accuracy.csv OUTPUT_HTML=accuracy.html"
    REFERENCES = (
        "Cohen, J. (1960): A coefficient of agreement for nominal scales. Educational and Psychological Measurement "
        "20(1), 37-46. doi:10.1177/001316446002000104",
        "Fleiss, J. L., Cohen, J. & Everitt, B. S. (1969): Large sample standard errors of kappa and weighted kappa. "
        "Psychological Bulletin 72(5), 323-327. doi:10.1037/h0028106",
        "Pontius, R. G. & Millones, M. (2011): Death to kappa: birth of quantity disagreement and allocation "
        "disagreement for accuracy assessment. International Journal of Remote Sensing 32(15), 4407-4429. "
        "doi:10.1080/01431161.2011.552923",
        "Olofsson, P. et al. (2014): Good practices for estimating area and assessing accuracy of land change. Remote "
        "Sensing of Environment 148, 42-57. doi:10.1016/j.rse.2014.02.015",
    )

    PASSES_WITHOUT = "REFERENCE"

    def declare(self) -> tuple:
        """Parameters and outputs."""
        source = QgsProcessing.SourceType
        return (
            raster("MAP", "Permafrost map", "A raster of classes, for example from 'Permafrost map'."),
            raster_or_vector(
                "REFERENCE",
                "Reference",
                "The survey map as a raster of classes or as polygons, or points where the truth is known.",
                [source.TypeVectorPolygon, source.TypeVectorPoint],
            ),
            text(
                "REFERENCE_FIELD",
                "Field of the reference",
                "For polygons and points: the field that tells permafrost from other ground.",
                optional=True,
            ),
            text(
                "MAP_PERMAFROST",
                "Permafrost in the map",
                "Values of the map that are permafrost, separated by commas.",
                "1",
            ),
            text(
                "REFERENCE_PERMAFROST",
                "Permafrost in the reference",
                "Values of the reference that are permafrost, separated by commas; texts are allowed for a field.",
                "1",
            ),
            text(
                "MAP_EXCLUDED",
                "Not compared in the map",
                "Values of the map that are left out, by default glaciers and lakes; cells without a value always are.",
                "3,4",
                optional=True,
                advanced=True,
            ),
            text(
                "REFERENCE_EXCLUDED",
                "Not compared in the reference",
                "Values of the reference that are left out; cells without a value always are.",
                "",
                optional=True,
                advanced=True,
            ),
            vector(
                "REGIONS",
                "Regions",
                "Polygons that are assessed one by one and pooled. Cells outside of them are left out.",
                [source.TypeVectorPolygon],
                optional=True,
            ),
            field(
                "REGION_FIELD",
                "Name of the region",
                "Field that names the regions; polygons of one name are one region.",
                "REGIONS",
            ),
            *bootstrap_parameters(),
            switch(
                "PROBABILITY_SAMPLE",
                "The reference is a probability sample",
                "Only for points or cells drawn at random within each class of the map: adds accuracies and areas "
                "adjusted for the sampling (Olofsson et al. 2014).",
                False,
                advanced=True,
            ),
            skip_parameter("a reference"),
            *running_parameters(),
            raster_output(
                "OUTPUT",
                "Agreement",
                "Where map and reference agree, and in which way they do not.",
                classes.AGREEMENT,
                optional=True,
            ),
            table_output(
                "TABLE", "Accuracy table", "All measures, one line per region and one for all of them pooled."
            ),
            report_output(),
            *(NumberOutput(name, label) for name, label in MEASURES),
        )

    def check(self, p: SimpleNamespace) -> None:
        """A field is needed for features."""
        if isinstance(p.REFERENCE, VectorTable) and not p.REFERENCE_FIELD:
            fields = ", ".join(p.REFERENCE.fields)
            raise InputError(
                f"REFERENCE '{p.REFERENCE.name}' is a vector layer: set REFERENCE_FIELD to one of its fields {fields}."
            )

    def execute(self, p: SimpleNamespace, task: Task) -> dict[str, Any]:
        """Count agreement block by block, then assess regions and all of them."""
        grid = p.MAP.grid()
        reference, reference_values = _reference(p, task)
        map_values = (
            listed_classes(p.MAP_PERMAFROST, "MAP_PERMAFROST"),
            listed_classes(p.MAP_EXCLUDED or "", "MAP_EXCLUDED"),
        )
        names, regions = _regions(p)
        tiles, warning = bounded_tiles(p.BLOCK_SIZE, grid, len(names))
        if warning:
            task.warn(warning)
        n_tiles = tiles.tiles(grid)
        sources: dict[str, Source] = {
            "map_classes": ClassSource.of(p.MAP),
            "reference_classes": reference,
            "tile": tiles,
        }
        if regions is not None:
            sources["region"] = regions
        if p.PROBABILITY_SAMPLE:
            sources["area_km2"] = task.areas(p.MAP)
        task.align(grid, reference if isinstance(reference, RasterSource) else None)

        def compare(map_classes, reference_classes, tile, region=0, area_km2=None) -> tuple:
            map_indices = binary(map_classes, *map_values, NO_CLASS)
            reference_indices = binary(reference_classes, *reference_values, NO_CLASS)
            reference_all = reference_indices.copy()
            inside = np.asarray(region) >= 0
            reference_indices[~np.broadcast_to(inside, reference_indices.shape)] = NOT_COMPARED
            zone = np.where(inside, np.asarray(region, np.int64) * n_tiles + tile, NOT_COMPARED)
            counts = tally_zones(map_indices, reference_indices, zone, 2, len(names) * n_tiles)
            dropped = int(np.count_nonzero((reference_indices >= 0) & (map_indices < 0)))
            mapped = None
            if area_km2 is not None:
                mapped = [float(area_km2[map_indices == index].sum()) for index in range(2)]
            has_permafrost = [bool((indices == PERMAFROST).any()) for indices in (map_indices, reference_all)]
            return agreement(map_indices, reference_indices), counts, dropped, mapped, has_permafrost

        counts = np.zeros((len(names) * n_tiles, 2, 2), np.int64)
        dropped, mapped_km2, has_permafrost = 0, np.zeros(2), np.zeros(2, bool)
        layer = Layer(["Agreement"], classes=classes.AGREEMENT)
        nothing = (
            f"'{p.MAP.name}' and '{reference.name}' have no cell that can be compared: check that they show the same "
            "place, and the values in MAP_PERMAFROST and REFERENCE_PERMAFROST."
        )
        with write_raster(p.OUTPUT, grid, layer, task.provenance, task.running, nothing) as output:
            for window, (agreed, counted, dropped_here, mapped, has) in map_windows(
                compare, sources, grid, task.running
            ):
                output.write(window, agreed)
                has_permafrost |= has
                counts += counted
                dropped += dropped_here
                if mapped is not None:
                    mapped_km2 += mapped
            _require_values(p, has_permafrost, task)
        if dropped:
            task.info(f"{dropped} cells of the reference are not compared: the map has no permafrost class there.")

        by_region = counts.reshape(len(names), n_tiles, 2, 2)
        assessments = [assess(name, matrices, p.SEED) for name, matrices in zip(names, by_region)]
        pooled = assess(POOLED, by_region.reshape(-1, 2, 2), p.SEED) if regions is not None else assessments[0]
        everything = [*assessments, pooled] if regions is not None else [pooled]
        _warn(pooled, task)
        adjusted = area_adjusted(pooled.confusion.matrix, mapped_km2) if p.PROBABILITY_SAMPLE else None

        fields = {"region": str, **{name.lower(): int if name in COUNTS else float for name, _ in MEASURES}}
        task.write_table("TABLE", fields, ([a.region, *a.measures().values()] for a in everything))
        task.write_report(
            p.OUTPUT_HTML, lambda report: _report(report, p, everything, pooled, reference.name, dropped, adjusted)
        )
        c = pooled.confusion
        task.info(f"Overall accuracy {fixed(c.oa, 4)}, kappa {fixed(c.kappa, 4)} on {c.total} cells.")
        return pooled.measures()


def _require_values(p: SimpleNamespace, has_permafrost: Sequence[bool], task: Task) -> None:
    """Refuse values that neither raster holds; a reference of features was asked before."""
    for name, has in zip(("MAP", "REFERENCE"), has_permafrost):
        source = getattr(p, name)
        if not has and isinstance(source, RasterSource):
            asked = listed_classes(getattr(p, f"{name}_PERMAFROST"), f"{name}_PERMAFROST")
            excluded = listed_classes(getattr(p, f"{name}_EXCLUDED") or "", f"{name}_EXCLUDED")
            found = values_of(ClassSource.of(source), task.running)
            require_found(asked, found, f"{name}_PERMAFROST", f"'{source.name}'", excluded)


def _reference(p: SimpleNamespace, task: Task) -> tuple[Source, tuple]:
    """Give the reference as a source, and the values that are permafrost and that are left out."""
    excluded = p.REFERENCE_EXCLUDED or ""
    if isinstance(p.REFERENCE, RasterSource):
        values = (
            listed_classes(p.REFERENCE_PERMAFROST, "REFERENCE_PERMAFROST"),
            listed_classes(excluded, "REFERENCE_EXCLUDED"),
        )
        return ClassSource.of(p.REFERENCE), values
    table = p.REFERENCE
    permafrost, left_out = listed_values(p.REFERENCE_PERMAFROST), listed_values(excluded)
    column = table.column(p.REFERENCE_FIELD, "REFERENCE_FIELD")
    where = f"field '{p.REFERENCE_FIELD}' of '{table.name}'"
    require_found(permafrost, column, "REFERENCE_PERMAFROST", where, left_out)
    indices = tuple(binary_value(value, permafrost, left_out) for value in column)
    features = table.selected(indices, lambda index: index != NOT_COMPARED)
    if not features.wkb:
        raise InputError(
            f"Field '{p.REFERENCE_FIELD}' of '{table.name}' holds no value to compare: choose another one."
        )
    # Features carry the index itself, which `binary` takes as it is: 0 is permafrost, nothing is left out.
    values = ((0,), ())
    if not table.is_point:
        return PolygonSource(features), values
    seen = observe_cells(features, p.MAP.grid())
    task.info(
        f"{seen.points} points of '{table.name}' lie in {len(seen.classes)} cells of the map; {seen.outside} lie off "
        f"the map; in {seen.disagreeing} cells the points disagree, and these are left out."
    )
    return PointSource(features), values


def _regions(p: SimpleNamespace) -> tuple[list[str], Optional[PolygonSource]]:
    """Give the names of the regions, and the region of each cell."""
    if p.REGIONS is None:
        return [POOLED], None
    return p.REGIONS.groups(p.REGION_FIELD, "REGION_FIELD", "region")


def _warn(pooled: Assessment, task: Task) -> None:
    for axis, whose in ((1, "map"), (0, "reference")):
        present = pooled.confusion.matrix.sum(axis=axis) > 0
        if not present.all():
            missing = LABELS[int(np.argmin(present))]
            task.warn(
                f"The {whose} holds no cell of {missing} among those compared: kappa says little or is undefined."
            )


def _report(
    report: Report,
    p: SimpleNamespace,
    everything: list[Assessment],
    pooled: Assessment,
    reference: str,
    dropped: int,
    adjusted: Optional[AreaAdjusted],
) -> None:
    c, b = pooled.confusion, pooled.bootstrap
    interval = f"95 % interval {fixed(c.kappa_interval[0])} to {fixed(c.kappa_interval[1])} for independent cells"
    report.key_figures(
        [
            ("Overall accuracy", c.oa, f"standard error {fixed(c.oa_se, 4)} for independent cells"),
            ("Cohen's kappa", c.kappa, interval),
            ("Cells compared", c.total, f"{dropped} cells of the reference have no class in the map"),
            ("Prevalence", c.prevalence, "share of permafrost in the reference"),
        ]
    )
    report.paragraph(
        f"The map '{p.MAP.name}' was compared with '{reference}' cell by cell. Kappa is the agreement beyond what the "
        "same shares of permafrost would give by chance."
    )
    report.figure(
        charts.matrix(c.matrix, c.labels, "Confusion matrix"),
        "Confusion matrix of all cells compared: counts and shares.",
    )
    if p.OUTPUT:
        report.figure(
            map_figure(RasterSource(p.OUTPUT, p.OUTPUT), classes.AGREEMENT, "Agreement"),
            "Where map and reference agree.",
        )
    report.section("Measures")
    table = [a.measures() for a in everything]
    report.table(
        ["Measure", *(a.region for a in everything)],
        ([label, *(measures[name] for measures in table)] for name, label in MEASURES),
        "All measures, per region and pooled. User's accuracy is the share of the mapped cells that are right, "
        "producer's accuracy the share of the reference's cells that were found.",
    )
    if len(everything) > 1:
        rows = [(a.region, a.confusion.kappa, *a.confusion.kappa_interval) for a in everything]
        report.figure(charts.intervals(rows, "Kappa per region", "kappa"), "Kappa with 95 % intervals, per region.")
    bootstrap = ""
    if p.BLOCK_SIZE and np.isfinite(b.kappa_interval[0]):
        bootstrap = (
            f" A block bootstrap with blocks of {p.BLOCK_SIZE} x {p.BLOCK_SIZE} cells ({b.blocks} blocks) gives "
            f"{fixed(b.kappa_interval[0])} to {fixed(b.kappa_interval[1])} for kappa."
        )
        report.paragraph(
            "Neighbouring cells resemble each other, so there is less information than the number of cells suggests."
            + bootstrap
        )
    if adjusted is not None:
        report.section("Adjusted for the sampling")
        report.table(
            ["Class", "User's accuracy", "s.e.", "Producer's accuracy", "s.e.", "Area [km²]", "s.e. [km²]"],
            zip(
                LABELS,
                adjusted.users_accuracy.tolist(),
                adjusted.users_accuracy_se.tolist(),
                adjusted.producers_accuracy.tolist(),
                adjusted.producers_accuracy_se.tolist(),
                adjusted.area.tolist(),
                adjusted.area_se.tolist(),
            ),
            f"Stratified estimates (Olofsson et al. 2014). Overall accuracy {fixed(adjusted.oa, 4)} with standard "
            f"error {fixed(adjusted.oa_se, 4)}.",
        )
    report.methods(
        f"The permafrost map was compared with {reference} on {c.total} cells, of which {100 * c.prevalence:.1f} % are "
        f"permafrost in the reference. Overall accuracy is {fixed(c.oa)} and Cohen's kappa {fixed(c.kappa)} "
        f"(standard error {fixed(c.kappa_se)}, cells taken as independent); user's and producer's accuracy of "
        f"permafrost are {fixed(c.users_accuracy[0])} and {fixed(c.producers_accuracy[0])}.{bootstrap}"
    )
