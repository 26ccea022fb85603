"""How every raster is warped, so that a cell comes out the same in whatever window and by whatever GDAL it is read."""

from __future__ import annotations

import math

import numpy as np

from .gdal_io import attempt, transformation
from .grid import Grid
from .longitudes import off_turns

# Up to cells of twice the size, bilinear takes the four around a centre, as GDAL does of itself from 3.13 on; earlier
# ones stretch the kernel from a twentieth more on. Told that nothing is scaled, all do the same.
STRETCHED_BELOW = 0.5 - 1e-6


def scale_options(own: Grid, grid: Grid) -> list[str]:
    """Return the options of a warp that say how cells of one grid are to cells of another.

    Left to itself GDAL takes the scale from the bounds of each part that it warps: it then differs from part to part
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
        # The middle of the grid has no place in the CRS of the raster; that of the raster may have one on the grid.
        back = steps_across(grid, own)
        if not _is_regular(back):
            return []
        steps = np.linalg.inv(back)
    # Cells of the grid that one step on the raster crosses; resampling is stretched where that is less than one.
    x_scale, y_scale = (min(1.0, math.hypot(*step)) for step in np.linalg.inv(steps).T)
    if min(x_scale, y_scale) >= STRETCHED_BELOW:
        x_scale = y_scale = 1.0
    return [f"XSCALE={x_scale}", f"YSCALE={y_scale}"]


def _is_regular(steps: np.ndarray) -> bool:
    return bool(np.isfinite(steps).all() and np.linalg.det(steps) != 0)


def steps_across(lattice: Grid, grid: Grid) -> np.ndarray:
    """Return how many columns and rows of a lattice one step right and one step down on a grid cross, shape (2, 2).

    Rows of the result are columns and rows of the lattice; taken at the middle of the grid. Not finite where that has
    no place in the CRS of the lattice.
    """
    x0, dx, _, y0, _, dy = grid.geotransform
    x, y = x0 + dx * grid.width / 2, y0 + dy * grid.height / 2
    corners = np.array([(x, y), (x + dx, y), (x, y + dy)])
    if not grid.same_crs(lattice):
        way = transformation(grid.crs_wkt, lattice.crs_wkt, "the grid")
        points, _ = attempt(way.TransformPoints, corners.tolist())
        corners = np.full((3, 2), np.nan) if points is None else np.array(points)[:, :2]
    corners[~np.isfinite(corners)] = np.nan
    steps = corners[1:] - corners[0]
    # A step over the line where longitudes jump is a short one.
    steps[:, 0] = [off_turns(x, lattice.turn) if np.isfinite(x) else x for x in steps[:, 0].tolist()]
    return (steps / (lattice.geotransform[1], lattice.geotransform[5])).T
