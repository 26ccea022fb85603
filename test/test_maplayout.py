"""Printed maps: their areas and intervals, where everything stands, and sheets of whatever maps and texts."""

import math
import re
import subprocess

import numpy as np
import pytest
from permafrost_mapper.core.classes import GLACIER, LAKE, PERMAFROST_MAP
from permafrost_mapper.core.errors import InputError
from permafrost_mapper.core.publish.maplayout import AreaLine, PrintedMap, read_area_lines
from permafrost_mapper.core.publish.sheet import PAPERS, Paper, arrange, round_step
from permafrost_mapper.core.reports.maplayout import areas_note, printed_areas

gdal = pytest.importorskip("osgeo.gdal")

MAP = np.random.default_rng(1).integers(1, 5, (20, 30)).astype(np.uint8)
BOUNDS = (80.0, 38.0, 83.0, 40.0)


# Areas ----------------------------------------------------------------------------------------------


def test_table_of_areas():
    lines = (AreaLine(1, 22_063.4, 20.14, 9082.6, 28_755.5), AreaLine(4, 24.72, 0.226))
    found = PrintedMap(lines, BOUNDS, has_probable=True)
    narrow = "\u202f"
    assert printed_areas(found) == [
        ["Class", "Area [km²]", "Share [%]", "Interval [km²]"],
        ["Permafrost", f"22{narrow}063", "20.1", f"9083 – 28{narrow}756"],
        ["Lake", "24.7", "0.2", ""],
    ]
    assert "at least 95 % and of at least 5 %" in areas_note(found)
    assert found.permafrost_km2 == 22_063.4
    assert [entry.value for entry in found.classes] == [1, 4]
    plain = PrintedMap(lines[1:], BOUNDS)
    assert printed_areas(plain)[0] == ["Class", "Area [km²]", "Share [%]"]
    assert areas_note(plain) == "Areas on the ellipsoid."
    assert plain.permafrost_km2 == 0


def test_areas_of_a_table():
    fields = {
        "district": ("north", "whole map", "whole map"),
        "class": ("1", "2", "1"),
        "area_km2": ("5", "300", "100"),
        "low_km2": (None, None, 90),
        "high_km2": ("", "", "120.5"),
    }
    lines = read_area_lines(fields, "areas")
    assert [(line.value, line.km2, line.percent) for line in lines] == [(1, 100, 25), (2, 300, 75)]
    assert (lines[0].low_km2, lines[0].high_km2) == (90, 120.5)
    assert math.isnan(lines[1].low_km2)
    without_districts = read_area_lines({"class": (3,), "area_km2": (2.5,)}, "areas")
    assert without_districts == (without_districts[0],)
    assert (without_districts[0].value, without_districts[0].percent) == (3, 100)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"class": (1,)}, "'areas' has no column 'area_km2'"),
        ({"class": (7,), "area_km2": (1,)}, "'areas' has the class 7 where each of 1, 2, 3, 4 occurs at most once"),
        ({"class": (1, 1), "area_km2": (1, 2)}, "'areas' has the class 1 where"),
        ({"class": (1,), "area_km2": ("wet",)}, "'areas' has 'wet' in column area_km2"),
        ({"class": (1,), "area_km2": (-1,)}, "'areas' has '-1' in column area_km2"),
        ({"class": (1,), "area_km2": (1,), "district": ("north",)}, "no area of the district 'whole map'"),
    ],
)
def test_tables_without_areas(fields, said):
    with pytest.raises(InputError, match=said):
        read_area_lines(fields, "areas")


def test_the_job_sums_areas_and_the_interval(make_raster):
    from permafrost_mapper.raster.publish.maplayout import LayoutJob, run_maplayout
    from permafrost_mapper.raster.read.classes import ClassSource
    from permafrost_mapper.raster.read.rasters import RasterSource
    from permafrost_mapper.raster.run.blocks import Running

    place = {"corner": (5e5, 4e6), "cell": (2000.0, -500.0), "crs": None}
    classes = np.zeros((10, 12), np.uint8)
    classes[2:5, 3:9] = 2
    classes[2, 3:6] = 1
    classes[4, 8] = 3
    percent = np.full(classes.shape, 50, np.float32)
    percent[2, 3:5] = 95
    percent[3, 3:9] = 4.9
    # A permafrost cell without a probability counts as certain, and glaciers do not count.
    percent[2, 5] = np.nan
    percent[4, 8] = 100
    source = ClassSource(make_raster("map", classes, nodata=0, **place), "map")
    probability = RasterSource(make_raster("probability", percent, **place), "probability")
    found = run_maplayout(LayoutJob(source, probability), Running(1))
    assert [(line.value, line.km2) for line in found.lines] == [(1, 3), (2, 14), (3, 1)]
    assert (found.lines[0].low_km2, found.lines[0].high_km2) == (3, 11)
    assert math.isnan(found.lines[1].low_km2)
    assert found.lines[1].percent == pytest.approx(100 * 14 / 18)
    # Cells that have a class, and no more.
    assert found.bounds == (506_000, 3_997_500, 518_000, 3_999_000)
    assert found.is_assumed
    (warning,) = found.warnings
    assert warning.startswith("1.00 km² of the ground of the map have no value in 'probability'")
    given = (AreaLine(1, 7.0, 100.0),)
    assert run_maplayout(LayoutJob(source, None, given), Running(1)).lines == given


# The sheet ------------------------------------------------------------------------------------------

BLOCKS = [(50.0, 40.0), (80.0, 35.0), (70.0, 16.0)]
LANDSCAPE, PORTRAIT = Paper(297, 210, 20, 10), Paper(210, 297, 20, 10)


def parts(sheet):
    return [sheet.header, sheet.map, *sheet.blocks, sheet.footer]


@pytest.mark.parametrize("ground", [(3, 2), (1, 10), (10, 1), (1, 1), (1e6, 1e5), (1e-3, 4e-3)])
@pytest.mark.parametrize("papers", [[LANDSCAPE], [PORTRAIT], [LANDSCAPE, PORTRAIT]])
def test_nothing_overlaps_and_all_is_on_the_paper(ground, papers):
    sheet = arrange(papers, ground, BLOCKS)
    boxes = parts(sheet)
    for box in boxes:
        assert box.x >= 9.999
        assert box.y >= 9.999
        assert box.x + box.width <= sheet.paper.width - 9.999
        assert box.y + box.height <= sheet.paper.height - 9.999
    for index, one in enumerate(boxes):
        for other in boxes[index + 1 :]:
            beside = one.x + one.width <= other.x or other.x + other.width <= one.x
            above = one.y + one.height <= other.y + 1e-9 or other.y + other.height <= one.y + 1e-9
            assert beside or above, (one, other)
    assert [(box.width, box.height) for box in sheet.blocks] == BLOCKS
    # The whole ground is in the frame.
    assert sheet.map.width >= ground[0] * sheet.scale - 1e-9
    assert sheet.map.height >= ground[1] * sheet.scale - 1e-9


def test_the_paper_and_the_side_that_make_the_map_largest():
    both = [LANDSCAPE, PORTRAIT]
    tall, wide = arrange(both, (1, 4), BLOCKS), arrange(both, (4, 1), BLOCKS)
    assert (tall.paper, wide.paper) == (PORTRAIT, LANDSCAPE)
    assert tall.blocks[0].x >= tall.map.x + tall.map.width
    assert wide.blocks[0].y >= wide.map.y + wide.map.height
    assert wide.map.width == 297 - 20 - 5
    assert wide.scale == pytest.approx(wide.map.width / 4)


def test_larger_paper_has_larger_margins():
    small, large = (arrange([Paper(*PAPERS[name], 0, 0)], (2, 1), BLOCKS) for name in ("a4", "a2"))
    assert small.header.x == 10
    assert large.header.x == 20


def test_no_room_for_a_map():
    with pytest.raises(ValueError, match="no paper has room"):
        arrange([Paper(100, 60, 30, 20)], (1, 1), BLOCKS)


def test_round_steps():
    assert [round_step(span, 5) for span in (20.4, 9.0, 0.7, 3000)] == [5, 2, 0.1, 500]


# The layout -----------------------------------------------------------------------------------------


@pytest.fixture
def printed(run, make_raster, tmp_path):
    """Return the function that prints a map and gives the outcome and the size of its picture in pixels."""

    def printed(values=MAP, place=None, **parameters):
        given = {"MAP": make_raster("map", values, nodata=0, **(place or {})), "TITLE": "Map", "DPI": 72}
        done = run("maplayout", {**given, "PICTURE": tmp_path / "map.png", **parameters})
        assert done.ok, done.errors
        picture = gdal.Open(str(tmp_path / "map.png"))
        return done, (picture.RasterXSize, picture.RasterYSize), picture.ReadAsArray()

    return printed


def pixels(millimetres):
    return pytest.approx(millimetres / 25.4 * 72, abs=1.5)


@pytest.mark.parametrize("paper", PAPERS)
def test_each_paper_has_its_size(printed, paper):
    width, height = PAPERS[paper]
    assert printed(PAPER=paper, ORIENTATION="landscape")[1] == (pixels(width), pixels(height))


@pytest.mark.parametrize(
    ("orientation", "shape", "upright"),
    [("auto", (40, 8), True), ("auto", (8, 60), False), ("landscape", (40, 8), False), ("portrait", (8, 60), True)],
)
def test_each_orientation(printed, orientation, shape, upright):
    _, (width, height), _ = printed(np.ones(shape, np.uint8), ORIENTATION=orientation)
    assert (height > width) == upright


PLACES = {
    "degrees": ({}, True),
    "without a CRS": ({"crs": None, "cell": (1000.0, -1000.0)}, True),
    "a local CRS": ({"crs": 'LOCAL_CS["site",UNIT["metre",1]]', "cell": (1000.0, -1000.0)}, True),
    "metres": ({"corner": (5e5, 4e6), "cell": (1000, -1000), "crs": 32644}, True),
    "feet": ({"corner": (2e6, 2e6), "cell": (1000, -1000), "crs": 2225}, True),
    "across 180 degrees": ({"corner": (179.0, 70.0)}, True),
    "at the pole": ({"corner": (0.0, 89.9), "cell": (12.0, -0.05)}, True),
    "a row": ({"corner": (0, 0), "cell": (1e6, -1e-6), "crs": 32644}, True),
    "metres taken for degrees": ({"corner": (5e5, 4e6), "cell": (1000, -1000)}, False),
    "large cells": ({"corner": (0, 0), "cell": (1e150, -1e150), "crs": None}, False),
}


@pytest.mark.parametrize("place", PLACES)
def test_maps_of_any_place(run, make_raster, tmp_path, place):
    options, can_be_drawn = PLACES[place]
    path = make_raster("map", MAP, nodata=0, **options)
    done = run("maplayout", {"MAP": path, "TITLE": "Map", "DPI": 72, "PICTURE": tmp_path / "map.png"})
    if not can_be_drawn:
        assert not done.ok
        assert len(done.errors) == 1
        assert re.fullmatch(r"'map' .*: .*\.|[A-Z'].*CRS.*\.", done.errors[0]), done.errors
        assert not (tmp_path / "map.png").exists()
        return
    assert done.ok, done.errors
    colours = gdal.Open(str(tmp_path / "map.png")).ReadAsArray()[:3].reshape(3, -1).T
    # Those of a class on the map, and not only in the legend.
    assert np.count_nonzero((colours == PERMAFROST_MAP[0].rgb).all(axis=1)) > 300


def items(project, kind):
    (layout,) = project.layoutManager().printLayouts()
    return [item for item in layout.items() if isinstance(item, kind)]


def texts(project):
    from qgis.core import QgsLayoutItemLabel

    return [label.currentText().replace("\n", " ") for label in items(project, QgsLayoutItemLabel)]


@pytest.fixture
def built(provider):
    """Return the function that builds a layout in a project of its own and gives the project."""
    from permafrost_mapper.algorithms.layout import Printed, add_layout
    from permafrost_mapper.raster.read.rasters import RasterSource
    from qgis.core import QgsProject

    projects = []

    def built(path, sizes=(PAPERS["a4"],), outlines=None, **changes):
        found = PrintedMap((AreaLine(1, 1234.5, 40.0, 1000.0, 1500.0), AreaLine(2, 1851.7, 60.0)), BOUNDS)
        shown = {
            "classes": list(PERMAFROST_MAP),
            "bounds": BOUNDS,
            "relief": None,
            "title": "Permafrost",
            "period": "2005-2020",
            "areas": printed_areas(found),
            "notes": [areas_note(found)],
            "footer": ["Data: none."],
            "alert": "",
        }
        project = QgsProject()
        project.setEllipsoid("EPSG:7030")
        printed = Printed(map=RasterSource(path, "map"), outlines=outlines or {}, **{**shown, **changes})
        add_layout(project, "Sheet", printed, list(sizes))
        projects.append(project)
        return project

    yield built
    # QGIS 3.22 crashes where a project goes together with what a test still holds of its legend.
    for project in projects:
        project.clear()


def test_what_is_written_on_the_sheet(built, make_raster):
    from qgis.core import QgsLayoutItemMap, QgsLayoutItemScaleBar

    project = built(make_raster("map", MAP, nodata=0), alert="Simulated data, not observed: map.")
    said = texts(project)
    for text in ("Permafrost", "2005-2020", "Simulated data, not observed: map.", "Data: none.", "1234", "1000 – 1500"):
        assert any(text in one for one in said), (text, said)
    (drawn,) = items(project, QgsLayoutItemMap)
    grid = drawn.grid()
    assert grid.enabled()
    assert grid.crs().authid() == "EPSG:4326"
    assert grid.intervalX() == 0.5
    # Degrees are drawn in metres, and in their true shape: 3 degrees at 39° north are 260 km, with some room.
    assert not drawn.crs().isGeographic()
    (bar,) = items(project, QgsLayoutItemScaleBar)
    assert (bar.unitsPerSegment(), bar.numberOfSegments()) == (20, 2)
    width_km = drawn.extent().width() / 1000
    assert 260 < width_km < 2 * 260
    assert 15 < 40 / width_km * drawn.sizeWithUnits().width() < 48


def test_no_length_and_no_degrees_without_a_crs(built, make_raster):
    from qgis.core import QgsLayoutItemMap, QgsLayoutItemPicture, QgsLayoutItemScaleBar

    project = built(make_raster("map", MAP, nodata=0, crs=None))
    assert not items(project, QgsLayoutItemScaleBar)
    assert not items(project, QgsLayoutItemPicture)
    assert items(project, QgsLayoutItemMap)[0].grids().size() == 0


CHINESE = "塔里木盆地多年冻土分布图（基于多年冻土层顶部温度模型与地表冻结指数、融化指数）"


@pytest.mark.parametrize(
    "title", ["Permafrost", "Distribution of permafrost and seasonally frozen ground " * 5, CHINESE * 4]
)
def test_texts_fit_into_their_boxes(built, make_raster, title):
    """As QGIS itself measures them, line by line."""
    from qgis.core import QgsLayoutItemLabel

    project = built(make_raster("map", MAP, nodata=0), title=title, footer=["Data: " + title, CHINESE * 5])
    labels = items(project, QgsLayoutItemLabel)
    assert any(label.currentText().replace("\n", "").replace(" ", "") == title.replace(" ", "") for label in labels)
    for label in labels:
        box = label.sizeWithUnits()
        page = PAPERS["a4"][0] - 20
        for line in label.currentText().split("\n"):
            one = QgsLayoutItemLabel(label.layout())
            one.setText(line)
            one.setMarginX(0)
            if hasattr(label, "textFormat"):
                one.setTextFormat(label.textFormat())
            else:
                one.setFont(label.font())
            assert one.sizeForText().width() <= min(box.width(), page) + 0.5, line


def test_the_legend_names_what_the_map_shows(built, make_raster, tmp_path):
    from permafrost_mapper.algorithms.layers import feature_table
    from qgis.core import QgsLayoutItemLegend, QgsVectorLayer

    path = tmp_path / "glaciers.geojson"
    ring = [[80.5, 38.5], [81, 38.5], [81, 39], [80.5, 38.5]]
    path.write_text(
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}, "geometry": '
        f'{{"type": "Polygon", "coordinates": [{ring}]}}}}]}}'
    )
    glaciers = feature_table(QgsVectorLayer(str(path), "RGI"))
    project = built(make_raster("map", MAP, nodata=0), outlines={"glaciers": glaciers})
    (legend,) = items(project, QgsLayoutItemLegend)
    model = legend.model()
    shown = []
    for node in model.rootGroup().findLayers():
        labels = [item.data(0) for item in model.layerLegendNodes(node)]
        shown += labels or [node.name()]
    words = [entry.name for entry in PERMAFROST_MAP if entry is not GLACIER]
    # The glaciers stand once: as polygons, not as a class too.
    assert [label for label in shown if label] == [*words, GLACIER.name]
    assert LAKE.name in words


def test_the_open_project_gets_the_layout_only_if_asked(run, make_raster, tmp_path, provider):
    from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingFeedback, QgsProject

    path = make_raster("map", MAP, nodata=0)
    project = QgsProject.instance()
    project.clear()
    for times, asked in ((0, False), (1, True), (2, True)):
        algorithm = QgsApplication.processingRegistry().createAlgorithmById("permafrost:maplayout")
        context = QgsProcessingContext()
        context.setProject(project)
        parameters = {"MAP": path, "TITLE": "My map", "DPI": 72, "OUTPUT": str(tmp_path / "map.pdf")}
        _, ok = algorithm.run({**parameters, "ADD_TO_PROJECT": asked}, context, QgsProcessingFeedback(False))
        assert ok
        assert (tmp_path / "map.pdf").read_bytes().startswith(b"%PDF")
        layouts = sorted(layout.name() for layout in project.layoutManager().layouts())
        assert layouts == [[], ["My map"], ["My map", "My map (2)"]][times]
        assert len(project.mapLayers()) == times
        groups = project.layerTreeRoot().findGroups()
        assert [group.name() for group in groups] == [[], ["My map"], ["My map", "My map (2)"]][times]
        assert not any(group.isVisible() for group in groups)
    project.clear()


def test_the_pdf_has_the_words_of_the_picture(printed, tmp_path):
    """Where pdftotext is installed: the words are words, which can be searched for and copied."""
    printed(OUTPUT=str(tmp_path / "map.pdf"), SOURCES="TRIMS LST", CITATION="Doe (2025)")
    try:
        said = subprocess.run(["pdftotext", str(tmp_path / "map.pdf"), "-"], capture_output=True, encoding="utf-8")
    except FileNotFoundError:
        pytest.skip("pdftotext is not installed")
    assert "TRIMS LST" in said.stdout.replace("\n", " ")
