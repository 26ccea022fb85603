"""Run inside QGIS by make_docs.py: takes the first steps of a newcomer, and pictures of what is seen on the way.

The language is that of QGIS.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QRect, QRectF, QSize, Qt, QTimer
from qgis.PyQt.QtGui import QImage, QPainter
from qgis.PyQt.QtSvg import QSvgRenderer
from qgis.PyQt.QtWidgets import QDockWidget, QTextBrowser, QTreeView
from qgis.utils import iface, plugins

PICTURES = Path(os.environ["PERMAFROST_PICTURES"])
# Of these dialogs; of all where nothing is named.
DIALOGS = os.environ.get("PERMAFROST_DIALOGS", "").split()

BASIN = "sample_basin"
STACKS = {f"{where}_{when}".upper(): f"{where}_{when}" for where in ("terra", "aqua") for when in ("day", "night")}
BEFORE = {name: f"from_lst/stacks/{stack}_2019.tif" for name, stack in STACKS.items()}
FILLED = {name: f"from_lst/filled_{stack}.tif" for name, stack in STACKS.items()}
GROUND = {
    "LANDCOVER": f"{BASIN}/landcover_igbp.tif",
    "TABLE": "modis_igbp",
    "GLACIERS": f"{BASIN}/glaciers.geojson",
    "LAKES": f"{BASIN}/lakes.geojson",
    "BASIN": f"{BASIN}/basin.geojson",
}
DEGREE_DAYS = {"DDT": "from_lst/ddt.tif", "DDF": "from_lst/ddf.tif"}
STATIONS = {
    "STATIONS": f"{BASIN}/stations_simulated.geojson",
    "OBSERVATIONS": f"{BASIN}/observations_simulated.csv",
}
SURVEY = {
    "REFERENCE": f"{BASIN}/survey_simulated.tif",
    "REGIONS": f"{BASIN}/survey_regions.geojson",
    "REGION_FIELD": "name",
}
MAP = {"MAP": "from_lst/permafrost_map.tif"}
SERIES = {
    "POINT": "79.3,36.0 [EPSG:4326]",
    **FILLED,
    **{f"OBSERVED_{name}": stack for name, stack in BEFORE.items()},
    "GST_MODEL": "from_lst/gst_model.json",
}
# The dialogs are filled with the steps of the tutorial.
TUTORIAL = {
    "sampledata": {"LST": "part"},
    "buildlststack": {"INPUT": f"{BASIN}/lst_scenes_simulated", "PRODUCT": "trims"},
    "filllstgaps": {"INPUT": BEFORE["TERRA_DAY"], "DEM": f"{BASIN}/elevation.tif"},
    "samplelst": {**STATIONS, **FILLED},
    "fitgstmodel": {"INPUT": "from_lst/samples.csv"},
    "degreedays": {"GST_MODEL": "from_lst/gst_model.json", **FILLED},
    "rkfactor": {"LANDCOVER": GROUND["LANDCOVER"], "TABLE": "modis_igbp", "GRID": DEGREE_DAYS["DDT"]},
    "ttop": {**DEGREE_DAYS, "RK": "from_lst/rk.tif"},
    "classify": {"TTOP": "from_lst/ttop.tif", **{name: GROUND[name] for name in ("GLACIERS", "LAKES", "BASIN")}},
    "probability": {**DEGREE_DAYS, "RK": "from_lst/rk.tif", "GST_MODEL": "from_lst/gst_model.json", **MAP},
    "accuracy": {**MAP, **SURVEY},
    "boreholes": {
        "TTOP": "from_lst/ttop.tif",
        **MAP,
        "BOREHOLES": f"{BASIN}/boreholes_simulated.geojson",
        "MAGT": "magt",
        "DEPTH": "depth_m",
    },
    "areastatistics": MAP,
    "seriesatpoint": SERIES,
    "maplayout": {
        **MAP,
        "DEM": f"{BASIN}/elevation.tif",
        **{name: GROUND[name] for name in ("GLACIERS", "LAKES", "BASIN")},
        "SURVEY": SURVEY["REGIONS"],
        "PROBABILITY": "from_lst/probability.tif",
        "PERIOD": "2019",
    },
    "permafrost map from degree days": {
        "DDT": f"{BASIN}/ddt_simulated.tif",
        "DDF": f"{BASIN}/ddf_simulated.tif",
        **GROUND,
    },
    "permafrost map from LST": {**BEFORE, "DEM": f"{BASIN}/elevation.tif", **STATIONS, **GROUND},
}
# What a reader of the language would write.
TITLES = {"en": "Permafrost of the sample basin", "zh": "示例流域的多年冻土"}
SOURCES = {"en": "simulated LST of 2019; ETOPO5; MCD12C1", "zh": "2019 年模拟 LST；ETOPO5；MCD12C1"}


def settle(milliseconds=800):
    """Let QGIS draw for a while."""
    from qgis.PyQt.QtCore import QEventLoop

    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def wait(done, what):
    """Wait until something is done."""
    for _ in range(600):
        if done():
            return
        settle(500)
    raise TimeoutError(f"{what} has not finished.")


def picture(widget, name):
    """Save what a window shows."""
    settle()
    widget.grab().save(str(PICTURES / f"{name}.png"))


def run(algorithm, parameters):
    """Run an algorithm and return its results."""
    import processing

    return processing.run(f"permafrost:{algorithm}", parameters)


def first_contact():
    """Take the steps of a newcomer: the message, the sample basin, its permafrost map and the report."""
    from permafrost_mapper.window import menu as of_menu

    menu = plugins["permafrost_mapper"]._menu
    shown = []
    of_menu._open_file = shown.append
    picture(iface.mainWindow(), "canvas_welcome")
    # The legend needs its place.
    iface.mainWindow().findChild(QDockWidget, "Browser").setVisible(False)
    for click, name in ((menu.open_sample_basin, "canvas_sample_basin"), (menu.map_sample_basin, "canvas_map")):
        click()
        wait(lambda: not menu.is_busy(), name)
        picture_of_canvas(name)
    iface.messageBar().clearWidgets()
    picture_of_report(shown[0])


def picture_of_canvas(name):
    """Show everything, with the toolbox open at our provider."""
    iface.mapCanvas().zoomToFullExtent()
    settle(2500)
    # The Results Viewer names the temporary profile, which no reader has.
    for details in iface.mainWindow().findChildren(QTextBrowser, "txtDescription"):
        details.clear()
    picture(iface.mainWindow(), name)


def picture_of_report(path):
    """Draw the top of a report in a browser."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        raise FileNotFoundError("A picture of a report needs a browser: install the package chromium.")
    with tempfile.TemporaryDirectory() as profile:
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1000,1240"]
        options += [f"--user-data-dir={profile}", f"--screenshot={PICTURES / 'report.png'}"]
        subprocess.run([browser, *options, Path(path).as_uri()], check=True, capture_output=True, timeout=120)


def picture_of_toolbox():
    """Show the toolbox with our groups unfolded, and take a picture of it while it is as high as they are."""
    toolbox = iface.mainWindow().findChild(QDockWidget, "ProcessingToolbox")
    toolbox.setVisible(True)
    toolbox.setMinimumWidth(380)
    tree = toolbox.findChild(QTreeView, "algorithmTree") or toolbox.findChildren(QTreeView)[0]
    model = tree.model()
    toolbox.setFloating(True)
    toolbox.resize(380, 960)
    for row in range(model.rowCount()):
        index = model.index(row, 0)
        if "Permafrost" in str(model.data(index)):
            tree.expandRecursively(index)
            tree.scrollTo(index, QTreeView.ScrollHint.PositionAtTop)
    picture(toolbox, "toolbox")
    toolbox.setFloating(False)
    settle(1500)


def results_of_the_demo(language):
    """Make the pictures with which the tutorial ends, in the language of the window."""
    from permafrost_mapper.window.sample import own_folder

    folders = {"lst": Path("from_lst")}
    if language == "en":  # only the English pages show it
        folders["degree_days"] = own_folder() / "maps" / "run_1"
    for name, folder in folders.items():
        drawn = {"PICTURE": str(PICTURES / f"map_from_{name}.png"), "OUTPUT": "TEMPORARY_OUTPUT"}
        run("classify", {**TUTORIAL["classify"], "TTOP": str(folder / "ttop.tif"), **drawn})
    TUTORIAL["maplayout"].update({"TITLE": TITLES[language], "SOURCES": SOURCES[language]})
    run(
        "maplayout",
        {**TUTORIAL["maplayout"], "ORIENTATION": "landscape", "DPI": 110, "PICTURE": str(PICTURES / "layout.png")},
    )
    report = run("seriesatpoint", {**SERIES, "OUTPUT_HTML": "TEMPORARY_OUTPUT"})["OUTPUT_HTML"]
    charts_of_report(Path(report), [0, -1], "series_at_point")


def charts_of_report(report, numbers, name):
    """Draw some charts of a report, one below the other."""
    charts = ["<svg" + part.split("</svg>")[0] + "</svg>" for part in report.read_text("utf-8").split("<svg")[1:]]
    renderers = [QSvgRenderer(charts[number].encode()) for number in numbers]
    sizes = [renderer.defaultSize() for renderer in renderers]
    image = QImage(QSize(sizes[0].width(), sum(size.height() for size in sizes)), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter, top = QPainter(image), 0
    for renderer, size in zip(renderers, sizes):
        renderer.render(painter, QRectF(QRect(0, top, size.width(), size.height())))
        top += size.height()
    painter.end()
    image.save(str(PICTURES / f"{name}.png"))


def dialogs():
    """Take a picture of the dialog of each algorithm, filled with the step of the tutorial."""
    from processing.gui.AlgorithmDialog import AlgorithmDialog

    for algorithm in QgsApplication.processingRegistry().providerById("permafrost").algorithms():
        name = algorithm.name().replace(" ", "_")
        if DIALOGS and name not in DIALOGS:
            continue
        dialog = AlgorithmDialog(algorithm.create(), False, iface.mainWindow())
        dialog.setParameters(TUTORIAL.get(algorithm.name(), {}))
        dialog.resize(1050, 680)
        dialog.show()
        picture(dialog, name)
        dialog.close()


def everything():
    """Take all pictures and quit."""
    language = os.environ["PERMAFROST_LANGUAGE"]
    # Files have the names that a reader gives them, relative to the folder of the demo.
    os.chdir(os.environ["PERMAFROST_DEMO"])
    try:
        iface.mainWindow().resize(1580, 980)
        picture_of_toolbox()
        first_contact()
        results_of_the_demo(language)
        dialogs()
    except Exception:  # anything: the process has to end, and to say why
        import traceback

        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    os._exit(0)


QTimer.singleShot(4000, everything)
