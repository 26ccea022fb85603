"""Fitting the model to a training table, with both ways to validate it side by side."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Mapping, Optional, Sequence

import numpy as np

from ..errors import InputError
from .model import METHODS, POOLED, Equation, GstModel, Validation
from .ridge import cross_validate, random_folds, ridge_path, rmse_of_path, scores, scores_by
from .seasons import SEASONS, harmonic_names, harmonics, season_of
from .table import ELEVATION, TrainingTable

# Penalties tried per power of ten.
ALPHAS_PER_DECADE = 8

# Fewer rows make no regression with four predictors, and no curve of the penalty.
FEWEST_ROWS = 30

# One overpass alone says too little about the mean of a day to stand in for four.
FEWEST_OVERPASSES = 2


@dataclass(frozen=True)
class Fitting:
    """How a model is fitted.

    Attributes
    ----------
    method : str
        ``ridge``, or ``ols`` for comparison.
    folds : int
        Random folds, for the penalty and for scores.
    alpha_min, alpha_max : float
        Range of penalties to choose from.
    seasonal : bool
        Whether each season is fitted by itself.
    harmonics : int
        Pairs of sine and cosine of the day of the year to add to the predictors.
    seed : int
        Of the random folds.
    """

    method: str = "ridge"
    folds: int = 10
    alpha_min: float = 1e-3
    alpha_max: float = 1e4
    seasonal: bool = False
    harmonics: int = 0
    seed: int = 0

    def alphas(self) -> np.ndarray:
        """Give the penalties to choose from."""
        if self.method not in METHODS:
            raise InputError(f"METHOD is '{self.method}': choose one of {', '.join(METHODS)}.")
        if self.method == "ols":
            return np.zeros(1)
        if not 0 < self.alpha_min <= self.alpha_max:
            raise InputError(
                f"ALPHA_MIN is {self.alpha_min:g} and ALPHA_MAX is {self.alpha_max:g}: the first has to be above 0 and "
                "not above the second."
            )
        decades = np.log10(self.alpha_max / self.alpha_min)
        return np.geomspace(self.alpha_min, self.alpha_max, 1 + round(ALPHAS_PER_DECADE * decades))


@dataclass(frozen=True)
class Curve:
    """Cross-validated RMSE against the penalty, K."""

    alphas: np.ndarray
    random: np.ndarray
    station: np.ndarray


@dataclass(frozen=True)
class Fit:
    """A fitted model with what its report shows.

    Attributes
    ----------
    model : GstModel
    table : TrainingTable
        The rows that have all predictors.
    random, station : array, shape (n,)
        GST of those rows predicted with random folds and leaving stations out, degC.
    curves : mapping of str to Curve
        By season, or under `POOLED`.
    """

    model: GstModel
    table: TrainingTable
    random: np.ndarray
    station: np.ndarray
    curves: Mapping[str, Curve]


def fit_gst_model(table: TrainingTable, fitting: Fitting, provenance: Optional[Mapping[str, str]] = None) -> Fit:
    """Fit ridge regression, its penalty chosen by random folds, and validate it by leaving stations out too.

    Rows of one station on neighbouring days are nearly the same, so random folds tell how well the
    model interpolates between days of stations it knows; leaving stations out tells what to expect
    where there is none, which is nearly everywhere on a map.

    Parameters
    ----------
    table : TrainingTable
        Rows in which an LST is missing serve the fall-backs only.
    fitting : Fitting
    provenance : mapping, optional
        Kept in the model.

    Returns
    -------
    Fit

    Raises
    ------
    InputError
        If there are fewer than two stations, too few rows, or a column is constant.
    """
    complete = _rows(table, np.isfinite(table.predictors).all(axis=1))
    _require_variety(complete)
    random, station = np.full((2, len(complete.gst)), np.nan)
    equations, curves = {}, {}
    for season, place in _seasons(fitting):
        rows = _in_season(complete, place)
        of_season = _rows(complete, rows)
        _require_enough(of_season, season)
        first = _fit_equation(of_season, complete.names, fitting)
        random[rows], station[rows] = first.random, first.station
        equations[season] = (first.equation, *_fall_backs(_rows(table, _in_season(table, place)), fitting))
        curves[season] = first.curve
    model = GstModel(
        method=fitting.method,
        predictors=table.names,
        harmonics=fitting.harmonics,
        equations=equations,
        random=_validation(complete, random),
        station=_validation(complete, station),
        provenance=dict(provenance or {}),
    )
    return Fit(model, complete, random, station, curves)


@dataclass(frozen=True)
class _Fitted:
    equation: Equation
    random: np.ndarray
    station: np.ndarray
    curve: Curve


def _fit_equation(table: TrainingTable, names: Sequence[str], fitting: Fitting) -> _Fitted:
    """Fit one equation to a table in which the named predictors are complete."""
    predictors = np.column_stack([table.columns(names), harmonics(table.dates, fitting.harmonics)])
    alphas = fitting.alphas()
    random = cross_validate(predictors, table.gst, random_folds(len(table.gst), fitting.folds, fitting.seed), alphas)
    station = cross_validate(predictors, table.gst, table.stations, alphas)
    curve = Curve(alphas, rmse_of_path(table.gst, random), rmse_of_path(table.gst, station))
    best = int(np.argmin(curve.random))
    path = ridge_path(predictors, table.gst, alphas[best])
    equation = Equation(
        predictors=(*names, *harmonic_names(fitting.harmonics)),
        alpha=float(alphas[best]),
        intercept=path.intercept,
        coefficients=tuple(path.coefficients[0].tolist()),
        means=tuple(path.means.tolist()),
        scales=tuple(path.scales.tolist()),
        lowest=tuple(predictors.min(axis=0).tolist()),
        highest=tuple(predictors.max(axis=0).tolist()),
        rows=len(table.gst),
        stations=len(np.unique(table.stations)),
        rmse_random=float(curve.random[best]),
        rmse_station=float(curve.station[best]),
    )
    return _Fitted(equation, random[:, best], station[:, best], curve)


def _fall_backs(table: TrainingTable, fitting: Fitting) -> list[Equation]:
    """Fit equations that do with fewer overpasses, the best with unknown stations first."""
    overpasses = [name for name in table.names if name != ELEVATION]
    equations = []
    for number in range(FEWEST_OVERPASSES, len(overpasses)):
        for chosen in combinations(overpasses, number):
            names = [name for name in table.names if name in chosen or name == ELEVATION]
            rows = _rows(table, np.isfinite(table.columns(names)).all(axis=1))
            equations.append(_fit_equation(rows, names, fitting).equation)
    return sorted(equations, key=lambda equation: equation.rmse_station)


def _rows(table: TrainingTable, rows: np.ndarray) -> TrainingTable:
    return TrainingTable(table.stations[rows], table.dates[rows], table.gst[rows], table.predictors[rows], table.names)


def _seasons(fitting: Fitting) -> list[tuple[str, Optional[int]]]:
    """Name what is fitted by itself, with its place in `SEASONS`."""
    return [(season, place) for place, season in enumerate(SEASONS)] if fitting.seasonal else [(POOLED, None)]


def _in_season(table: TrainingTable, place: Optional[int]) -> np.ndarray:
    return np.ones(len(table.gst), bool) if place is None else season_of(table.dates) == place


def _validation(table: TrainingTable, predicted: np.ndarray) -> Validation:
    by_season = scores_by(table.gst, predicted, np.array(SEASONS)[season_of(table.dates)])
    return Validation(
        overall=scores(table.gst, predicted),
        stations=scores_by(table.gst, predicted, table.stations),
        seasons={season: by_season[season] for season in SEASONS if season in by_season},
    )


def _require_variety(table: TrainingTable) -> None:
    """Refuse tables that no regression can be fitted to."""
    stations = np.unique(table.stations)
    if len(stations) < 2:
        found = f"are of the one station '{stations[0]}'" if len(stations) else "are none"
        raise InputError(
            f"The rows with all of {', '.join(table.names)} {found}: give at least two stations, or fewer predictors."
        )
    names = ("GST", *(f"Predictor {name}" for name in table.names))
    for name, values in zip(names, (table.gst, *table.predictors.T)):
        if np.ptp(values) == 0:
            raise InputError(f"{name} is {values[0]:g} in every row: choose another one, or rows in which it varies.")


def _require_enough(table: TrainingTable, season: str) -> None:
    """Refuse rows too few to fit and to validate."""
    rows, stations = len(table.gst), len(np.unique(table.stations))
    if stations < 2 or rows < FEWEST_ROWS:
        what = "The table" if season == POOLED else f"Season {season}"
        remedy = "give more" if season == POOLED else "give more, or fit all seasons together"
        raise InputError(
            f"{what} has {rows} rows of {stations} stations with all of {', '.join(table.names)}, and at least "
            f"{FEWEST_ROWS} rows of 2 stations are needed: {remedy}."
        )
