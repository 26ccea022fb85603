"""Tests of whether one map agrees with a reference more often than another on the same cells."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

# With fewer cells on which exactly one of the maps is right, the exact test replaces the approximation.
MIN_APPROXIMATE = 25


@dataclass(frozen=True)
class McNemar:
    """McNemar's test of two maps against one reference.

    Attributes
    ----------
    first_only, second_only : int
        Cells on which only the first map is right, b, or only the second, c.
    statistic : float
        (b - c)^2 / (b + c), chi-squared with one degree of freedom for independent cells; nan where b + c is 0.
    p : float
        Its two-sided p-value: exact where b + c < 25, and 1 where it is 0.
    exact : bool
        Whether p is from the exact binomial test.
    """

    first_only: int
    second_only: int
    statistic: float
    p: float
    exact: bool


def mcnemar(first_only: int, second_only: int) -> McNemar:
    """Test whether two maps agree equally often with a reference.

    McNemar (1947), doi:10.1007/BF02295996, without continuity correction; for maps Foody (2004),
    doi:10.14358/PERS.70.5.627.

    Parameters
    ----------
    first_only, second_only : int
        Cells on which only the first map, or only the second, is right.
    """
    differing = first_only + second_only
    statistic = (first_only - second_only) ** 2 / differing if differing else math.nan
    if differing < MIN_APPROXIMATE:
        ways = sum(math.comb(differing, k) for k in range(min(first_only, second_only) + 1))
        return McNemar(first_only, second_only, statistic, min(1.0, 2 * ways / 2**differing), True)
    # Chi-squared with one degree of freedom is the distribution of the square of a standard normal variable.
    return McNemar(first_only, second_only, statistic, math.erfc(math.sqrt(statistic / 2)), False)


def holm(p_values: ArrayLike) -> np.ndarray:
    """Adjust the p-values of several tests to control the probability of any false rejection among them.

    Holm (1979), Scandinavian Journal of Statistics 6: 65-70.
    """
    p_values = np.asarray(p_values, dtype=float)
    order = np.argsort(p_values)
    tests_left = np.arange(len(p_values), 0, -1)
    adjusted = np.empty_like(p_values)
    adjusted[order] = np.minimum(np.maximum.accumulate(tests_left * p_values[order]), 1.0)
    return adjusted
