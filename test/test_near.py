"""Large layers of lakes and glaciers, of which only the part near a raster is read."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from osgeo import osr
from permafrost_mapper.core.errors import InputError
from permafrost_mapper.raster.grid.grid import Grid


def wkt(code):
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(code)
    return reference.ExportToWkt()


# Grids of 40 by 30 cells: in degrees, across 180 degrees by either count, UTM in the west of Tibet, UTM across 180
# degrees, around the North Pole, and near it.
GRIDS = [
    Grid(40, 30, (79.0, 0.1, 0, 37.0, 0, -0.1), wkt(4326)),
    Grid(40, 30, (178.0, 0.1, 0, 67.0, 0, -0.1), wkt(4326)),
    Grid(40, 30, (-182.0, 0.1, 0, 67.0, 0, -0.1), wkt(4326)),
    Grid(40, 30, (300_000.0, 10_000.0, 0, 4_100_000.0, 0, -10_000.0), wkt(32644)),
    Grid(40, 30, (200_000.0, 10_000.0, 0, 7_300_000.0, 0, -10_000.0), wkt(32601)),
    Grid(40, 30, (-2_000_000.0, 100_000.0, 0, 1_500_000.0, 0, -100_000.0), wkt(3413)),
    Grid(40, 30, (500_000.0, 20_000.0, 0, 1_000_000.0, 0, -20_000.0), wkt(3413)),
]


@pytest.fixture
def polygons(provider, monkeypatch):
    """Return the function that makes a layer of boxes, which counts as large."""
    from permafrost_mapper.algorithms.layers import near
    from qgis.core import QgsFeature, QgsGeometry, QgsRectangle, QgsVectorLayer

    monkeypatch.setattr(near, "MANY_FEATURES", 1)

    def polygons(boxes, crs=4326):
        layer = QgsVectorLayer(f"Polygon?crs=EPSG:{crs}&field=name:string", "lakes", "memory")
        features = []
        for number, sides in enumerate(boxes):
            feature = QgsFeature(layer.fields())
            feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(*sides)))
            feature.setAttributes([f"lake {number}"])
            features.append(feature)
        assert layer.dataProvider().addFeatures(features)[0]
        layer.updateExtents()
        return layer

    return polygons


class Raster:
    """What `part_near` needs of a raster."""

    name = "ttop"

    def __init__(self, grid):
        self._grid = grid

    def grid(self):
        return self._grid


def share(table, grid):
    from permafrost_mapper.algorithms.layers import cover_source

    return cover_source(table).open(grid).read(grid.window())


def around(grid, spread):
    """Return longitude and latitude of a place in or around a grid."""
    columns, rows = (0.5 + (place - 0.5) * 3 for place in spread)
    left, bottom, right, top = grid.bounds
    way = osr.CoordinateTransformation(*(osr.SpatialReference(text) for text in (grid.crs_wkt, wkt(4326))))
    x, y = left + columns * (right - left), bottom + rows * (top - bottom)
    if osr.SpatialReference(grid.crs_wkt).IsGeographic():
        return x, max(-89.0, min(89.0, y))
    latitude, longitude, _ = way.TransformPoint(x, y)
    return longitude, latitude


UNIT = st.floats(0, 1)


@given(
    st.sampled_from(GRIDS),
    st.lists(st.tuples(UNIT, UNIT, st.floats(0.01, 2), st.integers(-1, 1)), min_size=2, max_size=12),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
def test_what_is_read_of_a_large_layer_covers_as_much_as_all_of_it(polygons, grid, places):
    from permafrost_mapper.algorithms.layers import feature_table, part_near

    boxes = [(80.0, 36.0, 80.05, 36.05), (-70.0, -40.0, -69.0, -39.0)]
    for column, row, size, turns in places:
        x, y = around(grid, (column, row))
        boxes.append((x + 360 * turns, y, x + 360 * turns + size, min(y + size / 4, 89.9)))
    layer = polygons(boxes)
    part = part_near(layer, Raster(grid))
    read, every = feature_table(layer, (), part), feature_table(layer)
    assert len(read.wkb) <= len(every.wkb)
    assert (read.is_part, every.is_part) == (part is not None, False)
    if part is None:
        assert read.wkb == every.wkb
    else:
        # Its longitudes may be on both sides of the grid, a turn apart.
        expected = share(replace(every, is_part=True), grid)
        np.testing.assert_array_equal(share(read, grid), expected)


def test_far_lakes_are_not_read(polygons):
    from permafrost_mapper.algorithms.layers import feature_table, part_near

    grid = GRIDS[3]
    lakes = [(79.5, 36.2, 79.9, 36.4), (10.0, 46.0, 10.5, 46.5), (-70.0, -40.0, -69.0, -39.0)]
    layer = polygons(lakes)
    table = feature_table(layer, (), part_near(layer, Raster(grid)))
    assert list(table.fields["name"]) == ["lake 0"]
    assert table.is_part
    assert share(table, grid).sum() * 100 == pytest.approx(0.4 * 0.2 * 111.2**2 * np.cos(np.radians(36.3)), rel=0.02)


def test_of_a_layer_around_a_grid_there_may_be_none(polygons):
    from permafrost_mapper.algorithms.layers import feature_table, part_near

    layer = polygons([(10.0, 46.0, 10.5, 46.5), (140.0, 20.0, 141.0, 21.0)])
    table = feature_table(layer, (), part_near(layer, Raster(GRIDS[0])))
    assert table.is_part
    assert not table.wkb
    assert not share(table, GRIDS[0]).any()


def test_a_layer_elsewhere_is_read_whole_and_refused_as_before(polygons):
    from permafrost_mapper.algorithms.layers import feature_table, part_near

    layer = polygons([(10.0, 46.0, 10.5, 46.5), (11.0, 46.0, 11.5, 46.5)])
    part = part_near(layer, Raster(GRIDS[0]))
    assert part is None
    with pytest.raises(InputError, match=r"^No feature of layer 'lakes' lies on .*: check both CRSs\.$"):
        share(feature_table(layer, (), part), GRIDS[0])


@pytest.mark.parametrize("grid", [Grid(4, 4, (0.0, 1.0, 0, 4.0, 0, -1.0), ""), GRIDS[0]])
def test_few_features_and_grids_without_crs_read_all(polygons, monkeypatch, grid):
    from permafrost_mapper.algorithms.layers import near, part_near

    layer = polygons([(79.5, 36.2, 79.9, 36.4), (10.0, 46.0, 10.5, 46.5)])
    assert (part_near(layer, Raster(grid)) is None) == (not grid.crs_wkt)
    monkeypatch.setattr(near, "MANY_FEATURES", 3)
    assert part_near(layer, Raster(grid)) is None


@pytest.mark.parametrize("algorithm", ["classify", "change", "comparemaps"])
def test_algorithms_read_lakes_near_their_raster(run, polygons, make_raster, tmp_path, monkeypatch, algorithm):
    from permafrost_mapper.algorithms.layers import vectors

    # Not a single lake of the layer lies near the raster, which is at 80 to 81 degrees.
    far, near = (10.0, 46.0, 10.5, 46.5), (80.2, 39.5, 80.6, 39.9)
    other = (140.0, 20.0, 141.0, 21.0)
    years = np.full((10 if algorithm == "change" else 1, 10, 10), -1, np.float32)
    ttop = make_raster("ttop_2005_2014", years, corner=(80.0, 40.0))
    classes = [
        make_raster(name, np.full((10, 10), 1, np.uint8), corner=(80.0, 40.0)) for name in ("reference", "one", "two")
    ]
    read = []
    vector_table = vectors.vector_table

    def counted(*given):
        table = vector_table(*given)
        read.append(len(table.wkb))
        return table

    monkeypatch.setattr("permafrost_mapper.algorithms.layers.features.vector_table", counted)
    inputs = {
        "classify": {"TTOP": ttop},
        "change": {"TTOP": [ttop], "PERIODS": "2005-2009, 2010-2014", "START_YEAR": 2005},
        "comparemaps": {"MAPS": classes[1:], "REFERENCE": classes[0]},
    }[algorithm]
    for boxes in ((far, other), (far, near, other)):
        layer = polygons(boxes)
        name = "EXCLUDE" if algorithm == "comparemaps" else "LAKES"
        done = run(algorithm, {**inputs, name: layer, "OUTPUT": tmp_path / "o.tif"})
        assert done.ok, done.errors
    assert read == [0, 1]
