"""Messages about invalid values of parameters, where QGIS' own message lacks the name or the remedy."""

from __future__ import annotations

import math
import os
from typing import Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingDestinationParameter,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingParameterFile,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterNumber,
)

from ..core.errors import InputError
from ..core.language import tr
from ..raster.read.files import rasters_inside
from .layers import require_text
from .parameters import LAYERS, Parameter, given, given_values, is_layer, is_needed


def refusal(
    algorithm: QgsProcessingAlgorithm, parameter: Parameter, parameters: dict, context: QgsProcessingContext
) -> str:
    """Return what is wrong with a value where QGIS' own message lacks the remedy; empty where nothing is."""
    # The declared definition, not the one that QGIS owns: newer bindings return that one with a wrong type, and
    # crash when Python releases it.
    name, definition = parameter.name, parameter.definition
    if not given(parameters, parameter):
        needed = is_needed(parameter)
        return (
            tr(
                "{name} is not given: choose a value for '{description}'.",
                name=name,
                description=definition.description(),
            )
            if needed
            else ""
        )
    if isinstance(definition, QgsProcessingParameterNumber):
        # QGIS takes a text that is no number, such as 0,02, for 0 if a parameter is optional.
        value = parameters.get(name)
        if isinstance(value, str) and not _is_number(value):
            return tr(
                "{name} is '{value}' and has to be a number: write it with a decimal point.", name=name, value=value
            )
        return _range_sentence(parameter, algorithm.parameterAsDouble(parameters, name, context))
    if isinstance(definition, LAYERS) and isinstance(parameters[name], QgsProcessingFeatureSourceDefinition):
        return _selected(name)
    if isinstance(definition, LAYERS) and not is_layer(definition, parameters[name], context):
        value = algorithm.parameterAsString(parameters, name, context)
        return _no_layer(name, value)
    if isinstance(definition, QgsProcessingParameterMultipleLayers):
        values = given_values(parameters[name])
        wrong = [value for value in values if not is_layer(definition, value, context)]
        return _no_layer(name, wrong[0]) if wrong else ""
    if isinstance(definition, QgsProcessingParameterFile) and not definition.checkValueIsAcceptable(
        parameters[name], context
    ):
        value = algorithm.parameterAsString(parameters, name, context)
        return tr(
            "{name} '{value}' does not end in '.{extension}': choose a file that does.",
            name=name,
            value=value,
            extension=definition.extension(),
        )
    if isinstance(definition, QgsProcessingDestinationParameter):
        # Only the registered definition knows the formats, from its provider.
        registered = algorithm.parameterDefinition(name)
        # In a separate context, since QGIS registers the file as a layer to load: a temporary one gets a new name.
        aside = QgsProcessingContext()
        aside.copyThreadSafeSettings(context)
        supported, reason = registered.isSupportedOutputValue(parameters.get(name), aside)
        return (
            ""
            if supported
            else tr("{name} cannot be written, {reason}: choose another file name.", name=name, reason=reason)
        )
    return ""


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def _range_sentence(parameter: Parameter, value: float) -> str:
    definition = parameter.definition
    low, high = definition.minimum(), definition.maximum()
    if low <= value <= high:
        return ""
    limits = (
        tr("between {low:g} and {high:g}", low=low, high=high)
        if low > -1e300 and high < 1e300
        else tr("at least {low:g}", low=low)
    )
    return tr("{name} is {value:g} and has to be {limits}.", name=parameter.name, value=value, limits=limits)


def _selected(name: str) -> str:
    return tr(
        "{name} is given as the selected features of a layer, and whole layers are read here: save the selected "
        "features as a layer, and choose that one.",
        name=name,
    )


def _no_layer(name: str, value: Any) -> str:
    try:
        require_text(str(value), os.path.basename(str(value)))
    except InputError as error:
        return str(error)
    inside = rasters_inside(str(value)) if os.path.isfile(str(value)) else []
    if inside:
        return tr(
            "{name} '{value}' holds several rasters and none of its own: choose one of them, such as '{inside}'.",
            name=name,
            value=os.path.basename(str(value)),
            inside=inside[0],
        )
    return tr(
        "{name} '{value}' cannot be opened as a layer: check that the file exists and is whole.", name=name, value=value
    )
