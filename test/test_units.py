"""Rasters that are tagged with another unit than is needed, and temperatures in °F that nobody has tagged."""

from datetime import date

import numpy as np
import pytest
from permafrost_mapper.core.errors import InputError
from permafrost_mapper.core.units import REMEDIES, SHOWN, SPELLINGS, require_unit, unit_named

gdal = pytest.importorskip("osgeo.gdal")


@pytest.mark.parametrize(
    ("tag", "unit"),
    [
        *[("°C", "degC"), ("deg C", "degC"), ("Celsius", "degC"), ("degree_Celsius", "degC"), ("degrees C", "degC")],
        *[("K", "K"), ("kelvin", "K"), ("°F", "degF"), ("Fahrenheit", "degF"), ("degC d", "degC d")],
        *[("metre", "m"), ("m", "m"), ("US survey foot", "ft"), ("ft", "ft"), ("Feet", "ft"), ("ft-US", "ft")],
        *[("", ""), ("m/s", ""), ("degC per decade", ""), ("unknown", ""), ("1", "")],
    ],
)
def test_names_of_units(tag, unit):
    assert unit_named(tag) == unit


def test_every_unit_with_a_remedy_is_spelled():
    for needed, remedies in REMEDIES.items():
        assert {needed, *remedies} <= set(SPELLINGS)
        assert needed in SHOWN


def test_what_is_needed_or_unknown_passes():
    # (DDT - DDF) / 365 has that of its terms where a program keeps it.
    require_unit(["", "degC", "K", "degC d", "metre", "W m-2"], "degC", "lst")
    require_unit(["", "m", "metre"], "m", "dem")
    # The tag of a sum is often that of what was summed.
    require_unit(["degC", "degC d", "K"], "degC d", "ddt")


@pytest.mark.parametrize(
    ("tags", "needed", "said"),
    [
        (
            ["m", "ft"],
            "m",
            "'x' is tagged with the unit 'ft', and m is needed: multiply by 0.3048, or correct the unit",
        ),
        (["°F"], "degC", "'°F', and °C is needed: subtract 32 and divide by 1.8, or correct"),
        (["%"], "degC", "'%', and °C is needed: choose another raster, or correct"),
        (["degC"], "m", "'degC', and m is needed: choose another raster, or correct"),
        (["%"], "degC d", "'%', and °C d is needed: choose another raster, or correct"),
    ],
)
def test_another_unit_is_refused(tags, needed, said):
    with pytest.raises(InputError) as refused:
        require_unit(tags, needed, "x")
    assert said in str(refused.value)


# In the algorithms -----------------------------------------------------------------------------------

SHAPE = (6, 8)


@pytest.fixture
def tagged(make_raster):
    """Return the function that writes a raster whose bands have a unit."""

    def tagged(name, values, unit, days=()):
        path = make_raster(name, np.asarray(values, np.float32))
        dataset = gdal.Open(path, gdal.GA_Update)
        for number in range(1, dataset.RasterCount + 1):
            dataset.GetRasterBand(number).SetUnitType(unit)
            if days:
                dataset.GetRasterBand(number).SetDescription(str(days[number - 1]))
        return path

    return tagged


def days_of(month, values):
    noise = np.random.default_rng(1).normal(0, 1, (3, *SHAPE))
    return np.reshape(values, (3, 1, 1)) + noise, [date(2005, month, day) for day in (1, 2, 3)]


def test_an_elevation_in_feet(run, tagged, tmp_path):
    """Possible in metres, so a lapse rate was a third of what it is."""
    lst, days = days_of(1, [-10, -12, -8])
    lst[:, 2:4, 2:4] = np.nan
    feet = np.linspace(3000, 8000, 48).reshape(SHAPE)
    given = {"INPUT": tagged("lst", lst, "degC", days), "TREND": "fixed_lapse", "OUTPUT": tmp_path / "filled.tif"}
    refused = run("filllstgaps", {**given, "DEM": tagged("dem", feet, "US survey foot")})
    assert refused.errors == [
        "'dem' is tagged with the unit 'US survey foot', and m is needed: multiply by 0.3048, or correct the unit of "
        "its bands if the numbers are in m."
    ]
    assert not (tmp_path / "filled.tif").exists()
    done = run("filllstgaps", {**given, "DEM": tagged("dem_m", feet * 0.3048, "metre")})
    assert done.ok, done.errors


def test_temperatures_in_fahrenheit(run, tagged, tmp_path):
    """Tagged, they are told in any season, else on days that are too hot for degrees Celsius."""
    winter, days = days_of(1, [14, 10, 17])
    out = tmp_path / "filled.tif"
    refused = run("filllstgaps", {"INPUT": tagged("lst", winter, "degF", days), "TREND": "none", "OUTPUT": out})
    assert "'lst' is tagged with the unit 'degF', and °C is needed: subtract 32" in refused.errors[0]
    summer, days = days_of(7, [60, 75, 95])
    refused = run("filllstgaps", {"INPUT": tagged("hot", summer, "", days), "TREND": "none", "OUTPUT": out})
    assert refused.errors[0].startswith("The band of 2005-07-03 of 'hot' has the median 9")
    assert "no land surface is that hot in °C, so it seems to be in °F: subtract 32" in refused.errors[0]
    # A desert at its record.
    desert, days = days_of(7, [75, 77, 79])
    assert run("filllstgaps", {"INPUT": tagged("lut", desert, "", days), "TREND": "none", "OUTPUT": out}).ok


@pytest.mark.parametrize(
    ("algorithm", "name", "unit"),
    [("classify", "TTOP", "degF"), ("ttop", "DDT", "degF d"), ("ttop", "DDF", "%"), ("boreholes", "TTOP", "°F")],
)
def test_each_kind_of_input(run, tagged, tmp_path, algorithm, name, unit):
    rasters = {
        "TTOP": tagged("ttop", np.full(SHAPE, -1.5), unit if name == "TTOP" else "degC"),
        "DDT": tagged("ddt", np.full(SHAPE, 900), unit if name == "DDT" else "degC d"),
        "DDF": tagged("ddf", np.full(SHAPE, 1900), unit if name == "DDF" else "degC d"),
    }
    needed = {"classify": ["TTOP"], "ttop": ["DDT", "DDF"], "boreholes": ["TTOP"]}[algorithm]
    given = {one: rasters[one] for one in needed}
    rest = {"ttop": {"RK_VALUE": 0.8}, "classify": {}, "boreholes": {"BOREHOLES": _point(tmp_path), "MAGT": "magt"}}
    suffix = "gpkg" if algorithm == "boreholes" else "tif"
    refused = run(algorithm, {**given, **rest[algorithm], "OUTPUT": tmp_path / f"out.{suffix}"})
    assert not refused.ok
    assert f"is tagged with the unit '{unit}', and" in refused.errors[0]


def _point(tmp_path):
    path = tmp_path / "point.geojson"
    path.write_text(
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"magt": -1.0}, '
        '"geometry": {"type": "Point", "coordinates": [80.05, 39.95]}}]}',
        encoding="utf-8",
    )
    return path


# Granules ----------------------------------------------------------------------------------------------


def test_a_granule_names_its_rasters(run, real_data, tmp_path):
    """It cannot be opened as a layer, though its file is whole. Named, the raster is read in the K of its scale."""
    granule = sorted(real_data("modis_hdf").glob("MOD11A1.A2019305*.hdf"))[0]
    inside = f'HDF4_EOS:EOS_GRID:"{granule}":MODIS_Grid_Daily_1km_LST:LST_Day_1km'
    if gdal.GetDriverByName("HDF4") is None:
        pytest.skip("GDAL is built without HDF4")
    given = {"START_DATE": "2019-11-01", "OUTPUT": tmp_path / "sampled.html"}
    refused = run("fitvariogram", {**given, "INPUT": granule})
    assert refused.errors == [
        f"INPUT '{granule.name}' holds several rasters and none of its own: choose one of them, such as '{inside}'."
    ]
    done = run("fitvariogram", {"INPUT": inside, "START_DATE": "2019-11-01", "TREND": "none"})
    assert done.ok, done.errors
    assert done.results["SILL"] > 0
