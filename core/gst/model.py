"""The fitted model: a JSON document that says everything needed to predict, and its application."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Mapping, Sequence, Union

import numpy as np

from ..celsius import TEMPERATURES
from ..dependencies import compiled
from ..errors import InputError
from ..files import write_text
from ..jsontext import parse_json
from ..packed import Packed
from ..prepare.elevation import ELEVATIONS
from .ridge import Scores
from .seasons import MAX_PAIRS, SEASONS, harmonic_names, harmonics, season_of
from .table import ELEVATION

SCHEMA = "permafrost_mapper GST model"
VERSION = 1

POOLED = "all"
METHODS = ("ridge", "ols")

# Numbers in a document are smaller than this.
LARGEST = 1e300

# A document is some kB long. Equations are looked up by all sets of predictors, of which there are two to the power of
# their number: four overpasses and the elevation are 32.
MAX_BYTES = 10_000_000
MAX_PREDICTORS = 8

# K per standard deviation of a predictor: collinear ones may balance each other, but not without end.
MAX_COEFFICIENT = 1000.0
# K: no error is larger than the range of all temperatures.
MAX_ERROR = TEMPERATURES[1] - TEMPERATURES[0]


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
        What it was fitted to.
    rmse_random, rmse_station : float
        Cross-validated with random folds and leaving stations out, K.
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
        """Give the constant and the factors of the predictors as they are, not standardised."""
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
        By season, or all under `POOLED`. The first one takes all predictors; the others do with fewer
        LSTs where some are missing, the most accurate first.
    random, station : Validation
        Of the first equations, with random folds and leaving stations out.
    provenance : mapping of str to str
        Where it comes from, in words.
    """

    method: str
    predictors: tuple[str, ...]
    harmonics: int
    equations: Mapping[str, tuple[Equation, ...]]
    random: Validation
    station: Validation
    provenance: Mapping[str, str]

    @property
    def seasonal(self) -> bool:
        """Whether each season has equations of its own."""
        return POOLED not in self.equations

    def season_on(self, date: np.datetime64) -> str:
        """Give the key of the equations that hold on a day."""
        return SEASONS[int(season_of(date))] if self.seasonal else POOLED

    @cached_property
    def choices(self) -> Mapping[str, Choice]:
        """Give the equations by what is known in a cell, for each season."""
        return {
            season: Choice.between(equations, self.predictors, self.harmonics)
            for season, equations in self.equations.items()
        }


@dataclass(frozen=True)
class Choice:
    """For each set of predictors that may be known in a cell, the equation that serves it best, as rows of numbers.

    The place of a set is the sum of 2**i over its predictors i; the last row is the equation with all of them.

    Attributes
    ----------
    constants : array, shape (2**p,)
        degC; NaN where no equation does with so few.
    factors : array, shape (2**p, p)
        K per unit of each predictor, 0 for those that the equation does without.
    waves : array, shape (2**p, 2 * pairs)
        K, of the harmonics of the date.
    """

    constants: np.ndarray
    factors: np.ndarray
    waves: np.ndarray

    @classmethod
    def between(cls, equations: Sequence[Equation], predictors: Sequence[str], pairs: int) -> Choice:
        """Choose among equations, of which those that come first are better."""
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
        """Give the constants and factors of a day."""
        pairs = self.waves.shape[1] // 2
        return self.constants + self.waves @ harmonics(date, pairs) if pairs else self.constants, self.factors


# An array of float32, NaN where missing, or one as it was stored.
Values = Union[np.ndarray, Packed]


def predict(model: GstModel, day: Mapping[str, Values], date: np.datetime64) -> np.ndarray:
    """Predict daily mean ground surface temperature of one day.

    Parameters
    ----------
    model : GstModel
    day : mapping of str to array of float32 or Packed, all of one shape
        An array for each of ``model.predictors``: LSTs in degC, elevation in m.
    date : datetime64[D]

    Returns
    -------
    array of float32, of the same shape
        degC; NaN where predictors are missing, unless a fall-back does without them.

    Raises
    ------
    InputError
        If an array of the model is absent.
    """
    series = _packed_day(model, day)
    season = model.season_on(date)
    constants, factors = model.choices[season].on(date)
    # The equation with all predictors, from what is stored: scale and offset go into factor and constant.
    constant = np.float32(constants[-1] + sum(f * packed.offset for f, packed in zip(factors[-1], series)))
    stored_factors = np.array([f * packed.scale for f, packed in zip(factors[-1], series)], np.float32)
    constants, factors = constants.astype(np.float32), factors.astype(np.float32)
    kernels = compiled("gst.compiled")
    if kernels and _are_alike(series):
        return kernels.predict(series, constant, stored_factors, constants, factors)
    gst = _with_all(series, constant, stored_factors)
    if len(model.equations[season]) > 1:
        _fall_back(series, constants, factors, gst)
    return gst


def outside_training(model: GstModel, day: Mapping[str, Values], date: np.datetime64) -> np.ndarray:
    """Tell where a predictor is outside its training range, so that the prediction is an extrapolation.

    Parameters and errors are those of `predict`.

    Returns
    -------
    array of bool, of the same shape
        False where a predictor is missing, unless another is outside.
    """
    series = _packed_day(model, day)
    equation = model.equations[model.season_on(date)][0]
    outside = np.zeros(series[0].stored.shape, bool)
    for packed, low, high in zip(series, equation.lowest, equation.highest):
        values = packed.values()
        outside |= (values < np.float32(low)) | (values > np.float32(high))
    return outside


def require_predictors(model: GstModel, names) -> None:
    """Raise an `InputError` unless everything the model predicts from is there."""
    absent = [name for name in model.predictors if name not in names]
    if absent:
        raise InputError(
            f"The GST model predicts from {', '.join(model.predictors)}, and {', '.join(absent)} is not given: give "
            "it, or fit a model without it."
        )


def _packed_day(model: GstModel, day: Mapping[str, Values]) -> list[Packed]:
    require_predictors(model, day)
    return [Packed.of(day[name]) for name in model.predictors]


def _are_alike(series: Sequence[Packed]) -> bool:
    """Whether all are whole numbers of one type, and missing ones among them, as in stacks of this project."""
    kinds = {packed.stored.dtype for packed in series if packed.missing is not None}
    return len(kinds) == 1 and kinds.pop().kind in "iu" and all(packed.missing is not None for packed in series)


def _with_all(series: Sequence[Packed], constant: np.float32, stored_factors: np.ndarray) -> np.ndarray:
    """Compute the equation with all predictors."""
    gst = np.full(series[0].stored.shape, constant, np.float32)
    scratch = np.empty_like(gst)
    for factor, packed in zip(stored_factors, series):
        gst += packed.times(factor, out=scratch)
    for packed in series:
        if packed.has_missing:
            np.copyto(gst, np.nan, where=packed.is_missing())
    return gst


def _fall_back(series: Sequence[Packed], constants: np.ndarray, factors: np.ndarray, gst: np.ndarray) -> None:
    """Compute the cells that miss predictors by the equations that do without them."""
    cells = np.flatnonzero(np.isnan(gst))
    if cells.size == 0:
        return
    values = np.stack([packed.take(cells) for packed in series])
    is_known = ~np.isnan(values)
    values[~is_known] = 0.0
    known = 2 ** np.arange(len(series)) @ is_known
    filled = constants[known]
    for of_predictor, in_cells in zip(factors.T, values):
        filled += of_predictor[known] * in_cells
    gst.reshape(-1)[cells] = filled


# The document ---------------------------------------------------------------------------------------


def to_json(model: GstModel) -> str:
    """Write a model as a JSON text; numbers that are undefined become null."""
    document = {"schema": SCHEMA, "version": VERSION, **asdict(model)}
    return json.dumps(_without_nan(document), indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def write_model(model: GstModel, path: Union[str, Path]) -> None:
    """Write a model to a file, whole or not at all."""
    write_text(path, to_json(model))


def read_model(path: Union[str, Path]) -> GstModel:
    """Read a model from a file.

    Raises
    ------
    InputError
        If the file cannot be read, or is not a model of this version.
    """
    path = Path(path)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(f"'{path.name}' is no GST model ({path.stat().st_size:,} bytes): choose another file.")
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"GST model '{path.name}' cannot be read ({error}): choose another file.") from error
    return from_json(text, path.name)


def from_json(text: str, name: str) -> GstModel:
    """Read a model from a JSON text and look whether it holds together.

    Parameters
    ----------
    text : str
    name : str
        How the user knows the document.

    Raises
    ------
    InputError
        If it is no model, of another version, or something in it is missing or of the wrong kind.
    """
    try:
        document = parse_json(text)
    except ValueError as error:
        raise InputError(f"GST model '{name}' is no JSON document ({error}): fit the model again.") from error
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise InputError(f"'{name}' is no GST model: choose a file that fitgstmodel has written.")
    if not _is_number(document.get("version")) or document["version"] != VERSION:
        raise InputError(
            f"GST model '{name}' is of version {_shown(document.get('version'))}, and this release reads version "
            f"{VERSION}: fit the model again."
        )
    return _Document(document, name, "").model()


def _without_nan(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nan(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_without_nan(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


class _Document:
    """A JSON object with the place it has in the model, for sentences about what is wrong in it."""

    def __init__(self, value: Any, name: str, place: str):
        self.value, self.name, self.place = value, name, place
        if not isinstance(value, dict):
            raise self.wrong("", "an object")

    def wrong(self, key: str, expected: str) -> InputError:
        """Give the error for an entry."""
        place = f"{self.place}.{key}".strip(".")
        shown = _shown(self.value[key] if key else self.value)
        return InputError(f"GST model '{self.name}' has {shown} as {place}, not {expected}: fit the model again.")

    def entry(self, key: str) -> Any:
        """Give an entry that has to be there."""
        if key not in self.value:
            place = f"{self.place}.{key}".strip(".")
            raise InputError(f"GST model '{self.name}' has no {place}: fit the model again.")
        return self.value[key]

    def inner(self, key: str) -> _Document:
        """Give an object."""
        return _Document(self.entry(key), self.name, f"{self.place}.{key}".strip("."))

    def each(self, key: str) -> list[tuple[str, _Document]]:
        """Give the objects in an object by their keys."""
        inner = self.inner(key)
        return [(inner_key, inner.inner(inner_key)) for inner_key in inner.value]

    def number(self, key: str, low: float = -LARGEST, high: float = LARGEST, undefined: bool = False) -> float:
        """Give a number between limits; null as NaN where it may be undefined."""
        value = self.entry(key)
        if value is None and undefined:
            return math.nan
        if not _is_number(value) or not low <= value <= high:
            between = "" if (low, high) == (-LARGEST, LARGEST) else f" between {low:g} and {high:g}"
            raise self.wrong(key, f"a number{between}")
        return float(value)

    def count(self, key: str, most: float = LARGEST) -> int:
        """Give a whole number, 0 or more."""
        value = self.entry(key)
        if not _is_number(value) or value != int(value) or not 0 <= value <= most:
            raise self.wrong(key, "a whole number" + ("" if most == LARGEST else f" from 0 to {most:g}"))
        return int(value)

    def names(self, key: str) -> tuple[str, ...]:
        """Give a list of different texts."""
        value = self.entry(key)
        if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
            raise self.wrong(key, "a list of names")
        if len(set(value)) < len(value) or not value:
            raise self.wrong(key, "a list of different names")
        return tuple(value)

    def numbers(self, key: str, length: int) -> tuple[float, ...]:
        """Give a list of numbers, one a predictor."""
        value = self.entry(key)
        if not isinstance(value, list) or len(value) != length or not all(map(_is_number, value)):
            raise self.wrong(key, f"a list of {length} numbers")
        return tuple(float(item) for item in value)

    def within(self, key: str, limits: Sequence[tuple[float, float]]) -> tuple[float, ...]:
        """Give a list of numbers, one a predictor, each between its limits."""
        numbers = self.numbers(key, len(limits))
        for number, (low, high) in zip(numbers, limits):
            if not low <= number <= high:
                raise self.wrong(key, f"a list of numbers of which {number:g} is between {low:g} and {high:g}")
        return numbers

    def token(self, key: str, tokens: Sequence[str]) -> str:
        """Give one of several texts."""
        if self.entry(key) not in tokens:
            raise self.wrong(key, f"one of {', '.join(tokens)}")
        return self.value[key]

    def model(self) -> GstModel:
        """Read the document as a model."""
        predictors = self.names("predictors")
        pairs = self.count("harmonics", MAX_PAIRS)
        if len(predictors) > MAX_PREDICTORS:
            raise self.wrong("predictors", f"a list of at most {MAX_PREDICTORS} names")
        if set(predictors) <= {ELEVATION}:
            raise self.wrong("predictors", "a list with an LST")
        by_season = self.inner("equations")
        if set(by_season.value) not in ({POOLED}, set(SEASONS)):
            raise self.wrong("equations", f"an object with {POOLED}, or with {', '.join(SEASONS)}")
        equations = {}
        for season, listed in by_season.value.items():
            if not isinstance(listed, list) or not 0 < len(listed) <= 2**MAX_PREDICTORS:
                raise by_season.wrong(season, f"a list of equations, at most {2**MAX_PREDICTORS}")
            places = [f"equations.{season}[{i}]" for i in range(len(listed))]
            equations[season] = tuple(
                _Document(value, self.name, place).equation(predictors, pairs) for value, place in zip(listed, places)
            )
            if equations[season][0].predictors != predictors + harmonic_names(pairs):
                raise by_season.wrong(season, "equations of which the first takes all predictors")
        provenance = self.inner("provenance")
        return GstModel(
            method=self.token("method", METHODS),
            predictors=predictors,
            harmonics=pairs,
            equations=equations,
            random=self.inner("random").validation(),
            station=self.inner("station").validation(),
            provenance={key: str(value) for key, value in provenance.value.items()},
        )

    def equation(self, predictors: tuple[str, ...], pairs: int) -> Equation:
        """Read the document as an equation of a model with these predictors."""
        names = self.names("predictors")
        spatial = tuple(name for name in predictors if name in names)
        if names != spatial + harmonic_names(pairs) or set(spatial) <= {ELEVATION}:
            raise self.wrong("predictors", f"some of {', '.join(predictors)}, then {2 * pairs} waves of the year")
        limits = [_limits(predictor) for predictor in names]
        scales = self.within("scales", [(0.0, high - low) for low, high in limits])
        if min(scales) == 0:
            raise self.wrong("scales", "a list of numbers above 0")
        return Equation(
            predictors=names,
            alpha=self.number("alpha", 0.0),
            # The mean of the temperatures that it was fitted to.
            intercept=self.number("intercept", *TEMPERATURES),
            coefficients=self.within("coefficients", [(-MAX_COEFFICIENT, MAX_COEFFICIENT)] * len(names)),
            means=self.within("means", limits),
            scales=scales,
            lowest=self.within("lowest", limits),
            highest=self.within("highest", limits),
            rows=self.count("rows"),
            stations=self.count("stations"),
            rmse_random=self.number("rmse_random", 0.0, MAX_ERROR),
            rmse_station=self.number("rmse_station", 0.0, MAX_ERROR),
        )

    def validation(self) -> Validation:
        """Read the document as scores."""
        return Validation(
            overall=self.inner("overall").scores(),
            stations={station: scores.scores() for station, scores in self.each("stations")},
            seasons={season: scores.scores() for season, scores in self.each("seasons")},
        )

    def scores(self) -> Scores:
        """Read the document as scores of one group."""
        limits = {
            "r2": (-LARGEST, 1.0),
            "rmse": (0.0, MAX_ERROR),
            "mae": (0.0, MAX_ERROR),
            "bias": (-MAX_ERROR, MAX_ERROR),
        }
        return Scores(self.count("n"), *(self.number(key, *limits[key], undefined=True) for key in limits))


def _shown(value: Any) -> str:
    """Return a value of JSON as it fits into a sentence."""
    text = json.dumps(value)
    return text if len(text) <= 40 else f"{text[:40]}…"


def _limits(predictor: str) -> tuple[float, float]:
    """Return the range in which any value of a predictor lies."""
    if predictor in harmonic_names(MAX_PAIRS):
        return (-1.0, 1.0)
    return ELEVATIONS if predictor == ELEVATION else TEMPERATURES


def _is_number(value: Any) -> bool:
    # A comparison, since an integer of JSON may be too large for a float.
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < LARGEST
