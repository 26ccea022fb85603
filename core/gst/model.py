"""The GST model: linear equations of land surface temperatures, by season and by the predictors known in a cell."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Collection, Mapping, Sequence

import numpy as np

from ..errors import InputError
from ..language import tr
from .ridge import Scores
from .seasons import SEASONS, harmonics, season_of

ELEVATION = "elevation"

# Key of the equations of a model that has none for single seasons.
POOLED = "all"

METHODS = ("ridge", "ols")


@dataclass(frozen=True)
class Equation:
    """GST as a linear function of some predictors.

    Attributes
    ----------
    predictors : tuple of str
        Names of the p predictors; those of the day of the year come last.
    alpha : float
        Penalty.
    intercept : float
        GST where every predictor is at its mean, degC.
    coefficients, means, scales : tuple of float
        K per standard deviation; mean and standard deviation of each predictor. With collinear
        predictors a single coefficient has no meaning.
    lowest, highest : tuple of float
        Training range of each predictor.
    rows, stations : int
        Number of rows and stations that it was fitted to.
    rmse_random, rmse_station : float
        Cross-validated with random folds and with stations left out, K.
    """

    predictors: tuple[str, ...]
    alpha: float
    intercept: float
    coefficients: tuple[float, ...]
    means: tuple[float, ...]
    scales: tuple[float, ...]
    lowest: tuple[float, ...]
    highest: tuple[float, ...]
    rows: int
    stations: int
    rmse_random: float
    rmse_station: float

    @cached_property
    def slopes(self) -> tuple[float, np.ndarray]:
        """Return the constant, degC, and the factors of the predictors as they are, not standardised."""
        factors = np.array(self.coefficients) / np.array(self.scales)
        return float(self.intercept - factors @ np.array(self.means)), factors


@dataclass(frozen=True)
class Validation:
    """Cross-validated scores of all rows, of each station and of each season."""

    overall: Scores
    stations: Mapping[str, Scores]
    seasons: Mapping[str, Scores]


@dataclass(frozen=True)
class GstModel:
    """Daily mean ground surface temperature from LSTs.

    Attributes
    ----------
    method : str
        ``ridge`` or ``ols``.
    predictors : tuple of str
        Names of the arrays to predict from: LSTs in degC, ``elevation`` in m.
    harmonics : int
        Pairs of sine and cosine of the day of the year among the predictors.
    equations : mapping of str to tuple of Equation
        By season, or all under `POOLED`. The first one takes all predictors; the others take fewer LSTs and stand in
        where some are missing, the most accurate first.
    random, station : Validation
        Of the first equations, with random folds and with stations left out.
    provenance : mapping of str to str
        Inputs and parameters of the fit.
    """

    method: str
    predictors: tuple[str, ...]
    harmonics: int
    equations: Mapping[str, tuple[Equation, ...]]
    random: Validation
    station: Validation
    provenance: Mapping[str, str]

    @property
    def simulated(self) -> str:
        """What the model was fitted to that is simulated and not observed; empty if nothing is."""
        return self.provenance.get("simulated", "")

    @property
    def overpasses(self) -> tuple[str, ...]:
        """Those of the predictors that are LSTs."""
        return tuple(name for name in self.predictors if name != ELEVATION)

    @property
    def seasonal(self) -> bool:
        """Whether each season has equations of its own."""
        return POOLED not in self.equations

    @property
    def daily_sd(self) -> float:
        """Standard deviation of daily errors about the mean error of each station left out, K; NaN if unknown.

        This is the residual variance without the biases of stations, which do not average out over a year.
        """
        known = [one for one in self.station.stations.values() if np.isfinite(one.rmse + one.bias)]
        days = sum(one.n for one in known)
        squares = sum(one.n * max(one.rmse**2 - one.bias**2, 0.0) for one in known)
        return float(np.sqrt(squares / days)) if days else np.nan

    def season_on(self, date: np.datetime64) -> str:
        """Return the key of the equations that hold on a day."""
        return SEASONS[int(season_of(date))] if self.seasonal else POOLED

    @cached_property
    def choices(self) -> Mapping[str, Choice]:
        """For each season, the equations by the predictors known in a cell."""
        return {
            season: Choice.between(equations, self.predictors, self.harmonics)
            for season, equations in self.equations.items()
        }


@dataclass(frozen=True)
class Choice:
    """The best equation for each set of predictors that may be known in a cell, as rows of coefficients.

    The row of a set is the sum of 2**i over its predictors i; the last row is the equation with all of them.

    Attributes
    ----------
    constants : array, shape (2**p,)
        degC; NaN where no equation can be computed from the set.
    factors : array, shape (2**p, p)
        K per unit of each predictor, 0 for those that the equation does not take.
    waves : array, shape (2**p, 2 * pairs)
        K, of the harmonics of the date.
    """

    constants: np.ndarray
    factors: np.ndarray
    waves: np.ndarray

    @classmethod
    def between(cls, equations: Sequence[Equation], predictors: Sequence[str], pairs: int) -> Choice:
        """Return the choice among equations that are sorted from best to worst."""
        sets = 2 ** len(predictors)
        choice = cls(np.full(sets, np.nan), np.zeros((sets, len(predictors))), np.zeros((sets, 2 * pairs)))
        for equation in reversed(equations):
            constant, slopes = equation.slopes
            needed = [predictors.index(name) for name in equation.predictors if name in predictors]
            served = [known for known in range(sets) if all(known >> place & 1 for place in needed)]
            choice.constants[served] = constant
            choice.factors[served] = 0.0
            choice.factors[np.ix_(served, needed)] = slopes[: len(needed)]
            choice.waves[served] = slopes[len(needed) :]
        return choice

    def on(self, date: np.datetime64) -> tuple[np.ndarray, np.ndarray]:
        """Return the constants and factors of a day."""
        pairs = self.waves.shape[1] // 2
        return self.constants + self.waves @ harmonics(date, pairs) if pairs else self.constants, self.factors


def require_predictors(model: GstModel, names: Collection[str]) -> None:
    """Raise an `InputError` unless all predictors of the model are among some names."""
    absent = [name for name in model.predictors if name not in names]
    if absent:
        raise InputError(
            tr(
                "The GST model predicts from {predictors}, and {absent} is not given: give it, or fit a model "
                "without it.",
                predictors=", ".join(model.predictors),
                absent=", ".join(absent),
            )
        )
