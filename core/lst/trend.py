"""The part of a scene that is known without kriging: elevation, and the pattern of other dates.

The trend is one least-squares fit over the whole scene; kriging then works on its residuals. (A drift
fitted anew in each neighbourhood breaks down where the elevation of the neighbours is collinear.)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence

import numpy as np
from scipy import ndimage

from ..errors import InputError

TRENDS = ("elevation", "elevation_reference", "fixed_lapse", "none")
LAPSE_RATE = -6.5  # K/km
PLAUSIBLE_LAPSE = (-15.0, 10.0)  # K/km; real scenes gave -14.8 to +4.5, inversions at night are positive
LEAST_R2 = 0.1
LEAST_CELLS = 30
HIGHEST_CORRELATION = 0.999  # a repeated scene must not take all the weight


@dataclass(frozen=True)
class Trend:
    """A fitted trend.

    Attributes
    ----------
    kind : str
        The trend that was used, one of `TRENDS`.
    surface : ndarray, shape (rows, columns)
        In the unit of the scene; NaN everywhere if the scene has no known cell.
    lapse_rate : float
        Change with elevation in K/km, NaN if elevation was not used.
    r2 : float
        Share of the variance of the known cells that the trend explains; NaN where they do not vary.
    references : int
        Number of other scenes in the reference.
    fallback : str
        Why `kind` is not the trend that was asked for; empty if it is.
    """

    kind: str
    surface: np.ndarray
    lapse_rate: float = np.nan
    r2: float = np.nan
    references: int = 0
    fallback: str = ""


def fit_trend(
    scene: np.ndarray,
    kind: str = "elevation",
    elevation: np.ndarray | None = None,
    others: Sequence[np.ndarray] = (),
    lapse_rate: float = LAPSE_RATE,
) -> Trend:
    """Fit the trend of one scene on its known cells.

    The trends fall back on one another, from the top down, and say why:

    ``elevation_reference``
        Elevation and the reference from other dates (`reference_scene`), by least squares. Falls
        back on ``elevation`` if no other scene shares 30 cells that correlate with this one.
    ``elevation``
        Elevation, by least squares. Falls back on ``fixed_lapse`` with fewer than 30 known cells or
        a slope outside -15 to +10 K/km, and on ``none`` if elevation explains less than a tenth of
        the variance.
    ``fixed_lapse``
        A given lapse rate, and the mean of what remains.
    ``none``
        The mean.

    Parameters
    ----------
    scene : ndarray, shape (rows, columns)
        LST in K or degC with NaN in the gaps.
    kind : str
        One of `TRENDS`.
    elevation : ndarray, shape (rows, columns), optional
        In metres. Holes (NaN) take the nearest known elevation.
    others : sequence of ndarray, shape (rows, columns)
        Scenes of other dates, for ``elevation_reference``.
    lapse_rate : float
        In K/km, for ``fixed_lapse``.

    Returns
    -------
    Trend

    Raises
    ------
    InputError
        If the kind is unknown, or needs an elevation that is missing, empty or of another shape.
    """
    if kind not in TRENDS:
        raise InputError(f"The trend '{kind}' is unknown: choose one of {', '.join(TRENDS)}.")
    known = np.isfinite(scene)
    if not known.any():
        return Trend("none", np.full(scene.shape, np.nan), fallback="no known cell")
    if kind == "none":
        return _mean(scene)
    height = 1e-3 * _without_holes(elevation, scene.shape, kind)  # km: slopes are K/km
    if kind == "fixed_lapse":
        return _fixed_lapse(scene, height, lapse_rate)

    if known.sum() < LEAST_CELLS:
        return _fixed_lapse(scene, height, lapse_rate, f"{known.sum()} known cells are too few to fit a slope")
    by_elevation = _elevation(scene, height, lapse_rate)
    if kind == "elevation":
        return by_elevation
    reference, count = reference_scene(scene, others)
    if count == 0:
        why = "no other scene shares enough cells that correlate with this one"
        return Trend(
            **{**vars(by_elevation), "fallback": "; ".join(reason for reason in (why, by_elevation.fallback) if reason)}
        )
    with_reference = known & np.isfinite(reference)
    intercept, slope, weight = _least_squares(scene[with_reference], height[with_reference], reference[with_reference])
    surface = intercept + slope * height + weight * reference
    # Cells that no other scene knows follow the elevation alone.
    surface = np.where(np.isfinite(surface), surface, by_elevation.surface)
    return Trend(kind, surface, float(slope), _r2(scene, surface), count)


def reference_scene(scene: np.ndarray, others: Sequence[np.ndarray]) -> tuple[np.ndarray, int]:
    """Predict a scene from other dates.

    The scene is regressed on each other scene over the cells that both know. The predictions are
    averaged with weights r2 / (1 - r2), the explained over the unexplained variance: a scene without
    correlation has no say, and near-repetitions outweigh the rest.

    Parameters
    ----------
    scene : ndarray, shape (rows, columns)
    others : sequence of ndarray, shape (rows, columns)
        With NaN in their gaps.

    Returns
    -------
    reference : ndarray, shape (rows, columns)
        NaN where no usable scene knows the cell.
    count : int
        Number of scenes used: those that share 30 cells and correlate positively.
    """
    known = np.isfinite(scene)
    total = np.zeros(scene.shape)
    weights = np.zeros(scene.shape)
    count = 0
    for other in others:
        there = np.isfinite(other)
        common = known & there
        if common.sum() < LEAST_CELLS:
            continue
        x, y = other[common], scene[common]
        if np.ptp(x) == 0 or np.ptp(y) == 0:
            continue
        r = min(float(np.corrcoef(x, y)[0, 1]), HIGHEST_CORRELATION)
        if r <= 0:
            continue
        intercept, slope = _least_squares(y, x)
        weight = r**2 / (1.0 - r**2)
        total[there] += weight * (intercept + slope * other[there])
        weights[there] += weight
        count += 1
    with np.errstate(invalid="ignore"):
        return total / weights, count


def _elevation(scene: np.ndarray, height: np.ndarray, lapse_rate: float) -> Trend:
    known = np.isfinite(scene)
    if np.ptp(scene[known]) == 0 or np.ptp(height[known]) == 0:
        return _mean(scene, "the known cells do not differ in temperature or not in elevation")
    intercept, slope = _least_squares(scene[known], height[known])
    surface = intercept + slope * height
    r2 = _r2(scene, surface)
    if r2 < LEAST_R2:
        return _mean(scene, f"elevation explains {r2:.0%} of the variance")
    if not PLAUSIBLE_LAPSE[0] <= slope <= PLAUSIBLE_LAPSE[1]:
        return _fixed_lapse(scene, height, lapse_rate, f"a slope of {slope:.1f} K/km is not plausible")
    return Trend("elevation", surface, float(slope), r2)


def _fixed_lapse(scene: np.ndarray, height: np.ndarray, lapse_rate: float, fallback: str = "") -> Trend:
    surface = lapse_rate * height
    surface = surface + np.nanmean(scene - surface)
    return Trend("fixed_lapse", surface, float(lapse_rate), _r2(scene, surface), fallback=fallback)


def _mean(scene: np.ndarray, fallback: str = "") -> Trend:
    return Trend("none", np.full(scene.shape, np.nanmean(scene)), fallback=fallback)


def _least_squares(y: np.ndarray, *x: np.ndarray) -> np.ndarray:
    """Coefficients of y on a constant and x; the smallest where x is collinear."""
    design = np.stack([np.ones_like(y), *x], axis=1)
    return np.linalg.lstsq(design, y, rcond=None)[0]


def _r2(scene: np.ndarray, surface: np.ndarray) -> float:
    known = np.isfinite(scene)
    variance = np.var(scene[known])
    return float(1.0 - np.mean((scene[known] - surface[known]) ** 2) / variance) if variance > 0 else np.nan


def _without_holes(elevation: np.ndarray | None, shape: tuple[int, int], kind: str) -> np.ndarray:
    if elevation is None:
        raise InputError(f"The trend '{kind}' needs a DEM: give one, or choose the trend 'none'.")
    if elevation.shape != shape:
        raise InputError(f"The DEM has {elevation.shape} cells and the scene {shape}: align it to the scene first.")
    holes = ~np.isfinite(elevation)
    if holes.all():
        raise InputError("The DEM has no valid cell within the scene: give one that covers it.")
    if not holes.any():
        return elevation
    nearest = ndimage.distance_transform_edt(holes, return_distances=False, return_indices=True)
    return elevation[tuple(nearest)]
