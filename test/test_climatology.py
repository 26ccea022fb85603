"""The simulated climate against closed forms, independent sums, and the statistics its fields promise."""

import datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from permafrost_mapper.core.simulate.climatology import (
    DAYS_PER_YEAR,
    MEAN_CLIMATE,
    Climatology,
    Weather,
    dates_of_year,
    day_of_year,
)
from permafrost_mapper.core.simulate.randomfield import RandomField
from scipy.integrate import quad

ELEVATIONS = st.floats(-150, 8000)
LATITUDES = st.floats(34, 44)


def test_mean_annual_by_hand():
    # 1000 m below the isotherm and two degrees north of its latitude: +5.5 K, -1.74 K
    assert MEAN_CLIMATE.mean_annual(3700.0, 38.0) == pytest.approx(5.5 - 2 * 0.87)
    assert MEAN_CLIMATE.mean_annual(4700.0, 36.0) == 0


def test_amplitude_and_season_by_hand():
    climate = Climatology(amplitude_k=20, amplitude_per_km=-2, amplitude_per_degree=0.5, warmest_day=200)
    assert climate.amplitude(3000.0, 38.0) == pytest.approx(20 - 6 + 1)
    assert climate.gst(4700.0, 36.0, 200) == pytest.approx(climate.amplitude(4700.0, 36.0))
    assert climate.gst(4700.0, 36.0, 200 - DAYS_PER_YEAR / 2) == pytest.approx(-climate.amplitude(4700.0, 36.0))


@pytest.mark.parametrize(("elevation", "latitude"), [(1000.0, 40.0), (3500.0, 42.0), (4700.0, 36.0), (5500.0, 35.0)])
def test_degree_days_equal_the_integral_of_the_harmonic(elevation, latitude):
    mean, amplitude = MEAN_CLIMATE.mean_annual(elevation, latitude), MEAN_CLIMATE.amplitude(elevation, latitude)
    ddt, ddf = MEAN_CLIMATE.degree_days(elevation, latitude, dates_of_year(2019))

    crossing = np.arccos(np.clip(-mean / amplitude, -1, 1))
    closed_form = DAYS_PER_YEAR / np.pi * (mean * crossing + amplitude * np.sin(crossing))
    numeric, _ = quad(
        lambda day: max(MEAN_CLIMATE.gst(elevation, latitude, day), 0), 0, DAYS_PER_YEAR, limit=500, epsabs=1e-3
    )
    assert closed_form == pytest.approx(numeric, rel=1e-4)
    # 365 days of a harmonic of 365.25, beginning and ending in the cold: the quarter of a day is missing from DDF
    assert ddt == pytest.approx(closed_form, rel=2e-3, abs=1)
    assert ddt - ddf == pytest.approx(mean * 365, abs=amplitude / 2)


def test_degree_days_equal_a_sum_day_by_day():
    elevation = np.array([[1200.0, 3100.0, np.nan], [4400.0, 5300.0, 6100.0]])
    longitude, latitude = np.array([78.0, 80.0, 82.0]), np.array([[40.0], [36.0]])
    anomaly = Weather(seed=3).at(longitude, latitude)
    dates = np.arange("2019-09-01", "2021-02-15", dtype="datetime64[D]")
    ddt, ddf = MEAN_CLIMATE.degree_days(elevation, latitude, dates, anomaly)

    for row in range(2):
        for column in range(3):
            warm = cold = 0.0
            for date in dates:
                day = date.astype(datetime.date).timetuple().tm_yday
                gst = MEAN_CLIMATE.gst(elevation[row, column], latitude[row, 0], day)
                gst += anomaly(np.array([date]))[0, row, column]
                warm, cold = warm + max(gst, 0), cold - min(gst, 0)
            if np.isnan(elevation[row, column]):
                assert np.isnan(ddt[row, column])
                assert np.isnan(ddf[row, column])
            else:
                assert ddt[row, column] == pytest.approx(warm, rel=1e-9)
                assert ddf[row, column] == pytest.approx(cold, rel=1e-9)


@given(ELEVATIONS, st.floats(1, 1000), LATITUDES)
def test_higher_is_colder_all_through_the_year_s_sums(elevation, rise, latitude):
    low, high = (MEAN_CLIMATE.degree_days(z, latitude, dates_of_year(2019)) for z in (elevation, elevation + rise))
    assert MEAN_CLIMATE.mean_annual(elevation + rise, latitude) < MEAN_CLIMATE.mean_annual(elevation, latitude)
    assert high[0] <= low[0]
    assert min(*low, *high) >= 0
    assert high[0] - high[1] < low[0] - low[1]


@given(ELEVATIONS, LATITUDES, st.floats(0.1, 5))
def test_further_north_is_colder_in_the_mean_and_wider_in_the_season(elevation, latitude, northing):
    assert MEAN_CLIMATE.mean_annual(elevation, latitude + northing) < MEAN_CLIMATE.mean_annual(elevation, latitude)
    assert MEAN_CLIMATE.amplitude(elevation, latitude + northing) > MEAN_CLIMATE.amplitude(elevation, latitude) > 0


def test_days_of_the_year():
    assert dates_of_year(2020).size == 366
    assert dates_of_year(2019).size == 365
    assert list(day_of_year(np.array(["2020-01-01", "2020-12-31", "2019-03-01"], "datetime64[D]"))) == [1, 366, 60]


def test_a_field_is_the_same_in_any_window_and_order():
    longitude, latitude = np.arange(75, 90, 0.5), np.arange(43, 35, -0.5)[:, np.newaxis]
    field = RandomField((5, 1), length_km=300, duration_days=4)
    whole = field.at(longitude, latitude)(np.arange(20.0))
    part = field.at(longitude[10:15], latitude[3:9])(np.array([17.0, 4.0]))
    assert whole.shape == (20, 16, 30)
    np.testing.assert_allclose(part, whole[[17, 4], 3:9, 10:15], atol=1e-12)
    np.testing.assert_allclose(field.at(longitude[10], latitude[3, 0])(17.0), whole[17, 3, 10], atol=1e-12)


def test_a_field_without_duration_does_not_change():
    placed = RandomField((0,), length_km=100).at(np.array([80.0, 81.0]), 38.0)
    np.testing.assert_array_equal(placed(1000.0), placed())


def test_fields_have_the_promised_variance_and_correlation():
    # Over 4000 seeds the standard error of a correlation near 0.6 is 0.01.
    kilometres_per_degree = 2 * np.pi * 6371 / 360
    latitude = 38 + np.array([0.0, 100.0, 200.0]) / kilometres_per_degree
    values = np.array(
        [RandomField((seed, 9), length_km=100, duration_days=3).at(80.0, latitude)([0.0, 3.0]) for seed in range(4000)]
    )
    assert values.mean() == pytest.approx(0, abs=0.04)
    assert values.std() == pytest.approx(1, abs=0.03)
    here = values[:, 0, 0]
    assert np.corrcoef(here, values[:, 0, 1])[0, 1] == pytest.approx(np.exp(-0.5), abs=0.05)
    assert np.corrcoef(here, values[:, 0, 2])[0, 1] == pytest.approx(np.exp(-2), abs=0.06)
    assert np.corrcoef(here, values[:, 1, 0])[0, 1] == pytest.approx(np.exp(-0.5), abs=0.05)


def test_weather_repeats_by_seed_and_has_its_size():
    dates = dates_of_year(2019)
    weather = Weather(seed=1, passing_sd=2.5, lasting_sd=0.6)
    many = np.array([Weather(seed).at(80.0, 38.0)(dates[::10]) for seed in range(60)])
    assert many.std() == pytest.approx(np.hypot(2.5, 0.6), rel=0.1)
    np.testing.assert_array_equal(weather.at(80.0, 38.0)(dates), Weather(1).at(80.0, 38.0)(dates))
    assert not np.allclose(weather.at(80.0, 38.0)(dates), Weather(2).at(80.0, 38.0)(dates))
