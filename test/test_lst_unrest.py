"""Intervals that follow the surroundings of a gap."""

import numpy as np
import pytest
from permafrost_mapper.core.lst.fill import fill_scene
from permafrost_mapper.core.lst.kriging import krige
from permafrost_mapper.core.lst.sample import Fields, SceneSample
from permafrost_mapper.core.lst.unrest import MARGIN, NEIGHBOURS, PRIOR, REACH, beside, factors
from permafrost_mapper.core.lst.variogram import Variogram
from scipy import ndimage

SHAPE = (60, 120)
VARIOGRAM = Variogram("exponential", 0.0, 1.0, 20_000.0)


def simulated(seed, shape=SHAPE):
    """Return a field of `VARIOGRAM` on cells of 1 km: its covariance on a torus that is much larger, by FFT."""
    size = 256
    lag = np.minimum(np.arange(size), size - np.arange(size)) * 1000.0
    spectrum = np.fft.rfft2(1.0 - VARIOGRAM.semivariance(np.hypot(lag[:, None], lag))).real.clip(0)
    noise = np.fft.rfft2(np.random.default_rng(seed).normal(size=(size, size)))
    return np.fft.irfft2(noise * np.sqrt(spectrum))[: shape[0], : shape[1]]


def clouds(seed, share=0.3):
    field = ndimage.gaussian_filter(np.random.default_rng(seed).normal(size=SHAPE), 3)
    return field > np.quantile(field, 1 - share)


def coverage(truth, filled, cells):
    return float(np.mean(np.abs(filled.values - truth)[cells] <= 1.96 * filled.std[cells]))


def test_intervals_hold_on_restless_and_on_quiet_ground():
    """One half varies three times as much as the other: its intervals widen until they hold, and others narrow."""
    found = []
    for seed in range(4):
        restless = np.arange(SHAPE[1]) >= 60
        truth = np.where(restless, 3.0, 1.0) * simulated(seed)
        gaps = clouds(seed)
        scene = np.where(gaps, np.nan, truth)
        filled = fill_scene(scene, 1000.0, 1000.0, trend="none", seed=1)
        given = fill_scene(scene, 1000.0, 1000.0, trend="none", variogram=filled.variogram, seed=1)
        np.testing.assert_array_equal(filled.values, given.values)
        halves = [gaps & restless, gaps & ~restless]
        wider, narrower = (np.mean(filled.std[half] / given.std[half]) for half in halves)
        found.append([*(coverage(truth, one, halves[0]) for one in (filled, given)), wider, narrower])
    restless, before, wider, narrower = np.mean(found, axis=0)
    assert before < 0.88
    assert 0.9 < restless < 0.97
    assert 1.2 < wider < 1.4  # the root of 9 / 5 is 1.34
    assert 0.45 < narrower < 0.7  # the root of 1 / 5 is 0.45


def test_intervals_of_equally_varied_ground_stay():
    ratios, covered = [], []
    for seed in range(4):
        truth, gaps = simulated(seed), clouds(seed)
        scene = np.where(gaps, np.nan, truth)
        filled = fill_scene(scene, 1000.0, 1000.0, trend="none", seed=1)
        given = fill_scene(scene, 1000.0, 1000.0, trend="none", variogram=filled.variogram, seed=1)
        ratios.append(np.mean(filled.std[gaps] / given.std[gaps]))
        covered.append(coverage(truth, filled, gaps))
    assert np.mean(ratios) == pytest.approx(1.0, abs=0.04)
    assert 0.93 < np.mean(covered) < 0.97


def test_a_given_variogram_keeps_its_kriging_standard_deviation():
    gaps = clouds(1)
    scene = np.where(gaps, np.nan, simulated(1))
    filled = fill_scene(scene, 1000.0, 1000.0, trend="none", variogram=VARIOGRAM, seed=1)
    _, std = krige(scene - np.nanmean(scene), VARIOGRAM, 1000.0, 1000.0)
    np.testing.assert_allclose(filled.std[gaps], std)


def test_the_mean_square_of_a_scene_is_that_of_its_variogram():
    """It is 1 with the right variogram, and a fourth with one of four times the variance."""
    gaps, truth = clouds(2), simulated(2)
    scene = np.where(gaps, np.nan, truth)
    sample = SceneSample.of(Fields(SHAPE, scene.ravel().__getitem__), 1000.0, 1000.0)
    trend = sample.trend("none", 0.0)
    mean = sample.mean_square(trend, VARIOGRAM, NEIGHBOURS)
    assert mean == pytest.approx(1.0, abs=0.1)
    assert sample.mean_square(trend, VARIOGRAM.scaled(4.0), NEIGHBOURS) == pytest.approx(mean / 4.0)
    # The same cells, predicted one by one.
    some = np.flatnonzero(~gaps)[::40]
    targets = np.zeros(SHAPE, dtype=bool)
    targets.flat[some] = True
    estimate, std = krige(scene, VARIOGRAM, 1000.0, 1000.0, NEIGHBOURS, "nearest", targets)
    assert np.mean(((truth.flat[some] - estimate) / std) ** 2) == pytest.approx(mean, rel=0.25)


def test_factors_are_weighted_means():
    columns = 60
    row, column = (a.ravel() for a in np.mgrid[0:columns, 0:columns])
    cells = row * columns + column
    squares = np.where(column < 30, 4.0, 0.25)
    middle = 30 * columns
    wanted = middle + np.array([12, 30, 48])
    left, edge, right = factors(squares, cells, wanted, columns)
    assert left == pytest.approx((4.0 + PRIOR) / (1 + PRIOR), rel=1e-3)
    assert right == pytest.approx((0.25 + PRIOR) / (1 + PRIOR), rel=1e-3)
    assert right < edge < left
    # Far from all cells, and without any, the scene counts.
    np.testing.assert_allclose(factors(squares[:50], cells[:50], wanted, columns), 1.0)
    np.testing.assert_array_equal(factors(squares[:0], cells[:0], wanted, columns), 1.0)


def test_factors_do_not_depend_on_the_window():
    rng = np.random.default_rng(3)
    known = rng.random((80, 90)) < 0.7
    squares = rng.chisquare(1, known.shape)
    wanted = np.zeros(known.shape, dtype=bool)
    wanted[30:45, 40:50] = ~known[30:45, 40:50]

    def of_window(row, column, rows, columns):
        part = (slice(row, row + rows), slice(column, column + columns))
        used = beside(known[part], wanted[part])
        places = [np.flatnonzero(some) for some in (used, wanted[part])]
        return factors(squares[part][used], *places, columns, (row, column))

    whole = of_window(0, 0, *known.shape)
    around = MARGIN + REACH
    window = (30 - around, 40 - around, 15 + 2 * around, 10 + 2 * around)
    np.testing.assert_array_equal(of_window(*window), whole)
    assert np.ptp(whole) > 0.1


def test_cells_beside_gaps():
    known = np.ones((50, 60), dtype=bool)
    known[5, 5] = known[40, 50] = False
    wanted = np.zeros(known.shape, dtype=bool)
    wanted[5, 5] = True
    used = beside(known, wanted)
    assert used.sum() == (2 * REACH + 1) ** 2 - 1
    assert used[5 + REACH, 5]
    assert not used[5, 5]
    assert not used[6 + REACH, 5]
    assert beside(known, ~known).sum() == 2 * used.sum()
