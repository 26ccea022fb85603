"""The cells of a basin."""

from __future__ import annotations

import numpy as np

from ..grid.grid import Grid
from ..grid.window import Window
from .classes import NO_CLASS
from .kept import Kept
from .vectors import Features, PolygonSource

# Windows that are kept, a bit per cell.
MAX_KEPT_WINDOWS = 64


class BasinCells:
    """Which cells of a grid have their centre in the polygons of a basin. Thread-safe.

    Windows are read again and again, for one day after the other, so the last ones are kept.
    """

    def __init__(self, basin: Features, grid: Grid) -> None:
        self._source = PolygonSource(basin)
        self._grid = grid
        self._windows = Kept()

    def read(self, window: Window) -> np.ndarray:
        """Return which cells of a window lie in the basin."""
        bits = self._windows.get(window)
        if bits is None:
            # A reader is for one thread.
            bits = np.packbits(self._source.open(self._grid).read(window) != NO_CLASS)
            self._windows.put(window, bits, MAX_KEPT_WINDOWS)
        return np.unpackbits(bits, count=window.width * window.height).astype(bool).reshape(window.shape)
