"""Values for permafrost that occur nowhere are refused, with those that do; in a field of yes and no 1 is yes."""

import json
import re
from datetime import date

import numpy as np
import pytest

pytest.importorskip("osgeo.gdal")
from permafrost_mapper.core.assess.binary import NOT_COMPARED, OTHER, PERMAFROST, binary_value, require_found
from permafrost_mapper.core.errors import InputError


@pytest.mark.parametrize(
    ("asked", "found", "told"),
    [
        (("1",), ["yes", "no", None, ""], "'no', 'yes'"),
        (("1",), ["true", "false"], "'false', 'true'"),
        (("1",), [10, 20], "'10', '20'"),
        (("1",), [0, 2], "'0', '2'"),
        (("1",), [5.0], "'5.0'"),
        (("2",), [0, 1], "'0', '1'"),
        (("permafrost",), [True, False], "'False', 'True'"),
        (("1",), [date(2020, 1, 1)], "'2020-01-01'"),
        (("1", "2"), list(range(10, 60)), "'10', '11', '12', '13', '14', '15', '16', '17' and 42 others up to '59'"),
    ],
)
def test_values_that_never_match_are_refused(asked, found, told):
    with pytest.raises(InputError) as refused:
        require_found(asked, found, "REFERENCE_PERMAFROST", "field 'state' of 'survey'")
    assert str(refused.value) == (
        f"REFERENCE_PERMAFROST is '{', '.join(asked)}', which is not among the values of field 'state' of 'survey' "
        f"({told}): set it to the values that mean permafrost."
    )


@pytest.mark.parametrize(
    ("asked", "found", "excluded"),
    [
        (("1",), [1, 2], ()),
        (("Continuous",), ["continuous", "none"], ()),
        ((1,), ["1.0", "0"], ()),
        (("1",), [True, False], ()),
        # A warm place, in the coding of our maps, of 0 and 1, and of yes and no.
        (("1",), [2, 3, 4], (3, 4)),
        (("1",), [2, 3, 4], ()),
        (("1",), [0], ()),
        (("1",), [False], ()),
        # Nothing at all is told elsewhere.
        (("1",), [], ()),
        (("1",), [9], ("9",)),
        (("1",), [None, float("nan"), " "], ()),
    ],
)
def test_values_that_match_or_may_rightly_be_absent_are_not(asked, found, excluded):
    require_found(asked, found, "MAP_PERMAFROST", "'map'", excluded)


@pytest.mark.parametrize(
    ("value", "asked", "index"),
    [
        (True, "1", PERMAFROST),
        (False, "1", OTHER),
        (False, "0", PERMAFROST),
        (True, "yes", PERMAFROST),
        (False, "true", OTHER),
        (True, "0", OTHER),
        (True, "2", OTHER),
        (float("nan"), "1", NOT_COMPARED),
        (1, "1", PERMAFROST),
        ("yes", "1", OTHER),
    ],
)
def test_truth_is_one(value, asked, index):
    assert binary_value(value, (asked,), ()) == index


# In the algorithms -------------------------------------------------------------------------------------------------

MAP = np.array([[1, 1, 2, 2]] * 4, np.uint8)


@pytest.fixture
def points(tmp_path):
    """Return the function that writes a point in each cell of the map, with the values of a field."""

    def points(values):
        features = [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [80.05 + 0.1 * (i % 4), 39.95 - 0.1 * (i // 4)]},
                "properties": {"state": value},
            }
            for i, value in enumerate(values)
        ]
        path = tmp_path / "points.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
        return str(path)

    return points


def accuracy(reference):
    return "accuracy", {"REFERENCE": reference, "REFERENCE_FIELD": "state"}, "REFERENCE_PERMAFROST"


def boreholes(reference):
    return "boreholes", {"BOREHOLES": reference, "PRESENCE": "state"}, "PRESENCE_PERMAFROST"


@pytest.mark.parametrize("job", [accuracy, boreholes])
def test_a_field_of_yes_and_no_is_read_with_the_default(run, make_raster, points, job):
    algorithm, given, _ = job(points([True, True, False, False] * 3 + [True, False, False, False]))
    done = run(algorithm, {"MAP": make_raster("map", MAP), **given})
    assert done.ok, done.errors
    # The one cell of permafrost that is none: kappa of ((7, 1), (0, 8)).
    assert [done.results[name] for name in ("TP", "FP", "FN", "TN")] == [7, 1, 0, 8]
    assert done.results["KAPPA"] == pytest.approx(0.875)


@pytest.mark.parametrize("job", [accuracy, boreholes])
def test_a_field_of_texts_has_to_be_told(run, make_raster, points, tmp_path, job):
    algorithm, given, parameter = job(points(["yes", "yes", "no", "no"] * 4))
    given = {"MAP": make_raster("map", MAP), **given, "OUTPUT_HTML": str(tmp_path / "out.html")}
    refused = run(algorithm, given)
    assert not refused.ok
    assert refused.errors == [
        f"{parameter} is '1', which is not among the values of field 'state' of 'points' ('no', 'yes'): set it to "
        "the values that mean permafrost."
    ]
    assert not (tmp_path / "out.html").exists()
    assert run(algorithm, {**given, parameter: "yes"}).results["KAPPA"] == 1


CASES = {
    "map": (
        "accuracy",
        {"MAP": "@ten", "REFERENCE": "@map"},
        "MAP_PERMAFROST is '1', .* values of 'ten' \\('10', '20'\\)",
    ),
    "reference": (
        "accuracy",
        {"MAP": "@map", "REFERENCE": "@ten"},
        "REFERENCE_PERMAFROST is '1', .* 'ten' \\('10', '20'\\)",
    ),
    "areas": ("areastatistics", {"MAP": "@ten"}, "MAP_PERMAFROST is '1', .* values of 'ten' \\('10', '20'\\)"),
    "rule": ("comparemaps", {"MAPS": ["@map", "@ten"], "REFERENCE": "@map"}, "RULES is '1', .* 'ten' \\('10', '20'\\)"),
    "list": (
        "comparemaps",
        {"MAPS": ["@ten"], "RULES": "in 3 5", "REFERENCE": "@map"},
        "RULES is '3, 5', .* 'ten' \\('10', '20'\\)",
    ),
    "reference rule": (
        "comparemaps",
        {"MAPS": ["@map"], "REFERENCE": "@ten"},
        "REFERENCE_RULE is '1', .* 'ten' \\('10', '20'\\)",
    ),
    "survey": (
        "calibraterk",
        {"DDT": "@ddt", "DDF": "@ddf", "CLASSES": "@map", "REFERENCE": "@ten", "BLOCK_SIZE": 1},
        "None of the 16 usable cells .* PERMAFROST_VALUE, which is '1', because 'ten' holds the values '10', '20'",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_classes_that_a_raster_does_not_hold(run, make_raster, tmp_path, case):
    rasters = {
        "@map": make_raster("map", MAP),
        "@ten": make_raster("ten", MAP * 10),
        "@ddt": make_raster("ddt", np.full((4, 4), 900, np.float32)),
        "@ddf": make_raster("ddf", np.full((4, 4), 1500, np.float32)),
    }

    def made(value):
        return [made(one) for one in value] if isinstance(value, list) else rasters.get(value, value)

    algorithm, given, sentence = CASES[case]
    given = {name: made(value) for name, value in given.items()}
    if algorithm != "areastatistics":
        given["OUTPUT"] = str(tmp_path / "out" / "out.tif")
    refused = run(algorithm, {**given, "OUTPUT_HTML": str(tmp_path / "out" / "report.html")})
    assert not refused.ok
    (error,) = refused.errors
    assert re.match(sentence, error), error
    out = tmp_path / "out"
    assert not out.exists() or not list(out.iterdir())


def test_a_warm_map_has_no_permafrost(run, make_raster):
    done = run("areastatistics", {"MAP": make_raster("warm", np.full((4, 4), 2, np.uint8))})
    assert done.ok, done.errors
    assert done.results["PERMAFROST_KM2"] == 0
    assert done.results["TOTAL_KM2"] > 0


def test_a_limit_that_nothing_reaches_is_told(run, make_raster):
    kelvin = make_raster("kelvin", np.full((4, 4), 270.5, np.float32))
    done = run("comparemaps", {"MAPS": [kelvin], "RULES": "<= 0", "REFERENCE": make_raster("map", MAP)})
    assert done.ok, done.errors
    assert "'kelvin' has no permafrost under its rule '<= 0' of RULES; its values range from 270.5 to 270.5" in done.log


def test_long_lists_are_shown_by_their_beginning():
    with pytest.raises(InputError) as refused:
        require_found(["7"] * 1000, [1, 2], "MAP_PERMAFROST", "'map'")
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize(("fill", "rule"), [(-9999.0, "<= 0"), (9999.0, ">= 0.5"), (-32768.0, "< 0"), (-999.0, "<= 0")])
def test_a_limit_takes_no_fill_value_for_ground(run, make_raster, fill, rule):
    values = np.where(MAP == 1, -2, 2).astype(np.float32)
    values[0] = fill
    given = {"MAPS": [make_raster("ttop", values)], "REFERENCE": make_raster("map", MAP)}
    refused = run("comparemaps", {**given, "RULES": rule})
    assert refused.errors == [
        f"'ttop' holds {fill:g}, a fill value that its rule '{rule}' would compare: tag it as nodata, or add "
        f"'drop {fill:g}' to the rule."
    ]
    done = run("comparemaps", {**given, "RULES": f"{rule} drop {fill:g}"})
    assert done.ok, done.errors
    assert done.results["N"] == 12
