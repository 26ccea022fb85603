"""Vector layers as the user may not expect them: selected in part, without geometries or values."""

from __future__ import annotations

from dataclasses import replace
from typing import Optional, Sequence

from qgis.core import QgsRectangle, QgsVectorLayer

from ...core.errors import InputError
from ...core.language import tr
from ...core.tabletext import is_missing
from ...core.textfile import TEXT_FILES
from .vectors import VectorTable, vector_table

# Files of tables; any other layer without geometries may hold none at the moment.
TABLES = (*TEXT_FILES, ".dbf", ".xlsx", ".ods")


def feature_table(layer: QgsVectorLayer, kinds: Sequence[int] = (), part: Optional[QgsRectangle] = None) -> VectorTable:
    """Read a vector layer as `vector_table` does, and note that all of its features are used where some are selected.

    Raises
    ------
    InputError
        Also if it is a table without geometries.
    """
    table = vector_table(layer, kinds, part)
    if not table.wkb and layer.featureCount() and table.path.partition("|")[0].lower().endswith(TABLES):
        raise InputError(
            tr(
                "'{name}' is a table without geometries: make a layer of its columns of coordinates by 'Create points "
                "layer from table', and choose that one.",
                name=table.name,
            )
        )
    selected = layer.selectedFeatureCount()
    if not selected or selected == layer.featureCount():
        return table
    note = tr(
        "All {count} features of '{name}' are used, not only the selected ones ({selected}): save these as a layer if "
        "only they are meant.",
        count=layer.featureCount(),
        name=table.name,
        selected=selected,
    )
    return replace(table, notes=(*table.notes, note))


def empty_note(table: VectorTable, field: Optional[str], is_name: bool) -> str:
    """Return a sentence about polygons or points without a value in a field; empty where all have one.

    Parameters
    ----------
    table : VectorTable
    field : str, optional
    is_name : bool
        Whether the field names districts or regions, rather than what is compared.
    """
    values = table.fields.get(field or "", ())
    empty = sum(map(is_missing, values))
    if not empty:
        return ""
    said = {"empty": empty, "count": len(values), "name": table.name, "field": field}
    if is_name:
        return tr(
            "Without a name in field '{field}' are {empty} of the {count} features of '{name}', which are listed as "
            "'None' or without a name: fill in the field.",
            **said,
        )
    return tr(
        "Without a value in field '{field}' are {empty} of the {count} features of '{name}', which are not compared.",
        **said,
    )
