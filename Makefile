# Everything is set up on the way: a virtual environment from a lock with hashes, and Pango from the system's packages.
PYTHON ?= python3
ARGS ?=
BIN := .venv/bin
PIP := $(BIN)/python -m pip -qq
NATIVE := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: export test test-quick judges lint typecheck wheel lock drawings clean help

export: .venv/export.stamp ## write the leaflets of every language (ARGS="--locale de")
	$(BIN)/lbp export $(ARGS)

test: .venv/judges.stamp lint typecheck ## prove them
	$(BIN)/python -m pytest -n auto $(ARGS)

test-quick: .venv/test.stamp ## the tests that take under a minute
	$(BIN)/ruff check -q .
	$(BIN)/python -m pytest -n auto -q -m "not slow" $(ARGS)

judges: .venv/judges.stamp ## install the judges of `lbp validate --all`

lint: .venv/test.stamp ## ruff
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

typecheck: .venv/test.stamp ## mypy
	$(BIN)/mypy

wheel: .venv/test.stamp ## build dist/*.whl
	@$(PIP) wheel --no-deps --no-build-isolation -w dist .
	@ls dist/*.whl

lock: .venv/test.stamp ## renew the locks
	@$(PIP) install uv
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --no-emit-index-url --no-annotate --upgrade \
	  -o requirements/export.txt pyproject.toml requirements/build.in
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --no-emit-index-url --no-annotate --upgrade \
	  -c requirements/export.txt --extra test -o requirements/test.txt pyproject.toml requirements/build.in
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --no-emit-index-url --no-annotate --upgrade \
	  -c requirements/test.txt --extra judges -o requirements/judges.txt pyproject.toml requirements/build.in

drawings: .venv/export.stamp ## draw the pictures again
	$(BIN)/python -m drawings

clean: ## remove what was made
	rm -rf .venv leaflets drafts dist exporters/validate/judges/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /make \1: /p' $(MAKEFILE_LIST) | sort

.venv/export.stamp: requirements/export.txt pyproject.toml Makefile .venv/here
	@echo "Setting up .venv: half a minute, this once"
	@$(PIP) install --require-hashes -r requirements/export.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@sh scripts/pango.sh $(BIN)/python $(NATIVE)
	@touch $@

.venv/test.stamp: requirements/test.txt .venv/export.stamp
	@echo "Adding what the tests need: another half a minute, this once"
	@$(PIP) install --require-hashes -r requirements/test.txt
	@touch $@

.venv/judges.stamp: requirements/judges.txt exporters/validate/judges/package-lock.json .venv/test.stamp
	@echo "Adding the judges: a minute, this once"
	@$(PIP) install --require-hashes -r requirements/judges.txt
	@$(BIN)/python -m exporters.validate.judges.install
	@touch $@

# .venv/here holds the name of the folder, and is as old as the environment: a checkout that was moved gets a new one
.venv/here: FORCE
	@[ "$$(cat $@ 2>/dev/null)" = "$(CURDIR)" ] && $(BIN)/python -m pip --version >/dev/null 2>&1 || { \
	  rm -rf .venv; \
	  $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	    || { echo "Python 3.11 or newer is needed; name it: make PYTHON=python3.12"; exit 1; }; \
	  $(PYTHON) -m venv .venv \
	    || { rm -rf .venv; echo "Install it first: apt-get install python3-venv"; exit 1; }; \
	  echo "$(CURDIR)" > $@; }
.PHONY: FORCE
