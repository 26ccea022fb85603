"""Fills the gaps of one scene: its trend, the variogram of the residuals, and kriging of the residuals.

`fit_scene` estimates trend and variogram of the whole scene; `fill_window` uses them to fill the gaps of a part
or all of it; `fill_scene` does both for a scene in memory.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Callable, Iterable

import numpy as np

from ..errors import InputError
from ..language import tr
from .gapshare import GapShare
from .kriging import krige_with_nuggets, solve_ordinary_kriging
from .likelihood import MIN_CELLS, fit_predictions, in_threads
from .reference import ReferenceModel, fade_at, fade_of
from .sample import At, Fields, SceneSample
from .scores import Scores, score
from .trend import LAPSE_RATE, Trend, TrendModel, without_holes
from .unrest import NEIGHBOURS, beside, factors
from .variogram import Variogram, fit_moments_at

FITS = ("likelihood", "moments")

# A variogram that was given, or fitted by moments, is corrected where the squared errors of known cells predicted from
# others exceed their variance by more than this factor on average: the aim is not to improve the user's choice, but to
# prevent confident wrong numbers.
MAX_OVERCONFIDENCE = 10.0


@dataclass(frozen=True)
class SceneModel:
    """Trend and variogram of a whole scene, with which its gaps are filled.

    Attributes
    ----------
    trend : TrendModel
    reference : ReferenceModel
        How scenes of other dates predict this one.
    variogram : Variogram or None
        None if the scene has no known cell.
    spread : float
        Standard deviation of the residuals, and of cells that hold the trend alone (K).
    mean_square : float
        Mean of squared errors over their variance of known cells predicted from the nearest ones, with which those
        beside a gap are compared, see `unrest`; NaN where the variogram is given, or there are too few cells.
    gap_slope : float
        What the share of gaps around a cell adds to the trend (K), see `gapshare`; 0 where it is not used.
    known : int
        Number of known cells; an estimate for a large grid.
    checked : ndarray of int
        Known cells to be predicted from the others, as positions in the flattened grid, ascending.
    fallbacks : tuple of str
        What was done differently than requested, and why.
    """

    trend: TrendModel
    reference: ReferenceModel
    variogram: Variogram | None
    spread: float
    mean_square: float
    gap_slope: float
    known: int
    checked: np.ndarray
    fallbacks: tuple[str, ...]


@dataclass(frozen=True)
class FilledWindow:
    """The gaps of a window of a scene.

    Attributes
    ----------
    values, std : ndarray, shape (n,)
        Estimates and standard deviations of the wanted gaps, in the order of the cells.
    far : int
        Gaps that hold the trend alone.
    nugget : float
        Largest nugget that had to be added for a system to be solved (K2).
    checked : ndarray, shape (3, m)
        Residual, estimate and standard deviation of known cells predicted from the others.
    """

    values: np.ndarray
    std: np.ndarray
    far: int
    nugget: float
    checked: np.ndarray


@dataclass(frozen=True)
class FilledScene:
    """A filled scene, and how it was filled.

    Attributes
    ----------
    values : ndarray, shape (rows, columns)
        Known cells unchanged, bit for bit; NaN where there is no estimate.
    std : ndarray, shape (rows, columns)
        Kriging standard deviation, adapted to the surroundings of each gap, see `unrest`; 0 in known cells; NaN where
        `values` is, and in all gaps of a scene with fewer than 64 known cells that are all equal, from which it
        cannot be estimated.
    gap_share : float
        Share of missing cells before filling.
    filled, remaining, far : int
        Filled cells; wanted cells that are still missing; filled cells without a known cell within the
        search radius, which hold the trend and the standard deviation of the residuals.
    trend : Trend
    variogram : Variogram or None
        None if the scene has no known cell.
    fallbacks : tuple of str
        What was done differently than requested, and why.
    cross_validation : Scores or None
        Leave-one-out at random known cells, if requested.
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
    shape: Variogram | None = None,
    missing: np.ndarray | None = None,
    stop: Callable[[], None] | None = None,
    **running: Any,
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
        Scenes of other dates, for the trend ``elevation_reference``; see `reference`.
    variogram : str or Variogram
        A variogram of the residuals, or the model to be estimated from this scene; ``auto`` is two
        nested anisotropic exponentials if `fit` is likelihood, and one exponential if it is moments.
    fit : str
        ``likelihood`` (`fit_likelihood`) or ``moments`` (`fit_moments`).
    neighbours, search
        See `krige`.
    within : ndarray of bool, shape (rows, columns), optional
        Cells to be filled; all by default.
    validation_cells : int
        Number of known cells that are predicted from the others for the report.
    seed : int
        Seed of everything drawn at random.
    shape : Variogram, optional
        A variogram, such as of the month, that is scaled to the residuals of this scene and used instead of
        an estimate, if the scene has enough known cells.
    missing : ndarray of bool, shape (rows, columns), optional
        Gaps whose surroundings may differ from the rest of the scene, see `gapshare`; all gaps by default. Cells
        that were withheld at random are not among them.
    stop : callable, optional
        Called many times a second; an exception that it raises ends the work.
    **running
        `radius`, `backend`, `threads` and `memory` of `krige`.

    Returns
    -------
    FilledScene
        A scene without known cells stays empty. With fewer than 64 of them the variogram is guessed
        (`default_variogram`). A constant scene stays constant, with standard deviation 0.

    Raises
    ------
    InputError
        If a parameter cannot be used.
    """
    scene = np.asarray(scene, dtype=float)
    known = np.isfinite(scene)
    gaps = ~known if within is None else ~known & within
    others = [np.asarray(other, dtype=float) for other in others] if trend == "elevation_reference" else []
    fields = _fields(scene, elevation, trend, others, ~known if missing is None else missing)
    mean_width = float(np.mean(cell_width))
    model = fit_scene(
        fields, mean_width, cell_height, trend, lapse_rate, variogram, fit, shape, validation_cells, seed, stop
    )
    checked = np.zeros(scene.shape, dtype=bool)
    checked.flat[model.checked] = True
    reference = None
    if model.trend.kind == "elevation_reference":
        predicted = fields.predicted_by(model.reference, np.arange(scene.size)).reshape(scene.shape)
        reference = model.reference.without_holes(
            predicted, fields.height, known | gaps, cell_width, cell_height, stop=stop, **running
        )
    filled = fill_window(
        model,
        scene,
        cell_width,
        cell_height,
        fields.height,
        None if reference is None else reference.ravel().__getitem__,
        None if model.gap_slope == 0 else fields.gap_share.at,
        gaps,
        checked,
        neighbours,
        search,
        stop=stop,
        **running,
    )
    return _filled_scene(scene, gaps, fields, model, reference, filled)


def _fields(
    scene: np.ndarray, elevation: np.ndarray | None, trend: str, others: list[np.ndarray], missing: np.ndarray
) -> Fields:
    """Return a scene in memory with its predictors as functions of cells."""
    height = measured = None
    if trend != "none" and np.isfinite(scene).any():
        height = 1e-3 * without_holes(elevation, scene.shape, trend)
        measured = np.where(np.isfinite(elevation), height, np.nan)
    scene_at, height_at, measured_at = (None if a is None else a.ravel().__getitem__ for a in (scene, height, measured))
    fades = {number: fade_of(np.isfinite(other)) for number, other in enumerate(others)}
    return Fields(
        scene.shape,
        scene_at,
        height_at,
        measured_at,
        [other.ravel().__getitem__ for other in others],
        {number: partial(fade_at, fade) for number, fade in fades.items() if fade is not None},
        GapShare(missing),
    )


def _filled_scene(
    scene: np.ndarray,
    gaps: np.ndarray,
    fields: Fields,
    model: SceneModel,
    reference: np.ndarray | None,
    filled: FilledWindow,
) -> FilledScene:
    """Return a scene with its gaps filled, and how they were."""
    known = np.isfinite(scene)
    values, std = scene.copy(), np.where(known, 0.0, np.nan)
    values[gaps], std[gaps] = filled.values, filled.std
    remaining = int(np.isnan(filled.values).sum())
    used = model.trend
    height = None if used.kind == "none" else fields.height(np.arange(scene.size)).reshape(scene.shape)
    surface = used.on(scene.shape, height, reference)
    if model.gap_slope:
        surface = surface + model.gap_slope * fields.gap_share.share
    return FilledScene(
        values=values,
        std=std,
        gap_share=float(1.0 - known.mean()),
        filled=int(gaps.sum()) - remaining,
        remaining=remaining,
        far=filled.far,
        trend=Trend(used.kind, surface, used.lapse_rate, used.r2, used.references, used.fallback),
        variogram=model.variogram,
        fallbacks=(*model.fallbacks, *nugget_note(filled.nugget)),
        cross_validation=score(*filled.checked) if model.checked.size else None,
    )


def fit_scene(
    fields: Fields,
    cell_width: float,
    cell_height: float,
    trend: str = "elevation",
    lapse_rate: float = LAPSE_RATE,
    variogram: str | Variogram = "auto",
    fit: str = "likelihood",
    shape: Variogram | None = None,
    validation_cells: int = 0,
    seed: int = 0,
    stop: Callable[[], None] | None = None,
) -> SceneModel:
    """Estimate trend and variogram of a scene from a sample of its cells; parameters as in `fill_scene`.

    Parameters
    ----------
    fields : Fields
        The scene, its elevation, and the scenes of other dates.
    cell_width, cell_height : float
        Size of a cell in metres; the mean width if it varies.

    Raises
    ------
    InputError
        If a parameter cannot be used.
    """
    if fit not in FITS:
        raise InputError(tr("The fit '{fit}' is unknown: choose one of {fits}.", fit=fit, fits=", ".join(FITS)))
    sample = SceneSample.of(fields, cell_width, cell_height)
    fitted = sample.trend(trend, lapse_rate)
    fallbacks = []
    used: Variogram | None = None
    spread, gap_slope, checked = np.nan, 0.0, np.empty(0, dtype=np.int64)

    def generalised(sample: SceneSample, variogram: Variogram) -> TrendModel:
        return sample.trend(trend, lapse_rate, variogram, seed=seed)

    if sample.cells.size:
        residuals = sample.residuals(fitted)
        if shape is not None and residuals.size >= MIN_CELLS and np.ptp(residuals) > 0:
            used = shape
        elif isinstance(variogram, Variogram):
            used = variogram
        else:
            used, why = _estimate(sample, fitted, variogram, fit, seed, stop)
            fallbacks += [why] if why else []
        if used.total_sill > 0:
            fitted = generalised(sample, used)
            gap_slope = sample.gap_slope(fitted, used, seed=seed)
            if gap_slope:
                sample = sample.without_gap_share(gap_slope)
                fitted = generalised(sample, used)
                if used is not shape and not isinstance(variogram, Variogram):
                    used = _estimate(sample, fitted, variogram, fit, seed, stop)[0]
                    fitted = generalised(sample, used)
            used, why = _corrected(sample, fitted, used, used is shape, used is variogram or fit == "moments", seed)
            fallbacks += [why] if why else []
            if fitted.kind == "elevation_reference":
                # With the variogram of what remains beside the average: the joint regression fits the known cells
                # better than the gaps.
                sample = sample.joint(used, seed=seed)
                fitted = generalised(sample, used)
        spread = float(np.std(sample.residuals(fitted)))
        checked = _drawn(sample.cells, validation_cells, seed)
    if fitted.fallback:
        fallbacks.insert(
            0,
            tr(
                "trend '{kind}' instead of '{trend}': {fallback}",
                kind=fitted.kind,
                trend=trend,
                fallback=fitted.fallback,
            ),
        )
    mean_square = np.nan
    if used is not None and used.total_sill > 0 and not isinstance(variogram, Variogram):
        mean_square = sample.mean_square(fitted, used, NEIGHBOURS, seed)
    return SceneModel(
        fitted, sample.other_scenes, used, spread, mean_square, gap_slope, sample.total, checked, tuple(fallbacks)
    )


def _drawn(cells: np.ndarray, number: int, seed: int) -> np.ndarray:
    """Return so many of the known cells, ascending; none of a single one, which has no other to be predicted from."""
    if not number or cells.size < 2:
        return cells[:0]
    return cells if cells.size <= number else np.sort(np.random.default_rng(seed).choice(cells, number, replace=False))


def fill_window(
    model: SceneModel,
    scene: np.ndarray,
    cell_width: float | np.ndarray,
    cell_height: float,
    height: At | None,
    reference: At | None,
    gap_share: At | None,
    gaps: np.ndarray,
    checked: np.ndarray,
    neighbours: int = 32,
    search: str = "octant",
    origin: tuple[int, int] = (0, 0),
    **running: Any,
) -> FilledWindow:
    """Fill the gaps of a window of a scene whose trend and variogram are known.

    Parameters
    ----------
    model : SceneModel
    scene : ndarray, shape (rows, columns)
        K or degC with NaN in the gaps; all cells within reach of the wanted gaps.
    cell_width, cell_height, neighbours, search
        See `krige`.
    height, reference, gap_share : callable, optional
        Functions of known and wanted cells, as positions in the flattened window, that return the elevation in km
        without holes, the scene as predicted from other dates without holes, and the share of gaps; where the trend
        needs them.
    gaps, checked : ndarray of bool, shape (rows, columns)
        Gaps to be filled; known cells to be predicted from the others.
    origin : tuple of int
        Row and column of the grid at which the window begins.
    **running
        `radius`, `backend`, `threads`, `memory` and `stop` of `krige`.
    """
    wanted = gaps | checked
    if model.variogram is None or not wanted.any():
        missing = np.full(int(gaps.sum()), np.nan)
        return FilledWindow(missing, missing, 0, 0.0, np.empty((3, 0)))
    trend, flat = model.trend, scene.ravel()

    def surface(cells: np.ndarray) -> np.ndarray:
        heights, references = (None if at is None else at(cells) for at in (height, reference))
        of_trend = trend.on(cells.shape, heights, references)
        return of_trend if gap_share is None else of_trend + model.gap_slope * gap_share(cells)

    def residuals(cells: np.ndarray) -> np.ndarray:
        return flat[cells].astype(float) - surface(cells)

    values: At = residuals  # where they are needed
    known = np.isfinite(scene)
    if np.count_nonzero(wanted) * neighbours >= scene.size:
        of_known, needed = np.full(scene.size, np.nan), np.flatnonzero(known)
        of_known[needed] = residuals(needed)
        values = of_known.take
    # All at once: the preparation for a scene costs more than a few hundred cells.
    estimates, errors, nuggets = krige_with_nuggets(
        values, model.variogram, cell_width, cell_height, neighbours, search, wanted, known=known, **running
    )
    cells = np.flatnonzero(wanted)
    of_gaps, of_checked = gaps.ravel()[cells], checked.ravel()[cells]
    estimate, error = estimates[of_gaps], errors[of_gaps]
    lost = np.isnan(estimate)
    estimate[lost], error[lost] = 0.0, model.spread
    if np.isfinite(model.mean_square):
        squares, predicted = _beside(model, values, known, gaps, cell_width, cell_height, **running)
        error *= np.sqrt(factors(squares, predicted, cells[of_gaps], scene.shape[1], origin))
    if model.variogram.total_sill == 0 and model.known < MIN_CELLS:
        error[:] = np.nan
    return FilledWindow(
        surface(cells[of_gaps]) + estimate,
        error,
        int(lost.sum()),
        float(nuggets.max()),
        np.stack([residuals(cells[of_checked]), estimates[of_checked], errors[of_checked]]),
    )


def _beside(
    model: SceneModel,
    values: At,
    known: np.ndarray,
    gaps: np.ndarray,
    cell_width: float | np.ndarray,
    cell_height: float,
    **running: Any,
) -> tuple[np.ndarray, np.ndarray]:
    """Predict known cells beside gaps: squared errors over their variance, as a share of the scene's, and cells."""
    targets = beside(known, gaps)
    estimates, errors, _ = krige_with_nuggets(
        values, model.variogram, cell_width, cell_height, NEIGHBOURS, "nearest", targets, known=known, **running
    )
    cells = np.flatnonzero(targets)
    squares = ((values(cells) - estimates) / errors) ** 2 / model.mean_square
    is_predicted = np.isfinite(squares)
    return squares[is_predicted], cells[is_predicted]


def nugget_note(nugget: float) -> tuple[str, ...]:
    """Return a sentence on the nugget that had to be added for systems to be solved, if any."""
    if not nugget > 0:
        return ()
    return (
        tr(
            "nugget of up to {nugget:.2g} K² added and included in the standard deviation: without it "
            "kriging systems cannot be solved in double precision",
            nugget=nugget,
        ),
    )


def default_variogram(
    residuals: np.ndarray, shape: tuple[int, ...], cell_width: float, cell_height: float
) -> Variogram:
    """Guess a variogram where there are too few cells to estimate one.

    An exponential with the variance of the known cells, and half the diagonal of the grid as range.
    """
    rows, columns = shape
    diagonal = np.hypot(rows * cell_height, columns * cell_width)
    return Variogram("exponential", 0.0, float(np.nanvar(residuals)), 0.5 * float(diagonal))


def _estimate(
    sample: SceneSample, trend: TrendModel, model: str, fit: str, seed: int, stop: Callable[[], None] | None
) -> tuple[Variogram, str]:
    """Return the variogram of the residuals, and the reason if it could only be guessed."""
    known = sample.residuals(trend)
    width, cell_height, shape = sample.cell_width, sample.cell_height, sample.fields.shape
    if known.size < MIN_CELLS:
        return (
            default_variogram(known, shape, width, cell_height),
            tr("variogram guessed from the variance: too few known cells to estimate it ({size})", size=known.size),
        )
    if np.ptp(known) <= 1e-9 * max(1.0, np.abs(known).max()):
        return (
            Variogram("exponential", 0.0, 0.0, width),
            tr("variogram without variance: the known cells do not differ from the trend"),
        )
    if fit == "moments":
        model = "exponential" if model == "auto" else model
        return fit_moments_at(sample.cells, known, shape[1], width, cell_height, model, seed=seed)[0], ""
    predictions = sample.predictions(trend, seed=seed)
    return fit_predictions(predictions, shape, width, cell_height, model, stop).variogram, ""


def _corrected(
    sample: SceneSample, trend: TrendModel, variogram: Variogram, rescale: bool, unproved: bool, seed: int
) -> tuple[Variogram, str]:
    """Return the variogram scaled to the scene if only its shape counts, or corrected if overconfident; and why.

    A smooth model without a nugget (gaussian) predicts known cells with a standard deviation of a millionth of a degree
    and is wrong by degrees, since it interprets the last digits of the values as the shape of the field.
    """
    if not (rescale or unproved):
        return variogram, ""
    errors = _errors_of(sample, trend, seed)
    if errors is None:
        return variogram, ""
    error, variance = errors(variogram)
    factor = float(np.mean(error**2 / variance))
    if rescale:
        return (variogram.scaled(factor) if factor > 0 else variogram), ""
    if factor <= MAX_OVERCONFIDENCE:
        return variogram, ""

    def with_nugget(exponent: int) -> Variogram:
        return replace(variogram, nugget=variogram.nugget + 10.0**exponent * variogram.total_sill)

    def minus_log_likelihood(exponent: int) -> float:
        error, variance = errors(with_nugget(exponent))
        return np.log(np.mean(error**2 / variance)) + np.mean(np.log(variance))

    # The loss is not smooth and has several minima where systems can hardly be solved: search in steps.
    exponents = list(range(-12, 2))
    losses = [minus_log_likelihood(exponent) for exponent in exponents]
    best = exponents[int(np.argmin(losses))]
    corrected = variogram
    if min(losses) < np.log(factor) + np.mean(np.log(variance)):
        corrected = with_nugget(best)
    error, variance = errors(corrected)
    scale = float(np.mean(error**2 / variance))
    scaled = corrected.scaled(scale)
    if corrected is variogram:
        return scaled, tr(
            "the variogram predicts known cells with errors {ratio:.0f} times their standard deviation: "
            "its semivariances were multiplied by {scale:.2g}",
            ratio=np.sqrt(factor),
            scale=scale,
        )
    return scaled, tr(
        "the variogram predicts known cells with errors {ratio:.0f} times their standard deviation: "
        "a nugget of {nugget:.2g} K² was added, and the other semivariances multiplied by {scale:.2g}",
        ratio=np.sqrt(factor),
        nugget=scaled.nugget,
        scale=scale,
    )


def _errors_of(sample: SceneSample, trend: TrendModel, seed: int) -> Callable | None:
    """Return the function of a variogram that returns errors and variances of known cells; None with too few."""
    residuals = sample.residuals(trend)
    if residuals.size < 3 or np.ptp(residuals) == 0:
        return None
    if residuals.size >= MIN_CELLS:
        predictions = sample.predictions(trend, seed=seed)

        def errors(variogram: Variogram) -> tuple[np.ndarray, np.ndarray]:
            with in_threads() as each:
                error, variance = predictions.errors(variogram, each)
            return error[0], variance

        return errors
    # A few cells: each is predicted from all others.
    n = residuals.size
    row, column = np.divmod(sample.cells, sample.fields.shape[1])
    east, north = (column[:, None] - column) * sample.cell_width, (row - row[:, None]) * sample.cell_height
    others = np.stack([np.delete(np.arange(n), cell) for cell in range(n)], axis=1)

    def left_out(variogram: Variogram) -> tuple[np.ndarray, np.ndarray]:
        semivariance = variogram.semivariance(variogram.equivalent_distance(east, north))

        def system_of(cells: np.ndarray) -> np.ndarray:
            used = others[:, cells]
            to_cells = np.stack([semivariance[used, cells], residuals[used]])
            return np.concatenate([semivariance[used[:, None], used[None]], to_cells])

        (estimate,), variance, _ = solve_ordinary_kriging(system_of, np.ones(others.shape, dtype=bool))
        return residuals - estimate, variance

    return left_out
