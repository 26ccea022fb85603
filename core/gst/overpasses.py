"""Day and night overpasses of the satellites."""

from __future__ import annotations

from typing import Mapping, Union

import numpy as np

from ..coded import Coded, batches
from ..errors import InputError
from ..language import tr

SATELLITES = ("terra", "aqua")


def require_day_warmer(
    day: Union[np.ndarray, Coded], night: Union[np.ndarray, Coded], day_name: str, night_name: str
) -> None:
    """Raise an `InputError` if the day is mostly colder than the night: the two are swapped; NaN is ignored."""
    number = colder = 0
    for rows in batches(len(day)):
        known = _known(day[rows] - night[rows])
        number, colder = number + known.size, colder + int(np.count_nonzero(known < 0))
    # Only where half of them are colder is the median worth its memory.
    if 2 * colder < number or not number:
        return
    known = _known(day[:] - night[:])
    if np.median(known) < 0:
        raise InputError(
            tr(
                "'{day_name}' is colder than '{night_name}' by {median:.3g} K in the median: they seem to be "
                "swapped, exchange them.",
                day_name=day_name,
                night_name=night_name,
                median=-np.median(known),
            )
        )


def _known(values: np.ndarray) -> np.ndarray:
    return values[np.isfinite(values)]


def require_days_warmer(values: Mapping[str, Union[np.ndarray, Coded]]) -> None:
    """Raise an `InputError` if day and night of a satellite were swapped; `values` has the names of overpasses."""
    for satellite in SATELLITES:
        day, night = f"{satellite}_day", f"{satellite}_night"
        if day in values and night in values:
            require_day_warmer(values[day], values[night], day, night)
