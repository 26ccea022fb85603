"""The sample basin: a known truth on real terrain, and the data that a mapper would have. All of it is *simulated*.

The truth follows from the simulated climate (`climatology`) and the TTOP model, so a map made from the observed
degree days can be compared with what it should be.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import Callable, Sequence

import numpy as np

from ..classes import OUTSIDE, PERMAFROST, SEASONAL_FROST
from ..permafrost.classify import classify
from ..permafrost.ttop import ttop
from .climatology import MEAN_CLIMATE, Anomaly, Climatology, Weather, dates_of_year
from .randomfield import RandomField

SURVEY_REGIONS = {
    "West Kunlun": (78.0, 35.0, 82.0, 37.0),
    "Altun": (86.0, 37.0, 91.0, 39.5),
}
"""Regions covered by the made-up survey map: west, south, east, north in degrees."""

LST_PART = (77.5, 34.5, 91.5, 40.0)
"""Part of the basin that contains both, for which scenes are simulated by default; west, south, east, north."""


@dataclass(frozen=True)
class SampleSettings:
    """Errors of the observed data; all of them made up.

    Parameters
    ----------
    gst_error_sd, gst_error_km : float
        Bias of the observed daily GST in K, a smooth field that is constant in time, and its correlation length. Its
        size is that of a typical leave-station-out error of a GST model.
    r_k_sd, r_k_km : float
        Departure of the true r_k from the table, and its correlation length.
    survey_error, survey_error_km : float
        Share of the survey map that is wrong, on average over many seeds, and the correlation length that determines
        the size of wrong patches. They lie anywhere, whereas a real survey errs most at the permafrost boundary.
    """

    gst_error_sd: float = 0.7
    gst_error_km: float = 150.0
    r_k_sd: float = 0.06
    r_k_km: float = 60.0
    survey_error: float = 0.03
    survey_error_km: float = 12.0


@dataclass(frozen=True)
class SampleBasin:
    """Simulated fields on the grid of the elevation: mean annual degree days in degC d, TTOP in degC, NaN if missing.

    `permafrost_true` and `survey` hold values of ``core.classes``: permafrost, seasonally frozen ground, and 0 for
    ice, water, missing data and, in the survey, cells that were not surveyed.
    """

    years: tuple[int, ...]
    ddt_true: np.ndarray
    ddf_true: np.ndarray
    ddt_observed: np.ndarray
    ddf_observed: np.ndarray
    r_k_true: np.ndarray
    ttop_true: np.ndarray
    permafrost_true: np.ndarray
    survey: np.ndarray


def simulate_basin(
    elevation_m: np.ndarray,
    r_k: np.ndarray,
    longitude: np.ndarray,
    latitude: np.ndarray,
    years: Sequence[int] = (2019,),
    seed: int = 0,
    climatology: Climatology = MEAN_CLIMATE,
    settings: SampleSettings = SampleSettings(),
    stop: Callable[[], None] = lambda: None,
) -> SampleBasin:
    """Simulate the sample basin.

    Parameters
    ----------
    elevation_m : ndarray, shape (rows, columns)
        Metres above sea level, NaN if missing.
    r_k : ndarray, shape (rows, columns)
        r_k of the land cover according to a table, NaN for ice, water and missing land cover.
    longitude, latitude : ndarray
        Of the cell centres in degrees, broadcasting to (rows, columns).
    years : sequence of int
        The calendar years that are simulated; degree days are their means.
    seed : int
        The same seed gives the same basin, and the same values in any part of it.
    climatology : Climatology
        The mean climate.
    settings : SampleSettings
        The errors.
    stop : callable
        Called now and then; raises an error if the user has cancelled.
    """

    def smooth(purpose: int, length_km: float) -> np.ndarray:
        stop()
        return RandomField((seed, purpose), length_km).at(longitude, latitude)()

    r_k_true = r_k + settings.r_k_sd * smooth(12, settings.r_k_km)
    weather = Weather(seed).at(longitude, latitude)
    gst_error = settings.gst_error_sd * smooth(11, settings.gst_error_km)
    dates = np.concatenate([dates_of_year(year) for year in years])

    def mean_annual(anomaly: Anomaly) -> tuple[np.ndarray, np.ndarray]:
        ddt, ddf = climatology.degree_days(elevation_m, latitude, dates, anomaly, stop)
        return ddt / len(years), ddf / len(years)

    ddt_true, ddf_true = mean_annual(weather)
    ddt_observed, ddf_observed = mean_annual(lambda some: weather(some) + gst_error)
    ttop_true = ttop(ddt_true, ddf_true, r_k_true, days=dates.size / len(years))
    permafrost_true = classify(ttop_true)

    limit = NormalDist().inv_cdf(1 - settings.survey_error) if settings.survey_error > 0 else np.inf
    wrong = smooth(13, settings.survey_error_km) > limit
    other = np.where(permafrost_true == PERMAFROST.value, SEASONAL_FROST.value, PERMAFROST.value)
    surveyed = in_survey_regions(longitude, latitude) & (permafrost_true != OUTSIDE)
    survey = np.where(surveyed, np.where(wrong, other, permafrost_true), OUTSIDE)
    return SampleBasin(
        years=tuple(years),
        ddt_true=ddt_true,
        ddf_true=ddf_true,
        ddt_observed=ddt_observed,
        ddf_observed=ddf_observed,
        r_k_true=r_k_true,
        ttop_true=ttop_true,
        permafrost_true=permafrost_true,
        survey=survey.astype(np.uint8),
    )


def in_survey_regions(longitude: np.ndarray, latitude: np.ndarray) -> np.ndarray:
    """Return which places lie in a region of `SURVEY_REGIONS`."""
    inside = [
        (longitude > west) & (longitude < east) & (latitude > south) & (latitude < north)
        for west, south, east, north in SURVEY_REGIONS.values()
    ]
    return np.any(inside, axis=0)
