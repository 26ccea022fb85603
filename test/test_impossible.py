"""Fill values that nobody has tagged, and other units, in stacks of temperatures: against the same stacks tagged."""

import re
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from permafrost_mapper.core import dependencies
from permafrost_mapper.core.celsius import TEMPERATURES, temperature_unit
from permafrost_mapper.core.gst import prediction
from permafrost_mapper.core.gst.fit import Fitting, fit_gst_model
from permafrost_mapper.core.gst.modelfile import write_model
from permafrost_mapper.core.gst.table import TrainingTable
from permafrost_mapper.core.packed import Packed

gdal = pytest.importorskip("osgeo.gdal")

FIRST = date(2005, 1, 1)
SHAPE = (4, 5)
OVERPASSES = ("terra_day", "terra_night", "aqua_day", "aqua_night")
YEAR = np.round(
    -10 * np.cos(2 * np.pi * np.arange(365) / 365)[:, np.newaxis, np.newaxis] - 2 + np.arange(20).reshape(SHAPE) / 10, 2
)


# Numbers as they are stored ------------------------------------------------------------------------------


@given(
    st.integers(0, 2**32 - 1),
    st.sampled_from([np.int8, np.uint8, np.int16, np.uint16]),
    st.sampled_from([(1.0, 0.0), (0.01, 0.0), (0.02, -273.15), (-0.1, 20.0), (100.0, 0.0), (1.0, 1000.0)]),
    st.booleans(),
)
def test_limits_of_stored_numbers_are_those_of_their_values(seed, kind, linear, tagged):
    random = np.random.default_rng(seed)
    limits = np.iinfo(kind)
    stored = random.integers(limits.min, limits.max, (6, 9), dtype=kind, endpoint=True)
    stored[random.random(stored.shape) < 0.3] = random.choice([limits.min, limits.max, 0])
    missing = kind(random.choice([limits.min, limits.max, 0, stored[0, 0]])) if tagged else None
    packed = Packed(stored, *linear, missing).within(*TEMPERATURES)
    scale, offset = linear
    values = scale * stored.astype(float) + offset
    # Hundredths: 85.00 is possible, however it is computed.
    impossible = (np.round(values, 6) < TEMPERATURES[0]) | (np.round(values, 6) > TEMPERATURES[1])
    is_tagged = np.zeros(stored.shape, bool) if missing is None else stored == missing
    np.testing.assert_array_equal(np.isnan(packed.values()), impossible | is_tagged)
    assert packed.beyond.cells == np.count_nonzero(impossible & ~is_tagged)
    if packed.beyond.cells:
        assert not TEMPERATURES[0] <= packed.beyond.example <= TEMPERATURES[1]
    known = ~np.isnan(packed.values())
    np.testing.assert_allclose(packed.values()[known], values[known], rtol=1e-6, atol=1e-4)


@pytest.fixture(scope="module")
def model():
    random = np.random.default_rng(3)
    lst = random.normal(-4, 12, (400, 1)) + np.array([12, -9, 14, -11]) + random.normal(0, 3, (400, 4))
    lst[random.random(lst.shape) < 0.2] = np.nan
    lst[np.isnan(lst).all(axis=1), 0] = 0.0
    stations = np.repeat(np.array([f"s{i}" for i in range(10)]), 40)
    dates = np.datetime64("2004-01-01") + np.tile(np.arange(40) * 9, 10)
    gst = np.nanmean(lst, axis=1) * 0.8 + random.normal(0, 1, 400)
    return fit_gst_model(TrainingTable.of(stations, dates, gst, lst, OVERPASSES), Fitting(folds=5)).model


@pytest.mark.parametrize("missing", [-32768, 32767, 0])
def test_compiled_predictions_within_limits_are_the_same_to_the_last_bit(model, monkeypatch, missing):
    pytest.importorskip("numba")
    random = np.random.default_rng(11)
    day = {}
    for name in OVERPASSES:
        stored = (100 * random.normal(-3, 9, (70, 81))).astype(np.int16)
        stored[random.random(stored.shape) < 0.1] = missing
        stored[random.random(stored.shape) < 0.1] = random.choice([-32768, -9999, 9999, 32767])
        day[name] = Packed(stored, 0.01, 0.0, np.int16(missing)).within(*TEMPERATURES)
    when = np.datetime64("2005-02-27")
    assert dependencies.compiled("gst.compiled") is not None
    ours = prediction.predict(model, day, when)
    monkeypatch.setattr(prediction, "compiled", lambda _module: None)
    assert prediction.predict(model, day, when).tobytes() == ours.tobytes()
    decoded = prediction.predict(model, {name: packed.values() for name, packed in day.items()}, when)
    np.testing.assert_array_equal(np.isnan(ours), np.isnan(decoded))
    np.testing.assert_allclose(ours, decoded, rtol=1e-5, atol=1e-3)


# Units ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "unit"),
    [
        ([], "degC"),
        ([-40, 60, np.nan], "degC"),
        ([-9999] * 8 + [3], "degC"),
        ([-9999, 32767, -9999], "degC"),
        ([-273.15] * 3, "degC"),
        ([-1234] * 8 + [3, 4], "degC"),
        ([250], "K"),
        ([270, 275, 280, -9999, -9999, -9999, -9999], "K"),
        ([270] * 5 + [0, 0], "K"),
        ([13500, 13600, 13700, 14000], ""),
        ([13500] * 4, ""),
        ([27015, 27115, 0, 0, 0, 0], ""),
        ([0, 0, 0], "degC"),
        ([-1500, -1400, -1200, 200, 20], ""),
    ],
)
def test_units_are_recognised_from_values(values, unit):
    assert temperature_unit(np.array(values, float)) == unit


# Stacks --------------------------------------------------------------------------------------------------

# How a stack stores temperatures, and fill values that it has no tag for.
STORED = {
    "float -9999": (np.float32, 1.0, 0.0, -9999.0),
    "float 9999": (np.float32, 1.0, 0.0, 9999.0),
    "float 0 K": (np.float32, 1.0, 0.0, -273.15),
    "float 3276.7": (np.float32, 1.0, 0.0, 3276.7),
    "double -99.9": (np.float64, 1.0, 0.0, -99.9),
    "hundredths -9999": (np.int16, 0.01, 0.0, -9999),
    "hundredths 32767": (np.int16, 0.01, 0.0, 32767),
    "tenths, long": (np.int32, 0.1, 0.0, -999999),
    "hundredths of a kelvin": (np.uint16, 0.01, -273.15, 0),
}


@pytest.fixture
def write(make_raster):
    """Return the function that writes temperatures in one of the ways of `STORED`, gaps as its fill value."""

    def write(name, values, way, tagged=False, first=FIRST, **where):
        kind, scale, offset, fill = STORED[way]
        stored = (values - offset) / scale
        stored = np.where(np.isnan(values), fill, np.rint(stored) if np.issubdtype(kind, np.integer) else stored)
        where = {"corner": (80.0, 38.0), "cell": (0.01, -0.01), **where}
        path = make_raster(
            name, stored.astype(kind), scale=scale, offset=offset, nodata=fill if tagged else -32768, **where
        )
        dataset = gdal.Open(path, gdal.GA_Update)
        for band in range(len(values)):
            dataset.GetRasterBand(band + 1).SetDescription(str(first + timedelta(band)))
        del dataset
        return path

    return write


def read(path):
    dataset = gdal.Open(str(path))
    band = dataset.GetRasterBand(1)
    stored = dataset.ReadAsArray().astype(float)
    values = stored * (band.GetScale() or 1.0) + (band.GetOffset() or 0.0)
    return np.where(stored == band.GetNoDataValue(), np.nan, values)


@pytest.mark.parametrize("way", [way for way in STORED if way != "hundredths of a kelvin"])
def test_a_day_of_fill_in_degree_days_is_a_missing_day(run, write, tmp_path, way):
    gst = YEAR.copy()
    gst[40, 1, 2] = gst[41, 1, 2] = gst[200, 3, 3] = np.nan
    sums = {}
    for tagged in (True, False):
        path = write(f"gst_{tagged}", gst, way, tagged)
        names = {name: tmp_path / f"{name}_{tagged}.tif" for name in ("DDT", "DDF", "VALID_DAYS")}
        done = run("degreedays", {"GST": path, **names})
        assert done.ok, done.errors
        sums[tagged] = [read(names[name]) for name in names]
    np.testing.assert_array_equal(sums[False], sums[True])
    assert sums[False][2][1, 2] == 363
    whole = -np.minimum(YEAR, 0).sum(axis=0)
    np.testing.assert_allclose(sums[False][1], whole, rtol=2e-2)
    said = re.findall(r"3 values of 'gst_False' are not temperatures, for example (\S+) on 2005-02-10, .* t", done.log)
    assert len(said) == 1, done.log
    _, scale, offset, fill = STORED[way]
    assert float(said[0]) == pytest.approx(fill * scale + offset, rel=1e-5)


@pytest.fixture
def overpasses(write):
    """Return the function that writes the four overpasses with gaps, tagged or not."""

    def overpasses(way, tagged):
        random = np.random.default_rng(5)
        paths = {}
        for name, shift in zip(OVERPASSES, (12, -9, 14, -11)):
            lst = np.round(YEAR + shift + random.normal(0, 1, YEAR.shape), 2)
            lst[random.random(lst.shape) < 0.1] = np.nan
            paths[name.upper()] = write(f"{name}_{tagged}", lst, way, tagged)
        return paths

    return overpasses


@pytest.mark.parametrize("numba", [True, False])
@pytest.mark.parametrize("way", ["float -9999", "hundredths -9999", "hundredths of a kelvin"])
def test_fill_among_the_predictors_is_a_gap(run, overpasses, model, tmp_path, way, numba, monkeypatch):
    if not numba:
        monkeypatch.setattr(prediction, "compiled", lambda _module: None)
    path = tmp_path / "model.json"
    write_model(model, path)
    results = {}
    for tagged in (True, False):
        inputs = {"GST_MODEL": path, **overpasses(way, tagged)}
        names = {name: tmp_path / f"{name}_{tagged}.tif" for name in ("DDT", "DDF", "OUTPUT")}
        done = run("degreedays", {**inputs, "DDT": names["DDT"], "DDF": names["DDF"]})
        assert done.ok, done.errors
        predicted = run("predictgst", {**inputs, "OUTPUT": names["OUTPUT"]})
        assert predicted.ok, predicted.errors
        results[tagged] = [read(name) for name in names.values()]
    for ours, theirs in zip(results[False], results[True]):
        np.testing.assert_array_equal(ours, theirs)
    for log in (done.log, predicted.log):
        assert len(re.findall(r"\d+ values of '(?:terra|aqua)_\w+_False' are not temperatures", log)) == 4


def test_fill_at_stations_is_a_gap(run, overpasses, tmp_path):
    stations = tmp_path / "stations.csv"
    observed = tmp_path / "observed.csv"
    stations.write_text('station,WKT\na,"POINT(80.025 37.985)"\nb,"POINT(80.005 37.995)"\n')
    days = [FIRST + timedelta(day) for day in range(0, 365, 5)]
    rows = [f"{name},{day},{-2 + 8 * np.sin(n)}" for name in "ab" for n, day in enumerate(days)]
    observed.write_text("station,date,gst\n" + "\n".join(rows))
    from qgis.core import QgsCoordinateReferenceSystem, QgsVectorLayer

    layer = QgsVectorLayer(f"file://{stations}?delimiter=,&wktField=WKT&crs=EPSG:4326", "stations", "delimitedtext")
    layer.setCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    tables = {}
    for tagged in (True, False):
        parameters = {"STATIONS": layer, "STATION_FIELD": "station", "OBSERVATIONS": observed}
        table = tmp_path / f"table_{tagged}.csv"
        done = run("samplelst", {**parameters, **overpasses("float -9999", tagged), "OUTPUT": table})
        assert done.ok, done.errors
        tables[tagged] = table.read_text()
    assert tables[False] == tables[True]
    assert "are not temperatures, for example -9999" in done.log


@pytest.fixture
def scenes():
    """Three scenes with gaps."""
    random = np.random.default_rng(2)
    values = -5 + np.cumsum(random.normal(0, 0.4, (3, 30, 30)), axis=1)
    values[random.random(values.shape) < 0.3] = np.nan
    return np.round(values, 2)


GIVEN = {"TREND": "none", "VARIOGRAM": "exponential", "NUGGET": 0.1, "SILL": 2.0, "RANGE": 9000, "VALIDATION": 0}
METRES = {"corner": (5e5, 4e6), "cell": (1000.0, -1000.0), "crs": 32645}


@pytest.mark.parametrize("kelvin", [0.0, 273.15])
@pytest.mark.parametrize("way", ["float -9999", "hundredths -9999", "float 0 K"])
def test_the_gap_filler_fills_fill_values(run, write, scenes, tmp_path, way, kelvin):
    if kelvin and way == "hundredths -9999":
        way = "float 9999"
    filled = {}
    for tagged in (True, False):
        path = write(f"lst_{tagged}", scenes + kelvin, way, tagged, **METRES)
        out = tmp_path / f"filled_{tagged}.tif"
        done = run("filllstgaps", {"INPUT": path, **GIVEN, "OUTPUT": out})
        assert done.ok, done.errors
        assert done.results["FILLED"] == np.isnan(scenes).sum()
        filled[tagged] = read(out)
    np.testing.assert_array_equal(filled[False], filled[True])
    known = np.isfinite(scenes)
    np.testing.assert_allclose(filled[False][known], scenes[known] + kelvin, rtol=1e-6)
    assert f"{np.isnan(scenes).sum()} values of 'lst_False' are not temperatures" in done.log


def test_other_algorithms_on_gaps_pass_over_fill_values(run, write, scenes):
    path = write("lst", scenes, "float -9999", **METRES)
    fit = run("fitvariogram", {"INPUT": path, "TREND": "none", "VARIOGRAM": "exponential"})
    assert fit.ok, fit.errors
    assert fit.results["SILL"] < 100
    assert f"{np.isnan(scenes[0]).sum()} values of 'lst' are not temperatures" in fit.log
    parameters = {key: value for key, value in GIVEN.items() if key != "VALIDATION"}
    assessed = run("assessgapfilling", {"INPUT": path, **parameters, "PATTERN": "cells"})
    assert assessed.ok, assessed.errors
    assert assessed.results["RMSE"] < 5
    assert f"{np.isnan(scenes).sum()} values of 'lst' are not temperatures" in assessed.log


@pytest.mark.parametrize(
    "algorithm", ["filllstgaps", "fitvariogram", "assessgapfilling", "predictgst", "degreedays", "samplelst"]
)
@pytest.mark.parametrize("numbers", ["MODIS", "hundredths of a kelvin", "hundredths of a degree"])
def test_numbers_without_their_scale_are_refused(run, make_raster, model, tmp_path, algorithm, numbers):
    stored = {"MODIS": (YEAR + 273.15) / 0.02, "hundredths of a kelvin": 100 * (YEAR + 273.15)}.get(numbers, 100 * YEAR)
    raw = make_raster("raw", np.rint(stored[:60]).astype(np.int32), nodata=0, corner=(80.0, 38.0), cell=(0.01, -0.01))
    path = tmp_path / "model.json"
    write_model(model, path)
    out = {"OUTPUT": tmp_path / "out.tif"}
    four = {name.upper(): raw for name in OVERPASSES}
    observed = tmp_path / "observed.csv"
    observed.write_text("station,date,gst\na,2005-01-01,-3\n")
    stations = tmp_path / "stations.geojson"
    stations.write_text(
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"station": "a"}, '
        '"geometry": {"type": "Point", "coordinates": [80.02, 37.98]}}]}'
    )
    parameters = {
        "filllstgaps": {"INPUT": raw, "TREND": "none", **out},
        "fitvariogram": {"INPUT": raw, "TREND": "none"},
        "assessgapfilling": {"INPUT": raw, "TREND": "none"},
        "predictgst": {"GST_MODEL": path, **four, **out},
        "degreedays": {"GST": raw, "DDT": out["OUTPUT"]},
        "samplelst": {"STATIONS": stations, "STATION_FIELD": "station", "OBSERVATIONS": observed, **four},
    }
    done = run(algorithm, {**parameters[algorithm], "START_DATE": "2005-01-01"})
    assert not done.ok
    assert len(done.errors) == 1
    assert re.search("'raw' has the median .*without its scale: assign scale", done.errors[0]), done.errors
    assert not out["OUTPUT"].exists()


def test_limits_hold_before_cells_are_brought_to_another_grid(make_raster):
    """A fill value would spread to its neighbours, which are possible temperatures then."""
    from permafrost_mapper.raster.read.rasters import RasterSource

    fine = np.full((40, 40), -5.0, np.float32)
    fine[::7, ::5] = -150.0
    where = {"corner": (80.0, 38.0), "cell": (0.01, -0.01)}
    source = RasterSource(make_raster("fine", fine, **where), "fine", possible=TEMPERATURES)
    grid = RasterSource(make_raster("g", fine[:9, :9], corner=(80.013, 37.987), cell=(0.023, -0.023)), "g").grid()
    packed = source.open(grid).read_packed(grid.window())
    known = packed.values()[~np.isnan(packed.values())]
    assert known.size > 60
    np.testing.assert_allclose(known, -5, rtol=1e-6)
    assert packed.beyond.cells > 0
    assert packed.beyond.example == -150


# Elevations ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("finer", [1, 2])
@pytest.mark.parametrize(("kind", "fill"), [(np.float32, -9999), (np.int16, -32768), (np.int16, 9999)])
def test_fill_in_elevations_is_missing(run, make_raster, scenes, tmp_path, kind, fill, finer):
    elevation = np.round(3000 + 800 * np.random.default_rng(4).random((30, 30)))
    elevation[:, 22:] = np.nan
    stack = make_raster("lst", (scenes - 0.0065 * np.nan_to_num(elevation, nan=3400)).astype(np.float32), **METRES)
    cell = {"corner": METRES["corner"], "cell": (1000.0 / finer, -1000.0 / finer), "crs": METRES["crs"]}
    stored = np.kron(np.nan_to_num(elevation, nan=fill), np.ones((finer, finer))).astype(kind)
    filled = {}
    for tagged in (True, False):
        dem = make_raster(f"dem_{tagged}", stored, **cell, nodata=fill if tagged else None)
        out = tmp_path / f"filled_{tagged}.tif"
        given = {**GIVEN, "TREND": "elevation", "START_DATE": "2005-01-01", "OUTPUT": out}
        done = run("filllstgaps", {"INPUT": stack, "DEM": dem, **given})
        assert done.ok, done.errors
        assert not tagged or "hold no elevation in metres" not in done.log
        filled[tagged] = read(out)
    np.testing.assert_array_equal(filled[False], filled[True])
    assert f"240 of 900 cells of 'dem_False' hold no elevation in metres, for example {fill}" in done.log


def test_elevations_in_another_unit_are_refused(run, make_raster, scenes, tmp_path):
    stack = make_raster("lst", scenes.astype(np.float32), **METRES)
    dem = make_raster("dem", np.full((30, 30), 340_000, np.int32), **METRES)
    given = {**GIVEN, "TREND": "elevation", "START_DATE": "2005-01-01", "OUTPUT": tmp_path / "o.tif"}
    done = run("filllstgaps", {"INPUT": stack, "DEM": dem, **given})
    assert not done.ok
    assert done.errors == [
        "'dem' holds 340000 and other values outside -500 to 9000 m in 900 of 900 cells: give elevations in metres, "
        "and tag the fill value as nodata."
    ]
