"""Makes the checkout importable as ``permafrost_mapper``, whatever its folder is called, and QGIS run unseen."""

import functools
import importlib.util
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / "tools"))

import headless


def _register(name: str, folder: Path) -> None:
    spec = importlib.util.spec_from_file_location(
        name, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)


if "permafrost_mapper" not in sys.modules:
    _register("permafrost_mapper", ROOT)

# Before pytest-qgis starts QGIS in this process: no screen, and nothing of the developer's own profile.
_PROFILE = tempfile.TemporaryDirectory(prefix="permafrost-mapper-")
os.environ.update(headless.environment(_PROFILE.name))
sys.path.append(headless.QGIS_PLUGINS)

if "PERMAFROST_BRACKETS" in os.environ:
    import golden
    from permafrost_mapper.core.language import speak

    speak(golden.bracket)

# The distribution's pyproj looks for the data of PROJ in the virtual environment, where they are not.
_PROJ = Path(sys.base_prefix, "share", "proj")
if (_PROJ / "proj.db").exists():
    os.environ.setdefault("PROJ_DATA", str(_PROJ))


@pytest.hookimpl(tryfirst=True)
def pytest_unconfigure(config):
    """Leave at once, with the verdict of the tests, after everything has been reported.

    QGIS at times crashes while Python takes it down at the end of the process, which would turn
    a run whose tests have all passed into a failure.
    """
    if "qgis.core" in sys.modules:
        _PROFILE.cleanup()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(getattr(config, "_permafrost_exit_status", pytest.ExitCode.INTERNAL_ERROR))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session, exitstatus):
    """Keep the verdict for `pytest_unconfigure`."""
    session.config._permafrost_exit_status = int(exitstatus)


# A shared machine may be slow at any moment; and what CI finds has to be found again.
settings.register_profile("ours", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("ours")

DATA = Path(os.environ.get("PERMAFROST_DATA", ROOT.parent / "shared" / "data"))


@pytest.fixture
def without_numba(monkeypatch):
    """A machine on which Numba is not installed."""
    from permafrost_mapper.core import dependencies

    monkeypatch.setitem(sys.modules, "numba", None)
    for module in ("kernels", "packed_numba", "gst.compiled", "lst.kriging_numba"):
        monkeypatch.delitem(sys.modules, f"permafrost_mapper.core.{module}", raising=False)
    dependencies.compiled.cache_clear()
    yield
    dependencies.compiled.cache_clear()


@pytest.fixture
def real_data():
    """Return the path of a folder of real data, or skip the test where the data are absent."""

    def folder(name: str) -> Path:
        path = DATA / name
        if not path.is_dir():
            pytest.skip(f"real data '{name}' are not here: set PERMAFROST_DATA to the folder that holds them")
        return path

    return folder


@pytest.fixture(scope="session")
def qgis_process(tmp_path_factory):
    """Return the function ``qgis_process(algorithm, parameters)``: `headless.run` in one profile for the session."""
    return functools.partial(headless.run, env=headless.environment(tmp_path_factory.mktemp("qgis")))


@pytest.fixture
def make_raster(tmp_path):
    """Return the function that writes an array as a GeoTIFF into the test's folder."""
    gdal = pytest.importorskip("osgeo.gdal")
    from osgeo import gdal_array, osr

    def make_raster(
        name: str,
        values,
        *,
        corner: tuple[float, float] = (80.0, 40.0),
        cell: tuple[float, float] = (0.1, -0.1),
        crs: Any = 4326,
        nodata: float | None = None,
        mask=None,
        scale: float = 1.0,
        offset: float = 0.0,
        options: tuple[str, ...] = (),
    ) -> str:
        """Write bands, shape (rows, columns) or (bands, rows, columns), in the array's own type; give the path.

        `crs` is an EPSG code, a WKT, or None for none; `mask` holds 0 where the dataset's mask says nothing.
        """
        bands = np.atleast_3d(values) if np.ndim(values) < 2 else np.asarray(values)
        bands = bands if bands.ndim == 3 else bands[np.newaxis]
        path = str(tmp_path / f"{name}.tif")
        kind = gdal_array.NumericTypeCodeToGDALTypeCode(bands.dtype.type)
        count, height, width = bands.shape
        dataset = gdal.GetDriverByName("GTiff").Create(path, width, height, count, kind, list(options))
        dataset.SetGeoTransform((corner[0], cell[0], 0, corner[1], 0, cell[1]))
        if crs is not None:
            reference = osr.SpatialReference()
            reference.SetFromUserInput(crs if isinstance(crs, str) else f"EPSG:{crs}")
            dataset.SetProjection(reference.ExportToWkt())
        if mask is not None:
            dataset.CreateMaskBand(gdal.GMF_PER_DATASET)
            dataset.GetRasterBand(1).GetMaskBand().WriteArray(np.where(mask, 255, 0).astype(np.uint8))
        for number, array in enumerate(bands, start=1):
            band = dataset.GetRasterBand(number)
            band.WriteArray(array)
            if nodata is not None:
                band.SetNoDataValue(nodata)
            if (scale, offset) != (1.0, 0.0):
                band.SetScale(scale)
                band.SetOffset(offset)
        return path

    return make_raster


@pytest.fixture
def make_stack(tmp_path):
    """Return the function that writes days as a stack of hundredths, and returns its path."""
    pytest.importorskip("osgeo.gdal")
    from datetime import timedelta

    from osgeo import osr
    from permafrost_mapper.raster.grid.grid import Grid
    from permafrost_mapper.raster.run.blocks import Running
    from permafrost_mapper.raster.write.provenance import Provenance
    from permafrost_mapper.raster.write.stack import stack_layer
    from permafrost_mapper.raster.write.writer import raster_output

    reference = osr.SpatialReference()
    reference.ImportFromEPSG(4326)

    def make_stack(name, first, values, corner=80.0):
        days = [first + timedelta(index) for index in range(len(values))]
        grid = Grid(values.shape[2], values.shape[1], (corner, 0.01, 0.0, 38.0, 0.0, -0.01), reference.ExportToWkt())
        path = str(tmp_path / f"{name}.tif")
        with raster_output(path, grid, stack_layer(days), Provenance("test"), Running()) as output:
            for band, day in enumerate(values, start=1):
                output.write(grid.window(), day.astype(np.float32), band)
        return path

    return make_stack


@pytest.fixture(scope="session")
def provider(qgis_app):
    """Return the provider, registered as the plugin does it in the toolbox, beside QGIS' own algorithms."""
    from permafrost_mapper.plugin import PermafrostMapperPlugin
    from qgis.analysis import QgsNativeAlgorithms
    from qgis.core import QgsApplication

    registry = QgsApplication.processingRegistry()
    if registry.providerById("native") is None:
        registry.addProvider(QgsNativeAlgorithms(registry))
    plugin = PermafrostMapperPlugin(None)
    plugin.initProcessing()
    yield QgsApplication.processingRegistry().providerById("permafrost")
    plugin.unload()


# What `with_labels` adds to the name of a parameter.
LABEL = re.compile(r"(?<=[A-Z0-9_]) \('[^']*'\)")


class Outcome(NamedTuple):
    """What came of a run in this process.

    In `errors` parameters have their names alone; `sentences` are as the user reads them, with the labels of dialogs.
    """

    ok: bool
    results: dict[str, Any]
    sentences: list[str]
    log: str

    @property
    def errors(self) -> list[str]:
        """The errors without labels."""
        return [LABEL.sub("", sentence) for sentence in self.sentences]


@pytest.fixture
def qgis_log(qgis_app):
    """Return the list of what QGIS writes into its log meanwhile."""
    from qgis.core import QgsApplication

    said = []

    def note(text, *_):
        said.append(text)

    log = QgsApplication.messageLog()
    log.messageReceived.connect(note)
    yield said
    log.messageReceived.disconnect(note)


@pytest.fixture
def run(provider):
    """Return the function ``run(algorithm, parameters)``: the steps of qgis_process, in this process."""
    from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingFeedback

    class Recorder(QgsProcessingFeedback):
        def __init__(self):
            super().__init__(False)
            self.errors = []

        def reportError(self, error, fatalError=False):
            self.errors.append(error)

    def run(algorithm: str, parameters: dict[str, Any]) -> Outcome:
        instance = QgsApplication.processingRegistry().createAlgorithmById(f"permafrost:{algorithm}")
        parameters = {name: str(value) if isinstance(value, Path) else value for name, value in parameters.items()}
        context, feedback = QgsProcessingContext(), Recorder()
        ok, sentence = instance.checkParameterValues(parameters, context)
        if not ok:
            return Outcome(False, {}, [sentence], "")
        results, ok = instance.run(parameters, context, feedback)
        return Outcome(ok, results, feedback.errors, feedback.textLog())

    return run
