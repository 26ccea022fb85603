"""TTOP of each year of large rasters."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Optional, Sequence

import numpy as np

from ...core.errors import InputError
from ...core.language import tr
from ...core.permafrost.ttop import ExcludedCells, ttop
from ..read.years import band_names, year_in
from ..run.blocks import Running, map_windows
from ..write.provenance import Provenance
from ..write.storage import Layer
from ..write.writer import Written, raster_output
from .degree_day_inputs import DegreeDayInputs, TtopInputs


@dataclass(frozen=True)
class TtopJob:
    """A computation of TTOP, and what is done in each window.

    Attributes
    ----------
    inputs : TtopInputs
    n_t, n_f : float
        n-factors of thawing and freezing; 1 for degree days of the ground surface.
    """

    inputs: TtopInputs
    n_t: float = 1.0
    n_f: float = 1.0

    def __call__(
        self, ddt: np.ndarray, ddf: np.ndarray, r_k: Optional[np.ndarray] = None
    ) -> tuple[np.ndarray, ExcludedCells]:
        """Return the TTOP of a window, degC, and the cells that were excluded."""
        pair = self.inputs.degree_days.pair(ddt, ddf)
        r_k_here = self.inputs.r_k_of(r_k)
        return ttop(pair.ddt, pair.ddf, r_k_here, self.inputs.days, self.n_t, self.n_f), pair.excluded


def run_ttop(job: TtopJob, output: str, provenance: Provenance, running: Running) -> Written:
    """Write TTOP, with a band for each band of the degree days, and return what may spoil it.

    Raises
    ------
    InputError
        If DDT and DDF have different bands, no cell in common, or are no degree days of a year.
    """
    degree_days = job.inputs.degree_days
    grid, names = degree_days.grid, ttop_bands(degree_days)
    excluded = ExcludedCells()
    with raster_output(output, grid, Layer(names, "degC"), provenance, running, degree_days.no_common_cell) as writer:
        # Band by band, so that memory does not depend on the number of bands.
        for index in range(len(names)):
            sources = {
                **job.inputs.sources,
                "ddt": replace(degree_days.ddt, band=index + 1),
                "ddf": replace(degree_days.ddf, band=index + 1),
            }
            of_band = running.part(index / len(names), 1 / len(names))
            for window, (values, excluded_here) in map_windows(job, sources, grid, of_band):
                writer.write(window, values, index + 1)
                excluded += excluded_here
        excluded.require_one_year(degree_days.ddt.name, degree_days.ddf.name, job.inputs.days)
    return Written(excluded.warnings_in(degree_days.ddt.name, degree_days.ddf.name))


def ttop_bands(degree_days: DegreeDayInputs) -> Sequence[str]:
    """Return the names of the bands of TTOP: the years of DDT and DDF, or a single name where there are no years.

    Raises
    ------
    InputError
        If DDT and DDF do not have the same years.
    """
    ddt, ddf = degree_days.ddt, degree_days.ddf
    ddt_names, ddf_names = band_names(ddt), band_names(ddf)
    if len(ddt_names) != len(ddf_names):
        raise InputError(
            tr(
                "'{name}' has {n_ddt_names} bands and '{ddf_name}' has {n_ddf_names}: use degree days of the "
                "same years, or single-band means of both.",
                name=ddt.name,
                n_ddt_names=len(ddt_names),
                ddf_name=ddf.name,
                n_ddf_names=len(ddf_names),
            )
        )
    if len(ddt_names) == 1:
        return ["TTOP"]
    for band, (first, second) in enumerate(zip(ddt_names, ddf_names), start=1):
        if year_in(first) != year_in(second):
            raise InputError(
                tr(
                    "Band {band} is '{first}' in '{name}' and '{second}' in '{ddf_name}': use degree days of the "
                    "same years in the same order.",
                    band=band,
                    first=first,
                    name=ddt.name,
                    second=second,
                    ddf_name=ddf.name,
                )
            )
    return ddt_names
