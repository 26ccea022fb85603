"""The grid of a file, as tests ask for it."""

from permafrost_mapper.raster.grid.grid import Grid
from permafrost_mapper.raster.read.rasters import RasterSource


def read_grid(path: str, name: str) -> Grid:
    return RasterSource(path, name).grid()
