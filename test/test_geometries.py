"""Polygons of every kind that a layer may hold, burnt to cells, against their areas by formula."""

import json
import re

import numpy as np
import pytest

ogr = pytest.importorskip("osgeo.ogr")
gdal = pytest.importorskip("osgeo.gdal")
osr = pytest.importorskip("osgeo.osr")
pytest.importorskip("qgis.core")

from permafrost_mapper.raster.read.vectors import with_straight_edges

# 120 x 120 cells of 100 m; in the middle of the zone, at scale 0.9996.
SIDE, CELL, WEST, NORTH = 120, 100.0, 494_000.0, 4_206_000.0
X, Y, R = WEST + 6000.0, NORTH - 6000.0, 4000.0
CIRCLE = np.pi * R**2 / 1e6


def arc(x, y, r, dimensions=""):
    ends = [(x, y + r), (x + r, y), (x, y - r), (x - r, y), (x, y + r)]
    return ", ".join(f"{a} {b}{dimensions}" for a, b in ends)


def box(x, y, width, height, z=""):
    ring = [(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)]
    return "((" + ", ".join(f"{a} {b}{z}" for a, b in ring) + "))"


HOLE = f"CIRCULARSTRING({arc(X, Y, R / 2)})"
TOP = f"CIRCULARSTRING({X - R} {Y}, {X} {Y + R}, {X + R} {Y})"
FACES = f"{box(X, Y, 2000, 3000, ' 5')}, {box(X + 2000, Y, 1000, 3000, ' 5')}"
TRIANGLES = (
    f"(({X} {Y} 0, {X + 3000} {Y} 0, {X} {Y + 3000} 0, {X} {Y} 0)), "
    f"(({X + 3000} {Y} 0, {X + 3000} {Y + 3000} 0, {X} {Y + 3000} 0, {X + 3000} {Y} 0))"
)
SHAPES = {
    "CurvePolygon": (f"CURVEPOLYGON(CIRCULARSTRING({arc(X, Y, R)}))", CIRCLE),
    "CurvePolygon with a hole": (f"CURVEPOLYGON(CIRCULARSTRING({arc(X, Y, R)}), {HOLE})", 0.75 * CIRCLE),
    "CurvePolygon Z": (f"CURVEPOLYGON Z(CIRCULARSTRING Z({arc(X, Y, R, ' 7')}))", CIRCLE),
    "CurvePolygon ZM": (f"CURVEPOLYGON ZM(CIRCULARSTRING ZM({arc(X, Y, R, ' 7 8')}))", CIRCLE),
    "CompoundCurve": (f"CURVEPOLYGON(COMPOUNDCURVE({TOP}, ({X + R} {Y}, {X - R} {Y})))", CIRCLE / 2),
    "MultiSurface": (
        f"MULTISURFACE(CURVEPOLYGON(CIRCULARSTRING({arc(X, Y, R / 2)})), {box(WEST, Y - 5500, 2000, 1000)})",
        CIRCLE / 4 + 2,
    ),
    "MultiSurface M": (f"MULTISURFACE M(CURVEPOLYGON M(CIRCULARSTRING M({arc(X, Y, R, ' 7')})))", CIRCLE),
    "MultiPolygon Z": (f"MULTIPOLYGON Z({FACES})", 9),
    "PolyhedralSurface": (f"POLYHEDRALSURFACE Z({FACES})", 9),
    "GeometryCollection": (f"GEOMETRYCOLLECTION(POINT({X} {Y}), POLYGON{box(X, Y, 2000, 1000)})", 2),
    "GeometryCollection with an arc": (f"GEOMETRYCOLLECTION(CURVEPOLYGON(CIRCULARSTRING({arc(X, Y, R)})))", CIRCLE),
    "TIN": (f"TIN Z({TRIANGLES})", 9),
    "bow tie": (f"POLYGON(({X} {Y}, {X + 4000} {Y + 4000}, {X + 4000} {Y}, {X} {Y + 4000}, {X} {Y}))", 8),
    "parts that overlap": (f"MULTIPOLYGON({box(X, Y, 4000, 4000)}, {box(X + 2000, Y, 3000, 4000)})", 20),
}


@pytest.fixture
def write_layer(tmp_path):
    """Return the function that writes geometries, as WKT or None, and returns the path of a GeoPackage."""

    def write_layer(*shapes, name="layer", crs=32644):
        path = str(tmp_path / f"{name}.gpkg")
        source = ogr.GetDriverByName("GPKG").CreateDataSource(path)
        reference = osr.SpatialReference()
        reference.ImportFromEPSG(crs)
        layer = source.CreateLayer(name, reference, ogr.wkbUnknown)
        layer.CreateField(ogr.FieldDefn("name", ogr.OFTString))
        for number, wkt in enumerate(shapes):
            feature = ogr.Feature(layer.GetLayerDefn())
            feature["name"] = f"shape {number}"
            if wkt is not None:
                feature.SetGeometry(ogr.CreateGeometryFromWkt(wkt))
            layer.CreateFeature(feature)
        return path

    return write_layer


@pytest.fixture
def ground(make_raster):
    """A map with one class everywhere, and TTOP below 0 everywhere."""
    where = {"corner": (WEST, NORTH), "cell": (CELL, -CELL), "crs": 32644}
    return {
        "map": make_raster("map", np.ones((SIDE, SIDE), np.uint8), **where),
        "ttop": make_raster("ttop", np.full((SIDE, SIDE), -1, np.float32), **where),
    }


@pytest.mark.parametrize("shape", SHAPES)
def test_polygons_cover_their_area(run, ground, write_layer, tmp_path, shape):
    """By centres of cells as districts, by shares of cells as lakes; areas on the ellipsoid are larger by 1.0008."""
    wkt, km2 = SHAPES[shape]
    zones = write_layer(wkt)
    table = tmp_path / "areas.csv"
    done = run("areastatistics", {"MAP": ground["map"], "ZONES": zones, "ZONE_FIELD": "name", "TABLE": table})
    assert done.ok, done.errors
    area = next(float(line.split(",")[3]) for line in table.read_text().splitlines() if "shape 0" in line)
    assert area / 1.0008 == pytest.approx(km2, rel=3e-3, abs=0.08)
    done = run("classify", {"TTOP": ground["ttop"], "LAKES": zones, "OUTPUT": tmp_path / "map.tif"})
    assert done.ok, done.errors
    covered = float(re.search(r"Lakes cover ([\d,.]+) km", done.log)[1].replace(",", ""))
    assert covered / 1.0008 == pytest.approx(km2, rel=1.5e-3, abs=0.06)


def test_a_circle_of_chords_has_the_area_of_the_circle():
    wkb = bytes(ogr.CreateGeometryFromWkt(SHAPES["CurvePolygon"][0]).ExportToWkb())
    straight = ogr.CreateGeometryFromWkb(with_straight_edges(wkb))
    assert straight.GetGeometryName() == "POLYGON"
    assert straight.Area() / 1e6 == pytest.approx(CIRCLE, rel=6e-5)


def test_arcs_are_moved_to_another_crs_with_what_lies_between_their_ends(run, ground, write_layer, tmp_path):
    """A circle on the ground given in degrees is an ellipse there: its arcs are chords before they are moved."""
    to_degrees = osr.CoordinateTransformation(*(reference(code) for code in (32644, 4326)))
    round_one = ogr.CreateGeometryFromWkt(SHAPES["CurvePolygon"][0]).GetLinearGeometry(0.1)
    round_one.Transform(to_degrees)
    x, y = round_one.Centroid().GetPoint_2D()
    west, east, *_ = round_one.GetEnvelope()
    r = (east - west) / 2
    in_degrees = write_layer(f"CURVEPOLYGON(CIRCULARSTRING({arc(x, y, r)}))", name="degrees", crs=4326)
    done = run("classify", {"TTOP": ground["ttop"], "LAKES": in_degrees, "OUTPUT": tmp_path / "map.tif"})
    assert done.ok, done.errors
    covered = float(re.search(r"Lakes cover ([\d,.]+) km", done.log)[1].replace(",", ""))
    # As wide as the circle, and higher by the ratio of a degree of latitude to one of longitude.
    ratio = 110_997 / 87_833
    assert covered / 1.0008 == pytest.approx(CIRCLE * ratio, rel=5e-3)


def reference(code):
    found = osr.SpatialReference()
    found.ImportFromEPSG(code)
    found.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return found


@pytest.mark.parametrize("nothing", [None, "POLYGON EMPTY", "CURVEPOLYGON EMPTY", "MULTIPOLYGON EMPTY"], ids=str)
def test_features_without_geometry_are_left_out_and_said(run, ground, write_layer, tmp_path, nothing):
    zones = write_layer(nothing, SHAPES["CurvePolygon"][0], nothing)
    table = tmp_path / "areas.csv"
    done = run("areastatistics", {"MAP": ground["map"], "ZONES": zones, "ZONE_FIELD": "name", "TABLE": table})
    assert done.ok, done.errors
    assert "2 of the 3 features of 'layer' have no geometry and are left out" in done.log
    lines = table.read_text().splitlines()
    assert len(lines) == 3
    assert "shape 1" in lines[1]
    assert float(lines[1].split(",")[3]) / 1.0008 == pytest.approx(CIRCLE, rel=5e-3)


def test_a_layer_of_nothing_is_refused(run, ground, write_layer):
    done = run("areastatistics", {"MAP": ground["map"], "ZONES": write_layer("POLYGON EMPTY", None)})
    assert not done.ok
    assert re.search("'layer' holds no feature", done.errors[0])


def test_an_invalid_polygon_is_said(run, ground, write_layer):
    done = run("areastatistics", {"MAP": ground["map"], "ZONES": write_layer(SHAPES["bow tie"][0])})
    assert done.ok, done.errors
    assert re.search("1 features of 'layer' are not valid, the first with the id 1, .*Fix geometries", done.log)


def test_lines_are_no_area(run, ground, write_layer):
    closed = f"COMPOUNDCURVE({TOP}, ({X + R} {Y}, {X - R} {Y}))"
    done = run("areastatistics", {"MAP": ground["map"], "ZONES": write_layer(closed)})
    assert not done.ok
    assert "'layer' holds lines, and polygons are needed" in done.errors[0]
    done = run("areastatistics", {"MAP": ground["map"], "ZONES": write_layer(closed, SHAPES["TIN"][0], name="both")})
    assert done.ok, done.errors
    assert "1 of the 2 features of 'both' are of another kind (lines) and are left out" in done.log


def test_points_without_a_place_are_left_out(run, ground, tmp_path):
    """An empty point used to lie at x 0, y 0."""
    path = tmp_path / "holes.geojson"
    points = [[X, Y], [], None]
    features = [
        {
            "type": "Feature",
            "properties": {"magt": -1.0},
            "geometry": None if xy is None else {"type": "Point", "coordinates": xy},
        }
        for xy in points
    ]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32644"}}
    path.write_text(json.dumps({"type": "FeatureCollection", "crs": crs, "features": features}))
    done = run("boreholes", {"TTOP": ground["ttop"], "BOREHOLES": path, "MAGT": "magt"})
    assert done.ok, done.errors
    assert (done.results["N_MAGT"], done.results["ME"]) == (1, 0)
    assert "2 of the 3 features of 'holes' have no geometry" in done.log


def test_a_feature_of_points_in_several_places_is_refused(run, ground, tmp_path, write_layer):
    """The middle between its points, which nobody has observed, used to be taken."""
    layer = write_layer(f"MULTIPOINT(({X} {Y}), ({X + 1000} {Y}))", f"MULTIPOINT(({X} {Y}))", name="drilled")
    given = {"BOREHOLES": layer, "PRESENCE": "name", "PRESENCE_PERMAFROST": "shape 0, shape 1"}
    done = run("boreholes", {"MAP": ground["map"], **given})
    assert not done.ok
    assert "Layer 'drilled' holds 1 features of several points in different places" in done.errors[0]


OVERLAP = "overlap in 50 % of the area that they cover"


def test_polygons_that_overlap_are_told(run, ground, write_layer):
    """Each cell is in one district, region or class: the last polygon takes all of those under it."""
    both = [f"POLYGON{box(WEST, Y - 6000, 12000, 12000)}", f"POLYGON{box(WEST, Y - 6000, 6000, 12000)}"]
    zones, apart = write_layer(*both, name="nested"), write_layer(both[1], name="alone")
    districts = {"MAP": ground["map"], "ZONE_FIELD": "name"}
    assert OVERLAP in run("areastatistics", {**districts, "ZONES": zones}).log
    assert "different values overlap" not in run("areastatistics", {**districts, "ZONES": apart}).log
    survey = {"MAP": ground["map"], "REFERENCE": zones, "REFERENCE_FIELD": "name", "BLOCK_SIZE": 0}
    done = run("accuracy", {**survey, "REFERENCE_PERMAFROST": "shape 1"})
    assert done.ok, done.errors
    assert f"Polygons of 'nested' with different values {OVERLAP}" in done.log
    # Classes that mean the same do not contradict each other.
    assert "different values overlap" not in run("accuracy", {**survey, "REFERENCE_PERMAFROST": "shape 0, shape 1"}).log
    regions = {"REFERENCE": ground["map"], "REGIONS": zones, "REGION_FIELD": "name", "BLOCK_SIZE": 0}
    assert OVERLAP in run("accuracy", {"MAP": ground["map"], **regions}).log
