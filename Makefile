# Permafrost Mapper: everything a developer does, each with one command. Start with `make help`.
# Longer steps are scripts in tools/.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

# What the distribution gives; the Python packages that no distribution has are in requirements*.txt.
DISTRIBUTION := qgis python3-qgis python3-gdal python3-scipy python3-sklearn python3-venv git
# Only apt-get needs root. Under `sudo make` the rest still runs as the owner of the checkout.
AS_OWNER := tools/as_owner.sh
PYTHON := $(AS_OWNER) .venv/bin/python

.PHONY: help setup distribution extras test test-gui test-qgis lint package release-check mutate hard demo bench docs site translations clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 18

setup: distribution .venv/ready ## Install what is missing and make .venv (part of every other target)

distribution:
	@tools/apt_install.sh $(DISTRIBUTION)

.venv/ready: requirements.txt requirements-dev.txt tools/make_venv.sh | distribution
	@$(AS_OWNER) tools/make_venv.sh

extras: setup ## Add the optional packages: numba, which speeds up kriging and degree days, and distributed, for clusters
	$(PYTHON) -m pip install --quiet -c .venv/constraints.txt numba distributed

# Files of tests are shared out to a few processes; ARGS="-n 0" for a debugger.
test: setup ## Run the tests; ARGS="-k ttop" for some of them
	@$(PYTHON) -m pytest -n auto --maxprocesses 4 --dist loadfile $(ARGS)

test-gui: setup ## Run the tests in the window of the real QGIS, on a virtual screen; ARGS="-m quick" for the quick ones
	@tools/apt_install.sh xvfb xauth
	@$(PYTHON) tools/gui_tests.py $(ARGS)

test-qgis: ## Run them on the QGIS of SUITE=trixie, trixie-backports or testing, in a chroot (needs root)
	@tools/test_qgis.sh "$(SUITE)" $(ARGS)

lint: setup package ## Check style, formatting and types, and the zip as the plugin repository does
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(AS_OWNER) tools/check_types.sh
	$(AS_OWNER) tools/lint_package.sh build/permafrost_mapper-*.zip

package: setup ## Make build/permafrost_mapper-<version>.zip from HEAD and check it
	@$(PYTHON) tools/package.py

release-check: setup ## List what is missing for a release of this commit
	@$(PYTHON) tools/release_check.py

mutate: setup ## Mutation testing of core; ARGS="--only gst/ --sample 20" for some modules
	@test -x build/mutate/bin/cosmic-ray || $(AS_OWNER) python3 -m venv build/mutate
	@$(AS_OWNER) build/mutate/bin/pip install --quiet 'cosmic-ray>=8.4,<9'
	@$(AS_OWNER) build/mutate/bin/python tools/mutate.py $(ARGS)

demo: setup ## Make the map of the sample basin, headless, from degree days; ARGS=--full from scenes
	@$(PYTHON) tools/demo.py $(ARGS)

hard: setup ## Kill, damage and fill up what runs need, all of it or a part: ARGS="kills --number 1000"
	@$(PYTHON) tools/hard.py $(ARGS)

bench: setup ## Measure speed and memory against named peers; ARGS="kriging --quick" for a part of it
	@$(PYTHON) tools/bench.py $(ARGS)

docs: setup ## Write the pages of the algorithms and their pictures
	@tools/apt_install.sh xvfb xauth fonts-noto-cjk chromium
	@$(PYTHON) tools/make_docs.py $(ARGS)

site: distribution ## Build the documentation site, which reads and searches offline: build/site/index.html
	@$(AS_OWNER) tools/make_site.sh

translations: setup ## Collect the texts, and compile their translations; ARGS="--missing FOLDER", "--read FILE ..."
	@tools/apt_install.sh qttools5-dev-tools
	@$(PYTHON) tools/make_translations.py $(ARGS)

clean: ## Remove everything that make has created, including .venv
	rm -rf .venv build .hypothesis .ruff_cache .mypy_cache .qgis-settings
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
