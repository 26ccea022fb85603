"""Cells of tables as spreadsheets and archives write them: missing values, numbers and names."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Sequence

import numpy as np

from .cells import DECIMAL, TEXT, Cells
from .coded import Coded, batches

MISSING_TEXTS = frozenset(
    {"", "na", "n/a", "#n/a", "nan", "null", "nil", "none", "nodata", "no data", "missing", "缺测", "-", "--", "---"}
    | {"/", "//", "///", "////", "."}
)

# Minus signs beside the hyphen: minus, en and em dash, small hyphen. NFKC turns full-width ones into hyphens.
MINUS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2014": "-", "\ufe63": "-"})

PLAIN = re.compile(r"[+-]?\d+(?:[eE][+-]?\d+)?")
POINT = re.compile(r"[+-]?(?:\d+\.\d*|\.\d+)(?:[eE][+-]?\d+)?")
COMMA = re.compile(r"[+-]?(?:\d+,\d*|,\d+)(?:[eE][+-]?\d+)?")
# With thousands separators: 1,234.5 and 1.234,5.
COMMA_GROUPS = re.compile(r"[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?")
POINT_GROUPS = re.compile(r"[+-]?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d*)?")
INFINITE = re.compile(r"[+-]?inf(?:inity)?", re.IGNORECASE)

# How a cell begins that spreadsheets compute.
FORMULA = ("=", "+", "-", "@", "\t", "\r")

# A whole number that has passed through a column of decimals.
WHOLE = re.compile(r"([+-]?\d+)\.0*")

# Fill values of loggers, archives and satellite products, which are no temperature, elevation or depth.
# MODIS and loggers in hundredths and tenths of 16 bits, and the archives of the Chinese weather service.
FILL_NUMBERS = np.array(
    [
        *(32767, 32766, 32765, 32744, 32700, 3276.7, 3276.6, 327.67, 327.66, -32768, -3276.8, -327.68),
        *(65535, 6553.5, 655.35, 999990, 999998, -273.15),
    ]
)
NINES = re.compile(r"-?9{2,}(?:\.9*)?")


@dataclass(frozen=True)
class Numbers:
    """The numbers in a column of a table.

    Attributes
    ----------
    coded : Coded
        NaN where there is none.
    is_text : array of bool, shape (n,)
        Where something else is written, or a number with an ambiguous comma.
    """

    coded: Coded
    is_text: np.ndarray

    @property
    def numbers(self) -> np.ndarray:
        """The number of each row, NaN where there is none, array of shape (n,)."""
        return np.asarray(self.coded)


def clean(value: Any) -> str:
    """Return a value as text: full-width characters as plain ones, one minus sign, single spaces, none at the ends."""
    return _clean_text(str(value))


@lru_cache(maxsize=2**16)
def _clean_text(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).translate(MINUS).split())


def plain_cell(value: Any) -> Any:
    """Return a value of a table as a text file takes it: without what spreadsheets run as a formula.

    Names of layers and stations come from strangers, and spreadsheets compute a cell that begins as a formula does.
    An apostrophe before it makes it a text.
    """
    if not isinstance(value, str) or not value.startswith(FORMULA) or POINT.fullmatch(value) or PLAIN.fullmatch(value):
        return value
    return f"'{value}"


def is_missing(value: Any) -> bool:
    """Return whether a table cell means that there is no value."""
    return value is None or clean(value).lower() in MISSING_TEXTS


def read_numbers(values: Sequence[Any]) -> Numbers:
    """Read a column of numbers, with decimal points or, where all texts have them, decimal commas.

    A comma or point before three digits may be a thousands separator: the other numbers of
    the column decide.
    """
    cells = Cells.of(values)
    numbers = np.full(len(cells.distinct), np.nan)
    is_text = np.zeros(len(numbers), bool)
    texts = {}
    has_point, has_comma = _has_point(cells), False
    for place, value in enumerate(cells.distinct):
        if is_missing(value):
            continue
        if isinstance(value, (int, float, np.number)) and not isinstance(value, bool):
            numbers[place] = float(value)
            has_point |= not float(value).is_integer()
            continue
        text = texts[place] = clean(value)
        by_commas, by_points = COMMA_GROUPS.fullmatch(text), POINT_GROUPS.fullmatch(text)
        has_point |= bool(POINT.fullmatch(text) and not by_points) or bool(
            by_commas and ("." in text or text.count(",") > 1)
        )
        has_comma |= bool(COMMA.fullmatch(text) and not by_commas) or bool(
            by_points and ("," in text or text.count(".") > 1)
        )
    for place, text in texts.items():
        plain = _plain(text, has_point, has_comma)
        if plain:
            numbers[place] = float(plain)
        else:
            is_text[place] = True
    return _by_row(cells, numbers, is_text, has_comma and not has_point)


def _has_point(cells: Cells) -> bool:
    """Return whether decimal points show in what is kept as numbers."""
    if cells.numbers is None:
        return False
    for rows in batches(len(cells)):
        codes, numbers = cells.codes[rows], cells.numbers[rows]
        sizes = np.abs(numbers)
        # 1.234 may be a thousand.
        may_be_group = (codes == TEXT - 3) & (sizes >= 1) & (sizes < 1000)
        is_decimal = (codes == DECIMAL) & (~np.isfinite(numbers) | (numbers != np.rint(numbers)))
        if (((codes < TEXT) & ~may_be_group) | is_decimal).any():
            return True
    return False


def _by_row(cells: Cells, numbers: np.ndarray, is_text: np.ndarray, only_commas: bool) -> Numbers:
    """Return the numbers of the rows from those of the distinct cells and those that are kept as numbers."""
    if cells.numbers is None:
        return Numbers(Coded(numbers, cells.codes), is_text[cells.codes])
    texts = np.zeros(len(cells), bool)
    if np.isnan(numbers).all() and not is_text.any() and not only_commas:
        return Numbers(Coded(cells.numbers), texts)
    values = cells.numbers.copy()
    for rows in batches(len(cells)):
        codes = cells.codes[rows]
        of_row, kept = values[rows], codes >= 0
        of_row[kept] = numbers[codes[kept]]
        texts[rows][kept] = is_text[codes[kept]]
        if only_commas:
            ambiguous = codes < TEXT
            of_row[ambiguous] = np.nan
            texts[rows][ambiguous] = True
    return Numbers(Coded(values), texts)


def _plain(text: str, has_point: bool, has_comma: bool) -> str:
    """Return a number as Python writes it, by the decimal mark of its column; empty where it is none, or ambiguous."""
    if PLAIN.fullmatch(text) or INFINITE.fullmatch(text):
        return text
    if has_comma and not has_point:
        if COMMA.fullmatch(text):
            return text.replace(",", ".")
        return text.replace(".", "").replace(",", ".") if "," in text and POINT_GROUPS.fullmatch(text) else ""
    if POINT.fullmatch(text):
        return text
    return text.replace(",", "") if has_point and not has_comma and COMMA_GROUPS.fullmatch(text) else ""


def is_fill(numbers: np.ndarray) -> np.ndarray:
    """Return which numbers are fill values: not finite, nines, or ends of the ranges of integers."""
    # Each distinct number once: long tables repeat themselves.
    different, places = np.unique(numbers, return_inverse=True)
    found = ~np.isfinite(different) | (np.abs(different) > 1e6)
    close = np.isclose(different[:, np.newaxis], FILL_NUMBERS, rtol=1e-6, atol=1e-3).any(axis=-1)
    nines = np.array([bool(NINES.fullmatch(f"{number:.7g}")) for number in different.tolist()], bool)
    return ((found | close | nines) & ~np.isnan(different))[places].reshape(np.shape(numbers))


def station_name(value: Any) -> str:
    """Return the name of a station: 7, 7.0, '7.0' and '7 ' are the same; empty where there is none."""
    if is_missing(value):
        return ""
    return whole_text(value)


def whole_text(value: Any) -> str:
    """Return a value as text, whole numbers without a point: 7, 7.0, '7.0' and '7 ' are the same."""
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else clean(value)
    whole = WHOLE.fullmatch(text)
    return whole[1] if whole else text


def station_key(name: str) -> str:
    """Return a key that spellings of a station share: without case, spaces in names, and leading zeros."""
    key = name.casefold()
    if key.isdigit():
        return key.lstrip("0") or "0"
    return re.sub(r"[\s_]+", "", key) if any(map(str.isalpha, key)) else key
