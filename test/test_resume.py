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
    again = {**job, "OUTPUT_HTML": job["OUTPUT_HTML"].replace("report", "other"), "THREADS": 1, "MEMORY": 512}
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
    from permafrost_mapper.raster.run import checkpoints

    assert run("filllstgaps", job).ok
    monkeypatch.setattr(checkpoints, "VERSION", "0.0.0")
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
    from permafrost_mapper.raster.run.checkpoints import CompleteRun

    path = tmp_path / "map.tif"
    path.write_bytes(b"map")
    record = CompleteRun("f", {"OUTPUT": str(path)})
    assert record.results() is None
    record.write({"KAPPA": None, "N": 4})
    assert record.results() == {"KAPPA": None, "N": 4}
    assert json.loads((tmp_path / ".map.tif.complete.json").read_text())["fingerprint"] == "f"
    assert CompleteRun("g", record.outputs).results() is None


def write_dem(path, values):
    from osgeo import gdal, osr

    dataset = gdal.GetDriverByName("GTiff").Create(str(path), 30, 20, 1, gdal.GDT_Float32)
    dataset.SetGeoTransform((80, 0.01, 0, 38, 0, -0.01))
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(4326)
    dataset.SetProjection(reference.ExportToWkt())
    dataset.GetRasterBand(1).WriteArray(values)
    return dataset


def netcdf(job, tmp_path, values):
    from osgeo import gdal
    from qgis.core import QgsRasterLayer

    file = tmp_path / "dem.nc"
    gdal.Translate(str(tmp_path / "new.nc"), write_dem(tmp_path / "source.tif", values), format="netCDF")
    # Not written over, since it may be open.
    os.replace(tmp_path / "new.nc", file)
    return QgsRasterLayer(f'NETCDF:"{file}":Band1', "dem"), file


def virtual(job, tmp_path, values):
    from osgeo import gdal

    file = tmp_path / "source.tif"
    write_dem(file, values).FlushCache()
    if not (tmp_path / "dem.vrt").exists():
        gdal.Translate(str(tmp_path / "dem.vrt"), str(file), format="VRT")
    return str(tmp_path / "dem.vrt"), file


def virtual_netcdf(job, tmp_path, values):
    from osgeo import gdal

    layer, file = netcdf(job, tmp_path, values)
    if not (tmp_path / "dem.vrt").exists():
        gdal.Translate(str(tmp_path / "dem.vrt"), layer.source(), format="VRT")
    return str(tmp_path / "dem.vrt"), file


def zipped(job, tmp_path, values):
    import zipfile

    from qgis.core import QgsRasterLayer

    write_dem(tmp_path / "source.tif", values).FlushCache()
    file = tmp_path / "dem.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.write(tmp_path / "source.tif", "dem.tif")
    return QgsRasterLayer(f"/vsizip/{file}/dem.tif", "dem"), file


@pytest.mark.parametrize("make", [netcdf, virtual, virtual_netcdf, zipped])
def test_a_raster_that_is_no_plain_file(run, job, tmp_path, make):
    """It is taken for the same as long as what is behind it is, and QGIS may look at it as often as it likes."""
    from qgis.core import QgsRasterLayer

    values = np.random.default_rng(2).uniform(3000, 5000, (20, 30))
    job["DEM"], file = make(job, tmp_path, values)
    job["TREND"] = "fixed_lapse"
    assert run("filllstgaps", job).ok
    before = Path(job["OUTPUT"]).read_bytes()
    # Looks at it as QGIS does, which writes statistics where it can.
    layer = QgsRasterLayer(job["DEM"]) if isinstance(job["DEM"], str) else job["DEM"]
    layer.dataProvider().bandStatistics(1)
    del layer
    assert NOT_REPEATED in run("filllstgaps", job).log
    # As large as before, and a second later: times of archives are even seconds.
    job["DEM"], file = make(job, tmp_path, values[::-1] * 0.9)
    later = os.stat(file).st_mtime + 4
    if file.suffix == ".zip":
        os.utime(tmp_path / "source.tif", (later, later))
        import zipfile

        with zipfile.ZipFile(file, "w") as archive:
            archive.write(tmp_path / "source.tif", "dem.tif")
    os.utime(file, (later, later))
    done = run("filllstgaps", job)
    assert done.ok, done.errors
    assert NOT_REPEATED not in done.log
    # The netCDF library hands out a file that QGIS still holds open as it was, whatever lies there now.
    assert Path(job["OUTPUT"]).read_bytes() != before or "netcdf" in make.__name__


def test_another_description_of_a_virtual_raster_makes_it_run(run, job, tmp_path):
    job["DEM"], _ = virtual(job, tmp_path, np.random.default_rng(2).uniform(3000, 5000, (20, 30)))
    assert run("filllstgaps", job).ok
    vrt = tmp_path / "dem.vrt"
    text = vrt.read_text()
    assert 'band="1"' in text
    vrt.write_text(text.replace('band="1">', 'band="1"><Offset>100</Offset>', 1))
    assert NOT_REPEATED not in run("filllstgaps", job).log


DAMAGED = [
    "",
    "{",
    "[]",
    "null",
    "1",
    '"text"',
    "[" * 100_000,
    "\x00",
    "{}",
    '{"fingerprint": "f"}',
    '{"fingerprint": "f", "rasters": %s}',
    '{"fingerprint": "f", "rasters": %s, "texts": []}',
    '{"fingerprint": "f", "rasters": %s, "texts": {"other": ""}, "results": {}}',
    '{"fingerprint": "f", "rasters": %s, "texts": {"REPORT": 1}, "results": {}}',
    '{"fingerprint": "f", "rasters": %s, "texts": {"REPORT": ""}, "results": []}',
    '{"fingerprint": ["f"], "rasters": 1, "texts": {"REPORT": ""}, "results": {}}',
]


@pytest.mark.parametrize("text", DAMAGED)
def test_a_record_that_others_have_changed_is_none(tmp_path, text):
    from permafrost_mapper.raster.run.checkpoints import CompleteRun

    raster, report = tmp_path / "map.tif", tmp_path / "report.html"
    raster.write_bytes(b"map")
    report.write_text("page")
    record = CompleteRun("f", {"OUTPUT": str(raster), "REPORT": str(report)})
    record.write({})
    rasters = json.dumps(json.loads(record.path.read_text())["rasters"])
    assert record.results() == {}
    record.path.write_text(text.replace("%s", rasters))
    assert record.results() is None
    record.path.write_bytes(b"\xff\xfe" + text.encode())
    assert record.results() is None
    record.path.unlink()
    record.path.mkdir()
    assert record.results() is None
