"""Several reports as one self-contained report."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from html import unescape
from typing import Iterable, Mapping, TypeVar

from ..errors import InputError
from ..language import later, tr
from ..period import month_name
from ..publish.steps import Step
from .report import Report

# The markup of `Report`, which escapes all texts, so that no text can contain it. A file may come from anybody, so no
# pattern reaches beyond the next tag, and nested markup takes no longer than flat markup.
HEADER = re.compile(r"<header><h1>([^<]*)</h1>(?:<p>([^<]*)</p>)?</header>")
MAIN = ("<main>\n", "\n</main>")
ALGORITHM = re.compile(r'<meta name="algorithm" content="([a-z]*)">')
CARD = re.compile(
    r'<div( class="headline")?><dt>([^<]*)</dt><dd class="value">([^<]*)</dd>(?:<dd class="hint">([^<]*)</dd>)?</div>'
)
# Known by their elements, which no other part has: the headings are in the language of whoever wrote the report.
METHODS = (re.compile(r"<h2>[^<]*</h2>\n<blockquote>"), "</blockquote>")
REFERENCES = (re.compile(r"<h2>[^<]*</h2>\n<ol>"), "</ol>")
ITEM = (re.compile("<li>"), "</li>")
LINK = re.compile(r"</?a\b[^<>]*>")
HEADING = re.compile(r"<(/?)h([2-4])>")
NUMBERED = re.compile(r"<(caption|figcaption)><b>[^<]*</b>")

# The elements that a report has between <main> and </main>. No other markup is accepted: the content security policy
# keeps a page from running scripts and loading files, but not from redirecting to another one.
TEXT = (
    "a",
    "b",
    "blockquote",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "footer",
    "h2",
    "h3",
    "h4",
    "li",
    "ol",
    "p",
    "summary",
)
TABLES = ("caption", "figcaption", "figure", "table", "tbody", "td", "th", "thead", "time", "tr")
CHARTS = ("circle", "g", "image", "line", "path", "rect", "svg", "text", "title")
ELEMENTS = frozenset((*TEXT, *TABLES, *CHARTS))
TAG = re.compile(r"</?([a-zA-Z0-9]*)")
TARGET = re.compile(r"href\s*=\s*(?!\"https://doi\.org/|\"data:image/png;base64,)", re.IGNORECASE)

T = TypeVar("T")

# Where a sentence ends and another begins.
BETWEEN_SENTENCES = re.compile(r"(?<=\.) (?=[A-Z])|(?<=。) ?")

# The algorithms in the order of the method.
ORDER = (
    *("buildlststack", "aligntogrid", "fitvariogram", "assessgapfilling", "filllstgaps"),
    *("samplelst", "fitgstmodel", "predictgst", "degreedays"),
    *("calibraterk", "rkfactor", "ttop", "classify", "probability", "frostnumber", "activelayer"),
    *("areastatistics", "accuracy", "boreholes", "comparemaps", "change"),
)

# What is added where a switch of the step is on.
SWITCHES = {
    ("degreedays", "RESIDUAL_VARIANCE"): later(
        "Degree days include the residual variance of the GST model, by the expectation of a normal temperature above "
        "and below 0 °C (Calov and Greve 2005)."
    ),
}


@dataclass(frozen=True)
class Chapter:
    """The parts of a report.

    Attributes
    ----------
    algorithm : str
        Id of the algorithm whose findings it tells; empty where the report does not say it.
    title : str
        Its title, followed by a colon and its subtitle where it has one.
    methods, references : tuple of str
        Its sentences for a methods section, and its references.
    key_figures : tuple of (str, str, str)
        Label, value and hint of its key figures.
    headline : tuple of (str, str, str)
        Those with which a combined report begins.
    body : str
        The markup of everything but methods and references.
    """

    algorithm: str
    title: str
    key_figures: tuple[tuple[str, str, str], ...]
    headline: tuple[tuple[str, str, str], ...]
    methods: tuple[str, ...]
    references: tuple[str, ...]
    body: str


def read_chapter(html: str, name: str) -> Chapter:
    """Return the parts of a report.

    Parameters
    ----------
    html : str
        The document, as returned by `Report.html`.
    name : str
        Name of the file, known to the user.

    Raises
    ------
    InputError
        If it is not a report of this plugin, or has elements or links that `Report` does not write.
    """
    title, begin, end = HEADER.search(html), html.find(MAIN[0]), html.rfind(MAIN[1])
    if title is None or begin < 0 or end < begin + len(MAIN[0]):
        raise InputError(
            tr(
                "'{name}' is not a report of Permafrost Mapper: choose HTML files that its algorithms have written.",
                name=name,
            )
        )
    body = html[begin + len(MAIN[0]) : end]
    _require_own_markup(body, name)
    methods, without_methods = _cut(body, *METHODS)
    references, rest = _cut(without_methods, *REFERENCES)
    items, _ = _cut("".join(references), *ITEM)
    algorithm = ALGORITHM.search(html, 0, begin)
    cards = [
        (bool(marked), (unescape(label), unescape(value), unescape(hint)))
        for marked, label, value, hint in CARD.findall(body)
    ]
    return Chapter(
        algorithm.group(1) if algorithm else "",
        unescape(": ".join(filter(None, title.groups()))),
        tuple(card for _, card in cards),
        tuple(card for is_headline, card in cards if is_headline),
        tuple(map(unescape, methods)),
        # A DOI is linked again when it is written.
        tuple(unescape(LINK.sub("", item)) for item in items),
        rest.strip("\n"),
    )


def _require_own_markup(body: str, name: str) -> None:
    """Raise an `InputError` where the markup of a report has elements or links that `Report` does not write."""
    strange = next((tag for tag in TAG.finditer(body) if tag.group(1).lower() not in ELEMENTS), None)
    if strange is not None or TARGET.search(body):
        what = f"'{strange.group(0)}'" if strange is not None else tr("a link to another page")
        raise InputError(
            tr(
                "Report '{name}' holds {what}, which no report of Permafrost Mapper has, so it has been changed: "
                "give the file as the algorithm has written it.",
                name=name,
                what=what,
            )
        )


def _cut(text: str, begin: re.Pattern, end: str) -> tuple[list[str], str]:
    """Return the texts between each pair of marks, and the rest without them, their marks and line ends."""
    inside, outside, place = [], [], 0
    while (opened := begin.search(text, place)) is not None:
        closed = text.find(end, opened.end())
        if closed < 0:
            break
        inside.append(text[opened.end() : closed])
        outside.append(text[place : opened.start()])
        place = closed + len(end)
        place += text.startswith("\n", place)
    return inside, "".join([*outside, text[place:]])


def in_order(told: Iterable[tuple[str, T]]) -> list[T]:
    """Return what is told, each by the id of an algorithm, in the order of the method; that of others comes last."""
    place = {algorithm: number for number, algorithm in enumerate(ORDER)}
    return [one for _, one in sorted(told, key=lambda pair: place.get(pair[0], len(ORDER)))]


def step_sentences(steps: Iterable[Step]) -> list[tuple[str, str]]:
    """Return the sentences for a methods section about the steps that have no report of their own.

    Returns
    -------
    list of (str, str)
        Id of the algorithm, and what it did.
    """
    told = []
    for step in steps:
        told.append((step.name, _sentence(step.name, defaultdict(lambda: tr("unknown"), step.parameters))))
        for (algorithm, switch), text in SWITCHES.items():
            if algorithm == step.name and step.parameters.get(switch, "").lower() == "true":
                told.append((step.name, tr(text)))
    return [(algorithm, text) for algorithm, text in told if text]


def _sentence(algorithm: str, given: Mapping[str, str]) -> str:
    """Return what a step did with its parameters; empty for one that has a report, or is unknown."""
    if algorithm == "degreedays":
        return tr(
            "Daily ground surface temperatures were summed to thawing (DDT) and freezing (DDF) degree days of each "
            "year from {month} on ({missing}), and the mean over the years was taken.",
            month=_month(given["YEAR_START"]),
            missing=_missing(given["MISSING"]),
        )
    if algorithm == "rkfactor":
        return tr(
            "The ratio r_k of thawed to frozen thermal conductivity was assigned by land cover class ({table}).",
            table=_table(given["TABLE"]),
        )
    if algorithm == "ttop":
        return tr(
            "The temperature at the top of permafrost is TTOP = (r_k DDT - DDF) / P where DDF >= r_k DDT, and "
            "(DDT - DDF / r_k) / P elsewhere, with P = {days} days (Smith and Riseborough 2002).",
            days=given["DAYS"],
        )
    if algorithm == "classify":
        return tr(
            "Cells with a TTOP of {threshold} °C or less are permafrost; cells at least half covered by lake or "
            "glacier are classified as such.",
            threshold=given["THRESHOLD"],
        )
    if algorithm == "probability":
        return tr(
            "The probability of permafrost is the share of {members} ensemble members with permafrost; the members "
            "differ by a bias of the ground surface temperature, as large as that at stations left out, and by r_k "
            "with a standard deviation of {r_k_sd}.",
            members=given["MEMBERS"],
            r_k_sd=given["RK_SD"],
        )
    return ""


def _month(text: str) -> str:
    return month_name(int(text)) if re.fullmatch(r"[1-9]|1[0-2]", text) else tr("an unknown month")


def _missing(token: str) -> str:
    said = {
        "monthly": tr("missing days have the mean of their month"),
        "harmonic": tr("missing days were taken from annual and semi-annual waves"),
        "none": tr("missing days were left out"),
    }
    return said.get(token, tr("missing days: {token}", token=token))


def _table(token: str) -> str:
    said = {
        "esa_cci": tr("classes of ESA CCI"),
        "modis_igbp": tr("classes of IGBP"),
        "file": tr("by a table of its own"),
        "matrix": tr("by a list of classes"),
    }
    return said.get(token, token)


def each_sentence_once(texts: Iterable[str]) -> str:
    """Join texts without repeated sentences, which steps that ran several times write."""
    found = (sentence for text in texts for sentence in BETWEEN_SENTENCES.split(text))
    return " ".join(dict.fromkeys(filter(None, found)))


class CombinedReport(Report):
    """A report whose chapters were reports; their tables and figures are numbered consecutively."""

    def chapter(self, chapter: Chapter) -> None:
        """Add a report as a chapter, with its sections one level lower."""
        self.section(chapter.title)
        lowered = HEADING.sub(lambda match: f"<{match.group(1)}h{int(match.group(2)) + 1}>", chapter.body)
        self._parts.append(NUMBERED.sub(self._next_number, lowered))

    def _next_number(self, match: re.Match) -> str:
        number = self._number_of_table() if match.group(1) == "caption" else self._number_of_figure()
        return f"<{match.group(1)}><b>{number}</b>"
