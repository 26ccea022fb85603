"""A printed map on its paper: where the title, the map and what explains it stand, in millimetres."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Callable, Iterable, Optional, Sequence

# Landscape, width and height in mm.
PAPERS = {
    "a4": (297.0, 210.0),
    "a3": (420.0, 297.0),
    "a2": (594.0, 420.0),
    "a1": (841.0, 594.0),
    "a0": (1189.0, 841.0),
    "letter": (279.4, 215.9),
}

# On A4, in mm; larger paper has everything in proportion.
MARGIN = 10.0
GAP = 5.0
# Left of the map and below it, for the degrees of the graticule.
DEGREES = 5.0

# A frame that is larger than the map by this factor is better filled with it than left to white paper.
MAX_FRAME = 1.35


@dataclass(frozen=True)
class Box:
    """A rectangle on the paper, mm from its upper left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Paper:
    """A paper, and the heights that the texts above and below the map take on it, mm."""

    width: float
    height: float
    header: float
    footer: float

    @property
    def unit(self) -> float:
        """How much larger than on A4 everything is."""
        return min(self.width, self.height) / PAPERS["a4"][1]


@dataclass(frozen=True)
class Sheet:
    """Where everything stands.

    Attributes
    ----------
    paper : Paper
    header, map, footer : Box
    blocks : tuple of Box
        What explains the map, such as its legend, in the order in which their sizes were given.
    scale : float
        mm of the map per unit of its ground.
    """

    paper: Paper
    header: Box
    map: Box
    footer: Box
    blocks: tuple[Box, ...]
    scale: float


def arrange(papers: Iterable[Paper], ground: tuple[float, float], blocks: Sequence[tuple[float, float]]) -> Sheet:
    """Return the sheet on which the map is largest: on one of the papers, with the blocks beside or below the map.

    Parameters
    ----------
    papers : iterable of Paper
        Those to choose from, such as one paper in both orientations; among equals the first.
    ground : (float, float)
        Width and height of what the map shows, in any unit.
    blocks : sequence of (float, float)
        Widths and heights of what explains the map, mm.
    """
    sheets = [
        sheet for paper in papers for sheet in (_beside(paper, ground, blocks), _below(paper, ground, blocks)) if sheet
    ]
    if not sheets:
        raise ValueError("no paper has room for a map")
    return max(sheets, key=lambda sheet: round(sheet.scale * sum(ground), 6))


def _inner(paper: Paper) -> Box:
    """Return the part of a paper between its header and its footer."""
    margin, gap = MARGIN * paper.unit, GAP * paper.unit
    top = margin + paper.header + (gap if paper.header else 0.0)
    bottom = paper.height - margin - paper.footer - (gap if paper.footer else 0.0)
    return Box(margin, top, paper.width - 2 * margin, bottom - top)


def _beside(paper: Paper, ground: tuple[float, float], blocks: Sequence[tuple[float, float]]) -> Optional[Sheet]:
    """Stack the blocks to the right of the map; None where they are too high."""
    inner, gap, degrees = _inner(paper), GAP * paper.unit, DEGREES * paper.unit
    panel = max(width for width, _ in blocks)
    if sum(height + gap for _, height in blocks) - gap > inner.height:
        return None
    room = Box(inner.x + degrees, inner.y, inner.width - panel - gap - degrees, inner.height - degrees)
    placed = []
    y = inner.y
    for width, height in blocks:
        placed.append((y, width, height))
        y += height + gap
    return _sheet(paper, ground, room, lambda frame: [Box(frame.x + frame.width + gap, y, w, h) for y, w, h in placed])


def _below(paper: Paper, ground: tuple[float, float], blocks: Sequence[tuple[float, float]]) -> Optional[Sheet]:
    """Set the blocks side by side below the map, in as many rows as they need; None where one is too wide."""
    inner, gap, degrees = _inner(paper), GAP * paper.unit, DEGREES * paper.unit
    rows: list[list[tuple[float, float]]] = []
    for block in blocks:
        if rows and sum(width + gap for width, _ in rows[-1]) + block[0] <= inner.width:
            rows[-1].append(block)
        else:
            rows.append([block])
    if max(width for width, _ in blocks) > inner.width:
        return None
    strip = sum(max(height for _, height in row) + gap for row in rows) - gap
    room = Box(inner.x + degrees, inner.y, inner.width - degrees, inner.height - strip - gap - degrees)

    def placed(frame: Box) -> list[Box]:
        boxes = []
        y = frame.y + frame.height + degrees + gap
        for row in rows:
            # What is left of the width is spread between the blocks.
            between = (inner.width - sum(width for width, _ in row)) / max(1, len(row) - 1)
            x = inner.x
            for width, height in row:
                boxes.append(Box(x, y, width, height))
                x += width + between
            y += max(height for _, height in row) + gap
        return boxes

    return _sheet(paper, ground, room, placed)


def _sheet(paper: Paper, ground: tuple[float, float], room: Box, blocks: Callable[[Box], list[Box]]) -> Optional[Sheet]:
    """Fill a room with the map; None where there is none. `blocks` places the rest around the frame of the map."""
    if min(room.width, room.height) <= 0:
        return None
    width, height = ground
    scale = min(room.width / width, room.height / height)
    frame = Box(
        room.x,
        room.y,
        min(room.width, MAX_FRAME * width * scale),
        min(room.height, MAX_FRAME * height * scale),
    )
    margin = MARGIN * paper.unit
    inner = paper.width - 2 * margin
    header = Box(margin, margin, inner, paper.header)
    footer = Box(margin, paper.height - margin - paper.footer, inner, paper.footer)
    return Sheet(paper, header, frame, footer, tuple(blocks(frame)), scale)


def round_step(span: float, parts: int) -> float:
    """Return the round number nearest to a part of a span: 1, 2 or 5 times a power of ten."""
    raw = span / parts
    power = 10 ** math.floor(math.log10(raw))
    return min((1, 2, 5, 10), key=lambda factor: abs(factor * power - raw)) * power
