"""Ridge regression and its cross-validation against scikit-learn and MASS' lm.ridge."""

import csv

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from permafrost_mapper.core.errors import InputError
from permafrost_mapper.core.gst.ridge import (
    collinearity,
    cross_validate,
    fold_factors,
    random_folds,
    ridge_path,
    scores,
    scores_by,
)
from sklearn import metrics
from sklearn.linear_model import LinearRegression, Ridge
from sklearn.model_selection import LeaveOneGroupOut, PredefinedSplit, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

ALPHAS = np.geomspace(1e-3, 1e4, 8)


def overpasses(seed, n=200, p=4):
    """Predictors as collinear as four LSTs of one day, and a target."""
    random = np.random.default_rng(seed)
    season = random.normal(0, 12, n)
    predictors = season[:, None] + random.normal(0, 3, (n, p)) + random.uniform(-20, 20, p)
    return predictors, predictors @ random.normal(0.3, 0.2, p) + random.normal(0, 2.5, n)


def rows_of(predictors, target):
    return np.column_stack([np.ones(len(target)), predictors, target])


def fitted(predictors, target, alphas):
    """Return a path and its predictions for the rows, shape (n, a)."""
    path = ridge_path(rows_of(predictors, target), alphas)
    return path, path.intercept + (predictors - path.means) / path.scales @ path.coefficients.T


def cross_validated(predictors, target, folds, alphas):
    """Return a cross-validation and its predictions for each penalty, shape (n, a)."""
    codes = np.unique(folds, return_inverse=True)[1]
    found = cross_validate(fold_factors([(codes, rows_of(predictors, target))], codes.max() + 1), alphas)
    return found, np.column_stack([found.fits(i).predict(predictors, codes) for i in range(len(found.alphas))])


def pipeline(alpha):
    return make_pipeline(StandardScaler(), Ridge(alpha=alpha, solver="svd"))


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(12, 400), st.integers(1, 7))
def test_equals_scikit_learn(seed, n, p):
    predictors, target = overpasses(seed, n, p)
    path, predicted = fitted(predictors, target, ALPHAS)
    for i, alpha in enumerate(ALPHAS):
        sklearn = pipeline(alpha).fit(predictors, target)
        np.testing.assert_allclose(path.coefficients[i], sklearn[-1].coef_, rtol=1e-10, atol=1e-10)
        assert path.intercept == pytest.approx(sklearn[-1].intercept_, rel=1e-10, abs=1e-10)
        np.testing.assert_allclose(predicted[:, i], sklearn.predict(predictors), rtol=0, atol=1e-10)


def test_no_penalty_is_ordinary_least_squares():
    predictors, target = overpasses(3)
    ours = fitted(predictors, target, 0.0)[1][:, 0]
    np.testing.assert_allclose(ours, LinearRegression().fit(predictors, target).predict(predictors), atol=1e-10)


def test_ordinary_least_squares_of_a_repeated_predictor_is_finite():
    predictors, target = overpasses(4, p=2)
    twice = predictors[:, [0, 1, 1]]
    ours = fitted(twice, target, 0.0)[1][:, 0]
    np.testing.assert_allclose(ours, LinearRegression().fit(predictors, target).predict(predictors), atol=1e-8)


def test_a_constant_predictor_gets_no_weight():
    predictors, target = overpasses(5)
    predictors = np.column_stack([predictors, np.full(len(target), 4321.1)])
    path = ridge_path(rows_of(predictors, target), [0.0, 1.0])
    assert path.scales[-1] == 1.0
    np.testing.assert_array_equal(path.coefficients[:, -1], 0.0)


def test_longley(real_data):
    """MASS::lm.ridge scales predictors by the root of the mean square, as here; its lambda is our alpha."""
    folder = real_data("reference_checks")
    with (folder / "longley.csv").open(encoding="utf-8") as file:
        _, *rows = csv.reader(file)
    values = np.array([row[1:] for row in rows], float)
    target, predictors = values[:, 0], values[:, 1:]
    with (folder / "longley_lmridge_MASS.csv").open(encoding="utf-8") as file:
        _, *rows = csv.reader(file)
    table = np.array(rows, float)
    lambdas, constants, coefficients, gcv = table[:, 0], table[:, 1], table[:, 2:8], table[:, 8]

    path = ridge_path(rows_of(predictors, target), lambdas)
    np.testing.assert_allclose(path.coefficients / path.scales, coefficients, rtol=1e-9)
    at_zero = path.intercept - path.means / path.scales @ path.coefficients.T
    np.testing.assert_allclose(at_zero, constants, rtol=1e-9)

    # The estimates of lambda by Hoerl, Kennard & Baldwin (1975) and Lawless & Wang (1976), as in MASS.
    n, p = predictors.shape
    least_squares, predicted = fitted(predictors, target, 0.0)
    residual = target - predicted[:, 0]
    standardised = (predictors - least_squares.means) / least_squares.scales
    variance = np.sum(residual**2) / (n - p - 1)
    hkb = (p - 2) * variance / np.sum(least_squares.coefficients**2)
    lw = (p - 2) * variance * n / np.sum((standardised @ least_squares.coefficients[0]) ** 2)
    assert hkb == pytest.approx(0.006836982, rel=1e-6)
    assert lw == pytest.approx(0.05267247, rel=1e-6)

    # Generalised cross-validation: its column in the table, and its minimum on a grid of .0001.
    s = np.linalg.svd(standardised, compute_uv=False)

    def generalised(alphas):
        errors = np.sum((target[:, None] - fitted(predictors, target, alphas)[1]) ** 2, axis=0)
        return errors / (n - np.sum(s**2 / (s**2 + np.asarray(alphas)[:, None]), axis=1)) ** 2

    np.testing.assert_allclose(generalised(lambdas), gcv, rtol=1e-9)
    grid = np.arange(0, 0.1, 0.0001)
    assert grid[np.argmin(generalised(grid))] == pytest.approx(0.0057)


def test_random_folds_are_those_of_scikit_learn_when_given_to_it():
    predictors, target = overpasses(6)
    folds = random_folds(len(target), 10, seed=1)
    _, ours = cross_validated(predictors, target, folds, ALPHAS)
    for i, alpha in enumerate(ALPHAS):
        theirs = cross_val_predict(pipeline(alpha), predictors, target, cv=PredefinedSplit(folds))
        np.testing.assert_allclose(ours[:, i], theirs, rtol=0, atol=1e-10)


def test_leaving_stations_out_is_that_of_scikit_learn():
    predictors, target = overpasses(7)
    stations = np.random.default_rng(8).choice(["Mohe", "Tuole", "Anduo", "Pali"], len(target))
    ours = cross_validated(predictors, target, stations, [3.0])[1][:, 0]
    theirs = cross_val_predict(pipeline(3.0), predictors, target, groups=stations, cv=LeaveOneGroupOut())
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-10)


def test_a_station_is_not_predicted_where_the_others_are_too_few():
    predictors, target = overpasses(7, n=20)
    stations = np.array(["Mohe"] * 19 + ["Pali"])
    found, predicted = cross_validated(predictors, target, stations, [1.0, 2.0])
    np.testing.assert_array_equal(np.isnan(predicted[:, 0]), stations == "Mohe")
    error = predicted[-1, 1] - target[-1]
    assert found.rmse[1] == pytest.approx(abs(error))


def test_the_error_of_a_path_is_that_of_its_predictions():
    predictors, target = overpasses(9, n=101)
    found, predicted = cross_validated(predictors, target, random_folds(101, 3), ALPHAS)
    np.testing.assert_allclose(found.rmse, np.sqrt(np.mean((predicted - target[:, None]) ** 2, axis=0)), rtol=1e-12)
    other = rows_of(predictors[:40] + 1, target[:40])
    folds = random_folds(40, 3)
    expected = found.fits(2).predict(predictors[:40] + 1, folds) - target[:40]
    error = found.rmse_of(fold_factors([(folds, other)], 3), 2)
    assert error == pytest.approx(np.sqrt(np.mean(expected**2)), rel=1e-12)


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 200), st.integers(1, 5), st.integers(1, 12), st.integers(1, 70))
def test_factors_of_folds_do_not_depend_on_batches(seed, n, p, k, at_once):
    rows = rows_of(*overpasses(seed, n, p))
    folds = np.random.default_rng(seed).integers(0, k, n)
    factors = fold_factors(((folds[i : i + at_once], rows[i : i + at_once]) for i in range(0, n, at_once)), k)
    assert len(factors) == k
    for fold, found in enumerate(factors):
        of_fold = rows[folds == fold]
        assert found.shape[0] <= min(len(of_fold), p + 2)
        scale = 1 + np.abs(of_fold.T @ of_fold).max()
        np.testing.assert_allclose(found.T @ found / scale, of_fold.T @ of_fold / scale, atol=1e-13)


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(3, 300), st.integers(1, 6), st.integers(2, 40))
def test_fits_to_the_other_folds_are_those_to_their_rows(seed, n, p, k):
    predictors, target = overpasses(seed, n, p)
    folds = np.random.default_rng(seed).integers(0, k, n)
    alphas = [0.5, 30.0]
    ours, _ = cross_validated(predictors, target, folds, alphas)
    for fold, path in zip(np.unique(folds), ours.paths):
        others = folds != fold
        if np.count_nonzero(others) < 2:
            assert path is None
            continue
        expected = ridge_path(rows_of(predictors[others], target[others]), alphas)
        np.testing.assert_allclose(path.coefficients, expected.coefficients, rtol=1e-8, atol=1e-8)
        np.testing.assert_allclose(path.means, expected.means, rtol=1e-10, atol=1e-10)
        np.testing.assert_allclose(path.scales, expected.scales, rtol=1e-8)


@given(st.integers(2, 300), st.integers(2, 20))
def test_folds_are_even(n, k):
    if k > n:
        with pytest.raises(InputError, match="random folds"):
            random_folds(n, k)
        return
    folds = random_folds(n, k)
    # Stored in few bytes, and the same as ever.
    np.testing.assert_array_equal(folds, np.random.default_rng(0).permutation(np.arange(n) % k))
    sizes = np.bincount(folds, minlength=k)
    assert sizes.max() - sizes.min() <= 1
    assert sizes.sum() == n


def test_scores_equal_scikit_learn_and_leave_gaps_out():
    predictors, observed = overpasses(9)
    predicted = fitted(predictors, observed, 100.0)[1][:, 0] + 0.5
    ours = scores(np.append(observed, np.nan), np.append(predicted, 1.0))
    assert ours.n == len(observed)
    assert ours.r2 == pytest.approx(metrics.r2_score(observed, predicted))
    assert ours.rmse == pytest.approx(metrics.mean_squared_error(observed, predicted) ** 0.5)
    assert ours.mae == pytest.approx(metrics.mean_absolute_error(observed, predicted))
    assert ours.bias == pytest.approx(0.5)


def test_scores_of_nothing_and_of_a_constant_are_undefined():
    assert scores(np.array([np.nan]), np.array([1.0])).n == 0
    constant = scores(np.array([2.0, 2.0]), np.array([1.0, 2.0]))
    assert np.isnan(constant.r2)
    assert constant.bias == -0.5


def test_scores_by_group():
    observed, predicted = np.array([1.0, 2.0, 3.0]), np.array([1.0, 3.0, 3.0])
    groups = scores_by(observed, predicted, np.array(["a", "b", "b"]))
    assert {name: (group.n, group.mae) for name, group in groups.items()} == {"a": (1, 0.0), "b": (2, 0.5)}


def test_variance_inflation_is_that_of_regressing_each_predictor_on_the_others():
    predictors, target = overpasses(10)
    factors, condition = collinearity(rows_of(predictors, target))
    for j in range(4):
        others = np.delete(predictors, j, axis=1)
        r2 = LinearRegression().fit(others, predictors[:, j]).score(others, predictors[:, j])
        assert factors[j] == pytest.approx(1 / (1 - r2))
    assert condition == pytest.approx(np.linalg.cond(np.corrcoef(predictors.T)))
    assert collinearity(rows_of(predictors[:, :1], target))[0] == pytest.approx([1.0])
    assert np.isinf(collinearity(rows_of(predictors[:, [0, 1, 1]], target))[1])
