"""The distinct values of a raster."""

from __future__ import annotations

from typing import Union

import numpy as np

from ..read.classes import NO_CLASS, ClassSource
from ..read.rasters import RasterSource
from .blocks import Running, map_windows

# Values that are kept.
MAX_VALUES = 1000


def values_of(source: Union[RasterSource, ClassSource], running: Running) -> list[float]:
    """Return the values of a raster in ascending order; of more than `MAX_VALUES`, the lowest and the highest.

    Meant for error sentences about a value that the raster lacks: it reads the whole raster.
    """
    found = np.array([])
    for _, here in map_windows(_unique, {"values": source}, source.grid(), running):
        found = np.union1d(found, here)
        if len(found) > MAX_VALUES:
            found = np.concatenate([found[: MAX_VALUES // 2], found[-MAX_VALUES // 2 :]])
    return [int(value) if value == int(value) else float(f"{value:.6g}") for value in found.tolist()]


def _unique(values: np.ndarray) -> np.ndarray:
    known = values[values != NO_CLASS] if values.dtype.kind in "iu" else values[np.isfinite(values)]
    return np.unique(known)
