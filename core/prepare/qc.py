"""Decodes the quality bits of daily land surface temperature: MxD11A1, MxD11B1, MxD21A1 and VIIRS 21A1."""

from __future__ import annotations

import numpy as np

from ..errors import InputError
from ..language import tr

# Bits 0-1: 00 good, 01 other quality; 10 cloud and 11 another reason mean that no temperature was produced.
MANDATORY = 0b11
NOT_PRODUCED = 0b10

# Bits 6-7: average error of the temperature at most 1, 2, 3 K, or more than 3 K.
ERROR_SHIFT = 6

# Bits 14-15 of the 21 products: error above 2 K, up to 2 K, up to 1.5 K, below 1 K.
ACCURACY_SHIFT = 14
ACCURACY_K = np.array([np.inf, 2.0, 1.5, 1.0])

# The largest values that the bits of the layers can make up.
MAX_8_BITS = 255
MAX_16_BITS = 65535


def within_error(qc: np.ndarray, limit_k: int) -> np.ndarray:
    """Return which cells hold a temperature whose average error is within a limit.

    Parameters
    ----------
    qc : ndarray
        The layer ``QC_Day`` or ``QC_Night``: integers from 0 to 255 in any type, NaN where the quality is unknown.
    limit_k : int
        Largest error that is accepted, in K: 1, 2 or 3.

    Returns
    -------
    ndarray of bool
        False where the bits state a larger error or that no temperature was produced, and where there are none.

    Raises
    ------
    InputError
        If a value cannot be made up by eight bits.

    Notes
    -----
    Bits as in the MODIS Land Surface Temperature Products Users' Guide, Collection 6 (Wan 2013).
    Bits 2-3 (quality of the input data) and 4-5 (error of the emissivity) are contained in the
    error of the temperature and are ignored.
    """
    bits = whole_bits(qc, MAX_8_BITS)
    return ((bits & MANDATORY) < NOT_PRODUCED) & ((bits >> ERROR_SHIFT) < limit_k)


def within_accuracy(qc: np.ndarray, limit_k: int) -> np.ndarray:
    """Return the same for the 16-bit layer ``QC`` of MOD21A1, MYD21A1, VNP21A1, VJ121A1 and VJ221A1.

    Notes
    -----
    Bits as in the attribute ``QA Legend`` of the layer, which the file specifications of NASA's LAADS DAAC print for
    VNP21A1D and its OPeNDAP server for MYD21A1D, and as in the entries of both in the catalogue of Earth Engine: bits
    0-1 as in MxD11, bits 14-15 the error of the temperature. Where that is above 2 K, it is not known whether it is
    below 3 K.
    """
    bits = whole_bits(qc, MAX_16_BITS)
    return ((bits & MANDATORY) < NOT_PRODUCED) & (ACCURACY_K[bits >> ACCURACY_SHIFT] <= limit_k)


def whole_bits(qc: np.ndarray, largest: int) -> np.ndarray:
    """Return quality bits as uint16, from whatever type they were exported to; `NOT_PRODUCED` for NaN.

    Raises
    ------
    InputError
        If a value cannot be made up by the bits of the layer, which is `largest` at most.
    """
    known = ~np.isnan(qc)
    are_bits = (qc >= 0) & (qc <= largest)
    if qc.dtype.kind == "f":
        are_bits &= qc == np.rint(qc)
    wrong = qc[known & ~are_bits]
    if wrong.size:
        raise InputError(
            tr(
                "the quality {wrong:.6g} is not an integer from 0 to {largest}, so it cannot be decoded: give "
                "the layer as it was delivered, without scale and resampling.",
                wrong=wrong[0],
                largest=largest,
            )
        )
    return np.where(known, qc, NOT_PRODUCED).astype(np.uint16)
