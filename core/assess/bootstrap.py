"""Confidence intervals of a map's accuracy for cells that are not independent of their neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence

import numpy as np

from ..confusion import oa_and_kappa

WEIGHTS_AT_ONCE = 4_000_000  # resampling weights held in memory at a time (32 MB)


@dataclass(frozen=True)
class BlockBootstrap:
    """Percentile intervals of overall accuracy and kappa, and the number of blocks they rest on."""

    oa_interval: tuple[float, float]
    kappa_interval: tuple[float, float]
    blocks: int


def block_bootstrap(counts, resamples: int = 2000, level: float = 0.95, seed: int = 0) -> BlockBootstrap:
    """Resample spatial blocks with replacement and read the intervals from the resampled matrices.

    Errors of a map cluster, so an interval for independent cells is too narrow. Whole blocks, larger
    than the reach of the clustering, are nearly independent (Lahiri 2003, *Resampling Methods for
    Dependent Data*, doi:10.1007/978-1-4757-3803-2).

    Parameters
    ----------
    counts : array_like, shape (n_blocks, k, k)
        Confusion matrix of every block. Blocks without any count are left out.
    resamples : int
        Number of bootstrap samples.
    level : float
        Confidence level of the intervals.
    seed : int
        Seed of the random generator: equal seeds give equal intervals.

    Returns
    -------
    BlockBootstrap
        With nan intervals where fewer than 2 blocks have counts. Resamples in which kappa is undefined
        do not enter its interval.
    """
    counts = np.asarray(counts, dtype=float)
    resampled, blocks = _resampled(counts, resamples, seed)
    oa, kappa = oa_and_kappa(resampled)
    return BlockBootstrap(_percentile_interval(oa, level), _percentile_interval(kappa, level), blocks)


def kappa_difference_intervals(
    counts, pairs: Sequence[tuple[int, int]], resamples: int = 2000, level: float = 0.95, seed: int = 0
) -> list[tuple[float, float]]:
    """Give intervals of the differences in kappa of maps that were compared on the same cells.

    Each resample draws the same blocks for all maps, so that what they share, the cells and the reference, does not
    widen the interval of their difference.

    Parameters
    ----------
    counts : array_like, shape (n_blocks, n_maps, k, k)
        Confusion matrix of every block and map.
    pairs : sequence of (int, int)
        Indices of the two maps; the difference is kappa of the first minus that of the second.
    resamples, level, seed
        As in `block_bootstrap`.

    Returns
    -------
    list of (float, float)
        One interval per pair; nan where fewer than 2 blocks have counts.
    """
    kappa = oa_and_kappa(_resampled(np.asarray(counts, dtype=float), resamples, seed)[0])[1]
    return [_percentile_interval(kappa[:, first] - kappa[:, second], level) for first, second in pairs]


def _resampled(counts: np.ndarray, resamples: int, seed: int) -> tuple[np.ndarray, int]:
    """Draw the blocks that have counts with replacement; give the sums per resample, and the number of such blocks."""
    used = counts[counts.any(axis=tuple(range(1, counts.ndim)))]
    blocks = len(used)
    if blocks < 2:
        return np.empty((0, *counts.shape[1:])), blocks
    random = np.random.default_rng(seed)
    equal = np.full(blocks, 1.0 / blocks)
    batch = max(1, WEIGHTS_AT_ONCE // blocks)
    resampled = [
        random.multinomial(blocks, equal, size=min(batch, resamples - start)) @ used.reshape(blocks, -1)
        for start in range(0, resamples, batch)
    ]
    return np.concatenate(resampled).reshape(-1, *counts.shape[1:]), blocks


def _percentile_interval(values: np.ndarray, level: float) -> tuple[float, float]:
    """Give the central interval of the values that are defined."""
    defined = values[np.isfinite(values)]
    if defined.size == 0:
        return np.nan, np.nan
    low, high = np.quantile(defined, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
