"""The gaps of a stack, filled scene by scene in bounded memory; a run that was stopped goes on where it was.

The unit of work is a scene, or a tile of one where the grid is too large to be held. Finished units
wait beside the output, see `unfinished`. When all are there, the output is put together from them: known
cells as they are stored in the input, bit for bit, gaps from the units.
"""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from functools import partial
from typing import Iterator, Optional, Sequence, Union

import numpy as np

from ..core.errors import InputError
from ..core.files import remove_partials
from ..core.lst.fill import FilledScene, fill_scene
from ..core.lst.likelihood import LEAST_CELLS, fit_likelihood, innovations
from ..core.lst.scores import Scores, hide_cells, hide_clouds, score
from ..core.lst.trend import LAPSE_RATE, fit_trend
from ..core.lst.variogram import Variogram
from .bands import data_bands
from .blocks import Running, Threads, in_order, stop_if_cancelled
from .gdal_io import read_band
from .grid import Grid, Window
from .sources import NO_CLASS, RasterSource
from .stack import Stack
from .unfinished import Arrays, Unfinished, fingerprint, unfinished_beside
from .vectors import Features, PolygonSource
from .writer import Layer, Provenance, Storage, raster_output, storage_of

# What filling a scene takes in memory, per cell: scene, surface, residuals, result and their copies.
BYTES_PER_CELL = 160

# Shares of the memory: for the scene, and for the systems that are solved at a time. What remains is for the
# estimate of the variogram and for QGIS itself.
SCENE_SHARE = 0.5
KRIGING_SHARE = 0.25

# Cells around a tile that take part in filling it.
HALO = 100

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
    """How one scene, or one tile of it, was filled: what the report shows.

    Attributes
    ----------
    label : str
        Date, and the number of the tile where there are several.
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


def plan_tiles(grid: Grid, memory_mb: int) -> list[Window]:
    """Cut a grid into tiles that can be filled in a memory, halo included; one tile where that is enough."""
    cells = SCENE_SHARE * memory_mb * 2**20 / BYTES_PER_CELL
    if grid.cells <= cells:
        return [grid.window()]
    side = max(HALO, int(cells**0.5) - 2 * HALO)
    return [
        Window(column, row, min(side, grid.width - column), min(side, grid.height - row))
        for row in range(0, grid.height, side)
        for column in range(0, grid.width, side)
    ]


class TileFiller:
    """Fills scenes on one tile of the grid; holds what they have in common."""

    def __init__(self, job: FillJob, tile: Window, running: Running) -> None:
        self.job = job
        self.tile = tile
        self._running = running
        self._stop = partial(stop_if_cancelled, running)
        grid = job.stack.source.grid()
        self._grid = grid
        self.window = Window(tile.column - HALO, tile.row - HALO, tile.width + 2 * HALO, tile.height + 2 * HALO)
        self.window = self.window.intersection(grid.window())
        self.inside = (
            slice(tile.row - self.window.row, tile.row - self.window.row + tile.height),
            slice(tile.column - self.window.column, tile.column - self.window.column + tile.width),
        )
        widths, self._height = grid.cell_metres(job.stack.name)
        self._widths = widths[self.window.row : self.window.row + self.window.height]
        self._elevation = None
        if job.elevation is not None:
            self._elevation = job.elevation.open(grid).read(self.window).astype(float)
        self._within = None
        if job.mask is not None:
            self._within = PolygonSource(job.mask).open(grid).read(self.window) != NO_CLASS
        self._of_month: dict[tuple[int, FillRecipe], Optional[Variogram]] = {}

    def scene(self, day: date) -> np.ndarray:
        """Give a scene on tile and halo, float64 with NaN in the gaps."""
        self._stop()
        return self.job.stack.band(day).open(self._grid).read(self.window).astype(float)

    def others(self, day: date) -> Iterator[np.ndarray]:
        """Give the scenes that are nearest in time, one after the other."""
        rest = sorted((d for d in self.job.stack.days if d != day), key=lambda other: abs(other - day))
        return map(self.scene, rest[: self.job.recipe.references])

    def fill(
        self, scene: np.ndarray, day: date, recipe: Optional[FillRecipe] = None, cells: Optional[np.ndarray] = None
    ) -> FilledScene:
        """Fill a scene of this tile.

        Parameters
        ----------
        scene : ndarray
            The scene of the day, or what is left of it.
        day : datetime.date
            Tells which scenes are its neighbours in time.
        recipe : FillRecipe, optional
            In place of the job's.
        cells : ndarray of bool, optional
            The gaps that are wanted, in place of those inside the mask.
        """
        recipe = recipe or self.job.recipe
        return fill_scene(
            scene,
            self._widths,
            self._height,
            self._elevation,
            trend=recipe.trend,
            others=self.others(day) if recipe.trend == "elevation_reference" else (),
            lapse_rate=recipe.lapse_rate,
            variogram=self._variogram(scene, day, recipe),
            fit=recipe.fit,
            neighbours=recipe.neighbours,
            search=recipe.search,
            within=self._within if cells is None else cells,
            validation_cells=recipe.validation_cells,
            seed=recipe.seed,
            threads=self._running.workers,
            memory=int(KRIGING_SHARE * self._running.memory_mb * 2**20),
            stop=self._stop,
        )

    def _variogram(self, scene: np.ndarray, day: date, recipe: FillRecipe) -> Union[str, Variogram]:
        """Give the month's variogram on the scale of the scene, or what `fill_scene` is to estimate by itself."""
        if not recipe.by_month(self.job.stack):
            return recipe.variogram
        month = (day.month, recipe)
        if month not in self._of_month:
            self._of_month[month] = self._estimate_month(day.month, recipe)
        shape = self._of_month[month]
        residuals = self._residuals(scene, recipe)
        if shape is None or residuals is None:
            return recipe.variogram
        width = float(np.mean(self._widths))
        errors = innovations(residuals[np.newaxis], shape, width, self._height, MONTH_PER_SCALE, recipe.seed)
        return shape.scaled(float(np.mean(errors**2)))

    def _estimate_month(self, month: int, recipe: FillRecipe) -> Optional[Variogram]:
        """Estimate one variogram from the scenes of a month, of any year, that know most cells; None without any."""
        days = [day for day in self.job.stack.days if day.month == month]
        known = {day: int(np.isfinite(self.scene(day)).sum()) for day in days}
        best = sorted(days, key=known.__getitem__, reverse=True)[:SCENES_A_MONTH]
        residuals = [self._residuals(self.scene(day), recipe) for day in best]
        residuals = [residual for residual in residuals if residual is not None]
        if not residuals:
            return None
        width = float(np.mean(self._widths))
        return fit_likelihood(
            residuals, width, self._height, recipe.variogram, MONTH_PER_SCALE, recipe.seed, self._stop
        ).variogram

    def _residuals(self, scene: np.ndarray, recipe: FillRecipe) -> Optional[np.ndarray]:
        """Give a scene without its trend; None where too little is known to tell a variogram."""
        # References take the time of a fill each; elevation is most of what they know.
        kind = "elevation" if recipe.trend == "elevation_reference" else recipe.trend
        residuals = scene - fit_trend(scene, kind, self._elevation, lapse_rate=recipe.lapse_rate).surface
        spread = residuals[np.isfinite(residuals)]
        return residuals if spread.size >= LEAST_CELLS and np.ptp(spread) > 0 else None


@dataclass(frozen=True)
class Unit:
    """A scene, or a tile of one, to be filled."""

    day: date
    tile: Window
    label: str

    @property
    def name(self) -> str:
        """What its file is called."""
        return f"{self.day}_{self.tile.name}"


class FillWork:
    """Fills units, on this machine or another one; holds what the units of a tile have in common."""

    def __init__(self, job: FillJob, running: Running) -> None:
        self._of = (job, running)
        self._filler: Optional[TileFiller] = None

    def __reduce__(self) -> tuple:
        """Say how a copy is made."""
        return FillWork, self._of

    def __call__(self, unit: Unit) -> Arrays:
        """Give the estimates of the gaps and their deviations, in the order of the cells, and the `Outcome`."""
        filler = self._filler
        if filler is None or filler.tile != unit.tile:
            job, running = self._of
            self._filler = filler = TileFiller(job, unit.tile, running)
        scene = filler.scene(unit.day)
        filled = filler.fill(scene, unit.day)
        gaps = np.isnan(scene[filler.inside])
        return {
            "values": filled.values[filler.inside][gaps].astype(np.float32),
            "std": filled.std[filler.inside][gaps].astype(np.float32),
            "outcome": np.array(json.dumps(asdict(outcome_of(filled, unit.label)))),
        }


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
    tiles = plan_tiles(job.stack.source.grid(), running.memory_mb)
    units = [
        Unit(day, tile, job.stack.label(day) + (f", tile {number}" if len(tiles) > 1 else ""))
        for number, tile in enumerate(tiles, start=1)
        for day in job.stack.days
    ]
    work = FillWork(job, running.inside)
    # Here one unit at a time takes all threads; where others compute, each takes one.
    in_turn = running if running.runner is not None else replace(running, runner=Threads(1))
    outcomes = []
    with unfinished_beside(path, job.fingerprint()) as finished:
        with closing(in_order(work, units, in_turn, finished)) as filled:
            for _, arrays in filled:
                outcomes.append(_outcome(arrays))
                running.progress(len(outcomes) / len(units))
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


def _outcome(arrays: Arrays) -> Outcome:
    content = json.loads(str(arrays["outcome"]))
    return Outcome(**{**content, "fallbacks": tuple(content["fallbacks"])})


def outcome_of(filled: FilledScene, label: str) -> Outcome:
    """Sum up a filled scene."""
    checked = filled.cross_validation
    outcome = Outcome(
        label,
        filled.gap_share,
        filled.filled,
        filled.remaining,
        filled.far,
        filled.trend.kind,
        filled.trend.lapse_rate,
        filled.trend.r2,
        filled.trend.references,
        describe_variogram(filled.variogram),
        filled.fallbacks,
    )
    if checked is None:
        return outcome
    return replace(outcome, rmse=checked.rmse, bias=checked.bias, coverage=checked.coverage, crps=checked.crps)


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
            arrays, tile, number = finished.get(unit), unit.tile, numbers[unit.day]
            band = bands[number - 1]
            stored = read_band(band, tile, source.name)
            band.FlushCache()
            gaps = np.isnan(job.stack.band(unit.day).open(grid).read(tile))
            filled, std = np.full(tile.shape, np.nan, np.float32), np.zeros(tile.shape, np.float32)
            filled[gaps], std[gaps] = arrays["values"], arrays["std"]
            output.write_stored(tile, np.where(gaps, storage.encode(filled), stored), number)
            output_std.write(tile, std, number)


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
    middle = _middle_tile(stack.source.grid(), running.memory_mb)
    filler = TileFiller(job, middle, running)
    known = {day: np.isfinite(filler.scene(day)) for day in _spread(stack.days, MOST_SEEN)}
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
        scene = filler.scene(day)
        gaps = [~cells for other, cells in known.items() if other != day] or [~known[day]]
        seed = job.recipe.seed + place
        hidden = (
            hide_cells(known[day], share, seed) if pattern == "cells" else hide_clouds(known[day], gaps, share, seed)
        )
        truths.append(scene[hidden])
        scores = {}
        for step, trend in enumerate(trends):
            filled = filler.fill(np.where(hidden, np.nan, scene), day, replace(job.recipe, trend=trend), hidden)
            estimates[trend].append((filled.values[hidden], filled.std[hidden]))
            scores[trend] = score(truths[-1], *estimates[trend][-1])
            running.progress((place + (step + 1) / len(trends)) / len(tested))
        by_scene[stack.label(day)] = scores
    truth = np.concatenate(truths)
    pooled = {trend: score(truth, *map(np.concatenate, zip(*parts))) for trend, parts in estimates.items()}
    return Assessment(by_scene, pooled)


def _middle_tile(grid: Grid, memory_mb: int) -> Window:
    """Give the tile in the middle of a grid, which is all of it where the memory allows."""
    tiles = plan_tiles(grid, memory_mb)
    return min(
        tiles,
        key=lambda tile: (
            abs(tile.column + tile.width / 2 - grid.width / 2) + abs(tile.row + tile.height / 2 - grid.height / 2)
        ),
    )


def _spread(days: Sequence[date], number: int) -> list[date]:
    """Choose days at even distances."""
    chosen = np.linspace(0, len(days) - 1, min(number, len(days))).round().astype(int)
    return [days[index] for index in chosen.tolist()]
