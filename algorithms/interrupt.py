"""Cancels a run of qgis_process on Ctrl+C, as the button of the dialog does."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import Any, Iterator, Optional

from qgis.core import QgsApplication, QgsProcessingFeedback

from ..core.errors import Cancelled
from ..core.language import tr


class _Interrupt:
    """Notes an interrupt for the step that is under way, or for the next step of a model."""

    def __init__(self) -> None:
        self.is_noted = False
        self.feedback: Optional[QgsProcessingFeedback] = None
        self._former: Any = None

    def listen(self) -> None:
        """Take the place of Python's handler, in the process and the thread in which that is possible."""
        former = signal.getsignal(signal.SIGINT)
        if (
            QgsApplication.platform() == "qgis_process"
            and threading.current_thread() is threading.main_thread()
            # A handler that was not set from Python and could not be restored.
            and former is not None
            and former != self._note
        ):
            self._former = former
            signal.signal(signal.SIGINT, self._note)

    def require_none(self, feedback: QgsProcessingFeedback) -> None:
        """Raise `Cancelled` if there was an interrupt since the last step, or that one came to its end nevertheless."""
        if self.is_noted or feedback.isCanceled():
            self.is_noted = False
            raise Cancelled(tr("The run was cancelled: nothing was written."))

    def _note(self, _signal: int, _frame: object) -> None:
        signal.signal(signal.SIGINT, self._former)
        if self.feedback is None:
            self.is_noted = True
        else:
            self.feedback.cancel()


_INTERRUPT = _Interrupt()


def listen_for_interrupt(feedback: QgsProcessingFeedback) -> None:
    """Note an interrupt of qgis_process from now on, so that it cancels the step that is prepared, or the next one.

    Python would raise KeyboardInterrupt wherever it is at that moment. Inside a GDAL callback, a destructor, or a
    function that QGIS calls, such as between the steps of a model, the exception would be lost and the run would
    continue. A second interrupt is handled as without this function. In the QGIS window nothing changes.

    Raises
    ------
    Cancelled
        If there was an interrupt since the last step, or the run has been cancelled.
    """
    _INTERRUPT.listen()
    _INTERRUPT.require_none(feedback)


@contextmanager
def cancelled_by_interrupt(feedback: QgsProcessingFeedback) -> Iterator[None]:
    """Cancel the run if qgis_process is interrupted before the block ends; see `listen_for_interrupt`."""
    listen_for_interrupt(feedback)
    # The feedback of a model lives no longer than the model.
    _INTERRUPT.feedback = feedback if threading.current_thread() is threading.main_thread() else None
    try:
        yield
    finally:
        _INTERRUPT.feedback = None
