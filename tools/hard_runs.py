"""Runs of algorithms that may be killed: each in a fork of one process in which QGIS is running, on the small basin."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Sequence

import headless

TEST = headless.ROOT / "test"
OVERPASSES = ("terra_day", "terra_night", "aqua_day", "aqua_night")
YEAR = 2019
YEARS = range(2005, 2017)

# The minute of a report and the second of a product, which two runs need not share.
TIME = re.compile(rb"\d{4}-\d\d-\d\d \d\d:\d\d UTC|(?<=\"created\": \")[-0-9:TZ]+")
# The line of a list of checksums that sums up such a file.
TIMED = re.compile(rb"(?m)^\w+(?=  item\.json$)")

# Every so many scenes of the small basin are enough.
EVERY = 3

# Seconds of one look at a run that count: other programs may stop both, for as long as they measure something.
MAX_NAP = 1.0

FROM_DEGREE_DAYS = "permafrost map from degree days"
FROM_LST = "permafrost map from LST"


@dataclass
class Run:
    """A run in a process of its own.

    Attributes
    ----------
    process : int
        Its id.
    said : path
        File that receives its outcome.
    status : int
        Once it has ended: its code, or the number of a signal with a minus; as are the next ones.
    used, peak : float
        Seconds of the processor, and largest resident memory in MB.
    """

    process: int
    said: Path

    def wait(self, seconds: float) -> bool:
        """Wait for the end; return whether the run has ended. Seconds in which this process is stopped do not count."""
        waited, now = 0.0, time.monotonic()
        while not self._ended():
            if waited > seconds:
                return False
            time.sleep(0.002)
            before, now = now, time.monotonic()
            waited += min(now - before, MAX_NAP)
        return True

    def processor(self) -> float:
        """Return the seconds of the processor that the run has taken so far, which other programs do not lengthen."""
        if self._ended():
            return self.used
        ticks = Path(f"/proc/{self.process}/stat").read_text().rpartition(")")[2].split()[11:13]
        return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")

    def outcome(self) -> dict[str, Any]:
        """Wait for the end and return whether the run succeeded, its results, and its log."""
        if not self.wait(600):
            self.kill(signal.SIGKILL)
            self.wait(10)
            return {"ok": False, "log": "did not end within ten minutes", "results": {}}
        try:
            return json.loads(self.said.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {"ok": False, "log": f"ended with {self.status}", "results": {}}

    def kill(self, number: int) -> None:
        """Send a signal."""
        os.kill(self.process, number)

    def _ended(self) -> bool:
        if not hasattr(self, "status"):
            process, status, usage = os.wait4(self.process, os.WNOHANG)
            if process:
                self.status = os.waitstatus_to_exitcode(status)
                self.used = usage.ru_utime + usage.ru_stime
                # In kilobytes, as Linux gives it.
                self.peak = usage.ru_maxrss / 1024
        return hasattr(self, "status")


class ProgramRun(Run):
    """A run of the real qgis_process."""

    def outcome(self) -> dict[str, Any]:
        """Wait for the end and return whether the run succeeded, and what it said."""
        if not self.wait(600):
            self.kill(signal.SIGKILL)
            self.wait(10)
        log = self.said.read_text(encoding="utf-8", errors="replace")
        return {"ok": self.status == 0, "log": f"{log[-1000:]} ended with {self.status}", "results": {}}


def start_program(
    algorithm: str, parameters: dict[str, Any], said: Path, env: dict[str, str], flags: Sequence[str] = ()
) -> ProgramRun:
    """Start a run of the real qgis_process on the small basin; `env` is from `program_environment`."""
    command = [headless.program(), *flags, "run", f"permafrost:{algorithm}", "--", *headless._options(parameters)]
    with said.open("wb") as log:
        process = subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    # It is waited for by its id.
    process.returncode = 0
    return ProgramRun(process.pid, said)


def program_environment(folder: Path) -> dict[str, str]:
    """Return the environment of `start_program`, with a profile in a folder."""
    (folder / "profile").mkdir(exist_ok=True)
    env = headless.environment(folder / "profile")
    headless._enable_plugin(env)
    return {**env, "PYQGIS_STARTUP": str(TEST / "small_basin.py")}


def start(algorithm: str, parameters: dict[str, Any], said: Path, before: Callable[[], None] | None = None) -> Run:
    """Start a run as qgis_process does it; `before` is called first, in its process."""
    said.unlink(missing_ok=True)
    sys.stdout.flush()
    process = os.fork()
    if process:
        return Run(process, said)
    try:
        with open(os.devnull, "r+b") as nothing:
            os.dup2(nothing.fileno(), 2)
        if before:
            before()
        outcome = run_here(algorithm, parameters)
        said.write_text(json.dumps(outcome, default=str), encoding="utf-8")
    finally:
        # Neither QGIS nor anything of the process that was forked is taken down.
        os._exit(0 if "outcome" in locals() and outcome["ok"] else 1)


def run_here(algorithm: str, parameters: dict[str, Any]) -> dict[str, Any]:
    """Run an algorithm in this process."""
    from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingFeedback

    instance = QgsApplication.processingRegistry().createAlgorithmById(f"permafrost:{algorithm}")
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback(False)
    ok, sentence = instance.checkParameterValues(parameters, context)
    if not ok:
        return {"ok": False, "log": sentence, "results": {}}
    results, ok = instance.run(parameters, context, feedback)
    outcome = {"ok": ok, "log": feedback.textLog(), "results": results}
    # QGIS keeps the exception of a run that fails, and that keeps this frame, which a run from the toolbox has not.
    del instance, context, feedback, results
    return outcome


def make_basin(folder: Path) -> None:
    """Write the inputs of all runs: the basin, its stacks, and the results of earlier steps."""
    basin = folder / "basin"
    done(folder, "sampledata", LST="part", OUTPUT=basin)
    done(folder, "buildlststack", INPUT=basin / "lst_scenes_simulated", OUTPUT=folder / "whole")
    (folder / "stacks").mkdir()
    for name in OVERPASSES:
        take_scenes(folder / "whole" / f"{name}_{YEAR}.tif", folder / "stacks" / f"{name}_{YEAR}.tif")
    done(
        folder,
        "samplelst",
        STATIONS=basin / "stations_simulated.geojson",
        OBSERVATIONS=basin / "observations_simulated.csv",
        **stacks(folder),
        OUTPUT=folder / "training.csv",
    )
    done(folder, "fitgstmodel", INPUT=folder / "training.csv", OUTPUT=folder / "model.json")
    ddt, ddf, rk, ttop = (
        basin / "ddt_simulated.tif",
        basin / "ddf_simulated.tif",
        folder / "rk.tif",
        folder / "ttop.tif",
    )
    done(folder, "rkfactor", LANDCOVER=basin / "landcover_igbp.tif", GRID=ddt, TABLE="modis_igbp", OUTPUT=rk)
    done(folder, "ttop", DDT=ddt, DDF=ddf, RK=rk, OUTPUT=ttop)
    for name, threshold in (("map", 0.0), ("other", 0.5)):
        done(folder, "classify", TTOP=ttop, THRESHOLD=threshold, OUTPUT=folder / f"{name}.tif")
    done(folder, "probability", DDT=ddt, DDF=ddf, RK=rk, GST_ERROR=0.5, MEMBERS=20, OUTPUT=folder / "probability.tif")
    write_years(ttop, folder / "years.tif")


def done(folder: Path, algorithm: str, **parameters: Any) -> None:
    """Run an algorithm in a process of its own; raise RuntimeError if it fails."""
    outcome = start(algorithm, as_texts(parameters), folder / "said.json").outcome()
    if not outcome["ok"]:
        raise RuntimeError(f"{algorithm}: {outcome['log']}")


def as_texts(parameters: dict[str, Any]) -> dict[str, Any]:
    """Return parameters with paths as texts."""
    return {name: str(value) if isinstance(value, Path) else value for name, value in parameters.items()}


def stacks(folder: Path) -> dict[str, list[str]]:
    """Return the stacks of the four overpasses as parameters."""
    return {name.upper(): [str(folder / "stacks" / f"{name}_{YEAR}.tif")] for name in OVERPASSES}


def take_scenes(source: Path, target: Path) -> None:
    """Write a part of the scenes of a stack, without days that have none."""
    import numpy as np
    from osgeo import gdal

    dataset = gdal.Open(str(source))
    is_known = dataset.ReadAsArray() != dataset.GetRasterBand(1).GetNoDataValue()
    seen = np.flatnonzero(is_known.any(axis=(1, 2))) + 1
    # With the last day, so that the year is whole.
    bands = np.union1d(seen[::EVERY], seen[-1])
    gdal.Translate(str(target), dataset, bandList=bands.tolist())


def write_years(ttop: Path, path: Path) -> None:
    """Write a TTOP that grows from year to year."""
    import numpy as np
    from osgeo import gdal

    source = gdal.Open(str(ttop))
    values = source.ReadAsArray()
    nodata = source.GetRasterBand(1).GetNoDataValue()
    size = source.RasterXSize, source.RasterYSize
    target = gdal.GetDriverByName("GTiff").Create(str(path), *size, len(YEARS), gdal.GDT_Float32)
    target.SetGeoTransform(source.GetGeoTransform())
    target.SetProjection(source.GetProjection())
    for number, year in enumerate(YEARS, start=1):
        band = target.GetRasterBand(number)
        band.SetNoDataValue(nodata)
        band.SetDescription(str(year))
        band.WriteArray(np.where(values == nodata, nodata, values + 0.05 * (number + number % 3)).astype(np.float32))


def jobs(folder: Path, out: Path) -> dict[str, tuple[str, dict[str, Any]]]:
    """Return the algorithm and the parameters of each long step and of both models, by names."""
    basin = folder / "basin"
    degree_days = {"DDT": basin / "ddt_simulated.tif", "DDF": basin / "ddf_simulated.tif"}
    survey = {"REFERENCE": basin / "survey_simulated.tif"}
    model = {"GST_MODEL": folder / "model.json", **stacks(folder)}
    # Days of a month that have a scene.
    few = {"MIN_DAYS": 2}
    found = {
        "buildlststack": {"INPUT": basin / "lst_scenes_simulated", "OUTPUT": out},
        "filllstgaps": {
            "INPUT": stacks(folder)["TERRA_DAY"][0],
            "DEM": basin / "elevation.tif",
            "OUTPUT": out / "filled.tif",
            "OUTPUT_STD": out / "std.tif",
            "OUTPUT_HTML": out / "filled.html",
        },
        "predictgst": {**model, "OUTPUT": out / "gst.tif", "EXTRAPOLATION": out / "extrapolation.tif"},
        "degreedays": {
            **model,
            **few,
            **{name: out / f"{name.lower()}.tif" for name in ("DDT", "DDF", "MAGST", "VALID_DAYS", "DDT_MEAN")},
        },
        "calibraterk": {
            **degree_days,
            **survey,
            "CLASSES": basin / "landcover_igbp.tif",
            "OUTPUT": out / "rk.tif",
            "TABLE": out / "rk.csv",
            "OUTPUT_HTML": out / "rk.html",
        },
        "ttop": {**degree_days, "RK": folder / "rk.tif", "OUTPUT": out / "ttop.tif"},
        "probability": {
            **degree_days,
            "RK": folder / "rk.tif",
            "GST_ERROR": 0.5,
            "MEMBERS": 100,
            "OUTPUT": out / "probability.tif",
            "ZONES": out / "zones.tif",
        },
        "comparemaps": {
            **survey,
            "MAPS": [str(folder / "map.tif"), str(folder / "other.tif")],
            "OUTPUT": out / "agreement.tif",
            "TABLE": out / "maps.csv",
            "OUTPUT_HTML": out / "maps.html",
        },
        "change": {
            "TTOP": [str(folder / "years.tif")],
            "OUTPUT": out / "transitions.tif",
            "TREND": out / "trend.tif",
            "SIGNIFICANCE": out / "significance.tif",
            "TABLE": out / "change.csv",
        },
        "exportproduct": {
            "MAPS": [str(folder / "map.tif")],
            "PROBABILITY": folder / "probability.tif",
            "TTOP": folder / "ttop.tif",
            "TITLE": "Permafrost of the basin",
            "AUTHORS": "Doe, Jane",
            "PERIOD": "2005-2020",
            "OUTPUT": out / "product",
        },
        FROM_DEGREE_DAYS: {
            **degree_days,
            "LANDCOVER": basin / "landcover_igbp.tif",
            "TABLE": "modis_igbp",
            "SURVEY": basin / "survey_simulated.tif",
            "map:Permafrost map": out / "map.tif",
            "accuracy:Report": out / "accuracy.html",
        },
        FROM_LST: {
            **few,
            # The model takes one stack of each overpass.
            **{name: path for name, (path,) in stacks(folder).items()},
            "DEM": basin / "elevation.tif",
            "STATIONS": basin / "stations_simulated.geojson",
            "OBSERVATIONS": basin / "observations_simulated.csv",
            "LANDCOVER": basin / "landcover_igbp.tif",
            "TABLE": "modis_igbp",
            "map:Permafrost map": out / "map.tif",
            "degreedays:Mean DDT": out / "ddt.tif",
            "terraday:Filled LST, terra day": out / "filled.tif",
            "report:Report": out / "report.html",
        },
    }
    return {name: (name, as_texts(parameters)) for name, parameters in found.items()}


def short_jobs(folder: Path, out: Path) -> dict[str, tuple[str, dict[str, Any]]]:
    """Return algorithm and parameters of the other steps, by their names, as `jobs` does."""
    basin = folder / "basin"
    degree_days = {"DDT": basin / "ddt_simulated.tif", "DDF": basin / "ddf_simulated.tif"}
    stack = {"INPUT": stacks(folder)["TERRA_DAY"][0], "DEM": basin / "elevation.tif"}
    html = {"OUTPUT_HTML": out / "o.html"}
    ttop, classes = folder / "ttop.tif", folder / "map.tif"
    found = {
        "sampledata": {"LST": "part", "OUTPUT": out},
        "aligntogrid": {"INPUT": stack["INPUT"], "GRID": basin / "ddt_simulated.tif", "OUTPUT": out / "o.tif"},
        "fitvariogram": {**stack, "BAND": 1, **html},
        "assessgapfilling": {**stack, **html},
        "samplelst": {
            "STATIONS": basin / "stations_simulated.geojson",
            "OBSERVATIONS": basin / "observations_simulated.csv",
            **stacks(folder),
            "OUTPUT": out / "o.csv",
        },
        "fitgstmodel": {"INPUT": folder / "training.csv", "OUTPUT": out / "o.json", **html},
        "rkfactor": {"LANDCOVER": basin / "landcover_igbp.tif", "TABLE": "modis_igbp", "OUTPUT": out / "o.tif"},
        "classify": {
            "TTOP": ttop,
            "GLACIERS": basin / "glaciers.geojson",
            "LAKES": basin / "lakes.geojson",
            "OUTPUT": out / "o.tif",
            "PICTURE": out / "o.png",
        },
        "frostnumber": {**degree_days, "OUTPUT": out / "o.tif"},
        "activelayer": {"DDT": degree_days["DDT"], "TTOP": ttop, "E_FACTOR": 0.05, "OUTPUT": out / "o.tif", **html},
        "accuracy": {
            "MAP": classes,
            "REFERENCE": basin / "survey_simulated.tif",
            "REGIONS": basin / "survey_regions.geojson",
            "OUTPUT": out / "o.tif",
            **html,
        },
        "boreholes": {
            "TTOP": ttop,
            "MAP": classes,
            "BOREHOLES": basin / "boreholes_simulated.geojson",
            "MAGT": "magt",
            "DEPTH": "depth_m",
            "OUTPUT": out / "o.gpkg",
            **html,
        },
        "areastatistics": {"MAP": classes, "ZONES": basin / "districts.geojson", "TABLE": out / "o.csv", **html},
    }
    return {name: (name, as_texts(parameters)) for name, parameters in found.items()}


def content(folder: Path) -> dict[str, bytes]:
    """Return the bytes of all files of a folder that are not hidden, without the times of reports and products."""
    found = {}
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        name = path.relative_to(folder)
        if path.is_file() and not any(part.startswith(".") for part in name.parts):
            said = path.read_bytes()
            if path.suffix in (".html", ".json"):
                said = TIME.sub(b"", said)
            found[str(name)] = TIMED.sub(b"", said) if path.name == "SHA256SUMS" else said
    return found


def hidden(folder: Path) -> list[str]:
    """Return the hidden files and folders of a folder, and folders of ours among the temporary files."""
    temporary = Path(os.environ["TMPDIR"])
    found = [path for path in folder.rglob(".*") if path.name[-14:] != ".complete.json"] if folder.is_dir() else []
    return sorted(path.name for path in [*found, *temporary.glob("permafrost-mapper-*")])


def clear(folder: Path) -> None:
    """Remove a folder, and what QGIS has left among the temporary files."""
    shutil.rmtree(folder, ignore_errors=True)
    for path in Path(os.environ["TMPDIR"]).glob("processing_*"):
        shutil.rmtree(path, ignore_errors=True)
