"""Cancels a run of qgis_process on Ctrl+C, as the button of the dialog does."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import Iterator

from qgis.core import QgsApplication, QgsProcessingFeedback


@contextmanager
def cancelled_by_interrupt(feedback: QgsProcessingFeedback) -> Iterator[None]:
    """Cancel the run if qgis_process is interrupted before the block ends.

    Python would raise KeyboardInterrupt wherever it is at that moment. Inside a GDAL callback, a destructor, or a
    function that QGIS calls, the exception would be lost and the run would continue. A second interrupt is handled as
    without this function. In the QGIS window nothing changes.
    """
    former = signal.getsignal(signal.SIGINT)
    if (
        QgsApplication.platform() != "qgis_process"
        or threading.current_thread() is not threading.main_thread()
        # A handler that was not set from Python and could not be restored.
        or former is None
    ):
        yield
        return

    def cancel(_signal: int, _frame: object) -> None:
        signal.signal(signal.SIGINT, former)
        feedback.cancel()

    signal.signal(signal.SIGINT, cancel)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, former)
