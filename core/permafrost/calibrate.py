"""r_k by class, calibrated to agree best with a survey map, and its cross-validation.

A cell is permafrost where DDF >= r_k DDT, that is where r_k does not exceed the cell's own limit DDF / DDT. All that a
survey says about the r_k of a class is therefore in two histograms of this limit: one of the cells with permafrost and
one of those without. They are counted once, in bins of `STEP`, and everything else follows from the counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Collection, Mapping, Optional

import numpy as np

from ..confusion import oa_and_kappa
from ..errors import InputError

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
        shown = "permafrost" if surveyed[FROZEN] else "no permafrost"
        raise InputError(
            f"All {surveyed.sum()} usable cells of the survey show {shown}, and r_k can only be calibrated where both "
            "occur: check which values of the survey map mean permafrost, or use a survey that crosses the limit of "
            "permafrost."
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


# Cross-validation ------------------------------------------------------------------------------------


def assign_folds(cells: np.ndarray, folds: int, repeats: int, seed: int) -> np.ndarray:
    """Assign the blocks of a survey to folds at random, as evenly as possible, several times.

    Parameters
    ----------
    cells : array of int, shape (blocks,)
        Cells of the survey in each block.
    folds, repeats, seed : int
        Number of folds, number of random assignments, and seed of the random generator.

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
            f"The survey lies in {len(used)} blocks, too few for {folds} folds of whole blocks: use smaller blocks or "
            "fewer folds."
        )
    random = np.random.default_rng(seed)
    fold_of = np.zeros((repeats, len(cells)), np.int16)
    for one in fold_of:
        one[used] = random.permutation(len(used)) % folds
    return fold_of


@dataclass(frozen=True)
class HeldOut:
    """Agreement with a part of a survey that the r_k were not calibrated on.

    Attributes
    ----------
    by_class, uniform : array of int, shape (2, 2)
        Confusion matrices of the held-out part, with r_k by class and with the best single r_k.
    calibration : Calibration
        On the rest of the survey.
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
    single = np.full(len(part), calibration.uniform)
    return HeldOut(matrix(part, calibration.chosen), matrix(part, single), calibration)


@dataclass(frozen=True)
class CrossValidation:
    """Each fold of each repeat held out.

    Attributes
    ----------
    repeats : list of lists of HeldOut
        For each random assignment, the folds that could be held out; assignments without any are omitted.
    missing : int
        Number of folds that could not be held out.
    """

    repeats: list[list[HeldOut]]
    missing: int

    def pooled(self, repeat: int) -> tuple[np.ndarray, np.ndarray]:
        """Return the confusion matrices of all cells held out in a repeat: with r_k by class, and with a single r_k."""
        by_class = np.array([held.by_class for held in self.repeats[repeat]])
        uniform = np.array([held.uniform for held in self.repeats[repeat]])
        return by_class.sum(axis=0), uniform.sum(axis=0)

    def kappas(self) -> np.ndarray:
        """Return the held-out kappa of each repeat, with r_k by class and with a single r_k, shape (2, repeats)."""
        matrices = np.array([self.pooled(repeat) for repeat in range(len(self.repeats))])
        return oa_and_kappa(matrices)[1].T


def cross_validate(counts: np.ndarray, tried: np.ndarray, min_cells: int) -> CrossValidation:
    """Hold out each fold of each repeat.

    Parameters
    ----------
    counts : array of int, shape (repeats, folds, classes, m + 1, 2)
        See `mapped_cells`.
    tried, min_cells
        See `calibrate`.

    Raises
    ------
    InputError
        If no fold can be held out.
    """
    everything = counts[0].sum(axis=0)
    folds = [[hold_out(part, everything, tried, min_cells) for part in repeat] for repeat in counts]
    repeats = [[held for held in repeat if held is not None] for repeat in folds]
    if not any(repeats):
        raise InputError(
            "Whichever part of the survey is held out, the rest shows permafrost everywhere or nowhere: use smaller "
            "blocks or more folds."
        )
    missing = counts.shape[0] * counts.shape[1] - sum(map(len, repeats))
    return CrossValidation(list(filter(None, repeats)), missing)


# The result ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CalibrationSettings:
    """What a calibration was asked for.

    Attributes
    ----------
    r_k_range : (float, float)
        Lowest and highest candidate r_k.
    folds, repeats, seed : int
        See `assign_folds`.
    min_cells : int
        See `calibrate`.
    """

    r_k_range: tuple[float, float]
    folds: int = 5
    repeats: int = 10
    seed: int = 1
    min_cells: int = 30


@dataclass(frozen=True)
class CalibrationResult:
    """r_k by class, and its agreement with the survey on all cells and on cells held out.

    Attributes
    ----------
    settings : CalibrationSettings
    classes_name, survey_name : str
        Names of the map of classes and of the survey map.
    class_names : mapping of int to str
        Names of classes, as far as they are known.
    classes : array of int, shape (n,)
        The classes that have an r_k.
    without_r_k : collection of int
        The classes that have none on purpose, such as water and ice.
    blocks, block_size : int
        Number of blocks with surveyed cells, and the length of their sides in cells.
    counts : array of int, shape (n, m + 1, 2)
        All cells of the survey, see `mapped_cells`.
    calibration : Calibration
    held_out : CrossValidation
    notes : tuple of str
        What the run had to change, a sentence each.
    """

    settings: CalibrationSettings
    classes_name: str
    survey_name: str
    class_names: Mapping[int, str]
    classes: np.ndarray
    without_r_k: Collection[int]
    blocks: int
    block_size: int
    counts: np.ndarray
    calibration: Calibration
    held_out: CrossValidation
    notes: tuple[str, ...] = ()

    @property
    def by_class(self) -> np.ndarray:
        """Confusion matrix of all cells with r_k by class, shape (2, 2); rows = map, columns = survey."""
        return matrix(self.counts, self.calibration.chosen)

    @property
    def uniform(self) -> np.ndarray:
        """Confusion matrix of all cells with the best single r_k, shape (2, 2); rows = map, columns = survey."""
        return matrix(self.counts, np.full(len(self.classes), self.calibration.uniform))

    @property
    def cells(self) -> int:
        """Number of cells compared."""
        return int(self.counts.sum())

    @property
    def kappa(self) -> float:
        """Kappa of all cells with r_k by class."""
        return float(oa_and_kappa(self.by_class)[1])

    @property
    def kappa_uniform(self) -> float:
        """Kappa of all cells with the best single r_k."""
        return float(oa_and_kappa(self.uniform)[1])

    @property
    def kappa_held_out(self) -> float:
        """Mean over the repeats of the held-out kappa with r_k by class."""
        return float(self.held_out.kappas()[0].mean())

    @property
    def kappa_uniform_held_out(self) -> float:
        """Mean over the repeats of the held-out kappa with a single r_k."""
        return float(self.held_out.kappas()[1].mean())

    def table(self) -> list[dict[str, object]]:
        """Return a row per class, as `rk.write_table` takes them; classes without r_k come last, with empty cells."""
        calibration = self.calibration
        rows = [
            {
                "class": key,
                "r_k": f"{calibration.tried[place]:.3f}",
                "name": self.class_names.get(key, ""),
                "n": int(cells.sum()),
                "n_permafrost": int(cells[FROZEN]),
                "r_k_low": f"{calibration.tried[low]:.3f}",
                "r_k_high": f"{calibration.tried[high]:.3f}",
                "calibrated": "yes" if own else "no",
            }
            for key, place, cells, (low, high), own in zip(
                self.classes.tolist(),
                calibration.chosen,
                self.counts.sum(axis=1),
                calibration.equal,
                calibration.is_own,
            )
        ]
        empty = dict.fromkeys(rows[0], "")
        return rows + [{**empty, "class": key, "name": self.class_names.get(key, "")} for key in self.without_r_k]

    def warnings(self) -> list[str]:
        """Return what may be wrong with the calibration, a sentence each."""
        calibration, found = self.calibration, list(self.notes)
        by_class, uniform = self.kappa_held_out, self.kappa_uniform_held_out
        if not by_class > uniform:
            found.append(
                f"On held-out cells r_k by class (kappa {by_class:.4f}) is no better than the best single r_k "
                f"({uniform:.4f}): use r_k {calibration.uniform_r_k:.3f} for all cells, or other classes."
            )
        low, high = self.settings.r_k_range
        at_end = calibration.is_own & np.isin(calibration.r_k, (low, high))
        if at_end.any():
            found.append(
                f"r_k lies at an end of the range {low:g} to {high:g} for the classes {self._listed(at_end)}: check "
                "DDT and DDF there, or widen the range."
            )
        above = calibration.r_k > 1
        if above.any():
            found.append(
                f"r_k exceeds 1 for the classes {self._listed(above)}, which is plausible only where the soil conducts "
                "heat better thawed than frozen."
            )
        if self.held_out.missing:
            found.append(
                f"{self.held_out.missing} folds could not be held out, because the rest of the survey shows permafrost "
                "everywhere or nowhere."
            )
        return found

    def _listed(self, which: np.ndarray) -> str:
        return ", ".join(map(str, self.classes[which].tolist()))
