"""Trends of yearly values in many cells: Sen's slope, the Mann-Kendall test, and the false discovery rate of a map."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

from ..dependencies import require
from ..language import tr

# Slopes (pairs of years times cells) held in memory at a time: 16 MB.
MAX_SLOPES = 2_000_000

# Only autocorrelations that are significant at this level enter the variance, as in Hamed & Rao (1998).
ACF_LEVEL = 0.05


@dataclass(frozen=True, eq=False)
class Trend:
    """Trends of many cells, arrays of the same shape; NaN where a cell has too few years.

    Attributes
    ----------
    slope : ndarray of float64
        Sen's slope, units per year.
    s : ndarray of float64
        Mann-Kendall score: number of pairs of years with a rise minus those with a fall.
    p : ndarray of float64
        Two-sided p-value of the hypothesis that there is no trend.
    """

    slope: np.ndarray
    s: np.ndarray
    p: np.ndarray


def trend(values: ArrayLike, years: ArrayLike, min_years: int = 3, autocorrelated: bool = False) -> Trend:
    """Estimate and test monotonic trends.

    Sen's slope is the median of the slopes between all pairs of years (Sen 1968,
    doi:10.1080/01621459.1968.10480934). For values without a trend the score S of Mann (1945, doi:10.2307/1907187) and
    Kendall has mean 0 and variance [n(n-1)(2n+5) - sum t(t-1)(2t+5)]/18, where t are the sizes of the groups of ties; p
    follows from z = (S - sign S)/sd in a normal distribution.

    Parameters
    ----------
    values : array_like, shape (n, ...)
        A value per year and cell, NaN where it is missing.
    years : sequence of int, length n
        Ascending; years may be missing.
    min_years : int
        Cells with fewer values get NaN.
    autocorrelated : bool
        Correct the variance for the autocorrelation of the ranks of the detrended values, at the lags at which it is
        significant (Hamed & Rao 1998, doi:10.1016/S0022-1694(97)00125-X). Lags count elapsed years, whether or not all
        years in between have a value. Here the correction can only increase the variance: in short series negative
        autocorrelation is mostly chance, and the reduced variances that follow from it would fill a map with false
        discoveries (measured in docs/change.md).

    Returns
    -------
    Trend
        Arrays of shape (...).
    """
    values = np.asarray(values)
    years = np.asarray(years, dtype=float)
    flat = values.reshape(len(years), -1)
    pairs = len(years) * (len(years) - 1) // 2
    step = max(1, MAX_SLOPES // max(pairs, 1))
    slope, s, p = (np.full(flat.shape[1], np.nan) for _ in range(3))
    for first in range(0, flat.shape[1], step):
        cells = slice(first, first + step)
        part = flat[:, cells]
        enough = np.count_nonzero(~np.isnan(part), axis=0) >= max(min_years, 2)
        if enough.any():
            tested = _trend(part[:, enough].astype(float), years, autocorrelated)
            for whole, result in zip((slope, s, p), tested):
                whole[cells][enough] = result
    return Trend(*(array.reshape(values.shape[1:]) for array in (slope, s, p)))


def _trend(values: np.ndarray, years: np.ndarray, autocorrelated: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return slope, S and p of values of shape (years, cells); each cell has at least two values."""
    n = np.count_nonzero(~np.isnan(values), axis=0)
    slopes, s, ties = _pairs(values, years)
    slope = _median_of_known(slopes)
    # Summed over values instead of groups: each value of a group of t has ties = t - 1 others, and the t of them add up
    # to t(t-1)(2t+5).
    variance = (n * (n - 1) * (2 * n + 5) - (ties * (2 * ties + 7)).sum(axis=0)) / 18
    if autocorrelated:
        # After detrending, the two years that define the slope are tied but for rounding. Years are counted from 1 to
        # round, and so rank, as pymannkendall does.
        detrended = values - (years - years[0] + 1)[:, np.newaxis] * slope
        variance = variance * _variance_factor(detrended, years, n)
    z = np.divide(s - np.sign(s), np.sqrt(variance), out=np.zeros_like(slope), where=variance > 0)
    special = require("scipy.special", tr("the Mann-Kendall test"))
    return slope, s, special.erfc(np.abs(z) / np.sqrt(2))


def _pairs(values: np.ndarray, years: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the slopes of all pairs, shape (pairs, cells), S per cell, and for each value how many others equal it."""
    n = len(years)
    s = np.zeros(values.shape[1])
    ties = np.zeros(values.shape)
    slopes = np.empty((n * (n - 1) // 2, values.shape[1]))
    first = 0
    for i in range(n - 1):
        rise = slopes[first : first + n - 1 - i]
        np.subtract(values[i + 1 :], values[i], out=rise)
        # Comparisons with NaN are false: a missing year neither rises nor falls.
        s += (rise > 0).sum(axis=0, dtype=np.int16)
        s -= (rise < 0).sum(axis=0, dtype=np.int16)
        tied = rise == 0
        if tied.any():
            ties[i] += tied.sum(axis=0)
            ties[i + 1 :] += tied
        rise /= (years[i + 1 :] - years[i])[:, np.newaxis]
        first += n - 1 - i
    return slopes, s, ties


def _median_of_known(values: np.ndarray) -> np.ndarray:
    """Return the median along the first axis, ignoring NaN; each column has at least one value."""
    known = np.count_nonzero(~np.isnan(values), axis=0)
    middle = np.stack([(known - 1) // 2, known // 2])
    # NaN is sorted last.
    ordered = np.partition(values, np.unique(middle), axis=0)
    return np.take_along_axis(ordered, middle, axis=0).mean(axis=0)


def _variance_factor(detrended: np.ndarray, years: np.ndarray, n: np.ndarray) -> np.ndarray:
    """Return n/n* of Hamed & Rao (1998), by which autocorrelation increases the variance of S; at least 1."""
    known = ~np.isnan(detrended)
    ranks = np.full(detrended.shape, np.nan)
    for i, value in enumerate(detrended):
        below, equal = (np.count_nonzero(test, axis=0) for test in (detrended < value, detrended == value))
        ranks[i] = np.where(known[i], below + (equal + 1) / 2, np.nan)
    # Missing years contribute nothing to the sums of products.
    deviation = np.where(known, ranks - (n + 1) / 2, 0.0)
    power = (deviation**2).sum(axis=0)
    limit = NormalDist().inv_cdf(1 - ACF_LEVEL / 2) / np.sqrt(n)
    summed = np.zeros(detrended.shape[1])
    lags = years[np.newaxis, :] - years[:, np.newaxis]
    for lag in range(1, int(years[-1] - years[0]) + 1):
        earlier, later = np.nonzero(lags == lag)
        products = (deviation[earlier] * deviation[later]).sum(axis=0)
        correlation = np.divide(products, power, out=np.zeros_like(power), where=power > 0)
        weight = np.maximum((n - lag) * (n - lag - 1) * (n - lag - 2), 0)
        summed += np.where(np.abs(correlation) > limit, weight * correlation, 0.0)
    triples = np.maximum(n * (n - 1) * (n - 2), 1)
    return np.maximum(1 + 2 * summed / triples, 1.0)


@dataclass(frozen=True, eq=False)
class DiscoveryRate:
    """False discovery rates of all tests of a map.

    Accumulated block by block as the distinct p-values and their counts: the score of a series without gaps is a whole
    number, so few p-values are possible.

    Attributes
    ----------
    p : ndarray of float32
        Distinct p-values, ascending.
    cells : ndarray of int64
        Number of tests with each of them.
    """

    p: np.ndarray
    cells: np.ndarray

    @classmethod
    def of(cls, p_values: np.ndarray) -> DiscoveryRate:
        """Count the p-values of a block; NaN stands for no test."""
        p, cells = np.unique(p_values[~np.isnan(p_values)].astype(np.float32), return_counts=True)
        return cls(p, cells)

    def __add__(self, other: DiscoveryRate) -> DiscoveryRate:
        p, places = np.unique(np.concatenate([self.p, other.p]), return_inverse=True)
        cells = np.bincount(places, weights=np.concatenate([self.cells, other.cells]), minlength=len(p))
        return DiscoveryRate(p, cells.astype(np.int64))

    @property
    def tests(self) -> int:
        """Number of tests."""
        return int(self.cells.sum())

    def adjusted(self, p_values: np.ndarray) -> np.ndarray:
        """Return the smallest false discovery rate at which each cell is significant, float32; NaN where p is NaN.

        Benjamini & Hochberg (1995), doi:10.1111/j.2517-6161.1995.tb02031.x: with m tests in ascending order of p, the
        minimum of m p_j / j over all j from this test on.
        """
        rank = np.cumsum(self.cells)
        rate = np.minimum.accumulate((self.p.astype(float) * self.tests / np.maximum(rank, 1))[::-1])[::-1]
        rate = np.minimum(rate, 1.0)
        known = ~np.isnan(p_values)
        adjusted = np.full(p_values.shape, np.nan, np.float32)
        adjusted[known] = rate[np.searchsorted(self.p, p_values[known].astype(np.float32))]
        return adjusted
