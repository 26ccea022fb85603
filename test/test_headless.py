"""The one way in which tests and demo run QGIS, and the whole way from degree days to accuracy and areas."""

import csv
import json
import re
import subprocess

import headless
import numpy as np
import pytest
from sklearn import metrics

POINT = {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [85, 38]}}


@pytest.fixture
def points(tmp_path):
    """Two layers of one point each."""
    paths = [tmp_path / "a b.geojson", tmp_path / "c.geojson"]
    for path in paths:
        path.write_text(json.dumps({"type": "FeatureCollection", "features": [POINT]}))
    return paths


def test_results_are_parsed(qgis_process, points, tmp_path):
    output = tmp_path / "circle.geojson"
    run = qgis_process("native:buffer", {"INPUT": points[0], "DISTANCE": 1, "OUTPUT": output})
    assert (run.code, run.results) == (0, {"OUTPUT": str(output)}), run.stderr
    assert json.loads(output.read_text())["features"][0]["geometry"]["type"] == "MultiPolygon"


def test_a_list_repeats_the_option(qgis_process, points, tmp_path):
    output = tmp_path / "both.geojson"
    run = qgis_process("native:mergevectorlayers", {"LAYERS": points, "OUTPUT": output})
    assert run.code == 0, run.stderr
    assert len(json.loads(output.read_text())["features"]) == 2


def test_a_failure_has_a_code_and_a_sentence_but_no_results(qgis_process, tmp_path):
    run = qgis_process("native:buffer", {"INPUT": tmp_path / "absent.gpkg", "OUTPUT": tmp_path / "out.gpkg"})
    assert (run.code, run.results) == (1, {})
    assert "absent.gpkg" in run.stderr


def test_the_environment_keeps_to_its_folder(tmp_path):
    env = headless.environment(tmp_path)
    assert env["QGIS_CUSTOM_CONFIG_PATH"] == str(tmp_path.resolve())
    assert (tmp_path / "plugins" / "permafrost_mapper").resolve() == headless.ROOT
    assert (tmp_path / "runtime").stat().st_mode & 0o777 == 0o700
    assert headless.environment(tmp_path) == env


def test_the_line_that_repeats_a_run_works_where_it_was_printed(qgis_process, make_raster, tmp_path):
    """In a shell that knows of QGIS no more than that of the run, whose variables stood before the command."""
    output = tmp_path / "o.tif"
    days = {name: make_raster(name, np.full((3, 4), 900.0, np.float32)) for name in ("DDT", "DDF")}
    done = qgis_process("permafrost:ttop", {**days, "RK_VALUE": 0.8, "OUTPUT": output}, json=False)
    assert done.code == 0, done.stderr
    (line,) = re.findall(r"To repeat this run: (.*)", done.stdout)
    first = output.read_bytes()
    output.unlink()
    env = {name: value for name, value in qgis_process.keywords["env"].items() if name != "QT_QPA_PLATFORM"}
    again = subprocess.run(["sh", "-c", line], env=env, capture_output=True, encoding="utf-8")
    assert again.returncode == 0, again.stderr
    assert output.read_bytes() == first


# The whole way -------------------------------------------------------------------------------------

WENQUAN = {
    0.60: ((1780, 324, 51, 498), 0.6362),
    0.80: ((1650, 123, 181, 699), 0.7372),
    1.0: ((1405, 15, 426, 807), 0.6584),
}


def links(folder, names, tmp_path):
    """Link files into the test's folder: QGIS leaves statistics beside what it opens."""
    paths = {}
    for key, name in names.items():
        paths[key] = tmp_path / name
        paths[key].symlink_to(folder / name)
    return paths


@pytest.mark.parametrize("r_k", WENQUAN)
def test_wenquan(qgis_process, real_data, tmp_path, r_k):
    """Degree days, survey map and matrices of NE Tibet (Cao et al. 2023, ESSD 15: 3905)."""
    names = {"DDT": "DDT_mean_annual.tif", "DDF": "DDF_mean_annual.tif", "SURVEY": "investigation_map.tif"}
    paths = links(real_data("wenquan"), names, tmp_path)
    ttop, permafrost_map = tmp_path / "ttop.tif", tmp_path / "map.tif"
    run = qgis_process("permafrost:ttop", {"DDT": paths["DDT"], "DDF": paths["DDF"], "RK_VALUE": r_k, "OUTPUT": ttop})
    assert (run.code, run.results) == (0, {"OUTPUT": str(ttop)}), run.stderr
    run = qgis_process("permafrost:classify", {"TTOP": ttop, "OUTPUT": permafrost_map})
    assert run.code == 0, run.stderr
    run = qgis_process(
        "permafrost:accuracy",
        {"MAP": permafrost_map, "REFERENCE": paths["SURVEY"], "OUTPUT_HTML": tmp_path / "accuracy.html"},
    )
    assert run.code == 0, run.stderr
    matrix, kappa = WENQUAN[r_k]
    assert tuple(run.results[name] for name in ("TP", "FP", "FN", "TN")) == matrix
    assert run.results["N"] == 2653
    assert run.results["KAPPA"] == pytest.approx(kappa, abs=5e-5)
    # Neighbouring cells resemble each other: the interval that knows it is the wider one.
    assert run.results["KAPPA_BOOT_LOW"] < run.results["KAPPA_LOW"] < kappa
    assert kappa < run.results["KAPPA_HIGH"] < run.results["KAPPA_BOOT_HIGH"]
    assert "kappa" in (tmp_path / "accuracy.html").read_text(encoding="utf-8")


def test_the_sample_basin_from_land_cover_to_areas(run, tmp_path):
    sample = tmp_path / "sample"
    ttop, r_k, permafrost_map = (tmp_path / f"{name}.tif" for name in ("ttop", "rk", "map"))
    chain = (
        ("sampledata", {"LST": "none", "OUTPUT": sample}),
        ("rkfactor", {"LANDCOVER": sample / "landcover_igbp.tif", "TABLE": "modis_igbp", "OUTPUT": r_k}),
        (
            "ttop",
            {"DDT": sample / "ddt_simulated.tif", "DDF": sample / "ddf_simulated.tif", "RK": r_k, "OUTPUT": ttop},
        ),
        (
            "classify",
            {
                "TTOP": ttop,
                "GLACIERS": sample / "glaciers.geojson",
                "LAKES": sample / "lakes.geojson",
                "BASIN": sample / "basin.geojson",
                "OUTPUT": permafrost_map,
            },
        ),
    )
    for name, parameters in chain:
        done = run(name, parameters)
        assert done.ok, (name, done.errors)
    done = run(
        "accuracy",
        {
            "MAP": permafrost_map,
            "REFERENCE": sample / "survey_simulated.tif",
            "REGIONS": sample / "survey_regions.geojson",
            "REGION_FIELD": "name",
            "OUTPUT_HTML": tmp_path / "accuracy.html",
            "TABLE": tmp_path / "accuracy.csv",
        },
    )
    assert done.ok, done.errors
    accuracy = done.results
    assert 0.5 < accuracy["KAPPA"] < accuracy["OA"] < 1
    with (tmp_path / "accuracy.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 3
    assert rows[-1]["region"] == "pooled"
    assert [sum(int(row[name]) for row in rows[:-1]) for name in ("tp", "fp", "fn", "tn")] == [
        accuracy[name] for name in ("TP", "FP", "FN", "TN")
    ]
    # What is simulated says so to the end of the chain.
    assert "Simulated data, not observed" in (tmp_path / "accuracy.html").read_text(encoding="utf-8")
    done = run(
        "areastatistics",
        {
            "MAP": permafrost_map,
            "ZONES": sample / "districts.geojson",
            "ZONE_FIELD": "name",
            "TABLE": tmp_path / "a.csv",
        },
    )
    assert done.ok, done.errors
    areas = done.results
    parts = ("PERMAFROST_KM2", "SEASONAL_FROST_KM2", "GLACIER_KM2", "LAKE_KM2")
    assert sum(areas[name] for name in parts) == pytest.approx(areas["TOTAL_KM2"])
    assert areas["PERMAFROST_PERCENT"] == pytest.approx(100 * areas["PERMAFROST_KM2"] / areas["TOTAL_KM2"])
    with (tmp_path / "a.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    whole = {row["class"]: float(row["area_km2"]) for row in rows if row["district"] == "whole map"}
    assert whole["1"] == pytest.approx(areas["PERMAFROST_KM2"])
    assert sum(whole.values()) == pytest.approx(areas["TOTAL_KM2"])
    for district in {row["district"] for row in rows}:
        shares = [float(row["percent"] or 0) for row in rows if row["district"] == district]
        assert sum(shares) == pytest.approx(100)


# Accuracy against scikit-learn ---------------------------------------------------------------------

ROWS, COLUMNS = 40, 50


@pytest.fixture
def maps(make_raster):
    """Two maps that often agree, with cells that one of them leaves out."""
    random = np.random.default_rng(8)
    mapped = random.integers(1, 5, (ROWS, COLUMNS)).astype(np.uint8)
    reference = np.where(random.random(mapped.shape) < 0.7, mapped, random.integers(1, 4, mapped.shape))
    reference = np.where(reference > 2, 2, reference).astype(np.uint8)
    reference[random.random(mapped.shape) < 0.1] = 9
    mapped[random.random(mapped.shape) < 0.1] = 0
    paths = make_raster("map", mapped, nodata=0), make_raster("reference", reference, nodata=9)
    return mapped, reference, *paths


def expected(mapped, reference):
    """What scikit-learn says of two lists of classes, permafrost being 1."""
    truth, prediction = reference == 1, mapped == 1
    (tp, fn), (fp, tn) = metrics.confusion_matrix(truth, prediction, labels=[True, False])
    return {
        "N": len(truth),
        "TP": tp,
        "FP": fp,
        "FN": fn,
        "TN": tn,
        "OA": metrics.accuracy_score(truth, prediction),
        "KAPPA": metrics.cohen_kappa_score(truth, prediction),
        "USERS_ACCURACY": metrics.precision_score(truth, prediction),
        "PRODUCERS_ACCURACY": metrics.recall_score(truth, prediction),
        "F1": metrics.f1_score(truth, prediction),
        "MCC": metrics.matthews_corrcoef(truth, prediction),
    }


def require_equal(results, mapped, reference, exclude=(3, 4)):
    """Compare all measures on the cells that both maps know."""
    compared = (mapped != 0) & (reference != 9) & ~np.isin(mapped, exclude)
    truth = expected(mapped[compared], reference[compared])
    assert {name: results[name] for name in truth} == pytest.approx(truth)


def geojson(path, features):
    """Write features, each as geometry and properties."""
    features = [{"type": "Feature", "geometry": g, "properties": p} for g, p in features]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def cell_polygon(row, column):
    left, top = 80 + 0.1 * column, 40 - 0.1 * row
    ring = [[left, top], [left + 0.1, top], [left + 0.1, top - 0.1], [left, top - 0.1], [left, top]]
    return {"type": "Polygon", "coordinates": [ring]}


def centre(row, column, aside=0.0):
    return {"type": "Point", "coordinates": [80.05 + 0.1 * column + aside, 39.95 - 0.1 * row]}


def test_accuracy_of_a_raster_reference(run, maps):
    mapped, reference, map_path, reference_path = maps
    done = run("accuracy", {"MAP": map_path, "REFERENCE": reference_path})
    assert done.ok, done.errors
    require_equal(done.results, mapped, reference)
    everything = run("accuracy", {"MAP": map_path, "REFERENCE": reference_path, "MAP_EXCLUDED": ""})
    assert everything.ok, everything.errors
    require_equal(everything.results, mapped, reference, exclude=())


def test_accuracy_of_a_coarser_reference(run, maps, make_raster):
    mapped, _, map_path, _ = maps
    coarse = np.random.default_rng(3).integers(1, 3, (ROWS // 2, COLUMNS // 2)).astype(np.uint8)
    done = run("accuracy", {"MAP": map_path, "REFERENCE": make_raster("coarse", coarse, cell=(0.2, -0.2))})
    assert done.ok, done.errors
    assert "'coarse' (25 x 20 cells" in done.log
    require_equal(done.results, mapped, np.kron(coarse, np.ones((2, 2), np.uint8)))


def test_accuracy_of_other_codings(run, maps):
    """The values of both maps mean what the user says."""
    mapped, reference, map_path, reference_path = maps
    done = run(
        "accuracy",
        {
            "MAP": map_path,
            "REFERENCE": reference_path,
            "MAP_PERMAFROST": "2, 3",
            "MAP_EXCLUDED": "4",
            "REFERENCE_PERMAFROST": "2",
        },
    )
    recoded_map = np.select([mapped == 0, mapped == 4, np.isin(mapped, (2, 3))], [0, 4, 1], 2)
    recoded_reference = np.select([reference == 9, reference == 2], [9, 1], 2)
    require_equal(done.results, recoded_map, recoded_reference, exclude=(4,))


def test_accuracy_of_polygons(run, maps, tmp_path):
    mapped, reference, map_path, _ = maps
    words = {1: "Permafrost", 2: "seasonal", 9: None}
    known = [(cell_polygon(*cell), {"kind": words[int(reference[cell])]}) for cell in np.ndindex(reference.shape)]
    layer = geojson(tmp_path / "survey.geojson", known)
    done = run(
        "accuracy",
        {"MAP": map_path, "REFERENCE": layer, "REFERENCE_FIELD": "kind", "REFERENCE_PERMAFROST": "permafrost"},
    )
    assert done.ok, done.errors
    require_equal(done.results, mapped, reference)


def test_accuracy_of_points(run, maps, tmp_path):
    mapped, reference, map_path, _ = maps
    random = np.random.default_rng(4)
    seen = np.full(reference.shape, 9, np.uint8)
    boreholes = []
    for cell in zip(random.integers(0, ROWS, 300), random.integers(0, COLUMNS, 300)):
        if reference[cell] != 9:
            # Two points in one cell are one observation.
            boreholes += [(centre(*cell, aside), {"state": int(reference[cell])}) for aside in (0.0, 0.02)]
            seen[cell] = reference[cell]
    # Where points disagree, there is none; nor is there off the map.
    row, column = np.argwhere(seen == 1)[0]
    boreholes += [(centre(row, column, -0.03), {"state": 2}), (centre(500, 500), {"state": 1})]
    seen[row, column] = 9
    layer = geojson(tmp_path / "boreholes.geojson", boreholes)
    done = run("accuracy", {"MAP": map_path, "REFERENCE": layer, "REFERENCE_FIELD": "state"})
    assert done.ok, done.errors
    require_equal(done.results, mapped, seen)
    assert "1 lie off the map; 1 cells are excluded because their points disagree" in done.log


def test_accuracy_per_region_and_pooled(run, maps, tmp_path):
    mapped, reference, map_path, reference_path = maps
    boxes = {"west": (0, 20), "east": (30, 50)}
    rings = {
        name: [[80 + first / 10, 40], [80 + last / 10, 40], [80 + last / 10, 36], [80 + first / 10, 36]]
        for name, (first, last) in boxes.items()
    }
    regions = [({"type": "Polygon", "coordinates": [[*r, r[0]]]}, {"name": name}) for name, r in rings.items()]
    table = tmp_path / "table.csv"
    done = run(
        "accuracy",
        {
            "MAP": map_path,
            "REFERENCE": reference_path,
            "REGIONS": geojson(tmp_path / "regions.geojson", regions),
            "REGION_FIELD": "name",
            "TABLE": table,
        },
    )
    assert done.ok, done.errors
    with table.open(encoding="utf-8") as file:
        rows = {row.pop("region"): {k.upper(): float(v) for k, v in row.items() if v} for row in csv.DictReader(file)}
    assert list(rows) == ["east", "west", "pooled"]
    for name, (first, last) in boxes.items():
        require_equal(rows[name], mapped[:, first:last], reference[:, first:last])
    inside = np.r_[0:20, 30:50]
    require_equal(done.results, mapped[:, inside], reference[:, inside])
    require_equal(rows["pooled"], mapped[:, inside], reference[:, inside])


def test_an_undefined_kappa_is_no_number(run, make_raster, tmp_path):
    path = make_raster("map", np.ones((5, 5), np.uint8))
    report = tmp_path / "report.html"
    done = run("accuracy", {"MAP": path, "REFERENCE": path, "OUTPUT_HTML": report})
    assert done.ok, done.errors
    assert (done.results["OA"], done.results["KAPPA"], done.results["MCC"]) == (1.0, None, None)
    assert "kappa undefined" in done.log
    assert "undefined" in report.read_text(encoding="utf-8")
