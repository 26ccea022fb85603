"""Texts that nobody would write, given to every function that reads a text from outside, in this process."""

from __future__ import annotations

import csv
import io
import json
import random
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Callable

Reader = Callable[[str], Any]

# What is written into a text, now and then very often.
TOKENS = (
    *(
        "",
        " ",
        "\t",
        "\n",
        "\r\n",
        "\0",
        "\ufeff",
        "\ufffd",
        "\u2028",
        "\u200f",
        "’",
        "é",
        "五",
        "上午",
        "年",
        "٣",
        "𝟛",
        "²",
    ),
    *("0", "1", "-1", "9", "00", "1e308", "1e-400", "-0", "nan", "inf", "NaN", "Infinity", "1,5", "1.5", "0x10", "1_0"),
    *("9" * 30, "2019", "2019-02-29", "29.02.2019", "13/13/2019", "99999", "20190231", "1899-12-30", "T24:00"),
    *(
        ",",
        ";",
        ":",
        ".",
        "-",
        "+",
        "/",
        "\\",
        "'",
        '"',
        "`",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "<",
        ">",
        "=",
        "*",
        "?",
        "|",
    ),
    *("{YYYY}", "{DDD}", "{MM}", "{x}", "{}", "<!--", "-->", "</dd>", "<h2>", "<div", "&lt;", "&#0;", "href=", "{0}"),
    *("null", "true", "[[", "]]", '{"a":', '"version"', "station", "elevation", "since", "days", "in ", " drop ", "=="),
    *("../", "C:\\", "https://", "tcp://", "10.1/", "%s", "%n", "=cmd", "\x1b[0m", "\x7f"),
)

# Every so many cases a token is written many times: what takes more than linear time shows.
LONG_EVERY = 200
LONG = 20_000

# A sentence has a few words.
MIN_SENTENCE = 20

# Seconds of the processor that a text of `LONG` characters may take; quadratic ones take many times that.
MAX_SECONDS = 1.0


@dataclass
class Fuzzed:
    """What came of the texts for one reader.

    Attributes
    ----------
    cases, accepted : int
        Texts, and those among them that were read.
    slowest : float
        Seconds of the processor for the slowest of them.
    lost : list of str
        Errors that are no sentence for the user, and texts that took too long.
    """

    cases: int = 0
    accepted: int = 0
    slowest: float = 0.0
    lost: list[str] = field(default_factory=list)


def spoil(text: str, others: list[str], chance: random.Random, is_long: bool) -> str:
    """Return a text after one to six accidents."""
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        place = chance.randrange(len(text) + 1)
        end = min(place + chance.choice((0, 0, 1, 2, 5, 20)), len(text))
        kind = chance.randrange(8)
        if kind == 0:
            text = text[:place] + text[end:]
        elif kind == 1:
            text = text[:place] + text[place:end] * chance.choice((2, 3, 10)) + text[end:]
        elif kind == 2:
            text = text[:place] + chr(chance.choice((chance.randrange(128), chance.randrange(0xD800)))) + text[end:]
        elif kind == 3:
            other = chance.choice(others)
            text = text[:place] + other[chance.randrange(len(other) + 1) :][:200] + text[end:]
        elif kind == 4 and text:
            text = text[:place] if chance.random() < 0.3 else text[place:] + text[:place]
        else:
            text = text[:place] + chance.choice(TOKENS) * chance.choice((1, 1, 1, 3)) + text[end:]
    if is_long:
        place, token = chance.randrange(len(text) + 1), chance.choice(TOKENS) or " "
        unit = token + chance.choice(("", "", text[:20]))
        text = text[:place] + unit * (LONG // len(unit)) + text[place:]
    return text


def fuzz(reader: Reader, seeds: list[str], found: Fuzzed, number: int, seed: str, end: float) -> None:
    """Give a reader as many spoilt texts as asked for, and add what came of them."""
    from permafrost_mapper.core.errors import InputError

    chance = random.Random(seed)  # noqa: S311
    # What is read well is spoilt further: it leads deeper than what is refused at once.
    corpus = list(seeds)
    for case in range(number):
        if time.monotonic() > end:
            break
        is_long = case % LONG_EVERY == LONG_EVERY - 1
        text = spoil(chance.choice(corpus), seeds, chance, is_long)
        begun = time.process_time()
        try:
            reader(text)
        except InputError as error:
            if len(error.sentence) < MIN_SENTENCE or not error.sentence.isprintable():
                found.lost.append(f"{text[:200]!r}: no sentence: {error.sentence!r}")
        except Exception as error:
            step = error.__traceback__
            while step.tb_next is not None:
                step = step.tb_next
            where = f"{Path(step.tb_frame.f_code.co_filename).name}:{step.tb_lineno}"
            found.lost.append(f"{text[:200]!r}: {type(error).__name__} at {where}: {str(error)[:200]}")
        else:
            found.accepted += 1
            if len(text) < 5 * max(map(len, seeds)) and len(corpus) < 500:
                corpus.append(text)
        seconds = time.process_time() - begun
        found.cases += 1
        found.slowest = max(found.slowest, seconds)
        if seconds > MAX_SECONDS:
            found.lost.append(f"{len(text)} characters {text[:60]!r} took {seconds:.1f} s")


def readers(folder: Path) -> dict[str, tuple[Reader, list[str]]]:
    """Return the functions that read texts from outside, with texts that they read, by what they read."""
    from permafrost_mapper.core.assess.periods import read_periods
    from permafrost_mapper.core.assess.rule import read_rules
    from permafrost_mapper.core.days import described_days
    from permafrost_mapper.core.gst.modelfile import from_json
    from permafrost_mapper.core.gst.table import clean_observations, clean_table
    from permafrost_mapper.core.permafrost.rk import read_table, table_from_cells
    from permafrost_mapper.core.prepare.scenes import NamePattern, read_day_shifts
    from permafrost_mapper.core.publish.entries import read_authors, read_dois, read_period, require_license
    from permafrost_mapper.core.publish.steps import public_parameters
    from permafrost_mapper.core.reports.combined import CombinedReport, read_chapter
    from permafrost_mapper.core.textfile import read_text, require_utf8
    from permafrost_mapper.core.timeaxis import axis_days, is_time
    from permafrost_mapper.raster.grid.gdal_io import plain_line
    from permafrost_mapper.raster.publish.steps import _steps_of, parameters_of
    from permafrost_mapper.raster.read.files import _without_statistics, vrt_sources
    from permafrost_mapper.raster.read.years import year_in
    from permafrost_mapper.raster.run.checkpoints import CompleteRun
    from permafrost_mapper.raster.run.cluster import require_address

    file = Path(tempfile.mkdtemp(dir=folder)) / "o.txt"

    def columns(text: str) -> dict[str, list]:
        rows = []
        with suppress(csv.Error):
            rows = list(csv.reader(io.StringIO(text, newline="")))[:3000]
        if not rows:
            return {}
        return {title: [row[k] if k < len(row) else None for row in rows[1:]] for k, title in enumerate(rows[0])}

    def training(text: str) -> None:
        found = columns(text)
        predictors = [title for title in found if title not in ("station", "date", "gst")][:8]
        clean_table(found, "station", "date", "gst", predictors or ["terra_day"], "t", "kelvin" in text)

    def observations(text: str) -> None:
        clean_observations(columns(text), "station", "date", "gst", "t", ("s1", "S 2"))

    def r_k(text: str) -> None:
        file.write_text(text, encoding="utf-8", errors="replace", newline="")
        read_table(file)

    def any_bytes(text: str) -> None:
        file.write_bytes(text.encode("utf-16" if len(text) % 3 == 0 else "utf-8", errors="replace")[: 7 * len(text)])
        for read in (read_text, require_utf8):
            with suppress(InputError_):
                read(file, "File 'o'")

    def pattern(text: str) -> None:
        first, _, name = text.partition("\t")
        NamePattern(first).match(name)

    def axis(text: str) -> None:
        units, _, rest = text.partition("|")
        calendar, _, offsets = rest.partition("|")
        is_time(units)
        axis_days(units, calendar, offsets.split(","), "file")

    def report(text: str) -> None:
        combined = CombinedReport("Title")
        combined.chapter(read_chapter(text, "report"))
        combined.html("2026")

    def record(text: str) -> None:
        output = file.with_name("r.html")
        of_run = CompleteRun("f", {"OUTPUT": str(output)})
        of_run.path.write_text(text, encoding="utf-8", errors="replace")
        of_run.results()

    def tag(text: str) -> None:
        public_parameters(parameters_of(text))
        _steps_of(text)

    def words(text: str) -> None:
        described_days([text, text[::-1]])
        year_in(text)
        plain_line(text)

    def virtual(text: str) -> None:
        vrt_sources("/a/b.vrt", text)
        _without_statistics(text)

    def product(text: str) -> None:
        for read in (read_authors, read_dois, read_period, require_license):
            with suppress(InputError_):
                read(text)

    from permafrost_mapper.core.errors import InputError as InputError_

    rows = [f"s{1 + k % 3},2019-01-{1 + k // 3:02},{k / 7 - 9:.2f},{k / 7 - 3:.2f},{k / 7 - 12:.2f}" for k in range(36)]
    table = "station,date,gst,terra_day,terra_night\n" + "\n".join(rows) + "\n"
    years = list(range(2005, 2021))
    return {
        "training table": (training, [table, table.replace("2019-01-", "1.").replace(".", ",", 3)]),
        "observations": (observations, [table, table.replace("-01-", "年1月"), table.replace("2019-01-", "435")]),
        "GST model": (lambda text: from_json(text, "model"), [_model_text()]),
        "r_k table": (r_k, ["class,r_k,name\n1,0.8,forest\n2,,water\n3.0,0.95,\n", "class,r_k\nTREES-NE,0.8\nice,\n"]),
        "matrix of classes": (lambda text: table_from_cells(text.split("\n"), "matrix"), ["1\n0.8\n2\n0.9\n3\n"]),
        "text file": (any_bytes, ["class,r_k\n1,0.8\n", "站点,日期\n五道梁,1\n", "Zürich,1\n"]),
        "rule": (
            lambda text: read_rules(text, 2, "RULES"),
            ["<= 0; in 1 2 drop 3 4", ">= 0.5", "== 1 drop 3 4", "< -.5e2"],
        ),
        "windows of years": (lambda text: read_periods(text, years), ["2005-2009, 2016-2020", "2005、2006;2010–2012"]),
        "pattern of names": (
            pattern,
            ["MOD11A1.A{YYYY}{DDD}.*.{band}.tif\tMOD11A1.A2013001.h25v05.LST.tif", "*{YYYY}*{MM}?{DD}*\ta2013-01-02b"],
        ),
        "shift of days": (read_day_shifts, ["aqua_night:1, terra_day:-1", "aqua_day: +1"]),
        "time axis": (
            axis,
            [
                "days since 1970-01-01|standard|0,1.5,2e3",
                "hours since 1900-1-1 0:0:0.0 +08:00|noleap|8,24",
                "day as %Y%m%d.%f||20040131.5",
            ],
        ),
        "name of a band": (
            words,
            ["LST 2013-01-02", "doy2013001", '`PROJCRS["x"]\' May be caused by:', "GST2013年1月2日"],
        ),
        "report": (report, [_report_text()]),
        "record of a run": (
            record,
            [json.dumps({"fingerprint": "f", "rasters": {}, "texts": {"OUTPUT": "text"}, "results": {"a": 1}})],
        ),
        "tag of a raster": (
            tag,
            ['{"DDT": "/a/ddt.tif", "DAYS": "365"}', '{"runs": [["permafrost:ttop", "{}", ["r.tif"], "S 1.0"]]}'],
        ),
        "virtual raster": (
            virtual,
            [
                '<VRTDataset><Metadata><MDI key="STATISTICS_MEAN">1</MDI></Metadata><Histograms>1</Histograms>'
                '<SourceFilename relativeToVRT="1">NETCDF:"a.nc":LST</SourceFilename></VRTDataset>'
            ],
        ),
        "entries of a product": (
            product,
            [
                "Doe, Jane [0000-0002-1825-0097] (University); Li, Wei",
                "10.1000/182; https://doi.org/10.1/x",
                "2005-2020",
                "2005-09-01/2020-08-31",
                "CC-BY-4.0",
            ],
        ),
        "address of a scheduler": (require_address, ["tcp://127.0.0.1:8786", "tls://[::1]:8786", "tcp://localhost:1"]),
    }


def _model_text() -> str:
    """Return a GST model as JSON text."""
    import numpy as np
    from permafrost_mapper.core.gst.fit import Fitting, fit_gst_model
    from permafrost_mapper.core.gst.modelfile import to_json
    from permafrost_mapper.core.gst.table import TrainingTable

    chance = np.random.default_rng(1)
    lst = chance.normal(0, 8, (90, 2))
    dates = np.datetime64("2019-01-01") + np.repeat(np.arange(30), 3)
    table = TrainingTable.of(np.tile(["a", "b", "c"], 30), dates, lst.mean(axis=1), lst, ("terra_day", "terra_night"))
    return to_json(fit_gst_model(table, Fitting(folds=3)).model)


def _report_text() -> str:
    """Return a report as HTML text."""
    from permafrost_mapper.core.reports.report import Report

    report = Report("Accuracy")
    report.section("At a glance")
    report.table(["a", "b"], [("1 < 2", "x")], "A table.")
    report.methods("The map was compared. It agrees.")
    report.parameters({"MAP": "map.tif"})
    report.references(["Doe, J. (2020). https://doi.org/10.1000/182."])
    return report.html("2026-01-01 00:00 UTC")
