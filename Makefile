.PHONY: try test check fix docs bench

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || (echo "mbl needs Python 3.11 or newer; name one with: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1)
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $(STAMP)

# The main job on real-looking input, in a folder of its own.
try: $(STAMP)
	@$(BIN)/python examples/try.py

# Every test.
test: $(STAMP)
	$(BIN)/python -m pytest

# What every change must pass.
check: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(MAKE) --no-print-directory test

# Let the tools mend what they can.
fix: $(STAMP)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# The generated pages and pictures.
docs: $(STAMP)
	$(BIN)/python docs/generate.py

# How fast it is, as ratios to the least a program of this kind can cost; and whether looking at a campaign every day fools anyone.
bench: $(STAMP)
	$(BIN)/python benchmarks/speed.py
	$(BIN)/python benchmarks/operating.py
