"""Reads scenes, the temperatures of one overpass and day, from one or several files onto a grid.

The files of a scene are tiles of one lattice of cells. They are mosaicked on that lattice before they are
warped, so there are no seams; fill values and cells of bad quality are removed before anything is scaled or
resampled.
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
from ...core.errors import InputError, MissingPackageError
from ...core.language import tr
from ...core.prepare.hdfeos import grid_of_structure
from ...core.prepare.qc import MAX_16_BITS, within_accuracy, within_error
from ...core.prepare.scenes import Files, SceneFile, Scenes, quality_name
from ..grid.gdal_io import open_container, open_raster, text_in_hdf5, wkt_of_usgs
from ..grid.grid import Grid, grid_of
from ..grid.longitudes import turns_onto
from ..grid.texts import description_of, metadata_item
from ..grid.warping import steps_across
from ..grid.window import Window
from ..read.bands import StoredBand
from ..read.protocols import Cost
from ..read.regrid import Regrid, columns_in_a_turn, slices
from ..write.provenance import SIMULATED

# A scene whose median lies outside was scaled wrongly, or does not hold temperatures.
PLAUSIBLE_MEDIAN_K = (200.0, 340.0)

# No land surface is colder or hotter: such a value is an undeclared fill value.
POSSIBLE_K = tuple(limit + ZERO_CELSIUS for limit in TEMPERATURES)

# The median of a file is estimated from this many strips of this many rows each.
SAMPLED_STRIPS = 16
SAMPLED_ROWS = 64

# Error of coordinates that GDAL may make, in source cells; exact coordinates take three times as long.
MAX_SHIFT = 0.01


@dataclass(frozen=True)
class Decoding:
    """How temperatures are read from scene files.

    Attributes
    ----------
    scale, offset : float, optional
        stored x scale + offset is in K; None to use those of the file's metadata.
    nodata : float, optional
        Stored where there is no temperature, in addition to the nodata value of the file.
    qc_limit_k : int, optional
        Largest error in K that the quality bits may state; None to ignore them.
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
        What is simulated, according to the metadata of the files.
    """

    values: np.ndarray
    failed: dict[str, str] = field(default_factory=dict)
    known: int = 0
    outside: int = 0
    simulated: frozenset[str] = frozenset()

    @property
    def is_doubtful(self) -> bool:
        """Whether so many values are implausible that the median of the whole scene may be implausible too."""
        return 3 * self.outside > self.known


class OpenScene:
    """An open file of a scene."""

    def __init__(self, file: SceneFile, decoding: Decoding) -> None:
        self.file = file
        temperature, quality = _layers(file)
        self._dataset = open_raster(temperature, file.name)
        self.grid = _grid_of(self._dataset, file)
        if not self.grid.crs_wkt:
            raise InputError(tr("Scene '{name}' has no CRS: assign the right one to it.", name=file.name))
        self.simulated = metadata_item(self._dataset, SIMULATED) or ""
        number = _temperature_band(self._dataset, file).GetBand()
        self._band = StoredBand(self._dataset, number, file.name)
        self._scale = decoding.scale if decoding.scale is not None else self._band.scale
        self._offset = decoding.offset if decoding.offset is not None else self._band.offset
        self._nodata = decoding.nodata
        self._qc_limit_k = decoding.qc_limit_k
        if self._qc_limit_k is not None:
            self._quality_dataset, band = _quality_band(self._dataset, quality, file)
            if not _grid_of(self._quality_dataset, file).same_cells(self.grid):
                raise InputError(
                    tr(
                        "The quality layer of '{name}' is on another grid: export both layers with the same cells.",
                        name=file.name,
                    )
                )
            self._quality = StoredBand(self._quality_dataset, band.GetBand(), tr("quality of {name}", name=file.name))

    def read(self, window: Window) -> np.ndarray:
        """Return the temperatures of a window in K, float32, with NaN where there is none of the wanted quality."""
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
        """Return where the bits state an error within a limit; False where there are no bits."""
        bits = self._quality.read(window)
        known = ~self._quality.hidden(bits, window)
        if bits.dtype == np.int8:
            bits = bits.view(np.uint8)
        nodata = self._quality.missing
        # A nodata value that bits can take, such as 0, is still a valid quality, the best one.
        if nodata is not None and not 0 <= nodata <= MAX_16_BITS:
            known &= bits != nodata
        within = within_accuracy if self.file.is_of_21 else within_error
        is_wanted = np.zeros(window.shape, bool)
        try:
            is_wanted[known] = within(bits[known], limit_k)
        except InputError as error:
            raise InputError(
                tr("In the quality layer of '{name}' {error}", name=self.file.name, error=error)
            ) from error
        return is_wanted

    def sample(self) -> np.ndarray:
        """Return temperatures in K of rows from all over the file."""
        height = self.grid.height
        step = max(SAMPLED_ROWS, height // SAMPLED_STRIPS)
        windows = (Window(0, row, self.grid.width, min(SAMPLED_ROWS, height - row)) for row in range(0, height, step))
        values = np.concatenate([self.read(window).ravel() for window in windows])
        return values[~np.isnan(values)]


def _layers(file: SceneFile) -> tuple[str, str]:
    """Return the paths of the temperature layer and of its quality layer, which is empty if there is none."""
    if file.granule:
        return _layers_of_granule(file)
    name = quality_name(file.name)
    if name == file.name:
        return file.path, ""
    path = Path(file.path)
    # Beside the scene, or in a folder of its own as MODIStsp writes it: QC_Day beside LST_Day_1km.
    places = (path.with_name(name), path.parent.with_name(quality_name(path.parent.name)) / name)
    return file.path, next((str(place) for place in places if place.exists()), "")


def _layers_of_granule(file: SceneFile) -> tuple[str, str]:
    """Return the paths of both layers of a granule as delivered.

    Layers as in the file specifications of NASA's LAADS DAAC: LST_Day_1km and QC_Day of MxD11A1 (for the night
    likewise), LST_1KM and QC of MxD21A1, VNP21A1, VJ121A1 and VJ221A1. All store temperatures alike, in fiftieths of
    a K with 0 as the fill value.
    """
    time = file.time.capitalize()
    wanted, bits = ("LST_1KM", "QC") if file.is_of_21 else (f"LST_{time}_[16]km", f"QC_{time}")
    if gdal.GetDriverByName(file.granule) is None:
        # Not an InputError, by which a scene is left out: another machine of a cluster may read it.
        raise MissingPackageError(
            tr(
                "Granule '{name}' is {format}, which this GDAL cannot read: let AppEEARS export the layers {layers} to "
                "GeoTIFF, and choose the folder of the exports.",
                name=file.name,
                format=file.granule,
                layers="LST_1KM, QC" if file.is_of_21 else "LST_Day_1km, LST_Night_1km, QC_Day, QC_Night",
            )
        )
    paths = [path for path, _ in open_container(file.path, file.name).GetSubDatasets()]
    temperature = [path for path in paths if re.search(rf"[:/]{wanted}$", path)]
    quality = [path for path in paths if re.search(rf"[:/]{bits}$", path)]
    if not temperature:
        raise InputError(
            tr(
                "Granule '{name}' holds no layer {layer}: download it again.",
                name=file.name,
                layer=wanted.replace("[16]", "1"),
            )
        )
    return temperature[0], quality[0] if quality else ""


def _grid_of(dataset: gdal.Dataset, file: SceneFile) -> Grid:
    """Return the grid of a layer of a scene.

    GDAL before 3.7 does not know where the cells of HDF-EOS5 granules are, and newer releases not of all: the granule
    states it in words.
    """
    if file.granule != "HDF5":
        return grid_of(dataset, file.name)
    text = text_in_hdf5(file.path, "/HDFEOS INFORMATION/StructMetadata.0")
    structure = grid_of_structure(text, dataset.RasterXSize, dataset.RasterYSize)
    wkt = wkt_of_usgs(structure.projection, structure.parameters) if structure else ""
    if structure is None or not wkt:
        raise InputError(
            tr(
                "Granule '{name}' does not state where its cells are: download it again, or export it to GeoTIFF.",
                name=file.name,
            )
        )
    return Grid(dataset.RasterXSize, dataset.RasterYSize, structure.geotransform, wkt)


def _described_band(dataset: gdal.Dataset, words: str) -> Optional[gdal.Band]:
    """Return the band whose description ends with a regular expression; None unless there is exactly one."""
    bands = [dataset.GetRasterBand(number) for number in range(1, dataset.RasterCount + 1)]
    found = [band for band in bands if re.search(rf"(?:^|[^a-z0-9])(?:{words})$", description_of(band), re.IGNORECASE)]
    return found[0] if len(found) == 1 else None


def _temperature_band(dataset: gdal.Dataset, file: SceneFile) -> gdal.Band:
    """Return the band of the temperature: the one described as such, otherwise the first one."""
    if file.granule:
        return dataset.GetRasterBand(1)
    band = _described_band(dataset, rf"LST_{file.time}_[16]km")
    if band is None and not file.states_time:
        raise InputError(
            tr(
                "Scene '{name}' holds no band named LST_{time}_1km, and its name contains neither day nor night: "
                "export the bands with their names, or set OVERPASS to what it holds.",
                name=file.name,
                time=file.time.capitalize(),
            )
        )
    return band or dataset.GetRasterBand(1)


def _quality_band(dataset: gdal.Dataset, path: str, file: SceneFile) -> tuple[gdal.Dataset, gdal.Band]:
    """Return the quality bits of a scene, which are a separate file or another band of the same file."""
    if path:
        quality = open_raster(path, tr("quality of {name}", name=file.name))
        return quality, quality.GetRasterBand(1)
    band = _described_band(dataset, f"QC_{file.time}")
    if band is None:
        raise InputError(
            tr(
                "Scene '{name}' has no layer of quality bits beside it: export {layers} too, named like the scene, or "
                "set QC to none.",
                name=file.name,
                layers="QC" if file.is_of_21 else "QC_Day, QC_Night",
            )
        )
    return dataset, band


def without_layer(scenes: Scenes) -> list[str]:
    """Return the overpasses without a band in their first file, of those whose files hold both day and night."""
    lacking = []
    for overpass, by_day in scenes.items():
        first = next(iter(by_day.values()))[0]
        if first.states_time or first.granule:
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
        The files of one overpass and day; where they overlap, later ones cover earlier ones.
    decoding : Decoding
        How they are read.
    grid : Grid
        The grid of the output.
    window : Window
        The cells of that grid to be read.

    Returns
    -------
    ScenePart
        Files that cannot be read are listed in it and do not affect the values.
    """
    mosaic: Optional[_Mosaic] = None
    failed, simulated = {}, set()
    known = outside = 0
    for file in files:
        try:
            scene = OpenScene(file, decoding)
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
    """The mosaic of a scene on its own lattice of cells, as far as a window of the grid needs it."""

    def __init__(self, lattice: Grid, grid: Grid, window: Window, resampling: str) -> None:
        self._lattice = lattice
        self._window = window
        place = lattice.place_of(grid.part(window))
        self._regrid: Optional[Regrid] = None
        if place is not None:
            regions = [place]
        else:
            # Tiles may lie anywhere on the lattice, not only where the first of them is.
            self._regrid = Regrid(
                lattice,
                grid,
                resampling,
                tr("scenes in {crs_name}", crs_name=lattice.crs_name()),
                MAX_SHIFT,
                bounded=False,
            )
            regions = self._regrid.places(window)
        self._celsius = [(region, np.full(region.shape, np.nan, np.float32)) for region in regions]

    def read(self, scene: OpenScene) -> list[tuple[np.ndarray, np.ndarray]]:
        """Return, for each part of a file within the mosaic, its temperatures in K and the cells they are pasted to."""
        own = self._lattice.place_of(scene.grid)
        if own is None:
            raise InputError(
                tr("Scene '{name}' is on another grid than the first file of its day: warp it.", name=scene.file.name)
            )
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
        """Paste a part of a file over earlier ones, where it holds possible land surface temperatures."""
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
    """Return the memory that reading scenes on a lattice takes, per cell of a grid."""
    source_cells = max(1.0, abs(np.linalg.det(steps_across(lattice, grid))))
    return Cost(bytes_per_cell=8 + math.ceil(24 * source_cells))


def scene_median(files: Iterable[SceneFile], decoding: Decoding) -> float:
    """Return the median temperature of a scene in K, from rows all over its files; NaN if there is no value.

    Raises
    ------
    InputError
        If a file cannot be read.
    """
    values = np.concatenate([OpenScene(file, decoding).sample() for file in files])
    return float(np.median(values)) if values.size else math.nan


def require_plausible(median_k: float, name: str) -> None:
    """Raise an `InputError` if the median of a scene is implausible for a land surface."""
    low, high = PLAUSIBLE_MEDIAN_K
    if not low <= median_k <= high:
        raise InputError(
            tr(
                "Scene '{name}' has the median {median_k:.6g} K, which lies outside {low:g} to {high:g} K: set "
                "SCALE, OFFSET and NODATA so that stored x SCALE + OFFSET is in kelvin (an OFFSET of 273.15 "
                "takes °C).",
                name=name,
                median_k=median_k,
                low=low,
                high=high,
            )
        )


def check_scenes(overpasses: Iterable[Iterable[Files]], decoding: Decoding) -> None:
    """Check the first scene with a value of each overpass, before hours are spent on a wrong scale.

    Raises
    ------
    InputError
        If one of them is implausible, or no scene of any overpass can be read.
    """
    reason = tr("No scene holds a value: check NODATA and QC.")
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
