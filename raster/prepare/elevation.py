"""Finds fill values in elevations that are not tagged as nodata."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ...core.errors import InputError
from ...core.language import tr
from ...core.prepare.elevation import ELEVATIONS
from ..grid.grid import Grid
from ..read.rasters import RasterSource
from ..run.blocks import Running, map_windows


def fill_in_elevations(source: RasterSource, grid: Grid, running: Running) -> str:
    """Return a sentence on the cells whose elevation is impossible on land; empty if there are none.

    They are counted as the raster is read on a grid, at the nearest cell.

    Raises
    ------
    InputError
        If most elevations are impossible: they are in another unit, or no elevations.
    """
    low, high = ELEVATIONS
    every = replace(source, possible=None, resampling="nearest")
    cells = outside = 0
    example = np.nan
    for _, (known, beyond, first) in map_windows(_counted, {"values": every}, grid, running):
        cells, outside = cells + known, outside + beyond
        example = first if np.isnan(example) else example
    if 2 * outside > cells:
        raise InputError(
            tr(
                "'{name}' holds {example:.6g} and other values outside {low:g} to {high:g} m in {outside} of "
                "{cells} cells: give elevations in metres, and tag the fill value as nodata.",
                name=source.name,
                example=example,
                low=low,
                high=high,
                outside=outside,
                cells=cells,
            )
        )
    if not outside:
        return ""
    return tr(
        "{outside} of {cells} cells of '{name}' hold no elevation in metres, for example {example:.6g}, "
        "and are treated as missing: tag the fill value as nodata.",
        outside=outside,
        cells=cells,
        name=source.name,
        example=example,
    )


def _counted(values: np.ndarray) -> tuple[int, int, float]:
    """Return the number of values in a block, of those impossible as elevations, and the first of these."""
    low, high = ELEVATIONS
    outside = values[(values < low) | (values > high)]
    return int(np.count_nonzero(~np.isnan(values))), outside.size, float(outside[0]) if outside.size else np.nan
