"""The sample basin."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from ...core import classes
from ...core.about import RESOURCES
from ...core.files import whole_file
from ...core.permafrost.rk import classes_to_r_k, shipped_table
from ...core.prepare.sample import SURVEY_REGIONS, SampleBasin, simulate_basin
from ...raster.grid import Grid
from ...raster.sources import ClassSource, RasterSource
from ...raster.writer import Layer, Provenance, raster_output
from ..base import Group, PermafrostAlgorithm, Task
from ..parameters import folder_output, whole_number
from ..project import LayerOfProject, write_project

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
# Without glaciers and lakes, which the truth leaves to their outlines.
GROUND = (classes.PERMAFROST, classes.SEASONAL_FROST)

# File, what it holds, style, unit; all of them simulated.
SIMULATED = {
    "ddt": ("ddt_observed", "DDT", classes.DEGREE_DAYS, "degC d"),
    "ddf": ("ddf_observed", "DDF", classes.DEGREE_DAYS, "degC d"),
    "survey": ("survey", "Survey map", GROUND, ""),
    "truth_ddt": ("ddt_true", "True DDT", classes.DEGREE_DAYS, "degC d"),
    "truth_ddf": ("ddf_true", "True DDF", classes.DEGREE_DAYS, "degC d"),
    "truth_rk": ("r_k_true", "True r_k", classes.R_K, ""),
    "truth_permafrost": ("permafrost_true", "True permafrost", GROUND, ""),
}


class SampleData(PermafrostAlgorithm):
    """Algorithm ``permafrost:sampledata``."""

    ID = "sampledata"
    TITLE = "Sample basin"
    GROUP = Group.PREPARE
    TAGS = "example, tutorial, demo, test data, Tarim, simulation"
    SUMMARY = "Writes the sample basin, with a project that opens it: real terrain and land cover, simulated climate."
    DESCRIPTION = """
        The box of the Tarim Basin (73.5-93.9° E, 34.3-43.6° N) in 408 x 186 cells of 0.05°. Elevation (ETOPO5) and
        land cover (MODIS, IGBP classes) are real, and glaciers, lakes and the outline of the basin are derived from
        them. Degree days, the survey map of two regions and the truth are SIMULATED by a documented climatology:
        they serve to try the method out and to compare its answer with a known truth, and say nothing about the real
        basin. Each simulated file has "simulated" in its name, and what is computed from it says so in its metadata
        and reports.
    """
    EXAMPLE = "OUTPUT=sample_basin"

    def declare(self) -> tuple:
        """Parameters and outputs."""
        return (
            whole_number("YEARS", "Years", "Number of years, from 2019 on, whose mean degree days are made.", 1, 1, 30),
            whole_number("SEED", "Seed", "Equal seeds give equal basins.", 1, 0, 2**31 - 1),
            folder_output("OUTPUT", "Folder", "Files of the same names in it are replaced."),
        )

    def execute(self, p: SimpleNamespace, task: Task) -> dict[str, Any]:
        """Copy what is real, simulate the rest, and write a project of all."""
        folder = Path(p.OUTPUT)
        for name in COPIED:
            with whole_file(folder / name) as temporary:
                shutil.copyfile(SAMPLE / name, temporary)
        grid = RasterSource(str(SAMPLE / "elevation.tif"), "elevation").grid()
        task.info("Simulating the weather of every day ...")
        basin = _simulate(grid, range(FIRST_YEAR, FIRST_YEAR + p.YEARS), p.SEED)
        for name, (field, label, style, unit) in SIMULATED.items():
            holds_classes = style is GROUND
            layer = Layer([f"{label} (simulated)"], unit, style if holds_classes else ())
            provenance = Provenance(self.id(), task.parameters, f"{label} of the sample basin")
            with raster_output(str(_file(folder, name)), grid, layer, provenance, task.running) as output:
                values = getattr(basin, field)
                output.write(grid.window(), values if holds_classes else values.astype(np.float32))
        write_project(folder / "sample_basin.qgz", "Permafrost Mapper: sample basin", _layers(folder))
        task.info(f"The regions of the survey are {' and '.join(SURVEY_REGIONS)}. Open sample_basin.qgz in {folder}.")
        return {}


def _file(folder: Path, name: str) -> Path:
    return folder / f"{name}_simulated.tif"


def _simulate(grid: Grid, years: range, seed: int) -> SampleBasin:
    whole = grid.window()
    elevation_m = RasterSource(str(SAMPLE / "elevation.tif"), "elevation").open(grid).read(whole)
    landcover = ClassSource(str(SAMPLE / "landcover_igbp.tif"), "land cover").open(grid).read(whole)
    x0, dx, _, y0, _, dy = grid.geotransform
    longitude = x0 + dx * (np.arange(grid.width) + 0.5)[np.newaxis, :]
    latitude = y0 + dy * (np.arange(grid.height) + 0.5)[:, np.newaxis]
    r_k = classes_to_r_k(landcover, shipped_table("modis_igbp"))
    return simulate_basin(elevation_m, r_k, longitude, latitude, years, seed)


def _layers(folder: Path) -> list[LayerOfProject]:
    """Give the layers of the project, from the top of the canvas to its bottom."""
    made = [
        LayerOfProject(_file(folder, name), f"{label} (simulated)", _group(name), style)
        for name, (_, label, style, _) in SIMULATED.items()
    ]
    return [
        LayerOfProject(folder / "basin.geojson", "Basin (derived)", "Outlines", "#222222"),
        LayerOfProject(folder / "districts.geojson", "Districts (made up)", "Outlines", "#888888"),
        LayerOfProject(folder / "survey_regions.geojson", "Regions of the survey (made up)", "Outlines", "#d95f02"),
        LayerOfProject(folder / "lakes.geojson", "Lakes (derived)", "Outlines", classes.LAKE.colour),
        LayerOfProject(folder / "glaciers.geojson", "Glaciers (derived)", "Outlines", "#7fb8d8"),
        *made,
        LayerOfProject(folder / "landcover_igbp.tif", "Land cover, IGBP 2019", "Real", classes.IGBP),
        LayerOfProject(folder / "elevation.tif", "Elevation, ETOPO5", "Real", classes.ELEVATION),
    ]


def _group(name: str) -> str:
    return "Truth (simulated)" if name.startswith("truth") else "Observed (simulated)"
