"""The models: their steps resolve, they give what the steps give, and their copies open in the designer."""

import csv
import json

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import QgsProcessing, QgsProcessingParameterDefinition

MODEL = "permafrost map from degree days"
FROM_LST = "permafrost map from LST"
OVERPASSES = ("TERRA_DAY", "TERRA_NIGHT", "AQUA_DAY", "AQUA_NIGHT")
# Four stacks filled, a model fitted, degree days summed.
LONG_STEPS = 6
MATRICES = {0.6: (1780, 324, 51, 498), 0.8: (1650, 123, 181, 699), 1.0: (1405, 15, 426, 807)}


@pytest.fixture(params=[MODEL, FROM_LST])
def model(provider, request):
    return provider.algorithm(request.param)


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

    (described,) = (
        each for each in (describe() for describe in make_models.MODELS_DESCRIBED) if each.name == model.name()
    )
    made = make_models.build(described)
    assert made.toFile(str(tmp_path / "made.model3"))
    # Through a file, which turns some numbers into texts.
    again = QgsProcessingModelAlgorithm()
    assert again.fromFile(str(tmp_path / "made.model3"))
    assert again.toVariant() == model.toVariant()


def test_no_output_but_the_map_has_to_be_named(model):
    """And no step depends on one that is not written where nobody names it."""
    optional = QgsProcessingParameterDefinition.Flag.FlagOptional
    needed = [
        definition.name() for definition in model.destinationParameterDefinitions() if not definition.flags() & optional
    ]
    assert needed == ["map:Permafrost map"]
    children = model.childAlgorithms()
    taken = {
        (source.outputChildId(), source.outputName())
        for child in children.values()
        for sources in child.parameterSources().values()
        for source in sources
        if source.outputChildId()
    }
    for step, child in children.items():
        for output in child.modelOutputs().values():
            name = f"{step}:{output.name()}"
            if (step, output.childOutputName()) in taken and name not in needed:
                definition = child.algorithm().parameterDefinition(output.childOutputName())
                assert definition.defaultValue() == QgsProcessing.TEMPORARY_OUTPUT, name


def test_outputs_are_in_the_order_in_which_they_are_wanted(model):
    from permafrost_mapper.algorithms.translation import OUTPUTS

    for one in (model, model.create()):
        names = [definition.name() for definition in one.destinationParameterDefinitions()]
        assert names[:2] == ["map:Permafrost map", "report:Report"]
        assert names == [name for name in OUTPUTS if name in names]
        assert {definition.name() for definition in one.outputDefinitions()} >= set(names)
        assert all(one.parameterDefinition(name).description() for name in names)


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
    assert run("sampledata", {"LST": "none", "OUTPUT": tmp_path / "basin"}).ok
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
            "BASIN": given["BASIN"],
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


# From LST ------------------------------------------------------------------------------------------------------

# 20 x 16 cells across the margin of permafrost, and every third day: quick, and enough for each month.
SMALL_PART = (78.8, 35.6, 79.8, 36.4)
EVERY = 3


@pytest.fixture(scope="module")
def module_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("from_lst")


@pytest.fixture
def from_lst(run, monkeypatch, module_folder):
    """The inputs of the model from LST, made once: scenes of a small part of the sample basin, stacked."""
    pytest.importorskip("scipy")
    from permafrost_mapper.raster.simulate import sample as samplebasin

    basin, stacks = module_folder / "basin", module_folder / "stacks"
    if not stacks.exists():
        monkeypatch.setattr(samplebasin, "LST_PART", SMALL_PART)
        assert run("sampledata", {"LST": "part", "OUTPUT": basin}).ok
        assert run("buildlststack", {"INPUT": basin / "lst_scenes_simulated", "OUTPUT": stacks}).ok
        for path in stacks.glob("*.tif"):
            whole = gdal.Open(str(path))
            # The last day too: the year is to be complete.
            days = sorted({*range(1, whole.RasterCount, EVERY), whole.RasterCount})
            gdal.Translate(str(path.with_suffix(".thin.tif")), whole, bandList=days)
    given = {name: stacks / f"{name.lower()}_2019.thin.tif" for name in OVERPASSES}
    return {
        **given,
        "DEM": basin / "elevation.tif",
        # Scenes without any known cell stay empty.
        "MIN_DAYS": 4,
        "STATIONS": basin / "stations_simulated.geojson",
        "OBSERVATIONS": basin / "observations_simulated.csv",
        **{name: inputs(basin)[name] for name in ("LANDCOVER", "TABLE", "BASIN")},
    }


def outputs(folder):
    """Names of all that the model has to write, and of some that it may."""
    files = {
        f"{name.replace('_', '').lower()}:Filled LST, {name.replace('_', ' ').lower()}": name for name in OVERPASSES
    }
    files.update({"map:Permafrost map": "map", "rk:r_k": "rk", "ttop:TTOP": "ttop"})
    files.update({"probability:Probability of permafrost": "probability"})
    files.update({"degreedays:Mean DDT": "ddt", "degreedays:Mean DDF": "ddf"})
    written = {output: folder / f"{name.lower()}.tif" for output, name in files.items()}
    return {
        **written,
        "samples:Samples": folder / "samples.csv",
        "gstmodel:GST model": folder / "gst_model.json",
        "report:Report": folder / "report.html",
    }


def test_from_lst_to_a_map_and_one_report(run, from_lst, tmp_path):
    survey = {"SURVEY": module_basin(from_lst) / "survey_simulated.tif"}
    boreholes = {"BOREHOLES": module_basin(from_lst) / "boreholes_simulated.geojson"}
    boreholes.update({"MAGT_FIELD": "magt", "DEPTH_FIELD": "depth_m"})
    wanted = {**from_lst, **survey, **boreholes, **outputs(tmp_path)}
    done = run(FROM_LST, wanted)
    assert done.ok, done.errors
    assert agreement_with_truth(from_lst, tmp_path) > 0.9
    text = (tmp_path / "report.html").read_text(encoding="utf-8")
    for heading in (
        "Fill gaps of LST",
        "Fit GST model",
        "Accuracy of a permafrost map",
        "Compare with boreholes",
        "Areas",
    ):
        assert f"<h2>{heading}" in text, heading
    assert "Simulated data, not observed" in text
    # Of steps without a report of their own.
    for sentence in ("summed to thawing (DDT)", "TTOP = (r_k DDT - DDF) / P", "the share of 200 ensemble members"):
        assert sentence in text, sentence
    # Started again it repeats none of the long steps, and gives the same.
    before = {path.name: path.read_bytes() for path in tmp_path.glob("*.tif")}
    again = run(FROM_LST, wanted)
    assert again.ok, again.errors
    assert again.log.count("nothing is repeated") == LONG_STEPS
    for name, content in before.items():
        assert (tmp_path / name).read_bytes() == content, name


def test_from_lst_with_nothing_but_the_map_named(run, from_lst, tmp_path):
    """All steps pass on what nobody has asked for, also without survey and boreholes."""
    done = run(FROM_LST, {**from_lst, "map:Permafrost map": tmp_path / "map.tif", "report:Report": tmp_path / "r.html"})
    assert done.ok, done.errors
    assert [path.name for path in tmp_path.glob("*.tif")] == ["map.tif"]
    assert agreement_with_truth(from_lst, tmp_path) > 0.9
    text = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "<h2>Areas" in text
    assert "<h2>Accuracy" not in text
    assert "<h2>Compare with boreholes" not in text


def agreement_with_truth(given, folder):
    """Share of the cells of the map, without glaciers and lakes, that are as in the simulated truth."""
    truth = gdal.Warp("", str(module_basin(given) / "truth_permafrost_simulated.tif"), format="MEM", **window(folder))
    truth, permafrost = truth.ReadAsArray(), read(folder / "map.tif")
    known = (truth > 0) & (permafrost <= 2)
    assert known.sum() > 200
    return (permafrost == truth)[known].mean()


def module_basin(given):
    return given["DEM"].parent


def window(folder):
    """Cells of the map, for GDAL."""
    dataset = gdal.Open(str(folder / "map.tif"))
    x, width, _, y, _, height = dataset.GetGeoTransform()
    bounds = (x, y + height * dataset.RasterYSize, x + width * dataset.RasterXSize, y)
    return {"outputBounds": bounds, "width": dataset.RasterXSize, "height": dataset.RasterYSize}


def test_the_copy_for_the_designer_is_the_model_without_its_file(provider, model):
    from permafrost_mapper.provider import MODELS
    from permafrost_mapper.window.models import copy_of_model

    (file_name,) = (name for name in MODELS if name == f"{model.name().replace(' ', '_')}.model3")
    copy = copy_of_model(file_name)
    assert copy.sourceFilePath() == ""
    assert copy.toVariant() == model.toVariant()
    assert copy.validate()[0]
