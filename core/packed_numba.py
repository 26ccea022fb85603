"""Stored numbers looked at by Numba in one pass. Importing this module needs Numba; see `dependencies.compiled`."""

from __future__ import annotations

import numpy as np

from .kernels import kernel


@kernel()
def any_beyond(stored: np.ndarray, lowest: np.number, highest: np.number, missing: np.number) -> bool:
    """Return whether any integer, of shape (cells,), is beyond two limits and not `missing`."""
    found = False
    for i in range(stored.size):
        found |= ((stored[i] < lowest) | (stored[i] > highest)) & (stored[i] != missing)
    return found
