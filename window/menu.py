"""The menu *Plugins > Permafrost Mapper*, and what its entries say in the message bar."""

from __future__ import annotations

import html
import time
from collections.abc import Callable, Sequence
from functools import partial

from qgis.core import Qgis, QgsProject, QgsRasterLayer, QgsSettings
from qgis.PyQt.QtCore import QTimer, QUrl
from qgis.PyQt.QtGui import QDesktopServices, QIcon
from qgis.PyQt.QtWidgets import QAction, QMessageBox, QPushButton

from ..algorithms.project import group_of_folder
from ..core.about import METHOD, METHOD_DOI, NAME, RESOURCES, VERSION, citation, page_url
from ..core.language import tr
from .background import BackgroundRuns
from .models import model_title, open_copy
from .sample import basin_folder, map_basin, open_basin

WELCOMED = "permafrost_mapper/welcomed"
Level = Qgis.MessageLevel


class Menu:
    """The entries of the menu, from `add` to `remove`.

    Parameters
    ----------
    iface : QgisInterface
        The window.
    models : sequence of str
        Files of the models that can be copied.
    """

    def __init__(self, iface, models: Sequence[str]) -> None:
        self._iface = iface
        self._models = models
        self._actions: list[QAction] = []
        self._messages: list = []
        self._runs = BackgroundRuns(self._failed)

    def add(self) -> None:
        """Add the entries, and greet new users."""
        self._entry(tr("Open the sample basin"), self.open_sample_basin)
        self._entry(tr("Map the sample basin"), self.map_sample_basin)
        self._entry(tr("First steps"), partial(_open_page, "first_steps"))
        for file_name in self._models:
            title = model_title(file_name)
            self._entry(
                tr("Open a copy of the model '{model}' in the designer", model=title), partial(self._copy, file_name)
            )
        self._entry(tr("About and how to cite"), self.about)
        # Once the window is complete: while QGIS starts, other messages would cover this one.
        QTimer.singleShot(0, self._greet)

    def remove(self) -> None:
        """Remove the entries and messages, and cancel what runs."""
        self._runs.abandon()
        for action in self._actions:
            self._iface.removePluginMenu(NAME, action)
            action.deleteLater()
        self._actions.clear()
        self._clear_messages()

    def is_busy(self) -> bool:
        """Return whether something runs."""
        return len(self._runs) > 0

    def open_sample_basin(self) -> None:
        """Load the layers of the sample basin, and offer to map it."""
        if not self.is_busy():
            self._begin(tr("Writing the sample basin, which takes some seconds ..."))
            open_basin(self._runs, self._basin_is_open)

    def map_sample_basin(self) -> None:
        """Load the sample basin where it is missing, map it, and open the report."""
        if not self.is_busy():
            self._begin(tr("Mapping the sample basin, which takes some seconds ..."))
            map_basin(self._runs, self._map_is_there)

    def about(self) -> None:
        """Show the version and how to cite."""
        paragraphs = [
            tr("Version {version}", version=VERSION),
            tr("If you use it, please cite the plugin with its version and the publication of the method:"),
            html.escape(citation()),
            html.escape(METHOD),
        ]
        links = [
            f'<a href="https://doi.org/{METHOD_DOI}">doi.org/{METHOD_DOI}</a>',
            f'<a href="{page_url("cite")}">{tr("How to cite, and how to ask")}</a>',
        ]
        text = "".join(f"<p>{paragraph}</p>" for paragraph in [f"<b>{NAME}</b>", *paragraphs, "<br>".join(links)])
        QMessageBox.about(self._iface.mainWindow(), NAME, text)

    def _greet(self) -> None:
        """Offer the sample basin to a new user, unless the entries have been removed meanwhile."""
        settings = QgsSettings()
        if self._actions and not settings.value(WELCOMED, False, type=bool):
            settings.setValue(WELCOMED, True)
            self._say(
                tr("New here? See in seconds how a map is made."),
                tr("Open the sample basin"),
                self.open_sample_basin,
            )

    def _entry(self, title: str, called: Callable[[], None]) -> None:
        action = QAction(QIcon(str(RESOURCES / "icons" / "permafrost.svg")), title, self._iface.mainWindow())
        action.triggered.connect(lambda _checked=False: self._call(called))
        self._iface.addPluginToMenu(NAME, action)
        self._actions.append(action)

    def _call(self, called: Callable[[], None]) -> None:
        try:
            called()
        except OSError as error:
            self._failed(tr("{error}: make room, or make the folder writable.", error=error))

    def _begin(self, text: str) -> None:
        """Show what is being done, in place of earlier messages."""
        self._clear_messages()
        self._say(text)

    def _basin_is_open(self) -> None:
        self._clear_messages()
        self._zoom_to_basin()
        self._say(
            tr("Terrain and land cover are real, what is called simulated is not."),
            tr("Map the sample basin"),
            self.map_sample_basin,
            Level.Success,
        )

    def _map_is_there(self, group: str, report: str) -> None:
        self._clear_messages()
        _show_only_relief()
        self._zoom_to_basin()
        show = partial(_open_file, report)
        self._say(tr("'{group}' is on the canvas.", group=group), tr("Open the report"), show, Level.Success)
        _list_report(group, report)
        show()

    def _copy(self, file_name: str) -> None:
        path = open_copy(file_name)
        if path is not None:
            self._say(tr("A copy is in the toolbox, under 'Models', where it can be edited: {path}", path=path))

    def _failed(self, sentence: str) -> None:
        self._clear_messages()
        self._say(sentence, level=Level.Critical)

    def _zoom_to_basin(self) -> None:
        group = group_of_folder(QgsProject.instance(), str(basin_folder()))
        for node in group.findLayers() if group is not None else ():
            if isinstance(node.layer(), QgsRasterLayer):
                canvas = self._iface.mapCanvas()
                canvas.setExtent(canvas.mapSettings().layerExtentToOutputExtent(node.layer(), node.layer().extent()))
                canvas.refresh()
                return

    def _say(
        self, text: str, button: str = "", called: Callable[[], None] = lambda: None, level: int = Level.Info
    ) -> None:
        """Show a message until it is closed or replaced, with a button where it has a text."""
        bar = self._iface.messageBar()
        message = bar.createMessage(NAME, text)
        if button:
            widget = QPushButton(button, message)
            widget.clicked.connect(lambda _checked=False: called())
            message.layout().addWidget(widget)
        bar.pushWidget(message, level)
        message.destroyed.connect(lambda: self._messages.remove(message))
        self._messages.append(message)

    def _clear_messages(self) -> None:
        for message in list(self._messages):
            self._iface.messageBar().popWidget(message)


def _show_only_relief() -> None:
    """Hide the rasters of the sample basin that would be seen between the map and the relief."""
    group = group_of_folder(QgsProject.instance(), str(basin_folder()))
    for node in group.findLayers() if group is not None else ():
        layer = node.layer()
        if isinstance(layer, QgsRasterLayer):
            node.setItemVisibilityChecked(layer.renderer().type() == "hillshade")


def _open_page(page: str) -> None:
    QDesktopServices.openUrl(QUrl(page_url(page)))


def _open_file(path: str) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(path))


def _list_report(title: str, path: str) -> None:
    """Add a report to the Results Viewer, if Processing has one."""
    try:
        from processing.core.ProcessingResults import resultsList
    except ImportError:
        return
    icon = QIcon(str(RESOURCES / "icons" / "permafrost.svg"))
    resultsList.addResult(icon=icon, name=title, timestamp=time.localtime(), result=path)
