"""Parameters and outputs, declared once: the definition for QGIS, its help, and how it is read.

Reading happens before the run, in the thread that owns the layers. What comes out is plain data
(paths, numbers, geometries as bytes), which the run may use in any thread.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Callable, ClassVar, Iterable, Optional, Sequence, Union

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsMapLayer,
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingOutputDefinition,
    QgsProcessingOutputMultipleLayers,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterCrs,
    QgsProcessingParameterDateTime,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterField,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterMapLayer,
    QgsProcessingParameterMatrix,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
    QgsProcessingParameterVectorLayer,
    QgsRasterLayer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QCoreApplication

from ..core.classes import MapClass, Ramp
from ..core.errors import InputError
from ..core.prepare.elevation import ELEVATIONS
from ..raster.grid.grid import Grid
from ..raster.read.sources import RasterSource
from .layers import (
    AttributeTable,
    VectorTable,
    attribute_table,
    crs_wkt,
    opens_by_gdal,
    raster_layer,
    raster_source,
    vector_table,
)

SKIP = "SKIP"

Flag = QgsProcessingParameterDefinition.Flag
Source = QgsProcessing.SourceType
# Kinds of parameters whose value is one layer.
LAYERS = (QgsProcessingParameterRasterLayer, QgsProcessingParameterVectorLayer, QgsProcessingParameterMapLayer)
Style = Union[Ramp, Sequence[MapClass]]


def tr(text: str) -> str:
    """Translate a text that a user sees."""
    return QCoreApplication.translate("permafrost", text)


@dataclass(frozen=True)
class Parameter:
    """A parameter: its definition, how it is read, and how its value is written in a command line.

    Attributes
    ----------
    definition : QgsProcessingParameterDefinition
        With its help set.
    read : callable
        (algorithm, parameters, context) to plain data; called where the value is given.
    text : callable
        What was read, to the texts that a command line and the metadata hold.
    style : Ramp or classes, optional
        Of a raster output.
    """

    definition: QgsProcessingParameterDefinition
    read: Callable[[QgsProcessingAlgorithm, dict, QgsProcessingContext], Any]
    text: Callable[[Any], list[str]] = lambda value: [str(value)]
    style: Optional[Style] = None

    @property
    def name(self) -> str:
        """Upper-case name."""
        return self.definition.name()


@dataclass(frozen=True)
class Result:
    """Something that an algorithm returns beside its files."""

    name: str
    label: str

    kind: ClassVar[type]

    def definition(self) -> QgsProcessingOutputDefinition:
        """Give QGIS' definition."""
        return self.kind(self.name, tr(self.label))


class NumberOutput(Result):
    """A number."""

    kind = QgsProcessingOutputNumber


class TextOutput(Result):
    """A text."""

    kind = QgsProcessingOutputString


class RastersOutput(Result):
    """A list of rasters, for the next algorithm in a model."""

    kind = QgsProcessingOutputMultipleLayers


def leave_empty(definition: QgsProcessingParameterDefinition) -> None:
    """Have the dialog leave a required layer to the user, where QGIS would take the first one that comes along."""
    if isinstance(definition, LAYERS) and not definition.flags() & Flag.FlagOptional:
        definition.setMetadata({"widget_wrapper": {"class": f"{__package__}.widgets.RequiredLayer"}})


def _declared(definition: QgsProcessingParameterDefinition, help_text: str, advanced: bool, *rest: Any) -> Parameter:
    definition.setHelp(tr(help_text))
    leave_empty(definition)
    if advanced:
        definition.setFlags(definition.flags() | Flag.FlagAdvanced)
    return Parameter(definition, *rest)


def _source_text(source: RasterSource | AttributeTable) -> list[str]:
    return [_path_text(source) if isinstance(source, RasterSource) else source.path]


def _path_text(source: RasterSource) -> str:
    """Write a raster as QGIS takes it: the path, and the options with which GDAL opens it."""
    return "".join([source.path, *(f"|option:{option}" for option in source.open_options)])


def raster(name: str, label: str, help_text: str, optional: bool = False, advanced: bool = False) -> Parameter:
    """Declare a raster; read as a `RasterSource`."""

    def read(algorithm: QgsProcessingAlgorithm, parameters: dict, context: QgsProcessingContext) -> RasterSource:
        layer = algorithm.parameterAsRasterLayer(parameters, name, context)
        return raster_source(layer, algorithm.parameterAsString(parameters, name, context))

    definition = QgsProcessingParameterRasterLayer(name, tr(label), optional=optional)
    return _declared(definition, help_text, advanced, read, _source_text)


def elevation(name: str, help_text: str) -> Parameter:
    """Declare an optional raster of elevations in m, of which those that no land has are fill values and missing."""

    def read(algorithm: QgsProcessingAlgorithm, parameters: dict, context: QgsProcessingContext) -> RasterSource:
        return replace(declared.read(algorithm, parameters, context), possible=ELEVATIONS)

    declared = raster(name, "Elevation [m]", help_text, optional=True)
    return replace(declared, read=read)


def rasters(name: str, label: str, help_text: str, optional: bool = False, advanced: bool = False) -> Parameter:
    """Declare several rasters; read as a list of `RasterSource`."""

    def read(algorithm: QgsProcessingAlgorithm, parameters: dict, context: QgsProcessingContext) -> list[RasterSource]:
        sources, opened = [], set()
        for value in _list_values(algorithm, parameters, name, context):
            layer = raster_layer(value, context)
            sources.append(raster_source(layer, value if isinstance(value, str) else name))
            opened |= {layer.id()} if layer is not None else set()
        # QGIS has opened files for us alone and would keep them: 5 MB for a year of days, four of them for each year.
        for layer_id in opened:
            context.temporaryLayerStore().removeMapLayer(layer_id)
        return sources

    definition = QgsProcessingParameterMultipleLayers(name, tr(label), Source.TypeRaster, optional=optional)
    return _declared(definition, help_text, advanced, read, lambda sources: [_path_text(source) for source in sources])


def _list_values(
    algorithm: QgsProcessingAlgorithm, parameters: dict, name: str, context: QgsProcessingContext
) -> list[Any]:
    """Return layers and texts of a list; anything else, such as an expression, as the layers that QGIS makes of it."""
    values = given_values(parameters.get(name))
    if all(isinstance(one, (str, QgsMapLayer)) for one in values):
        return values
    return algorithm.parameterAsLayerList(parameters, name, context)


def _read_layer(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict,
    name: str,
    context: QgsProcessingContext,
    kinds: Sequence[int],
) -> RasterSource | VectorTable:
    layer = algorithm.parameterAsLayer(parameters, name, context)
    if isinstance(layer, QgsVectorLayer) and not layer.isSpatial():
        # A NetCDF file, which QGIS opens as a table where it does not know that a raster will do.
        layer = raster_layer(layer, context)
    if isinstance(layer, QgsRasterLayer):
        return raster_source(layer, name)
    if isinstance(layer, QgsVectorLayer):
        return vector_table(layer, kinds)
    value = algorithm.parameterAsString(parameters, name, context)
    if opens_by_gdal(value):
        return raster_source(None, value)
    raise InputError(f"{name} '{value}' is neither a raster nor a vector layer: choose one that QGIS can open.")


def raster_or_vector(
    name: str, label: str, help_text: str, kinds: Sequence[int], optional: bool = False, advanced: bool = False
) -> Parameter:
    """Declare a raster or vector layer; read as a `RasterSource` or a `VectorTable`."""
    definition = QgsProcessingParameterMapLayer(name, tr(label), optional=optional, types=[Source.TypeRaster, *kinds])
    return _declared(
        definition,
        help_text,
        advanced,
        lambda algorithm, parameters, context: _read_layer(algorithm, parameters, name, context, kinds),
        _source_text,
    )


def vector(
    name: str, label: str, help_text: str, kinds: Sequence[int], optional: bool = False, advanced: bool = False
) -> Parameter:
    """Declare a vector layer; read as a `VectorTable`."""
    definition = QgsProcessingParameterVectorLayer(name, tr(label), list(kinds), optional=optional)
    return _declared(
        definition,
        help_text,
        advanced,
        lambda algorithm, parameters, context: _read_layer(algorithm, parameters, name, context, kinds),
        _source_text,
    )


def table(name: str, label: str, help_text: str) -> Parameter:
    """Declare a table, for example a CSV file, or a layer whose geometries do not matter; read as `AttributeTable`."""

    def read(algorithm: QgsProcessingAlgorithm, parameters: dict, context: QgsProcessingContext) -> AttributeTable:
        layer = algorithm.parameterAsVectorLayer(parameters, name, context)
        return attribute_table(layer, algorithm.parameterAsString(parameters, name, context))

    definition = QgsProcessingParameterVectorLayer(name, tr(label), [Source.TypeVector])
    return _declared(definition, help_text, False, read, _source_text)


def tables(name: str, label: str, help_text: str) -> Parameter:
    """Declare several tables, optional; read as a list of `AttributeTable`."""
    definition = QgsProcessingParameterMultipleLayers(name, tr(label), Source.TypeVector, optional=True)
    return _declared(
        definition,
        help_text,
        False,
        lambda algorithm, parameters, context: [
            attribute_table(layer, name) for layer in algorithm.parameterAsLayerList(parameters, name, context)
        ],
        lambda sources: [source.path for source in sources],
    )


def field(
    name: str,
    label: str,
    help_text: str,
    parent: str,
    optional: bool = True,
    advanced: bool = False,
    default: Optional[str] = None,
) -> Parameter:
    """Declare a field of a layer; read as its name. With a default it has to be optional, else QGIS ignores that."""
    definition = QgsProcessingParameterField(
        name, tr(label), default, parentLayerParameterName=parent, optional=optional
    )
    return _declared(definition, help_text, advanced, _read_string(name))


def fields(name: str, label: str, help_text: str, parent: str, default: Sequence[str]) -> Parameter:
    """Declare several fields of a layer; read as a list of their names. Optional, as `field`."""
    definition = QgsProcessingParameterField(
        name, tr(label), ";".join(default), parentLayerParameterName=parent, allowMultiple=True, optional=True
    )

    def read(algorithm: QgsProcessingAlgorithm, parameters: dict, context: QgsProcessingContext) -> list[str]:
        # The newer one is absent in QGIS 3.22, the older one deprecated in 3.40.
        as_names = getattr(algorithm, "parameterAsStrings", None) or algorithm.parameterAsFields
        return as_names(parameters, name, context)

    return _declared(definition, help_text, False, read, list)


def number(
    name: str,
    label: str,
    help_text: str,
    default: Optional[float] = None,
    minimum: float = -1e300,
    maximum: float = 1e300,
    optional: bool = False,
    advanced: bool = False,
) -> Parameter:
    """Declare a number with a range; read as a float."""
    definition = QgsProcessingParameterNumber(
        name, tr(label), QgsProcessingParameterNumber.Type.Double, default, optional, minimum, maximum
    )
    return _declared(
        definition,
        help_text,
        advanced,
        lambda algorithm, parameters, context: algorithm.parameterAsDouble(parameters, name, context),
        lambda value: [f"{value:g}"],
    )


def whole_number(
    name: str, label: str, help_text: str, default: int, minimum: int, maximum: int, advanced: bool = False
) -> Parameter:
    """Declare a whole number with a range; read as an int."""
    definition = QgsProcessingParameterNumber(
        name, tr(label), QgsProcessingParameterNumber.Type.Integer, default, False, minimum, maximum
    )
    return _declared(
        definition,
        help_text,
        advanced,
        lambda algorithm, parameters, context: algorithm.parameterAsInt(parameters, name, context),
    )


def _read_string(name: str) -> Callable[[QgsProcessingAlgorithm, dict, QgsProcessingContext], str]:
    return lambda algorithm, parameters, context: algorithm.parameterAsString(parameters, name, context)


def text(
    name: str, label: str, help_text: str, default: str = "", optional: bool = False, advanced: bool = False
) -> Parameter:
    """Declare a text; read as a str."""
    definition = QgsProcessingParameterString(name, tr(label), default, optional=optional)
    return _declared(definition, help_text, advanced, _read_string(name))


def choice(
    name: str, label: str, help_text: str, options: Sequence[str], default: str, advanced: bool = False
) -> Parameter:
    """Declare a choice between lower-case tokens; read as the token."""
    definition = QgsProcessingParameterEnum(
        name, tr(label), list(options), defaultValue=default, usesStaticStrings=True
    )
    return _declared(
        definition,
        help_text,
        advanced,
        lambda algorithm, parameters, context: algorithm.parameterAsEnumString(parameters, name, context),
    )


def switch(name: str, label: str, help_text: str, default: bool, advanced: bool = False) -> Parameter:
    """Declare a yes or no; read as a bool."""
    return _declared(
        QgsProcessingParameterBoolean(name, tr(label), default),
        help_text,
        advanced,
        lambda algorithm, parameters, context: algorithm.parameterAsBoolean(parameters, name, context),
        lambda value: [str(value).lower()],
    )


def input_file(
    name: str, label: str, help_text: str, extension: str, optional: bool = False, advanced: bool = False
) -> Parameter:
    """Declare a file that exists; read as its path."""
    definition = QgsProcessingParameterFile(
        name, tr(label), QgsProcessingParameterFile.Behavior.File, extension, None, optional
    )
    return _declared(
        definition,
        help_text,
        advanced,
        lambda algorithm, parameters, context: algorithm.parameterAsFile(parameters, name, context),
    )


def input_files(name: str, label: str, help_text: str) -> Parameter:
    """Declare several files that exist; read as a list of their paths. What a model leaves empty is passed over."""
    definition = QgsProcessingParameterMultipleLayers(name, tr(label), Source.TypeFile)
    return _declared(
        definition,
        help_text,
        False,
        lambda algorithm, parameters, context: list(
            filter(None, algorithm.parameterAsFileList(parameters, name, context))
        ),
        list,
    )


def input_folder(name: str, label: str, help_text: str) -> Parameter:
    """Declare a folder that exists; read as its path."""
    definition = QgsProcessingParameterFile(name, tr(label), QgsProcessingParameterFile.Behavior.Folder)
    return _declared(
        definition,
        help_text,
        False,
        lambda algorithm, parameters, context: algorithm.parameterAsFile(parameters, name, context),
    )


def extent(name: str, label: str, help_text: str) -> Parameter:
    """Declare a rectangle, optional; read as a `Grid` of one cell, whose CRS is empty where none is said."""

    def read(algorithm: QgsProcessingAlgorithm, parameters: dict, context: QgsProcessingContext) -> Grid:
        box = algorithm.parameterAsExtent(parameters, name, context)
        crs = algorithm.parameterAsExtentCrs(parameters, name, context)
        corner = (box.xMinimum(), box.width(), 0.0, box.yMaximum(), 0.0, -box.height())
        return Grid(1, 1, corner, crs_wkt(crs))

    def text(grid: Grid) -> list[str]:
        xmin, ymin, xmax, ymax = grid.bounds
        name = QgsCoordinateReferenceSystem.fromWkt(grid.crs_wkt).authid()
        return [f"{xmin:.12g},{xmax:.12g},{ymin:.12g},{ymax:.12g}" + (f" [{name}]" if name else "")]

    return _declared(QgsProcessingParameterExtent(name, tr(label), optional=True), help_text, False, read, text)


def crs(name: str, label: str, help_text: str) -> Parameter:
    """Declare a CRS, optional; read as WKT."""
    return _declared(
        QgsProcessingParameterCrs(name, tr(label), optional=True),
        help_text,
        False,
        lambda algorithm, parameters, context: crs_wkt(algorithm.parameterAsCrs(parameters, name, context)),
        lambda wkt: [QgsCoordinateReferenceSystem.fromWkt(wkt).authid() or wkt],
    )


def calendar_day(name: str, label: str, help_text: str) -> Parameter:
    """Declare a date, optional; read as a `datetime.date`."""
    definition = QgsProcessingParameterDateTime(
        name, tr(label), QgsProcessingParameterDateTime.Type.Date, optional=True
    )
    return _declared(
        definition,
        help_text,
        False,
        lambda algorithm, parameters, context: (
            algorithm.parameterAsDateTime(parameters, name, context).date().toPyDate()
        ),
    )


def matrix(name: str, label: str, help_text: str, headers: Sequence[str], advanced: bool = False) -> Parameter:
    """Declare a table to type in; read as a flat list. Optional, since QGIS 3.22 finds no default of it headless."""
    definition = QgsProcessingParameterMatrix(
        name, tr(label), numberRows=3, hasFixedNumberRows=False, headers=list(headers), optional=True
    )
    return _declared(
        definition,
        help_text,
        advanced,
        lambda algorithm, parameters, context: algorithm.parameterAsMatrix(parameters, name, context),
        lambda cells: [",".join(str(cell) for cell in cells)],
    )


def raster_output(
    name: str,
    label: str,
    help_text: str,
    style: Optional[Style] = None,
    optional: bool = False,
    by_default: bool = True,
) -> Parameter:
    """Declare a raster that is written; read as its path. The dialog proposes it, unless not `by_default`."""
    definition = QgsProcessingParameterRasterDestination(name, tr(label), optional=optional, createByDefault=by_default)
    return _declared(
        definition,
        help_text,
        False,
        lambda algorithm, parameters, context: algorithm.parameterAsOutputLayer(parameters, name, context),
        lambda path: [str(path)],
        style,
    )


def _file_output(name: str, label: str, help_text: str, file_filter: str, by_default: bool) -> Parameter:
    definition = QgsProcessingParameterFileDestination(
        name, tr(label), file_filter, optional=True, createByDefault=by_default
    )
    return _declared(
        definition,
        help_text,
        False,
        lambda algorithm, parameters, context: algorithm.parameterAsFileOutput(parameters, name, context),
    )


def report_output(name: str = "OUTPUT_HTML", label: str = "Report") -> Parameter:
    """Declare the report; read as its path."""
    help_text = (
        "One self-contained HTML file with the method in sentences, the figures, the tables and the parameters of "
        "the run. It opens in any browser and needs no network."
    )
    return _file_output(name, label, help_text, "HTML files (*.html)", True)


def picture_output(name: str, label: str, help_text: str) -> Parameter:
    """Declare a picture; read as its path."""
    return _file_output(name, label, help_text, "PNG files (*.png)", False)


def model_output(name: str, label: str, help_text: str) -> Parameter:
    """Declare a GST model that is written; read as its path."""
    return _file_output(name, label, help_text, "JSON files (*.json)", True)


def csv_output(name: str, label: str, help_text: str) -> Parameter:
    """Declare a CSV file that is written, where another algorithm reads it as a file; read as its path."""
    return _file_output(name, label, help_text, "CSV files (*.csv)", True)


def folder_output(name: str, label: str, help_text: str) -> Parameter:
    """Declare a folder that is written to; read as its path."""
    return _declared(
        QgsProcessingParameterFolderDestination(name, tr(label)),
        help_text,
        False,
        lambda algorithm, parameters, context: algorithm.parameterAsFileOutput(parameters, name, context),
    )


def table_output(name: str, label: str, help_text: str) -> Parameter:
    """Declare a table that is written; the run fills it with `Task.write_table`."""
    return _sink(name, label, help_text, Source.TypeVector)


def points_output(name: str, label: str, help_text: str) -> Parameter:
    """Declare a layer of points that is written; the run fills it with `Task.write_table`."""
    return _sink(name, label, help_text, Source.TypeVectorPoint)


def _sink(name: str, label: str, help_text: str, kind: int) -> Parameter:
    definition = QgsProcessingParameterFeatureSink(name, tr(label), kind, optional=True, createByDefault=True)
    return _declared(definition, help_text, False, _read_string(name))


def running_parameters() -> tuple[Parameter, Parameter]:
    """Declare threads and memory, which every algorithm over blocks has."""
    return (
        whole_number(
            "THREADS",
            "Threads",
            "Number of threads that read and compute; 0 takes one per processor. The result does not depend on it.",
            0,
            0,
            256,
            advanced=True,
        ),
        whole_number(
            "MEMORY",
            "Memory [MB]",
            "What the blocks under way may take together. A smaller number makes smaller blocks; the result is the "
            "same.",
            1024,
            64,
            1_000_000,
            advanced=True,
        ),
    )


def scheduler_parameter() -> Parameter:
    """Declare the cluster that algorithms with long runs may use."""
    return text(
        "SCHEDULER",
        "Dask scheduler",
        "Address of the scheduler of a Dask cluster that computes in place of this machine, such as "
        "tcp://192.168.1.10:8786. Its machines need this plugin's folder, GDAL and the inputs under the same names, "
        "but no QGIS; docs/cluster.md tells how to start one. The result does not depend on it.",
        optional=True,
        advanced=True,
    )


def seed_parameter(help_text: str, default: int = 1, advanced: bool = True) -> Parameter:
    """Declare the seed of a random generator; the help says what equal seeds repeat."""
    return whole_number("SEED", "Seed", help_text, default, 0, 2**31 - 1, advanced)


def bootstrap_parameters() -> tuple[Parameter, Parameter]:
    """Declare the blocks and the seed of a block bootstrap, which every comparison with a reference map has."""
    return (
        whole_number(
            "BLOCK_SIZE",
            "Block of the bootstrap [cells]",
            "Side of the square blocks that the bootstrap draws; choose it larger than the distance over which errors "
            "are correlated. 0 leaves the bootstrap out.",
            10,
            0,
            10_000,
            advanced=True,
        ),
        seed_parameter("The same seed reproduces the same bootstrap intervals."),
    )


def skip_parameter(what: str) -> Parameter:
    """Declare the switch of an algorithm that names an input in ``PASSES_WITHOUT``.

    A model cannot leave a step out and still use what other steps and this one give together: QGIS leaves out all
    that follows, too.
    """
    return switch(
        SKIP,
        f"Pass without {what}",
        f"For models: without {what}, end well and write nothing instead of refusing to run.",
        False,
        advanced=True,
    )


# Where and on how many threads a run is computed does not change what it gives.
INDIFFERENT = ("THREADS", "SCHEDULER")


def given(parameters: dict, parameter: Parameter) -> bool:
    """Whether the user, the model or a default gives a value to a parameter.

    A model passes null for its own inputs that are left out; QGIS then takes the default, as here.
    """
    value = parameters.get(parameter.name)
    if _is_null(value):
        value = parameter.definition.defaultValue()
    return bool(given_values(value))


def given_values(value: Any) -> list[Any]:
    """Return what a value holds, as a list; a model has a null or an empty text in it for a step that wrote nothing."""
    values = list(value) if isinstance(value, (list, tuple)) else [value]
    return [one for one in values if not _is_null(one) and one != ""]


def is_needed(parameter: Parameter) -> bool:
    """Whether a parameter has to have a value; a field with a default is optional to QGIS alone, see `field`."""
    definition = parameter.definition
    is_field = isinstance(definition, QgsProcessingParameterField) and definition.defaultValue() is not None
    return is_field or not definition.flags() & Flag.FlagOptional


def _is_null(value: Any) -> bool:
    return value is None or (hasattr(value, "isNull") and value.isNull())


def is_layer(definition: QgsProcessingParameterDefinition, value: Any, context: QgsProcessingContext) -> bool:
    """Tell whether a value of a layer, or one of a list of layers, can be opened: by QGIS, or as a raster by GDAL."""
    is_list = isinstance(definition, QgsProcessingParameterMultipleLayers)
    if definition.checkValueIsAcceptable([value] if is_list else value, context):
        return True
    return _takes_rasters(definition) and opens_by_gdal(value)


def with_layers(parameters: dict, declared: Iterable[Parameter], context: QgsProcessingContext) -> dict:
    """Return parameters for QGIS' own check, with layers in place of rasters that GDAL opens and QGIS does not.

    Such are subdatasets and files in archives.
    """
    changed = dict(parameters)
    for parameter in declared:
        definition, value = parameter.definition, parameters.get(parameter.name)
        if value is None or not _takes_rasters(definition):
            continue
        if isinstance(definition, QgsProcessingParameterMultipleLayers):
            values = value if isinstance(value, list) else [value]
            changed[parameter.name] = [_acceptable(definition, one, context) for one in values]
        else:
            changed[parameter.name] = _acceptable(definition, value, context)
    return changed


def _acceptable(definition: QgsProcessingParameterDefinition, value: Any, context: QgsProcessingContext) -> Any:
    is_list = isinstance(definition, QgsProcessingParameterMultipleLayers)
    if not isinstance(value, str) or definition.checkValueIsAcceptable([value] if is_list else value, context):
        return value
    source = raster_source(None, value)
    layer = QgsRasterLayer(_path_text(source), source.name, "gdal")
    context.temporaryLayerStore().addMapLayer(layer)
    return layer


def _takes_rasters(definition: QgsProcessingParameterDefinition) -> bool:
    if isinstance(definition, QgsProcessingParameterMultipleLayers):
        return definition.layerType() == Source.TypeRaster
    return isinstance(definition, (QgsProcessingParameterRasterLayer, QgsProcessingParameterMapLayer))
