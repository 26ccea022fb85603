"""Square blocks of cells, such as those that a bootstrap draws or a cross-validation holds out, in a bounded number."""

from __future__ import annotations

import math

from ..grid.grid import Grid
from .sources import TileSource

# Tiles, each with its counts, that are held in memory.
MAX_TILES = 1_000_000


def bounded_tiles(side: int, grid: Grid, layers: int = 1) -> tuple[TileSource, str]:
    """Return tiles of at least the side asked for, and a warning where they had to be larger.

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
        A sentence about BLOCK_SIZE; empty where the side is as asked for.
    """
    if side == 0:
        return TileSource(max(grid.width, grid.height)), ""
    smallest = math.ceil(math.sqrt(grid.cells * layers / MAX_TILES))
    if side >= smallest:
        return TileSource(side), ""
    warning = f"BLOCK_SIZE is raised from {side} to {smallest} cells: the map is too large for smaller blocks."
    return TileSource(smallest), warning
