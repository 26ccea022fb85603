"""Run inside QGIS by make_docs.py: loads the results of the demo and takes pictures of what a user sees."""

import os
import sys
from pathlib import Path

from qgis.core import QgsApplication, QgsProject
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtWidgets import QApplication, QDockWidget, QTreeView
from qgis.utils import iface

DEMO = Path(os.environ["PERMAFROST_DEMO"])
PICTURES = Path(os.environ["PERMAFROST_PICTURES"])


def settle(milliseconds=800):
    """Let QGIS draw for a while."""
    from qgis.PyQt.QtCore import QEventLoop

    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def picture(widget, name):
    """Save what a window shows."""
    settle()
    widget.grab().save(str(PICTURES / f"{name}.png"))


def run_on_canvas():
    """Run TTOP and the map as the toolbox does, so that layers land styled."""
    import processing

    basin = DEMO / "sample_basin"
    rk = processing.run(
        "permafrost:rkfactor",
        {"LANDCOVER": str(basin / "landcover_igbp.tif"), "TABLE": "modis_igbp", "OUTPUT": "TEMPORARY_OUTPUT"},
    )
    processing.runAndLoadResults(
        "permafrost:ttop",
        {
            "DDT": str(basin / "ddt_simulated.tif"),
            "DDF": str(basin / "ddf_simulated.tif"),
            "RK": rk["OUTPUT"],
            "OUTPUT": "TEMPORARY_OUTPUT",
        },
    )
    picture_of_canvas("canvas_ttop")
    # The model, so that its layers too are seen to land styled.
    processing.runAndLoadResults(
        "permafrost:permafrost map from degree days",
        {
            "DDT": str(basin / "ddt_simulated.tif"),
            "DDF": str(basin / "ddf_simulated.tif"),
            "LANDCOVER": str(basin / "landcover_igbp.tif"),
            "TABLE": "modis_igbp",
            "GLACIERS": str(basin / "glaciers.geojson"),
            "LAKES": str(basin / "lakes.geojson"),
            "BASIN": str(basin / "basin.geojson"),
            "SURVEY": str(basin / "survey_simulated.tif"),
            "map:Permafrost map": "TEMPORARY_OUTPUT",
            "accuracy:Agreement": "TEMPORARY_OUTPUT",
        },
    )
    picture_of_canvas("canvas_map")


def picture_of_canvas(name):
    """Show everything, with the toolbox open at our provider."""
    iface.zoomToActiveLayer()
    iface.mapCanvas().zoomToFullExtent()
    settle(2500)
    picture(iface.mainWindow(), name)


def open_toolbox():
    """Show the toolbox with our groups unfolded."""
    toolbox = iface.mainWindow().findChild(QDockWidget, "ProcessingToolbox")
    toolbox.setVisible(True)
    toolbox.setMinimumWidth(380)
    tree = toolbox.findChild(QTreeView, "algorithmTree") or toolbox.findChildren(QTreeView)[0]
    model = tree.model()
    for row in range(model.rowCount()):
        index = model.index(row, 0)
        if "Permafrost" in str(model.data(index)):
            tree.expandRecursively(index)
            tree.scrollTo(index, QTreeView.ScrollHint.PositionAtTop)
    return toolbox


def dialogs():
    """Take a picture of the dialog of each algorithm."""
    from processing.gui.AlgorithmDialog import AlgorithmDialog

    by_name = {layer.name(): layer.id() for layer in QgsProject.instance().mapLayers().values()}
    filled = {
        "ttop": {"DDT": by_name["DDT (simulated)"], "DDF": by_name["DDF (simulated)"], "RK_VALUE": 0.8},
        "accuracy": {"MAP": by_name["Permafrost map"], "REFERENCE": by_name["Survey map (simulated)"]},
    }
    for algorithm in QgsApplication.processingRegistry().providerById("permafrost").algorithms():
        name = algorithm.name().replace(" ", "_")
        dialog = AlgorithmDialog(algorithm.create(), False, iface.mainWindow())
        dialog.setParameters(filled.get(name, {}))
        dialog.resize(1050, 680)
        dialog.show()
        picture(dialog, name)
        dialog.close()


def designer():
    """Open the copies of the models as the menu does, and take their pictures."""
    from qgis.utils import plugins

    for action in plugins["permafrost_mapper"]._actions:
        action.trigger()
    settle(1500)
    for window in QApplication.topLevelWidgets():
        if type(window).__name__ == "ModelerDialog" and window.isVisible():
            window.resize(1580, 980)
            settle()
            view = window.view()
            view.fitInView(view.scene().itemsBoundingRect(), Qt.AspectRatioMode.KeepAspectRatio)
            picture(window, f"{window.model().name().replace(' ', '_')}_in_designer")


def everything():
    """Take all pictures and leave."""
    try:
        iface.mainWindow().resize(1580, 980)
        QgsProject.instance().read(str(DEMO / "sample_basin" / "sample_basin.qgz"))
        toolbox = open_toolbox()
        run_on_canvas()
        picture(toolbox, "toolbox")
        dialogs()
        designer()
    except Exception:  # anything: the process has to end, and to say why
        import traceback

        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    os._exit(0)


QTimer.singleShot(4000, everything)
