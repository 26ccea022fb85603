"""The algorithm samplelst: what becomes of each row of the observations, and which cell it is given."""

import csv
import json
import re
from datetime import date

import numpy as np
import pytest
from scipy.interpolate import RegularGridInterpolator

# Centres of cells lie at 80.005 + 0.01 i east and 37.995 - 0.01 j north.
STATIONS = {"a": (80.005, 37.995), "b": (80.022, 37.973), "c": (80.057, 37.953), "far": (90.0, 37.99)}
FIRST = date(2005, 1, 1)
DAYS = 40


@pytest.fixture
def stations(tmp_path):
    def stations(places=STATIONS, name="stations"):
        features = [
            {"type": "Feature", "geometry": {"type": "Point", "coordinates": place}, "properties": {"station": station}}
            for station, place in places.items()
        ]
        path = tmp_path / f"{name}.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
        return path

    return stations


@pytest.fixture
def observations(tmp_path):
    def observations(*rows):
        path = tmp_path / "observations.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("station", "date", "gst"), *rows])
        return path

    return observations


@pytest.fixture
def lst(make_stack):
    """Two overpasses with a gap, in two files each; and their values."""
    random = np.random.default_rng(5)
    day = np.round(random.normal(5, 3, (DAYS, 5, 7)), 2)
    night = np.round(day - 15, 2)
    day[3, 0, 0] = night[3, 0, 0] = night[4, 0, 0] = np.nan
    paths = {
        name: [
            make_stack(f"{name}_2", date(2005, 1, 21), values[20:]),
            make_stack(f"{name}_1", FIRST, values[:20]),
        ]
        for name, values in (("TERRA_DAY", day), ("TERRA_NIGHT", night))
    }
    return paths, {"terra_day": day, "terra_night": night}


def rows_of(path):
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_a_row_has_the_cell_and_the_day_of_its_station(run, stations, observations, lst, tmp_path):
    stacks, values = lst
    table = observations(
        ("a", "2005-01-01", -3.5), ("b", "2005-01-25", 1), ("a", "2005-01-05", 2), ("c", "2005-02-09", 0)
    )
    output = tmp_path / "table.csv"
    done = run("samplelst", {"STATIONS": stations(), "OBSERVATIONS": table, **stacks, "OUTPUT": output})
    assert done.ok, done.errors
    assert (done.results["ROWS"], done.results["USED"]) == (4, 4)
    cells = [(0, 0, 0), (24, 2, 2), (4, 0, 0), (39, 4, 5)]
    for row, cell in zip(rows_of(output), cells):
        for name, stack in values.items():
            expected = stack[cell]
            assert row[name] == "" if np.isnan(expected) else float(row[name]) == pytest.approx(expected, abs=1e-3)
    assert [row["station"] for row in rows_of(output)] == ["a", "b", "a", "c"]
    assert [row["date"] for row in rows_of(output)] == ["2005-01-01", "2005-01-25", "2005-01-05", "2005-02-09"]
    assert [float(row["gst"]) for row in rows_of(output)] == [-3.5, 1, 2, 0]
    assert "terra_night is missing in 1 of the used rows" in done.log
    assert "Stations without a row: far" in done.log
    assert "3 of 4 stations, 2005-01-01 to 2005-02-09" in done.log


def test_bilinear_is_that_of_scipy(run, stations, observations, lst, tmp_path):
    stacks, values = lst
    table = observations(("b", "2005-01-25", 1), ("c", "2005-01-25", 1), ("a", "2005-01-04", 0), ("a", "2005-01-01", 0))
    output = tmp_path / "table.csv"
    parameters = {"STATIONS": stations(), "OBSERVATIONS": table, **stacks, "METHOD": "bilinear", "OUTPUT": output}
    done = run("samplelst", parameters)
    assert done.ok, done.errors
    x, y = 80.005 + 0.01 * np.arange(7), 37.995 - 0.01 * np.arange(5)
    for row in rows_of(output):
        day = (date.fromisoformat(row["date"]) - FIRST).days
        exact = RegularGridInterpolator((-y, x), values["terra_day"][day], bounds_error=False, fill_value=None)
        east, north = STATIONS[row["station"]]
        # Beyond the outermost centres the edge goes on as it is.
        expected = exact((-max(north, y[-1]), min(east, x[-1])))
        assert float(row["terra_day"]) == pytest.approx(float(expected), abs=2e-3)
    assert "3 of 4 rows are used" in done.log


def test_stations_are_those_of_the_points_however_they_are_written(run, stations, observations, lst, tmp_path):
    stacks, values = lst
    table = observations(
        ("A", "2005/1/1", "-3,5"), ("52754.0", "2005/1/25", "1"), ("a ", "2005/1/2", "2,5"), ("zz", "2005/1/2", "0")
    )
    places = stations({"a": STATIONS["a"], "052754": STATIONS["b"]})
    output = tmp_path / "table.csv"
    done = run("samplelst", {"STATIONS": places, "OBSERVATIONS": table, **stacks, "OUTPUT": output})
    assert done.ok, done.errors
    assert [(row["station"], row["date"], float(row["gst"])) for row in rows_of(output)] == [
        ("a", "2005-01-01", -3.5),
        ("052754", "2005-01-25", 1),
        ("a", "2005-01-02", 2.5),
    ]
    cells = [(0, 0, 0), (24, 2, 2), (1, 0, 0)]
    assert [float(row["terra_day"]) for row in rows_of(output)] == [
        pytest.approx(values["terra_day"][cell], abs=1e-3) for cell in cells
    ]
    assert "stations spelled differently are taken as the same: 'A' is 'a', '52754' is '052754'." in done.log
    assert "Stations of 'observations' that have no point in 'stations': 'zz'." in done.log


def test_tenths_of_a_degree_are_refused_also_where_all_are_possible(run, stations, observations, lst, tmp_path):
    stacks, values = lst
    known = [day for day in range(DAYS) if np.isfinite(values["terra_day"][day, 0, 0])]
    table = observations(
        *(("a", date.fromordinal(FIRST.toordinal() + day), round(6 * values["terra_day"][day, 0, 0])) for day in known)
    )
    parameters = {"STATIONS": stations(), "OBSERVATIONS": table, **stacks, "OUTPUT": tmp_path / "table.csv"}
    done = run("samplelst", parameters)
    assert not done.ok
    assert re.search(r"Column 'gst' of table 'observations' .* vary .* tenths of a degree: divide by 10", *done.errors)


def test_each_row_left_out_is_reported_with_its_reason(run, stations, observations, lst, tmp_path):
    stacks, _ = lst
    table = observations(
        ("a", "2005-01-01", 1.5),
        ("a", "2005-01-01", 1.5),
        ("b", "2005-01-02", 1),
        ("b", "2005-01-02", 2),
        ("b", "2005-01-03", 3276.6),
        ("b", "2005-01-04", -999),
        ("b", "2005-01-05", 99.9),
        ("b", "2005-02-30", 1),
        ("", "2005-01-06", 1),
        ("b", "2005-01-07", ""),
        ("b", "2005-01-08", "frozen"),
        ("z", "2005-01-09", 1),
        ("far", "2005-01-10", 1),
        ("b", "2006-01-01", 1),
        ("a", "2005-01-04", 1),
    )
    output = tmp_path / "table.csv"
    done = run("samplelst", {"STATIONS": stations(), "OBSERVATIONS": table, **stacks, "OUTPUT": output})
    assert done.ok, done.errors
    assert (done.results["ROWS"], done.results["USED"]) == (15, 1)
    for said in (
        "1 of 15 rows are used.",
        "1 row is not used: the station-day is repeated, for example 'a' in row 2.",
        "2 rows are not used: the station-day is repeated with different values, for example 'b' in row 3.",
        "3 rows are not used: 'gst' is outside -95 to 85 °C, a fill value, for example '3276.6' in row 5.",
        "1 row is not used: 'date' is not a date, for example '2005-02-30' in row 8.",
        "1 row is not used: no station in 'station', for example in row 9.",
        "1 row is not used: 'gst' is missing, for example in row 10.",
        "1 row is not used: 'gst' is a text, for example 'frozen' in row 11.",
        "1 row is not used: the station is not among those of 'stations', for example 'z' in row 12.",
        "1 row is not used: the station is outside the LST stacks, for example 'far' in row 13.",
        "1 row is not used: no LST stack has the day; they begin on 2005-01-01 and end on 2005-02-09, for example",
        "1 row is not used: no overpass has a value there, for example 'a' in row 15.",
    ):
        assert said in done.log
    assert len(rows_of(output)) == 1


def test_numbers_name_stations_as_well(run, stations, observations, lst, make_raster, tmp_path):
    """A whole number in one layer is the text in the other; and the elevation comes along."""
    stacks, _ = lst
    dem = make_raster("dem", np.full((40, 40), 4321.0, np.float32), corner=(79.9, 38.1), cell=(0.01, -0.01))
    parameters = {
        "STATIONS": stations({7.0: STATIONS["a"], 8.0: STATIONS["b"]}),
        "OBSERVATIONS": observations((7, "2005-01-01", 1), (8, "2005-01-01", 1)),
        "DEM": dem,
        **stacks,
        "OUTPUT": tmp_path / "table.csv",
    }
    done = run("samplelst", parameters)
    assert done.ok, done.errors
    assert [row["station"] for row in rows_of(tmp_path / "table.csv")] == ["7", "8"]
    assert [float(row["elevation"]) for row in rows_of(tmp_path / "table.csv")] == [4321.0, 4321.0]


def test_threads_change_nothing(run, stations, observations, lst, tmp_path):
    stacks, _ = lst
    table = observations(*((station, f"2005-01-{day:02}", day) for station in "abc" for day in range(1, 32)))
    texts = []
    for threads in (1, 3):
        output = tmp_path / f"{threads}.csv"
        parameters = {"STATIONS": stations(), "OBSERVATIONS": table, **stacks, "THREADS": threads, "OUTPUT": output}
        assert run("samplelst", parameters).ok
        texts.append(output.read_text())
    assert texts[0] == texts[1]


def test_what_is_refused_is_one_sentence_and_no_table(run, stations, observations, lst, make_stack, tmp_path):
    stacks, values = lst
    good = {
        "STATIONS": stations(),
        "OBSERVATIONS": observations(("a", "2005-01-01", 1), ("b", "2005-01-02", 2)),
        **stacks,
    }
    swapped = {"TERRA_DAY": stacks["TERRA_NIGHT"], "TERRA_NIGHT": stacks["TERRA_DAY"]}
    kelvin = make_stack("kelvin", FIRST, values["terra_day"] + 273.15)
    late = make_stack("late", date(2011, 1, 1), values["terra_day"])
    away = stations({"a": (10.0, 37.0), "b": (11.0, 37.0)}, "away")
    for parameters, said in (
        ({"TERRA_DAY": None, "TERRA_NIGHT": None}, "No LST stack is given"),
        (swapped, "'terra_day' is colder than 'terra_night'"),
        ({"TERRA_DAY": kelvin}, "'kelvin' has the median .* kelvin"),
        ({"TERRA_DAY": late, "TERRA_NIGHT": None}, "no row that can be used .*begin on 2011-01-01"),
        ({"STATIONS": away}, "No feature of layer 'away'"),
        ({"STATION_FIELD": "name"}, "'stations' has no field 'name': set STATION_FIELD to one of station"),
        ({"GST": "soil"}, "'observations' has no column 'soil'"),
        ({"STATION": "date"}, "station is not among those of 'stations'"),
        ({"START_DATE": "2005-01-01"}, "START_DATE dates the first band of one stack"),
    ):
        output = tmp_path / "refused.csv"
        done = run("samplelst", {**good, **parameters, "OUTPUT": output})
        assert not done.ok
        assert len(done.errors) == 1
        assert re.search(said, done.errors[0]), done.errors
        assert not output.exists()


def test_a_station_that_is_there_twice_is_refused(run, observations, lst, tmp_path):
    feature = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [80.01, 37.99]}}
    path = tmp_path / "twice.geojson"
    features = [{**feature, "properties": {"station": "a"}}] * 2
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    done = run("samplelst", {"STATIONS": path, "OBSERVATIONS": observations(("a", "2005-01-01", 1)), **lst[0]})
    assert not done.ok
    assert "'twice' has the station 'a' more than once" in done.errors[0]


def test_rows_of_simulated_observations_say_so(run, stations, observations, lst, tmp_path):
    stacks, _ = lst
    inputs = {"OBSERVATIONS": observations(("a", "2005-01-01", -3.5)), **stacks}
    for name, said in (("stations", None), ("stations_simulated", "stations_simulated")):
        output = tmp_path / f"{name}.csv"
        assert run("samplelst", {"STATIONS": stations(name=name), **inputs, "OUTPUT": output}).ok
        assert [row.get("simulated") for row in rows_of(output)] == [said]
