"""Whatever is wrong with an input: one sentence that names it and the remedy, and nothing half-written."""

import json
import os
import re
import shutil
import subprocess
from datetime import date, timedelta
from pathlib import Path

import headless
import numpy as np
import pytest

pytest.importorskip("qgis.core")
gdal = pytest.importorskip("osgeo.gdal")

from conftest import LABEL
from listings import require_all

DEGREES = np.random.default_rng(1).uniform(500, 2500, (2, 30, 40)).astype(np.float32)
CLASSES = np.random.default_rng(2).integers(1, 3, (30, 40)).astype(np.uint8)
FAR_AWAY = (10.0, 10.0)
SITE = 'LOCAL_CS["site",UNIT["metre",1]]'

FIRST = date(2005, 1, 1)
YEAR = np.round(
    -3
    - 15 * np.cos(2 * np.pi * np.arange(365) / 365)[:, None, None]
    + np.random.default_rng(3).normal(0, 2, (365, 5, 7)),
    2,
)
SHIFTS = {"terra_day": 11, "terra_night": -9, "aqua_day": 13, "aqua_night": -11}

EVERYWHERE = [[79, 41], [85, 41], [85, 36], [79, 36], [79, 41]]
ELSEWHERE = [[x - 60, y] for x, y in EVERYWHERE]


@pytest.fixture(scope="module")
def model():
    """A GST model of all four overpasses, as the text of its document."""
    from permafrost_mapper.core.gst.fit import Fitting, fit_gst_model
    from permafrost_mapper.core.gst.modelfile import to_json
    from permafrost_mapper.core.gst.table import TrainingTable

    gst = np.tile(YEAR[:100, 0, 0], 4)
    lst = gst[:, None] + list(SHIFTS.values()) + np.random.default_rng(4).normal(0, 2, (400, 4))
    days = np.datetime64(FIRST) + np.tile(np.arange(100), 4)
    table = TrainingTable.of(np.repeat(list("abcd"), 100), days, gst, lst, tuple(SHIFTS))
    return to_json(fit_gst_model(table, Fitting(folds=5)).model)


@pytest.fixture
def inputs(make_raster, model, tmp_path):
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

    def table(name, rows=60, **columns):
        """Two stations by day, with GST and LST, unless a column is another one."""
        gst = YEAR[:rows, 0, 0]
        good = {
            "station": ["a", "b"] * (rows // 2),
            "date": [np.datetime64(FIRST) + row // 2 for row in range(rows)],
            "gst": gst,
            **{overpass: np.round(gst + shift, 2) for overpass, shift in SHIFTS.items()},
        }
        whole = {**good, **columns}
        columns = [value if isinstance(value, (list, np.ndarray)) else [value] * rows for value in whole.values()]
        return text(f"{name}.csv", "\n".join(",".join(map(str, line)) for line in [whole, *zip(*columns)]) + "\n")

    def stack(name, values, first=FIRST, corner=(80.0, 38.0), order=None):
        path = make_raster(name, values, corner=corner, cell=(0.01, -0.01))
        dataset = gdal.Open(path, gdal.GA_Update)
        for number, day in enumerate(order or range(len(values)), start=1):
            dataset.GetRasterBand(number).SetDescription(str(first + timedelta(day)))
        return path

    def cut_off_stack():
        path = stack("cut_off_stack", np.random.default_rng(1).normal(0, 9, (365, 40, 50)).astype(np.float32))
        os.truncate(path, os.path.getsize(path) // 2)
        return path

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
        "boreholes": lambda: points("boreholes", [80.5, 39.5], [81.5, 38.5], state=1, magt=-300, note="cold"),
        "warm": lambda: make_raster("warm", DEGREES[0] / 1000),
        "cold": lambda: make_raster("cold", DEGREES[0] / 1000 - 1.5),
        "all classes": lambda: make_raster("all_classes", np.arange(1200, dtype=np.int16).reshape(30, 40)),
        "boreholes elsewhere": lambda: points("boreholes_elsewhere", [20, 39.5], state=1),
        "boreholes unknown": lambda: points("boreholes_unknown", [80.5, 39.5], state=None),
        "words": lambda: text("words.csv", "class,r_k\n1,0.8\n2,wet\n"),
        "no columns": lambda: text("no_columns.csv", "code;ratio\n1;0.8\n"),
        "percentages": lambda: text("percentages.csv", "class,r_k\n1,80\n"),
        "names": lambda: text("names.csv", "class,r_k\nBARE,0.9\n"),
        "numbers": lambda: text("numbers.csv", "class,r_k\n1,0.9\n"),
        "no model": lambda: text("no_model.json", "{}"),
        "absent table": lambda: str(tmp_path / "absent.csv"),
        **{
            overpass: lambda name=overpass, shift=shift: stack(name, YEAR + shift) for overpass, shift in SHIFTS.items()
        },
        "gst": lambda: stack("gst_2005", YEAR),
        "half a year": lambda: stack("half_a_year", YEAR[:180]),
        "december": lambda: stack("december", YEAR[:60], date(2005, 12, 1)),
        "lst of 2007": lambda: stack("lst_of_2007", YEAR, date(2007, 1, 1)),
        "lst elsewhere": lambda: stack("lst_elsewhere", YEAR, corner=(20.0, 38.0)),
        "lst in kelvin": lambda: stack("lst_in_kelvin", YEAR + 273.15),
        "lst without a value": lambda: stack("lst_without_a_value", YEAR * np.nan),
        "without dates": lambda: make_raster("without_dates", YEAR[:3]),
        "out of order": lambda: stack("out_of_order", YEAR[:3], order=(0, 2, 1)),
        "cut off stack": cut_off_stack,
        "stations": lambda: points("stations", [80.005, 37.995], station="a"),
        "one twice": lambda: points("one_twice", [80.005, 37.995], [80.025, 37.995], station="a"),
        "stations elsewhere": lambda: points("stations_elsewhere", [20, 10], station="a"),
        "training": lambda: table("training"),
        "station a": lambda: table("station_a", station="a", date=np.datetime64(FIRST) + np.arange(60)),
        "many observations": lambda: table(
            "many", 364, station="a", date=np.datetime64(FIRST) + np.arange(364), gst=YEAR[:364, 0, 0]
        ),
        "all missing": lambda: table("all_missing", gst=""),
        "all fill": lambda: table("all_fill", gst=3276.6),
        "all text": lambda: table("all_text", gst="frozen"),
        "text lst": lambda: table("text_lst", terra_day="cloud"),
        "fill lst": lambda: table("fill_lst", terra_day=-999),
        "no dates": lambda: table("no_dates", date="2005-02-30"),
        "one day": lambda: table("one_day", date="2005-01-01"),
        "constant": lambda: table("constant", gst=1.5),
        "constant lst": lambda: table("constant_lst", aqua_day=7),
        "gst in kelvin": lambda: table("gst_in_kelvin", gst=YEAR[:60, 0, 0] + 273.15),
        "table in kelvin": lambda: table("table_in_kelvin", terra_night=YEAR[:60, 0, 0] + 264),
        "swapped table": lambda: table("swapped_table", aqua_day=YEAR[:60, 0, 0] - 20),
        "few rows": lambda: table("few_rows", 10),
        "model": lambda: text("model.json", model),
        "model of version 7": lambda: text("version_7.json", model.replace('"version": 1', '"version": 7')),
        "model cut off": lambda: text("cut_off.json", model[: len(model) // 2]),
        "model without a slope": lambda: text("no_slope.json", model.replace('"coefficients"', '"factors"', 1)),
        "other document": lambda: text("other.json", "{}"),
        "absent model": lambda: str(tmp_path / "absent.json"),
        "new model": lambda: str(tmp_path / "out" / "o.json"),
        "new table": lambda: str(tmp_path / "out" / "o.csv"),
        "model below a file": lambda: text("a_file", "") + "/o.json",
        "a file": lambda: text("a_file", ""),
        "out": lambda: str(tmp_path / "out" / "o.tif"),
        "folder": lambda: str(tmp_path / "out"),
        "foreign folder": lambda: str(Path(text("notes.txt", "")).parent),
        "folder below a file": lambda: text("a_file", "") + "/product",
        "zones": lambda: str(tmp_path / "out" / "zones.tif"),
        "points out": lambda: str(tmp_path / "out" / "o.gpkg"),
        "below a file": lambda: text("a_file", "") + "/o.tif",
        "table below a file": lambda: text("a_file", "") + "/o.csv",
        "ttop of 2001": lambda: make_raster("ttop_2001", DEGREES[0] / 1000 - 1.5),
        "ttop of 2002": lambda: make_raster("ttop_2002", DEGREES[1] / 1000 - 1.5),
        "again 2002": lambda: make_raster("again_2002", DEGREES[1] / 1000 - 1.5),
        "kelvin of 2002": lambda: make_raster("kelvin_2002", DEGREES[1] / 1000 + 270),
        "nothing of 2002": lambda: make_raster("nothing_2002", np.full((30, 40), -9999, np.float32), nodata=-9999),
        "two bands": lambda: make_raster("two_bands", DEGREES),
        "ddf of the year": lambda: str(tmp_path / "out" / "ddf.tif"),
        "days of the year": lambda: str(tmp_path / "out" / "days.tif"),
        "page": lambda: str(tmp_path / "out" / "o.html"),
        "picture": lambda: str(tmp_path / "out" / "o.img"),
    }
    return lambda value: makers[value[1:]]() if isinstance(value, str) and value.startswith("@") else value


TTOP = {"DDT": "@ddt", "DDF": "@ddf", "RK_VALUE": 0.8, "OUTPUT": "@out"}
FROST = {"DDT": "@ddt", "DDF": "@ddf", "OUTPUT": "@out"}
PROBABILITY = {"DDT": "@ddt", "DDF": "@ddf", "RK_VALUE": 0.8, "GST_ERROR": 0.7, "OUTPUT": "@out"}
EXPORT = {"MAPS": ["@map"], "TITLE": "A", "AUTHORS": "Doe, Jane", "PERIOD": "2019", "OUTPUT": "@folder"}
CLASSIFY = {"TTOP": "@kelvin", "OUTPUT": "@out"}
COLD = {"TTOP": "@cold", "OUTPUT": "@out"}
COMBINED = {"OUTPUT_HTML": "@page"}
ACCURACY = {"MAP": "@map", "REFERENCE": "@map", "OUTPUT": "@out"}
AREAS = {"MAP": "@map"}
RK = {"LANDCOVER": "@map", "TABLE": "esa_cci", "OUTPUT": "@out"}
CALIBRATE = {"DDT": "@ddt", "DDF": "@ddf", "CLASSES": "@map", "REFERENCE": "@map", "OUTPUT": "@out"}
ACTIVE = {"DDT": "@ddt", "TTOP": "@cold", "OUTPUT": "@out"}
BOREHOLES = {"MAP": "@map", "BOREHOLES": "@boreholes", "PRESENCE": "state", "OUTPUT": "@points out"}
ALIGN = {"INPUT": "@ddf", "GRID": "@ddt", "OUTPUT": "@out"}
FOUR = {overpass.upper(): f"@{overpass}" for overpass in SHIFTS}
SWAPPED = {**FOUR, "TERRA_DAY": "@terra_night", "TERRA_NIGHT": "@terra_day"}
SAMPLE = {"STATIONS": "@stations", "OBSERVATIONS": "@training", **FOUR, "OUTPUT": "@new table"}
FIT = {"INPUT": "@training", "OUTPUT": "@new model", "OUTPUT_HTML": "@page"}
PREDICT = {"GST_MODEL": "@model", **FOUR, "OUTPUT": "@out"}
SUMS = {"GST_MODEL": "@model", **FOUR, "DDT": "@out", "DDF": "@ddf of the year", "VALID_DAYS": "@days of the year"}
SUMS_OF_GST = {"GST": ["@gst"], "DDT": "@out"}

COMPARE = {"MAPS": ["@map"], "REFERENCE": "@map", "OUTPUT": "@out"}
CHANGE = {"TTOP": ["@ttop of 2001", "@ttop of 2002"], "OUTPUT": "@out"}
CHANGE_OF_MAPS = {"MAPS": ["@map", "@map"], "OUTPUT": "@out"}

LAYOUT = {"MAP": "@map", "TITLE": "A map", "PICTURE": "@picture"}
SERIES = {"POINT": "80.005,37.995 [EPSG:4326]", "TERRA_DAY": ["@terra_day"], "OUTPUT_HTML": "@page"}

CASES = {
    # A printed map
    "no paper": ("maplayout", {"MAP": "@map", "TITLE": "A map"}, "No output is requested: give a file name"),
    "printed classes": (
        "maplayout",
        {**LAYOUT, "MAP": "@thousands"},
        "'thousands' holds classes other than 1, 2, 3, 4",
    ),
    "no printed class": ("maplayout", {**LAYOUT, "MAP": "@no class"}, "'no_class' has no cell with a class"),
    "a book of a title": ("maplayout", {**LAYOUT, "TITLE": "word " * 2000}, "title has 10000 characters.*shorten it"),
    "other areas": ("maplayout", {**LAYOUT, "AREAS": "@names"}, "'names' has no column 'area_km2': choose one made by"),
    "probability of elsewhere": ("maplayout", {**LAYOUT, "PROBABILITY": "@far"}, "'far' .* does not overlap"),
    "outline elsewhere": ("maplayout", {**LAYOUT, "BASIN": "@boreholes"}, "'boreholes' holds points, and polygons are"),
    # Series at a point
    "no place": ("seriesatpoint", {**SERIES, "POINT": None}, "POINT is not given"),
    "a place elsewhere": ("seriesatpoint", {**SERIES, "POINT": "10,10 [EPSG:4326]"}, "POINT 10,10 .* lies outside of"),
    "nothing to read": ("seriesatpoint", {**SERIES, "TERRA_DAY": None}, "There is nothing to read: give stacks"),
    "before filling alone": (
        "seriesatpoint",
        {**SERIES, "OBSERVED_AQUA_DAY": ["@aqua_day"]},
        "OBSERVED_AQUA_DAY is given without AQUA_DAY: give both",
    ),
    "gst twice": ("seriesatpoint", {**SERIES, "GST": ["@gst"], "GST_MODEL": "@model"}, "Both GST and GST_MODEL are"),
    "a model without stacks": ("seriesatpoint", {**SERIES, "GST_MODEL": "@model"}, "terra_night.* give"),
    "ttop without years": ("seriesatpoint", {**SERIES, "TTOP": ["@cold"]}, "Band 1 of 'cold' has no year"),
    # Files
    "absent": ("ttop", {**TTOP, "DDF": "@absent"}, "DDF '.*absent.tif' cannot be opened.*check that the file exists"),
    "no raster": ("frostnumber", {**FROST, "DDT": "@text"}, "DDT '.*text.tif' cannot be opened"),
    "empty file": ("classify", {**CLASSIFY, "TTOP": "@empty file"}, "TTOP '.*empty.tif' cannot be opened"),
    "absent map": ("accuracy", {**ACCURACY, "MAP": "@absent"}, "MAP '.*absent.tif' cannot be opened"),
    "no reference": ("accuracy", {"MAP": "@map", "OUTPUT": "@out"}, "REFERENCE is not given"),
    "no report": ("combinereports", {"OUTPUT_HTML": "@page"}, "REPORTS is not given"),
    "absent report": ("combinereports", {**COMBINED, "REPORTS": "@absent"}, "Report '.*' cannot be read"),
    "raster as report": ("combinereports", {**COMBINED, "REPORTS": "@ddt"}, "Report '.*' holds a byte 0"),
    "foreign page": ("combinereports", {**COMBINED, "REPORTS": "@a file"}, "is not a report of Permafrost Mapper"),
    "absent reference": ("accuracy", {**ACCURACY, "REFERENCE": "@absent"}, "REFERENCE '.*' cannot be opened"),
    "absent grid": ("aligntogrid", {**ALIGN, "GRID": "@absent"}, "GRID '.*absent.tif' cannot be opened"),
    "absent zones": ("areastatistics", {**AREAS, "ZONES": "@absent"}, "ZONES '.*absent.tif' cannot be opened"),
    "cut off": (
        "ttop",
        {**TTOP, "DDT": "@cut off", "DDF": "@cut off"},
        "'cut_off' cannot be read at rows .* truncated",
    ),
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
    "a site's own crs": ("ttop", {**TTOP, "DDF": "@site"}, "CRS of 'site' cannot be transformed .* assign the right"),
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
    "mask raster elsewhere": ("classify", {**COLD, "BASIN": "@far"}, "'far' .* does not overlap"),
    "map without crs": ("areastatistics", {"MAP": "@map without crs", "ZONES": "@lakes"}, "has no CRS, so 'lakes'"),
    "zones elsewhere": ("areastatistics", {**AREAS, "ZONES": "@lakes elsewhere"}, "No feature of layer"),
    "boreholes elsewhere": (
        "accuracy",
        {**ACCURACY, "REFERENCE": "@boreholes elsewhere", "REFERENCE_FIELD": "state"},
        "No feature of layer 'boreholes_elsewhere' lies on the first input",
    ),
    # Values
    "negative ddf": ("ttop", {**TTOP, "DDF": "@negative"}, "'negative' holds -.*reverse the sign"),
    "untagged fill": ("frostnumber", {**FROST, "DDT": "@fill"}, "'fill' holds -9999.*tag the fill value as nodata"),
    "summed from kelvin": ("ttop", {**TTOP, "DDT": "@kelvin sums"}, "'kelvin_sums' holds .*in °C, not in kelvin"),
    "kelvin": ("classify", CLASSIFY, "'kelvin' holds 27.*subtract 273.15"),
    "swapped": (
        "ttop",
        {**TTOP, "DDT": "@ddf", "DDF": "@ddt"},
        "DDT is the layer 'ddf' .* swapped, exchange them",
    ),
    "swapped frost": ("frostnumber", {**FROST, "DDT": "@ddf", "DDF": "@ddt"}, "seem to be swapped"),
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
        "MAP_PERMAFROST is '-1'.*choose those",
    ),
    "empty value": ("accuracy", {**ACCURACY, "REFERENCE_PERMAFROST": ""}, "REFERENCE_PERMAFROST is not given"),
    "no input": ("ttop", {**TTOP, "DDT": None}, "DDT is not given: choose a value"),
    # Probability
    "no error of the temperature": (
        "probability",
        {**PROBABILITY, "GST_ERROR": None},
        "No error of the ground surface temperature is given: choose a GST model for GST_MODEL, or a number in K",
    ),
    "probability without r_k": ("probability", {**PROBABILITY, "RK_VALUE": None}, "No r_k is given: choose an r_k"),
    "no GST model": (
        "probability",
        {**PROBABILITY, "GST_ERROR": None, "GST_MODEL": "@no model"},
        "'no_model.json' is not a GST model: choose",
    ),
    "negative error": ("probability", {**PROBABILITY, "GST_ERROR": -1}, "GST_ERROR is -1 and has to be between 0 and"),
    "few members": ("probability", {**PROBABILITY, "MEMBERS": 5}, "MEMBERS is 5 and has to be between 10 and 10000"),
    "probability in percent of r_k": (
        "probability",
        {**PROBABILITY, "RK_VALUE": None, "RK": "@percent"},
        "'percent' holds the r_k 80",
    ),
    "probability swapped": ("probability", {**PROBABILITY, "DDT": "@ddf", "DDF": "@ddt"}, "seem to be swapped"),
    "probability of kelvin": ("probability", {**PROBABILITY, "DDT": "@kelvin sums"}, "in °C, not in kelvin"),
    "probability of nothing": (
        "probability",
        {**PROBABILITY, "DDF": "@nothing", "ZONES": "@zones"},
        "'ddt' and 'nothing' have no cell in which both",
    ),
    # Product
    "no author": ("exportproduct", {**EXPORT, "AUTHORS": ";"}, "No author is named: write 'Family, Given'"),
    "no title": ("exportproduct", {**EXPORT, "TITLE": ""}, "TITLE is not given: choose a value for 'Title'"),
    "no period": (
        "exportproduct",
        {**EXPORT, "PERIOD": "always"},
        "Period 'always' is not understood: write one year, two years as",
    ),
    "no license": (
        "exportproduct",
        {**EXPORT, "LICENSE": "CC BY"},
        "License 'CC BY' is not understood: write its SPDX identifier",
    ),
    "no such crs": ("exportproduct", {**EXPORT, "CRS": "EPSG:99999999"}, "CRS is not known to QGIS: write it as"),
    "the other side of the Earth": (
        "exportproduct",
        {**EXPORT, "CRS": "PROJ:+proj=ortho +lat_0=-38 +lon_0=-97 +type=crs"},
        "'map' cannot be warped to the CRS of the product",
    ),
    "foreign folder": (
        "exportproduct",
        {**EXPORT, "OUTPUT": "@foreign folder"},
        "holds 'map.tif', which no export has written: choose an empty or a new folder",
    ),
    "folder below a file": (
        "exportproduct",
        {**EXPORT, "OUTPUT": "@folder below a file"},
        "product' cannot be written .*choose another folder",
    ),
    "product without crs": (
        "exportproduct",
        {**EXPORT, "MAPS": ["@map without crs"]},
        "'map_without_crs' has no CRS, without which the product could not be used: assign",
    ),
    "product of fractions": ("exportproduct", {**EXPORT, "MAPS": ["@fractions"]}, "'fractions' holds the value 0"),
    "product of thousands": ("exportproduct", {**EXPORT, "MAPS": ["@thousands"]}, "holds the class [12]000, which is"),
    "probability elsewhere": (
        "exportproduct",
        {**EXPORT, "PROBABILITY": "@far"},
        "'far' .* does not overlap the first input",
    ),
    "other nothing": ("exportproduct", {**EXPORT, "OTHERS": ["@nothing"]}, "No cell of 'nothing' has a value on the"),
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
    "unknown fractions": ("rkfactor", {"PFT": ["@percent"], "OUTPUT": "@out"}, "No PFT layer has a name"),
    # Calibration of r_k
    "swapped to calibrate": ("calibraterk", {**CALIBRATE, "DDT": "@ddf", "DDF": "@ddt"}, "seem to be swapped"),
    "calibrate negative": ("calibraterk", {**CALIBRATE, "DDF": "@negative"}, "'negative' holds -.*reverse the sign"),
    "survey elsewhere": ("calibraterk", {**CALIBRATE, "REFERENCE": "@far"}, "'far' .* does not overlap"),
    "survey of fractions": ("calibraterk", {**CALIBRATE, "REFERENCE": "@fractions"}, "'fractions' holds the value 0"),
    "classes of fractions": ("calibraterk", {**CALIBRATE, "CLASSES": "@fractions"}, "'fractions' holds the value 0"),
    "too many classes": ("calibraterk", {**CALIBRATE, "CLASSES": "@all classes"}, "'all_classes' holds 1200 classes"),
    "no survey": ("calibraterk", {**CALIBRATE, "REFERENCE": "@no class"}, "'no_class' have no cell in which all hold"),
    "no contrast": (
        "calibraterk",
        {**CALIBRATE, "PERMAFROST_VALUE": "7", "BLOCK_SIZE": 5},
        "None of the 1200 usable cells .* is permafrost, .*check PERMAFROST_VALUE",
    ),
    "words for the survey": ("calibraterk", {**CALIBRATE, "PERMAFROST_VALUE": "yes"}, "PERMAFROST_VALUE is 'yes'"),
    "few blocks": (
        "calibraterk",
        {**CALIBRATE, "BLOCK_SIZE": 30},
        "lies in 2 blocks, too few for 5 folds .*smaller blocks",
    ),
    "one part": ("calibraterk", {**CALIBRATE, "HOLDOUT": 1}, "HOLDOUT is 1 and has to be between 2 and 100"),
    "no range of r_k": ("calibraterk", {**CALIBRATE, "RK_MIN": 1, "RK_MAX": 0.5}, "RK_MIN is 1 and RK_MAX is 0.5"),
    "no folder to calibrate": (
        "calibraterk",
        {**CALIBRATE, "BLOCK_SIZE": 5, "OUTPUT": "@below a file"},
        "o.tif' cannot be written",
    ),
    # Active layer
    "active layer in kelvin": ("activelayer", {**ACTIVE, "TTOP": "@kelvin"}, "'kelvin' holds 27.*subtract 273.15"),
    "active layer of negative sums": ("activelayer", {**ACTIVE, "DDT": "@negative"}, "'negative' holds -"),
    "no permafrost": ("activelayer", {**ACTIVE, "TTOP": "@warm"}, "No cell of 'ddt' and 'warm' has both"),
    "nothing melts": (
        "activelayer",
        {**ACTIVE, "METHOD": "stefan", "WATER": 0.1, "UNFROZEN_WATER": 0.1},
        "UNFROZEN_WATER is 0.1 and WATER is 0.1, so there is no ice to melt",
    ),
    # Boreholes
    "neither map nor ttop": ("boreholes", {**BOREHOLES, "MAP": None}, "Neither TTOP nor MAP is given"),
    "no borehole layer": ("boreholes", {**BOREHOLES, "BOREHOLES": None}, "BOREHOLES is not given: choose"),
    "nothing observed": (
        "boreholes",
        {**BOREHOLES, "PRESENCE": None},
        "Neither MAGT nor PRESENCE .*: state, magt",
    ),
    "no such field": ("boreholes", {**BOREHOLES, "MAGT": "temperature"}, "no field 'temperature': set MAGT to one of"),
    "text for a temperature": (
        "boreholes",
        {**BOREHOLES, "MAGT": "note"},
        "Field 'note' holds 'cold', which is not a number",
    ),
    "impossible temperature of a borehole": (
        "boreholes",
        {**BOREHOLES, "MAGT": "magt"},
        "Field 'magt' of 'boreholes' has 2 of 2 values outside -95 to 85 °C, for example -300 in row 1",
    ),
    "points off the map": ("boreholes", {**BOREHOLES, "BOREHOLES": "@boreholes elsewhere"}, "No feature of layer"),
    "points that say nothing": (
        "boreholes",
        {**BOREHOLES, "BOREHOLES": "@boreholes unknown"},
        "None of the 1 points of 'boreholes_unknown' has an observation in a cell with a value",
    ),
    "ttop in kelvin at boreholes": (
        "boreholes",
        {**BOREHOLES, "MAP": None, "TTOP": "@kelvin"},
        "'kelvin' holds 27.*subtract 273.15",
    ),
    # Several maps
    "no rule": ("comparemaps", {**COMPARE, "RULES": "cold"}, "RULES holds the rule 'cold', .* write '<= 0'"),
    "too many rules": ("comparemaps", {**COMPARE, "RULES": "<= 0; == 1"}, "2 rules for 1 map: give one rule for all"),
    "no rule of the reference": (
        "comparemaps",
        {**COMPARE, "REFERENCE_RULE": "1;2"},
        "holds 2 rules for 1 map: give one rule for all",
    ),
    "a map elsewhere": ("comparemaps", {**COMPARE, "MAPS": ["@map", "@far"]}, "'far' .* does not overlap"),
    "all dropped": ("comparemaps", {**COMPARE, "RULES": "== 1 drop 1 2"}, "MAPS and 'map' have no cell .* rules drop"),
    "a mask elsewhere": ("comparemaps", {**COMPARE, "EXCLUDE": "@lakes elsewhere"}, "No feature of layer 'lakes_else"),
    "no map to compare": ("comparemaps", {**COMPARE, "MAPS": []}, "MAPS is not given: choose a value"),
    # Years
    "degree days of other years": ("ttop", {**TTOP, "DDT": "@two bands"}, "'two_bands' has 2 bands and 'ddf' has 1"),
    "neither ttop nor maps": ("change", {"OUTPUT": "@out"}, "Neither TTOP nor MAPS is given: choose"),
    "ttop and maps": ("change", {**CHANGE, **CHANGE_OF_MAPS}, "Both TTOP and MAPS are given: choose"),
    "one map": ("change", {**CHANGE_OF_MAPS, "MAPS": ["@map"]}, "MAPS holds only 'map', .* add another"),
    "glaciers of maps": ("change", {**CHANGE_OF_MAPS, "LAKES": "@lakes"}, "MAPS is given with .*: leave out LAKES"),
    "labels": ("change", {**CHANGE_OF_MAPS, "PERIODS": "then, now, soon"}, "has 3 labels for 2 maps: give one"),
    "other classes": (
        "change",
        {**CHANGE_OF_MAPS, "MAPS": ["@map", "@thousands"]},
        "'thousands' holds the class .*000",
    ),
    "no common class": ("change", {**CHANGE_OF_MAPS, "MAPS": ["@map", "@no class"]}, "No cell has a class in all of"),
    "years are not told": ("change", {**CHANGE, "TTOP": ["@two bands"]}, "Band 1 of 'two_bands' .* set START_YEAR"),
    "a year twice": (
        "change",
        {**CHANGE, "TTOP": ["@ttop of 2002", "@again 2002"]},
        "2002 is in 'ttop_2002' and again",
    ),
    "one year": ("change", {**CHANGE, "TTOP": ["@ttop of 2001"]}, "Only one year is given"),
    "one window": ("change", {**CHANGE, "PERIODS": "2001-2002"}, "windows of years are '2001-2002', and two or more"),
    "other years": (
        "change",
        {**CHANGE, "PERIODS": "1981, 2002"},
        "window 1981, only for years from 2001 to 2002: choose",
    ),
    "years in kelvin": ("change", {**CHANGE, "TTOP": ["@ttop of 2001", "@kelvin of 2002"]}, "'kelvin_2002' holds 27"),
    "an empty year": ("change", {**CHANGE, "TTOP": ["@ttop of 2001", "@nothing of 2002"]}, "No cell has a TTOP in all"),
    "too few years": ("change", {**CHANGE, "TREND": "@zones"}, "No cell has 8 years .* 2 years are given: lower"),
    # Stations
    "no lst": ("samplelst", {**SAMPLE, **dict.fromkeys(FOUR)}, "No LST stack is given: choose one for TERRA_DAY"),
    "no stations": ("samplelst", {**SAMPLE, "STATIONS": "@absent"}, "STATIONS '.*absent.tif' cannot be opened"),
    "stations elsewhere": (
        "samplelst",
        {**SAMPLE, "STATIONS": "@stations elsewhere"},
        "No feature of layer 'stations_elsewhere' lies on '(terra|aqua)_.*check both CRSs",
    ),
    "a station twice": (
        "samplelst",
        {**SAMPLE, "STATIONS": "@one twice"},
        "'one_twice' has the station 'a' more than once: give each station a name",
    ),
    "other stations": (
        "samplelst",
        {**SAMPLE, "STATIONS": "@boreholes", "STATION_FIELD": "state"},
        "Field 'state' of 'boreholes' has the station '1' more than once",
    ),
    "observed in kelvin": (
        "samplelst",
        {**SAMPLE, "OBSERVATIONS": "@gst in kelvin"},
        "Column 'gst' of table 'gst_in_kelvin' has .* values outside .* subtract 273.15",
    ),
    "observations without a value": (
        "samplelst",
        {**SAMPLE, "OBSERVATIONS": "@all missing"},
        "'all_missing' has no row",
    ),
    "observed fill": (
        "samplelst",
        {**SAMPLE, "OBSERVATIONS": "@all fill"},
        "'all_fill' has no row.*fill value.*3276.6",
    ),
    "observed words": (
        "samplelst",
        {**SAMPLE, "OBSERVATIONS": "@all text"},
        "'all_text' has no row.*'frozen'.*numbers",
    ),
    "impossible dates": ("samplelst", {**SAMPLE, "OBSERVATIONS": "@no dates"}, "'no_dates' has no row.*YYYY-MM-DD"),
    "repeated station-days": (
        "samplelst",
        {**SAMPLE, "OBSERVATIONS": "@one day"},
        "'one_day' has no row.*repeated with different values.*average",
    ),
    "sampled in kelvin": (
        "samplelst",
        {**SAMPLE, "AQUA_DAY": "@lst in kelvin"},
        "'lst_in_kelvin' has the median 2.*kelvin",
    ),
    "sampled and swapped": ("samplelst", {**SAMPLE, **SWAPPED}, "'terra_day' is colder than 'terra_night'.*exchange"),
    "sampled where nothing is": (
        "samplelst",
        {**SAMPLE, **dict.fromkeys(FOUR), "TERRA_DAY": "@lst without a value", "OBSERVATIONS": "@station a"},
        "'station_a' has no row.*no overpass has a value there.*fill the gaps first",
    ),
    "sampled without dates": (
        "samplelst",
        {**SAMPLE, "TERRA_DAY": "@without dates"},
        "'without_dates' have no dates: .*set START_DATE",
    ),
    "sampled out of order": ("samplelst", {**SAMPLE, "TERRA_DAY": "@out of order"}, "Band 3 of 'out_of_order'.*order"),
    "sampled on other days": (
        "samplelst",
        {**SAMPLE, "AQUA_DAY": "@lst of 2007"},
        "AQUA_DAY, from 2007-01-01 to 2007-12-31, has no day in common with TERRA_DAY, TERRA_NIGHT, from 2005-01-01",
    ),
    "sampled elsewhere": (
        "samplelst",
        {**SAMPLE, "AQUA_DAY": "@lst elsewhere"},
        "No feature of layer 'stations' lies on 'lst_elsewhere' .*check both CRSs",
    ),
    "sampled from a text": ("samplelst", {**SAMPLE, "AQUA_DAY": "@text"}, "AQUA_DAY '.*text.tif' cannot be opened"),
    "sampled from half a file": (
        "samplelst",
        {**SAMPLE, "AQUA_DAY": "@cut off stack"},
        "'.*cut_off_stack.*' cannot be",
    ),
    "no folder for the training table": (
        "samplelst",
        {**SAMPLE, "OUTPUT": "@table below a file"},
        "o.csv' cannot be written .*choose another folder",
    ),
    # The GST model
    "no table": ("fitgstmodel", {**FIT, "INPUT": "@absent table"}, "INPUT '.*absent.csv' cannot be opened"),
    "no gst": ("fitgstmodel", {**FIT, "TARGET": "soil"}, "'training' has no column 'soil': it has station, date, gst"),
    "no predictor": ("fitgstmodel", {**FIT, "PREDICTORS": "lst"}, "'training' has no column 'lst': it has station"),
    "fitted in kelvin": (
        "fitgstmodel",
        {**FIT, "INPUT": "@table in kelvin"},
        "'terra_night' of table .*in kelvin.*choose kelvin",
    ),
    "gst fitted in kelvin": ("fitgstmodel", {**FIT, "INPUT": "@gst in kelvin"}, "'gst' of table .*in kelvin"),
    "fitted and swapped": ("fitgstmodel", {**FIT, "INPUT": "@swapped table"}, "'aqua_day' is colder than 'aqua_night'"),
    "one station": (
        "fitgstmodel",
        {**FIT, "INPUT": "@station a"},
        "Only station 'a' has rows with all of .*: give at least two stations",
    ),
    "all rows missing": ("fitgstmodel", {**FIT, "INPUT": "@all missing"}, "'all_missing' has no row.*'gst' is missing"),
    "all rows fill": ("fitgstmodel", {**FIT, "INPUT": "@all fill"}, "'all_fill' has no row.*fill value.*3276.6"),
    "all rows text": ("fitgstmodel", {**FIT, "INPUT": "@all text"}, "'all_text' has no row.*'frozen'.*decimal point"),
    "text for lst": (
        "fitgstmodel",
        {**FIT, "INPUT": "@text lst"},
        "'terra_day' .*no usable number, for example 'cloud'",
    ),
    "fill for lst": ("fitgstmodel", {**FIT, "INPUT": "@fill lst"}, "'terra_day' .*no usable number, for example '-999"),
    "contradicting rows": (
        "fitgstmodel",
        {**FIT, "INPUT": "@one day"},
        "'one_day' has no row.*repeated with different values",
    ),
    "constant gst": ("fitgstmodel", {**FIT, "INPUT": "@constant"}, "GST is 1.5 in every row: "),
    "constant lst": ("fitgstmodel", {**FIT, "INPUT": "@constant lst"}, "Predictor aqua_day is 7 in every row: choose"),
    "few rows": ("fitgstmodel", {**FIT, "INPUT": "@few rows"}, "10 rows"),
    "no folder for a model": ("fitgstmodel", {**FIT, "OUTPUT": "@model below a file"}, "o.json' cannot be written"),
    "no folder for the model's report": ("fitgstmodel", {**FIT, "OUTPUT_HTML": "@below a file"}, "cannot be written"),
    # Stacks and a model
    **{
        f"{algorithm}: {case}": (algorithm, {**parameters, **changed}, said)
        for algorithm, parameters in (("predictgst", PREDICT), ("degreedays", SUMS))
        for case, changed, said in (
            ("absent model", {"GST_MODEL": "@absent model"}, "'.*absent.json' cannot be (read|opened)"),
            (
                "cut off model",
                {"GST_MODEL": "@model cut off"},
                "'cut_off.json' is not a JSON document .*fit the model again",
            ),
            (
                "other version",
                {"GST_MODEL": "@model of version 7"},
                "'version_7.json' is of version 7, .*reads version 1",
            ),
            ("other document", {"GST_MODEL": "@other document"}, "'other.json' is not a GST model: choose"),
            ("broken model", {"GST_MODEL": "@model without a slope"}, "'no_slope.json' has no equations.*coefficients"),
            ("raster as model", {"GST_MODEL": "@gst"}, "GST_MODEL '.*gst_2005.tif' does not end in '.json'"),
            ("absent predictor", {"AQUA_DAY": None, "TERRA_DAY": None}, "terra_day, aqua_day is not given"),
            ("kelvin", {"AQUA_DAY": "@lst in kelvin"}, "'lst_in_kelvin' has the median 2.* kelvin .*subtract 273.15"),
            ("swapped", SWAPPED, "'terra_day' is colder than 'terra_night' by 20 K .*exchange them"),
            ("elsewhere", {"AQUA_DAY": "@lst elsewhere"}, "'lst_elsewhere' .* does not overlap .*check both extents"),
            (
                "other days",
                {"AQUA_DAY": "@lst of 2007"},
                "AQUA_DAY, from 2007-01-01 .* has no day in common with TERRA",
            ),
            ("out of order", {"AQUA_DAY": "@out of order"}, "Band 3 of 'out_of_order' is of 2005-01-02 and follows"),
            ("a day twice", {"AQUA_DAY": ["@aqua_day", "@december"]}, "'aqua_day' reaches to .* 'december' begins on"),
            ("without dates", {"AQUA_DAY": "@without dates"}, "'without_dates' have no dates: .*START_DATE"),
            ("no raster", {"AQUA_DAY": "@text"}, "AQUA_DAY '.*text.tif' cannot be opened"),
            ("absent stack", {"AQUA_DAY": "@absent"}, "AQUA_DAY '.*absent.tif' cannot be opened"),
            ("cut off", {"AQUA_DAY": "@cut off stack"}, "'.*cut_off_stack.*' cannot be"),
            (
                "all nodata",
                dict.fromkeys(FOUR, "@lst without a value"),
                "No cell of 'lst_without_a_value' .*fill the gaps",
            ),
        )
    },
    "no folder for gst": ("predictgst", {**PREDICT, "OUTPUT": "@below a file"}, "o.tif' cannot be written"),
    "no folder for sums": ("degreedays", {**SUMS, "VALID_DAYS": "@below a file"}, "o.tif' cannot be written"),
    "gst in kelvin": (
        "degreedays",
        {**SUMS_OF_GST, "GST": ["@lst in kelvin"]},
        "'lst_in_kelvin' has the median 2.*kelvin",
    ),
    "half a year": (
        "degreedays",
        {**SUMS_OF_GST, "GST": ["@half a year"]},
        "from 2005-01-01 to .*covers no whole year",
    ),
    "gst out of order": ("degreedays", {**SUMS_OF_GST, "GST": ["@out of order"]}, "Band 3 of 'out_of_order'"),
    "gst days twice": (
        "degreedays",
        {**SUMS_OF_GST, "GST": ["@gst", "@december"]},
        "'gst_2005' reaches .*each day once",
    ),
    "gst all nodata": (
        "degreedays",
        {**SUMS_OF_GST, "GST": ["@lst without a value"]},
        "No cell of .*require fewer valid days per month",
    ),
    "gst elsewhere": (
        "degreedays",
        {**SUMS_OF_GST, "GST": ["@lst elsewhere", "@lst of 2007"]},
        "'lst_of_2007' .* does not overlap",
    ),
    "month": ("degreedays", {**SUMS_OF_GST, "YEAR_START": 13}, "YEAR_START is 13 and has to be between 1 and 12"),
    "variance of no model": (
        "degreedays",
        {**SUMS_OF_GST, "RESIDUAL_VARIANCE": True},
        "RESIDUAL_VARIANCE is on with GST stacks.*: switch it off",
    ),
    "neither": ("degreedays", {"DDT": "@out"}, "Neither GST nor GST_MODEL is given: choose"),
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
        "a_file' cannot be written .*choose the name of a folder",
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


IN_OTHER_FILES = {
    "buildlststack": "test_buildlststack.py::test_bad_input_is_refused_with_one_sentence",
    "filllstgaps": "test_filling.py::test_bad_input_is_refused_with_one_sentence",
    "fitvariogram": "test_filling.py::test_fitvariogram_by_moments_and_what_it_refuses",
    "assessgapfilling": "test_filling.py::test_bad_input_is_refused_with_one_sentence",
}


def test_each_algorithm_has_bad_inputs_here():
    require_all({algorithm for algorithm, _, _ in CASES.values()}, IN_OTHER_FILES, "CASES in test_bad_input.py")


@pytest.mark.parametrize("case", CASES)
def test_bad_input(run, inputs, tmp_path, case):
    algorithm, parameters, said = CASES[case]
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


@pytest.mark.parametrize(
    "case", ["absent", "negative ddf", "no overlap", "degreedays: other days", "predictgst: no raster"]
)
def test_bad_input_headless(qgis_process, inputs, tmp_path, case):
    algorithm, parameters, said = CASES[case]
    done = qgis_process(f"permafrost:{algorithm}", {name: inputs(value) for name, value in parameters.items()})
    assert (done.code, done.results) == (1, {})
    # qgis_process itself says it twice: in the log and as the reason why it ends.
    found = {line for line in (done.stderr + done.stdout).splitlines() if re.search(said, LABEL.sub("", line))}
    assert len(found) == 1, done.stderr + done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert written(tmp_path / "out") == []


@pytest.fixture
def large(inputs, make_raster, model, tmp_path):
    """Inputs of an algorithm, the output that is larger than the disk, its file, and the room on the disk, kB."""
    random = np.random.default_rng(1)

    def large(algorithm):
        if algorithm == "ttop":
            values = random.uniform(0, 2000, (2, 1000, 1000)).astype(np.float32)
            sums = {name: make_raster(name, v, cell=(0.01, -0.01)) for name, v in zip(("DDT", "DDF"), values)}
            return {**sums, "RK_VALUE": 0.8}, "OUTPUT", "o.tif", 2048
        if algorithm == "samplelst":
            table = {"STATIONS": inputs("@stations"), "OBSERVATIONS": inputs("@many observations")}
            return {**table, "TERRA_DAY": inputs("@terra_day")}, "OUTPUT", "o.csv", 8
        if algorithm == "predictgst":
            days = random.normal(0, 9, (20, 300, 300)).astype(np.float32)
            stacks = {name.upper(): make_raster(name, days + shift) for name, shift in SHIFTS.items()}
            (tmp_path / "model.json").write_text(model)
            return {"GST_MODEL": tmp_path / "model.json", "START_DATE": FIRST, **stacks}, "OUTPUT", "o.tif", 2048
        days = random.integers(-10, 10, (365, 250, 250)).astype(np.int16)
        return {"GST": make_raster("gst", days), "START_DATE": FIRST}, "DDT", "o.tif", 64

    return large


@pytest.mark.parametrize("algorithm", ["ttop", "samplelst", "predictgst", "degreedays"])
def test_a_full_disk_headless(qgis_process, large, tmp_path, algorithm):
    """No file may grow beyond a limit, which is what a full disk looks like."""
    bash = shutil.which("bash")
    program = next(filter(None, map(shutil.which, headless.PROGRAMS)), None)
    if not (bash and program):
        pytest.skip("needs bash and qgis_process")
    env = qgis_process.keywords["env"]
    headless._enable_plugin(env)
    parameters, name, file, room = large(algorithm)
    inputs = sorted(tmp_path.iterdir())
    output = tmp_path / "out" / file
    words = ["run", f"permafrost:{algorithm}", "--"]
    words += [f"{key}={value}" for key, value in {**parameters, name: output}.items()]
    done = subprocess.run(
        [bash, "-c", f'ulimit -f {room}; trap "" XFSZ; exec "$@"', "bash", program, *words],
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 1, done.stdout + done.stderr
    # Degree days keep finished windows beside the output, and fail at the first.
    place = output.parent if algorithm == "degreedays" else output
    assert re.search(rf"'{re.escape(str(place))}[^']*' cannot be written \(.*make room", done.stdout + done.stderr)
    assert "Traceback" not in done.stdout + done.stderr
    assert not [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert all(path.exists() for path in inputs)


@pytest.mark.parametrize("method", ["dominant", "fraction"])
def test_the_table_of_another_map_is_refused(run, tmp_path, method):
    from permafrost_mapper.core.about import RESOURCES

    landcover = tmp_path / "landcover.tif"
    landcover.write_bytes((RESOURCES / "sample" / "landcover_igbp.tif").read_bytes())
    given = {"LANDCOVER": landcover, "METHOD": method, "OUTPUT": tmp_path / "rk.tif"}
    refused = run("rkfactor", {**given, "TABLE": "esa_cci"})
    assert not refused.ok
    (sentence,) = refused.errors
    assert "Table 'esa_cci.csv' has no r_k for " in sentence
    assert "choose the table modis_igbp," in sentence
    assert not list(tmp_path.glob("*rk*"))
    assert run("rkfactor", {**given, "TABLE": "modis_igbp"}).ok


def test_a_map_of_water_has_the_right_table(run, make_raster, tmp_path):
    """As the tiles of ESA CCI at sea: 210 is water, and it was said that the table is that of another map."""
    sea = make_raster("sea", np.full((6, 8), 210, np.uint8))
    refused = run("rkfactor", {"LANDCOVER": sea, "TABLE": "esa_cci", "OUTPUT": tmp_path / "rk.tif"})
    assert refused.errors == [
        "No class of 'sea' has an r_k in table 'esa_cci.csv', in which water and ice have none: choose a map with "
        "land, or the table of that map."
    ]
