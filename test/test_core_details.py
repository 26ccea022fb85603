"""Details of `core` that could be wrong without any other test noticing: found by mutation, see docs/mutation.md."""

import dataclasses
import errno
import importlib
import pkgutil

import numpy as np
import permafrost_mapper.core
import pytest
from permafrost_mapper.core import files
from permafrost_mapper.core.assess import bootstrap, boreholes, rule, transitions
from permafrost_mapper.core.assess.assessment import COUNTS, MEASURES, assess
from permafrost_mapper.core.errors import OutputError
from permafrost_mapper.core.lst.scores import hide_clouds
from permafrost_mapper.core.lst.variogram import empirical_variogram
from permafrost_mapper.core.tabletext import read_numbers

NAN = float("nan")


def test_results_cannot_be_changed():
    """Dataclasses are shared between threads and reports: all are frozen but the sample, which keeps what it drew."""
    changeable = set()
    for module in pkgutil.walk_packages(permafrost_mapper.core.__path__, "permafrost_mapper.core."):
        try:
            holds = vars(importlib.import_module(module.name)).values()
        except ImportError:
            continue  # compiled by Numba, which is not installed
        classes = [one for one in holds if isinstance(one, type) and dataclasses.is_dataclass(one)]
        changeable |= {one.__name__ for one in classes if not one.__dataclass_params__.frozen}
    assert changeable <= {"SceneSample"}


# Assessment --------------------------------------------------------------------------------------------


def test_measures_of_an_assessment():
    """[[45, 15], [25, 15]]: kappa .130435 with standard error .098662; the rest by hand."""
    matrices = np.array([[[40, 10], [5, 10]], [[5, 5], [20, 5]]])
    measures = assess("region", matrices, 3).measures()
    expected = {
        **{"N": 100, "TP": 45, "FP": 15, "FN": 25, "TN": 15, "PREVALENCE": 0.7, "OA": 0.6},
        **{"OA_SE": 0.048990, "KAPPA": 0.130435, "KAPPA_SE": 0.098662, "KAPPA_LOW": -0.062939, "KAPPA_HIGH": 0.323808},
        **{"USERS_ACCURACY": 45 / 60, "PRODUCERS_ACCURACY": 45 / 70},
        **{"USERS_ACCURACY_OTHER": 15 / 40, "PRODUCERS_ACCURACY_OTHER": 15 / 30, "F1": 90 / 130},
        **{"MCC": (45 * 15 - 15 * 25) / (60 * 70 * 40 * 30) ** 0.5},
        **{"QUANTITY_DISAGREEMENT": 0.10, "ALLOCATION_DISAGREEMENT": 0.30},
        # Of two blocks, one is drawn twice in half of the resamples: their overall accuracies are 50/65 and 10/35.
        **{"OA_BOOT_LOW": 10 / 35, "OA_BOOT_HIGH": 50 / 65},
    }
    assert measures["KAPPA_BOOT_LOW"] == pytest.approx(_kappa(matrices[1]))
    assert measures["KAPPA_BOOT_HIGH"] == pytest.approx(_kappa(matrices[0]))
    for name, value in expected.items():
        assert measures[name] == pytest.approx(value, abs=1e-6), name
    assert set(measures) == {*COUNTS, *(name for name, _ in MEASURES)}


def _kappa(matrix):
    shares = matrix / matrix.sum()
    chance = shares.sum(axis=0) @ shares.sum(axis=1)
    return (np.trace(shares) - chance) / (1 - chance)


@pytest.mark.parametrize(("blocks", "known"), [(1, False), (2, True)])
def test_two_blocks_make_an_interval(blocks, known):
    counts = np.array([[[40, 10], [5, 10]], [[5, 5], [20, 5]]])[:blocks]
    found = bootstrap.block_bootstrap(counts)
    assert np.isfinite(found.oa_interval).all() == known
    assert found.blocks == blocks


def test_intervals_do_not_depend_on_how_many_resamples_are_drawn_at_once(monkeypatch):
    counts = np.random.default_rng(0).integers(0, 9, (7, 2, 2))
    whole = bootstrap.block_bootstrap(counts, resamples=100, seed=5)
    monkeypatch.setattr(bootstrap, "MAX_WEIGHTS", 7 * 30)
    assert bootstrap.block_bootstrap(counts, resamples=100, seed=5) == whole
    # One is one.
    low, high = bootstrap.block_bootstrap(counts, resamples=1).oa_interval
    assert low == high


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([0, 0, 1, 1], 0),
        ([0, 1, 1, 1], 1),
        ([0, -1, 1, 1], 1),
        ([0, 0, 1, -1], 0),
        ([0, 0, -1, -1], -1),
        ([0, -1, -1, -1], -1),
    ],
)
def test_a_cell_is_what_covers_half_of_it(parts, expected):
    assert rule.aggregate(np.int8(parts)) == expected
    # Whatever the shape of the grid.
    np.testing.assert_array_equal(rule.aggregate(np.int8([[parts] * 3] * 2)), np.full((2, 3), expected))


def observations(magt, depth, presence=None):
    return boreholes.Observations(np.array(magt), np.array(depth), None if presence is None else np.array(presence))


def test_what_boreholes_say():
    assert observations([NAN, -1.0], [NAN, NAN]).known.tolist() == [False, True]
    assert observations([NAN, -1.0, NAN], [NAN] * 3, [0, -1, -1]).known.tolist() == [True, True, False]


def test_a_map_without_a_class_holds_no_wrong_one():
    np.testing.assert_array_equal(transitions.require_map_classes(np.array([-1, -1]), "MAP", -1), [0, 0])
    np.testing.assert_array_equal(transitions.require_map_classes(np.array([-1, 0, 4]), "MAP", -1), [0, 0, 4])


# Tables ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "first"),
    [
        (["1,234", "5"], NAN),  # one and a bit, or a thousand and more: nothing tells
        (["1,234", "0.5"], 1234.0),
        (["1,234", "0,5"], 1.234),
        (["1.234", "0,5"], NAN),
        (["1.234,5", "0,5"], 1234.5),
        (["1,234.5", "2"], 1234.5),
        (["1,234,567", "2"], 1234567.0),
    ],
)
def test_a_comma_before_three_digits_is_what_the_rest_of_the_column_says(column, first):
    read = read_numbers(column)
    np.testing.assert_equal(read.numbers[0], first)
    assert read.is_text[0] == np.isnan(first)


# Gaps --------------------------------------------------------------------------------------------------


def test_the_empirical_variogram_of_four_cells():
    """Half the mean square difference at 1, 2 and 3 km: (1 + 4 + 16) / 6, (9 + 36) / 4 and 49 / 2."""
    found = empirical_variogram(np.array([[0.0, 1.0, 3.0, 7.0]]), 1000.0, 1000.0, 3000.0)
    np.testing.assert_allclose(found.distance, [1000, 2000, 3000])
    np.testing.assert_allclose(found.semivariance, [3.5, 11.25, 24.5])
    np.testing.assert_array_equal(found.pairs, [3, 2, 1])


def test_clouds_are_mirrored_and_moved_in_both_directions():
    gap = np.zeros((9, 11), bool)
    gap[[0, 1, 2, 2], [0, 0, 0, 1]] = True
    shapes, rows, columns = set(), set(), set()
    for seed in range(200):
        hidden = hide_clouds(np.ones(gap.shape, bool), [gap], 4 / gap.size, seed)
        row, column = np.nonzero(hidden)
        if (np.ptp(row), np.ptp(column)) == (2, 1):  # not at the edge, over which it would go on
            shapes.add((*(row - row.min()), *(column - column.min())))
            rows.add(int(row.min()))
            columns.add(int(column.min()))
    assert len(shapes) == 4
    assert rows == set(range(7))
    assert columns == set(range(10))


# Files -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("whole", [files.whole_file, files.whole_folder])
def test_what_cannot_be_written_is_said_once(whole, tmp_path):
    def write(error):
        with whole(tmp_path / "out"):
            raise error

    with pytest.raises(OutputError, match=r"^own words$"):
        write(OutputError("own words"))
    with pytest.raises(OutputError, match=r"out' cannot be written \(No space left on device\): "):
        write(OSError(errno.ENOSPC, "No space left on device"))
    assert list(tmp_path.iterdir()) == []


def test_partial_files_may_be_removed_by_two(monkeypatch, tmp_path):
    monkeypatch.setattr(files, "_abandoned", lambda *_: [tmp_path / "gone"])
    files.remove_partials(tmp_path / "out.tif")
