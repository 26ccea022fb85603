"""The jobs of the permafrost room from plain Python, and their reports, without QGIS."""

import pickle
from dataclasses import dataclass, replace
from types import SimpleNamespace

import numpy as np
import pytest

gdal = pytest.importorskip("osgeo.gdal")

from golden import check_golden
from permafrost_mapper.core.classes import PERMAFROST_ZONES
from permafrost_mapper.core.errors import InputError
from permafrost_mapper.core.permafrost.activelayer import ActiveLayerResult, Soil, Thickness
from permafrost_mapper.core.permafrost.calibrate import calibrate, candidates
from permafrost_mapper.core.permafrost.calibration_result import CalibrationResult, CalibrationSettings
from permafrost_mapper.core.permafrost.cross_validation import CrossValidation, cross_validate
from permafrost_mapper.core.permafrost.rk import RkTable
from permafrost_mapper.core.reports.activelayer import report_activelayer
from permafrost_mapper.core.reports.calibraterk import report_calibraterk
from permafrost_mapper.core.reports.numbers import area
from permafrost_mapper.core.reports.report import Report
from permafrost_mapper.raster.permafrost.activelayer import ActiveLayerJob, run_activelayer
from permafrost_mapper.raster.permafrost.calibrate import (
    CalibrationJob,
    SurveyRasters,
    count_by_fold,
    run_calibration,
    survey_extent,
)
from permafrost_mapper.raster.permafrost.classify import ClassifyJob, run_classify
from permafrost_mapper.raster.permafrost.degree_day_inputs import DegreeDayInputs, TtopInputs
from permafrost_mapper.raster.permafrost.frostnumber import FrostNumberJob, run_frostnumber
from permafrost_mapper.raster.permafrost.probability import ProbabilityJob, ProbabilityOutputs, run_probability
from permafrost_mapper.raster.permafrost.rk import FractionsJob, LandCoverJob, match_layers, run_rk
from permafrost_mapper.raster.permafrost.ttop import TtopJob, run_ttop
from permafrost_mapper.raster.read.area import CellAreaSource
from permafrost_mapper.raster.read.classes import ClassSource
from permafrost_mapper.raster.read.rasters import RasterSource
from permafrost_mapper.raster.read.tiles import TileSource
from permafrost_mapper.raster.run.blocks import Running, plan_windows
from permafrost_mapper.raster.write.provenance import Provenance


def read(path):
    return gdal.Open(str(path)).ReadAsArray()


# Calibration ---------------------------------------------------------------------------------------


def test_counts_are_those_of_the_whole_raster_whatever_the_windows(make_raster):
    random = np.random.default_rng(4)
    ddt, ddf = random.uniform(200, 2000, (2, 700, 900)).astype(np.float32)
    ddt[:5], ddf[3, 7] = -9999, -9999
    classes, reference = random.integers(1, 4, (2, 700, 900)).astype(np.uint8)
    paths = [make_raster("ddt", ddt, nodata=-9999), make_raster("ddf", ddf, nodata=-9999)]
    survey = SurveyRasters(
        *(RasterSource(path, "degree days") for path in paths),
        ClassSource(make_raster("classes", classes), "classes"),
        ClassSource(make_raster("reference", reference), "reference"),
        permafrost=(1,),
        not_compared=(3,),
        without_r_k=(2,),
    )
    blocks = TileSource(150)
    assert len(plan_windows(survey.grid, [], Running(7, 64))) > 1
    tried = candidates(0.25, 2.25)
    # All cells at once.
    used = (ddt > 0) & (ddf > 0) & (classes != 2) & (reference != 3)
    block = np.arange(700)[:, np.newaxis] // 150 * 6 + np.arange(900) // 150
    fold_of = random.permutation(30)[np.newaxis] % 4
    expected = np.zeros((1, 4, 2, len(tried) + 1, 2), np.int64)
    limit = np.searchsorted(tried, ddf[used].astype(float) / ddt[used], side="right")
    place = (fold_of[0][block[used]], (classes[used] == 3).astype(int), limit, (reference[used] != 1).astype(int))
    np.add.at(expected[0], place, 1)
    for running in (Running(1, 1024), Running(7, 64)):
        legend, cells, notes = survey_extent(survey, blocks, running)
        assert notes == []
        np.testing.assert_array_equal(legend, [1, 3])
        np.testing.assert_array_equal(cells, np.bincount(block[used]))
        np.testing.assert_array_equal(count_by_fold(survey, blocks, legend, tried, fold_of, running), expected)


@pytest.mark.parametrize("fill", [0, 255])
def test_a_calibration_tells_fill_values_of_the_survey(make_raster, tmp_path, fill):
    """They count as ground without permafrost, and pull r_k up."""
    ddt, ddf = np.random.default_rng(1).uniform((800, 500), 2000, (40, 60, 2)).astype(np.float32).transpose(2, 0, 1)
    survey = np.where(np.arange(60) < 30, fill, np.where(ddf >= 0.8 * ddt, 1, 2)).astype(np.uint8)
    rasters = SurveyRasters(
        RasterSource(make_raster("ddt", ddt), "ddt"),
        RasterSource(make_raster("ddf", ddf), "ddf"),
        ClassSource(make_raster("classes", np.ones((40, 60), np.uint8)), "soils"),
        ClassSource(make_raster("survey", survey), "survey"),
        permafrost=(1,),
    )
    job = CalibrationJob(rasters, CalibrationSettings((0.4, 1.2), folds=4, repeats=2), 10)
    result = run_calibration(job, str(tmp_path / "rk.tif"), Provenance("test"), Running(1))
    assert f"1200 cells of 'survey' hold {fill}, which seems to stand for no value" in result.warnings[0]


def test_a_calibration_finds_the_r_k_of_the_ground(make_raster, tmp_path):
    random = np.random.default_rng(1)
    ddt, ddf = random.uniform((800, 500), 2000, (40, 60, 2)).astype(np.float32).transpose(2, 0, 1)
    classes = np.where(np.arange(60) < 30, 1, 2) * np.ones((40, 1), np.uint8)
    classes[:, :5] = 7
    survey = np.where(ddf >= np.where(classes == 1, 0.6, 1.0) * ddt, 5, 6).astype(np.uint8)
    rasters = SurveyRasters(
        RasterSource(make_raster("ddt", ddt), "ddt"),
        RasterSource(make_raster("ddf", ddf), "ddf"),
        ClassSource(make_raster("classes", classes.astype(np.uint8)), "soils"),
        ClassSource(make_raster("survey", survey), "survey"),
        permafrost=(5,),
        without_r_k=(7,),
    )
    job = CalibrationJob(rasters, CalibrationSettings((0.4, 1.2), folds=4, repeats=2), 10)
    output = tmp_path / "rk.tif"
    result = run_calibration(job, str(output), Provenance("test"), Running(1))
    np.testing.assert_allclose(result.calibration.r_k, [0.6, 1.0], atol=0.005)
    assert (result.cells, result.blocks, result.block_size) == (40 * 55, 24, 10)
    assert result.kappa >= result.kappa_held_out > 0.98 > result.kappa_uniform
    r_k = read(output)
    assert (r_k[:, :5] == -9999).all()
    np.testing.assert_allclose([r_k[0, 10], r_k[0, 50]], result.calibration.r_k, rtol=1e-6)
    table = result.table()
    assert [(row["class"], row["n"]) for row in table] == [(1, 1000), (2, 1200), (7, "")]
    assert result.warnings == ()


@pytest.fixture
def calibration():
    """Three classes and two folds, twice; the survey has one cell of the third class."""
    tried = candidates(0.5, 1.0)
    random = np.random.default_rng(7)
    counts = np.zeros((2, 2, 3, len(tried) + 1, 2), np.int64)
    for one, (limit, n) in enumerate(((250, 200), (380, 150), (300, 1))):
        place = random.integers(0, len(tried) + 1, n)
        # Near the limit the survey is in doubt.
        kind = (place + random.normal(0, 40, n) < limit).astype(int)
        for repeat in counts:
            np.add.at(repeat, (random.integers(0, 2, n), one, place, kind), 1)
    settings = CalibrationSettings((0.5, 1.0), folds=2, repeats=2, min_cells=30)
    everything = counts[0].sum(axis=0)
    return CalibrationResult(
        settings,
        "soils",
        "survey",
        {1: "Sand", 2: "Peat & moss"},
        np.array([1, 2, 5]),
        (9,),
        36,
        10,
        everything,
        calibrate(everything, tried, 30),
        cross_validate(counts, tried, 30),
        ("BLOCK_SIZE is raised from 5 to 10 cells: the map is too large for smaller blocks.",),
    )


def test_the_report_of_a_calibration(calibration):
    report = Report("Calibrate r_k")
    report_calibraterk(report, calibration)
    check_golden("calibraterk", report)


def test_what_may_be_wrong_with_a_calibration_is_said(calibration):
    (note,) = calibration.warnings
    assert note.startswith("BLOCK_SIZE is raised from 5 to 10")
    narrow = replace(calibration, settings=replace(calibration.settings, r_k_range=(0.753, 2.0)), notes=())
    assert narrow.warnings == (
        "r_k lies at an end of the range 0.753 to 2 for the classes 1: check DDT and DDF there, or widen the range.",
    )
    held_out = calibration.held_out
    worse = [[replace(held, by_class=held.uniform[::-1]) for held in folds] for folds in held_out.repeats]
    useless, missing = replace(calibration, held_out=CrossValidation(worse, 3), notes=()).warnings
    assert useless.startswith("On held-out cells r_k by class (kappa -0.")
    assert useless.endswith("than the best single r_k (0.7448): use r_k 0.766 for all cells, or other classes.")
    assert missing.startswith("3 folds could not be held out, because the rest")
    above = replace(calibration.calibration, tried=calibration.calibration.tried + 0.2)
    (unusual,) = replace(calibration, calibration=above, notes=()).warnings
    assert unusual.startswith("r_k exceeds 1 for the classes 2, ")


# Degree days ---------------------------------------------------------------------------------------

RUN = (Provenance("test"), Running(2))


@pytest.fixture
def degree_days(make_raster):
    """Degree days of two years and three cells, of which one holds the fill value 9999 in the second year."""
    ddt = np.array([[[1800, 500, 2000]], [[1700, 600, 9999]]], np.float32)
    ddf = np.array([[[1700, 2500, 400]], [[1700, 2400, 900]]], np.float32)
    return DegreeDayInputs(
        RasterSource(make_raster("ddt", ddt, nodata=-1), "ddt"), RasterSource(make_raster("ddf", ddf, nodata=-1), "ddf")
    )


def test_ttop_of_two_years(degree_days, make_raster, tmp_path):
    output = str(tmp_path / "ttop.tif")
    warnings = run_ttop(TtopJob(TtopInputs(degree_days, 0.8), n_f=0.5), output, *RUN).warnings
    # By hand: (0.8 x 1800 - 850) / 0.8 / 365, (0.8 x 500 - 1250) / 365 and so on.
    expected = [[[2.02055, -2.32877, 4.79452]], [[1.74658, -1.9726, -9999]]]
    np.testing.assert_allclose(read(output), expected, rtol=1e-5)
    assert warnings == (
        "In 1 of 6 cells DDT and DDF have a combination that no year has, for example 9999 and 900 in 'ddt' and 'ddf', "
        "and are treated as missing: tag the fill value as nodata.",
    )
    r_k = RasterSource(make_raster("rk", np.array([[0.8, 1.0, -1]], np.float32), nodata=-1), "rk")
    assert run_ttop(TtopJob(TtopInputs(degree_days, r_k, days=100)), output, *RUN).warnings == warnings
    np.testing.assert_allclose(read(output)[:, 0], [[-2.6, -20, -9999], [-3.4, -18, -9999]], rtol=1e-5)


def test_degree_days_of_other_years_are_refused(degree_days, tmp_path):
    for source, name in ((degree_days.ddt, "2005"), (degree_days.ddf, "2006")):
        dataset = gdal.Open(source.path, gdal.GA_Update)
        dataset.GetRasterBand(2).SetDescription(f"ttop {name}")
        del dataset
    with pytest.raises(InputError, match=r"Band 2 is 'ttop 2005' in 'ddt' and 'ttop 2006' in 'ddf': use degree days"):
        run_ttop(TtopJob(TtopInputs(degree_days, 0.8)), str(tmp_path / "ttop.tif"), *RUN)
    assert not (tmp_path / "ttop.tif").exists()


def test_the_frost_number_of_a_raster(degree_days, tmp_path):
    output = str(tmp_path / "frost.tif")
    assert run_frostnumber(FrostNumberJob(degree_days), output, *RUN).warnings == ()
    # By hand: 41.231 / (41.231 + 42.426), 50 / (50 + 22.361), 20 / (20 + 44.721).
    np.testing.assert_allclose(read(output), [[0.492857, 0.690983, 0.309017]], rtol=1e-5)


def test_the_probability_of_a_raster(degree_days, tmp_path):
    outputs = ProbabilityOutputs(str(tmp_path / "probability.tif"), str(tmp_path / "zones.tif"))
    job = ProbabilityJob(TtopInputs(degree_days, 0.8), gst_error=0.7, members=50)
    result = run_probability(job, outputs, *RUN)
    percent, zone = read(outputs.probability)[0], read(outputs.zones)[0]
    # TTOP is -0.7, -5.8 and 8.7 K from 0 degC.
    assert 60 < percent[0] < 90
    np.testing.assert_array_equal(percent[1:], [100, 0])
    np.testing.assert_array_equal(zone, [2, 1, 5])
    area = result.zone_km2(PERMAFROST_ZONES[0])
    # A cell of 0.1 degrees at 40 degrees north.
    assert area == pytest.approx(94.9, abs=0.1)
    assert result.mean_km2 == pytest.approx(area * (1 + percent[0] / 100), rel=1e-6)
    assert result.interval_km2 == pytest.approx((area, 2 * area))
    assert (result.gst_error, result.warnings) == (0.7, ())
    # The second output is optional.
    run_probability(job, ProbabilityOutputs(str(tmp_path / "alone.tif")), *RUN)
    np.testing.assert_array_equal(read(tmp_path / "alone.tif")[0], percent)


# Active layer --------------------------------------------------------------------------------------


def test_the_active_layer_of_a_raster(make_raster, tmp_path):
    ddt = np.array([[1600, 400, 9999], [900, 1600, 2500]], np.float32)
    ttop = np.array([[-1, 0, -2], [-3, 0.1, -999]], np.float32)
    job = ActiveLayerJob(
        RasterSource(make_raster("ddt", ddt), "ddt"), RasterSource(make_raster("ttop", ttop, nodata=-999), "ttop"), 0.05
    )
    output = str(tmp_path / "active.tif")
    result = run_activelayer(job, output, *RUN)
    np.testing.assert_allclose(read(output), [[2, 1, -9999], [1.5, -9999, -9999]])
    thickness = result.thickness
    assert (thickness.cells, thickness.mean, thickness.lowest, thickness.highest) == (3, 1.5, 1, 2)
    assert result.warnings == ("1 cells of 'ddt' hold 9999, which is treated as a fill value: tag it as nodata.",)


def test_a_window_without_permafrost_adds_nothing():
    some = Thickness.of(np.array([1.0, np.nan, 2.0]))
    assert some + Thickness.of(np.full(3, np.nan)) == Thickness() + some == Thickness(2, 3.0, 1.0, 2.0)


@pytest.mark.parametrize("soil", [None, Soil(1.2, 1500.0, 0.2, 0.03)], ids=["e", "soil"])
def test_the_report_on_the_active_layer(soil):
    result = ActiveLayerResult(0.0493, soil, Thickness(18064, 31070.1, 0.014, 2.48))
    report = Report("Active layer thickness")
    report_activelayer(report, result, "<svg></svg>")
    check_golden(f"activelayer_{'soil' if soil else 'e'}", report)


# r_k -----------------------------------------------------------------------------------------------


def test_r_k_of_classes(make_raster, tmp_path):
    classes = [[1, 2, 17, 1], [1, 2, 2, 1], [17, 17, 9, 9], [1, 2, 9, 1]]
    landcover = RasterSource(make_raster("cover", np.array(classes, np.uint8)), "cover")
    table = RkTable("own", {1: 0.6, 2: 1.1, 17: np.nan}, {})
    output = str(tmp_path / "rk.tif")
    missing, unusual = run_rk(LandCoverJob(landcover, table), landcover.grid(), output, *RUN).warnings
    np.testing.assert_allclose(read(output)[1:3], [[0.6, 1.1, 1.1, 0.6], [-9999] * 4], rtol=1e-6)
    assert missing == "Classes of 'cover' that are not in table 'own' have no r_k: 9 (3 cells)."
    assert unusual.startswith("Table 'own' holds r_k above 1, which is plausible only where")
    coarse = RasterSource(make_raster("grid", np.zeros((2, 2), np.uint8), cell=(0.2, -0.2)), "grid")
    run_rk(LandCoverJob(landcover, table, dominant=False), coarse.grid(), output, *RUN)
    # The mean of what has one; none where half or more has none.
    expected = [[(0.6 + 1.1) / 2, (2 * 0.6 + 1.1) / 3], [-9999, -9999]]
    np.testing.assert_allclose(read(output), expected, rtol=1e-6)


def test_the_table_of_another_map_leaves_no_file(make_raster, tmp_path):
    landcover = RasterSource(make_raster("cover", np.array([[1, 9, 9]], np.uint8)), "cover")
    with pytest.raises(InputError, match=r"Table 'own' has no r_k for 66\.7 % of the land of 'cover', the classes 9"):
        run_rk(LandCoverJob(landcover, RkTable("own", {1: 0.6}, {})), landcover.grid(), str(tmp_path / "rk.tif"), *RUN)
    assert not list(tmp_path.glob("*rk*"))


def test_r_k_of_fractions(make_raster, tmp_path):
    fractions = {"v2_TREES-NE": [[60, 0]], "other trees-ne": [[1, 1]], "BARE": [[20, 30]], "WATER": [[20, 70]]}
    layers = [RasterSource(make_raster(name, np.array(values, np.float32)), name) for name, values in fractions.items()]
    table = RkTable("pft", {"TREES-NE": 0.5, "BARE": 0.9, "SNOWICE": np.nan}, {})
    known, notes = match_layers(layers, table)
    assert list(known) == ["TREES-NE", "BARE"]
    assert notes == [
        "Layer 'other trees-ne' is not used: another layer is 'TREES-NE' of table 'pft'.",
        "Layer 'WATER' is not used: it is not in table 'pft'.",
    ]
    output = str(tmp_path / "rk.tif")
    assert run_rk(FractionsJob(known, table), layers[0].grid(), output, *RUN).warnings == ()
    np.testing.assert_allclose(read(output), [[0.5, 0.9]], rtol=1e-6)
    run_rk(FractionsJob(known, table, dominant=False), layers[0].grid(), output, *RUN)
    np.testing.assert_allclose(read(output), [[(60 * 0.5 + 20 * 0.9) / 80, 0.9]], rtol=1e-6)
    with pytest.raises(InputError, match="No PFT layer has a name in table 'pft'"):
        match_layers(layers[3:], table)


def test_what_is_no_fraction_is_no_ground(make_raster, tmp_path):
    """Untagged fill values of bytes and of decimals; rounding above 100 % is none."""
    fractions = {"TREES-NE": [[255, 60, 100.02, -9999]], "BARE": [[255, 40, 0, 70]]}
    layers = [RasterSource(make_raster(name, np.array(values, np.float32)), name) for name, values in fractions.items()]
    table = RkTable("pft", {"TREES-NE": 0.5, "BARE": 0.9}, {})
    output = str(tmp_path / "rk.tif")
    for dominant, expected in ((True, [[-9999, 0.5, 0.5, 0.9]]), (False, [[-9999, 0.66, 0.5, 0.9]])):
        run_rk(FractionsJob(match_layers(layers, table)[0], table, dominant), layers[0].grid(), output, *RUN)
        np.testing.assert_allclose(read(output), expected, rtol=1e-6)


# The map -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Share(RasterSource):
    """Shares of cells, of which a raster holds percentages."""

    def open(self, grid):
        reader = super().open(grid)
        return SimpleNamespace(read=lambda window: reader.read(window) / 100)


def test_the_map_of_a_raster(make_raster, tmp_path):
    ttop = RasterSource(make_raster("ttop", np.array([[-2, -1, 1, np.nan]], np.float32)), "ttop")
    shares = {"glaciers": [[0, 60, 0, 100]], "lakes": [[0, 0, 50, 0]], "basin": [[100, 50, 100, 49]]}
    covers = {name: Share(make_raster(name, np.array(values, np.float32)), name) for name, values in shares.items()}
    output = str(tmp_path / "map.tif")
    areas = run_classify(ClassifyJob(ttop, -1.5, covers), output, *RUN)
    np.testing.assert_array_equal(read(output), [[1, 3, 4, 0]])
    cell = CellAreaSource().open(ttop.grid()).read(ttop.grid().window())[0, 0]
    expected = {"glaciers": (0.6 * 0.5 + 0.49) * cell, "lakes": 0.5 * cell, "basin": (1 + 0.25 + 1 + 0.49**2) * cell}
    assert areas.km2 == pytest.approx(expected)
    assert areas.sentences(area)[1] == f"Lakes cover {area(0.5 * cell)}, computed from fractions of cells."
    assert run_classify(ClassifyJob(ttop), output, *RUN).km2 == {}
    np.testing.assert_array_equal(read(output), [[1, 1, 2, 0]])


@pytest.mark.parametrize("cell", [0.5, 1.0, 30.0, 25_000.0])
def test_covers_of_cells_of_any_size_add_up(make_raster, tmp_path, cell):
    """Cells of 0.5 m have 2.5e-7 km2 each: a step that is right for temperatures is too coarse for them."""
    on = {"crs": 32644, "corner": (5e5, 4.2e6), "cell": (cell, -cell)}
    ttop = RasterSource(make_raster("ttop", np.full((80, 50), -1, np.float32), **on), "ttop")
    cover = Share(make_raster("glaciers", np.full((80, 50), 37, np.float32), **on), "glaciers")
    areas = run_classify(ClassifyJob(ttop, 0.0, {"glaciers": cover}), str(tmp_path / "map.tif"), *RUN)
    whole = CellAreaSource().open(ttop.grid()).read(ttop.grid().window()).sum()
    assert areas.km2["glaciers"] == pytest.approx(0.37 * whole, rel=1e-7)
    assert whole == pytest.approx(4000 * (cell / 1000) ** 2, rel=0.02)


# Workers -------------------------------------------------------------------------------------------


def test_jobs_travel_to_other_machines(degree_days):
    ddt, ddf = degree_days.ddt, degree_days.ddf
    classes = ClassSource.of(ddt)
    table = RkTable("own", {1: 0.6}, {1: "Sand"})
    jobs = [
        TtopJob(TtopInputs(degree_days, ddf)),
        FrostNumberJob(degree_days),
        ProbabilityJob(TtopInputs(degree_days, 0.8), 0.7),
        CalibrationJob(SurveyRasters(ddt, ddf, classes, classes, (1,)), CalibrationSettings((0.5, 1.0))),
        ActiveLayerJob(ddt, ddf, 0.05, Soil(1.2, 1500.0, 0.2, 0.03)),
        ClassifyJob(ddt, 0.0, {"lakes": ddf}),
        LandCoverJob(classes, table),
        FractionsJob({"BARE": ddt}, table),
    ]
    assert pickle.loads(pickle.dumps(jobs)) == jobs  # noqa: S301
