"""Stations with loggers and boreholes of the sample basin, and what is measured there: *simulated*."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

SENTINEL = 3276.6
"""What a logger writes when it has nothing to say, degC."""


@dataclass(frozen=True)
class SiteSettings:
    """Where sites lie and how what they measure departs from the cell; all of it made up.

    The published skill of regressions of GST on four LSTs, about 3 K at single station-days (Zou et al. 2014), contains
    that a logger is a point and a cell of LST is not. Most of these 3 K are put there: `point_sd` and `offset_sd`.

    Parameters
    ----------
    stations : int
        Number of stations.
    accessible_km : float
        A place this much higher, in km, is 1/e as likely to have a station.
    point_sd : float
        Departure of the daily mean at the logger from that of its cell, new each day, K.
    offset_sd : float
        Departure that a station has all year, K.
    logger_sd : float
        Noise of the instrument, K.
    lost_days : float
        Share of the days on which the logger says nothing.
    sentinel_days : float
        Share of the days on which it writes `SENTINEL`.
    outage_days : int
        Days of the one longer outage that every fourth station has.
    boreholes : int
        Number of boreholes.
    borehole_range_k : float
        They lie where the true TTOP is this close to 0 degC, K.
    depth_m : tuple of two floats
        Shallowest and deepest level at which the ground is measured.
    gradient_k_per_m : float
        Warming of the ground with depth.
    borehole_sd : float
        Departure of the ground temperature from the TTOP of its cell, K.
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
    """Choose cells by systematic sampling along a quantity, each with a chance proportional to its weight.

    Parameters
    ----------
    quantity, weight : ndarray, of one shape
        What the cells are ordered by; 0 is the weight of cells that are never chosen.
    count : int
        How many are wanted.
    generator : numpy Generator
        Says where the sampling begins.

    Returns
    -------
    ndarray of int
        Flat indices in the order of the quantity, each once; fewer than `count` where few cells have a weight.
    """
    candidates = np.flatnonzero(weight)
    order = candidates[np.argsort(quantity.ravel()[candidates], kind="stable")]
    reached = np.cumsum(weight.ravel()[order])
    wanted = (np.arange(count) + generator.random()) / count * reached[-1]
    # A cell that outweighs a step would come twice.
    return order[np.unique(np.searchsorted(reached, wanted))]


def station_cells(
    elevation_m: np.ndarray, is_ground: np.ndarray, seed: int, settings: SiteSettings = SiteSettings()
) -> np.ndarray:
    """Choose the cells of the stations: from the lowest to the highest, and more of them low, where people get.

    Parameters
    ----------
    elevation_m : ndarray, shape (rows, columns)
        Metres above the sea.
    is_ground : ndarray of bool, shape (rows, columns)
        Where a station can stand: neither ice nor water.
    seed : int
        Equal seeds give equal places.
    settings : SiteSettings
        How many, and how far up.

    Returns
    -------
    ndarray of int
        Flat indices, from low to high.
    """
    weight = np.where(is_ground, np.exp(-elevation_m / 1000 / settings.accessible_km), 0.0)
    return spread(elevation_m, weight, settings.stations, np.random.default_rng((seed, 51)))


def observe(gst: np.ndarray, seed: int, settings: SiteSettings = SiteSettings()) -> np.ndarray:
    """Give what the loggers have written.

    Parameters
    ----------
    gst : ndarray, shape (days, stations)
        True daily mean GST of the cells, degC.
    seed : int
        Equal seeds give equal errors.
    settings : SiteSettings
        The errors.

    Returns
    -------
    ndarray of the same shape
        degC; NaN where there is no entry, and some days of `SENTINEL`.
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
    """Cells of the boreholes as flat indices, and the mean annual ground temperature in degC at a depth in m."""

    cells: np.ndarray
    depth_m: np.ndarray
    magt: np.ndarray


def drill(ttop: np.ndarray, seed: int, settings: SiteSettings = SiteSettings()) -> Boreholes:
    """Place boreholes on both sides of the margin of permafrost, and measure.

    Parameters
    ----------
    ttop : ndarray, shape (rows, columns)
        True temperature at the top of permafrost, degC; NaN on ice and water.
    seed : int
        Equal seeds give equal boreholes.
    settings : SiteSettings
        How many and how deep.
    """
    generator = np.random.default_rng((seed, 53))
    cells = spread(ttop, (np.abs(ttop) <= settings.borehole_range_k).astype(float), settings.boreholes, generator)
    depth_m = generator.uniform(*settings.depth_m, cells.size).round(1)
    error = generator.normal(0, settings.borehole_sd, cells.size)
    return Boreholes(cells, depth_m, ttop.ravel()[cells] + settings.gradient_k_per_m * depth_m + error)
