"""Boreholes and other points against a map: those in one cell of it are one observation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Optional, Sequence

import numpy as np

from ..confusion import Confusion, tally
from ..errors import InputError
from ..tabletext import is_fill, read_numbers
from .binary import LABELS, NOT_COMPARED, OTHER, PERMAFROST

# Depths in m; fill values lie outside.
DEPTHS = (0.0, 10_000.0)


def numbers(values: Sequence[Any], field: str, limits: tuple[float, float] = (-np.inf, np.inf)) -> np.ndarray:
    """Give the values of a field as numbers, NaN where there is none, or a fill value outside of limits.

    Raises
    ------
    InputError
        If one of them is a text.
    """
    read = read_numbers(values)
    if read.is_text.any():
        wrong = values[int(np.argmax(read.is_text))]
        raise InputError(
            f"Field '{field}' holds '{wrong}', and numbers are needed: choose another field or correct the value."
        )
    low, high = limits
    is_outside = (read.numbers < low) | (read.numbers > high)
    return np.where(is_outside & is_fill(read.numbers), np.nan, read.numbers)


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


def presence_by_temperature(temperature: np.ndarray, threshold: float) -> np.ndarray:
    """Give permafrost at a temperature and below, other above, not compared where it is not known."""
    presence = np.where(temperature <= threshold, PERMAFROST, OTHER)
    return np.where(np.isnan(temperature), NOT_COMPARED, presence)


@dataclass(frozen=True)
class Observations:
    """What the points say.

    Attributes
    ----------
    magt, depth : arrays, shape (n,)
        Mean annual ground temperature, degC, and the depth of its sensor, m; NaN where it is not known.
    presence : array of int, shape (n,), optional
        Permafrost or not by a field; None where the temperature tells.
    """

    magt: np.ndarray
    depth: np.ndarray
    presence: Optional[np.ndarray]

    @property
    def known(self) -> np.ndarray:
        """Whether a point says anything."""
        known = ~np.isnan(self.magt)
        return known if self.presence is None else known | (self.presence != NOT_COMPARED)

    def depths(self) -> str:
        """Name the depth of the temperatures, for a sentence."""
        depth = self.depth[~np.isnan(self.depth) & ~np.isnan(self.magt)]
        if not depth.size:
            return "at a depth that the data do not tell"
        if depth.min() == depth.max():
            return f"at {depth.min():g} m depth"
        return f"at depths of {depth.min():g} to {depth.max():g} m (median {np.median(depth):g} m)"


@dataclass(frozen=True)
class Cells:
    """The cells that hold observations, with what was observed and mapped there.

    Attributes
    ----------
    columns, rows, points : arrays of int, shape (cells,)
        Their place, and how many points they hold.
    magt, depth, ttop : arrays, shape (cells,)
        Means of the points, and TTOP; NaN where not known.
    classes : array of int, shape (cells,)
        Class of the map, or what stands for none.
    observed, mapped : arrays of int, shape (cells,)
        Permafrost, other, or not compared.
    disagree : array of bool, shape (cells,)
        Whether the points of a cell disagree.
    """

    columns: np.ndarray
    rows: np.ndarray
    points: np.ndarray
    magt: np.ndarray
    depth: np.ndarray
    ttop: np.ndarray
    classes: np.ndarray
    observed: np.ndarray
    mapped: np.ndarray
    disagree: np.ndarray

    def compared(self) -> np.ndarray:
        """Whether presence or temperature is compared in a cell."""
        return ((self.observed >= 0) & (self.mapped >= 0)) | ~np.isnan(self.ttop - self.magt)

    def confusion(self) -> Confusion:
        """Presence and absence."""
        return Confusion(tally(self.mapped, self.observed, 2), LABELS)

    def errors(self) -> Errors:
        """TTOP minus MAGT."""
        return errors(self.ttop, self.magt)
