"""Widgets of dialogs. Processing imports this module by the name in a definition's metadata, and only with a GUI."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingParameterDefinition
from qgis.gui import QgsGui, QgsProcessingGui
from qgis.PyQt.QtWidgets import QLabel, QWidget

from .parameters import Flag


class RequiredLayer:
    """The widget of a required layer, empty until the user chooses one; a class, as QGIS requires.

    QGIS' own widget selects the active layer or the first one of the project, whatever that is. This is QGIS' own
    widget of an optional layer, whose list begins with an empty entry, with a label that does not call it optional.
    The definition of the algorithm, which stays required, decides what counts as given.
    """

    def __new__(cls, parameter: QgsProcessingParameterDefinition, dialog: QWidget, *_: int) -> Any:
        """Return the widget's wrapper; in the Model Designer, where values are seldom layers, the usual one."""
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
        # QGIS keeps only a pointer to the definition.
        wrapper.definition = optional
        # Without a reference to the wrapper, which would be a reference cycle.
        description, hint = parameter.description(), parameter.toolTip()
        wrapper.createWrappedLabel = lambda: _label(description, hint)
        return wrapper


def _label(text: str, hint: str) -> QLabel:
    label = QLabel(text)
    label.setToolTip(hint)
    return label
