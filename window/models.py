"""Copies of the shipped models that the user can change."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

from qgis.core import QgsApplication, QgsProcessingModelAlgorithm

from ..algorithms.translation import load_model
from ..core.language import tr

# QGIS deletes a designer when it is closed, but not because Python lets it go.
_designers: list = []


def copy_of_model(file_name: str) -> QgsProcessingModelAlgorithm:
    """Return a copy of a shipped model: QGIS lets only models of its own model provider be edited in place."""
    model = QgsProcessingModelAlgorithm()
    load_model(model, file_name)
    return model


def model_title(file_name: str) -> str:
    """Return the title of a shipped model."""
    return tr(Path(file_name).stem.replace("_", " "))


def open_copy(file_name: str) -> Optional[str]:
    """Open a copy of a model in the designer; where QGIS has none for plugins, save it and return its path."""
    model = copy_of_model(file_name)
    if _open_in_python(model) or _open_in_qgis(model):
        return None
    return _save_among_own(model, file_name)


def _open_in_python(model: QgsProcessingModelAlgorithm) -> bool:
    """Open the designer that the Processing plugin has; QGIS 4 is about to lose it."""
    try:
        from processing.modeler.ModelerDialog import ModelerDialog
    except ImportError:
        return False
    ModelerDialog.create(model).show()
    return True


def _open_in_qgis(model: QgsProcessingModelAlgorithm) -> bool:
    """Open the designer of QGIS itself, an abstract class up to QGIS 3."""
    from qgis.gui import QgsModelDesignerDialog

    try:
        designer = QgsModelDesignerDialog()
        designer.setModel(model.create())
    except (TypeError, AttributeError):
        return False
    _designers.append(designer)
    designer.destroyed.connect(lambda: _designers.remove(designer))
    designer.show()
    return True


def _save_among_own(model: QgsProcessingModelAlgorithm, file_name: str) -> str:
    """Save a model among those of the user, without replacing one, and return its path."""
    folder = Path(QgsApplication.qgisSettingsDirPath()) / "processing" / "models"
    folder.mkdir(parents=True, exist_ok=True)
    stem, number = f"copy_of_{Path(file_name).stem}", 1
    path = folder / f"{stem}.model3"
    while path.exists():
        number += 1
        path = folder / f"{stem}_{number}.model3"
    model.setName(f"{model.name()} (copy{f' {number}' if number > 1 else ''})")
    model.toFile(str(path))
    provider = QgsApplication.processingRegistry().providerById("model")
    if provider is not None:
        provider.refreshAlgorithms()
    return str(path)
