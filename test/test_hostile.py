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
    done = run("buildlststack", {**scenes, "BASIN": mask})
    assert done.ok, done.errors
    stack = gdal.Open(str(tmp_path / "out" / "aqua_day_2020.tif"))
    assert (stack.RasterXSize, stack.RasterYSize) == (10, 10)
    assert stack.GetGeoTransform() == pytest.approx((80.5, 0.1, 0, 39.5, 0, -0.1))


@pytest.mark.parametrize("empty", EMPTY)
def test_a_layer_of_empty_polygons_is_refused(run, scenes, tmp_path, empty):
    done = run("buildlststack", {**scenes, "BASIN": layer(tmp_path / "mask.geojson", EMPTY[empty])})
    assert not done.ok
    assert "'mask' holds no feature" in done.errors[0] or "BASIN" in done.errors[0]
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
    assert "Feature 1 of layer 'hostile' has a coordinate that is not finite" in done.errors[0]


@pytest.mark.parametrize("number", ["nan", "inf", "-inf"])
@pytest.mark.parametrize("place", [0, 1, 3, 5])
def test_a_grid_without_end(run, make_raster, tmp_path, number, place):
    values = np.random.default_rng(2).uniform(500, 900, (20, 30)).astype(np.float32)
    ddt, ddf = make_raster("ddt", values), make_raster("ddf", values)
    dataset = gdal.Open(ddt, gdal.GA_Update)
    geotransform = list(dataset.GetGeoTransform())
    geotransform[place] = float(number)
    dataset.SetGeoTransform(geotransform)
    del dataset
    done = run("ttop", {"DDT": ddt, "DDF": ddf, "RK_VALUE": 0.8, "OUTPUT": tmp_path / "out" / "o.tif"})
    assert not done.ok
    assert "'ddt'" in done.errors[0]
    assert len(done.errors) == 1
    assert not (tmp_path / "out").exists()


def test_a_crs_whose_unit_is_nothing():
    from permafrost_mapper.raster.grid.longitudes import whole_turn

    wkt = 'GEOGCS["x",DATUM["y",SPHEROID["z",6378137,298.257]],PRIMEM["Greenwich",0],UNIT["degree",{}]]'
    assert whole_turn(wkt.format("0.0174532925199433")) == pytest.approx(360)
    assert whole_turn(wkt.format("0")) == 0


# What others have written into our own files -------------------------------------------------------

MAP = np.random.default_rng(2).integers(1, 3, (20, 30)).astype(np.uint8)
TAGS = [
    "",
    "{",
    "[]",
    "[1, 2]",
    "7",
    "null",
    "NaN",
    '"text"',
    "[" * 100_000,
    '{"a":' * 500 + "1" + "}" * 500,
    '{"DAYS": 365, "LIST": [1], "NULL": null, "DEEP": {"a": {}}, "TTOP": true}',
    '{"TTOP": ", , , /"}',
    "9" * 100_000,
]


@pytest.mark.parametrize("tag", TAGS)
def test_a_tag_of_parameters_of_any_shape(run, make_raster, tmp_path, tag):
    path = make_raster("map", MAP)
    dataset = gdal.Open(path, gdal.GA_Update)
    dataset.SetMetadata({"PERMAFROST_ALGORITHM": "permafrost:ttop", "PERMAFROST_PARAMETERS": tag})
    del dataset
    parameters = {"TITLE": "T", "AUTHORS": "Doe, Jane", "PERIOD": "2005", "OUTPUT": tmp_path / "product"}
    done = run("exportproduct", {**parameters, "MAPS": [path]})
    assert done.ok, done.errors
    assert "made by permafrost:ttop" in (tmp_path / "product" / "README.md").read_text(encoding="utf-8")


STEPS = [
    *TAGS,
    '{"runs": {}}',
    '{"runs": [7, [], ["a"], ["a", "b", "c", "d"], ["a", 1, [], "d"], ["a", "{}", [1], "d"], ["a", "{}", [[]], "d"]]}',
    '{"runs": [["permafrost:step", "[", ["r.tif"], "S"], ["permafrost:step", "{}", ["../r.tif"], "S"]]}',
]


@pytest.mark.parametrize("tag", STEPS)
def test_a_tag_of_steps_of_any_shape(make_raster, tag):
    from permafrost_mapper.raster.publish.steps import processing_steps
    from permafrost_mapper.raster.read.rasters import RasterSource

    path = make_raster("map", MAP)
    dataset = gdal.Open(path, gdal.GA_Update)
    dataset.SetMetadata({"PERMAFROST_ALGORITHM": "permafrost:ttop", "PERMAFROST_STEPS": tag})
    del dataset
    steps = processing_steps([RasterSource(path, "map")])
    assert steps[-1].algorithm == "permafrost:ttop"
    assert {step.algorithm for step in steps[:-1]} <= {"permafrost:step"}


def test_a_long_chain_of_rasters(tmp_path):
    """Each made of the one before."""
    from permafrost_mapper.raster.publish.steps import processing_steps, steps_text
    from permafrost_mapper.raster.read.rasters import RasterSource

    path, metadata = "", {}
    for number in range(300):
        steps = steps_text([(path, metadata)])
        path = str(tmp_path / f"r{number}.tif")
        tag = json.dumps({"NUMBER": str(number)})
        metadata = {"PERMAFROST_ALGORITHM": "permafrost:step", "PERMAFROST_PARAMETERS": tag, "PERMAFROST_STEPS": steps}
    dataset = gdal.GetDriverByName("GTiff").Create(path, 1, 1)
    dataset.SetMetadata(metadata)
    del dataset
    steps = processing_steps([RasterSource(path, "last")])
    assert [step.result for step in steps] == [f"r{number}.tif" for number in range(300)]


def test_paths_in_the_metadata_of_a_raster_are_not_opened(make_raster, monkeypatch):
    """Neither those of a list, nor those of the steps before."""
    from permafrost_mapper.raster.publish.steps import processing_steps
    from permafrost_mapper.raster.read.rasters import RasterSource

    secret, path = make_raster("secret", MAP), make_raster("map", MAP)
    for name, parameters in ((secret, {}), (path, {"DDT": secret, "INPUT": f"{secret}, /vsicurl/http://x/{secret}"})):
        dataset = gdal.Open(name, gdal.GA_Update)
        steps = json.dumps({"runs": [["permafrost:step", json.dumps({"INPUT": secret}), ["r.tif"], "S"]]})
        tags = {"PERMAFROST_ALGORITHM": f"permafrost:{name[-10:-4]}", "PERMAFROST_PARAMETERS": json.dumps(parameters)}
        dataset.SetMetadata({**tags, "PERMAFROST_STEPS": steps})
        del dataset
    opened = []
    open_any = gdal.OpenEx
    monkeypatch.setattr(
        gdal, "OpenEx", lambda file, *rest, **more: opened.append(file) or open_any(file, *rest, **more)
    )
    monkeypatch.setattr(gdal, "Open", lambda file, *_: opened.append(file))
    steps = processing_steps([RasterSource(path, "map")])
    assert opened == [path]
    assert [step.result for step in steps] == ["r.tif", "map.tif"]
    assert steps[0].parameters == {"INPUT": "secret.tif"}


def test_a_finished_unit_with_any_bit_flipped(tmp_path):
    """What is damaged is computed again; a zip file checks its arrays, and not how many they are."""
    from types import SimpleNamespace

    from permafrost_mapper.raster.run.checkpoints import FinishedUnits

    finished, unit = FinishedUnits(tmp_path), SimpleNamespace(name="u")
    arrays = {"a": np.arange(12, dtype=np.float32), "told": np.array("{}")}
    finished.keep(unit, arrays)
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    assert finished.holds(unit)
    found = finished.get(unit)
    assert found.keys() == arrays.keys()
    assert all(np.array_equal(found[name], arrays[name]) for name in arrays)
    for place in range(len(whole)):
        for bit in (0, 3, 7):
            damaged = bytearray(whole)
            damaged[place] ^= 1 << bit
            file.write_bytes(damaged)
            assert not finished.holds(unit)
    for length in range(0, len(whole), 7):
        file.write_bytes(whole[:length])
        assert not finished.holds(unit)


def test_a_stack_whose_record_was_changed_is_built_again(run, scenes, tmp_path):
    assert run("buildlststack", scenes).ok
    path, record = tmp_path / "out" / "aqua_day_2020.tif", tmp_path / "out" / ".aqua_day_2020.tif.complete.json"
    whole, content = gdal.Open(str(path)).ReadAsArray(), json.loads(record.read_text())
    for results in ([], 7, {}, {"missing": 1, "skipped": {}}, {"missing": ["x"], "skipped": {}}, {"missing": [1]}):
        record.write_text(json.dumps({**content, "results": results}))
        done = run("buildlststack", scenes)
        assert done.ok, done.errors
        assert "left as it is" not in done.log
        assert np.array_equal(gdal.Open(str(path)).ReadAsArray(), whole)
        assert json.loads(record.read_text())["results"] == content["results"]
    assert "left as it is" in run("buildlststack", scenes).log


def test_an_export_into_a_disk(run, make_raster):
    parameters = {"TITLE": "T", "AUTHORS": "Doe, Jane", "PERIOD": "2005", "OUTPUT": "/"}
    done = run("exportproduct", {**parameters, "MAPS": [make_raster("map", MAP)]})
    assert not done.ok
    assert done.errors == ["Folder '/' is a whole disk: choose a folder in it."]


def test_a_quoted_value_breaks_no_sentence():
    from permafrost_mapper.core.errors import MAX_SENTENCE, InputError

    assert InputError("The rule 'a\r\n\nb\x1b[31m\u202e' cannot be read: é五.").sentence == (
        "The rule 'a b\ufffd[31m\ufffd' cannot be read: é五."
    )
    sentence = InputError(f"The rule '{'9' * 100_000}' cannot be read: write '<= 0'.").sentence
    assert sentence.startswith("The rule '999")
    assert sentence.endswith("9' cannot be read: write '<= 0'.")
    assert len(sentence) == MAX_SENTENCE + len(" … ")


def test_an_error_of_a_run_is_one_line(run, make_raster, tmp_path):
    ones = np.ones((20, 30), np.uint8)
    given = {"MAPS": [make_raster("a", ones), make_raster("b", ones)], "REFERENCE": make_raster("r", ones)}
    done = run("comparemaps", {**given, "RULES": "<= 0\n\nor so", "OUTPUT_HTML": tmp_path / "o.html"})
    assert not done.ok
    assert len(done.errors[0].splitlines()) == 1
