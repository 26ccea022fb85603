"""Numbers as files store them: small whole numbers with a scale, an offset, and one that stands for no value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

import numpy as np


@dataclass(frozen=True)
class Packed:
    """Numbers that are decoded where they are used: a quarter of the memory, and often no pass of its own.

    Attributes
    ----------
    stored : array
        Of any type and shape.
    scale, offset : float
        The values are ``scale * stored + offset``.
    missing : number of the type of `stored`, optional
        Where it is stored there is no value. Floating numbers have none where they are NaN, too.
    """

    stored: np.ndarray
    scale: float = 1.0
    offset: float = 0.0
    missing: Optional[np.number] = None

    @classmethod
    def of(cls, values) -> Packed:
        """Give values as they are, packed or not."""
        return values if isinstance(values, cls) else cls(values)

    def take(self, cells: np.ndarray) -> np.ndarray:
        """Give the values of some cells, counted row by row."""
        return Packed(self.stored.reshape(-1)[cells], self.scale, self.offset, self.missing).values()

    def is_missing(self) -> np.ndarray:
        """Tell where `missing` is stored."""
        return np.zeros(self.stored.shape, bool) if self.missing is None else self.stored == self.missing

    def times(self, factor: float, out: np.ndarray) -> np.ndarray:
        """Multiply what is stored into an array of float32; offset and missing values are left to the caller."""
        return np.multiply(self.stored, np.float32(factor), out=out, dtype=np.float32, casting="same_kind")

    def values(self) -> np.ndarray:
        """Give float32, NaN where there is no value; the array itself where there is nothing to decode."""
        if self.stored.dtype == np.float32 and (self.scale, self.offset, self.missing) == (1.0, 0.0, None):
            return self.stored
        values = self.times(self.scale, np.empty(self.stored.shape, np.float32))
        if self.offset != 0.0:
            values += np.float32(self.offset)
        if self.missing is not None:
            np.copyto(values, np.nan, where=self.is_missing())
        return values
