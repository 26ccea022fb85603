"""Stored numbers: what is missing and what is impossible, with Numba and without."""

import importlib.util

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from permafrost_mapper.core import packed
from permafrost_mapper.core.packed import Packed

LOW, HIGH = -100.0, 100.0

WAYS = ["numpy", "numba"] if importlib.util.find_spec("numba") else ["numpy"]


@st.composite
def stored_numbers(draw):
    """Return integers as stacks hold them, their scale and offset, and a nodata value or None."""
    kind = np.dtype(draw(st.sampled_from(["int16", "uint16", "uint8", "int8"])))
    limits = np.iinfo(kind)
    numbers = st.integers(int(limits.min), int(limits.max))
    array = draw(hnp.arrays(kind, hnp.array_shapes(min_dims=2, max_dims=2, max_side=6), elements=numbers))
    missing = draw(st.none() | numbers | st.sampled_from([int(value) for value in array.flat]))
    scale = draw(st.sampled_from([1.0, 0.01, 0.02, -0.1]))
    offset = draw(st.sampled_from([0.0, -273.15, 40.0]))
    return array, scale, offset, None if missing is None else kind.type(missing)


@pytest.mark.parametrize("way", WAYS)
@given(stored_numbers())
def test_impossible_numbers_are_counted(way, numbers):
    stored, scale, offset, missing = numbers
    with pytest.MonkeyPatch.context() as patch:
        if way == "numpy":
            patch.setattr(packed, "compiled", lambda _: None)
        found = Packed(stored, scale, offset, missing).within(LOW, HIGH)
        beyond, values = found.beyond, found.values()
    decoded = stored.astype(float) * scale + offset
    tagged = np.zeros(stored.shape, bool) if missing is None else stored == missing
    impossible = ~tagged & ((decoded < LOW - 1e-6) | (decoded > HIGH + 1e-6))
    assert beyond.cells == np.count_nonzero(impossible)
    assert not beyond.cells or beyond.example == pytest.approx(decoded[impossible][0])
    np.testing.assert_array_equal(np.isnan(values), tagged | impossible)
    np.testing.assert_allclose(values[~np.isnan(values)], decoded[~np.isnan(values)], rtol=1e-6, atol=1e-4)


@given(stored_numbers(), st.data())
def test_cells_are_taken_as_they_are(numbers, data):
    stored, scale, offset, missing = numbers
    found = Packed(stored, scale, offset, missing).within(LOW, HIGH)
    cells = np.array(data.draw(st.lists(st.integers(0, stored.size - 1), max_size=8)), np.intp)
    values, is_missing = found.take(cells)
    expected = found.values().reshape(-1)[cells]
    np.testing.assert_array_equal(is_missing, np.isnan(expected))
    np.testing.assert_array_equal(values, np.nan_to_num(expected))
