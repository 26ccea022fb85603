"""The base of all algorithms: declaration, checks, help, errors as sentences, styles.

An algorithm has its names and texts as class attributes, its parameters in `declare`, what it
refuses before the run in `check`, and what it does in `execute`, with a `Task`. Everything else is here.
"""

from __future__ import annotations

import html
import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Optional, Union

from qgis.core import (
    QgsApplication,
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingDestinationParameter,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputHtml,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFolderDestination,
)
from qgis.PyQt.QtGui import QIcon

from ..core.about import RESOURCES, page_url
from ..core.errors import InputError
from ..core.files import remove_partials, require_folder
from ..core.language import tr
from ..raster.run.checkpoints import CompleteRun
from .apart import require_apart
from .fingerprint import run_fingerprint
from .interrupt import cancelled_by_interrupt, listen_for_interrupt
from .labels import with_labels
from .parameters import (
    SKIP,
    Flag,
    Parameter,
    Result,
    Style,
    Values,
    given,
    with_layers,
)
from .project import LayerOfProject, load_when_done
from .reading import with_tables_read
from .refusal import refusal
from .sentences import sentences
from .style import style_when_loaded
from .task import Task

# Key in the configuration of a step of a model: outputs that are written to a temporary file if they are not named,
# since another step needs them. By itself QGIS writes an output of a step that is also an output of the model only if
# the user names it, and requires a name if the algorithm requires the output.
TEMPORARY_OUTPUTS = "temporary_outputs"


# Name of the output of a report.
REPORT = "OUTPUT_HTML"


class Group:
    """The groups of the toolbox, in the order in which data flows."""

    # QGIS sorts groups, and algorithms within them, by name.
    START = ("start", "0 Start here")
    PREPARE = ("prepare", "1 Prepare")
    LST = ("lst", "2 Land surface temperature")
    GST = ("gst", "3 Ground surface temperature")
    PERMAFROST = ("permafrost", "4 Permafrost")
    ASSESS = ("assess", "5 Assess")
    PUBLISH = ("publish", "6 Publish")


class PermafrostAlgorithm(QgsProcessingAlgorithm):
    """Base of all algorithms of the provider.

    Attributes
    ----------
    ID : str
        Never changes: models and histories store it.
    TITLE, SUMMARY, DESCRIPTION : str
        Name in the toolbox, a sentence, and the text of the help.
    GROUP : tuple
        One of `Group`.
    TAGS : str
        Search terms, separated by commas.
    EXAMPLE : str
        What a user would type after ``qgis_process run permafrost:ID --``.
    REFERENCES : sequence of str
        Shown in help and reports.
    PASSES_WITHOUT : str
        Name of a required input without which a model can skip the algorithm, see `skip_parameter`.
    RESUMES : bool
        Whether a run is skipped if its results exist already, complete and from the same inputs.
    """

    ID = ""
    TITLE = ""
    SUMMARY = ""
    DESCRIPTION = ""
    GROUP = ("", "")
    TAGS = ""
    EXAMPLE = ""
    REFERENCES: Sequence[str] = ()
    PASSES_WITHOUT = ""
    RESUMES = False

    def declare(self) -> Iterable[Union[Parameter, Result]]:
        """Return the parameters and outputs, in the order of the dialog."""
        raise NotImplementedError

    def check(self, p: Values) -> Any:
        """Raise an `InputError` for what can be seen before the run; return what was found out, as `Task.checked`.

        Values that are not given are None; `p` is read-only, and its tables are not read yet.
        """

    def execute(self, p: Values, task: Task) -> dict[str, Any]:
        """Do the work with plain data, in any thread; return the outputs that are numbers or lists of rasters."""
        raise NotImplementedError

    def styles(self, p: Values) -> dict[str, Style]:
        """Return the styles of rasters by the names of their outputs, by default those that are declared."""
        return {name: parameter.style for name, parameter in self._declared.items() if parameter.style}

    def layers(self, p: Values) -> list[LayerOfProject]:
        """Return the layers in an output folder that the user wants to see, in a group named as `TITLE`."""
        return []

    # The interface of QGIS ----------------------------------------------------------------------

    def createInstance(self) -> PermafrostAlgorithm:
        """Return a new instance."""
        return type(self)()

    def name(self) -> str:
        """Return the id."""
        return self.ID

    def displayName(self) -> str:
        """Return the name in the toolbox."""
        return tr(self.TITLE)

    def group(self) -> str:
        """Return the group's name."""
        return tr(self.GROUP[1])

    def groupId(self) -> str:
        """Return the group's id."""
        return self.GROUP[0]

    def tags(self) -> list[str]:
        """Return search terms: those of the user's language, and the English ones, which name methods everywhere."""
        english = [tag.strip() for tag in self.TAGS.split(",")]
        return list(dict.fromkeys([*map(tr, english), *english]))

    def icon(self) -> QIcon:
        """Return the algorithm's icon, or its group's."""
        own = RESOURCES / "icons" / f"{self.ID}.svg"
        return QIcon(str(own if own.exists() else RESOURCES / "icons" / f"{self.GROUP[0]}.svg"))

    def shortDescription(self) -> str:
        """Return the summary, one sentence."""
        return tr(self.SUMMARY)

    def helpUrl(self) -> str:
        """Return the address of the algorithm's page, behind the button *Help* of the dialog."""
        return page_url(f"reference/{self.ID}")

    def shortHelpString(self) -> str:
        """Return the help: HTML for the dialog; plain text for qgis_process, which adds summary and parameters."""
        paragraphs = [tr(" ".join(paragraph.split())) for paragraph in self.DESCRIPTION.strip().split("\n\n")]
        if QgsApplication.platform() == "qgis_process":
            return "\n\n".join([*paragraphs, *self.REFERENCES])
        body = "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in [tr(self.SUMMARY), *paragraphs])
        items = "".join(
            f"<dt><b>{html.escape(definition.description())}</b></dt><dd>{html.escape(definition.help())}</dd>"
            for definition in (parameter.definition for parameter in self._declared.values())
        )
        references = "".join(f"<p><small>{html.escape(reference)}</small></p>" for reference in self.REFERENCES)
        return f"{body}<dl>{items}</dl>{references}"

    def initAlgorithm(self, configuration: Optional[dict] = None) -> None:
        """Declare everything to QGIS.

        Parameters
        ----------
        configuration : dict, optional
            As a model stores it with a step, see `TEMPORARY_OUTPUTS`.
        """
        temporary = (configuration or {}).get(TEMPORARY_OUTPUTS, ())
        self._declared = {}
        for declared in self.declare():
            if isinstance(declared, Result):
                self.addOutput(declared.definition())
            else:
                if declared.name in temporary:
                    declared.definition.setFlags(declared.definition.flags() | Flag.FlagOptional)
                    declared.definition.setDefaultValue(QgsProcessing.TEMPORARY_OUTPUT)
                # QGIS takes ownership of the definition, and we keep a copy. Not the other way round: Python is not
                # told when QGIS deletes a copy that it owns, and would take another object at its address for it.
                self._declared[declared.name] = replace(declared, definition=declared.definition.clone())
                self._add(declared.definition)

    def _add(self, definition: QgsProcessingParameterDefinition) -> None:
        """Declare a parameter to QGIS, which lists reports by the names of their outputs alone."""
        is_report = definition.name() == REPORT
        if is_report:
            name = tr("{algorithm}: {output}", algorithm=tr(self.TITLE), output=definition.description())
            self.addOutput(QgsProcessingOutputHtml(REPORT, name))
        self.addParameter(definition, not is_report)

    def checkParameterValues(self, parameters: dict, context: QgsProcessingContext) -> tuple[bool, str]:
        """Refuse invalid values with a sentence; called by the dialog, by models and by qgis_process."""
        if self._passes(parameters, context):
            return True, ""
        for parameter in self._declared.values():
            sentence = refusal(self, parameter, parameters, context)
            if sentence:
                return False, self._named(sentence)
        return super().checkParameterValues(with_layers(parameters, self._declared.values(), context), context)

    def _named(self, sentence: str) -> str:
        """Return a sentence in which parameters are named by their labels, too."""
        labels = {name: parameter.definition.description() for name, parameter in self._declared.items()}
        return with_labels(sentence, labels)

    def _passes(self, parameters: dict, context: QgsProcessingContext) -> bool:
        """Return whether the input named by `PASSES_WITHOUT` is absent, and the user or a model accepts that."""
        return (
            bool(self.PASSES_WITHOUT)
            and not given(parameters, self._declared[self.PASSES_WITHOUT])
            and self.parameterAsBoolean(parameters, SKIP, context)
        )

    def prepareAlgorithm(
        self, parameters: dict, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        """Convert all parameters to plain data, in the thread that owns the layers, and check them."""
        try:
            return self._prepare(parameters, context, feedback)
        except QgsProcessingException as error:
            sentence = self._named(str(error))
            # The dialog's frame, which is kept as well, holds the task and so the algorithm.
            self._values = None
        # QGIS keeps the exception, the exception this frame, and the context layers, whose files would stay open; so
        # would those of tables, which the algorithm holds. It is QGIS that deletes it.
        del self, parameters, context, feedback
        raise QgsProcessingException(sentence)

    def _prepare(self, parameters: dict, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> bool:
        # Returns before the outputs are read: QGIS would expect them as layers.
        self._values = None
        self._tables = {}
        if self._passes(parameters, context):
            return True
        with sentences():
            listen_for_interrupt(feedback)
            # Nothing else checks the values that a model passes to its steps, or files that have since been removed.
            for parameter in self._declared.values():
                sentence = refusal(self, parameter, parameters, context)
                if sentence:
                    raise InputError(sentence)
            values, texts = {}, {}
            for name, parameter in self._declared.items():
                values[name] = None
                if given(parameters, parameter):
                    values[name] = parameter.read(self, parameters, context)
                    texts[name] = parameter.text(values[name])
            self._values = Values(**values)
            self._texts = texts
            self._files = {
                name: texts[name][0]
                for name, parameter in self._declared.items()
                if name in texts and isinstance(parameter.definition, QgsProcessingDestinationParameter)
            }
            self._wanted_layers = _take_layers(context, self._files.values())
            for name, path in self._files.items():
                definition = self._declared[name].definition
                require_folder(path, isinstance(definition, QgsProcessingParameterFolderDestination))
            require_apart(self._declared.values(), values, self._files)
            self._checked = self.check(self._values)
        return True

    def processAlgorithm(
        self, parameters: dict, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict:
        """Run, and turn errors that a user can fix into a sentence."""
        try:
            with sentences(), cancelled_by_interrupt(feedback):
                return self._process(parameters, context, feedback)
        except QgsProcessingException as error:
            sentence = self._named(str(error))
        # QGIS keeps the exception, the exception this frame, and the context layers, whose files would stay open; so
        # would those of tables, which the algorithm holds. It is QGIS that deletes it.
        del self, parameters, context, feedback
        raise QgsProcessingException(sentence)

    def _process(self, parameters: dict, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> dict:
        if self._values is None:
            without = self._declared[self.PASSES_WITHOUT].definition.description()
            feedback.pushInfo(tr("{input} not given: '{step}' is skipped.", input=without, step=tr(self.TITLE)))
            return {}
        with sentences():
            values = with_tables_read(self._values, feedback)
            record = self._record(values) if self.RESUMES else None
            results = record.results() if record else None
        if results is not None:
            for path in self._files.values():
                remove_partials(path)
            feedback.pushInfo(tr("The results exist already, complete and from the same inputs: nothing is repeated."))
            return {**self._files, **results}
        with sentences():
            task = Task(self, values, self._checked, self._texts, parameters, context, feedback)
            task.warn_of_inputs([name for name, parameter in self._declared.items() if parameter.one_band])
            numbers = self.execute(values, task)
        task.show_command(self._texts, self._files)
        # An undefined number, such as kappa of a single class, is no number in JSON either.
        defined = {
            name: None if isinstance(value, float) and math.isnan(value) else value for name, value in numbers.items()
        }
        self._tables = task.tables
        results = {**defined, **task.tables}
        if record:
            with sentences():
                record.write(results)
        return {**self._files, **results}

    def _record(self, values: Values) -> CompleteRun:
        inputs = {name: value for name, value in vars(values).items() if name not in self._files}
        return CompleteRun(run_fingerprint(self.ID, inputs, self._texts), self._files)

    def postProcessAlgorithm(self, context: QgsProcessingContext, _feedback: QgsProcessingFeedback) -> dict:
        """Request the layers that the user wants to see to be loaded and styled."""
        if self._values is None:
            return {}
        for path, details in self._wanted_layers.items():
            context.addLayerToLoadOnCompletion(path, details)
        for name, path in self._tables.items():
            if context.willLoadLayerOnCompletion(path):
                details = context.layerToLoadOnCompletionDetails(path)
                # A model names it after its own output, of which it may have several.
                if details.name == "Table":
                    details.name = self._declared[name].definition.description()
        styles = self.styles(self._values)
        styled = [self._files[name] for name in styles if name in self._files]
        for name, style in styles.items():
            path = self._files.get(name)
            if path and context.willLoadLayerOnCompletion(path):
                style_when_loaded(context, path, style, styled)
        load_when_done(context, tr(self.TITLE), self.layers(self._values))
        return {}


def _take_layers(context: QgsProcessingContext, paths: Iterable[str]) -> dict[str, QgsProcessingContext.LayerDetails]:
    """Remove files from the context's list of layers to load until they are written; return those that were in it.

    A run in a task has a context of its own, whose list replaces this one; and after a run that fails QGIS
    would try to load what is not there.
    """
    layers = context.layersToLoadOnCompletion()
    taken = {path: layers.pop(path) for path in paths if path in layers}
    if taken:
        context.setLayersToLoadOnCompletion(layers)
    return taken
