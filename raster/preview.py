"""A small picture of a map of classes, for reports."""

from __future__ import annotations

from typing import Sequence

import numpy as np
from osgeo import gdal

from ..core.classes import MapClass
from ..core.svg import image
from .gdal_io import open_raster

WIDEST = 900


def map_figure(path: str, classes: Sequence[MapClass], title: str) -> str:
    """Give the SVG of a map of classes with its legend, thinned to at most `WIDEST` columns."""
    dataset = open_raster(path, path)
    band = dataset.GetRasterBand(1)
    width = min(WIDEST, band.XSize)
    height = max(1, round(band.YSize * width / band.XSize))
    values = band.ReadAsArray(buf_xsize=width, buf_ysize=height)
    colours = np.zeros((256, 4), np.uint8)
    for entry in classes:
        colours[entry.value] = (*entry.rgb, 255)
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
