"""What the tests in the window of QGIS share: dialogs that are driven as a user drives them."""

import os
import time
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from qgis.utils import iface

collect_ignore = ["in_qgis.py"]


def pytest_configure(config):
    config.addinivalue_line("markers", "quick: the part of these tests that continuous integration runs")


def pytest_collection_modifyitems(items):
    # Not by `iface`: the plugin of pytest puts a mock in its place.
    if "PERMAFROST_GUI_TESTS" not in os.environ:
        for item in items:
            if item.path.parent.name == "gui":
                item.add_marker(pytest.mark.skip(reason="needs the window of QGIS: run 'make test-gui'"))


def settle(milliseconds=50):
    """Let QGIS work for a while."""
    from qgis.PyQt.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


class Done(NamedTuple):
    """What came of a run in a dialog."""

    ok: bool
    results: dict[str, Any]
    log: str
    said: list[str]


@pytest.fixture
def project():
    """The project of the window, empty before and after."""
    from qgis.core import QgsProject

    project = QgsProject.instance()
    project.clear()
    yield project
    settle()
    project.clear()


@pytest.fixture
def said(monkeypatch):
    """What QGIS says in message boxes, which would wait for a click."""
    from qgis.PyQt.QtWidgets import QMessageBox

    said = []
    for kind in ("warning", "critical", "question", "information"):
        monkeypatch.setattr(QMessageBox, kind, lambda *arguments: said.append(arguments[2]))
    return said


@pytest.fixture(autouse=True)
def no_python_errors(monkeypatch):
    """QGIS shows errors of Python in a window, which would wait for a click: here they fail the test."""
    import traceback

    from qgis import utils

    errors = []

    def show(kind, value, trace, *_, **__):
        errors.append("".join(traceback.format_exception(kind, value, trace)))

    monkeypatch.setattr(utils, "showException", show)
    yield
    settle()
    assert not errors, "\n".join(errors)


def plain(value):
    """Return a parameter as a dialog takes it."""
    if isinstance(value, list):
        return [plain(one) for one in value]
    return str(value) if isinstance(value, Path) else value


@pytest.fixture
def open_dialog(said):
    """Return the function that opens the dialog of an algorithm as a double click in the toolbox does."""
    from processing.gui.AlgorithmDialog import AlgorithmDialog
    from qgis.core import QgsApplication
    from qgis.PyQt import sip

    dialogs = []

    def open_dialog(name, parameters=()):
        algorithm = QgsApplication.processingRegistry().createAlgorithmById(f"permafrost:{name}")
        dialog = AlgorithmDialog(algorithm, False, iface.mainWindow())
        dialogs.append(dialog)
        dialog.setParameters({name: plain(value) for name, value in dict(parameters).items()})
        dialog.show()
        settle()
        return dialog

    yield open_dialog
    for dialog in dialogs:
        if not sip.isdeleted(dialog):
            dialog.close()
    settle()


@pytest.fixture
def run_in_dialog(open_dialog, said):
    """Return the function that runs an algorithm from its dialog, and waits until its layers are loaded."""

    def run_in_dialog(name, parameters, timeout=300):
        from qgis.PyQt.QtWidgets import QTextEdit

        dialog = open_dialog(name, parameters)
        said.clear()
        outcome = []
        dialog.algorithmFinished.connect(lambda ok, results: outcome.append((ok, results)))
        dialog.runAlgorithm()
        end = time.monotonic() + timeout
        # Where no layer can be loaded QGIS does not tell that it has finished.
        while not outcome and dialog.cancelButton().isEnabled() and time.monotonic() < end:
            settle()
        if dialog.messageBar().currentItem():
            said.append(dialog.messageBar().currentItem().text())
        log = "\n".join(edit.toPlainText() for edit in dialog.findChildren(QTextEdit))
        ok, results = outcome[0] if outcome else (False, {})
        dialog.close()
        settle(100)
        return Done(ok, results, log, list(said))

    return run_in_dialog
