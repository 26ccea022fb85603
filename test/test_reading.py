"""Pixels as files tell them: masks, alpha bands, nodata, bytes with a sign, large numbers, longitudes all around.

Whatever says that a cell holds nothing, the values are those of the same raster with NaN or a nodata value there.
"""

import json
import os
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

gdal = pytest.importorskip("osgeo.gdal")
gdal_array = pytest.importorskip("osgeo.gdal_array")
ogr = pytest.importorskip("osgeo.ogr")
osr = pytest.importorskip("osgeo.osr")

from grids import read_grid
from permafrost_mapper.core.assess.binary import NOT_COMPARED, PERMAFROST
from permafrost_mapper.core.assess.rule import read_rule
from permafrost_mapper.core.errors import InputError
from permafrost_mapper.core.prepare.qc import within_accuracy, within_error
from permafrost_mapper.core.prepare.scenes import SceneFile
from permafrost_mapper.core.publish.stac import _outline
from permafrost_mapper.raster.assess.binary import BinarySource
from permafrost_mapper.raster.grid.grid import Grid
from permafrost_mapper.raster.grid.window import Window
from permafrost_mapper.raster.gst.sampling import sample_raster
from permafrost_mapper.raster.prepare.align import AlignJob, align
from permafrost_mapper.raster.prepare.scenes import Decoding, read_scene
from permafrost_mapper.raster.publish.place import place_of
from permafrost_mapper.raster.publish.preview import Picture
from permafrost_mapper.raster.publish.rasters import export_numbers
from permafrost_mapper.raster.read.bands import StoredBand, data_bands, stored_type
from permafrost_mapper.raster.read.classes import NO_CLASS, ClassSource, SubcellSource
from permafrost_mapper.raster.read.points import locate
from permafrost_mapper.raster.read.rasters import BandsSource, RasterSource
from permafrost_mapper.raster.read.stack import read_stack
from permafrost_mapper.raster.read.vectors import Features, PolygonSource, RasterCoverSource
from permafrost_mapper.raster.read.years import band_names
from permafrost_mapper.raster.run.blocks import Running
from permafrost_mapper.raster.write.provenance import Provenance
from permafrost_mapper.raster.write.storage import Layer, Storage, storage_of
from permafrost_mapper.raster.write.writer import raster_output


def wkt(crs):
    reference = osr.SpatialReference()
    reference.SetFromUserInput(crs)
    return reference.ExportToWkt()


def grid(width, height, corner=(80.0, 40.0), cell=0.1, crs="EPSG:4326"):
    return Grid(width, height, (corner[0], cell, 0.0, corner[1], 0.0, -cell), wkt(crs))


@pytest.mark.parametrize("exceptions", [True, False])
def test_a_file_that_ends_before_its_tags_is_refused_or_read_as_it_was(tmp_path, exceptions):
    """GDAL opens it without scale, nodata value or CRS and only warns, as of a copy that was interrupted."""
    path = str(tmp_path / "lst.tif")
    dataset = gdal.GetDriverByName("GTiff").Create(path, 30, 20, 1, gdal.GDT_Int16)
    dataset.SetGeoTransform((80, 0.1, 0, 40, 0, -0.1))
    dataset.SetProjection(wkt("EPSG:4326"))
    dataset.GetRasterBand(1).WriteArray(np.arange(600).reshape(20, 30))
    dataset.FlushCache()
    # These are written behind the values.
    dataset.GetRasterBand(1).SetScale(0.01)
    dataset.GetRasterBand(1).SetNoDataValue(7)
    dataset = None
    source = RasterSource(path, "lst")
    expected, size = whole(source, source.grid()), (tmp_path / "lst.tif").stat().st_size
    used = gdal.GetUseExceptions()
    refused = []
    try:
        (gdal.UseExceptions if exceptions else gdal.DontUseExceptions)()
        for cut in range(1, 400):
            os.truncate(path, size - cut)
            try:
                found = whole(source, source.grid())
            except InputError as error:
                refused.append(str(error))
            else:
                np.testing.assert_array_equal(found, expected)
                assert source.look().crs_wkt
    finally:
        (gdal.UseExceptions if used else gdal.DontUseExceptions)()
    assert any("cannot be opened" in sentence and "IO error" in sentence for sentence in refused)


def whole(source, on):
    return source.open(on).read(on.window())


@pytest.fixture
def write(tmp_path):
    """Return the function that writes a raster with an alpha band, masks and nodata, and returns its path."""

    def write(
        name,
        bands,
        corner=(80.0, 40.0),
        cell=0.1,
        crs="EPSG:4326",
        nodata=None,
        alpha=None,
        mask=None,
        band_masks=None,
        names=(),
    ):
        bands = np.asarray(bands)
        bands = bands if bands.ndim == 3 else bands[np.newaxis]
        path = str(tmp_path / f"{name}.tif")
        count, height, width = bands.shape
        kind = gdal_array.NumericTypeCodeToGDALTypeCode(bands.dtype.type)
        count += alpha is not None
        options = ["PHOTOMETRIC=MINISBLACK"]
        dataset = gdal.GetDriverByName("GTiff").Create(path, width, height, count, kind, options)
        dataset.SetGeoTransform((corner[0], cell, 0, corner[1], 0, -cell))
        dataset.SetProjection(wkt(crs))
        if mask is not None:
            dataset.CreateMaskBand(gdal.GMF_PER_DATASET)
            dataset.GetRasterBand(1).GetMaskBand().WriteArray(np.where(mask, 255, 0).astype(np.uint8))
        for number, array in enumerate(bands, start=1):
            band = dataset.GetRasterBand(number)
            band.WriteArray(array)
            if nodata is not None:
                band.SetNoDataValue(nodata)
            if names:
                band.SetDescription(names[number - 1])
            if band_masks is not None:
                # A .msk side-car file whose bands each have a mask of their own.
                gdal.SetConfigOption("GDAL_TIFF_INTERNAL_MASK", "NO")
                band.CreateMaskBand(0)
                gdal.SetConfigOption("GDAL_TIFF_INTERNAL_MASK", None)
                band.GetMaskBand().WriteArray(np.where(band_masks[number - 1], 255, 0).astype(np.uint8))
        if alpha is not None:
            # As gdalwarp -dstalpha does.
            dataset.GetRasterBand(count).SetColorInterpretation(gdal.GCI_AlphaBand)
            dataset.GetRasterBand(count).WriteArray(np.asarray(alpha).astype(bands.dtype))
        return path

    return write


# What says that a cell holds nothing ------------------------------------------------------------------

RANDOM = np.random.default_rng(5)
CLASSES = RANDOM.integers(1, 5, (24, 30))
GAPS = RANDOM.random(CLASSES.shape) < 0.2
GAPS[6:12, 6:12] = True
MORE = RANDOM.random(CLASSES.shape) < 0.1
PARTIAL = np.where(GAPS, 0, RANDOM.integers(1, 256, GAPS.shape))

# What is written, with 0 or 9 in the gaps: the keywords of `write`, and those of the source.
WAYS = {
    "alpha": ({"alpha": ~GAPS * 255}, {}, GAPS),
    "partial alpha": ({"alpha": PARTIAL}, {}, GAPS),
    "alpha and nodata": ({"alpha": ~GAPS * 255, "nodata": 9}, {}, GAPS | MORE),
    "mask": ({"mask": ~GAPS}, {}, GAPS),
    "mask and nodata": ({"mask": ~GAPS, "nodata": 9}, {}, GAPS | MORE),
    "mask of each band": ({"band_masks": [~GAPS]}, {}, GAPS),
    "nodata": ({"nodata": 0}, {}, GAPS),
    "further nodata": ({}, {"extra_nodata": ((-0.5, 0.0),)}, GAPS),
    "nodata and further": ({"nodata": 0}, {"extra_nodata": ((-5.0, -1.0), (9.0, 9.0))}, GAPS | MORE),
    "mask and further": ({"mask": ~GAPS}, {"extra_nodata": ((9.0, 1e9),)}, GAPS | MORE),
}
ON = {
    "own cells": grid(30, 24),
    "shifted": grid(26, 20, (80.13, 39.86)),
    "coarser": grid(8, 6, (80.05, 39.95), 0.35),
    "finer": grid(50, 40, (80.2, 39.8), 0.04),
    "utm": grid(20, 15, (240_000, 4_425_000), 12_000, "EPSG:32644"),
}


def stored(way, type_):
    """The classes with 0 in the gaps, and 9 where something else says that there is none."""
    _, _, missing = WAYS[way]
    return np.where(GAPS, 0, np.where(MORE & (missing != GAPS).any(), 9, CLASSES)).astype(type_)


def both(write, way, type_):
    """The raster, and the one of floating numbers with NaN in the same gaps."""
    how, extra, missing = WAYS[way]
    path = write("tested", stored(way, type_), **how)
    plain = write("plain", np.where(missing, np.nan, stored(way, np.float64)).astype(np.float32), nodata=np.nan)
    return {"path": path, "name": "tested", **extra}, {"path": plain, "name": "plain"}


@pytest.mark.parametrize("on", ON)
@pytest.mark.parametrize("way", WAYS)
def test_missing_cells_whoever_says_so(write, way, on):
    tested, plain = both(write, way, np.uint8)
    missing = WAYS[way][2]
    for kind, methods in ((RasterSource, ("bilinear", "average", "nearest")), (ClassSource, ("mode", "nearest"))):
        for method in methods:
            read = whole(kind(**tested, resampling=method), ON[on])
            np.testing.assert_array_equal(read, whole(kind(**plain, resampling=method), ON[on]), err_msg=method)
            if on == "own cells":
                gaps = np.isnan(read) if kind is RasterSource else read == NO_CLASS
                np.testing.assert_array_equal(gaps, missing)
                np.testing.assert_array_equal(read[~missing], CLASSES[~missing])
    for kind in (SubcellSource, RasterCoverSource):
        np.testing.assert_array_equal(whole(kind(**tested), ON[on]), whole(kind(**plain), ON[on]), err_msg=str(kind))


@pytest.mark.parametrize("way", WAYS)
def test_gaps_keep_their_size_by_nearest_and_are_no_part_of_a_mean(write, way):
    tested, _ = both(write, way, np.uint8)
    missing = WAYS[way][2]
    coarse = grid(10, 8, cell=0.3)
    cells = np.where(missing, np.nan, CLASSES).reshape(8, 3, 10, 3).swapaxes(1, 2).reshape(8, 10, 9)
    with np.errstate(all="ignore"):
        expected = np.nansum(cells, axis=2) / np.count_nonzero(~np.isnan(cells), axis=2)
    np.testing.assert_allclose(whole(RasterSource(**tested, resampling="average"), coarse), expected, rtol=1e-6)
    np.testing.assert_array_equal(whole(RasterSource(**tested, resampling="nearest"), coarse), cells[:, :, 4])


@pytest.mark.parametrize("way", WAYS)
def test_masks_where_pixels_are_read_one_by_one_or_for_pictures(write, way):
    tested, _ = both(write, way, np.float32)
    missing = WAYS[way][2]
    expected = np.where(missing, np.nan, CLASSES)
    np.testing.assert_array_equal(Picture.of(RasterSource(**tested)).values, expected)
    points = points_at(*((80.05 + 0.1 * column, 39.95 - 0.1 * row) for row in range(24) for column in range(30)))
    sampled = sample_raster(RasterSource(**tested), points, "nearest")
    np.testing.assert_array_equal(sampled.reshape(24, 30), expected)
    # Between four cells there is a value where each of them has one.
    points = points_at(*((80.1 + 0.1 * column, 39.9 - 0.1 * row) for row in range(23) for column in range(29)))
    four = np.stack([expected[:-1, :-1], expected[1:, :-1], expected[:-1, 1:], expected[1:, 1:]])
    sampled = sample_raster(RasterSource(**tested), points, "bilinear")
    np.testing.assert_allclose(sampled.reshape(23, 29), four.mean(axis=0), rtol=1e-6)


@pytest.mark.parametrize("method", ["bilinear", "mode", "average", "nearest"])
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("on", ["own cells", "coarser", "utm"])
def test_aligned_files_hold_the_same_gaps(write, tmp_path, way, method, on):
    tested, plain = both(write, way, np.float32)
    aligned = []
    for source in (tested, plain):
        path = str(tmp_path / f"aligned_{source['name']}.tif")
        align(AlignJob(RasterSource(**source), ON[on], method), path, Provenance("aligntogrid"), Running())
        assert gdal.Open(path).RasterCount == 1
        aligned.append(whole(RasterSource(path, "aligned"), ON[on]))
    np.testing.assert_array_equal(*aligned)
    assert 0 < np.isnan(aligned[0]).mean() < 1


def stack(type_=np.float32):
    """Three days, each with gaps of its own and all with those of `GAPS`."""
    days = np.stack([CLASSES * 10 + day for day in range(3)]).astype(type_)
    own = np.random.default_rng(3).random(days.shape) < 0.15
    return days, own


DAYS = ["2019-01-01", "2019-01-02", "2019-01-03"]


@pytest.mark.parametrize("on", ON)
@pytest.mark.parametrize(
    "how",
    [
        {"alpha": ~GAPS * 255},
        {"alpha": ~GAPS * 255, "nodata": -1},
        {"mask": ~GAPS},
        {"mask": ~GAPS, "nodata": -1},
        {"nodata": -1, "band_masks": [~GAPS] * 3},
    ],
    ids=lambda how: " ".join(how),
)
def test_bands_of_stacks_have_the_gaps_of_all_and_their_own(write, how, on):
    days, own = stack(np.int16)
    has_own = "nodata" in how
    missing = own | GAPS if has_own else np.broadcast_to(GAPS, own.shape)
    path = write("tested", np.where(own & has_own, -1, np.where(GAPS, 0, days)).astype(np.int16), names=DAYS, **how)
    plain = write("plain", np.where(missing, np.nan, days).astype(np.float32), nodata=np.nan)
    read = whole(BandsSource(RasterSource(path, "tested"), (1, 2, 3)), ON[on])
    np.testing.assert_array_equal(read, whole(BandsSource(RasterSource(plain, "plain"), (1, 2, 3)), ON[on]))
    if on == "own cells":
        np.testing.assert_array_equal(read, np.where(missing, np.nan, days))


def test_an_alpha_band_is_no_day_no_year_and_no_band_of_a_product(write, tmp_path):
    days, _ = stack()
    path = write("days", days, alpha=~GAPS * 255, names=DAYS)
    source = RasterSource(path, "days")
    assert list(data_bands(source.dataset())) == [1, 2, 3]
    assert [str(day) for day in read_stack(source).days] == DAYS
    assert band_names(source) == DAYS
    with pytest.raises(InputError, match="'days' has 3 bands beside its alpha band and band 4 was requested"):
        RasterSource(path, "days", band=4).open(grid(30, 24))
    export_numbers(source, grid(30, 24), str(tmp_path / "out.tif"), Provenance("exportproduct"), Running())
    exported = gdal.Open(str(tmp_path / "out.tif"))
    assert exported.RasterCount == 3
    np.testing.assert_array_equal(exported.ReadAsArray() == -9999, np.broadcast_to(GAPS, days.shape))
    align(
        AlignJob(source, grid(30, 24), "nearest"), str(tmp_path / "aligned.tif"), Provenance("aligntogrid"), Running()
    )
    assert gdal.Open(str(tmp_path / "aligned.tif")).RasterCount == 3
    # One day and its alpha band need no date, as one day alone.
    single = write("single", days[0], alpha=~GAPS * 255)
    assert len(read_stack(RasterSource(single, "single")).days) == 1


def test_four_bands_of_bytes_with_dates_are_four_days(tmp_path, write):
    """GDAL takes the fourth for an alpha band, also of what was written without a word about one."""
    path = str(tmp_path / "bytes.tif")
    names = [*DAYS, "2019-01-04"]
    dataset = gdal.GetDriverByName("GTiff").Create(path, 3, 2, 4, gdal.GDT_Byte)
    dataset.SetGeoTransform((80, 0.1, 0, 40, 0, -0.1))
    dataset.SetProjection(wkt("EPSG:4326"))
    values = np.arange(24, dtype=np.uint8).reshape(4, 2, 3) * (np.arange(3) > 0)
    for number, name in enumerate(names, start=1):
        dataset.GetRasterBand(number).SetDescription(name)
        dataset.GetRasterBand(number).WriteArray(values[number - 1])
    assert dataset.GetRasterBand(4).GetColorInterpretation() == gdal.GCI_AlphaBand
    del dataset
    source = RasterSource(path, "bytes")
    assert [str(day) for day in read_stack(source).days] == names
    np.testing.assert_array_equal(whole(BandsSource(source, (1, 2, 3, 4)), grid(3, 2)), values)
    # What is written here has none.
    path = str(tmp_path / "ours.tif")
    layer = Layer(["a", "b", "c", "d"], numbers=Storage(gdal.GDT_Byte, 255))
    with raster_output(path, grid(3, 2), layer, Provenance("test"), Running()) as output:
        for band in (1, 2, 3, 4):
            output.write(Window(0, 0, 3, 2), values[band - 1].astype(np.float32), band)
    assert list(data_bands(gdal.Open(path))) == [1, 2, 3, 4]


def test_gaps_that_only_a_mask_tells_can_be_stored(write):
    path = write("a", np.where(GAPS, 0, CLASSES).astype(np.int16), mask=~GAPS)
    assert storage_of(RasterSource(path, "a")).nodata == -32768
    with pytest.raises(InputError, match="has no nodata value"):
        storage_of(RasterSource(write("b", CLASSES.astype(np.int16)), "b"))


def test_further_nodata_are_values_with_scale_and_offset(write):
    path = write("a", np.array([[-10, 0, 1, 2, 3]], np.int16))
    dataset = gdal.Open(path, gdal.GA_Update)
    dataset.GetRasterBand(1).SetScale(0.1)
    dataset.GetRasterBand(1).SetOffset(5.0)
    del dataset
    source = RasterSource(path, "a", extra_nodata=((5.0, 5.1), (4.0, 4.0)))
    np.testing.assert_allclose(whole(source, source.grid()), [[np.nan, np.nan, np.nan, 5.2, 5.3]], rtol=1e-6)
    # A float32 is none of the values in between.
    floats = RasterSource(write("b", np.array([[0.1, 0.2]], np.float32)), "b", extra_nodata=((0.1, 0.1),))
    np.testing.assert_array_equal(whole(floats, floats.grid()), np.array([[np.nan, 0.2]], np.float32))


# Scenes -----------------------------------------------------------------------------------------------

KELVIN = Decoding(scale=1.0, offset=0.0)


def scene(path):
    return SceneFile(path, "terra_day", date(2019, 1, 1))


@pytest.mark.parametrize("on", ON)
@pytest.mark.parametrize("way", [way for way in WAYS if "further" not in way])
def test_scenes_have_the_gaps_of_masks(write, way, on):
    how, _, missing = WAYS[way]
    kelvin = np.where(GAPS, 0, np.where(missing & ~GAPS, 9, 260 + CLASSES)).astype(np.float32)
    path = write("scene", kelvin, **how)
    plain = write("plain", np.where(missing, np.nan, kelvin).astype(np.float32), nodata=np.nan)
    window = ON[on].window()
    read = read_scene([scene(path)], KELVIN, ON[on], window).values
    np.testing.assert_array_equal(read, read_scene([scene(plain)], KELVIN, ON[on], window).values)
    if on == "own cells":
        np.testing.assert_allclose(read, np.where(missing, np.nan, CLASSES - np.float32(13.15)), atol=1e-4)


@pytest.mark.parametrize("type_", [np.uint8, np.int16, np.float32, np.float64])
@pytest.mark.parametrize("how", [{}, {"nodata": 0}, {"nodata": -9999}])
def test_quality_of_scenes_in_any_type(write, type_, how):
    """All bits that there are; a tag of 0 is the best quality all the same, and one that is none tells nothing."""
    bits = np.arange(256).reshape(16, 16)
    qc = bits.astype(type_)
    unknown = np.zeros(bits.shape, bool)
    if how.get("nodata") == -9999 and type_ != np.uint8:
        unknown = bits == 65
        qc[unknown] = -9999
    if np.dtype(type_).kind == "f":
        qc[0, 1] = np.nan
        unknown[0, 1] = True
    path = write("MOD11A1.A2019001.LST_Day_1km", np.full(bits.shape, 270, np.float32))
    write("MOD11A1.A2019001.QC_Day", qc, **how)
    read = read_scene([scene(path)], replace(KELVIN, qc_limit_k=2), grid(16, 16), Window(0, 0, 16, 16))
    assert not read.failed
    np.testing.assert_array_equal(~np.isnan(read.values), ((bits & 3) < 2) & ((bits >> 6) < 2) & ~unknown)


def test_quality_that_is_none_names_the_scene(write):
    path = write("MOD11A1.A2019001.LST_Day_1km", np.full((4, 4), 270, np.float32))
    write("MOD11A1.A2019001.QC_Day", np.full((4, 4), 0.5, np.float32))
    read = read_scene([scene(path)], replace(KELVIN, qc_limit_k=2), grid(4, 4), Window(0, 0, 4, 4))
    (sentence,) = read.failed.values()
    assert sentence.startswith("In the quality layer of 'MOD11A1.A2019001.LST_Day_1km.tif' the quality 0.5 is not an")
    assert np.isnan(read.values).all()


@pytest.mark.parametrize("first", [-180, 0, 180])
@pytest.mark.parametrize("parts", [1, 4])
@pytest.mark.parametrize(
    "on",
    [
        grid(20, 20, (170.0, 70.0), 1.0),
        grid(20, 20, (-10.0, 70.0), 1.0),
        grid(40, 20, (174.6, 70.0), 0.25),
        grid(30, 20, (-100_000, 7_400_000), 40_000, "EPSG:32601"),
        grid(30, 20, (-600_000, -1_000_000), 40_000, "EPSG:3413"),
    ],
    ids=["line", "greenwich", "finer", "utm", "polar"],
)
def test_scenes_over_the_line(write, first, parts, on):
    """One file around the Earth, or four tiles, read at once and in parts."""
    files = []
    for part in range(parts):
        own = grid(360 // parts, 40, (first + part * 360 // parts, 80.0), 1.0)
        files.append(scene(write(f"tile{part}", (field(*on_cells(own)) + 273.15).astype(np.float32), *own_corner(own))))
    read = read_scene(files, KELVIN, on, on.window())
    assert not read.failed
    if on.is_geographic:
        lon, lat = on_cells(on)
    else:
        pyproj = pytest.importorskip("pyproj")
        lon, lat = pyproj.Transformer.from_crs(on.crs_wkt, 4326, always_xy=True).transform(*on_cells(on))
    inside = (lat > 41) & (lat < 79)
    assert inside.sum() > 100
    np.testing.assert_allclose(read.values[inside], field(lon, lat)[inside], atol=0.06)
    window = Window(3, 5, 11, 9)
    part = read_scene(files, KELVIN, on, window).values
    np.testing.assert_array_equal(part, read.values[5:14, 3:14])


def own_corner(of):
    x0, dx, _, y0, _, _ = of.geotransform
    return (x0, y0), dx


# What only QGIS knows ---------------------------------------------------------------------------------


def test_a_crs_that_goes_before_that_of_the_file(write, tmp_path):
    values = np.arange(20, dtype=np.float32).reshape(4, 5)
    right = write("right", values, (500_000, 4_400_000), 1000, "EPSG:32644")
    wrong = write("wrong", values, (500_000, 4_400_000), 1000, "EPSG:32645")
    corrected = RasterSource(wrong, "wrong", crs_wkt=wkt("EPSG:32644"))
    on = grid(12, 8, (81.0, 39.74), 0.005)
    for kind in (RasterSource, ClassSource, SubcellSource, RasterCoverSource):
        read = whole(kind.of(corrected), on)
        np.testing.assert_array_equal(read, whole(kind(right, "right"), on))
    assert np.isfinite(whole(corrected, on)).any()
    assert corrected.grid() == RasterSource(right, "right").grid()
    for source, name in ((corrected, "a"), (RasterSource(right, "right"), "b")):
        align(AlignJob(source, on, "bilinear"), str(tmp_path / f"{name}.tif"), Provenance("aligntogrid"), Running())
    np.testing.assert_array_equal(*(gdal.Open(str(tmp_path / f"{name}.tif")).ReadAsArray() for name in "ab"))


def test_open_options_reach_the_driver(tmp_path):
    """The option that opens an overview in place of the raster."""
    path = str(tmp_path / "a.tif")
    dataset = gdal.GetDriverByName("GTiff").Create(path, 8, 8, 1, gdal.GDT_Byte)
    dataset.SetGeoTransform((80, 0.1, 0, 40, 0, -0.1))
    dataset.SetProjection(wkt("EPSG:4326"))
    dataset.GetRasterBand(1).WriteArray(np.kron(np.arange(16).reshape(4, 4), np.ones((2, 2))).astype(np.uint8))
    dataset.BuildOverviews("NEAREST", [2])
    del dataset
    source = RasterSource(path, "a", open_options=("OVERVIEW_LEVEL=0",))
    own = source.grid()
    assert (own.width, own.height) == (4, 4)
    np.testing.assert_array_equal(whole(source, own), np.arange(16).reshape(4, 4))
    np.testing.assert_array_equal(whole(ClassSource.of(source), own), np.arange(16).reshape(4, 4))


def test_what_only_qgis_knows_is_kept_by_other_kinds_and_told_apart():
    source = RasterSource("a", "b", 2, "average", "wkt", ((1.0, 2.0),), ("A=B",))
    assert ClassSource.of(source) == ClassSource("a", "b", 2, "mode", "wkt", ((1.0, 2.0),), ("A=B",))
    assert source.reading != RasterSource("a", "b", 2, "average").reading


# Bytes with a sign, and numbers that are no class -----------------------------------------------------

ESA = np.array([[10, 130, 200], [210, 220, 0]], np.uint8)


def signed(write, name, nodata=None):
    """The classes as bytes with a sign, as this GDAL has them."""
    unsigned = write(f"{name}_unsigned", ESA)
    path = unsigned.replace("_unsigned", "")
    if hasattr(gdal, "GDT_Int8"):
        dataset = gdal.GetDriverByName("GTiff").CreateCopy(path, gdal.Open(write("int8", ESA.view(np.int8))))
    else:
        dataset = gdal.Translate(path, unsigned, creationOptions=["PIXELTYPE=SIGNEDBYTE"])
    if nodata is not None:
        dataset.GetRasterBand(1).SetNoDataValue(nodata)
    return path


@pytest.mark.parametrize(("nodata", "missing"), [(None, None), (0, 0), (-46, 210), (210, 210), (-126, 130)])
def test_classes_in_bytes_with_a_sign_are_those_without(write, tmp_path, nodata, missing):
    path = signed(write, "esa", nodata)
    expected = np.where((-1 if missing is None else missing) == ESA, NO_CLASS, ESA.astype(np.int32))
    own = read_grid(path, "esa")
    np.testing.assert_array_equal(whole(ClassSource(path, "esa"), own), expected)
    # Each cell cut into four, so that it is resampled.
    fine = own.refined(own.window(), 2)
    np.testing.assert_array_equal(whole(ClassSource(path, "esa"), fine), np.kron(expected, np.ones((2, 2), np.int32)))
    covered = whole(RasterCoverSource(path, "esa"), own)
    np.testing.assert_array_equal(covered, expected > 0)
    for method in ("mode", "nearest"):
        aligned = str(tmp_path / f"{method}.tif")
        align(AlignJob(RasterSource(path, "esa"), fine, method), aligned, Provenance("aligntogrid"), Running())
        np.testing.assert_array_equal(
            whole(ClassSource(aligned, "aligned"), fine), np.kron(expected, np.ones((2, 2), np.int32))
        )


def test_gdal_that_has_a_type_for_signed_bytes_is_not_asked_for_their_mark(monkeypatch):
    """It would warn, once in each run of qgis_process."""

    class Band:
        DataType = gdal.GDT_Byte
        asked = ()

        def GetMetadataItem(self, *name):
            self.asked += name
            return "SIGNEDBYTE"

    band = Band()
    monkeypatch.setattr(gdal, "GDT_Int8", 14, raising=False)
    assert stored_type(band) == np.uint8
    assert band.asked == ()
    monkeypatch.delattr(gdal, "GDT_Int8")
    assert stored_type(band) == np.int8


def test_numbers_in_bytes_with_a_sign_keep_it(write):
    path = signed(write, "degrees")
    own = read_grid(path, "degrees")
    numbers = ESA.view(np.int8).astype(np.float32)
    np.testing.assert_array_equal(whole(RasterSource(path, "degrees"), own), numbers)
    fine = own.refined(own.window(), 2)
    np.testing.assert_array_equal(
        whole(RasterSource(path, "degrees", resampling="nearest"), fine), np.kron(numbers, np.ones((2, 2)))
    )


@pytest.mark.parametrize(
    ("value", "type_"),
    [
        (2**32 - 1, np.uint32),
        (2**31, np.uint32),
        (10**10, np.int64),
        (-(10**10), np.int64),
        (2**32 + 7, np.uint64),
        (1e10, np.float64),
        (-3e9, np.float64),
        (4294967296.0, np.float32),
    ],
)
@pytest.mark.parametrize("resampled", [False, True])
def test_numbers_beyond_32_bits_are_no_classes(write, value, type_, resampled):
    path = write("large", np.array([[1, value], [2, 3]], type_))
    own = read_grid(path, "large")
    on = own.refined(own.window(), 2) if resampled else own
    with pytest.raises(InputError, match=r"'large' holds the value [-+0-9e.]+ where classes, from -2147483647 to"):
        whole(ClassSource(path, "large"), on)
    # Where it is tagged, there is no class.
    path = write("tagged", np.array([[1, value], [2, 3]], type_), nodata=type_(value).item())
    expected = np.array([[1, NO_CLASS], [2, 3]])
    read = whole(ClassSource(path, "tagged"), on)
    np.testing.assert_array_equal(read, np.kron(expected, np.ones((2, 2), int)) if resampled else expected)


def test_nodata_of_64_bits_is_exact(write):
    lowest = -(2**63)
    path = write("a", np.array([[lowest, lowest + 1, 5]], np.int64), nodata=lowest)
    stored_band = StoredBand(gdal.Open(path), 1, "a")
    assert stored_band.missing == np.int64(lowest)
    # Its neighbour is as large as an untagged fill value, and no value either.
    np.testing.assert_array_equal(whole(RasterSource(path, "a"), read_grid(path, "a")), [[np.nan, np.nan, 5]])
    highest = 2**64 - 1
    path = write("b", np.array([[highest, 5]], np.uint64), nodata=highest)
    np.testing.assert_array_equal(whole(ClassSource(path, "b"), read_grid(path, "b")), [[NO_CLASS, 5]])


@pytest.mark.parametrize("kind", [RasterSource, ClassSource])
def test_complex_numbers_get_one_sentence(write, tmp_path, kind):
    path = write("wave", np.ones((2, 2), np.complex64))
    with pytest.raises(InputError, match=r"Raster 'wave' holds complex numbers: export .* first\.$"):
        kind(path, "wave").open(grid(2, 2))
    with pytest.raises(InputError, match="'wave' holds complex numbers"):
        align(
            AlignJob(RasterSource(path, "wave"), grid(2, 2), "nearest"),
            str(tmp_path / "o.tif"),
            Provenance("a"),
            Running(),
        )


# Quality bits -----------------------------------------------------------------------------------------

BITS = np.arange(256)


@pytest.mark.parametrize("type_", [np.uint8, np.int16, np.int32, np.int64, np.uint64, np.float32, np.float64])
@pytest.mark.parametrize("limit", [1, 2, 3])
def test_quality_bits_of_any_type(type_, limit):
    wanted = ((BITS & 3) < 2) & (limit > (BITS >> 6))
    np.testing.assert_array_equal(within_error(BITS.astype(type_), limit), wanted)
    if np.dtype(type_).kind == "f":
        assert not within_error(np.full(3, np.nan, type_), limit).any()


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_quality_bits_of_16_bits_as_floating_numbers(limit):
    bits = np.arange(65536)
    error = np.array([np.inf, 2.0, 1.5, 1.0])[bits >> 14]
    wanted = ((bits & 3) < 2) & (error <= limit)
    for type_ in (np.uint16, np.float32):
        np.testing.assert_array_equal(within_accuracy(bits.astype(type_), limit), wanted)


@pytest.mark.parametrize("value", [0.5, -1.0, 256.0, np.inf, -3.4e38])
def test_what_makes_no_bits_gets_a_sentence(value):
    with pytest.raises(InputError, match=r"the quality \S+ is not an integer from 0 to 255"):
        within_error(np.array([0.0, value]), 2)
    with pytest.raises(InputError, match="is not an integer from 0 to 65535"):
        within_accuracy(np.array([0.0, value * 1000.25]), 2)


# Longitudes around the Earth ---------------------------------------------------------------------------


def field(lon, lat):
    """Goes around the Earth without a jump."""
    return 20 * np.sin(np.radians(lon)) + 10 * np.cos(np.radians(2 * lon)) + 0.1 * lat


def on_cells(of):
    x0, dx, _, y0, _, dy = of.geotransform
    return np.meshgrid(x0 + dx * (np.arange(of.width) + 0.5), y0 + dy * (np.arange(of.height) + 0.5))


def around(write, first, name="around", type_=np.float32, crs="EPSG:4326"):
    """The field on 360 x 40 degrees, longitudes from `first` on."""
    values = field(*on_cells(grid(360, 40, (first, 80.0), 1.0)))
    return write(name, values.astype(type_), (first, 80.0), 1.0, crs)


@pytest.mark.parametrize("first", [-180, 0, -0.5, 100, -400])
@pytest.mark.parametrize("corner", [-170, 170, 190, 350, -10, 0, -180, 180, 530])
@pytest.mark.parametrize("method", ["bilinear", "nearest", "average"])
def test_the_same_values_however_longitudes_are_counted(write, first, corner, method):
    """On the lattice of the raster each cell has its own value, also beside the line where longitudes jump."""
    source = RasterSource(around(write, first), "around", resampling=method)
    on = grid(20, 30, (corner + first % 1, 75.0), 1.0)
    np.testing.assert_allclose(whole(source, on), field(*on_cells(on)), atol=1e-4)


@pytest.mark.parametrize("first", [-180, 0])
@pytest.mark.parametrize("corner", [-185.3, 174.6, -5.2, 354.9])
def test_interpolation_goes_on_over_the_line(write, first, corner):
    source = RasterSource(around(write, first), "around")
    on = grid(40, 30, (corner, 75.0), 0.25)
    read = whole(source, on)
    # Between two cells the field bends by less than this.
    np.testing.assert_allclose(read, field(*on_cells(on)), atol=0.01)
    for window in (Window(3, 5, 1, 1), Window(0, 7, 40, 1), Window(17, 0, 9, 30)):
        rows, columns = (
            slice(window.row, window.row + window.height),
            slice(window.column, window.column + window.width),
        )
        np.testing.assert_array_equal(source.open(on).read(window), read[rows, columns])


@pytest.mark.parametrize("first", [-180, 0, 90])
@pytest.mark.parametrize("crs", ["EPSG:32601", "EPSG:32660", "EPSG:32631", "EPSG:3413", "EPSG:3571"])
def test_projected_grids_over_the_line(write, first, crs):
    """The same values as from the raster whose longitudes jump elsewhere."""
    on = grid(30, 20, (-600_000, -1_000_000), 40_000, crs)
    if crs.startswith("EPSG:326"):
        on = grid(30, 20, (-100_000, 8_000_000), 40_000, crs)
    read = whole(RasterSource(around(write, first), "around"), on)
    pyproj = pytest.importorskip("pyproj")
    lon, lat = pyproj.Transformer.from_crs(on.crs_wkt, 4326, always_xy=True).transform(*on_cells(on))
    inside = (lat > 41) & (lat < 79)
    assert inside.sum() > 100
    # GDAL may misplace a cell by an eighth of a degree, and the field has slopes of up to .7 a degree.
    np.testing.assert_allclose(read[inside], field(lon, lat)[inside], atol=0.125 * 0.7 + 0.01)


@pytest.mark.parametrize("turns", [-1, 1, 2])
def test_a_raster_moved_by_whole_turns_is_the_same_one(write, turns):
    values = np.random.default_rng(1).integers(1, 5, (12, 16)).astype(np.uint8)
    here, there = (write(f"t{t}", values, (172.0 + 360 * t, 60.0), 1.0, nodata=1) for t in (0, turns))
    on = grid(16, 12, (172.0, 60.0), 1.0)
    assert read_grid(there, "there").same_cells(on)
    for other in (on, grid(30, 20, (170.3, 61.2), 0.7), grid(12, 9, (-188.1, 59.5), 1.3)):
        for kind in (RasterSource, ClassSource, SubcellSource, RasterCoverSource):
            np.testing.assert_array_equal(whole(kind(there, "a"), other), whole(kind(here, "a"), other))


def test_cells_that_do_not_fit_a_turn_meet_the_grid_on_both_sides(write):
    """Cells of .7 degrees: a turn does not bring their lattice onto itself."""
    own = grid(514, 20, (-180.0, 70.0), 0.7)
    source = RasterSource(write("a", field(*on_cells(own)).astype(np.float32), (-180.0, 70.0), 0.7), "a")
    on = grid(40, 10, (170.0, 68.0), 0.5)
    read = whole(source, on)
    np.testing.assert_allclose(read, field(*on_cells(on)), atol=0.25)
    assert np.isfinite(read).all()


def test_no_turn_brings_together_what_lies_apart(write):
    path = write("a", np.ones((5, 5), np.float32), (200.0, 50.0), 1.0)
    with pytest.raises(InputError, match=r"'a' .* does not overlap"):
        RasterSource(path, "a").open(grid(5, 5, (-140.0, 50.0), 1.0))


@pytest.mark.parametrize("datum", ["EPSG:4258", "EPSG:4269"])
def test_another_datum_over_the_line(write, datum):
    source = RasterSource(around(write, 0, crs=datum), "around")
    on = grid(20, 20, (-190.0, 70.0), 1.0)
    np.testing.assert_allclose(whole(source, on), field(*on_cells(on)), atol=1e-3)


def geometry_features(*geometries, crs="EPSG:4326"):
    wkb = tuple(bytes(ogr.CreateGeometryFromWkt(text).ExportToWkb()) for text in geometries)
    return Features("polygons", wkb, tuple(range(1, len(wkb) + 1)), wkt(crs))


def points_at(*places, crs="EPSG:4326"):
    return geometry_features(*(f"POINT ({x!r} {y!r})" for x, y in places), crs=crs)


def box(west, east, south, north):
    return f"POLYGON (({west} {south},{east} {south},{east} {north},{west} {north},{west} {south}))"


@pytest.mark.parametrize("first", [-200, 160, 520])
@pytest.mark.parametrize("turns", [-1, 0, 1])
def test_polygons_are_burnt_by_whichever_longitudes(first, turns):
    """On a grid from 160 to 200 degrees east, by any count."""
    on = grid(40, 10, (first, 60.0), 1.0)
    west, east = 175 + 360 * turns, 185 + 360 * turns
    expected = np.zeros((10, 40), int)
    expected[2:8, 15:25] = 1
    for burnt in (box(west, east, 52, 58), f"MULTIPOLYGON ({box(175, 180, 52, 58)[8:]},{box(-180, -175, 52, 58)[8:]})"):
        read = whole(PolygonSource(geometry_features(burnt)), on)
        np.testing.assert_array_equal(read == 1, expected == 1)
    # A polygon around the Earth is there twice, on both sides of the line.
    read = whole(PolygonSource(geometry_features(box(-180, 180, 52, 58))), on)
    np.testing.assert_array_equal(
        read == 1, np.broadcast_to(((np.arange(10) >= 2) & (np.arange(10) < 8))[:, None], read.shape)
    )


@pytest.mark.parametrize("first", [-200, 160])
def test_projected_polygons_stay_whole_over_the_line(first):
    """A box of UTM zone 1, whose west lies beyond the line: longitudes about 177.4 to -175.5."""
    on = grid(160, 60, (first, 65.0), 0.25)
    pyproj = pytest.importorskip("pyproj")
    to_utm = pyproj.Transformer.from_crs(4326, 32601, always_xy=True)
    lon, lat = on_cells(on)
    x, y = to_utm.transform(lon, lat)
    read = whole(PolygonSource(geometry_features(box(200_000, 600_000, 6_000_000, 6_800_000), crs="EPSG:32601")), on)
    inside = (x > 200_000) & (x < 600_000) & (y > 6_000_000) & (y < 6_800_000) & (np.abs(lon % 360 - 183) < 20)
    # Edges are cut into pieces, and a cell at an edge may be told either way.
    edge = (np.minimum(np.abs(x - 200_000), np.abs(x - 600_000)) < 3000) | (
        np.minimum(np.abs(y - 6_000_000), np.abs(y - 6_800_000)) < 3000
    )
    assert inside.sum() > 500
    np.testing.assert_array_equal((read == 1)[~edge], inside[~edge])


def test_a_polygon_around_the_pole_covers_it():
    on = grid(72, 8, (0.0, 90.0), 5.0)
    circle = ogr.CreateGeometryFromWkt("POINT (0 0)").Buffer(1_500_000, 64).ExportToWkt()
    read = whole(PolygonSource(geometry_features(circle, crs="EPSG:3413")), on)
    # 1500 km of the map are 13.7 degrees from the pole: three rows of cells whose centres lie at 87.5, 82.5 and 77.5.
    np.testing.assert_array_equal((read == 1).all(axis=1), np.arange(8) < 3)
    assert not (read[3:] == 1).any()


@pytest.mark.parametrize("first", [-200, 160])
def test_points_lie_where_they_are_by_whichever_longitudes(write, first):
    on = grid(40, 10, (first, 60.0), 1.0)
    places = [(175.5, 55.5), (-175.5, 55.5), (184.5, 55.5), (535.5, 55.5), (0.5, 55.5)]
    columns, rows, inside = locate(points_at(*places), on)
    np.testing.assert_allclose(columns[:4], [15.5, 24.5, 24.5, 15.5])
    np.testing.assert_allclose(rows, 4.5)
    np.testing.assert_array_equal(inside, [True, True, True, True, False])
    source = RasterSource(around(write, 0), "around")
    for method in ("nearest", "bilinear"):
        sampled = sample_raster(source, points_at(*places), method)
        np.testing.assert_allclose(sampled, field(*np.array(places).T), atol=1e-4)


@pytest.mark.parametrize("on", [grid(360, 4, (-180, 2.0), 1.0), grid(360, 4, (0, 2.0), 1.0)], ids=["180", "360"])
def test_points_on_the_line_are_on_the_grid_once(on):
    columns, _, inside = locate(points_at((-180.0, 0.5), (180.0, 0.5), (0.0, 0.5), (360.0, 0.5), (540.0, 0.5)), on)
    assert inside.all()
    line, greenwich = (0, 180) if on.geotransform[0] == -180 else (180, 0)
    np.testing.assert_allclose(columns, [line, line, greenwich, greenwich, line])


@pytest.mark.parametrize(
    ("boxes", "expected"),
    [
        ([(10, 20), (30, 40)], (10, 40)),
        ([(175, 180), (-180, -170)], (175, 190)),
        ([(-180, -170), (160, 165), (175, 180)], (160, 190)),
        ([(-180, 180)], (-180, 180)),
        ([(-120, -100), (100, 120)], (100, 260)),
        ([(170, 190), (350, 370)], (170, 370)),
    ],
)
def test_the_rectangle_of_features_is_the_shortest(boxes, expected):
    rectangle = geometry_features(*(box(*ends, 50, 60) for ends in boxes)).rectangle()
    np.testing.assert_allclose(rectangle.bounds, (expected[0], 50, expected[1], 60))
    joint = f"MULTIPOLYGON ({','.join(box(*ends, 50, 60)[8:] for ends in boxes)})"
    assert geometry_features(joint).rectangle() == rectangle


def test_a_product_over_the_line_has_bounds_of_this_world(write):
    path = write("a", np.ones((10, 20), np.float32), (170.0, 60.0), 1.0)
    source = RasterSource(path, "a")
    assert place_of(source.grid(), source).bounds == (170.0, 50.0, -170.0, 60.0)
    outline = _outline(170.0, 50.0, -170.0, 60.0)
    geometry = ogr.CreateGeometryFromJson(json.dumps(outline))
    assert geometry.GetEnvelope() == (-180.0, 180.0, 50.0, 60.0)
    assert geometry.GetArea() == 200.0
    east = RasterSource(write("b", np.ones((10, 20), np.float32), (190.0, 60.0), 1.0), "b")
    assert place_of(east.grid(), east).bounds == (-170.0, 50.0, -150.0, 60.0)
    here = RasterSource(write("c", np.ones((10, 20), np.float32), (80.1, 60.0), 0.1), "c")
    np.testing.assert_allclose(place_of(here.grid(), here).bounds, (80.1, 59.0, 82.1, 60.0), rtol=1e-14)
    around_all = RasterSource(around(write, 0), "around")
    assert place_of(around_all.grid(), around_all).bounds == (-180.0, 40.0, 180.0, 80.0)


def test_rules_of_classes_in_bytes_with_a_sign(write):
    path = signed(write, "esa", 0)
    own = read_grid(path, "esa")
    for rule, expected in (("in 130 210 drop 220", [[0, 1, 0], [1, -1, -1]]), ("<= 0", [[0, 1, 1], [1, 1, -1]])):
        read = whole(BinarySource(RasterSource(path, "esa"), read_rule(rule, "RULES")), own).indices
        np.testing.assert_array_equal(read == PERMAFROST, np.array(expected) == 1)
        np.testing.assert_array_equal(read == NOT_COMPARED, np.array(expected) == -1)


def test_a_message_that_the_bindings_cannot_decode():
    """GDAL quotes what it finds in a damaged file; its bindings then raise no RuntimeError."""
    from permafrost_mapper.raster.grid.gdal_io import attempt

    def fail():
        raise SystemError("<built-in function OpenEx> returned a result with an exception set")

    result, messages = attempt(fail)
    assert result is None
    assert messages.reason == "it holds text that is not UTF-8"
