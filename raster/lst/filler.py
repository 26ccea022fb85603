"""Fills the gaps of scenes: trend and variogram of the whole scene, kriging tile by tile.

Trend and variogram are estimated from a sample of the cells of the whole scene. A scene, or a part of a
large one, is filled tile by tile, each together with all cells within reach of it, so there are no seams.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache, partial
from threading import Lock
from typing import Any, Optional, cast

import numpy as np

from ...core.lst.fill import FilledScene, FilledWindow, SceneModel, fill_scene, fill_window, fit_scene
from ...core.lst.likelihood import MIN_CELLS, Predictions, fit_predictions
from ...core.lst.neighbours import DEFAULT_REACH
from ...core.lst.recipe import FillRecipe
from ...core.lst.sample import At, SceneSample, spread_cells
from ...core.lst.variogram import Variogram
from ..grid.window import Window
from ..read.kept import Kept
from ..run.blocks import Running, stop_if_cancelled
from ..run.checkpoints import Arrays
from .job import FillJob
from .references import StackScenes
from .tiles import rows_and_columns, strips, tiles_of

# Share of the memory for the systems that are solved at a time. The rest is for a tile and for QGIS itself.
KRIGING_SHARE = 0.25

# Trends and variograms that are kept beside those of the scenes under way.
MAX_KEPT_MODELS = 2

# Scenes of a month from which its variogram is estimated.
SCENES_PER_MONTH = 4

# Predictions per power of two of the distance from which the variogram of a month is estimated. More of them gain
# nothing, since the scenes of a month differ by more: on scenes of the sample basin 400 changed the RMSE by 1 %, in
# either direction, and took four times as long.
MONTH_PER_SCALE = 160

# Where fewer than one cell in so many is needed, other scenes are evaluated at these cells only.
FEW_CELLS = 4


class SceneFiller:
    """Fills the scenes of a stack. Thread-safe."""

    def __init__(self, job: FillJob, running: Running) -> None:
        self.job = job
        self.scenes = StackScenes(job, running)
        self.grid = grid = self.scenes.grid
        self._widths, self._height = grid.cell_metres(job.stack.name)
        self._mean_width = float(np.mean(self._widths))
        self._radius = DEFAULT_REACH * max(self._height, float(self._widths.max()))
        self._models = Kept()
        self._of_month: dict[tuple[int, FillRecipe], Optional[Variogram]] = {}
        self._estimating = Lock()
        self._stop = partial(stop_if_cancelled, running)
        self._kriging: dict[str, Any] = {
            "radius": self._radius,
            "threads": running.workers,
            "memory": int(KRIGING_SHARE * running.memory_mb * 2**20),
            "stop": self._stop,
        }

    # Trend and variogram -----------------------------------------------------------------------------

    def model(self, day: date) -> SceneModel:
        """Return trend and variogram of a scene."""
        found = self._models.get(day)
        if found is None:
            recipe = self.job.recipe
            found = fit_scene(
                self.scenes.fields(day, recipe.trend),
                self._mean_width,
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
            self._models.put(day, found, MAX_KEPT_MODELS)
        return found

    def _shape(self, day: date, recipe: FillRecipe) -> Optional[Variogram]:
        """Return the variogram of the month, of which only the shape counts; None where each scene has its own."""
        if not recipe.by_month(len(self.job.stack.days)):
            return None
        month = (day.month, recipe)
        # Once, and not by each of the threads that begin with its scenes.
        with self._estimating:
            if month not in self._of_month:
                self._of_month[month] = self._estimate_month(day.month, recipe)
        return self._of_month[month]

    def _estimate_month(self, month: int, recipe: FillRecipe) -> Optional[Variogram]:
        """Estimate one variogram from the scenes of a month, of any year, with the most known cells; None if none."""
        days = [day for day in self.job.stack.days if day.month == month]
        spread = spread_cells(self.grid.cells)
        known = {day: int(np.isfinite(self.scenes.at(day, spread)).sum()) for day in days}
        best = sorted(days, key=known.__getitem__, reverse=True)[:SCENES_PER_MONTH]
        samples = []
        for day in best:
            sample = SceneSample.of(self.scenes.fields(day, recipe.trend), self._mean_width, self._height)
            trend = sample.trend(recipe.trend, recipe.lapse_rate)
            residuals = sample.residuals(trend)
            if residuals.size >= MIN_CELLS and np.ptp(residuals) > 0:
                samples.append((sample, trend))
        if not samples:
            return None
        per_scale = max(MONTH_PER_SCALE // len(samples), 20)
        predictions = Predictions.joined([s.predictions(trend, per_scale, recipe.seed) for s, trend in samples])
        shape = (self.grid.height, self.grid.width)
        return fit_predictions(
            predictions, shape, self._mean_width, self._height, cast(str, recipe.variogram), self._stop
        ).variogram

    # Gaps --------------------------------------------------------------------------------------------

    def fill_part(self, part: Window, day: date, model: Optional[SceneModel] = None) -> Arrays:
        """Fill the gaps of a part of a scene, with its model if it is available.

        Returns
        -------
        dict
            ``gaps`` and ``wanted``: number of gaps in the part, and of those to be filled; ``values`` and ``std``: of
            the gaps, in the order of the cells, NaN where there is no estimate or none is requested; ``checked``,
            ``far`` and ``nugget``: as in `FilledWindow`.
        """
        model = model or self.model(day)
        gaps = np.concatenate([np.isnan(self.scenes.stored(day, strip)) for strip in strips(part)])
        inside = self.scenes.is_wanted(part)
        wanted = gaps if inside is None else gaps & inside
        checked = self._checked_in(part, model)
        values, std = np.full(part.shape, np.nan, np.float32), np.full(part.shape, np.nan, np.float32)
        scores, far, nugget = [np.empty((3, 0))], 0, 0.0
        # A grid held in memory needs no tiles: only the surroundings of its gaps are used.
        for tile in [part] if self.scenes.is_held else tiles_of(part):
            of_tile = rows_and_columns(tile, part)
            here = wanted[of_tile]
            if not (here.any() or checked[of_tile].any()):
                continue
            filled = self._fill_tile(tile, day, model, here, checked[of_tile])
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

    def _checked_in(self, part: Window, model: SceneModel) -> np.ndarray:
        """Return which known cells of a part are to be predicted from the others."""
        checked = np.zeros(part.shape, dtype=bool)
        row, column = np.divmod(model.checked, self.grid.width)
        row, column = row - part.row, column - part.column
        inside = (row >= 0) & (row < part.height) & (column >= 0) & (column < part.width)
        checked[row[inside], column[inside]] = True
        return checked

    def _fill_tile(
        self,
        tile: Window,
        day: date,
        model: SceneModel,
        wanted: np.ndarray,
        checked: np.ndarray,
    ) -> FilledWindow:
        """Fill the wanted gaps of a tile, and predict the known cells that are to be checked."""
        window = self._around(tile)
        of_window = rows_and_columns(tile, window)
        tile_gaps, tile_checked = np.zeros(window.shape, dtype=bool), np.zeros(window.shape, dtype=bool)
        tile_gaps[of_window], tile_checked[of_window] = wanted, checked
        height = None if model.trend.kind == "none" else self.scenes.height_in(window)
        # Only of a grid that is held, of which the window is all.
        gap_share = self.scenes.gap_share(day) if model.gap_slope else None
        scene = self.scenes.stored(day, window)
        needed = np.isfinite(scene) | tile_gaps
        return fill_window(
            model,
            scene,
            self._widths[window.row : window.row + window.height],
            self._height,
            height,
            self._reference_in(window, day, model, height, needed),
            None if gap_share is None else gap_share.at,
            tile_gaps,
            tile_checked,
            self.job.recipe.neighbours,
            self.job.recipe.search,
            (window.row, window.column),
            **self._kriging,
        )

    def _around(self, tile: Window) -> Window:
        """Return a tile together with all cells within reach of it."""
        rows = int(self._radius / self._height)
        first, last = max(tile.row - rows, 0), tile.row + tile.height + rows
        columns = int(min(self._radius / self._widths[first:last].min(), self.grid.width))
        around = Window(tile.column - columns, tile.row - rows, tile.width + 2 * columns, tile.height + 2 * rows)
        return around.intersection(self.grid.window())

    def _reference_in(
        self, window: Window, day: date, model: SceneModel, height: Optional[At], needed: np.ndarray
    ) -> Optional[At]:
        """Return the function of needed cells that gives what other dates predict; None where the trend has none."""
        if model.trend.kind != "elevation_reference" or height is None:
            return None
        days, size = self.scenes.references(day), window.width * window.height
        fades = self.scenes.fades(days)

        def predicted_at(cells: np.ndarray) -> np.ndarray:
            """Of a grid that is held, of which the window is all."""
            reads = [partial(self.scenes.at, other, cells) for other in days]
            return model.reference.on(reads, {number: partial(fade, cells) for number, fade in fades.items()})

        @lru_cache(maxsize=1)
        def whole() -> np.ndarray:
            if self.scenes.is_held:
                predicted = predicted_at(np.arange(size)).reshape(window.shape)
            else:
                predicted = model.reference.on([partial(self.scenes.stored, other, window) for other in days])
            widths = self._widths[window.row : window.row + window.height]
            return model.reference.without_holes(
                predicted, height, needed, widths, self._height, **self._kriging
            ).ravel()

        def at(cells: np.ndarray) -> np.ndarray:
            if self.scenes.is_held and cells.size * FEW_CELLS < size:
                # Of a scene in memory only what is needed; of others there is no telling without looking around.
                predicted = predicted_at(cells)
                if np.isfinite(predicted).all():
                    return predicted
            return whole()[cells]

        return at

    def fill_array(
        self,
        scene: np.ndarray,
        window: Window,
        day: date,
        recipe: Optional[FillRecipe] = None,
        cells: Optional[np.ndarray] = None,
        missing: Optional[np.ndarray] = None,
    ) -> FilledScene:
        """Fill a window as if it were a scene of its own, with its own trend and variogram.

        Parameters
        ----------
        scene : ndarray
            The scene of the day in the window, or what is left of it.
        window : Window
        day : datetime.date
            Determines which scenes are nearest in time.
        recipe : FillRecipe, optional
            Used in place of the job's.
        cells : ndarray of bool, optional
            The gaps to be filled; all of them by default.
        missing : ndarray of bool, optional
            The gaps that the scene had before others were made at random; all of them by default.
        """
        recipe = recipe or self.job.recipe
        others = (self.scenes.read(other, window) for other in self.scenes.references(day))
        return fill_scene(
            scene,
            self._widths[window.row : window.row + window.height],
            self._height,
            self.scenes.elevation(window),
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
            missing=missing,
            **self._kriging,
        )
