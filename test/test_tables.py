"""Tables in all formats that QGIS offers: written with all rows, or one sentence."""

import numpy as np
import pytest

pytest.importorskip("qgis.core")
gdal = pytest.importorskip("osgeo.gdal")
from osgeo import ogr

MAP = np.repeat([1, 1, 1, 2], 150).astype(np.uint8).reshape(20, 30)


def rows_of(path):
    file, _, layer = path.partition("|layername=")
    dataset = gdal.OpenEx(file)
    table = dataset.GetLayerByName(layer) if layer else dataset.GetLayer(0)
    return table.GetGeomType(), [(feature["class"], float(feature["percent"])) for feature in table]


@pytest.mark.parametrize("suffix", ["csv", "gpkg", "GPKG", "geojson", "xlsx", "ods", "shp", "tab", "gml"])
def test_a_table_in_any_format(run, make_raster, tmp_path, suffix):
    done = run("areastatistics", {"MAP": make_raster("map", MAP, crs=32644), "TABLE": tmp_path / f"out/t.{suffix}"})
    assert done.ok, done.errors
    geometry, rows = rows_of(done.results["TABLE"])
    assert [(int(value), share) for value, share in rows] == [(1, pytest.approx(75)), (2, pytest.approx(25))]
    assert geometry == (ogr.wkbUnknown if suffix == "geojson" else ogr.wkbNone)


@pytest.mark.parametrize("suffix", ["fgb", "sqlite"])
def test_a_format_that_takes_no_table(run, make_raster, tmp_path, suffix):
    done = run("areastatistics", {"MAP": make_raster("map", MAP, crs=32644), "TABLE": tmp_path / f"out/t.{suffix}"})
    assert not done.ok
    assert "takes no table without geometry" in done.errors[0]
    assert not list((tmp_path / "out").iterdir())


def test_tables_saved_to_a_geopackage(run, make_raster, tmp_path):
    """As the dialog's "Save to GeoPackage" names them: one beside the other, and written over by a rerun."""
    box = tmp_path / "box.gpkg"
    parameters = {"MAP": make_raster("map", MAP, crs=32644)}
    for name in ("a", "b", "a"):
        done = run("areastatistics", {**parameters, "TABLE": f"ogr:dbname='{box}' table=\"{name}\" (geom)"})
        assert done.ok, done.errors
        assert rows_of(done.results["TABLE"]) == (ogr.wkbNone, [(1, pytest.approx(75)), (2, pytest.approx(25))])
    dataset = gdal.OpenEx(str(box))
    assert sorted(dataset.GetLayer(i).GetName() for i in range(dataset.GetLayerCount())) == ["a", "b"]
