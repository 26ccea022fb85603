"""Degree days against independent sums of real daily series, and their independence of how they are read."""

import csv
import gzip

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from permafrost_mapper.core.errors import InputError
from permafrost_mapper.core.gst.degreedays import (
    Summing,
    complete_years,
    degree_days,
    expected_excess,
    year_name,
    year_of,
)
from permafrost_mapper.core.permafrost.ttop import ttop


def days(first, last):
    """All days from one to another, both included."""
    return np.arange(np.datetime64(first, "D"), np.datetime64(last, "D") + 1)


def sums_of(dates, gst, **summing):
    """Degree days of a whole series by year name."""
    summing = Summing(**summing)
    years, _ = complete_years(dates, summing.year_start)
    return {year_name(year.first_day): year for year in degree_days(zip(dates, gst), years, summing)}


def wave(dates, mean=-4.0, amplitude=16.0, noise=3.0, seed=0):
    """A daily series of a permafrost site, degC."""
    day = (dates - dates.astype("datetime64[Y]")).astype(float)
    random = np.random.default_rng(seed)
    return mean - amplitude * np.cos(2 * np.pi * (day - 15) / 365.25) + random.normal(0, noise, len(dates))


def read_csv(path):
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def mohe(real_data):
    rows = read_csv(real_data("qtp_stations") / "mohe_50136_daily_1959_2000.csv.gz")
    dates = np.array([f"{row['Year']}-{int(row['Mon']):02}-{int(row['Day']):02}" for row in rows], "datetime64[D]")
    return dates, np.array([np.nan if row["GT"] == "NA" else float(row["GT"]) for row in rows], np.float32)


def scaled_month_by_month(dates, gst, years, min_days):
    """The rule of the method in loops over days, from scratch: {year: (DDT, DDF, days)}; years are {day: name}."""
    found = {}
    for date, value in zip(dates.tolist(), gst.tolist()):
        if not np.isnan(value):
            found.setdefault((years(date), date.month), []).append(value)
    sums = {}
    for name in {name for name, _ in found}:
        ddt = ddf = number = length = 0.0
        for month in range(1, 13):
            values = found.get((name, month), [])
            if len(values) < min_days:
                ddt = ddf = np.nan
                continue
            leap_day = [date for date in dates.tolist() if years(date) == name and (date.month, date.day) == (2, 29)]
            in_month = {2: 29 if leap_day else 28, 4: 30, 6: 30, 9: 30, 11: 30}.get(month, 31)
            ddt += sum(value for value in values if value > 0) * in_month / len(values)
            ddf -= sum(value for value in values if value < 0) * in_month / len(values)
            number += len(values)
            length += in_month
        sums[name] = (ddt, ddf, number, length)
    return sums


@pytest.mark.parametrize("year_start", [1, 9])
def test_mohe(mohe, year_start):
    dates, gst = mohe

    def year(date):
        first = date.year if date.month >= year_start else date.year - 1
        return str(first) if year_start == 1 else f"{first}-{first + 1}"

    expected = scaled_month_by_month(dates, gst, year, 20)
    ours = sums_of(dates, gst, year_start=year_start, min_days=20)
    assert len(ours) == (42 if year_start == 1 else 41)
    assert sum(np.isfinite(sums.ddt) for sums in ours.values()) > 30
    for name, sums in ours.items():
        ddt, ddf, number, length = expected[name]
        assert sums.ddt == pytest.approx(ddt, rel=1e-6, nan_ok=True)
        assert sums.ddf == pytest.approx(ddf, rel=1e-6, nan_ok=True)
        assert sums.magst == pytest.approx((ddt - ddf) / length, rel=1e-5, nan_ok=True)
        if np.isfinite(ddt):
            assert sums.valid_days == number


def test_langtang_loggers(real_data):
    rows = read_csv(real_data("himalaya") / "langtang_gst_daily_mean.csv.gz")
    loggers = [name for name in rows[0] if name != "date"]
    dates = np.array([row["date"] for row in rows], "datetime64[D]")
    gst = np.array([[float(row[name] or "nan") for name in loggers] for row in rows], np.float32)
    ours = sums_of(dates, gst)
    assert list(ours) == ["2015", "2016", "2017"]
    compared = 0
    for k in range(len(loggers)):
        expected = scaled_month_by_month(dates, gst[:, k], lambda date: str(date.year), 10)
        for name, sums in ours.items():
            ddt, ddf, _, length = expected.get(name, (np.nan, np.nan, 0, 365))
            assert sums.ddt[k] == pytest.approx(ddt, rel=1e-6, abs=1e-4, nan_ok=True)
            assert sums.ddf[k] == pytest.approx(ddf, rel=1e-6, abs=1e-4, nan_ok=True)
            assert sums.magst[k] == pytest.approx((ddt - ddf) / length, abs=1e-5, nan_ok=True)
            compared += np.isfinite(ddt)
    assert compared > 20


@pytest.mark.parametrize(("missing", "within"), [("monthly", 0.01), ("harmonic", 0.01)])
def test_missing_days_of_winter_do_not_bias_the_sums(mohe, missing, within):
    """SCIENCE: 45 % of winter days and 10 % of others removed; month by month recovers the full sum."""
    dates, gst = mohe
    month = (dates.astype("datetime64[M]").astype(int) % 12) + 1
    share = np.where(np.isin(month, [10, 11, 12, 1, 2, 3, 4]), 0.45, 0.10)
    gaps = np.random.default_rng(2).random((len(dates), 20)) < share[:, None]
    gappy = np.where(gaps, np.nan, gst[:, None]).astype(np.float32)
    full, recovered = (sums_of(dates, values, missing=missing, min_days=5) for values in (gst[:, None], gappy))
    naive = sums_of(dates, gappy, missing="none", min_days=5)
    complete = [year for year in full if full[year].valid_days[0] >= 365]
    assert len(complete) > 20

    def bias(sums, name):
        truth = np.sum([getattr(full[year], name)[0] for year in complete])
        return np.mean(np.nansum([getattr(sums[year], name) for year in complete], axis=0)) / truth - 1

    assert abs(bias(recovered, "ddf")) < within
    assert abs(bias(recovered, "ddt")) < 0.01
    assert bias(naive, "ddf") < -0.3


def test_a_year_without_gaps_is_summed_as_it_is():
    dates = days("2003-01-01", "2004-12-31")
    gst = wave(dates).astype(np.float32)
    for missing in ("monthly", "harmonic", "none"):
        for name, sums in sums_of(dates, gst, missing=missing).items():
            values = gst[dates.astype("datetime64[Y]").astype(str) == name].astype(float)
            assert sums.ddt == pytest.approx(values[values > 0].sum(), rel=1e-6)
            assert sums.ddf == pytest.approx(-values[values < 0].sum(), rel=1e-6)
            assert sums.magst == pytest.approx(values.mean(), rel=1e-6)
            assert sums.valid_days == len(values) == (366 if name == "2004" else 365)


def test_harmonic_recovers_a_harmonic_exactly():
    dates = days("2005-01-01", "2005-12-31")
    gst = wave(dates, noise=0.0)
    gaps = np.random.default_rng(4).random(len(dates)) < 0.4
    full = sums_of(dates, gst.astype(np.float32))["2005"]
    filled = sums_of(dates, np.where(gaps, np.nan, gst).astype(np.float32), missing="harmonic")["2005"]
    assert filled.ddt == pytest.approx(full.ddt, rel=1e-5)
    assert filled.ddf == pytest.approx(full.ddf, rel=1e-5)
    assert filled.valid_days == (~gaps).sum()


def test_without_filling_the_mean_is_that_of_the_valid_days():
    dates = days("2005-01-01", "2005-12-31")
    gst = wave(dates).astype(np.float32)
    gst[::3] = np.nan
    sums = sums_of(dates, gst, missing="none")["2005"]
    assert sums.magst == pytest.approx(np.nanmean(gst.astype(float)), rel=1e-6)
    assert sums.valid_days == np.isfinite(gst).sum()


def test_a_month_with_too_few_days_has_no_value_in_that_cell_only():
    dates = days("2005-01-01", "2005-12-31")
    gst = np.repeat(wave(dates).astype(np.float32)[:, None], 3, axis=1)
    gst[31:50, 1] = np.nan  # 9 days of February are left
    gst[31:49, 2] = np.nan  # 10 days
    for missing in ("monthly", "harmonic", "none"):
        sums = sums_of(dates, gst, missing=missing, min_days=10)["2005"]
        np.testing.assert_array_equal(np.isnan(sums.ddt), [False, True, False])
        np.testing.assert_array_equal(np.isnan(sums.magst), [False, True, False])
        np.testing.assert_array_equal(sums.valid_days, [365, 346, 347])


def test_days_that_are_not_in_the_series_are_missing_days():
    dates = days("2005-01-01", "2005-12-31")
    gst = wave(dates).astype(np.float32)
    kept = np.random.default_rng(5).random(len(dates)) < 0.7
    kept[[0, -1]] = True
    absent = sums_of(dates[kept], gst[kept])["2005"]
    missing = sums_of(dates, np.where(kept, gst, np.nan))["2005"]
    assert absent == missing
    without_july = dates.astype("datetime64[M]") != np.datetime64("2005-07")
    assert np.isnan(sums_of(dates[without_july], gst[without_july])["2005"].ddt)


@settings(max_examples=40, deadline=None)
@given(data=st.data(), missing=st.sampled_from(["monthly", "harmonic", "none"]), year_start=st.sampled_from([1, 9]))
def test_no_bit_depends_on_how_the_grid_is_cut(data, missing, year_start):
    random = np.random.default_rng(data.draw(st.integers(0, 2**32 - 1)))
    dates = days("2003-06-11", "2005-10-07")
    gst = (wave(dates)[:, None] + random.normal(0, 4, (len(dates), 6))).astype(np.float32)
    gst[random.random(gst.shape) < 0.3] = np.nan
    summing = Summing(year_start, missing, 5)
    years, _ = complete_years(dates, year_start)
    whole = list(degree_days(zip(dates, gst), years, summing))
    column = data.draw(st.integers(1, 5))
    for part in (slice(0, column), slice(column, 6)):
        cut = degree_days(zip(dates, gst[:, part]), years, summing)
        for ours, theirs in zip(cut, whole):
            for name in ("ddt", "ddf", "magst", "valid_days"):
                np.testing.assert_array_equal(getattr(ours, name), getattr(theirs, name)[part])
    shaped = list(degree_days(zip(dates, gst.reshape(-1, 2, 3)), years, summing))
    np.testing.assert_array_equal(shaped[0].ddf.ravel(), whole[0].ddf)
    assert len(shaped) == len(whole) == len(years)


def test_the_mirrored_series_exchanges_the_sums():
    dates = days("2003-01-01", "2003-12-31")
    gst = wave(dates, seed=6).astype(np.float32)
    gst[::4] = np.nan
    sums, mirrored = (sums_of(dates, values)["2003"] for values in (gst, -gst))
    assert (sums.ddt, sums.ddf, sums.magst) == (mirrored.ddf, mirrored.ddt, -mirrored.magst)


def test_years_that_the_series_begins_or_ends_within_are_told_apart():
    dates = days("2004-02-24", "2006-12-31")
    complete, incomplete = complete_years(dates, 1)
    assert [year_name(year) for year in complete] == ["2005", "2006"]
    assert [year_name(year) for year in incomplete] == ["2004"]
    complete, incomplete = complete_years(dates, 9)
    assert [year_name(year) for year in complete] == ["2004-2005", "2005-2006"]
    assert [year_name(year) for year in incomplete] == ["2003-2004", "2006-2007"]


@given(st.dates(), st.integers(1, 12))
def test_a_year_begins_on_the_last_first_of_its_month(date, year_start):
    first = year_of(np.array([date], "datetime64[D]"), year_start).tolist()[0]
    assert (first.month, first.day) == (year_start, 1)
    assert 0 <= (date - first).days <= 365


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        (days("2005-01-02", "2005-12-31"), "from 2005-01-02 to 2005-12-31 covers no whole year"),
        (np.array([], "datetime64[D]"), "covers no whole year"),
        (days("2005-01-01", "2005-12-31")[::-1], "from 2005-12-31 to 2005-12-30: sort"),
        (np.array(["2005-01-01", "2005-01-01"], "datetime64[D]"), "keep each of them once"),
    ],
)
def test_series_that_cannot_be_summed(dates, said):
    with pytest.raises(InputError, match=said):
        complete_years(dates, 1)


def test_days_out_of_order_are_refused():
    dates = days("2005-01-01", "2005-12-31")
    turned = np.roll(dates, -100)
    with pytest.raises(InputError, match="from 2005-12-31 to 2005-01-01"):
        list(degree_days(zip(turned, np.zeros(365)), complete_years(dates, 1)[0], Summing()))


@pytest.mark.parametrize("wrong", [{"year_start": 0}, {"year_start": 13}, {"missing": "mean"}, {"min_days": 0}])
def test_rules_that_are_none(wrong):
    with pytest.raises(InputError, match="choose"):
        Summing(**wrong)


def test_ttop_of_the_plateau_stations(real_data):
    """TTOP of the R package PIC, (COT DDT - COF DDF) / (COF 365), of 2330 station-years."""
    folder = real_data("qtp_stations")
    with (folder / "stations.csv").open(encoding="utf-8") as file:
        stations = {row["name"]: row for row in csv.DictReader(file)}
    rows = read_csv(folder / "annual_long.csv.gz")
    rows = [row for row in rows if row["DDT_ground"] and row["DDF_ground"] and row["TTOP_Smith"]]
    assert len(rows) == 2330
    ddt, ddf, published = (
        np.array([float(row[key]) for row in rows]) for key in ("DDT_ground", "DDF_ground", "TTOP_Smith")
    )
    cot, cof = (np.array([float(stations[row["name"]][key]) for row in rows]) for key in ("COT", "COF"))
    r_k = cot / cof
    np.testing.assert_allclose((cot * ddt - cof * ddf) / (cof * 365), published, atol=5.1e-5)
    # The package has one branch for all; ours divides by r_k where there is no permafrost.
    ours = ttop(ddt, ddf, r_k)
    permafrost = published <= 0
    assert permafrost.sum() == 273
    np.testing.assert_allclose(ours[permafrost], published[permafrost], atol=5.1e-5)
    np.testing.assert_allclose((ours * r_k)[~permafrost], published[~permafrost], atol=5.1e-5)


# The residual variance ------------------------------------------------------------------------------


def test_the_expected_excess_is_the_closed_form():
    """E[max(T, 0)] of a normal temperature, by numerical integration."""
    stats, integrate = pytest.importorskip("scipy.stats"), pytest.importorskip("scipy.integrate")
    means = np.float32([-20.0, -3.0, -0.4, 0.0, 1.7, 9.0, np.nan])
    ours = expected_excess(means, 2.5)
    for mean, excess in zip(means[:-1].tolist(), ours.tolist()):
        warm = integrate.quad(lambda t, m=mean: t * stats.norm.pdf(t, m, 2.5), 0, 60, points=[5, 20])[0]
        assert excess == pytest.approx(warm - max(mean, 0.0), abs=1e-5)
    assert ours[-1] == 0
    assert ours.dtype == np.float32


@pytest.mark.parametrize("missing", ["monthly", "harmonic"])
def test_sums_of_conditional_means_are_short_and_the_variance_corrects_them(missing):
    """A thousand years whose days differ from the prediction by a normal error of 2.5 K."""
    dates = days("2005-01-01", "2005-12-31")
    predicted = wave(dates, noise=0.0).astype(np.float32)
    random = np.random.default_rng(5)
    truth = predicted + random.normal(0, 2.5, (1000, dates.size))
    ddt, ddf = truth.clip(0).sum(axis=1).mean(), (-truth).clip(0).sum(axis=1).mean()
    plain = sums_of(dates, predicted)["2005"]
    assert 20 < ddt - plain.ddt < 40
    assert 20 < ddf - plain.ddf < 40
    known = np.where(random.random(dates.size) < 0.15, np.nan, predicted).astype(np.float32)
    for series in (predicted, known):
        uncorrected = sums_of(dates, series, missing=missing)["2005"]
        year = sums_of(dates, series, missing=missing, daily_sd=2.5)["2005"]
        assert year.ddt - uncorrected.ddt == pytest.approx(ddt - plain.ddt, abs=3.0)
        assert year.ddf - uncorrected.ddf == pytest.approx(ddf - plain.ddf, abs=3.0)
        assert year.magst == pytest.approx(uncorrected.magst, abs=1e-5)


def test_the_background_stays_empty_beside_a_variance():
    dates = days("2005-01-01", "2005-12-31")
    gst = np.stack([np.zeros(365), wave(dates)], axis=1).astype(np.float32)
    year = sums_of(dates, gst, daily_sd=2.0)["2005"]
    assert np.isnan(year.ddt[0])
    assert np.isnan(year.ddf[0])
    assert year.ddt[1] > sums_of(dates, gst)["2005"].ddt[1]
