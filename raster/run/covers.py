"""Rasters of glaciers, lakes or a basin in which a fill value would count as covered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterable, Optional, Union

import numpy as np

from ...core.assess.binary import FILL_CLASSES
from ...core.errors import InputError
from ...core.language import tr
from ..grid.grid import Grid, require_overlap
from ..read.classes import ClassSource
from ..read.protocols import Source
from ..read.vectors import SUBCELLS, RasterCoverSource
from .blocks import Running, map_windows

# A fill value is more than this times as high as any other: numbers of glaciers are closer to each other.
ALONE = 2


def require_covers(
    covers: Iterable[Optional[Source]], grid: Grid, running: Running, basin: Optional[Source] = None
) -> None:
    """Raise an `InputError` where the highest value of a raster, of those above 0 which count, stands for no value.

    Where it is the only one above 0, as in a mask of 0 and 255, it does count. A raster that lies elsewhere than the
    grid is refused for that. What lies beyond the grid, or outside of the basin, does no harm.
    """
    for cover in covers:
        if not isinstance(cover, RasterCoverSource):
            continue
        if not cover.grid().same_cells(grid):
            require_overlap(cover.grid(), cover.name, grid)
        second, highest = 0, 0
        values = ClassSource.of(cover, resampling="nearest")
        for _, here in map_windows(_two_highest, {"values": values}, _looked_at(cover.grid(), grid), running):
            second, highest = sorted({second, highest, *here, 0})[-2:] if here[1] else (second, highest)
        is_fill = highest in FILL_CLASSES and 0 < ALONE * second < highest
        if is_fill and _occurs(highest, cover, basin, grid, running):
            raise InputError(
                tr(
                    "'{name}' holds {second} and also {highest}, which seems to stand for no value, and each value "
                    "above 0 counts as covered: tag {highest} as nodata, or set it to {second}.",
                    name=cover.name,
                    second=second,
                    highest=highest,
                )
            )


def _looked_at(own: Grid, grid: Grid) -> Grid:
    """Return the cells of a raster, or those that a run on a grid reads of it where it is much larger or finer."""
    fine = grid.refined(grid.window(), SUBCELLS)
    return fine if fine.cells < own.cells else own


def _occurs(value: int, cover: RasterCoverSource, basin: Optional[Source], grid: Grid, running: Running) -> bool:
    """Return whether a value of a raster occurs on a grid, and there inside the basin."""
    sources: dict[str, Source] = {"values": ClassSource.of(cover, resampling="nearest")}
    if basin is not None and basin is not cover:
        sources["basin"] = basin
    found = [here for _, here in map_windows(_Occurs(value), sources, grid, running)]
    return any(found)


@dataclass(frozen=True)
class _Occurs:
    """Looks for a value."""

    value: int

    def __call__(self, values: np.ndarray, basin: Union[np.ndarray, float] = 1.0) -> bool:
        """Return whether a window holds it where the share of the basin is above 0."""
        return bool(((values == self.value) & (basin > 0)).any())


def _two_highest(values: np.ndarray) -> tuple[int, int]:
    """Return the two highest of the different values above 0, the lower one first; 0 where there is none."""
    highest = max(0, int(values.max()))
    return int(values[values < highest].max(initial=0)), highest
