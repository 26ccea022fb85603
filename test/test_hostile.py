"""Inputs that are whole and mean harm or nothing: empty geometries, endless numbers, models nobody fitted."""

import json

import numpy as np
import pytest

pytest.importorskip("qgis.core")
gdal = pytest.importorskip("osgeo.gdal")

SQUARE = [[80.5, 39.5], [81.5, 39.5], [81.5, 38.5], [80.5, 38.5], [80.5, 39.5]]


def layer(path, *geometries):
    features = [{"type": "Feature", "properties": {"n": i}, "geometry": g} for i, g in enumerate(geometries)]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return str(path)


WHOLE = {"type": "Polygon", "coordinates": [SQUARE]}
EMPTY = {
    "polygon": {"type": "Polygon", "coordinates": []},
    "ring": {"type": "Polygon", "coordinates": [[]]},
    "multipolygon": {"type": "MultiPolygon", "coordinates": []},
    "empty part": {"type": "MultiPolygon", "coordinates": [[[]]]},
    "null": None,
}


@pytest.fixture
def scenes(make_raster, tmp_path):
    values = np.random.default_rng(1).uniform(-20, 20, (20, 30)).astype(np.float32)
    make_raster("lst_2020-02-29", values)
    return {
        "INPUT": tmp_path,
        "PRODUCT": "custom",
        "PATTERN": "lst_{YYYY}-{MM}-{DD}.tif",
        "OVERPASS": "aqua_day",
        "OFFSET": 273.15,
        "OUTPUT": tmp_path / "out",
    }


@pytest.mark.parametrize("empty", EMPTY)
def test_an_empty_polygon_lies_nowhere(run, scenes, tmp_path, empty):
    mask = layer(tmp_path / "mask.geojson", EMPTY[empty], WHOLE)
    done = run("buildlststack", {**scenes, "MASK": mask})
    assert done.ok, done.errors
    stack = gdal.Open(str(tmp_path / "out" / "aqua_day_2020.tif"))
    assert (stack.RasterXSize, stack.RasterYSize) == (10, 10)
    assert stack.GetGeoTransform() == pytest.approx((80.5, 0.1, 0, 39.5, 0, -0.1))


@pytest.mark.parametrize("empty", EMPTY)
def test_a_layer_of_empty_polygons_is_refused(run, scenes, tmp_path, empty):
    done = run("buildlststack", {**scenes, "MASK": layer(tmp_path / "mask.geojson", EMPTY[empty])})
    assert not done.ok
    assert "'mask' holds no feature" in done.errors[0] or "MASK" in done.errors[0]
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("kind", "value"), [("Polygon", "nan"), ("Polygon", "inf"), ("Polygon", "-inf"), ("Point", "inf")]
)
def test_coordinates_without_end(run, make_raster, tmp_path, kind, value):
    from qgis.core import QgsFeature, QgsGeometry, QgsLineString, QgsPoint, QgsPolygon, QgsVectorLayer

    hostile = QgsVectorLayer(f"{kind}?crs=EPSG:4326&field=class:integer", "hostile", "memory")
    feature = QgsFeature(hostile.fields())
    points = [QgsPoint(x, y) for x, y in SQUARE]
    points[2] = QgsPoint(float(value), 38.5)
    feature.setGeometry(QgsGeometry(QgsPolygon(QgsLineString(points)) if kind == "Polygon" else points[2]))
    feature.setAttributes([1])
    hostile.dataProvider().addFeatures([feature])
    classes = np.random.default_rng(2).integers(1, 3, (20, 30)).astype(np.uint8)
    parameters = {"MAP": make_raster("map", classes), "REFERENCE": hostile, "REFERENCE_FIELD": "class"}
    done = run("accuracy", {**parameters, "OUTPUT": tmp_path / "out" / "o.tif"})
    assert not done.ok
    assert "Feature 1 of layer 'hostile' has a coordinate that is no finite number" in done.errors[0]
