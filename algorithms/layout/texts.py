"""Texts of a layout: how wide and high they are on the paper, where their lines break, and their font."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from qgis.core import QgsTextFormat
from qgis.PyQt.QtGui import QColor, QFont, QFontInfo, QFontMetricsF, QTextLayout, QTextOption

from ...core.language import language

FAMILY = "sans-serif"
# Where there is one of these: in bold, characters that Qt takes from another font than that of the text overlap.
CHINESE = ("Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "WenQuanYi Zen Hei")
INK, MUTED, FAINT, ALERT = "#1f2a33", "#55626e", "#9aa5ae", "#8a5a00"
# Of notes and degrees on A4, in points.
SMALL_SIZE = 7.0
MM_PER_POINT = 25.4 / 72
# Texts are measured with this many pixels per mm, and the widths taken a little larger.
PIXELS_PER_MM = 40
SLACK = 1.03


def _family() -> str:
    """Return a family of fonts with the characters of the user's language."""
    chosen = CHINESE if language().startswith("zh") else ()
    return next((name for name in chosen if QFontInfo(QFont(name)).family() == name), FAMILY)


def _font(points: float, bold: bool = False) -> QFont:
    font = QFont(_family())
    font.setStyleHint(QFont.StyleHint.SansSerif)
    font.setPointSizeF(points)
    font.setBold(bold)
    return font


def _measuring(points: float, bold: bool) -> QFont:
    font = _font(points, bold)
    font.setPixelSize(max(1, round(points * MM_PER_POINT * PIXELS_PER_MM)))
    return font


def text_width(text: str, points: float, bold: bool = False) -> float:
    """Return the width of a line of text, mm."""
    return SLACK * QFontMetricsF(_measuring(points, bold)).horizontalAdvance(text) / PIXELS_PER_MM


def line_height(points: float, bold: bool = False) -> float:
    """Return the distance of lines of text, mm."""
    return SLACK * QFontMetricsF(_measuring(points, bold)).lineSpacing() / PIXELS_PER_MM


def wrapped(text: str, points: float, width: float, bold: bool = False) -> list[str]:
    """Break a text into lines of at most a width in mm, also between Chinese characters."""
    lines: list[str] = []
    for paragraph in text.splitlines() or [""]:
        layout = QTextLayout(paragraph, _measuring(points, bold))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        while True:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width * PIXELS_PER_MM / SLACK)
            lines.append(paragraph[line.textStart() : line.textStart() + line.textLength()].rstrip())
        layout.endLayout()
    return lines


@dataclass(frozen=True)
class Text:
    """Lines of text of one size, in points."""

    lines: Sequence[str]
    points: float
    colour: str = INK
    bold: bool = False

    @property
    def height(self) -> float:
        """Of all lines, mm."""
        return len(self.lines) * line_height(self.points, self.bold)

    @property
    def width(self) -> float:
        """Of the longest line, mm."""
        return max(text_width(line, self.points, self.bold) for line in self.lines)


def height_of(texts: Sequence[Text], gap: float) -> float:
    """Return the height of texts that stand one below the other, with a gap between them, mm."""
    return sum(text.height for text in texts) + gap * max(0, len(texts) - 1)


def _text_format(points: float, colour: str, bold: bool) -> QgsTextFormat:
    font = _font(points, bold)
    text_format = QgsTextFormat()
    text_format.setFont(font)
    text_format.setSize(points)
    text_format.setColor(QColor(colour))
    return text_format


def set_font(item: Any, points: float, colour: str, prefix: str = "", bold: bool = False) -> None:
    """Set font and colour of an item: by a format where it takes one, else, as in QGIS 3.22, one by one."""
    set_format = getattr(item, f"set{prefix}TextFormat", None)
    if set_format is not None:
        set_format(_text_format(points, colour, bold))
        return
    getattr(item, f"set{prefix}Font")(_font(points, bold))
    set_colour = getattr(item, f"set{prefix}FontColor", None)
    if set_colour is not None:
        set_colour(QColor(colour))
