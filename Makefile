# The front door; `make` alone prints help. .venv makes itself from requirements.lock.

PYTHON ?= python3
BIN := .venv/bin

# What stands on make's command line goes to the shell through the environment, character by
# character: $(value) keeps make from expanding it, "$$NAME" keeps the shell from running it.
OPTIONS := FROM TO TICKET DIALECT TARGET OUT
$(foreach name,$(OPTIONS),$(eval override $(name) := $$(if $$(filter command,$$(origin $(name))),$$(value $(name)))))
override RANGE := $(if $(FROM)$(TO),$(FROM):$(TO))
export $(OPTIONS) RANGE

.DEFAULT_GOAL := help
.PHONY: help sql check list test lint format golden bench lock clean venv

help: ## print this
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-8s %s\n", $$1, $$2}' Makefile

sql: venv ## write the scripts of a range: FROM=base TO=head TICKET=CHG0012345 (also OUT, DIALECT, TARGET)
	@$(BIN)/changescript sql $${TICKET:+--ticket="$$TICKET"} $${DIALECT:+--dialect="$$DIALECT"} $${TARGET:+--target="$$TARGET"} $${OUT:+-o "$$OUT"} $${RANGE:+-- "$$RANGE"}

check: venv ## regenerate every script in memory and compare it with sql_out/
	@$(BIN)/changescript check

list: venv ## show the ranges in sql_out/, and the revisions that no range covers
	@$(BIN)/changescript list

test: venv ## run the tests, on two cores
	@$(BIN)/pytest -n 2 --dist worksteal

lint: venv ## ruff, ruff format and mypy; changes nothing
	@$(BIN)/ruff check && $(BIN)/ruff format --check && $(BIN)/mypy

format: venv ## mend what ruff can mend
	@$(BIN)/ruff check --fix-only --quiet && $(BIN)/ruff format

golden: venv ## rewrite the scripts in tests/, and the generated parts of the README and docs
	@CHANGESCRIPT_GOLDEN=rewrite $(BIN)/pytest $(GOLDEN)

GOLDEN := tests/test_golden.py tests/test_frames.py tests/test_frame_mssql.py tests/test_frame_oracle.py tests/test_readme.py tests/test_literal_table.py

bench: venv ## measure against plain alembic and sqlparse
	@$(BIN)/python -m tests.benchmarks

lock: venv ## pin every package anew, with the hashes of all its files on PyPI
	@PIP_CONFIG_FILE=/dev/null PIP_FIND_LINKS= PIP_EXTRA_INDEX_URL= CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --upgrade --all-extras --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options --output-file requirements.lock pyproject.toml

clean: ## remove .venv and caches
	@rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis

# .venv is stale when its key is: the content of two files, the interpreter and the place. The key
# is written last, so a .venv that was left half-made has none and is made again.
KEY = import hashlib, os, sys; from pathlib import Path; sys.exit(1) if sys.version_info < (3, 11) else \
    print(hashlib.sha256("|".join([sys.version, sys.base_prefix, os.getcwd(), *(Path(f).read_text() for f in ("requirements.lock", "pyproject.toml"))]).encode()).hexdigest())
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check

venv:
	@key=$$($(PYTHON) -I -c '$(KEY)') || { echo "this needs Python 3.11 or later, and $(PYTHON) is not; name one: make PYTHON=python3.12 ..." >&2; exit 2; }; \
	if [ "$$(cat .venv/key 2>/dev/null)" != "$$key" ]; then \
	    echo "making .venv from requirements.lock" >&2; \
	    rm -f .venv/key && rm -rf .venv && $(PYTHON) -m venv .venv && \
	    $(PIP) --require-hashes -r requirements.lock && \
	    $(PIP) --no-deps --no-index --no-build-isolation -e . && \
	    echo "$$key" > .venv/key; \
	fi
