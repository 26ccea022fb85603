"""Sums that do not depend on order, blocks, threads or memory: of whole multiples of a small step."""

from __future__ import annotations

import numpy as np

# Step of exact sums of measured values, far below any measurement: 6e-8 of the unit.
STEP = 2.0**-24

# Digits of a float64.
DIGITS = 53


def exact_sum(values: np.ndarray) -> float:
    """Return the sum of values, below 5e11 in all, each rounded to 6e-8 of its unit; NaN counts as 0.

    The sums of parts add up to the sum of the whole exactly.
    """
    steps = np.rint(np.nan_to_num(np.asarray(values, dtype=np.float64), nan=0.0) / STEP)
    return float(steps.astype(np.int64).sum()) * STEP


def step_for(total: float) -> float:
    """Return the power of two whose multiples are summed without rounding as long as the sum is below a total."""
    return 2.0 ** (np.ceil(np.log2(total)) - DIGITS) if total > 0 else 1.0
