"""Dates as people and programs write them: in columns of tables and in band names."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Any, Optional, Sequence

import numpy as np

from .cells import Cells
from .coded import Coded
from .language import tr
from .tabletext import clean, is_missing

# Dates of observations are within these years.
YEARS = (1900, 2100)

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = "(?P<name>" + "|".join(MONTHS) + r")[a-z]*\.?"
_YEAR = r"(?P<year>\d{4})"
_DAY = r"(?P<day>\d{1,2})"

# What may follow a date: a time, with or without a zone. The date is the one that is written. No
# blank can be matched in two ways, which would take quadratic time.
_TIME = (
    r"(?:(?:t\s*|\s+)(?:(?:[ap]m|上午|下午)\s*)?\d{1,2}(?::\d{1,2}){1,2}(?:[.,]\d+)?"
    r"(?:\s*(?:[ap]m|上午|下午))?(?:\s*(?:z|utc|gmt|[+-]\d{1,2}(?::?\d{2})?))?|z)?"
)

# Forms in which year, month and day are unambiguous.
SURE = tuple(
    re.compile(pattern + _TIME)
    for pattern in (
        _YEAR + r"\s*(?P<sep>[-/._])\s*(?P<month>\d{1,2})\s*(?P=sep)\s*" + _DAY,
        _YEAR + r"\s*年\s*(?P<month>\d{1,2})\s*月\s*" + _DAY + r"\s*[日号]?",
        _YEAR + r"(?P<month>\d\d)(?P<day>\d\d)(?:\.0*)?",
        _YEAR + r"(?P<of_year>\d{3})(?:\.0*)?",
        _YEAR + r"[-_](?P<of_year>\d{3})",
        _DAY + r"[-/. ]*" + _MONTH + r"[-/., ]*" + _YEAR,
        _MONTH + r"[-/ ]*" + _DAY + r"(?:st|nd|rd|th)?,?[-/ ]*" + _YEAR,
        _YEAR + r"[-/. ]*" + _MONTH + r"[-/. ]*" + _DAY,
    )
)

# Day and month in an order that only other rows may reveal.
PAIR = re.compile(r"(?P<first>\d{1,2})\s*(?P<sep>[-/._])\s*(?P<second>\d{1,2})\s*(?P=sep)\s*" + _YEAR + _TIME)

# Serial numbers of spreadsheets, from 1982 to 2064: smaller numbers may also be a year and a day of the year.
SERIAL = re.compile(r"\d{5}(?:\.\d*)?")
SERIALS = (30_000, 60_000)
SERIAL_ZERO = datetime.date(1899, 12, 30)

# In a band name a date may be beside anything but digits.
_BAND_YEAR = r"(?<!\d)(?P<year>(?:18|19|20|21)\d\d)"
IN_NAMES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        _BAND_YEAR + r"(?P<sep>[-_./])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?!\d)",
        _BAND_YEAR + r"年(?P<month>\d{1,2})月(?P<day>\d{1,2})日",
        _BAND_YEAR + r"(?P<month>\d\d)(?P<day>\d\d)(?:\d{6})?(?!\d)",
        # A number with a letter, such as 2013_100m, is no day of the year.
        _BAND_YEAR + r"[-_.]?(?P<of_year>\d{3})(?![\da-z])",
        r"doy(?P<year>(?:18|19|20|21)\d\d)(?P<of_year>\d{3})(?:\d{6})?(?!\d)",
    )
)


@dataclass(frozen=True)
class Days:
    """The dates in a column of a table.

    Attributes
    ----------
    days : Coded of datetime64[D], length n
        NaT where there is none, or an ambiguous one; each day is there once.
    unsure : array of bool, shape (n,)
        Where a date is written that the column does not make unambiguous.
    note : str
        What the user should know about how they were read; empty if nothing.
    """

    days: Coded
    unsure: np.ndarray
    note: str = ""


def read_days(values: Sequence[Any]) -> Days:
    """Read a column of dates: dates, texts, numbers such as 20090101, or serial numbers of a spreadsheet.

    A column has one form. If some texts are unambiguous about year, month and day (2009-01-01, 2009/1/1,
    2009年1月1日, 1 Jan 2009, 20090101), others count as no date. Otherwise day and month are in the order that fits all
    rows, if some row has more than 12 in one place. Serial numbers have to be all that there is.
    """
    cells = Cells.of(values).with_all_distinct()
    found = _read_distinct(cells.distinct)
    days = Coded(found.days, cells.codes).merged()
    return Days(days, found.unsure[cells.codes], found.note)


@dataclass(frozen=True)
class _DistinctDays:
    """What `Days` has by row, for each distinct cell of a column: `days` is an array."""

    days: np.ndarray
    unsure: np.ndarray
    note: str = ""


def _read_distinct(values: Sequence[Any]) -> _DistinctDays:
    """Read the distinct cells of a column, in the order of the rows; see `read_days`."""
    missing = [is_missing(value) for value in values]
    texts = ["" if lacks else _text(value) for value, lacks in zip(values, missing)]
    sure = [_sure_day(text) for text in texts]
    nothing = np.zeros(len(texts), bool)
    if any(sure):
        return _DistinctDays(_array(sure), nothing)
    pairs = [PAIR.fullmatch(text) for text in texts]
    if any(pairs):
        return _days_of_pairs(pairs)
    given = [text for text, lacks in zip(texts, missing) if not lacks]
    if given and all(map(_is_serial, given)) and not all(map(_is_day_of_year, given)):
        serial = [None if lacks else _serial_day(text) for text, lacks in zip(texts, missing)]
        first = given[0]
        return _DistinctDays(
            _array(serial),
            nothing,
            tr(
                "dates are serial numbers of a spreadsheet: {first} is {serial_day}",
                first=first,
                serial_day=_serial_day(first),
            ),
        )
    unsure = np.array([bool(SERIAL.fullmatch(text)) for text in texts], bool)
    return _DistinctDays(_array([None] * len(texts)), unsure)


def described_days(names: Sequence[str]) -> Optional[tuple[datetime.date, ...]]:
    """Return the dates in band names; None unless one form finds one date in each, and no other form finds others."""
    found = {days for form in IN_NAMES for days in [_days_in(names, form)] if days is not None}
    return found.pop() if len(found) == 1 else None


def _days_in(names: Sequence[str], form: re.Pattern) -> Optional[tuple[datetime.date, ...]]:
    days = []
    for name in names:
        found = {_day(match) for match in form.finditer(name)}
        day = found.pop() if len(found) == 1 else None
        if day is None:
            return None
        days.append(day)
    return tuple(days)


def _text(value: Any) -> str:
    """Return a value as text in its simplest form."""
    if isinstance(value, datetime.date):
        return value.isoformat().lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return clean(value).lower()


def _sure_day(text: str) -> Optional[datetime.date]:
    for form in SURE:
        found = form.fullmatch(text)
        if found:
            return _in_years(_day(found))
    return None


def _day(found: re.Match) -> Optional[datetime.date]:
    """Return the date of a match; None where the calendar has no such day."""
    parts = found.groupdict()
    if parts.get("of_year"):
        return day_of_year(int(parts["year"]), int(parts["of_year"]))
    month = MONTHS.index(parts["name"]) + 1 if parts.get("name") else int(parts["month"])
    return _date(int(parts["year"]), month, int(parts["day"]))


def day_of_year(year: int, number: int) -> Optional[datetime.date]:
    """Return a day of a year by its number, 1 to 365 or 366; None where the year has no such day."""
    first = _date(year, 1, 1)
    try:
        day = first + datetime.timedelta(number - 1) if first else None
    except OverflowError:
        return None
    return day if day and day.year == year else None


def _date(year: int, month: int, day: int) -> Optional[datetime.date]:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _in_years(day: Optional[datetime.date]) -> Optional[datetime.date]:
    return day if day and YEARS[0] <= day.year <= YEARS[1] else None


def _days_of_pairs(pairs: Sequence[Optional[re.Match]]) -> _DistinctDays:
    """Read dates in the order of day and month that fits all of them."""
    orders = []
    for day, month in (("first", "second"), ("second", "first")):
        if all(int(pair[month]) <= 12 for pair in pairs if pair):
            orders.append([_in_years(_pair_day(pair, day, month)) for pair in pairs])
    unsure = np.array([pair is not None for pair in pairs], bool)
    if len(orders) == 1 or (orders and orders[0] == orders[1]):
        return _DistinctDays(_array(orders[0]), np.zeros(len(pairs), bool))
    return _DistinctDays(_array([None] * len(pairs)), unsure)


def _pair_day(pair: Optional[re.Match], day: str, month: str) -> Optional[datetime.date]:
    return _date(int(pair["year"]), int(pair[month]), int(pair[day])) if pair else None


def _is_serial(text: str) -> bool:
    return bool(SERIAL.fullmatch(text)) and SERIALS[0] <= float(text) < SERIALS[1]


def _is_day_of_year(text: str) -> bool:
    """Return whether a number may be two digits of a year and three of its day."""
    return 1 <= int(float(text)) % 1000 <= 366


def _serial_day(text: str) -> datetime.date:
    return SERIAL_ZERO + datetime.timedelta(int(float(text)))


def _array(days: Sequence[Optional[datetime.date]]) -> np.ndarray:
    return np.array(list(days), "datetime64[D]")
