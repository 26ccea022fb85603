"""Probability of permafrost: the shifted year against daily sums, the ensemble against its integral, reliability."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from permafrost_mapper.core.about import RESOURCES
from permafrost_mapper.core.classes import PERMAFROST, PERMAFROST_ZONES
from permafrost_mapper.core.errors import InputError
from permafrost_mapper.core.gst.fit import Fitting, fit_gst_model
from permafrost_mapper.core.gst.modelfile import write_model
from permafrost_mapper.core.gst.ridge import Scores
from permafrost_mapper.core.gst.table import TrainingTable
from permafrost_mapper.core.permafrost.probability import (
    annual_cycle,
    count_permafrost,
    degree_days_of_cycle,
    draw_ensemble,
    station_bias,
    zones,
)
from permafrost_mapper.core.permafrost.rk import classes_to_r_k, shipped_table
from permafrost_mapper.core.permafrost.ttop import ttop
from permafrost_mapper.core.simulate.climatology import MEAN_CLIMATE, Weather, dates_of_year
from permafrost_mapper.core.simulate.sample import SampleSettings, simulate_basin
from permafrost_mapper.raster.permafrost.probability import AREA_INTERVAL, area_interval
from permafrost_mapper.raster.read.rasters import RasterSource
from scipy import signal
from scipy.stats import norm, truncnorm

gdal = pytest.importorskip("osgeo.gdal")

SAMPLE = RESOURCES / "sample"
LONGITUDE = 73.525 + 0.05 * np.arange(408)
LATITUDE = (43.575 - 0.05 * np.arange(186))[:, np.newaxis]
DAYS = 365


@pytest.fixture(scope="module")
def elevation():
    return gdal.Open(str(SAMPLE / "elevation.tif")).ReadAsArray().astype(float)


@pytest.fixture(scope="module")
def r_k():
    classes = gdal.Open(str(SAMPLE / "landcover_igbp.tif")).ReadAsArray()
    return classes_to_r_k(classes, shipped_table("modis_igbp"))


# The year as a sinusoid ----------------------------------------------------------------------------


@given(st.floats(-15, 15), st.floats(0.5, 25))
def test_degree_days_of_a_cycle_are_the_sums_of_its_days(mean, amplitude):
    # Hundred parts a day: the formula is the integral.
    angle = 2 * np.pi * (np.arange(100 * DAYS) + 0.5) / (100 * DAYS)
    temperature = mean + amplitude * np.cos(angle)
    sums = np.maximum(temperature, 0).sum() / 100, np.maximum(-temperature, 0).sum() / 100
    np.testing.assert_allclose(degree_days_of_cycle(mean, amplitude, DAYS), sums, atol=1e-3 * amplitude)


@given(st.floats(-0.999, 0.999), st.floats(0.5, 25))
def test_mean_and_amplitude_come_back_from_degree_days(ratio, amplitude):
    sums = (np.array([one]) for one in degree_days_of_cycle(ratio * amplitude, amplitude, DAYS))
    mean, found = annual_cycle(*sums, DAYS)
    assert mean[0] == pytest.approx(ratio * amplitude, abs=1e-9)
    assert found[0] == pytest.approx(amplitude, rel=1e-4)


def test_a_year_that_never_thaws_or_is_nothing_at_all():
    mean, amplitude = annual_cycle(np.array([0.0, 1825.0, 0.0]), np.array([3650.0, 0.0, 0.0]), DAYS)
    np.testing.assert_allclose(mean, [-10, 5, 0])
    np.testing.assert_allclose(amplitude, [10, 5, 0], atol=1e-9)


@pytest.mark.parametrize("bias", [-1.4, -0.7, 0.7, 1.4])
def test_a_shifted_year_has_the_degree_days_of_its_shifted_days(elevation, bias):
    """Days with weather, near the margin of permafrost; the plain rule, DDT + b P, is more than ten times worse."""
    part = slice(None, None, 6)
    elevation = elevation[part, part]
    longitude, latitude = np.broadcast_arrays(LONGITUDE[part], LATITUDE[part])
    dates = dates_of_year(2019)
    weather = Weather(1).at(longitude, latitude)
    ddt, ddf = MEAN_CLIMATE.degree_days(elevation, latitude, dates, weather)
    near = np.abs(0.8 * ddt - ddf) < 500
    truth = ttop(*MEAN_CLIMATE.degree_days(elevation, latitude, dates, lambda some: weather(some) + bias), 0.8)
    mean, amplitude = annual_cycle(ddt, ddf, DAYS)
    shifted = ttop(*degree_days_of_cycle(mean + bias, amplitude, DAYS), 0.8)
    plain = ttop(ddt + bias * DAYS, ddf, 0.8)
    error = np.abs(shifted - truth)[near].max()
    assert near.sum() > 100
    assert error < 0.02
    assert np.abs(plain - truth)[near].max() > 10 * error


# The ensemble --------------------------------------------------------------------------------------


def test_the_members_have_the_distributions_that_were_asked_for():
    ensemble = draw_ensemble(0.7, 0.08, 1000, 3)
    assert ensemble.members == 1000
    shares = (np.arange(1000) + 0.5) / 1000
    np.testing.assert_allclose(np.sort(ensemble.gst_bias), norm(scale=0.7).ppf(shares), atol=1e-9)
    # The golden sequence is even to a few parts in a thousand.
    found = truncnorm(-3, 3, scale=0.08).cdf(np.sort(ensemble.r_k_departure))
    assert np.abs(found - shares).max() < 0.004
    assert np.abs(ensemble.r_k_departure).max() <= 0.24
    assert abs(np.corrcoef(ensemble.gst_bias, ensemble.r_k_departure)[0, 1]) < 0.01


def test_the_share_of_members_is_the_integral():
    random = np.random.default_rng(0)
    mean, amplitude = random.uniform(-4, 2, 500), random.uniform(9, 16, 500)
    r_k = random.choice([0.55, 0.75, 0.8, 0.9, 0.95], 500)
    ddt, ddf = degree_days_of_cycle(mean, amplitude, DAYS)
    counts, _ = count_permafrost(ddt, ddf, r_k, np.ones(500), draw_ensemble(0.7, 0.08, 1000, 1))

    # For each r_k the bias at which TTOP is 0 by bisection on the degree days themselves, then the normal integral.
    drawn = r_k[:, np.newaxis] + 0.08 * truncnorm(-3, 3).ppf((np.arange(400) + 0.5) / 400)
    low, high = np.full(drawn.shape, -15.0), np.full(drawn.shape, 15.0)
    for _ in range(40):
        middle = (low + high) / 2
        colder = ttop(*degree_days_of_cycle(mean[:, np.newaxis] + middle, amplitude[:, np.newaxis], DAYS), drawn) <= 0
        low, high = np.where(colder, middle, low), np.where(colder, high, middle)
    exact = norm(scale=0.7).cdf(low).mean(axis=1)
    assert np.sqrt(np.mean((counts / 1000 - exact) ** 2)) < 0.002
    np.testing.assert_allclose(counts / 1000, exact, atol=0.01)


def test_without_errors_it_is_the_map():
    random = np.random.default_rng(2)
    ddt, ddf = random.uniform(0, 3000, (2, 5000)).astype(np.float32)
    r_k = random.choice([0.55, 0.75, 0.95], 5000).astype(np.float32)
    counts, areas = count_permafrost(ddt, ddf, r_k, np.full(5000, 2.0), draw_ensemble(0, 0, 10, 1))
    temperature = ttop(ddt, ddf, r_k)
    clear = np.abs(temperature) > 0.01
    np.testing.assert_array_equal(counts[clear], np.where(temperature <= 0, 10, 0)[clear])
    assert areas == pytest.approx(2 * np.count_nonzero(counts))


@given(st.integers(0, 2**31 - 1), st.floats(0.1, 3), st.floats(0, 0.3))
def test_less_thaw_and_lower_r_k_never_make_permafrost_less_probable(seed, gst_error, r_k_sd):
    # Without any thaw the amplitude is not determined, and the order may be reversed by a member or two.
    ddt = np.linspace(60, 3000, 50)
    ddf = np.full(50, 1200.0)
    ensemble = draw_ensemble(gst_error, r_k_sd, 50, seed)
    by_thaw, _ = count_permafrost(ddt, ddf, np.full(50, 0.8), np.ones(50), ensemble)
    assert (np.diff(by_thaw) <= 0).all()
    by_r_k, _ = count_permafrost(ddf, ddf, np.linspace(0.25, 2.25, 50), np.ones(50), ensemble)
    assert (np.diff(by_r_k) <= 0).all()


def test_a_gap_in_any_input_is_a_gap():
    full, holed = np.full(2, 1000.0), np.array([np.nan, 1000.0])
    ensemble = draw_ensemble(0.5, 0.1, 20, 1)
    for inputs in ((holed, full, full / 1250), (full, holed, full / 1250), (full, full, holed / 1250)):
        counts, areas = count_permafrost(*inputs, np.array([5.0, 7.0]), ensemble)
        assert np.isnan(counts[0])
        assert set(areas) == {0.0, 7.0}


def test_zones():
    percent = np.array([np.nan, 0, 0.5, 9.9, 10, 49.9, 50, 89.9, 90, 100], np.float32)
    assert zones(percent).tolist() == [0, 5, 4, 4, 3, 3, 2, 2, 1, 1]
    assert [zone.value for zone in PERMAFROST_ZONES] == [1, 2, 3, 4, 5]
    # Shares of members that are limits come out as such.
    assert zones(100 * np.float32([27, 15, 3]) / np.float32(30)).tolist() == [1, 2, 3]


# The error of a GST model --------------------------------------------------------------------------


def scored(*biases):
    return {f"station {number}": Scores(365, 0.9, 2.5, 2.0, bias) for number, bias in enumerate(biases)}


def test_the_error_of_a_model_is_that_of_years_and_not_of_days():
    assert station_bias(scored(1.0, -2.0, 2.0, np.nan), "model.json") == pytest.approx(3**0.5)


def test_too_few_stations():
    with pytest.raises(InputError, match=r"'model.json' was validated at 2 stations, .* too few .*: specify the error"):
        station_bias(scored(1.0, -1.0, np.nan), "model.json")


def test_three_stations_of_which_one_has_all_days_are_too_few():
    scores = {name: Scores(n, 0.9, 2.5, 2.0, 1.0) for name, n in (("a", 365), ("b", 20), ("c", 20))}
    with pytest.raises(InputError, match=r"3 stations, which count as 1\.2 by their days"):
        station_bias(scores, "model.json")


def test_stations_count_by_their_days_up_to_a_year():
    stations = (("a", 730, 1.0), ("b", 365, 1.0), ("c", 73, 5.0))
    scores = {name: Scores(n, 0.9, 2.5, 2.0, bias) for name, n, bias in stations}
    assert station_bias(scores, "model.json") == pytest.approx(((1 + 1 + 0.2 * 25) / 2.2) ** 0.5)


def test_few_days_do_not_pass_for_a_difference_between_stations():
    """Simulated stations, biases of 0.7 K, daily errors of 2.5 K correlated by 0.7 from day to day."""
    rng, days = np.random.default_rng(1), [15] * 6 + [60] * 4 + [365] * 4 + [730] * 2
    weighted, plain, of_years = [], [], []
    for _ in range(150):
        scores = {}
        for number, n in enumerate(days):
            daily = signal.lfilter([1.0], [1.0, -0.7], rng.normal(0, 2.5 * (1 - 0.7**2) ** 0.5, n + 50))[50:]
            bias = rng.normal(0, 0.7)
            scores[str(number)] = Scores(n, 0.9, 2.6, 2.0, bias + daily.mean())
            of_years += [bias + daily[:365].mean()] * (n >= 365)
        weighted.append(station_bias(scores, "model") ** 2)
        plain.append(np.mean([one.bias**2 for one in scores.values()]))
    wanted = np.mean(np.square(of_years)) ** 0.5
    assert np.mean(weighted) ** 0.5 == pytest.approx(wanted, rel=0.12)
    assert np.mean(plain) ** 0.5 > 1.4 * wanted


# Reliability on the sample basin --------------------------------------------------------------------

SEEDS = 36
BINS = 10


def reliability(elevation, r_k, gst_error, flat):
    """Give, per simulation and bin of probability, the cells, the permafrost that was predicted, and the true one.

    Each simulation has other cells, every sixth of the basin in both directions. `flat` terrain has as many cells of
    any temperature as of any other.
    """
    settings = SampleSettings()
    ensemble = draw_ensemble(gst_error, settings.r_k_sd, 200, 1)
    cells, predicted, true = np.zeros((3, SEEDS, BINS))
    for seed in range(SEEDS):
        rows, columns = slice(seed // 6 % 6, None, 6), slice(seed % 6, None, 6)
        longitude, latitude = np.broadcast_arrays(LONGITUDE[columns], LATITUDE[rows])
        heights = elevation[rows, columns]
        if flat:
            mean = np.random.default_rng(seed).uniform(-6, 8, heights.shape)
            southing = MEAN_CLIMATE.latitude_gradient * (latitude - MEAN_CLIMATE.reference_latitude)
            heights = MEAN_CLIMATE.zero_isotherm_m + 1000 * (mean - southing) / MEAN_CLIMATE.lapse_rate
        basin = simulate_basin(heights, r_k[rows, columns], longitude, latitude, seed=seed, settings=settings)
        counts, _ = count_permafrost(
            basin.ddt_observed, basin.ddf_observed, r_k[rows, columns], np.ones(heights.shape), ensemble
        )
        uncertain = (counts > 0) & (counts < 200)
        share, permafrost = counts[uncertain] / 200, basin.permafrost_true[uncertain] == PERMAFROST.value
        place = (share * BINS).astype(int)
        cells[seed] = np.bincount(place, minlength=BINS)
        predicted[seed] = np.bincount(place, share, minlength=BINS)
        true[seed] = np.bincount(place, permafrost, minlength=BINS)
    return cells, predicted, true


def departure(cells, predicted, true):
    """Return true minus predicted share, and its standard error: simulations are independent, their cells are not."""
    total = cells.sum(axis=0)
    mean = (true - predicted).sum(axis=0) / total
    spread = (true - predicted) - cells * mean
    return mean, np.sqrt(SEEDS / (SEEDS - 1) * (spread**2).sum(axis=0)) / total


# One of ten bins beyond this happens by chance in one of a hundred suites.
CHANCE = norm.ppf(1 - 0.01 / 2 / BINS)


def test_of_cells_given_70_percent_70_percent_are_permafrost(elevation, r_k):
    mean, error = departure(*reliability(elevation, r_k, SampleSettings().gst_error_sd, flat=True))
    assert error.max() < 0.03
    assert (np.abs(mean) < CHANCE * error).all(), (mean, error)


@pytest.mark.parametrize("factor", [0.5, 2.0])
def test_reliability_tells_a_wrong_error(elevation, r_k, factor):
    mean, error = departure(*reliability(elevation, r_k, factor * SampleSettings().gst_error_sd, flat=True))
    # Overconfident: too much permafrost where little is predicted, too little where much is; and the other way round.
    direction = 1 if factor < 1 else -1
    assert (direction * mean[[0, 1, 2]] > CHANCE * error[[0, 1, 2]]).all()
    assert (direction * mean[[7, 8, 9]] < -CHANCE * error[[7, 8, 9]]).all()


def test_reliability_on_the_terrain_of_the_basin(elevation, r_k):
    """The basin has more cold than warm cells around its margin of permafrost, which the ensemble does not know."""
    mean, error = departure(*reliability(elevation, r_k, SampleSettings().gst_error_sd, flat=False))
    assert (np.abs(mean) < 0.06 + CHANCE * error).all(), (mean, error)
    assert mean[2:8].mean() > 0


# The algorithm -------------------------------------------------------------------------------------


@pytest.fixture
def degree_days(make_raster):
    random = np.random.default_rng(1)
    ddt, ddf = random.uniform(500, 2500, (2, 300, 520)).astype(np.float32)
    ddt[5, 7] = -9999
    r_k = random.choice([0.55, 0.75, 0.95], ddt.shape).astype(np.float32)
    options = {"cell": (0.01, -0.01), "nodata": -9999}
    return {name: make_raster(name, values, **options) for name, values in (("DDT", ddt), ("DDF", ddf), ("RK", r_k))}


def read(path):
    return gdal.Open(str(path)).ReadAsArray()


def test_the_same_cells_for_any_threads_and_memory(run, degree_days, tmp_path):
    made = []
    for threads, memory, members in ((1, 64, 40), (2, 1024, 40), (2, 1024, 1000)):
        output, zone = tmp_path / f"{len(made)}.tif", tmp_path / f"{len(made)}_zones.tif"
        how = {"GST_ERROR": 0.7, "MEMBERS": members, "THREADS": threads, "MEMORY": memory}
        done = run("probability", {**degree_days, **how, "OUTPUT": output, "ZONES": zone})
        assert done.ok, done.errors
        made.append((read(output), read(zone)))
    (first, first_zones), (second, second_zones), (fine, _) = made
    np.testing.assert_array_equal(first, second)
    np.testing.assert_array_equal(first_zones, second_zones)
    assert first[5, 7] == -9999
    assert 0 < np.abs(fine - first).max() < 10


def test_numbers_of_the_algorithm(run, degree_days, tmp_path):
    output, zone = tmp_path / "probability.tif", tmp_path / "zones.tif"
    done = run("probability", {**degree_days, "GST_ERROR": 0.7, "OUTPUT": output, "ZONES": zone})
    assert done.ok, done.errors
    areas = run("areastatistics", {"MAP": zone, "MAP_PERMAFROST": "1,2,3,4"})
    zoned = [done.results[f"{name}_KM2"] for name in ("CONTINUOUS", "DISCONTINUOUS", "SPORADIC", "ISOLATED")]
    assert areas.results["PERMAFROST_KM2"] == pytest.approx(sum(zoned), rel=1e-9)
    low, mean, high = (done.results[f"PERMAFROST_KM2{end}"] for end in ("_LOW", "", "_HIGH"))
    assert low < mean < high
    percent = read(output)
    known = percent != -9999
    # Cells of one latitude are alike, and 3 degrees change their area little.
    everything = sum(zoned) + done.results["NO_PERMAFROST_KM2"]
    assert mean / everything == pytest.approx(percent[known].mean() / 100, rel=0.01)
    dataset = gdal.Open(str(output))
    band = dataset.GetRasterBand(1)
    assert (band.GetDescription(), band.GetUnitType()) == ("Probability of permafrost", "%")


def test_the_error_comes_from_a_model(run, degree_days, tmp_path):
    random = np.random.default_rng(0)
    stations, days = 12, 120
    station = np.repeat(np.arange(stations), days)
    lst = random.normal(0, 10, (stations * days, 2))
    gst = lst.mean(axis=1) + random.normal(0, 1.0, stations)[station] + random.normal(0, 3, station.size)
    dates = np.tile(np.datetime64("2005-01-01") + np.arange(days), stations)
    table = TrainingTable.of(np.array([f"s{one}" for one in station]), dates, gst, lst, ("terra_day", "terra_night"))
    model = fit_gst_model(table, Fitting(folds=5), {"table": "simulated"}).model
    write_model(model, tmp_path / "model.json")
    inputs = {**degree_days, "GST_MODEL": tmp_path / "model.json", "MEMBERS": 20}
    done = run("probability", {**inputs, "OUTPUT": tmp_path / "probability.tif"})
    assert done.ok, done.errors
    used = done.results["GST_ERROR_USED"]
    # The stations' biases are of 1 K, give or take what twelve of them tell; single days are wrong by 3 K.
    assert 0.5 < used < 1.6
    assert model.station.overall.rmse > 2.5
    given = run("probability", {**inputs, "GST_ERROR": used, "OUTPUT": tmp_path / "given.tif"})
    assert "the error of the GST model is not" in given.log
    np.testing.assert_array_equal(read(tmp_path / "probability.tif"), read(tmp_path / "given.tif"))


def test_one_r_k_for_all_cells(run, degree_days, tmp_path):
    inputs = {**degree_days, "GST_ERROR": 0, "RK_SD": 0, "MEMBERS": 10, "RK_VALUE": 0.8}
    done = run("probability", {**inputs, "OUTPUT": tmp_path / "probability.tif"})
    assert "RK_VALUE 0.8 is used in all cells" in done.log
    assert run("ttop", {**degree_days, "RK_VALUE": 0.8, "OUTPUT": tmp_path / "ttop.tif"}).ok
    temperature, percent = read(tmp_path / "ttop.tif"), read(tmp_path / "probability.tif")
    clear = (np.abs(temperature) > 0.01) & (temperature != -9999)
    np.testing.assert_array_equal(percent[clear], np.where(temperature <= 0, 100, 0)[clear])


def test_only_the_ground_of_a_map_has_a_probability(run, degree_days, make_raster, tmp_path):
    classes = np.full((300, 520), 2, np.uint8)
    classes[:100], classes[100:200], classes[200:220] = 1, 3, 0
    ground = np.isin(classes, (1, 2))
    map_path = make_raster("map", classes, cell=(0.01, -0.01), nodata=0)
    inputs = {**degree_days, "GST_ERROR": 0.7, "MEMBERS": 20}
    whole = run("probability", {**inputs, "OUTPUT": tmp_path / "whole.tif"})
    part = run("probability", {**inputs, "MAP": map_path, "OUTPUT": tmp_path / "part.tif"})
    assert part.ok, part.errors
    np.testing.assert_array_equal(
        read(tmp_path / "part.tif"), np.where(ground, read(tmp_path / "whole.tif"), np.float32(-9999))
    )
    share = part.results["PERMAFROST_KM2"] / whole.results["PERMAFROST_KM2"]
    assert share == pytest.approx(ground.mean(), abs=0.02)
    interval = area_interval(RasterSource(str(tmp_path / "part.tif"), "part"))
    assert interval == pytest.approx([part.results[f"PERMAFROST_KM2_{end}"] for end in ("LOW", "HIGH")], abs=0.06)


@pytest.mark.parametrize("text", ["", "1", "low high", "1 2 3"])
def test_a_strange_interval_in_metadata_is_none(make_raster, text):
    path = make_raster("strange", np.ones((2, 2), np.float32))
    dataset = gdal.Open(str(path), gdal.GA_Update)
    dataset.SetMetadataItem(AREA_INTERVAL, text)
    del dataset
    assert area_interval(RasterSource(str(path), "strange")) is None
