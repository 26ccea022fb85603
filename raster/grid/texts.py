"""Texts in files that GDAL reads.

Where one is not UTF-8, as in damaged files and old ones, its bindings give bytes, or a text with a surrogate for each
byte, which nothing can write.
"""

from __future__ import annotations

from typing import Optional, Union

from osgeo import gdal

# What has a description and metadata.
Described = Union[gdal.Dataset, gdal.Band]


def as_text(value: Union[str, bytes, None]) -> str:
    """Return a text of GDAL, with a mark for each byte that cannot be read; empty for none."""
    if isinstance(value, str):
        value = value.encode("utf-8", "surrogateescape")
    return value.decode("utf-8", "replace") if value else ""


def description_of(band: gdal.Band) -> str:
    """Return the description of a band; empty where it has none."""
    return as_text(band.GetDescription())


def unit_of(band: gdal.Band) -> str:
    """Return the unit of a band; empty where it has none."""
    return as_text(band.GetUnitType())


def projection_of(dataset: gdal.Dataset) -> str:
    """Return the CRS of a raster as WKT; empty where it has none."""
    return as_text(dataset.GetProjection())


def metadata_of(described: Described) -> dict[str, str]:
    """Return all metadata of a raster or band."""
    return {as_text(name): as_text(value) for name, value in described.GetMetadata().items()}


def metadata_item(described: Described, name: str, domain: str = "") -> Optional[str]:
    """Return an item of the metadata of a raster or band; None where there is none."""
    value = described.GetMetadataItem(name, domain)
    return None if value is None else as_text(value)
