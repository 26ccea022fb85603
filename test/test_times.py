"""The times of bands, as the Temporal Controller of QGIS plays them."""

from datetime import date

import numpy as np
import pytest
from osgeo import gdal
from permafrost_mapper.raster.publish.times import band_times
from permafrost_mapper.raster.read.rasters import RasterSource


@pytest.fixture
def named(tmp_path):
    """The function that writes a raster whose bands have some names, and its metadata."""

    def named(names, **metadata):
        path = str(tmp_path / "bands.tif")
        dataset = gdal.GetDriverByName("GTiff").Create(path, 3, 2, len(names), gdal.GDT_Float32)
        dataset.SetMetadata(metadata)
        for number, name in enumerate(names, start=1):
            dataset.GetRasterBand(number).SetDescription(name)
            dataset.GetRasterBand(number).WriteArray(np.full((2, 3), number, np.float32))
        del dataset
        return path

    return named


def times(path):
    return band_times(RasterSource(path, "bands"))


def test_days(named):
    assert times(named(["2019-12-30", "2019-12-31"])) == [
        (date(2019, 12, 30), date(2019, 12, 31)),
        (date(2019, 12, 31), date(2020, 1, 1)),
    ]


def test_calendar_years(named):
    assert times(named(["2019", "2021"])) == [
        (date(2019, 1, 1), date(2020, 1, 1)),
        (date(2021, 1, 1), date(2022, 1, 1)),
    ]


def test_freezing_years_begin_in_the_month_of_their_run(named):
    names = ["2019-2020", "2020-2021"]
    assert times(named(names, PERMAFROST_PARAMETERS='{"YEAR_START": "9"}')) == [
        (date(2019, 9, 1), date(2020, 9, 1)),
        (date(2020, 9, 1), date(2021, 9, 1)),
    ]


@pytest.mark.parametrize("parameters", ["", "{}", "[1]", '{"YEAR_START": 13}', '{"YEAR_START": "13"}', "{"])
def test_a_first_month_that_nobody_records_is_not_guessed(named, parameters):
    assert times(named(["2019-2020", "2020-2021"], PERMAFROST_PARAMETERS=parameters)) is None


@pytest.mark.parametrize("names", [["DDT mean", "DDF mean"], ["", ""], ["2019", "mean"], ["2000m", "3000m"]])
def test_other_bands_have_no_time(named, names):
    assert times(named(names)) is None


def shown(path):
    """Give the temporal properties of a layer that has been styled."""
    from permafrost_mapper.algorithms.style import apply_style
    from permafrost_mapper.core import classes
    from qgis.core import QgsRasterLayer

    layer = QgsRasterLayer(path, "bands")
    apply_style(layer, classes.DEGREE_DAYS)
    return layer, layer.temporalProperties()


def test_a_layer_of_years_is_played_by_the_temporal_controller(provider, named):
    from qgis.core import Qgis

    _, properties = shown(named(["2019", "2020"]))
    assert properties.isActive()
    if hasattr(Qgis.RasterTemporalMode, "FixedRangePerBand"):
        assert properties.mode() == Qgis.RasterTemporalMode.FixedRangePerBand
        spans = list(properties.fixedRangePerBand().values())
    else:
        spans = [properties.fixedTemporalRange()]
    assert spans[0].begin().date().toPyDate() == date(2019, 1, 1)
    assert spans[-1].end().date().toPyDate() == date(2021, 1, 1)
    assert not spans[-1].includeEnd()


@pytest.mark.parametrize("names", [["2019"], ["DDT mean", "DDF mean"]])
def test_a_layer_without_times_stays_always_visible(provider, named, names):
    _, properties = shown(named(names))
    assert not properties.isActive()
