"""Scenes: temperatures of one overpass and day, read from one or several files onto the cells of a grid.

Files of one scene are tiles of one lattice of cells. They are put together on that lattice first
and warped then, so no seam shows; fill values and cells of bad quality are taken out before
anything is scaled or resampled.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Iterable, Optional, Sequence

import numpy as np
from osgeo import gdal

from ...core.celsius import TEMPERATURES, ZERO_CELSIUS
from ...core.errors import InputError
from ...core.prepare.qc import MAX_16_BITS, within_accuracy, within_error
from ...core.prepare.scenes import GRANULE, OF_21, Files, SceneFile, Scenes, quality_name
from ..grid.gdal_io import open_container, open_raster
from ..grid.grid import Grid, grid_of
from ..grid.longitudes import turns_onto
from ..grid.warping import steps_across
from ..grid.window import Window
from ..read.bands import StoredBand
from ..read.regrid import Regrid, columns_in_a_turn, slices
from ..read.sources import Cost
from ..write.writer import SIMULATED

# A scene whose median lies elsewhere was scaled wrongly, or is no temperature.
PLAUSIBLE_MEDIAN_K = (200.0, 340.0)

# No land surface is colder or hotter: such a cell is a fill value that nobody has named.
POSSIBLE_K = tuple(limit + ZERO_CELSIUS for limit in TEMPERATURES)

# The median of a file is told from this many places, of this many rows each.
SAMPLED_PLACES = 16
SAMPLED_ROWS = 64

# Error of the coordinates that GDAL may make, in source cells; exact ones take three times as long.
MAX_SHIFT = 0.01

# A grid of more cells comes from a slip of units.
MOST_CELLS = 10**10


@dataclass(frozen=True)
class Decoding:
    """How temperatures are read from scene files.

    Attributes
    ----------
    scale, offset : float, optional
        stored x scale + offset is in K; None where the tags of the files say it.
    nodata : float, optional
        Stored where there is no temperature, beside what the tags of the files say.
    qc_limit_k : int, optional
        Largest error in K that the MODIS quality bits may name; None where no such layer is read.
    resampling : str
        GDAL's name of the method, used where the scenes are not on the grid.
    """

    scale: Optional[float] = None
    offset: Optional[float] = None
    nodata: Optional[float] = None
    qc_limit_k: Optional[int] = None
    resampling: str = "bilinear"


@dataclass(frozen=True)
class ScenePart:
    """A window of a scene.

    Attributes
    ----------
    values : ndarray of float32
        Temperatures in degC, NaN where there is none.
    failed : dict
        Files that could not be read, by path, with the reason.
    known, outside : int
        Number of cells of the files that hold a value, and of those outside `PLAUSIBLE_MEDIAN_K`.
    simulated : frozenset of str
        What in the files is simulated, as they say themselves.
    """

    values: np.ndarray
    failed: dict[str, str] = field(default_factory=dict)
    known: int = 0
    outside: int = 0
    simulated: frozenset[str] = frozenset()

    @property
    def is_doubtful(self) -> bool:
        """Whether so many values are implausible that the median of the whole scene may be."""
        return 3 * self.outside > self.known


class _OpenScene:
    """A file of a scene, open."""

    def __init__(self, file: SceneFile, decoding: Decoding) -> None:
        self.file = file
        temperature, quality = _layers(file)
        self._dataset = open_raster(temperature, file.name)
        self.grid = grid_of(self._dataset, file.name)
        if not self.grid.crs_wkt:
            raise InputError(f"Scene '{file.name}' has no CRS: assign the right one to it.")
        self.simulated = self._dataset.GetMetadataItem(SIMULATED) or ""
        number = _temperature_band(self._dataset, file).GetBand()
        self._band = StoredBand(self._dataset, number, file.name)
        self._scale = decoding.scale if decoding.scale is not None else self._band.scale
        self._offset = decoding.offset if decoding.offset is not None else self._band.offset
        self._nodata = decoding.nodata
        self._qc_limit_k = decoding.qc_limit_k
        if self._qc_limit_k is not None:
            self._quality_dataset, band = _quality_band(self._dataset, quality, file)
            if not grid_of(self._quality_dataset, file.name).same_cells(self.grid):
                raise InputError(f"The quality layer of '{file.name}' has other cells: export both layers alike.")
            self._quality = StoredBand(self._quality_dataset, band.GetBand(), f"quality of {file.name}")

    def read(self, window: Window) -> np.ndarray:
        """Give the temperatures of a window in K, float32 with NaN where there is none of the wanted quality."""
        stored = self._band.read(window)
        missing = self._band.is_missing(stored, window)
        if self._nodata is not None:
            missing |= stored == self._nodata
        if self._qc_limit_k is not None:
            missing |= ~self._is_of_quality(window, self._qc_limit_k)
        kelvin = (stored * self._scale + self._offset).astype(np.float32)
        kelvin[missing] = np.nan
        return kelvin

    def _is_of_quality(self, window: Window, limit_k: int) -> np.ndarray:
        """Return where the bits name an error within a limit; nowhere where there are none."""
        bits = self._quality.read(window)
        known = ~self._quality.hidden(bits, window)
        if bits.dtype == np.int8:
            bits = bits.view(np.uint8)
        nodata = self._quality.missing
        # A tag that bits can make, such as 0, is a quality all the same, the best one.
        if nodata is not None and not 0 <= nodata <= MAX_16_BITS:
            known &= bits != nodata
        within = within_accuracy if OF_21.search(self.file.name) else within_error
        is_wanted = np.zeros(window.shape, bool)
        try:
            is_wanted[known] = within(bits[known], limit_k)
        except InputError as error:
            raise InputError(f"In the quality layer of '{self.file.name}' {error}") from error
        return is_wanted

    def sample(self) -> np.ndarray:
        """Give the temperatures in K of rows from all over the file."""
        height = self.grid.height
        step = max(SAMPLED_ROWS, height // SAMPLED_PLACES)
        windows = (Window(0, row, self.grid.width, min(SAMPLED_ROWS, height - row)) for row in range(0, height, step))
        values = np.concatenate([self.read(window).ravel() for window in windows])
        return values[~np.isnan(values)]


def _layers(file: SceneFile) -> tuple[str, str]:
    """Give the paths of the temperature and of the quality bits that belong to it; empty where there are none."""
    if file.path.lower().endswith(GRANULE):
        return _layers_of_granule(file)
    name = quality_name(file.name)
    if name == file.name:
        return file.path, ""
    path = Path(file.path)
    # Beside the scene, or as MODIStsp has it in a folder of its own: QC_Day beside LST_Day_1km.
    places = (path.with_name(name), path.parent.with_name(quality_name(path.parent.name)) / name)
    return file.path, next((str(place) for place in places if place.exists()), "")


def _layers_of_granule(file: SceneFile) -> tuple[str, str]:
    if gdal.GetDriverByName("HDF4") is None:
        raise InputError(f"Granule '{file.name}' is HDF4, which this GDAL does not read: export it to GeoTIFF.")
    time = file.time.capitalize()
    paths = [path for path, _ in open_container(file.path, file.name).GetSubDatasets()]
    temperature = [path for path in paths if re.search(rf":LST_{time}_[16]km$", path)]
    quality = [path for path in paths if path.endswith(f":QC_{time}")]
    if not temperature:
        raise InputError(f"Granule '{file.name}' holds no layer LST_{time}_1km or LST_{time}_6km: get it again.")
    return temperature[0], quality[0] if quality else ""


def _described_band(dataset: gdal.Dataset, words: str) -> Optional[gdal.Band]:
    """Give the band whose description ends with a regular expression; None where there is none, or several are."""
    bands = [dataset.GetRasterBand(number) for number in range(1, dataset.RasterCount + 1)]
    found = [band for band in bands if re.search(rf"(?:^|[^a-z0-9])(?:{words})$", band.GetDescription(), re.IGNORECASE)]
    return found[0] if len(found) == 1 else None


def _temperature_band(dataset: gdal.Dataset, file: SceneFile) -> gdal.Band:
    """Give the band of the temperature: the one that says so, else the first of a file that holds nothing else."""
    if file.path.lower().endswith(GRANULE):
        return dataset.GetRasterBand(1)
    band = _described_band(dataset, rf"LST_{file.time}_[16]km")
    if band is None and not file.tells_time:
        raise InputError(
            f"Scene '{file.name}' holds no band named LST_{file.time.capitalize()}_1km, and its name tells neither day "
            "nor night: export the bands with their names, or set OVERPASS to what it holds."
        )
    return band or dataset.GetRasterBand(1)


def _quality_band(dataset: gdal.Dataset, path: str, file: SceneFile) -> tuple[gdal.Dataset, gdal.Band]:
    """Give the quality bits of a scene, which are a file of their own or a band beside the temperature."""
    if path:
        quality = open_raster(path, f"quality of {file.name}")
        return quality, quality.GetRasterBand(1)
    band = _described_band(dataset, f"QC_{file.time}")
    if band is None:
        raise InputError(
            f"Scene '{file.name}' has no layer of quality bits beside it: export QC_Day and QC_Night too, under the "
            "name of the scene, or set QC to none."
        )
    return dataset, band


def without_layer(scenes: Scenes) -> list[str]:
    """Name the overpasses whose first file, which should hold day and night, does not hold them."""
    lacking = []
    for overpass, by_day in scenes.items():
        first = next(iter(by_day.values()))[0]
        if first.tells_time or first.path.lower().endswith(GRANULE):
            continue
        dataset = open_raster(first.path, first.name)
        if _described_band(dataset, rf"LST_{first.time}_[16]km") is None:
            lacking.append(overpass)
    return lacking


def read_scene(files: Sequence[SceneFile], decoding: Decoding, grid: Grid, window: Window) -> ScenePart:
    """Read a window of a scene.

    Parameters
    ----------
    files : sequence of SceneFile
        The files of one overpass and day; where they overlap, a later one lies above.
    decoding : Decoding
        How they are read.
    grid : Grid
        The cells that are wanted.
    window : Window
        Of these cells.

    Returns
    -------
    ScenePart
        A file that cannot be read is named there, and leaves no trace in the values.
    """
    mosaic: Optional[_Mosaic] = None
    failed, simulated = {}, set()
    known = outside = 0
    for file in files:
        try:
            scene = _OpenScene(file, decoding)
            if mosaic is None:
                mosaic = _Mosaic(scene.grid, grid, window, decoding.resampling)
            parts = mosaic.read(scene)
        except InputError as error:
            failed[file.path] = str(error)
            continue
        simulated |= {scene.simulated} - {""}
        for kelvin, below in parts:
            plausible = (kelvin >= PLAUSIBLE_MEDIAN_K[0]) & (kelvin <= PLAUSIBLE_MEDIAN_K[1])
            known_here = np.count_nonzero(~np.isnan(kelvin))
            known += known_here
            outside += known_here - np.count_nonzero(plausible)
            mosaic.paste(kelvin, below)
    values = np.full(window.shape, np.nan, np.float32) if mosaic is None else mosaic.on_grid()
    return ScenePart(values, failed, int(known), int(outside), frozenset(simulated))


class _Mosaic:
    """The files of a scene on their lattice of cells, as far as a window of the grid needs them."""

    def __init__(self, lattice: Grid, grid: Grid, window: Window, resampling: str) -> None:
        self._lattice = lattice
        self._window = window
        place = lattice.place_of(grid.part(window))
        self._regrid = None
        if place is None:
            # Tiles of a scene lie anywhere on the lattice, which is more than the first of them.
            self._regrid = Regrid(
                lattice, grid, resampling, f"scenes in {lattice.crs_name()}", MAX_SHIFT, bounded=False
            )
        regions = [place] if self._regrid is None else self._regrid.places(window)
        self._celsius = [(region, np.full(region.shape, np.nan, np.float32)) for region in regions]

    def read(self, scene: _OpenScene) -> list[tuple[np.ndarray, np.ndarray]]:
        """Return the temperatures of a file in K where it lies in the regions, and the cells there, to be pasted."""
        own = self._lattice.place_of(scene.grid)
        if own is None:
            raise InputError(f"Scene '{scene.file.name}' has other cells than the first file of its day: warp it.")
        turn = abs(columns_in_a_turn(self._lattice))
        parts = []
        for region, cells in self._celsius:
            ends = (region.column, region.column + region.width)
            for turns in turns_onto(own.column, own.column + own.width, *ends, turn):
                there = replace(own, column=own.column + turns * turn)
                common = there.intersection(region)
                if common.width and common.height:
                    kelvin = scene.read(common.seen_from(there))
                    parts.append((kelvin, cells[slices(common, region)]))
        return parts

    def paste(self, kelvin: np.ndarray, below: np.ndarray) -> None:
        """Lay a part of a file above the ones before it, where it holds what a land surface may have."""
        possible = (kelvin >= POSSIBLE_K[0]) & (kelvin <= POSSIBLE_K[1])
        below[possible] = kelvin[possible] - np.float32(ZERO_CELSIUS)

    def on_grid(self) -> np.ndarray:
        """Return the temperatures in degC on the cells of the window."""
        if self._regrid is None:
            return self._celsius[0][1]
        return self._regrid.read(self._cut, self._window, np.float32(np.nan))

    def _cut(self, place: Window) -> np.ndarray:
        """Return the temperatures in a part of one of the regions."""
        region, cells = next(found for found in self._celsius if found[0].intersection(place) == place)
        return cells[slices(place, region)]


def scene_cost(lattice: Grid, grid: Grid) -> Cost:
    """Give the memory that reading scenes on a lattice takes, per cell of a grid."""
    source_cells = max(1.0, abs(np.linalg.det(steps_across(lattice, grid))))
    return Cost(bytes_per_cell=8 + math.ceil(24 * source_cells))


def scene_median(files: Iterable[SceneFile], decoding: Decoding) -> float:
    """Give the median temperature of a scene in K, from rows all over its files; NaN where no value is known.

    Raises
    ------
    InputError
        If a file cannot be read.
    """
    values = np.concatenate([_OpenScene(file, decoding).sample() for file in files])
    return float(np.median(values)) if values.size else math.nan


def require_plausible(median_k: float, name: str) -> None:
    """Raise an `InputError` when the median of a scene is none of a land surface."""
    low, high = PLAUSIBLE_MEDIAN_K
    if not low <= median_k <= high:
        raise InputError(
            f"Scene '{name}' has the median {median_k:.6g} K, which lies outside {low:g} to {high:g} K: set SCALE, "
            "OFFSET and NODATA so that stored x SCALE + OFFSET is in kelvin (an OFFSET of 273.15 takes degC)."
        )


def check_scenes(overpasses: Iterable[Iterable[Files]], decoding: Decoding) -> None:
    """Look at the first scene of each overpass that holds a value, before hours are spent on a wrong scale.

    Raises
    ------
    InputError
        If one of them is implausible, or no scene of any overpass can be read.
    """
    reason = "No scene holds a value: check NODATA and QC."
    is_read = False
    for scenes in overpasses:
        for files in scenes:
            try:
                median = scene_median(files, decoding)
            except InputError as error:
                reason = str(error)
                continue
            if not math.isnan(median):
                require_plausible(median, files[0].name)
                is_read = True
                break
    if not is_read:
        raise InputError(reason)


def tile_grids(scenes: Iterable[Files]) -> dict[str, Grid]:
    """Give the grids of the tiles that scenes consist of, by the name of one file of each.

    Raises
    ------
    InputError
        If no file can be read.
    """
    grids: dict[str, Grid] = {}
    seen: set[str] = set()
    reason = ""
    for files in scenes:
        for position, file in enumerate(files):
            # Files whose pattern names no tile are told apart by their order within the scene.
            tile = file.tile or str(position)
            if tile in seen:
                continue
            try:
                grids[file.name] = _OpenScene(file, Decoding()).grid
            except InputError as error:
                reason = reason or str(error)
                continue
            seen.add(tile)
    if not grids:
        raise InputError(reason or "There is no scene to read.")
    return grids


def target_grid(
    tiles: dict[str, Grid],
    grid: Optional[Grid] = None,
    extent: Optional[Grid] = None,
    crs_wkt: str = "",
    resolution: Optional[float] = None,
) -> Grid:
    """Choose the cells of stacks.

    Parameters
    ----------
    tiles : dict
        From `tile_grids`.
    grid : Grid, optional
        The cells that are wanted; what follows is not used then.
    extent : Grid, optional
        A rectangle in any CRS; by default all that the tiles cover.
    crs_wkt : str
        By default that of the tiles.
    resolution : float, optional
        Cell size in units of the CRS; by default the cells of the tiles, which needs their CRS.

    Raises
    ------
    InputError
        If the choice is not complete, or no tile lies there.
    """
    first = next(iter(tiles.values()))
    if grid is None:
        wanted = replace(first, crs_wkt=crs_wkt or first.crs_wkt)
        own = _union(tiles) if extent is None or resolution is None else first
        bounds = (extent or own).bounds_in(wanted.crs_wkt, "EXTENT")
        if not all(map(math.isfinite, bounds)):
            raise InputError(f"The extent cannot be brought to {wanted.crs_name()}: check EXTENT and CRS.")
        if resolution is not None:
            grid = _grid_over(bounds, resolution, wanted)
        elif wanted.same_crs(first):
            grid = own.part(own.window_of(bounds))
        else:
            raise InputError(
                f"The scenes are in {first.crs_name()} and CRS is {wanted.crs_name()}: give the cell size in units of "
                "CRS as RESOLUTION, or choose a GRID."
            )
    if not grid.crs_wkt:
        raise InputError("The raster chosen for GRID has no CRS: assign the right one to it.")
    if not any(tile.overlaps(grid, name) for name, tile in tiles.items()):
        name = next(iter(tiles))
        raise InputError(
            f"No scene overlaps the grid of the stacks ({grid.describe()}); the first, '{name}', is "
            f"{first.describe()}: check GRID or EXTENT, and the CRSs."
        )
    return grid


def _union(tiles: dict[str, Grid]) -> Grid:
    """Give the grid that holds all tiles."""
    (name, first), *_ = tiles.items()
    places = {other: first.place_of(tile) for other, tile in tiles.items()}
    for other, place in places.items():
        if place is None:
            raise InputError(
                f"'{name}' ({first.describe()}) and '{other}' ({tiles[other].describe()}) have different cells: "
                "choose a GRID, or give EXTENT, CRS and RESOLUTION."
            )
    left, top = (min(getattr(place, side) for place in places.values()) for side in ("column", "row"))
    right = max(place.column + place.width for place in places.values())
    bottom = max(place.row + place.height for place in places.values())
    return first.part(Window(left, top, right - left, bottom - top))


def _grid_over(bounds: tuple[float, float, float, float], resolution: float, wanted: Grid) -> Grid:
    xmin, ymin, xmax, ymax = bounds
    corner = (xmin, resolution, 0.0, ymax, 0.0, -resolution)
    lattice = Grid(1, 1, corner, wanted.crs_wkt)
    grid = lattice.part(lattice.window_of(bounds))
    if resolution > max(xmax - xmin, ymax - ymin) or grid.cells > MOST_CELLS:
        raise InputError(
            f"RESOLUTION {resolution:g} makes {grid.width} x {grid.height} cells of the extent ({xmax - xmin:.6g} x "
            f"{ymax - ymin:.6g}): give the cell size in units of {wanted.crs_name()}."
        )
    return grid
