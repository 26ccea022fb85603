"""The provider in qgis_process where packages cannot be imported: shadowed by modules that refuse."""

import json
from datetime import date, timedelta

import headless
import numpy as np
import pytest

gdal = pytest.importorskip("osgeo.gdal")
from listings import ids

OPTIONAL = ("scipy", "sklearn", "pykrige", "numba", "distributed", "dask", "matplotlib", "pandas")
METRES = {"corner": (500_000.0, 4_000_000.0), "cell": (1000.0, -1000.0), "crs": 32645}


@pytest.fixture(scope="module")
def without(tmp_path_factory):
    """Return the function that gives an environment of QGIS in which some packages cannot be imported."""

    def without(*packages):
        profile = tmp_path_factory.mktemp("qgis")
        shadows = profile / "shadows"
        for package in packages:
            (shadows / package).mkdir(parents=True)
            (shadows / package / "__init__.py").write_text("raise ImportError('shadowed: ' + __name__)\n")
        env = headless.environment(profile)
        return {**env, "PYTHONPATH": f"{shadows}:{env['PYTHONPATH']}", "PYTHONDONTWRITEBYTECODE": "1"}

    return without


@pytest.fixture(scope="module")
def without_all(without):
    return without(*OPTIONAL)


@pytest.fixture
def given(make_raster, tmp_path):
    """Return small inputs, by the parameter that takes them."""
    random = np.random.default_rng(1)
    degree_days = random.uniform(500, 2500, (2, 12, 14)).astype(np.float32)
    lst = random.normal(-5, 3, (2, 12, 14)).astype(np.float32)
    lst[:, 4:7, 3:9] = -9999
    years = random.normal(-1, 1, (6, 12, 14)).astype(np.float32)
    paths = {
        "DDT": make_raster("ddt", degree_days[0], **METRES),
        "DDF": make_raster("ddf", degree_days[1], **METRES),
        "LST": make_raster("lst", lst, nodata=-9999.0, **METRES),
        "TTOP": make_raster("ttop", years, **METRES),
    }
    for name, names in (
        ("LST", [(date(2019, 1, 1) + timedelta(index)).isoformat() for index in range(2)]),
        ("TTOP", map(str, range(2010, 2016))),
    ):
        dataset = gdal.Open(paths[name], gdal.GA_Update)
        for band, described in enumerate(names, start=1):
            dataset.GetRasterBand(band).SetDescription(described)
    return paths


def test_the_provider_loads_with_all_of_them_shadowed(without_all):
    headless._enable_plugin(without_all)
    listed = headless.qgis_process("--json", "list", env=without_all)
    assert listed.returncode == 0, listed.stderr
    provider = json.loads(listed.stdout)["providers"]["permafrost"]
    assert {f"permafrost:{name}" for name in ids()} <= provider["algorithms"].keys()
    assert "Traceback" not in listed.stderr


def test_what_needs_none_of_them_runs_with_all_of_them_shadowed(without_all, given, tmp_path):
    """One of them in qgis_process; all of them in test_algorithms.py."""
    output = str(tmp_path / "o.tif")
    parameters = {"DDT": given["DDT"], "DDF": given["DDF"], "RK_VALUE": 0.8, "OUTPUT": output}
    done = headless.run("permafrost:ttop", parameters, env=without_all)
    assert done.code == 0, done.stderr
    assert gdal.Open(output).ReadAsArray().shape == (12, 14)


DEGREE_DAYS = {"DDT": "@DDT", "DDF": "@DDF", "RK_VALUE": 0.8}
NEEDING = {
    "filllstgaps": ("scipy", "kriging", {"INPUT": "@LST", "TREND": "none", "OUTPUT": "@"}),
    "fitvariogram": ("scipy", "kriging", {"INPUT": "@LST", "TREND": "none"}),
    "assessgapfilling": ("scipy", "kriging", {"INPUT": "@LST", "TREND": "none"}),
    "change": ("scipy", "the Mann-Kendall test", {"TTOP": "@TTOP", "MIN_YEARS": 4, "SIGNIFICANCE": "@"}),
    "probability": (
        "distributed",
        "a run on a cluster",
        {**DEGREE_DAYS, "GST_ERROR": 0.7, "SCHEDULER": "tcp://127.0.0.1:9", "OUTPUT": "@"},
    ),
}


@pytest.mark.parametrize("name", NEEDING)
def test_what_needs_one_of_them_says_so_in_one_sentence(without_all, given, tmp_path, name):
    package, needed_for, parameters = NEEDING[name]
    output = tmp_path / "out" / "o.tif"
    output.parent.mkdir()
    filled = {
        key: str(output) if value == "@" else given[value[1:]] if str(value).startswith("@") else value
        for key, value in parameters.items()
    }
    done = headless.run(f"permafrost:{name}", filled, json=False, env=without_all)
    assert done.code == 1
    said = done.stdout + done.stderr
    alone = "" if package == "distributed" else "--no-deps "
    assert f"The Python package '{package}' is needed for {needed_for} and is not installed: " in said
    assert f"run 'pip install {alone}--target <your QGIS profile>/python {package}' and start QGIS again." in said
    assert "Traceback" not in said
    assert not list(output.parent.iterdir())


def test_gap_filling_needs_scipy_alone(without, given, tmp_path):
    """Numba makes it faster; PyKrige and scikit-learn only check it."""
    output = str(tmp_path / "o.tif")
    env = without(*(package for package in OPTIONAL if package != "scipy"))
    parameters = {"INPUT": given["LST"], "TREND": "none", "VARIOGRAM": "spherical", "FIT": "moments", "OUTPUT": output}
    done = headless.run("permafrost:filllstgaps", parameters, env=env)
    assert done.code == 0, done.stderr
    assert (gdal.Open(output).ReadAsArray() != -32768).all()
