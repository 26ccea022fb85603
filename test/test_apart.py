"""No output replaces an input or another output: refused before the run, under whatever spelling."""

import json
import os
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("qgis.core")
gdal = pytest.importorskip("osgeo.gdal")

DEGREES = np.random.default_rng(1).uniform(500, 2500, (2, 20, 30)).astype(np.float32)
MAP = np.random.default_rng(2).integers(1, 3, (20, 30)).astype(np.uint8)


def plain(path):
    return path


def other_spelling(path):
    return f"{path.parent}/./sub/../{path.name}"


def link(path):
    os.symlink(path, path.with_name("link.tif"))
    return path.with_name("link.tif")


def linked_folder(path):
    os.symlink(path.parent, path.parent.with_name(f"{path.parent.name}_link"))
    return path.parent.with_name(f"{path.parent.name}_link") / path.name


def hard_link(path):
    os.link(path, path.with_name("hard.tif"))
    return path.with_name("hard.tif")


def relative(path):
    return os.path.relpath(path)


SPELLINGS = [plain, other_spelling, link, linked_folder, hard_link, relative]


@pytest.fixture
def sums(make_raster, tmp_path):
    (tmp_path / "sub").mkdir()
    return [Path(make_raster(name, values)) for name, values in zip(("ddt", "ddf"), DEGREES)]


def require_refusal(done, before, *names):
    assert not done.ok
    (sentence,) = done.errors
    assert all(name in sentence for name in names), sentence
    assert sentence.endswith(".")
    assert "Traceback" not in sentence
    assert all(path.read_bytes() == content for path, content in before.items())


@pytest.mark.parametrize("spell", SPELLINGS)
def test_an_output_is_no_input(run, sums, spell):
    before = {path: path.read_bytes() for path in sums}
    done = run("ttop", {"DDT": sums[0], "DDF": sums[1], "RK_VALUE": 0.8, "OUTPUT": str(spell(sums[1]))})
    require_refusal(done, before, "OUTPUT", "DDF", "would overwrite")


@pytest.mark.parametrize("spell", SPELLINGS)
def test_an_input_by_another_name_is_no_output(run, sums, spell):
    before = {path: path.read_bytes() for path in sums}
    done = run("ttop", {"DDT": sums[0], "DDF": str(spell(sums[1])), "RK_VALUE": 0.8, "OUTPUT": sums[1]})
    require_refusal(done, before, "OUTPUT", "DDF", "would overwrite")


def virtual(path, folder):
    gdal.Translate(str(folder / "v.vrt"), str(path), format="VRT")
    return folder / "v.vrt", path


def virtual_of_virtual(path, folder):
    inner, _ = virtual(path, folder)
    gdal.Translate(str(folder / "vv.vrt"), str(inner), format="VRT")
    return folder / "vv.vrt", path


def part_of_a_file(path, folder):
    gdal.Translate(str(folder / "a.nc"), str(path), format="netCDF")
    return f'NETCDF:"{folder / "a.nc"}":Band1', folder / "a.nc"


def virtual_of_a_part(path, folder):
    part, file = part_of_a_file(path, folder)
    gdal.Translate(str(folder / "n.vrt"), part, format="VRT")
    return folder / "n.vrt", file


def by_description(path, folder):
    return f"vrt://{path}?bands=1", path


@pytest.mark.parametrize("make", [virtual, virtual_of_virtual, part_of_a_file, virtual_of_a_part, by_description])
def test_files_behind_an_input_are_no_output(run, sums, tmp_path, make):
    from qgis.core import QgsRasterLayer

    source, file = make(sums[0], tmp_path)
    target = file
    if file.suffix == ".nc":
        # No format of ours: the very file under the name of a GeoTIFF.
        target = tmp_path / "same.tif"
        os.link(file, target)
    before = {file: file.read_bytes()}
    done = run("ttop", {"DDT": QgsRasterLayer(str(source)), "DDF": sums[1], "RK_VALUE": 0.8, "OUTPUT": target})
    require_refusal(done, before, "OUTPUT", "DDT", "would overwrite")


@pytest.mark.parametrize(
    ("algorithm", "output"),
    [("aligntogrid", "OUTPUT"), ("classify", "OUTPUT"), ("areastatistics", "OUTPUT_HTML"), ("areastatistics", "TABLE")],
)
def test_every_kind_of_output(run, make_raster, sums, algorithm, output):
    map_path = Path(make_raster("map", MAP))
    parameters = {
        "aligntogrid": {"INPUT": sums[0], "GRID": map_path},
        "classify": {"TTOP": map_path},
        "areastatistics": {"MAP": map_path},
    }[algorithm]
    # A report or a table under the name of a raster: by a hard link where the suffix has to be its own.
    target = map_path.with_suffix({"OUTPUT": ".tif", "OUTPUT_HTML": ".html", "TABLE": ".csv"}[output])
    if target != map_path:
        os.link(map_path, target)
    done = run(algorithm, {**parameters, output: target})
    require_refusal(done, {map_path: map_path.read_bytes()}, output, "would overwrite")


def test_a_table_is_not_written_over_the_table_that_is_read(run, make_raster, tmp_path):
    from qgis.core import QgsVectorLayer

    table = tmp_path / "points.csv"
    table.write_text("x,y,class\n80.1,39.9,1\n80.2,39.8,2\n")
    uri = f"{table.as_uri()}?type=csv&xField=x&yField=y&crs=EPSG:4326"
    layer = QgsVectorLayer(uri, "points", "delimitedtext")
    assert layer.isValid()
    parameters = {"MAP": make_raster("map", MAP), "REFERENCE": layer, "REFERENCE_FIELD": "class"}
    done = run("accuracy", {**parameters, "TABLE": table})
    require_refusal(done, {table: table.read_bytes()}, "TABLE", "REFERENCE", "would overwrite")


def test_a_table_beside_another_in_a_database(run, make_raster, tmp_path):
    """The layer that is read is not written over; another one in its file may be."""
    from qgis.core import QgsVectorLayer

    box = tmp_path / "box.gpkg"
    places = [(80.1, 39.9), (80.2, 39.8), (81, 39.5), (81.5, 39.5)]
    features = [
        {"type": "Feature", "properties": {"class": 1 + i % 2}, "geometry": {"type": "Point", "coordinates": place}}
        for i, place in enumerate(places)
    ]
    (tmp_path / "points.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    gdal.VectorTranslate(str(box), str(tmp_path / "points.geojson"), layerName="points", format="GPKG")
    layer = QgsVectorLayer(f"{box}|layername=points", "points")
    assert layer.isValid()
    parameters = {"MAP": make_raster("map", MAP), "REFERENCE": layer, "REFERENCE_FIELD": "class"}
    before = {box: box.read_bytes()}
    for table in (box, f"ogr:dbname='{box}' table=\"points\" (geom)"):
        require_refusal(run("accuracy", {**parameters, "TABLE": table}), before, "TABLE", "REFERENCE")


@pytest.mark.parametrize("spell", [plain, other_spelling, linked_folder])
@pytest.mark.parametrize("exists", [True, False])
def test_two_outputs_are_two_files(run, make_raster, tmp_path, spell, exists):
    (tmp_path / "sub").mkdir()
    days = np.random.default_rng(1).integers(-10, 10, (365, 4, 5)).astype(np.int16)
    target = tmp_path / "o.tif"
    if exists:
        target.write_bytes(b"of a former run")
    parameters = {"GST": make_raster("gst", days), "START_DATE": "2005-01-01"}
    done = run("degreedays", {**parameters, "DDT": target, "DDF": str(spell(target))})
    require_refusal(done, {target: b"of a former run"} if exists else {}, "DDT", "DDF", "same file")
    assert target.exists() == exists


def test_two_unnamed_tables_are_two(run, make_raster, tmp_path):
    done = run(
        "areastatistics",
        {"MAP": make_raster("map", MAP), "TABLE": "TEMPORARY_OUTPUT", "OUTPUT_HTML": "TEMPORARY_OUTPUT"},
    )
    assert done.ok, done.errors


def test_an_export_does_not_replace_its_inputs(run, make_raster, tmp_path):
    parameters = {"TITLE": "T", "AUTHORS": "Doe, Jane", "PERIOD": "2005", "OUTPUT": tmp_path / "product"}
    assert run("exportproduct", {**parameters, "MAPS": [make_raster("map", MAP)]}).ok
    exported = tmp_path / "product" / "data" / "map.tif"
    before = {exported: exported.read_bytes()}
    require_refusal(run("exportproduct", {**parameters, "MAPS": [str(exported)]}), before, "MAPS", "OUTPUT", "replaced")
