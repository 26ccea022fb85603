"""Writes the sample basin: real terrain and land cover, and a simulated truth with what a mapper would have of it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Union

import numpy as np

from ...core import classes
from ...core.about import RESOURCES
from ...core.classes import MapClass, Ramp
from ...core.files import whole_file
from ...core.period import period_text
from ...core.permafrost.rk import classes_to_r_k, shipped_table
from ...core.simulate.climatology import dates_of_year
from ...core.simulate.lst import simulate_lst
from ...core.simulate.sample import LST_PART, simulate_basin
from ..grid.grid import Grid
from ..read.classes import ClassSource
from ..read.rasters import RasterSource
from ..run.blocks import Running, stop_if_cancelled
from ..write.provenance import Provenance
from ..write.storage import Layer
from ..write.writer import raster_output
from .lst import write_year
from .sites import write_boreholes, write_stations

FIRST_YEAR = 2019
SAMPLE = RESOURCES / "sample"
COPIED = (
    "elevation.tif",
    "landcover_igbp.tif",
    "glaciers.geojson",
    "lakes.geojson",
    "basin.geojson",
    "districts.geojson",
    "survey_regions.geojson",
    "SOURCES.md",
)
SCENES = "lst_scenes_simulated"

# For which part of the basin scenes and stations are simulated.
PARTS = ("none", "part", "basin")

# Without glaciers and lakes: the truth leaves them to their outlines.
GROUND = (classes.PERMAFROST, classes.SEASONAL_FROST)


@dataclass(frozen=True)
class SimulatedLayer:
    """A simulated raster of the sample basin.

    Attributes
    ----------
    name : str
        Of its file, without ``_simulated.tif``.
    field : str
        The attribute of ``core.simulate.sample.SampleBasin``.
    label : str
        What it shows.
    style : Ramp or tuple of MapClass
        The ramp of a quantity, or the classes of a map.
    unit : str
        Empty for classes.
    """

    name: str
    field: str
    label: str
    style: Union[Ramp, tuple[MapClass, ...]]
    unit: str = ""

    @property
    def map_classes(self) -> tuple[MapClass, ...]:
        """The classes of a map; empty for a quantity."""
        return self.style if isinstance(self.style, tuple) else ()

    def path(self, folder: Path) -> Path:
        """Return the path of its file in the folder of the sample basin."""
        return folder / f"{self.name}_simulated.tif"


SIMULATED = (
    SimulatedLayer("ddt", "ddt_observed", "DDT", classes.DEGREE_DAYS, "degC d"),
    SimulatedLayer("ddf", "ddf_observed", "DDF", classes.DEGREE_DAYS, "degC d"),
    SimulatedLayer("survey", "survey", "Survey map", GROUND),
    SimulatedLayer("truth_ddt", "ddt_true", "True DDT", classes.DEGREE_DAYS, "degC d"),
    SimulatedLayer("truth_ddf", "ddf_true", "True DDF", classes.DEGREE_DAYS, "degC d"),
    SimulatedLayer("truth_rk", "r_k_true", "True r_k", classes.R_K),
    SimulatedLayer("truth_ttop", "ttop_true", "True TTOP", classes.TTOP, "degC"),
    SimulatedLayer("truth_permafrost", "permafrost_true", "True permafrost", GROUND),
)


@dataclass(frozen=True)
class SampleJob:
    """A sample basin to be written.

    Attributes
    ----------
    folder : str
        Where to.
    years : tuple of int
        Calendar years that are simulated.
    seed : int
        Seed of everything drawn at random.
    part : str
        One of `PARTS`.
    """

    folder: str
    years: tuple[int, ...] = (FIRST_YEAR,)
    seed: int = 1
    part: str = "part"

    @property
    def has_scenes(self) -> bool:
        """Whether scenes and stations are simulated."""
        return self.part != "none"


def write_terrain(job: SampleJob) -> None:
    """Copy the real terrain and land cover, and what is derived from them."""
    for name in COPIED:
        with whole_file(Path(job.folder) / name) as temporary:
            shutil.copyfile(SAMPLE / name, temporary)


def write_truth(job: SampleJob, provenance: Provenance, running: Running) -> None:
    """Simulate the climate of the basin and write the truth, the observed degree days, a survey, and boreholes.

    Parameters
    ----------
    job : SampleJob
    provenance : Provenance
        Of the run; each raster adds that it is simulated.
    running : Running

    Raises
    ------
    OutputError
        If a file cannot be written.
    Cancelled
        If the user has stopped the run.
    """
    folder, grid = Path(job.folder), _grid()
    terrain = _terrain(grid)
    basin = simulate_basin(
        terrain.elevation_m,
        terrain.r_k,
        terrain.longitude,
        terrain.latitude,
        job.years,
        job.seed,
        stop=partial(stop_if_cancelled, running),
    )
    period = period_text(date(job.years[0], 1, 1), date(job.years[-1], 12, 31))
    for simulated in SIMULATED:
        layer = Layer([f"{simulated.label} (simulated)"], simulated.unit, simulated.map_classes)
        of_layer = replace(provenance, simulated=f"{simulated.label} of the sample basin", period=period)
        with raster_output(str(simulated.path(folder)), grid, layer, of_layer, running) as output:
            values = getattr(basin, simulated.field)
            output.write(grid.window(), values if simulated.map_classes else values.astype(np.float32))
    write_boreholes(folder, terrain.longitude, terrain.latitude, basin.ttop_true, job.seed)


def write_observations(job: SampleJob) -> None:
    """Simulate and write the stations of the part with scenes, and what their loggers recorded."""
    terrain = _terrain(_part(job))
    dates = np.concatenate([dates_of_year(year) for year in job.years])
    write_stations(
        Path(job.folder), terrain.elevation_m, terrain.r_k, terrain.longitude, terrain.latitude, dates, job.seed
    )


def write_scenes(job: SampleJob, year: int, provenance: Provenance, running: Running) -> None:
    """Simulate and write the scenes of a year, and their truth.

    Raises
    ------
    OutputError
        If a file cannot be written.
    Cancelled
        If the user has stopped the run; the scenes of the days before remain.
    """
    folder, grid = Path(job.folder), _part(job)
    terrain, dates = _terrain(grid), dates_of_year(year)
    stop = partial(stop_if_cancelled, running)
    days = simulate_lst(terrain.elevation_m, terrain.longitude, terrain.latitude, dates, job.seed, stop=stop)
    of_scenes = replace(provenance, simulated="LST of the sample basin")
    write_year(days, dates, grid, folder / SCENES, folder, of_scenes, running)


@dataclass(frozen=True)
class _Terrain:
    """Elevation (m) and r_k of the land cover, shape (rows, columns); longitude (1, columns) and latitude (rows, 1)."""

    elevation_m: np.ndarray
    r_k: np.ndarray
    longitude: np.ndarray
    latitude: np.ndarray


def _grid() -> Grid:
    return RasterSource(str(SAMPLE / "elevation.tif"), "elevation").grid()


def _part(job: SampleJob) -> Grid:
    """Return the grid of the scenes."""
    grid = _grid()
    return grid if job.part == "basin" else grid.part(grid.window_of(LST_PART))


def _terrain(grid: Grid) -> _Terrain:
    whole = grid.window()
    elevation_m = RasterSource(str(SAMPLE / "elevation.tif"), "elevation").open(grid).read(whole)
    landcover = ClassSource(str(SAMPLE / "landcover_igbp.tif"), "land cover").open(grid).read(whole)
    x0, dx, _, y0, _, dy = grid.geotransform
    longitude = x0 + dx * (np.arange(grid.width) + 0.5)[np.newaxis, :]
    latitude = y0 + dy * (np.arange(grid.height) + 0.5)[:, np.newaxis]
    return _Terrain(elevation_m, classes_to_r_k(landcover, shipped_table("modis_igbp")), longitude, latitude)
