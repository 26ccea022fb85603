"""Tables in text files, of which QGIS takes every one to be in UTF-8."""

from __future__ import annotations

import os
from contextlib import suppress

from qgis.core import QgsVectorLayer

from ...core.language import tr
from ...core.textfile import TEXT_FILES, require_utf8

# What QGIS calls that encoding.
UTF8 = ("UTF-8", "")


def require_text(path: str, name: str) -> None:
    """Refuse a table in a text file that is not in UTF-8; any other path is none.

    Raises
    ------
    InputError
        With the encoding that it seems to be in.
    """
    file = path.partition("|")[0]
    if file.lower().endswith(TEXT_FILES) and os.path.isfile(file):
        with suppress(OSError):
            require_utf8(file, tr("Table '{name}'", name=name))


def require_text_of(layer: QgsVectorLayer) -> None:
    """Refuse the table of a layer as `require_text` does, unless somebody has set its encoding in QGIS."""
    is_set = layer.isValid() and layer.dataProvider().encoding() not in UTF8
    if layer.providerType() == "ogr" and not is_set:
        require_text(layer.source(), layer.name())
