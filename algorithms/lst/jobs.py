"""From parameters to jobs of filling gaps. Needs SciPy, so it is imported when an algorithm runs."""

from __future__ import annotations

from typing import Any, Sequence

from ...core.dependencies import compiled, is_to_compile
from ...core.language import tr
from ...core.lst.filled import FilledStack
from ...core.lst.recipe import FillRecipe
from ...core.lst.variogram import Variogram
from ...core.reports.filllstgaps import GapFigures
from ...raster.lst.job import FillJob
from ...raster.lst.scenefit import SceneFitJob
from ...raster.lst.withheld import WithheldJob
from ...raster.prepare.beyond import count_beyond
from ...raster.publish.preview import gap_figures
from ...raster.read.rasters import RasterSource
from ...raster.read.stack import Stack, read_stack, temperature_stack
from ..base import Task
from ..parameters import Values

# Known cells that are predicted from the others to test a variogram.
VALIDATION_CELLS = 2000


def fill_job(p: Values, validation_cells: int) -> FillJob:
    """Return the job of filling gaps that the parameters describe."""
    variogram = p.VARIOGRAM
    if p.RANGE is not None:
        variogram = Variogram(p.VARIOGRAM, p.NUGGET, p.SILL, p.RANGE, p.SMOOTHNESS)
    recipe = _recipe(
        p,
        variogram=variogram,
        variogram_per=p.VARIOGRAM_PER,
        neighbours=p.NEIGHBOURS,
        search=p.SEARCH,
        validation_cells=validation_cells,
    )
    basin = p.BASIN.features() if p.BASIN is not None else None
    return FillJob(_stack(p), p.DEM, basin, recipe)


def withheld_job(p: Values) -> WithheldJob:
    """Return the job of withholding cells: with the requested trend, and with simpler ones."""
    simpler = ["elevation", "none"] if p.DEM is not None else ["none"]
    trends = tuple(dict.fromkeys([p.TREND, *simpler]))
    return WithheldJob(fill_job(p, validation_cells=0), trends, p.SHARE, p.PATTERN, p.SCENES)


def scene_fit_job(p: Values) -> SceneFitJob:
    """Return the job of fitting a variogram to one scene."""
    recipe = _recipe(p, variogram=p.VARIOGRAM, variogram_per="scene", validation_cells=VALIDATION_CELLS)
    return SceneFitJob(FillJob(_stack(p), p.DEM, None, recipe), p.BAND)


def check_inputs(job: FillJob, task: Task, days: Sequence[Any]) -> None:
    """Refuse stacks and elevations that cannot be used; warn of what is ignored in some days of the stack."""
    source = job.stack.source
    task.require_metres(source)
    task.note_alignment(source.grid(), job.elevation)
    task.check_elevations(job.elevation, source.grid())
    if days:
        task.warn(*count_beyond(job.stack, days, task.running.part(0.0, 0.01)))
    _announce_compiling(job, task)


def _announce_compiling(job: FillJob, task: Task) -> None:
    """Say that Numba is going to compile, during which nothing is said; a cluster does so elsewhere."""
    variogram = job.recipe.variogram
    model = variogram.model if isinstance(variogram, Variogram) else variogram
    is_exponential = job.recipe.fit == "likelihood" and model in ("auto", "exponential")
    kernels = ("_krige_cells", "predict_exponentials") if is_exponential else ("_krige_cells",)
    if not task.is_elsewhere and is_to_compile(compiled("lst.kriging_numba"), *kernels):
        task.info(
            tr("Numba compiles the code of kriging, once after an installation; meanwhile there is no progress ...")
        )


def _recipe(p: Values, **others: Any) -> FillRecipe:
    return FillRecipe(trend=p.TREND, lapse_rate=p.LAPSE_RATE, fit=p.FIT, references=p.REFERENCES, seed=p.SEED, **others)


def _stack(p: Values) -> Stack:
    """Return the stack, in degC or K; impossible temperatures are gaps."""
    return temperature_stack(read_stack(p.INPUT, p.START_DATE), allow_kelvin=True)


def gap_maps(p: Values, job: FillJob, result: FilledStack) -> GapFigures:
    """Return maps of the scene in which most gaps were filled."""
    day, band = job.stack.days[result.most_filled], result.most_filled + 1
    label = job.stack.label(day)
    after = RasterSource(p.OUTPUT, p.OUTPUT, band)
    std = RasterSource(p.OUTPUT_STD, p.OUTPUT_STD, band) if p.OUTPUT_STD else None
    return GapFigures(label, *gap_figures(job.stack.band(day), after, std, label))
