"""r_k of each class that agrees best with a survey map, and what it is worth where the survey was held out.

A cell is permafrost where DDF >= r_k DDT, that is where r_k is not above the cell's own limit DDF / DDT. So all that
the survey says about r_k is, for each class, how many cells with and without permafrost have their limit where. These
counts are kept for r_k in steps of `STEP`; everything else is read from them, and cells are not needed again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

import numpy as np

from ..confusion import oa_and_kappa
from ..errors import InputError

# No survey tells r_k apart by less.
STEP = 0.001

# Kinds of cells in the counts.
FROZEN, OTHER = 0, 1


def candidates(low: float, high: float) -> np.ndarray:
    """Give the r_k that are tried, from `low` to `high` in steps of `STEP`."""
    # From whole numbers, so that 0.8 is 0.8.
    return np.arange(round(low / STEP), round(high / STEP) + 1) / round(1 / STEP)


def limits(ddt: np.ndarray, ddf: np.ndarray, tried: np.ndarray) -> np.ndarray:
    """Give how many of the r_k tried make permafrost of each cell: none to all of them, the lowest first.

    Parameters
    ----------
    ddt, ddf : array, shape (n,)
        Degree days of the ground surface, degC d, both 0 or more.
    tried : array, shape (m,)
        r_k in ascending order.

    Returns
    -------
    array of int, shape (n,)
        0 to m.
    """
    # Without any thaw every r_k does.
    limit = np.divide(ddf, ddt, out=np.full(np.shape(ddt), np.inf), where=np.asarray(ddt) > 0, dtype=np.float64)
    return np.searchsorted(tried, limit, side="right")


def mapped_cells(counts: np.ndarray) -> np.ndarray:
    """Give the cells that are mapped as permafrost at each r_k.

    Parameters
    ----------
    counts : array of int, shape (..., m + 1, 2)
        Cells by the number of r_k that make permafrost of them (`limits`) and by what the survey shows, `FROZEN` or
        `OTHER`.

    Returns
    -------
    array of int, shape (..., m, 2)
        Those of them that the survey shows as permafrost and as other ground.
    """
    return np.flip(np.cumsum(np.flip(counts, axis=-2), axis=-2), axis=-2)[..., 1:, :]


def kappa(mapped: np.ndarray, surveyed: np.ndarray) -> np.ndarray:
    """Give Cohen's kappa of binary maps from what they map as permafrost.

    Parameters
    ----------
    mapped : array, shape (..., 2)
        Cells mapped as permafrost that the survey shows as permafrost, h, and as other ground.
    surveyed : array, shape (2,)
        All cells of the survey, permafrost P and others.

    Returns
    -------
    array, shape (...)
        With n cells in all and m mapped: 2 (n h - m P) / (n (P + m) - 2 m P), which is Cohen's (1960,
        doi:10.1177/001316446002000104) kappa written in the counts of a 2 x 2 table; NaN where it is undefined.
    """
    hits, m = mapped[..., FROZEN].astype(np.float64), mapped.sum(axis=-1).astype(np.float64)
    frozen, n = float(surveyed[FROZEN]), float(surveyed.sum())
    denominator = n * (frozen + m) - 2 * m * frozen
    return np.divide(2 * (n * hits - m * frozen), denominator, out=np.full(m.shape, np.nan), where=denominator > 0)


@dataclass(frozen=True)
class Calibration:
    """r_k that agree best with a survey.

    Attributes
    ----------
    tried : array, shape (m,)
        The r_k that were tried.
    uniform : int
        Place among them of the best r_k for all classes together.
    chosen : array of int, shape (classes,)
        Place of the r_k of each class.
    is_own : array of bool, shape (classes,)
        Whether the class had enough cells to have its own.
    equal : array of int, shape (classes, 2)
        First and last place that would do as well for the class, the other classes being as they are.
    """

    tried: np.ndarray
    uniform: int
    chosen: np.ndarray
    is_own: np.ndarray
    equal: np.ndarray

    @property
    def r_k(self) -> np.ndarray:
        """r_k of each class."""
        return self.tried[self.chosen]

    @property
    def uniform_r_k(self) -> float:
        """The best r_k for all classes together."""
        return float(self.tried[self.uniform])


def calibrate(counts: np.ndarray, tried: np.ndarray, min_cells: int) -> Calibration:
    """Choose the r_k of each class so that kappa of all cells is as large as it can be.

    Kappa is (a linear function of the hits and of the mapped cells) / (another one), and both are sums over classes.
    A ratio of that kind is largest where numerator - kappa x denominator is largest for its own value of kappa
    (Dinkelbach 1967, doi:10.1287/mnsc.13.7.492), and that difference falls apart into one sum per class, each of which
    is scanned over all r_k. Repeating it with the kappa that comes out ends, after a few rounds, at the exact joint
    optimum over all combinations of the r_k tried.

    Parameters
    ----------
    counts : array of int, shape (classes, m + 1, 2)
        See `mapped_cells`.
    tried : array, shape (m,)
        r_k in ascending order.
    min_cells : int
        A class with fewer cells than this takes the r_k of all classes together.

    Returns
    -------
    Calibration
        The uniform r_k is the middle of the longest run of equally good ones. Of equally good r_k of a class the one
        nearest to the uniform r_k is taken: a class departs from the others only as far as its cells ask for.

    Raises
    ------
    InputError
        If the survey shows permafrost everywhere or nowhere.
    """
    surveyed = counts.sum(axis=(0, 1))
    if not surveyed.all():
        shown = "permafrost" if surveyed[FROZEN] else "no permafrost"
        raise InputError(
            f"All {surveyed.sum()} cells of the survey that can be used are {shown}, and r_k shows in the contrast: "
            "check PERMAFROST_VALUE, or give a survey that reaches across the limit of permafrost."
        )
    mapped = mapped_cells(counts)
    of_all = kappa(mapped.sum(axis=0), surveyed)
    uniform = _middle_of_longest_run(of_all == np.nanmax(of_all))
    is_own = counts.sum(axis=(1, 2)) >= min_cells
    classes = np.arange(len(counts))
    frozen, n = float(surveyed[FROZEN]), float(surveyed.sum())
    hits, m = mapped[..., FROZEN].astype(np.float64), mapped.sum(axis=-1)

    chosen, best = np.full(len(counts), uniform), float(of_all[uniform])
    while True:
        gain = 2 * (n * hits - frozen * m) - best * (n - 2 * frozen) * m
        is_best = gain == gain.max(axis=1, keepdims=True)
        nearest = np.where(is_best, np.abs(np.arange(len(tried)) - uniform), len(tried)).argmin(axis=1)
        proposed = np.where(is_own, nearest, uniform)
        reached = float(kappa(mapped[classes, proposed].sum(axis=0), surveyed))
        if not reached > best:
            break
        chosen, best = proposed, reached
    equal = np.array([_run_around(mapped[one], chosen[one]) for one in classes])
    return Calibration(tried, uniform, chosen, is_own, equal)


def _middle_of_longest_run(good: np.ndarray) -> int:
    """Give the middle of the longest run of True; of the first, where several are as long."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], good, [False]]).astype(np.int8)))
    first, end = edges[::2], edges[1::2]
    longest = int(np.argmax(end - first))
    return int(first[longest] + end[longest] - 1) // 2


def _run_around(mapped: np.ndarray, place: int) -> tuple[int, int]:
    """Give the first and the last r_k that map the same cells of a class as the one at `place`."""
    # Mapped cells only become fewer as r_k rises.
    same = np.flatnonzero((mapped == mapped[place]).all(axis=1))
    return int(same[0]), int(same[-1])


def matrix(counts: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """Give the confusion matrix at the r_k chosen for each class, or for all: rows = map, columns = survey.

    Parameters
    ----------
    counts : array of int, shape (classes, m + 1, 2)
        See `mapped_cells`.
    chosen : array of int, shape (classes,)
        Places of the r_k.
    """
    mapped = mapped_cells(counts)[np.arange(len(counts)), chosen].sum(axis=0)
    return np.stack([mapped, counts.sum(axis=(0, 1)) - mapped])


# What was held out ----------------------------------------------------------------------------------


def deal_blocks(cells: np.ndarray, folds: int, repeats: int, seed: int) -> np.ndarray:
    """Deal the blocks of a survey to folds at random, as evenly as can be, several times over.

    Parameters
    ----------
    cells : array of int, shape (blocks,)
        Cells of the survey in each block.
    folds, repeats, seed : int
        Number of folds, how often to deal, and seed of the random generator.

    Returns
    -------
    array of int, shape (repeats, blocks)
        Fold of each block.

    Raises
    ------
    InputError
        If there are fewer blocks with cells than folds.
    """
    used = np.flatnonzero(cells)
    if len(used) < folds:
        raise InputError(
            f"The survey lies in {len(used)} blocks and HOLDOUT asks for {folds} parts of whole blocks: lower "
            "BLOCK_SIZE or HOLDOUT."
        )
    random = np.random.default_rng(seed)
    dealt = np.zeros((repeats, len(cells)), np.int16)
    for one in dealt:
        one[used] = random.permutation(len(used)) % folds
    return dealt


@dataclass(frozen=True)
class HeldOut:
    """How r_k fared on the part of a survey that they were not chosen on.

    Attributes
    ----------
    by_class, uniform : array of int, shape (2, 2)
        Confusion matrices of the part that was held out, at r_k by class and at one r_k.
    calibration : Calibration
        Made on the rest.
    """

    by_class: np.ndarray
    uniform: np.ndarray
    calibration: Calibration


def hold_out(part: np.ndarray, everything: np.ndarray, tried: np.ndarray, min_cells: int) -> Optional[HeldOut]:
    """Calibrate on all but a part of the survey, and compare with that part.

    Parameters
    ----------
    part, everything : array of int, shape (classes, m + 1, 2)
        Counts of the part and of the whole survey, see `mapped_cells`.
    tried, min_cells
        See `calibrate`.

    Returns
    -------
    HeldOut or None
        None where the rest of the survey shows permafrost everywhere or nowhere.
    """
    rest = everything - part
    if not rest.sum(axis=(0, 1)).all():
        return None
    calibration = calibrate(rest, tried, min_cells)
    one_for_all = np.full(len(part), calibration.uniform)
    return HeldOut(matrix(part, calibration.chosen), matrix(part, one_for_all), calibration)


@dataclass(frozen=True)
class CrossValidation:
    """Each fold of each dealing held out.

    Attributes
    ----------
    dealings : list of lists of HeldOut
        A dealing holds the folds that could be held out; one without any is left out.
    missing : int
        Folds that could not.
    """

    dealings: list[list[HeldOut]]
    missing: int

    def pooled(self, dealing: int) -> tuple[np.ndarray, np.ndarray]:
        """Give the confusion matrices of the cells held out in a dealing: by class and at one r_k."""
        folds = self.dealings[dealing]
        return sum(held.by_class for held in folds), sum(held.uniform for held in folds)

    def kappas(self) -> np.ndarray:
        """Give kappa of the cells held out in each dealing, by class and at one r_k, shape (2, dealings)."""
        matrices = np.array([self.pooled(dealing) for dealing in range(len(self.dealings))])
        return oa_and_kappa(matrices)[1].T


def cross_validate(counts: np.ndarray, tried: np.ndarray, min_cells: int) -> CrossValidation:
    """Hold out each fold of each dealing.

    Parameters
    ----------
    counts : array of int, shape (dealings, folds, classes, m + 1, 2)
        See `mapped_cells`.
    tried, min_cells
        See `calibrate`.

    Raises
    ------
    InputError
        If no fold can be held out.
    """
    everything = counts[0].sum(axis=0)
    folds = [[hold_out(part, everything, tried, min_cells) for part in dealing] for dealing in counts]
    dealings = [[held for held in dealing if held is not None] for dealing in folds]
    if not any(dealings):
        raise InputError(
            "Whatever part of the survey is held out, the rest shows permafrost everywhere or nowhere: lower "
            "BLOCK_SIZE or raise HOLDOUT."
        )
    missing = counts.shape[0] * counts.shape[1] - sum(map(len, dealings))
    return CrossValidation(list(filter(None, dealings)), missing)
