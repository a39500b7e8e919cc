# Every target sets the project up first; a fresh machine needs git, make and Python >= 3.11.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: setup test test-kill test-year lint demo clean evaluate bench bench-dedup

setup: .venv/.ready

# --no-deps: the lock file is complete, and the resolver of pip 23.2 dies on lxml[html_clean].
.venv/.ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -m pip check
	touch $@

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: lint
	$(BIN)/pytest -n 2

# SIGKILL at the steps of runs over a large series; FANGTAN_SEED repeats what was printed. Up to an hour.
test-kill: setup
	FANGTAN_KILLS=$${FANGTAN_KILLS:-320} FANGTAN_KILL_ARTICLES=400 $(BIN)/pytest -s tests/output/cli/test_kill.py

# 365 daily runs against a portal that lives. Half an hour.
test-year: setup
	FANGTAN_DAYS=365 $(BIN)/pytest -s tests/output/cli/test_year.py

demo: setup
	$(BIN)/fangtan demo

# The demo's data only: what else lies in data/ was crawled, and its archive cannot be made again.
clean:
	rm -rf .venv data/demo .mypy_cache .ruff_cache .hypothesis

# Real pages with gold, where they are; without them the project's own fixtures are evaluated and measured.
BENCH ?= ../shared/bench/dev

evaluate: setup
	$(BIN)/fangtan evaluate $(if $(wildcard $(BENCH)),$(BENCH) --only gold_type=human,tests/fixtures) --by group --jobs 2
	$(BIN)/fangtan evaluate --check tests/floors.toml --jobs 2

bench: setup
	$(BIN)/python -m tests.bench.clean $(wildcard $(BENCH))
	$(BIN)/python -m tests.bench.crawl requests

# How much dedup finds and how fast, beside datasketch and rensa, which nothing else needs. `growth 1000000` takes half an
# hour and 15 GB of disk, most of it to write the articles.
bench-dedup: setup
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -r requirements-bench.lock
	$(BIN)/python -m tests.bench.dedup recall
	$(BIN)/python -m tests.bench.dedup peers
	$(BIN)/python -m tests.bench.dedup growth
