"""Files that get their final name only when they are complete."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Iterator

from .errors import OutputError
from .language import tr
from .marks import MARK, is_abandoned, own_mark

# Names of temporary files and folders beside a final one: hidden, with a mark of the run. What matches is removed,
# so each matches one final name only: that of 'o.tif' matches no file of 'o.2005.tif' or 'o.png'.
PARTIAL_FILE = ".{stem}.{mark}.partial{suffix}"
PARTIAL_FOLDER = ".{name}.{mark}.partial"
FORMER_FOLDER = ".{name}.{mark}.former"
# Without the name, in which GDAL would look for the end of the name of an archive, such as a spreadsheet.
FILES_FOLDER = ".{mark}.files"

# Folders for the duration of a run, where the system keeps temporary files.
TEMPORARY_FOLDER = "permafrost-mapper-{mark}"

# Names of temporary files and folders are longer than the final name by at most this many characters.
MAX_MARK = 40

# What systems answer that cannot sync a file or a folder.
NO_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.EBADF)


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


def _abandoned(path: Path, template: str) -> list[Path]:
    """Return the temporary files or folders beside a file that runs which were killed have left."""
    before, after = template.format(name=path.name, stem=path.stem, suffix=path.suffix, mark="\0").split("\0")
    found = beside(path, template, MARK)
    return [left for left in found if is_abandoned(left, left.name[len(before) : len(left.name) - len(after)])]


@contextmanager
def _said_in_one_sentence(final: Path) -> Iterator[None]:
    """Raise an OutputError in place of what the system answers while a file or a folder is written."""
    try:
        yield
    except OutputError:
        raise
    except OSError as error:
        raise OutputError(
            tr(
                "'{final}' cannot be written ({strerror}): make room or choose another folder.",
                final=final,
                strerror=error.strerror or error,
            )
        ) from error


@contextmanager
def whole_file(path: str | os.PathLike, is_verified: bool = False) -> Iterator[Path]:
    """Provide a temporary path beside `path`; rename it to `path` when the block ends without an error.

    A sidecar that GDAL leaves beside the temporary file (``.aux.xml``) is renamed with it, before the
    file itself. If the block raises an error, both are removed and `path` is left as it was. Files reach the disk
    before they are renamed, so that `path` is whole after a power failure, too. What runs that were killed have
    left of the same file is removed.

    Parameters
    ----------
    path : path
        Final name.
    is_verified : bool
        Whether readers of the file notice damage, so that it need not reach the disk at once; for the many small
        files of a folder that is removed later.

    Raises
    ------
    OutputError
        If the folder cannot be written to.
    """
    final = Path(path)
    with own_mark() as mark, _said_in_one_sentence(final):
        temporary = final.with_name(PARTIAL_FILE.format(stem=final.stem, mark=mark, suffix=final.suffix))
        sidecar, final_sidecar = (p.with_name(p.name + ".aux.xml") for p in (temporary, final))
        try:
            final.parent.mkdir(parents=True, exist_ok=True)
            if final.exists() and not final.is_file():
                raise OSError(errno.EEXIST, tr("it is no file"))
            if not is_verified:
                remove_partials(final)
            yield temporary
            if not is_verified:
                _sync(temporary)
            # A sidecar of an older file with this name would not describe the new one.
            final_sidecar.unlink(missing_ok=True)
            if sidecar.exists():
                _require_whole_sidecar(sidecar)
                _sync(sidecar)
                os.replace(sidecar, final_sidecar)
            os.replace(temporary, final)
            if not is_verified:
                _sync(final.parent)
        finally:
            # Nothing can be removed from a disk that has become read-only, or has gone; the sentence says so already.
            for path in (temporary, sidecar):
                with suppress(OSError):
                    path.unlink(missing_ok=True)


@contextmanager
def whole_files(path: str | os.PathLike) -> Iterator[Path]:
    """Provide a path of the same name in a temporary folder beside `path`, for what consists of several files.

    Also for what takes the name of its file into its content. All files in the folder are moved beside `path` when
    the block ends without an error, the one with its name last.

    Raises
    ------
    OutputError
        If the folder cannot be written to.
    """
    final = Path(path)
    with own_mark() as mark, _said_in_one_sentence(final):
        folder = final.with_name(FILES_FOLDER.format(mark=mark))
        try:
            for left in _abandoned(final, FILES_FOLDER):
                shutil.rmtree(left, ignore_errors=True)
            folder.mkdir(parents=True)
            yield folder / final.name
            for file in sorted(folder.iterdir(), key=lambda file: file.name == final.name):
                _sync(file)
                os.replace(file, final.with_name(file.name))
            _sync(final.parent)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def whole_folder(path: str | os.PathLike) -> Iterator[Path]:
    """Provide a temporary folder beside `path`, which replaces `path` when the block ends without an error.

    An existing folder is replaced. If the block raises an error, it is left as it was. What runs that were killed
    have left is removed; a folder that one of them had set aside and not replaced gets its name back.

    Raises
    ------
    OutputError
        If the folder cannot be written to.
    """
    final = Path(path)
    if not final.name:
        raise OutputError(tr("'{final}' cannot be replaced (it is a whole disk): choose a folder in it.", final=final))
    with own_mark() as mark, _said_in_one_sentence(final):
        temporary, former = (
            final.with_name(template.format(name=final.name, mark=mark)) for template in (PARTIAL_FOLDER, FORMER_FOLDER)
        )
        try:
            _repair(final)
            temporary.mkdir(parents=True)
            yield temporary
            for folder, _, names in os.walk(temporary):
                for name in names:
                    _sync(Path(folder, name))
                _sync(Path(folder))
            if final.exists():
                if not final.is_dir():
                    raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
                os.replace(final, former)
            os.replace(temporary, final)
            _sync(final.parent)
        finally:
            if former.exists() and not final.exists():
                os.replace(former, final)
            shutil.rmtree(former, ignore_errors=True)
            shutil.rmtree(temporary, ignore_errors=True)


def _require_whole_sidecar(path: Path) -> None:
    """Raise an OSError if a sidecar is cut off: on a full disk GDAL says nothing."""
    if not path.read_bytes().rstrip().endswith(b"</PAMDataset>"):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _repair(final: Path) -> None:
    """Remove what runs to a folder that were killed have left; give back its name to one that was set aside."""
    for former in _abandoned(final, FORMER_FOLDER):
        if not final.exists():
            os.replace(former, final)
    for template in (FORMER_FOLDER, PARTIAL_FOLDER):
        for left in _abandoned(final, template):
            shutil.rmtree(left, ignore_errors=True)


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Provide a folder of the system's temporary files until the block ends; remove those of killed runs."""
    root = Path(tempfile.gettempdir())
    for left in _abandoned(root / "any", TEMPORARY_FOLDER):
        shutil.rmtree(left, ignore_errors=True)
    with own_mark() as mark:
        folder = root / TEMPORARY_FOLDER.format(mark=mark)
        try:
            folder.mkdir(mode=0o700)
        except OSError as error:
            raise OutputError(
                tr(
                    "'{folder}' cannot be written ({strerror}): make room for temporary files.",
                    folder=folder,
                    strerror=error.strerror or error,
                )
            ) from error
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _sync(path: Path) -> None:
    """Have the system write a file, or the names in a folder, to the disk, where it can."""
    is_folder = path.is_dir()
    # Windows syncs no folder, and no file that is open for reading only.
    if is_folder and os.name != "posix":
        return
    descriptor = os.open(path, os.O_RDONLY if is_folder else os.O_RDWR)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in NO_SYNC:
            raise
    finally:
        os.close(descriptor)


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
        raise OutputError(tr("'{path}' cannot be written (it is a folder): choose the name of a file.", path=text))
    # A device such as /dev/null would become a file, for all programs, and a file a folder.
    if os.path.exists(final) and not (os.path.isdir(final) if is_folder else os.path.isfile(final)):
        raise OutputError(
            tr("'{path}' cannot be written (it is no folder): choose the name of a folder.", path=text)
            if is_folder
            else tr("'{path}' cannot be written (it is a device): choose the name of a file.", path=text)
        )
    places = [final, *final.parents] if is_folder and os.path.isdir(final) else final.parents
    # Not Path.exists, which raises an error if a name is too long.
    nearest = next(place for place in places if os.path.exists(place))
    if not os.path.isdir(nearest):
        raise OutputError(
            tr(
                "'{path}' cannot be written ('{name}' is no folder): choose another folder.",
                path=text,
                name=nearest.name,
            )
        )
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
            tr(
                "'{path}' cannot be written in '{nearest}' ({reason}): choose another folder or a shorter name.",
                path=text,
                nearest=nearest,
                reason=reason,
            )
        ) from error


def _require_name(path: Path) -> None:
    """Raise the error of the system if a name, or the whole path, is too long for it."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return


def remove_partials(path: str | os.PathLike) -> None:
    """Remove partial files that runs which were killed have left of a file."""
    for template in (PARTIAL_FILE, PARTIAL_FILE + ".aux.xml"):
        for partial in _abandoned(Path(path), template):
            # One of another user stays, and so does one on a read-only disk.
            with suppress(OSError):
                partial.unlink(missing_ok=True)


def write_text(path: str | os.PathLike, text: str) -> None:
    """Write a text file in UTF-8, completely or not at all."""
    with whole_file(path) as temporary:
        temporary.write_text(text, encoding="utf-8")
