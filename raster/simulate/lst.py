"""Writes simulated scenes of land surface temperature as files of a product, and their truth as stacks."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Iterable

import numpy as np
from osgeo import gdal

from ...core.celsius import ZERO_CELSIUS
from ...core.errors import Cancelled
from ...core.prepare.scenes import OVERPASSES
from ...core.simulate.lst import LstDay
from ..grid.grid import Grid
from ..run.blocks import Running
from ..write.provenance import Provenance
from ..write.stack import stack_layer
from ..write.storage import Layer, Storage
from ..write.writer import raster_output

# As in TRIMS: hundredths of a kelvin, 0 is missing.
TRIMS = Storage(gdal.GDT_UInt16, 0.0, 0.01)

GST = "gst"


def scene_name(overpass: str, day: date) -> str:
    """Return the name of a scene as in TRIMS: ``TRIMS_Terra2019001D.tif``."""
    satellite, time = overpass.split("_")
    return f"TRIMS_{satellite.capitalize()}{day:%Y%j}{time[0].upper()}.tif"


def truth_path(folder: Path, what: str, year: int) -> Path:
    """Return the path of the true series of an overpass, or of `GST`, in a year."""
    name = what if what == GST else f"lst_{what}"
    return folder / f"truth_{name}_{year}_simulated.tif"


def write_year(
    days: Iterable[LstDay],
    dates: np.ndarray,
    grid: Grid,
    scenes: Path,
    truth: Path,
    provenance: Provenance,
    running: Running,
) -> None:
    """Write the scenes that satellites see in a year, and the truth: a stack per overpass and one of GST.

    Parameters
    ----------
    days : iterable of LstDay
        The days of `dates`, in the same order.
    dates : sequence of datetime64[D]
        Days of one calendar year.
    grid : Grid
        The cells.
    scenes, truth : Path
        Folders of the scenes and of the stacks.
    provenance : Provenance
        Written into all files.
    running : Running
        Progress and cancellation, day by day.

    Raises
    ------
    Cancelled
        If the user has stopped the run.
    OutputError
        If a file cannot be written.
    """
    year = int(str(dates[0])[:4])
    whole = grid.window()
    with ExitStack() as open_stacks:
        stacks = {
            what: open_stacks.enter_context(
                raster_output(
                    str(truth_path(truth, what, year)),
                    grid,
                    stack_layer([day.item() for day in dates]),
                    provenance,
                    running,
                )
            )
            for what in (GST, *OVERPASSES)
        }
        for band, day in enumerate(days, start=1):
            if running.is_cancelled():
                raise Cancelled("The run was cancelled: the scenes of the days before remain, without the true series.")
            running.progress(band / len(dates))
            stacks[GST].write(whole, day.gst, band)
            for overpass, lst in day.lst.items():
                stacks[overpass].write(whole, lst, band)
                seen = np.where(day.is_clear[overpass], lst + ZERO_CELSIUS, np.nan)
                path = str(scenes / scene_name(overpass, day.date.item()))
                with raster_output(path, grid, Layer(["LST"], "K", numbers=TRIMS), provenance, running) as scene:
                    scene.write(whole, seen)
