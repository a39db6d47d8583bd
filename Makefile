# The commands of Radd. Each sets up what it needs, and does nothing twice.
#   make run     set up and serve; obeys PORT, HOST, DATABASE_URL, PORTAL_DATA
#   make test    set up and run every test, in a real PostgreSQL and a real Chromium too
#   make setup   the environment in .venv alone
#   make check   lint, types, import contracts, known faults of dependencies (make audit)
#   make kills   kill processes at random, KILLS times on each database, and count what is kept
#   make fuzz    hostile addresses, forms, files and bodies, EXAMPLES of each kind
#   make bench   benchmarks;  make pictures  the README's;  make lock  new lock files

PYTHON ?= python3
PY := .venv/bin/python
PIP := $(PY) -m pip --quiet --quiet --disable-pip-version-check --no-input install --no-user
WORKERS ?= 4
TESTS ?=
KILLS ?= 200
EXAMPLES ?= 200

# pip installs into .venv and nowhere else, whatever this machine sets for other work.
unexport PIP_TARGET PIP_PREFIX PIP_ROOT PIP_USER PIP_CONSTRAINT PYTHONHOME PYTHONPATH
# Without its compiled modules a start takes half as long again.
unexport PYTHONDONTWRITEBYTECODE

COMPILED := translations/ar/LC_MESSAGES/messages.mo
FONTS := portal/static/fonts/amiri-400.woff2
GROUND := .venv/installed $(COMPILED) $(FONTS)

.PHONY: setup run test needs pytest check lint types contracts audit bench kills fuzz pictures lock
.DELETE_ON_ERROR:

setup: $(GROUND)

run: $(GROUND)
	@$(PY) -m flask --app wsgi serve

# What keeps one core busy is done two at a time.
test: | $(PY)
	@$(MAKE) --no-print-directory -j2 needs $(GROUND) .venv/installed-dev
	@$(MAKE) --no-print-directory -j2 lint contracts types pytest

check: lint contracts types audit

needs: | $(PY)
	@$(PY) -m tests.needs

pytest:
	@$(PY) -m pytest -n $(WORKERS) --dist load --maxschedchunk 6 -rs $(TESTS)

lint: .venv/installed-dev
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check --quiet .

types: .venv/installed-dev
	@$(PY) -m mypy

contracts: .venv/installed-dev
	@$(PY) -c 'from importlinter.cli import lint_imports_command as lint; lint()'

audit: .venv/installed-dev
	@$(PY) -m tests.audit

bench: $(GROUND) .venv/installed-dev
	@$(PY) -m bench $(BENCH)

kills: $(GROUND) .venv/installed-dev
	@$(PY) -m tests.needs
	@$(PY) -m tests.reliability --kills $(KILLS)

fuzz: $(GROUND) .venv/installed-dev
	@$(PY) -m tests.needs
	@EXAMPLES=$(EXAMPLES) $(PY) -m pytest -n $(WORKERS) -rs tests/fuzzing

pictures: $(GROUND) .venv/installed-dev
	@$(PY) -m tests.needs
	@$(PY) -m tests.pictures

$(PY):
	@command -v "$(PYTHON)" >/dev/null || { \
	  echo "Radd needs Python 3.11 or newer, and there is no $(PYTHON)." >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Radd needs Python 3.11 or newer; $(PYTHON) is $$("$(PYTHON)" -V 2>&1)." >&2; \
	  echo "Name another one: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@"$(PYTHON)" -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "$(PYTHON) has no venv. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@echo "Making the environment in .venv"
	@"$(PYTHON)" -m venv --clear .venv

.venv/installed: requirements.lock | $(PY)
	@echo "Installing the locked dependencies"
	@$(PIP) --require-hashes -r requirements.lock
	@touch $@

.venv/installed-dev: requirements-dev.lock | .venv/installed
	@echo "Installing what tests and checks need"
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

$(COMPILED): translations/ar/LC_MESSAGES/messages.po | .venv/installed
	@$(PY) -m babel.messages.frontend --quiet compile -d translations

$(FONTS): portal/jobs/fonts.py requirements.lock | .venv/installed
	@echo "Cutting the fonts"
	@$(PY) -m portal.jobs.fonts

LOCK := $(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-emit-find-links --no-header pyproject.toml

lock: .venv/installed-dev
	@$(PY) -m uv --version >/dev/null 2>&1 || $(PIP) uv
	@$(LOCK) -o requirements.lock
	@$(LOCK) --group dev -c requirements.lock -o requirements-dev.lock
