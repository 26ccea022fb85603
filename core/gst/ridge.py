"""Ridge regression on standardised predictors with a cross-validated penalty, and scores.

One singular value decomposition solves all penalties at once; the tests compare it with scikit-learn.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ..errors import InputError
from ..language import tr

# Singular values below this share of the largest are rounding errors, which ordinary least squares leaves out.
MIN_SHARE = 1e-12


@dataclass(frozen=True)
class RidgePath:
    """Fits of one data set for several penalties.

    Attributes
    ----------
    alphas : array, shape (a,)
        Penalties; 0 is ordinary least squares.
    means, scales : array, shape (p,)
        Of the predictors: x is standardised as (x - mean) / scale, where scale is the standard deviation with division
        by n, or 1 for a constant predictor.
    intercept : float
        Prediction where every predictor is at its mean, which is the mean of the target.
    coefficients : array, shape (a, p)
        Of the standardised predictors.
    """

    alphas: np.ndarray
    means: np.ndarray
    scales: np.ndarray
    intercept: float
    coefficients: np.ndarray

    def predict(self, predictors: np.ndarray) -> np.ndarray:
        """Return predictions for each penalty, shape (n, a), from predictors of shape (n, p)."""
        return self.intercept + (predictors - self.means) / self.scales @ self.coefficients.T


def ridge_path(predictors: np.ndarray, target: np.ndarray, alphas: ArrayLike) -> RidgePath:
    """Fit ridge regression for several penalties, with an unpenalised intercept.

    For standardised predictors X = U S V' and centred target y the coefficients are
    ``V diag(s / (s^2 + alpha)) U' y``, which minimise ``|y - X w|^2 + alpha |w|^2``.

    Parameters
    ----------
    predictors : array, shape (n, p)
        Without NaN.
    target : array, shape (n,)
    alphas : array_like, shape (a,)
        0 or more.

    Returns
    -------
    RidgePath

    Notes
    -----
    Hoerl & Kennard (1970), Technometrics 12: 55-67; the solution by singular values as in Hastie,
    Tibshirani & Friedman (2009), The Elements of Statistical Learning, section 3.4.1.
    """
    penalties = np.atleast_1d(np.asarray(alphas, float))
    means, scales = predictors.mean(axis=0), predictors.std(axis=0)
    # Rounding leaves a constant predictor a standard deviation of a few ulp of its mean.
    varies = scales > MIN_SHARE * np.abs(means)
    scales = np.where(varies, scales, 1.0)
    standardised = np.where(varies, (predictors - means) / scales, 0.0)
    intercept = float(target.mean())
    u, s, vt = np.linalg.svd(standardised, full_matrices=False)
    kept = s > MIN_SHARE * s[0]
    u, s, vt = u[:, kept], s[kept], vt[kept]
    coefficients = (s / (s**2 + penalties[:, None]) * (u.T @ (target - intercept))) @ vt
    return RidgePath(penalties, means, scales, intercept, coefficients)


def random_folds(n: int, k: int, seed: int = 0) -> np.ndarray:
    """Assign n rows to k folds at random, of sizes that differ by at most 1, and return the fold of each row.

    Raises
    ------
    InputError
        If there are fewer rows than folds, or fewer than two folds.
    """
    if not 2 <= k <= n:
        raise InputError(
            tr("{n} rows cannot be divided into {k} random folds: choose a number from 2 to {n}.", n=n, k=k)
        )
    return np.random.default_rng(seed).permutation(np.arange(n) % k)


def cross_validate(predictors: np.ndarray, target: np.ndarray, folds: np.ndarray, alphas: ArrayLike) -> np.ndarray:
    """Return predictions of each row by a fit to the other folds; standardisation is part of the fit.

    Parameters
    ----------
    predictors : array, shape (n, p)
    target : array, shape (n,)
    folds : array of int or str, shape (n,)
        The fold of each row: from `random_folds`, or its station to leave stations out.
    alphas : array_like, shape (a,)

    Returns
    -------
    array, shape (n, a)
        NaN where the other folds hold fewer than two rows.
    """
    penalties = np.atleast_1d(np.asarray(alphas, float))
    predicted = np.full((len(target), len(penalties)), np.nan)
    for fold in np.unique(folds):
        held_out = folds == fold
        if np.count_nonzero(~held_out) >= 2:
            path = ridge_path(predictors[~held_out], target[~held_out], penalties)
            predicted[held_out] = path.predict(predictors[held_out])
    return predicted


def collinearity(predictors: np.ndarray) -> tuple[np.ndarray, float]:
    """Return how collinear predictors are.

    Parameters
    ----------
    predictors : array, shape (n, p)

    Returns
    -------
    array, shape (p,), and float
        Variance inflation factors (the diagonal of the inverse of the correlation matrix; above 10 a single coefficient
        has no meaning) and the condition number of the correlation matrix. Both are infinite where a predictor follows
        from the others.
    """
    correlation = np.atleast_2d(np.corrcoef(predictors, rowvar=False))
    eigenvalues, vectors = np.linalg.eigh(correlation)
    if eigenvalues[0] <= MIN_SHARE * eigenvalues[-1]:
        return np.full(len(correlation), np.inf), np.inf
    return (vectors**2 / eigenvalues).sum(axis=1), float(eigenvalues[-1] / eigenvalues[0])


@dataclass(frozen=True)
class Scores:
    """How well predictions agree with observations.

    Attributes
    ----------
    n : int
        Number of pairs in which both are known.
    r2 : float
        Share of variance explained, 1 - SSE / SST: negative where the mean of the observations would be better, NaN
        where they are constant.
    rmse, mae, bias : float
        Root mean square, mean absolute and mean error (prediction minus observation), K; NaN without pairs.
    """

    n: int
    r2: float
    rmse: float
    mae: float
    bias: float


def scores(observed: np.ndarray, predicted: np.ndarray) -> Scores:
    """Return the scores of predictions; pairs with a NaN are left out."""
    known = np.isfinite(observed) & np.isfinite(predicted)
    observed, error = observed[known], (predicted - observed)[known]
    if not error.size:
        return Scores(0, np.nan, np.nan, np.nan, np.nan)
    variance = observed.var()
    mean_square = float(np.mean(error**2))
    r2 = 1 - mean_square / variance if variance > 0 else np.nan
    return Scores(error.size, float(r2), mean_square**0.5, float(np.abs(error).mean()), float(error.mean()))


def scores_by(observed: np.ndarray, predicted: np.ndarray, labels: np.ndarray) -> dict[str, Scores]:
    """Return the scores of each group of rows, for example of each station or season."""
    return {str(label): scores(observed[labels == label], predicted[labels == label]) for label in np.unique(labels)}


def rmse_of_path(observed: np.ndarray, predicted: np.ndarray) -> np.ndarray:
    """Return the RMSE for each penalty, shape (a,), of predictions of shape (n, a); rows with NaN are left out."""
    known = np.isfinite(predicted).all(axis=1)
    if not known.any():
        return np.full(predicted.shape[1], np.nan)
    return np.sqrt(np.mean((predicted[known] - observed[known, None]) ** 2, axis=0))
