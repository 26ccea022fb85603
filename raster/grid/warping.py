"""How every raster is warped, so that a cell has the same value in any window and with any release of GDAL."""

from __future__ import annotations

import math

import numpy as np

from .gdal_io import transform_points, transformation
from .grid import Grid
from .longitudes import off_turns

# Up to cells of twice the size, bilinear uses the four around a centre, as GDAL does by itself from 3.13 on; earlier
# releases stretch the kernel from 5 % more on. With a scale of 1 all releases do the same.
STRETCHED_BELOW = 0.5 - 1e-6


def scale_options(own: Grid, grid: Grid) -> list[str]:
    """Return the warp options that state the scale between the cells of two grids.

    Without them GDAL takes the scale from the bounds of each part that it warps: it then differs from part to part
    and from release to release, and smooths where lattices coincide or projections are sheared.

    Parameters
    ----------
    own : Grid
        Of the raster that is warped.
    grid : Grid
        The whole grid that it is warped to, also where only a part of it is read.
    """
    steps = steps_across(own, grid)
    if not _is_regular(steps):
        # The centre of the grid has no place in the CRS of the raster; that of the raster may have one on the grid.
        back = steps_across(grid, own)
        if not _is_regular(back):
            return []
        steps = np.linalg.inv(back)
    # Cells of the grid that a step on the raster crosses; the kernel is stretched where that is less than one.
    x_scale, y_scale = (min(1.0, math.hypot(*step)) for step in np.linalg.inv(steps).T)
    if min(x_scale, y_scale) >= STRETCHED_BELOW:
        x_scale = y_scale = 1.0
    return [f"XSCALE={x_scale}", f"YSCALE={y_scale}"]


def _is_regular(steps: np.ndarray) -> bool:
    return bool(np.isfinite(steps).all() and np.linalg.det(steps) != 0)


def steps_across(lattice: Grid, grid: Grid) -> np.ndarray:
    """Return how many columns and rows of a lattice a step right and a step down on a grid cross, shape (2, 2).

    Rows of the result are columns and rows of the lattice, at the centre of the grid. Not finite if that has
    no place in the CRS of the lattice.
    """
    x0, dx, _, y0, _, dy = grid.geotransform
    x, y = x0 + dx * grid.width / 2, y0 + dy * grid.height / 2
    corners = np.array([(x, y), (x + dx, y), (x, y + dy)])
    if not grid.same_crs(lattice):
        way = transformation(grid.crs_wkt, lattice.crs_wkt, "the grid")
        corners = transform_points(way, corners)
    steps = corners[1:] - corners[0]
    # A step across the line where longitudes jump is short.
    steps[:, 0] = [off_turns(x, lattice.turn) if np.isfinite(x) else x for x in steps[:, 0].tolist()]
    return (steps / (lattice.geotransform[1], lattice.geotransform[5])).T
