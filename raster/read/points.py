"""Points as cells: several points in a cell are one observation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from osgeo import ogr

from ...core.errors import InputError
from ...core.language import tr
from ..grid.grid import FIRST_INPUT, Grid
from ..grid.window import Window
from .classes import NO_CLASS
from .protocols import Reader, Source
from .vectors import Features, PolygonSource


@dataclass(frozen=True)
class CellObservations:
    """Observations of points by cell.

    Attributes
    ----------
    columns, rows, classes : arrays of int, shape (n,)
        The cells that contain points, and their class; `NO_CLASS` where the points of a cell disagree.
    points, outside, disagreeing : int
        Numbers of all points, of points off the grid, and of cells whose points disagree.
    """

    columns: np.ndarray
    rows: np.ndarray
    classes: np.ndarray
    points: int
    outside: int
    disagreeing: int


def locate(features: Features, grid: Grid, raster: str = FIRST_INPUT) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the positions of points on a grid, known to the user as that of `raster`.

    Returns
    -------
    columns, rows : arrays, shape (n,)
        Distance from the corner of the grid in cells: 0.5 is the centre of the first one.
    inside : array of bool, shape (n,)
        Whether a point lies on the grid.

    Raises
    ------
    InputError
        If a feature is of points in different places.
    """
    geometries = [ogr.CreateGeometryFromWkb(wkb) for wkb in features.on(grid, raster).wkb]
    # The centre of the envelope is the point itself, also for multipoints with a single point.
    envelopes = np.array([geometry.GetEnvelope() for geometry in geometries])
    is_spread = (envelopes[:, 0] != envelopes[:, 1]) | (envelopes[:, 2] != envelopes[:, 3])
    if is_spread.any():
        raise InputError(
            tr(
                "Layer '{name}' holds {number} features of several points in different places: convert them to single "
                "points by 'Multipart to singleparts'.",
                name=features.name,
                number=int(is_spread.sum()),
            )
        )
    x, y = envelopes[:, :2].mean(axis=1), envelopes[:, 2:].mean(axis=1)
    x0, dx, _, y0, _, dy = grid.geotransform
    columns, rows = (x - x0) / dx, (y - y0) / dy
    return columns, rows, (columns >= 0) & (columns < grid.width) & (rows >= 0) & (rows < grid.height)


def read_cells(source: Source, grid: Grid, columns: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Read a source at single cells of a grid, shape (n,)."""
    reader = source.open(grid)
    cells = zip(columns.tolist(), rows.tolist())
    return np.array([reader.read(Window(column, row, 1, 1))[0, 0] for column, row in cells])


def observe_cells(features: Features, grid: Grid) -> CellObservations:
    """Assign points to the cells of a grid."""
    x, y, inside = locate(features, grid)
    columns, rows = np.floor(x).astype(np.int64), np.floor(y).astype(np.int64)
    values = np.array(features.values, np.int64)[inside]
    cells, first, cell_of = np.unique(
        rows[inside] * grid.width + columns[inside], return_index=True, return_inverse=True
    )
    classes = values[first]
    disagreeing = np.unique(cell_of[values != classes[cell_of]])
    classes[disagreeing] = NO_CLASS
    return CellObservations(
        cells % grid.width,
        cells // grid.width,
        classes,
        points=len(x),
        outside=int((~inside).sum()),
        disagreeing=len(disagreeing),
    )


@dataclass(frozen=True)
class PointSource(PolygonSource):
    """The class of the points in each cell, int32; `NO_CLASS` where there is none."""

    def open(self, grid: Grid) -> Reader:
        """Open it on a grid."""
        return PointReader(observe_cells(self.features, grid))


class PointReader:
    """Reads the observations in a window."""

    def __init__(self, observations: CellObservations) -> None:
        self._observations = observations

    def read(self, window: Window) -> np.ndarray:
        """Return int32."""
        seen = self._observations
        columns, rows = seen.columns - window.column, seen.rows - window.row
        here = (columns >= 0) & (columns < window.width) & (rows >= 0) & (rows < window.height)
        classes = np.full(window.shape, NO_CLASS, np.int32)
        classes[rows[here], columns[here]] = seen.classes[here]
        return classes
