"""The known cells around a cell of a grid, found on the grid itself.

All offsets within the search radius are sorted by distance once. The neighbours of a cell are the
first known cells in this list, which is searched from a lower bound of their distance on. No search
tree is built, and every implementation that walks the list finds the same neighbours in the same order.

Searches
--------
``nearest``
    the k nearest known cells.
``octant``
    the k/8 nearest known cells in each of 8 sectors, so that a cell at the edge of a gap is not
    estimated from one side alone. Sectors are half-open and 45 degrees wide, measured in cells.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Iterator

import numpy as np
from scipy import ndimage

from ..errors import InputError
from ..language import tr

SEARCHES = ("octant", "nearest")
DEFAULT_REACH = 250  # search radius in cells, along the longer side of a cell
BLOCK = 1024  # maximum part of an offset list that is searched at a time
KEPT = 16  # cached lists of offsets, of up to 10 MB each
CANDIDATES = 1 << 18  # cells that are searched at a time, over all lists


@dataclass(frozen=True)
class PaddedMap:
    """Which cells of a scene are known, as a flat array with a margin of unknown cells as wide as the search.

    Attributes
    ----------
    known : ndarray of bool, flat
        The last cell is margin, hence unknown: steps past the end are clipped to it.
    columns : int
        Length of a row, margins included.
    margin : tuple of int
        Rows and columns of the margin on each side.
    """

    known: np.ndarray
    columns: int
    margin: tuple[int, int]

    @classmethod
    def of(cls, known: np.ndarray, margin: tuple[int, int]) -> PaddedMap:
        """Pad an array of shape (rows, columns)."""
        rows, columns = known.shape
        padded = np.zeros((rows + 2 * margin[0] + 1, columns + 2 * margin[1]), dtype=bool)
        padded[margin[0] : margin[0] + rows, margin[1] : margin[1] + columns] = known
        return cls(padded.ravel(), padded.shape[1], margin)

    def position(self, row: np.ndarray, column: np.ndarray) -> np.ndarray:
        """Flat position of cells of the scene."""
        return (row + self.margin[0]) * self.columns + column + self.margin[1]


@dataclass(frozen=True)
class Offsets:
    """Offsets to all cells within reach, sector by sector, each sector sorted by distance.

    Ties go to the upper, then to the left cell. Each sector's list is followed by `BLOCK` steps that
    lead out of the map, so that searching past the end of a list finds nothing.

    Attributes
    ----------
    row, column : ndarray of int, shape (entries,)
        Offset in cells.
    step : ndarray of int, shape (entries,)
        The same as a step in the flat `PaddedMap`.
    distance : ndarray, shape (entries,)
        Length in metres; infinite for the steps that lead out of the map.
    begin, end : ndarray of int, shape (sectors,)
        Where each sector's list begins and ends.
    """

    row: np.ndarray
    column: np.ndarray
    step: np.ndarray
    distance: np.ndarray
    begin: np.ndarray
    end: np.ndarray

    @classmethod
    @lru_cache(maxsize=KEPT)
    def within(
        cls, radius: float, cell_width: float, cell_height: float, reach: tuple[int, int], columns: int, search: str
    ) -> Offsets:
        """List the offsets no longer than `radius` (m) and no further than `reach` rows and columns.

        The last lists are cached, since the scenes of a stack share them: do not modify them.
        """
        row, column = (a.ravel() for a in np.mgrid[-reach[0] : reach[0] + 1, -reach[1] : reach[1] + 1])
        distance = np.hypot(row * cell_height, column * cell_width)
        near = (distance > 0) & (distance <= radius)
        row, column, distance = row[near], column[near], distance[near]
        sector = octant(row, column) if search == "octant" else np.zeros(row.size, dtype=int)
        # Rows, and columns within them, are in order already: stable sorting keeps this order for ties.
        order = np.argsort(distance, kind="stable")
        order = order[np.argsort(sector[order].astype(np.int8), kind="stable")]
        sectors = 8 if search == "octant" else 1
        end = np.cumsum(np.bincount(sector, minlength=sectors))
        margin = np.arange(sectors) * BLOCK
        entry = np.arange(row.size) + margin[sector[order]]

        def spread(sorted_values: np.ndarray, filler: float) -> np.ndarray:
            spread = np.full(row.size + sectors * BLOCK, filler, dtype=sorted_values.dtype)
            spread[entry] = sorted_values
            return spread

        row, column, distance = row[order], column[order], distance[order]
        return cls(
            row=spread(row, 0),
            column=spread(column, 0),
            step=spread(row * columns + column, np.iinfo(np.int32).max),
            distance=spread(distance, np.inf),
            begin=np.concatenate([[0], end[:-1]]) + margin,
            end=end + margin,
        )

    def first_beyond(self, sector: int, distance: np.ndarray) -> np.ndarray:
        """Index of the first entry of a sector that is not nearer than `distance` (m)."""
        begin, end = self.begin[sector], self.end[sector]
        # Slightly nearer, so that rounding of the bound (32 bits) never skips the neighbour at that distance.
        return begin + np.searchsorted(self.distance[begin:end], distance * (1 - 1e-6))


def octant(row: np.ndarray, column: np.ndarray) -> np.ndarray:
    """Return the sector, 0 to 7, of offsets other than (0, 0).

    Even sectors include the axis that they begin with (east, south, west, north) but not the diagonal,
    odd ones the diagonal but not the next axis.
    """
    quarter = np.select([(column > 0) & (row >= 0), (row > 0) & (column <= 0), (column < 0) & (row <= 0)], [0, 1, 2], 3)
    along = np.choose(quarter, [column, row, -column, -row])
    across = np.choose(quarter, [row, -column, -row, column])
    return 2 * quarter + (across >= along)


def sectors_to_edge(shape: tuple[int, ...], row: np.ndarray, column: np.ndarray) -> np.ndarray:
    """Return the rows or columns to the edge of a grid along the axis of each octant; 0 where it holds no cell."""
    east, south, west, north = shape[1] - 1 - column, shape[0] - 1 - row, column, row

    def beyond(across: np.ndarray, along: np.ndarray) -> np.ndarray:
        """Of an octant that does not include its axis."""
        return np.where(across > 0, along, 0)

    return np.stack(
        [east, beyond(east, south), south, beyond(south, west), west, beyond(west, north), north, beyond(north, east)]
    )


def lower_bounds(known: np.ndarray, search: str, cell_width: float, cell_height: float) -> Iterator[np.ndarray]:
    """Yield, for each sector, a distance (m) for each cell below which there is no known cell.

    Parameters
    ----------
    known : ndarray of bool, shape (rows, columns)
    search : str
        ``octant`` or ``nearest``.
    cell_width, cell_height : float
        Size of a cell in metres; where the width varies, the smallest.

    Yields
    ------
    ndarray, shape (rows, columns)
        Infinite where the sector holds no known cell.
    """
    if search == "nearest":
        if known.any():
            yield ndimage.distance_transform_edt(~known, sampling=(cell_height, cell_width))
        else:
            yield np.full(known.shape, np.inf)
        return
    for quarter in range(4):
        # Rotated so that the first axis of the quarter points east.
        turned = np.rot90(known, quarter)
        east, south = (cell_width, cell_height) if quarter % 2 == 0 else (cell_height, cell_width)
        to_east = steps_in_wedge(turned)
        yield np.rot90((_cell_towards(to_east, 0, 1) + 1) * east, -quarter)
        to_south = steps_in_wedge(turned.T).T
        yield np.rot90((_cell_towards(to_south, 1, 1) + 1) * south, -quarter)


def steps_in_wedge(known: np.ndarray) -> np.ndarray:
    """Return the number of columns to the first known cell in the wedge between east and south-east of each cell.

    The wedge, which includes its edges and the cell, consists of the cell and the wedges of its neighbours to the
    east and south-east: one pass over the columns from the right suffices.
    """
    steps = np.where(known.T, np.float32(0), np.float32(np.inf))  # a column of the map is a row here
    for column in range(len(steps) - 2, -1, -1):
        right = steps[column + 1] + 1
        np.minimum(steps[column], right, out=steps[column])
        np.minimum(steps[column, :-1], right[1:], out=steps[column, :-1])
    return steps.T


def _cell_towards(steps: np.ndarray, south: int, east: int) -> np.ndarray:
    """Return for each cell the value of the cell at an offset to the south and east, infinite outside."""
    padded = np.pad(steps, ((0, south), (0, east)), constant_values=np.inf)
    return padded[south:, east:]


def find_neighbours(
    known: np.ndarray, offsets: Offsets, position: np.ndarray, start: np.ndarray, per_sector: int
) -> np.ndarray:
    """Walk the offset lists of many cells at once.

    Parameters
    ----------
    known : ndarray of bool, flat
        Of the `PaddedMap`.
    offsets : Offsets
    position : ndarray of int, shape (cells,)
        Of the cells in the padded map.
    start : ndarray of int, shape (sectors, cells)
        Where to begin on each sector's list.
    per_sector : int
        Neighbours wanted in each sector.

    Returns
    -------
    ndarray of int32, shape (sectors * per_sector, cells)
        Entries of `offsets`, sector by sector, nearest first; then, where there are fewer neighbours, the
        last entry of all, which leads out of the map.
    """
    sectors, cells = start.shape
    entries = np.full(sectors * per_sector * cells, offsets.step.size - 1, dtype=np.int32)
    sector, cell = np.nonzero(start < offsets.end[:, None])
    at, end = start[sector, cell], offsets.end[sector]
    origin = position[cell]
    slot = sector * per_sector * cells + cell
    missing = np.full(at.size, per_sector)
    width = max(2 * per_sector, 8)
    while at.size:
        width = min(width, BLOCK, max(CANDIDATES // at.size, 8))
        entry = at[:, None] + np.arange(width)
        hit = np.take(known, origin[:, None] + np.take(offsets.step, entry), mode="clip")
        row, column = np.nonzero(hit)
        found = np.bincount(row, minlength=at.size)
        rank = np.arange(row.size) - np.repeat(np.cumsum(found) - found, found)
        wanted = rank < missing[row]
        row, column, rank = row[wanted], column[wanted], rank[wanted]
        entries[slot[row] + rank * cells] = at[row] + column
        missing -= found
        slot += found * cells
        at = at + width
        open_ = (missing > 0) & (at < end)
        at, end, origin, slot, missing = at[open_], end[open_], origin[open_], slot[open_], missing[open_]
        width *= 2
    entries = entries.reshape(sectors * per_sector, cells)
    found = entries != offsets.step.size - 1
    if not found.all():
        # Move neighbours that exist to the front: the increments are taken from the first one.
        entries = np.take_along_axis(entries, np.argsort(~found, axis=0, kind="stable"), axis=0)
    return entries


def cost_of_search(known: np.ndarray) -> int:
    """Estimate how many unknown cells are searched, over all gaps, before the nearest known ones are found.

    Each cell of a gap searches a circle as wide as the gap is long along its row.
    """
    change = np.flatnonzero(np.diff(known.ravel(), prepend=not known.flat[0], append=not known.flat[-1]))
    length = np.diff(change)[0 if not known.flat[0] else 1 :: 2].astype(float)
    return int(np.sum(length**3))


def check_search(search: str, neighbours: int) -> int:
    """Return the number of neighbours per sector.

    Raises
    ------
    InputError
        If the search is unknown, or no neighbour or (by octant) fewer than 8 are requested.
    """
    if search not in SEARCHES:
        raise InputError(
            tr(
                "The search '{search}' is unknown: choose one of {searches}.",
                search=search,
                searches=", ".join(SEARCHES),
            )
        )
    if search == "nearest":
        if neighbours < 1:
            raise InputError(
                tr("{neighbours} neighbours cannot be used for kriging: give at least 1.", neighbours=neighbours)
            )
        return int(neighbours)
    if neighbours < 8:
        raise InputError(
            tr(
                "A search by octant with {neighbours} neighbours leaves sectors empty: give at least 8.",
                neighbours=neighbours,
            )
        )
    return int(neighbours) // 8
