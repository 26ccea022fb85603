"""Several maps against one reference: rules, aggregation, McNemar, and the ranking of real maps."""

import csv
import math
import time

import numpy as np
import pytest
from golden import check_golden
from hypothesis import given
from hypothesis import strategies as st
from permafrost_mapper.core.assess.binary import NOT_COMPARED, OTHER, PERMAFROST
from permafrost_mapper.core.assess.bootstrap import block_bootstrap, kappa_difference_intervals
from permafrost_mapper.core.assess.comparemaps import Comparison, Tally, comparable, compare_maps, tally_maps
from permafrost_mapper.core.assess.mcnemar import holm, mcnemar
from permafrost_mapper.core.assess.rule import aggregate, read_rule, read_rules
from permafrost_mapper.core.errors import InputError
from permafrost_mapper.core.reports.comparemaps import report_comparemaps
from permafrost_mapper.core.reports.report import Report
from scipy import stats
from sklearn import metrics

# Rules ---------------------------------------------------------------------------------------------

VALUES = [-1.0, 0.0, 0.1, 0.5, 1.0, 2.0, 3.0, np.nan]
RULES = {
    "<= 0": "PPOOOOO-",
    "<0": "POOOOOO-",
    ">= .5": "OOOPPPP-",
    "> 5e-1": "OOOOPPP-",
    "== 0.1": "OOPOOOO-",
    "in 1 2": "OOOOPPO-",
    "in 1, 2 drop 3": "OOOOPP--",
    " ==  1  drop 3 -1 ": "-OOOPO--",
    ">= -1": "PPPPPPP-",
}


@pytest.mark.parametrize("text", RULES)
def test_rules(text):
    kinds = {"P": PERMAFROST, "O": OTHER, "-": NOT_COMPARED}
    found = read_rule(text, "RULES").apply(np.array(VALUES, np.float32))
    assert found.tolist() == [kinds[letter] for letter in RULES[text]]


@pytest.mark.parametrize(
    "text",
    ["", "0", "<= ", "=< 0", "<= 0 or 1", "== 1 2", "in", "in a", "x <= 0", "<= 0 drop", "__import__('os')", "1e"],
)
def test_what_is_no_rule(text):
    with pytest.raises(InputError, match=r"RULES holds the rule .*cannot be read: write '<= 0'"):
        read_rule(text, "RULES")


def test_one_rule_is_that_of_all_maps():
    assert [rule.text for rule in read_rules("<= 0", 3, "RULES")] == ["<= 0"] * 3
    assert [rule.text for rule in read_rules("<= 0; >=  0.5;", 2, "RULES")] == ["<= 0", ">= 0.5"]
    assert [rule.text for rule in read_rules("＜＝ 0；>= 0.5", 2, "RULES")] == ["<= 0", ">= 0.5"]
    with pytest.raises(InputError, match="holds 2 rules for 3 maps"):
        read_rules("<= 0; >= 0.5", 3, "RULES")


@pytest.mark.parametrize(
    ("subcells", "expected"),
    [
        ("PPOO", PERMAFROST),
        ("POOO", OTHER),
        ("PO--", NOT_COMPARED),
        ("PPP-", PERMAFROST),
        ("POO-", OTHER),
        ("----", NOT_COMPARED),
    ],
)
def test_a_cell_is_what_covers_half_of_what_is_compared(subcells, expected):
    kinds = {"P": PERMAFROST, "O": OTHER, "-": NOT_COMPARED}
    assert aggregate(np.array([[kinds[letter] for letter in subcells]], np.int8)).tolist() == [expected]


# McNemar -------------------------------------------------------------------------------------------


@given(st.integers(0, 3000), st.integers(0, 3000))
def test_mcnemar_equals_scipy(b, c):
    found = mcnemar(b, c)
    if b + c < 25:
        assert found.exact
        assert found.p == pytest.approx(stats.binomtest(b, b + c).pvalue if b + c else 1.0)
    else:
        assert not found.exact
        assert found.statistic == pytest.approx((b - c) ** 2 / (b + c))
        assert found.p == pytest.approx(stats.chi2.sf((b - c) ** 2 / (b + c), 1), rel=1e-9, abs=1e-300)
    assert math.isnan(found.statistic) == (b + c == 0)


def test_holm():
    """By hand: 5 x 0.005, 4 x 0.01, 3 x 0.03, 2 x 0.04, which may not be below the one before, and 0.9."""
    p = [0.01, 0.04, 0.03, 0.005, 0.9]
    assert holm(p) == pytest.approx([0.04, 0.09, 0.09, 0.025, 0.9])
    assert holm([0.7, 0.6]) == pytest.approx([1.0, 1.0])
    assert holm([]).size == 0


# Differences in kappa ------------------------------------------------------------------------------


def test_the_interval_of_a_difference_draws_the_same_blocks_for_both_maps():
    random = np.random.default_rng(1)
    counts = random.integers(0, 30, (40, 1, 2, 2)) + np.eye(2, dtype=int) * 40
    same = np.concatenate([counts, counts], axis=1)
    assert kappa_difference_intervals(same, [(0, 1)]) == [(0.0, 0.0)]
    other = np.concatenate([counts, counts[:, :, ::-1]], axis=1)
    (low, high), (low_back, high_back) = kappa_difference_intervals(other, [(0, 1), (1, 0)])
    assert 0 < low < high
    assert (low_back, high_back) == pytest.approx((-high, -low))
    assert np.isnan(kappa_difference_intervals(other[:1], [(0, 1)])).all()


def test_a_difference_to_a_map_that_is_always_half_right_is_kappa_itself():
    """A map of permafrost everywhere has kappa 0 in any resample."""
    counts = np.random.default_rng(2).integers(1, 50, (30, 2, 2))
    everywhere = np.stack([counts.sum(axis=1), np.zeros((30, 2), int)], axis=1)
    both = np.stack([counts, everywhere], axis=1)
    assert kappa_difference_intervals(both, [(0, 1)], seed=3)[0] == pytest.approx(
        block_bootstrap(counts, seed=3).kappa_interval
    )


# Counts and ranking --------------------------------------------------------------------------------


def test_maps_are_counted_on_the_cells_that_all_of_them_have():
    # 0 is permafrost, 1 is other, -1 is not compared.
    reference = np.array([[0, 0, 1], [1, -1, 0]])
    maps = np.array([[[0, 1, 1], [-1, 0, 0]], [[1, 1, 1], [0, 0, 0]]])
    used = comparable(maps, reference)
    np.testing.assert_array_equal(used, [[True, True, True], [False, False, True]])
    tally = tally_maps(maps, reference, used, np.array([[0, 0, 0], [1, 1, 1]]), 2)
    # Rows are the map, columns the reference; the cells of the second row of the raster are the second block.
    np.testing.assert_array_equal(tally.matrices[0], [[[1, 0], [1, 1]], [[0, 0], [2, 1]]])
    np.testing.assert_array_equal(tally.matrices[1], [[[1, 0], [0, 0]], [[1, 0], [0, 0]]])
    np.testing.assert_array_equal(tally.both_right, [[3, 2], [2, 2]])
    assert (tally.dropped, tally.has_permafrost.tolist()) == (1, [True, True, True])
    twice = Tally.empty(2, 2) + tally + tally
    np.testing.assert_array_equal(twice.matrices, 2 * tally.matrices)
    np.testing.assert_array_equal(twice.both_right, 2 * tally.both_right)
    assert twice.dropped == 2


def counted(names):
    """Counts of maps that are right on 140, 180 and 180 of 200 cells, in four blocks that differ a little."""
    shifts = {"poor": (2, -1, -3, 2), "good": (-3, 2, -1, 2)}
    matrices = {
        "poor": [[[20 - shift, 10], [5 + shift, 15]] for shift in shifts["poor"]],
        "good": [[[22 - shift, 2], [3 + shift, 23]] for shift in shifts["good"]],
    }
    matrices["same"] = matrices["good"]
    both_right = np.array([[140, 130, 130], [130, 180, 180], [130, 180, 180]])
    index = [list(matrices).index(name) for name in names]
    counts = np.stack([matrices[name] for name in names], axis=1)
    return Tally(counts, both_right[np.ix_(index, index)], 7, np.ones(len(names) + 1, bool))


def test_the_ranking_is_by_kappa_and_equal_maps_share_a_rank():
    names = ["poor", "good", "same"]
    ranking, pairs = compare_maps(names, read_rules("<= 0; == 1; in 1", 3, "RULES"), counted(names), 1)
    assert [(one.rank, one.name, one.rule.text) for one in ranking] == [
        (1, "good", "== 1"),
        (1, "same", "in 1"),
        (3, "poor", "<= 0"),
    ]
    assert [(pair.first, pair.second) for pair in pairs] == [("good", "same"), ("good", "poor"), ("same", "poor")]
    # 180 - 130 cells on which only the better map is right, 140 - 130 on which only the other one is.
    assert (pairs[1].test.first_only, pairs[1].test.second_only) == (50, 10)
    assert pairs[1].test.statistic == pytest.approx(40**2 / 60)
    assert pairs[1].difference == pytest.approx(
        ranking[0].assessment.confusion.kappa - ranking[2].assessment.confusion.kappa
    )
    assert pairs[0].p_holm == 1.0


def test_a_map_whose_kappa_is_undefined_comes_last():
    matrices = np.array([[[[5, 0], [0, 0]], [[2, 0], [3, 0]]]])
    tally = Tally(matrices, np.array([[5, 2], [2, 2]]), 0, np.ones(3, bool))
    ranking, _ = compare_maps(["undefined", "zero"], read_rules("== 1", 2, "RULES"), tally, 1)
    assert [one.name for one in ranking] == ["zero", "undefined"]


def test_the_report():
    names = ["good", "same", "poor"]
    rules = read_rules("== 1 drop 3 4; >= 0.5; <= 0", 3, "RULES")
    ranking, pairs = compare_maps(names, rules, counted(names), 1)
    report = Report("Compare permafrost maps")
    report_comparemaps(report, Comparison("survey", "survey", ranking, pairs, 7, 10), "<svg></svg>")
    check_golden("comparemaps", report)


# The job -------------------------------------------------------------------------------------------

gdal = pytest.importorskip("osgeo.gdal")
from permafrost_mapper.raster.assess.binary import BinarySource
from permafrost_mapper.raster.assess.comparemaps import CompareMapsJob, run_comparemaps
from permafrost_mapper.raster.read.rasters import RasterSource
from permafrost_mapper.raster.run.blocks import Running
from permafrost_mapper.raster.write.provenance import Provenance


def test_the_job_runs_without_qgis(make_raster, tmp_path):
    reference = np.array([[1, 1, 2, 2], [1, 2, 2, 0]], np.uint8)
    warmer = np.where(reference == 1, -1.0, 1.0).astype(np.float32)
    warmer[0, 0] = 3.0
    paths = {
        "reference": make_raster("reference", reference, nodata=0),
        "same": make_raster("same", reference, nodata=0),
        "warmer": make_raster("warmer", warmer),
    }
    sources = {
        name: BinarySource(RasterSource(path, name), read_rule("<= 0" if name == "warmer" else "== 1", "RULES"))
        for name, path in paths.items()
    }
    job = CompareMapsJob((sources["warmer"], sources["same"]), sources["reference"], None, block_size=2, seed=1)
    output = str(tmp_path / "agreement.tif")
    result = run_comparemaps(job, output, Provenance("permafrost:comparemaps"), Running(threads=1))
    assert [(one.name, one.assessment.confusion.total) for one in result.ranking] == [("same", 7), ("warmer", 7)]
    assert result.ranking[1].assessment.confusion.matrix.tolist() == [[2, 0], [1, 4]]
    assert (result.pairs[0].test.first_only, result.pairs[0].test.second_only) == (1, 0)
    assert (result.reference, result.grid, result.block_size) == ("reference", "reference", 2)
    assert job.paths == [paths["warmer"], paths["same"], paths["reference"]]
    agreeing, permafrost = gdal.Open(output).ReadAsArray()
    assert agreeing.tolist() == [[1, 2, 2, 2], [2, 2, 2, 255]]
    assert permafrost.tolist() == [[1, 2, 0, 0], [2, 0, 0, 255]]


# The algorithm -------------------------------------------------------------------------------------


def table(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


WENQUAN = {
    "wq_60": (0.6362, (1780, 324, 51, 498)),
    "wq_80": (0.7372, (1650, 123, 181, 699)),
    "wq_100": (0.6584, (1405, 15, 426, 807)),
    "frost": (0.6584, (1405, 15, 426, 807)),
}


def test_wenquan(run, real_data, tmp_path):
    """r_k 0.6, 0.8 and 1, and the frost number, against the survey (Cao et al. 2023, ESSD 15: 3905)."""
    folder = real_data("wenquan")
    inputs = {}
    for name in ("DDT_mean_annual", "DDF_mean_annual", "investigation_map"):
        inputs[name] = tmp_path / f"{name}.tif"
        inputs[name].symlink_to(folder / f"{name}.tif")
    degrees = {"DDT": inputs["DDT_mean_annual"], "DDF": inputs["DDF_mean_annual"]}
    maps = {name: str(tmp_path / f"{name}.tif") for name in WENQUAN}
    for name, r_k in (("wq_60", 0.6), ("wq_80", 0.8), ("wq_100", 1.0)):
        assert run("ttop", {**degrees, "RK_VALUE": r_k, "OUTPUT": maps[name]}).ok
    assert run("frostnumber", {**degrees, "OUTPUT": maps["frost"]}).ok
    done = run(
        "comparemaps",
        {
            "MAPS": list(maps.values()),
            "RULES": "<= 0; <= 0; <= 0; >= 0.5",
            "REFERENCE": inputs["investigation_map"],
            "OUTPUT": tmp_path / "agreement.tif",
            "TABLE": tmp_path / "ranking.csv",
            "TABLE_PAIRS": tmp_path / "pairs.csv",
            "OUTPUT_HTML": tmp_path / "report.html",
        },
    )
    assert done.ok, done.errors
    assert (done.results["N"], done.results["BEST"]) == (2653, "wq_80")
    ranking = table(tmp_path / "ranking.csv")
    assert [(row["rank"], row["map"]) for row in ranking] == [
        ("1", "wq_80"),
        ("2", "wq_100"),
        ("2", "frost"),
        ("4", "wq_60"),
    ]
    for row in ranking:
        kappa, counts = WENQUAN[row["map"]]
        assert float(row["kappa"]) == pytest.approx(kappa, abs=5e-5)
        assert tuple(int(row[name]) for name in ("tp", "fp", "fn", "tn")) == counts
    pairs = {(row["map"], row["other_map"]): row for row in table(tmp_path / "pairs.csv")}
    survey = gdal.Open(str(inputs["investigation_map"])).ReadAsArray()
    cold = {name: gdal.Open(path).ReadAsArray() for name, path in maps.items()}
    used = (cold["wq_60"] != -9999) & np.isin(survey, [0, 1, 2])
    right = {
        name: ((value >= 0.5 if name == "frost" else value <= 0) == (survey == 1))[used] for name, value in cold.items()
    }
    assert used.sum() == 2653
    for (first, second), row in pairs.items():
        b, c = (right[first] & ~right[second]).sum(), (~right[first] & right[second]).sum()
        assert (int(row["map_only_right"]), int(row["other_only_right"])) == (b, c)
        if b + c:
            assert float(row["p"]) == pytest.approx(stats.chi2.sf((b - c) ** 2 / (b + c), 1), rel=1e-6)
    assert pairs["wq_100", "frost"]["p"] == "1"
    agreeing = gdal.Open(str(tmp_path / "agreement.tif")).ReadAsArray()
    np.testing.assert_array_equal(agreeing[0][used], sum(map(np.asarray, right.values())).astype(int))
    assert (agreeing[:, ~used] == 255).all()
    html = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "Neighbouring cells are not" in html
    assert "0.737" in html


@pytest.fixture
def three(make_raster):
    """A reference of 20 x 30 cells, a map of it that errs, and a finer map as temperature."""
    random = np.random.default_rng(4)
    reference = random.integers(1, 3, (20, 30)).astype(np.uint8)
    erring = np.where(random.uniform(size=reference.shape) < 0.2, 3 - reference, reference).astype(np.uint8)
    erring[0, :5] = (3, 4, 0, 3, 4)
    fine = np.kron(np.where(reference == 1, -2.0, 2.0), np.ones((3, 3))).astype(np.float32)
    # Three of nine parts of each cell are of the other kind: the mean of the temperatures would tell another story.
    fine.reshape(20, 3, 30, 3)[:, 0] *= -20
    fine[3:6, 6:9] = -9999
    return {
        "reference": make_raster("reference", reference, nodata=0),
        "erring": make_raster("erring", erring, nodata=0),
        "fine": make_raster("fine", fine, cell=(0.1 / 3, -0.1 / 3), nodata=-9999),
        "values": (reference, erring),
    }


def test_common_cells_and_finer_maps(run, three, tmp_path):
    reference, erring = three["values"]
    done = run(
        "comparemaps",
        {
            "MAPS": [three["erring"], three["fine"]],
            "RULES": "== 1 drop 3 4; <= 0",
            "REFERENCE": three["reference"],
            "TABLE": tmp_path / "ranking.csv",
            "OUTPUT": tmp_path / "agreement.tif",
        },
    )
    assert done.ok, done.errors
    assert "'fine' is finer than 'reference': its rule is applied to 3 x 3 parts" in done.log
    used = np.isin(erring, [1, 2])
    used[1, 2] = False
    ranking = {row["map"]: row for row in table(tmp_path / "ranking.csv")}
    assert ranking["fine"]["kappa"] == "1"
    expected = metrics.cohen_kappa_score(reference[used], erring[used])
    assert float(ranking["erring"]["kappa"]) == pytest.approx(expected)
    assert int(ranking["erring"]["n"]) == used.sum()
    agreeing, permafrost = gdal.Open(str(tmp_path / "agreement.tif")).ReadAsArray()
    np.testing.assert_array_equal(agreeing[used], 1 + (reference == erring)[used])
    np.testing.assert_array_equal(permafrost[used], (reference == 1)[used].astype(int) + (erring == 1)[used])


def test_the_coarsest_map_gives_the_cells_and_a_mask_takes_some_away(run, three, make_raster, tmp_path):
    coarse = make_raster("coarse", np.full((4, 5), 0.9, np.float32), cell=(0.6, -0.5))
    mask = make_raster("mask", np.repeat([[1, 0, 0, 0, 0]], 4, axis=0).astype(np.uint8), cell=(0.6, -0.5))
    done = run(
        "comparemaps",
        {
            "MAPS": [three["fine"], coarse],
            "RULES": "<= 0; >= 0.5",
            "REFERENCE": three["reference"],
            "EXCLUDE": mask,
            "TABLE": tmp_path / "ranking.csv",
        },
    )
    assert done.ok, done.errors
    assert done.results["N"] == 16
    reference = three["values"][0].reshape(4, 5, 5, 6)
    share = (reference == 1).mean(axis=(1, 3))[:, 1:]
    rows = {row["map"]: row for row in table(tmp_path / "ranking.csv")}
    # 5 x 6 cells are met by 5 x 5 subcells, so that a share near a half may fall either way.
    assert abs(int(rows["coarse"]["tp"]) - (share >= 0.5).sum()) <= (abs(share - 0.5) < 0.08).sum()


def test_without_bootstrap_and_with_a_single_map(run, three, tmp_path):
    html = {}
    for count, maps in enumerate(([three["erring"]], [three["erring"]] * 2), start=1):
        path = tmp_path / f"{count}.html"
        outputs = {"BLOCK_SIZE": 0, "TABLE_PAIRS": tmp_path / f"{count}.csv", "OUTPUT_HTML": path}
        done = run("comparemaps", {"MAPS": maps, "REFERENCE": three["reference"], **outputs})
        assert done.ok, done.errors
        html[count] = path.read_text(encoding="utf-8")
        assert len(table(tmp_path / f"{count}.csv")) == count - 1
    assert "Pairs of maps" not in html[1]
    assert "left out" in html[2]
    # Layers of one name are told apart.
    assert "erring (1)" in html[2]


def test_results_do_not_depend_on_the_blocks(run, three, tmp_path):
    texts = []
    for memory, threads in ((64, 1), (1024, 2)):
        path = tmp_path / f"{memory}.csv"
        parameters = {"MAPS": [three["erring"], three["fine"]], "RULES": "in 1 drop 3 4; <= 0"}
        limits = {"MEMORY": memory, "THREADS": threads, "TABLE": path}
        assert run("comparemaps", {**parameters, **limits, "REFERENCE": three["reference"]}).ok
        texts.append(path.read_text())
    assert texts[0] == texts[1]


@pytest.mark.parametrize(
    "text",
    [
        "in " + "1 " * 50_000 + "x",
        "in " + "1, " * 33_000 + "2 3 drop 4 drop",
        "== " + "1" * 100_000 + "x",
        "== " + "1" * 100_000,
        "in " + "1" * 100_000 + " x",
        "in 1 drop " + "12 " * 33_000 + "-",
        "<=" + " " * 100_000 + "x",
        "== 1" + " drop" * 20_000,
        "in 1" + " \t,\n" * 25_000,
        "in " + "1e" * 50_000,
        ";" * 100_000,
        "<" * 100_000,
    ],
)
def test_no_mistyped_rule_takes_long(text):
    started = time.perf_counter()
    with pytest.raises(InputError) as refused:
        read_rules(text, 1, "RULES")
    assert time.perf_counter() - started < 0.5
    assert len(str(refused.value)) < 400


def test_a_long_list_of_classes_is_read():
    values = tuple(map(float, range(20_000)))
    rule = read_rule("in " + " ".join(f"{value:.0f}" for value in values) + " drop -1,-2", "RULES")
    assert (rule.values, rule.dropped) == (values, (-1.0, -2.0))
