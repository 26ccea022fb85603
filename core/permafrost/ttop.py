"""Temperature at the top of permafrost, and the surface frost number, from degree days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Union

import numpy as np
from numpy.typing import ArrayLike

from ..celsius import TEMPERATURES
from ..errors import InputError
from ..language import tr

# Thawing and freezing degree days of years at 44 and at -60 degC: no ground surface is warmer, not that of the Lut
# desert, or colder, not that of the Antarctic plateau.
MAX_THAW, MAX_FREEZE = 16_000.0, 22_000.0

# If DDT and DDF add up to less, all daily means lie within 0.03 K of 0 degC. That is no ground surface, but the
# background of a raster, 0 in both, or what interpolation has left of it.
MIN_SUM = 10.0

# If DDT and DDF add up to less in all cells, the ground is always and everywhere within 0.3 K of 0 degC: they are mean
# temperatures.
MIN_LARGEST_SUM = 100.0

# If both DDT and DDF are larger, the surface temperature swings by more than 50 K around 0 degC. In Verkhoyansk the
# smaller one of the two is 2500.
MAX_SMALLER = 6_000.0

# Common fill values that are plausible degree days, but not of DDT and DDF at once.
FILLS_OF_BOTH = (99.0, 255.0, 999.0)

# Temperatures with decimals are exactly 0 in a few cells; beyond this number and this share 0 is a fill value.
MAX_ZEROS, MAX_SHARE_OF_ZERO = 10, 0.1

# Yet ground near 0 degC, rounded to tenths, is as often 0.1 as 0: zeros are at most this many times as frequent as the
# most frequent class of this width within this distance of 0, K.
MAX_RATIO_OF_ZERO, WIDTH_NEAR_ZERO, NEAR_ZERO = 2, 0.05, 0.5

# A common fill value that is never mistaken for degree days: a year that sums to exactly this is far less likely.
FILL_OF_EITHER = 9999.0

# The conductivity of thawed soil is between a quarter of, and a bit more than twice, that of frozen soil.
R_K_RANGE = (0.25, 2.25)

# The cells of a map, or a single value.
Values = Union[np.ndarray, float]


def ttop(ddt: Values, ddf: Values, r_k: Values, days: float = 365.0, n_t: float = 1.0, n_f: float = 1.0) -> np.ndarray:
    """Return the mean annual temperature at the top of permafrost, or at the base of seasonal frost.

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
        Number of days P in the period of the degree days.
    n_t, n_f : float
        n-factors of thawing and freezing, for degree days of the air; 1 for those of the ground surface.

    Returns
    -------
    array
        degC; NaN where an input is NaN. Values of 0 or below indicate permafrost.

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


def frost_number(ddt: Values, ddf: Values) -> np.ndarray:
    """Return the surface frost number sqrt(DDF) / (sqrt(DDF) + sqrt(DDT)), 0 to 1.

    Permafrost is expected at 0.5 and above; NaN where both sums are 0.

    Notes
    -----
    Nelson & Outcalt (1987), Arctic and Alpine Research 19: 279-288. The threshold equivalent
    to TTOP = 0 is 1 / (1 + 1 / sqrt(r_k)), see `equivalent_frost_number`.

    Examples
    --------
    >>> print(f"{frost_number(1800.0, 1700.0):.3f}, permafrost from {equivalent_frost_number(0.8):.3f} on")
    0.493, permafrost from 0.472 on
    """
    root_ddt, root_ddf = np.sqrt(ddt), np.sqrt(ddf)
    total = root_ddf + root_ddt
    return np.divide(root_ddf, total, out=np.full_like(total, np.nan), where=total > 0)


def equivalent_frost_number(r_k: Values) -> Values:
    """Return the frost number at which TTOP is 0 for a ratio of thawed to frozen conductivity."""
    return 1.0 / (1.0 + 1.0 / np.sqrt(r_k))


def require_degree_days(values: np.ndarray, name: str, most: float) -> None:
    """Raise an `InputError` if an array holds values that cannot be degree days of a year.

    Parameters
    ----------
    values : array
        NaN is ignored.
    name : str
        Name of the layer, for error messages.
    most : float
        `MAX_THAW` or `MAX_FREEZE`.
    """
    lowest, highest = np.fmin.reduce(values, axis=None), np.fmax.reduce(values, axis=None)
    coldest, warmest = TEMPERATURES
    if coldest <= lowest < 0 < highest <= warmest:
        raise InputError(
            tr(
                "Layer '{name}' holds {lowest:.6g} and {highest:.6g}, which seem to be temperatures, and degree days "
                "are sums over a year, 0 or more: compute them from daily temperatures by 'Degree days'.",
                name=name,
                lowest=lowest,
                highest=highest,
            )
        )
    if lowest < 0:
        raise InputError(
            tr(
                "Layer '{name}' holds {lowest:.6g}, and degree days are sums of magnitudes, 0 or more: reverse "
                "the sign of freezing degree days, or tag the fill value as nodata.",
                name=name,
                lowest=lowest,
            )
        )
    if highest > most:
        raise InputError(
            tr(
                "Layer '{name}' holds {highest:.6g} °C d, and no year has more than {most:g}: sum temperatures in °C, "
                "not in kelvin, over a single year, divide sums over several years by their number, and tag the fill "
                "value as nodata.",
                name=name,
                highest=highest,
                most=most,
            )
        )


def zero_counts(ttop: np.ndarray) -> np.ndarray:
    """Return the numbers of cells with a temperature, exactly 0, no whole number, and in each of the classes near 0."""
    values = ttop[~np.isnan(ttop)]
    near = values[(np.abs(values) < NEAR_ZERO + WIDTH_NEAR_ZERO / 2) & (values != 0)]
    last = round(NEAR_ZERO / WIDTH_NEAR_ZERO)
    classes = np.bincount(np.rint(near / WIDTH_NEAR_ZERO).astype(np.int64) + last, minlength=2 * last + 1)
    zeros, decimals = np.count_nonzero(values == 0), np.count_nonzero(values != np.rint(values))
    return np.array([values.size, zeros, decimals, *classes])


def no_zero_counts() -> np.ndarray:
    """Return `zero_counts` of no cells."""
    return zero_counts(np.array([]))


def share_of_background(counts: np.ndarray) -> float:
    """Return the share of cells that are exactly 0, if that seems to stand for no value in temperatures, else 0.

    Parameters
    ----------
    counts : array of int
        Sums of `zero_counts`. Rounded to whole degrees, many cells are 0; where the ground is about 0 degC, so are
        many of those that are rounded to tenths.
    """
    known, zeros, decimals = counts[:3].tolist()
    is_rare = zeros <= max(MAX_ZEROS, MAX_SHARE_OF_ZERO * known, MAX_RATIO_OF_ZERO * counts[3:].max())
    return 0.0 if is_rare or not decimals else zeros / known


def require_no_background(counts: np.ndarray, name: str) -> None:
    """Raise an `InputError` if TTOP is exactly 0 in so many cells that they are a background, or 0 stands for no value.

    Parameters
    ----------
    counts : array of int
        Sums of `zero_counts`.
    name : str
        Name of the layer.
    """
    share = share_of_background(counts)
    if share:
        raise InputError(
            tr(
                "Layer '{name}' is exactly 0 °C in {share:.3g} % of its cells, which seems to be a background rather "
                "than a temperature: tag 0 as nodata.",
                name=name,
                share=100 * share,
            )
        )


def without_fill(sums: np.ndarray) -> tuple[np.ndarray, int]:
    """Return degree days with NaN in place of the fill value 9999, and the number of cells replaced."""
    is_fill = sums == FILL_OF_EITHER
    count = int(np.count_nonzero(is_fill))
    return (np.where(is_fill, sums.dtype.type(np.nan), sums), count) if count else (sums, 0)


@dataclass(frozen=True)
class ExcludedCells:
    """Cells excluded because no year has their combination of DDT and DDF; those of several windows can be added.

    Attributes
    ----------
    cells : int
        Their number.
    example : (float, float)
        DDT and DDF of the first of them, degC d.
    too_large : int
        Number of those whose DDT and DDF are both larger than a year has, and no fill values.
    kept : int
        Number of cells that are not excluded.
    largest : float
        Largest sum of DDT and DDF of these cells, degC d.
    """

    cells: int = 0
    example: tuple[float, float] = (np.nan, np.nan)
    too_large: int = 0
    kept: int = 0
    largest: float = -np.inf

    def __add__(self, later: ExcludedCells) -> ExcludedCells:
        """Add the cells of a later window."""
        return ExcludedCells(
            self.cells + later.cells,
            self.example if self.cells else later.example,
            self.too_large + later.too_large,
            self.kept + later.kept,
            max(self.largest, later.largest),
        )

    def require_one_year(self, ddt_name: str, ddf_name: str, days: float = 365.0) -> None:
        """Raise an `InputError` if the cells of whole rasters hold sums over several years, or mean temperatures.

        Parameters
        ----------
        ddt_name, ddf_name : str
            Names of the rasters.
        days : float
            Number of days in the period of the sums.
        """
        if self.too_large > self.kept:
            ddt, ddf = self.example
            raise InputError(
                tr(
                    "{too_large} of {cells} cells hold more DDT and DDF than a single year has, for example {ddt:.6g} "
                    "and {ddf:.6g} in '{ddt_name}' and '{ddf_name}': give degree days of a year, and divide sums over "
                    "several years by their number.",
                    too_large=self.too_large,
                    cells=self.cells + self.kept,
                    ddt=ddt,
                    ddf=ddf,
                    ddt_name=ddt_name,
                    ddf_name=ddf_name,
                )
            )
        if self.kept and self.largest < MIN_LARGEST_SUM * days / 365.0:
            raise InputError(
                tr(
                    "DDT and DDF add up to {largest:.6g} °C d at most in '{ddt_name}' and '{ddf_name}', which seem to "
                    "hold temperatures, and degree days are sums over a year: compute them from daily temperatures by "
                    "'Degree days'.",
                    largest=self.largest,
                    ddt_name=ddt_name,
                    ddf_name=ddf_name,
                )
            )

    def warnings_in(self, ddt_name: str, ddf_name: str) -> tuple[str, ...]:
        """Return a sentence about them, where there are any, with the names of the rasters."""
        if not self.cells:
            return ()
        ddt, ddf = self.example
        return (
            tr(
                "In {cells} of {every} cells DDT and DDF have a combination that no year has, for example {ddt:.6g} "
                "and {ddf:.6g} in '{ddt_name}' and '{ddf_name}', and are treated as missing: tag the fill value as "
                "nodata.",
                cells=self.cells,
                every=self.cells + self.kept,
                ddt=ddt,
                ddf=ddf,
                ddt_name=ddt_name,
                ddf_name=ddf_name,
            ),
        )


@dataclass(frozen=True)
class YearPair:
    """DDT and DDF of the same cells, both NaN where they cannot belong to one year.

    Attributes
    ----------
    ddt, ddf : array
        degC d.
    excluded : ExcludedCells
    """

    ddt: np.ndarray
    ddf: np.ndarray
    excluded: ExcludedCells = ExcludedCells()


def pair_of_year(ddt: np.ndarray, ddf: np.ndarray, ddt_name: str, ddf_name: str) -> YearPair:
    """Return DDT and DDF of the same cells without the combinations that no year has.

    No year has both DDT and DDF of 0, nor both above 6000 degC d. Such cells hold an untagged fill value, as do those
    where one of the two is 9999, and become NaN in both.

    Parameters
    ----------
    ddt, ddf : array of the same shape
        degC d, NaN where missing.
    ddt_name, ddf_name : str
        Names of the layers, for error messages.

    Raises
    ------
    InputError
        If one of them cannot hold degree days at all, see `require_degree_days`.
    """
    require_degree_days(ddt, ddt_name, MAX_THAW)
    require_degree_days(ddf, ddf_name, MAX_FREEZE)
    total, too_large = ddt + ddf, np.minimum(ddt, ddf) > MAX_SMALLER
    impossible = (ddt == FILL_OF_EITHER) | (ddf == FILL_OF_EITHER)
    equal = ddt == ddf
    if equal.any():
        impossible |= equal & np.isin(ddt, FILLS_OF_BOTH)
    # Where both are the same, they are a fill value as well.
    several_years = too_large & ~impossible & ~equal
    impossible |= (total < MIN_SUM) | too_large
    count = int(np.count_nonzero(impossible))
    kept = int(np.count_nonzero(~np.isnan(total))) - count
    possible_total = np.where(impossible, -np.inf, total) if count else total
    largest = float(np.fmax.reduce(possible_total, axis=None, initial=-np.inf))
    if not count:
        return YearPair(ddt, ddf, ExcludedCells(kept=kept, largest=largest))
    example = (float(ddt[impossible][0]), float(ddf[impossible][0]))
    missing = ddt.dtype.type(np.nan)
    return YearPair(
        np.where(impossible, missing, ddt),
        np.where(impossible, missing, ddf),
        ExcludedCells(count, example, int(np.count_nonzero(several_years)), kept, largest),
    )


def require_r_k(values: ArrayLike, name: str) -> None:
    """Raise an `InputError` if a ratio of conductivities is outside 0.25 to 2.25; NaN is ignored."""
    low, high = R_K_RANGE
    values = np.asarray(values)
    wrong = (values < low) | (values > high)
    if wrong.any():
        raise InputError(
            tr(
                "'{name}' holds the r_k {flat:.6g}, and ratios of conductivities lie between {low:g} and "
                "{high:g}: check that it holds r_k.",
                name=name,
                flat=values[wrong].flat[0],
                low=low,
                high=high,
            )
        )
