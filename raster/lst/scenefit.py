"""Fits the variogram of one scene of a stack."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...core.errors import InputError
from ...core.language import tr
from ...core.lst.scenefit import SceneFit
from ...core.lst.variogram import empirical_variogram
from ..run.blocks import Running
from .filler import SceneFiller
from .job import FillJob


@dataclass(frozen=True)
class SceneFitJob:
    """A variogram to be fitted.

    Attributes
    ----------
    fill : FillJob
        The stack, and how trend and variogram are estimated.
    band : int
        The scene, counted from 1.
    """

    fill: FillJob
    band: int


def fit_variogram(job: SceneFitJob, running: Running) -> SceneFit:
    """Fit trend and variogram of one scene, and predict known cells from the others.

    Parameters
    ----------
    job : SceneFitJob
        Which scene, and how.
    running : Running
        Threads, memory and cancellation.

    Raises
    ------
    InputError
        If there is no such band, or it has no known cell.
    """
    stack, band = job.fill.stack, job.band
    if len(stack.days) < band:
        raise InputError(
            tr(
                "BAND is {band} and '{name}' has {n_days} bands: choose one of them.",
                band=band,
                name=stack.name,
                n_days=len(stack.days),
            )
        )
    filler = SceneFiller(job.fill, running)
    day = stack.days[band - 1]
    scene = filler.scenes.read(day)
    # No gap is to be filled: known cells are predicted only.
    filled = filler.fill_array(scene, filler.grid.window(), day, cells=np.zeros(scene.shape, bool))
    if filled.variogram is None:
        raise InputError(
            tr("Band {band} of '{name}' has no known cell: choose another band.", band=band, name=stack.name)
        )
    widths, height = filler.grid.cell_metres(stack.name)
    return SceneFit(
        name=stack.name,
        band=band,
        recipe=job.fill.recipe,
        variogram=filled.variogram,
        empirical=empirical_variogram(scene - filled.trend.surface, float(widths.mean()), height),
        trend=filled.trend.kind,
        r2=filled.trend.r2,
        warnings=filled.fallbacks,
        validation=filled.cross_validation,
    )
