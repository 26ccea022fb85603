"""Series of many years from stacks, read a few days at a time: memory does not grow with their length."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Collection, Iterator, Mapping, Sequence

import numpy as np

from ..core.errors import InputError
from .blocks import TILE
from .grid import Grid, Window
from .sources import Cost
from .stack import UNDATED, Stack

# Days that are held at a time.
DAYS_AT_ONCE = 8

# Cells of a window: a day of them fits the processor's cache, and small grids have windows for all threads.
ENOUGH_CELLS = 2**17

# Days that are looked at to tell whether two series were swapped.
SAMPLED_DAYS = 8
SAMPLED_SIDE = 256

Block = tuple[np.ndarray, dict[str, np.ndarray]]


def join_stacks(stacks: Sequence[Stack]) -> tuple[Stack, ...]:
    """Put stacks of one quantity into the order of time.

    Raises
    ------
    InputError
        If two of them hold the same days, or one of them tells no date.
    """
    for stack in stacks:
        if UNDATED in stack.days:
            raise InputError(
                f"The one band of '{stack.name}' does not tell its date: write it into the band description as "
                "YYYY-MM-DD, or set START_DATE."
            )
    ordered = tuple(sorted(stacks, key=lambda stack: stack.days))
    for before, after in zip(ordered, ordered[1:]):
        if after.days[0] <= before.days[-1]:
            raise InputError(
                f"'{before.name}' reaches to {before.days[-1]} and '{after.name}' begins on {after.days[0]}: give "
                "stacks that follow each other, each day once."
            )
    return ordered


@dataclass(frozen=True)
class SeriesSource:
    """Several series of daily rasters, such as the four overpasses, read side by side.

    Attributes
    ----------
    stacks : mapping of str to tuple of Stack
        The stacks of each series in the order of time, from `join_stacks`.
    days : tuple of datetime.date
        The days to read, ascending. A series without one of them has no value on it.
    bytes_per_cell : int
        What the job holds for a cell beside the days that are read.
    """

    stacks: Mapping[str, tuple[Stack, ...]]
    days: tuple[date, ...]
    bytes_per_cell: int = 0

    @property
    def name(self) -> str:
        """How the user knows it."""
        return ", ".join(self.stacks)

    def cost(self, grid: Grid) -> Cost:
        """Give the height of the blocks of the files, the memory of the days that are held, and a window of theirs."""
        blocks = [stack.source.block_size(grid) for stacks in self.stacks.values() for stack in stacks]
        columns, rows = (max(sizes) for sizes in zip(*blocks))
        held = 4 * DAYS_AT_ONCE * (len(self.stacks) + 1) + self.bytes_per_cell
        # Strips as wide as the grid are not cut, else each of their windows decodes all of them.
        return Cost(rows, held, max(ENOUGH_CELLS, columns * -(-rows // TILE) * TILE))

    def open(self, grid: Grid) -> SeriesReader:
        """Open it on a grid."""
        return SeriesReader(self, grid)


class _OpenStack:
    """A stack that is open, and where the wanted days are among the bands that are read of it."""

    def __init__(self, stack: Stack, wanted: Collection[date], grid: Grid) -> None:
        days = [day for day in stack.days if day in wanted]
        self.stack = stack
        self._places = {day: place for place, day in enumerate(days)}
        self._reader = stack.bands(days).open(grid)

    def read(self, day: date, window: Window, out: np.ndarray) -> None:
        """Read one day into an array of float32."""
        self._reader.read_band(window, self._places[day], out)


class SeriesReader:
    """Reads series side by side.

    One stack of each series is open, the one under way: each band that was read leaves a hole in the
    memory, about one block large, until its file is closed.
    """

    def __init__(self, source: SeriesSource, grid: Grid) -> None:
        self._days = source.days
        self._wanted = frozenset(source.days)
        self._grid = grid
        self._stacks = {
            name: {day: stack for stack in stacks for day in stack.days} for name, stacks in source.stacks.items()
        }
        self._open: dict[str, _OpenStack] = {}

    def read(self, window: Window) -> Iterator[Block]:
        """Give the days one after the other, several at a time, as they are asked for.

        Yields
        ------
        dates, values
            datetime64[D], shape (n,), and for each series float32, shape (n, rows, columns).
        """
        for first in range(0, len(self._days), DAYS_AT_ONCE):
            days = self._days[first : first + DAYS_AT_ONCE]
            values = {name: self._read_days(name, days, window) for name in self._stacks}
            yield np.array(days, "datetime64[D]"), values

    def _read_days(self, name: str, days: Sequence[date], window: Window) -> np.ndarray:
        values = np.empty((len(days), *window.shape), np.float32)
        for day, target in zip(days, values):
            stack = self._stacks[name].get(day)
            if stack is None:
                target[...] = np.nan
            else:
                self._opened(name, stack).read(day, window, target)
        return values

    def _opened(self, name: str, stack: Stack) -> _OpenStack:
        """Give a stack of a series open, after closing the one before."""
        if name not in self._open or self._open[name].stack is not stack:
            self._open.pop(name, None)
            self._open[name] = _OpenStack(stack, self._wanted, self._grid)
        return self._open[name]


def sample(source: SeriesSource, grid: Grid) -> dict[str, np.ndarray]:
    """Read the middle of the grid on a few days, to look at the values before the run."""
    width, height = min(SAMPLED_SIDE, grid.width), min(SAMPLED_SIDE, grid.height)
    middle = Window((grid.width - width) // 2, (grid.height - height) // 2, width, height)
    days = source.days[:: max(1, len(source.days) // SAMPLED_DAYS)]
    blocks = list(SeriesSource(source.stacks, days).open(grid).read(middle))
    return {name: np.concatenate([values[name] for _, values in blocks]) for name in source.stacks}
