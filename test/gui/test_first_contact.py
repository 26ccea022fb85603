"""A first contact is seen: the sample basin lands on the canvas as its project has it."""

import pytest
from permafrost_mapper.core import classes
from test_canvas import assert_styled, settle


def tree(root):
    """Return the names of the groups with those of their layers, and which of them are seen."""
    return [
        (group.name(), [(node.name(), node.itemVisibilityChecked()) for node in group.findLayers()])
        for group in root.findGroups()
    ]


@pytest.mark.parametrize("lst", ["none", "part"])
def test_the_sample_basin_is_seen(project, run_in_dialog, tmp_path, monkeypatch, lst):
    from permafrost_mapper.raster.simulate import sample as samplebasin
    from qgis.core import QgsProject

    monkeypatch.setattr(samplebasin, "LST_PART", (79.0, 35.8, 79.5, 36.2))
    folder = tmp_path / "basin"
    written = QgsProject()
    # Into the same folder again: the layers are those of before.
    for _ in range(2):
        done = run_in_dialog("sampledata", {"LST": lst, "OUTPUT": folder})
        assert done.ok, done
        assert "not correctly generated" not in done.log
        (group,) = project.layerTreeRoot().children()
        assert group.name() == "Sample basin"
        assert written.read(str(folder / "sample_basin.qgz"))
        assert tree(group) == tree(written.layerTreeRoot())
        assert len(project.mapLayers()) == len(written.mapLayers()) == len(group.findLayers())
        layers = {node.name(): node.layer() for node in group.findLayers()}
        assert_styled(layers["DDT (simulated)"], classes.DEGREE_DAYS)
        assert_styled(layers["Land cover, IGBP 2019"], classes.IGBP)
        assert layers["Boreholes (simulated)"].renderer().symbol().color().name() == "#e7298a"
    # Into another folder: a group of its own.
    done = run_in_dialog("sampledata", {"LST": "none", "OUTPUT": tmp_path / "other"})
    assert done.ok, done
    assert [child.name() for child in project.layerTreeRoot().children()] == ["Sample basin", "Sample basin"]
    assert project.layerTreeRoot().children()[0].findLayers()[0].layer().source().startswith(str(tmp_path / "other"))


def test_the_sample_basin_stays_unseen_where_it_is_not_wanted(project, run_in_dialog, tmp_path):
    done = run_in_dialog("sampledata", {"LST": "none", "LOAD": False, "OUTPUT": tmp_path / "basin"})
    assert done.ok, done
    assert not project.mapLayers()


@pytest.mark.quick
def test_the_layers_of_the_sample_basin_outlive_the_thread_of_their_run(project, run_in_dialog, tmp_path):
    """QGIS keeps CRSs for all; those first made in a thread of a task are empty as soon as it ends, after 30 s."""
    from qgis.PyQt.QtCore import QThreadPool

    threads = QThreadPool.globalInstance()
    patience = threads.expiryTimeout()
    threads.setExpiryTimeout(100)
    try:
        assert run_in_dialog("sampledata", {"LST": "none", "OUTPUT": tmp_path / "basin"}).ok
        settle(1000)
    finally:
        threads.setExpiryTimeout(patience)
    layers = {layer.name(): layer for layer in project.mapLayers().values()}
    assert [name for name, layer in layers.items() if layer.isSpatial() and not layer.crs().toWkt()] == []
    done = run_in_dialog(
        "classify",
        {
            "TTOP": layers["True TTOP (simulated)"].id(),
            "GLACIERS": layers["Glaciers (derived)"].id(),
            "OUTPUT": tmp_path / "map.tif",
        },
    )
    assert done.ok, done


@pytest.mark.quick
def test_a_map_lies_on_top_of_the_sample_basin_last_loaded(project, run_in_dialog, tmp_path):
    root = project.layerTreeRoot()
    for folder in ("one", "other"):
        assert run_in_dialog("sampledata", {"LST": "none", "OUTPUT": tmp_path / folder}).ok
        for name in ("map", "again"):
            ttop = tmp_path / folder / "truth_ttop_simulated.tif"
            assert run_in_dialog("classify", {"TTOP": ttop, "OUTPUT": tmp_path / f"{folder}_{name}.tif"}).ok
            assert root.children()[0].name() == "Permafrost map"
            assert root.layerOrder()[0].source() == str(tmp_path / f"{folder}_{name}.tif")
