"""Which part of a large vector layer lies near a raster, so that no more of it is read."""

from __future__ import annotations

import math
from contextlib import suppress
from typing import Optional

from qgis.core import QgsRectangle, QgsVector, QgsVectorLayer

from ...core.errors import InputError
from ...raster.grid.longitudes import turns_onto, whole_turn
from ...raster.read.rasters import RasterSource
from .crs import crs_wkt, vector_crs

# Features from which on a layer is read in part. Inventories of all lakes of the Earth have more than a million, which
# take gigabytes, and a basin has some hundreds of them.
MANY_FEATURES = 10_000

# How far around the raster features are near it, as a share of its size: a map on paper shows more than the raster.
MARGIN = 1.0


def part_near(layer: QgsVectorLayer, raster: RasterSource) -> Optional[QgsRectangle]:
    """Return the rectangle around a raster of which features are to be read, in the CRS of the layer.

    None if all are: they are few, or the layer does not reach the raster. What is wrong then is seen from all of it.
    """
    crs, grid = crs_wkt(vector_crs(layer)), raster.grid()
    if layer.featureCount() < MANY_FEATURES or not crs or not grid.crs_wkt:
        return None
    bounds = (math.inf,) * 4
    with suppress(InputError):
        bounds = grid.bounds_in(crs, raster.name)
    if not all(map(math.isfinite, bounds)):
        return None
    box, extent, turn = QgsRectangle(*bounds), layer.extent(), whole_turn(crs)
    box.scale(1 + 2 * MARGIN)
    part = None
    # Longitudes of the layer may be those of the raster but for a whole turn.
    for turns in turns_onto(box.xMinimum(), box.xMaximum(), extent.xMinimum(), extent.xMaximum(), turn):
        there = box + QgsVector(turns * turn, 0)
        if there.intersects(extent):
            part = part or there
            part.combineExtentWith(there)
    return part
