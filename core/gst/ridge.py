"""Ridge regression on standardised predictors with a cross-validated penalty, and scores.

One singular value decomposition solves all penalties at once; the tests compare it with scikit-learn.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterable, Optional, Sequence, Union

import numpy as np
from numpy.typing import ArrayLike

from ..coded import Coded, batches
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


def factor(rows: np.ndarray) -> np.ndarray:
    """Return the triangular factor of some rows: few rows with the same sums of products.

    For rows of 1, the predictors and the target it holds all that a fit needs, with the precision of the rows
    themselves, and those of two sets of rows, one below the other, have the factor of both.
    """
    return np.asarray(np.linalg.qr(rows, mode="r"))


def fold_factors(parts: Iterable[tuple[np.ndarray, np.ndarray]], folds: int) -> list[np.ndarray]:
    """Return the factor of the rows of each fold, of which an empty one has none.

    Parameters
    ----------
    parts : iterable of (array of int of shape (m,), array of shape (m, q))
        The folds of some rows at a time, and these rows.
    folds : int
        Number of folds.

    Returns
    -------
    list of array, each with q columns
    """
    factors: list[Optional[np.ndarray]] = [None] * folds
    columns = 0
    for fold, rows in parts:
        columns = rows.shape[1]
        order = np.argsort(fold, kind="stable")
        starts = np.flatnonzero(np.diff(fold[order].astype(np.intp), prepend=-1))
        for start, end in zip(starts, [*starts[1:], len(fold)]):
            number, more = int(fold[order[start]]), rows[order[start:end]]
            known = factors[number]
            factors[number] = factor(more if known is None else np.concatenate([known, more]))
    return [np.zeros((0, columns)) if one is None else one for one in factors]


def ridge_path(rows: np.ndarray, alphas: ArrayLike) -> RidgePath:
    """Fit ridge regression for several penalties, with an unpenalised intercept.

    For standardised predictors X = U S V' and centred target y the coefficients are
    ``V diag(s / (s^2 + alpha)) U' y``, which minimise ``|y - X w|^2 + alpha |w|^2``.

    Parameters
    ----------
    rows : array, shape (n, 1 + p + 1)
        1, the predictors and the target, without NaN; or their `factor`, or several of them.
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
    means, centred = _centred(rows)
    scales = np.sqrt((centred[:, :-1] ** 2).sum(axis=0) / _weight(rows))
    return _solve(centred[:, :-1], centred[:, -1], means[:-1], scales, float(means[-1]), penalties)


def _weight(rows: np.ndarray) -> float:
    """Return how many rows those of a factor stand for."""
    return float(rows[:, 0] @ rows[:, 0])


def _centred(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the means of all columns behind the first one, and the columns without them."""
    ones, values = rows[:, 0], rows[:, 1:]
    means = ones @ values / _weight(rows)
    return means, values - np.outer(ones, means)


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
    # Few bytes a row; the order of a shuffle does not depend on them.
    folds = np.resize(np.arange(k, dtype=np.min_scalar_type(-k)), n)
    np.random.default_rng(seed).shuffle(folds)
    return folds


@dataclass(frozen=True)
class CrossValidation:
    """Fits to all folds but one, for each fold.

    Attributes
    ----------
    alphas : array, shape (a,)
        Penalties.
    factors : sequence of array
        Of the rows of each fold, see `fold_factors`.
    paths : sequence of RidgePath or None
        The fit to the other folds; None where they hold fewer than two rows, or the fold none.
    """

    alphas: np.ndarray
    factors: Sequence[np.ndarray]
    paths: Sequence[Optional[RidgePath]]

    @property
    def rmse(self) -> np.ndarray:
        """The RMSE for each penalty, shape (a,), of the rows that are predicted; NaN if none is."""
        predicted = [(rows, path) for rows, path in zip(self.factors, self.paths) if path is not None]
        if not predicted:
            return np.full(len(self.alphas), np.nan)
        return np.sqrt(sum(_squares(*each) for each in predicted) / sum(_weight(rows) for rows, _ in predicted))

    def rmse_of(self, factors: Sequence[np.ndarray], number: int) -> float:
        """Return the RMSE of some rows of each fold with one of the penalties; NaN if some of them is not predicted."""
        squares = count = 0.0
        for rows, path in zip(factors, self.paths):
            if len(rows):
                squares += np.nan if path is None else _squares(rows, path)[number]
                count += _weight(rows)
        return float(np.sqrt(squares / count))

    def fits(self, number: int) -> FoldFits:
        """Return the fits with one of the penalties."""
        p = self.factors[0].shape[1] - 2
        nowhere = np.zeros(p), np.ones(p), np.nan, np.zeros(p)
        found = [
            nowhere if path is None else (path.means, path.scales, path.intercept, path.coefficients[number])
            for path in self.paths
        ]
        return FoldFits(*(np.array(part) for part in zip(*found)))


@dataclass(frozen=True)
class FoldFits:
    """A fit for each of k folds.

    Attributes
    ----------
    means, scales, coefficients : array, shape (k, p)
        See `RidgePath`.
    intercepts : array, shape (k,)
        NaN where there is no fit.
    """

    means: np.ndarray
    scales: np.ndarray
    intercepts: np.ndarray
    coefficients: np.ndarray

    def predict(self, predictors: np.ndarray, folds: np.ndarray) -> np.ndarray:
        """Return predictions of rows that belong to folds, shape (n,), from predictors of shape (n, p)."""
        standardised = (predictors - self.means[folds]) / self.scales[folds]
        return self.intercepts[folds] + np.einsum("ij,ij->i", standardised, self.coefficients[folds])


def cross_validate(factors: Sequence[np.ndarray], alphas: ArrayLike) -> CrossValidation:
    """Fit to all folds but one, for each fold; standardisation is part of the fit.

    Parameters
    ----------
    factors : sequence of array, each with 1 + p + 1 columns
        Of the rows of each fold, see `fold_factors`.
    alphas : array_like, shape (a,)

    Returns
    -------
    CrossValidation
    """
    penalties = np.atleast_1d(np.asarray(alphas, float))
    before, behind = _joined(factors), _joined(factors[::-1])[::-1]
    paths = []
    for rows, *around in zip(factors, before, behind):
        others = np.concatenate(around)
        # Weights are whole numbers but for rounding.
        paths.append(ridge_path(others, penalties) if len(rows) and _weight(others) > 1.5 else None)
    return CrossValidation(penalties, factors, paths)


def _squares(rows: np.ndarray, path: RidgePath) -> np.ndarray:
    """Return the sums of squared errors of a path for each penalty, shape (a,), from the factor of the rows."""
    ones, predictors, target = rows[:, :1], rows[:, 1:-1], rows[:, -1:]
    standardised = (predictors - ones * path.means) / path.scales
    errors = ones * path.intercept + standardised @ path.coefficients.T - target
    return np.asarray((errors**2).sum(axis=0))


def _joined(factors: Sequence[np.ndarray]) -> list[np.ndarray]:
    """Return the factor of all rows before each."""
    joined = [np.zeros((1, factors[0].shape[1]))]
    for more in factors[:-1]:
        joined.append(factor(np.concatenate([joined[-1], more])))
    return joined


def collinearity(rows: np.ndarray) -> tuple[np.ndarray, float]:
    """Return how collinear predictors are.

    Parameters
    ----------
    rows : array, shape (n, 1 + p + 1)
        1, the predictors and the target, or their `factor`.

    Returns
    -------
    array, shape (p,), and float
        Variance inflation factors (the diagonal of the inverse of the correlation matrix; above 10 a single coefficient
        has no meaning) and the condition number of the correlation matrix. Both are infinite where a predictor follows
        from the others.
    """
    predictors = _centred(rows)[1][:, :-1]
    unit = predictors / np.sqrt((predictors**2).sum(axis=0))
    eigenvalues, vectors = np.linalg.eigh(unit.T @ unit)
    if eigenvalues[0] <= MIN_SHARE * eigenvalues[-1]:
        return np.full(len(eigenvalues), np.inf), np.inf
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


def scores(observed: Union[np.ndarray, Coded], predicted: np.ndarray) -> Scores:
    """Return the scores of predictions; pairs with a NaN are left out."""
    return _scores(observed, predicted, np.zeros(len(predicted), np.int8), 1)[0]


def scores_by(
    observed: Union[np.ndarray, Coded], predicted: np.ndarray, labels: Union[np.ndarray, Coded]
) -> dict[str, Scores]:
    """Return the scores of each group of rows, for example of each station or season, sorted by their labels."""
    groups = Coded.of(labels).merged()
    found = _scores(observed, predicted, groups.index, len(groups.values))
    return {str(label): each for label, each, rows in zip(groups.values, found, groups.times) if rows}


def _scores(observed: Union[np.ndarray, Coded], predicted: np.ndarray, codes: np.ndarray, groups: int) -> list[Scores]:
    """Return the scores of each group of rows, which are given by codes."""
    # Some observation of each group, from which differences are small, so that their squares lose no digits.
    nearby = np.zeros(groups)
    for rows in batches(len(predicted)):
        group, of_rows, _ = _known_pairs(observed, predicted, codes, rows)
        nearby[group] = of_rows
    n, shifted, shifted_squares, errors, squares, sizes = np.zeros((6, groups))
    for rows in batches(len(predicted)):
        group, of_rows, error = _known_pairs(observed, predicted, codes, rows)
        shift = of_rows - nearby[group]
        parts = (None, shift, shift**2, error, error**2, np.abs(error))
        for total, weights in zip((n, shifted, shifted_squares, errors, squares, sizes), parts):
            total += np.bincount(group, weights, groups)
    return [_score(*each) for each in zip(n, shifted, shifted_squares, errors, squares, sizes)]


def _known_pairs(
    observed: Union[np.ndarray, Coded], predicted: np.ndarray, codes: np.ndarray, rows: slice
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the groups, the observations and the errors of those rows in which both are known."""
    of_rows, of_predicted = observed[rows], predicted[rows]
    known = np.isfinite(of_rows) & np.isfinite(of_predicted)
    return codes[rows][known], of_rows[known], (of_predicted - of_rows)[known]


def _score(n: float, shifted: float, shifted_squares: float, errors: float, squares: float, sizes: float) -> Scores:
    """Return scores from sums over pairs: of observations, shifted, their squares, errors, their squares and sizes."""
    if not n:
        return Scores(0, np.nan, np.nan, np.nan, np.nan)
    variance, mean_square = shifted_squares / n - (shifted / n) ** 2, squares / n
    r2 = 1 - mean_square / variance if variance > 0 else np.nan
    return Scores(int(n), float(r2), float(mean_square**0.5), float(sizes / n), float(errors / n))
