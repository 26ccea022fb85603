"""The one way in which tests and demo run QGIS, tried on QGIS' own algorithms."""

import json

import headless
import pytest

POINT = {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [85, 38]}}


@pytest.fixture
def points(tmp_path):
    """Two layers of one point each."""
    paths = [tmp_path / "a b.geojson", tmp_path / "c.geojson"]
    for path in paths:
        path.write_text(json.dumps({"type": "FeatureCollection", "features": [POINT]}))
    return paths


def test_results_are_parsed(qgis_process, points, tmp_path):
    output = tmp_path / "circle.geojson"
    run = qgis_process("native:buffer", {"INPUT": points[0], "DISTANCE": 1, "OUTPUT": output})
    assert (run.code, run.results) == (0, {"OUTPUT": str(output)}), run.stderr
    assert json.loads(output.read_text())["features"][0]["geometry"]["type"] == "MultiPolygon"


def test_a_list_repeats_the_option(qgis_process, points, tmp_path):
    output = tmp_path / "both.geojson"
    run = qgis_process("native:mergevectorlayers", {"LAYERS": points, "OUTPUT": output})
    assert run.code == 0, run.stderr
    assert len(json.loads(output.read_text())["features"]) == 2


def test_a_failure_has_a_code_and_a_sentence_but_no_results(qgis_process, tmp_path):
    run = qgis_process("native:buffer", {"INPUT": tmp_path / "absent.gpkg", "OUTPUT": tmp_path / "out.gpkg"})
    assert (run.code, run.results) == (1, {})
    assert "absent.gpkg" in run.stderr


def test_the_environment_keeps_to_its_folder(tmp_path):
    env = headless.environment(tmp_path)
    assert env["QGIS_CUSTOM_CONFIG_PATH"] == str(tmp_path.resolve())
    assert (tmp_path / "plugins" / "permafrost_mapper").resolve() == headless.ROOT
    assert (tmp_path / "runtime").stat().st_mode & 0o777 == 0o700
    assert headless.environment(tmp_path) == env
