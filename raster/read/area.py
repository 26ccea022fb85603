"""True areas of cells: on the ellipsoid for degrees, through the projection for map units, planar on a local CRS."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Optional

import numpy as np
from osgeo import osr

from ...core.assess.area import position_m, zone_area_km2
from ...core.sums import multiples, step_for
from ..grid.gdal_io import spatial_reference, transform_points
from ..grid.grid import FIRST_INPUT, Grid, require_metres
from ..grid.window import Window
from .protocols import Cost

# The areal scale of a projection varies slowly: it is computed at nodes this many cells apart, counted from the corner
# of the grid, so that a cell has the same area in any window.
NODE_CELLS = 16

# Positions per side of a grid at which cells are measured to find the largest, and how much larger others may be.
PLACES = 5
MARGIN = 4.0


@dataclass(frozen=True)
class CellAreaSource:
    """The area of each cell in km2, float64.

    Attributes
    ----------
    raster : str
        Name of the raster, known to the user.
    name : str
        For messages.
    max_cells : int, optional
        Maximum number of cells of a window, for work that takes long per cell.
    """

    raster: str = FIRST_INPUT
    name: str = "cell area"
    max_cells: Optional[int] = None

    def cost(self, _grid: Grid) -> Cost:
        """Return the memory of a float64 per cell."""
        return Cost(bytes_per_cell=8, max_cells=self.max_cells)

    def open(self, grid: Grid) -> CellAreaReader:
        """Open it on a grid.

        Raises
        ------
        InputError
            If the size of its cells is unknown, as without a CRS.
        """
        require_metres(grid, self.raster)
        return CellAreaReader(grid)

    def step(self, grid: Grid) -> float:
        """Return the step in km2 of which areas are whole multiples; shares of areas are summed exactly in it, too.

        Raises
        ------
        InputError
            As for `open`.
        """
        return self.open(grid).step


class CellAreaReader:
    """Computes areas of cells.

    Attributes
    ----------
    step : float
        Areas are whole multiples of it, km2, and their sum over the grid is not rounded, see `core.sums`.
    """

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        reference = spatial_reference(grid.crs_wkt) if grid.crs_wkt else None
        if reference is None or reference.IsLocal():
            self._area = _in_the_plane
        elif reference.IsGeographic():
            self._area = _on_ellipsoid
        else:
            self._area = _through_projection
        self._reference = reference
        places = {
            (int(row), int(column))
            for row in np.linspace(0, grid.height - 1, PLACES)
            for column in np.linspace(0, grid.width - 1, PLACES)
        }
        areas = [float(self._area(grid, Window(column, row, 1, 1), reference)[0, 0]) for row, column in places]
        # Cells that have no place on the Earth have no area.
        self.step = step_for(MARGIN * max(area for area in [0.0, *areas] if not math.isnan(area)) * grid.cells)

    def read(self, window: Window) -> np.ndarray:
        """Return km2, shape (rows, columns)."""
        return multiples(self._area(self._grid, window, self._reference), self.step)


def _in_the_plane(grid: Grid, window: Window, reference: Optional[osr.SpatialReference]) -> np.ndarray:
    """Return areas in the plane: in the unit of a local CRS, or in metres without a CRS."""
    unit = reference.GetLinearUnits() if reference is not None else 1.0
    return np.full(window.shape, abs(grid.geotransform[1] * grid.geotransform[5]) * unit**2 / 1e6)


def _on_ellipsoid(grid: Grid, window: Window, reference: osr.SpatialReference) -> np.ndarray:
    to_degrees = np.degrees(reference.GetAngularUnits())
    _, dx, _, y0, _, dy = grid.geotransform
    edges = (y0 + dy * (window.row + np.arange(window.height + 1))) * to_degrees
    # Cells of some models are centred at the poles: half of each is on the Earth.
    edges = np.clip(edges, -90.0, 90.0)
    rows = np.abs(
        zone_area_km2(
            edges[1:], edges[:-1], abs(dx) * to_degrees, reference.GetSemiMajor(), reference.GetInvFlattening()
        )
    )
    return np.broadcast_to(rows[:, np.newaxis], window.shape)


def _through_projection(grid: Grid, window: Window, reference: osr.SpatialReference) -> np.ndarray:
    """Return the area in map units times the areal scale, computed at nodes and interpolated between them."""
    columns, left, column_share = _nodes(window.column, window.width)
    rows, top, row_share = _nodes(window.row, window.height)
    scale = _ground_per_map(grid, columns, rows, reference)
    cell = abs(grid.geotransform[1] * grid.geotransform[5])
    # Cell by cell: the last digit of a matrix product may depend on the size of the matrices.
    along = scale[:, left] * (1 - column_share) + scale[:, left + 1] * column_share
    row_share = row_share[:, np.newaxis]
    return cell / 1e6 * (along[top] * (1 - row_share) + along[top + 1] * row_share)


def _nodes(first: int, count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return node positions along an axis, and for each cell centre the node before and the fraction to the next."""
    begin, end = first // NODE_CELLS, -(-(first + count) // NODE_CELLS)
    place = (first + np.arange(count) + 0.5) / NODE_CELLS
    left = np.floor(place).astype(int)
    return NODE_CELLS * np.arange(begin, end + 1), left - begin, place - left


def _ground_per_map(grid: Grid, columns: np.ndarray, rows: np.ndarray, reference: osr.SpatialReference) -> np.ndarray:
    """Return m2 on the ellipsoid per square map unit at nodes, shape (rows, columns).

    Computed from the sides of a cell in space, for which neither the date line nor the poles are special.
    """
    geographic = reference.CloneGeogCS()
    geographic.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    to_degrees = osr.CoordinateTransformation(reference, geographic)
    x0, dx, _, y0, _, dy = grid.geotransform
    x, y = np.meshgrid(x0 + dx * columns, y0 + dy * rows)
    hx, hy = abs(dx) / 2, abs(dy) / 2

    def place(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        points = transform_points(to_degrees, np.column_stack([x.ravel(), y.ravel()]))
        space = position_m(points[:, 0], points[:, 1], reference.GetSemiMajor(), reference.GetInvFlattening())
        return space.reshape(*x.shape, 3)

    by_x = (place(x + hx, y) - place(x - hx, y)) / (2 * hx)
    by_y = (place(x, y + hy) - place(x, y - hy)) / (2 * hy)
    return np.linalg.norm(np.cross(by_x, by_y), axis=-1)
