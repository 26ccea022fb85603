"""Windows of several years, between whose means change is told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Sequence

import numpy as np

from ..errors import InputError
from ..tabletext import clean

# Windows that are taken where none are given: this many years at the beginning and at the end.
DEFAULT_YEARS = 5

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
        """How it is written."""
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"

    def holds(self, years: Sequence[int]) -> np.ndarray:
        """Tell which years lie in it."""
        years = np.asarray(years)
        return (years >= self.first) & (years <= self.last)


def read_periods(text: str, years: Sequence[int]) -> list[Period]:
    """Read windows such as ``2005-2009, 2016-2020``.

    Parameters
    ----------
    text : str
        Windows separated by commas, in the order of time. Empty for the first and the last five years, or halves where
        there are fewer than ten years.
    years : sequence of int
        The years that there are, ascending.

    Raises
    ------
    InputError
        If it is no such list, or a window holds none of the years.
    """
    if not text.strip():
        size = min(DEFAULT_YEARS, len(years) // 2)
        if size == 0:
            raise InputError("Only one year is given, and change needs two: give TTOP of more years.")
        return [Period(years[0], years[size - 1]), Period(years[-size], years[-1])]
    parts = [part.strip() for part in re.split("[,;、]", clean(text)) if part.strip()]
    found = [WINDOW.fullmatch(part) for part in parts]
    if len(parts) < 2 or None in found:
        raise InputError(
            f"PERIODS is '{text}' and has to name two or more windows of years: write them like 2005-2009, 2016-2020."
        )
    periods = [Period(int(window[1]), int(window[2] or window[1])) for window in found]
    ends = [year for period in periods for year in (period.first, period.last)]
    if ends != sorted(ends) or any(a.last == b.first for a, b in zip(periods, periods[1:])):
        raise InputError(
            f"The windows of PERIODS '{text}' overlap or are not in the order of time: write them like 2005-2009, "
            "2016-2020."
        )
    for period in periods:
        if not period.holds(years).any():
            raise InputError(
                f"No year of the window {period.label} is given, but {years[0]} to {years[-1]}: choose windows within."
            )
    return periods


def window_means(values: np.ndarray, years: Sequence[int], periods: Sequence[Period]) -> np.ndarray:
    """Give the mean of each window.

    Parameters
    ----------
    values : ndarray, shape (n, ...)
        A value per year, NaN where it is missing.
    years : sequence of int, length n
        Of the values.
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
