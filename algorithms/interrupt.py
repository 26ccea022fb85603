"""Ctrl+C on the command line, which cancels a run as the button of the dialog does."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import Iterator

from qgis.core import QgsApplication, QgsProcessingFeedback


@contextmanager
def cancelled_by_interrupt(feedback: QgsProcessingFeedback) -> Iterator[None]:
    """Cancel the run when the process of qgis_process is interrupted, until the block ends.

    By itself Python raises KeyboardInterrupt wherever it is at that moment. Inside a callback of GDAL, a destructor,
    or a function that QGIS calls, nobody passes that on, and the run would go on.
    A second interrupt does what it did before. In the window of QGIS nothing changes.
    """
    former = signal.getsignal(signal.SIGINT)
    if (
        QgsApplication.platform() != "qgis_process"
        or threading.current_thread() is not threading.main_thread()
        # That of a handler which Python does not know, and could not set again.
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
