# Every command of the project. `make` alone lists them.
PYTHON ?= python3
DATA ?= .demo
PORT ?= 8866
BIN := .venv/bin
# Where a container forbids it, each of a hundred processes would compile all that it imports anew.
export PYTHONDONTWRITEBYTECODE :=
SOURCES := $(shell find frontend/src -type f 2>/dev/null) $(wildcard frontend/*.mjs frontend/*.json)

.DEFAULT_GOAL := help
.PHONY: help run test bench soak lint types imports unit frontend-test notebooks browser frontend contract lock licences screenshots wheel clean

help: ## List these commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: $(BIN)/.run vigwidgets/static/manifest.json ## Start the demonstration and print its address
	@$(BIN)/vig --data $(DATA) demo
	@exec $(BIN)/vig --data $(DATA) serve --demo --port $(PORT)

test: ## Pass every test
	@$(MAKE) --no-print-directory --jobs 2 --output-sync=target lint types imports frontend-test
	@$(MAKE) --no-print-directory unit notebooks browser
	@echo "Everything holds."

bench: $(BIN)/.dev vigwidgets/static/manifest.json ## Measure, beside others, in one run
	@$(BIN)/python -m benchmarks

soak: $(BIN)/.dev vigwidgets/static/manifest.json ## The long trials
	@$(BIN)/python -m pytest tests -m soak -n 2 --dist load -s --timeout=7200

lint: $(BIN)/.dev
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: $(BIN)/.dev
	@$(BIN)/mypy

imports: $(BIN)/.dev
	@$(BIN)/lint-imports

frontend-test: frontend/node_modules/.stamp
	@cd frontend && npm run --silent check && npm test --silent

unit: $(BIN)/.dev vigwidgets/static/manifest.json
	@$(BIN)/python -m pytest tests/unit -n 3 --dist loadfile -q -m "not soak"

notebooks: $(BIN)/.dev vigwidgets/static/manifest.json
	@$(BIN)/python -m scripts.notebooks

browser: $(BIN)/.dev vigwidgets/static/manifest.json
	@$(BIN)/python -m scripts.chromium
	@$(BIN)/python -m pytest tests/browser -n 2 --dist loadfile --no-loadscope-reorder -q -m "not soak"

frontend: vigwidgets/static/manifest.json ## Build the front end

vigwidgets/static/manifest.json: frontend/node_modules/.stamp $(SOURCES)
	@cd frontend && npm run --silent build && touch ../$@

# `npm install`, not `npm ci`: npm 11 leaves other platforms' optional packages out of the lock file and then
# refuses it (npm/cli issue 9846). package.json names exact versions, and the lock's hashes are checked all the same.
frontend/node_modules/.stamp: frontend/package-lock.json
	@$(PYTHON) scripts/needs.py node
	@cd frontend && npm install --no-save --no-audit --no-fund --loglevel=error && touch node_modules/.stamp

# uv installs what the lock files name, hashes checked, in a tenth of pip's time; it is itself locked.
$(BIN)/.uv: locks/uv.lock
	@$(PYTHON) scripts/needs.py python
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(BIN)/.run: $(BIN)/.uv locks/run.lock pyproject.toml
	@$(BIN)/uv pip install --require-hashes -r locks/run.lock
	@$(BIN)/uv pip install --no-deps --no-build-isolation -e .
	@touch $@

$(BIN)/.dev: $(BIN)/.run locks/dev.lock
	@$(BIN)/uv pip install --require-hashes -r locks/dev.lock
	@touch $@

contract: $(BIN)/.dev frontend/node_modules/.stamp ## Write the types of both languages from the one schema
	@$(BIN)/python scripts/contract.py && cd frontend && npm run --silent contract

COMPILE := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --quiet
lock: $(BIN)/.uv ## Choose the newest versions again and lock them
	@echo "uv" | $(COMPILE) --upgrade - -o locks/uv.lock
	@$(COMPILE) --upgrade pyproject.toml --extra all --group build -o locks/run.lock
	@$(COMPILE) --upgrade pyproject.toml --extra all --group dev -c locks/run.lock -o locks/dev.lock

licences: $(BIN)/.dev ## List the licence of every package that runs
	@$(BIN)/python -m scripts.licences

screenshots: $(BIN)/.dev vigwidgets/static/manifest.json ## Take the README's pictures again
	@$(BIN)/python -m scripts.screenshots

wheel: $(BIN)/.dev vigwidgets/static/manifest.json ## Build the wheel
	@$(BIN)/python -m build --wheel --no-isolation

clean: ## Remove what was installed and built
	@rm -rf .venv .demo build dist vigwidgets/static frontend/node_modules
