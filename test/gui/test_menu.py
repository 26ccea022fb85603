"""The menu of the plugin: a newcomer sees the sample basin and its map, each by one click."""

import time
from pathlib import Path

import pytest
from conftest import settle
from permafrost_mapper.core import classes
from permafrost_mapper.core.about import METHOD_DOI, NAME, VERSION
from qgis.utils import iface
from test_canvas import assert_styled

TITLES = [
    "Open the sample basin",
    "Map the sample basin",
    "First steps",
    "Open a copy of the model 'permafrost map from degree days' in the designer",
    "Open a copy of the model 'permafrost map from LST' in the designer",
    "About and how to cite",
]


def menus():
    return [action.menu() for action in iface.pluginMenu().actions() if action.text().replace("&", "") == NAME]


def entries():
    """Give the entries of the plugin's menu by their texts."""
    return {action.text(): action for menu in menus() for action in menu.actions()}


def messages():
    """Give the messages of the plugin in the window, and their buttons by text."""
    from qgis.PyQt.QtWidgets import QPushButton

    items = [item for item in iface.messageBar().items() if item.title() == NAME]
    buttons = [button for item in items for button in item.findChildren(QPushButton)]
    return [item.text() for item in items], {button.text(): button for button in buttons}


def tasks():
    """Give the descriptions of what runs; QGIS 3.44 never ends the task of a batch, of any algorithm."""
    from qgis.core import QgsApplication

    running = [task.description() for task in QgsApplication.taskManager().activeTasks()]
    return [description for description in running if not description.startswith("Batch Processing")]


def wait_for(condition, seconds=120):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, messages()
        settle()


@pytest.fixture
def opened(monkeypatch):
    """What the plugin opens outside of QGIS."""
    from permafrost_mapper.window import menu

    opened = []
    monkeypatch.setattr(menu.QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    return opened


@pytest.fixture
def window(project, opened):
    """The window without messages, before and after."""
    iface.messageBar().clearWidgets()
    settle()
    yield
    iface.messageBar().clearWidgets()
    settle()


def groups(project):
    return [child.name() for child in project.layerTreeRoot().children()]


def seen(group):
    return [node.name() for node in group.findLayers() if node.isVisible()]


@pytest.mark.quick
def test_one_click_maps_the_sample_basin_and_another_one_again(window, project, opened):
    from processing.core.ProcessingResults import resultsList

    for number in (1, 2):
        entries()["Map the sample basin"].trigger()
        # Impatient clicks start nothing else.
        entries()["Map the sample basin"].trigger()
        entries()["Open the sample basin"].trigger()
        wait_for(lambda number=number: len(opened) == number)
        title = f"Permafrost map - run {number}"
        assert groups(project) == [*(f"Permafrost map - run {n}" for n in range(number, 0, -1)), "Sample basin"]
        group = project.layerTreeRoot().children()[0]
        names = [node.name() for node in group.findLayers()]
        assert names == [
            "Permafrost map",
            "TTOP [°C]",
            "Permafrost zones",
            "Permafrost probability [%]",
            "Agreement with the survey",
            "Survey map (simulated)",
            "Areas of the districts",
            "Accuracy in the regions of the survey",
        ]
        layers = {node.name(): node.layer() for node in group.findLayers()}
        assert all(layer.isValid() for layer in layers.values())
        assert_styled(layers["Permafrost map"], classes.PERMAFROST_MAP)
        assert_styled(layers["Agreement with the survey"], classes.AGREEMENT)
        assert_styled(layers["Permafrost zones"], classes.PERMAFROST_ZONES)
        assert layers["Areas of the districts"].featureCount() > 5
        # The legend shows the classes, and not which band they are of.
        tree = iface.layerTreeView().layerTreeModel()
        shown = [str(node.data(0)) for node in tree.layerLegendNodes(group.findLayers()[0])]
        assert shown == [entry.name for entry in classes.PERMAFROST_MAP]
        assert group.findLayers()[0].isExpanded()
        assert not group.findLayers()[1].itemVisibilityChecked()
        assert "Elevation, ETOPO5" in seen(project.layerTreeRoot())
        assert "DDT (simulated)" not in seen(project.layerTreeRoot())
        with open(opened[-1].toLocalFile(), encoding="utf-8") as file:
            report = file.read()
        assert "<h2>Areas" in report
        assert "<h2>Accuracy" in report
        assert "% interval" in report
        assert "Probability of permafrost." in report
        assert resultsList.getResults()[-1].name == title
        said, buttons = messages()
        assert said == [f"'{title}' is on the canvas."]
        buttons["Open the report"].click()
        assert opened.pop() == opened[-1]
        wait_for(lambda: not tasks())
    ids = {layer.source() for layer in project.mapLayers().values() if layer.name() == "Permafrost map"}
    assert len(ids) == 2
    # The first map of another project takes the place of the first one: nothing piles up in the profile.
    project.clear()
    entries()["Map the sample basin"].trigger()
    wait_for(lambda: len(opened) == 3)
    wait_for(lambda: not tasks())
    assert groups(project) == ["Permafrost map - run 1", "Sample basin"]
    folders = {str(Path(source).parent) for source in ids}
    assert sorted(map(str, Path(opened[-1].toLocalFile()).parents[1].iterdir())) == sorted(folders)


@pytest.mark.quick
def test_the_sample_basin_opens_once_and_offers_its_map(window, project):
    for _ in range(2):
        entries()["Open the sample basin"].trigger()
        wait_for(lambda: "Map the sample basin" in messages()[1])
        assert groups(project) == ["Sample basin"]
        assert len(messages()[0]) == 1
        layers = {layer.name(): layer for layer in project.mapLayers().values()}
        assert layers["Elevation, ETOPO5"].renderer().type() == "hillshade"
        assert [name for name, layer in layers.items() if layer.isSpatial() and not layer.crs().isValid()] == []
        extent = iface.mapCanvas().extent()
        assert extent.contains(
            iface.mapCanvas()
            .mapSettings()
            .layerExtentToOutputExtent(layers["DDT (simulated)"], layers["DDT (simulated)"].extent())
        )


@pytest.mark.quick
def test_the_first_time_the_sample_basin_is_offered_and_never_again(window, project):
    from permafrost_mapper.window import menu
    from qgis.core import QgsSettings
    from qgis.utils import plugins

    QgsSettings().remove(menu.WELCOMED)
    for offers in (True, False):
        plugins["permafrost_mapper"].unload()
        settle()
        assert menus() == []
        assert messages() == ([], {})
        plugins["permafrost_mapper"].initGui()
        settle()
        assert list(entries()) == TITLES
        assert ("Open the sample basin" in messages()[1]) is offers


@pytest.mark.quick
@pytest.mark.parametrize("after", [10, 100, 400, 1500])
def test_unloaded_while_it_runs_it_leaves_nothing_behind(window, project, after):
    from qgis.utils import plugins

    entries()["Map the sample basin"].trigger()
    settle(after)
    plugins["permafrost_mapper"].unload()
    # As QGIS does where a plugin is reloaded.
    plugins["permafrost_mapper"].unload()
    wait_for(lambda: not tasks())
    settle(300)
    assert menus() == []
    assert messages() == ([], {})
    plugins["permafrost_mapper"].initGui()
    assert list(entries()) == TITLES
    assert len(menus()) == 1


@pytest.mark.quick
def test_what_runs_in_the_background_does_not_see_the_project(window, project, opened, monkeypatch):
    from permafrost_mapper.window import background

    seen = []

    class Task(background.QgsProcessingAlgRunnerTask):
        def __init__(self, algorithm, parameters, context, feedback):
            seen.append(context.project())
            super().__init__(algorithm, parameters, context, feedback)

    monkeypatch.setattr(background, "QgsProcessingAlgRunnerTask", Task)
    entries()["Map the sample basin"].trigger()
    wait_for(lambda: len(opened) == 1)
    assert len(seen) >= 3
    assert not any(seen)


@pytest.mark.quick
def test_a_run_that_fails_is_one_sentence(window, project, monkeypatch):
    from permafrost_mapper.window import sample

    monkeypatch.setitem(sample.FILES, "DDF", "truth_ttop_simulated.tif")
    entries()["Map the sample basin"].trigger()
    wait_for(lambda: "degree days are" in "".join(messages()[0]))
    (said,) = messages()[0]
    assert said.startswith("permafrost map from degree days: ")
    assert "\n" not in said
    assert "Traceback" not in said
    assert groups(project) == ["Sample basin"]


@pytest.mark.quick
def test_help_and_citation(window, opened, monkeypatch):
    from qgis.PyQt.QtWidgets import QMessageBox

    entries()["First steps"].trigger()
    assert "first_steps" in opened[0].toString()
    shown = []
    monkeypatch.setattr(QMessageBox, "about", lambda *arguments: shown.append(arguments[2]))
    entries()["About and how to cite"].trigger()
    assert VERSION in shown[0]
    assert METHOD_DOI in shown[0]


@pytest.mark.quick
@pytest.mark.parametrize("missing", [False, True])
def test_a_copy_of_a_model_opens_or_is_saved(window, monkeypatch, missing):
    """QGIS is about to lose the designer of the Processing plugin; that of QGIS 3 itself is abstract."""
    import sys
    from pathlib import Path

    from qgis.core import QgsApplication
    from qgis.PyQt.QtWidgets import QApplication

    def designers():
        return [one for one in QApplication.topLevelWidgets() if type(one).__name__ == "ModelerDialog"]

    if missing:
        monkeypatch.setitem(sys.modules, "processing.modeler.ModelerDialog", None)
    before = designers()
    try:
        entries()[TITLES[3]].trigger()
        settle(200)
        opened = [one for one in designers() if one not in before]
        assert len(opened) == (0 if missing else 1)
        if missing:
            (said,) = messages()[0]
            path = Path(said.rpartition(": ")[2])
            assert path.is_file()
            path.unlink()
            own = [algorithm.displayName() for algorithm in QgsApplication.processingRegistry().algorithms()]
            assert "permafrost map from degree days (copy)" in own
        else:
            assert opened[0].model().name() == "permafrost map from degree days"
    finally:
        for designer in designers():
            designer.setDirty(False)
            designer.close()
        QgsApplication.processingRegistry().providerById("model").refreshAlgorithms()
        settle()
