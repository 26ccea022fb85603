"""The model: its steps resolve, it gives what the steps give, and its copy opens in the designer."""

import csv
import json

import numpy as np
import pytest
from osgeo import gdal

MODEL = "permafrost map from degree days"
MATRICES = {0.6: (1780, 324, 51, 498), 0.8: (1650, 123, 181, 699), 1.0: (1405, 15, 426, 807)}


@pytest.fixture
def model(provider):
    return provider.algorithm(MODEL)


def read(path):
    dataset = gdal.Open(str(path))
    return dataset.ReadAsArray()


def test_every_step_resolves_and_is_valid(model):
    assert all(child.algorithm() is not None for child in model.childAlgorithms().values())
    valid, issues = model.validate()
    assert valid, issues


def test_the_shipped_model_is_what_the_generator_makes(model, tmp_path):
    import make_models
    from qgis.core import QgsProcessingModelAlgorithm

    made = make_models.build(make_models.from_degree_days())
    assert made.toFile(str(tmp_path / "made.model3"))
    # Through a file, which turns some numbers into texts.
    again = QgsProcessingModelAlgorithm()
    assert again.fromFile(str(tmp_path / "made.model3"))
    assert again.toVariant() == model.toVariant()


def test_every_input_has_help(model):
    for definition in model.parameterDefinitions():
        assert model.helpContent().get(definition.name()), definition.name()


@pytest.mark.parametrize("r_k", MATRICES)
def test_wenquan_through_the_model(run, real_data, tmp_path, r_k):
    folder = real_data("wenquan")
    for name in ("DDT_mean_annual", "DDF_mean_annual", "aligned_igbp_mcd12c1_2019", "investigation_map"):
        # QGIS leaves a sidecar beside what it opens.
        (tmp_path / f"{name}.tif").symlink_to(folder / f"{name}.tif")
    table = tmp_path / "accuracy.csv"
    done = run(
        MODEL,
        {
            "DDT": tmp_path / "DDT_mean_annual.tif",
            "DDF": tmp_path / "DDF_mean_annual.tif",
            "LANDCOVER": tmp_path / "aligned_igbp_mcd12c1_2019.tif",
            "TABLE": "modis_igbp",
            "RK_VALUE": r_k,
            "SURVEY": tmp_path / "investigation_map.tif",
            "map:Permafrost map": tmp_path / "map.tif",
            "accuracy:Table": table,
        },
    )
    assert done.ok, done.errors
    (row,) = csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    assert tuple(int(row[name]) for name in ("tp", "fp", "fn", "tn")) == MATRICES[r_k]


@pytest.fixture
def basin(run, tmp_path):
    assert run("sampledata", {"OUTPUT": tmp_path / "basin"}).ok
    return tmp_path / "basin"


def inputs(basin):
    return {
        "DDT": basin / "ddt_simulated.tif",
        "DDF": basin / "ddf_simulated.tif",
        "LANDCOVER": basin / "landcover_igbp.tif",
        "TABLE": "modis_igbp",
        "GLACIERS": basin / "glaciers.geojson",
        "LAKES": basin / "lakes.geojson",
        "BASIN": basin / "basin.geojson",
    }


def test_the_model_gives_what_its_steps_give(run, basin, tmp_path):
    given = inputs(basin)
    done = run(
        MODEL,
        {
            **given,
            "SURVEY": basin / "survey_simulated.tif",
            "REGIONS": basin / "survey_regions.geojson",
            "REGION_FIELD": "name",
            "DISTRICTS": basin / "districts.geojson",
            "DISTRICT_FIELD": "name",
            "map:Permafrost map": tmp_path / "map.tif",
            "map:Picture": tmp_path / "map.png",
            "accuracy:Report": tmp_path / "accuracy.html",
            "areas:Report": tmp_path / "areas.html",
        },
    )
    assert done.ok, done.errors
    steps = {
        "rkfactor": {
            "LANDCOVER": given["LANDCOVER"],
            "GRID": given["DDT"],
            "TABLE": "modis_igbp",
            "OUTPUT": tmp_path / "rk.tif",
        },
        "ttop": {
            "DDT": given["DDT"],
            "DDF": given["DDF"],
            "RK": tmp_path / "rk.tif",
            "OUTPUT": tmp_path / "ttop.tif",
        },
        "classify": {
            "TTOP": tmp_path / "ttop.tif",
            "GLACIERS": given["GLACIERS"],
            "LAKES": given["LAKES"],
            "MASK": given["BASIN"],
            "OUTPUT": tmp_path / "stepwise.tif",
        },
    }
    for name, parameters in steps.items():
        assert run(name, parameters).ok
    np.testing.assert_array_equal(read(tmp_path / "map.tif"), read(tmp_path / "stepwise.tif"))
    for report in ("accuracy.html", "areas.html"):
        text = (tmp_path / report).read_text(encoding="utf-8")
        assert "Simulated data, not observed" in text
    assert "West Kunlun" in (tmp_path / "accuracy.html").read_text(encoding="utf-8")
    assert (tmp_path / "map.png").read_bytes().startswith(b"\x89PNG")


def test_without_a_survey_there_is_a_map_and_no_accuracy(run, basin, tmp_path):
    wanted = {"map:Permafrost map": tmp_path / "map.tif", "accuracy:Report": tmp_path / "accuracy.html"}
    done = run(MODEL, {**inputs(basin), **wanted})
    assert done.ok, done.errors
    assert set(np.unique(read(tmp_path / "map.tif"))) == {0, 1, 2, 3, 4}
    assert not (tmp_path / "accuracy.html").exists()


def test_points_may_be_the_survey(run, basin, tmp_path):
    features = tmp_path / "points.geojson"
    points = [
        (83.02, 34.82, "permafrost"),
        (84.02, 39.02, "none"),
        (82.02, 35.62, "permafrost"),
        (86.02, 40.52, "none"),
    ]
    collection = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [x, y]},
            "properties": {"state": state},
        }
        for x, y, state in points
    ]
    features.write_text(json.dumps({"type": "FeatureCollection", "features": collection}), encoding="utf-8")
    table = tmp_path / "points_accuracy.csv"
    done = run(
        MODEL,
        {
            **inputs(basin),
            "SURVEY": features,
            "SURVEY_FIELD": "state",
            "SURVEY_PERMAFROST": "permafrost",
            "map:Permafrost map": tmp_path / "map.tif",
            "accuracy:Table": table,
        },
    )
    assert done.ok, done.errors
    (row,) = csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    assert int(row["n"]) == 4


def test_the_copy_for_the_designer_is_the_model_without_its_file(provider, model):
    from permafrost_mapper.plugin import copy_of_model
    from permafrost_mapper.provider import MODELS

    copy = copy_of_model(MODELS[0])
    assert copy.sourceFilePath() == ""
    assert copy.toVariant() == model.toVariant()
    assert copy.validate()[0]
