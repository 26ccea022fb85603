"""Files are opened few times, and a run that has failed holds none open, however long QGIS keeps its message."""

import gc
import os
import weakref
from collections import Counter
from datetime import date, timedelta

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


def test_a_failed_run_lets_go_of_its_table(provider, tmp_path):
    """QGIS keeps what a run has raised, and with it the algorithm: a text file would stay open, rows in memory."""
    from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingFeedback, QgsProject, QgsVectorLayer

    path = tmp_path / "t.csv"
    path.write_text("station,date,gst,terra_day\na,2005-01-01,1.5,2.5\n", encoding="utf-8")
    kept, held = [], []

    def fail():
        layer = QgsVectorLayer(f"file://{path}?type=csv&geomType=none", "t", "delimitedtext")
        QgsProject.instance().addMapLayer(layer)
        algorithm = QgsApplication.processingRegistry().createAlgorithmById("permafrost:fitgstmodel")
        context, feedback = QgsProcessingContext(), QgsProcessingFeedback(False)
        context.setProject(QgsProject.instance())
        given = {"INPUT": layer.id(), "PREDICTORS": ["terra_day"], "OUTPUT": str(tmp_path / "o.json")}
        assert algorithm.prepareAlgorithm(given, context, feedback)
        with pytest.raises(Exception, match="station") as raised:
            algorithm.processAlgorithm(given, context, feedback)
        kept.append(raised.value)
        held.append(weakref.ref(algorithm._values.INPUT))
        QgsProject.instance().removeMapLayer(layer.id())
        # As in the test above: this frame.
        del algorithm, context, feedback, raised, layer

    for _ in range(3):
        fail()
    gc.collect()
    assert [table() for table in held] == [None] * 3
    assert [file for file in open_files() if str(tmp_path) in file] == []
    for error in kept:
        frames = []
        step = error.__traceback__
        while step is not None:
            frames.append(step.tb_frame)
            step = step.tb_next
        assert not any("self" in frame.f_locals for frame in frames)


def test_a_run_that_is_refused_lets_go_of_its_table(provider, tmp_path):
    from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingFeedback

    path = tmp_path / "t.csv"
    path.write_text("station,date,gst,terra_day\na,2005-01-01,1.5,2.5\n", encoding="utf-8")
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("permafrost:fitgstmodel")
    given = {"INPUT": str(path), "ALPHA_MIN": 2, "ALPHA_MAX": 1, "OUTPUT": str(tmp_path / "o.json")}
    with pytest.raises(Exception, match="ALPHA_MIN"):
        algorithm.prepareAlgorithm(given, QgsProcessingContext(), QgsProcessingFeedback(False))
    assert algorithm._values is None


OVERPASSES = ("terra_day", "terra_night", "aqua_day", "aqua_night")


@pytest.fixture
def opened(monkeypatch):
    """The paths that this package opens, as often as it does; QGIS opens its layers by itself."""
    from osgeo import gdal

    paths, open_ex = [], gdal.OpenEx

    def counted(path, *rest, **options):
        paths.append(os.path.basename(str(path)))
        return open_ex(path, *rest, **options)

    monkeypatch.setattr(gdal, "OpenEx", counted)
    return paths


def test_stacks_are_opened_to_look_to_check_and_to_read(run, make_stack, tmp_path, opened):
    """A stack of a year is opened in 4 to 8 ms, and sixteen years have 64 of them."""
    from permafrost_mapper.core.gst.fit import Fitting, fit_gst_model
    from permafrost_mapper.core.gst.modelfile import write_model
    from permafrost_mapper.core.gst.table import TrainingTable

    random = np.random.default_rng(1)
    dates = np.datetime64("2005-01-01") + np.arange(200)
    lst = random.normal(0, 8, (200, 4))
    stations = np.array([f"S{row % 5}" for row in range(200)])
    table = TrainingTable.of(stations, dates, lst.mean(axis=1), lst, OVERPASSES)
    model = tmp_path / "model.json"
    write_model(fit_gst_model(table, Fitting(folds=3)).model, str(model))
    parameters = {"GST_MODEL": model, "DDT": tmp_path / "ddt.tif", "THREADS": 1}
    first = date(2005, 1, 1)
    for overpass, shift in zip(OVERPASSES, (8, -8, 9, -9)):
        days = shift + random.normal(0, 5, (3 * 365, 3, 4))
        # Sampled for swapped day and night are 8 days, which not all stacks have.
        years = [(first + timedelta(365 * year), days[365 * year : 365 * (year + 1)]) for year in range(3)]
        parameters[overpass.upper()] = [make_stack(f"{overpass}_{begin:%Y}", begin, values) for begin, values in years]
    opened.clear()
    outcome = run("degreedays", parameters)
    assert outcome.ok, outcome.errors
    counted = Counter(name for name in opened if name.startswith(OVERPASSES))
    assert len(counted) == 12
    # For what it says of itself, for a sample of its values, for a sample of all years, and by the only thread.
    assert max(counted.values()) <= 4
    # QGIS would compute histograms of each file that it opened as a layer, and write them beside it.
    assert [path.name for path in tmp_path.rglob("*.aux.xml")] == []


def test_a_file_that_changes_is_looked_at_again(make_raster):
    from osgeo import gdal
    from permafrost_mapper.raster.read.rasters import RasterSource

    path = make_raster("one", np.ones((3, 4), np.float32))
    source = RasterSource(path, "one")
    assert source.look() is source.look()
    assert (source.grid().width, source.look().metadata.get("SAID")) == (4, None)
    dataset = gdal.Open(path)
    # Into a sidecar, as the file is open for reading.
    dataset.SetMetadataItem("SAID", "yes")
    del dataset
    assert source.look().metadata.get("SAID") == "yes"
    make_raster("one", np.ones((3, 5), np.float32))
    assert source.grid().width == 5


def test_a_virtual_raster_is_looked_at_each_time(make_raster, tmp_path):
    from osgeo import gdal
    from permafrost_mapper.raster.read.rasters import RasterSource

    virtual = str(tmp_path / "virtual.vrt")
    gdal.BuildVRT(virtual, [make_raster("one", np.ones((3, 4), np.float32))]).FlushCache()
    source = RasterSource(virtual, "virtual")
    assert source.look() == source.look()
    assert source.look() is not source.look()
