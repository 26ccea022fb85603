"""What a declaration is: the definition for QGIS, its help, and how its value is read."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Callable, ClassVar, Optional, Sequence, Union

from qgis.core import (
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingOutputDefinition,
    QgsProcessingOutputMultipleLayers,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterField,
    QgsProcessingParameterMapLayer,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterVectorLayer,
)

from ...core.classes import MapClass, Ramp, Relief
from ...core.language import tr

Flag = QgsProcessingParameterDefinition.Flag

Source = QgsProcessing.SourceType

# Kinds of parameters whose value is one layer.
LAYERS = (QgsProcessingParameterRasterLayer, QgsProcessingParameterVectorLayer, QgsProcessingParameterMapLayer)

Style = Union[Ramp, Relief, Sequence[MapClass]]


@dataclass(frozen=True)
class Parameter:
    """A parameter: its definition, how its value is read, and how it is written on a command line.

    Attributes
    ----------
    definition : QgsProcessingParameterDefinition
        With its help set.
    read : callable
        (algorithm, parameters, context) to plain data; called if a value is given.
    text : callable
        What was read, to the texts for a command line and the metadata.
    style : Ramp or classes, optional
        Of a raster output.
    one_band : bool
        Whether only the first band of a raster is read, which is a warning where it has several.
    """

    definition: QgsProcessingParameterDefinition
    read: Callable[[QgsProcessingAlgorithm, dict, QgsProcessingContext], Any]
    text: Callable[[Any], list[str]] = lambda value: [str(value)]
    style: Optional[Style] = None
    one_band: bool = False

    @property
    def name(self) -> str:
        """Upper-case name."""
        return self.definition.name()


class Values(SimpleNamespace):
    """The values of all parameters of a run, as read-only attributes; None where none is given."""

    def __setattr__(self, name: str, _value: Any) -> None:
        """Refuse: what a run finds out is its own, see `PermafrostAlgorithm.check`."""
        raise AttributeError(f"{name} cannot be set: the parameters of a run are read-only")

    def __delattr__(self, name: str) -> None:
        """Refuse, as a change."""
        raise AttributeError(f"{name} cannot be removed: the parameters of a run are read-only")


@dataclass(frozen=True)
class Result:
    """A value that an algorithm returns beside its files."""

    name: str
    label: str

    kind: ClassVar[type]

    def definition(self) -> QgsProcessingOutputDefinition:
        """Return QGIS' definition."""
        return self.kind(self.name, tr(self.label))


class NumberOutput(Result):
    """A number."""

    kind = QgsProcessingOutputNumber


class TextOutput(Result):
    """A text."""

    kind = QgsProcessingOutputString


class RastersOutput(Result):
    """A list of rasters, for the next algorithm in a model."""

    kind = QgsProcessingOutputMultipleLayers


def use_own_widget(definition: QgsProcessingParameterDefinition) -> None:
    """Replace the widget of QGIS in dialogs, where it would mislead, by one of ``algorithms.widgets``.

    QGIS would preselect the first layer it finds for a required one, show the tokens of a choice, and call a field
    with a default optional.
    """
    is_optional = bool(definition.flags() & Flag.FlagOptional)
    if isinstance(definition, LAYERS) and not is_optional:
        widget = "RequiredLayer"
    elif isinstance(definition, QgsProcessingParameterField) and definition.defaultValue():
        widget = "WithoutOptional"
    elif isinstance(definition, QgsProcessingParameterEnum):
        widget = "Choice"
    else:
        return
    definition.setMetadata(_widget(widget))


def _widget(name: str) -> dict[str, dict[str, str]]:
    """Return the metadata of a parameter that choose a widget of ``algorithms.widgets``."""
    return {"widget_wrapper": {"class": f"{__package__.rpartition('.')[0]}.widgets.{name}"}}


def either(parameter: Parameter) -> Parameter:
    """Return one of several inputs of which one is needed: its label says so, and the dialog does not call it optional.

    For QGIS it stays optional, and the algorithm's `check` requires one.
    """
    parameter.definition.setMetadata(_widget("WithoutOptional"))
    return parameter


def usually_needed(parameter: Parameter) -> Parameter:
    """Return an input that the default settings need, as its help says: the dialog does not call it optional.

    For QGIS it stays optional, and the algorithm's `check` requires it where the chosen settings do.
    """
    return either(parameter)


def declare(definition: QgsProcessingParameterDefinition, help_text: str, advanced: bool, *rest: Any) -> Parameter:
    """Return a parameter with help; `rest` are the other attributes of `Parameter`."""
    definition.setHelp(tr(help_text))
    use_own_widget(definition)
    if advanced:
        definition.setFlags(definition.flags() | Flag.FlagAdvanced)
    return Parameter(definition, *rest)


def read_string(name: str) -> Callable[[QgsProcessingAlgorithm, dict, QgsProcessingContext], str]:
    """Return the function that reads a parameter as text."""
    return lambda algorithm, parameters, context: algorithm.parameterAsString(parameters, name, context)
