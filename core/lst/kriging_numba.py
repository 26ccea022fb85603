"""Kriging compiled by Numba: `kriging.krige_cells`, cell after cell instead of step by step, and predictions.

Importing this module needs Numba; `kriging` and `likelihood` do so only where it is installed.
"""

from __future__ import annotations

import numba
import numpy as np

from .kriging import FIRST_NUGGET, PIVOT, SemivarianceTable
from .neighbours import Offsets, PaddedMap

# Cells that are predicted side by side.
LANES = 16
LOG2E = 1.4426950408889634
LN2 = 0.6931471805599453
# Added to a number, it leaves the nearest whole number in the last bits.
TO_WHOLE = 1.5 * 2.0**52


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


@numba.njit(nogil=True, cache=True, fastmath={"contract"})
def _exponential(rate, distance, power, rest, result):
    """Compute exp(-rate distance) as a power of two times a series of what remains, which is at most ln(2) / 2.

    In flat loops, each of which is of one kind of instruction. `power` and `rest` are to work in.
    """
    bits = power.view(np.int64)
    for i in range(distance.size):
        t = max(-rate * distance[i], -700.0)
        whole = t * LOG2E + TO_WHOLE
        power[i] = whole
        rest[i] = t - (whole - TO_WHOLE) * LN2
    for i in range(distance.size):
        bits[i] = (bits[i] + 1023) << 52
    for i in range(distance.size):
        r = rest[i]
        s = r * (1.0 / 479001600.0) + 1.0 / 39916800.0
        s = s * r + 1.0 / 3628800.0
        s = s * r + 1.0 / 362880.0
        s = s * r + 1.0 / 40320.0
        s = s * r + 1.0 / 5040.0
        s = s * r + 1.0 / 720.0
        s = s * r + 1.0 / 120.0
        s = s * r + 1.0 / 24.0
        s = s * r + 1.0 / 6.0
        s = s * r + 0.5
        s = s * r + 1.0
        s = s * r + 1.0
        result[i] = s * power[i]


@numba.njit(nogil=True, cache=True, fastmath={"contract"})
def _eliminate(system, variances, least_pivot, inverse, column, factor, lost):
    """Eliminate the increments of `system`, shape (rows, increments, LANES), of which the first rows are K."""
    rows, m = system.shape[0], system.shape[1]
    for lane in range(LANES):
        lost[lane] = 0.0
    for k in range(m):
        for lane in range(LANES):
            pivot = system[k, k, lane]
            if not pivot > least_pivot * variances[k, lane]:
                lost[lane] = 1.0
                pivot = 1.0
            inverse[k, lane] = 1.0 / pivot
        for j in range(k + 1, m):
            for lane in range(LANES):
                column[j, lane] = system[j, k, lane]
        for i in range(k + 1, rows):
            for lane in range(LANES):
                factor[lane] = system[i, k, lane] * inverse[k, lane]
            for j in range(k + 1, min(i + 1, m)):
                for lane in range(LANES):
                    system[i, j, lane] -= factor[lane] * column[j, lane]


@numba.njit(nogil=True, cache=True, fastmath={"contract"})
def predict_exponentials(
    east,
    north,
    z,
    nugget,
    sills,
    rates,
    metric,
    least_pivot,
    begin,
    end,
    error,
    variance,
    by_error,
    by_variance,
):
    """Predict cells `begin` to `end` as `likelihood.Predictions.errors` does, and with `exponentials.predict`.

    Several cells are eliminated side by side, their number being the last axis, so that each step is one
    instruction of the processor for all of them.

    Parameters
    ----------
    east, north : ndarray, shape (members, cells)
    z : ndarray, shape (fields, members, cells)
    nugget, sills, rates, metric
        Of `exponentials.Exponentials`.
    least_pivot : float
        Share of its variance below which a pivot is lost.
    error : ndarray, shape (fields, cells)
    variance : ndarray, shape (cells,)
        Filled in; the variance is NaN where a pivot was lost.
    by_error, by_variance : ndarray, shape (numbers of the model, cells)
        Derivatives of the first field, filled in where they have any row.
    """
    fields, members = z.shape[0], z.shape[1]
    n = members - 1  # neighbours
    m = n - 1  # increments
    pairs = members * n // 2  # of members i > k, at i (i - 1) / 2 + k
    cell_pairs = n * (n - 1) // 2  # where the pairs with the cell itself begin
    structures = sills.size
    distance = np.empty((pairs, LANES))
    left = np.empty((structures, pairs, LANES))
    gamma = np.empty((pairs, LANES))
    power = np.empty(pairs * LANES)
    rest = np.empty(pairs * LANES)
    system = np.empty((m + 1 + fields, m, LANES))
    variances = np.empty((m, LANES))
    inverse = np.empty((m, LANES))
    column = np.empty((m, LANES))
    factor = np.empty(LANES)
    lost = np.empty(LANES)
    x = np.empty((members, LANES))
    y = np.empty((members, LANES))
    weights = np.empty((members, LANES))
    pull = np.empty((members, LANES))
    sums = np.empty((2, by_error.shape[0], LANES))
    for first in range(begin, end, LANES):
        for i in range(members):
            for lane in range(LANES):
                cell = min(first + lane, end - 1)
                x[i, lane] = east[i, cell]
                y[i, lane] = north[i, cell]
        pair = 0
        for i in range(1, members):
            for k in range(i):
                for lane in range(LANES):
                    a, b = x[i, lane] - x[k, lane], y[i, lane] - y[k, lane]
                    distance[pair, lane] = np.sqrt(metric[0] * a * a + 2.0 * metric[1] * a * b + metric[2] * b * b)
                    gamma[pair, lane] = nugget
                pair += 1
        for structure in range(structures):
            _exponential(rates[structure], distance.ravel(), power, rest, left[structure].ravel())
            sill = sills[structure]
            for pair in range(pairs):
                for lane in range(LANES):
                    gamma[pair, lane] += sill * (1.0 - left[structure, pair, lane])

        # Increments from neighbour 0, as in `kriging`.
        for i in range(m):
            of_i = (i + 1) * i // 2
            for k in range(i):
                of_k = (k + 1) * k // 2
                for lane in range(LANES):
                    system[i, k, lane] = gamma[of_i, lane] + gamma[of_k, lane] - gamma[of_i + k + 1, lane]
            for lane in range(LANES):
                variances[i, lane] = system[i, i, lane] = 2.0 * gamma[of_i, lane]
        for k in range(m):
            of_k = (k + 1) * k // 2
            for lane in range(LANES):
                system[m, k, lane] = gamma[of_k, lane] + gamma[cell_pairs, lane] - gamma[cell_pairs + k + 1, lane]
            for field in range(fields):
                for lane in range(LANES):
                    cell = min(first + lane, end - 1)
                    system[m + 1 + field, k, lane] = z[field, k + 1, cell] - z[field, 0, cell]
        _eliminate(system, variances, least_pivot, inverse, column, factor, lost)

        for lane in range(min(LANES, end - first)):
            cell = first + lane
            if lost[lane] > 0.0:
                variance[cell] = np.nan
                continue
            c_c = 0.0
            for k in range(m):
                c_c += system[m, k, lane] * system[m, k, lane] * inverse[k, lane]
            variance[cell] = 2.0 * gamma[cell_pairs, lane] - c_c
            for field in range(fields):
                c_z = 0.0
                for k in range(m):
                    c_z += system[m, k, lane] * system[m + 1 + field, k, lane] * inverse[k, lane]
                error[field, cell] = z[field, n, cell] - z[field, 0, cell] - c_z
        if by_error.shape[0]:
            _substitute_back(system, inverse, weights, pull)
            _derive(x, y, distance, left, sills, rates, weights, pull, sums)
            for number in range(by_error.shape[0]):
                for lane in range(min(LANES, end - first)):
                    by_error[number, first + lane] = sums[0, number, lane]
                    by_variance[number, first + lane] = sums[1, number, lane]


@numba.njit(nogil=True, cache=True, fastmath={"contract"})
def _substitute_back(system, inverse, weights, pull):
    """Give the weights of all members, and what the increments of the first field are in terms of K."""
    m = system.shape[1]
    for lane in range(LANES):
        weights[0, lane], weights[m + 1, lane] = 1.0, -1.0
        pull[0, lane] = pull[m + 1, lane] = 0.0
    for k in range(m):
        for lane in range(LANES):
            weights[k + 1, lane] = system[m, k, lane]
            pull[k + 1, lane] = system[m + 1, k, lane]
    for k in range(m - 1, -1, -1):
        for lane in range(LANES):
            weights[k + 1, lane] *= inverse[k, lane]
            pull[k + 1, lane] *= inverse[k, lane]
            weights[0, lane] -= weights[k + 1, lane]
            pull[0, lane] -= pull[k + 1, lane]
        for j in range(k):
            for lane in range(LANES):
                weights[j + 1, lane] -= system[k, j, lane] * weights[k + 1, lane]
                pull[j + 1, lane] -= system[k, j, lane] * pull[k + 1, lane]


@numba.njit(nogil=True, cache=True, fastmath={"contract"})
def _derive(x, y, distance, left, sills, rates, weights, pull, sums):
    """Sum the derivatives of errors, `sums[0]`, and of variances over all pairs of members."""
    structures = sills.size
    of_error = np.empty(LANES)
    of_variance = np.empty(LANES)
    slope = np.empty(LANES)
    for number in range(sums.shape[1]):
        for lane in range(LANES):
            sums[0, number, lane] = sums[1, number, lane] = 0.0
    of_metric = 1 + 2 * structures
    pair = 0
    for i in range(1, x.shape[0]):
        for k in range(i):
            for lane in range(LANES):
                of_error[lane] = -(pull[i, lane] * weights[k, lane] + pull[k, lane] * weights[i, lane])
                of_variance[lane] = -2.0 * weights[i, lane] * weights[k, lane]
                sums[0, 0, lane] += of_error[lane]
                sums[1, 0, lane] += of_variance[lane]
                slope[lane] = 0.0
            for structure in range(structures):
                sill, rate = sills[structure], rates[structure]
                of_sill, of_rate = 1 + structure, 1 + structures + structure
                for lane in range(LANES):
                    share = left[structure, pair, lane]
                    sums[0, of_sill, lane] += of_error[lane] * (1.0 - share)
                    sums[1, of_sill, lane] += of_variance[lane] * (1.0 - share)
                    share *= sill
                    slope[lane] += rate * share
                    share *= distance[pair, lane]
                    sums[0, of_rate, lane] += of_error[lane] * share
                    sums[1, of_rate, lane] += of_variance[lane] * share
            for lane in range(LANES):
                a, b = x[i, lane] - x[k, lane], y[i, lane] - y[k, lane]
                half = 0.5 * slope[lane] / distance[pair, lane]
                by_error, by_variance = of_error[lane] * half, of_variance[lane] * half
                sums[0, of_metric, lane] += by_error * a * a
                sums[1, of_metric, lane] += by_variance * a * a
                sums[0, of_metric + 1, lane] += by_error * 2.0 * a * b
                sums[1, of_metric + 1, lane] += by_variance * 2.0 * a * b
                sums[0, of_metric + 2, lane] += by_error * b * b
                sums[1, of_metric + 2, lane] += by_variance * b * b
            pair += 1
