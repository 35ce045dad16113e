# README's two commands are `make demo` and `make test`; both set up what they need, once.
PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/.installed
PIP := $(BIN)/pip --disable-pip-version-check

.PHONY: demo test lint bench figures docs screenshots clean

demo: $(INSTALLED)
	@mkdir -p demo
	$(BIN)/qostil batch corpora/sample/kk corpora/sample/ru -o demo/memory.tmx

test: $(INSTALLED)
	$(BIN)/python -m pytest -q -n 2

lint: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(INSTALLED)
	$(PIP) install --quiet --constraint constraints.txt --editable ".[lab]"
	$(BIN)/python -m benchmarks.foundation

# Carry the measured numbers and the charts over from benchmarks/results into the READMEs and the docs, and what the
# commands print that stand there.
figures: $(INSTALLED)
	$(BIN)/python -m benchmarks.explained
	$(BIN)/python -m benchmarks.console_examples
	$(BIN)/python docs/notebooks/execute.py docs/notebooks/researcher.ipynb
	$(BIN)/python -m benchmarks.readme_figures

# The documentation as a site in site/.
docs: $(INSTALLED)
	$(PIP) install --quiet --constraint constraints.txt --editable ".[docs]"
	$(BIN)/mkdocs build --strict --quiet

# What the review page looks like, for the README; needs Debian's chromium.
screenshots: $(INSTALLED)
	$(BIN)/python docs/screenshots.py

clean:
	rm -rf .venv demo

# torch comes first and by its exact version: a range would take a build with gigabytes of CUDA where there is one.
$(INSTALLED): pyproject.toml constraints.txt
	@echo "Setting up .venv (once, a minute or two) …"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "qostil needs Python 3.11 or newer; say make PYTHON=python3.12")'
	@$(PYTHON) -m venv .venv
	@$(PIP) install --quiet --constraint constraints.txt torch==2.13.0
	@$(PIP) install --quiet --constraint constraints.txt --editable ".[dev]"
	@touch $(INSTALLED)
