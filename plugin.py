"""The plugin: adds the provider, and a menu of models to copy."""

from __future__ import annotations

from qgis.core import QgsApplication, QgsProcessingModelAlgorithm
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction

from .core.about import NAME, RESOURCES
from .provider import MODELS, PermafrostProvider


class PermafrostMapperPlugin:
    """The plugin object of QGIS; `iface` is None in qgis_process."""

    def __init__(self, iface) -> None:
        self._iface = iface
        self._provider = None
        self._actions: list[QAction] = []

    def initProcessing(self) -> None:
        """Add the provider, which is all that qgis_process needs."""
        self._provider = PermafrostProvider()
        registry = QgsApplication.processingRegistry()
        registry.addProvider(self._provider)
        # The steps of the models are algorithms of this provider, which are found only once they are registered.
        self._provider.refreshAlgorithms()

    def initGui(self) -> None:
        """Add the provider and the menu."""
        self.initProcessing()
        for file_name in MODELS:
            title = file_name.rpartition(".")[0].replace("_", " ")
            action = QAction(
                QIcon(str(RESOURCES / "icons" / "permafrost.svg")),
                f"Open a copy of the model '{title}' in the designer",
                self._iface.mainWindow(),
            )
            action.triggered.connect(lambda _checked=False, name=file_name: self._open_copy(name))
            self._iface.addPluginToMenu(NAME, action)
            self._actions.append(action)

    def unload(self) -> None:
        """Remove everything again."""
        for action in self._actions:
            self._iface.removePluginMenu(NAME, action)
        self._actions.clear()
        if self._provider is not None:
            QgsApplication.processingRegistry().removeProvider(self._provider)
            self._provider = None

    def _open_copy(self, file_name: str) -> None:
        from processing.modeler.ModelerDialog import ModelerDialog

        ModelerDialog.create(copy_of_model(file_name)).show()


def copy_of_model(file_name: str) -> QgsProcessingModelAlgorithm:
    """Return a copy of a shipped model: QGIS lets only models of its own model provider be edited in place."""
    model = QgsProcessingModelAlgorithm()
    model.fromFile(str(RESOURCES / "models" / file_name))
    # Without a file name the designer asks for one when the copy is saved.
    model.setSourceFilePath("")
    return model
