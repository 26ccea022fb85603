"""r_k, the ratio of thawed to frozen thermal conductivity, from land cover."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Mapping, Sequence, Union

import numpy as np

from ..about import RESOURCES
from ..errors import InputError
from ..files import write_text
from ..language import tr
from ..tabletext import clean, plain_cell, whole_text
from ..textfile import read_text
from .ttop import R_K_RANGE

# A cell has no r_k from this share of water or ice on.
MASKED_SHARE = 0.5

# Shipped tables of classes.
CLASS_TABLES = ("esa_cci", "modis_igbp")
SHIPPED = "{}.csv"

# Values that mean "no data" in maps of either legend, unless a table lists them.
FILL = (0, 255)

# A table is refused from this share of the land without r_k on; the second limit applies if another table has all
# classes of the map.
MAX_UNKNOWN = 0.25
MAX_STRAY = 0.01

# Codes of ESA WorldCover, GlobeLand30 and FROM-GLC, most of which are also codes of ESA CCI with other meanings. A map
# of that many classes without any other code, such as those of grassland, bare ground and water in ESA CCI, is not ESA
# CCI's.
TENS = frozenset((*range(10, 101, 10), 95))
MIN_TENS = 4

# Classes that an error message lists.
MAX_LISTED = 6

Key = Union[int, str]


@dataclass(frozen=True)
class RkTable:
    """r_k by land cover class or by plant functional type.

    Attributes
    ----------
    name : str
        Name of the table, for error messages.
    r_k : mapping
        r_k by class (a whole number) or by layer (a name); NaN for water and ice, which have none.
    labels : mapping
        Names of the classes.
    """

    name: str
    r_k: Mapping[Key, float]
    labels: Mapping[Key, str]


def shipped_table(token: str) -> RkTable:
    """Return one of the tables shipped with the plugin: ``esa_cci``, ``modis_igbp`` or ``esa_cci_pft``."""
    return read_table(RESOURCES / "rk_tables" / SHIPPED.format(token))


def read_table(path: Union[str, Path]) -> RkTable:
    """Read a CSV table with the columns ``class``, ``r_k`` and, optionally, ``name``.

    Classes are whole numbers, or names of layers if the first of them is not a number. An empty r_k masks the class.

    Raises
    ------
    InputError
        If the file cannot be read as such a table; the message names the line.
    """
    path = Path(path)
    try:
        text = read_text(path, tr("Table '{name}'", name=path.name))
        rows = _csv_rows(text)
    except (OSError, csv.Error) as error:
        raise InputError(
            tr("Table '{name}' cannot be read ({error}): use a CSV file in UTF-8.", name=path.name, error=error)
        ) from error
    if not rows or not {"class", "r_k"} <= set(rows[0]):
        raise InputError(
            tr("Table '{name}' needs the columns class and r_k in its first line: add them to it.", name=path.name)
        )
    cells = [(row["class"], row["r_k"], row.get("name") or "") for row in rows]
    return _table(cells, path.name, first_line=2)


def _csv_rows(text: str) -> list[dict[str, str]]:
    """Return the rows of a CSV text by the names of its columns in lower case.

    Cells are separated by what separates the names of the columns: spreadsheets write semicolons where decimals have
    commas.
    """
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=text.partition("\n")[0].count))
    reader.fieldnames = [clean(name).casefold() for name in reader.fieldnames or ()]
    return list(reader)


def write_table(path: Union[str, Path], rows: Sequence[Mapping[str, object]]) -> None:
    """Write a CSV table that `read_table` reads.

    Parameters
    ----------
    path : path
        The file is either written completely or not at all.
    rows : sequence of mappings
        One per class, all with the same columns, including ``class`` and ``r_k``; `read_table` ignores others.
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows({field: plain_cell(value) for field, value in row.items()} for row in rows)
    write_text(path, text.getvalue())


def table_from_cells(cells: Sequence[object], name: str) -> RkTable:
    """Return the table in a flat list of class, r_k, class, r_k, ..., as a matrix parameter holds it."""
    pairs = [(str(cells[i]), str(cells[i + 1]), "") for i in range(0, len(cells) - 1, 2)]
    return _table([pair for pair in pairs if pair[0].strip()], name, first_line=1)


def _table(rows: Sequence[tuple[str, str, str]], name: str, first_line: int) -> RkTable:
    if not rows:
        raise InputError(tr("Table '{name}' holds no class: add at least one line with class and r_k.", name=name))
    by_number = whole_text(rows[0][0]).lstrip("+-").isdecimal()
    r_k: dict[Key, float] = {}
    labels: dict[Key, str] = {}
    low, high = R_K_RANGE
    for line, (raw_key, raw_value, label) in enumerate(rows, start=first_line):
        where = tr("Line {line} of table '{name}'", line=line, name=name)
        text_key, text_value = whole_text(raw_key or ""), (raw_value or "").strip()
        try:
            key: Key = int(text_key) if by_number else normal_name(text_key)
            value = float(text_value.replace(",", ".")) if text_value else np.nan
        except ValueError:
            raise InputError(
                tr(
                    "{where} has class '{text_key}' and r_k '{text_value}': both have to be numbers.",
                    where=where,
                    text_key=text_key,
                    text_value=text_value,
                )
            ) from None
        if key in r_k:
            raise InputError(
                tr(
                    "{where} lists class {text_key} a second time: remove one of the lines.",
                    where=where,
                    text_key=text_key,
                )
            )
        if text_value and not low <= value <= high:
            raise InputError(
                tr(
                    "{where} assigns r_k {value:g} to class {text_key}: it has to be {low:g} to {high:g}.",
                    where=where,
                    value=value,
                    text_key=text_key,
                    low=low,
                    high=high,
                )
            )
        r_k[key], labels[key] = value, label.strip() or text_key
    return RkTable(name, r_k, labels)


def normal_name(name: str) -> str:
    """Return a layer name in the normal form for comparison, such as ``TREES-NE``."""
    return name.strip().upper().replace("_", "-").replace(" ", "-")


def classes_to_r_k(classes: np.ndarray, table: RkTable) -> np.ndarray:
    """Return r_k by class, float32; NaN where the class is masked or not in the table."""
    keys = np.array(sorted(table.r_k), np.int64)
    values = np.array([table.r_k[key] for key in keys.tolist()], np.float32)
    place = np.clip(np.searchsorted(keys, classes), 0, len(keys) - 1)
    return np.where(keys[place] == classes, values[place], np.float32(np.nan))


def class_cells(classes: np.ndarray, no_class: int) -> dict[int, int]:
    """Count the cells of each class that is present."""
    present, cells = np.unique(classes, return_counts=True)
    return {int(value): int(number) for value, number in zip(present, cells) if value != no_class}


def unknown_classes(cells: Mapping[int, int], table: RkTable) -> dict[int, int]:
    """Return the classes missing from the table, in ascending order, with their numbers of cells."""
    return {value: cells[value] for value in sorted(cells) if value not in table.r_k}


def require_fitting_table(cells: Mapping[int, int], table: RkTable, landcover: str) -> None:
    """Refuse a table of a different legend, which would assign wrong r_k and leave much of the land without any.

    Water and ice, which have no r_k on purpose, and `FILL` do not count as land.

    Parameters
    ----------
    cells : mapping
        Numbers of cells by class.
    table : RkTable
        By class.
    landcover : str
        Name of the map, for error messages.

    Raises
    ------
    InputError
        If `MAX_UNKNOWN` of the land has no r_k, if a shipped table lacks classes while another has all of them, or if
        the codes are shared by several legends.
    """
    fill = [value for value in FILL if value not in table.r_k]
    cells = {value: number for value, number in cells.items() if value not in fill}
    _refuse_tens(cells, table, landcover)
    unknown = unknown_classes(cells, table)
    land = sum(number for value, number in cells.items() if not math.isnan(table.r_k.get(value, 1.0)))
    if not unknown:
        return
    share = sum(unknown.values()) / land
    land_known = land - sum(unknown.values())
    fitting = [token for token in CLASS_TABLES if not unknown_classes(cells, shipped_table(token))]
    is_own = table.name not in map(SHIPPED.format, CLASS_TABLES)
    if share < MAX_UNKNOWN and (is_own or not fitting or share < MAX_STRAY):
        return
    listed = ", ".join(
        tr("{value} ({number} cells)", value=value, number=number)
        for value, number in list(unknown.items())[:MAX_LISTED]
    )
    more = tr(" and {max_listed} more", max_listed=len(unknown) - MAX_LISTED) if len(unknown) > MAX_LISTED else ""
    which = tr("{fitting}, which has all of them", fitting=tr(" or ").join(fitting)) if fitting else ""
    if not land_known:
        raise InputError(
            tr(
                "No class of '{landcover}' has an r_k in table '{name}': choose the table of that map, {which}.",
                landcover=landcover,
                name=table.name,
                which=which,
            )
            if which
            else tr(
                "No class of '{landcover}' has an r_k in table '{name}': choose the table of that map.",
                landcover=landcover,
                name=table.name,
            )
        )
    own = tr("of that map, or use a table of your own with an empty r_k for classes that are to have none")
    raise InputError(
        tr(
            "Table '{name}' has no r_k for {share:.3g} % of the land of '{landcover}', the classes "
            "{listed}{more}: choose the table {which}.",
            name=table.name,
            share=100 * share,
            landcover=landcover,
            listed=listed,
            more=more,
            which=which or own,
        )
    )


def _refuse_tens(cells: Mapping[int, int], table: RkTable, landcover: str) -> None:
    """Raise an `InputError` where the table of ESA CCI would read a map of another legend with the same codes."""
    if table.name != SHIPPED.format("esa_cci") or len(cells) < MIN_TENS or not TENS.issuperset(cells):
        return
    raise InputError(
        tr(
            "'{landcover}' holds only the classes {listed}, as maps of ESA WorldCover, GlobeLand30 and FROM-GLC do, "
            "where they do not mean what they mean in table '{name}': use a table of your own for that map, or, for a "
            "map of ESA CCI, a copy of '{name}' under another name.",
            landcover=landcover,
            listed=", ".join(map(str, sorted(cells))),
            name=table.name,
        )
    )


def mean_r_k(subcells: np.ndarray, table: RkTable) -> np.ndarray:
    """Return r_k as the mean over the subcells of each cell.

    Parameters
    ----------
    subcells : array of int, shape (rows, columns, n)
        Classes.
    table : RkTable
        A cell has no r_k if at least half of its subcells are of masked classes (water, ice); otherwise these are
        excluded from the mean.

    Returns
    -------
    array of float32, shape (rows, columns)
    """
    r_k = classes_to_r_k(subcells, table)
    return _weighted_r_k(r_k, np.ones_like(r_k))


def layers_to_r_k(shares: np.ndarray, names: Sequence[str], table: RkTable, dominant: bool) -> np.ndarray:
    """Return r_k from the shares of plant functional types.

    Parameters
    ----------
    shares : array, shape (n, rows, columns)
        Share of each layer, in percent or as a fraction; NaN counts as 0.
    names : sequence of str
        Names of the layers, as in the table.
    table : RkTable
        r_k by layer.
    dominant : bool
        Take the r_k of the layer with the largest share instead of the mean weighted by shares.

    Returns
    -------
    array of float32, shape (rows, columns)
        NaN where water or ice has the largest share (if `dominant`) or at least half, and where all shares are 0.
    """
    by_layer = np.array([table.r_k[normal_name(name)] for name in names], np.float32)
    shares = np.moveaxis(np.nan_to_num(shares), 0, -1)
    if not dominant:
        return _weighted_r_k(np.broadcast_to(by_layer, shares.shape), shares)
    largest = by_layer[np.argmax(shares, axis=-1)]
    return np.where(shares.max(axis=-1) > 0, largest, np.float32(np.nan))


def _weighted_r_k(r_k: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Average over the last axis; NaN where the weight of masked classes reaches `MASKED_SHARE`."""
    known = ~np.isnan(r_k)
    total = weights.sum(axis=-1)
    known_weight = np.where(known, weights, 0).sum(axis=-1)
    summed = np.where(known, r_k * weights, 0).sum(axis=-1)
    enough = known_weight > (1 - MASKED_SHARE) * total
    mean = np.divide(summed, known_weight, out=np.full(total.shape, np.nan, np.float32), where=enough)
    return mean.astype(np.float32, copy=False)
