"""Calibration of r_k on real and simulated maps, through the algorithm."""

import csv
import re

import numpy as np
import pytest

pytest.importorskip("qgis.core")
gdal = pytest.importorskip("osgeo.gdal")


def read(path):
    return gdal.Open(str(path)).ReadAsArray()


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        return {int(row["class"]): row for row in csv.DictReader(file)}


@pytest.fixture
def wenquan(real_data, tmp_path):
    """Degree days, survey map and soil clusters of NE Tibet (Cao et al. 2023, ESSD 15: 3905)."""
    names = {
        "DDT": "DDT_mean_annual",
        "DDF": "DDF_mean_annual",
        "CLASSES": "soil_cluster",
        "REFERENCE": "investigation_map",
    }
    for name in names.values():
        # QGIS leaves a sidecar beside what it opens.
        (tmp_path / f"{name}.tif").symlink_to(real_data("wenquan") / f"{name}.tif")
    return {key: tmp_path / f"{name}.tif" for key, name in names.items()}


@pytest.fixture
def outputs(tmp_path):
    return {"OUTPUT": tmp_path / "rk.tif", "TABLE": tmp_path / "rk.csv", "OUTPUT_HTML": tmp_path / "rk.html"}


def map_and_assess(run, inputs, r_k, folder):
    """The kappa of the map that the other algorithms make of an r_k raster or value."""
    key = "RK_VALUE" if isinstance(r_k, float) else "RK"
    ttop, permafrost_map = folder / "ttop.tif", folder / "map.tif"
    assert run("ttop", {"DDT": inputs["DDT"], "DDF": inputs["DDF"], key: r_k, "OUTPUT": ttop}).ok
    assert run("classify", {"TTOP": ttop, "OUTPUT": permafrost_map}).ok
    done = run("accuracy", {"MAP": permafrost_map, "REFERENCE": inputs["REFERENCE"]})
    assert done.ok, done.errors
    return done.results


def test_wenquan(run, wenquan, outputs, tmp_path):
    done = run("calibraterk", {**wenquan, **outputs})
    assert done.ok, done.errors
    found = done.results
    # Above the best r_k of one or two decimals, and above the best of three.
    assert found["KAPPA"] > found["KAPPA_UNIFORM"] > 0.7476
    assert found["KAPPA"] == pytest.approx(0.7595, abs=5e-5)
    assert (found["RK_UNIFORM"], found["N"]) == (0.831, 2653)
    # What was held out agrees less than what was fitted, and classes help there too.
    assert found["KAPPA_HOLDOUT"] == pytest.approx(0.731, abs=0.002)
    assert found["KAPPA_UNIFORM_HOLDOUT"] == pytest.approx(0.717, abs=0.002)
    report = outputs["OUTPUT_HTML"].read_text(encoding="utf-8")
    assert all(f"{found[name]:.3f}" in report for name in ("KAPPA", "KAPPA_HOLDOUT", "KAPPA_UNIFORM_HOLDOUT"))
    # The map that is made of the raster has the kappa that was promised.
    assert map_and_assess(run, wenquan, outputs["OUTPUT"], tmp_path)["KAPPA"] == pytest.approx(found["KAPPA"], abs=1e-9)
    uniform = map_and_assess(run, wenquan, found["RK_UNIFORM"], tmp_path)
    assert uniform["KAPPA"] == pytest.approx(found["KAPPA_UNIFORM"], abs=1e-9)


def test_wenquan_the_table_gives_the_same_raster(run, wenquan, outputs, tmp_path):
    assert run("calibraterk", {**wenquan, **outputs}).ok
    again = tmp_path / "again.tif"
    parameters = {"TABLE": "file", "TABLE_FILE": outputs["TABLE"], "GRID": wenquan["DDT"], "OUTPUT": again}
    done = run("rkfactor", {"LANDCOVER": wenquan["CLASSES"], **parameters})
    assert done.ok, done.errors
    np.testing.assert_array_equal(read(again), read(outputs["OUTPUT"]))
    table = rows_of(outputs["TABLE"])
    assert list(table) == [1, 2, 3, 4, 6, 7, 8]
    assert sum(int(row["n"]) for row in table.values()) == 2653
    assert sum(int(row["n_permafrost"]) for row in table.values()) == 1831
    assert {key for key, row in table.items() if row["calibrated"] == "no"} == {3, 6}


@pytest.fixture
def ground(make_raster):
    """Two classes of ground with r_k 0.6 and 1.0, water, and a class outside of the survey."""
    random = np.random.default_rng(1)
    ddt = random.uniform(800, 2000, (60, 80)).astype(np.float32)
    ddf = random.uniform(500, 2000, (60, 80)).astype(np.float32)
    classes = np.where(np.arange(80) < 40, 1, 2) * np.ones((60, 1), np.uint8)
    classes[:10], classes[50:] = 0, 9
    survey = np.where(ddf >= np.where(classes == 1, 0.6, 1.0) * ddt, 5, 6).astype(np.uint8)
    survey[50:] = 255
    survey[20:22] = 7
    return {
        "DDT": make_raster("ddt", ddt),
        "DDF": make_raster("ddf", ddf),
        "CLASSES": make_raster("cover", classes.astype(np.uint8)),
        "REFERENCE": make_raster("survey", survey, nodata=255),
        "PERMAFROST_VALUE": "5",
        "REFERENCE_EXCLUDED": "7",
        "CLASSES_EXCLUDED": "0",
    }


def test_known_ground(run, ground, outputs):
    done = run("calibraterk", {**ground, **outputs})
    assert done.ok, done.errors
    assert done.results["KAPPA"] == pytest.approx(1, abs=1e-3)
    assert done.results["KAPPA_HOLDOUT"] > 0.99 > 0.9 > done.results["KAPPA_UNIFORM_HOLDOUT"]
    assert done.results["N"] == 38 * 80
    table = rows_of(outputs["TABLE"])
    assert float(table[1]["r_k"]) == pytest.approx(0.6, abs=0.003)
    assert float(table[2]["r_k"]) == pytest.approx(1.0, abs=0.003)
    # Not surveyed: the r_k of all. Water: none.
    assert float(table[9]["r_k"]) == pytest.approx(done.results["RK_UNIFORM"], abs=5e-4)
    assert (table[9]["n"], table[0]["r_k"]) == ("0", "")
    r_k = read(outputs["OUTPUT"])
    assert (r_k[:10] == -9999).all()
    assert np.unique(r_k[10:]).size == 3


def test_uninformative_classes_are_reported(run, ground, make_raster, outputs):
    noise = np.random.default_rng(5).integers(1, 60, (60, 80)).astype(np.uint8)
    ground["CLASSES"] = make_raster("noise", noise)
    done = run("calibraterk", {**ground, **outputs, "MIN_CELLS": 5})
    assert done.ok, done.errors
    assert done.results["KAPPA"] > done.results["KAPPA_UNIFORM"]
    assert done.results["KAPPA_HOLDOUT"] < done.results["KAPPA_UNIFORM_HOLDOUT"]
    assert re.search(r"On held-out cells r_k by class .* is no better than .*: use r_k 0\.\d{3} for all", done.log)
    assert "these classes do not differ in r_k" in outputs["OUTPUT_HTML"].read_text(encoding="utf-8")


def test_a_survey_that_cannot_be_divided_is_refused(run, make_raster, tmp_path):
    """Permafrost in one block and other ground in the other one."""
    halves = np.repeat([[1, 2]], 10, axis=0).repeat(10, axis=1).astype(np.uint8)
    inputs = {
        "DDT": make_raster("ddt", np.full((10, 20), 1000, np.float32)),
        "DDF": make_raster("ddf", 1500 - 500 * halves.astype(np.float32)),
        "CLASSES": make_raster("classes", np.ones((10, 20), np.uint8)),
        "REFERENCE": make_raster("survey", halves),
    }
    done = run("calibraterk", {**inputs, "HOLDOUT": 2, "OUTPUT": tmp_path / "rk.tif"})
    assert not done.ok
    assert re.search(r"the rest shows permafrost everywhere or nowhere: use smaller blocks", done.errors[0])
    assert run("calibraterk", {**inputs, "BLOCK_SIZE": 5, "OUTPUT": tmp_path / "rk.tif"}).results["KAPPA_HOLDOUT"] == 1


def test_equal_seeds_give_equal_figures(run, ground, tmp_path):
    found = [
        run("calibraterk", {**ground, "SEED": seed, "OUTPUT": tmp_path / "rk.tif"}).results["KAPPA_UNIFORM_HOLDOUT"]
        for seed in (1, 1, 2)
    ]
    assert found[0] == found[1] != found[2]


def test_the_sample_basin(run, tmp_path, outputs):
    """Simulated: the true r_k scatter around the table of land cover that the basin was made with."""
    sample = tmp_path / "sample"
    assert run("sampledata", {"LST": "none", "OUTPUT": sample}).ok
    inputs = {
        "DDT": sample / "ddt_simulated.tif",
        "DDF": sample / "ddf_simulated.tif",
        "CLASSES": sample / "landcover_igbp.tif",
        "REFERENCE": sample / "survey_simulated.tif",
    }
    done = run("calibraterk", {**inputs, "CLASSES_EXCLUDED": "0,15,17", **outputs})
    assert done.ok, done.errors
    assert done.results["KAPPA_HOLDOUT"] > 0.8
    assert "Simulated data, not observed" in outputs["OUTPUT_HTML"].read_text(encoding="utf-8")
    active = tmp_path / "active.tif"
    ttop = tmp_path / "ttop.tif"
    assert run("ttop", {"DDT": inputs["DDT"], "DDF": inputs["DDF"], "RK": outputs["OUTPUT"], "OUTPUT": ttop}).ok
    parameters = {"DDT": inputs["DDT"], "TTOP": ttop, "METHOD": "stefan", "OUTPUT": active}
    done = run("activelayer", {**parameters, "OUTPUT_HTML": tmp_path / "active.html"})
    assert done.ok, done.errors
    thickness, temperature, ddt = read(active), read(ttop), read(inputs["DDT"])
    frozen = (temperature <= 0) & (temperature > -100)
    np.testing.assert_array_equal(thickness != -9999, frozen)
    np.testing.assert_allclose(thickness[frozen], 0.0493423 * np.sqrt(ddt[frozen]), rtol=1e-5)
    assert done.results["MEAN"] == pytest.approx(thickness[frozen].mean(), rel=1e-5)
    assert f"It averages {done.results['MEAN']:.2f} m" in (tmp_path / "active.html").read_text(encoding="utf-8")
