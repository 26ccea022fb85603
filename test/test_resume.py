"""A run that is complete is not repeated, and anything that would change its results makes it run."""

import json
import os
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from permafrost_mapper.algorithms.lst import filllstgaps

NOT_REPEATED = "nothing is repeated"


@pytest.fixture
def job(make_stack, make_raster, tmp_path):
    pytest.importorskip("scipy")
    rng = np.random.default_rng(1)
    values = rng.normal(5, 2, (2, 20, 30))
    values[:, 5:8, 5:9] = np.nan
    dem = make_raster("dem", rng.uniform(3000, 5000, (20, 30)), corner=(80, 38), cell=(0.01, -0.01))
    return {
        "INPUT": make_stack("lst", date(2005, 1, 1), values),
        "DEM": dem,
        "VARIOGRAM": "exponential",
        "OUTPUT": str(tmp_path / "out" / "filled.tif"),
        "OUTPUT_HTML": str(tmp_path / "out" / "report.html"),
    }


def state(path):
    status = os.stat(path)
    return status.st_ino, status.st_mtime_ns


def test_a_complete_run_is_not_repeated(run, job):
    first = run("filllstgaps", job)
    assert first.ok, first.errors
    before = state(job["OUTPUT"])
    # Inside a model reports have another name each time; the number of threads changes nothing.
    again = {**job, "OUTPUT_HTML": job["OUTPUT_HTML"].replace("report", "other"), "THREADS": 1}
    second = run("filllstgaps", again)
    assert second.ok, second.errors
    assert NOT_REPEATED in second.log
    assert state(job["OUTPUT"]) == before
    assert second.results == {**first.results, "OUTPUT_HTML": again["OUTPUT_HTML"]}
    pages = [Path(given["OUTPUT_HTML"]).read_text(encoding="utf-8") for given in (job, again)]
    assert pages[0] == pages[1]


def touch(job, tmp_path):
    os.utime(job["DEM"])


def another_parameter(job, tmp_path):
    job["NEIGHBOURS"] = 16


def another_output(job, tmp_path):
    job["OUTPUT_STD"] = str(tmp_path / "out" / "std.tif")


def changed_output(job, tmp_path):
    with open(job["OUTPUT"], "ab") as file:
        file.write(b"x")


def removed_output(job, tmp_path):
    os.unlink(job["OUTPUT"])


def no_report(job, tmp_path):
    del job["OUTPUT_HTML"]


def damaged_record(job, tmp_path):
    (tmp_path / "out" / ".filled.tif.complete.json").write_text('{"finger')


@pytest.mark.parametrize(
    "change", [touch, another_parameter, another_output, changed_output, removed_output, no_report, damaged_record]
)
def test_whatever_has_changed_makes_it_run(run, job, tmp_path, change, monkeypatch):
    assert run("filllstgaps", job).ok
    change(job, tmp_path)
    done = run("filllstgaps", job)
    assert done.ok, done.errors
    assert NOT_REPEATED not in done.log


def test_another_version_makes_it_run(run, job, monkeypatch):
    from permafrost_mapper.algorithms import resume

    assert run("filllstgaps", job).ok
    monkeypatch.setattr(resume, "VERSION", "0.0.0")
    assert NOT_REPEATED not in run("filllstgaps", job).log


def test_a_failed_run_leaves_no_record(run, job, tmp_path, monkeypatch):
    from permafrost_mapper.core.errors import InputError

    def fail(*_):
        raise InputError("It fails.")

    monkeypatch.setattr(filllstgaps.FillLstGaps, "execute", fail)
    done = run("filllstgaps", job)
    assert not done.ok
    assert done.errors == ["It fails."]
    assert not list(tmp_path.glob("out/.*"))


def test_undefined_numbers_and_tables_survive(tmp_path):
    from permafrost_mapper.algorithms.resume import Record

    path = tmp_path / "map.tif"
    path.write_bytes(b"map")
    record = Record("f", {"OUTPUT": str(path)})
    assert record.results() is None
    record.write({"KAPPA": None, "N": 4})
    assert record.results() == {"KAPPA": None, "N": 4}
    assert json.loads((tmp_path / ".map.tif.complete.json").read_text())["fingerprint"] == "f"
    assert Record("g", record.outputs).results() is None
