"""Daily ground surface temperature predicted by a GST model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Mapping, Sequence, Union

import numpy as np

from ..dependencies import compiled
from ..packed import Packed
from .model import GstModel, require_predictors


@dataclass(frozen=True)
class PredictedGst:
    """What was predicted, and what was noticed.

    Attributes
    ----------
    days : int
        Number of days.
    predictions, extrapolated : int
        Number of predictions, one per cell and day, and of those outside the training ranges of the model.
    warnings : tuple of str
        Sentences about impossible temperatures in the inputs.
    """

    days: int
    predictions: int
    extrapolated: int
    warnings: tuple[str, ...] = ()

    @property
    def extrapolated_percent(self) -> float:
        """Share of the predictions outside the training ranges, percent."""
        return 100 * self.extrapolated / max(self.predictions, 1)


# An array of float32 with NaN where missing, or the numbers of a file as they are stored.
Values = Union[np.ndarray, Packed]


def predict(model: GstModel, day: Mapping[str, Values], date: np.datetime64) -> np.ndarray:
    """Predict the mean ground surface temperature of one day.

    Parameters
    ----------
    model : GstModel
    day : mapping of str to array of float32 or Packed, all of one shape
        An array for each of ``model.predictors``: LSTs in degC, elevation in m.
    date : datetime64[D]

    Returns
    -------
    array of float32, of the same shape
        degC; NaN where predictors are missing and no other equation stands in.

    Raises
    ------
    InputError
        If a predictor of the model is absent.
    """
    series = _packed_day(model, day)
    season = model.season_on(date)
    constants, factors = model.choices[season].on(date)
    # The equation with all predictors, for stored numbers: scale and offset go into factor and constant.
    constant = np.float32(constants[-1] + sum(f * packed.offset for f, packed in zip(factors[-1], series)))
    stored_factors = np.array([f * packed.scale for f, packed in zip(factors[-1], series)], np.float32)
    constants, factors = constants.astype(np.float32), factors.astype(np.float32)
    kernels = compiled("gst.compiled")
    if kernels and _are_alike(series):
        return kernels.predict(series, constant, stored_factors, constants, factors)
    first, *others = series
    gst = first.times(stored_factors[0], out=np.empty(first.stored.shape, np.float32))
    gst += constant
    scratch = np.empty_like(gst)
    lacks = first.is_missing.copy()
    for factor, packed in zip(stored_factors[1:], others):
        gst += packed.times(factor, out=scratch)
        lacks |= packed.is_missing
    cells = np.flatnonzero(lacks)
    if cells.size:
        gst.reshape(-1)[cells] = _fall_back(series, cells, constants, factors)
    return gst


def outside_training(model: GstModel, day: Mapping[str, Values], date: np.datetime64) -> np.ndarray:
    """Return where a predictor is outside its training range, so that the prediction is an extrapolation.

    Parameters and errors are as for `predict`.

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


def _packed_day(model: GstModel, day: Mapping[str, Values]) -> list[Packed]:
    require_predictors(model, day)
    return [Packed.of(day[name]) for name in model.predictors]


def _are_alike(series: Sequence[Packed]) -> bool:
    """Return whether all are integers of one type with a nodata value, as in stacks of this project."""
    kinds = {packed.stored.dtype for packed in series if packed.missing is not None}
    return len(kinds) == 1 and kinds.pop().kind in "iu" and all(packed.missing is not None for packed in series)


def _fall_back(series: Sequence[Packed], cells: np.ndarray, constants: np.ndarray, factors: np.ndarray) -> np.ndarray:
    """Predict cells in which predictors are missing by the equations that do not take them."""
    taken = [packed.take(cells) for packed in series]
    known = np.full(cells.size, len(constants) - 1)
    for place, (_, is_missing) in enumerate(taken):
        known -= is_missing * np.intp(1 << place)
    gst = constants.take(known)
    for of_predictor, (values, _) in zip(factors.T, taken):
        gst += of_predictor.take(known) * values
    return gst
