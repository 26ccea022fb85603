"""The course of the year: seasons and harmonics of the date."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

# Meteorological seasons by the initials of their months, which are valid on both hemispheres.
SEASONS = ("DJF", "MAM", "JJA", "SON")

DAYS_PER_YEAR = 365.25

# The semi-annual wave is the highest with a physical meaning; twice as many leave room.
MAX_PAIRS = 4


def season_of(dates: ArrayLike) -> np.ndarray:
    """Return the position in `SEASONS` of each date.

    Parameters
    ----------
    dates : array_like of datetime64[D]

    Returns
    -------
    array of int, of the same shape
    """
    months_since_1970 = np.asarray(dates, "datetime64[M]").astype(int)
    return (months_since_1970 + 1) % 12 // 3


def harmonics(dates: ArrayLike, pairs: int) -> np.ndarray:
    """Return sines and cosines of the day of the year.

    Parameters
    ----------
    dates : array_like of datetime64[D], shape (n,)
    pairs : int
        1 for the annual wave, 2 to add the semi-annual one, and so on.

    Returns
    -------
    array, shape (n, 2 * pairs)
        sin, cos of the annual wave, then of the next; columns are named by `harmonic_names`.
    """
    dates = np.asarray(dates, "datetime64[D]")
    day_of_year = (dates - dates.astype("datetime64[Y]")).astype(float)
    angle = 2 * np.pi * day_of_year / DAYS_PER_YEAR
    waves = [wave(k * angle) for k in range(1, pairs + 1) for wave in (np.sin, np.cos)]
    return np.stack(waves, axis=-1) if waves else np.empty((*dates.shape, 0))


def harmonic_names(pairs: int) -> tuple[str, ...]:
    """Return the names of the columns of `harmonics`: ``sin 1``, ``cos 1``, ``sin 2``, ..."""
    return tuple(f"{wave} {k}" for k in range(1, pairs + 1) for wave in ("sin", "cos"))
