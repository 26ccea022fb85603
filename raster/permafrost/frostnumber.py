"""The surface frost number of large rasters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...core.permafrost.ttop import ExcludedCells, frost_number
from ..run.blocks import Running, map_windows
from ..write.provenance import Provenance
from ..write.storage import Layer
from ..write.writer import Written, raster_output
from .degree_day_inputs import DegreeDayInputs


@dataclass(frozen=True)
class FrostNumberJob:
    """A computation of the surface frost number, and what is done in each window."""

    degree_days: DegreeDayInputs

    def __call__(self, ddt: np.ndarray, ddf: np.ndarray) -> tuple[np.ndarray, ExcludedCells]:
        """Return the frost number of a window, 0 to 1, and the cells that were excluded."""
        pair = self.degree_days.pair(ddt, ddf)
        return frost_number(pair.ddt, pair.ddf), pair.excluded


def run_frostnumber(job: FrostNumberJob, output: str, provenance: Provenance, running: Running) -> Written:
    """Write the surface frost number, and return what may spoil it.

    Raises
    ------
    InputError
        If DDT and DDF have no cell in common, or are no degree days of a year.
    """
    degree_days, excluded = job.degree_days, ExcludedCells()
    grid, layer = degree_days.grid, Layer(["Surface frost number"])
    with raster_output(output, grid, layer, provenance, running, degree_days.no_common_cell) as writer:
        for window, (values, excluded_here) in map_windows(job, degree_days.sources, grid, running):
            writer.write(window, values)
            excluded += excluded_here
        excluded.require_one_year(degree_days.ddt.name, degree_days.ddf.name)
    return Written(excluded.warnings_in(degree_days.ddt.name, degree_days.ddf.name))
