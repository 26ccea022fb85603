"""Stacks: rasters with one band a day, of land or ground surface temperature in degC."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Optional, Sequence

import numpy as np
from osgeo import gdal

from ..core.errors import InputError
from .sources import BandsSource, RasterSource
from .writer import Layer, Storage

# Hundredths of a degree, -327.67 to 327.67.
HUNDREDTHS = Storage(gdal.GDT_Int16, -32768, 0.01)

# A date in the description of a band, standing free: 2013-01-31, 2013_01_31 or 20130131.
DESCRIBED = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_]?)(\d\d)\2(\d\d)(?!\d)")

# The time axis of a NetCDF file: a unit since an epoch, in a calendar that has our days.
SINCE = re.compile(r"(day|hour|minute|second)s?\s+since\s+(\d+)-(\d+)-(\d+)(?:[T ](\d+):(\d+))?")
CALENDARS = ("standard", "gregorian", "proleptic_gregorian")

# A median above is no temperature of the ground in degC; 200 to 340 K lies far above.
HIGHEST_MEDIAN_DEGC = 100.0

# Bands and cells that are looked at to tell the unit.
SAMPLED_BANDS = 8
SAMPLED_SIDE = 256


# The day of a single band that does not tell its own.
UNDATED = date.min


def stack_layer(days: Sequence[date]) -> Layer:
    """Give what the bands of a stack hold, for `writer.raster_output`."""
    return Layer([day.isoformat() for day in days], "degC", numbers=HUNDREDTHS)


@dataclass(frozen=True)
class Stack:
    """A raster whose bands are days.

    Attributes
    ----------
    source : RasterSource
        The file.
    days : tuple of datetime.date
        One per band, ascending.
    """

    source: RasterSource
    days: tuple[date, ...]

    @property
    def name(self) -> str:
        """How the user knows it."""
        return self.source.name

    def label(self, day: date) -> str:
        """Give a day as text."""
        return self.name if day == UNDATED else day.isoformat()

    def band(self, day: date) -> RasterSource:
        """Give one day as a source of its own."""
        return replace(self.source, band=self.days.index(day) + 1)

    def bands(self, days: Sequence[date]) -> BandsSource:
        """Give several days as one source."""
        numbers = {day: number for number, day in enumerate(self.days, start=1)}
        return BandsSource(self.source, tuple(numbers[day] for day in days))


def read_stack(source: RasterSource, start: Optional[date] = None) -> Stack:
    """Tell the days of a stack.

    Parameters
    ----------
    source : RasterSource
        Any raster with one band a day.
    start : datetime.date, optional
        The day of the first band, for files that do not tell their dates; it goes before what they tell.
        A single band needs no date.

    Raises
    ------
    InputError
        If the dates are nowhere, or out of order.
    """
    dataset = source.dataset()
    if start is not None:
        return Stack(source, tuple(start + timedelta(index) for index in range(dataset.RasterCount)))
    days = _described_days(dataset) or _netcdf_days(dataset)
    if days is None and dataset.RasterCount == 1:
        return Stack(source, (UNDATED,))
    if days is None:
        raise InputError(
            f"The bands of '{source.name}' do not tell their dates: write them into the band descriptions as "
            "YYYY-MM-DD, give a NetCDF file with a time axis in a standard calendar, or set START_DATE to the day of "
            "the first of bands that follow each other daily."
        )
    for number, (before, after) in enumerate(zip(days, days[1:]), start=2):
        if after <= before:
            raise InputError(
                f"Band {number} of '{source.name}' is of {after} and follows {before}: put the bands in the order of "
                "their dates, each date once."
            )
    return Stack(source, days)


def _described_days(dataset: gdal.Dataset) -> Optional[tuple[date, ...]]:
    """Read the dates from the descriptions of the bands; None unless all tell one."""
    days = []
    for number in range(1, dataset.RasterCount + 1):
        found = DESCRIBED.search(dataset.GetRasterBand(number).GetDescription())
        if found is None:
            return None
        try:
            days.append(date(int(found[1]), int(found[3]), int(found[4])))
        except ValueError:
            return None
    return tuple(days)


def _netcdf_days(dataset: gdal.Dataset) -> Optional[tuple[date, ...]]:
    """Read the dates from the time axis of a NetCDF file; None where there is none that is understood."""
    items = dataset.GetMetadata()
    for axis in (key[: -len("#units")] for key in items if key.endswith("#units")):
        since = SINCE.match(items[f"{axis}#units"])
        if since is None or items.get(f"{axis}#calendar", "standard").lower() not in CALENDARS:
            continue
        bands = (dataset.GetRasterBand(number) for number in range(1, dataset.RasterCount + 1))
        offsets = [band.GetMetadataItem(f"NETCDF_DIM_{axis}") for band in bands]
        if None not in offsets:
            epoch = datetime(*(int(part or 0) for part in since.groups()[1:]))
            return tuple((epoch + timedelta(**{f"{since[1]}s": float(offset)})).date() for offset in offsets)
    return None


def require_celsius(stack: Stack) -> None:
    """Raise an `InputError` when a stack holds no degC but, as its values tell, kelvin."""
    grid = stack.source.grid()
    middle = grid.middle(SAMPLED_SIDE)
    days = stack.days[:: max(1, len(stack.days) // SAMPLED_BANDS)]
    reader = stack.bands(days).open(grid)
    for band, day in zip(reader.bands, days):
        values = band.read(middle)
        known = values[~np.isnan(values)]
        if known.size and np.median(known) > HIGHEST_MEDIAN_DEGC:
            raise InputError(
                f"The band of {day} of '{stack.name}' has the median {np.median(known):.6g}, which is kelvin rather "
                "than degC: subtract 273.15 with the raster calculator, or build the stack by 'Build LST stacks'."
            )
