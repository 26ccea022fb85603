"""Files that appear under their final name only when they are whole."""

from __future__ import annotations

import hashlib
import os
import shutil
import uuid
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator

from .errors import OutputError


@contextmanager
def whole_file(path: str | os.PathLike) -> Iterator[Path]:
    """Give a temporary path beside `path`; rename it to `path` when the block ends well.

    A sidecar that GDAL leaves beside the temporary file (``.aux.xml``) moves with it, before the
    file itself. When the block raises, both are removed and `path` is left as it was.

    Raises
    ------
    OutputError
        If the folder cannot be written to.
    """
    final = Path(path)
    temporary = final.with_name(f".{final.stem}.{uuid.uuid4().hex[:8]}.partial{final.suffix}")
    sidecar, final_sidecar = (p.with_name(p.name + ".aux.xml") for p in (temporary, final))
    try:
        final.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        # A sidecar of an older file under this name would describe the new one wrongly.
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
        # Nothing can lie in a folder that is none.
        if final.parent.is_dir():
            temporary.unlink(missing_ok=True)
            sidecar.unlink(missing_ok=True)


@contextmanager
def whole_folder(path: str | os.PathLike) -> Iterator[Path]:
    """Give a temporary folder beside `path`; it takes the place of `path` when the block ends well.

    A folder of this name is replaced. When the block raises, it is left as it was.

    Raises
    ------
    OutputError
        If the folder cannot be written to.
    """
    final = Path(path)
    mark = uuid.uuid4().hex[:8]
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
    """Give the SHA-256 of a file in hexadecimal digits."""
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while chunk := file.read(2**20):
            digest.update(chunk)
    return digest.hexdigest()


def require_folder(path: str | os.PathLike) -> None:
    """Raise an `OutputError` where the folder of a file is a file itself: better before a long run than at its end."""
    nearest = next(folder for folder in Path(path).absolute().parents if folder.exists())
    if not nearest.is_dir():
        raise OutputError(f"'{path}' cannot be written ('{nearest.name}' is no folder): choose another folder.")


def remove_partials(path: str | os.PathLike) -> None:
    """Remove what runs that were killed have left of a file; no other run may be writing it."""
    final = Path(path)
    for partial in final.parent.glob(f".{final.stem}.*.partial{final.suffix}*"):
        partial.unlink(missing_ok=True)


def write_text(path: str | os.PathLike, text: str) -> None:
    """Write a text file in UTF-8, whole or not at all."""
    with whole_file(path) as temporary:
        temporary.write_text(text, encoding="utf-8")
