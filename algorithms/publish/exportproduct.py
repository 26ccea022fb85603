"""The folder that is deposited in a data centre."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from qgis.core import QgsRasterLayer

from ...core.errors import InputError
from ...core.language import english, tr
from ...core.lists import at_commas
from ...core.publish.entries import read_authors, read_dois, read_period, require_license
from ...core.publish.folder import require_own_folder
from ...core.publish.product import Product, Table
from ...raster.publish.place import place_of, product_grid
from ...raster.publish.product import ProductJob, product_items, run_exportproduct
from ...raster.publish.steps import processing_steps
from ..apart import require_outside
from ..base import Group, PermafrostAlgorithm, Task
from ..parameters import (
    NumberOutput,
    Style,
    Values,
    crs,
    folder_output,
    number,
    raster,
    rasters,
    running_parameters,
    tables,
    text,
)
from ..picture import save_picture
from ..style import apply_style, write_style


class ExportProduct(PermafrostAlgorithm):
    """Algorithm ``permafrost:exportproduct``."""

    ID = "exportproduct"
    TITLE = "Export product"
    GROUP = Group.PUBLISH
    TAGS = (
        "publish, deposit, data centre, repository, metadata, DataCite, STAC, DOI, README, license, citation, package"
    )
    SUMMARY = "Writes maps, tables and metadata as a folder ready to be deposited in a data centre."
    DESCRIPTION = """
        All rasters are brought to one grid: that of the first map, or a similar one in another CRS. Class maps are
        resampled to the nearest cell, numbers bilinearly. Each GeoTIFF comes with a style for QGIS, and each class map
        with the names and colours of its classes as an attribute table and as CSV.

        README.md describes the contents of the folder, the place and period that it covers, how it was made, how
        accurate it is and how to cite it; datacite.json (DataCite Metadata Schema 4.5) and item.json (STAC 1.1.0) are
        machine-readable records of the same. The processing steps are read from the metadata that each algorithm of
        this provider writes into its rasters, and from the metadata of their inputs if these still exist. Names of
        folders on this machine are omitted.

        The data centre assigns the DOI; the README says where to enter it.

        The folder appears when it is complete. An existing folder is replaced only if it is empty, or holds an export
        that has not been changed since.
    """
    EXAMPLE = (
        'MAPS=map.tif PROBABILITY=probability.tif TTOP=ttop.tif TITLE="Permafrost of the basin" '
        'AUTHORS="Zhang, Li; Doe, Jane" PERIOD=2005-2020 ACCURACY=accuracy.csv CRS=EPSG:32644 OUTPUT=product'
    )

    def declare(self) -> tuple:
        """Return the parameters and outputs."""
        return (
            rasters(
                "MAPS",
                "Permafrost maps",
                "One map, or one per period. The first one defines the grid and the thumbnail.",
                one_band=True,
            ),
            raster(
                "PROBABILITY",
                "Probability of permafrost [%]",
                "From 'Probability of permafrost'.",
                optional=True,
                one_band=False,
            ),
            raster("TTOP", "TTOP [°C]", "From 'TTOP'.", optional=True, one_band=False),
            rasters(
                "OTHERS",
                "Further rasters",
                "Anything else that belongs to the product, such as zones, degree days or r_k. Rasters with an "
                "attribute table are class maps, others hold numbers.",
                optional=True,
            ),
            tables(
                "ACCURACY",
                "Accuracy tables",
                "Tables of quality figures, for example from 'Accuracy of a permafrost map'.",
            ),
            text("TITLE", "Title", "Title of the data set."),
            text(
                "AUTHORS",
                "Authors",
                "'Family, Given [ORCID] (Affiliation)', with semicolons between authors; ORCID and affiliation are "
                "optional. A name without a comma is an organisation.",
            ),
            text(
                "PERIOD",
                "Period",
                "Period that the maps represent: one year, two years as 2005-2020, or two days as "
                "2005-09-01/2020-08-31.",
            ),
            text("ABSTRACT", "Abstract", "Description of the data set in a few sentences.", optional=True),
            text("LICENSE", "License", "SPDX identifier, such as CC-BY-4.0, CC0-1.0 or ODbL-1.0.", "CC-BY-4.0"),
            text(
                "PUBLISHER",
                "Data centre",
                "Publisher of the data set. If it is not known yet, leave it empty: the record then says :tba, to be "
                "announced.",
                optional=True,
            ),
            text("VERSION", "Version", "Version of the data set.", "1.0"),
            text("KEYWORDS", "Keywords", "Separated by commas.", "permafrost, TTOP, ground temperature", optional=True),
            text(
                "SOURCES",
                "DOIs of the sources",
                "DOIs of the data that the product was made from, separated by semicolons.",
                optional=True,
            ),
            crs(
                "CRS",
                "CRS of the product",
                "By default the CRS of the first map. Any CRS that QGIS knows; as text for example EPSG:32644, or, for "
                "the Albers projection of maps of China, "
                "PROJ:+proj=aea +lat_0=0 +lon_0=105 +lat_1=25 +lat_2=47 +ellps=krass +units=m +type=crs.",
            ),
            number(
                "RESOLUTION",
                "Cell size",
                "In units of the CRS. By default that of the first map, or about as many cells in another CRS.",
                None,
                1e-9,
                optional=True,
            ),
            *running_parameters(),
            folder_output("OUTPUT", "Folder", "A new or empty folder, or one that an export wrote."),
            NumberOutput("FILES", "Files in the folder"),
        )

    def check(self, p: Values) -> dict[str, Any]:
        """Require a folder that may be written; return authors, period and sources."""
        described = {
            "authors": read_authors(p.AUTHORS),
            "period": read_period(p.PERIOD),
            "sources": read_dois(p.SOURCES or ""),
            "license": require_license(p.LICENSE),
        }
        if p.CRS == "":
            raise InputError(tr("CRS is not known to QGIS: write it as EPSG:32644, as PROJ:+proj=..., or as WKT."))
        require_own_folder(p.OUTPUT)
        inputs = {name: getattr(p, name) for name in ("MAPS", "PROBABILITY", "TTOP", "OTHERS", "ACCURACY")}
        require_outside(p.OUTPUT, "OUTPUT", inputs)
        return described

    def execute(self, p: Values, task: Task) -> dict[str, Any]:
        """Write the folder, and say what is left to do."""
        job = _job(p, task)
        task.info(tr("The grid of the product: {grid}.", grid=job.grid.describe()))
        if task.simulated:
            task.warn(tr("The product is marked as simulated because its inputs are."))
        count = run_exportproduct(job, p.OUTPUT, task.provenance, task.running, QgisDrawing())
        task.info(
            tr(
                "{output} holds {count} files; README.md says what is left to do before the deposit.",
                output=p.OUTPUT,
                count=count,
            )
        )
        return {"FILES": count}


def _job(p: Values, task: Task) -> ProductJob:
    """Return the job: the rasters, their grid, and the description of the product."""
    items = product_items(p.MAPS, p.PROBABILITY, p.TTOP, p.OTHERS or [])
    grid = product_grid(p.MAPS[0], p.CRS, p.RESOLUTION)
    product = Product(
        title=p.TITLE,
        abstract=p.ABSTRACT or "",
        publisher=p.PUBLISHER or "",
        version=p.VERSION,
        keywords=at_commas(p.KEYWORDS or ""),
        simulated=task.simulated,
        created=datetime.now(timezone.utc),
        place=place_of(grid, p.MAPS[0]),
        steps=processing_steps([item.source for item in items]),
        tables=[Table(table.name, table.fields) for table in p.ACCURACY or []],
        **task.checked,
    )
    return ProductJob(items, grid, product)


class QgisDrawing:
    """Styles and the thumbnail of a product, made by QGIS: a `raster.publish.product.Drawing`."""

    def write_style(self, raster: Path, style: Style, target: Path) -> None:
        """Write the style of a raster as QML."""
        layer = QgsRasterLayer(str(raster), raster.stem)
        apply_style(layer, style, english)
        write_style(layer, target)

    def write_picture(self, raster: Path, style: Style, product: Product, target: Path) -> None:
        """Write the picture of a class map as PNG."""
        save_picture(str(raster), style, product.full_title, str(target), product.warning, english)
