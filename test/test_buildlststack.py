"""Scenes become stacks: values, quality, mosaics, gaps, resuming, and what cannot be used."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal, ogr, osr
from permafrost_mapper.core.errors import Cancelled, InputError
from permafrost_mapper.core.prepare.scenes import PRODUCTS, take_inventory
from permafrost_mapper.core.prepare.stacks import plan_stacks
from permafrost_mapper.raster.grid.grid import Grid
from permafrost_mapper.raster.grid.window import Window
from permafrost_mapper.raster.prepare.scenes import Decoding, read_scene, scene_cost
from permafrost_mapper.raster.prepare.search import SceneSearch, find_scenes
from permafrost_mapper.raster.prepare.stacking import PlannedStacks, StackJob, StackRecipe, build_stacks
from permafrost_mapper.raster.prepare.target import Target, tile_grids
from permafrost_mapper.raster.read.rasters import RasterSource
from permafrost_mapper.raster.read.stack import read_stack
from permafrost_mapper.raster.read.vectors import Features
from permafrost_mapper.raster.run import blocks
from permafrost_mapper.raster.run.blocks import Running, plan_windows
from permafrost_mapper.raster.write.provenance import SIMULATED, Provenance
from scipy.ndimage import map_coordinates

ROOT = Path(__file__).resolve().parent.parent
TRIMS = Decoding(0.01, 0.0, 0.0)
MODIS = Decoding(0.02, 0.0, 0.0)
FIRST = date(2005, 1, 1)
# The first value of the quality byte whose bits 7 and 6 name a larger error.
LIMITS = {"none": 256, "within_3k": 192, "within_2k": 128, "within_1k": 64}
MODIS_6KM = "{SATELLITE}11B1.A{YYYY}{DDD}.{TILE}.*.hdf"
SPHERE_M = 6371007.181


def crs(code):
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(code)
    return reference.ExportToWkt()


GRID = Grid(12, 9, (80.0, 0.01, 0.0, 40.0, 0.0, -0.01), crs(4326))


def write_scene(path, stored, grid=GRID, items=None):
    """A scene as a GeoTIFF."""
    height, width = stored.shape
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), width, height, 1, gdal.GDT_UInt16, ["BLOCKYSIZE=1"])
    dataset.SetGeoTransform(grid.geotransform)
    dataset.SetProjection(grid.crs_wkt)
    dataset.SetMetadata(items or {})
    dataset.GetRasterBand(1).WriteArray(stored)


def trims_name(day, satellite="Terra", time="D"):
    return f"TRIMS_{satellite}{day:%Y%j}{time}.tif"


@pytest.fixture
def trims(tmp_path):
    """A folder of TRIMS scenes of six days, with what is stored by day; the fourth day is missing."""
    folder = tmp_path / "trims"
    folder.mkdir()
    generator = np.random.default_rng(3)
    stored = {}
    for index in (0, 1, 2, 4, 5):
        day = FIRST + timedelta(index)
        values = generator.integers(24000, 31000, GRID.window().shape).astype(np.uint16)
        values[generator.random(values.shape) < 0.2] = 0
        write_scene(folder / trims_name(day), values)
        stored[day] = values
    return folder, stored


def scenes_in(folder, product="trims", pattern=None, shifts=None):
    patterns = [pattern] if pattern else PRODUCTS[product].patterns
    return take_inventory([str(path) for path in Path(folder).iterdir()], patterns, None, shifts or {}).scenes


def build(folder, output, decoding=TRIMS, running=None, grid=None, mask=None, **chosen):
    """Build the stacks of a folder as the algorithm does, without QGIS."""
    scenes = scenes_in(folder, **chosen)
    days = sorted(day for by_day in scenes.values() for day in by_day)
    tiles = tile_grids(files for by_day in scenes.values() for files in by_day.values())
    recipe = StackRecipe(decoding, next(iter(tiles.values())), Target(grid).on(tiles), mask)
    plans, without = plan_stacks(str(output), scenes, days[0], days[-1])
    planned = PlannedStacks(tuple(plans), tuple(without), recipe)
    return list(build_stacks(planned, Provenance("test"), running or Running()))


def read(path, day=None):
    """Stored hundredths of one day, or of all; -32768 where there is nothing."""
    dataset = gdal.Open(str(path))
    if day is None:
        return np.stack([dataset.GetRasterBand(band + 1).ReadAsArray() for band in range(dataset.RasterCount)])
    days = read_stack(RasterSource(str(path), "stack")).days
    return dataset.GetRasterBand(days.index(day) + 1).ReadAsArray()


def hundredths(kelvin_hundredths, missing):
    """What a stack has to store for temperatures in hundredths of a kelvin."""
    return np.where(missing, -32768, kelvin_hundredths.astype(np.int64) - 27315)


def partials(folder):
    return [path.name for path in Path(folder).rglob(".*.partial*")]


# Values -----------------------------------------------------------------------------------------


def test_trims_goes_in_and_out_unchanged(run, trims, tmp_path):
    folder, stored = trims
    outcome = run("buildlststack", {"INPUT": folder, "OUTPUT": tmp_path / "stacks"})
    assert outcome.ok, outcome.errors
    path = tmp_path / "stacks" / "terra_day_2005.tif"
    assert outcome.results["TERRA_DAY"] == [str(path)]
    assert (outcome.results["SCENES"], outcome.results["MISSING"]) == (5, 1)
    assert "no scene for 1 day: 2005-01-04" in outcome.log
    for day, values in stored.items():
        out = read(path, day)
        np.testing.assert_array_equal(np.where(out == -32768, 0, out.astype(int) + 27315), values)
    assert (read(path, date(2005, 1, 4)) == -32768).all()
    dataset = gdal.Open(str(path))
    assert dataset.GetGeoTransform() == GRID.geotransform
    assert dataset.GetMetadataItem("PERMAFROST_ALGORITHM") == "permafrost:buildlststack"
    assert partials(tmp_path / "stacks") == []


def test_the_job_runs_without_qgis(trims, tmp_path):
    folder, stored = trims
    out = tmp_path / "stacks"
    (folder / "notes.txt").write_text("no scene")
    (folder / trims_name(FIRST + timedelta(1))).write_bytes(b"no raster")
    search = SceneSearch(str(folder), str(out), start=FIRST, end=FIRST + timedelta(4))
    job = StackJob(search, TRIMS, Target(), None, str(out))
    found = find_scenes(search)
    assert (found.warnings, found.days[-1]) == ((), FIRST + timedelta(4))
    assert found.notes == ("1 of 6 files are not named like scenes and are not used, such as 'notes.txt'.",)
    planned = job.plan(found)
    assert (planned.recipe.grid, planned.without) == (GRID, ())
    assert planned.sample_paths == [str(folder / trims_name(FIRST))]
    (built,) = build_stacks(planned, Provenance("buildlststack"), Running())
    assert (built.scenes, built.plan.path) == (3, str(out / "terra_day_2005.tif"))
    assert built.note == "terra_day_2005.tif: 5 days, 3 with a scene; built."
    assert [sentence.partition(":")[0] for sentence in built.warnings] == [
        "Left out of terra_day_2005.tif",
        "terra_day_2005.tif has no scene for 2 days",
    ]
    np.testing.assert_array_equal(read(built.plan.path, FIRST), hundredths(stored[FIRST], stored[FIRST] == 0))


def test_headless(qgis_process, trims, tmp_path):
    folder, _ = trims
    done = qgis_process(
        "permafrost:buildlststack",
        {"INPUT": folder, "START": "2005-01-02", "END": "2005-01-05", "OUTPUT": tmp_path / "stacks"},
    )
    assert done.code == 0, done.stderr
    assert done.results["TERRA_DAY"] == [str(tmp_path / "stacks" / "terra_day_2005.tif")]
    assert (done.results["SCENES"], done.results["MISSING"]) == (3, 1)
    assert read(done.results["TERRA_DAY"][0]).shape == (4, *GRID.window().shape)


def test_stacks_end_with_the_year_and_the_shift_counts(trims, tmp_path):
    folder, stored = trims
    for path in list(folder.iterdir()):
        path.rename(path.with_name(path.name.replace("Terra", "Aqua").replace("D.tif", "N.tif")))
    built = build(folder, tmp_path / "out", shifts={"aqua_night": -1})
    assert [Path(one.plan.path).name for one in built] == ["aqua_night_2004.tif", "aqua_night_2005.tif"]
    assert [len(one.plan.days) for one in built] == [1, 5]
    missing = stored[FIRST] == 0
    np.testing.assert_array_equal(read(built[0].plan.path, date(2004, 12, 31)), hundredths(stored[FIRST], missing))


@pytest.mark.parametrize("half", ["Day", "Night"])
def test_exported_modis_equals_its_numbers_and_quality_bits_remove_what_they_name(run, real_data, tmp_path, half):
    folder = real_data("heihe_mod11a1")
    stored = gdal.Open(str(folder / f"MOD11A1_2013001.LST_{half}_1km.tif")).ReadAsArray()
    quality = gdal.Open(str(folder / f"MOD11A1_2013001.QC_{half}.tif")).ReadAsArray()
    for limit, first_refused in LIMITS.items():
        kept = quality < first_refused
        parameters = {"INPUT": folder, "PRODUCT": "modis", "QC": limit, "OUTPUT": tmp_path / limit}
        assert run("buildlststack", {**parameters, "OVERPASS": f"terra_{half.lower()}"}).ok
        out = read(tmp_path / limit / f"terra_{half.lower()}_2013.tif", date(2013, 1, 1))
        # In this file bits 1 and 0 are 10 (cloud) where nothing is stored, and 00 or 01 elsewhere.
        np.testing.assert_array_equal(out, hundredths(2 * stored.astype(int), (stored == 0) | ~kept))
    assert stored[600, 100] > 0
    assert read(tmp_path / "none" / f"terra_{half.lower()}_2013.tif")[0, 600, 100] / 100 == pytest.approx(
        stored[600, 100] * 0.02 - 273.15
    )


def granule_layer(path, layer):
    names = [name for name, _ in gdal.Open(str(path)).GetSubDatasets() if name.endswith(f":{layer}")]
    return gdal.Open(names[0]).ReadAsArray()


def test_granules_as_delivered_equal_their_numbers(real_data, tmp_path):
    """MOD11A1 of h14v09, every cell: DN x 0.02 - 273.15 where the bits allow it."""
    granule = next(real_data("modis_hdf").glob("MOD11A1.A2019305.h14v09*.hdf"))
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / granule.name).symlink_to(granule)
    built = build(folder, tmp_path / "out", replace(MODIS, qc_limit_k=2), product="modis")
    assert [one.plan.overpass for one in built] == ["terra_day", "terra_night"]
    for one, half in zip(built, ("Day", "Night")):
        stored, quality = granule_layer(granule, f"LST_{half}_1km"), granule_layer(granule, f"QC_{half}")
        removed = np.isin(quality, [129, 145])  # 10 in bits 7 and 6: at most 3 K
        assert np.count_nonzero(removed & (stored > 0)) == {"Day": 1214, "Night": 10408}[half]
        expected = hundredths(2 * stored.astype(int), (stored == 0) | removed)
        np.testing.assert_array_equal(read(one.plan.path, date(2019, 11, 1)), expected)


def test_tiles_of_a_day_are_put_together(run, real_data, tmp_path):
    """Four tiles at 6 km, of which h24v05 is missing: each cell is where its tile has it."""
    folder = real_data("modis_hdf")
    parameters = {"INPUT": folder, "PRODUCT": "modis", "PATTERN": MODIS_6KM, "QC": "none", "OUTPUT": tmp_path}
    outcome = run("buildlststack", parameters)
    assert outcome.ok, outcome.errors
    out = read(tmp_path / "terra_night_2013.tif", date(2013, 1, 1))
    assert out.shape == (400, 600)
    expected = np.full(out.shape, -32768)
    for tile, row, column in (("h24v04", 0, 0), ("h25v04", 0, 1), ("h25v05", 1, 1), ("h26v05", 1, 2)):
        stored = granule_layer(next(folder.glob(f"MOD11B1*{tile}*")), "LST_Night_6km")
        place = np.s_[200 * row : 200 * row + 200, 200 * column : 200 * column + 200]
        expected[place] = hundredths(2 * stored.astype(int), stored == 0)
    np.testing.assert_array_equal(out, expected)


def test_sinusoidal_tiles_arrive_at_their_longitudes_and_latitudes(real_data, tmp_path):
    """Nearest neighbour against the formula of the projection: x = R lon cos(lat), y = R lat."""
    folder = real_data("modis_hdf")
    scenes = scenes_in(folder, pattern=MODIS_6KM)["terra_day"][date(2013, 1, 1)]
    grid = Grid(500, 300, (78.0, 0.05, 0.0, 47.0, 0.0, -0.05), crs(4326))
    out = read_scene(scenes, replace(MODIS, resampling="nearest"), grid, grid.window()).values
    longitude = np.radians(78.0 + 0.05 * (np.arange(500) + 0.5))[np.newaxis, :]
    latitude = np.radians(47.0 - 0.05 * (np.arange(300) + 0.5))[:, np.newaxis]
    cell = SPHERE_M * np.pi / 18 / 200  # a tile is 10 degrees and 200 cells wide
    column = (SPHERE_M * longitude * np.cos(latitude)) / cell - 200 * 6
    row = (SPHERE_M * (np.pi / 2 - latitude) / cell - 200 * 4) + 0 * column
    world = np.full((400, 1000), np.nan)
    for tile, top, left in (("h24v04", 0, 0), ("h25v04", 0, 1), ("h25v05", 1, 1), ("h26v05", 1, 2)):
        stored = granule_layer(next(folder.glob(f"MOD11B1*{tile}*")), "LST_Day_6km")
        world[200 * top : 200 * top + 200, 200 * left : 200 * left + 200] = np.where(
            stored == 0, np.nan, stored * 0.02 - 273.15
        )
    expected = world[np.floor(row).astype(int), np.floor(column).astype(int)]
    # GDAL's coordinates are good to a hundredth of a cell: leave out what lies on an edge.
    inside = (np.abs(row % 1 - 0.5) < 0.48) & (np.abs(column % 1 - 0.5) < 0.48)
    assert np.count_nonzero(inside & np.isfinite(expected)) > 20_000
    np.testing.assert_allclose(out[inside], expected[inside], atol=1e-4)


# Resampling and windows -------------------------------------------------------------------------


def test_fill_takes_no_part_in_resampling_and_gaps_keep_their_size(tmp_path):
    stored = np.full(GRID.window().shape, 28000, np.uint16)
    stored[3:6, 4:8] = 0
    write_scene(tmp_path / trims_name(FIRST), stored)
    files = scenes_in(tmp_path)["terra_day"][FIRST]
    fine = Grid(48, 36, (80.0, 0.0025, 0.0, 40.0, 0.0, -0.0025), crs(4326))
    out = read_scene(files, TRIMS, fine, fine.window()).values
    np.testing.assert_allclose(out[np.isfinite(out)], 6.85, atol=1e-4)
    np.testing.assert_array_equal(np.isnan(out), np.kron(stored == 0, np.ones((4, 4), bool)))


def test_bilinear_is_bilinear_also_where_the_projections_are_sheared(tmp_path):
    """Against SciPy; GDAL left to itself takes the shear for a coarser grid and smooths."""
    cell = SPHERE_M * np.pi / 18 / 1200
    sinusoidal = osr.SpatialReference()
    sinusoidal.ImportFromProj4(f"+proj=sinu +R={SPHERE_M} +units=m")
    corner = (7_000_000.0, cell, 0.0, 4_500_000.0, 0.0, -cell)
    lattice = Grid(300, 200, corner, sinusoidal.ExportToWkt())
    stored = np.random.default_rng(2).integers(27000, 29000, (200, 300)).astype(np.uint16)
    write_scene(tmp_path / trims_name(FIRST), stored, lattice)
    target = Grid(100, 80, (83.5, 0.01, 0.0, 39.9, 0.0, -0.0084), crs(4326))
    out = read_scene(scenes_in(tmp_path)["terra_day"][FIRST], TRIMS, target, target.window()).values
    longitude = np.radians(83.5 + 0.01 * (np.arange(100) + 0.5))[np.newaxis, :]
    latitude = np.radians(39.9 - 0.0084 * (np.arange(80) + 0.5))[:, np.newaxis]
    column = (SPHERE_M * longitude * np.cos(latitude) - corner[0]) / cell - 0.5
    row = (corner[3] - SPHERE_M * latitude) / cell - 0.5 + 0 * column
    inside = (column > 1) & (column < 298) & (row > 1) & (row < 198)
    assert np.count_nonzero(inside) > 5000
    expected = map_coordinates(stored / 100 - 273.15, [row, column], order=1)
    # A hundredth of a cell, where neighbours differ by up to 20 K.
    np.testing.assert_allclose(out[inside], expected[inside], atol=0.3)


def test_no_seam_shows_between_tiles(tmp_path):
    """A plane cut into two tiles stays a plane when it is resampled bilinearly."""
    rows, columns = np.mgrid[0:20, 0:40]
    plane = (27000 + 40 * columns + 20 * rows).astype(np.uint16)
    whole, cut = tmp_path / "whole", tmp_path / "cut"
    for folder in (whole, cut):
        folder.mkdir()
    lattice = Grid(40, 20, (80.0, 0.01, 0.0, 40.0, 0.0, -0.01), crs(4326))
    write_scene(whole / "a_Terra_D_2005001.tif", plane, lattice)
    write_scene(cut / "a_Terra_D_2005001.tif", plane[:, :20], lattice)
    write_scene(cut / "b_Terra_D_2005001.tif", plane[:, 20:], lattice.part(Window(20, 0, 20, 20)))
    target = Grid(60, 30, (80.003, 0.006, 0.0, 39.997, 0.0, -0.006), crs(4326))
    one, two = (
        read_scene(
            scenes_in(folder, pattern="{TILE}_{SATELLITE}_{TIME}_{YYYY}{DDD}.tif")["terra_day"][FIRST],
            TRIMS,
            target,
            target.window(),
        ).values
        for folder in (whole, cut)
    )
    np.testing.assert_array_equal(one, two)
    x = (0.003 + 0.006 * (np.arange(60) + 0.5)) / 0.01 - 0.5
    y = (0.003 + 0.006 * (np.arange(30) + 0.5)) / 0.01 - 0.5
    expected = (27000 + 40 * x[np.newaxis, :] + 20 * y[:, np.newaxis]) / 100 - 273.15
    np.testing.assert_allclose(one[1:-1, 1:-1], expected[1:-1, 1:-1], atol=0.01)


@pytest.fixture
def large(tmp_path):
    """Three scenes of 700 x 600 cells with structure and gaps, in geographic coordinates."""
    folder = tmp_path / "large"
    folder.mkdir()
    lattice = Grid(700, 600, (85.0, 0.01, 0.0, 40.0, 0.0, -0.01), crs(4326))
    generator = np.random.default_rng(8)
    rows, columns = np.mgrid[0:600, 0:700]
    for index in range(3):
        field = 27000 + 800 * np.sin(columns / 9 + index) + 500 * np.cos(rows / 7) + generator.normal(0, 50, rows.shape)
        field[generator.random(field.shape) < 0.1] = 0
        write_scene(folder / trims_name(FIRST + timedelta(index)), field.astype(np.uint16), lattice)
    return folder


@pytest.mark.parametrize("resampling", ["bilinear", "nearest", "average"])
def test_the_result_does_not_depend_on_windows_or_threads(large, tmp_path, monkeypatch, resampling):
    grid = Grid(640, 620, (330_000.0, 1000.0, 0.0, 4_430_000.0, 0.0, -1000.0), crs(32645))
    decoding = replace(TRIMS, resampling=resampling)
    whole = build(large, tmp_path / "one", decoding, Running(threads=1), grid)[0].plan.path
    assert len(plan_windows(grid, [scene_cost(grid, grid)], Running(threads=1))) == 1
    monkeypatch.setattr(blocks, "MAX_CELLS", 256 * 256)
    assert len(plan_windows(grid, [scene_cost(grid, grid)], Running(threads=3))) == 9
    parts = build(large, tmp_path / "many", decoding, Running(threads=3), grid)[0].plan.path
    np.testing.assert_array_equal(read(whole), read(parts))
    assert np.count_nonzero(read(whole) != -32768) > 500_000


def test_the_memory_sets_the_size_of_windows():
    fine = Grid(20000, 20000, (0.0, 1.0, 0.0, 0.0, 0.0, -1.0), crs(32645))
    coarse = Grid(5000, 5000, (0.0, 4.0, 0.0, 0.0, 0.0, -4.0), crs(32645))
    cost = scene_cost(fine, coarse)
    assert cost.bytes_per_cell > 24 * 4**2
    windows = plan_windows(coarse, [cost], Running(threads=2, memory_mb=512))
    # Two windows under way and two waiting to be written, and the one that is written.
    assert max(5 * window.width * window.height for window in windows) * cost.bytes_per_cell < 512 * 2**20


def test_the_mask_keeps_the_cells_whose_centre_it_holds(trims, tmp_path):
    folder, stored = trims
    box = "POLYGON((80.025 39.985, 80.085 39.985, 80.085 39.945, 80.025 39.945, 80.025 39.985))"
    mask = Features("basin", (bytes(ogr.CreateGeometryFromWkt(box).ExportToWkb()),), (1,), crs(4326))
    path = build(folder, tmp_path / "out", mask=mask)[0].plan.path
    inside = np.zeros(GRID.window().shape, bool)
    inside[2:5, 3:8] = True
    # Centres at 80.035 to 80.075; the bounds of the box run through centres, where either answer is right.
    edge = np.zeros_like(inside)
    edge[1:6, 2:9] = True
    out = read(path, FIRST)
    assert (out[~edge] == -32768).all()
    np.testing.assert_array_equal(out[inside], hundredths(stored[FIRST], stored[FIRST] == 0)[inside])


# Grids ------------------------------------------------------------------------------------------


def test_without_grid_the_mask_or_extent_cuts_the_cells_of_the_scenes(trims):
    tiles = {"a": GRID}
    extent = Grid(1, 1, (80.021, 0.03, 0.0, 39.979, 0.0, -0.02), crs(4326))
    grid = Target(extent=extent).on(tiles)
    assert GRID.place_of(grid) == Window(2, 2, 4, 3)
    assert Target().on(tiles) == GRID


def test_an_extent_in_another_crs_gives_cells_of_the_resolution():
    extent = Grid(1, 1, (80.0, 0.12, 0.0, 40.0, 0.0, -0.09), crs(4326))
    grid = Target(None, extent, crs(32644), 1000.0).on({"a": GRID})
    assert grid.geotransform[1] == 1000
    xmin, ymin, xmax, ymax = extent.bounds_in(crs(32644), "a")
    assert (grid.width, grid.height) == (np.ceil((xmax - xmin) / 1000), np.ceil((ymax - ymin) / 1000))


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ({"crs_wkt": crs(32644)}, "RESOLUTION"),
        ({"crs_wkt": crs(32644), "resolution": 1e-5}, "RESOLUTION 1e-05 makes"),
        ({"resolution": 1000.0}, "RESOLUTION 1000 makes"),
        ({"grid": replace(GRID, geotransform=(10.0, 0.01, 0.0, 40.0, 0.0, -0.01))}, "No scene overlaps"),
        ({"grid": replace(GRID, crs_wkt="")}, "no CRS"),
        ({"extent": replace(GRID, geotransform=(10.0, 0.01, 0.0, 40.0, 0.0, -0.01))}, "No scene overlaps"),
    ],
)
def test_a_grid_that_cannot_be_is_refused(chosen, words):
    with pytest.raises(InputError, match=words):
        Target(**chosen).on({"a": GRID})


def test_tiles_of_different_cells_need_a_grid():
    other = replace(GRID, geotransform=(80.005, 0.01, 0.0, 40.0, 0.0, -0.01))
    with pytest.raises(InputError, match=r"'a'.*and 'b'.*different cells: choose a GRID"):
        Target().on({"a": GRID, "b": other})
    assert Target(GRID).on({"a": GRID, "b": other}) == GRID


# Resuming ---------------------------------------------------------------------------------------

KILLED = """
import os, signal, sys
sys.path.insert(0, {test!r})
import conftest
import test_buildlststack as builder
from permafrost_mapper.raster.run.blocks import Running

def die(share):
    if share >= {share}:
        os.kill(os.getpid(), signal.SIGKILL)

builder.build({folder!r}, {output!r}, running=Running(threads=2, progress=die))
"""


@pytest.fixture
def two_years(tmp_path):
    """A folder of TRIMS scenes of the last ten days of a year and the first ten of the next."""
    folder = tmp_path / "two_years"
    folder.mkdir()
    generator = np.random.default_rng(4)
    for index in range(20):
        stored = generator.integers(24000, 31000, GRID.window().shape).astype(np.uint16)
        write_scene(folder / trims_name(date(2005, 12, 22) + timedelta(index)), stored)
    return folder


def test_a_run_that_was_killed_goes_on_and_ends_as_if_it_had_not_been(two_years, tmp_path):
    output = tmp_path / "out"
    script = KILLED.format(test=str(ROOT / "test"), share=0.7, folder=str(two_years), output=str(output))
    killed = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8")
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    # The first year is whole, the second one has no file under its name.
    assert [path.name for path in output.glob("*.tif") if not path.name.startswith(".")] == ["terra_day_2005.tif"]
    assert len(partials(output)) == 1
    finished = os.stat(output / "terra_day_2005.tif")
    built = build(two_years, output)
    assert [one.is_new for one in built] == [False, True]
    assert os.stat(output / "terra_day_2005.tif").st_mtime_ns == finished.st_mtime_ns
    assert partials(output) == []
    for again, straight in zip(built, build(two_years, tmp_path / "straight")):
        assert Path(again.plan.path).read_bytes() == Path(straight.plan.path).read_bytes()


def test_a_period_is_one_stack_of_all_its_days(two_years, tmp_path, run):
    paths = {}
    for stacks in ("year", "period"):
        done = run("buildlststack", {"INPUT": two_years, "STACKS": stacks, "OUTPUT": tmp_path / stacks})
        assert done.ok, done.errors
        paths[stacks] = done.results["TERRA_DAY"]
    assert [Path(path).name for path in paths["period"]] == ["terra_day_2005-2006.tif"]
    years = [gdal.Open(path) for path in paths["year"]]
    period = gdal.Open(paths["period"][0])
    np.testing.assert_array_equal(period.ReadAsArray(), np.concatenate([year.ReadAsArray() for year in years]))
    names = [year.GetRasterBand(band).GetDescription() for year in years for band in range(1, year.RasterCount + 1)]
    assert [period.GetRasterBand(band).GetDescription() for band in range(1, period.RasterCount + 1)] == names


def test_what_is_finished_is_built_again_only_when_something_has_changed(trims, tmp_path):
    folder, stored = trims
    output = tmp_path / "out"

    def is_new(**changes):
        return build(folder, output, **changes)[0].is_new

    assert is_new()
    assert not is_new()
    assert is_new(decoding=replace(TRIMS, nodata=1.0))
    assert not is_new(decoding=replace(TRIMS, nodata=1.0), running=Running(threads=1, memory_mb=100))
    smaller = GRID.part(Window(1, 1, 5, 5))
    assert is_new(grid=smaller)
    assert not is_new(grid=smaller)
    write_scene(folder / trims_name(FIRST), stored[FIRST] + 1)
    assert is_new(grid=smaller)
    write_scene(folder / trims_name(FIRST + timedelta(3)), stored[FIRST])
    assert is_new(grid=smaller)
    (output / "terra_day_2005.tif").write_bytes(b"cut off")
    assert is_new(grid=smaller)


def test_what_was_left_out_is_said_again_by_the_next_run(run, trims, tmp_path):
    folder, _ = trims
    (folder / trims_name(FIRST + timedelta(1))).write_bytes(b"no raster")
    outcomes = [run("buildlststack", {"INPUT": folder, "OUTPUT": tmp_path / "out"}) for _ in range(2)]
    assert "left as it is" in outcomes[1].log
    for outcome in outcomes:
        assert (outcome.results["SCENES"], outcome.results["MISSING"]) == (4, 2)
        assert "Left out of terra_day_2005.tif: Raster 'TRIMS_Terra2005002D.tif' cannot be opened" in outcome.log


def test_a_cancelled_run_ends_within_a_second_and_leaves_no_partial_file(large, tmp_path):
    cancelled = threading.Event()
    asked = []

    def progress(_share):
        asked.append(time.monotonic())
        cancelled.set()

    for index in range(3, 40):
        shutil.copy(large / trims_name(FIRST), large / trims_name(FIRST + timedelta(index)))
    grid = Grid(1600, 1500, (330_000.0, 400.0, 0.0, 4_430_000.0, 0.0, -400.0), crs(32645))
    with pytest.raises(Cancelled, match="0 of 1 stacks are finished"):
        build(large, tmp_path / "out", running=Running(progress=progress, is_cancelled=cancelled.is_set), grid=grid)
    assert time.monotonic() - asked[0] < 2  # a second, on a machine with others
    assert list((tmp_path / "out").iterdir()) == []


# What cannot be used ----------------------------------------------------------------------------


@pytest.mark.parametrize("max_cells", [blocks.MAX_CELLS, 256 * 256])
def test_a_scene_that_is_cut_off_leaves_no_trace(large, tmp_path, monkeypatch, max_cells):
    """Also where it fails only in a later window: its rows before the cut are as untrustworthy."""
    monkeypatch.setattr(blocks, "MAX_CELLS", max_cells)
    cut = large / trims_name(FIRST + timedelta(1))
    cut.write_bytes(cut.read_bytes()[: 2 * 700 * 400])
    (built,) = build(large, tmp_path / "out")
    assert built.missing == (FIRST + timedelta(1),)
    assert list(built.skipped) == [str(cut)]
    assert cut.name in built.skipped[str(cut)]
    counts = [np.count_nonzero(band != -32768) for band in read(built.plan.path)]
    assert counts[1] == 0
    assert min(counts[0], counts[2]) > 300_000


def test_of_a_day_with_one_broken_tile_the_others_remain(real_data, tmp_path):
    for granule in real_data("modis_hdf").glob("MOD11B1*.hdf"):
        shutil.copy(granule, tmp_path / granule.name)
    broken = next(tmp_path.glob("*h25v05*"))
    os.chmod(broken, 0o644)
    broken.write_bytes(broken.read_bytes()[:30_000])
    built = build(tmp_path, tmp_path / "out", MODIS, pattern=MODIS_6KM)
    for one in built:
        assert list(one.skipped) == [str(broken)]
        assert one.missing == ()
        out = read(one.plan.path, date(2013, 1, 1))
        assert (out[200:, 200:400] == -32768).all()
        assert (out[:200, :200] != -32768).any()


def test_an_implausible_scene_among_good_ones_is_left_out_with_its_median(trims, tmp_path):
    folder, _ = trims
    day = FIRST + timedelta(2)
    write_scene(folder / trims_name(day), np.full(GRID.window().shape, 1234, np.uint16))
    (built,) = build(folder, tmp_path / "out")
    assert day in built.missing
    (reason,) = built.skipped.values()
    assert trims_name(day) in reason
    assert "median 12.34 K" in reason
    assert (read(built.plan.path, day) == -32768).all()


def test_single_impossible_values_are_taken_for_fill(trims, tmp_path):
    folder, stored = trims
    values = stored[FIRST].copy()
    values[0, 0], values[0, 1], values[0, 2] = 65535, 1, 30000
    write_scene(folder / trims_name(FIRST), values)
    (built,) = build(folder, tmp_path / "out")
    assert read(built.plan.path, FIRST)[0, :3].tolist() == [-32768, -32768, 2685]


def test_simulated_scenes_make_simulated_stacks_and_real_ones_do_not(trims, tmp_path):
    folder, stored = trims
    path = build(folder, tmp_path / "real")[0].plan.path
    assert gdal.Open(path).GetMetadataItem(SIMULATED) is None
    write_scene(folder / trims_name(FIRST), stored[FIRST], items={SIMULATED: "LST of the sample basin"})
    path = build(folder, tmp_path / "mixed")[0].plan.path
    assert gdal.Open(path).GetMetadataItem(SIMULATED) == "LST of the sample basin"


def test_a_tagged_custom_product_needs_no_scale(run, make_raster, tmp_path):
    """Degrees Celsius in floats with NaN: only the offset is to be given; the pattern names one overpass."""
    values = np.array([[1.5, np.nan], [-20.25, 3.0]], np.float32)
    make_raster("lst_2020-02-29", values)
    parameters = {
        "INPUT": tmp_path,
        "PRODUCT": "custom",
        "PATTERN": "lst_{YYYY}-{MM}-{DD}.tif",
        "OVERPASS": "aqua_day",
        "OUTPUT": tmp_path / "out",
    }
    outcome = run("buildlststack", {**parameters, "OFFSET": 273.15})
    assert outcome.ok, outcome.errors
    out = read(tmp_path / "out" / "aqua_day_2020.tif", date(2020, 2, 29))
    assert out.tolist() == [[150, -32768], [-2025, 300]]
    outcome = run("buildlststack", {**parameters, "OUTPUT": tmp_path / "other"})
    assert not outcome.ok
    assert "'lst_2020-02-29.tif' has the median 1.5 K" in outcome.errors[0]
    assert "OFFSET of 273.15" in outcome.errors[0]


def refusal(run, **parameters):
    """The one sentence with which a run is refused."""
    outcome = run("buildlststack", parameters)
    assert not outcome.ok
    (sentence,) = outcome.errors
    assert "\n" not in sentence
    assert sentence.endswith(".")
    return sentence


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"INPUT": "empty"}, "holds no file"),
        ({"PRODUCT": "modis"}, "None of the 5 files"),
        ({"PRODUCT": "custom"}, "PATTERN is not given"),
        ({"PATTERN": "TRIMS_{SATELLITE}*{TIME}.tif"}, "names no date"),
        ({"OVERPASS": "aqua_day"}, "None of the 5 files"),
        ({"SCALE": 0.02}, "has the median 5"),
        ({"SCALE": "0,01"}, "SCALE is '0,01' and has to be a number: write it with a decimal point"),
        ({"OFFSET": "nan"}, "OFFSET is 'nan' and has to be a number"),
        ({"START": "2006-01-01"}, "No scene lies between 2006-01-01 and"),
        ({"START": "2005-01-05", "END": "2005-01-01"}, "END 2005-01-01 lies before START 2005-01-05"),
        ({"EXTENT": "10,11,40,41 [EPSG:4326]"}, "No scene overlaps the grid"),
        ({"CRS": "EPSG:32645"}, "RESOLUTION"),
        ({"DAY_SHIFT": "tomorrow"}, "day shift 'tomorrow' is not understood"),
        ({"OUTPUT": "trims"}, "is the folder of the scenes"),
    ],
)
def test_bad_input_is_refused_with_one_sentence(run, trims, tmp_path, changes, words):
    (tmp_path / "empty").mkdir()
    changes = {name: tmp_path / value if name in ("INPUT", "OUTPUT") else value for name, value in changes.items()}
    parameters = {"INPUT": trims[0], "OUTPUT": tmp_path / "out", **changes}
    assert words in refusal(run, **parameters)
    assert not list(tmp_path.rglob("terra_day*"))


def test_a_grid_or_a_mask_elsewhere_is_refused(run, trims, make_raster, tmp_path):
    grid = make_raster("elsewhere", np.ones((3, 3), np.float32), corner=(10.0, 40.0))
    sentence = refusal(run, INPUT=trims[0], GRID=grid, OUTPUT=tmp_path / "out")
    assert "No scene overlaps the grid" in sentence
    mask = tmp_path / "mask.geojson"
    mask.write_text(
        '{"type": "Feature", "properties": {}, "geometry": '
        '{"type": "Polygon", "coordinates": [[[10, 40], [11, 40], [11, 41], [10, 40]]]}}'
    )
    assert "No scene overlaps the grid" in refusal(run, INPUT=trims[0], BASIN=mask, OUTPUT=tmp_path / "out")
    near = make_raster("near", np.ones((3, 3), np.float32), corner=(80.0, 40.0), cell=(0.01, -0.01))
    sentence = refusal(run, INPUT=trims[0], GRID=near, BASIN=mask, OUTPUT=tmp_path / "out")
    assert "No feature of layer 'mask'" in sentence


def test_scenes_without_a_crs_or_without_quality_layers_are_refused_when_all_are(run, make_raster, tmp_path):
    make_raster("TRIMS_Terra2005001D", np.full((3, 3), 28000, np.uint16), crs=None)
    assert "'TRIMS_Terra2005001D.tif' has no CRS" in refusal(run, INPUT=tmp_path, OUTPUT=tmp_path / "out")
    make_raster("MOD11A1_2013001.LST_Day_1km", np.full((3, 3), 14000, np.uint16))
    sentence = refusal(run, INPUT=tmp_path, PRODUCT="modis", OUTPUT=tmp_path / "out")
    assert "'MOD11A1_2013001.LST_Day_1km.tif' has no layer of quality bits" in sentence
    outcome = run("buildlststack", {"INPUT": tmp_path, "PRODUCT": "modis", "QC": "none", "OUTPUT": tmp_path / "out"})
    assert outcome.ok, outcome.errors


@pytest.mark.parametrize(
    ("scene", "layers"),
    [
        ("MOD11A1.061_LST_Day_1km_doy2019001000000_aid0001", "QC_Day, QC_Night"),
        ("MOD21A1D.061_LST_1KM_doy2019001000000_aid0001", "QC"),
    ],
)
def test_the_layers_of_quality_bits_that_are_missing_are_named(run, make_raster, tmp_path, scene, layers):
    make_raster(scene, np.full((3, 3), 14000, np.uint16))
    sentence = refusal(run, INPUT=tmp_path, PRODUCT="modis", OUTPUT=tmp_path / "out")
    assert f"has no layer of quality bits beside it: export {layers} too" in sentence


# Exports of today -------------------------------------------------------------------------------


def stored_by_day(generator):
    """Numbers of MODIS of two days, and quality bits that leave out the first row."""
    lst = {day: generator.integers(12000, 15000, GRID.window().shape).astype(np.uint16) for day in (1, 2)}
    quality = np.zeros(GRID.window().shape, np.uint16)
    quality[0] = 0b10
    return lst, quality


def require_stored(path, lst):
    """The stack holds the numbers of both days but for the first row."""
    for day, values in lst.items():
        expected = np.rint(values.astype(float) * 2 - 27315).astype(int)
        expected[0] = -32768
        np.testing.assert_array_equal(read(path, date(2019, 1, day)), expected)


@pytest.mark.parametrize(
    ("scene", "quality"),
    [
        ("MOD11A1.061_LST_Day_1km_doy201900{}000000_aid0001.tif", "MOD11A1.061_QC_Day_doy201900{}000000_aid0001.tif"),
        ("MOD11A1_LST_Day_1km_2019_00{}.tif", "MOD11A1_QC_Day_2019_00{}.tif"),
        ("LST_Day_1km/MOD11A1_LST_Day_1km_2019_00{}.tif", "QC_Day/MOD11A1_QC_Day_2019_00{}.tif"),
        ("MOD11A1_2019_01_0{}_LST_Day_1km.tif", "MOD11A1_2019_01_0{}_QC_Day.tif"),
        ("MOD11A1/2019_01_0{}.LST_Day_1km.tif", "MOD11A1/2019_01_0{}.QC_Day.tif"),
    ],
)
def test_exports_are_read_with_their_quality_bits(run, tmp_path, scene, quality):
    lst, bits = stored_by_day(np.random.default_rng(1))
    for day, values in lst.items():
        for name, array in ((scene, values), (quality, bits)):
            path = tmp_path / "scenes" / name.format(day)
            path.parent.mkdir(parents=True, exist_ok=True)
            write_scene(path, array)
    outcome = run("buildlststack", {"INPUT": tmp_path / "scenes", "PRODUCT": "modis", "OUTPUT": tmp_path / "out"})
    assert outcome.ok, outcome.errors
    assert [path.name for path in (tmp_path / "out").glob("*.tif")] == ["terra_day_2019.tif"]
    require_stored(tmp_path / "out" / "terra_day_2019.tif", lst)
    assert "no scenes by their names" not in outcome.log


def test_bands_of_day_and_night_in_one_file_are_told_by_their_names(run, tmp_path):
    lst, bits = stored_by_day(np.random.default_rng(2))
    (tmp_path / "MOD11A1").mkdir()
    for day, values in lst.items():
        bands = {"LST_Night_1km": values - 500, "QC_Night": bits, "LST_Day_1km": values, "QC_Day": bits}
        path = str(tmp_path / "MOD11A1" / f"2019_01_0{day}.tif")
        dataset = gdal.GetDriverByName("GTiff").Create(path, GRID.width, GRID.height, 4, gdal.GDT_UInt16)
        dataset.SetGeoTransform(GRID.geotransform)
        dataset.SetProjection(GRID.crs_wkt)
        for number, (name, array) in enumerate(bands.items(), start=1):
            dataset.GetRasterBand(number).WriteArray(array)
            dataset.GetRasterBand(number).SetDescription(name)
        dataset = None
    outcome = run("buildlststack", {"INPUT": tmp_path, "PRODUCT": "modis", "OUTPUT": tmp_path / "out"})
    assert outcome.ok, outcome.errors
    require_stored(tmp_path / "out" / "terra_day_2019.tif", lst)
    require_stored(tmp_path / "out" / "terra_night_2019.tif", {day: values - 500 for day, values in lst.items()})


def test_files_without_a_layer_of_day_or_night_are_refused(run, tmp_path):
    lst, _ = stored_by_day(np.random.default_rng(2))
    write_scene(tmp_path / "MOD11A1_2019_01_01.tif", next(iter(lst.values())))
    parameters = {"INPUT": tmp_path, "PRODUCT": "modis", "QC": "none", "OUTPUT": tmp_path / "out"}
    outcome = run("buildlststack", parameters)
    assert not outcome.ok
    (error,) = outcome.errors
    assert "has a band called LST_Day_1km or LST_Night_1km: rename the bands" in error


def test_a_file_of_one_time_of_day_makes_one_stack(run, tmp_path):
    lst, _ = stored_by_day(np.random.default_rng(2))
    for day, values in lst.items():
        path = tmp_path / f"MOD11A1_2019_01_0{day}.tif"
        write_scene(path, values)
        dataset = gdal.Open(str(path), gdal.GA_Update)
        dataset.GetRasterBand(1).SetDescription("LST_Day_1km")
        dataset = None
    parameters = {"INPUT": tmp_path, "PRODUCT": "modis", "QC": "none", "OUTPUT": tmp_path / "out"}
    outcome = run("buildlststack", parameters)
    assert outcome.ok, outcome.errors
    assert [path.name for path in (tmp_path / "out").glob("*.tif")] == ["terra_day_2019.tif"]
    assert "The files hold no layer of Terra, night." in outcome.log


def test_viirs_has_quality_bits_of_its_own(run, tmp_path):
    lst, bits = stored_by_day(np.random.default_rng(3))
    # Bits 14-15: 01 is an error of at most 2 K; the byte of MxD11 would say 1 K, and 10 at bits 0-1 no temperature.
    bits[1:] = 0b01 << 14
    for day, values in lst.items():
        write_scene(tmp_path / f"VNP21A1D.002_LST_1KM_doy201900{day}000000_aid0001.tif", values)
        write_scene(tmp_path / f"VNP21A1D.002_QC_doy201900{day}000000_aid0001.tif", bits)
    parameters = {"INPUT": tmp_path, "PRODUCT": "modis", "OUTPUT": tmp_path / "out"}
    outcome = run("buildlststack", parameters)
    assert outcome.ok, outcome.errors
    require_stored(tmp_path / "out" / "aqua_day_2019.tif", lst)
    strict = run("buildlststack", {**parameters, "QC": "within_1k", "OUTPUT": tmp_path / "strict"})
    assert "No scene holds a value" in strict.errors[0]


def test_names_without_a_date_or_of_nothing_known_are_shown(run, tmp_path):
    for name in ("a", "b", "c", "d"):
        write_scene(tmp_path / f"LST_{name}.tif", np.full((3, 3), 14000, np.uint16))
    sentence = refusal(run, INPUT=tmp_path, PRODUCT="modis", OUTPUT=tmp_path / "out")
    assert "None of the 4 files in" in sentence
    assert "such as 'LST_a.tif', 'LST_b.tif', 'LST_c.tif', is a scene named like MOD11A1.A2019001" in sentence
    for name in "abcd":
        (tmp_path / f"LST_{name}.tif").rename(tmp_path / f"MOD11A1_LST_Day_1km_2019_36{6 + ord(name) - ord('a')}.tif")
    sentence = refusal(run, INPUT=tmp_path, PRODUCT="modis", OUTPUT=tmp_path / "out")
    assert "is a scene: MOD11A1_LST_Day_1km_2019_366.tif, " in sentence
    assert "(4 of 4 files) have impossible dates" in sentence


def test_scenes_that_no_pattern_takes_are_a_warning(run, trims, tmp_path):
    folder, _ = trims
    write_scene(folder / "LST_of_a_day.tif", np.full((3, 3), 14000, np.uint16))
    outcome = run("buildlststack", {"INPUT": folder, "OUTPUT": tmp_path / "stacks"})
    assert outcome.ok, outcome.errors
    assert "1 of 6 files are not named like scenes and are not used, such as 'LST_of_a_day.tif'." in outcome.log
