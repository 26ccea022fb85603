"""Series of many years from stacks, read day by day: memory does not depend on their length."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Collection, Iterator, Mapping, Sequence

import numpy as np

from ...core.errors import InputError
from ...core.language import tr
from ...core.packed import Beyond, Packed
from ..grid.grid import Grid
from ..grid.window import TILE, Window
from .protocols import Cost
from .stack import UNDATED, Stack

# Largest window, in cells: a day fits into the processor's cache, and threads seldom wait for each other between the
# short steps of NumPy.
MAX_CELLS = 2**18

# Days that are sampled to detect two swapped series.
SAMPLED_DAYS = 8

# A date, and the numbers of each series on it.
Day = tuple[np.datetime64, dict[str, Packed]]


def join_stacks(stacks: Sequence[Stack]) -> tuple[Stack, ...]:
    """Sort stacks of one quantity by time.

    Raises
    ------
    InputError
        If two stacks have days in common, or one has no date.
    """
    for stack in stacks:
        if UNDATED in stack.days:
            raise InputError(
                tr(
                    "The single band of '{name}' has no date: write it into the band description as YYYY-MM-DD, or "
                    "set START_DATE.",
                    name=stack.name,
                )
            )
    ordered = tuple(sorted(stacks, key=lambda stack: stack.days))
    for before, after in zip(ordered, ordered[1:]):
        if after.days[0] <= before.days[-1]:
            raise InputError(
                tr(
                    "'{name}' reaches to {last_day} and '{after_name}' begins on {first_day}: give stacks that follow "
                    "each other, each day once.",
                    name=before.name,
                    last_day=before.days[-1],
                    after_name=after.name,
                    first_day=after.days[0],
                )
            )
    return ordered


@dataclass(frozen=True)
class SeriesSource:
    """Several series of daily rasters, such as the four overpasses, read together.

    Attributes
    ----------
    stacks : mapping of str to tuple of Stack
        The stacks of each series in the order of time, from `join_stacks`.
    days : tuple of datetime.date
        The days to read, ascending. A series that lacks a day has no value on it.
    bytes_per_cell : int
        Memory of the job per cell beside the days that are read.
    """

    stacks: Mapping[str, tuple[Stack, ...]]
    days: tuple[date, ...]
    bytes_per_cell: int = 0

    @property
    def name(self) -> str:
        """Name known to the user."""
        return ", ".join(self.stacks)

    def cost(self, grid: Grid) -> Cost:
        """Return the block height of the files, the memory of a day, and the cells of a row of blocks."""
        blocks = [stack.source.block_size(grid) for stacks in self.stacks.values() for stack in stacks]
        columns, rows = (max(sizes) for sizes in zip(*blocks))
        held = 4 * len(self.stacks) + self.bytes_per_cell
        # Strips as wide as the grid are not cut: each part would have to decode the whole strip.
        return Cost(rows, held, max(MAX_CELLS, columns * -(-rows // TILE) * TILE))

    def open(self, grid: Grid) -> SeriesReader:
        """Open it on a grid."""
        return SeriesReader(self, grid)


class _OpenStack:
    """An open stack, and the readers of its days."""

    def __init__(self, stack: Stack, wanted: Collection[date], grid: Grid) -> None:
        days = [day for day in stack.days if day in wanted]
        self.stack = stack
        self.bands = dict(zip(days, stack.bands(days).open(grid).bands))


class SeriesReader:
    """Reads series together.

    Only the current stack of each series is open: until its file is closed, each band that was read leaves a
    block of memory that is not released.
    """

    def __init__(self, source: SeriesSource, grid: Grid) -> None:
        self._days = source.days
        self._wanted = frozenset(source.days)
        self._grid = grid
        self._stacks = {
            name: {day: stack for stack in stacks for day in stack.days} for name, stacks in source.stacks.items()
        }
        self._open: dict[str, _OpenStack] = {}

    def read(self, window: Window) -> Iterator[Day]:
        """Yield the days one by one.

        Yields
        ------
        date, values
            datetime64[D], and for each series its numbers, shape (rows, columns).
        """
        for day in self._days:
            yield np.datetime64(day, "D"), {name: self._read_day(name, day, window) for name in self._stacks}

    def _read_day(self, name: str, day: date, window: Window) -> Packed:
        stack = self._stacks[name].get(day)
        if stack is None:
            return Packed(np.full(window.shape, np.nan, np.float32))
        return self._opened(name, stack).bands[day].read_packed(window)

    def _opened(self, name: str, stack: Stack) -> _OpenStack:
        """Return an open stack of a series, after closing the one before."""
        if name not in self._open or self._open[name].stack is not stack:
            self._open.pop(name, None)
            self._open[name] = _OpenStack(stack, self._wanted, self._grid)
        return self._open[name]


def sample(source: SeriesSource, grid: Grid) -> dict[str, np.ndarray]:
    """Read the centre of the grid on a few days, to check the values before the run."""
    middle = grid.middle(TILE)
    days = source.days[:: max(1, len(source.days) // SAMPLED_DAYS)]
    sampled = [values for _, values in SeriesSource(source.stacks, days).open(grid).read(middle)]
    return {name: np.stack([values[name].values() for values in sampled]) for name in source.stacks}


class BeyondTally:
    """Counts of cells of series that are no temperatures, with the first such day and an example."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[int, float, int]] = {}

    def watch(self, days: Iterator[Day]) -> Iterator[Day]:
        """Yield days as they come, and add what is found on them."""
        for date_, values in days:
            for name, packed in values.items():
                self.add(name, packed.beyond, date_.item())
            yield date_, values

    def add(self, name: str, beyond: Beyond, day: date) -> None:
        """Add what was found in a series on a day."""
        if beyond.cells:
            self._merge(name, beyond.cells, beyond.example, day.toordinal())

    def array(self, names: Sequence[str]) -> np.ndarray:
        """Return what was found as plain numbers, shape (series, 3), to be sent by other machines."""
        return np.array([self._found.get(name, (0, np.nan, 0)) for name in names])

    def add_array(self, names: Sequence[str], found: np.ndarray) -> None:
        """Add what another tally has found, as returned by `array`."""
        for name, (cells, example, day) in zip(names, found.tolist()):
            if cells:
                self._merge(name, int(cells), example, int(day))

    def _merge(self, name: str, cells: int, example: float, day: int) -> None:
        before, first_example, first_day = self._found.get(name, (0, example, day))
        if day < first_day:
            first_example, first_day = example, day
        self._found[name] = (before + cells, first_example, first_day)

    def sentences(self, stacks: Mapping[str, Sequence[Stack]]) -> list[str]:
        """Return a warning for each series in which something was found."""
        said = []
        for name, (cells, example, ordinal) in self._found.items():
            day = date.fromordinal(ordinal)
            stack = next(stack for stack in stacks[name] if day in stack.days)
            on = "" if day == UNDATED else tr(" on {day}", day=day)
            of = (
                f"'{stack.name}'"
                if len(stacks[name]) == 1
                else tr("the stacks of {name}, as '{stack_name}',", name=name.upper(), stack_name=stack.name)
            )
            said.append(
                tr(
                    "{cells} values of {of} are not temperatures, for example {example:.6g}{on}, and are treated as "
                    "missing: tag the fill value as nodata.",
                    cells=cells,
                    of=of,
                    example=example,
                    on=on,
                )
            )
        return said
