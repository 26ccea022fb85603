"""The cells of a column of a table, of any kinds, in little memory for any number of rows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Callable, Optional

import numpy as np

from .coded import batches, narrow

# Distinct cells that are kept as they are. A column that has more keeps its numbers as numbers: an object of Python
# takes ten times their memory.
MAX_DISTINCT = 2**17

# How a cell is written that is kept as a number, which stands for its code: a decimal number of Python, a whole one, or
# a text with 0, 1, 2 ... decimals.
DECIMAL, WHOLE, TEXT = -1, -2, -3

MAX_DECIMALS = 17


@dataclass(frozen=True, eq=False)
class Cells(Sequence):
    """A column of a table: numbers, texts, dates or None by row.

    Attributes
    ----------
    distinct : tuple
        Cells that differ, in the order of their first rows; 1, 1.0, True and '1' differ.
    codes : array of int, shape (n,)
        For each row, the index of its cell among them; `DECIMAL`, `WHOLE` or `TEXT` minus the decimals for a number.
    numbers : array of float, shape (n,), optional
        The number of those rows, NaN in others.
    """

    distinct: tuple
    codes: np.ndarray
    numbers: Optional[np.ndarray] = None

    @classmethod
    def of(cls, values: Sequence[Any]) -> Cells:
        """Return the cells of a column of Python objects, or cells as they are."""
        if isinstance(values, Cells):
            return values
        builder = CellsBuilder()
        builder.add(values)
        return builder.cells()

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.codes)

    def __getitem__(self, row: Any) -> Any:
        """Return the cell of a row, or a list of those of a slice."""
        if isinstance(row, slice):
            return [self[index] for index in range(*row.indices(len(self)))]
        code = int(self.codes[row])
        return self.distinct[code] if code >= 0 or self.numbers is None else _written(float(self.numbers[row]), code)

    def __iter__(self) -> Iterator[Any]:
        """Yield the cells."""
        for rows in batches(len(self)):
            if self.numbers is None:
                yield from map(self.distinct.__getitem__, self.codes[rows].tolist())
            else:
                yield from (
                    self.distinct[code] if code >= 0 else _written(number, code)
                    for code, number in zip(self.codes[rows].tolist(), self.numbers[rows].tolist())
                )

    def with_all_distinct(self) -> Cells:
        """Return the same cells with none kept as a number, which takes more memory."""
        if self.numbers is None:
            return self
        builder = CellsBuilder(max_distinct=len(self))
        cells = iter(self)
        for rows in batches(len(self)):
            builder.add(list(islice(cells, rows.stop - rows.start)))
        return builder.cells()

    def digest(self) -> str:
        """Return 64 hexadecimal digits that sum up the cells."""
        found = hashlib.sha256(repr(self.distinct).encode("utf-8", "backslashreplace"))
        for array in (self.codes, *([] if self.numbers is None else [self.numbers])):
            for rows in batches(len(self)):
                found.update(array[rows].tobytes())
        return found.hexdigest()


class CellsBuilder:
    """Makes `Cells` of a column that is read part by part.

    Parameters
    ----------
    plain : callable, optional
        Turns a value that is read into a cell; it is called once for equal values.
    max_distinct : int, optional
        `MAX_DISTINCT` by default.
    """

    def __init__(self, plain: Callable[[Any], Any] = lambda value: value, max_distinct: Optional[int] = None) -> None:
        self._plain = plain
        self._max_distinct = MAX_DISTINCT if max_distinct is None else max_distinct
        self._distinct: list[Any] = []
        # By type, since 1, 1.0 and True are equal.
        self._codes_of: dict[type, _Codes] = {}
        self._codes: list[np.ndarray] = []
        # Once there are more distinct values than are kept.
        self._is_long = False
        self._numbers: list[np.ndarray] = []
        self._pending: list[float] = []

    def add(self, values: Iterable[Any]) -> None:
        """Add the values of some rows."""
        values = values if isinstance(values, (tuple, list)) else list(values)
        kinds = list(map(type, values))
        if any(kind.__hash__ is None for kind in set(kinds)):
            # Lists, of which some formats have fields.
            values = [str(value) if kind.__hash__ is None else value for kind, value in zip(kinds, values)]
            kinds = list(map(type, values))
        for kind in set(kinds) - self._codes_of.keys():
            self._codes_of[kind] = _Codes(self._code)
        found: Iterable[int]
        if len(set(kinds)) == 1:
            found = map(self._codes_of[kinds[0]].__getitem__, values)
        else:
            found = (self._codes_of[kind][value] for kind, value in zip(kinds, values))
        codes = np.fromiter(found, np.int32, len(values))
        if self._is_long:
            numbers = np.full(len(codes), np.nan)
            numbers[codes < 0] = self._pending
            self._numbers.append(numbers)
            self._pending.clear()
        self._codes.append(narrow(codes))
        if not self._is_long and len(self._distinct) > self._max_distinct:
            self._keep_numbers()

    def _code(self, value: Any) -> tuple[int, bool]:
        """Return the code of a value that is not known yet, and whether it is to be remembered."""
        written = _number_of(value) if self._is_long else None
        if written is not None:
            self._pending.append(written[0])
            return written[1], False
        self._distinct.append(self._plain(value))
        return len(self._distinct) - 1, True

    def _keep_numbers(self) -> None:
        """From now on, and for what was added, keep numbers as such."""
        self._is_long = True
        numbers, codes = np.full(len(self._distinct), np.nan), np.empty(len(self._distinct), np.int32)
        others: list[Any] = []
        for place, cell in enumerate(self._distinct):
            written = _number_of(cell)
            if written is None:
                codes[place] = len(others)
                others.append(cell)
            else:
                numbers[place], codes[place] = written
        self._distinct = others
        self._numbers = [numbers[part] for part in self._codes]
        self._codes = [narrow(codes[part]) for part in self._codes]
        for known in self._codes_of.values():
            known.renumber(codes)

    def cells(self) -> Cells:
        """Return the cells of all values that were added; the builder is empty afterwards."""
        codes = _joined(self._codes, np.int8)
        return Cells(tuple(self._distinct), codes, _joined(self._numbers, float) if self._is_long else None)


class _Codes(dict):
    """The codes of values of one type; a value that is not there yet is asked for."""

    def __init__(self, ask: Callable[[Any], tuple[int, bool]]) -> None:
        super().__init__()
        self._ask = ask
        self._undefined: Optional[int] = None

    def renumber(self, codes: np.ndarray) -> None:
        """Take other codes in place of those that are known, and forget values whose code is negative."""
        renumbered = {value: int(codes[code]) for value, code in self.items() if codes[code] >= 0}
        self.clear()
        self.update(renumbered)
        self._undefined = None if self._undefined is None else int(codes[self._undefined])

    def __missing__(self, value: Any) -> int:
        # NaN does not equal itself.
        is_undefined = value != value
        if is_undefined and self._undefined is not None:
            return self._undefined
        code, is_kept = self._ask(value)
        if is_undefined:
            self._undefined = code
        elif is_kept:
            self[value] = code
        return code


def _joined(parts: list[np.ndarray], kind: Any) -> np.ndarray:
    """Return arrays as one, and empty the list."""
    joined = np.concatenate(parts) if parts else np.zeros(0, kind)
    parts.clear()
    return joined


def _number_of(value: Any) -> Optional[tuple[float, int]]:
    """Return the number that a cell can be kept as, and how it is written; None if it cannot."""
    if type(value) is float:
        return None if value != value else (value, DECIMAL)
    if type(value) is int:
        return (float(value), WHOLE) if abs(value) < 2**53 else None
    if type(value) is not str:
        return None
    try:
        number = float(value)
    except ValueError:
        return None
    decimals = value.partition(".")[2]
    code = TEXT - len(decimals)
    return (number, code) if len(decimals) <= MAX_DECIMALS and _written(number, code) == value else None


def _written(number: float, code: int) -> Any:
    """Return the cell that was kept as a number."""
    if code == DECIMAL:
        return number
    return int(number) if code == WHOLE else f"{number:.{TEXT - code}f}"
