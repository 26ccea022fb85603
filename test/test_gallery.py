"""The examples in docstrings and in the gallery give what they say."""

import doctest
import importlib
import pkgutil
from pathlib import Path

import permafrost_mapper.core
import pytest

pytest.importorskip("scipy")

GALLERY = Path(__file__).resolve().parent.parent / "docs" / "gallery.md"
# Modules that a user without QGIS begins with: each shows at least one example.
WITH_EXAMPLES = {
    "core.confusion",
    "core.gst.degreedays",
    "core.lst.variogram",
    "core.permafrost.activelayer",
    "core.permafrost.ttop",
}


def examples_by_module():
    """Return the doctests of every module of `core` that can be imported here."""
    found = {}
    for info in pkgutil.walk_packages(permafrost_mapper.core.__path__, "permafrost_mapper.core."):
        try:
            module = importlib.import_module(info.name)
        except ImportError:
            # A module for an optional package that is not installed.
            continue
        tests = [test for test in doctest.DocTestFinder(exclude_empty=True).find(module) if test.examples]
        if tests:
            found[info.name.partition(".")[2]] = tests
    return found


EXAMPLES = examples_by_module()


def test_the_modules_a_newcomer_begins_with_show_examples():
    assert set(EXAMPLES) >= WITH_EXAMPLES


@pytest.mark.parametrize("test", [test for tests in EXAMPLES.values() for test in tests], ids=lambda test: test.name)
def test_an_example_gives_what_it_says(test):
    said = []
    result = doctest.DocTestRunner().run(test, out=said.append)
    assert result.failed == 0, "".join(said)


def test_the_gallery_gives_what_it_says(capsys):
    result = doctest.testfile(str(GALLERY), module_relative=False)
    assert result.failed == 0, capsys.readouterr().out
    assert result.attempted > 30
