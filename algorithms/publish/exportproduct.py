"""The folder that is deposited in a data centre."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Sequence

from qgis.core import QgsRasterLayer

from ...core import classes
from ...core.classes import Ramp
from ...core.errors import InputError, OutputError
from ...core.files import whole_folder, write_text
from ...core.publish.product import (
    CHECKSUMS,
    Product,
    ProductFile,
    Table,
    checksums,
    datacite,
    different_slugs,
    public_parameters,
    read_authors,
    read_dois,
    read_period,
    readme,
    require_license,
    require_own_folder,
    stac_item,
)
from ...raster.grid.grid import Grid
from ...raster.publish.product import export_classes, export_numbers, place_of, processing_steps, product_grid
from ...raster.read.description import band_name, map_classes, unit_of
from ...raster.read.rasters import RasterSource
from ...raster.write.provenance import Provenance
from ..apart import require_outside
from ..base import Group, PermafrostAlgorithm, Task
from ..layers import AttributeTable
from ..parameters import NumberOutput, Style, crs, folder_output, number, raster, rasters, running_parameters, tables
from ..parameters import text as text_parameter
from ..picture import save_picture
from ..style import apply_style

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
    """A raster of the product: its source, the name of its file, and its style, if it has one."""

    source: RasterSource
    file_name: str
    style: Style | None

    @property
    def holds_classes(self) -> bool:
        """Whether it is a map of classes."""
        return self.style is not None and not isinstance(self.style, Ramp)


class ExportProduct(PermafrostAlgorithm):
    """Algorithm ``permafrost:exportproduct``."""

    ID = "exportproduct"
    TITLE = "Export product"
    GROUP = Group.ASSESS
    TAGS = (
        "publish, deposit, data centre, repository, metadata, DataCite, STAC, DOI, README, license, citation, package"
    )
    SUMMARY = "Writes maps, tables and metadata as a folder ready to be deposited in a data centre."
    DESCRIPTION = """
        All rasters are brought to one grid, that of the first map or its like in another CRS: maps of classes by the
        nearest cell, numbers bilinearly. Each GeoTIFF has its style for QGIS beside it, and maps of classes their names
        and colours as an attribute table and as CSV.

        README.md says for people what the folder holds, where and when, how it was made, how good it is and how it is
        cited; datacite.json (DataCite Metadata Schema 4.5) and item.json (STAC 1.1.0) say so for machines. The steps of
        the processing are read from the metadata that each algorithm of this provider leaves in its rasters, and from
        those of its inputs as long as they are where they were. Names of folders of this machine are left out.

        No DOI is made up. The data centre assigns it; the README says where to fill it in.

        The folder appears when it is whole. A folder that holds anything but an export that nobody has changed since is
        not touched.
    """
    EXAMPLE = (
        'MAPS=map.tif PROBABILITY=probability.tif TTOP=ttop.tif TITLE="Permafrost of the basin" '
        'AUTHORS="Zhang, Li; Doe, Jane" PERIOD=2005-2020 ACCURACY=accuracy.csv CRS=EPSG:32644 OUTPUT=product'
    )

    def declare(self) -> tuple:
        """Parameters and outputs."""
        return (
            rasters(
                "MAPS",
                "Permafrost maps",
                "One map, or one per period. The first one gives the grid and the thumbnail.",
            ),
            raster("PROBABILITY", "Permafrost probability [%]", "From 'Permafrost probability'.", optional=True),
            raster("TTOP", "TTOP [°C]", "From 'TTOP'.", optional=True),
            rasters(
                "OTHERS",
                "Further rasters",
                "Anything else that belongs to the product, such as zones, degree days or r_k. Rasters with an "
                "attribute table are maps of classes, others hold numbers.",
                optional=True,
            ),
            tables("ACCURACY", "Accuracy tables", "Tables of quality figures, for example from 'Accuracy of a map'."),
            text_parameter("TITLE", "Title", "Of the data set."),
            text_parameter(
                "AUTHORS",
                "Authors",
                "'Family, Given [ORCID] (Affiliation)' with a semicolon between authors; the brackets may be left out. "
                "A name without a comma is an organisation.",
            ),
            text_parameter(
                "PERIOD",
                "Period",
                "That the maps stand for: one year, two years as 2005-2020, or two days as 2005-09-01/2020-08-31.",
            ),
            text_parameter("ABSTRACT", "Abstract", "What the data set is, in a few sentences.", optional=True),
            text_parameter(
                "LICENSE", "License", "SPDX identifier, such as CC-BY-4.0, CC0-1.0 or ODbL-1.0.", "CC-BY-4.0"
            ),
            text_parameter(
                "PUBLISHER",
                "Data centre",
                "That will publish it. Empty where it is not known yet: the record then says :tba, to be announced.",
                optional=True,
            ),
            text_parameter("VERSION", "Version", "Of the data set.", "1.0"),
            text_parameter(
                "KEYWORDS", "Keywords", "Separated by commas.", "permafrost, TTOP, ground temperature", optional=True
            ),
            text_parameter(
                "SOURCES",
                "DOIs of the sources",
                "Of the data that the product was made from, separated by semicolons.",
                optional=True,
            ),
            crs(
                "CRS",
                "CRS of the product",
                "By default that of the first map. Any CRS that QGIS knows; as a text EPSG:32644, or, for the Albers "
                "projection of maps of China, "
                "PROJ:+proj=aea +lat_0=0 +lon_0=105 +lat_1=25 +lat_2=47 +ellps=krass +units=m +type=crs.",
            ),
            number(
                "RESOLUTION",
                "Size of the cells",
                "In units of the CRS. By default the cells of the first map, or about as many in another CRS.",
                None,
                1e-9,
                optional=True,
            ),
            *running_parameters(),
            folder_output("OUTPUT", "Folder", "A new or empty folder, or one that an export wrote."),
            NumberOutput("FILES", "Files in the folder"),
        )

    def check(self, p: SimpleNamespace) -> None:
        """The texts can be read, and the folder is free."""
        p.authors = read_authors(p.AUTHORS)
        p.period = read_period(p.PERIOD)
        p.sources = read_dois(p.SOURCES or "")
        require_license(p.LICENSE)
        if p.CRS == "":
            raise InputError("CRS is none that QGIS knows: write it as EPSG:32644, as PROJ:+proj=..., or as WKT.")
        require_own_folder(p.OUTPUT)
        inputs = {name: getattr(p, name) for name in ("MAPS", "PROBABILITY", "TTOP", "OTHERS", "ACCURACY")}
        require_outside(p.OUTPUT, "OUTPUT", inputs)

    def execute(self, p: SimpleNamespace, task: Task) -> dict[str, Any]:
        """Write rasters, picture, tables, then what describes them, then the checksums of all."""
        items = _items(p)
        grid = product_grid(p.MAPS[0], p.CRS, p.RESOLUTION)
        task.info(f"The grid of the product: {grid.describe()}.")
        if task.simulated:
            task.warn("The product is marked as simulated, not observed: its inputs are.")
        quality = [Table(table.name, table.fields) for table in p.ACCURACY or []]
        product = Product(
            title=p.TITLE,
            abstract=p.ABSTRACT or "",
            authors=p.authors,
            license=p.LICENSE,
            period=p.period,
            publisher=p.PUBLISHER or "",
            version=p.VERSION,
            keywords=tuple(word.strip() for word in (p.KEYWORDS or "").split(",") if word.strip()),
            sources=p.sources,
            simulated=task.simulated,
            created=datetime.now(timezone.utc),
            place=place_of(grid, p.MAPS[0]),
            steps=processing_steps([item.source for item in items]),
            tables=quality,
        )
        with whole_folder(p.OUTPUT) as folder:
            files = []
            for done, item in enumerate(items):
                files += _write_raster(item, grid, folder, task, done / len(items), 1 / len(items))
            files.append(_write_thumbnail(items[0], product, folder))
            tables = p.ACCURACY or []
            names = different_slugs(table.name for table in tables)
            files += [_write_table(table, name, folder) for table, name in zip(tables, names)]
            _write_metadata(product, files, folder)
            write_text(folder / CHECKSUMS, checksums(folder))
            count = sum(1 for file in folder.rglob("*") if file.is_file())
        task.info(f"{count} files are in {p.OUTPUT}; README.md says what is left to do before the deposit.")
        return {"FILES": count}


def _items(p: SimpleNamespace) -> list[Item]:
    """Give the rasters of the product with different names of files."""
    styled: list[tuple[RasterSource, Style | None]] = [
        (source, map_classes(source) or classes.PERMAFROST_MAP) for source in p.MAPS
    ]
    styled += [
        (source, style) for source, style in ((p.PROBABILITY, classes.PROBABILITY), (p.TTOP, classes.TTOP)) if source
    ]
    styled += [(source, map_classes(source) or _ramp(source)) for source in p.OTHERS or []]
    names = different_slugs(source.name for source, _ in styled)
    return [Item(source, name, style) for name, (source, style) in zip(names, styled)]


def _ramp(source: RasterSource) -> Style | None:
    return RAMPS.get(band_name(source)) or RAMPS.get(unit_of(source))


def _write_raster(item: Item, grid: Grid, folder: Path, task: Task, done: float, share: float) -> list[ProductFile]:
    """Write a GeoTIFF, its style and its classes; the run is `done` before, and this is a `share` of it."""
    path = folder / "data" / f"{item.file_name}.tif"
    provenance = Provenance(task.provenance.algorithm, public_parameters(task.provenance.parameters), task.simulated)
    running = task.running.part(done, share)
    beside: list[ProductFile] = []
    if item.holds_classes:
        bands = export_classes(item.source, grid, item.style, str(path), provenance, running)
        beside.append(_write_classes(item, folder))
    else:
        bands = export_numbers(item.source, grid, str(path), provenance, running)
    if item.style is not None:
        beside.append(_write_style(item, folder))
    # Written by GDAL with the classes, and by QGIS, which computes statistics where it opens a raster.
    if path.with_name(f"{path.name}.aux.xml").exists():
        what = "attribute table" if item.holds_classes else "statistics"
        beside.append(ProductFile(f"data/{path.name}.aux.xml", f"The {what}, for GDAL and ArcGIS", "metadata"))
    unit = f" [{bands[0].unit}]" if bands[0].unit else ""
    title = bands[0].name if len(bands) == 1 else f"{bands[0].name} to {bands[-1].name}, {len(bands)} bands"
    return [ProductFile(f"data/{path.name}", f"{title}{unit}, from '{item.source.name}'", "data", bands), *beside]


def _write_style(item: Item, folder: Path) -> ProductFile:
    layer = QgsRasterLayer(str(folder / "data" / f"{item.file_name}.tif"), item.file_name)
    apply_style(layer, item.style)
    target = f"data/{item.file_name}.qml"
    message, written = layer.saveNamedStyle(str(folder / target))
    if not written:
        raise OutputError(f"'{target}' cannot be written ({message}): choose another folder.")
    return ProductFile(target, "Style for QGIS", "metadata")


def _write_classes(item: Item, folder: Path) -> ProductFile:
    rows = [(entry.value, entry.name, entry.colour) for entry in item.style]
    return _write_csv(
        folder, f"data/{item.file_name}_classes.csv", "Classes and colours", ("value", "class", "colour"), rows
    )


def _write_table(table: AttributeTable, name: str, folder: Path) -> ProductFile:
    rows = zip(*table.fields.values())
    return _write_csv(folder, f"quality/{name}.csv", f"Quality figures '{table.name}'", table.fields, rows)


def _write_csv(folder: Path, path: str, title: str, header: Sequence[str], rows: Any) -> ProductFile:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    write_text(folder / path, text.getvalue())
    return ProductFile(path, title, "metadata")


def _write_thumbnail(item: Item, product: Product, folder: Path) -> ProductFile:
    raster_path = str(folder / "data" / f"{item.file_name}.tif")
    save_picture(raster_path, item.style, product.full_title, str(folder / "thumbnail.png"), product.warning)
    return ProductFile("thumbnail.png", "Picture of the first map", "thumbnail")


def _write_metadata(product: Product, files: list[ProductFile], folder: Path) -> None:
    """Write README, DataCite record and STAC item; the item lists all others, with their checksums."""
    write_text(folder / "README.md", readme(product, files))
    files = [*files, ProductFile("README.md", "What the folder holds, for people", "metadata")]
    size = sum((folder / file.path).stat().st_size for file in files)
    _write_json(folder / "datacite.json", datacite(product, files, size))
    files = [*files, ProductFile("datacite.json", "Record of DataCite's Metadata Schema 4.5", "metadata")]
    _write_json(folder / "item.json", stac_item(product, files, folder))


def _write_json(path: Path, document: dict) -> None:
    write_text(path, json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False) + "\n")
