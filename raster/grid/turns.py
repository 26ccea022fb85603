"""Geometries in longitudes: unbroken where longitudes jump, and moved to the range that a grid uses."""

from __future__ import annotations

from typing import Callable, Optional

import numpy as np
from osgeo import ogr, osr

from .grid import Grid
from .longitudes import turns_between, turns_onto, whole_turn

# Number of pieces into which a geometry that crosses the line, or encloses a pole, is divided along its extent.
PIECES = 200


def onto_grid(
    geometry: ogr.Geometry, crs_wkt: str, way: Optional[osr.CoordinateTransformation], grid: Grid
) -> ogr.Geometry:
    """Return a geometry in the CRS of a grid, moved by whole turns onto the grid where that uses longitudes.

    A geometry that lies on the grid several times, as one of the whole Earth may, becomes a collection of copies; a
    point stays a single one.

    Parameters
    ----------
    geometry : ogr.Geometry
        With straight edges.
    crs_wkt : str
        Its CRS.
    way : osr.CoordinateTransformation, optional
        From it to that of the grid; None where they are the same.
    grid : Grid
    """
    turn = grid.turn
    moved = geometry if way is None else _transformed(geometry, crs_wkt, way, turn)
    if not turn or moved.IsEmpty():
        return moved
    xmin, xmax, _, _ = moved.GetEnvelope()
    left, _, right, _ = grid.bounds
    copies = turns_onto(xmin, xmax, left, right, turn)
    if xmin == xmax:
        # A point on the first edge of the grid belongs to it, one on the last edge does not.
        copies = [int(np.ceil((left - xmin) / turn))]
    if not copies:
        copies = [turns_between((xmin + xmax) / 2, grid.middle_x, turn)]
    if copies == [0]:
        return moved
    if len(copies) == 1:
        return _shifted(moved, copies[0] * turn)
    collection = ogr.Geometry(ogr.wkbGeometryCollection)
    for turns in copies:
        collection.AddGeometry(_shifted(moved, turns * turn))
    return collection


def _transformed(geometry: ogr.Geometry, crs_wkt: str, way: osr.CoordinateTransformation, turn: float) -> ogr.Geometry:
    """Return a geometry in another CRS, unbroken where the longitudes of that CRS jump."""
    before = geometry.GetEnvelope()
    moved = geometry.Clone()
    moved.Transform(way)
    if not turn:
        return moved
    own_turn = whole_turn(crs_wkt)
    if own_turn:
        xmin, xmax, _, _ = (x * turn / own_turn for x in before)
        after_min, after_max, _, _ = moved.GetEnvelope()
        if max(abs(after_min - xmin), abs(after_max - xmax)) > turn / 4:
            # In another datum a place has almost the same longitude.
            _each_line(geometry, moved, lambda x, y, old: (_near(x, old * turn / own_turn, turn), y))
        return moved
    xmin, xmax, _, _ = moved.GetEnvelope()
    if xmax - xmin <= turn / 2:
        return moved
    width, height = before[1] - before[0], before[3] - before[2]
    dense = geometry.Clone()
    if max(width, height) > 0:
        dense.Segmentize(max(width, height) / PIECES)
    moved = dense.Clone()
    moved.Transform(way)
    return _unbroken(moved, turn)


def _near(x: np.ndarray, other: np.ndarray, turn: float) -> np.ndarray:
    """Return longitudes after the whole turns that bring them nearest to others."""
    return x + turn * np.round((other - x) / turn)


def _unbroken(geometry: ogr.Geometry, turn: float) -> ogr.Geometry:
    """Return a geometry with lines and rings that continue where longitudes jump; a ring around a pole includes it."""
    kind = ogr.GT_Flatten(geometry.GetGeometryType())
    if kind == ogr.wkbPolygon:
        polygon = ogr.Geometry(ogr.wkbPolygon)
        middle: Optional[float] = None
        for index in range(geometry.GetGeometryCount()):
            x, y = _unrolled(geometry.GetGeometryRef(index), turn)
            if middle is not None:
                x = x + turn * turns_between(float(x.mean()), middle, turn)
            middle = float(x.mean()) if middle is None else middle
            if abs(x[-1] - x[0]) > turn / 2:
                pole = np.copysign(turn / 4, y.mean())
                x, y = np.append(x, [x[-1], x[0], x[0]]), np.append(y, [pole, pole, y[0]])
            polygon.AddGeometryDirectly(_line(ogr.wkbLinearRing, x, y))
        return polygon
    if kind == ogr.wkbLineString:
        return _line(ogr.wkbLineString, *_unrolled(geometry, turn))
    if geometry.GetGeometryCount() == 0:
        return geometry.Clone()
    whole = ogr.Geometry(kind)
    for index in range(geometry.GetGeometryCount()):
        whole.AddGeometry(_unbroken(geometry.GetGeometryRef(index), turn))
    return whole


def _unrolled(line: ogr.Geometry, turn: float) -> tuple[np.ndarray, np.ndarray]:
    """Return longitudes and latitudes of a line that continues where longitudes jump."""
    x, y = np.array([point[:2] for point in line.GetPoints()]).T
    jumps = -turn * np.round(np.diff(x) / turn)
    return x + np.concatenate([[0.0], np.cumsum(jumps)]), y


def _line(kind: int, x: np.ndarray, y: np.ndarray) -> ogr.Geometry:
    line = ogr.Geometry(kind)
    for point in zip(x.tolist(), y.tolist()):
        line.AddPoint_2D(*point)
    return line


def _shifted(geometry: ogr.Geometry, shift: float) -> ogr.Geometry:
    moved = geometry.Clone()
    _each_line(geometry, moved, lambda x, y, _old: (x + shift, y))
    return moved


def _each_line(before: ogr.Geometry, moved: ogr.Geometry, change: Callable[..., tuple]) -> None:
    """Change the points of each line, ring and point of `moved`, which has those of `before`."""
    for index in range(moved.GetGeometryCount()):
        _each_line(before.GetGeometryRef(index), moved.GetGeometryRef(index), change)
    if moved.GetGeometryCount() or not moved.GetPointCount():
        return
    x, y = np.array([point[:2] for point in moved.GetPoints()]).T
    old = np.array([point[0] for point in before.GetPoints()])
    for index, point in enumerate(zip(*(part.tolist() for part in change(x, y, old)))):
        moved.SetPoint_2D(index, *point)
