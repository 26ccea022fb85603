"""Stacks whose file holds all bands of a cell together: to read one scene decodes all the others.

Such a file is copied once, band by band, beside the finished units, and the copy is read in its place. That takes as
long as reading and writing the stack once; otherwise time would grow with the square of the number of scenes.
"""

from __future__ import annotations

from dataclasses import replace

from osgeo import gdal

from ..grid.texts import description_of, unit_of
from ..read.bands import StoredBand
from ..read.protocols import Cost
from ..read.stack import Stack
from ..run.blocks import Running, plan_windows, stop_if_cancelled
from ..run.checkpoints import FinishedUnits
from ..write.provenance import Provenance
from ..write.storage import Layer, Storage
from ..write.writer import raster_output

# Bands of a file that are decoded together without much loss.
FEW_BANDS = 4

# Share of the memory for a window of all bands. As much again is in GDAL's cache.
WINDOW_SHARE = 0.25


def by_band(stack: Stack, storage: Storage, finished: FinishedUnits, provenance: Provenance, running: Running) -> Stack:
    """Return a stack as it is, or, if its bands lie together, a copy in the folder of the finished units.

    Values, days and name are the same. The workers of a cluster may not see the copy, so they read the file itself, as
    is done with a file that marks gaps by a mask.
    """
    bands = _bands_together(stack)
    if not bands or running.runner is not None:
        return stack
    grid, source = stack.source.grid(), stack.source
    dataset = bands[0].dataset
    names = [description_of(band.band) or stack.label(day) for band, day in zip(bands, stack.days)]
    layer = Layer(names, unit_of(bands[0].band), numbers=storage)
    cost = Cost(bands[0].band.GetBlockSize()[1], storage.dtype.itemsize * len(bands))
    memory_mb = min(int(WINDOW_SHARE * running.memory_mb), gdal.GetCacheMax() // 2**21)
    path = str(finished.folder / "by_band.tif")
    with raster_output(path, grid, layer, provenance, running) as output:
        for window in plan_windows(grid, [cost], Running(1, memory_mb)):
            # All bands of a window before the next: the first one brings the others into GDAL's cache.
            for number, band in enumerate(bands, start=1):
                stop_if_cancelled(running)
                output.write_stored(window, band.read(window), number)
            dataset.FlushCache()
            running.progress((window.row + window.height) / grid.height)
    return replace(stack, source=replace(source, path=path, open_options=()))


def _bands_together(stack: Stack) -> list[StoredBand]:
    """Return the bands of a stack whose file holds the bands of a cell together; none otherwise."""
    source = stack.source
    dataset = source.dataset()
    if len(stack.days) <= FEW_BANDS or dataset.GetMetadataItem("INTERLEAVE", "IMAGE_STRUCTURE") != "PIXEL":
        return []
    numbers = range(1, len(stack.days) + 1)
    bands = [StoredBand(dataset, number, source.name, source.extra_nodata) for number in numbers]
    return bands if source.tagged_nodata and all(band.is_plain for band in bands) else []
