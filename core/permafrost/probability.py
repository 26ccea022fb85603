"""Probability of permafrost: how many members of an ensemble of biased temperatures and r_k have it.

A bias of the ground surface temperature moves days across 0 degC, so that degree days do not change in proportion.
Here the year is the sinusoid that has the DDT and DDF of the cell, and the bias shifts its mean. Whether there is
permafrost then follows from mean, amplitude and r_k alone, without computing the degree days of each member.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import Mapping

import numpy as np

from ..classes import CONTINUOUS, DISCONTINUOUS, ISOLATED, NO_PERMAFROST, OUTSIDE, SPORADIC
from ..errors import InputError
from ..gst.ridge import Scores
from .ttop import R_K_RANGE

# r_k is not drawn further from its mean than this many standard deviations.
FARTHEST_SD = 3.0

# r_k that differ by less count as one: 0.0005 in r_k is worth less than 0.01 K in the mean of the year.
R_K_STEP = 0.001

# So few cells stay in the processor's cache for all members.
CELLS_AT_ONCE = 2**16

# Multiples of it, taken modulo 1, fill the unit interval more evenly than those of any other number.
GOLDEN_RATIO = (1 + 5**0.5) / 2

# Fewer stations say nothing about how far stations differ.
FEWEST_STATIONS = 3


# The year as a sinusoid ------------------------------------------------------------------------------


def degree_days_of_cycle(mean, amplitude, days: float) -> tuple[np.ndarray, np.ndarray]:
    """Give the degree days of a sinusoidal year.

    With u = mean / amplitude, limited to -1 ... 1::

        DDT = P / pi (mean arccos(-u) + amplitude sqrt(1 - u^2)),   DDF = DDT - mean P

    Parameters
    ----------
    mean, amplitude : array_like
        Annual mean and half the annual range of the temperature, degC and K; the amplitude above 0.
    days : float
        Days P of the year.

    Returns
    -------
    ddt, ddf : array
        Both >= 0, degC d.
    """
    u = np.clip(mean / amplitude, -1.0, 1.0)
    ddt = days / np.pi * (mean * np.arccos(-u) + amplitude * np.sqrt(1 - u**2))
    return ddt, ddt - mean * days


# Mean over amplitude, and the balance (DDT - DDF) / (DDT + DDF) that belongs to it. Towards both ends the balance
# hardly changes: the nodes are closer there.
_U = np.sin(np.linspace(-np.pi / 2, np.pi / 2, 4001))
_DDT, _DDF = degree_days_of_cycle(_U, 1.0, 1.0)
_BALANCE = (_DDT - _DDF) / (_DDT + _DDF)


def mean_over_amplitude(balance) -> np.ndarray:
    """Give mean / amplitude, -1 to 1, of the sinusoidal year with a balance (DDT - DDF) / (DDT + DDF)."""
    return np.interp(balance, _BALANCE, _U)


def annual_cycle(ddt, ddf, days: float) -> tuple[np.ndarray, np.ndarray]:
    """Give mean [degC] and amplitude [K] of the sinusoidal year with these degree days.

    Where it never freezes or never thaws the amplitude is not known; the largest possible one, the size of the mean,
    is given. Parameters are those of `ttop`.
    """
    total = ddt + ddf
    u = mean_over_amplitude(np.divide(ddt - ddf, total, out=np.zeros_like(total), where=total > 0))
    amplitude = np.pi * total / (2 * days * (u * np.arcsin(u) + np.sqrt(1 - u**2)))
    return (ddt - ddf) / days, amplitude


# The ensemble ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ensemble:
    """What the members differ in; both arrays have one value per member and hold for all cells.

    Attributes
    ----------
    gst_bias : array
        Bias of the ground surface temperature, K.
    r_k_departure : array
        Added to the r_k of every cell.
    """

    gst_bias: np.ndarray
    r_k_departure: np.ndarray

    @property
    def members(self) -> int:
        """Number of members."""
        return len(self.gst_bias)


def draw_ensemble(gst_error: float, r_k_sd: float, members: int, seed: int) -> Ensemble:
    """Draw the members: a normal bias of the GST and, independent of it, a truncated normal departure of r_k.

    The members are spread evenly over both distributions, by a sequence with steps of the golden ratio, which makes a
    few hundred of them as good as thousands of independent draws. The seed shifts the sequence.

    Parameters
    ----------
    gst_error, r_k_sd : float
        Standard deviations, K and 1.
    members, seed : int
        The same seed gives the same ensemble.
    """
    shift = np.random.default_rng(seed).random()
    member = np.arange(members)
    normal = NormalDist()
    beyond = normal.cdf(-FARTHEST_SD)
    bias_shares = (member + 0.5) / members
    departure_shares = beyond + (1 - 2 * beyond) * ((member * GOLDEN_RATIO + shift) % 1)
    return Ensemble(
        gst_error * np.array([normal.inv_cdf(share) for share in bias_shares.tolist()]),
        r_k_sd * np.array([normal.inv_cdf(share) for share in departure_shares.tolist()]),
    )


def count_permafrost(
    ddt: np.ndarray, ddf: np.ndarray, r_k: np.ndarray, area_km2: np.ndarray, ensemble: Ensemble, days: float = 365.0
) -> tuple[np.ndarray, np.ndarray]:
    """Count the members with permafrost in each cell, and add up the permafrost of each member.

    A member has permafrost where TTOP <= 0, which is DDF' >= r_k' DDT', which is a mean of its year of at most
    amplitude x u(r_k'), where u is `mean_over_amplitude` of the balance (1 - r_k') / (1 + r_k').

    Parameters
    ----------
    ddt, ddf, r_k : array, shape (...)
        As for `ttop`; NaN where they are not known.
    area_km2 : array, shape (...)
        Of the cells.
    ensemble : Ensemble
        An r_k that would leave 0.25 to 2.25 is set to the limit.
    days : float
        Days of the year that was summed.

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
    """Give the permafrost zone of each cell from the probability in percent.

    Returns
    -------
    array of uint8
        Values of ``core.classes.PERMAFROST_ZONES``: continuous from 90 % on, discontinuous from 50, sporadic from 10,
        isolated above 0, none at 0; 0 where the probability is NaN.
    """
    result = np.full(percent.shape, OUTSIDE, np.uint8)
    result[percent == 0] = NO_PERMAFROST.value
    result[percent > 0] = ISOLATED.value
    result[percent >= 10] = SPORADIC.value
    result[percent >= 50] = DISCONTINUOUS.value
    result[percent >= 90] = CONTINUOUS.value
    return result


def station_bias(scores: Mapping[str, Scores], name: str) -> float:
    """Give the root mean square of the stations' mean errors when they were left out, K.

    This is what a whole year is wrong by at a place without a station. The error of single days is larger, and most
    of it averages out over a year.

    Parameters
    ----------
    scores : mapping
        Leave-station-out scores by station.
    name : str
        How the user knows the model.

    Raises
    ------
    InputError
        If there are fewer than three stations.
    """
    biases = np.array([one.bias for one in scores.values() if np.isfinite(one.bias)])
    if biases.size < FEWEST_STATIONS:
        raise InputError(
            f"GST model '{name}' was tested at {biases.size} stations, too few to tell the error at other places: give "
            "GST_ERROR in K."
        )
    return float(np.sqrt(np.mean(biases**2)))
