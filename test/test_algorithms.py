"""What holds for every algorithm of the provider, so that a new one needs no contract of its own."""

import gc
import json
import re
import shlex
import subprocess
import sys
import weakref
from pathlib import Path

import headless
import numpy as np
import pytest

pytest.importorskip("qgis.core")
gdal = pytest.importorskip("osgeo.gdal")

from listings import require_all
from permafrost_mapper.algorithms import base
from permafrost_mapper.algorithms.base import Group
from permafrost_mapper.core import classes
from permafrost_mapper.core.about import RESOURCES, VERSION
from permafrost_mapper.core.errors import InputError
from permafrost_mapper.provider import ALGORITHMS, MODELS
from permafrost_mapper.raster.grid.grid import Grid
from permafrost_mapper.raster.read.tiles import TileSource
from permafrost_mapper.raster.run.blocks import Running, map_windows
from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputHtml,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsRasterLayer,
)
from qgis.PyQt.QtCore import Qt

ROOT = Path(__file__).resolve().parent.parent
IDS = [algorithm.ID for algorithm in ALGORITHMS]

# Ids, parameters and outputs that models, scripts and histories rely on: fixed for ever.
ACCURACY = "N TP FP FN TN PREVALENCE OA OA_SE KAPPA KAPPA_SE USERS_ACCURACY PRODUCERS_ACCURACY F1 MCC"
OVERPASSES = "TERRA_DAY TERRA_NIGHT AQUA_DAY AQUA_NIGHT"
SCORES = "R2 RMSE MAE BIAS"
FILLING = "INPUT DEM TREND LAPSE_RATE REFERENCES VARIOGRAM FIT NUGGET SILL RANGE NEIGHBOURS SEARCH SCHEDULER"
CATALOGUE = {
    "aligntogrid": ("INPUT GRID METHOD", "OUTPUT"),
    "buildlststack": (
        "INPUT PRODUCT PATTERN SCALE OFFSET NODATA QC DAY_SHIFT GRID EXTENT CRS RESOLUTION BASIN START END SCHEDULER",
        f"OUTPUT {OVERPASSES} SCENES MISSING",
    ),
    "filllstgaps": (
        f"{FILLING} BASIN VALIDATION",
        "OUTPUT OUTPUT_STD OUTPUT_HTML FILLED REMAINING",
    ),
    "fitvariogram": ("INPUT BAND DEM TREND VARIOGRAM FIT", "OUTPUT_HTML VARIOGRAM NUGGET SILL RANGE RMSE"),
    "assessgapfilling": (f"{FILLING} SHARE PATTERN SCENES", "OUTPUT_HTML RMSE MAE BIAS COVERAGE CRPS"),
    "rkfactor": ("LANDCOVER PFT TABLE METHOD", "OUTPUT"),
    "ttop": ("DDT DDF RK RK_VALUE NT NF DAYS", "OUTPUT"),
    "classify": ("TTOP THRESHOLD GLACIERS LAKES BASIN", "OUTPUT"),
    "probability": ("DDT DDF RK GST_ERROR GST_MODEL RK_SD MEMBERS SEED MAP", "OUTPUT ZONES"),
    "frostnumber": ("DDT DDF", "OUTPUT"),
    "accuracy": (
        "MAP REFERENCE REFERENCE_FIELD MAP_PERMAFROST REFERENCE_PERMAFROST REGIONS",
        f"OUTPUT OUTPUT_HTML TABLE {ACCURACY} QUANTITY_DISAGREEMENT ALLOCATION_DISAGREEMENT",
    ),
    "calibraterk": (
        "DDT DDF CLASSES REFERENCE PERMAFROST_VALUE HOLDOUT",
        "OUTPUT TABLE OUTPUT_HTML KAPPA KAPPA_HOLDOUT",
    ),
    "activelayer": ("DDT TTOP METHOD", "OUTPUT"),
    "boreholes": ("TTOP MAP BOREHOLES MAGT DEPTH", "OUTPUT OUTPUT_HTML ME MAE RMSE OA"),
    "areastatistics": ("MAP ZONES", "TABLE OUTPUT_HTML PERMAFROST_KM2 PERMAFROST_PERCENT"),
    "exportproduct": ("MAPS PROBABILITY TTOP TITLE AUTHORS LICENSE PERIOD", "OUTPUT FILES"),
    "sampledata": ("YEARS LST SEED", "OUTPUT"),
    "comparemaps": ("MAPS RULES REFERENCE REFERENCE_RULE EXCLUDE", "OUTPUT OUTPUT_HTML TABLE TABLE_PAIRS N BEST"),
    "change": ("MAPS TTOP PERIODS THRESHOLD ALPHA", "OUTPUT TREND SIGNIFICANCE OUTPUT_HTML TABLE"),
    "samplelst": (f"STATIONS STATION_FIELD OBSERVATIONS STATION DATE GST {OVERPASSES}", "OUTPUT"),
    "fitgstmodel": (
        "INPUT TARGET PREDICTORS STATION DATE FOLDS ALPHA_MIN ALPHA_MAX SEASONAL METHOD",
        f"OUTPUT OUTPUT_HTML ALPHA {SCORES} {' '.join(f'{score}_STATION' for score in SCORES.split())}",
    ),
    "predictgst": (f"GST_MODEL {OVERPASSES}", "OUTPUT"),
    "degreedays": (
        f"GST GST_MODEL {OVERPASSES} YEAR_START MISSING MIN_DAYS RESIDUAL_VARIANCE",
        "DDT DDF MAGST VALID_DAYS DDT_MEAN DDF_MEAN MAGST_MEAN",
    ),
    "combinereports": ("REPORTS MAP PROBABILITY TTOP DDT DDF ZONES TITLE", "OUTPUT_HTML"),
    "maplayout": (
        "MAP TITLE PERIOD DEM GLACIERS LAKES BASIN SURVEY PROBABILITY AREAS SOURCES CITATION PAPER ORIENTATION DPI "
        "ADD_TO_PROJECT",
        "OUTPUT PICTURE SCALE PERMAFROST_KM2",
    ),
    "seriesatpoint": (
        f"POINT {OVERPASSES} OBSERVED_TERRA_DAY OBSERVED_TERRA_NIGHT OBSERVED_AQUA_DAY OBSERVED_AQUA_NIGHT GST "
        "GST_MODEL TTOP",
        "TABLE YEARS OUTPUT_HTML DAYS FILLED MISSING",
    ),
}
# Algorithms without a line in `SHADOWED`: those that need SciPy, and those that own tests run on scenes, on maps of
# several years and on the reports of other steps.
NOT_SHADOWED = {"filllstgaps", "fitvariogram", "assessgapfilling", "buildlststack", "change", "combinereports"}
DEFAULTS = {
    ("ttop", "NT"): 1,
    ("ttop", "NF"): 1,
    ("ttop", "DAYS"): 365,
    ("classify", "THRESHOLD"): 0,
    ("probability", "RK_SD"): 0.08,
    ("probability", "MEMBERS"): 200,
    ("change", "THRESHOLD"): 0,
    ("fitgstmodel", "FOLDS"): 10,
    ("degreedays", "YEAR_START"): 1,
    ("degreedays", "MISSING"): "monthly",
    ("degreedays", "RESIDUAL_VARIANCE"): False,
    ("accuracy", "MAP_PERMAFROST"): "1",
    ("accuracy", "REFERENCE_PERMAFROST"): "1",
}


@pytest.fixture(params=IDS)
def algorithm(provider, request):
    """Each algorithm as QGIS sees it."""
    return provider.algorithm(request.param)


# Declaration ---------------------------------------------------------------------------------------


def test_the_provider_offers_what_it_lists(provider):
    assert provider.id() == "permafrost"
    assert VERSION in provider.longName()
    assert not provider.icon().isNull()
    assert Path(provider.svgIconPath()).is_file()
    assert len(set(IDS)) == len(IDS)
    assert len(provider.algorithms()) == len(ALGORITHMS) + len(MODELS)
    assert set(IDS) <= {algorithm.name() for algorithm in provider.algorithms()}


def test_ids_are_lower_case_alphanumerics(algorithm):
    assert re.fullmatch(r"[a-z][a-z0-9]*", algorithm.name())


def test_texts(algorithm):
    assert algorithm.displayName()
    sentence = algorithm.shortDescription()
    assert re.fullmatch(r"[A-Z][^\n]*\.", sentence)
    # One sentence: no full stop before the last, abbreviations aside.
    assert not re.search(r"\.\s+[A-Z]", sentence)
    assert len(algorithm.tags()) >= 3
    assert all(tag == tag.strip() and tag for tag in algorithm.tags())
    groups = dict(value for name, value in vars(Group).items() if not name.startswith("_"))
    assert algorithm.group() == groups[algorithm.groupId()]


def test_icons(algorithm):
    assert any((RESOURCES / "icons" / f"{name}.svg").is_file() for name in (algorithm.name(), algorithm.groupId()))
    assert not algorithm.icon().pixmap(24, 24).isNull()


def test_every_parameter_has_a_name_a_label_and_a_help(algorithm):
    for definition in algorithm.parameterDefinitions():
        assert re.fullmatch(r"[A-Z][A-Z0-9_]*", definition.name())
        assert definition.description()
        assert re.fullmatch(r"[^\s].*[.)]", definition.help(), re.DOTALL), f"{definition.name()}: {definition.help()!r}"
    for definition in algorithm.outputDefinitions():
        assert re.fullmatch(r"[A-Z][A-Z0-9_]*", definition.name())
        assert definition.description()


def test_no_two_inputs_and_no_two_outputs_have_one_label(provider):
    for algorithm in provider.algorithms():
        for outputs in (False, True):
            labels = [one.description() for one in algorithm.parameterDefinitions() if one.isDestination() is outputs]
            assert len(set(labels)) == len(labels), algorithm.name()
            assert not set(labels) & {"Table", "Output", "Raster layer"}, algorithm.name()


def test_reports_are_listed_by_the_name_of_their_algorithm(algorithm):
    for definition in algorithm.outputDefinitions():
        if isinstance(definition, QgsProcessingOutputHtml):
            assert definition.description().startswith(f"{algorithm.displayName()}: ")


def test_choices_are_lower_case_tokens(algorithm):
    for definition in algorithm.parameterDefinitions():
        if isinstance(definition, QgsProcessingParameterEnum):
            assert definition.usesStaticStrings()
            assert all(re.fullmatch(r"[a-z0-9][a-z0-9_-]*", option) for option in definition.options())
            assert definition.defaultValue() in definition.options()
            # Each of them is explained.
            assert all(option.partition("_")[0] in definition.help() for option in definition.options())


def test_the_help_holds_every_parameter(algorithm):
    text = algorithm.shortHelpString()
    assert text.startswith("<p>")
    for definition in algorithm.parameterDefinitions():
        assert f"<b>{definition.description()}</b>".replace("&", "&amp;") in text


def test_the_help_leads_to_the_page(algorithm):
    from permafrost_mapper.core.about import HOMEPAGE

    url = algorithm.helpUrl()
    assert url.startswith(f"{HOMEPAGE}/")
    assert url.rpartition("/")[2].partition(".")[0] == algorithm.name()
    assert (RESOURCES.parent / "docs" / "reference" / f"{algorithm.name()}.md").is_file()


def test_an_algorithm_makes_copies_of_its_own_kind(algorithm):
    copy = algorithm.create()
    assert copy is not algorithm
    assert copy.id() == algorithm.id()
    assert [d.name() for d in copy.parameterDefinitions()] == [d.name() for d in algorithm.parameterDefinitions()]


def test_names_of_each_algorithm_are_fixed():
    require_all(CATALOGUE, (), "CATALOGUE in test_algorithms.py, with the parameters and outputs that must not change")


@pytest.mark.parametrize("name", CATALOGUE)
def test_names_are_fixed(provider, name):
    algorithm = provider.algorithm(name)
    parameters, outputs = (set(names.split()) for names in CATALOGUE[name])
    assert parameters <= {definition.name() for definition in algorithm.parameterDefinitions()}
    assert outputs <= {definition.name() for definition in algorithm.outputDefinitions()}
    for (owner, parameter), default in DEFAULTS.items():
        if owner == name:
            assert algorithm.parameterDefinition(parameter).defaultValue() == default


def test_what_a_beginner_needs_not_know_is_advanced(provider):
    """Threads and memory are never in the way."""
    flag = QgsProcessingParameterDefinition.Flag.FlagAdvanced
    for name in IDS:
        for parameter in ("THREADS", "MEMORY"):
            definition = provider.algorithm(name).parameterDefinition(parameter)
            assert definition is None or definition.flags() & flag


HTML = r"</?[a-z]+>|&[a-z]+;"


def test_headless_help_is_plain_text(algorithm, monkeypatch):
    assert re.search(HTML, algorithm.shortHelpString())
    monkeypatch.setattr(base.QgsApplication, "platform", lambda: "qgis_process")
    assert not re.search(HTML, algorithm.shortHelpString())


def test_qgis_process_prints_the_plain_text(qgis_process):
    env = qgis_process.keywords["env"]
    headless._enable_plugin(env)
    done = headless.qgis_process("help", "permafrost:ttop", env=env)
    assert done.returncode == 0, done.stderr
    assert "Permafrost is expected where TTOP is 0 °C or below" in done.stdout
    assert not re.search(HTML, done.stdout)


# Running -------------------------------------------------------------------------------------------


@pytest.fixture
def degree_days(make_raster):
    """DDT and DDF on 300 x 260 cells."""
    random = np.random.default_rng(1)
    ddt, ddf = random.uniform(0, 3000, (2, 260, 300)).astype(np.float32)
    ddt[5, 7] = -9999
    options = {"cell": (0.01, -0.01), "nodata": -9999}
    return {"DDT": make_raster("ddt", ddt, **options), "DDF": make_raster("ddf", ddf, **options)}


def read(path):
    return gdal.Open(str(path)).ReadAsArray()


def test_results_do_not_depend_on_threads_and_memory(run, degree_days, tmp_path):
    outputs = []
    for threads, memory in ((1, 64), (2, 64), (7, 1024)):
        output = tmp_path / f"{threads}.tif"
        done = run("ttop", {**degree_days, "RK_VALUE": 0.8, "THREADS": threads, "MEMORY": memory, "OUTPUT": output})
        assert done.ok, done.errors
        outputs.append(read(output))
    np.testing.assert_array_equal(outputs[0], outputs[1])
    np.testing.assert_array_equal(outputs[0], outputs[2])


def test_a_script_runs_it(provider, degree_days, tmp_path):
    processing = pytest.importorskip("processing")
    output = str(tmp_path / "ttop.tif")
    results = processing.run("permafrost:ttop", {**degree_days, "RK_VALUE": 0.8, "OUTPUT": output})
    assert results == {"OUTPUT": output}
    assert Path(output).is_file()


def test_layers_of_the_canvas_are_accepted(run, degree_days, tmp_path):
    layers = {name: QgsRasterLayer(path, f"{name} of 2013") for name, path in degree_days.items()}
    output = str(tmp_path / "ttop.tif")
    done = run("ttop", {**layers, "RK_VALUE": 0.8, "OUTPUT": output})
    assert done.ok, done.errors
    assert gdal.Open(output).GetRasterBand(1).GetDescription() == "TTOP"


def test_the_log_ends_with_the_line_that_repeats_the_run(run, degree_days, tmp_path):
    output = tmp_path / "with space" / "ttop.tif"
    done = run("ttop", {**degree_days, "RK_VALUE": 0.8, "DAYS": 366, "OUTPUT": output})
    line = re.findall(r"To repeat this run: (.*)", done.log)[-1]
    words = shlex.split(line.replace("<br/>", ""))
    assert Path(words[0]).name in ("qgis_process", "qgis_process.bin")
    assert words[1:4] == ["run", "permafrost:ttop", "--"]
    parameters = dict(word.split("=", 1) for word in words[4:])
    assert parameters["OUTPUT"] == str(output)
    assert parameters["DAYS"] == "366"
    again = run("ttop", {**parameters, "OUTPUT": tmp_path / "again.tif"})
    assert again.ok, again.errors
    np.testing.assert_array_equal(read(output), read(tmp_path / "again.tif"))


def repeated(done):
    """Return what the log says before the line that repeats a run, and the parameters in that line."""
    said, line = re.findall(r"(To repeat this run.*: )(\S*qgis_process.* -- .*)", done.log)[-1]
    return said, dict(word.split("=", 1) for word in shlex.split(line.replace("<br/>", ""))[4:])


def test_temporary_outputs_are_temporary_again(run, degree_days):
    """They used to be paths in a folder that is gone, and tables without a file."""
    done = run("ttop", {**degree_days, "RK_VALUE": 0.8, "OUTPUT": "TEMPORARY_OUTPUT"})
    said, parameters = repeated(done)
    assert (said, parameters["OUTPUT"]) == ("To repeat this run: ", "TEMPORARY_OUTPUT")
    temporary = done.results["OUTPUT"]
    assert run("ttop", parameters).ok
    # As the input of another step, it has to be kept.
    done = run("classify", {"TTOP": temporary, "OUTPUT": "TEMPORARY_OUTPUT"})
    said, parameters = repeated(done)
    assert said.startswith("To repeat this run, save to files what exists only in this session of QGIS (TTOP 'OUTPUT')")
    assert parameters["OUTPUT"] == "TEMPORARY_OUTPUT"
    for table in ("memory:", "memory:Accuracy table", "TEMPORARY_OUTPUT"):
        given = {"MAP": done.results["OUTPUT"], "REFERENCE": done.results["OUTPUT"], "TABLE": table, "BLOCK_SIZE": 0}
        assert repeated(run("accuracy", given))[1]["TABLE"] == "TEMPORARY_OUTPUT"


def test_layers_in_memory_cannot_be_repeated(run, degree_days, tmp_path):
    from qgis.core import QgsFeature, QgsGeometry, QgsVectorLayer

    lakes = QgsVectorLayer("Polygon?crs=EPSG:4326", "my lakes", "memory")
    lake = QgsFeature()
    lake.setGeometry(QgsGeometry.fromWkt("POLYGON((79 38, 82 38, 82 39.95, 79 39.95, 79 38))"))
    lakes.dataProvider().addFeatures([lake])
    assert run("ttop", {**degree_days, "RK_VALUE": 0.8, "OUTPUT": tmp_path / "ttop.tif"}).ok
    done = run("classify", {"TTOP": tmp_path / "ttop.tif", "LAKES": lakes, "OUTPUT": tmp_path / "map.tif"})
    assert done.ok, done.errors
    said, parameters = repeated(done)
    assert said == (
        "To repeat this run, save to files what exists only in this session of QGIS (LAKES 'my lakes'), and write "
        "their paths into this line: "
    )
    assert parameters["OUTPUT"] == str(tmp_path / "map.tif")


def test_differing_grids_are_aligned_with_a_message(run, degree_days, make_raster, tmp_path):
    rk = make_raster("rk", np.full((20, 20), 0.8, np.float32), corner=(79, 41), cell=(0.3, -0.3))
    done = run("ttop", {**degree_days, "RK": rk, "OUTPUT": tmp_path / "ttop.tif"})
    assert done.ok, done.errors
    assert "'rk' (20 x 20 cells of 0.3 x 0.3 deg" in done.log
    assert "is aligned to the first input by bilinear resampling" in done.log
    plain = run("ttop", {**degree_days, "RK_VALUE": 0.8, "OUTPUT": tmp_path / "plain.tif"})
    assert "aligned" not in plain.log
    np.testing.assert_allclose(read(tmp_path / "ttop.tif"), read(tmp_path / "plain.tif"), rtol=1e-5)


class Stop(QgsProcessingFeedback):
    """A user who cancels as soon as anything has been done."""

    def __init__(self):
        super().__init__(False)
        self.errors = []
        # Directly: GDAL may report from a thread of its own, and no event loop runs here.
        self.progressChanged.connect(self.cancel, Qt.ConnectionType.DirectConnection)

    def reportError(self, error, fatalError=False):
        self.errors.append(error)


@pytest.mark.parametrize("name", ["ttop", "frostnumber", "probability", "aligntogrid", "exportproduct"])
def test_cancel_leaves_nothing(provider, make_raster, tmp_path, name):
    folder = tmp_path / "out"
    folder.mkdir()
    big = make_raster("big", np.ones((2500, 2500), np.uint8), cell=(0.001, -0.001), options=("TILED=YES",))
    coarser = make_raster("coarser", np.ones((2400, 2400), np.uint8), cell=(0.0011, -0.0011))
    inputs = {
        "ttop": {"DDT": big, "DDF": big, "RK_VALUE": 0.8},
        "frostnumber": {"DDT": big, "DDF": big},
        "probability": {"DDT": big, "DDF": big, "RK_VALUE": 0.8, "GST_ERROR": 0.7, "ZONES": str(folder / "zones.tif")},
        "aligntogrid": {"INPUT": big, "GRID": coarser},
        "exportproduct": {"MAPS": [big], "TITLE": "Big", "AUTHORS": "Doe, Jane", "PERIOD": "2019"},
    }[name]
    feedback = Stop()
    instance = QgsApplication.processingRegistry().createAlgorithmById(f"permafrost:{name}")
    parameters = {**inputs, "OUTPUT": str(folder / "o.tif"), "MEMORY": 64, "THREADS": 2}
    _, ok = instance.run(parameters, QgsProcessingContext(), feedback)
    assert not ok
    assert feedback.errors == ["The run was cancelled: nothing was written."]
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("good", [True, False], ids=["run", "error"])
def test_a_run_leaves_nothing_of_qgis_to_the_garbage_collector(provider, degree_days, tmp_path, good):
    """It comes in any thread, or after QGIS' end, and QGIS' objects stand neither."""
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback(False)
    instance = QgsApplication.processingRegistry().createAlgorithmById("permafrost:ttop")
    r_k = {"RK_VALUE": 0.8} if good else {"RK": degree_days["DDT"]}
    parameters = {**degree_days, **r_k, "OUTPUT": str(tmp_path / "ttop.tif")}
    watched = [weakref.ref(thing) for thing in (context, feedback, instance)]
    gc.collect()
    gc.disable()
    try:
        ok = instance.run(parameters, context, feedback)[1]
        del context, feedback, instance
        assert ok == good
        alive = [thing() is not None for thing in watched]
        gc.collect()
        assert [thing() is not None for thing in watched] == alive
        # QGIS itself keeps what an error has seen, for ever: no collector comes for it.
        assert not good or not any(alive)
    finally:
        gc.enable()


class Layer:
    """Something that has to go with the run."""


def test_an_error_lets_go_of_what_it_has_seen():
    """A future holds its error, whose frames hold the future: a ring, were the frames not let go."""

    def fail(tiles):
        raise InputError("'a' is wrong: mend it.")

    def failing(_layer):
        with base.sentences():
            list(map_windows(fail, {"tiles": TileSource(10)}, Grid(9, 9, (0, 1, 0, 0, 0, -1), ""), Running(1)))

    layer = Layer()
    watched = weakref.ref(layer)
    gc.disable()
    try:
        with pytest.raises(QgsProcessingException, match=r"^'a' is wrong") as caught:
            failing(layer)
        del layer, caught
        assert watched() is None
    finally:
        gc.enable()


# The canvas ----------------------------------------------------------------------------------------


def landed(name, parameters, output):
    """The layer as it lands on the canvas after a run."""
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback(False)
    details = QgsProcessingContext.LayerDetails("result", None, "OUTPUT")
    context.addLayerToLoadOnCompletion(output, details)
    instance = QgsApplication.processingRegistry().createAlgorithmById(f"permafrost:{name}")
    _, ok = instance.run({**parameters, "OUTPUT": output}, context, feedback)
    assert ok
    layer = QgsRasterLayer(output, "result")
    context.layerToLoadOnCompletionDetails(output).postProcessor().postProcessLayer(layer, context, feedback)
    return layer


def test_ttop_lands_on_a_diverging_ramp_centred_on_zero(provider, degree_days, tmp_path):
    layer = landed("ttop", {**degree_days, "RK_VALUE": 0.8}, str(tmp_path / "ttop.tif"))
    items = layer.renderer().shader().rasterShaderFunction().colorRampItemList()
    assert [item.value for item in items] == [value for value, _ in classes.TTOP.stops]
    middle = next(item for item in items if item.value == 0)
    assert middle.color.saturation() < 5
    assert all(item.color.blue() > item.color.red() for item in items if item.value < 0)
    assert all(item.color.red() > item.color.blue() for item in items if item.value > 0)
    assert not any("nan" in label for label, _ in layer.renderer().legendSymbologyItems())


def test_classes_land_with_their_names(provider, make_raster, tmp_path):
    ttop = make_raster("ttop", np.array([[-1.0, 1.0]], np.float32))
    layer = landed("classify", {"TTOP": ttop}, str(tmp_path / "map.tif"))
    shown = {entry.value: (entry.label, entry.color.name()) for entry in layer.renderer().classes()}
    assert shown == {entry.value: (entry.name, entry.colour) for entry in classes.PERMAFROST_MAP}


# Without optional packages -------------------------------------------------------------------------

SHADOWED = """
import sys
sys.path[:0] = {paths!r}

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {refused!r}:
            raise ModuleNotFoundError(f"refused: {{name}}", name=name)

sys.meta_path.insert(0, Refuse())
from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingFeedback
application = QgsApplication([], False)
application.initQgis()
from permafrost_mapper.plugin import PermafrostMapperPlugin
plugin = PermafrostMapperPlugin(None)
plugin.initProcessing()
registry = QgsApplication.processingRegistry()
sample, out, lst = {sample!r}, {out!r}, {lst!r}

def run(name, **parameters):
    algorithm = registry.createAlgorithmById("permafrost:" + name)
    feedback = QgsProcessingFeedback(False)
    context = QgsProcessingContext()
    ok, sentence = algorithm.checkParameterValues(parameters, context)
    if ok:
        results, ok = algorithm.run(parameters, context, feedback)
    if not ok:
        sys.exit(name + ": " + sentence + feedback.textLog())
    sys.stdout.write(name + "\\n")

run("sampledata", LST="none", OUTPUT=sample)
ddt, ddf = sample + "/ddt_simulated.tif", sample + "/ddf_simulated.tif"
run("rkfactor", LANDCOVER=sample + "/landcover_igbp.tif", TABLE="modis_igbp", OUTPUT=out + "/rk.tif")
run("ttop", DDT=ddt, DDF=ddf, RK=out + "/rk.tif", OUTPUT=out + "/ttop.tif")
run("frostnumber", DDT=ddt, DDF=ddf, OUTPUT=out + "/frost.tif")
run("probability", DDT=ddt, DDF=ddf, RK=out + "/rk.tif", GST_ERROR=0.7, OUTPUT=out + "/probability.tif")
run("classify", TTOP=out + "/ttop.tif", GLACIERS=sample + "/glaciers.geojson", BASIN=sample + "/basin.geojson",
    OUTPUT=out + "/map.tif")
run("accuracy", MAP=out + "/map.tif", REFERENCE=sample + "/survey_simulated.tif",
    REGIONS=sample + "/survey_regions.geojson", OUTPUT_HTML=out + "/accuracy.html", TABLE=out + "/accuracy.csv")
run("comparemaps", MAPS=[out + "/map.tif", out + "/ttop.tif"], RULES="== 1 drop 3 4; <= 0",
    REFERENCE=sample + "/survey_simulated.tif", OUTPUT=out + "/agreement.tif", OUTPUT_HTML=out + "/comparison.html")
run("areastatistics", MAP=out + "/map.tif", ZONES=sample + "/districts.geojson", OUTPUT_HTML=out + "/areas.html")
run("exportproduct", MAPS=[out + "/map.tif"], TTOP=out + "/ttop.tif", ACCURACY=[out + "/accuracy.csv"], TITLE="Sample",
    AUTHORS="Doe, Jane", PERIOD="2019", OUTPUT=out + "/product")
run("calibraterk", DDT=ddt, DDF=ddf, CLASSES=sample + "/landcover_igbp.tif", REFERENCE=sample + "/survey_simulated.tif",
    OUTPUT=out + "/calibrated.tif", TABLE=out + "/rk.csv", OUTPUT_HTML=out + "/calibration.html")
run("activelayer", DDT=ddt, TTOP=out + "/ttop.tif", OUTPUT=out + "/active.tif", OUTPUT_HTML=out + "/active.html")
run("boreholes", TTOP=out + "/ttop.tif", MAP=out + "/map.tif", BOREHOLES=out + "/points.geojson", MAGT="magt",
    OUTPUT=out + "/compared.gpkg", OUTPUT_HTML=out + "/boreholes.html")
run("aligntogrid", INPUT=sample + "/elevation.tif", GRID=out + "/map.tif", OUTPUT=out + "/aligned.tif")
run("samplelst", STATIONS=out + "/stations.geojson", OBSERVATIONS=out + "/gst.csv", **lst, OUTPUT=out + "/table.csv")
run("fitgstmodel", INPUT=out + "/table.csv", OUTPUT=out + "/model.json", OUTPUT_HTML=out + "/model.html")
run("predictgst", GST_MODEL=out + "/model.json", **lst, OUTPUT=out + "/gst.tif")
run("degreedays", GST_MODEL=out + "/model.json", **lst, DDT=out + "/ddt.tif", DDF=out + "/ddf.tif")
run("seriesatpoint", POINT="80.25,39.85 [EPSG:4326]", **lst, GST_MODEL=out + "/model.json",
    OUTPUT_HTML=out + "/series.html")
run("maplayout", MAP=out + "/map.tif", TITLE="Sample", PICTURE=out + "/layout.png", DPI=72)
sys.stdout.flush()
# Without QGIS' own clean-up, which is not what is tested.
import os
os._exit(0)
"""
BOREHOLES = """{"type": "FeatureCollection", "features": [
    {"type": "Feature", "properties": {"magt": -3}, "geometry": {"type": "Point", "coordinates": [80, 36]}},
    {"type": "Feature", "properties": {"magt": 9}, "geometry": {"type": "Point", "coordinates": [84, 40]}}]}"""
OPTIONAL = {"scipy", "sklearn", "pykrige", "numba", "distributed", "dask", "matplotlib", "pandas"}


@pytest.fixture
def four_overpasses(make_raster, tmp_path):
    """Stacks of a year, with the stations and observations of ``out/`` that belong to them."""
    out = tmp_path / "out"
    out.mkdir()
    random = np.random.default_rng(5)
    gst = -2 - 14 * np.cos(2 * np.pi * np.arange(365) / 365)[:, None, None] + random.normal(0, 3, (365, 4, 6))
    shifts = {"TERRA_DAY": 10, "TERRA_NIGHT": -8, "AQUA_DAY": 12, "AQUA_NIGHT": -10}
    stacks = {name: make_raster(name, gst + shift + random.normal(0, 1, gst.shape)) for name, shift in shifts.items()}
    points = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [80.05 + 0.1 * column, 39.95]},
            "properties": {"station": f"S{column}"},
        }
        for column in range(3)
    ]
    (out / "stations.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": points}))
    days = np.datetime64("2005-01-01") + np.arange(365)
    rows = [f"S{column},{day},{gst[row, 0, column]:.2f}" for column in range(3) for row, day in enumerate(days)]
    (out / "gst.csv").write_text("\n".join(["station,date,gst", *rows, ""]))
    return {**stacks, "START_DATE": "2005-01-01"}


def test_everything_that_needs_numpy_and_gdal_alone_runs_with_them_alone(qgis_process, four_overpasses, tmp_path):
    out = tmp_path / "out"
    (out / "points.geojson").write_text(BOREHOLES)
    env = qgis_process.keywords["env"]
    script = SHADOWED.format(
        paths=[env["QGIS_PLUGINPATH"], headless.QGIS_PLUGINS],
        refused=OPTIONAL,
        sample=str(tmp_path / "sample"),
        out=str(out),
        lst=four_overpasses,
    )
    done = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    require_all(done.stdout.split(), NOT_SHADOWED, 'the lines run("<id>", ...) of SHADOWED in test_algorithms.py')
    assert (out / "accuracy.html").is_file()


def test_the_example_gives_what_has_to_be_given_and_nothing_unknown(algorithm):
    given = dict(word.split("=", 1) for word in shlex.split(algorithm.EXAMPLE))
    definitions = {definition.name(): definition for definition in algorithm.parameterDefinitions()}
    assert given.keys() <= definitions.keys()
    needed = {
        name
        for name, definition in definitions.items()
        if definition.defaultValue() is None
        and not definition.flags() & QgsProcessingParameterDefinition.Flag.FlagOptional
    }
    assert needed <= given.keys()


def test_the_parameters_of_a_run_are_read_only(run, degree_days, tmp_path, monkeypatch):
    """What `check` finds out is what it returns, and not something that it leaves in the parameters."""
    from permafrost_mapper.algorithms.permafrost.ttop import Ttop

    refused = []

    def write(_algorithm, p, _task=None):
        for change in (lambda: setattr(p, "RK_VALUE", 2.0), lambda: setattr(p, "found", 1), lambda: delattr(p, "NT")):
            with pytest.raises(AttributeError, match="read-only") as error:
                change()
            refused.append(str(error.value).partition(" ")[0])
        return {}

    monkeypatch.setattr(Ttop, "check", write)
    monkeypatch.setattr(Ttop, "execute", write)
    done = run("ttop", {**degree_days, "RK_VALUE": 0.8, "OUTPUT": tmp_path / "o.tif"})
    assert done.ok, done.errors
    assert refused == ["RK_VALUE", "found", "NT"] * 2
