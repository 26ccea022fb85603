"""Fills the gaps of a stack in bounded memory; a run that was stopped continues where it was.

The unit of work is a scene, or a part of one where the grid is too large to be held. Finished units wait
beside the output, see `raster.run.checkpoints`. When all of them are there, the output is assembled: known
cells as they are stored in the input, bit for bit, gaps from the units.
"""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from typing import Optional, Sequence

import numpy as np

from ...core.errors import InputError
from ...core.files import remove_partials
from ...core.lst.fill import told_of_nugget
from ...core.lst.scores import score
from ...core.lst.variogram import Variogram
from ..grid.gdal_io import read_band
from ..grid.grid import Grid
from ..grid.window import Window
from ..read.bands import data_bands
from ..read.stack import Stack
from ..run.blocks import Running, Threads, in_order, stop_if_cancelled
from ..run.checkpoints import Arrays, FinishedUnits, finished_units_beside
from ..write.provenance import Provenance
from ..write.storage import Layer, Storage, storage_of
from ..write.writer import raster_output
from .filler import SceneFiller
from .recipe import FillJob
from .tiles import plan_parts, strips


@dataclass(frozen=True)
class Outcome:
    """How one scene was filled: what the report shows.

    Attributes
    ----------
    label : str
        Date.
    gap_share : float
        Share of cells without a value before.
    filled, remaining, far : int
        Gaps filled and not; gaps filled without any known cell near, from the trend alone.
    trend : str
        The trend that was used.
    lapse_rate, r2 : float
        Its slope with elevation in K/km, and the share of variance that it explains.
    references : int
        Scenes of other dates in it.
    variogram : str
        In words.
    fallbacks : tuple of str
        What was done otherwise than asked for.
    rmse, bias, coverage, crps : float
        Of known cells predicted from the others.
    """

    label: str
    gap_share: float
    filled: int
    remaining: int
    far: int
    trend: str
    lapse_rate: float
    r2: float
    references: int
    variogram: str
    fallbacks: tuple[str, ...] = ()
    rmse: float = np.nan
    bias: float = np.nan
    coverage: float = np.nan
    crps: float = np.nan


def describe_variogram(variogram: Optional[Variogram]) -> str:
    """Put a variogram into words."""
    if variogram is None:
        return ""

    def structure(part: Variogram) -> str:
        kilometres = part.range / 1000
        return f"sill {part.sill:.3g} K², range {kilometres:.{0 if kilometres >= 100 else 1}f} km"

    words = f"{variogram.model}, nugget {variogram.nugget:.3g} K², {structure(variogram)}"
    if variogram.model in ("matern", "power"):
        words += f", smoothness {variogram.smoothness:.2g}"
    if variogram.nested is not None:
        words += f"; nested: {structure(variogram.nested)}"
    if variogram.anisotropy != 1:
        words += f"; longest towards {variogram.angle:.0f}° from east, ratio {variogram.anisotropy:.2f}"
    return words


@dataclass(frozen=True)
class Unit:
    """A scene, or a part of one, to be filled."""

    day: date
    part: Window

    @property
    def name(self) -> str:
        """What its file is called."""
        return f"{self.day}_{self.part.name}"


class FillWork:
    """Fills units, on this machine or another one; holds what they have in common."""

    def __init__(self, job: FillJob, running: Running) -> None:
        self._of = (job, running)
        self._filler: Optional[SceneFiller] = None

    def __reduce__(self) -> tuple:
        """Say how a copy is made."""
        return FillWork, self._of

    def __call__(self, unit: Unit) -> Arrays:
        """Give what `SceneFiller.fill_part` gives, and what the whole scene tells as a text."""
        if self._filler is None:
            self._filler = SceneFiller(*self._of)
        filler = self._filler
        arrays = filler.fill_part(unit.part, unit.day)
        model, _ = filler.model(unit.day)
        told = {
            "trend": model.trend.kind,
            "lapse_rate": model.trend.lapse_rate,
            "r2": model.trend.r2,
            "references": model.trend.references,
            "variogram": describe_variogram(model.variogram),
            "fallbacks": model.fallbacks,
        }
        return {**arrays, "told": np.array(json.dumps(told))}


def fill_stack(
    job: FillJob, path: str, path_std: Optional[str], provenance: Provenance, running: Running
) -> list[Outcome]:
    """Fill the gaps of a stack.

    Parameters
    ----------
    job : FillJob
        What is filled, and how.
    path, path_std : str
        Final names of the filled stack and of the kriging standard deviation, which may be None.
    provenance : Provenance
        Written into both.
    running : Running
        Threads, memory, and who is told.

    Returns
    -------
    list of Outcome
        Per scene, and per tile where there are several.

    Raises
    ------
    InputError
        If an input cannot be used.
    OutputError
        If the result cannot be written.
    Cancelled
        If the user has stopped the run; finished scenes are kept for the next one.
    """
    storage = _storage(job.stack)
    grid = job.stack.source.grid()
    parts = plan_parts(grid)
    units = [Unit(day, part) for day in job.stack.days for part in parts]
    work = FillWork(job, running.inside)
    # Here one unit at a time takes all threads; where others compute, each takes one.
    in_turn = running if running.runner is not None else replace(running, runner=Threads(1))
    outcomes, of_scene = [], []
    with finished_units_beside(path, job.fingerprint()) as finished:
        with closing(in_order(work, units, in_turn, finished)) as filled:
            for number, (unit, arrays) in enumerate(filled, start=1):
                # What the report tells; the cells are read again when the output is put together.
                of_scene.append({name: arrays[name] for name in arrays if name not in ("values", "std")})
                of_scene[-1]["remaining"] = np.isnan(arrays["values"]).sum()
                if len(of_scene) == len(parts):
                    outcomes.append(_outcome(job.stack.label(unit.day), grid, of_scene))
                    of_scene = []
                running.progress(number / len(units))
        _put_together(job, storage, units, finished, path, path_std, provenance, running)
    return outcomes


def _storage(stack: Stack) -> Storage:
    """Give how the bands of a stack store their numbers, which has to be one way: the output has no other."""
    first, *others = (storage_of(stack.band(day)) for day in stack.days)
    for number, other in enumerate(others, start=2):
        # As texts: NaN as nodata equals itself.
        if str(other) != str(first):
            raise InputError(
                f"Band {number} of '{stack.name}' stores its values otherwise than band 1 (type, nodata, scale or "
                "offset differ): give all bands the same ones."
            )
    return first


def _outcome(label: str, grid: Grid, parts: Sequence[Arrays]) -> Outcome:
    """Sum up a filled scene from its parts."""
    gaps, wanted, far = (sum(int(part[name]) for part in parts) for name in ("gaps", "wanted", "far"))
    # Gaps outside of the mask are not wanted, and do not count.
    remaining = sum(int(part["remaining"]) for part in parts) - (gaps - wanted)
    told = json.loads(str(parts[0]["told"]))
    fallbacks = (*told.pop("fallbacks"), *told_of_nugget(max(float(part["nugget"]) for part in parts)))
    checked = np.concatenate([part["checked"] for part in parts], axis=1)
    outcome = Outcome(label, gaps / grid.cells, wanted - remaining, remaining, far, **told, fallbacks=fallbacks)
    if not checked.size:
        return outcome
    scores = score(*checked)
    return replace(outcome, rmse=scores.rmse, bias=scores.bias, coverage=scores.coverage, crps=scores.crps)


def _put_together(
    job: FillJob,
    storage: Storage,
    units: Sequence[Unit],
    finished: FinishedUnits,
    path: str,
    path_std: Optional[str],
    provenance: Provenance,
    running: Running,
) -> None:
    """Write the filled stack and its standard deviation from the finished units."""
    source = job.stack.source
    dataset = source.dataset()
    bands = [dataset.GetRasterBand(number) for number in data_bands(dataset)]
    names = [band.GetDescription() or job.stack.label(day) for band, day in zip(bands, job.stack.days)]
    layer = Layer(names, bands[0].GetUnitType(), numbers=storage)
    deviation = Layer(names, "K")
    grid = source.grid()
    for target in filter(None, (path, path_std)):
        remove_partials(target)
    filled_file = raster_output(path, grid, layer, provenance, running)
    deviation_file = raster_output(path_std, grid, deviation, provenance, running)
    numbers = {day: number for number, day in enumerate(job.stack.days, start=1)}
    with filled_file as output, deviation_file as output_std:
        # Day by day, as the bands lie in the file.
        for unit in sorted(units, key=lambda unit: unit.day):
            stop_if_cancelled(running)
            arrays, number = finished.get(unit), numbers[unit.day]
            band, reader = bands[number - 1], job.stack.band(unit.day).open(grid)
            first = 0
            for strip in strips(unit.part):
                stored = read_band(band, strip, source.name)
                gaps = np.isnan(reader.read(strip))
                last = first + np.count_nonzero(gaps)
                filled, std = np.full(strip.shape, np.nan, np.float32), np.zeros(strip.shape, np.float32)
                filled[gaps], std[gaps] = arrays["values"][first:last], arrays["std"][first:last]
                first = last
                output.write_stored(strip, np.where(gaps, storage.encode(filled), stored), number)
                output_std.write(strip, std, number)
            band.FlushCache()
