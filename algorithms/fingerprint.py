"""What decides the results of an algorithm, as plain values for the fingerprint of a run."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, Mapping

from ..raster.read.files import raster_state
from ..raster.read.rasters import RasterSource
from ..raster.run.checkpoints import fingerprint
from .layers import AttributeTable, VectorTable
from .parameters import INDIFFERENT


def run_fingerprint(algorithm_id: str, values: Mapping[str, Any], texts: Mapping[str, list[str]]) -> str:
    """Return the fingerprint of a run of an algorithm.

    Parameters
    ----------
    algorithm_id : str
        Id of the algorithm.
    values : mapping
        All parameters but the outputs, as they were read.
    texts : mapping
        The same as texts, which stand for every value that is no file and no table.
    """
    content = {
        name: _content(value, texts.get(name))
        for name, value in values.items()
        if value is not None and name not in INDIFFERENT
    }
    return fingerprint([algorithm_id, content])


def _content(value: Any, text: Any) -> Any:
    """Return what a value contributes: rasters by size and time, small inputs by their content, wherever they lie."""
    if isinstance(value, list):
        return [_content(part, str(part)) for part in value]
    if isinstance(value, RasterSource):
        return [value.path, *value.reading, *raster_state(value.path)]
    if isinstance(value, AttributeTable):
        # Tables of steps inside a model have another name in each run.
        shapes = [wkb.hex() for wkb in value.wkb] if isinstance(value, VectorTable) else []
        return [{name: cells.digest() for name, cells in value.fields.items()}, shapes]
    if isinstance(value, str) and Path(value).is_file():
        return hashlib.sha256(Path(value).read_bytes()).hexdigest()
    return text
