"""Texts in any encoding are read, or refused by a sentence that names it; formulas in cells stay texts."""

import csv
import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from permafrost_mapper.core.errors import InputError
from permafrost_mapper.core.gst.modelfile import read_model
from permafrost_mapper.core.tabletext import plain_cell, station_name
from permafrost_mapper.core.textfile import BLOCK, read_text, require_utf8, suspected_encoding

WHAT = "Table 'gst.csv'"
CHINESE = "站点,日期,地温\n五道梁,2019-01-01,-1.5\n沱沱河,2019-01-02,-3.25\n安多,2019-01-03,0.5\n"
GERMAN = "station,date,gst\nZürich Flüela,2019-01-01,-1.5\nGrächen,2019-01-02,-3.25\n"
RUSSIAN = "станция,дата,gst\nЯкутск,2019-01-01,-1.5\nВоркута,2019-01-02,-3.25\nЧара,2019-01-03,0\n"

READ = ("utf-8", "utf-8-sig", "utf-16", "utf-32")
REFUSED = [
    (CHINESE, "gbk", "GBK"),
    (CHINESE, "gb18030", "GBK"),
    (CHINESE, "utf-16-le", "UTF-16"),
    (CHINESE, "utf-16-be", "UTF-16"),
    (GERMAN, "utf-16-be", "UTF-16"),
    (GERMAN, "latin-1", "Windows-1252 or Latin-1"),
    (GERMAN, "cp1252", "Windows-1252 or Latin-1"),
    (RUSSIAN, "cp1251", "one byte per character"),
]


@pytest.fixture
def file(tmp_path):
    return tmp_path / "gst.csv"


@pytest.mark.parametrize("text", [CHINESE, GERMAN, RUSSIAN])
@pytest.mark.parametrize("encoding", READ)
def test_unicode_is_read(file, text, encoding):
    file.write_bytes(text.encode(encoding))
    assert read_text(file, WHAT) == text


@pytest.mark.parametrize(("text", "encoding", "named"), REFUSED)
def test_another_encoding_is_named(file, text, encoding, named):
    file.write_bytes(text.encode(encoding))
    for read in (read_text, require_utf8):
        with pytest.raises(InputError, match=rf"^Table 'gst.csv' is not in UTF-8 .*{named}.*save it as UTF-8"):
            read(file, WHAT)


def test_utf16_with_a_mark_is_refused_where_others_read(file):
    file.write_bytes(GERMAN.encode("utf-16"))
    with pytest.raises(InputError, match="seems to be in UTF-16"):
        require_utf8(file, WHAT)


def test_a_nul_is_damage_and_has_a_line(file):
    file.write_bytes(CHINESE.encode().replace(b"01-02", b"01\x0002"))
    for read in (read_text, require_utf8):
        with pytest.raises(InputError, match=r"holds a byte 0 in line 3, .* choose another one"):
            read(file, WHAT)


@pytest.mark.parametrize("before", [0, 1, BLOCK - 2, BLOCK - 1, BLOCK, 3 * BLOCK + 1])
def test_blocks_do_not_cut_characters(file, before):
    text = "é" * 3 + "\n" + "x" * before + "五"
    file.write_bytes(text.encode())
    require_utf8(file, WHAT)
    file.write_bytes(text.encode() + b"\xb5\n")
    with pytest.raises(InputError, match="line 2"):
        require_utf8(file, WHAT)


def test_what_comes_late_in_a_long_file(file):
    file.write_bytes(b"s,2019-01-01,1.5\n" * (BLOCK // 4) + CHINESE.encode("gbk"))
    with pytest.raises(InputError, match=rf"GBK \(line {BLOCK // 4 + 1}\)"):
        require_utf8(file, WHAT)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_text_or_a_sentence(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("bytes") / "a.csv"
    path.write_bytes(content)
    for read in (read_text, require_utf8):
        with suppress(InputError):
            read(path, WHAT)
    assert isinstance(suspected_encoding(content), str)


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1+cmd", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "-"])
def test_a_formula_becomes_a_text(text):
    assert plain_cell(text) == f"'{text}"


@pytest.mark.parametrize("value", ["", "a=b", "-5", "+1.5e3", "-.5", -5, 1.5, None, "Zürich", "'x"])
def test_what_is_none_stays(value):
    assert plain_cell(value) is value


# In QGIS -------------------------------------------------------------------------------------------


@pytest.fixture
def training(file):
    """Return the text of a training table whose stations have Chinese names."""
    rows = ["station,date,gst,terra_day,terra_night"]
    for station, offset in (("五道梁", 0.0), ("沱沱河", 1.0), ("安多", 2.5)):
        for day in range(1, 29):
            gst = offset + day / 4
            rows.append(f"{station},2019-02-{day:02},{gst},{gst + 5 + day % 3},{gst - 5 - day % 2}")
    return "\n".join(rows) + "\n"


PREDICTORS = {"PREDICTORS": ["terra_day", "terra_night"]}


@pytest.mark.parametrize(
    ("encoding", "named"),
    [("gbk", "GBK"), ("utf-16", "UTF-16"), ("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16")],
)
def test_a_table_in_another_encoding_is_one_sentence(run, file, training, tmp_path, encoding, named):
    file.write_bytes(training.encode(encoding))
    done = run("fitgstmodel", {"INPUT": file, **PREDICTORS, "OUTPUT": tmp_path / "model.json"})
    assert not done.ok
    (sentence,) = done.errors
    assert f"is not in UTF-8 and seems to be in {named}" in sentence
    assert "save it as UTF-8" in sentence
    assert not (tmp_path / "model.json").exists()


def test_a_table_in_utf8_with_a_mark_is_read(run, file, training, tmp_path):
    file.write_bytes(training.encode("utf-8-sig"))
    done = run("fitgstmodel", {"INPUT": file, **PREDICTORS, "OUTPUT": tmp_path / "model.json"})
    assert done.ok, done.errors
    assert set(read_model(tmp_path / "model.json").station.stations) == {"五道梁", "沱沱河", "安多"}


def test_a_layer_with_its_encoding_set_in_qgis_is_read(run, file, training, tmp_path):
    from qgis.core import QgsVectorLayer

    file.write_bytes(training.encode("gbk"))
    layer = QgsVectorLayer(str(file), "gst")
    layer.setProviderEncoding("GBK")
    if layer.dataProvider().encoding() != "GBK":
        pytest.skip("GDAL says that the table is in UTF-8")
    done = run("fitgstmodel", {"INPUT": layer, **PREDICTORS, "OUTPUT": tmp_path / "model.json"})
    assert done.ok, done.errors


def test_formulas_in_names_stay_texts_in_our_tables(run, make_raster, tmp_path):
    import numpy as np

    values = np.random.default_rng(1).integers(1, 3, (20, 30)).astype(np.uint8)
    zones = {"type": "FeatureCollection", "features": []}
    for number, name in enumerate(("=cmd|' /C calc'!A0", "-5", "Zürich")):
        west = 80 + number
        ring = [[west, 37], [west + 1, 37], [west + 1, 41], [west, 41], [west, 37]]
        geometry = {"type": "Polygon", "coordinates": [ring]}
        zones["features"].append({"type": "Feature", "properties": {"name": name}, "geometry": geometry})
    (tmp_path / "zones.geojson").write_text(json.dumps(zones), encoding="utf-8")
    given = {"MAP": make_raster("map", values), "ZONES": tmp_path / "zones.geojson", "ZONE_FIELD": "name"}
    done = run("areastatistics", {**given, "TABLE": tmp_path / "areas.csv"})
    assert done.ok, done.errors
    with (tmp_path / "areas.csv").open(encoding="utf-8", newline="") as table:
        first = [row[0] for row in csv.reader(table)]
    assert "'=cmd|' /C calc'!A0" in first
    assert {"-5", "Zürich"} <= set(first)
    assert not any(cell.startswith("=") for cell in first)
    # Read again it is another name, and the same one each time.
    assert station_name("'=cmd") == "'=cmd"
