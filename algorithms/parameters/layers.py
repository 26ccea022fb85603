"""Parameters that are layers."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import Any, Iterable, Optional, Sequence

from qgis.core import (
    QgsMapLayer,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterMapLayer,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterVectorLayer,
    QgsRasterLayer,
    QgsVectorLayer,
)

from ...core.errors import InputError
from ...core.language import tr
from ...core.prepare.elevation import ELEVATIONS
from ...core.units import require_unit
from ...raster.read.rasters import RasterSource
from ..layers import (
    AttributeTable,
    VectorTable,
    feature_table,
    needs_no_layer,
    opens_by_gdal,
    part_near,
    raster_layer,
    raster_source,
)
from .declaration import Parameter, Source, declare
from .given import given_values


def _source_text(source: RasterSource | AttributeTable) -> list[str]:
    return [_path_text(source) if isinstance(source, RasterSource) else source.path]


def _path_text(source: RasterSource) -> str:
    """Write a raster as QGIS takes it: the path, and the options with which GDAL opens it."""
    return "".join([source.path, *(f"|option:{option}" for option in source.open_options)])


def raster(
    name: str,
    label: str,
    help_text: str,
    optional: bool = False,
    advanced: bool = False,
    one_band: bool = True,
    unit: str = "",
) -> Parameter:
    """Declare a raster; read as a `RasterSource`.

    `one_band` is False where all its bands, or none, are read; `unit` is what they have to be in, if they have a tag.
    """

    def read(algorithm: QgsProcessingAlgorithm, parameters: dict, context: QgsProcessingContext) -> RasterSource:
        is_file = needs_no_layer(parameters.get(name), context)
        layer = None if is_file else algorithm.parameterAsRasterLayer(parameters, name, context)
        source = raster_source(layer, algorithm.parameterAsString(parameters, name, context))
        _require_unit(source, unit, one_band)
        return source

    definition = OneRaster(name, tr(label), optional=optional)
    return replace(declare(definition, help_text, advanced, read, _source_text), one_band=one_band)


def _require_unit(source: RasterSource, unit: str, one_band: bool) -> None:
    """Refuse a raster that is tagged with another unit than one of `core.units.REMEDIES`; any, if that is empty."""
    if unit:
        units = source.look().units
        require_unit(units[source.band - 1 : source.band] if one_band else units, unit, source.name)


def elevation(name: str, help_text: str, optional: bool = True) -> Parameter:
    """Declare a raster of elevations in m; impossible ones are fill values and read as missing."""

    def read(algorithm: QgsProcessingAlgorithm, parameters: dict, context: QgsProcessingContext) -> RasterSource:
        return replace(declared.read(algorithm, parameters, context), possible=ELEVATIONS)

    declared = raster(name, "Elevation [m]", help_text, optional, unit="m")
    return replace(declared, read=read)


class OneRaster(QgsProcessingParameterRasterLayer):
    """A raster that QGIS does not open as a layer, only to see whether it can, where it is a file."""

    def checkValueIsAcceptable(self, value: Any, context: Optional[QgsProcessingContext] = None) -> bool:
        """Return whether it can be opened; called by qgis_process and by the check of QGIS."""
        if context is not None and needs_no_layer(value, context):
            return True
        return super().checkValueIsAcceptable(value, context)


class RasterList(QgsProcessingParameterMultipleLayers):
    """A list of rasters in which QGIS does not open each file as a layer, only to see whether it can."""

    def checkValueIsAcceptable(self, value: Any, context: Optional[QgsProcessingContext] = None) -> bool:
        """Return whether all can be opened; called by qgis_process and by the check of QGIS."""
        values = given_values(value)
        if values and context is not None and all(needs_no_layer(one, context) for one in values):
            return True
        return super().checkValueIsAcceptable(value, context)


def rasters(
    name: str, label: str, help_text: str, optional: bool = False, one_band: bool = False, unit: str = ""
) -> Parameter:
    """Declare several rasters, see `raster`; read as a list of `RasterSource`."""

    def read(algorithm: QgsProcessingAlgorithm, parameters: dict, context: QgsProcessingContext) -> list[RasterSource]:
        sources, opened = [], set()
        for value in _list_values(algorithm, parameters, name, context):
            layer = None if needs_no_layer(value, context) else raster_layer(value, context)
            sources.append(raster_source(layer, value if isinstance(value, str) else name))
            opened |= {layer.id()} if layer is not None else set()
        # QGIS would keep layers that it has opened only for this: 5 MB for a year of days, four of them for each year.
        for layer_id in opened:
            context.temporaryLayerStore().removeMapLayer(layer_id)
        for source in sources:
            _require_unit(source, unit, one_band)
        return sources

    definition = RasterList(name, tr(label), Source.TypeRaster, optional=optional)
    declared = declare(definition, help_text, False, read, lambda sources: [_path_text(source) for source in sources])
    return replace(declared, one_band=one_band)


def _list_values(
    algorithm: QgsProcessingAlgorithm, parameters: dict, name: str, context: QgsProcessingContext
) -> list[Any]:
    """Return layers and texts of a list; anything else, such as an expression, as the layers that it evaluates to."""
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
    near: Sequence[str],
) -> RasterSource | VectorTable:
    layer = algorithm.parameterAsLayer(parameters, name, context)
    if isinstance(layer, QgsVectorLayer) and not layer.isSpatial():
        # A NetCDF file, which QGIS opens as a table unless it is asked for a raster.
        layer = raster_layer(layer, context)
    if isinstance(layer, QgsRasterLayer):
        return raster_source(layer, name)
    if isinstance(layer, QgsVectorLayer):
        raster = _first_raster(parameters, near, context)
        return feature_table(layer, kinds, None if raster is None else part_near(layer, raster))
    value = algorithm.parameterAsString(parameters, name, context)
    if opens_by_gdal(value):
        return raster_source(None, value)
    raise InputError(
        tr(
            "{name} '{value}' is neither a raster nor a vector layer: choose one that QGIS can open.",
            name=name,
            value=value,
        )
    )


def _first_raster(parameters: dict, names: Sequence[str], context: QgsProcessingContext) -> RasterSource | None:
    """Return the first raster of some parameters that are given; None where it is no file and no layer."""
    for value in chain.from_iterable(given_values(parameters.get(name)) for name in names):
        if needs_no_layer(value, context):
            return raster_source(None, value)
        layer = raster_layer(value, context) if isinstance(value, (str, QgsMapLayer)) else None
        return raster_source(layer, "") if isinstance(layer, QgsRasterLayer) else None
    return None


def raster_or_vector(
    name: str,
    label: str,
    help_text: str,
    kinds: Sequence[int],
    optional: bool = False,
    advanced: bool = False,
    near: Sequence[str] = (),
) -> Parameter:
    """Declare a raster or vector layer; read as a `RasterSource` or a `VectorTable`.

    `near` names the parameters of rasters of which the first that is given says what part of a large vector layer is
    read, see `part_near`.
    """
    definition = QgsProcessingParameterMapLayer(name, tr(label), optional=optional, types=[Source.TypeRaster, *kinds])
    declared = declare(
        definition,
        help_text,
        advanced,
        lambda algorithm, parameters, context: _read_layer(algorithm, parameters, name, context, kinds, near),
        _source_text,
    )
    return replace(declared, one_band=True)


def vector(
    name: str,
    label: str,
    help_text: str,
    kinds: Sequence[int],
    optional: bool = False,
    advanced: bool = False,
    near: Sequence[str] = (),
) -> Parameter:
    """Declare a vector layer; read as a `VectorTable`; `near` as for `raster_or_vector`."""
    definition = QgsProcessingParameterVectorLayer(name, tr(label), list(kinds), optional=optional)
    return declare(
        definition,
        help_text,
        advanced,
        lambda algorithm, parameters, context: _read_layer(algorithm, parameters, name, context, kinds, near),
        _source_text,
    )


def is_layer(definition: QgsProcessingParameterDefinition, value: Any, context: QgsProcessingContext) -> bool:
    """Return whether the value of a layer, or one of a list, can be opened: by QGIS, or as a raster by GDAL."""
    return _is_accepted(definition, value, context) or (_takes_rasters(definition) and opens_by_gdal(value))


def _is_accepted(definition: QgsProcessingParameterDefinition, value: Any, context: QgsProcessingContext) -> bool:
    """Return whether QGIS accepts a layer, or one of a list."""
    is_list = isinstance(definition, QgsProcessingParameterMultipleLayers)
    # The definition may be a copy that has lost what `OneRaster` and `RasterList` add.
    takes_files = isinstance(definition, QgsProcessingParameterRasterLayer) or (is_list and _takes_rasters(definition))
    if takes_files and needs_no_layer(value, context):
        return True
    return definition.checkValueIsAcceptable([value] if is_list else value, context)


def with_layers(parameters: dict, declared: Iterable[Parameter], context: QgsProcessingContext) -> dict:
    """Return parameters for QGIS' own check, with layers in place of rasters that GDAL opens and QGIS does not.

    These are subdatasets and files in archives.
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
    if not isinstance(value, str) or _is_accepted(definition, value, context):
        return value
    try:
        source = raster_source(None, value)
    except InputError:
        # It has vanished since it was looked at: QGIS says so.
        return value
    layer = QgsRasterLayer(_path_text(source), source.name, "gdal")
    context.temporaryLayerStore().addMapLayer(layer)
    return layer


def _takes_rasters(definition: QgsProcessingParameterDefinition) -> bool:
    if isinstance(definition, QgsProcessingParameterMultipleLayers):
        return definition.layerType() == Source.TypeRaster
    return isinstance(definition, (QgsProcessingParameterRasterLayer, QgsProcessingParameterMapLayer))
