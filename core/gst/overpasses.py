"""Day and night overpasses of the satellites."""

from __future__ import annotations

from typing import Mapping

import numpy as np

from ..errors import InputError
from ..language import tr

SATELLITES = ("terra", "aqua")


def require_day_warmer(day: np.ndarray, night: np.ndarray, day_name: str, night_name: str) -> None:
    """Raise an `InputError` if the day is mostly colder than the night: the two are swapped; NaN is ignored."""
    difference = day - night
    known = difference[np.isfinite(difference)]
    if known.size and np.median(known) < 0:
        raise InputError(
            tr(
                "'{day_name}' is colder than '{night_name}' by {median:.3g} K in the median: they seem to be "
                "swapped, exchange them.",
                day_name=day_name,
                night_name=night_name,
                median=-np.median(known),
            )
        )


def require_days_warmer(values: Mapping[str, np.ndarray]) -> None:
    """Raise an `InputError` if day and night of a satellite were swapped; `values` has the names of overpasses."""
    for satellite in SATELLITES:
        day, night = f"{satellite}_day", f"{satellite}_night"
        if day in values and night in values:
            require_day_warmer(values[day], values[night], day, night)
