"""Widgets of dialogs. Processing imports this module by the name in a definition's metadata, never without a window."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingParameterDefinition
from qgis.gui import QgsGui, QgsProcessingGui
from qgis.PyQt.QtWidgets import QLabel, QWidget

from .parameters import Flag


class RequiredLayer:
    """The widget of a required layer, which is empty until the user chooses; as a class, since QGIS asks for one.

    QGIS' own takes the active layer or else the first one of the project, whatever that shows. This is QGIS' own
    widget of an optional layer, whose list has an empty entry on top, under a label that does not call it optional.
    What counts as given is decided by the definition of the algorithm, which stays a required one.
    """

    def __new__(cls, parameter: QgsProcessingParameterDefinition, dialog: QWidget, *_: int) -> Any:
        """Return the widget's wrapper; in the Model Designer, where a value is seldom a layer, the usual one."""
        registry = QgsGui.processingGuiRegistry()
        kind = type(dialog).__name__
        if kind == "ModelerParametersDialog":
            wrapper = registry.createModelerParameterWidget(dialog.model, dialog.childId, parameter, dialog.context)
            wrapper.setDialog(dialog)
            return wrapper
        optional = parameter.clone()
        optional.setFlags(optional.flags() | Flag.FlagOptional)
        kinds = QgsProcessingGui.WidgetType
        wrapper = registry.createParameterWidgetWrapper(
            optional, kinds.Batch if kind == "BatchAlgorithmDialog" else kinds.Standard
        )
        wrapper.setDialog(dialog)
        # QGIS keeps but a pointer to the definition.
        wrapper.definition = optional
        # Without a reference to the wrapper: it would be part of a ring.
        description, hint = parameter.description(), parameter.toolTip()
        wrapper.createWrappedLabel = lambda: _label(description, hint)
        return wrapper


def _label(text: str, hint: str) -> QLabel:
    label = QLabel(text)
    label.setToolTip(hint)
    return label
