"""Quality bits of the daily MODIS land surface temperature products (MOD11A1, MYD11A1, MOD11B1, MYD11B1)."""

from __future__ import annotations

import numpy as np

# Bits 0-1: 00 good, 01 other quality; 10 cloud and 11 another reason mean that no temperature was produced.
MANDATORY = 0b11
NOT_PRODUCED = 0b10

# Bits 6-7: average error of the temperature at most 1, 2, 3 K, or more than 3 K.
ERROR_SHIFT = 6


def within_error(qc: np.ndarray, limit_k: int) -> np.ndarray:
    """Tell which cells hold a temperature whose average error is within a limit.

    Parameters
    ----------
    qc : ndarray of uint8
        The layer ``QC_Day`` or ``QC_Night``.
    limit_k : int
        Largest error that is accepted, in K: 1, 2 or 3.

    Returns
    -------
    ndarray of bool
        False where the bits name a larger error, or say that no temperature was produced.

    Notes
    -----
    Bits as in the MODIS Land Surface Temperature Products Users' Guide, Collection 6 (Wan 2013).
    Bits 2-3 (quality of the input data) and 4-5 (error of the emissivity) are contained in the
    error of the temperature and are not looked at.
    """
    return ((qc & MANDATORY) < NOT_PRODUCED) & ((qc >> ERROR_SHIFT) < limit_k)
