"""From features of QGIS to columns of plain cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any, Optional

from qgis.core import QgsFeature, QgsVectorLayer
from qgis.PyQt.QtCore import QDate, QDateTime, QVariant

from ...core.cells import Cells, CellsBuilder

# Rows that are taken from QGIS before they are added to columns.
ROWS_AT_ONCE = 10_000


def read_fields(
    layer: QgsVectorLayer, features: Iterable[QgsFeature], read: Optional[Sequence[str]] = None
) -> dict[str, Cells]:
    """Return the attributes by field, all or some, in one pass."""
    names = layer.fields().names()
    read = names if read is None else read
    places = [names.index(name) for name in read]
    builders = [CellsBuilder(_plain) for _ in read]
    rows = (feature.attributes() for feature in features)
    while True:
        some = list(islice(rows, ROWS_AT_ONCE))
        if not some:
            return {name: builder.cells() for name, builder in zip(read, builders)}
        columns = list(zip(*some))
        for place, builder in zip(places, builders):
            builder.add(columns[place])


def _plain(value: Any) -> Any:
    """Return an attribute as a Python value: None for null, dates as dates."""
    if isinstance(value, QVariant) and value.isNull():
        return None
    if isinstance(value, QDateTime):
        return value.toPyDateTime()
    return value.toPyDate() if isinstance(value, QDate) else value
