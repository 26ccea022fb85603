"""Simulated scenes of land surface temperature, written as the files of a product, and their truth as stacks."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Iterable, Sequence

import numpy as np
from osgeo import gdal

from ...core.celsius import ZERO_CELSIUS
from ...core.errors import Cancelled
from ...core.prepare.scenes import OVERPASSES
from ...core.simulate.climatology import day_of_year
from ...core.simulate.lst import LstDay
from ..grid.grid import Grid
from ..run.blocks import Running
from ..write.provenance import Provenance
from ..write.stack import stack_layer
from ..write.storage import Layer, Storage
from ..write.writer import raster_output

# As TRIMS stores them: hundredths of a kelvin, 0 where there is none.
TRIMS = Storage(gdal.GDT_UInt16, 0.0, 0.01)

GST = "gst"


def scene_name(overpass: str, date: np.datetime64) -> str:
    """Return the name of a scene in the form of TRIMS: ``TRIMS_Terra2019001D.tif``."""
    satellite, time = overpass.split("_")
    return f"TRIMS_{satellite.capitalize()}{date.astype('datetime64[Y]')}{day_of_year(date):03d}{time[0].upper()}.tif"


def truth_path(folder: Path, what: str, year: int) -> Path:
    """Return the path of the true series of an overpass, or of `GST`, in a year."""
    name = what if what == GST else f"lst_{what}"
    return folder / f"truth_{name}_{year}_simulated.tif"


def write_year(
    days: Iterable[LstDay],
    dates: Sequence[np.datetime64],
    grid: Grid,
    scenes: Path,
    truth: Path,
    provenance: Provenance,
    running: Running,
) -> None:
    """Write what satellites see of a year, scene by scene, and the truth, a stack for each overpass and one of GST.

    Parameters
    ----------
    days : iterable of LstDay
        The days of `dates`, in their order.
    dates : sequence of datetime64[D]
        Of one calendar year.
    grid : Grid
        The cells.
    scenes, truth : Path
        Folders of the scenes and of the stacks.
    provenance : Provenance
        Of all files.
    running : Running
        Is asked before each day whether to stop, and told how far it is.

    Raises
    ------
    Cancelled
        If the user wants no more.
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
                    stack_layer([date.item() for date in dates]),
                    provenance,
                    running,
                )
            )
            for what in (GST, *OVERPASSES)
        }
        for band, day in enumerate(days, start=1):
            if running.is_cancelled():
                raise Cancelled("The run was cancelled: the scenes of the days before are left, and no true series.")
            running.progress(band / len(dates))
            stacks[GST].write(whole, day.gst, band)
            for overpass, lst in day.lst.items():
                stacks[overpass].write(whole, lst, band)
                seen = np.where(day.is_clear[overpass], lst + ZERO_CELSIUS, np.nan)
                path = str(scenes / scene_name(overpass, day.date))
                with raster_output(path, grid, Layer(["LST"], "K", numbers=TRIMS), provenance, running) as scene:
                    scene.write(whole, seen)
