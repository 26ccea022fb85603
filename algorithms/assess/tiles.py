"""The blocks that the bootstrap of accuracies draws."""

from __future__ import annotations

import numpy as np

from ...raster.grid.grid import Grid
from ...raster.read.sources import TileSource
from ..task import Task

MOST_TILES = 1_000_000


def bootstrap_tiles(side: int, grid: Grid, layers: int, task: Task) -> TileSource:
    """Give the square blocks of cells; one block for all of them where the side is 0 and no bootstrap is wanted.

    Parameters
    ----------
    side : int
        Cells; raised, with a warning, where the blocks of all layers would be more than a million.
    grid : Grid
        The cells.
    layers : int
        How many matrices each block has: regions, or maps.
    task : Task
        Is told.
    """
    if side == 0:
        return TileSource(max(grid.width, grid.height))
    smallest = int(np.ceil(np.sqrt(grid.cells * layers / MOST_TILES)))
    if side < smallest:
        task.warn(f"BLOCK_SIZE is raised from {side} to {smallest} cells: the map is too large for smaller blocks.")
    return TileSource(max(side, smallest))
