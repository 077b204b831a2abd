# `make report` and `make test` work on a fresh machine with Python 3.11+ and make: they set up .venv first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: report test lab bench check soak clean lock

report: $(READY)
	$(BIN)/budgets report

test: $(READY)
	$(BIN)/python -m pytest

lab: $(READY)
	$(BIN)/jupyter lab notebooks

bench: $(READY)
	$(BIN)/python -m benchmarks

# Everything that is tested, also what needs Chromium and LibreOffice; style and types.
check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -m ""

soak: $(READY)
	$(BIN)/python -m pytest -m soak

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
