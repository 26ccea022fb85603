"""The gaps of a stack, filled scene by scene in bounded memory; a run that was stopped goes on where it was.

Trend and variogram are of the whole scene, told by a sample of its cells. The unit of work is a scene, or a
part of one where the grid is too large to be held; it is filled tile by tile, each with all that lies within
reach of it. Parts, tiles and samples depend on the grid alone, so no result depends on memory, threads or
machines. Finished units wait beside the output, see `unfinished`. When all are there, the output is put
together from them: known cells as they are stored in the input, bit for bit, gaps from the units.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from contextlib import closing
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from functools import partial
from threading import Lock
from typing import Any, Callable, Optional, Sequence, Union

import numpy as np

from ...core.errors import InputError
from ...core.files import remove_partials
from ...core.lst.fill import FilledScene, SceneModel, fill_scene, fill_window, fit_scene, told_of_nugget
from ...core.lst.likelihood import LEAST_CELLS, Predictions, fit_predictions
from ...core.lst.neighbours import DEFAULT_REACH
from ...core.lst.sample import Fields, SceneSample, spread_cells
from ...core.lst.scores import Scores, hide_cells, hide_clouds, score
from ...core.lst.trend import LAPSE_RATE, ReferenceModel, without_holes
from ...core.lst.variogram import Variogram
from ..grid.gdal_io import read_band
from ..grid.grid import Grid
from ..grid.window import Window
from ..read.bands import data_bands
from ..read.sources import NO_CLASS, RasterSource, Reader
from ..read.stack import Stack
from ..read.vectors import Features, PolygonSource
from ..run.blocks import Running, Threads, in_order, stop_if_cancelled
from ..run.checkpoints import Arrays, Unfinished, fingerprint, unfinished_beside
from ..write.writer import Layer, Provenance, Storage, raster_output, storage_of

# Share of the memory for the systems that are solved at a time. What remains is for a tile and for QGIS itself.
KRIGING_SHARE = 0.25

# Cells of a grid that is held as a whole while a scene is filled, and the side of a part of a larger one.
HELD = 1 << 22
PART = 2048

# Side of the tiles in which a part is filled, in cells, without what lies within reach.
TILE = 512

# Rows of a grid that is not held which are read at a time.
STRIP = 256

# Bytes of decoded scenes that are kept for others, whose reference they are, and looks at scenes that are kept.
KEPT_BYTES = 64 << 20
KEPT_LOOKS = 64
KEPT_MASKS = 64

# Cells of the middle of a grid that an assessment looks at.
ASSESSED = 1 << 21

# A stack with more scenes has one variogram a month.
FEW_SCENES = 31

# In assessments: scenes that are looked at, and known cells that one of them needs.
MOST_SEEN = 60
LEAST_TO_HIDE_FROM = 200

# Scenes of a month from which its variogram is estimated.
SCENES_A_MONTH = 4

# Predictions in each power of two that tell it. The scenes of a month differ by more than 400 would tell better: on
# scenes of the sample basin they changed the RMSE by 1 %, in either direction, and took four times as long.
MONTH_PER_SCALE = 160


@dataclass(frozen=True)
class FillRecipe:
    """How gaps are filled; see `core.lst.fill.fill_scene`.

    Attributes
    ----------
    trend : str
        One of ``core.lst.trend.TRENDS``.
    lapse_rate : float
        K/km, for ``fixed_lapse``.
    variogram : str or Variogram
        Of the residuals, or the model to be estimated.
    fit : str
        How it is estimated: ``likelihood`` or ``moments``.
    variogram_per : str
        ``scene`` or ``month``: what shares the shape of a variogram, each scene on its own scale;
        ``auto`` is a scene in short stacks.
    neighbours : int
        Known cells for each estimate.
    search : str
        ``octant`` or ``nearest``.
    references : int
        For ``elevation_reference``: how many scenes, nearest in time, predict another.
    validation_cells : int
        Known cells of each scene that are predicted from the others, for the report.
    seed : int
        Of everything drawn at random.
    """

    trend: str = "elevation"
    lapse_rate: float = LAPSE_RATE
    variogram: Union[str, Variogram] = "auto"
    fit: str = "likelihood"
    variogram_per: str = "auto"
    neighbours: int = 32
    search: str = "octant"
    references: int = 30
    validation_cells: int = 500
    seed: int = 1

    def by_month(self, stack: Stack) -> bool:
        """Whether the scenes of a month share a variogram."""
        if isinstance(self.variogram, Variogram) or self.fit != "likelihood":
            return False
        return self.variogram_per == "month" or (self.variogram_per == "auto" and len(stack.days) > FEW_SCENES)


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


@dataclass(frozen=True)
class FillJob:
    """Everything that decides the bytes of a filled stack.

    Attributes
    ----------
    stack : Stack
        The scenes.
    elevation : RasterSource, optional
        In metres.
    mask : Features, optional
        Polygons outside of which gaps stay.
    recipe : FillRecipe
        How.
    """

    stack: Stack
    elevation: Optional[RasterSource] = None
    mask: Optional[Features] = None
    recipe: FillRecipe = field(default_factory=FillRecipe)

    @property
    def paths(self) -> list[str]:
        """Give the rasters that are read."""
        return [source.path for source in (self.stack.source, self.elevation) if source is not None]

    def fingerprint(self) -> str:
        """Sum up in a short text what decides how the gaps of a scene are filled."""
        content = {
            "plan": [HELD, PART, TILE],
            "recipe": asdict(self.recipe),
            "days": [day.isoformat() for day in self.stack.days],
            "stack": self.stack.source.reading,
            "elevation": self.elevation.reading if self.elevation else None,
            "mask": [geometry.hex() for geometry in self.mask.wkb] if self.mask else None,
        }
        return fingerprint(content, self.paths)


def describe_variogram(variogram: Optional[Variogram]) -> str:
    """Put a variogram into words."""
    if variogram is None:
        return ""

    def structure(part: Variogram) -> str:
        kilometres = part.range / 1000
        return f"sill {part.sill:.3g} K², range {kilometres:.{0 if kilometres >= 100 else 1}f} km"

    words = f"{variogram.model}, nugget {variogram.nugget:.3g} K², {structure(variogram)}"
    if variogram.model == "matern":
        words += f", smoothness {variogram.smoothness:.2g}"
    if variogram.nested is not None:
        words += f"; nested: {structure(variogram.nested)}"
    if variogram.anisotropy != 1:
        words += f"; longest towards {variogram.angle:.0f}° from east, ratio {variogram.anisotropy:.2f}"
    return words


def cut(window: Window, side: int) -> list[Window]:
    """Cut a window into squares, row by row; those at the right and at the bottom are what remains."""
    return [
        Window(
            column,
            row,
            min(side, window.column + window.width - column),
            min(side, window.row + window.height - row),
        )
        for row in range(window.row, window.row + window.height, side)
        for column in range(window.column, window.column + window.width, side)
    ]


def strips(part: Window) -> list[Window]:
    """Cut a part into rows of tiles, in whose order its cells are."""
    return [
        Window(part.column, row, part.width, min(TILE, part.row + part.height - row))
        for row in range(part.row, part.row + part.height, TILE)
    ]


def plan_parts(grid: Grid) -> list[Window]:
    """Cut a grid into the parts that are units of work: one where it can be held."""
    return [grid.window()] if grid.cells <= HELD else cut(grid.window(), PART)


class SceneFiller:
    """Fills scenes; holds what they have in common. Several threads may use it."""

    def __init__(self, job: FillJob, running: Running) -> None:
        self.job = job
        self._running = running
        self._stop = partial(stop_if_cancelled, running)
        self.grid = grid = job.stack.source.grid()
        self._widths, self._height = grid.cell_metres(job.stack.name)
        self._radius = DEFAULT_REACH * max(self._height, float(self._widths.max()))
        self._elevation: Optional[tuple[np.ndarray, np.ndarray]] = None
        self._mean_elevation: Optional[float] = None
        self._models: OrderedDict[date, tuple[SceneModel, Optional[np.ndarray]]] = OrderedDict()
        self._scenes: OrderedDict[date, np.ndarray] = OrderedDict()
        self._looks: OrderedDict[date, np.ndarray] = OrderedDict()
        self._masks: OrderedDict[Window, np.ndarray] = OrderedDict()
        self._of_month: dict[tuple[int, FillRecipe], Optional[Variogram]] = {}
        # Of what is kept; computing the same thing twice does no harm, losing it meanwhile would.
        self._lock = Lock()

    # What is read --------------------------------------------------------------------------------

    @property
    def _is_held(self) -> bool:
        return self.grid.cells <= HELD

    def read(self, day: date, window: Optional[Window] = None) -> np.ndarray:
        """Read a scene, or a window of it: float64 with NaN in the gaps."""
        window = window or self.grid.window()
        if self._is_held:
            return self._scene(day)[rows_and_columns(window)].astype(float)
        self._stop()
        return self.job.stack.band(day).open(self.grid).read(window).astype(float)

    def _scene(self, day: date) -> np.ndarray:
        """Give a whole scene in float32; the last ones are kept."""
        scene = self._kept(self._scenes, day)
        if scene is None:
            self._stop()
            scene = self.job.stack.band(day).open(self.grid).read(self.grid.window())
            self._keep(self._scenes, day, scene, max(1, KEPT_BYTES // scene.nbytes))
        return scene

    def _at(self, day: date, cells: np.ndarray) -> np.ndarray:
        """Read cells of a scene, by their positions in the flattened grid."""
        if self._is_held:
            return self._scene(day).ravel()[cells].astype(float)
        self._stop()
        return read_cells(self.job.stack.band(day).open(self.grid), self.grid, cells)

    def _look(self, day: date, cells: np.ndarray) -> np.ndarray:
        """Read cells of a scene of which others have asked for the same: those that are looked at in each scene."""
        spread = spread_cells(self.grid.cells)
        if spread.size == self.grid.cells:
            return self._at(day, cells)
        place = np.minimum(np.searchsorted(spread, cells), spread.size - 1)
        if not np.array_equal(spread[place], cells):
            return self._at(day, cells)
        look = self._kept(self._looks, day)
        if look is None:
            look = self._at(day, spread).astype(np.float32)
            self._keep(self._looks, day, look, KEPT_LOOKS)
        return look[place].astype(float)

    def _kept(self, kept: OrderedDict, key: Any) -> Any:
        with self._lock:
            if key in kept:
                kept.move_to_end(key)
            return kept.get(key)

    def _keep(self, kept: OrderedDict, key: Any, value: Any, most: int) -> None:
        with self._lock:
            kept[key] = value
            while len(kept) > most:
                kept.popitem(last=False)

    def elevation(self, window: Window) -> Optional[np.ndarray]:
        """Read the elevation in metres, NaN in its holes; None without one."""
        if self.job.elevation is None:
            return None
        if not self._is_held:
            return self.job.elevation.open(self.grid).read(window).astype(float)
        return self._held_elevation()[0][rows_and_columns(window)].astype(float)

    def _held_elevation(self) -> tuple[np.ndarray, np.ndarray]:
        """Give the elevation of the whole grid in float32, with its holes and patched."""
        if self._elevation is None:
            elevation = self.job.elevation.open(self.grid).read(self.grid.window())
            self._elevation = elevation, without_holes(elevation, elevation.shape, self.job.recipe.trend)
        return self._elevation

    def _measured_at(self, cells: np.ndarray) -> np.ndarray:
        """Give the elevation of cells in km, NaN in its holes."""
        if self._is_held:
            return 1e-3 * self._held_elevation()[0].ravel()[cells].astype(float)
        return 1e-3 * read_cells(self.job.elevation.open(self.grid), self.grid, cells)

    def _height_at(self, cells: np.ndarray) -> np.ndarray:
        """Give the elevation of cells in km, in holes that of the nearest cell, or the mean where the grid is large."""
        if self._is_held:
            return 1e-3 * self._held_elevation()[1].ravel()[cells].astype(float)
        measured = self._measured_at(cells)
        holes = ~np.isfinite(measured)
        return np.where(holes, self._mean_height(), measured) if holes.any() else measured

    def _height_in(self, window: Window) -> np.ndarray:
        """Give the elevation of a window in km, without holes."""
        if self._is_held:
            return 1e-3 * self._held_elevation()[1][rows_and_columns(window)].astype(float)
        elevation = self.elevation(window)
        if not np.isfinite(elevation).any():
            return np.full(window.shape, self._mean_height())
        return 1e-3 * without_holes(elevation, elevation.shape, self.job.recipe.trend)

    def _mean_height(self) -> float:
        """Give the mean elevation in km of the cells that are looked at."""
        if self._mean_elevation is None:
            measured = self._measured_at(spread_cells(self.grid.cells))
            if not np.isfinite(measured).any():
                raise InputError("The DEM has no valid cell within the scene: give one that covers it.")
            self._mean_elevation = float(np.nanmean(measured))
        return self._mean_elevation

    def references(self, day: date) -> list[date]:
        """Give the days that are nearest in time, as many as the recipe says."""
        rest = sorted((d for d in self.job.stack.days if d != day), key=lambda other: abs(other - day))
        return rest[: self.job.recipe.references]

    # What a scene tells --------------------------------------------------------------------------

    def model(self, day: date) -> tuple[SceneModel, Optional[np.ndarray]]:
        """Tell trend and variogram of a scene; and, where the grid is held, what other dates predict."""
        told = self._kept(self._models, day)
        if told is None:
            recipe = self.job.recipe
            fields, held = self._fields(day, recipe)
            model = fit_scene(
                fields,
                float(np.mean(self._widths)),
                self._height,
                recipe.trend,
                recipe.lapse_rate,
                recipe.variogram,
                recipe.fit,
                self._shape(day, recipe),
                recipe.validation_cells,
                recipe.seed,
                self._stop,
            )
            told = model, held.get("reference")
            self._keep(self._models, day, told, 2)
        return told

    def _fields(self, day: date, recipe: FillRecipe) -> tuple[Fields, dict[str, np.ndarray]]:
        """Give a scene and what explains it; and the place where what other dates predict is held once it is asked."""
        others = self.references(day) if recipe.trend == "elevation_reference" else []
        held: dict[str, np.ndarray] = {}

        def reference(model: ReferenceModel) -> Callable[[np.ndarray], np.ndarray]:
            if "reference" not in held:
                held["reference"] = model.on([partial(self._scene, other) for other in others])
            return held["reference"].ravel().__getitem__

        has_height = recipe.trend != "none" and self.job.elevation is not None
        fields = Fields(
            (self.grid.height, self.grid.width),
            partial(self._at, day),
            self._height_at if has_height else None,
            self._measured_at if has_height else None,
            [partial(self._look, other) for other in others],
            reference if self._is_held else None,
        )
        return fields, held

    def _shape(self, day: date, recipe: FillRecipe) -> Optional[Variogram]:
        """Give the variogram of the month, whose shape counts; None where each scene has its own."""
        if not recipe.by_month(self.job.stack):
            return None
        month = (day.month, recipe)
        if month not in self._of_month:
            self._of_month[month] = self._estimate_month(day.month, recipe)
        return self._of_month[month]

    def _estimate_month(self, month: int, recipe: FillRecipe) -> Optional[Variogram]:
        """Estimate one variogram from the scenes of a month, of any year, that know most cells; None without any."""
        days = [day for day in self.job.stack.days if day.month == month]
        spread = spread_cells(self.grid.cells)
        known = {day: int(np.isfinite(self._at(day, spread)).sum()) for day in days}
        best = sorted(days, key=known.__getitem__, reverse=True)[:SCENES_A_MONTH]
        width, shape = float(np.mean(self._widths)), (self.grid.height, self.grid.width)
        samples = []
        for day in best:
            sample = SceneSample.of(self._fields(day, recipe)[0], width, self._height)
            trend = sample.trend(recipe.trend, recipe.lapse_rate)
            residuals = sample.residuals(trend)
            if residuals.size >= LEAST_CELLS and np.ptp(residuals) > 0:
                samples.append((sample, trend))
        if not samples:
            return None
        per_scale = max(MONTH_PER_SCALE // len(samples), 20)
        predictions = Predictions.joined([s.predictions(trend, per_scale, recipe.seed) for s, trend in samples])
        return fit_predictions(predictions, shape, width, self._height, recipe.variogram, self._stop).variogram

    # What is filled ------------------------------------------------------------------------------

    def fill_part(self, part: Window, day: date) -> Arrays:
        """Fill the gaps of a part of a scene.

        Returns
        -------
        dict
            ``gaps``: which cells of the part are gaps; ``values`` and ``std``: of these, in the order of the cells,
            NaN where nothing could be said or nothing is wanted; ``checked``: as in `FilledWindow`; ``far`` and
            ``nugget``.
        """
        model, predicted = self.model(day)
        recipe = self.job.recipe
        gaps = np.concatenate([np.isnan(self.read(day, strip)) for strip in strips(part)])
        wanted = gaps if self.job.mask is None else gaps & self._mask_in(part)
        checked = np.zeros(part.shape, dtype=bool)
        row, column = np.divmod(model.checked, self.grid.width)
        row, column = row - part.row, column - part.column
        inside = (row >= 0) & (row < part.height) & (column >= 0) & (column < part.width)
        checked[row[inside], column[inside]] = True

        values, std = np.full(part.shape, np.nan, np.float32), np.full(part.shape, np.nan, np.float32)
        scores, far, nugget = [np.empty((3, 0))], 0, 0.0
        for tile in cut(part, TILE):
            of_tile = rows_and_columns(tile, part)
            if not (wanted[of_tile].any() or checked[of_tile].any()):
                continue
            window = self._around(tile)
            of_window = rows_and_columns(tile, window)
            tile_gaps, tile_checked = np.zeros(window.shape, dtype=bool), np.zeros(window.shape, dtype=bool)
            tile_gaps[of_window], tile_checked[of_window] = wanted[of_tile], checked[of_tile]
            filled = fill_window(
                model,
                self.read(day, window),
                self._widths[window.row : window.row + window.height],
                self._height,
                None if model.trend.kind == "none" else self._height_in(window),
                self._reference_in(window, day, model, predicted),
                tile_gaps,
                tile_checked,
                recipe.neighbours,
                recipe.search,
                radius=self._radius,
                threads=self._running.workers,
                memory=int(KRIGING_SHARE * self._running.memory_mb * 2**20),
                stop=self._stop,
            )
            here = tile_gaps[of_window]
            values[of_tile][here], std[of_tile][here] = filled.values, filled.std
            scores.append(filled.checked)
            far, nugget = far + filled.far, max(nugget, filled.nugget)
        return {
            "gaps": np.array(int(gaps.sum())),
            "wanted": np.array(int(wanted.sum())),
            "values": values[gaps],
            "std": std[gaps],
            "checked": np.concatenate(scores, axis=1),
            "far": np.array(far),
            "nugget": np.array(nugget),
        }

    def _mask_in(self, part: Window) -> np.ndarray:
        """Say which cells of a part lie in the basin; the last ones are kept, in bits."""
        bits = self._kept(self._masks, part)
        if bits is None:
            inside = PolygonSource(self.job.mask).open(self.grid).read(part) != NO_CLASS
            bits = np.packbits(inside)
            self._keep(self._masks, part, bits, KEPT_MASKS)
        return np.unpackbits(bits, count=part.width * part.height).astype(bool).reshape(part.shape)

    def _around(self, tile: Window) -> Window:
        """Give a tile with all cells that lie within reach of it."""
        rows = int(self._radius / self._height)
        first, last = max(tile.row - rows, 0), tile.row + tile.height + rows
        columns = int(min(self._radius / self._widths[first:last].min(), self.grid.width))
        around = Window(tile.column - columns, tile.row - rows, tile.width + 2 * columns, tile.height + 2 * rows)
        return around.intersection(self.grid.window())

    def _reference_in(
        self, window: Window, day: date, model: SceneModel, predicted: Optional[np.ndarray]
    ) -> Optional[np.ndarray]:
        """Give what other dates predict in a window; None where the trend needs none."""
        if model.trend.kind != "elevation_reference":
            return None
        if predicted is not None:
            return predicted[rows_and_columns(window)]
        return model.reference.on([partial(self.read, other, window) for other in self.references(day)])

    def fill_array(
        self,
        scene: np.ndarray,
        window: Window,
        day: date,
        recipe: Optional[FillRecipe] = None,
        cells: Optional[np.ndarray] = None,
    ) -> FilledScene:
        """Fill a window as if it were a scene of its own: its trend, its variogram.

        Parameters
        ----------
        scene : ndarray
            The scene of the day in the window, or what is left of it.
        window : Window
        day : datetime.date
            Tells which scenes are its neighbours in time.
        recipe : FillRecipe, optional
            In place of the job's.
        cells : ndarray of bool, optional
            The gaps that are wanted; all of them by default.
        """
        recipe = recipe or self.job.recipe
        others = (self.read(other, window) for other in self.references(day))
        return fill_scene(
            scene,
            self._widths[window.row : window.row + window.height],
            self._height,
            self.elevation(window),
            trend=recipe.trend,
            others=others if recipe.trend == "elevation_reference" else (),
            lapse_rate=recipe.lapse_rate,
            variogram=recipe.variogram,
            fit=recipe.fit,
            neighbours=recipe.neighbours,
            search=recipe.search,
            within=cells,
            validation_cells=recipe.validation_cells,
            seed=recipe.seed,
            shape=self._shape(day, recipe),
            radius=self._radius,
            threads=self._running.workers,
            memory=int(KRIGING_SHARE * self._running.memory_mb * 2**20),
            stop=self._stop,
        )


def rows_and_columns(window: Window, of: Optional[Window] = None) -> tuple[slice, slice]:
    """Give the slices that cut a window out of an array of the grid, or of another window."""
    row, column = (window.row, window.column) if of is None else (window.row - of.row, window.column - of.column)
    return slice(row, row + window.height), slice(column, column + window.width)


def read_cells(reader: Reader, grid: Grid, cells: np.ndarray) -> np.ndarray:
    """Read cells of a raster by their positions in the flattened grid, strip by strip; any shape, float64."""
    flat = cells.ravel()
    order = np.argsort(flat, kind="stable")
    values = np.empty(flat.size)
    row, column = np.divmod(flat[order], grid.width)
    for first in range(0, grid.height, STRIP):
        begin, end = np.searchsorted(row, (first, first + STRIP))
        if begin == end:
            continue
        top, bottom = int(row[begin]), int(row[end - 1])
        strip = reader.read(Window(0, top, grid.width, bottom - top + 1))
        values[order[begin:end]] = strip[row[begin:end] - top, column[begin:end]]
    return values.reshape(cells.shape)


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
    with unfinished_beside(path, job.fingerprint()) as finished:
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
    finished: Unfinished,
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
    known = {day: np.isfinite(filler.read(day, middle)) for day in _spread(stack.days, MOST_SEEN)}
    usable = [day for day, cells in known.items() if cells.sum() >= LEAST_TO_HIDE_FROM]
    if not usable:
        raise InputError(
            f"No scene of '{stack.name}' has {LEAST_TO_HIDE_FROM} known cells, of which some could be hidden: choose "
            "another stack."
        )
    tested = _spread(usable, scenes)
    truths: list[np.ndarray] = []
    estimates: dict[str, list[tuple[np.ndarray, np.ndarray]]] = {trend: [] for trend in trends}
    by_scene = {}
    for place, day in enumerate(tested):
        scene = filler.read(day, middle)
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
    side = int(ASSESSED**0.5)
    if grid.cells <= ASSESSED:
        return grid.window()
    width, height = min(grid.width, side), min(grid.height, side)
    return Window((grid.width - width) // 2, (grid.height - height) // 2, width, height)


def _spread(days: Sequence[date], number: int) -> list[date]:
    """Choose days at even distances."""
    chosen = np.linspace(0, len(days) - 1, min(number, len(days))).round().astype(int)
    return [days[index] for index in chosen.tolist()]
