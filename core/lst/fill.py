"""One scene without gaps: its trend, the variogram of the residuals, and kriging of the residuals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Iterable

import numpy as np

from ..errors import InputError
from .kriging import krige
from .likelihood import LEAST_CELLS, fit_likelihood
from .scores import Scores, hide_cells, score
from .trend import LAPSE_RATE, Trend, fit_trend, reference_scene
from .variogram import Variogram, fit_moments

FITS = ("likelihood", "moments")


@dataclass(frozen=True)
class FilledScene:
    """A filled scene and how it came about.

    Attributes
    ----------
    values : ndarray, shape (rows, columns)
        Known cells as they were, bit for bit; NaN where nothing could be said.
    std : ndarray, shape (rows, columns)
        Kriging standard deviation; 0 in known cells; NaN where `values` is, and in all gaps of a scene
        with fewer than 64 known cells that do not differ: they tell nothing about it.
    gap_share : float
        Share of missing cells before filling.
    filled, remaining, far : int
        Cells filled; cells wanted that are still missing; filled cells with no known cell within the
        search radius: they hold the trend, and the standard deviation of the residuals.
    trend : Trend
    variogram : Variogram or None
        None if the scene has no known cell.
    fallbacks : tuple of str
        Each thing that was done otherwise than asked for, and why.
    cross_validation : Scores or None
        Leave-one-out at random known cells, if it was asked for.
    """

    values: np.ndarray
    std: np.ndarray
    gap_share: float
    filled: int
    remaining: int
    far: int
    trend: Trend
    variogram: Variogram | None
    fallbacks: tuple[str, ...]
    cross_validation: Scores | None = None


def fill_scene(
    scene: np.ndarray,
    cell_width: float | np.ndarray,
    cell_height: float,
    elevation: np.ndarray | None = None,
    trend: str = "elevation",
    others: Iterable[np.ndarray] = (),
    lapse_rate: float = LAPSE_RATE,
    variogram: str | Variogram = "auto",
    fit: str = "likelihood",
    neighbours: int = 32,
    search: str = "octant",
    within: np.ndarray | None = None,
    validation_cells: int = 0,
    seed: int = 0,
    stop: Callable[[], None] | None = None,
    **running,
) -> FilledScene:
    """Fill the gaps of one scene.

    Parameters
    ----------
    scene : ndarray, shape (rows, columns)
        LST in K or degC with NaN in the gaps.
    cell_width, cell_height : float
        Size of a cell in metres; the width may be an array with one value for each row, see `krige`.
    elevation, trend, lapse_rate
        See `fit_trend`.
    others : iterable of ndarray, shape (rows, columns)
        Scenes of other dates, for the trend ``elevation_reference``; see `reference_scene`.
    variogram : str or Variogram
        A variogram of the residuals; or the model to be estimated from this scene, ``auto`` for the
        best that `fit` can do: two nested anisotropic exponentials by likelihood, one exponential by
        moments.
    fit : str
        ``likelihood`` (`fit_likelihood`) or ``moments`` (`fit_moments`).
    neighbours, search
        See `krige`.
    within : ndarray of bool, shape (rows, columns), optional
        Cells that are wanted; all by default.
    validation_cells : int
        Number of known cells that are predicted from the others for the report.
    seed : int
        Of everything drawn at random.
    stop : callable, optional
        Called many times a second; what it raises ends the work.
    **running
        `radius`, `backend`, `threads` and `memory` of `krige`.

    Returns
    -------
    FilledScene
        A scene without known cells stays missing. With fewer than 64 the variogram is guessed
        (`default_variogram`). A constant scene stays constant, with standard deviation 0.

    Raises
    ------
    InputError
        If a parameter cannot be used.
    """
    if fit not in FITS:
        raise InputError(f"The fit '{fit}' is unknown: choose one of {', '.join(FITS)}.")
    scene = np.asarray(scene, dtype=float)
    known = np.isfinite(scene)
    gaps = ~known if within is None else ~known & within
    reference = reference_scene(scene, others) if trend == "elevation_reference" else None
    fitted = fit_trend(scene, trend, elevation, reference, lapse_rate)
    fallbacks = []
    values = scene.copy()
    std = np.where(known, 0.0, np.nan)
    far = 0
    cross_validation = None
    used = None

    if known.any():
        width = float(np.mean(cell_width))
        used = variogram
        if not isinstance(variogram, Variogram):
            used, why = _estimate(scene - fitted.surface, width, cell_height, variogram, fit, seed, stop)
            fallbacks += [why] if why else []
        if used.total_sill > 0:
            fitted = fit_trend(scene, trend, elevation, reference, lapse_rate, used, width, cell_height, seed)
        residuals = scene - fitted.surface
        checked = np.zeros_like(known)
        if validation_cells and known.sum() > 1:
            checked = known
            if known.sum() > validation_cells:
                checked = hide_cells(known, validation_cells / known.sum(), seed)
        wanted = gaps | checked
        # At once: what is looked up for a scene costs more than a few hundred cells.
        estimates, errors = krige(
            residuals, used, cell_width, cell_height, neighbours, search, wanted, stop=stop, **running
        )
        estimate, error = estimates[gaps[wanted]], errors[gaps[wanted]]
        if checked.any():
            cross_validation = score(residuals[checked], estimates[checked[wanted]], errors[checked[wanted]])
        lost = np.isnan(estimate)
        far = int(lost.sum())
        estimate[lost], error[lost] = 0.0, np.std(residuals[known])
        if used.total_sill == 0 and known.sum() < LEAST_CELLS:
            error[:] = np.nan
        values[gaps] = fitted.surface[gaps] + estimate
        std[gaps] = error

    if fitted.fallback:
        fallbacks.insert(0, f"trend '{fitted.kind}' instead of '{trend}': {fitted.fallback}")
    remaining = int(np.isnan(values[gaps]).sum())
    return FilledScene(
        values=values,
        std=std,
        gap_share=float(1.0 - known.mean()),
        filled=int(gaps.sum()) - remaining,
        remaining=remaining,
        far=far,
        trend=fitted,
        variogram=used,
        fallbacks=tuple(fallbacks),
        cross_validation=cross_validation,
    )


def default_variogram(residuals: np.ndarray, cell_width: float, cell_height: float) -> Variogram:
    """Guess a variogram where there is too little to estimate one.

    An exponential with the variance of the known cells, and half the diagonal of the grid as range.
    """
    rows, columns = residuals.shape
    diagonal = np.hypot(rows * cell_height, columns * cell_width)
    return Variogram("exponential", 0.0, float(np.nanvar(residuals)), 0.5 * float(diagonal))


def _estimate(residuals, width, cell_height, model, fit, seed, stop) -> tuple[Variogram, str]:
    """Variogram of the residuals, and why it is only a guess."""
    known = residuals[np.isfinite(residuals)]
    if known.size < LEAST_CELLS:
        return (
            default_variogram(residuals, width, cell_height),
            f"variogram guessed from the variance: {known.size} known cells are too few to estimate it",
        )
    if np.ptp(known) <= 1e-9 * max(1.0, np.abs(known).max()):
        return (
            Variogram("exponential", 0.0, 0.0, width),
            "variogram without variance: the known cells do not differ from the trend",
        )
    if fit == "moments":
        fitted, _ = fit_moments(residuals, width, cell_height, "exponential" if model == "auto" else model, seed=seed)
        return fitted, ""
    return fit_likelihood(residuals, width, cell_height, model, seed=seed, stop=stop).variogram, ""
