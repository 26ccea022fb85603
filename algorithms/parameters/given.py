"""Whether a parameter has a value: dialogs, models and defaults each represent a missing one differently."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingParameterField

from .declaration import Flag, Parameter


def given(parameters: dict, parameter: Parameter) -> bool:
    """Return whether a parameter has a value from the user, a model or a default.

    A model passes null for its inputs that are left out; QGIS then uses the default, as here.
    """
    value = parameters.get(parameter.name)
    if _is_null(value):
        value = parameter.definition.defaultValue()
    return bool(given_values(value))


def given_values(value: Any) -> list[Any]:
    """Return the items of a value as a list, without the nulls and empty texts of model steps that wrote nothing."""
    values = list(value) if isinstance(value, (list, tuple)) else [value]
    return [one for one in values if not _is_null(one) and one != ""]


def is_needed(parameter: Parameter) -> bool:
    """Return whether a parameter needs a value; a field with a default is optional only for QGIS, see `field`."""
    definition = parameter.definition
    is_field = isinstance(definition, QgsProcessingParameterField) and definition.defaultValue() is not None
    return is_field or not definition.flags() & Flag.FlagOptional


def _is_null(value: Any) -> bool:
    return value is None or (hasattr(value, "isNull") and value.isNull())
