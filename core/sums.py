"""Sums that do not depend on order, blocks, threads or memory: of whole multiples of a small step."""

from __future__ import annotations

import numpy as np

# Digits of a float64.
DIGITS = 53

# Step of measured values, far below any measurement: 6e-8 of the unit, for sums below 5e8. Not for areas, which may be
# smaller than that: `raster.read.area.CellAreaSource.step`.
STEP = 2.0**-24


def step_for(total: float) -> float:
    """Return the power of two whose multiples are summed without rounding as long as the sum is below a total."""
    return 2.0 ** (np.ceil(np.log2(total)) - DIGITS) if total > 0 else 1.0


def multiples(values: np.ndarray, step: float) -> np.ndarray:
    """Return values rounded to whole multiples of a step, float64, which are then summed without rounding.

    In any order and over any blocks, by ``np.sum``, ``np.bincount`` with these weights, or a matrix product, as long as
    their magnitudes sum to less than 2^53 steps. Choose the step by `step_for`: that of value times area is the step of
    the areas times a power of two above the largest value.
    """
    return np.rint(np.asarray(values, dtype=np.float64) / step) * step


def exact_sum(values: np.ndarray, step: float = STEP) -> float:
    """Return the sum of values, each rounded to a whole multiple of a step; NaN counts as 0.

    The sums of parts add up to the sum of the whole exactly, as for `multiples`.
    """
    return float(np.nansum(multiples(values, step)))
