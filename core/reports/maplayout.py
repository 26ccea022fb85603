"""What is written beside a printed map: the areas of its classes with their intervals."""

from __future__ import annotations

import math

from ..classes import PERMAFROST_MAP
from ..language import tr
from ..publish.maplayout import PROBABLE, AreaLine, PrintedMap
from .numbers import fixed


def printed_areas(result: PrintedMap) -> list[list[str]]:
    """Return the areas as texts below a heading; the last column are the intervals, where there are any."""
    names = {entry.value: tr(entry.name) for entry in PERMAFROST_MAP}
    heading = [tr("Class"), tr("Area [km²]"), tr("Share [%]")]
    rows = [[names[line.value], fixed(line.km2, _digits(line.km2)), fixed(line.percent, 1)] for line in result.lines]
    if not result.has_intervals:
        return [heading, *rows]
    intervals = [_interval(line) for line in result.lines]
    return [[*heading, tr("Interval [km²]")], *([*row, interval] for row, interval in zip(rows, intervals))]


def areas_note(result: PrintedMap) -> str:
    """Return what the areas are, in a sentence or two."""
    if result.is_assumed:
        areas = tr("Areas of cells whose units are taken for metres.")
    else:
        areas = tr("Areas on the ellipsoid.")
    if not result.has_probable:
        return areas
    probable = tr(
        "Interval: ground with a probability of permafrost of at least {sure:.0f} % and of at least {possible:.0f} %.",
        sure=PROBABLE[0],
        possible=PROBABLE[1],
    )
    return f"{areas} {probable}"


def _digits(km2: float) -> int:
    """Return the decimals of an area that mean something: none from 100 km2 on."""
    return 0 if km2 >= 99.95 else 1


def _interval(line: AreaLine) -> str:
    if not (math.isfinite(line.low_km2) and math.isfinite(line.high_km2)):
        return ""
    digits = _digits(line.low_km2)
    return f"{fixed(line.low_km2, digits)} – {fixed(line.high_km2, digits)}"
