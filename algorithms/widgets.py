"""Widgets of dialogs. Processing imports this module by the name in a definition's metadata, never without a window."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingContext, QgsProcessingParameterDefinition
from qgis.gui import (
    QgsAbstractProcessingParameterWidgetWrapper,
    QgsGui,
    QgsProcessingGui,
    QgsProcessingMapLayerComboBox,
    QgsProcessingParameterWidgetContext,
)
from qgis.PyQt.QtWidgets import QHBoxLayout, QWidget

from .parameters import Flag


class RequiredLayer(QgsAbstractProcessingParameterWidgetWrapper):
    """The list of layers of a required input, which is empty until the user chooses.

    QGIS' own list takes the active layer or else the first one of the project, whatever that shows.
    """

    def __new__(cls, parameter: QgsProcessingParameterDefinition, dialog: QWidget, *_: int) -> Any:
        """Return the widget; in the Model Designer, where a value is seldom a layer, QGIS' own."""
        if type(dialog).__name__ == "ModelerParametersDialog":
            registry = QgsGui.processingGuiRegistry()
            return registry.createModelerParameterWidget(dialog.model, dialog.childId, parameter, dialog.context)
        return super().__new__(cls)

    def __init__(self, parameter: QgsProcessingParameterDefinition, dialog: QWidget, *_: int) -> None:
        kinds = QgsProcessingGui.WidgetType
        super().__init__(parameter, kinds.Batch if "Batch" in type(dialog).__name__ else kinds.Standard)
        self._parameter = parameter
        self._layers = None

    def createWidget(self) -> QWidget:
        """Return the list, with an empty entry on top, as that of an optional input; the label still demands a layer."""
        optional = self._parameter.clone()
        optional.setFlags(optional.flags() | Flag.FlagOptional)
        self._layers = QgsProcessingMapLayerComboBox(optional, self.type())
        self._layers.setToolTip(self._parameter.toolTip())
        self._layers.setWidgetContext(self.widgetContext())
        self._layers.valueChanged.connect(self._tell)
        # What is returned gets another wrapper, and Python takes the first one for deleted: return a frame around it.
        frame = QWidget()
        layout = QHBoxLayout(frame)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._layers)
        return frame

    def _tell(self) -> None:
        self.widgetValueHasChanged.emit(self)

    def setWidgetContext(self, context: QgsProcessingParameterWidgetContext) -> None:
        """Take over the project and the window."""
        super().setWidgetContext(context)
        if self._layers is not None:
            self._layers.setWidgetContext(context)

    def setWidgetValue(self, value: Any, context: QgsProcessingContext) -> None:
        """Choose a layer."""
        self._layers.setValue(value, context)

    def widgetValue(self) -> Any:
        """Return what is chosen; None where nothing is."""
        return self._layers.value()
