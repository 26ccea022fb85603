"""Predicts a scene from scenes of other dates.

First the scene is regressed on each other scene over the cells known in both, and the predictions are averaged. With
the variogram of what remains, the scenes that know nearly all cells then get coefficients of their own in one joint
regression by generalised least squares. These coefficients are shrunk: they depart from the average only as far as
the known cells demand.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Callable, Iterable, Mapping, NamedTuple, Optional, Sequence, Union

import numpy as np
from scipy import ndimage

MIN_SHARED = 30  # cells
MAX_R2 = 0.999  # a repeated scene must not get all the weight
MIN_COVERED = 0.5  # share of the known cells that at least one other scene has to know
MIN_WHOLE = 0.95  # share of the known cells, and of the gaps, that a scene with a coefficient of its own has to know
PENALTIES = np.geomspace(1e-6, 50.0, 73)  # prior variances of these coefficients over the variance of the innovations

Read = Callable[[], np.ndarray]


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
        The prediction at elevation 0, and its change with elevation in K/km: a line through the known cells, along
        which cells that no other scene knows are predicted from the nearest one.
    """

    terms: tuple[ReferenceTerm, ...] = ()
    scale: float = 1.0
    level: float = 0.0
    lapse: float = 0.0

    def on(self, others: Union[Sequence[Read], Mapping[int, Read]]) -> Optional[np.ndarray]:
        """Predict cells from the other scenes, which are read one after the other; None without any.

        NaN where no scene is known.
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
            total += term.weight * predicted
            weights += term.weight * there
            if term.own:
                own += term.own * predicted
                own_weights += term.own * there
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

    def without_holes(self, predicted: np.ndarray, height: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
        """Fill cells that no other scene knows, so that the surface has no step at their edge.

        Parameters
        ----------
        predicted : ndarray, shape (rows, columns)
        height : callable
            Returns the elevation in km of cells given by their positions in the flattened array.
        """
        is_hole = np.isnan(predicted)
        if not is_hole.any():
            return predicted
        holes = np.flatnonzero(is_hole)
        filled = predicted.ravel().copy()
        if holes.size == filled.size:
            filled[:] = self.level + self.lapse * height(holes)
        else:
            row, column = ndimage.distance_transform_edt(is_hole, return_distances=False, return_indices=True)
            nearest = (row * predicted.shape[1] + column).ravel()[holes]
            filled[holes] = filled[nearest] + self.lapse * (height(holes) - height(nearest))
        return filled.reshape(predicted.shape)


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
