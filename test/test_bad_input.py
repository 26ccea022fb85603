"""Whatever is wrong with an input: one sentence that names it and the remedy, and nothing half-written."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import headless
import numpy as np
import pytest

pytest.importorskip("qgis.core")
gdal = pytest.importorskip("osgeo.gdal")

DEGREES = np.random.default_rng(1).uniform(500, 2500, (2, 30, 40)).astype(np.float32)
CLASSES = np.random.default_rng(2).integers(1, 3, (30, 40)).astype(np.uint8)
FAR_AWAY = (10.0, 10.0)
SITE = 'LOCAL_CS["site",UNIT["metre",1]]'

EVERYWHERE = [[79, 41], [85, 41], [85, 36], [79, 36], [79, 41]]
ELSEWHERE = [[x - 60, y] for x, y in EVERYWHERE]


@pytest.fixture
def inputs(make_raster, tmp_path):
    """Inputs by name, right and wrong; made when they are asked for."""

    def polygons(file_name, *rings, crs=None, **properties):
        features = [
            {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [ring]}, "properties": properties}
            for ring in rings
        ]
        layer = {"type": "FeatureCollection", "features": features}
        if crs:
            layer["crs"] = {"type": "name", "properties": {"name": crs}}
        path = tmp_path / f"{file_name}.geojson"
        path.write_text(json.dumps(layer))
        return str(path)

    def points(name, *places, **properties):
        features = [
            {"type": "Feature", "geometry": {"type": "Point", "coordinates": place}, "properties": properties}
            for place in places
        ]
        path = tmp_path / f"{name}.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
        return str(path)

    def text(name, content):
        (tmp_path / name).write_text(content)
        return str(tmp_path / name)

    def cut_off():
        values = np.random.default_rng(1).uniform(0, 2000, (500, 500)).astype(np.float32)
        path = make_raster("cut_off", values, cell=(0.01, -0.01), options=("COMPRESS=DEFLATE",))
        os.truncate(path, os.path.getsize(path) // 2)
        return path

    makers = {
        "ddt": lambda: make_raster("ddt", DEGREES[0]),
        "ddf": lambda: make_raster("ddf", DEGREES[1]),
        "ttop": lambda: make_raster("ttop", DEGREES[0] - DEGREES[1] * 0),
        "negative": lambda: make_raster("negative", -DEGREES[1]),
        "kelvin sums": lambda: make_raster("kelvin_sums", DEGREES[0] + 365 * 273.15),
        "kelvin": lambda: make_raster("kelvin", DEGREES[0] / 1000 + 270),
        "fill": lambda: make_raster("fill", np.where(DEGREES[0] > 2000, -9999, DEGREES[0])),
        "nothing": lambda: make_raster("nothing", np.full((30, 40), -9999, np.float32), nodata=-9999),
        "no class": lambda: make_raster("no_class", np.zeros((30, 40), np.uint8), nodata=0),
        "far": lambda: make_raster("far", DEGREES[1], corner=FAR_AWAY),
        "metres": lambda: make_raster("metres", DEGREES[1], corner=(5e5, 4.4e6), cell=(1000, -1000)),
        "no crs": lambda: make_raster("no_crs", DEGREES[1], corner=(80.03, 40), crs=None),
        "site": lambda: make_raster("site", DEGREES[1], crs=SITE),
        "from the south": lambda: make_raster("from_the_south", DEGREES[0], corner=(80, 37), cell=(0.1, 0.1)),
        "percent": lambda: make_raster("percent", np.full((30, 40), 80, np.float32)),
        "map": lambda: make_raster("map", CLASSES, nodata=0),
        "map without crs": lambda: make_raster("map_without_crs", CLASSES, nodata=0, crs=None),
        "thousands": lambda: make_raster("thousands", CLASSES.astype(np.int16) * 1000),
        "fractions": lambda: make_raster("fractions", CLASSES / np.float32(4)),
        "finer fractions": lambda: make_raster("finer", np.full((90, 90), 0.3, np.float32), cell=(0.03, -0.03)),
        "text": lambda: text("text.tif", "this is no raster"),
        "empty file": lambda: text("empty.tif", ""),
        "absent": lambda: str(tmp_path / "absent.tif"),
        "cut off": cut_off,
        "lakes": lambda: polygons("lakes", EVERYWHERE, kind=1, name="a"),
        "lakes elsewhere": lambda: polygons("lakes_elsewhere", ELSEWHERE, kind=1),
        "lakes in metres": lambda: polygons("lakes_in_metres", EVERYWHERE, crs="urn:ogc:def:crs:EPSG::32644"),
        "no lake": lambda: polygons("no_lake"),
        "boreholes": lambda: points("boreholes", [80.5, 39.5], [81.5, 38.5], state=1),
        "boreholes elsewhere": lambda: points("boreholes_elsewhere", [20, 39.5], state=1),
        "boreholes unknown": lambda: points("boreholes_unknown", [80.5, 39.5], state=None),
        "words": lambda: text("words.csv", "class,r_k\n1,0.8\n2,wet\n"),
        "no columns": lambda: text("no_columns.csv", "code;ratio\n1;0.8\n"),
        "percentages": lambda: text("percentages.csv", "class,r_k\n1,80\n"),
        "names": lambda: text("names.csv", "class,r_k\nBARE,0.9\n"),
        "numbers": lambda: text("numbers.csv", "class,r_k\n1,0.9\n"),
        "absent table": lambda: str(tmp_path / "absent.csv"),
        "a file": lambda: text("a_file", ""),
        "out": lambda: str(tmp_path / "out" / "o.tif"),
        "below a file": lambda: text("a_file", "") + "/o.tif",
        "table below a file": lambda: text("a_file", "") + "/o.csv",
        "page": lambda: str(tmp_path / "out" / "o.html"),
        "picture": lambda: str(tmp_path / "out" / "o.img"),
    }
    return lambda value: makers[value[1:]]() if isinstance(value, str) and value.startswith("@") else value


TTOP = {"DDT": "@ddt", "DDF": "@ddf", "RK_VALUE": 0.8, "OUTPUT": "@out"}
FROST = {"DDT": "@ddt", "DDF": "@ddf", "OUTPUT": "@out"}
CLASSIFY = {"TTOP": "@kelvin", "OUTPUT": "@out"}
COLD = {"TTOP": "@cold", "OUTPUT": "@out"}
COMBINED = {"OUTPUT_HTML": "@page"}
ACCURACY = {"MAP": "@map", "REFERENCE": "@map", "OUTPUT": "@out"}
AREAS = {"MAP": "@map"}
RK = {"LANDCOVER": "@map", "TABLE": "esa_cci", "OUTPUT": "@out"}
ALIGN = {"INPUT": "@ddf", "GRID": "@ddt", "OUTPUT": "@out"}

CASES = {
    # Files
    "absent": ("ttop", {**TTOP, "DDF": "@absent"}, "DDF '.*absent.tif' cannot be opened.*check that the file exists"),
    "no raster": ("frostnumber", {**FROST, "DDT": "@text"}, "DDT '.*text.tif' cannot be opened"),
    "empty file": ("classify", {**CLASSIFY, "TTOP": "@empty file"}, "TTOP '.*empty.tif' cannot be opened"),
    "absent map": ("accuracy", {**ACCURACY, "MAP": "@absent"}, "MAP '.*absent.tif' cannot be opened"),
    "no reference": ("accuracy", {"MAP": "@map", "OUTPUT": "@out"}, "REFERENCE is not given"),
    "no report": ("combinereports", {"OUTPUT_HTML": "@page"}, "REPORTS is not given"),
    "absent report": ("combinereports", {**COMBINED, "REPORTS": "@absent"}, "Report '.*' cannot be read"),
    "raster as report": ("combinereports", {**COMBINED, "REPORTS": "@ddt"}, "Report '.*' cannot be read"),
    "foreign page": ("combinereports", {**COMBINED, "REPORTS": "@a file"}, "is no report of Permafrost Mapper"),
    "absent reference": ("accuracy", {**ACCURACY, "REFERENCE": "@absent"}, "REFERENCE '.*' cannot be opened"),
    "absent grid": ("aligntogrid", {**ALIGN, "GRID": "@absent"}, "GRID '.*absent.tif' cannot be opened"),
    "absent zones": ("areastatistics", {**AREAS, "ZONES": "@absent"}, "ZONES '.*absent.tif' cannot be opened"),
    "cut off": ("ttop", {**TTOP, "DDT": "@cut off", "DDF": "@cut off"}, "'cut_off' cannot be read at rows .* cut off"),
    "cut off and warped": ("ttop", {**TTOP, "DDF": "@cut off"}, "'cut_off' cannot be read at rows"),
    "cut off and aligned": (
        "aligntogrid",
        {**ALIGN, "INPUT": "@cut off"},
        "'cut_off' cannot be aligned",
    ),
    # Place
    "no overlap": ("ttop", {**TTOP, "DDF": "@far"}, "'far' .* does not overlap the first input .*check both extents"),
    "wrong crs": ("frostnumber", {**FROST, "DDF": "@metres"}, "'metres' .* does not overlap"),
    "no crs": ("ttop", {**TTOP, "DDF": "@no crs"}, "'no_crs' has no CRS: assign the right CRS"),
    "a site's own crs": ("ttop", {**TTOP, "DDF": "@site"}, "CRS of 'site' cannot be brought .* assign the right CRS"),
    "r_k elsewhere": ("ttop", {**TTOP, "RK_VALUE": None, "RK": "@far"}, "'far' .* does not overlap"),
    "from the south": ("ttop", {**TTOP, "DDT": "@from the south", "DDF": "@ddf"}, "run from south to north .* warp"),
    "align elsewhere": ("aligntogrid", {**ALIGN, "INPUT": "@far"}, "'far' .* does not overlap"),
    "reference elsewhere": ("accuracy", {**ACCURACY, "REFERENCE": "@far"}, "'far' .* does not overlap"),
    "lakes elsewhere": (
        "classify",
        {**COLD, "LAKES": "@lakes elsewhere"},
        "No feature of layer 'lakes_else",
    ),
    "lakes with the wrong crs": ("classify", {**COLD, "LAKES": "@lakes in metres"}, "No feature of layer 'lakes_in_me"),
    "no lake": (
        "classify",
        {**COLD, "GLACIERS": "@no lake"},
        "'no_lake' holds no feature",
    ),
    "mask raster elsewhere": ("classify", {**COLD, "MASK": "@far"}, "'far' .* does not overlap"),
    "map without crs": ("areastatistics", {"MAP": "@map without crs", "ZONES": "@lakes"}, "has no CRS, so 'lakes'"),
    "zones elsewhere": ("areastatistics", {**AREAS, "ZONES": "@lakes elsewhere"}, "No feature of layer"),
    "boreholes elsewhere": (
        "accuracy",
        {**ACCURACY, "REFERENCE": "@boreholes elsewhere", "REFERENCE_FIELD": "state"},
        "No feature of layer 'boreholes_elsewhere' lies on the first input",
    ),
    # Values
    "negative ddf": ("ttop", {**TTOP, "DDF": "@negative"}, "'negative' holds -.*turn the sign"),
    "untagged fill": ("frostnumber", {**FROST, "DDT": "@fill"}, "'fill' holds -9999.*tag the fill value as nodata"),
    "summed from kelvin": ("ttop", {**TTOP, "DDT": "@kelvin sums"}, "'kelvin_sums' holds .*from degC, not from kelvin"),
    "kelvin": ("classify", CLASSIFY, "'kelvin' holds 27.*subtract 273.15"),
    "swapped": (
        "ttop",
        {**TTOP, "DDT": "@ddf", "DDF": "@ddt"},
        "DDT is the layer 'ddf' .* swapped, exchange them",
    ),
    "swapped frost": ("frostnumber", {**FROST, "DDT": "@ddf", "DDF": "@ddt"}, "seem swapped"),
    "r_k in percent": ("ttop", {**TTOP, "RK_VALUE": None, "RK": "@percent"}, "'percent' holds the r_k 80"),
    "r_k out of range": ("ttop", {**TTOP, "RK_VALUE": 80}, "RK_VALUE is 80 and has to be between 0.25 and 2.25"),
    "no r_k": ("ttop", {**TTOP, "RK_VALUE": None}, "No r_k is given: choose an r_k raster for RK or a number"),
    "days": ("ttop", {**TTOP, "DAYS": 0}, "DAYS is 0 and has to be between 1 and 366"),
    "nothing but nodata": ("ttop", {**TTOP, "DDF": "@nothing"}, "'ddt' and 'nothing' have no cell in which both"),
    "nothing frozen": ("frostnumber", {**FROST, "DDT": "@nothing"}, "'nothing' and 'ddf' have no cell in which both"),
    "no ttop": ("classify", {**CLASSIFY, "TTOP": "@nothing", "LAKES": "@lakes"}, "No cell of 'nothing'"),
    "no class": ("areastatistics", {"MAP": "@no class"}, "'no_class' has no cell with a class"),
    "nothing to compare": ("accuracy", {**ACCURACY, "MAP": "@no class"}, "have no cell that can be compared"),
    "classes in thousands": ("areastatistics", {"MAP": "@thousands"}, "'thousands' holds classes outside 0 to 255"),
    "fractions": ("accuracy", {**ACCURACY, "MAP": "@fractions"}, "'fractions' holds the value 0.* give a class map"),
    "finer fractions": ("accuracy", {**ACCURACY, "REFERENCE": "@finer fractions"}, "'finer' holds the value 0.3"),
    "words for classes": ("accuracy", {**ACCURACY, "MAP_PERMAFROST": "yes"}, "MAP_PERMAFROST is 'yes'.*separated by"),
    "no permafrost value": (
        "areastatistics",
        {**AREAS, "MAP_PERMAFROST": "-1"},
        "MAP_PERMAFROST is '-1'.*give those",
    ),
    "empty value": ("accuracy", {**ACCURACY, "REFERENCE_PERMAFROST": ""}, "REFERENCE_PERMAFROST is not given"),
    "no input": ("ttop", {**TTOP, "DDT": None}, "DDT is not given: choose a value"),
    # Fields
    "no field": (
        "accuracy",
        {**ACCURACY, "REFERENCE": "@lakes"},
        "set REFERENCE_FIELD to one of its fields kind,",
    ),
    "another field": (
        "accuracy",
        {**ACCURACY, "REFERENCE": "@lakes", "REFERENCE_FIELD": "class"},
        "'lakes' has no field 'class': set REFERENCE_FIELD to one of kind, name",
    ),
    "another zone field": (
        "areastatistics",
        {**AREAS, "ZONES": "@lakes", "ZONE_FIELD": "district"},
        "'lakes' has no field 'district': set ZONE_FIELD",
    ),
    "empty field": (
        "accuracy",
        {**ACCURACY, "REFERENCE": "@boreholes unknown", "REFERENCE_FIELD": "state"},
        "'state' of 'boreholes_unknown' holds no value to compare",
    ),
    # Tables of r_k
    "text in a number column": ("rkfactor", {**RK, "TABLE": "file", "TABLE_FILE": "@words"}, "Line 3 .*'words.csv'"),
    "no columns": ("rkfactor", {**RK, "TABLE": "file", "TABLE_FILE": "@no columns"}, "needs the columns class and r_k"),
    "percentages": ("rkfactor", {**RK, "TABLE": "file", "TABLE_FILE": "@percentages"}, "it has to be 0.25 to 2.25"),
    "names for classes": (
        "rkfactor",
        {**RK, "TABLE": "file", "TABLE_FILE": "@names"},
        "'names.csv' begins with",
    ),
    "absent table": ("rkfactor", {**RK, "TABLE": "file", "TABLE_FILE": "@absent table"}, "'absent.csv' cannot be read"),
    "no table file": ("rkfactor", {**RK, "TABLE": "file"}, "choose a CSV file for TABLE_FILE"),
    "no matrix": ("rkfactor", {**RK, "TABLE": "matrix"}, "fill TABLE_MATRIX"),
    "a matrix of words": ("rkfactor", {**RK, "TABLE": "matrix", "TABLE_MATRIX": [1, "a"]}, "Line 1 .*TABLE_MATRIX"),
    "another legend": ("rkfactor", RK, "No class of 'map' has an r_k in table 'esa_cci.csv': choose the table of that"),
    "no land cover": ("rkfactor", {**RK, "LANDCOVER": None}, "Give either LANDCOVER, .* or PFT"),
    "land cover twice": ("rkfactor", {**RK, "PFT": ["@percent"]}, "Give either LANDCOVER, .* or PFT"),
    "unknown fractions": ("rkfactor", {"PFT": ["@percent"], "OUTPUT": "@out"}, "None of the PFT layers bears a name"),
    # Outputs
    "no folder": (
        "ttop",
        {**TTOP, "OUTPUT": "@below a file"},
        "a_file/o.tif' cannot be written .*another folder",
    ),
    "no folder to align": ("aligntogrid", {**ALIGN, "OUTPUT": "@below a file"}, "o.tif' cannot be written"),
    "no folder for a table": (
        "accuracy",
        {"MAP": "@map", "REFERENCE": "@map", "TABLE": "@table below a file"},
        "o.csv",
    ),
    "no folder for a report": ("areastatistics", {**AREAS, "OUTPUT_HTML": "@below a file"}, "cannot be written"),
    "another format": (
        "ttop",
        {**TTOP, "OUTPUT": "@picture"},
        "OUTPUT cannot be written, .*another file name",
    ),
    "no folder for the sample": (
        "sampledata",
        {"OUTPUT": "@a file"},
        "a_file/.*cannot be written .*another folder",
    ),
    "years": ("sampledata", {"YEARS": 0, "OUTPUT": "@out"}, "YEARS is 0 and has to be between 1 and 30"),
}


def require_sentence(errors, said):
    """One sentence, in one line, that ends like one and says what it has to."""
    assert len(errors) == 1, errors
    sentence = errors[0]
    assert "Traceback" not in sentence
    assert "\n" not in sentence
    assert re.fullmatch(r"[A-Z'].{20,}\.", sentence), sentence
    assert re.search(said, sentence), sentence


def written(folder):
    """What lies in the folder of the results."""
    return sorted(path.name for path in folder.rglob("*")) if folder.exists() else []


@pytest.mark.parametrize("case", CASES)
def test_bad_input(run, inputs, make_raster, tmp_path, case):
    algorithm, parameters, said = CASES[case]
    if parameters.get("TTOP") == "@cold":
        parameters = {**parameters, "TTOP": make_raster("cold", DEGREES[0] / 1000 - 1.5)}
    parameters = {
        name: [inputs(item) for item in value] if isinstance(value, list) else inputs(value)
        for name, value in parameters.items()
    }
    done = run(algorithm, parameters)
    assert not done.ok
    require_sentence(done.errors, said)
    assert written(tmp_path / "out") == []
    # Neither under the final name nor under a temporary one.
    assert not [path for path in tmp_path.rglob("*") if "partial" in path.name]


# The same through qgis_process ---------------------------------------------------------------------


@pytest.mark.parametrize("case", ["absent", "negative ddf", "no overlap"])
def test_bad_input_headless(qgis_process, inputs, tmp_path, case):
    algorithm, parameters, said = CASES[case]
    done = qgis_process(f"permafrost:{algorithm}", {name: inputs(value) for name, value in parameters.items()})
    assert (done.code, done.results) == (1, {})
    # qgis_process itself says it twice: in the log and as the reason why it ends.
    found = {line for line in (done.stderr + done.stdout).splitlines() if re.search(said, line)}
    assert len(found) == 1, done.stderr + done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert written(tmp_path / "out") == []


def test_a_full_disk_headless(qgis_process, make_raster, tmp_path):
    """No file may grow beyond 2 MB, which is what a full disk looks like."""
    bash = shutil.which("bash")
    program = next(filter(None, map(shutil.which, headless.PROGRAMS)), None)
    if not (bash and program):
        pytest.skip("needs bash and qgis_process")
    env = qgis_process.keywords["env"]
    headless._enable_plugin(env)
    values = np.random.default_rng(1).uniform(0, 2000, (1000, 1000)).astype(np.float32)
    paths = [make_raster(name, values[:: 1 if name == "ddt" else -1], cell=(0.01, -0.01)) for name in ("ddt", "ddf")]
    output = tmp_path / "out" / "ttop.tif"
    words = ["run", "permafrost:ttop", "--", f"DDT={paths[0]}", f"DDF={paths[1]}", "RK_VALUE=0.8", f"OUTPUT={output}"]
    done = subprocess.run(
        [bash, "-c", 'ulimit -f 2048; trap "" XFSZ; exec "$@"', "bash", program, *words],
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert re.search(rf"'{re.escape(str(output))}' cannot be written \(.*make room", done.stdout + done.stderr)
    assert written(tmp_path / "out") == []
    assert Path(paths[0]).exists()
