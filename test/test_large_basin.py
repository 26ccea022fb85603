"""The generator of large basins, on a small one: names, gaps and temperatures as the chain needs them."""

import re
from datetime import date

import numpy as np
import pytest

gdal = pytest.importorskip("osgeo.gdal")

import large_basin

SHAPE = ROWS, COLUMNS = 23, 51


def stored(path):
    return gdal.Open(str(path)).ReadAsArray()


@pytest.fixture(scope="module")
def basin(tmp_path_factory):
    """Two days of scenes, of one overpass."""
    made = large_basin.LargeBasin(
        tmp_path_factory.mktemp("large") / "basin",
        COLUMNS,
        ROWS,
        date(2019, 12, 31),
        days=2,
        missing=0.25,
        whole_year=False,
        overpasses=("terra_day",),
    )
    made.make()
    return made


def test_scenes_are_named_and_stored_as_trims(basin):
    names = sorted(path.name for path in basin.scenes.glob("*.tif"))
    assert names == ["TRIMS_Terra2019365D.tif", "TRIMS_Terra2020001D.tif"]
    for path in basin.scenes.glob("*.tif"):
        scene = stored(path)
        assert (scene.shape, scene.dtype) == (SHAPE, np.uint16)
        # The share of gaps is that of each scene.
        assert np.mean(scene == 0) == pytest.approx(0.25, abs=1 / scene.size)
        assert 23000 < scene[scene > 0].min() < scene.max() < 31000  # winter, in hundredths of a kelvin


def test_it_is_colder_higher_up(basin):
    scene, elevation = stored(basin.scenes / "TRIMS_Terra2019365D.tif"), stored(basin.file("elevation.tif"))
    known = scene > 0
    row, column = (index[known] for index in np.indices(SHAPE))
    terms = np.column_stack([elevation[known] / 1000, row, column, np.ones(row.size)])
    per_km = np.linalg.lstsq(terms, scene[known] / 100, rcond=None)[0][0]
    # In winter less than the -5.5 K/km of the annual mean.
    assert -4.5 < per_km < -2


def test_the_same_settings_make_it_once(basin, capsys):
    basin.make()
    assert capsys.readouterr().out == ""
    settings = basin.file("settings.json")
    settings.write_text(re.sub('"days": 2', '"days": 1', settings.read_text(encoding="utf-8")), encoding="utf-8")
    before = {path.name: path.read_bytes() for path in basin.scenes.glob("*.tif")}
    basin.make()
    assert "making" in capsys.readouterr().out
    assert {path.name: path.read_bytes() for path in basin.scenes.glob("*.tif")} == before
