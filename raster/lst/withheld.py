"""Known cells of scenes withheld, filled again, and compared."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Sequence

import numpy as np

from ...core.errors import InputError
from ...core.lst.scores import Scores, hide_cells, hide_clouds, score
from ..grid.grid import Grid
from ..grid.window import Window
from ..run.blocks import Running
from .filler import SceneFiller
from .recipe import FillJob

# Cells in the middle of a grid that an assessment uses.
MAX_ASSESSED_CELLS = 1 << 21

# Scenes that are searched for known cells, and the known cells that a scene needs to be tested.
MAX_SEARCHED_SCENES = 60
MIN_KNOWN_CELLS = 200


@dataclass(frozen=True)
class Assessment:
    """How well hidden cells were filled.

    Attributes
    ----------
    by_scene : dict
        Of each scene that was tested, by its label: scores by trend.
    pooled : dict
        Scores by trend, of all hidden cells together.
    """

    by_scene: dict[str, dict[str, Scores]]
    pooled: dict[str, Scores]


def assess(
    job: FillJob, trends: Sequence[str], share: float, pattern: str, scenes: int, running: Running
) -> Assessment:
    """Hide known cells of some scenes, fill them, and compare.

    Parameters
    ----------
    job : FillJob
        What would be filled, and how.
    trends : sequence of str
        The trends to compare; everything else is as in the job.
    share : float
        Of the known cells that is hidden.
    pattern : str
        ``cells`` or ``clouds``.
    scenes : int
        How many scenes are tested.
    running : Running
        Threads, memory and who is told.

    Raises
    ------
    InputError
        If no scene has enough known cells, or there are no clouds to take.
    """
    stack = job.stack
    filler = SceneFiller(job, running)
    middle = middle_of(filler.grid)
    known = {day: np.isfinite(filler.scenes.read(day, middle)) for day in _spread(stack.days, MAX_SEARCHED_SCENES)}
    usable = [day for day, cells in known.items() if cells.sum() >= MIN_KNOWN_CELLS]
    if not usable:
        raise InputError(
            f"No scene of '{stack.name}' has {MIN_KNOWN_CELLS} known cells, of which some could be hidden: choose "
            "another stack."
        )
    tested = _spread(usable, scenes)
    truths: list[np.ndarray] = []
    estimates: dict[str, list[tuple[np.ndarray, np.ndarray]]] = {trend: [] for trend in trends}
    by_scene = {}
    for place, day in enumerate(tested):
        scene = filler.scenes.read(day, middle)
        gaps = [~cells for other, cells in known.items() if other != day] or [~known[day]]
        seed = job.recipe.seed + place
        hidden = (
            hide_cells(known[day], share, seed) if pattern == "cells" else hide_clouds(known[day], gaps, share, seed)
        )
        truths.append(scene[hidden])
        scores = {}
        for step, trend in enumerate(trends):
            recipe = replace(job.recipe, trend=trend)
            filled = filler.fill_array(np.where(hidden, np.nan, scene), middle, day, recipe, hidden)
            estimates[trend].append((filled.values[hidden], filled.std[hidden]))
            scores[trend] = score(truths[-1], *estimates[trend][-1])
            running.progress((place + (step + 1) / len(trends)) / len(tested))
        by_scene[stack.label(day)] = scores
    truth = np.concatenate(truths)
    pooled = {trend: score(truth, *map(np.concatenate, zip(*parts))) for trend, parts in estimates.items()}
    return Assessment(by_scene, pooled)


def middle_of(grid: Grid) -> Window:
    """Give the middle of a grid, which is all of it where it is not large."""
    side = int(MAX_ASSESSED_CELLS**0.5)
    if grid.cells <= MAX_ASSESSED_CELLS:
        return grid.window()
    width, height = min(grid.width, side), min(grid.height, side)
    return Window((grid.width - width) // 2, (grid.height - height) // 2, width, height)


def _spread(days: Sequence[date], number: int) -> list[date]:
    """Choose days at even distances."""
    chosen = np.linspace(0, len(days) - 1, min(number, len(days))).round().astype(int)
    return [days[index] for index in chosen.tolist()]
