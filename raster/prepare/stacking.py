"""Scenes to stacks: one file per overpass and year, each of them whole, or built again by the next run.

A stack is the unit that a run completes, a complete run of its own with a record beside it, see
`raster.run.checkpoints`. A later run leaves it as it is as long as scenes, with their sizes and times, decoding,
grid, mask and version are the same: of a run that was stopped only the work on one stack is lost.
"""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Iterator, Mapping, Optional, Sequence

import numpy as np

from ...core.errors import Cancelled, InputError
from ...core.files import remove_partials
from ...core.prepare.scenes import Files, SceneFile, Scenes
from ..grid.grid import Grid
from ..grid.window import Window
from ..read.files import raster_state
from ..read.sources import NO_CLASS
from ..read.vectors import Features, PolygonSource
from ..run.blocks import Running, in_order, plan_windows
from ..run.checkpoints import CompleteRun, fingerprint
from ..write.stack import stack_layer
from ..write.writer import SIMULATED, Provenance, RasterWriter, raster_output
from .scenes import Decoding, ScenePart, read_scene, require_plausible, scene_cost, scene_median

# Warping takes longer per cell than other jobs: larger windows would keep a cancelled run from ending within a second.
MEMORY_MB = 256


@dataclass(frozen=True)
class StackPlan:
    """A stack that is to be built.

    Attributes
    ----------
    path : str
        Its final name.
    overpass : str
        Which of the four it is of.
    days : tuple of datetime.date
        One per band.
    scenes : dict
        The files of each day that has any.
    """

    path: str
    overpass: str
    days: tuple[date, ...]
    scenes: dict[date, Files]

    @property
    def name(self) -> str:
        """Name of the file."""
        return Path(self.path).name


@dataclass(frozen=True)
class BuiltStack:
    """What has become of a plan.

    Attributes
    ----------
    plan : StackPlan
        The plan.
    missing : tuple of datetime.date
        Days without any value to show, since they have no scene or none that could be used.
    skipped : dict
        The files that were not used, by path, with the reason.
    is_new : bool
        Whether it was computed now and not by an earlier run.
    """

    plan: StackPlan
    missing: tuple[date, ...]
    skipped: dict[str, str]
    is_new: bool


@dataclass(frozen=True)
class Recipe:
    """What all stacks of a run share.

    Attributes
    ----------
    decoding : Decoding
        How scenes are read.
    lattice : Grid
        The cells of a scene, to tell the memory that warping takes.
    grid : Grid
        The cells of the stacks.
    mask : Features, optional
        Polygons outside of which there are no values.
    """

    decoding: Decoding
    lattice: Grid
    grid: Grid
    mask: Optional[Features] = None

    def record(self, plan: StackPlan) -> CompleteRun:
        """Return the record of a stack, whose fingerprint sums up all that decides its bytes."""
        files = [
            (day.isoformat(), file.name, file.tile, *_state(file.path))
            for day, scene in sorted(plan.scenes.items())
            for file in scene
        ]
        mask = [geometry.hex() for geometry in self.mask.wkb] if self.mask else []
        content = [asdict(self.decoding), asdict(self.grid), plan.days, files, mask]
        return CompleteRun(fingerprint(content), {"OUTPUT": plan.path})


def _state(path: str) -> list:
    # A virtual raster, or a part of a file, changes with what is behind it; to open all the other files takes long.
    if path.lower().endswith(".vrt") or not os.path.isfile(path):
        return raster_state(path)
    status = os.stat(path)
    return [status.st_size, status.st_mtime_ns]


def plan_stacks(
    folder: str, scenes: Scenes, start: date, end: date, by_year: bool = True
) -> tuple[list[StackPlan], list[str]]:
    """Divide scenes into stacks per overpass, and per year.

    Parameters
    ----------
    folder : str
        Where the stacks go.
    scenes : dict
        Files by overpass and day.
    start, end : datetime.date
        First and last day; all days between them get a band.
    by_year : bool
        Whether each year has a stack of its own; else the period is one.

    Returns
    -------
    plans, without : list of StackPlan, list of str
        The stacks, and the names of those that are not built because they would hold no scene.
    """
    years = range(start.year, end.year + 1)
    periods = {str(year): (max(start, date(year, 1, 1)), min(end, date(year, 12, 31))) for year in years}
    if not by_year:
        periods = {"-".join(dict.fromkeys([str(start.year), str(end.year)])): (start, end)}
    plans, without = [], []
    for overpass, by_day in scenes.items():
        for period, (first, last) in periods.items():
            days = tuple(first + timedelta(index) for index in range((last - first).days + 1))
            name = f"{overpass}_{period}.tif"
            within = {day: by_day[day] for day in days if day in by_day}
            if within:
                plans.append(StackPlan(str(Path(folder) / name), overpass, days, within))
            else:
                without.append(name)
    return plans, without


def build_stacks(
    plans: Sequence[StackPlan], recipe: Recipe, provenance: Provenance, running: Running
) -> Iterator[BuiltStack]:
    """Build stacks one after the other; those that an earlier run has finished stay as they are.

    Yields
    ------
    BuiltStack
        As each is finished.

    Raises
    ------
    InputError
        If the mask lies elsewhere.
    OutputError
        If a stack cannot be written.
    Cancelled
        If the user has stopped the run.
    """
    total = sum(len(plan.days) for plan in plans)
    done = 0
    for number, plan in enumerate(plans):
        part = running.part(done / total, len(plan.days) / total)
        try:
            yield _finished(plan, recipe) or _build(plan, recipe, provenance, part)
        except Cancelled:
            raise Cancelled(
                f"The run was cancelled: {number} of {len(plans)} stacks are finished, and the same run started again "
                "goes on after them."
            ) from None
        done += len(plan.days)
        running.progress(done / total)


def _finished(plan: StackPlan, recipe: Recipe) -> Optional[BuiltStack]:
    """Return the stack of an earlier run, if it is of the same scenes under the same recipe."""
    remove_partials(plan.path)
    results = recipe.record(plan).results() or {}
    missing, skipped = results.get("missing"), results.get("skipped")
    if not (isinstance(missing, list) and isinstance(skipped, dict)):
        return None
    try:
        return BuiltStack(plan, tuple(map(date.fromisoformat, missing)), skipped, False)
    except (TypeError, ValueError):
        # Changed by somebody else.
        return None


def _build(plan: StackPlan, recipe: Recipe, provenance: Provenance, running: Running) -> BuiltStack:
    record = recipe.record(plan)
    with raster_output(plan.path, recipe.grid, stack_layer(plan.days), provenance, running) as output:
        skipped, simulated = _fill(output, plan, recipe, running)
        if simulated:
            output.annotate({SIMULATED: ", ".join(sorted(simulated))})
    missing = tuple(day for day in plan.days if all(file.path in skipped for file in plan.scenes.get(day, ())))
    record.write({"missing": [day.isoformat() for day in missing], "skipped": skipped})
    return BuiltStack(plan, missing, skipped, True)


def _fill(output: RasterWriter, plan: StackPlan, recipe: Recipe, running: Running) -> tuple[dict[str, str], set[str]]:
    """Write the scenes of a stack; give the files that were not used, and what in the others is simulated.

    A day of which a file fails, or whose values are implausible, is written again without it, so
    that the outcome does not depend on the window in which this came to light.
    """
    modest = replace(running, memory_mb=min(running.memory_mb, MEMORY_MB))
    windows = plan_windows(recipe.grid, [scene_cost(recipe.lattice, recipe.grid)], modest)
    skipped: dict[str, str] = {}
    simulated: set[str] = set()
    pending = plan.scenes
    while pending:
        again: dict[date, Files] = {}
        for day, failed, said in _write_days(output, plan, pending, windows, recipe, running):
            simulated |= said
            if failed:
                skipped.update(failed)
                again[day] = tuple(file for file in plan.scenes[day] if file.path not in skipped)
        pending = again
        # The second round is short, and all days have been seen.
        running = replace(running, progress=lambda _share: None)
    return skipped, simulated


def _write_days(
    output: RasterWriter,
    plan: StackPlan,
    scenes: Mapping[date, Files],
    windows: Sequence[Window],
    recipe: Recipe,
    running: Running,
) -> Iterator[tuple[date, dict[str, str], frozenset[str]]]:
    """Write days window by window; give for each of them what failed and what is simulated."""

    def jobs() -> Iterator[tuple[Window, Optional[np.ndarray], date]]:
        # Windows outside and days inside, so that the mask of a window is burnt once.
        mask = PolygonSource(recipe.mask).open(recipe.grid) if recipe.mask else None
        for window in windows:
            inside = mask.read(window) != NO_CLASS if mask else None
            for day in scenes:
                yield window, inside, day

    def work(job: tuple[Window, Optional[np.ndarray], date]) -> ScenePart:
        window, inside, day = job
        part = read_scene(scenes[day], recipe.decoding, recipe.grid, window)
        if inside is not None:
            part.values[~inside] = np.nan
        return part

    bands = {day: number for number, day in enumerate(plan.days, start=1)}
    judged: set[date] = set()
    total = len(windows) * len(scenes)
    for done, ((window, _, day), part) in enumerate(in_order(work, jobs(), running), start=1):
        output.write(window, part.values, bands[day])
        failed = part.failed
        if part.is_doubtful and day not in judged:
            judged.add(day)
            failed = {**failed, **_implausible([f for f in scenes[day] if f.path not in failed], recipe.decoding)}
        yield day, failed, part.simulated
        running.progress(done / total)


def _implausible(files: Sequence[SceneFile], decoding: Decoding) -> dict[str, str]:
    """Give the files of a scene with the reason to leave them out, if its median is implausible."""
    try:
        require_plausible(scene_median(files, decoding), files[0].name)
    except InputError as error:
        return {file.path: str(error) for file in files}
    return {}
