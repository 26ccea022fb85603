"""Numbers as files store them: small integers with a scale, an offset and a nodata value."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple, Optional

import numpy as np

from .dependencies import compiled


class Beyond(NamedTuple):
    """Cells with an impossible number, an untagged fill value: their count, and an example.

    They count as missing.
    """

    cells: int = 0
    example: float = math.nan

    def __or__(self, other: Beyond) -> Beyond:
        """Return both together."""
        return Beyond(self.cells + other.cells, self.example if self.cells else other.example)


NONE_BEYOND = Beyond()


@dataclass(frozen=True)
class Packed:
    """Stored numbers that are decoded where they are used, which takes less memory and often saves a pass.

    Attributes
    ----------
    stored : array
        Of any type and shape.
    scale, offset : float
        The values are ``scale * stored + offset``.
    missing : number of the type of `stored`, optional
        Stored where there is no value. NaN means no value, too.
    lowest, highest : numbers of the type of `stored`, optional
        Numbers beyond them are missing, too; both or none are given.
    counted : Beyond
        Impossible numbers among those from which these were made.
    """

    stored: np.ndarray
    scale: float = 1.0
    offset: float = 0.0
    missing: Optional[np.number] = None
    lowest: Optional[np.number] = None
    highest: Optional[np.number] = None
    counted: Beyond = NONE_BEYOND

    @classmethod
    def of(cls, values: Packed | np.ndarray) -> Packed:
        """Return packed values as they are, and others as packed ones."""
        return values if isinstance(values, Packed) else cls(values)

    def take(self, cells: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the values of some cells, counted row by row, as float32 with 0 where there is none; and where not."""
        is_missing = self.is_missing.reshape(-1).take(cells)
        values = self.stored.reshape(-1).take(cells).astype(np.float32)
        values *= np.float32(self.scale)
        values += np.float32(self.offset)
        values[is_missing] = 0.0
        return values, is_missing

    @cached_property
    def is_missing(self) -> np.ndarray:
        """Where the stored number stands for no value, array of bool."""
        stored, missing = self.stored, self.missing
        if self.lowest is not None and self.highest is not None:
            is_missing = stored < self.lowest
            # The largest number is found faster than all that are too large.
            if stored.max(initial=self.highest) > self.highest:
                is_missing |= stored > self.highest
            if missing is None or not self.lowest <= missing <= self.highest:
                return is_missing
        else:
            is_missing = np.isnan(stored) if stored.dtype.kind == "f" else np.zeros(stored.shape, bool)
        return is_missing if missing is None else np.logical_or(is_missing, stored == missing, out=is_missing)

    @cached_property
    def beyond(self) -> Beyond:
        """Impossible numbers here, beyond the limits but not `missing`, and those `counted` before."""
        # To ask whether there are any takes less time than to count them.
        if self.lowest is None or not self._may_be_beyond():
            return self.counted
        outside = self.is_missing if self.missing is None else self.is_missing & (self.stored != self.missing)
        return self.counted | self._count(outside) if outside.any() else self.counted

    def _may_be_beyond(self) -> bool:
        kernels = compiled("packed_numba")
        if kernels and self.missing is not None:
            return bool(kernels.any_beyond(self.stored.reshape(-1), self.lowest, self.highest, self.missing))
        return bool(self.is_missing.any())

    def within(self, low: float, high: float) -> Packed:
        """Return integers of which those with values beyond two limits are missing and counted.

        The limits are converted to stored numbers, so that no pass over decoded ones is needed.
        """
        limits = _stored_limits(self.stored.dtype, self.scale, self.offset, low, high)
        if limits is None:
            return self
        first, last = limits
        if first > last:
            # No number of the type is possible.
            impossible = ~self.is_missing
            counted = self._count(impossible) if impossible.any() else NONE_BEYOND
            return Packed(np.full(self.stored.shape, np.nan, np.float32), counted=counted)
        return Packed(self.stored, self.scale, self.offset, self.missing, first, last)

    def _count(self, impossible: np.ndarray) -> Beyond:
        """Count impossible numbers, of which there is one at least."""
        example = float(self.stored[impossible][0]) * self.scale + self.offset
        return Beyond(int(np.count_nonzero(impossible)), example)

    def times(self, factor: float, out: np.ndarray) -> np.ndarray:
        """Multiply the stored numbers into an array of float32; offset and missing values are left to the caller."""
        # Converted apart: NumPy converts piece by piece, and slowly, where it does both at once.
        np.copyto(out, self.stored, casting="same_kind")
        return np.multiply(out, np.float32(factor), out=out)

    def values(self) -> np.ndarray:
        """Return float32, NaN where there is no value; the stored array itself where there is nothing to decode."""
        is_whole = self.missing is None and self.lowest is None
        if self.stored.dtype == np.float32 and is_whole and (self.scale, self.offset) == (1.0, 0.0):
            return self.stored
        values = self.times(self.scale, np.empty(self.stored.shape, np.float32))
        if self.offset != 0.0:
            values += np.float32(self.offset)
        if not is_whole:
            np.copyto(values, np.nan, where=self.is_missing)
        return values


@lru_cache(maxsize=256)
def _stored_limits(
    kind: np.dtype, scale: float, offset: float, low: float, high: float
) -> Optional[tuple[np.number, np.number]]:
    """Return the least and the greatest stored integer with a value between two limits; None if all have.

    The first is larger than the second if none has.
    """
    ends = sorted((limit - offset) / scale for limit in (low, high))
    # 0.01 x 8500 is 85, despite the rounding of a division.
    slack = 1e-9 * (1 + max(map(abs, ends)))
    limits = np.iinfo(kind)
    first, last = math.ceil(ends[0] - slack), math.floor(ends[1] + slack)
    if max(first, limits.min) > min(last, limits.max):
        return kind.type(1), kind.type(0)
    if first <= limits.min and last >= limits.max:
        return None
    return kind.type(max(first, limits.min)), kind.type(min(last, limits.max))
