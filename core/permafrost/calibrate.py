"""r_k by class, calibrated to agree best with a survey map.

A cell is permafrost where DDF >= r_k DDT, that is where r_k does not exceed the cell's own limit DDF / DDT. All that a
survey says about the r_k of a class is therefore in two histograms of this limit: one of the cells with permafrost and
one of those without. They are counted once, in bins of `STEP`, and everything else follows from the counts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..errors import InputError
from ..language import tr

# No survey resolves r_k more finely.
STEP = 0.001

# No legend has more classes; counts are kept for each of them.
MAX_CLASSES = 100

# Kinds of cells in the counts.
FROZEN, OTHER = 0, 1


def candidates(low: float, high: float) -> np.ndarray:
    """Return the candidate values of r_k, from `low` to `high` in steps of `STEP`."""
    # Divided whole numbers, so that 0.8 is exactly 0.8.
    return np.arange(round(low / STEP), round(high / STEP) + 1) / round(1 / STEP)


def limits(ddt: np.ndarray, ddf: np.ndarray, tried: np.ndarray) -> np.ndarray:
    """Return for each cell how many of the candidate r_k, counted from the lowest, map it as permafrost.

    Parameters
    ----------
    ddt, ddf : array, shape (n,)
        Degree days of the ground surface, degC d, both 0 or more.
    tried : array, shape (m,)
        Candidate r_k in ascending order.

    Returns
    -------
    array of int, shape (n,)
        0 to m.
    """
    # Without any thaw, every r_k maps permafrost.
    limit = np.divide(ddf, ddt, out=np.full(np.shape(ddt), np.inf), where=np.asarray(ddt) > 0, dtype=np.float64)
    return np.searchsorted(tried, limit, side="right")


def mapped_cells(counts: np.ndarray) -> np.ndarray:
    """Return the numbers of cells mapped as permafrost at each candidate r_k.

    Parameters
    ----------
    counts : array of int, shape (..., m + 1, 2)
        Numbers of cells by their `limits` and by what the survey shows, `FROZEN` or `OTHER`.

    Returns
    -------
    array of int, shape (..., m, 2)
        Cells mapped as permafrost, by what the survey shows.
    """
    return np.flip(np.cumsum(np.flip(counts, axis=-2), axis=-2), axis=-2)[..., 1:, :]


def kappa(mapped: np.ndarray, surveyed: np.ndarray) -> np.ndarray:
    """Return Cohen's kappa of binary maps from their numbers of permafrost cells.

    Parameters
    ----------
    mapped : array, shape (..., 2)
        Cells mapped as permafrost that the survey shows as permafrost, h, and as other ground.
    surveyed : array, shape (2,)
        All cells of the survey: permafrost, P, and others.

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
    """The r_k that agree best with a survey.

    Attributes
    ----------
    tried : array, shape (m,)
        Candidate r_k in ascending order.
    uniform : int
        Index of the best single r_k, used for all classes alike.
    chosen : array of int, shape (classes,)
        Index of the r_k of each class.
    is_own : array of bool, shape (classes,)
        Whether the class has enough cells for an r_k of its own.
    equal : array of int, shape (classes, 2)
        First and last index that map the class identically, with the other classes unchanged.
    """

    tried: np.ndarray
    uniform: int
    chosen: np.ndarray
    is_own: np.ndarray
    equal: np.ndarray

    @property
    def r_k(self) -> np.ndarray:
        """r_k of each class, shape (classes,)."""
        return self.tried[self.chosen]

    @property
    def uniform_r_k(self) -> float:
        """The best single r_k."""
        return float(self.tried[self.uniform])


def calibrate(counts: np.ndarray, tried: np.ndarray, min_cells: int) -> Calibration:
    """Choose the r_k of each class that together maximise the kappa of all cells.

    Kappa is a ratio of two linear functions of the hits and the mapped cells, and both are sums over classes. Such a
    ratio is largest where numerator - kappa x denominator is largest for that same kappa (Dinkelbach 1967,
    doi:10.1287/mnsc.13.7.492). This difference separates into one term per class, each of which is scanned over all
    candidates. Iterating with the kappa obtained converges in a few rounds to the exact joint optimum over all
    combinations of candidates.

    Parameters
    ----------
    counts : array of int, shape (classes, m + 1, 2)
        See `mapped_cells`.
    tried : array, shape (m,)
        Candidate r_k in ascending order.
    min_cells : int
        A class with fewer cells takes the best single r_k.

    Returns
    -------
    Calibration
        The single r_k is the middle of the longest run of equally good candidates. Of equally good r_k of a class,
        the one nearest to the single r_k is taken, so that a class departs from it only as far as its cells demand.

    Raises
    ------
    InputError
        If the survey shows permafrost everywhere or nowhere.
    """
    surveyed = counts.sum(axis=(0, 1))
    if not surveyed.all():
        shown = tr("permafrost") if surveyed[FROZEN] else tr("no permafrost")
        raise InputError(
            tr(
                "All {sum} usable cells of the survey show {shown}, and r_k can only be calibrated where both "
                "occur: check which values of the survey map mean permafrost, or use a survey that crosses the "
                "limit of permafrost.",
                sum=surveyed.sum(),
                shown=shown,
            )
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
    """Return the index in the middle of the longest run of True, the first one of several of equal length."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], good, [False]]).astype(np.int8)))
    first, end = edges[::2], edges[1::2]
    longest = int(np.argmax(end - first))
    return int(first[longest] + end[longest] - 1) // 2


def _run_around(mapped: np.ndarray, place: int) -> tuple[int, int]:
    """Return the first and last index of the candidates that map a class in the same way as the one at `place`."""
    # The number of mapped cells never rises with r_k, so equal numbers mean the same cells.
    same = np.flatnonzero((mapped == mapped[place]).all(axis=1))
    return int(same[0]), int(same[-1])


def matrix(counts: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """Return the confusion matrix at the r_k chosen for each class; rows = map, columns = survey.

    Parameters
    ----------
    counts : array of int, shape (classes, m + 1, 2)
        See `mapped_cells`.
    chosen : array of int, shape (classes,)
        Index of the r_k of each class.

    Returns
    -------
    array of int, shape (2, 2)
    """
    mapped = mapped_cells(counts)[np.arange(len(counts)), chosen].sum(axis=0)
    return np.stack([mapped, counts.sum(axis=(0, 1)) - mapped])
