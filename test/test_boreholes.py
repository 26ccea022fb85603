"""Maps against boreholes and other points."""

import csv
import dataclasses
import html
import json
import re

import numpy as np
import pytest
from golden import check_golden
from hypothesis import given
from hypothesis import strategies as st
from permafrost_mapper.core.assess.binary import NOT_COMPARED, OTHER, PERMAFROST
from permafrost_mapper.core.assess.boreholes import (
    DEPTHS,
    DISAGREEING,
    EXCLUDED,
    NOTHING_MAPPED,
    NOTHING_OBSERVED,
    OFF_THE_MAP,
    USED,
    BoreholeComparison,
    Observations,
    cell_means,
    cell_presence,
    cells_of,
    errors,
    numbers,
)
from permafrost_mapper.core.errors import InputError
from permafrost_mapper.core.reports.boreholes import MAX_ROWS, report_boreholes
from permafrost_mapper.core.reports.report import Report
from sklearn import metrics

NAN = np.nan


# Core ----------------------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.floats(-20, 20), st.floats(-20, 20)), min_size=1, max_size=30))
def test_errors_are_those_of_scikit_learn(pairs):
    modelled, observed = np.array(pairs).T
    found = errors(modelled, observed)
    assert found.n == len(pairs)
    assert found.me == pytest.approx(np.mean(modelled) - np.mean(observed), abs=1e-9)
    assert found.mae == pytest.approx(metrics.mean_absolute_error(observed, modelled), abs=1e-9)
    assert found.rmse == pytest.approx(np.sqrt(metrics.mean_squared_error(observed, modelled)), abs=1e-9)


def test_errors_of_what_is_known_on_both_sides():
    found = errors(np.array([1.0, NAN, 3.0]), np.array([0.0, 1.0, NAN]))
    assert (found.n, found.me, found.rmse) == (1, 1.0, 1.0)
    assert np.isnan(errors(np.array([NAN]), np.array([1.0])).me)


def test_means_of_cells():
    means = cell_means(np.array([-1.0, -3.0, NAN, 2.0, NAN]), np.array([0, 0, 0, 2, 1]), 3)
    np.testing.assert_array_equal(means, [-2, NAN, 2])


def test_presence_of_cells():
    presence = np.array([PERMAFROST, PERMAFROST, OTHER, PERMAFROST, OTHER, NOT_COMPARED, NOT_COMPARED])
    found, disagree = cell_presence(presence, np.array([0, 0, 1, 2, 2, 1, 3]), 4)
    np.testing.assert_array_equal(found, [PERMAFROST, OTHER, NOT_COMPARED, NOT_COMPARED])
    np.testing.assert_array_equal(disagree, [False, False, True, False])


def test_numbers():
    np.testing.assert_array_equal(numbers([1, "-2.5", None, "", "NULL"], "magt"), [1, -2.5, NAN, NAN, NAN])
    np.testing.assert_array_equal(numbers(["-2,5", "－0，75", "−1", "n/a"], "magt"), [-2.5, -0.75, -1, NAN])
    # A depth of 99.9 is possible.
    np.testing.assert_array_equal(numbers(["99,9", -9999, "15,0"], "depth", DEPTHS), [99.9, NAN, 15])
    with pytest.raises(InputError, match=r"Field 'magt' holds 'cold'"):
        numbers([1.0, None, "cold"], "magt")


def compared(presence=None, threshold=0.0):
    """Six points, of which the first two share a cell, the fifth observed nothing, and the last lies off the map."""
    magt = np.array([-1.0, -2.0, 0.5, 1.0, NAN, -0.5])
    depth = np.array([10.0, 15.0, 15.0, NAN, 20.0, 20.0])
    observations = Observations(magt, depth, presence)
    place = np.array([0, 1, 2]), np.array([0, 0, 1])
    ttop, classes = np.array([-2.0, -0.5, NAN]), np.array([1.0, 1.0, NAN])
    mapped = np.array([PERMAFROST, PERMAFROST, NOT_COMPARED])
    cell_of = np.array([0, 0, 1, 2, -1, -1])
    cells = cells_of(observations, cell_of, place, ttop, classes, mapped)
    inside = np.array([True, True, True, True, True, False])
    field = "" if presence is None else "found"
    return BoreholeComparison("drilled", "ttop", "map", field, threshold, observations, inside, cell_of, cells)


def test_points_of_a_cell_are_one_observation():
    result = compared()
    np.testing.assert_array_equal(result.cells.magt, [-1.5, 0.5, 1.0])
    np.testing.assert_array_equal(result.cells.depth, [12.5, 15.0, NAN])
    np.testing.assert_array_equal(result.cells.points, [2, 1, 1])
    np.testing.assert_array_equal(result.cells.observed, [PERMAFROST, OTHER, OTHER])
    assert result.status() == [USED, USED, USED, NOTHING_MAPPED, NOTHING_OBSERVED, OFF_THE_MAP]
    assert [result.measures()[name] for name in ("N", "TP", "FP", "FN", "TN", "N_MAGT")] == [2, 1, 1, 0, 0, 2]
    assert result.measures()["ME"] == pytest.approx((-0.5 - 1.0) / 2)
    first, *_, fourth, fifth, _ = result.rows()
    assert first == ("0 0", -2.0, 1, "yes", "yes", -1.0, USED)
    assert fourth[2:5] == (None, "", "no")
    assert (fifth[0], fifth[6]) == ("", NOTHING_OBSERVED)


def test_what_is_not_compared_is_counted_by_reason():
    """The third cell is a glacier with a TTOP, so its temperature is compared and its presence is not."""
    result = compared()
    cells = dataclasses.replace(result.cells, classes=np.array([1.0, 1.0, 3.0]), ttop=np.array([-2.0, -0.5, -4.0]))
    result = dataclasses.replace(result, cells=cells)
    others = {NOTHING_OBSERVED: 1, OFF_THE_MAP: 1}
    assert result.fates_of_presence() == {USED: 3, EXCLUDED: 1, **others}
    assert result.fates_of_temperature() == {USED: 4, **others}
    assert compared().fates_of_temperature() == {USED: 3, NOTHING_MAPPED: 1, **others}


def test_a_field_decides_presence_where_it_is_given():
    result = compared(np.array([PERMAFROST, OTHER, PERMAFROST, OTHER, NOT_COMPARED, OTHER]))
    np.testing.assert_array_equal(result.cells.observed, [NOT_COMPARED, PERMAFROST, OTHER])
    # Its temperatures are compared all the same.
    assert result.status()[:2] == [USED, USED]
    assert [result.measures()[name] for name in ("N", "TP")] == [1, 1]
    without_ttop = dataclasses.replace(result, cells=dataclasses.replace(result.cells, ttop=np.full(3, NAN)))
    assert without_ttop.status()[:3] == [DISAGREEING, DISAGREEING, USED]


def test_the_report():
    report = Report("Compare with boreholes")
    report_boreholes(report, compared())
    check_golden("boreholes", report)


@pytest.mark.parametrize(("cells", "said"), [(MAX_ROWS, "mapped."), (MAX_ROWS + 1, "mapped; the first 100 of 101.")])
def test_the_report_shows_the_first_cells(cells, said):
    observations = Observations(np.zeros(cells), np.zeros(cells), None)
    place, ttop = (np.arange(cells), np.zeros(cells, int)), np.ones(cells)
    held = cells_of(observations, np.arange(cells), place, ttop, ttop * NAN, np.full(cells, OTHER))
    report = Report("Compare with boreholes")
    inside = np.ones(cells, bool)
    result = BoreholeComparison("drilled", "ttop", "", "", -1.5, observations, inside, np.arange(cells), held)
    report_boreholes(report, result)
    html_text = report.html("")
    assert said in html_text
    assert "TTOP at -1.5 °C or below" in html_text


# The job -------------------------------------------------------------------------------------------

gdal = pytest.importorskip("osgeo.gdal")
from permafrost_mapper.raster.assess.boreholes import BoreholesJob, run_boreholes
from permafrost_mapper.raster.read.classes import ClassSource
from permafrost_mapper.raster.read.rasters import RasterSource
from permafrost_mapper.raster.read.vectors import Features
from permafrost_mapper.raster.run.blocks import Running


def test_the_job_runs_without_qgis(rasters):
    """Three points in the cells of the first row; no CRS means that of the raster."""
    places = [(80.02, 39.97), (80.15, 39.95), (80.25, 39.95)]
    wkb = tuple(bytes(ogr.CreateGeometryFromWkt(f"POINT ({x} {y})").ExportToWkb()) for x, y in places)
    crs_wkt = gdal.Open(rasters["TTOP"]).GetProjection()
    observations = Observations(np.array([-1.0, -0.2, 0.5]), np.full(3, 15.0), None)
    ttop, classes = RasterSource(rasters["TTOP"], "ttop"), ClassSource(rasters["MAP"], "map")
    job = BoreholesJob(Features("drilled", wkb, (0, 1, 2), crs_wkt), observations, ttop, classes, excluded=(3,))
    result = run_boreholes(job, Running(threads=1))
    np.testing.assert_array_equal(result.cells.ttop, [-2.0, -0.5, 0.5])
    np.testing.assert_array_equal(result.cells.classes, [1, 1, 2])
    assert [result.measures()[name] for name in ("N", "TP", "FP", "FN", "TN")] == [3, 2, 0, 0, 1]
    assert result.measures()["ME"] == pytest.approx((-1.0 - 0.3 + 0.0) / 3)
    with pytest.raises(InputError, match="Neither TTOP nor MAP is given"):
        run_boreholes(dataclasses.replace(job, ttop=None, map=None), Running())


# Algorithm -----------------------------------------------------------------------------------------

pytest.importorskip("qgis.core")
from osgeo import ogr


def points(path, rows, crs=None):
    """Write points: (x, y, properties)."""
    features = [
        {"type": "Feature", "properties": properties, "geometry": {"type": "Point", "coordinates": [x, y]}}
        for x, y, properties in rows
    ]
    layer = {"type": "FeatureCollection", "features": features}
    if crs:
        layer["crs"] = {"type": "name", "properties": {"name": f"urn:ogc:def:crs:EPSG::{crs}"}}
    path.write_text(json.dumps(layer))
    return path


def written(path):
    """The fields of each point of a layer, and its place."""
    layer = ogr.Open(str(path))
    return [(json.loads(f.ExportToJson())["properties"], f.GetGeometryRef().GetPoint_2D()) for f in layer.GetLayer()]


@pytest.fixture
def rasters(make_raster):
    ttop = np.array([[-2.0, -0.5, 0.5], [1.5, -9999, -1.0]], np.float32)
    permafrost_map = np.array([[1, 1, 2], [2, 0, 3]], np.uint8)
    return {"TTOP": make_raster("ttop", ttop, nodata=-9999), "MAP": make_raster("map", permafrost_map, nodata=0)}


@pytest.fixture
def drilled(tmp_path):
    """Boreholes; cells are 0.1 degrees from 80 E, 40 N."""
    return points(
        tmp_path / "drilled.geojson",
        [
            (80.02, 39.97, {"name": "a", "magt": -1.0, "depth": 10, "ttop": 99}),
            (80.08, 39.93, {"name": "b", "magt": -2.0, "depth": 15, "ttop": 99}),
            (80.15, 39.95, {"name": "c", "magt": 0.5, "depth": 15, "ttop": 99}),
            (80.25, 39.95, {"name": "d", "magt": 1.0, "depth": 20, "ttop": 99}),
            (80.05, 39.85, {"name": "e", "magt": None, "depth": 20, "ttop": 99}),
            (80.15, 39.85, {"name": "f", "magt": -1.0, "depth": 20, "ttop": 99}),
            (80.25, 39.85, {"name": "g", "magt": -0.5, "depth": 20, "ttop": 99}),
            (85.25, 39.85, {"name": "h", "magt": -0.5, "depth": 20, "ttop": 99}),
        ],
    )


def test_boreholes(run, rasters, drilled, tmp_path):
    output, report = tmp_path / "compared.gpkg", tmp_path / "boreholes.html"
    parameters = {"BOREHOLES": drilled, "MAGT": "magt", "DEPTH": "depth", "OUTPUT": output, "OUTPUT_HTML": report}
    done = run("boreholes", {**rasters, **parameters})
    assert done.ok, done.errors
    found = done.results
    # a and b are one cell with -1.5; the glacier of g has a TTOP and no presence.
    assert [found[name] for name in ("N", "TP", "FP", "FN", "TN", "N_MAGT")] == [3, 1, 1, 0, 1, 4]
    assert found["PREVALENCE"] == pytest.approx(1 / 3)
    assert found["OA"] == pytest.approx(2 / 3)
    assert found["KAPPA"] == pytest.approx(metrics.cohen_kappa_score([1, 1, 0], [1, 0, 0]))
    differences = np.array([-2 + 1.5, -0.5 - 0.5, 0.5 - 1.0, -1 + 0.5])
    assert found["ME"] == pytest.approx(differences.mean())
    assert found["MAE"] == pytest.approx(np.abs(differences).mean())
    assert found["RMSE"] == pytest.approx(np.sqrt((differences**2).mean()))
    said = "5 of 8 points of 'drilled' are used, in 4 cells; left out: "
    assert said + "nothing observed (1), no value in the map (1), off the map (1)." in done.log
    text = html.unescape(report.read_text(encoding="utf-8"))
    assert "at depths of 10 to 20 m" in text
    assert said in text
    features = written(output)
    assert [feature["status"] for feature, _ in features] == [
        *["used"] * 4,
        "nothing observed",
        "no value in the map",
        "used",
        "off the map",
    ]
    first, place = features[0]
    assert (first["name"], first["cell"], first["map_class"]) == ("a", "0 0", 1)
    assert (first["mapped"], first["observed"]) == ("yes", "yes")
    # The field of the same name that the points had is the result of an earlier run.
    assert (first["ttop"], first["error"]) == (-2.0, -1.0)
    assert place == pytest.approx((80.02, 39.97))
    assert features[4][0]["error"] is None


def test_ttop_alone_tells_presence_by_its_threshold(run, rasters, drilled):
    parameters = {"TTOP": rasters["TTOP"], "BOREHOLES": drilled, "MAGT": "magt"}
    for threshold, matrix in ((0, [2, 1, 0, 1]), (-0.7, [2, 0, 0, 2])):
        done = run("boreholes", {**parameters, "THRESHOLD": threshold})
        assert [done.results[name] for name in ("TP", "FP", "FN", "TN")] == matrix


def test_a_map_alone_leaves_temperature_undefined(run, rasters, drilled):
    done = run("boreholes", {"MAP": rasters["MAP"], "BOREHOLES": drilled, "MAGT": "magt"})
    assert done.ok, done.errors
    assert (done.results["N"], done.results["N_MAGT"], done.results["RMSE"]) == (3, 0, None)


def test_presence_by_a_field(run, rasters, tmp_path):
    pits = points(
        tmp_path / "pits.geojson",
        [
            (80.02, 39.97, {"found": "permafrost"}),
            (80.08, 39.93, {"found": "none"}),
            (80.15, 39.95, {"found": "Permafrost"}),
            (80.25, 39.95, {"found": "none"}),
        ],
    )
    parameters = {"MAP": rasters["MAP"], "BOREHOLES": pits, "PRESENCE": "found", "PRESENCE_PERMAFROST": "permafrost"}
    done = run("boreholes", parameters)
    assert done.ok, done.errors
    assert [done.results[name] for name in ("N", "TP", "FP", "FN", "TN")] == [2, 1, 0, 0, 1]
    assert "points of the cell disagree (2)" in done.log


def test_without_boreholes_a_model_passes(run, rasters):
    done = run("boreholes", {**rasters, "SKIP": True})
    assert (done.ok, done.results) == (True, {})


def test_rock_glaciers_of_uttarakhand(run, real_data, tmp_path):
    """A map of mean annual air temperature at 0 degC against intact and relict rock glaciers, as `accuracy` has it."""
    with (real_data("himalaya") / "df_permafrost_uttarakhand_field_data_utm44n.csv").open(encoding="utf-8") as file:
        table = list(csv.DictReader(file))
    rows = [(float(row["longitude"]), float(row["latitude"]), {"intact": int(row["RGID"])}) for row in table]
    glaciers = points(tmp_path / "rock_glaciers.geojson", rows, crs=32644)
    maat = tmp_path / "maat.tif"
    maat.symlink_to(real_data("himalaya") / "MAAT_degreeC_1000m_my_ext_actual_utm44n.tif")
    permafrost_map = tmp_path / "map.tif"
    assert run("classify", {"TTOP": maat, "OUTPUT": permafrost_map}).ok
    done = run("boreholes", {"MAP": permafrost_map, "BOREHOLES": glaciers, "PRESENCE": "intact"})
    assert done.ok, done.errors
    # 264 points in 222 cells; those of 3 cells disagree.
    assert [done.results[name] for name in ("N", "TP", "FP", "FN", "TN")] == [219, 85, 8, 33, 93]
    assert done.results["PREVALENCE"] == pytest.approx(0.539, abs=5e-4)
    assert done.results["OA"] == pytest.approx(0.813, abs=5e-4)
    assert done.results["KAPPA"] == pytest.approx(0.630, abs=5e-4)
    other = run("accuracy", {"MAP": permafrost_map, "REFERENCE": glaciers, "REFERENCE_FIELD": "intact"})
    for name in ("N", "TP", "FP", "FN", "TN", "PREVALENCE", "OA", "KAPPA", "KAPPA_SE"):
        assert other.results[name] == pytest.approx(done.results[name])


@pytest.mark.parametrize(("factor", "is_refused"), [(1, False), (10, True)])
def test_tenths_of_a_degree_are_refused(run, make_raster, tmp_path, factor, is_refused):
    """Twelve boreholes from -6 to 5 degC, whole numbers either way, and TTOP half a degree above."""
    magt = np.arange(-6, 6)
    ttop = make_raster("ttop", (magt + 0.5).reshape(3, 4).astype(np.float32))
    places = [(80.05 + 0.1 * (place % 4), 39.95 - 0.1 * (place // 4)) for place in range(12)]
    rows = [(*place, {"magt": int(value) * factor}) for place, value in zip(places, magt)]
    boreholes = points(tmp_path / "boreholes.geojson", rows)
    done = run("boreholes", {"TTOP": ttop, "BOREHOLES": boreholes, "MAGT": "magt", "OUTPUT": tmp_path / "o.gpkg"})
    if is_refused:
        (sentence,) = done.errors
        assert "Field 'magt' of 'boreholes' holds whole numbers that vary 10.0 times" in sentence
        assert "tenths of a degree: divide by 10" in sentence
    else:
        assert done.results["ME"] == pytest.approx(0.5)


def bores(tmp_path, values):
    """Write a point for each cell of a raster of 3 x 4 cells of 0.1 degrees, with its temperature."""
    places = [(80.05 + 0.1 * (i % 4), 39.95 - 0.1 * (i // 4)) for i in range(len(values))]
    return points(tmp_path / "bores.geojson", [(*place, {"magt": value}) for place, value in zip(places, values)])


OBSERVED = [-2.3, -1.7, -1.1, -0.6, -0.2, 0.3, 0.9, 1.2, 1.8, 2.1, 2.6, 3.0]


def test_a_raster_in_tenths_of_a_degree_is_refused(run, make_raster, tmp_path):
    """All of its values are possible, and its RMSE came out as 16 K."""
    given = {"BOREHOLES": bores(tmp_path, OBSERVED), "MAGT": "magt", "OUTPUT": tmp_path / "o.gpkg"}
    degrees = (np.array(OBSERVED) + 0.2).reshape(3, 4)
    refused = run("boreholes", {"TTOP": make_raster("tenths", np.rint(10 * degrees).astype(np.int16)), **given})
    assert not refused.ok
    assert re.match(
        r"Layer 'tenths' holds whole numbers that vary 10\.\d times as much as field 'magt' of .*: divide by 10",
        refused.errors[0],
    ), refused.errors
    done = run("boreholes", {"TTOP": make_raster("ttop", degrees.astype(np.float32)), **given})
    assert done.results["RMSE"] == pytest.approx(0.2, abs=1e-6)


def test_temperatures_that_are_all_0_are_refused(run, make_raster, tmp_path):
    ttop = make_raster("ttop", np.linspace(-3, 3, 12).reshape(3, 4).astype(np.float32))
    given = {"TTOP": ttop, "MAGT": "magt", "OUTPUT": tmp_path / "o.gpkg"}
    refused = run("boreholes", {**given, "BOREHOLES": bores(tmp_path, [0.0, None, 0.0, 0.0])})
    assert re.match("Field 'magt' of '.*' is 0 in all 3 rows that have a value", refused.errors[0]), refused.errors
    assert run("boreholes", {**given, "BOREHOLES": bores(tmp_path, [0.0, 0.0])}).results["N_MAGT"] == 2
    assert run("boreholes", {**given, "BOREHOLES": bores(tmp_path, [0.0, 0.0, -0.1])}).results["N_MAGT"] == 3


def test_fill_values_of_temperatures_are_no_observations(run, make_raster, tmp_path):
    """As in tables of stations and in depths; other impossible temperatures are told with their row and unit."""
    ttop = make_raster("ttop", np.linspace(-3, 3, 12).reshape(3, 4).astype(np.float32))
    given = {"TTOP": ttop, "MAGT": "magt", "OUTPUT": tmp_path / "o.gpkg"}
    done = run("boreholes", {**given, "BOREHOLES": bores(tmp_path, [-1.5, -999, 0.5, -9999.0, 32767])})
    assert done.ok, done.errors
    assert done.results["N_MAGT"] == 2
    assert "nothing observed (3)" in done.log
    refused = run("boreholes", {**given, "BOREHOLES": bores(tmp_path, [-1.5, 0.5, 272.4])})
    assert re.match(
        "Field 'magt' of '.*' has 1 of 3 values outside -95 to 85 °C, for example 272.4 in row 3, and seems to be in "
        "kelvin: subtract 273.15",
        refused.errors[0],
    ), refused.errors
