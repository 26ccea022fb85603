"""The variogram of a gappy scene by Vecchia's approximate likelihood.

The known cells are put in a random order. Each is predicted from the 20 nearest of those before it,
and the likelihood of the scene is the product of the densities of these predictions
(Vecchia 1988, J. R. Stat. Soc. B 50:297; Katzfuss and Guinness 2021, Stat. Sci. 36:124). Early cells
have distant predecessors and late ones near predecessors, so the order covers all distances of gaps
from known cells. To keep the many late cells from outweighing the few early ones, the same number is
drawn from each power of two of the order.

On a large grid only a sample of the known cells is used, which determines the early part of the order.
A late cell, whose predecessors are near, may be any cell of the sample; its predecessors are then drawn
from the known cells around it, at the density that they would have.

The predictions are made by ordinary kriging, the method that the variogram is used for.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from types import ModuleType
from typing import Any, Callable, Iterator, Sequence

import numpy as np
from scipy.spatial import cKDTree

from ..dependencies import compiled
from ..errors import InputError
from ..language import tr
from .exponentials import Exponentials, predict
from .kriging import solve_ordinary_kriging
from .systems import PIVOT
from .variogram import Variogram

PREDECESSORS = 20
FIRST_SCALE = 5  # the first 2^5 cells only serve as predecessors
MIN_CELLS = 2 ** (FIRST_SCALE + 1)
BLOCK = 256  # cells predicted together
COMPILED_BLOCK = 512
# Fisher scoring: maximum numbers of steps and of attempts at a step; increment of the parameters (logarithms) for
# numerical derivatives; longest step of a parameter; smallest gain in doubled mean log-likelihood worth another step.
MAX_STEPS = 30
MAX_DAMPINGS = 8
DIFFERENCE = 1e-3
MAX_STEP = 2.0
MIN_GAIN = 2e-5

# From this number of predictions on, every THINNED-th of them suffices to come close to the most likely variogram.
MIN_THINNED = 1024
THINNED = 4

MAX_CANDIDATES = 1000  # cells around a late cell that are searched for predecessors


@dataclass(frozen=True)
class LikelihoodFit:
    """A variogram estimated by likelihood.

    Attributes
    ----------
    variogram : Variogram
    log_likelihood : float
        Mean logarithm of the density of a prediction.
    cells : int
        Number of predictions.
    calibration : float
        Share of them within the nominal 95 % interval.
    """

    variogram: Variogram
    log_likelihood: float
    cells: int
    calibration: float


# Calls a function with each of some blocks of cells and returns the results.
Each = Callable[[Callable[[slice], Any], Sequence[slice]], list]


@contextmanager
def in_threads(stop: Callable[[], None] | None = None) -> Iterator[Each]:
    """Provide threads that share the blocks; `stop` is called before each, and an exception that it raises ends all."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:

        def each(predict: Callable[[slice], Any], blocks: Sequence[slice]) -> list:
            def unless_stopped(block: slice) -> Any:
                if stop:
                    stop()
                return predict(block)

            return list(pool.map(unless_stopped, blocks))

        yield each


@dataclass(frozen=True)
class Predictions:
    """Cells to be predicted and their predecessors; the last axis runs over the cells.

    Attributes
    ----------
    east, north : ndarray, shape (members, cells)
        Places (m) of the neighbours, and last of the cell itself, which is at the origin.
    values : ndarray, shape (fields, members, cells)
        Of one or several fields.
    """

    east: np.ndarray
    north: np.ndarray
    values: np.ndarray

    @classmethod
    def of(
        cls, scenes: Sequence[np.ndarray], cell_width: float, cell_height: float, per_scale: int, seed: int
    ) -> Predictions:
        """Draw the predictions from scenes of shape (fields, rows, columns), known where all fields are."""
        rng = np.random.default_rng(seed)
        groups, values = [], []
        for fields in scenes:
            cells = np.flatnonzero(np.isfinite(fields).all(axis=0))
            groups.append(draw_groups(cells, cells.size, fields.shape[1:], cell_width, cell_height, per_scale, rng))
            values.append(fields.reshape(len(fields), -1)[:, groups[-1]])
        columns = scenes[0].shape[2]
        return cls.at(np.hstack(groups), np.concatenate(values, axis=2), columns, cell_width, cell_height)

    @classmethod
    def at(
        cls, groups: np.ndarray, values: np.ndarray, columns: int, cell_width: float, cell_height: float
    ) -> Predictions:
        """Return the predictions of groups of cells, shape (members, groups), with values of shape (fields, *)."""
        row, column = np.divmod(groups, columns)
        return cls((column - column[-1]) * cell_width, (row[-1] - row) * cell_height, values)

    @classmethod
    def joined(cls, parts: Sequence[Predictions]) -> Predictions:
        """Concatenate the predictions of several scenes."""
        return cls(
            *(np.concatenate([getattr(part, name) for part in parts], axis=-1) for name in ("east", "north", "values"))
        )

    @property
    def size(self) -> int:
        """Number of cells."""
        return self.east.shape[1]

    def thinned(self, step: int) -> Predictions:
        """Keep every `step`-th cell, the same share of each power of two."""
        return Predictions(*(np.ascontiguousarray(a[..., ::step]) for a in (self.east, self.north, self.values)))

    def errors(self, variogram: Variogram, each: Each) -> tuple[np.ndarray, np.ndarray]:
        """Return the errors, shape (fields, cells), and the variance of the predictions, shape (cells,)."""
        kernels, model = compiled("lst.kriging_numba"), Exponentials.of(variogram)
        if kernels is not None and model is not None:
            error, variance, _, _ = self._compiled(kernels, model, each)
            # Systems that are nearly unsolvable are left to the NumPy solver, which adds a nugget.
            if np.isfinite(variance).all():
                return error, variance
        n = len(self.east) - 1
        first, second = np.tril_indices(n + 1, -1)

        def predict_part(part: slice) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
            east, north = (places[first, part] - places[second, part] for places in (self.east, self.north))
            semivariance = variogram.semivariance(variogram.equivalent_distance(east, north))
            values = self.values[:, :-1, part]

            def system_of(chosen: np.ndarray) -> np.ndarray:
                system = np.empty((n + 1 + len(values), n, chosen.size))
                system[first, second] = semivariance[:, chosen]
                system[n + 1 :] = values[..., chosen]
                return system

            return solve_ordinary_kriging(system_of, np.ones((n, east.shape[1]), dtype=bool))

        blocks = each(predict_part, self._blocks(BLOCK))
        estimate, variance, _ = (np.concatenate(a, axis=-1) for a in zip(*blocks))
        return self.values[:, -1] - estimate, variance

    def derivatives(self, model: Exponentials, each: Each) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Predict the first field under exponentials; see `exponentials.predict`."""
        kernels = compiled("lst.kriging_numba")
        if kernels is not None:
            error, variance, by_error, by_variance = self._compiled(kernels, model, each, True)
            return error[0], variance, by_error, by_variance

        def predict_block(part: slice) -> tuple[np.ndarray, ...]:
            return predict(self.east[:, part], self.north[:, part], self.values[0, :, part], model)

        blocks = each(predict_block, self._blocks(BLOCK))
        error, variance, by_error, by_variance = (np.concatenate(a, axis=-1) for a in zip(*blocks))
        return error, variance, by_error, by_variance

    def _compiled(
        self, kernels: ModuleType, model: Exponentials, each: Each, with_derivatives: bool = False
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        error, variance = np.empty((len(self.values), self.size)), np.empty(self.size)
        by_error, by_variance = np.empty((2, model.size if with_derivatives else 0, self.size))
        given = (model.nugget, model.sills, model.rates, model.metric, PIVOT)
        results = (error, variance, by_error, by_variance)

        def predict_block(part: slice) -> None:
            kernels.predict_exponentials(
                self.east, self.north, self.values, *given, part.start, min(part.stop, self.size), *results
            )

        each(predict_block, self._blocks(COMPILED_BLOCK))
        return results

    def _blocks(self, length: int) -> list[slice]:
        return [slice(begin, begin + length) for begin in range(0, self.size, length)]

    def innovations(self, variogram: Variogram) -> np.ndarray:
        """Return the errors over their standard deviations, shape (fields, cells); see `innovations`."""
        with in_threads() as each:
            error, variance = self.errors(variogram, each)
        return error / np.sqrt(variance)


def draw_groups(
    cells: np.ndarray,
    total: int,
    shape: tuple[int, ...],
    cell_width: float,
    cell_height: float,
    per_scale: int,
    rng: np.random.Generator,
    known_at: Callable[[np.ndarray], np.ndarray] | None = None,
) -> np.ndarray:
    """Draw cells to be predicted, and their predecessors.

    Parameters
    ----------
    cells : ndarray of int
        Known cells as positions in the flattened grid, ascending; all, or a sample.
    total : int
        Number of all known cells.
    shape : tuple of int
        Rows and columns of the grid.
    cell_width, cell_height : float
        Size of a cell in metres.
    per_scale : int
        Cells predicted in each power of two.
    rng : numpy.random.Generator
    known_at : callable, optional
        Says of cells whether they are known; needed for a sample.

    Returns
    -------
    ndarray of int, shape (PREDECESSORS + 1, groups)
        Cells; the last of each group is the one to be predicted.
    """
    order = rng.permutation(cells)
    row, column = np.divmod(order, shape[1])
    place = np.stack([column * cell_width, -row * cell_height], axis=1)
    groups = [np.empty((PREDECESSORS + 1, 0), dtype=np.int64)]
    scales = range(FIRST_SCALE, int(total).bit_length())
    for begin in (1 << scale for scale in scales if (1 << scale) < order.size):
        late = np.arange(begin, min(2 * begin, order.size))
        if late.size > per_scale:
            late = rng.choice(late, per_scale, replace=False)
        _, nearest = cKDTree(place[:begin]).query(place[late], PREDECESSORS)
        groups.append(order[np.concatenate([nearest, late[:, None]], axis=1).T])

    if known_at is not None and order.size >= MIN_CELLS:
        around = []
        for begin in (1 << scale for scale in scales if order.size <= (1 << scale) < total):
            late = rng.choice(order, min(per_scale, order.size, total - begin), replace=False)
            around.append((late, _around(late, begin / total, total, shape, cell_width, cell_height, rng)))
        groups += _with_nearest(around, known_at, PREDECESSORS)
    return np.concatenate(groups, axis=1)


def draw_nearest(
    cells: np.ndarray,
    total: int,
    shape: tuple[int, ...],
    cell_width: float,
    cell_height: float,
    neighbours: int,
    rng: np.random.Generator,
    known_at: Callable[[np.ndarray], np.ndarray],
) -> np.ndarray:
    """Return the known cells nearest to each of some cells, and last the cell itself; see `draw_groups`."""
    candidates = _around(cells, 1.0, total, shape, cell_width, cell_height, rng)
    return np.concatenate(_with_nearest([(cells, candidates)], known_at, neighbours), axis=1)


def _with_nearest(
    around: Sequence[tuple[np.ndarray, np.ndarray]], known_at: Callable[[np.ndarray], np.ndarray], neighbours: int
) -> list[np.ndarray]:
    """Return groups of cells with the nearest of their candidates that are known; without those that have too few."""
    if not around:
        return []
    # All at once: to look at cells may mean to read a file.
    known = known_at(np.concatenate([candidates[candidates >= 0] for _, candidates in around]))
    at, groups = 0, []
    for late, candidates in around:
        there = candidates >= 0
        is_known = np.zeros(candidates.shape, dtype=bool)
        is_known[there] = known[at : at + int(there.sum())]
        at += int(there.sum())
        rank = np.cumsum(is_known, axis=0)
        enough = rank[-1] >= neighbours
        chosen = (is_known & (rank <= neighbours))[:, enough]
        nearest = candidates[:, enough].T[chosen.T].reshape(-1, neighbours)
        groups.append(np.concatenate([nearest.T, late[enough][None]]))
    return groups


def _around(
    cells: np.ndarray,
    share: float,
    total: int,
    shape: tuple[int, ...],
    cell_width: float,
    cell_height: float,
    rng: np.random.Generator,
) -> np.ndarray:
    """Draw a share of the cells around each cell, nearest first, of which some 50 should be known; -1 outside."""
    wanted = 2.5 * PREDECESSORS * shape[0] * shape[1] / total  # of known and unknown ones
    radius = max(np.sqrt(wanted / share * cell_width * cell_height / np.pi), 2.0 * max(cell_width, cell_height))
    rows, columns = int(radius / cell_height), int(radius / cell_width)
    south, east = (a.ravel() for a in np.mgrid[-rows : rows + 1, -columns : columns + 1])
    distance = np.hypot(south * cell_height, east * cell_width)
    order = np.argsort(distance, kind="stable")
    order = order[(distance[order] > 0) & (distance[order] <= radius)]
    south, east = south[order], east[order]
    if order.size <= 2 * MAX_CANDIDATES:
        offset = np.arange(order.size)[:, None]
        is_drawn = rng.random((order.size, cells.size)) < share
    else:
        # A few of many: those drawn twice count once.
        drawn = min(int(share * order.size), MAX_CANDIDATES)
        offset = np.sort(rng.integers(0, order.size, (drawn, cells.size)), axis=0)
        is_drawn = np.vstack([np.ones((1, cells.size), dtype=bool), np.diff(offset, axis=0) > 0])
    row, column = np.divmod(cells, shape[1])
    row, column = row + south[offset], column + east[offset]
    inside = is_drawn & (row >= 0) & (row < shape[0]) & (column >= 0) & (column < shape[1])
    return np.where(inside, row * shape[1] + column, -1)


def fit_likelihood(
    scenes: np.ndarray | Sequence[np.ndarray],
    cell_width: float,
    cell_height: float,
    model: str = "auto",
    per_scale: int = 400,
    seed: int = 0,
    stop: Callable[[], None] | None = None,
) -> LikelihoodFit:
    """Estimate a variogram without any setting.

    Parameters
    ----------
    scenes : ndarray of shape (rows, columns), or a sequence of them
        Residuals from the trend with NaN in the gaps. Several scenes share one variogram.
    cell_width, cell_height : float
        Size of a cell in metres; the width of the middle row where it varies.
    model : str
        ``auto``: two nested exponentials, a short and a long one, with a nugget and a geometric
        anisotropy. A single exponential has to choose between the texture of the land and the
        weather above it, and LST stretches along valleys, coasts and cloud streets. Or one of the
        bounded models of `variogram.MODELS` on its own, isotropic, with a nugget.
    per_scale : int
        Cells predicted in each power of two, of all scenes together.
    seed : int
        Of the random order; the same seed gives the same variogram.
    stop : callable, optional
        Called before each evaluation of the likelihood, many in a second. What it raises ends the work.

    Returns
    -------
    LikelihoodFit

    Raises
    ------
    InputError
        If a scene has fewer than 64 known cells, or all its known cells are equal, or the model is
        unbounded.
    """
    scenes = [scenes] if isinstance(scenes, np.ndarray) else list(scenes)
    for scene in scenes:
        known = scene[np.isfinite(scene)]
        if known.size < MIN_CELLS or np.ptp(known) == 0:
            raise InputError(
                tr(
                    "A variogram cannot be estimated from known cells of this number ({size}) and spread ({ptp:g}): "
                    "give nugget, sill and range instead, or another scene.",
                    size=known.size,
                    ptp=np.ptp(known) if known.size else 0,
                )
            )
    share = max(per_scale // len(scenes), 20)
    if model != "auto":
        # Before anything is drawn from scenes: whether it can be fitted.
        _Parametrisation(model, scenes[0].shape, cell_width, cell_height)
    predictions = Predictions.of([scene[None] for scene in scenes], cell_width, cell_height, share, seed)
    return fit_predictions(predictions, scenes[0].shape, cell_width, cell_height, model, stop)


def fit_predictions(
    predictions: Predictions,
    shape: tuple[int, ...],
    cell_width: float,
    cell_height: float,
    model: str = "auto",
    stop: Callable[[], None] | None = None,
) -> LikelihoodFit:
    """Estimate a variogram from predictions of one field that were drawn; see `fit_likelihood`."""
    parametrisation = _Parametrisation(model, shape, cell_width, cell_height)
    bounds = np.array(parametrisation.bounds)
    with in_threads(stop) as each:

        def at(sample: Predictions, point: np.ndarray) -> _Point:
            return _Point.of(point, *parametrisation.predicted(sample, point, each))

        start = parametrisation.start
        if predictions.size >= MIN_THINNED:
            # Get close to the optimum with part of the predictions.
            start = _score(partial(at, predictions.thinned(THINNED)), start, bounds).point
        best = _score(partial(at, predictions), start, bounds)
    return LikelihoodFit(
        variogram=parametrisation.variogram(best.point).scaled(best.scale),
        log_likelihood=-0.5 * float(best.loss + 1.0 + np.log(2.0 * np.pi)),
        cells=best.variance.size,
        calibration=float(np.mean(np.abs(best.error) <= 1.96 * np.sqrt(best.scale * best.variance))),
    )


@dataclass(frozen=True)
class _Point:
    """A point of the parameters, and how well it predicts.

    Attributes
    ----------
    point : ndarray, shape (parameters,)
    error, variance : ndarray, shape (cells,)
        Of the predictions, under a unit scale.
    by_error, by_variance : ndarray, shape (parameters, cells)
        Derivatives of the error, and of the logarithm of the variance.
    scale : float
        The most likely scale.
    loss : float
        Minus the mean logarithm of the likelihood under that scale, doubled, and without 1 + log(2 pi).
    """

    point: np.ndarray
    error: np.ndarray
    variance: np.ndarray
    by_error: np.ndarray
    by_variance: np.ndarray
    scale: float
    loss: float

    @classmethod
    def of(
        cls,
        point: np.ndarray,
        error: np.ndarray,
        variance: np.ndarray,
        by_error: np.ndarray,
        by_variance: np.ndarray,
    ) -> _Point:
        """Compute scale and loss from predictions."""
        scale = float(np.mean(error**2 / variance))
        loss = float(np.log(scale) + np.mean(np.log(variance)))
        return cls(point, error, variance, by_error, by_variance, scale, loss)

    def slopes(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the first derivatives of the loss, and the expected second derivatives."""
        weights = 1.0 / (self.scale * self.variance)
        by_error, by_variance = self.by_error, self.by_variance
        standard = self.error * weights
        gradient = np.mean(2.0 * by_error * standard + by_variance * (1.0 - standard * self.error), axis=1)
        centred = by_variance - by_variance.mean(axis=1, keepdims=True)
        return gradient, (2.0 * (by_error * weights) @ by_error.T + centred @ centred.T) / self.error.size


def _score(at: Callable[[np.ndarray], _Point], start: np.ndarray, bounds: np.ndarray) -> _Point:
    """Find the most likely point of a box by Fisher scoring, damped as by Levenberg and Marquardt.

    The expected second derivatives of the likelihood follow from the first ones of errors and variances
    (Guinness 2021, Stat. Comput. 31:25), and determine the length of a step.
    """
    lower, upper = bounds.T
    best = at(np.clip(start, lower, upper).astype(float))
    damping = 1e-3
    for _ in range(MAX_STEPS):
        gradient, expected = best.slopes()
        # A parameter stays at its bound if the step would take it beyond.
        free = ~(((best.point <= lower) & (gradient > 0)) | ((best.point >= upper) & (gradient < 0)))
        if not free.any():
            return best
        better = None
        for _ in range(MAX_DAMPINGS):
            matrix = expected[np.ix_(free, free)]
            matrix = matrix + damping * np.diag(np.diag(matrix) + 1e-6)
            step = np.zeros(best.point.size)
            step[free] = np.linalg.solve(matrix, -gradient[free])
            hoped = -0.5 * float(gradient @ step)
            if hoped < MIN_GAIN:
                return best
            step = np.clip(step, -MAX_STEP, MAX_STEP)
            tried = at(np.clip(best.point + step, lower, upper))
            if tried.loss < best.loss:
                better = tried
                break
            damping = max(8.0 * damping, 1e-2)
        if better is None:
            return best
        gain, best = best.loss - better.loss, better
        if gain < MIN_GAIN:
            return best
        # A gain much smaller than expected means that the quadratic approximation is poor here: damp more.
        damping = max(8.0 * damping, 1e-2) if gain < 0.25 * hoped else max(damping / 10.0, 1e-4)
    return best


def innovations(
    fields: np.ndarray,
    variogram: Variogram,
    cell_width: float,
    cell_height: float,
    per_scale: int = 400,
    seed: int = 0,
) -> np.ndarray:
    """Return the innovation of each cell: errors of the predictions over their standard deviations.

    Under the right variogram they are independent with variance 1. This has two uses: least squares
    between the innovations of two fields is *generalised* least squares between the fields, and their
    mean square is the factor by which the variogram has to be scaled to fit the field, so a shape
    estimated from a few scenes of a month can be used for all of them.

    Parameters
    ----------
    fields : ndarray, shape (fields, rows, columns)
        Cells with NaN in any field are left out.
    variogram : Variogram
    cell_width, cell_height, per_scale, seed
        As in `fit_likelihood`.

    Returns
    -------
    ndarray, shape (fields, n)

    Raises
    ------
    InputError
        If fewer than 64 cells are known.
    """
    known = int(np.isfinite(fields).all(axis=0).sum())
    if known < MIN_CELLS:
        raise InputError(
            tr(
                "Too few known cells to compare with their neighbours ({known}): give at least {min_cells}.",
                known=known,
                min_cells=MIN_CELLS,
            )
        )
    return Predictions.of([fields], cell_width, cell_height, per_scale, seed).innovations(variogram)


class _Parametrisation:
    """Variograms of unit scale as points of a box in which the likelihood is smooth."""

    def __init__(self, model: str, shape: tuple[int, ...], cell_width: float, cell_height: float):
        self.nested = model == "auto"
        self.model = "exponential" if self.nested else model
        if not Variogram(self.model, 0.0, 1.0, 1.0).bounded:
            raise InputError(
                tr(
                    "The variogram model '{model}' is unbounded and cannot be fitted by likelihood: choose a bounded "
                    "one.",
                    model=model,
                )
            )
        shortest = 2.0 * min(cell_width, cell_height)
        longest = np.hypot(shape[0] * cell_height, shape[1] * cell_width)
        # Lower bound, start and upper bound of the logarithms of the range and of the ratio of the
        # nugget to the sill.
        box = [(np.log(shortest), np.log(20.0 * shortest), np.log(max(3.0 * longest, 40.0 * shortest)))]
        box += [(-9.0, -4.0, 2.0)]
        if self.nested:
            # Logit of the long structure's share of the sill, logarithm of the ratio of the ranges,
            # and the anisotropy as a vector at twice its angle, which is 0 where there is none.
            box += [(-4.0, 0.0, 4.0), (np.log(3.0), np.log(15.0), np.log(100.0)), (-1.5, 0.0, 1.5), (-1.5, 0.0, 1.5)]
        elif model == "matern":
            box += [(np.log(0.1), np.log(0.7), np.log(3.0))]
        lower, self.start, upper = np.array(box).T
        self.bounds = list(zip(lower, upper))

    def variogram(self, parameters: np.ndarray) -> Variogram:
        """Return the variogram at a point of the box."""
        range_, nugget = (float(p) for p in np.exp(parameters[:2]))
        if not self.nested:
            smoothness = float(np.exp(parameters[2])) if self.model == "matern" else 0.5
            return Variogram(self.model, nugget, 1.0, range_, smoothness)
        share = float(1.0 / (1.0 + np.exp(-parameters[2])))
        stretch = float(np.hypot(parameters[4], parameters[5]))
        range_ *= float(np.exp(0.5 * stretch))
        return Variogram(
            self.model,
            nugget,
            1.0 - share,
            range_,
            nested=Variogram("exponential", 0.0, share, range_ * float(np.exp(parameters[3]))),
            anisotropy=float(np.exp(stretch)),
            angle=float(np.degrees(0.5 * np.arctan2(parameters[5], parameters[4]))),
        )

    def predicted(
        self, predictions: Predictions, point: np.ndarray, each: Each
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Predict at a point; return also the derivatives of the error and of the logarithm of the variance."""
        if self.model == "exponential":
            model, changes = self._exponentials(point)
            error, variance, by_error, by_variance = predictions.derivatives(model, each)
            return error, variance, changes @ by_error, changes @ (by_variance / variance)
        (error,), variance = predictions.errors(self.variogram(point), each)
        error_slopes, variance_slopes = [], []
        for parameter in range(point.size):
            moved = point.copy()
            moved[parameter] += (
                DIFFERENCE if moved[parameter] + DIFFERENCE <= self.bounds[parameter][1] else -DIFFERENCE
            )
            (error_there,), variance_there = predictions.errors(self.variogram(moved), each)
            way = moved[parameter] - point[parameter]
            error_slopes.append((error_there - error) / way)
            variance_slopes.append((np.log(variance_there) - np.log(variance)) / way)
        return error, variance, np.array(error_slopes), np.array(variance_slopes)

    def _exponentials(self, point: np.ndarray) -> tuple[Exponentials, np.ndarray]:
        """Return the exponentials at a point, and their derivatives, shape (parameters, numbers)."""
        rate, nugget = 3.0 * np.exp(-point[0]), np.exp(point[1])
        if not self.nested:
            model = Exponentials(nugget, np.ones(1), np.array([rate]), np.array([1.0, 0.0, 1.0]))
            return model, np.array([[0, 0, -rate, 0, 0, 0], [nugget, 0, 0, 0, 0, 0]])
        share, slower = 1.0 / (1.0 + np.exp(-point[2])), rate * np.exp(-point[3])
        # The metric is the exponential of the matrix [[-a, -b], [-b, a]], which is smooth where both are 0.
        a, b = point[4:]
        square = a * a + b * b
        stretch = np.sqrt(square)
        even, odd = np.cosh(stretch), np.sinh(stretch) / stretch if stretch > 1e-4 else 1.0 + square / 6.0
        bend = (even - odd) / square if stretch > 1e-2 else 1.0 / 3.0 + square / 30.0
        metric = np.array([even - odd * a, -odd * b, even + odd * a])
        along, across = np.array([odd - bend * a, 0.0, odd + bend * a]), np.array([0.0, -bend * b, 0.0])
        by_a = a * (along + across) + np.array([-odd, 0.0, odd])
        by_b = b * (along + across) + np.array([0.0, -odd, 0.0])
        turn = share * (1.0 - share)
        changes = np.zeros((6, 8))
        changes[0, 3:5] = -rate, -slower
        changes[1, 0] = nugget
        changes[2, 1:3] = -turn, turn
        changes[3, 4] = -slower
        changes[4, 5:], changes[5, 5:] = by_a, by_b
        return Exponentials(nugget, np.array([1.0 - share, share]), np.array([rate, slower]), metric), changes
