"""Golden reports: what a report said when a person read it last, kept in ``test/golden``.

After a change that is meant, run the test with UPDATE_GOLDEN=1, and read the difference before it is committed.
"""

import difflib
import json
import os
import re
from html import unescape
from pathlib import Path

import pytest
from permafrost_mapper.core.about import NAME, VERSION
from permafrost_mapper.core.reports.report import STYLE

FOLDER = Path(__file__).resolve().parent / "golden"

# Elements that begin a line of a golden file, so that a difference shows what it is about.
BLOCKS = re.compile(
    r"(?=<(?:blockquote|details|dl|dt|figcaption|figure|footer|h\d|header|li|ol|p|svg|table|td|th|tr|title)\b)"
)
GRAPHICS = re.compile(r"(?<=>)(?=<(?:circle|g|image|line|path|rect|text)\b)")

META = re.compile(r"<meta [^>]*>\n?")

# With PERMAFROST_BRACKETS, the name of a file, the tests run for a user whose language is English in brackets; what of
# a report is outside of them goes into that file, see test_translations.py.
BRACKETS = os.environ.get("PERMAFROST_BRACKETS")
OPEN, CLOSE = "\N{LEFT WHITE SQUARE BRACKET}", "\N{RIGHT WHITE SQUARE BRACKET}"
INVISIBLE = re.compile(r"<style>.*?</style>|<footer>.*?</footer>", re.DOTALL)

CREATED = "2005-06-15 12:00 UTC"


def golden_text(html):
    """Return a report as it is compared: without metadata, style sheet and version, an element per line."""
    html = META.sub("", html.replace(STYLE, "").replace(f"{NAME} {VERSION}", NAME))
    return re.sub("\n+", "\n", GRAPHICS.sub("\n", BLOCKS.sub("\n", html))).strip() + "\n"


def check_golden(name, report):
    """Compare a report with its golden file; write the file in place of that where UPDATE_GOLDEN is 1.

    Parameters
    ----------
    name : str
        Of the file, without its ending; the id of the algorithm, and a word where it has several reports.
    report : Report or str
        A report that was filled in, or its HTML.
    """
    if BRACKETS:
        with open(BRACKETS, "a", encoding="utf-8") as file:
            file.writelines(json.dumps([name, text]) + "\n" for text in untranslated(report.html(CREATED)))
        return
    path = FOLDER / f"{name}.html"
    said = golden_text(report if isinstance(report, str) else report.html(CREATED))
    if os.environ.get("UPDATE_GOLDEN") == "1":
        path.parent.mkdir(exist_ok=True)
        path.write_text(said, encoding="utf-8", newline="\n")
        return
    if not path.exists():
        pytest.fail(f"There is no {path}: run this test with UPDATE_GOLDEN=1, and read what it writes.")
    expected = golden_text(path.read_text(encoding="utf-8"))
    if said != expected:
        lines = difflib.unified_diff(
            expected.splitlines(), said.splitlines(), f"golden/{name}.html", "this report", lineterm="", n=1
        )
        difference = "\n".join(line if len(line) < 300 else f"{line[:300]} ..." for line in lines)
        pytest.fail(f"The report differs from its golden file (UPDATE_GOLDEN=1 accepts that):\n{difference}", False)


def bracket(text):
    """Return a text as the language of brackets has it."""
    return f"{OPEN}{text}{CLOSE}"


def outside_brackets(text):
    """Return what of a text is outside of brackets, which may be nested."""
    depth, outside = 0, []
    for character in text:
        depth += (character == OPEN) - (character == CLOSE)
        if depth == 0 and character != CLOSE:
            outside.append(character)
    return "".join(outside).strip()


def untranslated(html):
    """Return the texts of a page that have not passed the translator, one per element."""
    texts = re.findall(r">([^<]+)", INVISIBLE.sub("", html))
    return [found for found in (outside_brackets(unescape(text)) for text in texts) if found]
