"""Accuracy of a permafrost map against a reference."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessing

from ...core import classes
from ...core.assess.accuracy import ACCURACY_FIELDS
from ...core.assess.assessment import MEASURES
from ...core.assess.binary import (
    NOT_COMPARED,
    PERMAFROST,
    binary_value,
    listed_classes,
    listed_values,
    require_found,
)
from ...core.errors import InputError
from ...core.language import tr
from ...core.reports.accuracy import report_accuracy
from ...core.reports.numbers import fixed
from ...raster.assess.accuracy import AccuracyJob, CodedMap, run_accuracy
from ...raster.publish.preview import map_figure
from ...raster.read.classes import ClassSource
from ...raster.read.points import PointSource
from ...raster.read.rasters import RasterSource
from ...raster.read.vectors import PolygonSource
from ..base import Group, PermafrostAlgorithm, Task
from ..layers import VectorTable, empty_note
from ..parameters import (
    NumberOutput,
    Values,
    bootstrap_parameters,
    field,
    raster,
    raster_or_vector,
    raster_output,
    report_output,
    running_parameters,
    scheduler_parameter,
    skip_parameter,
    switch,
    table_output,
    text,
    vector,
)


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
        The reference is a raster, polygons or points. The values of map and reference are mapped to permafrost or no
        permafrost; cells that are glacier or lake in the map, or that lack a value in either, are excluded. A raster
        reference with other cells is resampled to those of the map by the mode; a polygon counts in the cells whose
        centre it contains; several points in one cell are one observation, and none where they disagree.

        With regions, each is assessed separately and all of them pooled: the pooled kappa is not an average.

        Errors of neighbouring cells are correlated, so standard errors that count cells are too small. The block
        bootstrap resamples square blocks of cells instead, and its intervals allow for this correlation.
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
        """Return the parameters and outputs."""
        source = QgsProcessing.SourceType
        return (
            raster("MAP", "Permafrost map", "A raster of classes, for example from 'Permafrost map'."),
            raster_or_vector(
                "REFERENCE",
                "Reference",
                "The survey map as a raster of classes or as polygons, or points where the ground was observed.",
                [source.TypeVectorPolygon, source.TypeVectorPoint],
            ),
            # No picker: where the reference is a raster, that of QGIS 3.22 brings the program down.
            text(
                "REFERENCE_FIELD",
                "Field of the reference",
                "For polygons and points: the field that distinguishes permafrost from other ground.",
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
                "Excluded in the map",
                "Values of the map that are not compared, by default glaciers and lakes, like cells without a value.",
                "3,4",
                optional=True,
                advanced=True,
            ),
            text(
                "REFERENCE_EXCLUDED",
                "Excluded in the reference",
                "Values of the reference that are not compared, like cells without a value.",
                "",
                optional=True,
                advanced=True,
            ),
            vector(
                "REGIONS",
                "Regions",
                "Polygons that are assessed separately and pooled. Cells outside of them are excluded.",
                [source.TypeVectorPolygon],
                optional=True,
            ),
            field(
                "REGION_FIELD",
                "Name of the region",
                "Field that names the regions; polygons of the same name are one region.",
                "REGIONS",
            ),
            *bootstrap_parameters(),
            switch(
                "PROBABILITY_SAMPLE",
                "The reference is a probability sample",
                "Only for points or cells drawn at random within each class of the map: adds accuracies and areas that "
                "are adjusted for the sampling (Olofsson et al. 2014).",
                False,
                advanced=True,
            ),
            skip_parameter("a reference"),
            *running_parameters(),
            scheduler_parameter(),
            raster_output(
                "OUTPUT",
                "Agreement",
                "Where map and reference agree, and how they differ where they do not.",
                classes.AGREEMENT,
                optional=True,
            ),
            table_output("TABLE", "Accuracy table", "All measures, one row per region and one for all of them pooled."),
            report_output(),
            *(NumberOutput(name, label) for name, label in MEASURES),
        )

    def check(self, p: Values) -> AccuracyJob:
        """Read the lists of values, and the field of a reference of features; return the job."""
        names, region = ((), None) if p.REGIONS is None else p.REGIONS.groups(p.REGION_FIELD, "REGION_FIELD", "region")
        reference = _features(p) if isinstance(p.REFERENCE, VectorTable) else _raster(p, "REFERENCE")
        return AccuracyJob(
            _raster(p, "MAP"), reference, tuple(names), region, p.BLOCK_SIZE, p.SEED, p.PROBABILITY_SAMPLE
        )

    def execute(self, p: Values, task: Task) -> dict[str, Any]:
        """Compare the map with the reference cell by cell, and assess regions and all of them."""
        job = task.checked
        task.info(*job.notes())
        task.warn(*job.warnings, *_empty_notes(p))
        with task.runner(job.paths) as running:
            result = run_accuracy(job, p.OUTPUT, task.provenance, running)
        if result.unmapped:
            task.info(
                tr(
                    "{unmapped} cells of the reference are excluded: the map has no permafrost class there.",
                    unmapped=result.unmapped,
                )
            )
        task.warn(*result.warnings)
        task.write_table("TABLE", ACCURACY_FIELDS, result.rows())
        task.write_report(p.OUTPUT_HTML, lambda report: report_accuracy(report, result, _figure(p.OUTPUT)))
        c = result.pooled.confusion
        task.info(
            tr(
                "Overall accuracy {oa}, kappa {kappa} on {total} cells.",
                oa=fixed(c.oa, 4),
                kappa=fixed(c.kappa, 4),
                total=c.total,
            )
        )
        return result.pooled.measures()


def _raster(p: Values, name: str) -> CodedMap:
    """Return a raster with its lists of classes; `name` is MAP or REFERENCE."""
    permafrost, excluded = f"{name}_PERMAFROST", f"{name}_EXCLUDED"
    return CodedMap(
        ClassSource.of(getattr(p, name)),
        listed_classes(getattr(p, permafrost), permafrost),
        listed_classes(getattr(p, excluded) or "", excluded),
        permafrost,
    )


def _features(p: Values) -> CodedMap:
    """Return polygons or points that carry ``PERMAFROST`` or ``OTHER`` in place of the value of their field."""
    table, field_name = p.REFERENCE, p.REFERENCE_FIELD
    if not field_name:
        raise InputError(
            tr(
                "REFERENCE '{name}' is a vector layer: set REFERENCE_FIELD to one of its fields {fields}.",
                name=table.name,
                fields=", ".join(table.fields),
            )
        )
    column = table.column(field_name, "REFERENCE_FIELD")
    permafrost = listed_values(p.REFERENCE_PERMAFROST, column)
    excluded = listed_values(p.REFERENCE_EXCLUDED or "", column)
    require_found(
        permafrost,
        column,
        "REFERENCE_PERMAFROST",
        tr("field '{field}' of '{name}'", field=field_name, name=table.name),
        excluded,
    )
    indices = tuple(binary_value(value, permafrost, excluded) for value in column)
    features = table.selected(indices, lambda index: index != NOT_COMPARED)
    if not features.wkb:
        raise InputError(
            tr(
                "Field '{field_name}' of '{name}' holds no value to compare: choose another one.",
                field_name=field_name,
                name=table.name,
            )
        )
    source = PointSource(features) if table.is_point else PolygonSource(features)
    return CodedMap(source, (PERMAFROST,), (), "REFERENCE_PERMAFROST")


def _empty_notes(p: Values) -> list[str]:
    """Return sentences about features of the reference without a class, and regions without a name."""
    notes = [empty_note(p.REFERENCE, p.REFERENCE_FIELD, is_name=False)] if isinstance(p.REFERENCE, VectorTable) else []
    return notes + ([empty_note(p.REGIONS, p.REGION_FIELD, is_name=True)] if p.REGIONS is not None else [])


def _figure(path: str) -> str:
    """Draw the raster of agreement, where it was written."""
    return map_figure(RasterSource(path, "agreement"), classes.AGREEMENT, tr("Agreement")) if path else ""
