"""Optional packages: imported only where they are needed, with instructions if they are absent."""

from __future__ import annotations

import importlib
import os
import sys
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, Optional

from .errors import MissingPackageError
from .language import tr

# Packages with dependencies other than numpy, which have to be installed with them.
WITH_DEPENDENCIES = ("distributed",)


def require(module: str, needed_for: str) -> ModuleType:
    """Import an optional module; if it is missing, raise an error that says how to install it.

    Parameters
    ----------
    module : str
        Name of the module to import, for example ``"scipy.special"``.
    needed_for : str
        What the user was doing, as the end of the sentence "... is needed for".

    Returns
    -------
    module
        The imported module.

    Raises
    ------
    MissingPackageError
        If it cannot be imported. The command in the message leaves numpy as it is: a numpy that
        pip upgrades breaks the GDAL bindings of QGIS.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        # All packages that are used have the same name in pip.
        package = module.partition(".")[0]
        alone = "" if package in WITH_DEPENDENCIES else "--no-deps "
        raise MissingPackageError(
            tr(
                "The Python package '{package}' is needed for {needed_for} and is not installed: run 'pip install "
                "{alone}--target <your QGIS profile>/python {package}' and start QGIS again.",
                package=package,
                needed_for=needed_for,
                alone=alone,
            )
        ) from error


@cache
def compiled(module: str) -> Optional[ModuleType]:
    """Import a module of `core` that Numba compiles, for example ``gst.compiled``.

    Returns
    -------
    module or None
        None if Numba is not installed, was built for another NumPy, or has no folder for compiled code.
    """
    try:
        return importlib.import_module(f"..{module}", __name__)
    except (ImportError, RuntimeError):
        return None


def is_to_compile(kernels: Optional[ModuleType], *functions: str) -> bool:
    """Whether Numba has no compiled code yet of functions of a module from `compiled`."""
    return kernels is not None and not all(_is_compiled(kernels, getattr(kernels, name)) for name in functions)


def _is_compiled(kernels: ModuleType, function: Any) -> bool:
    """Whether the folder of compiled code has an index for this Python that is as new as the source."""
    # Where compiling is switched off it is a plain function.
    if not hasattr(function, "stats"):
        return True
    written = os.path.getmtime(kernels.__file__ or "")
    python = f"py{sys.version_info.major}{sys.version_info.minor}"
    indices = Path(function.stats.cache_path).glob(f"*.{function.__name__}-*.{python}*.nbi")
    return any(index.stat().st_mtime >= written for index in indices)
