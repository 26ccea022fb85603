"""The permafrost map of large rasters."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Mapping, NamedTuple, Union

import numpy as np

from ...core.celsius import require_celsius
from ...core.classes import PERMAFROST, PERMAFROST_MAP, SEASONAL_FROST
from ...core.errors import InputError
from ...core.language import tr
from ...core.permafrost.classify import CoverAreas, classify
from ...core.permafrost.ttop import no_zero_counts, require_no_background, zero_counts
from ...core.sums import exact_sum
from ..grid.grid import metres_note
from ..read.area import CellAreaSource
from ..read.protocols import Source
from ..read.rasters import RasterSource
from ..run.blocks import Running, map_windows
from ..run.covers import require_covers
from ..write.provenance import Provenance
from ..write.storage import Layer
from ..write.writer import raster_output


class WindowMap(NamedTuple):
    """The map of a window.

    Attributes
    ----------
    classes : array of uint8, shape (rows, columns)
    km2 : dict of str to float
        Areas of the covers, inside the basin.
    counts : array of int
        `zero_counts` inside the basin.
    ground : int
        Number of cells that are permafrost or seasonally frozen ground.
    """

    classes: np.ndarray
    km2: dict[str, float]
    counts: np.ndarray
    ground: int


@dataclass(frozen=True)
class ClassifyJob:
    """A permafrost map.

    Attributes
    ----------
    ttop : RasterSource
        degC; the map has its cells.
    threshold : float
        Cells at or below this temperature are permafrost, degC.
    covers : mapping of str to Source
        Shares of each cell, 0 to 1, by ``glaciers``, ``lakes`` and ``basin``, as far as they are used.
    """

    ttop: RasterSource
    threshold: float = 0.0
    covers: Mapping[str, Source] = field(default_factory=dict)


@dataclass(frozen=True)
class _Classify:
    """Classifies a window of the TTOP of this name, and sums areas in whole multiples of a step in km2."""

    threshold: float
    name: str
    area_step: float

    def __call__(self, ttop: np.ndarray, area_km2: Union[np.ndarray, float] = 0.0, **shares: np.ndarray) -> WindowMap:
        """Return the map of the window, after a check of the unit."""
        require_celsius(ttop, self.name)
        inside = shares.get("basin", 1.0)
        km2 = {name: exact_sum(share * inside * area_km2, self.area_step) for name, share in shares.items()}
        classes = classify(ttop, self.threshold, **shares)
        ground = np.count_nonzero((classes == PERMAFROST.value) | (classes == SEASONAL_FROST.value))
        return WindowMap(classes, km2, zero_counts(ttop[np.broadcast_to(inside, ttop.shape) > 0]), int(ground))


def _refuse_cover(job: ClassifyJob) -> None:
    """Raise an `InputError` where glaciers or lakes are everywhere: values of a raster that mean something else."""
    names = [source.name for cover, source in job.covers.items() if cover != "basin"]
    if names:
        raise InputError(
            tr(
                "'{names}' leaves no ground with a TTOP in the map: in a raster of glaciers or lakes each value above "
                "0 counts, so set all others to 0 or tag them as nodata.",
                names="', '".join(names),
            )
        )


def run_classify(job: ClassifyJob, output: str, provenance: Provenance, running: Running) -> CoverAreas:
    """Write the permafrost map, and return the areas of its covers.

    Raises
    ------
    InputError
        If no cell inside the basin has a TTOP, TTOP has a background of 0, glaciers or lakes leave no ground, a cover
        holds a fill value, or covers are used and the areas of cells cannot be known.
    """
    grid, name = job.ttop.grid(), job.ttop.name
    require_covers(job.covers.values(), grid, running.part(0.0, 0.01), job.covers.get("basin"))
    sources: dict[str, Source] = {"ttop": job.ttop, **job.covers}
    area_step = 1.0
    if job.covers:
        sources["area_km2"] = areas = CellAreaSource(name)
        area_step = areas.step(grid)
    work = _Classify(job.threshold, name, area_step)
    empty = tr(
        "No cell of '{name}' inside the basin holds a TTOP: check the layer, the basin and the CRS of both.", name=name
    )
    km2 = dict.fromkeys(job.covers, 0.0)
    counts, ground = no_zero_counts(), 0
    layer = Layer(["Permafrost map"], classes=PERMAFROST_MAP)
    with raster_output(output, grid, layer, provenance, running, empty) as writer:
        for window, found in map_windows(work, sources, grid, running):
            writer.write(window, found.classes)
            km2 = {cover: km2[cover] + found.km2[cover] for cover in km2}
            counts += found.counts
            ground += found.ground
        # A map of glaciers and lakes alone would be mistaken for a result.
        if counts[0] == 0:
            raise InputError(empty)
        require_no_background(counts, name)
        if ground == 0:
            _refuse_cover(job)
    note = metres_note(grid, name) if job.covers else ""
    return CoverAreas(km2, (note,) if note else ())
