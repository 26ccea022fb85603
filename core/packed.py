"""Numbers as files store them: small integers with a scale, an offset and a nodata value."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple, Optional

import numpy as np


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
    beyond : Beyond
        Count of numbers beyond them, without `missing`, here or in the numbers from which these were made.
    """

    stored: np.ndarray
    scale: float = 1.0
    offset: float = 0.0
    missing: Optional[np.number] = None
    lowest: Optional[np.number] = None
    highest: Optional[np.number] = None
    beyond: Beyond = NONE_BEYOND

    @classmethod
    def of(cls, values: Packed | np.ndarray) -> Packed:
        """Return packed values as they are, and others as packed ones."""
        return values if isinstance(values, Packed) else cls(values)

    def take(self, cells: np.ndarray) -> np.ndarray:
        """Return the values of some cells, counted row by row."""
        return replace(self, stored=self.stored.reshape(-1)[cells]).values()

    @property
    def has_missing(self) -> bool:
        """Whether some stored numbers mean that there is no value."""
        return self.missing is not None or self.lowest is not None

    def is_missing(self) -> np.ndarray:
        """Return where the stored number stands for no value."""
        if self.lowest is None or self.highest is None:
            return np.zeros(self.stored.shape, bool) if self.missing is None else self.stored == self.missing
        is_missing = self.stored < self.lowest
        is_missing |= self.stored > self.highest
        if self.missing is not None and self.lowest <= self.missing <= self.highest:
            is_missing |= self.stored == self.missing
        return is_missing

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
            return Packed(np.full(self.stored.shape, np.nan, np.float32), beyond=self._outside(None, None))
        beyond = self._outside(first, last)
        return Packed(self.stored, self.scale, self.offset, self.missing, first, last, beyond)

    def _outside(self, first: Optional[np.number], last: Optional[np.number]) -> Beyond:
        """Count the numbers that are not `missing` and outside of two limits, or all if there are no limits."""
        stored, missing = self.stored, self.missing
        if first is not None and last is not None:
            # Extremes and counts are the fastest passes, and mostly suffice.
            if stored.max(initial=first) <= last:
                lowest = stored.min(initial=last)
                if lowest >= first:
                    return NONE_BEYOND
                is_tagged = missing is not None and lowest == missing
                if is_tagged and np.count_nonzero(stored < first) == np.count_nonzero(stored == missing):
                    return NONE_BEYOND
            outside = (stored < first) | (stored > last)
        else:
            outside = np.ones(stored.shape, bool)
        if missing is not None:
            outside &= stored != missing
        cells = int(np.count_nonzero(outside))
        example = stored[outside][0] if cells else math.nan
        return Beyond(cells, float(example) * self.scale + self.offset)

    def times(self, factor: float, out: np.ndarray) -> np.ndarray:
        """Multiply the stored numbers into an array of float32; offset and missing values are left to the caller."""
        return np.multiply(self.stored, np.float32(factor), out=out, dtype=np.float32, casting="same_kind")

    def values(self) -> np.ndarray:
        """Return float32, NaN where there is no value; the stored array itself where there is nothing to decode."""
        if self.stored.dtype == np.float32 and not self.has_missing and (self.scale, self.offset) == (1.0, 0.0):
            return self.stored
        values = self.times(self.scale, np.empty(self.stored.shape, np.float32))
        if self.offset != 0.0:
            values += np.float32(self.offset)
        if self.has_missing:
            np.copyto(values, np.nan, where=self.is_missing())
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
