"""Scenes of a stack with what explains them: the elevation, and the reference scenes of other dates.

Where the grid can be held, whole scenes are read and the last ones kept, since each is a reference of its
neighbours in time; of a larger grid only windows and sampled cells are read.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Optional, Sequence

import numpy as np

from ...core.errors import InputError
from ...core.language import tr
from ...core.lst.gapshare import GapShare
from ...core.lst.reference import fade_at, fade_of
from ...core.lst.sample import At, Fields, spread_cells
from ...core.lst.trend import without_holes
from ..grid.grid import Grid
from ..grid.window import Window
from ..read.basin import BasinCells
from ..read.kept import Kept
from ..read.protocols import Reader
from ..run.blocks import Running, stop_if_cancelled
from .job import FillJob
from .tiles import is_held, rows_and_columns

# Rows that are read at a time of a grid that is not held.
STRIP_ROWS = 256

# Bytes of decoded scenes that are kept because other scenes refer to them, and samples of scenes that are kept.
MAX_KEPT_BYTES = 64 << 20
MAX_KEPT_BYTES_OF_REFERENCES = 256 << 20
MAX_KEPT_SAMPLES = 64


class StackScenes:
    """Reads scenes, elevation and basin of a job, and keeps what is needed again. Thread-safe."""

    def __init__(self, job: FillJob, running: Running) -> None:
        self._job = job
        self._stop = partial(stop_if_cancelled, running)
        self.grid = job.stack.source.grid()
        self.is_held = is_held(self.grid)
        self._elevation: Optional[tuple[np.ndarray, np.ndarray]] = None
        self._mean_elevation: Optional[float] = None
        self._basin = BasinCells(job.basin, self.grid) if job.basin else None
        self._scenes, self._samples, self._fades = Kept(), Kept(), Kept()

    # Scenes ------------------------------------------------------------------------------------------

    def read(self, day: date, window: Optional[Window] = None) -> np.ndarray:
        """Read a scene, or a window of it: float64 with NaN in the gaps."""
        window = window or self.grid.window()
        if self.is_held:
            return self._scene(day)[rows_and_columns(window)].astype(float)
        self._stop()
        return self._job.stack.band(day).open(self.grid).read(window).astype(float)

    def stored(self, day: date, window: Window) -> np.ndarray:
        """Read a window of a scene in float32, not to be written into."""
        if self.is_held:
            return self._scene(day)[rows_and_columns(window)]
        self._stop()
        return self._job.stack.band(day).open(self.grid).read(window)

    def at(self, day: date, cells: np.ndarray) -> np.ndarray:
        """Read cells of a scene by their positions in the flattened grid."""
        if self.is_held:
            return self._scene(day).ravel()[cells].astype(float)
        self._stop()
        return read_cells(self._job.stack.band(day).open(self.grid), self.grid, cells)

    def _scene(self, day: date) -> np.ndarray:
        """Return a whole scene in float32; the last ones are kept."""
        scene = self._scenes.get(day)
        if scene is None:
            self._stop()
            scene = self._job.stack.band(day).open(self.grid).read(self.grid.window())
            kept = MAX_KEPT_BYTES
            if self._job.recipe.trend == "elevation_reference":
                kept = MAX_KEPT_BYTES_OF_REFERENCES
            self._scenes.put(day, scene, max(1, kept // scene.nbytes))
        return scene

    def _sampled(self, day: date, cells: np.ndarray) -> np.ndarray:
        """Read cells of a reference scene; those that every scene is sampled at are kept."""
        spread = spread_cells(self.grid.cells)
        if spread.size == self.grid.cells or cells.ndim > 1:
            return self.at(day, cells)
        place = np.minimum(np.searchsorted(spread, cells), spread.size - 1)
        if not np.array_equal(spread[place], cells):
            return self.at(day, cells)
        sample = self._samples.get(day)
        if sample is None:
            sample = self.at(day, spread).astype(np.float32)
            self._samples.put(day, sample, MAX_KEPT_SAMPLES)
        return sample[place].astype(float)

    def references(self, day: date) -> list[date]:
        """Return the days nearest in time, as many as the recipe says."""
        rest = sorted((d for d in self._job.stack.days if d != day), key=lambda other: abs(other - day))
        return rest[: self._job.recipe.references]

    def fades(self, days: Sequence[date]) -> dict[int, At]:
        """Return by how much the cells of scenes count, for those that have gaps; none if the grid is not held."""
        if not self.is_held:
            return {}
        found = {number: self._fade(day) for number, day in enumerate(days)}
        return {number: partial(fade_at, fade) for number, fade in found.items() if fade is not None}

    def _fade(self, day: date) -> Optional[np.ndarray]:
        kept = self._fades.get(day)
        if kept is None:
            scene = self._scene(day)
            kept = (fade_of(np.isfinite(scene)),)
            self._fades.put(day, kept, max(1, MAX_KEPT_BYTES_OF_REFERENCES // scene.nbytes))
        return kept[0]

    # Elevation ---------------------------------------------------------------------------------------

    def elevation(self, window: Window) -> Optional[np.ndarray]:
        """Read the elevation in metres, NaN in its holes; None without a DEM."""
        if self._job.elevation is None:
            return None
        if not self.is_held:
            return self._dem().read(window).astype(float)
        return self._held_elevation()[0][rows_and_columns(window)].astype(float)

    def _held_elevation(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the elevation of the whole grid in float32, with its holes and without."""
        if self._elevation is None:
            elevation = self._dem().read(self.grid.window())
            self._elevation = elevation, self._without_holes(elevation)
        return self._elevation

    def _dem(self) -> Reader:
        """Open the elevation; only called with a DEM, since `fields` offers no elevation without one."""
        return self._job.elevation.open(self.grid)

    def _without_holes(self, elevation: np.ndarray) -> np.ndarray:
        rows, columns = elevation.shape
        return without_holes(elevation, (rows, columns), self._job.recipe.trend)

    def _measured_at(self, cells: np.ndarray) -> np.ndarray:
        """Return the elevation of cells in km, NaN in holes."""
        if self.is_held:
            return 1e-3 * self._held_elevation()[0].ravel()[cells].astype(float)
        return 1e-3 * read_cells(self._dem(), self.grid, cells)

    def _height_at(self, cells: np.ndarray) -> np.ndarray:
        """Return the elevation of cells in km; in holes that of the nearest cell, or the mean on a large grid."""
        if self.is_held:
            return 1e-3 * self._held_elevation()[1].ravel()[cells].astype(float)
        measured = self._measured_at(cells)
        holes = ~np.isfinite(measured)
        return np.where(holes, self._mean_height(), measured) if holes.any() else measured

    def height_in(self, window: Window) -> At:
        """Return the function of cells of a window that gives their elevation in km, without holes."""
        if self.is_held:
            patched = self._held_elevation()[1][rows_and_columns(window)].ravel()
            return lambda cells: 1e-3 * patched[cells].astype(float)
        elevation = self._dem().read(window).astype(float)
        if not np.isfinite(elevation).any():
            return np.full(elevation.size, self._mean_height()).__getitem__
        return (1e-3 * self._without_holes(elevation)).ravel().__getitem__

    def _mean_height(self) -> float:
        """Return the mean elevation in km of the sampled cells."""
        if self._mean_elevation is None:
            measured = self._measured_at(spread_cells(self.grid.cells))
            if not np.isfinite(measured).any():
                raise InputError(tr("The DEM has no valid cell within the scene: give one that covers it."))
            self._mean_elevation = float(np.nanmean(measured))
        return self._mean_elevation

    # Both, and the basin -----------------------------------------------------------------------------

    def fields(self, day: date, trend: str) -> Fields:
        """Return a scene with what explains it, for a trend."""
        others = self.references(day) if trend == "elevation_reference" else []
        has_height = trend != "none" and self._job.elevation is not None
        return Fields(
            (self.grid.height, self.grid.width),
            partial(self.at, day),
            self._height_at if has_height else None,
            self._measured_at if has_height else None,
            [partial(self._sampled, other) for other in others],
            self.fades(others),
            self.gap_share(day),
        )

    def gap_share(self, day: date) -> Optional[GapShare]:
        """Return the gaps of a scene; None if the grid is not held."""
        if not self.is_held:
            return None
        window = self.grid.window()
        gaps, inside = np.isnan(self._scene(day)), self.is_wanted(window)
        return GapShare(gaps if inside is None else gaps & inside)

    def is_wanted(self, part: Window) -> Optional[np.ndarray]:
        """Return which cells of a part lie in the basin; None without one."""
        return self._basin.read(part) if self._basin else None


def read_cells(reader: Reader, grid: Grid, cells: np.ndarray) -> np.ndarray:
    """Read cells of a raster by their positions in the flattened grid, strip by strip; any shape, float64."""
    flat = cells.ravel()
    order = np.argsort(flat, kind="stable")
    values = np.empty(flat.size)
    row, column = np.divmod(flat[order], grid.width)
    for first in range(0, grid.height, STRIP_ROWS):
        begin, end = np.searchsorted(row, (first, first + STRIP_ROWS))
        if begin == end:
            continue
        top, bottom = int(row[begin]), int(row[end - 1])
        strip = reader.read(Window(0, top, grid.width, bottom - top + 1))
        values[order[begin:end]] = strip[row[begin:end] - top, column[begin:end]]
    return values.reshape(cells.shape)
