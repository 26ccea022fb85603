"""What becomes of rows that cannot be used, and tables that cannot be used at all."""

import datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from permafrost_mapper.core.errors import InputError
from permafrost_mapper.core.gst.table import clean_table, require_celsius, require_day_warmer

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
    np.testing.assert_array_equal(table.columns(["terra_night", "terra_day"])[0], [-28.0, -12.25])
    assert cleaning.sentences() == ["4 of 4 rows are used."]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"station": None}, "no station in 'station', for example in row 3"),
        ({"station": "  "}, "no station"),
        ({"date": "2005-02-29"}, "'date' is no date, for example '2005-02-29' in row 3"),
        ({"date": "31.12.2005"}, "is no date"),
        ({"date": "0205-01-01"}, "is no date"),
        ({"date": None}, "is no date"),
        ({"gst": "frozen"}, "'gst' is a text, for example 'frozen' in row 3"),
        ({"gst": "-3,5"}, "is a text"),
        ({"gst": ""}, "'gst' is missing"),
        ({"gst": "NA"}, "is missing"),
        ({"gst": float("nan")}, "is missing"),
        *[({"gst": fill}, f"a fill value, for example '{fill}'") for fill in (3276.6, 99.9, -99.9, -999, "-9999")],
        ({"gst": float("inf")}, "a fill value"),
        ({"terra_day": "", "terra_night": -9999.0}, "no LST has a value"),
        ({"date": "2005-01-01"}, "the station-day is there a second time, for example 'Mohe' in row 3"),
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
        ("the station-day is there several times with other values", 3)
    ]
    np.testing.assert_array_equal(table.dates.astype(str), ["2005-01-01", "2005-01-01", "2005-01-03"])


def test_a_gap_in_one_predictor_keeps_the_row():
    table, cleaning = cleaned({"terra_day": 3276.7}, {"terra_night": "cloud", "date": "2005-01-03"})
    np.testing.assert_array_equal(np.isnan(table.predictors[2:]), [[True, False], [False, True]])
    assert cleaning.gaps == {"terra_day": 1, "terra_night": 1}
    assert cleaning.sentences()[1] == "terra_day is missing in 1 of the used rows."


def test_elevation_is_no_temperature():
    table, _ = cleaned(predictors=(*LSTS, "elevation"), elevation=[4782.5, -9999])
    np.testing.assert_array_equal(table.predictors[:, 2], [4782.5, np.nan])


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"gst": [253.1, 270.0]}, "Column 'gst' of table 'stations.csv' has the median 261.55 and seems to be in kelv"),
        ({"terra_day": ["260", "281"]}, "'terra_day' .* kelvin: subtract 273.15 .*UNIT"),
        ({"gst": ["-3,5", "-4,5"]}, "no row that can be used .*'-3,5' in row 1.*decimal point"),
        ({"terra_day": ["-3,5", "-4,5"]}, "Column 'terra_day' .* no usable number, for example '-3,5'"),
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
    assert not np.isnat(table.dates).any()
    assert np.abs(table.gst).max() < 100
    assert np.isfinite(table.predictors).any(axis=1).all()
    assert len(set(zip(table.stations, table.dates.tolist()))) == cleaning.used


def test_kelvin_and_swapped_overpasses():
    require_celsius(np.array([np.nan, -40.0, 60.0]), "LST")
    with pytest.raises(InputError, match="LST has the median 270"):
        require_celsius(np.array([270.0, np.nan, -9999.0, 280.0]), "LST")
    day, night = np.array([10.0, np.nan, -3.0]), np.array([-5.0, 3.0, -2.0])
    require_day_warmer(day, night, "terra_day", "terra_night")
    with pytest.raises(InputError, match=r"'terra_day' is colder than 'terra_night' by 7 K .* swapped"):
        require_day_warmer(night, day, "terra_day", "terra_night")
