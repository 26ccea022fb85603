#!/usr/bin/env bash
# Check the types of core and raster, strictly (pyproject.toml). The package is checked under the name that it has in
# QGIS, whatever the checkout is called.
set -euo pipefail

cd "$(dirname "$0")/.."
root=$PWD
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
ln -s "$root" "$folder/permafrost_mapper"
cd "$folder"
"$root/.venv/bin/python" -m mypy --config-file "$root/pyproject.toml" --cache-dir "$root/.mypy_cache" \
    -p permafrost_mapper.core -p permafrost_mapper.raster "$@"
