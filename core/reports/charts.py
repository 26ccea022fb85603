"""Charts as SVG strings, for reports that need no script, font or other file.

Every chart has a title for screen readers, scales with its viewBox, and sets its own colours (from the palette of
Okabe & Ito, which colour-blind readers can tell apart), so that it can be put into any HTML page as it is.
"""

from __future__ import annotations

import base64
import math
import textwrap
from dataclasses import dataclass
from html import escape
from typing import Iterable, Optional, Sequence

import numpy as np
from numpy.typing import ArrayLike

from ..language import tr
from .numbers import fixed

BLUE, VERMILLION, GREEN, ORANGE, PURPLE, SKY = "#0072b2", "#d55e00", "#009e73", "#e69f00", "#cc79a7", "#56b4e9"
PALETTE = (BLUE, VERMILLION, GREEN, ORANGE, PURPLE, SKY)
INK, MUTED, GRID = "#1f2a33", "#55626e", "#e2e7eb"

WIDTH = 680  # of every chart, in user units; the page scales it
FONT = 13
ROW = 30  # height of a row of bars or intervals
MAX_HEIGHT = 560  # of a picture: more does not fit onto a screen
MAX_POINTS = 3000  # of a scatter plot: more would only darken it and enlarge the file


@dataclass(frozen=True)
class Series:
    """Values drawn against each other, as a line or as separate points."""

    label: str
    x: Sequence[float] | np.ndarray
    y: Sequence[float] | np.ndarray
    points: bool = False


@dataclass(frozen=True)
class Frame:
    """What is written around a map.

    Attributes
    ----------
    longitudes, latitudes : sequence of (float, str)
        Marks at the lower and the left edge: where they are, as a share of the width from the left and of the height
        from above, and what they say.
    scale : tuple of (float, str), optional
        Length of the scale bar as a share of the width, and what it says.
    """

    longitudes: Sequence[tuple[float, str]] = ()
    latitudes: Sequence[tuple[float, str]] = ()
    scale: Optional[tuple[float, str]] = None


@dataclass(frozen=True)
class _Scale:
    """Linear map from the values between low and high to the coordinates between start and end."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def bars(items: Iterable[tuple[str, float, str]], title: str, unit: str = "", digits: int = 1) -> str:
    """Draw horizontal bars from zero, each with its value.

    Parameters
    ----------
    items : iterable of (label, value, colour)
        A value that is nan is written as undefined and has no bar.
    title : str
        What the chart shows, for screen readers.
    unit : str
        Unit of the values.
    digits : int
        Decimals of the values.
    """
    items = list(items)
    texts = [fixed(value, digits) + (f" {unit}" if unit and math.isfinite(value) else "") for _, value, _ in items]
    low, high = _extent([value for _, value, _ in items] + [0.0])
    x = _Scale(low, high, _label_column(label for label, *_ in items), WIDTH - _widest(texts) - 10)
    parts = []
    for i, ((label, value, colour), text) in enumerate(zip(items, texts)):
        middle = (i + 0.5) * ROW
        first, last = sorted((x(0), x(value))) if math.isfinite(value) else (x(0), x(0))
        parts += [
            _row_label(label, x.start, middle),
            _element("rect", x=first, y=middle - 9, width=last - first, height=18, fill=colour),
            _text(last + 6, middle + 4.5, text),
        ]
    parts.append(_line(x(0), 0, x(0), len(items) * ROW, MUTED))
    return _svg(len(items) * ROW, title, parts)


def matrix(counts: ArrayLike, labels: Sequence[str], title: str) -> str:
    """Draw a confusion matrix: counts and their shares, agreement in blue and disagreement in orange.

    Parameters
    ----------
    counts : array_like, shape (k, k)
        Rows = map, columns = reference.
    labels : sequence of str
        Names of the k classes.
    title : str
        What the matrix compares, for screen readers.
    """
    counts = np.asarray(counts)
    total, largest, k = counts.sum(), counts.max(), len(labels)
    left, top, height = 150, 68, 58
    width = min(150.0, (WIDTH - left) / (k + 0.7))
    bottom, right = top + k * height, left + k * width
    of_totals = right + 0.35 * width
    parts = [
        _text((left + right) / 2, 14, tr("Reference"), anchor="middle", fill=MUTED),
        _text(14, (top + bottom) / 2, tr("Map"), anchor="middle", fill=MUTED, rotate=-90),
        _text(of_totals, top - 12, tr("Total"), anchor="middle", fill=MUTED),
        _text(left - 10, bottom + 22, tr("Total"), anchor="end", fill=MUTED),
        _text(of_totals, bottom + 22, fixed(total, 0), anchor="middle", fill=MUTED),
    ]
    for i, label in enumerate(labels):
        row, column = top + (i + 0.5) * height, left + (i + 0.5) * width
        parts += [
            _paragraph(left - 10, row + 4.5, label, 120, "end", rise=0.5),
            _paragraph(column, top - 12, label, width, "middle", rise=1.0),
            _text(of_totals, row + 4.5, fixed(counts[i].sum(), 0), anchor="middle", fill=MUTED),
            _text(column, bottom + 22, fixed(counts[:, i].sum(), 0), anchor="middle", fill=MUTED),
        ]
    for (i, j), count in np.ndenumerate(counts):
        # The square root keeps small disagreements visible beside a large agreement.
        depth = 0.85 * math.sqrt(count / largest) if largest else 0.0
        ink = "#ffffff" if depth > 0.7 else INK
        x, y = left + j * width, top + i * height
        colour = _tint(BLUE if i == j else VERMILLION, depth)
        share = f"{fixed(100 * count / total, 1)} %" if total else ""
        parts += [
            _element("rect", x=x + 1, y=y + 1, width=width - 2, height=height - 2, fill=colour, stroke=GRID),
            _text(x + width / 2, y + 27, fixed(count, 0), anchor="middle", fill=ink, weight=600),
            _text(x + width / 2, y + 45, share, anchor="middle", fill=ink, size=FONT - 2),
        ]
    return _svg(bottom + 32, title, parts)


def intervals(
    items: Iterable[tuple[str, float, float, float]], title: str, axis_label: str = "", digits: int = 3
) -> str:
    """Draw estimates as dots with their confidence intervals as whiskers, one row each.

    Parameters
    ----------
    items : iterable of (label, estimate, low, high)
        What is nan is written as undefined and not drawn.
    title : str
        What the chart shows, for screen readers.
    axis_label : str
        Quantity and unit of the axis.
    digits : int
        Decimals of the numbers beside the rows.
    """
    items = list(items)
    texts = [_estimate_text(estimate, low, high, digits) for _, estimate, low, high in items]
    low, high = _padded([value for _, *values in items for value in values])
    x = _Scale(low, high, _label_column(label for label, *_ in items), WIDTH - _widest(texts) - 18)
    bottom = len(items) * ROW
    parts = _x_axis(x, 0, bottom, axis_label)
    for i, ((label, estimate, *ends), text) in enumerate(zip(items, texts)):
        middle = (i + 0.5) * ROW
        parts += [_row_label(label, x.start, middle), _text(x.end + 14, middle + 4.5, text)]
        if all(map(math.isfinite, ends)):
            parts.append(_line(x(ends[0]), middle, x(ends[1]), middle, BLUE, 2))
            parts += [_line(x(end), middle - 5, x(end), middle + 5, BLUE, 2) for end in ends]
        if math.isfinite(estimate):
            parts.append(_element("circle", cx=x(estimate), cy=middle, r=5, fill=BLUE, stroke="#ffffff"))
    return _svg(bottom + 46, title, parts)


def scatter(x_values: ArrayLike, y_values: ArrayLike, title: str, x_label: str, y_label: str) -> str:
    """Draw predicted against observed values on equal axes, with the line of perfect agreement.

    Parameters
    ----------
    x_values, y_values : array_like
        Values of the same quantity, of equal length. Pairs with a nan are left out, and of more than
        3000 pairs a random 3000 are drawn.
    title : str
        What the chart shows, for screen readers.
    x_label, y_label : str
        Quantities and units of the axes.
    """
    x_all, y_all = (np.ravel(np.asarray(values, float)) for values in (x_values, y_values))
    known = np.isfinite(x_all) & np.isfinite(y_all)
    drawn = np.flatnonzero(known)
    lows = [np.min(values, where=known, initial=np.inf) for values in (x_all, y_all)]
    highs = [np.max(values, where=known, initial=-np.inf) for values in (x_all, y_all)]
    low, high = _padded([*lows, *highs])
    if len(drawn) > MAX_POINTS:
        drawn = np.random.default_rng(0).choice(drawn, MAX_POINTS, replace=False)
    pairs = np.column_stack([x_all[drawn], y_all[drawn]])
    side, left, top = 400, 140, 10
    x, y = _Scale(low, high, left, left + side), _Scale(low, high, top + side, top)
    parts = [
        *_x_axis(x, top, top + side, x_label),
        *_y_axis(y, left, left + side, y_label),
        _line(left, top + side, left + side, top, MUTED, dash="5 4"),
        _text(left + side + 6, top + 12, "1:1", fill=MUTED),
        _element(
            "g",
            *(_element("circle", cx=x(a), cy=y(b), r=2.5) for a, b in pairs),
            fill=BLUE,
            fill_opacity=0.25 if len(pairs) > 500 else 0.6,
        ),
    ]
    return _svg(top + side + 46, title, parts)


def lines(series: Sequence[Series], title: str, x_label: str, y_label: str) -> str:
    """Draw series of values over common axes, with a legend where there are several.

    Parameters
    ----------
    series : sequence of Series
        A line is interrupted where a value is nan.
    title : str
        What the chart shows, for screen readers.
    x_label, y_label : str
        Quantities and units of the axes.
    """
    colours = [PALETTE[i % len(PALETTE)] for i in range(len(series))]
    entries = [(one.label, colour) for one, colour in zip(series, colours)] if len(series) > 1 else []
    left, height = 78, 280
    legend, top = _legend(entries, left)
    top += 10
    x = _Scale(*_padded([value for one in series for value in one.x], 0.02), left, WIDTH - 16)
    y = _Scale(*_padded([value for one in series for value in one.y]), top + height, top)
    parts = [legend, *_x_axis(x, top, top + height, x_label), *_y_axis(y, left, WIDTH - 16, y_label)]
    for one, colour in zip(series, colours):
        known = [math.isfinite(a) and math.isfinite(b) for a, b in zip(one.x, one.y)]
        if one.points:
            parts += [
                _element("circle", cx=x(a), cy=y(b), r=3.5, fill=colour) for a, b, k in zip(one.x, one.y, known) if k
            ]
            continue
        path, joined = [], False
        for a, b, drawn in zip(one.x, one.y, known):
            if drawn:
                path.append(f"{'L' if joined else 'M'}{x(a):.1f} {y(b):.1f}")
            joined = drawn
        parts.append(_element("path", d="".join(path), fill="none", stroke=colour, stroke_width=2))
    return _svg(top + height + 46, title, parts)


def timeline(series: Sequence[Series], title: str, y_label: str) -> str:
    """Draw series of days, also very long ones, over an axis of dates, with a legend where there are several.

    Parameters
    ----------
    series : sequence of Series
        x are days, datetime64[D]. A line is interrupted where a value is nan or a day is left out.
    title : str
        What the chart shows, for screen readers.
    y_label : str
        Quantity and unit of the axis.
    """
    colours = [PALETTE[i % len(PALETTE)] for i in range(len(series))]
    entries = [(one.label, colour) for one, colour in zip(series, colours)] if len(series) > 1 else []
    left, height = 78, 240
    legend, top = _legend(entries, left)
    top += 10
    numbers = [np.asarray(one.x, "datetime64[D]").astype(int) for one in series]
    x = _Scale(*_padded(np.concatenate(numbers), 0.02), left, WIDTH - 28)
    y = _Scale(*_padded([value for one in series for value in one.y]), top + height, top)
    parts = [legend, *_date_axis(x, top, top + height), *_y_axis(y, left, WIDTH - 28, y_label)]
    for one, colour, days in zip(series, colours, numbers):
        known = np.isfinite(np.asarray(one.y, float))
        at = [(int(day), f"{x(day):.1f} {y(value):.1f}") for day, value in zip(days[known], np.asarray(one.y)[known])]
        # One path for all days: an element for each would make a report of many years a hundred times as large.
        if one.points:
            path = "".join(f"M{place}h.1" for _, place in at)
            thickness = 3.0 if len(at) > 100 else 6.0
        else:
            follows = [False, *(after[0] - before[0] == 1 for before, after in zip(at, at[1:]))]
            # A day between two gaps is a dot.
            alone = [not joined and not following for joined, following in zip(follows, [*follows[1:], False])]
            marks = zip(follows, at, alone)
            path = "".join(f"{'L' if joined else 'M'}{place}{'h.1' * dot}" for joined, (_, place), dot in marks)
            thickness = 1.2
        parts.append(
            _element("path", d=path, fill="none", stroke=colour, stroke_width=thickness, stroke_linecap="round")
        )
    return _svg(top + height + 28, title, parts)


def image(
    png: bytes,
    width: int,
    height: int,
    title: str,
    legend: Sequence[tuple[str, str]] = (),
    frame: Frame = Frame(),
) -> str:
    """Embed a picture, for example a rendered map, with a legend below.

    Parameters
    ----------
    png : bytes
        The picture as a PNG file.
    width, height : int
        Its size in pixels. Small pictures are enlarged without blurring their cells.
    title : str
        What the picture shows, for screen readers.
    legend : sequence of (label, colour)
        Entries of the legend.
    frame : Frame
        Coordinates and scale of a map.
    """
    left = 8 + _widest(text for _, text in frame.latitudes) if frame.latitudes else 0.0
    # The last longitude may reach beyond the picture.
    right = WIDTH - (24 if frame.longitudes else 0)
    shown_width = min(right - left, MAX_HEIGHT * width / height)
    shown_height = shown_width * height / width
    top = FONT / 2 if frame.latitudes else 0.0
    picture = _element(
        "image",
        href="data:image/png;base64," + base64.b64encode(png).decode("ascii"),
        x=left,
        y=top,
        width=shown_width,
        height=shown_height,
        preserveAspectRatio="none",
        style="image-rendering: pixelated" if width < WIDTH else None,
    )
    edge = _element("rect", x=left, y=top, width=shown_width, height=shown_height, fill="none", stroke=MUTED)
    parts, bottom = [picture, edge], top + shown_height
    for share, text in frame.latitudes:
        y = top + share * shown_height
        parts += [_line(left - 4, y, left, y, MUTED), _text(left - 7, y + 4.5, text, anchor="end", fill=MUTED)]
    for share, text in frame.longitudes:
        x = left + share * shown_width
        parts += [
            _line(x, bottom, x, bottom + 4, MUTED),
            _text(x, bottom + 17, text, anchor="middle", fill=MUTED),
        ]
    bottom += 22 if frame.longitudes else 0
    if frame.scale:
        parts += _scale_bar(left, bottom + 10, frame.scale[0] * shown_width, frame.scale[1])
        bottom += 22
    key, key_height = _legend(legend, left)
    return _svg(bottom + 10 + key_height, title, [*parts, _moved(key, bottom + 10)])


def _scale_bar(left: float, middle: float, length: float, text: str) -> list[str]:
    """Draw a bar with ends, and what its length is."""
    ends = (left, left + length)
    return [
        _line(ends[0], middle, ends[1], middle, INK, 2),
        *(_line(x, middle - 5, x, middle + 5, INK, 2) for x in ends),
        _text(ends[1] + 8, middle + 4.5, text),
    ]


# Elements


def _element(name: str, *children: str, text: str = "", **attributes: object) -> str:
    """Write an element; attributes of None are omitted, all texts are escaped."""
    written = "".join(
        f' {key.replace("_", "-")}="{escape(f"{value:.1f}" if isinstance(value, float) else str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    content = escape(text) + "".join(children)
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def _svg(height: float, title: str, parts: Iterable[str]) -> str:
    return _element(
        "svg",
        _element("title", text=title),
        *parts,
        viewBox=f"0 0 {WIDTH} {height:.0f}",
        width=WIDTH,
        role="img",
        font_family="system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif",
        font_size=FONT,
        style="font-variant-numeric: tabular-nums",
    )


def _text(
    x: float,
    y: float,
    text: str,
    anchor: str = "start",
    fill: str = INK,
    size: float | None = None,
    weight: int | None = None,
    rotate: float | None = None,
) -> str:
    return _element(
        "text",
        text=text,
        x=float(x),
        y=float(y),
        text_anchor=anchor,
        fill=fill,
        font_size=size,
        font_weight=weight,
        transform=f"rotate({rotate} {x:.1f} {y:.1f})" if rotate else None,
    )


def _paragraph(x: float, y: float, text: str, width: float, anchor: str, rise: float) -> str:
    """Write a text in up to three lines; y is the last line if rise is 1, the middle line if it is 0.5."""
    # East Asian texts have wider characters, and none between which alone a line may end.
    of_character = _text_width(text) / max(1, len(text))
    lines_of_text = textwrap.wrap(text, max(1, int(width / max(of_character, 1.0))), max_lines=3, placeholder=" …")
    first = y - (len(lines_of_text) - 1) * 15 * rise
    return "".join(_text(x, first + 15 * i, line, anchor) for i, line in enumerate(lines_of_text))


def _line(x1: float, y1: float, x2: float, y2: float, stroke: str, width: float = 1, dash: str | None = None) -> str:
    return _element(
        "line",
        x1=float(x1),
        y1=float(y1),
        x2=float(x2),
        y2=float(y2),
        stroke=stroke,
        stroke_width=width,
        stroke_dasharray=dash,
    )


def _moved(part: str, down: float) -> str:
    return _element("g", part, transform=f"translate(0 {down:.1f})") if part else ""


def _legend(entries: Sequence[tuple[str, str]], left: float) -> tuple[str, float]:
    """Write coloured squares with labels in as many rows as needed; return the SVG and its height."""
    x, y, parts = left, 0.0, []
    for label, colour in entries:
        width = 20 + _text_width(label) + 18
        if x > left and x + width > WIDTH:
            x, y = left, y + 22
        parts += [
            _element("rect", x=x, y=y + 4, width=13, height=13, fill=colour, stroke=MUTED, stroke_width=0.5),
            _text(x + 20, y + 15, label),
        ]
        x += width
    return "".join(parts), y + 24 if entries else 0.0


# Axes


def _x_axis(scale: _Scale, top: float, bottom: float, label: str) -> list[str]:
    parts = []
    for tick, text in _ticks(scale.low, scale.high):
        parts.append(_line(scale(tick), top, scale(tick), bottom, GRID))
        parts.append(_text(scale(tick), bottom + 17, text, anchor="middle", fill=MUTED))
    parts.append(_line(scale.start, bottom, scale.end, bottom, MUTED))
    parts.append(_text((scale.start + scale.end) / 2, bottom + 38, label, anchor="middle"))
    return parts


def _date_axis(scale: _Scale, top: float, bottom: float) -> list[str]:
    parts = []
    for day, text in _date_ticks(scale.low, scale.high):
        parts.append(_line(scale(day), top, scale(day), bottom, GRID))
        parts.append(_text(scale(day), bottom + 17, text, anchor="middle", fill=MUTED))
    parts.append(_line(scale.start, bottom, scale.end, bottom, MUTED))
    return parts


def _date_ticks(low: float, high: float) -> list[tuple[float, str]]:
    """Return the beginnings of years, or of months where there are few, between two days; days count from 1970."""
    months = (high - low) / 30.4
    step = next(step for step in (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200) if months / step <= 9 or step == 1200)
    first, last = (np.datetime64(int(day), "D").astype("datetime64[M]").astype(int) for day in (low, high))
    ticks = np.arange(-(-first // step) * step, last + 1, step).astype("datetime64[M]")
    days = [(float(tick.astype("datetime64[D]").astype(int)), str(tick)) for tick in ticks]
    return [(day, text[:4] if step >= 12 else text) for day, text in days if low <= day <= high]


def _y_axis(scale: _Scale, left: float, right: float, label: str) -> list[str]:
    parts = []
    for tick, text in _ticks(scale.low, scale.high):
        parts.append(_line(left, scale(tick), right, scale(tick), GRID))
        parts.append(_text(left - 8, scale(tick) + 4.5, text, anchor="end", fill=MUTED))
    parts.append(_line(left, scale.start, left, scale.end, MUTED))
    parts.append(_text(left - 60, (scale.start + scale.end) / 2, label, anchor="middle", rotate=-90))
    return parts


def _ticks(low: float, high: float) -> list[tuple[float, str]]:
    """Return about five round values between two limits, with their texts."""
    rough = (high - low) / 5
    power = math.floor(math.log10(rough))
    step = next(factor * 10.0**power for factor in (1, 2, 5, 10) if factor * 10.0**power >= 0.99 * rough)
    digits = max(0, -math.floor(math.log10(step) + 1e-9))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [(i * step, fixed(i * step, digits)) for i in range(first, last + 1)]


def _extent(values: Sequence[float] | np.ndarray) -> tuple[float, float]:
    """Return the smallest and the largest finite value, never the same."""
    numbers = np.asarray(values, dtype=float)
    finite = numbers[np.isfinite(numbers)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
    negligible = 1e-30 + 1e-9 * max(abs(low), abs(high))
    return (low, high) if high - low > negligible else (low, low + (abs(low) if abs(low) > negligible else 1.0))


def _padded(values: Sequence[float] | np.ndarray, share: float = 0.05) -> tuple[float, float]:
    """Return the extent of values with a margin on both sides, so that no mark touches the frame."""
    low, high = _extent(values)
    margin = share * (high - low)
    return low - margin, high + margin


# Texts


def _estimate_text(estimate: float, low: float, high: float, digits: int) -> str:
    if math.isfinite(low) and math.isfinite(high):
        return tr(
            "{estimate} ({low} to {high})",
            estimate=fixed(estimate, digits),
            low=fixed(low, digits),
            high=fixed(high, digits),
        )
    return fixed(estimate, digits)


def _text_width(text: str) -> float:
    """Estimate the width of a text: East Asian characters are square, others about half as wide."""
    return sum(1.0 if character > "\u2e7f" else 0.56 for character in text) * FONT


def _widest(texts: Iterable[str]) -> float:
    return max(map(_text_width, texts), default=0.0)


def _label_column(labels: Iterable[str]) -> float:
    return min(_widest(labels) + 14, 230.0)


def _row_label(label: str, left: float, middle: float) -> str:
    """Write the label of a row, cut to its column; hovering shows all of it."""
    shown = label
    while _text_width(shown) > left - 10:
        shown = shown[:-2] + "…"
    return _element("g", _element("title", text=label), _text(left - 10, middle + 4.5, shown, anchor="end"))


def _tint(colour: str, depth: float) -> str:
    """Mix a colour with white; depth 0 is white, 1 the colour itself."""
    channels = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(255 + (channel - 255) * depth):02x}" for channel in channels)
