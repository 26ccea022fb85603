"""The combined report of real files: its first line, its maps, and what is said of simulated data."""

import re

import numpy as np
import pytest
from osgeo import gdal, osr
from permafrost_mapper.core.classes import PERMAFROST_MAP
from permafrost_mapper.core.language import speak
from permafrost_mapper.core.reports.combined import read_chapter
from permafrost_mapper.raster.grid.grid import Grid
from permafrost_mapper.raster.publish.preview import frame_of, map_figure, ramp_figure, round_step
from permafrost_mapper.raster.publish.summary import cell_in_words, summary_of
from permafrost_mapper.raster.read.rasters import RasterSource
from permafrost_mapper.raster.run.blocks import Running
from permafrost_mapper.raster.write.provenance import PERIOD, SIMULATED


def wkt(code):
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(code)
    return reference.ExportToWkt()


WGS84, UTM_44 = wkt(4326), wkt(32644)


def tag(path, **items):
    dataset = gdal.Open(str(path), gdal.GA_Update)
    for name, text in items.items():
        dataset.SetMetadataItem(name, text)


def test_a_map_in_degrees_has_round_coordinates_and_a_scale():
    frame = frame_of(Grid(400, 200, (80.0, 0.01, 0, 40.0, 0, -0.01), WGS84))
    assert [text for _, text in frame.longitudes] == ["80° E", "81° E", "82° E", "83° E", "84° E"]
    np.testing.assert_allclose([share for share, _ in frame.longitudes], [0, 0.25, 0.5, 0.75, 1], atol=1e-9)
    assert [text for _, text in frame.latitudes] == ["38.0° N", "38.5° N", "39.0° N", "39.5° N", "40.0° N"]
    # North is above.
    np.testing.assert_allclose([share for share, _ in frame.latitudes], [1, 0.75, 0.5, 0.25, 0], atol=1e-9)
    length, text = frame.scale
    assert text == "100 km"
    # A degree of longitude at 39 degrees north has 86.6 km.
    assert length == pytest.approx(100 / (4 * 86.63), rel=1e-3)


def test_a_projected_map_has_degrees_at_its_frame():
    # The middle of zone 44 is 81 degrees east.
    frame = frame_of(Grid(300, 200, (350_000.0, 1000, 0, 4_400_000.0, 0, -1000), UTM_44))
    where = {text: share for share, text in frame.longitudes}
    assert where["81° E"] == pytest.approx(0.5, abs=1e-4)
    assert all(text.endswith("° N") for _, text in frame.latitudes)
    assert frame.scale == (pytest.approx(50 / 300), "50 km")


def test_coordinates_across_the_line_of_180_degrees():
    frame = frame_of(Grid(40, 20, (178.0, 0.1, 0, -10.0, 0, -0.1), WGS84))
    assert [text for _, text in frame.longitudes] == ["178° E", "179° E", "180°", "179° W", "178° W"]
    assert frame.latitudes[0][1].endswith("° S")


def test_a_grid_without_a_crs_has_no_degrees():
    frame = frame_of(Grid(40, 20, (0.0, 500, 0, 0.0, 0, -500), ""))
    assert (frame.longitudes, frame.latitudes) == ([], [])
    assert frame.scale == (pytest.approx(0.25), "5 km")


@pytest.mark.parametrize(
    ("value", "below", "above"), [(0.7, 0.5, 1), (1, 1, 1), (130, 100, 200), (99, 50, 100), (2e-3, 2e-3, 2e-3)]
)
def test_round_steps(value, below, above):
    assert round_step(value) == pytest.approx(below)
    assert round_step(value, upwards=True) == pytest.approx(above)


def test_only_classes_that_occur_are_in_the_legend(make_raster):
    source = RasterSource(str(make_raster("map", np.uint8([[1, 1], [2, 1]]), nodata=0)), "map")
    svg = map_figure(source, PERMAFROST_MAP, "Map")
    assert ">Permafrost<" in svg
    assert "Glacier" not in svg


def test_cells_without_a_class_are_white(make_raster, png_of):
    from permafrost_mapper.core.classes import PROBABILITY

    classes = np.full((20, 30), 1, np.uint8)
    classes[:, 15:] = 0
    percent = np.full((20, 30), 80, np.float32)
    within = RasterSource(str(make_raster("map", classes, nodata=0)), "map")
    source = RasterSource(str(make_raster("probability", percent)), "probability")
    whole, part = (png_of(ramp_figure(source, PROBABILITY, "P", mask)) for mask in (None, within))
    assert (whole[3] == 255).all()
    # Cut to the basin and a margin of three cells.
    assert part.shape[2] / part.shape[1] == pytest.approx(18 / 20 * whole.shape[2] / whole.shape[1] * 20 / 30, rel=0.1)
    assert 0 < (part[3] == 0).mean() < 0.3


@pytest.fixture
def png_of():
    """Read the picture of an SVG."""
    import base64

    def read(svg):
        content = base64.b64decode(re.search(r'base64,([^"]+)"', svg).group(1))
        gdal.FileFromMemBuffer("/vsimem/read_by_test.png", content)
        return gdal.Open("/vsimem/read_by_test.png").ReadAsArray()

    yield read
    gdal.Unlink("/vsimem/read_by_test.png")


def test_the_summary_of_a_map(make_raster):
    classes = np.uint8([[1, 1, 2, 2], [1, 3, 4, 0]])
    path = make_raster("map", classes, cell=(0.05, -0.05), nodata=0)
    tag(path, **{PERIOD: "2019-01-01/2019-12-31"})
    found = summary_of(RasterSource(str(path), "map"), None, Running(1))
    assert found.percent == pytest.approx(100 * 3 / 7, abs=0.1)
    assert found.permafrost_km2 == pytest.approx(3 * found.cell_km2, rel=1e-3)
    assert (found.period, found.interval_km2) == ("2019", None)
    assert found.cell == cell_in_words(RasterSource(str(path), "map").grid())
    assert found.cell.startswith("0.05° (5.5")


def test_a_map_of_other_classes_or_of_unknown_size_has_no_summary(make_raster):
    other = RasterSource(str(make_raster("other", np.uint8([[1, 7]]))), "other")
    assert summary_of(other, None, Running(1)) is None


def test_a_map_without_permafrost_has_a_summary(make_raster):
    source = RasterSource(str(make_raster("map", np.uint8([[2, 2], [3, 4]]))), "map")
    assert summary_of(source, None, Running(1)).permafrost_km2 == 0


def test_the_combined_report_of_real_files(run, make_raster, tmp_path):
    classes = np.repeat(np.uint8([[1, 2]]), [10, 10], axis=1).repeat(20, axis=0)
    path, survey = (make_raster(name, classes, cell=(0.05, -0.05), nodata=0) for name in ("map", "survey"))
    tag(path, **{SIMULATED: "LST of nowhere"})
    report, combined = tmp_path / "accuracy.html", tmp_path / "report.html"
    assert run("accuracy", {"MAP": path, "REFERENCE": survey, "OUTPUT_HTML": report}).ok
    done = run("combinereports", {"REPORTS": [str(report)], "MAP": path, "OUTPUT_HTML": combined})
    assert done.ok, done.errors
    html = combined.read_text(encoding="utf-8")
    labels = [label for label, _, _ in read_chapter(html, "report.html").key_figures]
    assert labels[:3] == ["Area of permafrost", "Cohen's kappa", "Cell"]
    # In the report, and in its chapter.
    assert html.count("Simulated data, not observed: LST of nowhere.") == 2


@pytest.mark.parametrize(("title", "heading"), [("Permafrost map", "多年冻土图"), ("Kunlun", "Kunlun")])
def test_the_heading_that_nobody_chose_is_in_the_language_of_the_user(run, make_raster, tmp_path, title, heading):
    path, report, combined = make_raster("map", np.uint8([[1, 2]])), tmp_path / "areas.html", tmp_path / "report.html"
    assert run("areastatistics", {"MAP": path, "OUTPUT_HTML": report}).ok
    speak(lambda text: "多年冻土图" if text == "Permafrost map" else text, "zh-CN")
    try:
        done = run("combinereports", {"REPORTS": [str(report)], "TITLE": title, "OUTPUT_HTML": combined})
    finally:
        speak(str)
    assert done.ok, done.errors
    assert f"<h1>{heading}</h1>" in combined.read_text(encoding="utf-8")
