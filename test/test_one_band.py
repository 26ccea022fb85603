"""A raster with several bands of which one is read is named in the log; others are not."""

import numpy as np
import pytest

gdal = pytest.importorskip("osgeo.gdal")
pytest.importorskip("qgis.core")


@pytest.fixture
def bands(make_raster):
    """Return the function that writes a raster with some bands of one value."""
    return lambda name, value, count: make_raster(name, np.full((count, 4, 5), value, np.float32))


def test_one_of_several_bands_is_used_with_a_warning(run, bands, tmp_path):
    degree_days = {"DDT": bands("thawing", 500, 3), "DDF": bands("freezing", 900, 1)}
    done = run("frostnumber", {**degree_days, "OUTPUT": tmp_path / "frost_number.tif"})
    assert done.ok, done.errors
    assert done.log.count("'thawing' has 3 bands; band 1 is used.") == 1
    assert "'freezing' has" not in done.log


def test_of_several_maps_each_is_named_once(run, bands, tmp_path):
    maps = [bands("early", 1, 2), bands("late", 2, 1)]
    done = run("change", {"MAPS": [*maps, maps[0]], "OUTPUT": tmp_path / "change.tif"})
    assert done.ok, done.errors
    assert done.log.count("bands; band 1 is used.") == 1
    assert "'early' has 2 bands; band 1 is used." in done.log


def test_no_warning_where_all_bands_are_read(run, bands, tmp_path):
    degree_days = {"DDT": bands("thawing", 500, 2), "DDF": bands("freezing", 900, 2)}
    done = run("ttop", {**degree_days, "RK_VALUE": 0.8, "OUTPUT": tmp_path / "ttop.tif"})
    assert done.ok, done.errors
    assert "band 1 is used" not in done.log


def test_transparency_is_no_band_of_its_own(run, bands, tmp_path):
    thawing = bands("thawing", 500, 2)
    dataset = gdal.Open(thawing, gdal.GA_Update)
    dataset.GetRasterBand(2).SetColorInterpretation(gdal.GCI_AlphaBand)
    dataset.GetRasterBand(2).Fill(255)
    del dataset
    done = run("frostnumber", {"DDT": thawing, "DDF": bands("freezing", 900, 1), "OUTPUT": tmp_path / "number.tif"})
    assert done.ok, done.errors
    assert "band 1 is used" not in done.log
