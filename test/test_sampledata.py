"""Scenes, stations and boreholes of the sample basin: what is promised about them, and that a user can begin there."""

import csv
import json
import zipfile
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from permafrost_mapper.core.prepare.scenes import OVERPASSES
from permafrost_mapper.core.simulate.climatology import DAYS_PER_YEAR, dates_of_year, day_of_year
from permafrost_mapper.core.simulate.lst import LstSettings, simulate_lst
from permafrost_mapper.core.simulate.sample import simulate_basin
from permafrost_mapper.core.simulate.sites import SENTINEL, SiteSettings, drill, observe, spread, station_cells

DATES = dates_of_year(2019)
EXACT = replace(LstSettings(), half_range_cloud=0.0, scene_sd=0.0, cell_sd=0.0, surface_sd=0.0)

LONGITUDE = 80 + 0.5 * np.arange(6)
LATITUDE = 38 - 0.5 * np.arange(5)[:, np.newaxis]
ELEVATION = 1000 + 4500 * np.linspace(0, 1, 30).reshape(5, 6)


def clear_share(seed):
    """Share of clear cells by day of a box as large as that of the record, shape (2, 365): Terra by day, by night."""
    longitude, latitude = 97 + 0.25 * np.arange(20), 43 - 0.25 * np.arange(22)[:, np.newaxis]
    days = simulate_lst(np.full((22, 20), 3000.0), longitude, latitude, DATES, seed)
    return np.array([[day.is_clear[f"terra_{time}"].mean() for time in ("day", "night")] for day in days]).T


def annual_wave(shares):
    """Mean, and cosine and sine of the annual wave, by least squares, of series of a year."""
    angle = 2 * np.pi * day_of_year(DATES) / DAYS_PER_YEAR
    waves = np.column_stack([np.ones(365), np.cos(angle), np.sin(angle)])
    return waves, np.linalg.lstsq(waves, shares.T, rcond=None)[0]


def character(shares):
    """What the record of clear shares is told by: means, spreads, persistence, and how day and night go together."""
    waves, coefficients = annual_wave(shares)
    day, night = shares - (waves @ coefficients).T

    def together(a, b):
        return np.corrcoef(a, b)[0, 1]

    return {
        "mean": shares.mean(axis=1),
        "sd": shares.std(axis=1),
        "day to day": np.array([together(day[1:], day[:-1]), together(night[1:], night[:-1])]),
        "day and night": together(day, night),
        "night and next day": together(night[:-1], day[1:]),
    }


def test_clouds_are_as_frequent_and_as_lasting_as_in_the_record(real_data):
    with (real_data("heihe_mod11a1") / "valid_fraction_daily_2013.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    record = np.array([[float(row[f"terra_{time}_valid_fraction"]) for row in rows] for time in ("day", "night")])
    _, (mean, cosine, sine) = annual_wave(record)
    for settings, found in zip((LstSettings().day, LstSettings().night), zip(mean, cosine, sine)):
        assert settings.mean == pytest.approx(found[0], abs=5e-4)
        assert settings.amplitude == pytest.approx(np.hypot(*found[1:]), abs=5e-4)
        clearest = np.arctan2(found[2], found[1]) / (2 * np.pi) * DAYS_PER_YEAR % DAYS_PER_YEAR
        assert settings.clearest_day == pytest.approx(clearest, abs=1)

    years = [character(clear_share(seed)) for seed in range(4)]
    # A correlation of a year of single days has a standard error of 0.05, and so has the record.
    for what, tolerance in (
        ("mean", 0.03),
        ("sd", 0.05),
        ("day to day", 0.15),
        ("day and night", 0.15),
        ("night and next day", 0.25),
    ):
        simulated = np.mean([year[what] for year in years], axis=0)
        np.testing.assert_allclose(simulated, character(record)[what], atol=tolerance, err_msg=what)


def test_terra_and_aqua_see_much_the_same_clouds_and_the_night_others():
    longitude, latitude = 80 + 0.05 * np.arange(40), 38 - 0.05 * np.arange(40)[:, np.newaxis]
    days = list(simulate_lst(np.full((40, 40), 3000.0), longitude, latitude, DATES[::5], seed=3))
    clear = {overpass: np.array([day.is_clear[overpass] for day in days]) for overpass in OVERPASSES}

    def agreement(one, other):
        return np.corrcoef(clear[one].ravel(), clear[other].ravel())[0, 1]

    assert agreement("terra_day", "aqua_day") > agreement("terra_day", "terra_night") + 0.2
    # Gaps have shapes: a neighbour 5 km off is nearly always as the cell is.
    assert (clear["terra_day"][:, 1:] == clear["terra_day"][:, :-1]).mean() > 0.9


def test_without_errors_the_four_overpasses_average_to_the_daily_mean():
    for day in simulate_lst(ELEVATION, LONGITUDE, LATITUDE, DATES[::60], seed=1, settings=EXACT):
        np.testing.assert_allclose(np.mean([day.lst[overpass] for overpass in OVERPASSES], axis=0), day.gst)
        assert (day.lst["aqua_day"] > day.lst["terra_day"]).all()
        assert (day.lst["terra_night"] > day.lst["aqua_night"]).all()


def test_the_errors_of_lst_have_the_stated_size():
    settings = replace(EXACT, scene_sd=1.2, cell_sd=0.7, surface_sd=0.4)
    errors = np.array(
        [
            [with_error.lst[overpass] - without.lst[overpass] for overpass in OVERPASSES]
            for seed in range(40)
            for with_error, without in zip(
                *(simulate_lst(ELEVATION, LONGITUDE, LATITUDE, DATES[:2], seed, settings=s) for s in (settings, EXACT))
            )
        ]
    )
    assert errors.std() == pytest.approx(np.sqrt(1.2**2 + 0.7**2 + 0.4**2), rel=0.1)
    assert errors.mean() == pytest.approx(0, abs=0.15)


def test_the_true_gst_is_that_of_the_true_degree_days():
    gst = np.array([day.gst for day in simulate_lst(ELEVATION, LONGITUDE, LATITUDE, DATES, seed=5)])
    basin = simulate_basin(ELEVATION, np.full((5, 6), 0.8), LONGITUDE, LATITUDE, seed=5)
    np.testing.assert_allclose(np.maximum(gst, 0).sum(axis=0), basin.ddt_true, rtol=1e-9)
    np.testing.assert_allclose(-np.minimum(gst, 0).sum(axis=0), basin.ddf_true, rtol=1e-9, atol=1e-9)


def test_a_part_of_basin_and_year_is_the_same_part_of_the_whole():
    whole = list(simulate_lst(ELEVATION, LONGITUDE, LATITUDE, DATES[:20], seed=2))
    (part,) = simulate_lst(ELEVATION[1:3, 2:5], LONGITUDE[2:5], LATITUDE[1:3], DATES[17:18], seed=2)
    for overpass in OVERPASSES:
        np.testing.assert_allclose(part.lst[overpass], whole[17].lst[overpass][1:3, 2:5], rtol=1e-9)
        np.testing.assert_array_equal(part.is_clear[overpass], whole[17].is_clear[overpass][1:3, 2:5])


# Stations and boreholes


@given(st.integers(0, 99), st.lists(st.floats(0, 1), min_size=1, max_size=50).filter(any), st.integers(1, 20))
def test_spread_chooses_cells_with_a_weight_once_and_in_order(seed, weights, count):
    weight = np.array(weights)
    quantity = np.random.default_rng(seed).permutation(weight.size).astype(float)
    chosen = spread(quantity, weight, count, np.random.default_rng(seed))
    assert 1 <= chosen.size <= count
    assert (weight[chosen] > 0).all()
    assert (np.diff(quantity[chosen]) > 0).all()


def test_spread_gives_each_cell_its_share():
    weight = np.array([1.0, 2.0, 0.0, 4.0, 3.0])
    generator = np.random.default_rng(1)
    chosen = np.concatenate([spread(np.arange(5), weight, 2, generator) for _ in range(4000)])
    np.testing.assert_allclose(np.bincount(chosen, minlength=5) / 4000, 2 * weight / weight.sum(), atol=0.03)


def test_stations_reach_from_low_to_high_and_stand_on_ground():
    elevation = np.linspace(800, 6000, 4000).reshape(50, 80)
    is_ground = np.arange(4000).reshape(50, 80) % 3 > 0
    cells = station_cells(elevation, is_ground, seed=1)
    z = elevation.ravel()[cells]
    assert cells.size == SiteSettings().stations
    assert is_ground.ravel()[cells].all()
    assert z[0] < 1200
    assert z[-1] > 5400
    assert np.median(z) < 3000
    assert (z > 4000).sum() >= 6


def test_loggers_are_off_by_the_stated_amount_and_have_gaps_and_sentinels():
    settings = SiteSettings()
    observed = observe(np.zeros((365, 200)), seed=4, settings=settings)
    missing, sentinel = np.isnan(observed), observed == SENTINEL
    outages = settings.outage_days / 365 / 4
    assert missing.mean() == pytest.approx(settings.lost_days + outages, rel=0.1)
    assert sentinel.mean() == pytest.approx(settings.sentinel_days, rel=0.1)
    error = np.where(missing | sentinel, np.nan, observed)
    assert np.nanstd(error - np.nanmean(error, axis=0)) == pytest.approx(np.hypot(2.6, 0.2), rel=0.01)
    noise_of_means = np.hypot(2.6, 0.2) / np.sqrt(365)
    assert np.nanmean(error, axis=0).std() == pytest.approx(np.hypot(settings.offset_sd, noise_of_means), rel=0.15)


def test_boreholes_lie_on_both_sides_of_the_margin_and_are_warmer_below():
    ttop = np.linspace(-12, 15, 5000).reshape(50, 100)
    ttop[:, 7] = np.nan
    boreholes = drill(ttop, seed=1)
    there = ttop.ravel()[boreholes.cells]
    assert boreholes.cells.size == SiteSettings().boreholes
    assert np.abs(there).max() <= SiteSettings().borehole_range_k
    assert 0.3 < (there <= 0).mean() < 0.7
    surplus = boreholes.magt - there
    expected = SiteSettings().gradient_k_per_m * boreholes.depth_m
    assert (surplus - expected).std() == pytest.approx(SiteSettings().borehole_sd, rel=0.35)


# The algorithm


# A part with which the tests are quick: 10 x 8 cells across the margin of permafrost.
WEST, SOUTH, EAST, NORTH = SMALL_PART = 79.0, 35.8, 79.5, 36.2


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("sample") / "basin"


@pytest.fixture
def sample(run, monkeypatch, folder):
    """The sample basin with its small part, made once."""
    from permafrost_mapper.raster.simulate import sample as samplebasin

    if not folder.exists():
        monkeypatch.setattr(samplebasin, "LST_PART", SMALL_PART)
        done = run("sampledata", {"LST": "part", "OUTPUT": folder})
        assert done.ok, done.errors
    return folder


def bands(path):
    gdal = pytest.importorskip("osgeo.gdal")
    dataset = gdal.Open(str(path))
    stored = dataset.ReadAsArray()
    band = dataset.GetRasterBand(1)
    return np.where(stored == band.GetNoDataValue(), np.nan, stored * band.GetScale())


def test_the_job_runs_without_qgis(tmp_path, monkeypatch):
    from permafrost_mapper.raster.simulate import sample as samplebasin

    monkeypatch.setattr(samplebasin, "LST_PART", SMALL_PART)
    records = []
    for name in ("a", "b"):
        job = samplebasin.SampleJob(str(tmp_path / name), seed=4)
        samplebasin.write_terrain(job)
        samplebasin.write_observations(job)
        records.append((tmp_path / name / "observations_simulated.csv").read_text(encoding="utf-8"))
        assert (tmp_path / name / "elevation.tif").read_bytes() == (samplebasin.SAMPLE / "elevation.tif").read_bytes()
    assert records[0] == records[1]
    header, *rows = records[0].splitlines()
    assert header == "station,date,gst"
    assert {row.split(",")[1][:4] for row in rows} == {"2019"}
    assert len(rows) > 300


def test_scenes_stations_and_project_are_what_a_user_begins_with(run, sample, tmp_path):
    gdal = pytest.importorskip("osgeo.gdal")
    built = run("buildlststack", {"INPUT": sample / "lst_scenes_simulated", "OUTPUT": tmp_path / "stacks"})
    assert built.ok, built.errors
    assert (built.results["SCENES"], built.results["MISSING"]) == (1460, 0)
    stacks = {overpass.upper(): tmp_path / "stacks" / f"{overpass}_2019.tif" for overpass in OVERPASSES}
    for overpass, path in stacks.items():
        seen, truth = bands(path), bands(sample / f"truth_lst_{overpass.lower()}_2019_simulated.tif")
        assert seen.shape == truth.shape == (365, 8, 10)
        assert 0.5 < np.isfinite(seen).mean() < 0.85
        # Both are rounded to hundredths.
        np.testing.assert_allclose(seen[np.isfinite(seen)], truth[np.isfinite(seen)], atol=0.0101)
        assert "LST of the sample basin" in gdal.Open(str(path)).GetMetadataItem("PERMAFROST_SIMULATED")

    joined = run(
        "samplelst",
        {
            "STATIONS": sample / "stations_simulated.geojson",
            "OBSERVATIONS": sample / "observations_simulated.csv",
            **stacks,
            "OUTPUT": tmp_path / "table.csv",
        },
    )
    assert joined.ok, joined.errors
    assert 0.5 < joined.results["USED"] / joined.results["ROWS"] < 1
    assert str(SENTINEL) in joined.log

    truth_gst = bands(sample / "truth_gst_2019_simulated.tif")
    whole = gdal.Open(str(sample / "truth_ddt_simulated.tif"))
    column, row = round((WEST - 73.5) / 0.05), round((43.6 - NORTH) / 0.05)
    ddt = whole.ReadAsArray(column, row, 10, 8)
    # Hundredths of a degree, rounded on up to 365 days.
    np.testing.assert_allclose(np.maximum(truth_gst, 0).sum(axis=0), ddt, atol=0.005 * np.sqrt(365) * 4)


def test_the_project_opens_everything_by_relative_paths(provider, sample):
    from qgis.core import QgsProject

    with zipfile.ZipFile(sample / "sample_basin.qgz") as archive:
        (document,) = (name for name in archive.namelist() if name.endswith(".qgs"))
        assert str(sample) not in archive.read(document).decode()
    project = QgsProject()
    assert project.read(str(sample / "sample_basin.qgz"))
    assert all(layer.isValid() for layer in project.mapLayers().values())
    groups = {
        group.name(): [node.name() for node in group.findLayers()] for group in project.layerTreeRoot().findGroups()
    }
    assert list(groups) == [
        "Outlines",
        "Observed (simulated)",
        "Truth (simulated)",
        "LST, examples (simulated)",
        "Terrain and land cover",
    ]
    assert len(groups["LST, examples (simulated)"]) == 8
    for name in ("Boreholes", "Stations", "Observed GST"):
        assert f"{name} (simulated)" in groups["Observed (simulated)"]


def test_points_are_named_and_say_that_they_are_simulated(sample):
    for name, fields in (("stations", {"station", "elevation_m"}), ("boreholes", {"borehole", "depth_m", "magt"})):
        features = json.loads((sample / f"{name}_simulated.geojson").read_text(encoding="utf-8"))["features"]
        for feature in features:
            assert feature["properties"].keys() == fields | {"origin"}
            assert feature["properties"]["origin"] == "simulated"
            x, y = feature["geometry"]["coordinates"]
            if name == "stations":
                assert WEST < x < EAST
                assert SOUTH < y < NORTH
    with (sample / "observations_simulated.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len({(row["station"], row["date"]) for row in rows}) == len(rows)
    assert {date.fromisoformat(row["date"]).year for row in rows} == {2019}


def test_without_scenes_there_are_no_stations_either(run, tmp_path):
    done = run("sampledata", {"LST": "none", "OUTPUT": tmp_path / "sample"})
    assert done.ok, done.errors
    names = {path.name for path in (tmp_path / "sample").iterdir()}
    assert {"boreholes_simulated.geojson", "truth_ttop_simulated.tif", "sample_basin.qgz"} <= names
    assert not [name for name in names if "lst" in name or "stations" in name or "observations" in name]


def test_qgis_is_made_to_open_nothing_that_is_no_layer(provider, qgis_log):
    provider.algorithm("sampledata").create().check(None)
    assert qgis_log == []
