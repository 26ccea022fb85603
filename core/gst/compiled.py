"""`prediction.predict` and the sums of `degreedays`, compiled by Numba to work on data in the processor's cache.

Importing this module needs Numba; `dependencies.compiled` imports it only where Numba is installed. Every cell is
computed by the same operations in the same order, so the results are bit-identical.
"""

from __future__ import annotations

from typing import Sequence, Union

import numpy as np

from ..kernels import kernel
from ..packed import Packed

# Cells of a piece, whose intermediate results stay in the first-level cache.
PIECE = 4096

NAN = np.float32(np.nan)
ZERO = np.float32(0.0)
INFINITE = np.float32(np.inf)


def predict(
    series: Sequence[Packed],
    constant: np.float32,
    stored_factors: np.ndarray,
    constants: np.ndarray,
    factors: np.ndarray,
) -> np.ndarray:
    """Predict one day from integers of one type, each series with its nodata value.

    Parameters
    ----------
    series : sequence of Packed
        The p predictors.
    constant, stored_factors : number and array of float32, shape (p,)
        The equation with all predictors, for stored numbers.
    constants, factors : arrays of float32, shape (2**p,) and (2**p, p)
        All equations, from `model.Choice`.

    Returns
    -------
    array of float32
        GST, degC; NaN where no equation can be computed from what is known.
    """
    gst = np.empty(series[0].stored.shape, np.float32)
    _predict(
        tuple(packed.stored.reshape(-1) for packed in series),
        np.array([packed.missing for packed in series]),
        np.array([_lowest(packed) for packed in series], series[0].stored.dtype),
        np.array([_highest(packed) for packed in series], series[0].stored.dtype),
        np.array([packed.scale for packed in series], np.float32),
        np.array([packed.offset for packed in series], np.float32),
        constant,
        stored_factors,
        constants,
        factors,
        gst.reshape(-1),
    )
    return gst


def _lowest(packed: Packed) -> Union[int, np.number]:
    return np.iinfo(packed.stored.dtype).min if packed.lowest is None else packed.lowest


def _highest(packed: Packed) -> Union[int, np.number]:
    return np.iinfo(packed.stored.dtype).max if packed.highest is None else packed.highest


@kernel()
def _predict(stored, missing, lowest, highest, scales, offsets, constant, stored_factors, constants, factors, gst):
    for first in range(0, gst.size, PIECE):
        piece = gst[first : first + PIECE]
        piece[:] = constant
        for k in range(len(stored)):
            _add_predictor(
                piece, stored[k][first : first + PIECE], stored_factors[k], missing[k], lowest[k], highest[k]
            )
        lacks = False
        for i in range(piece.size):
            lacks |= piece[i] != piece[i]
        if lacks:
            for i in range(first, first + piece.size):
                if gst[i] != gst[i]:
                    gst[i] = _fall_back(stored, missing, lowest, highest, scales, offsets, constants, factors, i)


@kernel()
def _add_predictor(gst, stored, factor, missing, lowest, highest):
    for i in range(stored.size):
        is_missing = (stored[i] < lowest) | (stored[i] > highest) | (stored[i] == missing)
        gst[i] += NAN if is_missing else np.float32(stored[i]) * factor


@kernel()
def _fall_back(stored, missing, lowest, highest, scales, offsets, constants, factors, i):
    """Predict one cell by the best equation for what is known in it."""
    known = 0
    for k in range(len(stored)):
        if lowest[k] <= stored[k][i] <= highest[k] and stored[k][i] != missing[k]:
            known += 1 << k
    gst = constants[known]
    for k in range(len(stored)):
        if known >> k & 1:
            gst += factors[known, k] * (np.float32(stored[k][i]) * scales[k] + offsets[k])
    return gst


@kernel()
def add_day(gst, valid, warm, cold):
    """Add one day to the valid days and sums of its month, all of shape (cells,), as `degreedays` does."""
    # Separate loops, since the compiler vectorises each of them.
    for i in range(gst.size):
        valid[i] += -INFINITE < gst[i] < INFINITE
    for i in range(gst.size):
        warm[i] += gst[i] if gst[i] > ZERO else ZERO
    for i in range(gst.size):
        cold[i] -= gst[i] if gst[i] < ZERO else ZERO
