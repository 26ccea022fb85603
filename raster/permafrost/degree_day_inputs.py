"""What TTOP, its probability and the frost number read: degree days of a period, and r_k."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional, Union

import numpy as np

from ...core.language import tr
from ...core.permafrost.ttop import Values, YearPair, pair_of_year, require_r_k
from ..grid.grid import Grid
from ..read.protocols import Source
from ..read.rasters import RasterSource


@dataclass(frozen=True)
class DegreeDayInputs:
    """Thawing and freezing degree days, read on the cells of DDT.

    Attributes
    ----------
    ddt, ddf : RasterSource
        degC d.
    """

    ddt: RasterSource
    ddf: RasterSource

    @property
    def grid(self) -> Grid:
        """The cells of DDT."""
        return self.ddt.grid()

    @property
    def sources(self) -> dict[str, Source]:
        """What is read in each window."""
        return {"ddt": self.ddt, "ddf": self.ddf}

    @property
    def no_common_cell(self) -> str:
        """The sentence with which an empty result is refused."""
        return tr(
            "Layers '{name}' and '{ddf_name}' have no cell in which both hold a value: check that they cover "
            "the same area and that their nodata values are tagged correctly.",
            name=self.ddt.name,
            ddf_name=self.ddf.name,
        )

    def pair(self, ddt: np.ndarray, ddf: np.ndarray) -> YearPair:
        """Return the degree days of a window without the combinations that no year has."""
        return pair_of_year(ddt, ddf, self.ddt.name, self.ddf.name)


@dataclass(frozen=True)
class TtopInputs:
    """Degree days with r_k.

    Attributes
    ----------
    degree_days : DegreeDayInputs
    r_k : RasterSource or float
        Ratio of thawed to frozen thermal conductivity, of each cell or of all.
    days : float
        Number of days in the period of the degree days.
    """

    degree_days: DegreeDayInputs
    r_k: Union[RasterSource, float]
    days: float = 365.0

    @property
    def sources(self) -> dict[str, Source]:
        """What is read in each window."""
        r_k = {"r_k": self.r_k} if isinstance(self.r_k, RasterSource) else {}
        return {**self.degree_days.sources, **r_k}

    @property
    def paths(self) -> list[str]:
        """The files that are read."""
        return [source.path for source in self.sources.values() if isinstance(source, RasterSource)]

    def r_k_of(self, block: Optional[np.ndarray]) -> Values:
        """Return the r_k of a window, as it was read, or the single one.

        Raises
        ------
        InputError
            If the raster holds values that are no r_k.
        """
        if not isinstance(self.r_k, RasterSource):
            return self.r_k
        r_k = np.asarray(block)
        require_r_k(r_k, self.r_k.name)
        return r_k
