"""How long a run goes without looking whether it is cancelled, and without a sign of life, on the sample basin."""

from __future__ import annotations

import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hard_runs import clear

# Seconds between two looks at what the main thread does.
LOOK_EVERY = 0.05

OURS = "/permafrost_mapper/"


@dataclass
class Gap:
    """The longest time between two events of a run.

    Attributes
    ----------
    seconds, processor : float
        By the clock, and of the processor in all threads, which other programs do not lengthen.
    where : str
        Functions of ours that the main thread was in, the innermost first.
    """

    seconds: float = 0.0
    processor: float = 0.0
    where: str = ""
    _began: tuple[float, float] = field(default_factory=lambda: (time.monotonic(), time.process_time()))
    _seen: str = ""

    def event(self) -> None:
        """Note that it has happened again."""
        now = time.monotonic(), time.process_time()
        seconds, processor = (end - begin for begin, end in zip(self._began, now))
        if processor > self.processor:
            self.seconds, self.processor, self.where = seconds, processor, self._seen
        self._began, self._seen = now, ""

    def look(self, place: str) -> None:
        """Note where the run is, if it is the longest gap so far."""
        if time.process_time() - self._began[1] > max(0.8 * self.processor, 0.2) and not self._seen:
            self._seen = place


def _place(thread: int) -> str:
    """Return the functions of ours in which a thread is, the innermost first.

    Frames are let go at once: they would keep alive what the run closes by letting go of it, such as a table.
    """
    found, frame = [], sys._current_frames().get(thread)
    while frame:
        found.append((frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_name))
        frame = frame.f_back
    ours = [(path.partition(OURS)[2], line, name) for path, line, name in found if OURS in path]
    return " < ".join(f"{path}:{line} {name}" for path, line, name in ours[:4])


def watch(algorithm: str, parameters: dict[str, Any], out: Path, limit: float) -> tuple[bool, float, Gap, Gap]:
    """Run a step, which is cancelled after a time; return whether it succeeded, its seconds, and both gaps."""
    from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingFeedback

    looks, signs = Gap(), Gap()
    main = threading.get_ident()
    started = time.monotonic()

    class Watching(QgsProcessingFeedback):
        """Notes when it is asked and told."""

        def isCanceled(self) -> bool:
            looks.event()
            if time.monotonic() - started > limit:
                self.cancel()
            return super().isCanceled()

        def setProgress(self, share: float) -> None:
            signs.event()
            super().setProgress(share)

        def pushInfo(self, text: str) -> None:
            signs.event()
            super().pushInfo(text)

        def pushWarning(self, text: str) -> None:
            signs.event()
            super().pushWarning(text)

        def setProgressText(self, text: str) -> None:
            signs.event()
            super().setProgressText(text)

    feedback, context = Watching(False), QgsProcessingContext()
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(LOOK_EVERY):
            place = _place(main)
            looks.look(place)
            signs.look(place)

    clear(out)
    instance = QgsApplication.processingRegistry().createAlgorithmById(f"permafrost:{algorithm}")
    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    _, ok = instance.run(parameters, context, feedback)
    ended.set()
    watcher.join()
    looks.event()
    signs.event()
    return ok or feedback.isCanceled(), time.monotonic() - started, looks, signs
