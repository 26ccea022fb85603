"""Algorithms that run in the background, one after the other, and report to the window when they have ended."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Optional

from qgis.core import (
    QgsApplication,
    QgsProcessingAlgorithm,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
)
from qgis.PyQt.QtCore import QCoreApplication, QEventLoop, QTimer

from ..core.language import tr

# Seconds within which every cancelled algorithm ends.
MAX_WAIT = 30.0
# Called in the main thread with the results by the names of the outputs.
Done = Callable[[dict[str, Any]], None]


class _Feedback(QgsProcessingFeedback):
    """Keeps the errors: the first one is the reason, what follows says which step of a model has met it."""

    def __init__(self) -> None:
        super().__init__(False)
        self.errors: list[str] = []

    def reportError(self, error: str, fatalError: bool = False) -> None:
        """Called by QGIS in the thread of the run."""
        self.errors.append(error)
        super().reportError(error, fatalError)


class BackgroundRuns:
    """The runs under way. Each keeps its context and its feedback until QGIS reports that it has ended.

    Parameters
    ----------
    failed : callable
        Called in the main thread with one sentence when a run has failed, but not when it was cancelled.
    """

    def __init__(self, failed: Callable[[str], None]) -> None:
        self._failed: Optional[Callable[[str], None]] = failed
        self._runs: dict[int, tuple] = {}

    def __len__(self) -> int:
        return len(self._runs)

    def start(self, algorithm_id: str, parameters: dict[str, Any], done: Done) -> None:
        """Run an algorithm of the provider in a task, then call `done`, unless it fails or is cancelled.

        The algorithm does not see the project: files are given by their paths.
        """
        algorithm = QgsApplication.processingRegistry().createAlgorithmById(algorithm_id)
        context, feedback = QgsProcessingContext(), _Feedback()
        # Not the project itself: a model asks it for its variables in the task's thread while QGIS, drawing the legend,
        # asks in the main thread, and QGIS makes them anew without a lock, which brings the program down.
        context.setTransformContext(QgsProject.instance().transformContext())
        task = QgsProcessingAlgRunnerTask(algorithm, parameters, context, feedback)
        task.setDescription(algorithm.displayName())
        if task.isCanceled():
            # QGIS cancels what has refused its parameters, before it has begun.
            self._fail(algorithm, feedback)
            return
        key = id(task)
        self._runs[key] = (task, context, feedback)
        # Not at once: QGIS is still busy with the task, and about to say in the message bar that it is complete.
        task.executed.connect(
            lambda ok, results: QTimer.singleShot(0, lambda: self._ended(key, algorithm, ok, results, done))
        )
        QgsApplication.taskManager().addTask(task)

    def abandon(self) -> None:
        """Cancel all runs, call nobody any more, and wait until they have ended: they need the provider until then."""
        self._failed = None
        for task, _, _ in list(self._runs.values()):
            task.cancel()
        end = time.monotonic() + MAX_WAIT
        while self._runs and time.monotonic() < end:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
            time.sleep(0.01)

    def _ended(self, key: int, algorithm: QgsProcessingAlgorithm, ok: bool, results: dict, done: Done) -> None:
        _, _, feedback = self._runs.pop(key)
        if self._failed is None or feedback.isCanceled():
            return
        if ok:
            done(dict(results))
        else:
            self._fail(algorithm, feedback)

    def _fail(self, algorithm: QgsProcessingAlgorithm, feedback: _Feedback) -> None:
        if self._failed is not None:
            reason = feedback.errors[0] if feedback.errors else tr("see the log messages of Processing.")
            self._failed(f"{algorithm.displayName()}: {reason}")
