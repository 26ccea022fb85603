"""Whether a parameter has a value: QGIS, its models and its defaults each have their own way to leave one out."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingParameterField

from .declaration import Flag, Parameter


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
