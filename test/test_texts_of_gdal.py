"""Texts in rasters that are not UTF-8, of which GDAL's bindings give the bytes."""

import json
import re
from pathlib import Path

import numpy as np
import permafrost_mapper
import pytest
from osgeo import gdal
from permafrost_mapper.core.errors import InputError
from permafrost_mapper.raster.grid.longitudes import MAX_TURNS, turns_onto
from permafrost_mapper.raster.grid.texts import description_of, metadata_item, metadata_of, unit_of

PACKAGE = Path(permafrost_mapper.__file__).parent


@pytest.fixture
def spoilt(make_raster):
    """Return the function that writes a raster whose texts have a byte of Latin-1: metadata, unit and description."""

    def spoilt(name, values):
        path = make_raster(name, values)
        dataset = gdal.Open(path, gdal.GA_Update)
        dataset.SetMetadata({"PERMAFROST_SIMULATED": "LSTxSERIES", "PERMAFROST_PERIOD": "2005xSERIES"})
        band = dataset.GetRasterBand(1)
        band.SetDescription("DDTxSERIES")
        band.SetUnitType("xSERIES")
        del band, dataset
        file = Path(path)
        content = file.read_bytes()
        assert content.count(b"xSERIES") == 4
        file.write_bytes(content.replace(b"xSERIES", b"\xe9SERIES"))
        return path

    return spoilt


def test_texts_that_are_not_utf8_are_read_with_a_mark(spoilt):
    dataset = gdal.Open(spoilt("ddt", np.full((4, 4), 9, np.float32)))
    band = dataset.GetRasterBand(1)
    raw = dataset.GetMetadata()["PERMAFROST_SIMULATED"], dataset.GetMetadataItem("PERMAFROST_SIMULATED")
    assert set(raw) <= {b"LST\xe9SERIES", "LST\udce9SERIES"}
    assert metadata_of(dataset)["PERMAFROST_SIMULATED"] == "LST\ufffdSERIES"
    assert metadata_item(dataset, "PERMAFROST_PERIOD") == "2005\ufffdSERIES"
    assert metadata_item(dataset, "ABSENT") is None
    assert (description_of(band), unit_of(band)) == ("DDT\ufffdSERIES", "\ufffdSERIES")


def test_a_raster_with_such_texts_is_used(run, spoilt, tmp_path):
    values = np.full((4, 4), 9, np.float32)
    given = {"DDT": spoilt("ddt", values), "DDF": spoilt("ddf", 90 * values), "RK_VALUE": 0.8}
    done = run("ttop", {**given, "OUTPUT": tmp_path / "ttop.tif"})
    assert done.ok, done.errors
    metadata = gdal.Open(str(tmp_path / "ttop.tif")).GetMetadata()
    assert metadata["PERMAFROST_SIMULATED"] == "LST\ufffdSERIES"
    done = run(
        "activelayer",
        {
            "DDT": given["DDT"],
            "TTOP": tmp_path / "ttop.tif",
            "E_FACTOR": 0.05,
            "OUTPUT": tmp_path / "alt.tif",
            "OUTPUT_HTML": tmp_path / "alt.html",
        },
    )
    assert done.ok, done.errors
    assert "LST\ufffdSERIES" in (tmp_path / "alt.html").read_text(encoding="utf-8")


def test_texts_of_gdal_are_asked_for_in_one_place():
    asked = re.compile(r"\.(GetDescription|GetUnitType|GetProjection|GetMetadata)\(\)")
    files = [path for folder in ("core", "raster", "algorithms") for path in (PACKAGE / folder).rglob("*.py")]
    found = {path.relative_to(PACKAGE).as_posix() for path in files if asked.search(path.read_text(encoding="utf-8"))}
    assert found == {"raster/grid/texts.py"}


def test_what_goes_around_the_earth_without_end_is_no_degrees():
    assert turns_onto(-180.0, 180.0, 350.0, 370.0, 360.0) == [1]
    assert len(turns_onto(0.0, 360.0 * (MAX_TURNS - 2), 0.0, 360.0, 360.0)) == MAX_TURNS - 2
    for far in (1e30, 1e300, np.inf, np.nan):
        with pytest.raises(InputError, match=r"are no degrees, which go around the Earth once: assign the right CRS"):
            turns_onto(0.0, far, 0.0, 360.0, 360.0)


def test_a_grid_without_end_is_one_sentence(run, make_raster, tmp_path):
    values = np.full((4, 4), 9, np.float32)
    huge = make_raster("huge", values, corner=(-1e30, 40.0), cell=(5e29, -0.1))
    done = run("ttop", {"DDT": huge, "DDF": make_raster("ddf", values), "RK_VALUE": 0.8, "OUTPUT": tmp_path / "o.tif"})
    assert not done.ok
    assert len(done.errors) == 1
    assert "Traceback" not in done.errors[0]
    assert not (tmp_path / "o.tif").exists()
    assert json.dumps(done.errors)
