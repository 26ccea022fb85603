"""What the results of a run say of its inputs: parameters as text, without names that differ from run to run."""

from __future__ import annotations

import re

from qgis.core import QgsProcessingUtils


def lasting(text: str) -> str:
    """Return a text with the paths of QGIS' temporary files cut to names, since those of steps of a model are random.

    And without the random names of layers in memory.

    So the same run writes the same bytes, and nobody looks for a file that is gone.
    """
    folder = re.escape(QgsProcessingUtils.tempFolder())
    without_folders = re.sub(rf"{folder}[/\\](?:[0-9a-f]{{32}}[/\\])?", "temporary ", text)
    return re.sub(r"&uid=\{[-0-9a-f]{36}\}", "", without_folders)
