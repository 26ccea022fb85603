"""Makes the checkout importable as ``permafrost_mapper``, whatever its folder is called, and QGIS run unseen."""

import functools
import importlib.util
import os
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / "tools"))

import headless  # noqa: E402


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

DATA = Path(os.environ.get("PERMAFROST_DATA", ROOT.parent / "shared" / "data"))


@pytest.fixture
def real_data():
    """Give the path of a folder of real data, or skip the test where the data are absent."""

    def folder(name: str) -> Path:
        path = DATA / name
        if not path.is_dir():
            pytest.skip(f"real data '{name}' are not here: set PERMAFROST_DATA to the folder that holds them")
        return path

    return folder


@pytest.fixture(scope="session")
def qgis_process(tmp_path_factory):
    """Give the function ``qgis_process(algorithm, parameters)``: `headless.run` in one profile for the session."""
    return functools.partial(headless.run, env=headless.environment(tmp_path_factory.mktemp("qgis")))
