"""Temperatures in degC: what they can be, and what other units and fill values give themselves away by."""

from __future__ import annotations

from typing import Optional

import numpy as np

from .errors import InputError
from .tabletext import is_fill

# Beyond what any land surface has shown, degC; the fill values of loggers and of satellite products (3276.6, 99.9,
# -99.9, -999, -9999, 32767) all lie outside. `tabletext.is_fill` knows them.
TEMPERATURES = (-95.0, 85.0)

# No ground on Earth has a mean annual temperature beyond these, degC.
ANNUAL_TEMPERATURES = (-60.0, 60.0)

ZERO_CELSIUS = 273.15

# Different fill values that a raster may hold.
MOST_FILLS = 8

# Medians between these are kelvin.
KELVIN = (200.0, 350.0)

# More than this share of values beyond the limits is another unit, and so are several at one station.
MANY_SHARE = 0.1
MANY_BEYOND = 3

# How many times as far as those of the surface temperatures below it may spread, and from how many pairs on that tells.
# Annual means that are rounded to degrees spread less than the least, K.
MOST_SPREAD = 3.0
LEAST_SPREAD = 6.0
MANY_FOR_SPREAD = 10


def require_celsius(values: np.ndarray, what: str, or_else: str = "") -> None:
    """Raise an `InputError`, with `or_else` as second remedy, if the median of temperatures is one of kelvin."""
    known = values[np.isfinite(values)]
    if known.size and KELVIN[0] <= np.median(known) <= KELVIN[1]:
        raise InputError(
            f"{what} has the median {np.median(known):.6g} and seems to be in kelvin: subtract "
            f"{ZERO_CELSIUS} to give degC{or_else}."
        )


def require_every_celsius(values: np.ndarray, name: str) -> None:
    """Raise an `InputError` where a layer, known by a name, holds what no mean annual temperature of the ground is.

    NaN is ignored; degC. Stacks of days may hold fill values, see
    `told_unit`.
    """
    low, high = ANNUAL_TEMPERATURES
    wrong = (values < low) | (values > high)
    if wrong.any():
        raise InputError(
            f"Layer '{name}' holds {values[wrong].flat[0]:.6g}, and mean annual ground temperatures lie between "
            f"{low:g} and {high:g} degC: subtract 273.15 from kelvin, or tag the fill value as nodata."
        )


def told_unit(values: np.ndarray) -> str:
    """Tell the unit of a sample of temperatures.

    Fill values that nobody has tagged are passed over: those that are known as such, and, beside possible temperatures,
    the impossible number that is most frequent.

    Parameters
    ----------
    values : array
        NaN where there is none.

    Returns
    -------
    str
        ``degC``, also where no value is left, ``K``, or nothing where most values are of neither.
    """
    low, high = TEMPERATURES
    # 0 stands for nothing as often as for a temperature.
    known = values[~np.isnan(values) & (values != 0)]
    possible = (known >= low) & (known <= high)
    beyond, times = np.unique(known[~possible], return_counts=True)
    frequent = np.argsort(-times)[:MOST_FILLS]
    is_taken_out = np.zeros(len(beyond), bool)
    is_taken_out[frequent] = is_fill(beyond[frequent]) | np.isclose(beyond[frequent], -ZERO_CELSIUS)
    if possible.any() and len(beyond) and not KELVIN[0] <= beyond[frequent[0]] <= KELVIN[1]:
        is_taken_out[frequent[0]] = True
    beyond, times = beyond[~is_taken_out], times[~is_taken_out]
    if times.sum() <= np.count_nonzero(possible):
        return "degC"
    return "K" if times[(beyond >= KELVIN[0]) & (beyond <= KELVIN[1])].sum() > times.sum() / 2 else ""


def read_celsius(
    values: np.ndarray,
    what: str,
    stations: Optional[np.ndarray] = None,
    zero: float = 0.0,
    or_else: str = "",
) -> np.ndarray:
    """Take temperatures for degC; NaN where they are fill values or beyond what is possible.

    Parameters
    ----------
    values : array, shape (n,)
        As they are stored.
    what : str
        How the user knows them, to begin a sentence.
    stations : array of object, shape (n,), optional
        Names, where stations may have different units.
    zero : float
        0 degC as it is stored: 273.15 where temperatures are said to be in kelvin.
    or_else : str
        A further remedy, to end a sentence.

    Raises
    ------
    InputError
        If many values, or many of a station, are in another unit, such as kelvin or tenths of a degree.
    """
    if zero == 0:
        require_celsius(values, what, or_else)
    low, high = (limit + zero for limit in TEMPERATURES)
    is_inside = (values >= low) & (values <= high)
    is_value = is_inside | (np.isfinite(values) & ~is_fill(values) & (values != 0))
    beyond = is_value & ~is_inside
    if beyond.any():
        of = np.zeros(len(values), int)
        if stations is not None:
            of = np.unique(stations.astype(str), return_inverse=True)[1]
        whole = np.bincount(of[is_value & ~_is_whole(values)], minlength=of.max() + 1) == 0
        known, many = (np.bincount(of[which], minlength=len(whole)) for which in (is_value, beyond))
        wrong = (many >= MANY_BEYOND) & ((many > MANY_SHARE * known) | whole)
        if wrong.any() and not wrong[known > 0].all():
            worst = int(np.argmax(np.where(wrong, many, 0)))
            here = of == worst
            of_station = f"{what}, station '{stations[here][0]}'," if stations is not None else what
            _refuse_beyond(values, is_value & here, beyond & here, of_station, zero, or_else)
        if wrong.any() or beyond.sum() > MANY_SHARE * is_value.sum():
            _refuse_beyond(values, is_value, beyond, what, zero, or_else)
    return np.where(is_inside, values - zero, np.nan)


def _is_whole(values: np.ndarray) -> np.ndarray:
    """Tell which numbers are whole, but for what a division and a multiplication leave."""
    return np.isclose(values, np.rint(values), rtol=0, atol=1e-6)


def _refuse_beyond(
    values: np.ndarray, is_value: np.ndarray, beyond: np.ndarray, what: str, zero: float, or_else: str
) -> None:
    """Raise an `InputError` about temperatures of another unit, and name the unit that they seem to have."""
    first = int(np.flatnonzero(beyond)[0])
    low, high = TEMPERATURES
    raise InputError(
        f"{what} has {int(beyond.sum())} of {int(is_value.sum())} values outside {low + zero:g} to {high + zero:g} "
        f"{'K' if zero else '°C'}, for example {values[first]:g} in row {first + 1}"
        f"{_other_unit(values, is_value, beyond, zero)}{or_else}."
    )


def _other_unit(values: np.ndarray, is_value: np.ndarray, beyond: np.ndarray, zero: float) -> str:
    """Say which unit temperatures seem to have, and how to bring them to degC."""
    given, low, high = values[is_value], *TEMPERATURES
    if zero and ((given >= low) & (given <= high)).mean() > MANY_SHARE:
        return ", and seems to be in degC: give temperatures in the unit that is chosen"
    if KELVIN[0] <= np.median(values[beyond]) <= KELVIN[1]:
        return f", and seems to be in kelvin: subtract {ZERO_CELSIUS} to give degC"
    if _is_whole(given).all():
        for name, divisor in (("tenths", 10), ("hundredths", 100)):
            if ((given / divisor >= low + zero) & (given / divisor <= high + zero)).all():
                return f", and seems to hold {name} of a degree: divide by {divisor} to give {'K' if zero else 'degC'}"
        kelvin = 0.02 * given - ZERO_CELSIUS
        if ((kelvin >= low) & (kelvin <= high)).all():
            return f", and seems to hold numbers of MODIS: multiply by 0.02 and subtract {ZERO_CELSIUS} to give degC"
    return ": give temperatures in the unit that is chosen, and leave cells without one empty"


def require_same_unit(gst: np.ndarray, lst: np.ndarray, what: str) -> None:
    """Raise an `InputError` if whole numbers spread several times as far as they can: they are tenths of a degree.

    Ground temperatures vary less than those of its surface, so this finds tenths that are all possible as degrees.

    Parameters
    ----------
    gst : array, shape (n,)
        Temperatures of the ground.
    lst : array, shape (n, p)
        Temperatures of its surface at the same time, or modelled for the same place, degC; NaN where missing.
    what : str
        How the user knows the first, to begin a sentence.
    """
    known = np.isfinite(gst) & np.isfinite(lst).any(axis=1)
    if known.sum() < MANY_FOR_SPREAD or not _is_whole(gst[known]).all():
        return
    of_gst, of_lst = gst[known].std(), np.nanmean(lst[known], axis=1).std()
    if of_lst > 0 and of_gst > max(MOST_SPREAD * of_lst, LEAST_SPREAD):
        raise InputError(
            f"{what} holds whole numbers that vary {of_gst / of_lst:.1f} times as much as those of the rasters "
            f"(standard deviations {of_gst:.3g} and {of_lst:.3g}), and seems to hold tenths of a degree: divide by 10 "
            "to give degC."
        )


def inside(values: np.ndarray, limits: tuple[float, float]) -> np.ndarray:
    """Give values with NaN where they lie outside of limits."""
    low, high = limits
    return np.where((values >= low) & (values <= high), values, np.nan)
