#!/usr/bin/env bash
# Make .venv on top of the distribution's Python, whose QGIS, GDAL, NumPy, SciPy and scikit-learn it shows through.
# A NumPy of its own in it would break GDAL's bindings, which are compiled for the distribution's: pip is held to the
# versions that are there.
set -euo pipefail

if [ -L .venv ]; then
    echo ".venv is a link, and what it leads to belongs to another checkout: remove the link first." >&2
    exit 1
fi
rm -f .venv/ready
echo "Making .venv"
/usr/bin/python3 -m venv --clear --system-site-packages .venv
/usr/bin/python3 -c '
from importlib.metadata import version
for package in ("numpy", "scipy", "scikit-learn"):
    print(f"{package}=={version(package)}")
' >.venv/constraints.txt
.venv/bin/python -m pip install --quiet --disable-pip-version-check -c .venv/constraints.txt \
    -r requirements.txt -r requirements-dev.txt
.venv/bin/python -c 'import numpy, pykrige, scipy, sklearn; from osgeo import gdal_array; import qgis.core'
touch .venv/ready
