"""The time that each band of a raster shows: a day of a stack, or a year of yearly results."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Optional

from ...core.days import described_days
from ..read.rasters import RasterSource
from ..read.years import band_names
from .steps import PARAMETERS, metadata_of, parameters_of

# The names of bands of yearly results: a calendar year, or two years where it begins in another month.
YEAR_NAME = re.compile(r"(\d{4})(?:-(\d{4}))?")
MONTHS = tuple(map(str, range(1, 13)))

Span = tuple[date, date]


def band_times(source: RasterSource) -> Optional[list[Span]]:
    """Return the first day of each band and the day after its last one; None where the bands are not all such times.

    The first month of a year that does not begin in January is that of the run that wrote the file, and unknown where
    the file does not record it.
    """
    names = band_names(source)
    days = described_days(names)
    if days is not None:
        return [(day, day + timedelta(1)) for day in days]
    found = [match for match in map(YEAR_NAME.fullmatch, names) if match is not None]
    if len(found) < len(names):
        return None
    years = [int(match[1]) for match in found]
    if not any(match[2] for match in found):
        return [(date(year, 1, 1), date(year + 1, 1, 1)) for year in years]
    month = _first_month(source.path)
    return None if month is None else [(date(year, month, 1), date(year + 1, month, 1)) for year in years]


def _first_month(path: str) -> Optional[int]:
    month = parameters_of(metadata_of(path).get(PARAMETERS, "{}")).get("YEAR_START", "")
    return int(month) if month in MONTHS else None
