"""Gaps that prefer some ground, and gaps that lie by chance."""

import numpy as np
import pytest
from permafrost_mapper.core.lst.fill import fill_scene
from permafrost_mapper.core.lst.gapshare import GapShare, GapSlope
from permafrost_mapper.core.lst.reference import fit_reference
from scipy import ndimage

SHAPE = (120, 130)


def smooth(seed, width):
    field = ndimage.gaussian_filter(np.random.default_rng(seed).normal(size=SHAPE), width)
    return field / field.std()


# Patches that are warmer, and gaps in the middle of them.
GROUND = smooth(1, 3)
WEATHER = 1.5 * smooth(2, 12) + 0.3 * smooth(3, 0.7)
GAPS = GROUND > 1.1


def filled(truth, gaps, **more):
    return fill_scene(np.where(gaps, np.nan, truth), 1000.0, 1000.0, trend="none", seed=1, **more)


def test_what_is_hidden_is_no_longer_biased():
    truth = 20 + WEATHER + 2.0 * GapShare(GAPS).share + 0.05 * smooth(4, 0.5)
    here, there = filled(truth, GAPS), filled(truth, GAPS, missing=np.zeros(SHAPE, bool))
    assert abs(np.mean((here.values - truth)[GAPS])) < 0.15
    assert np.mean((there.values - truth)[GAPS]) < -0.3
    assert (here.values == truth)[~GAPS].all()
    # The surface of the trend is what was added back.
    assert np.mean(here.trend.surface[GAPS]) > np.mean(here.trend.surface[~GAPS]) + 0.5


@pytest.mark.parametrize("seed", range(4))
def test_gaps_that_lie_by_chance_change_nothing(seed):
    truth, gaps = 20 + WEATHER, smooth(10 + seed, 3) > 1.1
    here, there = filled(truth, gaps), filled(truth, gaps, missing=np.zeros(SHAPE, bool))
    np.testing.assert_array_equal(here.values, there.values)


def test_cold_edges_of_clouds_are_not_carried_into_them():
    """Cells beside clouds that the cloud mask missed: the slope would make the ground tens of kelvins colder."""
    truth = 20 + WEATHER - 12.0 * GapShare(GAPS).share
    here, there = filled(truth, GAPS), filled(truth, GAPS, missing=np.zeros(SHAPE, bool))
    np.testing.assert_array_equal(here.values, there.values)


def test_the_slope_is_that_of_least_squares_beside_the_other_predictors():
    rng = np.random.default_rng(5)
    h, x = rng.normal(size=(2, 300))
    y = 3.0 * h + 2.0 * x + 0.5 * rng.normal(size=300)
    of_gap = np.repeat(np.arange(1, 31), 10)
    found = GapSlope.of(np.stack([y, h, x]), of_gap)
    assert found.slope == pytest.approx(np.linalg.lstsq(np.stack([h, x], axis=1), y, rcond=None)[0][1])
    left_out = [GapSlope.of(np.stack([y, h, x])[:, of_gap != gap], of_gap[of_gap != gap]).slope for gap in range(1, 31)]
    error = np.sqrt(29 / 30 * np.sum((left_out - np.mean(left_out)) ** 2))
    assert found.t == pytest.approx(found.slope / error, rel=0.05)  # other predictors are left as they are
    assert 15 < found.gaps < 30
    assert found.is_certain(2.0)
    assert not found.is_certain(0.9)


def test_cells_around_one_gap_are_one_observation():
    rng = np.random.default_rng(6)
    x = rng.normal(size=500)
    found = GapSlope.of(np.stack([2.0 * x + 0.1 * rng.normal(size=500), x]), np.ones(500, dtype=int))
    assert (found.t, found.gaps) == (0.0, 1.0)
    assert not found.is_promising()


def test_the_nearest_gap():
    gaps = np.zeros((30, 40), dtype=bool)
    gaps[3:5, 3:5] = gaps[20, 30] = True
    share = GapShare(gaps)
    cells = np.array([3 * 40 + 8, 20 * 40 + 26, 12 * 40 + 20, 0])
    nearest = share.nearest(cells)
    assert nearest.tolist() == [share.labels[3, 3], share.labels[20, 30], 0, share.labels[3, 3]]
    assert share.at(cells)[2] == 0
    assert share.share.max() < 0.5


def test_other_dates_are_fitted_jointly():
    """Two dates that hold half of the pattern each: their average predicts it worse than their weighted sum."""
    height = 4000 + 400 * smooth(7, 4)
    first, second = smooth(21, 1), smooth(22, 1)
    truth = 20 - 6e-3 * height + 0.5 * WEATHER + 2.0 * first + 1.0 * second
    others = [10 + first + 0.3 * smooth(23, 1), 12 + second + 0.3 * smooth(24, 1), 9 + first + 0.3 * smooth(25, 1)]
    others[2][:40] = np.nan  # knows too little to have a coefficient of its own
    gaps = smooth(8, 4) > 0.5
    scene = np.where(gaps, np.nan, truth)
    found = fill_scene(scene, 1000.0, 1000.0, height, "elevation_reference", others, seed=1)
    assert [term.is_whole for term in fit_reference(scene, others).terms] == [True, True, False]
    average = fit_reference(scene, others, [0.0] * 3)
    predicted = average.on([lambda other=other: other for other in others])
    assert found.trend.kind == "elevation_reference"
    error = np.std((found.trend.surface - truth)[gaps])
    x = np.stack([height.ravel(), predicted.ravel(), np.ones(height.size)], axis=1)
    of_average = x @ np.linalg.lstsq(x[~gaps.ravel()], truth[~gaps], rcond=None)[0]
    assert error < 0.9 * np.std((of_average.reshape(SHAPE) - truth)[gaps])
