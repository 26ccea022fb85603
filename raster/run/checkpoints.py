"""Long runs that go on where they were stopped: what is finished waits in a hidden folder beside the output.

Each finished unit of work is a file of plain arrays. The name of the folder holds a fingerprint of
all that went into them, so that other inputs or parameters never meet them. When the run is finished
the folder goes.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Iterable, Iterator, Optional, Protocol

import numpy as np

from ...core.about import VERSION
from ...core.errors import Cancelled, InputError
from ...core.files import beside, whole_file
from ..read.files import raster_state

# The folder of finished units beside an output: of its whole name, since 'o.tif' and 'o.img' are two outputs.
FOLDER = ".{name}.{mark}.unfinished"

# Behind the arrays in the file of a unit: their SHA-256.
DIGEST_BYTES = 32

Arrays = dict[str, np.ndarray]


class Unit(Protocol):
    """A unit of work."""

    @property
    def name(self) -> str:
        """Tells it from the others, as the name of a file."""


def fingerprint(content: Any, paths: Iterable[str]) -> str:
    """Sum up in a short text what decides the results of a run.

    Parameters
    ----------
    content
        Whatever json can write: the parameters.
    paths : iterable of str
        The rasters that are read. Files count by name, size and time of change, not by the folder that they
        lie in, so that a folder may be moved; see `raster_state`.
    """
    summary = json.dumps([VERSION, content, [raster_state(path) for path in paths]])
    return hashlib.sha256(summary.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Unfinished:
    """The finished units of a run that is not."""

    folder: Path

    def holds(self, unit: Unit) -> bool:
        """Whether a unit is there and whole."""
        try:
            return self._bytes(unit) is not None
        except OSError:
            return False

    def get(self, unit: Unit) -> Arrays:
        """Give the arrays of a unit that is there."""
        with np.load(io.BytesIO(self._bytes(unit) or b""), allow_pickle=False) as file:
            return dict(file)

    def keep(self, unit: Unit, arrays: Arrays) -> None:
        """Keep the arrays of a unit."""
        buffer = io.BytesIO()
        np.savez(buffer, **arrays)
        content = buffer.getbuffer()
        with whole_file(self._file(unit)) as temporary, open(temporary, "wb") as file:
            file.write(content)
            file.write(hashlib.sha256(content).digest())

    def _bytes(self, unit: Unit) -> Optional[memoryview]:
        """Read a unit; None where a bit of it has changed, also one that the format itself does not check."""
        content = memoryview(self._file(unit).read_bytes())
        arrays, digest = content[:-DIGEST_BYTES], content[-DIGEST_BYTES:]
        return arrays if hashlib.sha256(arrays).digest() == digest else None

    def go_on(
        self, compute: Callable[[Iterable[Unit]], Iterator[tuple[Unit, Arrays]]], units: Iterable[Unit]
    ) -> Iterator[tuple[Unit, Arrays]]:
        """Give all units in their order, computing and keeping those that are not there yet."""
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
def unfinished_beside(path: str, of_run: str) -> Iterator[Unfinished]:
    """Keep finished units beside an output until the block ends well, or an input turns out to be wrong.

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
        yield Unfinished(output.with_name(FOLDER.format(name=output.name, mark=of_run)))
    except Cancelled:
        raise Cancelled(
            "The run was cancelled: what is finished is kept, and the same run started again goes on."
        ) from None
    except InputError:
        _remove(output)
        raise
    _remove(output)


def _remove(output: Path) -> None:
    """Remove the units, also what other runs to this file, with other parameters, have not finished."""
    for folder in beside(output, FOLDER, mark="[0-9a-f]{16}"):
        shutil.rmtree(folder, ignore_errors=True)
