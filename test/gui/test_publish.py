"""A printed map and the series of a pixel from their dialogs, twice, in the window of QGIS."""

import numpy as np
import pytest

pytestmark = pytest.mark.quick

MAP = np.random.default_rng(1).integers(1, 5, (20, 30)).astype(np.uint8)


def test_a_map_is_printed_and_its_layout_is_in_the_project(project, run_in_dialog, make_raster, tmp_path):
    from osgeo import gdal
    from qgis.core import QgsLayoutItemMap, QgsRasterLayer

    own = QgsRasterLayer(make_raster("map", MAP, nodata=0), "My own layer")
    project.addMapLayer(own)
    for times in (1, 2):
        picture = tmp_path / f"{times}.png"
        parameters = {"MAP": own.id(), "TITLE": "Permafrost", "DPI": 72, "PICTURE": picture, "ADD_TO_PROJECT": True}
        done = run_in_dialog("maplayout", parameters)
        assert done.ok, done
        assert "Traceback" not in done.log
        assert gdal.Open(str(picture)).RasterXSize in (842, 595)
        names = sorted(layout.name() for layout in project.layoutManager().layouts())
        assert names == ["Permafrost", "Permafrost (2)"][:times]
        # The layer of the user keeps its name, its style and its place.
        assert own.name() == "My own layer"
        assert own.renderer().type() != "paletted"
        assert project.layerTreeRoot().findLayer(own).isVisible()
        groups = project.layerTreeRoot().findGroups()
        assert len(groups) == times
        assert not any(group.isVisible() for group in groups)
    layout = project.layoutManager().layoutByName("Permafrost")
    (drawn,) = (item for item in layout.items() if isinstance(item, QgsLayoutItemMap))
    assert [layer.renderer().type() for layer in drawn.layers()] == ["paletted"]


def test_without_the_switch_the_project_stays_as_it_is(project, run_in_dialog, make_raster):
    path = make_raster("map", MAP, nodata=0)
    done = run_in_dialog("maplayout", {"MAP": path, "TITLE": "Permafrost", "DPI": 72})
    assert done.ok, done
    assert not project.layoutManager().layouts()
    assert not project.mapLayers()
    assert not project.layerTreeRoot().children()


def test_a_place_is_picked_and_its_series_are_tables(project, run_in_dialog, open_dialog, make_raster, tmp_path):
    from processing.core.ProcessingResults import resultsList

    days = np.linspace(-20, 20, 30, dtype=np.float32)[:, None, None] + np.zeros((30, 4, 5), np.float32)
    stack = make_raster("lst", days, nodata=-9999)
    before = len(resultsList.getResults())
    for times in (1, 2):
        given = {"POINT": "80.25,39.85 [EPSG:4326]", "TERRA_DAY": [stack], "START_DATE": "2005-01-01"}
        done = run_in_dialog("seriesatpoint", {**given, "TTOP": [stack], "START_YEAR": 1991})
        assert done.ok, done
        assert "Traceback" not in done.log
        layers = {layer.name(): layer for layer in project.mapLayers().values()}
        assert sorted(layers) == ["Days at the place", "TTOP at the place"]
        assert len(project.mapLayers()) == 2 * times
        assert layers["Days at the place"].featureCount() == 30
        assert layers["TTOP at the place"].featureCount() == 30
    (report, _) = resultsList.getResults()[before:]
    with open(report.filename if hasattr(report, "filename") else report.result, encoding="utf-8") as file:
        assert file.read().count("<svg") == 2
    # QGIS offers to pick the place on the canvas.
    from qgis.PyQt.QtWidgets import QWidget

    widgets = open_dialog("seriesatpoint").findChildren(QWidget)
    assert [widget for widget in widgets if widget.metaObject().className() == "QgsProcessingPointPanel"]
