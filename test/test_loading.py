"""What QGIS is told to load after a run: without a window, yet in a task as dialogs run it."""

import gc
import time

import numpy as np
import pytest

pytest.importorskip("qgis.core")


@pytest.fixture
def run_in_task(provider):
    """Return the function that runs an algorithm as a dialog does, and returns whether it was well and the context."""
    from qgis.core import (
        QgsApplication,
        QgsProcessingAlgRunnerTask,
        QgsProcessingContext,
        QgsProcessingFeedback,
        QgsProcessingOutputLayerDefinition,
        QgsProject,
    )

    def run_in_task(name, parameters, project):
        algorithm = QgsApplication.processingRegistry().createAlgorithmById(f"permafrost:{name}")
        context, feedback = QgsProcessingContext(), QgsProcessingFeedback(False)
        context.setProject(project)
        parameters = {
            name: QgsProcessingOutputLayerDefinition(str(value), project) if name == "OUTPUT" else value
            for name, value in parameters.items()
        }
        assert algorithm.checkParameterValues(parameters, context)[0]
        assert context.layersToLoadOnCompletion() == {}
        task = QgsProcessingAlgRunnerTask(algorithm, parameters, context, feedback)
        done = []
        task.executed.connect(lambda ok, _: done.append(ok))
        QgsApplication.taskManager().addTask(task)
        end = time.monotonic() + 60
        while not done and time.monotonic() < end:
            QgsApplication.processEvents()
        return done == [True], context

    yield run_in_task
    QgsProject.instance().clear()


@pytest.fixture
def degree_days(make_raster):
    values = np.full((4, 5), 1000, np.float32)
    return {"DDT": make_raster("ddt", values), "DDF": make_raster("ddf", 2 * values), "RK_VALUE": 1.0}


def test_the_output_is_loaded_styled_each_time(run_in_task, degree_days, tmp_path):
    from permafrost_mapper.algorithms import style
    from permafrost_mapper.core.classes import TTOP
    from qgis.core import QgsProject, QgsRasterLayer

    project = QgsProject()
    before = len(style._held)
    for number in range(3):
        path = str(tmp_path / f"ttop{number}.tif")
        ok, context = run_in_task("ttop", {**degree_days, "OUTPUT": path}, project)
        assert ok
        assert list(context.layersToLoadOnCompletion()) == [path]
        details = context.layerToLoadOnCompletionDetails(path)
        assert (details.name, details.outputName) == ("TTOP [°C]", "OUTPUT")
        layer = QgsRasterLayer(path, "loaded")
        details.postProcessor().postProcessLayer(layer, context, None)
        items = layer.renderer().shader().rasterShaderFunction().colorRampItemList()
        assert [(item.value, item.color.name()) for item in items] == list(TTOP.stops)
        del details, context
        gc.collect()
    # QGIS has deleted all but the last.
    assert len(style._held) <= before + 1


def test_a_run_that_fails_leaves_nothing_to_load(run_in_task, degree_days, make_raster, tmp_path):
    from qgis.core import QgsProject

    empty = make_raster("empty", np.full((4, 5), -1, np.float32), nodata=-1)
    path = tmp_path / "ttop.tif"
    ok, context = run_in_task("ttop", {**degree_days, "DDT": empty, "OUTPUT": path}, QgsProject())
    assert not ok
    assert context.layersToLoadOnCompletion() == {}
    assert not path.exists()


@pytest.fixture
def basin_layers(make_raster):
    from permafrost_mapper.algorithms.project import LayerOfProject
    from permafrost_mapper.core.classes import TTOP

    paths = [make_raster(name, np.zeros((2, 2), np.float32)) for name in "cab"]
    return [LayerOfProject(path, f"Layer {path[-5]}", group, TTOP) for path, group in zip(paths, "XYX")]


def test_without_a_project_nothing_of_a_folder_is_loaded(provider, basin_layers):
    from permafrost_mapper.algorithms.project import load_when_done
    from qgis.core import QgsProcessingContext

    context = QgsProcessingContext()
    load_when_done(context, "Basin", basin_layers)
    assert context.layersToLoadOnCompletion() == {}


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
def test_layers_take_their_places_in_whichever_order_they_come(provider, basin_layers, order):
    from permafrost_mapper.algorithms.project import load_when_done
    from qgis.core import QgsProcessingContext, QgsProject, QgsRasterLayer

    project = QgsProject()
    context = QgsProcessingContext()
    context.setProject(project)
    load_when_done(context, "Basin", basin_layers)
    for index in order:
        entry = basin_layers[index]
        layer = project.addMapLayer(QgsRasterLayer(entry.path, ""))
        context.layerToLoadOnCompletionDetails(entry.path).postProcessor().postProcessLayer(layer, context, None)
    (group,) = project.layerTreeRoot().children()
    assert group.name() == "Basin"
    tree = {child.name(): [node.name() for node in child.findLayers()] for child in group.children()}
    assert tree == {"X": ["Layer c", "Layer b"], "Y": ["Layer a"]}
    assert list(tree) == ["X", "Y"]
    visible = [node.name() for node in group.findLayers() if node.itemVisibilityChecked()]
    assert visible == ["Layer c"]


@pytest.fixture
def load_run(provider):
    """Return the function that loads the layers of a run of a model in a project, by the names of its outputs."""
    from permafrost_mapper.algorithms.project import group_when_done
    from qgis.core import QgsProcessingContext, QgsRasterLayer

    def load_run(project, title, files):
        context = QgsProcessingContext()
        context.setProject(project)
        for name, path in files.items():
            context.addLayerToLoadOnCompletion(path, QgsProcessingContext.LayerDetails(name, project, ""))
        group_when_done(context, title, {name: name for name in files})
        for path in sorted(files.values()):
            loaded = {layer.source(): layer for layer in project.mapLayers().values()}
            layer = loaded.get(path) or project.addMapLayer(QgsRasterLayer(path, ""))
            context.layerToLoadOnCompletionDetails(path).postProcessor().postProcessLayer(layer, context, None)

    return load_run


def shown(project):
    return [
        (group.name(), [node.name() for node in group.findLayers()]) for group in project.layerTreeRoot().children()
    ]


def test_each_run_of_a_model_has_a_group_with_a_name_of_its_own(load_run, make_raster):
    from qgis.core import QgsProject

    project = QgsProject()
    map_file, *others = (make_raster(name, np.zeros((2, 2), np.float32)) for name in ("map", "b", "a", "c"))
    first = {"Map": map_file, "TTOP": others[0]}
    load_run(project, "a model", first)
    load_run(project, "another model", {"Map": others[2]})
    assert shown(project) == [("another model - run 1", ["Map"]), ("a model - run 1", ["Map", "TTOP"])]
    # All files are written again: it is the same run.
    load_run(project, "a model", first)
    assert [name for name, _ in shown(project)] == ["another model - run 1", "a model - run 1"]
    # The map is written again, and belongs to the run that has written it last.
    load_run(project, "a model", {"Map": map_file, "TTOP": others[1]})
    assert shown(project)[0] == ("a model - run 2", ["Map", "TTOP"])
    assert shown(project)[2] == ("a model - run 1", ["TTOP"])
    # Nothing is left of a run whose files have all been replaced.
    load_run(project, "a model", {"Map": map_file, "TTOP": others[1], "TTOP of before": others[0]})
    assert [name for name, _ in shown(project)] == ["a model - run 3", "another model - run 1"]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2), (2, 0, 1)])
def test_layers_of_a_run_lie_in_the_order_of_the_dialog(provider, make_raster, order):
    from permafrost_mapper.algorithms.style import Styler
    from permafrost_mapper.core.classes import TTOP
    from qgis.core import QgsProcessingContext, QgsProject, QgsRasterLayer

    project, context = QgsProject(), QgsProcessingContext()
    context.setProject(project)
    paths = [make_raster(name, np.zeros((2, 2), np.float32)) for name in ("first", "second", "third")]
    own = QgsRasterLayer(make_raster("own", np.zeros((2, 2), np.float32)), "own")
    project.addMapLayer(own)
    for number in order:
        layer = QgsRasterLayer(paths[number], str(number))
        project.addMapLayer(layer, False)
        # QGIS adds them on top.
        project.layerTreeRoot().insertLayer(0, layer)
        Styler(TTOP, paths).postProcessLayer(layer, context, None)
    assert [node.name() for node in project.layerTreeRoot().findLayers()] == ["0", "1", "2", "own"]
