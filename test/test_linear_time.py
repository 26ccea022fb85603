"""No regular expression of shipped code takes more than linear time, whatever is written where it looks."""

import ast
import importlib
import re
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FUNCTIONS = ("compile", "match", "fullmatch", "search", "sub", "split", "findall", "finditer")
SEARCHING = ("search", "sub", "split", "findall", "finditer")

# What is repeated, and what may stand before and behind it.
UNITS = (" ", "1", "9", "a", ".", ",", "-", "/", "1 ", "1.", "<", "(", "[", '"', "\\", "a-", "2019", "1e", "1,")
BEFORE = ("", "1", "a ", "2019-01-01", "10.1234/", "a [", "a (", "days since ", "<div><dt>", '["', "99.", "-", "/")
BEHIND = ("", "!", "\n!")

# Quadratic ones take a second and more, linear ones some milliseconds.
LENGTH = 10_000
MAX_SECONDS = 0.15


def inline(tree):
    """Return the patterns that are written into a call of `re`, and whether the call looks everywhere."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.func.attr in FUNCTIONS
            and node.func.attr != "compile"
            and isinstance(node.args[0], ast.Constant)
        ):
            yield re.compile(node.args[0].value), node.func.attr in SEARCHING


def constants(module, tree):
    """Return the compiled patterns of a module, and whether they are used to look everywhere."""
    used = {
        (node.value.id if isinstance(node.value, ast.Name) else "", node.attr)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
    }
    for name, value in vars(module).items():
        patterns = value if isinstance(value, (tuple, list)) else [value]
        for pattern in patterns:
            if isinstance(pattern, re.Pattern):
                # Of several it is not told which of them looks where.
                is_one = pattern is value
                yield pattern, any(method in SEARCHING and (found == name or not is_one) for found, method in used)


def patterns():
    for path in sorted(path for storey in ("core", "raster", "algorithms") for path in (ROOT / storey).rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "import re\n" in text:
            tree = ast.parse(text)
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            found = [*inline(tree), *constants(importlib.import_module(f"permafrost_mapper.{name}"), tree)]
            for number, (pattern, looks) in enumerate(found):
                yield pytest.param(pattern, looks, id=f"{name} {number}")


@pytest.mark.parametrize(("pattern", "looks"), list(patterns()))
def test_no_pattern_takes_more_than_linear_time(pattern, looks):
    pytest.importorskip("qgis.core")
    pytest.importorskip("osgeo.gdal")
    methods = [pattern.fullmatch, pattern.match, *([pattern.findall] if looks else [])]
    for before in BEFORE:
        for unit in UNITS:
            for behind in BEHIND:
                text = before + unit * (LENGTH // len(unit)) + behind
                looked_at = text.encode() if isinstance(pattern.pattern, bytes) else text
                for method in methods:
                    started = time.process_time()
                    method(looked_at)
                    assert time.process_time() - started < MAX_SECONDS, (pattern.pattern, text[:40], behind, method)
