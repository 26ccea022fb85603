"""Boreholes and other points against a map: the points in one cell of the map are one observation."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any, Iterator, NamedTuple, Optional, Sequence

import numpy as np

from ..celsius import TEMPERATURES, require_celsius_of_points
from ..confusion import Confusion, tally
from ..errors import InputError
from ..language import later, tr
from ..tabletext import is_fill, read_numbers
from .binary import LABELS, NOT_COMPARED, OTHER, PERMAFROST, binary_value, require_found

# Depths in m; fill values lie outside.
DEPTHS = (0.0, 10_000.0)

# MAGT in degC at and below which a point has permafrost.
FREEZING = 0.0

# What becomes of a point.
USED = later("used")
OFF_THE_MAP = later("off the map")
NOTHING_OBSERVED = later("nothing observed")
NOTHING_MAPPED = later("no value in the map")
EXCLUDED = later("glacier, lake or another class that is not compared")
DISAGREEING = later("points of the cell disagree")

FATES = (USED, OFF_THE_MAP, NOTHING_MAPPED, EXCLUDED, NOTHING_OBSERVED, DISAGREEING)

# How presence is written in the table of points.
WORDS = {PERMAFROST: later("yes"), OTHER: later("no"), NOT_COMPARED: ""}

# The measures in the order of the outputs: name and label.
MEASURES = (
    ("N", "Cells with presence compared"),
    ("TP", "Permafrost in both"),
    ("FP", "Permafrost in the map only"),
    ("FN", "Permafrost observed only"),
    ("TN", "Permafrost in neither"),
    ("PREVALENCE", "Share of permafrost observed"),
    ("OA", "Overall accuracy"),
    ("KAPPA", "Cohen's kappa"),
    ("KAPPA_SE", "Standard error of kappa"),
    ("N_MAGT", "Cells with temperature compared"),
    ("ME", "Mean error [K]"),
    ("MAE", "Mean absolute error [K]"),
    ("RMSE", "Root mean square error [K]"),
)

# Columns that are added to those of the points, with their types; the rows are those of `BoreholeComparison`.
POINT_FIELDS = {
    "cell": str,
    "ttop": float,
    "map_class": int,
    "mapped": str,
    "observed": str,
    "error": float,
    "status": str,
}


def numbers(values: Sequence[Any], field: str, limits: tuple[float, float] = (-np.inf, np.inf)) -> np.ndarray:
    """Return the values of a field as numbers, NaN where there is none or a fill value outside the limits.

    Raises
    ------
    InputError
        If one of them is a text.
    """
    read = read_numbers(values)
    if read.is_text.any():
        wrong = values[int(np.argmax(read.is_text))]
        raise InputError(
            tr(
                "Field '{field}' holds '{wrong}', which is not a number: choose another field or correct the value.",
                field=field,
                wrong=wrong,
            )
        )
    low, high = limits
    is_outside = (read.numbers < low) | (read.numbers > high)
    return np.where(is_outside & is_fill(read.numbers), np.nan, read.numbers)


def cell_means(values: np.ndarray, cell_of: np.ndarray, cells: int) -> np.ndarray:
    """Return the mean of the points in each cell.

    Parameters
    ----------
    values : array, shape (n,)
        One per point, NaN where unknown.
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
    """Combine the presence observed at the points of each cell.

    Parameters
    ----------
    presence : array of int, shape (n,)
        `core.assess.binary.PERMAFROST`, `OTHER` or `NOT_COMPARED` for each point.
    cell_of, cells
        See `cell_means`.

    Returns
    -------
    presence : array of int, shape (cells,)
        `NOT_COMPARED` where the points disagree or have no observation.
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
        Number of pairs in which both are known.
    me, mae, rmse : float
        Mean error, mean absolute error, and root of the mean squared error.
    """

    n: int
    me: float
    mae: float
    rmse: float


def errors(modelled: np.ndarray, observed: np.ndarray) -> Errors:
    """Return the errors of temperatures, degC, of shape (n,) with NaN where unknown."""
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
    """Return permafrost where a temperature is at the threshold or below, other above, not compared where unknown."""
    presence = np.where(temperature <= threshold, PERMAFROST, OTHER)
    return np.where(np.isnan(temperature), NOT_COMPARED, presence)


@dataclass(frozen=True, eq=False)
class Observations:
    """What was observed at n points.

    Attributes
    ----------
    magt, depth : arrays, shape (n,)
        Mean annual ground temperature, degC, and the depth of its sensor, m; NaN where unknown.
    presence : array of int, shape (n,), optional
        `PERMAFROST`, `OTHER` or `NOT_COMPARED` by a field; None where presence follows from the temperature.
    """

    magt: np.ndarray
    depth: np.ndarray
    presence: Optional[np.ndarray]

    @property
    def known(self) -> np.ndarray:
        """Which points have an observation, shape (n,)."""
        known = ~np.isnan(self.magt)
        return known if self.presence is None else known | (self.presence != NOT_COMPARED)


@dataclass(frozen=True, eq=False)
class Cells:
    """The cells that hold observations, with what was observed and mapped there.

    Attributes
    ----------
    columns, rows, points : arrays of int, shape (cells,)
        Their position in the grid, and how many points they hold.
    magt, depth, ttop : arrays, shape (cells,)
        Means of the points, degC and m, and TTOP, degC; NaN where unknown.
    classes : array, shape (cells,)
        Class of the map; NaN where there is none.
    observed, mapped : arrays of int, shape (cells,)
        `PERMAFROST`, `OTHER` or `NOT_COMPARED`.
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
        """Return whether presence or temperature is compared in each cell."""
        return ((self.observed >= 0) & (self.mapped >= 0)) | ~np.isnan(self.ttop - self.magt)

    def confusion(self) -> Confusion:
        """Return the confusion matrix of presence; rows = map, columns = observed."""
        return Confusion(tally(self.mapped, self.observed, 2), LABELS)

    def errors(self) -> Errors:
        """Return the errors of TTOP against MAGT."""
        return errors(self.ttop, self.magt)


class Field(NamedTuple):
    """A field of the points: its name, and a value per point as it is stored."""

    name: str
    values: Sequence[Any]


def read_observations(
    points: str,
    count: int,
    magt: Optional[Field],
    depth: Optional[Field],
    presence: Optional[Field],
    permafrost: Sequence[str],
    parameter: str,
) -> Observations:
    """Return the observations in the fields of points.

    Parameters
    ----------
    points : str
        Name of the points, known to the user.
    count : int
        Number of points.
    magt, depth, presence : Field, optional
        Temperatures, degC, their depths, m, and permafrost or not.
    permafrost : sequence of str
        Values of `presence` that mean permafrost.
    parameter : str
        The parameter that lists them, for the error.

    Raises
    ------
    InputError
        If a number is a text, a temperature is impossible, or no value of `presence` means permafrost.
    """
    unknown = np.full(count, np.nan)
    temperatures = numbers(magt.values, magt.name, TEMPERATURES) if magt else unknown
    if magt:
        require_celsius_of_points(temperatures, tr("Field '{field}' of '{name}'", field=magt.name, name=points))
    depths = numbers(depth.values, depth.name, DEPTHS) if depth else unknown
    if presence is None:
        return Observations(temperatures, depths, None)
    require_found(
        permafrost, presence.values, parameter, tr("field '{field}' of '{name}'", field=presence.name, name=points)
    )
    found = [binary_value(value, permafrost, ()) for value in presence.values]
    return Observations(temperatures, depths, np.array(found, np.int64))


def cells_of(
    observations: Observations,
    cell_of: np.ndarray,
    place: tuple[np.ndarray, np.ndarray],
    ttop: np.ndarray,
    classes: np.ndarray,
    mapped: np.ndarray,
) -> Cells:
    """Return the cells with the combined observations of their points.

    Parameters
    ----------
    observations : Observations
        Of n points.
    cell_of : array of int, shape (n,)
        The cell that each point belongs to, -1 for none.
    place : tuple of 2 arrays of int, shape (cells,)
        Columns and rows of the cells.
    ttop, classes, mapped : arrays, shape (cells,)
        As in `Cells`.
    """
    n, kept = len(ttop), cell_of >= 0
    of_kept = cell_of[kept]
    magt = cell_means(observations.magt[kept], of_kept, n)
    if observations.presence is None:
        observed, disagree = presence_by_temperature(magt, FREEZING), np.zeros(n, bool)
    else:
        observed, disagree = cell_presence(observations.presence[kept], of_kept, n)
    columns, rows = place
    return Cells(
        columns=columns,
        rows=rows,
        points=np.bincount(of_kept, minlength=n),
        magt=magt,
        depth=cell_means(observations.depth[kept], of_kept, n),
        ttop=ttop,
        classes=classes,
        observed=observed,
        mapped=mapped,
        disagree=disagree,
    )


@dataclass(frozen=True, eq=False)
class BoreholeComparison:
    """Points compared with TTOP and a permafrost map.

    Attributes
    ----------
    points, ttop, map : str
        Names of the layers, known to the user; empty for a raster that is not given.
    presence_field : str
        The field that holds the presence observed; empty where it follows from MAGT.
    threshold : float
        TTOP, degC, at and below which there is permafrost where no map is given.
    observations : Observations
        What was observed at the n points.
    inside : array of bool, shape (n,)
        Whether a point lies on the raster.
    cell_of : array of int, shape (n,)
        The cell of `cells` that each point belongs to, -1 for none.
    cells : Cells
        The cells that hold observations.
    """

    points: str
    ttop: str
    map: str
    presence_field: str
    threshold: float
    observations: Observations
    inside: np.ndarray
    cell_of: np.ndarray
    cells: Cells

    def status(self) -> list[str]:
        """Return for each point whether it is used, or why it is not."""
        status = np.where(self.inside, NOTHING_OBSERVED, OFF_THE_MAP).astype(object)
        cells = self.cells
        why = np.where(np.isnan(cells.classes), NOTHING_MAPPED, EXCLUDED)
        of_cell = np.where(cells.compared(), USED, np.where(cells.disagree, DISAGREEING, why))
        kept = self.cell_of >= 0
        status[kept] = of_cell[self.cell_of[kept]]
        return status.tolist()

    def depths(self) -> str:
        """Return the depths of the temperatures that are used, as a phrase."""
        used = np.array(self.status()) == USED
        depth = self.observations.depth[used & ~np.isnan(self.observations.magt)]
        depth = depth[~np.isnan(depth)]
        if not depth.size:
            return tr("at unknown depth")
        if depth.min() == depth.max():
            return tr("at {min:g} m depth", min=depth.min())
        return tr(
            "at depths of {min:g} to {max:g} m (median {median:g} m)",
            min=depth.min(),
            max=depth.max(),
            median=np.median(depth),
        )

    def describe(self) -> str:
        """Return how many points are used, and why others are not, as a sentence."""
        counts = Counter(self.status())
        left_out = ", ".join(f"{tr(why)} ({number})" for why, number in counts.items() if why != USED)
        said = {
            "used": counts[USED],
            "count": sum(counts.values()),
            "points": self.points,
            "cells": int(self.cells.compared().sum()),
        }
        if not left_out:
            return tr("{used} of {count} points of '{points}' are used, in {cells} cells.", **said)
        return tr(
            "{used} of {count} points of '{points}' are used, in {cells} cells; left out: {left_out}.",
            left_out=left_out,
            **said,
        )

    def fates_of_presence(self) -> Counter[str]:
        """Return how many points are compared in presence, and of how many others for each reason are not."""
        cells = self.cells
        unmapped = np.where(np.isnan(cells.classes), NOTHING_MAPPED, EXCLUDED)
        unobserved = np.where(cells.disagree, DISAGREEING, NOTHING_OBSERVED)
        return self._fates(np.where(cells.observed < 0, unobserved, np.where(cells.mapped < 0, unmapped, USED)))

    def fates_of_temperature(self) -> Counter[str]:
        """Return how many points are compared in temperature, and of how many others for each reason are not."""
        cells = self.cells
        unmapped = np.where(np.isnan(cells.ttop), NOTHING_MAPPED, USED)
        return self._fates(np.where(np.isnan(cells.magt), NOTHING_OBSERVED, unmapped))

    def _fates(self, of_cell: np.ndarray) -> Counter[str]:
        """Count what became of the points, given what became of the cells that hold observations."""
        fates = np.where(self.inside, NOTHING_OBSERVED, OFF_THE_MAP).astype(object)
        kept = self.cell_of >= 0
        fates[kept] = of_cell[self.cell_of[kept]]
        return Counter(fates.tolist())

    def measures(self) -> dict[str, float]:
        """Return all measures by the names of `MEASURES`."""
        confusion, errors_of_ttop = self.cells.confusion(), self.cells.errors()
        (tp, fp), (fn, tn) = confusion.matrix.tolist()
        return {
            "N": confusion.total,
            "TP": tp,
            "FP": fp,
            "FN": fn,
            "TN": tn,
            "PREVALENCE": confusion.prevalence,
            "OA": confusion.oa,
            "KAPPA": confusion.kappa,
            "KAPPA_SE": confusion.kappa_se,
            "N_MAGT": errors_of_ttop.n,
            "ME": errors_of_ttop.me,
            "MAE": errors_of_ttop.mae,
            "RMSE": errors_of_ttop.rmse,
        }

    def rows(self) -> Iterator[tuple]:
        """Yield a row of `POINT_FIELDS` per point."""
        cells = self.cells
        for point, (cell, status) in enumerate(zip(self.cell_of.tolist(), self.status())):
            if cell < 0:
                yield "", np.nan, None, "", "", np.nan, status
                continue
            ttop, map_class = float(cells.ttop[cell]), float(cells.classes[cell])
            yield (
                f"{cells.columns[cell]} {cells.rows[cell]}",
                ttop,
                None if np.isnan(map_class) else int(map_class),
                WORDS[int(cells.mapped[cell])],
                WORDS[int(cells.observed[cell])],
                ttop - float(self.observations.magt[point]),
                status,
            )
