# weijian: what a person types. `make` alone prints the list.
SHELL := /bin/bash
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
CACHE  := $(CURDIR)/.cache
BIN    := $(CURDIR)/.venv/bin
SIZES  ?= 5,50,500,5000

# An environment belongs to one lock and one folder. Content tells whether it is current: file times mean nothing after a clone.
lock_key    := $(shell { cat requirements.txt; echo '$(CURDIR)'; } | cksum | cut -d ' ' -f 1)
package_key := $(shell cat pyproject.toml config/* | cksum | cut -d ' ' -f 1)
ENVIRONMENT := .venv/.locked-$(lock_key)
PACKAGE     := .venv/.installed-$(lock_key)-$(package_key)

# Whatever runs below keeps its caches and settings in .cache, reads none of the user's own, and gives the same bytes on any day.
unexport PYTHONDONTWRITEBYTECODE PYTHONPATH PYTHONHOME PYTHONSTARTUP JUPYTER_PATH JUPYTER_CONFIG_PATH
export SOURCE_DATE_EPOCH            := 0
export MPLBACKEND                   := Agg
export MPLCONFIGDIR                 := $(CACHE)/matplotlib
export IPYTHONDIR                   := $(CACHE)/ipython
export JUPYTER_CONFIG_DIR           := $(CACHE)/jupyter/config
export JUPYTER_DATA_DIR             := $(CACHE)/jupyter/data
export JUPYTER_RUNTIME_DIR          := $(CACHE)/jupyter/runtime
export HYPOTHESIS_STORAGE_DIRECTORY := $(CACHE)/hypothesis
export PATH                         := $(BIN):$(PATH)

.PHONY: help report test lab bench setup data lock clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-7s %s\n", $$1, $$2 }' Makefile

report: $(PACKAGE) ## tables, notebooks, figures and pages from data/raw; when nothing has changed it says so at once
	@weijian report

test: $(PACKAGE) ## every check: style, types, pytest, and the committed notebooks run anew and compared
	ruff check
	mypy
	pytest
	pytest --nbval --nbval-current-env --numprocesses 2 --dist loadfile notebooks

lab: $(PACKAGE) ## open the notebooks in JupyterLab
	@mkdir -p $(JUPYTER_CONFIG_DIR)/custom
	@cp config/lab.css $(JUPYTER_CONFIG_DIR)/custom/custom.css
	@cp analysis/weijian/fonts/*.woff2 $(JUPYTER_CONFIG_DIR)/custom/
	@unset MPLBACKEND && jupyter lab --notebook-dir=. --LabApp.default_url=/lab/tree/notebooks

bench: $(PACKAGE) ## speed, accuracy, memory and scale, written to docs/benchmarks.md; 40 minutes, or 5 with SIZES=5,50
	@python tests/labelled/accuracy.py
	@python bench/run.py --sizes $(SIZES)

data: $(PACKAGE) ## data/processed from data/raw
	@weijian build

setup: $(PACKAGE) ## the environment .venv from requirements.txt, if it is not there yet
	@echo "setup: .venv is ready"

lock: $(PACKAGE) ## renew requirements.txt from pyproject.toml, with the newest versions that fit
	@uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --upgrade --system-certs --generate-hashes \
		--no-header --no-annotate --quiet --output-file requirements.txt

clean: ## remove the environment and all caches; data, notebooks and figures stay
	rm -rf .venv .cache build dist
	find $(wildcard analysis tests notebooks config) -name __pycache__ -prune -exec rm -rf {} +

$(ENVIRONMENT):
	@bash config/setup.sh environment $(PYTHON)
	@touch $@

$(PACKAGE): $(ENVIRONMENT)
	@bash config/setup.sh package
	@rm -f .venv/.installed-*
	@touch $@
