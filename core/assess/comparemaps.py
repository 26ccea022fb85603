"""Several permafrost maps against one reference: what is counted, how the maps rank, and which pairs differ."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Iterator, Sequence

import numpy as np

from ..confusion import oa_and_kappa, tally_zones
from ..language import later
from .assessment import COUNTS, MEASURES, Assessment, assess
from .binary import NOT_COMPARED, PERMAFROST
from .bootstrap import kappa_difference_intervals
from .mcnemar import McNemar, holm, mcnemar
from .rule import Rule

WHAT_IS_TESTED = later(
    "McNemar's test asks whether two maps are right on equally many cells. It therefore compares overall accuracies, "
    "not kappas, and the two measures may rank the maps differently."
)

INDEPENDENCE = later(
    "McNemar's test and the standard errors of kappa assume independent cells. Neighbouring cells are not independent, "
    "so the p-values are too small. The block bootstrap draws whole blocks of cells, the same blocks for both maps; "
    "its interval of the difference in kappa is the one to rely on."
)

# Columns of the two tables, with their types; the rows are those of `Comparison`.
RANKING_FIELDS = {
    "rank": int,
    "map": str,
    "rule": str,
    **{name.lower(): int if name in COUNTS else float for name, _ in MEASURES},
}
PAIR_FIELDS = {
    "map": str,
    "other_map": str,
    "kappa_difference": float,
    "boot_low": float,
    "boot_high": float,
    "map_only_right": int,
    "other_only_right": int,
    "mcnemar": float,
    "p": float,
    "p_exact": str,
    "p_holm": float,
}


@dataclass(frozen=True, eq=False)
class Tally:
    """Counts of several maps and a reference over some cells; those of separate cells are added.

    Attributes
    ----------
    matrices : ndarray of int64, shape (n_blocks, n_maps, 2, 2)
        Confusion matrix of every block of cells and every map; rows = map, columns = reference.
    both_right : ndarray of int64, shape (n_maps, n_maps)
        Cells on which both maps of a pair agree with the reference; on the diagonal those on which one map does.
    dropped : int
        Cells with a value of the reference that are not compared.
    has_permafrost : ndarray of bool, shape (n_maps + 1,)
        Whether a map, or last the reference, has permafrost anywhere, compared or not.
    """

    matrices: np.ndarray
    both_right: np.ndarray
    dropped: int
    has_permafrost: np.ndarray

    @classmethod
    def empty(cls, n_maps: int, n_blocks: int) -> Tally:
        """Return the counts of no cells."""
        return cls(
            np.zeros((n_blocks, n_maps, 2, 2), np.int64),
            np.zeros((n_maps, n_maps), np.int64),
            0,
            np.zeros(n_maps + 1, bool),
        )

    def __add__(self, other: Tally) -> Tally:
        """Return the counts over the cells of both."""
        return Tally(
            self.matrices + other.matrices,
            self.both_right + other.both_right,
            self.dropped + other.dropped,
            self.has_permafrost | other.has_permafrost,
        )


def comparable(maps: np.ndarray, reference: np.ndarray) -> np.ndarray:
    """Return the cells on which the reference and all maps have a value.

    Parameters
    ----------
    maps : array of int, shape (n_maps, ...)
        `PERMAFROST`, `OTHER` or `NOT_COMPARED` of `core.assess.binary`.
    reference : array of int, shape (...)
        The same for the reference.
    """
    return (reference != NOT_COMPARED) & (maps != NOT_COMPARED).all(axis=0)


def tally_maps(maps: np.ndarray, reference: np.ndarray, used: np.ndarray, blocks: np.ndarray, n_blocks: int) -> Tally:
    """Count how several maps agree with a reference, all of them on the same cells.

    Parameters
    ----------
    maps, reference
        As for `comparable`.
    used : array of bool, shape (...)
        The cells to compare.
    blocks : array of int, shape (...)
        Number of the block that each cell belongs to, 0 to `n_blocks` - 1.
    n_blocks : int
        Number of blocks.
    """
    zone = np.where(used, blocks, NOT_COMPARED)
    right = (maps == reference)[:, used].astype(np.int64)
    return Tally(
        np.stack([tally_zones(one, reference, zone, 2, n_blocks) for one in maps], axis=1),
        right @ right.T,
        int((reference != NOT_COMPARED).sum() - used.sum()),
        np.array([(one == PERMAFROST).any() for one in (*maps, reference)]),
    )


@dataclass(frozen=True, eq=False)
class RankedMap:
    """A map in the ranking.

    Attributes
    ----------
    rank : int
        Place by kappa, from 1; maps with equal kappa share one.
    rule : Rule
        Which of its values are permafrost.
    assessment : Assessment
        Its accuracy.
    """

    rank: int
    rule: Rule
    assessment: Assessment

    @property
    def name(self) -> str:
        """Name of the map, known to the user."""
        return self.assessment.region

    @property
    def kappa_interval(self) -> tuple[float, float]:
        """95 % interval of kappa by the block bootstrap, or for independent cells where there is none."""
        interval = self.assessment.bootstrap.kappa_interval
        return interval if np.isfinite(interval[0]) else self.assessment.confusion.kappa_interval


@dataclass(frozen=True, eq=False)
class Pair:
    """Two maps of the ranking.

    Attributes
    ----------
    first, second : str
        Names of the maps; the first has the higher kappa.
    difference : float
        Kappa of the first minus kappa of the second.
    interval : (float, float)
        95 % interval of the difference by the block bootstrap; nan without it.
    test : McNemar
        McNemar's test of the two.
    p_holm : float
        Its p-value after Holm's correction for the number of pairs.
    """

    first: str
    second: str
    difference: float
    interval: tuple[float, float]
    test: McNemar
    p_holm: float


@dataclass(frozen=True, eq=False)
class Comparison:
    """Several maps compared with one reference on common cells.

    Attributes
    ----------
    reference, grid : str
        Names of the reference, and of the raster whose cells are compared.
    ranking : sequence of RankedMap
        From the highest kappa to the lowest.
    pairs : sequence of Pair
        Every pair of maps, in the order of the ranking.
    dropped : int
        Cells with a value of the reference that are not compared.
    block_size : int
        Side of the blocks that the bootstrap draws, in cells.
    warnings : tuple of str
        What may spoil the result, in sentences.
    """

    reference: str
    grid: str
    ranking: Sequence[RankedMap]
    pairs: Sequence[Pair]
    dropped: int
    block_size: int
    warnings: tuple[str, ...] = ()

    @property
    def best(self) -> RankedMap:
        """The map with the highest kappa."""
        return self.ranking[0]

    @property
    def has_bootstrap(self) -> bool:
        """Whether the pairs have bootstrap intervals."""
        return bool(self.pairs) and bool(np.isfinite(self.pairs[0].interval[0]))

    def ranking_rows(self) -> Iterator[tuple]:
        """Yield a row of `RANKING_FIELDS` per map."""
        for one in self.ranking:
            yield one.rank, one.name, one.rule.text, *one.assessment.measures().values()

    def pair_rows(self) -> Iterator[tuple]:
        """Yield a row of `PAIR_FIELDS` per pair."""
        for pair in self.pairs:
            test = pair.test
            yield (
                pair.first,
                pair.second,
                pair.difference,
                *pair.interval,
                test.first_only,
                test.second_only,
                test.statistic,
                test.p,
                "yes" if test.exact else "no",
                pair.p_holm,
            )


def compare_maps(
    names: Sequence[str], rules: Sequence[Rule], tally: Tally, seed: int
) -> tuple[list[RankedMap], list[Pair]]:
    """Rank maps by kappa, and test each pair of them in the order of the ranking.

    Maps with equal kappa keep their order; where kappa is undefined a map comes last.

    Parameters
    ----------
    names, rules : sequences
        One per map.
    tally : Tally
        Counts of the maps.
    seed : int
        Of the bootstrap.
    """
    kappas = oa_and_kappa(tally.matrices.sum(axis=0))[1].tolist()
    order = sorted(range(len(names)), key=lambda i: -np.nan_to_num(kappas[i], nan=-2.0))
    ranking = [
        RankedMap(
            1 + sum(other > kappas[i] for other in kappas), rules[i], assess(names[i], tally.matrices[:, i], seed)
        )
        for i in order
    ]
    pairs = list(combinations(order, 2))
    both, right = tally.both_right, np.diag(tally.both_right)
    tests = [mcnemar(int(right[i] - both[i, j]), int(right[j] - both[i, j])) for i, j in pairs]
    intervals = kappa_difference_intervals(tally.matrices, pairs, seed=seed)
    return ranking, [
        Pair(names[i], names[j], kappas[i] - kappas[j], interval, test, float(p_holm))
        for (i, j), interval, test, p_holm in zip(pairs, intervals, tests, holm([test.p for test in tests]))
    ]
