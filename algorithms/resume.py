"""Runs that are complete are not repeated: a small file beside the first output tells what went in and came out."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Mapping, Optional

from ..core.about import VERSION
from ..core.files import write_text
from ..core.jsontext import is_object, parse_object
from ..raster.read.files import raster_state
from ..raster.read.rasters import RasterSource
from .layers import AttributeTable, VectorTable
from .parameters import INDIFFERENT

RECORD = ".{name}.complete.json"

TEXTS = (".html", ".json")


@dataclass(frozen=True)
class Record:
    """What tells one run of an algorithm from another.

    Attributes
    ----------
    fingerprint : str
        Sums up version, parameters and inputs.
    outputs : dict
        Files that the run writes, by the names of the outputs.
    """

    fingerprint: str
    outputs: Mapping[str, str]

    @property
    def path(self) -> Optional[Path]:
        """Where the record lies; None where nothing is written."""
        first = next(iter(self.outputs.values()), None)
        return None if first is None else Path(first).with_name(RECORD.format(name=Path(first).name))

    def results(self) -> Optional[dict[str, Any]]:
        """Give the results of a complete run of the same, whose rasters are as it left them; None without one.

        Reports and models are written again: inside a model they may have other names in each run.
        """
        if self.path is None or not self.path.is_file():
            return None
        try:
            content = parse_object(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            # Damaged since: the run is repeated.
            return None
        texts, results = content.get("texts"), content.get("results")
        if content.get("fingerprint") != self.fingerprint or content.get("rasters") != self._rasters():
            return None
        if not (is_object(results) and is_object(texts) and texts.keys() == self._texts().keys()):
            return None
        if not all(isinstance(text, str) for text in texts.values()):
            return None
        for name, text in texts.items():
            write_text(self.outputs[name], text)
        return results

    def write(self, results: Mapping[str, Any]) -> None:
        """Remember a run that is complete."""
        if self.path is not None:
            texts = {name: Path(path).read_text(encoding="utf-8") for name, path in self._texts().items()}
            content = {"fingerprint": self.fingerprint, "rasters": self._rasters(), "texts": texts, "results": results}
            write_text(self.path, json.dumps(content, indent=1))

    def _texts(self) -> dict[str, str]:
        return {name: path for name, path in self.outputs.items() if Path(path).suffix in TEXTS}

    def _rasters(self) -> dict[str, list]:
        texts = self._texts()
        return {name: [path, *_state(path)] for name, path in self.outputs.items() if name not in texts}


def fingerprint(algorithm_id: str, values: Mapping[str, Any], texts: Mapping[str, list[str]]) -> str:
    """Sum up what decides the results of a run.

    Parameters
    ----------
    algorithm_id : str
        Of whose run.
    values : mapping
        The parameters that are no outputs, as they were read.
    texts : mapping
        The same as texts, which stand for everything that is no file and no table.
    """
    content = {
        name: _content(value, texts.get(name))
        for name, value in values.items()
        if value is not None and name not in INDIFFERENT
    }
    return hashlib.sha256(json.dumps([algorithm_id, VERSION, content], default=str).encode()).hexdigest()


def _content(value: Any, text: Any) -> Any:
    """Give what a value contributes: rasters by size and time, small inputs by what is in them, wherever they lie."""
    if isinstance(value, list):
        return [_content(part, str(part)) for part in value]
    if isinstance(value, RasterSource):
        return [value.path, *value.reading, *raster_state(value.path)]
    if isinstance(value, AttributeTable):
        # Tables of steps inside a model have another name in each run.
        shapes = [wkb.hex() for wkb in value.wkb] if isinstance(value, VectorTable) else []
        return [value.fields, shapes]
    if isinstance(value, str) and Path(value).is_file():
        return hashlib.sha256(Path(value).read_bytes()).hexdigest()
    return text


def _state(path: str) -> list[int]:
    """Give size and time of a file; nothing where there is none."""
    file = Path(path)
    status = file.stat() if file.is_file() else None
    return [status.st_size, status.st_mtime_ns] if status else []
