"""Every algorithm with MEMORY and THREADS: in one block on one thread, and in many on two, to the last digit."""

import json
from datetime import date

import numpy as np
import pytest

pytest.importorskip("qgis.core")
gdal = pytest.importorskip("osgeo.gdal")

from listings import ids, require_all
from permafrost_mapper.raster.run import blocks
from scipy import ndimage

SHAPE = ROWS, COLUMNS = 96, 130
GEOGRAPHIC = {"corner": (80.0, 38.0), "cell": (0.01, -0.01), "nodata": -9999}
PROJECTED = {"corner": (5e5, 4.2e6), "cell": (900.0, -1100.0), "crs": 32644, "nodata": -9999}

# Of a block in one cell, so that MEMORY=64 makes several blocks and MEMORY=1024 one.
MUCH = 6000


@pytest.fixture
def small_blocks(monkeypatch):
    monkeypatch.setattr(blocks, "TILE", 16)
    monkeypatch.setattr(blocks, "WORKING_BYTES", MUCH)


def smooth(seed, width=4, shape=SHAPE):
    field = ndimage.gaussian_filter(np.random.default_rng(seed).normal(size=shape), width)
    return field / field.std()


@pytest.fixture(params=[GEOGRAPHIC, PROJECTED], ids=["degrees", "metres"])
def inputs(request, make_raster, make_stack, tmp_path):
    """What the algorithms read, by name; nothing in it is a round number."""
    on = request.param

    def raster(name, values, kind=np.float32):
        values = np.array(values)
        values[..., :7, 20:33] = -9999
        if kind is np.uint8:
            values = np.where(values == -9999, 0, values)
        return make_raster(name, values.astype(kind), **{**on, "nodata": 0 if kind is np.uint8 else -9999})

    def polygons(name, *parts):
        x0, y0 = on["corner"]
        dx, dy = on["cell"]
        features = []
        for number, (left, top, right, bottom) in enumerate(parts):
            xs, ys = (x0 + dx * COLUMNS * x for x in (left, right)), (y0 + dy * ROWS * y for y in (top, bottom))
            (x1, x2), (y1, y2) = xs, ys
            ring = [[x1, y1], [x2, y1 + 0.3 * dy], [x2, y2], [x1, y2], [x1, y1]]
            geometry = {"type": "Polygon", "coordinates": [ring]}
            features.append({"type": "Feature", "geometry": geometry, "properties": {"name": f"part {number}"}})
        crs = {"type": "name", "properties": {"name": f"EPSG:{on.get('crs', 4326)}"}}
        path = tmp_path / f"{name}.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "crs": crs, "features": features}))
        return str(path)

    ddt, ddf = 1300 + 200 * smooth(1), 1050 + 220 * smooth(2)
    classes = 1 + (smooth(3, 2) > 0.2) + (smooth(4, 2) > 0.6)
    found = {
        "ddt": raster("ddt", ddt),
        "ddf": raster("ddf", ddf),
        "rk": raster("rk", 0.8 + 0.05 * smooth(5, 2)),
        "ttop": raster("ttop", (0.8 * ddt - ddf) / 365),
        "years": raster("years", np.stack([(0.8 * ddt - ddf) / 365 + 0.05 * t + smooth(30 + t) for t in range(12)])),
        "classes": raster("classes", classes, np.uint8),
        "map": raster("map", np.where(0.8 * ddt < ddf, 1, 2), np.uint8),
        "other": raster("other", np.where(0.9 * ddt < ddf + 90 * smooth(6, 1), 1, 2), np.uint8),
        "survey": raster("survey", np.where(0.77 * ddt < ddf + 120 * smooth(7, 1), 1, 2), np.uint8),
        "landcover": raster("landcover", np.array([10, 130, 200])[classes - 1], np.uint8),
        "dem": raster("dem", 4500 + 300 * smooth(8)),
        "glaciers": polygons("glaciers", (0.113, 0.2, 0.253, 0.41)),
        "lakes": polygons("lakes", (0.6, 0.5, 0.713, 0.633)),
        "basin": polygons("basin", (0.03, 0.04, 0.97, 0.95)),
        "districts": polygons("districts", (0, 0, 0.47, 1), (0.47, 0, 1, 0.8)),
    }
    clouds = [
        np.where(smooth(20 + n, 5) > 0.7, np.nan, 5 - 6.5e-3 * 300 * smooth(8) + smooth(10 + n)) for n in range(2)
    ]
    found["lst"] = make_raster("lst", np.nan_to_num(np.array(clouds), nan=-9999).astype(np.float32), **on)
    return found


DEGREE_DAYS = {"DDT": "@ddt", "DDF": "@ddf"}
ONE_YEAR = {
    "ttop": {**DEGREE_DAYS, "RK": "@rk", "OUTPUT": "o.tif"},
    "frostnumber": {**DEGREE_DAYS, "OUTPUT": "o.tif"},
    "activelayer": {"DDT": "@ddt", "TTOP": "@ttop", "OUTPUT": "o.tif"},
    "rkfactor": {"LANDCOVER": "@landcover", "GRID": "@ddt", "OUTPUT": "o.tif"},
    "probability": {**DEGREE_DAYS, "RK": "@rk", "GST_ERROR": 0.7, "OUTPUT": "o.tif", "ZONES": "z.tif"},
    "classify": {
        "TTOP": "@ttop",
        "GLACIERS": "@glaciers",
        "LAKES": "@lakes",
        "BASIN": "@basin",
        "OUTPUT": "o.tif",
    },
    "calibraterk": {
        **DEGREE_DAYS,
        "CLASSES": "@classes",
        "REFERENCE": "@survey",
        "BLOCK_SIZE": 9,
        "REPEATS": 3,
        "OUTPUT": "o.tif",
        "TABLE": "t.csv",
    },
    "accuracy": {
        "MAP": "@map",
        "REFERENCE": "@survey",
        "REGIONS": "@districts",
        "REGION_FIELD": "name",
        "BLOCK_SIZE": 9,
        "OUTPUT": "o.tif",
        "TABLE": "t.csv",
    },
    "areastatistics": {"MAP": "@map", "ZONES": "@districts", "ZONE_FIELD": "name", "TABLE": "t.csv"},
    "maplayout": {"MAP": "@map", "PROBABILITY": "@ttop", "TITLE": "Map", "PICTURE": "o.png", "DPI": 72},
    "comparemaps": {
        "MAPS": ["@map", "@other"],
        "REFERENCE": "@survey",
        "BLOCK_SIZE": 9,
        "OUTPUT": "o.tif",
        "TABLE": "t.csv",
        "TABLE_PAIRS": "p.csv",
    },
    "change": {
        "TTOP": ["@years"],
        "START_YEAR": 2005,
        "PERIODS": "2005-2008,2013-2016",
        "GLACIERS": "@glaciers",
        "OUTPUT": "o.tif",
        "TREND": "trend.tif",
        "SIGNIFICANCE": "s.tif",
        "TABLE": "t.csv",
    },
    "aligntogrid": {"INPUT": "@dem", "GRID": "@coarse", "OUTPUT": "o.tif"},
    "filllstgaps": {
        "INPUT": "@lst",
        "START_DATE": "2005-01-01",
        "DEM": "@dem",
        "OUTPUT": "o.tif",
        "OUTPUT_STD": "s.tif",
        "VARIOGRAM": "exponential",
    },
    "assessgapfilling": {
        "INPUT": "@lst",
        "START_DATE": "2005-01-01",
        "DEM": "@dem",
        "SCENES": 1,
        "VARIOGRAM": "exponential",
    },
    "fitvariogram": {"INPUT": "@lst", "START_DATE": "2005-01-01", "DEM": "@dem", "VARIOGRAM": "exponential"},
    "exportproduct": {
        "MAPS": ["@map"],
        "TTOP": "@ttop",
        "TITLE": "Permafrost",
        "AUTHORS": "Doe, Jane",
        "PERIOD": "2005",
        "OUTPUT": "product.folder",
    },
}
# Algorithms with inputs of their own, and the tests that run them in several ways.
ELSEWHERE = {
    "buildlststack": "test_buildlststack.py::test_the_result_does_not_depend_on_windows_or_threads",
    "samplelst": "test_gst_samplelst.py::test_threads_change_nothing",
    "predictgst": "test_gst_chain.py::test_daily_gst_is_the_same_for_any_threads_and_memory",
    "degreedays": "test_how_it_is_run.py::test_degree_days_are_the_same_to_the_last_digit",
}


def test_each_algorithm_that_runs_over_blocks_is_here():
    require_all(ONE_YEAR, ELSEWHERE, "ONE_YEAR in test_how_it_is_run.py", ids("MEMORY"))


@pytest.mark.parametrize("name", ONE_YEAR)
def test_results_are_the_same_to_the_last_digit(run, inputs, make_raster, tmp_path, small_blocks, name):
    inputs["coarse"] = inputs["dem"]
    if name == "aligntogrid":
        geographic = "degrees" in inputs["ddt"] or gdal.Open(inputs["ddt"]).GetGeoTransform()[1] < 1
        corner, cell = ((80.1, 37.9), (0.023, -0.017)) if geographic else ((5.05e5, 4.19e6), (2100.0, -1700.0))
        on = {**(GEOGRAPHIC if geographic else PROJECTED), "corner": corner, "cell": cell}
        inputs["coarse"] = make_raster("coarse", np.ones((40, 43), np.float32), **on)
    found = []
    for threads, memory in ((1, 1024), (2, 64), (1, 64)):
        folder = tmp_path / f"{threads}_{memory}"
        folder.mkdir()

        def value(text, folder=folder):
            if isinstance(text, list):
                return [value(part) for part in text]
            if not isinstance(text, str):
                return text
            return inputs[text[1:]] if text.startswith("@") else (str(folder / text) if "." in text else text)

        parameters = {key: value(text) for key, text in ONE_YEAR[name].items()}
        done = run(name, {**parameters, "THREADS": threads, "MEMORY": memory})
        assert done.ok, done.errors
        numbers = {key: repr(number) for key, number in done.results.items() if isinstance(number, (int, float))}
        files = {}
        for path in sorted([*folder.rglob("*.tif"), *folder.rglob("*.csv")]):
            is_raster = path.suffix == ".tif"
            files[path.name] = gdal.Open(str(path)).ReadAsArray().tobytes() if is_raster else path.read_bytes()
        assert numbers or files
        found.append((numbers, files))
    assert found[0] == found[1]
    assert found[0] == found[2]


def test_small_blocks_are_several(small_blocks):
    """Or the test above would show nothing."""
    from permafrost_mapper.raster.grid.grid import Grid
    from permafrost_mapper.raster.read.protocols import Cost

    grid = Grid(COLUMNS, ROWS, (80.0, 0.01, 0.0, 38.0, 0.0, -0.01), "")
    many, one = (blocks.plan_windows(grid, [Cost()], blocks.Running(*how)) for how in ((2, 64), (1, 1024)))
    assert len(many) > 4
    assert len(one) == 1


@pytest.mark.parametrize("missing", ["monthly", "harmonic"])
def test_degree_days_are_the_same_to_the_last_digit(run, make_stack, tmp_path, small_blocks, missing):
    day = np.arange(365)
    gst = -3 - 12 * np.cos(2 * np.pi * day / 365)[:, None, None] + np.random.default_rng(3).normal(0, 2, (365, 40, 52))
    gst[np.random.default_rng(4).random(gst.shape) < 0.2] = np.nan
    path = make_stack("gst", date(2005, 1, 1), gst)
    found = []
    for threads, memory in ((1, 4096), (2, 64)):
        outputs = {name: str(tmp_path / f"{name}_{threads}.tif") for name in ("DDT", "DDF", "MAGST", "VALID_DAYS")}
        done = run("degreedays", {"GST": [path], "MISSING": missing, "THREADS": threads, "MEMORY": memory, **outputs})
        assert done.ok, done.errors
        found.append([gdal.Open(output).ReadAsArray().tobytes() for output in outputs.values()])
    assert found[0] == found[1]
