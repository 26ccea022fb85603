"""Ridge regression on standardised predictors with a cross-validated penalty, and scores.

One singular value decomposition solves all penalties at once; the tests compare it with scikit-learn.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional, Sequence, cast

import numpy as np
from numpy.typing import ArrayLike

from ..errors import InputError
from ..language import tr

# Singular values below this share of the largest are rounding errors, which ordinary least squares leaves out.
MIN_SHARE = 1e-12

# Rows that are predicted with all penalties at a time.
ROWS_AT_ONCE = 100_000


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

    def predict(self, predictors: np.ndarray, chosen: slice = slice(None)) -> np.ndarray:
        """Return predictions for each penalty, or for some, shape (n, a), from predictors of shape (n, p)."""
        return self.intercept + (predictors - self.means) / self.scales @ self.coefficients[chosen].T


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
    means, intercept = predictors.mean(axis=0), float(target.mean())
    return _solve(predictors - means, target - intercept, means, predictors.std(axis=0), intercept, penalties)


def _solve(
    centred: np.ndarray,
    centred_target: np.ndarray,
    means: np.ndarray,
    scales: np.ndarray,
    intercept: float,
    alphas: np.ndarray,
) -> RidgePath:
    # Rounding leaves a constant predictor a standard deviation of a few ulp of its mean.
    varies = scales > MIN_SHARE * np.abs(means)
    scales = np.where(varies, scales, 1.0)
    standardised = np.where(varies, centred / scales, 0.0)
    u, s, vt = np.linalg.svd(standardised, full_matrices=False)
    kept = s > MIN_SHARE * s[0]
    u, s, vt = u[:, kept], s[kept], vt[kept]
    coefficients = (s / (s**2 + alphas[:, None]) * (u.T @ centred_target)) @ vt
    return RidgePath(alphas, means, scales, intercept, coefficients)


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


@dataclass(frozen=True)
class CrossValidation:
    """Fits to all folds but one, for each fold.

    Attributes
    ----------
    predictors : array, shape (n, p)
    target : array, shape (n,)
    alphas : array, shape (a,)
        Penalties.
    rows : sequence of array of int
        The rows of each fold.
    paths : sequence of RidgePath or None
        The fit to the other folds; None where they hold fewer than two rows.
    """

    predictors: np.ndarray
    target: np.ndarray
    alphas: np.ndarray
    rows: Sequence[np.ndarray]
    paths: Sequence[Optional[RidgePath]]

    def predict(self, number: int) -> np.ndarray:
        """Return predictions of each row with one of the penalties, shape (n,); NaN where there is no fit."""
        predicted = np.full(len(self.target), np.nan)
        for rows, path in zip(self.rows, self.paths):
            if path is not None:
                predicted[rows] = path.predict(self.predictors[rows], slice(number, number + 1))[:, 0]
        return predicted

    @property
    def rmse(self) -> np.ndarray:
        """The RMSE for each penalty, shape (a,), of the rows that are predicted; NaN if none is."""
        count, squares = 0, np.zeros(len(self.alphas))
        for fold, path in zip(self.rows, self.paths):
            # Predictions with all penalties at once take much memory.
            for start in range(0, len(fold) if path is not None else 0, ROWS_AT_ONCE):
                rows = fold[start : start + ROWS_AT_ONCE]
                error = cast(RidgePath, path).predict(self.predictors[rows]) - self.target[rows, None]
                count, squares = count + len(rows), squares + (error**2).sum(axis=0)
        return np.sqrt(squares / count) if count else np.full(len(self.alphas), np.nan)


def cross_validate(predictors: np.ndarray, target: np.ndarray, folds: np.ndarray, alphas: ArrayLike) -> CrossValidation:
    """Fit to all folds but one, for each fold, in one pass over the rows; standardisation is part of the fit.

    Parameters
    ----------
    predictors : array, shape (n, p)
    target : array, shape (n,)
    folds : array of int or str, shape (n,)
        The fold of each row: from `random_folds`, or its station to leave stations out.
    alphas : array_like, shape (a,)

    Returns
    -------
    CrossValidation

    Notes
    -----
    The triangular factors of the rows of each fold hold all that a fit needs, with the precision of the rows
    themselves; those of the folds before and behind one are put together from their own.
    """
    penalties = np.atleast_1d(np.asarray(alphas, float))
    _, of_row, sizes = np.unique(folds, return_inverse=True, return_counts=True)
    rows = np.split(np.argsort(of_row, kind="stable"), np.cumsum(sizes)[:-1])
    factors = [_factor(np.column_stack([np.ones(len(of)), predictors[of], target[of]])) for of in rows]
    before, behind = _joined(factors), _joined(factors[::-1])[::-1]
    return CrossValidation(
        predictors,
        target,
        penalties,
        rows,
        [
            _path_of_factor(np.concatenate(others), penalties) if len(target) - size >= 2 else None
            for size, *others in zip(sizes, before, behind)
        ],
    )


def _factor(rows: np.ndarray) -> np.ndarray:
    """Return the triangular factor of some rows: few rows with the same sums of products."""
    return np.asarray(np.linalg.qr(rows, mode="r"))


def _joined(factors: Sequence[np.ndarray]) -> list[np.ndarray]:
    """Return the factor of all rows before each."""
    joined = [np.zeros((1, factors[0].shape[1]))]
    for factor in factors[:-1]:
        joined.append(_factor(np.concatenate([joined[-1], factor])))
    return joined


def _path_of_factor(factor: np.ndarray, alphas: np.ndarray) -> RidgePath:
    """Return the fit, as `ridge_path` does, from a factor of rows of 1, the predictors and the target."""
    ones, values = factor[:, 0], factor[:, 1:]
    n = ones @ ones
    means = ones @ values / n
    centred = values - np.outer(ones, means)
    scales = np.sqrt((centred[:, :-1] ** 2).sum(axis=0) / n)
    return _solve(centred[:, :-1], centred[:, -1], means[:-1], scales, float(means[-1]), alphas)


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
