"""The layers of the sample basin, as its project shows them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ...core import classes
from ...core.language import tr
from ...core.prepare.scenes import OVERPASSES
from ...raster.simulate.lst import GST, scene_name, truth_path
from ...raster.simulate.sample import FIRST_YEAR, SCENES, SIMULATED
from ...raster.simulate.sites import BOREHOLES, OBSERVATIONS, STATIONS
from ..project import LayerOfProject

# A day in winter and one in summer whose scenes are shown.
SHOWN_DAYS = (date(FIRST_YEAR, 1, 15), date(FIRST_YEAR, 7, 15))

OBSERVED, TRUTH, REAL = "Observed (simulated)", "Truth (simulated)", "Terrain and land cover"


def sample_layers(folder: Path, has_scenes: bool) -> list[LayerOfProject]:
    """Return the layers of the project, from the top of the canvas to its bottom."""
    return [
        LayerOfProject(folder / "basin.geojson", "Basin (derived)", "Outlines", "#222222"),
        LayerOfProject(folder / "districts.geojson", "Districts (made up)", "Outlines", "#888888"),
        LayerOfProject(folder / "survey_regions.geojson", "Regions of the survey (made up)", "Outlines", "#d95f02"),
        LayerOfProject(folder / "lakes.geojson", "Lakes (derived)", "Outlines", classes.LAKE.colour),
        LayerOfProject(folder / "glaciers.geojson", "Glaciers (derived)", "Outlines", "#7fb8d8"),
        LayerOfProject(folder / BOREHOLES, "Boreholes (simulated)", OBSERVED, "#e7298a"),
        *(_stations(folder) if has_scenes else ()),
        *(
            LayerOfProject(
                layer.path(folder),
                f"{layer.label} (simulated)",
                TRUTH if layer.name.startswith("truth") else OBSERVED,
                layer.style,
            )
            for layer in SIMULATED
        ),
        *(_series(folder) if has_scenes else ()),
        LayerOfProject(folder / "landcover_igbp.tif", "Land cover, IGBP 2019", REAL, classes.IGBP),
        LayerOfProject(folder / "elevation.tif", "Elevation, ETOPO5", REAL, classes.Relief()),
    ]


def _stations(folder: Path) -> list[LayerOfProject]:
    return [
        LayerOfProject(folder / STATIONS, "Stations (simulated)", OBSERVED, "#111111"),
        LayerOfProject(folder / OBSERVATIONS, "Observed GST (simulated)", OBSERVED),
    ]


def _series(folder: Path) -> list[LayerOfProject]:
    """Return some scenes, and the true GST of the first year."""
    scenes = [
        LayerOfProject(
            folder / SCENES / scene_name(overpass, day),
            f"{overpass.replace('_', ' ').capitalize()}, {day} (simulated)",
            "LST, examples (simulated)",
            classes.TEMPERATURE_K,
        )
        for day in SHOWN_DAYS
        for overpass in OVERPASSES
    ]
    name = tr("True daily GST of {first_year} (simulated)", first_year=FIRST_YEAR)
    return [*scenes, LayerOfProject(truth_path(folder, GST, FIRST_YEAR), name, TRUTH, classes.TEMPERATURE)]
