"""Bands of rasters as numbers.

A raster on other cells is warped to the grid while it is read; nothing intermediate touches the disk.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Callable, Optional, TypeVar, cast

import numpy as np
from osgeo import gdal

from ...core.language import later, tr
from ...core.packed import Beyond, Packed
from ..grid.gdal_io import open_raster
from ..grid.grid import Grid, grid_of, north_up_grid, require_overlap
from ..grid.window import Window
from .bands import StoredBand
from .looks import Look, look_at
from .protocols import Cost, Reader
from .regrid import Regrid

Kind = TypeVar("Kind", bound="RasterSource")

# GDAL's names of methods as they are called in sentences.
RESAMPLINGS = {
    "average": later("average"),
    "bilinear": later("bilinear"),
    "mode": later("mode"),
    "nearest": later("nearest"),
}


@dataclass(frozen=True)
class RasterSource:
    """One band of a raster, as numbers in float32 with NaN where there is none.

    Scale and offset of the band are applied; the band's nodata value and mask become NaN.

    Attributes
    ----------
    path, name : str
        The file, and its name known to the user.
    band : int
        Counted from 1.
    resampling : str
        GDAL's name of the method that is used if the raster is not on the grid.
    crs_wkt : str
        A CRS that overrides that of the file, as in a QGIS layer; empty for that of the file.
    extra_nodata : tuple of (float, float)
        Closed ranges of values, scale and offset applied, that are missing in addition to what the file says.
    open_options : tuple of str
        Open options of GDAL's driver, ``NAME=VALUE``.
    possible : (float, float), optional
        Limits of possible values, scale and offset applied: others are untagged fill values.
    tagged_nodata : bool
        Whether the nodata value of the file counts; a layer of QGIS may have it switched off.
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
        """Return a source of this class for the same raster, with the default resampling of the class."""
        known = {item.name: getattr(source, item.name) for item in fields(RasterSource) if item.name != "resampling"}
        return cls(**{**known, **changes})

    @property
    def reading(self) -> list:
        """Return what decides, apart from the file itself, what is read: plain data for fingerprints."""
        return [self.band, self.crs_wkt, self.extra_nodata, self.open_options, self.possible, self.tagged_nodata]

    def dataset(self) -> gdal.Dataset:
        """Open the file; use `grid` for its grid, since the dataset does not know a CRS that overrides its own."""
        options = {"options": self.open_options} if self.open_options else {}
        return open_raster(self.path, self.name, **options)

    def metadata(self) -> dict[str, str]:
        """Return the metadata items of the file."""
        return dict(self.look().metadata)

    def open(self, grid: Grid) -> Reader:
        """Open it on a grid."""
        return ValueReader(BandOnGrid(self, grid))

    def cost(self, grid: Grid) -> Cost:
        """Return the block height of the file; 1 where it is warped."""
        return Cost(rows_at_once=self.block_size(grid)[1])

    def look(self) -> Look:
        """Return what the file says of itself; it is opened only if it is new or has changed."""
        return cast(Look, look_at(self.path, self.open_options, self.dataset))

    def block_size(self, grid: Grid) -> tuple[int, int]:
        """Return the block size of the file, columns and rows; single cells where it is warped."""
        return self.look().blocks[self.band - 1] if self.grid().same_cells(grid) else (1, 1)

    def grid(self) -> Grid:
        """Return the raster's own grid."""
        look = self.look()
        return north_up_grid((look.width, look.height), look.geotransform, self.crs_wkt or look.crs_wkt, self.name)


def alignment_note(source: RasterSource, grid: Grid) -> str:
    """Return a sentence on how a raster is aligned to a grid; empty where it is on that grid already."""
    own = source.grid()
    if own.same_cells(grid):
        return ""
    return tr(
        "'{name}' ({own}) is aligned to the first input by {resampling} resampling.",
        name=source.name,
        own=own.describe(),
        resampling=tr(RESAMPLINGS[source.resampling]),
    )


def band_note(source: RasterSource) -> str:
    """Say which band of a raster with several ones is used; empty where it has one."""
    bands = len(source.look().descriptions)
    return (
        tr("'{name}' has {bands} bands; band {band} is used.", name=source.name, bands=bands, band=source.band)
        if bands > 1
        else ""
    )


class OpenFile:
    """The open file of a source, and how it is resampled to a grid."""

    def __init__(self, source: RasterSource, grid: Grid) -> None:
        self.dataset = source.dataset()
        own = grid_of(self.dataset, source.name, source.crs_wkt)
        self.regrid: Optional[Regrid] = None
        if not own.same_cells(grid):
            require_overlap(own, source.name, grid)
            self.regrid = Regrid(own, grid, source.resampling, source.name)


class BandOnGrid:
    """The band of a source, or another band of its file, resampled to the grid if its cells differ."""

    def __init__(
        self, source: RasterSource, grid: Grid, file: Optional[OpenFile] = None, band: Optional[int] = None
    ) -> None:
        file = file or OpenFile(source, grid)
        self.name = source.name
        # Bands are valid only as long as their dataset.
        self._dataset = file.dataset
        self._regrid = file.regrid
        number, tagged = band or source.band, source.tagged_nodata
        self.stored = StoredBand(file.dataset, number, source.name, source.extra_nodata, source.possible, tagged)
        _, self._rows_at_once = self.stored.band.GetBlockSize()

    def read(self, read: Callable[[Window], Any], window: Window, missing: np.number) -> Any:
        """Read a window of the grid with a function that reads windows of the file, `missing` where there is no value.

        Releases GDAL's cached blocks that no later window needs.
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

    def __init__(self, band: BandOnGrid) -> None:
        self._band = band

    def read(self, window: Window) -> np.ndarray:
        """Return float32, NaN where there is no value."""
        return self.read_packed(window).values()

    def read_stored(self, window: Window) -> np.ndarray:
        """Return the numbers of a raster on the grid as they are stored."""
        return self._band.stored.read(window)

    def read_packed(self, window: Window) -> Packed:
        """Return the numbers as stored, or decoded where more than one stored number means that there is no value."""
        band, stored = self._band, self._band.stored
        if band.is_on_grid:
            return band.read(stored.packed, window, np.float32(np.nan))
        before = stored.beyond.cells
        values = band.read(stored.floats, window, stored.no_float)
        beyond = Beyond(stored.beyond.cells - before, stored.beyond.example)
        return Packed(values, stored.scale, stored.offset, counted=beyond)


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
        """Name known to the user."""
        return self.source.name

    def cost(self, grid: Grid) -> Cost:
        """Return the block height of the file and the memory of all bands."""
        return Cost(self.source.cost(grid).rows_at_once, 4 * len(self.bands))

    def open(self, grid: Grid) -> BandsReader:
        """Open it on a grid."""
        return BandsReader(self, grid)


class BandsReader:
    """Reads several bands of one open file; if it is not on the grid, each is warped with its own gaps.

    Attributes
    ----------
    bands : list of ValueReader
        One per band.
    """

    def __init__(self, bands: BandsSource, grid: Grid) -> None:
        file = OpenFile(bands.source, grid)
        self.bands = [ValueReader(BandOnGrid(bands.source, grid, file, band)) for band in bands.bands]

    def read(self, window: Window) -> np.ndarray:
        """Return float32 of shape (bands, rows, columns)."""
        values = np.empty((len(self.bands), *window.shape), np.float32)
        for band, of_band in zip(self.bands, values):
            of_band[...] = band.read(window)
        return values
