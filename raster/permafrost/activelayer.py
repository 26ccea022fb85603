"""Thickness of the active layer of large rasters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

import numpy as np

from ...core.celsius import require_celsius
from ...core.language import tr
from ...core.permafrost.activelayer import ActiveLayerResult, Soil, Thaw, Thickness, active_layer
from ...core.permafrost.ttop import (
    FILL_OF_EITHER,
    MAX_THAW,
    no_zero_counts,
    require_degree_days,
    require_no_background,
    without_fill,
    zero_counts,
)
from ..read.rasters import RasterSource
from ..run.blocks import Running, map_windows
from ..write.provenance import Provenance
from ..write.storage import Layer
from ..write.writer import raster_output


@dataclass(frozen=True)
class ActiveLayerJob:
    """A computation of the thickness of the active layer, and what is done in each window.

    Attributes
    ----------
    ddt : RasterSource
        Thawing degree days, degC d; the result has its cells.
    ttop : RasterSource
        degC.
    edaphic_factor : float
        E, m (degC d)^-1/2.
    soil : Soil, optional
        What E was computed from.
    """

    ddt: RasterSource
    ttop: RasterSource
    edaphic_factor: float
    soil: Optional[Soil] = None

    def __call__(self, ddt: np.ndarray, ttop: np.ndarray) -> tuple[np.ndarray, int, np.ndarray, Thaw]:
        """Return the thickness in a window, m, the number of cells with the fill value 9999, `zero_counts` and thaw."""
        require_degree_days(ddt, self.ddt.name, MAX_THAW)
        require_celsius(ttop, self.ttop.name)
        ddt, fill = without_fill(ddt)
        thickness = active_layer(ddt, ttop, self.edaphic_factor)
        # Where neither has a value, 0 is no ground, and no active layer is computed.
        has_layer = ~np.isnan(thickness)
        return thickness, fill, zero_counts(ttop[ddt > 0]), Thaw.of(ddt[has_layer], ttop[has_layer])


def run_activelayer(job: ActiveLayerJob, output: str, provenance: Provenance, running: Running) -> ActiveLayerResult:
    """Write the thickness of the active layer, and summarise it.

    Raises
    ------
    InputError
        If no cell has an active layer, an input holds impossible values, TTOP has a background of 0, or DDT is summed
        over several years.
    """
    empty = tr(
        "No cell of '{name}' and '{ttop_name}' has both a value and a TTOP of 0 °C or below: check "
        "that they cover the same area, and that it has permafrost.",
        name=job.ddt.name,
        ttop_name=job.ttop.name,
    )
    grid, sources = job.ddt.grid(), {"ddt": job.ddt, "ttop": job.ttop}
    thickness, fill, counts, thaw = Thickness(), 0, no_zero_counts(), Thaw()
    with raster_output(output, grid, Layer(["Active layer thickness"], "m"), provenance, running, empty) as writer:
        for window, (values, fill_here, counts_here, thaw_here) in map_windows(job, sources, grid, running):
            writer.write(window, values)
            thickness += Thickness.of(values)
            fill += fill_here
            counts += counts_here
            thaw += thaw_here
        require_no_background(counts, job.ttop.name)
        thaw.require_one_year(job.ddt.name)
    warning = tr(
        "{fill} cells of '{name}' hold {fill_of_either:g}, which is treated as a fill value: tag it as nodata.",
        fill=fill,
        name=job.ddt.name,
        fill_of_either=FILL_OF_EITHER,
    )
    warnings = (*((warning,) if fill else ()), *thaw.warnings_in(job.ddt.name))
    return ActiveLayerResult(job.edaphic_factor, job.soil, thickness, warnings)
