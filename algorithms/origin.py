"""What is said of the inputs and outputs of a run: parameters as text, and which of them are gone with the session."""

from __future__ import annotations

import re

from qgis.core import QgsProcessingUtils

# In the source of a layer in memory.
IN_MEMORY = r"[?&]uid=\{[-0-9a-f]{36}\}"


def lasting(text: str) -> str:
    """Return a text with the paths of QGIS' temporary files cut to names, since those of steps of a model are random.

    And without the random names of layers in memory.

    So the same run writes the same bytes, and nobody looks for a file that is gone.
    """
    folder = re.escape(QgsProcessingUtils.tempFolder())
    without_folders = re.sub(rf"{folder}[/\\](?:[0-9a-f]{{32}}[/\\])?", "temporary ", text)
    return re.sub(IN_MEMORY, "", without_folders)


def is_temporary(text: str) -> bool:
    """Return whether a value is a layer in memory, or a file that goes with the session of QGIS."""
    in_memory = text.startswith("memory:") or bool(re.search(IN_MEMORY, text))
    return in_memory or QgsProcessingUtils.tempFolder() in text
