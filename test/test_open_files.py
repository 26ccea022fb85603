"""A run that has failed holds no file open, however long QGIS keeps its message."""

import os

import numpy as np
import pytest

pytest.importorskip("qgis.core")


def open_files():
    if not os.path.isdir("/proc/self/fd"):
        pytest.skip("needs the list of open files of Linux")
    return [os.readlink(f"/proc/self/fd/{number}") for number in os.listdir("/proc/self/fd") if _is_open(number)]


def _is_open(number):
    return os.path.lexists(f"/proc/self/fd/{number}")


def test_failed_runs_hold_no_file_open(provider, make_raster, tmp_path):
    from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingFeedback

    values = np.full((20, 30), 500, np.float32)
    ddt, ddf = make_raster("ddt", values), make_raster("ddf", -values)
    parameters = {"DDT": ddt, "DDF": ddf, "RK_VALUE": 0.8, "OUTPUT": str(tmp_path / "out" / "o.tif")}
    kept = []

    def fail():
        # As QGIS does it: the exception of processAlgorithm is kept.
        algorithm = QgsApplication.processingRegistry().createAlgorithmById("permafrost:ttop")
        context, feedback = QgsProcessingContext(), QgsProcessingFeedback(False)
        assert algorithm.prepareAlgorithm(parameters, context, feedback)
        with pytest.raises(Exception, match="ddf") as raised:
            algorithm.processAlgorithm(parameters, context, feedback)
        kept.append(raised.value)
        # The exception keeps this frame as well, which QGIS has none of.
        del algorithm, context, feedback, raised

    fail()
    for _ in range(5):
        fail()
    assert [path for path in open_files() if str(tmp_path) in path] == []
    for error in kept:
        frames, step = [], error.__traceback__
        while step is not None:
            frames.append(step.tb_frame.f_code.co_name)
            step = step.tb_next
        assert "execute" not in frames
        assert error.__context__ is None or error.__context__.__traceback__ is None
