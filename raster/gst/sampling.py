"""Values of stacks at points, such as the LST at stations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Iterator, Optional, Sequence

import numpy as np

from ...core.packed import NONE_BEYOND, Beyond
from ..grid.grid import Grid
from ..grid.window import Window
from ..read.points import locate
from ..read.rasters import RasterSource
from ..read.series import BeyondTally, SeriesSource
from ..read.stack import Stack
from ..read.vectors import Features
from ..run.blocks import Running, in_order

METHODS = ("nearest", "bilinear")

# Days of one stack that a thread reads at a time, few enough for a cancelled run to end soon.
DAYS_AT_ONCE = 31


def sample_series(
    source: SeriesSource, points: Features, method: str, running: Running, tally: Optional[BeyondTally] = None
) -> dict[str, np.ndarray]:
    """Read series at points, each stack on its own cells.

    Parameters
    ----------
    source : SeriesSource
        The series and the days to read.
    points : Features
        A value is read for each, in their order.
    method : str
        ``nearest`` takes the cell that contains the point; ``bilinear`` weights the four cells around it and has no
        value where one of them has none.
    running : Running
        Threads and progress callback.
    tally : BeyondTally, optional
        Counts numbers at points that cannot be temperatures.

    Returns
    -------
    dict of str to array of float32, shape (days, points)
        NaN where there is no value: a gap, no such day, or a point outside the stack.

    Raises
    ------
    InputError
        If no point lies on a stack, or a CRS is missing.
    Cancelled
        If the user has stopped the run.
    """
    places = {day: index for index, day in enumerate(source.days)}
    values = {name: np.full((len(places), len(points.wkb)), np.nan, np.float32) for name in source.stacks}
    jobs = [
        (name, stack, days)
        for name, stacks in source.stacks.items()
        for stack in stacks
        for days in _pieces([day for day in stack.days if day in places])
    ]
    for done, ((name, _, days), (read, beyond)) in enumerate(
        in_order(PointReader(points, method), jobs, running), start=1
    ):
        values[name][[places[day] for day in days]] = read
        for day, found in zip(days, beyond):
            if tally is not None:
                tally.add(name, found, day)
        running.progress(done / len(jobs))
    return values


def sample_raster(source: RasterSource, points: Features, method: str) -> np.ndarray:
    """Read one band at points, float32 of shape (points,); see `sample_series`."""
    grid = source.grid()
    reader = source.open(grid)
    values = np.full(len(points.wkb), np.nan, np.float32)
    for point, window, weights in _cells(points, grid, method):
        values[point] = _weighted(reader.read(window), weights)
    return values


def _pieces(days: Sequence) -> Iterator[Sequence]:
    return (days[first : first + DAYS_AT_ONCE] for first in range(0, len(days), DAYS_AT_ONCE))


@dataclass(frozen=True)
class PointReader:
    """Reads some days of a stack at points.

    Attributes
    ----------
    points : Features
    method : str
        See `sample_series`.
    """

    points: Features
    method: str

    def __call__(self, job: tuple[str, Stack, Sequence[date]]) -> tuple[np.ndarray, list[Beyond]]:
        """Return the values of the days, shape (days, points), and what is impossible on each day."""
        _, stack, days = job
        grid = stack.source.grid()
        reader = stack.bands(days).open(grid)
        values = np.full((len(days), len(self.points.wkb)), np.nan, np.float32)
        cells = list(_cells(self.points, grid, self.method))
        beyond = []
        # Day by day, since the points share the tiles of a day.
        for day in range(len(days)):
            found = NONE_BEYOND
            for point, window, weights in cells:
                packed = reader.bands[day].read_packed(window)
                found |= packed.beyond
                values[day, point] = _weighted(packed.values(), weights)
            beyond.append(found)
        return values, beyond


def _weighted(values: np.ndarray, weights: np.ndarray) -> float:
    return float(np.sum(np.where(weights > 0, values * weights, 0)))


def _cells(points: Features, grid: Grid, method: str) -> Iterator[tuple[int, Window, np.ndarray]]:
    """Yield the index, the cells and their weights of each point on the grid."""
    columns, rows, inside = locate(points, grid)
    for point in np.flatnonzero(inside).tolist():
        if method == "nearest":
            yield point, Window(int(columns[point]), int(rows[point]), 1, 1), np.ones((1, 1))
        else:
            column, across = _neighbours(columns[point], grid.width)
            row, down = _neighbours(rows[point], grid.height)
            yield point, Window(column, row, len(across), len(down)), np.outer(down, across)


def _neighbours(place: float, cells: int) -> tuple[int, np.ndarray]:
    """Return the first of the two cells whose centres enclose a position, and their weights; at the edge, one cell."""
    first = int(np.clip(np.floor(place - 0.5), 0, max(cells - 2, 0)))
    share = float(np.clip(place - 0.5 - first, 0, 1))
    return first, np.array([1 - share, share]) if cells > 1 else np.ones(1)
