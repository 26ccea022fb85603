"""Reads tables at the beginning of a run: with signs of life, and until it is cancelled."""

from __future__ import annotations

import time
from typing import Any

from qgis.core import QgsProcessingFeedback

from ..core.errors import Cancelled
from ..core.language import tr
from .layers import UnreadTable
from .parameters import Values

# Seconds between two messages about the rows that have been read.
SAY_EVERY = 5.0


def with_tables_read(values: Values, feedback: QgsProcessingFeedback) -> Values:
    """Return the values of a run in which each `UnreadTable` is read.

    Raises
    ------
    Cancelled
        If the user stops the run meanwhile.
    InputError
        See `UnreadTable.read`.
    """
    return Values(**{name: _read(value, feedback) for name, value in vars(values).items()})


def _read(value: Any, feedback: QgsProcessingFeedback) -> Any:
    if isinstance(value, list):
        return [_read(one, feedback) for one in value]
    return value.read(_Progress(value.name, feedback)) if isinstance(value, UnreadTable) else value


class _Progress:
    """Says now and then how much of a table has been read; called with the number of rows."""

    def __init__(self, name: str, feedback: QgsProcessingFeedback) -> None:
        self._name = name
        self._feedback = feedback
        self._next_word = time.monotonic() + SAY_EVERY

    def __call__(self, rows: int) -> None:
        if self._feedback.isCanceled():
            raise Cancelled(tr("The run was cancelled: nothing was written."))
        if time.monotonic() > self._next_word:
            self._next_word = time.monotonic() + SAY_EVERY
            self._feedback.pushInfo(tr("{rows:,} rows of table '{name}' are read ...", rows=rows, name=self._name))
