"""Ordinary kriging of a gappy scene from a local neighbourhood, many cells at a time.

One interface, `krige`, and two implementations with equal numbers: NumPy (here), and Numba
(`kriging_numba`), which is used where it can be imported.

The system of one cell has the covariances K among its n neighbours, those c to the cell, the
neighbours' values z and the variance C0. With the products a'inv(K)b written <a, b>:

    mean     = <1, z> / <1, 1>
    estimate = <c, z> + (1 - <c, 1>) mean
    variance = C0 - <c, c> + (1 - <c, 1>)^2 / <1, 1>

which is ordinary kriging with its Lagrange multiplier eliminated (Chiles and Delfiner 2012,
section 3.4). All five products fall out of one elimination of the rows c, 1 and z by K, without
weights and without back substitution.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Callable

import numpy as np

from ..dependencies import compiled, require
from ..errors import InputError
from .neighbours import (
    CANDIDATES,
    DEFAULT_REACH,
    Offsets,
    PaddedMap,
    check_search,
    find_neighbours,
    lower_bounds,
)
from .variogram import Variogram

BACKENDS = ("numpy", "numba")
PIVOT = 1e-10  # a neighbour whose pivot is smaller, as a share of the variance, adds nothing
CACHE = 2 << 20  # bytes of the systems that are eliminated together: what stays in the processor
WIDTH_TOLERANCE = 0.01  # rows whose cell widths differ by less share one list of offsets


def krige(
    values: np.ndarray,
    variogram: Variogram,
    cell_width: float | np.ndarray,
    cell_height: float,
    neighbours: int = 32,
    search: str = "octant",
    targets: np.ndarray | None = None,
    radius: float | None = None,
    backend: str | None = None,
    threads: int | None = None,
    memory: int = 256 << 20,
    stop: Callable[[], None] | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Estimate cells of a scene by ordinary kriging from the known cells around each.

    Parameters
    ----------
    values : ndarray, shape (rows, columns)
        Scene, or its residuals from a trend, with NaN in the gaps.
    variogram : Variogram
        In metres and in the square of the unit of `values`.
    cell_width : float or ndarray of shape (rows,)
        Width of a cell in metres. On a geographic grid it shrinks with the cosine of the latitude:
        give one for each row; a cell is then estimated with the width of its own row (rows that
        differ by less than 1 % share their mean).
    cell_height : float
        Height of a cell in metres.
    neighbours : int
        Known cells used for each estimate; by octant a multiple of 8, of which an eighth in each sector.
    search : str
        ``octant`` or ``nearest``, see `neighbours`.
    targets : ndarray of bool, shape (rows, columns), optional
        Cells to estimate; the gaps by default. A known cell among them is estimated from the
        others (leave-one-out).
    radius : float, optional
        Longest distance of a neighbour in metres; 250 cells by default.
    backend : str, optional
        ``numpy`` or ``numba``; by default Numba where it is installed.
    threads : int, optional
        By default one for each processor.
    memory : int
        Bytes that the work of all threads may take beside the scene, its padded copy and the result.
    stop : callable, optional
        Called, from any thread, before each chunk of at most 8192 cells, fewer with more than 32
        neighbours. What it raises ends the work: this is how a run is cancelled.

    Returns
    -------
    estimate, std : ndarray, shape (n,)
        Estimates and kriging standard deviations of the n targets in the order of
        ``np.nonzero(targets)``. NaN where no known cell lies within the radius. The standard
        deviation is that of a new *measurement*: it includes the nugget, as in PyKrige. Negative
        variances, which rounding can give, are 0. A neighbour that repeats the others to 10 digits
        (a smooth variogram without nugget) is left out of the system. A variogram without any
        variance gives the mean of the neighbours with standard deviation 0.

    Raises
    ------
    InputError
        If a parameter cannot be used.
    """
    values = np.asarray(values, dtype=float)
    known = np.isfinite(values)
    targets = ~known if targets is None else targets
    per_sector = check_search(search, neighbours)
    if np.ndim(cell_width) and np.shape(cell_width) != values.shape[:1]:
        raise InputError(f"{np.size(cell_width)} cell widths do not fit {len(values)} rows: give one for each row.")
    widths = np.broadcast_to(np.asarray(cell_width, dtype=float), values.shape[:1])
    if not (np.all(widths > 0) and cell_height > 0):
        raise InputError(
            f"A cell of {widths.min():g} x {cell_height:g} m cannot be kriged: give sizes above 0 in metres."
        )
    if radius is None:
        radius = DEFAULT_REACH * max(cell_height, widths.max())
    if not radius > 0:
        raise InputError(f"The search radius is {radius} m: give a positive distance.")
    kernel = _kernel(backend)
    threads = threads or os.cpu_count() or 1

    row, column = np.nonzero(targets)
    estimate = np.full(row.size, np.nan)
    std = np.full(row.size, np.nan)
    if not row.size or not known.any():
        return estimate, std
    if variogram.total_sill == 0:
        estimate, _ = krige(
            values, replace(variogram, nugget=1.0), widths, cell_height, neighbours, search, targets, radius, backend
        )
        return estimate, np.where(np.isfinite(estimate), 0.0, np.nan)

    reach = tuple(
        min(int(radius / size), length - 1) for size, length in zip((cell_height, widths.min()), values.shape)
    )
    scene = PaddedMap.of(values, reach)
    bounds = [bound[row, column] for bound in lower_bounds(known, search, widths.min(), cell_height)]

    # A thread holds the candidates it looks at, one block of systems, and 64 bytes for each neighbour of its chunk.
    for_chunks = memory / threads - 32 * CANDIDATES - 2 * CACHE
    # Work grows with the square of the neighbours and more: a cancelled run ends within a second all the same.
    longest = int(np.clip(8192 * (32 / (per_sector * len(bounds))) ** 2, 256, 8192))
    chunk = int(np.clip(for_chunks / (64 * per_sector * len(bounds)), 256, longest))
    with ThreadPoolExecutor(threads) as pool:
        for first, last, width in _bands(widths):
            inside = slice(*np.searchsorted(row, [first, last]))
            offsets = Offsets.within(radius, width, cell_height, reach, scene.columns, search)
            table = CovarianceTable.of(variogram, offsets, values.shape, width, cell_height)

            def estimate_chunk(part, offsets=offsets, table=table):
                if stop:
                    stop()
                start = np.stack([offsets.first_beyond(s, bound[part]) for s, bound in enumerate(bounds)])
                position = scene.position(row[part], column[part])
                estimate[part], variance = kernel(scene, offsets, table, position, start, per_sector)
                estimate[part] += scene.level
                std[part] = np.sqrt(np.maximum(variance, 0.0))

            parts = [slice(begin, min(begin + chunk, inside.stop)) for begin in range(inside.start, inside.stop, chunk)]
            list(pool.map(estimate_chunk, parts))
    return estimate, std


@dataclass(frozen=True)
class CovarianceTable:
    """Covariances for every difference between two offsets, looked up by the difference of codes.

    Attributes
    ----------
    values : ndarray, flat
        Covariance (ceiling minus semivariance).
    center : int
        Place of difference (0, 0), which holds the ceiling itself.
    code : ndarray of int, shape (entries,)
        Of each entry of the `Offsets`: the difference of two codes, plus `center`, is the place of
        the covariance between the two cells.
    ceiling : float
        Variance of one cell; for unbounded models the semivariance at the longest difference.
    """

    values: np.ndarray
    center: int
    code: np.ndarray
    ceiling: float

    @classmethod
    def of(
        cls, variogram: Variogram, offsets: Offsets, shape: tuple[int, int], cell_width: float, cell_height: float
    ) -> CovarianceTable:
        """Tabulate a variogram for neighbours at `offsets` in a scene of the given shape."""
        rows, columns = (
            min(2 * int(abs(steps).max()), length - 1) for steps, length in zip((offsets.row, offsets.column), shape)
        )
        south, east = np.mgrid[0 : rows + 1, -columns : columns + 1]
        distance = variogram.equivalent_distance(east * cell_width, -south * cell_height)
        ceiling = variogram.ceiling(distance.max())
        # A covariance is the same for a difference and its opposite: the other half is this one turned.
        half = ceiling - variogram.semivariance(distance)
        table = np.vstack([half[:0:-1, ::-1], half])
        return cls(
            values=table.ravel(),
            center=rows * table.shape[1] + columns,
            code=offsets.row * table.shape[1] + offsets.column,
            ceiling=ceiling,
        )


def _bands(widths: np.ndarray):
    """Give runs of rows of practically equal cell width: first row, last row + 1, mean width (m)."""
    first = 0
    for row in range(1, widths.size + 1):
        if row == widths.size or abs(widths[row] / widths[first] - 1) > WIDTH_TOLERANCE:
            yield first, row, float(widths[first:row].mean())
            first = row


def _kernel(backend: str | None):
    """Give the function that estimates one chunk of cells."""
    if backend not in (None, *BACKENDS):
        raise InputError(f"The kriging backend '{backend}' is unknown: choose one of {', '.join(BACKENDS)}.")
    if backend == "numpy":
        return krige_cells
    if backend == "numba":
        require("numba", "kriging with the backend 'numba'")
        from . import kriging_numba as kernels
    else:
        kernels = compiled("lst.kriging_numba")
    return kernels.krige_cells if kernels else krige_cells


def krige_cells(
    scene: PaddedMap,
    offsets: Offsets,
    table: CovarianceTable,
    position: np.ndarray,
    start: np.ndarray,
    per_sector: int,
) -> tuple[np.ndarray, np.ndarray]:
    """Estimate some cells of a scene: neighbours, covariances, elimination.

    Parameters
    ----------
    scene, offsets, table
        Known values, where to look for them, and their covariances.
    position : ndarray of int, shape (cells,)
        Of the cells in the padded scene.
    start : ndarray of int, shape (sectors, cells)
        Where on each sector's list of offsets to begin.
    per_sector : int
        Neighbours wanted in each sector.

    Returns
    -------
    estimate, variance : ndarray, shape (cells,)
        Estimates less `scene.level`; NaN where no neighbour was found.
    """
    entries = find_neighbours(scene.known, offsets, position, start, per_sector)
    n, cells = entries.shape
    estimate, variance = np.empty(cells), np.empty(cells)
    block = int(np.clip(CACHE // (8 * (n + 3) * n), 16, 1024))
    for first in range(0, cells, block):
        part = slice(first, first + block)
        entry = entries[:, part]
        code = table.code[entry]
        found = np.isfinite(offsets.distance[entry])
        system = np.empty((n + 3, n, code.shape[1]))
        for i in range(n):
            np.take(table.values, code[i] - code[: i + 1] + table.center, out=system[i, : i + 1], mode="clip")
        np.take(table.values, code + table.center, out=system[n], mode="clip")
        system[n + 1] = 1.0
        np.take(scene.values, position[part] + offsets.step[entry], out=system[n + 2], mode="clip")
        if not found.all():
            # An absent neighbour is a row and a column of zeros, which the elimination passes over.
            for i in range(n):
                system[i, : i + 1] *= found[: i + 1] & found[i]
            system[n:] *= found
        (estimate[part],), variance[part] = solve_ordinary_kriging(system, table.ceiling)
    return estimate, variance


def solve_ordinary_kriging(system: np.ndarray, ceiling: float) -> tuple[np.ndarray, np.ndarray]:
    """Solve many ordinary kriging systems of equal size at once, in place.

    The cells are the last axis, so that every step of the elimination runs along contiguous memory.

    Parameters
    ----------
    system : ndarray, shape (n + 2 + variables, n, cells)
        Rows 0..n-1: covariances among the n neighbours (only the lower triangle is read); row n:
        covariances to the cell; row n + 1: ones; then the values of one or several variables. Rows
        and columns of zeros stand for absent neighbours. Overwritten.
    ceiling : float
        Variance of one cell.

    Returns
    -------
    estimate : ndarray, shape (variables, cells)
    variance : ndarray, shape (cells,)
        NaN where all neighbours are absent.
    """
    n = system.shape[1]
    inverse = np.zeros((n, system.shape[2]))  # of the pivots
    for k in range(n):
        if k:
            scaled = system[k, :k] * inverse[:k]
            system[k:, k] -= np.einsum("ijb,jb->ib", system[k:, :k], scaled)
        pivot = system[k, k]
        np.divide(1.0, pivot, out=inverse[k], where=np.abs(pivot) > PIVOT * ceiling)
    c, one, z = system[n], system[n + 1], system[n + 2 :]
    one_scaled = one * inverse
    weight_of_mean = np.einsum("kb,kb->b", one, one_scaled)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.einsum("vkb,kb->vb", z, one_scaled) / weight_of_mean
        lack = 1.0 - np.einsum("kb,kb->b", c, one_scaled)
        c_scaled = c * inverse
        estimate = np.einsum("vkb,kb->vb", z, c_scaled) + lack * mean
        variance = ceiling - np.einsum("kb,kb->b", c, c_scaled) + lack**2 / weight_of_mean
    return estimate, variance
