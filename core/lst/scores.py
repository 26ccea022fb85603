"""Scores of gap filling: predictions with a standard deviation, and known cells to withhold.

Filling can only be tested where the truth is known, so known cells are withheld. Single cells have known neighbours
on all sides, so their scores are optimistic; clouds cover whole areas.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence

import numpy as np
from scipy import ndimage, special

from ..errors import InputError
from ..language import tr


@dataclass(frozen=True)
class Scores:
    """Scores of `n` predictions, in the unit of the data.

    Attributes
    ----------
    n : int
    rmse, mae, bias : float
        Of prediction minus truth.
    coverage : float
        Share of truths within the nominal 95 % interval.
    crps : float
        Mean continuous ranked probability score of the normal prediction.
    """

    n: int
    rmse: float
    mae: float
    bias: float
    coverage: float
    crps: float


def score(truth: np.ndarray, estimate: np.ndarray, std: np.ndarray) -> Scores:
    """Score predictions; cells where one of the three is NaN are excluded, and all scores are NaN if none remains."""
    valid = np.isfinite(truth) & np.isfinite(estimate) & np.isfinite(std)
    if not valid.any():
        return Scores(0, *[np.nan] * 5)
    truth, estimate, std = truth[valid], estimate[valid], std[valid]
    error = estimate - truth
    return Scores(
        n=int(error.size),
        rmse=float(np.sqrt(np.mean(error**2))),
        mae=float(np.mean(np.abs(error))),
        bias=float(np.mean(error)),
        coverage=float(np.mean(np.abs(error) <= special.ndtri(0.975) * std)),
        crps=float(np.mean(crps_normal(truth, estimate, std))),
    )


def crps_normal(truth: np.ndarray, mean: np.ndarray, std: np.ndarray) -> np.ndarray:
    """Continuous ranked probability score of normal predictions (Gneiting and Raftery 2007, section 4.2).

    It is in the unit of the data, and the absolute error where `std` is 0.
    """
    error = np.abs(np.asarray(truth, dtype=float) - mean)
    std = np.asarray(std, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        u = error / std
        crps = std * (u * (2 * special.ndtr(u) - 1) + np.sqrt(2 / np.pi) * np.exp(-0.5 * u**2) - 1 / np.sqrt(np.pi))
    return np.where(std > 0, crps, error)


def hide_cells(known: np.ndarray, share: float, seed: int = 0) -> np.ndarray:
    """Choose a share of the known cells at random.

    Parameters
    ----------
    known : ndarray of bool, shape (rows, columns)
    share : float
        Between 0 and 1.
    seed : int

    Returns
    -------
    ndarray of bool, shape (rows, columns)
        Cells to withhold, all of them known.
    """
    wanted = _number_to_hide(known, share)
    hidden = np.zeros(known.shape, dtype=bool)
    hidden.flat[np.random.default_rng(seed).choice(np.flatnonzero(known), wanted, replace=False)] = True
    return hidden


def hide_clouds(known: np.ndarray, gaps: Sequence[np.ndarray], share: float, seed: int = 0) -> np.ndarray:
    """Choose a share of the known cells under the shapes of clouds in other scenes.

    The gaps of the other scenes are mirrored and shifted at random. Their clouds, which are connected cells, are laid
    over the scene one after another; the last one is cut to reach the share.

    Parameters
    ----------
    known : ndarray of bool, shape (rows, columns)
    gaps : sequence of ndarray of bool, shape (rows, columns)
        Missing cells of other scenes, or of this one.
    share : float
        Between 0 and 1.
    seed : int

    Returns
    -------
    ndarray of bool, shape (rows, columns)
        Cells to withhold, all of them known.

    Raises
    ------
    InputError
        If the share is out of range or no scene has a gap.
    """
    wanted = _number_to_hide(known, share)
    gaps = [gap for gap in gaps if gap.any() and not gap.all()]
    if not gaps:
        raise InputError(tr("No scene of the stack has gaps to take clouds from: withhold single cells instead."))
    rng = np.random.default_rng(seed)
    hidden = np.zeros(known.shape, dtype=bool)
    while hidden.sum() < wanted:
        gap = gaps[rng.integers(len(gaps))][:: rng.choice([-1, 1]), :: rng.choice([-1, 1])]
        clouds, count = ndimage.label(np.roll(gap, [rng.integers(n) for n in gap.shape], (0, 1)))
        turn = rng.permutation(count + 1)  # of each cloud
        new = np.flatnonzero((clouds > 0) & known & ~hidden)
        new = new[np.argsort(turn[clouds.flat[new]], kind="stable")]
        hidden.flat[new[: wanted - hidden.sum()]] = True
    return hidden


def _number_to_hide(known: np.ndarray, share: float) -> int:
    if not 0 < share < 1:
        raise InputError(
            tr("A share of {share} of the known cells cannot be withheld: give a number between 0 and 1.", share=share)
        )
    return round(share * int(known.sum()))
