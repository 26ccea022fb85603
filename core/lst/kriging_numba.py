"""The same kriging as `kriging.krige_cells`, compiled by Numba: cell after cell instead of step by step.

Importing this module needs Numba; `kriging.krige` does so only where it is installed.
"""

from __future__ import annotations

import numba
import numpy as np

from .kriging import PIVOT, CovarianceTable
from .neighbours import Offsets, PaddedMap


def krige_cells(
    scene: PaddedMap,
    offsets: Offsets,
    table: CovarianceTable,
    position: np.ndarray,
    start: np.ndarray,
    per_sector: int,
) -> tuple[np.ndarray, np.ndarray]:
    """Estimate some cells of a scene; parameters and result as in `kriging.krige_cells`."""
    return _krige_cells(
        scene.known,
        scene.values,
        offsets.step,
        offsets.end,
        table.values,
        table.center,
        table.code,
        table.ceiling,
        PIVOT * table.ceiling,
        position,
        start,
        per_sector,
    )


@numba.njit(nogil=True, cache=True, fastmath={"reassoc", "contract"})
def _dot(a, b, n):
    """Sum of the first n products, in any order, so that the processor can add several at once."""
    total = 0.0
    for j in range(n):
        total += a[j] * b[j]
    return total


@numba.njit(nogil=True, cache=True)
def _krige_cells(known, values, step, end, covariance, center, code, ceiling, least_pivot, position, start, per_sector):
    sectors, cells = start.shape
    most = sectors * per_sector
    near = np.empty(most, dtype=np.int64)  # codes of the neighbours of one cell
    z = np.empty(most)
    lower = np.empty((most + 3, most))  # row by row: K, then c, 1 and z, as the elimination leaves them
    inverse = np.zeros(most)  # of the pivots
    scaled = np.empty(most)  # the row at hand times the inverse pivots
    estimate = np.empty(cells)
    variance = np.empty(cells)
    for cell in range(cells):
        n = 0
        origin = position[cell]
        for sector in range(sectors):
            missing = per_sector
            for entry in range(start[sector, cell], end[sector]):
                place = origin + step[entry]
                if known[place]:
                    near[n] = code[entry]
                    z[n] = values[place]
                    n += 1
                    missing -= 1
                    if missing == 0:
                        break

        # Row by row, each entry less what the columns before it explain.
        for i in range(n + 3):
            row = lower[i]
            for k in range(min(i + 1, n)):
                if i < n:
                    sum_ = covariance[near[i] - near[k] + center]
                elif i == n:
                    sum_ = covariance[near[k] + center]
                elif i == n + 1:
                    sum_ = 1.0
                else:
                    sum_ = z[k]
                row[k] = sum_ - _dot(scaled, lower[k], k)
                scaled[k] = row[k] * inverse[k]
            if i < n:
                pivot = row[i]
                inverse[i] = 1.0 / pivot if abs(pivot) > least_pivot else 0.0

        c_c = c_1 = c_z = one_one = one_z = 0.0
        for k in range(n):
            c, one, value = lower[n, k], lower[n + 1, k], lower[n + 2, k]
            c_c += c * c * inverse[k]
            c_1 += c * one * inverse[k]
            c_z += c * value * inverse[k]
            one_one += one * one * inverse[k]
            one_z += one * value * inverse[k]
        if one_one == 0.0:
            estimate[cell] = variance[cell] = np.nan
            continue
        lack = 1.0 - c_1
        estimate[cell] = c_z + lack * one_z / one_one
        variance[cell] = ceiling - c_c + lack * lack / one_one
    return estimate, variance
