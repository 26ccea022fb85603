"""Parameters that are tables or fields of layers."""

from __future__ import annotations

from typing import Optional, Sequence

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingParameterField,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterVectorLayer,
)

from ...core.language import tr
from ..layers import UnreadTable, attribute_table
from .declaration import Parameter, Source, declare, read_string


def table(
    name: str, label: str, help_text: str, optional: bool = False, fields: Optional[Sequence[str]] = None
) -> Parameter:
    """Declare a table, for example a CSV file, or a layer whose geometries do not matter.

    It is an `UnreadTable` in the algorithm's `check`, and an `AttributeTable` in `execute`. `fields` names the
    parameters that choose what is read of it; all fields are read without.
    """

    def read(algorithm: QgsProcessingAlgorithm, parameters: dict, context: QgsProcessingContext) -> UnreadTable:
        layer = algorithm.parameterAsVectorLayer(parameters, name, context)
        chosen = (_field_names(algorithm, parameters, of, context) for of in fields or ())
        wanted = None if fields is None else {one for names in chosen for one in names}
        return attribute_table(layer, algorithm.parameterAsString(parameters, name, context), wanted)

    definition = QgsProcessingParameterVectorLayer(name, tr(label), [Source.TypeVector], optional=optional)
    return declare(definition, help_text, False, read, lambda source: [source.path])


def tables(name: str, label: str, help_text: str) -> Parameter:
    """Declare several tables, optional; a list of what `table` declares one of."""
    definition = QgsProcessingParameterMultipleLayers(name, tr(label), Source.TypeVector, optional=True)
    return declare(
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
    """Declare a field of a layer; read as its name. QGIS ignores the default of a field that is not optional."""
    definition = QgsProcessingParameterField(
        name, tr(label), default, parentLayerParameterName=parent, optional=optional
    )
    return declare(definition, help_text, advanced, read_string(name))


def fields(name: str, label: str, help_text: str, parent: str, default: Sequence[str]) -> Parameter:
    """Declare several fields of a layer; read as a list of their names. Optional, as `field`."""
    definition = QgsProcessingParameterField(
        name, tr(label), ";".join(default), parentLayerParameterName=parent, allowMultiple=True, optional=True
    )

    def read(algorithm: QgsProcessingAlgorithm, parameters: dict, context: QgsProcessingContext) -> list[str]:
        return _field_names(algorithm, parameters, name, context)

    return declare(definition, help_text, False, read, list)


def _field_names(
    algorithm: QgsProcessingAlgorithm, parameters: dict, name: str, context: QgsProcessingContext
) -> list[str]:
    # The newer method is absent in QGIS 3.22, the older one deprecated in 3.40.
    as_names = getattr(algorithm, "parameterAsStrings", None) or algorithm.parameterAsFields
    return as_names(parameters, name, context)
