"""Arithmetic of longitudes: those that differ by whole turns around the Earth are the same."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from ...core.errors import InputError
from ...core.language import tr
from .gdal_io import spatial_reference

# What reaches more often around the Earth is not in degrees.
MAX_TURNS = 1000


@lru_cache(maxsize=64)
def whole_turn(crs_wkt: str) -> float:
    """Return the difference in x of a whole turn around the Earth in a CRS: 360 for degrees; 0 if x is no longitude."""
    if not crs_wkt:
        return 0.0
    reference = spatial_reference(crs_wkt)
    # That of a damaged CRS may be 0.
    unit = reference.GetAngularUnits() if reference.IsGeographic() else 0.0
    return 2 * math.pi / unit if unit > 0 else 0.0


def turns_between(x: float, other: float, turn: float) -> int:
    """Return the number of whole turns that bring a longitude nearest to another one."""
    return round((other - x) / turn) if turn else 0


def off_turns(difference: float, turn: float) -> float:
    """Return the remainder of a difference of longitudes after whole turns, the shorter way round."""
    return math.remainder(difference, turn) if turn else difference


def turns_onto(xmin: float, xmax: float, left: float, right: float, turn: float) -> list[int]:
    """Return the numbers of whole turns by which the range `xmin` to `xmax` overlaps the range `left` to `right`.

    Raises
    ------
    InputError
        If they are more than `MAX_TURNS`: what reaches so often around the Earth is not in degrees.
    """
    if not turn:
        return [0] if xmax > left and xmin < right else []
    if not xmax - xmin + right - left < MAX_TURNS * turn:
        raise InputError(
            tr(
                "Longitudes from {first:g} to {last:g} are no degrees, which go around the Earth once: assign the "
                "right CRS to the layer, or get its file again.",
                first=min(xmin, left),
                last=max(xmax, right),
            )
        )
    first, last = math.floor((left - xmax) / turn) + 1, math.ceil((right - xmin) / turn) - 1
    return list(range(first, last + 1))


def shortest_range(firsts: np.ndarray, lasts: np.ndarray, turn: float) -> tuple[float, float]:
    """Return the smallest range that contains several ranges, of longitudes after whole turns if `turn` is not 0."""
    if not turn or lasts.max() - firsts.min() <= turn / 2:
        return firsts.min().item(), lasts.max().item()
    order = np.argsort(firsts)
    begin, reach = firsts[order], np.maximum.accumulate(lasts[order])
    # Gaps from the end of the covered part to the next range; the last gap ends at the first range, a turn later.
    gaps = np.append(begin[1:], begin[0] + turn) - reach
    widest = int(np.argmax(gaps))
    if gaps[widest] <= max(gaps[-1], 0):
        return begin[0].item(), reach[-1].item()
    return begin[widest + 1].item(), reach[widest].item() + turn
