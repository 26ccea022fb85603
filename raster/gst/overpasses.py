"""Daily series of land or ground surface temperature, as the jobs of this room read them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Iterator, Mapping, Optional, Sequence

import numpy as np

from ...core.errors import InputError
from ...core.gst.model import ELEVATION
from ...core.gst.overpasses import require_days_warmer
from ...core.language import tr
from ...core.packed import Packed
from ..grid.grid import Grid
from ..read.protocols import Source
from ..read.rasters import RasterSource
from ..read.series import Day, SeriesSource, join_stacks, sample
from ..read.stack import Stack, read_stack, temperature_stack


@dataclass(frozen=True)
class DailySeries:
    """Series of daily temperatures, and the elevation of their cells.

    Attributes
    ----------
    stacks : mapping of str to tuple of Stack
        Stacks of each series in chronological order, in degC, by its name.
    elevation : RasterSource, optional
        m, where it is needed beside the temperatures.
    """

    stacks: Mapping[str, tuple[Stack, ...]]
    elevation: Optional[RasterSource] = None

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The days on which any series has a band, ascending."""
        return tuple(sorted({day for stacks in self.stacks.values() for stack in stacks for day in stack.days}))

    @property
    def first(self) -> Stack:
        """The first stack of the first series, whose grid is that of the results."""
        return next(iter(self.stacks.values()))[0]

    @cached_property
    def grid(self) -> Grid:
        """The grid of the results."""
        return self.first.source.grid()

    @property
    def rasters(self) -> list[RasterSource]:
        """All rasters that are read."""
        sources = [stack.source for stacks in self.stacks.values() for stack in stacks]
        return sources if self.elevation is None else [*sources, self.elevation]

    @property
    def paths(self) -> list[str]:
        """The paths of all rasters that are read."""
        return [source.path for source in self.rasters]

    def sources(self, days: Sequence[date], bytes_per_cell: int = 0) -> dict[str, Source]:
        """Return what a job over windows reads: ``days``, and ``elevation`` where there is one."""
        sources: dict[str, Source] = {"days": SeriesSource(self.stacks, tuple(days), bytes_per_cell)}
        return sources if self.elevation is None else {**sources, "elevation": self.elevation}

    def require_days_warmer(self, days: Sequence[date]) -> None:
        """Raise an `InputError` if day and night of a satellite are swapped, judged by a sample of some days."""
        if len(self.stacks) > 1:
            require_days_warmer(sample(SeriesSource(self.stacks, tuple(days)), self.grid))

    def missing_days(self) -> str:
        """Return a sentence on which series lack days that others have; empty where none does.

        Raises
        ------
        InputError
            If a series shares no day with those before it.
        """
        days = {name: {day for stack in stacks for day in stack.days} for name, stacks in self.stacks.items()}
        first, *others = days
        shared = days[first]
        before = [first]
        for name in others:
            if not shared & days[name]:
                raise InputError(
                    tr(
                        "{name}, from {first_day} to {last_day}, has no day in common with {before}, from "
                        "{first_other} to {last_other}: give stacks of the same days.",
                        name=name.upper(),
                        first_day=min(days[name]),
                        last_day=max(days[name]),
                        before=", ".join(before).upper(),
                        first_other=min(shared),
                        last_other=max(shared),
                    )
                )
            shared = shared & days[name]
            before.append(name)
        every = set().union(*days.values())
        lacking = [
            tr("{name} lacks {n_has}", name=name.upper(), n_has=len(every - has))
            for name, has in days.items()
            if every - has
        ]
        if not lacking:
            return ""
        return tr(
            "{n_shared} of {n_every} days are in the stacks of all overpasses: {lacking} of them.",
            n_shared=len(shared),
            n_every=len(every),
            lacking=", ".join(lacking),
        )


def open_series(
    sources: Mapping[str, Sequence[RasterSource]],
    elevation: Optional[RasterSource] = None,
    start: Optional[date] = None,
) -> DailySeries:
    """Return the series of some rasters.

    Parameters
    ----------
    sources : mapping of str to sequence of RasterSource
        Rasters of each series by its name, such as that of an overpass, in any order.
    elevation : RasterSource, optional
        m.
    start : datetime.date, optional
        Day of the first band, as for `stack.read_stack`.

    Raises
    ------
    InputError
        If the days of a stack are unknown, a series has a day twice, or temperatures are not in degC.
    """
    joined = {name: join_stacks([read_stack(raster, start) for raster in rasters]) for name, rasters in sources.items()}
    # Sixteen years are 64 files, of which each is sampled.
    with ThreadPoolExecutor() as pool:
        stacks = {name: tuple(pool.map(temperature_stack, of_series)) for name, of_series in joined.items()}
    return DailySeries(stacks, elevation)


def with_elevation(days: Iterator[Day], elevation: Optional[np.ndarray]) -> Iterator[Day]:
    """Yield days with the elevation beside the temperatures where there is one."""
    for day, values in days:
        yield day, values if elevation is None else {**values, ELEVATION: Packed(elevation)}
