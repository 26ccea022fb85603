"""A bounded share of `make hard`: kills, damaged files, full disks, endless rasters, and many runs in one process."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from permafrost_mapper.core.errors import Cancelled

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
        ["endless", "--number", "1", "--only", "ttop", "areastatistics", "rkfactor, coarse cells"],
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
    interrupt._INTERRUPT.is_noted = False


def test_an_interrupt_cancels_and_a_second_one_ends(interrupted):
    context, feedback = interrupted("qgis_process")
    with context:
        signal.raise_signal(signal.SIGINT)
        assert feedback.isCanceled()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_an_interrupt_between_two_steps_of_a_model_cancels_the_next(interrupted):
    """Where QGIS calls Python for a name or a parameter, KeyboardInterrupt would be lost."""
    context, feedback = interrupted("qgis_process")
    with context:
        pass
    signal.raise_signal(signal.SIGINT)
    assert not feedback.isCanceled()
    context, _ = interrupted("qgis_process")
    with pytest.raises(Cancelled), context:
        pytest.fail("the step was begun")
    context, _ = interrupted("qgis_process")
    with context:
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_a_step_after_a_cancelled_one_does_not_begin(interrupted):
    context, feedback = interrupted("desktop")
    feedback.cancel()
    with pytest.raises(Cancelled), context:
        pytest.fail("the step was begun")


def test_a_model_that_is_interrupted_between_steps_ends(run, interrupted, tmp_path, monkeypatch, make_raster):
    import numpy as np
    from permafrost_mapper.algorithms.permafrost.rkfactor import RkFactor
    from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingFeedback

    interrupted("qgis_process")
    after = RkFactor.postProcessAlgorithm

    def interrupt_after(*given):
        signal.raise_signal(signal.SIGINT)
        return after(*given)

    monkeypatch.setattr(RkFactor, "postProcessAlgorithm", interrupt_after)
    values = np.full((20, 30), 500, np.float32)
    rasters = {name: make_raster(name, values.astype(kind)) for name, kind in (("DDT", "f4"), ("DDF", "f4"))}
    landcover = make_raster("landcover", np.full((20, 30), 10, np.uint8))
    model = QgsApplication.processingRegistry().createAlgorithmById("permafrost:permafrost map from degree days")
    parameters = {
        **rasters,
        "LANDCOVER": landcover,
        "TABLE": "modis_igbp",
        "map:Permafrost map": str(tmp_path / "map.tif"),
    }
    feedback = QgsProcessingFeedback(False)
    _, ok = model.run(parameters, QgsProcessingContext(), feedback)
    assert not ok
    assert "The run was cancelled" in feedback.textLog()
    assert not (tmp_path / "map.tif").exists()


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
