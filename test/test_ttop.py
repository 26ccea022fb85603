"""TTOP, frost number, classes and r_k: published values, and what has to hold for any of them."""

import csv
import gzip

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from permafrost_mapper.core.about import RESOURCES
from permafrost_mapper.core.classes import GLACIER, LAKE, OUTSIDE, PERMAFROST, SEASONAL_FROST
from permafrost_mapper.core.errors import InputError
from permafrost_mapper.core.permafrost.classify import classify
from permafrost_mapper.core.permafrost.rk import (
    RkTable,
    class_cells,
    classes_to_r_k,
    layers_to_r_k,
    mean_r_k,
    read_table,
    require_fitting_table,
    shipped_table,
    table_from_cells,
    unknown_classes,
)
from permafrost_mapper.core.permafrost.ttop import (
    MAX_FREEZE,
    equivalent_frost_number,
    frost_number,
    pair_of_year,
    require_degree_days,
    require_r_k,
    ttop,
)

NAN = float("nan")

degree_days = st.floats(0, 8000, allow_subnormal=False)
ratios = st.floats(0.25, 2.25)
periods = st.floats(1, 366)
factors = st.floats(0.1, 3)


# TTOP ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ddt", "ddf", "r_k", "days", "expected"),
    [
        (800, 1600, 0.75, 365, -2.739726),
        (1600, 1200, 0.75, 365, 0.0),
        (1600, 1200, 0.95, 365, 0.922855),
        (0, 2000, 0.8, 366, -5.464481),
        (2000, 0, 0.8, 365, 5.479452),
        (900, 1000, 1.1, 365, -0.027397),
    ],
)
@pytest.mark.parametrize(("kind", "tolerance"), [(np.float64, 5e-7), (np.float32, 2e-6)])
def test_ttop(ddt, ddf, r_k, days, expected, kind, tolerance):
    assert ttop(kind(ddt), kind(ddf), r_k, days) == pytest.approx(expected, abs=tolerance)


@given(degree_days, ratios, periods)
def test_ttop_is_continuous_where_it_is_zero(ddt, r_k, days):
    limit = r_k * ddt
    for step in (-1e-6, 0.0, 1e-6):
        # Neither branch is steeper than 1 / r_k <= 4 per day of the period.
        assert abs(ttop(ddt, limit + step, r_k, days)) <= 4.1e-6 / days + 1e-9


@given(degree_days, degree_days, ratios, periods)
def test_the_sign_of_ttop_is_that_of_the_balance_whatever_the_period(ddt, ddf, r_k, days):
    assert np.sign(ttop(ddt, ddf, r_k, days)) == np.sign(r_k * ddt - ddf)


@given(degree_days, degree_days, periods)
def test_equal_conductivities_give_the_mean_surface_temperature(ddt, ddf, days):
    assert ttop(ddt, ddf, 1.0, days) == pytest.approx((ddt - ddf) / days)


@given(degree_days, degree_days, st.floats(0.25, 1.0), periods)
def test_ground_that_conducts_better_frozen_is_never_warmer_than_its_surface(ddt, ddf, r_k, days):
    magst = (ddt - ddf) / days
    assert ttop(ddt, ddf, r_k, days) <= magst + 1e-9 * max(1.0, abs(magst))


@given(degree_days, degree_days, ratios, factors, factors)
def test_n_factors_multiply_the_degree_days(ddt, ddf, r_k, n_t, n_f):
    assert ttop(ddt, ddf, r_k, 365, n_t, n_f) == pytest.approx(ttop(n_t * ddt, n_f * ddf, r_k), abs=1e-9)


@given(degree_days, degree_days, ratios)
def test_more_thaw_is_warmer_and_more_frost_is_colder(ddt, ddf, r_k):
    here = ttop(ddt, ddf, r_k)
    assert ttop(ddt + 100, ddf, r_k) > here > ttop(ddt, ddf + 100, r_k)


def test_ttop_is_unknown_where_an_input_is():
    nan = np.nan
    ddt, ddf, r_k = np.array([nan, 1.0, 1.0, 1.0]), np.array([1.0, nan, 1.0, 1.0]), np.array([0.8, 0.8, nan, 0.8])
    np.testing.assert_array_equal(np.isnan(ttop(ddt, ddf, r_k)), [True, True, True, False])


def test_ttop_keeps_float32():
    assert ttop(np.ones((2, 2), np.float32), np.ones((2, 2), np.float32), 0.8).dtype == np.float32


def test_ttop_of_stations_on_the_tibetan_plateau(real_data):
    """The R package PIC gives (COT DDT - COF DDF) / (365 COF) on both branches, COT / COF being r_k."""
    folder = real_data("qtp_stations")
    with (folder / "stations.csv").open(encoding="utf-8") as file:
        r_k = {row["name"]: float(row["COT"]) / float(row["COF"]) for row in csv.DictReader(file)}
    with gzip.open(folder / "annual_long.csv.gz", "rt", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["TTOP_Smith"] and row["name"] in r_k]
    assert len(rows) == 2330
    ratio = np.array([r_k[row["name"]] for row in rows])
    columns = ("DDT_ground", "DDF_ground", "TTOP_Smith")
    ddt, ddf, published = np.array([[float(row[column]) for column in columns] for row in rows]).T
    ours = ttop(ddt, ddf, ratio, 365)
    assert (ours <= 0).any()
    assert (ours > 0).any()
    # The files round to four decimals.
    np.testing.assert_allclose(np.where(ours <= 0, ours, ours * ratio), published, atol=6e-4)


# Frost number --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("ddt", "ddf", "expected"), [(900, 900, 0.5), (0, 50, 1.0), (50, 0, 0.0), (400, 1600, 2 / 3)])
def test_frost_number(ddt, ddf, expected):
    assert frost_number(np.array([ddt]), np.array([ddf]))[0] == pytest.approx(expected)


def test_frost_number_is_unknown_without_degree_days():
    assert np.isnan(frost_number(np.array([0.0, np.nan]), np.array([0.0, 1.0]))).all()


@given(st.floats(1, 8000), st.floats(1, 8000), ratios)
def test_the_frost_number_draws_the_limit_of_ttop(ddt, ddf, r_k):
    margin = r_k * ddt - ddf
    if abs(margin) > 1e-6:
        below = frost_number(np.array([ddt]), np.array([ddf]))[0] >= equivalent_frost_number(r_k)
        assert below == (ttop(ddt, ddf, r_k) <= 0)
        # FROSTNUM/COP: permafrost where E sqrt(DDT / DDF) < 1, with E^2 = r_k.
        assert below == (np.sqrt(r_k) * np.sqrt(ddt / ddf) < 1)


def test_equal_conductivities_have_the_limit_of_one_half():
    assert equivalent_frost_number(1.0) == 0.5
    assert equivalent_frost_number(0.8) == pytest.approx(0.472136, abs=5e-7)


# What no degree days and no r_k can be ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([1000, -3, 5], "holds -3,.*reverse the sign"),
        ([-1000, -3], "holds -1000,.*reverse the sign"),
        ([10, -3, 5], "holds -3 and 10, which seem to be temperatures, .* from daily temperatures by 'Degree days'"),
        ([273.15 * 365, 1], "holds 99699.8 °C d, and no year has more than 22000: .*not in kelvin"),
    ],
)
def test_impossible_degree_days(values, said):
    with pytest.raises(InputError, match=rf"'frost.tif' {said}"):
        require_degree_days(np.array([np.nan, *values], np.float32), "frost.tif", MAX_FREEZE)


@pytest.mark.parametrize("values", [[np.nan], [np.nan, 0.0, 21_999.0]])
def test_possible_degree_days(values):
    require_degree_days(np.array(values), "frost.tif", MAX_FREEZE)


def test_thaw_is_limited_more_than_frost():
    """10 years with 1700 degC d are more than the Lut desert has in one, and less than a winter of Antarctica."""
    with pytest.raises(InputError, match=r"'ddt' holds 17000 °C d, and no year has more than 16000: .* divide"):
        pair_of_year(np.array([17_000.0]), np.array([0.0]), "ddt", "ddf")
    assert pair_of_year(np.array([0.0]), np.array([17_000.0]), "ddt", "ddf").excluded.kept == 1


def require_one_year(ddt, ddf):
    pair_of_year(np.array(ddt, np.float32), np.array(ddf, np.float32), "ddt", "ddf").excluded.require_one_year(
        "ddt", "ddf"
    )


def test_sums_of_ten_years_are_no_year():
    with pytest.raises(InputError) as refused:
        require_one_year([9000, 12000, 7000, 900, NAN], [15000, 16000, 14000, 2000, 1])
    assert str(refused.value) == (
        "3 of 4 cells hold more DDT and DDF than a single year has, for example 9000 and 15000 in 'ddt' and 'ddf': "
        "give degree days of a year, and divide sums over several years by their number."
    )
    # A few such cells, and fill values.
    require_one_year([9000, 900, 950], [15000, 2000, 2100])
    require_one_year([9999, 9999, 900], [9999, 9999, 2000])


def test_temperatures_are_no_degree_days():
    with pytest.raises(
        InputError, match="DDT and DDF add up to 33 °C d at most in 'ddt' and 'ddf', which seem to hold"
    ):
        require_one_year([15, 18, 1, NAN], [12, 15, 1, 5])
    # Snow that never melts beside ground that thaws, and nothing at all.
    require_one_year([15, 300], [12, 2000])
    require_one_year([NAN], [NAN])


@pytest.mark.parametrize(
    ("ddt", "ddf"),
    [
        *[(0, 0), (0, 1e-4), (1, 1), (3, 4), (99, 99), (255, 255), (999, 999), (9999, 9999), (9999, 6500)],
        *[(1200, 9999), (9999, 0), (NAN, NAN)],
    ],
)
def test_sums_that_no_year_has_together_are_missing(ddt, ddf):
    """The cells beside them stay as they are."""
    sums = np.array([[900, ddt, 0], [1200, ddf, 2000]], np.float32)
    pair = pair_of_year(*sums, "ddt", "ddf")
    np.testing.assert_array_equal([pair.ddt, pair.ddf], [[900, NAN, 0], [1200, NAN, 2000]])
    assert pair.ddt.dtype == np.float32
    assert pair.excluded.cells == (not np.isnan(ddt))
    if pair.excluded.cells:
        assert pair.excluded.example == pytest.approx((ddt, ddf))
    assert np.isnan(ttop(pair.ddt, pair.ddf, 0.8)[1])
    assert np.isnan(frost_number(pair.ddt, pair.ddf)[1])


@given(st.floats(-25, 25), st.floats(3, 40))
def test_every_year_of_the_earth_stays(mean, amplitude):
    """Sinusoidal years from tropical mountains to Yakutia."""
    days = mean + amplitude * np.cos(2 * np.pi * np.arange(365) / 365)
    sums = [np.array([np.maximum(side, 0).sum()]) for side in (days, -days)]
    pair = pair_of_year(*sums, "ddt", "ddf")
    assert pair.excluded.cells == 0
    np.testing.assert_array_equal([pair.ddt, pair.ddf], sums)


@pytest.mark.parametrize("value", [0.24, 2.26, 80.0, -9999.0])
def test_impossible_r_k(value):
    with pytest.raises(InputError, match=rf"'rk.tif' holds the r_k {value:g}.*0.25 and 2.25"):
        require_r_k(np.array([0.8, value, np.nan]), "rk.tif")


@pytest.mark.parametrize("value", [0.25, 1.3, 2.25, np.nan])
def test_possible_r_k(value):
    require_r_k(value, "rk.tif")


# Classes -------------------------------------------------------------------------------------------

GROUND = (PERMAFROST.value, SEASONAL_FROST.value)


def test_permafrost_is_at_the_threshold_and_below():
    values = np.array([[-0.5, 0.0, 1e-6, np.nan]], np.float32)
    assert classify(values).tolist() == [[1, 1, 2, 0]]
    assert classify(values, threshold=-0.5).tolist() == [[1, 2, 2, 0]]
    assert classify(values).dtype == np.uint8


@pytest.mark.parametrize("ttop_here", [-1.0, 1.0, np.nan])
@pytest.mark.parametrize("glacier", [0.0, 0.49, 0.5, 1.0])
@pytest.mark.parametrize("lake", [0.0, 0.49, 0.5, 1.0])
@pytest.mark.parametrize("inside", [0.0, 0.49, 0.5, 1.0])
def test_basin_over_lake_over_glacier_over_ground(ttop_here, glacier, lake, inside):
    if inside < 0.5:
        expected = OUTSIDE
    elif lake >= 0.5:
        expected = LAKE.value
    elif glacier >= 0.5:
        expected = GLACIER.value
    else:
        expected = OUTSIDE if np.isnan(ttop_here) else GROUND[ttop_here > 0]
    one = np.ones((1, 1))
    assert classify(ttop_here * one, 0.0, glacier * one, lake * one, inside * one) == expected


def test_glaciers_lakes_and_basin_may_be_left_out():
    values = np.array([[-1.0, 1.0]])
    assert classify(values, glaciers=np.array([[0.0, 1.0]])).tolist() == [[1, 3]]
    assert classify(values, lakes=np.array([[1.0, 0.0]])).tolist() == [[4, 2]]
    assert classify(values, basin=np.array([[1.0, 0.0]])).tolist() == [[1, 0]]


# r_k by land cover ---------------------------------------------------------------------------------

# The classes of the CryoGrid CCI code, with the codes of ESA CCI's legend.
ESA_CCI = {
    0.95: [140, 150, 151, 152, 153, 50, 60, 61, 62, 80, 81, 82, 90, 190, 200, 201, 202],
    0.75: [10, 11, 12, 20, 130],
    0.80: [30, 40, 100, 110, 120, 121, 122],
    0.90: [70, 71, 72],
    0.55: [160, 170, 180],
}
ESA_CCI_MASKED = [210, 220]
PFT = {
    "GRASS-NAT": 0.75,
    "GRASS-MAN": 0.75,
    "SHRUBS-BD": 0.80,
    "SHRUBS-BE": 0.80,
    "SHRUBS-ND": 0.80,
    "SHRUBS-NE": 0.80,
    "TREES-BD": 0.95,
    "TREES-ND": 0.95,
    "TREES-BE": 0.95,
    "TREES-NE": 0.90,
    "BARE": 0.95,
    "BUILT": 0.95,
}


def test_every_class_of_esa_cci():
    expected = {code: r_k for r_k, codes in ESA_CCI.items() for code in codes}
    table = shipped_table("esa_cci").r_k
    assert {code: r_k for code, r_k in table.items() if not np.isnan(r_k)} == expected
    assert sorted(code for code, r_k in table.items() if np.isnan(r_k)) == ESA_CCI_MASKED


def test_every_plant_functional_type():
    table = shipped_table("esa_cci_pft").r_k
    assert {name: r_k for name, r_k in table.items() if not np.isnan(r_k)} == PFT
    assert {name for name, r_k in table.items() if np.isnan(r_k)} == {"SNOWICE", "WATER-INLAND"}


@pytest.mark.parametrize(
    ("igbp", "esa_cci"),
    [
        (1, 70),  # evergreen needleleaf forest
        (2, 50),  # evergreen broadleaf forest
        (3, 80),  # deciduous needleleaf forest
        (4, 60),  # deciduous broadleaf forest
        (5, 90),  # mixed forest
        (6, 120),  # closed shrubland
        (7, 120),  # open shrubland
        (8, 100),  # woody savanna: trees and shrubs over herbs
        (9, 110),  # savanna: herbs with trees and shrubs
        (10, 130),  # grassland
        (11, 180),  # wetland
        (12, 10),  # cropland
        (13, 190),  # urban
        (14, 10),  # cropland and natural mosaic
        (16, 200),  # barren
    ],
)
def test_modis_igbp_follows_esa_cci_by_meaning(igbp, esa_cci):
    assert shipped_table("modis_igbp").r_k[igbp] == shipped_table("esa_cci").r_k[esa_cci]


def test_water_and_ice_of_modis_igbp_are_masked():
    table = shipped_table("modis_igbp").r_k
    assert sorted(table) == list(range(18))
    assert [code for code, r_k in sorted(table.items()) if np.isnan(r_k)] == [0, 15, 17]


@pytest.mark.parametrize("token", ["esa_cci", "modis_igbp", "esa_cci_pft"])
def test_shipped_tables_name_every_class(token):
    table = shipped_table(token)
    assert list(table.labels) == list(table.r_k)
    assert all(any(letter.isalpha() for letter in label) for label in table.labels.values())
    assert (RESOURCES / "rk_tables" / f"{token}.csv").read_bytes().isascii()


@given(st.lists(st.integers(-5, 260), min_size=1, max_size=40))
def test_classes_are_looked_up_one_by_one(codes):
    table = shipped_table("esa_cci")
    found = classes_to_r_k(np.array([codes]), table)
    assert found.dtype == np.float32
    np.testing.assert_array_equal(found, np.array([[table.r_k.get(code, np.nan) for code in codes]], np.float32))


@pytest.mark.parametrize(
    ("token", "cells", "told"),
    [
        # The land of an IGBP map under the table of ESA CCI: 10 is grassland in one and cropland in the other.
        (
            "esa_cci",
            {16: 70, 10: 20, 7: 10},
            ["80 % of the land", "7 (10 cells), 16 (70 cells)", "the table modis_igbp,"],
        ),
        # However little it is, where the other table has all.
        ("esa_cci", {16: 2, 10: 98}, ["2 % of the land", "the table modis_igbp,"]),
        ("modis_igbp", {10: 10, 130: 60, 200: 30}, ["90 % of the land", "the table esa_cci,"]),
        # Of neither.
        ("esa_cci", {10: 70, 5: 29, 300: 1}, ["30 % of the land", "table of your own"]),
        # Water and ice have none on purpose, and are no land: 1 of 3.
        ("modis_igbp", {17: 900, 15: 97, 10: 2, 33: 1}, ["33.3 % of the land", "table of your own"]),
        # ESA WorldCover and GlobeLand30, whose water and tundra are forests of ESA CCI.
        (
            "esa_cci",
            {0: 9, 10: 1, 30: 50, 60: 40, 80: 2, 100: 1},
            ["only the classes 10, 30, 60, 80, 100", "WorldCover", "a copy of 'esa_cci.csv'"],
        ),
        ("esa_cci", {30: 50, 70: 40, 90: 9, 95: 1}, ["only the classes 30, 70, 90, 95"]),
    ],
)
def test_the_table_of_another_map_is_refused(token, cells, told):
    with pytest.raises(InputError) as refused:
        require_fitting_table(cells, shipped_table(token), "land")
    assert all(part in str(refused.value) for part in told), refused.value


@pytest.mark.parametrize(
    ("token", "cells"),
    [
        ("modis_igbp", {17: 900, 15: 100}),
        ("esa_cci", {210: 5000, 220: 5000, 130: 1}),
        # Cells outside that nobody has tagged, and a few that are of no legend.
        ("esa_cci", {0: 500, 255: 500, 130: 80, 33: 19}),
        ("modis_igbp", {255: 500, 10: 80, 33: 19}),
        # Forests of larch, and other codes that are tens.
        ("esa_cci", {70: 50, 80: 40, 100: 10}),
        ("esa_cci", {10: 1, 70: 50, 80: 40, 100: 10, 180: 1}),
    ],
)
def test_its_own_table_is_not(token, cells):
    require_fitting_table(cells, shipped_table(token), "land")


@pytest.mark.parametrize(
    "text",
    [
        "class,r_k,name\n130,0.9,grass\n210,,water\n",
        "\ufeffClass, R_K ,Name\r\n130.0,.9,grass\r\n210,,water\r\n",
        "class;r_k;name\n130;0,9;grass\n210;;water\n",
        "name\tclass\tr_k\ngrass\t130\t0.9\nwater\t210\t\n",
    ],
)
def test_tables_as_spreadsheets_save_them(tmp_path, text):
    (tmp_path / "own.csv").write_text(text, encoding="utf-8")
    table = read_table(tmp_path / "own.csv")
    assert table.r_k == pytest.approx({130: 0.9, 210: np.nan}, nan_ok=True)
    assert table.labels == {130: "grass", 210: "water"}


def test_unknown_classes_are_counted():
    table = RkTable("own", {1: 0.8, 2: np.nan}, {1: "a", 2: "b"})
    cells = class_cells(np.array([[1, 2, 7], [7, 0, 9]]), no_class=9)
    assert cells == {0: 1, 1: 1, 2: 1, 7: 2}
    assert unknown_classes(cells, table) == {0: 1, 7: 2}


def test_fractions_of_classes_within_a_cell():
    table = RkTable("own", {1: 0.6, 2: 0.8, 9: np.nan}, {})
    subcells = np.array([[[1, 1, 1, 2], [1, 2, 2, 9], [9, 9, 1, 2], [5, 5, 2, 5]]])
    # Three quarters of .6; a quarter of water is left out; half water; mostly a class that is not in the table.
    np.testing.assert_allclose(mean_r_k(subcells, table), [[0.65, (0.6 + 0.8 + 0.8) / 3, np.nan, np.nan]], rtol=1e-6)


@given(st.lists(st.sampled_from([1, 2, 3]), min_size=1, max_size=9))
def test_the_mean_of_r_k_lies_between_the_smallest_and_the_largest(codes):
    table = RkTable("own", {1: 0.55, 2: 0.8, 3: 0.95}, {})
    values = [table.r_k[code] for code in codes]
    assert mean_r_k(np.array([[codes]]), table)[0, 0] == pytest.approx(np.mean(values), rel=1e-6)


def test_plant_functional_types_by_the_largest_share_and_by_all():
    table = shipped_table("esa_cci_pft")
    names = ["BARE", "grass_nat", "WATER_INLAND"]
    #          bare leads   water leads  half water   nothing   a missing layer
    shares = [[60.0, 30.0, 25.0, 0.0, 70.0], [40.0, 20.0, 25.0, 0.0, np.nan], [0.0, 50.0, 50.0, 0.0, 30.0]]
    shares = np.array(shares)[:, np.newaxis, :]
    dominant = layers_to_r_k(shares, names, table, dominant=True)
    np.testing.assert_allclose(dominant, [[0.95, np.nan, np.nan, np.nan, 0.95]], rtol=1e-6)
    weighted = layers_to_r_k(shares, names, table, dominant=False)
    np.testing.assert_allclose(weighted, [[0.87, np.nan, np.nan, np.nan, 0.95]], rtol=1e-6)
    # Percent or fraction is all the same.
    np.testing.assert_allclose(layers_to_r_k(shares / 100, names, table, dominant=False), weighted, rtol=1e-6)


# Tables of the user's own --------------------------------------------------------------------------


def test_a_table_of_ones_own(tmp_path):
    path = tmp_path / "own.csv"
    # As a spreadsheet saves it: with a byte order mark.
    path.write_text("name,class,r_k\nPeat, 3 ,0.55\nLake,4,\n", encoding="utf-8-sig")
    table = read_table(path)
    assert table.name == "own.csv"
    assert table.r_k[3] == 0.55
    assert np.isnan(table.r_k[4])
    assert table.labels == {3: "Peat", 4: "Lake"}


def test_classes_may_have_passed_through_a_column_of_decimals(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("class,r_k\n10.0,0.8\n20.0,0.9\n", encoding="utf-8")
    assert read_table(path).r_k == {10: 0.8, 20: 0.9}


def test_a_table_without_names_is_labelled_by_its_classes():
    table = table_from_cells(["1", "0.8", 2, 0.9, "", ""], "TABLE_MATRIX")
    assert (table.r_k, table.labels) == ({1: 0.8, 2: 0.9}, {1: "1", 2: "2"})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "needs the columns class and r_k"),
        ("class,r_k\n", "needs the columns class and r_k|holds no class"),
        ("class|r_k\n1|0.8\n", "needs the columns class and r_k"),
        ("code,r_k\n1,0.8\n", "needs the columns class and r_k"),
        ("class,r_k\n1,0.8\n2,wet\n", "Line 3 .*class '2' and r_k 'wet'.*numbers"),
        ("class,r_k\n1,0.8\nbog,0.5\n", "Line 3 .*class 'bog' and r_k '0.5'.*numbers"),
        ('class,r_k\n1,"0,8,1"\n', "Line 2 .*r_k '0,8,1'.*numbers"),
        ("class,r_k\n1,0.8\n1,0.9\n", "Line 3 .*class 1 a second time"),
        ("class,r_k\n1,80\n", "Line 2 .*r_k 80 to class 1: it has to be 0.25 to 2.25"),
        ("class,r_k\n1,-9999\n", "Line 2 .*r_k -9999"),
        ("class,r_k\n1,nan\n", "Line 2 .*r_k nan"),
        ("class,r_k\n1\n2,0.3,a,b\n3,2.5\n", "Line 4 .*r_k 2.5"),
    ],
)
def test_errors_in_a_table(tmp_path, text, said):
    path = tmp_path / "own.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said) as caught:
        read_table(path)
    assert "own.csv" in str(caught.value)


@pytest.mark.parametrize("content", [b"class,r_k\n1,0.8\xff\n", b"\x89PNG\r\n\x1a\n\x00\x00"])
def test_a_table_that_is_not_text(tmp_path, content):
    (tmp_path / "own.csv").write_bytes(content)
    with pytest.raises(InputError, match=r"'own.csv' (is not in UTF-8|holds a byte 0)"):
        read_table(tmp_path / "own.csv")


def test_a_table_that_is_not_there(tmp_path):
    with pytest.raises(InputError, match=r"'absent.csv' cannot be read"):
        read_table(tmp_path / "absent.csv")


def test_an_empty_matrix():
    with pytest.raises(InputError, match="'TABLE_MATRIX' holds no class"):
        table_from_cells(["", ""], "TABLE_MATRIX")
