"""Confusion matrices against published tables and scikit-learn; the block bootstrap against the delta method."""

import csv
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from permafrost_mapper.core.assess.bootstrap import block_bootstrap
from permafrost_mapper.core.confusion import Confusion, area_adjusted, tally, tally_zones
from permafrost_mapper.core.errors import InputError
from sklearn import metrics

BINARY = ("permafrost", "seasonally frozen ground")

# Olofsson et al. (2014), table 8: sample counts, and pixels of 900 m2 (0.09 ha) per mapped class.
OLOFSSON = np.array([[66, 0, 5, 4], [0, 55, 8, 12], [1, 0, 153, 11], [2, 1, 9, 313]])
OLOFSSON_HECTARES = np.array([200_000, 150_000, 3_200_000, 6_450_000]) * 0.09


@pytest.mark.parametrize(
    ("matrix", "kappa", "standard_error"),
    [([[45, 15], [25, 15]], 0.130435, 0.098662), ([[25, 35], [5, 35]], 0.259259, 0.077160)],
)
def test_kappa_and_its_standard_error(matrix, kappa, standard_error):
    confusion = Confusion(matrix, BINARY)
    assert confusion.kappa == pytest.approx(kappa, abs=5e-7)
    assert confusion.kappa_se == pytest.approx(standard_error, abs=5e-7)
    low, high = confusion.kappa_interval
    assert (low, high) == pytest.approx((kappa - 1.96 * standard_error, kappa + 1.96 * standard_error), abs=1e-5)


def test_high_accuracy_may_hide_no_agreement_at_all():
    confusion = Confusion([[95, 3], [2, 0]], BINARY)
    assert confusion.oa == pytest.approx(0.95)
    assert confusion.kappa == pytest.approx(-0.024590, abs=5e-7)


@pytest.mark.parametrize(
    ("matrix", "kappa"),
    [
        ([[1780, 324], [51, 498]], 0.6362),
        ([[1650, 123], [181, 699]], 0.7372),
        ([[1405, 15], [426, 807]], 0.6584),
    ],
)
def test_wenquan(matrix, kappa):
    confusion = Confusion(matrix, BINARY)
    assert confusion.total == 2653
    assert confusion.kappa == pytest.approx(kappa, abs=5e-5)
    assert confusion.prevalence == pytest.approx(1831 / 2653)


def test_published_matrices(real_data):
    with (real_data("reference_checks") / "published_confusion_matrices.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            k = int(row["classes"])
            counts = np.array(row["matrix_row_major"].split(), dtype=int).reshape(k, k)
            confusion = Confusion(counts, range(k))
            assert confusion.total == int(row["n"])
            assert confusion.oa == pytest.approx(float(row["overall_accuracy"]), abs=0.005)
            # The published kappas are cut or rounded to the digits printed.
            assert confusion.kappa == pytest.approx(float(row["kappa"]), abs=0.0051)
            if "variance of kappa" in row["note"]:
                variance = float(row["note"].split("variance of kappa ")[1].split(",")[0])
                # The printed variances exchange the two marginals in the fourth term of the formula and are
                # 1 % too large: simulation gives .000770 and .001018 (a million multinomial matrices each).
                assert confusion.kappa_se**2 == pytest.approx(variance, rel=0.011)


def test_kappa_standard_error_is_the_spread_of_kappa():
    shares = np.array([[0.40, 0.10, 0.02], [0.05, 0.20, 0.03], [0.01, 0.04, 0.15]])
    draws = np.random.default_rng(1).multinomial(2000, shares.ravel(), size=4000).reshape(-1, 3, 3)
    kappas = [Confusion(draw, "abc").kappa for draw in draws]
    assert Confusion(np.rint(shares * 2000), "abc").kappa_se == pytest.approx(np.std(kappas), rel=0.05)


@pytest.mark.parametrize("matrix", [[[7, 0], [0, 0]], [[0, 0], [0, 9]], [[0, 0], [0, 0]]])
def test_the_undefined_is_nan_and_silent(matrix):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        confusion = Confusion(matrix, BINARY)
        values = [confusion.kappa, confusion.kappa_se, *confusion.kappa_interval, confusion.mcc]
        shares = [confusion.quantity_disagreement, confusion.allocation_disagreement, confusion.oa, confusion.oa_se]
        assert np.isnan([confusion.users_accuracy, confusion.producers_accuracy, confusion.f1]).any()
    assert np.isnan(values).all()
    assert np.isnan(shares).all() == (confusion.total == 0)


def test_perfect_agreement():
    confusion = Confusion(np.diag([3, 5, 9]), "abc")
    assert confusion.kappa == confusion.mcc == confusion.oa == 1.0
    assert confusion.kappa_se == 0.0
    assert confusion.kappa_interval == (1.0, 1.0)
    assert confusion.quantity_disagreement == confusion.allocation_disagreement == 0.0


def test_quantity_and_allocation_of_pontius_and_millones():
    # By hand: marginals 60/40 and 70/30, so quantity .10; the rest of the disagreement .40 is allocation.
    confusion = Confusion([[45, 15], [25, 15]], BINARY)
    assert confusion.quantity_disagreement == pytest.approx(0.10)
    assert confusion.allocation_disagreement == pytest.approx(0.30)


def test_regions_are_pooled_by_adding():
    west, altun = Confusion([[90, 2], [1, 7]], BINARY), Confusion([[20, 6], [7, 67]], BINARY)
    pooled = west + altun
    np.testing.assert_array_equal(pooled.matrix, [[110, 8], [8, 74]])
    assert pooled.labels == BINARY
    with pytest.raises(InputError, match="cannot be pooled"):
        west + Confusion([[1, 2], [3, 4]], ("permafrost", "glacier"))


@pytest.mark.parametrize("matrix", [[[1, 2, 3], [4, 5, 6]], [[1, -1], [0, 2]], [[1, np.nan], [0, 2]], [[1]]])
def test_invalid_matrices_are_refused(matrix):
    with pytest.raises(InputError, match="confusion matrix"):
        Confusion(matrix, BINARY)


def test_a_confusion_cannot_be_changed_from_outside():
    counts = np.array([[1, 2], [3, 4]])
    confusion = Confusion(counts, BINARY)
    counts[0, 0] = 99
    assert confusion.matrix[0, 0] == 1
    with pytest.raises(ValueError, match="read-only"):
        confusion.matrix[0, 0] = 99


classes = st.integers(2, 5).flatmap(
    lambda k: st.tuples(
        st.just(k), arrays(np.int16, st.tuples(st.just(2), st.integers(1, 60)), elements=st.integers(-1, k - 1))
    )
)


@settings(max_examples=150, deadline=None)
@given(classes)
def test_equals_scikit_learn(drawn):
    k, (map_classes, reference) = drawn
    confusion = Confusion(tally(map_classes, reference, k), range(k))
    counted = (map_classes >= 0) & (reference >= 0)
    predicted, true = map_classes[counted], reference[counted]
    assert confusion.total == counted.sum()
    if not counted.any():
        return
    labels = list(range(k))
    # scikit-learn has the truth in rows.
    np.testing.assert_array_equal(confusion.matrix, metrics.confusion_matrix(true, predicted, labels=labels).T)
    assert confusion.oa == pytest.approx(metrics.accuracy_score(true, predicted))
    assert confusion.quantity_disagreement + confusion.allocation_disagreement == pytest.approx(1 - confusion.oa)

    if len(set(true) | set(predicted)) > 1:
        assert confusion.kappa == pytest.approx(metrics.cohen_kappa_score(true, predicted, labels=labels))
    else:
        assert np.isnan(confusion.kappa)
    if len(set(true)) > 1 and len(set(predicted)) > 1:
        assert confusion.mcc == pytest.approx(metrics.matthews_corrcoef(true, predicted))
    else:
        assert np.isnan(confusion.mcc)

    # scikit-learn puts 0 where a score is undefined.
    precision, recall, f1, support = metrics.precision_recall_fscore_support(
        true, predicted, labels=labels, zero_division=0
    )
    mapped = np.isin(labels, predicted)
    for ours, theirs, defined in (
        (confusion.users_accuracy, precision, mapped),
        (confusion.producers_accuracy, recall, support > 0),
        (confusion.f1, f1, mapped | (support > 0)),
    ):
        np.testing.assert_allclose(ours[defined], theirs[defined])
        assert np.isnan(ours[~defined]).all()


def test_tally_by_zone_leaves_out_what_is_in_no_zone():
    map_classes = np.array([[0, 0, 1], [1, 1, 0]])
    reference = np.array([[0, 1, 1], [1, -1, 0]])
    zones = np.array([[0, 0, 2], [2, 2, -1]], dtype=np.int8)
    counts = tally_zones(map_classes, reference, zones, n_classes=2, n_zones=3)
    np.testing.assert_array_equal(counts, [[[1, 1], [0, 0]], [[0, 0], [0, 0]], [[0, 0], [0, 2]]])


def test_tally_of_small_unsigned_integers_does_not_overflow():
    map_classes = np.full(1000, 19, dtype=np.uint8)
    assert tally(map_classes, map_classes, 20)[19, 19] == 1000


def test_a_class_beyond_the_table_is_refused():
    with pytest.raises(InputError, match="map class has the index 2"):
        tally(np.array([0, 2]), np.array([0, 1]), 2)


def test_olofsson_table_8():
    estimate = area_adjusted(OLOFSSON, OLOFSSON_HECTARES)
    assert estimate.oa == pytest.approx(0.946512, abs=5e-7)
    assert 1.96 * estimate.oa_se == pytest.approx(0.018484, abs=5e-7)
    np.testing.assert_allclose(estimate.area, [21157.8, 11686.2, 285769.9, 581386.2], atol=0.05)
    np.testing.assert_allclose(1.96 * estimate.area_se, [6157.6, 3755.8, 15509.8, 16281.7], atol=0.05)
    assert estimate.area.sum() == pytest.approx(OLOFSSON_HECTARES.sum())


def test_users_and_producers_accuracy_of_olofsson_written_out():
    estimate = area_adjusted(OLOFSSON, OLOFSSON_HECTARES)
    n = OLOFSSON.astype(float)
    rows = n.sum(axis=1)
    for j in range(4):
        users = n[j, j] / rows[j]
        assert estimate.users_accuracy[j] == pytest.approx(users)
        assert estimate.users_accuracy_se[j] ** 2 == pytest.approx(users * (1 - users) / (rows[j] - 1))  # eq. 6
        in_class = sum(OLOFSSON_HECTARES[i] * n[i, j] / rows[i] for i in range(4))
        producers = OLOFSSON_HECTARES[j] * users / in_class
        assert estimate.producers_accuracy[j] == pytest.approx(producers)
        own = OLOFSSON_HECTARES[j] ** 2 * (1 - producers) ** 2 * users * (1 - users) / (rows[j] - 1)
        others = sum(
            OLOFSSON_HECTARES[i] ** 2 * n[i, j] / rows[i] * (1 - n[i, j] / rows[i]) / (rows[i] - 1)
            for i in range(4)
            if i != j
        )
        variance = (own + producers**2 * others) / in_class**2  # eq. 7
        assert estimate.producers_accuracy_se[j] ** 2 == pytest.approx(variance)


def test_a_class_that_is_not_mapped_is_no_stratum():
    with_empty = np.pad(OLOFSSON, (0, 1))
    estimate = area_adjusted(with_empty, np.append(OLOFSSON_HECTARES, 0.0))
    assert estimate.oa == pytest.approx(0.946512, abs=5e-7)
    assert estimate.area[4] == 0.0
    assert np.isnan([estimate.users_accuracy[4], estimate.producers_accuracy[4]]).all()


def test_a_mapped_class_without_sample_leaves_the_estimate_undefined():
    estimate = area_adjusted([[10, 2], [0, 0]], [5.0, 5.0])
    assert np.isnan([estimate.oa, estimate.oa_se]).all()
    assert np.isnan(estimate.area).all()


@pytest.mark.parametrize("areas", [[1.0], [0.0, 0.0], [np.nan, 1.0]])
def test_areas_that_do_not_fit(areas):
    with pytest.raises(InputError):
        area_adjusted([[1, 2], [3, 4]], areas)


def one_cell_blocks(map_classes, reference):
    return tally_zones(map_classes.ravel(), reference.ravel(), np.arange(reference.size), 2, reference.size)


def square_blocks(map_classes, reference, side):
    rows, columns = np.indices(reference.shape) // side
    across = -(-reference.shape[1] // side)
    return tally_zones(map_classes, reference, rows * across + columns, 2, int(rows.max() + 1) * across)


def test_bootstrap_of_single_cells_agrees_with_the_delta_method():
    random = np.random.default_rng(5)
    reference = random.integers(0, 2, 3000)
    map_classes = np.where(random.random(3000) < 0.15, 1 - reference, reference)
    confusion = Confusion(tally(map_classes, reference, 2), BINARY)
    bootstrap = block_bootstrap(one_cell_blocks(map_classes, reference), resamples=2000, seed=1)
    assert bootstrap.blocks == 3000
    np.testing.assert_allclose(bootstrap.kappa_interval, confusion.kappa_interval, atol=0.1 * confusion.kappa_se * 3.92)
    np.testing.assert_allclose(bootstrap.oa_interval, confusion.oa_interval, atol=0.1 * confusion.oa_se * 3.92)


def test_bootstrap_of_blocks_is_wider_where_errors_cluster():
    random = np.random.default_rng(6)
    reference = np.kron(random.integers(0, 2, (12, 12)), np.ones((10, 10), dtype=int))
    wrong = np.kron(random.random((12, 12)) < 0.2, np.ones((10, 10), dtype=bool))
    map_classes = np.where(wrong, 1 - reference, reference)
    clustered = block_bootstrap(square_blocks(map_classes, reference, 10), seed=1)
    single = block_bootstrap(one_cell_blocks(map_classes, reference), resamples=300, seed=1)
    # Every block is one observation repeated 100 times: the interval is ten times as wide.
    ratio = np.diff(clustered.kappa_interval) / np.diff(single.kappa_interval)
    assert 7 < ratio.item() < 13


def test_bootstrap_counts_only_blocks_with_cells_and_repeats_itself():
    counts = np.array([[[5, 1], [2, 9]], [[0, 0], [0, 0]], [[8, 0], [1, 3]], [[2, 2], [1, 7]]])
    first, second = block_bootstrap(counts, seed=3), block_bootstrap(counts, seed=3)
    assert first == second
    assert first.blocks == 3
    assert first.kappa_interval[0] < Confusion(counts.sum(axis=0), BINARY).kappa < first.kappa_interval[1]


@pytest.mark.parametrize("counts", [np.zeros((5, 2, 2)), [[[4, 1], [1, 4]]]])
def test_bootstrap_needs_two_blocks(counts):
    bootstrap = block_bootstrap(counts)
    assert np.isnan([*bootstrap.oa_interval, *bootstrap.kappa_interval]).all()


def test_bootstrap_of_one_class_has_no_kappa():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        bootstrap = block_bootstrap(np.tile([[3, 0], [0, 0]], (6, 1, 1)))
    assert bootstrap.oa_interval == (1.0, 1.0)
    assert np.isnan(bootstrap.kappa_interval).all()
