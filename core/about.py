"""Name and version of the plugin, where its documentation is, and how it is cited; read from ``metadata.txt``."""

from __future__ import annotations

from configparser import ConfigParser
from pathlib import Path

from .language import language, tr

ROOT = Path(__file__).resolve().parent.parent
RESOURCES = ROOT / "resources"


def _metadata() -> ConfigParser:
    parser = ConfigParser(interpolation=None)
    parser.read(ROOT / "metadata.txt", encoding="utf-8")
    return parser


NAME = _metadata().get("general", "name")
VERSION = _metadata().get("general", "version")
AUTHOR = _metadata().get("general", "author")
HOMEPAGE = _metadata().get("general", "homepage").rstrip("/")

METHOD_DOI = "10.1080/15481603.2025.2596941"
# The publication whose method the plugin implements.
METHOD = (
    "Zhang et al. (2025): Permafrost mapping of the Tarim Basin based on TTOP model for 2005-2020. GIScience & Remote "
    f"Sensing 62(1). doi:{METHOD_DOI}"
)

# Pages that are translated, by language; they are in a folder of its name.
TRANSLATED = {"zh": ("first_steps", "tutorial")}


def page_url(page: str) -> str:
    """Return the address of a page of the documentation, which is named as its source in ``docs`` without ending.

    On a site built from the sources a page ends with ``.html``; in a repository on GitHub its source is readable. The
    user is led to the translation where there is one.
    """
    spoken = language().partition("-")[0]
    if page in TRANSLATED.get(spoken, ()):
        page = f"{spoken}/{page}"
    if "//github.com/" in HOMEPAGE:
        return f"{HOMEPAGE}/blob/main/docs/{page}.md"
    return f"{HOMEPAGE}/{page}.html"


def citation() -> str:
    """Return how the plugin itself is cited, without the publication of the method."""
    return tr(
        "{author}: {name}, version {version}. {homepage}", author=AUTHOR, name=NAME, version=VERSION, homepage=HOMEPAGE
    )
