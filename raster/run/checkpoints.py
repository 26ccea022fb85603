"""Long runs that resume where they were stopped, and complete runs that are not repeated.

A `fingerprint` sums up all that decides a result: version, parameters, inputs. Two things are kept under it:

* `FinishedUnits`: the finished units of work of a run that was stopped, a file of plain arrays each, in a hidden
  folder beside the output. The name of the folder holds the fingerprint, so units of other inputs or parameters are
  never mixed in. The folder is removed when the run is complete.
* `CompleteRun`: a small hidden file beside the first output of a complete run, with the state of its outputs.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Generator, Iterable, Iterator, Mapping, Optional, Protocol, TypeVar

import numpy as np

from ...core.about import VERSION
from ...core.errors import Cancelled, InputError
from ...core.files import beside, whole_file, write_text
from ...core.jsontext import parse_object
from ...core.language import tr
from ..read.files import raster_state

# The folder of finished units beside an output, after its whole name, since 'o.tif' and 'o.img' are two outputs.
FOLDER = ".{name}.{mark}.unfinished"

# The file of a unit ends with the SHA-256 of the arrays before.
DIGEST_BYTES = 32

# The record of a complete run beside its first output.
RECORD = ".{name}.complete.json"

# Outputs that a record holds as text.
TEXTS = (".html", ".json")

Arrays = dict[str, np.ndarray]


class Unit(Protocol):
    """A unit of work."""

    @property
    def name(self) -> str:
        """Unique name that can be that of a file."""


def fingerprint(content: Any, paths: Iterable[str] = ()) -> str:
    """Return 16 hexadecimal digits that sum up what decides the results of a run.

    Parameters
    ----------
    content
        Parameters as plain values: whatever json can write, and dates, which count as text.
    paths : iterable of str
        Rasters that are read. Files count by name, size and time of modification, not by their folder, so that a
        folder may be moved; see `raster_state`.
    """
    summary = json.dumps([VERSION, content, [raster_state(path) for path in paths]], default=str)
    return hashlib.sha256(summary.encode()).hexdigest()[:16]


AnyUnit = TypeVar("AnyUnit", bound=Unit)


@dataclass(frozen=True)
class FinishedUnits:
    """The finished units of a run that is not complete, in a folder."""

    folder: Path

    def holds(self, unit: Unit) -> bool:
        """Return whether a unit is there and intact."""
        try:
            return self._bytes(unit) is not None
        except OSError:
            return False

    def get(self, unit: Unit) -> Arrays:
        """Return the arrays of a unit that is there."""
        with np.load(io.BytesIO(self._bytes(unit) or b""), allow_pickle=False) as file:
            return dict(file)

    def keep(self, unit: Unit, arrays: Arrays) -> None:
        """Store the arrays of a unit."""
        buffer = io.BytesIO()
        np.savez(buffer, **arrays)
        content = buffer.getbuffer()
        with whole_file(self._file(unit), is_verified=True) as temporary, open(temporary, "wb") as file:
            file.write(content)
            file.write(hashlib.sha256(content).digest())

    def _bytes(self, unit: Unit) -> Optional[memoryview]:
        """Return the stored arrays of a unit; None where any bit has changed, since the format does not check all."""
        content = memoryview(self._file(unit).read_bytes())
        arrays, digest = content[:-DIGEST_BYTES], content[-DIGEST_BYTES:]
        return arrays if hashlib.sha256(arrays).digest() == digest else None

    def resume(
        self,
        compute: Callable[[Iterable[AnyUnit]], Generator[tuple[AnyUnit, Arrays], None, None]],
        units: Iterable[AnyUnit],
    ) -> Generator[tuple[AnyUnit, Arrays], None, None]:
        """Yield all units in their order, and compute and store those that are not there yet."""
        held = [(unit, self.holds(unit)) for unit in units]
        with closing(compute(unit for unit, is_held in held if not is_held)) as computed:
            for unit, is_held in held:
                if is_held:
                    yield unit, self.get(unit)
                else:
                    _, arrays = next(computed)
                    self.keep(unit, arrays)
                    yield unit, arrays

    def _file(self, unit: Unit) -> Path:
        return self.folder / f"{unit.name}.npz"


@contextmanager
def finished_units_beside(path: str, of_run: str) -> Iterator[FinishedUnits]:
    """Keep finished units beside an output until the block ends without an error or with an `InputError`.

    Parameters
    ----------
    path : str
        The output.
    of_run : str
        The run's `fingerprint`.

    Raises
    ------
    Cancelled
        In place of the block's own, to say that finished units are kept.
    """
    output = Path(path)
    try:
        yield FinishedUnits(output.with_name(FOLDER.format(name=output.name, mark=of_run)))
    except Cancelled:
        raise Cancelled(
            tr("The run was cancelled: finished work is kept, and the same run continues from it.")
        ) from None
    except InputError:
        _remove_units(output)
        raise
    _remove_units(output)


def _remove_units(output: Path) -> None:
    """Remove the units of all runs to an output, also those of incomplete runs with other parameters."""
    for folder in beside(output, FOLDER, mark="[0-9a-f]{16}"):
        shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True)
class CompleteRun:
    """The record of a complete run.

    Attributes
    ----------
    fingerprint : str
        Of version, parameters and inputs.
    outputs : mapping
        Paths of the files that the run writes, by the names of the outputs.
    """

    fingerprint: str
    outputs: Mapping[str, str]

    @property
    def path(self) -> Optional[Path]:
        """Path of the record; None for a run that writes no file."""
        first = next(iter(self.outputs.values()), None)
        return None if first is None else Path(first).with_name(RECORD.format(name=Path(first).name))

    def results(self) -> Optional[dict[str, Any]]:
        """Return the results of a complete run with this fingerprint; None if there is none.

        Its rasters have to be as it left them. Reports and models, which have another name in each run inside a model
        of QGIS, are written again.
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
        if not isinstance(results, dict) or not isinstance(texts, dict) or texts.keys() != self._texts().keys():
            return None
        if not all(isinstance(text, str) for text in texts.values()):
            return None
        for name, text in texts.items():
            write_text(self.outputs[name], text)
        return results

    def write(self, results: Mapping[str, Any]) -> None:
        """Write the record of a run that has just been completed."""
        if self.path is not None:
            texts = {name: Path(path).read_text(encoding="utf-8") for name, path in self._texts().items()}
            content = {"fingerprint": self.fingerprint, "rasters": self._rasters(), "texts": texts, "results": results}
            write_text(self.path, json.dumps(content, indent=1))

    def _texts(self) -> dict[str, str]:
        return {name: path for name, path in self.outputs.items() if Path(path).suffix in TEXTS}

    def _rasters(self) -> dict[str, list]:
        texts = self._texts()
        return {name: [path, *_size_and_time(path)] for name, path in self.outputs.items() if name not in texts}


def _size_and_time(path: str) -> list[int]:
    """Return size and time of modification of a file; nothing where there is none."""
    file = Path(path)
    status = file.stat() if file.is_file() else None
    return [status.st_size, status.st_mtime_ns] if status else []
