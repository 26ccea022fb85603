"""Write the folder of a product: rasters on one grid, tables, and what describes them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Optional, Protocol, Union

from ...core import classes
from ...core.classes import MapClass, Ramp
from ...core.files import whole_folder, write_text
from ...core.publish.datacite import datacite
from ...core.publish.folder import CHECKSUMS, checksums, different_slugs
from ...core.publish.product import Product, ProductFile
from ...core.publish.readme import readme
from ...core.publish.stac import stac_item
from ...core.publish.steps import public_parameters
from ...core.tabletext import plain_cell
from ..grid.grid import Grid
from ..read.description import band_name, map_classes, unit_of
from ..read.rasters import RasterSource
from ..run.blocks import Running
from ..write.provenance import Provenance
from .rasters import export_classes, export_numbers

THUMBNAIL = "thumbnail.png"

Style = Union[tuple[MapClass, ...], Ramp]

# Styles of rasters of numbers, by the name of the band or its unit.
RAMPS = {
    "r_k": classes.R_K,
    "degC": classes.TTOP,
    "degC d": classes.DEGREE_DAYS,
    "%": classes.PERCENT,
    "K": classes.UNCERTAINTY,
}


@dataclass(frozen=True)
class Item:
    """A raster of the product.

    Attributes
    ----------
    source : RasterSource
        The raster.
    file_name : str
        Name of its file, without folder and suffix.
    style : tuple of MapClass, or Ramp, optional
        Its classes, or the colours of its numbers.
    """

    source: RasterSource
    file_name: str
    style: Optional[Style]

    @property
    def classes(self) -> tuple[MapClass, ...]:
        """The classes of a class map; empty for numbers."""
        return self.style if isinstance(self.style, tuple) else ()


def product_items(
    maps: Sequence[RasterSource],
    probability: Optional[RasterSource],
    ttop: Optional[RasterSource],
    others: Iterable[RasterSource] = (),
) -> tuple[Item, ...]:
    """Return the rasters of a product with their styles, under unique file names.

    Parameters
    ----------
    maps : sequence of RasterSource
        Permafrost maps, or maps with an attribute table.
    probability, ttop : RasterSource, optional
        Probability of permafrost, percent, and TTOP, degC.
    others : iterable of RasterSource
        Class maps where they have an attribute table, else numbers.
    """
    styled: list[tuple[RasterSource, Optional[Style]]] = [
        (source, map_classes(source) or classes.PERMAFROST_MAP) for source in maps
    ]
    styled += [
        (source, style) for source, style in ((probability, classes.PROBABILITY), (ttop, classes.TTOP)) if source
    ]
    styled += [(source, map_classes(source) or _ramp(source)) for source in others]
    names = different_slugs(source.name for source, _ in styled)
    return tuple(Item(source, name, style) for name, (source, style) in zip(names, styled))


def _ramp(source: RasterSource) -> Optional[Ramp]:
    return RAMPS.get(band_name(source)) or RAMPS.get(unit_of(source))


class Drawing(Protocol):
    """What QGIS adds to a product: styles and the thumbnail."""

    def write_style(self, raster: Path, style: Style, target: Path) -> None:
        """Write the style of a raster as QML; raise an `OutputError` where it cannot be written."""

    def write_picture(self, raster: Path, style: Style, product: Product, target: Path) -> None:
        """Write the picture of a class map as PNG; raise an `OutputError` where it cannot be written."""


@dataclass(frozen=True)
class ProductJob:
    """A product to be written.

    Attributes
    ----------
    items : tuple of Item
        Its rasters; the first one is the map of the thumbnail.
    grid : Grid
        The grid of all rasters.
    product : Product
        What describes them, with the tables of quality.
    """

    items: tuple[Item, ...]
    grid: Grid
    product: Product


def run_exportproduct(
    job: ProductJob, path: str, provenance: Provenance, running: Running, drawing: Optional[Drawing] = None
) -> int:
    """Write the folder of a product, and return the number of its files.

    Parameters
    ----------
    job : ProductJob
        What is written.
    path : str
        The folder, which appears when it is complete.
    provenance : Provenance
        Of the export; the provenance in the metadata of a raster takes precedence.
    running : Running
        Threads, memory, progress and cancellation.
    drawing : Drawing, optional
        Writes styles and the thumbnail; without it the product has none.

    Raises
    ------
    InputError
        If a class map holds a value that is none of its classes, or a raster has no value on the grid.
    """
    # The steps before are in the README, without folders.
    provenance = replace(provenance, parameters=public_parameters(provenance.parameters), before="")
    items, product = job.items, job.product
    with whole_folder(path) as folder:
        files = []
        for done, item in enumerate(items):
            part = running.part(done / len(items), 1 / len(items))
            files += _write_raster(item, job.grid, folder, provenance, part, drawing)
        first = items[0]
        if drawing is not None and first.style is not None:
            drawing.write_picture(folder / "data" / f"{first.file_name}.tif", first.style, product, folder / THUMBNAIL)
            files.append(ProductFile(THUMBNAIL, "Picture of the first map", "thumbnail"))
        names = different_slugs(table.name for table in product.tables)
        for table, name in zip(product.tables, names):
            title = f"Quality figures '{table.name}'"
            files.append(_write_csv(folder, f"quality/{name}.csv", title, table.columns, table.rows()))
        _write_metadata(product, files, folder)
        write_text(folder / CHECKSUMS, checksums(folder))
        return sum(1 for file in folder.rglob("*") if file.is_file())


def _write_raster(
    item: Item, grid: Grid, folder: Path, provenance: Provenance, running: Running, drawing: Optional[Drawing]
) -> list[ProductFile]:
    """Write a GeoTIFF, its classes and its style."""
    name = f"data/{item.file_name}"
    path = folder / f"{name}.tif"
    beside: list[ProductFile] = []
    if item.classes:
        bands = export_classes(item.source, grid, item.classes, str(path), provenance, running)
        rows = [(entry.value, entry.name, entry.colour) for entry in item.classes]
        header = ("value", "class", "colour")
        beside.append(_write_csv(folder, f"{name}_classes.csv", "Classes and colours", header, rows))
    else:
        bands = export_numbers(item.source, grid, str(path), provenance, running)
    if item.style is not None and drawing is not None:
        drawing.write_style(path, item.style, folder / f"{name}.qml")
        beside.append(ProductFile(f"{name}.qml", "Style for QGIS", "metadata"))
    # Written by GDAL with the classes, and by QGIS, which computes statistics where it opens a raster.
    if path.with_name(f"{path.name}.aux.xml").exists():
        what = "attribute table" if item.classes else "statistics"
        beside.append(ProductFile(f"{name}.tif.aux.xml", f"The {what}, for GDAL and ArcGIS", "metadata"))
    unit = f" [{bands[0].unit}]" if bands[0].unit else ""
    title = bands[0].name if len(bands) == 1 else f"{bands[0].name} to {bands[-1].name}, {len(bands)} bands"
    return [
        ProductFile(
            f"{name}.tif",
            f"{title}{unit}, from '{item.source.name}'",
            "data",
            bands,
        ),
        *beside,
    ]


def _write_csv(folder: Path, path: str, title: str, header: Iterable[str], rows: Iterable[Sequence]) -> ProductFile:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([plain_cell(value) for value in row] for row in rows)
    write_text(folder / path, text.getvalue())
    return ProductFile(path, title, "metadata")


def _write_metadata(product: Product, files: list[ProductFile], folder: Path) -> None:
    """Write README, DataCite record and STAC item; the item lists all other files with their checksums."""
    write_text(folder / "README.md", readme(product, files))
    files = [*files, ProductFile("README.md", "What the folder holds, for people", "metadata")]
    size = sum((folder / file.path).stat().st_size for file in files)
    _write_json(folder / "datacite.json", datacite(product, files, size))
    files = [*files, ProductFile("datacite.json", "Record of DataCite's Metadata Schema 4.5", "metadata")]
    _write_json(folder / "item.json", stac_item(product, files, folder))


def _write_json(path: Path, document: dict) -> None:
    write_text(path, json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False) + "\n")
