"""Text files from anywhere: read where their encoding is certain, else refused by a sentence that names it."""

from __future__ import annotations

import codecs
import os
import re
from typing import BinaryIO, Optional, Union

from .errors import InputError
from .language import tr

# Tables that are texts.
TEXT_FILES = (".csv", ".tsv", ".txt")

# Marks at the beginning of a file, the longer ones first: that of UTF-32 begins as that of UTF-16 does.
MARKS = (
    (codecs.BOM_UTF8, "UTF-8", "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "UTF-32", "utf-32"),
    (codecs.BOM_UTF32_BE, "UTF-32", "utf-32"),
    (codecs.BOM_UTF16_LE, "UTF-16", "utf-16"),
    (codecs.BOM_UTF16_BE, "UTF-16", "utf-16"),
)

# Bytes that are read at a time, and from which an encoding is guessed.
BLOCK = 2**20

# Share of the bytes that are NUL, all of them at even or all at odd places, in a text of UTF-16 without a mark.
NULS_OF_UTF16 = 0.05

# Chinese characters are two bytes each, both of them above ASCII nearly always. In other encodings of one byte per
# character such bytes stand in runs of any length.
RUNS = re.compile(rb"[\x80-\xff]+")
EVEN_RUNS = 0.8


def read_text(path: Union[str, os.PathLike], what: str) -> str:
    """Return the text of a file in UTF-8, with or without a mark, or in another Unicode encoding with one.

    Parameters
    ----------
    path : path
    what : str
        How a message names the file: ``Table 'r_k.csv'``.

    Raises
    ------
    InputError
        If it is in another encoding.
    OSError
        If the file cannot be read.
    """
    with open(path, "rb") as file:
        content = file.read()
    codec = next((codec for mark, _, codec in MARKS if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(codec)
    except UnicodeDecodeError as error:
        raise _refused(what, content, error.start) from None
    if "\0" in text:
        raise _refused(what, content, content.index(b"\0"))
    return text


def require_utf8(path: Union[str, os.PathLike], what: str) -> None:
    """Refuse a text file that others read, and that is not in UTF-8 or holds NUL bytes; in bounded memory.

    Parameters and errors are those of `read_text`.
    """
    with open(path, "rb") as file:
        bad = _first_bad_byte(file)
        if bad is not None:
            place, line = bad
            file.seek(0)
            beginning = file.read(BLOCK)
            # What shows the encoding may come late in a long file.
            file.seek(max(place - BLOCK // 2, 0) & ~1)
            raise _refused(what, beginning if place < BLOCK else file.read(BLOCK), None, line)


def _first_bad_byte(file: BinaryIO) -> Optional[tuple[int, int]]:
    """Return place and line of the first byte that is NUL or no UTF-8; None where there is none."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    begun, lines = 0, 1
    while True:
        block = file.read(BLOCK)
        # What the decoder has kept of the block before.
        kept = len(decoder.getstate()[0])
        nul = block.find(b"\0")
        try:
            decoder.decode(block, final=not block)
            bad = nul
        except UnicodeDecodeError as error:
            wrong = max(error.start - kept, 0)
            bad = wrong if nul < 0 else min(wrong, nul)
        if bad >= 0:
            return begun + bad, lines + block.count(b"\n", 0, bad)
        if not block:
            return None
        begun += len(block)
        lines += block.count(b"\n")


def _refused(what: str, content: bytes, place: Optional[int], line: int = 0) -> InputError:
    line = line or content.count(b"\n", 0, place) + 1
    encoding = suspected_encoding(content)
    if not encoding:
        return InputError(
            tr(
                "{what} holds a byte 0 in line {line}, which no text does: the file is damaged or no text, so choose "
                "another one.",
                what=what,
                line=line,
            )
        )
    return InputError(
        tr(
            "{what} is not in UTF-8 and seems to be in {encoding} (line {line}): save it as UTF-8, which spreadsheets "
            "call 'CSV UTF-8' and editors offer under 'Save as'.",
            what=what,
            encoding=encoding,
            line=line,
        )
    )


def suspected_encoding(content: bytes) -> str:
    """Return the encoding of a text that is not in UTF-8, as far as bytes tell; empty of damaged UTF-8."""
    for mark, name, _ in MARKS[1:]:
        if content.startswith(mark):
            return name
    even, odd = content[::2].count(b"\0"), content[1::2].count(b"\0")
    if max(even, odd) > NULS_OF_UTF16 * len(content) and min(even, odd) < max(even, odd) / 10:
        return "UTF-16"
    runs = [len(run) for run in RUNS.findall(content)]
    if even or odd or not runs:
        return ""
    is_chinese = sum(length % 2 == 0 for length in runs) >= EVEN_RUNS * len(runs) and _is_gbk(content)
    return "GBK" if is_chinese else tr("an encoding of one byte per character, such as Windows-1252 or Latin-1")


def _is_gbk(content: bytes) -> bool:
    """Return whether bytes can be GBK, but for a character that is cut at the ends."""
    text = content.decode("gb18030", errors="replace")
    return text.count("\ufffd") <= 2
