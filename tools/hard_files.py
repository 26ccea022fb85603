"""Damaged files: cut off, with bits flipped, and with parts doubled or exchanged, given to what reads them."""

from __future__ import annotations

import json
import random
import shutil
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hard_runs import as_texts, run_here, stacks, start

# Cases in one process.
BATCH = 100

MAX_SECONDS = 20.0


@dataclass
class Damaged:
    """What came of damaged files of one kind.

    Attributes
    ----------
    cases, accepted : int
        Files that were read, and those among them with which the run succeeded.
    slowest : float
        Seconds of the slowest run.
    lost : list of str
        Crashes, and errors that were no sentence.
    """

    cases: int = 0
    accepted: int = 0
    slowest: float = 0.0
    lost: list[str] = field(default_factory=list)


def damage(content: bytes, chance: random.Random) -> bytes:
    """Return the content of a file after one to four accidents."""
    damaged = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(damaged)) if damaged else 0
        length = min(chance.choice((1, 2, 4, 8, 64, 512)), len(damaged) - place)
        kind = chance.randrange(6)
        if kind == 0:
            del damaged[place:]
        elif kind == 1 and damaged:
            damaged[place] ^= 1 << chance.randrange(8)
        elif kind == 2:
            damaged[place : place + length] = chance.choice((b"\0", b"\xff", b"9", b"\x7f")) * length
        elif kind == 3:
            del damaged[place : place + length]
        elif kind == 4:
            damaged[place:place] = damaged[place : place + length]
        else:
            other = chance.randrange(len(damaged)) if damaged else 0
            damaged[place : place + length] = damaged[other : other + length]
    return bytes(damaged)


def readers(folder: Path, out: Path) -> dict[str, tuple[Path, str, dict[str, Any]]]:
    """Return by kind a whole file, and an algorithm with parameters of which "@" is the damaged one."""
    basin = folder / "basin"
    return {
        "GeoTIFF": (
            basin / "ddt_simulated.tif",
            "ttop",
            {"DDT": "@", "DDF": basin / "ddf_simulated.tif", "RK_VALUE": 0.8, "OUTPUT": out / "o.tif"},
        ),
        "stack": (
            folder / "stacks" / "terra_day_2019.tif",
            "predictgst",
            {"GST_MODEL": folder / "model.json", **stacks(folder), "TERRA_DAY": ["@"], "OUTPUT": out / "o.tif"},
        ),
        "GeoJSON": (
            basin / "glaciers.geojson",
            "classify",
            {"TTOP": folder / "ttop.tif", "GLACIERS": "@", "OUTPUT": out / "o.tif"},
        ),
        "GeoPackage": (
            folder / "lakes.gpkg",
            "classify",
            {"TTOP": folder / "ttop.tif", "LAKES": "@", "OUTPUT": out / "o.tif"},
        ),
        "CSV": (folder / "training.csv", "fitgstmodel", {"INPUT": "@", "OUTPUT": out / "o.json"}),
        "GST model": (
            folder / "model.json",
            "predictgst",
            {"GST_MODEL": "@", **stacks(folder), "OUTPUT": out / "o.tif"},
        ),
    }


def read_damaged(folder: Path, kind: str, number: int, seed: int, end: float) -> Damaged:
    """Give damaged files of a kind to what reads them, a batch in a process of its own."""
    out = folder / "out"
    whole, algorithm, parameters = readers(folder, out)[kind]
    found = Damaged()
    said, current = folder / "said.json", folder / "case.txt"
    for first in range(0, number, BATCH):
        if time.monotonic() > end:
            break
        cases = range(first, min(number, first + BATCH))
        notes = folder / "notes.json"
        notes.unlink(missing_ok=True)

        def batch(cases=cases, notes=notes) -> None:
            notes.write_text(json.dumps(_batch(kind, whole, algorithm, parameters, cases, seed, current, out)))

        run = start("frostnumber", {}, said, batch)
        if not run.wait(MAX_SECONDS * BATCH):
            run.kill(9)
            run.wait(10)
        found.cases += len(cases)
        if notes.exists():
            accepted, slowest, lost = json.loads(notes.read_text())
            found.accepted += accepted
            found.slowest = max(found.slowest, slowest)
            found.lost += lost
        else:
            found.lost.append(f"the process died ({run.status}) of case {current.read_text()}")
    return found


def _batch(
    kind: str, whole: Path, algorithm: str, parameters: dict, cases: range, seed: int, current: Path, out: Path
) -> tuple[int, float, list[str]]:
    content = whole.read_bytes()
    path = current.with_name(f"damaged{whole.suffix}")
    escaped: list[str] = []
    watch_for_exceptions(escaped)
    accepted, slowest, lost = 0, 0.0, []
    given = {
        name: [str(path)] if value == ["@"] else path if value == "@" else value for name, value in parameters.items()
    }
    for case in cases:
        current.write_text(str(case))
        path.write_bytes(damage(content, random.Random(f"{kind} {seed} {case}")))  # noqa: S311
        # What QGIS and GDAL leave beside it belongs to the one before.
        for beside in path.parent.glob("damaged*"):
            if beside != path:
                beside.unlink()
        started = time.monotonic()
        outcome = run_here(algorithm, as_texts(given))
        seconds = time.monotonic() - started
        slowest = max(slowest, seconds)
        accepted += outcome["ok"]
        if seconds > MAX_SECONDS:
            lost.append(f"case {case} took {seconds:.0f} s")
        if escaped:
            lost.append(f"case {case}: {escaped.pop()}")
            escaped.clear()
        if not outcome["ok"] and out.is_dir() and any(path.is_file() for path in out.rglob("*")):
            lost.append(f"case {case} failed and left {next(out.rglob('*')).name}")
        shutil.rmtree(out, ignore_errors=True)
    return accepted, slowest, lost


def watch_for_exceptions(escaped: list[str]) -> None:
    """Note exceptions of runs in this process that are no sentences for a user."""
    from permafrost_mapper.algorithms.base import PermafrostAlgorithm
    from qgis.core import QgsProcessingException

    def watched(method):
        def call(*given):
            try:
                return method(*given)
            except QgsProcessingException:
                raise
            except BaseException as error:
                step = error.__traceback__
                while step.tb_next is not None:
                    step = step.tb_next
                place = f"{Path(step.tb_frame.f_code.co_filename).name}:{step.tb_lineno}"
                escaped.append(f"{type(error).__name__} at {place}: {error}")
                raise

        return call

    for name in ("checkParameterValues", "prepareAlgorithm", "processAlgorithm"):
        setattr(PermafrostAlgorithm, name, watched(getattr(PermafrostAlgorithm, name)))
