"""Degree days of the ground surface by year, summed day by day as the days are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterable, Iterator, Sequence

import numpy as np

from ..dependencies import compiled
from ..errors import InputError
from .seasons import harmonics

MISSING = ("monthly", "harmonic", "none")

# An annual and a semi-annual wave describe the course of a year in which days are missing.
WAVES = 2

MONTHS = 12
DAY = np.timedelta64(1, "D")


@dataclass(frozen=True)
class Summing:
    """How a year is summed.

    Attributes
    ----------
    year_start : int
        Month in which a year begins: 1 for calendar years, 8 or 9 for freezing years.
    missing : str
        What stands for missing days: ``monthly`` scales the sums of each month by its days over its
        valid days, ``harmonic`` takes them from annual and semi-annual waves through the valid days
        of the year, ``none`` sums what is there.
    min_days : int
        A cell with fewer valid days than this in one of the months has no value for the year.
    """

    year_start: int = 1
    missing: str = "monthly"
    min_days: int = 10

    def __post_init__(self):
        if not 1 <= self.year_start <= MONTHS:
            raise InputError(f"YEAR_START is {self.year_start}, and it is a month: choose 1 to 12.")
        if self.missing not in MISSING:
            raise InputError(f"MISSING is '{self.missing}': choose one of {', '.join(MISSING)}.")
        if not 1 <= self.min_days <= 28:
            raise InputError(f"MIN_DAYS is {self.min_days}, and it is valid days of a month: choose 1 to 28.")


@dataclass(frozen=True)
class YearSums:
    """Degree days of one year.

    Attributes
    ----------
    first_day : datetime64[D]
        The day on which the year begins.
    ddt, ddf : array of float32
        Thawing and freezing degree days, both 0 or more, degC d; NaN where months hold too few days, and where all
        days are 0 degC.
    magst : array of float32
        Mean annual ground surface temperature (DDT - DDF) / P, degC.
    valid_days : array of int16
        Days with a value, also where they are too few.
    """

    first_day: np.datetime64
    ddt: np.ndarray
    ddf: np.ndarray
    magst: np.ndarray
    valid_days: np.ndarray


def year_of(dates, year_start: int) -> np.ndarray:
    """Give the first day of the year that holds each date, datetime64[D]."""
    months = np.asarray(dates, "datetime64[M]")
    return (months - (months.astype(int) + 1 - year_start) % MONTHS).astype("datetime64[D]")


def next_year(first_day: np.datetime64) -> np.datetime64:
    """Give the first day of the year after the one that begins on a day."""
    return (first_day.astype("datetime64[M]") + MONTHS).astype("datetime64[D]")


def year_name(first_day: np.datetime64) -> str:
    """Name a year: ``2005``, or ``2005-2006`` where it does not begin in January."""
    first, last = (day.astype("datetime64[Y]") for day in (first_day, next_year(first_day) - DAY))
    return str(first) if first == last else f"{first}-{last}"


def complete_years(dates: Sequence, year_start: int) -> tuple[np.ndarray, np.ndarray]:
    """Tell the years that a series covers from end to end from those that it begins or ends within.

    Parameters
    ----------
    dates : array_like of datetime64[D], shape (n,)
        The days of the series. Days that lack in between do not make a year incomplete.
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
    dates = np.asarray(dates, "datetime64[D]")
    _require_order(dates)
    years = np.unique(year_of(dates, year_start))
    covered = np.array([dates[0] <= year and next_year(year) - DAY <= dates[-1] for year in years], bool)
    if not covered.any():
        days = f"from {dates[0]} to {dates[-1]}" if len(dates) else "without a day"
        raise InputError(
            f"The series {days} covers no whole year that begins in month {year_start}: give a longer one or another "
            "YEAR_START."
        )
    return years[covered], years[~covered]


def degree_days(
    days: Iterable[tuple[np.datetime64, np.ndarray]], years: Sequence[np.datetime64], summing: Summing
) -> Iterator[YearSums]:
    """Sum daily temperatures to degree days, one year after the other.

    What is held is a few arrays for the year under way, whatever the length of the series (for
    ``harmonic`` the days of one year). Days are added in their order, one by one, so the sums do not
    depend on how the grid is cut, to the last bit.

    Parameters
    ----------
    days : iterable of (date, gst)
        In the order of time: datetime64[D], and daily mean temperatures in degC, float32, NaN where missing.
    years : sequence of datetime64[D]
        First days of the years to sum, from `complete_years`; other days are passed over.
    summing : Summing
        The year and what stands for missing days.

    Yields
    ------
    YearSums
        As soon as its last day is in.

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
    last = None
    under_way = None
    for date, gst in days:
        if last is not None:
            _require_order(np.array([last, date]))
        last = date
        first_day = year_of(date, summing.year_start)[()]
        if under_way is not None and under_way.first_day != first_day:
            yield under_way.close()
            under_way = None
        if first_day in wanted:
            under_way = under_way or _Year(first_day, np.shape(gst), summing)
            under_way.add(date, gst)
    if under_way is not None:
        yield under_way.close()


def _require_order(dates: np.ndarray) -> None:
    wrong = np.flatnonzero(dates[1:] <= dates[:-1])
    if wrong.size:
        before, after = dates[wrong[0]], dates[wrong[0] + 1]
        raise InputError(f"The series goes from {before} to {after}: sort its days, and keep each of them once.")


class _Year:
    """The sums of one year under way."""

    def __init__(self, first_day: np.datetime64, shape: tuple[int, ...], summing: Summing):
        self.first_day = first_day
        self.summing = summing
        self.days = int((next_year(first_day) - first_day) / DAY)
        # float32 holds a month to 1e-4 degC d; the year is added up in float64.
        self.warm = np.zeros((MONTHS, *shape), np.float32)
        self.cold = np.zeros((MONTHS, *shape), np.float32)
        self.valid = np.zeros((MONTHS, *shape), np.uint8)
        self.daily = np.full((self.days, *shape), np.nan, np.float32) if summing.missing == "harmonic" else None
        self._scratch = np.empty(shape, np.float32)
        # NumPy takes the larger of two arrays several times as fast as the larger of an array and a number.
        self._zero = np.zeros(shape, np.float32)

    def month_of(self, date: np.datetime64) -> int:
        """Give the place of a day's month in the year, 0 to 11."""
        return int((date.astype("datetime64[M]") - self.first_day.astype("datetime64[M]")).astype(int))

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
        if self.daily is not None:
            self.daily[int((date - self.first_day) / DAY)] = gst

    def _add_to_month(self, month: int, gst: np.ndarray) -> None:
        self.warm[month] += np.fmax(gst, self._zero, out=self._scratch)
        self.cold[month] -= np.fmin(gst, self._zero, out=self._scratch)

    def close(self) -> YearSums:
        """Give the year's sums."""
        enough = self.valid.min(axis=0) >= self.summing.min_days
        # Summed month by month: NumPy's own sums over an axis depend on the shape in their last bit.
        valid_days = np.zeros(enough.shape, np.int16)
        for valid in self.valid:
            valid_days += valid
        if self.daily is not None:
            self._add_missing_days(enough)
        ddt, ddf = np.zeros(enough.shape), np.zeros(enough.shape)
        first_month = self.first_day.astype("datetime64[M]")
        for month in range(MONTHS):
            weight = np.where(enough, 1.0, np.nan)
            if self.summing.missing == "monthly":
                start, end = ((first_month + m).astype("datetime64[D]") for m in (month, month + 1))
                weight = weight * int((end - start) / DAY) / np.maximum(self.valid[month], 1)
            ddt += weight * self.warm[month]
            ddf += weight * self.cold[month]
        # No ground stays at 0 degC from the first day to the last: this is the background of a stack.
        background = ddt + ddf == 0
        ddt[background] = ddf[background] = np.nan
        days = np.maximum(valid_days, 1) if self.summing.missing == "none" else self.days
        return YearSums(
            self.first_day,
            ddt.astype(np.float32),
            ddf.astype(np.float32),
            ((ddt - ddf) / days).astype(np.float32),
            valid_days,
        )

    def _add_missing_days(self, enough: np.ndarray) -> None:
        """Add, for the days that are missing, the temperatures of waves fitted to those that are not."""
        dates = self.first_day + np.arange(self.days) * DAY
        waves = np.column_stack([np.ones(self.days), harmonics(dates, WAVES)])
        terms = waves.shape[1]
        normal = np.zeros((*enough.shape, terms, terms))
        right = np.zeros((*enough.shape, terms, 1))
        for wave, gst in zip(waves, self.daily):
            known = np.isfinite(gst)
            normal += known[..., None, None] * np.outer(wave, wave)
            right[..., 0] += np.where(known, gst, 0.0)[..., None] * wave
        # Days in each of twelve months determine the waves; cells without them get no value anyway.
        normal[~enough] = np.eye(terms)
        coefficients = np.linalg.solve(normal, right)[..., 0]
        for date, wave, gst in zip(dates, waves, self.daily):
            fitted = sum(coefficients[..., k] * wave[k] for k in range(terms))
            self._add_to_month(self.month_of(date), np.where(np.isfinite(gst), np.nan, fitted).astype(np.float32))
