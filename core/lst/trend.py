"""The part of a scene that is known without kriging: elevation, and the pattern of other dates.

The trend is one fit over the whole scene; kriging then works on its residuals. (A drift fitted anew
in each neighbourhood breaks down where the elevation of the neighbours is collinear.)

It is fitted twice. Ordinary least squares gives the residuals from which the variogram is estimated.
With the variogram, generalised least squares gives the slope that is used: it compares each cell
with its neighbours, so that weather that happens to lie over the mountains is not taken for a lapse
rate.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Callable, Iterable

import numpy as np
from scipy import ndimage

from ..errors import InputError
from .likelihood import LEAST_CELLS as LEAST_INNOVATIONS
from .likelihood import innovations
from .variogram import Variogram

TRENDS = ("elevation", "elevation_reference", "fixed_lapse", "none")
LAPSE_RATE = -6.5  # K/km
PLAUSIBLE_LAPSE = (-15.0, 10.0)  # K/km; real scenes gave -14.8 to +4.5, inversions at night are positive
LEAST_R2 = 0.1  # of ordinary least squares
LEAST_T = 2.0  # slope over its standard error, of generalised least squares
LEAST_CELLS = 30
HIGHEST_R2 = 0.999  # a repeated scene must not take all the weight


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


@dataclass(frozen=True)
class Reference:
    """A scene as other dates predict it.

    Attributes
    ----------
    values : ndarray, shape (rows, columns)
        NaN where no usable scene knows the cell.
    scenes : int
        Number of scenes used.
    """

    values: np.ndarray
    scenes: int


def fit_trend(
    scene: np.ndarray,
    kind: str = "elevation",
    elevation: np.ndarray | None = None,
    reference: Reference | None = None,
    lapse_rate: float = LAPSE_RATE,
    variogram: Variogram | None = None,
    cell_width: float = 1.0,
    cell_height: float = 1.0,
    seed: int = 0,
) -> Trend:
    """Fit the trend of one scene on its known cells.

    The trends fall back on one another, from the top down, and say why:

    ``elevation_reference``
        Elevation and the reference from other dates. Falls back on ``elevation`` if there is none.
    ``elevation``
        Elevation. Falls back on ``fixed_lapse`` with fewer than 30 known cells or a slope outside
        -15 to +10 K/km; and on ``none`` if elevation says nothing: it explains less than a tenth of
        the variance (without a variogram), or the slope is less than twice its standard error (with
        one).
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
        In metres. Holes (NaN) take the nearest known elevation; the slope is fitted without them.
    reference : Reference, optional
        For ``elevation_reference``, from `reference_scene`.
    lapse_rate : float
        In K/km, for ``fixed_lapse``.
    variogram : Variogram, optional
        Of the residuals. With it, and 64 known cells, the fit is by generalised least squares;
        without it by ordinary least squares.
    cell_width, cell_height : float
        Size of a cell in metres, for the variogram.
    seed : int
        Of the cells compared in generalised least squares.

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
    # Holes are patched for the surface, and take no part in the slope.
    measured = np.where(np.isfinite(elevation), height, np.nan)
    usable = int((known & np.isfinite(measured)).sum())
    if usable < LEAST_CELLS:
        return _fixed_lapse(scene, height, lapse_rate, f"{usable} known cells are too few to fit a slope")

    def slopes(*fields):
        """Slopes of the scene on fields, and whether the first is too weak to be used."""
        complete = np.stack([scene, *fields])
        if variogram is None or np.isfinite(complete).all(axis=0).sum() < LEAST_INNOVATIONS:
            return _ordinary(complete)
        return _generalised(innovations(complete, variogram, cell_width, cell_height, seed=seed))

    by_elevation = _elevation(scene, height, measured, slopes, lapse_rate)
    if kind == "elevation":
        return by_elevation
    if reference is None or np.isfinite(scene + measured + reference.values).sum() < LEAST_CELLS:
        why = "no other scene shares enough cells that correlate with this one"
        return replace(by_elevation, fallback="; ".join(filter(None, [why, by_elevation.fallback])))
    (slope, weight), _ = slopes(measured, reference.values)
    surface = _centred(slope * height + weight * reference.values, scene)
    # Cells that no other scene knows follow the elevation alone.
    surface = np.where(np.isfinite(surface), surface, by_elevation.surface)
    return Trend(kind, surface, float(slope), _r2(scene, surface), reference.scenes)


def reference_scene(scene: np.ndarray, others: Iterable[np.ndarray]) -> Reference:
    """Predict a scene from other dates.

    The scene is regressed on each other scene over the cells that both know. The predictions are
    averaged with weights r2 / (1 - r2), the explained over the unexplained variance: a scene without
    correlation has no say, and near-repetitions outweigh the rest.

    Parameters
    ----------
    scene : ndarray, shape (rows, columns)
    others : iterable of ndarray, shape (rows, columns)
        With NaN in their gaps. Used are those that share 30 cells and correlate positively.

    Returns
    -------
    Reference
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
        r = float(np.corrcoef(x, y)[0, 1])
        if r <= 0:
            continue
        slope = r * np.std(y) / np.std(x)
        r2 = min(r**2, HIGHEST_R2)
        weight = r2 / (1.0 - r2)
        total[there] += weight * (y.mean() + slope * (other[there] - x.mean()))
        weights[there] += weight
        count += 1
    with np.errstate(invalid="ignore"):
        return Reference(total / weights, count)


def _elevation(
    scene: np.ndarray, height: np.ndarray, measured: np.ndarray, slopes: Callable, lapse_rate: float
) -> Trend:
    known = np.isfinite(scene + measured)
    if np.ptp(scene[known]) == 0 or np.ptp(measured[known]) == 0:
        return _mean(scene, "the known cells do not differ in temperature or not in elevation")
    (slope,), weak = slopes(measured)
    if weak:
        return _mean(scene, f"the slope of {slope:.1f} K/km on elevation is too uncertain")
    if not PLAUSIBLE_LAPSE[0] <= slope <= PLAUSIBLE_LAPSE[1]:
        return _fixed_lapse(scene, height, lapse_rate, f"a slope of {slope:.1f} K/km is not plausible")
    surface = _centred(slope * height, scene)
    return Trend("elevation", surface, float(slope), _r2(scene, surface))


def _ordinary(fields: np.ndarray) -> tuple[np.ndarray, bool]:
    """Slopes of the first field on the others by least squares with an intercept; weak if r2 is low."""
    y, *x = fields[:, np.isfinite(fields).all(axis=0)]
    y, x = y - y.mean(), np.stack([column - column.mean() for column in x], axis=1)
    coefficients = np.linalg.lstsq(x, y, rcond=None)[0]
    return coefficients, np.mean((y - x @ coefficients) ** 2) > (1.0 - LEAST_R2) * np.mean(y**2)


def _generalised(new: np.ndarray) -> tuple[np.ndarray, bool]:
    """Slopes of the first field on the others from their innovations; weak if the first slope is uncertain."""
    y, x = new[0], new[1:].T
    coefficients = np.linalg.lstsq(x, y, rcond=None)[0]
    variance = np.mean((y - x @ coefficients) ** 2) * np.linalg.pinv(x.T @ x)[0, 0]
    return coefficients, coefficients[0] ** 2 < LEAST_T**2 * variance


def _fixed_lapse(scene: np.ndarray, height: np.ndarray, lapse_rate: float, fallback: str = "") -> Trend:
    surface = _centred(lapse_rate * height, scene)
    return Trend("fixed_lapse", surface, float(lapse_rate), _r2(scene, surface), fallback=fallback)


def _mean(scene: np.ndarray, fallback: str = "") -> Trend:
    return Trend("none", np.full(scene.shape, np.nanmean(scene)), fallback=fallback)


def _centred(surface: np.ndarray, scene: np.ndarray) -> np.ndarray:
    """Shift a surface so that its residuals from the scene have the mean 0."""
    return surface + np.nanmean(scene - surface)


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
