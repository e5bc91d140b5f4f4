# make run    the main job on a real sample; says at the end what to open
# make test   all checks: style, types, imports, tests
# make bench  what everything costs, beside what others cost; BENCH=--quick for a look
# make readers mutated returns read by several programs beside ours; SECONDS=3600 for a long look
# make portal 300 made units driven through their links, then odd requests to every route
# All set up .venv by themselves; all that is needed is Python 3.11 or newer.

PYTHON ?= python3
SAMPLE ?= zhuzhou-2024
SECONDS ?= 600
BIN := .venv/bin

.PHONY: run test bench readers portal clean

run: .venv/ready
	$(BIN)/xlsxeval demo out --sample $(SAMPLE)

test: .venv/ready-for-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/xlsxeval lint
	$(BIN)/python -m pytest

bench: .venv/ready
	-PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --editable '.[benchmarks]' # the others; their rows are left out where they cannot be had
	$(BIN)/python -m benchmarks $(BENCH)

readers: .venv/ready-for-tests
	$(BIN)/python tools/readers.py --seconds $(SECONDS)

portal: .venv/ready-for-tests
	rm -rf out/portal
	$(BIN)/python tools/portal_campaign.py out/portal

.venv/ready: setup.cfg pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --editable .
	touch $@

.venv/ready-for-tests: .venv/ready
	PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --editable '.[test]'
	-PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --editable '.[engines]' # second opinions; skipped where they cannot be had
	touch $@

clean:
	rm -rf .venv out build dist *.egg-info
