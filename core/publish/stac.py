"""A product as an item of the SpatioTemporal Asset Catalog (STAC)."""

from __future__ import annotations

from pathlib import Path
from typing import Sequence

from ..files import sha256
from .folder import slug
from .product import Product, ProductFile

STAC_VERSION = "1.1.0"
STAC_EXTENSIONS = (
    "https://stac-extensions.github.io/projection/v2.0.0/schema.json",
    "https://stac-extensions.github.io/file/v2.1.0/schema.json",
)
# The first two bytes of a multihash: SHA-256, 32 bytes.
MULTIHASH_SHA256 = "1220"


def stac_item(product: Product, files: Sequence[ProductFile], folder: Path) -> dict:
    """Return the STAC item that describes the folder, with size and checksum of each file.

    Parameters
    ----------
    product : Product
    files : sequence of ProductFile
        Files that exist already.
    folder : Path
        The folder that holds them.
    """
    place = product.place
    west, south, east, north = place.bounds
    first, last = product.period
    return {
        "type": "Feature",
        "stac_version": STAC_VERSION,
        "stac_extensions": list(STAC_EXTENSIONS),
        "id": slug(product.title),
        "geometry": _outline(west, south, east, north),
        "bbox": [west, south, east, north],
        "properties": {
            "title": product.full_title,
            "description": " ".join(filter(None, [product.warning, product.abstract])) or product.title,
            "keywords": list(product.keywords),
            "datetime": None,
            "start_datetime": f"{first.isoformat()}T00:00:00Z",
            "end_datetime": f"{last.isoformat()}T23:59:59Z",
            "created": product.created.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "license": product.license,
            "providers": [{"name": author.name, "roles": ["producer"]} for author in product.authors],
            "proj:code": place.crs_code or None,
            "proj:wkt2": place.crs_wkt,
            "proj:bbox": list(place.projected_bounds),
            "proj:shape": list(place.shape),
            "proj:transform": list(place.transform),
        },
        "links": [
            {"rel": "derived_from", "href": f"https://doi.org/{doi}", "type": "text/html"} for doi in product.sources
        ],
        "assets": {slug(file.path): _asset(file, folder) for file in files},
    }


def _outline(west: float, south: float, east: float, north: float) -> dict:
    """Return bounds as GeoJSON, cut at longitude 180 where they cross it."""

    def ring(left: float, right: float) -> list:
        return [[left, south], [right, south], [right, north], [left, north], [left, south]]

    if west <= east:
        return {"type": "Polygon", "coordinates": [ring(west, east)]}
    return {"type": "MultiPolygon", "coordinates": [[ring(west, 180.0)], [ring(-180.0, east)]]}


def _asset(file: ProductFile, folder: Path) -> dict:
    path = folder / file.path
    asset = {
        "href": f"./{file.path}",
        "title": file.title,
        "type": file.media_type,
        "roles": [file.role],
        "file:size": path.stat().st_size,
        "file:checksum": MULTIHASH_SHA256 + sha256(path),
    }
    if file.bands:
        asset["bands"] = [
            {"name": band.name, "data_type": band.data_type, "nodata": band.nodata}
            | ({"unit": band.unit} if band.unit else {})
            for band in file.bands
        ]
    return asset
