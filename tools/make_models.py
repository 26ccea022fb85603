"""Builds the models in resources/models from this description; run it again after changing parameters."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from typing import Any

import headless

MODELS = headless.ROOT / "resources" / "models"

COLUMN, ROW = 300.0, 120.0

# Inputs that the dialog folds away, since their defaults are those of the method.
ADVANCED = ("RK_VALUE", "THRESHOLD", "MIN_DAYS", "MEMBERS", "RK_SD")


@dataclass(frozen=True)
class Child:
    """A step of a model: values are taken from inputs (``@NAME``), from steps (``step.OUTPUT``), or as they are.

    A value may be a list of such. `outputs` are those that the user of the model may name, with their labels; the
    others stay inside.
    """

    id: str
    algorithm: str
    description: str
    values: dict[str, Any]
    at: tuple[float, float]
    outputs: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Model:
    """A model: its name, its help, its inputs with their help, its steps, and the output that has to be named.

    Of the other outputs those that a later step takes are written to a temporary file unless the user names them, and
    the rest only where the user names them.
    """

    name: str
    text: str
    inputs: list[tuple[Any, str]]
    children: list[Child]
    result: str = "map.OUTPUT"

    @property
    def summary(self) -> str:
        """The first sentence of the help, without what follows a colon."""
        return re.split(r"[:.]", self.text)[0] + "."

    def is_temporary(self, step: str, output: str) -> bool:
        """Return whether an output that is not named is written to a temporary file, since another step needs it."""
        source = f"{step}.{output}"
        return source != self.result and any(
            source in (value if isinstance(value, list) else [value])
            for child in self.children
            for value in child.values.values()
        )


def _field(name: str, label: str, parent: str, default: str | None = None) -> Any:
    """Describe a field of a layer that the model takes."""
    from qgis.core import QgsProcessingParameterField

    return QgsProcessingParameterField(name, label, default, parentLayerParameterName=parent, optional=True)


def ground_inputs() -> list[tuple[Any, str]]:
    """Return the inputs from land cover to districts, which both models have."""
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
    return [
        (QgsProcessingParameterRasterLayer("LANDCOVER", "Land cover"), "Determines the r_k of each cell."),
        (
            QgsProcessingParameterEnum(
                "TABLE",
                "Class scheme of the land cover",
                ["esa_cci", "modis_igbp"],
                defaultValue="esa_cci",
                usesStaticStrings=True,
            ),
            "ESA CCI or MODIS IGBP.",
        ),
        (
            QgsProcessingParameterNumber("RK_VALUE", "Single r_k for all cells", number, None, True, 0.25, 2.25),
            "Takes precedence over the r_k of the land cover.",
        ),
        (
            QgsProcessingParameterNumber("THRESHOLD", "Threshold [°C]", number, 0.0, False, -20, 20),
            "Cells with a TTOP at or below it are permafrost.",
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
            "The map is nodata outside of it.",
        ),
        (
            QgsProcessingParameterMapLayer(
                "SURVEY", "Survey map", optional=True, types=[source.TypeRaster, polygon, source.TypeVectorPoint]
            ),
            "Raster, polygons or points that the map is compared with. Without it, this comparison is skipped.",
        ),
        (
            QgsProcessingParameterString("SURVEY_FIELD", "Field of the survey map", optional=True),
            "For polygons or points: the field that distinguishes permafrost from other ground.",
        ),
        (
            QgsProcessingParameterString("SURVEY_PERMAFROST", "Permafrost in the survey", "1"),
            "Values of the survey that are permafrost, separated by commas.",
        ),
        (
            QgsProcessingParameterVectorLayer("REGIONS", "Regions of the survey", [polygon], optional=True),
            "Polygons that are assessed separately.",
        ),
        (
            _field("REGION_FIELD", "Name of the region", "REGIONS"),
            "Field that names the regions.",
        ),
        (
            QgsProcessingParameterVectorLayer("DISTRICTS", "Districts", [polygon], optional=True),
            "Polygons for which areas are summed separately.",
        ),
        (
            _field("DISTRICT_FIELD", "Name of the district", "DISTRICTS"),
            "Field that names the districts.",
        ),
    ]


def ground_steps(ddt: str, ddf: str, column: int = 1, reports: bool = True, **outputs: dict[str, str]) -> list[Child]:
    """Return the steps from degree days to areas, which both models have.

    Parameters
    ----------
    ddt, ddf : str
        Where the degree days come from.
    column : int
        Where the first step stands.
    reports : bool
        Whether each report is an output of the model. QGIS would not write those that are and are not asked for, also
        where another step needs them.
    **outputs
        By step, which of its outputs are outputs of the model too, beside those that both models have.
    """
    report = {"OUTPUT_HTML": "Report"} if reports else {}
    return [
        Child(
            "rk",
            "permafrost:rkfactor",
            "r_k from land cover",
            {"LANDCOVER": "@LANDCOVER", "GRID": ddt, "TABLE": "@TABLE", "METHOD": "dominant"},
            (column, 3),
            outputs.get("rk", {}),
        ),
        Child(
            "ttop",
            "permafrost:ttop",
            "TTOP",
            {"DDT": ddt, "DDF": ddf, "RK": "rk.OUTPUT", "RK_VALUE": "@RK_VALUE"},
            (column + 1, 2),
            outputs.get("ttop", {}),
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
                "BASIN": "@BASIN",
            },
            (column + 2, 2),
            {"OUTPUT": "Permafrost map", "PICTURE": "Picture"},
        ),
        Child(
            "accuracy",
            "permafrost:accuracy",
            "Accuracy",
            {
                "MAP": "map.OUTPUT",
                "REFERENCE": "@SURVEY",
                "REFERENCE_FIELD": "@SURVEY_FIELD",
                "REFERENCE_PERMAFROST": "@SURVEY_PERMAFROST",
                "REGIONS": "@REGIONS",
                "REGION_FIELD": "@REGION_FIELD",
                "SKIP": True,
            },
            (column + 3, 4),
            {"OUTPUT": "Agreement", "TABLE": "Table", **report},
        ),
        Child(
            "areas",
            "permafrost:areastatistics",
            "Areas",
            {"MAP": "map.OUTPUT", "ZONES": "@DISTRICTS", "ZONE_FIELD": "@DISTRICT_FIELD"},
            (column + 3, 1),
            {"TABLE": "Table", **report},
        ),
    ]


def from_degree_days() -> Model:
    """Describe the model *permafrost map from degree days*."""
    from qgis.core import QgsProcessingParameterRasterLayer

    inputs = [
        (QgsProcessingParameterRasterLayer("DDT", "Thawing degree days [°C d]"), "Of the ground surface, 0 or more."),
        (
            QgsProcessingParameterRasterLayer("DDF", "Freezing degree days [°C d]"),
            "Of the ground surface, as a magnitude: 0 or more.",
        ),
        *ground_inputs(),
    ]
    text = (
        "Makes a permafrost map from degree days of the ground surface: r_k from land cover, TTOP, the map with "
        "glaciers and lakes, its areas, its accuracy where a survey map is given, and one report of all steps. All "
        "layers are aligned to the grid of the thawing degree days."
    )
    children = [
        *ground_steps("@DDT", "@DDF", ttop={"OUTPUT": "TTOP"}),
        Child(
            "report",
            "permafrost:combinereports",
            "Combined report",
            {
                "REPORTS": ["accuracy.OUTPUT_HTML", "areas.OUTPUT_HTML"],
                "MAP": "map.OUTPUT",
                "TTOP": "ttop.OUTPUT",
                "DDT": "@DDT",
                "DDF": "@DDF",
            },
            (5, 3),
            {"OUTPUT_HTML": "Report"},
        ),
    ]
    return Model("permafrost map from degree days", text, inputs, children)


def from_lst() -> Model:
    """Describe the model *permafrost map from LST*."""
    from qgis.core import (
        QgsProcessing,
        QgsProcessingParameterEnum,
        QgsProcessingParameterNumber,
        QgsProcessingParameterRasterLayer,
        QgsProcessingParameterVectorLayer,
    )

    source = QgsProcessing.SourceType
    number, whole = QgsProcessingParameterNumber.Type.Double, QgsProcessingParameterNumber.Type.Integer
    overpasses = ("terra day", "terra night", "aqua day", "aqua night")
    names = {overpass: overpass.replace(" ", "_").upper() for overpass in overpasses}
    ids = {overpass: overpass.replace(" ", "") for overpass in overpasses}
    inputs = [
        *(
            (
                QgsProcessingParameterRasterLayer(name, f"LST stack, {overpass.capitalize()}"),
                "Land surface temperature in °C, one band per day, with gaps; from 'Build LST stacks'.",
            )
            for overpass, name in names.items()
        ),
        (QgsProcessingParameterRasterLayer("DEM", "Elevation [m]"), "For the trend of the gap filling."),
        (
            QgsProcessingParameterEnum(
                "TREND",
                "Trend of the gap filling",
                ["elevation", "elevation_reference", "fixed_lapse", "none"],
                defaultValue="elevation",
                usesStaticStrings=True,
            ),
            "As in 'Fill gaps of LST'.",
        ),
        (
            QgsProcessingParameterVectorLayer("STATIONS", "Stations", [source.TypeVectorPoint]),
            "Points with ground surface temperature.",
        ),
        (_field("STATION_FIELD", "Name of the station", "STATIONS", "station"), "Field of the stations."),
        (
            QgsProcessingParameterVectorLayer("OBSERVATIONS", "Observations", [source.TypeVector]),
            "Table with the daily mean ground surface temperature of stations in °C: columns station, date, gst.",
        ),
        (
            QgsProcessingParameterNumber("YEAR_START", "First month of the year", whole, 1, False, 1, 12),
            "1 for calendar years, 8 or 9 for freezing years.",
        ),
        (
            QgsProcessingParameterNumber("MIN_DAYS", "Valid days per month", whole, 10, False, 1, 28),
            "A cell with fewer valid days in any month has no degree days for the year.",
        ),
        *ground_inputs(),
        (
            QgsProcessingParameterVectorLayer("BOREHOLES", "Boreholes", [source.TypeVectorPoint], optional=True),
            "Points with ground temperature that TTOP is compared with. Without them, this comparison is skipped.",
        ),
        (
            _field("MAGT_FIELD", "Ground temperature of the boreholes [°C]", "BOREHOLES"),
            "Field of the boreholes with the mean annual ground temperature; required if boreholes are given.",
        ),
        (
            _field("DEPTH_FIELD", "Depth of the boreholes [m]", "BOREHOLES"),
            "Field of the boreholes with the depth of that temperature.",
        ),
        (
            QgsProcessingParameterNumber("MEMBERS", "Ensemble members", whole, 200, False, 10, 10000),
            "Of the probability of permafrost.",
        ),
        (
            QgsProcessingParameterNumber("RK_SD", "Error of r_k", number, 0.08, False, 0, 0.5),
            "Of the probability of permafrost.",
        ),
    ]
    filled = {overpass: f"{ids[overpass]}.OUTPUT" for overpass in overpasses}
    lst = {names[overpass]: filled[overpass] for overpass in overpasses}
    children = [
        *(
            Child(
                ids[overpass],
                "permafrost:filllstgaps",
                f"Fill gaps, {overpass}",
                {"INPUT": f"@{names[overpass]}", "DEM": "@DEM", "TREND": "@TREND"},
                (1, row),
                {"OUTPUT": f"Filled LST, {overpass}"},
            )
            for row, overpass in enumerate(overpasses, start=1)
        ),
        Child(
            "samples",
            "permafrost:samplelst",
            "LST at the stations",
            {"STATIONS": "@STATIONS", "STATION_FIELD": "@STATION_FIELD", "OBSERVATIONS": "@OBSERVATIONS", **lst},
            (2, 1),
            {"OUTPUT": "Samples"},
        ),
        Child(
            "gstmodel",
            "permafrost:fitgstmodel",
            "GST model",
            {"INPUT": "samples.OUTPUT"},
            (2, 3),
            {"OUTPUT": "GST model"},
        ),
        Child(
            "degreedays",
            "permafrost:degreedays",
            "Degree days",
            {"GST_MODEL": "gstmodel.OUTPUT", "YEAR_START": "@YEAR_START", "MIN_DAYS": "@MIN_DAYS", **lst},
            (3, 0),
            {
                "DDT_MEAN": "Mean DDT",
                "DDF_MEAN": "Mean DDF",
                "DDT": "DDT per year",
                "DDF": "DDF per year",
                "VALID_DAYS": "Valid days per year",
                "EXTRAPOLATION": "Extrapolated days",
            },
        ),
        *ground_steps(
            "degreedays.DDT_MEAN", "degreedays.DDF_MEAN", 4, False, rk={"OUTPUT": "r_k"}, ttop={"OUTPUT": "TTOP"}
        ),
        Child(
            "probability",
            "permafrost:probability",
            "Probability",
            {
                "DDT": "degreedays.DDT_MEAN",
                "DDF": "degreedays.DDF_MEAN",
                "RK": "rk.OUTPUT",
                "RK_VALUE": "@RK_VALUE",
                "GST_MODEL": "gstmodel.OUTPUT",
                "RK_SD": "@RK_SD",
                "MEMBERS": "@MEMBERS",
                "MAP": "map.OUTPUT",
            },
            (6, 5),
            {"OUTPUT": "Probability of permafrost", "ZONES": "Permafrost zones"},
        ),
        Child(
            "boreholes",
            "permafrost:boreholes",
            "Boreholes",
            {
                "TTOP": "ttop.OUTPUT",
                "MAP": "map.OUTPUT",
                "BOREHOLES": "@BOREHOLES",
                "MAGT": "@MAGT_FIELD",
                "DEPTH": "@DEPTH_FIELD",
                "SKIP": True,
            },
            (7, 6),
            {"OUTPUT": "Boreholes compared"},
        ),
        Child(
            "report",
            "permafrost:combinereports",
            "Combined report",
            {
                "REPORTS": [
                    *(f"{ids[overpass]}.OUTPUT_HTML" for overpass in overpasses),
                    "gstmodel.OUTPUT_HTML",
                    "accuracy.OUTPUT_HTML",
                    "boreholes.OUTPUT_HTML",
                    "areas.OUTPUT_HTML",
                ],
                "MAP": "map.OUTPUT",
                "PROBABILITY": "probability.OUTPUT",
                "ZONES": "probability.ZONES",
                "TTOP": "ttop.OUTPUT",
                "DDT": "degreedays.DDT_MEAN",
                "DDF": "degreedays.DDF_MEAN",
            },
            (8, 3),
            {"OUTPUT_HTML": "Report"},
        ),
    ]
    text = (
        "Makes a permafrost map from four land surface temperatures a day: gaps filled by kriging, ground surface "
        "temperature by a regression on stations, degree days, r_k from land cover, TTOP, the map with glaciers and "
        "lakes, its probability, its areas, its accuracy where a survey map or boreholes are given, and one report of "
        "all steps. All layers are aligned to the grid of the first stack. Only the map has to be named; other outputs "
        "are kept if they are named. A run that was stopped resumes where it was when it is started again with the "
        "same inputs, parameters and names of the filled stacks, the GST model and the degree days."
    )
    return Model("permafrost map from LST", text, inputs, children)


MODELS_DESCRIBED = (from_degree_days, from_lst)


def build(described: Model):
    """Build a model of its description."""
    from permafrost_mapper.algorithms.base import TEMPORARY_OUTPUTS
    from permafrost_mapper.algorithms.parameters import Flag, use_own_widget
    from permafrost_mapper.core.about import page_url
    from qgis.core import (
        QgsProcessingModelAlgorithm,
        QgsProcessingModelChildAlgorithm,
        QgsProcessingModelOutput,
        QgsProcessingModelParameter,
    )
    from qgis.PyQt.QtCore import QPointF

    model = QgsProcessingModelAlgorithm(described.name, "Models", "models")
    # The format that every QGIS reads. In that of 3.38 and later the outputs have other names.
    model.loadVariant({**model.toVariant(), "internal_version": "Version1"})
    page = page_url(f"reference/{described.name.replace(' ', '_')}")
    help_content = {"ALG_DESC": described.text, "SHORT_DESCRIPTION": described.summary, "HELP_URL": page}
    for row, (definition, help_text) in enumerate(described.inputs):
        component = QgsProcessingModelParameter(definition.name())
        component.setPosition(QPointF(150 + COLUMN * 0.9 * (row % 2), 80 + ROW * 0.75 * row))
        definition.setHelp(help_text)
        use_own_widget(definition)
        if definition.name() in ADVANCED:
            definition.setFlags(definition.flags() | Flag.FlagAdvanced)
        model.addModelParameter(definition, component)
        help_content[definition.name()] = help_text
    for step in described.children:
        child = QgsProcessingModelChildAlgorithm(step.algorithm)
        child.setChildId(step.id)
        child.setDescription(step.description)
        temporary = [output for output in step.outputs if described.is_temporary(step.id, output)]
        child.setConfiguration({TEMPORARY_OUTPUTS: temporary} if temporary else {})
        child.setPosition(QPointF(500 + COLUMN * (step.at[0] - 0.3), 60 + 1.5 * ROW * step.at[1]))
        for parameter, value in {**_defaults(child.algorithm()), **step.values}.items():
            child.addParameterSources(
                parameter, [_source(part) for part in (value if isinstance(value, list) else [value])]
            )
        outputs = {}
        for place, (output, label) in enumerate(step.outputs.items()):
            destination = QgsProcessingModelOutput(label)
            destination.setChildId(step.id)
            destination.setChildOutputName(output)
            destination.setDescription(described_output(step.description, label))
            destination.setPosition(child.position() + QPointF(230, 60 + 55 * place))
            outputs[label] = destination
            help_content[f"{step.id}:{label}"] = label
        child.setModelOutputs(outputs)
        model.addChildAlgorithm(child)
    model.setHelpContent(help_content)
    # Else QGIS sorts the inputs by name.
    model.setParameterOrder([definition.name() for definition, _ in described.inputs])
    model.updateDestinationParameters()
    return model


def described_output(step: str, label: str) -> str:
    """Return the text of an output, which names the step where the label alone does not say what it is."""
    if label not in ("Table", "Report", "Picture"):
        return label
    return step if step.lower().endswith(label.lower()) else f"{step}: {label}"


def _defaults(algorithm) -> dict[str, Any]:
    """Return the defaults of what a step must have: the designer calls a step without them broken."""
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
        for describe in MODELS_DESCRIBED:
            described = describe()
            path = MODELS / f"{described.name.replace(' ', '_')}.model3"
            model = build(described)
            valid, issues = model.validate()
            if not valid or not model.toFile(str(path)):
                sys.exit(f"{path} cannot be written: {issues}")
            print(f"{path}: {len(model.childAlgorithms())} steps, {len(model.parameterDefinitions())} parameters")


if __name__ == "__main__":
    main()
