"""Rasters brought onto other cells while they are read: the same cells in whatever windows, and the right ones.

The references are plain NumPy, one cell at a time, with coordinates by pyproj where CRSs differ.
"""

import ast
import math
from pathlib import Path

import numpy as np
import pytest

gdal = pytest.importorskip("osgeo.gdal")
osr = pytest.importorskip("osgeo.osr")

from permafrost_mapper.raster.grid.gdal_io import transform_points
from permafrost_mapper.raster.grid.grid import Grid
from permafrost_mapper.raster.grid.warping import scale_options
from permafrost_mapper.raster.grid.window import Window
from permafrost_mapper.raster.prepare.align import AlignJob, align
from permafrost_mapper.raster.read.classes import NO_CLASS, ClassSource, SubcellSource
from permafrost_mapper.raster.read.rasters import BandsSource, RasterSource
from permafrost_mapper.raster.read.vectors import RasterCoverSource
from permafrost_mapper.raster.run.blocks import Running
from permafrost_mapper.raster.write.provenance import Provenance

ALBERS = "+proj=aea +lat_1=27.5 +lat_2=37.5 +lat_0=0 +lon_0=90 +datum=WGS84 +units=m"
ROWS, COLUMNS = 190, 560


def wkt(crs):
    reference = osr.SpatialReference()
    reference.SetFromUserInput(crs)
    return reference.ExportToWkt()


def grid(width, height, corner=(80.0, 40.0), cell=0.01, crs="EPSG:4326"):
    return Grid(width, height, (corner[0], cell, 0.0, corner[1], 0.0, -cell), wkt(crs))


OWN = grid(COLUMNS, ROWS)
# Larger than one block of a warped dataset, and larger than the raster in places.
TARGETS = {
    "same": OWN.part(Window(7, 5, 540, 170)),
    "shifted": grid(530, 170, (80.0537, 39.9613)),
    "three times coarser": grid(180, 60, (80.03, 39.97), 0.03),
    "coarser, shifted": grid(150, 50, (80.005, 39.995), 0.0371),
    "finer": grid(530, 150, (80.5, 39.5), 0.003),
    "beyond": grid(530, 200, (79.5, 40.5)),
    "utm": grid(530, 180, (500_000, 4_400_000), 1000, "EPSG:32644"),
    "albers": grid(300, 150, (-850_000, 4_300_000), 1500, ALBERS),
}
# Width and height of windows, and how many rows lie from one to the next: single rows are read here and there.
WINDOWS = {"blocks": (256, 256, 256), "strips": (10**6, 16, 48), "rows": (10**6, 1, 31), "other blocks": (100, 77, 77)}


@pytest.fixture(scope="module")
def rasters(tmp_path_factory):
    """Numbers and classes, with gaps and without."""
    random = np.random.default_rng(3)
    folder = tmp_path_factory.mktemp("warping")
    numbers = random.normal(0, 10, (ROWS, COLUMNS)).astype(np.float32)
    classes = np.kron(random.integers(1, 5, (ROWS // 5, COLUMNS // 5)), np.ones((5, 5))).astype(np.uint8)
    classes[random.random(classes.shape) < 0.3] = 4
    gaps = random.random(numbers.shape) < 0.05
    arrays = {
        "numbers": numbers,
        "numbers with gaps": np.where(gaps, -9999, numbers).astype(np.float32),
        "classes": classes,
        "classes with gaps": np.where(gaps, 0, classes).astype(np.uint8),
    }
    paths = {}
    for name, values in arrays.items():
        paths[name] = str(folder / f"{name}.tif")
        kind = gdal.GDT_Byte if values.dtype == np.uint8 else gdal.GDT_Float32
        # Two bands: what is done to one must not depend on the other.
        dataset = gdal.GetDriverByName("GTiff").Create(paths[name], COLUMNS, ROWS, 2, kind, ["TILED=YES"])
        dataset.SetGeoTransform(OWN.geotransform)
        dataset.SetProjection(OWN.crs_wkt)
        for band, of_band in ((1, values), (2, values[::-1])):
            dataset.GetRasterBand(band).WriteArray(of_band)
            if "gaps" in name:
                dataset.GetRasterBand(band).SetNoDataValue(0 if kind == gdal.GDT_Byte else -9999)
    return paths, arrays


SOURCES = {
    "bilinear": ("numbers with gaps", lambda path: RasterSource(path, "a")),
    "average": ("numbers with gaps", lambda path: RasterSource(path, "a", resampling="average")),
    "nearest": ("numbers with gaps", lambda path: RasterSource(path, "a", resampling="nearest")),
    "classes by mode": ("classes with gaps", lambda path: ClassSource(path, "a")),
    "classes by nearest": ("classes with gaps", lambda path: ClassSource(path, "a", resampling="nearest")),
    "subcells": ("classes with gaps", lambda path: SubcellSource(path, "a")),
    "cover": ("classes with gaps", lambda path: RasterCoverSource(path, "a")),
    "bands": ("numbers with gaps", lambda path: BandsSource(RasterSource(path, "a"), (2, 1))),
}


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("kind", SOURCES)
def test_a_cell_is_the_same_in_whatever_window_it_is_read(rasters, kind, target):
    raster, make = SOURCES[kind]
    source, on = make(rasters[0][raster]), TARGETS[target]
    # Subcells are many.
    if kind in ("subcells", "cover"):
        on = on.part(Window(on.width // 2 - 45, on.height // 2 - 25, 90, 50))
    whole = source.open(on).read(on.window())
    for width, height, apart in WINDOWS.values():
        reader = source.open(on)
        for row in range(0, on.height, apart):
            for column in range(0, on.width, width):
                window = Window(column, row, width, height).intersection(on.window())
                cells = (..., slice(row, row + height), slice(column, column + width))
                expected = whole[cells] if kind != "subcells" else whole[cells[1:]]
                np.testing.assert_array_equal(reader.read(window), expected)


def positions(on):
    """Where the centres of cells lie on the raster, in columns and rows of it counted from its corner."""
    x0, dx, _, y0, _, dy = on.geotransform
    x, y = np.meshgrid(x0 + dx * (np.arange(on.width) + 0.5), y0 + dy * (np.arange(on.height) + 0.5))
    if not on.is_geographic:
        pyproj = pytest.importorskip("pyproj")
        x, y = pyproj.Transformer.from_crs(on.crs_wkt, 4326, always_xy=True).transform(x, y)
    left, width, _, top, _, height = OWN.geotransform
    return (x - left) / width, (y - top) / height


def interpolated(values, columns, rows, x_scale, y_scale):
    """Bilinear: the triangle of one cell around a centre, of `1 / scale` cells where the target is coarser."""
    out = np.full(columns.shape, np.nan)
    for place in np.ndindex(columns.shape):
        column, row = columns[place], rows[place]
        if not (0 <= column < COLUMNS and 0 <= row < ROWS):
            continue
        near = [np.arange(math.floor(c - 1 / s - 0.5), math.ceil(c + 1 / s + 0.5)) for c, s in
                ((column, x_scale), (row, y_scale))]  # fmt: skip
        i, j = near[0][(near[0] >= 0) & (near[0] < COLUMNS)], near[1][(near[1] >= 0) & (near[1] < ROWS)]
        across = np.maximum(0, 1 - np.abs(i + 0.5 - column) * x_scale)
        down = np.maximum(0, 1 - np.abs(j + 0.5 - row) * y_scale)
        weights = np.outer(down, across)
        out[place] = (values[np.ix_(j, i)] * weights).sum() / weights.sum()
    return out


# Every 9th column and row is looked at: the reference is slow.
def some(cells):
    return cells[::9, ::9]


@pytest.mark.parametrize("target", ["same", "shifted", "three times coarser", "coarser, shifted", "finer", "beyond"])
def test_bilinear_equals_a_plain_interpolation(rasters, target):
    paths, arrays = rasters
    on = TARGETS[target]
    scale = min(1.0, OWN.geotransform[1] / on.geotransform[1])
    columns, rows = positions(on)
    expected = interpolated(arrays["numbers"], some(columns), some(rows), scale, scale)
    read = RasterSource(paths["numbers"], "a").open(on).read(on.window())
    np.testing.assert_allclose(some(read), expected, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("target", ["utm", "albers"])
def test_bilinear_across_crss_is_an_interpolation_near_the_place(rasters, target):
    paths, arrays = rasters
    on = TARGETS[target]
    columns, rows = positions(on)
    scales = [float(option.partition("=")[2]) for option in scale_options(OWN, on)]
    # A smooth field in place of noise: GDAL may misplace a cell by an eighth of one.
    field = np.add.outer(2 * np.arange(ROWS), 3 * np.arange(COLUMNS)).astype(np.float32)
    path = paths["numbers"].replace("numbers", "field")
    copy = gdal.GetDriverByName("GTiff").CreateCopy(path, gdal.Open(paths["numbers"]))
    copy.GetRasterBand(1).WriteArray(field)
    del copy
    inside = (columns > 3) & (columns < COLUMNS - 3) & (rows > 3) & (rows < ROWS - 3)
    assert inside.mean() > 0.3
    read = RasterSource(path, "a").open(on).read(on.window())
    expected = 3 * (columns - 0.5) + 2 * (rows - 0.5)
    assert np.abs(read - expected)[inside].max() <= 0.125 * (3 + 2)
    # And noise is smoothed as much as the step between the lattices says, not more: by its variance.
    noise = RasterSource(paths["numbers"], "a").open(on).read(on.window())
    plain = interpolated(arrays["numbers"], some(columns), some(rows), *scales)
    assert np.std(some(noise)[some(inside)]) == pytest.approx(np.std(plain[some(inside)]), rel=0.05)


@pytest.mark.parametrize("target", ["same", "shifted", "coarser, shifted", "finer", "beyond"])
@pytest.mark.parametrize("kind", ["numbers", "classes"])
def test_nearest_is_the_cell_that_holds_the_centre(rasters, target, kind):
    paths, arrays = rasters
    on = TARGETS[target]
    columns, rows = (np.floor(places + 1e-9).astype(int) for places in positions(on))
    is_inside = (columns >= 0) & (columns < COLUMNS) & (rows >= 0) & (rows < ROWS)
    # NumPy 2 would wrap the number that stands for no class into the bytes of the classes.
    values = arrays[kind].astype(float)[rows.clip(0, ROWS - 1), columns.clip(0, COLUMNS - 1)]
    source = RasterSource if kind == "numbers" else ClassSource
    missing = np.nan if kind == "numbers" else NO_CLASS
    read = source(paths[kind], "a", resampling="nearest").open(on).read(on.window())
    np.testing.assert_array_equal(read, np.where(is_inside, values, missing))


def test_three_times_coarser_cells_are_means_and_majorities(rasters):
    paths, arrays = rasters
    on = TARGETS["three times coarser"]

    def blocks(values):
        own = values[3 : 3 + 3 * on.height, 3 : 3 + 3 * on.width]
        return own.reshape(on.height, 3, on.width, 3).swapaxes(1, 2).reshape(on.height, on.width, 9)

    means = RasterSource(paths["numbers"], "a", resampling="average").open(on).read(on.window())
    np.testing.assert_allclose(means, blocks(arrays["numbers"]).mean(axis=-1), rtol=1e-4, atol=1e-5)
    counts = np.stack([(blocks(arrays["classes"]) == value).sum(axis=-1) for value in range(1, 5)], axis=-1)
    is_clear = np.sort(counts)[..., -1] > np.sort(counts)[..., -2]
    assert is_clear.mean() > 0.8
    majorities = ClassSource(paths["classes"], "a").open(on).read(on.window())
    np.testing.assert_array_equal(majorities[is_clear], counts.argmax(axis=-1)[is_clear] + 1)
    subcells = SubcellSource(paths["classes"], "a").open(on).read(on.window())
    np.testing.assert_array_equal(subcells, blocks(arrays["classes"]))


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("method", ["bilinear", "average", "nearest"])
def test_an_aligned_file_holds_what_reading_gives(rasters, tmp_path, method, target):
    path, on = rasters[0]["numbers"], TARGETS[target]
    source = RasterSource(path, "a", resampling=method)
    for memory in (1024, 64):
        output = str(tmp_path / f"{memory}.tif")
        align(AlignJob(source, on, method), output, Provenance("aligntogrid"), Running(2, memory))
        aligned = RasterSource(output, "aligned").open(on).read(on.window())
        np.testing.assert_allclose(aligned, source.open(on).read(on.window()), rtol=1e-6, atol=1e-6)


# The scale ----------------------------------------------------------------------------------------


def scales(own, on):
    return [float(option.partition("=")[2]) for option in scale_options(own, on)]


def test_the_scale_of_lattices():
    assert scales(OWN, OWN) == pytest.approx([1, 1], rel=1e-9)
    assert scales(OWN, TARGETS["shifted"]) == pytest.approx([1, 1], rel=1e-9)
    assert scales(OWN, TARGETS["three times coarser"]) == pytest.approx([1 / 3, 1 / 3], rel=1e-9)
    assert scales(OWN, TARGETS["finer"]) == pytest.approx([1, 1], rel=1e-9)
    # The same in every part of a grid, and from south to north.
    assert scales(OWN, Grid(10, 10, (80, 0.02, 0, 39, 0, 0.04), OWN.crs_wkt)) == pytest.approx([0.5, 0.25])


def test_the_scale_where_one_side_has_no_place_in_the_other_crs():
    # The middle of the whole Earth in an azimuthal projection of its other side.
    utm = grid(100, 100, (500_000, 4_400_000), 1000, "EPSG:32644")
    world = grid(360, 180, (-180, 90), 1.0)
    x, y = scales(utm, world)
    # A kilometre is about a hundredth of a degree.
    assert (x, y) == pytest.approx((0.0117, 0.0090), rel=0.1)
    moon = 'LOCAL_CS["site",UNIT["metre",1]]'
    with pytest.raises(ValueError, match="CRS"):
        scale_options(Grid(10, 10, (0, 1, 0, 0, 0, -1), moon), world)


@pytest.mark.parametrize("exceptions", [False, True], ids=["messages", "exceptions"])
def test_points_without_a_place_do_not_hide_others(exceptions):
    """With GDAL's exceptions a point that cannot be transformed ends the transformation of all."""

    class Way:
        def TransformPoints(self, points):
            bad = [x > 100 for x, _ in points]
            if exceptions and any(bad):
                raise RuntimeError("Point outside of projection domain")
            return [(np.inf, np.inf, 0.0) if is_bad else (x + 1, y + 2, 0.0) for (x, y), is_bad in zip(points, bad)]

    points = np.array([(0.0, 1.0), (200.0, 0.0), (3.0, 4.0), (5.0, 6.0), (300.0, 7.0)])
    expected = [(1.0, 3.0), (np.nan, np.nan), (4.0, 6.0), (6.0, 8.0), (np.nan, np.nan)]
    np.testing.assert_array_equal(transform_points(Way(), points), expected)
    np.testing.assert_array_equal(transform_points(Way(), points[1:2]), expected[1:2])
    assert transform_points(Way(), points[:0]).shape == (0, 2)


def test_every_warp_is_told_its_scale():
    """Left to itself GDAL takes it from each part that it warps, and each release in its own way."""
    root = Path(__file__).resolve().parent.parent
    warps = 0
    for path in sorted([*(root / "raster").rglob("*.py"), *(root / "algorithms").rglob("*.py")]):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = [ast.unparse(part) for part in (node.func, *node.args[:1])] if isinstance(node, ast.Call) else []
            if {"gdal.Warp", "gdal.WarpOptions"} & set(called):
                given = {keyword.arg for keyword in node.keywords}
                # Where no cell is computed, as to ask for the grid that a CRS suggests, nothing is resampled.
                if "resampleAlg" in given:
                    warps += 1
                    assert "warpOptions" in given, f"{path.name}, line {node.lineno}"
    assert warps


def test_a_large_window_is_read_in_strips_and_a_cancelled_run_ends_between_them(monkeypatch):
    from permafrost_mapper.core.errors import Cancelled
    from permafrost_mapper.raster.grid.stopping import stopped_by
    from permafrost_mapper.raster.read import regrid

    monkeypatch.setattr(regrid, "MAX_CELLS", 50)
    cells = np.arange(2 * 23 * 10).reshape(2, 23, 10)
    strips = []

    def read(window):
        strips.append(window.height)
        return cells[..., window.row : window.row + window.height, window.column : window.column + window.width]

    np.testing.assert_array_equal(regrid._in_strips(read, Window(2, 3, 8, 20)), cells[:, 3:23, 2:10])
    assert strips == [6, 6, 6, 2]

    def stop():
        raise Cancelled

    strips.clear()
    with stopped_by(stop), pytest.raises(Cancelled):
        regrid._in_strips(read, Window(2, 3, 8, 20))
    assert strips == [6]
