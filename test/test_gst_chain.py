"""From stations and four LSTs a day to degree days, on a simulated basin whose truth is known."""

import csv
import json
from datetime import date

import numpy as np
import pytest
from permafrost_mapper.core.gst.degreedays import Summing, degree_days
from permafrost_mapper.core.prepare.climatology import MEAN_CLIMATE, Weather, dates_of_year, day_of_year

YEAR = 2013
ROWS, COLUMNS = 24, 30

# What is put in, K: the range of the day about its mean, what the satellites see wrong on a day, and the loggers.
SHIFTS = {"terra_day": 11.0, "terra_night": -9.0, "aqua_day": 13.0, "aqua_night": -11.0}
LST_NOISE = 2.0
LOGGER_NOISE = 0.3
GAPS = {"winter": 0.4, "summer": 0.15}


@pytest.fixture(scope="module")
def basin():
    """Daily GST of a year, degC, and its degree days, on a grid from 3000 to 5600 m."""
    dates = dates_of_year(YEAR)
    longitude = 80 + 0.01 * (np.arange(COLUMNS) + 0.5)
    latitude = 38 - 0.01 * (np.arange(ROWS)[:, None] + 0.5)
    elevation = 3000 + 2600 * (np.arange(COLUMNS) / COLUMNS) * np.ones((ROWS, 1))
    elevation += 150 * np.sin(np.arange(ROWS)[:, None] / 3)
    gst = MEAN_CLIMATE.gst(elevation, latitude, day_of_year(dates)[:, None, None])
    gst = gst + Weather(seed=4).at(longitude, latitude)(dates)
    return dates, gst


@pytest.fixture(scope="module")
def lst(basin):
    """Four LSTs a day that follow GST with noise of their own, half of them missing in winter."""
    dates, gst = basin
    random = np.random.default_rng(11)
    summer = np.isin(dates.astype("datetime64[M]").astype(int) % 12, [4, 5, 6, 7, 8])
    share = np.where(summer, GAPS["summer"], GAPS["winter"])[:, None, None]
    values = {}
    for name, shift in SHIFTS.items():
        values[name] = np.round(1.1 * gst + shift + random.normal(0, LST_NOISE, gst.shape), 2)
        values[name][random.random(gst.shape) < share] = np.nan
    return values


# Row and column of the stations: low and middle elevations, as stations lie.
PLACES = [(3, 1), (20, 3), (9, 6), (15, 10), (5, 13), (21, 16), (12, 19), (2, 22)]


@pytest.fixture
def inputs(basin, lst, make_stack, tmp_path):
    dates, gst = basin
    random = np.random.default_rng(12)
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [80.003 + 0.01 * column, 37.997 - 0.01 * row]},
            "properties": {"station": f"S{number}"},
        }
        for number, (row, column) in enumerate(PLACES)
    ]
    stations = tmp_path / "stations.geojson"
    stations.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    observations = tmp_path / "observations.csv"
    with observations.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["station", "date", "gst"])
        for number, (row, column) in enumerate(PLACES):
            for day, value in zip(dates, gst[:, row, column]):
                observed = value + random.normal(0, LOGGER_NOISE) if random.random() > 0.02 else 3276.6
                table.writerow([f"S{number}", day, f"{observed:.2f}"])
    stacks = {name.upper(): make_stack(name, date(YEAR, 1, 1), values) for name, values in lst.items()}
    return {"STATIONS": stations, "OBSERVATIONS": observations}, stacks


def read(path):
    gdal = pytest.importorskip("osgeo.gdal")
    dataset = gdal.Open(str(path))
    values = dataset.ReadAsArray().astype(float)
    band = dataset.GetRasterBand(1)
    return np.where(values == band.GetNoDataValue(), np.nan, values * (band.GetScale() or 1))


def test_the_chain_recovers_degree_days_within_the_noise(run, basin, lst, inputs, tmp_path):
    dates, gst = basin
    points, stacks = inputs
    table, model = tmp_path / "table.csv", tmp_path / "model.json"
    done = run("samplelst", {**points, **stacks, "OUTPUT": table})
    assert done.ok, done.errors
    assert done.results["ROWS"] == 365 * len(PLACES)
    assert done.results["USED"] < done.results["ROWS"]

    done = run("fitgstmodel", {"INPUT": table, "OUTPUT": model, "OUTPUT_HTML": tmp_path / "model.html"})
    assert done.ok, done.errors
    # Four independent errors of LST_NOISE / 1.1 average out to half of that.
    noise = np.hypot(LST_NOISE / 1.1 / 2, LOGGER_NOISE)
    assert done.results["RMSE_STATION"] == pytest.approx(noise, rel=0.1)
    assert abs(done.results["BIAS_STATION"]) < 0.1

    outputs = {name: tmp_path / f"{name}.tif" for name in ("DDT", "DDF", "MAGST", "VALID_DAYS", "EXTRAPOLATION")}
    done = run("degreedays", {"MODEL": model, **stacks, **outputs})
    assert done.ok, done.errors
    ddt, ddf, valid = (read(outputs[name]) for name in ("DDT", "DDF", "VALID_DAYS"))
    truth = next(degree_days([(dates, gst.astype(np.float32))], [np.datetime64(f"{YEAR}-01-01")], Summing()))
    # A day on which only two overpasses are left has twice the variance; errors of days add up, and so do months'.
    spread = np.sqrt(2) * noise * 365 / np.sqrt(valid.mean())
    for found, true in ((ddt, truth.ddt), (ddf, truth.ddf)):
        error = found - true
        assert np.isfinite(error).all()
        assert error.std() < spread
        # Noise in the predictors draws the slope towards 0, by the share that noise has of the variance: 1 to 2 %.
        assert abs(error.mean()) < 0.02 * true.mean()
    magst = read(outputs["MAGST"]) - truth.magst
    assert abs(magst.mean()) < 0.1
    assert magst.std() < np.sqrt(2) * spread / 365
    # The coldest cells lie above all stations.
    extrapolated = read(outputs["EXTRAPOLATION"])
    assert extrapolated[:, -3:].mean() > 2 * extrapolated[:, 3:20].mean() > 0


def test_daily_gst_has_the_error_of_the_model_and_the_same_sums(run, basin, inputs, tmp_path):
    _, gst = basin
    points, stacks = inputs
    table, model = tmp_path / "table.csv", tmp_path / "model.json"
    assert run("samplelst", {**points, **stacks, "OUTPUT": table}).ok
    done = run("fitgstmodel", {"INPUT": table, "OUTPUT": model})
    daily, flags = tmp_path / "gst.tif", tmp_path / "flags.tif"
    predicted = run("predictgst", {"MODEL": model, **stacks, "OUTPUT": daily, "EXTRAPOLATION": flags})
    assert predicted.ok, predicted.errors
    assert predicted.results["DAYS"] == 365
    values = read(daily)
    # Where an overpass is missing the fall-backs do worse than the model's score, and not much.
    error = (values - gst)[np.isfinite(values)]
    assert 0.9 * done.results["RMSE"] < np.sqrt(np.mean(error**2)) < 1.4 * done.results["RMSE"]
    assert abs(error.mean()) < 0.1

    flagged = read(flags)
    assert np.array_equal(np.isfinite(values), np.isfinite(flagged) & (flagged > 0))
    share = 100 * np.mean(flagged[np.isfinite(values)] == 2)
    assert predicted.results["EXTRAPOLATED_PERCENT"] == pytest.approx(share)
    assert 0 < share < 20

    sums = []
    for name, source in (("straight", {"MODEL": model, **stacks}), ("daily", {"GST": [str(daily)]})):
        outputs = {what: tmp_path / f"{name}_{what}.tif" for what in ("DDT", "DDF", "VALID_DAYS")}
        assert run("degreedays", {**source, **outputs}).ok
        sums.append([read(path) for path in outputs.values()])
    # Hundredths of a degree, rounded a year long.
    np.testing.assert_allclose(sums[0], sums[1], atol=0.005 * np.sqrt(365) * 6)
    np.testing.assert_array_equal(sums[0][2], sums[1][2])


def test_daily_gst_is_the_same_for_any_threads_and_memory(run, basin, inputs, make_stack, tmp_path):
    points, stacks = inputs
    table, model = tmp_path / "table.csv", tmp_path / "model.json"
    assert run("samplelst", {**points, **stacks, "OUTPUT": table}).ok
    assert run("fitgstmodel", {"INPUT": table, "OUTPUT": model}).ok
    random = np.random.default_rng(1)
    large = {
        name.upper(): make_stack(f"large_{name}", date(YEAR, 1, 1), random.normal(shift, 5, (40, 300, 560)).round(2))
        for name, shift in SHIFTS.items()
    }
    read_back = []
    for threads, memory in ((1, 4096), (3, 64)):
        output = tmp_path / f"{threads}.tif"
        parameters = {"MODEL": model, **large, "THREADS": threads, "MEMORY": memory, "OUTPUT": output}
        assert run("predictgst", parameters).ok
        read_back.append(read(output))
    np.testing.assert_array_equal(*read_back)


def test_what_predictgst_refuses_is_one_sentence_and_no_file(run, inputs, make_stack, tmp_path):
    points, stacks = inputs
    table, model, output = tmp_path / "table.csv", tmp_path / "model.json", tmp_path / "gst.tif"
    assert run("samplelst", {**points, **stacks, "OUTPUT": table}).ok
    assert run("fitgstmodel", {"INPUT": table, "OUTPUT": model}).ok
    other = tmp_path / "other.json"
    other.write_text(model.read_text().replace('"version": 1', '"version": 7'))
    text = tmp_path / "text.json"
    text.write_text("station,date")
    empty = {name: make_stack(f"empty_{name}", date(YEAR, 1, 1), np.full((20, 5, 5), np.nan)) for name in stacks}
    for parameters, said in (
        ({"AQUA_DAY": None}, "aqua_day is not given"),
        ({"MODEL": other}, "is of version 7"),
        ({"MODEL": text}, "is no JSON document"),
        ({"TERRA_DAY": stacks["TERRA_NIGHT"], "TERRA_NIGHT": stacks["TERRA_DAY"]}, "swapped, exchange them"),
        (empty, "ever has the overpasses that the model needs"),
        ({"OUTPUT": str(tmp_path / "table.csv" / "gst.tif")}, "cannot be written"),
    ):
        done = run("predictgst", {"MODEL": model, **stacks, "OUTPUT": output, **parameters})
        assert not done.ok
        assert len(done.errors) == 1
        assert said in done.errors[0]
        assert not output.exists()
