"""Scores against numerical integration, and hidden cells."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from permafrost_mapper.core.errors import InputError
from permafrost_mapper.core.lst.scores import crps_normal, hide_cells, hide_clouds, score
from scipy import integrate, stats


@given(st.floats(-5, 5), st.floats(-5, 5), st.floats(0.1, 4))
def test_crps_is_the_integral_of_its_definition(truth, mean, std):
    below = integrate.quad(lambda x: stats.norm.cdf(x, mean, std) ** 2, mean - 12 * std - 12, truth)[0]
    above = integrate.quad(lambda x: stats.norm.sf(x, mean, std) ** 2, truth, mean + 12 * std + 12)[0]
    assert crps_normal(truth, mean, std) == pytest.approx(below + above, rel=1e-5, abs=1e-6)


def test_crps_without_spread_is_the_absolute_error():
    assert crps_normal(3.0, 1.0, 0.0) == 2


def test_scores_of_a_perfect_forecaster():
    rng = np.random.default_rng(0)
    std = rng.uniform(0.5, 2, 20000)
    truth = rng.normal(size=std.size) * std
    s = score(truth, np.zeros(std.size), std)
    assert s.coverage == pytest.approx(0.95, abs=0.005)
    assert s.rmse == pytest.approx(np.sqrt(np.mean(truth**2)))
    assert s.mae == pytest.approx(np.abs(truth).mean())
    assert s.bias == pytest.approx(-truth.mean())


def test_missing_predictions_are_left_out():
    s = score(np.array([1.0, 2.0, np.nan]), np.array([2.0, np.nan, 1.0]), np.ones(3))
    assert (s.n, s.rmse, s.bias) == (1, 1, 1)
    assert np.isnan(score(np.array([1.0]), np.array([np.nan]), np.ones(1)).rmse)


def test_hidden_are_a_share_of_the_known_cells():
    rng = np.random.default_rng(1)
    known = rng.random((40, 50)) < 0.7
    cloud = np.zeros(known.shape, dtype=bool)
    cloud[5:12, 8:20] = True
    cells, clouds = hide_cells(known, 0.2, 3), hide_clouds(known, [cloud, ~known], 0.2, 3)
    for hidden in (cells, clouds):
        assert not (hidden & ~known).any()
        assert hidden.sum() == round(0.2 * known.sum())
    np.testing.assert_array_equal(clouds, hide_clouds(known, [cloud, ~known], 0.2, 3))


def test_clouds_keep_their_shape():
    known = np.ones((40, 50), dtype=bool)
    cloud = np.zeros(known.shape, dtype=bool)
    cloud[5:12, 8:20] = True
    hidden = hide_clouds(known, [cloud], cloud.sum() / known.size, 5)
    rows, columns = (np.unique(i) for i in np.nonzero(hidden))
    assert hidden.sum() == cloud.sum()
    assert {rows.size, columns.size} == {7, 12}


def test_bad_shares_and_no_clouds_are_named():
    known = np.ones((4, 5), dtype=bool)
    with pytest.raises(InputError, match=r"share of 1\.5"):
        hide_cells(known, 1.5)
    with pytest.raises(InputError, match="No scene"):
        hide_clouds(known, [~known], 0.5)
