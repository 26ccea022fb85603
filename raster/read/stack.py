"""Stacks: rasters with one band per day, of land or ground surface temperature in degC."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Mapping, Optional, Sequence

import numpy as np
from osgeo import gdal

from ...core.celsius import TEMPERATURES, ZERO_CELSIUS, has_gaps_of_zero, temperature_unit
from ...core.days import described_days
from ...core.errors import InputError
from ...core.language import tr
from ...core.timeaxis import axis_days, is_time
from ..grid.texts import metadata_item
from .bands import data_bands
from .rasters import BandsSource, RasterSource

# Bands and cells from which the unit is recognised.
SAMPLED_BANDS = 8
SAMPLED_SIDE = 256

# The day of a single band without a date.
UNDATED = date.min


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
        """Name known to the user."""
        return self.source.name

    def label(self, day: date) -> str:
        """Return the label of a day."""
        return self.name if day == UNDATED else day.isoformat()

    def band(self, day: date) -> RasterSource:
        """Return one day as a source."""
        return replace(self.source, band=self.days.index(day) + 1)

    def bands(self, days: Sequence[date]) -> BandsSource:
        """Return several days as one source."""
        numbers = {day: number for number, day in enumerate(self.days, start=1)}
        return BandsSource(self.source, tuple(numbers[day] for day in days))


def read_stack(source: RasterSource, start: Optional[date] = None) -> Stack:
    """Read the dates of a stack.

    Parameters
    ----------
    source : RasterSource
        Any raster with one band per day.
    start : datetime.date, optional
        The day of the first band, which takes precedence over the dates in the file. The others follow at the
        intervals of the file, in its calendar, or daily where it has none. A single band needs no date.

    Raises
    ------
    InputError
        If there are no dates, or they are not those of the real calendar or out of order.
    """
    descriptions = source.look().descriptions
    days = _described_days(descriptions, start) or _netcdf_days(source, start)
    if days is None and start is not None:
        days = tuple(start + timedelta(index) for index in range(len(descriptions)))
    if days is None and len(descriptions) == 1:
        return Stack(source, (UNDATED,))
    if days is None:
        raise InputError(
            tr(
                "The bands of '{name}' have no dates: write them into the band descriptions as YYYY-MM-DD, give "
                "a NetCDF file with a time axis in a standard calendar, or set START_DATE to the day of the "
                "first band if the bands are consecutive days.",
                name=source.name,
            )
        )
    for number, (before, after) in enumerate(zip(days, days[1:]), start=2):
        if after <= before:
            raise InputError(
                tr(
                    "Band {number} of '{name}' is of {after} and follows {before}: put the bands in the order of "
                    "their dates, each date once.",
                    number=number,
                    name=source.name,
                    after=after,
                    before=before,
                )
            )
    return Stack(source, days)


def _described_days(descriptions: Sequence[str], start: Optional[date]) -> Optional[tuple[date, ...]]:
    """Read the dates from the descriptions of the bands; None unless all have one.

    If the day of the first band is given, the others keep their intervals; None if these are not in order.
    """
    days = described_days(descriptions)
    if days is None or start is None:
        return days
    is_ordered = all(before < after for before, after in zip(days, days[1:]))
    return tuple(start + (day - days[0]) for day in days) if is_ordered else None


def _netcdf_days(source: RasterSource, start: Optional[date]) -> Optional[tuple[date, ...]]:
    """Read the dates from the time axis of a NetCDF file; None where there is none."""
    items = source.look().metadata
    for axis in (key[: -len("#units")] for key in items if key.endswith("#units")):
        units = items[f"{axis}#units"]
        offsets = _offsets(source.dataset(), axis) if is_time(units) else None
        if offsets:
            return axis_days(units, items.get(f"{axis}#calendar", ""), offsets, source.name, start)
    return None


def _offsets(dataset: gdal.Dataset, axis: str) -> Optional[list[str]]:
    """Read the number of each band on an axis; None unless all have one."""
    bands = (dataset.GetRasterBand(number) for number in data_bands(dataset))
    of_bands = [metadata_item(band, f"NETCDF_DIM_{axis}") for band in bands]
    offsets = [offset for offset in of_bands if offset is not None]
    if len(offsets) == len(of_bands):
        return offsets
    # Some files have all numbers in one item, in braces if there are several.
    together = (metadata_item(dataset, f"NETCDF_DIM_{axis}_VALUES") or "").strip("{} ").split(",")
    return together if len(together) == len(data_bands(dataset)) and all(together) else None


def temperature_stack(stack: Stack, allow_kelvin: bool = False) -> Stack:
    """Return a stack in which numbers that cannot be temperatures are read as missing.

    Parameters
    ----------
    stack : Stack
        Its unit is recognised from the centre of some days.
    allow_kelvin : bool
        Whether kelvin is accepted, too.

    Raises
    ------
    InputError
        If most days are in another unit, such as kelvin or digital numbers without their scale, or have gaps of 0, or
        one is in degrees Fahrenheit.
    """
    centre = stack.source.grid().middle(SAMPLED_SIDE)
    days = stack.days[:: max(1, len(stack.days) // SAMPLED_BANDS)]
    reader = stack.bands(days).open(stack.source.grid())
    sampled = {day: band.read(centre) for day, band in zip(days, reader.bands)}
    units = {day: temperature_unit(values) for day, values in sampled.items() if not np.isnan(values).all()}
    _refuse_fahrenheit(stack, {day: sampled[day] for day, unit in units.items() if unit == "degF"})
    doubtful = [day for day, unit in units.items() if unit != "degC"]
    if 2 * len(doubtful) <= len(units):
        _refuse_gaps_of_zero(stack, sampled)
        return _possible(stack, 0.0)
    day = doubtful[0]
    median, which = f"{np.nanmedian(sampled[day]):.6g}", _which(stack, day)
    in_kelvin = [unit for unit in units.values() if unit == "K"]
    if 2 * len(in_kelvin) <= len(units):
        raise InputError(
            tr(
                "{which} has the median {median}, which is neither °C nor kelvin and seems to be a number "
                "without its scale: assign scale and offset to the bands, as 0.02 and -273.15 for MODIS, or "
                "build the stack by 'Build LST stacks'.",
                which=which,
                median=median,
            )
        )
    if allow_kelvin:
        return _possible(stack, ZERO_CELSIUS)
    raise InputError(
        tr(
            "{which} has the median {median}, which is kelvin rather than °C: subtract {zero_celsius} with "
            "the raster calculator, or build the stack by 'Build LST stacks'.",
            which=which,
            median=median,
            zero_celsius=ZERO_CELSIUS,
        )
    )


def _which(stack: Stack, day: date) -> str:
    """Return how a sentence begins that is about a day of a stack."""
    return f"'{stack.name}'" if day == UNDATED else tr("The band of {day} of '{name}'", day=day, name=stack.name)


def _refuse_fahrenheit(stack: Stack, hot: Mapping[date, np.ndarray]) -> None:
    """Raise an `InputError` where there are days on which most of the ground is too hot for degC.

    On other days degrees Fahrenheit are all possible as degC.
    """
    for day, values in hot.items():
        raise InputError(
            tr(
                "{which} has the median {median}, and no land surface is that hot in °C, so it seems to be in °F: "
                "subtract 32 and divide by 1.8 with the raster calculator.",
                which=_which(stack, day),
                median=f"{np.nanmedian(values):.6g}",
            )
        )


def _refuse_gaps_of_zero(stack: Stack, sampled: Mapping[date, np.ndarray]) -> None:
    """Raise an `InputError` where 0 stands for no value: gaps would count as days of 0 degC, and never be filled."""
    with_zeros = [day for day, values in sampled.items() if (values == 0).any()]
    gaps = [day for day in with_zeros if has_gaps_of_zero(sampled[day])]
    if gaps and 2 * len(gaps) >= len(with_zeros):
        values = sampled[gaps[0]]
        raise InputError(
            tr(
                "'{name}' is exactly 0 °C in {share:.3g} % of its cells{on}, where hardly any other is near 0, so "
                "these seem to be gaps: tag 0 as nodata.",
                name=stack.name,
                share=100 * np.count_nonzero(values == 0) / np.count_nonzero(~np.isnan(values)),
                on="" if gaps[0] == UNDATED else tr(" on {day}", day=gaps[0]),
            )
        )


def _possible(stack: Stack, zero: float) -> Stack:
    low, high = TEMPERATURES
    return replace(stack, source=replace(stack.source, possible=(low + zero, high + zero)))
