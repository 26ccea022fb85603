"""Columns of tables in little memory: cells as they were read, in any parts and however many of them are kept."""

import datetime
import math
import tracemalloc
from unittest import mock

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from permafrost_mapper.core import cells as cells_module
from permafrost_mapper.core import coded as coded_module
from permafrost_mapper.core.cells import Cells, CellsBuilder
from permafrost_mapper.core.coded import Coded, CodedColumns, count, narrow
from permafrost_mapper.core.days import read_days
from permafrost_mapper.core.errors import InputError
from permafrost_mapper.core.gst.fit import Fitting, fit_gst_model
from permafrost_mapper.core.gst.ridge import scores_by
from permafrost_mapper.core.gst.table import TrainingTable, clean_table
from permafrost_mapper.core.tabletext import read_numbers
from sklearn import metrics

NUMBERS = st.one_of(
    st.integers(-(2**60), 2**60),
    st.floats(allow_nan=False),
    st.floats(-1e4, 1e4).map(lambda number: f"{number:.2f}"),
    st.floats(-1e4, 1e4).map(lambda number: f"{number:.3f}"),
    st.integers(-99, 99).map(str),
)

CELLS = st.one_of(
    NUMBERS,
    st.sampled_from(["1", "1.0", 1, 1.0, True, None, "", "x", "1,5", "1,234", "1.", ".5", "+1", "1e3", "1_000", "inf"]),
    st.sampled_from(["nan", "-0.0", "007", "٣", "1.2345678901234567890123", datetime.date(2005, 1, 1), "2005-01-01"]),
)

DATES = st.sampled_from(
    ["2005-01-01", "2005/1/1", "1 Jan 2005", 20050101, 20050101.0, "20050102", "31.12.2005", "", None, 38353, "38353.5"]
)


def read(values, max_distinct, at_once):
    builder = CellsBuilder(max_distinct=max_distinct)
    for first in range(0, len(values), at_once):
        builder.add(values[first : first + at_once])
    return builder.cells()


@given(st.lists(CELLS, max_size=30), st.integers(0, 8), st.integers(1, 9))
def test_cells_are_what_was_read(values, max_distinct, at_once):
    column = read(values, max_distinct, at_once)
    assert len(column) == len(values)
    assert [(type(cell), cell) for cell in column] == [(type(value), value) for value in values]
    assert [column[row] for row in range(len(values))] == values
    assert column[-3:] == values[-3:]
    assert list(column.with_all_distinct()) == values
    assert column.with_all_distinct().numbers is None


@given(st.lists(NUMBERS, max_size=30), st.integers(1, 9), st.integers(1, 9))
def test_the_digest_tells_the_cells_and_not_how_they_were_read(values, at_once, other):
    digest = read(values, 3, at_once).digest()
    assert read(values, 3, other).digest() == digest
    assert read([*values, 1], 3, at_once).digest() != digest
    assert read([*map(str, values), "x"], 3, other).digest() != digest


def test_numbers_are_no_longer_kept_as_objects_where_there_are_many():
    column = read(["a", "1.50", "2.25", "b", "2.25", None, "1.5", 7, 0.25], 2, 4)
    assert column.distinct == ("a", "b", None)
    np.testing.assert_array_equal(column.numbers, [np.nan, 1.5, 2.25, np.nan, 2.25, np.nan, 1.5, 7, 0.25])
    assert column.codes.tolist() == [0, -5, -5, 1, -5, 2, -4, -2, -1]
    assert column.codes.dtype == np.int8


def test_undefined_numbers_and_lists_are_cells_too():
    column = read([math.nan, 1.0, float("nan"), ["a", "b"], ["a", "b"]], 10, 2)
    assert math.isnan(column[0])
    assert math.isnan(column[2])
    assert column.codes.tolist() == [0, 1, 0, 2, 2]
    assert column[4] == "['a', 'b']"


def test_values_are_converted_once():
    asked = []
    builder = CellsBuilder(lambda value: asked.append(value) or value.upper())
    builder.add(["a", "b"])
    builder.add(("b", "a"))
    assert list(builder.cells()) == ["A", "B", "B", "A"]
    assert asked == ["a", "b"]


@given(st.lists(CELLS, max_size=30), st.integers(0, 8))
def test_numbers_do_not_depend_on_what_is_kept(values, max_distinct):
    whole, compact = read_numbers(read(values, 100, 7)), read_numbers(read(values, max_distinct, 7))
    np.testing.assert_array_equal(compact.numbers, whole.numbers)
    np.testing.assert_array_equal(compact.is_text, whole.is_text)


@given(st.lists(DATES, max_size=30), st.integers(0, 4))
def test_dates_do_not_depend_on_what_is_kept(values, max_distinct):
    whole, compact = read_days(values), read_days(read(values, max_distinct, 7))
    np.testing.assert_array_equal(compact.days, whole.days)
    np.testing.assert_array_equal(compact.unsure, whole.unsure)
    assert compact.note == whole.note


# Coded columns --------------------------------------------------------------------------------------


@given(st.lists(st.integers(-300, 300), max_size=40), st.integers(1, 9), st.data())
def test_coded_columns_are_the_arrays_that_they_stand_for(numbers, at_once, data):
    array = np.array(numbers, int)
    chosen = np.array(data.draw(st.lists(st.booleans(), min_size=len(array), max_size=len(array))), bool)
    plain, column = Coded(array.astype(float)), Coded.of(array)
    with mock.patch.object(coded_module, "ROWS_AT_ONCE", at_once):
        assert column.times.tolist() == [numbers.count(value) for value in sorted(set(numbers))]
        assert column.counts(chosen).tolist() == [array[chosen].tolist().count(value) for value in sorted(set(numbers))]
        for each in (plain, column):
            assert len(each) == len(array)
            np.testing.assert_array_equal(each, array)
            np.testing.assert_array_equal(each.take(chosen), array[chosen])
            np.testing.assert_array_equal(each.spread(each.values > 3), array > 3)
            assert each.count(each.values > 3) == np.count_nonzero(array > 3)
            assert set(each.take(chosen).occurring) == set(array[chosen])
            np.testing.assert_array_equal(Coded(each.values % 5, each.codes).merged(), array % 5)
            np.testing.assert_array_equal(CodedColumns((each, plain))[1:], np.column_stack([array, array])[1:])


@pytest.mark.parametrize(("largest", "kind"), [(127, np.int8), (128, np.int16), (32767, np.int16), (32768, np.int32)])
def test_codes_take_as_few_bytes_as_they_can(largest, kind):
    assert narrow(np.array([0, largest])).dtype == kind
    assert narrow(np.array([-1 - largest, 0])).dtype == kind
    np.testing.assert_array_equal(narrow(np.array([largest])), [largest])
    assert count(np.array([0, 2, 2], np.int8), 4).tolist() == [1, 0, 2, 0]


# Batches --------------------------------------------------------------------------------------------


def training_rows(seed, stations=6, days=40, gaps=0.2):
    """Cells as text, of which some are missing, spoilt or repeated."""
    random = np.random.default_rng(seed)
    rows = []
    for station in range(stations):
        for day in range(days):
            gst = random.normal(0, 8)
            row = {"station": f"s{station}", "date": str(datetime.date(2005, 1, 1) + datetime.timedelta(7 * day))}
            row["gst"] = random.choice([f"{gst:.2f}"] * 20 + ["", "x", "-9999"])
            for name, shift in (("terra_day", 6), ("terra_night", -6), ("aqua_day", 8)):
                row[name] = "" if random.random() < gaps else f"{gst + shift + random.normal(0, 2):.3f}"
            rows += [row] * (1 + (random.random() < 0.02))
    return {name: [row[name] for row in rows] for name in rows[0]}


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 300), st.integers(0, 20), st.booleans())
def test_a_model_does_not_depend_on_batches(seed, at_once, max_distinct, seasonal):
    def fitted():
        columns = training_rows(seed)
        try:
            table, cleaning = clean_table(columns, "station", "date", "gst", list(columns)[3:], "t")
            fit = fit_gst_model(table, Fitting(folds=5, seasonal=seasonal, harmonics=1))
        except InputError as error:
            return str(error)
        return fit, cleaning

    whole = fitted()
    batches = mock.patch.object(coded_module, "ROWS_AT_ONCE", at_once)
    with batches, mock.patch.object(cells_module, "MAX_DISTINCT", max_distinct):
        parted = fitted()
    if isinstance(whole, str):
        assert parted == whole
        return
    (fit, cleaning), (other, other_cleaning) = whole, parted
    assert other_cleaning == cleaning
    np.testing.assert_array_equal(other.table.predictors, fit.table.predictors)
    np.testing.assert_allclose(other.random, fit.random, rtol=0, atol=1e-9)
    np.testing.assert_allclose(other.station, fit.station, rtol=0, atol=1e-9)
    for season, equations in fit.model.equations.items():
        assert [one.predictors for one in other.model.equations[season]] == [one.predictors for one in equations]
        assert [(one.rows, one.stations, one.lowest, one.highest) for one in other.model.equations[season]] == [
            (one.rows, one.stations, one.lowest, one.highest) for one in equations
        ]
    np.testing.assert_allclose(other.mean_residuals(5.0), fit.mean_residuals(5.0), rtol=0, atol=1e-9)
    np.testing.assert_allclose(*(np.concatenate([each.collinearity()[0]]) for each in (other, fit)), rtol=1e-9)


@given(st.integers(0, 2**32 - 1), st.integers(2, 60), st.integers(1, 9))
def test_scores_of_groups_do_not_depend_on_batches(seed, n, at_once):
    random = np.random.default_rng(seed)
    observed = random.normal(1000, 5, n)
    predicted, groups = observed + random.normal(1, 2, n), random.integers(0, 4, n)
    with mock.patch.object(coded_module, "ROWS_AT_ONCE", at_once):
        found = scores_by(observed, predicted, groups)
    assert list(found) == [str(group) for group in np.unique(groups)]
    for name, each in found.items():
        of_group = observed[groups == int(name)], predicted[groups == int(name)]
        assert each.n == len(of_group[0])
        assert each.rmse == pytest.approx(metrics.mean_squared_error(*of_group) ** 0.5)
        assert each.mae == pytest.approx(metrics.mean_absolute_error(*of_group))
        if each.n > 1:
            assert each.r2 == pytest.approx(metrics.r2_score(*of_group), rel=1e-8, abs=1e-8)


def test_a_winter_that_one_of_many_stations_lacks_is_a_warning():
    days = [datetime.date(2005, 1, 1) + datetime.timedelta(30 * number) for number in range(90)]
    names = [f"station {number:03d}" for number in range(200)]
    columns = {"station": np.repeat(names, len(days)).tolist(), "date": days * len(names)}
    columns["gst"] = [0.5 + row % 13 for row in range(len(columns["date"]))]
    columns["terra_day"] = [3.25 + row % 11 for row in range(len(columns["date"]))]
    first = 199 * len(days)
    for row in range(first, first + 12):
        columns["date"][row] = datetime.date(2012, 12, 3) + datetime.timedelta(row - first)
        columns["gst"][row] = None
    # One row more than a tenth of the station would be enough for another sentence.
    extra = {"station": [names[-1]] * 40, "date": [days[-1] + datetime.timedelta(1 + day) for day in range(40)]}
    for name, values in {**extra, "gst": [1.5] * 40, "terra_day": [2.5] * 40}.items():
        columns[name] += values
    _, cleaning = clean_table(columns, "station", "date", "gst", ["terra_day"], "t")
    (warning,) = cleaning.warnings
    assert "all rows of station 'station 199' from 2012-12-03 to 2012-12-14" in warning


def test_a_long_table_takes_little_memory():
    """Columns of a million rows as they are held after reading, and what a fit takes beside them."""
    n = 1_000_000
    random = np.random.default_rng(0)
    hundredths = tuple(f"{number / 100:.2f}" for number in range(-3000, 3000))
    gst = random.integers(1500, 4500, n).astype(np.int16)
    shifted = [gst + np.int16(shift) + random.integers(-200, 200, n).astype(np.int16) for shift in (900, -900, 950)]
    days = tuple(str(np.datetime64("1960-01-01") + day) for day in range(n // 50))
    columns = {
        "station": Cells(tuple(f"s{number}" for number in range(50)), np.tile(np.arange(50, dtype=np.int8), n // 50)),
        "date": Cells(days, np.repeat(np.arange(n // 50, dtype=np.int16), 50)),
        "gst": Cells(hundredths, gst),
        **{name: Cells(hundredths, codes) for name, codes in zip(("terra_day", "terra_night", "aqua_day"), shifted)},
    }
    tracemalloc.start()
    try:
        table, cleaning = clean_table(columns, "station", "date", "gst", list(columns)[3:], "t")
        cleaned = tracemalloc.get_traced_memory()[1]
        fit_gst_model(table, Fitting())
        fitted = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert cleaning.used == n
    assert cleaned < 45 * n
    assert fitted < 110 * n


def test_a_table_of_arrays_is_taken_as_it_is():
    lst = np.array([[1.0, np.nan], [2.0, 3.0], [4.0, 5.0]])
    dates = np.array(["2005-01-02", "2005-01-01", "2005-01-02"], "datetime64[D]")
    table = TrainingTable.of(np.array(["b", "a", "b"]), dates, np.array([1.0, 2.0, 3.0]), lst, ["x", "y"])
    some = table.take(np.array([True, False, True]))
    assert some.stations[:].tolist() == ["b", "b"]
    assert some.gst[:].tolist() == [1.0, 3.0]
    np.testing.assert_array_equal(some.predictors, lst[[0, 2]])
    np.testing.assert_array_equal(some.dates, dates[[0, 2]])
