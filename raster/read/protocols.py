"""What a source and its reader are, for everything that goes over a grid.

A source is data (a path, a band, a name) and can travel to another thread or machine. Opening it
on a grid returns a reader, which returns arrays window by window.
"""

from __future__ import annotations

from typing import Any, NamedTuple, Optional, Protocol

from ..grid.grid import Grid
from ..grid.window import Window


class Cost(NamedTuple):
    """The cost of reading: rows that are best read together, so that nothing is decoded twice, and memory.

    A source that takes long per cell limits the cells of a window.
    """

    rows_at_once: int = 1
    bytes_per_cell: int = 4
    max_cells: Optional[int] = None


class Reader(Protocol):
    """An open source."""

    def read(self, window: Window) -> Any:
        """Return the cells of a window: an array of shape (rows, columns, ...), or an iterator over its days."""


class Source(Protocol):
    """Something that can be read on a grid."""

    @property
    def name(self) -> str:
        """Name known to the user."""

    def open(self, grid: Grid) -> Reader:
        """Open it on a grid."""

    def cost(self, grid: Grid) -> Cost:
        """Return what reading it on a grid costs."""
