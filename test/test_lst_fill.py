"""Filled scenes: invariants, degenerate scenes, and accuracy on real scenes with hidden cells."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from permafrost_mapper.core.errors import InputError
from permafrost_mapper.core.lst.fill import fill_scene
from permafrost_mapper.core.lst.scores import hide_clouds, score
from permafrost_mapper.core.lst.variogram import Variogram

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
        (with_known([3, 200, 407]), "3 known cells"),
        (with_known(range(50, 75)), "25 known cells"),
        (with_known([260]), "1 known cells"),
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


def test_unknown_fit_is_named():
    with pytest.raises(InputError, match="guess"):
        fill_scene(scene(), 1.0, 1.0, ELEVATION, fit="guess")


def read(path):
    gdal = pytest.importorskip("osgeo.gdal")
    z = gdal.Open(str(path)).ReadAsArray().astype(float)
    return np.where(z == -9999, np.nan, z)


def cell_size(rows, north, degrees_x, degrees_y):
    """Width of the cells of each row, and height, of a geographic grid in metres."""
    latitude = north - degrees_y * (np.arange(rows) + 0.5)
    return 111320 * degrees_x * np.cos(np.radians(latitude)), 111320 * degrees_y


@pytest.fixture
def madrid(real_data):
    folder = real_data("madrid_mod11a1")
    stack = read(folder / "Madrid_MOD11A1_LST_Day_K.tif")
    masked = dict(zip((17, 27, 39, 50, 5, 78, 8, 94), read(folder / "Madrid_masked_inputs_K.tif")))
    width, height = cell_size(110, 40, 1 / 88, 1 / 110)
    return {
        "truth": stack[17],
        "others": np.delete(stack, 17, axis=0),
        "masked": masked,
        "place": (width, height, read(folder / "Madrid_elevation_m.tif")),
    }


def madrid_rmse(madrid, trend):
    rmse = {}
    for mask, z in madrid["masked"].items():
        hidden = np.isfinite(madrid["truth"]) & np.isnan(z)
        filled = fill_scene(z, *madrid["place"], trend, madrid["others"])
        check(filled, z)
        rmse[mask] = score(madrid["truth"][hidden], filled.values[hidden], filled.std[hidden]).rmse
    return rmse


def test_madrid_by_elevation_is_not_worse_than_gstat(madrid, real_data):
    table = np.genfromtxt(
        real_data("reference_checks") / "lst_gapfill_gstat_scores.csv",
        delimiter=",",
        names=True,
        dtype=None,
        encoding=None,
    )
    gstat = [row["RMSE"] for row in table if row["method"].strip('"') == "KED_elev"]
    assert len(gstat) == 8
    assert np.mean(list(madrid_rmse(madrid, "elevation").values())) <= np.mean(gstat)


def test_madrid_with_reference_beats_every_published_score(madrid, real_data):
    text = (real_data("reference_checks") / "madrid_published_gapfill_scores.txt").read_text()
    rmse = madrid_rmse(madrid, "elevation_reference")
    published = [line.split() for line in text.splitlines()]
    assert len(published) == 21
    for words in published:
        assert rmse[int(words[1])] < float(words[words.index("RMSE") + 1]), words
    prototype = {5: 0.60, 17: 0.87, 27: 0.84, 39: 0.84, 50: 0.92, 78: 1.07, 94: 1.21}
    assert np.mean([rmse[m] for m in prototype]) <= np.mean(list(prototype.values()))


def test_central_us_under_its_own_clouds(real_data):
    """Cells hidden under shifted copies of the scene's own gaps; the bars are those of the withheld cells."""
    z = read(real_data("central_us_lst") / "terra_lst_20160804_degC_with_gaps.tif")
    width, height = cell_size(300, 37.0727, 0.009273986, 0.009273977)
    known = np.isfinite(z)
    scores = []
    for hidden in (known & ~known[::-1], hide_clouds(known, [~known], 0.2, seed=1)):
        filled = fill_scene(np.where(hidden, np.nan, z), width, height, trend="none", neighbours=64)
        scores.append(score(z[hidden], filled.values[hidden], filled.std[hidden]))
    assert np.mean([s.rmse for s in scores]) <= 1.53
    assert np.mean([s.crps for s in scores]) <= 0.81
    assert 0.93 <= np.mean([s.coverage for s in scores]) <= 0.97
