"""Kriging compiled by Numba: `kriging.krige_cells`, cell after cell instead of step by step, and predictions.

Importing this module needs Numba; `kriging` and `likelihood` do so only where it is installed.
"""

from __future__ import annotations

import numba
import numpy as np

from .kriging import FIRST_NUGGET, PIVOT, SemivarianceTable
from .neighbours import Offsets, PaddedMap

# Cells that are predicted side by side.
LANES = 8
LOG2E = 1.4426950408889634
LN2 = 0.6931471805599453


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


@numba.njit(nogil=True, cache=True, fastmath={"reassoc", "contract"})
def predict_exponential(
    east, north, z, sills, rates, nugget, stretch, cosine, sine, least_pivot, begin, end, error, variance
):
    """Predict cells `begin` to `end` under exponentials, as `likelihood.Predictions.errors` does.

    Several cells are eliminated side by side, their number being the last axis, so that each step is one
    instruction of the processor for all of them.

    Parameters
    ----------
    east, north : ndarray, shape (members, cells)
        Places (m) of the neighbours, and last of the cell itself.
    z : ndarray, shape (fields, members, cells)
    sills, rates : ndarray, shape (structures,)
        Of each exponential; the rate is 3 / range.
    nugget, stretch, cosine, sine : float
        Nugget of all structures, and the anisotropy.
    least_pivot : float
        Share of its variance below which a pivot is lost.
    error : ndarray, shape (fields, cells)
    variance : ndarray, shape (cells,)
        Filled in; the variance is NaN where a pivot was lost.
    """
    fields, members = z.shape[0], z.shape[1]
    n = members - 1  # neighbours
    m = n - 1  # increments
    gamma = np.empty((members, members, LANES))
    system = np.empty((m + 1 + fields, m, LANES))
    inverse = np.empty((m, LANES))
    scaled = np.empty((m, LANES))
    x = np.empty((members, LANES))
    y = np.empty((members, LANES))
    power = np.empty(LANES)
    bits = power.view(np.int64)
    distance = np.empty(LANES)
    fraction = np.empty(LANES)
    lost = np.empty(LANES)
    for first in range(begin, end, LANES):
        for i in range(members):
            for lane in range(LANES):
                cell = min(first + lane, end - 1)
                e, o = east[i, cell], north[i, cell]
                x[i, lane] = e * cosine + o * sine
                y[i, lane] = stretch * (o * cosine - e * sine)
        for lane in range(LANES):
            lost[lane] = 0.0

        for i in range(1, members):
            for k in range(i):
                for lane in range(LANES):
                    a, b = x[i, lane] - x[k, lane], y[i, lane] - y[k, lane]
                    distance[lane] = np.sqrt(a * a + b * b)
                    gamma[i, k, lane] = nugget
                for structure in range(sills.size):
                    sill, rate = sills[structure], rates[structure]
                    # exp(-rate distance) as a power of two times a series of what remains, which is at most ln(2) / 2.
                    for lane in range(LANES):
                        t = max(-rate * distance[lane], -700.0)
                        whole = np.floor(t * LOG2E + 0.5)
                        fraction[lane] = t - whole * LN2
                        bits[lane] = (np.int64(whole) + 1023) << 52
                    for lane in range(LANES):
                        f = fraction[lane]
                        s = 1.0 + f * (1.0 / 11.0) * (1.0 + f * (1.0 / 12.0))
                        s = 1.0 + f * (1.0 / 9.0) * (1.0 + f * (1.0 / 10.0) * s)
                        s = 1.0 + f * (1.0 / 7.0) * (1.0 + f * (1.0 / 8.0) * s)
                        s = 1.0 + f * (1.0 / 5.0) * (1.0 + f * (1.0 / 6.0) * s)
                        s = 1.0 + f * (1.0 / 3.0) * (1.0 + f * (1.0 / 4.0) * s)
                        s = 1.0 + f * (1.0 + f * (1.0 / 2.0) * s)
                        gamma[i, k, lane] += sill * (1.0 - s * power[lane])

        # Increments from neighbour 0, as in `kriging`.
        for i in range(m):
            for k in range(i + 1):
                for lane in range(LANES):
                    between = gamma[i + 1, k + 1, lane] if k < i else 0.0
                    system[i, k, lane] = gamma[i + 1, 0, lane] + gamma[k + 1, 0, lane] - between
        for k in range(m):
            for lane in range(LANES):
                system[m, k, lane] = gamma[k + 1, 0, lane] + gamma[n, 0, lane] - gamma[n, k + 1, lane]
            for field in range(fields):
                for lane in range(LANES):
                    cell = min(first + lane, end - 1)
                    system[m + 1 + field, k, lane] = z[field, k + 1, cell] - z[field, 0, cell]

        for i in range(m + 1 + fields):
            for k in range(min(i + 1, m)):
                if i == k:
                    for lane in range(LANES):
                        fraction[lane] = least_pivot * system[i, i, lane]
                for j in range(k):
                    for lane in range(LANES):
                        system[i, k, lane] -= scaled[j, lane] * system[k, j, lane]
                if i == k:
                    for lane in range(LANES):
                        pivot = system[i, i, lane]
                        if not pivot > fraction[lane]:
                            lost[lane] = 1.0
                            pivot = 1.0
                        inverse[i, lane] = 1.0 / pivot
                else:
                    for lane in range(LANES):
                        scaled[k, lane] = system[i, k, lane] * inverse[k, lane]

        for lane in range(min(LANES, end - first)):
            cell = first + lane
            if lost[lane] > 0.0:
                variance[cell] = np.nan
                continue
            c_c = 0.0
            for k in range(m):
                c_c += system[m, k, lane] * system[m, k, lane] * inverse[k, lane]
            variance[cell] = 2.0 * gamma[n, 0, lane] - c_c
            for field in range(fields):
                c_z = 0.0
                for k in range(m):
                    c_z += system[m, k, lane] * system[m + 1 + field, k, lane] * inverse[k, lane]
                error[field, cell] = z[field, n, cell] - z[field, 0, cell] - c_z
