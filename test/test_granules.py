"""Granules of MxD21A1 and VIIRS as delivered: which layers, where their cells are, and GDAL without their format."""

from datetime import date

import numpy as np
import pytest
from osgeo import gdal
from permafrost_mapper.core.errors import InputError, MissingPackageError
from permafrost_mapper.core.prepare.hdfeos import grid_of_structure
from permafrost_mapper.core.prepare.scenes import PRODUCTS, SceneFile, take_inventory
from permafrost_mapper.raster.grid.gdal_io import text_in_hdf5, wkt_of_usgs
from permafrost_mapper.raster.prepare import scenes
from permafrost_mapper.raster.prepare.scenes import Decoding, OpenScene

SPHERE_M = 6371007.181
TILE_M = SPHERE_M * np.pi / 18
CELLS = 6
# As the granules of VIIRS have it, after h5py's example for VNP09GA at hdfeos.org and the specifications of LAADS DAAC.
STRUCTURE = """GROUP=SwathStructure
END_GROUP=SwathStructure
GROUP=GridStructure
\tGROUP=GRID_1
\t\tGridName="VIIRS_Grid_Daily_1km_LST21"
\t\tXDim={cells}
\t\tYDim={cells}
\t\tUpperLeftPointMtrs=({left:.6f},{top:.6f})
\t\tLowerRightMtrs=({right:.6f},{bottom:.6f})
\t\tProjection=HE5_GCTP_SNSOID
\t\tProjParams=(6371007.181000,0,0,0,0,0,0,0,0,0,0,0,0)
\t\tSphereCode=-1
\t\tGridOrigin=HE5_HDFE_GD_UL
\tEND_GROUP=GRID_1
END_GROUP=GridStructure
END
"""


def structure_of(h, v):
    """The description of a tile of the sinusoidal grid, whose 36 x 18 tiles measure 10 degrees at the equator."""
    left, top = (h - 18) * TILE_M, (9 - v) * TILE_M
    return STRUCTURE.format(cells=CELLS, left=left, top=top, right=left + TILE_M, bottom=top - TILE_M)


def write_granule(path, lst, bits, structure):
    """A granule of VIIRS: two of its layers, and the text that says where their cells are."""
    h5py = pytest.importorskip("h5py")
    with h5py.File(path, "w") as file:
        fields = file.create_group("HDFEOS/GRIDS/VIIRS_Grid_Daily_1km_LST21/Data Fields")
        for name, values in (("LST_1KM", lst), ("QC", bits), ("View_Time", np.full(lst.shape, 135, np.uint8))):
            layer = fields.create_dataset(name, data=values)
            layer.attrs["_Fillvalue"] = values.dtype.type(0)
        fields["LST_1KM"].attrs["scale_factor"] = 0.02
        information = file.create_group("HDFEOS INFORMATION")
        information.attrs["HDFEOSVersion"] = np.bytes_("HDFEOS_5.1.16")
        information.create_dataset("StructMetadata.0", data=np.array(structure.encode(), dtype="S32000"))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("VNP21A1D.A2020060.h25v05.002.2021006123456.h5", ("aqua_day", "h25v05", "HDF5")),
        ("VNP21A1N.A2020060.h25v05.002.2021006123456.h5", ("aqua_night", "h25v05", "HDF5")),
        ("VJ121A1D.A2020060.h25v05.002.2021006123456.h5", ("aqua_day", "h25v05", "HDF5")),
        ("VJ221A1N.A2020060.h25v05.002.2021006123456.h5", ("aqua_night", "h25v05", "HDF5")),
        ("MOD21A1D.A2020060.h25v05.061.2021006123456.hdf", ("terra_day", "h25v05", "HDF4")),
        ("MYD21A1N.A2020060.h25v05.061.2021006123456.hdf", ("aqua_night", "h25v05", "HDF4")),
    ],
)
def test_names_of_granules(name, expected):
    inventory = take_inventory([name], PRODUCTS["modis"].patterns, None, {})
    ((overpass, by_day),) = inventory.scenes.items()
    ((day, (file,)),) = by_day.items()
    assert day == date(2020, 2, 29)
    assert (overpass, file.tile, file.granule) == expected
    assert file.is_of_21
    assert file.states_time


def test_satellites_of_one_overpass_are_not_mixed():
    names = [f"{product}.A2020060.h25v05.002.2021006123456.h5" for product in ("VNP21A1D", "VJ121A1D")]
    with pytest.raises(InputError, match=r"aqua_day are of several products, such as 'VJ121A1D.*' and 'VNP21A1D"):
        take_inventory(names, PRODUCTS["modis"].patterns, None, {})


def test_the_text_of_a_granule_says_where_its_cells_are():
    found = grid_of_structure(structure_of(25, 5), CELLS, CELLS)
    cell = TILE_M / CELLS
    assert found.geotransform == pytest.approx((7 * TILE_M, cell, 0, 4 * TILE_M, 0, -cell), abs=1e-5)
    assert (found.projection, found.parameters) == (16, (SPHERE_M, *[0.0] * 14))


@pytest.mark.parametrize(
    ("word", "instead"),
    [
        ("UpperLeftPointMtrs=(7", "UpperLeftPointMtrs=(x"),
        ("LowerRightMtrs", "LowerLeftMtrs"),
        ("HE5_GCTP_SNSOID", "HE5_GCTP_LAMAZ"),
        ("ProjParams", "Params"),
        ("GD_UL", "GD_LL"),
        ("LowerRightMtrs=(8", "LowerRightMtrs=(1"),
    ],
)
def test_a_text_that_does_not_say_it_is_no_grid(word, instead):
    text = structure_of(25, 5)
    assert word in text
    assert grid_of_structure(text.replace(word, instead), CELLS, CELLS) is None


def test_the_projection_is_that_of_the_granules_of_modis(real_data):
    """So that Terra from MODIS and the afternoon from VIIRS are on one lattice of cells."""
    if gdal.GetDriverByName("HDF4") is None:
        pytest.skip("GDAL without HDF4")
    granule = next(real_data("modis_hdf").glob("MOD11A1.A2020048.h20v03*.hdf"))
    modis = OpenScene(SceneFile(str(granule), "terra_day", date(2020, 2, 17)), Decoding(0.02, 0.0, 0.0)).grid
    text = structure_of(20, 3)
    structure = grid_of_structure(text, 1200, 1200)
    assert structure.geotransform == pytest.approx(modis.geotransform, rel=1e-9)
    viirs = scenes.Grid(1200, 1200, structure.geotransform, wkt_of_usgs(16, structure.parameters))
    assert viirs.same_cells(modis)


def test_granules_of_viirs_as_delivered_equal_their_numbers(run, tmp_path):
    """Two tiles side by side, each cell where its tile has it, without those of too large an error."""
    random = np.random.default_rng(4)
    folder = tmp_path / "in"
    folder.mkdir()
    expected = []
    for h in (25, 26):
        lst = random.integers(13000, 15500, (CELLS, CELLS)).astype(np.uint16)
        lst[0, 0] = 0
        # Bits 14-15: 00 above 2 K, 01 up to 2 K, 11 below 1 K; bits 0-1: 10 is a cloud.
        bits = np.full(lst.shape, 0b01 << 14, np.uint16)
        bits[1], bits[2], bits[3] = 0b00 << 14, 0b11 << 14, 0b11 << 14 | 0b10
        write_granule(folder / f"VNP21A1N.A2020060.h{h}v05.002.1.h5", lst, bits, structure_of(h, 5))
        missing = lst == 0
        missing[[1, 3]] = True
        expected.append(np.where(missing, -32768, np.rint(lst * 2.0 - 27315).astype(int)))
    outcome = run("buildlststack", {"INPUT": folder, "PRODUCT": "modis", "OUTPUT": tmp_path / "out"})
    assert outcome.ok, outcome.errors
    path = tmp_path / "out" / "aqua_night_2020.tif"
    dataset = gdal.Open(str(path))
    np.testing.assert_array_equal(dataset.ReadAsArray(), np.hstack(expected))
    cell = TILE_M / CELLS
    assert dataset.GetGeoTransform() == pytest.approx((7 * TILE_M, cell, 0, 4 * TILE_M, 0, -cell), abs=1e-5)
    assert "6371007.181" in dataset.GetProjection()
    assert dataset.GetRasterBand(1).GetDescription() == "2020-02-29"


def test_a_granule_that_does_not_say_where_it_is_is_one_sentence(run, tmp_path):
    lst = np.full((CELLS, CELLS), 14000, np.uint16)
    write_granule(tmp_path / "VNP21A1D.A2020060.h25v05.002.1.h5", lst, lst, "END")
    outcome = run("buildlststack", {"INPUT": tmp_path, "PRODUCT": "modis", "OUTPUT": tmp_path / "out"})
    assert not outcome.ok
    assert "Granule 'VNP21A1D.A2020060.h25v05.002.1.h5' does not state where its cells are" in outcome.errors[0]


def test_a_file_that_is_no_hdf5_holds_no_text(tmp_path):
    (tmp_path / "a.h5").write_bytes(b"none")
    assert text_in_hdf5(str(tmp_path / "a.h5"), "/HDFEOS INFORMATION/StructMetadata.0") == ""


def layers_of(monkeypatch, name, paths):
    """The layers of a granule whose subdatasets GDAL would list under these paths."""

    class Container:
        def GetSubDatasets(self):
            return [(path, "") for path in paths]

    monkeypatch.setattr(scenes, "open_container", lambda *_: Container())
    monkeypatch.setattr(scenes.gdal, "GetDriverByName", lambda _: True)
    return scenes._layers(SceneFile(name, "terra_night", date(2020, 2, 29)))


def test_layers_of_granules(monkeypatch):
    """MxD21A1 as OPeNDAP lists it: one time of day, other names of the layers."""
    grid = 'HDF4_EOS:EOS_GRID:"MOD21A1N.A2020060.h25v05.061.1.hdf":MODIS_Grid_Daily_1km_LST21'
    paths = [f"{grid}:{layer}" for layer in ("LST_1KM", "QC", "Emis_29", "View_Angle", "View_Time")]
    assert layers_of(monkeypatch, "MOD21A1N.A2020060.h25v05.061.1.hdf", paths) == (paths[0], paths[1])
    grid = 'HDF4_EOS:EOS_GRID:"MOD11A1.A2020060.h25v05.061.1.hdf":MODIS_Grid_Daily_1km_LST'
    paths = [f"{grid}:{layer}" for layer in ("LST_Day_1km", "QC_Day", "LST_Night_1km", "QC_Night")]
    assert layers_of(monkeypatch, "MOD11A1.A2020060.h25v05.061.1.hdf", paths) == (paths[2], paths[3])
    with pytest.raises(InputError, match=r"'MOD11A1.*' holds no layer LST_Night_1km: download it again"):
        layers_of(monkeypatch, "MOD11A1.A2020060.h25v05.061.1.hdf", paths[:2])


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (
            "MOD11A1.A2020060.h25v05.061.1.hdf",
            "Granule 'MOD11A1.A2020060.h25v05.061.1.hdf' is HDF4, which this GDAL cannot read: let AppEEARS export the "
            "layers LST_Day_1km, LST_Night_1km, QC_Day, QC_Night to GeoTIFF, and choose the folder of the exports.",
        ),
        (
            "VNP21A1D.A2020060.h25v05.002.1.h5",
            "Granule 'VNP21A1D.A2020060.h25v05.002.1.h5' is HDF5, which this GDAL cannot read: let AppEEARS export the "
            "layers LST_1KM, QC to GeoTIFF, and choose the folder of the exports.",
        ),
    ],
)
def test_without_the_format_the_sentence_says_what_to_export(run, monkeypatch, tmp_path, name, sentence):
    get = gdal.GetDriverByName
    monkeypatch.setattr(gdal, "GetDriverByName", lambda of: None if of.startswith("HDF") else get(of))
    (tmp_path / name).write_bytes(b"")
    outcome = run("buildlststack", {"INPUT": tmp_path, "PRODUCT": "modis", "OUTPUT": tmp_path / "out"})
    assert not outcome.ok
    assert outcome.errors == [sentence]
    with pytest.raises(MissingPackageError):
        scenes._layers(SceneFile(name, "aqua_day", date(2020, 2, 29)))
