"""What describes a product in a data centre: a README, a DataCite record, a STAC item, checksums."""

from __future__ import annotations

import datetime
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Iterable, Mapping, Sequence

from ..about import NAME
from ..errors import InputError
from ..files import sha256

CHECKSUMS = "SHA256SUMS"

# What DataCite has for a publisher that is not known yet (Metadata Schema 4.5, appendix 3).
TO_BE_ANNOUNCED = ":tba"

DATACITE_KERNEL = "http://datacite.org/schema/kernel-4"
STAC_VERSION = "1.1.0"
STAC_EXTENSIONS = (
    "https://stac-extensions.github.io/projection/v2.0.0/schema.json",
    "https://stac-extensions.github.io/file/v2.1.0/schema.json",
)
# A multihash says by its first two bytes that it is a SHA-256 of 32 bytes.
MULTIHASH_SHA256 = "1220"

MEDIA_TYPES = {
    ".tif": "image/tiff; application=geotiff",
    ".png": "image/png",
    ".csv": "text/csv",
    ".md": "text/markdown",
    ".json": "application/json",
    ".qml": "application/xml",
    ".xml": "application/xml",
}

LICENSE_URL = "https://spdx.org/licenses/"
DOI = re.compile(r"10\.[0-9]{4,9}/\S+")


@dataclass(frozen=True)
class Author:
    """A person, or an organisation where the name has no comma.

    Attributes
    ----------
    name : str
        ``Family, Given``.
    orcid, affiliation : str
        Empty where they are not given.
    """

    name: str
    orcid: str = ""
    affiliation: str = ""


@dataclass(frozen=True)
class Band:
    """A band of a raster: its name, its unit, and the stored value that says that there is none."""

    name: str
    unit: str
    nodata: float
    data_type: str


@dataclass(frozen=True)
class ProductFile:
    """A file of the folder: where it lies in it, what it holds, and its bands where it is a raster.

    Attributes
    ----------
    path : str
        Relative to the folder, with slashes.
    title : str
        For people.
    role : str
        Of STAC: data, thumbnail, metadata.
    bands : sequence of Band
        Of a raster.
    """

    path: str
    title: str
    role: str
    bands: Sequence[Band] = ()

    @property
    def media_type(self) -> str:
        """Kind of the file."""
        return MEDIA_TYPES[Path(self.path).suffix]


@dataclass(frozen=True)
class Step:
    """A step of the processing: the file that it made, by which algorithm, program and parameters."""

    result: str
    algorithm: str
    software: str
    parameters: Mapping[str, str]

    def sentence(self) -> str:
        """Give the step in words."""
        settings = ", ".join(f"{name}={value}" for name, value in self.parameters.items())
        return f"{self.result}: made by {self.algorithm} ({self.software}) with {settings or 'its defaults'}."


@dataclass(frozen=True)
class Place:
    """Where the product lies and on which cells.

    Attributes
    ----------
    bounds : tuple of 4 floats
        West, south, east, north of the first map in degrees on WGS 84.
    crs_name, crs_code, crs_wkt : str
        The code, as ``EPSG:4326``, is empty where there is none.
    projected_bounds : tuple of 4 floats
        Smallest x, smallest y, largest x, largest y in the CRS.
    shape : tuple of int
        Rows and columns.
    transform : tuple of 6 floats
        Row by row: cell width, 0, x of the corner, 0, cell height, y of the corner.
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
    """A table of quality figures: its name and columns."""

    name: str
    columns: Mapping[str, Sequence[object]]

    def rows(self) -> list[tuple]:
        """Give the lines."""
        return list(zip(*self.columns.values()))


@dataclass(frozen=True)
class Product:
    """All that is said about a product; texts that are not given are empty."""

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
        """The title, which says so where the data are simulated."""
        return f"{self.title} (simulated data)" if self.simulated else self.title

    @property
    def years(self) -> str:
        """The period in words."""
        first, last = self.period
        if (first.month, first.day, last.month, last.day) != (1, 1, 12, 31):
            return f"{first.isoformat()} to {last.isoformat()}"
        return str(first.year) if first.year == last.year else f"{first.year}-{last.year}"

    @property
    def warning(self) -> str:
        """What has to be said first; empty for observed data."""
        if not self.simulated:
            return ""
        return f"SIMULATED DATA, NOT OBSERVED: {self.simulated}. Do not use for any statement about the real ground."

    @property
    def citation(self) -> str:
        """How to cite it."""
        names = "; ".join(author.name for author in self.authors)
        publisher = self.publisher or "[data centre, to be filled in]"
        return (
            f"{names} ({self.created.year}): {self.full_title}. Version {self.version}. {publisher}. "
            "[DOI, assigned by the data centre]"
        )


# What the user gives -------------------------------------------------------------------------------


# No blank can be matched in two ways: what is mistyped takes linear time.
AUTHOR = re.compile(
    r"(?P<name>[^\[\]()]*[^\[\]()\s])\s*(?:\[(?P<orcid>[^\]]*)\]\s*)?(?:\((?P<affiliation>.*)\))?", re.DOTALL
)


def read_authors(text: str) -> tuple[Author, ...]:
    """Read authors: ``Family, Given [ORCID] (Affiliation); Family, Given``, the brackets as far as they are known.

    Raises
    ------
    InputError
        If a part is none, or an ORCID has a wrong digit.
    """
    authors = []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        match = AUTHOR.fullmatch(part)
        if not match:
            raise InputError(
                f"Author '{part}' is not understood: write 'Family, Given [ORCID] (Affiliation)' and a semicolon "
                "between authors."
            )
        orcid = (match["orcid"] or "").strip().rpartition("/")[2]
        if orcid and not _is_orcid(orcid):
            raise InputError(f"'{orcid}' is no ORCID: check its digits or leave it out.")
        authors.append(Author(match["name"].strip(), orcid, (match["affiliation"] or "").strip()))
    if not authors:
        raise InputError("No author is named: write 'Family, Given' and a semicolon between authors.")
    return tuple(authors)


def _is_orcid(orcid: str) -> bool:
    """Look whether the last digit is the check digit of the others (ISO 7064 mod 11-2)."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]", orcid):
        return False
    total = 0
    for digit in orcid.replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11] == orcid[-1]


def read_period(text: str) -> tuple[datetime.date, datetime.date]:
    """Read a period: ``2019``, ``2005-2020`` or ``2005-09-01/2020-08-31``.

    Raises
    ------
    InputError
        If it is none, or ends before it begins.
    """
    years = re.fullmatch(r"\s*([0-9]{4})(?:\s*[-/–]\s*([0-9]{4}))?\s*", text)
    try:
        if years:
            first, last = datetime.date(int(years[1]), 1, 1), datetime.date(int(years[2] or years[1]), 12, 31)
        else:
            first, last = (datetime.date.fromisoformat(part.strip()) for part in text.split("/"))
    except ValueError:
        raise InputError(
            f"Period '{text}' is not understood: write one year, two years as 2005-2020, or two days as "
            "2005-09-01/2020-08-31."
        ) from None
    if last < first:
        raise InputError(f"Period '{text}' ends before it begins: swap its ends.")
    return first, last


def require_license(text: str) -> str:
    """Return the identifier of a license.

    Raises
    ------
    InputError
        If it cannot be one of SPDX.
    """
    if not re.fullmatch(r"[A-Za-z0-9.+-]+", text):
        raise InputError(
            f"License '{text}' is not understood: write its SPDX identifier, for example CC-BY-4.0 or CC0-1.0."
        )
    return text


def read_dois(text: str) -> tuple[str, ...]:
    """Read DOIs, separated by semicolons or white space, with or without ``https://doi.org/``.

    Raises
    ------
    InputError
        If a part is no DOI.
    """
    dois = []
    for part in re.split(r"[;\s]+", text.strip()):
        doi = re.sub(r"^(https?://(dx\.)?doi\.org/|doi:)", "", part, flags=re.IGNORECASE)
        if part and not DOI.fullmatch(doi):
            raise InputError(f"Source '{part}' is no DOI: write DOIs such as 10.1000/182.")
        dois += [doi] if part else []
    return tuple(dict.fromkeys(dois))


def require_own_folder(path: str) -> None:
    """Raise an `InputError` where a folder holds anything but what an export wrote and nobody has changed since."""
    folder = Path(path)
    if not folder.is_dir():
        return
    if not folder.name:
        raise InputError(f"Folder '{folder}' is a whole disk: choose a folder in it.")
    listed = {}
    if (folder / CHECKSUMS).is_file():
        lines = (folder / CHECKSUMS).read_text(encoding="utf-8", errors="replace").splitlines()
        listed = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    # One by one: the first that is foreign ends it, before all the others have been listed.
    for file in (Path(place, name) for place, _, names in os.walk(folder) for name in sorted(names)):
        name = file.relative_to(folder).as_posix()
        if name != CHECKSUMS and listed.get(name) != sha256(file):
            raise InputError(
                f"Folder '{folder}' holds '{name}', which no export has written: choose an empty or a new folder."
            )


# What is written -----------------------------------------------------------------------------------


def checksums(folder: Path) -> str:
    """Give the text of the list of checksums of all files of a folder, in the form of ``sha256sum``."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return "".join(f"{sha256(file)}  {file.relative_to(folder).as_posix()}\n" for file in files)


def datacite(product: Product, files: Sequence[ProductFile], size: int) -> dict:
    """Give the record of DataCite's Metadata Schema 4.5 as JSON; without a DOI, which is the data centre's to give.

    Parameters
    ----------
    product : Product
    files : sequence of ProductFile
        What the folder holds.
    size : int
        Of all of them, in bytes.
    """
    west, south, east, north = product.place.bounds
    descriptions = [
        ("Abstract", " ".join(filter(None, [product.warning, product.abstract]))),
        ("Methods", "\n".join(step.sentence() for step in product.steps)),
        ("TechnicalInfo", f"Grid: {product.place.cells}. CRS: {product.place.crs_name}."),
        ("Other", "\n".join(_quality_sentences(product.tables))),
    ]
    first, last = (day.isoformat() for day in product.period)
    keywords = [*product.keywords, *(["simulated data"] if product.simulated else [])]
    return {
        "schemaVersion": DATACITE_KERNEL,
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Raster maps"},
        "titles": [{"title": product.full_title}],
        "creators": [_creator(author) for author in product.authors],
        "publisher": {"name": product.publisher or TO_BE_ANNOUNCED},
        "publicationYear": str(product.created.year),
        "version": product.version,
        "language": "en",
        "subjects": [{"subject": keyword} for keyword in dict.fromkeys(keywords)],
        "dates": [
            {"date": product.created.date().isoformat(), "dateType": "Created"},
            {"date": f"{first}/{last}", "dateType": "Valid", "dateInformation": "Period that the maps stand for"},
        ],
        "relatedIdentifiers": [
            {"relatedIdentifier": doi, "relatedIdentifierType": "DOI", "relationType": "IsDerivedFrom"}
            for doi in product.sources
        ],
        "sizes": [f"{len(files)} files", f"{size} bytes"],
        "formats": sorted({file.media_type for file in files}),
        "rightsList": [
            {
                "rights": product.license,
                "rightsUri": f"{LICENSE_URL}{product.license}.html",
                "rightsIdentifier": product.license,
                "rightsIdentifierScheme": "SPDX",
                "schemeUri": LICENSE_URL,
            }
        ],
        "descriptions": [{"description": text, "descriptionType": kind} for kind, text in descriptions if text],
        "geoLocations": [
            {
                "geoLocationBox": {
                    "westBoundLongitude": west,
                    "eastBoundLongitude": east,
                    "southBoundLatitude": south,
                    "northBoundLatitude": north,
                }
            }
        ],
    }


def _creator(author: Author) -> dict:
    family, comma, given = (part.strip() for part in author.name.partition(","))
    creator: dict = {"name": author.name, "nameType": "Personal" if comma else "Organizational"}
    if comma:
        creator |= {"givenName": given, "familyName": family}
    if author.orcid:
        identifier = {"nameIdentifier": f"https://orcid.org/{author.orcid}", "nameIdentifierScheme": "ORCID"}
        creator["nameIdentifiers"] = [{**identifier, "schemeUri": "https://orcid.org"}]
    if author.affiliation:
        creator["affiliation"] = [{"name": author.affiliation}]
    return creator


def _quality_sentences(tables: Sequence[Table]) -> list[str]:
    sentences = []
    for table in tables:
        for row in table.rows():
            figures = [f"{name} {_figure(value)}" for name, value in zip(table.columns, row) if value is not None]
            sentences.append(f"{table.name}: {', '.join(figures)}.")
    return sentences


def _figure(value: object) -> str:
    """Round a fraction to four digits; a table read from CSV may hold it as text."""
    text = str(value)
    return f"{float(value):.4g}" if re.fullmatch(r"-?\d*\.\d+(e-?\d+)?", text) else text


def stac_item(product: Product, files: Sequence[ProductFile], folder: Path) -> dict:
    """Give the STAC item that describes the folder, with size and checksum of each file.

    Parameters
    ----------
    product : Product
    files : sequence of ProductFile
        They have to be there already.
    folder : Path
        Where they lie.
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
    """Give bounds as GeoJSON, which cuts at longitude 180 what goes over it."""

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


# Leaves room for endings in file systems that take names of 143 bytes.
MAX_SLUG = 80


def slug(text: str) -> str:
    """Give a text in lower-case letters, digits and underscores, for names of files and ids."""
    return re.sub(r"[^a-z0-9]+", "_", text.lower())[:MAX_SLUG].strip("_") or "product"


def different_slugs(names: Iterable[str]) -> list[str]:
    """Return a `slug` for each name; those that others before have taken get a number."""
    slugs: dict[str, None] = {}
    for name in names:
        plain, number = slug(name), 1
        while (unique := plain if number == 1 else f"{plain}_{number}") in slugs:
            number += 1
        slugs[unique] = None
    return list(slugs)


def readme(product: Product, files: Sequence[ProductFile]) -> str:
    """Give the README of the folder."""
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
        + "\n* `datacite.json`: the record of DataCite's Metadata Schema 4.5"
        + "\n* `item.json`: the same as an item of the SpatioTemporal Asset Catalog (STAC)"
        + f"\n* `{CHECKSUMS}`: checksums of all files; `sha256sum -c {CHECKSUMS}` verifies them",
        "A GeoTIFF opens styled in QGIS with the `.qml` beside it. Maps of classes hold the names and colours of their "
        "classes themselves; `_classes.csv` holds them for anything that does not read those.",
        "## Place and time",
        f"Period: {product.years}. Extent: {west:.4f} to {east:.4f} degrees east, {south:.4f} to {north:.4f} degrees "
        f"north. Grid: {place.cells}. CRS: {place.crs_name}.",
        "## How it was made",
        "\n".join(f"{number}. {step.sentence()}" for number, step in enumerate(product.steps, start=1))
        or "The maps do not say how they were made.",
    ]
    if product.sources:
        parts.append("Sources: " + ", ".join(f"https://doi.org/{doi}" for doi in product.sources))
    parts.append("## Quality")
    parts += [_markdown(table) for table in product.tables] or ["No assessment of the accuracy was given."]
    parts += [
        "## Before the deposit",
        "A DOI does not exist yet and none is made up here. The data centre assigns it: add it as `doi` to "
        "`datacite.json` and to the citation above"
        + ("." if product.publisher else f", and put the name of the data centre in the place of `{TO_BE_ANNOUNCED}`.")
        + f" Files that were edited no longer match `{CHECKSUMS}`: write it again with "
        f"`sha256sum $(find . -type f ! -name {CHECKSUMS} -printf '%P ') > {CHECKSUMS}`.",
        f"This folder was written by {NAME} on {product.created.strftime('%Y-%m-%d')}.",
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _markdown(table: Table) -> str:
    """Give a table with a line per measure: assessments have many measures and few regions."""
    (first, names), *measures = table.columns.items()
    head = [first, *map(str, names)]
    lines = [f"{table.name}:", "", "| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    for name, values in measures:
        lines.append(f"| {name} | " + " | ".join("" if value is None else _figure(value) for value in values) + " |")
    return "\n".join(lines)


def public_parameters(parameters: Mapping[str, str]) -> dict[str, str]:
    """Return parameters without the folders of the machine that they were used on."""
    return {name: _without_folders(value) for name, value in parameters.items()}


def _without_folders(value: str) -> str:
    """Keep the names of files in a list; a path begins with a slash, a drive or a dot."""
    return re.sub(r"(?:(?<=, )|^)(?:/|[A-Za-z]:[/\\]|\.{1,2}/)(?:[^,]*[/\\])?", "", value)
