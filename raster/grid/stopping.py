"""Ends what takes long within one job when the run is cancelled, as a window that needs millions of cells does."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import Any, Callable, Iterator

from ...core.errors import Cancelled


class _Thread(threading.local):
    """What each thread works for: nothing stops it where no run is known."""

    stop_if_cancelled: Callable[[], None]

    def __init__(self) -> None:
        self.stop_if_cancelled = lambda: None


_THREAD = _Thread()


@contextmanager
def stopped_by(stop_if_cancelled: Callable[[], None]) -> Iterator[None]:
    """Let the work of this thread end by a function, which raises `Cancelled`, for the duration of a block."""
    former = _THREAD.stop_if_cancelled
    _THREAD.stop_if_cancelled = stop_if_cancelled
    try:
        yield
    finally:
        _THREAD.stop_if_cancelled = former


def stop_if_cancelled() -> None:
    """Raise `Cancelled` if the user has stopped the run that this thread works for."""
    _THREAD.stop_if_cancelled()


def goes_on(*_progress: Any) -> int:
    """Return 1, or 0 if the run is cancelled: for GDAL, which asks now and then."""
    try:
        stop_if_cancelled()
    except Cancelled:
        return 0
    return 1
