"""The predictions of `likelihood.Predictions.errors` for exponentials, one or two nested ones, compiled by Numba.

Several cells are eliminated side by side, their number being the last axis, so that each step is one
instruction of the processor for all of them. Importing this module needs Numba.
"""

from __future__ import annotations

import numba
import numpy as np

LANES = 8
LOG2E = 1.4426950408889634
LN2 = 0.6931471805599453


@numba.njit(nogil=True, cache=True, fastmath={"reassoc", "contract"})
def predict(
    east, north, z, sills, rates, nugget, stretch, cosine, sine, least_pivot, begin, end, error, variance
):  # pragma: no cover
    """Predict cells `begin` to `end`.

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
