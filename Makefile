# Everything happens in .venv, made on first use from the lock file. Python 3.11 and make suffice.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready

.PHONY: run demo test check versions format bench man rights soak lock clean

run: $(READY)        ## open Usher on a database of its own, in .data
	USHER_DATA=$${USHER_DATA:-$(CURDIR)/.data} $(BIN)/usher

demo: $(READY)       ## a throw-away account with 2 000 example people
	$(BIN)/usher demo

test: $(READY)       ## the tests
	$(BIN)/pytest

check: $(READY)      ## lint, format, types, the walls of the house, the tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/pytest

versions: .venv-lowest .venv-newest  ## run store and command-line tests with the lowest and newest dependencies
	.venv-lowest/bin/python -m pytest tests/store tests/tui/cli
	.venv-newest/bin/python -m pytest tests/store tests/tui/cli

# Only the dependencies that users install vary. The test tools stay locked.
.venv-lowest: $(READY) requirements-dev.txt pyproject.toml
	$(NEW_VENV)
	$(BIN)/uv pip compile --quiet --resolution lowest-direct --extra postgres --extra photo pyproject.toml \
	  -o $@/lowest.txt
	$(BIN)/uv pip install --quiet --python $@ -r $@/lowest.txt
	$(BIN)/uv pip install --quiet --python $@ --no-build-isolation --no-deps -e .

.venv-newest: $(READY) requirements-dev.txt pyproject.toml
	$(NEW_VENV)
	$(BIN)/uv pip install --quiet --python $@ --no-build-isolation --upgrade -e '.[postgres,photo]'

define NEW_VENV
	$(BIN)/uv venv --quiet --clear --python $(PYTHON) $@
	$(BIN)/uv pip install --quiet --python $@ --require-hashes -r requirements-dev.txt
endef

format: $(READY)     ## let ruff write as it likes to read
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: $(READY)      ## the figures that the README quotes, each beside its baseline
	$(BIN)/python -m bench

man: $(READY)        ## the man page and the page of settings, from the program itself
	$(BIN)/python -m tui.cli.man > docs/usher.1.new
	mv docs/usher.1.new docs/usher.1
	$(BIN)/python -m tui.cli.settings_page > docs/settings.md.new
	mv docs/settings.md.new docs/settings.md

rights: $(READY)     ## the page of who may do what, from the table of the tests
	$(BIN)/python -m tests.rights.page > docs/rights.md.new
	mv docs/rights.md.new docs/rights.md

soak: $(READY)       ## the long fault and load runs
	$(BIN)/pytest -m slow

lock:                ## pin the dependencies anew, with hashes and without naming an index
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-header --no-emit-index-url --no-annotate --extra postgres --extra photo pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-header --no-emit-index-url --no-annotate --group dev pyproject.toml -o requirements-dev.txt

$(READY): requirements-dev.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q store tui
	touch $(READY)

clean:               ## back to what was cloned
	rm -rf .venv .venv-lowest .venv-newest .data .mypy_cache .pytest_cache .ruff_cache .hypothesis
