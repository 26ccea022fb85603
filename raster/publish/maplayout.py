"""The areas of a permafrost map and what it covers, for a printed layout: the job of ``maplayout``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Optional

import numpy as np

from ...core.assess.area import class_areas
from ...core.classes import PERMAFROST, PERMAFROST_MAP, SEASONAL_FROST
from ...core.errors import InputError
from ...core.language import tr
from ...core.publish.maplayout import PROBABLE, AreaLine, PrintedMap
from ...core.reports.numbers import area
from ..grid.grid import metres_note
from ..grid.window import Window
from ..read.area import CellAreaSource
from ..read.classes import NO_CLASS, ClassSource
from ..read.protocols import Source
from ..read.rasters import RasterSource
from ..run.blocks import Running, map_windows

VALUES = 1 + max(entry.value for entry in PERMAFROST_MAP)


@dataclass(frozen=True)
class LayoutJob:
    """A map that is printed.

    Attributes
    ----------
    map : ClassSource
        A permafrost map.
    probability : RasterSource, optional
        Probability of permafrost, %, for the interval of its area.
    areas : tuple of AreaLine, optional
        Areas to print in place of those of the map.
    """

    map: ClassSource
    probability: Optional[RasterSource] = None
    areas: Optional[tuple[AreaLine, ...]] = None


class WindowAreas(NamedTuple):
    """What is found in a window.

    Attributes
    ----------
    classes_km2 : array, shape (VALUES,)
        Area per class.
    probable_km2 : array, shape (3,)
        Area of the ground with each of the probabilities `PROBABLE`, and of that without a probability.
    cells : tuple of int, optional
        First and last row and column of the cells with a class; None where there is none.
    """

    classes_km2: np.ndarray
    probable_km2: np.ndarray
    cells: Optional[tuple[int, int, int, int]]


@dataclass(frozen=True)
class WindowSum:
    """Sums a window of the map of this name."""

    name: str

    def __call__(
        self, map_classes: np.ndarray, area_km2: np.ndarray, probability: Optional[np.ndarray] = None
    ) -> WindowAreas:
        """Return the areas, and the rows and columns that have a class."""
        known = (map_classes != NO_CLASS) & (map_classes != 0)
        if known.any() and not 1 <= map_classes[known].min() <= map_classes[known].max() < VALUES:
            raise InputError(
                tr(
                    "'{name}' holds classes other than {known}: give a map from 'Permafrost map'.",
                    name=self.name,
                    known=", ".join(str(entry.value) for entry in PERMAFROST_MAP),
                )
            )
        classes_km2 = class_areas(np.where(known, map_classes, -1), area_km2, 0, VALUES, 1)[0]
        rows, columns = (np.flatnonzero(known.any(axis=axis)) for axis in (1, 0))
        cells = (int(rows[0]), int(rows[-1]), int(columns[0]), int(columns[-1])) if len(rows) else None
        return WindowAreas(classes_km2, _probable_km2(map_classes, area_km2, probability), cells)


def _probable_km2(classes: np.ndarray, area_km2: np.ndarray, probability: Optional[np.ndarray]) -> np.ndarray:
    if probability is None:
        return np.zeros(3)
    ground = (classes == PERMAFROST.value) | (classes == SEASONAL_FROST.value)
    unknown = ground & np.isnan(probability)
    # Ground without a probability is what the map says.
    percent = np.where(unknown, np.where(classes == PERMAFROST.value, 100.0, 0.0), probability)
    chosen = [ground & (percent >= limit) for limit in PROBABLE]
    return np.array([area_km2[part].sum() for part in (*chosen, unknown)])


def run_maplayout(job: LayoutJob, running: Running) -> PrintedMap:
    """Sum the areas of a map, and find what it covers.

    Raises
    ------
    InputError
        If no cell has a class, there are others than those of a permafrost map, or the areas of cells are unknown.
    """
    grid = job.map.grid()
    sources: dict[str, Source] = {"map_classes": job.map, "area_km2": CellAreaSource(job.map.name)}
    if job.probability is not None:
        sources["probability"] = job.probability
    classes_km2, probable_km2 = np.zeros(VALUES), np.zeros(3)
    cells: list[tuple[int, int, int, int]] = []
    for window, found in map_windows(WindowSum(job.map.name), sources, grid, running):
        classes_km2 += found.classes_km2
        probable_km2 += found.probable_km2
        if found.cells:
            top, bottom, left, right = found.cells
            cells.append((window.row + top, window.row + bottom, window.column + left, window.column + right))
    if not cells:
        raise InputError(
            tr("'{name}' has no cell with a class: choose another map, or check its nodata value.", name=job.map.name)
        )
    tops, bottoms, lefts, rights = zip(*cells)
    left, top = min(lefts), min(tops)
    bounds = grid.part(Window(left, top, max(rights) + 1 - left, max(bottoms) + 1 - top)).bounds
    is_assumed = bool(metres_note(grid, job.map.name))
    if job.areas is not None:
        return PrintedMap(job.areas, bounds, is_assumed)
    sure_km2, possible_km2, unknown_km2 = probable_km2.tolist()
    lines = tuple(
        AreaLine(
            value,
            float(classes_km2[value]),
            100 * float(classes_km2[value] / classes_km2.sum()),
            *((sure_km2, possible_km2) if value == PERMAFROST.value and job.probability is not None else ()),
        )
        for value in np.flatnonzero(classes_km2).tolist()
    )
    warnings: tuple[str, ...] = ()
    if unknown_km2 > 0 and job.probability is not None:
        warnings = (
            tr(
                "{area} of the ground of the map have no value in '{name}' and count as certain in the interval of "
                "the area: give the probability of the whole map.",
                area=area(unknown_km2),
                name=job.probability.name,
            ),
        )
    return PrintedMap(lines, bounds, is_assumed, job.probability is not None, warnings)
