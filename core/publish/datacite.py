"""The record of a product in DataCite's Metadata Schema."""

from __future__ import annotations

from typing import Sequence

from .product import LICENSE_URL, Author, Product, ProductFile, Table, rounded

SCHEMA = "http://datacite.org/schema/kernel-4"

# DataCite's value for a publisher that is not known yet (Metadata Schema 4.5, appendix 3).
TO_BE_ANNOUNCED = ":tba"


def datacite(product: Product, files: Sequence[ProductFile], size: int) -> dict:
    """Return the record of DataCite's Metadata Schema 4.5 as JSON; without a DOI, which the data centre assigns.

    Parameters
    ----------
    product : Product
    files : sequence of ProductFile
        The files of the folder.
    size : int
        Their total size in bytes.
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
        "schemaVersion": SCHEMA,
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
            figures = [f"{name} {rounded(value)}" for name, value in zip(table.columns, row) if value is not None]
            sentences.append(f"{table.name}: {', '.join(figures)}.")
    return sentences
