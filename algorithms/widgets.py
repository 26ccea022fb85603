"""Widgets of dialogs. Processing imports this module by the name in a definition's metadata, and only with a GUI."""

from __future__ import annotations

import weakref
from typing import Any

from qgis.core import QgsProcessingContext, QgsProcessingParameterDefinition
from qgis.gui import QgsGui, QgsProcessingGui
from qgis.PyQt.QtWidgets import QComboBox, QLabel, QWidget

from .parameters import Flag
from .parameters.words import words_of


class RequiredLayer:
    """The widget of a required layer, empty until the user chooses one; a class, as QGIS requires.

    QGIS' own widget selects the active layer or the first one of the project, whatever that is. This is QGIS' own
    widget of an optional layer, whose list begins with an empty entry, with a label that does not call it optional.
    The definition of the algorithm, which stays required, decides what counts as given.
    """

    def __new__(cls, parameter: QgsProcessingParameterDefinition, dialog: QWidget, *_: int) -> Any:
        """Return the widget's wrapper; in the Model Designer, where values are seldom layers, the usual one."""
        optional = parameter.clone()
        optional.setFlags(optional.flags() | Flag.FlagOptional)
        wrapper = _usual_wrapper(parameter if _is_designer(dialog) else optional, dialog)
        if not _is_designer(dialog):
            # QGIS keeps only a pointer to the definition.
            wrapper.definition = optional
            _replace_label(wrapper, parameter)
        return wrapper


class WithoutOptional:
    """The widget of what QGIS takes for optional and the algorithm does not: a field with a default, one of several."""

    def __new__(cls, parameter: QgsProcessingParameterDefinition, dialog: QWidget, *_: int) -> Any:
        """Return QGIS' own wrapper, with a label that does not call it optional."""
        wrapper = _usual_wrapper(parameter, dialog)
        if not _is_designer(dialog):
            _replace_label(wrapper, parameter)
        return wrapper


class Choice:
    """The widget of a choice, which shows words and returns tokens."""

    def __new__(cls, parameter: QgsProcessingParameterDefinition, dialog: QWidget, *_: int) -> Any:
        """Return QGIS' own wrapper; in the Model Designer tokens remain, as in the model's file."""
        wrapper = _usual_wrapper(parameter, dialog)
        if _is_designer(dialog):
            return wrapper
        # Without a strong reference to the wrapper, which would be a reference cycle.
        weak, create, name = weakref.ref(wrapper), type(wrapper).createWrappedWidget, parameter.name()

        def create_with_words(context: QgsProcessingContext) -> QWidget:
            widget = create(weak(), context)
            for combo in [widget, *widget.findChildren(QComboBox)]:
                if isinstance(combo, QComboBox):
                    _show_words(combo, name)
            return widget

        wrapper.createWrappedWidget = create_with_words
        return wrapper


def _show_words(combo: QComboBox, name: str) -> None:
    """Replace the texts of the entries of a parameter, whose data are the tokens."""
    for index in range(combo.count()):
        token = combo.itemData(index)
        if isinstance(token, str):
            combo.setItemText(index, words_of(name, token))


def _is_designer(dialog: QWidget) -> bool:
    return type(dialog).__name__ == "ModelerParametersDialog"


def _usual_wrapper(parameter: QgsProcessingParameterDefinition, dialog: QWidget) -> Any:
    """Return the wrapper that QGIS itself would create."""
    registry = QgsGui.processingGuiRegistry()
    if _is_designer(dialog):
        wrapper = registry.createModelerParameterWidget(dialog.model, dialog.childId, parameter, dialog.context)
    else:
        kinds = QgsProcessingGui.WidgetType
        is_batch = type(dialog).__name__ == "BatchAlgorithmDialog"
        wrapper = registry.createParameterWidgetWrapper(parameter, kinds.Batch if is_batch else kinds.Standard)
    wrapper.setDialog(dialog)
    return wrapper


def _replace_label(wrapper: Any, parameter: QgsProcessingParameterDefinition) -> None:
    """Let a wrapper create a label that does not call its parameter optional."""
    # Without a reference to the wrapper, which would be a reference cycle.
    description, hint = parameter.description(), parameter.toolTip()
    wrapper.createWrappedLabel = lambda: _label(description, hint)


def _label(text: str, hint: str) -> QLabel:
    label = QLabel(text)
    label.setToolTip(hint)
    return label
