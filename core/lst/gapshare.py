"""Whether what is hidden differs from what is seen: the share of gaps around a cell as a part of the trend.

Clouds and cloud masks prefer some ground. Cells between gaps are then warmer or colder than cells far from any, and
cells in gaps more so (preferential sampling; Diggle, Menezes and Su 2010, J. R. Stat. Soc. C 59:191). Kriging alone
carries the values of the seen cells into the gaps, and all of them are biased in the same direction.

The slope of the residuals on the share of gaps is fitted by generalised least squares. Cells around one gap are one
observation, not many, so its standard error is that of leaving out one gap after another, and a scene with few gaps,
which lie where they do by chance, is not corrected. Nor is one whose slope would move cells within gaps by more than
the scene itself varies: cells beside clouds that the cloud mask missed are cold, but the ground under the clouds is
not colder by tens of kelvins.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import ndimage

SIGMA = 2.0  # cells
REACH = 6  # cells beyond which a gap has no share
MIN_T = 5.0  # slope over its standard error
MIN_GAPS = 4.0  # effective number of gaps
MAX_SHIFT = 2.0  # slope over the standard deviation of the residuals
# A first look at the cells drawn for the trend tells whether it is worth drawing more of them.
MIN_T_AT_FIRST = 2.5
MIN_GAPS_AT_FIRST = 3.0
PER_SCALE = 1000


@dataclass(frozen=True)
class GapShare:
    """The gaps of a scene and their share around each cell.

    Attributes
    ----------
    gaps : ndarray of bool, shape (rows, columns)
    """

    gaps: np.ndarray

    @cached_property
    def share(self) -> np.ndarray:
        """Share of gaps around each cell, 0 to 1, weighted by a Gaussian of 2 cells; shape (rows, columns)."""
        return ndimage.gaussian_filter(
            self.gaps.astype(np.float32), SIGMA, mode="nearest", truncate=REACH / SIGMA, output=np.float32
        )

    @cached_property
    def labels(self) -> np.ndarray:
        """Number of the gap that each cell belongs to, 0 for known cells; shape (rows, columns)."""
        return ndimage.label(self.gaps, np.ones((3, 3)))[0]

    def at(self, cells: np.ndarray) -> np.ndarray:
        """Return the share at cells, as positions in the flattened grid."""
        return self.share.ravel()[cells].astype(float)

    def nearest(self, cells: np.ndarray) -> np.ndarray:
        """Return the number of the gap nearest to each cell, 0 if there is none within reach."""
        found = np.zeros(cells.shape, dtype=np.int64)
        near = self.share.ravel()[cells] > 0
        found[near] = self._nearest(cells[near])
        return found

    def _nearest(self, cells: np.ndarray) -> np.ndarray:
        rows, columns = self.gaps.shape
        south, east = (a.ravel() for a in np.mgrid[-REACH : REACH + 1, -REACH : REACH + 1])
        order = np.argsort(np.hypot(south, east), kind="stable")
        row, column = np.divmod(cells, columns)
        row, column = row[:, None] + south[order], column[:, None] + east[order]
        inside = (row >= 0) & (row < rows) & (column >= 0) & (column < columns)
        around = np.where(inside, self.labels[row.clip(0, rows - 1), column.clip(0, columns - 1)], 0)
        return around[np.arange(cells.size), np.argmax(around > 0, axis=1)]


@dataclass(frozen=True)
class GapSlope:
    """What cells that differ in the share of gaps around them differ by.

    Attributes
    ----------
    slope : float
        In K from no gap around to gaps only.
    t : float
        Slope over its jackknife standard error; 0 if that is not defined.
    gaps : float
        Effective number of gaps from which it was estimated.
    """

    slope: float
    t: float
    gaps: float

    @classmethod
    def of(cls, innovations: np.ndarray, nearest: np.ndarray) -> GapSlope:
        """Fit the slope to innovations.

        Parameters
        ----------
        innovations : ndarray, shape (fields, n)
            Of the scene, of the predictors of its trend, and of the share of gaps; see `likelihood.innovations`.
        nearest : ndarray of int, shape (n,)
            The gap that each of them belongs to.
        """
        y, *predictors, x = innovations
        if predictors:
            q = np.linalg.qr(np.stack(predictors, axis=1))[0]
            y, x = y - q @ (q.T @ y), x - q @ (q.T @ x)
        xx, xy = np.bincount(nearest, x * x), np.bincount(nearest, x * y)
        total = float(xx.sum())
        some = xx > 0
        if np.count_nonzero(some) < 2:
            return cls(0.0, 0.0, float(np.count_nonzero(some)))
        without = (xy.sum() - xy[some]) / (total - xx[some])
        error = float(np.sqrt((without.size - 1) / without.size * np.sum((without - without.mean()) ** 2)))
        slope = float(xy.sum()) / total
        return cls(slope, slope / error if error > 0 else 0.0, total**2 / float(np.sum(xx**2)))

    def is_promising(self) -> bool:
        """Return whether more cells are worth drawing."""
        return abs(self.t) > MIN_T_AT_FIRST and self.gaps >= MIN_GAPS_AT_FIRST

    def is_certain(self, spread: float) -> bool:
        """Return whether the slope is to be used in a scene whose residuals have a standard deviation (K)."""
        return abs(self.t) > MIN_T and self.gaps >= MIN_GAPS and abs(self.slope) <= MAX_SHIFT * spread
