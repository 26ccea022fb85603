"""Names and quality bits of scenes, and the format of stacks: what is written, and which dates are read."""

import fnmatch
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from osgeo import gdal, osr
from permafrost_mapper.core.errors import InputError
from permafrost_mapper.core.prepare.qc import within_accuracy, within_error
from permafrost_mapper.core.prepare.scenes import (
    OVERPASSES,
    PRODUCTS,
    NamePattern,
    in_words,
    read_day_shifts,
    take_inventory,
)
from permafrost_mapper.raster.grid.grid import Grid
from permafrost_mapper.raster.grid.window import Window
from permafrost_mapper.raster.read.rasters import RasterSource
from permafrost_mapper.raster.read.stack import read_stack, temperature_stack
from permafrost_mapper.raster.run.blocks import Running
from permafrost_mapper.raster.write.provenance import Provenance
from permafrost_mapper.raster.write.stack import HUNDREDTHS, stack_layer
from permafrost_mapper.raster.write.writer import raster_output

WGS84 = osr.SpatialReference()
WGS84.ImportFromEPSG(4326)
GRID = Grid(7, 5, (80.0, 0.5, 0.0, 40.0, 0.0, -0.5), WGS84.ExportToWkt())
DAYS = tuple(date(2019, 12, 30) + timedelta(index) for index in range(4))


# Quality bits -----------------------------------------------------------------------------------


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_quality_bits_are_read_as_the_users_guide_writes_them(limit):
    errors = {"00": 1, "01": 2, "10": 3, "11": 99}
    for qc in range(256):
        bits = f"{qc:08b}"  # bits 7-6 come first, bits 1-0 last
        expected = bits[6:] in ("00", "01") and errors[bits[:2]] <= limit
        assert within_error(np.array([qc], np.uint8), limit)[0] == expected, bits


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_quality_bits_of_the_21_products_are_read_as_their_legend_writes_them(limit):
    errors = {"00": 99, "01": 2, "10": 1.5, "11": 1}
    for qc in (*range(0, 2**16, 7), 2**16 - 1):
        bits = f"{qc:016b}"
        expected = bits[14:] in ("00", "01") and errors[bits[:2]] <= limit
        assert within_accuracy(np.array([qc], np.uint16), limit)[0] == expected, bits


# Names ------------------------------------------------------------------------------------------


def found(name, product="modis", patterns=None, overpass=None, shifts=None):
    """The scenes that one name stands for, as (overpass, date, tile)."""
    inventory = take_inventory([f"/a/{name}"], patterns or PRODUCTS[product].patterns, overpass, shifts or {})
    files = [file for by_day in inventory.scenes.values() for files in by_day.values() for file in files]
    return [(file.overpass, file.day.isoformat(), file.tile) for file in files]


@pytest.mark.parametrize(
    ("product", "name", "expected"),
    [
        ("trims", "TRIMS_Terra2005001D.tif", [("terra_day", "2005-01-01", "")]),
        ("trims", "TRIMS_Aqua2008366N.tif", [("aqua_night", "2008-12-31", "")]),
        (
            "modis",
            "MOD11A1.A2019305.h14v09.006.2019306084028.hdf",
            [("terra_day", "2019-11-01", "h14v09"), ("terra_night", "2019-11-01", "h14v09")],
        ),
        (
            "modis",
            "MYD11A1.A2020060.h25v05.061.2021006123456.hdf",
            [("aqua_day", "2020-02-29", "h25v05"), ("aqua_night", "2020-02-29", "h25v05")],
        ),
        ("modis", "MOD11A1_2013001.LST_Day_1km.tif", [("terra_day", "2013-01-01", "")]),
        ("modis", "MYD11A1.061_LST_Night_1km_doy2003032_aid0001.tif", [("aqua_night", "2003-02-01", "")]),
        # Processed on day 148 of 2016, of day 1 of 2013.
        ("modis", "MOD11A1.A2013001.h24v04.006.2016148163210.LST_Day_1km.tif", [("terra_day", "2013-01-01", "")]),
        # 20130012 is a number of the order and no date.
        ("modis", "MOD11A1_20130012_2014002.LST_Day_1km.tif", [("terra_day", "2014-01-02", "")]),
        # AppEEARS since 2023, with a time behind the day
        ("modis", "MOD11A1.061_LST_Day_1km_doy2020001000000_aid0001.tif", [("terra_day", "2020-01-01", "")]),
        ("modis", "MYD11A1.061_LST_Night_1km_doy2020366000000_aid0012.tif", [("aqua_night", "2020-12-31", "")]),
        ("modis", "VNP21A1D.002_LST_1KM_doy2020060000000_aid0001.tif", [("aqua_day", "2020-02-29", "")]),
        ("modis", "VNP21A1N.001_LST_1KM_doy2020060_aid0001.tif", [("aqua_night", "2020-02-29", "")]),
        ("modis", "MOD21A1N.061_LST_1KM_doy2020060000000_aid0001.tif", [("terra_night", "2020-02-29", "")]),
        ("modis", "MOD11A1.061_QC_Day_doy2020001000000_aid0001.tif", []),
        # MODIStsp
        ("modis", "MOD11A1_LST_Day_1km_2019_032.tif", [("terra_day", "2019-02-01", "")]),
        ("modis", "MYD11A1_LST_Night_2019_001.tif", [("aqua_night", "2019-01-01", "")]),
        ("modis", "MOD11A1_QC_Day_2019_001.tif", []),
        # Earth Engine, and others with months and days
        ("modis", "MOD11A1_2019_01_31_LST_Day_1km.tif", [("terra_day", "2019-01-31", "")]),
        ("modis", "MODIS_061_MYD11A1_2019_01_31_LST_Night_1km.tiff", [("aqua_night", "2019-01-31", "")]),
        ("modis", "MOD11A1_2019_01_31_LST_Day_1km-0000000000-0000001024.tif", [("terra_day", "2019-01-31", "")]),
        ("modis", "MYD11A1_LST_Night_2019-01-31.tif", [("aqua_night", "2019-01-31", "")]),
        ("modis", "MOD11A1_2011-12-25.LST_Day_1km.tif", [("terra_day", "2011-12-25", "")]),
        ("modis", "MOD11A1_20190131_LST_Day_1km.tif", [("terra_day", "2019-01-31", "")]),
        ("modis", "MOD11A1_LST_Day_1km_2019.01.31.tif", [("terra_day", "2019-01-31", "")]),
        ("modis", "MOD11A2_2019_01_31_LST_Day_1km.tif", []),
        ("modis", "MOD11A1_2013001.LST_Day_1km.QCfiltered.tif", []),
        ("modis", "MOD11A1_2013001.QC_Day.tif", []),
        ("modis", "MOD11A1_2013001.Day_view_time.tif", []),
        ("modis", "MOD11B1.A2013001.h24v04.006.2016148163210.hdf", []),
        ("trims", "TRIMS_Terra2005001D.tif.aux.xml", []),
        ("trims", "xTRIMS_Terra2005001D.tif", []),
    ],
)
def test_names_of_the_products(product, name, expected):
    assert found(name, product) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/a/MOD11A1/2019_01_31.LST_Day_1km.tif", ["terra_day"]),
        ("/a/MODIS_061_MYD11A1/2019/2019_01_31.LST_Night_1km.tif", ["aqua_night"]),
        ("/a/MOD11A1.061/2019.01.31.LST_Day_1km.tif", ["terra_day"]),
        ("/a/061/MOD11A1/2019_01_31.tif", ["terra_day", "terra_night"]),
        ("/a/MODIS_061_MOD11A1_2019_01_31.tif", ["terra_day", "terra_night"]),
        ("/a/2019_01_31.LST_Day_1km.tif", []),
        ("/a/MOD11A2/2019_01_31.LST_Day_1km.tif", []),
    ],
)
def test_what_a_name_lacks_is_read_from_folder_or_bands(path, expected):
    modis = PRODUCTS["modis"]
    inventory = take_inventory([path], modis.patterns, None, {}, modis.indirect)
    assert list(inventory.scenes) == expected
    assert all(list(by_day) == [date(2019, 1, 31)] for by_day in inventory.scenes.values())


def test_scenes_of_several_instruments_are_not_mixed():
    names = ["MYD11A1_2013001.LST_Day_1km.tif", "VNP21A1D.002_LST_1KM_doy2013002000000_aid0001.tif"]
    with pytest.raises(
        InputError, match=r"aqua_day are of several products, such as 'MYD11A1_.*' and 'VNP21A1D.*folder"
    ):
        take_inventory(names, PRODUCTS["modis"].patterns, None, {})


def test_quality_bits_of_scenes_are_no_other_files():
    names = ["MOD11A1_LST_Day_1km_2019_001.tif", "MOD11A1_QC_Day_2019_001.tif", "MOD11A1_QC_Day_2019_002.tif"]
    assert take_inventory(names, PRODUCTS["modis"].patterns, None, {}).unmatched == ("MOD11A1_QC_Day_2019_002.tif",)


@given(st.dates(date(1981, 1, 1), date(2099, 12, 31)), st.sampled_from(OVERPASSES))
def test_every_date_comes_back_from_a_name(day, overpass):
    satellite, time = overpass.split("_")
    name = f"TRIMS_{satellite.capitalize()}{day:%Y%j}{time[0].upper()}.tif"
    assert found(name, "trims") == [(overpass, day.isoformat(), "")]
    name = f"{day:%d.%m.%Y} at {time} by {satellite}, 12.tif"
    patterns = ["{DD}.{MM}.{YYYY} at {TIME} by {SATELLITE}*.TIF"]
    assert found(name, patterns=patterns) == [(overpass, day.isoformat(), "")]


def test_an_overpass_missing_in_the_names_is_given():
    assert found("lst-2020-02-29.tif", patterns=["lst-{YYYY}-{MM}-{DD}.tif"], overpass="aqua_day") == [
        ("aqua_day", "2020-02-29", "")
    ]
    assert found("TRIMS_Terra2005001D.tif", "trims", overpass="terra_night") == []


def test_the_day_shift_moves_a_scene_over_the_end_of_the_year():
    shifts = read_day_shifts("aqua_night:1, terra_day:-1")
    assert shifts == {"aqua_night": 1, "terra_day": -1}
    assert found("TRIMS_Aqua2004366N.tif", "trims", shifts=shifts) == [("aqua_night", "2005-01-01", "")]
    assert found("TRIMS_Terra2005001D.tif", "trims", shifts=shifts) == [("terra_day", "2004-12-31", "")]
    assert found("TRIMS_Terra2005001N.tif", "trims", shifts=shifts) == [("terra_night", "2005-01-01", "")]


def test_dates_that_the_calendar_lacks_are_named_and_other_files_counted():
    names = ["TRIMS_Terra2005366D.tif", "TRIMS_Terra2005000D.tif", "TRIMS_Terra2004366D.tif", "readme.txt"]
    inventory = take_inventory(names, PRODUCTS["trims"].patterns, None, {})
    assert inventory.undated == ("TRIMS_Terra2005000D.tif", "TRIMS_Terra2005366D.tif")
    assert list(inventory.scenes["terra_day"]) == [date(2004, 12, 31)]
    assert inventory.unmatched == ("readme.txt",)


def test_tiles_of_a_day_make_one_scene_in_the_order_of_their_names():
    names = [f"/{folder}/MOD11A1.A2013001.{tile}.006.1.hdf" for folder, tile in (("z", "h24v04"), ("a", "h25v04"))]
    scenes = take_inventory(reversed(names), PRODUCTS["modis"].patterns, None, {}).scenes
    assert [file.path for file in scenes["terra_night"][date(2013, 1, 1)]] == names


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("{SATELLITE}{TIME}.tif", "names no date"),
        ("{SATELLITE}{TIME}{YYYY}{MM}.tif", "names no date"),
        ("{SATELLITE}{TIME}{YYYY}{doy}.tif", "unknown part '{doy}'"),
        ("{YYYY}{DDD}{YYYY}{SATELLITE}{TIME}.tif", "{YYYY} twice"),
        ("{SATELLITE}{YYYY}{DDD}.tif", "{TIME}"),
        ("{YYYY}{DDD}{TIME}.hdf", "{SATELLITE}"),
    ],
)
def test_an_incomplete_pattern_is_refused(pattern, words):
    with pytest.raises(InputError, match="The pattern '") as error:
        found("x.tif", patterns=[pattern])
    assert words in str(error.value)


@pytest.mark.parametrize("wild", ["*a" * 30, "*" * 40, "*?" * 30])
def test_a_pattern_of_many_wildcards_takes_no_time(wild):
    pattern = NamePattern(f"{wild}b{{YYYY}}{{DDD}}.tif")
    assert pattern.match("a" * 250 + ".tif") is None
    assert pattern.match("a" * 60 + "b2005001.tif") == {"YYYY": "2005", "DDD": "001"}


@given(st.lists(st.sampled_from(["a", "b", "2005001", "*", "?"]), max_size=8), st.text("ab2051.", max_size=25))
def test_wildcards_are_those_of_the_shell(pieces, name):
    pattern = "".join(pieces)
    expected = fnmatch.fnmatchcase(f"{name}_2005001", f"{pattern}_2005001")
    assert (NamePattern(pattern + "_{YYYY}{DDD}").match(f"{name}_2005001") is not None) == expected


def test_everything_else_in_a_pattern_means_itself():
    assert NamePattern("a.(b)+{YYYY}{DDD}?.tif").match("a.(b)+2005001x.tif") == {"YYYY": "2005", "DDD": "001"}
    assert NamePattern("a.(b)+{YYYY}{DDD}?.tif").match("aX(b)+2005001x.tif") is None


def test_a_day_shift_is_read_however_it_is_typed():
    assert read_day_shifts("Aqua_Night：＋１， terra_day:−1") == {"aqua_night": 1, "terra_day": -1}


@pytest.mark.parametrize(
    "shift", ["1", "aqua:1", "aqua_night:x", "aqua_night=1", "aqua_night:100", "aqua_night:1, aqua_night:2"]
)
def test_a_day_shift_that_is_not_understood_is_refused(shift):
    with pytest.raises(InputError, match=r"day shift .* is not understood|is shifted by both 1 and 2 days"):
        read_day_shifts(shift)


def test_days_are_put_into_words_as_runs():
    days = [date(2020, 2, 28), date(2020, 3, 1), date(2020, 2, 29), date(2020, 3, 5), date(2020, 12, 31)]
    assert in_words(days) == "2020-02-28 to 2020-03-01, 2020-03-05, 2020-12-31"


# Stacks -----------------------------------------------------------------------------------------


@pytest.fixture
def values():
    """Temperatures in degC in hundredths, days x rows x columns, a tenth of them missing."""
    generator = np.random.default_rng(5)
    values = generator.integers(-6000, 6000, (len(DAYS), *GRID.window().shape)) / 100
    values[generator.random(values.shape) < 0.1] = np.nan
    return values.astype(np.float32)


@pytest.fixture
def stack_path(tmp_path, values):
    """A stack as we write it."""
    path = str(tmp_path / "stack.tif")
    with raster_output(path, GRID, stack_layer(DAYS), Provenance("test"), Running()) as output:
        for number, band in enumerate(values, start=1):
            output.write(GRID.window(), band, number)
    return path


def test_a_stack_is_written_as_its_format_says(stack_path, values):
    dataset = gdal.Open(stack_path)
    assert dataset.GetMetadataItem("COMPRESSION", "IMAGE_STRUCTURE") == "DEFLATE"
    assert dataset.GetMetadataItem("PREDICTOR", "IMAGE_STRUCTURE") == "2"
    assert dataset.GetMetadataItem("INTERLEAVE", "IMAGE_STRUCTURE") == "BAND"
    for index, day in enumerate(DAYS):
        band = dataset.GetRasterBand(index + 1)
        assert (band.DataType, band.GetNoDataValue()) == (gdal.GDT_Int16, -32768)
        assert (band.GetScale(), band.GetOffset(), band.GetUnitType()) == (0.01, 0, "degC")
        assert band.GetDescription() == day.isoformat()
        expected = np.where(np.isnan(values[index]), -32768, np.rint(values[index].astype(float) * 100))
        np.testing.assert_array_equal(band.ReadAsArray(), expected)


def test_a_band_that_nobody_writes_is_all_missing(tmp_path, values):
    path = str(tmp_path / "stack.tif")
    with raster_output(path, GRID, stack_layer(DAYS), Provenance("test"), Running()) as output:
        output.write(GRID.window(), values[0], 1)
    stack = read_stack(RasterSource(path, "stack"))
    assert np.isnan(stack.band(DAYS[2]).open(GRID).read(GRID.window())).all()


def test_days_are_read_together_as_they_are_one_by_one(stack_path, values):
    stack = read_stack(RasterSource(stack_path, "stack"))
    assert stack.days == DAYS
    window = Window(2, 1, 4, 3)
    for chosen in (DAYS, (DAYS[3], DAYS[1])):
        read = stack.bands(chosen).open(GRID).read(window)
        expected = np.stack([values[DAYS.index(day), 1:4, 2:6] for day in chosen])
        np.testing.assert_allclose(read, expected, atol=1e-5)
        for day, band in zip(chosen, read):
            np.testing.assert_array_equal(stack.band(day).open(GRID).read(window), band)


def test_days_are_read_together_on_another_grid_as_they_are_one_by_one(stack_path):
    stack = read_stack(RasterSource(stack_path, "stack"))
    other = Grid(9, 6, (80.2, 0.3, 0.0, 39.8, 0.0, -0.3), GRID.crs_wkt)
    read = stack.bands(DAYS).open(other).read(other.window())
    assert np.isfinite(read).any()
    for day, band in zip(DAYS, read):
        np.testing.assert_array_equal(stack.band(day).open(other).read(other.window()), band)


@given(st.integers(-32767, 32767))
def test_hundredths_come_back(stored):
    assert HUNDREDTHS.encode(np.array([stored / 100], np.float32))[0] == stored


@pytest.mark.parametrize("value", [327.68, -327.68, 1e6, np.inf])
def test_a_value_that_does_not_fit_is_refused(value):
    with pytest.raises(InputError, match=r"cannot be stored between -327\.68 and 327\.67"):
        HUNDREDTHS.encode(np.array([np.nan, value], np.float32))


def write(path, descriptions, items=None, band_items=None, level=10.0):
    """A raster of two columns with descriptions of its bands and metadata."""
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), 2, 2, len(descriptions), gdal.GDT_Float32)
    dataset.SetGeoTransform(GRID.geotransform)
    dataset.SetProjection(GRID.crs_wkt)
    dataset.SetMetadata(items or {})
    for number, description in enumerate(descriptions, start=1):
        band = dataset.GetRasterBand(number)
        band.SetDescription(description)
        band.Fill(level)
        for name, by_band in (band_items or {}).items():
            band.SetMetadataItem(name, by_band[number - 1])
    dataset = None
    return RasterSource(str(path), "mine")


@pytest.mark.parametrize(
    "descriptions",
    [
        ["2020-02-28", "2020-02-29", "2020-03-02"],
        ["LST_20200228_day", "LST_20200229_day", "LST_20200302_day"],
        ["2020_02_28_LST_Day_1km", "2020_02_29_LST_Day_1km", "2020_03_02_LST_Day_1km"],
        ["2020.02.28", "2020.02.29", "2020.03.02"],
        ["2020/2/28", "2020/2/29", "2020/3/2"],
        ["2020年2月28日", "2020年2月29日", "2020年3月2日"],
        ["2020-02-28T12:00:00Z", "2020-02-29T12:00:00Z", "2020-03-02T12:00:00Z"],
        ["20200228T120000", "20200229T120000", "20200302T120000"],
        ["2020059", "2020060", "2020062"],
        ["MOD11A1.A2020059.h25v05.061.2020061123456", "A2020060.h25v05", "A2020062"],
        ["LST_2020_059", "LST_2020_060", "LST_2020_062"],
        ["2020-059", "2020-060", "2020-062"],
        ["LST_doy2020059000000_aid0001", "LST_doy2020060000000_aid0001", "LST_doy2020062000000_aid0001"],
    ],
)
def test_dates_come_from_the_descriptions(tmp_path, descriptions):
    stack = read_stack(write(tmp_path / "a.tif", descriptions))
    assert stack.days == (date(2020, 2, 28), date(2020, 2, 29), date(2020, 3, 2))


@pytest.mark.parametrize(
    ("units", "offsets"),
    [
        ("days since 2020-01-01", ["58", "59", "61"]),
        ("hours since 2020-01-01 12:00:00", ["1392", "1416", "1464"]),
        ("seconds since 1970-1-1", ["1582848000", "1582934400", "1583107200"]),
    ],
)
def test_dates_come_from_the_time_axis_of_netcdf(tmp_path, units, offsets):
    path = str(tmp_path / "a.nc")
    memory = gdal.GetDriverByName("MEM").Create("", 2, 2, 3, gdal.GDT_Float32)
    memory.SetGeoTransform(GRID.geotransform)
    memory.SetProjection(GRID.crs_wkt)
    memory.SetMetadata(
        {
            "NETCDF_DIM_EXTRA": "{time}",
            "NETCDF_DIM_time_DEF": "{3,6}",
            "NETCDF_DIM_time_VALUES": f"{{{','.join(offsets)}}}",
            "time#units": units,
            "time#calendar": "standard",
        }
    )
    for number, offset in enumerate(offsets, start=1):
        memory.GetRasterBand(number).SetMetadataItem("NETCDF_DIM_time", offset)
    if gdal.GetDriverByName("netCDF") is None:
        pytest.skip("this GDAL has no netCDF driver")
    gdal.GetDriverByName("netCDF").CreateCopy(path, memory)
    stack = read_stack(RasterSource(path, "mine"))
    assert stack.days == (date(2020, 2, 28), date(2020, 2, 29), date(2020, 3, 2))


def test_dates_of_other_centuries_come_from_the_descriptions(tmp_path):
    names = ["1899-12-31", "1900-01-01", "2101-01-01"]
    assert read_stack(write(tmp_path / "a.tif", names)).days == tuple(map(date.fromisoformat, names))


def test_dates_come_from_the_time_axis_as_a_whole(tmp_path):
    items = {"time#units": "days since 2020-01-01", "NETCDF_DIM_time_VALUES": "{58,59,61}"}
    stack = read_stack(write(tmp_path / "a.tif", ["", "", ""], items))
    assert stack.days == (date(2020, 2, 28), date(2020, 2, 29), date(2020, 3, 2))


def test_a_calendar_without_leap_days_is_read_as_it_is(tmp_path):
    items = {"time#units": "days since 1970-01-01", "time#calendar": "noleap"}
    source = write(tmp_path / "a.tif", ["", "", ""], items, {"NETCDF_DIM_time": ["12467", "12468", "12469"]})
    days = (date(2004, 2, 27), date(2004, 2, 28), date(2004, 3, 1))
    assert read_stack(source).days == read_stack(source, days[0]).days == days


def test_a_start_date_keeps_the_steps_of_the_file(tmp_path):
    source = write(tmp_path / "a.tif", ["2001-01-01", "2001-01-02", "2001-01-05"])
    assert read_stack(source, date(2020, 2, 28)).days == (date(2020, 2, 28), date(2020, 2, 29), date(2020, 3, 3))
    # Three times the day on which they were made: they tell no steps.
    source = write(tmp_path / "b.tif", ["made 2001-01-01"] * 3)
    assert read_stack(source, date(2020, 2, 28)).days == (date(2020, 2, 28), date(2020, 2, 29), date(2020, 3, 1))


def test_dates_come_from_start_date(tmp_path):
    source = write(tmp_path / "a.tif", ["2001-01-01", "", ""])
    days = (date(2020, 2, 28), date(2020, 2, 29), date(2020, 3, 1))
    assert read_stack(source, date(2020, 2, 28)).days == days


@pytest.mark.parametrize(
    ("descriptions", "items"),
    [
        (["", "", ""], {}),
        (["2020-02-28", "", "2020-03-01"], {}),
        (["2020-02-28", "2020-02-30", "2020-03-01"], {}),
        (["1202002281", "1202002291", "1202003011"], {}),
        # No day of the year; two days each; two ways to read a name.
        (["2013_100m", "2014_100m", "2015_100m"], {}),
        (["2020-02-28 to 2020-02-29", "2020-02-29 to 2020-03-01", "2020-03-01 to 2020-03-02"], {}),
        (["20200228 2020001", "20200229 2020002", "20200301 2020003"], {}),
        (["28-02-2020", "29-02-2020", "01-03-2020"], {}),
        (["", "", ""], {"time#units": "days since 2020-01-01", "time#calendar": "360_day"}),
        (["", "", ""], {"time#units": "months since 2020-01-01"}),
    ],
)
def test_without_dates_the_error_says_what_to_supply(tmp_path, descriptions, items):
    source = write(tmp_path / "a.tif", descriptions, items, {"NETCDF_DIM_time": ["0", "1", "2"]})
    with pytest.raises(InputError, match="'mine'") as error:
        read_stack(source)
    assert all(words in str(error.value) for words in ("band descriptions as YYYY-MM-DD", "NetCDF"))
    assert "START_DATE" in str(error.value) or "the day of its" in str(error.value)


@pytest.mark.parametrize("third", ["2020-02-28", "2020-02-29"])
def test_days_out_of_order_are_refused(tmp_path, third):
    with pytest.raises(InputError, match=rf"Band 3 of 'mine' is of {third} and follows 2020-02-29"):
        read_stack(write(tmp_path / "a.tif", ["2020-02-28", "2020-02-29", third]))


def test_kelvin_is_refused_and_celsius_is_not(tmp_path, stack_path):
    temperature_stack(read_stack(RasterSource(stack_path, "stack")))
    temperature_stack(read_stack(write(tmp_path / "a.tif", ["2020-02-28"], level=-40)))
    with pytest.raises(InputError, match="2020-02-28 of 'mine' has the median 250, which is kelvin"):
        temperature_stack(read_stack(write(tmp_path / "b.tif", ["2020-02-28"], level=250)))
