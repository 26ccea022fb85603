"""Builds the models in resources/models from this description; run it again after changing parameters."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import Any

import headless

MODELS = headless.ROOT / "resources" / "models"

COLUMN, ROW = 300.0, 120.0


@dataclass(frozen=True)
class Child:
    """A step of a model: values are taken from inputs (``@NAME``), from steps (``step.OUTPUT``), or as they are.

    Outputs that its algorithm demands become mandatory outputs of the model too, so r_k and TTOP stay inside.
    """

    id: str
    algorithm: str
    description: str
    values: dict[str, Any]
    at: tuple[float, float]
    outputs: dict[str, str] = field(default_factory=dict)
    only_if: str = ""
    configuration: dict[str, Any] = field(default_factory=dict)


def from_degree_days():
    """Describe the model *permafrost map from degree days*."""
    from qgis.core import (
        QgsProcessing,
        QgsProcessingParameterEnum,
        QgsProcessingParameterMapLayer,
        QgsProcessingParameterNumber,
        QgsProcessingParameterRasterLayer,
        QgsProcessingParameterString,
        QgsProcessingParameterVectorLayer,
    )

    source = QgsProcessing.SourceType
    polygon = source.TypeVectorPolygon
    number = QgsProcessingParameterNumber.Type.Double
    inputs = [
        (QgsProcessingParameterRasterLayer("DDT", "Thawing degree days [°C d]"), "Of the ground surface, 0 or more."),
        (
            QgsProcessingParameterRasterLayer("DDF", "Freezing degree days [°C d]"),
            "Of the ground surface, as a magnitude: 0 or more.",
        ),
        (QgsProcessingParameterRasterLayer("LANDCOVER", "Land cover classes"), "Gives r_k to each cell."),
        (
            QgsProcessingParameterEnum(
                "TABLE",
                "Classes of the land cover",
                ["esa_cci", "modis_igbp"],
                defaultValue="esa_cci",
                usesStaticStrings=True,
            ),
            "ESA CCI or MODIS IGBP.",
        ),
        (
            QgsProcessingParameterNumber("RK_VALUE", "One r_k for all cells", number, None, True, 0.25, 2.25),
            "Used in place of the land cover's where it is given.",
        ),
        (
            QgsProcessingParameterNumber("THRESHOLD", "Threshold [°C]", number, 0.0, False, -20, 20),
            "Permafrost is where TTOP is at or below it.",
        ),
        (
            QgsProcessingParameterMapLayer("GLACIERS", "Glaciers", optional=True, types=[source.TypeRaster, polygon]),
            "Polygons, or a raster whose values above 0 count.",
        ),
        (
            QgsProcessingParameterMapLayer("LAKES", "Lakes", optional=True, types=[source.TypeRaster, polygon]),
            "Polygons, or a raster whose values above 0 count.",
        ),
        (
            QgsProcessingParameterMapLayer("BASIN", "Basin", optional=True, types=[source.TypeRaster, polygon]),
            "Outside of it the map is empty.",
        ),
        (
            QgsProcessingParameterRasterLayer("SURVEY", "Survey map (raster)", optional=True),
            "Classes that the map is compared with. Without it this comparison is left out.",
        ),
        (
            QgsProcessingParameterVectorLayer(
                "SURVEY_FEATURES",
                "Survey map (polygons) or points",
                [polygon, source.TypeVectorPoint],
                optional=True,
            ),
            "Polygons or points that the map is compared with. Without them this comparison is left out.",
        ),
        (
            QgsProcessingParameterString("SURVEY_FIELD", "Field of the polygons or points", optional=True),
            "The field that tells permafrost from other ground.",
        ),
        (
            QgsProcessingParameterString("SURVEY_PERMAFROST", "Permafrost in the survey", "1"),
            "Values of the survey that are permafrost, separated by commas.",
        ),
        (
            QgsProcessingParameterVectorLayer("REGIONS", "Regions of the survey", [polygon], optional=True),
            "Polygons whose accuracy is wanted one by one.",
        ),
        (
            QgsProcessingParameterString("REGION_FIELD", "Name of the region", optional=True),
            "Field that names the regions.",
        ),
        (
            QgsProcessingParameterVectorLayer("DISTRICTS", "Districts", [polygon], optional=True),
            "Polygons whose areas are wanted one by one.",
        ),
        (
            QgsProcessingParameterString("DISTRICT_FIELD", "Name of the district", optional=True),
            "Field that names the districts.",
        ),
    ]
    compared = {
        "MAP": "map.OUTPUT",
        "REFERENCE_PERMAFROST": "@SURVEY_PERMAFROST",
        "REGIONS": "@REGIONS",
        "REGION_FIELD": "@REGION_FIELD",
    }
    accuracy_outputs = {"OUTPUT": "Agreement", "TABLE": "Table", "OUTPUT_HTML": "Report"}
    children = [
        Child(
            "rk",
            "permafrost:rkfactor",
            "r_k from land cover",
            {"LANDCOVER": "@LANDCOVER", "GRID": "@DDT", "TABLE": "@TABLE", "METHOD": "dominant"},
            (1, 3),
        ),
        Child(
            "ttop",
            "permafrost:ttop",
            "TTOP",
            {"DDT": "@DDT", "DDF": "@DDF", "RK": "rk.OUTPUT", "RK_VALUE": "@RK_VALUE"},
            (2, 2),
        ),
        Child(
            "map",
            "permafrost:classify",
            "Permafrost map",
            {
                "TTOP": "ttop.OUTPUT",
                "THRESHOLD": "@THRESHOLD",
                "GLACIERS": "@GLACIERS",
                "LAKES": "@LAKES",
                "MASK": "@BASIN",
            },
            (3, 2),
            {"OUTPUT": "Permafrost map", "PICTURE": "Picture"},
        ),
        Child(
            "given",
            "native:condition",
            "Which survey is there?",
            {},
            (3, 6),
            configuration={
                "conditions": [
                    {"name": "raster", "expression": "@SURVEY is not null"},
                    {"name": "features", "expression": "@SURVEY_FEATURES is not null"},
                ]
            },
        ),
        Child(
            "accuracy",
            "permafrost:accuracy",
            "Accuracy",
            {"REFERENCE": "@SURVEY", **compared},
            (4, 4),
            accuracy_outputs,
            only_if="given.raster",
        ),
        Child(
            "accuracyfeatures",
            "permafrost:accuracy",
            "Accuracy by features",
            {"REFERENCE": "@SURVEY_FEATURES", "REFERENCE_FIELD": "@SURVEY_FIELD", **compared},
            (4, 7),
            accuracy_outputs,
            only_if="given.features",
        ),
        Child(
            "areas",
            "permafrost:areastatistics",
            "Areas",
            {"MAP": "map.OUTPUT", "ZONES": "@DISTRICTS", "ZONE_FIELD": "@DISTRICT_FIELD"},
            (4, 1),
            {"TABLE": "Table", "OUTPUT_HTML": "Report"},
        ),
    ]
    text = (
        "Makes a permafrost map from degree days of the ground surface: r_k from land cover, TTOP, the map with "
        "glaciers and lakes, its areas, and its accuracy where a survey map is given. All layers are aligned to the "
        "cells of the thawing degree days."
    )
    return "permafrost map from degree days", text, inputs, children


def build(name: str, text: str, inputs: list, children: list[Child]):
    """Build a model of its description."""
    from qgis.core import (
        QgsProcessingModelAlgorithm,
        QgsProcessingModelChildAlgorithm,
        QgsProcessingModelChildDependency,
        QgsProcessingModelOutput,
        QgsProcessingModelParameter,
    )
    from qgis.PyQt.QtCore import QPointF

    model = QgsProcessingModelAlgorithm(name, "Models", "models")
    help_content = {"ALG_DESC": text}
    for row, (definition, help_text) in enumerate(inputs):
        component = QgsProcessingModelParameter(definition.name())
        component.setPosition(QPointF(150 + COLUMN * 0.9 * (row % 2), 80 + ROW * 0.75 * row))
        definition.setHelp(help_text)
        model.addModelParameter(definition, component)
        help_content[definition.name()] = help_text
    for step in children:
        child = QgsProcessingModelChildAlgorithm(step.algorithm)
        child.setChildId(step.id)
        child.setDescription(step.description)
        child.setConfiguration(step.configuration)
        child.setPosition(QPointF(500 + COLUMN * (step.at[0] - 0.3), 60 + 1.5 * ROW * step.at[1]))
        for parameter, value in {**_defaults(child.algorithm()), **step.values}.items():
            child.addParameterSources(parameter, [_source(value)])
        if step.only_if:
            condition, _, branch = step.only_if.partition(".")
            child.setDependencies([QgsProcessingModelChildDependency(condition, branch)])
        outputs = {}
        for place, (output, label) in enumerate(step.outputs.items()):
            destination = QgsProcessingModelOutput(label)
            destination.setChildId(step.id)
            destination.setChildOutputName(output)
            destination.setDescription(
                f"{step.description}: {label}" if label in ("Table", "Report", "Picture") else label
            )
            destination.setPosition(child.position() + QPointF(230, 60 + 55 * place))
            outputs[label] = destination
            help_content[f"{step.id}:{label}"] = label
        child.setModelOutputs(outputs)
        model.addChildAlgorithm(child)
    model.setHelpContent(help_content)
    # Else QGIS sorts the inputs by name.
    model.setParameterOrder([definition.name() for definition, _ in inputs])
    model.updateDestinationParameters()
    return model


def _defaults(algorithm) -> dict[str, Any]:
    """Give the defaults of what a step must have: the designer calls a step without them broken."""
    from qgis.core import QgsProcessingParameterDefinition

    optional = QgsProcessingParameterDefinition.Flag.FlagOptional
    return {
        definition.name(): definition.defaultValue()
        for definition in algorithm.parameterDefinitions()
        if definition.defaultValue() is not None and not definition.flags() & optional
    }


def _source(value: Any):
    from qgis.core import QgsProcessingModelChildParameterSource

    if isinstance(value, str) and value.startswith("@"):
        return QgsProcessingModelChildParameterSource.fromModelParameter(value[1:])
    if isinstance(value, str) and "." in value:
        child, _, output = value.partition(".")
        return QgsProcessingModelChildParameterSource.fromChildOutput(child, output)
    return QgsProcessingModelChildParameterSource.fromStaticValue(value)


def main() -> None:
    """Write all models."""
    with headless.application():
        MODELS.mkdir(exist_ok=True)
        for describe in (from_degree_days,):
            name, *description = describe()
            path = MODELS / f"{name.replace(' ', '_')}.model3"
            model = build(name, *description)
            valid, issues = model.validate()
            if not valid or not model.toFile(str(path)):
                sys.exit(f"{path} cannot be written: {issues}")
            print(f"{path}: {len(model.childAlgorithms())} steps, {len(model.parameterDefinitions())} parameters")


if __name__ == "__main__":
    main()
