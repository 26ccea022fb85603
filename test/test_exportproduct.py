"""The product folder: whole, valid against the public schemas, true to its rasters, and honest about what it is."""

import csv
import datetime
import hashlib
import json
import os
from importlib import metadata, resources
from pathlib import Path

import numpy as np
import pytest
from golden import check_golden
from hypothesis import given
from hypothesis import strategies as st
from permafrost_mapper.core.classes import PERMAFROST_ZONES
from permafrost_mapper.core.errors import InputError, OutputError
from permafrost_mapper.core.files import sha256, whole_folder
from permafrost_mapper.core.publish.entries import read_authors, read_dois, read_period, require_license
from permafrost_mapper.core.publish.folder import different_slugs, require_own_folder, slug
from permafrost_mapper.core.publish.product import Author, Place, Product, ProductFile, Table
from permafrost_mapper.core.publish.readme import readme
from permafrost_mapper.core.publish.steps import Step, public_parameters

gdal = pytest.importorskip("osgeo.gdal")
osr = pytest.importorskip("osgeo.osr")
pytest.importorskip("qgis.core")
from permafrost_mapper.raster.publish.place import place_of, product_grid
from permafrost_mapper.raster.publish.product import ProductJob, product_items, run_exportproduct
from permafrost_mapper.raster.read.rasters import RasterSource
from permafrost_mapper.raster.run.blocks import Running
from permafrost_mapper.raster.write.provenance import Provenance

# The Albers projection of maps of China on Krassovsky's ellipsoid.
ALBERS = "PROJ:+proj=aea +lat_0=0 +lon_0=105 +lat_1=25 +lat_2=47 +ellps=krass +units=m +type=crs"


# What the user gives -------------------------------------------------------------------------------


def test_authors():
    text = "Zhang, Li [0000-0002-1825-0097] (University of Lanzhou (LZU)); Doe, Jane (Institute); Mapping Team;"
    assert read_authors(text) == (
        Author("Zhang, Li", "0000-0002-1825-0097", "University of Lanzhou (LZU)"),
        Author("Doe, Jane", "", "Institute"),
        Author("Mapping Team"),
    )
    assert read_authors("Doe, Jane [https://orcid.org/0000-0001-5109-3700]")[0].orcid == "0000-0001-5109-3700"
    chinese = "张，三［0000-0002-1825-0097］（兰州大学（LZU））；李，四（中国科学院）"
    assert read_authors(chinese) == (
        Author("张, 三", "0000-0002-1825-0097", "兰州大学(LZU)"),
        Author("李, 四", "", "中国科学院"),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (" ; ", "No author is named"),
        ("Doe, Jane [0000-0002-1825-0098]", "'0000-0002-1825-0098' is not a valid ORCID: check its digits"),
        ("Doe, Jane [12]", "'12' is not a valid ORCID"),
        ("Doe, Jane) and others", r"Author 'Doe, Jane\) and others' is not understood: write"),
    ],
)
def test_authors_that_are_none(text, said):
    with pytest.raises(InputError, match=said):
        read_authors(text)


def is_orcid(text):
    try:
        return read_authors(f"Doe, Jane [{text}]")[0].orcid == text
    except InputError:
        return False


@given(st.from_regex(r"\d{4}-\d{4}-\d{4}-\d{3}", fullmatch=True))
def test_one_of_eleven_check_digits_is_right(digits):
    # Digits of other scripts are none of an ORCID.
    assert sum(is_orcid(digits + check) for check in "0123456789X") == digits.isascii()


def test_periods():
    year = datetime.date(2019, 1, 1), datetime.date(2019, 12, 31)
    assert read_period("2019") == read_period(" 2019-2019 ") == year
    assert read_period("2005/2020") == (datetime.date(2005, 1, 1), datetime.date(2020, 12, 31))
    assert read_period("2005-09-01/2006-08-31") == (datetime.date(2005, 9, 1), datetime.date(2006, 8, 31))


@pytest.mark.parametrize("text", ["", "the nineties", "2005-2020-2030", "2005-02-30/2006-01-01", "0000"])
def test_periods_that_are_none(text):
    with pytest.raises(InputError, match=r"Period '.*' is not understood: write one year"):
        read_period(text)


def test_a_period_runs_forwards():
    with pytest.raises(InputError, match="'2020-2005' ends before it begins"):
        read_period("2020-2005")


def test_licenses_and_dois():
    assert require_license("CC-BY-4.0") == "CC-BY-4.0"
    with pytest.raises(InputError, match="License 'free for all' is not understood: write its SPDX identifier"):
        require_license("free for all")
    assert read_dois("https://doi.org/10.1000/182; doi:10.5067/A.B/c 10.1000/182") == ("10.1000/182", "10.5067/A.B/c")
    assert read_dois("10.1000/182；10.5067/A") == ("10.1000/182", "10.5067/A")
    assert read_dois("") == ()
    with pytest.raises(InputError, match="Source 'ftp://x' is not a DOI"):
        read_dois("ftp://x")


def test_folders_of_this_machine_are_left_out():
    shown = public_parameters(
        {"MAP": "/home/me/a b/map.tif", "GST": "/x/2005.tif, C:\\y\\2006.tif, ../2007.tif", "RK": "0.8"}
    )
    assert shown == {"MAP": "map.tif", "GST": "2005.tif, 2006.tif, 2007.tif", "RK": "0.8"}


def test_slugs():
    assert slug("Permafrost of Qinghai–Tibet, 2005-2020") == "permafrost_of_qinghai_tibet_2005_2020"
    assert slug("多年冻土") == "product"


# What describes a product ----------------------------------------------------------------------------


def product(**changed):
    """A product of a map of 30 x 20 cells."""
    place = Place(
        bounds=(80.0, 38.0, 83.0, 40.0),
        crs_name="WGS 84 (EPSG:4326)",
        crs_code="EPSG:4326",
        crs_wkt="GEOGCRS[]",
        projected_bounds=(80.0, 38.0, 83.0, 40.0),
        shape=(20, 30),
        transform=(0.1, 0, 80.0, 0, -0.1, 40.0),
        cells="30 x 20 cells of 0.1 x 0.1 degrees",
    )
    given = {
        "title": "Permafrost of a basin",
        "abstract": "Permafrost, modelled by TTOP.",
        "authors": (Author("Zhang, Li", "0000-0002-1825-0097", "Institute"), Author("Mapping Team")),
        "license": "CC-BY-4.0",
        "period": read_period("2005-2020"),
        "publisher": "",
        "version": "1.0",
        "keywords": ("permafrost",),
        "sources": ("10.1000/182",),
        "simulated": "",
        "created": datetime.datetime(2021, 3, 4, 5, 6, tzinfo=datetime.timezone.utc),
        "place": place,
        "steps": [
            Step("ttop.tif", "permafrost:ttop", "Permafrost Mapper", {"DDT": "ddt.tif", "RK_VALUE": "0.8"}),
            Step("map.tif", "permafrost:classify", "Permafrost Mapper", {}),
        ],
        "tables": [Table("accuracy", {"region": ("all",), "kappa": ("0.73721",), "n": (2653,)})],
    }
    return Product(**{**given, **changed})


FILES = [
    ProductFile("data/map.tif", "Permafrost, from 'map'", "data"),
    ProductFile("data/map.qml", "Style", "metadata"),
]


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("exportproduct_readme", {}),
        ("exportproduct_readme_simulated", {"simulated": "ddt", "publisher": "A centre", "steps": [], "tables": []}),
    ],
)
def test_the_readme_of_a_product(name, changed):
    check_golden(name, readme(product(**changed), FILES))


# Folders that are whole ------------------------------------------------------------------------------


def test_a_folder_appears_when_it_is_whole(tmp_path):
    target = tmp_path / "new" / "product"
    with whole_folder(target) as folder:
        (folder / "a").write_text("1")
        assert not target.exists()
    assert (target / "a").read_text() == "1"
    with whole_folder(target) as folder:
        (folder / "b").write_text("2")
    assert [path.name for path in target.iterdir()] == ["b"]
    assert [path.name for path in target.parent.iterdir()] == ["product"]


def test_a_folder_that_fails_leaves_the_former_one(tmp_path):
    (tmp_path / "product").mkdir()
    (tmp_path / "product" / "a").write_text("1")
    with pytest.raises(InputError), whole_folder(tmp_path / "product") as folder:
        read_authors((folder / "b").write_text("2") * "")
    assert [path.name for path in tmp_path.rglob("*")] == ["product", "a"]


def test_a_folder_below_a_file(tmp_path):
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(OutputError, match=r"cannot be written .*: make room or choose another folder"),
        whole_folder(tmp_path / "file" / "product"),
    ):
        pass


def test_sha256(tmp_path):
    content = np.random.default_rng(1).bytes(3 * 2**20 + 17)
    (tmp_path / "a").write_bytes(content)
    assert sha256(tmp_path / "a") == hashlib.sha256(content).hexdigest()


# The product ---------------------------------------------------------------------------------------


@pytest.fixture
def chain(run, make_raster, tmp_path):
    """Degree days to a map and its probability on 60 x 50 cells, as the algorithms make them."""
    random = np.random.default_rng(1)
    ddt, ddf = random.uniform(500, 2500, (2, 50, 60)).astype(np.float32)
    inputs = {"DDT": make_raster("ddt", ddt), "DDF": make_raster("ddf", ddf), "RK_VALUE": 0.8}
    paths = {name: str(tmp_path / f"{name}.tif") for name in ("ttop", "map", "probability", "zones")}
    table = str(tmp_path / "accuracy.csv")
    uncertain = {**inputs, "GST_ERROR": 0.7, "OUTPUT": paths["probability"], "ZONES": paths["zones"]}
    for name, parameters in (
        ("ttop", {**inputs, "OUTPUT": paths["ttop"]}),
        ("classify", {"TTOP": paths["ttop"], "OUTPUT": paths["map"]}),
        ("probability", uncertain),
        ("accuracy", {"MAP": paths["map"], "REFERENCE": paths["map"], "TABLE": table}),
    ):
        done = run(name, parameters)
        assert done.ok, done.errors
    return {**paths, **inputs, "accuracy": table}


@pytest.fixture
def parameters(chain, tmp_path):
    return {
        "MAPS": [chain["map"]],
        "PROBABILITY": chain["probability"],
        "TTOP": chain["ttop"],
        "OTHERS": [chain["zones"], chain["DDT"]],
        "ACCURACY": [chain["accuracy"]],
        "TITLE": "Permafrost of a test",
        "AUTHORS": "Doe, Jane [0000-0002-1825-0097] (Institute of Tests); Testing Team",
        "PERIOD": "2005-2020",
        "ABSTRACT": "A map.",
        "SOURCES": "10.1000/182",
        "OUTPUT": str(tmp_path / "product"),
    }


def exported(run, parameters):
    done = run("exportproduct", parameters)
    assert done.ok, done.errors
    return Path(parameters["OUTPUT"])


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def array(path):
    return gdal.Open(str(path)).ReadAsArray()


def test_what_is_in_the_folder(run, parameters, chain, tmp_path):
    folder = exported(run, parameters)
    # Nothing was resampled, so the cells are those of the inputs.
    for name in ("map", "ttop", "probability", "zones"):
        np.testing.assert_array_equal(array(folder / "data" / f"{name}.tif"), array(chain[name]))
    np.testing.assert_array_equal(array(folder / "data" / "ddt.tif"), array(chain["DDT"]))
    with (folder / "data" / "map_classes.csv").open(encoding="utf-8") as file:
        assert [row["value"] for row in csv.DictReader(file)] == ["1", "2", "3", "4"]
    assert "paletted" in (folder / "data" / "map.qml").read_text(encoding="utf-8")
    assert "Sporadic" in (folder / "data" / "zones.qml").read_text(encoding="utf-8")
    # QGIS finds the style by itself.
    from qgis.core import QgsRasterLayer

    layer = QgsRasterLayer(str(folder / "data" / "zones.tif"), "zones")
    assert [entry.label for entry in layer.renderer().classes()] == [zone.name for zone in PERMAFROST_ZONES]
    assert (folder / "thumbnail.png").read_bytes().startswith(b"\x89PNG")
    listed = dict(reversed(line.split("  ")) for line in (folder / "SHA256SUMS").read_text().splitlines())
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    assert set(listed) == set(files) - {"SHA256SUMS"}
    assert all(hashlib.sha256(files[name].read_bytes()).hexdigest() == digest for name, digest in listed.items())
    # No file but those that describe the folder is missing from its description.
    assert set(files) - {asset["href"][2:] for asset in load(folder / "item.json")["assets"].values()} == {
        "item.json",
        "SHA256SUMS",
    }
    assert not [path for path in tmp_path.rglob("*") if "partial" in path.name]


def test_the_readme(run, parameters):
    text = (exported(run, parameters) / "README.md").read_text(encoding="utf-8")
    steps = [line for line in text.splitlines() if ": made by permafrost:" in line]
    assert [line.split("made by permafrost:")[1].split()[0] for line in steps] == ["ttop", "classify", "probability"]
    assert "TTOP=ttop.tif" in steps[1]
    assert "RK_VALUE=0.8" in steps[0]
    assert "Period: 2005-2020" in text
    assert "| kappa | 1 |" in text or "| kappa | 1.0 |" in text
    assert "There is no DOI yet" in text
    assert "SIMULATED" not in text
    # Nothing of this machine is told.
    assert str(Path(parameters["OUTPUT"]).parent) not in text


def test_nothing_tells_the_folders_of_this_machine(run, parameters):
    folder = exported(run, parameters)
    here = str(folder.parent).encode()
    assert [path.name for path in folder.rglob("*") if path.is_file() and here in path.read_bytes()] == []


def test_the_datacite_record_is_valid(run, parameters):
    schema45 = pytest.importorskip("datacite.schema45")
    record = load(exported(run, parameters) / "datacite.json")
    assert [error.message for error in schema45.validator.iter_errors(record)] == []
    assert "doi" not in record
    assert record["publisher"] == {"name": ":tba"}
    assert record["creators"][0]["nameIdentifiers"][0]["nameIdentifier"] == "https://orcid.org/0000-0002-1825-0097"
    assert record["dates"][1]["date"] == "2005-01-01/2020-12-31"
    box = record["geoLocations"][0]["geoLocationBox"]
    assert list(box.values()) == pytest.approx([80, 86, 35, 40])
    # The validator can fail.
    assert not schema45.validate({**record, "publicationYear": "soon"})
    assert not schema45.validate({**record, "doi": "to be assigned"})
    # And the record makes the XML that DataCite takes.
    assert "<resource" in schema45.tostring(record)


def stac_errors(item):
    """Validate against the schemas that pystac carries, without a network."""
    pystac_schemas = pytest.importorskip("pystac.validation")
    jsonschema = pytest.importorskip("jsonschema")
    folder = resources.files(pystac_schemas) / "jsonschemas"
    store = {}
    version = item["stac_version"]
    if not (folder / "stac-spec" / f"v{version}").is_dir():
        pytest.skip(f"this pystac carries no schemas of STAC {version}")
    for path in (folder / "stac-spec" / f"v{version}").iterdir():
        store[f"https://schemas.stacspec.org/v{version}/item-spec/json-schema/{path.name}"] = load(path)
    for path in (folder / "geojson").iterdir():
        store[f"https://geojson.org/schema/{path.name}"] = load(path)
    schema = store[f"https://schemas.stacspec.org/v{version}/item-spec/json-schema/item.json"]
    if tuple(map(int, metadata.version("jsonschema").split(".")[:2])) < (4, 18):
        how = {"resolver": jsonschema.RefResolver(schema["$id"], schema, store=store)}
    else:
        from referencing import Registry
        from referencing.jsonschema import DRAFT7

        contents = ((address, DRAFT7.create_resource(content)) for address, content in store.items())
        how = {"registry": Registry().with_resources(contents)}
    return [error.message for error in jsonschema.Draft7Validator(schema, **how).iter_errors(item)]


def test_the_stac_item_is_valid(run, parameters):
    folder = exported(run, parameters)
    item = load(folder / "item.json")
    assert stac_errors(item) == []
    assert stac_errors({**item, "bbox": [0]})
    assert stac_errors({**item, "properties": {**item["properties"], "datetime": "soon"}})
    assert item["bbox"] == pytest.approx([80, 35, 86, 40])
    grid = item["properties"]
    assert (grid["proj:code"], grid["proj:shape"]) == ("EPSG:4326", [50, 60])
    assert grid["proj:transform"] == pytest.approx([0.1, 0, 80, 0, -0.1, 40])
    for asset in item["assets"].values():
        content = (folder / asset["href"]).read_bytes()
        assert asset["file:size"] == len(content)
        assert asset["file:checksum"] == "1220" + hashlib.sha256(content).hexdigest()
    assert item["assets"]["data_probability_tif"]["bands"] == [
        {"name": "Probability of permafrost", "data_type": "float32", "nodata": -9999.0, "unit": "%"}
    ]


def test_pystac_reads_the_item(run, parameters):
    pystac = pytest.importorskip("pystac")
    item = pystac.Item.from_file(str(exported(run, parameters) / "item.json"))
    assert item.common_metadata.start_datetime.year == 2005
    projection = pytest.importorskip("pystac.extensions.projection").ProjectionExtension.ext(item)
    file = pytest.importorskip("pystac.extensions.file").FileExtension.ext(item.assets["data_map_tif"])
    # The extensions that pystac knows are those that the item names, else `ext` refuses it.
    assert (projection.code, projection.shape) == ("EPSG:4326", [50, 60])
    assert file.checksum.startswith("1220")
    assert {role for asset in item.assets.values() for role in asset.roles} == {"data", "metadata", "thumbnail"}


def test_another_crs(run, parameters, chain):
    folder = exported(run, {**parameters, "CRS": ALBERS, "RESOLUTION": 5000})
    expected = osr.SpatialReference()
    expected.SetFromUserInput(ALBERS[5:])
    grids = set()
    for name in ("map", "ttop", "probability", "zones", "ddt"):
        dataset = gdal.Open(str(folder / "data" / f"{name}.tif"))
        found = osr.SpatialReference(dataset.GetProjection())
        assert found.IsSame(expected, ["IGNORE_DATA_AXIS_TO_SRS_AXIS_MAPPING=YES"])
        grids.add((dataset.RasterXSize, dataset.RasterYSize, dataset.GetGeoTransform()))
    (grid,) = grids
    assert grid[2][1] == 5000
    assert grid[2][0] % 5000 == 0
    # The class of each cell is that at its centre, found here by PROJ and hand.
    degrees = osr.SpatialReference()
    degrees.ImportFromEPSG(4326)
    for reference in (expected, degrees):
        reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    way = osr.CoordinateTransformation(expected, degrees)
    exported_map, original = array(folder / "data" / "map.tif"), array(chain["map"])
    row, column = np.nonzero(exported_map)
    x, y = grid[2][0] + (column + 0.5) * 5000, grid[2][3] - (row + 0.5) * 5000
    places = np.array(way.TransformPoints(np.column_stack([x, y]).tolist()))
    there = original[((40 - places[:, 1]) / 0.1).astype(int), ((places[:, 0] - 80) / 0.1).astype(int)]
    # GDAL approximates the transformation by an eighth of a cell.
    assert np.mean(exported_map[row, column] == there) > 0.98
    item = load(folder / "item.json")
    assert item["properties"]["proj:code"] is None
    assert "Albers" in item["properties"]["proj:wkt2"]
    assert stac_errors(item) == []
    assert "+ellps=krass" in (folder / "README.md").read_text(encoding="utf-8")
    step = gdal.Open(str(folder / "data" / "map.tif")).GetMetadata()
    assert step["PERMAFROST_ALGORITHM"] == "permafrost:classify"
    assert step["PERMAFROST_EXPORTED"].startswith("resampled (nearest) to")


def test_several_periods_have_files_of_their_own(run, parameters, make_raster):
    first = make_raster("early", np.array([[1, 2], [3, 4]], np.uint8), nodata=0)
    folder = exported(run, {**parameters, "MAPS": [first, parameters["MAPS"][0], first], "OTHERS": None})
    assert {"early.tif", "early_2.tif", "map.tif"} <= {path.name for path in (folder / "data").iterdir()}
    # The grid is that of the first.
    assert array(folder / "data" / "map.tif").shape == (2, 2)


def test_simulated_data_say_so_everywhere(run, parameters):
    dataset = gdal.Open(parameters["TTOP"], gdal.GA_Update)
    dataset.SetMetadataItem("PERMAFROST_SIMULATED", "DDT of a made-up basin")
    del dataset
    folder = exported(run, parameters)
    text = (folder / "README.md").read_text(encoding="utf-8")
    assert "(simulated data)" in text.splitlines()[0]
    assert text.splitlines()[2].startswith("**SIMULATED DATA, NOT OBSERVED")
    record = load(folder / "datacite.json")
    assert record["titles"][0]["title"].endswith("(simulated data)")
    assert record["descriptions"][0]["description"].startswith("SIMULATED DATA, NOT OBSERVED")
    assert load(folder / "item.json")["properties"]["description"].startswith("SIMULATED DATA, NOT OBSERVED")


def test_an_export_replaces_itself_and_nothing_else(run, parameters):
    folder = exported(run, parameters)
    (folder / "data" / "ttop.qml").unlink()
    assert exported(run, parameters) == folder
    assert (folder / "data" / "ttop.qml").exists()
    require_own_folder(str(folder))
    (folder / "notes.txt").write_text("mine")
    done = run("exportproduct", parameters)
    assert done.errors[0].endswith("holds 'notes.txt', which no export has written: choose an empty or a new folder.")
    (folder / "notes.txt").unlink()
    (folder / "README.md").write_text("now with a DOI")
    assert "holds 'README.md'" in run("exportproduct", parameters).errors[0]
    assert (folder / "README.md").read_text() == "now with a DOI"


def test_two_tables_of_one_file_name_are_two(run, parameters, tmp_path):
    """As the tables of two periods, each in a folder of its own; and a third that looks like the second."""
    tables = []
    for number, name in enumerate(["accuracy", "accuracy", "accuracy_2"]):
        path = tmp_path / str(number) / f"{name}.csv"
        path.parent.mkdir()
        path.write_text(f"region,kappa\nall,0.{number}\n")
        tables.append(str(path))
    folder = exported(run, {**parameters, "ACCURACY": tables})
    written = {path.name: path.read_text().split()[1] for path in (folder / "quality").iterdir()}
    assert written == {"accuracy.csv": "all,0.0", "accuracy_2.csv": "all,0.1", "accuracy_2_2.csv": "all,0.2"}
    listed = {asset["href"] for asset in load(folder / "item.json")["assets"].values()}
    assert {f"./quality/{name}" for name in written} <= listed


def test_slugs_are_different_and_short():
    assert different_slugs(["a", "A", "a 2", "ä", "地图", ""]) == [
        "a",
        "a_2",
        "a_2_2",
        "product",
        "product_2",
        "product_3",
    ]
    assert max(map(len, different_slugs(["x" * 300] * 3))) == 82


def test_steps_in_temporary_files_are_known_when_these_are_gone(run, make_raster, tmp_path):
    """And nothing names the files, so that the same run writes the same bytes."""
    from permafrost_mapper.raster.publish.steps import processing_steps

    values = np.random.default_rng(1).uniform(500, 900, (20, 30)).astype(np.float32)
    given = {"DDT": make_raster("ddt", values), "DDF": make_raster("ddf", values[::-1]), "RK_VALUE": 0.8}
    written, temporary = [], []
    for _ in range(2):
        ttop = run("ttop", {**given, "OUTPUT": "TEMPORARY_OUTPUT"})
        assert ttop.ok, ttop.errors
        path = str(tmp_path / "map.tif")
        assert run("classify", {"TTOP": ttop.results["OUTPUT"], "OUTPUT": path}).ok
        written.append((tmp_path / "map.tif").read_bytes())
        temporary.append(ttop.results["OUTPUT"])
        os.unlink(temporary[-1])
    assert temporary[0] != temporary[1]
    assert written[0] == written[1]
    steps = processing_steps([RasterSource(path, "map")])
    assert [step.algorithm for step in steps] == ["permafrost:ttop", "permafrost:classify"]
    assert [step.result for step in steps] == ["OUTPUT.tif", "map.tif"]
    assert steps[0].parameters["DDT"] == "ddt.tif"
    assert steps[1].parameters["TTOP"] == "temporary OUTPUT.tif"
    product = {"TITLE": "T", "AUTHORS": "Doe, Jane", "PERIOD": "2005", "OUTPUT": tmp_path / "product"}
    assert run("exportproduct", {**product, "MAPS": [path]}).ok
    assert "Intermediate result: made by permafrost:ttop" in (tmp_path / "product" / "README.md").read_text(
        encoding="utf-8"
    )
    exported = (tmp_path / "product" / "data" / "map.tif").read_bytes()
    assert str(tmp_path).encode() not in exported


STYLE = """
import os, sys
sys.path.append({tools!r})
import headless
os.environ.update(headless.environment({folder!r}))
sys.path[:0] = [os.environ["QGIS_PLUGINPATH"], headless.QGIS_PLUGINS]
from pathlib import Path
from qgis.core import QgsApplication
qgis = QgsApplication([], False)
qgis.initQgis()
from permafrost_mapper.algorithms.publish.exportproduct import QgisDrawing
from permafrost_mapper.core.classes import PERMAFROST_MAP, TTOP
for name, style in (("classes", PERMAFROST_MAP), ("ramp", TTOP)):
    QgisDrawing().write_style(Path({raster!r}), style, Path({folder!r}, name + ".qml"))
# QGIS at times crashes while Python takes it down.
os._exit(0)
"""


def test_styles_are_the_same_bytes_and_open_in_qgis(make_raster, tmp_path, provider):
    """Qt writes the attributes of an element in another order in each process."""
    import subprocess
    import sys

    from qgis.core import QgsRasterLayer

    raster = make_raster("map", np.array([[1, 2, 3], [0, 1, 1]], np.uint8), nodata=0)
    written = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        script = STYLE.format(tools=str(Path(__file__).parent.parent / "tools"), raster=raster, folder=str(folder))
        env = {**os.environ, "QT_HASH_SEED": seed}
        done = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, encoding="utf-8")
        assert done.returncode == 0, done.stderr
        written.append({path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.qml")})
    assert sorted(written[0]) == ["classes.qml", "ramp.qml"]
    assert written[0] == written[1]
    for name, renderer in (("classes", "paletted"), ("ramp", "singlebandpseudocolor")):
        layer = QgsRasterLayer(raster, "map")
        _, is_loaded = layer.loadNamedStyle(str(folder / f"{name}.qml"))
        assert is_loaded
        assert layer.renderer().type() == renderer
        labels = [label for label, _ in layer.renderer().legendSymbologyItems()]
        assert len(labels) > 3


# The job -------------------------------------------------------------------------------------------


def test_the_job_runs_without_qgis(make_raster, tmp_path):
    classes = np.array([[1, 2, 3], [0, 1, 1]], np.uint8)
    source = RasterSource(make_raster("map", classes, nodata=0), "A map")
    ttop = RasterSource(make_raster("ttop", np.linspace(-3, 2, 6).reshape(2, 3).astype(np.float32)), "ttop")
    grid = product_grid(source, None, None)
    job = ProductJob(product_items([source], None, ttop), grid, product(place=place_of(grid, source)))
    shares = []
    running = Running(threads=1, progress=shares.append)
    folder = tmp_path / "product"
    count = run_exportproduct(job, str(folder), Provenance("permafrost:exportproduct", {"MAPS": "/x/map.tif"}), running)
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert count == len(files)
    described = {"README.md", "SHA256SUMS", "datacite.json", "item.json", "quality/accuracy.csv"}
    # Styles and the thumbnail need QGIS.
    rasters = {"data/a_map.tif", "data/a_map_classes.csv", "data/a_map.tif.aux.xml", "data/ttop.tif"}
    assert files - {"data/ttop.tif.aux.xml"} == described | rasters
    written = gdal.Open(str(folder / "data" / "a_map.tif"))
    np.testing.assert_array_equal(written.ReadAsArray(), classes)
    assert written.GetMetadataItem("PERMAFROST_PARAMETERS") == json.dumps({"MAPS": "map.tif"})
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    require_own_folder(str(folder))
