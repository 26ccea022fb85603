"""What a job reads: plain descriptions of inputs that each worker opens for itself, on one grid.

A source is data (a path, a band, a name) and can travel to another thread or machine. Opening it
on a grid gives a reader, which gives arrays window by window. A raster on other cells is warped to
the grid while it is read; nothing intermediate touches the disk.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any, Callable, NamedTuple, Optional, Protocol, TypeVar

import numpy as np
from osgeo import gdal

from ...core.errors import InputError
from ...core.packed import Beyond, Packed
from ..grid.gdal_io import open_raster
from ..grid.grid import Grid, grid_of, require_overlap
from ..grid.window import Window
from .bands import StoredBand
from .regrid import Regrid

# The class of a cell that has none. Outside what any class raster uses.
NO_CLASS = int(np.iinfo(np.int32).min)

# A floating number of this size cannot be told from its neighbours and is no class but a fill value nobody has tagged.
UNTAGGED_CLASS = 2.0**53

Kind = TypeVar("Kind", bound="RasterSource")


class Cost(NamedTuple):
    """What reading takes: rows that are best read together, so that nothing is decoded twice, memory, and time.

    A source with much to do in each cell says how many cells are enough for a window.
    """

    rows_at_once: int = 1
    bytes_per_cell: int = 4
    most_cells: Optional[int] = None


class Reader(Protocol):
    """An open source."""

    def read(self, window: Window) -> np.ndarray:
        """Give the cells of a window, shape (rows, columns)."""


class Source(Protocol):
    """Something that can be read on a grid."""

    name: str

    def open(self, grid: Grid) -> Reader:
        """Open it on a grid."""

    def cost(self, grid: Grid) -> Cost:
        """Give what reading it on a grid takes."""


@dataclass(frozen=True)
class RasterSource:
    """One band of a raster, as numbers in float32 with NaN where there is none.

    Scale and offset of the band are applied; the band's nodata value and mask become NaN.

    Attributes
    ----------
    path, name : str
        The file, and how the user knows it.
    band : int
        Counted from 1.
    resampling : str
        GDAL's name of the method, used where the raster is not on the grid.
    crs_wkt : str
        The CRS where it is known better than by the file, as in a QGIS layer; empty for that of the file.
    extra_nodata : tuple of (float, float)
        Closed ranges of values, scale and offset applied, that stand for no value beside what the file says.
    open_options : tuple of str
        Of GDAL's driver, ``NAME=VALUE``.
    possible : (float, float), optional
        Between what values lie, scale and offset applied: others are fill values that nobody has tagged.
    tagged_nodata : bool
        Whether the nodata value of the file stands for no value; a layer of QGIS may have it switched off.
    """

    path: str
    name: str
    band: int = 1
    resampling: str = "bilinear"
    crs_wkt: str = ""
    extra_nodata: tuple[tuple[float, float], ...] = ()
    open_options: tuple[str, ...] = ()
    possible: Optional[tuple[float, float]] = None
    tagged_nodata: bool = True

    @classmethod
    def of(cls: type[Kind], source: RasterSource, **changes: Any) -> Kind:
        """Return a source of this class of the same raster, with its class's own resampling."""
        known = {item.name: getattr(source, item.name) for item in fields(RasterSource) if item.name != "resampling"}
        return cls(**{**known, **changes})

    @property
    def reading(self) -> list:
        """Return what decides, beside the file itself, what is read: plain data for fingerprints."""
        return [self.band, self.crs_wkt, self.extra_nodata, self.open_options, self.possible, self.tagged_nodata]

    def dataset(self) -> gdal.Dataset:
        """Open the file; its grid is `grid`, since a dataset does not know a CRS that goes before its own."""
        options = {"options": self.open_options} if self.open_options else {}
        return open_raster(self.path, self.name, **options)

    def open(self, grid: Grid) -> ValueReader:
        """Open it on a grid."""
        return ValueReader(_BandOnGrid(self, grid))

    def cost(self, grid: Grid) -> Cost:
        """Give the height of the blocks of the file, unless it is warped."""
        return Cost(rows_at_once=self.block_size(grid)[1])

    def block_size(self, grid: Grid) -> tuple[int, int]:
        """Give the columns and rows of the blocks of the file; single cells where it is warped."""
        dataset = self.dataset()
        if not grid_of(dataset, self.name, self.crs_wkt).same_cells(grid):
            return 1, 1
        return tuple(dataset.GetRasterBand(self.band).GetBlockSize())

    def grid(self) -> Grid:
        """Give the raster's own grid."""
        return grid_of(self.dataset(), self.name, self.crs_wkt)


@dataclass(frozen=True)
class ClassSource(RasterSource):
    """One band of a raster of classes, as int32 with `NO_CLASS` where there is none."""

    resampling: str = "mode"

    def open(self, grid: Grid) -> ClassReader:
        """Open it on a grid."""
        return ClassReader(_BandOnGrid(self, grid))


# No more subcells a side than this: 256 a cell tell shares to half a percent.
MOST_SUBCELLS_A_SIDE = 16


@dataclass(frozen=True)
class SubcellSource(ClassSource):
    """The classes of a finer raster inside each cell, int32 of shape (rows, columns, n).

    Each cell is cut into about as many subcells as the raster has cells there, and each subcell
    takes the class at its centre.
    """

    resampling: str = "nearest"

    def subcells_a_side(self, grid: Grid) -> int:
        """Give into how many parts the side of a cell is cut: n is its square."""
        own = self.grid()
        if own.same_cells(grid):
            return 1
        require_overlap(own, self.name, grid)
        xmin, ymin, xmax, ymax = own.bounds_in(grid.crs_wkt, self.name)
        own_cell = np.sqrt((xmax - xmin) * (ymax - ymin) / own.cells)
        cell = np.sqrt(abs(grid.geotransform[1] * grid.geotransform[5]))
        return int(np.clip(round(cell / own_cell), 1, MOST_SUBCELLS_A_SIDE))

    def cost(self, grid: Grid) -> Cost:
        """Give the memory that the subcells and their values take."""
        return Cost(bytes_per_cell=8 * self.subcells_a_side(grid) ** 2)

    def open(self, grid: Grid) -> SubcellReader:
        """Open it on a grid."""
        factor = self.subcells_a_side(grid)
        return SubcellReader(super().open(grid.refined(grid.window(), factor)), factor)


class SubcellReader:
    """Reads the classes inside each cell."""

    def __init__(self, fine: ClassReader, factor: int) -> None:
        self._fine = fine
        self._factor = factor

    def read(self, window: Window) -> np.ndarray:
        """Give int32 of shape (rows, columns, n)."""
        f = self._factor
        fine = self._fine.read(window.refined(f))
        return fine.reshape(window.height, f, window.width, f).swapaxes(1, 2).reshape(*window.shape, f * f)


def alignment_note(source: RasterSource, grid: Grid) -> str:
    """Say how a raster is brought onto a grid, or nothing where it lies on it already."""
    own = source.grid()
    if own.same_cells(grid):
        return ""
    return f"'{source.name}' ({own.describe()}) is aligned to the first input by {source.resampling} resampling."


class OpenFile:
    """The open file of a source, and how it lies on a grid."""

    def __init__(self, source: RasterSource, grid: Grid) -> None:
        self.dataset = source.dataset()
        own = grid_of(self.dataset, source.name, source.crs_wkt)
        self.regrid: Optional[Regrid] = None
        if not own.same_cells(grid):
            require_overlap(own, source.name, grid)
            self.regrid = Regrid(own, grid, source.resampling, source.name)


class _BandOnGrid:
    """The band of a source, brought to the grid where its cells are others."""

    def __init__(self, source: RasterSource, grid: Grid, file: Optional[OpenFile] = None) -> None:
        file = file or OpenFile(source, grid)
        self.name = source.name
        # Bands live only as long as their dataset does.
        self._dataset = file.dataset
        self._regrid = file.regrid
        self.stored = StoredBand(
            file.dataset, source.band, source.name, source.extra_nodata, source.possible, source.tagged_nodata
        )
        _, self._rows_at_once = self.stored.band.GetBlockSize()

    def read(self, read: Callable[[Window], np.ndarray], window: Window, missing: np.number) -> np.ndarray:
        """Read a window of the grid by a function that reads windows of the file, with `missing` where there is none.

        Lets go of GDAL's cached blocks that no later window needs.
        """
        if self._regrid is None:
            values = read(window)
            end = window.row + window.height
            if end % self._rows_at_once == 0 or end == self._dataset.RasterYSize:
                self.stored.flush()
            return values
        values = self._regrid.read(read, window, missing)
        self.stored.flush()
        return values

    @property
    def is_on_grid(self) -> bool:
        """Whether the cells of the file are those of the grid."""
        return self._regrid is None


class ValueReader:
    """Reads numbers."""

    def __init__(self, band: _BandOnGrid) -> None:
        self._band = band

    def read(self, window: Window) -> np.ndarray:
        """Give float32, NaN where there is no value."""
        return self.read_packed(window).values()

    def read_packed(self, window: Window) -> Packed:
        """Give the numbers as they are stored, or decoded where more than one of them means that there is no value."""
        band, stored = self._band, self._band.stored
        if band.is_on_grid:
            return band.read(stored.packed, window, np.float32(np.nan))
        before = stored.beyond.cells
        values = band.read(stored.floats, window, stored.no_float)
        beyond = Beyond(stored.beyond.cells - before, stored.beyond.example)
        return Packed(values, stored.scale, stored.offset, beyond=beyond)


@dataclass(frozen=True)
class BandsSource:
    """Several bands of a raster as numbers, float32 of shape (bands, rows, columns) with NaN where there is none.

    Attributes
    ----------
    source : RasterSource
        The file; its own band is not used.
    bands : tuple of int
        Counted from 1.
    """

    source: RasterSource
    bands: tuple[int, ...]

    @property
    def name(self) -> str:
        """How the user knows it."""
        return self.source.name

    def cost(self, grid: Grid) -> Cost:
        """Give the height of the blocks of the file, and the memory of all bands."""
        return Cost(self.source.cost(grid).rows_at_once, 4 * len(self.bands))

    def open(self, grid: Grid) -> BandsReader:
        """Open it on a grid."""
        return BandsReader(self, grid)


class BandsReader:
    """Reads several bands of one open file; where it is not on the grid, each is warped with its own gaps.

    Attributes
    ----------
    bands : list of ValueReader
        One a band.
    """

    def __init__(self, bands: BandsSource, grid: Grid) -> None:
        file = OpenFile(bands.source, grid)
        sources = (replace(bands.source, band=band) for band in bands.bands)
        self.bands = [ValueReader(_BandOnGrid(one, grid, file)) for one in sources]

    def read(self, window: Window) -> np.ndarray:
        """Give float32 of shape (bands, rows, columns)."""
        values = np.empty((len(self.bands), *window.shape), np.float32)
        for band, of_band in zip(self.bands, values):
            of_band[...] = band.read(window)
        return values


class ClassReader:
    """Reads classes."""

    def __init__(self, band: _BandOnGrid) -> None:
        self._band = band

    def read(self, window: Window) -> np.ndarray:
        """Give int32, `NO_CLASS` where there is no class.

        Raises
        ------
        InputError
            If the raster holds what is no class: fractions, or numbers beyond 32 bits.
        """
        return self._band.read(self._classes, window, np.int32(NO_CLASS))

    def _classes(self, window: Window) -> np.ndarray:
        """Return the classes of a window of the file."""
        band = self._band.stored
        stored = band.read(window)
        missing = band.is_missing(stored, window)
        if stored.dtype == np.int8:
            # Classes have no sign: the bytes of legends such as that of ESA CCI, to 220, are often declared with one.
            stored = stored.view(np.uint8)
        elif stored.dtype.kind == "f":
            missing |= ~(np.abs(stored) < UNTAGGED_CLASS)
            stored = np.where(missing, 0, stored)
            self._require(stored == np.rint(stored), stored, "where whole numbers of classes are needed")
        if stored.dtype.itemsize > 4 or stored.dtype.kind == "f" or stored.dtype == np.uint32:
            limits = np.iinfo(np.int32)
            fits = (stored >= limits.min) & (stored <= limits.max)
            self._require(fits | missing, stored, f"where classes, from {limits.min + 1} to {limits.max}, are needed")
            stored = np.where(missing, 0, stored)
        classes = stored.astype(np.int32)
        classes[missing] = NO_CLASS
        return classes

    def _require(self, are_classes: np.ndarray, stored: np.ndarray, where: str) -> None:
        if not are_classes.all():
            value = stored[~are_classes][0]
            written = f"{value:.6g}" if stored.dtype.kind == "f" else str(value)
            raise InputError(
                f"Raster '{self._band.name}' holds the value {written} {where}: give a class map, for example one made "
                "by 'classify'."
            )


@dataclass(frozen=True)
class TileSource:
    """The number of the square tile that each cell lies in, counted row by row."""

    side: int
    name: str = "tiles"

    def tiles(self, grid: Grid) -> int:
        """Give how many tiles a grid has."""
        return self._across(grid) * -(-grid.height // self.side)

    def _across(self, grid: Grid) -> int:
        return -(-grid.width // self.side)

    def cost(self, _grid: Grid) -> Cost:
        """Give the memory of an int64."""
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
        """Give int64."""
        rows = (window.row + np.arange(window.height)) // self._side
        columns = (window.column + np.arange(window.width)) // self._side
        return rows[:, np.newaxis] * self._across + columns
