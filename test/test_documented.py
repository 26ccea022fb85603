"""Every command line of the documents runs as it stands there, and each model with its mandatory parameters alone.

Lines are cut out of the documents and run by bash, in folders that hold small files under the documented names. A file
that is documented and not made here fails its line.
"""

import csv
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("qgis.core")
pytest.importorskip("scipy")
gdal = pytest.importorskip("osgeo.gdal")

import headless

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
TUTORIAL = ROOT / "docs" / "tutorial.md"
DOCUMENTS = [
    ROOT / "README.md",
    *(ROOT / "docs" / f"{name}.md" for name in ("boreholes", "calibration", "gap_filling", "gst_model")),
    *sorted((ROOT / "docs" / "reference").glob("*.md")),
]
COMMAND = "qgis_process run"
OVERPASSES = ("terra_day", "terra_night", "aqua_day", "aqua_night")
YEAR = 2019

# Land cover of ESA CCI in place of that of IGBP: water, ice, barren ground, wetland, and grassland for all else.
ESA_CCI = {0: 210, 17: 210, 15: 220, 16: 200, 11: 180}
GRASSLAND = 130


def blocks(document: Path) -> list[str]:
    """Return the blocks of code of a document that call qgis_process, as a reader would copy them."""
    text = document.read_text(encoding="utf-8")
    fenced = re.findall(r"^```\w*\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    indented = re.findall(r"(?:^ {4}.*\n|^\n(?= {4}))+", text, re.MULTILINE)
    return [block for block in [*fenced, *indented] if COMMAND in block]


def commands(document: Path) -> list[str]:
    """Return the lines of a document, each with its continuations."""
    joined = "\n\n".join(blocks(document))
    return re.findall(rf"^ *({COMMAND} (?:.*\\\n)*.*)$", joined, re.MULTILINE)


LINES = [
    pytest.param(command, id=f"{document.relative_to(ROOT)} {number}")
    for document in DOCUMENTS
    for number, command in enumerate(commands(document), start=1)
]


def translated(source: Path, target: Path, **options) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    gdal.Translate(str(target), str(source), **options)


def copied(source: Path, target: Path, sql: str = "") -> None:
    """Write a vector layer into a GeoPackage, under the name of the file."""
    options = {"SQLStatement": sql} if sql else {}
    made = gdal.VectorTranslate(
        str(target), str(source), format="GPKG", layerName=target.stem, geometryType="PROMOTE_TO_MULTI", **options
    )
    assert made is not None, target


def write_like(target: Path, like: Path, bands: list[np.ndarray], names: list[str], kind: int) -> None:
    """Write arrays on the cells of another raster."""
    model = gdal.Open(str(like))
    dataset = gdal.GetDriverByName("GTiff").Create(str(target), model.RasterXSize, model.RasterYSize, len(bands), kind)
    dataset.SetGeoTransform(model.GetGeoTransform())
    dataset.SetProjection(model.GetProjection())
    for number, (values, name) in enumerate(zip(bands, names), start=1):
        band = dataset.GetRasterBand(number)
        band.SetDescription(name)
        band.WriteArray(values)
        if kind == gdal.GDT_Float32:
            band.SetNoDataValue(-9999)


@pytest.fixture(scope="module")
def shell(tmp_path_factory):
    """Return the function that runs lines by bash in a folder, with `qgis_process` on the path."""
    profile = tmp_path_factory.mktemp("profile")
    env = {**headless.environment(profile), "PYQGIS_STARTUP": str(HERE / "small_basin.py")}
    folder = tmp_path_factory.mktemp("path")
    shim = folder / "qgis_process"
    shim.write_text(f'#!/bin/sh\nexec "{headless.program()}" "$@"\n', encoding="utf-8")
    shim.chmod(0o755)
    env["PATH"] = os.pathsep.join([str(folder), env["PATH"]])
    subprocess.run(["qgis_process", "plugins", "enable", headless.PLUGIN], env=env, check=True, capture_output=True)

    def run(script: str, where: Path) -> subprocess.CompletedProcess:
        return subprocess.run(
            ["bash", "-e", "-u", "-o", "pipefail", "-c", script],
            cwd=where,
            env=env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    return run


def ran(done: subprocess.CompletedProcess) -> None:
    assert done.returncode == 0, f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    assert "Traceback" not in done.stdout + done.stderr


@pytest.fixture(scope="module")
def basin(shell, tmp_path_factory):
    """The small basin with its scenes and stacks."""
    folder = tmp_path_factory.mktemp("basin")
    ran(shell(f"{COMMAND} permafrost:sampledata -- LST=part OUTPUT=.", folder))
    ran(shell(f"{COMMAND} permafrost:buildlststack -- INPUT=lst_scenes_simulated OUTPUT=stacks", folder))
    return folder


@pytest.fixture(scope="module")
def here(provider):
    """Return the function that runs an algorithm in this process."""
    from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingFeedback

    def run(algorithm: str, **parameters) -> None:
        instance = QgsApplication.processingRegistry().createAlgorithmById(f"permafrost:{algorithm}")
        parameters = {name: str(value) if isinstance(value, Path) else value for name, value in parameters.items()}
        context, feedback = QgsProcessingContext(), QgsProcessingFeedback(False)
        assert instance.checkParameterValues(parameters, context) == (True, "")
        assert instance.run(parameters, context, feedback)[1], feedback.textLog()

    return run


@pytest.fixture(scope="module")
def documented(basin, here, tmp_path_factory):
    """A folder with small files under the names that the documents use."""
    folder = tmp_path_factory.mktemp("documented")
    _scenes(basin, folder)
    _stacks(basin, folder)
    _layers(basin, folder)
    _results(basin, folder, here)
    return folder


def _scenes(basin: Path, folder: Path) -> None:
    """The first and the last day of some years, as TRIMS names them and as exports of MOD11A1 do."""
    scenes = folder / "scenes"
    scenes.mkdir()
    for satellite, name in (("Terra", "MOD11A1"), ("Aqua", "MYD11A1")):
        for time in ("Day", "Night"):
            for year, day in ((2005, 1), (2020, 365)):
                scene = basin / "lst_scenes_simulated" / f"TRIMS_{satellite}{YEAR}{day:03d}{time[0]}.tif"
                shutil.copyfile(scene, scenes / f"TRIMS_{satellite}{year}{day:03d}{time[0]}.tif")
                stored = gdal.Open(str(scene)).ReadAsArray()
                modis = scenes / f"{name}.061_LST_{time}_1km_doy{year}{day:03d}000000_aid0001.tif"
                write_like(modis, scene, [stored // 2], ["LST"], gdal.GDT_UInt16)
                quality = modis.with_name(modis.name.replace(f"LST_{time}_1km", f"QC_{time}"))
                write_like(quality, scene, [np.zeros_like(stored)], ["QC"], gdal.GDT_Byte)


def _stacks(basin: Path, folder: Path) -> None:
    for overpass in OVERPASSES:
        whole = basin / "stacks" / f"{overpass}_{YEAR}.tif"
        dataset = gdal.Open(str(whole))
        known = np.count_nonzero(dataset.ReadAsArray() != dataset.GetRasterBand(1).GetNoDataValue(), axis=(1, 2))
        # Bands without a scene cost time only.
        seen = [int(band) for band in np.flatnonzero(known) + 1]
        names = (f"stacks/{overpass}_2005-2020", overpass, f"{overpass}_2005", f"filled_{overpass}")
        for name in (f"{name}.tif" for name in names):
            translated(whole, folder / name, bandList=seen)
    # A band 200 is asked for, and is there on the 200th day.
    translated(basin / "stacks" / f"terra_day_{YEAR}.tif", folder / "terra_day_2005.tif")
    # One with gaps.
    cloudy = int(np.argmax(np.where(known < known.max(), known, 0))) + 1
    translated(whole, folder / "scene.tif", bandList=[cloudy])


def _layers(basin: Path, folder: Path) -> None:
    for name, target in (
        ("elevation", "dem"),
        ("landcover_igbp", "soil"),
        ("landcover_igbp", "soil_cluster"),
        ("survey_simulated", "survey"),
        ("survey_simulated", "investigation_map"),
        ("ddt_simulated", "ddt"),
        ("ddf_simulated", "ddf"),
        ("ddt_simulated", "DDT_mean_annual"),
        ("ddf_simulated", "DDF_mean_annual"),
        ("truth_ttop_simulated", "maat"),
    ):
        shutil.copyfile(basin / f"{name}.tif", folder / f"{target}.tif")
    igbp = gdal.Open(str(basin / "landcover_igbp.tif")).ReadAsArray()
    esa_cci = np.full_like(igbp, GRASSLAND)
    for of_igbp, of_esa_cci in ESA_CCI.items():
        esa_cci[igbp == of_igbp] = of_esa_cci
    for name in ("esa_cci.tif", "landcover.tif"):
        write_like(folder / name, basin / "landcover_igbp.tif", [esa_cci], ["Land cover"], gdal.GDT_Byte)
    for name in ("glaciers", "lakes", "basin", "districts"):
        copied(basin / f"{name}.geojson", folder / f"{name}.gpkg")
    stations = "SELECT station, station AS name FROM stations_simulated"
    copied(basin / "stations_simulated.geojson", folder / "stations.gpkg", stations)
    copied(
        basin / "boreholes_simulated.geojson",
        folder / "boreholes.gpkg",
        "SELECT magt, depth_m AS depth FROM boreholes_simulated",
    )
    copied(
        basin / "boreholes_simulated.geojson",
        folder / "rock_glaciers.gpkg",
        "SELECT CAST(magt < 0 AS INTEGER) AS intact FROM boreholes_simulated",
    )
    for name in ("observations.csv", "gst.csv"):
        shutil.copyfile(basin / "observations_simulated.csv", folder / name)


def _results(basin: Path, folder: Path, here) -> None:
    """What earlier steps have made."""
    ddt, ddf, rk, ttop, permafrost = (folder / f"{name}.tif" for name in ("ddt", "ddf", "rk", "ttop", "map"))
    here("rkfactor", LANDCOVER=folder / "esa_cci.tif", GRID=ddt, OUTPUT=rk)
    here("ttop", DDT=ddt, DDF=ddf, RK=rk, OUTPUT=ttop)
    here("classify", TTOP=ttop, OUTPUT=permafrost)
    here("classify", TTOP=ttop, THRESHOLD=0.5, OUTPUT=folder / "other_map.tif")
    here("probability", DDT=ddt, DDF=ddf, RK=rk, GST_ERROR=0.5, MEMBERS=20, OUTPUT=folder / "probability.tif")
    here("areastatistics", MAP=permafrost, OUTPUT_HTML=folder / "areas.html")
    survey = {"MAP": permafrost, "REFERENCE": folder / "survey.tif"}
    here("accuracy", **survey, OUTPUT_HTML=folder / "accuracy.html", TABLE=folder / "accuracy.csv")
    mean = gdal.Open(str(ttop)).ReadAsArray()
    years = [str(year) for year in range(2005, 2017)]
    yearly = [np.where(mean == -9999, -9999, mean + 0.05 * (i + i % 3)) for i in range(len(years))]
    write_like(folder / "ttop_of_years.tif", ttop, yearly, years, gdal.GDT_Float32)
    stacks = {overpass.upper(): [str(folder / f"{overpass}.tif")] for overpass in OVERPASSES}
    here(
        "samplelst",
        STATIONS=folder / "stations.gpkg",
        OBSERVATIONS=folder / "gst.csv",
        **stacks,
        OUTPUT=folder / "training.csv",
    )
    here(
        "fitgstmodel",
        INPUT=folder / "training.csv",
        OUTPUT=folder / "model.json",
        OUTPUT_HTML=folder / "gst_model.html",
    )
    with (folder / "training.csv").open(encoding="utf-8") as file, (folder / "alaska.csv").open("w") as alaska:
        writer = csv.writer(alaska)
        writer.writerow(["site", "date", "gst", "lst_weekly_K"])
        for row in csv.DictReader(file):
            if row["terra_night"]:
                kelvin = float(row["terra_night"]) + 273.15
                writer.writerow([row["station"], row["date"], row["gst"], f"{kelvin:.2f}"])


@pytest.fixture
def folder(documented, tmp_path):
    shutil.copytree(documented, tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.mark.parametrize("line", LINES)
def test_a_documented_line_runs_as_it_stands(shell, folder, line):
    ran(shell(line, folder))


def test_every_document_with_a_line_is_read():
    """All that call qgis_process with a whole line, and none of the lines is lost between the blocks."""
    # The lines of translated pages are those of their originals, see test_translated_pages.py.
    read = [TUTORIAL, *DOCUMENTS, *(ROOT / "docs" / "zh").glob("*.md")]
    found = [document for document in read if COMMAND in document.read_text(encoding="utf-8")]
    elided = {"cluster.md"}
    for document in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        text = document.read_text(encoding="utf-8")
        if COMMAND in text and document.name not in elided:
            assert document in found, document
            assert sum(block.count(COMMAND) for block in blocks(document)) == text.count(COMMAND), document
            assert len(commands(document)) == text.count(COMMAND), document


def test_the_reference_is_what_the_declarations_say(provider, tmp_path, monkeypatch):
    sys.path.append(str(ROOT / "tools"))
    import make_docs

    reference = make_docs.REFERENCE
    monkeypatch.setattr(make_docs, "REFERENCE", tmp_path)
    make_docs.write_reference(provider)
    written = {page.name for page in tmp_path.glob("*.md")}
    assert {page.name for page in reference.glob("*.md")} == written
    differing = [
        name
        for name in sorted(written)
        if (reference / name).read_text("utf-8") != (tmp_path / name).read_text("utf-8")
    ]
    assert not differing, f"run make docs ARGS=--no-pictures: {differing} differ"


def test_the_tutorial_runs_from_its_first_line_to_its_last(shell, tmp_path):
    ran(shell("\n".join(blocks(TUTORIAL)), tmp_path))
    # As the tutorial says of its model: what the steps have made is not made again.
    for name in ("map.tif", "report.html", "product/README.md"):
        assert (tmp_path / name).is_file(), name
