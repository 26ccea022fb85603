"""Each translated page says what its original says, as far as this can be compared."""

import re
from collections import Counter
from pathlib import Path, PurePosixPath

import pytest

DOCS = Path(__file__).resolve().parent.parent / "docs"
GLOSSARY = "glossary.md"
PAGES = sorted(path.name for path in (DOCS / "zh").glob("*.md") if path.name != GLOSSARY)


def original(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def translation(name: str) -> str:
    return (DOCS / "zh" / name).read_text(encoding="utf-8")


def code(text: str) -> list[str]:
    return re.findall(r"^ {4}.*$", text, re.MULTILINE)


def headings(text: str) -> list[str]:
    """Return the marks of the headings, since their words differ."""
    return re.findall(r"^#+(?= )", text, re.MULTILINE)


def figures(text: str) -> Counter:
    return Counter(re.findall(r"\d+(?:[.,]\d+)*", text))


def targets(text: str) -> list[str]:
    return [PurePosixPath(target).name for target in re.findall(r"\]\((.*?)\)", text)]


def test_the_first_pages_are_translated():
    assert {"first_steps.md", "tutorial.md"} <= set(PAGES)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("part", [code, headings, figures, targets])
def test_a_translated_page_has_the_same(name, part):
    assert part(original(name)), "nothing is compared"
    assert part(translation(name)) == part(original(name))


@pytest.mark.parametrize("name", PAGES)
def test_a_translated_page_leads_to_translated_pages_where_there_are_some(name):
    for target in re.findall(r"\]\((.*?)\)", translation(name)):
        assert (DOCS / "zh" / target).is_file(), target
        assert not (target.startswith("../") and (DOCS / "zh" / PurePosixPath(target).name).is_file()), target
