"""The series of a pixel: what is read, what was filled, gaps that stay gaps, and the report."""

from datetime import date

import numpy as np
import pytest
from golden import check_golden
from permafrost_mapper.core.assess.seriesatpoint import DaySeries, PointSeries, changed_days
from permafrost_mapper.core.reports import charts
from permafrost_mapper.core.reports.report import Report
from permafrost_mapper.core.reports.seriesatpoint import report_seriesatpoint

NAN = float("nan")
POINT = "80.025,37.985 [EPSG:4326]"
# The cell that contains it.
ROW, COLUMN = 1, 2
FIRST = date(2005, 1, 1)


def test_observed_filled_and_missing():
    series = DaySeries("aqua_day", np.array([1.0, 2.0, 3.0, NAN]), np.array([1.0, NAN, 3.5, 4.0]))
    assert series.kinds() == ["observed", "filled", "observed", "missing"]
    assert series.label == "Aqua day"
    assert series.changed() == 1
    (warning,) = changed_days([series, DaySeries("terra_day", series.values)])
    assert warning.startswith("1 observed days of Aqua day are not as they were before filling")
    unknown = DaySeries("aqua_day", series.values)
    assert unknown.kinds() == ["", "", "", "missing"]
    assert not unknown.filled.any()


def made_by_hand():
    """Five days with a gap, of two overpasses; GST of a model; TTOP of three years with one missing."""
    days = np.arange("2005-06-01", "2005-06-06", dtype="datetime64[D]")
    day = DaySeries("terra_day", np.array([1.0, 2.0, NAN, 4.0, 5.0]), np.array([1.0, NAN, NAN, 4.0, 5.0]))
    night = DaySeries("terra_night", np.array([-1.0, -2.0, -3.0, NAN, -5.0]))
    gst = np.array([0.0, 0.5, NAN, NAN, 1.0])
    return PointSeries("80.5,36.2", days, (day, night), gst, True, (2003, 2004, 2005), np.array([-0.5, NAN, 0.25]))


def test_rows():
    found = made_by_hand()
    assert found.fields() == {
        "date": str,
        "terra_day": float,
        "terra_day_is": str,
        "terra_night": float,
        "gst": float,
    }
    rows = found.rows()
    assert rows[1] == ("2005-06-02", 2.0, "filled", -2.0, 0.5)
    assert rows[2][2] == "missing"
    assert np.isnan(rows[2][1])
    assert (found.filled, found.missing) == (1, 2)
    assert found.year_rows()[::2] == [(2003, -0.5), (2005, 0.25)]
    assert np.isnan(found.year_rows()[1][1])


def test_golden_report():
    report = Report("Series at a point")
    report_seriesatpoint(report, made_by_hand())
    check_golden("seriesatpoint", report)


def test_a_timeline_is_interrupted_where_days_are_missing():
    days = np.arange("2005-01-01", "2005-01-09", dtype="datetime64[D]")
    values = np.array([1.0, 2.0, NAN, 4.0, 5.0, 6.0, 7.0, 8.0])
    kept = np.arange(8) != 5
    svg = charts.timeline([charts.Series("GST", days[kept], values[kept])], "GST", "GST [°C]")
    (path,) = [part for part in svg.split("<") if part.startswith("path")]
    # Day 3 has no value, and day 6 is not there at all.
    assert path.count("M") == 3
    assert path.count("L") == 3
    # A day between two gaps is a dot.
    assert "h.1" not in svg
    alone = np.where(np.arange(8) == 4, NAN, values)
    assert "h.1" in charts.timeline([charts.Series("GST", days[kept], alone[kept])], "GST", "GST [°C]")
    dots = charts.timeline([charts.Series("LST", days, values, points=True)], "LST", "LST [°C]")
    (path,) = [part for part in dots.split("<") if part.startswith("path")]
    assert path.count("M") == 7


@pytest.mark.parametrize(
    ("first", "last", "ticks"),
    [
        ("2005-01-10", "2005-04-20", ["2005-02", "2005-03", "2005-04"]),
        ("2005-01-01", "2005-12-31", ["2005-01", "2005-03", "2005-05", "2005-07", "2005-09", "2005-11", "2006-01"]),
        ("2005-01-01", "2020-12-31", ["2006", "2008", "2010", "2012", "2014", "2016", "2018", "2020"]),
        ("1968-06-01", "1971-06-01", ["1968-07", "1969-01", "1969-07", "1970-01", "1970-07", "1971-01"]),
    ],
)
def test_dates_on_the_axis(first, last, ticks):
    days = np.array([first, last], "datetime64[D]")
    svg = charts.timeline([charts.Series("a", days, [0.0, 1.0])], "a", "a")
    texts = [part.partition(">")[2] for part in svg.split("<") if part.startswith("text")]
    assert [text for text in texts if text in ticks] == ticks
    assert not [text for text in texts if text[:2] in ("19", "20") and text not in ticks]


# The algorithm -------------------------------------------------------------------------------------------

pytest.importorskip("qgis.core")
gdal = pytest.importorskip("osgeo.gdal")


def table(path):
    """Return the rows of a CSV file as dicts."""
    import csv

    with open(path, encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def stacks(make_stack):
    """Two stacks of 40 and 20 days with ten days between them, filled and before."""
    random = np.random.default_rng(2)
    filled = random.uniform(-20, 20, (60, 4, 5)).round(2)
    before = np.where(random.random(filled.shape) < 0.4, np.nan, filled)
    filled[7, ROW, COLUMN] = np.nan
    before[7, ROW, COLUMN] = np.nan
    later = date(2005, 2, 20)
    return {
        "filled": [make_stack("filled_1", FIRST, filled[:40]), make_stack("filled_2", later, filled[40:])],
        "before": [make_stack("before_1", FIRST, before[:40]), make_stack("before_2", later, before[40:])],
        "values": (filled[:, ROW, COLUMN], before[:, ROW, COLUMN]),
    }


def test_the_pixel_is_read_and_its_gaps_are_gaps(run, stacks, tmp_path):
    filled, before = stacks["values"]
    done = run(
        "seriesatpoint",
        {
            "POINT": POINT,
            "TERRA_DAY": stacks["filled"],
            "OBSERVED_TERRA_DAY": stacks["before"],
            "GST": stacks["filled"],
            "TABLE": tmp_path / "days.csv",
            "OUTPUT_HTML": tmp_path / "o.html",
        },
    )
    assert done.ok, done.errors
    rows = table(tmp_path / "days.csv")
    # 40 days, 10 without a band, 20 days.
    assert len(rows) == done.results["DAYS"] == 70
    assert (rows[0]["date"], rows[-1]["date"]) == ("2005-01-01", "2005-03-11")
    read = [float(row["terra_day"]) if row["terra_day"] else NAN for row in rows]
    expected = np.concatenate([filled[:40], np.full(10, NAN), filled[40:]])
    np.testing.assert_allclose(read, expected, atol=0.006)
    assert [row["gst"] for row in rows] == [row["terra_day"] for row in rows]
    observed = np.concatenate([before[:40], np.full(10, NAN), before[40:]])
    kinds = np.where(np.isnan(expected), "missing", np.where(np.isnan(observed), "filled", "observed"))
    assert [row["terra_day_is"] for row in rows] == kinds.tolist()
    assert done.results["FILLED"] == np.count_nonzero(kinds == "filled")
    assert done.results["MISSING"] == 11
    assert "before filling" not in done.log


def test_another_stack_before_filling_is_a_warning(run, stacks):
    done = run(
        "seriesatpoint",
        {"POINT": POINT, "TERRA_DAY": stacks["filled"][:1], "OBSERVED_TERRA_DAY": stacks["before"][1:]},
    )
    # Days that are only in the stack before filling are missing afterwards.
    assert done.ok, done.errors
    assert done.results["DAYS"] == 70


def test_gst_of_a_model_is_that_of_predictgst(run, make_stack, tmp_path):
    random = np.random.default_rng(3)
    days = 365
    gst = -3 - 12 * np.cos(2 * np.pi * np.arange(days) / 365)[:, None, None] + random.normal(0, 2, (days, 4, 5))
    lst = {"TERRA_DAY": gst + 9 + random.normal(0, 1, gst.shape), "TERRA_NIGHT": gst - 8}
    lst["TERRA_DAY"][20:25, ROW, COLUMN] = np.nan
    rows = [
        f"S{column},{np.datetime64(FIRST) + day},{gst[day, 0, column]:.2f},"
        f"{lst['TERRA_DAY'][day, 0, column]:.2f},{lst['TERRA_NIGHT'][day, 0, column]:.2f}"
        for column in range(5)
        for day in range(days)
    ]
    training = tmp_path / "training.csv"
    training.write_text("\n".join(["station,date,gst,terra_day,terra_night", *rows, ""]))
    model = tmp_path / "model.json"
    fitted = run("fitgstmodel", {"INPUT": training, "PREDICTORS": ["terra_day", "terra_night"], "OUTPUT": model})
    assert fitted.ok, fitted.errors
    given = {"GST_MODEL": model, **{name: [make_stack(name, FIRST, values)] for name, values in lst.items()}}
    predicted = run("predictgst", {**given, "OUTPUT": tmp_path / "gst.tif"})
    assert predicted.ok, predicted.errors
    done = run("seriesatpoint", {**given, "POINT": POINT, "TABLE": tmp_path / "days.csv"})
    assert done.ok, done.errors
    stack = gdal.Open(str(tmp_path / "gst.tif"))
    stored = stack.ReadAsArray()[:, ROW, COLUMN]
    expected = np.where(stored == stack.GetRasterBand(1).GetNoDataValue(), NAN, 0.01 * stored)
    read = [float(row["gst"]) if row["gst"] else NAN for row in table(tmp_path / "days.csv")]
    assert np.isfinite(expected).sum() > 300
    np.testing.assert_allclose(read, expected, atol=0.0051)


def test_ttop_of_years_and_a_place_in_another_crs(run, make_raster, tmp_path):
    from osgeo import osr

    values = np.arange(60, dtype=np.float32).reshape(3, 4, 5) / 10 - 2
    values[1, ROW, COLUMN] = -9999
    path = make_raster("ttop", values, corner=(80.0, 38.0), cell=(0.01, -0.01), nodata=-9999)
    utm, degrees = osr.SpatialReference(), osr.SpatialReference()
    utm.ImportFromEPSG(32644)
    degrees.ImportFromEPSG(4326)
    degrees.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    x, y, _ = osr.CoordinateTransformation(degrees, utm).TransformPoint(80.025, 37.985)
    given = {"POINT": f"{x:.1f},{y:.1f} [EPSG:32644]", "TTOP": [path], "START_YEAR": 2005}
    done = run("seriesatpoint", {**given, "YEARS": tmp_path / "years.csv", "OUTPUT_HTML": tmp_path / "o.html"})
    assert done.ok, done.errors
    rows = table(tmp_path / "years.csv")
    assert [(int(row["year"]), row["ttop"]) for row in rows] == [(2005, "-1.3"), (2006, ""), (2007, "2.7")]
    assert "at or below 0 °C in 1 of 2 years" in (tmp_path / "o.html").read_text(encoding="utf-8")


def test_a_place_without_a_crs_is_one_of_the_first_raster(run, stacks, tmp_path):
    given = {"TERRA_DAY": stacks["filled"]}
    texts = []
    for point in (POINT, POINT.partition(" ")[0]):
        done = run("seriesatpoint", {**given, "POINT": point, "TABLE": tmp_path / "days.csv"})
        assert done.ok, done.errors
        texts.append((tmp_path / "days.csv").read_text())
    assert texts[0] == texts[1]


def test_nothing_but_the_tile_of_the_pixel_is_read(make_stack, monkeypatch):
    """One cell of each band, however large the grid."""
    from permafrost_mapper.raster.assess.seriesatpoint import PointSeriesJob, run_seriesatpoint
    from permafrost_mapper.raster.gst.overpasses import open_series
    from permafrost_mapper.raster.read import rasters
    from permafrost_mapper.raster.read.rasters import RasterSource
    from permafrost_mapper.raster.read.vectors import Features
    from permafrost_mapper.raster.run.blocks import Running

    path = make_stack("lst", FIRST, np.full((10, 30, 40), 3.0))
    series = open_series({"terra_day": [RasterSource(path, "lst")]})
    windows = []
    read = rasters.ValueReader.read_packed

    def watched(reader, window):
        windows.append((window.column, window.row, window.width, window.height))
        return read(reader, window)

    monkeypatch.setattr(rasters.ValueReader, "read_packed", watched)
    from osgeo import ogr

    point = bytes(ogr.CreateGeometryFromWkt("POINT (80.025 37.985)").ExportToWkb())
    features = Features("POINT", (point,), (0,), gdal.Open(path).GetProjection())
    found = run_seriesatpoint(PointSeriesJob(features, "here", series), Running(1))
    assert windows == 10 * [(COLUMN, ROW, 1, 1)]
    assert found.overpasses[0].values.tolist() == 10 * [3.0]
