"""Sen's slope, Mann-Kendall and the false discovery rate, against implementations that are not ours."""

import numpy as np
import pymannkendall
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from permafrost_mapper.core.assess import trend as module
from permafrost_mapper.core.assess.trend import DiscoveryRate, trend
from scipy import stats


def series(kind, n, cells=40):
    random = np.random.default_rng([n, len(kind)])
    values = random.normal(size=(n, cells)) + np.linspace(-0.2, 0.2, cells) * np.arange(n)[:, np.newaxis]
    if kind == "ties":
        values = np.round(values)
    elif kind == "gaps":
        values[random.uniform(size=values.shape) < 0.25] = np.nan
        values[:4] = 1.5
    elif kind == "persistent":
        for year in range(1, n):
            values[year] += 0.7 * values[year - 1]
    elif kind == "constant":
        values[:] = -1.25
    return values


@pytest.mark.parametrize("n", [4, 10, 16, 43])
@pytest.mark.parametrize("kind", ["plain", "ties", "gaps", "persistent", "constant"])
def test_sen_and_mann_kendall_equal_pymannkendall(kind, n):
    values = series(kind, n)
    ours = trend(values, range(2000, 2000 + n))
    for cell in range(values.shape[1]):
        theirs = pymannkendall.original_test(values[:, cell])
        assert ours.s[cell] == theirs.s
        assert ours.slope[cell] == pytest.approx(theirs.slope, rel=1e-12, abs=1e-12)
        assert ours.p[cell] == pytest.approx(theirs.p, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("n", [6, 16, 43])
@pytest.mark.parametrize("kind", ["plain", "ties", "persistent"])
@pytest.mark.filterwarnings("ignore:invalid value:RuntimeWarning")
def test_hamed_rao_equals_pymannkendall_where_it_widens_the_variance(kind, n):
    values = series(kind, n)
    ours = trend(values, range(n), autocorrelated=True)
    plain = trend(values, range(n))
    wider = 0
    for cell in range(values.shape[1]):
        theirs = pymannkendall.hamed_rao_modification_test(values[:, cell])
        if theirs.var_s > pymannkendall.original_test(values[:, cell]).var_s:
            assert ours.p[cell] == pytest.approx(theirs.p, rel=1e-9, abs=1e-12)
            wider += 1
        else:
            assert ours.p[cell] == plain.p[cell]
    assert wider or kind != "persistent" or n == 6


@pytest.mark.parametrize("slope", [-0.03, 0.0, 0.4])
def test_years_that_are_left_out_change_neither_slope_nor_score(slope):
    years = np.array([2001, 2002, 2004, 2009, 2010])
    values = slope * years[:, np.newaxis] + np.array([[0.0], [0.1], [-0.1], [0.05], [0.0]])
    full = np.full((10, 1), np.nan)
    full[years - 2001] = values
    for autocorrelated in (False, True):
        some, all_years = trend(values, years, 3, autocorrelated), trend(full, range(2001, 2011), 3, autocorrelated)
        assert (some.slope, some.s, some.p) == (all_years.slope, all_years.s, all_years.p)
    assert some.slope[0] == pytest.approx(stats.theilslopes(values[:, 0], years)[0])


def test_cells_with_too_few_years_have_no_trend():
    values = np.arange(12.0).reshape(6, 2)
    values[:3, 1] = np.nan
    found = trend(values, range(6), min_years=4)
    assert found.slope[0] == 2
    assert np.isnan([found.slope[1], found.s[1], found.p[1]]).all()
    assert np.isnan(trend(np.full((5, 1), np.nan), range(5)).p).all()


def test_chunks_and_shapes_do_not_matter(monkeypatch):
    values = series("gaps", 16, 60).astype(np.float32)
    whole = trend(values, range(16))
    monkeypatch.setattr(module, "MAX_SLOPES", 7 * 120)
    parts = trend(values.reshape(16, 6, 10), range(16))
    for name in ("slope", "s", "p"):
        np.testing.assert_array_equal(getattr(parts, name), getattr(whole, name).reshape(6, 10))


@given(arrays(float, (8, 3), elements=st.floats(-20, 20)))
def test_upside_down_is_the_opposite_trend(values):
    up, down = trend(values, range(8)), trend(-values, range(8))
    np.testing.assert_array_equal(up.s, -down.s)
    np.testing.assert_allclose(up.slope, -down.slope)
    np.testing.assert_array_equal(up.p, down.p)


# False discovery rate ------------------------------------------------------------------------------


def benjamini_hochberg(p):
    """The definition, written out: for each test the least m p_j / j over tests that are no more significant."""
    m = len(p)
    return np.array([min(1.0, *(m * q / np.count_nonzero(p <= q) for q in p[p >= own])) for own in p])


@pytest.mark.parametrize("digits", [1, 9])
def test_false_discovery_rate(digits):
    p = np.round(np.random.default_rng(3).uniform(0, 1, 500) ** 3, digits).astype(np.float32)
    rate = DiscoveryRate.of(p)
    found = rate.adjusted(p)
    np.testing.assert_allclose(found, benjamini_hochberg(p.astype(float)), rtol=1e-6)
    if hasattr(stats, "false_discovery_control"):
        np.testing.assert_allclose(found, stats.false_discovery_control(p.astype(float)), rtol=1e-6)
    assert rate.tests == 500


def test_the_rate_of_a_map_does_not_depend_on_its_blocks():
    p = np.random.default_rng(4).uniform(0, 1, (20, 30)).round(2)
    p[3, 4:9] = np.nan
    whole = DiscoveryRate.of(p)
    parts = DiscoveryRate.of(p[:7]) + DiscoveryRate.of(p[7:8]) + DiscoveryRate.of(p[8:])
    np.testing.assert_array_equal(whole.adjusted(p), parts.adjusted(p))
    np.testing.assert_array_equal(np.isnan(whole.adjusted(p)), np.isnan(p))
    nothing = DiscoveryRate.of(np.full((2, 2), np.nan))
    assert nothing.tests == 0
    assert np.isnan(nothing.adjusted(np.full((2, 2), np.nan))).all()


def test_without_any_trend_the_rate_is_kept():
    """Of 200 maps of independent noise no more than the nominal tenth hold any discovery, but for chance."""
    random = np.random.default_rng(5)
    discovered = 0
    for _ in range(200):
        p = trend(random.normal(size=(16, 100)), range(16)).p
        discovered += bool((DiscoveryRate.of(p).adjusted(p) <= 0.1).any())
    assert discovered <= stats.binom.ppf(0.999, 200, 0.1)
