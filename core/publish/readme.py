"""The README of a product."""

from __future__ import annotations

from typing import Sequence

from ..about import NAME
from .datacite import TO_BE_ANNOUNCED
from .folder import CHECKSUMS
from .product import LICENSE_URL, Product, ProductFile, Table, rounded


def readme(product: Product, files: Sequence[ProductFile]) -> str:
    """Return the README of the folder as Markdown."""
    place = product.place
    west, south, east, north = place.bounds
    parts = [f"# {product.full_title}"]
    if product.warning:
        parts.append(f"**{product.warning}**")
    parts += [
        product.abstract,
        "## How to cite",
        product.citation,
        "## License",
        f"{product.license}, {LICENSE_URL}{product.license}.html",
        "## What is in this folder",
        "\n".join(f"* `{file.path}`: {file.title}" for file in files)
        + "\n* `datacite.json`: metadata in DataCite's Metadata Schema 4.5"
        + "\n* `item.json`: metadata as an item of the SpatioTemporal Asset Catalog (STAC)"
        + f"\n* `{CHECKSUMS}`: checksums of all files; `sha256sum -c {CHECKSUMS}` verifies them",
        "QGIS styles a GeoTIFF by the `.qml` file beside it. Class maps contain the names and colours of their "
        "classes; `_classes.csv` lists them for software that does not read these.",
        "## Place and time",
        f"Period: {product.years}. Extent: {west:.4f} to {east:.4f} degrees east, {south:.4f} to {north:.4f} degrees "
        f"north. Grid: {place.cells}. CRS: {place.crs_name}.",
        "## How it was made",
        "\n".join(f"{number}. {step.sentence()}" for number, step in enumerate(product.steps, start=1))
        or "The metadata of the maps do not say how they were made.",
    ]
    if product.sources:
        parts.append("Sources: " + ", ".join(f"https://doi.org/{doi}" for doi in product.sources))
    parts.append("## Quality")
    parts += [_markdown(table) for table in product.tables] or ["No assessment of the accuracy was given."]
    parts += [
        "## Before the deposit",
        "There is no DOI yet; the data centre assigns it. Add it as `doi` to "
        "`datacite.json` and to the citation above"
        + ("." if product.publisher else f", and replace `{TO_BE_ANNOUNCED}` with the name of the data centre.")
        + f" Edited files no longer match `{CHECKSUMS}`; write it again with "
        f"`sha256sum $(find . -type f ! -name {CHECKSUMS} -printf '%P ') > {CHECKSUMS}`.",
        f"This folder was written by {NAME} on {product.created.strftime('%Y-%m-%d')}.",
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _markdown(table: Table) -> str:
    """Return a table in Markdown with a row per measure: assessments have many measures and few regions."""
    (first, names), *measures = table.columns.items()
    head = [first, *map(str, names)]
    lines = [f"{table.name}:", "", "| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    for name, values in measures:
        lines.append(f"| {name} | " + " | ".join("" if value is None else rounded(value) for value in values) + " |")
    return "\n".join(lines)
