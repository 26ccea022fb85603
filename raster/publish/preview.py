"""Small pictures of rasters, for reports."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Callable, Optional, Sequence

import numpy as np
from osgeo import gdal, osr

from ...core.classes import SEQUENCE, MapClass, Ramp
from ...core.errors import InputError
from ...core.language import tr
from ...core.reports.charts import Frame, image
from ...core.reports.numbers import fixed
from ..grid.gdal_io import transform_points, transformation
from ..grid.grid import Grid
from ..grid.window import Window
from ..read.classes import ClassSource
from ..read.description import unit_of
from ..read.rasters import RasterSource

# Columns of a picture.
MAX_WIDTH = 900

# Cells around the part of a map that is drawn.
MARGIN = 3

# Values that a class can have.
BYTES = range(256)

# Marks at an edge of a map, and the share of its width that the scale bar takes, at most.
MAX_MARKS = 5
MAX_SCALE = 0.3

# Places along an edge at which its coordinates are computed.
PLACES = 201


@dataclass(frozen=True, eq=False)
class Picture:
    """A raster as it is drawn.

    Attributes
    ----------
    values : ndarray, shape (rows, columns)
        Every n-th cell, at most `MAX_WIDTH` columns.
    grid : Grid
        The grid of these cells.
    """

    values: np.ndarray
    grid: Grid

    @classmethod
    def of(cls, source: RasterSource, grid: Optional[Grid] = None) -> Picture:
        """Read a band on a grid, by default its own."""
        grid = grid or source.grid()
        step = max(1, -(-grid.width // MAX_WIDTH))
        reader = source.open(grid)
        rows = range(0, grid.height, step)
        values = np.stack([reader.read(Window(0, row, grid.width, 1))[0, ::step] for row in rows])
        x0, dx, rx, y0, ry, dy = grid.geotransform
        corner = (x0, dx * step, rx, y0, ry, dy * step)
        return cls(values, Grid(values.shape[1], values.shape[0], corner, grid.crs_wkt))

    def cut(self, known: np.ndarray) -> Picture:
        """Return the part that holds the cells which are known, with a margin; all of it where there are none."""
        rows, columns = (np.flatnonzero(known.any(axis=axis)) for axis in (1, 0))
        if not len(rows):
            return self
        top, left = max(0, rows[0] - MARGIN), max(0, columns[0] - MARGIN)
        values = self.values[top : rows[-1] + MARGIN + 1, left : columns[-1] + MARGIN + 1]
        height, width = values.shape
        return Picture(values, self.grid.part(Window(int(left), int(top), width, height)))

    def svg(self, colours: np.ndarray, title: str, legend: Sequence[tuple[str, str]]) -> str:
        """Return the SVG of the cells in their true shape, with coordinates and scale.

        Parameters
        ----------
        colours : ndarray of uint8, shape (rows, columns, 4)
            RGBA of each cell.
        title : str
            What it shows, for screen readers.
        legend : sequence of (label, colour)
        """
        pixels = _in_true_shape(colours, self.grid)
        height, width, _ = pixels.shape
        return image(_png(pixels), width, height, title, legend, frame_of(self.grid))


def map_figure(source: RasterSource, classes: Sequence[MapClass], title: str) -> str:
    """Return the SVG of a map of classes, cut to the cells that have one, with those of its classes that occur."""
    whole = Picture.of(ClassSource.of(source))
    values = [entry.value for entry in classes]
    picture = whole.cut(np.isin(whole.values, values))
    known = np.isin(picture.values, values)
    table = np.zeros((len(BYTES), 4), np.uint8)
    for entry in classes:
        table[entry.value] = (*entry.rgb, 255)
    colours = table[np.where(known, picture.values, 0).astype(np.uint8)]
    colours[~known] = 0
    shown = [entry for entry in classes if (picture.values == entry.value).any()]
    return picture.svg(colours, title, [(tr(entry.name), entry.colour) for entry in shown])


def field_figure(picture: Picture, limits: tuple[float, float], unit: str, title: str) -> str:
    """Return the SVG of numbers, NaN left white, stretched between two limits.

    Parameters
    ----------
    picture : Picture
        What is drawn.
    limits : tuple of float
        Values that get the first and the last colour.
    unit, title : str
        For the legend, and for screen readers.
    """
    low, high = limits
    anchors = np.linspace(low, high if high > low else low + 1.0, len(SEQUENCE))
    legend = [
        (f"{fixed(anchor, 1)} {unit}", colour)
        for anchor, colour in zip(np.linspace(low, high, len(SEQUENCE)).tolist(), SEQUENCE)
    ]
    return picture.svg(_coloured(picture.values, anchors, SEQUENCE), title, legend)


def gap_figures(
    before: RasterSource, after: RasterSource, std: Optional[RasterSource], label: str
) -> tuple[str, str, str]:
    """Return the SVG of a scene with its gaps, filled, and of its standard deviation; empty where there is nothing."""
    filled = Picture.of(after)
    known = filled.values[np.isfinite(filled.values)]
    if not known.size:
        return "", "", ""
    low, high = np.percentile(known, (1, 99)).tolist()
    unit = unit_of(after).replace("degC", "°C")
    figures = [
        field_figure(picture, (low, high), unit, title)
        for picture, title in (
            (Picture.of(before), tr("{label} before", label=label)),
            (filled, tr("{label} after", label=label)),
        )
    ]
    if std is None:
        return figures[0], figures[1], ""
    deviation = Picture.of(std)
    limits = (0.0, float(np.nanpercentile(deviation.values, 99)))
    return figures[0], figures[1], field_figure(deviation, limits, "K", tr("{label} standard deviation", label=label))


def significant_figure(slope: RasterSource, p: RasterSource, alpha: float, unit: str, title: str) -> str:
    """Return the SVG of trends where their p-value is at most alpha, others white; empty where there are none."""
    slopes = Picture.of(slope)
    shown = np.where(Picture.of(p).values <= alpha, slopes.values, np.nan)
    if np.isnan(shown).all():
        return ""
    # The seven entries of the legend stand for whole tenths.
    limit = 0.3 * float(np.ceil(np.nanmax(np.abs(slopes.values)) / 0.3))
    return field_figure(Picture(shown, slopes.grid), (-limit, limit), unit, title)


def ramp_figure(source: RasterSource, ramp: Ramp, title: str, within: Optional[RasterSource] = None) -> str:
    """Return the SVG of a raster of numbers in the colours of its layer, cut to its values.

    Parameters
    ----------
    source : RasterSource
        What is drawn.
    ramp : Ramp
        Its colours; of those beyond the values only the next is in the legend.
    title : str
        For screen readers.
    within : RasterSource, optional
        A map of classes; cells without a class are left white.
    """
    whole = Picture.of(source)
    if within is not None:
        classes = Picture.of(ClassSource.of(within), source.grid())
        whole = Picture(np.where(np.isin(classes.values, BYTES[1:]), whole.values, np.nan), whole.grid)
    picture = whole.cut(np.isfinite(whole.values))
    anchors, colours = zip(*ramp.stops)
    shown = _around(picture.values, ramp.stops)
    legend = [(f"{anchor:g} {ramp.unit}".strip().replace("-", "\u2212"), colour) for anchor, colour in shown]
    return picture.svg(_coloured(picture.values, np.array(anchors), colours), title, legend)


def _around(values: np.ndarray, stops: Sequence[tuple[float, str]]) -> Sequence[tuple[float, str]]:
    """Return the stops of a ramp from the last one below all values to the first one above them."""
    if np.isnan(values).all():
        return stops
    anchors = np.array([anchor for anchor, _ in stops])
    first = max(0, int(np.searchsorted(anchors, np.nanmin(values), "right")) - 1)
    last = min(len(stops) - 1, int(np.searchsorted(anchors, np.nanmax(values), "left")))
    return stops[first : max(last, first) + 1]


# Coordinates and scale -------------------------------------------------------------------------------


def frame_of(grid: Grid) -> Frame:
    """Return the coordinates in degrees at the edges of a grid and its scale, as far as its CRS determines them."""
    return Frame(*_degrees(grid), _scale(grid))


def _degrees(grid: Grid) -> tuple[list[tuple[float, str]], list[tuple[float, str]]]:
    """Return the marks of longitudes along the lower edge and of latitudes along the left edge."""
    if not grid.crs_wkt:
        return [], []
    try:
        way = transformation(grid.crs_wkt, osr.SRS_WKT_WGS84_LAT_LONG, tr("the map"))
    except InputError:
        return [], []
    xmin, ymin, xmax, ymax = grid.bounds
    shares = np.linspace(0.0, 1.0, PLACES)
    lower = np.column_stack([xmin + shares * (xmax - xmin), np.full(PLACES, ymin)])
    left = np.column_stack([np.full(PLACES, xmin), ymax - shares * (ymax - ymin)])
    longitude, latitude = (transform_points(way, edge) for edge in (lower, left))
    if not (np.isfinite(longitude).all() and np.isfinite(latitude).all()):
        return [], []
    return (
        _marks(shares, np.unwrap(longitude[:, 0], period=360.0), _east),
        _marks(shares, latitude[:, 1], _north),
    )


def _marks(shares: np.ndarray, degrees: np.ndarray, said: Callable[[float, int], str]) -> list[tuple[float, str]]:
    """Return where round degrees lie along an edge, and their texts; nothing where the edge turns back."""
    steps = np.diff(degrees)
    if not ((steps > 0).all() or (steps < 0).all()):
        return []
    low, high = sorted((float(degrees[0]), float(degrees[-1])))
    step = round_step((high - low) / MAX_MARKS, upwards=True)
    digits = max(0, -math.floor(math.log10(step) + 1e-9))
    marks = step * np.arange(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)
    order = np.argsort(degrees)
    at = np.interp(marks, degrees[order], shares[order])
    return [(share, said(mark, digits)) for share, mark in zip(at.tolist(), marks.tolist())]


def _east(degrees: float, digits: int) -> str:
    degrees -= 360 * math.ceil((degrees - 180) / 360 - 1e-9)
    text = f"{abs(degrees):.{digits}f}"
    return f"{text}°" if abs(degrees) in (0.0, 180.0) else f"{text}° {'E' if degrees > 0 else 'W'}"


def _north(degrees: float, digits: int) -> str:
    text = f"{abs(degrees):.{digits}f}"
    return f"{text}°" if degrees == 0 else f"{text}° {'N' if degrees > 0 else 'S'}"


def _scale(grid: Grid) -> Optional[tuple[float, str]]:
    """Return the scale bar along the middle of a grid; None where the size of its cells is unknown."""
    try:
        widths, _ = grid.cell_metres()
    except InputError:
        return None
    width_m = float(widths[len(widths) // 2]) * grid.width
    bar_m = round_step(MAX_SCALE * width_m)
    return bar_m / width_m, f"{bar_m / 1000:g} km" if bar_m >= 1000 else f"{bar_m:g} m"


def round_step(value: float, upwards: bool = False) -> float:
    """Return the largest number with 1, 2 or 5 as its only digit that is not above a value, or the next one above."""
    power = 10.0 ** math.floor(math.log10(value))
    steps = [factor * power for factor in (1, 2, 5, 10)]
    if upwards:
        return next(step for step in steps if step >= value * (1 - 1e-9))
    return next(step for step in reversed(steps) if step <= value * (1 + 1e-9))


# Pixels ----------------------------------------------------------------------------------------------


def _in_true_shape(pixels: np.ndarray, grid: Grid) -> np.ndarray:
    """Repeat or thin out rows so that the cells in the middle of the grid have their true shape."""
    try:
        widths, height = grid.cell_metres()
    except InputError:
        return pixels
    stretched = max(1, round(pixels.shape[0] * height / float(widths[len(widths) // 2])))
    return pixels[np.arange(stretched) * pixels.shape[0] // stretched]


def _coloured(values: np.ndarray, anchors: np.ndarray, colours: Sequence[str]) -> np.ndarray:
    """Return RGBA bytes, colours interpolated between anchors, NaN transparent."""
    channels = np.array([[int(colour[i : i + 2], 16) for i in (1, 3, 5)] for colour in colours])
    missing = np.isnan(values)
    known = np.where(missing, anchors[0], values)
    pixels = [np.interp(known, anchors, channels[:, band]) for band in range(3)]
    return np.dstack([*pixels, 255.0 * ~missing]).astype(np.uint8)


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
