"""Authors, period, license and sources of a product, as users write them."""

from __future__ import annotations

import datetime
import re

from ..errors import InputError
from ..language import tr
from ..lists import at_semicolons
from .product import Author

DOI = re.compile(r"10\.[0-9]{4,9}/\S+")

# No blank can match in two ways, so a mistyped text takes linear time.
AUTHOR = re.compile(
    r"(?P<name>[^\[\]()]*[^\[\]()\s])\s*(?:\[(?P<orcid>[^\]]*)\]\s*)?(?:\((?P<affiliation>.*)\))?", re.DOTALL
)

# What Chinese keyboards write for the marks between the parts of an author.
PLAIN = str.maketrans({"，": ", ", "（": "(", "）": ")", "［": "[", "］": "]", "【": "[", "】": "]"})


def read_authors(text: str) -> tuple[Author, ...]:
    """Return the authors in a text: ``Family, Given [ORCID] (Affiliation); Family, Given``; brackets are optional.

    Raises
    ------
    InputError
        If a part is no author, or an ORCID is wrong.
    """
    authors = []
    for part in at_semicolons(text.translate(PLAIN)):
        match = AUTHOR.fullmatch(part)
        if not match:
            raise InputError(
                tr(
                    "Author '{part}' is not understood: write 'Family, Given [ORCID] (Affiliation)' and a semicolon "
                    "between authors.",
                    part=part,
                )
            )
        orcid = (match["orcid"] or "").strip().rpartition("/")[2]
        if orcid and not _is_orcid(orcid):
            raise InputError(tr("'{orcid}' is not a valid ORCID: check its digits or leave it out.", orcid=orcid))
        authors.append(Author(match["name"].strip(), orcid, (match["affiliation"] or "").strip()))
    if not authors:
        raise InputError(tr("No author is named: write 'Family, Given' and a semicolon between authors."))
    return tuple(authors)


def _is_orcid(orcid: str) -> bool:
    """Return whether the last digit is the check digit of the others (ISO 7064 mod 11-2)."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]", orcid):
        return False
    total = 0
    for digit in orcid.replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11] == orcid[-1]


def read_period(text: str) -> tuple[datetime.date, datetime.date]:
    """Return the first and last day of a period: ``2019``, ``2005-2020`` or ``2005-09-01/2020-08-31``.

    Raises
    ------
    InputError
        If the text is no period, or ends before it begins.
    """
    years = re.fullmatch(r"\s*([0-9]{4})(?:\s*[-/–]\s*([0-9]{4}))?\s*", text)
    try:
        if years:
            first, last = datetime.date(int(years[1]), 1, 1), datetime.date(int(years[2] or years[1]), 12, 31)
        else:
            first, last = (datetime.date.fromisoformat(part.strip()) for part in text.split("/"))
    except ValueError:
        raise InputError(
            tr(
                "Period '{given}' is not understood: write one year, two years as 2005-2020, or two days as "
                "2005-09-01/2020-08-31.",
                given=text,
            )
        ) from None
    if last < first:
        raise InputError(tr("Period '{given}' ends before it begins: swap its ends.", given=text))
    return first, last


def require_license(text: str) -> str:
    """Return the identifier of a license.

    Raises
    ------
    InputError
        If it cannot be an SPDX identifier.
    """
    if not re.fullmatch(r"[A-Za-z0-9.+-]+", text):
        raise InputError(
            tr(
                "License '{given}' is not understood: write its SPDX identifier, for example CC-BY-4.0 or CC0-1.0.",
                given=text,
            )
        )
    return text


def read_dois(text: str) -> tuple[str, ...]:
    """Return DOIs separated by semicolons or white space, with or without ``https://doi.org/``.

    Raises
    ------
    InputError
        If a part is no DOI.
    """
    dois = []
    for part in re.split(r"[;；\s]+", text.strip()):
        doi = re.sub(r"^(https?://(dx\.)?doi\.org/|doi:)", "", part, flags=re.IGNORECASE)
        if part and not DOI.fullmatch(doi):
            raise InputError(tr("Source '{part}' is not a DOI: write DOIs such as 10.1000/182.", part=part))
        dois += [doi] if part else []
    return tuple(dict.fromkeys(dois))
