"""The language that the user has chosen for QGIS, and the models in that language."""

from __future__ import annotations

from typing import Any, Optional

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingModelAlgorithm,
    QgsProcessingParameterDefinition,
    QgsSettings,
)
from qgis.PyQt.QtCore import QCoreApplication, QLocale, QTranslator

from ..core.about import RESOURCES
from ..core.language import speak, tr
from .project import group_when_done

# Of all texts in the files of translations.
CONTEXT = "PermafrostMapper"

# File and code by the language of a locale. Readers of traditional characters are given the simplified ones.
FILES = {"zh": ("permafrost_mapper_zh_CN.qm", "zh-CN")}

# What in the document of a model is text, by the key under which it stands.
TEXTS = ("component_description", "description", "help", "model_group")

# Outputs of the models in the order in which they stand in dialogs and their layers in groups: what the user wants
# first, then the steps as they follow each other. QGIS sorts them by the names of the steps.
OUTPUTS = (
    "map:Permafrost map",
    "report:Report",
    "map:Picture",
    "ttop:TTOP",
    "probability:Permafrost zones",
    "probability:Probability of permafrost",
    "accuracy:Agreement",
    "accuracy:Table",
    "accuracy:Report",
    "boreholes:Boreholes compared",
    "areas:Table",
    "areas:Report",
    "terraday:Filled LST, terra day",
    "terranight:Filled LST, terra night",
    "aquaday:Filled LST, aqua day",
    "aquanight:Filled LST, aqua night",
    "samples:Samples",
    "gstmodel:GST model",
    "degreedays:Mean DDT",
    "degreedays:Mean DDF",
    "degreedays:DDT per year",
    "degreedays:DDF per year",
    "degreedays:Valid days per year",
    "degreedays:Extrapolated days",
    "rk:r_k",
)

# Name of the output of a table.
TABLE = "TABLE"


def user_locale() -> str:
    """Return the locale of QGIS, such as ``zh-Hans`` or ``de_DE``: that of its settings, else that of the system."""
    settings = QgsSettings()
    if settings.value("locale/overrideFlag", False, type=bool):
        return str(settings.value("locale/userLocale", ""))
    return QLocale.system().name()


def _language(locale: str) -> str:
    return locale.replace("-", "_").partition("_")[0].lower()


def install_translator() -> Optional[QTranslator]:
    """Let all texts be shown in the language of QGIS; return the translator, or None where there is none for it."""
    file_name, code = FILES.get(_language(user_locale()), ("", ""))
    translator = QTranslator()
    if not file_name or not translator.load(str(RESOURCES / "i18n" / file_name)):
        return None
    QCoreApplication.installTranslator(translator)
    speak(lambda text: QCoreApplication.translate(CONTEXT, text), code)
    return translator


def remove_translator(translator: Optional[QTranslator]) -> None:
    """Let all texts be English again."""
    speak(str)
    if translator is not None:
        QCoreApplication.removeTranslator(translator)


class Model(QgsProcessingModelAlgorithm):
    """A model whose title is shown in the user's language; its name, which is part of its id, stays."""

    def loadVariant(self, document: Any) -> bool:
        """Load the model from its document, with its outputs in the order of `OUTPUTS`."""
        loaded = super().loadVariant(document)
        outputs = [one.clone() for one in self.parameterDefinitions() if one.isDestination()]
        for output in sorted(outputs, key=lambda one: OUTPUTS.index(one.name())):
            self.removeParameter(output.name())
            self.addParameter(output)
        return loaded

    def createInstance(self) -> Model:
        """Return a copy, which is what QGIS shows in a dialog and runs."""
        copy = Model()
        copy.loadVariant(self.toVariant())
        copy.setProvider(self.provider())
        copy.setSourceFilePath(self.sourceFilePath())
        return copy

    def displayName(self) -> str:
        """Return the title."""
        return tr(self.name())

    def postProcessAlgorithm(self, context: QgsProcessingContext, _feedback: QgsProcessingFeedback) -> dict:
        """Let the layers be loaded in one group, with the map on top, under their names in the user's language."""
        group_when_done(context, self.displayName(), dict(map(self._layer, self.destinationParameterDefinitions())))
        return {}

    def _layer(self, output: QgsProcessingParameterDefinition) -> tuple[str, str]:
        """Return how the layer of an output is called once its step has run, and its name in the user's language."""
        step, _, label = output.name().partition(":")
        if label != "Table":
            return label, output.description()
        # Of several tables each has been given the name that its algorithm declares.
        child = self.childAlgorithms()[step]  # which deletes its algorithm at its end
        declared = child.algorithm().destinationParameterDefinitions()
        (name,) = (one.description() for one in declared if one.name() == TABLE)
        return name, name


def load_model(model: QgsProcessingModelAlgorithm, file_name: str) -> bool:
    """Load a shipped model, with its help, inputs, steps and outputs in the user's language, into a new model.

    Returns whether QGIS can load it.
    """
    written = QgsProcessingModelAlgorithm()
    # Read by another one: of a model that is loaded twice QGIS logs each output as a duplicate.
    loaded = written.fromFile(str(RESOURCES / "models" / file_name))
    return loaded and model.loadVariant(_translated(written.toVariant()))


def _translated(part: Any, key: str = "") -> Any:
    """Return a part of a model's document with its texts translated."""
    if isinstance(part, dict):
        # The help of a model is a map of texts, that of a parameter a text.
        return {name: _translated(value, key if key == "help" else name) for name, value in part.items()}
    if isinstance(part, list):
        return [_translated(value, key) for value in part]
    return tr(part) if isinstance(part, str) and part and key in TEXTS else part
