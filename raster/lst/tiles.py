"""How a grid is divided while its gaps are filled: parts that are units of work, and tiles within them.

The division depends on the grid alone, so results do not depend on memory, threads or machines.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Optional

from ..grid.grid import Grid
from ..grid.window import Window

# Cells of the largest grid that is held as a whole while a scene is filled, and the side of a part of a larger one.
MAX_HELD_CELLS = 1 << 22
PART_SIDE = 2048

# Side of the tiles in which a part is filled, in cells, without the margin within reach.
TILE_SIDE = 512


def is_held(grid: Grid) -> bool:
    """Return whether whole scenes of a grid are held in memory."""
    return grid.cells <= MAX_HELD_CELLS


def plan_parts(grid: Grid) -> list[Window]:
    """Divide a grid into the parts that are units of work; a grid that can be held is one part."""
    return [grid.window()] if is_held(grid) else divide(grid.window(), PART_SIDE)


def tiles_of(part: Window) -> list[Window]:
    """Divide a part into the tiles in which it is filled."""
    return divide(part, TILE_SIDE)


def divide(window: Window, side: int) -> list[Window]:
    """Divide a window into squares, row by row; the last ones of a row or column are what remains."""
    return [
        Window(
            column,
            row,
            min(side, window.column + window.width - column),
            min(side, window.row + window.height - row),
        )
        for row in range(window.row, window.row + window.height, side)
        for column in range(window.column, window.column + window.width, side)
    ]


def strips(part: Window) -> list[Window]:
    """Divide a part into full-width strips, as high as a tile, in the order in which its cells are stored."""
    return [
        Window(part.column, row, part.width, min(TILE_SIDE, part.row + part.height - row))
        for row in range(part.row, part.row + part.height, TILE_SIDE)
    ]


def rows_and_columns(window: Window, of: Optional[Window] = None) -> tuple[slice, slice]:
    """Return the slices that select a window in an array of the grid, or of another window."""
    row, column = (window.row, window.column) if of is None else (window.row - of.row, window.column - of.column)
    return slice(row, row + window.height), slice(column, column + window.width)


@dataclass(frozen=True)
class Unit:
    """A scene, or a part of one, to be filled."""

    day: date
    part: Window

    @property
    def name(self) -> str:
        """Name of its file, without the suffix."""
        return f"{self.day}_{self.part.name}"
