"""Rasters whose bands are years, such as TTOP from yearly degree days."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Optional, Sequence

import numpy as np

from ...core.errors import InputError
from ...core.language import tr
from ..grid.grid import Grid
from ..grid.texts import description_of
from ..grid.window import Window
from .bands import data_bands
from .protocols import Cost
from .rasters import RasterSource

# A year of its own: ``2005``, ``ttop_2005``, also in a date, ``20050101``; the first of ``2005-2006``. A length,
# ``2000m``, is none.
YEAR = re.compile(
    r"(?<!\d)((?:18|19|20|21)\d\d)(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))?(?!\d|[ _]?k?m(?![a-z]))", re.IGNORECASE
)


def year_in(text: str) -> Optional[int]:
    """Return the first year in a text; None where there is none."""
    found = YEAR.search(text)
    return int(found[1]) if found else None


def band_names(source: RasterSource) -> list[str]:
    """Return the descriptions of all bands of a raster; empty where a band has none."""
    dataset = source.dataset()
    return [description_of(dataset.GetRasterBand(number)) for number in data_bands(dataset)]


@dataclass(frozen=True)
class YearsSource:
    """One quantity year by year, read as float32 of shape (years, rows, columns) with NaN where there is none.

    Attributes
    ----------
    bands : tuple of RasterSource
        One band per year.
    years : tuple of int
        Ascending.
    max_cells : int, optional
        Maximum number of cells of a window, for jobs that take long per cell.
    """

    bands: tuple[RasterSource, ...]
    years: tuple[int, ...]
    max_cells: Optional[int] = None

    @property
    def name(self) -> str:
        """Name known to the user."""
        return ", ".join(dict.fromkeys(band.name for band in self.bands))

    def cost(self, grid: Grid) -> Cost:
        """Return the block height of the files and the memory of all years and of what is computed from each."""
        rows = max(band.cost(grid).rows_at_once for band in self.bands)
        return Cost(rows, 8 * len(self.bands), self.max_cells)

    def open(self, grid: Grid) -> YearsReader:
        """Open it on a grid."""
        return YearsReader(self, grid)


class YearsReader:
    """Reads all years of a window."""

    def __init__(self, source: YearsSource, grid: Grid) -> None:
        self._readers = [band.open(grid) for band in source.bands]

    def read(self, window: Window) -> np.ndarray:
        """Return float32, shape (years, rows, columns)."""
        values = np.empty((len(self._readers), *window.shape), np.float32)
        for reader, year in zip(self._readers, values):
            year[...] = reader.read(window)
        return values


def _years_of(source: RasterSource) -> list[Optional[int]]:
    """Return the year of each band of a raster; None where it has none."""
    names = band_names(source)
    # A single band may be named after its quantity, and the file after the year.
    return [year_in(name) or (year_in(source.name) if len(names) == 1 else None) for name in names]


def _steps(years: Sequence[Optional[int]]) -> list[int]:
    """Return the years from the first band to each: by their names if all ascend, else one year per band."""
    known = [year for year in years if year is not None]
    if len(known) == len(years) and all(before < after for before, after in zip(known, known[1:])):
        return [year - known[0] for year in known]
    return list(range(len(years)))


def join_years(sources: Sequence[RasterSource], start_year: Optional[int] = None) -> YearsSource:
    """Sort the bands of rasters by year.

    Parameters
    ----------
    sources : sequence of RasterSource
        Each with one band per year, or a single band.
    start_year : int, optional
        The year of the first band, which overrides its name. The others follow with the steps between the years of
        the bands, or year by year if not all bands have ascending years.

    Raises
    ------
    InputError
        If the year of a band cannot be found, or occurs twice.
    """
    every = [
        (replace(source, band=number), own_year)
        for source in sources
        for number, own_year in enumerate(_years_of(source), start=1)
    ]
    steps = _steps([own_year for _, own_year in every])
    bands: dict[int, RasterSource] = {}
    for (band, own_year), step in zip(every, steps):
        year = own_year if start_year is None else start_year + step
        if year is None:
            raise InputError(
                tr(
                    "Band {band} of '{name}' has no year: write it into the band description, or set START_YEAR to "
                    "the year of the first band, if the bands are consecutive years.",
                    band=band.band,
                    name=band.name,
                )
            )
        if year in bands:
            raise InputError(
                tr(
                    "The year {year} is in '{name}' and again in '{band_name}': give each year once.",
                    year=year,
                    name=bands[year].name,
                    band_name=band.name,
                )
            )
        bands[year] = band
    years = sorted(bands)
    return YearsSource(tuple(bands[year] for year in years), tuple(years))
