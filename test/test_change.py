"""Change between windows of years: windows, transitions that add up, and the algorithm from yearly degree days on."""

import csv

import numpy as np
import pymannkendall
import pytest
from golden import check_golden
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from permafrost_mapper.core.assess.area import class_areas, zone_area_km2
from permafrost_mapper.core.assess.change import (
    TRANSITION_FIELDS,
    Change,
    Comparison,
    SlopeSums,
    Transitions,
    Trends,
)
from permafrost_mapper.core.assess.periods import Period, period_warnings, read_periods, window_means
from permafrost_mapper.core.assess.transitions import transition, transition_areas
from permafrost_mapper.core.classes import PERMAFROST_MAP, TRANSITIONS
from permafrost_mapper.core.errors import InputError
from permafrost_mapper.core.permafrost.ttop import ttop
from permafrost_mapper.core.reports.change import ChangeFigures, report_change
from permafrost_mapper.core.reports.report import Report
from permafrost_mapper.raster.read.rasters import RasterSource
from permafrost_mapper.raster.read.years import join_years, year_in

# Windows -------------------------------------------------------------------------------------------

YEARS = range(2005, 2021)


@pytest.mark.parametrize(
    ("text", "years", "labels"),
    [
        ("2005-2009, 2016-2020", YEARS, ["2005-2009", "2016-2020"]),
        ("2005 \u2013 2007; 2008; 2010-2030", YEARS, ["2005-2007", "2008", "2010-2030"]),
        ("2005/2009，2016～2020", YEARS, ["2005-2009", "2016-2020"]),
        ("2005 to 2009, ２０１６至２０２０", YEARS, ["2005-2009", "2016-2020"]),
        ("", YEARS, ["2005-2009", "2016-2020"]),
        ("", range(2001, 2008), ["2001-2003", "2005-2007"]),
        ("", [2001, 2004], ["2001", "2004"]),
    ],
)
def test_periods(text, years, labels):
    assert [period.label for period in read_periods(text, years)] == labels


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2005-2009", "and two or more are needed"),
        ("first, last", "and two or more are needed"),
        ("2005-09, 2016-20", "and two or more are needed"),
        ("2016-2020, 2005-2009", "overlap or are not in chronological"),
        ("2005-2010, 2010-2015", "overlap or are not in chronological"),
        ("2009-2005, 2016-2020", "overlap or are not in chronological"),
        ("1990-1995, 2005-2009", "There is no data for the window 1990-1995, only for years from 2005 to 2020"),
    ],
)
def test_what_are_no_periods(text, said):
    with pytest.raises(InputError, match=said):
        read_periods(text, YEARS)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("ttop_2005", 2005),
        ("2005-2006", 2005),
        ("2005-12-31", 2005),
        ("ttop 20051231", 2005),
        ("ttop_2005_mean", 2005),
        ("1899", 1899),
        # Lengths and numbers are no years.
        ("ttop_2000m_2005", 2005),
        ("ttop 2000 m", None),
        ("20059", None),
        ("20051399", None),
    ],
)
def test_years_in_names(text, year):
    assert year_in(text) == year


def test_a_window_needs_half_of_its_years():
    values = np.array([[1.0, 1.0, np.nan], [3.0, np.nan, np.nan], [5.0, 9.0, np.nan], [7.0, np.nan, 4.0]])
    first, last = window_means(values, [2001, 2002, 2003, 2004], [Period(2001, 2002), Period(2003, 2004)])
    np.testing.assert_array_equal(first, [2.0, 1.0, np.nan])
    np.testing.assert_array_equal(last, [6.0, 9.0, 4.0])
    # Years that nobody gave do not count against a cell.
    assert window_means(values, [2001, 2002, 2003, 2004], [Period(1990, 2001)])[0, 0] == 1.0
    assert np.isnan(window_means(values, [2001, 2002, 2003, 2004], [Period(2001, 2004)])[0, 2])


# Transitions ---------------------------------------------------------------------------------------


def test_every_pair_of_classes_has_a_name():
    pairs = {10 * before.value + after.value for before in PERMAFROST_MAP for after in PERMAFROST_MAP}
    assert {entry.value for entry in TRANSITIONS} == pairs
    assert len({entry.name for entry in TRANSITIONS}) == len({entry.colour for entry in TRANSITIONS}) == 16
    names = " ".join(entry.name for entry in TRANSITIONS).lower()
    assert "no longer in equilibrium with the climate" in names
    assert not any(word in names for word in ("disappear", "lost", "thaw", "degrad"))


@given(arrays(np.uint8, (3, 5, 6), elements=st.integers(0, 4)), st.integers(0, 9))
def test_transitions_add_up_to_the_classes_of_both_times(maps, seed):
    area = np.random.default_rng(seed).uniform(0.5, 1.5, (5, 6))
    pairs = [(0, 1), (1, 2), (0, 2)]
    areas = transition_areas(maps, area, pairs)
    counted = np.where((maps > 0).all(axis=0), 0, -1)
    for matrix, (before, after) in zip(areas, pairs):
        for axis, index in ((1, before), (0, after)):
            expected = class_areas(np.where(counted == 0, maps[index].astype(int) - 1, -1), area, counted, 4, 1)[0]
            np.testing.assert_allclose(matrix.sum(axis=axis), expected)
    np.testing.assert_allclose(areas.sum(axis=(1, 2)), area[counted == 0].sum())
    values = transition(maps[0], maps[2])
    np.testing.assert_array_equal(values, np.where((maps[0] > 0) & (maps[2] > 0), 10 * maps[0] + maps[2], 0))


# Results and report -------------------------------------------------------------------------------


def made_by_hand(trends=True):
    """100 km² at three times: 60, 55 and 50 km² of permafrost, 5 km² of it glacier at the end."""
    areas = np.zeros((3, 4, 4))
    areas[0, :2, :2] = [[54.5, 5.5], [0.5, 39.5]]
    areas[1, :2, :3] = [[49.0, 1.0, 5.0], [1.0, 44.0, 0.0]]
    areas[2, :2, :3] = [[49.5, 5.5, 5.0], [0.5, 39.5, 0.0]]
    transitions = Transitions(["2001-2005", "2006-2010", "2011-2015"], areas)
    if not trends:
        return Change(Transitions(["survey", "map"], areas[2:]))
    periods = tuple(read_periods("2001-2005, 2006-2010, 2011-2015", range(2001, 2016)))
    comparison = Comparison(tuple(range(2001, 2016)), periods, -0.5, 8, True, 0.05)
    cold = np.linspace(60, 52, 15)
    return Change(transitions, Trends(comparison, np.array([cold, np.full(15, 95.0)]), SlopeSums(42.5, 30, 2), 80))


def test_areas_of_a_change():
    found = made_by_hand().transitions
    assert found.pairs == [(0, 1), (1, 2), (0, 2)]
    assert found.permafrost_km2 == [60.0, 55.0, 50.0]
    assert (found.compared_km2, found.no_longer_km2, found.newly_km2) == (100.0, 5.5, 0.5)
    assert found.values() == {11, 12, 13, 21, 22}
    assert len(found.rows()) == 4 + 5 + 5
    row = dict(zip(TRANSITION_FIELDS, found.rows()[1]))
    assert (row["before"], row["after"], row["area_km2"]) == ("2001-2005", "2006-2010", 5.5)
    assert (row["class_before"], row["class_after"]) == ("Permafrost", "Seasonally frozen ground")
    assert row["percent_of_class_before"] == pytest.approx(100 * 5.5 / 60)


def test_numbers_of_a_trend():
    found = made_by_hand().trends
    assert (found.slope_mean, found.warming_percent, found.cooling_percent) == (0.53125, 37.5, 2.5)
    assert found.percent[0] == pytest.approx(100 * 60 / 95)
    assert found.years_of(Period(2014, 2020)) == 2
    assert found.mean_percent(Period(2001, 2002)) == pytest.approx(100 * (60 - 8 / 28) / 95)
    nothing = Trends(found.comparison, np.zeros((2, 15)), SlopeSums(), 0)
    assert np.isnan([nothing.slope_mean, nothing.warming_percent, nothing.cooling_percent, *nothing.percent]).all()


def test_limits_of_classes_covers_and_significance():
    comparison = Comparison((2001, 2002, 2003, 2004), (Period(2001, 2002), Period(2003, 2004)), 0.5, min_years=4)
    # At the threshold it is permafrost; covered by half it is glacier or lake, and inside the basin.
    ttop = np.full((4, 1, 5), 0.5, np.float32)
    ttop[2:, 0, 1] = 0.51
    glaciers, lakes, basin = (np.zeros((1, 5)) for _ in range(3))
    glaciers[0, 2], lakes[0, 3], basin[0] = 0.5, 0.5, [0.5, 0.5, 1, 1, 0.49]
    found = comparison.compare(ttop, np.full((1, 5), 2.0), glaciers, lakes, basin)
    assert found.transitions.tolist() == [[11, 12, 33, 44, 0]]
    assert found.sums.areas_km2[0].sum() == 8
    assert found.sums.curve_km2.tolist() == [[4, 4, 2, 2], [4, 4, 4, 4]]
    assert np.isnan(found.slope).tolist() == [[False, False, True, True, True]]
    assert found.sums.has_ground
    assert not comparison.compare(np.full((4, 1, 1), np.nan, np.float32), np.ones((1, 1))).sums.has_ground
    slopes = SlopeSums.of(np.array([0.25, -0.5, 1.0, 0.0]), np.array([0.1, 0.1, 0.11, 0.01]), 0.1)
    assert slopes == SlopeSums(0.75, 1, 1)
    assert slopes + slopes == SlopeSums(1.5, 2, 2)


@pytest.mark.parametrize(("name", "trends"), [("change", True), ("change_maps", False)])
def test_golden_report(name, trends):
    report = Report("Change of permafrost")
    figures = ChangeFigures("<svg/>", "<svg/>") if trends else ChangeFigures()
    report_change(report, made_by_hand(trends), figures)
    check_golden(name, report)


def test_warnings_of_thin_years():
    said = period_warnings([2001, 2002, 2004, 2005, 2006], [Period(2001, 2002), Period(2004, 2006)], 6)
    assert said[0] == "Years without TTOP: 2003."
    assert "The window 2001-2002 contains 2 of the years" in said[1]
    assert said[2] == "There are 5 years, and a trend needs 6: no trend is tested."
    assert len(said) == 3
    assert period_warnings(range(2001, 2007), [Period(2001, 2003), Period(2004, 2006)], 6) == []


# From yearly degree days ---------------------------------------------------------------------------

gdal = pytest.importorskip("osgeo.gdal")
N = 16


def name_bands(path, names):
    dataset = gdal.Open(path, gdal.GA_Update)
    for number, name in enumerate(names, start=1):
        dataset.GetRasterBand(number).SetDescription(name)
    return path


@pytest.fixture
def degree_days(make_raster):
    """Sixteen years on 24 x 30 cells: colder to the north, warming to the east, with gaps."""
    random = np.random.default_rng(7)
    warming = np.linspace(0, 0.15, 30) * np.arange(N)[:, np.newaxis, np.newaxis]
    mean = np.linspace(-2, 2, 24)[:, np.newaxis] + warming + random.normal(0, 0.4, (N, 1, 1))
    mean = mean + random.normal(0, 0.1, (N, 24, 30))
    ddt, ddf = 1200 + 180 * mean, 1200 - 180 * mean
    ddt[random.uniform(size=ddt.shape) < 0.02] = -9999
    ddt[:, 0, 0] = -9999
    ddt[2:, 3, 4] = -9999
    bands = [np.asarray(values, np.float32) for values in (ddt, ddf)]
    paths = [make_raster(name, values, nodata=-9999) for name, values in zip(("ddt", "ddf"), bands)]
    for path in paths:
        name_bands(path, [str(year) for year in YEARS])
    with np.errstate(invalid="ignore"):
        expected = np.where(bands[0] == -9999, np.nan, ttop(*bands, 0.8))
    return paths, expected


@pytest.fixture
def yearly(run, degree_days, tmp_path):
    """TTOP of these years as the algorithm makes it."""
    (ddt, ddf), expected = degree_days
    output = str(tmp_path / "ttop.tif")
    done = run("ttop", {"DDT": ddt, "DDF": ddf, "RK_VALUE": 0.8, "OUTPUT": output})
    assert done.ok, done.errors
    return output, expected


def test_ttop_has_a_band_per_year(yearly, degree_days, run, tmp_path):
    path, expected = yearly
    dataset = gdal.Open(path)
    assert [dataset.GetRasterBand(i + 1).GetDescription() for i in range(N)] == [str(year) for year in YEARS]
    values = dataset.ReadAsArray()
    np.testing.assert_array_equal(np.where(values == -9999, np.nan, values), expected.astype(np.float32))
    # A single band is what it was, whatever it is called.
    single = str(tmp_path / "single.tif")
    bands = [gdal.Translate(str(tmp_path / f"{i}.tif"), path, bandList=[4]) for i, path in enumerate(degree_days[0])]
    del bands
    assert run("ttop", {"DDT": tmp_path / "0.tif", "DDF": tmp_path / "1.tif", "RK_VALUE": 0.8, "OUTPUT": single}).ok
    dataset = gdal.Open(single)
    assert (dataset.RasterCount, dataset.GetRasterBand(1).GetDescription()) == (1, "TTOP")
    np.testing.assert_array_equal(dataset.ReadAsArray(), values[3])


def table(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def expected_maps(values):
    """Mean TTOP of the first and the last five years, and which cells have one."""
    means = []
    for part in (values[:5], values[-5:]):
        enough = np.count_nonzero(~np.isnan(part), axis=0) >= 2.5
        means.append(np.where(enough, np.nanmean(np.where(enough, part, 0.0), axis=0, dtype=float), np.nan))
    return means


def test_change(run, yearly, tmp_path):
    path, values = yearly
    outputs = {name: tmp_path / f"{name}.tif" for name in ("OUTPUT", "TREND", "SIGNIFICANCE")}
    files = {"TABLE": tmp_path / "table.csv", "OUTPUT_HTML": tmp_path / "report.html"}
    done = run("change", {"TTOP": [path], "PERIODS": "2005-2009, 2016-2020", **outputs, **files})
    assert done.ok, done.errors

    first, last = expected_maps(values.astype(np.float32))
    known = ~np.isnan(first) & ~np.isnan(last)
    classes = [np.where(mean <= 0, 1, 2) for mean in (first, last)]
    transitions = gdal.Open(str(outputs["OUTPUT"])).ReadAsArray()
    np.testing.assert_array_equal(transitions, np.where(known, 10 * classes[0] + classes[1], 0))
    assert {12, 11, 22} <= set(transitions.ravel().tolist())

    north = 40 - 0.1 * np.arange(24)
    area = np.repeat(zone_area_km2(north - 0.1, north, 0.1, 6378137.0, 298.257223563)[:, np.newaxis], 30, axis=1)
    rows = {(row["class_before"], row["class_after"]): float(row["area_km2"]) for row in table(files["TABLE"])}
    names = {1: "Permafrost", 2: "Seasonally frozen ground"}
    for value in (11, 12, 22):
        assert rows[names[value // 10], names[value % 10]] == pytest.approx(area[transitions == value].sum())
    results = done.results
    assert results["PERMAFROST_FIRST_KM2"] == pytest.approx(area[known & (classes[0] == 1)].sum())
    assert results["PERMAFROST_LAST_KM2"] == pytest.approx(area[known & (classes[1] == 1)].sum())
    assert results["COMPARED_KM2"] == pytest.approx(sum(rows.values()))
    assert results["NO_LONGER_KM2"] - results["NEWLY_KM2"] == pytest.approx(
        results["PERMAFROST_FIRST_KM2"] - results["PERMAFROST_LAST_KM2"]
    )

    slope, adjusted = (gdal.Open(str(outputs[name])).ReadAsArray() for name in ("TREND", "SIGNIFICANCE"))
    p_values = {}
    for row, column in ((5, 5), (12, 29), (20, 14), (0, 1), (23, 0)):
        theirs = pymannkendall.original_test(values[:, row, column].astype(np.float32))
        assert slope[row, column] == pytest.approx(10 * theirs.slope, rel=1e-5)
        p_values[row, column] = theirs.p
    assert slope[0, 0] == slope[3, 4] == adjusted[0, 0] == adjusted[3, 4] == -9999
    all_p = np.full(slope.shape, np.nan)
    for row, column in zip(*np.nonzero(slope != -9999)):
        all_p[row, column] = pymannkendall.original_test(values[:, row, column].astype(np.float32)).p
    for place, p in p_values.items():
        rate = min(1.0, min(np.count_nonzero(~np.isnan(all_p)) * q / np.nansum(all_p <= q) for q in all_p[all_p >= p]))
        assert adjusted[place] == pytest.approx(rate, rel=1e-4)
    significant = (adjusted <= 0.1) & (adjusted >= 0)
    assert 0 < significant.sum() < significant.size
    assert results["WARMING_PERCENT"] == pytest.approx(100 * (significant & (slope > 0)).sum() / (slope != -9999).sum())

    html = files["OUTPUT_HTML"].read_text(encoding="utf-8")
    assert "no longer in equilibrium with the climate" in html
    assert "Zhao et al. 2025" in html
    assert not any(word in html.lower() for word in ("disappear", "permafrost loss", "permafrost was lost"))


def test_years_in_several_files_and_in_any_order(run, yearly, make_raster, tmp_path):
    path, values = yearly
    stored = np.where(np.isnan(values), -9999, values).astype(np.float32)
    later = name_bands(make_raster("later", stored[9:], nodata=-9999), [str(year) for year in YEARS[9:]])
    single = make_raster("ttop_2013", stored[8], nodata=-9999)
    earlier = make_raster("earlier", stored[:8], nodata=-9999)
    name_bands(earlier, [f"{year}-{year + 1}" for year in YEARS[:8]])
    whole = run("change", {"TTOP": [path], "OUTPUT": tmp_path / "whole.tif", "TREND": tmp_path / "whole_trend.tif"})
    parts = run(
        "change",
        {
            "TTOP": [later, single, earlier],
            "PERIODS": "2005-2009, 2016-2020",
            "OUTPUT": tmp_path / "parts.tif",
            "TREND": tmp_path / "parts_trend.tif",
            "MEMORY": 64,
            "THREADS": 1,
        },
    )
    assert whole.ok, whole.errors
    assert parts.ok, parts.errors
    for name in ("", "_trend"):
        one, other = (gdal.Open(str(tmp_path / f"{kind}{name}.tif")).ReadAsArray() for kind in ("whole", "parts"))
        np.testing.assert_array_equal(one, other)
    assert parts.results["NO_LONGER_KM2"] == whole.results["NO_LONGER_KM2"]


def test_maps_and_glaciers(run, yearly, make_raster, tmp_path):
    """Maps made by 'classify' of the windows' means say the same as the windows, with glaciers and lakes."""
    path, values = yearly
    cover = np.zeros((24, 30), np.uint8)
    cover[10:13, 10:20] = 1
    glaciers, lakes = make_raster("glaciers", cover), make_raster("lakes", np.roll(cover, 5, axis=0))
    maps = []
    for label, mean in zip(("then", "now"), expected_maps(values.astype(np.float32))):
        stored = np.where(np.isnan(mean), -9999, mean).astype(np.float32)
        maps.append(str(tmp_path / f"{label}.tif"))
        inputs = {"TTOP": make_raster(f"ttop_{label}", stored, nodata=-9999), "GLACIERS": glaciers, "LAKES": lakes}
        assert run("classify", {**inputs, "OUTPUT": maps[-1]}).ok
    windows = {"TTOP": [path], "GLACIERS": glaciers, "LAKES": lakes, "TREND": tmp_path / "trend.tif"}
    one = run("change", {**windows, "OUTPUT": tmp_path / "windows.tif"})
    other = run("change", {"MAPS": maps, "OUTPUT": tmp_path / "maps.tif", "OUTPUT_HTML": tmp_path / "maps.html"})
    assert one.ok, one.errors
    assert other.ok, other.errors
    transitions = [gdal.Open(str(tmp_path / f"{name}.tif")).ReadAsArray() for name in ("windows", "maps")]
    np.testing.assert_array_equal(*transitions)
    assert {33, 44} <= set(transitions[0].ravel().tolist())
    assert one.results["PERMAFROST_LAST_KM2"] == pytest.approx(other.results["PERMAFROST_LAST_KM2"])
    assert other.results["SLOPE_MEAN"] is None
    slope = gdal.Open(str(tmp_path / "trend.tif")).ReadAsArray()
    assert (slope[cover == 1] == -9999).all()
    assert (slope[cover == 0] != -9999).any()
    assert "Permafrost then" in (tmp_path / "maps.html").read_text(encoding="utf-8")


def test_maps_of_a_later_year_first_are_refused(run, make_raster, tmp_path):
    """What is lost would be told as gained."""
    maps = [make_raster(name, np.array([[1, 2]], np.uint8)) for name in ("map_2001-2010", "map_1991-2000")]
    done = run("change", {"MAPS": maps, "OUTPUT": tmp_path / "change.tif"})
    assert not done.ok
    assert done.errors[0].startswith("'map_2001-2010' is given before 'map_1991-2000', and maps have to be in the")
    assert not (tmp_path / "change.tif").exists()
    assert run("change", {"MAPS": maps[::-1]}).ok
    assert run("change", {"MAPS": maps, "PERIODS": "model A, model B"}).ok


def test_the_jobs_run_without_qgis(degree_days, make_raster, tmp_path):
    from permafrost_mapper.raster.assess.change import ChangeOutputs, MapsJob, YearsJob, run_change
    from permafrost_mapper.raster.read.classes import ClassSource
    from permafrost_mapper.raster.run.blocks import Running
    from permafrost_mapper.raster.write.provenance import Provenance

    values = degree_days[1].astype(np.float32)
    path = name_bands(make_raster("years", np.nan_to_num(values, nan=-9999), nodata=-9999), [str(y) for y in YEARS])
    source = RasterSource(path, "years")
    comparison = Comparison(tuple(YEARS), tuple(read_periods("", YEARS)), threshold=0.5)
    job = YearsJob(join_years([source]), source, comparison)
    outputs = ChangeOutputs(*(str(tmp_path / f"{name}.tif") for name in ("transitions", "trend", "significance")))
    shares = []
    found = run_change(job, outputs, Provenance("test"), Running(1, progress=shares.append))
    first, last = (np.where(np.isnan(mean), 0, 1 + (mean > 0.5)) for mean in expected_maps(values))
    transitions = gdal.Open(outputs.transitions).ReadAsArray()
    np.testing.assert_array_equal(transitions, np.where((first > 0) & (last > 0), 10 * first + last, 0))
    assert found.transitions.labels == ["2005-2009", "2016-2020"]
    slope = gdal.Open(outputs.trend).ReadAsArray()
    assert found.trends.cells == np.count_nonzero(slope != -9999)
    assert found.trends.slope_mean == pytest.approx(slope[slope != -9999].mean(), rel=1e-5)
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1)

    maps = tuple(
        ClassSource(make_raster(f"map{i}", np.uint8(part)), f"map {i}") for i, part in enumerate((first, last))
    )
    again = run_change(MapsJob(maps, ("then", "now")), ChangeOutputs(), Provenance("test"), Running(1))
    assert again.trends is None
    np.testing.assert_array_equal(again.transitions.areas_km2, found.transitions.areas_km2)


def test_the_figure_of_significant_trends(make_raster):
    from permafrost_mapper.raster.publish.preview import significant_figure

    slope, p = (
        RasterSource(make_raster(name, np.float32(v)), name) for name, v in (("a", [[0.31, -0.1]]), ("b", [[0.1, 0.2]]))
    )
    # Six tenths, in thirds of tenths: the least limit whose legend has whole tenths.
    assert "0.6 °C" in significant_figure(slope, p, 0.1, "°C", "Trends")
    assert significant_figure(slope, p, 0.05, "°C", "Trends") == ""


def test_three_windows_give_each_step_and_the_whole(run, yearly, tmp_path):
    path, _ = yearly
    done = run(
        "change",
        {"TTOP": [path], "PERIODS": "2005-2008, 2010-2013, 2017-2020", "TABLE": tmp_path / "table.csv"},
    )
    assert done.ok, done.errors
    steps = {(row["before"], row["after"]) for row in table(tmp_path / "table.csv")}
    assert steps == {("2005-2008", "2010-2013"), ("2010-2013", "2017-2020"), ("2005-2008", "2017-2020")}


def test_bands_without_years_are_numbered_from_the_first(run, yearly, make_raster, tmp_path):
    values = yearly[1]
    stored = np.where(np.isnan(values), -9999, values).astype(np.float32)
    nameless = make_raster("nameless", stored, nodata=-9999)
    done = run("change", {"TTOP": [nameless], "START_YEAR": 1991, "OUTPUT": tmp_path / "o.tif"})
    assert done.ok, done.errors
    assert "1991 to 2006; windows 1991-1995, 2002-2006" in done.log


def test_a_first_year_keeps_the_steps_of_the_bands(make_raster):
    path = name_bands(make_raster("gap", np.zeros((3, 2, 2), np.float32)), ["2005", "2006", "2009"])
    assert join_years([RasterSource(str(path), "gap")]).years == (2005, 2006, 2009)
    assert join_years([RasterSource(str(path), "gap")], 1991).years == (1991, 1992, 1995)


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"AUTOCORRELATION": "hamed_rao"}, ""),
        ({"MIN_YEARS": 17}, "lower MIN_YEARS"),
        ({"PERIODS": "2005, 2020"}, ""),
    ],
)
def test_options(run, yearly, tmp_path, parameters, said):
    path, _ = yearly
    done = run("change", {"TTOP": [path], "SIGNIFICANCE": tmp_path / "s.tif", **parameters})
    assert done.ok == (not said), done.errors
    if said:
        assert said in done.errors[0]
    if "PERIODS" in parameters:
        assert "contains 1 of the years: so short a window shows weather" in done.log


def test_no_significant_trend_in_a_map_without_any(run, make_raster, tmp_path):
    values = np.random.default_rng(9).normal(0, 0.5, (12, 30, 40)).astype(np.float32)
    path = name_bands(make_raster("noise", values), [str(year) for year in range(2001, 2013)])
    done = run("change", {"TTOP": [path], "OUTPUT_HTML": tmp_path / "r.html", "TREND": tmp_path / "t.tif"})
    assert done.ok, done.errors
    assert done.results["WARMING_PERCENT"] == done.results["COOLING_PERCENT"] == 0
