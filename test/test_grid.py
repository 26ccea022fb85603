"""Grids and the areas of their cells, against PROJ's geodesics and equal-area projections."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

gdal = pytest.importorskip("osgeo.gdal")
osr = pytest.importorskip("osgeo.osr")

from grids import read_grid
from listings import require_all
from permafrost_mapper.core.errors import InputError
from permafrost_mapper.raster.grid.grid import Grid, grid_of, metres_note, require_overlap
from permafrost_mapper.raster.grid.window import Window
from permafrost_mapper.raster.read.area import CellAreaSource

# Two CRSs that are both called Krasovsky_1940_Albers, and others in use.
ALBERS_KRASOVSKY = "+proj=aea +lat_1=25 +lat_2=47 +lat_0=0 +lon_0=105 +ellps=krass +units=m"
ALBERS_WGS84 = "+proj=aea +lat_1=27.5 +lat_2=37.5 +lat_0=0 +lon_0=90 +datum=WGS84 +units=m"
SINUSOIDAL = "+proj=sinu +lon_0=0 +R=6371007.181 +units=m"


def wkt(crs):
    reference = osr.SpatialReference()
    reference.SetFromUserInput(crs)
    return reference.ExportToWkt()


def grid(width=40, height=30, corner=(80.0, 40.0), cell=(0.1, -0.1), crs="EPSG:4326"):
    return Grid(width, height, (corner[0], cell[0], 0.0, corner[1], 0.0, cell[1]), wkt(crs) if crs else "")


# Cells ---------------------------------------------------------------------------------------------


def test_a_raster_file_tells_its_grid(make_raster):
    found = read_grid(make_raster("a", np.zeros((3, 5), np.float32), corner=(80, 40), cell=(0.1, -0.2)), "a")
    assert (found.width, found.height, found.cells) == (5, 3, 15)
    assert found.bounds == pytest.approx((80, 39.4, 80.5, 40))
    assert found.window() == Window(0, 0, 5, 3)
    assert found.is_geographic
    assert found.describe() == "5 x 3 cells of 0.1 x 0.2 deg, x 80 to 80.5, y 39.4 to 40, EPSG:4326"


def test_a_grid_without_crs_says_so():
    assert grid(crs=None).crs_name() == "no CRS"
    assert not grid(crs=None).is_geographic
    assert "map units" in grid(crs="EPSG:32644").describe()


def test_grids_are_the_same_to_a_thousandth_of_a_cell():
    here = grid()
    assert here.same_cells(grid(corner=(80.00009, 40.0)))
    assert not here.same_cells(grid(corner=(80.00011, 40.0)))
    # A thousandth of a cell over all 40 cells.
    assert here.same_cells(grid(cell=(0.1 + 0.9e-4 / 40, -0.1)))
    assert not here.same_cells(grid(cell=(0.1 + 1.1e-4 / 40, -0.1)))
    assert not here.same_cells(grid(width=41))
    assert not here.same_cells(grid(cell=(0.1, 0.1)))


def test_a_missing_crs_is_taken_to_be_the_other_one():
    assert grid().same_cells(grid(crs=None))
    assert grid(crs=None).same_cells(grid())
    assert not grid(crs="EPSG:32644").same_cells(grid(crs="EPSG:32645"))
    # The same CRS in other words.
    assert grid(crs="EPSG:32644").same_cells(grid(crs="+proj=utm +zone=44 +datum=WGS84 +units=m"))


@given(st.integers(0, 20), st.integers(0, 20), st.integers(1, 9), st.integers(1, 9), st.integers(1, 8))
def test_a_refined_window_covers_the_same_ground(column, row, width, height, factor):
    whole, window = grid(), Window(column, row, width, height)
    fine = whole.refined(window, factor)
    assert (fine.width, fine.height) == (width * factor, height * factor) == window.refined(factor).shape[::-1]
    left, top = 80 + 0.1 * column, 40 - 0.1 * row
    assert fine.bounds == pytest.approx((left, top - 0.1 * height, left + 0.1 * width, top))


def test_bounds_in_another_crs():
    pyproj = pytest.importorskip("pyproj")
    here = grid(corner=(73.5, 43.6), cell=(0.5, -0.3))
    expected = pyproj.Transformer.from_crs(4326, ALBERS_WGS84, always_xy=True).transform_bounds(*here.bounds, 21)
    assert here.bounds_in(wkt(ALBERS_WGS84), "a") == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(
    ("own", "said"),
    [
        (grid(corner=(10.0, 40.0)), r"does not overlap the first input \(40 x 30 cells.*check both extents and CRSs"),
        (grid(corner=(84.0, 40.0)), "does not overlap"),  # they only touch
        (grid(corner=(5e5, 4.4e6), cell=(1000, -1000)), "does not overlap"),  # metres taken for degrees
        (grid(crs=None), "'other.tif' has no CRS: assign"),
        (grid(crs='LOCAL_CS["site",UNIT["metre",1]]'), "The CRS of 'other.tif' cannot be transformed to"),
    ],
)
def test_grids_that_do_not_meet(own, said):
    with pytest.raises(InputError, match=said) as caught:
        require_overlap(own, "other.tif", grid())
    assert "'other.tif'" in str(caught.value)


def test_the_first_input_needs_a_crs_too():
    with pytest.raises(InputError, match="the first input has no CRS"):
        require_overlap(grid(), "other.tif", grid(crs=None))


def test_a_first_input_stored_from_south_to_north_takes_no_other_cells():
    upside_down = grid(corner=(80.0, 37.0), cell=(0.1, 0.1))
    require_overlap(upside_down, "other.tif", grid())
    with pytest.raises(InputError, match="rows of the first input run from south to north"):
        require_overlap(grid(), "other.tif", upside_down)


@pytest.mark.parametrize(
    ("geotransform", "said"), [((80, 0.1, 0.01, 40, 0, -0.1), "is rotated"), (None, "is not georeferenced")]
)
def test_rasters_without_a_north_up_grid(geotransform, said):
    dataset = gdal.GetDriverByName("MEM").Create("", 3, 3)
    if geotransform:
        dataset.SetGeoTransform(geotransform)
    with pytest.raises(InputError, match=f"'photo.tif' {said}|raster 'photo.tif' {said}"):
        grid_of(dataset, "photo.tif")


# Areas ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lat", "km2"), [(34.34, 1.0207), (38.0, 0.9749), (43.53, 0.8981)])
def test_area_of_a_cell_of_a_hundredth_degree(lat, km2):
    one = grid(1, 1, corner=(80.0, lat + 0.005), cell=(0.01, -0.01))
    assert CellAreaSource().open(one).read(one.window())[0, 0] == pytest.approx(km2, abs=5e-5)


def ring(left, top, dx, dy, steps=25):
    """The edge of a cell, with points between its corners."""
    along = np.linspace(0, 1, steps, endpoint=False)
    x = np.concatenate([along, np.ones(steps), 1 - along, np.zeros(steps)])
    y = np.concatenate([np.zeros(steps), along, np.ones(steps), 1 - along])
    return left + x * dx, top + y * dy


@pytest.mark.parametrize(
    ("crs", "corner", "cell", "size"),
    [
        ("EPSG:32644", (300_000, 4_700_000), (1000, -1000), (400, 300)),  # UTM, up to 4 degrees off its meridian
        (ALBERS_WGS84, (-1_500_000, 4_700_000), (5000, -5000), (300, 200)),
        (ALBERS_KRASOVSKY, (-2_600_000, 4_900_000), (5000, -5000), (300, 200)),
        ("EPSG:3857", (8_180_000, 5_400_000), (5000, -5000), (300, 260)),  # Mercator, scale 1.2 to 1.4
        ("EPSG:3395", (8_180_000, 5_400_000), (5000, -5000), (300, 260)),
        ("EPSG:3413", (-2_000_000, 2_000_000), (5000, -5000), (800, 800)),  # polar, the date line runs through
        ("EPSG:4214", (73.5, 43.6), (0.05, -0.05), (408, 186)),  # Beijing 1954, degrees on Krasovsky
        ("EPSG:4326", (73.5, 34.3), (0.05, 0.05), (408, 186)),  # from south to north
    ],
)
def test_cell_areas_equal_those_of_geodesic_polygons(crs, corner, cell, size):
    pyproj = pytest.importorskip("pyproj")
    width, height = size
    whole = grid(width, height, corner, cell, crs)
    areas = CellAreaSource().open(whole).read(whole.window())
    assert areas.shape == (height, width)
    projected = pyproj.CRS(crs)
    to_degrees = pyproj.Transformer.from_crs(projected, projected.geodetic_crs, always_xy=True)
    geod = projected.get_geod()
    for row in (0, height // 3, height - 1):
        for column in (0, width // 2 + 7, width - 1):
            x, y = ring(corner[0] + column * cell[0], corner[1] + row * cell[1], *cell)
            expected, _ = geod.polygon_area_perimeter(*to_degrees.transform(x, y))
            assert areas[row, column] == pytest.approx(abs(expected) / 1e6, rel=1e-4), (row, column)


@pytest.mark.parametrize("size", [200, 201])
def test_areas_at_the_pole(size):
    """Polar stereographic at 70 N: the scale at the pole, in the corner or in the middle of a cell, is not singular."""
    whole = grid(size, size, (-500.0 * size, 500.0 * size), (1000, -1000), "EPSG:3413")
    areas = CellAreaSource().open(whole).read(whole.window())
    middle = areas[size // 2 - 20 : size // 2 + 21, size // 2 - 20 : size // 2 + 21]
    # ((1 + sin 90) / (1 + sin 70))^2 on a sphere, a bit less on the ellipsoid.
    assert middle.min() > 1.0630
    assert middle.max() < (2 / (1 + np.sin(np.radians(70)))) ** 2


def test_cells_of_an_equal_area_projection_are_equal():
    pytest.importorskip("pyproj")
    whole = grid(120, 90, (-1_500_000, 4_700_000), (1000, -1000), ALBERS_WGS84)
    np.testing.assert_allclose(CellAreaSource().open(whole).read(whole.window()), 1.0, rtol=1e-6)
    whole = grid(120, 90, (6_500_000, 4_300_000), (926.625433, -926.625433), SINUSOIDAL)
    np.testing.assert_allclose(CellAreaSource().open(whole).read(whole.window()), 0.926625433**2, rtol=1e-6)


def test_areas_do_not_depend_on_the_window():
    whole = grid(500, 400, (300_000, 4_700_000), (1000, -1000), "EPSG:32644")
    reader = CellAreaSource().open(whole)
    areas = reader.read(whole.window())
    for window in (Window(0, 256, 500, 144), Window(256, 0, 244, 256), Window(499, 399, 1, 1)):
        part = areas[window.row : window.row + window.height, window.column : window.column + window.width]
        np.testing.assert_allclose(reader.read(window), part, rtol=1e-12)


def test_a_grid_without_crs_is_taken_for_metres():
    whole = grid(4, 3, (0, 0), (500, -2000), None)
    np.testing.assert_array_equal(CellAreaSource().open(whole).read(whole.window()), np.ones((3, 4)))


LOCAL = 'LOCAL_CS["site",UNIT["{}",{}]]'
# As GeoTIFF gives it back, whatever the unit was.
UNDEFINED = 'LOCAL_CS["Undefined Cartesian SRS with unknown unit",UNIT["metre",1]]'


@pytest.mark.parametrize(
    ("crs", "km2"),
    [
        (LOCAL.format("metre", 1), 0.25),
        (LOCAL.format("foot", 0.3048), 0.25 * 0.3048**2),
        (LOCAL.format("US survey foot", 0.304800609601219), 0.25 * 0.304800609601219**2),
        (LOCAL.format("kilometre", 1000), 0.25e6),
    ],
)
def test_cells_of_a_local_crs_are_measured_in_its_unit(crs, km2):
    site = grid(4, 3, (80, 40), (500, -500), crs)
    areas = CellAreaSource().open(site).read(site.window())
    np.testing.assert_allclose(areas, np.full((3, 4), km2), rtol=1e-12)
    widths, height = site.cell_metres()
    assert widths[0] * height / 1e6 == pytest.approx(km2, rel=1e-12)


def test_feet_of_a_projection_are_measured_like_its_metres():
    """State plane of Long Island in US survey feet, and the same cells in metres."""
    metres, foot = "EPSG:32118", 1200 / 3937
    in_feet = grid(3, 3, (1e6, 2e5), (3937, -3937), "EPSG:2263")
    in_metres = grid(3, 3, (1e6 * foot, 2e5 * foot), (1200, -1200), metres)
    feet, expected = (CellAreaSource().open(one).read(one.window()) for one in (in_feet, in_metres))
    np.testing.assert_allclose(feet, expected, rtol=1e-6)
    np.testing.assert_allclose(in_feet.cell_metres()[0], 1200, rtol=1e-9)


@pytest.mark.parametrize(
    ("crs", "corner", "cell", "said"),
    [
        (None, (80.0, 38.0), (0.01, -0.01), "no CRS and its coordinates may be degrees"),
        (None, (-180.0, 90.0), (0.25, -0.25), "no CRS and its coordinates may be degrees"),
        (None, (350.0, 38.0), (0.25, -0.25), "no CRS and its coordinates may be degrees"),
        ('LOCAL_CS["unnamed",UNIT["metre",1]]', (80.0, 38.0), (0.01, -0.01), "no known CRS and its coordinates may be"),
        (UNDEFINED, (80.0, 38.0), (0.01, -0.01), "no known CRS and its coordinates may be degrees"),
        (LOCAL.format("unknown", 1), (80, 40), (500, -500), "the unit of its CRS is unknown"),
        (LOCAL.format("degree", 0.0174532925199433), (80, 40), (0.1, -0.1), "the unit of its CRS is degree"),
        ("EPSG:4978", (80, 40), (0.1, -0.1), "no map projection"),
        ("EPSG:5773", (80, 40), (0.1, -0.1), "no map projection"),
        ("EPSG:4326", (300_000, 4_200_000), (1000, -1000), "beyond the poles"),
    ],
)
def test_areas_and_lengths_that_nobody_can_know_are_refused(crs, corner, cell, said):
    unknown = grid(4, 3, corner, cell, crs)
    with pytest.raises(InputError, match=f"'map'.*{said}.*assign the right CRS"):
        CellAreaSource("map").open(unknown)
    with pytest.raises(InputError, match=f"'map'.*{said}"):
        unknown.cell_metres("map")


def test_an_unknown_crs_is_taken_for_metres_and_that_is_told():
    unknown = grid(4, 3, (500_000, 4e6), (1000, -1000), UNDEFINED)
    assert "'map' (4 x 3 cells of" in metres_note(unknown, "map")
    assert "has no known CRS: its coordinates are assumed to be metres" in metres_note(unknown, "map")
    assert metres_note(grid(4, 3, (5, 4), (1, -1), LOCAL.format("metre", 1)), "map") == ""
    np.testing.assert_array_equal(CellAreaSource().open(unknown).read(unknown.window()), np.ones((3, 4)))


def test_cells_with_centres_at_the_poles_cover_the_earth_once():
    """A grid of 0.5 degrees whose first and last rows reach a quarter beyond the poles, as that of ERA5-Land."""
    world = grid(720, 361, (-180.25, 90.25), (0.5, -0.5))
    areas = CellAreaSource().open(world).read(world.window())
    assert areas.sum() == pytest.approx(510_065_621.7, abs=0.1)
    assert (world.cell_metres()[0] >= 0).all()


# Algorithms that tell an area or need a length, with what they are given on the cells of `square`.
OF_AREA = {
    "areastatistics": {"MAP": "map"},
    "change": {"MAPS": ["map", "later"], "OUTPUT": "out"},
    "maplayout": {"MAP": "map", "TITLE": "Map", "PICTURE": "out"},
    "probability": {"DDT": "numbers", "DDF": "numbers", "RK_VALUE": 0.8, "GST_ERROR": 0.5, "OUTPUT": "out"},
    "classify": {"TTOP": "small", "LAKES": "map", "OUTPUT": "out"},
    "accuracy": {"MAP": "map", "REFERENCE": "later", "PROBABILITY_SAMPLE": True, "BLOCK_SIZE": 0},
    "filllstgaps": {"INPUT": "small", "TREND": "none", "OUTPUT": "out", "VALIDATION": 0},
    "fitvariogram": {"INPUT": "small", "TREND": "none"},
    "assessgapfilling": {"INPUT": "small", "TREND": "none", "PATTERN": "cells"},
}
NEITHER_AREA_NOR_LENGTH = {
    *("sampledata", "aligntogrid", "buildlststack", "samplelst", "fitgstmodel", "predictgst", "degreedays"),
    *("rkfactor", "calibraterk", "ttop", "frostnumber", "activelayer", "boreholes", "comparemaps"),
    *("combinereports", "exportproduct", "seriesatpoint"),
}


def test_each_algorithm_with_an_area_or_a_length_is_here():
    require_all(OF_AREA, NEITHER_AREA_NOR_LENGTH, "OF_AREA in test_grid.py, if it needs the size of cells")


@pytest.mark.parametrize("algorithm", OF_AREA)
def test_what_needs_metres_refuses_degrees_without_a_crs(run, make_raster, tmp_path, algorithm):
    random = np.random.default_rng(1)
    arrays = {
        "map": random.integers(1, 3, (12, 12)).astype(np.uint8),
        "later": random.integers(1, 3, (12, 12)).astype(np.uint8),
        "numbers": random.uniform(500, 1500, (12, 12)).astype(np.float32),
        "small": random.uniform(-5, 5, (12, 12)).astype(np.float32),
    }
    paths = {name: make_raster(name, values, crs=None, nodata=0) for name, values in arrays.items()}
    paths["out"] = tmp_path / "out.tif"

    def put(value):
        return [put(one) for one in value] if isinstance(value, list) else paths.get(value, value)

    done = run(algorithm, {name: put(value) for name, value in OF_AREA[algorithm].items()})
    assert not done.ok
    assert len(done.errors) == 1
    assert re.search(r"'(map|numbers|small)' .*no CRS.*assign the right CRS", done.errors[0]), done.errors
    assert not paths["out"].exists()


def test_metres_without_a_crs_are_assumed_and_said(run, make_raster):
    path = make_raster("map", np.ones((3, 4), np.uint8), corner=(500_000, 4_000_000), cell=(500, -2000), crs=None)
    done = run("areastatistics", {"MAP": path})
    assert done.ok, done.errors
    assert done.results["TOTAL_KM2"] == pytest.approx(12, rel=1e-12)
    assert "'map' (4 x 3 cells" in done.log
    assert "assumed to be metres" in done.log


def patches(height, width, seed=3):
    """Classes 1 to 4 in patches of many cells."""
    random = np.random.default_rng(seed)
    rows, columns = np.mgrid[:height, :width]
    fields = [
        np.sin(columns / random.uniform(7, 20) + random.uniform(0, 6)) * np.cos(rows / random.uniform(7, 20) + shift)
        for shift in random.uniform(0, 6, 4)
    ]
    return (np.argmax(fields, axis=0) + 1).astype(np.uint8)


@pytest.mark.parametrize(
    ("crs", "corner", "cell"),
    [("EPSG:4326", (78.0, 43.0), (0.05, -0.05)), ("EPSG:32644", (300_000, 4_600_000), (5000, -5000))],
)
def test_class_areas_equal_an_equal_area_reprojection(run, make_raster, tmp_path, crs, corner, cell):
    path = make_raster("classes", patches(90, 110), corner=corner, cell=cell, crs=crs, nodata=0)
    done = run("areastatistics", {"MAP": path, "TABLE": tmp_path / "areas.csv"})
    assert done.ok, done.errors
    metres = 250.0
    equal_area = gdal.Warp(
        "", path, format="MEM", dstSRS=ALBERS_WGS84, xRes=metres, yRes=metres, resampleAlg="near", errorThreshold=0
    )
    counts = np.bincount(equal_area.ReadAsArray().ravel(), minlength=5)
    names = ("PERMAFROST_KM2", "SEASONAL_FROST_KM2", "GLACIER_KM2", "LAKE_KM2")
    for value, name in enumerate(names, start=1):
        assert done.results[name] == pytest.approx(counts[value] * (metres / 1000) ** 2, rel=1e-3), name
    total = counts[1:].sum() * (metres / 1000) ** 2
    assert done.results["TOTAL_KM2"] == pytest.approx(total, rel=1e-3)
    share = float(re.search(r"([\d.]+) % of", done.log).group(1))
    assert share == pytest.approx(done.results["PERMAFROST_PERCENT"], abs=0.05)
    assert done.results["PERMAFROST_PERCENT"] == pytest.approx(100 * counts[1] / counts[1:].sum(), rel=2e-3)
