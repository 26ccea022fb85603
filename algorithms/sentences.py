"""From errors to the one red line that a user reads."""

from __future__ import annotations

from types import TracebackType
from typing import Optional

from qgis.core import QgsProcessingException

from ..core.errors import PermafrostError


class sentences:  # noqa: N801
    """The one mapping of errors to messages: what a user can mend becomes one red line without a traceback.

    The frames of the error, and of those that it came from, are let go: they hold QGIS' objects in a ring of
    references, which Python would collect later, in any thread, and QGIS crash; and files, which would stay open as
    long as QGIS keeps the message. So this is no generator, whose frame would hold the traceback.
    """

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(
        self, _kind: Optional[type], error: Optional[BaseException], traceback: Optional[TracebackType]
    ) -> None:
        """Raise a `QgsProcessingException` in place of an error that a user can mend."""
        del traceback
        if isinstance(error, PermafrostError):
            sentence = str(error)
        elif isinstance(error, MemoryError):
            sentence = "The memory does not suffice: set MEMORY to a smaller number."
        else:
            return
        cause = error
        while cause is not None:
            cause = cause.with_traceback(None).__context__
        del error
        raise QgsProcessingException(sentence) from None
