# Trede: set up, run, check, test. Needs Python 3.11 or newer, and Node 20 with npm.
# Everything that is fetched or made stays inside this folder: .venv/, node_modules/ beside each package.json, static/vendor/, var/.

PYTHON ?= $(firstword $(foreach p,python3.11 python3 python3.12 python3.13 python3.14,$(if $(shell $(p) -c 'import sys; print(sys.version_info >= (3, 11) or "")' 2>/dev/null),$(p))))
WORKERS ?= 2
# How long `make prove` takes.
PROVE_SECONDS ?= 900
# Where a demo runs, for `make screenshots`.
ADDRESS ?= http://127.0.0.1:8000
# Statements and branches of app/access that tests must reach, in percent.
ACCESS_COVERAGE ?= 100

VENV := .venv
PY := $(VENV)/bin/python
PINS := .ci/requirements
OPENAPI := openapi/openapi.json
TIDY := $(VENV)/.run-pins
TOOLS := $(VENV)/.dev-pins
NODE_TOOLS := .ci/npm/node_modules/.pins
WEB := app/facades/web
LOOK := $(WEB)/npm/node_modules/.pins
ASSETS := $(WEB)/static/vendor/nlds.css
PIP_INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check --no-input --require-hashes

export PIP_CACHE_DIR := $(CURDIR)/var/cache/pip
export UV_CACHE_DIR := $(CURDIR)/var/cache/uv
export npm_config_cache := $(CURDIR)/var/cache/npm
ifeq ($(HOME),)
export HOME := $(CURDIR)/var/home
endif

.DELETE_ON_ERROR:
.PHONY: help run test check unit browser bench prove screenshots lock clean format lint types imports openapi adr sizes

help: ## what there is
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:[^#]*## /\t/' | expand -t 13

run: $(TIDY) $(ASSETS) ## set up if needed, play the demo and keep serving
	$(PY) -m app demo

test: check unit ## everything that must hold: the checks and the tests

check: format lint types imports openapi adr sizes ## form, types, import contracts, API document

unit: $(TOOLS) $(NODE_TOOLS) $(ASSETS) browser ## the tests, on WORKERS=2 processes, with coverage
	@mkdir -p var/coverage && rm -f var/coverage/data*
	$(PY) -m pytest -n $(WORKERS) --cov --cov-report= < /dev/null
	@$(PY) -m coverage report --format=total --include='app/*' | sed 's/^/coverage of app, percent: /'
	$(PY) -m coverage report --include='app/access/*' --fail-under=$(ACCESS_COVERAGE)

browser: # tests of the pages run in the Chromium of the system
	@for name in chromium chromium-browser google-chrome; do command -v $$name > /dev/null && exit 0; done; \
	  command -v apt-get > /dev/null && [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -qq -y --no-install-recommends chromium > /dev/null < /dev/null || \
	  echo 'No Chromium: tests in a browser are skipped. On Debian or Ubuntu: apt-get install --no-install-recommends chromium'

bench: $(TOOLS) ## measured against a raw asyncpg endpoint; prints a table
	$(PY) -m tests.bench

prove: $(TOOLS) $(ASSETS) ## every proof in PROVE_SECONDS=900: oracle, leaks, attacks, the log, mutation; prints a table
	$(PY) -m tests.prove --seconds $(PROVE_SECONDS) --workers $(WORKERS) < /dev/null

screenshots: $(TOOLS) ## the pictures of the README, taken of the demo that runs at ADDRESS
	$(PY) -m tests.facades.web.browser.pictures $(ADDRESS)

format: $(TOOLS)
	$(PY) -m ruff format --check --quiet .

lint: $(TOOLS)
	$(PY) -m ruff check --quiet .

types: $(TOOLS)
	$(PY) -m mypy

imports: $(TOOLS)
	$(PY) -c 'from importlinter.cli import lint_imports_command as main; main()' --no-logo

openapi: $(TOOLS)
	$(PY) -m app openapi --check

adr: $(NODE_TOOLS) ## the committed API document against the NL GOV API Design Rules
	.ci/npm/node_modules/.bin/spectral lint --quiet --fail-severity=error --ruleset .ci/npm/adr.yaml $(OPENAPI) < /dev/null

sizes:
	@find app -name '*.py' -exec wc -l {} + | awk '$$2 != "total" && $$1 > 200 { print "long file: " $$2 " (" $$1 " lines)" }'

lock: $(VENV)/bin/pip ## pin everything anew, by hash and without addresses
	$(PIP_INSTALL) -r $(PINS)/lock.txt
	$(call compile,$(PINS)/lock.in,$(PINS)/lock.txt)
	$(call compile,pyproject.toml,$(PINS)/run.txt)
	$(call compile,pyproject.toml --extra dev --constraint $(PINS)/run.txt,$(PINS)/dev.txt)
	cd .ci/npm && npm install --package-lock-only --ignore-scripts
	cd $(WEB)/npm && npm install --package-lock-only --ignore-scripts
	@! grep -nE '://|--(extra-)?index|--find-links' $(PINS)/*.txt || { echo 'An address got into the pins.'; exit 1; }
	@! grep -n '"resolved"' .ci/npm/package-lock.json $(WEB)/npm/package-lock.json || { echo 'An address got into the npm lock file.'; exit 1; }

compile = $(PY) -m uv pip compile --quiet --system-certs --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate $(1) --output-file $(2)

clean: ## remove what was made, except the database under var/
	rm -rf $(VENV) .ci/npm/node_modules $(WEB)/npm/node_modules $(WEB)/static/vendor var/cache var/coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# --- set-up; a stamp is newer than its pins when nothing is to be done

$(VENV)/bin/pip:
	@test -n '$(PYTHON)' || { echo 'Python 3.11 or newer is needed. On Debian or Ubuntu: apt-get install python3 python3-venv'; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo 'This Python cannot make a virtual environment. On Debian or Ubuntu: apt-get install python3-venv'; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(TIDY): $(PINS)/run.txt | $(VENV)/bin/pip
	$(PIP_INSTALL) -r $<
	@touch $@

$(TOOLS): $(PINS)/dev.txt $(TIDY)
	$(PIP_INSTALL) -r $<
	@touch $@

$(NODE_TOOLS) $(LOOK): %/node_modules/.pins: %/package-lock.json
	@command -v npm > /dev/null || { echo 'npm is needed for the look of the pages and the check of the API document: install Node 20 with npm.'; exit 1; }
	cd $* && npm ci --loglevel=error --no-progress < /dev/null
	@touch $@

$(ASSETS): $(LOOK) $(WEB)/assets.py $(WEB)/static/theme.css $(WEB)/static/app.css
	$(PYTHON) $(WEB)/assets.py
