"""A small picture of a map of classes, for reports."""

from __future__ import annotations

from typing import Sequence

import numpy as np
from osgeo import gdal

from ..core.classes import MapClass
from ..core.svg import image
from .gdal_io import open_raster
from .grid import grid_of
from .writer import CLASSES

WIDEST = 900

# Cells around what is drawn.
MARGIN = 3


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
    rows, columns = (np.flatnonzero((values != CLASSES.nodata).any(axis=axis)) for axis in (1, 0))
    if len(rows):
        values = values[
            max(0, rows[0] - MARGIN) : rows[-1] + MARGIN + 1, max(0, columns[0] - MARGIN) : columns[-1] + MARGIN + 1
        ]
    if grid.is_geographic:
        _, south, _, north = grid.bounds
        stretched = round(values.shape[0] / np.cos(np.radians((south + north) / 2)))
        values = values[np.arange(stretched) * values.shape[0] // stretched]
    colours = np.zeros((256, 4), np.uint8)
    for entry in classes:
        colours[entry.value] = (*entry.rgb, 255)
    height, width = values.shape
    return image(_png(colours[values]), width, height, title, [(entry.name, entry.colour) for entry in classes])


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
