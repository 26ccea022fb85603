"""Aligns all bands of a raster with the cells of another one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence

import numpy as np
from osgeo import gdal, gdal_array

from ...core.errors import UnreadableError
from ...core.language import tr
from ..grid.grid import Grid, require_overlap
from ..grid.texts import description_of
from ..grid.window import Window
from ..read.bands import StoredBand, data_bands, is_possible
from ..read.protocols import Cost
from ..read.rasters import OpenFile, RasterSource
from ..run.blocks import Running, map_windows
from ..write.provenance import Provenance
from ..write.storage import Layer, Storage
from ..write.writer import raster_output

# Nodata value of a raster that has none, and the type that can hold it, by the type of the raster: cells outside of it
# must not become 0, which may be a class or a temperature.
UNTAGGED = {
    "int8": ("int8", -128),
    "uint8": ("int16", -32768),
    "uint16": ("int32", -2147483648),
    "uint32": ("float64", -9999),
    "uint64": ("uint64", 2**64 - 1),
}


@dataclass(frozen=True)
class AlignJob:
    """A raster to be aligned.

    Attributes
    ----------
    source : RasterSource
        The raster; its `band` and `resampling` are not used.
    grid : Grid
        The cells of the output.
    method : str
        GDAL's name of the resampling method.
    """

    source: RasterSource
    grid: Grid
    method: str


def align(job: AlignJob, path: str, provenance: Provenance, running: Running) -> None:
    """Resample all bands of a raster onto a grid and write them.

    Parameters
    ----------
    job : AlignJob
        The raster, the grid and the method.
    path : str
        Final name of the GeoTIFF.
    provenance : Provenance
        Written into its metadata.
    running : Running
        Threads, memory, progress and cancellation.

    Raises
    ------
    InputError
        If the raster has no CRS, or does not overlap the grid.
    OutputError
        If the file cannot be written.
    Cancelled
        If the user has stopped the run.
    """
    source, grid = job.source, job.grid
    if not source.grid().same_cells(grid):
        require_overlap(source.grid(), source.name, grid)
    dataset = source.dataset()
    bands = [StoredBand(dataset, number, source.name) for number in data_bands(dataset)]
    kind, nodata = _type_and_nodata(bands)
    layer = Layer([description_of(band.band) for band in bands], numbers=_storage(kind, nodata))
    cells = _StoredCells(RasterSource.of(source, resampling=job.method), tuple(data_bands(dataset)), kind.name, nodata)
    with raster_output(path, grid, layer, provenance, running) as output:
        for number, band in enumerate(bands, start=1):
            output.tag(number, band)
        try:
            for window, values in map_windows(_unchanged, {"values": cells}, grid, running):
                for number, stored in enumerate(values, start=1):
                    output.write_stored(window, stored, number)
        except UnreadableError as error:
            raise UnreadableError(
                source.name, tr("cannot be aligned, since it {reason}", reason=error.reason)
            ) from error


def _unchanged(values: np.ndarray) -> np.ndarray:
    return values


def _type_and_nodata(bands: Sequence[StoredBand]) -> tuple[np.dtype, float]:
    """Return the type that holds the values of all bands, and the nodata value."""
    kind = np.result_type(*(band.dtype for band in bands))
    tagged = [band.missing.item() for band in bands if band.missing is not None]
    if tagged:
        return kind, tagged[0]
    if kind.kind == "f" and all(np.isnan(band.band.GetNoDataValue() or 0) for band in bands):
        return kind, np.nan
    name, nodata = UNTAGGED.get(kind.name, (kind.name, -9999))
    return np.dtype(name), nodata


def _storage(kind: np.dtype, nodata: float) -> Storage:
    if kind == np.int8:
        return Storage(getattr(gdal, "GDT_Int8", gdal.GDT_Byte), nodata, is_signed_byte=True)
    return Storage(gdal_array.NumericTypeCodeToGDALTypeCode(kind.type), nodata)


@dataclass(frozen=True)
class _StoredCells:
    """Stored values of all bands, shape (bands, rows, columns), in one type and with one nodata value."""

    source: RasterSource
    bands: tuple[int, ...]
    kind: str
    nodata: float

    @property
    def name(self) -> str:
        """Name under which the user knows the raster."""
        return self.source.name

    def cost(self, grid: Grid) -> Cost:
        """Return the height of a block of the file, and the memory of all bands."""
        return Cost(self.source.cost(grid).rows_at_once, np.dtype(self.kind).itemsize * len(self.bands))

    def open(self, grid: Grid) -> _StoredCellsReader:
        """Open it on a grid."""
        return _StoredCellsReader(self, grid)


class _StoredCellsReader:
    """Reads values as they are stored."""

    def __init__(self, cells: _StoredCells, grid: Grid) -> None:
        file = OpenFile(cells.source, grid)
        self._regrid = file.regrid
        # Bands are valid only as long as their dataset is.
        self._dataset = file.dataset
        source = cells.source
        self._bands = [
            StoredBand(file.dataset, band, source.name, source.extra_nodata, tagged_nodata=source.tagged_nodata)
            for band in cells.bands
        ]
        self._kind = np.dtype(cells.kind)
        # Not every GDAL resamples signed bytes.
        self._read_as = np.dtype(np.int16) if self._kind == np.int8 else self._kind
        self._nodata = self._read_as.type(cells.nodata)

    def read(self, window: Window) -> np.ndarray:
        """Return the stored values of all bands in a window of the grid."""
        if self._regrid is None:
            values = self._read(window)
        else:
            values = self._regrid.read(self._read, window, self._nodata, (len(self._bands),))
        for band in self._bands:
            band.flush()
        return values.astype(self._kind, copy=False)

    def _read(self, own: Window) -> np.ndarray:
        """Return the stored values of all bands in a window of the file."""
        cells = np.empty((len(self._bands), *own.shape), self._read_as)
        for band, of_band in zip(self._bands, cells):
            stored = band.read(own)
            missing = band.is_missing(stored, own)
            if stored.dtype.kind == "f":
                missing |= ~is_possible(stored)
            of_band[...] = np.where(missing, self._nodata, stored)
        return cells
