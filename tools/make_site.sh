#!/usr/bin/env bash
# Build the documentation site in build/site, with its generator in an environment of its own. A broken link fails it.
set -euo pipefail

cd "$(dirname "$0")/.."
venv=build/site-venv
if [ ! -e "$venv/ready" ] || [ docs/requirements.txt -nt "$venv/ready" ]; then
    echo "Making $venv"
    python3 -m venv --clear "$venv"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check -r docs/requirements.txt
    touch "$venv/ready"
fi
rm -rf build/site
"$venv/bin/python" -m sphinx -q -W --keep-going -b html docs build/site
echo "The site: $PWD/build/site/index.html"
