"""Vector layers that are not what they seem: selected in part, without classes or geometries, in another encoding."""

import csv
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("qgis.core")
from osgeo import gdal, ogr, osr

MAP = np.array([[1, 1, 2, 2, 1, 2]] * 2, np.uint8)

# Of polygons of 2 x 2 cells, from west to east.
BOXES = [f"POLYGON(({x} 39.8, {x + 0.2:.1f} 39.8, {x + 0.2:.1f} 40, {x} 40, {x} 39.8))" for x in (80.0, 80.2, 80.4)]


@pytest.fixture
def permafrost_map(make_raster):
    return make_raster("map", MAP)


@pytest.fixture
def in_memory(qgis_app):
    """Return the function that makes a layer in memory of geometries with a text each."""
    from qgis.core import QgsFeature, QgsGeometry, QgsVectorLayer

    def in_memory(geometries, values, kind="Polygon", field="state:string"):
        layer = QgsVectorLayer(f"{kind}?crs=EPSG:4326&field={field}", "drawn", "memory")
        for geometry, value in zip(geometries, values):
            feature = QgsFeature(layer.fields())
            feature.setGeometry(QgsGeometry.fromWkt(geometry))
            feature.setAttributes([value])
            layer.dataProvider().addFeatures([feature])
        return layer

    return in_memory


def shapefile(folder, names, encoding, field="name"):
    """Write polygons with names, and no file that says their encoding."""
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(4326)
    path = folder / "regions.shp"
    # QGIS sets it to nothing, so that GDAL leaves all texts as they are.
    before = gdal.GetConfigOption("SHAPE_ENCODING")
    gdal.SetConfigOption("SHAPE_ENCODING", None)
    dataset = ogr.GetDriverByName("ESRI Shapefile").CreateDataSource(str(path))
    layer = dataset.CreateLayer("regions", reference, ogr.wkbPolygon, [f"ENCODING={encoding}"])
    layer.CreateField(ogr.FieldDefn(field, ogr.OFTString))
    for box, name in zip(BOXES, names):
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetGeometry(ogr.CreateGeometryFromWkt(box))
        feature.SetField(0, name)
        layer.CreateFeature(feature)
    layer = dataset = None
    gdal.SetConfigOption("SHAPE_ENCODING", before)
    (folder / "regions.cpg").unlink(missing_ok=True)
    return str(path)


def test_polygons_without_a_class_are_counted(run, permafrost_map, in_memory):
    """They are not compared, which nothing said."""
    drawn = in_memory(BOXES, ["1", "", None])
    done = run("accuracy", {"MAP": permafrost_map, "REFERENCE": drawn, "REFERENCE_FIELD": "state", "BLOCK_SIZE": 0})
    assert done.ok, done.errors
    assert done.results["N"] == 4
    assert "Without a value in field 'state' are 2 of the 3 features of 'drawn', which are not compared." in done.log
    whole = in_memory(BOXES, ["1", "2", "1"])
    done = run("accuracy", {"MAP": permafrost_map, "REFERENCE": whole, "REFERENCE_FIELD": "state", "BLOCK_SIZE": 0})
    assert "Without a value" not in done.log


def test_districts_without_a_name_are_counted(run, permafrost_map, in_memory):
    drawn = in_memory(BOXES, ["north", None, ""])
    told = "Without a name in field 'state' are 2 of the 3 features of 'drawn'"
    assert told in run("areastatistics", {"MAP": permafrost_map, "ZONES": drawn, "ZONE_FIELD": "state"}).log
    given = {"MAP": permafrost_map, "REFERENCE": permafrost_map, "BLOCK_SIZE": 0}
    assert told in run("accuracy", {**given, "REGIONS": drawn, "REGION_FIELD": "state"}).log


def test_a_selection_does_not_count(run, permafrost_map, in_memory):
    """All features are used, as by QGIS' own algorithms without the option for that, and the log says so."""
    from qgis.core import QgsProcessingFeatureSourceDefinition, QgsProject

    drawn = in_memory(BOXES, ["1", "2", "1"])
    given = {"MAP": permafrost_map, "REFERENCE": drawn, "REFERENCE_FIELD": "state", "BLOCK_SIZE": 0}
    assert "selected" not in run("accuracy", given).log
    drawn.selectByIds([1])
    done = run("accuracy", given)
    assert done.results["N"] == 12
    assert "All 3 features of 'drawn' are used, not only the selected ones (1)" in done.log
    QgsProject.instance().addMapLayer(drawn)
    for name, algorithm in (("REFERENCE", "accuracy"), ("REGIONS", "accuracy"), ("BOREHOLES", "boreholes")):
        refused = run(algorithm, {**given, name: QgsProcessingFeatureSourceDefinition(drawn.id(), True)})
        assert refused.errors == [
            f"{name} is given as the selected features of a layer, and whole layers are read here: save the selected "
            "features as a layer, and choose that one."
        ]
    QgsProject.instance().removeMapLayer(drawn)


def test_points_in_memory(run, permafrost_map, in_memory):
    points = in_memory(["POINT(80.05 39.95)", "POINT(80.25 39.95)"], [-1.0, 1.0], "Point", "magt:double")
    done = run("boreholes", {"MAP": permafrost_map, "BOREHOLES": points, "MAGT": "magt", "OUTPUT": "memory:"})
    assert done.ok, done.errors
    assert [done.results[name] for name in ("N", "TP", "TN")] == [2, 1, 1]


@pytest.mark.parametrize("name", ["BOREHOLES", "REGIONS"])
def test_a_table_is_no_layer(run, permafrost_map, tmp_path, name):
    path = tmp_path / "bores.csv"
    path.write_text("lon,lat,magt\n80.05,39.95,-1\n", encoding="utf-8")
    given = {"MAP": permafrost_map, "REFERENCE": permafrost_map, name: path, "MAGT": "magt"}
    refused = run("boreholes" if name == "BOREHOLES" else "accuracy", given)
    assert refused.errors == [
        "'bores' is a table without geometries: make a layer of its columns of coordinates by 'Create points layer "
        "from table', and choose that one."
    ]


CHINESE = ["连续多年冻土", "季节冻土", "湖泊"]


def test_texts_in_another_encoding_are_refused(run, permafrost_map, tmp_path):
    """Names of the same length became the same name."""
    path = shapefile(tmp_path, CHINESE, "GBK")
    given = {"MAP": permafrost_map, "ZONES": path, "ZONE_FIELD": "name", "TABLE": tmp_path / "areas.csv"}
    refused = run("areastatistics", given)
    assert refused.errors == [
        "Layer 'regions' holds texts in another encoding than QGIS takes it to have, which seems to be GBK: choose "
        "that in the properties of the layer, or write its name into the file 'regions.cpg'."
    ]
    assert not (tmp_path / "areas.csv").exists()
    Path(path).with_suffix(".cpg").write_text("GBK", encoding="ascii")
    done = run("areastatistics", given)
    assert done.ok, done.errors
    with open(tmp_path / "areas.csv", encoding="utf-8", newline="") as file:
        assert {row["district"] for row in csv.DictReader(file)} >= set(CHINESE)


def test_a_field_in_another_encoding_is_refused(run, permafrost_map, tmp_path):
    path = shapefile(tmp_path, ["a", "b", "c"], "GBK", "类型")
    refused = run("accuracy", {"MAP": permafrost_map, "REFERENCE": path, "REFERENCE_FIELD": "类型"})
    assert "Layer 'regions' holds texts in another encoding" in refused.errors[0]


def test_texts_that_nobody_reads_may_be_in_any_encoding(run, make_raster, permafrost_map, tmp_path):
    """Outlines of glaciers by their geometry alone, as the RGI gives them out, and districts by another field."""
    path = shapefile(tmp_path, ["Ötztaler Ferner", "Gurgler Ferner", "Hüfifirn"], "ISO-8859-1")
    dataset = ogr.Open(path, True)
    layer = dataset.GetLayer()
    layer.CreateField(ogr.FieldDefn("id", ogr.OFTInteger))
    for feature in layer:
        feature["id"] = 10 + feature.GetFID()
        layer.SetFeature(feature)
    feature = layer = dataset = None
    Path(path).with_suffix(".cpg").unlink(missing_ok=True)
    ttop = make_raster("ttop", np.full((2, 9), -1.5, np.float32))
    done = run("classify", {"TTOP": ttop, "GLACIERS": path, "OUTPUT": tmp_path / "classes.tif"})
    assert done.ok, done.errors
    expected = [[3] * 6 + [1] * 3] * 2
    np.testing.assert_array_equal(gdal.Open(str(tmp_path / "classes.tif")).ReadAsArray(), expected)
    given = {"MAP": permafrost_map, "ZONES": path, "TABLE": tmp_path / "areas.csv"}
    done = run("areastatistics", {**given, "ZONE_FIELD": "id"})
    assert done.ok, done.errors
    with open(tmp_path / "areas.csv", encoding="utf-8", newline="") as file:
        assert {row["district"] for row in csv.DictReader(file)} >= {"10", "11", "12"}
    assert "holds texts in another encoding" in run("areastatistics", {**given, "ZONE_FIELD": "name"}).errors[0]


def test_points_are_written_with_all_their_texts(run, permafrost_map, tmp_path):
    """So all have to be read in their encoding."""
    Path(tmp_path / "points").mkdir()
    before = gdal.GetConfigOption("SHAPE_ENCODING")
    gdal.SetConfigOption("SHAPE_ENCODING", None)
    path = str(tmp_path / "points" / "bores.shp")
    dataset = ogr.GetDriverByName("ESRI Shapefile").CreateDataSource(path)
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(4326)
    layer = dataset.CreateLayer("bores", reference, ogr.wkbPoint, ["ENCODING=GBK"])
    layer.CreateField(ogr.FieldDefn("name", ogr.OFTString))
    layer.CreateField(ogr.FieldDefn("magt", ogr.OFTReal))
    feature = ogr.Feature(layer.GetLayerDefn())
    feature.SetGeometry(ogr.CreateGeometryFromWkt("POINT(80.05 39.95)"))
    feature["name"], feature["magt"] = "昆仑山", -1.0
    layer.CreateFeature(feature)
    feature = layer = dataset = None
    gdal.SetConfigOption("SHAPE_ENCODING", before)
    Path(path).with_suffix(".cpg").unlink(missing_ok=True)
    out = tmp_path / "compared.gpkg"
    refused = run("boreholes", {"MAP": permafrost_map, "BOREHOLES": path, "MAGT": "magt", "OUTPUT": out})
    assert "Layer 'bores' holds texts in another encoding" in refused.errors[0]
    assert not out.exists()


def test_utf8_without_a_cpg_is_read(run, permafrost_map, tmp_path):
    """Also where a long name is cut in the middle of its last character."""
    cut = "多" * 85
    path = shapefile(tmp_path, [*CHINESE[:2], cut], "UTF-8")
    given = {"MAP": permafrost_map, "ZONES": path, "ZONE_FIELD": "name", "TABLE": tmp_path / "areas.csv"}
    content = Path(path).with_suffix(".dbf").read_bytes()
    assert "多".encode() * 20 in content
    done = run("areastatistics", given)
    assert done.ok, done.errors


@pytest.mark.parametrize(
    ("value", "written"), [(0.9999999, "0.9999999"), (0.5, "0.5"), (1371.666666, "1371.67"), (2.0000002, "2.0000002")]
)
def test_a_class_that_is_no_whole_number_is_quoted_as_it_is(run, make_raster, permafrost_map, value, written):
    wrong = make_raster("wrong", np.where(MAP == 1, value, 2).astype(np.float32))
    refused = run("accuracy", {"MAP": wrong, "REFERENCE": permafrost_map})
    assert refused.errors[0].startswith(f"Raster 'wrong' holds the value {written} where whole numbers"), refused.errors
    assert refused.errors[0].endswith("or round the numbers if they are classes.")


@pytest.mark.parametrize(("values", "listed"), [(MAP * 10, "'10', '20'"), (MAP + 2, "'3', '4'")])
def test_a_map_without_ground_has_no_probability(run, make_raster, tmp_path, values, listed):
    given = {
        "DDT": make_raster("ddt", np.full(MAP.shape, 900, np.float32)),
        "DDF": make_raster("ddf", np.full(MAP.shape, 1500, np.float32)),
        "MAP": make_raster("other", values.astype(np.uint8)),
    }
    out = tmp_path / "p.tif"
    refused = run("probability", {**given, "RK_VALUE": 0.8, "GST_ERROR": 0.5, "OUTPUT": out})
    assert refused.errors == [
        "MAP 'other' has no cell of the classes 1, permafrost, and 2, seasonally frozen ground, where DDT lies (it "
        f"holds {listed}): give a map from 'Permafrost map'."
    ]
    assert not out.exists()
