"""Cells outside of an area that hold a number which nobody has tagged: they are no ground."""

import re
from datetime import date

import numpy as np
import pytest

gdal = pytest.importorskip("osgeo.gdal")
pytest.importorskip("qgis.core")

CELLS = {"corner": (80.0, 38.0), "cell": (0.01, -0.01)}
SHAPE = (20, 30)
INSIDE = np.broadcast_to(np.arange(SHAPE[1]) < 15, SHAPE)
RANDOM = np.random.default_rng(1)
DDT = RANDOM.uniform(500, 1500, SHAPE).astype(np.float32)
DDF = RANDOM.uniform(1000, 2500, SHAPE).astype(np.float32)
R_K = 0.8
TEMPERATURES = np.linspace(-4.05, 4.05, INSIDE.size).reshape(SHAPE).astype(np.float32)
SURVEY = np.where(TEMPERATURES <= 0, 1, 2).astype(np.uint8)


def read(path):
    dataset = gdal.Open(str(path))
    values = dataset.ReadAsArray().astype(float)
    return np.where(values == dataset.GetRasterBand(1).GetNoDataValue(), np.nan, values)


@pytest.fixture(params=[(0, 0), (1, 1), (255, 255), (9999, 9999), (900, 9999)], ids=str)
def degree_days(request, make_raster):
    """Both sums inside, and a fill value that nobody has tagged outside."""
    ddt, ddf = request.param
    return {
        "DDT": make_raster("ddt", np.where(INSIDE, DDT, np.float32(ddt)), **CELLS),
        "DDF": make_raster("ddf", np.where(INSIDE, DDF, np.float32(ddf)), **CELLS),
    }


def require_warning(done):
    assert done.ok, done.errors
    said = re.findall(
        r"In 300 of 600 cells DDT and DDF have a combination that no year has, for example .* tag", done.log
    )
    assert len(said) == 1, done.log


def test_the_map_ends_where_the_data_do(run, degree_days, tmp_path):
    """The half of 585.7 km2 that holds data, as with tagged nodata."""
    out = tmp_path / "ttop.tif"
    require_warning(run("ttop", {**degree_days, "RK_VALUE": R_K, "OUTPUT": out}))
    expected = np.where(R_K * DDT <= DDF, R_K * DDT - DDF, DDT - DDF / R_K) / 365
    np.testing.assert_allclose(read(out), np.where(INSIDE, expected, np.nan), rtol=1e-5)
    assert run("classify", {"TTOP": out, "OUTPUT": tmp_path / "map.tif"}).ok
    areas = run("areastatistics", {"MAP": tmp_path / "map.tif"}).results
    assert areas["TOTAL_KM2"] == pytest.approx(292.864, abs=0.01)


def test_frost_number_has_no_background(run, degree_days, tmp_path):
    out = tmp_path / "f.tif"
    require_warning(run("frostnumber", {**degree_days, "OUTPUT": out}))
    expected = np.sqrt(DDF) / (np.sqrt(DDF) + np.sqrt(DDT))
    np.testing.assert_allclose(read(out), np.where(INSIDE, expected, np.nan), rtol=1e-5)


def test_probability_has_no_background(run, degree_days, make_raster, tmp_path):
    common = {"RK_VALUE": R_K, "GST_ERROR": 0.5, "OUTPUT": tmp_path / "p.tif"}
    done = run("probability", {**degree_days, **common})
    require_warning(done)
    assert np.isfinite(read(tmp_path / "p.tif")).sum() == INSIDE.sum()
    tagged = {
        name: make_raster(f"tagged_{name}", np.where(INSIDE, values, np.float32(-9999)), **CELLS, nodata=-9999)
        for name, values in (("DDT", DDT), ("DDF", DDF))
    }
    expected = run("probability", {**tagged, **common})
    assert done.results["PERMAFROST_KM2"] == expected.results["PERMAFROST_KM2"]
    assert done.results["NO_PERMAFROST_KM2"] == expected.results["NO_PERMAFROST_KM2"]


def test_calibration_does_not_count_the_background(run, degree_days, make_raster, tmp_path):
    """The survey shows permafrost in all of the background, which would raise r_k and kappa."""
    survey = np.where(INSIDE, np.where(DDF >= 0.9 * DDT, 1, 2), 1).astype(np.uint8)
    reference = make_raster("survey", survey, **CELLS)
    classes = make_raster("classes", np.ones(SHAPE, np.uint8), **CELLS)
    parameters = {"CLASSES": classes, "REFERENCE": reference, "BLOCK_SIZE": 5, "OUTPUT": tmp_path / "rk.tif"}
    done = run("calibraterk", {**degree_days, **parameters})
    assert done.ok, done.errors
    assert done.results["N"] == INSIDE.sum()
    assert done.results["KAPPA"] == pytest.approx(1.0)
    require_warning(done)


@pytest.mark.parametrize("algorithm", ["ttop", "frostnumber", "probability"])
def test_a_map_in_which_nothing_remains_is_refused(run, make_raster, tmp_path, algorithm):
    nothing = make_raster("nothing", np.zeros(SHAPE, np.float32), **CELLS)
    out = tmp_path / "out.tif"
    rest = {} if algorithm == "frostnumber" else {"RK_VALUE": R_K}
    rest |= {"GST_ERROR": 0.5} if algorithm == "probability" else {}
    done = run(algorithm, {"DDT": nothing, "DDF": nothing, **rest, "OUTPUT": out})
    assert not done.ok
    assert "have no cell in which both hold a value" in done.errors[0]
    assert not out.exists()


def test_there_is_no_active_layer_in_the_background(run, make_raster, tmp_path):
    """TTOP 0 without thaw is no ground; TTOP below 0 without thaw has an active layer of no thickness."""
    ddt = np.where(INSIDE, 900, 0).astype(np.float32)
    temperature = np.where(INSIDE, -1, 0).astype(np.float32)
    ddt[:, 0] = 0
    parameters = {"DDT": make_raster("ddt", ddt, **CELLS), "TTOP": make_raster("ttop", temperature, **CELLS)}
    done = run("activelayer", {**parameters, "E_FACTOR": 0.05, "OUTPUT": tmp_path / "alt.tif"})
    assert done.ok, done.errors
    expected = np.where(INSIDE, 1.5, np.nan)
    expected[:, 0] = 0
    np.testing.assert_allclose(read(tmp_path / "alt.tif"), expected, rtol=1e-6)


def test_a_fill_value_of_thaw_has_no_active_layer(run, make_raster, tmp_path):
    ddt = np.where(INSIDE, 900, 9999).astype(np.float32)
    parameters = {"DDT": make_raster("ddt", ddt, **CELLS), "TTOP": make_raster("ttop", -1 + 0 * ddt, **CELLS)}
    done = run("activelayer", {**parameters, "E_FACTOR": 0.05, "OUTPUT": tmp_path / "alt.tif"})
    assert done.ok, done.errors
    np.testing.assert_allclose(read(tmp_path / "alt.tif"), np.where(INSIDE, 1.5, np.nan), rtol=1e-6)
    outside = np.count_nonzero(~np.broadcast_to(INSIDE, ddt.shape))
    assert f"{outside} cells of 'ddt' hold 9999, which is treated as a fill value" in done.log


def active_layer_of(run, make_raster, tmp_path, ddt, ttop):
    parameters = {"DDT": make_raster("ddt", ddt, **CELLS), "TTOP": make_raster("ttop", ttop, **CELLS)}
    return run("activelayer", {**parameters, "E_FACTOR": 0.05, "OUTPUT": tmp_path / "alt.tif"})


def test_permafrost_does_not_thaw_as_much_as_in_ten_years(run, make_raster, tmp_path):
    """The thickness came out three times too large. Warm ground may have that much thaw, and so may a few cells."""
    cold = np.where(INSIDE, -1, 1).astype(np.float32)
    refused = active_layer_of(run, make_raster, tmp_path, np.full(SHAPE, 9000, np.float32), cold)
    assert refused.errors == [
        "Layer 'ddt' holds more than 6000 °C d in 100 % of the cells with permafrost, up to 9000, and permafrost does "
        "not thaw that much in a year: divide sums over several years by their number."
    ]
    assert not (tmp_path / "alt.tif").exists()
    few = np.where(INSIDE, 900, 9000).astype(np.float32)
    few[0, :15] = 6001
    done = active_layer_of(run, make_raster, tmp_path, few, cold)
    assert done.ok, done.errors
    assert "temperatures" not in done.log


def test_thaw_of_a_few_degree_days_is_told(run, make_raster, tmp_path):
    cold = np.full(SHAPE, -1, np.float32)
    done = active_layer_of(run, make_raster, tmp_path, np.where(INSIDE, 12, 18).astype(np.float32), cold)
    assert done.ok, done.errors
    assert "Layer 'ddt' holds 18 °C d at most where there is permafrost, as temperatures would" in done.log
    # In a polar desert that is all the thaw that there is.
    done = active_layer_of(run, make_raster, tmp_path, np.where(INSIDE, 12, 18).astype(np.float32), cold - 18)
    assert done.ok, done.errors
    assert "temperatures" not in done.log


@pytest.mark.parametrize("algorithm", ["ttop", "frostnumber", "probability", "calibraterk"])
@pytest.mark.parametrize(
    ("ddt", "ddf", "said"),
    [
        (10 * DDT, 6 * DDF + 3000, "cells hold more DDT and DDF than a single year has"),
        (DDT / 100, DDF / 100, "DDT and DDF add up to 3[0-9.]* °C d at most"),
    ],
    ids=["ten years", "temperatures"],
)
def test_sums_of_another_period_are_refused(run, make_raster, tmp_path, algorithm, ddt, ddf, said):
    out = tmp_path / "out.tif"
    rest = {"ttop": {"RK_VALUE": R_K}, "frostnumber": {}, "probability": {"RK_VALUE": R_K, "GST_ERROR": 0.5}}
    if algorithm == "calibraterk":
        survey = make_raster("survey", np.where(INSIDE, 1, 2).astype(np.uint8), **CELLS)
        rest["calibraterk"] = {"CLASSES": survey, "REFERENCE": survey, "BLOCK_SIZE": 5}
    given = {"DDT": make_raster("ddt", ddt, **CELLS), "DDF": make_raster("ddf", ddf, **CELLS), "OUTPUT": out}
    done = run(algorithm, {**given, **rest[algorithm]})
    assert not done.ok
    assert re.search(said, done.errors[0]), done.errors
    assert not out.exists()


@pytest.mark.parametrize("missing", ["monthly", "harmonic", "none"])
def test_degree_days_of_a_background_are_missing(run, make_stack, tmp_path, missing):
    """A stack of GST that is 0.00 degC outside on all days."""
    from datetime import date

    days = -10 * np.cos(2 * np.pi * np.arange(365) / 365)[:, np.newaxis, np.newaxis] - np.ones((2, 3))
    days[:, :, 0] = 0
    done = run(
        "degreedays",
        {
            "GST": make_stack("gst", date(2005, 1, 1), days),
            "MISSING": missing,
            "DDT": tmp_path / "ddt.tif",
            "DDF": tmp_path / "ddf.tif",
            "MAGST_MEAN": tmp_path / "mean.tif",
        },
    )
    assert done.ok, done.errors
    for name, expected in (("ddt", np.maximum(days, 0).sum(axis=0)), ("ddf", -np.minimum(days, 0).sum(axis=0))):
        expected[:, 0] = np.nan
        np.testing.assert_allclose(read(tmp_path / f"{name}.tif"), expected, rtol=1e-4)
    assert np.isnan(read(tmp_path / "mean.tif")[:, 0]).all()


@pytest.mark.parametrize("algorithm", ["classify", "activelayer"])
def test_a_background_of_ttop_is_no_permafrost(run, make_raster, tmp_path, algorithm):
    values = np.linspace(-4.05, 4.05, INSIDE.size).reshape(SHAPE).astype(np.float32)
    out = tmp_path / "map.tif"
    ttop = make_raster("ttop", np.where(INSIDE, values, 0), **CELLS)
    thaw = {"DDT": make_raster("ddt", DDT, **CELLS)} if algorithm == "activelayer" else {}
    done = run(algorithm, {"TTOP": ttop, **thaw, "OUTPUT": out})
    assert not done.ok
    assert "Layer 'ttop' is exactly 0 °C in" in done.errors[0]
    assert "tag 0 as nodata" in done.errors[0]
    assert not out.exists()


def test_a_temperature_of_0_is_one_where_it_may_be(run, make_raster, tmp_path):
    """A single cell, and temperatures in whole degrees."""
    single = np.linspace(-4.05, 4.05, INSIDE.size).reshape(SHAPE).astype(np.float32)
    single[0, 0] = 0
    for number, values in enumerate((single, np.rint(single / 4))):
        out = tmp_path / f"map{number}.tif"
        done = run("classify", {"TTOP": make_raster(f"ttop{number}", values, **CELLS), "OUTPUT": out})
        assert done.ok, done.errors
        np.testing.assert_array_equal(gdal.Open(str(out)).ReadAsArray(), np.where(values <= 0, 1, 2))


@pytest.mark.parametrize("other", [2, 130])
def test_a_raster_of_glaciers_that_leaves_no_ground_is_refused(run, make_raster, tmp_path, other):
    ttop = make_raster("ttop", np.full(SHAPE, -1.5, np.float32), **CELLS)
    glaciers = make_raster("ice", np.where(INSIDE, other, 1).astype(np.uint8), **CELLS)
    out = tmp_path / "map.tif"
    done = run("classify", {"TTOP": ttop, "GLACIERS": glaciers, "OUTPUT": out})
    assert not done.ok
    assert "'ice' leaves no ground with a TTOP in the map" in done.errors[0]
    assert not out.exists()


COVERS = ("GLACIERS", "LAKES", "BASIN", "EXCLUDE", "BASIN of change")


@pytest.mark.parametrize("cover", COVERS)
@pytest.mark.parametrize(
    ("kind", "fill", "refused"),
    [(np.uint8, 255, True), (np.int16, 32767, True), (np.uint16, 65535, True), (np.uint8, 3, False)],
)
def test_a_fill_value_in_a_cover_does_not_count(run, make_raster, tmp_path, cover, kind, fill, refused):
    """Half of the map became glacier, or the basin all of it."""
    covered = np.arange(INSIDE.size).reshape(SHAPE) % 2
    mask = make_raster("mask", np.where(INSIDE, covered, fill).astype(kind), **CELLS)
    ttop = make_raster("ttop", TEMPERATURES, **CELLS)
    out = tmp_path / "map.tif"
    if cover == "EXCLUDE":
        survey = make_raster("survey", SURVEY, **CELLS)
        given = {"MAPS": [survey], "REFERENCE": survey, "EXCLUDE": mask, "OUTPUT": out}
        done = run("comparemaps", given)
    elif cover == "BASIN of change":
        years = [make_raster(f"ttop_{year}", TEMPERATURES, **CELLS) for year in (2001, 2002, 2011, 2012)]
        given = {"TTOP": years, "PERIODS": "2001-2002, 2011-2012", "MIN_YEARS": 4, "BASIN": mask, "OUTPUT": out}
        done = run("change", given)
    else:
        done = run("classify", {"TTOP": ttop, cover: mask, "OUTPUT": out})
    if refused:
        assert done.errors == [
            f"'mask' holds 1 and also {fill}, which seems to stand for no value, and each value above 0 counts as "
            f"covered: tag {fill} as nodata, or set it to 1."
        ]
        assert not out.exists()
    else:
        assert done.ok, done.errors


@pytest.mark.parametrize("inside", [255, 1])
def test_of_a_huge_mask_only_the_area_of_the_run_is_looked_at(run, make_raster, tmp_path, monkeypatch, inside):
    """Lakes of the whole Earth are a raster of 1e11 cells, which would take hours to read."""
    from permafrost_mapper.raster.run import covers

    looked_at, rows, columns = [], *SHAPE
    real = covers.map_windows

    def counted(compute, sources, grid, running):
        looked_at.append(grid.cells)
        return real(compute, sources, grid, running)

    monkeypatch.setattr(covers, "map_windows", counted)
    # A hundred times the area in cells of half the size; what may be a fill value lies outside, or inside too.
    mask = np.broadcast_to(np.arange(20 * columns) // 2 % 2, (20 * rows, 20 * columns)).astype(np.uint8)
    mask[: 9 * rows] = 255
    mask[9 * rows : 11 * rows, 9 * columns : 10 * columns] = inside
    west, north = CELLS["corner"]
    (width, height), factor = CELLS["cell"], 2
    corner = (west - 4.5 * columns * width, north - 4.5 * rows * height)
    lakes = make_raster("lakes", mask, corner=corner, cell=(width / factor, height / factor))
    ttop = make_raster("ttop", TEMPERATURES, **CELLS)
    done = run("classify", {"TTOP": ttop, "LAKES": lakes, "OUTPUT": tmp_path / "map.tif"})
    assert looked_at[0] == 64 * rows * columns < mask.size
    if inside == 1:
        assert done.ok, done.errors
    else:
        assert "'lakes' holds 1 and also 255, which seems to stand for no value" in done.errors[0]


@pytest.mark.parametrize("numbers", [(0, 255), (0, 130, 255), (0, 0)])
def test_masks_and_numbers_of_glaciers_count(run, make_raster, tmp_path, numbers):
    values = np.take(numbers, np.arange(INSIDE.size).reshape(SHAPE) % len(numbers)).astype(np.uint8)
    given = {"TTOP": make_raster("ttop", TEMPERATURES, **CELLS), "GLACIERS": make_raster("mask", values, **CELLS)}
    done = run("classify", {**given, "OUTPUT": tmp_path / "map.tif"})
    assert done.ok, done.errors
    classes = gdal.Open(str(tmp_path / "map.tif")).ReadAsArray()
    np.testing.assert_array_equal(classes, np.where(values > 0, 3, SURVEY))


@pytest.mark.parametrize("fill", [0, 255])
def test_classes_that_stand_for_no_value_are_told(run, make_raster, fill):
    """Outside of the area they count as ground without permafrost, unless 0 is that in a map of 0 and 1."""
    classes = RANDOM.integers(1, 3, SHAPE).astype(np.uint8)
    whole = make_raster("whole", classes, **CELLS)
    spoilt = make_raster("spoilt", np.where(INSIDE, classes, fill).astype(np.uint8), **CELLS)
    told = f"300 cells of 'spoilt' hold {fill}, which seems to stand for no value"
    for given in ({"MAP": spoilt, "REFERENCE": whole}, {"MAP": whole, "REFERENCE": spoilt}):
        done = run("accuracy", {**given, "BLOCK_SIZE": 0})
        assert done.ok, done.errors
        assert told in done.log
        done = run("comparemaps", {"MAPS": [given["MAP"]], "REFERENCE": given["REFERENCE"], "BLOCK_SIZE": 0})
        assert done.ok, done.errors
        assert told in done.log
    excluded = run("accuracy", {"MAP": whole, "REFERENCE": spoilt, "REFERENCE_EXCLUDED": str(fill), "BLOCK_SIZE": 0})
    assert excluded.results["N"] == 300
    assert "stand for no value" not in excluded.log
    assert f"50 % of the area of 'spoilt' holds {fill}, which seems" in run("areastatistics", {"MAP": spoilt}).log
    binary = make_raster("binary", (classes == 1).astype(np.uint8), **CELLS)
    for done in (
        run("accuracy", {"MAP": binary, "REFERENCE": whole, "BLOCK_SIZE": 0}),
        run("areastatistics", {"MAP": binary}),
        run("comparemaps", {"MAPS": [binary], "REFERENCE": whole, "BLOCK_SIZE": 0}),
    ):
        assert done.ok, done.errors
        assert "stand for no value" not in done.log


@pytest.mark.parametrize(
    ("values", "rule", "said"),
    [
        (np.where(INSIDE, TEMPERATURES, 0), "<= 0", "'map' is exactly 0 in 50 % of the cells that its rule '<= 0'"),
        (np.where(INSIDE, TEMPERATURES - 5, 0), "<= -1", "'map' is exactly 0 in 50 % of the cells"),
        (np.where(INSIDE, TEMPERATURES + 273.15, 0), "<= 273.15", "'map' is exactly 0 in 50 % of the cells"),
        (np.where(INSIDE, TEMPERATURES, 255), "<= 0", "'map' holds 255, a fill value that its rule '<= 0' would"),
        (np.where(INSIDE, TEMPERATURES, -128), "<= 0", "'map' holds -128, a fill value that its rule '<= 0' would"),
        (np.where(INSIDE, 100 * (SURVEY == 1), 255), ">= 50", "'map' holds 255, a fill value that its rule '>= 50'"),
    ],
)
def test_a_limit_takes_no_background_for_ground(run, make_raster, tmp_path, values, rule, said):
    """It used to count as permafrost, or as ground without: kappa .52 for the same map."""
    given = {
        "MAPS": [make_raster("map", values.astype(np.float32), **CELLS)],
        "REFERENCE": make_raster("survey", SURVEY, **CELLS),
        "OUTPUT": tmp_path / "agreement.tif",
    }
    refused = run("comparemaps", {**given, "RULES": rule})
    assert not refused.ok
    assert refused.errors[0].startswith(said), refused.errors
    assert not (tmp_path / "agreement.tif").exists()
    background = values[0, -1]
    done = run("comparemaps", {**given, "RULES": f"{rule} drop {background:g}"})
    assert done.ok, done.errors
    assert done.results["N"] == INSIDE.sum()


@pytest.mark.parametrize(
    ("values", "rule", "kappa"),
    [
        # Fractions and percentages of 0, whole degrees, kelvin of an icy place, and a scale of bytes.
        (np.where(SURVEY == 1, 0.75, 0), ">= 0.5", 1),
        (np.where(SURVEY == 1, 62.5, 0), ">= 50", 1),
        (np.where(SURVEY == 1, 0, 3), "<= 0", 1),
        (np.where(SURVEY == 1, 255, 274.5), "<= 273.15", 1),
        (np.linspace(255, 0, INSIDE.size).reshape(SHAPE), ">= 127", None),
        # A mask of bytes, elevations of which some are 255, and tenths of a degree of which some are -128.
        (np.where(SURVEY == 1, 255, 0), "> 0", 1),
        (np.where(SURVEY == 1, 4800 + TEMPERATURES, 255), ">= 4500", 1),
        (np.where(TEMPERATURES < -2, -200, np.where(SURVEY == 1, -128, 30)), "<= 0", 1),
        # Degree days, a thaw depth and a probability with many zeros.
        (np.where(SURVEY == 1, 0, 500.5), "<= 100", 1),
        (np.clip(TEMPERATURES, 0, None), "< 0.001", None),
        (np.where(SURVEY == 1, 0, 0.75), "<= 0.5", 1),
        # Ground near 0 degC, in tenths and halves.
        (np.rint(TEMPERATURES) / 10, "<= 0", None),
        (np.rint(TEMPERATURES) / 2, "<= 0", None),
    ],
)
def test_what_only_looks_like_a_background_is_compared(run, make_raster, values, rule, kappa):
    given = {
        "MAPS": [make_raster("map", values.astype(np.float32), **CELLS)],
        "REFERENCE": make_raster("survey", SURVEY, **CELLS),
    }
    done = run("comparemaps", {**given, "RULES": rule})
    assert done.ok, done.errors
    assert done.results["N"] == INSIDE.size
    assert kappa is None or done.results["BEST_KAPPA"] == pytest.approx(kappa)
    assert "percentages" not in done.log


def test_a_map_of_the_temperatures_of_permafrost_alone_is_compared(run, make_raster):
    """It holds 0 where there is no permafrost, and '< 0' says so."""
    given = {
        "MAPS": [make_raster("map", np.clip(TEMPERATURES, None, 0), **CELLS)],
        "REFERENCE": make_raster("survey", SURVEY, **CELLS),
        "RULES": "< 0",
    }
    done = run("comparemaps", given)
    assert done.ok, done.errors
    assert (done.results["N"], done.results["BEST_KAPPA"]) == (INSIDE.size, 1)
    assert "'map' is exactly 0 in 50 % of the cells that its rule '< 0' compares, which count as ground" in done.log
    assert not run("comparemaps", {**given, "RULES": "<= 0"}).ok


@pytest.mark.parametrize(
    ("outside", "rule"), [(0, "<= 0"), (255, "<= 0"), (-128, "<= 0"), (-9999, "<= 0"), (255, "in 1")]
)
@pytest.mark.parametrize("finer", [1, 4])
def test_a_background_beyond_the_reference_does_no_harm(run, make_raster, outside, rule, finer):
    """It is compared nowhere, so neither a refusal nor a number of cells may count it."""
    values = np.where(INSIDE, SURVEY if rule == "in 1" else TEMPERATURES, outside).astype(np.float32)
    fine = np.kron(values, np.ones((finer, finer), np.float32))
    cell = {"corner": CELLS["corner"], "cell": (0.01 / finer, -0.01 / finer)}
    survey = make_raster("survey", np.where(INSIDE, SURVEY, 9).astype(np.uint8), nodata=9, **CELLS)
    given = {"MAPS": [make_raster("map", fine, **cell)], "REFERENCE": survey, "RULES": rule, "BLOCK_SIZE": 0}
    done = run("comparemaps", given)
    assert done.ok, done.errors
    assert done.results["N"] == INSIDE.sum()
    assert done.results["BEST_KAPPA"] == 1
    assert "stand for no value" not in done.log


def test_a_background_within_the_reference_is_counted_there_alone(run, make_raster):
    """Of the cells of a finer map those are counted that are compared."""
    values = np.kron(np.where(INSIDE, SURVEY, 255).astype(np.uint8), np.ones((4, 4), np.uint8))
    finer = make_raster("map", values, corner=CELLS["corner"], cell=(0.0025, -0.0025))
    columns = np.broadcast_to(np.arange(SHAPE[1]), SHAPE)
    survey = make_raster("survey", np.where(columns < 18, SURVEY, 9).astype(np.uint8), nodata=9, **CELLS)
    done = run("comparemaps", {"MAPS": [finer], "REFERENCE": survey, "RULES": "in 1", "BLOCK_SIZE": 0})
    assert done.results["N"] == 18 * 20
    assert f"{3 * 20 * 16} cells of 'map' hold 255, which seems to stand for no value" in done.log


@pytest.mark.parametrize("step", [0.1, 0.5])
def test_ground_near_0_in_tenths_is_no_background(run, make_raster, tmp_path, step):
    """A seventh of the cells of this map are 0, as many as are 0.1."""
    ttop = (np.rint(TEMPERATURES * 0.8) * np.float32(step)).astype(np.float32)
    assert np.mean(ttop == 0) > 0.1
    given = {"TTOP": make_raster("ttop", ttop, **CELLS), "OUTPUT": tmp_path / "map.tif"}
    done = run("classify", given)
    assert done.ok, done.errors
    np.testing.assert_array_equal(read(tmp_path / "map.tif"), np.where(ttop <= 0, 1, 2))
    ddt = make_raster("ddt", np.full(SHAPE, 900, np.float32), **CELLS)
    done = run("activelayer", {**given, "DDT": ddt, "E": 0.05, "OUTPUT": tmp_path / "alt.tif"})
    assert done.ok, done.errors
    np.testing.assert_allclose(read(tmp_path / "alt.tif"), np.where(ttop <= 0, 1.5, np.nan), rtol=1e-6)


def test_what_lies_outside_of_the_basin_does_no_harm(run, make_raster, tmp_path):
    """Neither 0 in TTOP nor 255 in glaciers, where the map ends with the basin."""
    ice = np.arange(INSIDE.size).reshape(SHAPE) % 2
    given = {
        "TTOP": make_raster("ttop", np.where(INSIDE, TEMPERATURES, 0).astype(np.float32), **CELLS),
        "GLACIERS": make_raster("ice", np.where(INSIDE, ice, 255).astype(np.uint8), **CELLS),
        "BASIN": make_raster("basin", INSIDE.astype(np.uint8), **CELLS),
        "OUTPUT": tmp_path / "map.tif",
    }
    done = run("classify", given)
    assert done.ok, done.errors
    expected = np.where(INSIDE, np.where(ice, 3, SURVEY), 0)
    np.testing.assert_array_equal(gdal.Open(str(tmp_path / "map.tif")).ReadAsArray(), expected)


def test_what_lies_beyond_the_map_does_no_harm(run, make_raster, tmp_path):
    """A raster of glaciers of the country, whose border is elsewhere."""
    ice = np.arange(INSIDE.size).reshape(SHAPE) % 2
    country = np.full((60, 90), 255, np.uint8)
    country[20:40, 30:60] = ice
    glaciers = make_raster("ice", country, corner=(79.7, 38.2), cell=CELLS["cell"])
    given = {"TTOP": make_raster("ttop", TEMPERATURES, **CELLS), "GLACIERS": glaciers, "OUTPUT": tmp_path / "map.tif"}
    done = run("classify", given)
    assert done.ok, done.errors
    np.testing.assert_array_equal(gdal.Open(str(tmp_path / "map.tif")).ReadAsArray(), np.where(ice, 3, SURVEY))


def test_an_unknown_fill_value_of_both_sums_is_no_sum_of_several_years(run, make_raster, tmp_path):
    """It covers more than half of the raster, as around most basins, and used to be a warning before."""
    is_basin = np.broadcast_to(np.arange(SHAPE[1]) < 10, SHAPE)
    given = {
        name: make_raster(name, np.where(is_basin, sums, np.float32(10_000)), **CELLS)
        for name, sums in (("DDT", DDT), ("DDF", DDF))
    }
    done = run("ttop", {**given, "RK_VALUE": R_K, "OUTPUT": tmp_path / "ttop.tif"})
    assert done.ok, done.errors
    assert "In 400 of 600 cells DDT and DDF have a combination that no year has" in done.log
    np.testing.assert_array_equal(np.isnan(read(tmp_path / "ttop.tif")), ~is_basin)


def test_sums_of_a_month_are_no_temperatures(run, make_raster, tmp_path):
    """No cell of a month about 0 °C has 100 °C d, and DAYS says that it is a month."""
    ddt, ddf = (make_raster(name, np.full(SHAPE, sums, np.float32), **CELLS) for name, sums in (("t", 15), ("f", 60)))
    given = {"DDT": ddt, "DDF": ddf, "RK_VALUE": R_K}
    done = run("ttop", {**given, "DAYS": 30, "OUTPUT": tmp_path / "ttop.tif"})
    assert done.ok, done.errors
    np.testing.assert_allclose(read(tmp_path / "ttop.tif"), -1.6, rtol=1e-6)
    assert run("probability", {**given, "DAYS": 30, "GST_ERROR": 1, "OUTPUT": tmp_path / "p.tif"}).ok
    assert not run("ttop", {**given, "OUTPUT": tmp_path / "year.tif"}).ok


def test_a_fraction_as_the_limit_of_percentages_is_told(run, make_raster):
    percent = np.where(SURVEY == 1, 80, 2).astype(np.float32)
    given = {"MAPS": [make_raster("map", percent, **CELLS)], "REFERENCE": make_raster("survey", SURVEY, **CELLS)}
    done = run("comparemaps", {**given, "RULES": ">= 0.5"})
    assert done.ok, done.errors
    assert (
        "'map' holds values up to 80, as percentages, and its rule '>= 0.5' compares them with a fraction: write "
        "'>= 50' if they are in percent." in done.log
    )


def days_of(values, missing):
    """Ten days of temperatures around values, 0 where they are missing."""
    noise = RANDOM.normal(0, 1, (10, *SHAPE))
    return np.where(missing, 0, np.reshape(values, (10, 1, 1)) + noise).astype(np.float32)


@pytest.mark.parametrize(
    ("values", "missing", "refused"),
    [
        (np.full(10, 12.0), ~INSIDE, True),
        (np.full(10, -12.0), ~INSIDE, True),
        # Most days tell it, though some are near 0 themselves.
        (np.linspace(-20, 20, 10), ~INSIDE, True),
        # A slope that reaches 0 somewhere.
        (np.full(10, 2.0), ~INSIDE, True),
        # Ground that freezes, with temperatures near 0 all around, and a few zeros.
        (np.full(10, 0.0), ~INSIDE, False),
        (np.full(10, 12.0), np.arange(600).reshape(SHAPE) < 5, False),
        # Whole degrees are not judged.
        (None, None, False),
    ],
    ids=str,
)
def test_gaps_of_0_in_a_stack_are_refused(make_raster, values, missing, refused):
    """They used to count as days of 0 °C, and the gap filler left them."""
    from permafrost_mapper.core.errors import InputError
    from permafrost_mapper.raster.read.rasters import RasterSource
    from permafrost_mapper.raster.read.stack import read_stack, temperature_stack

    days = np.rint(days_of(np.full(10, 12.0), ~INSIDE)) if values is None else days_of(values, missing)
    stack = read_stack(RasterSource(make_raster("lst", days, **CELLS), "lst"), date(2005, 1, 1))
    if not refused:
        assert temperature_stack(stack).days == stack.days
        return
    with pytest.raises(InputError, match=r"'lst' is exactly 0 °C in 50 % of its cells on 2005-01-0\d, where"):
        temperature_stack(stack)
