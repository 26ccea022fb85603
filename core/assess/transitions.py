"""Transitions between permafrost maps: from which class to which, and over what area."""

from __future__ import annotations

from typing import Sequence

import numpy as np

from ..classes import OUTSIDE, PERMAFROST_MAP
from ..errors import InputError
from ..language import tr
from .area import class_areas

# The value of a transition is ten times the class before plus the class after.
TENS = 10

CLASSES = len(PERMAFROST_MAP)


def require_map_classes(classes: np.ndarray, name: str, no_class: int) -> np.ndarray:
    """Return the classes of a permafrost map as uint8, `OUTSIDE` where there is none.

    Parameters
    ----------
    classes : ndarray of int
        Values of the raster.
    name : str
        Name of the map, for messages.
    no_class : int
        Value of the cells that have no class.

    Raises
    ------
    InputError
        If the map holds values other than 0 to 4.
    """
    known = classes != no_class
    if known.any() and not 0 <= classes[known].min() <= classes.max() <= CLASSES:
        wrong = classes[known & ((classes < 0) | (classes > CLASSES))][0]
        raise InputError(
            tr(
                "'{name}' holds the class {wrong}, and the classes of a permafrost map are 1 permafrost, 2 "
                "seasonally frozen ground, 3 glacier and 4 lake: reclassify it first.",
                name=name,
                wrong=wrong,
            )
        )
    return np.where(known, classes, OUTSIDE).astype(np.uint8)


def common(maps: np.ndarray) -> np.ndarray:
    """Return which cells have a class in all maps; `maps` has the shape (maps, rows, columns)."""
    return (maps != OUTSIDE).all(axis=0)


def transition(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """Return the value of ``core.classes.TRANSITIONS`` for each cell, uint8; 0 where either map has no class."""
    return np.where((before != OUTSIDE) & (after != OUTSIDE), TENS * before + after, OUTSIDE).astype(np.uint8)


def transition_areas(maps: np.ndarray, area_km2: np.ndarray, pairs: Sequence[tuple[int, int]]) -> np.ndarray:
    """Sum the areas of transitions over the cells that have a class in all maps.

    Parameters
    ----------
    maps : ndarray of uint8, shape (n, rows, columns)
        Classes 1 to 4; `OUTSIDE` for none.
    area_km2 : ndarray
        Areas of the cells.
    pairs : sequence of (int, int)
        Indices of the maps before and after.

    Returns
    -------
    ndarray of float, shape (pairs, 4, 4)
        km2; rows are the class before, columns the class after, so rows and columns add up to the areas of the classes.
    """
    zone = np.where(common(maps), 0, -1)
    areas = np.zeros((len(pairs), CLASSES, CLASSES))
    for matrix, (before, after) in zip(areas, pairs):
        index = (maps[before].astype(np.int64) - 1) * CLASSES + maps[after] - 1
        matrix[...] = class_areas(np.where(zone == 0, index, -1), area_km2, zone, CLASSES**2, 1).reshape(matrix.shape)
    return areas
