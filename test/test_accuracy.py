"""The accuracy of a map in its parts: counts of blocks, the job without QGIS, and the report."""

import numpy as np
import pytest
from golden import check_golden
from permafrost_mapper.core.assess.accuracy import ACCURACY_FIELDS, POOLED, Accuracy, compare
from permafrost_mapper.core.assess.binary import NOT_COMPARED, OTHER, PERMAFROST, listed_values
from permafrost_mapper.core.reports.accuracy import report_accuracy
from permafrost_mapper.core.reports.report import Report

# Two regions of six tiles each; rows = map.
NORTH = np.array([[40, 5], [5, 10]])
SOUTH = np.array([[10, 10], [5, 55]])


def made_by_hand(regions=True):
    """The accuracy of a map in two regions with a bootstrap, or of points drawn at random, without."""
    tiles = np.stack(
        [[matrix + (number % 2) * np.eye(2, dtype=int) for number in range(6)] for matrix in (NORTH, SOUTH)]
    )
    if regions:
        return Accuracy.of(("map", "survey"), tiles, ("north", "south"), 7, 10, 1)
    return Accuracy.of(("map", "pits"), tiles.sum(axis=1, keepdims=True)[:1], (), 0, 0, 1, np.array([900.0, 2100.0]))


def test_regions_add_up_to_the_pooled_matrix():
    found = made_by_hand()
    assert [one.region for one in found.everything] == ["north", "south", POOLED]
    np.testing.assert_array_equal(found.pooled.confusion.matrix, 6 * (NORTH + SOUTH) + 6 * np.eye(2))
    rows = [dict(zip(ACCURACY_FIELDS, row)) for row in found.rows()]
    assert [row["n"] for row in rows] == [366, 486, 852]
    assert rows[0]["oa"] == pytest.approx((6 * 50 + 6) / 366)
    assert found.pooled.bootstrap.blocks == 12
    assert found.warnings == ()


def test_a_class_that_is_absent_is_told():
    counts = np.array([[[[30, 20], [0, 0]]]])
    (said,) = Accuracy.of(("map", "survey"), counts, (), 0, 0, 1).warnings
    assert said == "None of the cells compared is no permafrost in the map: kappa is undefined or means little."


def test_a_block_counts_by_region_and_tile():
    here = np.array([[PERMAFROST, PERMAFROST, OTHER, OTHER, NOT_COMPARED, OTHER]])
    truth = np.array([[PERMAFROST, OTHER, OTHER, NOT_COMPARED, PERMAFROST, PERMAFROST]])
    tile, region = np.array([[7, 7, 8, 8, 8, 8]]), np.array([[1, 1, 1, 1, 1, -1]])
    found = compare(here, truth, tile, 10, region, np.full((1, 6), 2.0))
    assert found.zones.tolist() == [17, 18]
    np.testing.assert_array_equal(found.counts, [[[1, 1], [0, 0]], [[0, 0], [0, 1]]])
    assert found.agreement.tolist() == [[1, 2, 4, 0, 0, 0]]
    assert found.unmapped == 1
    assert found.mapped_km2.tolist() == [4.0, 6.0]
    assert found.has_permafrost == (True, True)
    without = compare(here, truth, tile, 10)
    assert without.zones.tolist() == [7, 8]
    assert without.counts.sum() == 4
    outside = compare(here, truth, tile, 10, np.full((1, 6), -1))
    assert outside.zones.size == outside.counts.size == 0


@pytest.mark.parametrize(("name", "regions"), [("accuracy", True), ("accuracy_sample", False)])
def test_golden_report(name, regions):
    report = Report("Accuracy of a permafrost map")
    report_accuracy(report, made_by_hand(regions), "<svg/>" if regions else "")
    check_golden(name, report)


def test_the_job_runs_without_qgis(make_raster, tmp_path):
    gdal = pytest.importorskip("osgeo.gdal")
    from permafrost_mapper.core.errors import InputError
    from permafrost_mapper.raster.assess.accuracy import AccuracyJob, CodedMap, run_accuracy
    from permafrost_mapper.raster.read.classes import ClassSource
    from permafrost_mapper.raster.run.blocks import Running
    from permafrost_mapper.raster.write.provenance import Provenance

    random = np.random.default_rng(2)
    ours, theirs = random.integers(1, 5, (30, 40)), random.integers(1, 3, (30, 40))
    paths = [make_raster(name, values.astype(np.uint8)) for name, values in (("map", ours), ("survey", theirs))]
    mapped = CodedMap(ClassSource(paths[0], "map"), (1,), (3, 4))
    survey = CodedMap(ClassSource(paths[1], "survey"), (1,))
    output = str(tmp_path / "agreement.tif")
    job = AccuracyJob(mapped, survey, block_size=5, seed=3, is_probability_sample=True)
    found = run_accuracy(job, output, Provenance("test"), Running(1))
    compared = ours < 3
    expected = [[np.sum((ours == i) & (theirs == j)) for j in (1, 2)] for i in (1, 2)]
    np.testing.assert_array_equal(found.pooled.confusion.matrix, expected)
    assert found.unmapped == np.sum(~compared)
    assert found.pooled.bootstrap.blocks == 48
    assert found.adjusted.area.sum() == pytest.approx(1.05e2 * compared.sum(), rel=0.1)
    agreement = gdal.Open(output).ReadAsArray()
    np.testing.assert_array_equal(agreement, np.where(compared, 1 + 2 * (ours == 2) + (theirs == 2), 0))
    assert job.notes() == [""]
    assert job.warnings == ()
    nothing = AccuracyJob(CodedMap(mapped.source, (9,), (3, 4)), survey)
    with pytest.raises(InputError, match="'9', which is not among the values of 'map'"):
        run_accuracy(nothing, None, Provenance("test"), Running(1))


def test_a_value_with_commas_is_one_value():
    found = ["Permafrost, continuous", "none", None, 1.0]
    assert listed_values(" permafrost, continuous", found) == ("permafrost, continuous",)
    assert listed_values("permafrost, none", found) == ("permafrost", "none")
    assert listed_values("1, none", found) == ("1", "none")
    assert listed_values("", found) == ()
