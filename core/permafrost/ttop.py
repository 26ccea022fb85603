"""Temperature at the top of permafrost, and the surface frost number, from degree days."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..errors import InputError

# No ground surface sums more than this in a year: 365 days at 60 degC.
MOST_DEGREE_DAYS = 22_000.0

# Daily means that add up to less lie within 0.03 K of 0 degC throughout the year; so does no ground surface, but the
# background of a raster that is 0 in both sums, or what interpolation has left of it.
LEAST_SUM_OF_BOTH = 10.0

# Where both sums are larger the surface would swing by more than 50 K around 0 degC; in Verkhoyansk the smaller one is
# 2500.
MOST_OF_THE_SMALLER = 6_000.0

# Fill values that both sums may well hold one by one, but not together.
FILLS_OF_BOTH = (99.0, 255.0, 999.0)

# A fill value that no sum is to be taken for, alone or not: years that sum to just this are as rare as it is frequent.
FILL_OF_EITHER = 9999.0

# Soils conduct between a quarter and a bit more than twice as well thawed as frozen.
R_K_RANGE = (0.25, 2.25)


def ttop(ddt, ddf, r_k, days: float = 365.0, n_t: float = 1.0, n_f: float = 1.0) -> np.ndarray:
    """Give the mean annual temperature at the top of permafrost, or of seasonal frost.

    With DDT and DDF multiplied by their n-factors, and b = r_k DDT - DDF::

        b <= 0 :  TTOP = b / P             permafrost branch
        b > 0  :  TTOP = b / (r_k P)       seasonal-frost branch

    Parameters
    ----------
    ddt, ddf : array_like
        Thawing and freezing degree days of the ground surface, both positive, degC d.
    r_k : array_like
        Ratio of thawed to frozen thermal conductivity.
    days : float
        Days P of the period that was summed.
    n_t, n_f : float
        n-factors, for degree days of the air; 1 for those of the ground surface itself.

    Returns
    -------
    array
        degC; NaN where an input is NaN. Permafrost is where it is 0 or below.

    Notes
    -----
    Smith & Riseborough (2002), Permafrost and Periglacial Processes 13: 1-15, in the form of the
    CryoGrid community code (TTOP_MULTITILE_GlobPF). Continuous at 0; r_k = 1 gives the mean annual
    ground surface temperature.

    Examples
    --------
    >>> print(f"{ttop(ddt=1800.0, ddf=1700.0, r_k=0.8):.2f} degC")
    -0.71 degC
    """
    balance = r_k * (n_t * ddt) - n_f * ddf
    return np.where(balance <= 0, balance, balance / r_k) / float(days)


def frost_number(ddt, ddf) -> np.ndarray:
    """Give the surface frost number sqrt(DDF) / (sqrt(DDF) + sqrt(DDT)), 0 to 1.

    Permafrost is expected at 0.5 and above; NaN where both sums are 0.

    Notes
    -----
    Nelson & Outcalt (1987), Arctic and Alpine Research 19: 279-288. The threshold that agrees with
    TTOP is 1 / (1 + 1 / sqrt(r_k)), see `equivalent_frost_number`.

    Examples
    --------
    >>> print(f"{frost_number(1800.0, 1700.0):.3f}, permafrost from {equivalent_frost_number(0.8):.3f} on")
    0.493, permafrost from 0.472 on
    """
    root_ddt, root_ddf = np.sqrt(ddt), np.sqrt(ddf)
    total = root_ddf + root_ddt
    return np.divide(root_ddf, total, out=np.full_like(total, np.nan), where=total > 0)


def equivalent_frost_number(r_k):
    """Give the frost number at which TTOP is 0 for a ratio of conductivities."""
    return 1.0 / (1.0 + 1.0 / np.sqrt(r_k))


def require_degree_days(values: np.ndarray, name: str) -> None:
    """Raise an `InputError` unless an array can hold degree days.

    Parameters
    ----------
    values : array
        NaN is ignored.
    name : str
        How the user knows the layer.
    """
    lowest, highest = np.fmin.reduce(values, axis=None), np.fmax.reduce(values, axis=None)
    if lowest < 0:
        raise InputError(
            f"Layer '{name}' holds {lowest:.6g}, and degree days are sums of magnitudes, 0 or more: turn the sign of "
            "freezing degree days, or tag the fill value as nodata."
        )
    if highest > MOST_DEGREE_DAYS:
        raise InputError(
            f"Layer '{name}' holds {highest:.6g} degC d, more than a year at 60 degC: degree days are summed from "
            "degC, not from kelvin, and from one year."
        )


def without_fill(sums: np.ndarray) -> tuple[np.ndarray, int]:
    """Return degree days with NaN where they are the fill value 9999, and how many of them are."""
    is_fill = sums == FILL_OF_EITHER
    count = int(np.count_nonzero(is_fill))
    return (np.where(is_fill, sums.dtype.type(np.nan), sums), count) if count else (sums, 0)


@dataclass(frozen=True)
class YearPair:
    """DDT and DDF of the same cells, both NaN where they cannot be of one year.

    Attributes
    ----------
    ddt, ddf : array
        degC d.
    impossible : int
        Cells that were taken out, and an example of what they held.
    example : tuple of float
    """

    ddt: np.ndarray
    ddf: np.ndarray
    impossible: int = 0
    example: tuple[float, float] = (np.nan, np.nan)


def pair_of_year(ddt: np.ndarray, ddf: np.ndarray, ddt_name: str, ddf_name: str) -> YearPair:
    """Take DDT and DDF of the same cells together, as every algorithm on degree days does.

    No year has both sums at 0, nor both above 6000 degC d: such cells hold a fill value that nobody has tagged, as do
    those where one of them is 9999, and have no value.

    Parameters
    ----------
    ddt, ddf : array of one shape
        degC d, NaN where missing.
    ddt_name, ddf_name : str
        How the user knows the layers.

    Raises
    ------
    InputError
        If one of them can hold no degree days at all, see `require_degree_days`.
    """
    require_degree_days(ddt, ddt_name)
    require_degree_days(ddf, ddf_name)
    smaller = np.minimum(ddt, ddf)
    impossible = (ddt + ddf < LEAST_SUM_OF_BOTH) | (smaller > MOST_OF_THE_SMALLER)
    impossible |= (ddt == FILL_OF_EITHER) | (ddf == FILL_OF_EITHER)
    equal = ddt == ddf
    if equal.any():
        impossible |= equal & np.isin(ddt, FILLS_OF_BOTH)
    count = int(np.count_nonzero(impossible))
    if not count:
        return YearPair(ddt, ddf)
    example = (float(ddt[impossible][0]), float(ddf[impossible][0]))
    nothing = ddt.dtype.type(np.nan)
    return YearPair(np.where(impossible, nothing, ddt), np.where(impossible, nothing, ddf), count, example)


def require_r_k(values, name: str) -> None:
    """Raise an `InputError` where a ratio of conductivities is outside 0.25 to 2.25; NaN is ignored."""
    low, high = R_K_RANGE
    values = np.asarray(values)
    wrong = (values < low) | (values > high)
    if wrong.any():
        raise InputError(
            f"'{name}' holds the r_k {values[wrong].flat[0]:.6g}, and ratios of conductivities lie between {low:g} "
            f"and {high:g}: check that it holds r_k."
        )
