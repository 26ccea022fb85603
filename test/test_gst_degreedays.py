"""The algorithm degreedays on stacks: against plain sums, with a model, and for any blocks and threads."""

import json
from datetime import date, timedelta

import numpy as np
import pytest
from each_day import predict
from permafrost_mapper.core.gst.degreedays import Summing, complete_years, degree_days
from permafrost_mapper.core.gst.fit import Fitting, fit_gst_model
from permafrost_mapper.core.gst.modelfile import write_model
from permafrost_mapper.core.gst.table import TrainingTable

OVERPASSES = ("terra_day", "terra_night", "aqua_day", "aqua_night")
OUTPUTS = ("DDT", "DDF", "MAGST", "VALID_DAYS", "DDT_MEAN", "DDF_MEAN", "MAGST_MEAN")


def simulated(days, shape=(5, 7), seed=0, gaps=0.25):
    """Daily temperatures in hundredths of a degree, with gaps."""
    random = np.random.default_rng(seed)
    day = np.arange(days)[:, None, None]
    values = -3 - 15 * np.cos(2 * np.pi * (day - 15) / 365.25) + random.normal(0, 4, (days, *shape))
    values[random.random(values.shape) < gaps] = np.nan
    return np.round(values, 2)


def read(path):
    from osgeo import gdal

    dataset = gdal.Open(str(path))
    values = dataset.ReadAsArray()
    nodata = dataset.GetRasterBand(1).GetNoDataValue()
    names = [dataset.GetRasterBand(band).GetDescription() for band in range(1, dataset.RasterCount + 1)]
    return np.where(values == nodata, np.nan, values), names


def outputs(tmp_path, prefix=""):
    return {name: tmp_path / f"{prefix}{name}.tif" for name in OUTPUTS}


def expected(first, gst, **summing):
    dates = np.datetime64(first, "D") + np.arange(len(gst))
    summing = Summing(**summing)
    years, _ = complete_years(dates, summing.year_start)
    return list(degree_days(zip(dates, gst.astype(np.float32)), years, summing))


@pytest.mark.parametrize(("year_start", "missing"), [(1, "monthly"), (9, "harmonic"), (1, "none")])
def test_years_from_several_gst_stacks(run, make_stack, tmp_path, year_start, missing):
    first = date(2004, 12, 20)
    gst = simulated(12 + 365 + 365 + 30)
    gst[:, 2, 3] = np.nan
    # Files in any order.
    paths = [make_stack("later", first + timedelta(300), gst[300:]), make_stack("earlier", first, gst[:300])]
    parameters = {"GST": paths, "YEAR_START": year_start, "MISSING": missing, "MIN_DAYS": 12}
    outcome = run("degreedays", {**parameters, **outputs(tmp_path)})
    assert outcome.ok, outcome.errors
    assert "begins or ends within" in outcome.log
    assert ("MISSING is none" in outcome.log) == (missing == "none")
    sums = expected(first, gst, year_start=year_start, missing=missing, min_days=12)
    assert outcome.results["YEARS"] == len(sums) == (2 if year_start == 1 else 1)
    for name in ("DDT", "DDF", "MAGST", "VALID_DAYS"):
        values, bands = read(tmp_path / f"{name}.tif")
        assert bands == (["2005", "2006"] if year_start == 1 else ["2005-2006"])
        whole = np.stack([getattr(year, name.lower()) for year in sums]).astype(np.float32)
        np.testing.assert_allclose(values.reshape(whole.shape), whole, rtol=1e-5)
    ddt = np.stack([year.ddt for year in sums])
    mean, _ = read(tmp_path / "DDT_MEAN.tif")
    valid = np.isfinite(ddt).sum(axis=0)
    np.testing.assert_allclose(mean[valid > 0], np.nansum(ddt, axis=0)[valid > 0] / valid[valid > 0], rtol=1e-6)
    assert np.isnan(mean[2, 3])


@pytest.fixture
def model(tmp_path):
    random = np.random.default_rng(3)
    lst = random.normal(-4, 12, (400, 1)) + np.array([12, -9, 14, -11]) + random.normal(0, 3, (400, 4))
    stations = np.repeat(["a", "b", "c", "d"], 100)
    dates = np.datetime64("2005-01-01") + np.tile(np.arange(100), 4)
    table = TrainingTable.of(stations, dates, lst @ [0.2, 0.3, 0.1, 0.3] + random.normal(0, 2, 400), lst, OVERPASSES)
    fitted = fit_gst_model(table, Fitting(folds=5)).model
    write_model(fitted, tmp_path / "model.json")
    return fitted


@pytest.fixture
def overpasses(make_stack):
    """Stacks of four overpasses, and their values."""
    shifts = {"terra_day": 10, "terra_night": -8, "aqua_day": 12, "aqua_night": -10}
    values = {
        name: simulated(365, shape=(270, 20), seed=seed, gaps=0.1) + shift
        for seed, (name, shift) in enumerate(shifts.items())
    }
    return {name.upper(): make_stack(name, date(2005, 1, 1), lst) for name, lst in values.items()}, values


def test_a_model_on_the_way_gives_the_same_for_any_threads_and_blocks(run, model, overpasses, tmp_path, monkeypatch):
    from permafrost_mapper.raster.grid.grid import Grid
    from permafrost_mapper.raster.read.protocols import Cost
    from permafrost_mapper.raster.read.series import SeriesSource
    from permafrost_mapper.raster.run import blocks
    from permafrost_mapper.raster.run.blocks import Running

    stacks, values = overpasses
    lst = {name: array.astype(np.float32) for name, array in values.items()}
    dates = np.datetime64("2005-01-01") + np.arange(365)
    sums = expected(date(2005, 1, 1), predict(model, lst, dates))[0]
    written = []
    for prefix, running in (("a", {"THREADS": 1, "MEMORY": 4096}), ("b", {"THREADS": 3, "MEMORY": 64})):
        if prefix == "b":
            # Windows of 16 x 16 cells.
            monkeypatch.setattr(blocks, "TILE", 16)
            monkeypatch.setattr(SeriesSource, "cost", lambda _source, _grid: Cost(1, 400, 256))
            assert (
                len(blocks.plan_windows(Grid(20, 270, (0, 1, 0, 0, 0, -1), ""), [Cost(1, 400, 256)], Running())) == 34
            )
        parameters = {"GST_MODEL": tmp_path / "model.json", **stacks, **running, **outputs(tmp_path, prefix)}
        outcome = run("degreedays", parameters)
        assert outcome.ok, outcome.errors
        written.append({name: read(tmp_path / f"{prefix}{name}.tif")[0] for name in OUTPUTS})
    for name in OUTPUTS:
        np.testing.assert_array_equal(written[0][name], written[1][name])
    np.testing.assert_allclose(written[0]["DDF"], sums.ddf, rtol=1e-4)
    np.testing.assert_allclose(written[0]["DDT"], sums.ddt, rtol=1e-4)


def test_the_residual_variance_of_the_model_is_added(run, model, overpasses, tmp_path):
    """For any number of threads; the sums themselves are looked at in test_degree_days.py."""
    stacks, values = overpasses
    lst = {name: array.astype(np.float32) for name, array in values.items()}
    gst = predict(model, lst, np.datetime64("2005-01-01") + np.arange(365))
    plain, corrected = (expected(date(2005, 1, 1), gst, daily_sd=sd)[0] for sd in (0.0, model.daily_sd))
    assert np.nanmin(corrected.ddt - plain.ddt) > 10
    written = []
    for threads in (1, 3):
        parameters = {"GST_MODEL": tmp_path / "model.json", **stacks, "RESIDUAL_VARIANCE": True, "THREADS": threads}
        done = run("degreedays", {**parameters, **outputs(tmp_path, threads)})
        assert done.ok, done.errors
        assert f"a standard deviation of {model.daily_sd:.2f} K" in done.log
        written.append([read(path)[0] for path in outputs(tmp_path, threads).values()])
    np.testing.assert_array_equal(written[0], written[1])
    from osgeo import gdal

    recorded = gdal.Open(str(tmp_path / "1DDT.tif")).GetMetadataItem("PERMAFROST_PARAMETERS")
    assert json.loads(recorded)["RESIDUAL_VARIANCE"] == "true"
    np.testing.assert_allclose(written[0][0], corrected.ddt, rtol=1e-4)
    np.testing.assert_allclose(written[0][1], corrected.ddf, rtol=1e-4)
    np.testing.assert_allclose(written[0][2], plain.magst, atol=1e-3)


def test_days_that_an_overpass_lacks_are_told(run, model, make_stack, tmp_path):
    """The fall-backs stand in on them, as where a scene has a gap."""
    lst = {name: simulated(365, seed=seed, gaps=0) + 10 * (-1) ** seed for seed, name in enumerate(OVERPASSES)}
    stacks = {name.upper(): make_stack(name, date(2005, 1, 1), values) for name, values in lst.items()}
    short = lst["aqua_night"][:335]
    written = []
    for prefix, aqua_night in (("a", short), ("b", np.pad(short, ((0, 30), (0, 0), (0, 0)), constant_values=np.nan))):
        stacks["AQUA_NIGHT"] = make_stack(f"{prefix}_aqua_night", date(2005, 1, 1), aqua_night)
        done = run("degreedays", {"GST_MODEL": tmp_path / "model.json", **stacks, **outputs(tmp_path, prefix)})
        assert done.ok, done.errors
        told = "335 of 365 days are in the stacks of all overpasses: AQUA_NIGHT lacks 30 of them." in done.log
        assert told == (prefix == "a")
        written.append([read(path)[0] for path in outputs(tmp_path, prefix).values()])
    np.testing.assert_array_equal(written[0][:3], written[1][:3])
    assert (written[0][3] == 365).all()


def test_an_overpass_on_another_grid_is_aligned_with_a_message(run, model, overpasses, make_raster, tmp_path):
    """A constant field is the same on any grid, here in metres and coarser."""
    stacks, values = overpasses
    days = np.full((365, 100, 40), -500, np.int16)
    coarse = make_raster("coarse", days, corner=(390_000, 4_212_000), cell=(1500, -4000), crs=32644, scale=0.01)
    from osgeo import gdal

    dataset = gdal.Open(coarse, gdal.GA_Update)
    for index in range(365):
        dataset.GetRasterBand(index + 1).SetDescription(str(date(2005, 1, 1) + timedelta(index)))
    del dataset
    parameters = {"GST_MODEL": tmp_path / "model.json", **stacks, "AQUA_NIGHT": coarse}
    done = run("degreedays", {**parameters, "DDF": tmp_path / "ddf.tif", "VALID_DAYS": tmp_path / "days.tif"})
    assert done.ok, done.errors
    assert "'coarse' (40 x 100 cells of 1500 x 4000 map units" in done.log
    assert "is aligned to the first input by bilinear resampling" in done.log
    lst = {name: array.astype(np.float32) for name, array in values.items()}
    lst["aqua_night"] = np.full_like(lst["terra_day"], -5)
    gst = predict(model, lst, np.datetime64("2005-01-01") + np.arange(365))
    np.testing.assert_allclose(read(tmp_path / "ddf.tif")[0], expected(date(2005, 1, 1), gst)[0].ddf, rtol=1e-4)


def test_valid_days_are_whole_numbers(run, make_stack, tmp_path):
    from osgeo import gdal

    gst = simulated(365)
    gst[:, 1, 2] = np.nan
    done = run("degreedays", {"GST": make_stack("gst", date(2005, 1, 1), gst), "VALID_DAYS": tmp_path / "days.tif"})
    assert done.ok, done.errors
    dataset = gdal.Open(str(tmp_path / "days.tif"))
    band = dataset.GetRasterBand(1)
    assert (band.DataType, band.GetUnitType()) == (gdal.GDT_Int16, "d")
    # No valid day is a number of days, not nodata.
    np.testing.assert_array_equal(band.ReadAsArray(), np.isfinite(gst).sum(axis=0))


def test_a_run_that_was_stopped_goes_on_and_ends_as_if_it_had_not_been(
    provider, run, model, overpasses, tmp_path, monkeypatch
):
    from permafrost_mapper.raster.gst.degreedays import YearlySums
    from permafrost_mapper.raster.read.protocols import Cost
    from permafrost_mapper.raster.read.series import SeriesSource
    from permafrost_mapper.raster.run import blocks
    from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingFeedback

    class Feedback(QgsProcessingFeedback):
        """Cancels when a third of the windows is finished."""

        def __init__(self):
            super().__init__(False)
            self.errors = []
            self.progressChanged.connect(lambda percent: percent > 33 and self.cancel())

        def reportError(self, error, fatalError=False):
            self.errors.append(error)

    # 34 windows of 16 x 16 cells.
    monkeypatch.setattr(blocks, "TILE", 16)
    monkeypatch.setattr(SeriesSource, "cost", lambda _source, _grid: Cost(1, 400, 256))
    out = tmp_path / "out"
    names = {**outputs(out), "EXTRAPOLATION": out / "EXTRAPOLATION.tif"}
    parameters = {"GST_MODEL": tmp_path / "model.json", **overpasses[0], **names, "THREADS": 1}
    parameters = {name: str(value) for name, value in parameters.items()}
    summed = []
    compute = YearlySums.__call__
    monkeypatch.setattr(YearlySums, "__call__", lambda *args, **days: summed.append(1) or compute(*args, **days))

    def stopped(**changes):
        """Return how many windows are in the folder of a run that is cancelled."""
        feedback = Feedback()
        instance = QgsApplication.processingRegistry().createAlgorithmById("permafrost:degreedays")
        _, ok = instance.run({**parameters, **changes}, QgsProcessingContext(), feedback)
        assert not ok
        assert feedback.errors == ["The run was cancelled: finished work is kept, and the same run continues from it."]
        assert not list(out.glob("*.tif"))
        return max(len(list(folder.glob("*.npz"))) for folder in out.iterdir())

    def complete():
        """Run to the end; give the bytes of the outputs."""
        summed.clear()
        outcome = run("degreedays", parameters)
        assert outcome.ok, outcome.errors
        content = {path.name: path.read_bytes() for path in out.glob("*.tif")}
        assert len(content) == len(names)
        for path in out.iterdir():
            # No folder is left.
            path.unlink()
        return content

    straight = complete()
    assert len(summed) == 34
    kept = stopped()
    assert 10 < kept < 34
    # Inputs count by name, size and time, not by their folder; a unit that was cut off is computed again.
    (folder,) = out.iterdir()
    first = sorted(folder.iterdir())[0]
    first.write_bytes(first.read_bytes()[:-10])
    assert complete() == straight
    assert len(summed) == 34 - kept + 1
    # What was finished under other parameters is not used, and goes with the next run that is complete.
    stopped(MIN_DAYS=12)
    stopped(MISSING="none")
    assert len(list(out.iterdir())) == 2
    assert complete() == straight
    assert len(summed) == 34


def test_what_is_refused_is_one_sentence_and_no_file(run, model, make_stack, tmp_path):
    first = date(2005, 1, 1)
    lst = {name: simulated(365, seed=seed) + 10 * (-1) ** seed for seed, name in enumerate(OVERPASSES)}
    stacks = {name.upper(): make_stack(name, first, values) for name, values in lst.items()}
    kelvin = make_stack("kelvin", first, simulated(365, gaps=0) + 273.15)
    short = make_stack("short", first, simulated(200))
    empty = make_stack("empty", first, np.full((365, 5, 7), np.nan))
    overlapping = make_stack("overlapping", date(2005, 12, 1), simulated(60))
    elsewhere = make_stack("elsewhere", first, simulated(365), corner=20.0)
    swapped = {**stacks, "TERRA_DAY": stacks["TERRA_NIGHT"], "TERRA_NIGHT": stacks["TERRA_DAY"]}
    with_model = {"GST_MODEL": tmp_path / "model.json"}
    for parameters, said in (
        ({}, "Neither GST nor GST_MODEL is given"),
        ({"GST": [short], **with_model}, "Both GST and GST_MODEL are given"),
        ({"GST": [short], "TERRA_DAY": short}, "leave the LST stacks out"),
        ({"GST": [short]}, "covers no whole year"),
        ({"GST": [kelvin]}, "kelvin"),
        ({"GST": [empty]}, "No cell of 'empty' has 10 valid days"),
        ({"GST": [stacks["TERRA_DAY"], overlapping]}, "'overlapping' begins on 2005-12-01"),
        ({"TERRA_DAY": stacks["TERRA_DAY"], **with_model}, "terra_night, aqua_day, aqua_night is not given"),
        ({**swapped, **with_model}, "'terra_day' is colder than 'terra_night'"),
        ({**stacks, "AQUA_NIGHT": elsewhere, **with_model}, "does not overlap"),
        ({**stacks, "AQUA_NIGHT": [kelvin], **with_model}, "kelvin"),
    ):
        outcome = run("degreedays", {**parameters, **outputs(tmp_path)})
        assert not outcome.ok
        assert len(outcome.errors) == 1
        assert said in outcome.errors[0]
        assert not any((tmp_path / f"{name}.tif").exists() for name in OUTPUTS)


def test_layers_that_qgis_opened_for_us_alone_are_closed_once_their_paths_are_known(provider, make_stack):
    from permafrost_mapper.algorithms.parameters import rasters
    from qgis.core import QgsProcessingContext, QgsProject, QgsRasterLayer

    ours, canvas = (make_stack(name, date(2005, 1, 1), simulated(3)) for name in ("ours", "canvas"))
    project = QgsProject()
    layer = project.addMapLayer(QgsRasterLayer(canvas, "canvas"))
    context = QgsProcessingContext()
    context.setProject(project)
    algorithm = provider.algorithm("degreedays").create()
    parameters = {"GST": [ours, layer.id()]}
    assert algorithm.checkParameterValues({**parameters, "DDT": "TEMPORARY_OUTPUT"}, context)[0]
    assert context.temporaryLayerStore().count() == 1
    sources = rasters("GST", "", "").read(algorithm, parameters, context)
    assert [source.path for source in sources] == [ours, canvas]
    assert context.temporaryLayerStore().count() == 0
    assert project.mapLayer(layer.id()).isValid()
