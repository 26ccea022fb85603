"""How much more, or less, a scene varies around a gap than elsewhere.

A variogram holds for the whole scene, but land is not equally varied: beside a city or a mountain range the kriging
standard deviation is too small, and in a plain too large. Known cells tell by how much: each of those beside a gap is
predicted from the cells nearest to it, and its squared error over the kriging variance is compared with the mean of
such ratios over the scene. The weighted mean of them around a cell, together with a prior of 1 where there are few, is
the factor of its kriging variance.
"""

from __future__ import annotations

import numpy as np
from scipy import ndimage

NEIGHBOURS = 8  # from which known cells are predicted
REACH = 3  # cells from a gap to the known cells that are predicted
BLOCK = 3  # cells on a side of a block, in which they are counted together
SIGMA = 3.0  # cells
TRUNCATE = 3.0  # weights end at so many times SIGMA
PRIOR = 0.1  # weight of the scene; that of known cells is 1 if all cells around are predicted
MARGIN = BLOCK * (int(TRUNCATE * SIGMA / BLOCK) + 2)  # cells beyond which a cell makes no difference


def beside(known: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Return which known cells are predicted: those near any gap, as far as they matter to wanted gaps.

    Parameters
    ----------
    known, wanted : ndarray of bool, shape (rows, columns)
    """
    missing = ~known
    near = known & _widened(missing, REACH)
    return near if np.array_equal(missing, wanted) else near & _widened(wanted, MARGIN)


def _widened(cells: np.ndarray, reach: int) -> np.ndarray:
    return ndimage.maximum_filter(cells.view(np.uint8), 2 * reach + 1, mode="constant").view(bool)


def factors(
    squares: np.ndarray, cells: np.ndarray, wanted: np.ndarray, columns: int, origin: tuple[int, int] = (0, 0)
) -> np.ndarray:
    """Return the factors of the kriging variance.

    Parameters
    ----------
    squares : ndarray, shape (n,)
        Squared errors over their variance, as a share of the mean of the scene.
    cells, wanted : ndarray of int, shape (n,), (m,)
        The predicted cells, and the gaps, as positions in a flattened window.
    columns : int
        Of the window.
    origin : tuple of int
        Row and column of the grid at which the window begins: blocks are those of the grid, whatever the window.

    Returns
    -------
    ndarray, shape (m,)
    """
    if not cells.size:
        return np.ones(wanted.shape)
    row, column = (begin + at for begin, at in zip(origin, np.divmod(np.concatenate([cells, wanted]), columns)))
    first_row, first_column = row.min() // BLOCK, column.min() // BLOCK
    shape = (row.max() // BLOCK - first_row + 1, column.max() // BLOCK - first_column + 1)
    block = (row // BLOCK - first_row) * shape[1] + column // BLOCK - first_column
    size = shape[0] * shape[1]
    total, share = (
        ndimage.gaussian_filter(
            np.bincount(block[: cells.size], weights, size).reshape(shape) / BLOCK**2,
            SIGMA / BLOCK,
            mode="constant",
            truncate=TRUNCATE,
        )
        for weights in (squares, None)
    )
    places = np.stack([(row + 0.5) / BLOCK - 0.5 - first_row, (column + 0.5) / BLOCK - 0.5 - first_column])
    ratio = (total + PRIOR) / (share + PRIOR)
    return ndimage.map_coordinates(ratio, places[:, cells.size :], order=1, mode="nearest")
