"""The description of a product: authors, period, place, files, processing steps and tables of quality."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Mapping, Sequence

from .steps import Step

# Page of a license, followed by its identifier and ".html".
LICENSE_URL = "https://spdx.org/licenses/"

MEDIA_TYPES = {
    ".tif": "image/tiff; application=geotiff",
    ".png": "image/png",
    ".csv": "text/csv",
    ".md": "text/markdown",
    ".json": "application/json",
    ".qml": "application/xml",
    ".xml": "application/xml",
}


@dataclass(frozen=True)
class Author:
    """A person, or an organisation where the name has no comma.

    Attributes
    ----------
    name : str
        ``Family, Given``.
    orcid, affiliation : str
        Empty where not given.
    """

    name: str
    orcid: str = ""
    affiliation: str = ""


@dataclass(frozen=True)
class Band:
    """A band of a raster: its name, its unit, its type, and the stored value that means no data."""

    name: str
    unit: str
    nodata: float
    data_type: str


@dataclass(frozen=True)
class ProductFile:
    """A file of the product.

    Attributes
    ----------
    path : str
        Relative to the folder, with slashes.
    title : str
        What it holds, for readers.
    role : str
        Its role in STAC: data, thumbnail or metadata.
    bands : sequence of Band
        Bands, if it is a raster.
    """

    path: str
    title: str
    role: str
    bands: Sequence[Band] = ()

    @property
    def media_type(self) -> str:
        """Media type of the file."""
        return MEDIA_TYPES[Path(self.path).suffix]


@dataclass(frozen=True)
class Place:
    """Location and grid of a product.

    Attributes
    ----------
    bounds : tuple of 4 floats
        West, south, east, north of the first map in degrees on WGS 84.
    crs_name, crs_code, crs_wkt : str
        Its CRS; the code, such as ``EPSG:4326``, is empty where there is none.
    projected_bounds : tuple of 4 floats
        Minimum x, minimum y, maximum x, maximum y in the CRS.
    shape : tuple of int
        Rows and columns.
    transform : tuple of 6 floats
        Cell width, 0, x of the upper left corner, 0, cell height, y of that corner.
    cells : str
        The grid in words.
    """

    bounds: tuple[float, float, float, float]
    crs_name: str
    crs_code: str
    crs_wkt: str
    projected_bounds: tuple[float, float, float, float]
    shape: tuple[int, int]
    transform: tuple[float, ...]
    cells: str


@dataclass(frozen=True)
class Table:
    """A table of quality figures: its name, and its columns by name."""

    name: str
    columns: Mapping[str, Sequence[object]]

    def rows(self) -> list[tuple]:
        """Return the rows."""
        return list(zip(*self.columns.values()))


@dataclass(frozen=True)
class Product:
    """The description of a product; texts that are not given are empty."""

    title: str
    abstract: str
    authors: Sequence[Author]
    license: str
    period: tuple[datetime.date, datetime.date]
    publisher: str
    version: str
    keywords: Sequence[str]
    sources: Sequence[str]
    simulated: str
    created: datetime.datetime
    place: Place
    steps: Sequence[Step]
    tables: Sequence[Table]

    @property
    def full_title(self) -> str:
        """The title, with a remark where the data are simulated."""
        return f"{self.title} (simulated data)" if self.simulated else self.title

    @property
    def years(self) -> str:
        """The period as text: years where it consists of whole years, else days."""
        first, last = self.period
        if (first.month, first.day, last.month, last.day) != (1, 1, 12, 31):
            return f"{first.isoformat()} to {last.isoformat()}"
        return str(first.year) if first.year == last.year else f"{first.year}-{last.year}"

    @property
    def warning(self) -> str:
        """The warning that comes first where data are simulated; else empty."""
        if not self.simulated:
            return ""
        return f"SIMULATED DATA, NOT OBSERVED: {self.simulated}. Do not use for any statement about the real ground."

    @property
    def citation(self) -> str:
        """How to cite the product."""
        names = "; ".join(author.name for author in self.authors)
        publisher = self.publisher or "[data centre, to be filled in]"
        return (
            f"{names} ({self.created.year}): {self.full_title}. Version {self.version}. {publisher}. "
            "[DOI, assigned by the data centre]"
        )


def rounded(value: object) -> str:
    """Return a value as text: fractions with four significant digits, or whole from 1000 on, as CSV holds them too."""
    text = str(value)
    if not re.fullmatch(r"-?\d*\.\d+(e-?\d+)?", text):
        return text
    return f"{float(text):.0f}" if abs(float(text)) >= 999.5 else f"{float(text):.4g}"
