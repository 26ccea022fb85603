"""Fits the trend of a scene: a slope with elevation, and the pattern of other dates.

The trend is one fit over the whole scene, and its residuals are kriged. (A drift fitted in each neighbourhood
breaks down where the elevations of the neighbours are collinear.)

It is fitted to a sample of the known cells, or to all of them if they are few, and can then be evaluated in any
window of the grid.

It is fitted twice. Ordinary least squares yields the residuals from which the variogram is estimated. With the
variogram, generalised least squares yields the slope that is used: it compares each cell with its neighbours, so
that weather that happens to be over the mountains is not mistaken for a lapse rate.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Callable

import numpy as np
from scipy import ndimage

from ..errors import InputError
from ..language import tr
from .likelihood import MIN_CELLS as MIN_INNOVATIONS
from .likelihood import innovations
from .reference import Reference, ReferenceModel
from .variogram import Variogram

TRENDS = ("elevation", "elevation_reference", "fixed_lapse", "none")
LAPSE_RATE = -6.5  # K/km
PLAUSIBLE_LAPSE = (-15.0, 10.0)  # K/km; real scenes gave -14.8 to +4.5, inversions at night are positive
MIN_R2 = 0.1  # of ordinary least squares
MIN_T = 2.0  # slope over its standard error, of generalised least squares
MIN_CELLS = 30


@dataclass(frozen=True)
class TrendModel:
    """A fitted trend, which can be evaluated at any cells.

    Attributes
    ----------
    kind : str
        The trend that was used, one of `TRENDS`.
    constant : float
        K or degC at elevation 0; NaN if the scene has no known cell.
    slope : float
        Change with elevation in K/km, 0 if elevation was not used.
    weight : float
        Coefficient of the reference.
    r2 : float
        Share of the variance of the known cells that the trend explains; NaN if they are all equal, or vary more
        about the trend than about their mean, as they may after generalised least squares.
    references : int
        Number of other scenes in the reference.
    fallback : str
        Why `kind` is not the requested trend; empty if it is.
    """

    kind: str
    constant: float
    slope: float = 0.0
    weight: float = 0.0
    r2: float = np.nan
    references: int = 0
    fallback: str = ""

    @property
    def lapse_rate(self) -> float:
        """Change with elevation in K/km, NaN if elevation was not used."""
        return np.nan if self.kind == "none" else self.slope

    def on(
        self, shape: tuple[int, ...], height: np.ndarray | None = None, reference: np.ndarray | None = None
    ) -> np.ndarray:
        """Return the trend at cells with some elevation (km) and reference, each of this shape or not needed."""
        if self.kind == "none":
            return np.full(shape, self.constant)
        surface = self.slope * height + self.constant
        return surface + self.weight * reference if self.kind == "elevation_reference" else surface


@dataclass(frozen=True)
class Trend:
    """The trend of a scene: attributes of `TrendModel`, and its surface.

    Attributes
    ----------
    surface : ndarray, shape (rows, columns)
        In the unit of the scene; NaN everywhere if the scene has no known cell.
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
    reference: Reference | None = None,
    lapse_rate: float = LAPSE_RATE,
    variogram: Variogram | None = None,
    cell_width: float = 1.0,
    cell_height: float = 1.0,
    seed: int = 0,
) -> Trend:
    """Fit the trend of one scene to its known cells.

    Trends fall back on one another in this order, and state why:

    ``elevation_reference``
        Elevation and the reference from other dates. Falls back on ``elevation`` if there is none.
    ``elevation``
        Elevation. Falls back on ``fixed_lapse`` with fewer than 30 known cells or a slope outside
        -15 to +10 K/km; and on ``none`` if elevation has no influence: if it explains less than a tenth
        of the variance (without a variogram), or the slope is less than twice its standard error (with
        one).
    ``fixed_lapse``
        A given lapse rate, and the mean of the remainder.
    ``none``
        The mean.

    Parameters
    ----------
    scene : ndarray, shape (rows, columns)
        LST in K or degC with NaN in the gaps.
    kind : str
        One of `TRENDS`.
    elevation : ndarray, shape (rows, columns), optional
        In metres. Holes (NaN) get the nearest known elevation; the slope is fitted without them.
    reference : Reference, optional
        For ``elevation_reference``, from `reference.reference_scene`.
    lapse_rate : float
        In K/km, for ``fixed_lapse``.
    variogram : Variogram, optional
        Of the residuals. If it is given, and there are 64 known cells, the fit is by generalised least
        squares, otherwise by ordinary least squares.
    cell_width, cell_height : float
        Size of a cell in metres, for the variogram.
    seed : int
        Seed of the cells compared in generalised least squares.

    Returns
    -------
    Trend

    Raises
    ------
    InputError
        If the kind is unknown, or needs an elevation that is missing, empty or of another shape.
    """
    height = measured = None
    if kind in TRENDS and kind != "none" and np.isfinite(scene).any():
        height = 1e-3 * without_holes(elevation, scene.shape, kind)  # km: slopes are K/km
        # Holes are filled for the surface, and excluded from the slope.
        measured = np.where(np.isfinite(elevation), height, np.nan)
    known = np.isfinite(scene)
    fields = [scene, measured, None if reference is None else reference.values]

    def new(count: int) -> np.ndarray | None:
        """Return the innovations of the first fields, or None if too few cells have all of them."""
        complete = np.stack(fields[:count])
        if np.isfinite(complete).all(axis=0).sum() < MIN_INNOVATIONS:
            return None
        return innovations(complete, variogram, cell_width, cell_height, seed=seed)

    cells, heights, elevations, predicted = (
        field if field is None else field[known] for field in (scene, height, *fields[1:])
    )
    model = fit_sampled(
        cells,
        heights,
        elevations,
        predicted,
        kind=kind,
        references=reference.scenes if reference is not None else 0,
        lapse_rate=lapse_rate,
        new=new if variogram is not None else None,
    )
    patched = None
    if model.kind == "elevation_reference":
        line = ReferenceModel().with_line(fields[2], height)
        everywhere = np.ones(scene.shape, dtype=bool)
        patched = line.without_holes(fields[2], height.ravel().__getitem__, everywhere, cell_width, cell_height)
    surface = model.on(scene.shape, height, patched)
    return Trend(model.kind, surface, model.lapse_rate, model.r2, model.references, model.fallback)


def fit_sampled(
    scene: np.ndarray,
    height: np.ndarray | None,
    measured: np.ndarray | None,
    reference: np.ndarray | None,
    kind: str,
    references: int = 0,
    lapse_rate: float = LAPSE_RATE,
    new: Callable[[int], np.ndarray | None] | None = None,
) -> TrendModel:
    """Fit the trend to known cells, or a sample of them; see `fit_trend`.

    Parameters
    ----------
    scene : ndarray, shape (cells,)
        K or degC, without NaN.
    height : ndarray, shape (cells,), optional
        Elevation in km with holes filled, for the surface.
    measured : ndarray, shape (cells,), optional
        The same with NaN in the holes, for the slope.
    reference : ndarray, shape (cells,), optional
        The scene as predicted from other dates.
    kind, references, lapse_rate
        As in `fit_trend`; the number of scenes in the reference.
    new : callable, optional
        For generalised least squares: returns the innovations of the first of the fields scene, elevation and
        reference, as many as requested, or None if too few cells have all of them.

    Raises
    ------
    InputError
        If the kind is unknown.
    """
    if kind not in TRENDS:
        raise InputError(
            tr("The trend '{kind}' is unknown: choose one of {trends}.", kind=kind, trends=", ".join(TRENDS))
        )
    if not scene.size:
        return TrendModel("none", np.nan, fallback=tr("no known cell"))
    if kind == "none":
        return _mean(scene)
    if kind == "fixed_lapse":
        return _fixed_lapse(scene, height, lapse_rate)
    usable = int(np.isfinite(measured).sum())
    if usable < MIN_CELLS:
        return _fixed_lapse(
            scene, height, lapse_rate, tr("too few known cells to fit a slope ({usable})", usable=usable)
        )

    def slopes(*fields: np.ndarray) -> tuple[np.ndarray, bool]:
        """Return the slopes of the scene with fields, and whether the first is too weak to be used."""
        innovation = new(1 + len(fields)) if new is not None else None
        return _ordinary(np.stack([scene, *fields])) if innovation is None else _generalised(innovation)

    by_elevation = _elevation(scene, height, measured, slopes, lapse_rate)
    if kind == "elevation":
        return by_elevation
    if reference is None or np.isfinite(measured + reference).sum() < MIN_CELLS:
        why = tr("no other scenes share enough cells that correlate with this one")
        return replace(by_elevation, fallback=tr("; ").join(filter(None, [why, by_elevation.fallback])))
    (slope, weight), _ = slopes(measured, reference)
    constant = float(np.nanmean(scene - slope * height - weight * reference))
    model = TrendModel(kind, constant, float(slope), float(weight), np.nan, references)
    there = np.isfinite(reference)
    surface = model.on((int(there.sum()),), height[there], reference[there])
    return replace(model, r2=_r2(scene[there], surface))


def _elevation(
    scene: np.ndarray, height: np.ndarray, measured: np.ndarray, slopes: Callable, lapse_rate: float
) -> TrendModel:
    known = np.isfinite(measured)
    if np.ptp(scene[known]) == 0 or np.ptp(measured[known]) == 0:
        return _mean(scene, tr("the known cells do not differ in temperature or not in elevation"))
    (slope,), weak = slopes(measured)
    if weak:
        return _mean(scene, tr("the slope of {slope:.1f} K/km on elevation is too uncertain", slope=slope))
    if not PLAUSIBLE_LAPSE[0] <= slope <= PLAUSIBLE_LAPSE[1]:
        return _fixed_lapse(scene, height, lapse_rate, tr("a slope of {slope:.1f} K/km is not plausible", slope=slope))
    return _sloped("elevation", scene, height, slope)


def _ordinary(fields: np.ndarray) -> tuple[np.ndarray, bool]:
    """Return the slopes of the first field with the others by least squares; weak if r2 is low."""
    y, *x = fields[:, np.isfinite(fields).all(axis=0)]
    y, x = y - y.mean(), np.stack([column - column.mean() for column in x], axis=1)
    coefficients = np.linalg.lstsq(x, y, rcond=None)[0]
    return coefficients, np.mean((y - x @ coefficients) ** 2) > (1.0 - MIN_R2) * np.mean(y**2)


def _generalised(new: np.ndarray) -> tuple[np.ndarray, bool]:
    """Return the slopes of the first field with the others from innovations; weak if the first is uncertain."""
    y, x = new[0], new[1:].T
    coefficients = np.linalg.lstsq(x, y, rcond=None)[0]
    variance = np.mean((y - x @ coefficients) ** 2) * np.linalg.pinv(x.T @ x)[0, 0]
    return coefficients, coefficients[0] ** 2 < MIN_T**2 * variance


def _fixed_lapse(scene: np.ndarray, height: np.ndarray, lapse_rate: float, fallback: str = "") -> TrendModel:
    return replace(_sloped("fixed_lapse", scene, height, lapse_rate), fallback=fallback)


def _sloped(kind: str, scene: np.ndarray, height: np.ndarray, slope: float) -> TrendModel:
    """Return a trend of a given slope whose residuals have mean 0."""
    surface = slope * height
    constant = float(np.mean(scene - surface))
    return TrendModel(kind, constant, float(slope), r2=_r2(scene, surface + constant))


def _mean(scene: np.ndarray, fallback: str = "") -> TrendModel:
    return TrendModel("none", float(np.mean(scene)), fallback=fallback)


def _r2(scene: np.ndarray, surface: np.ndarray) -> float:
    variance, left = np.var(scene), np.mean((scene - surface) ** 2)
    # A generalised slope may leave more variance than there was, and then explains no share of it.
    return float(1.0 - left / variance) if left <= variance > 0 else np.nan


def without_holes(elevation: np.ndarray | None, shape: tuple[int, ...], kind: str) -> np.ndarray:
    """Return an elevation with holes filled by the nearest known elevation.

    Raises
    ------
    InputError
        If it is missing, empty or of another shape.
    """
    if elevation is None:
        raise InputError(tr("The trend '{kind}' needs a DEM: give one, or choose the trend 'none'.", kind=kind))
    if elevation.shape != shape:
        raise InputError(
            tr(
                "The DEM has {dem_shape} cells and the scene {scene_shape}: align it to the scene first.",
                dem_shape=elevation.shape,
                scene_shape=shape,
            )
        )
    holes = ~np.isfinite(elevation)
    if holes.all():
        raise InputError(tr("The DEM has no valid cell within the scene: give one that covers it."))
    if not holes.any():
        return elevation
    nearest = ndimage.distance_transform_edt(holes, return_distances=False, return_indices=True)
    return elevation[tuple(nearest)]
