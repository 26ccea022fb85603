"""The sample basin."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Sequence

import numpy as np

from ...core import classes
from ...core.about import RESOURCES
from ...core.files import whole_file, write_text
from ...core.permafrost.rk import classes_to_r_k, shipped_table
from ...core.prepare.scenes import OVERPASSES
from ...core.simulate.climatology import MEAN_CLIMATE, Weather, dates_of_year, day_of_year
from ...core.simulate.lst import simulate_lst
from ...core.simulate.sample import LST_PART, SURVEY_REGIONS, simulate_basin
from ...core.simulate.sites import drill, observe, station_cells
from ...raster.grid.grid import Grid
from ...raster.read.sources import ClassSource, RasterSource
from ...raster.run.blocks import Running
from ...raster.simulate.lst import GST, scene_name, truth_path, write_year
from ...raster.write.writer import Layer, Provenance, raster_output
from ..base import Group, PermafrostAlgorithm, Task
from ..parameters import choice, folder_output, switch, whole_number
from ..project import LayerOfProject, settle_crs, write_project

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
    "truth_ttop": ("ttop_true", "True TTOP", classes.TTOP, "degC"),
    "truth_permafrost": ("permafrost_true", "True permafrost", GROUND, ""),
}

PARTS = ("none", "part", "basin")
PROJECT = "Permafrost Mapper: sample basin"
SCENES = "lst_scenes_simulated"
STATIONS = "stations_simulated.geojson"
OBSERVATIONS = "observations_simulated.csv"
BOREHOLES = "boreholes_simulated.geojson"

# Scenes of winter and summer that the project shows.
SHOWN_DATES = (np.datetime64(f"{FIRST_YEAR}-01-15"), np.datetime64(f"{FIRST_YEAR}-07-15"))

OBSERVED, TRUTH, REAL = "Observed (simulated)", "Truth (simulated)", "Terrain and land cover"


class SampleData(PermafrostAlgorithm):
    """Algorithm ``permafrost:sampledata``."""

    ID = "sampledata"
    TITLE = "Sample basin"
    GROUP = Group.PREPARE
    TAGS = "example, tutorial, demo, test data, Tarim, simulation, LST scenes, stations, boreholes"
    SUMMARY = "Writes the sample basin, with a project that opens it: real terrain and land cover, simulated climate."
    DESCRIPTION = """
        The box of the Tarim Basin (73.5-93.9° E, 34.3-43.6° N) in 408 x 186 cells of 0.05°. Elevation (ETOPO5) and
        land cover (MODIS, IGBP classes) are real, and glaciers, lakes and the outline of the basin are derived from
        them. All else is SIMULATED by a documented climatology: it serves to try the method out and to compare its
        answer with a known truth, and says nothing about the real basin. Each simulated file or its folder has
        "simulated" in its name, and what is computed from it says so in its metadata and reports.

        There is something to begin with at each step. From the start: lst_scenes_simulated holds four scenes a day in
        the form of TRIMS (PRODUCT=trims of 'Build LST stacks'), with clouds as frequent as over the Heihe basin, and
        stations_simulated.geojson and observations_simulated.csv hold what loggers measured. From degree days:
        ddt_simulated.tif and ddf_simulated.tif. To assess a map: survey_simulated.tif and boreholes_simulated.geojson,
        and the truth in files whose names begin with truth: daily temperatures, degree days, r_k, TTOP and permafrost.

        All cells lie on one lattice: what is made from scenes of a part of the basin can be laid over all other files
        without resampling.
    """
    EXAMPLE = "OUTPUT=sample_basin"

    def declare(self) -> tuple:
        """Parameters and outputs."""
        west, south, east, north = LST_PART
        return (
            whole_number("YEARS", "Years", "Number of years, from 2019 on, that are simulated.", 1, 1, 30),
            choice(
                "LST",
                "Scenes and stations",
                f"part: for {west}-{east}° E, {south}-{north}° N, 280 x 110 cells, where both regions of the survey "
                "lie. basin: for the whole box, with two and a half times as many cells. none: neither scenes nor "
                "stations. A year has 1460 scenes.",
                PARTS,
                "part",
            ),
            whole_number("SEED", "Seed", "Equal seeds give equal basins.", 1, 0, 2**31 - 1),
            switch(
                "LOAD",
                "Open the layers when done",
                "In the window of QGIS: puts them on the canvas, styled, in one group, as the project has them.",
                True,
            ),
            folder_output("OUTPUT", "Folder", "Files of the same names in it are replaced, others stay."),
        )

    def check(self, p: SimpleNamespace) -> None:
        """Nothing can be wrong; what is copied tells QGIS the CRSs of all that is made."""
        settle_crs(SAMPLE / name for name in COPIED)

    def execute(self, p: SimpleNamespace, task: Task) -> dict[str, Any]:
        """Copy what is real, simulate the rest, and write a project of all."""
        folder = Path(p.OUTPUT)
        for name in COPIED:
            with whole_file(folder / name) as temporary:
                shutil.copyfile(SAMPLE / name, temporary)
        grid = RasterSource(str(SAMPLE / "elevation.tif"), "elevation").grid()
        years = range(FIRST_YEAR, FIRST_YEAR + p.YEARS)
        task.info("Simulating the weather of every day ...")
        basin = simulate_basin(*_terrain(grid), years, p.SEED)
        for name, (field, label, style, unit) in SIMULATED.items():
            holds_classes = style is GROUND
            layer = Layer([f"{label} (simulated)"], unit, style if holds_classes else ())
            provenance = Provenance(self.id(), task.provenance.parameters, f"{label} of the sample basin")
            with raster_output(str(_file(folder, name)), grid, layer, provenance, task.running) as output:
                values = getattr(basin, field)
                output.write(grid.window(), values if holds_classes else values.astype(np.float32))
        _write_boreholes(folder, grid, basin.ttop_true, p.SEED)
        if p.LST != "none":
            part = grid if p.LST == "basin" else grid.part(grid.window_of(LST_PART))
            _write_stations(folder, part, years, p.SEED)
            provenance = Provenance(self.id(), task.provenance.parameters, "LST of the sample basin")
            for year in years:
                task.info(f"Simulating the scenes of {year} ...")
                _write_scenes(
                    folder,
                    part,
                    year,
                    p.SEED,
                    provenance,
                    task.running.part((year - FIRST_YEAR) / p.YEARS, 1 / p.YEARS),
                )
        write_project(folder / "sample_basin.qgz", PROJECT, _layers(folder, p.LST != "none"))
        task.info(
            f"The regions of the survey are {' and '.join(SURVEY_REGIONS)}. The project sample_basin.qgz in {folder} "
            "opens all layers."
        )
        return {}

    def layers(self, p: SimpleNamespace) -> list[LayerOfProject]:
        """Those of the project, where the user wants to see them."""
        return _layers(Path(p.OUTPUT), p.LST != "none") if p.LOAD else []


def _file(folder: Path, name: str) -> Path:
    return folder / f"{name}_simulated.tif"


def _places(grid: Grid) -> tuple[np.ndarray, np.ndarray]:
    """Give longitude (1, columns) and latitude (rows, 1) of the cell centres."""
    x0, dx, _, y0, _, dy = grid.geotransform
    longitude = x0 + dx * (np.arange(grid.width) + 0.5)[np.newaxis, :]
    latitude = y0 + dy * (np.arange(grid.height) + 0.5)[:, np.newaxis]
    return longitude, latitude


def _terrain(grid: Grid) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Give elevation, r_k of the land cover, longitude and latitude."""
    whole = grid.window()
    elevation_m = RasterSource(str(SAMPLE / "elevation.tif"), "elevation").open(grid).read(whole)
    landcover = ClassSource(str(SAMPLE / "landcover_igbp.tif"), "land cover").open(grid).read(whole)
    return (elevation_m, classes_to_r_k(landcover, shipped_table("modis_igbp")), *_places(grid))


def _write_scenes(folder: Path, grid: Grid, year: int, seed: int, provenance: Provenance, running: Running) -> None:
    elevation_m, _, longitude, latitude = _terrain(grid)
    dates = dates_of_year(year)
    days = simulate_lst(elevation_m, longitude, latitude, dates, seed)
    write_year(days, dates, grid, folder / SCENES, folder, provenance, running)


def _write_stations(folder: Path, grid: Grid, years: range, seed: int) -> None:
    """Write where stations are, and what their loggers have written, as a row a station and day."""
    elevation_m, r_k, longitude, latitude = _terrain(grid)
    cells = station_cells(elevation_m, np.isfinite(r_k), seed)
    rows, columns = np.unravel_index(cells, elevation_m.shape)
    longitude, latitude, elevation_m = longitude[0, columns], latitude[rows, 0], elevation_m[rows, columns]
    names = [f"S{number:02d}" for number in range(1, cells.size + 1)]
    properties = [{"station": name, "elevation_m": round(z)} for name, z in zip(names, elevation_m.tolist())]
    _write_points(folder / STATIONS, longitude, latitude, properties)

    dates = np.concatenate([dates_of_year(year) for year in years])
    gst = MEAN_CLIMATE.gst(elevation_m, latitude, day_of_year(dates)[:, np.newaxis])
    observed = observe(gst + Weather(seed).at(longitude, latitude)(dates), seed)
    lines = [
        f"{name},{date},{value:.2f}"
        for name, series in zip(names, observed.T)
        for date, value in zip(dates, series)
        if np.isfinite(value)
    ]
    write_text(folder / OBSERVATIONS, "\n".join(["station,date,gst", *lines, ""]))


def _write_boreholes(folder: Path, grid: Grid, ttop: np.ndarray, seed: int) -> None:
    longitude, latitude = _places(grid)
    boreholes = drill(ttop, seed)
    rows, columns = np.unravel_index(boreholes.cells, ttop.shape)
    properties = [
        {"borehole": f"B{number:02d}", "depth_m": depth_m, "magt": round(magt, 2)}
        for number, (depth_m, magt) in enumerate(zip(boreholes.depth_m.tolist(), boreholes.magt.tolist()), start=1)
    ]
    _write_points(folder / BOREHOLES, longitude[0, columns], latitude[rows, 0], properties)


def _write_points(path: Path, longitude: np.ndarray, latitude: np.ndarray, properties: Sequence[dict]) -> None:
    """Write points in EPSG:4326, to about 1 m, as GeoJSON."""
    features = [
        {
            "type": "Feature",
            "properties": {**its, "origin": "simulated"},
            "geometry": {"type": "Point", "coordinates": [round(x, 5), round(y, 5)]},
        }
        for its, x, y in zip(properties, longitude.tolist(), latitude.tolist())
    ]
    write_text(path, json.dumps({"type": "FeatureCollection", "name": path.stem, "features": features}, indent=1))


def _layers(folder: Path, with_lst: bool) -> list[LayerOfProject]:
    """Give the layers of the project, from the top of the canvas to its bottom."""
    made = [
        LayerOfProject(_file(folder, name), f"{label} (simulated)", _group(name), style)
        for name, (_, label, style, _) in SIMULATED.items()
    ]
    sites = [LayerOfProject(folder / BOREHOLES, "Boreholes (simulated)", OBSERVED, "#e7298a")]
    series = []
    if with_lst:
        sites += [
            LayerOfProject(folder / STATIONS, "Stations (simulated)", OBSERVED, "#111111"),
            LayerOfProject(folder / OBSERVATIONS, "Observed GST (simulated)", OBSERVED),
        ]
        series = [
            LayerOfProject(
                folder / SCENES / scene_name(overpass, date),
                f"{overpass.replace('_', ' ').capitalize()}, {date} (simulated)",
                "LST, examples (simulated)",
                classes.TEMPERATURE_K,
            )
            for date in SHOWN_DATES
            for overpass in OVERPASSES
        ]
        series.append(
            LayerOfProject(
                truth_path(folder, GST, FIRST_YEAR),
                f"True daily GST of {FIRST_YEAR} (simulated)",
                TRUTH,
                classes.TEMPERATURE,
            )
        )
    return [
        LayerOfProject(folder / "basin.geojson", "Basin (derived)", "Outlines", "#222222"),
        LayerOfProject(folder / "districts.geojson", "Districts (made up)", "Outlines", "#888888"),
        LayerOfProject(folder / "survey_regions.geojson", "Regions of the survey (made up)", "Outlines", "#d95f02"),
        LayerOfProject(folder / "lakes.geojson", "Lakes (derived)", "Outlines", classes.LAKE.colour),
        LayerOfProject(folder / "glaciers.geojson", "Glaciers (derived)", "Outlines", "#7fb8d8"),
        *sites,
        *made,
        *series,
        LayerOfProject(folder / "landcover_igbp.tif", "Land cover, IGBP 2019", REAL, classes.IGBP),
        LayerOfProject(folder / "elevation.tif", "Elevation, ETOPO5", REAL, classes.ELEVATION),
    ]


def _group(name: str) -> str:
    return TRUTH if name.startswith("truth") else OBSERVED
