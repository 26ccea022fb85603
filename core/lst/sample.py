"""Samples a scene before it is filled: all cells of a small grid, some of a large one.

Trend and variogram are those of the whole scene, and some thousands of cells determine them as well as millions.
The sample depends on the grid and on which cells are known only, not on memory, threads or tiles. A scene is
accessed by the positions of cells only, so that it need not be held in memory.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Callable, Optional, Sequence

import numpy as np

from .likelihood import MIN_CELLS, Predictions, draw_groups
from .trend import ReferenceModel, TrendModel, fit_reference, fit_sampled
from .variogram import Variogram

MAX_WHOLE = 1 << 18  # cells of the largest grid of which all cells are used
SPREAD = 1 << 16  # cells of a larger grid that are sampled, known or not
MAX_KNOWN = 1 << 15  # known cells of the sample that are used
MIN_KNOWN = 1 << 12  # with fewer of them, known cells are searched for in the whole grid
STEP = 1 << 20  # cells that are then searched at a time

At = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Fields:
    """A scene and its predictors, as functions of cells given as positions in the flattened grid.

    Attributes
    ----------
    shape : tuple of int
        Rows and columns of the grid.
    scene : callable
        Returns K or degC, NaN in the gaps.
    height : callable, optional
        Returns the elevation in km, with holes filled.
    measured : callable, optional
        The same with NaN in the holes.
    others : sequence of callable
        Scenes of other dates, always in the same order.
    reference : callable, optional
        Returns, for a model of how the others predict this scene, the function of cells that does so, if there is
        a faster way than to evaluate all of them.
    """

    shape: tuple[int, int]
    scene: At
    height: Optional[At] = None
    measured: Optional[At] = None
    others: Sequence[At] = ()
    reference: Optional[Callable[[ReferenceModel], At]] = None

    def predicted(self, other_scenes: ReferenceModel) -> Optional[At]:
        """Return the function of cells that returns what other dates predict; None without any."""
        if not other_scenes.terms:
            return None
        if self.reference is not None:
            return self.reference(other_scenes)
        return lambda cells: other_scenes.on([lambda other=other: other(cells) for other in self.others])


@lru_cache(maxsize=4)
def spread_cells(size: int) -> np.ndarray:
    """Return the cells that are sampled in a grid of so many cells, ascending."""
    if size <= MAX_WHOLE:
        return np.arange(size)
    return np.sort(np.random.default_rng(0).choice(size, SPREAD, replace=False))


@dataclass
class SceneSample:
    """Known cells of a scene, from which trend and variogram are estimated.

    Attributes
    ----------
    fields : Fields
    cell_width, cell_height : float
        Size of a cell in metres; the mean width if it varies.
    cells : ndarray of int
        Known cells, ascending.
    total : int
        Number of all known cells; an estimate if only a sample is used.
    scene, height, measured, reference : ndarray or None
        At these cells; see `fit_sampled`.
    other_scenes : ReferenceModel
    """

    fields: Fields
    cell_width: float
    cell_height: float
    cells: np.ndarray
    total: int
    scene: np.ndarray
    height: Optional[np.ndarray]
    measured: Optional[np.ndarray]
    reference: Optional[np.ndarray]
    other_scenes: ReferenceModel
    _drawn: dict = field(default_factory=dict)

    @classmethod
    def of(cls, fields: Fields, cell_width: float, cell_height: float) -> SceneSample:
        """Sample a scene."""
        cells, total = known_sample(fields.scene, fields.shape)
        scene = fields.scene(cells)
        other_scenes = fit_reference(scene, (other(cells) for other in fields.others))
        height, measured = (None if at is None else at(cells) for at in (fields.height, fields.measured))
        predicted = fields.predicted(other_scenes)
        reference = None if predicted is None else predicted(cells)
        return cls(fields, cell_width, cell_height, cells, total, scene, height, measured, reference, other_scenes)

    def trend(
        self, kind: str, lapse_rate: float, variogram: Optional[Variogram] = None, per_scale: int = 400, seed: int = 0
    ) -> TrendModel:
        """Fit the trend: by generalised least squares if a variogram is given, otherwise by ordinary least squares."""

        def new(count):
            groups, values = self._draw(count, per_scale, seed)
            if values.shape[2] < MIN_CELLS:
                return None
            return self._predictions(groups, values).innovations(variogram)

        return fit_sampled(
            self.scene,
            self.height,
            self.measured,
            self.reference,
            kind,
            len(self.other_scenes.terms),
            lapse_rate,
            None if variogram is None else new,
        )

    def residuals(self, trend: TrendModel) -> np.ndarray:
        """Return the cells minus their trend."""
        return self.scene - trend.on(self.scene.shape, self.height, self.reference)

    def predictions(self, trend: TrendModel, per_scale: int = 400, seed: int = 0) -> Predictions:
        """Draw predictions of the residuals from a trend."""
        groups, (scene, height, _, reference) = self._draw(1, per_scale, seed)
        return self._predictions(groups, (scene - trend.on(scene.shape, height, reference))[None])

    def _predictions(self, groups: np.ndarray, values: np.ndarray) -> Predictions:
        return Predictions.at(groups, values, self.fields.shape[1], self.cell_width, self.cell_height)

    def _draw(self, count: int, per_scale: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
        """Draw groups of cells in which the first of the fields scene, elevation and reference are known.

        Returns
        -------
        groups : ndarray of int, shape (members, groups)
        values : ndarray, shape (count, members, groups)
            The fields requested; if that is the scene alone: scene, filled and measured elevation, and reference,
            NaN where there is none.
        """
        # Fields known everywhere make no difference to the draw: for most scenes there is one draw.
        asked = [self.scene, self.measured, self.reference][:count]
        complete = np.isfinite(np.stack(asked)).all(axis=0)
        key = (1 if complete.all() else count, per_scale, seed)
        if key not in self._drawn:
            cells = self.cells[complete]
            total = self.total if cells.size == self.cells.size else round(self.total * complete.mean())
            is_sample = self.total > self.cells.size

            def known_at(some):
                return np.isfinite(np.stack([at(some) for at in self._fields_at()[:count]])).all(axis=0)

            rng = np.random.default_rng(seed)
            groups = draw_groups(
                cells,
                total,
                self.fields.shape,
                self.cell_width,
                self.cell_height,
                per_scale,
                rng,
                known_at if is_sample else None,
            )
            scene, measured, reference = (None if at is None else at(groups) for at in self._fields_at())
            height = None if self.height is None else self.fields.height(groups)
            nothing = np.full(groups.shape, np.nan)
            self._drawn[key] = (
                groups,
                np.stack([nothing if a is None else a for a in (scene, height, measured, reference)]),
            )
        groups, values = self._drawn[key]
        if count == 1:
            return groups, values
        values = values[[0, 2, 3][:count]]
        # Members are drawn where the scene is known, and may lack fields that are complete in the sample.
        whole = np.isfinite(values).all(axis=(0, 1))
        return groups[:, whole], values[:, :, whole]

    def _fields_at(self) -> list[Optional[At]]:
        """Return scene, measured elevation and reference as functions of cells of any shape."""
        return [self.fields.scene, self.fields.measured, self.fields.predicted(self.other_scenes)]


def known_sample(scene: At, shape: tuple[int, int]) -> tuple[np.ndarray, int]:
    """Return a sample of the known cells of a scene, ascending, and the number of all known cells."""
    size = shape[0] * shape[1]
    cells = spread_cells(size)
    known = cells[np.isfinite(scene(cells))]
    if size <= MAX_WHOLE:
        return known, known.size
    total = round(known.size / cells.size * size)
    if known.size < MIN_KNOWN:
        parts = (np.arange(first, min(first + STEP, size)) for first in range(0, size, STEP))
        known = np.concatenate([part[np.isfinite(scene(part))] for part in parts])
        total = known.size
    if known.size > MAX_KNOWN:
        known = np.sort(np.random.default_rng(0).choice(known, MAX_KNOWN, replace=False))
    return known, total
