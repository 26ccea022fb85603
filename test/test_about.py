"""Where the documentation is, and how the plugin is cited."""

import re

import pytest
from permafrost_mapper.core import about
from permafrost_mapper.core.language import speak


def test_the_citation_is_that_of_the_file_for_reference_managers():
    text = (about.ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"version: {about.VERSION}\n" in text
    assert f"title: {about.NAME}\n" in text
    assert f"name: {about.AUTHOR}\n" in text
    assert f"doi: {about.METHOD_DOI}\n" in text
    assert re.search("title: (.*TTOP.*)", text)[1] in about.METHOD
    assert about.VERSION in about.citation()


@pytest.mark.parametrize(
    ("homepage", "url"),
    [
        ("https://github.com/owner/name", "https://github.com/owner/name/blob/main/docs/first_steps.md"),
        ("https://name.readthedocs.io/en/latest", "https://name.readthedocs.io/en/latest/first_steps.html"),
    ],
)
def test_pages_are_where_the_homepage_has_them(monkeypatch, homepage, url):
    monkeypatch.setattr(about, "HOMEPAGE", homepage)
    assert about.page_url("first_steps") == url


def test_a_reader_of_chinese_is_led_to_pages_in_chinese():
    speak(str, "zh-Hans")
    try:
        assert "/zh/first_steps." in about.page_url("first_steps")
        assert "/zh/" not in about.page_url("cite")
    finally:
        speak(str)
    assert "/zh/" not in about.page_url("first_steps")


def test_translated_pages_are_where_the_menu_looks_for_them():
    for language, pages in about.TRANSLATED.items():
        for page in pages:
            assert (about.ROOT / "docs" / language / f"{page}.md").is_file()


@pytest.mark.parametrize("page", ["first_steps", "cite"])
def test_pages_that_the_menu_opens_exist(page):
    assert (about.ROOT / "docs" / f"{page}.md").is_file()
