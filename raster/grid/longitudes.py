"""Longitudes: those that differ by whole turns around the Earth are the same place."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from .gdal_io import spatial_reference


@lru_cache(maxsize=64)
def whole_turn(crs_wkt: str) -> float:
    """Return how far a whole turn around the Earth takes x in a CRS: 360 for degrees; 0 where x is no longitude."""
    if not crs_wkt:
        return 0.0
    reference = spatial_reference(crs_wkt)
    return 2 * math.pi / reference.GetAngularUnits() if reference.IsGeographic() else 0.0


def turns_between(x: float, other: float, turn: float) -> int:
    """Return how many whole turns bring a longitude nearest to another one."""
    return round((other - x) / turn) if turn else 0


def off_turns(difference: float, turn: float) -> float:
    """Return what remains of a difference of longitudes beside whole turns, the shorter way round."""
    return math.remainder(difference, turn) if turn else difference


def turns_onto(xmin: float, xmax: float, left: float, right: float, turn: float) -> list[int]:
    """Return the whole turns by which the range `xmin` to `xmax` comes to lie on the range `left` to `right`."""
    if not turn:
        return [0] if xmax > left and xmin < right else []
    first, last = math.floor((left - xmax) / turn) + 1, math.ceil((right - xmin) / turn) - 1
    return list(range(first, last + 1))


def shortest_range(firsts: np.ndarray, lasts: np.ndarray, turn: float) -> tuple[float, float]:
    """Return the smallest range that holds several ones, of longitudes where there is a `turn`, by whole turns too."""
    if not turn or lasts.max() - firsts.min() <= turn / 2:
        return firsts.min().item(), lasts.max().item()
    order = np.argsort(firsts)
    begin, reach = firsts[order], np.maximum.accumulate(lasts[order])
    # Between what was reached and what begins next; at last, from all to the first one a turn later.
    gaps = np.append(begin[1:], begin[0] + turn) - reach
    widest = int(np.argmax(gaps))
    if gaps[widest] <= max(gaps[-1], 0):
        return begin[0].item(), reach[-1].item()
    return begin[widest + 1].item(), reach[widest].item() + turn
