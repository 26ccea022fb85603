"""Pictures of maps wherever they lie, and of whatever shape: drawn, or one sentence, and QGIS goes on."""

import numpy as np
import pytest

pytest.importorskip("qgis.core")
gdal = pytest.importorskip("osgeo.gdal")

MAP = np.random.default_rng(1).integers(1, 3, (20, 30)).astype(np.uint8)
SITE = 'LOCAL_CS["site",UNIT["metre",1]]'

PLACES = {
    "without a CRS": ({"crs": None}, True),
    "a local CRS": ({"crs": SITE}, True),
    "metres taken for degrees": ({"corner": (500_000, 4_000_000), "cell": (1000, -1000)}, True),
    "across the pole": ({"corner": (-180, 90.5), "cell": (12, -0.05)}, True),
    "far from 0": ({"corner": (1e17, 1e17), "cell": (32, -32), "crs": None}, True),
    "large cells": ({"corner": (0, 0), "cell": (1e300, -1e300), "crs": None}, True),
    "endless cells": ({"corner": (0, 0), "cell": (1e308, -1e308), "crs": None}, False),
    "small cells": ({"corner": (0, 0), "cell": (1e-300, -1e-300), "crs": None}, False),
    "a column": ({"corner": (0, 0), "cell": (1e-6, -1e6), "crs": 32644}, True),
    "a row": ({"corner": (0, 0), "cell": (1e6, -1e-6), "crs": 32644}, True),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_picture_of_any_place(make_raster, provider, tmp_path, place):
    from permafrost_mapper.algorithms.picture import save_picture
    from permafrost_mapper.core.classes import PERMAFROST_MAP
    from permafrost_mapper.core.errors import InputError

    options, can_be_drawn = PLACES[place]
    path, picture = make_raster("map", MAP, **options), tmp_path / "out" / "map.png"
    if can_be_drawn:
        save_picture(path, PERMAFROST_MAP, "Map", str(picture))
        drawn = gdal.Open(str(picture))
        assert drawn.RasterXSize == 1540
        assert 261 <= drawn.RasterYSize <= 4200 + 260
    else:
        with pytest.raises(InputError, match="cannot be drawn, since its cells are"):
            save_picture(path, PERMAFROST_MAP, "Map", str(picture))
        assert not picture.parent.exists()


@pytest.mark.parametrize("step", ["_map_image", "_graticule", "_legend", "_scale_bar", "_text"])
def test_a_failure_while_drawing_leaves_qgis_alive(make_raster, provider, tmp_path, monkeypatch, step):
    """Qt ends the process where an image goes before the painter on it."""
    from permafrost_mapper.algorithms import picture
    from permafrost_mapper.core.classes import PERMAFROST_MAP

    def fail(*_, **__):
        raise ZeroDivisionError(step)

    monkeypatch.setattr(picture, step, fail)
    with pytest.raises(ZeroDivisionError, match=step):
        picture.save_picture(make_raster("map", MAP), PERMAFROST_MAP, "Map", str(tmp_path / "map.png"))
    assert not (tmp_path / "map.png").exists()


def test_scale_bar_only_where_a_length_is_known(make_raster, provider, tmp_path, monkeypatch):
    from permafrost_mapper.algorithms import picture
    from permafrost_mapper.core.classes import PERMAFROST_MAP

    texts = []
    monkeypatch.setattr(picture, "_text", lambda _painter, _at, text, *_, **__: texts.append(text))
    picture.save_picture(make_raster("map", MAP), PERMAFROST_MAP, "", str(tmp_path / "map.png"))
    # 30 cells of 0.1° at 39° north are 260 km; a sixth of them is nearest to 50 km.
    assert "50 km" in texts
    texts.clear()
    picture.save_picture(make_raster("map", MAP, crs=None), PERMAFROST_MAP, "", str(tmp_path / "map.png"))
    assert not [text for text in texts if text.endswith("km")]


def test_classify_draws_a_map_without_crs(run, make_raster, tmp_path):
    ttop = make_raster("ttop", np.linspace(-3, 3, 600, dtype=np.float32).reshape(20, 30), crs=None)
    done = run("classify", {"TTOP": ttop, "OUTPUT": tmp_path / "map.tif", "PICTURE": tmp_path / "map.png"})
    assert done.ok, done.errors
    assert gdal.Open(str(tmp_path / "map.png")).RasterXSize == 1540


@pytest.mark.parametrize("resolution", [1e-9, 1e-3, 1e6, 1e300])
def test_export_with_absurd_cells(run, make_raster, tmp_path, resolution):
    done = run(
        "exportproduct",
        {
            "MAPS": [make_raster("map", MAP, corner=(500_000, 4_000_000), cell=(1000, -1000), crs=32644)],
            "TITLE": "T",
            "AUTHORS": "Doe, Jane",
            "PERIOD": "2005",
            "RESOLUTION": resolution,
            "OUTPUT": tmp_path / "out",
        },
    )
    assert not done.ok
    assert len(done.errors) == 1
    assert f"RESOLUTION {resolution:g} makes " in done.errors[0]
    assert not (tmp_path / "out").exists()
