# The menu: `make` prints it. Everything runs from .venv, which the first target that needs it makes from the lock.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
ARGS   ?=

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help setup refresh serve test test-long check bench eval vocabularies words docs site lock wheel clean

help: ## print this menu
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMP) ## make .venv from requirements.lock (done by every other target)

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' || \
	  { echo "Trialhouse needs Python 3.11, 3.12 or 3.13, not $$($(PYTHON) --version 2>&1): make PYTHON=python3.12 …" >&2; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
	  { echo "$(PYTHON) cannot make a virtual environment: install its venv module (Debian: python3-venv)" >&2; exit 2; }
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

refresh: $(STAMP) ## the main job: refresh the warehouse and publish a release (ARGS='--files …')
	@$(BIN)/trialhouse refresh $(ARGS)

serve: $(STAMP) ## try the schedules: a Prefect server, a worker and all deployments here, until Ctrl-C
	@$(BIN)/python -m trialhouse.cli.serving

test: $(STAMP) ## all fast tests
	@$(BIN)/python -m pytest -m "not long" -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

test-long: $(STAMP) ## the tests that take minutes
	@$(BIN)/python -m pytest -m long $(ARGS)

check: $(STAMP) ## lint, format and strict types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy src

bench: $(STAMP) ## every benchmark, each printing its figures
	@for program in bench/*.py; do echo "== $$program"; $(BIN)/python $$program || exit 1; done

eval: $(STAMP) ## scores of extraction on the labelled abstracts, and a report of its errors (ARGS=--help)
	@$(BIN)/python -m bench.evaluation $(ARGS)

vocabularies: $(STAMP) ## make seeds/interventions.csv anew (UNII=UNII_Names.txt of the FDA, DATE=its day)
	@$(BIN)/python bench/vocabularies/make_interventions.py "$(UNII)" "$(DATE)"

words: $(STAMP) ## make seeds/words.csv anew (DATE=day of the count, TEXTS=files of PubMed and exports)
	@$(BIN)/python bench/vocabularies/make_words.py "$(DATE)" $(TEXTS)

docs: $(STAMP) ## make the generated files anew: dictionary, diagram, schema, queries, docs/reference
	@$(BIN)/python -m trialhouse.releases.dictionary .
	@$(BIN)/python -m docs.making

site: $(STAMP) ## build the documents into build/site; a warning is an error
	@rm -rf build/site
	@$(BIN)/python -m sphinx -W --keep-going -q -d build/doctrees docs build/site
	@echo "build/site/index.html"

lock: ## make requirements.lock anew (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --extra dev --extra cluster --extra docs --no-header \
	  pyproject.toml -o requirements.lock

wheel: $(STAMP) ## build the wheel into dist/
	@$(BIN)/python -m hatchling build -t wheel

clean: ## remove what tools leave; the warehouse and .venv stay
	rm -rf dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find src tests flows bench -name __pycache__ -type d -exec rm -rf {} +
