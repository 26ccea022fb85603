"""From parameters to a job of filling gaps. Needs SciPy, so it is imported when an algorithm runs."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

from ...core.lst.variogram import Variogram
from ...raster.filling import FillJob, FillRecipe
from ...raster.stack import read_stack


def recipe_of(p: SimpleNamespace, **changes: object) -> FillRecipe:
    """Give what the parameters say about how gaps are filled."""
    variogram = p.VARIOGRAM
    if p.RANGE is not None:
        variogram = Variogram(p.VARIOGRAM, p.NUGGET, p.SILL, p.RANGE)
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
    mask = p.MASK.features() if p.MASK is not None else None
    return FillJob(read_stack(p.INPUT, p.START_DATE), p.DEM, mask, recipe_of(p, **changes))


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
