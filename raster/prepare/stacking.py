"""Builds stacks from scenes: one file per overpass and year, each of them complete or built again by the next run.

A stack is the unit that a run completes, a complete run of its own with a record beside it, see
`raster.run.checkpoints`. A later run leaves it as it is as long as scenes, with their sizes and times, decoding,
grid, basin and version are the same, so a run that was stopped loses the work on at most one stack.
"""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Iterator, Mapping, Optional, Sequence

import numpy as np

from ...core.errors import Cancelled, InputError
from ...core.files import remove_partials
from ...core.language import tr
from ...core.prepare.scenes import Files, SceneFile
from ...core.prepare.stacks import BuiltStack, StackPlan, plan_stacks
from ..grid.grid import Grid
from ..grid.window import Window
from ..read.basin import BasinCells
from ..read.files import raster_state
from ..read.vectors import Features
from ..run.blocks import Running, in_order, plan_windows
from ..run.checkpoints import CompleteRun, fingerprint
from ..write.provenance import SIMULATED, Provenance
from ..write.stack import stack_layer
from ..write.writer import NoWriter, raster_output
from .scenes import Decoding, ScenePart, check_scenes, read_scene, require_plausible, scene_cost, scene_median
from .search import FoundScenes, SceneSearch
from .target import Target, tile_grids

# Warping takes longer per cell than other jobs: with larger windows a cancelled run would not end within a second.
MAX_MEMORY_MB = 256


@dataclass(frozen=True)
class StackJob:
    """Which stacks are to be built from which scenes.

    Attributes
    ----------
    search : SceneSearch
        Which scenes are requested.
    decoding : Decoding
        How they are read.
    target : Target
        The cells that are requested.
    basin : Features, optional
        Polygons outside of which there are no values.
    folder : str
        Where the stacks go.
    by_year : bool
        Whether each year has a stack of its own; otherwise one stack per overpass covers the period.
    """

    search: SceneSearch
    decoding: Decoding
    target: Target
    basin: Optional[Features]
    folder: str
    by_year: bool = True

    def plan(self, found: FoundScenes) -> PlannedStacks:
        """Check the scenes, choose the grid, and plan the stacks.

        Raises
        ------
        InputError
            If no scene can be read, the scale is wrong, or scenes and grid do not overlap.
        """
        overpasses = [by_day.values() for by_day in found.scenes.values()]
        check_scenes(overpasses, self.decoding)
        tiles = tile_grids(files for scenes in overpasses for files in scenes)
        grid = self.target.on(tiles, self.basin)
        basin = None if self.basin is None else self.basin.on(grid)
        days = found.days
        start, end = self.search.start or days[0], self.search.end or days[-1]
        plans, without = plan_stacks(self.folder, found.scenes, start, end, self.by_year)
        recipe = StackRecipe(self.decoding, next(iter(tiles.values())), grid, basin)
        return PlannedStacks(tuple(plans), tuple(without), recipe)


@dataclass(frozen=True)
class StackRecipe:
    """What all stacks of a run share.

    Attributes
    ----------
    decoding : Decoding
        How scenes are read.
    lattice : Grid
        The cells of a scene, which determine the memory that warping takes.
    grid : Grid
        The cells of the stacks.
    basin : Features, optional
        Polygons outside of which there are no values.
    """

    decoding: Decoding
    lattice: Grid
    grid: Grid
    basin: Optional[Features] = None

    def record(self, plan: StackPlan) -> CompleteRun:
        """Return the record of a stack, whose fingerprint changes with anything that decides its bytes."""
        files = [
            (day.isoformat(), file.name, file.tile, *_state(file.path))
            for day, scene in sorted(plan.scenes.items())
            for file in scene
        ]
        basin = [geometry.hex() for geometry in self.basin.wkb] if self.basin else []
        content = [asdict(self.decoding), asdict(self.grid), plan.days, files, basin]
        return CompleteRun(fingerprint(content), {"OUTPUT": plan.path})


def _state(path: str) -> list:
    # A virtual raster, or a part of a file, changes with its sources; opening all other files would take long.
    if path.lower().endswith(".vrt") or not os.path.isfile(path):
        return raster_state(path)
    status = os.stat(path)
    return [status.st_size, status.st_mtime_ns]


@dataclass(frozen=True)
class PlannedStacks:
    """The stacks that a run is to build.

    Attributes
    ----------
    plans : tuple of StackPlan
    without : tuple of str
        Names of stacks that are not built because they would hold no scene.
    recipe : StackRecipe
    """

    plans: tuple[StackPlan, ...]
    without: tuple[str, ...]
    recipe: StackRecipe

    @property
    def sample_paths(self) -> list[str]:
        """The first file of each stack.

        They show whether another machine has access to the scenes; to look for each of ten thousands of files before
        every job would take longer than the job.
        """
        return [next(iter(plan.scenes.values()))[0].path for plan in self.plans]


def build_stacks(planned: PlannedStacks, provenance: Provenance, running: Running) -> Iterator[BuiltStack]:
    """Build stacks one after the other; those that an earlier run has finished stay as they are.

    Parameters
    ----------
    planned : PlannedStacks
        From `StackJob.plan`.
    provenance : Provenance
        Written into all stacks.
    running : Running
        Where and on how many threads scenes are read, memory, progress and cancellation.

    Yields
    ------
    BuiltStack
        As soon as each is finished.

    Raises
    ------
    InputError
        If the basin lies elsewhere.
    OutputError
        If a stack cannot be written.
    Cancelled
        If the user has stopped the run.
    """
    plans, recipe = planned.plans, planned.recipe
    total = sum(len(plan.days) for plan in plans)
    done = 0
    for number, plan in enumerate(plans):
        part = running.part(done / total, len(plan.days) / total)
        try:
            yield _finished(plan, recipe) or _build(plan, recipe, provenance, part)
        except Cancelled:
            raise Cancelled(
                tr(
                    "The run was cancelled: {number} of {n_plans} stacks are finished, and the same run started "
                    "again continues after them.",
                    number=number,
                    n_plans=len(plans),
                )
            ) from None
        done += len(plan.days)
        running.progress(done / total)


def _finished(plan: StackPlan, recipe: StackRecipe) -> Optional[BuiltStack]:
    """Return the stack of an earlier run if it was built from the same scenes by the same recipe; otherwise None."""
    remove_partials(plan.path)
    results = recipe.record(plan).results() or {}
    missing, skipped = results.get("missing"), results.get("skipped")
    if not (isinstance(missing, list) and isinstance(skipped, dict)):
        return None
    try:
        return BuiltStack(plan, tuple(map(date.fromisoformat, missing)), skipped, False)
    except (TypeError, ValueError):
        # Changed by another program.
        return None


def _build(plan: StackPlan, recipe: StackRecipe, provenance: Provenance, running: Running) -> BuiltStack:
    record = recipe.record(plan)
    with raster_output(plan.path, recipe.grid, stack_layer(plan.days), provenance, running) as output:
        skipped, simulated = _fill(output, plan, recipe, running)
        if simulated:
            output.annotate({SIMULATED: ", ".join(sorted(simulated))})
    missing = tuple(day for day in plan.days if all(file.path in skipped for file in plan.scenes.get(day, ())))
    record.write({"missing": [day.isoformat() for day in missing], "skipped": skipped})
    return BuiltStack(plan, missing, skipped, True)


def _fill(output: NoWriter, plan: StackPlan, recipe: StackRecipe, running: Running) -> tuple[dict[str, str], set[str]]:
    """Write the scenes of a stack; return the files that were not used, and what in the others is simulated.

    A day with a file that cannot be read, or with implausible values, is written again without it, so that the
    result does not depend on the window in which this came to light.
    """
    modest = replace(running, memory_mb=min(running.memory_mb, MAX_MEMORY_MB))
    windows = plan_windows(recipe.grid, [scene_cost(recipe.lattice, recipe.grid)], modest)
    read = ReadScenes(recipe)
    skipped: dict[str, str] = {}
    simulated: set[str] = set()
    pending = plan.scenes
    while pending:
        again: dict[date, Files] = {}
        for day, failed, marks in _write_days(output, plan, pending, windows, read, running):
            simulated |= marks
            if failed:
                skipped.update(failed)
                again[day] = tuple(file for file in plan.scenes[day] if file.path not in skipped)
        pending = again
        # The second round is short, and all days have been counted.
        running = replace(running, progress=lambda _share: None)
    return skipped, simulated


@dataclass(frozen=True)
class SceneWindow:
    """A window of the scene of a day, to be read."""

    day: date
    files: Files
    window: Window


class ReadScenes:
    """Reads windows of scenes, in any thread or on another machine; where a basin is given, the cells in it."""

    def __init__(self, recipe: StackRecipe) -> None:
        self.recipe = recipe
        self._basin = None if recipe.basin is None else BasinCells(recipe.basin, recipe.grid)

    def __reduce__(self) -> tuple[Any, ...]:
        """Return how to pickle it: what it has cached is left out."""
        return ReadScenes, (self.recipe,)

    def __call__(self, job: SceneWindow) -> ScenePart:
        """Read a window of a scene."""
        part = read_scene(job.files, self.recipe.decoding, self.recipe.grid, job.window)
        if self._basin is not None:
            part.values[~self._basin.read(job.window)] = np.nan
        return part


def _write_days(
    output: NoWriter,
    plan: StackPlan,
    scenes: Mapping[date, Files],
    windows: Sequence[Window],
    read: ReadScenes,
    running: Running,
) -> Iterator[tuple[date, dict[str, str], frozenset[str]]]:
    """Write days window by window; yield for each window and day what failed and what is simulated."""
    bands = {day: number for number, day in enumerate(plan.days, start=1)}
    judged: set[date] = set()
    total = len(windows) * len(scenes)
    # Windows outside and days inside: the basin in a window is determined once.
    jobs = (SceneWindow(day, files, window) for window in windows for day, files in scenes.items())
    for done, (job, part) in enumerate(in_order(read, jobs, running), start=1):
        output.write(job.window, part.values, bands[job.day])
        failed = part.failed
        if part.is_doubtful and job.day not in judged:
            judged.add(job.day)
            readable = [file for file in job.files if file.path not in failed]
            failed = {**failed, **_implausible(readable, read.recipe.decoding)}
        yield job.day, failed, part.simulated
        running.progress(done / total)


def _implausible(files: Sequence[SceneFile], decoding: Decoding) -> dict[str, str]:
    """Return the files of a scene with the reason to leave them out, if its median is implausible."""
    try:
        require_plausible(scene_median(files, decoding), files[0].name)
    except InputError as error:
        return {file.path: str(error) for file in files}
    return {}
