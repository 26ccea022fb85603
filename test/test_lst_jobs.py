"""Jobs of filling gaps without QGIS, their results, and their reports."""

import importlib.util
import os
import sys
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from golden import check_golden
from permafrost_mapper.core.lst.fill import fill_scene
from permafrost_mapper.core.lst.filled import FilledStack, SceneOutcome
from permafrost_mapper.core.lst.recipe import FillRecipe
from permafrost_mapper.core.lst.scenefit import SceneFit
from permafrost_mapper.core.lst.scores import Scores
from permafrost_mapper.core.lst.variogram import EmpiricalVariogram, Variogram
from permafrost_mapper.core.lst.withheld import WithheldScores
from permafrost_mapper.core.reports.assessgapfilling import report_assessgapfilling
from permafrost_mapper.core.reports.filllstgaps import GapFigures, report_filllstgaps
from permafrost_mapper.core.reports.fitvariogram import report_fitvariogram
from permafrost_mapper.core.reports.report import Report

gdal = pytest.importorskip("osgeo.gdal")

from permafrost_mapper.raster.lst.filler import SceneFiller
from permafrost_mapper.raster.lst.filling import FillOutputs, fill_stack
from permafrost_mapper.raster.lst.job import FillJob
from permafrost_mapper.raster.lst.scenefit import SceneFitJob, fit_variogram
from permafrost_mapper.raster.lst.withheld import WithheldJob, fill_withheld, middle_of
from permafrost_mapper.raster.read.rasters import RasterSource
from permafrost_mapper.raster.read.stack import read_stack
from permafrost_mapper.raster.run.blocks import Running
from permafrost_mapper.raster.write.provenance import Provenance

SHAPE = 24, 30
EXPONENTIAL = Variogram("exponential", 0.1, 4.0, 20e3)
NESTED = Variogram("exponential", 0.25, 1.5, 12e3, nested=Variogram("exponential", 0.0, 3.0, 160e3))


@pytest.fixture
def stack(make_raster):
    """A stack of three scenes on a metric grid, whose temperature is a plane with noise, with gaps in 30 % of cells."""
    random = np.random.default_rng(3)
    plane = np.add.outer(np.arange(SHAPE[0]), np.arange(SHAPE[1])) / 10
    scenes = plane + random.normal(0, 0.1, (3, *SHAPE))
    scenes[random.random(scenes.shape) < 0.3] = np.nan
    path = make_raster("lst", scenes.astype(np.float32), corner=(5e5, 4e6), cell=(1000.0, -1000.0), crs=32645)
    return read_stack(RasterSource(path, "lst"), date(2005, 1, 1)), scenes


def job_of(stack, **recipe):
    recipe = {"trend": "none", "variogram": EXPONENTIAL, "neighbours": 16, "validation_cells": 50, **recipe}
    return FillJob(stack, None, None, FillRecipe(**recipe))


# Jobs ----------------------------------------------------------------------------------------------


def test_nothing_is_announced_that_is_compiled(tmp_path, monkeypatch):
    """Numba's folder says so, for a function and a source that is not newer."""
    pytest.importorskip("numba")
    from permafrost_mapper.core import dependencies

    kernels = tmp_path / "kernels.py"
    kernels.write_text(
        "import numba\n@numba.njit(cache=True)\ndef one(x):\n    return x\n"
        "@numba.njit(cache=True)\ndef other(x):\n    return x\n"
    )
    spec = importlib.util.spec_from_file_location("kernels", kernels)
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "kernels", module)
    spec.loader.exec_module(module)
    assert dependencies.is_to_compile(module, "one")
    module.one(1)
    assert not dependencies.is_to_compile(module, "one")
    assert dependencies.is_to_compile(module, "one", "other")
    later = kernels.stat().st_mtime + 60
    os.utime(kernels, (later, later))
    assert dependencies.is_to_compile(module, "one")
    assert not dependencies.is_to_compile(None, "one")


@pytest.mark.parametrize("is_to_compile", [True, False])
def test_compiling_and_writing_are_not_silent(run, make_stack, tmp_path, monkeypatch, is_to_compile):
    from permafrost_mapper.algorithms.lst import jobs
    from permafrost_mapper.raster.lst import filling

    random = np.random.default_rng(5)
    scenes = random.normal(0, 2, (3, 20, 24))
    scenes[random.random(scenes.shape) < 0.3] = np.nan
    stack = make_stack("lst", date(2005, 1, 1), np.round(scenes, 2))
    shares = []
    real = filling.fill_stack

    def fill(job, outputs, provenance, running):
        return real(job, outputs, provenance, replace(running, progress=shares.append))

    monkeypatch.setattr(filling, "fill_stack", fill)
    monkeypatch.setattr(jobs, "is_to_compile", lambda *_: is_to_compile)
    given = {"INPUT": stack, "TREND": "none", "VARIOGRAM": "exponential", "NUGGET": 0, "SILL": 4, "RANGE": 20000}
    done = run("filllstgaps", {**given, "VALIDATION": 0, "OUTPUT": tmp_path / "filled.tif"})
    assert done.ok, done.errors
    assert ("Numba compiles the code of kriging" in done.log) == is_to_compile
    # Three scenes are filled, and three are written.
    assert shares == pytest.approx([0.05 + 0.9 * n / 3 for n in (1, 2, 3)] + [0.95 + 0.05 * n / 3 for n in (1, 2, 3)])


def test_a_run_that_has_nothing_to_say_says_that_it_goes_on(run, make_stack, monkeypatch):
    """The fit of a variogram does not know how many steps it will take."""
    from permafrost_mapper.algorithms import task

    scene = np.random.default_rng(6).normal(0, 2, (1, 20, 24)).round(2)
    given = {"INPUT": make_stack("lst", date(2005, 1, 1), scene), "BAND": 1, "TREND": "none"}
    assert "At work for" not in run("fitvariogram", given).log
    monkeypatch.setattr(task, "MAX_SILENT", 0.0)
    done = run("fitvariogram", given)
    assert done.ok, done.errors
    assert done.log.count("At work for 0 s ...") > 3


def test_gaps_are_filled_without_qgis(stack, tmp_path):
    lst, scenes = stack
    outputs = FillOutputs(str(tmp_path / "o.tif"), str(tmp_path / "s.tif"))
    result = fill_stack(job_of(lst), outputs, Provenance("filllstgaps"), Running(threads=2))
    filled, std = (gdal.Open(path).ReadAsArray() for path in (outputs.filled, outputs.std))
    gaps = np.isnan(scenes)
    np.testing.assert_array_equal(filled[~gaps], scenes[~gaps].astype(np.float32))
    plane = np.add.outer(np.arange(SHAPE[0]), np.arange(SHAPE[1])) / 10
    assert np.abs(filled - plane)[gaps].max() < 1
    assert (std[gaps] > 0).all()
    assert (result.filled, result.remaining, result.name) == (gaps.sum(), 0, "lst")
    assert [scene.label for scene in result.scenes] == ["2005-01-01", "2005-01-02", "2005-01-03"]
    assert result.validation.rmse < 0.3
    assert result.warnings == ()


def test_other_dates_predict_a_window_as_they_predict_the_scene(make_raster, tmp_path):
    """With edges of other dates, and a hole that none of them knows: as in memory, however few cells are wanted."""
    random, (rows, columns) = np.random.default_rng(8), SHAPE
    pattern = np.add.outer(np.sin(np.arange(rows) / 3), np.cos(np.arange(columns) / 4))
    scenes = 280 + pattern + random.normal(0, 0.1, (4, *SHAPE)) + np.arange(4)[:, None, None]
    scenes[0, 3:6, 3:8] = scenes[0, 12:14, 12:16] = np.nan
    scenes[1, :, 20:] = scenes[2, 15:, :9] = scenes[1:, 10:16, 10:18] = np.nan
    scenes = scenes.astype(np.float32)
    height = (3000 + 300 * random.random(SHAPE)).astype(np.float32)
    place = {"corner": (5e5, 4e6), "cell": (1000.0, -1000.0), "crs": 32645}
    lst = read_stack(RasterSource(make_raster("lst", scenes, **place), "lst"), date(2005, 1, 1))
    recipe = FillRecipe("elevation_reference", variogram=EXPONENTIAL, neighbours=8, validation_cells=0)
    job = FillJob(lst, RasterSource(make_raster("dem", height, **place), "dem"), None, recipe)
    filler = SceneFiller(job, Running(threads=2))
    gaps = np.isnan(scenes[0])
    found = filler.fill_part(filler.grid.window(), lst.days[0])
    whole = fill_scene(
        scenes[0].astype(float),
        1000.0,
        1000.0,
        height.astype(float),
        "elevation_reference",
        list(scenes[1:].astype(float)),
        variogram=EXPONENTIAL,
        neighbours=8,
        seed=1,
    )
    assert whole.trend.kind == "elevation_reference"
    assert whole.trend.references == 3
    np.testing.assert_array_equal(found["values"], whole.values[gaps].astype(np.float32))
    np.testing.assert_array_equal(found["std"], whole.std[gaps].astype(np.float32))


def test_withheld_cells_are_scored_without_qgis(stack):
    lst, _ = stack
    shares = []
    job = WithheldJob(job_of(lst), ("none", "fixed_lapse"), 0.1, "cells", 2)
    with pytest.raises(ValueError, match="needs a DEM"):
        fill_withheld(job, Running(threads=1))
    result = fill_withheld(WithheldJob(job_of(lst), ("none",), 0.1, "cells", 2), Running(1, progress=shares.append))
    assert shares == [0.5, 1.0]
    assert list(result.by_scene) == ["2005-01-01", "2005-01-03"]
    assert result.scores.n == sum(scores["none"].n for scores in result.by_scene.values())
    assert 0.05 < result.scores.rmse < 0.3


def test_a_variogram_is_fitted_without_qgis(stack):
    lst, _ = stack
    fit = fit_variogram(SceneFitJob(job_of(lst, variogram="exponential"), 2), Running(threads=1))
    assert (fit.name, fit.band, fit.trend) == ("lst", 2, "none")
    assert fit.variogram.model == "exponential"
    assert fit.nugget + fit.partial_sill == pytest.approx(fit.variogram.total_sill)
    assert 0 < fit.rmse < 0.5


@pytest.mark.parametrize(
    ("width", "height", "expected"), [(30, 24, (0, 0, 30, 24)), (4000, 1000, (1276, 0, 1448, 1000))]
)
def test_an_assessment_uses_the_middle_of_a_large_grid(width, height, expected):
    from permafrost_mapper.raster.grid.grid import Grid

    middle = middle_of(Grid(width, height, (0.0, 1.0, 0.0, 0.0, 0.0, -1.0), ""))
    assert (middle.column, middle.row, middle.width, middle.height) == expected


# Results -------------------------------------------------------------------------------------------

REFERENCE, ELEVATION = "elevation_reference", "elevation"
EMPTY = "trend 'none' instead of 'elevation_reference': no known cell"
NESTED_TEXT, TEXT = NESTED.describe(), EXPONENTIAL.describe()
SCENES = (
    SceneOutcome("2005-01-01", 0.41, 480, 0, 3, REFERENCE, -5.1, 0.64, 29, NESTED_TEXT, (), 0.5, 0.01, 0.94, 0.3),
    SceneOutcome("2005-01-02", 1.0, 0, 1200, 0, "none", np.nan, np.nan, 0, "", (EMPTY,)),
    SceneOutcome("2005-01-03", 0.2, 240, 0, 0, ELEVATION, -6.2, 0.4, 0, TEXT, (), 0.7, -0.03, 0.96, 0.4),
)


def test_a_filled_stack_sums_and_averages_its_scenes():
    result = FilledStack("lst", FillRecipe(), SCENES)
    assert (result.filled, result.remaining, result.most_filled) == (720, 1200, 0)
    # The scene without any known cell has no scores.
    assert result.mean("rmse") == pytest.approx(0.6)
    assert result.mean("gap_share") == pytest.approx(1.61 / 3)
    assert result.validation.coverage == pytest.approx(0.95)
    assert result.notes() == ["2005-01-02: trend 'none' instead of 'elevation_reference': no known cell."]
    assert result.warnings[0].startswith("1 of 3 scenes were not filled with the requested trend or variogram")
    assert result.warnings[1] == "1200 gaps remain: their scenes have no known cell."
    assert FilledStack("lst", FillRecipe(), SCENES[1:2]).validation is None


@pytest.mark.parametrize(
    ("recipe", "words"),
    [
        (FillRecipe(), "from 32 known cells (the nearest in each octant) with two nested exponential variograms"),
        (FillRecipe(trend="none"), "The mean of each scene was subtracted"),
        (FillRecipe(trend="fixed_lapse", lapse_rate=-5.5), "at a fixed lapse rate of -5.5 K/km was subtracted"),
        (FillRecipe(variogram="exponential"), "with a variogram (exponential) estimated by approximate likelihood"),
        (FillRecipe(variogram="matern"), "with a variogram (matern) estimated by approximate likelihood"),
        (FillRecipe(variogram="spherical", fit="moments"), "a variogram (spherical) fitted to the empirical variogram"),
        (FillRecipe(variogram=EXPONENTIAL, search="nearest"), "(the nearest) with a given exponential variogram"),
    ],
)
def test_the_method_states_each_setting(recipe, words):
    assert words in recipe.method()


def test_a_long_stack_has_a_variogram_per_month():
    assert [FillRecipe().by_month(scenes) for scenes in (31, 32)] == [False, True]
    assert FillRecipe(variogram_per="month").by_month(2)
    assert not FillRecipe(variogram_per="scene").by_month(400)
    assert not FillRecipe(variogram_per="month", variogram=EXPONENTIAL).by_month(400)
    assert not FillRecipe(variogram_per="month", fit="moments").by_month(400)


def test_a_fit_sums_its_structures():
    fit = SceneFit("lst", 1, FillRecipe(), NESTED, EmpiricalVariogram(*[np.ones(1)] * 3), "none", np.nan)
    assert (fit.nugget, fit.partial_sill, fit.longest_range) == (0.25, 4.5, 160e3)
    assert np.isnan(fit.rmse)


# Reports -------------------------------------------------------------------------------------------


def test_the_report_on_filled_gaps():
    report = Report("Fill gaps of LST")
    recipe = FillRecipe(trend="elevation_reference")
    figures = GapFigures("2005-01-01", "<svg>before</svg>", "<svg>after</svg>", "<svg>std</svg>")
    report_filllstgaps(report, FilledStack("terra_day_2005", recipe, SCENES), figures)
    check_golden("filllstgaps", report)


def test_the_report_on_filled_gaps_without_validation_and_figures():
    report = Report("Fill gaps of LST")
    scene = SceneOutcome("2005-01-01", 0.41, 480, 0, 0, "none", np.nan, np.nan, 0, EXPONENTIAL.describe())
    report_filllstgaps(report, FilledStack("scene", FillRecipe(trend="none"), (scene,)), GapFigures())
    check_golden("filllstgaps_plain", report)


def test_the_report_on_an_assessment():
    trend, none = Scores(400, 1.2, 0.9, -0.1, 0.945, 0.65), Scores(400, 1.9, 1.4, 0.2, 0.93, 1.01)
    pooled = {"elevation": trend, "none": none}
    report = Report("Assess gap filling")
    by_scene = {"2005-01-01": pooled, "2005-06-01": {"elevation": none, "none": trend}}
    report_assessgapfilling(report, WithheldScores(FillRecipe(), 0.2, "clouds", by_scene, pooled))
    check_golden("assessgapfilling", report)


def test_the_report_on_a_variogram():
    distance = np.arange(1, 6) * 10e3
    empirical = EmpiricalVariogram(distance, NESTED.semivariance(distance) * 1.1, np.full(5, 100))
    fallback = "trend 'elevation' instead of 'elevation_reference': too few known cells to fit a slope (20)"
    scores = Scores(2000, 0.8, 0.6, 0.0, 0.95, 0.45)
    report = Report("Fit a variogram")
    fit = SceneFit("lst", 7, FillRecipe(), NESTED, empirical, "elevation", 0.62, (fallback,), scores)
    report_fitvariogram(report, fit)
    check_golden("fitvariogram", report)
