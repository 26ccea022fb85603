"""Dates on the time axes of NetCDF files: numbers of a unit since an epoch, in one of several calendars."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Callable, Optional, Sequence

from .errors import InputError
from .language import later, tr

# A date in a calendar: year, month, day. The year before 1 is 0.
Label = tuple[int, int, int]

# The first day of the Gregorian calendar, 1582-10-15, as Julian day number.
REFORM = 2299161

SECONDS_OF_DAY = 86400
UNITS: dict[str, int | Decimal] = {
    "days day d": SECONDS_OF_DAY,
    "hours hour hrs hr h": 3600,
    "minutes minute mins min": 60,
    "seconds second secs sec s": 1,
    "milliseconds millisecond millisecs millisec msecs msec ms": Decimal("1e-3"),
    "microseconds microsecond microsecs microsec": Decimal("1e-6"),
    "nanoseconds nanosecond nanosecs nanosec": Decimal("1e-9"),
}
SECONDS_OF_UNIT: dict[str, Decimal] = {
    unit: Decimal(seconds) for units, seconds in UNITS.items() for unit in units.split()
}

SINCE = re.compile(r"(?P<unit>\w+)\s+since\s+(?P<epoch>.+)", re.IGNORECASE)

# 1970-01-01, 1970-1-1 0:0:0.0, 1970-01-01T00:00:00Z, 1970-01-01 00:00:00 +08:00. The day of a band is the one of the
# time zone of the axis, whatever it is.
EPOCH = re.compile(
    r"(?P<year>-?\d{1,5})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?"
    r"(?:(?:T|\s+)(?P<hour>\d{1,2})(?::(?P<minute>\d{1,2})(?::(?P<second>\d{1,2}(?:\.\d*)?))?)?)?"
    r"(?:\s*(?:Z|UTC|GMT|[+-]\d{1,2}(?::?\d{2})?))?",
    re.IGNORECASE,
)

# Dates as CDO writes them on an absolute axis: 20040131.5.
ABSOLUTE = re.compile(r"day as %Y%m%d(\.%f)?", re.IGNORECASE)

# Lengths of the months of a year without a leap day.
MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

REMEDY = later(
    "bring it to the standard calendar first, for example by convert_calendar of xarray, save it as NetCDF or write "
    "the real dates into the band descriptions as YYYY-MM-DD"
)


@dataclass(frozen=True)
class Calendar:
    """How a calendar counts days.

    Attributes
    ----------
    number : function
        The count of a day, from year, month and day. Dates that the calendar lacks have the count of another date.
    label : function
        Year, month and day of a count.
    has_year_zero : bool
        Whether the year before 1 is 0; else it is -1.
    """

    number: Callable[[int, int, int], int]
    label: Callable[[int], Label]
    has_year_zero: bool = True


def _julian_day(year: int, month: int, day: int, century: Callable[[int], int]) -> int:
    """Count days from -4712-01-01 of the Julian calendar; `century` returns the leap days omitted up to a year."""
    before_march = month < 3
    years = year + 4800 - before_march
    months = month - 3 + 12 * before_march
    return day + (153 * months + 2) // 5 + 365 * years + years // 4 - century(years) - 32083


def _gregorian_number(year: int, month: int, day: int) -> int:
    return _julian_day(year, month, day, lambda years: years // 100 - years // 400 - 38)


def _julian_number(year: int, month: int, day: int) -> int:
    return _julian_day(year, month, day, lambda years: 0)


def _mixed_number(year: int, month: int, day: int) -> int:
    number = _gregorian_number(year, month, day)
    return number if number >= REFORM else _julian_number(year, month, day)


def _label(quarters: int) -> Label:
    """Return the date of a count of days of the Julian calendar, by E. G. Richards' algorithm."""
    e = 4 * quarters + 3
    h = 5 * (e % 1461 // 4) + 2
    month = (h // 153 + 2) % 12 + 1
    return e // 1461 - 4716 + (14 - month) // 12, month, h % 153 // 5 + 1


def _julian_label(number: int) -> Label:
    return _label(number + 1401)


def _gregorian_label(number: int) -> Label:
    return _label(number + 1401 + (4 * number + 274277) // 146097 * 3 // 4 - 38)


def _mixed_label(number: int) -> Label:
    return _gregorian_label(number) if number >= REFORM else _julian_label(number)


def _equal_years(february: int) -> Calendar:
    """Return the calendar in which each February has the given number of days."""
    months = (31, february, *MONTHS[2:])
    before = [sum(months[:month]) for month in range(12)]
    length = sum(months)

    def number(year: int, month: int, day: int) -> int:
        return length * year + before[month - 1] + day - 1

    def label(number: int) -> Label:
        year, rest = divmod(number, length)
        month = sum(first <= rest for first in before)
        return year, month, rest - before[month - 1] + 1

    return Calendar(number, label)


MIXED = Calendar(_mixed_number, _mixed_label, has_year_zero=False)
NO_LEAP = _equal_years(28)
ALL_LEAP = _equal_years(29)

# Calendars of the CF conventions whose dates are those of the real calendar, with few exceptions.
CALENDARS = {
    "standard": MIXED,
    "gregorian": MIXED,
    "proleptic_gregorian": Calendar(_gregorian_number, _gregorian_label),
    "julian": Calendar(_julian_number, _julian_label, has_year_zero=False),
    "noleap": NO_LEAP,
    "365_day": NO_LEAP,
    "all_leap": ALL_LEAP,
    "366_day": ALL_LEAP,
}


def is_time(units: str) -> bool:
    """Return whether a unit is that of a time axis."""
    return any(form.fullmatch(units.strip()) for form in (SINCE, ABSOLUTE))


def axis_days(
    units: str, calendar: str, offsets: Sequence[str], name: str, start: Optional[date] = None
) -> tuple[date, ...]:
    """Return the dates on a time axis, as its calendar writes them.

    Parameters
    ----------
    units : str
        Such as ``days since 1970-01-01``.
    calendar : str
        Name in the CF conventions; ``standard`` if it is empty.
    offsets : sequence of str
        Numbers on the axis. A time less than half a second before midnight counts as midnight.
    name : str
        Name of the file, known to the user.
    start : datetime.date, optional
        The date of the first number, whatever the epoch; the others follow with the steps of the axis.

    Raises
    ------
    InputError
        If the unit, the calendar or a number is not understood, or a date does not exist in the real calendar.

    Notes
    -----
    The standard calendar is the Julian one before 1582-10-15, by the CF conventions. The dates of a calendar
    without leap days are those of the real one with the same name; the leap day is missing.
    """
    kind = calendar.strip().lower() or "standard"
    if kind not in CALENDARS:
        why = tr("whose days are not those of the real calendar") if kind == "360_day" else tr("which is not known")
        raise InputError(
            tr(
                "The time axis of '{name}' is in the calendar {kind}, {why}, so setting the day of its first "
                "band would misdate the others: {remedy}.",
                name=name,
                kind=kind,
                why=why,
                remedy=tr(REMEDY),
            )
        )
    counts = CALENDARS[kind]
    numbers = _numbers(units, counts, offsets, name)
    if start is not None and numbers:
        first = _number(counts, (start.year, start.month, start.day))
        if first is None:
            raise InputError(
                tr(
                    "The first day is set to {start}, and the calendar {kind} of the time axis of '{name}' has no "
                    "such day: set it to the day of the first band, or leave it out.",
                    start=start,
                    kind=kind,
                    name=name,
                )
            )
        numbers = [first + number - numbers[0] for number in numbers]
    return tuple(_date(counts.label(number), kind, name) for number in numbers)


def _numbers(units: str, counts: Calendar, offsets: Sequence[str], name: str) -> list[int]:
    """Count the days of the numbers on an axis."""
    units = units.strip()
    values = [_decimal(offset, name) for offset in offsets]
    if ABSOLUTE.fullmatch(units):
        written = [int(value) for value in values]
        found = [_number(counts, (value // 10000, value // 100 % 100, value % 100)) for value in written]
        if None in found:
            raise InputError(
                tr(
                    "The time axis of '{name}' ({units}) has the number {written}, which is not a date: correct the "
                    "axis.",
                    name=name,
                    units=units,
                    written=written[found.index(None)],
                )
            )
        return [number for number in found if number is not None]
    since = SINCE.fullmatch(units)
    unit = since["unit"].lower() if since else ""
    epoch = EPOCH.fullmatch(since["epoch"]) if since else None
    first = None
    if epoch:
        year = int(epoch["year"])
        if year < 0 and not counts.has_year_zero:
            year += 1
        first = _number(counts, (year, int(epoch["month"] or 1), int(epoch["day"] or 1)))
    if unit not in SECONDS_OF_UNIT or epoch is None or first is None:
        raise InputError(
            tr(
                "The time axis of '{name}' is in '{units}', which does not determine days, and setting the day "
                "of its first band would make the others consecutive days: give the axis in days since a date, "
                "save it as NetCDF or write the dates into the band descriptions as YYYY-MM-DD.",
                name=name,
                units=units,
            )
        )
    clock = 3600 * int(epoch["hour"] or 0) + 60 * int(epoch["minute"] or 0) + Decimal(epoch["second"] or 0)
    seconds = (clock + value * SECONDS_OF_UNIT[unit] for value in values)
    # Times are rounded to seconds: 23:59:59.9999 is midnight with the rounding error of a float.
    return [first + int(time.to_integral_value(ROUND_HALF_UP)) // SECONDS_OF_DAY for time in seconds]


def _decimal(offset: str, name: str) -> Decimal:
    """Read a number on an axis."""
    try:
        value = Decimal(offset.strip())
    except InvalidOperation:
        value = Decimal("nan")
    # Fill values of NetCDF are about 1e37. Decimal's own abs() rounds, and overflows above 1e999999.
    if not value.is_finite() or value.copy_abs() > Decimal("1e25"):
        raise InputError(
            tr(
                "The time axis of '{name}' has the number '{offset}', which is not a time: correct the axis.",
                name=name,
                offset=offset,
            )
        )
    return value


def _number(counts: Calendar, label: Label) -> Optional[int]:
    """Count a day; None where the calendar has no such day."""
    if not 1 <= label[1] <= 12:
        return None
    number = counts.number(*label)
    return number if counts.label(number) == label else None


def _date(label: Label, calendar: str, name: str) -> date:
    try:
        return date(*label)
    except (ValueError, OverflowError):
        year, month, day = label
        raise InputError(
            tr(
                "The time axis of '{name}' has the day {year:04d}-{month:02d}-{day:02d} of the calendar "
                "{calendar}, which does not exist, so setting the day of its first band would misdate the "
                "others: {remedy}.",
                name=name,
                year=year,
                month=month,
                day=day,
                calendar=calendar,
                remedy=tr(REMEDY),
            )
        ) from None
