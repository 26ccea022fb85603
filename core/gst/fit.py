"""Fitting a GST model to a training table, and its validation by random folds and by stations left out."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Mapping, Optional, Sequence

import numpy as np

from ..errors import InputError
from ..language import tr
from .model import ELEVATION, METHODS, POOLED, Equation, GstModel, Validation
from .ridge import cross_validate, random_folds, ridge_path, scores, scores_by
from .seasons import SEASONS, harmonic_names, harmonics, season_of
from .table import TrainingTable

# Penalties per power of ten.
ALPHAS_PER_DECADE = 8

# Fewer rows suffice neither for a regression on four predictors nor for its penalty.
MIN_ROWS = 30

# A single overpass says too little about the mean of a day to stand in for four.
MIN_OVERPASSES = 2


@dataclass(frozen=True)
class Fitting:
    """How a model is fitted.

    Attributes
    ----------
    method : str
        ``ridge``, or ``ols`` for comparison.
    folds : int
        Number of random folds, for the penalty and for scores.
    alpha_min, alpha_max : float
        Range of penalties to choose from, above 0.
    seasonal : bool
        Whether each season is fitted separately.
    harmonics : int
        Pairs of sine and cosine of the day of the year among the predictors.
    seed : int
        Seed of the random folds.
    """

    method: str = "ridge"
    folds: int = 10
    alpha_min: float = 1e-3
    alpha_max: float = 1e4
    seasonal: bool = False
    harmonics: int = 0
    seed: int = 0

    def alphas(self) -> np.ndarray:
        """Return the penalties to choose from."""
        if self.method not in METHODS:
            raise InputError(
                tr(
                    "The method of regression is '{method}': choose one of {methods}.",
                    method=self.method,
                    methods=", ".join(METHODS),
                )
            )
        if self.method == "ols":
            return np.zeros(1)
        if not 0 < self.alpha_min <= self.alpha_max:
            raise InputError(
                tr(
                    "Penalties from {alpha_min:g} to {alpha_max:g} do not form a range: choose a smallest one above "
                    "0 and a largest one that is not below it.",
                    alpha_min=self.alpha_min,
                    alpha_max=self.alpha_max,
                )
            )
        decades = np.log10(self.alpha_max / self.alpha_min)
        return np.geomspace(self.alpha_min, self.alpha_max, 1 + round(ALPHAS_PER_DECADE * decades))


@dataclass(frozen=True)
class Curve:
    """Cross-validated RMSE by penalty, K.

    Attributes
    ----------
    alphas : array, shape (a,)
        Penalties, ascending.
    random, station : array, shape (a,)
        RMSE with random folds and with stations left out.
    """

    alphas: np.ndarray
    random: np.ndarray
    station: np.ndarray


@dataclass(frozen=True)
class Fit:
    """A fitted model and its validation.

    Attributes
    ----------
    model : GstModel
    fitting : Fitting
        How it was fitted.
    table : TrainingTable
        The rows that have all predictors.
    random, station : array, shape (n,)
        GST of those rows predicted with random folds and with stations left out, degC.
    curves : mapping of str to Curve
        By season, or under `POOLED`.
    """

    model: GstModel
    fitting: Fitting
    table: TrainingTable
    random: np.ndarray
    station: np.ndarray
    curves: Mapping[str, Curve]

    @property
    def warnings(self) -> tuple[str, ...]:
        """A sentence for each penalty that is at an end of its range."""
        alphas = {season: self.model.equations[season][0].alpha for season in self.curves}
        return tuple(
            tr(
                "The penalty {alphas:g} is at the end of its range: widen the range of penalties.",
                alphas=alphas[season],
            )
            for season, curve in self.curves.items()
            if len(curve.alphas) > 1 and alphas[season] in (curve.alphas[0], curve.alphas[-1])
        )

    def mean_residuals(self, step: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return mean residuals by observed temperature.

        Parameters
        ----------
        step : float
            Width of the bins, K.

        Returns
        -------
        centres, random, station : array, shape (bins,)
            Centres of the bins, degC, and the mean prediction minus observation with random folds and with stations
            left out, K; NaN where no row of a bin was predicted.
        """
        gst = self.table.gst
        centres, bins = np.unique(np.round(gst / step) * step, return_inverse=True)
        random, station = (
            np.array([_mean((predicted - gst)[bins == k]) for k in range(len(centres))])
            for predicted in (self.random, self.station)
        )
        return centres, random, station


def fit_gst_model(table: TrainingTable, fitting: Fitting, provenance: Optional[Mapping[str, str]] = None) -> Fit:
    """Fit a ridge regression whose penalty is chosen by random folds, and validate it by leaving stations out, too.

    A station has nearly the same values on neighbouring days, so random folds show how well the model interpolates
    between days of known stations. Leaving stations out shows what to expect where there is none, which is nearly
    everywhere on a map.

    Parameters
    ----------
    table : TrainingTable
        Rows in which an LST is missing only serve the equations with fewer LSTs.
    fitting : Fitting
    provenance : mapping, optional
        Stored in the model.

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
    return Fit(model, fitting, complete, random, station, curves)


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
    curve = Curve(alphas, random.rmse, station.rmse)
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
    return _Fitted(equation, random.predict(best), station.predict(best), curve)


def _fall_backs(table: TrainingTable, fitting: Fitting) -> list[Equation]:
    """Fit the equations with fewer overpasses, sorted by their error where stations are left out.

    Each is fitted to all rows that it can use, but the errors are compared on rows that all of them can use: rows in
    which an overpass is missing may be easier or harder to predict than others.
    """
    overpasses = [name for name in table.names if name != ELEVATION]
    is_complete = np.isfinite(table.predictors).all(axis=1)
    equations, errors = [], []
    for number in range(MIN_OVERPASSES, len(overpasses)):
        for chosen in combinations(overpasses, number):
            names = [name for name in table.names if name in chosen or name == ELEVATION]
            usable = np.isfinite(table.columns(names)).all(axis=1)
            fitted = _fit_equation(_rows(table, usable), names, fitting)
            error = (fitted.station - table.gst[usable])[is_complete[usable]]
            equations.append(fitted.equation)
            errors.append(float(np.sqrt(np.mean(error**2))))
    return [equations[place] for place in np.argsort(errors, kind="stable")]


def _rows(table: TrainingTable, rows: np.ndarray) -> TrainingTable:
    return TrainingTable(table.stations[rows], table.dates[rows], table.gst[rows], table.predictors[rows], table.names)


def _seasons(fitting: Fitting) -> list[tuple[str, Optional[int]]]:
    """Return the keys of what is fitted separately, with the positions in `SEASONS`."""
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
    """Raise an `InputError` if no regression can be fitted to a table."""
    stations = np.unique(table.stations)
    if len(stations) < 2:
        found = (
            tr("Only station '{stations}' has rows", stations=stations[0])
            if len(stations)
            else tr("No station has a row")
        )
        raise InputError(
            tr(
                "{found} with all of {names}: give at least two stations, or fewer predictors.",
                found=found,
                names=", ".join(table.names),
            )
        )
    names = ("GST", *(tr("Predictor {name}", name=name) for name in table.names))
    for name, values in zip(names, (table.gst, *table.predictors.T)):
        if np.ptp(values) == 0:
            raise InputError(
                tr(
                    "{name} is {values:g} in every row: choose another one, or rows in which it varies.",
                    name=name,
                    values=values[0],
                )
            )


def _require_enough(table: TrainingTable, season: str) -> None:
    """Raise an `InputError` if there are too few rows to fit and to validate."""
    rows, stations = len(table.gst), len(np.unique(table.stations))
    if stations < 2 or rows < MIN_ROWS:
        what = tr("The table") if season == POOLED else tr("Season {season}", season=season)
        remedy = tr("give more") if season == POOLED else tr("give more, or fit all seasons together")
        raise InputError(
            tr(
                "{what} has {rows} rows of {stations} stations with all of {names}, and at least {min_rows} rows "
                "of 2 stations are needed: {remedy}.",
                what=what,
                rows=rows,
                stations=stations,
                names=", ".join(table.names),
                min_rows=MIN_ROWS,
                remedy=remedy,
            )
        )


def _mean(values: np.ndarray) -> float:
    """Return the mean of the values that are not NaN; NaN where there is none."""
    known = values[np.isfinite(values)]
    return float(known.mean()) if known.size else np.nan
