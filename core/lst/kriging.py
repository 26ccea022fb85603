"""Ordinary kriging of a gappy scene from a local neighbourhood, many cells at a time.

One interface, `krige`, and two implementations with equal numbers: NumPy (here), and Numba
(`kriging_numba`), which is used where it can be imported.

Everything is expressed by increments from the first neighbour, 0. With the semivariance g, the covariance of
two increments is g(i,0) + g(j,0) - g(i,j), for bounded and for unbounded models, and an estimate
``z(0) + sum of w(i) (z(i) - z(0))`` is unbiased under any weights: the best ones are those of *simple*
kriging, without a Lagrange multiplier. With the covariances K among the increments of the neighbours,
their covariances c with the increment of the cell, and the products a'inv(K)b written <a, b>:

    estimate = z(0) + <c, z - z(0)>
    variance = 2 g(cell,0) - <c, c>

which is ordinary kriging (Chiles and Delfiner 2012, sections 3.4 and 4.6). Both products result from one
elimination of the rows c and z - z(0) by K, without back substitution. No digits are lost to a sill that
is far above the semivariances in the system, or to the ceiling of a model without a sill.

With a smooth variogram without a nugget, neighbours are redundant beyond double precision, and some
models are not valid on a plane (hole-effect). Where a pivot, which is the variance of an
increment given those before it, falls below a share `PIVOT` of the increment's variance, or below 0, the
cell is solved again with the smallest nugget that suffices, `FIRST_NUGGET` of the largest variance in the
system, or ten, a hundred ... times as much. That nugget is included in the standard deviation and reported.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Callable, Iterator, cast

import numpy as np

from ..dependencies import compiled, require
from ..errors import InputError
from ..language import tr
from .neighbours import (
    CANDIDATES,
    DEFAULT_REACH,
    Offsets,
    PaddedMap,
    check_search,
    cost_of_search,
    find_neighbours,
    lower_bounds,
    sectors_to_edge,
)
from .systems import FIRST_NUGGET, PIVOT, SemivarianceTable
from .variogram import Variogram

BACKENDS = ("numpy", "numba")
CACHE = 2 << 20  # bytes of the systems that are eliminated together, which stay in the processor's cache
SEARCHED = 64  # cells that can be searched in the time that bounding one takes
BATCH = 1 << 21  # neighbours that are found before the cells are solved
NEAR = 24  # cells within which most targets have all their neighbours
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
    """Estimate cells of a scene by ordinary kriging: the first two results of `krige_with_nuggets`."""
    return krige_with_nuggets(
        values,
        variogram,
        cell_width,
        cell_height,
        neighbours,
        search,
        targets,
        radius,
        backend,
        threads,
        memory,
        stop,
    )[:2]


def krige_with_nuggets(
    values: np.ndarray | Callable[[np.ndarray], np.ndarray],
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
    known: np.ndarray | None = None,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Estimate cells of a scene by ordinary kriging from the known cells around each.

    Parameters
    ----------
    values : ndarray, shape (rows, columns), or callable
        Scene, or its residuals from a trend, with NaN in the gaps. Or, for few targets, a function that returns them
        at known cells, given as positions in the flattened scene, in an array of any shape.
    variogram : Variogram
        In metres and in the square of the unit of `values`.
    cell_width : float or ndarray of shape (rows,)
        Width of a cell in metres. On a geographic grid it decreases with the cosine of the latitude:
        pass one for each row; a cell is then estimated with the width of its own row (rows that
        differ by less than 1 % share their mean).
    cell_height : float
        Height of a cell in metres.
    neighbours : int
        Known cells used for each estimate; for ``octant`` a multiple of 8, an eighth of them in each sector.
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
        Bytes that all threads may use beside the scene, its padded copy and the result: they limit the
        number of threads, and never change a result.
    stop : callable, optional
        Called, from any thread, before each chunk of at most 4096 cells, fewer with more than 32
        neighbours. An exception that it raises ends the work: this is how a run is cancelled.
    known : ndarray of bool, shape (rows, columns), optional
        Known cells, where `values` is a function.

    Returns
    -------
    estimate, std : ndarray, shape (n,)
        Estimates and kriging standard deviations of the n targets in the order of
        ``np.nonzero(targets)``. NaN where no known cell lies within the radius. The standard
        deviation is that of a new *measurement*: it includes the nugget, as in PyKrige. A variogram
        without any variance yields the mean of the neighbours with standard deviation 0.
    nugget : ndarray, shape (n,)
        Added to the variogram's own nugget for each target, because the system could not be solved in
        double precision without it, or the model is not valid for these neighbours; almost always 0.
        It is included in the standard deviation.

    Raises
    ------
    InputError
        If a parameter cannot be used.
    """
    if known is None:
        cells = np.asarray(values, dtype=float)
        known = np.isfinite(cells)
        at: Callable[[np.ndarray], np.ndarray] = cells.ravel().take
    else:
        at = cast("Callable[[np.ndarray], np.ndarray]", values)
    per_sector = check_search(search, neighbours)
    widths = _checked_widths(cell_width, cell_height, len(known))
    if radius is None:
        radius = DEFAULT_REACH * max(cell_height, widths.max())
    if not radius > 0:
        raise InputError(tr("The search radius is {radius} m: give a positive distance.", radius=radius))
    find, solve = _kernels(backend)

    row, column = np.nonzero(~known if targets is None else targets)
    estimate, std, nugget = np.full(row.size, np.nan), np.full(row.size, np.nan), np.zeros(row.size)
    if not row.size or not known.any():
        return estimate, std, nugget
    has_variance = variogram.total_sill > 0
    reach = tuple(min(int(radius / size), length - 1) for size, length in zip((cell_height, widths.min()), known.shape))
    work = _Kriging(
        PaddedMap.of(known, reach),
        known.shape,
        at,
        variogram if has_variance else replace(variogram, nugget=1.0),
        cell_height,
        search,
        radius,
        reach,
        per_sector,
        row,
        column,
        _bounds(known, search, float(widths.min()), cell_height, row, column),
        find,
        solve,
        stop,
        (estimate, std, nugget),
    )
    with ThreadPoolExecutor(_threads(threads or os.cpu_count() or 1, memory, work.most, work.chunk)) as pool:
        for first, last, width in _bands(widths):
            begin, end = np.searchsorted(row, [first, last])
            if begin < end:
                work.krige_rows(np.arange(begin, end), width, pool)
    if not has_variance:
        return estimate, np.where(np.isfinite(estimate), 0.0, np.nan), np.zeros(row.size)
    return estimate, std, nugget


@dataclass(frozen=True)
class _Kriging:
    """What the chunks of the targets of a scene share.

    Attributes
    ----------
    scene : PaddedMap
        The known cells.
    shape : tuple of int
        Rows and columns of the scene.
    at : callable
        Returns the values of known cells by their positions in the flattened scene.
    variogram, cell_height, search, radius
        See `krige_with_nuggets`.
    reach : tuple of int
        Rows and columns of the longest search.
    per_sector : int
        Neighbours wanted in each sector.
    row, column : ndarray of int, shape (n,)
        The targets, in the order of the scene.
    bounds : list of ndarray, shape (n,)
        For each sector, a distance (m) within which no target has a known cell.
    find, solve : callable
        The kernels.
    stop : callable, optional
        See `krige_with_nuggets`.
    results : tuple of ndarray, shape (n,)
        Estimates, standard deviations and nuggets, which are written.
    """

    scene: PaddedMap
    shape: tuple[int, ...]
    at: Callable[[np.ndarray], np.ndarray]
    variogram: Variogram
    cell_height: float
    search: str
    radius: float
    reach: tuple[int, ...]
    per_sector: int
    row: np.ndarray
    column: np.ndarray
    bounds: list[np.ndarray]
    find: Callable
    solve: Callable
    stop: Callable[[], None] | None
    results: tuple[np.ndarray, np.ndarray, np.ndarray]

    @property
    def most(self) -> int:
        """Largest number of neighbours of a target."""
        return self.per_sector * len(self.bounds)

    @property
    def chunk(self) -> int:
        """Number of targets that are searched or solved at a time.

        Work grows at least with the square of the neighbours, and a cancelled run has to end within a second. The
        chunks do not depend on the memory: the last digit of a sum may depend on how many cells are summed at a time.
        """
        return int(np.clip(4096 * (32 / self.most) ** 2, 256, 4096))

    def krige_rows(self, targets: np.ndarray, width: float, pool: ThreadPoolExecutor) -> None:
        """Estimate some of the targets, in rows whose cells have practically the same width (m).

        Most have all their neighbours near them, and a list of the offsets nearby is quickly made. The same neighbours
        are found in the list of all offsets, which the others need.
        """
        near = NEAR * max(self.cell_height, width)
        if near < min(self.radius, float(np.hypot(self.reach[0] * self.cell_height, self.reach[1] * width))):
            targets = self._krige(targets, width, near, pool)
        self._krige(targets, width, self.radius, pool)

    def _krige(self, targets: np.ndarray, width: float, radius: float, pool: ThreadPoolExecutor) -> np.ndarray:
        """Estimate targets from the neighbours within a radius (m); return those that may have more beyond it."""
        if not targets.size:
            return targets
        reach = tuple(min(int(radius / size), most) for size, most in zip((self.cell_height, width), self.reach))
        offsets = Offsets.within(radius, width, self.cell_height, reach, self.scene.columns, self.search)
        chunk, table, left = self.chunk, None, []
        batch = max(BATCH // self.most, 1) // chunk * chunk or chunk
        for at_once in range(0, targets.size, batch):
            some = targets[at_once : at_once + batch]
            parts = np.split(some, range(chunk, some.size, chunk))
            entries = list(pool.map(self._find, parts, [offsets] * len(parts)))
            if radius < self.radius:
                whole = [self._is_whole(*one, offsets, width, radius) for one in zip(parts, entries)]
                left += [part[~is_whole] for part, is_whole in zip(parts, whole)]
                parts = [part[is_whole] for part, is_whole in zip(parts, whole)]
                entries = [of_part[:, is_whole] for of_part, is_whole in zip(entries, whole)]
            used = np.zeros(offsets.step.size, dtype=bool)
            for of_part in entries:
                used[of_part] = True
            table = SemivarianceTable.of(self.variogram, offsets, used, width, self.cell_height, table)
            list(pool.map(self._solve, parts, entries, [table] * len(parts), [offsets] * len(parts)))
        return np.concatenate(left) if left else targets[:0]

    def _is_whole(
        self, part: np.ndarray, entries: np.ndarray, offsets: Offsets, width: float, radius: float
    ) -> np.ndarray:
        """Return which targets have all the neighbours within a radius (m) that they would have without it."""
        found = entries != offsets.step.size - 1
        is_whole = found.all(axis=0)
        open_ = np.flatnonzero(~is_whole)
        if self.search == "octant" and open_.size:
            sector = np.searchsorted(offsets.begin, entries[:, open_], side="right") - 1
            cells = sectors_to_edge(self.shape, self.row[part[open_]], self.column[part[open_]])
            # A sector is whole if it ends within the radius, has all neighbours that are wanted, or none at all.
            of_sector = cells * np.hypot(self.cell_height, width) <= radius
            for number, bound in enumerate(self.bounds):
                count = np.count_nonzero(found[:, open_] & (sector == number), axis=0)
                of_sector[number] |= (count == self.per_sector) | np.isinf(bound[part[open_]])
            is_whole[open_] = of_sector.all(axis=0)
        return is_whole

    def _find(self, part: np.ndarray, offsets: Offsets) -> np.ndarray:
        """Find the neighbours of a chunk."""
        if self.stop:
            self.stop()
        start = np.stack([offsets.first_beyond(sector, bound[part]) for sector, bound in enumerate(self.bounds)])
        return self.find(
            self.scene, offsets, self.scene.position(self.row[part], self.column[part]), start, self.per_sector
        )

    def _solve(self, part: np.ndarray, entries: np.ndarray, table: SemivarianceTable, offsets: Offsets) -> None:
        """Estimate a chunk from its neighbours."""
        if self.stop:
            self.stop()
        columns = self.shape[1]
        found = entries != offsets.step.size - 1
        steps = offsets.row * columns + offsets.column
        place = (self.row[part] * columns + self.column[part]) + steps[entries]
        # The first neighbour replaces those that are absent; if it is absent, any cell does.
        place[0, ~found[0]] = 0
        place = np.where(found, place, place[0])
        estimate, std, nugget = self.results
        estimate[part], variance, nugget[part] = self.solve(table, entries, self.at(place), found)
        std[part] = np.sqrt(variance)


def _checked_widths(cell_width: float | np.ndarray, cell_height: float, rows: int) -> np.ndarray:
    """Return the width of a cell in each row (m)."""
    if np.ndim(cell_width) and np.shape(cell_width) != (rows,):
        raise InputError(
            tr(
                "{size} cell widths do not fit {n_known} rows: give one for each row.",
                size=np.size(cell_width),
                n_known=rows,
            )
        )
    widths = np.broadcast_to(np.asarray(cell_width, dtype=float), (rows,))
    if not (np.all(widths > 0) and cell_height > 0):
        raise InputError(
            tr(
                "A cell of {min:g} x {cell_height:g} m cannot be kriged: give sizes above 0 in metres.",
                min=widths.min(),
                cell_height=cell_height,
            )
        )
    return widths


def _bounds(
    known: np.ndarray, search: str, cell_width: float, cell_height: float, row: np.ndarray, column: np.ndarray
) -> list[np.ndarray]:
    """Return, for each sector, a distance (m) within which no target has a known cell."""
    if cost_of_search(known) < SEARCHED * known.size:
        # Searching past a few gaps costs less than bounding the distances of all cells.
        return [np.zeros(row.size)] * (8 if search == "octant" else 1)
    return [bound[row, column] for bound in lower_bounds(known, search, cell_width, cell_height)]


def _threads(threads: int, memory: int, most: int, chunk: int) -> int:
    """Return on how many threads the memory suffices.

    A thread holds the candidates that it searches, a block of systems, and 64 bytes for each neighbour of its chunk.
    """
    return int(np.clip(memory // (32 * CANDIDATES + 3 * CACHE + 64 * most * chunk), 1, threads))


def _bands(widths: np.ndarray) -> Iterator[tuple[int, int, float]]:
    """Return runs of rows of practically equal cell width: first row, last row + 1, mean width (m)."""
    first = 0
    for row in range(1, widths.size + 1):
        if row == widths.size or abs(widths[row] / widths[first] - 1) > WIDTH_TOLERANCE:
            yield first, row, float(widths[first:row].mean())
            first = row


def _kernels(backend: str | None) -> tuple[Callable, Callable]:
    """Return the functions that find the neighbours of a chunk of cells, and that estimate them."""
    if backend not in (None, *BACKENDS):
        raise InputError(
            tr(
                "The kriging backend '{backend}' is unknown: choose one of {backends}.",
                backend=backend,
                backends=", ".join(BACKENDS),
            )
        )
    kernels: ModuleType | None = None
    if backend == "numba":
        require("numba", tr("kriging with the backend 'numba'"))
        from . import kriging_numba

        kernels = kriging_numba
    elif backend is None:
        kernels = compiled("lst.kriging_numba")
    if kernels:
        return kernels.find_neighbours, kernels.krige_cells
    return _find, krige_cells


def _find(scene: PaddedMap, offsets: Offsets, position: np.ndarray, start: np.ndarray, per_sector: int) -> np.ndarray:
    return find_neighbours(scene.known, offsets, position, start, per_sector)


def krige_cells(
    table: SemivarianceTable, entries: np.ndarray, z: np.ndarray, found: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Estimate some cells of a scene: semivariances, elimination.

    Parameters
    ----------
    table : SemivarianceTable
    entries : ndarray of int, shape (neighbours, cells)
        Of the offsets to the neighbours; those that are absent come last.
    z : ndarray, shape (neighbours, cells)
        Values of the neighbours.
    found : ndarray of bool, shape (neighbours, cells)
        Which neighbours exist.

    Returns
    -------
    estimate, variance, nugget : ndarray, shape (cells,)
        Estimates, NaN where no neighbour was found; and the nuggets that had to be added.
    """
    n, cells = entries.shape
    estimate, variance, nugget = np.empty(cells), np.empty(cells), np.empty(cells)
    block = int(np.clip(CACHE // (8 * (n + 2) * n), 16, 1024))
    for first in range(0, cells, block):
        part = slice(first, first + block)
        code, values, there = table.code[entries[:, part]] * found[:, part], z[:, part], found[:, part]

        def system_of(chosen: np.ndarray, code: np.ndarray = code, values: np.ndarray = values) -> np.ndarray:
            code = code[:, chosen]
            system = np.empty((n + 2, n, code.shape[1]))
            for i in range(n):
                np.take(table.values, code[i] - code[: i + 1] + table.center, out=system[i, : i + 1], mode="clip")
            np.take(table.values, code + table.center, out=system[n], mode="clip")
            system[n + 1] = values[:, chosen]
            return system

        (estimate[part],), variance[part], nugget[part] = solve_ordinary_kriging(system_of, there)
    return estimate, variance, nugget


def solve_ordinary_kriging(
    system_of: Callable[[np.ndarray], np.ndarray], found: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Solve many ordinary kriging systems of equal size at once.

    The cells are the last axis, so that every step of the elimination runs along contiguous memory.

    Parameters
    ----------
    system_of : callable
        Called with the indices of some cells, returns their system of shape (n + 1 + variables, n, cells),
        which is overwritten. Rows 0..n-1: semivariances among the n neighbours (only the lower triangle
        is read); row n: semivariances to the cell; then the values of one or several variables.
    found : ndarray of bool, shape (n, cells)
        Which neighbours exist; those that are absent come last.

    Returns
    -------
    estimate : ndarray, shape (variables, cells)
    variance : ndarray, shape (cells,)
        NaN where all neighbours are absent.
    nugget : ndarray, shape (cells,)
        Added to make the system solvable.
    """
    cells = np.arange(found.shape[1])
    estimate, variance, scale, lost = _solve(system_of(cells), found, np.zeros(cells.size))
    nugget = np.zeros(cells.size)
    share = FIRST_NUGGET
    while lost.any():
        again = np.flatnonzero(lost)
        nugget[again] = share * scale[again]
        estimate[:, again], variance[again], _, lost[again] = _solve(system_of(again), found[:, again], nugget[again])
        share *= 10.0
    variance = np.maximum(variance, nugget)
    alone = ~found[0]
    estimate[:, alone], variance[alone] = np.nan, np.nan
    return estimate, variance, nugget


def _solve(
    system: np.ndarray, found: np.ndarray, nugget: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return estimates, variances, the largest variance of an increment, and which systems could not be solved."""
    n, cells = found.shape
    to_first, to_cell = system[:n, 0].copy(), system[n, 0].copy()
    to_first[0] = 0.0
    first_value = system[n + 1 :, 0].copy()
    # Row i and column i become those of the increment between neighbour i and the first.
    for i in range(1, n):
        np.subtract(to_first[1 : i + 1] + (to_first[i] + nugget), system[i, 1 : i + 1], out=system[i, 1 : i + 1])
        system[i, i] = 2.0 * (to_first[i] + nugget)
    system[n, 1:] = to_first[1:] + (to_cell + nugget) - system[n, 1:]
    system[n + 1 :, 1:] -= first_value[:, None]
    if not found.all():
        # An absent neighbour is a row and a column of zeros, which the elimination skips.
        to_first = to_first * found
        for i in range(1, n):
            system[i, 1 : i + 1] *= found[1 : i + 1] & found[i]
        system[n:, 1:] *= found[1:]

    system = system[1:, 1:]
    inverse = np.zeros((n - 1, cells))  # of the pivots
    lost = np.zeros(cells, dtype=bool)
    for k in range(n - 1):
        least = PIVOT * system[k, k]
        if k:
            scaled = system[k, :k] * inverse[:k]
            system[k:, k] -= np.einsum("ijb,jb->ib", system[k:, :k], scaled)
        good = system[k, k] > least
        np.divide(1.0, system[k, k], out=inverse[k], where=good)
        lost |= found[k + 1] & ~good
    c, z = system[n - 1], system[n:]
    c_scaled = c * inverse
    estimate = first_value + np.einsum("vkb,kb->vb", z, c_scaled)
    variance = 2.0 * (to_cell + nugget) - np.einsum("kb,kb->b", c, c_scaled)
    return estimate, variance, 2.0 * to_first.max(axis=0), lost
