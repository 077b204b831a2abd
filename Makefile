# `make report` and `make test` work on a fresh machine with Python 3.11+ and make: they set up .venv first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: report test lab bench style check soak mutants clean lock

report: $(READY)
	$(BIN)/budgets report

test: $(READY)
	$(BIN)/python -m pytest

lab: $(READY)
	$(BIN)/jupyter lab notebooks

bench: $(READY)
	$(BIN)/python -m benchmarks

style: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Everything that is tested but the soak, also what needs Chromium and LibreOffice; style and types.
check: style
	$(BIN)/python -m pytest -m "not soak"

soak: $(READY)
	$(BIN)/python -m pytest -m soak

# How many small faults in the core the tests would notice: see docs/mutants.md. Half an hour for a fifth of the mutants;
# `make mutants WITH="measures --share 1"` tries every one of a room. The tool lives apart from the locked dependencies.
mutants: $(READY) $(VENV)/mutmut
	PYTHONPATH=$(CURDIR)/$(VENV)/mutmut $(BIN)/python tests/mutants.py $(WITH)

$(VENV)/mutmut: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --target $@ mutmut==3.8.1

clean:
	rm -rf $(VENV) reports/out data/derived build src/*.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Written anew by hand when a dependency changes; needs uv (`pip install uv`).
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --extra dev --no-annotate --no-header pyproject.toml -o requirements.lock

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@
