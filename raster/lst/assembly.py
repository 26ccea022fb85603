"""Puts a filled stack together: known cells as they are stored in the input, gaps from the finished units."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from typing import Optional, Sequence, cast

import numpy as np

from ..grid.texts import description_of, unit_of
from ..grid.window import Window
from ..read.bands import data_bands
from ..read.rasters import ValueReader
from ..run.blocks import Running, Threads, in_order
from ..run.checkpoints import FinishedUnits
from ..write.provenance import Provenance
from ..write.storage import Layer, Storage
from ..write.writer import raster_output
from .job import FillJob
from .tiles import Unit, strips

# Units that are prepared at a time while another one is written. Writing is the slower half.
MAX_PREPARED = 2


@dataclass(frozen=True)
class Assembly:
    """Prepares finished units as they are to be stored. Thread-safe."""

    job: FillJob
    storage: Storage
    deviation: Storage
    finished: FinishedUnits

    def __call__(self, unit: Unit) -> list[tuple[Window, np.ndarray, np.ndarray]]:
        """Return the strips of a unit, each with filled cells and standard deviation as they are stored."""
        arrays = self.finished.get(unit)
        source = self.job.stack.band(unit.day)
        reader = cast(ValueReader, source.open(self.job.stack.source.grid()))
        prepared, first = [], 0
        for strip in strips(unit.part):
            packed = reader.read_packed(strip)
            if packed.stored.dtype == self.storage.dtype and packed.stored.dtype.kind != "f":
                stored, gaps = packed.stored, packed.is_missing
            else:
                stored = reader.read_stored(strip)
                gaps = np.isnan(packed.values())
            last = first + np.count_nonzero(gaps)
            std = np.zeros(strip.shape, self.deviation.dtype)
            for target, storage, name in ((stored, self.storage, "values"), (std, self.deviation, "std")):
                target[gaps] = storage.encode(arrays[name][first:last])
            first = last
            prepared.append((strip, stored, std))
        return prepared


def assemble(
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
    names = [description_of(band) or job.stack.label(day) for band, day in zip(bands, job.stack.days)]
    layer = Layer(names, unit_of(bands[0]), numbers=storage)
    deviation = Layer(names, "K")
    grid = source.grid()
    filled_file = raster_output(path, grid, layer, provenance, running)
    deviation_file = raster_output(path_std, grid, deviation, provenance, running)
    numbers = {day: number for number, day in enumerate(job.stack.days, start=1)}
    work = Assembly(job, storage, deviation.storage, finished)
    here = replace(running, runner=Threads(min(MAX_PREPARED, running.workers)))
    # Day by day, as the bands lie in the file.
    in_turn = in_order(work, sorted(units, key=lambda unit: unit.day), here)
    with filled_file as output, deviation_file as output_std, closing(in_turn) as prepared:
        for done, (unit, of_unit) in enumerate(prepared, start=1):
            for strip, stored, std in of_unit:
                output.write_stored(strip, stored, numbers[unit.day])
                output_std.write_stored(strip, std, numbers[unit.day])
            running.progress(done / len(units))
