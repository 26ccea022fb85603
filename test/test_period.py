"""Periods of maps, as metadata and as words."""

import numpy as np
import pytest
from osgeo import gdal
from permafrost_mapper.core.period import covering, period_in_words
from permafrost_mapper.raster.read.rasters import RasterSource
from permafrost_mapper.raster.write.provenance import PERIOD


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("2019-01-01/2019-12-31", "2019"),
        ("2005-01-01/2020-12-31", "2005\u20132020"),
        ("2005-09-01/2020-08-31", "September 2005 to August 2020"),
        ("2005-09-02/2020-08-31", "2005-09-02 to 2020-08-31"),
        ("2020-01-01/2019-12-31", ""),
        ("2019", ""),
        ("", ""),
    ],
)
def test_a_period_in_words(period, words):
    assert period_in_words(period) == words


def test_a_period_covers_those_of_all_inputs():
    assert covering(["2005-01-01/2010-12-31", "", "last year", "2008-01-01/2019-12-31"]) == "2005-01-01/2019-12-31"
    assert covering(["", "x"]) == ""


def test_the_period_is_passed_on_through_the_steps(run, make_raster, tmp_path):
    paths = {}
    for name, period in (("DDT", "2005-01-01/2010-12-31"), ("DDF", "2005-01-01/2012-12-31")):
        paths[name] = make_raster(name, np.full((3, 4), 900, np.float32))
        dataset = gdal.Open(str(paths[name]), gdal.GA_Update)
        dataset.SetMetadataItem(PERIOD, period)
        del dataset
    output = tmp_path / "ttop.tif"
    assert run("ttop", {**paths, "RK_VALUE": 0.8, "OUTPUT": output}).ok
    assert RasterSource(str(output), "TTOP").metadata()[PERIOD] == "2005-01-01/2012-12-31"
