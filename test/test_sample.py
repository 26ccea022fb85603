"""The shipped files of the sample basin, and the truth that is simulated on them."""

import json

import numpy as np
import pytest
from permafrost_mapper.core.about import RESOURCES
from permafrost_mapper.core.classes import OUTSIDE, PERMAFROST, SEASONAL_FROST
from permafrost_mapper.core.permafrost.rk import class_cells, classes_to_r_k, shipped_table, unknown_classes
from permafrost_mapper.core.permafrost.ttop import ttop
from permafrost_mapper.core.simulate.sample import SURVEY_REGIONS, SampleSettings, simulate_basin

gdal = pytest.importorskip("osgeo.gdal")
ogr = pytest.importorskip("osgeo.ogr")
osr = pytest.importorskip("osgeo.osr")

SAMPLE = RESOURCES / "sample"
LONGITUDE = 73.525 + 0.05 * np.arange(408)
LATITUDE = (43.575 - 0.05 * np.arange(186))[:, np.newaxis]


def raster(name):
    return gdal.Open(str(SAMPLE / name))


def features(name):
    return json.loads((SAMPLE / f"{name}.geojson").read_text(encoding="utf-8"))["features"]


def geometries(name):
    return [ogr.CreateGeometryFromJson(json.dumps(feature["geometry"])) for feature in features(name)]


def burnt(name):
    """Cells whose centre lies in the polygons."""
    target = gdal.GetDriverByName("MEM").CreateCopy("", raster("landcover_igbp.tif"))
    target.GetRasterBand(1).Fill(0)
    source = ogr.Open(str(SAMPLE / f"{name}.geojson"))
    gdal.RasterizeLayer(target, [1], source.GetLayer(), burn_values=[1])
    return target.ReadAsArray() == 1


@pytest.fixture(scope="module")
def elevation():
    return raster("elevation.tif").ReadAsArray().astype(float)


@pytest.fixture(scope="module")
def landcover():
    return raster("landcover_igbp.tif").ReadAsArray()


@pytest.fixture(scope="module")
def r_k(landcover):
    return classes_to_r_k(landcover, shipped_table("modis_igbp"))


@pytest.fixture(scope="module")
def basin(elevation, r_k):
    return simulate_basin(elevation, r_k, LONGITUDE, LATITUDE)


@pytest.mark.parametrize(
    ("name", "nodata", "unit", "kind"),
    [("elevation.tif", -32768, "m", "Int16"), ("landcover_igbp.tif", 255, "", "Byte")],
)
def test_rasters_lie_on_the_grid_and_say_what_they_are(name, nodata, unit, kind):
    dataset = raster(name)
    band = dataset.GetRasterBand(1)
    assert (dataset.RasterXSize, dataset.RasterYSize) == (408, 186)
    np.testing.assert_allclose(dataset.GetGeoTransform(), (73.5, 0.05, 0, 43.6, 0, -0.05), atol=1e-9)
    assert dataset.GetSpatialRef().GetAuthorityCode(None) == "4326"
    assert (band.GetNoDataValue(), band.GetUnitType()) == (nodata, unit)
    assert gdal.GetDataTypeName(band.DataType) == kind
    assert band.GetDescription()
    assert not (band.ReadAsArray() == nodata).any()


def test_the_terrain_is_the_right_way_up(elevation):
    def at(longitude, latitude):
        return elevation[int((43.6 - latitude) / 0.05), int((longitude - 73.5) / 0.05)]

    assert at(90.5, 40.3) < 900  # Lop Nor
    assert at(89.3, 42.7) < 200  # Turpan
    assert at(80.2, 42.1) > 4000  # Pobeda, Khan Tengri
    assert at(80.0, 35.2) > 4500  # Aksai Chin


def test_every_class_is_in_the_shipped_r_k_table(landcover):
    assert unknown_classes(class_cells(landcover, no_class=255), shipped_table("modis_igbp")) == {}


def test_everything_together_is_small():
    assert sum(path.stat().st_size for path in SAMPLE.iterdir()) < 1_000_000


def test_every_layer_names_its_origin():
    made_up = {"districts", "survey_regions"}
    for name in {"basin", "glaciers", "lakes"} | made_up:
        origins = {feature["properties"]["origin"] for feature in features(name)}
        assert len(origins) == 1
        assert ("made up" in origins) == (name in made_up)
        assert f"`{name}.geojson`" in (SAMPLE / "SOURCES.md").read_text(encoding="utf-8")


def test_polygons_are_valid_and_inside_the_box():
    for name in ("basin", "glaciers", "lakes", "districts", "survey_regions"):
        for geometry in geometries(name):
            assert geometry.IsValid()
            west, east, south, north = geometry.GetEnvelope()
            assert west >= 73.5 - 1e-9
            assert east <= 93.9 + 1e-9
            assert south >= 34.3 - 1e-9
            assert north <= 43.6 + 1e-9


def test_glaciers_and_lakes_are_the_cells_of_their_class(landcover):
    np.testing.assert_array_equal(burnt("glaciers"), landcover == 15)
    np.testing.assert_array_equal(burnt("lakes"), landcover == 0)


def test_the_basin_is_one_polygon_of_the_stated_area():
    (outline,) = geometries("basin")
    assert outline.GetGeometryName() == "POLYGON"
    albers = osr.SpatialReference()
    albers.ImportFromProj4("+proj=aea +lat_1=36 +lat_2=42 +lat_0=39 +lon_0=84 +datum=WGS84")
    wgs84 = osr.SpatialReference()
    wgs84.ImportFromEPSG(4326)
    wgs84.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    outline.AssignSpatialReference(wgs84)
    outline.TransformTo(albers)
    assert outline.Area() / 1e6 == pytest.approx(1_094_136, rel=1e-3)


def test_districts_share_the_basin_out():
    (outline,) = geometries("basin")
    districts = geometries("districts")
    assert sum(district.Area() for district in districts) == pytest.approx(outline.Area(), rel=1e-3)
    assert len({feature["properties"]["name"] for feature in features("districts")}) == len(districts) == 5


def test_survey_regions_are_those_of_the_simulation():
    shipped = {
        f["properties"]["name"]: g.GetEnvelope()
        for f, g in zip(features("survey_regions"), geometries("survey_regions"))
    }
    assert shipped == {name: (west, east, south, north) for name, (west, south, east, north) in SURVEY_REGIONS.items()}


def test_degree_days_are_credible(basin, elevation):
    magst = (basin.ddt_true - basin.ddf_true) / 365
    assert basin.ddt_true.min() >= 0
    assert basin.ddf_true.min() >= 0
    floor = burnt("basin") & (elevation < 1300)
    assert 14 < magst[floor].mean() < 19
    plateau = burnt("basin") & (elevation > 5000)
    assert -8 < magst[plateau].mean() < -2


def test_permafrost_lies_in_the_mountains_and_nowhere_on_the_floor(basin, elevation):
    river_basin = burnt("basin")
    area = np.broadcast_to(np.cos(np.radians(LATITUDE)), elevation.shape)
    permafrost = basin.permafrost_true == PERMAFROST.value
    # The publication has 21 %.
    assert 0.20 < area[permafrost & river_basin].sum() / area[river_basin].sum() < 0.25
    assert elevation[permafrost].min() > 2500
    assert permafrost[(elevation > 5500) & (basin.permafrost_true != OUTSIDE)].mean() > 0.999
    in_the_south, in_the_north = river_basin & (LATITUDE < 36.5), river_basin & (LATITUDE > 41.5)
    assert 4300 < np.percentile(elevation[permafrost & in_the_south], 2) < 4900
    assert 3000 < np.percentile(elevation[permafrost & in_the_north], 2) < 4000


def test_truth_is_the_ttop_of_the_true_fields(basin, landcover):
    truth = ttop(basin.ddt_true, basin.ddf_true, basin.r_k_true)
    np.testing.assert_array_equal(basin.permafrost_true == PERMAFROST.value, truth <= 0)
    np.testing.assert_array_equal(basin.permafrost_true == SEASONAL_FROST.value, truth > 0)
    np.testing.assert_array_equal(basin.permafrost_true == OUTSIDE, np.isin(landcover, (0, 15)))


def test_observed_degree_days_are_off_by_a_smooth_bias_of_the_stated_size(basin):
    error = (basin.ddt_observed - basin.ddf_observed - basin.ddt_true + basin.ddf_true) / 365
    assert error.std() == pytest.approx(SampleSettings().gst_error_sd, rel=0.25)
    assert np.abs(np.diff(error, axis=0)).max() < 0.2
    assert np.abs(np.diff(error, axis=1)).max() < 0.2


def test_true_r_k_strays_from_the_table_by_the_stated_amount(basin, r_k):
    strayed = basin.r_k_true - r_k
    assert np.nanmean(strayed) == pytest.approx(0, abs=0.02)
    assert np.nanstd(strayed) == pytest.approx(SampleSettings().r_k_sd, rel=0.2)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_a_map_of_what_is_observed_agrees_with_the_survey_as_good_maps_do(elevation, r_k, seed):
    basin = simulate_basin(elevation, r_k, LONGITUDE, LATITUDE, seed=seed)
    surveyed = basin.survey != OUTSIDE
    mapped = ttop(basin.ddt_observed, basin.ddf_observed, r_k) <= 0
    agreement = mapped[surveyed] == (basin.survey[surveyed] == PERMAFROST.value)
    assert 0.88 < agreement.mean() < 0.97
    for west, _, east, _ in SURVEY_REGIONS.values():  # one is west of the other
        here = surveyed & (np.abs(LONGITUDE - (west + east) / 2) < (east - west) / 2)
        assert here.sum() > 2000
        assert 0.1 < (basin.survey[here] == PERMAFROST.value).mean() < 0.9
    assert 0.01 < (basin.survey != basin.permafrost_true)[surveyed].mean() < 0.06


def test_the_survey_without_errors_is_the_truth_in_its_regions(elevation, r_k):
    exact = SampleSettings(survey_error=0.0)
    basin = simulate_basin(elevation, r_k, LONGITUDE, LATITUDE, settings=exact)
    surveyed = basin.survey != OUTSIDE
    np.testing.assert_array_equal(basin.survey[surveyed], basin.permafrost_true[surveyed])
    burnt_regions = burnt("survey_regions") & (basin.permafrost_true != OUTSIDE)
    np.testing.assert_array_equal(surveyed, burnt_regions)


def test_a_part_of_the_basin_is_the_same_part_of_the_whole(basin, elevation, r_k):
    part = np.s_[120:140, 90:130]
    alone = simulate_basin(elevation[part], r_k[part], LONGITUDE[90:130], LATITUDE[120:140])
    for name in ("ddt_true", "ddf_observed", "r_k_true", "permafrost_true", "survey"):
        np.testing.assert_allclose(getattr(alone, name), getattr(basin, name)[part], rtol=1e-9, atol=1e-9)


def test_missing_elevation_stays_missing(elevation, r_k):
    part = np.s_[100:104, 100:104]
    holed = elevation[part].copy()
    holed[1, 2] = np.nan
    alone = simulate_basin(holed, r_k[part], LONGITUDE[100:104], LATITUDE[100:104])
    assert np.isnan(alone.ddt_observed[1, 2])
    assert alone.permafrost_true[1, 2] == OUTSIDE
    assert np.isfinite(alone.ddt_observed).sum() == 15
