"""The jobs of the room of ground surface temperature from plain Python, and the report, without QGIS."""

from datetime import date, timedelta

import numpy as np
import pytest
from permafrost_mapper.core.coded import Coded

gdal = pytest.importorskip("osgeo.gdal")

from golden import check_golden
from permafrost_mapper.core.classes import EXTRAPOLATION
from permafrost_mapper.core.errors import InputError
from permafrost_mapper.core.gst.degreedays import Summing, mean_of_years, percentage
from permafrost_mapper.core.gst.fit import Curve, Fit, Fitting
from permafrost_mapper.core.gst.matchup import MatchUps
from permafrost_mapper.core.gst.model import Equation, GstModel, Validation
from permafrost_mapper.core.gst.ridge import scores, scores_by
from permafrost_mapper.core.gst.rows import Cleaning, Unused
from permafrost_mapper.core.gst.table import TrainingTable
from permafrost_mapper.core.reports.fitgstmodel import report_fitgstmodel
from permafrost_mapper.core.reports.report import Report
from permafrost_mapper.raster.gst.degreedays import GST, DegreeDayJob, DegreeDayOutputs, run_degree_days
from permafrost_mapper.raster.gst.matchup import MatchUpJob, ObservedTable, StationPoints, run_matchup
from permafrost_mapper.raster.gst.overpasses import open_series
from permafrost_mapper.raster.gst.prediction import DAYS_AT_ONCE, PredictionJob, run_prediction
from permafrost_mapper.raster.read.rasters import RasterSource
from permafrost_mapper.raster.read.vectors import Features
from permafrost_mapper.raster.run.blocks import Running
from permafrost_mapper.raster.write.provenance import Provenance

FIRST = date(2004, 12, 30)
NAMES = ("terra_day", "terra_night")


def equation(predictors, coefficients, intercept, rmse=2.0, elevation=False):
    """Means of 0 and standard deviations of 10: a slope is a tenth of its coefficient."""
    p = len(predictors)
    return Equation(
        predictors=tuple(predictors),
        alpha=5.0,
        intercept=intercept,
        coefficients=tuple(coefficients),
        means=(0.0,) * p,
        scales=(10.0,) * p,
        lowest=(-20.0,) * p,
        highest=(15.0,) * p,
        rows=12,
        stations=3,
        rmse_random=rmse,
        rmse_station=rmse + 0.5,
    )


def gst_model(*equations, predictors=NAMES, **validations):
    none = Validation(scores(np.zeros(0), np.zeros(0)), {}, {})
    return GstModel(
        method="ridge",
        predictors=predictors,
        harmonics=0,
        equations={"all": equations},
        random=validations.get("random", none),
        station=validations.get("station", none),
        provenance={},
    )


MODEL = gst_model(equation(NAMES, (5.0, 4.0), -1.0))


@pytest.fixture
def series(make_stack):
    """Two overpasses of 1 x 3 cells over three days of 2004, 2005, and two of 2006; and their values."""
    days = 2 + 365 + 2
    course = np.where(np.arange(days) < 180, -10.0, 12.0)[:, np.newaxis, np.newaxis]
    day = course + np.array([[4.0, 8.0, 2.0]])
    night = course - np.array([[4.0, 2.0, 6.0]])
    night[5, 0, 1] = np.nan
    sources = {name: [RasterSource(make_stack(name, FIRST, values), name)] for name, values in zip(NAMES, (day, night))}
    return open_series(sources), day, night


def read(path):
    dataset = gdal.Open(str(path))
    values = dataset.ReadAsArray().astype(float)
    band = dataset.GetRasterBand(1)
    scale = band.GetScale() or 1
    return np.where(values == band.GetNoDataValue(), np.nan, values * scale)


def test_degree_days_from_a_model(series, tmp_path):
    inputs, day, night = series
    job = DegreeDayJob(inputs, Summing(min_days=10), MODEL)
    complete, incomplete = job.years()
    assert [str(year) for year in complete] == ["2005-01-01"]
    assert [str(year) for year in incomplete] == ["2004-01-01", "2006-01-01"]
    outputs = DegreeDayOutputs(**{name: str(tmp_path / f"{name}.tif") for name in ("ddt", "ddf_mean", "extrapolation")})
    result = run_degree_days(job, outputs, Provenance("test"), Running())
    assert (result.years, result.warnings) == (("2005",), ())
    gst = (-1 + 0.5 * day + 0.4 * night)[2:-2, 0]
    # January, of which one cell misses a day, is cold throughout.
    missing = np.isnan(gst[:, 1])
    cold = np.where(gst < 0, -gst, 0)
    cold[missing, 1] = -np.nanmean(gst[:31, 1])
    np.testing.assert_allclose(read(outputs.ddt)[0], np.where(gst > 0, gst, 0).sum(axis=0), rtol=1e-5)
    np.testing.assert_allclose(read(outputs.ddf_mean)[0], cold.sum(axis=0), rtol=1e-5)
    # Above 15 degC, where training ended, are the days of the second cell and of the first, from summer on.
    above = (day[2:-2, 0] > 15).sum(axis=0)
    np.testing.assert_allclose(read(outputs.extrapolation)[0], 100 * above / [365, 364, 365], rtol=1e-5)
    assert sorted(path.name for path in tmp_path.glob("*.tif") if "terra" not in path.name) == [
        "ddf_mean.tif",
        "ddt.tif",
        "extrapolation.tif",
    ]


def test_degree_days_that_no_cell_has_are_refused(make_stack, tmp_path):
    source = RasterSource(make_stack("few", date(2005, 1, 1), np.full((365, 1, 2), np.nan)), "few")
    job = DegreeDayJob(open_series({GST: [source]}), Summing(min_days=3))
    with pytest.raises(InputError, match="No cell of 'few' has 3 valid days in each month of a year: require fewer"):
        run_degree_days(job, DegreeDayOutputs(ddt=str(tmp_path / "ddt.tif")), Provenance("test"), Running())
    assert not (tmp_path / "ddt.tif").exists()


def test_predictions_and_their_flags(series, tmp_path):
    inputs, day, night = series
    output, flags = str(tmp_path / "gst.tif"), str(tmp_path / "flags.tif")
    result = run_prediction(PredictionJob(inputs, MODEL), output, flags, Provenance("test"), Running())
    assert result.days == len(day) > DAYS_AT_ONCE
    assert result.predictions == day.size - 1
    gst = -1 + 0.5 * day + 0.4 * night
    np.testing.assert_allclose(read(output), np.round(gst, 2), atol=0.006)
    outside = (day > 15) & ~np.isnan(night)
    assert result.extrapolated == outside.sum() > 0
    assert result.extrapolated_percent == pytest.approx(100 * outside.sum() / (day.size - 1))
    stored = gdal.Open(flags).ReadAsArray()
    np.testing.assert_array_equal(stored == EXTRAPOLATION[1].value, outside)
    np.testing.assert_array_equal(stored == 0, np.isnan(night))


def test_days_that_series_do_not_share_are_named(make_stack):
    values = np.zeros((10, 1, 1))
    sources = {
        name: [RasterSource(make_stack(name, FIRST + timedelta(shift), values), name)]
        for name, shift in zip(NAMES, (0, 3))
    }
    assert open_series(sources).missing_days() == (
        "7 of 13 days are in the stacks of all overpasses: TERRA_DAY lacks 3, TERRA_NIGHT lacks 3 of them."
    )
    sources["aqua_day"] = [RasterSource(make_stack("late", FIRST + timedelta(100), values), "late")]
    with pytest.raises(InputError, match=r"AQUA_DAY, from 2005-04-09 .*has no day in common with TERRA_DAY, TERRA_NIG"):
        open_series(sources).missing_days()


def test_observations_meet_the_day_and_the_cell_of_their_station(series):
    from osgeo import ogr, osr

    inputs, day, night = series
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(4326)
    places = [(80.005, 37.995), (80.015, 37.995), (80.025, 37.995)]
    wkb = tuple(bytes(ogr.CreateGeometryFromWkt(f"POINT ({x} {y})").ExportToWkb()) for x, y in places)
    points = Features("stations", wkb, (0, 1, 2), reference.ExportToWkt())
    columns = {
        "site": ["B", "a", "zz", "a", "b"],
        "day": ["2005-01-04", "2005-01-01", "2005-01-01", "2031-01-01", "2005-07-01"],
        "soil": [-3.5, -2, 1, 1, 7.25],
    }
    job = MatchUpJob(
        ObservedTable("loggers", columns, "site", "day", "soil"), StationPoints(("a", "b", "c"), points, "name"), inputs
    )
    found = run_matchup(job, Running())
    assert found.stations[:].tolist() == ["b", "a", "b"]
    assert found.dates[:].tolist() == [date(2005, 1, 4), date(2005, 1, 1), date(2005, 7, 1)]
    cells = [(5, 0, 1), (2, 0, 0), (183, 0, 1)]
    np.testing.assert_allclose(found.columns["terra_day"], [day[cell] for cell in cells])
    np.testing.assert_allclose(found.columns["terra_night"], [night[cell] for cell in cells])
    assert next(found.rows())[:4] == ("b", "2005-01-04", -3.5, day[5, 0, 1])
    assert (found.unknown, found.without_row) == (("zz",), ["c"])
    assert found.unmatched("loggers", "stations") == [
        "Stations of 'loggers' that have no point in 'stations': 'zz'.",
        "Stations without a row: c.",
    ]
    assert found.summary() == "2 of 3 stations, 2005-01-01 to 2005-07-01."
    assert (found.cleaning.rows, found.cleaning.used, found.cleaning.gaps["terra_night"]) == (5, 3, 1)


def test_a_table_has_no_digits_that_its_rasters_lack():
    found = MatchUps(
        Coded.of(["a"]), Coded.of(np.array(["2005-01-01"], "datetime64[D]")), Coded.of([1.23456]),
        {"aqua_day": np.float32([0.1])}, Cleaning(1, 1, (), {}), ("a",),
    )  # fmt: skip
    assert list(found.rows()) == [("a", "2005-01-01", 1.23456, 0.1)]
    assert found.fields() == {"station": str, "date": str, "gst": float, "aqua_day": float}
    assert found.unmatched("t", "l") == []


def test_means_and_shares_of_years():
    years = np.array([[1.0, np.nan, np.nan], [2.0, 4.0, np.nan]])
    np.testing.assert_array_equal(mean_of_years(years), np.float32([1.5, 4.0, np.nan]))
    np.testing.assert_array_equal(percentage(np.array([1, 0]), np.array([4, 0])), np.float32([25.0, np.nan]))


# The report ----------------------------------------------------------------------------------------


def small_fit(alphas=(0.5, 5.0, 50.0)):
    """Three stations of four days each, one in every season, with residuals chosen by hand."""
    stations = np.repeat(["Mohe", "Tanggula", "Wudaoliang"], 4)
    dates = np.tile(np.array(["2005-01-15", "2005-04-15", "2005-07-15", "2005-10-15"], "datetime64[D]"), 3)
    gst = np.array([-18.0, -2.0, 14.0, 1.0, -12.5, -4.0, 7.5, -3.0, -14.0, -3.0, 9.0, -1.0])
    day = gst * 1.1 + np.array([8.0, 12.0, 15.0, 9.0] * 3)
    lst = np.column_stack([day, day - 20 + np.array([1.0, -1.0, 0.5, -0.5] * 3)])
    random = gst + np.array([1.0, -0.5, -1.5, 0.5, 0.5, 1.0, -0.5, -1.0, 1.5, 0.0, -1.0, 0.5])
    station = gst + np.array([2.0, -1.0, -2.5, 1.0, 1.0, 1.5, -1.0, -1.5, 2.5, 0.5, -1.5, 1.0])
    seasons = np.tile(["DJF", "MAM", "JJA", "SON"], 3)
    validations = {
        name: Validation(scores(gst, values), scores_by(gst, values, stations), scores_by(gst, values, seasons))
        for name, values in (("random", random), ("station", station))
    }
    names = (*NAMES, "aqua_day")
    lst = np.column_stack([lst, lst[:, 0] + np.array([2.0, 1.0, 3.0] * 4)])
    equations = (equation(names, (4.0, 3.5, 1.25), -2.5), equation(NAMES, (5.0, 4.0), -2.75, 2.25))
    model = gst_model(*equations, predictors=names, **validations)
    curve = Curve(np.array(alphas), np.array([1.3, 1.1, 1.6]), np.array([1.8, 1.7, 1.9]))
    return Fit(
        model, Fitting(folds=4), TrainingTable.of(stations, dates, gst, lst, names), random, station, {"all": curve}
    )


CLEANING = Cleaning(
    rows=40,
    used=14,
    unused=(
        Unused("'gst' is missing", 1, "for example in row 3", "fill the gaps"),
        Unused("no LST has a value", 25, "for example in row 4", "choose days with LST", "62 % of the table"),
    ),
    gaps={"terra_day": 0, "terra_night": 0, "aqua_day": 2},
)


def test_golden_report():
    report = Report("Fit GST model")
    report_fitgstmodel(report, small_fit(), CLEANING)
    check_golden("fitgstmodel", report)


def test_residuals_are_averaged_by_observed_temperature():
    centres, random, station = small_fit().mean_residuals(5.0)
    # -12.5 and 7.5 lie between two bins: NumPy rounds half to even.
    np.testing.assert_array_equal(centres, [-20, -15, -10, -5, 0, 10, 15])
    np.testing.assert_allclose(random, [1.0, 1.5, 0.5, 0.0, 1 / 6, -0.75, -1.5])
    np.testing.assert_allclose(station, [2.0, 2.5, 1.0, 1 / 6, 1 / 3, -1.25, -2.5])


def test_a_penalty_at_the_end_of_its_range_is_a_warning():
    assert small_fit().warnings == ()
    assert small_fit((5.0, 50.0, 500.0)).warnings == (
        "The penalty 5 is at the end of its range: widen the range of penalties.",
    )
