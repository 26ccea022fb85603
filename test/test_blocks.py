"""Any job over any grid: windows that tile it, bounded memory, the same result however it is run, and a quick end."""

import threading
import time
import tracemalloc
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

gdal = pytest.importorskip("osgeo.gdal")
osr = pytest.importorskip("osgeo.osr")

from grids import read_grid
from permafrost_mapper.core.errors import Cancelled, InputError
from permafrost_mapper.core.permafrost.rk import mean_r_k, shipped_table
from permafrost_mapper.core.permafrost.ttop import ttop
from permafrost_mapper.raster.grid.grid import Grid
from permafrost_mapper.raster.grid.window import TILE
from permafrost_mapper.raster.read.classes import SubcellSource
from permafrost_mapper.raster.read.protocols import Cost
from permafrost_mapper.raster.read.rasters import RasterSource
from permafrost_mapper.raster.read.tiles import TileSource
from permafrost_mapper.raster.run.blocks import MAX_CELLS, WORKING_BYTES, Running, map_windows, plan_windows

TILES = TileSource(1_000)


def grid(width, height):
    return Grid(width, height, (80.0, 0.001, 0.0, 40.0, 0.0, -0.001), "")


# The planner ---------------------------------------------------------------------------------------

sides = st.one_of(st.integers(1, 3000), st.integers(1, 200_000))
costs = st.lists(st.builds(Cost, st.sampled_from([1, 16, 256, 300, 5000]), st.integers(1, 40)), max_size=4)
runnings = st.builds(Running, threads=st.integers(1, 64), memory_mb=st.integers(64, 8192))


@settings(deadline=None)
@given(sides, sides, costs, runnings)
def test_windows_tile_the_grid(width, height, cost, running):
    windows = plan_windows(grid(width, height), cost, running)
    first = windows[0]
    across = -(-width // first.width)
    assert len(windows) == across * -(-height // first.height)
    for index, window in enumerate(windows[:5000]):
        # Row by row, each beginning where its neighbour ends, the last ones ending with the grid.
        assert window.column == first.width * (index % across)
        assert window.row == first.height * (index // across)
        assert window.width == min(first.width, width - window.column) > 0
        assert window.height == min(first.height, height - window.row) > 0
    assert sum(window.width * window.height for window in windows) == width * height


@given(sides, sides, costs, runnings)
def test_windows_under_way_fit_the_memory(width, height, cost, running):
    largest = plan_windows(grid(width, height), cost, running)[0]
    cells = largest.width * largest.height
    bytes_per_cell = WORKING_BYTES + sum(c.bytes_per_cell for c in cost)
    fits = (2 * running.workers + 1) * cells * bytes_per_cell <= running.memory_mb * 2**20
    # Smaller than a tile of the output makes no sense.
    assert fits or (largest.width <= TILE and largest.height <= TILE)
    assert cells <= MAX_CELLS


@given(sides, sides, costs, runnings)
def test_windows_end_where_tiles_of_the_output_end(width, height, cost, running):
    first = plan_windows(grid(width, height), cost, running)[0]
    assert first.width == width or first.width % TILE == 0
    assert first.height == height or first.height % TILE == 0


@pytest.mark.parametrize(
    ("width", "height", "threads", "windows"), [(640, 620, 1, 1), (512, 512, 2, 2), (640, 620, 8, 3)]
)
def test_small_grids_have_work_for_all_threads(width, height, threads, windows):
    assert len(plan_windows(grid(width, height), [Cost()], Running(threads=threads))) == windows


def test_windows_are_as_high_as_the_blocks_of_the_files():
    """Else each block is decoded several times."""
    windows = plan_windows(grid(1000, 4000), [Cost(rows_at_once=700)], Running(threads=1, memory_mb=64))
    assert windows[0].height == 768
    assert windows[0].width == 1000


# The runner ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def degree_days(tmp_path_factory):
    """DDT and DDF on 900 x 700 cells, one tiled and one in strips."""
    random = np.random.default_rng(1)
    paths = {}
    for name, options in (("ddt", ["TILED=YES"]), ("ddf", ["COMPRESS=DEFLATE", "BLOCKYSIZE=33"])):
        paths[name] = str(tmp_path_factory.mktemp("degree_days") / f"{name}.tif")
        dataset = gdal.GetDriverByName("GTiff").Create(paths[name], 900, 700, 1, gdal.GDT_Float32, options)
        dataset.SetGeoTransform((80, 0.001, 0, 40, 0, -0.001))
        values = random.uniform(0, 3000, (700, 900)).astype(np.float32)
        values[random.random(values.shape) < 0.1] = -9999
        dataset.GetRasterBand(1).SetNoDataValue(-9999)
        dataset.GetRasterBand(1).WriteArray(values)
        del dataset
    return {name: RasterSource(path, name) for name, path in paths.items()}


def assembled(sources, on, running):
    """TTOP window by window."""
    result = np.full((on.height, on.width), 1e9, np.float32)
    for window, values in map_windows(lambda ddt, ddf: ttop(ddt, ddf, 0.8), sources, on, running):
        result[window.row : window.row + window.height, window.column : window.column + window.width] = values
    return result


@pytest.mark.parametrize("threads", [1, 2, 5])
@pytest.mark.parametrize("memory_mb", [1, 20, 1024])
def test_the_result_does_not_depend_on_how_it_is_run(degree_days, threads, memory_mb):
    on = degree_days["ddt"].grid()
    ddt, ddf = (source.open(on).read(on.window()) for source in degree_days.values())
    result = assembled(degree_days, on, Running(threads, memory_mb))
    np.testing.assert_array_equal(result, ttop(ddt, ddf, 0.8))


def test_results_come_in_the_order_of_the_grid():
    on = grid(2000, 2000)
    running = Running(threads=4, memory_mb=4)

    def slow_at_first(tiles):
        time.sleep(0.02 if tiles[0, 0] == 0 else 0)
        return int(tiles[0, 0])

    windows = [window for window, _ in map_windows(slow_at_first, {"tiles": TILES}, on, running)]
    assert windows == plan_windows(on, [TILES.cost(on)], running)
    assert len(windows) > 20


def test_progress_grows_to_one():
    shares = []
    running = Running(threads=3, memory_mb=4, progress=shares.append)
    list(map_windows(lambda tiles: None, {"tiles": TILES}, grid(2000, 1500), running))
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert len(shares) > 5


def test_a_slow_writer_holds_the_workers_back():
    """Results that nobody has taken would fill the memory."""
    begun = []
    running = Running(threads=2, memory_mb=4)
    for taken, _ in enumerate(map_windows(lambda tiles: begun.append(1), {"tiles": TILES}, grid(2000, 2000), running)):
        time.sleep(0.005)
        assert len(begun) <= taken + 1 + 2 * running.workers


def peak_bytes(compute, sources, on, running):
    """Memory of NumPy's arrays in a run whose results are dropped at once."""
    tracemalloc.start()
    try:
        for _ in map_windows(compute, sources, on, running):
            pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_stays_below_the_budget(make_raster):
    path = make_raster("a", np.ones((3000, 3000), np.uint8), options=("TILED=YES", "COMPRESS=DEFLATE"))
    sources = {"ddt": RasterSource(path, "ddt"), "ddf": RasterSource(path, "ddf")}
    peak = peak_bytes(lambda ddt, ddf: ttop(ddt, ddf, 0.8), sources, read_grid(path, "a"), Running(2, 64))
    assert 8 * 2**20 < peak < 64 * 2**20


def test_memory_of_subcells_stays_below_the_budget(make_raster):
    """Each cell holds 16 subcells, and the mean over them its own arrays."""
    path = make_raster("a", np.full((4000, 4000), 10, np.uint8), cell=(0.001, -0.001))
    on = Grid(1000, 1000, (80.0, 0.004, 0.0, 40.0, 0.0, -0.004), read_grid(path, "a").crs_wkt)
    table = shipped_table("esa_cci")
    source = SubcellSource(path, "a")
    assert source.subcells_per_side(on) == 4
    peak = peak_bytes(lambda a: mean_r_k(a, table), {"a": source}, on, Running(2, 256))
    assert peak < 256 * 2**20


# Its end -------------------------------------------------------------------------------------------


def workers():
    return [thread for thread in threading.enumerate() if thread.name.startswith("permafrost")]


@pytest.mark.parametrize("after", [0, 3])
def test_cancel_stops_at_the_next_window(after):
    done = []
    running = Running(2, 4, progress=done.append, is_cancelled=lambda: len(done) >= after)
    with pytest.raises(Cancelled):
        list(map_windows(lambda tiles: None, {"tiles": TILES}, grid(3000, 3000), running))
    assert len(done) == after
    assert not workers()


def test_cancel_is_seen_while_a_window_is_computed():
    begun = threading.Event()

    def slow(tiles):
        begun.set()
        time.sleep(0.5)

    started = time.monotonic()
    with pytest.raises(Cancelled):
        list(map_windows(slow, {"tiles": TILES}, grid(3000, 3000), Running(2, 4, is_cancelled=begun.is_set)))
    assert time.monotonic() - started < 1.0


@pytest.fixture
def fine(tmp_path):
    """Return a raster of small cells, between those of a grid of 600 x 600."""
    path = tmp_path / "fine.tif"
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), 1_900, 1_900, 1, gdal.GDT_Float32)
    dataset.SetGeoTransform((79.9995, 0.0004, 0, 40.0005, 0, -0.0004))
    dataset.SetProjection(osr.SRS_WKT_WGS84_LAT_LONG)
    del dataset
    return RasterSource(str(path), "fine")


@pytest.mark.parametrize("inside", [False, True])
def test_cancel_is_seen_while_a_raster_is_resampled(fine, monkeypatch, inside):
    """Between two blocks of a window, and within GDAL's work on one."""
    begun, ended = [], []
    warp = gdal.Warp

    def watched(*given, **options):
        begun.append(1)
        found = warp(*given, **options)
        ended.append(found)
        return found

    monkeypatch.setattr(gdal, "Warp", watched)
    running = Running(1, is_cancelled=lambda: bool(begun if inside else ended))
    cells = replace(grid(600, 600), crs_wkt=osr.SRS_WKT_WGS84_LAT_LONG)
    with pytest.raises(Cancelled):
        list(map_windows(lambda fine: fine, {"fine": fine}, cells, running))
    assert len(begun) == 1
    assert not workers()


@pytest.mark.parametrize(
    "error", [InputError("'a' is wrong: mend it."), TimeoutError("a job's own"), ZeroDivisionError()]
)
def test_an_error_of_the_job_ends_the_run(error):
    def fail(tiles):
        if tiles.max() > 0:
            raise error

    with pytest.raises(type(error)) as caught:
        list(map_windows(fail, {"tiles": TILES}, grid(3000, 3000), Running(2, 4)))
    assert caught.value is error
    assert not workers()


def test_a_source_that_cannot_be_opened_ends_the_run(degree_days):
    sources = {**degree_days, "r_k": RasterSource("absent.tif", "absent")}
    with pytest.raises(InputError, match="'absent' cannot be opened"):
        list(map_windows(lambda **_: None, sources, degree_days["ddt"].grid(), Running(2)))


def test_leaving_the_loop_early_ends_the_workers(degree_days):
    results = map_windows(lambda ddt, ddf: None, degree_days, degree_days["ddt"].grid(), Running(2, 1))
    next(results)
    results.close()
    assert not workers()
