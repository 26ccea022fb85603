"""The climate of the sample basin: *simulated, plausible, not observed*.

A mean climate of daily ground surface temperature (GST) as a smooth function of elevation, latitude and day of
the year, and weather as a function of place and date. Nothing here was fitted to measurements of the region;
the climate makes a landscape on which the method can be run and its result compared with a known truth.

The lapse rate lies between the -4.8 K/km of air temperature over the Qinghai-Tibet Plateau and the -6.9 K/km of
GST at Wenquan on its north-eastern edge; the decrease with latitude is that of air temperature on the plateau
(106 stations, Wang, Sun, Cheng & Jiang 2011, J. Mt. Sci. 8:808). The annual amplitude is an assumption, and the
elevation of the isotherm was chosen so that the permafrost area of the Tarim river basin is about as published.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable

import numpy as np

from .randomfield import RandomField

DAYS_PER_YEAR = 365.25
DAYS_AT_ONCE = 31  # limits the memory of the sums

Anomaly = Callable[[np.ndarray], np.ndarray]
"""Departure from the mean climate in K: dates of shape (n,) to an array of shape (n, *places)."""


def dates_of_year(year: int) -> np.ndarray:
    """Return the days of a calendar year as ``datetime64[D]``."""
    return np.arange(f"{year}-01-01", f"{year + 1}-01-01", dtype="datetime64[D]")


def day_of_year(dates: np.ndarray) -> np.ndarray:
    """Return the day of the year, 1 to 366, of ``datetime64`` dates."""
    dates = np.asarray(dates, dtype="datetime64[D]")
    return (dates - dates.astype("datetime64[Y]")).astype(int) + 1


@dataclass(frozen=True)
class Climatology:
    """Mean climate of daily GST: an annual mean that decreases with elevation and latitude, and an annual harmonic.

    Parameters
    ----------
    zero_isotherm_m : float
        Elevation where the mean annual GST is 0 degC at `reference_latitude`.
    lapse_rate : float
        Change of the mean annual GST with elevation, K/km.
    latitude_gradient : float
        Change of the mean annual GST with latitude, K per degree.
    reference_latitude : float
        Degrees north.
    amplitude_k : float
        Half the annual range at sea level and `reference_latitude`, K.
    amplitude_per_km, amplitude_per_degree : float
        Change of the amplitude with elevation, K/km, and latitude, K per degree.
    warmest_day : float
        Day of the year of the highest temperature.
    """

    zero_isotherm_m: float = 4700.0
    lapse_rate: float = -5.5
    latitude_gradient: float = -0.87
    reference_latitude: float = 36.0
    amplitude_k: float = 20.0
    amplitude_per_km: float = -1.7
    amplitude_per_degree: float = 0.5
    warmest_day: float = 200.0

    def mean_annual(self, elevation_m: np.ndarray, latitude: np.ndarray) -> np.ndarray:
        """Return the mean annual GST in degC."""
        above_km = (elevation_m - self.zero_isotherm_m) / 1000
        return self.lapse_rate * above_km + self.latitude_gradient * (latitude - self.reference_latitude)

    def amplitude(self, elevation_m: np.ndarray, latitude: np.ndarray) -> np.ndarray:
        """Return half the annual range of the GST in K."""
        northing = latitude - self.reference_latitude
        return self.amplitude_k + self.amplitude_per_km * elevation_m / 1000 + self.amplitude_per_degree * northing

    def gst(self, elevation_m: np.ndarray, latitude: np.ndarray, day_of_year: np.ndarray) -> np.ndarray:
        """Return the daily mean GST in degC of the mean climate, without weather.

        Parameters
        ----------
        elevation_m, latitude : array_like
            Metres above sea level and degrees north, broadcast against each other and `day_of_year`.
        day_of_year : array_like
            1 for the first of January.
        """
        season = np.cos(2 * np.pi * (day_of_year - self.warmest_day) / DAYS_PER_YEAR)
        return self.mean_annual(elevation_m, latitude) + self.amplitude(elevation_m, latitude) * season

    def degree_days(
        self,
        elevation_m: np.ndarray,
        latitude: np.ndarray,
        dates: np.ndarray,
        anomaly: Anomaly | None = None,
        stop: Callable[[], None] = lambda: None,
    ) -> tuple[np.ndarray, np.ndarray]:
        """Sum the thawing and freezing degree days over given dates.

        Parameters
        ----------
        elevation_m, latitude : array_like
            Metres above sea level and degrees north, broadcast against each other.
        dates : ndarray of datetime64, shape (n,)
            The days to sum over.
        anomaly : callable, optional
            Weather to add to the mean climate, at the same places.
        stop : callable
            Called now and then; raises an error if the user has cancelled.

        Returns
        -------
        ddt, ddf : ndarray
            Both >= 0, in degC d; NaN where the elevation is NaN.
        """
        elevation_m, latitude = np.broadcast_arrays(np.asarray(elevation_m, dtype=float), latitude)
        ddt, ddf = np.zeros(elevation_m.shape), np.zeros(elevation_m.shape)
        for start in range(0, len(dates), DAYS_AT_ONCE):
            stop()
            some = dates[start : start + DAYS_AT_ONCE]
            days = day_of_year(some).reshape(-1, *[1] * elevation_m.ndim)
            gst = self.gst(elevation_m, latitude, days)
            if anomaly is not None:
                gst += anomaly(some)
            ddt += np.maximum(gst, 0).sum(axis=0)
            ddf -= np.minimum(gst, 0).sum(axis=0)
        return ddt, ddf


MEAN_CLIMATE = Climatology()
"""The climate of the shipped sample basin."""


@dataclass(frozen=True)
class Weather:
    """Departures of single days from the mean climate: simulated, and the same in any window of places and dates.

    Parameters
    ----------
    seed : int
        Each seed is another history.
    passing_sd, lasting_sd : float
        Standard deviation in K of anomalies that pass within days and of those that last for months.
    """

    seed: int = 0
    passing_sd: float = 2.5
    lasting_sd: float = 0.6

    def at(self, longitude: np.ndarray, latitude: np.ndarray) -> Anomaly:
        """Return the anomaly at these places as a function of dates (n,), of shape (n, *places)."""
        passing = RandomField((self.seed, 1), length_km=600, duration_days=3).at(longitude, latitude)
        lasting = RandomField((self.seed, 2), length_km=2000, duration_days=60, waves=32).at(longitude, latitude)

        def anomaly(dates: np.ndarray) -> np.ndarray:
            day = np.asarray(dates, dtype="datetime64[D]").astype(float)  # since 1970
            return self.passing_sd * passing(day) + self.lasting_sd * lasting(day)

        return anomaly
