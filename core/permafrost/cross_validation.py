"""Cross-validation of a calibration of r_k: each fold is compared with r_k calibrated on the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

import numpy as np

from ..confusion import oa_and_kappa
from ..errors import InputError
from ..language import tr
from .calibrate import Calibration, calibrate, matrix


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
            tr(
                "The survey lies in {n_used} blocks, too few for {folds} folds of whole blocks: use smaller "
                "blocks or fewer folds.",
                n_used=len(used),
                folds=folds,
            )
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
        Counts of the part and of the whole survey, see `calibrate.mapped_cells`.
    tried, min_cells
        See `calibrate.calibrate`.

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
        See `calibrate.mapped_cells`.
    tried, min_cells
        See `calibrate.calibrate`.

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
            tr(
                "Whichever part of the survey is held out, the rest shows permafrost everywhere or nowhere: use "
                "smaller blocks or more folds."
            )
        )
    missing = counts.shape[0] * counts.shape[1] - sum(map(len, repeats))
    return CrossValidation(list(filter(None, repeats)), missing)
