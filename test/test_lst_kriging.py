"""Kriging against PyKrige, against gstat's results on meuse, and its two implementations against each other."""

import importlib.util

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from permafrost_mapper.core.errors import Cancelled, InputError, MissingPackageError
from permafrost_mapper.core.lst import kriging
from permafrost_mapper.core.lst.kriging import krige, krige_with_nuggets, solve_ordinary_kriging
from permafrost_mapper.core.lst.neighbours import Offsets, PaddedMap, find_neighbours, lower_bounds, octant
from permafrost_mapper.core.lst.variogram import MODELS, Variogram

needs_numba = pytest.mark.skipif(importlib.util.find_spec("numba") is None, reason="Numba is not installed")
BACKENDS_HERE = ["numpy", "numba"] if importlib.util.find_spec("numba") else ["numpy"]
WIDTH, HEIGHT = 0.8, 1.1  # not equal, so that an exchange of the two shows
EXPONENTIAL = Variogram("exponential", 0.1, 2.0, 12.0)


def scene(seed=0, shape=(24, 31), missing=0.7, smooth=3):
    rng = np.random.default_rng(seed)
    z = rng.normal(size=shape)
    for _ in range(smooth):
        z = z + np.roll(z, 1, 0) + np.roll(z, 1, 1)
    z = 280 + z / z.std()
    z[rng.random(shape) < missing] = np.nan
    return z


def brute_neighbours(z, row, column, count, search):
    """Sort all known cells by distance, with ties as documented."""
    r, c = np.nonzero(np.isfinite(z))
    other = (r != row) | (c != column)
    r, c = r[other] - row, c[other] - column
    order = np.lexsort((c, r, np.hypot(r * HEIGHT, c * WIDTH)))
    r, c = r[order], c[order]
    if search == "octant":
        sector = octant(r, c)
        keep = np.concatenate([np.flatnonzero(sector == s)[: count // 8] for s in range(8)])
    else:
        keep = np.arange(min(count, r.size))
    return r[keep] + row, c[keep] + column


def test_octants_are_eighths_of_the_circle():
    row, column = (a.ravel() for a in np.mgrid[-9:10, -9:10])
    away = (row != 0) | (column != 0)
    row, column = row[away], column[away]
    angle = np.degrees(np.arctan2(row, column)) % 360
    np.testing.assert_array_equal(octant(row, column), (np.round(angle, 9) // 45).astype(int))


@pytest.mark.parametrize("search", ["octant", "nearest"])
@given(seed=st.integers(0, 1000), missing=st.sampled_from([0.2, 0.9, 0.99]))
@settings(deadline=None, max_examples=15)
def test_bounds_are_lower_bounds_and_reached_by_one_cell_at_most(search, seed, missing):
    z = scene(seed, (11, 14), missing, 0)
    known = np.isfinite(z)
    kr, kc = np.nonzero(known)
    for sector, bound in enumerate(lower_bounds(known, search, WIDTH, HEIGHT)):
        for row, column in np.argwhere(~known):
            r, c = kr - row, kc - column
            inside = octant(r, c) == sector if search == "octant" else np.ones(r.size, bool)
            truth = np.hypot(r * HEIGHT, c * WIDTH)[inside].min() if inside.any() else np.inf
            assert bound[row, column] <= truth * (1 + 1e-6)
            assert np.isinf(bound[row, column]) == np.isinf(truth)


@pytest.mark.parametrize(("search", "count"), [("nearest", 7), ("octant", 24)])
def test_neighbours_are_those_of_brute_force(search, count):
    z = scene(missing=0.85)
    known = np.isfinite(z)
    reach = (z.shape[0] - 1, z.shape[1] - 1)
    padded = PaddedMap.of(known, reach)
    offsets = Offsets.within(1e6, WIDTH, HEIGHT, reach, padded.columns, search)
    row, column = np.nonzero(~known)
    start = np.stack(
        [offsets.first_beyond(s, b[row, column]) for s, b in enumerate(lower_bounds(known, search, WIDTH, HEIGHT))]
    )
    entries = find_neighbours(padded.known, offsets, padded.position(row, column), start, count // len(start))
    for i in range(row.size):
        found = entries[:, i][np.isfinite(offsets.distance[entries[:, i]])]
        r, c = brute_neighbours(z, row[i], column[i], count, search)
        np.testing.assert_array_equal(offsets.row[found] + row[i], r)
        np.testing.assert_array_equal(offsets.column[found] + column[i], c)


@pytest.mark.parametrize("search", ["octant", "nearest"])
@given(
    seed=st.integers(0, 1000),
    missing=st.sampled_from([0.02, 0.5, 0.9, 0.97]),
    near=st.integers(1, 12),
    radius=st.sampled_from([None, 4.0, 9.0]),
)
@settings(deadline=None, max_examples=40)
def test_neighbours_that_are_not_near_are_found_all_the_same(search, seed, missing, near, radius):
    z = scene(seed, (17, 21), missing, 1)
    if not np.isfinite(z).any():
        return
    given_ = (z, EXPONENTIAL, WIDTH, HEIGHT, 16, search, np.isnan(z), radius)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kriging, "NEAR", near)
        estimate, std, _ = krige_with_nuggets(*given_)
        patch.setattr(kriging, "NEAR", 10**6)
        all_at_once = krige_with_nuggets(*given_)
    np.testing.assert_allclose(estimate, all_at_once[0], rtol=1e-12)
    np.testing.assert_allclose(std, all_at_once[1], rtol=1e-12)


def test_a_small_gap_needs_no_list_of_all_offsets(monkeypatch):
    """For the many small windows of a scene that list costs more than everything else, also at the edge of the grid."""
    z = scene(shape=(80, 90), missing=0.0)
    z[40:44, 50:53] = z[:3, :4] = z[78:, 30:33] = np.nan
    radii = []
    within = Offsets.within
    monkeypatch.setattr(Offsets, "within", lambda radius, *others: radii.append(radius) or within(radius, *others))
    assert np.isfinite(krige(z, EXPONENTIAL, WIDTH, HEIGHT)[0]).all()
    assert radii == [kriging.NEAR * HEIGHT]


def pykrige_at(z, v, row, column, count, search):
    """Krige one cell by PyKrige from exactly the selected neighbours."""
    ok = pytest.importorskip("pykrige.ok")
    r, c = brute_neighbours(z, row, column, count, search)
    parameters = {
        "linear": {"slope": v.sill / v.range, "nugget": v.nugget},
        "power": {"scale": v.sill / v.range**v.smoothness, "exponent": v.smoothness, "nugget": v.nugget},
    }.get(v.model, {"psill": v.sill, "range": v.range, "nugget": v.nugget})
    model = {"variogram_model": v.model, "variogram_parameters": parameters}
    if v.model == "matern" or v.nested:
        model = {
            "variogram_model": "custom",
            "variogram_parameters": [],
            "variogram_function": lambda _, d: v.semivariance(d),
        }
    kriging = ok.OrdinaryKriging(
        c * WIDTH,
        -r * HEIGHT,
        z[r, c],
        **model,
        anisotropy_scaling=v.anisotropy,
        anisotropy_angle=v.angle,
    )
    estimate, variance = kriging.execute("points", [column * WIDTH], [-row * HEIGHT])
    return float(estimate[0]), float(np.sqrt(max(variance[0], 0)))


@pytest.mark.parametrize("backend", ["numpy", pytest.param("numba", marks=needs_numba)])
@pytest.mark.parametrize("nugget", [0.0, 0.4])
@pytest.mark.parametrize("model", MODELS)
def test_equal_to_pykrige(model, nugget, backend):
    v = Variogram(model, nugget, 2.0, 3.0 if model == "gaussian" else 9.0, 1.2)
    z = scene()
    for search, count in (("nearest", 9), ("octant", 16)):
        estimate, std = krige(z, v, WIDTH, HEIGHT, count, search, backend=backend)
        cells = np.argwhere(np.isnan(z))
        for i in np.random.default_rng(1).choice(len(cells), 6, replace=False):
            theirs = pykrige_at(z, v, *cells[i], count, search)
            np.testing.assert_allclose([estimate[i], std[i]], theirs, rtol=1e-8, atol=1e-8)


def test_equal_to_pykrige_nested_and_anisotropic():
    v = Variogram("exponential", 0, 1, 4, nested=Variogram("spherical", 0.1, 3, 30), anisotropy=1.9, angle=35)
    z = scene()
    estimate, std = krige(z, v, WIDTH, HEIGHT, 16)
    cells = np.argwhere(np.isnan(z))
    for i in (0, 100, 200, 300):
        np.testing.assert_allclose([estimate[i], std[i]], pykrige_at(z, v, *cells[i], 16, "octant"), rtol=1e-8)


@needs_numba
@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("missing", [0.3, 0.7, 0.99])
def test_numba_equals_numpy(model, missing):
    z = scene(5, (60, 70), missing)
    v = Variogram(model, 0.0, 2.0, 3.0 if model == "gaussian" else 15.0, 0.8)
    for search in ("octant", "nearest"):
        for targets in (None, np.isfinite(z)):
            one, two = (krige(z, v, WIDTH, HEIGHT, 24, search, targets, backend=b) for b in ("numpy", "numba"))
            np.testing.assert_allclose(one, two, rtol=1e-8, atol=1e-8)


def meuse(rows, targets, points, z, v):
    """Krige some targets, each from the points named in its row."""
    n = rows.shape[1]

    def system_of(cells):
        system = np.empty((n + 2, n, len(cells)))
        for b, cell in enumerate(cells):
            xy = points[rows[cell]]
            system[:n, :, b] = v.semivariance(np.hypot(*(xy[:, None] - xy[None]).transpose(2, 0, 1)))
            system[n, :, b] = v.semivariance(np.hypot(*(xy - targets[cell]).T))
            system[n + 1, :, b] = z[rows[cell]]
        return system

    (estimate,), variance, nugget = solve_ordinary_kriging(system_of, np.ones((n, len(targets)), bool))
    assert (nugget == 0).all()
    return estimate, variance


def test_meuse_is_gstats(real_data):
    folder = real_data("reference_checks")
    table = np.genfromtxt(folder / "meuse.csv", delimiter=",", skip_header=1, usecols=(0, 1, 5))
    points, z = table[:, :2], np.log(table[:, 2])
    v = Variogram("spherical", 0.05066, 0.59061, 897.02)
    n = len(z)

    others = np.array([np.delete(np.arange(n), i) for i in range(n)])
    estimate, variance = meuse(others, points, points, z, v)
    assert np.sqrt(np.mean((estimate - z) ** 2)) == pytest.approx(0.39180, abs=5e-6)
    loocv = np.genfromtxt(folder / "meuse_logzinc_OK_loocv_gstat.csv", delimiter=",", skip_header=1)
    np.testing.assert_allclose(estimate, loocv[:, 0], atol=2e-5)  # their variogram, rounded to five digits
    np.testing.assert_allclose(variance, loocv[:, 1], atol=2e-5)

    grid = np.genfromtxt(folder / "meuse_logzinc_OK_sph_gstat.csv", delimiter=",", skip_header=1)[::20]
    estimate, variance = meuse(np.tile(np.arange(n), (len(grid), 1)), grid[:, :2], points, z, v)
    np.testing.assert_allclose(estimate, grid[:, 2], atol=2e-5)
    np.testing.assert_allclose(variance, grid[:, 3], atol=2e-5)


@given(shift=st.floats(-300, 300), seed=st.integers(0, 100))
@settings(deadline=None, max_examples=15)
def test_estimates_move_with_the_data_and_not_with_the_place(shift, seed):
    z = scene(seed, (12, 15))
    estimate, std = krige(z, EXPONENTIAL, WIDTH, HEIGHT, 8, backend="numpy")
    moved, same = krige(z + shift, EXPONENTIAL, WIDTH, HEIGHT, 8, backend="numpy")
    np.testing.assert_allclose(moved, estimate + shift, atol=1e-9)
    np.testing.assert_allclose(same, std, atol=1e-12)
    framed = np.pad(z, ((3, 5), (2, 4)), constant_values=np.nan)
    inside = np.pad(np.isnan(z), ((3, 5), (2, 4)))
    placed, same = krige(framed, EXPONENTIAL, WIDTH, HEIGHT, 8, targets=inside, backend="numpy")
    np.testing.assert_allclose(placed, estimate, atol=1e-9)
    np.testing.assert_allclose(same, std, atol=1e-9)


def test_leave_one_out_takes_the_cell_away():
    z = scene(missing=0.5)
    checked = np.zeros(z.shape, dtype=bool)
    checked[tuple(np.argwhere(np.isfinite(z))[57])] = True
    hidden = np.where(checked, np.nan, z)
    assert krige(z, EXPONENTIAL, 1, 1, targets=checked) == krige(hidden, EXPONENTIAL, 1, 1, targets=checked)


def test_threads_and_memory_do_not_change_the_result():
    z = scene(2, (90, 120))
    expected = krige(z, EXPONENTIAL, 1, 1, backend="numpy", threads=1)
    np.testing.assert_array_equal(krige(z, EXPONENTIAL, 1, 1, backend="numpy", threads=3, memory=1 << 20), expected)


@pytest.mark.parametrize("search", ["octant", "nearest"])
def test_bounds_of_distances_only_save_time(search, monkeypatch):
    z = scene(3, (70, 80), 0.97, 3)
    expected = krige(z, EXPONENTIAL, WIDTH, HEIGHT, 16, search)
    for searched in (0, 10**9):
        monkeypatch.setattr(kriging, "SEARCHED", searched)
        np.testing.assert_array_equal(krige(z, EXPONENTIAL, WIDTH, HEIGHT, 16, search), expected)


def test_width_that_varies_with_the_row_is_that_of_the_row():
    z = scene(4, (40, 30))
    widths = np.where(np.arange(40) < 20, 0.9, 0.5)
    estimate, std = krige(z, EXPONENTIAL, widths, 1.0, 16)
    north = np.nonzero(np.isnan(z))[0] < 20
    for width, rows in ((0.9, north), (0.5, ~north)):
        expected, expected_std = krige(z, EXPONENTIAL, width, 1.0, 16, radius=250.0)
        np.testing.assert_allclose(estimate[rows], expected[rows], rtol=1e-10)
        np.testing.assert_allclose(std[rows], expected_std[rows], rtol=1e-10)


@pytest.mark.parametrize("backend", ["numpy", pytest.param("numba", marks=needs_numba)])
def test_degenerate_scenes_end_as_documented(backend):
    empty = np.full((6, 8), np.nan)
    estimate, std = krige(empty, EXPONENTIAL, 1, 1, backend=backend)
    assert np.isnan(estimate).all()
    assert np.isnan(std).all()
    assert all(a.size == 0 for a in krige(np.ones((6, 8)), EXPONENTIAL, 1, 1, backend=backend))

    line = empty.copy()
    line[:, 3] = np.arange(6)
    for few in (line, np.where(np.arange(48).reshape(6, 8) < 3, 5.0, np.nan)):
        estimate, std = krige(few, EXPONENTIAL, 1, 1, backend=backend)
        assert np.isfinite(estimate).all()
        assert (std > 0).all()

    one = empty.copy()
    one[0, 0] = 4.0
    estimate, std = krige(one, EXPONENTIAL, 1, 1, backend=backend)
    np.testing.assert_array_equal(estimate, 4.0)
    distance = np.hypot(*np.indices(one.shape))[np.isnan(one)]
    np.testing.assert_allclose(std**2, 2 * EXPONENTIAL.semivariance(distance))

    estimate, _ = krige(one, EXPONENTIAL, 1, 1, radius=2.0, backend=backend)
    np.testing.assert_array_equal(np.isfinite(estimate), distance <= 2)

    constant = np.where(np.isnan(scene()), np.nan, 273.15)
    estimate, std = krige(constant, Variogram("exponential", 0, 0, 9), 1, 1, backend=backend)
    assert (estimate == 273.15).all()
    assert (std == 0).all()


def smooth_field(shape=(24, 31)):
    """A field that any model can follow, with scattered gaps and a hole."""
    row, column = np.indices(shape)
    truth = 280 + 3 * np.sin(column / 9) + 2 * np.cos(row / 7) + 0.1 * column
    gaps = np.random.default_rng(0).random(shape) < 0.3
    gaps[6:14, 9:18] = True
    return truth, gaps


def every_variogram():
    for model in MODELS:
        for smoothness in {"matern": (0.3, 2.5, 20.0), "power": (0.5, 1.5, 1.99, 1.9999999)}.get(model, (0.5,)):
            for range_ in (0.1, 1.0, 10.0, 100.0, 1e3, 1e4):
                yield Variogram(model, 0.0, 4.0, range_, smoothness)


def exactly(v, nugget, z, rows, columns, row, column):
    """Ordinary kriging of one cell with the Lagrange multiplier, in 60 digits."""
    mpmath = pytest.importorskip("mpmath")
    with mpmath.workdps(60):
        n = rows.size
        r, c = np.append(rows, row), np.append(columns, column)
        gamma = v.semivariance(np.hypot((r[:, None] - r) * HEIGHT, (c[:, None] - c) * WIDTH)) + 0.0
        a = mpmath.ones(n + 1, n + 1)
        for i in range(n):
            for j in range(n):
                a[i, j] = mpmath.mpf(float(gamma[i, j])) + (float(nugget) if i != j else 0)
        a[n, n] = 0
        b = mpmath.matrix([mpmath.mpf(float(g)) + float(nugget) for g in gamma[n, :n]] + [1])
        w = mpmath.lu_solve(a, b)
        estimate = sum(w[i] * mpmath.mpf(float(z[rows[i], columns[i]])) for i in range(n))
        variance = sum(w[i] * b[i] for i in range(n + 1))
        return float(estimate), float(mpmath.sqrt(max(variance, 0)))


@pytest.mark.parametrize("v", list(every_variogram()), ids=lambda v: f"{v.model}-{v.smoothness}-{v.range:g}")
def test_any_variogram_without_nugget_is_solved_exactly_with_the_reported_nugget(v):
    """Smooth, long, unbounded, or not valid on a plane: against 60 digits, and never beyond what is known."""
    truth, gaps = smooth_field()
    z = np.where(gaps, np.nan, truth)
    results = [krige_with_nuggets(z, v, WIDTH, HEIGHT, 16, backend=backend) for backend in BACKENDS_HERE]
    estimate, std, nugget = results[0]
    for other in results[1:]:
        np.testing.assert_allclose(other, results[0], rtol=1e-8, atol=1e-8)
    assert np.abs(estimate - truth[gaps]).max() < 1.5  # the field ranges over 10
    assert (std > 0).all()
    assert (nugget <= std**2).all()
    cells = np.argwhere(gaps)
    for i in (40, 120, 200):
        r, c = brute_neighbours(z, *cells[i], 16, "octant")
        expected, deviation = exactly(v, nugget[i], z, r, c, *cells[i])
        assert estimate[i] == pytest.approx(expected, abs=1e-6)
        assert std[i] == pytest.approx(deviation, rel=1e-6)


def test_a_nugget_is_added_only_where_it_is_needed_and_no_larger():
    truth, gaps = smooth_field()
    z = np.where(gaps, np.nan, truth)
    for rough in (EXPONENTIAL, Variogram("exponential", 0, 4, 1e4), Variogram("spherical", 0, 4, 300.0)):
        assert (krige_with_nuggets(z, rough, 1, 1)[2] == 0).all()
    _, _, nugget = krige_with_nuggets(z, Variogram("gaussian", 0.0, 4.0, 200.0), 1, 1)
    assert (nugget > 0).all()
    assert np.sqrt(nugget).max() < 1e-3  # K
    # Beside a nugget of its own it needs none.
    assert (krige_with_nuggets(z, Variogram("gaussian", 0.01, 4.0, 200.0), 1, 1)[2] == 0).all()


def test_a_run_can_be_cancelled():
    calls = []

    def cancel():
        calls.append(1)
        raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        krige(scene(), EXPONENTIAL, 1, 1, stop=cancel)
    assert calls


def test_without_numba_numpy_does_the_work(without_numba):
    z = scene()
    expected = krige(z, EXPONENTIAL, 1, 1, backend="numpy")
    np.testing.assert_array_equal(krige(z, EXPONENTIAL, 1, 1), expected)
    with pytest.raises(MissingPackageError, match="numba"):
        krige(z, EXPONENTIAL, 1, 1, backend="numba")


@pytest.mark.parametrize(
    ("parameters", "word"),
    [
        ({"search": "quadrant"}, "quadrant"),
        ({"neighbours": 4}, "4 neighbours"),
        ({"neighbours": 0, "search": "nearest"}, "0 neighbours"),
        ({"backend": "fortran"}, "fortran"),
        ({"cell_width": 0.0}, "0 x 1"),
        ({"cell_width": np.ones(3)}, "3 cell widths do not fit 24 rows"),
        ({"radius": 0.0}, "radius is 0.0"),
    ],
)
def test_bad_parameters_are_named(parameters, word):
    with pytest.raises(InputError, match=word):
        krige(**{"values": scene(), "variogram": EXPONENTIAL, "cell_width": 1.0, "cell_height": 1.0, **parameters})


@pytest.mark.parametrize(
    "variogram", [Variogram("gaussian", 0.0, 1e-300, 1e30), Variogram("power", 0.0, 1e308, 1.0, 1.9)]
)
def test_semivariances_that_no_nugget_mends_are_refused(variogram):
    scene = np.add.outer(np.arange(12.0), np.arange(12.0))
    scene[5:7, 5:7] = np.nan
    with np.errstate(over="ignore"), pytest.raises(InputError, match="not finite, or all 0"):
        krige(scene, variogram, 1000.0, 1000.0)
