"""The same kriging as `kriging.krige_cells`, compiled by Numba: cell after cell instead of step by step.

Importing this module needs Numba; `kriging.krige` does so only where it is installed.
"""

from __future__ import annotations

import numba
import numpy as np

from .kriging import FIRST_NUGGET, PIVOT, SemivarianceTable
from .neighbours import Offsets, PaddedMap


def krige_cells(
    scene: PaddedMap,
    offsets: Offsets,
    table: SemivarianceTable,
    position: np.ndarray,
    start: np.ndarray,
    per_sector: int,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Estimate some cells of a scene; parameters and result as in `kriging.krige_cells`."""
    return _krige_cells(
        scene.known,
        scene.values,
        offsets.step,
        offsets.end,
        table.values,
        table.center,
        table.code,
        # As arguments: what is compiled is kept, and would not follow a constant of another file.
        PIVOT,
        FIRST_NUGGET,
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
def _krige_cells(
    known, values, step, end, semivariance, center, code, least_pivot, first_nugget, position, start, per_sector
):
    sectors, cells = start.shape
    most = sectors * per_sector
    near = np.empty(most, dtype=np.int64)  # codes of the neighbours of one cell
    z = np.empty(most)
    to_first = np.empty(most)  # semivariances between the neighbours and the first of them
    lower = np.empty((most + 1, most))  # row by row: K, then c and z, as the elimination leaves them
    inverse = np.zeros(most)  # of the pivots
    scaled = np.empty(most)  # the row at hand times the inverse pivots
    estimate = np.empty(cells)
    variance = np.empty(cells)
    nuggets = np.zeros(cells)
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
        if n == 0:
            estimate[cell] = variance[cell] = np.nan
            continue

        to_cell = semivariance[near[0] + center]
        scale = 0.0
        for k in range(n):
            to_first[k] = semivariance[near[k] - near[0] + center]
            scale = max(scale, 2.0 * to_first[k])
        m = n - 1  # increments
        nugget = 0.0
        share = first_nugget
        solved = False
        while not solved:
            solved = True
            # Row by row, each entry less what the columns before it explain.
            for i in range(m + 2):
                row = lower[i]
                for k in range(min(i + 1, m)):
                    if i == k:
                        sum_ = 2.0 * (to_first[k + 1] + nugget)
                    elif i < m:
                        sum_ = to_first[k + 1] + (to_first[i + 1] + nugget)
                        sum_ -= semivariance[near[i + 1] - near[k + 1] + center]
                    elif i == m:
                        sum_ = to_first[k + 1] + (to_cell + nugget) - semivariance[near[k + 1] + center]
                    else:
                        sum_ = z[k + 1] - z[0]
                    row[k] = sum_ - _dot(scaled, lower[k], k)
                    if i == k:
                        if not row[k] > least_pivot * sum_:
                            solved = False
                            break
                        inverse[k] = 1.0 / row[k]
                    scaled[k] = row[k] * inverse[k]
                if not solved:
                    break
            if not solved:
                nugget = share * scale
                share *= 10.0

        c_c = c_z = 0.0
        for k in range(m):
            c = lower[m, k] * inverse[k]
            c_c += c * lower[m, k]
            c_z += c * lower[m + 1, k]
        estimate[cell] = z[0] + c_z
        variance[cell] = max(2.0 * (to_cell + nugget) - c_c, nugget)
        nuggets[cell] = nugget
    return estimate, variance, nuggets
