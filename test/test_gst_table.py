"""What becomes of rows that cannot be used, and tables that cannot be used at all."""

import datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from permafrost_mapper.core.celsius import require_celsius
from permafrost_mapper.core.errors import InputError
from permafrost_mapper.core.gst.overpasses import require_day_warmer
from permafrost_mapper.core.gst.table import clean_observations, clean_table

LSTS = ("terra_day", "terra_night")

GOOD = {"station": "Mohe", "date": "2005-01-01", "gst": -20.5, "terra_day": "-12.25", "terra_night": -28}


def cleaned(*changes, predictors=LSTS, kelvin=False, **more):
    """Clean a table of one good row a station, and rows that differ from a good one; `more` replaces columns."""
    rows = [GOOD, {**GOOD, "station": "Pali"}, *({**GOOD, "date": "2005-01-02", **change} for change in changes)]
    columns = {name: [row[name] for row in rows] for name in GOOD}
    return clean_table({**columns, **more}, "station", "date", "gst", predictors, "stations.csv", kelvin)


def test_good_rows_are_used_as_they_are():
    table, cleaning = cleaned({"date": datetime.date(2005, 1, 2)}, {"date": datetime.datetime(2005, 1, 3, 12)})
    assert (cleaning.rows, cleaning.used, cleaning.unused) == (4, 4, ())
    assert table.names == LSTS
    np.testing.assert_array_equal(table.stations, ["Mohe", "Pali", "Mohe", "Mohe"])
    np.testing.assert_array_equal(
        table.dates, np.array(["2005-01-01", "2005-01-01", "2005-01-02", "2005-01-03"], "datetime64[D]")
    )
    np.testing.assert_array_equal(table.gst, -20.5)
    np.testing.assert_array_equal(table.predictors[:1], [[-12.25, -28.0]])
    assert cleaning.sentences() == ["4 of 4 rows are used."]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"station": None}, "no station in 'station', for example in row 3"),
        ({"station": "  "}, "no station"),
        ({"date": "2005-02-29"}, "'date' is not a date, for example '2005-02-29' in row 3"),
        ({"date": "31.12.2005"}, "is not a date"),
        ({"date": "0205-01-01"}, "is not a date"),
        ({"date": None}, "is not a date"),
        ({"gst": "frozen"}, "'gst' is a text, for example 'frozen' in row 3"),
        ({"gst": "-3,5"}, "is a text"),
        ({"gst": ""}, "'gst' is missing"),
        ({"gst": "NA"}, "is missing"),
        ({"gst": float("nan")}, "is missing"),
        *[({"gst": fill}, f"a fill value, for example '{fill}'") for fill in (3276.6, 99.9, -99.9, -999, "-9999")],
        ({"gst": float("inf")}, "a fill value"),
        ({"terra_day": "", "terra_night": -9999.0}, "no LST has a value"),
        ({"date": "2005-01-01"}, "the station-day is repeated, for example 'Mohe' in row 3"),
    ],
)
def test_a_row_that_cannot_be_used_is_left_out_with_its_reason(change, reason):
    table, cleaning = cleaned(change)
    assert len(table.gst) == cleaning.used == 2
    assert sum(unused.rows for unused in cleaning.unused) == 1
    assert reason in cleaning.sentences()[1]


def test_station_days_that_contradict_themselves_are_left_out_altogether():
    table, cleaning = cleaned({"gst": 1.0}, {"gst": 1.0}, {"gst": 2.0}, {"date": "2005-01-03"})
    assert [(unused.reason, unused.rows) for unused in cleaning.unused] == [
        ("the station-day is repeated with different values", 3)
    ]
    np.testing.assert_array_equal(np.asarray(table.dates, str), ["2005-01-01", "2005-01-01", "2005-01-03"])


def test_a_gap_in_one_predictor_keeps_the_row():
    table, cleaning = cleaned({"terra_day": 3276.7}, {"terra_night": "cloud", "date": "2005-01-03"})
    np.testing.assert_array_equal(np.isnan(table.predictors[2:4]), [[True, False], [False, True]])
    assert cleaning.gaps == {"terra_day": 1, "terra_night": 1}
    assert cleaning.sentences()[1] == "terra_day is missing in 1 of the used rows."


def test_elevation_is_no_temperature():
    table, _ = cleaned(predictors=(*LSTS, "elevation"), elevation=[4782.5, -9999])
    np.testing.assert_array_equal(table.predictors.columns[2], [4782.5, np.nan])


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"gst": [253.1, 270.0]}, "Column 'gst' of table 'stations.csv' has 2 of 2 values .* seems to be in kelvin"),
        (
            {"terra_day": ["260", "281"]},
            "'terra_day' .* kelvin: subtract 273.15 to give °C, or choose kelvin as their unit",
        ),
        ({"gst": ["x", "y"]}, "no row that can be used .*'x' in row 1.*decimal point"),
        ({"terra_day": ["x", "y"]}, "Column 'terra_day' .* no usable number, for example 'x'"),
        ({"date": ["01/02/2005", "02/02/2005"]}, "no row that can be used .* write dates as YYYY-MM-DD"),
        ({"station": ["a", "a"], "gst": [1, 2]}, "average the rows of a station to one a day"),
    ],
)
def test_tables_that_cannot_be_used(columns, said):
    with pytest.raises(InputError, match=said):
        cleaned(**columns)


def test_kelvin_is_turned_into_celsius_where_it_is_said():
    columns = {
        **{name: [value] * 3 for name, value in GOOD.items()},
        "date": ["2005-01-01", "2005-01-02", "2005-01-03"],
    }
    columns.update(terra_day=[260.9, "261", 0], terra_night=[245.15, -9999, 3276.6])
    table, cleaning = clean_table(columns, "station", "date", "gst", LSTS, "t", kelvin=True)
    np.testing.assert_allclose(table.predictors, [[-12.25, -28], [-12.15, np.nan]])
    assert cleaning.unused[0].reason == "no LST has a value"
    with pytest.raises(InputError, match="in the unit that is chosen"):
        cleaned(predictors=("terra_day",), terra_day=[-12.25, -13.0], kelvin=True)


def test_swapped_overpasses_are_refused():
    with pytest.raises(InputError, match=r"'terra_day' is colder than 'terra_night' by 15\.8 K"):
        cleaned(terra_day=[-28.0, -28.0], terra_night=[-12.25, -12.25])


def test_names_are_in_lower_case():
    columns = {name: [value] for name, value in GOOD.items()}
    columns.update(TERRA_DAY=[1.0], Elevation=[4000.0])
    table, _ = clean_table(columns, "station", "date", "gst", ["TERRA_DAY", "Elevation"], "t")
    assert table.names == ("terra_day", "elevation")
    np.testing.assert_array_equal(table.predictors, [[1.0, 4000.0]])


def test_columns_that_are_not_there():
    with pytest.raises(InputError, match="has no column 'aqua_day': it has station, date, gst"):
        cleaned(predictors=("aqua_day",))
    with pytest.raises(InputError, match="choose at least one"):
        cleaned(predictors=("elevation",), elevation=[1, 2])
    empty = {name: [] for name in GOOD}
    with pytest.raises(InputError, match=r"stations\.csv"):
        clean_table(empty, "station", "date", "gst", LSTS, "stations.csv")


CELLS = [*GOOD.values(), None, "", "NA", "x", -9999, 3276.6, 0, 1.5, float("inf"), float("nan"), "2005-13-01"]


@given(st.lists(st.fixed_dictionaries({name: st.sampled_from([GOOD[name], *CELLS]) for name in GOOD}), max_size=8))
def test_any_table_gives_clean_rows_or_one_sentence(rows):
    columns = {name: [row[name] for row in rows] for name in GOOD}
    try:
        table, cleaning = clean_table(columns, "station", "date", "gst", LSTS, "t")
    except InputError:
        return
    assert len(table.gst) == cleaning.used == cleaning.rows - sum(unused.rows for unused in cleaning.unused)
    assert not np.isnat(table.dates[:]).any()
    assert np.abs(table.gst[:]).max() < 100
    assert np.isfinite(table.predictors[:]).any(axis=1).all()
    assert len(set(zip(table.stations[:], table.dates[:].tolist()))) == cleaning.used


# Tables as offices give them -----------------------------------------------------------------------

YEAR = [datetime.date(2009, 1, 1) + datetime.timedelta(day) for day in range(365)]
DEGREES = np.round(-12 * np.cos(np.arange(365) / 58.1), 1)


def office(gst=None, dates=YEAR, stations="52754", lst=None, **more):
    """Clean a year of a station whose LST is that of `DEGREES`."""
    columns = {
        "station": [stations] * len(dates) if isinstance(stations, str) else stations,
        "date": dates,
        "gst": list(DEGREES if gst is None else gst),
        "terra_day": list(DEGREES + 4 if lst is None else lst),
    }
    return clean_table({**columns, **more}, "station", "date", "gst", ["terra_day"], "office.csv")


@pytest.mark.parametrize(
    "written",
    [
        lambda day: f"{day.year}/{day.month}/{day.day}",
        lambda day: f"{day.year}-{day.month}-{day.day}",
        lambda day: f"{day.year}.{day.month:02}.{day.day:02}",
        lambda day: f"{day.year}/{day.month}/{day.day} 0:00",
        lambda day: f"{day:%Y%m%d}",
        lambda day: int(f"{day:%Y%m%d}"),
        lambda day: float(f"{day:%Y%m%d}"),
        lambda day: f"{day:%Y%m%d}.0",
        lambda day: f"{day:%Y%j}",
        lambda day: f"{day}T23:30:00+08:00",
        lambda day: datetime.datetime(day.year, day.month, day.day, 12),
        lambda day: f"{day.year}年{day.month}月{day.day}日",
        lambda day: f"{day.year}／{day.month:02}／{day.day:02}".translate({48 + d: 0xFF10 + d for d in range(10)}),
        lambda day: f"{day.day}/{day.month}/{day.year}",
        lambda day: f"{day.month}/{day.day}/{day.year}",
        lambda day: f"{day:%d.%m.%Y}",
        lambda day: f"{day.day}-{day:%b-%Y}",
        lambda day: f"{day:%b} {day.day}, {day.year}",
        lambda day: (day - datetime.date(1899, 12, 30)).days,
        lambda day: str((day - datetime.date(1899, 12, 30)).days) + ".5",
    ],
)
def test_dates_are_read_in_every_unambiguous_spelling(written):
    table, cleaning = office(dates=[written(day) for day in YEAR])
    assert cleaning.used == 365
    np.testing.assert_array_equal(table.dates, np.array(YEAR, "datetime64[D]"))
    np.testing.assert_array_equal(table.gst, DEGREES)


def test_days_of_a_spreadsheet_are_told():
    _, cleaning = office(dates=list(range(39814, 39814 + 365)))
    assert cleaning.notes == ("Table 'office.csv': dates are serial numbers of a spreadsheet: 39814 is 2009-01-01.",)


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        # No row tells the order, or two rows contradict each other.
        ([f"{1 + day % 12}/{1 + day // 31}/2009" for day in range(365)], "'date' is ambiguous"),
        (
            [*(f"1/{1 + day % 12}/2009" for day in range(363)), "13/1/2009", "1/13/2009"],
            "is ambiguous",
        ),
        # Two digits of a year; two digits of a year and three of its day; numbers that are no days.
        ([f"{day:%y-%m-%d}" for day in YEAR], "'date' is not a date, for example '09-01-01' in row 1"),
        (list(range(40001, 40366)), "is ambiguous"),
        (list(range(365)), "'date' is not a date"),
    ],
)
def test_dates_that_tell_no_certain_day_are_refused(dates, said):
    with pytest.raises(InputError, match=rf"'office\.csv' has no row that can be used .*{said}.*: write dates as YYYY"):
        office(dates=dates)


def test_a_column_of_dates_is_written_in_one_way():
    dates = [str(day) if day.month > 2 else f"{day.day}/{day.month}/{day.year}" for day in YEAR]
    with pytest.raises(
        InputError,
        match=r"^59 rows of table 'office\.csv' cannot be used, which make up 16 % of the table \('date' is not a "
        r"date, for example '1/1/2009' in row 1\): write dates as YYYY-MM-DD\.$",
    ):
        office(dates=dates)


@pytest.mark.parametrize(
    ("gst", "said"),
    [
        (
            DEGREES * 10,
            "161 of 361 values outside -95 to 85 °C, for example -120 in row 1, and seems to hold tenths of",
        ),
        (DEGREES * 100, "outside -95 to 85 °C, for example -1200 in row 1, and seems to hold hundredths"),
        # Only the coldest days are impossible; all are whole numbers.
        (np.where(DEGREES < -11.5, DEGREES * 10, np.rint(DEGREES * 7)), "and seems to hold tenths of a degree: divide"),
        # In a summer half of the impossible ones are possible in kelvin.
        (np.rint(np.linspace(60, 330, 365)), "and seems to hold tenths of a degree: divide"),
        (DEGREES + 273.15, "365 of 365 values outside .* kelvin"),
        # None is impossible, and all spread ten times as far as LST.
        (np.rint(DEGREES * 7), "vary 7.0 times as much as .* seems to hold tenths of a degree: divide by 10"),
        (
            np.where(np.arange(365) % 5 == 0, 123.4, DEGREES),
            "73 of 365 values outside .*: give temperatures in the unit",
        ),
    ],
)
def test_gst_in_another_unit_is_refused(gst, said):
    with pytest.raises(InputError, match=rf"Column 'gst' of table 'office\.csv' .*{said}"):
        office(gst=gst)


@pytest.mark.parametrize(
    ("factor", "zero", "said"), [(10, 0, "tenths of a degree"), (1, 273.15, "in kelvin: subtract")]
)
def test_one_station_in_another_unit_is_refused(factor, zero, said):
    stations = np.repeat(["a", "b", "c", "d", "e", "f", "g", "h"], 365)
    gst = np.tile(DEGREES, 8)
    gst[stations == "f"] = gst[stations == "f"] * factor + zero
    with pytest.raises(InputError, match=rf"'gst' of table 'office\.csv', station 'f', has .* of 36\d values .*{said}"):
        office(gst, YEAR * 8, stations.tolist(), np.tile(DEGREES, 8))


def test_fill_values_are_missing_and_told():
    gst = list(DEGREES)
    fills = (-9999, 9999, 32766, 999.9, -999.9, 32744, 3276.7, 99999, -32768, 9.96921e36, "-9999.00", -99.9)
    gst[3 : 3 + len(fills)] = fills
    table, cleaning = office(gst)
    assert cleaning.used == 365 - len(fills)
    assert [unused.reason for unused in cleaning.unused] == ["'gst' is outside -95 to 85 °C, a fill value"]
    np.testing.assert_array_equal(table.gst, np.delete(DEGREES, np.arange(3, 3 + len(fills))))
    # Tenths with fill values are still tenths.
    with pytest.raises(InputError, match="tenths of a degree"):
        office([32766 if row % 9 == 0 else value * 10 for row, value in enumerate(DEGREES)])


def test_lst_in_another_unit_is_refused():
    with pytest.raises(InputError, match=r"Column 'terra_day' .* tenths of a degree"):
        office(lst=np.rint((DEGREES + 4) * 10))
    with pytest.raises(InputError, match=r"'terra_day' .* MODIS digital numbers: multiply by 0\.02"):
        office(lst=np.rint((DEGREES + 277.15) / 0.02))


@pytest.mark.parametrize(
    "written",
    [
        lambda value: f"{value:.1f}".replace(".", ","),
        lambda value: f" {value:.1f} ",
        lambda value: f"{value:.1f}".replace("-", "\u2212"),
        lambda value: f"{value:.1f}".translate({46: 0xFF0E, 45: 0xFF0D, **{48 + d: 0xFF10 + d for d in range(10)}}),
        lambda value: f"{value:.3f}".replace(".", ","),
        lambda value: f"{value:.2e}",
    ],
)
def test_numbers_are_read_in_every_unambiguous_spelling(written):
    table, _ = office([written(value) for value in DEGREES])
    np.testing.assert_array_equal(table.gst, DEGREES)


def test_many_texts_are_refused_and_few_are_told():
    gst = [f"about {value}" if row < 40 else value for row, value in enumerate(DEGREES)]
    with pytest.raises(InputError, match=r"40 rows of .* 11 % of the table \('gst' is a text, for example 'about -12"):
        office(gst)
    _, cleaning = office([f"about {value}" if row < 9 else value for row, value in enumerate(DEGREES)])
    assert cleaning.used == 356
    assert cleaning.warnings == ()


@pytest.mark.parametrize("other", ["52754.0", "052754", " 52754", "５２７５４", 52754, 52754.0])
def test_a_station_is_the_same_however_it_is_written(other):
    table, cleaning = office(stations=[other if day.month > 6 else "52754" for day in YEAR])
    assert set(table.stations[:]) == {"52754"}
    assert cleaning.used == 365


def test_stations_that_differ_in_case_are_one_unless_they_share_days():
    table, cleaning = office(stations=["Mo He" if day.month > 6 else "MOHE" for day in YEAR])
    assert set(table.stations[:]) == {"MOHE"}
    assert cleaning.notes == (
        "Table 'office.csv': stations spelled differently are taken as the same: 'Mo He' is 'MOHE'.",
    )
    table, _ = office(np.tile(DEGREES, 2), YEAR * 2, ["a1"] * 365 + ["A1"] * 365, np.tile(DEGREES, 2))
    assert set(table.stations[:]) == {"a1", "A1"}


def test_stations_are_named_as_where_they_are_known():
    columns = {"station": ["mohe", "07", "PALI"], "date": YEAR[:3], "gst": [1.5, 2.5, 3.5]}
    known = ["Mohe", "7", "Pali", "pali"]
    observations = clean_observations(columns, "station", "date", "gst", "t", known)
    assert observations.stations[:].tolist() == ["Mohe", "7", "PALI"]
    assert observations.rows.notes == [
        "Table 't': stations spelled differently are taken as the same: 'mohe' is 'Mohe', '07' is '7'."
    ]


def test_much_that_is_left_out_is_a_warning_with_the_remedy():
    _, cleaning = office(["" if day.month == 1 and day.day < 30 else gst for day, gst in zip(YEAR, DEGREES)])
    assert cleaning.warnings == ()
    _, cleaning = office(["" if day.month < 3 else gst for day, gst in zip(YEAR, DEGREES)])
    (warning,) = cleaning.warnings
    assert warning == (
        "59 rows are not used: 'gst' is missing, for example in row 1. They make up 16 % of the table: choose the "
        "column that holds GST, or fill the gaps."
    )


def test_a_station_or_a_winter_that_is_left_out_is_a_warning():
    stations = [name for name in "abcdefgh" for _ in YEAR]
    gst = np.tile(DEGREES, 8)
    lost = [f == "c" and day.month < 6 for f, day in zip(stations, YEAR * 8)]
    _, cleaning = office(np.where(lost, np.nan, gst), YEAR * 8, stations, gst)
    (warning,) = cleaning.warnings
    assert "They make up 41 % of the rows of station 'c': " in warning
    # One winter of eight years of a station: 6 % of its rows, 3 % of the table.
    days = [YEAR[0] + datetime.timedelta(day) for day in range(4000)]
    gst = np.tile(DEGREES, 22)[:8000]
    winter = [datetime.date(2011, 12, 1) <= day <= datetime.date(2012, 2, 29) for day in days] + [False] * 4000
    _, cleaning = office(np.where(winter, np.nan, gst), days * 2, ["a"] * 4000 + ["b"] * 4000, gst)
    (warning,) = cleaning.warnings
    assert "They make up all rows of station 'a' from 2011-12-01 to 2012-02-29: " in warning


def test_kelvin_and_swapped_overpasses():
    require_celsius(np.array([np.nan, -95.0, 85.0]), "MAGST")
    with pytest.raises(InputError, match=r"Layer 'MAGST' holds 85\.01, .* between -95 and 85 °C"):
        require_celsius(np.array([4.0, np.nan, 85.01, -95.01]), "MAGST")
    day, night = np.array([10.0, np.nan, -3.0]), np.array([-5.0, 3.0, -2.0])
    require_day_warmer(day, night, "terra_day", "terra_night")
    with pytest.raises(InputError, match=r"'terra_day' is colder than 'terra_night' by 7 K .* swapped"):
        require_day_warmer(night, day, "terra_day", "terra_night")
