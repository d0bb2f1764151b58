# Every command of this project. `make help` lists them.
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
export KATALYSATOR_DATA ?= $(CURDIR)/.data
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# For tools that read the settings without using a database.
NO_DATABASE := DATABASE_URL=postgresql:///none KATALYSATOR_DATA=$(CURDIR)/.cache/tools

SPREAD := -n auto --dist worksteal

.DEFAULT_GOAL := help
.PHONY: help demo serve test faults mutants check fmt bench docs screenshots conformance-dsp interop-edc lock clean browser

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' Makefile

demo: export KATALYSATOR_DATA := $(CURDIR)/.example
demo: .cache/run .cache/front ## Serve the example coalition on http://localhost:8000/
	@$(BIN)/katalysator demo $(ARGS)

serve: .cache/run .cache/front ## Serve your own coalition
	@$(BIN)/katalysator serve $(ARGS)

test: .cache/dev .cache/front browser ## Run all tests, on all processors
	@$(BIN)/python -m pytest $(SPREAD) $(ARGS)

faults: .cache/dev .cache/front browser ## Run all tests with every fault and many more examples
	@$(BIN)/python -m pytest $(SPREAD) --faults --timeout 3600 $(ARGS)

mutants: .cache/dev ## Plant faults in MODULE=katalysator.… and print those that its tests let pass
	@$(BIN)/python -m tools.mutants $(MODULE) $(ARGS)

check: .cache/dev ## Format, lint, types, architecture, migrations, translations: all in under a minute
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(NO_DATABASE) $(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(NO_DATABASE) DJANGO_SETTINGS_MODULE=katalysator.site.settings \
	  $(BIN)/python -W ignore -m django makemigrations --check --dry-run --verbosity 1
	@$(BIN)/python -m tools.messages check

fmt: .cache/dev ## Format the code
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: .cache/bench .cache/front ## Measure quality and speed, beside the rivals
	@$(BIN)/python -m bench.quality
	@$(BIN)/python -m bench.match
	@$(BIN)/python -m bench.engine
	@$(BIN)/python -m bench.tables
	@test ! -d ../shared/data/esco || $(BIN)/python -m bench.talent
	@$(BIN)/python -m bench.site
	@$(BIN)/python -m bench.site.readers
	@$(BIN)/python -W ignore -m bench.dataspace

docs: .cache/dev ## Write the parts of the docs that the code knows
	@$(NO_DATABASE) $(BIN)/python -m tools.diagrams

screenshots: .cache/dev .cache/front browser ## Picture the key pages into docs/screens/
	@$(BIN)/python -m tools.screenshots

conformance-dsp: .cache/dev ## Let the kit of the Dataspace Protocol try a site of ours: TCK=its class path
	@test -n "$(TCK)" || { echo "Say where the kit is: make conformance-dsp TCK=<class path>"; exit 2; }
	@$(BIN)/python -m tests.dataspace.conformance "$(TCK)"

interop-edc: .cache/dev ## Speak with a runtime of Eclipse EDC in both roles: EDC=its class path
	@$(BIN)/python -W ignore -m tests.dataspace.interop "$(EDC)"

lock: ## Pin the newest versions that fit, with hashes and without hosts
	uv pip compile pyproject.toml --group build -o requirements/run.txt $(LOCK)
	uv pip compile pyproject.toml --group bench -c requirements/run.txt -o requirements/bench.txt $(LOCK)
	uv pip compile pyproject.toml --group dev -c requirements/bench.txt -o requirements/dev.txt $(LOCK)
LOCK := -q --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url

clean: ## Throw away what was made here, the data too
	@rm -rf .venv .cache .data .example frontend/node_modules src/katalysator/site/static/vendor

browser: # Chromium for the tests, where we may install it; else those tests skip and say so
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || \
	  { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && \
	    { apt-get update -qq; apt-get install -yqq --no-install-recommends chromium >/dev/null; }; } || \
	  echo "No Chromium here, and no right to install it: browser tests will skip."

.venv/bin/pip:
	@$(PYTHON) -m venv .venv 2>/dev/null || \
	  { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && apt-get update -qq && \
	    apt-get install -yqq python3-venv >/dev/null && rm -rf .venv && $(PYTHON) -m venv .venv; } || \
	  { echo "Python cannot make an environment here: install its venv module (Debian: apt install python3-venv)."; exit 1; }

.cache/run: requirements/run.txt pyproject.toml | .venv/bin/pip
	@echo "Installing the dependencies …"
	@$(BIN)/pip install -q --require-hashes -r requirements/run.txt
	@$(BIN)/pip install -q --no-deps --no-build-isolation -e .
	@mkdir -p .cache && touch $@

.cache/dev: requirements/dev.txt .cache/run
	@echo "Installing what the tests need …"
	@$(BIN)/pip install -q --require-hashes -r requirements/dev.txt
	@touch $@

.cache/bench: requirements/bench.txt .cache/dev
	@echo "Installing the rivals …"
	@$(BIN)/pip install -q --require-hashes -r requirements/bench.txt
	@touch $@

.cache/front: frontend/package-lock.json $(wildcard frontend/css/* frontend/build.mjs) $(wildcard src/katalysator/site/locale/*/LC_MESSAGES/django.po) | .cache/run
	@echo "Building the look …"
	@sh tools/frontend.sh
	@$(BIN)/python -m tools.messages compile
	@mkdir -p .cache && touch $@
