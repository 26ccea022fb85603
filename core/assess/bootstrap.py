"""Confidence intervals of the accuracy of a map whose errors are spatially correlated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence

import numpy as np
from numpy.typing import ArrayLike

from ..confusion import oa_and_kappa

# Resampling weights held in memory at a time: 32 MB.
MAX_WEIGHTS = 4_000_000


@dataclass(frozen=True)
class BlockBootstrap:
    """Percentile intervals of overall accuracy and kappa, and the number of blocks that were resampled."""

    oa_interval: tuple[float, float]
    kappa_interval: tuple[float, float]
    blocks: int


def block_bootstrap(counts: ArrayLike, resamples: int = 2000, level: float = 0.95, seed: int = 0) -> BlockBootstrap:
    """Return percentile intervals from spatial blocks that are resampled with replacement.

    Errors of neighbouring cells are correlated, so an interval for independent cells is too narrow. Blocks larger than
    the correlation length are nearly independent (Lahiri 2003, *Resampling Methods for
    Dependent Data*, doi:10.1007/978-1-4757-3803-2).

    Parameters
    ----------
    counts : array_like, shape (n_blocks, k, k)
        Confusion matrix of every block. Blocks without counts are ignored.
    resamples : int
        Number of bootstrap samples.
    level : float
        Confidence level of the intervals.
    seed : int
        Seed of the random generator; the same seed reproduces the intervals.

    Returns
    -------
    BlockBootstrap
        Intervals are nan where fewer than 2 blocks have counts. Resamples in which kappa is undefined are left out of
        its interval.
    """
    resampled, blocks = _resampled(np.asarray(counts, dtype=float), resamples, seed)
    oa, kappa = oa_and_kappa(resampled)
    return BlockBootstrap(_percentile_interval(oa, level), _percentile_interval(kappa, level), blocks)


def kappa_difference_intervals(
    counts: ArrayLike, pairs: Sequence[tuple[int, int]], resamples: int = 2000, level: float = 0.95, seed: int = 0
) -> list[tuple[float, float]]:
    """Return intervals of the differences in kappa between maps that were compared on the same cells.

    Each resample draws the same blocks for all maps, so the variation that they share through cells and reference does
    not widen the interval of their difference.

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
    """Draw the blocks that have counts with replacement; return the sum per resample, and the number of such blocks."""
    used = counts[counts.any(axis=tuple(range(1, counts.ndim)))]
    blocks = len(used)
    if blocks < 2:
        return np.empty((0, *counts.shape[1:])), blocks
    random = np.random.default_rng(seed)
    equal = np.full(blocks, 1.0 / blocks)
    batch = max(1, MAX_WEIGHTS // blocks)
    resampled = [
        random.multinomial(blocks, equal, size=min(batch, resamples - start)) @ used.reshape(blocks, -1)
        for start in range(0, resamples, batch)
    ]
    return np.concatenate(resampled).reshape(-1, *counts.shape[1:]), blocks


def _percentile_interval(values: np.ndarray, level: float) -> tuple[float, float]:
    """Return the central interval of the values that are defined."""
    defined = values[np.isfinite(values)]
    if defined.size == 0:
        return np.nan, np.nan
    low, high = np.quantile(defined, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
