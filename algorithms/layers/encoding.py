"""Texts that QGIS has read in another encoding than they are in."""

from __future__ import annotations

import os
from typing import Mapping

from ...core.cells import Cells
from ...core.errors import InputError
from ...core.language import tr
from ...core.textfile import BLOCK, suspected_encoding

# The only files whose texts may be in any encoding, named in a file with the ending .cpg beside them.
ANY_ENCODING = (".shp", ".dbf")

# What stands in place of bytes that are no text.
REPLACEMENT = "\ufffd"


def require_decoded(fields: Mapping[str, Cells], name: str, path: str) -> None:
    """Raise an `InputError` if texts of a layer have been read in another encoding than they are in.

    That is so in shapefiles that have lost their .cpg file: different names would be the same.

    Parameters
    ----------
    fields : mapping
        Cells by name of the field, of those that are used.
    name, path : str
        Name and source of the layer.
    """
    file = path.partition("|")[0]
    if not file.lower().endswith(ANY_ENCODING) or not any(map(_is_garbled, _texts(fields))):
        return
    base = os.path.splitext(file)[0]
    encoding = _encoding_of(f"{base}.dbf")
    raise InputError(
        tr(
            "Layer '{name}' holds texts in another encoding than QGIS takes it to have{encoding}: choose that in "
            "the properties of the layer, or write its name into the file '{cpg}'.",
            name=name,
            encoding=tr(", which seems to be {encoding}", encoding=encoding) if encoding else "",
            cpg=f"{os.path.basename(base)}.cpg",
        )
    )


def _texts(fields: Mapping[str, Cells]) -> set[str]:
    """Return the different texts of fields, their names included."""
    return {text for values in fields.values() for text in values.distinct if type(text) is str} | set(fields)


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
