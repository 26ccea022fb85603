"""Files that get their final name only when they are complete."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
import uuid
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator

from .errors import OutputError

# Names of temporary files beside a final one: hidden, with a mark of the run. Files that match are removed,
# so each matches one final name only: that of 'o.tif' matches no file of 'o.2005.tif' or 'o.png'.
PARTIAL_FILE = ".{stem}.{mark}.partial{suffix}"
MARK = "[0-9a-f]{8}"

# Names of temporary files and folders are longer than the final name by at most this many characters.
MAX_MARK = 30


def new_mark() -> str:
    """Return a mark that distinguishes the temporary files of this run from those of others."""
    return uuid.uuid4().hex[:8]


def beside(path: str | os.PathLike, template: str, mark: str) -> list[Path]:
    """Return the files and folders beside a file whose names match a template.

    Parameters
    ----------
    path : path
        The file.
    template : str
        As `PARTIAL_FILE`, of the file's ``{name}``, ``{stem}`` and ``{suffix}`` and of a ``{mark}``.
    mark : str
        A regular expression of the mark.
    """
    final = Path(path)
    if not final.parent.is_dir():
        return []
    # No file name contains a NUL, so it can be a placeholder for the mark.
    literal = template.format(name=final.name, stem=final.stem, suffix=final.suffix, mark="\0")
    fits = re.compile(re.escape(literal).replace("\0", mark)).fullmatch
    return sorted(found for found in final.parent.iterdir() if fits(found.name))


@contextmanager
def whole_file(path: str | os.PathLike) -> Iterator[Path]:
    """Provide a temporary path beside `path`; rename it to `path` when the block ends without an error.

    A sidecar that GDAL leaves beside the temporary file (``.aux.xml``) is renamed with it, before the
    file itself. If the block raises an error, both are removed and `path` is left as it was.

    Raises
    ------
    OutputError
        If the folder cannot be written to.
    """
    final = Path(path)
    temporary = final.with_name(PARTIAL_FILE.format(stem=final.stem, mark=new_mark(), suffix=final.suffix))
    sidecar, final_sidecar = (p.with_name(p.name + ".aux.xml") for p in (temporary, final))
    try:
        final.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        # A sidecar of an older file with this name would not describe the new one.
        final_sidecar.unlink(missing_ok=True)
        if sidecar.exists():
            os.replace(sidecar, final_sidecar)
        os.replace(temporary, final)
    except OSError as error:
        if isinstance(error, OutputError):
            raise
        raise OutputError(
            f"'{final}' cannot be written ({error.strerror or error}): make room or choose another folder."
        ) from error
    finally:
        # There is nothing to remove where there is no folder.
        if final.parent.is_dir():
            temporary.unlink(missing_ok=True)
            sidecar.unlink(missing_ok=True)


@contextmanager
def whole_folder(path: str | os.PathLike) -> Iterator[Path]:
    """Provide a temporary folder beside `path`, which replaces `path` when the block ends without an error.

    An existing folder is replaced. If the block raises an error, it is left as it was.

    Raises
    ------
    OutputError
        If the folder cannot be written to.
    """
    final = Path(path)
    if not final.name:
        raise OutputError(f"'{final}' cannot be replaced (it is a whole disk): choose a folder in it.")
    mark = new_mark()
    temporary, former = (final.with_name(f".{final.name}.{mark}.{state}") for state in ("partial", "former"))
    try:
        temporary.mkdir(parents=True)
        yield temporary
        if final.exists():
            os.replace(final, former)
        os.replace(temporary, final)
        shutil.rmtree(former, ignore_errors=True)
    except OSError as error:
        if isinstance(error, OutputError):
            raise
        raise OutputError(f"'{final}' cannot be written ({error.strerror or error}): choose another folder.") from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def sha256(path: str | os.PathLike) -> str:
    """Return the SHA-256 of a file in hexadecimal digits."""
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while chunk := file.read(2**20):
            digest.update(chunk)
    return digest.hexdigest()


def require_folder(path: str | os.PathLike, is_folder: bool = False) -> None:
    """Raise an `OutputError` if a file or a folder cannot be written: better before a long run than at its end.

    The folder has to exist, or an existing folder has to allow it to be created; files can be created there, and names
    leave room for those of temporary files.
    """
    text = os.fspath(path)
    # Layers in memory and tables in databases have no folder.
    if not os.path.isabs(text) and ("dbname=" in text or not os.path.splitext(text)[1]):
        return
    final = Path(text).absolute()
    if os.path.isdir(final) and not is_folder:
        raise OutputError(f"'{text}' cannot be written (it is a folder): choose the name of a file.")
    places = [final, *final.parents] if is_folder and os.path.isdir(final) else final.parents
    # Not Path.exists, which raises an error if a name is too long.
    nearest = next(place for place in places if os.path.exists(place))
    if not os.path.isdir(nearest):
        raise OutputError(f"'{text}' cannot be written ('{nearest.name}' is no folder): choose another folder.")
    missing = final.relative_to(nearest).parts
    names = [*missing[:-1], final.name + "x" * MAX_MARK]
    try:
        for place in [*(nearest / name for name in names), final.parent / names[-1]]:
            _require_name(place)
        # Has no name on most systems, so that nothing of it is left behind.
        with tempfile.TemporaryFile(dir=nearest):
            pass
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise OutputError(
            f"'{text}' cannot be written in '{nearest}' ({reason}): choose another folder or a shorter name."
        ) from error


def _require_name(path: Path) -> None:
    """Raise the error of the system if a name, or the whole path, is too long for it."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return


def remove_partials(path: str | os.PathLike) -> None:
    """Remove partial files of runs that were killed; no other run may be writing the file."""
    for sidecar in ("", ".aux.xml"):
        for partial in beside(path, PARTIAL_FILE + sidecar, mark=MARK):
            partial.unlink(missing_ok=True)


def write_text(path: str | os.PathLike, text: str) -> None:
    """Write a text file in UTF-8, completely or not at all."""
    with whole_file(path) as temporary:
        temporary.write_text(text, encoding="utf-8")
