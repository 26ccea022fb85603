"""Runs on a Dask cluster: the same bytes, whatever dies, one sentence for what is wrong, and a quick end."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("qgis.core")
gdal = pytest.importorskip("osgeo.gdal")
pytest.importorskip("distributed", reason="distributed is not installed: run 'make extras'")

from conftest import LABEL
from permafrost_mapper.core.errors import Cancelled, ClusterError, InputError
from permafrost_mapper.core.gst.fit import Fitting, fit_gst_model
from permafrost_mapper.core.gst.modelfile import write_model
from permafrost_mapper.core.gst.table import TrainingTable
from permafrost_mapper.raster.assess import change
from permafrost_mapper.raster.assess.binary import BinarySource
from permafrost_mapper.raster.read.protocols import Cost
from permafrost_mapper.raster.read.series import SeriesSource
from permafrost_mapper.raster.read.tiles import TileSource
from permafrost_mapper.raster.run import blocks, cluster
from permafrost_mapper.raster.run.blocks import Running, in_order
from permafrost_mapper.raster.run.checkpoints import FinishedUnits
from permafrost_mapper.raster.run.cluster import TRUSTED, Needs, connected, require_address

ROOT = Path(__file__).resolve().parent.parent
OVERPASSES = {"terra_day": 10, "terra_night": -8}
DAYS = 365
SHAPE = 48, 40
WINDOWS = 9
GIVEN = {"VARIOGRAM": "exponential", "NUGGET": 0, "SILL": 4, "RANGE": 20000}


class Machines:
    """A scheduler and its workers, each a process."""

    def __init__(self, folder, **config):
        # The checkout may have any name; where functions are looked up by theirs, it has that of the plugin.
        (folder / "python").mkdir()
        (folder / "python" / "permafrost_mapper").symlink_to(ROOT, target_is_directory=True)
        self._folder = folder
        self._env = {**os.environ, **config}
        self._file = folder / "scheduler.json"
        self.processes = []
        self.workers = []
        # The time of idleness ends what a crash of the tests has left.
        words = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--idle-timeout", "10 minutes")
        self.scheduler = self._start("dask_scheduler", *words)
        limit = time.monotonic() + 30
        # The file is there before its content is.
        while not (self._file.exists() and self._file.read_text().endswith("}")) and time.monotonic() < limit:
            time.sleep(0.05)
        self.address = json.loads(self._file.read_text())["address"]

    def _start(self, program, *words, package=True):
        env = {**self._env, "PYTHONPATH": str(self._folder / "python") if package else ""}
        words = ["-m", f"distributed.cli.{program}", *words, "--scheduler-file", str(self._file)]
        with open(self._folder / f"log{len(self.processes)}.txt", "w") as log:
            process = subprocess.Popen([sys.executable, *words], env=env, cwd=self._folder, stdout=log, stderr=log)
        self.processes.append(process)
        return process

    def work(self, number=1, package=True):
        """Start workers of one thread each, and wait for them."""
        words = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--death-timeout", "20")
        self.workers += [self._start("dask_worker", *words, package=package) for _ in range(number)]

    def wait(self, number):
        """Wait until as many workers are there."""
        limit = time.monotonic() + 30
        with connected(self.address, (), Running()) as here:
            while f": {number} workers" not in here.describe():
                assert time.monotonic() < limit
                time.sleep(0.05)

    def end(self):
        for process in self.processes:
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def machines(tmp_path_factory):
    """A cluster of two workers."""
    machines = Machines(tmp_path_factory.mktemp("cluster"))
    try:
        machines.work(2)
        machines.wait(2)
        yield machines
    finally:
        machines.end()


@pytest.fixture
def own_machines(tmp_path):
    """Return the function that starts a cluster for one test, which it may break."""
    started = []

    def start(workers=0, package=True, **config):
        folder = tmp_path / f"cluster{len(started)}"
        folder.mkdir()
        started.append(Machines(folder, **config))
        started[-1].work(workers, package)
        return started[-1]

    yield start
    for machines in started:
        machines.end()


# The jobs ------------------------------------------------------------------------------------------


@pytest.fixture
def degree_days(make_stack, tmp_path, monkeypatch):
    """Parameters of a run over nine windows, from two overpasses and a model."""
    random = np.random.default_rng(3)
    stacks = {}
    for name, shift in OVERPASSES.items():
        day = np.arange(DAYS)[:, None, None]
        values = shift - 3 - 15 * np.cos(2 * np.pi * (day - 15) / 365.25) + random.normal(0, 4, (DAYS, *SHAPE))
        values[random.random(values.shape) < 0.1] = np.nan
        stacks[name.upper()] = make_stack(name, date(2005, 1, 1), np.round(values, 2))
    lst = random.normal(-4, 12, (400, 1)) + np.array([12, -9]) + random.normal(0, 3, (400, 2))
    stations = np.repeat(["a", "b", "c", "d"], 100)
    dates = np.datetime64("2005-01-01") + np.tile(np.arange(100), 4)
    gst = lst @ [0.4, 0.5] + random.normal(0, 2, 400)
    write_model(
        fit_gst_model(TrainingTable.of(stations, dates, gst, lst, tuple(OVERPASSES)), Fitting(folds=5)).model,
        tmp_path / "model.json",
    )
    monkeypatch.setattr(blocks, "TILE", 16)
    monkeypatch.setattr(SeriesSource, "cost", lambda _source, _grid: Cost(1, 400, 256))
    out = tmp_path / "out"
    names = ("DDT", "DDF", "MAGST", "VALID_DAYS", "DDT_MEAN", "EXTRAPOLATION")
    return {"GST_MODEL": tmp_path / "model.json", **stacks, **{name: out / f"{name}.tif" for name in names}}, out


@pytest.fixture
def prediction(degree_days):
    """Parameters of a run that predicts the days of `degree_days`, a few at a time."""
    parameters, out = degree_days
    inputs = {name: parameters[name] for name in ("GST_MODEL", *(overpass.upper() for overpass in OVERPASSES))}
    return {**inputs, "OUTPUT": out / "gst.tif", "EXTRAPOLATION": out / "extrapolation.tif"}, out


@pytest.fixture
def gaps(make_stack, make_raster, tmp_path):
    """Parameters of a run that fills six scenes."""
    random = np.random.default_rng(5)
    height = 4000 + 800 * np.sin(np.add.outer(np.arange(SHAPE[0]) / 6, np.arange(SHAPE[1]) / 7))
    scenes = 20 - 6.5e-3 * height + random.normal(0, 2, (6, *SHAPE))
    scenes[random.random(scenes.shape) < 0.3] = np.nan
    dem = make_raster("dem", height.astype(np.float32), corner=(80, 38), cell=(0.01, -0.01))
    out = tmp_path / "out"
    stack = make_stack("lst", date(2005, 1, 1), np.round(scenes, 2))
    outputs = {"OUTPUT": out / "filled.tif", "OUTPUT_STD": out / "std.tif"}
    return {"INPUT": stack, "DEM": dem, **GIVEN, "VALIDATION": 50, **outputs}, out


@pytest.fixture
def survey(make_raster, tmp_path, monkeypatch):
    """Parameters of a calibration of two classes."""
    random = np.random.default_rng(6)
    ddt, ddf = random.uniform((800, 500), 2000, (*SHAPE, 2)).astype(np.float32).transpose(2, 0, 1)
    classes = np.repeat([[1], [2]], SHAPE[0] // 2, axis=0) * np.ones(SHAPE, np.uint8)
    doubtful = ddf + random.normal(0, 100, SHAPE) >= np.where(classes == 1, 0.6, 1.0) * ddt
    rasters = {"DDT": ddt, "DDF": ddf, "CLASSES": classes.astype(np.uint8), "REFERENCE": doubtful.astype(np.uint8)}
    monkeypatch.setattr(blocks, "TILE", 16)
    monkeypatch.setattr(TileSource, "cost", lambda _source, _grid: Cost(1, 8, 256))
    out = tmp_path / "out"
    inputs = {name: make_raster(name.lower(), values) for name, values in rasters.items()}
    return {**inputs, "REPEATS": 2, "OUTPUT": out / "rk.tif", "TABLE": out / "table.csv"}, out


@pytest.fixture
def years(make_raster, tmp_path, monkeypatch):
    """Parameters of a comparison of twelve years over several windows."""
    random = np.random.default_rng(8)
    values = random.normal(0, 1, (12, *SHAPE)) + 0.1 * np.arange(12)[:, None, None]
    monkeypatch.setattr(blocks, "TILE", 16)
    monkeypatch.setattr(change, "MAX_PAIRS", 16 * SHAPE[1] * 66)
    out = tmp_path / "out"
    outputs = {"OUTPUT": out / "change.tif", "TREND": out / "trend.tif", "SIGNIFICANCE": out / "significance.tif"}
    ttop = [make_raster("ttop", values.astype(np.float32))]
    return {"TTOP": ttop, "START_YEAR": 2001, **outputs}, out


@pytest.fixture
def maps(make_raster, tmp_path, monkeypatch):
    """Parameters of a comparison of two maps over nine windows."""
    random = np.random.default_rng(6)
    reference = random.integers(1, 3, SHAPE).astype(np.uint8)
    erring = np.where(random.random(SHAPE) < 0.2, 3 - reference, reference).astype(np.uint8)
    warm = np.kron(np.where(erring == 1, -1.0, 1.0), np.ones((2, 2))).astype(np.float32)
    sources = [make_raster("erring", erring), make_raster("warm", warm, cell=(0.05, -0.05))]
    monkeypatch.setattr(blocks, "TILE", 16)
    monkeypatch.setattr(BinarySource, "cost", lambda _source, _grid: Cost(1, 12, 256))
    out = tmp_path / "out"
    parameters = {"MAPS": sources, "RULES": "== 1; <= 0", "REFERENCE": make_raster("reference", reference)}
    return {**parameters, "OUTPUT": out / "agreement.tif", "TABLE": out / "ranking.csv"}, out


@pytest.fixture
def ensemble(survey):
    """Parameters of a probability."""
    parameters, out = survey
    inputs = {name: parameters[name] for name in ("DDT", "DDF")}
    given = {"RK_VALUE": 0.8, "GST_ERROR": 0.7, "MEMBERS": 20}
    return {**inputs, **given, "OUTPUT": out / "probability.tif", "ZONES": out / "zones.tif"}, out


@pytest.fixture
def scenes(make_raster, tmp_path, monkeypatch):
    """Parameters of a run that warps six days of scenes, one of them damaged, in nine windows, and cuts out a basin."""
    folder, out = tmp_path / "scenes", tmp_path / "out"
    folder.mkdir()
    random = np.random.default_rng(11)
    for day in range(1, 7):
        path = folder / f"TRIMS_Terra200500{day}{'DN'[day % 2]}.tif"
        stored = random.integers(25000, 30000, SHAPE).astype(np.uint16)
        Path(make_raster("scene", stored, corner=(80, 38), cell=(0.01, -0.01))).rename(path)
    path.write_bytes(path.read_bytes()[:2000])
    corners = [[80.02, 37.97], [80.3, 37.9], [80.2, 37.6], [80.02, 37.97]]
    basin = tmp_path / "basin.geojson"
    basin.write_text(json.dumps({"type": "Polygon", "coordinates": [corners]}))
    grid = make_raster("grid", np.zeros(SHAPE, np.float32), corner=(80, 38), cell=(0.008, -0.008))
    monkeypatch.setattr(blocks, "TILE", 16)
    monkeypatch.setattr(blocks, "MAX_CELLS", 256)
    return {"INPUT": folder, "GRID": grid, "BASIN": basin, "OUTPUT": out}, out


@pytest.fixture
def one_map(make_raster, tmp_path, monkeypatch):
    """Parameters of the accuracy of a map over several windows."""
    random = np.random.default_rng(9)
    monkeypatch.setattr(blocks, "TILE", 16)
    monkeypatch.setattr(TileSource, "cost", lambda _source, _grid: Cost(1, 8, 256))
    out = tmp_path / "out"
    inputs = {name: make_raster(name, random.integers(1, 3, SHAPE).astype(np.uint8)) for name in ("MAP", "REFERENCE")}
    outputs = {"OUTPUT": out / "agreement.tif", "TABLE": out / "table.csv"}
    return {**inputs, "BLOCK_SIZE": 3, "PROBABILITY_SAMPLE": True, **outputs}, out


# Those that keep finished units, and all.
JOBS = {"degreedays": "degree_days", "filllstgaps": "gaps"}
ALL_JOBS = {
    **JOBS,
    "predictgst": "prediction",
    "buildlststack": "scenes",
    "calibraterk": "survey",
    "probability": "ensemble",
    "change": "years",
    "comparemaps": "maps",
    "accuracy": "one_map",
}


def taken(folder):
    """The bytes of all rasters and tables of a folder, which is empty afterwards."""
    content = {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in (".tif", ".csv")}
    for path in folder.iterdir():
        # No unit of the run is left.
        path.unlink()
    return content


# The same bytes ------------------------------------------------------------------------------------


@pytest.mark.parametrize("algorithm", ALL_JOBS)
def test_a_cluster_gives_the_bytes_of_threads(run, machines, algorithm, request):
    parameters, out = request.getfixturevalue(ALL_JOBS[algorithm])
    here = run(algorithm, parameters)
    assert here.ok, here.errors
    expected = taken(out)
    there = run(algorithm, {**parameters, "SCHEDULER": machines.address})
    assert there.ok, there.errors
    assert f"The cluster {machines.address} computes: 2 workers with 2 threads." in there.log
    assert taken(out) == expected
    assert len(expected) >= 2
    numbers = [{k: v for k, v in done.results.items() if isinstance(v, (int, float))} for done in (here, there)]
    assert numbers[0] == numbers[1]


def test_an_assessment_on_a_cluster_gives_the_numbers_of_threads(run, machines, gaps):
    parameters, _ = gaps
    given = {name: parameters[name] for name in ("INPUT", "DEM", *GIVEN)}
    given.update(PATTERN="clouds", SCENES=3, TREND="elevation_reference")
    here = run("assessgapfilling", given)
    assert here.ok, here.errors
    there = run("assessgapfilling", {**given, "SCHEDULER": machines.address})
    assert there.ok, there.errors
    assert "2 workers" in there.log
    assert there.results == here.results
    assert here.results["RMSE"] > 0


def test_qgis_process_and_a_checkout_of_any_name(qgis_process, machines, gaps):
    """QGIS and the workers find the plugin by links that bear its name."""
    parameters, _ = gaps
    done = qgis_process("permafrost:filllstgaps", {**parameters, "SCHEDULER": machines.address})
    assert done.code == 0, done.stderr
    assert done.results["FILLED"] > 0
    assert done.results["REMAINING"] == 0


@pytest.mark.parametrize("algorithm", JOBS)
def test_a_worker_that_is_killed_costs_no_result(run, own_machines, algorithm, request, monkeypatch):
    parameters, out = request.getfixturevalue(JOBS[algorithm])
    assert run(algorithm, parameters).ok
    expected = taken(out)
    machines = own_machines(2)
    machines.wait(2)
    kept = []
    keep = FinishedUnits.keep

    def keep_and_kill(*unit):
        kept.append(unit)
        if len(kept) == 2:
            machines.workers[0].send_signal(signal.SIGKILL)
        keep(*unit)

    monkeypatch.setattr(FinishedUnits, "keep", keep_and_kill)
    there = run(algorithm, {**parameters, "SCHEDULER": machines.address})
    assert there.ok, there.errors
    assert machines.workers[0].wait(5) == -signal.SIGKILL
    assert taken(out) == expected


@pytest.fixture
def after_two_windows(monkeypatch):
    """Return the function that lets something happen when two windows of a run are done."""

    def happen(what):
        kept = []
        keep = FinishedUnits.keep

        def keep_and_do(*unit):
            kept.append(unit)
            if len(kept) == 2:
                what()
            keep(*unit)

        monkeypatch.setattr(FinishedUnits, "keep", keep_and_do)

    return happen


@pytest.mark.parametrize("comes_back", [True, False])
def test_a_worker_that_stands_still_costs_no_result(run, own_machines, degree_days, after_two_windows, comes_back):
    """A slow one, and one that is cut off from the network, which the scheduler gives up after a time."""
    parameters, out = degree_days
    assert run("degreedays", parameters).ok
    expected = taken(out)
    machines = own_machines(2, DASK_DISTRIBUTED__SCHEDULER__WORKER_TTL="4s")
    machines.wait(2)
    slow = machines.workers[0]

    def stand_still():
        slow.send_signal(signal.SIGSTOP)
        if comes_back:
            threading.Timer(2, slow.send_signal, [signal.SIGCONT]).start()

    after_two_windows(stand_still)
    there = run("degreedays", {**parameters, "SCHEDULER": machines.address})
    assert there.ok, there.errors
    assert taken(out) == expected


def test_a_worker_that_stands_still_before_the_run_costs_no_result(run, own_machines, degree_days, monkeypatch):
    """It does not answer whether it can do the work, which the run does not wait for."""
    parameters, out = degree_days
    assert run("degreedays", parameters).ok
    expected = taken(out)
    machines = own_machines(2, DASK_DISTRIBUTED__SCHEDULER__WORKER_TTL="10s")
    machines.wait(2)
    monkeypatch.setattr(cluster, "MAX_SILENT", 2)
    require = cluster.Cluster._require
    after = []

    def require_and_count(there, work):
        require(there, work)
        after.append(there.describe())

    monkeypatch.setattr(cluster.Cluster, "_require", require_and_count)
    machines.workers[0].send_signal(signal.SIGSTOP)
    there = run("degreedays", {**parameters, "SCHEDULER": machines.address})
    assert there.ok, there.errors
    # The scheduler had not given it up yet.
    assert "2 workers" in after[0]
    assert taken(out) == expected


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP])
def test_a_scheduler_that_dies_or_stands_still_under_a_run_is_one_sentence_and_the_next_run_goes_on(
    run, own_machines, degree_days, after_two_windows, monkeypatch, number
):
    parameters, out = degree_days
    assert run("degreedays", parameters).ok
    expected = taken(out)
    machines = own_machines(1)
    machines.wait(1)
    monkeypatch.setattr(cluster, "MAX_SILENT", 3)
    after_two_windows(lambda: machines.scheduler.send_signal(number))
    there = run("degreedays", {**parameters, "SCHEDULER": machines.address})
    assert not there.ok
    (sentence,) = there.errors
    assert "no longer answers: restart it, then the run." in sentence
    assert run("degreedays", parameters).ok
    assert taken(out) == expected


def test_workers_may_come_later(own_machines):
    machines = own_machines()
    with connected(machines.address, (), Running()) as there:
        assert "no worker yet" in there.describe()
        machines.work()
        assert list(in_order(abs, [-1, 2], Running(runner=there))) == [(-1, 1), (2, 2)]


def test_results_come_in_order_and_few_are_under_way(machines):
    asked = []

    def seconds():
        for second in (0.2, 0.0, 0.1, 0.0, 0.0, 0.0, 0.0, 0.0):
            asked.append(second)
            yield second

    with connected(machines.address, (), Running()) as there:
        for done, _ in enumerate(in_order(time.sleep, seconds(), Running(runner=there)), start=1):
            assert len(asked) <= done + 4
    assert done == 8


# What is wrong -------------------------------------------------------------------------------------


@pytest.mark.parametrize("algorithm", JOBS)
def test_a_wrong_address_is_one_sentence_and_no_file(run, algorithm, request):
    parameters, out = request.getfixturevalue(JOBS[algorithm])
    for scheduler, said in (
        ("tcp://127.0.0.1:1", "No Dask scheduler answers at SCHEDULER 'tcp://127.0.0.1:1'"),
        ("localhost", "SCHEDULER is 'localhost': give an address such as tcp://"),
        ("tcp://host:port", "SCHEDULER is 'tcp://host:port': give an address"),
        ("tcp://192.0.2.7:8786", "SCHEDULER 'tcp://192.0.2.7:8786' is not one of the schedulers that you trust"),
    ):
        started = time.monotonic()
        refused = run(algorithm, {**parameters, "SCHEDULER": scheduler})
        assert time.monotonic() - started < cluster.PATIENCE + 3
        assert not refused.ok
        assert len(refused.errors) == 1
        assert refused.errors[0].startswith(said)
    assert not out.exists() or list(out.iterdir()) == []


def test_qgis_process_ends_with_1(qgis_process, gaps):
    parameters, out = gaps
    done = qgis_process("permafrost:filllstgaps", {**parameters, "SCHEDULER": "tcp://127.0.0.1:1"})
    assert done.code == 1
    assert "No Dask scheduler answers at SCHEDULER 'tcp://127.0.0.1:1'" in LABEL.sub("", done.stderr)
    assert "Traceback" not in done.stderr
    assert not out.exists()


def test_without_distributed_it_is_one_sentence(run, degree_days, monkeypatch):
    parameters, out = degree_days
    monkeypatch.setitem(sys.modules, "distributed", None)
    refused = run("degreedays", {**parameters, "SCHEDULER": "tcp://127.0.0.1:1"})
    assert not refused.ok
    (sentence,) = refused.errors
    assert sentence.startswith("The Python package 'distributed' is needed for a run on a cluster")
    # Alone it does not work.
    assert "--no-deps" not in sentence
    assert not out.exists()


def test_a_worker_without_the_package_is_one_sentence(run, own_machines, gaps):
    parameters, out = gaps
    machines = own_machines(1, package=False)
    machines.wait(1)
    refused = run("filllstgaps", {**parameters, "SCHEDULER": machines.address})
    assert not refused.ok
    (sentence,) = refused.errors
    assert "cannot load permafrost_mapper" in sentence
    assert "No module named 'permafrost_mapper'" in sentence
    assert not list(out.glob("*"))


def test_a_worker_of_another_version_is_one_sentence(run, machines, gaps, monkeypatch):
    parameters, _ = gaps
    monkeypatch.setattr(cluster, "VERSION", "99.0")
    refused = run("filllstgaps", {**parameters, "SCHEDULER": machines.address})
    (sentence,) = refused.errors
    assert "and the run needs 99.0: install it there." in sentence


def test_a_worker_that_does_not_see_a_file_is_one_sentence(machines, tmp_path):
    path = tmp_path / "lst.tif"
    path.write_bytes(b"1234")
    with connected(machines.address, [str(path)], Running()) as there:
        path.write_bytes(b"a file of another size")
        with pytest.raises(ClusterError, match=r"cannot read the file '.*lst.tif' of 4 bytes: put it into a folder"):
            list(in_order(abs, [1], Running(runner=there)))
        path.unlink()
        with pytest.raises(ClusterError, match="cannot read the file"):
            list(in_order(abs, [1], Running(runner=there)))


def test_what_is_no_file_is_left_to_gdal():
    assert cluster.needs_of(['NETCDF:"a.nc":lst']) == Needs(cluster.VERSION, ())


def test_an_error_of_the_job_comes_as_it_is(machines):
    with connected(machines.address, (), Running()) as there, pytest.raises(ValueError, match="invalid literal"):
        list(in_order(int, ["1", "a"], Running(runner=there)))


def test_an_input_error_keeps_its_sentence(run, machines, gaps):
    parameters, out = gaps
    damaged = Path(parameters["INPUT"])
    dataset = gdal.Open(str(damaged))
    place = int(dataset.GetRasterBand(5).GetMetadataItem("BLOCK_OFFSET_0_0", "TIFF"))
    del dataset
    content = bytearray(damaged.read_bytes())
    content[place : place + 100] = bytes(100)
    damaged.write_bytes(content)
    refused = run("filllstgaps", {**parameters, "SCHEDULER": machines.address})
    assert not refused.ok
    (sentence,) = refused.errors
    assert "cannot be read at rows" in sentence
    assert not list(out.glob("*"))


def test_workers_that_die_of_a_job_are_one_sentence(own_machines):
    machines = own_machines(1, DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="0")
    with (
        connected(machines.address, (), Running()) as there,
        pytest.raises(ClusterError, match="died one after the other"),
    ):
        list(in_order(os._exit, [1], Running(runner=there)))


def test_a_scheduler_that_dies_is_one_sentence(own_machines):
    machines = own_machines(1)
    started = time.monotonic()
    with connected(machines.address, (), Running()) as there:
        results = in_order(time.sleep, [0.0, 30.0], Running(runner=there))
        next(results)
        machines.scheduler.kill()
        with pytest.raises(ClusterError, match="no longer answers"):
            next(results)
    assert time.monotonic() - started < 40


@pytest.mark.parametrize("begun", [False, True])
def test_a_scheduler_that_stands_still_is_one_sentence(own_machines, monkeypatch, begun):
    """Its kernel still answers, so that the connection never breaks."""
    machines = own_machines(1)
    machines.wait(1)
    monkeypatch.setattr(cluster, "MAX_SILENT", 3)
    with connected(machines.address, (), Running()) as there:
        results = in_order(time.sleep, [0.0, 0.0, 0.0, 0.1], Running(runner=there))
        if begun:
            next(results)
        machines.scheduler.send_signal(signal.SIGSTOP)
        started = time.monotonic()
        with pytest.raises(ClusterError, match="no longer answers: restart it, then the run"):
            list(results)
    assert 2 < time.monotonic() - started < 10


def test_a_scheduler_that_stands_still_before_the_run_is_one_sentence(run, own_machines, gaps, monkeypatch):
    parameters, out = gaps
    machines = own_machines()
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    machines.scheduler.send_signal(signal.SIGSTOP)
    started = time.monotonic()
    refused = run("filllstgaps", {**parameters, "SCHEDULER": machines.address})
    assert time.monotonic() - started < 10
    (sentence,) = refused.errors
    assert f"No Dask scheduler answers at SCHEDULER '{machines.address}'" in sentence
    assert not out.exists()
    # The connection that was given up is closed when it is there, and leaves no thread.
    machines.scheduler.send_signal(signal.SIGCONT)
    limit = time.monotonic() + 20
    while any("_answer" in thread.name for thread in threading.enumerate()):
        assert time.monotonic() < limit
        time.sleep(0.1)


@pytest.mark.parametrize("waits", ["for a job", "for its result"])
def test_workers_that_all_die_are_one_sentence_and_the_next_run_goes_on(
    run, own_machines, degree_days, after_two_windows, monkeypatch, waits
):
    """Whether the scheduler knows of their death when a result is asked for, or not yet."""
    parameters, out = degree_days
    assert run("degreedays", parameters).ok
    expected = taken(out)
    machines = own_machines(2)
    machines.wait(2)
    monkeypatch.setattr(cluster, "MAX_ALONE", 3)
    monkeypatch.setattr(cluster, "LOOK_EVERY", 0.2)

    def kill_workers():
        for worker in machines.workers:
            worker.kill()
            if waits == "for a job":
                worker.wait(5)

    after_two_windows(kill_workers)
    # Should the run hang, it ends without its scheduler.
    rescue = threading.Timer(60, machines.scheduler.kill)
    rescue.start()
    there = run("degreedays", {**parameters, "SCHEDULER": machines.address})
    rescue.cancel()
    assert not there.ok
    (sentence,) = there.errors
    assert "are gone, and none has come for 0 minutes: start workers, then the run again." in sentence
    assert [path.name for path in out.iterdir() if not path.name.startswith(".")] == []
    assert run("degreedays", parameters).ok
    assert taken(out) == expected


# Its end -------------------------------------------------------------------------------------------


def test_a_run_is_cancelled_within_a_second(machines):
    cancelled = threading.Event()
    with connected(machines.address, (), Running()) as there:
        results = in_order(time.sleep, 6 * [5.0], Running(runner=there, is_cancelled=cancelled.is_set))
        threading.Timer(0.5, cancelled.set).start()
        started = time.monotonic()
        with pytest.raises(Cancelled):
            next(results)
    # The connection is closed, too.
    assert 0.5 < time.monotonic() - started < 2.0


@pytest.mark.parametrize("waits", ["to connect", "for its workers", "for a check", "for a result"])
def test_a_run_is_cancelled_while_the_scheduler_stands_still(own_machines, monkeypatch, waits):
    machines = own_machines(1)
    machines.wait(1)
    cancelled = threading.Event()
    running = Running(is_cancelled=cancelled.is_set)
    started = []

    def stand_still():
        machines.scheduler.send_signal(signal.SIGSTOP)
        threading.Timer(0.5, cancelled.set).start()
        started.append(time.monotonic())

    def work():
        if waits == "to connect":
            stand_still()
        with connected(machines.address, (), running) as there:
            if waits == "for its workers":
                stand_still()
                there.describe()
            if waits == "for a check":
                monkeypatch.setattr(there, "_present", stand_still)
            results = in_order(time.sleep, [0.0, 3.0], replace(running, runner=there))
            next(results)
            stand_still()
            next(results)

    with pytest.raises(Cancelled):
        work()
    assert 0.5 < time.monotonic() - started[0] < 2.5


def test_progress_is_reported(run, machines, degree_days):
    parameters, _ = degree_days
    shares = []

    from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingFeedback

    feedback = QgsProcessingFeedback(False)
    feedback.progressChanged.connect(shares.append)
    instance = QgsApplication.processingRegistry().createAlgorithmById("permafrost:degreedays")
    parameters = {name: str(value) for name, value in parameters.items()}
    _, ok = instance.run({**parameters, "SCHEDULER": machines.address}, QgsProcessingContext(), feedback)
    assert ok
    assert shares == sorted(shares)
    assert len(shares) == WINDOWS
    assert shares[-1] == 100


def test_a_scheduler_elsewhere_has_to_be_trusted(monkeypatch):
    stranger, mine = "tcp://192.0.2.7:8786", "tls://10.1.2.3:8786"
    monkeypatch.delenv(TRUSTED, raising=False)
    for here in ("tcp://127.0.0.1:8786", "tcp://localhost:1", "tcp://[::1]:8786"):
        require_address(here)
    for elsewhere in (stranger, mine, "tcp://localhost.example.org:8786", "tcp://127.0.0.1.example.org:1"):
        with pytest.raises(InputError, match="is not one of the schedulers that you trust"):
            require_address(elsewhere)
    monkeypatch.setenv(TRUSTED, f"tcp://10.9.9.9:1, {mine}/")
    require_address(mine)
    with pytest.raises(InputError, match=r"192\.0\.2\.7.*set the environment variable PERMAFROST_MAPPER_SCHEDULERS"):
        require_address(stranger)
