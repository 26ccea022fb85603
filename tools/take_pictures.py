"""Run inside QGIS by make_docs.py: takes the first steps of a newcomer, and pictures of what is seen on the way."""

import os
import sys
from pathlib import Path

from qgis.core import QgsApplication, QgsProject
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtWidgets import QApplication, QDockWidget, QTreeView
from qgis.utils import iface, plugins

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


def run_from_dialog(algorithm, parameters):
    """Run an algorithm from its dialog, as a user does, and wait until its layers are loaded."""
    from processing.gui.AlgorithmDialog import AlgorithmDialog

    instance = QgsApplication.processingRegistry().createAlgorithmById(f"permafrost:{algorithm}")
    dialog = AlgorithmDialog(instance, False, iface.mainWindow())
    dialog.setParameters(parameters)
    outcome = []
    dialog.algorithmFinished.connect(lambda ok, results: outcome.append((ok, results)))
    dialog.show()
    dialog.runAlgorithm()
    for _ in range(600):
        if outcome:
            break
        settle(500)
    else:
        raise TimeoutError(f"{algorithm} has not finished.")
    dialog.close()
    ok, results = outcome[0]
    if not ok:
        raise RuntimeError(f"{algorithm} has failed.")
    return results


def first_contact():
    """Take the steps of a newcomer: the sample basin, its permafrost map, and TTOP with one r_k."""
    from permafrost_mapper.window.sample import basin_folder

    menu = plugins["permafrost_mapper"]._menu
    picture(iface.mainWindow(), "canvas_welcome")
    for click, name in ((menu.open_sample_basin, "canvas_sample_basin"), (menu.map_sample_basin, "canvas_map")):
        click()
        for _ in range(600):
            if not menu.is_busy():
                break
            settle(500)
        else:
            raise TimeoutError(f"{name}: the menu has not finished.")
        picture_of_canvas(name)
    iface.messageBar().clearWidgets()
    basin = basin_folder()
    run_from_dialog(
        "ttop",
        {
            "DDT": str(basin / "ddt_simulated.tif"),
            "DDF": str(basin / "ddf_simulated.tif"),
            "RK_VALUE": 0.8,
            "OUTPUT": "TEMPORARY_OUTPUT",
        },
    )
    picture_of_canvas("canvas_ttop")


def picture_of_canvas(name):
    """Show everything, with the toolbox open at our provider."""
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
    menu = next(action.menu() for action in iface.pluginMenu().actions() if "Permafrost" in action.text())
    for action in menu.actions():
        if "designer" in action.text():
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
    """Take all pictures and quit."""
    try:
        iface.mainWindow().resize(1580, 980)
        toolbox = open_toolbox()
        first_contact()
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
