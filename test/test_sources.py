"""What is read: every kind of missing value, alignment against GDAL and against known fields, polygons against GEOS."""

import time
from pathlib import Path

import numpy as np
import pytest

gdal = pytest.importorskip("osgeo.gdal")
ogr = pytest.importorskip("osgeo.ogr")
osr = pytest.importorskip("osgeo.osr")

from grids import read_grid
from permafrost_mapper.core.errors import InputError
from permafrost_mapper.raster.grid.gdal_io import plain_line
from permafrost_mapper.raster.grid.grid import Grid
from permafrost_mapper.raster.grid.window import Window
from permafrost_mapper.raster.prepare.align import AlignJob, align
from permafrost_mapper.raster.read import tiles
from permafrost_mapper.raster.read.classes import NO_CLASS, ClassSource, SubcellSource
from permafrost_mapper.raster.read.points import PointSource, observe_cells
from permafrost_mapper.raster.read.rasters import RasterSource, alignment_note
from permafrost_mapper.raster.read.tiles import TileSource
from permafrost_mapper.raster.read.vectors import Features, PolygonCoverSource, PolygonSource, RasterCoverSource
from permafrost_mapper.raster.run.blocks import Running, map_windows
from permafrost_mapper.raster.write.provenance import Provenance

ALBERS = "+proj=aea +lat_1=27.5 +lat_2=37.5 +lat_0=0 +lon_0=90 +datum=WGS84 +units=m"


def wkt(crs):
    reference = osr.SpatialReference()
    reference.SetFromUserInput(crs)
    return reference.ExportToWkt()


WGS84 = wkt("EPSG:4326")


def grid(width, height, corner=(80.0, 40.0), cell=0.1, crs="EPSG:4326"):
    return Grid(width, height, (corner[0], cell, 0.0, corner[1], 0.0, -cell), wkt(crs))


def whole(source, on):
    """All cells in one window."""
    return source.open(on).read(on.window())


def inner(own):
    """The cells of a grid without its margin: other cells, so they are warped, but no centre moves."""
    return own.refined(Window(1, 1, own.width - 2, own.height - 2), 1)


# Missing values ------------------------------------------------------------------------------------

VALUES = np.array(
    [[9, 9, 9, 9, 9, 9], [9, 1.5, 2.5, 3.5, 4.5, 9], [9, 5.5, 6.5, 7.5, 8.5, 9], [9, 9, 9, 9, 9, 9]], np.float32
)
GAPS = np.zeros(VALUES.shape, bool)
GAPS[1, 2] = GAPS[2, 4] = GAPS[0, 0] = True
FLOAT32_LOWEST = float(np.finfo(np.float32).min)

# What stands in the gaps, and how the file says so.
MISSING = {
    "tagged": (np.float32, -9999.0, {"nodata": -9999.0}),
    "tagged nan": (np.float32, np.nan, {"nodata": np.nan}),
    "untagged nan": (np.float32, np.nan, {}),
    "tagged lowest": (np.float32, FLOAT32_LOWEST, {"nodata": FLOAT32_LOWEST}),
    "tagged rounded": (np.float32, -3.4e38, {"nodata": -3.4e38}),
    "mask band": (np.float32, 77.0, {"mask": ~GAPS}),
    "scaled integers": (np.int16, -32768, {"nodata": -32768, "scale": 0.5, "offset": -10.0}),
    "scaled bytes": (np.uint8, 255, {"nodata": 255, "scale": 0.5}),
    "unsigned": (np.uint16, 65535, {"nodata": 65535, "scale": 0.5}),
}


@pytest.mark.parametrize("kind", MISSING)
@pytest.mark.parametrize("warped", [False, True], ids=["own cells", "warped"])
def test_missing_values(make_raster, kind, warped):
    type_, fill, how = MISSING[kind]
    stored = (VALUES - how.get("offset", 0.0)) / how.get("scale", 1.0)
    path = make_raster("a", np.where(GAPS, fill, stored).astype(type_), **how)
    own = read_grid(path, "a")
    on = inner(own) if warped else own
    expected = np.where(GAPS, np.nan, VALUES)
    read = whole(RasterSource(path, "a"), on)
    assert read.dtype == np.float32
    np.testing.assert_allclose(read, expected[1:-1, 1:-1] if warped else expected, rtol=1e-6)


@pytest.mark.parametrize("fill", [3.4e38, FLOAT32_LOWEST, 1e31, np.inf])
def test_fill_that_nobody_has_tagged(make_raster, fill):
    path = make_raster("a", np.where(GAPS, fill, VALUES).astype(np.float32))
    own = read_grid(path, "a")
    np.testing.assert_array_equal(whole(RasterSource(path, "a"), own), np.where(GAPS, np.nan, VALUES))
    # Warped, it takes its neighbours along, which are then missing, but never wrong.
    read = whole(RasterSource(path, "a"), inner(own))
    expected = np.where(GAPS, np.nan, VALUES)[1:-1, 1:-1]
    known = ~np.isnan(read)
    assert known.any()
    np.testing.assert_allclose(read[known], expected[known], rtol=1e-6)


@pytest.mark.parametrize("nodata", [-9999, -1, 256, 65535, 0.5])
def test_a_tag_that_the_type_cannot_hold_is_no_class(make_raster, nodata):
    classes = np.array([[0, 1, 2], [241, 254, 255]], np.uint8)
    path = make_raster("a", classes, nodata=nodata)
    np.testing.assert_array_equal(whole(ClassSource(path, "a"), read_grid(path, "a")), classes)


CLASSES = np.array([[1, 1, 1, 1], [1, 2, 7, 1], [1, 3, 2, 1], [1, 1, 1, 1]])


@pytest.mark.parametrize(
    ("type_", "fill", "how"),
    [
        (np.uint8, 0, {"nodata": 0}),
        (np.uint8, 9, {"mask": CLASSES != 7}),
        (np.int16, -32768, {"nodata": -32768}),
        (np.int32, -1, {"nodata": -1}),
        (np.float32, -9999, {"nodata": -9999}),
        (np.float32, 3.4e38, {}),
        (np.float64, np.nan, {}),
    ],
)
@pytest.mark.parametrize("warped", [False, True], ids=["own cells", "warped"])
def test_missing_classes(make_raster, type_, fill, how, warped):
    path = make_raster("a", np.where(CLASSES == 7, fill, CLASSES).astype(type_), **how)
    own = read_grid(path, "a")
    expected = np.where(CLASSES == 7, NO_CLASS, CLASSES)
    read = whole(ClassSource(path, "a"), inner(own) if warped else own)
    assert read.dtype == np.int32
    np.testing.assert_array_equal(read, expected[1:-1, 1:-1] if warped else expected)


def test_class_zero_is_a_class_unless_it_is_tagged(make_raster):
    path = make_raster("a", np.zeros((2, 2), np.uint8))
    assert (whole(ClassSource(path, "a"), read_grid(path, "a")) == 0).all()


@pytest.mark.parametrize("warped", [False, True], ids=["own cells", "warped"])
def test_fractions_are_no_classes(make_raster, warped):
    path = make_raster("probability", np.full((6, 6), 0.25, np.float32))
    own = read_grid(path, "probability")
    with pytest.raises(InputError, match=r"'probability' holds the value 0.25 where whole numbers"):
        whole(ClassSource(path, "probability"), inner(own) if warped else own)


# Opening -------------------------------------------------------------------------------------------


def test_one_band_of_several(make_raster):
    path = make_raster("a", np.arange(24, dtype=np.float32).reshape(2, 3, 4))
    own = read_grid(path, "a")
    np.testing.assert_array_equal(whole(RasterSource(path, "a", band=2), own), np.arange(12, 24).reshape(3, 4))
    np.testing.assert_array_equal(whole(RasterSource(path, "a", band=2), inner(own)), [[17, 18]])
    with pytest.raises(InputError, match="'a' has 2 bands and band 3 was requested"):
        RasterSource(path, "a", band=3).open(own)


@pytest.fixture(params=[False, True], ids=["messages", "exceptions"])
def gdal_exceptions(request):
    """Another plugin may have switched GDAL's exceptions on."""
    if not request.param:
        yield
        return
    gdal.UseExceptions()
    osr.UseExceptions()
    yield
    osr.DontUseExceptions()
    gdal.DontUseExceptions()


@pytest.mark.usefixtures("gdal_exceptions")
def test_files_that_cannot_be_opened(tmp_path):
    (tmp_path / "text.tif").write_text("no raster")
    for name in ("text.tif", "absent.tif"):
        with pytest.raises(InputError, match=rf"'{name}' cannot be opened \(.*check that the file exists and is whole"):
            RasterSource(str(tmp_path / name), name).grid()


@pytest.mark.usefixtures("gdal_exceptions")
def test_a_file_that_was_cut_off(make_raster, tmp_path):
    path = make_raster("a", np.random.default_rng(1).random((300, 300)).astype(np.float32))
    own = read_grid(path, "a")
    content = (tmp_path / "a.tif").read_bytes()
    (tmp_path / "a.tif").write_bytes(content[: len(content) // 2])
    with pytest.raises(InputError, match=r"'a' cannot be (read at rows|opened)") as caught:
        whole(RasterSource(path, "a"), own)
    assert "\n" not in str(caught.value)


@pytest.mark.usefixtures("gdal_exceptions")
def test_a_crs_that_leads_nowhere(make_raster):
    path = make_raster("a", np.ones((3, 3), np.float32), crs='LOCAL_CS["site",UNIT["metre",1]]')
    with pytest.raises(InputError, match=r"CRS of 'a' cannot be transformed to .* \(.*\): assign the right") as caught:
        RasterSource(path, "a").open(grid(9, 9))
    # Newer GDAL puts the whole CRS, on thirty lines, into its message.
    assert "\n" not in str(caught.value)
    assert "schema" not in str(caught.value)
    path = make_raster("b", np.ones((3, 3), np.float32), corner=(5e5, 4.4e6), cell=(1000, -1000))
    with pytest.raises(InputError, match=r"'b' .*does not overlap"):
        RasterSource(path, "b").open(grid(9, 9))


# As GDAL 3.10 and 3.13 say it, with what the sentence keeps.
PROJJSON = """{
  "$schema": "https://proj.org/schemas/v0.7/projjson.schema.json",
  "type": "EngineeringCRS",
  "name": "the site's own",
  "datum": {
    "name": "Unknown engineering datum"
  }
}"""
LONG_MESSAGES = {
    "": "",
    "a.tif: No such file or directory": "a.tif: No such file or directory",
    "`a.tif' not recognized as being in a supported file format.": (
        "`a.tif' not recognized as being in a supported file format."
    ),
    f"Cannot find coordinate operations from `{PROJJSON}' to `EPSG:4326'": (
        "Cannot find coordinate operations from `the site's own' to `EPSG:4326'"
    ),
    f"Cannot find coordinate operations from `EPSG:4326' to `{PROJJSON}'": (
        "Cannot find coordinate operations from `EPSG:4326' to `the site's own'"
    ),
    'Cannot find coordinate operations from `ENGCRS["site",EDATUM[""],CS[Cartesian,2]]\' to `EPSG:4326\'': (
        "Cannot find coordinate operations from `site' to `EPSG:4326'"
    ),
    "Too many points (441 out of 441) failed to transform.\n[...]\nMay be caused by: PROJ: utm: Invalid longitude\n"
    "May be caused by: PROJ: utm: Invalid longitude": "Too many points (441 out of 441) failed to transform.",
    "cut.tif, band 1:\r\n  IReadBlock failed": "cut.tif, band 1: IReadBlock failed",
    "x" * 1000: "x" * 300 + "…",
}


@pytest.mark.parametrize("text", LONG_MESSAGES)
def test_a_message_of_gdal_is_one_plain_line(text):
    assert plain_line(text) == LONG_MESSAGES[text]


def test_a_long_message_is_read_in_linear_time():
    started = time.perf_counter()
    for text in ("`{" * 20_000, "`A[" * 20_000, "`{\n}" * 20_000, "May be caused by:\n" * 20_000):
        assert "\n" not in plain_line(text)
    assert time.perf_counter() - started < 2


# Alignment -----------------------------------------------------------------------------------------

# Where the aligned cells lie: shifted by part of a cell, coarser, finer, in another CRS.
TARGETS = {
    "shifted": grid(60, 50, (80.537, 39.613)),
    "coarser": grid(14, 11, (80.5, 39.5), 0.37),
    "finer": grid(150, 120, (80.5, 39.5), 0.03),
    "utm": grid(90, 70, (500_000, 4_350_000), 5000, "EPSG:32644"),
    "albers": grid(60, 50, (-850_000, 4_200_000), 7000, ALBERS),
}


def field(lon, lat):
    """A plane: what bilinear interpolation gives exactly."""
    return 3 * lon - 5 * lat + 20


@pytest.fixture
def plane(make_raster):
    """The plane on 100 x 80 cells of a tenth of a degree."""
    lon, lat = 80.05 + 0.1 * np.arange(100), 39.95 - 0.1 * np.arange(80)[:, np.newaxis]
    return make_raster("plane", field(lon, lat).astype(np.float32), nodata=-9999)


@pytest.mark.parametrize("target", TARGETS)
def test_bilinear_gives_a_plane_back(plane, target):
    pyproj = pytest.importorskip("pyproj")
    on = TARGETS[target]
    x0, dx, _, y0, _, dy = on.geotransform
    x, y = np.meshgrid(x0 + dx * (np.arange(on.width) + 0.5), y0 + dy * (np.arange(on.height) + 0.5))
    lon, lat = pyproj.Transformer.from_crs(on.crs_wkt, 4326, always_xy=True).transform(x, y)
    aligned = whole(RasterSource(plane, "plane"), on)
    assert np.isfinite(aligned).all()
    # GDAL may misplace a cell by an eighth of a source cell of .1 degrees; 8 is the sum of the slopes.
    np.testing.assert_allclose(aligned, field(lon, lat), atol=0.125 * 0.1 * 8)


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize(
    ("kind", "resampling"), [(RasterSource, "bilinear"), (RasterSource, "average"), (ClassSource, "mode")]
)
def test_alignment_equals_gdalwarp(make_raster, target, kind, resampling):
    random = np.random.default_rng(7)
    if kind is RasterSource:
        values, type_ = random.normal(0, 10, (80, 100)), gdal.GDT_Float32
    else:
        values, type_ = np.kron(random.integers(1, 5, (16, 20)), np.ones((5, 5))), gdal.GDT_Int32
    values = values.astype(np.float32 if kind is RasterSource else np.uint8)
    values[random.random(values.shape) < 0.05] = 99
    path = make_raster("a", values, nodata=99)
    on = TARGETS[target]
    expected = gdal.Warp(
        "",
        path,
        format="MEM",
        dstSRS=on.crs_wkt,
        outputBounds=on.bounds,
        width=on.width,
        height=on.height,
        resampleAlg=resampling,
        outputType=type_,
        dstNodata=-9999,
    ).ReadAsArray()
    missing = np.nan if kind is RasterSource else NO_CLASS
    aligned = whole(kind(path, "a", resampling=resampling), on)
    np.testing.assert_allclose(aligned, np.where(expected == -9999, missing, expected), rtol=1e-6)


def test_what_lies_beyond_a_raster_is_missing(plane, make_raster):
    on = grid(30, 30, (79.0, 41.0))
    aligned = whole(RasterSource(plane, "plane"), on)
    assert np.isnan(aligned[:10]).all()
    assert np.isnan(aligned[:, :10]).all()
    assert np.isfinite(aligned[10:, 10:]).all()
    classes = make_raster("classes", np.zeros((80, 100), np.uint8))
    assert (whole(ClassSource(classes, "classes"), on)[:9] == NO_CLASS).all()


def test_a_raster_stored_from_south_to_north_is_turned(make_raster):
    values = np.arange(20, dtype=np.float32).reshape(4, 5)
    path = make_raster("a", values[::-1], corner=(80.0, 39.6), cell=(0.1, 0.1))
    np.testing.assert_allclose(whole(RasterSource(path, "a"), grid(5, 4)), values, atol=1e-5)


def majority(fine, factor):
    """The class that fills most of each cell, and in how many it is the only one."""
    rows, columns = fine.shape[0] // factor, fine.shape[1] // factor
    blocks = fine.reshape(rows, factor, columns, factor).swapaxes(1, 2).reshape(rows, columns, -1)
    counts = np.stack([(blocks == value).sum(axis=-1) for value in range(6)], axis=-1)
    ordered = np.sort(counts, axis=-1)
    return counts.argmax(axis=-1), ordered[..., -1] > ordered[..., -2]


def test_the_mode_is_the_class_that_fills_most_of_a_cell(make_raster):
    fine = np.random.default_rng(2).integers(1, 6, (200, 300)).astype(np.uint8)
    path = make_raster("a", fine, cell=(0.01, -0.01))
    expected, clear = majority(fine, 10)
    assert clear.mean() > 0.8
    read = whole(ClassSource(path, "a"), grid(30, 20))
    np.testing.assert_array_equal(read[clear], expected[clear])


def test_subcells_are_the_cells_of_the_finer_raster(make_raster):
    fine = np.random.default_rng(2).integers(1, 6, (40, 60)).astype(np.uint8)
    fine[0, 0] = 0
    path = make_raster("a", fine, cell=(0.025, -0.025), nodata=0)
    source = SubcellSource(path, "a")
    on = grid(15, 10)
    assert source.subcells_per_side(on) == 4
    expected = fine.reshape(10, 4, 15, 4).swapaxes(1, 2).reshape(10, 15, 16).astype(np.int32)
    expected[expected == 0] = NO_CLASS
    np.testing.assert_array_equal(whole(source, on), expected)
    assert SubcellSource(path, "a").subcells_per_side(read_grid(path, "a")) == 1
    assert source.subcells_per_side(grid(2, 1, cell=1.0)) == 16  # no more than that


def test_the_note_names_both_and_the_method(plane):
    note = alignment_note(RasterSource(plane, "plane"), TARGETS["utm"])
    assert note.startswith("'plane' (100 x 80 cells of 0.1 x 0.1 deg")
    assert note.endswith("is aligned to the first input by bilinear resampling.")
    assert alignment_note(RasterSource(plane, "plane"), read_grid(plane, "plane")) == ""


# `aligntogrid` --------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["bilinear", "mode", "average", "nearest"])
@pytest.mark.parametrize("target", ["coarser", "albers"])
def test_aligned_files_equal_gdalwarp(make_raster, tmp_path, method, target):
    random = np.random.default_rng(7)
    bands = random.integers(-500, 500, (3, 80, 100)).astype(np.int16)
    bands[random.random(bands.shape) < 0.05] = -32768
    path = make_raster("stack", bands, nodata=-32768, scale=0.01, offset=2.0)
    dataset = gdal.Open(path, gdal.GA_Update)
    for number in (1, 2, 3):
        dataset.GetRasterBand(number).SetDescription(f"2013-01-0{number}")
        dataset.GetRasterBand(number).SetUnitType("degC")
    del dataset
    on, output = TARGETS[target], str(tmp_path / "aligned.tif")
    align(AlignJob(RasterSource(path, "stack"), on, method), output, Provenance("aligntogrid"), Running())
    aligned = gdal.Open(output)
    assert read_grid(output, "aligned").same_cells(on)
    expected = gdal.Warp(
        "",
        path,
        format="MEM",
        dstSRS=on.crs_wkt,
        outputBounds=on.bounds,
        width=on.width,
        height=on.height,
        resampleAlg="near" if method == "nearest" else method,
    )
    np.testing.assert_array_equal(aligned.ReadAsArray(), expected.ReadAsArray())
    for number in (1, 2, 3):
        band = aligned.GetRasterBand(number)
        assert (band.GetDescription(), band.GetUnitType()) == (f"2013-01-0{number}", "degC")
        assert (band.GetScale(), band.GetOffset(), band.GetNoDataValue()) == (0.01, 2.0, -32768)
    assert aligned.GetMetadataItem("PERMAFROST_ALGORITHM") == "aligntogrid"


@pytest.mark.parametrize("type_", [np.uint8, np.uint16, np.uint32, np.int16, np.int32, np.float32])
def test_zero_without_a_tag_stays_a_value_and_outside_is_missing(make_raster, tmp_path, type_):
    path = make_raster("a", np.array([[0, 200], [7, 0]], type_))
    output = str(tmp_path / "aligned.tif")
    align(AlignJob(RasterSource(path, "a"), grid(3, 3), "nearest"), output, Provenance("aligntogrid"), Running())
    read = whole(RasterSource(output, "aligned"), grid(3, 3))
    np.testing.assert_array_equal(read, [[0, 200, np.nan], [7, 0, np.nan], [np.nan, np.nan, np.nan]])


# Tiles ---------------------------------------------------------------------------------------------


def test_tiles_are_counted_row_by_row():
    source, on = TileSource(3), grid(7, 5)
    assert source.tiles(on) == 6
    expected = np.add.outer(np.arange(5) // 3 * 3, np.arange(7) // 3)
    np.testing.assert_array_equal(whole(source, on), expected)
    np.testing.assert_array_equal(source.open(on).read(Window(2, 1, 4, 3)), expected[1:4, 2:6])


def test_tiles_grow_where_they_would_be_too_many(monkeypatch):
    monkeypatch.setattr(tiles, "MAX_TILES", 100)
    on = grid(40, 40)
    assert tiles.bounded_tiles(4, on) == (TileSource(4), "")
    grown, warning = tiles.bounded_tiles(3, on)
    assert grown == TileSource(4)
    assert warning.startswith("BLOCK_SIZE is raised from 3 to 4 cells")
    # Each tile has a matrix for every region or map.
    assert tiles.bounded_tiles(4, on, layers=4)[0] == TileSource(8)
    assert tiles.bounded_tiles(0, grid(40, 70)) == (TileSource(70), "")


# Polygons and points -------------------------------------------------------------------------------


def features(geometries, values=None, crs=WGS84, name="lakes"):
    wkb = tuple(bytes(geometry.ExportToWkb()) for geometry in geometries)
    return Features(name, wkb, tuple(values or range(len(wkb))), crs)


def blob(random, x, y, size):
    """A star of twelve corners."""
    angles = np.linspace(0, 2 * np.pi, 12, endpoint=False)
    radii = size * random.uniform(0.4, 1.0, 12)
    ring = ogr.Geometry(ogr.wkbLinearRing)
    for angle, radius in zip([*angles, angles[0]], [*radii, radii[0]]):
        ring.AddPoint_2D(x + radius * np.cos(angle), y + radius * np.sin(angle))
    polygon = ogr.Geometry(ogr.wkbPolygon)
    polygon.AddGeometry(ring)
    return polygon


@pytest.fixture(scope="module")
def blobs():
    random = np.random.default_rng(4)
    # Far apart, so that they do not overlap: from a third of a cell to four cells.
    return [
        blob(random, 80.7 + 1.1 * column, 39.4 - 1.1 * row, size)
        for (row, column), size in zip(np.ndindex(3, 4), np.geomspace(0.03, 0.45, 12))
    ]


ON = grid(50, 40)


def cell_polygon(on, row, column):
    x0, dx, _, y0, _, dy = on.geotransform
    left, top = x0 + column * dx, y0 + row * dy
    return ogr.CreateGeometryFromWkt(
        f"POLYGON(({left} {top},{left + dx} {top},{left + dx} {top + dy},{left} {top + dy},{left} {top}))"
    )


def test_polygon_cover_equals_intersection_areas(blobs):
    union = ogr.Geometry(ogr.wkbMultiPolygon)
    for polygon in blobs:
        union.AddGeometry(polygon)
    exact = np.array(
        [
            [cell_polygon(ON, row, column).Intersection(union).Area() / 0.01 for column in range(ON.width)]
            for row in range(ON.height)
        ]
    )
    share = whole(PolygonCoverSource(features(blobs)), ON)
    assert share.dtype == np.float32
    # Counted on 8 x 8 subcells.
    np.testing.assert_array_equal(share[exact == 0], 0)
    np.testing.assert_array_equal(share[exact > 1 - 1e-9], 1)
    cut = (exact > 0) & (exact < 1 - 1e-9)
    assert cut.sum() > 100
    assert np.abs(share - exact).max() < 0.1
    assert np.sqrt(np.mean((share - exact)[cut] ** 2)) < 0.025
    assert share.sum() == pytest.approx(exact.sum(), rel=5e-3)
    # The rule of one half is right wherever it is not a close call.
    assert ((share >= 0.5) == (exact >= 0.5))[np.abs(exact - 0.5) > 0.1].all()


def test_half_a_cell_is_exactly_half():
    half = ogr.CreateGeometryFromWkt("POLYGON((80 40,80.25 40,80.25 39.95,80 39.95,80 40))")
    np.testing.assert_array_equal(
        whole(PolygonCoverSource(features([half])), grid(4, 2)), [[0.5, 0.5, 0.25, 0], [0, 0, 0, 0]]
    )


def test_a_cell_belongs_to_the_polygon_that_holds_its_centre(blobs):
    values = [10 * (index + 1) for index in range(len(blobs))]
    read = whole(PolygonSource(features(blobs, values)), ON)
    x0, dx, _, y0, _, dy = ON.geotransform
    expected = np.full((ON.height, ON.width), NO_CLASS)
    for row in range(ON.height):
        for column in range(ON.width):
            centre = ogr.CreateGeometryFromWkt(f"POINT({x0 + dx * (column + 0.5)} {y0 + dy * (row + 0.5)})")
            for polygon, value in zip(blobs, values):
                if polygon.Contains(centre):
                    expected[row, column] = value
    assert len(np.unique(expected)) >= 8  # the smallest polygons hold no centre
    np.testing.assert_array_equal(read, expected)


def test_polygons_in_another_crs_are_brought_over(blobs):
    to_utm = osr.CoordinateTransformation(_traditional(4326), _traditional(32644))
    projected = [polygon.Clone() for polygon in blobs]
    for polygon in projected:
        polygon.Transform(to_utm)
    there = whole(PolygonCoverSource(features(projected, crs=wkt("EPSG:32644"))), ON)
    here = whole(PolygonCoverSource(features(blobs)), ON)
    assert np.abs(there - here).max() <= 3 / 64


def _traditional(code):
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(code)
    reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return reference


def test_cover_by_a_raster(make_raster):
    fine = np.zeros((40, 60), np.uint8)
    fine[:20, :30] = 1
    fine[4, 40] = 5
    fine[0, 0] = 255
    path = make_raster("glaciers", fine, cell=(0.0125, -0.0125), nodata=255)
    share = whole(RasterCoverSource(path, "glaciers"), grid(7, 5))
    covered = (fine > 0) & (fine != 255)
    np.testing.assert_allclose(share, covered[:, :56].reshape(5, 8, 7, 8).mean(axis=(1, 3)))


def test_cover_by_a_raster_on_the_same_cells_is_all_or_nothing(make_raster):
    path = make_raster("lakes", np.array([[0, 1, 200], [255, 0, 2]], np.uint8), nodata=255)
    np.testing.assert_array_equal(whole(RasterCoverSource(path, "lakes"), grid(3, 2)), [[0, 1, 1], [0, 0, 1]])


@pytest.mark.parametrize(
    ("layer", "said"),
    [
        (lambda blobs: features([]), "'lakes' holds no feature"),
        (lambda blobs: features(blobs, crs=""), "'lakes' has no CRS"),
        (lambda blobs: features(blobs, crs=wkt("EPSG:32644")), "No feature of layer 'lakes' lies on the first input"),
        (
            lambda blobs: features(blobs, crs=wkt('LOCAL_CS["x",UNIT["metre",1]]')),
            "CRS of 'lakes' cannot be transformed",
        ),
    ],
)
def test_layers_that_cannot_be_used(blobs, layer, said):
    with pytest.raises(InputError, match=said):
        PolygonCoverSource(layer(blobs)).open(ON)


def test_there_may_be_none_of_the_lakes_of_a_larger_area():
    def square(x, y):
        return ogr.CreateGeometryFromWkt(f"POLYGON(({x} {y},{x + 1} {y},{x + 1} {y + 1},{x} {y + 1},{x} {y}))")

    around = features([square(78, 41), square(86, 34)])
    np.testing.assert_array_equal(whole(PolygonCoverSource(around), ON), 0)
    # What has to be on the map, such as districts, is refused there.
    for source in (PolygonSource(around), PolygonCoverSource(features([square(78, 41), square(78, 37)]))):
        with pytest.raises(InputError, match="No feature of layer 'lakes' lies on the first input"):
            source.open(ON)


def test_polygons_need_a_grid_with_a_crs(blobs):
    without = Grid(ON.width, ON.height, ON.geotransform, "")
    with pytest.raises(InputError, match=r"first input .* has no CRS, so 'lakes' cannot be located"):
        PolygonSource(features(blobs)).open(without)


def points(*places):
    return [ogr.CreateGeometryFromWkt(f"POINT({x} {y})") for x, y in places]


def test_points_of_one_cell_are_one_observation():
    places = points(
        (80.01, 39.99), (80.09, 39.91), (80.15, 39.95), (80.16, 39.95), (80.25, 39.85), (99, 39), (79.99, 40)
    )
    layer = features(places, [1, 1, 0, 1, 0, 1, 1], name="boreholes")
    seen = observe_cells(layer, ON)
    assert (seen.points, seen.outside, seen.disagreeing, len(seen.classes)) == (7, 2, 1, 3)
    read = whole(PointSource(layer), ON)
    assert read[0, 0] == 1
    assert read[0, 1] == NO_CLASS
    assert read[1, 2] == 0
    assert (read != NO_CLASS).sum() == 2


def test_every_source_is_the_same_in_any_window(make_raster, blobs, plane):
    """Threads and memory choose the windows: what is read may not depend on them."""
    fine = np.random.default_rng(2).integers(1, 6, (600, 700)).astype(np.uint8)
    classes = make_raster("classes", fine, corner=(79.9, 40.1), cell=(0.0083, -0.0083))
    on = TARGETS["finer"]
    sources = {
        "plane": RasterSource(plane, "plane"),
        "classes": ClassSource(classes, "classes"),
        "subcells": SubcellSource(classes, "classes"),
        "cover": PolygonCoverSource(features(blobs)),
        "glaciers": RasterCoverSource(classes, "classes"),
        "zones": PolygonSource(features(blobs)),
        "tiles": TileSource(7),
        "boreholes": PointSource(features(points((80.6, 39.4), (81.0, 39.0), (82.0, 38.0)))),
    }
    readers = {name: source.open(on) for name, source in sources.items()}
    everything = {name: reader.read(on.window()) for name, reader in readers.items()}
    for window in (Window(0, 0, 150, 7), Window(13, 50, 64, 70), Window(149, 119, 1, 1), Window(64, 64, 64, 56)):
        rows, columns = (
            slice(window.row, window.row + window.height),
            slice(window.column, window.column + window.width),
        )
        for name, reader in readers.items():
            np.testing.assert_array_equal(reader.read(window), everything[name][rows, columns], err_msg=name)


def test_reading_does_not_keep_what_it_has_read(make_raster):
    """GDAL's cache is shared with QGIS: what no later window needs is let go."""
    path = make_raster("a", np.zeros((1024, 1024), np.float32), options=("TILED=YES",))
    own = read_grid(path, "a")
    before = gdal.GetCacheUsed()
    for _ in map_windows(lambda a: None, {"a": RasterSource(path, "a")}, own, Running(threads=2, memory_mb=8)):
        assert gdal.GetCacheUsed() - before < 4 * 1024 * 1024


def test_nothing_is_written_beside_an_input(run, make_raster, tmp_path):
    """QGIS writes statistics beside what it opens as a layer."""
    ddt, ddf, rk = (
        make_raster(name, np.full((4, 5), value)) for name, value in (("ddt", 900), ("ddf", 1800), ("rk", 0.9))
    )
    done = run("ttop", {"DDT": ddt, "DDF": ddf, "RK": rk, "OUTPUT": tmp_path / "out" / "ttop.tif"})
    assert done.ok, done.errors
    assert list(Path(ddt).parent.glob("*.xml")) == []
