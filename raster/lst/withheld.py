"""Withholds known cells of scenes, fills them again, and compares."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, Iterator, Sequence

import numpy as np

from ...core.errors import InputError
from ...core.language import tr
from ...core.lst.scores import hide_cells, hide_clouds, score
from ...core.lst.withheld import WithheldScores
from ..grid.grid import Grid
from ..grid.window import Window
from ..run.blocks import Running, in_order
from .filler import SceneFiller
from .filling import one_at_a_time
from .job import FillJob

# Cells in the middle of a grid that are used.
MAX_CELLS = 1 << 21

# Scenes that are searched for known cells, and the known cells that a scene needs.
MAX_SEARCHED_SCENES = 60
MIN_KNOWN_CELLS = 200


@dataclass(frozen=True)
class WithheldJob:
    """Known cells to be withheld and filled again.

    Attributes
    ----------
    fill : FillJob
        How gaps are filled.
    trends : tuple of str
        Trends to compare, the first of them that of the recipe; everything else is as in the recipe.
    share : float
        Share of the known cells of each scene that is withheld, 0 to 1.
    pattern : str
        ``cells`` or ``clouds``.
    scenes : int
        Number of scenes that are tested.
    """

    fill: FillJob
    trends: tuple[str, ...]
    share: float
    pattern: str
    scenes: int


@dataclass(frozen=True)
class WithheldScene:
    """A scene with cells withheld, to be filled with a trend.

    Attributes
    ----------
    day : datetime.date
    withheld : ndarray of bool
        Which cells of the middle of the grid.
    trend : str
    """

    day: date
    withheld: np.ndarray
    trend: str


class FillWithheld:
    """Fills withheld cells, in any thread or on another machine, which makes a filler of its own."""

    def __init__(self, job: FillJob, running: Running) -> None:
        self._of = (job, running)

    def __reduce__(self) -> tuple[Any, ...]:
        """Return how to pickle it: what it has cached is left out."""
        return FillWithheld, self._of

    @cached_property
    def filler(self) -> SceneFiller:
        """The filler of this machine."""
        return SceneFiller(*self._of)

    def __call__(self, scene: WithheldScene) -> tuple[np.ndarray, np.ndarray]:
        """Return estimates and standard deviations of the withheld cells."""
        job, middle = self._of[0], middle_of(self.filler.grid)
        whole = self.filler.scenes.read(scene.day, middle)
        values = np.where(scene.withheld, np.nan, whole)
        recipe = replace(job.recipe, trend=scene.trend)
        filled = self.filler.fill_array(values, middle, scene.day, recipe, scene.withheld, np.isnan(whole))
        return filled.values[scene.withheld], filled.std[scene.withheld]


def fill_withheld(job: WithheldJob, running: Running) -> WithheldScores:
    """Withhold known cells of some scenes, fill them, and score the estimates.

    Parameters
    ----------
    job : WithheldJob
        Which cells, and how they are filled.
    running : Running
        Where and on how many threads, memory, progress and cancellation.

    Raises
    ------
    InputError
        If no scene has enough known cells, or there are no clouds to copy.
    Cancelled
        If the user has stopped the run.
    """
    stack, work = job.fill.stack, FillWithheld(job.fill, running.inside)
    middle, scenes = middle_of(work.filler.grid), work.filler.scenes
    known = {day: np.isfinite(scenes.read(day, middle)) for day in _spread(stack.days, MAX_SEARCHED_SCENES)}
    usable = [day for day, cells in known.items() if cells.sum() >= MIN_KNOWN_CELLS]
    if not usable:
        raise InputError(
            tr(
                "No scene of '{name}' has {min_known_cells} known cells, of which some could be withheld: choose "
                "another stack.",
                name=stack.name,
                min_known_cells=MIN_KNOWN_CELLS,
            )
        )
    tested = _spread(usable, job.scenes)
    units = _withhold(job, tested, known)
    results: dict[str, list[tuple[np.ndarray, ...]]] = {trend: [] for trend in job.trends}
    with closing(in_order(work, units, one_at_a_time(running))) as filled:
        for number, (unit, (estimate, std)) in enumerate(filled, start=1):
            truth = scenes.read(unit.day, middle)[unit.withheld]
            results[unit.trend].append((truth, estimate, std))
            running.progress(number / (len(tested) * len(job.trends)))
    return WithheldScores(
        job.fill.recipe,
        job.share,
        job.pattern,
        {
            stack.label(day): {trend: score(*results[trend][place]) for trend in job.trends}
            for place, day in enumerate(tested)
        },
        {trend: score(*map(np.concatenate, zip(*parts))) for trend, parts in results.items()},
    )


def _withhold(job: WithheldJob, tested: Sequence[date], known: dict[date, np.ndarray]) -> Iterator[WithheldScene]:
    """Yield each scene with cells withheld, once for each trend."""
    for place, day in enumerate(tested):
        seed = job.fill.recipe.seed + place
        if job.pattern == "cells":
            withheld = hide_cells(known[day], job.share, seed)
        else:
            gaps = [~cells for other, cells in known.items() if other != day] or [~known[day]]
            withheld = hide_clouds(known[day], gaps, job.share, seed)
        for trend in job.trends:
            yield WithheldScene(day, withheld, trend)


def middle_of(grid: Grid) -> Window:
    """Return the middle of a grid, which is all of it unless it is large."""
    if grid.cells <= MAX_CELLS:
        return grid.window()
    side = int(MAX_CELLS**0.5)
    width, height = min(grid.width, side), min(grid.height, side)
    return Window((grid.width - width) // 2, (grid.height - height) // 2, width, height)


def _spread(days: Sequence[date], number: int) -> list[date]:
    """Return so many days at equal intervals."""
    chosen = np.linspace(0, len(days) - 1, min(number, len(days))).round().astype(int)
    return [days[index] for index in chosen.tolist()]
