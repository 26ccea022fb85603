"""Probability of permafrost: the share of an ensemble, with biased temperatures and r_k, that has permafrost.

A bias of the ground surface temperature shifts days across 0 degC, so degree days do not change in proportion to it.
Here the year is the sinusoid with the DDT and DDF of the cell, and the bias shifts its mean. Whether there is
permafrost then follows from mean, amplitude and r_k, without computing the degree days of each member.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import Mapping

import numpy as np

from ..classes import CONTINUOUS, DISCONTINUOUS, ISOLATED, NO_PERMAFROST, OUTSIDE, SPORADIC, MapClass
from ..errors import InputError
from ..gst.ridge import Scores
from ..language import tr
from .ttop import R_K_RANGE, Values

# The distribution of r_k is truncated at this many standard deviations.
MAX_DEPARTURE_SD = 3.0

# r_k is rounded to this step: 0.0005 in r_k corresponds to less than 0.01 K in the annual mean.
R_K_STEP = 0.001

# A chunk of this many cells stays in the processor's cache for all members.
CELLS_AT_ONCE = 2**16

# Its multiples modulo 1 fill the unit interval more evenly than those of any other number.
GOLDEN_RATIO = (1 + 5**0.5) / 2

# Fewer stations do not show how much stations differ; nor do three of which only one was observed for long.
MIN_STATIONS = 3
MIN_EFFECTIVE_STATIONS = 2.0

# A station that was observed on so many days counts in full: its bias is that of an annual mean.
FULL_YEAR = 365

# Percentiles of the area of the members that enclose 90 % of them.
AREA_PERCENTILES = (5, 95)


# The year as a sinusoid ------------------------------------------------------------------------------


def degree_days_of_cycle(mean: Values, amplitude: Values, days: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the degree days of a sinusoidal year.

    With u = mean / amplitude, clipped to -1 ... 1::

        DDT = P / pi (mean arccos(-u) + amplitude sqrt(1 - u^2)),   DDF = DDT - mean P

    Parameters
    ----------
    mean, amplitude : array_like
        Annual mean of the temperature, degC, and half of its annual range, K, above 0.
    days : float
        Number of days P in the year.

    Returns
    -------
    ddt, ddf : array
        Both >= 0, degC d.
    """
    u = np.clip(mean / amplitude, -1.0, 1.0)
    ddt = days / np.pi * (mean * np.arccos(-u) + amplitude * np.sqrt(1 - u**2))
    return ddt, ddt - mean * days


# Mean over amplitude, and the corresponding balance (DDT - DDF) / (DDT + DDF). The nodes are denser towards both ends,
# where the balance is nearly flat.
_U = np.sin(np.linspace(-np.pi / 2, np.pi / 2, 4001))
_DDT, _DDF = degree_days_of_cycle(_U, 1.0, 1.0)
_BALANCE = (_DDT - _DDF) / (_DDT + _DDF)


def mean_over_amplitude(balance: Values) -> np.ndarray:
    """Return mean / amplitude, -1 to 1, of the sinusoidal year with a balance (DDT - DDF) / (DDT + DDF)."""
    return np.interp(balance, _BALANCE, _U)


def annual_cycle(ddt: np.ndarray, ddf: np.ndarray, days: float) -> tuple[np.ndarray, np.ndarray]:
    """Return mean [degC] and amplitude [K] of the sinusoidal year with these degree days.

    Where it never freezes or never thaws, the amplitude is not determined, and the largest possible one, the
    magnitude of the mean, is returned. For the parameters see `ttop`.
    """
    total = ddt + ddf
    u = mean_over_amplitude(np.divide(ddt - ddf, total, out=np.zeros_like(total), where=total > 0))
    amplitude = np.pi * total / (2 * days * (u * np.arcsin(u) + np.sqrt(1 - u**2)))
    return (ddt - ddf) / days, amplitude


# The ensemble ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ensemble:
    """The errors of the members, the same for all cells.

    Attributes
    ----------
    gst_bias : array, shape (members,)
        Bias of the ground surface temperature, K.
    r_k_departure : array, shape (members,)
        Added to the r_k of every cell.
    """

    gst_bias: np.ndarray
    r_k_departure: np.ndarray

    @property
    def members(self) -> int:
        """Number of members."""
        return len(self.gst_bias)


def draw_ensemble(gst_error: float, r_k_sd: float, members: int, seed: int) -> Ensemble:
    """Draw the members: a normal bias of the GST and, independently, a truncated normal departure of r_k.

    The members cover both distributions evenly, by a sequence with steps of the golden ratio, so that a few hundred of
    them are as good as thousands of independent draws. The seed shifts the sequence.

    Parameters
    ----------
    gst_error, r_k_sd : float
        Standard deviations of the bias, K, and of r_k.
    members, seed : int
        Number of members, and seed of the random generator.
    """
    shift = np.random.default_rng(seed).random()
    member = np.arange(members)
    normal = NormalDist()
    beyond = normal.cdf(-MAX_DEPARTURE_SD)
    bias_shares = (member + 0.5) / members
    departure_shares = beyond + (1 - 2 * beyond) * ((member * GOLDEN_RATIO + shift) % 1)
    return Ensemble(
        gst_error * np.array([normal.inv_cdf(share) for share in bias_shares.tolist()]),
        r_k_sd * np.array([normal.inv_cdf(share) for share in departure_shares.tolist()]),
    )


def count_permafrost(
    ddt: np.ndarray, ddf: np.ndarray, r_k: np.ndarray, area_km2: np.ndarray, ensemble: Ensemble, days: float = 365.0
) -> tuple[np.ndarray, np.ndarray]:
    """Count the members with permafrost in each cell, and sum the permafrost area of each member.

    A member has permafrost where TTOP <= 0. This is equivalent to DDF' >= r_k' DDT', and to an annual mean of at most
    amplitude x u(r_k'), where u is `mean_over_amplitude` of the balance (1 - r_k') / (1 + r_k').

    Parameters
    ----------
    ddt, ddf, r_k : array, shape (...)
        As for `ttop`; NaN where missing.
    area_km2 : array, shape (...)
        Area of each cell.
    ensemble : Ensemble
        An r_k outside 0.25 to 2.25 is set to the nearest limit.
    days : float
        Number of days in the period of the degree days.

    Returns
    -------
    count : array of float32, shape (...)
        0 to the number of members; NaN where an input is NaN.
    permafrost_km2 : array, shape (members,)
        Area with permafrost.
    """
    known = ~np.isnan(ddt + ddf + r_k)
    mean, amplitude = annual_cycle(ddt[known].astype(np.float64), ddf[known].astype(np.float64), days)
    steps, step_of_cell = np.unique(np.rint(r_k[known] / R_K_STEP).astype(np.int32), return_inverse=True)
    drawn = np.clip(steps * R_K_STEP + ensemble.r_k_departure[:, np.newaxis], *R_K_RANGE)
    limits = mean_over_amplitude((1 - drawn) / (1 + drawn))
    areas = area_km2[known]

    counts = np.zeros(mean.size, np.float32)
    permafrost_km2 = np.zeros(ensemble.members)
    for start in range(0, mean.size, CELLS_AT_ONCE):
        part = slice(start, start + CELLS_AT_ONCE)
        for member, bias in enumerate(ensemble.gst_bias.tolist()):
            permafrost = mean[part] + bias <= amplitude[part] * limits[member][step_of_cell[part]]
            counts[part] += permafrost
            permafrost_km2[member] += areas[part] @ permafrost
    count = np.full(known.shape, np.nan, np.float32)
    count[known] = counts
    return count, permafrost_km2


def zones(percent: np.ndarray) -> np.ndarray:
    """Return the permafrost zone of each cell from the probability in percent.

    Returns
    -------
    array of uint8
        Values of ``core.classes.PERMAFROST_ZONES``: continuous from 90 %, discontinuous from 50 %, sporadic from 10 %,
        isolated above 0 %, no permafrost at 0 %; 0 where the probability is NaN.
    """
    result = np.full(percent.shape, OUTSIDE, np.uint8)
    result[percent == 0] = NO_PERMAFROST.value
    result[percent > 0] = ISOLATED.value
    result[percent >= 10] = SPORADIC.value
    result[percent >= 50] = DISCONTINUOUS.value
    result[percent >= 90] = CONTINUOUS.value
    return result


def station_bias(scores: Mapping[str, Scores], name: str) -> float:
    """Return the root mean square of the stations' biases in a leave-one-station-out validation, K.

    This is the typical error of the annual mean at a place without a station. Errors of single days are larger, but
    mostly average out over a year. They do not at a station with few days, whose bias is therefore mostly theirs: the
    squares are weighted by the days of each station, up to a year.

    Parameters
    ----------
    scores : mapping
        Leave-one-station-out scores by station.
    name : str
        Name of the model, for error messages.

    Raises
    ------
    InputError
        If there are fewer than three stations, or few days at all but one of them.
    """
    known = [one for one in scores.values() if np.isfinite(one.bias)]
    biases = np.array([one.bias for one in known])
    weights = np.minimum([one.n for one in known], FULL_YEAR).astype(float)
    effective = float(weights.sum() ** 2 / (weights**2).sum()) if weights.any() else 0.0
    if biases.size < MIN_STATIONS or effective < MIN_EFFECTIVE_STATIONS:
        raise InputError(
            tr(
                "GST model '{name}' was validated at {size} stations, which count as {effective:.1f} by their days, "
                "too few to estimate its error elsewhere: specify the error of the ground surface temperature in K.",
                name=name,
                size=biases.size,
                effective=effective,
            )
        )
    return float(np.sqrt(np.average(biases**2, weights=weights)))


# The result ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ProbabilityResult:
    """Areas of permafrost and of its zones.

    Attributes
    ----------
    gst_error, r_k_sd : float
        Standard deviations of the bias of the ground surface temperature, K, and of r_k.
    permafrost_km2 : array, shape (members,)
        Area with permafrost in each member.
    zones_km2 : array
        Area by the value of the zone in ``core.classes.PERMAFROST_ZONES``.
    warnings : tuple of str
        What may be wrong with the inputs, a sentence each.
    """

    gst_error: float
    r_k_sd: float
    permafrost_km2: np.ndarray
    zones_km2: np.ndarray
    warnings: tuple[str, ...] = ()

    @property
    def mean_km2(self) -> float:
        """Area with permafrost, mean of the members."""
        return float(self.permafrost_km2.mean())

    @property
    def interval_km2(self) -> tuple[float, float]:
        """Areas that enclose 90 % of the members."""
        low, high = np.percentile(self.permafrost_km2, AREA_PERCENTILES)
        return float(low), float(high)

    def zone_km2(self, zone: MapClass) -> float:
        """Return the area of a zone."""
        return float(self.zones_km2[zone.value])
