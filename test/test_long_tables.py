"""Tables of many rows: read in time and memory that grow with them, and each cell as if it stood alone."""

import datetime
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
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

    table = attribute_table(layer, "t", ["c", "a"])
    assert {name: list(cells) for name, cells in table.fields.items()} == {
        "a": [1.0, None, -0.25],
        "c": ["s1", None, "s1"],
        "simulated": ["LST", None, "LST"],
    }
    assert table.simulated() == ["LST"]
    every = attribute_table(layer, "t").fields
    assert list(every) == ["a", "other", "b", "c", "simulated", "d"]
    assert list(every["b"]) == [datetime.date(2005, 1, 2), None, datetime.date(2005, 1, 2)]
    assert list(every["d"]) == [1, None, 3]


def test_of_a_table_without_a_field_that_is_used_all_fields_are_named_and_no_row_is_read(layer):
    from permafrost_mapper.algorithms.layers import attribute_table

    fields = attribute_table(layer, "t", ["c", "absent"]).fields
    assert list(fields) == ["a", "other", "b", "c", "simulated", "d"]
    assert {len(cells) for cells in fields.values()} == {0}


def test_any_number_of_rows_is_read_in_parts(layer, monkeypatch):
    from permafrost_mapper.algorithms.layers import attribute_table, attributes

    whole = attribute_table(layer, "t").fields
    monkeypatch.setattr(attributes, "ROWS_AT_ONCE", 2)
    parted = attribute_table(layer, "t").fields
    assert {name: list(cells) for name, cells in parted.items()} == {name: list(cells) for name, cells in whole.items()}
    assert [parted[name].digest() for name in parted] == [whole[name].digest() for name in whole]
