"""Errors as the one red line that a user reads."""

from __future__ import annotations

from types import TracebackType
from typing import Optional

from qgis.core import QgsProcessingException

from ..core.errors import PermafrostError
from ..core.language import tr


class sentences:  # noqa: N801
    """The one mapping of errors to messages: what a user can fix becomes one red line without a traceback.

    The frames of the error and of its causes are released: they hold QGIS objects in a reference
    cycle, which Python would collect later, in any thread, and crash QGIS; and files, which would stay open as
    long as QGIS keeps the message. So this is not a generator, whose frame would hold the traceback.
    """

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(
        self, _kind: Optional[type], error: Optional[BaseException], traceback: Optional[TracebackType]
    ) -> None:
        """Raise a `QgsProcessingException` in place of an error that a user can fix."""
        del traceback
        if isinstance(error, PermafrostError):
            sentence = error.sentence
        elif isinstance(error, MemoryError):
            sentence = tr("There is not enough memory: set MEMORY to a smaller number.")
        else:
            return
        cause = error
        while cause is not None:
            cause = cause.with_traceback(None).__context__
        del error
        raise QgsProcessingException(sentence) from None
