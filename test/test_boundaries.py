"""Every constant in `core` that decides something, from both sides of where it decides.

Expected values are written out, or computed another way, so that a constant that is changed by mistake makes a test
fail. Constants that follow from a publication name it.
"""

import datetime
import json
import math

import numpy as np
import pytest
from permafrost_mapper.core import celsius, confusion, sums
from permafrost_mapper.core.assess import binary, boreholes, mcnemar, periods, transitions
from permafrost_mapper.core.assess.trend import trend
from permafrost_mapper.core.coded import Coded
from permafrost_mapper.core.days import day_of_year, described_days, read_days
from permafrost_mapper.core.errors import InputError
from permafrost_mapper.core.gst import degreedays, modelfile, overpasses, ridge, seasons, stations, table
from permafrost_mapper.core.gst.fit import Fitting, fit_gst_model
from permafrost_mapper.core.jsontext import parse_json, parse_object
from permafrost_mapper.core.lst.fill import default_variogram, fill_scene
from permafrost_mapper.core.lst.kriging import krige
from permafrost_mapper.core.lst.likelihood import fit_likelihood, innovations
from permafrost_mapper.core.lst.reference import fit_reference
from permafrost_mapper.core.lst.trend import fit_sampled, fit_trend
from permafrost_mapper.core.lst.variogram import Variogram, fit_moments
from permafrost_mapper.core.packed import Packed
from permafrost_mapper.core.permafrost import activelayer, calibrate, probability, rk, ttop
from permafrost_mapper.core.prepare import qc
from permafrost_mapper.core.prepare.scenes import PRODUCTS
from permafrost_mapper.core.publish.folder import different_slugs, slug
from permafrost_mapper.core.tabletext import is_fill

NAN = float("nan")


def refuses(call, *args, **kwargs):
    """Tell whether a call raises an `InputError`."""
    try:
        call(*args, **kwargs)
    except InputError:
        return True
    return False


# Temperatures ------------------------------------------------------------------------------------------


def test_possible_temperatures_of_a_day():
    given = np.array([-95.0, -95.01, 85.0, 85.01, *np.full(20, 1.5)])
    np.testing.assert_array_equal(celsius.read_celsius(given, "GST")[:4], [-95.0, NAN, 85.0, NAN])
    # The same in kelvin: absolute zero is -273.15 degC by definition.
    np.testing.assert_allclose(
        celsius.read_celsius(np.array([178.15, 178.1, 358.15, 358.2, *np.full(20, 280.0)]), "LST", zero=273.15)[:4],
        [-95.0, NAN, 85.0, NAN],
    )


@pytest.mark.parametrize(("value", "refused"), [(85.0, False), (85.1, True), (-95.0, False), (-95.1, True)])
def test_possible_temperatures_of_a_layer(value, refused):
    assert refuses(celsius.require_celsius, np.array([NAN, value, 0.0]), "TTOP") is refused


def test_kelvin_is_brought_to_celsius_by_its_definition():
    with pytest.raises(InputError, match=r"subtract 273\.15 from kelvin"):
        celsius.require_celsius(np.array([280.0]), "TTOP")
    columns = {
        "station": ["a", "b"],
        "date": ["2005-01-01"] * 2,
        "gst": [0.5, 1.5],
        "terra_day": [273.15, 274.15],
    }
    made, _ = table.clean_table(columns, "station", "date", "gst", ["terra_day"], "table", kelvin=True)
    np.testing.assert_allclose(made.predictors[:][:, 0], [0.0, 1.0], atol=1e-12)


@pytest.mark.parametrize(
    ("values", "unit"),
    [
        ([85.0], "degC"),
        ([86.0], ""),
        ([-95.0], "degC"),
        ([-96.0], ""),
        # As cold and as hot as degC may be: a winter of the Antarctic plateau in kelvin has 190.
        ([178.2, 190.0, 358.1], "K"),
        ([177.0, 178.0], ""),
        ([359.0, 360.0], ""),
        # As many possible ones as impossible ones are degC, and of the impossible ones more than half have to be K.
        ([1.0, 2.0, 90.0, 90.0, 91.0, 92.0], "degC"),
        ([1.0, 2.0, 90.0, 90.0, 91.0, 92.0, 93.0], "degF"),
        ([1.0, 2.0, 90.0, 90.0, 91.0, 91.0, 92.0, 92.0], ""),
        ([90.0, 91.0, 180.0], "degF"),
        ([90.0, 91.0, 181.0], ""),
        # The hottest ground that has been observed.
        ([80.8, 80.8, 84.0], "degC"),
        ([300.0, 301.0, 120.0], "K"),
        ([300.0, 120.0], ""),
    ],
)
def test_the_unit_of_a_sample(values, unit):
    assert celsius.temperature_unit(np.array(values)) == unit


def test_eight_fill_values_are_passed_over():
    fills = [-9999.0, 9999.0, -999.0, 32767.0, 65535.0, -32768.0, 999.0, 99999.0]
    assert celsius.temperature_unit(np.repeat(fills, 2)) == "degC"
    assert celsius.temperature_unit(np.array([*np.repeat(fills, 2), -99.9])) == ""


@pytest.mark.parametrize(("beyond", "of", "refused"), [(2, 20, False), (2, 19, True), (1, 10, False), (1, 9, True)])
def test_a_tenth_of_the_values_may_be_impossible(beyond, of, refused):
    values = np.r_[np.full(beyond, 95.5), np.full(of - beyond, 1.5)]
    assert refuses(celsius.read_celsius, values, "GST") is refused


@pytest.mark.parametrize(("beyond", "of", "refused"), [(2, 10, False), (3, 10, True), (3, 30, False), (3, 29, True)])
def test_three_impossible_values_at_one_station_are_another_unit(beyond, of, refused):
    values = np.r_[np.full(beyond, 95.5), np.full(of - beyond, 1.5), np.full(200, 2.5)]
    stations = Coded.of(["a"] * of + ["b"] * 200)
    assert refuses(celsius.read_celsius, values, "GST", stations) is refused


@pytest.mark.parametrize(
    ("values", "unit"),
    [
        ([850.0, -950.0, 12.0], "divide by 10 "),
        ([851.0, 12.0], "divide by 100 "),
        ([8500.0, -9500.0, 12.0], "divide by 100 "),
        ([13658.0, 14000.0], "multiply by 0.02 and subtract 273.15 "),
        ([17907.0, 8908.0], "multiply by 0.02 and subtract 273.15 "),
        ([200.0, 350.0, 340.5, 1.0, 2.0], "kelvin: subtract 273.15 "),
        ([177.5, 176.5], "leave cells without one empty"),
        ([358.5, 359.5], "leave cells without one empty"),
    ],
)
def test_other_units_are_named_with_their_remedy(values, unit):
    """Numbers of MODIS are 0.02 K (Wan 2013, MODIS LST Products Users' Guide, Collection 6)."""
    with pytest.raises(InputError, match=unit):
        celsius.read_celsius(np.array(values), "GST", Coded.of(["a"] * len(values)), or_else="")


@pytest.mark.parametrize(
    ("gst", "lst", "pairs", "refused"),
    [
        (9, 3, 10, False),
        (10, 3, 10, True),
        (90, 3, 9, False),
        (90, 3, 11, True),
        (6, 1, 10, False),
        (7, 1, 10, True),
        (7, 0, 10, False),
        (10.5, 3, 10, False),
    ],
)
def test_whole_numbers_that_spread_more_than_three_times_as_far_are_tenths(gst, lst, pairs, refused):
    sign = (-1.0) ** np.arange(pairs)
    arguments = gst * sign, (lst * sign)[:, np.newaxis], "GST"
    assert refuses(celsius.require_same_unit, *arguments) is refused


# Tables ------------------------------------------------------------------------------------------------


def stations_table(rows=20, **columns):
    days = [str(np.datetime64("2005-01-01") + day) for day in range(rows)]
    given = {"station": ["a"] * rows, "date": days, "gst": [0.5 + day % 7 for day in range(rows)]}
    return {**given, "terra_day": [2.0 + day % 5 for day in range(rows)], **columns}


def test_possible_elevations():
    """The shore of the Dead Sea lies at -430 m, Mount Everest is 8849 m high."""
    heights = [-500.0, -500.1, -430.0, 8849.0, 9000.0, 9000.1]
    columns = stations_table(6, elevation=heights)
    made, _ = table.clean_table(columns, "station", "date", "gst", ["terra_day", "elevation"], "table")
    np.testing.assert_array_equal(made.predictors.columns[1], [-500.0, NAN, -430.0, 8849.0, 9000.0, NAN])


@pytest.mark.parametrize(
    ("lost", "rows", "share"), [(10, 100, ""), (11, 100, "11 % of the table"), (9, 89, "10 % of the table")]
)
def test_more_than_a_tenth_of_a_table_is_much(lost, rows, share):
    columns = stations_table(rows, station=[f"s{row % 40}" for row in range(rows)])
    columns["gst"][:lost] = [""] * lost
    _, cleaning = table.clean_table(columns, "station", "date", "gst", ["terra_day"], "table")
    assert [unused.share for unused in cleaning.unused] == [share]


@pytest.mark.parametrize(("lost", "share"), [(9, ""), (10, "50 % of the rows of station 'b'")])
def test_ten_rows_of_a_station_are_no_slip(lost, share):
    columns = stations_table(200, station=["b"] * 20 + ["a"] * 180)
    columns["gst"][:lost] = [""] * lost
    _, cleaning = table.clean_table(columns, "station", "date", "gst", ["terra_day"], "table")
    assert [unused.share for unused in cleaning.unused] == [share]


@pytest.mark.parametrize(
    ("texts", "rows", "refused"), [(9, 50, False), (10, 50, True), (19, 200, False), (20, 200, True)]
)
def test_ten_texts_that_are_a_tenth_are_refused(texts, rows, refused):
    columns = stations_table(rows)
    columns["terra_day"][:texts] = ["cloud"] * texts
    call = (columns, "station", "date", "gst", ["terra_day"], "table")
    if refused:
        with pytest.raises(InputError, match=f"holds {texts} texts"):
            table.clean_table(*call)
    else:
        table.clean_table(*call)


@pytest.mark.parametrize(("lost", "share"), [(9, ""), (10, "all rows of station 'b' from 2005-06-01 to 2005-06-10")])
def test_a_season_of_which_all_of_ten_rows_are_lost_is_much(lost, share):
    days = np.r_[np.datetime64("2005-06-01") + np.arange(lost), np.datetime64("2005-09-01") + np.arange(91)]
    days = np.r_[days, np.datetime64("2005-12-01") + np.arange(90), np.datetime64("2006-03-01") + np.arange(90)]
    rows = len(days)
    columns = stations_table(rows, station=["b"] * rows, date=[str(day) for day in days])
    columns["gst"][:lost] = [""] * lost
    _, cleaning = table.clean_table(columns, "station", "date", "gst", ["terra_day"], "table")
    assert [unused.share for unused in cleaning.unused] == [share]


@pytest.mark.parametrize(("names", "more"), [(10, ""), (11, " and 1 more"), (12, " and 2 more")])
def test_ten_names_are_listed(names, more):
    assert stations.shortened(list("abcdefghijkl"[:names])) == ", ".join("abcdefghij") + more


@pytest.mark.parametrize(("difference", "refused"), [(0.0, False), (1e-6, False), (-1e-6, True)])
def test_days_are_not_colder_than_nights(difference, refused):
    night = np.array([1.0, 2.0, NAN])
    assert refuses(overpasses.require_day_warmer, night + difference, night, "day", "night") is refused


@pytest.mark.parametrize(
    ("value", "fill"),
    [
        (-273.15, True),
        (-273.0, False),
        (3276.6, True),
        (3276.5, False),
        (327.67, True),
        (327.6, False),
        (32700, True),
        (32699, False),
        (65535, True),
        (65534, False),
        (999990, True),
        (1e6, False),
        (1.0001e6, True),
        (99.9, True),
        (99.8, False),
        (9.9, False),
        (99, True),
        (9, False),
        (math.inf, True),
        (NAN, False),
    ],
)
def test_fill_values(value, fill):
    assert bool(is_fill(np.array([value]))[0]) is fill


# Days --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "known"), [("1899-12-31", False), ("1900-01-01", True), ("2100-12-31", True), ("2101-01-01", False)]
)
def test_years_of_observations(text, known):
    day = read_days(["2005-01-01", text]).days[1]
    assert (str(day) == text) if known else np.isnat(day)


@pytest.mark.parametrize(
    ("number", "day"),
    [(29_999, ""), (30_000, "1982-02-18"), (39_814, "2009-01-01"), (59_999, "2064-04-07"), (60_000, "")],
)
def test_days_as_spreadsheets_count_them(number, day):
    """39814 is 1 January 2009 in every spreadsheet, which count 1899-12-30 as day 0."""
    # Beside 39448, which can be no year with the number of a day in it.
    read = read_days([str(number), "39448"])
    assert (str(read.days[0]) == day) if day else read.unsure.all()


@pytest.mark.parametrize(("text", "unsure"), [("32366", True), ("32367", False), ("32001", True), ("32000", False)])
def test_five_digits_may_be_a_year_and_its_day(text, unsure):
    assert read_days([text]).unsure[0] == unsure


@pytest.mark.parametrize(
    ("year", "number", "day"),
    [
        (2012, 366, (2012, 12, 31)),
        (2013, 366, None),
        (2013, 365, (2013, 12, 31)),
        (2013, 1, (2013, 1, 1)),
        (2013, 0, None),
    ],
)
def test_days_of_a_year(year, number, day):
    assert day_of_year(year, number) == (datetime.date(*day) if day else None)


@pytest.mark.parametrize(
    ("text", "day"), [("12/13/2005", "2005-12-13"), ("13/12/2005", "2005-12-13"), ("11/12/2005", "")]
)
def test_a_year_has_twelve_months(text, day):
    read = read_days([text])
    assert (str(read.days[0]) == day) if day else read.unsure.all()


@pytest.mark.parametrize(
    ("name", "known"), [("b 1799-12-31", 0), ("b 1800-01-01", 1), ("b 2199-12-31", 1), ("b 2200-01-01", 0)]
)
def test_years_in_names_of_bands(name, known):
    assert (described_days([name]) is not None) == bool(known)


# Whole numbers that are stored --------------------------------------------------------------------------


def test_limits_in_stored_numbers():
    packed = Packed(np.array([8500, 8501, -9500, -9501, -32768], np.int16), 0.01, 0.0, np.int16(-32768))
    within = packed.within(-95.0, 85.0)
    np.testing.assert_allclose(within.values(), [85.0, NAN, -95.0, NAN, NAN], rtol=1e-6)
    assert within.beyond.cells == 2


@pytest.mark.parametrize(
    ("total", "step"), [(1.0, 2.0**-53), (1.5, 2.0**-52), (2.0, 2.0**-52), (2.0001, 2.0**-51), (0.0, 1.0)]
)
def test_multiples_of_a_step_are_exact_up_to_a_total(total, step):
    """A double holds whole numbers up to 2^53."""
    assert sums.step_for(total) == step


def test_exact_sums_round_each_term_to_a_step():
    assert sums.exact_sum(np.array([2.0**-24, 2.0**-24, NAN])) == 2.0**-23
    assert sums.exact_sum(np.array([0.49 * 2.0**-24, 0.51 * 2.0**-24])) == 2.0**-24
    assert sums.exact_sum(np.array([0.49, 0.51, 1.2]), step=1.0) == 2
    parts = np.random.default_rng(0).random(1000)
    assert sums.exact_sum(parts) == sums.exact_sum(parts[:300]) + sums.exact_sum(parts[300:])


@pytest.mark.parametrize("size", [2.5e-7, 1.0, 1.2e4])
def test_multiples_are_summed_by_index_without_rounding(size):
    random = np.random.default_rng(1)
    values, index = random.normal(0, size, 3000), random.integers(0, 5, 3000)
    rounded = sums.multiples(values, sums.step_for(8 * size * values.size))
    np.testing.assert_allclose(rounded, values, atol=1e-10 * size)
    whole = np.bincount(index, rounded)
    assert whole.tolist() == [math.fsum(rounded[index == one]) for one in range(5)]
    parts = np.array_split(random.permutation(values.size), 17)
    np.testing.assert_array_equal(sum(np.bincount(index[part], rounded[part], 5) for part in parts), whole)


# r_k and TTOP ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "most", "refused"),
    [
        *[(0.0, ttop.MAX_THAW, False), (-0.01, ttop.MAX_THAW, True)],
        *[(16_000.0, ttop.MAX_THAW, False), (16_001.0, ttop.MAX_THAW, True)],
        *[(22_000.0, ttop.MAX_FREEZE, False), (22_001.0, ttop.MAX_FREEZE, True)],
    ],
)
def test_possible_degree_days_of_a_year(value, most, refused):
    """365 days at 44 degC are 16 060 degC d, at -60 degC 21 900."""
    assert refuses(ttop.require_degree_days, np.array([value, NAN]), "DDT", most) is refused


@pytest.mark.parametrize(
    ("ddt", "ddf", "impossible"),
    [
        (0.0, 9.99, 1),
        (0.0, 10.0, 0),
        (6000.0, 6000.0, 0),
        (6000.0, 9000.0, 0),
        (6000.5, 6000.5, 1),
        (6000.5, 6000.0, 0),
        (99.0, 99.0, 1),
        (99.0, 98.0, 0),
        (98.0, 98.0, 0),
        (100.0, 100.0, 0),
        (255.0, 255.0, 1),
        (256.0, 256.0, 0),
        (999.0, 999.0, 1),
        (1000.0, 1000.0, 0),
        (9999.0, 100.0, 1),
        (100.0, 9999.0, 1),
        (9998.0, 100.0, 0),
        (10000.0, 100.0, 0),
    ],
)
def test_sums_that_no_year_has(ddt, ddf, impossible):
    pair = ttop.pair_of_year(np.array([ddt]), np.array([ddf]), "DDT", "DDF")
    assert [np.isnan(pair.ddt[0]), np.isnan(pair.ddf[0])] == [bool(impossible)] * 2


def test_9999_is_no_sum():
    values, count = ttop.without_fill(np.array([9998.0, 9999.0, 10000.0]))
    np.testing.assert_array_equal(values, [9998.0, NAN, 10000.0])
    assert count == 1


@pytest.mark.parametrize(("value", "refused"), [(0.25, False), (0.249, True), (2.25, False), (2.251, True)])
def test_possible_r_k(value, refused):
    assert refuses(ttop.require_r_k, np.array([NAN, value]), "RK") is refused
    assert refuses(rk.table_from_cells, [1, value], "TABLE") is refused


def test_the_default_year_has_365_days():
    assert float(ttop.ttop(365.0, 0.0, 1.0)) == pytest.approx(1.0)


@pytest.mark.parametrize(("water", "r_k"), [(1, 0.8), (2, NAN), (3, NAN)])
def test_a_cell_that_is_half_water_has_no_r_k(water, r_k):
    own = rk.RkTable("own", {1: 0.8, 9: NAN}, {1: "land", 9: "water"})
    subcells = np.array([[[9] * water + [1] * (4 - water)]])
    np.testing.assert_allclose(rk.mean_r_k(subcells, own), [[r_k]], rtol=1e-6)


@pytest.mark.parametrize(("unknown", "refused"), [(249, False), (250, True)])
def test_a_quarter_of_the_land_without_r_k_is_refused(unknown, refused):
    own = rk.RkTable("own.csv", {1: 0.8, 9: NAN}, {1: "land", 9: "water"})
    # Neither water nor what stands for nothing is land.
    cells = {1: 1000 - unknown, 77: unknown, 9: 5000, 0: 5000, 255: 5000}
    assert refuses(rk.require_fitting_table, cells, own, "LANDCOVER") is refused


@pytest.mark.parametrize(("unknown", "refused"), [(99, False), (100, True)])
def test_a_hundredth_of_the_land_is_the_legend_of_another_map_if_that_has_it(unknown, refused):
    cells = {10: 10_000 - unknown, 20: unknown}
    assert refuses(rk.require_fitting_table, cells, rk.shipped_table("modis_igbp"), "LANDCOVER") is refused


@pytest.mark.parametrize(("classes", "more"), [(6, False), (7, True)])
def test_six_classes_are_listed(classes, more):
    own = rk.RkTable("own.csv", {1: 0.8}, {1: "land"})
    with pytest.raises(InputError) as error:
        rk.require_fitting_table({1: 1, **{70 + one: 10 for one in range(classes)}}, own, "LANDCOVER")
    assert ("and 1 more" in str(error.value)) is more
    assert "75 (10 cells)" in str(error.value)
    assert "76 (10 cells)" not in str(error.value)


# Active layer ------------------------------------------------------------------------------------------


def test_edaphic_factor_of_a_soil():
    """sqrt(2 k_t 86400 / (3.34e5 J/kg rho_d (w - w_u))): for k_t 1.5, rho_d 1200, w .30, w_u .05 that is .050863."""
    soil = activelayer.Soil(1.5, 1200.0, 0.30, 0.05)
    assert soil.edaphic_factor() == pytest.approx(math.sqrt(259_200 / 100_200_000), rel=1e-12)
    assert soil.edaphic_factor() == pytest.approx(0.050861, abs=1e-6)


def test_the_active_layer_is_where_permafrost_is():
    ddt = np.array([400.0, 400.0, 0.0, 0.0, 400.0], np.float32)
    at = np.array([0.0, 1e-6, 0.0, -1.0, NAN], np.float32)
    np.testing.assert_allclose(activelayer.active_layer(ddt, at, 0.05), [1.0, NAN, NAN, 0.0, NAN])


# Probability -------------------------------------------------------------------------------------------


def test_zones_begin_where_they_are_said_to():
    """Continuous from 90 %, discontinuous from 50, sporadic from 10, isolated above 0."""
    percent = np.array([0.0, 1e-3, 9.999, 10.0, 49.999, 50.0, 89.999, 90.0, 100.0, NAN])
    np.testing.assert_array_equal(probability.zones(percent), [5, 4, 4, 3, 3, 2, 2, 1, 1, 0])


def test_r_k_is_drawn_up_to_three_standard_deviations():
    drawn = probability.draw_ensemble(1.0, 0.1, 20_000, 0)
    assert 0.29 < np.abs(drawn.r_k_departure).max() <= 0.3
    # A truncated normal distribution of unit standard deviation keeps .9866 of it at three.
    assert drawn.r_k_departure.std() == pytest.approx(0.1 * 0.98658, rel=1e-3)
    assert drawn.gst_bias.std() == pytest.approx(1.0, rel=1e-3)
    # The bias is not truncated: the outermost member of 20 000 lies at the quantile 1/40 000.
    assert np.abs(drawn.gst_bias).max() == pytest.approx(4.0556, abs=1e-3)


def test_r_k_counts_in_thousandths():
    ddt, ddf, area = np.full(3, 1000.0), np.full(3, 800.2), np.ones(3)
    nothing = probability.Ensemble(np.zeros(1), np.zeros(1))
    count, _ = probability.count_permafrost(ddt, ddf, np.array([0.8, 0.8004, 0.8006]), area, nothing)
    np.testing.assert_array_equal(count, [1, 1, 0])


def test_r_k_of_members_stays_within_its_limits():
    one = np.ones(1)
    drawn = probability.Ensemble(np.zeros(2), np.array([-3.0, 3.0]))
    # DDF/DDT of .26 is permafrost at .25 only, of 2.24 at .25 and not at 2.25, of 2.26 at both.
    for ddf, expected in ((240.0, 0), (260.0, 1), (2240.0, 1), (2260.0, 2)):
        assert probability.count_permafrost(1000 * one, ddf * one, one, one, drawn)[0][0] == expected


@pytest.mark.parametrize(("stations", "refused"), [(2, True), (3, False)])
def test_three_stations_tell_how_stations_differ(stations, refused):
    scores = {str(one): ridge.Scores(100, 0.9, 2.0, 1.5, 3.0) for one in range(stations)}
    assert refuses(probability.station_bias, scores, "model") is refused
    if not refused:
        assert probability.station_bias(scores, "model") == pytest.approx(3.0)


def test_r_k_is_calibrated_in_thousandths():
    np.testing.assert_array_equal(calibrate.candidates(0.799, 0.802), [0.799, 0.8, 0.801, 0.802])
    assert calibrate.candidates(0.25, 2.25).size == 2001


# GST model ---------------------------------------------------------------------------------------------


def training(rows, stations=2, seed=0, names=("terra_day", "terra_night")):
    rng = np.random.default_rng(seed)
    lst = rng.normal(0, 8, (rows, len(names)))
    return table.TrainingTable.of(
        np.array([f"s{row % stations}" for row in range(rows)]),
        np.datetime64("2005-01-01") + np.arange(rows),
        lst.mean(axis=1) + rng.normal(0, 1, rows),
        lst,
        names,
    )


@pytest.mark.parametrize(("rows", "refused"), [(29, True), (30, False)])
def test_a_model_is_fitted_to_thirty_rows(rows, refused):
    assert refuses(fit_gst_model, training(rows), Fitting()) is refused


@pytest.mark.parametrize(("stations", "refused"), [(1, True), (2, False)])
def test_a_model_is_fitted_to_two_stations(stations, refused):
    assert refuses(fit_gst_model, training(60, stations), Fitting()) is refused


def test_penalties_that_are_tried():
    """Ten folds, penalties from 1e-3 to 1e4, eight in each power of ten."""
    alphas = Fitting().alphas()
    assert (alphas[0], alphas[-1]) == (pytest.approx(1e-3), pytest.approx(1e4))
    assert alphas.size == 57
    assert alphas[8] == pytest.approx(1e-2)
    assert Fitting().folds == 10
    assert Fitting(method="ols").alphas().tolist() == [0.0]


@pytest.mark.parametrize(
    ("low", "high", "refused"), [(1.0, 1.0, False), (1.0, 0.999, True), (0.0, 1.0, True), (1e-9, 1.0, False)]
)
def test_range_of_penalties(low, high, refused):
    assert refuses(Fitting(alpha_min=low, alpha_max=high).alphas) is refused


@pytest.mark.parametrize(("folds", "refused"), [(1, True), (2, False), (7, False), (8, True)])
def test_rows_are_dealt_to_two_folds_at_least_and_as_many_as_there_are_at_most(folds, refused):
    assert refuses(ridge.random_folds, 7, folds) is refused


def test_two_overpasses_stand_in_for_four():
    four = ("terra_day", "terra_night", "aqua_day", "aqua_night")
    equations = fit_gst_model(training(80, 4, names=four), Fitting(folds=3)).model.equations["all"]
    assert [len(one.predictors) for one in equations[:1]] == [4]
    # 4 over 3 and 4 over 2.
    assert sorted(len(one.predictors) for one in equations) == [2] * 6 + [3] * 4 + [4]


def test_two_other_rows_are_enough_to_predict_one():
    x, y = np.array([[0.0], [1.0], [2.0]]), np.array([0.0, 1.0, 2.0])
    rows, folds = np.column_stack([np.ones(3), x, y]), np.arange(3)
    three, two = (
        ridge.cross_validate(ridge.fold_factors([(folds[:n], rows[:n])], n), 0.0).fits(0).predict(x[:n], folds[:n])
        for n in (3, 2)
    )
    np.testing.assert_allclose(three, y, atol=1e-12)
    assert np.isnan(two).all()


def test_the_year_of_the_waves_has_365_and_a_quarter_days():
    day = np.array(["2005-01-01", "2005-04-11"], "datetime64[D]")
    # The 11th of April is the hundredth day after the first of January.
    angle = 2 * math.pi * 100 / 365.25
    np.testing.assert_allclose(
        seasons.harmonics(day, 2),
        [[0, 1, 0, 1], [math.sin(angle), math.cos(angle), math.sin(2 * angle), math.cos(2 * angle)]],
        atol=1e-12,
    )


@pytest.mark.parametrize(
    ("day", "season"),
    [("2005-11-30", "SON"), ("2005-12-01", "DJF"), ("2006-02-28", "DJF"), ("2006-03-01", "MAM"), ("2006-06-01", "JJA")],
)
def test_seasons_begin_with_december_march_june_and_september(day, season):
    assert seasons.SEASONS[int(seasons.season_of(np.datetime64(day)))] == season


@pytest.fixture(scope="module")
def document():
    """A model as a document, with the most harmonics that there may be."""
    fitted = fit_gst_model(training(120, 3, names=("terra_day", "terra_night", "elevation")), Fitting(harmonics=4))
    return json.loads(modelfile.to_json(fitted.model))


@pytest.mark.parametrize(
    ("key", "value", "refused"),
    [
        ("rmse_random", 180.0, False),
        ("rmse_random", 180.1, True),
        ("rmse_station", 180.0, False),
        ("rmse_station", 180.1, True),
        ("rmse_station", 0.0, False),
        ("rmse_station", -0.1, True),
        ("alpha", 0.0, False),
        ("alpha", -1e-9, True),
        ("intercept", 85.0, False),
        ("intercept", 85.1, True),
        ("intercept", -95.0, False),
        ("intercept", -95.1, True),
        ("coefficients", 1000.0, False),
        ("coefficients", 1000.1, True),
        ("coefficients", -1000.0, False),
        ("coefficients", -1000.1, True),
        ("scales", 180.0, False),
        ("scales", 180.1, True),
        ("scales", 0.0, True),
        ("means", 85.0, False),
        ("means", 85.1, True),
        ("rows", 0, False),
        ("rows", -1, True),
        ("rows", 1.5, True),
    ],
)
def test_limits_of_what_a_model_holds(document, key, value, refused):
    changed = json.loads(json.dumps(document))
    equation = changed["equations"]["all"][0]
    if isinstance(equation[key], list):
        equation[key][0] = value
    else:
        equation[key] = value
    assert refuses(modelfile.from_json, json.dumps(changed), "model.json") is refused


@pytest.mark.parametrize(
    ("place", "value", "refused"),
    [(2, 9000.0, False), (2, 9000.1, True), (2, -500.0, False), (2, -500.1, True), (3, 1.0, False), (3, 1.01, True)],
)
def test_limits_of_elevation_and_waves_in_a_model(document, place, value, refused):
    changed = json.loads(json.dumps(document))
    changed["equations"]["all"][0]["means"][place] = value
    assert refuses(modelfile.from_json, json.dumps(changed), "model.json") is refused


@pytest.mark.parametrize(
    ("key", "value", "refused"),
    [
        *[("r2", 1.0, False), ("r2", 1.01, True), ("mae", 180.0, False), ("mae", 180.1, True), ("mae", -0.1, True)],
        *[("bias", -180.0, False), ("bias", -180.1, True), ("bias", 180.1, True), ("n", -1, True)],
    ],
)
def test_limits_of_scores_in_a_model(document, key, value, refused):
    changed = json.loads(json.dumps(document))
    changed["random"]["overall"][key] = value
    assert refuses(modelfile.from_json, json.dumps(changed), "model.json") is refused


def test_a_model_has_four_waves_at_most(document):
    assert modelfile.from_json(json.dumps(document), "model.json").harmonics == 4
    with pytest.raises(InputError, match="from 0 to 4"):
        modelfile.from_json(json.dumps({**document, "harmonics": 5}), "model.json")


@pytest.mark.parametrize(("names", "said"), [(8, "equations"), (9, "at most 8 names")])
def test_a_model_has_eight_predictors_at_most(document, names, said):
    changed = {**document, "predictors": [f"p{one}" for one in range(names)], "equations": {}}
    with pytest.raises(InputError, match=said):
        modelfile.from_json(json.dumps(changed), "model.json")


@pytest.mark.parametrize(("size", "said"), [(10_000_000, "JSON"), (10_000_001, "10,000,001 bytes")])
def test_a_model_has_ten_million_bytes_at_most(tmp_path, size, said):
    path = tmp_path / "model.json"
    path.write_bytes(b" " * size)
    with pytest.raises(InputError, match=said):
        modelfile.read_model(path)


@pytest.mark.parametrize(("depth", "known"), [(39, True), (40, False)])
def test_json_is_nested_forty_deep_at_most(depth, known):
    text = '{"a":' * depth + "[]" + "}" * depth
    assert (parse_object(text) != {}) is known


@pytest.mark.parametrize(("digits", "known"), [(1000, True), (1001, False)])
def test_whole_numbers_of_json_have_a_thousand_digits_at_most(digits, known):
    if known:
        assert parse_json("1" * digits) > 10**998
    else:
        with pytest.raises(ValueError, match="1001 digits"):
            parse_json("1" * digits)


# Degree days -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({"year_start": 1}, False),
        ({"year_start": 0}, True),
        ({"year_start": 12}, False),
        ({"year_start": 13}, True),
        ({"min_days": 1}, False),
        ({"min_days": 0}, True),
        ({"min_days": 28}, False),
        ({"min_days": 29}, True),
    ],
)
def test_limits_of_a_year(given, refused):
    assert refuses(degreedays.Summing, **given) is refused


def summed(gst, year=2005, **summing):
    """Sum one year of daily temperatures of one cell."""
    first = np.datetime64(f"{year}-01-01")
    days = ((first + day, np.array([value], np.float32)) for day, value in enumerate(gst))
    (sums_of_year,) = degreedays.degree_days(days, [first], degreedays.Summing(**summing))
    return sums_of_year


@pytest.mark.parametrize(("valid", "known"), [(9, False), (10, True)])
def test_a_month_needs_ten_days(valid, known):
    gst = np.full(365, 2.0)
    gst[31 + valid : 59] = np.nan
    assert np.isfinite(summed(gst).ddt[0]) == known
    if known:
        # Month by month: 28 days of February at 2 degC, though ten were seen.
        assert summed(gst).ddt[0] == pytest.approx(730.0)
        assert summed(gst).valid_days[0] == 365 - 28 + valid


@pytest.mark.parametrize(("year", "days"), [(2004, 366), (2005, 365), (1900, 365), (2000, 366)])
def test_years_have_the_days_of_the_calendar(year, days):
    of_year = summed(np.full(days, -3.0), year)
    assert of_year.ddf[0] == pytest.approx(3.0 * days)
    assert of_year.magst[0] == pytest.approx(-3.0)


@pytest.mark.parametrize(("wave", "exact"), [(1, True), (2, True), (3, False)])
def test_missing_days_follow_an_annual_and_a_semi_annual_wave(wave, exact):
    day = np.arange(365)
    gst = 20.0 + 8.0 * np.sin(2 * np.pi * wave * day / 365.25) + 3.0 * np.cos(2 * np.pi * wave * day / 365.25)
    seen = gst.copy()
    seen[day % 30 > 12] = np.nan
    gap = abs(summed(seen, missing="harmonic").ddt[0] - gst.sum())
    assert (gap < 0.02) == exact


# Gaps of surface temperature ----------------------------------------------------------------------------


def slope_of(rate, cells=100, kind="elevation", **more):
    """A scene on a slope of 1 km whose temperature falls by `rate` K/km."""
    elevation = np.linspace(0.0, 1000.0, cells)[None]
    return fit_trend(rate * elevation / 1000.0, kind, elevation, **more)


def test_a_lapse_rate_is_in_kelvin_per_kilometre():
    """The standard atmosphere (ISO 2533) cools by 6.5 K in a kilometre."""
    elevation = np.array([[0.0, 1000.0, 3000.0, NAN]])
    scene = np.array([[10.0, NAN, NAN, NAN]])
    surface = fit_trend(scene, "fixed_lapse", elevation).surface[0]
    np.testing.assert_allclose(surface[:3], [10.0, 3.5, -9.5])
    assert slope_of(-4.0).lapse_rate == pytest.approx(-4.0)


@pytest.mark.parametrize(
    ("rate", "kind"),
    [(-14.99, "elevation"), (-15.01, "fixed_lapse"), (9.99, "elevation"), (10.01, "fixed_lapse")],
)
def test_plausible_lapse_rates(rate, kind):
    """Slopes of real scenes ranged from -14.8 to +4.5 K/km."""
    found = slope_of(rate)
    assert found.kind == kind
    assert bool(found.fallback) is (kind == "fixed_lapse")


@pytest.mark.parametrize(("cells", "kind"), [(29, "fixed_lapse"), (30, "elevation")])
def test_a_slope_needs_thirty_cells(cells, kind):
    assert slope_of(-5.0, cells).kind == kind


@pytest.mark.parametrize(("noise", "kind"), [(2.95, "elevation"), (3.05, "none")])
def test_elevation_explains_a_tenth_of_the_variance(noise, kind):
    """With y = a x + b e, where x and e are uncorrelated with variance 1, r2 is a^2 / (a^2 + b^2): 1/10 at b = 3 a."""
    x, e = np.tile([1.0, 1.0, -1.0, -1.0], 25), np.tile([1.0, -1.0, 1.0, -1.0], 25)
    found = fit_trend((x + noise * e)[None], "elevation", 1000.0 * (x[None] + 1.0))
    assert found.kind == kind


@pytest.mark.parametrize(("slope", "kind"), [(0.198, "none"), (0.202, "elevation")])
def test_a_generalised_slope_is_twice_its_standard_error(slope, kind):
    """Of 100 innovations with residuals of unit variance the standard error of a slope is 1/10."""
    x, e = np.tile([1.0, 1.0, -1.0, -1.0], 25), np.tile([1.0, -1.0, 1.0, -1.0], 25)
    scene = slope * x + e
    found = fit_sampled(scene, x, x, None, "elevation", new=lambda count: np.stack([scene, x])[:count])
    assert found.kind == kind


@pytest.mark.parametrize(("shared", "scenes"), [(29, 0), (30, 1)])
def test_a_reference_shares_thirty_cells(shared, scenes):
    """And with the others half of the known cells."""
    scene, other = np.arange(40.0), np.arange(40.0) * 2.0
    other[shared:] = NAN
    assert len(fit_reference(scene, [other]).terms) == scenes


def test_weights_of_references():
    """r2 / (1 - r2): 1 where half of the variance is explained; a scene that repeats itself counts as r2 = .999."""
    x, e = np.tile([1.0, 1.0, -1.0, -1.0], 25), np.tile([1.0, -1.0, 1.0, -1.0], 25)
    terms = fit_reference(x, [x, x + e, -x, e]).terms
    assert [term.number for term in terms] == [0, 1]
    assert [term.weight for term in terms] == [pytest.approx(999.0), pytest.approx(1.0)]


def test_the_guessed_variogram():
    """An exponential with the variance of the known cells, and half the diagonal (here of 30 x 40 km) as range."""
    guessed = default_variogram(np.array([0.0, 2.0, NAN]), (30, 40), 1000.0, 1000.0)
    assert guessed == Variogram("exponential", 0.0, 1.0, 25_000.0)
    assert default_variogram(np.array([0.0, 4.0]), (3, 4), 500.0, 2000.0).range == pytest.approx(
        math.hypot(2000, 6000) / 2
    )


def few_known(cells):
    """A scene of 12 x 12 of which so many cells are known."""
    rng = np.random.default_rng(3)
    scene = np.full(144, NAN)
    scene[rng.permutation(144)[:cells]] = rng.normal(0.0, 2.0, cells)
    return scene.reshape(12, 12)


@pytest.mark.parametrize(("cells", "guessed"), [(63, True), (64, False)])
def test_a_variogram_is_estimated_from_sixty_four_cells(cells, guessed):
    scene = few_known(cells)
    filled = fill_scene(scene, 1000.0, 1000.0, trend="none")
    assert any("guessed" in told for told in filled.fallbacks) is guessed
    assert refuses(fit_likelihood, scene, 1000.0, 1000.0) is guessed
    variogram = Variogram("exponential", 0.0, 4.0, 3000.0)
    assert refuses(innovations, scene[None], variogram, 1000.0, 1000.0) is guessed


@pytest.mark.parametrize(("cells", "refused"), [(2, True), (3, False)])
def test_moments_are_fitted_to_three_cells(cells, refused):
    assert refuses(fit_moments, few_known(cells), 1000.0, 1000.0) is refused


def leave_one_out(scene, semivariance):
    """Errors over standard deviations of ordinary kriging of each known cell from all others, by dense algebra."""
    place = np.argwhere(np.isfinite(scene)) * 1000.0
    z = scene[np.isfinite(scene)]
    gamma = semivariance(np.hypot(*(place[:, None] - place).T))
    scaled = []
    for one in range(len(z)):
        others = np.arange(len(z)) != one
        matrix = np.ones((others.sum() + 1, others.sum() + 1))
        matrix[:-1, :-1], matrix[-1, -1] = gamma[np.ix_(others, others)], 0.0
        right = np.r_[gamma[others, one], 1.0]
        weights = np.linalg.solve(matrix, right)
        scaled.append((z[one] - weights[:-1] @ z[others]) ** 2 / (weights @ right))
    return float(np.mean(scaled))


@pytest.mark.parametrize(("factor", "mended"), [(9.9, False), (10.1, True)])
def test_a_variogram_is_mended_where_errors_are_ten_times_their_variance(factor, mended):
    scene = few_known(20)

    def semivariance(distance):
        return 1.0 - np.exp(-3.0 * distance / 5000.0)  # range: 95 % of the sill, as in PyKrige

    sill = leave_one_out(scene, semivariance) / factor
    filled = fill_scene(scene, 1000.0, 1000.0, trend="none", variogram=Variogram("exponential", 0.0, sill, 5000.0))
    assert any("times their standard deviation" in told for told in filled.fallbacks) is mended
    assert (filled.variogram.total_sill == sill) is not mended


def test_neighbours_lie_within_250_cells():
    scene = np.full((3, 300), NAN)
    scene[1, :3] = 1.0, 2.0, 4.0
    variogram = Variogram("exponential", 0.0, 1.0, 50_000.0)
    targets = np.zeros(scene.shape, bool)
    targets[1, [252, 253]] = True
    estimate, _ = krige(scene, variogram, 1000.0, 1000.0, 8, "nearest", targets)
    # The last known cell is the third, at column 2.
    assert np.isfinite(estimate).tolist() == [True, False]


@pytest.mark.parametrize(
    ("search", "neighbours", "refused"),
    [("octant", 8, False), ("octant", 7, True), ("nearest", 1, False), ("nearest", 0, True)],
)
def test_fewest_neighbours(search, neighbours, refused):
    variogram = Variogram("exponential", 0.0, 1.0, 5000.0)
    assert refuses(krige, few_known(20), variogram, 1000.0, 1000.0, neighbours, search) is refused


# Scenes ------------------------------------------------------------------------------------------------


def test_numbers_of_products():
    """TRIMS stores hundredths of a kelvin and MOD11A1 fiftieths, both 0 where there is nothing."""
    assert [(PRODUCTS[name].scale, PRODUCTS[name].offset, PRODUCTS[name].nodata) for name in ("trims", "modis")] == [
        (0.01, 0.0, 0.0),
        (0.02, 0.0, 0.0),
    ]


def test_quality_bits_of_mxd11():
    """Bits 0-1: 00 and 01 produced; bits 6-7: error up to 1, 2, 3 K and above (Wan 2013)."""
    errors = np.array([0b00000000, 0b01000000, 0b10000000, 0b11000000])
    for limit in (1, 2, 3):
        np.testing.assert_array_equal(qc.within_error(errors, limit), np.arange(4) < limit)
    np.testing.assert_array_equal(qc.within_error(np.array([0b00, 0b01, 0b10, 0b11]), 3), [True, True, False, False])


def test_quality_bits_of_mxd21():
    """Bits 14-15: 00 above 2 K, 01 up to 2 K, 10 up to 1.5 K, 11 below 1 K."""
    accuracy = np.array([0b00, 0b01, 0b10, 0b11]) << 14
    np.testing.assert_array_equal(qc.within_accuracy(accuracy, 1), [False, False, False, True])
    np.testing.assert_array_equal(qc.within_accuracy(accuracy, 2), [False, True, True, True])
    np.testing.assert_array_equal(qc.within_accuracy(accuracy, 3), [False, True, True, True])
    produced = (0b11 << 14) + np.array([0b00, 0b01, 0b10, 0b11])
    np.testing.assert_array_equal(qc.within_accuracy(produced, 3), [True, True, False, False])


@pytest.mark.parametrize(
    ("read", "value", "refused"),
    [
        (qc.within_error, 255.0, False),
        (qc.within_error, 256.0, True),
        (qc.within_error, -1.0, True),
        (qc.within_error, 0.0, False),
        (qc.within_error, 0.5, True),
        (qc.within_accuracy, 65535.0, False),
        (qc.within_accuracy, 65536.0, True),
    ],
)
def test_numbers_that_bits_make(read, value, refused):
    assert refuses(read, np.array([value, NAN]), 3) is refused


# Assessment --------------------------------------------------------------------------------------------


def test_confidence_intervals_hold_95_percent():
    """Kappa .130435 with standard error .098662: 1.959964 of them to both sides."""
    found = confusion.Confusion(np.array([[45, 15], [25, 15]]), ("a", "b"))
    low, high = found.kappa_interval
    assert (low, high) == (pytest.approx(-0.062939, abs=1e-6), pytest.approx(0.323808, abs=2e-6))


@pytest.mark.parametrize(("first", "second", "exact"), [(20, 4, True), (20, 5, False)])
def test_mcnemar_is_exact_below_25_cells(first, second, exact):
    assert mcnemar.mcnemar(first, second).exact is exact


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        (range(2000, 2002), [(2000, 2000), (2001, 2001)]),
        (range(2000, 2009), [(2000, 2003), (2005, 2008)]),
        (range(2000, 2010), [(2000, 2004), (2005, 2009)]),
        (range(2000, 2016), [(2000, 2004), (2011, 2015)]),
    ],
)
def test_windows_of_five_years_or_halves(years, expected):
    found = periods.read_periods("", list(years))
    assert [(period.first, period.last) for period in found] == expected


def test_one_year_has_no_windows():
    assert refuses(periods.read_periods, "", [2000])


@pytest.mark.parametrize(("valid", "years", "known"), [(2, 4, True), (1, 4, False), (2, 5, False), (3, 5, True)])
def test_a_window_needs_half_of_its_years(valid, years, known):
    values = np.full((years, 1), NAN)
    values[:valid] = 3.0
    mean = periods.window_means(values, range(2000, 2000 + years), [periods.Period(2000, 2010)])
    assert np.isfinite(mean[0, 0]) == known


@pytest.mark.parametrize(
    ("depth", "known"), [(0.0, 1), (-999.0, 0), (9999.0, 1), (10_000.0, 1), (99_999.0, 0), (-3.0, 1)]
)
def test_depths_of_boreholes(depth, known):
    """Fill values beyond 0 to 10 000 m are none; anything else is left for its reader to judge."""
    assert np.isfinite(boreholes.numbers([depth], "DEPTH", boreholes.DEPTHS)[0]) == bool(known)


@pytest.mark.parametrize(("temperature", "presence"), [(0.0, 0), (1e-9, 1), (NAN, -1)])
def test_permafrost_is_at_the_threshold_of_a_borehole(temperature, presence):
    assert boreholes.presence_by_temperature(np.array([temperature]), 0.0)[0] == presence


@pytest.mark.parametrize(("values", "more"), [(8, False), (9, True)])
def test_eight_values_are_listed(values, more):
    assert ("others" in binary.listed([f"v{one}" for one in range(values)])) is more


@pytest.mark.parametrize(("length", "cut"), [(60, False), (61, True)])
def test_sixty_characters_of_a_text_are_shown(length, cut):
    assert binary.shown("x" * length) == ("x" * 60 + ("..." if cut else ""))


@pytest.mark.parametrize(("value", "refused"), [(0, False), (4, False), (5, True), (-2, True), (-1, False)])
def test_classes_of_permafrost_maps(value, refused):
    assert refuses(transitions.require_map_classes, np.array([1, value]), "MAP", -1) is refused


def test_transitions_are_two_digits():
    assert transitions.transition(np.uint8([1, 1, 4, 0]), np.uint8([2, 1, 3, 1])).tolist() == [12, 11, 43, 0]


@pytest.mark.parametrize(("years", "known"), [(2, False), (3, True)])
def test_a_trend_needs_three_years(years, known):
    assert np.isfinite(trend(np.arange(float(years))[:, None], range(years)).slope[0]) == known


@pytest.mark.parametrize(("length", "kept"), [(80, 80), (81, 80)])
def test_names_of_files_have_eighty_characters(length, kept):
    assert len(slug("x" * length)) == kept
    assert different_slugs(["A b", "a_B", "a-b"]) == ["a_b", "a_b_2", "a_b_3"]
