"""What is written: whole or not at all, and it says what it is."""

import json
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

gdal = pytest.importorskip("osgeo.gdal")

from grids import read_grid
from permafrost_mapper.core import classes
from permafrost_mapper.core.about import NAME, VERSION
from permafrost_mapper.core.errors import Cancelled, InputError, OutputError
from permafrost_mapper.core.files import whole_file, write_text
from permafrost_mapper.raster.grid.grid import Grid
from permafrost_mapper.raster.grid.window import Window
from permafrost_mapper.raster.read.classes import ClassSource
from permafrost_mapper.raster.read.description import class_names
from permafrost_mapper.raster.read.rasters import RasterSource
from permafrost_mapper.raster.run.blocks import Running
from permafrost_mapper.raster.write.provenance import SIMULATED, Provenance
from permafrost_mapper.raster.write.storage import Layer
from permafrost_mapper.raster.write.writer import RasterWriter, creation_options, raster_output

ROOT = Path(__file__).resolve().parent.parent
ON = Grid(300, 200, (80.0, 0.01, 0.0, 40.0, 0.0, -0.01), "")
TEMPERATURE = Layer(["TTOP"], "degC")
MAP = Layer(["Permafrost map"], classes=classes.PERMAFROST_MAP)
NOWHERE = Provenance("test")
VALUES = np.random.default_rng(1).normal(size=(200, 300)).astype(np.float32)


def names(folder):
    return sorted(path.name for path in folder.iterdir())


# What it holds -------------------------------------------------------------------------------------


def test_numbers(tmp_path):
    path = tmp_path / "ttop.tif"
    values = VALUES.copy()
    values[3, 4:90] = np.nan
    with raster_output(str(path), ON, TEMPERATURE, NOWHERE, Running()) as output:
        output.write(Window(0, 0, 300, 150), values[:150])
        output.write(Window(0, 150, 300, 50), values[150:])
        assert output.valid_cells == 300 * 200 - 86
    dataset = gdal.Open(str(path))
    band = dataset.GetRasterBand(1)
    assert gdal.GetDataTypeName(band.DataType) == "Float32"
    assert (band.GetNoDataValue(), band.GetDescription(), band.GetUnitType()) == (-9999.0, "TTOP", "degC")
    assert band.GetBlockSize() == [256, 256]
    assert dataset.GetMetadataItem("COMPRESSION", "IMAGE_STRUCTURE") == "DEFLATE"
    stored = band.ReadAsArray()
    assert (stored[3, 4:90] == -9999).all()
    np.testing.assert_array_equal(RasterSource(str(path), "ttop").open(ON).read(ON.window()), values)
    assert names(tmp_path) == ["ttop.tif"]


def test_several_bands(tmp_path):
    path = tmp_path / "stack.tif"
    layer = Layer(["2005", "2006"], "degC d")
    with raster_output(str(path), ON, layer, NOWHERE, Running()) as output:
        output.write(ON.window(), VALUES, 1)
        output.write(ON.window(), -VALUES, 2)
    dataset = gdal.Open(str(path))
    assert [dataset.GetRasterBand(i).GetDescription() for i in (1, 2)] == ["2005", "2006"]
    np.testing.assert_array_equal(dataset.ReadAsArray(), [VALUES, -VALUES])


def test_grid_and_crs(tmp_path, make_raster):
    own = read_grid(make_raster("a", np.zeros((3, 5), np.float32), crs=32644, corner=(3e5, 4e6), cell=(90, -90)), "a")
    path = str(tmp_path / "b.tif")
    with raster_output(path, own, TEMPERATURE, NOWHERE, Running()) as output:
        output.write(own.window(), np.zeros((3, 5), np.float32))
    assert read_grid(path, "b") == own


def test_classes_have_names_and_colours(tmp_path):
    path = tmp_path / "map.tif"
    stored = np.random.default_rng(1).integers(0, 5, (200, 300)).astype(np.uint8)
    with raster_output(str(path), ON, MAP, NOWHERE, Running()) as output:
        output.write(ON.window(), stored)
        assert output.valid_cells == np.count_nonzero(stored)
    assert class_names(RasterSource(str(path), "map")) == {
        1: "Permafrost",
        2: "Seasonally frozen ground",
        3: "Glacier",
        4: "Lake",
    }
    dataset = gdal.Open(str(path))
    band = dataset.GetRasterBand(1)
    assert (gdal.GetDataTypeName(band.DataType), band.GetNoDataValue(), band.GetUnitType()) == ("Byte", 0, "")
    table = band.GetDefaultRAT()
    assert [table.GetNameOfCol(i) for i in range(table.GetColumnCount())] == ["Value", "Class", "Red", "Green", "Blue"]
    for row, entry in enumerate(classes.PERMAFROST_MAP):
        assert band.GetColorTable().GetColorEntry(entry.value) == (*entry.rgb, 255)
        assert tuple(table.GetValueAsInt(row, column) for column in (2, 3, 4)) == entry.rgb
    np.testing.assert_array_equal(band.ReadAsArray(), stored)
    # The attribute table lies beside the file, under its name; newer GDAL keeps it in the file.
    assert names(tmp_path) in (["map.tif"], ["map.tif", "map.tif.aux.xml"])


def test_a_raster_without_attribute_table_has_no_names(make_raster):
    assert class_names(RasterSource(make_raster("a", np.zeros((2, 2), np.uint8)), "a")) == {}


def test_provenance(tmp_path):
    path = str(tmp_path / "ttop.tif")
    provenance = Provenance("ttop", {"DDT": "/data/Dauertau öst.tif", "RK_VALUE": "0.8"}, "DDT, DDF")
    with raster_output(path, ON, TEMPERATURE, provenance, Running()) as output:
        output.write(ON.window(), VALUES)
    items = gdal.Open(path).GetMetadata()
    assert items["PERMAFROST_SOFTWARE"] == f"{NAME} {VERSION}"
    assert items["PERMAFROST_ALGORITHM"] == "ttop"
    assert json.loads(items["PERMAFROST_PARAMETERS"]) == {"DDT": "/data/Dauertau öst.tif", "RK_VALUE": "0.8"}
    assert RasterSource(path, "ttop").metadata()[SIMULATED] == "DDT, DDF"


def test_what_is_observed_is_not_called_simulated(tmp_path):
    path = str(tmp_path / "ttop.tif")
    with raster_output(path, ON, TEMPERATURE, NOWHERE, Running()) as output:
        output.write(ON.window(), VALUES)
    assert SIMULATED not in RasterSource(path, "ttop").metadata()


@pytest.mark.parametrize("threads", [1, 3])
def test_equal_runs_give_equal_bytes(tmp_path, threads):
    paths = [tmp_path / "a.tif", tmp_path / "b.tif"]
    for path, running in zip(paths, (Running(1), Running(threads))):
        with raster_output(str(path), ON, TEMPERATURE, NOWHERE, running) as output:
            output.write(ON.window(), VALUES)
    assert paths[0].read_bytes() == paths[1].read_bytes()


# Whole or not at all -------------------------------------------------------------------------------


def test_the_name_appears_when_the_file_is_whole(tmp_path):
    path = tmp_path / "new" / "ttop.tif"
    with raster_output(str(path), ON, TEMPERATURE, NOWHERE, Running()) as output:
        output.write(Window(0, 0, 300, 100), VALUES[:100])
        assert not path.exists()
        # What is under way is hidden, and beside its final place.
        assert all(name.startswith(".ttop.") for name in names(path.parent))
        output.write(Window(0, 100, 300, 100), VALUES[100:])
    assert names(path.parent) == ["ttop.tif"]


def write_then_raise(path, layer, error):
    values = VALUES if not layer.classes else np.ones(VALUES.shape, np.uint8)
    with raster_output(str(path), ON, layer, NOWHERE, Running()) as output:
        output.write(Window(0, 0, 300, 100), values[:100])
        raise error


@pytest.mark.parametrize("layer", [TEMPERATURE, MAP], ids=["numbers", "classes"])
@pytest.mark.parametrize("error", [Cancelled("stopped"), InputError("bad"), KeyboardInterrupt(), ZeroDivisionError()])
def test_a_run_that_ends_early_leaves_nothing(tmp_path, layer, error):
    with pytest.raises(type(error)):
        write_then_raise(tmp_path / "map.tif", layer, error)
    assert names(tmp_path) == []


@pytest.mark.parametrize("layer", [TEMPERATURE, MAP, Layer(["2005", "2006"])], ids=["numbers", "classes", "bands"])
@pytest.mark.parametrize("missing", [1, 1000, 20_000])
def test_a_file_without_its_last_bytes_is_refused(tmp_path, monkeypatch, layer, missing):
    """Newer releases of GDAL say nothing where they find no room for them."""
    close = RasterWriter.close

    def close_on_a_full_disk(self):
        file = Path(self._dataset.GetDescription())
        close(self)
        with file.open("r+b") as opened:
            opened.truncate(max(0, file.stat().st_size - missing))

    monkeypatch.setattr(RasterWriter, "close", close_on_a_full_disk)
    values = np.random.default_rng(2).integers(1, 6, VALUES.shape).astype(np.uint8) if layer.classes else VALUES

    def write():
        with raster_output(str(tmp_path / "map.tif"), ON, layer, NOWHERE, Running()) as output:
            for band in range(1, len(layer.names) + 1):
                output.write(Window(0, 0, 300, 200), values, band)

    with pytest.raises(OutputError, match=r"map.tif' cannot be written .*: make room or choose another folder"):
        write()
    assert names(tmp_path) == []


def test_a_run_that_ends_early_leaves_the_older_file_alone(tmp_path):
    path = tmp_path / "map.tif"
    with raster_output(str(path), ON, MAP, NOWHERE, Running()) as output:
        output.write(ON.window(), np.ones(VALUES.shape, np.uint8))
    before = {name: (tmp_path / name).read_bytes() for name in names(tmp_path)}
    with pytest.raises(Cancelled):
        write_then_raise(path, TEMPERATURE, Cancelled("stopped"))
    assert {name: (tmp_path / name).read_bytes() for name in names(tmp_path)} == before


def test_the_sidecar_of_an_older_file_goes_with_it(tmp_path):
    path = tmp_path / "map.tif"
    for layer, values in ((MAP, np.ones(VALUES.shape, np.uint8)), (TEMPERATURE, VALUES)):
        with raster_output(str(path), ON, layer, NOWHERE, Running()) as output:
            output.write(ON.window(), values)
    assert names(tmp_path) == ["map.tif"]
    assert class_names(RasterSource(str(path), "map")) == {}


def test_an_output_may_replace_its_own_input(tmp_path):
    path = tmp_path / "a.tif"
    for step in (0.0, 1.0):
        source = RasterSource(str(path), "a").open(ON) if step else None
        with raster_output(str(path), ON, TEMPERATURE, NOWHERE, Running()) as output:
            output.write(ON.window(), source.read(ON.window()) + np.float32(1) if source else VALUES)
    np.testing.assert_allclose(RasterSource(str(path), "a").open(ON).read(ON.window()), VALUES + 1, rtol=1e-6)


def test_an_empty_result_is_refused(tmp_path):
    empty = Window(0, 0, 300, 200)
    with (
        pytest.raises(InputError, match="no common cell"),
        raster_output(str(tmp_path / "a.tif"), ON, TEMPERATURE, NOWHERE, Running(), "no common cell") as output,
    ):
        output.write(empty, np.full((200, 300), np.nan, np.float32))
    with (
        pytest.raises(InputError, match="no class"),
        raster_output(None, ON, MAP, NOWHERE, Running(), "no class") as output,
    ):
        output.write(empty, np.zeros((200, 300), np.uint8))
    assert names(tmp_path) == []


def test_an_output_that_nobody_wants_is_counted_and_not_written(tmp_path):
    with raster_output(None, ON, TEMPERATURE, NOWHERE, Running(), "empty") as output:
        output.write(ON.window(), VALUES)
    assert output.valid_cells == VALUES.size
    assert names(tmp_path) == []


@pytest.mark.parametrize("place", ["a file/ttop.tif", "folder"])
def test_places_where_nothing_can_be_written(tmp_path, place):
    (tmp_path / "a file").touch()
    (tmp_path / "folder").mkdir()
    with pytest.raises(OutputError, match=r"cannot be written \(.*choose another folder") as caught:
        write_text(tmp_path / place, "text")
    assert str(tmp_path / place) in str(caught.value)
    assert names(tmp_path) == ["a file", "folder"]


def test_texts_are_whole_as_well(tmp_path):
    write_text(tmp_path / "a.html", "Größe")
    assert (tmp_path / "a.html").read_text(encoding="utf-8") == "Größe"
    with pytest.raises(ZeroDivisionError), whole_file(tmp_path / "a.html") as temporary:  # noqa: PT012
        temporary.write_text("half")
        raise ZeroDivisionError
    assert names(tmp_path) == ["a.html"]
    assert (tmp_path / "a.html").read_text(encoding="utf-8") == "Größe"


# A full disk ---------------------------------------------------------------------------------------

# No file may grow beyond the limit, which is what a full disk looks like to whoever writes one.
FULL_DISK = """
import resource, sys
import numpy as np
from osgeo import gdal

if {exceptions}:
    gdal.UseExceptions()
from permafrost_mapper.core.errors import OutputError
from permafrost_mapper.raster.run.blocks import Running
from permafrost_mapper.raster.grid.grid import Grid, Window
from permafrost_mapper.raster.write.provenance import Provenance
from permafrost_mapper.raster.write.storage import Layer
from permafrost_mapper.raster.write.writer import raster_output

resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
on = Grid(1000, 1000, (80, 0.01, 0, 40, 0, -0.01), "")
random = np.random.default_rng(1)
try:
    with raster_output({path!r}, on, Layer(["a"]), Provenance("test"), Running({threads})) as output:
        for row in range(0, 1000, 256):
            values = random.random((min(256, 1000 - row), 1000)).astype(np.float32)
            output.write(Window(0, row, 1000, len(values)), values)
except OutputError as error:
    sys.stdout.write(str(error))
    sys.exit(3)
"""


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """A folder in which the package has its name."""
    folder = tmp_path_factory.mktemp("package")
    (folder / "permafrost_mapper").symlink_to(ROOT, target_is_directory=True)
    return folder


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs RLIMIT_FSIZE")
@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("exceptions", [False, True], ids=["messages", "exceptions"])
@pytest.mark.parametrize("limit", [100, 1_000_000, 3_400_000])
def test_a_full_disk_leaves_nothing(tmp_path, package, limit, exceptions, threads):
    """At once, in the middle, and with the last bytes."""
    path = str(tmp_path / "a.tif")
    script = FULL_DISK.format(limit=limit, exceptions=exceptions, path=path, threads=threads)
    done = subprocess.run([sys.executable, "-c", script], cwd=package, capture_output=True, encoding="utf-8")
    assert done.returncode == 3, (done.returncode, done.stderr)
    assert done.stdout.startswith(f"'{path}' cannot be written (")
    assert done.stdout.endswith("make room or choose another folder.")
    assert "\n" not in done.stdout
    assert names(tmp_path) == []


def test_the_same_script_succeeds_where_there_is_room(tmp_path, package):
    path = tmp_path / "a.tif"
    script = FULL_DISK.format(limit=2**30, exceptions=False, path=str(path), threads=2)
    done = subprocess.run([sys.executable, "-c", script], cwd=package, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert 3_400_000 < path.stat().st_size < 3_700_000
    assert ClassSource(str(path), "a").grid().width == 1000


def test_an_output_of_very_many_tiles_ends_when_the_run_does(tmp_path):
    """GDAL would fill millions of them, long after the user has cancelled."""
    grid = Grid(500_000, 500_000, (500_000.0, 1.0, 0.0, 4_000_000.0, 0.0, -1.0), "")
    huge = raster_output(str(tmp_path / "huge.tif"), grid, Layer(["a"]), NOWHERE, Running())
    start = time.process_time()
    with pytest.raises(ZeroDivisionError), huge as output:  # noqa: PT012
        output.write(Window(0, 0, 256, 256), np.zeros((256, 256), np.float32))
        raise ZeroDivisionError
    assert time.process_time() - start < 4
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("width", "sparse"), [(25_600_000, False), (25_600_001, True)])
def test_only_files_of_very_many_tiles_leave_out_empty_ones(width, sparse):
    grid = Grid(width, 256, (0.0, 1.0, 0.0, 0.0, 0.0, -1.0), "")
    assert ("SPARSE_OK=TRUE" in creation_options(gdal.GDT_Byte, Running(), grid, 1)) == sparse


def test_a_grid_of_more_tiles_than_a_file_lists_soon_is_refused(tmp_path):
    """GDAL lists all tiles when the file is closed, also after the run was cancelled."""
    path = tmp_path / "huge.tif"
    grid = Grid(256 * 8_000, 256 * 500, (0.0, 1.0, 0.0, 0.0, 0.0, -1.0), "")
    said = r"2048000 x 128000 cells in 3 bands, more than the 5\.24288e\+11 in all"
    with pytest.raises(InputError, match=said), raster_output(str(path), grid, Layer(["a"] * 3), NOWHERE, Running()):
        pytest.fail("the file was begun")
    assert list(tmp_path.iterdir()) == []
    with raster_output(str(path), grid, Layer(["a", "b"]), NOWHERE, Running()):
        pass
