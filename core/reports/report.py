"""Reports: one self-contained HTML file each, readable on paper and on a phone."""

from __future__ import annotations

import re
from html import escape
from numbers import Integral
from typing import Iterable, Mapping, Sequence

import numpy as np

from ..about import NAME, VERSION
from ..language import language, tr
from .numbers import fixed

STYLE = """
:root { color-scheme: light; --ink: #1f2a33; --muted: #55626e; --rule: #c9d1d8; --pale: #f4f6f8; --link: #005a8c }
* { box-sizing: border-box }
html { -webkit-text-size-adjust: 100% }
body { margin: 0 auto; padding: 2.5rem 1.25rem 3rem; max-width: 60rem; background: #fff; color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans CJK SC", sans-serif }
header { border-bottom: 2px solid var(--ink); margin-bottom: 1.75rem; padding-bottom: .9rem }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0; letter-spacing: -.01em }
header p { margin: .35rem 0 0; color: var(--muted); font-size: 1.05rem }
h2 { font-size: 1.3rem; margin: 2.4rem 0 .6rem }
h3 { font-size: 1.08rem; margin: 1.7rem 0 .4rem }
h4 { font-size: 1rem; margin: 1.3rem 0 .3rem; color: var(--muted) }
p, blockquote, ol { max-width: 44rem }
p { margin: .6rem 0; overflow-wrap: break-word }
a { color: var(--link) }
.notice { max-width: none; margin: 1.2rem 0; padding: .75rem 1rem; background: #fff6e0; border: 1px solid #e0b24a;
  border-left: .4rem solid #c98a00; border-radius: .2rem; font-weight: 600 }
.key { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: .75rem; margin: 1.2rem 0 }
.key div { padding: .7rem .9rem .75rem; background: var(--pale); border-top: 3px solid #0072b2 }
.key dt { color: var(--muted); font-size: .87rem }
.key dd { margin: .1rem 0 0 }
.key .value { font-size: 1.5rem; line-height: 1.25; font-weight: 600; font-variant-numeric: tabular-nums }
.key .hint { color: var(--muted); font-size: .82rem; line-height: 1.4 }
.scroll { overflow-x: auto; margin: 1.1rem 0 1.4rem }
table { border-collapse: collapse; font-size: .92rem; line-height: 1.4; font-variant-numeric: tabular-nums lining-nums;
  border-top: 2px solid var(--ink); border-bottom: 2px solid var(--ink) }
caption, figcaption { text-align: left; color: var(--muted); font-size: .9rem; line-height: 1.45 }
caption { padding-bottom: .45rem }
caption b, figcaption b { color: var(--ink) }
th, td { padding: .34rem .8rem; text-align: left; vertical-align: top }
th:first-child, td:first-child { padding-left: .3rem }
thead th { border-bottom: 1px solid var(--ink); vertical-align: bottom; font-weight: 600 }
tbody tr + tr > * { border-top: 1px solid #e6eaed }
tbody th { font-weight: 400; min-width: 8rem }
td.right, th.right { text-align: right }
td.right { white-space: nowrap }
details { margin: 1.1rem 0 } summary { cursor: pointer; color: var(--link) }
.parameters td { overflow-wrap: anywhere }
figure { margin: 1.3rem 0 1.6rem }
figure .scroll { margin: 0 0 .5rem }
figure svg { display: block; width: 100%; min-width: 30rem; max-width: 42.5rem; height: auto }
figure svg:has(image) { min-width: 0 }
figcaption { max-width: 42.5rem }
blockquote { margin: .8rem 0; padding: .7rem 1rem; background: var(--pale); border-left: 3px solid var(--rule);
  -webkit-user-select: all; user-select: all }
ol { padding-left: 1.5rem }
li { margin: .35rem 0; font-size: .92rem; overflow-wrap: break-word }
footer { margin-top: 3rem; padding-top: .7rem; border-top: 1px solid var(--rule); color: var(--muted);
  font-size: .85rem }
@page { margin: 18mm 16mm }
@media print {
  body { padding: 0; max-width: none; font-size: 10.5pt }
  .key { grid-template-columns: repeat(auto-fit, minmax(8rem, 1fr)) }
  .key .value { font-size: 1.1rem }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact }
  h2, h3, h4, caption { break-after: avoid }
  figure, tr, blockquote, .notice, .key div { break-inside: avoid }
  thead { display: table-header-group; break-after: avoid }
  tbody tr:first-child { break-before: avoid }
  .scroll { overflow: visible }
  figure svg { min-width: 0 }
  a { color: inherit; text-decoration: none }
}
"""

# Tables with more rows are folded, and open with a click.
MAX_OPEN_ROWS = 60

# Marks the key figure with which a combined report begins.
HEADLINE = ' class="headline"'

# Nothing may be fetched: a report can be read offline, now and in ten years.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'"

# Label, value and hint of a key figure.
Figure = tuple[str, object, str]

DOI = re.compile(r"(?:doi:\s*|https?://(?:dx\.)?doi\.org/)?\b(10\.\d{4,9}/[^\s,;]+)", re.IGNORECASE)


class Report:
    """A report that is built part by part, in the order of the calls.

    All texts are plain text: HTML in them is shown, not interpreted. Tables and figures are numbered.

    Parameters
    ----------
    title, subtitle : str
        Subject of the report, and its data.
    algorithm : str
        Id of the algorithm whose findings it tells, by which a combined report puts it in order.
    """

    def __init__(self, title: str, subtitle: str = "", algorithm: str = "") -> None:
        self.title = title
        self.subtitle = subtitle
        self.algorithm = algorithm
        self._parts: list[str] = []
        self._tables = 0
        self._figures = 0

    def section(self, heading: str, level: int = 2) -> None:
        """Begin a section, with a level from 2, directly below the title, to 4."""
        self._parts.append(f"<h{level}>{escape(heading)}</h{level}>")

    def paragraph(self, text: str) -> None:
        """Add a paragraph."""
        self._parts.append(f"<p>{escape(text)}</p>")

    def notice(self, text: str) -> None:
        """Add a framed warning, for example about simulated data."""
        self._parts.append(f'<p class="notice" role="note">{escape(text)}</p>')

    def key_figures(self, figures: Iterable[Figure], headline: str = "") -> None:
        """Add key figures, each as (label, value, hint); the hint may be empty.

        A combined report begins with the one whose label is `headline`.
        """
        cards = "".join(_card(*figure, figure[0] == headline) for figure in figures)
        self._parts.append(f'<dl class="key">{cards}</dl>')

    def table(
        self, headers: Sequence[str], rows: Iterable[Sequence[object]], caption: str = "", align: str | None = None
    ) -> None:
        """Add a table.

        Parameters
        ----------
        headers : sequence of str
            Column headings, with units.
        rows : iterable of sequences
            Texts or numbers; whole numbers are written without decimals, others with three.
        caption : str
            Content of the table. A table of more than `MAX_OPEN_ROWS` rows is folded.
        align : str, optional
            ``l`` or ``r`` for each column. By default the first column is left, the others right.
        """
        align = align or "l" + "r" * (len(headers) - 1)
        kinds = [' class="right"' if letter == "r" else "" for letter in align]
        head = "".join(f'<th scope="col"{kind}>{escape(header)}</th>' for header, kind in zip(headers, kinds))
        rows = list(rows)
        body = "".join(
            f'<tr><th scope="row"{kinds[0]}>{escape(_cell(row[0]))}</th>'
            + "".join(f"<td{kind}>{escape(_cell(cell))}</td>" for cell, kind in zip(row[1:], kinds[1:]))
            + "</tr>"
            for row in rows
        )
        table = (
            f'<div class="scroll"><table><caption><b>{self._number_of_table()}</b> {escape(caption)}</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        )
        if len(rows) > MAX_OPEN_ROWS:
            table = f"<details><summary>{tr('Table of {count} rows', count=len(rows))}</summary>{table}</details>"
        self._parts.append(table)

    def figure(self, svg: str, caption: str) -> None:
        """Add a chart of `charts`, the only markup that is not escaped."""
        self._parts.append(
            f'<figure><div class="scroll">{svg}</div>'
            f"<figcaption><b>{self._number_of_figure()}</b> {escape(caption)}</figcaption></figure>"
        )

    def _number_of_table(self) -> str:
        self._tables += 1
        return escape(tr("Table {number}.", number=self._tables))

    def _number_of_figure(self) -> str:
        self._figures += 1
        return escape(tr("Figure {number}.", number=self._figures))

    def methods(self, text: str) -> None:
        """Add sentences about this run that can be copied into a methods section."""
        self.section(tr("For the methods section"))
        self._parts.append(f"<blockquote>{escape(text)}</blockquote>")

    def parameters(self, values: Mapping[str, object]) -> None:
        """Add the inputs and parameters of the run."""
        self.section(tr("Inputs and parameters"))
        rows = "".join(
            f'<tr><th scope="row">{escape(str(name))}</th><td>{escape(str(value))}</td></tr>'
            for name, value in values.items()
        )
        self._parts.append(f'<div class="scroll"><table class="parameters"><tbody>{rows}</tbody></table></div>')

    def references(self, sources: Iterable[str]) -> None:
        """Add the list of references, with DOIs as links."""
        self.section(tr("References"))
        items = "".join(f"<li>{_with_links(source)}</li>" for source in sources)
        self._parts.append(f"<ol>{items}</ol>")

    def html(self, created: str) -> str:
        """Return the whole document.

        Parameters
        ----------
        created : str
            Date and time of the run, ISO 8601 in UTC.
        """
        subtitle = f"<p>{escape(self.subtitle)}</p>" if self.subtitle else ""
        body = "\n".join(self._parts)
        return f"""<!DOCTYPE html>
<html lang="{language()}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="{escape(NAME)} {escape(VERSION)}">
<meta name="algorithm" content="{escape(self.algorithm)}">
<title>{escape(self.title)}</title>
<style>{STYLE}</style>
</head>
<body>
<header><h1>{escape(self.title)}</h1>{subtitle}</header>
<main>
{body}
</main>
<footer>{escape(NAME)} {escape(VERSION)}, <time datetime="{escape(created)}">{escape(created)}</time></footer>
</body>
</html>
"""


def _card(label: str, value: object, hint: str, is_headline: bool) -> str:
    said = f'<dt>{escape(label)}</dt><dd class="value">{escape(_cell(value))}</dd>'
    remark = f'<dd class="hint">{escape(hint)}</dd>' if hint else ""
    return f"<div{HEADLINE if is_headline else ''}>{said}{remark}</div>"


def _cell(value: object) -> str:
    """Return the text of a cell: whole numbers without decimals, other numbers with three."""
    if isinstance(value, Integral) and not isinstance(value, bool):
        return fixed(int(value), 0)
    if value is None:
        return fixed(None)
    return fixed(float(value)) if isinstance(value, (float, np.floating)) else str(value)


def _with_links(source: str) -> str:
    """Return an escaped reference with its DOIs as links."""
    parts, end = [], 0
    for match in DOI.finditer(source):
        # A full stop or a bracket at the end belongs to the sentence.
        doi = match.group(1).rstrip(".)")
        if doi.endswith("/") and doi.count("/") == 1:
            continue
        parts.append(escape(source[end : match.start()]))
        parts.append(f'<a href="https://doi.org/{escape(doi)}">doi:{escape(doi)}</a>')
        end = match.start(1) + len(doi)
    return "".join(parts) + escape(source[end:])
