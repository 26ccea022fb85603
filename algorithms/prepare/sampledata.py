"""Write the sample basin."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ...core.language import tr
from ...core.simulate.sample import LST_PART, SURVEY_REGIONS
from ...raster.simulate.sample import (
    COPIED,
    FIRST_YEAR,
    PARTS,
    SAMPLE,
    SampleJob,
    write_observations,
    write_scenes,
    write_terrain,
    write_truth,
)
from ..base import Group, PermafrostAlgorithm, Task
from ..parameters import Values, choice, folder_output, seed_parameter, switch, whole_number
from ..project import LayerOfProject, settle_crs, write_project
from .samplelayers import sample_layers

PROJECT = "Permafrost Mapper: sample basin"


class SampleData(PermafrostAlgorithm):
    """Algorithm ``permafrost:sampledata``."""

    ID = "sampledata"
    TITLE = "Sample basin"
    GROUP = Group.START
    TAGS = "example, tutorial, demo, test data, Tarim, simulation, LST scenes, stations, boreholes"
    SUMMARY = "Writes the sample basin with a project that opens it: real terrain and land cover, simulated climate."
    DESCRIPTION = """
        The rectangle around the Tarim Basin (73.5-93.9° E, 34.3-43.6° N) in 408 x 186 cells of 0.05°. Elevation
        (ETOPO5) and land cover (MODIS, IGBP classes) are real; glaciers, lakes and the outline of the basin are derived
        from them. Everything else is SIMULATED by a documented climatology: it is meant for trying out the method and
        comparing its result with a known truth, and says nothing about the real basin. Each simulated file or its
        folder has "simulated" in its name, and results computed from it are marked as simulated in their metadata and
        reports.

        You can begin at any step. From the start: lst_scenes_simulated holds four scenes a day named and stored like
        TRIMS (PRODUCT=trims of 'Build LST stacks'), with clouds as frequent as over the Heihe basin;
        stations_simulated.geojson and observations_simulated.csv hold stations and what their loggers recorded. From
        degree days: ddt_simulated.tif and ddf_simulated.tif. To assess a map: survey_simulated.tif,
        boreholes_simulated.geojson, and the truth, in files whose names begin with truth: daily temperatures, degree
        days, r_k, TTOP and permafrost.

        The cells of all files coincide, so results made from scenes of a part of the basin can be compared with all
        other files without resampling.
    """
    EXAMPLE = "OUTPUT=sample_basin"

    def declare(self) -> tuple:
        """Return the parameters and outputs."""
        west, south, east, north = LST_PART
        return (
            whole_number("YEARS", "Number of years", "Years that are simulated, starting in 2019.", 1, 1, 30),
            choice(
                "LST",
                "Scenes and stations",
                f"part: for {west}-{east}° E, {south}-{north}° N, 280 x 110 cells, which contain both regions of the "
                "survey. basin: for the whole rectangle, with two and a half times as many cells. none: neither scenes "
                "nor stations. A year has 1460 scenes.",
                PARTS,
                "none",
            ),
            seed_parameter("The same seed reproduces the same basin.", advanced=False),
            switch(
                "LOAD",
                "Open the layers when done",
                "In the QGIS window: adds the styled layers of the project to the canvas, in one group.",
                True,
            ),
            folder_output("OUTPUT", "Folder", "Existing files with the same names are replaced."),
        )

    def check(self, p: Values) -> None:
        """Refuse nothing; make QGIS keep the CRSs of all layers, which the copied files have."""
        settle_crs(SAMPLE / name for name in COPIED if name != "SOURCES.md")

    def execute(self, p: Values, task: Task) -> dict[str, Any]:
        """Copy the real data, simulate the rest, and write a project of all layers."""
        years = tuple(range(FIRST_YEAR, FIRST_YEAR + p.YEARS))
        job = SampleJob(p.OUTPUT, years, p.SEED, p.LST)
        write_terrain(job)
        task.info(tr("Simulating the weather of every day ..."))
        write_truth(job, task.provenance, task.running)
        if job.has_scenes:
            write_observations(job)
            for number, year in enumerate(years):
                task.info(tr("Simulating the scenes of {year} ...", year=year))
                write_scenes(job, year, task.provenance, task.running.part(number / len(years), 1 / len(years)))
        write_project(Path(p.OUTPUT) / "sample_basin.qgz", PROJECT, sample_layers(Path(p.OUTPUT), job.has_scenes))
        task.info(
            tr(
                "The regions of the survey are {survey_regions}. The project sample_basin.qgz in {output} opens "
                "all layers.",
                survey_regions=" and ".join(SURVEY_REGIONS),
                output=p.OUTPUT,
            )
        )
        return {}

    def layers(self, p: Values) -> list[LayerOfProject]:
        """Return the layers of the project if the user wants them opened."""
        return sample_layers(Path(p.OUTPUT), p.LST != "none") if p.LOAD else []
