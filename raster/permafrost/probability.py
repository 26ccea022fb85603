"""Probability of permafrost and its zones for large rasters."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple, Optional

import numpy as np

from ...core.assess.binary import listed
from ...core.classes import PERMAFROST, PERMAFROST_ZONES, SEASONAL_FROST
from ...core.errors import InputError
from ...core.language import tr
from ...core.permafrost.probability import Ensemble, ProbabilityResult, count_permafrost, draw_ensemble, zones
from ...core.permafrost.ttop import ExcludedCells
from ..grid.grid import metres_note
from ..read.area import CellAreaSource
from ..read.classes import ClassSource
from ..read.protocols import Source
from ..read.rasters import RasterSource
from ..run.blocks import Running, map_windows
from ..run.values import values_of
from ..write.provenance import Provenance
from ..write.storage import Layer
from ..write.writer import raster_output
from .degree_day_inputs import TtopInputs

# Members times cells of a window, computed within a second, so that a run can be cancelled quickly.
MAX_WORK = 25_000_000

# The metadata item with the areas that enclose 90 % of the members, km2.
AREA_INTERVAL = "PERMAFROST_AREA_KM2_90_PERCENT"

# Classes of a map that may have permafrost: neither glaciers nor lakes.
GROUND = (PERMAFROST.value, SEASONAL_FROST.value)

# Values of zones, with 0 outside of all.
ZONE_VALUES = 1 + len(PERMAFROST_ZONES)


@dataclass(frozen=True)
class ProbabilityJob:
    """An ensemble of permafrost maps.

    Attributes
    ----------
    inputs : TtopInputs
    gst_error, r_k_sd : float
        Standard deviations of the bias of the ground surface temperature, K, and of r_k.
    members, seed : int
        See `core.permafrost.probability.draw_ensemble`.
    within : ClassSource, optional
        A permafrost map: only its permafrost and seasonally frozen ground have a probability.
    """

    inputs: TtopInputs
    gst_error: float
    r_k_sd: float = 0.08
    members: int = 200
    seed: int = 1
    within: Optional[ClassSource] = None

    @property
    def sources(self) -> dict[str, Source]:
        """What is read in each window, beside the areas of cells."""
        within = {} if self.within is None else {"map_classes": self.within}
        return {**self.inputs.sources, **within}

    @property
    def paths(self) -> list[str]:
        """The files that are read."""
        return [*self.inputs.paths, *([self.within.path] if self.within is not None else [])]


@dataclass(frozen=True)
class ProbabilityOutputs:
    """Paths of the rasters; None where one is not requested.

    Attributes
    ----------
    probability : str
        Probability of permafrost, %.
    zones : str, optional
        Permafrost zones.
    """

    probability: str
    zones: Optional[str] = None


class WindowProbability(NamedTuple):
    """The ensemble of a window.

    Attributes
    ----------
    percent : array of float32, shape (rows, columns)
        Probability of permafrost, %.
    zone : array of uint8, shape (rows, columns)
    permafrost_km2 : array, shape (members,)
    zones_km2 : array, shape (ZONE_VALUES,)
    excluded : ExcludedCells
    ground : int
        Number of cells that are ground in the map; of all, where there is none.
    """

    percent: np.ndarray
    zone: np.ndarray
    permafrost_km2: np.ndarray
    zones_km2: np.ndarray
    excluded: ExcludedCells
    ground: int


@dataclass(frozen=True)
class WindowEnsemble:
    """Computes the ensemble of a window."""

    inputs: TtopInputs
    ensemble: Ensemble

    def __call__(
        self,
        ddt: np.ndarray,
        ddf: np.ndarray,
        area_km2: np.ndarray,
        r_k: Optional[np.ndarray] = None,
        map_classes: Optional[np.ndarray] = None,
    ) -> WindowProbability:
        """Count the members with permafrost in each cell, of those that are ground in the map where there is one."""
        ground = ddt.size
        if map_classes is not None:
            is_ground = np.isin(map_classes, GROUND)
            ddt, ground = np.where(is_ground, ddt, np.float32(np.nan)), int(np.count_nonzero(is_ground))
        pair = self.inputs.degree_days.pair(ddt, ddf)
        r_k_here = np.broadcast_to(np.float32(self.inputs.r_k_of(r_k)), ddt.shape)
        count, permafrost_km2 = count_permafrost(
            pair.ddt, pair.ddf, r_k_here, area_km2, self.ensemble, self.inputs.days
        )
        percent = 100 * count / np.float32(self.ensemble.members)
        zone = zones(percent)
        zones_km2 = np.bincount(zone.ravel(), area_km2.ravel(), minlength=ZONE_VALUES)
        return WindowProbability(percent, zone, permafrost_km2, zones_km2, pair.excluded, ground)


def run_probability(
    job: ProbabilityJob, outputs: ProbabilityOutputs, provenance: Provenance, running: Running
) -> ProbabilityResult:
    """Write the probability of permafrost and its zones, and return the areas.

    Raises
    ------
    InputError
        If the inputs have no cell in common, the map has no ground, or the areas of cells cannot be known.
    """
    degree_days = job.inputs.degree_days
    grid, ddt, ddf = degree_days.grid, degree_days.ddt.name, degree_days.ddf.name
    work = WindowEnsemble(job.inputs, draw_ensemble(job.gst_error, job.r_k_sd, job.members, job.seed))
    sources = {**job.sources, "area_km2": CellAreaSource(ddt, max_cells=MAX_WORK // job.members)}
    permafrost_km2, zones_km2, excluded = np.zeros(job.members), np.zeros(ZONE_VALUES), ExcludedCells()
    ground = 0
    probability_layer = Layer(["Probability of permafrost"], "%")
    zone_layer = Layer(["Permafrost zones"], classes=PERMAFROST_ZONES)
    how = (provenance, running, degree_days.no_common_cell)
    with (
        raster_output(outputs.probability, grid, probability_layer, *how) as probability_writer,
        raster_output(outputs.zones, grid, zone_layer, *how) as zone_writer,
    ):
        for writer in (probability_writer, zone_writer):
            writer.annotate({"PERMAFROST_GST_ERROR_K": f"{job.gst_error:.4g}"})
        for window, found in map_windows(work, sources, grid, running):
            probability_writer.write(window, found.percent)
            zone_writer.write(window, found.zone)
            permafrost_km2 += found.permafrost_km2
            zones_km2 += found.zones_km2
            excluded += found.excluded
            ground += found.ground
        if job.within is not None and not ground:
            _refuse_map(job.within, running)
        excluded.require_one_year(ddt, ddf, job.inputs.days)
        result = ProbabilityResult(job.gst_error, job.r_k_sd, permafrost_km2, zones_km2)
        for writer in (probability_writer, zone_writer):
            writer.annotate({AREA_INTERVAL: " ".join(f"{km2:.1f}" for km2 in result.interval_km2)})
    note = metres_note(grid, ddt)
    warnings = (*filter(None, [note]), *excluded.warnings_in(ddt, ddf))
    return replace(result, warnings=warnings)


def _refuse_map(within: ClassSource, running: Running) -> None:
    """Raise an `InputError` about a map in which no cell is permafrost or seasonally frozen ground."""
    found = values_of(within, running)
    raise InputError(
        tr(
            "MAP '{name}' has no cell of the classes 1, permafrost, and 2, seasonally frozen ground, where DDT lies "
            "(it holds {listed}): give a map from 'Permafrost map'.",
            name=within.name,
            listed=listed(found) if found else tr("no value"),
        )
    )


def area_interval(source: RasterSource) -> Optional[tuple[float, float]]:
    """Return the areas that enclose 90 % of the members, km2, which the metadata of a probability state."""
    text = source.metadata().get(AREA_INTERVAL, "")
    try:
        low, high = map(float, text.split())
    except ValueError:
        return None
    return low, high
