"""Maps of any coding and cell size, read as permafrost or no permafrost on the cells of the coarsest of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Sequence

import numpy as np

from ...core.assess.compared import Ruled
from ...core.assess.rule import Rule, aggregate
from ..grid.grid import Grid, require_overlap
from ..grid.window import Window
from ..read.bands import stored_type
from ..read.classes import NO_CLASS, ClassSource, SubcellSource
from ..read.protocols import Cost, Reader
from ..read.rasters import RasterSource

# Cells whose areas differ by a smaller factor have the same size.
SAME_SIZE = 1.01


@dataclass(frozen=True)
class BinarySource:
    """A map under its rule, read as `Ruled`.

    Where the map is finer than the grid, its rule is applied to up to 16 x 16 of its cells per cell of the grid, which
    is permafrost if permafrost covers at least half of what is compared in it. A map with other cells of about the same
    size is sampled at the nearest cell.

    Attributes
    ----------
    source : RasterSource
        The map.
    rule : Rule
        Which of its values are permafrost, and which are not compared.
    """

    source: RasterSource
    rule: Rule

    @property
    def name(self) -> str:
        """Name of the map, known to the user."""
        return self.source.name

    def subcells_per_side(self, grid: Grid) -> int:
        """Return the number of parts into which the side of a cell is divided."""
        return SubcellSource.of(self.source).subcells_per_side(grid)

    def cost(self, grid: Grid) -> Cost:
        """Return the memory of the subcells, their values, and those that are compared."""
        return Cost(self.source.cost(grid).rows_at_once, 20 * self.subcells_per_side(grid) ** 2)

    def open(self, grid: Grid) -> BinaryReader:
        """Open the map on a grid."""
        factor = self.subcells_per_side(grid)
        fine_grid = grid.refined(grid.window(), factor)
        if self._is_of_classes_in_signed_bytes():
            classes = ClassSource.of(self.source, resampling="nearest")
            return BinaryReader(_ClassesAsNumbers(classes, fine_grid), self.rule, factor)
        fine = replace(self.source, resampling="nearest").open(fine_grid)
        return BinaryReader(fine, self.rule, factor)

    def _is_of_classes_in_signed_bytes(self) -> bool:
        """Return whether the rule names classes above 127 of a raster stored as signed bytes."""
        if max((*self.rule.values, *self.rule.dropped)) <= np.iinfo(np.int8).max:
            return False
        dataset = self.source.dataset()
        return stored_type(dataset.GetRasterBand(self.source.band)) == np.int8


class _ClassesAsNumbers:
    """Reads classes as numbers, NaN where there is no class."""

    def __init__(self, source: ClassSource, grid: Grid) -> None:
        self._reader = source.open(grid)

    def read(self, window: Window) -> np.ndarray:
        """Return float32."""
        classes = self._reader.read(window)
        return np.where(classes == NO_CLASS, np.float32(np.nan), classes.astype(np.float32))


class BinaryReader:
    """Reads permafrost or no permafrost."""

    def __init__(self, fine: Reader, rule: Rule, factor: int) -> None:
        self._fine = fine
        self._rule = rule
        self._factor = factor

    def read(self, window: Window) -> Ruled:
        """Return the cells of a window, and the values behind them."""
        f = self._factor
        values = self._fine.read(window.refined(f))
        if f > 1:
            values = values.reshape(window.height, f, window.width, f).swapaxes(1, 2).reshape(*window.shape, f * f)
        parts = self._rule.apply(values)
        return Ruled(parts if f == 1 else aggregate(parts), values, parts)


def coarsest(reference: RasterSource, maps: Sequence[RasterSource]) -> RasterSource:
    """Return the raster with the largest cells, the reference or one of the maps; the first among equals.

    Raises
    ------
    InputError
        If a map does not overlap the reference, or has no CRS although its cells differ.
    """
    grid = reference.grid()
    # Maps on the same cells have the same size, and need no CRS.
    others = [(source, own) for source in maps if not (own := source.grid()).same_cells(grid)]
    chosen, largest = reference, _cell_m2(grid, reference.name) if others else 0.0
    for source, own in others:
        require_overlap(own, source.name, grid, f"'{reference.name}'")
        size = _cell_m2(own, source.name)
        if size > largest * SAME_SIZE:
            chosen, largest = source, size
    return chosen


def _cell_m2(grid: Grid, name: str) -> float:
    widths, height = grid.cell_metres(name)
    return float(np.median(widths)) * height
