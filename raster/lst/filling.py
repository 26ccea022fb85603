"""Fills the gaps of a stack in bounded memory; a run that was stopped continues where it was.

The unit of work is a scene, or a part of one where the grid is too large to be held. Finished units wait
beside the output, see `raster.run.checkpoints`. When all of them are there, the output is assembled: known
cells as they are stored in the input, bit for bit, gaps from the units.
"""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any, Optional, Sequence

import numpy as np

from ...core.errors import InputError
from ...core.language import english, tr
from ...core.lst.fill import nugget_note
from ...core.lst.filled import FilledStack, SceneOutcome
from ...core.lst.scores import score
from ..grid.grid import Grid
from ..read.stack import Stack
from ..run.blocks import Running, Threads, in_order
from ..run.checkpoints import Arrays, finished_units_beside
from ..write.provenance import Provenance
from ..write.storage import Storage, storage_of
from .assembly import assemble
from .byband import by_band
from .filler import SceneFiller
from .job import FillJob
from .tiles import Unit, is_held, plan_parts

# Shares of the progress: copying a stack whose bands lie together, filling, and assembling the output.
COPYING, FILLING, ASSEMBLING = 0.05, 0.9, 0.05

# Share of the memory for scenes that are filled in parallel, and bytes that one of them takes per cell.
SCENES_SHARE = 0.25
SCENE_BYTES = 64


class FillWork:
    """Fills units, in any thread or on another machine, which makes a filler of its own."""

    def __init__(self, job: FillJob, running: Running) -> None:
        self._of = (job, running)
        self._filler: Optional[SceneFiller] = None
        self._making = Lock()

    def __reduce__(self) -> tuple[Any, ...]:
        """Return how to pickle it: what it has cached is left out."""
        return FillWork, self._of

    def __call__(self, unit: Unit) -> Arrays:
        """Return what `SceneFiller.fill_part` returns, and how the whole scene was modelled as JSON text."""
        with self._making:
            if self._filler is None:
                self._filler = SceneFiller(*self._of)
        filler = self._filler
        model = filler.model(unit.day)
        arrays = filler.fill_part(unit.part, unit.day, model)
        modelled = {
            "trend": model.trend.kind,
            "lapse_rate": model.trend.lapse_rate,
            "r2": model.trend.r2,
            "references": model.trend.references,
            "variogram": model.variogram.describe(english) if model.variogram else "",
            "fallbacks": model.fallbacks,
            "gap_slope": model.gap_slope,
        }
        return {**arrays, "modelled": np.array(json.dumps(modelled))}


@dataclass(frozen=True)
class FillOutputs:
    """Final names of the filled stack, and of the kriging standard deviation if it is requested."""

    filled: str
    std: Optional[str] = None


def fill_stack(job: FillJob, outputs: FillOutputs, provenance: Provenance, running: Running) -> FilledStack:
    """Fill the gaps of a stack.

    Parameters
    ----------
    job : FillJob
        What is filled, and how.
    outputs : FillOutputs
        Files that are written.
    provenance : Provenance
        Written into both.
    running : Running
        Where and on how many threads, memory, progress and cancellation.

    Raises
    ------
    InputError
        If an input cannot be used.
    OutputError
        If an output cannot be written.
    Cancelled
        If the user has stopped the run; finished scenes are kept for the next one.
    """
    # First, since it may refuse the stack.
    storage = _storage(job.stack)
    grid = job.stack.source.grid()
    parts = plan_parts(grid)
    units = [Unit(day, part) for day in job.stack.days for part in parts]
    if running.runner is not None:
        of_unit, in_turn = running.inside, running
    else:
        at_once = _at_once(grid, len(units), running)
        of_unit = replace(running, threads=max(1, running.workers // at_once), memory_mb=running.memory_mb // at_once)
        in_turn = replace(running, runner=Threads(at_once))
    outcomes: list[SceneOutcome] = []
    of_scene: list[Arrays] = []
    with finished_units_beside(outputs.filled, job.fingerprint()) as finished:
        job = replace(job, stack=by_band(job.stack, storage, finished, provenance, running.part(0.0, COPYING)))
        work = FillWork(job, of_unit)
        with closing(in_order(work, units, in_turn, finished)) as filled:
            for number, (unit, arrays) in enumerate(filled, start=1):
                # What the report states; the cells are read again when the output is assembled.
                of_scene.append({name: arrays[name] for name in arrays if name not in ("values", "std")})
                of_scene[-1]["remaining"] = np.isnan(arrays["values"]).sum()
                if len(of_scene) == len(parts):
                    outcomes.append(_outcome(job.stack.label(unit.day), grid, of_scene))
                    of_scene = []
                running.progress(COPYING + FILLING * number / len(units))
        writing = running.part(COPYING + FILLING, ASSEMBLING)
        assemble(job, storage, units, finished, outputs.filled, outputs.std, provenance, writing)
    return FilledStack(job.stack.name, job.recipe, tuple(outcomes))


def one_at_a_time(running: Running) -> Running:
    """Return how units run: one at a time on all threads here, as many as there are threads on a cluster."""
    return running if running.runner is not None else replace(running, runner=Threads(1))


def _at_once(grid: Grid, units: int, running: Running) -> int:
    """Return how many scenes are filled in parallel: as many as there are threads, unless they are large.

    The parts of a scene that is not held in memory share trend and variogram, and are filled one after the other.
    """
    if not is_held(grid):
        return 1
    fitting = int(SCENES_SHARE * running.memory_mb * 2**20) // (SCENE_BYTES * grid.cells)
    return max(1, min(running.workers, fitting, units))


def _storage(stack: Stack) -> Storage:
    """Return how the bands of a stack store their values, which must be the same way: the output has only one."""
    dataset = stack.source.dataset()
    first, *others = (storage_of(stack.band(day), dataset) for day in stack.days)
    for number, other in enumerate(others, start=2):
        # As texts: NaN as nodata equals itself.
        if str(other) != str(first):
            raise InputError(
                tr(
                    "Band {number} of '{name}' stores its values differently from band 1 (type, nodata, scale or "
                    "offset): give all bands the same ones.",
                    number=number,
                    name=stack.name,
                )
            )
    return first


def _outcome(label: str, grid: Grid, parts: Sequence[Arrays]) -> SceneOutcome:
    """Return the outcome of a scene from those of its parts."""
    gaps, wanted, far = (sum(int(part[name]) for part in parts) for name in ("gaps", "wanted", "far"))
    # Gaps outside the basin are not to be filled, and do not count.
    remaining = sum(int(part["remaining"]) for part in parts) - (gaps - wanted)
    modelled = json.loads(str(parts[0]["modelled"]))
    fallbacks = (*modelled.pop("fallbacks"), *nugget_note(max(float(part["nugget"]) for part in parts)))
    checked = np.concatenate([part["checked"] for part in parts], axis=1)
    outcome = SceneOutcome(
        label, gaps / grid.cells, wanted - remaining, remaining, far, **modelled, fallbacks=fallbacks
    )
    if not checked.size:
        return outcome
    scores = score(*checked)
    return replace(outcome, rmse=scores.rmse, bias=scores.bias, coverage=scores.coverage, crps=scores.crps)
