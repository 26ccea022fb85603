"""Stations with loggers and boreholes of the sample basin, and their measurements: *simulated*."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

SENTINEL = 3276.6
"""Value that a logger records for a failed measurement, degC."""


@dataclass(frozen=True)
class SiteSettings:
    """Where sites are and how their measurements differ from the cell; all of it made up.

    The published error of regressions of GST on four LSTs, about 3 K at single station-days (Zou et al. 2014), includes
    the difference between the point of a logger and a cell of LST. It accounts for most of the 3 K here: `point_sd` and
    `offset_sd`.

    Parameters
    ----------
    stations : int
        Number of stations.
    accessible_km : float
        With this much more elevation, in km, a place is 1/e times as likely to have a station.
    point_sd : float
        Standard deviation of the daily mean at the logger about that of its cell, independent each day, K.
    offset_sd : float
        Standard deviation of the constant offset of a station, K.
    logger_sd : float
        Standard deviation of the noise of the instrument, K.
    lost_days : float
        Share of the days without a record.
    sentinel_days : float
        Share of the days on which the logger records `SENTINEL`.
    outage_days : int
        Length in days of the longer outage of every fourth station.
    boreholes : int
        Number of boreholes.
    borehole_range_k : float
        Boreholes are where the true TTOP is this close to 0 degC, K.
    depth_m : tuple of two floats
        Smallest and largest depth of measurement.
    gradient_k_per_m : float
        Warming of the ground with depth.
    borehole_sd : float
        Standard deviation of the ground temperature about the TTOP of its cell, K.
    """

    stations: int = 36
    accessible_km: float = 4.0
    point_sd: float = 2.6
    offset_sd: float = 0.3
    logger_sd: float = 0.2
    lost_days: float = 0.02
    sentinel_days: float = 0.003
    outage_days: int = 30
    boreholes: int = 40
    borehole_range_k: float = 5.0
    depth_m: tuple[float, float] = (6.0, 20.0)
    gradient_k_per_m: float = 0.02
    borehole_sd: float = 0.4


def spread(quantity: np.ndarray, weight: np.ndarray, count: int, generator: np.random.Generator) -> np.ndarray:
    """Choose cells by systematic sampling along a quantity, with probabilities proportional to their weights.

    Parameters
    ----------
    quantity, weight : ndarray of the same shape
        The cells are ordered by the quantity; cells of weight 0 are never chosen.
    count : int
        Number of cells to choose.
    generator : numpy Generator
        Determines where the sampling begins.

    Returns
    -------
    ndarray of int
        Distinct flat indices in the order of the quantity; fewer than `count` if few cells have a weight.
    """
    candidates = np.flatnonzero(weight)
    order = candidates[np.argsort(quantity.ravel()[candidates], kind="stable")]
    reached = np.cumsum(weight.ravel()[order])
    wanted = (np.arange(count) + generator.random()) / count * reached[-1]
    # A cell whose weight exceeds a step would be chosen twice.
    return order[np.unique(np.searchsorted(reached, wanted))]


def station_cells(
    elevation_m: np.ndarray, is_ground: np.ndarray, seed: int, settings: SiteSettings = SiteSettings()
) -> np.ndarray:
    """Choose the cells of the stations: at all elevations, and more of them at low ones, which are accessible.

    Parameters
    ----------
    elevation_m : ndarray, shape (rows, columns)
        Metres above sea level.
    is_ground : ndarray of bool, shape (rows, columns)
        Where a station can stand: cells that are neither ice nor water.
    seed : int
        The same seed gives the same places.
    settings : SiteSettings
        Number of stations, and accessibility.

    Returns
    -------
    ndarray of int
        Flat indices, from low to high.
    """
    weight = np.where(is_ground, np.exp(-elevation_m / 1000 / settings.accessible_km), 0.0)
    return spread(elevation_m, weight, settings.stations, np.random.default_rng((seed, 51)))


def observe(gst: np.ndarray, seed: int, settings: SiteSettings = SiteSettings()) -> np.ndarray:
    """Return the records of the loggers.

    Parameters
    ----------
    gst : ndarray, shape (days, stations)
        True daily mean GST of the cells, degC.
    seed : int
        The same seed gives the same errors.
    settings : SiteSettings
        The errors.

    Returns
    -------
    ndarray of the same shape
        degC; NaN where there is no record, and `SENTINEL` on some days.
    """
    generator = np.random.default_rng((seed, 52))
    days, stations = gst.shape
    offset = generator.normal(0, settings.offset_sd, stations)
    noise = generator.normal(0, np.hypot(settings.point_sd, settings.logger_sd), gst.shape)
    observed = gst + offset + noise
    observed[generator.random(gst.shape) < settings.sentinel_days] = SENTINEL
    observed[generator.random(gst.shape) < settings.lost_days] = np.nan
    for station in range(0, stations, 4):
        first = generator.integers(days)
        observed[first : first + settings.outage_days, station] = np.nan
    return observed


@dataclass(frozen=True)
class Boreholes:
    """Cells of boreholes as flat indices, and the mean annual ground temperature in degC at a depth in m."""

    cells: np.ndarray
    depth_m: np.ndarray
    magt: np.ndarray


def drill(ttop: np.ndarray, seed: int, settings: SiteSettings = SiteSettings()) -> Boreholes:
    """Place boreholes on both sides of the permafrost boundary, and measure their temperatures.

    Parameters
    ----------
    ttop : ndarray, shape (rows, columns)
        True temperature at the top of permafrost, degC; NaN on ice and water.
    seed : int
        The same seed gives the same boreholes.
    settings : SiteSettings
        Number and depth.
    """
    generator = np.random.default_rng((seed, 53))
    cells = spread(ttop, (np.abs(ttop) <= settings.borehole_range_k).astype(float), settings.boreholes, generator)
    depth_m = generator.uniform(*settings.depth_m, cells.size).round(1)
    error = generator.normal(0, settings.borehole_sd, cells.size)
    return Boreholes(cells, depth_m, ttop.ravel()[cells] + settings.gradient_k_per_m * depth_m + error)
