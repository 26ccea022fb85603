"""From parameters to a job of filling gaps. Needs SciPy, so it is imported when an algorithm runs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import SimpleNamespace

import numpy as np

from ...core.errors import InputError
from ...core.lst.fill import FilledScene
from ...core.lst.variogram import EmpiricalVariogram, Variogram, empirical_variogram
from ...raster.lst.filler import SceneFiller
from ...raster.lst.filling import describe_variogram
from ...raster.lst.recipe import FillJob, FillRecipe
from ...raster.lst.withheld import assess
from ...raster.prepare.beyond import count_beyond
from ...raster.read.stack import Stack, read_stack, temperature_stack
from ...raster.run.blocks import Running

__all__ = ["assess", "fit_one_scene", "job_of", "method_sentence", "trends_to_compare"]

# Known cells that are predicted from the others.
VALIDATION_CELLS = 2000


def recipe_of(p: SimpleNamespace, **changes: object) -> FillRecipe:
    """Give what the parameters say about how gaps are filled."""
    variogram = p.VARIOGRAM
    if p.RANGE is not None:
        variogram = Variogram(p.VARIOGRAM, p.NUGGET, p.SILL, p.RANGE, p.SMOOTHNESS)
    recipe = FillRecipe(
        trend=p.TREND,
        lapse_rate=p.LAPSE_RATE,
        variogram=variogram,
        fit=p.FIT,
        variogram_per=p.VARIOGRAM_PER,
        neighbours=p.NEIGHBOURS,
        search=p.SEARCH,
        references=p.REFERENCES,
        seed=p.SEED,
    )
    return replace(recipe, **changes)


def job_of(p: SimpleNamespace, **changes: object) -> FillJob:
    """Give the job that the parameters describe."""
    mask = p.BASIN.features() if p.BASIN is not None else None
    return FillJob(_stack(p), p.DEM, mask, recipe_of(p, **changes))


def _stack(p: SimpleNamespace) -> Stack:
    """Return the stack, in degC or K; numbers that no temperature is are gaps."""
    return temperature_stack(read_stack(p.INPUT, p.START_DATE), allow_kelvin=True)


def method_sentence(p: SimpleNamespace) -> str:
    """Put trend, variogram and neighbourhood into a sentence fit for a methods section."""
    trend = {
        "elevation": "a linear trend with elevation, fitted to the known cells of each scene",
        "elevation_reference": "a linear trend with elevation and with the pattern of the scenes of other dates",
        "fixed_lapse": f"a fixed lapse rate of {p.LAPSE_RATE:g} K/km",
        "none": "its mean",
    }[p.TREND]
    if p.RANGE is not None:
        variogram = f"a given {p.VARIOGRAM} variogram"
    elif p.FIT == "moments":
        variogram = f"a variogram ({p.VARIOGRAM}) fitted to the empirical one"
    elif p.VARIOGRAM == "auto":
        variogram = "two nested exponential variograms with a geometric anisotropy, estimated by approximate likelihood"
    else:
        variogram = f"a {p.VARIOGRAM} variogram estimated by approximate likelihood"
    search = "by octant" if p.SEARCH == "octant" else "nearest"
    return (
        f"Each scene was freed from {trend}; the residuals were interpolated by ordinary kriging from {p.NEIGHBOURS} "
        f"known cells ({search}) with {variogram}, and the trend was added back."
    )


def trends_to_compare(p: SimpleNamespace) -> list[str]:
    """Give the trend that is asked for, then the simpler ones."""
    simpler = ["elevation", "none"] if p.DEM is not None else ["none"]
    return list(dict.fromkeys([p.TREND, *simpler]))


@dataclass(frozen=True)
class SceneFit:
    """The variogram of one scene, and what it was fitted to."""

    filled: FilledScene
    empirical: EmpiricalVariogram
    words: str
    nugget: float
    longest_range: float
    notes: tuple[str, ...] = ()


def fit_one_scene(p: SimpleNamespace, running: Running) -> SceneFit:
    """Fit trend and variogram of one band, and predict known cells from the others.

    Raises
    ------
    InputError
        If there is no such band, or it has no known cell.
    """
    stack = _stack(p)
    if len(stack.days) < p.BAND:
        raise InputError(f"BAND is {p.BAND} and '{p.INPUT.name}' has {len(stack.days)} bands: choose one of them.")
    recipe = FillRecipe(
        trend=p.TREND,
        lapse_rate=p.LAPSE_RATE,
        variogram=p.VARIOGRAM,
        fit=p.FIT,
        variogram_per="scene",
        references=p.REFERENCES,
        validation_cells=VALIDATION_CELLS,
        seed=p.SEED,
    )
    filler = SceneFiller(FillJob(stack, p.DEM, None, recipe), running)
    day = stack.days[p.BAND - 1]
    scene = filler.scenes.read(day)
    # Nothing is to be filled: only known cells are predicted.
    filled = filler.fill_array(scene, filler.grid.window(), day, cells=np.zeros(scene.shape, bool))
    if filled.variogram is None:
        raise InputError(f"Band {p.BAND} of '{p.INPUT.name}' has no known cell: choose another band.")
    widths, height = p.INPUT.grid().cell_metres(p.INPUT.name)
    empirical = empirical_variogram(scene - filled.trend.surface, float(widths.mean()), height)
    structures = [filled.variogram] + ([filled.variogram.nested] if filled.variogram.nested else [])
    return SceneFit(
        filled,
        empirical,
        describe_variogram(filled.variogram),
        float(sum(structure.nugget for structure in structures)),
        float(max(structure.range for structure in structures)),
        tuple(count_beyond(stack, [day], running)),
    )
