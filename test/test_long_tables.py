"""Tables of many rows: read in time and memory that grow with them, and each cell as if it stood alone."""

import datetime
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from permafrost_mapper.core.errors import Cancelled, InputError
from permafrost_mapper.core.gst.table import clean_table
from permafrost_mapper.core.tabletext import is_fill, read_numbers

CELLS = st.one_of(
    st.sampled_from(["1", "1.0", "1,5", "1.5", "1,234", "1.234,5", "", "NA", "x", "-9999", "１２", "−3", None, True]),
    st.integers(-99, 99),
    st.floats(allow_nan=True),
    st.floats(-99, 99).map(lambda number: f"{number:.2f}"),
)


@given(st.lists(CELLS, max_size=12))
def test_a_column_that_repeats_itself_is_read_as_one_that_does_not(cells):
    once, twice = read_numbers(cells), read_numbers(cells * 2)
    assert np.array_equal(np.tile(once.numbers, 2), twice.numbers, equal_nan=True)
    assert np.array_equal(np.tile(once.is_text, 2), twice.is_text)


@given(st.lists(st.one_of(st.floats(), st.sampled_from([-9999.0, 99.9, 999.0, 32767.0, 5.0])), max_size=12))
def test_fill_numbers_in_any_order(numbers):
    each = [bool(is_fill(np.array([number]))[0]) for number in numbers]
    assert is_fill(np.array(numbers + numbers[::-1], float)).tolist() == each + each[::-1]


def test_a_long_column_takes_little_time():
    column = [f"{number:.2f}" for number in np.random.default_rng(1).normal(0, 10, 300_000)]
    start = time.process_time()
    read = read_numbers(column)
    assert is_fill(read.numbers).sum() == 0
    assert time.process_time() - start < 3
    assert read.numbers.tolist() == list(map(float, column))


@pytest.fixture
def layer(provider):
    from qgis.core import QgsFeature, QgsVectorLayer
    from qgis.PyQt.QtCore import QDate

    fields = "field=a:double&field=other:string&field=b:date&field=c:string&field=simulated:string&field=d:integer"
    made = QgsVectorLayer(f"NoGeometry?{fields}", "t", "memory")
    rows = [
        [1.0, "x", QDate(2005, 1, 2), "s1", "LST", 1],
        [None, "y", None, None, None, None],
        [-0.25, "z", QDate(2005, 1, 2), "s1", "LST", 3],
    ]
    for row in rows:
        feature = QgsFeature(made.fields())
        feature.setAttributes(row)
        assert made.dataProvider().addFeature(feature)
    return made


def test_only_the_fields_that_are_used_are_read(layer):
    from permafrost_mapper.algorithms.layers import attribute_table

    table = attribute_table(layer, "t", ["c", "a"]).read()
    assert {name: list(cells) for name, cells in table.fields.items()} == {
        "a": [1.0, None, -0.25],
        "c": ["s1", None, "s1"],
        "simulated": ["LST", None, "LST"],
    }
    assert table.simulated() == ["LST"]
    every = attribute_table(layer, "t").read().fields
    assert list(every) == ["a", "other", "b", "c", "simulated", "d"]
    assert list(every["b"]) == [datetime.date(2005, 1, 2), None, datetime.date(2005, 1, 2)]
    assert list(every["d"]) == [1, None, 3]


def test_of_a_table_without_a_field_that_is_used_all_fields_are_named_and_no_row_is_read(layer):
    from permafrost_mapper.algorithms.layers import attribute_table

    fields = attribute_table(layer, "t", ["c", "absent"]).read().fields
    assert list(fields) == ["a", "other", "b", "c", "simulated", "d"]
    assert {len(cells) for cells in fields.values()} == {0}


def test_any_number_of_rows_is_read_in_parts(layer, monkeypatch):
    from permafrost_mapper.algorithms.layers import attribute_table, tables

    whole = attribute_table(layer, "t").read().fields
    monkeypatch.setattr(tables, "ROWS_AT_ONCE", 2)
    parted = attribute_table(layer, "t").read().fields
    assert {name: list(cells) for name, cells in parted.items()} == {name: list(cells) for name, cells in whole.items()}
    assert [parted[name].digest() for name in parted] == [whole[name].digest() for name in whole]


def test_a_table_of_too_many_rows_is_refused_in_a_sentence(layer, monkeypatch):
    from permafrost_mapper.algorithms.layers import attribute_table, tables

    monkeypatch.setattr(tables, "MAX_ROWS", 3)
    assert len(attribute_table(layer, "t").read().fields["a"]) == 3
    monkeypatch.setattr(tables, "MAX_ROWS", 2)
    with pytest.raises(InputError, match=r"^Table 't' has more than 2 rows: give one row per station and day, or "):
        attribute_table(layer, "t").read()


@pytest.fixture
def reading(layer, monkeypatch):
    """Return the function that reads the table row by row, with feedback from QGIS."""
    from permafrost_mapper.algorithms import reading
    from permafrost_mapper.algorithms.layers import attribute_table, tables
    from permafrost_mapper.algorithms.parameters import Values

    monkeypatch.setattr(tables, "ROWS_AT_ONCE", 1)
    monkeypatch.setattr(reading, "SAY_EVERY", 0)
    unread = attribute_table(layer, "t", ["a"])
    return lambda feedback: reading.with_tables_read(Values(T=unread, S=[unread], N=7, O=None), feedback)


def test_reading_a_long_table_says_how_far_it_is(reading):
    from qgis.core import QgsProcessingFeedback

    feedback = QgsProcessingFeedback(False)
    values = reading(feedback)
    assert (list(values.T.fields["a"]), list(values.S[0].fields["a"]), values.N, values.O) == (
        [1.0, None, -0.25],
        [1.0, None, -0.25],
        7,
        None,
    )
    assert feedback.textLog().count("2 rows of table 't' are read ...") == 2


def test_reading_a_long_table_can_be_cancelled(reading):
    from qgis.core import QgsProcessingFeedback

    class CancelledSoon(QgsProcessingFeedback):
        def pushInfo(self, text):
            super().pushInfo(text)
            self.cancel()

    feedback = CancelledSoon(False)
    with pytest.raises(Cancelled, match="nothing was written"):
        reading(feedback)
    assert "1 rows" in feedback.textLog()
    assert "2 rows" not in feedback.textLog()


def test_a_table_is_read_in_the_thread_of_the_run(provider, tmp_path, monkeypatch):
    """In that of the window, a long one would hold it up."""
    from permafrost_mapper.algorithms.layers import tables
    from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingFeedback

    lines = [f"s{row % 2},2005-{1 + row % 12:02d}-{1 + row // 12:02d},{row % 7},{row % 5}.5" for row in range(120)]
    table = tmp_path / "t.csv"
    table.write_text("\n".join(["station,date,gst,terra_day", *lines]), encoding="utf-8")
    threads = []
    read_fields = tables.read_fields

    def read(*given):
        threads.append(threading.get_ident())
        return read_fields(*given)

    monkeypatch.setattr(tables, "read_fields", read)
    instance = QgsApplication.processingRegistry().createAlgorithmById("permafrost:fitgstmodel")
    given = {"INPUT": str(table), "PREDICTORS": ["terra_day"], "OUTPUT": str(tmp_path / "model.json")}
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback(False)
    assert instance.prepare(given, context, feedback)
    assert not threads
    with ThreadPoolExecutor(1) as pool:
        pool.submit(instance.runPrepared, given, context, feedback).result()
        worker = pool.submit(threading.get_ident).result()
    assert threads == [worker]
    assert "120 of 120 rows are used" in feedback.textLog()
    assert (tmp_path / "model.json").is_file()


def test_a_training_table_lets_go_of_the_columns_that_it_was_read_from():
    """So that those of a table of many rows are not held twice."""
    rows = 40
    columns = {
        "station": [f"s{row % 2}" for row in range(rows)],
        "date": [f"2005-01-{1 + row // 2:02d}" for row in range(rows)],
        "gst": [row / 7 for row in range(rows)],
        "terra_day": [row / 3 for row in range(rows)],
        "terra_night": [None if row == 3 else row / 5 for row in range(rows)],
    }
    night = list(columns["terra_night"])
    table, _ = clean_table(columns, "station", "date", "gst", ["terra_day", "terra_night"], "t")
    assert not columns
    assert np.array_equal(table.predictors[:][:, 1], np.array(night, float), equal_nan=True)


def test_an_empty_table_is_said_to_be_empty():
    """Its first predictor was said to hold no usable number."""
    columns = {name: [] for name in ("station", "date", "gst", "terra_day")}
    with pytest.raises(
        InputError, match=r"^Table 't' has no row that can be used \(it is empty\): choose another table"
    ):
        clean_table(columns, "station", "date", "gst", ["terra_day"], "t")


@pytest.mark.parametrize("uri", ["{}", "file://{}?type=csv&geomType=none"])
def test_a_file_that_goes_before_the_run_is_said_to_be_gone(provider, tmp_path, uri):
    """A run may wait for others. QGIS gives no row of such a file, as if the table were empty."""
    from permafrost_mapper.algorithms.layers import attribute_table
    from qgis.core import QgsVectorLayer

    path = tmp_path / "t.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    layer = QgsVectorLayer(uri.format(path), "t", "delimitedtext" if "?" in uri else "ogr")
    unread = attribute_table(layer, "t")
    path.unlink()
    with pytest.raises(InputError, match=r"^Table 't' cannot be opened: check that the file exists and is whole\.$"):
        unread.read()


@pytest.mark.parametrize("uri", ["{}", "file://{}?type=csv&geomType=none"])
def test_an_empty_file_is_a_table(provider, tmp_path, uri):
    from permafrost_mapper.algorithms.layers import attribute_table
    from qgis.core import QgsVectorLayer

    path = tmp_path / "t.csv"
    path.write_text("a,b\n", encoding="utf-8")
    layer = QgsVectorLayer(uri.format(path), "t", "delimitedtext" if "?" in uri else "ogr")
    fields = attribute_table(layer, "t").read().fields
    assert {name: len(cells) for name, cells in fields.items()} == {"a": 0, "b": 0}
