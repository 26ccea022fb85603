"""Required layers are left to the user, and asked for; what is required says so."""

import numpy as np
import pytest

LAYERS = ("raster", "vector", "layer")


def required(algorithm):
    from qgis.core import QgsProcessingParameterDefinition

    optional = QgsProcessingParameterDefinition.Flag.FlagOptional
    return [
        definition
        for definition in algorithm.parameterDefinitions()
        if definition.type() in LAYERS and not definition.flags() & optional
    ]


def algorithms():
    try:
        from permafrost_mapper.provider import ALGORITHMS
    except ImportError:
        return []
    return [algorithm.ID for algorithm in ALGORITHMS] + ["permafrost map from degree days", "permafrost map from LST"]


@pytest.fixture
def crowded(project, make_raster):
    """A project with a raster, points and polygons, whichever a list of layers would take."""
    from qgis.core import QgsRasterLayer, QgsVectorLayer
    from qgis.utils import iface

    raster = QgsRasterLayer(make_raster("first", np.ones((3, 3), np.float32)), "Aqua day, 2019-01-15")
    layers = [QgsVectorLayer(f"{kind}?crs=EPSG:4326&field=a:int", kind, "memory") for kind in ("Point", "Polygon")]

    def crowd():
        project.addMapLayers([raster, *layers])
        iface.setActiveLayer(raster)

    return crowd


@pytest.mark.quick
@pytest.mark.parametrize("name", algorithms())
def test_no_required_layer_is_chosen_for_the_user(open_dialog, crowded, name):
    from qgis.PyQt.QtWidgets import QLabel

    # The first layers of all come along while one dialog is open, and before the other one.
    first = open_dialog(name)
    crowded()
    for dialog in (first, open_dialog(name)):
        labels = [label.text() for label in dialog.findChildren(QLabel)]
        for definition in required(dialog.algorithm()):
            assert dialog.mainWidget().wrappers[definition.name()].parameterValue() is None, definition.name()
            assert definition.description() in labels
            assert f"{definition.description()} [optional]" not in labels


@pytest.mark.quick
@pytest.mark.parametrize("name", algorithms())
def test_choices_are_shown_in_words_and_given_as_tokens(open_dialog, name):
    from permafrost_mapper.algorithms.parameters.words import words_of
    from qgis.PyQt.QtWidgets import QComboBox

    dialog = open_dialog(name)
    for definition in dialog.algorithm().parameterDefinitions():
        if definition.type() == "enum":
            wrapper = dialog.mainWidget().wrappers[definition.name()]
            widget = wrapper.wrappedWidget()
            combo = widget if isinstance(widget, QComboBox) else widget.findChild(QComboBox)
            tokens = definition.options()
            texts = [combo.itemText(index) for index in range(combo.count())]
            assert texts == [words_of(definition.name(), token) for token in tokens]
            assert not set(texts) & set(tokens)
            assert wrapper.parameterValue() == definition.defaultValue()
            for index, token in enumerate(tokens):
                combo.setCurrentIndex(index)
                assert wrapper.parameterValue() == token
            dialog.setParameters({definition.name(): tokens[0]})
            assert combo.currentText() == texts[0]


@pytest.mark.quick
def test_a_choice_made_in_words_is_run_by_its_token(run_in_dialog, project, make_raster):
    path = make_raster("first", np.ones((3, 3), np.float32))
    done = run_in_dialog("aligntogrid", {"INPUT": path, "GRID": path, "METHOD": "average"})
    assert done.ok, done
    assert "METHOD=average" in done.log


@pytest.mark.quick
@pytest.mark.parametrize("name", ["samplelst", "fitgstmodel"])
def test_required_fields_are_not_called_optional(open_dialog, name):
    from qgis.PyQt.QtWidgets import QLabel

    dialog = open_dialog(name)
    labels = [label.text() for label in dialog.findChildren(QLabel)]
    fields = [one for one in dialog.algorithm().parameterDefinitions() if one.type() == "field"]
    assert len(fields) >= 4
    for definition in fields:
        assert definition.description() in labels
        assert f"{definition.description()} [optional]" not in labels


@pytest.mark.quick
@pytest.mark.parametrize("name", ["ttop", "accuracy", "boreholes", "permafrost map from degree days"])
def test_what_is_left_empty_is_asked_for(crowded, run_in_dialog, name):
    from qgis.core import QgsApplication

    crowded()
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(f"permafrost:{name}")
    done = run_in_dialog(name, {})
    assert not done.ok
    (sentence,) = done.said
    assert required(algorithm)[0].description() in sentence


@pytest.mark.quick
def test_a_chosen_layer_is_taken_and_its_fields_are_listed(crowded, open_dialog, project):
    crowded()
    points = next(layer for layer in project.mapLayers().values() if layer.name() == "Point")
    dialog = open_dialog("boreholes", {"BOREHOLES": points.id(), "MAGT": "a"})
    wrappers = dialog.mainWidget().wrappers
    assert wrappers["BOREHOLES"].parameterValue() == points.id()
    assert wrappers["MAGT"].parameterValue() == "a"
    assert dialog.messageBar().currentItem() is None


@pytest.mark.quick
@pytest.mark.parametrize(
    ("name", "layer", "field"),
    [
        ("permafrost map from degree days", "DISTRICTS", "DISTRICT_FIELD"),
        ("permafrost map from LST", "REGIONS", "REGION_FIELD"),
        ("permafrost map from LST", "BOREHOLES", "MAGT_FIELD"),
    ],
)
def test_the_fields_of_a_layer_are_picked(crowded, open_dialog, project, name, layer, field):
    from qgis.PyQt.QtWidgets import QComboBox

    crowded()
    kind = "Point" if layer == "BOREHOLES" else "Polygon"
    chosen = next(one for one in project.mapLayers().values() if one.name() == kind)
    dialog = open_dialog(name, {layer: chosen.id()})
    widget = dialog.mainWidget().wrappers[field].wrappedWidget()
    combo = widget if isinstance(widget, QComboBox) else widget.findChild(QComboBox)
    assert "a" in [combo.itemText(index) for index in range(combo.count())]
    dialog.setParameters({layer: chosen.id(), field: "a"})
    assert dialog.mainWidget().wrappers[field].parameterValue() == "a"


@pytest.mark.quick
@pytest.mark.parametrize(
    ("name", "inputs"),
    [
        ("ttop", ("RK", "RK_VALUE")),
        ("probability", ("RK", "RK_VALUE", "GST_MODEL", "GST_ERROR")),
        ("degreedays", ("GST", "GST_MODEL")),
        ("rkfactor", ("LANDCOVER", "PFT")),
        ("boreholes", ("TTOP", "MAP", "MAGT", "PRESENCE")),
        ("change", ("TTOP", "MAPS")),
        ("samplelst", ("TERRA_DAY", "AQUA_NIGHT")),
        # Needed by the default trend.
        ("filllstgaps", ("DEM",)),
    ],
)
def test_one_of_several_inputs_is_not_called_optional(open_dialog, name, inputs):
    from qgis.PyQt.QtWidgets import QLabel

    dialog = open_dialog(name)
    labels = [label.text() for label in dialog.findChildren(QLabel)]
    described = {one.name(): one.description() for one in dialog.algorithm().parameterDefinitions()}
    for one in inputs:
        assert described[one] in labels
        assert f"{described[one]} [optional]" not in labels
        assert dialog.mainWidget().wrappers[one].parameterValue() in (None, "", [])


def test_a_batch_leaves_required_layers_empty_too(crowded, said):
    from processing.gui.BatchAlgorithmDialog import BatchAlgorithmDialog
    from qgis.core import QgsApplication

    crowded()
    dialog = BatchAlgorithmDialog(QgsApplication.processingRegistry().createAlgorithmById("permafrost:ttop"))
    try:
        panel = dialog.mainWidget()
        assert panel.wrappers[0][panel.parameter_to_column["DDT"]].parameterValue() is None
    finally:
        dialog.close()


def test_a_batch_gives_tokens_too(said):
    from processing.gui.BatchAlgorithmDialog import BatchAlgorithmDialog
    from qgis.core import QgsApplication

    dialog = BatchAlgorithmDialog(QgsApplication.processingRegistry().createAlgorithmById("permafrost:aligntogrid"))
    try:
        panel = dialog.mainWidget()
        assert panel.wrappers[0][panel.parameter_to_column["METHOD"]].parameterValue() == "bilinear"
    finally:
        dialog.close()


def test_the_designer_has_its_usual_widgets(said):
    from permafrost_mapper.provider import MODELS
    from permafrost_mapper.window.models import copy_of_model
    from processing.modeler.ModelerParametersDialog import ModelerParametersDialog
    from qgis.core import QgsApplication
    from qgis.gui import QgsProcessingModelerParameterWidget

    dialog = ModelerParametersDialog(
        QgsApplication.processingRegistry().createAlgorithmById("permafrost:ttop"), copy_of_model(MODELS[0])
    )
    try:
        assert isinstance(dialog.widget.widget.wrappers["DDT"], QgsProcessingModelerParameterWidget)
    finally:
        dialog.close()
