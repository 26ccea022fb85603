"""Samples a scene before it is filled: all cells of a small grid, some of a large one.

Trend and variogram are those of the whole scene, and some thousands of cells determine them as well as millions.
The sample depends on the grid and on which cells are known only, not on memory, threads or tiles. A scene is
accessed by the positions of cells only, so that it need not be held in memory.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from typing import Callable, Mapping, Optional, Sequence

import numpy as np

from .gapshare import PER_SCALE, GapShare, GapSlope
from .likelihood import MIN_CELLS, Predictions, draw_groups, draw_nearest
from .reference import ReferenceModel, fit_reference, shrunken
from .trend import TrendModel, fit_sampled
from .variogram import Variogram

MAX_WHOLE = 1 << 18  # cells of the largest grid of which all cells are used
SPREAD = 1 << 16  # cells of a larger grid that are sampled, known or not
MAX_KNOWN = 1 << 15  # known cells of the sample that are used
MIN_KNOWN = 1 << 12  # with fewer of them, known cells are searched for in the whole grid
STEP = 1 << 20  # cells that are then searched at a time
MAX_PREDICTED = 1 << 12  # known cells that are predicted from the nearest ones

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
    fades : mapping of int to callable
        By how much the cells of those that have gaps count, 0 to 1; see `reference.fade_of`.
    gap_share : GapShare, optional
        The gaps of the scene, if what is hidden may differ from what is seen.
    """

    shape: tuple[int, ...]
    scene: At
    height: Optional[At] = None
    measured: Optional[At] = None
    others: Sequence[At] = ()
    fades: Mapping[int, At] = field(default_factory=dict)
    gap_share: Optional[GapShare] = None

    def predicted_by(self, model: ReferenceModel, cells: np.ndarray) -> Optional[np.ndarray]:
        """Return what the scenes of other dates predict at cells; None without any."""
        fades = {number: partial(fade, cells) for number, fade in self.fades.items()}
        return model.on([partial(other, cells) for other in self.others], fades)


@lru_cache(maxsize=4)
def spread_cells(size: int) -> np.ndarray:
    """Return the cells that are sampled in a grid of so many cells, ascending."""
    if size <= MAX_WHOLE:
        return np.arange(size)
    return np.sort(np.random.default_rng(0).choice(size, SPREAD, replace=False))


@dataclass(frozen=True)
class Drawn:
    """Groups of cells, each to be predicted from the others of its group.

    Attributes
    ----------
    groups : ndarray of int, shape (members, groups)
        Cells; the last of each group is the one to be predicted.
    values : ndarray, shape (4, members, groups)
        Scene, filled and measured elevation, and reference; NaN where there is none.
    others, fades : dict of ndarray, shape (members, groups)
        Scenes of other dates, and by how much their cells count where they have gaps, by their number.
    """

    groups: np.ndarray
    values: np.ndarray
    others: dict[int, np.ndarray]
    fades: dict[int, np.ndarray]

    def known(self, fields: list[int]) -> Drawn:
        """Keep the groups in which some of the fields are known to all members."""
        is_known = np.isfinite(self.values[fields]).all(axis=(0, 1))
        if is_known.all():
            return self
        others, fades = (
            {number: of_number[:, is_known] for number, of_number in some.items()} for some in (self.others, self.fades)
        )
        return Drawn(self.groups[:, is_known], self.values[:, :, is_known], others, fades)

    def predicted_by(self, model: ReferenceModel) -> Drawn:
        """Take the reference from a model."""
        others, fades = (
            {number: partial(np.asarray, of_number) for number, of_number in some.items()}
            for some in (self.others, self.fades)
        )
        reference = model.on(others, fades)
        return self if reference is None else replace(self, values=np.stack([*self.values[:3], reference]))

    def less(self, part: np.ndarray) -> Drawn:
        """Subtract a part of the scene."""
        return replace(self, values=np.stack([self.values[0] - part, *self.values[1:]]))


@dataclass
class SceneSample:
    """Known cells of a scene, from which trend and variogram are estimated.

    Attributes
    ----------
    fields : Fields
    cell_width, cell_height : float
        Size of a cell in metres; the mean width if it varies.
    cells : ndarray of int
        Known cells, ascending; where other scenes predict this one, those that they know.
    total : int
        Number of all such cells; an estimate if only a sample is used.
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
        scene, reference, other_scenes = fields.scene(cells), None, ReferenceModel()
        if fields.others:
            spread = spread_cells(fields.shape[0] * fields.shape[1])
            gaps = spread[np.isnan(fields.scene(spread))]
            known_gaps = [float(np.isfinite(other(gaps)).mean()) if gaps.size else 1.0 for other in fields.others]
            other_scenes = fit_reference(scene, (other(cells) for other in fields.others), known_gaps)
            reference = fields.predicted_by(other_scenes, cells)
        if reference is not None:
            there = np.isfinite(reference)
            total = round(total * float(there.mean()))
            cells, scene, reference = cells[there], scene[there], reference[there]
        height, measured = (None if at is None else at(cells) for at in (fields.height, fields.measured))
        if reference is not None and height is not None:
            other_scenes = other_scenes.with_line(reference, height)
        return cls(fields, cell_width, cell_height, cells, total, scene, height, measured, reference, other_scenes)

    def trend(
        self, kind: str, lapse_rate: float, variogram: Optional[Variogram] = None, per_scale: int = 400, seed: int = 0
    ) -> TrendModel:
        """Fit the trend: by generalised least squares if a variogram is given, otherwise by ordinary least squares."""

        def new(count: int) -> Optional[np.ndarray]:
            drawn = self._draw(count, per_scale, seed)
            return self._innovations(drawn, drawn.values[[0, 2, 3][:count]], variogram)

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
        drawn = self._draw(1, per_scale, seed)
        scene, height, _, reference = drawn.values
        return self._predictions(drawn.groups, (scene - trend.on(scene.shape, height, reference))[None])

    def mean_square(self, trend: TrendModel, variogram: Variogram, neighbours: int, seed: int = 0) -> float:
        """Return the mean of squared errors over their variance of known cells predicted from the nearest ones.

        NaN with fewer than 64 of them, or without any error.
        """
        rng = np.random.default_rng(seed)
        cells = self.cells
        if cells.size > MAX_PREDICTED:
            cells = rng.choice(cells, MAX_PREDICTED, replace=False)

        def known_at(some: np.ndarray) -> np.ndarray:
            return np.isfinite(self.fields.scene(some))

        groups = draw_nearest(
            cells, self.total, self.fields.shape, self.cell_width, self.cell_height, neighbours, rng, known_at
        )
        drawn = self._drawn_at(groups).known([0, 3] if self.reference is not None else [0])
        scene, height, _, reference = drawn.values
        innovations = self._innovations(drawn, (scene - trend.on(scene.shape, height, reference))[None], variogram)
        mean = np.nan if innovations is None else float(np.mean(innovations**2))
        return mean if mean > 0 else np.nan

    def joint(self, variogram: Variogram, per_scale: int = 400, seed: int = 0) -> SceneSample:
        """Give the other scenes that know nearly all cells coefficients of their own; see `reference`.

        The slope with elevation is fitted with them, and has to be fitted again.
        """
        whole = [term for term in self.other_scenes.terms if term.is_whole]
        if len(whole) < 2:
            return self
        drawn = self._draw(3, per_scale, seed)
        average = drawn.values[3]
        departures = [
            np.nan_to_num(term.of(drawn.others[term.number]) - average) * drawn.fades.get(term.number, 1.0)
            for term in whole
        ]
        innovations = self._innovations(drawn, np.stack([*drawn.values[[0, 2, 3]], *departures]), variogram)
        if innovations is None:
            return self
        _, scale, *own = shrunken(innovations, 2).tolist()
        of_scene = {term.number: coefficient for term, coefficient in zip(whole, own)}
        terms = tuple(term._replace(own=of_scene.get(term.number, 0.0)) for term in self.other_scenes.terms)
        model = replace(self.other_scenes, terms=terms, scale=scale)
        reference = self.fields.predicted_by(model, self.cells)
        return replace(
            self,
            reference=reference,
            other_scenes=model.with_line(reference, self.height),
            _drawn={key: drawn.predicted_by(model) for key, drawn in self._drawn.items()},
        )

    def gap_slope(self, trend: TrendModel, variogram: Variogram, per_scale: int = 400, seed: int = 0) -> float:
        """Return what the share of gaps adds to a trend in K, 0 where there is not enough evidence; see `gapshare`."""
        gap_share = self.fields.gap_share
        if gap_share is None or not gap_share.gaps.any():
            return 0.0
        found = self._fit_gap_slope(gap_share, trend, variogram, per_scale, seed)
        if found is not None and found.is_promising():
            found = self._fit_gap_slope(gap_share, trend, variogram, PER_SCALE, seed)
            if found is not None and found.is_certain(float(np.std(self.residuals(trend)))):
                return found.slope
        return 0.0

    def without_gap_share(self, slope: float) -> SceneSample:
        """Subtract what the share of gaps adds to the trend."""
        at, part_at = self.fields.scene, self.fields.gap_share.at
        return replace(
            self,
            fields=replace(self.fields, scene=lambda cells: at(cells) - slope * part_at(cells)),
            scene=self.scene - slope * part_at(self.cells),
            _drawn={key: drawn.less(slope * part_at(drawn.groups)) for key, drawn in self._drawn.items()},
        )

    def _fit_gap_slope(
        self, gap_share: GapShare, trend: TrendModel, variogram: Variogram, per_scale: int, seed: int
    ) -> Optional[GapSlope]:
        """Fit the slope beside those of the predictors that the trend has; None with too few cells."""
        count = {"elevation": 2, "elevation_reference": 3}.get(trend.kind, 1)
        drawn = self._draw(count, per_scale, seed)
        scene, height, measured, reference = drawn.values
        if trend.kind == "fixed_lapse":
            scene = scene - trend.on(scene.shape, height, reference)
        share = gap_share.at(drawn.groups)
        innovations = self._innovations(drawn, np.stack([*[scene, measured, reference][:count], share]), variogram)
        if innovations is None:
            return None
        # The gap of the member that has the largest share.
        largest = drawn.groups[np.argmax(share, axis=0), np.arange(share.shape[1])]
        return GapSlope.of(innovations, gap_share.nearest(largest))

    def _innovations(self, drawn: Drawn, values: np.ndarray, variogram: Variogram) -> Optional[np.ndarray]:
        """Return the innovations of fields at cells that were drawn; None with too few."""
        if values.shape[2] < MIN_CELLS:
            return None
        return self._predictions(drawn.groups, values).innovations(variogram)

    def _predictions(self, groups: np.ndarray, values: np.ndarray) -> Predictions:
        return Predictions.at(groups, values, self.fields.shape[1], self.cell_width, self.cell_height)

    def _draw(self, count: int, per_scale: int, seed: int) -> Drawn:
        """Draw groups of cells of known reference and, for more than one of the fields, of known elevation."""
        # Elevation that is known everywhere makes no difference to the draw: for most scenes there is one draw.
        has_measured = np.isfinite(self.measured) if count > 1 else np.ones(self.cells.shape, dtype=bool)
        needs_measured = not has_measured.all()
        key = (needs_measured, per_scale, seed)
        if key not in self._drawn:

            def known_at(some: np.ndarray) -> np.ndarray:
                known = np.isfinite(self.fields.scene(some))
                return known & np.isfinite(self.fields.measured(some)) if needs_measured else known

            groups = draw_groups(
                self.cells[has_measured],
                round(self.total * float(has_measured.mean())) if needs_measured else self.total,
                self.fields.shape,
                self.cell_width,
                self.cell_height,
                per_scale,
                np.random.default_rng(seed),
                known_at if self.total > self.cells.size else None,
            )
            self._drawn[key] = self._drawn_at(groups)
        # Members are drawn where the scene is known, and may lack what is complete in the sample.
        needed = [0] + [2] * (count > 1) + [3] * (self.reference is not None)
        return self._drawn[key].known(needed)

    def _drawn_at(self, groups: np.ndarray) -> Drawn:
        """Read everything at groups of cells."""
        at = (self.fields.scene, self.fields.height, self.fields.measured)
        numbers = [term.number for term in self.other_scenes.terms]
        others = {number: self.fields.others[number](groups) for number in numbers}
        fades = {number: self.fields.fades[number](groups) for number in numbers if number in self.fields.fades}
        nothing = np.full(groups.shape, np.nan)
        values = [nothing if field is None else field(groups) for field in at]
        return Drawn(groups, np.stack([*values, nothing]), others, fades).predicted_by(self.other_scenes)


def known_sample(scene: At, shape: tuple[int, ...]) -> tuple[np.ndarray, int]:
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
