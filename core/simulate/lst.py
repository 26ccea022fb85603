"""Land surface temperature of four overpasses a day over the sample basin, with its clouds: *simulated*.

The daily mean ground surface temperature (GST) is that of the climatology and the weather, the truth of the
sample basin. An overpass sees it shifted by the time of day and by retrieval errors, and not through clouds.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import Callable, Iterator, Mapping

import numpy as np

from ..prepare.scenes import OVERPASSES
from .climatology import DAYS_PER_YEAR, MEAN_CLIMATE, Climatology, Weather, day_of_year
from .randomfield import FieldAtPlaces, RandomField

LOCAL_HOUR = dict(zip(OVERPASSES, (10.5, 22.5, 13.5, 1.5)))
"""When Terra and Aqua pass by day and by night, in hours of local solar time."""

DAYS_AT_ONCE = 8  # limits the memory

# Numbers that random fields are seeded with by purpose; smaller ones are used by the weather and by `sample`.
CLOUD, SCENE, CELL, SURFACE = 31, 41, 42, 43


@dataclass(frozen=True)
class CloudField:
    """A component of the cloudiness: its share of the variance, its correlation length and its correlation time."""

    variance: float
    length_km: float
    duration_days: float


@dataclass(frozen=True)
class ClearShare:
    """Share of clear cells: its mean, the amplitude of its annual wave, and the day of the year of the maximum."""

    mean: float
    amplitude: float
    clearest_day: float

    def on(self, day_of_year: np.ndarray) -> np.ndarray:
        """Return the share on days of the year."""
        return self.mean + self.amplitude * np.cos(2 * np.pi * (day_of_year - self.clearest_day) / DAYS_PER_YEAR)


@dataclass(frozen=True)
class LstSettings:
    """How the temperature at an overpass differs from the daily mean GST.

    The shares of clear cells are those of MOD11A1 over 600 x 661 cells of 1 km around the Heihe basin, day by day in
    2013: the mean and the annual wave by least squares. Aqua has the shares of Terra. The components of the cloudiness
    were chosen by trial so that a simulated year over that area resembles the record in the standard deviation of the
    daily share (0.29 by day, 0.28 by night), the correlation of its departures from the annual wave from day to day
    (0.17, 0.17), from day to night of one date (0.35) and from night to the next day (0.49), and the correlation of
    gaps over 5 to 160 km in the scenes of 2013-01-01. Terrain does not cause clouds here.

    Everything else is made up. Of the errors, only `surface_sd` lasts all year and does not average out in degree days.

    Parameters
    ----------
    day, night : ClearShare
        Share of clear cells by day and by night.
    clouds : tuple of CloudField
        Components of a cloudiness with mean 0 and variance 1, the same for all overpasses, each at its hour. The
        cloudiest cells are gaps.
    warmest_hour : float
        Local solar time of the maximum. The diurnal cycle is a cosine about the daily mean.
    half_range_k : float
        Half the diurnal range at sea level with average cloudiness, annual mean, K.
    half_range_season_k : float
        Increase of the half range on the warmest day of the year, and decrease on the coldest, K.
    half_range_per_km : float
        Change of the half range with elevation, K/km.
    half_range_cloud : float
        Relative decrease of the half range per standard deviation of cloudiness. Temperatures in gaps therefore differ
        systematically from those that are seen, as under real clouds.
    scene_sd, scene_km : float
        Standard deviation of the error of a scene, such as from water vapour, K, and its correlation length.
    cell_sd : float
        Standard deviation of the error of a cell in a scene, K.
    surface_sd, surface_km : float
        Standard deviation of the difference between surface and ground that all scenes share, such as from emissivity,
        K, and its correlation length.
    """

    day: ClearShare = ClearShare(0.640, 0.057, 300)
    night: ClearShare = ClearShare(0.701, 0.139, 362)
    clouds: tuple[CloudField, ...] = (
        CloudField(0.12, 800, 4),
        CloudField(0.50, 500, 0.36),
        CloudField(0.24, 130, 0.3),
        CloudField(0.14, 12, 0.15),
    )
    warmest_hour: float = 13.0
    half_range_k: float = 11.0
    half_range_season_k: float = 3.0
    half_range_per_km: float = 0.5
    half_range_cloud: float = 0.12
    scene_sd: float = 1.2
    scene_km: float = 150.0
    cell_sd: float = 0.7
    surface_sd: float = 0.4
    surface_km: float = 40.0


@dataclass(frozen=True)
class LstDay:
    """One day: the truth and what satellites see of it.

    Attributes
    ----------
    date : datetime64[D]
    gst : ndarray, shape (rows, columns)
        True daily mean, degC; NaN where the elevation is missing.
    lst : mapping of str to ndarray
        LST of each of `OVERPASSES` in degC, as it would be without clouds.
    is_clear : mapping of str to ndarray of bool
        Where it is seen.
    """

    date: np.datetime64
    gst: np.ndarray
    lst: Mapping[str, np.ndarray]
    is_clear: Mapping[str, np.ndarray]


def simulate_lst(
    elevation_m: np.ndarray,
    longitude: np.ndarray,
    latitude: np.ndarray,
    dates: np.ndarray,
    seed: int = 0,
    climatology: Climatology = MEAN_CLIMATE,
    settings: LstSettings = LstSettings(),
    stop: Callable[[], None] = lambda: None,
) -> Iterator[LstDay]:
    """Simulate the scenes of days, one day after the other.

    Parameters
    ----------
    elevation_m : ndarray, shape (rows, columns)
        Metres above sea level, NaN if missing.
    longitude, latitude : ndarray
        Of the cell centres in degrees, broadcasting to (rows, columns).
    dates : ndarray of datetime64, shape (n,)
        Days.
    seed : int
        As in `sample.simulate_basin`, whose true degree days are the sums of this GST. The same seed gives the same
        values in any part of the basin and of the year.
    climatology : Climatology
        The mean climate.
    settings : LstSettings
        Clouds, diurnal cycle and errors.
    stop : callable
        Called now and then; raises an error if the user has cancelled.
    """

    def field(purpose: tuple[int, ...], length_km: float, duration_days: float = np.inf) -> FieldAtPlaces:
        stop()
        return RandomField((seed, *purpose), length_km, duration_days).at(longitude, latitude)

    weather = Weather(seed).at(longitude, latitude)
    clouds = [
        (np.sqrt(part.variance), field((CLOUD, number), part.length_km, part.duration_days))
        for number, part in enumerate(settings.clouds)
    ]
    # Two scenes of a day are hours apart: these errors are new in each.
    scene_error, cell_error = field((SCENE,), settings.scene_km, 0.05), field((CELL,), 1.0, 0.05)
    surface = settings.surface_sd * field((SURFACE,), settings.surface_km)()
    mean_half_range = settings.half_range_k + settings.half_range_per_km * elevation_m / 1000

    for start in range(0, len(dates), DAYS_AT_ONCE):
        some = np.asarray(dates[start : start + DAYS_AT_ONCE], "datetime64[D]")
        days = day_of_year(some).reshape(-1, 1, 1)
        gst = climatology.gst(elevation_m, latitude, days) + weather(some)
        season = np.cos(2 * np.pi * (days - climatology.warmest_day) / DAYS_PER_YEAR)
        half_range = mean_half_range + settings.half_range_season_k * season
        lst, is_clear = {}, {}
        for overpass, hour in LOCAL_HOUR.items():
            stop()
            time = some.astype(float) + hour / 24  # days since 1970
            cloudiness = sum(size * part(time) for size, part in clouds)
            thickness = 1 - settings.half_range_cloud * cloudiness.clip(-2, 2)
            phase = np.cos(2 * np.pi * (hour - settings.warmest_hour) / 24)
            error = settings.scene_sd * scene_error(time) + settings.cell_sd * cell_error(time)
            lst[overpass] = gst + phase * half_range * thickness + surface + error
            share = (settings.day if overpass.endswith("day") else settings.night).on(days.ravel())
            is_clear[overpass] = cloudiness < np.array([NormalDist().inv_cdf(s) for s in share]).reshape(-1, 1, 1)
        for number, date in enumerate(some):
            yield LstDay(
                date,
                gst[number],
                {overpass: values[number] for overpass, values in lst.items()},
                {overpass: seen[number] for overpass, seen in is_clear.items()},
            )
