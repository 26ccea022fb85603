"""Predicts a scene from scenes of other dates.

First the scene is regressed on each other scene over the cells known in both, and the predictions are averaged. With
the variogram of what remains, the scenes that know nearly all cells then get coefficients of their own in one joint
regression by generalised least squares. These coefficients are shrunk: they depart from the average only as far as
the known cells demand.

Where another scene begins or ends, its weight rises from 0 within a few cells, so that the prediction has no step
there. Cells that no other scene knows are kriged from those around them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Callable, Iterable, Mapping, NamedTuple, Optional, Sequence, Union

import numpy as np
from scipy import ndimage

from .kriging import krige_with_nuggets
from .variogram import Variogram

MIN_SHARED = 30  # cells
MAX_R2 = 0.999  # a repeated scene must not get all the weight
MIN_COVERED = 0.5  # share of the known cells that at least one other scene has to know
MIN_WHOLE = 0.95  # share of the known cells, and of the gaps, that a scene with a coefficient of its own has to know
PENALTIES = np.geomspace(1e-6, 50.0, 73)  # prior variances of these coefficients over the variance of the innovations

FADE = 2.0  # cells: the Gaussian by which the edges of other scenes fade
FADE_STEPS = 255

# How cells that no other scene knows are kriged: estimates do not depend on the slope of this variogram.
OVER_HOLES = Variogram("linear", 0.0, 1.0, 1.0)
HOLE_NEIGHBOURS = 16

Read = Callable[[], np.ndarray]
NOTHING: Mapping[int, Read] = {}


@dataclass(frozen=True)
class Reference:
    """A scene as predicted from other dates.

    Attributes
    ----------
    values : ndarray
        At the cells of the scene; NaN in cells that are gaps in all usable scenes.
    scenes : int
        Number of scenes used.
    """

    values: np.ndarray
    scenes: int


class ReferenceTerm(NamedTuple):
    """Another scene in a prediction.

    Attributes
    ----------
    number : int
        Its index.
    intercept, slope : float
        Of the regression on it alone.
    weight : float
        In the average.
    is_whole : bool
        Whether it knows nearly all known cells and nearly all gaps.
    own : float
        Coefficient of its departure from the average.
    """

    number: int
    intercept: float
    slope: float
    weight: float
    is_whole: bool = False
    own: float = 0.0

    def of(self, other: np.ndarray) -> np.ndarray:
        """Predict cells from this scene alone."""
        return self.intercept + self.slope * np.asarray(other, dtype=float)


@dataclass(frozen=True)
class ReferenceModel:
    """How other scenes predict this one.

    Attributes
    ----------
    terms : tuple of ReferenceTerm
        The scenes used.
    scale : float
        Coefficient of their average.
    level, lapse : float
        The prediction at elevation 0, and its change with elevation in K/km: a line through the known cells, from
        which cells that no other scene knows depart as those around them do.
    """

    terms: tuple[ReferenceTerm, ...] = ()
    scale: float = 1.0
    level: float = 0.0
    lapse: float = 0.0

    def on(
        self, others: Union[Sequence[Read], Mapping[int, Read]], fades: Mapping[int, Read] = NOTHING
    ) -> Optional[np.ndarray]:
        """Predict cells from the other scenes, which are read one after the other; None without any.

        NaN where no scene is known. The weights of scenes with edges are multiplied by their fades, see `fade_of`.
        """
        if not self.terms:
            return None
        sums: Optional[np.ndarray] = None
        for term in self.terms:
            predicted = term.of(others[term.number]())
            if sums is None:
                sums = np.zeros((4, *predicted.shape))
            total, weights, own, own_weights = sums
            there = np.isfinite(predicted)
            predicted[~there] = 0.0
            share = fades[term.number]() * there if term.number in fades else there
            total += term.weight * share * predicted
            weights += term.weight * share
            if term.own:
                own += term.own * share * predicted
                own_weights += term.own * share
        with np.errstate(invalid="ignore"):
            # A scene that is not known does not depart from the average.
            return total / weights * (self.scale - own_weights) + own

    def with_line(self, predicted: np.ndarray, height: np.ndarray) -> ReferenceModel:
        """Fit `level` and `lapse` to predictions and the elevations (km) of the same cells; NaN are left out."""
        both = np.isfinite(predicted) & np.isfinite(height)
        y, x = predicted[both], height[both]
        if not y.size:
            return self
        variance = float(np.var(x))
        lapse = float(np.mean((x - x.mean()) * (y - y.mean())) / variance) if variance > 0 else 0.0
        return replace(self, level=float(y.mean()) - lapse * float(x.mean()), lapse=lapse)

    def without_holes(
        self,
        predicted: np.ndarray,
        height: Callable[[np.ndarray], np.ndarray],
        needed: np.ndarray,
        cell_width: Union[float, np.ndarray] = 1.0,
        cell_height: float = 1.0,
        **running: Any,
    ) -> np.ndarray:
        """Krige cells that no other scene knows from those around them, so that the surface has no step.

        What is kriged is the departure from the line with elevation.

        Parameters
        ----------
        predicted : ndarray, shape (rows, columns)
        height : callable
            Returns the elevation in km of cells given by their positions in the flattened array.
        needed : ndarray of bool, shape (rows, columns)
            The cells that are filled; others stay NaN.
        cell_width, cell_height, **running
            See `krige`.
        """
        is_known = np.isfinite(predicted)
        is_hole = needed & ~is_known
        if not is_hole.any():
            return predicted
        holes, flat = np.flatnonzero(is_hole), predicted.ravel()
        levels = np.full(holes.size, np.nan)
        if is_known.any():
            levels = krige_with_nuggets(
                lambda cells: flat[cells] - self.lapse * height(cells),
                OVER_HOLES,
                cell_width,
                cell_height,
                HOLE_NEIGHBOURS,
                targets=is_hole,
                known=is_known,
                **running,
            )[0]
        filled = flat.copy()
        filled[holes] = np.where(np.isfinite(levels), levels, self.level) + self.lapse * height(holes)
        return filled.reshape(predicted.shape)


def fade_of(known: np.ndarray) -> Optional[np.ndarray]:
    """Return by how much each cell of a scene counts: little at the edge of its gaps, fully some cells away from it.

    Parameters
    ----------
    known : ndarray of bool, shape (rows, columns)

    Returns
    -------
    ndarray of uint8, shape (rows, columns), or None
        In shares of `FADE_STEPS`, at least one of them; None without gaps.
    """
    if known.all():
        return None
    share = ndimage.gaussian_filter(known.astype(np.float32), FADE, mode="nearest", truncate=3.0)
    # Half of the surroundings of a cell at a straight edge are known.
    return np.rint((FADE_STEPS * (2.0 * share - 1.0)).clip(1.0, FADE_STEPS)).astype(np.uint8)


def fade_at(fade: np.ndarray, cells: np.ndarray) -> np.ndarray:
    """Return by how much cells, as positions in the flattened grid, count: 0 to 1."""
    return fade.ravel()[cells] / FADE_STEPS


def reference_scene(scene: np.ndarray, others: Iterable[np.ndarray]) -> Reference:
    """Predict a scene from the average of other dates.

    The scene is regressed on each other scene over the cells known in both. The predictions are averaged with
    weights r2 / (1 - r2), the ratio of explained to unexplained variance, times the share of the known cells that
    the other scene knows: an uncorrelated scene has no weight, near-repetitions outweigh the rest, and a few cells
    in a corner say little about all others.

    Parameters
    ----------
    scene : ndarray, shape (rows, columns)
    others : iterable of ndarray, shape (rows, columns)
        With NaN in their gaps. Those that share 30 cells and correlate positively are used, if they know half of
        the known cells together.

    Returns
    -------
    Reference
    """
    others = list(others)
    model = fit_reference(scene, others)
    values = model.on([partial(np.asarray, other) for other in others])
    return Reference(np.full(scene.shape, np.nan) if values is None else values, len(model.terms))


def fit_reference(
    scene: np.ndarray, others: Iterable[np.ndarray], known_gaps: Optional[Sequence[float]] = None
) -> ReferenceModel:
    """Regress cells of a scene on each other scene at the same cells; see `reference_scene`.

    Parameters
    ----------
    scene : ndarray
    others : iterable of ndarray
    known_gaps : sequence of float, optional
        Share of the gaps of the scene that each of the others knows; all by default.
    """
    known = np.isfinite(scene)
    covered = np.zeros(scene.shape, dtype=bool)
    terms = []
    for number, other in enumerate(others):
        common = known & np.isfinite(other)
        if common.sum() < MIN_SHARED:
            continue
        x, y = other[common], scene[common]
        if np.ptp(x) == 0 or np.ptp(y) == 0:
            continue
        r = float(np.corrcoef(x, y)[0, 1])
        if r <= 0:
            continue
        slope = float(r * np.std(y) / np.std(x))
        r2 = min(r**2, MAX_R2)
        share = float(common.sum() / known.sum())
        is_whole = min(share, known_gaps[number] if known_gaps else 1.0) >= MIN_WHOLE
        weight = r2 / (1.0 - r2) * share
        terms.append(ReferenceTerm(number, float(y.mean() - slope * x.mean()), slope, weight, is_whole))
        covered |= common
    if covered.sum() < MIN_COVERED * known.sum():
        return ReferenceModel()
    return ReferenceModel(tuple(terms))


def shrunken(innovations: np.ndarray, free: int) -> np.ndarray:
    """Return the coefficients of the first field on the others, of which all but the first few are shrunk to 0.

    Ridge regression of innovations, whose penalty maximises the marginal likelihood (empirical Bayes).

    Parameters
    ----------
    innovations : ndarray, shape (fields, n)
        See `likelihood.innovations`.
    free : int
        Number of fields after the first whose coefficients are not shrunk.

    Returns
    -------
    ndarray, shape (fields - 1,)
    """
    y, x, z = innovations[0], innovations[1 : 1 + free].T, innovations[1 + free :].T
    q = np.linalg.qr(x)[0]
    y_left, z_left = y - q @ (q.T @ y), z - q @ (q.T @ z)
    u, s, vt = np.linalg.svd(z_left, full_matrices=False)
    uy = u.T @ y_left
    rest, n = max(float(y_left @ y_left - uy @ uy), 0.0), y.size - free
    spread = 1.0 + PENALTIES[:, None] * s**2
    left = np.maximum(rest + (uy**2 / spread).sum(axis=1), np.finfo(float).tiny)
    best = int(np.argmin(n * np.log(left / n) + np.log(spread).sum(axis=1)))
    own = vt.T @ (PENALTIES[best] * s / spread[best] * uy)
    return np.concatenate([np.linalg.lstsq(x, y - z @ own, rcond=None)[0], own])
