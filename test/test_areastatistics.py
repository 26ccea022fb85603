"""Areas of a map in their parts: sums of a block, the job without QGIS, and the report."""

import numpy as np
import pytest
from golden import check_golden
from permafrost_mapper.core.assess.areastatistics import AREA_FIELDS, VALUES, WHOLE, Areas, sum_areas
from permafrost_mapper.core.errors import InputError
from permafrost_mapper.core.reports.areastatistics import report_areastatistics
from permafrost_mapper.core.reports.report import Report


def made_by_hand(own=True):
    """A map of three classes in two districts, of which one is empty; or of classes that are not ours."""
    areas = np.zeros((3, VALUES))
    areas[0, [1, 2]] = [12.5, 37.5]
    areas[2, [1, 2, 4]] = [11_000.25, 8_999.75, 5.0]
    names = {1: "Permafrost", 2: "Seasonally frozen ground", 4: "Lake"}
    if own:
        return Areas("map", ["north", "south"], areas, names)
    areas[2, 4], areas[2, 7] = 0.0, 5.0
    return Areas("zones", [], areas[2:], {}, (1, 7))


def test_areas_and_shares():
    found = made_by_hand()
    assert found.values == [1, 2, 4]
    assert (found.total_km2, found.permafrost_km2, found.class_km2(4), found.class_km2(3)) == (20_005, 11_000.25, 5, 0)
    assert found.permafrost_percent == pytest.approx(100 * 11_000.25 / 20_005)
    assert found.is_permafrost_map
    rows = [dict(zip(AREA_FIELDS, row)) for row in found.rows()]
    assert [row["district"] for row in rows] == 3 * ["north"] + 3 * ["south"] + 3 * [WHOLE]
    assert (rows[0]["name"], rows[0]["area_km2"], rows[0]["percent"]) == ("Permafrost", 12.5, 25.0)
    assert all(np.isnan(row["percent"]) for row in rows[3:6])
    other = made_by_hand(own=False)
    assert not other.is_permafrost_map
    assert other.permafrost_km2 == 11_005.25
    assert [area.name for area in other.whole()] == ["class 1", "class 2", "class 7"]


def test_a_block_is_summed_by_district():
    classes, zone = np.array([[1, 1, 2, -9]]), np.array([[0, 1, -1, 1]])
    found = sum_areas(classes, np.array([[1.0, 2.0, 4.0, 8.0]]), zone, 2, -9, "map")
    assert found.shape == (3, VALUES)
    assert found[:, 1].tolist() == [1, 2, 3]
    assert found[:, 2].tolist() == [0, 0, 4]
    assert found.sum() == 10
    assert sum_areas(np.array([[255]]), np.ones((1, 1)), -1, 0, -9, "map")[0, 255] == 1
    for wrong in (-1, 256):
        with pytest.raises(InputError, match="'map' holds classes outside 0 to 255"):
            sum_areas(np.array([[1, wrong]]), np.ones((1, 2)), -1, 0, -9, "map")


@pytest.mark.parametrize(("name", "own"), [("areastatistics", True), ("areastatistics_other", False)])
def test_golden_report(name, own):
    report = Report("Areas of a permafrost map")
    report_areastatistics(report, made_by_hand(own), "<svg/>" if own else "")
    check_golden(name, report)


def test_the_job_runs_without_qgis(make_raster):
    pytest.importorskip("osgeo.gdal")
    from permafrost_mapper.raster.assess.areastatistics import AreasJob, run_areastatistics
    from permafrost_mapper.raster.read.classes import ClassSource
    from permafrost_mapper.raster.run.blocks import Running

    classes = np.random.default_rng(1).integers(0, 4, (20, 30)).astype(np.uint8)
    path = make_raster("map", classes, corner=(5e5, 4e6), cell=(2000.0, -500.0), crs=None, nodata=0)
    found = run_areastatistics(AreasJob(ClassSource(path, "map"), (3,)), Running(1))
    assert found.values == [1, 2, 3]
    assert [found.class_km2(value) for value in (1, 2, 3)] == [
        np.count_nonzero(classes == value) for value in (1, 2, 3)
    ]
    assert found.permafrost_km2 == np.count_nonzero(classes == 3)
    with pytest.raises(InputError, match="'9', which is not among the values of 'map'"):
        run_areastatistics(AreasJob(ClassSource(path, "map"), (9,)), Running(1))
