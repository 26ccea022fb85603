"""The plugin: adds the provider, and in the window a menu."""

from __future__ import annotations

from qgis.core import QgsApplication

from .algorithms.translation import install_translator, remove_translator
from .provider import MODELS, PermafrostProvider


class PermafrostMapperPlugin:
    """The plugin object of QGIS; `iface` is None in qgis_process."""

    def __init__(self, iface) -> None:
        self._iface = iface
        self._provider = None
        self._menu = None
        self._translator = None

    def initProcessing(self) -> None:
        """Add the provider, which is all that qgis_process needs."""
        # First of all: texts are translated when they are declared.
        self._translator = install_translator()
        self._provider = PermafrostProvider()
        registry = QgsApplication.processingRegistry()
        registry.addProvider(self._provider)
        # The steps of the models are algorithms of this provider, which are found only once they are registered.
        self._provider.refreshAlgorithms()

    def initGui(self) -> None:
        """Add the provider and the menu."""
        from .window.menu import Menu

        self.initProcessing()
        self._menu = Menu(self._iface, MODELS)
        self._menu.add()

    def unload(self) -> None:
        """Remove everything again."""
        if self._menu is not None:
            self._menu.remove()
            self._menu = None
        if self._provider is not None:
            QgsApplication.processingRegistry().removeProvider(self._provider)
            self._provider = None
        remove_translator(self._translator)
        self._translator = None
