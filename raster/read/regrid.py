"""Rasters resampled to the cells of a grid by GDAL, window by window.

Arrays are warped in which missing cells are marked already, for whatever reason: so every kind of nodata, mask
and alpha band counts the same for every method. A raster in longitudes is aligned to a grid wherever whole turns around
the Earth bring it there. Windows are cut along fixed blocks of the grid, so a cell has the same value in all of them.
"""

from __future__ import annotations

import math
from typing import Callable, Iterator, Optional

import numpy as np
from osgeo import gdal, gdal_array, osr

from ...core.errors import InputError
from ...core.language import tr
from ..grid.gdal_io import attempt, transform_points, transformation
from ..grid.grid import Grid
from ..grid.longitudes import turns_between, turns_onto
from ..grid.stopping import goes_on, stop_if_cancelled
from ..grid.warping import scale_options, steps_across
from ..grid.window import Window

# Side of the blocks of the grid that are warped at a time; windows of jobs consist of them.
BLOCK = 256

# A block that needs more cells of the raster is cut into four, as where longitudes jump or the raster is much finer.
MAX_CELLS = 8_000_000
MIN_SIDE = 16

# Tolerance of GDAL's approximation of coordinates, in cells of the raster; its own default.
MAX_SHIFT = 0.125

# Maximum number of positions per side of a window that are transformed to find it on the raster.
PLACES = 16

# A lattice closes around the Earth if a whole turn misses a cell by no more than this share of it.
CLOSED = 0.01

# Separate windows are read as one if that is no more than this many times as large as they are together.
SPARSE = 4

# Cells around a window that resampling uses, beside its kernel.
MARGIN = 3

# Returns the cells of a window within the raster; rows and columns are the last axes.
Read = Callable[[Window], np.ndarray]


class Regrid:
    """Resamples a raster to a grid.

    Parameters
    ----------
    own, grid : Grid
        Grid of the raster, and target grid; both have a CRS.
    resampling : str
        GDAL's name of the method.
    name : str
        Name of the raster, known to the user.
    max_shift : float
        Tolerance of GDAL's approximation of coordinates, in cells of the raster.
    bounded : bool
        Whether the raster ends where `own` does; otherwise `own` is part of a lattice, all of which can be read.
    """

    def __init__(
        self, own: Grid, grid: Grid, resampling: str, name: str, max_shift: float = MAX_SHIFT, bounded: bool = True
    ) -> None:
        if own.turn and grid.turn:
            grid = grid.turned(turns_between(grid.middle_x * own.turn / grid.turn, own.middle_x, own.turn))
        self._own = own
        self._grid = grid
        self._resampling = resampling
        self._name = name
        self._max_shift = max_shift
        self._bounded = bounded
        self._same_crs = grid.same_crs(own)
        self._way = None if self._same_crs else transformation(grid.crs_wkt, own.crs_wkt, name)
        self._scale = scale_options(own, grid)
        steps = steps_across(own, grid)
        self._margin = MARGIN + (math.ceil(np.hypot(*steps.T).max()) if np.isfinite(steps).all() else 0)
        # Columns of the raster in a whole turn of longitude; 0 where x is no longitude.
        self._turn_columns = own.turn / own.geotransform[1]
        self._tiles: dict[Window, tuple[Window, ...]] = {}
        self._places: dict[Window, Optional[Window]] = {}

    def read(self, read: Read, window: Window, missing: np.number, bands: tuple[int, ...] = ()) -> np.ndarray:
        """Return the cells of a window of the grid, of the type of `missing`, which marks cells without a value.

        Parameters
        ----------
        read : callable
            Returns windows of the raster, of the same type and with `missing` in cells without a value.
        window : Window
            Of the grid.
        missing : number
        bands : tuple of int
            Leading shape of what is read: empty, or the number of bands that are warped together. As
            in GDAL, a gap in one of several bands is filled from its edges, and one in all of them keeps its size.
        """
        values = np.full((*bands, *window.shape), missing)
        for tile in self._tiles_of(window):
            stop_if_cancelled()
            # Whole tiles, since coordinates are interpolated along their rows and rounded from their corners.
            cells = self._warped(read, tile, missing)
            if cells is not None:
                part = tile.intersection(window)
                values[slices(part, window)] = cells[slices(part, tile)]
        return values

    def places(self, window: Window) -> list[Window]:
        """Return the windows of the raster that resampling to a window uses, as few as possible.

        They may extend beyond the raster, with columns that continue where longitudes do.
        """
        places = [place for place in map(self._place, self._tiles_of(window)) if place is not None]
        if not places:
            return []
        left, top = min(place.column for place in places), min(place.row for place in places)
        right = max(place.column + place.width for place in places)
        bottom = max(place.row + place.height for place in places)
        # On both sides of a line where x jumps, the cells between are not needed.
        is_dense = (right - left) * (bottom - top) <= SPARSE * sum(place.width * place.height for place in places)
        return [Window(left, top, right - left, bottom - top)] if is_dense else places

    def _place(self, tile: Window) -> Optional[Window]:
        """Return the window that resampling to a tile uses; None where the tile has no place on the raster."""
        if tile not in self._places:
            self._places[tile] = self._find(tile)
        return self._places[tile]

    def _tiles_of(self, window: Window) -> Iterator[Window]:
        """Yield the parts of blocks that are warped at a time and touch a window."""
        for row in range(window.row // BLOCK * BLOCK, window.row + window.height, BLOCK):
            for column in range(window.column // BLOCK * BLOCK, window.column + window.width, BLOCK):
                block = Window(column, row, BLOCK, BLOCK).intersection(self._grid.window())
                if block not in self._tiles:
                    self._tiles[block] = tuple(self._cut(block))
                yield from filter(window.touches, self._tiles[block])

    def _cut(self, block: Window) -> Iterator[Window]:
        """Yield a block, or parts of it that do not need too many cells."""
        place = self._find(block)
        if place is None or max(block.shape) <= MIN_SIDE:
            yield block
            return
        if sum(part.width * part.height for _, part in self._copies(place)) <= MAX_CELLS:
            yield block
            return
        column, row = block.column + (block.width + 1) // 2, block.row + (block.height + 1) // 2
        for top, bottom in ((block.row, row), (row, block.row + block.height)):
            for left, right in ((block.column, column), (column, block.column + block.width)):
                if left < right and top < bottom:
                    yield from self._cut(Window(left, top, right - left, bottom - top))

    def _find(self, window: Window) -> Optional[Window]:
        x0, dx, _, y0, _, dy = self._own.geotransform
        left, width, _, top, _, height = self._grid.geotransform
        columns = left + width * (window.column + _spread(window.width))
        rows = top + height * (window.row + _spread(window.height))
        x, y = np.meshgrid(columns, rows)
        if self._way is not None:
            x, y = self._transformed(self._way, x, y)
        columns, rows = (x - x0) / dx, (y - y0) / dy
        is_placed = np.isfinite(columns) & np.isfinite(rows)
        if not is_placed.any():
            return None
        span = []
        for places in (columns, rows):
            apart = max(_largest_step(places, 0), _largest_step(places, 1))
            # Between two positions the raster bends; if one has no place, cells up to the other one may have.
            slack = self._margin + apart * (0.5 if is_placed.all() else 1.0)
            span.append((math.floor(places[is_placed].min() - slack), math.ceil(places[is_placed].max() + slack)))
        (first, last), (upper, lower) = span
        if self._turn_columns and self._way is not None and last - first >= abs(self._turn_columns):
            # All longitudes: those that a projection returns, and a margin beyond them.
            half = abs(self._turn_columns) / 2
            first, last = math.floor(-x0 / dx - half) - self._margin, math.ceil(-x0 / dx + half) + self._margin
        return Window(first, upper, last - first, lower - upper)

    def _transformed(
        self, way: osr.CoordinateTransformation, x: np.ndarray, y: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return positions of the grid in the CRS of the raster; not finite where they have no place there."""
        found = transform_points(way, np.column_stack([x.ravel(), y.ravel()])).T.reshape(2, *x.shape)
        turn = self._own.turn
        if turn and np.isfinite(found).any():
            # Longitudes continue where they jump: those near to each other are taken.
            if self._grid.turn:
                near = x * turn / self._grid.turn
            else:
                known = found[0][np.isfinite(found[0])]
                middle = found[0][x.shape[0] // 2, x.shape[1] // 2]
                near = middle if np.isfinite(middle) else known[len(known) // 2]
                near += turn * turns_between(near, self._own.middle_x, turn)
            found[0] += turn * np.round((near - found[0]) / turn)
        return found[0], found[1]

    def _copies(self, place: Window) -> list[tuple[int, Window]]:
        """Return the numbers of whole turns by which the raster overlaps a window, and its own window for each."""
        if not self._bounded:
            return [(0, place)]
        rows = place.intersection(Window(place.column, 0, place.width, self._own.height))
        copies = []
        shift = self._turn_columns
        first, last = place.column, place.column + place.width
        for turns in sorted(turns_onto(0, self._own.width, first, last, abs(shift))):
            turns = turns if shift >= 0 else -turns
            begin, end = math.floor(first - turns * shift), math.ceil(last - turns * shift)
            window = Window(begin, rows.row, end - begin, rows.height).intersection(self._own.window())
            if window.width and window.height:
                copies.append((turns, window))
        return copies

    def _warped(self, read: Read, tile: Window, missing: np.number) -> Optional[np.ndarray]:
        """Return the cells of a tile; None where the raster does not reach it."""
        place = self._place(tile)
        copies = self._copies(place) if place is not None else []
        if not copies:
            return None
        whole = columns_in_a_turn(self._own)
        if len(copies) == 1 or not whole:
            sources = [(self._own.part(window).turned(turns), _in_strips(read, window)) for turns, window in copies]
        else:
            # The lattice closes around the Earth, so cells on both sides of the jump of longitudes are neighbours.
            first = min(window.column + turns * whole for turns, window in copies)
            last = max(window.column + window.width + turns * whole for turns, window in copies)
            _, any_window = copies[0]
            joint = Window(first, any_window.row, last - first, any_window.height)
            parts = [(window.column + turns * whole - first, _in_strips(read, window)) for turns, window in copies]
            cells = np.full((*parts[0][1].shape[:-1], joint.width), missing)
            for left, part in parts:
                cells[..., left : left + part.shape[-1]] = part
            sources = [(self._own.part(joint), cells)]
        result: Optional[np.ndarray] = None
        for own, cells in sources:
            values = self._warp(own, cells, tile, missing)
            result = values if result is None else np.where(_is(result, missing), values, result)
        return result

    def _warp(self, own: Grid, cells: np.ndarray, tile: Window, missing: np.number) -> np.ndarray:
        target_grid = self._grid.part(tile)
        # The same definition where both are equivalent, so that GDAL does not transform.
        crs_wkt = target_grid.crs_wkt if self._same_crs else own.crs_wkt
        source = _in_memory(own, crs_wkt, cells, missing)
        nothing = np.full((*cells.shape[:-2], *tile.shape), missing)
        target = _in_memory(target_grid, target_grid.crs_wkt, nothing, missing)
        done, messages = attempt(
            gdal.Warp,
            target,
            source,
            resampleAlg=self._resampling,
            srcNodata=str(missing),
            dstNodata=str(missing),
            errorThreshold=self._max_shift,
            warpOptions=[*self._scale, "UNIFIED_SRC_NODATA=PARTIAL"],
            callback=goes_on,
        )
        stop_if_cancelled()
        if not done:
            raise InputError(
                tr(
                    "Raster '{name}' cannot be aligned to the first input ({reason}): check its CRS.",
                    name=self._name,
                    reason=messages.reason,
                )
            )
        return target.ReadAsArray().reshape(*cells.shape[:-2], *tile.shape)


def _in_strips(read: Read, window: Window) -> np.ndarray:
    """Read a window, several rows at a time, and end between them if the run is cancelled.

    Of a raster that is much finer than the grid, even the smallest block needs hundreds of millions of cells.
    """
    height = max(1, MAX_CELLS // window.width)
    rows = range(0, window.height, height)
    strips = (Window(window.column, window.row + row, window.width, min(height, window.height - row)) for row in rows)
    first = read(next(strips))
    if len(rows) == 1:
        return first
    cells = np.empty((*first.shape[:-2], *window.shape), first.dtype)
    cells[..., :height, :] = first
    for row, strip in zip(rows[1:], strips):
        stop_if_cancelled()
        cells[..., row : row + height, :] = read(strip)
    return cells


def columns_in_a_turn(own: Grid) -> int:
    """Return the columns of a lattice in a whole turn of longitude; 0 if x is no longitude, or a turn cuts a cell.

    Otherwise a turn maps the lattice onto itself.
    """
    columns = own.turn / own.geotransform[1]
    return round(columns) if abs(columns - round(columns)) <= CLOSED else 0


def slices(part: Window, whole: Window) -> tuple:
    """Return the index of a window in an array of another window that contains it."""
    row, column = part.row - whole.row, part.column - whole.column
    return ..., slice(row, row + part.height), slice(column, column + part.width)


def _spread(cells: int) -> np.ndarray:
    """Return positions along a number of cells, from the first edge to the last."""
    return np.linspace(0, cells, min(cells, PLACES) + 1)


def _largest_step(places: np.ndarray, axis: int) -> float:
    steps = np.abs(np.diff(places, axis=axis))
    steps = steps[np.isfinite(steps)]
    return float(steps.max()) if steps.size else 0.0


def _is(values: np.ndarray, missing: np.number) -> np.ndarray:
    return np.isnan(values) if np.isnan(missing) else values == missing


def _in_memory(grid: Grid, crs_wkt: str, cells: np.ndarray, missing: np.number) -> gdal.Dataset:
    kind = gdal_array.NumericTypeCodeToGDALTypeCode(cells.dtype.type)
    bands = cells.reshape(-1, *cells.shape[-2:])
    dataset = gdal.GetDriverByName("MEM").Create("", grid.width, grid.height, len(bands), kind)
    dataset.SetGeoTransform(grid.geotransform)
    dataset.SetProjection(crs_wkt)
    for number, of_band in enumerate(bands, start=1):
        dataset.GetRasterBand(number).SetNoDataValue(missing.item())
        dataset.GetRasterBand(number).WriteArray(of_band)
    return dataset
