"""Boreholes and other points against a map: those in one cell of it are one observation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Sequence

import numpy as np

from ..errors import InputError
from .binary import NOT_COMPARED

MISSING = ("", "NULL", "NA", "NaN", "nan")


def numbers(values: Sequence[Any], field: str) -> np.ndarray:
    """Give the values of a field as numbers, NaN where there is none.

    Raises
    ------
    InputError
        If one of them is a text.
    """
    given = [None if value is None or str(value).strip() in MISSING else value for value in values]
    try:
        return np.array([np.nan if value is None else float(value) for value in given], np.float64)
    except (TypeError, ValueError):
        wrong = next(value for value in given if value is not None and not _is_number(value))
        raise InputError(
            f"Field '{field}' holds '{wrong}', and numbers are needed: choose another field or correct the value."
        ) from None


def _is_number(value: Any) -> bool:
    try:
        float(value)
    except (TypeError, ValueError):
        return False
    return True


def cell_means(values: np.ndarray, cell_of: np.ndarray, cells: int) -> np.ndarray:
    """Give the mean of the points in each cell.

    Parameters
    ----------
    values : array, shape (n,)
        One a point, NaN where it is not known.
    cell_of : array of int, shape (n,)
        The cell of each point, 0 to `cells` - 1.
    cells : int
        Number of cells.

    Returns
    -------
    array, shape (cells,)
        NaN where no point of the cell has a value.
    """
    known = ~np.isnan(values)
    total = np.bincount(cell_of[known], values[known], cells)
    count = np.bincount(cell_of[known], minlength=cells)
    return np.divide(total, count, out=np.full(cells, np.nan), where=count > 0)


def cell_presence(presence: np.ndarray, cell_of: np.ndarray, cells: int) -> tuple[np.ndarray, np.ndarray]:
    """Give what the points of each cell say together.

    Parameters
    ----------
    presence : array of int, shape (n,)
        `core.assess.binary.PERMAFROST`, `OTHER` or `NOT_COMPARED` for each point.
    cell_of, cells
        See `cell_means`.

    Returns
    -------
    presence : array of int, shape (cells,)
        `NOT_COMPARED` where the points disagree or say nothing.
    disagree : array of bool, shape (cells,)
        Where they disagree.
    """
    mean = cell_means(np.where(presence == NOT_COMPARED, np.nan, presence), cell_of, cells)
    disagree = (mean > 0) & (mean < 1)
    return np.where(np.isnan(mean) | disagree, NOT_COMPARED, mean).astype(np.int64), disagree


@dataclass(frozen=True)
class Errors:
    """Errors of temperatures: modelled minus observed, K; NaN where there is no pair.

    Attributes
    ----------
    n : int
        Pairs of which both are known.
    me, mae, rmse : float
        Mean error, mean absolute error, and root of the mean squared error.
    """

    n: int
    me: float
    mae: float
    rmse: float


def errors(modelled: np.ndarray, observed: np.ndarray) -> Errors:
    """Compare temperatures, degC, both of shape (n,) with NaN where one is not known."""
    difference = np.asarray(modelled, np.float64) - observed
    difference = difference[~np.isnan(difference)]
    if not difference.size:
        return Errors(0, np.nan, np.nan, np.nan)
    return Errors(
        difference.size,
        float(difference.mean()),
        float(np.abs(difference).mean()),
        float(np.sqrt(np.mean(difference**2))),
    )
