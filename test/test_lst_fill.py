"""Filled scenes: invariants and degenerate scenes. Accuracy on real ones: test_filling.py."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from permafrost_mapper.core.errors import InputError
from permafrost_mapper.core.lst.fill import fill_scene
from permafrost_mapper.core.lst.variogram import MODELS, Variogram

EXPONENTIAL = Variogram("exponential", 0.0, 4.0, 20e3)
ELEVATION = 3000 + 40.0 * np.add.outer(np.arange(20), np.arange(25)) % 700


def scene(seed=0, gaps=0.4):
    rng = np.random.default_rng(seed)
    z = -6e-3 * ELEVATION + np.cumsum(rng.normal(size=ELEVATION.shape), axis=1)
    return np.where(rng.random(z.shape) < gaps, np.nan, z)


def check(filled, z):
    known = np.isfinite(z)
    assert filled.values[known].tobytes() == z[known].tobytes()
    assert (filled.std[known] == 0).all()
    assert filled.gap_share == pytest.approx((~known).mean())
    if known.sum() > 1:
        np.testing.assert_array_equal(np.isnan(filled.values), np.isnan(filled.std))
    assert filled.filled + filled.remaining == (~known).sum()


@given(st.integers(0, 100), st.sampled_from(["elevation", "fixed_lapse", "none"]), st.floats(0.05, 0.9))
@settings(deadline=None, max_examples=15)
def test_known_cells_are_bit_for_bit(seed, trend, gaps):
    z = scene(seed, gaps)
    filled = fill_scene(z, 1000.0, 1000.0, ELEVATION, trend, variogram=EXPONENTIAL)
    check(filled, z)
    assert filled.remaining == 0
    assert (filled.std[np.isnan(z)] > 0).all()


def test_defaults_estimate_everything():
    z = scene()
    filled = fill_scene(z, 1000.0, 1000.0, ELEVATION, validation_cells=50)
    check(filled, z)
    assert filled.variogram.nested is not None
    assert filled.cross_validation.n == 50
    assert filled.cross_validation.rmse < np.nanstd(z)
    assert filled.fallbacks == ()
    moments = fill_scene(z, 1000.0, 1000.0, ELEVATION, fit="moments", variogram="spherical")
    assert moments.variogram.model == "spherical"


def test_only_wanted_cells_are_filled():
    z = scene()
    within = np.arange(25) < 10
    filled = fill_scene(z, 1000.0, 1000.0, trend="none", variogram=EXPONENTIAL, within=within & np.ones(z.shape, bool))
    np.testing.assert_array_equal(np.isnan(filled.values), np.isnan(z) & ~within)


def test_far_cells_hold_the_trend_and_are_counted():
    z = np.full((20, 25), np.nan)
    z[:8, :10] = scene(gaps=0)[:8, :10]
    filled = fill_scene(z, 1000.0, 1000.0, ELEVATION, variogram=EXPONENTIAL, radius=3000.0)
    corner = filled.values[19, 24]
    assert corner == pytest.approx(filled.trend.surface[19, 24])
    assert filled.std[19, 24] == pytest.approx(np.nanstd(z - filled.trend.surface))
    assert filled.far == (np.hypot(*np.maximum(np.indices(z.shape) - np.array([7, 9])[:, None, None], 0)) > 3).sum()


def with_known(cells, values=None):
    z = np.full(ELEVATION.shape, np.nan)
    z.ravel()[cells] = np.arange(len(cells)) if values is None else values
    return z


@pytest.mark.parametrize(
    ("z", "reason"),
    [
        (with_known([3, 200, 407]), "(3)"),
        (with_known(range(50, 75)), "(25)"),
        (with_known([260]), "(1)"),
        (with_known(range(0, 500, 3), 271.15), "without variance"),
    ],
)
@pytest.mark.parametrize("trend", ["elevation", "elevation_reference", "none"])
def test_degenerate_scenes_are_filled_and_reported(z, reason, trend):
    filled = fill_scene(z, 1000.0, 1000.0, ELEVATION, trend, others=[scene(1), scene(2)])
    check(filled, z)
    assert np.isfinite(filled.values).all()
    assert any(reason in told for told in filled.fallbacks)


def test_known_cells_on_a_line_are_enough_for_everything_else():
    z = np.full((40, 120), np.nan)
    z[17] = np.cumsum(np.random.default_rng(0).normal(size=120))
    filled = fill_scene(z, 1000.0, 1000.0, 2000 + 10.0 * np.add.outer(np.arange(40), np.arange(120)))
    check(filled, z)
    assert np.isfinite(filled.values).all()
    assert (filled.std[0] > filled.std[16]).all()


def test_constant_scene_stays_constant():
    z = with_known(range(0, 500, 3), 271.15)
    filled = fill_scene(z, 1000.0, 1000.0, ELEVATION)
    assert (filled.values == 271.15).all()
    assert (filled.std == 0).all()


def test_empty_scene_stays_missing_and_is_reported():
    filled = fill_scene(np.full(ELEVATION.shape, np.nan), 1000.0, 1000.0, ELEVATION)
    assert np.isnan(filled.values).all()
    assert filled.remaining == ELEVATION.size
    assert "no known cell" in filled.fallbacks[0]


def varied():
    for model in MODELS:
        for smoothness in {"matern": (2.5, 20.0), "power": (1.99,)}.get(model, (0.5,)):
            for cells in (3.0, 300.0, 1e4):
                yield Variogram(model, 0.0, 4.0, cells * 1000.0, smoothness)


ROW, COLUMN = np.indices((40, 50))
SMOOTH = 280 + 3 * np.sin(COLUMN / 9) + 2 * np.cos(ROW / 7)
NOISE = np.random.default_rng(3).normal(size=SMOOTH.shape)
HOLED = np.random.default_rng(4).random(SMOOTH.shape) < 0.3
HOLED[10:22, 15:30] = True


@pytest.mark.parametrize("few", [False, True], ids=["many", "few"])
@pytest.mark.parametrize(
    "truth", [SMOOTH, np.round(SMOOTH, 2), SMOOTH + 0.3 * NOISE], ids=["smooth", "packed", "noisy"]
)
@pytest.mark.parametrize("v", list(varied()), ids=lambda v: f"{v.model}-{v.smoothness}-{v.range / 1000:g}")
def test_no_given_variogram_gives_a_confident_wrong_number(v, truth, few):
    """Also of fields that it does not fit: float noise, hundredths of a degree, and texture, taken for a shape."""
    gaps = HOLED | (np.random.default_rng(5).random(truth.shape) < 0.97) if few else HOLED
    filled = fill_scene(np.where(gaps, np.nan, truth), 1000.0, 1000.0, trend="none", variogram=v)
    error, std = (filled.values - truth)[gaps], filled.std[gaps]
    assert np.abs(error).max() < 8.0  # the field ranges over 10
    # All errors together, and the worst one: the standard deviation is not short of them by orders of magnitude.
    assert np.sqrt(np.mean((error / std) ** 2)) < 8.0
    assert np.abs(error / std).max() < 60.0


def test_corrections_of_a_given_variogram_are_reported():
    z = np.where(HOLED, np.nan, SMOOTH + 0.3 * NOISE)
    filled = fill_scene(z, 1000.0, 1000.0, trend="none", variogram=Variogram("gaussian", 0.0, 4.0, 30e3))
    (told,) = filled.fallbacks
    assert "times their standard deviation: a nugget of 0.0" in told
    assert filled.variogram.nugget == pytest.approx(0.09, rel=0.3)  # the variance of the noise
    error = (filled.values - SMOOTH)[HOLED]
    assert np.sqrt(np.mean(error**2)) < 0.2
    # One that fits is used as it is given, and so is one that is too cautious.
    for fits in (Variogram("gaussian", 0.09, 4.0, 30e3), EXPONENTIAL):
        filled = fill_scene(z, 1000.0, 1000.0, trend="none", variogram=fits)
        assert filled.variogram == fits
        assert filled.fallbacks == ()


def test_unknown_fit_is_named():
    with pytest.raises(InputError, match="guess"):
        fill_scene(scene(), 1.0, 1.0, ELEVATION, fit="guess")
