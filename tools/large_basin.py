"""Make a basin of any size and length from the climatology of the sample basin: inputs for the whole chain.

    python tools/large_basin.py build/basin --columns 2025 --rows 919 --days 60 --missing 0.004

The box of the sample basin is divided into the requested number of cells. Temperatures are simulated as in the sample
basin on cells of 10 km, interpolated, corrected for the elevation of each cell by the lapse rate of the climatology,
and given noise. The folder receives

* scenes of four overpasses a day, named and stored as TRIMS, with gaps as under clouds that lie anywhere: what
  `buildlststack` reads;
* stacks of the whole year without gaps, from the same simulation: what filled stacks would be;
* elevation and land cover of the sample basin on these cells, its polygons, stations with their records of the year,
  and a survey map of coarser cells.

All temperatures, gaps, stations and the survey are simulated. A folder that is there already, made with the same
settings, is left as it is.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import shutil
import sys
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from osgeo import gdal
from scipy import ndimage

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "resources" / "sample"
OVERPASSES = ("terra_day", "terra_night", "aqua_day", "aqua_night")
COPIED = ("glaciers.geojson", "lakes.geojson", "basin.geojson", "districts.geojson", "survey_regions.geojson")

# Columns and rows of the cells on which temperatures are simulated; what varies within them is added.
COARSE = (204, 93)
# Those of the survey map, at most.
SURVEYED = (408, 186)

# Relief, m, and noise of the temperatures, K, that coarser cells do not have: standard deviation, and correlation
# length in cells.
RELIEF_SD, RELIEF_CELLS = 120.0, 4.0
NOISE_SD, NOISE_CELLS = 0.7, 1.5
# Correlation length of the clouds, in cells. Of so many fields of noise and of clouds each scene gets one, shifted.
CLOUD_CELLS = 8.0
FIELDS = 8


def package() -> None:
    """Make the checkout importable, whatever its folder is called."""
    if "permafrost_mapper" in sys.modules:
        return
    spec = importlib.util.spec_from_file_location(
        "permafrost_mapper", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
    )
    module = importlib.util.module_from_spec(spec)
    sys.modules["permafrost_mapper"] = module
    spec.loader.exec_module(module)


@dataclass(frozen=True)
class LargeBasin:
    """A basin to be made.

    Attributes
    ----------
    folder : Path
        Where to.
    columns, rows : int
        Cells into which the box of the sample basin is divided.
    start : datetime.date
        Day of the first scenes.
    days : int
        Days with scenes, four each.
    missing : float
        Share of the cells that each scene lacks, 0 to 1.
    whole_year : bool
        Whether the stacks of the whole year, the stations and the survey are made.
    overpasses : tuple of str
        Those with scenes.
    seed : int
        Seed of everything drawn at random.
    """

    folder: Path
    columns: int = 2025
    rows: int = 919
    start: date = date(2019, 6, 1)
    days: int = 60
    missing: float = 0.004
    whole_year: bool = True
    overpasses: tuple[str, ...] = OVERPASSES
    seed: int = 1

    @property
    def scenes(self) -> Path:
        """Folder of the scenes."""
        return self.folder / "scenes"

    def stack(self, overpass: str) -> Path:
        """Return the path of the stack of an overpass without gaps."""
        return self.folder / "whole" / f"{overpass}_{self.start.year}.tif"

    def file(self, name: str) -> Path:
        """Return the path of another file."""
        return self.folder / name

    @property
    def scene_days(self) -> list[date]:
        """Days with scenes."""
        return [self.start + timedelta(day) for day in range(self.days)]

    @property
    def simulated_days(self) -> list[date]:
        """Days that are simulated, ascending."""
        first, last = date(self.start.year, 1, 1), date(self.start.year, 12, 31)
        if not self.whole_year:
            return self.scene_days
        return [first + timedelta(day) for day in range((last - first).days + 1)]

    def make(self) -> None:
        """Make all files, unless they are there."""
        settings = {**asdict(self), "folder": self.folder.name}
        text, done = json.dumps(settings, default=str, indent=1), self.file("settings.json")
        if done.exists() and done.read_text(encoding="utf-8") == text:
            return
        print(f"  making {self.folder.name}: {self.columns} x {self.rows} cells, {self.days} days ...", flush=True)
        shutil.rmtree(self.folder, ignore_errors=True)
        for folder in (self.scenes, self.folder / "whole"):
            folder.mkdir(parents=True)
        Maker(self).make()
        done.write_text(text, encoding="utf-8")


class Cells:
    """The box of the sample basin divided into cells."""

    def __init__(self, columns: int, rows: int) -> None:
        package()
        from permafrost_mapper.core.permafrost.rk import classes_to_r_k, shipped_table
        from permafrost_mapper.raster.grid.grid import Grid
        from permafrost_mapper.raster.read.classes import ClassSource
        from permafrost_mapper.raster.read.rasters import RasterSource

        sample = RasterSource(str(SAMPLE / "elevation.tif"), "elevation")
        west, south, east, north = sample.grid().bounds
        width, height = (east - west) / columns, (north - south) / rows
        self.grid = grid = Grid(columns, rows, (west, width, 0.0, north, 0.0, -height), sample.grid().crs_wkt)
        self.longitude = west + width * (np.arange(columns) + 0.5)[np.newaxis, :]
        self.latitude = north - height * (np.arange(rows) + 0.5)[:, np.newaxis]
        self.elevation_m = sample.open(grid).read(grid.window()).astype(float)
        landcover = ClassSource(str(SAMPLE / "landcover_igbp.tif"), "land cover", resampling="nearest")
        self.landcover = landcover.open(grid).read(grid.window())
        self.r_k = classes_to_r_k(self.landcover, shipped_table("modis_igbp"))


def smooth_noise(random: np.random.Generator, shape: tuple[int, int], cells: float) -> np.ndarray:
    """Return noise of unit variance that is correlated over some cells, and periodic, so that it can be shifted."""
    noise = ndimage.gaussian_filter(random.normal(size=shape), cells, mode="wrap")
    return (noise / noise.std()).astype(np.float32)


class Maker:
    """Makes the files of a basin."""

    def __init__(self, basin: LargeBasin) -> None:
        package()
        from permafrost_mapper.raster.run.blocks import Running
        from permafrost_mapper.raster.write.provenance import Provenance

        self.basin = basin
        self.running = Running()
        self.provenance = Provenance("tools/large_basin.py", simulated="a large basin")
        self.cells, self.coarse = Cells(basin.columns, basin.rows), Cells(*COARSE)
        self.grid = self.cells.grid
        self.random = random = np.random.default_rng(basin.seed)
        shape = (basin.rows, basin.columns)
        self.cells.elevation_m += RELIEF_SD * smooth_noise(random, shape, RELIEF_CELLS)
        self.noise = [NOISE_SD * smooth_noise(random, shape, NOISE_CELLS) for _ in range(FIELDS)]
        clouds = [smooth_noise(random, shape, CLOUD_CELLS) for _ in range(FIELDS)]
        self.gaps = [field < np.quantile(field, basin.missing) for field in clouds]
        # Elevation above that for which temperatures are simulated, km.
        self.above_km = ((self.cells.elevation_m - self.between(self.coarse.elevation_m)) / 1000).astype(np.float32)

    def between(self, values: np.ndarray) -> np.ndarray:
        """Return values of the coarse cells interpolated linearly to the cells."""
        for axis, (number, fine) in enumerate(zip(values.shape, (self.basin.rows, self.basin.columns))):
            place = np.clip((np.arange(fine) + 0.5) * number / fine - 0.5, 0, number - 1)
            first = np.minimum(place.astype(int), number - 2)
            share = np.expand_dims((place - first).astype(np.float32), 1 - axis)
            values = values.astype(np.float32, copy=False)
            lower, upper = values.take(first, axis), values.take(first + 1, axis)
            values = lower + share * (upper - lower)
        return values

    def shifted(self, fields: list[np.ndarray]) -> np.ndarray:
        """Return one of some fields, shifted to any place."""
        field = fields[self.random.integers(FIELDS)]
        return np.roll(field, self.random.integers(field.shape), axis=(0, 1))

    def make(self) -> None:
        """Make everything."""
        self._write("elevation.tif", self.cells.elevation_m.astype(np.float32), "Elevation", unit="m")
        self._temperatures()
        if self.basin.whole_year:
            self._ground()

    def _write(self, name: str, values: np.ndarray, label: str, cells=None, **layer) -> None:
        from permafrost_mapper.raster.write.storage import Layer
        from permafrost_mapper.raster.write.writer import raster_output

        grid, path = (cells or self.cells).grid, str(self.basin.file(name))
        with raster_output(path, grid, Layer([label], **layer), self.provenance, self.running) as output:
            output.write(grid.window(), values)

    def _ground(self) -> None:
        """Write stations, survey, land cover and polygons."""
        from permafrost_mapper.core import classes
        from permafrost_mapper.core.simulate.climatology import dates_of_year
        from permafrost_mapper.core.simulate.sample import simulate_basin
        from permafrost_mapper.raster.simulate.sites import write_stations
        from permafrost_mapper.raster.write.storage import Storage

        basin, here, year = self.basin, self.cells, self.basin.start.year
        self._write("landcover.tif", here.landcover.astype(float), "Land cover", numbers=Storage(gdal.GDT_Byte, 255))
        there = Cells(*(min(size) for size in zip(SURVEYED, (basin.columns, basin.rows))))
        truth = simulate_basin(
            there.elevation_m, there.r_k, there.longitude, there.latitude, years=(year,), seed=basin.seed
        )
        ground = (classes.PERMAFROST, classes.SEASONAL_FROST)
        self._write("survey.tif", truth.survey, "Survey (simulated)", there, classes=ground)
        dates = dates_of_year(year)
        write_stations(basin.folder, here.elevation_m, here.r_k, here.longitude, here.latitude, dates, basin.seed)
        for name in COPIED:
            shutil.copyfile(SAMPLE / name, basin.file(name))

    def _temperatures(self) -> None:
        """Write the scenes and, where they are wanted, the stacks of the year, day by day."""
        from permafrost_mapper.core.simulate.lst import CloudField, LstSettings, simulate_lst
        from permafrost_mapper.raster.write.stack import stack_layer
        from permafrost_mapper.raster.write.writer import raster_output

        days = self.basin.simulated_days
        coarse, dates = self.coarse, np.array(days, "datetime64[D]")
        # Clouds are another matter here.
        settings = replace(LstSettings(), clouds=(CloudField(1.0, 500.0, 0.36),))
        simulated = simulate_lst(
            coarse.elevation_m, coarse.longitude, coarse.latitude, dates, self.basin.seed, settings=settings
        )
        with ExitStack() as stack:
            stacks = {}
            for name in OVERPASSES if self.basin.whole_year else ():
                path, layer = str(self.basin.stack(name)), stack_layer(days)
                stacks[name] = stack.enter_context(raster_output(path, self.grid, layer, self.provenance, self.running))
            for number, (day, of_day) in enumerate(zip(days, simulated), start=1):
                for name in OVERPASSES if stacks else self.basin.overpasses:
                    lst = self.between(of_day.lst[name]) + self.lapse_rate(name, day) * self.above_km
                    hundredths = np.rint(100 * (lst + self.shifted(self.noise))).astype(np.int16)
                    if stacks:
                        stacks[name].write_stored(self.grid.window(), hundredths, number)
                    if day in self.basin.scene_days and name in self.basin.overpasses:
                        self._write_scene(name, day, hundredths)

    def lapse_rate(self, overpass: str, day: date) -> float:
        """Return the change of the LST with elevation on a day, K/km, of the simulation."""
        from permafrost_mapper.core.simulate.climatology import MEAN_CLIMATE
        from permafrost_mapper.core.simulate.lst import LOCAL_HOUR, LstSettings

        settings, days = LstSettings(), day.timetuple().tm_yday
        of_mean = MEAN_CLIMATE.gst(1000.0, 36.0, days) - MEAN_CLIMATE.gst(0.0, 36.0, days)
        phase = np.cos(2 * np.pi * (LOCAL_HOUR[overpass] - settings.warmest_hour) / 24)
        return float(of_mean + phase * settings.half_range_per_km)

    def _write_scene(self, overpass: str, day: date, hundredths: np.ndarray) -> None:
        from permafrost_mapper.raster.simulate.lst import TRIMS, scene_name
        from permafrost_mapper.raster.write.storage import Layer
        from permafrost_mapper.raster.write.writer import raster_output

        kelvin = (hundredths.astype(np.int32) + 27315).astype(np.uint16)
        kelvin[self.shifted(self.gaps)] = 0
        path, layer = str(self.basin.scenes / scene_name(overpass, day)), Layer(["LST"], "K", numbers=TRIMS)
        with raster_output(path, self.grid, layer, self.provenance, self.running) as output:
            output.write_stored(self.grid.window(), kelvin)


def main() -> None:
    """Make a basin as the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--columns", type=int, default=LargeBasin.columns)
    parser.add_argument("--rows", type=int, default=LargeBasin.rows)
    parser.add_argument("--start", type=date.fromisoformat, default=LargeBasin.start, help="first day with scenes")
    parser.add_argument("--days", type=int, default=LargeBasin.days, help="days with scenes")
    parser.add_argument("--missing", type=float, default=LargeBasin.missing, help="share of cells missing, 0 to 1")
    parser.add_argument("--scenes-only", action="store_true", help="no stacks of the year, stations and survey")
    parser.add_argument("--seed", type=int, default=LargeBasin.seed)
    given = parser.parse_args()
    size = {name: getattr(given, name) for name in ("folder", "columns", "rows", "start", "days", "missing", "seed")}
    gdal.DontUseExceptions()
    LargeBasin(**size, whole_year=not given.scenes_only).make()


if __name__ == "__main__":
    main()
