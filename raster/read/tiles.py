"""Square blocks of cells, such as those that a bootstrap draws or a cross-validation holds out, in a bounded number."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ...core.language import tr
from ..grid.grid import Grid
from ..grid.window import Window
from .protocols import Cost

# Tiles, each with its counts, that are held in memory.
MAX_TILES = 1_000_000


@dataclass(frozen=True)
class TileSource:
    """The number of the square tile that each cell lies in, counted row by row."""

    side: int
    name: str = "tiles"

    def tiles(self, grid: Grid) -> int:
        """Return the number of tiles of a grid."""
        return self._across(grid) * -(-grid.height // self.side)

    def _across(self, grid: Grid) -> int:
        return -(-grid.width // self.side)

    def cost(self, _grid: Grid) -> Cost:
        """Return the memory of an int64 per cell."""
        return Cost(bytes_per_cell=8)

    def open(self, grid: Grid) -> TileReader:
        """Open it on a grid."""
        return TileReader(self.side, self._across(grid))


class TileReader:
    """Numbers tiles."""

    def __init__(self, side: int, across: int) -> None:
        self._side = side
        self._across = across

    def read(self, window: Window) -> np.ndarray:
        """Return int64."""
        rows = (window.row + np.arange(window.height)) // self._side
        columns = (window.column + np.arange(window.width)) // self._side
        return rows[:, np.newaxis] * self._across + columns


def bounded_tiles(side: int, grid: Grid, layers: int = 1) -> tuple[TileSource, str]:
    """Return tiles of at least the requested side, and a warning where they had to be larger.

    Parameters
    ----------
    side : int
        Cells. 0 makes a single tile of the whole grid.
    grid : Grid
        The cells to divide.
    layers : int
        How many matrices of counts each tile has, one per region or map: all of them are at most `MAX_TILES`.

    Returns
    -------
    tiles : TileSource
        Numbers the tile of each cell.
    warning : str
        A sentence about BLOCK_SIZE; empty where the side is as requested.
    """
    if side == 0:
        return TileSource(max(grid.width, grid.height)), ""
    smallest = math.ceil(math.sqrt(grid.cells * layers / MAX_TILES))
    if side >= smallest:
        return TileSource(side), ""
    warning = tr(
        "BLOCK_SIZE is raised from {side} to {smallest} cells: the map is too large for smaller blocks.",
        side=side,
        smallest=smallest,
    )
    return TileSource(smallest), warning
