"""Results reach the canvas: run from their dialogs, algorithms and models load what they write, named and styled."""

import numpy as np
import pytest
from permafrost_mapper.core import classes

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
    """Give the texts and colours of a raster's legend."""
    return [(text, colour.name()) for text, colour in layer.renderer().legendSymbologyItems()]


def shown(layer):
    """Give all texts that the tree of layers shows below a layer."""
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
        {"Permafrost probability [%]": classes.PROBABILITY, "Permafrost zones": classes.PERMAFROST_ZONES},
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
        "Permafrost map": classes.PERMAFROST_MAP,
        "Agreement": classes.AGREEMENT,
        "Accuracy table": 1,
        "Areas": 2,
    }
    for times in (1, 2):
        done = run_in_dialog(MODEL, {**parameters, "TABLE": "modis_igbp"})
        assert_landed(project, done, expected, times)
        assert "has been deleted" not in done.log
