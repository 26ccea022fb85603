"""Windows of several years, whose mean TTOP is compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Sequence

import numpy as np

from ..errors import InputError
from ..language import tr
from ..tabletext import clean

# Length of the default windows, at the beginning and at the end of the series, years.
DEFAULT_YEARS = 5

# Shorter windows show weather rather than climate, years.
MIN_YEARS = 3

# A cell has a mean if at least this share of the years of the window have a value.
MIN_SHARE = 0.5

WINDOW = re.compile(r"(\d{4})(?: ?(?:[-~/]|to|至|到) ?(\d{4}))?")


@dataclass(frozen=True)
class Period:
    """A window of years: the first and the last of them."""

    first: int
    last: int

    @property
    def label(self) -> str:
        """The window as text, such as ``2005-2009``."""
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"

    def holds(self, years: Sequence[int]) -> np.ndarray:
        """Return which years lie in the window, an array of bool."""
        array = np.asarray(years)
        return (array >= self.first) & (array <= self.last)


def read_periods(text: str, years: Sequence[int]) -> list[Period]:
    """Parse windows such as ``2005-2009, 2016-2020``.

    Parameters
    ----------
    text : str
        Windows separated by commas, in chronological order. Empty for the first and the last five years, or for both
        halves where there are fewer than ten years.
    years : sequence of int
        Years with data, ascending.

    Raises
    ------
    InputError
        If the text is not such a list, or a window holds none of the years.
    """
    if not text.strip():
        size = min(DEFAULT_YEARS, len(years) // 2)
        if size == 0:
            raise InputError(tr("Only one year is given, and a change needs two: add TTOP of other years."))
        return [Period(years[0], years[size - 1]), Period(years[-size], years[-1])]
    parts = [part.strip() for part in re.split("[,;、]", clean(text)) if part.strip()]
    found = [match for part in parts if (match := WINDOW.fullmatch(part))]
    if len(parts) < 2 or len(found) < len(parts):
        raise InputError(
            tr(
                "The windows of years are '{windows}', and two or more are needed: write them like 2005-2009, "
                "2016-2020.",
                windows=text,
            )
        )
    periods = [Period(int(window[1]), int(window[2] or window[1])) for window in found]
    ends = [year for period in periods for year in (period.first, period.last)]
    if ends != sorted(ends) or any(a.last == b.first for a, b in zip(periods, periods[1:])):
        raise InputError(
            tr(
                "The windows of years '{windows}' overlap or are not in chronological order: write them like "
                "2005-2009, 2016-2020.",
                windows=text,
            )
        )
    for period in periods:
        if not period.holds(years).any():
            raise InputError(
                tr(
                    "There is no data for the window {label}, only for years from {first_year} to {last_year}: choose "
                    "windows within them.",
                    label=period.label,
                    first_year=years[0],
                    last_year=years[-1],
                )
            )
    return periods


def window_means(values: np.ndarray, years: Sequence[int], periods: Sequence[Period]) -> np.ndarray:
    """Return the mean over each window.

    Parameters
    ----------
    values : ndarray, shape (n, ...)
        A value per year, NaN where it is missing.
    years : sequence of int, length n
        Years of the values.
    periods : sequence of Period
        The windows.

    Returns
    -------
    ndarray of float32, shape (windows, ...)
        Mean of the years that have a value; NaN where fewer than half of the years given within the window have one.
    """
    means = np.full((len(periods), *values.shape[1:]), np.nan, np.float32)
    for mean, period in zip(means, periods):
        inside = values[period.holds(years)]
        valid = np.count_nonzero(~np.isnan(inside), axis=0)
        total = np.nansum(inside, axis=0, dtype=float)
        np.divide(total, valid, out=mean, where=valid >= MIN_SHARE * len(inside), casting="same_kind")
    return means


def period_warnings(years: Sequence[int], periods: Sequence[Period], min_years: int) -> list[str]:
    """Return sentences about missing years, short windows, and a series too short for trends.

    Parameters
    ----------
    years : sequence of int
        Years with data, ascending.
    periods : sequence of Period
        The windows.
    min_years : int
        Years that a cell needs for a trend.
    """
    warnings = []
    missing = sorted(set(range(years[0], years[-1] + 1)) - set(years))
    if missing:
        warnings.append(tr("Years without TTOP: {missing}.", missing=", ".join(map(str, missing))))
    for period in periods:
        count = int(period.holds(years).sum())
        if count < MIN_YEARS:
            warnings.append(
                tr(
                    "The window {label} contains {count} of the years: so short a window shows weather, not climate.",
                    label=period.label,
                    count=count,
                )
            )
    if len(years) < min_years:
        warnings.append(
            tr(
                "There are {n_years} years, and a trend needs {min_years}: no trend is tested.",
                n_years=len(years),
                min_years=min_years,
            )
        )
    return warnings
