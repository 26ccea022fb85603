"""A bounded share of `make hard`: kills, damaged files, full disks, and many runs in one process."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

pytest.importorskip("qgis.core")
pytest.importorskip("scipy")

HARD = Path(__file__).resolve().parent.parent / "tools" / "hard.py"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that are forked")
@pytest.mark.parametrize(
    "arguments",
    [
        ["kills", "--number", "20", "--only", "buildlststack", "predictgst", "ttop", "change", "exportproduct"],
        ["files", "disk", "long", "--number", "10"],
        ["fuzz", "--number", "1000"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_nothing_is_lost(arguments):
    done = subprocess.run(
        [sys.executable, str(HARD), *arguments], capture_output=True, encoding="utf-8", timeout=900, check=False
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr[-3000:]}"
    assert "| lost |" in done.stdout


@pytest.fixture
def interrupted(qgis_app, monkeypatch):
    """Return the context of a run in a process of the given name, and its feedback."""
    from types import SimpleNamespace

    from permafrost_mapper.algorithms import interrupt
    from qgis.core import QgsProcessingFeedback

    def begin(platform):
        monkeypatch.setattr(interrupt, "QgsApplication", SimpleNamespace(platform=lambda: platform))
        feedback = QgsProcessingFeedback(False)
        return interrupt.cancelled_by_interrupt(feedback), feedback

    former = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield begin
    signal.signal(signal.SIGINT, former)


def test_an_interrupt_cancels_and_a_second_one_ends(interrupted):
    context, feedback = interrupted("qgis_process")
    with context:
        signal.raise_signal(signal.SIGINT)
        assert feedback.isCanceled()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_an_interrupt_after_the_run_does_what_it_did(interrupted):
    context, feedback = interrupted("qgis_process")
    with context:
        pass
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)
    assert not feedback.isCanceled()


def test_the_window_of_qgis_and_other_threads_keep_their_handler(interrupted):
    context, _ = interrupted("desktop")
    with context:
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    found = []

    def run():
        context, _ = interrupted("qgis_process")
        with context:
            found.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert found == [signal.default_int_handler]
