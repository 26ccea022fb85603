"""The sample basin on the canvas, and its permafrost map on top of it, each by one click."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from qgis.core import QgsApplication, QgsProject

from ..algorithms.prepare.samplelayers import sample_layers
from ..algorithms.project import LayerOfProject, group_of_folder, run_title, show_layers
from ..algorithms.style import FOLDER
from ..core import classes
from ..core.about import VERSION
from ..core.language import tr
from ..core.simulate.sample import SampleSettings
from ..raster.simulate.sample import GROUND
from .background import BackgroundRuns

MODEL = "permafrost:permafrost map from degree days"

# What the model is given of the sample basin: files by parameter, and plain values.
FILES = {
    "DDT": "ddt_simulated.tif",
    "DDF": "ddf_simulated.tif",
    "LANDCOVER": "landcover_igbp.tif",
    "GLACIERS": "glaciers.geojson",
    "LAKES": "lakes.geojson",
    "BASIN": "basin.geojson",
    "SURVEY": "survey_simulated.tif",
    "REGIONS": "survey_regions.geojson",
    "DISTRICTS": "districts.geojson",
}
VALUES = {"TABLE": "modis_igbp", "REGION_FIELD": "name", "DISTRICT_FIELD": "name"}

# An algorithm and its parameters.
Step = tuple[str, dict[str, Any]]


def own_folder() -> Path:
    """Return the folder in the user's profile where the layers of the menu are kept."""
    return Path(QgsApplication.qgisSettingsDirPath()) / "permafrost_mapper"


def basin_folder() -> Path:
    """Return where the sample basin of this version is written."""
    return own_folder() / f"sample_basin_{VERSION}"


def open_basin(runs: BackgroundRuns, done: Callable[[], None]) -> None:
    """Load the layers of the sample basin, writing it where it is missing; then call `done`."""
    folder = basin_folder()
    # The project is written last: with it everything else is there.
    if (folder / "sample_basin.qgz").exists():
        _show_basin(done, {})
        return
    folder.mkdir(parents=True, exist_ok=True)
    parameters = {"LST": "none", "LOAD": False, "OUTPUT": str(folder)}
    runs.start("permafrost:sampledata", parameters, partial(_show_basin, done))


def _show_basin(done: Callable[[], None], _results: dict[str, Any]) -> None:
    project, folder = QgsProject.instance(), basin_folder()
    if not group_of_folder(project, str(folder)):
        show_layers(project, tr("Sample basin"), str(folder), sample_layers(folder, False))
    done()


def map_basin(runs: BackgroundRuns, done: Callable[[str, str], None]) -> None:
    """Map the sample basin, opening it where it is not loaded; then call `done` with the group's name and a report."""
    open_basin(runs, partial(_map, runs, done))


def _map(runs: BackgroundRuns, done: Callable[[str, str], None]) -> None:
    number = _next_run()
    folder = _folder_of_run(number)
    folder.mkdir(parents=True, exist_ok=True)
    _run_all(runs, steps_of_map(folder), lambda: done(_show_map(number), str(folder / "report.html")))


def _run_all(runs: BackgroundRuns, steps: Sequence[Step], done: Callable[[], None]) -> None:
    """Run one step after the other, then call `done`."""
    if not steps:
        done()
        return
    (algorithm, parameters), *others = steps
    runs.start(algorithm, parameters, lambda _: _run_all(runs, others, done))


def steps_of_map(folder: Path) -> list[Step]:
    """Return what makes the map: the model, the probability from the error of the degree days, and the report."""
    made = {
        name: str(folder / file)
        for name, file in (
            ("MAP", "permafrost_map.tif"),
            ("TTOP", "ttop.tif"),
            ("RK", "rk.tif"),
            ("PROBABILITY", "probability.tif"),
            ("ZONES", "zones.tif"),
        )
    }
    chapters = [str(folder / name) for name in ("accuracy.html", "areas.html")]
    inputs = {**{name: str(basin_folder() / file) for name, file in FILES.items()}, **VALUES}
    degree_days = {name: inputs[name] for name in ("DDT", "DDF")}
    model = {
        "map:Permafrost map": made["MAP"],
        "ttop:TTOP": made["TTOP"],
        "accuracy:Agreement": str(folder / "agreement.tif"),
        "accuracy:Table": str(folder / "accuracy.gpkg"),
        "areas:Table": str(folder / "areas.gpkg"),
        **dict(zip(("accuracy:Report", "areas:Report"), chapters)),
    }
    r_k = {"LANDCOVER": inputs["LANDCOVER"], "TABLE": inputs["TABLE"], "GRID": inputs["DDT"], "OUTPUT": made["RK"]}
    probability = {
        **degree_days,
        "RK": made["RK"],
        "MAP": made["MAP"],
        "GST_ERROR": SampleSettings().gst_error_sd,
        "OUTPUT": made["PROBABILITY"],
        "ZONES": made["ZONES"],
    }
    shown = {name: made[name] for name in ("MAP", "PROBABILITY", "ZONES", "TTOP")}
    report = {"REPORTS": chapters, **shown, **degree_days, "OUTPUT_HTML": str(folder / "report.html")}
    return [
        (MODEL, {**inputs, **model}),
        ("permafrost:rkfactor", r_k),
        ("permafrost:probability", probability),
        ("permafrost:combinereports", report),
    ]


def _folder_of_run(number: int) -> Path:
    """Return the folder of a map. Maps of earlier projects are replaced: all runs of the sample basin are alike."""
    return own_folder() / "maps" / f"run_{number}"


def _next_run() -> int:
    """Return the number of the next map, one more than the largest in the project."""
    root = QgsProject.instance().layerTreeRoot()
    folders = [Path(str(group.customProperty(FOLDER, ""))) for group in root.findGroups()]
    numbers = [re.fullmatch(r"run_(\d+)", folder.name) for folder in folders if folder.parent == own_folder() / "maps"]
    return 1 + max((int(number[1]) for number in numbers if number), default=0)


def _show_map(number: int) -> str:
    """Show the layers of a map in a group on top of all others, and return its name."""
    folder = _folder_of_run(number)
    show_layers(QgsProject.instance(), _title(number), str(folder), map_layers(folder))
    return _title(number)


def _title(number: int) -> str:
    return run_title(tr("Permafrost map"), number)


def map_layers(folder: Path) -> list[LayerOfProject]:
    """Return the layers of a map in the order in which they are read."""
    survey = basin_folder() / FILES["SURVEY"]
    return [
        LayerOfProject(folder / "permafrost_map.tif", tr("Permafrost map"), "", classes.PERMAFROST_MAP),
        LayerOfProject(folder / "ttop.tif", tr("TTOP [°C]"), "", classes.TTOP),
        LayerOfProject(folder / "zones.tif", tr("Permafrost zones"), "", classes.PERMAFROST_ZONES),
        LayerOfProject(folder / "probability.tif", tr("Permafrost probability [%]"), "", classes.PROBABILITY),
        LayerOfProject(folder / "agreement.tif", tr("Agreement with the survey"), "", classes.AGREEMENT),
        LayerOfProject(survey, tr("Survey map (simulated)"), "", GROUND),
        LayerOfProject(folder / "areas.gpkg", tr("Areas of the districts"), ""),
        LayerOfProject(folder / "accuracy.gpkg", tr("Accuracy in the regions of the survey"), ""),
    ]
