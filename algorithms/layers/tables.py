"""From tables of QGIS to columns of plain cells."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Callable, Optional

from qgis.core import QgsFeature, QgsFeatureRequest, QgsVectorLayer, QgsVectorLayerFeatureSource
from qgis.PyQt.QtCore import QDate, QDateTime, QVariant

from ...core.cells import Cells, CellsBuilder
from ...core.errors import InputError
from ...core.language import tr
from .encoding import require_decoded
from .texts import require_text_of

# The column that says what in a row is simulated; layers of the sample basin have the word in their names.
SIMULATED = "simulated"

# Rows that are taken from QGIS before they are added to columns.
ROWS_AT_ONCE = 10_000

# Rows of a table, of which each takes up to 120 bytes of memory: days of 2,700 stations in 20 years.
MAX_ROWS = 20_000_000

# Providers of layers that are files; those of other layers cannot be opened in any thread.
FILES = ("ogr", "delimitedtext")


@dataclass(frozen=True)
class AttributeTable:
    """The attributes of a layer with or without geometry, read once.

    Attributes
    ----------
    name, path : str
        Name known to the user, and source.
    fields : dict
        Cells by name of the field: numbers, texts, dates or None.
    """

    name: str
    path: str
    fields: dict[str, Cells]

    def simulated(self) -> list[str]:
        """Return what in the layer is simulated, according to its column for that or its name."""
        said = {str(value) for value in self.fields.get(SIMULATED, Cells.of(())).distinct if value}
        if said:
            return sorted(said)
        return [self.name] if SIMULATED in self.name.lower() else []

    def column(self, field: str, parameter: str) -> Cells:
        """Return the cells of a field.

        Raises
        ------
        InputError
            If the layer has no such field, or its texts are in another encoding; those of other fields do no harm.
        """
        require_decoded({field: self.fields[field]} if field in self.fields else self.fields, self.name, self.path)
        if field not in self.fields:
            raise InputError(
                tr(
                    "Layer '{name}' has no field '{field}': set {parameter} to one of {fields}.",
                    name=self.name,
                    field=field,
                    parameter=parameter,
                    fields=", ".join(self.fields),
                )
            )
        return self.fields[field]

    def take_fields(self) -> dict[str, Cells]:
        """Return the cells by field, of which the table keeps none: long ones need not be held until the run ends."""
        taken = dict(self.fields)
        self.fields.clear()
        return taken


@dataclass(frozen=True)
class UnreadTable:
    """A layer of which the attributes are read in a run and in its thread, since that takes minutes if it is long.

    Attributes
    ----------
    name, path : str
        Name known to the user, and source.
    names : tuple of str
        All fields.
    wanted : set of str, optional
        Fields that are read; all by default.
    source : QgsVectorLayerFeatureSource, optional
        The rows as the layer has them at the moment, for any thread; None if no row is read.
    provider : str
        What QGIS calls the way in which the layer is stored.
    """

    name: str
    path: str
    names: tuple[str, ...]
    wanted: Optional[set[str]] = None
    source: Optional[QgsVectorLayerFeatureSource] = None
    provider: str = ""

    def read(self, note: Callable[[int], None] = lambda rows: None) -> AttributeTable:
        """Return the table; `note` is called with the number of rows so far, and may raise.

        Raises
        ------
        InputError
            If it has more than `MAX_ROWS` rows, its texts are in another encoding than QGIS takes them to have, or its
            file has gone since the run was prepared.
        """

        def note_few(rows: int) -> None:
            if rows > MAX_ROWS:
                raise InputError(
                    tr(
                        "Table '{name}' has more than {rows:,} rows: give one row per station and day, or the tables "
                        "of fewer stations or years.",
                        name=self.name,
                        rows=MAX_ROWS,
                    )
                )
            note(rows)

        fields = read_fields(self.names, self._features(), self.wanted, note_few)
        if self.source is not None and not any(map(len, fields.values())):
            self._require_file()
        require_decoded(fields, self.name, self.path)
        return AttributeTable(self.name, self.path, fields)

    def _require_file(self) -> None:
        """Raise an `InputError` if no row came since the file is gone: QGIS then gives none, as of an empty table."""
        if self.provider in FILES and not QgsVectorLayer(self.path, self.name, self.provider).isValid():
            raise _not_opened(self.name)

    def _features(self) -> Iterable[QgsFeature]:
        if self.source is None:
            return ()
        request = QgsFeatureRequest()
        if self.wanted is not None:
            request.setSubsetOfAttributes([place for place, name in enumerate(self.names) if name in self.wanted])
        return self.source.getFeatures(request)


def attribute_table(
    layer: Optional[QgsVectorLayer], value: str, wanted: Optional[Collection[str]] = None
) -> UnreadTable:
    """Return a table to be read.

    Parameters
    ----------
    layer : QgsVectorLayer, optional
        None if QGIS cannot open it.
    value : str
        What the user gave for it.
    wanted : collection of str, optional
        Fields that are read, beside that of what is simulated; all by default.

    Raises
    ------
    InputError
        If QGIS cannot open it.
    """
    if layer is None:
        raise _not_opened(value)
    require_readable(layer)
    name, path, names = layer.name(), layer.source(), tuple(layer.fields().names())
    if wanted is not None and not set(wanted) <= set(names):
        # The table is refused by a sentence that lists its fields: no row is read for it.
        return UnreadTable(name, path, names)
    read = None if wanted is None else {*wanted, SIMULATED}
    return UnreadTable(name, path, names, read, QgsVectorLayerFeatureSource(layer), layer.providerType())


def _not_opened(value: str) -> InputError:
    return InputError(tr("Table '{value}' cannot be opened: check that the file exists and is whole.", value=value))


def require_readable(layer: QgsVectorLayer) -> None:
    """Raise an `InputError` if a layer cannot be opened, or its file is in another encoding than UTF-8."""
    require_text_of(layer)
    if not layer.isValid():
        raise InputError(
            tr("Layer '{name}' cannot be opened: check that the file exists and is whole.", name=layer.name())
        )


def read_fields(
    names: Sequence[str],
    features: Iterable[QgsFeature],
    read: Optional[Collection[str]] = None,
    note: Callable[[int], None] = lambda rows: None,
) -> dict[str, Cells]:
    """Return the attributes by field, all or some, in one pass.

    Parameters
    ----------
    names : sequence of str
        All fields of the features.
    features : iterable of QgsFeature
    read : collection of str, optional
        Fields that are read; all by default.
    note : callable, optional
        Called with the number of rows that have been read, now and then; an exception that it raises ends the reading.
    """
    builders = {name: CellsBuilder(_plain) for name in names if read is None or name in read}
    places = [names.index(name) for name in builders]
    rows, done = (feature.attributes() for feature in features), 0
    while True:
        some = list(islice(rows, ROWS_AT_ONCE))
        if not some:
            return {name: builder.cells() for name, builder in builders.items()}
        done += len(some)
        note(done)
        columns = list(zip(*some))
        for place, builder in zip(places, builders.values()):
            builder.add(columns[place])


def _plain(value: Any) -> Any:
    """Return an attribute as a Python value: None for null, dates as dates."""
    if isinstance(value, QVariant) and value.isNull():
        return None
    if isinstance(value, QDateTime):
        return value.toPyDateTime()
    return value.toPyDate() if isinstance(value, QDate) else value
