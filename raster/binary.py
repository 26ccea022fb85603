"""Maps of any coding and any cells, read as permafrost or not on the cells of the coarsest of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Sequence

import numpy as np

from ..core.assess.rule import Rule, aggregate
from .grid import Grid, Window, require_overlap
from .sources import Cost, RasterSource, SubcellSource, ValueReader

# Cells of two maps that differ by less are of one size.
SAME_SIZE = 1.01


@dataclass(frozen=True)
class BinarySource:
    """A map under its rule, int8: ``PERMAFROST``, ``OTHER`` or ``NOT_COMPARED`` of ``core.assess.binary``.

    Where the cells of the map are finer, the rule is applied to them, up to 16 x 16 of them a cell of the grid, and
    the cell is what covers at least half of what is compared in it. On other cells of like size the nearest one counts.

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
        """How the user knows it."""
        return self.source.name

    def subcells_a_side(self, grid: Grid) -> int:
        """Give into how many parts the side of a cell is cut."""
        return SubcellSource.of(self.source).subcells_a_side(grid)

    def cost(self, grid: Grid) -> Cost:
        """Give the memory that the subcells and their values take."""
        return Cost(self.source.cost(grid).rows_at_once, 12 * self.subcells_a_side(grid) ** 2)

    def open(self, grid: Grid) -> BinaryReader:
        """Open it on a grid."""
        factor = self.subcells_a_side(grid)
        fine = replace(self.source, resampling="nearest").open(grid.refined(grid.window(), factor))
        return BinaryReader(fine, self.rule, factor)


class BinaryReader:
    """Reads permafrost or not."""

    def __init__(self, fine: ValueReader, rule: Rule, factor: int) -> None:
        self._fine = fine
        self._rule = rule
        self._factor = factor

    def read(self, window: Window) -> np.ndarray:
        """Give int8."""
        f = self._factor
        indices = self._rule.apply(self._fine.read(window.refined(f)))
        if f == 1:
            return indices
        subcells = indices.reshape(window.height, f, window.width, f).swapaxes(1, 2)
        return aggregate(subcells.reshape(*window.shape, f * f))


def coarsest(reference: RasterSource, maps: Sequence[RasterSource]) -> RasterSource:
    """Give the raster with the largest cells, the reference or one of the maps; the first of those of one size.

    Raises
    ------
    InputError
        If a map has no ground in common with the reference, or no CRS where their cells differ.
    """
    grid = reference.grid()
    # What lies on the same cells is of one size; it may do without a CRS.
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
