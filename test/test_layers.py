"""What QGIS makes of an input and what only QGIS knows of it, against the same values from a plain GeoTIFF."""

import re
import zipfile

import numpy as np
import pytest

gdal = pytest.importorskip("osgeo.gdal")
pytest.importorskip("qgis.core")

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterLayer,
    QgsRasterRange,
    QgsVectorLayer,
)

DAYS = 365
CELLS = {"corner": (80.0, 38.0), "cell": (0.01, -0.01)}
SHAPE = (3, 4)
GST = (
    -10 * np.cos(2 * np.pi * np.arange(DAYS) / 365)[:, np.newaxis, np.newaxis] - 2 + np.arange(12).reshape(SHAPE) / 10
).astype(np.float32)


@pytest.fixture
def netcdf(tmp_path):
    """Return the function that writes variables as a NetCDF file, as climate models do."""
    scipy_io = pytest.importorskip("scipy.io")
    if gdal.GetDriverByName("netCDF") is None:
        pytest.skip("this GDAL has no netCDF driver")

    def netcdf(name, *variables):
        path = str(tmp_path / f"{name}.nc")
        with scipy_io.netcdf_file(path, "w") as file:
            axes = {
                "time": (np.arange(DAYS), "days since 2005-01-01"),
                "lat": (37.995 - 0.01 * np.arange(SHAPE[0]), "degrees_north"),
                "lon": (80.005 + 0.01 * np.arange(SHAPE[1]), "degrees_east"),
            }
            for axis, (values, unit) in axes.items():
                file.createDimension(axis, len(values))
                variable = file.createVariable(axis, "d", (axis,))
                variable[:] = values
                variable.units = unit
            for number, variable in enumerate(variables):
                file.createVariable(variable, "f", ("time", "lat", "lon"))[:] = GST + 100 * number
            file.Conventions = "CF-1.6"
        return path

    return netcdf


@pytest.fixture
def described(make_raster):
    """Return the path of the series as a GeoTIFF that tells its days."""
    path = make_raster("gst", GST, **CELLS)
    dataset = gdal.Open(path, gdal.GA_Update)
    for band, day in enumerate(np.datetime64("2005-01-01") + np.arange(DAYS), start=1):
        dataset.GetRasterBand(band).SetDescription(str(day))
    del dataset
    return path


def zipped(path, folder):
    archive = folder / "archive.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.write(path, "gst.tif")
    return str(archive)


def read(path):
    return gdal.Open(str(path)).ReadAsArray()


WAYS = {
    "NetCDF": lambda nc, tif, folder: nc("plain", "gst"),
    "NetCDF by its provider": lambda nc, tif, folder: "gdal://" + nc("plain", "gst"),
    "subdataset": lambda nc, tif, folder: f'NETCDF:"{nc("two", "gst", "other")}":gst',
    "table that QGIS made of a NetCDF": lambda nc, tif, folder: QgsVectorLayer(nc("plain", "gst"), "plain", "ogr"),
    "VRT": lambda nc, tif, folder: gdal.Translate(str(folder / "a.vrt"), tif, format="VRT").GetDescription(),
    "zip": lambda nc, tif, folder: zipped(tif, folder),
    "file in a zip": lambda nc, tif, folder: f"/vsizip/{zipped(tif, folder)}/gst.tif",
    "open option": lambda nc, tif, folder: f"{tif}|option:NUM_THREADS=2",
    "layer": lambda nc, tif, folder: QgsRasterLayer(tif, "gst"),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_list_of_rasters_takes_whatever_gdal_reads(run, netcdf, described, tmp_path, way):
    value = WAYS[way](netcdf, described, tmp_path)
    for given in (value, [value]):
        done = run("degreedays", {"GST": given, "DDT": tmp_path / "ddt.tif", "DDF": tmp_path / "ddf.tif"})
        assert done.ok, done.errors
        np.testing.assert_allclose(read(tmp_path / "ddt.tif"), np.maximum(GST, 0).sum(axis=0), rtol=1e-5)
        np.testing.assert_allclose(read(tmp_path / "ddf.tif"), -np.minimum(GST, 0).sum(axis=0), rtol=1e-5)


@pytest.mark.parametrize("by", ["id", "name"])
def test_a_list_of_rasters_takes_layers_of_the_project(provider, described, tmp_path, by):
    layer = QgsRasterLayer(described, "daily ground")
    project = QgsProject()
    project.addMapLayer(layer)
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback()
    context.setProject(project)
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("permafrost:degreedays")
    parameters = {"GST": [getattr(layer, by)()], "DDT": str(tmp_path / "ddt.tif")}
    assert algorithm.checkParameterValues(parameters, context) == (True, "")
    _, ok = algorithm.run(parameters, context, feedback)
    assert ok, feedback.textLog()
    np.testing.assert_allclose(read(tmp_path / "ddt.tif"), np.maximum(GST, 0).sum(axis=0), rtol=1e-5)
    # It is the user's layer, not one of the run.
    assert project.mapLayer(layer.id()) is not None


@pytest.mark.usefixtures("provider")
def test_a_raster_may_vanish_while_it_is_checked(tmp_path):
    """QGIS' own check then says so: nothing is raised."""
    from permafrost_mapper.algorithms.parameters import with_layers

    algorithm = QgsApplication.processingRegistry().createAlgorithmById("permafrost:ttop")
    parameters = {"DDT": str(tmp_path / "vanished.tif")}
    assert with_layers(parameters, algorithm._declared.values(), QgsProcessingContext()) == parameters


def test_a_file_of_several_rasters_is_refused_with_what_to_do(run, netcdf, tmp_path):
    done = run("degreedays", {"GST": [netcdf("two", "gst", "other")], "DDT": tmp_path / "ddt.tif"})
    assert not done.ok
    assert re.search("two.* container with 2 subdatasets.*choose one of its subdatasets", done.errors[0])


@pytest.mark.parametrize("kind", ["subdataset", "file in a zip"])
def test_a_single_raster_takes_what_qgis_does_not_open(run, netcdf, make_raster, tmp_path, kind):
    if kind == "subdataset":
        value = f'NETCDF:"{netcdf("two", "gst", "other")}":other'
    else:
        warm = make_raster("gst", GST + 100, **CELLS)
        value = f"/vsizip/{zipped(warm, tmp_path)}/gst.tif"
    done = run("ttop", {"DDT": value, "DDF": value, "RK_VALUE": 0.5, "OUTPUT": tmp_path / "ttop.tif"})
    assert done.ok, done.errors
    np.testing.assert_allclose(read(tmp_path / "ttop.tif"), -0.5 * (GST + 100) / 365, rtol=1e-5)


# What only QGIS knows ------------------------------------------------------------------------------------

DEGREES = np.random.default_rng(1).uniform(500, 1500, (20, 30)).astype(np.float32)


@pytest.mark.parametrize("stated", [None, 32644], ids=["none in the file", "a wrong one in the file"])
def test_the_crs_that_was_set_in_qgis_holds(run, make_raster, tmp_path, stated):
    fine, finer = np.kron(DEGREES, np.ones((2, 2), np.float32)) + 700, {"corner": (80.0, 38.0), "cell": (0.005, -0.005)}
    ddf = QgsRasterLayer(make_raster("ddf", fine, **finer, crs=stated), "ddf")
    ddf.setCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    good, right = make_raster("good", DEGREES, **CELLS), make_raster("right", fine, **finer)
    values = {"DDT": good, "RK_VALUE": 0.8}
    assert run("ttop", {**values, "DDF": right, "OUTPUT": tmp_path / "expected.tif"}).ok
    done = run("ttop", {**values, "DDF": ddf, "OUTPUT": tmp_path / "ttop.tif"})
    assert done.ok, done.errors
    np.testing.assert_array_equal(read(tmp_path / "ttop.tif"), read(tmp_path / "expected.tif"))
    # The command that repeats the run cannot say it, so the log and the metadata do.
    assert re.search(r"'ddf' was read with settings of its layer in QGIS.*CRS EPSG:4326", done.log)
    parameters = gdal.Open(str(tmp_path / "ttop.tif")).GetMetadataItem("PERMAFROST_PARAMETERS")
    assert "settings of the layer in QGIS: CRS EPSG:4326" in parameters


def test_areas_follow_the_crs_that_was_set_in_qgis(run, make_raster):
    classes = np.ones((20, 20), np.uint8)
    layer = QgsRasterLayer(make_raster("nocrs", classes, **CELLS, crs=None), "nocrs")
    layer.setCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    expected = run("areastatistics", {"MAP": make_raster("crs", classes, **CELLS)}).results["TOTAL_KM2"]
    done = run("areastatistics", {"MAP": layer})
    assert done.ok, done.errors
    assert done.results["TOTAL_KM2"] == expected == pytest.approx(390.49, abs=0.01)


@pytest.mark.parametrize(
    ("bounds", "kept"),
    [
        (QgsRasterRange.BoundsType.IncludeMinAndMax, []),
        (QgsRasterRange.BoundsType.IncludeMin, [9.0]),
        (QgsRasterRange.BoundsType.IncludeMax, [7.0]),
        (QgsRasterRange.BoundsType.Exclusive, [7.0, 9.0]),
    ],
)
def test_ranges_of_nodata_with_and_without_their_ends(make_raster, provider, bounds, kept):
    from permafrost_mapper.algorithms.layers import raster_source

    layer = QgsRasterLayer(make_raster("a", DEGREES), "a")
    layer.dataProvider().setUserNoDataValue(1, [QgsRasterRange(7, 9, bounds)])
    ((low, high),) = raster_source(layer, "").extra_nodata
    assert [value for value in (7.0, 8.0, 9.0) if not low <= value <= high] == kept


def test_further_nodata_of_a_layer_holds_and_a_tag_that_is_switched_off_does_not(run, make_raster, tmp_path):
    """DDF is -99 in a part without tag, and 900 is tagged although it is a value."""
    ddf = DEGREES.copy()
    ddf[:, 15:], ddf[3, 4] = -99, 900
    layer = QgsRasterLayer(make_raster("fill", ddf, **CELLS, nodata=900), "fill")
    layer.dataProvider().setUserNoDataValue(1, [QgsRasterRange(-99, -99)])
    layer.dataProvider().setUseSourceNoDataValue(1, False)
    parameters = {"DDT": make_raster("good", DEGREES, **CELLS), "RK_VALUE": 0.8, "OUTPUT": tmp_path / "ttop.tif"}
    done = run("ttop", {**parameters, "DDF": layer})
    assert done.ok, done.errors
    balance = 0.8 * DEGREES - ddf
    expected = np.where(balance <= 0, balance, balance / 0.8) / 365
    found = read(tmp_path / "ttop.tif")
    np.testing.assert_allclose(found[:, :15], expected[:, :15], rtol=1e-4)
    assert (found[:, 15:] == -9999).all()
    said = "'fill' was read with settings of its layer in QGIS.*no value at -99; the nodata value of the file is a"
    assert re.search(said, done.log)


def test_nothing_is_handed_on_that_the_file_says_itself(make_raster, provider):
    from permafrost_mapper.algorithms.layers import raster_source
    from permafrost_mapper.raster.read.rasters import RasterSource

    path = make_raster("a", DEGREES, nodata=-9999, crs=2263)
    assert raster_source(QgsRasterLayer(path, "a"), "") == RasterSource(path, "a")


def test_open_options_are_handed_on_and_repeated(run, make_raster, tmp_path):
    from permafrost_mapper.algorithms.layers import raster_source

    path = make_raster("a", DEGREES, **CELLS)
    layer = QgsRasterLayer(f"{path}|option:NUM_THREADS=2|option:SPARSE_OK=YES", "a")
    source = raster_source(layer, "")
    assert (source.path, source.open_options) == (path, ("NUM_THREADS=2", "SPARSE_OK=YES"))
    output = {"RK_VALUE": 0.8, "OUTPUT": tmp_path / "ttop.tif"}
    done = run("ttop", {"DDT": layer, "DDF": path, **output})
    assert done.ok, done.errors
    repeat = re.search(r"'DDT=(\S+\|option:NUM_THREADS=2\|option:SPARSE_OK=YES)'", done.log)
    assert repeat, done.log
    assert run("ttop", {"DDT": repeat[1], "DDF": path, **output}).ok


def test_filter_and_crs_of_a_vector_layer_hold(run, make_raster, tmp_path):
    """Two districts in a file without CRS, of which the layer shows one."""
    import json

    square = [[80.05, 37.9], [80.15, 37.9], [80.15, 38.0], [80.05, 38.0], [80.05, 37.9]]
    other = [[x + 0.1, y] for x, y in square]
    features = [
        {"type": "Feature", "properties": {"name": name}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
        for name, ring in (("east", other), ("west", square))
    ]
    path = tmp_path / "districts.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    layer = QgsVectorLayer(str(path), "districts", "ogr")
    layer.setCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    assert layer.setSubsetString("name = 'west'")
    classes = make_raster("map", np.ones((20, 30), np.uint8), **CELLS)
    table = tmp_path / "areas.csv"
    done = run("areastatistics", {"MAP": classes, "ZONES": layer, "ZONE_FIELD": "name", "TABLE": table})
    assert done.ok, done.errors
    text = table.read_text()
    assert "west" in text
    assert "east" not in text


def test_a_crs_whose_thread_has_ended_is_told_all_the_same(qgis_app):
    """QGIS shares CRSs: one that was first made in a thread of a task is empty in all layers once that has ended."""
    from threading import Event, Thread

    from osgeo import osr
    from permafrost_mapper.algorithms.layers import crs_wkt
    from permafrost_mapper.raster.grid.gdal_io import spatial_reference
    from qgis.core import QgsCoordinateReferenceSystem

    reference = osr.SpatialReference()
    reference.ImportFromEPSG(32719)
    wkt = reference.ExportToWkt()
    made, shared = Event(), Event()

    def task():
        QgsCoordinateReferenceSystem.fromWkt(wkt)
        made.set()
        shared.wait()

    thread = Thread(target=task)
    thread.start()
    made.wait()
    crs = QgsCoordinateReferenceSystem.fromWkt(wkt)
    shared.set()
    thread.join()
    assert crs.isValid()
    assert spatial_reference(crs_wkt(crs)).IsSame(spatial_reference(wkt))
    assert crs_wkt(QgsCoordinateReferenceSystem()) == ""
