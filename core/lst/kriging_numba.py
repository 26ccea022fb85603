"""Kriging compiled by Numba: `kriging.krige_cells`, a few cells at a time, and predictions.

Importing this module needs Numba; `kriging` and `likelihood` do so only where it is installed.
"""

from __future__ import annotations

import numpy as np

from ..kernels import kernel
from .neighbours import Offsets, PaddedMap
from .systems import FIRST_NUGGET, PIVOT, SemivarianceTable

# Cells that are processed together, in the lanes of vector instructions.
LANES = 32
LOG2E = 1.4426950408889634
LN2 = 0.6931471805599453
# Adding it to a number leaves the nearest whole number in the last bits.
TO_WHOLE = 1.5 * 2.0**52


def find_neighbours(
    scene: PaddedMap, offsets: Offsets, position: np.ndarray, start: np.ndarray, per_sector: int
) -> np.ndarray:
    """Find the neighbours of some cells; result as of `neighbours.find_neighbours`."""
    # Contiguous per cell, in the order in which they are found.
    entries = np.empty((position.size, start.shape[0] * per_sector), dtype=np.int32)
    _find(scene.known.view(np.uint8), offsets.step, offsets.end, position, start, per_sector, entries)
    return entries.T


@kernel()
def _find(known, step, end, position, start, per_sector, entries):
    for cell in range(position.size):
        n = 0
        origin = position[cell]
        for sector in range(start.shape[0]):
            missing = per_sector
            for entry in range(start[sector, cell], end[sector]):
                # Unsigned, to avoid the check for negative indices.
                if known[np.uint64(origin + step[entry])]:
                    entries[cell, n] = entry
                    n += 1
                    missing -= 1
                    if missing == 0:
                        break
        entries[cell, n:] = step.size - 1


def krige_cells(
    table: SemivarianceTable, entries: np.ndarray, z: np.ndarray, found: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Estimate some cells of a scene; parameters and result as of `kriging.krige_cells`."""
    cells = entries.shape[1]
    estimate, variance, nugget = np.empty(cells), np.empty(cells), np.empty(cells)
    # Constants are passed as arguments, since cached code would not notice a change of those in another file.
    count = found.sum(axis=0)
    _krige_cells(
        table.values,
        table.center,
        table.code,
        np.ascontiguousarray(entries.T),
        count,
        np.ascontiguousarray(z.T),
        PIVOT,
        FIRST_NUGGET,
        estimate,
        variance,
        nugget,
    )
    return estimate, variance, nugget


@kernel(fastmath={"contract"})
def _krige_cells(semivariance, center, code, entries, count, z, min_pivot, first_nugget, estimate, variance, nuggets):
    """Krige LANES cells at a time; neighbours that one of them lacks are increments without variance."""
    cells, most = entries.shape
    near = np.empty((most, LANES), dtype=np.int32)  # codes of the neighbours
    there = np.empty((most, LANES))  # 1 where there is a neighbour, else 0
    to_first = np.empty((most, LANES))  # semivariances between the neighbours and the first of them
    to_cell = np.empty((most, LANES))
    space = np.empty((most + 1) * most * LANES)
    variances = np.empty((most, LANES))
    inverse = np.empty((most, LANES))
    column = np.empty((4, most, LANES))
    factor = np.empty((6, LANES))
    lost = np.empty(LANES)
    nugget = np.empty(LANES)
    scale = np.empty(LANES)
    for first in range(0, cells, LANES):
        n = 1
        for lane in range(LANES):
            cell = min(first + lane, cells - 1)
            n = max(n, count[cell])
            nugget[lane] = 0.0
        for k in range(n):
            for lane in range(LANES):
                cell = min(first + lane, cells - 1)
                near[k, lane] = code[entries[cell, k]] if k < count[cell] else 0
                there[k, lane] = 1.0 if k < count[cell] else 0.0
        for lane in range(LANES):
            scale[lane] = 0.0
        for k in range(n):
            for lane in range(LANES):
                to_first[k, lane] = semivariance[near[k, lane] - near[0, lane] + center] * there[k, lane]
                to_cell[k, lane] = semivariance[near[k, lane] + center]
                scale[lane] = max(scale[lane], 2.0 * to_first[k, lane])
        m = n - 1  # increments
        system = space[: (m + 2) * m * LANES].reshape(m + 2, m, LANES)
        share = first_nugget
        while True:
            for i in range(m):
                for k in range(i):
                    for lane in range(LANES):
                        between = semivariance[near[i + 1, lane] - near[k + 1, lane] + center]
                        covariance = to_first[k + 1, lane] + (to_first[i + 1, lane] + nugget[lane]) - between
                        system[i, k, lane] = covariance * there[i + 1, lane]
                for lane in range(LANES):
                    system[i, i, lane] = 2.0 * (to_first[i + 1, lane] + nugget[lane]) * there[i + 1, lane]
                    variances[i, lane] = system[i, i, lane]
            for k in range(m):
                for lane in range(LANES):
                    cell = min(first + lane, cells - 1)
                    to_first_and_cell = to_first[k + 1, lane] + (to_cell[0, lane] + nugget[lane])
                    system[m, k, lane] = (to_first_and_cell - to_cell[k + 1, lane]) * there[k + 1, lane]
                    system[m + 1, k, lane] = (z[cell, k + 1] - z[cell, 0]) * there[k + 1, lane]
            _eliminate(system, variances, there[1:n], min_pivot, inverse, column, factor, lost)
            is_lost = False
            for lane in range(LANES):
                if lost[lane] > 0.0:
                    is_lost = True
                    nugget[lane] = share * scale[lane]
            if not is_lost:
                break
            share *= 10.0

        for lane in range(min(LANES, cells - first)):
            cell = first + lane
            if count[cell] == 0:
                estimate[cell] = variance[cell] = np.nan
                nuggets[cell] = 0.0
                continue
            c_c = c_z = 0.0
            for k in range(m):
                c = system[m, k, lane] * inverse[k, lane]
                c_c += c * system[m, k, lane]
                c_z += c * system[m + 1, k, lane]
            estimate[cell] = z[cell, 0] + c_z
            variance[cell] = max(2.0 * (to_cell[0, lane] + nugget[lane]) - c_c, nugget[lane])
            nuggets[cell] = nugget[lane]


@kernel(fastmath={"contract"})
def _exponential(rate, distance, power, rest, result):
    """Compute exp(-rate distance) as a power of two times a series of the remainder, which is at most ln(2) / 2.

    The loops are simple enough to be vectorised. `power` and `rest` are work arrays.
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


@kernel(fastmath={"contract"})
def _eliminate(system, variances, there, min_pivot, inverse, column, factor, lost):
    """Eliminate the increments of `system`, shape (rows, increments, LANES), whose first rows are K.

    An increment is skipped where it is not `there`; a lane is `lost` where its pivot is too small a share of
    its variance. Four increments are eliminated at a time, since loading the system limits the speed. `column`,
    shape (4, increments, LANES), and `factor`, shape (6, LANES), are work arrays.
    """
    # Loops over a number of lanes that is not known beforehand are vectorised; others are unrolled into single steps.
    rows, m, lanes = system.shape
    for lane in range(lanes):
        lost[lane] = 0.0
    for first in range(0, m, 4):
        last = min(first + 4, m)
        # The triangle of the four increments.
        for k in range(first, last):
            for lane in range(lanes):
                pivot = system[k, k, lane]
                is_lost = not pivot > min_pivot * variances[k, lane]
                lost[lane] = max(lost[lane], there[k, lane] if is_lost else 0.0)
                inverse[k, lane] = 0.0 if is_lost else 1.0 / pivot
            for i in range(k + 1, last):
                for j in range(k + 1, i + 1):
                    for lane in range(lanes):
                        system[i, j, lane] -= system[i, k, lane] * inverse[k, lane] * system[j, k, lane]
        if last - first < 4:
            for k in range(first, last):
                for i in range(last, rows):
                    for j in range(k + 1, last):
                        for lane in range(lanes):
                            system[i, j, lane] -= system[i, k, lane] * inverse[k, lane] * system[j, k, lane]
            break
        # Their columns below the triangle.
        for lane in range(lanes):
            a, b, c = inverse[first, lane], inverse[first + 1, lane], inverse[first + 2, lane]
            factor[0, lane] = system[first + 1, first, lane] * a
            factor[1, lane] = system[first + 2, first, lane] * a
            factor[2, lane] = system[first + 3, first, lane] * a
            factor[3, lane] = system[first + 2, first + 1, lane] * b
            factor[4, lane] = system[first + 3, first + 1, lane] * b
            factor[5, lane] = system[first + 3, first + 2, lane] * c
        for i in range(last, rows):
            for lane in range(lanes):
                a = system[i, first, lane]
                b = system[i, first + 1, lane] - factor[0, lane] * a
                c = system[i, first + 2, lane] - factor[1, lane] * a - factor[3, lane] * b
                d = system[i, first + 3, lane] - factor[2, lane] * a - factor[4, lane] * b - factor[5, lane] * c
                system[i, first + 1, lane] = b
                system[i, first + 2, lane] = c
                system[i, first + 3, lane] = d
            for q in range(4 if i < m else 0):
                for lane in range(lanes):
                    column[q, i, lane] = system[i, first + q, lane]
        # Their contribution to the remaining rows.
        for i in range(last, rows):
            for q in range(4):
                for lane in range(lanes):
                    factor[q, lane] = system[i, first + q, lane] * inverse[first + q, lane]
            for j in range(last, min(i + 1, m)):
                for lane in range(lanes):
                    system[i, j, lane] -= (
                        factor[0, lane] * column[0, j, lane]
                        + factor[1, lane] * column[1, j, lane]
                        + factor[2, lane] * column[2, j, lane]
                        + factor[3, lane] * column[3, j, lane]
                    )


@kernel(fastmath={"contract"})
def predict_exponentials(
    east,
    north,
    z,
    nugget,
    sills,
    rates,
    metric,
    min_pivot,
    begin,
    end,
    error,
    variance,
    by_error,
    by_variance,
):
    """Predict cells `begin` to `end` as `likelihood.Predictions.errors` does, and with `exponentials.predict`.

    Several cells are eliminated together, along the last axis, so that each step is one vector instruction for
    all of them.

    Parameters
    ----------
    east, north : ndarray, shape (members, cells)
    z : ndarray, shape (fields, members, cells)
    nugget, sills, rates, metric
        Of `exponentials.Exponentials`.
    min_pivot : float
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
    ones = np.ones((m, LANES))
    inverse = np.empty((m, LANES))
    column = np.empty((4, m, LANES))
    factor = np.empty((6, LANES))
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
        _eliminate(system, variances, ones, min_pivot, inverse, column, factor, lost)

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


@kernel(fastmath={"contract"})
def _substitute_back(system, inverse, weights, pull):
    """Return the weights of all members, and the increments of the first field in terms of K."""
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


@kernel(fastmath={"contract"})
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
