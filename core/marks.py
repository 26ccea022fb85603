"""Marks in the names of temporary files: which process made them, and whether it is still running."""

from __future__ import annotations

import hashlib
import os
import platform
import time
import uuid
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator

# Machine, process, and a number of its own.
MARK = "[0-9a-f]{4}-[0-9a-f]{1,8}-[0-9a-f]{6}"

# Files of another machine count as abandoned after a day without a change, since it is unknown whether their process
# is still running.
MAX_AGE = 24 * 3600

_MINE: set[str] = set()


@contextmanager
def own_mark() -> Iterator[str]:
    """Provide a mark that no other file has, and which counts as in use until the block ends."""
    mark = f"{_machine()}-{os.getpid():x}-{uuid.uuid4().hex[:6]}"
    _MINE.add(mark)
    try:
        yield mark
    finally:
        _MINE.discard(mark)


def is_abandoned(path: Path, mark: str) -> bool:
    """Return whether the process that made a file or a folder with a mark has ended without removing it."""
    machine, process, _ = mark.split("-")
    here = machine == _machine()
    if here and int(process, 16) == os.getpid():
        return mark not in _MINE
    # On Windows os.kill would end the process.
    if here and os.name == "posix":
        return not _runs(int(process, 16))
    try:
        return time.time() - path.lstat().st_mtime > MAX_AGE
    except OSError:
        return False


def _machine() -> str:
    return hashlib.sha256(platform.node().encode()).hexdigest()[:4]


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        # That of another user.
        return True
    return True
