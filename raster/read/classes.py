"""Bands of rasters as classes, and the classes of a finer raster inside each cell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...core.errors import InputError
from ...core.language import tr
from ..grid.grid import Grid, require_overlap
from ..grid.window import Window
from .protocols import Cost, Reader
from .rasters import BandOnGrid, RasterSource

# Marks a cell without a class; outside the range of any class raster.
NO_CLASS = int(np.iinfo(np.int32).min)

# A float of this size cannot be distinguished from its neighbours: it is an untagged fill value and no class.
UNTAGGED_CLASS = 2.0**53


@dataclass(frozen=True)
class ClassSource(RasterSource):
    """One band of a raster of classes, as int32 with `NO_CLASS` where there is none."""

    resampling: str = "mode"

    def open(self, grid: Grid) -> Reader:
        """Open it on a grid."""
        return ClassReader(BandOnGrid(self, grid))


# Maximum number of subcells per side: 256 per cell determine shares to half a percent.
MAX_SUBCELLS_PER_SIDE = 16


@dataclass(frozen=True)
class SubcellSource(ClassSource):
    """The classes of a finer raster inside each cell, int32 of shape (rows, columns, n).

    Each cell is divided into about as many subcells as the raster has cells there, and each subcell
    takes the class at its centre.
    """

    resampling: str = "nearest"

    def subcells_per_side(self, grid: Grid) -> int:
        """Return the number of subcells along a side of a cell; n is its square."""
        own = self.grid()
        if own.same_cells(grid):
            return 1
        require_overlap(own, self.name, grid)
        xmin, ymin, xmax, ymax = own.bounds_in(grid.crs_wkt, self.name)
        own_cell = np.sqrt((xmax - xmin) * (ymax - ymin) / own.cells)
        cell = np.sqrt(abs(grid.geotransform[1] * grid.geotransform[5]))
        return int(np.clip(round(cell / own_cell), 1, MAX_SUBCELLS_PER_SIDE))

    def cost(self, grid: Grid) -> Cost:
        """Return the memory of the subcells and their values."""
        return Cost(bytes_per_cell=8 * self.subcells_per_side(grid) ** 2)

    def open(self, grid: Grid) -> Reader:
        """Open it on a grid."""
        factor = self.subcells_per_side(grid)
        return SubcellReader(super().open(grid.refined(grid.window(), factor)), factor)


class SubcellReader:
    """Reads the classes inside each cell."""

    def __init__(self, fine: Reader, factor: int) -> None:
        self._fine = fine
        self._factor = factor

    def read(self, window: Window) -> np.ndarray:
        """Return int32 of shape (rows, columns, n)."""
        f = self._factor
        fine = self._fine.read(window.refined(f))
        return fine.reshape(window.height, f, window.width, f).swapaxes(1, 2).reshape(*window.shape, f * f)


class ClassReader:
    """Reads classes."""

    def __init__(self, band: BandOnGrid) -> None:
        self._band = band

    def read(self, window: Window) -> np.ndarray:
        """Return classes, int32, `NO_CLASS` where there is none.

        Raises
        ------
        InputError
            If the raster holds fractions, or numbers beyond 32 bits.
        """
        return self._band.read(self._classes, window, np.int32(NO_CLASS))

    def _classes(self, window: Window) -> np.ndarray:
        """Return the classes of a window of the file."""
        band = self._band.stored
        stored = band.read(window)
        missing = band.is_missing(stored, window)
        if stored.dtype == np.int8:
            # Classes are unsigned: the bytes of legends such as that of ESA CCI, up to 220, are often declared signed.
            stored = stored.view(np.uint8)
        elif stored.dtype.kind == "f":
            missing |= ~(np.abs(stored) < UNTAGGED_CLASS)
            stored = np.where(missing, 0, stored)
            self._require(stored == np.rint(stored), stored, tr("where whole numbers of classes are needed"))
        if stored.dtype.itemsize > 4 or stored.dtype.kind == "f" or stored.dtype == np.uint32:
            limits = np.iinfo(np.int32)
            fits = (stored >= limits.min) & (stored <= limits.max)
            self._require(
                fits | missing,
                stored,
                tr("where classes, from {min} to {max}, are needed", min=limits.min + 1, max=limits.max),
            )
            stored = np.where(missing, 0, stored)
        classes = stored.astype(np.int32)
        classes[missing] = NO_CLASS
        return classes

    def _require(self, are_classes: np.ndarray, stored: np.ndarray, where: str) -> None:
        if not are_classes.all():
            value = stored[~are_classes][0]
            short = f"{value:.6g}" if stored.dtype.kind == "f" else str(value)
            # Six digits would make 1 of what is almost 1.
            written = str(value) if float(short).is_integer() else short
            raise InputError(
                tr(
                    "Raster '{name}' holds the value {written} {where}: give a class map, for example one from "
                    "'Permafrost map', or round the numbers if they are classes.",
                    name=self._band.name,
                    written=written,
                    where=where,
                )
            )
