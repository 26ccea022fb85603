"""The one place that writes rasters: whole or not at all, with nodata, units, names and provenance."""

from __future__ import annotations

import math
import os
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Iterator, Mapping, Optional, Sequence

import numpy as np
from osgeo import gdal

from ...core.classes import MapClass
from ...core.errors import InputError, OutputError
from ...core.files import whole_file
from ...core.language import tr
from ..grid.gdal_io import Messages, attempt, gdal_messages
from ..grid.grid import Grid
from ..grid.texts import unit_of
from ..grid.window import TILE, Window
from ..read.bands import PIXEL_TYPE, SIGNED_BYTE, StoredBand
from ..run.blocks import Running, stop_if_cancelled
from .provenance import Provenance
from .storage import Layer

# Files of more tiles omit those without any value. GDAL would fill in all missing tiles when the file is closed,
# even after the run was cancelled: millions of them take minutes, during which nothing can stop it.
MAX_FILLED_TILES = 100_000

# GDAL writes the list of tiles as a whole, also after the run was cancelled: a longer one takes over half a second.
MAX_TILES = 8_000_000


@dataclass(frozen=True)
class Written:
    """The result of a run that only writes a raster.

    Attributes
    ----------
    warnings : tuple of str
        What may spoil it, in sentences.
    """

    warnings: tuple[str, ...] = ()


class NoWriter:
    """Stands in for an output that is not requested, and still counts valid cells."""

    def __init__(self) -> None:
        self.valid_cells = 0

    def annotate(self, _items: Mapping[str, str]) -> None:
        """Do nothing."""

    def tag(self, _number: int, _like: StoredBand) -> None:
        """Do nothing."""

    def write_stored(self, _window: Window, _stored: np.ndarray, _band: int = 1) -> None:
        """Do nothing."""

    def write(self, _window: Window, values: np.ndarray, _band: int = 1) -> None:
        """Count the valid cells."""
        self.valid_cells += int(np.count_nonzero(~np.isnan(values) if values.dtype.kind == "f" else values))


class RasterWriter(NoWriter):
    """An output that is being written; made by `raster_output`."""

    def __init__(self, dataset: gdal.Dataset, layer: Layer, path: str, messages: Messages) -> None:
        super().__init__()
        self._dataset = dataset
        self._layer = layer
        self._path = path
        self._messages = messages

    def write(self, window: Window, values: np.ndarray, band: int = 1) -> None:
        """Write a window of a band: numbers with NaN where there is no value, or bytes of classes.

        Raises
        ------
        OutputError
            If it cannot be written, as on a full disk.
        """
        super().write(window, values, band)
        self.write_stored(window, values if self._layer.classes else self._layer.storage.encode(values), band)

    def write_stored(self, window: Window, stored: np.ndarray, band: int = 1) -> None:
        """Write a window of a band in stored form; such cells are not counted.

        Raises
        ------
        OutputError
            If it cannot be written, as on a full disk.
        """
        target = self._dataset.GetRasterBand(band)
        if self._messages.attempt(target.WriteArray, stored, window.column, window.row) is not None:
            self._messages.attempt(target.FlushCache)
        _require_written(self._path, self._messages)

    def tag(self, number: int, like: StoredBand) -> None:
        """Set the unit, scale and offset of a band to those of another one."""
        band = self._dataset.GetRasterBand(number)
        band.SetUnitType(unit_of(like.band))
        if (like.scale, like.offset) != (1.0, 0.0):
            band.SetScale(like.scale)
            band.SetOffset(like.offset)

    def annotate(self, items: Mapping[str, str]) -> None:
        """Add metadata items that are known only after the values."""
        for name, value in items.items():
            self._dataset.SetMetadataItem(name, value)

    def close(self) -> None:
        """Close the file; GDAL's messages are collected."""
        self._messages.attempt(self._dataset.FlushCache)
        self._dataset = None


@contextmanager
def raster_output(
    path: Optional[str],
    grid: Grid,
    layer: Layer,
    provenance: Provenance,
    running: Running,
    empty: str = "",
) -> Iterator[NoWriter]:
    """Write a GeoTIFF, which gets its final name when the block ends without an error.

    Parameters
    ----------
    path : str, optional
        Final name; None if the file is not requested.
    grid : Grid
        Cells of the output.
    layer : Layer
        What its bands hold.
    provenance : Provenance
        Written into the metadata.
    running : Running
        Number of threads for compression.
    empty : str
        Error message for an output without any valid cell; empty to accept one.

    Raises
    ------
    OutputError
        If the file cannot be written, as on a full disk.
    InputError
        If no cell is valid and `empty` says so, or the grid is too large for a file.
    """
    if path is None:
        counter = NoWriter()
        yield counter
        _require_cells(counter, empty)
        return
    _require_tiles(path, grid, len(layer.names))
    with whole_file(path) as temporary, gdal_messages() as messages:
        dataset = _create(str(temporary), grid, layer, running, messages)
        _require_written(path, messages, dataset is not None)
        _describe(dataset, grid, layer, provenance)
        writer = RasterWriter(dataset, layer, path, messages)
        try:
            yield writer
            _require_cells(writer, empty)
        finally:
            # Closing writes the last bytes: a full disk shows here at the latest.
            writer.close()
            del dataset
        _require_written(path, messages)
        _require_all_tiles(str(temporary), path, running)


def _require_cells(writer: NoWriter, empty: str) -> None:
    if empty and writer.valid_cells == 0:
        raise InputError(empty)


def _tiles(grid: Grid, bands: int) -> int:
    return math.ceil(grid.width / TILE) * math.ceil(grid.height / TILE) * bands


def _require_tiles(path: str, grid: Grid, bands: int) -> None:
    if _tiles(grid, bands) > MAX_TILES:
        raise InputError(
            tr(
                "'{path}' would have {width} x {height} cells in {bands} bands, more than the {most:g} in all that are "
                "written to one file: cut the inputs to a part of the region, or align them to larger cells.",
                path=path,
                width=grid.width,
                height=grid.height,
                bands=bands,
                most=MAX_TILES * TILE**2,
            )
        )


def creation_options(data_type: int, running: Running, grid: Grid, bands: int) -> list[str]:
    """Return the creation options of every GeoTIFF: tiled, losslessly compressed, of any size."""
    predictor = 3 if data_type in (gdal.GDT_Float32, gdal.GDT_Float64) else 2 if data_type != gdal.GDT_Byte else 1
    return [
        "TILED=YES",
        f"BLOCKXSIZE={TILE}",
        f"BLOCKYSIZE={TILE}",
        "COMPRESS=DEFLATE",
        "ZLEVEL=1",
        f"PREDICTOR={predictor}",
        "BIGTIFF=IF_SAFER",
        "INTERLEAVE=BAND",
        f"NUM_THREADS={running.workers}",
        *(["SPARSE_OK=TRUE"] if _tiles(grid, bands) > MAX_FILLED_TILES else []),
    ]


def _create(path: str, grid: Grid, layer: Layer, running: Running, messages: Messages) -> Optional[gdal.Dataset]:
    data_type, bands = layer.storage.data_type, len(layer.names)
    options = creation_options(data_type, running, grid, bands)
    if data_type == gdal.GDT_Byte:
        # Otherwise GDAL takes the fourth of four bands of bytes for an alpha band.
        options.append("PHOTOMETRIC=MINISBLACK")
        if layer.storage.is_signed_byte:
            options.append(f"{PIXEL_TYPE}={SIGNED_BYTE}")
    create = gdal.GetDriverByName("GTiff").Create
    return messages.attempt(create, path, grid.width, grid.height, bands, data_type, options)


def _describe(dataset: gdal.Dataset, grid: Grid, layer: Layer, provenance: Provenance) -> None:
    dataset.SetGeoTransform(grid.geotransform)
    dataset.SetProjection(grid.crs_wkt)
    dataset.SetMetadata(provenance.items())
    for number, name in enumerate(layer.names, start=1):
        band = dataset.GetRasterBand(number)
        band.SetDescription(name)
        band.SetNoDataValue(layer.storage.nodata)
        if layer.storage.scale != 1.0 or layer.storage.offset != 0.0:
            band.SetScale(layer.storage.scale)
            band.SetOffset(layer.storage.offset)
        if layer.unit:
            band.SetUnitType(layer.unit)
        if layer.classes:
            # A GeoTIFF of several bands cannot hold a colour table.
            if len(layer.names) == 1:
                band.SetColorTable(_colour_table(layer.classes))
            band.SetDefaultRAT(_attribute_table(layer.classes))


def _colour_table(classes: Sequence[MapClass]) -> gdal.ColorTable:
    table = gdal.ColorTable()
    for entry in classes:
        table.SetColorEntry(entry.value, (*entry.rgb, 255))
    return table


def _attribute_table(classes: Sequence[MapClass]) -> gdal.RasterAttributeTable:
    table = gdal.RasterAttributeTable()
    table.CreateColumn("Value", gdal.GFT_Integer, gdal.GFU_MinMax)
    table.CreateColumn("Class", gdal.GFT_String, gdal.GFU_Name)
    for column, (name, usage) in enumerate([("Red", gdal.GFU_Red), ("Green", gdal.GFU_Green), ("Blue", gdal.GFU_Blue)]):
        table.CreateColumn(name, gdal.GFT_Integer, usage)
        for row, entry in enumerate(classes):
            table.SetValueAsInt(row, column + 2, entry.rgb[column])
    for row, entry in enumerate(classes):
        table.SetValueAsInt(row, 0, entry.value)
        table.SetValueAsString(row, 1, entry.name)
    return table


def _require_all_tiles(temporary: str, path: str, running: Running) -> None:
    """Raise an `OutputError` where a file ends before its tiles do.

    GDAL 3.10 does not say so where the last bytes that it writes, on closing, find no room.
    """
    dataset, messages = attempt(gdal.OpenEx, temporary, gdal.OF_RASTER | gdal.OF_VERBOSE_ERROR)
    if dataset is None or messages:
        raise _not_written(path, messages)
    end = 0
    for number in range(1, dataset.RasterCount + 1):
        band = dataset.GetRasterBand(number)
        for row in range(math.ceil(dataset.RasterYSize / TILE)):
            stop_if_cancelled(running)
            for column in range(math.ceil(dataset.RasterXSize / TILE)):
                # None where there is no tile.
                offset = band.GetMetadataItem(f"BLOCK_OFFSET_{column}_{row}", "TIFF")
                size = band.GetMetadataItem(f"BLOCK_SIZE_{column}_{row}", "TIFF")
                end = max(end, int(offset or 0) + int(size or 0))
    if os.path.getsize(temporary) < end:
        messages.add(tr("its last bytes are missing"))
        raise _not_written(path, messages)


def _require_written(path: str, messages: Messages, written: bool = True) -> None:
    if messages or not written:
        raise _not_written(path, messages)


def _not_written(path: str, messages: Messages) -> OutputError:
    return OutputError(
        tr(
            "'{path}' cannot be written ({reason}): make room or choose another folder.",
            path=path,
            reason=messages.reason,
        )
    )
