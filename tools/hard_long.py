"""Many runs in one process: memory, threads and open files stay as they were, and so do the settings of GDAL."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

from hard_runs import FROM_DEGREE_DAYS, clear, jobs, run_here

STEPS = ("buildlststack", "predictgst", "degreedays", "calibraterk", "ttop", "probability", "comparemaps", "change")


# What a run might want to set.
OPTIONS = ("GDAL_NUM_THREADS", "GDAL_CACHEMAX", "GDAL_DISABLE_READDIR_ON_OPEN", "CPL_DEBUG", "GDAL_PAM_ENABLED")


def _reports_errors() -> bool:
    """Whether a handler set outside of all runs still takes GDAL's errors."""
    from osgeo import gdal

    gdal.Error(gdal.CE_Warning, 1, "handler?")
    return bool(TAKEN) and TAKEN.pop() == "handler?"


def take_errors() -> None:
    """Set a handler for GDAL's errors, as another plugin may."""
    from osgeo import gdal

    gdal.PushErrorHandler(lambda _severity, _code, text: TAKEN.append(text))


TAKEN: list[str] = []


def state() -> dict[str, object]:
    """Return what a run may leave behind in its process."""
    from osgeo import gdal

    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return {
        "memory [MB]": pages * os.sysconf("SC_PAGE_SIZE") // 2**20,
        "Python threads": threading.active_count(),
        "open files": len(os.listdir("/proc/self/fd")),
        "GDAL exceptions": gdal.GetUseExceptions(),
        "GDAL options": str(sorted((gdal.GetConfigOptions() or {}).items()))
        if hasattr(gdal, "GetConfigOptions")
        else "",
        "error handler": str(gdal.GetErrorCounter() if hasattr(gdal, "GetErrorCounter") else ""),
        "cache [MB]": gdal.GetCacheMax() // 2**20,
    }


def _open_layers(folder: Path) -> None:
    """Let QGIS open a raster and a vector layer: it sets options of GDAL when it does so for the first time."""
    from qgis.core import QgsRasterLayer, QgsVectorLayer

    vector = folder / "point.geojson"
    vector.write_text('{"type":"Point","coordinates":[79,36]}', encoding="utf-8")
    for layer in (QgsRasterLayer(str(folder / "years.tif")), QgsVectorLayer(str(vector))):
        if not layer.isValid():
            raise RuntimeError(layer.source())


def run_many(folder: Path, number: int, end: float) -> list[list]:
    """Run steps in turn in this process; every tenth run fails; return the state now and then, a row each."""
    _open_layers(folder)
    out = folder / "out"
    todo = [jobs(folder, out)[name] for name in (*STEPS, FROM_DEGREE_DAYS)]
    rows = []
    for done in range(number + 1):
        if done in (len(todo), number) or (done and done % max(number // 5, 1) == 0):
            rows.append([done, *state().values()])
        if done == number or time.monotonic() > end:
            break
        clear(out)
        algorithm, parameters = todo[done % len(todo)]
        if done % 10 == 9:
            # Fails when it is under way.
            algorithm, parameters = "ttop", {**jobs(folder, out)["ttop"][1], "DDF": str(folder / "ttop.tif")}
        run_here(algorithm, parameters)
    return rows
