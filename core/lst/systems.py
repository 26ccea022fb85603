"""What both solvers of ordinary kriging systems share: `kriging` with NumPy, and `kriging_numba`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..errors import InputError
from ..language import tr
from .neighbours import Offsets
from .variogram import Variogram

PIVOT = 1e-7  # a neighbour whose pivot is a smaller share of its variance is redundant
FIRST_NUGGET = 2 * PIVOT  # of the largest variance of a system: twice what a valid model needs


@dataclass(frozen=True)
class SemivarianceTable:
    """Semivariances for every difference between two offsets, looked up by the difference of codes.

    Attributes
    ----------
    values : ndarray, flat
    center : int
        Place of difference (0, 0), which holds 0.
    code : ndarray of int32, shape (entries,)
        Of each entry of the `Offsets` within reach: the difference of two codes, plus `center`, is the place of
        the semivariance between the two cells.
    reach : tuple of int
        Maximum offset of neighbours in rows and columns.
    """

    values: np.ndarray
    center: int
    code: np.ndarray
    reach: tuple[int, int]

    @classmethod
    def of(
        cls,
        variogram: Variogram,
        offsets: Offsets,
        used: np.ndarray,
        cell_width: float,
        cell_height: float,
        table: SemivarianceTable | None = None,
    ) -> SemivarianceTable:
        """Tabulate a variogram for neighbours at the used ones among `offsets`, unless `table` contains all of them.

        Raises
        ------
        InputError
            If a semivariance is not finite or all of them are 0: no nugget would ever make such systems solvable.
        """
        # Larger than needed, so that it does not grow with each batch.
        rows, columns = (
            min(1 << int(np.abs(steps[used]).max(initial=1)).bit_length(), int(np.abs(steps).max(initial=1)))
            for steps in (offsets.row, offsets.column)
        )
        if table is not None:
            if table.reach[0] >= rows and table.reach[1] >= columns:
                return table
            rows, columns = max(rows, table.reach[0]), max(columns, table.reach[1])
        # Among neighbours, differences are twice as long.
        south, east = np.mgrid[0 : 2 * rows + 1, -2 * columns : 2 * columns + 1]
        # A semivariance is the same for a difference and its opposite: the other half is this one reversed.
        half = variogram.semivariance(variogram.equivalent_distance(east * cell_width, -south * cell_height))
        values = np.vstack([half[:0:-1, ::-1], half])
        if not np.isfinite(values).all() or (values.size > 1 and not values.any()):
            raise InputError(
                tr(
                    "The variogram '{model}' (nugget {nugget:g}, sill {sill:g}, range {range:g} m) has semivariances "
                    "that are not finite, or all 0, at the distances between neighbours: give another sill or range.",
                    model=variogram.model,
                    nugget=variogram.nugget,
                    sill=variogram.sill,
                    range=variogram.range,
                )
            )
        return cls(
            values=values.ravel(),
            center=2 * rows * values.shape[1] + 2 * columns,
            code=(offsets.row * values.shape[1] + offsets.column).astype(np.int32),
            reach=(rows, columns),
        )
