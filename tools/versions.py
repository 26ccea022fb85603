"""Print the versions that a run of the tests depends on, a line each."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

from osgeo import gdal, osr
from qgis.core import Qgis
from qgis.PyQt.QtCore import QT_VERSION_STR

PACKAGES = ("numpy", "scipy", "scikit-learn", "pykrige", "numba", "distributed", "pytest", "hypothesis")


def main() -> None:
    """Print them."""
    print(f"QGIS {Qgis.version()}, GDAL {gdal.__version__}, PROJ {_proj()}, Qt {QT_VERSION_STR}")
    print(f"Python {platform.python_version()}, " + ", ".join(f"{name} {_version(name)}" for name in PACKAGES))


def _proj() -> str:
    return f"{osr.GetPROJVersionMajor()}.{osr.GetPROJVersionMinor()}.{osr.GetPROJVersionMicro()}"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "absent"


if __name__ == "__main__":
    main()
