# make run    the demo on http://127.0.0.1:8000
# make test   the whole suite on SQLite, and on PostgreSQL what asks a database
# Both need only Python 3.11 or newer with venv; what else they need they install into .venv.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
# Further words for pytest, for example: make test-sqlite PYTEST_ARGS="-k booth"
PYTEST_ARGS ?=
# Some of the checks only, for example: make test-doors-bite BITE_ARGS="zones/scope.py booths/forms.py"
BITE_ARGS ?=
# How often an import is killed on each database: make test-kill KILLS=10
KILLS ?= 100
# Every worker makes a database of its own, so that more than a few cost more than they save.
WORKERS ?= auto --maxprocesses=4

VENV := .venv
BIN := $(VENV)/bin
MANAGE := DEMO=1 $(BIN)/python manage.py
PIP_INSTALL := $(BIN)/pip install --disable-pip-version-check -qq --require-hashes -r
# The longest tests come last: who has none left takes some of the other's.
PYTEST := $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(PYTEST_ARGS)
LOCK := $(VENV)-lock/bin/pip-compile --quiet --generate-hashes --strip-extras \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links

.DEFAULT_GOAL := help
# One step after the other: the summary of the last test run stays the last line.
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help run test test-sqlite test-postgresql test-doors-bite test-mangled-files test-kill check \
	format-check lint types migrations-check \
	messages-check messages format bench bench-million lock clean

help: ## say what can be made
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /make \1\t/' | expand -t 24

# --- running ---------------------------------------------------------------------------------

run: $(VENV)/run.stamp staticfiles/staticfiles.json ## start the demo (HOST, PORT)
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) demo --sign-ins
	@echo "Booth Pragati: http://$(HOST):$(PORT)  (stop: Ctrl-C)"
	@export DEMO=1; $(KEEP_WORKER) & worker=$$!; \
	$(BIN)/gunicorn campaign.wsgi --bind $(HOST):$(PORT) --workers 2 --threads 4 \
		--log-level warning & web=$$!; \
	trap 'kill $$worker $$web 2>/dev/null; wait' EXIT; trap 'exit 0' INT TERM; wait $$web

# What imports lists, begun anew whenever it dies; it ends with the pages.
KEEP_WORKER = { trap 'kill $$child 2>/dev/null; exit' TERM; while :; do \
	$(BIN)/python manage.py db_worker --verbosity 0 & child=$$!; wait $$child; sleep 1; done; }

staticfiles/staticfiles.json: $(VENV)/run.stamp $(shell find static -type f 2>/dev/null)
	@$(MANAGE) collectstatic --clear --no-input --verbosity 0

# --- installing: once, and again when a lock file changes --------------------------------------

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Booth Pragati needs Python 3.11 or newer: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@echo "Making $(VENV) ..."
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "Python's venv is missing (on Debian and Ubuntu: apt-get install python3-venv)."; exit 1; }

$(VENV)/run.stamp: requirements.lock | $(BIN)/python
	@echo "Installing what it needs to run ..."
	@$(PIP_INSTALL) requirements.lock
	@touch $@

# The development lock holds all of requirements.lock too.
$(VENV)/dev.stamp: requirements-dev.lock requirements.lock | $(BIN)/python
	@echo "Installing what the tests need ..."
	@$(PIP_INSTALL) requirements-dev.lock
	@touch $(VENV)/run.stamp $@

# --- testing -----------------------------------------------------------------------------------

test: test-sqlite test-postgresql ## run all tests on both databases

test-sqlite: $(VENV)/dev.stamp ## run all tests on SQLite
	@echo "Tests on SQLite"
	@env -u DATABASE_URL $(PYTEST)

test-postgresql: $(VENV)/dev.stamp ## run all tests on PostgreSQL (TEST_DATABASE_URL, else one of their own)
	@echo "Tests on PostgreSQL"
	@$(BIN)/python -m tests.databases $(PYTEST)

# Runs the suite many times over, so no part of check: run it when zones/scope.py or what asks it has changed.
test-doors-bite: $(VENV)/dev.stamp ## leave out each check of scope in turn, and list the test that tells
	@$(BIN)/python -m tests.bite $(BITE_ARGS)

test-mangled-files: $(VENV)/dev.stamp ## read ten thousand mangled booth lists
	@MANGLED_FILES=10000 $(BIN)/python -m pytest -o faulthandler_timeout=0 tests/booths/roll/test_mangled_files.py

# Takes a quarter of an hour on each database, so no part of check either.
test-kill: $(VENV)/dev.stamp ## kill imports at random moments on both databases, KILLS times each
	@env -u DATABASE_URL $(BIN)/python -m tests.kill --times $(KILLS)
	@$(BIN)/python -m tests.databases $(BIN)/python -m tests.kill --times $(KILLS)

check: format-check lint types migrations-check messages-check test ## all that CI checks

format-check: $(VENV)/dev.stamp
	@$(BIN)/ruff format --check

lint: $(VENV)/dev.stamp ## ruff and djlint
	@$(BIN)/ruff check
	@$(BIN)/djlint templates --lint --quiet

types: $(VENV)/dev.stamp ## mypy
	@$(BIN)/mypy

migrations-check: $(VENV)/dev.stamp
	@$(MANAGE) makemigrations --check --dry-run

# --- translating -------------------------------------------------------------------------------

# The date would change the files at every run, and say nothing.
messages: $(VENV)/dev.stamp ## gather texts into locale/hi and compile them (needs gettext)
	@$(MANAGE) makemessages --locale hi --add-location file --no-obsolete --verbosity 0 \
		--ignore 'staticfiles/*' --ignore 'tests/*'
	@find locale -name '*.po' -exec sed -i.old '/^"POT-Creation-Date:/d' {} \; -exec rm {}.old \;
	@$(MANAGE) compilemessages --locale hi --verbosity 0

messages-check: $(VENV)/dev.stamp
	@if command -v xgettext >/dev/null; then \
		before=$$(mktemp -d) && cp -R locale "$$before" && \
		$(MAKE) --no-print-directory messages && \
		{ diff -r "$$before/locale" locale || { \
			echo "locale/ is behind the texts: translate what is new in it, then make messages"; exit 1; }; }; \
	else echo "gettext is not installed: the translations are not gathered anew"; fi

# --- the rest ----------------------------------------------------------------------------------

format: $(VENV)/dev.stamp ## format and mend what ruff can mend
	@$(BIN)/ruff check --fix --quiet || true
	@$(BIN)/ruff format

bench: $(VENV)/dev.stamp ## measure imports and pages
	@$(BIN)/python -m tests.bench

# Takes minutes, so no part of bench.
bench-million: $(VENV)/dev.stamp ## measure the import of 1,050,000 booths on PostgreSQL
	@$(BIN)/python -m tests.databases $(BIN)/python -m tests.bench_million

# pip-tools pins pip and setuptools, which no lock should: so it has a place of its own.
$(VENV)-lock/bin/pip-compile:
	@$(PYTHON) -m venv $(VENV)-lock
	@$(VENV)-lock/bin/pip install --disable-pip-version-check -qq 'pip-tools>=7.6,<8'

# On Python 3.11, the oldest that is served, so that no back-port is left out.
lock: $(VENV)-lock/bin/pip-compile ## lock the dependencies of pyproject.toml (LOCK_ARGS=--upgrade for newer ones)
	CUSTOM_COMPILE_COMMAND="make lock" $(LOCK) $(LOCK_ARGS) -o requirements.lock pyproject.toml
	CUSTOM_COMPILE_COMMAND="make lock" $(LOCK) $(LOCK_ARGS) --extra dev -c requirements.lock \
		-o requirements-dev.lock pyproject.toml

clean: ## remove what was installed and built; the demo's database stays
	rm -rf $(VENV) $(VENV)-lock staticfiles .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -not -path './.git/*' -prune -exec rm -rf {} +
