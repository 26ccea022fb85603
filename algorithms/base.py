"""What every algorithm stands on: declaration, checks, help, errors as sentences, styles, provenance.

An algorithm states its names and texts as class attributes, its parameters in `declare`, what it
refuses before the run in `check`, and what it does in `execute`. Everything else is here.
"""

from __future__ import annotations

import html
import math
import shlex
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timezone
from types import SimpleNamespace
from typing import Any, Callable, Optional, Union

from qgis.core import (
    QgsApplication,
    QgsFeature,
    QgsFeatureSink,
    QgsField,
    QgsFields,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingDestinationParameter,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterMapLayer,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterVectorLayer,
)
from qgis.PyQt.QtCore import QVariant
from qgis.PyQt.QtGui import QIcon

from ..core.about import RESOURCES
from ..core.errors import OutputError, PermafrostError
from ..core.files import write_text
from ..core.report import Report
from ..raster.blocks import Running
from ..raster.grid import Grid
from ..raster.sources import RasterSource, alignment_note
from ..raster.writer import Provenance, simulated
from .layers import AttributeTable
from .parameters import Flag, NumberOutput, Parameter, RastersOutput, given, tr
from .style import styler

LAYERS = (QgsProcessingParameterRasterLayer, QgsProcessingParameterVectorLayer, QgsProcessingParameterMapLayer)

# Seconds between two lines about the time that is left.
TIME_LEFT_EVERY = 5.0


class Group:
    """The groups of the toolbox, in the order in which data flows."""

    PREPARE = ("prepare", "1 Prepare")
    LST = ("lst", "2 Land surface temperature")
    GST = ("gst", "3 Ground surface temperature")
    PERMAFROST = ("permafrost", "4 Permafrost")
    ASSESS = ("assess", "5 Assess")


class PermafrostAlgorithm(QgsProcessingAlgorithm):
    """Base of all algorithms of the provider.

    Attributes
    ----------
    ID : str
        Fixed for ever: models and histories store it.
    TITLE, SUMMARY, DESCRIPTION : str
        Name in the toolbox, one sentence, and the text of the help.
    GROUP : tuple
        One of `Group`.
    TAGS : str
        Synonyms to search by, separated by commas.
    REFERENCES : sequence of str
        Shown in help and reports.
    """

    ID = ""
    TITLE = ""
    SUMMARY = ""
    DESCRIPTION = ""
    GROUP = ("", "")
    TAGS = ""
    REFERENCES: Sequence[str] = ()

    def declare(self) -> Iterable[Union[Parameter, NumberOutput, RastersOutput]]:
        """Give the parameters and outputs, in the order of the dialog."""
        raise NotImplementedError

    def check(self, p: SimpleNamespace) -> None:
        """Refuse, by an `InputError`, what can be seen before the run. Values that are not given are None."""

    def execute(self, p: SimpleNamespace, task: Task) -> dict[str, Any]:
        """Do the work with plain data, in any thread; give the outputs that are numbers or lists of rasters."""
        raise NotImplementedError

    # What QGIS asks for -------------------------------------------------------------------------

    def createInstance(self) -> PermafrostAlgorithm:
        """Give a fresh copy."""
        return type(self)()

    def name(self) -> str:
        """Give the id."""
        return self.ID

    def displayName(self) -> str:
        """Give the name in the toolbox."""
        return tr(self.TITLE)

    def group(self) -> str:
        """Give the group's name."""
        return tr(self.GROUP[1])

    def groupId(self) -> str:
        """Give the group's id."""
        return self.GROUP[0]

    def tags(self) -> list[str]:
        """Give synonyms to search by."""
        return [tr(tag.strip()) for tag in self.TAGS.split(",")]

    def icon(self) -> QIcon:
        """Give the algorithm's icon, or its group's."""
        own = RESOURCES / "icons" / f"{self.ID}.svg"
        return QIcon(str(own if own.exists() else RESOURCES / "icons" / f"{self.GROUP[0]}.svg"))

    def shortDescription(self) -> str:
        """Give one sentence."""
        return tr(self.SUMMARY)

    def helpUrl(self) -> str:
        """Give the page of the generated reference."""
        return (RESOURCES.parent / "docs" / "reference" / f"{self.ID}.md").as_uri() if self._has_page() else ""

    def _has_page(self) -> bool:
        return (RESOURCES.parent / "docs" / "reference" / f"{self.ID}.md").exists()

    def shortHelpString(self) -> str:
        """Give the help: HTML for the dialog; plain for qgis_process, which adds summary and parameters itself."""
        paragraphs = [" ".join(tr(paragraph).split()) for paragraph in self.DESCRIPTION.strip().split("\n\n")]
        if QgsApplication.platform() == "qgis_process":
            return "\n\n".join([*paragraphs, *self.REFERENCES])
        body = "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in [tr(self.SUMMARY), *paragraphs])
        items = "".join(
            f"<dt><b>{html.escape(definition.description())}</b></dt><dd>{html.escape(definition.help())}</dd>"
            for definition in self.parameterDefinitions()
        )
        references = "".join(f"<p><small>{html.escape(reference)}</small></p>" for reference in self.REFERENCES)
        return f"{body}<dl>{items}</dl>{references}"

    def initAlgorithm(self, _configuration: Optional[dict] = None) -> None:
        """Declare everything to QGIS."""
        self._declared = {}
        for declared in self.declare():
            if isinstance(declared, (NumberOutput, RastersOutput)):
                self.addOutput(declared.definition())
            else:
                # QGIS takes the definition over; a copy stays ours.
                self._declared[declared.name] = declared
                self.addParameter(declared.definition.clone())

    def checkParameterValues(self, parameters: dict, context: QgsProcessingContext) -> tuple[bool, str]:
        """Refuse bad values with one sentence; runs in the dialog, in models and in qgis_process."""
        for parameter in self._declared.values():
            sentence = self._refusal(parameter, parameters, context)
            if sentence:
                return False, sentence
        return super().checkParameterValues(parameters, context)

    def _refusal(self, parameter: Parameter, parameters: dict, context: QgsProcessingContext) -> str:
        """Say what is wrong with a value where QGIS' own sentence lacks the remedy; empty where nothing is."""
        name, definition = parameter.name, self.parameterDefinition(parameter.name)
        if not given(parameters, parameter):
            needed = not definition.flags() & Flag.FlagOptional
            return f"{name} is not given: choose a value for '{definition.description()}'." if needed else ""
        if isinstance(definition, QgsProcessingParameterNumber):
            return _range_sentence(parameter, self.parameterAsDouble(parameters, name, context))
        if isinstance(definition, LAYERS) and not definition.checkValueIsAcceptable(parameters[name], context):
            value = self.parameterAsString(parameters, name, context)
            return f"{name} '{value}' cannot be opened as a layer: check that the file exists and is whole."
        if isinstance(definition, QgsProcessingDestinationParameter):
            supported, reason = definition.isSupportedOutputValue(parameters.get(name), context)
            return "" if supported else f"{name} cannot be written, {reason}: choose another file name."
        return ""

    def prepareAlgorithm(
        self, parameters: dict, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        """Read all parameters to plain data, in the thread that owns the layers, and check them."""
        with sentences():
            values, texts = {}, {}
            for name, parameter in self._declared.items():
                values[name] = None
                if given(parameters, parameter):
                    values[name] = parameter.read(self, parameters, context)
                    texts[name] = parameter.text(values[name])
            self._values = SimpleNamespace(**values)
            self._texts = texts
            self.check(self._values)
        return True

    def processAlgorithm(
        self, parameters: dict, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict:
        """Run, and turn the errors that a user can mend into one sentence."""
        task = Task(self, self._values, self._texts, parameters, context, feedback)
        with sentences():
            numbers = self.execute(self._values, task)
        task.info(tr("To repeat this run: ") + command_line(self.ID, self._texts))
        files = {
            definition.name(): self._texts[definition.name()][0]
            for definition in self.destinationParameterDefinitions()
            if definition.name() in self._texts
        }
        # A number that is undefined, such as kappa of a single class, is no number in JSON either.
        defined = {
            name: None if isinstance(value, float) and math.isnan(value) else value for name, value in numbers.items()
        }
        return {**files, **defined, **task.tables}

    def postProcessAlgorithm(self, context: QgsProcessingContext, _feedback: QgsProcessingFeedback) -> dict:
        """Have the layers styled that land on the canvas."""
        for name, parameter in self._declared.items():
            path = getattr(self._values, name, None)
            if parameter.style and path and context.willLoadLayerOnCompletion(path):
                context.layerToLoadOnCompletionDetails(path).setPostProcessor(styler(parameter.style))
        return {}


class Task:
    """A run under way: what it says, how it is run, and what is written into its results."""

    def __init__(
        self,
        algorithm: PermafrostAlgorithm,
        values: SimpleNamespace,
        texts: dict[str, list[str]],
        parameters: dict,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> None:
        self._algorithm = algorithm
        self._values = values
        self._parameters = parameters
        self._context = context
        self._feedback = feedback
        self._parts = 1
        self._part = 0
        self._next_word = self._started = time.monotonic()
        self.tables: dict[str, str] = {}
        self.parameters = {name: ", ".join(value) for name, value in texts.items()}
        self.simulated = _simulated(values)
        self.provenance = Provenance(algorithm.id(), self.parameters, self.simulated)

    @property
    def running(self) -> Running:
        """How the run goes over blocks. Not kept: a ring of references would leave QGIS' objects to any thread."""
        return Running(
            threads=getattr(self._values, "THREADS", 0),
            memory_mb=getattr(self._values, "MEMORY", 1024),
            progress=self.progress,
            is_cancelled=self._feedback.isCanceled,
        )

    def info(self, text: str) -> None:
        """Tell the user something."""
        if text:
            self._feedback.pushInfo(text)

    def warn(self, text: str) -> None:
        """Tell the user something that may spoil the result."""
        self._feedback.pushWarning(text)

    def progress(self, share: float) -> None:
        """Show progress, and now and then the time that is left."""
        self._feedback.setProgress(100 * share)
        now = time.monotonic()
        if share > 0 and now > self._next_word + TIME_LEFT_EVERY:
            self._next_word = now
            left = (now - self._started) * (1 - share) / share
            self._feedback.setProgressText(tr("{:.0f} % done, about {:.0f} s left").format(100 * share, left))

    def align(self, grid: Grid, *sources: Optional[RasterSource]) -> None:
        """Tell which rasters are not on the grid, and what is done about it."""
        for source in sources:
            if source is not None:
                self.info(alignment_note(source, grid))

    def write_report(self, path: Optional[str], fill: Callable[[Report], None]) -> None:
        """Write a report, where one is wanted: what `fill` puts into it, parameters and references."""
        if not path:
            return
        report = Report(self._algorithm.displayName())
        if self.simulated:
            report.notice(f"Simulated data, not observed: {self.simulated}.")
        fill(report)
        report.parameters(self.parameters)
        if self._algorithm.REFERENCES:
            report.references(self._algorithm.REFERENCES)
        write_text(path, report.html(datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M UTC")))

    def write_table(self, name: str, fields: dict[str, type], rows: Iterable[Sequence[Any]]) -> None:
        """Write a table without geometry, where one is wanted.

        Parameters
        ----------
        name : str
            Name of the output.
        fields : dict
            Names of the columns with their types: str, int or float.
        rows : iterable of sequences
            NaN becomes empty.
        """
        if getattr(self._values, name) is None:
            return
        qgis_fields = QgsFields()
        for field, kind in fields.items():
            qgis_fields.append(_field(field, kind))
        try:
            sink, path = self._algorithm.parameterAsSink(self._parameters, name, self._context, qgis_fields)
        except QgsProcessingException as error:
            raise OutputError(f"{error}: choose another file for {name}.") from None
        for row in rows:
            feature = QgsFeature(qgis_fields)
            feature.setAttributes([None if isinstance(v, float) and math.isnan(v) else v for v in row])
            if not sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert):
                raise OutputError(
                    f"Table '{path}' cannot be written ({sink.lastError()}): choose another file for {name}."
                )
        del sink
        self.tables[name] = path


def _simulated(values: SimpleNamespace) -> str:
    """Say which inputs are simulated: those whose metadata, or whose name, say so."""
    inputs = []
    for value in vars(values).values():
        inputs += value if isinstance(value, list) else [value]
    said = []
    for source in inputs:
        if isinstance(source, RasterSource):
            said.append(simulated(source))
        elif isinstance(source, AttributeTable) and "simulated" in source.name.lower():
            said.append(source.name)
    # Each name once, in the order of the inputs.
    return ", ".join(dict.fromkeys(name for names in said for name in names.split(", ") if name))


def _field(name: str, kind: type) -> QgsField:
    # QGIS before 3.38 knows only QVariant's types, which Qt 6 keeps for us.
    types = {str: QVariant.String, int: QVariant.Int, float: QVariant.Double}
    return QgsField(name, types[kind])


def _range_sentence(parameter: Parameter, value: float) -> str:
    definition = parameter.definition
    low, high = definition.minimum(), definition.maximum()
    if low <= value <= high:
        return ""
    limits = f"between {low:g} and {high:g}" if low > -1e300 and high < 1e300 else f"at least {low:g}"
    return f"{parameter.name} is {value:g} and has to be {limits}."


@contextmanager
def sentences() -> Iterator[None]:
    """The one mapping of errors to messages: what a user can mend becomes one red line without a traceback.

    The frames of the error are let go: they hold QGIS' objects in a ring of references, which Python would collect
    later, in any thread, and QGIS crash.
    """
    try:
        yield
    except PermafrostError as error:
        raise QgsProcessingException(str(error.with_traceback(None))) from None
    except MemoryError:
        raise QgsProcessingException("The memory does not suffice: set MEMORY to a smaller number.") from None


def command_line(algorithm_id: str, texts: dict[str, list[str]]) -> str:
    """Give the qgis_process line that repeats a run."""
    words = ["qgis_process", "run", f"permafrost:{algorithm_id}", "--"]
    words += [f"{name}={text}" for name, values in texts.items() for text in values]
    return " ".join(shlex.quote(word) for word in words)
