"""The layers of the sample basin, as its project shows them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ...core import classes
from ...core.language import later, tr
from ...core.prepare.scenes import OVERPASSES, overpass_label
from ...raster.simulate.lst import GST, scene_name, truth_path
from ...raster.simulate.sample import FIRST_YEAR, SCENES, SIMULATED
from ...raster.simulate.sites import BOREHOLES, OBSERVATIONS, STATIONS
from ..project import LayerOfProject

# A day in winter and one in summer whose scenes are shown.
SHOWN_DAYS = (date(FIRST_YEAR, 1, 15), date(FIRST_YEAR, 7, 15))

OBSERVED, TRUTH, REAL = later("Observed (simulated)"), later("Truth (simulated)"), later("Terrain and land cover")


def sample_layers(folder: Path, has_scenes: bool) -> list[LayerOfProject]:
    """Return the layers of the project, from the top of the canvas to its bottom."""
    return [
        LayerOfProject(folder / "basin.geojson", tr("Basin (derived)"), tr("Outlines"), "#222222"),
        LayerOfProject(folder / "districts.geojson", tr("Districts (made up)"), tr("Outlines"), "#888888"),
        LayerOfProject(
            folder / "survey_regions.geojson", tr("Regions of the survey (made up)"), tr("Outlines"), "#d95f02"
        ),
        LayerOfProject(folder / "lakes.geojson", tr("Lakes (derived)"), tr("Outlines"), classes.LAKE.colour),
        LayerOfProject(folder / "glaciers.geojson", tr("Glaciers (derived)"), tr("Outlines"), "#7fb8d8"),
        LayerOfProject(folder / BOREHOLES, tr("Boreholes (simulated)"), tr(OBSERVED), "#e7298a"),
        *(_stations(folder) if has_scenes else ()),
        *(
            LayerOfProject(
                layer.path(folder),
                tr("{label} (simulated)", label=tr(layer.label)),
                tr(TRUTH) if layer.name.startswith("truth") else tr(OBSERVED),
                layer.style,
            )
            for layer in SIMULATED
        ),
        *(_series(folder) if has_scenes else ()),
        LayerOfProject(folder / "landcover_igbp.tif", tr("Land cover, IGBP 2019"), tr(REAL), classes.IGBP),
        LayerOfProject(folder / "elevation.tif", tr("Elevation, ETOPO5"), tr(REAL), classes.Relief()),
    ]


def _stations(folder: Path) -> list[LayerOfProject]:
    return [
        LayerOfProject(folder / STATIONS, tr("Stations (simulated)"), tr(OBSERVED), "#111111"),
        LayerOfProject(folder / OBSERVATIONS, tr("Observed GST (simulated)"), tr(OBSERVED)),
    ]


def _series(folder: Path) -> list[LayerOfProject]:
    """Return some scenes, and the true GST of the first year."""
    scenes = [
        LayerOfProject(
            folder / SCENES / scene_name(overpass, day),
            tr("{overpass}, {day} (simulated)", overpass=overpass_label(overpass), day=day),
            tr("LST, examples (simulated)"),
            classes.TEMPERATURE_K,
        )
        for day in SHOWN_DAYS
        for overpass in OVERPASSES
    ]
    name = tr("True daily GST of {first_year} (simulated)", first_year=FIRST_YEAR)
    return [*scenes, LayerOfProject(truth_path(folder, GST, FIRST_YEAR), name, tr(TRUTH), classes.TEMPERATURE)]
