# Two commands: make run (the main job on the sample county) and make test.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# a folder of labelled pages, for score and bench: make score CORPUS=...
CORPUS ?=

.PHONY: run test test-all check bench fleet look score clean

run: .venv/run
	$(BIN)/mingcha demo

test: .venv/dev
	$(BIN)/pytest -n 2 --dist worksteal

test-all: .venv/all
	$(BIN)/pytest -n 2 --dist worksteal --no-skips

check: .venv/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/dev
	$(BIN)/python benchmarks/startup.py
	$(BIN)/python benchmarks/crawl.py --memory
	$(BIN)/python benchmarks/second_night.py
	$(BIN)/python benchmarks/judging.py --obligations 1000000
	$(BIN)/python benchmarks/papers.py
	$(BIN)/python benchmarks/outbox.py
	$(BIN)/python benchmarks/hostile.py
	$(BIN)/python -m benchmarks.replay
	$(BIN)/python benchmarks/elements.py
	$(if $(CORPUS),$(BIN)/python benchmarks/articles.py $(CORPUS),@echo "read_article against htmldate and gne: give CORPUS=folder")

# 120 nights of a simulated county with planted truth, from three seeds; ends with 1 below its bars
fleet: .venv/dev
	$(BIN)/python benchmarks/fleet/run.py --floors

# every paper of the demonstration as pictures, to be looked at; needs soffice, pdftoppm, chromium
look: run
	$(BIN)/python benchmarks/look.py 示例县

score: .venv/dev
	$(BIN)/python benchmarks/score.py $(or $(CORPUS),$(error give the folder of labelled pages: make score CORPUS=folder))
	$(BIN)/python benchmarks/synonyms.py $(CORPUS)

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/run: .venv/bin/python setup.cfg constraints.txt
	$(PIP) install -c constraints.txt -e .
	touch $@

.venv/dev: .venv/run
	$(PIP) install -c constraints.txt -e '.[dev,bench,postgres]'
	touch $@

# what the tests of test-all need besides: 400 MB, so neither make run nor make test installs it
.venv/all: .venv/dev
	$(PIP) install -c constraints.txt -e '.[ocr,render]'
	touch $@

clean:
	rm -rf .venv build *.egg-info 示例县
