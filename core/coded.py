"""Long columns in little memory: distinct values, and for each row the place of its value among them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Iterator, Optional, Union

import numpy as np

# Rows that are worked on at a time, where all at once would take several times the memory of the columns.
ROWS_AT_ONCE = 2**18

# Which rows of a column: a slice, or an array of bool or int.
Rows = Union[slice, np.ndarray]


def batches(rows: int) -> Iterator[slice]:
    """Yield slices of at most `ROWS_AT_ONCE` rows that make up a number of rows."""
    return (slice(start, min(start + ROWS_AT_ONCE, rows)) for start in range(0, rows, ROWS_AT_ONCE))


def narrow(codes: np.ndarray) -> np.ndarray:
    """Return integers in the smallest signed type that holds them all."""
    extent = max(int(codes.max()), -1 - int(codes.min())) if codes.size else 0
    return codes.astype(np.min_scalar_type(-1 - extent), copy=False)


def count(codes: np.ndarray, number: int) -> np.ndarray:
    """Return how often each of so many codes occurs, as `bincount`, which would copy them all to a larger type."""
    times = np.zeros(number, np.int64)
    for rows in batches(len(codes)):
        times += np.bincount(codes[rows], minlength=number)
    return times


@dataclass(frozen=True, eq=False)
class Coded:
    """A column that holds each of its values once.

    Attributes
    ----------
    values : array, shape (d,)
        All that rows may have. A value may be there twice, and a value of no row may remain.
    codes : array of int, shape (n,), optional
        For each row, the index of its value; without them the values are those of the rows.
    """

    values: np.ndarray
    codes: Optional[np.ndarray] = None

    @classmethod
    def of(cls, column: Any) -> Coded:
        """Return a coded column as it is, numbers by row, and anything else by its distinct values, sorted."""
        if isinstance(column, Coded):
            return column
        array = np.asarray(column)
        if array.dtype.kind == "f":
            return cls(array)
        values, codes = np.unique(array, return_inverse=True)
        return cls(values, narrow(codes))

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.values if self.codes is None else self.codes)

    def __getitem__(self, rows: Any) -> Any:
        """Return the value of a row, or an array of those of some rows."""
        return self.values[rows if self.codes is None else self.codes[rows]]

    def __array__(self, dtype: Any = None, copy: Optional[bool] = None) -> np.ndarray:
        """Return the values of all rows."""
        return np.asarray(self[:], dtype)

    @property
    def index(self) -> np.ndarray:
        """The index of the value of each row, array of int of shape (n,)."""
        return np.arange(len(self.values)) if self.codes is None else self.codes

    def spread(self, of_values: np.ndarray) -> np.ndarray:
        """Return for each row what is given for each value."""
        return of_values if self.codes is None else of_values[self.codes]

    def take(self, rows: np.ndarray) -> Coded:
        """Return the column of some rows, given by an array of bool; itself if these are all."""
        if rows.all():
            return self
        return Coded(self.values[rows]) if self.codes is None else Coded(self.values, self.codes[rows])

    @cached_property
    def times(self) -> np.ndarray:
        """The number of rows of each value, array of int of shape (d,)."""
        return np.ones(len(self.values), np.int64) if self.codes is None else count(self.codes, len(self.values))

    def count(self, flags: np.ndarray) -> int:
        """Return the number of rows whose value is flagged; `flags` has shape (d,)."""
        return int(np.count_nonzero(flags) if self.codes is None else self.times[flags].sum())

    def counts(self, rows: np.ndarray) -> np.ndarray:
        """Return the number of rows of each value in a selection, given by an array of bool."""
        times = np.zeros(len(self.values), np.int64)
        for batch in batches(len(self)):
            times += np.bincount(self.index[batch][rows[batch]], minlength=len(times))
        return times

    @property
    def occurring(self) -> np.ndarray:
        """The values that some row has."""
        return self.values if self.codes is None else self.values[self.times > 0]

    def merged(self) -> Coded:
        """Return the column with its values sorted and each of them once."""
        values, places = np.unique(self.values, return_inverse=True)
        return Coded(values, narrow(self.spread(narrow(places))))


@dataclass(frozen=True, eq=False)
class CodedColumns:
    """Columns of numbers side by side, of which some rows at a time become a matrix.

    Attributes
    ----------
    columns : tuple of Coded, length p
    """

    columns: tuple[Coded, ...]

    @classmethod
    def of(cls, matrix: np.ndarray) -> CodedColumns:
        """Return the columns of an array of shape (n, p)."""
        return cls(tuple(Coded(column) for column in np.asarray(matrix, float).T))

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.columns[0])

    def __getitem__(self, rows: Rows) -> np.ndarray:
        """Return some rows, shape (m, p)."""
        return np.column_stack([column[rows] for column in self.columns])

    def __array__(self, dtype: Any = None, copy: Optional[bool] = None) -> np.ndarray:
        """Return all rows."""
        return np.asarray(self[:], dtype)

    def take(self, rows: np.ndarray) -> CodedColumns:
        """Return the columns of some rows, given by an array of bool."""
        return CodedColumns(tuple(column.take(rows) for column in self.columns))
