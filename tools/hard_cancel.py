"""Runs that are interrupted: how long they go on, on the sample basin and on rasters with a million cells a side."""

from __future__ import annotations

import faulthandler
import random
import re
import signal
import time
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from hard_runs import (
    Run,
    as_texts,
    clear,
    content,
    jobs,
    program_environment,
    short_jobs,
    start,
    start_program,
)

SIDE = 1_000_000
# The largest raster, nearly, that is written.
WRITABLE = 700_000
BLOCK = 1024

# Seconds after QGIS has opened and checked the inputs at which a run is interrupted.
MOMENTS = (0.1, 0.5, 2.0)

# Seconds of a run on the sample basin within which it is interrupted.
LONGEST = 60.0

# Seconds of the processor that a run may take after an interrupt, and those by the clock.
MAX_SECONDS = 1.0
MAX_WAIT = 20.0

# Steps that write many files, and keep those that are whole.
KEEPS = ("sampledata", "buildlststack")

# The line of a stack that names a function of ours.
OURS = re.compile(r'File ".*/permafrost_mapper/(\S+)", line (\d+) in (\w+)')


@dataclass
class Stopped:
    """How a step ended that was interrupted several times.

    Attributes
    ----------
    seconds, processor : list of float
        From the signal to the end of the process, once each: by the clock, and of the processor in all threads.
    lost : list of str
        What went wrong.
    """

    seconds: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    def add(self, seconds: float, processor: float, is_stopped: bool, left: list[str], where: str = "") -> None:
        """Add what came of an interrupt; `where` is what the run did when a second had passed."""
        self.seconds.append(seconds)
        self.processor.append(processor)
        if not is_stopped:
            self.lost.append("ended as if nothing had happened")
        # Other programs lengthen the time by the clock, and threads that of the processor; a run that waits for
        # something takes none of it.
        if min(processor, seconds) > MAX_SECONDS or seconds > MAX_WAIT:
            self.lost.append(f"went on for {seconds:.1f} s, {processor:.1f} s of the processor{where}")
        if left:
            self.lost.append(f"left {', '.join(left)}")


def write_endless(path: Path, kind: str, value: float, side: int = SIDE, cell: float = 1.0) -> Path:
    """Write a raster of a few megabytes that claims a million by a million cells, or another number."""
    from osgeo import gdal, osr

    options = ["TILED=YES", f"BLOCKXSIZE={BLOCK}", f"BLOCKYSIZE={BLOCK}", "SPARSE_OK=TRUE", "BIGTIFF=YES"]
    dataset = gdal.GetDriverByName("GTiff").Create(
        str(path), side, side, 1, gdal.GetDataTypeByName(kind), [*options, "COMPRESS=DEFLATE"]
    )
    dataset.SetGeoTransform((400_000, cell, 0, 4_000_000, 0, -cell))
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(32644)
    dataset.SetProjection(reference.ExportToWkt())
    # Where there is no tile every cell is the value that stands for none.
    dataset.GetRasterBand(1).SetNoDataValue(value)
    return path


def endless_jobs(folder: Path, out: Path) -> dict[str, tuple[str, dict[str, Any]]]:
    """Return algorithm and parameters of all steps that go over one raster, by names.

    Its cells are as many as a step goes on to write, a million by a million where it writes no raster; or as many in
    cells of a metre, of which each cell of a grid needs thousands or millions.
    """
    values = _write_values(folder / "values.tif", WRITABLE)
    classes = write_endless(folder / "classes.tif", "Byte", 1, WRITABLE)
    most_values = _write_values(folder / "most.tif", SIDE)
    most_classes = write_endless(folder / "most_classes.tif", "Byte", 1)
    coarse = _write_values(folder / "coarse.tif", 900, SIDE / 900)
    medium = _write_values(folder / "medium.tif", 30_000, SIDE / 30_000)
    degree_days = {"DDT": values, "DDF": values}
    product = {"TITLE": "T", "AUTHORS": "Doe, Jane", "PERIOD": "2005", "OUTPUT": out / "o"}
    found = {
        "ttop": {**degree_days, "RK_VALUE": 0.8},
        "frostnumber": degree_days,
        "activelayer": {"DDT": values, "TTOP": values},
        "classify": {"TTOP": values},
        "rkfactor": {"LANDCOVER": classes, "TABLE": "modis_igbp"},
        "calibraterk": {**degree_days, "REFERENCE": classes, "CLASSES": classes},
        "probability": {**degree_days, "RK_VALUE": 0.8, "GST_ERROR": 0.5},
        "accuracy": {"MAP": classes, "REFERENCE": classes},
        "accuracy, no raster": {"MAP": most_classes, "REFERENCE": most_classes, "OUTPUT": None},
        # Its raster of two bands would be refused.
        "comparemaps, no raster": {
            "MAPS": [str(most_classes)] * 2,
            "REFERENCE": most_classes,
            "OUTPUT": None,
            "TABLE": out / "o.csv",
        },
        "areastatistics": {"MAP": most_classes, "TABLE": out / "o.csv", "OUTPUT": None},
        "change": {"MAPS": [str(classes), str(classes)], "PERIODS": "2005,2015"},
        "aligntogrid": {"INPUT": values, "GRID": classes},
        "exportproduct": {"MAPS": [str(classes)], **product},
        "ttop, coarse cells": {"DDT": coarse, "DDF": most_values, "RK_VALUE": 0.8},
        "ttop, medium cells": {"DDT": medium, "DDF": most_values, "RK_VALUE": 0.8},
        "rkfactor, coarse cells": {"GRID": coarse, "LANDCOVER": most_classes, "TABLE": "modis_igbp"},
        "rkfactor, medium cells": {"GRID": medium, "LANDCOVER": most_classes, "TABLE": "modis_igbp"},
        "aligntogrid, coarse cells": {"INPUT": most_values, "GRID": coarse, "RESAMPLING": 0},
        "sampledata": {"LST": "part", "OUTPUT": out / "o"},
    }
    named = {}
    for name, parameters in found.items():
        given = {name: value for name, value in {"OUTPUT": out / "o.tif", **parameters}.items() if value is not None}
        named[name] = (name.partition(",")[0], as_texts(given))
    return named


def _write_values(path: Path, side: int, cell: float = 1.0) -> Path:
    """Write a raster of numbers of so many cells a side, none of which is missing."""
    numbers = write_endless(path, "Float32", 500.0, side, cell)
    # Nothing but missing values is refused soon, so what is no value stands in another raster.
    virtual = path.with_suffix(".vrt")
    virtual.write_text(
        f'<VRTDataset rasterXSize="{side}" rasterYSize="{side}"><SRS>EPSG:32644</SRS>'
        f"<GeoTransform>400000, {cell}, 0, 4000000, 0, {-cell}</GeoTransform>"
        '<VRTRasterBand dataType="Float32" band="1"><SimpleSource>'
        f"<SourceFilename>{numbers}</SourceFilename><SourceBand>1</SourceBand></SimpleSource></VRTRasterBand>"
        "</VRTDataset>",
        encoding="utf-8",
    )
    return virtual


def interrupt_endless(folder: Path, names: list[str], number: int, end: float) -> dict[str, Stopped]:
    """Interrupt each step on rasters without end at each of `MOMENTS`, as often as asked for."""
    out = folder / "out"
    given = endless_jobs(folder, out)
    found = {name: Stopped() for name in names if name in given}
    for turn in range(number):
        for name, stopped in found.items():
            if time.monotonic() > end:
                return found
            ended = _interrupt(folder, *given[name], MOMENTS[turn % len(MOMENTS)], stopped)
            if ended is not None:
                stopped.lost.append("ended by itself")
    return found


def interrupt_in_basin(folder: Path, names: list[str], number: int, seed: int, end: float) -> dict[str, Stopped]:
    """Interrupt each step and both models on the sample basin at random moments, as often as asked for."""
    out = folder / "out"
    given = {**jobs(folder, out), **short_jobs(folder, out)}
    found = {name: Stopped() for name in names if name in given}
    longest = dict.fromkeys(found, LONGEST)
    chance = random.Random(seed)  # noqa: S311
    for _ in range(number):
        for name, stopped in found.items():
            if time.monotonic() > end:
                return found
            algorithm, parameters = given[name]
            # Early moments are as likely as late ones are, on the scale of powers of ten.
            moment = longest[name] * 10 ** -chance.uniform(0, 2)
            ended = _interrupt(folder, algorithm, parameters, moment, stopped)
            longest[name] = longest[name] if ended is None else ended
    return found


def _interrupt(
    folder: Path, algorithm: str, parameters: dict[str, Any], moment: float, stopped: Stopped
) -> float | None:
    """Interrupt a run at a moment; return the seconds of a run that had ended by itself."""
    out, begun, where = folder / "out", folder / "begun", folder / "where.txt"
    clear(out)
    begun.unlink(missing_ok=True)
    run = start(algorithm, parameters, folder / "said.json", partial(_watch, begun, where))
    while not begun.exists() and not run.wait(0.01):
        pass
    started = time.monotonic()
    if run.wait(moment):
        if not run.outcome()["ok"]:
            stopped.lost.append(f"failed by itself: {run.outcome()['log'][-200:]}")
        return time.monotonic() - started
    used, sent = run.processor(), time.monotonic()
    run.kill(signal.SIGINT)
    found = _place(run, where) if not run.wait(MAX_SECONDS) else ""
    if not run.wait(30):
        run.kill(signal.SIGKILL)
        run.wait(10)
    seconds = time.monotonic() - sent
    outcome = run.outcome()
    # What ends at that moment by itself is whole; the sample basin keeps what it has written before.
    is_stopped = not outcome["ok"] or seconds < MAX_SECONDS
    left = sorted(content(out)) if not outcome["ok"] and algorithm not in KEEPS else []
    left += [path.name for path in out.rglob(".*") if not _is_kept(path)] if out.is_dir() else []
    stopped.add(seconds, run.processor() - used, is_stopped, left, found)
    return None


def _is_kept(path: Path) -> bool:
    """Return whether the next run needs a hidden file: a finished part, or the record of a finished stack."""
    if path.name.endswith(".unfinished"):
        return True
    stack = path.name[1 : -len(".complete.json")]
    return path.name == f".{stack}.complete.json" and (path.parent / stack).exists()


def _place(run: Run, where: Path) -> str:
    """Return the functions of ours in which the main thread of a run is, the innermost first."""
    run.kill(signal.SIGUSR1)
    time.sleep(0.2)
    text = where.read_text() if where.exists() else ""
    # The thread that took the signal comes last, and is the main thread.
    found = OURS.findall(text[text.rfind("hread 0x") :])
    return "".join(f" < {path}:{line} {name}" for path, line, name in found[:4])


def _watch(begun: Path, where: Path) -> None:
    """Let runs in this process write a file when QGIS has opened and checked their inputs, and their stack if asked."""
    from permafrost_mapper.algorithms.base import PermafrostAlgorithm

    process = PermafrostAlgorithm.processAlgorithm

    def begin(*given: Any) -> dict:
        begun.touch()
        return process(*given)

    PermafrostAlgorithm.processAlgorithm = begin
    faulthandler.register(signal.SIGUSR1, where.open("w"), all_threads=True)


def interrupt_process(folder: Path, number: int, end: float) -> dict[str, Stopped]:
    """Interrupt the real qgis_process, with and without ``--json``."""
    out = folder / "out"
    algorithm, parameters = endless_jobs(folder, out)["ttop"]
    env = program_environment(folder)
    found = {}
    for flags in ([], ["--json"]):
        found[f"qgis_process {' '.join(flags)}".strip()] = stopped = Stopped()
        for _ in range(number):
            if time.monotonic() > end:
                return found
            clear(out)
            run = start_program(algorithm, parameters, folder / "said.txt", env, flags)
            begun = time.monotonic()
            # Its partial file shows that the run has begun.
            while not list(out.glob(".*")) and time.monotonic() < begun + 60:
                time.sleep(0.05)
            time.sleep(0.5)
            used, sent = run.processor(), time.monotonic()
            run.kill(signal.SIGINT)
            if not run.wait(30):
                run.kill(signal.SIGKILL)
                run.wait(10)
            left = [path.name for path in out.iterdir()] if out.is_dir() else []
            stopped.add(time.monotonic() - sent, run.processor() - used, run.status > 0, left)
    return found
