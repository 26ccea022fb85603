"""r_k by class against a survey: the exact optimum, and what it is worth on ground that was held out."""

import csv
import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from permafrost_mapper.core.errors import InputError
from permafrost_mapper.core.permafrost.calibrate import (
    calibrate,
    candidates,
    kappa,
    limits,
    mapped_cells,
    matrix,
)
from permafrost_mapper.core.permafrost.cross_validation import assign_folds, hold_out
from permafrost_mapper.core.permafrost.rk import read_table, write_table
from permafrost_mapper.core.permafrost.ttop import ttop
from sklearn.metrics import cohen_kappa_score

TRIED = candidates(0.25, 2.25)


def count(ddt, ddf, classes, frozen, tried, n_classes):
    counts = np.zeros((n_classes, len(tried) + 1, 2), np.int64)
    np.add.at(counts, (classes, limits(ddt, ddf, tried), np.where(frozen, 0, 1)), 1)
    return counts


@st.composite
def surveys(draw, n_classes=3, n_tried=5):
    """A few cells of a few classes whose limits fall anywhere among a few r_k."""
    n = draw(st.integers(4, 40))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    counts = np.zeros((n_classes, n_tried + 1, 2), np.int64)
    kinds = np.append(random.integers(0, 2, n - 2), [0, 1])
    np.add.at(counts, (random.integers(0, n_classes, n), random.integers(0, n_tried + 1, n), kinds), 1)
    return counts, np.linspace(0.5, 1.0, n_tried)


def test_the_r_k_that_are_tried():
    assert len(TRIED) == 2001
    assert (TRIED[0], TRIED[550], TRIED[-1]) == (0.25, 0.8, 2.25)


def test_a_cell_is_permafrost_up_to_its_limit_as_ttop_has_it():
    random = np.random.default_rng(1)
    ddt, ddf = random.uniform(0, 3000, (2, 2000))
    ddt[:3], ddf[:3] = 0, (0, 5, 1500)
    ddt[3], ddf[3] = 2000, 1600
    number = limits(ddt, ddf, TRIED)
    for place in (0, 1, 549, 550, 551, 1300, 2000):
        np.testing.assert_array_equal(number > place, ttop(ddt, ddf, TRIED[place]) <= 0)
    assert number[3] == 551


@given(surveys())
def test_kappa_is_that_of_scikit_learn(survey):
    counts, tried = survey
    mapped = mapped_cells(counts)
    surveyed = counts.sum(axis=(0, 1))
    _, limit, kind = (np.repeat(index, counts.ravel()) for index in np.indices(counts.shape).reshape(3, -1))
    for place in range(len(tried)):
        ours = kappa(mapped[:, place].sum(axis=0), surveyed)
        assert ours == pytest.approx(cohen_kappa_score(limit > place, kind == 0), abs=1e-12)


@given(surveys())
def test_no_combination_of_r_k_is_better(survey):
    """Against all 5 x 5 x 5 combinations."""
    counts, tried = survey
    mapped, surveyed = mapped_cells(counts), counts.sum(axis=(0, 1))
    of_all = [
        kappa(mapped[np.arange(3), list(places)].sum(axis=0), surveyed)
        for places in itertools.product(range(len(tried)), repeat=3)
    ]
    found = calibrate(counts, tried, min_cells=0)
    reached = kappa(mapped[np.arange(3), found.chosen].sum(axis=0), surveyed)
    assert reached == pytest.approx(max(of_all), abs=1e-12)
    one_for_all = kappa(mapped.sum(axis=0), surveyed)
    assert one_for_all[found.uniform] == one_for_all.max()


@given(surveys(), st.integers(0, 30))
def test_classes_with_few_cells_take_the_r_k_of_all(survey, min_cells):
    counts, tried = survey
    found = calibrate(counts, tried, min_cells)
    few = counts.sum(axis=(1, 2)) < min_cells
    np.testing.assert_array_equal(found.is_own, ~few)
    assert (found.chosen[few] == found.uniform).all()


@given(surveys())
def test_the_matrix_adds_up_and_has_the_kappa(survey):
    counts, tried = survey
    found = calibrate(counts, tried, 0)
    (tp, fp), (fn, tn) = matrix(counts, found.chosen)
    assert (tp + fn, fp + tn) == tuple(counts.sum(axis=(0, 1)))
    # What lies between the ends of the range maps the same cells.
    for place in found.equal.T:
        np.testing.assert_array_equal(matrix(counts, place), [[tp, fp], [fn, tn]])


def test_a_known_r_k_of_each_class_comes_back():
    random = np.random.default_rng(2)
    ddt, ddf = random.uniform(500, 2500, (2, 60_000))
    classes = random.integers(0, 3, 60_000)
    true = np.array([0.62, 0.80, 1.10])
    frozen = ddf >= true[classes] * ddt
    found = calibrate(count(ddt, ddf, classes, frozen, TRIED, 3), TRIED, 30)
    np.testing.assert_allclose(found.r_k, true, atol=0.002)
    assert found.is_own.all()


def test_of_equally_good_r_k_the_nearest_to_that_of_all_is_taken():
    tried = candidates(0.5, 1.5)
    ddt = np.full(6, 1000.0)
    # Class 0 decides between 0.7 and 0.9; class 1 is permafrost throughout, up to 0.75; class 2 is not, from 0.95.
    ddf = np.array([700, 900, 750, 1200, 500, 950.0])
    classes = np.array([0, 0, 1, 1, 2, 2])
    frozen = np.array([False, True, True, True, False, False])
    found = calibrate(count(ddt, ddf, classes, frozen, tried, 3), tried, 0)
    # One r_k for all: 0.701 to 0.75 leaves one cell wrong, 0.751 to 0.9 two.
    assert found.uniform_r_k == pytest.approx(0.725)
    np.testing.assert_allclose(found.r_k, [0.725, 0.725, 0.951])
    np.testing.assert_allclose(tried[found.equal], [[0.701, 0.9], [0.5, 0.75], [0.951, 1.5]])


@pytest.mark.parametrize(("kind", "shown"), [(0, "show permafrost"), (1, "show no permafrost")])
def test_a_survey_without_contrast_is_refused(kind, shown):
    counts = np.zeros((2, 6, 2), int)
    counts[:, 3, kind] = 5
    with pytest.raises(InputError, match=f"All 10 usable cells of the survey {shown}, .*mean permafrost"):
        calibrate(counts, np.linspace(0.5, 1, 5), 0)


# Held out ------------------------------------------------------------------------------------------


def test_folds_are_even_and_equal_seeds_give_equal_folds():
    cells = np.array([5, 0, 3, 9, 1, 0, 7, 2, 4])
    fold_of = assign_folds(cells, 3, 4, seed=1)
    assert fold_of.shape == (4, 9)
    for one in fold_of:
        assert sorted(np.bincount(one[cells > 0], minlength=3)) == [2, 2, 3]
    np.testing.assert_array_equal(fold_of, assign_folds(cells, 3, 4, seed=1))
    assert not np.array_equal(fold_of, assign_folds(cells, 3, 4, seed=2))
    assert not np.array_equal(fold_of[0], fold_of[1])
    with pytest.raises(InputError, match="lies in 7 blocks, too few for 8 folds"):
        assign_folds(cells, 8, 1, seed=1)


def test_the_part_held_out_has_no_say():
    random = np.random.default_rng(3)
    part, rest = random.integers(0, 20, (2, 3, 6, 2))
    tried = np.linspace(0.5, 1, 5)
    held = hold_out(part, part + rest, tried, 0)
    alone = calibrate(rest, tried, 0)
    np.testing.assert_array_equal(held.calibration.chosen, alone.chosen)
    np.testing.assert_array_equal(held.by_class, matrix(part, alone.chosen))
    np.testing.assert_array_equal(held.uniform, matrix(part, np.full(3, alone.uniform)))


def test_a_part_whose_rest_has_no_contrast_tells_nothing():
    part = np.zeros((1, 6, 2), int)
    part[0, 4, 0] = 3
    rest = np.zeros((1, 6, 2), int)
    rest[0, 1, 1] = 4
    assert hold_out(part, part + rest, np.linspace(0.5, 1, 5), 0) is None


# Table ---------------------------------------------------------------------------------------------


def test_the_table_is_read_as_it_was_written(tmp_path):
    path = tmp_path / "rk.csv"
    write_table(
        path, [{"class": 0, "r_k": "", "name": "Water", "n": 3}, {"class": 10, "r_k": 0.831, "name": "a, b", "n": 9}]
    )
    table = read_table(path)
    assert np.isnan(table.r_k[0])
    assert (table.r_k[10], table.labels[10]) == (0.831, "a, b")
    with path.open(newline="") as file:
        assert [row["n"] for row in csv.DictReader(file)] == ["3", "9"]
