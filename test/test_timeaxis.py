"""Days on time axes, against cftime; and sentences for axes that tell no days of ours."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from permafrost_mapper.core.errors import InputError
from permafrost_mapper.core.timeaxis import CALENDARS, axis_days

SECONDS = {"days": 86400, "hours": 3600, "minutes": 60, "seconds": 1}


@pytest.mark.filterwarnings("ignore:this date/calendar/year zero convention")
@settings(max_examples=300)
@given(
    st.sampled_from(sorted(CALENDARS)),
    st.sampled_from(sorted(SECONDS)),
    st.integers(1, 2100),
    st.integers(1, 12),
    st.integers(1, 31),
    st.integers(0, 86399),
    st.lists(st.tuples(st.integers(-800_000, 800_000), st.integers(0, 86399)), min_size=1, max_size=40),
)
def test_days_are_those_of_cftime(calendar, unit, year, month, day, clock, times):
    """Days of thousands of random axes of every calendar, from the year 1 on."""
    cftime = pytest.importorskip("cftime")
    hours, minutes, seconds = clock // 3600, clock // 60 % 60, clock % 60
    units = f"{unit} since {year:04d}-{month:02d}-{day:02d} {hours:02d}:{minutes:02d}:{seconds:02d}"
    offsets = [(days * 86400 + rest) / SECONDS[unit] for days, rest in times]
    try:
        # The nearest second, as cftime gives what floating point numbers leave of a time.
        expected = [
            time + timedelta(microseconds=500_000)
            for time in np.atleast_1d(cftime.num2date(offsets, units, calendar=calendar))
        ]
    except ValueError:
        with pytest.raises(InputError, match="does not determine days"):
            axis_days(units, calendar, [repr(offset) for offset in offsets], "a.nc")
        return
    assume(all(1 <= time.year <= 9999 for time in expected))
    labels = [(time.year, time.month, time.day) for time in expected]
    try:
        real = tuple(date(*label) for label in labels)
    except ValueError:
        with pytest.raises(InputError, match="which does not exist"):
            axis_days(units, calendar, [repr(offset) for offset in offsets], "a.nc")
        return
    assert axis_days(units, calendar, [repr(offset) for offset in offsets], "a.nc") == real


@pytest.mark.parametrize(
    ("units", "calendar", "offset", "expected"),
    [
        # The Julian calendar is two days behind on 0001-01-01: 731,582 days are those to 2004-01-01 plus two.
        ("days since 0001-01-01 00:00:00", "standard", "731582", "2004-01-01"),
        ("days since 0001-01-01", "proleptic_gregorian", "731580", "2004-01-01"),
        ("days since 1582-10-04", "gregorian", "1", "1582-10-15"),
        # Year 0 is the leap year before 1, in either calendar.
        ("days since 0000-01-01 00:00:00", "proleptic_gregorian", "731946", "2004-01-01"),
        ("days since 0000-01-01", "standard", "731948", "2004-01-01"),
        ("days since -4713-01-01 12:00", "julian", "2453019", "2004-01-01"),
        ("days since 1970-01-01", "noleap", "12469", "2004-03-01"),
        ("days since 1970-01-01", "365_day", "12468", "2004-02-28"),
        ("days since 1970-01-01", "366_day", "12503", "2004-02-29"),
        ("hours since 1900-01-01 00:00:00.0", "", "911676", "2004-01-02"),
        ("Hours Since 1900-1-1", "GREGORIAN", "911676.5", "2004-01-02"),
        ("seconds since 1970-01-01T00:00:00Z", "standard", "1072915199.6", "2004-01-01"),
        ("seconds since 1970-01-01", "standard", "1072915199.4", "2003-12-31"),
        ("days since 1970-01-01 00:00:00 UTC", "standard", "12417.99999999", "2004-01-01"),
        ("hours since 2004-01-01 12:00:00", "standard", "-12.1", "2003-12-31"),
        ("days since 2004-01-01 00:00:00 +08:00", "standard", "0", "2004-01-01"),
        ("days since 2004-01-01 00:00:00+8", "standard", "0", "2004-01-01"),
        ("milliseconds since 1970-01-01", "standard", "1072915200000", "2004-01-01"),
        ("d since 2004", "standard", "0.5", "2004-01-01"),
        ("day as %Y%m%d.%f", "proleptic_gregorian", "20040229.75", "2004-02-29"),
    ],
)
def test_days_of_single_axes(units, calendar, offset, expected):
    assert axis_days(units, calendar, [offset], "a.nc") == (date.fromisoformat(expected),)


def test_a_calendar_without_leap_days_keeps_its_days_under_another_start():
    days = axis_days("days since 1970-01-01", "noleap", ["12467", "12468", "12469"], "a.nc", date(2008, 2, 27))
    assert days == (date(2008, 2, 27), date(2008, 2, 28), date(2008, 3, 1))
    with pytest.raises(
        InputError, match=r"The first day is set to 2008-02-29, and the calendar noleap .* has no such day"
    ):
        axis_days("days since 1970-01-01", "noleap", ["0"], "a.nc", date(2008, 2, 29))


@pytest.mark.parametrize(
    ("units", "calendar", "offset", "said"),
    [
        ("days since 2004-01-01", "360_day", "0", "calendar 360_day, whose days are not those .* convert_calendar"),
        ("days since 2004-01-01", "none", "0", "calendar none, which is not known"),
        ("days since 2005-01-01", "all_leap", "59", "the day 2005-02-29 of the calendar all_leap, which does not"),
        ("days since 1900-02-28", "julian", "1", "the day 1900-02-29 of the calendar julian, which does not exist"),
        ("days since 1582-10-10", "standard", "0", "'days since 1582-10-10', which does not determine days"),
        ("days since 2005-02-29", "standard", "0", "does not determine days"),
        ("days since 2004-02-29", "noleap", "0", "does not determine days"),
        ("months since 2004-01-01", "standard", "0", "'months since 2004-01-01', which does not determine days"),
        ("years since 2004-01-01", "standard", "0", "does not determine days"),
        ("days since yesterday", "standard", "0", "does not determine days"),
        ("days since 2004-01-01", "standard", "9.96921e+36", r"'9.96921e\+36', which is not a time"),
        ("days since 2004-01-01", "standard", "2e3333333333", "'2e3333333333', which is not a time"),
        ("days since 2004-01-01", "standard", "-1e1000000", "'-1e1000000', which is not a time"),
        ("days since 2004-01-01", "standard", "nan", "which is not a time"),
        ("days since 2004-01-01", "standard", "4e6", "which does not exist"),
        ("day as %Y%m%d.%f", "standard", "20050229", "20050229, which is not a date"),
    ],
)
def test_an_axis_without_usable_days_is_refused(units, calendar, offset, said):
    with pytest.raises(InputError, match=said) as error:
        axis_days(units, calendar, [offset], "a.nc")
    assert "'a.nc'" in str(error.value)


def test_a_day_beyond_all_years_is_a_sentence():
    for offset in ("201920192019200131.5", "9e24", "-9e24"):
        for units in ("day as %Y%m%d.%f", "days since 1970-01-01"):
            with pytest.raises(InputError, match=r"time axis of 'a\.nc' .*has the "):
                axis_days(units, "", [offset], "a.nc")
