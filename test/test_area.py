"""Areas on the ellipsoid against published values, quadrature and PROJ's geodesics."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from permafrost_mapper.core.assess.area import class_areas, position_m, zone_area_km2
from permafrost_mapper.core.errors import InputError
from scipy.integrate import quad

WGS84 = (6378137.0, 298.257223563)


@pytest.mark.parametrize(
    ("lat", "on_wgs84", "on_sphere"), [(34.34, 1.0207, 1.0209), (38.0, 0.9749, 0.9743), (43.53, 0.8981, 0.8964)]
)
def test_area_of_a_cell_of_a_hundredth_degree(lat, on_wgs84, on_sphere):
    assert zone_area_km2(lat - 0.005, lat + 0.005, 0.01, *WGS84) == pytest.approx(on_wgs84, abs=5e-5)
    assert zone_area_km2(lat - 0.005, lat + 0.005, 0.01, 6_371_000.0, 0.0) == pytest.approx(on_sphere, abs=5e-5)


def test_area_of_the_whole_ellipsoid():
    assert zone_area_km2(-90, 90, 360, *WGS84) == pytest.approx(510_065_621.7, abs=0.05)


@pytest.mark.parametrize("inverse_flattening", [0.0, np.inf])
def test_area_of_the_whole_modis_sphere(inverse_flattening):
    radius = 6_371_007.181
    whole = 4 * np.pi * radius**2
    assert zone_area_km2(-90, 90, 360, radius, inverse_flattening) * 1e6 == pytest.approx(whole, rel=1e-14)
    assert position_m(90.0, 60.0, radius, inverse_flattening) == pytest.approx(
        [0, radius / 2, radius * np.sqrt(0.75)], rel=1e-12, abs=1e-6
    )


@given(
    st.floats(-89, 88),
    st.floats(0.01, 1.0),
    st.sampled_from([WGS84, (6378245.0, 298.3), (6371007.181, 0.0)]),  # WGS 84, Krasovsky 1940, MODIS sphere
)
def test_sides_of_small_cells_in_space_integrate_to_the_area(south, height, ellipsoid):
    def strip(lat):
        step = 1e-4
        east = position_m(step, lat, *ellipsoid) - position_m(-step, lat, *ellipsoid)
        north = position_m(0.0, lat + step, *ellipsoid) - position_m(0.0, lat - step, *ellipsoid)
        return np.linalg.norm(np.cross(east, north)) / (2 * step) ** 2

    integral = quad(strip, south, south + height, epsabs=0, epsrel=1e-9)[0]
    area = zone_area_km2(south, south + height, 2.0, *ellipsoid)
    assert area == pytest.approx(integral * 2.0 / 1e6, rel=1e-7)


def test_positions_equal_those_of_proj():
    pyproj = pytest.importorskip("pyproj")
    to_space = pyproj.Transformer.from_crs(4979, 4978, always_xy=True)
    lon, lat = np.array([0.0, 85.0, -120.0, 180.0]), np.array([0.0, 38.0, -89.9, 90.0])
    expected = np.column_stack(to_space.transform(lon, lat, np.zeros(4)))
    np.testing.assert_allclose(position_m(lon, lat, *WGS84), expected, atol=1e-6)


def test_area_equals_that_of_projs_geodesics():
    pyproj = pytest.importorskip("pyproj")
    geod = pyproj.Geod(a=WGS84[0], rf=WGS84[1])
    # A parallel is no geodesic: many short edges follow it closely enough.
    lon = np.linspace(80.0, 80.1, 2001)
    ring_lon = np.concatenate([lon, lon[::-1]])
    for lat in (34.34, 38.0, 43.53):
        ring_lat = np.concatenate([np.full(lon.size, lat), np.full(lon.size, lat + 0.1)])
        area, _ = geod.polygon_area_perimeter(ring_lon, ring_lat)
        assert zone_area_km2(lat, lat + 0.1, 0.1, *WGS84) == pytest.approx(abs(area) / 1e6, rel=1e-8)


def test_rows_of_a_grid_add_up_to_the_whole():
    edges = np.linspace(34.3, 43.6, 931)
    rows = zone_area_km2(edges[:-1], edges[1:], 0.01, *WGS84)
    assert rows.shape == (930,)
    assert (np.diff(rows) < 0).all()
    assert rows.sum() == pytest.approx(zone_area_km2(34.3, 43.6, 0.01, *WGS84), rel=1e-12)


def test_class_areas_per_zone():
    classes = np.array([[0, 1, -1], [1, 1, 0]])
    zones = np.array([[0, 0, 0], [1, -1, 1]])
    column = np.array([[1.0], [0.5]])
    areas = class_areas(classes, column, zones, n_classes=3, n_zones=2)
    np.testing.assert_array_equal(areas, [[1.0, 1.0, 0.0], [0.5, 0.5, 0.0]])


def test_class_areas_of_bytes_without_zones():
    classes = np.full((50, 50), 4, dtype=np.uint8)
    np.testing.assert_allclose(class_areas(classes, 0.9, 0, n_classes=5, n_zones=1), [[0, 0, 0, 0, 2250.0]])


@given(st.integers(0, 2**32 - 1))
def test_classes_and_zones_part_the_area_without_rest(seed):
    random = np.random.default_rng(seed)
    classes, zones = random.integers(0, 4, (2, 20, 30))
    cells = random.uniform(0.5, 1.0, (20, 30))
    areas = class_areas(classes, cells, zones, 4, 4)
    assert areas.sum() == pytest.approx(cells.sum())
    assert areas[2, 3] == pytest.approx(cells[(zones == 2) & (classes == 3)].sum())


def test_a_class_beyond_the_table_is_refused():
    with pytest.raises(InputError, match="class has the index 5"):
        class_areas(np.array([0, 5]), 1.0, 0, 4, 1)
