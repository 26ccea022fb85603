"""Temperatures in degC: their limits, and how other units and fill values are recognised."""

from __future__ import annotations

from typing import Optional, Union

import numpy as np

from .coded import Coded, CodedColumns, batches
from .errors import InputError
from .language import later, tr
from .tabletext import is_fill

# Limits of land surface temperatures, degC. Only the snow of East Antarctica has been observed to be colder, -98
# (Scambos et al. 2018, doi:10.1029/2018GL078133). The usual fill values of loggers and satellite products (3276.6,
# 99.9, -99.9, -999, -9999, 32767) lie outside; `tabletext.is_fill` lists them.
TEMPERATURES = (-95.0, 85.0)

ZERO_CELSIUS = 273.15

# The same in kelvin: values between these are taken as kelvin where they cannot be degC.
KELVIN = (TEMPERATURES[0] + ZERO_CELSIUS, TEMPERATURES[1] + ZERO_CELSIUS)

# Number of impossible values of a raster, the most frequent ones, that are checked for being fill values.
MAX_FILLS = 8

# Values up to this are taken as degrees Fahrenheit where they are too hot for degC; no land surface is hotter.
MAX_FAHRENHEIT = 180.0

# A larger share of values beyond the limits means another unit, and so do at least this many at one station.
MAX_SHARE_BEYOND = 0.1
MIN_BEYOND = 3

# From this number and share of cells of a day on, temperatures of exactly 0 degC are gaps, unless others are nearer to
# 0 than this, K.
MIN_ZEROS, MIN_SHARE_OF_ZERO, NEAR_ZERO = 10, 0.01, 0.5

# Largest ratio of the standard deviation of ground temperatures to that of the surface temperatures above them; it is
# only checked for this many pairs or more, and a standard deviation above this, K (annual means rounded to degrees
# vary less).
MAX_SPREAD_RATIO = 3.0
MIN_SPREAD = 6.0
MIN_PAIRS = 10


def require_celsius(values: np.ndarray, name: str) -> None:
    """Raise an `InputError` where a layer holds what cannot be a temperature of the ground in degC.

    For layers whose fill values are tagged; daily stacks, which may hold others, are checked by `temperature_unit`.

    Parameters
    ----------
    values : array
        Temperatures, degC; NaN is ignored.
    name : str
        Name of the layer.
    """
    low, high = TEMPERATURES
    wrong = (values < low) | (values > high)
    if wrong.any():
        raise InputError(
            tr(
                "Layer '{name}' holds {flat:.6g}, and ground temperatures lie between {low:g} and {high:g} °C: "
                "subtract {zero_celsius} from kelvin, or tag the fill value as nodata.",
                name=name,
                flat=values[wrong].flat[0],
                low=low,
                high=high,
                zero_celsius=ZERO_CELSIUS,
            )
        )


def require_celsius_of_points(values: np.ndarray, what: str) -> None:
    """Raise an `InputError` where a column holds what cannot be a temperature of the ground in degC.

    Parameters
    ----------
    values : array, shape (n,)
        Temperatures, degC, without fill values; NaN is ignored.
    what : str
        What they are, to begin a sentence.
    """
    low, high = TEMPERATURES
    is_value = ~np.isnan(values)
    beyond = (values < low) | (values > high)
    if beyond.any():
        _refuse_beyond(values, is_value, beyond, what, 0.0, "")
    count = int(is_value.sum())
    if count >= MIN_BEYOND and not values[is_value].any():
        raise InputError(
            tr(
                "{what} is 0 in all {count} rows that have a value, so 0 seems to stand for no value: leave cells "
                "without a temperature empty, or choose another field.",
                what=what,
                count=count,
            )
        )


def temperature_unit(values: np.ndarray) -> str:
    """Return the unit of a sample of temperatures.

    Untagged fill values are ignored: those that are known as such and, where there are possible temperatures too, the
    most frequent impossible number.

    Parameters
    ----------
    values : array
        NaN where there is none.

    Returns
    -------
    str
        ``degC``, also where no value is left, ``K``, ``degF`` where most values are as hot as nothing is in degC, or an
        empty string where most are in none of them.
    """
    low, high = TEMPERATURES
    # 0 is as often a fill value as a temperature.
    known = values[~np.isnan(values) & (values != 0)]
    possible = (known >= low) & (known <= high)
    beyond, times = np.unique(known[~possible], return_counts=True)
    frequent = np.argsort(-times)[:MAX_FILLS]
    is_taken_out = np.zeros(len(beyond), bool)
    is_taken_out[frequent] = is_fill(beyond[frequent]) | np.isclose(beyond[frequent], -ZERO_CELSIUS)
    if possible.any() and len(beyond) and not KELVIN[0] <= beyond[frequent[0]] <= KELVIN[1]:
        is_taken_out[frequent[0]] = True
    beyond, times = beyond[~is_taken_out], times[~is_taken_out]
    if times.sum() <= np.count_nonzero(possible):
        return "degC"
    if times[(beyond >= KELVIN[0]) & (beyond <= KELVIN[1])].sum() > times.sum() / 2:
        return "K"
    is_hot = (beyond > high) & (beyond <= MAX_FAHRENHEIT)
    # A few different numbers may be flags.
    return "degF" if is_hot.sum() >= MIN_BEYOND and times[is_hot].sum() > times.sum() / 2 else ""


def has_gaps_of_zero(values: np.ndarray) -> bool:
    """Return whether 0 stands for no value in a sample of temperatures of one day, degC with NaN where there is none.

    It does where many are exactly 0 and hardly any others are near it: ground that freezes or thaws has those, too.
    Numbers in whole degrees are not judged.
    """
    known = values[~np.isnan(values)]
    others = known[known != 0]
    zeros = known.size - others.size
    if zeros < MIN_ZEROS or zeros < MIN_SHARE_OF_ZERO * known.size or _is_whole(others).all():
        return False
    return np.count_nonzero(np.abs(others) < NEAR_ZERO) < zeros / 3


def read_celsius(
    values: Union[np.ndarray, Coded],
    what: str,
    stations: Optional[Coded] = None,
    zero: float = 0.0,
    or_else: str = "",
) -> Coded:
    """Return temperatures in degC, NaN where they are fill values or impossible.

    Parameters
    ----------
    values : array or Coded, length n
        As they are stored.
    what : str
        What they are, to begin a sentence.
    stations : Coded of str, length n, optional
        Names of the stations, each there once, whose units may differ.
    zero : float
        The stored value of 0 degC: 273.15 for temperatures declared to be in kelvin.
    or_else : str
        A further remedy, to end a sentence.

    Raises
    ------
    InputError
        If many values, or many at one station, are in another unit, such as kelvin or tenths of a degree.
    """
    column = Coded.of(values)
    numbers = column.values
    low, high = (limit + zero for limit in TEMPERATURES)
    is_inside = (numbers >= low) & (numbers <= high)
    is_value = is_inside.copy()
    outside = np.flatnonzero(~is_inside)
    is_value[outside] = np.isfinite(numbers[outside]) & ~is_fill(numbers[outside]) & (numbers[outside] != 0)
    beyond = is_value & ~is_inside
    if column.count(beyond):
        if stations is None:
            stations = Coded(np.array([what]), np.zeros(len(column), np.int8))
        known, many, parts = (
            stations.counts(column.spread(which)) for which in (is_value, beyond, is_value & ~_is_whole(numbers))
        )
        wrong = (many >= MIN_BEYOND) & ((many > MAX_SHARE_BEYOND * known) | (parts == 0))
        if wrong.any() and not wrong[known > 0].all():
            worst = int(np.argmax(np.where(wrong, many, 0)))
            here = stations.spread(np.arange(len(stations.values)) == worst)
            of_station = tr("{what}, station '{stations}',", what=what, stations=stations.values[worst])
            _refuse_beyond(
                column[:], column.spread(is_value) & here, column.spread(beyond) & here, of_station, zero, or_else
            )
        if wrong.any() or column.count(beyond) > MAX_SHARE_BEYOND * column.count(is_value):
            _refuse_beyond(column[:], column.spread(is_value), column.spread(beyond), what, zero, or_else)
    if not zero and np.isnan(numbers[outside]).all():
        return column
    return Coded(np.where(is_inside, numbers - zero, np.nan), column.codes)


def _is_whole(values: np.ndarray) -> np.ndarray:
    """Return which numbers are whole, up to the rounding of a division and a multiplication."""
    return np.isclose(values, np.rint(values), rtol=0, atol=1e-6)


def _refuse_beyond(
    values: np.ndarray, is_value: np.ndarray, beyond: np.ndarray, what: str, zero: float, or_else: str
) -> None:
    """Raise an `InputError` about temperatures in another unit, and name the unit that they seem to have."""
    first = int(np.flatnonzero(beyond)[0])
    low, high = TEMPERATURES
    raise InputError(
        tr(
            "{what} has {count} of {total} values outside {low:g} to {high:g} {unit}, for example "
            "{value:g} in row {row}{other_unit}{or_else}.",
            what=what,
            count=int(beyond.sum()),
            total=int(is_value.sum()),
            low=low + zero,
            high=high + zero,
            unit="K" if zero else "°C",
            value=values[first],
            row=first + 1,
            other_unit=_other_unit(values, is_value, beyond, zero),
            or_else=or_else,
        )
    )


def _other_unit(values: np.ndarray, is_value: np.ndarray, beyond: np.ndarray, zero: float) -> str:
    """Return which unit temperatures seem to have and how to convert them to degC, as the end of a sentence."""
    given, low, high = values[is_value], *TEMPERATURES
    if zero and ((given >= low) & (given <= high)).mean() > MAX_SHARE_BEYOND:
        return tr(", and seems to be in °C: give temperatures in the unit that is chosen")
    # Tenths of a degree in summer are between these, too, but those of days near 9 degC are not.
    in_kelvin = (values[beyond] >= KELVIN[0]) & (values[beyond] <= KELVIN[1])
    if in_kelvin.mean() > 1 - MAX_SHARE_BEYOND:
        return tr(", and seems to be in kelvin: subtract {zero_celsius} to give °C", zero_celsius=ZERO_CELSIUS)
    if _is_whole(given).all():
        parts = (
            (10, later(", and seems to hold tenths of a degree: divide by 10 to give {unit}")),
            (100, later(", and seems to hold hundredths of a degree: divide by 100 to give {unit}")),
        )
        for divisor, sentence in parts:
            if ((given / divisor >= low + zero) & (given / divisor <= high + zero)).all():
                return tr(sentence, unit="K" if zero else "°C")
        kelvin = 0.02 * given - ZERO_CELSIUS
        if ((kelvin >= low) & (kelvin <= high)).all():
            return tr(
                ", and seems to hold MODIS digital numbers: multiply by 0.02 and subtract {zero_celsius} to give °C",
                zero_celsius=ZERO_CELSIUS,
            )
    return tr(": give temperatures in the unit that is chosen, and leave cells without one empty")


def require_same_unit(gst: Union[np.ndarray, Coded], lst: Union[np.ndarray, CodedColumns], what: str) -> None:
    """Raise an `InputError` if whole numbers vary several times as much as they can: they are tenths of a degree.

    The ground varies less in temperature than its surface, so this finds tenths that are all possible as degrees.

    Parameters
    ----------
    gst : array or Coded, length n
        Ground temperatures, degC.
    lst : array of shape (n, p) or CodedColumns
        Surface temperatures at the same time, or modelled ones of the same place, degC; NaN where missing.
    what : str
        What `gst` is, to begin a sentence.
    """
    pairs = [np.zeros((2, 0))]
    for rows in batches(len(gst)):
        of_ground, of_surface = gst[rows], lst[rows]
        known = np.isfinite(of_ground) & np.isfinite(of_surface).any(axis=1)
        if not _is_whole(of_ground[known]).all():
            return
        pairs.append(np.array([of_ground[known], np.nanmean(of_surface[known], axis=1)]))
    of_gst, of_lst = np.concatenate(pairs, axis=1)
    if _are_tenths(of_gst, of_lst):
        raise InputError(
            tr(
                "{what} holds whole numbers that vary {ratio:.1f} times as much as those of the rasters "
                "(standard deviations {spread:.3g} and {spread_of_rasters:.3g}), and seems to hold tenths of a degree: "
                "divide by 10 to give °C.",
                what=what,
                ratio=of_gst.std() / of_lst.std(),
                spread=of_gst.std(),
                spread_of_rasters=of_lst.std(),
            )
        )


def require_unit_of_points(modelled: np.ndarray, observed: np.ndarray, name: str, what: str) -> None:
    """Raise an `InputError` if a raster of whole numbers varies several times as much as what was observed.

    Parameters
    ----------
    modelled, observed : array, shape (n,)
        Temperatures of the raster and of the points in its cells, degC; NaN where missing.
    name : str
        Name of the raster.
    what : str
        What was observed.
    """
    known = np.isfinite(modelled) & np.isfinite(observed)
    if _are_tenths(modelled[known], observed[known]):
        raise InputError(
            tr(
                "Layer '{name}' holds whole numbers that vary {ratio:.1f} times as much as {what} (standard deviations "
                "{spread:.3g} and {spread_of_points:.3g}), and seems to hold tenths of a degree: divide by 10 to give "
                "°C.",
                name=name,
                ratio=modelled[known].std() / observed[known].std(),
                what=what,
                spread=modelled[known].std(),
                spread_of_points=observed[known].std(),
            )
        )


def _are_tenths(values: np.ndarray, others: np.ndarray) -> bool:
    """Return whether temperatures are whole numbers that vary much more than others at the same places and times."""
    if len(values) < MIN_PAIRS or not _is_whole(values).all():
        return False
    spread, of_others = values.std(), others.std()
    return of_others > 0 and spread > max(MAX_SPREAD_RATIO * of_others, MIN_SPREAD)


def inside(values: np.ndarray, limits: tuple[float, float]) -> np.ndarray:
    """Return values with NaN where they lie outside the limits."""
    low, high = limits
    return np.where((values >= low) & (values <= high), values, np.nan)
