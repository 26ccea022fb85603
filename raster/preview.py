"""A small picture of a map of classes, for reports."""

from __future__ import annotations

from typing import Sequence

import numpy as np
from osgeo import gdal

from ..core.classes import SEQUENCE, MapClass
from ..core.svg import image
from .gdal_io import open_raster
from .grid import Window, grid_of
from .sources import RasterSource
from .writer import CLASSES

WIDEST = 900

# Cells around what is drawn.
MARGIN = 3

# Values that a class may have.
BYTES = range(256)


def map_figure(path: str, classes: Sequence[MapClass], title: str) -> str:
    """Give the SVG of a map of classes with its legend.

    The map is cut to the cells that have a class, thinned to at most `WIDEST` columns, and, in
    degrees, stretched so that its middle has its true shape.
    """
    dataset = open_raster(path, path)
    band = dataset.GetRasterBand(1)
    grid = grid_of(dataset, path)
    thinning = max(1, -(-band.XSize // WIDEST))
    values = band.ReadAsArray(buf_xsize=band.XSize // thinning, buf_ysize=max(1, band.YSize // thinning))
    nodata = band.GetNoDataValue()
    known = (values != (CLASSES.nodata if nodata is None else nodata)) & (values >= 0) & (values < len(BYTES))
    rows, columns = (np.flatnonzero(known.any(axis=axis)) for axis in (1, 0))
    colours = np.zeros((len(BYTES), 4), np.uint8)
    for entry in classes:
        colours[entry.value] = (*entry.rgb, 255)
    pixels = colours[np.where(known, values, 0).astype(np.uint8)]
    pixels[~known] = 0
    if len(rows):
        pixels = pixels[
            max(0, rows[0] - MARGIN) : rows[-1] + MARGIN + 1, max(0, columns[0] - MARGIN) : columns[-1] + MARGIN + 1
        ]
    if grid.is_geographic:
        _, south, _, north = grid.bounds
        stretched = round(pixels.shape[0] / np.cos(np.radians((south + north) / 2)))
        pixels = pixels[np.arange(stretched) * pixels.shape[0] // stretched]
    height, width, _ = pixels.shape
    return image(_png(pixels), width, height, title, [(entry.name, entry.colour) for entry in classes])


def field_figure(values: np.ndarray, limits: tuple[float, float], unit: str, title: str) -> str:
    """Give the SVG of an array of numbers, NaN left white, stretched between two limits.

    Parameters
    ----------
    values : ndarray, shape (rows, columns)
        At most `WIDEST` columns are drawn.
    limits : tuple of float
        Values of the first and the last colour.
    unit, title : str
        For the legend, and for screen readers.
    """
    low, high = limits
    thinning = max(1, -(-values.shape[1] // WIDEST))
    values = values[::thinning, ::thinning]
    anchors = np.linspace(0.0, 1.0, len(SEQUENCE))
    channels = np.array([[int(colour[i : i + 2], 16) for i in (1, 3, 5)] for colour in SEQUENCE])
    missing = np.isnan(values)
    place = np.where(missing, 0.0, (values - low) / (high - low if high > low else 1.0)).clip(0, 1)
    pixels = np.dstack([np.interp(place, anchors, channels[:, band]) for band in range(3)] + [255.0 * ~missing])
    legend = [(f"{low + (high - low) * share:.1f} {unit}", colour) for share, colour in zip(anchors.tolist(), SEQUENCE)]
    return image(_png(pixels.astype(np.uint8)), values.shape[1], values.shape[0], title, legend)


def thinned(source: RasterSource) -> np.ndarray:
    """Read every n-th cell of a band, so that at most `WIDEST` columns remain; no warp, whatever the CRS."""
    grid = source.grid()
    step = max(1, -(-grid.width // WIDEST))
    reader = source.open(grid)
    rows = range(0, grid.height, step)
    return np.stack([reader.read(Window(0, row, grid.width, 1))[0, ::step] for row in rows])


def _png(pixels: np.ndarray) -> bytes:
    height, width, bands = pixels.shape
    memory = gdal.GetDriverByName("MEM").Create("", width, height, bands, gdal.GDT_Byte)
    for band in range(bands):
        memory.GetRasterBand(band + 1).WriteArray(pixels[:, :, band])
    name = f"/vsimem/permafrost_{id(memory)}.png"
    gdal.GetDriverByName("PNG").CreateCopy(name, memory)
    try:
        size = gdal.VSIStatL(name).size
        file = gdal.VSIFOpenL(name, "rb")
        content = gdal.VSIFReadL(1, size, file)
        gdal.VSIFCloseL(file)
    finally:
        gdal.Unlink(name)
    return bytes(content)
