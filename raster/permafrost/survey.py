"""What a survey map says about r_k, counted over the cells of large rasters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Collection

import numpy as np

from ...core.assess.binary import binary
from ...core.permafrost.calibrate import limits
from ...core.permafrost.ttop import pair_of_year
from ..grid.grid import Grid
from ..read.sources import NO_CLASS, ClassSource, RasterSource, Source, TileSource
from ..run.blocks import Running, map_windows


@dataclass(frozen=True)
class SurveyRasters:
    """Degree days, classes and survey map, read together; and the square blocks that are held out as a whole.

    Attributes
    ----------
    ddt, ddf : RasterSource
        Degree days, degC d; the cells are those of DDT.
    classes, reference : ClassSource
        What may have an r_k of its own, and the survey map.
    blocks : TileSource
    frozen, not_compared, without_r_k : collections of int
        Values of the survey map that are permafrost, those that are left out, and classes that are left out.
    """

    ddt: RasterSource
    ddf: RasterSource
    classes: ClassSource
    reference: ClassSource
    blocks: TileSource
    frozen: Collection[int]
    not_compared: Collection[int]
    without_r_k: Collection[int]

    @property
    def grid(self) -> Grid:
        """The cells of DDT."""
        return self.ddt.grid()

    def _sources(self) -> dict[str, Source]:
        return {
            "ddt": self.ddt,
            "ddf": self.ddf,
            "classes": self.classes,
            "reference": self.reference,
            "block": self.blocks,
        }

    def _compared(
        self, ddt: np.ndarray, ddf: np.ndarray, classes: np.ndarray, reference: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Give what the survey shows in each cell, and which cells are compared."""
        pair = pair_of_year(ddt, ddf, self.ddt.name, self.ddf.name)
        kinds = binary(reference, self.frozen, self.not_compared, NO_CLASS)
        has_r_k = ~np.isin(classes, [NO_CLASS, *self.without_r_k])
        return kinds, (kinds >= 0) & has_r_k & ~np.isnan(pair.ddt) & ~np.isnan(pair.ddf)

    def extent(self, running: Running) -> tuple[np.ndarray, np.ndarray]:
        """Give the classes that have an r_k, surveyed or not, ascending; and the cells compared in each block."""

        def compute(ddt, ddf, classes, reference, block) -> tuple:
            used = self._compared(ddt, ddf, classes, reference)[1]
            return np.unique(classes), np.unique(block[used], return_counts=True)

        grid = self.grid
        present: set[int] = set()
        cells_of_block = np.zeros(self.blocks.tiles(grid), np.int64)
        for _, (classes, (blocks, cells)) in map_windows(compute, self._sources(), grid, running):
            present.update(classes.tolist())
            cells_of_block[blocks] += cells
        return np.array(sorted(present - {NO_CLASS, *self.without_r_k}), np.int64), cells_of_block

    def counts(self, legend: np.ndarray, tried: np.ndarray, fold_of: np.ndarray, running: Running) -> np.ndarray:
        """Count cells by class, by their limit of r_k, and by what the survey shows, in each fold of each dealing.

        Parameters
        ----------
        legend : array of int, shape (n,)
            The classes, from `extent`.
        tried : array, shape (m,)
            r_k in ascending order.
        fold_of : array of int, shape (dealings, blocks)
            From `core.permafrost.calibrate.deal_blocks`.
        running : Running

        Returns
        -------
        array of int, shape (dealings, folds, n, m + 1, 2)
            See `core.permafrost.calibrate.mapped_cells`.
        """
        shape = (len(legend), len(tried) + 1, 2)
        size = int(np.prod(shape))

        def compute(ddt, ddf, classes, reference, block) -> tuple[np.ndarray, np.ndarray]:
            kinds, used = self._compared(ddt, ddf, classes, reference)
            place = np.searchsorted(legend, classes[used])
            each = (block[used], place, limits(ddt[used], ddf[used], tried), kinds[used])
            return np.unique(np.ravel_multi_index(each, (fold_of.shape[1], *shape)), return_counts=True)

        counts = np.zeros((len(fold_of), int(fold_of.max()) + 1, *shape), np.int64)
        for _, (found, cells) in map_windows(compute, self._sources(), self.grid, running):
            block, place = np.divmod(found, size)
            for dealing, folds in zip(counts, fold_of):
                counted = np.bincount(folds[block].astype(np.int64) * size + place, cells, dealing.size)
                dealing += counted.reshape(dealing.shape).astype(np.int64)
        return counts
