"""Fitting a GST model to a training table, and its validation by random folds and by stations left out."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Callable, Iterator, Mapping, Optional, Sequence

import numpy as np

from ..coded import Coded, batches, count, narrow
from ..errors import InputError
from ..language import tr
from .model import ELEVATION, METHODS, POOLED, Equation, GstModel, Validation
from .ridge import (
    CrossValidation,
    collinearity,
    cross_validate,
    fold_factors,
    random_folds,
    ridge_path,
    scores,
    scores_by,
)
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
        places = np.round(gst.values / step)
        # What no row has may remain among the values of a coded column.
        lowest, highest = np.nanmin(places), np.nanmax(places)
        places -= lowest
        of_value = narrow(np.nan_to_num(places, copy=False, nan=0.0).astype(np.int32))
        bins = Coded(step * np.arange(lowest, highest + 1), gst.spread(of_value))
        random, station = (
            np.array([of_bin.bias for of_bin in scores_by(gst, predicted, bins).values()])
            for predicted in (self.random, self.station)
        )
        return bins.occurring, random, station

    def collinearity(self) -> tuple[np.ndarray, float]:
        """Return how collinear the predictors are, see `ridge.collinearity`."""
        table = self.table
        every = ((np.zeros(rows.stop - rows.start, int), _with_ones(table, rows)) for rows in batches(len(table.gst)))
        return collinearity(fold_factors(every, 1)[0])


def fit_gst_model(
    table: TrainingTable,
    fitting: Fitting,
    provenance: Optional[Mapping[str, str]] = None,
    note: Callable[[], None] = lambda: None,
) -> Fit:
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
    note : callable, optional
        Called for every batch of rows; an exception that it raises ends the fit.

    Returns
    -------
    Fit

    Raises
    ------
    InputError
        If there are fewer than two stations, too few rows, or a column is constant.
    """
    present = _present(table)
    complete = table.take(present == _all_of(table.names))
    _require_variety(complete)
    random, station = np.full((2, len(complete.gst)), np.nan)
    equations, curves = {}, {}
    for season, place in _seasons(fitting):
        selected = _Selected(table, np.where(_in_season(table, place), present, 0), fitting, note)
        _require_enough(selected, season)
        first, folds = selected.fit(table.names)
        _hold_out(complete, _in_season(complete, place), first, folds, random, station)
        note()
        equations[season] = (first.equation, *_fall_backs(selected))
        curves[season] = Curve(first.random.alphas, first.random.rmse, first.station.rmse)
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


def _present(table: TrainingTable) -> np.ndarray:
    """Return which predictors each row has, as the sum of 2 to the power of their positions, shape (n,)."""
    present = np.zeros(len(table.gst), np.min_scalar_type(_all_of(table.names)))
    for position, column in enumerate(table.predictors.columns):
        present |= column.spread(np.isfinite(column.values)).astype(present.dtype) << present.dtype.type(position)
    return present


def _all_of(names: Sequence[str]) -> int:
    return 2 ** len(names) - 1


@dataclass(frozen=True)
class _Fitted:
    equation: Equation
    random: CrossValidation
    station: CrossValidation
    best: int


class _Selected:
    """The rows of a table to which equations are fitted, of which each takes those that have its predictors.

    What all of them need of the rows is summed up once, in batches: rows that have the same predictors, by station.

    Parameters
    ----------
    table : TrainingTable
    present : array of int, shape (n,)
        See `_present`; 0 in rows that are not selected.
    fitting : Fitting
    note : callable
        See `fit_gst_model`.
    """

    def __init__(self, table: TrainingTable, present: np.ndarray, fitting: Fitting, note: Callable[[], None]) -> None:
        self.table, self.fitting, self._note = table, fitting, note
        self.complete = _all_of(table.names)
        self._present = present
        self._stations = len(table.stations.values)
        enough = [self._bits(names) for names in (table.names, *_subsets(table.names))]
        of_kind = count(present, self.complete + 1)
        # The kinds of rows that some equation can use: which predictors they have.
        self._kinds = [
            kind for kind in range(1, len(of_kind)) if of_kind[kind] and any(kind & bits == bits for bits in enough)
        ]
        self._ranges: dict[int, tuple[np.ndarray, np.ndarray]] = {}
        factors = fold_factors(self._by_kind_and_station(), len(self._kinds) * self._stations)
        self._factors = {
            kind: factors[place * self._stations : (place + 1) * self._stations]
            for place, kind in enumerate(self._kinds)
        }
        self._of_kind = of_kind
        self._random: dict[tuple[int, ...], tuple[np.ndarray, list[np.ndarray]]] = {}

    def stations_with(self, names: Sequence[str]) -> int:
        """Return the number of stations that have a row with some predictors."""
        of_kinds = [self._factors[kind] for kind in self._kinds_with(names)]
        return sum(any(len(one) for one in of_station) for of_station in zip(*of_kinds))

    def rows_with(self, names: Sequence[str]) -> int:
        """Return the number of rows with some predictors."""
        return int(sum(self._of_kind[kind] for kind in self._kinds_with(names)))

    def fit(self, names: Sequence[str]) -> tuple[_Fitted, np.ndarray]:
        """Fit the equation of some predictors; return also the random fold of each of its rows."""
        alphas = self.fitting.alphas()
        folds, factors = self._random_factors(names)
        random = cross_validate(self._columns(factors, names), alphas)
        station = cross_validate(self._station_factors(names, self._kinds_with(names)), alphas)
        curve = random.rmse
        best = int(np.argmin(curve))
        path = ridge_path(np.concatenate(random.factors), alphas[best])
        chosen = self._places(names)[1:-1]
        lows, highs = zip(*(self._ranges[kind] for kind in self._kinds_with(names)))
        equation = Equation(
            predictors=(*names, *harmonic_names(self.fitting.harmonics)),
            alpha=float(alphas[best]),
            intercept=path.intercept,
            coefficients=tuple(path.coefficients[0].tolist()),
            means=tuple(path.means.tolist()),
            scales=tuple(path.scales.tolist()),
            lowest=tuple(np.min(lows, axis=0)[chosen].tolist()),
            highest=tuple(np.max(highs, axis=0)[chosen].tolist()),
            rows=self.rows_with(names),
            stations=self.stations_with(names),
            rmse_random=float(curve[best]),
            rmse_station=float(station.rmse[best]),
        )
        return _Fitted(equation, random, station, best), folds

    def error_where_complete(self, fitted: _Fitted, names: Sequence[str]) -> float:
        """Return the RMSE with stations left out of those rows that all equations can use, K."""
        return fitted.station.rmse_of(self._station_factors(names, [self.complete]), fitted.best)

    def _bits(self, names: Sequence[str]) -> int:
        return sum(2 ** self.table.names.index(name) for name in names)

    def _kinds_with(self, names: Sequence[str]) -> list[int]:
        bits = self._bits(names)
        return [kind for kind in self._kinds if kind & bits == bits]

    def _places(self, names: Sequence[str]) -> list[int]:
        """Return the columns of an equation: 1, its predictors, the harmonics and the target."""
        p, waves = len(self.table.names), 2 * self.fitting.harmonics
        return [0, *(1 + self.table.names.index(name) for name in names), *range(p + 1, p + waves + 2)]

    def _columns(self, factors: Sequence[np.ndarray], names: Sequence[str]) -> list[np.ndarray]:
        return [one[:, self._places(names)] for one in factors]

    def _station_factors(self, names: Sequence[str], kinds: Sequence[int]) -> list[np.ndarray]:
        """Return the factor of the rows of some kinds for each station."""
        of_kinds = [self._factors[kind] for kind in kinds]
        return self._columns([np.concatenate(of_station) for of_station in zip(*of_kinds)], names)

    def _random_factors(self, names: Sequence[str]) -> tuple[np.ndarray, list[np.ndarray]]:
        """Return the random fold of each row that has some predictors, and the factors of the folds."""
        kinds = tuple(self._kinds_with(names))
        if kinds not in self._random:
            folds = random_folds(self.rows_with(names), self.fitting.folds, self.fitting.seed)
            # Equations that use the same rows share them, but only the folds of the last ones are kept.
            self._random = {kinds: (folds, fold_factors(self._by_fold(kinds, folds), self.fitting.folds))}
        return self._random[kinds]

    def _by_fold(self, kinds: Sequence[int], folds: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        done = 0
        for _, _, rows in self._batches(kinds):
            yield folds[done : done + len(rows)], rows
            done += len(rows)

    def _by_kind_and_station(self) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Yield rows with a number for their kind and station; note the range of each column on the way."""
        place = np.zeros(self.complete + 1, int)
        place[self._kinds] = range(len(self._kinds))
        for kind, station, rows in self._batches(self._kinds):
            for one in np.unique(kind).tolist():
                of_kind = rows[kind == one]
                low, high = self._ranges.get(one, (of_kind[0], of_kind[0]))
                self._ranges[one] = np.minimum(low, of_kind.min(axis=0)), np.maximum(high, of_kind.max(axis=0))
            yield place[kind] * self._stations + station, rows

    def _batches(self, kinds: Sequence[int]) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
        """Yield the kinds, the stations, and 1, predictors, harmonics and GST of rows of some kinds; 0 for a gap."""
        is_wanted = np.isin(np.arange(self.complete + 1), kinds)
        table = self.table
        for batch in batches(len(table.gst)):
            self._note()
            wanted = is_wanted[self._present[batch]]
            if wanted.any():
                rows = _with_ones(table, batch, self.fitting.harmonics)[wanted]
                yield self._present[batch][wanted], table.stations.index[batch][wanted], np.nan_to_num(rows, nan=0.0)


def _hold_out(
    complete: TrainingTable,
    selected: np.ndarray,
    fitted: _Fitted,
    folds: np.ndarray,
    random: np.ndarray,
    station: np.ndarray,
) -> None:
    """Predict selected rows, which belong to random folds, without their fold and without their station."""
    by_fold, by_station = fitted.random.fits(fitted.best), fitted.station.fits(fitted.best)
    pairs = len(by_fold.means[0]) - len(complete.names)
    done = 0
    for batch in batches(len(selected)):
        here = selected[batch]
        rows = _with_ones(complete, batch, pairs // 2)[here, 1:-1]
        random[batch][here] = by_fold.predict(rows, folds[done : done + len(rows)])
        station[batch][here] = by_station.predict(rows, complete.stations.index[batch][here])
        done += len(rows)


def _with_ones(table: TrainingTable, rows: slice, pairs: int = 0) -> np.ndarray:
    """Return 1, the predictors, harmonics and GST of some rows, as regressions take them."""
    waves = harmonics(table.dates[rows], pairs)
    return np.column_stack([np.ones(len(waves)), table.predictors[rows], waves, table.gst[rows]])


def _subsets(names: Sequence[str]) -> list[list[str]]:
    """Return the predictors of the equations with fewer overpasses."""
    overpasses = [name for name in names if name != ELEVATION]
    return [
        [name for name in names if name in chosen or name == ELEVATION]
        for number in range(MIN_OVERPASSES, len(overpasses))
        for chosen in combinations(overpasses, number)
    ]


def _fall_backs(selected: _Selected) -> list[Equation]:
    """Fit the equations with fewer overpasses, sorted by their error where stations are left out.

    Each is fitted to all rows that it can use, but the errors are compared on rows that all of them can use: rows in
    which an overpass is missing may be easier or harder to predict than others.
    """
    equations, errors = [], []
    for names in _subsets(selected.table.names):
        fitted, _ = selected.fit(names)
        equations.append(fitted.equation)
        errors.append(selected.error_where_complete(fitted, names))
    return [equations[place] for place in np.argsort(errors, kind="stable")]


def _seasons(fitting: Fitting) -> list[tuple[str, Optional[int]]]:
    """Return the keys of what is fitted separately, with the positions in `SEASONS`."""
    return [(season, place) for place, season in enumerate(SEASONS)] if fitting.seasonal else [(POOLED, None)]


def _in_season(table: TrainingTable, place: Optional[int]) -> np.ndarray:
    if place is None:
        return np.ones(len(table.gst), bool)
    return table.dates.spread(season_of(table.dates.values) == place)


def _validation(table: TrainingTable, predicted: np.ndarray) -> Validation:
    seasons = Coded(np.array(SEASONS)[season_of(table.dates.values)], table.dates.codes)
    by_season = scores_by(table.gst, predicted, seasons)
    return Validation(
        overall=scores(table.gst, predicted),
        stations=scores_by(table.gst, predicted, table.stations),
        seasons={season: by_season[season] for season in SEASONS if season in by_season},
    )


def _require_variety(table: TrainingTable) -> None:
    """Raise an `InputError` if no regression can be fitted to a table."""
    stations = table.stations.occurring
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
    for name, values in zip(names, (table.gst, *table.predictors.columns)):
        if np.ptp(values.occurring) == 0:
            raise InputError(
                tr(
                    "{name} is {values:g} in every row: choose another one, or rows in which it varies.",
                    name=name,
                    values=values[0],
                )
            )


def _require_enough(selected: _Selected, season: str) -> None:
    """Raise an `InputError` if there are too few rows to fit and to validate."""
    names = selected.table.names
    rows, stations = selected.rows_with(names), selected.stations_with(names)
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
                names=", ".join(names),
                min_rows=MIN_ROWS,
                remedy=remedy,
            )
        )
