"""Vector layers and tables as the user may not expect them: selected in part, without geometry, in another encoding."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Optional, Sequence, TypeVar

from qgis.core import QgsVectorLayer

from ...core.errors import InputError
from ...core.language import tr
from ...core.tabletext import is_missing
from ...core.textfile import BLOCK, TEXT_FILES, suspected_encoding
from .tables import AttributeTable, VectorTable, vector_table

# The only files whose texts may be in any encoding, named in a file with the ending .cpg beside them.
ANY_ENCODING = (".shp", ".dbf")

# Files of tables; any other layer without geometries may hold none at the moment.
TABLES = (*TEXT_FILES, ".dbf", ".xlsx", ".ods")

# What stands in place of bytes that are no text.
REPLACEMENT = "\ufffd"

Table = TypeVar("Table", bound=AttributeTable)


def feature_table(layer: QgsVectorLayer, kinds: Sequence[int] = ()) -> VectorTable:
    """Read a vector layer as `vector_table` does, and note that all of its features are used where some are selected.

    Raises
    ------
    InputError
        Also if it is a table without geometries, or its texts are in another encoding.
    """
    table = decoded(vector_table(layer, kinds))
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


def decoded(table: Table) -> Table:
    """Return a table whose texts QGIS has read in their encoding.

    Raises
    ------
    InputError
        If they are in another one, as in shapefiles that have lost their .cpg file: different names would be the same.
    """
    file = table.path.partition("|")[0]
    if file.lower().endswith(ANY_ENCODING) and any(map(_is_garbled, _texts(table))):
        base = os.path.splitext(file)[0]
        encoding = _encoding_of(f"{base}.dbf")
        raise InputError(
            tr(
                "Layer '{name}' holds texts in another encoding than QGIS takes it to have{encoding}: choose that in "
                "the properties of the layer, or write its name into the file '{cpg}'.",
                name=table.name,
                encoding=tr(", which seems to be {encoding}", encoding=encoding) if encoding else "",
                cpg=f"{os.path.basename(base)}.cpg",
            )
        )
    return table


def _texts(table: AttributeTable) -> set[str]:
    """Return the different texts of a table, names of fields included."""
    return {text for values in table.fields.values() for text in values.distinct if type(text) is str} | set(
        table.fields
    )


def _is_garbled(text: str) -> bool:
    """Return whether bytes of a text could not be read, but for a character that is cut at the end of a long one."""
    return REPLACEMENT in (text.rstrip(REPLACEMENT) or text)


def _encoding_of(path: str) -> str:
    """Return the encoding that the records of a dBase file seem to be in; empty where that cannot be told."""
    try:
        with open(path, "rb") as file:
            content = file.read(BLOCK)
    except OSError:
        return ""
    return suspected_encoding(content[int.from_bytes(content[8:10], "little") :])


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
