"""Polygons and points, read on a grid like any other source."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Iterator, Optional, Union

import numpy as np
from osgeo import gdal, ogr

from ...core.errors import InputError
from ...core.language import tr
from ..grid.gdal_io import layers_in_memory, spatial_reference, transformation
from ..grid.grid import FIRST_INPUT, Grid, require_overlap, shown_name
from ..grid.longitudes import shortest_range, whole_turn
from ..grid.turns import onto_grid
from ..grid.window import Window
from .classes import NO_CLASS, ClassSource
from .protocols import Cost, Reader

# Subcells per side on which coverage is counted: 64 per cell, so it is known to about 2 %.
SUBCELLS = 8

# Maximum number of subcells in memory.
MAX_SUBCELLS = 8_000_000

# Cells on which overlaps are looked for, and the share of the covered ones that is more than an inaccurate border.
OVERLAP_CELLS = 1_000_000
MIN_OVERLAP = 0.01

# Degrees of the chords that replace an arc: a circle loses a twenty-thousandth of its area.
CHORD_DEGREES = 1.0

# WKB types, without dimensions, that have straight edges: points, lines, polygons and their multi-types.
STRAIGHT = range(1, 7)


def with_straight_edges(wkb: bytes) -> bytes:
    """Return a geometry with arcs as chords and surfaces as polygons, which can be rasterized and transformed.

    Before GDAL 3.14 arcs are not rasterized, and no release transforms what lies between their ends.
    """
    kind = int.from_bytes(wkb[1:5], "little" if wkb[0] == 1 else "big")
    if kind % 1000 in STRAIGHT:
        return wkb
    geometry = ogr.CreateGeometryFromWkb(wkb)
    if geometry.HasCurveGeometry(True):
        geometry = geometry.GetLinearGeometry(CHORD_DEGREES)
    if geometry.GetGeometryName() in ("TIN", "POLYHEDRALSURFACE", "TRIANGLE"):
        geometry = ogr.ForceToMultiPolygon(geometry)
    return bytes(geometry.ExportToWkb(ogr.wkbNDR))


def _parts(geometry: ogr.Geometry) -> Iterator[ogr.Geometry]:
    """Yield the points, lines and polygons of a geometry one by one, so that overlapping parts count once."""
    if ogr.GT_IsSubClassOf(geometry.GetGeometryType(), ogr.wkbGeometryCollection):
        for index in range(geometry.GetGeometryCount()):
            yield from _parts(geometry.GetGeometryRef(index))
    else:
        yield geometry


@dataclass(frozen=True)
class Features:
    """Geometries with a number each, as plain data.

    Attributes
    ----------
    name : str
        Name of the layer, known to the user.
    wkb : tuple of bytes
        Geometries.
    values : tuple of int
        Class or index of each geometry.
    crs_wkt : str
        CRS of the geometries.
    is_part : bool
        Whether these are only the ones near a raster, which may be none, of a layer that has more.
    """

    name: str
    wkb: tuple[bytes, ...]
    values: tuple[int, ...]
    crs_wkt: str
    is_part: bool = False

    def rectangle(self) -> Grid:
        """Return the rectangle around all geometries, as a grid of one cell.

        For longitudes on both sides of 180 it crosses that line, where that is shorter.

        Raises
        ------
        InputError
            If there are none.
        """
        # An empty geometry has an envelope, too, at 0, 0.
        geometries = [geometry for geometry in map(ogr.CreateGeometryFromWkb, self.wkb) if not geometry.IsEmpty()]
        if not geometries:
            raise self._no_feature()
        boxes = np.array([part.GetEnvelope() for geometry in geometries for part in _parts(geometry)])
        ymin, ymax = boxes[:, 2].min().item(), boxes[:, 3].max().item()
        xmin, xmax = shortest_range(boxes[:, 0], boxes[:, 1], whole_turn(self.crs_wkt))
        return Grid(1, 1, (xmin, xmax - xmin, 0.0, ymax, 0.0, ymin - ymax), self.crs_wkt)

    def on(self, grid: Grid, raster: str = FIRST_INPUT, or_around: bool = False) -> Features:
        """Return the features in the CRS of a grid, known to the user as that of `raster`, in the same order.

        Longitudes are in the range of the grid, see `turns.onto_grid`.

        Raises
        ------
        InputError
            If there are none, they or the grid have no CRS, or none touches the grid; with `or_around` only if not
            even the rectangle around all of them does, so that a grid may lie between the lakes of a larger area.
        """
        may_be_none = or_around and self.is_part
        if not self.wkb and not may_be_none:
            raise self._no_feature()
        if not self.crs_wkt:
            raise InputError(tr("Layer '{name}' has no CRS: assign the right one to it.", name=self.name))
        if not grid.crs_wkt:
            raise InputError(
                tr(
                    "{raster} ({grid}) has no CRS, so '{name}' cannot be located on it: assign the right CRS to it.",
                    raster=shown_name(raster)[0].upper() + shown_name(raster)[1:],
                    grid=grid.describe(),
                    name=self.name,
                )
            )
        same = spatial_reference(self.crs_wkt).IsSame(spatial_reference(grid.crs_wkt))
        way = None if same else transformation(self.crs_wkt, grid.crs_wkt, self.name)
        left, bottom, right, top = grid.bounds
        wkb, boxes = [], []
        for geometry in map(ogr.CreateGeometryFromWkb, self.wkb):
            geometry = onto_grid(geometry, self.crs_wkt, way, grid)
            if not geometry.IsEmpty():
                boxes.append(geometry.GetEnvelope())
            wkb.append(bytes(geometry.ExportToWkb()))
        found = np.array(boxes).reshape(-1, 4)
        if or_around and boxes:
            found = np.array([[found[:, 0].min(), found[:, 1].max(), found[:, 2].min(), found[:, 3].max()]])
        xmin, xmax, ymin, ymax = found.T
        if not may_be_none and not np.any((xmin < right) & (xmax > left) & (ymin < top) & (ymax > bottom)):
            raise InputError(
                tr(
                    "No feature of layer '{name}' lies on {raster} ({grid}): check both CRSs.",
                    name=self.name,
                    raster=shown_name(raster),
                    grid=grid.describe(),
                )
            )
        return replace(self, wkb=tuple(wkb), crs_wkt=grid.crs_wkt)

    def _no_feature(self) -> InputError:
        return InputError(tr("Layer '{name}' holds no feature: choose another one or leave it out.", name=self.name))


def _ogr_layer(features: Features) -> tuple[gdal.Dataset | ogr.DataSource, ogr.Layer]:
    """Return a dataset in memory and its layer with the field ``value``; keep both while either is in use."""
    source = layers_in_memory()
    layer = source.CreateLayer("features", spatial_reference(features.crs_wkt), ogr.wkbUnknown)
    layer.CreateField(ogr.FieldDefn("value", ogr.OFTInteger))
    for wkb, value in zip(features.wkb, features.values):
        whole = ogr.CreateGeometryFromWkb(wkb)
        for part in _parts(whole):
            feature = ogr.Feature(layer.GetLayerDefn())
            feature.SetGeometry(part)
            feature.SetField("value", value)
            layer.CreateFeature(feature)
    return source, layer


class _Burner:
    """Rasterizes features on windows of a grid: a cell belongs to the polygon that contains its centre."""

    def __init__(self, features: Features, grid: Grid, or_around: bool = False) -> None:
        self._source, self._layer = _ogr_layer(features.on(grid, or_around=or_around))
        self._grid = grid

    def burn(self, window: Window, factor: int = 1, outside: int = NO_CLASS) -> np.ndarray:
        """Return the value of the feature at each subcell of a window, int32; the last feature wins."""
        fine = self._grid.refined(window, factor)
        dataset = gdal.GetDriverByName("MEM").Create("", fine.width, fine.height, 1, gdal.GDT_Int32)
        dataset.SetGeoTransform(fine.geotransform)
        dataset.SetProjection(fine.crs_wkt)
        dataset.GetRasterBand(1).Fill(outside)
        if self.touches(fine):
            gdal.RasterizeLayer(dataset, [1], self._layer, options=["ATTRIBUTE=value"])
        return dataset.GetRasterBand(1).ReadAsArray()

    def touches(self, grid: Grid) -> bool:
        """Return whether any feature is near a grid; from now on only those are rasterized."""
        self._layer.SetSpatialFilterRect(*grid.bounds)
        return self._layer.GetFeatureCount() > 0


@dataclass(frozen=True)
class PolygonSource:
    """The value of the polygon, or of the point, at each cell; `NO_CLASS` where there is none."""

    features: Features

    @property
    def name(self) -> str:
        """Name of the layer, known to the user."""
        return self.features.name

    def cost(self, _grid: Grid) -> Cost:
        """Return the default cost, that of a small source."""
        return Cost()

    def open(self, grid: Grid) -> Reader:
        """Open it on a grid."""
        return PolygonReader(_Burner(self.features, grid))


def overlap_note(source: PolygonSource, grid: Grid) -> str:
    """Return a sentence about polygons with different values that overlap on a grid; empty where hardly any do.

    Looked for at the centres of up to `OVERLAP_CELLS` cells that cover the grid.
    """
    coarse = grid.thinned(max(1, math.ceil(math.sqrt(grid.cells / OVERLAP_CELLS))))
    given = source.features
    turned = replace(given, wkb=given.wkb[::-1], values=given.values[::-1])
    last, first = (PolygonSource(features).open(coarse).read(coarse.window()) for features in (given, turned))
    covered, contested = np.count_nonzero(last != NO_CLASS), np.count_nonzero(last != first)
    if contested <= MIN_OVERLAP * covered:
        return ""
    return tr(
        "Polygons of '{name}' with different values overlap in {percent:.3g} % of the area that they cover; each "
        "place counts for the last of them alone.",
        name=source.name,
        percent=100 * contested / covered,
    )


class PolygonReader:
    """Reads polygons or points as cells."""

    def __init__(self, burner: _Burner) -> None:
        self._burner = burner

    def read(self, window: Window) -> np.ndarray:
        """Return int32."""
        return self._burner.burn(window)


@dataclass(frozen=True)
class PolygonCoverSource(PolygonSource):
    """The share of each cell that polygons cover, 0 to 1."""

    def open(self, grid: Grid) -> Reader:
        """Open it on a grid."""
        # Where there are no glaciers or lakes, those of a larger area cover nothing.
        return CoverReader(_CoveredByPolygons(_Burner(self.features, grid, or_around=True), grid), grid, SUBCELLS)


@dataclass(frozen=True)
class RasterCoverSource(ClassSource):
    """The share of each cell that a raster covers, 0 to 1: where its value is above 0.

    A raster on the cells of the grid covers a cell or does not; a finer one covers part of it.
    """

    resampling: str = "nearest"

    def open(self, grid: Grid) -> Reader:
        """Open it on a grid."""
        own = self.grid()
        factor = 1 if own.same_cells(grid) else SUBCELLS
        if factor > 1:
            require_overlap(own, self.name, grid)
        return CoverReader(_CoveredByRaster(super().open(grid.refined(grid.window(), factor)), factor), grid, factor)


class _CoveredByPolygons:
    """Which subcells polygons cover."""

    def __init__(self, burner: _Burner, grid: Grid) -> None:
        self._burner = burner
        self._grid = grid

    def covered(self, window: Window) -> Optional[np.ndarray]:
        """Return booleans; None where no polygon is near the window."""
        if not self._burner.touches(self._grid.refined(window, 1)):
            return None
        return self._burner.burn(window, SUBCELLS) != NO_CLASS


class _CoveredByRaster:
    """Which subcells a raster covers."""

    def __init__(self, reader: Reader, factor: int) -> None:
        self._reader = reader
        self._factor = factor

    def covered(self, window: Window) -> np.ndarray:
        """Return booleans."""
        return self._reader.read(window.refined(self._factor)) > 0


class CoverReader:
    """Counts covered subcells, a few rows at a time."""

    def __init__(self, subcells: Union[_CoveredByPolygons, _CoveredByRaster], grid: Grid, factor: int) -> None:
        self._subcells = subcells
        self._factor = factor
        self._rows = max(1, MAX_SUBCELLS // (grid.width * factor**2))

    def read(self, window: Window) -> np.ndarray:
        """Return shares, float32, 0 to 1."""
        share = np.zeros(window.shape, np.float32)
        f = self._factor
        for top in range(0, window.height, self._rows):
            part = Window(window.column, window.row + top, window.width, min(self._rows, window.height - top))
            covered = self._subcells.covered(part)
            if covered is not None:
                share[top : top + part.height] = covered.reshape(part.height, f, part.width, f).mean(axis=(1, 3))
        return share
