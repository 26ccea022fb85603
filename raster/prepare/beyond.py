"""Counts impossible temperatures in stacks before a run."""

from __future__ import annotations

from datetime import date
from typing import Iterator, Sequence

import numpy as np

from ..read.series import BeyondTally, Day, SeriesSource
from ..read.stack import Stack
from ..run.blocks import Running, map_windows


def count_beyond(stack: Stack, days: Sequence[date], running: Running) -> list[str]:
    """Return sentences on the impossible temperatures in some days of a stack; none if there are none."""
    tally, series = BeyondTally(), SeriesSource({"lst": (stack,)}, tuple(days))
    for _, found in map_windows(_found_on, {"days": series}, stack.source.grid(), running):
        tally.add_array(["lst"], found)
    return tally.sentences({"lst": (stack,)})


def _found_on(days: Iterator[Day]) -> np.ndarray:
    tally = BeyondTally()
    for _ in tally.watch(days):
        pass
    return tally.array(["lst"])
