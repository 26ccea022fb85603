"""Trends of a scene, their guards and their fallbacks."""

import numpy as np
import pytest
from permafrost_mapper.core.errors import InputError
from permafrost_mapper.core.lst.reference import (
    Reference,
    ReferenceModel,
    fade_at,
    fade_of,
    fit_reference,
    reference_scene,
    shrunken,
)
from permafrost_mapper.core.lst.trend import fit_trend
from permafrost_mapper.core.lst.variogram import Variogram

RNG = np.random.default_rng(7)
ELEVATION = 3000 + 1000 * RNG.random((20, 30))
NOISE = RNG.normal(size=ELEVATION.shape)
GAPPY = np.where(RNG.random(ELEVATION.shape) < 0.4, np.nan, 1.0)


def lapse(rate, noise=0.2):
    return (20 + rate * 1e-3 * ELEVATION + noise * NOISE) * GAPPY


def test_slope_is_that_of_scipy():
    stats = pytest.importorskip("scipy.stats")
    scene = lapse(-6.0)
    known = np.isfinite(scene)
    theirs = stats.linregress(ELEVATION[known] / 1000, scene[known])
    trend = fit_trend(scene, "elevation", ELEVATION)
    assert trend.kind == "elevation"
    assert trend.fallback == ""
    assert trend.lapse_rate == pytest.approx(theirs.slope)
    assert trend.r2 == pytest.approx(theirs.rvalue**2)
    np.testing.assert_allclose(trend.surface, theirs.intercept + theirs.slope * ELEVATION / 1000)


def test_generalised_slope_is_not_misled_by_weather():
    """A warm front that lies over the mountains turns the ordinary slope, and not the generalised one."""
    row, column = np.indices((60, 80))
    elevation = 40.0 * column + 300 * np.sin(row / 3) * np.cos(column / 4)
    scene = -6e-3 * elevation + 0.4 * column + 0.1 * np.random.default_rng(0).normal(size=elevation.shape)
    assert fit_trend(scene, "elevation", elevation).lapse_rate > 0
    v = Variogram("exponential", 0.01, 40, 100.0)
    trend = fit_trend(scene, "elevation", elevation, variogram=v)
    assert trend.lapse_rate == pytest.approx(-6, abs=0.7)


def test_reference_is_the_weighted_mean_of_single_regressions():
    scene = lapse(-6.0, 2.0)
    others = [
        scene * 2 + 5,
        np.where(ELEVATION > 3500, -NOISE + 0.2 * ELEVATION / 1000, np.nan),
        np.full_like(scene, 3.0),
    ]
    reference = reference_scene(scene, [others[0]])
    assert reference.scenes == 1
    np.testing.assert_allclose(reference.values, scene, atol=1e-9)

    noisy = [
        scene + 0.5 * RNG.normal(size=scene.shape),
        np.where(ELEVATION > 3300, scene + RNG.normal(size=scene.shape), np.nan),
    ]
    expected, weights = np.zeros(scene.shape), np.zeros(scene.shape)
    for other in noisy:
        common = np.isfinite(scene) & np.isfinite(other)
        slope, intercept = np.polyfit(other[common], scene[common], 1)
        r2 = np.corrcoef(other[common], scene[common])[0, 1] ** 2
        part = np.isfinite(other)
        weight = r2 / (1 - r2) * common.sum() / np.isfinite(scene).sum()
        expected[part] += weight * (intercept + slope * other[part])
        weights[part] += weight
    with np.errstate(invalid="ignore"):
        np.testing.assert_allclose(reference_scene(scene, noisy).values, expected / weights)
    assert reference_scene(scene, [-scene, others[2], np.full_like(scene, np.nan)]).scenes == 0


def test_reference_explains_what_elevation_does_not():
    pattern = np.sin(np.arange(30) / 3) * 5
    scene = lapse(-6.0) + pattern
    reference = Reference(10 + 0.5 * (pattern + 0 * ELEVATION), 3)
    trend = fit_trend(scene, "elevation_reference", ELEVATION, reference)
    assert trend.kind == "elevation_reference"
    assert trend.references == 3
    assert trend.lapse_rate == pytest.approx(-6, abs=0.1)
    assert trend.r2 > 0.99


def test_there_is_no_step_where_the_reference_ends():
    """There the trend goes on from the cells around, along the elevation."""
    scene = 5 + 10 * np.sin(np.arange(30) / 8) - 6e-3 * (ELEVATION - 3000) + 0.1 * NOISE
    values = np.where(np.arange(30) < 20, scene, np.nan)
    trend = fit_trend(scene, "elevation_reference", ELEVATION, Reference(values, 1))
    assert np.isfinite(trend.surface).all()
    level = trend.surface + 6e-3 * (ELEVATION - 3000)
    assert np.abs(level[:, 20] - level[:, 19]).max() < 0.5
    by_elevation = fit_trend(scene, "elevation", ELEVATION).surface + 6e-3 * (ELEVATION - 3000)
    assert np.abs(by_elevation[:, 20] - level[:, 19]).min() > 1.5


def test_there_is_no_step_between_the_sides_of_a_hole():
    """The nearest cell with a reference would be on one side here and on the other there."""
    flat = np.linspace(3000.0, 3200.0, 41)
    front = np.where(np.arange(41) < 20, 2.0, 8.0) - 6e-3 * (flat - 3000) + np.zeros((30, 1))
    hole = np.zeros(front.shape, dtype=bool)
    hole[5:25, 12:30] = True
    predicted = np.where(hole, np.nan, front)
    height = np.broadcast_to(1e-3 * flat, front.shape).ravel()
    line = ReferenceModel(lapse=-6.0)
    filled = line.without_holes(predicted, height.__getitem__, np.ones(front.shape, dtype=bool))
    np.testing.assert_array_equal(filled[~hole], front[~hole])
    level = filled + 6.0 * height.reshape(front.shape)
    steps = np.abs(np.diff(level[10:20], axis=1))
    assert steps.max() < 1.5  # of 6 K
    assert level[15, 12] == pytest.approx(20.0, abs=0.6)
    assert level[15, 29] == pytest.approx(26.0, abs=0.6)
    # Cells that are not needed stay as they are.
    some = np.zeros(front.shape, dtype=bool)
    some[8, 14] = True
    of_some = line.without_holes(predicted, height.__getitem__, some)
    assert np.isnan(of_some).sum() == hole.sum() - 1
    assert of_some[8, 14] == filled[8, 14]


def test_there_is_no_step_where_one_of_the_dates_ends():
    """Its weight rises from 0 at the edge of its gaps."""
    column = np.arange(80)
    whole = 2.0 * np.sin(np.add.outer(np.arange(50) / 7, column / 9))
    scene = whole + 0.06 * column
    front = np.where(column < 40, whole + 5.0 * np.exp(-((column - 40) ** 2) / 60), np.nan)
    model = fit_reference(scene, [whole, front])
    assert [term.number for term in model.terms] == [0, 1]
    reads = [lambda: whole, lambda: front]
    fade = fade_of(np.isfinite(front))
    assert fade_of(np.isfinite(whole)) is None
    assert (fade[:, :30] == 255).all()
    assert fade[20, 39] < 60
    plain = model.on(reads) - scene
    faded = model.on(reads, {1: lambda: fade_at(fade, np.arange(fade.size)).reshape(fade.shape)}) - scene
    np.testing.assert_array_equal(faded[:, :30], plain[:, :30])
    np.testing.assert_array_equal(faded[:, 40:], plain[:, 40:])
    steps = np.abs(plain[:, 40] - plain[:, 39])
    assert steps.min() > 0.5
    assert np.abs(np.diff(faded, axis=1)).max() < 0.4 * steps.max()


def test_scenes_that_share_a_corner_are_no_reference():
    """They are regressed on a few cells that need not resemble the rest."""
    scene = np.add.outer(np.zeros(20), np.arange(30.0)) + 0.1 * NOISE
    corner, half = np.full(scene.shape, np.nan), np.full(scene.shape, np.nan)
    corner[:6, :6] = 2 * scene[:6, :6]
    half[:, :15] = scene[:, :15] + 0.1
    assert reference_scene(scene, [corner]).scenes == 0
    terms = fit_reference(scene, [corner, half]).terms
    assert [term.number for term in terms] == [0, 1]
    assert terms[0].weight == pytest.approx(terms[1].weight * 36 / 300)  # both repeat the scene


def test_shrunken_coefficients_are_those_of_a_ridge_regression():
    """With the penalty under which the data are most likely, found here from the full covariance."""
    stats, optimize = pytest.importorskip("scipy.stats"), pytest.importorskip("scipy.optimize")
    rng = np.random.default_rng(11)
    x, z = rng.normal(size=(80, 2)), rng.normal(size=(80, 6))
    y = x @ [2.0, -1.0] + z @ rng.normal(0, 0.4, 6) + rng.normal(size=80)
    found = shrunken(np.vstack([y, x.T, z.T]), 2)
    free = np.linalg.svd(x)[0][:, 2:].T  # what is left beside the free predictors

    def minus_log_likelihood(parameters):
        sigma, tau = np.exp(parameters)
        covariance = sigma * (np.eye(78) + tau * free @ z @ z.T @ free.T)
        return -stats.multivariate_normal(cov=covariance).logpdf(free @ y)

    tau = np.exp(optimize.minimize(minus_log_likelihood, [0.0, -2.0], method="Nelder-Mead").x[1])
    both = np.hstack([x, z])
    ridge = np.linalg.solve(both.T @ both + np.diag([0, 0] + [1 / tau] * 6), both.T @ y)
    np.testing.assert_allclose(found, ridge, atol=0.02)
    assert np.abs(found[2:]).sum() < np.abs(np.linalg.lstsq(both, y, rcond=None)[0][2:]).sum()


def test_a_generalised_trend_that_explains_nothing_has_no_r2():
    """It may leave more variance than there was; a negative share of it is none."""
    row, column = np.indices((60, 80))
    elevation = 40.0 * column + 300 * np.sin(row / 3) * np.cos(column / 4)
    scene = -6e-3 * elevation + 0.4 * column + 0.1 * np.random.default_rng(0).normal(size=elevation.shape)
    v = Variogram("exponential", 0.01, 40, 100.0)
    trend = fit_trend(scene, "elevation", elevation, variogram=v)
    assert np.nanvar(scene - trend.surface) > np.nanvar(scene)
    assert np.isnan(trend.r2)


@pytest.mark.parametrize(
    ("scene", "kind", "used", "why"),
    [
        (lapse(+25.0), "elevation", "fixed_lapse", r"slope of 2\d.\d K/km is not plausible"),
        (lapse(-30.0), "elevation", "fixed_lapse", r"slope of -\d+.\d K/km is not plausible"),
        (lapse(0.0), "elevation", "none", "too uncertain"),
        (np.where(np.arange(30) < 1, lapse(-6.0), np.nan), "elevation", "fixed_lapse", "too few known cells"),
        (GAPPY * 5, "elevation", "none", "do not differ"),
        (GAPPY * np.nan, "elevation", "none", "no known cell"),
        (lapse(-6.0), "elevation_reference", "elevation", "no other scenes"),
    ],
)
def test_fallbacks_are_told(scene, kind, used, why):
    trend = fit_trend(scene, kind, ELEVATION)
    assert trend.kind == used
    assert pytest.importorskip("re").search(why, trend.fallback)
    if np.isfinite(scene).any():
        assert np.isfinite(trend.surface).all()
        assert np.nanmean(scene - trend.surface) == pytest.approx(0, abs=1e-9)


def test_generalised_slope_that_is_uncertain_is_not_used():
    trend = fit_trend(NOISE, "elevation", ELEVATION, variogram=Variogram("exponential", 1, 0.1, 5), seed=1)
    assert trend.kind == "none"
    assert "too uncertain" in trend.fallback


def test_fixed_lapse_has_the_mean_of_the_scene():
    trend = fit_trend(lapse(-4.0), "fixed_lapse", ELEVATION, lapse_rate=-5.0)
    assert trend.lapse_rate == -5
    slope = np.polyfit(ELEVATION.ravel(), trend.surface.ravel(), 1)[0]
    assert slope == pytest.approx(-5e-3)


def test_holes_of_the_dem_take_the_nearest_elevation():
    holes = ELEVATION.copy()
    holes[4, 7] = np.nan
    trend = fit_trend(lapse(-6.0), "elevation", holes)
    assert np.isfinite(trend.surface).all()
    assert trend.surface[4, 7] in trend.surface[[4, 4, 3, 5], [6, 8, 7, 7]]


@pytest.mark.parametrize(
    ("kind", "elevation", "word"),
    [
        ("quadratic", ELEVATION, "quadratic"),
        ("elevation", None, "needs a DEM"),
        ("elevation", ELEVATION[1:], r"\(19, 30\)"),
        ("fixed_lapse", np.full_like(ELEVATION, np.nan), "no valid cell"),
    ],
)
def test_bad_input_is_named(kind, elevation, word):
    with pytest.raises(InputError, match=word):
        fit_trend(lapse(-6.0), kind, elevation)


def test_holes_of_the_elevation_take_no_part_in_the_slope():
    """Generalised least squares compares neighbours: patched holes, flat with steps, would flatten the slope."""
    rng = np.random.default_rng(3)
    height = 4000 + 300 * np.sin(np.add.outer(np.arange(40) / 5, np.arange(50) / 6))
    z = -6.5e-3 * height + rng.normal(0, 0.05, height.shape)
    holed = height.copy()
    holed[5:20, 10:25] = holed[28:36, 30:45] = np.nan
    variogram = Variogram("exponential", 0.01, 1.0, 20e3)
    trend = fit_trend(z, "elevation", holed, variogram=variogram, cell_width=1000.0, cell_height=1000.0)
    assert trend.lapse_rate == pytest.approx(-6.5, abs=0.2)
    assert np.isfinite(trend.surface).all()
    few = np.full(height.shape, np.nan)
    few[0, :20] = height[0, :20]
    assert fit_trend(z, "elevation", few).fallback == "too few known cells to fit a slope (20)"
