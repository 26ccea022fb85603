"""Degree days of the ground surface by year, summed while the days are read."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import ArrayLike

from ..dependencies import compiled
from ..errors import InputError
from ..language import tr
from .seasons import harmonics

MISSING = ("monthly", "harmonic", "none")

# Pairs of harmonics that stand in for missing days: the annual and the semi-annual wave.
WAVES = 2

MONTHS = 12
# Every month has at least this many days.
MAX_MIN_DAYS = 28

# Step and end of the table of `expected_excess`, in standard deviations: it is exact to a millionth of one.
EXCESS_STEP = 0.002
EXCESS_END = 6.0
DAY = np.timedelta64(1, "D")


@dataclass(frozen=True)
class Summing:
    """How a year is summed.

    Attributes
    ----------
    year_start : int
        Month in which a year begins: 1 for calendar years, 8 or 9 for freezing years.
    missing : str
        What replaces missing days: ``monthly`` scales the sums of each month by its days over its valid days,
        ``harmonic`` takes them from annual and semi-annual waves fitted to the valid days of the year, ``none`` sums
        the valid days only.
    min_days : int
        A cell with fewer valid days than this in one of the months has no value for the year.
    daily_sd : float
        Standard deviation of the true daily temperatures about those that are summed, K; see `expected_excess`.
    """

    year_start: int = 1
    missing: str = "monthly"
    min_days: int = 10
    daily_sd: float = 0.0

    def __post_init__(self) -> None:
        if not 1 <= self.year_start <= MONTHS:
            raise InputError(
                tr(
                    "The first month of the year is {year_start}: choose 1 to {months}.",
                    year_start=self.year_start,
                    months=MONTHS,
                )
            )
        if self.missing not in MISSING:
            raise InputError(
                tr(
                    "The treatment of missing days is '{missing}': choose one of {known}.",
                    missing=self.missing,
                    known=", ".join(MISSING),
                )
            )
        if not 1 <= self.min_days <= MAX_MIN_DAYS:
            raise InputError(
                tr(
                    "{min_days} valid days per month are required: choose 1 to {max_min_days}.",
                    min_days=self.min_days,
                    max_min_days=MAX_MIN_DAYS,
                )
            )


@dataclass(frozen=True)
class YearSums:
    """Degree days of one year.

    Attributes
    ----------
    first_day : datetime64[D]
        First day of the year.
    ddt, ddf : array of float32
        Thawing and freezing degree days, both 0 or more, degC d; NaN where a month has too few valid days, and where
        all days are 0 degC.
    magst : array of float32
        Mean annual ground surface temperature (DDT - DDF) / P, degC.
    valid_days : array of int16
        Days with a value, also where they are too few for a sum.
    """

    first_day: np.datetime64
    ddt: np.ndarray
    ddf: np.ndarray
    magst: np.ndarray
    valid_days: np.ndarray


@dataclass(frozen=True)
class SummedYears:
    """The years that were summed, and what was noticed.

    Attributes
    ----------
    years : tuple of str
        Names of the years that were summed.
    warnings : tuple of str
        Sentences about impossible temperatures in the inputs.
    """

    years: tuple[str, ...]
    warnings: tuple[str, ...]


def year_of(dates: ArrayLike, year_start: int) -> np.ndarray:
    """Return the first day of the year that contains each date, datetime64[D]."""
    months = np.asarray(dates, "datetime64[M]")
    return (months - (months.astype(int) + 1 - year_start) % MONTHS).astype("datetime64[D]")


def year_on(date: np.datetime64, year_start: int) -> np.datetime64:
    """Return the first day of the year that contains a date."""
    return np.datetime64(year_of(date, year_start).item(), "D")


def next_year(first_day: np.datetime64) -> np.datetime64:
    """Return the first day of the year that follows the one beginning on a day."""
    return (first_day.astype("datetime64[M]") + MONTHS).astype("datetime64[D]")


def year_name(first_day: np.datetime64) -> str:
    """Return the name of a year: ``2005``, or ``2005-2006`` where it does not begin in January."""
    first, last = (day.astype("datetime64[Y]") for day in (first_day, next_year(first_day) - DAY))
    return str(first) if first == last else f"{first}-{last}"


def complete_years(dates: ArrayLike, year_start: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the years that a series covers completely, and those in which it begins or ends.

    Parameters
    ----------
    dates : array_like of datetime64[D], shape (n,)
        The days of the series. A gap within a year does not make it incomplete.
    year_start : int
        Month in which a year begins.

    Returns
    -------
    complete, incomplete : array of datetime64[D]
        First days of the years.

    Raises
    ------
    InputError
        If the days are not in order, or no year is complete.
    """
    days = np.asarray(dates, "datetime64[D]")
    _require_order(days)
    years = np.unique(year_of(days, year_start))
    covered = np.array([days[0] <= year and next_year(year) - DAY <= days[-1] for year in years], bool)
    if not covered.any():
        period = (
            tr("from {first_day} to {last_day}", first_day=days[0], last_day=days[-1])
            if len(days)
            else tr("without a day")
        )
        raise InputError(
            tr(
                "The series {period} covers no whole year that begins in month {year_start}: give a longer one, "
                "or choose another first month of the year.",
                period=period,
                year_start=year_start,
            )
        )
    return years[covered], years[~covered]


def degree_days(
    days: Iterable[tuple[np.datetime64, np.ndarray]], years: Sequence[np.datetime64], summing: Summing
) -> Iterator[YearSums]:
    """Sum daily temperatures to degree days, one year after the other.

    Only a few arrays of the current year are held, whatever the length of the series (for ``harmonic`` the days of one
    year). Days are added one by one in their order, so the sums are bit-identical however the grid is divided.

    Parameters
    ----------
    days : iterable of (date, gst)
        In chronological order: datetime64[D], and daily mean temperatures, degC, float32, NaN where missing.
    years : sequence of datetime64[D]
        First days of the years to sum, from `complete_years`; other days are skipped.
    summing : Summing
        The year and what replaces missing days.

    Yields
    ------
    YearSums
        As soon as a year is complete.

    Raises
    ------
    InputError
        If days are out of order.

    Examples
    --------
    Half a year at -4 degC and half a year at 6 degC:

    >>> dates = np.arange("2005-01-01", "2006-01-01", dtype="datetime64[D]")
    >>> days = ((date, np.float32([-4.0 if index < 181 else 6.0])) for index, date in enumerate(dates))
    >>> (year,) = degree_days(days, dates[:1], Summing())
    >>> print(year.ddt, year.ddf, year.magst.round(2))
    [1104.] [724.] [1.04]
    """
    wanted = {np.datetime64(year, "D") for year in years}
    last = first_day = end = None
    under_way = None
    for date, gst in days:
        if last is not None and not last < date:
            _require_order(np.array([last, date]))
        last = date
        if end is None or date >= end:
            # Not for each day: arithmetic on single dates takes longer than the day of a small window.
            first_day = year_on(date, summing.year_start)
            end = next_year(first_day)
        if under_way is not None and under_way.first_day != first_day:
            yield under_way.close()
            under_way = None
        if first_day in wanted:
            under_way = under_way or _Year(first_day, np.shape(gst), summing)
            under_way.add(date, gst)
    if under_way is not None:
        yield under_way.close()


def expected_excess(mean: np.ndarray, sd: float) -> np.ndarray:
    """Return by how much the expected degree days of a day exceed those of its expected temperature.

    For a normal temperature T, the expectation of max(T, 0) is m Phi(m / s) + s phi(m / s) (Calov and Greve 2005,
    J. Glaciol. 51, 173-175). It exceeds max(m, 0) by::

        s (phi(u) - u Phi(-u))    with u = |m| / s

    and so does the expectation of max(-T, 0) exceed max(-m, 0).

    Parameters
    ----------
    mean : array of float32
        Expected temperature, degC; NaN where missing.
    sd : float
        Standard deviation of the temperature about it, K, above 0.

    Returns
    -------
    array of float32
        degC d, 0 where the mean is missing.
    """
    excess, rise = _excess_table()
    # In steps of the table; missing temperatures fall on its last entry, which is 0.
    steps = np.fmin(np.abs(mean) * np.float32(1 / (sd * EXCESS_STEP)), np.float32(excess.size - 1))
    entry = steps.astype(np.int32)
    steps -= entry
    return np.float32(sd) * (excess.take(entry) + steps * rise.take(entry))


@lru_cache(maxsize=1)
def _excess_table() -> tuple[np.ndarray, np.ndarray]:
    """Return the excess at each step, and its rise to the next one, for a standard deviation of 1 K."""
    u = np.arange(0.0, EXCESS_END + 0.5 * EXCESS_STEP, EXCESS_STEP)
    below = np.array([0.5 * math.erfc(one / math.sqrt(2)) for one in u.tolist()])
    excess = np.exp(-0.5 * u**2) / math.sqrt(2 * math.pi) - u * below
    excess[-1] = 0.0
    return excess.astype(np.float32), np.diff(excess, append=0.0).astype(np.float32)


def _require_order(dates: np.ndarray) -> None:
    wrong = np.flatnonzero(dates[1:] <= dates[:-1])
    if wrong.size:
        before, after = dates[wrong[0]], dates[wrong[0] + 1]
        raise InputError(
            tr(
                "The series goes from {before} to {after}: sort its days, and keep each of them once.",
                before=before,
                after=after,
            )
        )


class _Year:
    """The sums of the current year."""

    def __init__(self, first_day: np.datetime64, shape: tuple[int, ...], summing: Summing):
        self.first_day = first_day
        self._first_month = first_day.astype("datetime64[M]")
        self.summing = summing
        self.days = int((next_year(first_day) - first_day) / DAY)
        # float32 represents the sum of a month to 1e-4 degC d; months are added up in float64.
        self.warm = np.zeros((MONTHS, *shape), np.float32)
        self.cold = np.zeros((MONTHS, *shape), np.float32)
        self.valid = np.zeros((MONTHS, *shape), np.uint8)
        self.daily = np.full((self.days, *shape), np.nan, np.float32) if summing.missing == "harmonic" else None
        self.excess = np.zeros((MONTHS, *shape), np.float32) if summing.daily_sd > 0 else None
        self._scratch = np.empty(shape, np.float32)
        # NumPy computes the maximum of two arrays several times as fast as that of an array and a scalar.
        self._zero = np.zeros(shape, np.float32)

    def month_of(self, date: np.datetime64) -> int:
        """Return the position of a day's month in the year, 0 to 11."""
        return int((date.astype("datetime64[M]") - self._first_month).astype(int))

    def add(self, date: np.datetime64, gst: np.ndarray) -> None:
        """Add a day; NaN adds nothing."""
        month = self.month_of(date)
        kernels = compiled("gst.compiled")
        if kernels and gst.dtype == np.float32:
            of_month = slice(month, month + 1)
            sums = (sums[of_month].reshape(-1) for sums in (self.valid, self.warm, self.cold))
            kernels.add_day(gst.reshape(-1), *sums)
        else:
            self.valid[month] += np.isfinite(gst)
            self._add_to_month(month, gst)
        self._add_excess(month, gst)
        if self.daily is not None:
            self.daily[int((date - self.first_day) / DAY)] = gst

    def _add_to_month(self, month: int, gst: np.ndarray) -> None:
        self.warm[month] += np.fmax(gst, self._zero, out=self._scratch)
        self.cold[month] -= np.fmin(gst, self._zero, out=self._scratch)

    def _add_excess(self, month: int, gst: np.ndarray) -> None:
        if self.excess is not None:
            self.excess[month] += expected_excess(gst, self.summing.daily_sd)

    def close(self) -> YearSums:
        """Return the sums of the year."""
        enough = self.valid.min(axis=0) >= self.summing.min_days
        # Summed month by month: the last bit of NumPy's sums over an axis depends on the shape.
        valid_days = np.zeros(enough.shape, np.int16)
        for valid in self.valid:
            valid_days += valid
        if self.daily is not None:
            self._add_missing_days(self.daily, enough)
        ddt, ddf, excess = (np.zeros(enough.shape) for _ in range(3))
        for month in range(MONTHS):
            weight = np.where(enough, 1.0, np.nan)
            if self.summing.missing == "monthly":
                start, end = ((self._first_month + m).astype("datetime64[D]") for m in (month, month + 1))
                weight = weight * int((end - start) / DAY) / np.maximum(self.valid[month], 1)
            ddt += weight * self.warm[month]
            ddf += weight * self.cold[month]
            if self.excess is not None:
                excess += weight * self.excess[month]
        # No ground stays at 0 degC for a whole year: this is the background of a stack.
        background = ddt + ddf == 0
        ddt[background] = ddf[background] = np.nan
        magst = ddt - ddf
        if self.excess is not None:
            ddt, ddf = ddt + excess, ddf + excess
        days = np.maximum(valid_days, 1) if self.summing.missing == "none" else self.days
        return YearSums(
            self.first_day,
            ddt.astype(np.float32),
            ddf.astype(np.float32),
            (magst / days).astype(np.float32),
            valid_days,
        )

    def _add_missing_days(self, daily: np.ndarray, enough: np.ndarray) -> None:
        """Replace missing days by the temperatures of waves fitted to the valid ones, and add them."""
        dates = self.first_day + np.arange(self.days) * DAY
        waves = np.column_stack([np.ones(self.days), harmonics(dates, WAVES)])
        terms = waves.shape[1]
        normal = np.zeros((*enough.shape, terms, terms))
        right = np.zeros((*enough.shape, terms, 1))
        for wave, gst in zip(waves, daily):
            known = np.isfinite(gst)
            normal += known[..., None, None] * np.outer(wave, wave)
            right[..., 0] += np.where(known, gst, 0.0)[..., None] * wave
        # Days in all twelve months determine the waves; other cells get no value anyway.
        normal[~enough] = np.eye(terms)
        coefficients = np.linalg.solve(normal, right)[..., 0]
        for date, wave, gst in zip(dates, waves, daily):
            fitted = sum(coefficients[..., k] * wave[k] for k in range(terms))
            missing = np.where(np.isfinite(gst), np.nan, fitted).astype(np.float32)
            self._add_to_month(self.month_of(date), missing)
            self._add_excess(self.month_of(date), missing)


def mean_of_years(years: np.ndarray) -> np.ndarray:
    """Return the mean over the first axis of the years that have a value, float32; NaN where none has."""
    total, valid = np.zeros(years.shape[1:]), np.zeros(years.shape[1:])
    for year in years:
        known = np.isfinite(year)
        total += np.where(known, year, 0.0)
        valid += known
    return np.divide(total, valid, out=np.full_like(total, np.nan), where=valid > 0).astype(np.float32)


def percentage(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Return the percentage, float32; NaN where the whole is 0."""
    return np.where(whole > 0, 100 * part / np.maximum(whole, 1), np.nan).astype(np.float32)
