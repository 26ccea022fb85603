"""The likelihood against the exact one and against fields whose variogram is known."""

from dataclasses import replace

import numpy as np
import pytest
from permafrost_mapper.core.errors import InputError
from permafrost_mapper.core.lst import likelihood
from permafrost_mapper.core.lst.exponentials import Exponentials, predict
from permafrost_mapper.core.lst.likelihood import fit_likelihood, innovations
from permafrost_mapper.core.lst.variogram import Variogram


def field(v, shape=(60, 70), seed=0, width=1.0, height=1.0):
    """Draw a stationary field by circulant embedding on a grid twice as large."""
    rows, columns = (2 * n for n in shape)
    south, east = np.meshgrid(np.fft.fftfreq(rows, 1 / rows), np.fft.fftfreq(columns, 1 / columns), indexing="ij")
    covariance = v.total_sill - v.semivariance(v.equivalent_distance(east * width, -south * height))
    power = np.maximum(np.fft.fft2(covariance).real, 0)
    noise = np.random.default_rng(seed).normal(size=(2, rows, columns))
    z = np.fft.fft2(np.sqrt(power / (rows * columns)) * (noise[0] + 1j * noise[1])).real
    return z[: shape[0], : shape[1]]


@pytest.mark.parametrize("model", ["exponential", "spherical"])
def test_a_fit_looks_whether_it_is_stopped_before_each_block(monkeypatch, model):
    """An evaluation of the likelihood makes thousands of predictions."""
    happened = []
    monkeypatch.setattr(likelihood, "compiled", lambda _module: None)
    monkeypatch.setattr(likelihood.os, "cpu_count", lambda: 1)
    for name in ("predict", "solve_ordinary_kriging"):
        call = getattr(likelihood, name)
        monkeypatch.setattr(likelihood, name, lambda *given, call=call: happened.append("block") or call(*given))
    predictions = likelihood.Predictions.of(
        [field(Variogram("exponential", 0.1, 1.0, 20.0), (60, 60))[None]], 1, 1, 300, 0
    )
    assert predictions.size > 3 * likelihood.BLOCK
    likelihood.fit_predictions(predictions, (60, 60), 1.0, 1.0, model, lambda: happened.append("look"))
    assert happened == ["look", "block"] * (len(happened) // 2)
    assert len(happened) > 20


def test_predictions_are_ordinary_kriging_in_their_likelihood():
    """The errors of one octave, predicted one by one with dense matrices and the Lagrange multiplier."""
    v = Variogram("exponential", 0.1, 1.0, 20.0, anisotropy=1.5, angle=30)
    z = field(v, (12, 12))
    predictions = likelihood.Predictions.of([z[None]], 1.0, 1.0, 30, 0)
    with likelihood.in_threads() as each:
        error, variance = predictions.errors(v, each)
    n = likelihood.PREDECESSORS
    for cell in (0, 17, 59):
        vectors = (np.subtract.outer(a[:, cell], a[:, cell]) for a in (predictions.east, predictions.north))
        gamma = v.semivariance(v.equivalent_distance(*vectors))
        a = np.ones((n + 1, n + 1))
        a[:n, :n], a[n, n] = gamma[:n, :n], 0
        b = np.append(gamma[n, :n], 1)
        weights = np.linalg.solve(a, b)
        estimate = weights[:n] @ predictions.values[0, :n, cell]
        assert error[0, cell] == pytest.approx(predictions.values[0, n, cell] - estimate, abs=1e-10)
        assert variance[cell] == pytest.approx(weights @ b, abs=1e-10)


@pytest.mark.parametrize(
    "v",
    [
        Variogram("exponential", 0.0, 2.0, 12.0),
        Variogram("exponential", 0.0, 2.0, 1e4),
        Variogram("exponential", 0.3, 2.0, 0.01),
        Variogram(
            "exponential", 1e-4, 1.0, 7.0, nested=Variogram("exponential", 0.1, 3.0, 90.0), anisotropy=2, angle=30
        ),
    ],
)
def test_compiled_predictions_are_those_of_numpy(v):
    kernels = pytest.importorskip("permafrost_mapper.core.lst.kriging_numba", reason="Numba is not installed")
    fields = np.stack([field(v, (40, 50), seed) for seed in (1, 2)])
    predictions = likelihood.Predictions.of([fields], 1.1, 0.9, 77, 0)
    model = Exponentials.of(v)
    with likelihood.in_threads() as each:
        expected = predictions.errors(replace(v, model="matern", nested=v.nested), each)
        for one, other in zip(expected, predictions._compiled(kernels, model, each)):
            np.testing.assert_allclose(other, one, rtol=1e-8, atol=1e-8)
        expected = predict(predictions.east, predictions.north, predictions.values[0], model)
        error, *others = predictions._compiled(kernels, model, each, True)
    for one, other in zip(expected, (error[0], *others)):
        np.testing.assert_allclose(other, one, rtol=1e-7, atol=1e-8 * np.abs(one).max() + 1e-12)


@pytest.mark.parametrize(
    "point", [[2.5, -2, 0.3, 2, 0, 0], [2.5, -2, 0.3, 2, 0.4, -0.7], [2.5, -2, 0.3, 2, 1e-3, 1e-4]]
)
@pytest.mark.parametrize("model", ["auto", "exponential"])
def test_derivatives_are_differences(point, model):
    z = field(Variogram("exponential", 0.1, 1.0, 20.0))
    predictions = likelihood.Predictions.of([z[None]], 1.1, 0.9, 50, 0)
    parametrisation = likelihood._Parametrisation(model, z.shape, 1.1, 0.9)
    point = np.array(point if model == "auto" else point[:2], dtype=float)
    with likelihood.in_threads() as each:
        error, variance, by_error, by_variance = parametrisation.predicted(predictions, point, each)
        expected = predictions.errors(parametrisation.variogram(point), each)
        np.testing.assert_allclose(error, expected[0][0], atol=1e-9)
        np.testing.assert_allclose(variance, expected[1], rtol=1e-9)
        for parameter in range(point.size):
            step = 1e-5 * (np.arange(point.size) == parameter)
            after, before = (parametrisation.predicted(predictions, point + side * step, each) for side in (1, -1))
            np.testing.assert_allclose((after[0] - before[0]) / 2e-5, by_error[parameter], atol=1e-6)
            slope = (np.log(after[1]) - np.log(before[1])) / 2e-5
            np.testing.assert_allclose(slope, by_variance[parameter], atol=1e-6)


def test_the_same_variogram_is_estimated_without_numba(monkeypatch):
    z = field(Variogram("exponential", 0.1, 1.0, 20.0, anisotropy=1.5, angle=30), (80, 80))
    one = fit_likelihood(z, 1.0, 1.0, per_scale=200)
    monkeypatch.setattr(likelihood, "compiled", lambda module: None)
    other = fit_likelihood(z, 1.0, 1.0, per_scale=200)
    h = np.array([1.0, 5.0, 30.0])
    np.testing.assert_allclose(other.variogram.semivariance(h), one.variogram.semivariance(h), rtol=1e-8)
    assert other.variogram.angle == pytest.approx(one.variogram.angle, abs=1e-6)


def test_exponential_is_recovered():
    truth = Variogram("exponential", 0.0, 4.0, 25.0)
    fit = fit_likelihood([field(truth, (120, 120), seed) for seed in range(3)], 1.0, 1.0, "exponential")
    v = fit.variogram
    assert v.sill / v.range == pytest.approx(truth.sill / truth.range, rel=0.1)  # what decides an interpolation
    assert v.range == pytest.approx(truth.range, rel=0.35)
    assert v.nugget < 0.05
    assert 0.94 < fit.calibration < 0.96


def test_nugget_and_smoothness_are_recovered():
    truth = Variogram("matern", 0.5, 3.0, 30.0, 1.5)
    v = fit_likelihood([field(truth, (120, 120), seed) for seed in range(2)], 1.0, 1.0, "matern", 120).variogram
    assert v.nugget == pytest.approx(0.5, rel=0.2)
    assert v.smoothness == pytest.approx(1.5, rel=0.35)


def test_anisotropy_and_two_scales_are_recovered():
    truth = Variogram(
        "exponential", 0.0, 1.0, 10.0, nested=Variogram("exponential", 0.0, 3.0, 150.0), anisotropy=2.0, angle=30
    )
    v = fit_likelihood(field(truth, (150, 150), 4, 0.8, 1.0), 0.8, 1.0).variogram
    assert v.anisotropy == pytest.approx(2.0, rel=0.2)
    assert v.angle == pytest.approx(30, abs=8)
    h = np.array([1.0, 3.0, 10.0, 30.0])
    np.testing.assert_allclose(v.semivariance(h), truth.semivariance(h), rtol=0.25)


def test_the_same_seed_gives_the_same_variogram():
    z = field(Variogram("exponential", 0, 1, 20), (30, 30))
    assert fit_likelihood(z, 1, 1, per_scale=50) == fit_likelihood(z, 1, 1, per_scale=50)


def test_innovations_of_the_true_variogram_are_standard_and_independent_of_its_sill():
    truth = Variogram("exponential", 0.1, 4.0, 25.0)
    new = innovations(field(truth, (150, 150))[None], truth, 1.0, 1.0)
    assert np.mean(new**2) == pytest.approx(1, abs=0.06)
    unbounded = Variogram("linear", 0.1, 1.0, 10.0)
    assert np.isfinite(innovations(field(truth)[None], unbounded, 1.0, 1.0)).all()


@pytest.mark.parametrize(
    ("scene", "model", "word"),
    [
        (np.full((9, 9), np.nan), "auto", r"number \(0\)"),
        (np.ones((9, 9)), "auto", r"spread \(0\)"),
        (np.arange(81.0).reshape(9, 9), "power", "unbounded"),
        (np.arange(81.0).reshape(9, 9), "cubic", "cubic"),
    ],
)
def test_what_cannot_be_estimated_is_named(scene, model, word):
    with pytest.raises(InputError, match=word):
        fit_likelihood(scene, 1, 1, model)
