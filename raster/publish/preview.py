"""Small pictures of rasters, for reports."""

from __future__ import annotations

from typing import Optional, Sequence

import numpy as np
from osgeo import gdal

from ...core.classes import SEQUENCE, MapClass, Ramp
from ...core.language import tr
from ...core.reports.charts import image
from ..grid.grid import Grid
from ..grid.window import Window
from ..read.classes import ClassSource
from ..read.rasters import RasterSource

# Columns of a picture.
MAX_WIDTH = 900

# Cells around the part of a map that is drawn.
MARGIN = 3

# Values that a class can have.
BYTES = range(256)


def map_figure(source: RasterSource, classes: Sequence[MapClass], title: str) -> str:
    """Return the SVG of a map of classes with its legend.

    The map is cut to the cells that have a class, thinned to at most `MAX_WIDTH` columns, and, in
    degrees, stretched so that its centre has its true shape.
    """
    values = thinned(ClassSource.of(source))
    known = np.isin(values, [entry.value for entry in classes])
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
    pixels = _in_true_shape(pixels, source.grid())
    height, width, _ = pixels.shape
    return image(_png(pixels), width, height, title, [(tr(entry.name), entry.colour) for entry in classes])


def field_figure(values: np.ndarray, limits: tuple[float, float], unit: str, title: str) -> str:
    """Return the SVG of an array of numbers, NaN left white, stretched between two limits.

    Parameters
    ----------
    values : ndarray, shape (rows, columns)
        At most `MAX_WIDTH` columns are drawn.
    limits : tuple of float
        Values that get the first and the last colour.
    unit, title : str
        For the legend, and for screen readers.
    """
    low, high = limits
    thinning = max(1, -(-values.shape[1] // MAX_WIDTH))
    values = values[::thinning, ::thinning]
    anchors = np.linspace(low, high if high > low else low + 1.0, len(SEQUENCE))
    legend = [
        (f"{anchor:.1f} {unit}", colour) for anchor, colour in zip(np.linspace(low, high, len(SEQUENCE)), SEQUENCE)
    ]
    pixels = _coloured(values, anchors, SEQUENCE)
    return image(_png(pixels), values.shape[1], values.shape[0], title, legend)


def gap_figures(
    before: RasterSource, after: RasterSource, std: Optional[RasterSource], label: str
) -> tuple[str, str, str]:
    """Return the SVG of a scene with its gaps, filled, and of its standard deviation; empty where there is nothing."""
    filled = thinned(after)
    known = filled[np.isfinite(filled)]
    if not known.size:
        return "", "", ""
    low, high = np.percentile(known, (1, 99)).tolist()
    figures = [
        field_figure(values, (low, high), "", title)
        for values, title in (
            (thinned(before), tr("{label} before", label=label)),
            (filled, tr("{label} after", label=label)),
        )
    ]
    if std is None:
        return figures[0], figures[1], ""
    deviation = thinned(std)
    limits = (0.0, float(np.nanpercentile(deviation, 99)))
    return figures[0], figures[1], field_figure(deviation, limits, "K", tr("{label} standard deviation", label=label))


def significant_figure(slope: RasterSource, p: RasterSource, alpha: float, unit: str, title: str) -> str:
    """Return the SVG of trends where their p-value is at most alpha, others white; empty where there are none."""
    slopes, p_values = thinned(slope), thinned(p)
    shown = np.where(p_values <= alpha, slopes, np.nan)
    if np.isnan(shown).all():
        return ""
    # The seven entries of the legend stand for whole tenths.
    limit = 0.3 * float(np.ceil(np.nanmax(np.abs(slopes)) / 0.3))
    return field_figure(shown, (-limit, limit), unit, title)


def ramp_figure(source: RasterSource, ramp: Ramp, title: str) -> str:
    """Return the SVG of a raster of numbers in the colours of its layer; thinned and stretched as `map_figure` does."""
    values = _in_true_shape(thinned(source), source.grid())
    anchors, colours = zip(*ramp.stops)
    legend = [(f"{anchor:g} {ramp.unit}", colour) for anchor, colour in ramp.stops]
    return image(_png(_coloured(values, np.array(anchors), colours)), values.shape[1], values.shape[0], title, legend)


def _in_true_shape(values: np.ndarray, grid: Grid) -> np.ndarray:
    """Repeat rows of a grid in degrees so that its centre has its true shape."""
    if not grid.is_geographic:
        return values
    _, south, _, north = grid.bounds
    stretched = round(values.shape[0] / np.cos(np.radians((south + north) / 2)))
    return values[np.arange(stretched) * values.shape[0] // stretched]


def _coloured(values: np.ndarray, anchors: np.ndarray, colours: Sequence[str]) -> np.ndarray:
    """Return RGBA bytes, colours interpolated between anchors, NaN transparent."""
    channels = np.array([[int(colour[i : i + 2], 16) for i in (1, 3, 5)] for colour in colours])
    missing = np.isnan(values)
    known = np.where(missing, anchors[0], values)
    pixels = [np.interp(known, anchors, channels[:, band]) for band in range(3)]
    return np.dstack([*pixels, 255.0 * ~missing]).astype(np.uint8)


def thinned(source: RasterSource) -> np.ndarray:
    """Return every n-th cell of a band, at most `MAX_WIDTH` columns, on the grid of the raster."""
    grid = source.grid()
    step = max(1, -(-grid.width // MAX_WIDTH))
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
