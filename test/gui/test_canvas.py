"""Results reach the canvas: run from their dialogs, algorithms and models load what they write, named and styled."""

import numpy as np
import pytest
from conftest import settle
from listings import require_all
from permafrost_mapper.core import classes
from qgis.utils import iface

MODEL = "permafrost map from degree days"

ROWS, COLUMNS = 24, 30


@pytest.fixture
def inputs(make_raster):
    """Rasters of a tiny basin, from cold to warm; a survey that is one row off; maps of classes."""
    warmth = np.repeat(np.linspace(0, 1, ROWS, dtype=np.float32), COLUMNS).reshape(ROWS, COLUMNS)
    is_permafrost = warmth < 0.5
    survey = np.where(np.roll(is_permafrost, 1, axis=0), 1, 2).astype(np.uint8)
    return {
        "DDT": make_raster("ddt", 200 + 2800 * warmth, nodata=-9999),
        "DDF": make_raster("ddf", 3000 - 2800 * warmth, nodata=-9999),
        "RK": make_raster("rk", np.full((ROWS, COLUMNS), 0.8, np.float32), nodata=-9999),
        "TTOP": make_raster("ttop", 10 * warmth - 5, nodata=-9999),
        "LANDCOVER": make_raster("igbp", np.where(warmth < 0.7, 10, 16).astype(np.uint8), nodata=255),
        "SURVEY": make_raster("survey", survey, nodata=0),
        "MAP": make_raster("map", np.where(is_permafrost, 1, 2).astype(np.uint8), nodata=0),
        "OTHER_MAP": make_raster("other_map", np.where(warmth < 0.8, 1, 2).astype(np.uint8), nodata=0),
    }


def legend(layer):
    """Return the texts and colours of a raster's legend."""
    return [(text, colour.name()) for text, colour in layer.renderer().legendSymbologyItems()]


def shown(layer):
    """Return all texts that the tree of layers shows below a layer."""
    from qgis.core import QgsLayerTreeLayer
    from qgis.PyQt.QtCore import Qt

    nodes = layer.legend().createLayerTreeModelLegendNodes(QgsLayerTreeLayer(layer))
    return [str(node.data(Qt.ItemDataRole.DisplayRole) or "") for node in nodes]


def assert_styled(layer, style):
    """Check a raster's renderer, stops or classes, and legend against core/classes.py."""
    assert layer.isValid()
    renderer = layer.renderer()
    if isinstance(style, classes.Ramp):
        assert renderer.type() == "singlebandpseudocolor"
        items = renderer.shader().rasterShaderFunction().colorRampItemList()
        assert [(item.value, item.color.name()) for item in items] == list(style.stops)
        assert legend(layer) == [(f"{value:g} {style.unit}".strip(), colour) for value, colour in style.stops]
        assert renderer.shader().rasterShaderFunction().legendSettings().suffix().strip() == style.unit
        assert (renderer.classificationMin(), renderer.classificationMax()) == (style.stops[0][0], style.stops[-1][0])
    else:
        assert renderer.type() == "paletted"
        assert [(c.value, c.color.name(), c.label) for c in renderer.classes()] == [
            (c.value, c.colour, c.name) for c in style
        ]
        assert set(shown(layer)) >= {c.name for c in style}
    assert not [text for text in shown(layer) if "nan" in text]


def assert_landed(project, done, expected, times=1):
    """Check that the canvas has what was expected, in each run: by name, a style, or the number of rows of a table."""
    assert done.ok, done
    assert done.said == []
    assert "not correctly generated" not in done.log
    layers = [node.layer() for node in project.layerTreeRoot().findLayers()]
    assert sorted(layer.name() for layer in layers) == sorted(times * list(expected))
    assert len({layer.source() for layer in layers}) == len(layers)
    for layer in layers:
        if isinstance(expected[layer.name()], int):
            assert layer.isValid()
            assert layer.featureCount() == expected[layer.name()]
        elif expected[layer.name()] is not None:
            assert_styled(layer, expected[layer.name()])


# Algorithms whose inputs are the rasters above: parameters, and the layers that the dialog proposes to load.
CASES = {
    "ttop": (["DDT", "DDF", "RK"], {}, {"TTOP [°C]": classes.TTOP}),
    "frostnumber": (["DDT", "DDF"], {}, {"Surface frost number": classes.FROST_NUMBER}),
    "rkfactor": (["LANDCOVER"], {"TABLE": "modis_igbp"}, {"r_k": classes.R_K}),
    "classify": (["TTOP"], {}, {"Permafrost map": classes.PERMAFROST_MAP}),
    "probability": (
        ["DDT", "DDF", "RK"],
        {"GST_ERROR": 1.0, "MEMBERS": 20},
        {"Probability of permafrost [%]": classes.PROBABILITY, "Permafrost zones": classes.PERMAFROST_ZONES},
    ),
    "activelayer": (["DDT", "TTOP"], {"METHOD": "stefan_e"}, {"Active layer thickness [m]": classes.ACTIVE_LAYER}),
    "accuracy": (
        ["MAP", {"REFERENCE": "SURVEY"}],
        {},
        {"Agreement": classes.AGREEMENT, "Accuracy table": 1},
    ),
    "comparemaps": (
        [{"MAPS": ["MAP", "OTHER_MAP"]}, {"REFERENCE": "SURVEY"}],
        {},
        {"Agreement": classes.agreeing_maps(2), "Ranking": 2, "Pairs": 1},
    ),
    "areastatistics": (["MAP"], {}, {"Areas": 2}),
    "calibraterk": (
        ["DDT", "DDF", {"CLASSES": "LANDCOVER"}, {"REFERENCE": "SURVEY"}],
        {"BLOCK_SIZE": 3, "MIN_CELLS": 5},
        {"r_k": classes.R_K},
    ),
    "change": (
        [{"MAPS": ["MAP", "OTHER_MAP"]}],
        {},
        {"Transitions": classes.TRANSITIONS, "Areas of the transitions": 3},
    ),
    "aligntogrid": ([{"INPUT": "TTOP"}, {"GRID": "DDT"}], {}, {"Aligned raster": None}),
}
# Algorithms with other inputs, such as scenes, stacks and stations, which the other tests of this folder use, or
# without layers as results.
OTHER_INPUTS = {
    *("sampledata", "buildlststack", "filllstgaps", "fitvariogram", "assessgapfilling"),
    *("samplelst", "fitgstmodel", "predictgst", "degreedays", "boreholes", "combinereports", "exportproduct"),
    *("maplayout", "seriesatpoint"),
}


@pytest.mark.quick
def test_each_algorithm_on_these_rasters_is_here():
    require_all(CASES, OTHER_INPUTS, "CASES in test_canvas.py")


def parameters_of(name, inputs):
    names, others, expected = CASES[name]
    parameters = dict(others)
    for entry in names:
        for parameter, source in (entry if isinstance(entry, dict) else {entry: entry}).items():
            parameters[parameter] = [inputs[one] for one in source] if isinstance(source, list) else inputs[source]
    return parameters, expected


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=pytest.mark.quick if name in ("ttop", "areastatistics") else ()) for name in CASES],
)
def test_what_a_dialog_writes_is_on_the_canvas_each_time(project, run_in_dialog, inputs, name):
    parameters, expected = parameters_of(name, inputs)
    for times in (1, 2):
        assert_landed(project, run_in_dialog(name, parameters), expected, times)


@pytest.mark.quick
def test_the_model_is_on_the_canvas_each_time(project, run_in_dialog, inputs):
    parameters = {name: inputs[name] for name in ("DDT", "DDF", "LANDCOVER", "SURVEY")}
    expected = {
        "TTOP": classes.TTOP,
        "Permafrost map": classes.PERMAFROST_MAP,
        "Agreement": classes.AGREEMENT,
        "Accuracy table": 1,
        "Areas": 2,
    }
    for times in (1, 2):
        done = run_in_dialog(MODEL, {**parameters, "TABLE": "modis_igbp"})
        assert_landed(project, done, expected, times)
        assert "has been deleted" not in done.log
        # One group on top, in reading order; of the rasters the map alone is seen.
        groups = project.layerTreeRoot().children()
        assert [group.name() for group in groups] == [f"{MODEL} - run {number}" for number in range(times, 0, -1)]
        nodes = groups[0].findLayers()
        assert [node.name() for node in nodes] == ["Permafrost map", "TTOP", "Agreement", "Accuracy table", "Areas"]
        legend = iface.layerTreeView().layerTreeModel().layerLegendNodes(nodes[0])
        assert [str(entry.data(0)) for entry in legend] == [entry.name for entry in classes.PERMAFROST_MAP]
        assert [node.name() for node in nodes if node.isVisible()] == ["Permafrost map", "Accuracy table", "Areas"]


@pytest.mark.quick
def test_a_run_that_fails_leaves_no_layer_and_one_sentence(project, run_in_dialog, inputs, make_raster):
    empty = make_raster("empty", np.full((ROWS, COLUMNS), -9999, np.float32), nodata=-9999)
    done = run_in_dialog("ttop", {"DDT": empty, "DDF": inputs["DDF"], "RK_VALUE": 0.8})
    assert not done.ok
    assert not project.mapLayers()
    assert "Traceback" not in done.log
    assert "not correctly generated" not in done.log


def run_by_script(name, parameters, load=False):
    """Run an algorithm as a script of a user does; give results and log."""
    import processing
    from qgis.core import QgsProcessingFeedback

    feedback = QgsProcessingFeedback(False)
    call = processing.runAndLoadResults if load else processing.run
    return call(f"permafrost:{name}", parameters, feedback=feedback), feedback.textLog()


@pytest.mark.quick
def test_scripts_load_what_they_ask_for(project, inputs):
    parameters = {"DDT": inputs["DDT"], "DDF": inputs["DDF"], "RK_VALUE": 0.8, "OUTPUT": "TEMPORARY_OUTPUT"}
    run_by_script("ttop", parameters)
    assert not project.mapLayers()
    for times in (1, 2):
        run_by_script("ttop", parameters, load=True)
        layers = list(project.mapLayers().values())
        assert len(layers) == times
        for layer in layers:
            assert_styled(layer, classes.TTOP)


@pytest.mark.quick
def test_a_file_that_is_written_again_is_shown_anew(project, run_in_dialog, inputs, tmp_path):
    from qgis.core import QgsPointXY

    for days in (365, 182.5):
        parameters = {"DDT": inputs["DDT"], "DDF": inputs["DDF"], "RK_VALUE": 1, "DAYS": days}
        done = run_in_dialog("ttop", {**parameters, "OUTPUT": tmp_path / "ttop.tif"})
        assert_landed(project, done, {"TTOP [°C]": classes.TTOP})
        (layer,) = project.mapLayers().values()
        value, ok = layer.dataProvider().sample(QgsPointXY(80.05, 39.95), 1)
        assert ok
        assert value == pytest.approx((200 - 3000) / days)


@pytest.mark.quick
def test_a_model_loads_nothing_but_its_outputs(project, inputs):
    """A step that is no output of the model stays inside, however its algorithm would style it."""
    from qgis.core import (
        QgsProcessingModelAlgorithm,
        QgsProcessingModelChildAlgorithm,
        QgsProcessingModelChildParameterSource,
        QgsProcessingModelOutput,
    )

    source = QgsProcessingModelChildParameterSource
    model = QgsProcessingModelAlgorithm("own", "own", "own")
    ttop = QgsProcessingModelChildAlgorithm("permafrost:ttop")
    ttop.setChildId("ttop")
    for name in ("DDT", "DDF", "RK"):
        ttop.addParameterSources(name, [source.fromStaticValue(inputs[name])])
    model.addChildAlgorithm(ttop)
    classify = QgsProcessingModelChildAlgorithm("permafrost:classify")
    classify.setChildId("map")
    classify.addParameterSources("TTOP", [source.fromChildOutput("ttop", "OUTPUT")])
    output = QgsProcessingModelOutput("My map")
    output.setChildId("map")
    output.setChildOutputName("OUTPUT")
    classify.setModelOutputs({"My map": output})
    model.addChildAlgorithm(classify)
    model.updateDestinationParameters()

    import processing

    processing.runAndLoadResults(model, {"map:My map": "TEMPORARY_OUTPUT"})
    (layer,) = project.mapLayers().values()
    assert layer.name() == "My map"
    assert_styled(layer, classes.PERMAFROST_MAP)


@pytest.mark.quick
def test_reports_are_in_the_results_viewer(project, run_in_dialog, inputs):
    from processing.core.ProcessingResults import resultsList

    before = len(resultsList.getResults())
    done = run_in_dialog("areastatistics", {"MAP": inputs["MAP"]})
    assert done.ok, done
    (report,) = resultsList.getResults()[before:]
    assert report.name == "Areas of a permafrost map: Report"
    with open(report.filename if hasattr(report, "filename") else report.result, encoding="utf-8") as file:
        assert "<h1>Areas of a permafrost map" in file.read()


def test_a_batch_loads_each_row(project, said, inputs):
    from processing.gui.BatchAlgorithmDialog import BatchAlgorithmDialog
    from qgis.core import QgsApplication, QgsProcessingContext
    from qgis.PyQt import sip

    dialog = BatchAlgorithmDialog(QgsApplication.processingRegistry().createAlgorithmById("permafrost:ttop"))
    try:
        panel = dialog.mainWidget()
        panel.addRow()
        assert panel.batchRowCount() == 2
        context = QgsProcessingContext()
        for row, name in enumerate(("one", "two")):
            for parameter, value in {"DDT": inputs["DDT"], "DDF": inputs["DDF"], "RK_VALUE": 0.8}.items():
                panel.wrappers[row][panel.parameter_to_column[parameter]].setParameterValue(value, context)
            output = panel.tblParameters.cellWidget(row + 1, panel.parameter_to_column["OUTPUT"])
            output.setValue(inputs["DDT"].replace("ddt.tif", f"{name}.tif"))
        panel.checkLoadLayersOnCompletion.setChecked(True)
        dialog.runAlgorithm()
        settle(500)
        layers = list(project.mapLayers().values())
        assert len(layers) == 2
        for layer in layers:
            assert_styled(layer, classes.TTOP)
    finally:
        # Newer QGIS closes it by itself.
        if not sip.isdeleted(dialog):
            dialog.close()


def test_nothing_is_kept_of_runs_that_are_over(project, run_in_dialog, inputs):
    from permafrost_mapper.algorithms import style

    parameters, expected = parameters_of("probability", inputs)
    for times in range(1, 5):
        assert_landed(project, run_in_dialog("probability", parameters), expected, times)
        assert len(style._held) <= 2 * len(expected)
