"""Tables of many rows: read in time and memory that grow with them, and each cell as if it stood alone."""

import time

import numpy as np
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
