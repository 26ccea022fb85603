"""Every option of every choice changes a value that a test looks at; and no algorithm, option or model leaves unseen.

`OPTIONS` names for each option the test that looks at its value: one here, or ``file::test`` elsewhere.
"""

import json
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from listings import is_test, require_all
from osgeo import gdal
from permafrost_mapper.core.assess.trend import trend
from permafrost_mapper.core.lst.fill import fill_scene
from permafrost_mapper.core.lst.variogram import Variogram
from qgis.core import QgsProcessingParameterBoolean, QgsProcessingParameterEnum
from scipy import ndimage

HERE = Path(__file__)

# Ids that scripts, models and histories rely on. They are written out and not read from the provider, so that one that
# leaves it makes a test fail.
ALGORITHMS = {
    *("sampledata", "aligntogrid", "buildlststack"),
    *("filllstgaps", "fitvariogram", "assessgapfilling"),
    *("samplelst", "fitgstmodel", "predictgst", "degreedays"),
    *("rkfactor", "calibraterk", "ttop", "frostnumber", "classify", "probability", "activelayer"),
    *("accuracy", "boreholes", "comparemaps", "areastatistics", "change", "seriesatpoint"),
    *("maplayout", "combinereports", "exportproduct"),
}
MODELS = {"permafrost map from degree days", "permafrost map from LST"}

VARIOGRAMS = ("spherical", "exponential", "gaussian", "matern", "hole-effect", "linear", "power")
FILLED = "test_each_way_to_fill_gaps"
ASSESSED = "test_each_way_to_assess_the_filling_of_gaps"
FITTED = "test_each_way_to_fit_a_variogram"
MODEL = "test_model.py::test_the_map_from_degree_days_is_that_of_its_steps"
OPTIONS = {
    ("activelayer", "METHOD"): dict.fromkeys(("stefan_e", "stefan"), "test_each_method_of_the_active_layer"),
    ("aligntogrid", "METHOD"): dict.fromkeys(
        ("bilinear", "mode", "average", "nearest"), "test_each_method_of_alignment"
    ),
    ("assessgapfilling", "PATTERN"): dict.fromkeys(("clouds", "cells"), ASSESSED),
    ("assessgapfilling", "TREND"): dict.fromkeys(("elevation", "elevation_reference", "fixed_lapse", "none"), ASSESSED),
    ("assessgapfilling", "VARIOGRAM"): dict.fromkeys(("auto", *VARIOGRAMS), ASSESSED),
    ("assessgapfilling", "FIT"): dict.fromkeys(("likelihood", "moments"), ASSESSED),
    ("assessgapfilling", "VARIOGRAM_PER"): dict.fromkeys(("auto", "scene", "month"), ASSESSED),
    ("assessgapfilling", "SEARCH"): dict.fromkeys(("octant", "nearest"), ASSESSED),
    ("boreholes", "SKIP"): dict.fromkeys((True, False), "test_what_is_skipped_has_no_results"),
    ("accuracy", "SKIP"): dict.fromkeys((True, False), "test_what_is_skipped_has_no_results"),
    ("accuracy", "PROBABILITY_SAMPLE"): dict.fromkeys((True, False), "test_areas_of_a_probability_sample"),
    ("buildlststack", "PRODUCT"): {
        "trims": "test_numbers_of_each_product",
        "modis": "test_numbers_of_each_product",
        "custom": "test_buildlststack.py::test_a_tagged_custom_product_needs_no_scale",
    },
    ("buildlststack", "OVERPASS"): dict.fromkeys(
        ("from_name", "terra_day", "terra_night", "aqua_day", "aqua_night"), "test_each_overpass_is_built_alone"
    ),
    ("buildlststack", "QC"): dict.fromkeys(
        ("none", "within_3k", "within_2k", "within_1k"), "test_each_limit_of_the_quality_bits"
    ),
    ("buildlststack", "RESAMPLING"): dict.fromkeys(
        ("bilinear", "nearest", "average"), "test_each_resampling_of_scenes"
    ),
    ("buildlststack", "STACKS"): dict.fromkeys(
        ("year", "period"), "test_buildlststack.py::test_a_period_is_one_stack_of_all_its_days"
    ),
    ("change", "AUTOCORRELATION"): dict.fromkeys(("none", "hamed_rao"), "test_each_treatment_of_autocorrelation"),
    ("degreedays", "MISSING"): dict.fromkeys(("monthly", "harmonic", "none"), "test_each_way_to_treat_missing_days"),
    ("degreedays", "RESIDUAL_VARIANCE"): dict.fromkeys(
        (True, False), "test_gst_degreedays.py::test_the_residual_variance_of_the_model_is_added"
    ),
    ("filllstgaps", "TREND"): dict.fromkeys(("elevation", "elevation_reference", "fixed_lapse", "none"), FILLED),
    ("filllstgaps", "VARIOGRAM"): dict.fromkeys(("auto", *VARIOGRAMS), FILLED),
    ("filllstgaps", "FIT"): dict.fromkeys(("likelihood", "moments"), FILLED),
    ("filllstgaps", "VARIOGRAM_PER"): dict.fromkeys(
        ("auto", "scene", "month"), "test_scenes_of_a_month_share_a_variogram"
    ),
    ("filllstgaps", "SEARCH"): dict.fromkeys(("octant", "nearest"), FILLED),
    ("fitgstmodel", "METHOD"): dict.fromkeys(("ridge", "ols"), "test_each_method_of_regression"),
    ("fitgstmodel", "UNIT"): dict.fromkeys(("degc", "kelvin"), "test_each_unit_of_surface_temperatures"),
    ("fitgstmodel", "SEASONAL"): dict.fromkeys((True, False), "test_each_method_of_regression"),
    ("fitvariogram", "TREND"): dict.fromkeys(("elevation", "elevation_reference", "fixed_lapse", "none"), FITTED),
    ("fitvariogram", "VARIOGRAM"): dict.fromkeys(("auto", *VARIOGRAMS), FITTED),
    ("fitvariogram", "FIT"): dict.fromkeys(("likelihood", "moments"), FITTED),
    ("maplayout", "PAPER"): dict.fromkeys(
        ("a4", "a3", "a2", "a1", "a0", "letter"), "test_maplayout.py::test_each_paper_has_its_size"
    ),
    ("maplayout", "ORIENTATION"): dict.fromkeys(
        ("auto", "landscape", "portrait"), "test_maplayout.py::test_each_orientation"
    ),
    ("maplayout", "ADD_TO_PROJECT"): dict.fromkeys(
        (True, False), "test_maplayout.py::test_the_open_project_gets_the_layout_only_if_asked"
    ),
    ("rkfactor", "TABLE"): dict.fromkeys(("esa_cci", "modis_igbp", "file", "matrix"), "test_each_table_of_r_k"),
    ("rkfactor", "METHOD"): dict.fromkeys(("dominant", "fraction"), "test_each_method_of_r_k"),
    ("sampledata", "LST"): dict.fromkeys(("none", "part", "basin"), "test_each_extent_of_the_sample"),
    ("sampledata", "LOAD"): dict.fromkeys((True, False), "test_the_sample_is_loaded_or_not"),
    ("samplelst", "METHOD"): dict.fromkeys(("nearest", "bilinear"), "test_each_method_of_sampling"),
}


# What there is ---------------------------------------------------------------------------------------------


def test_no_algorithm_and_no_model_has_left_the_provider(provider):
    require_all(ALGORITHMS, (), "ALGORITHMS in test_options.py")
    assert {algorithm.name() for algorithm in provider.algorithms()} == ALGORITHMS | MODELS


@pytest.mark.parametrize("name", sorted(ALGORITHMS | MODELS))
def test_each_can_be_made_by_its_id(provider, name):
    from qgis.core import QgsApplication

    algorithm = QgsApplication.processingRegistry().createAlgorithmById(f"permafrost:{name}")
    assert algorithm is not None
    assert algorithm.parameterDefinitions()


def offered(provider):
    """The options of all choices and switches of algorithms; those of models are handed on to algorithms."""
    found = {}
    for name in ALGORITHMS:
        for definition in provider.algorithm(name).parameterDefinitions():
            if isinstance(definition, QgsProcessingParameterEnum):
                found[name, definition.name()] = set(definition.options())
            elif isinstance(definition, QgsProcessingParameterBoolean):
                found[name, definition.name()] = {True, False}
    return found


def test_each_option_has_a_test_that_looks_at_its_value(provider):
    listed = {key: set(tests) for key, tests in OPTIONS.items()}
    assert listed == offered(provider), "OPTIONS in test_options.py names a test for each option of each choice"


def test_choices_of_models_are_those_of_their_algorithms(provider):
    ours = {"TREND": offered(provider)["filllstgaps", "TREND"], "TABLE": {"esa_cci", "modis_igbp"}}
    for name in MODELS:
        for definition in provider.algorithm(name).parameterDefinitions():
            if isinstance(definition, QgsProcessingParameterEnum):
                assert set(definition.options()) == ours[definition.name()]


@pytest.mark.parametrize("named", sorted({test for tests in OPTIONS.values() for test in tests.values()}))
def test_tests_that_are_named_are_there(named):
    file, _, test = named.rpartition("::")
    assert is_test(f"{file or HERE.name}::{test}")


# Their values ----------------------------------------------------------------------------------------------


def values(path):
    """The bands of a raster as numbers, NaN where there is none."""
    dataset = gdal.Open(str(path))
    band = dataset.GetRasterBand(1)
    stored = dataset.ReadAsArray().astype(float)
    stored[stored == band.GetNoDataValue()] = np.nan
    return stored * (band.GetScale() or 1.0) + (band.GetOffset() or 0.0)


def done(run, algorithm, **parameters):
    """Run an algorithm that has to succeed."""
    outcome = run(algorithm, parameters)
    assert outcome.ok, outcome.errors
    return outcome


def dated(path, days):
    """Name the bands of a raster by days."""
    dataset = gdal.Open(path, gdal.GA_Update)
    for number, day in enumerate(days, start=1):
        dataset.GetRasterBand(number).SetDescription(str(day))
    return path


@pytest.mark.parametrize(
    ("given", "depth"),
    [
        ({"METHOD": "stefan_e", "E_FACTOR": 0.04}, 0.8),
        # sqrt(2 k_t 86400 DDT / (L rho_d (w - w_u))), computed by hand.
        (
            {"METHOD": "stefan", "CONDUCTIVITY": 1.5, "DRY_DENSITY": 1200, "WATER": 0.3, "UNFROZEN_WATER": 0.05},
            1.017217,
        ),
    ],
)
def test_each_method_of_the_active_layer(run, make_raster, tmp_path, given, depth):
    paths = {"DDT": make_raster("ddt", np.float32([[400.0]])), "TTOP": make_raster("ttop", np.float32([[-1.0]]))}
    done(run, "activelayer", **paths, **given, OUTPUT=tmp_path / "out.tif")
    assert values(tmp_path / "out.tif")[0, 0] == pytest.approx(depth, rel=1e-5)


@pytest.mark.parametrize(
    ("method", "coarser", "finer"),
    [("bilinear", None, 0.75), ("mode", 1.0, 0.0), ("average", 2.0, 0.0), ("nearest", 10.0, 0.0)],
)
def test_each_method_of_alignment(run, make_raster, tmp_path, method, coarser, finer):
    """Nine cells in one, of which the middle one differs, and a plane at a quarter of the way between centres."""
    nine = make_raster("nine", np.float32([[1, 1, 1], [1, 10, 1], [1, 1, 1]]), cell=(0.1 / 3, -0.1 / 3))
    one = make_raster("one", np.float32([[0]]))
    if coarser is not None:
        done(run, "aligntogrid", INPUT=nine, GRID=one, METHOD=method, OUTPUT=tmp_path / "coarser.tif")
        assert values(tmp_path / "coarser.tif")[0, 0] == pytest.approx(coarser)
    plane = make_raster("plane", np.float32([[0, 1], [2, 3]]))
    quarters = make_raster("quarters", np.zeros((4, 4), np.float32), cell=(0.05, -0.05))
    done(run, "aligntogrid", INPUT=plane, GRID=quarters, METHOD=method, OUTPUT=tmp_path / "finer.tif")
    assert values(tmp_path / "finer.tif")[1, 1] == pytest.approx(finer)


@pytest.mark.parametrize(
    ("given", "r_k"),
    [
        ({"TABLE": "esa_cci"}, 0.75),  # 11 is herbaceous cropland
        ({"TABLE": "modis_igbp"}, 0.55),  # 11 is a wetland
        ({"TABLE": "file", "TABLE_FILE": "class,r_k\n11,1.25\n"}, 1.25),
        ({"TABLE": "matrix", "TABLE_MATRIX": [11, 0.4]}, 0.4),
    ],
)
def test_each_table_of_r_k(run, make_raster, tmp_path, given, r_k):
    if "TABLE_FILE" in given:
        (tmp_path / "own.csv").write_text(given["TABLE_FILE"], encoding="utf-8")
        given = {**given, "TABLE_FILE": tmp_path / "own.csv"}
    landcover = make_raster("landcover", np.uint8([[11, 11]]))
    done(run, "rkfactor", LANDCOVER=landcover, **given, OUTPUT=tmp_path / "rk.tif")
    np.testing.assert_allclose(values(tmp_path / "rk.tif"), r_k, rtol=1e-6)


@pytest.mark.parametrize(("method", "r_k"), [("dominant", 0.75), ("fraction", 0.80)])
def test_each_method_of_r_k(run, make_raster, tmp_path, method, r_k):
    """Three quarters of grassland (.75), a quarter of deciduous forest (.95)."""
    landcover = make_raster("landcover", np.uint8([[130, 130], [130, 60]]), cell=(0.05, -0.05))
    grid = make_raster("grid", np.float32([[0]]))
    done(run, "rkfactor", LANDCOVER=landcover, GRID=grid, METHOD=method, OUTPUT=tmp_path / "rk.tif")
    assert values(tmp_path / "rk.tif")[0, 0] == pytest.approx(r_k)


# Gaps


SHAPE = (24, 30)
METRES = {"corner": (5e5, 4e6), "cell": (1000.0, -1000.0), "crs": 32645}
HEIGHT = (4500 + 500 * np.sin(np.add.outer(np.arange(24) / 5, np.arange(30) / 4))).astype(np.float32)


def scene(seed):
    """A scene in hundredths of a degree: lapse rate, weather that other days share in part, and clouds."""
    weather, clouds, shared = (
        ndimage.gaussian_filter(np.random.default_rng(which).normal(size=SHAPE), 2, mode="wrap")
        for which in (seed, 100 + seed, 999)
    )
    z = 20 - 5e-3 * HEIGHT + weather / weather.std() + 1.5 * shared / shared.std()
    return np.where(clouds < np.quantile(clouds, 0.3), np.nan, np.round(z, 2))


@pytest.fixture
def gappy(make_raster):
    """Paths of a stack of three days and of the elevation, and the scenes."""
    scenes = np.stack([scene(seed) for seed in range(3)])
    stack = make_raster("lst", np.where(np.isnan(scenes), -9999, scenes).astype(np.float64), nodata=-9999, **METRES)
    dated(stack, [date(2005, 1, 1) + timedelta(day) for day in range(3)])
    return stack, make_raster("dem", HEIGHT, **METRES), scenes


GIVEN = {"VARIOGRAM": "exponential", "NUGGET": 0.1, "SILL": 4.0, "RANGE": 9000.0}
EXPONENTIAL = Variogram("exponential", 0.1, 4.0, 9000.0)
WAYS = [
    *[{"TREND": kind, **GIVEN} for kind in ("elevation", "elevation_reference", "fixed_lapse")],
    *[{"TREND": "none", **GIVEN, "SEARCH": search} for search in ("octant", "nearest")],
    *[
        {"TREND": "none", **GIVEN, "VARIOGRAM": model, "SMOOTHNESS": 1.5}
        for model in VARIOGRAMS
        if model != "exponential"
    ],
    *[{"TREND": "none", **GIVEN, "VARIOGRAM": model, "SMOOTHNESS": 0.8} for model in ("matern", "power")],
    {"TREND": "none", "VARIOGRAM": "auto", "FIT": "likelihood", "VARIOGRAM_PER": "scene"},
    {"TREND": "none", "VARIOGRAM": "auto", "FIT": "moments"},
    {"TREND": "none", "VARIOGRAM": "spherical", "FIT": "likelihood", "VARIOGRAM_PER": "scene"},
]


def by_hand(way, scenes, number=0):
    """The same scene filled by `core`, which its own tests hold against GSTools' and PyKrige's numbers."""
    variogram = way["VARIOGRAM"]
    if "RANGE" in way:
        variogram = Variogram(variogram, way["NUGGET"], way["SILL"], way["RANGE"], way.get("SMOOTHNESS", 0.5))
    others = [scene for other, scene in enumerate(scenes) if other != number]
    return fill_scene(
        scenes[number],
        1000.0,
        1000.0,
        HEIGHT.astype(float),
        way["TREND"],
        others,
        variogram=variogram,
        fit=way.get("FIT", "likelihood"),
        search=way.get("SEARCH", "octant"),
        seed=1,
    )


def test_each_way_to_fill_gaps(run, gappy, tmp_path):
    stack, dem, scenes = gappy
    gap, results = np.isnan(scenes[0]), []
    for number, way in enumerate(WAYS):
        output, deviation = tmp_path / f"{number}.tif", tmp_path / f"std{number}.tif"
        done(run, "filllstgaps", INPUT=stack, DEM=dem, **way, VALIDATION=0, OUTPUT=output, OUTPUT_STD=deviation)
        expected = by_hand(way, scenes)
        np.testing.assert_allclose(values(output)[0], expected.values, atol=0.0051, err_msg=str(way))
        np.testing.assert_allclose(values(deviation)[0][gap], expected.std[gap], atol=0.0051, err_msg=str(way))
        results.append(expected)
    for one, first in enumerate(results):
        for other in range(one):
            assert not np.allclose(first.values, results[other].values, atol=0.01), (WAYS[one], WAYS[other])


def test_scenes_of_a_month_share_a_variogram(run, make_raster, tmp_path):
    """One of three scenes is rough. By scene it has a short range of its own; by month it has the shape of all."""
    scenes = np.stack([scene(0), scene(1), scene(2)])
    rough = np.random.default_rng(5).normal(0, 3, SHAPE)
    scenes[2] = np.where(np.isnan(scenes[2]), np.nan, np.round(rough, 2))
    stored = np.where(np.isnan(scenes), -9999, scenes)
    stack = dated(
        make_raster("lst", stored, nodata=-9999, **METRES), [date(2005, 1, 1) + timedelta(day) for day in range(3)]
    )
    found = {}
    for per in ("scene", "month", "auto"):
        output = tmp_path / f"{per}.tif"
        done(run, "filllstgaps", INPUT=stack, TREND="none", VARIOGRAM_PER=per, VALIDATION=0, OUTPUT=output)
        found[per] = values(output)
    # So short a stack is filled by scene unless told otherwise.
    np.testing.assert_array_equal(found["auto"], found["scene"])
    gap = np.isnan(scenes[2])
    by_scene, by_month = (np.std(found[per][2][gap]) for per in ("scene", "month"))
    # White noise is best predicted by its mean; with the smooth shape of the others its neighbours are copied.
    assert by_scene < 0.9 * by_month


def test_each_way_to_fit_a_variogram(run, gappy):
    stack, dem, scenes = gappy
    given = {"INPUT": stack, "DEM": dem, "BAND": 1}

    def fitted(**way):
        results = done(run, "fitvariogram", **given, **way).results
        return tuple(results[name] for name in ("VARIOGRAM", "NUGGET", "SILL", "RANGE"))

    by_trend = {kind: fitted(TREND=kind, VARIOGRAM="exponential") for kind in ("elevation", "fixed_lapse", "none")}
    by_trend["elevation_reference"] = fitted(TREND="elevation_reference", VARIOGRAM="exponential")
    # What is left after elevation and other days varies least, and without a trend it varies most.
    sills = {kind: sill for kind, (_, _, sill, _) in by_trend.items()}
    assert sills["elevation_reference"] < min(sills["elevation"], sills["fixed_lapse"])
    assert len(set(sills.values())) == 4
    by_model = {}
    for model in ("auto", "spherical", "exponential", "gaussian", "matern", "hole-effect"):
        by_model[model] = fitted(TREND="none", VARIOGRAM=model)
        expected = by_hand({"TREND": "none", "VARIOGRAM": model}, scenes).variogram
        assert by_model[model][0].startswith("exponential" if model == "auto" else model)
        assert by_model[model][1] == pytest.approx(expected.nugget, rel=1e-6)
        longest = expected.nested.range if model == "auto" else expected.range
        assert by_model[model][3] == pytest.approx(longest, rel=1e-6)
    assert len(set(by_model.values())) == len(by_model)
    for model in ("linear", "power"):
        assert fitted(TREND="none", VARIOGRAM=model, FIT="moments")[0].startswith(model)
    moments = fitted(TREND="none", VARIOGRAM="spherical", FIT="moments")
    expected = by_hand({"TREND": "none", "VARIOGRAM": "spherical", "FIT": "moments"}, scenes).variogram
    assert moments[3] == pytest.approx(expected.range, rel=1e-6)
    assert moments != by_model["spherical"]


def test_a_fitted_variogram_can_be_given_back(run, gappy, tmp_path):
    """The order of matern among its numbers: a given one had that of the exponential."""
    stack, _, _ = gappy
    given = {"INPUT": stack, "TREND": "none", "VARIOGRAM": "matern"}
    fitted = done(run, "fitvariogram", **given, BAND=2).results
    numbers = {name: fitted[name] for name in ("NUGGET", "SILL", "RANGE", "SMOOTHNESS")}
    assert abs(numbers["SMOOTHNESS"] - 0.5) > 0.1
    for name, more in (("given", numbers), ("estimated", {"VARIOGRAM_PER": "scene"})):
        done(run, "filllstgaps", **given, **more, VALIDATION=0, OUTPUT=tmp_path / f"{name}.tif")
    np.testing.assert_allclose(values(tmp_path / "given.tif")[1], values(tmp_path / "estimated.tif")[1], atol=0.0101)


def test_each_way_to_assess_the_filling_of_gaps(run, gappy):
    """Hidden cells are known here: each option gives the scores of filling them in the same way."""
    stack, dem, _ = gappy
    ways = [
        *WAYS,
        {"TREND": "none", **GIVEN, "PATTERN": "cells"},
        {"TREND": "none", "VARIOGRAM": "auto", "VARIOGRAM_PER": "month"},
        {"TREND": "none", "VARIOGRAM": "auto", "VARIOGRAM_PER": "auto"},
    ]
    scores = [done(run, "assessgapfilling", INPUT=stack, DEM=dem, SCENES=1, **way).results["RMSE"] for way in ways]
    assert all(0 < score < 6 for score in scores)
    found = {json.dumps({"SEARCH": "octant", "FIT": "likelihood", **way}): score for way, score in zip(ways, scores)}
    by_scene = {"TREND": "none", "VARIOGRAM": "auto", "VARIOGRAM_PER": "scene"}
    auto = {"TREND": "none", "VARIOGRAM": "auto", "VARIOGRAM_PER": "auto"}
    key = {name: json.dumps({"SEARCH": "octant", "FIT": "likelihood", **way}) for name, way in (("auto", auto),)}
    scene_score = scores[ways.index({**by_scene, "FIT": "likelihood"})]
    # So short a stack has a variogram by scene; all other ways differ.
    assert found[key["auto"]] == scene_score
    others = [score for one, score in found.items() if one != key["auto"]]
    assert len(set(others)) == len(others)


# Scenes


TRIMS_FILES = {
    "terra_day": ("TRIMS_Terra2005001D.tif", 1.0),
    "terra_night": ("TRIMS_Terra2005001N.tif", 2.0),
    "aqua_day": ("TRIMS_Aqua2005001D.tif", 3.0),
    "aqua_night": ("TRIMS_Aqua2005001N.tif", 4.0),
}


def scenes_in(make_raster, tmp_path, files):
    """Move rasters of whole numbers into a folder of scenes."""
    folder = tmp_path / "scenes"
    folder.mkdir()
    for name, stored in files.items():
        Path(make_raster("one", stored)).rename(folder / name)
    return folder


@pytest.mark.parametrize("overpass", ["from_name", *TRIMS_FILES])
def test_each_overpass_is_built_alone(run, make_raster, tmp_path, overpass):
    files = {name: np.full((2, 2), 27315 + 100 * celsius, np.uint16) for name, celsius in TRIMS_FILES.values()}
    folder = scenes_in(make_raster, tmp_path, files)
    done(run, "buildlststack", INPUT=folder, OVERPASS=overpass, OUTPUT=tmp_path / "out")
    built = {path.stem[: -len("_2005")]: values(path).flat[0] for path in (tmp_path / "out").glob("[a-z]*.tif")}
    wanted = TRIMS_FILES if overpass == "from_name" else [overpass]
    assert built == {name: pytest.approx(TRIMS_FILES[name][1]) for name in wanted}


@pytest.mark.parametrize(
    ("product", "name", "stored"),
    [("trims", "TRIMS_Terra2005001D.tif", 27430), ("modis", "MOD11A1_2005001.LST_Day_1km.tif", 13715)],
)
def test_numbers_of_each_product(run, make_raster, tmp_path, product, name, stored):
    """Hundredths and fiftieths of a kelvin, 0 where there is nothing."""
    folder = scenes_in(make_raster, tmp_path, {name: np.array([[stored, 0]], np.uint16)})
    done(run, "buildlststack", INPUT=folder, PRODUCT=product, QC="none", OUTPUT=tmp_path / "out")
    np.testing.assert_allclose(values(tmp_path / "out" / "terra_day_2005.tif").ravel(), [1.15, np.nan], atol=1e-9)


@pytest.mark.parametrize(("limit", "kept"), [("none", 5), ("within_3k", 3), ("within_2k", 2), ("within_1k", 1)])
def test_each_limit_of_the_quality_bits(run, make_raster, tmp_path, limit, kept):
    """Errors up to 1, 2 and 3 K and above, and one that bits 0-1 call a cloud (Wan 2013)."""
    quality = np.array([[0b00000000, 0b01000001, 0b10000000, 0b11000000, 0b00000010]], np.uint8)
    files = {
        "MOD11A1_2005001.LST_Day_1km.tif": np.full((1, 5), 13715, np.uint16),
        "MOD11A1_2005001.QC_Day.tif": quality,
    }
    folder = scenes_in(make_raster, tmp_path, files)
    done(run, "buildlststack", INPUT=folder, PRODUCT="modis", QC=limit, OUTPUT=tmp_path / "out")
    found = np.isfinite(values(tmp_path / "out" / "terra_day_2005.tif")).ravel()
    np.testing.assert_array_equal(found, np.arange(5) < kept)


@pytest.mark.parametrize(
    ("resampling", "coarser", "finer"), [("bilinear", None, 0.75), ("nearest", 10, 0), ("average", 2, 0)]
)
def test_each_resampling_of_scenes(run, make_raster, tmp_path, resampling, coarser, finer):
    """As `aligntogrid` has it: nine cells in one, and a plane at a quarter of the way between centres."""
    for name, stored, cell, grid, grid_cell, place, expected in (
        ("coarser", [[1, 1, 1], [1, 10, 1], [1, 1, 1]], 0.1 / 3, (1, 1), 0.1, (0, 0), coarser),
        ("finer", [[0, 1], [2, 3]], 0.1, (4, 4), 0.05, (1, 1), finer),
    ):
        if expected is None:
            continue
        folder = tmp_path / name
        folder.mkdir()
        kelvin = 27315 + 100 * np.array(stored, np.uint16)
        Path(make_raster("one", kelvin.astype(np.uint16), cell=(cell, -cell))).rename(
            folder / "TRIMS_Terra2005001D.tif"
        )
        wanted = make_raster("grid", np.zeros(grid, np.float32), cell=(grid_cell, -grid_cell))
        output = tmp_path / f"out_{name}"
        done(run, "buildlststack", INPUT=folder, GRID=wanted, RESAMPLING=resampling, OUTPUT=output)
        assert np.atleast_2d(values(output / "terra_day_2005.tif"))[place] == pytest.approx(expected, abs=0.0051)


# Ground temperatures


@pytest.mark.parametrize("missing", ["monthly", "harmonic", "none"])
def test_each_way_to_treat_missing_days(run, make_raster, tmp_path, missing):
    day = np.arange(365)
    gst = 15 + 10 * np.sin(2 * np.pi * day / 365.25)
    seen = np.round(gst, 4)
    seen[:15] = -9999
    stack = make_raster("gst", seen.astype(np.float32)[:, None, None], nodata=-9999)
    dated(stack, [date(2005, 1, 1) + timedelta(int(one)) for one in day])
    done(run, "degreedays", GST=[stack], MISSING=missing, DDT=tmp_path / "ddt.tif")
    expected = {
        # January has 31 days, of which 16 are known; the sum of the others is as it is.
        "monthly": gst[15:31].sum() * 31 / 16 + gst[31:].sum(),
        "harmonic": gst.sum(),
        "none": gst[15:].sum(),
    }
    assert len({round(value) for value in expected.values()}) == 3
    assert values(tmp_path / "ddt.tif").flat[0] == pytest.approx(expected[missing], abs=0.05)


@pytest.fixture
def training(tmp_path):
    """A table of three stations, its temperatures in degC or shifted."""

    def write(name, shift=0.0):
        random = np.random.default_rng(2)
        rows = ["station,date,gst,terra_day,terra_night"]
        for number in range(360):
            day, night = random.normal([8, -8], 8)
            gst = 0.5 * (day + night) + random.normal(0, 1)
            when = date(2005, 1, 1) + timedelta(number)
            rows.append(f"S{number % 3},{when},{gst:.2f},{day + shift:.2f},{night + shift:.2f}")
        path = tmp_path / f"{name}.csv"
        path.write_text("\n".join([*rows, ""]), encoding="utf-8")
        return {"INPUT": path, "PREDICTORS": "terra_day;terra_night", "FOLDS": 5}

    return write


def model_of(run, tmp_path, **parameters):
    path = tmp_path / "model.json"
    done(run, "fitgstmodel", **parameters, OUTPUT=path)
    return json.loads(path.read_text(encoding="utf-8"))


def test_each_method_of_regression(run, training, tmp_path):
    given = training("table")
    rows = np.genfromtxt(given["INPUT"], delimiter=",", skip_header=1, usecols=(2, 3, 4))
    exact = np.linalg.lstsq(np.column_stack([np.ones(len(rows)), rows[:, 1:]]), rows[:, 0], rcond=None)[0][1:]
    slopes = {}
    for method in ("ols", "ridge"):
        model = model_of(run, tmp_path, **given, METHOD=method, ALPHA_MIN=100, ALPHA_MAX=1000)
        (equation,) = model["equations"]["all"]
        slopes[method] = np.array(equation["coefficients"]) / equation["scales"]
        assert equation["alpha"] == (0 if method == "ols" else pytest.approx(100))
    np.testing.assert_allclose(slopes["ols"], exact, rtol=1e-9)
    # (X'X + alpha)^-1 X'y of standardised predictors.
    x = (rows[:, 1:] - rows[:, 1:].mean(axis=0)) / rows[:, 1:].std(axis=0)
    shrunk = np.linalg.solve(x.T @ x + 100 * np.eye(2), x.T @ (rows[:, 0] - rows[:, 0].mean()))
    np.testing.assert_allclose(slopes["ridge"], shrunk / rows[:, 1:].std(axis=0), rtol=1e-9)
    for seasonal, seasons in ((False, {"all"}), (True, {"DJF", "MAM", "JJA", "SON"})):
        assert set(model_of(run, tmp_path, **given, SEASONAL=seasonal)["equations"]) == seasons


def test_each_unit_of_surface_temperatures(run, training, tmp_path):
    models = [
        model_of(run, tmp_path, **training("degc"), UNIT="degc"),
        model_of(run, tmp_path, **training("kelvin", 273.15), UNIT="kelvin"),
    ]
    degc, kelvin = (model["equations"]["all"][0] for model in models)
    for name in ("coefficients", "means", "intercept"):
        np.testing.assert_allclose(kelvin[name], degc[name], atol=1e-9)
    assert max(degc["means"]) < 20


@pytest.mark.parametrize(("method", "expected"), [("nearest", 0.0), ("bilinear", 0.75)])
def test_each_method_of_sampling(run, make_raster, tmp_path, method, expected):
    plane = dated(make_raster("lst", np.float32([[[0, 1], [2, 3]]])), [date(2005, 1, 1)])
    # At a quarter of the way from the first centre to the others.
    point = {"type": "Point", "coordinates": [80.075, 39.925]}
    feature = {"type": "Feature", "properties": {"station": "a"}, "geometry": point}
    (tmp_path / "stations.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    (tmp_path / "gst.csv").write_text("station,date,gst\na,2005-01-01,1.5\n")
    done(
        run,
        "samplelst",
        STATIONS=tmp_path / "stations.geojson",
        OBSERVATIONS=tmp_path / "gst.csv",
        TERRA_DAY=[plane],
        METHOD=method,
        OUTPUT=tmp_path / "table.csv",
    )
    header, row = (line.split(",") for line in (tmp_path / "table.csv").read_text(encoding="utf-8").splitlines())
    assert float(dict(zip(header, row))["terra_day"]) == pytest.approx(expected, abs=1e-6)


# Assessment


def test_each_treatment_of_autocorrelation(run, make_raster, tmp_path):
    """One cell, so the false discovery rate is the p-value itself."""
    years, random = range(2000, 2030), np.random.default_rng(4)
    series = np.zeros(30)
    for year in range(1, 30):
        series[year] = 0.8 * series[year - 1] + random.normal(0, 0.3)
    ttop = (series + 0.02 * np.arange(30)).astype(np.float32)[:, None, None]
    path = dated(make_raster("ttop", ttop), years)
    found = {}
    for treatment in ("none", "hamed_rao"):
        output = tmp_path / f"{treatment}.tif"
        done(run, "change", TTOP=[path], AUTOCORRELATION=treatment, SIGNIFICANCE=output)
        found[treatment] = values(output).flat[0]
        expected = trend(ttop, years, autocorrelated=treatment == "hamed_rao").p
        assert found[treatment] == pytest.approx(float(expected.flat[0]), rel=1e-5)
    assert found["hamed_rao"] > 2 * found["none"]


def test_areas_of_a_probability_sample(run, make_raster, tmp_path):
    """Of 40 and 60 km2, in samples of ten, nine and eight agree: OA is .4 x .9 + .6 x .8, and permafrost has 48 km2."""
    mapped = np.where(np.arange(100).reshape(10, 10) < 40, 1, 2).astype(np.uint8)
    reference = np.zeros(100, np.uint8)
    reference[:10], reference[9], reference[90:], reference[98:] = 1, 2, 2, 1
    paths = {
        "MAP": make_raster("map", mapped, nodata=0, **METRES),
        "REFERENCE": make_raster("reference", reference.reshape(10, 10), nodata=0, **METRES),
    }
    texts = {}
    for sample in (True, False):
        report = tmp_path / f"{sample}.html"
        results = done(run, "accuracy", **paths, PROBABILITY_SAMPLE=sample, BLOCK_SIZE=0, OUTPUT_HTML=report).results
        assert results["OA"] == pytest.approx(0.85)
        texts[sample] = report.read_text(encoding="utf-8")
    # A cell of UTM has 1 / .9996^2 km2 at the central meridian. Producer's accuracy of permafrost: 36 of 48 km2.
    for told in ("Overall accuracy 0.840 with", ">48.0", ">0.750<"):
        assert told in texts[True]
        assert told not in texts[False]


@pytest.mark.parametrize("algorithm", ["accuracy", "boreholes"])
def test_what_is_skipped_has_no_results(run, make_raster, algorithm):
    path = make_raster("map", np.uint8([[1, 2]]), nodata=0)
    assert done(run, algorithm, MAP=path, SKIP=True).results == {}
    assert not run(algorithm, {"MAP": path, "SKIP": False}).ok


# The sample


@pytest.fixture
def small_sample(monkeypatch, tmp_path):
    """A sample basin of 20 x 16 cells, of which a part of 10 x 8 has scenes."""
    import shutil

    from permafrost_mapper.algorithms.prepare import sampledata
    from permafrost_mapper.raster.simulate import sample

    folder = tmp_path / "resources"
    shutil.copytree(sampledata.SAMPLE, folder)
    whole = str(sampledata.SAMPLE / "elevation.tif")
    gdal.Translate(str(folder / "elevation.tif"), whole, projWin=[79.0, 36.4, 80.0, 35.6])
    monkeypatch.setattr(sample, "SAMPLE", folder)
    monkeypatch.setattr(sample, "LST_PART", (79.0, 35.8, 79.5, 36.2))
    return sampledata


@pytest.mark.parametrize(("lst", "size"), [("none", None), ("part", (10, 8)), ("basin", (20, 16))])
def test_each_extent_of_the_sample(run, small_sample, tmp_path, lst, size):
    output = tmp_path / "out"
    done(run, "sampledata", LST=lst, OUTPUT=output)
    scenes = list((output / "lst_scenes_simulated").glob("*.tif"))
    assert len(scenes) == (0 if size is None else 1460)
    if size is not None:
        scene = gdal.Open(str(scenes[0]))
        assert (scene.RasterXSize, scene.RasterYSize) == size


def test_the_sample_is_loaded_or_not(small_sample):
    from types import SimpleNamespace

    layers = {
        load: small_sample.SampleData().layers(SimpleNamespace(OUTPUT="folder", LST="none", LOAD=load))
        for load in (True, False)
    }
    assert layers[True]
    assert layers[False] == []
