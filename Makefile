# make run    the main job on a real sample; says at the end what to open
# make test   all checks: style, types, imports, tests
# make bench  what everything costs, beside what others cost; BENCH=--quick for a look
# make readers mutated returns read by several programs beside ours; SECONDS=3600 for a long look
# make bundle   folders to double-click (Windows, Linux), installer, wheelhouse and lists of components, into dist/
# make windows  makes the Windows folder and tries it under wine; make linux does the same for Linux, aarch64 under qemu
# make release  wheel and source archive into dist/, checked in fresh environments of every Python that is here
# make fuzz     mutated inputs of every kind, for as long as is wanted: SECONDS=3600
# make portal 300 made units driven through their links, then odd requests to every route
# make pages  every page as pictures, wide and narrow, and what axe-core finds on it; needs Chromium and npm
# All set up .venv by themselves; all that is needed is Python 3.11 or newer.

PYTHON ?= python3
SAMPLE ?= zhuzhou-2024
SECONDS ?= 600
BIN := .venv/bin
AS_ROOT := $(if $(filter 0,$(shell id -u)),,sudo)

.PHONY: run test bench readers fuzz portal pages bundle bundle-needs windows linux release clean

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

bundle: .venv/ready
	$(BIN)/python -m tools.bundle windows installer linux-x86_64 linux-aarch64 wheelhouse sbom

bundle-needs: # what bundles and their trials need besides Python, on Debian and Ubuntu
	$(AS_ROOT) apt-get update
	$(AS_ROOT) apt-get install --yes --no-install-recommends make gcc libc6-dev xz-utils \
		wine wine64 osslsigncode nsis gcc-mingw-w64-x86-64 qemu-user-static libc6-arm64-cross libgcc-s1-arm64-cross

windows: .venv/ready
	$(BIN)/python -m tools.bundle windows try-windows

linux: .venv/ready
	$(BIN)/python -m tools.bundle linux-x86_64 try-linux-x86_64 linux-aarch64 try-linux-aarch64

release: .venv/ready
	$(BIN)/python -m tools.release

fuzz: .venv/ready-for-tests
	$(BIN)/python tools/fuzz.py --seconds $(SECONDS) --jobs 2

portal: .venv/ready-for-tests
	rm -rf out/portal
	$(BIN)/python tools/portal_campaign.py out/portal

pages: .venv/ready-for-tests out/axe/package/axe.min.js
	$(BIN)/python tools/page_gallery.py out/pages --axe out/axe/package/axe.min.js

out/axe/package/axe.min.js:
	mkdir -p out/axe
	cd out/axe && npm pack --silent axe-core@4 && tar xzf axe-core-*.tgz

.venv/ready: setup.cfg pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --editable '.[desk]'
	touch $@

.venv/ready-for-tests: .venv/ready
	PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --editable '.[test]'
	-PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --editable '.[engines]' # second opinions; skipped where they cannot be had
	touch $@

clean:
	rm -rf .venv out build dist *.egg-info
