# Two commands: `make serve` and `make test`. Each makes what it needs, from only Python 3.11+, git and make.
PORT ?= 8000
HOST ?= 127.0.0.1
PYTHON ?= python3
UV_VERSION := 0.13.8
BIN := .venv/bin
NEWEST ?= 3.14
# The facts must not be due for review on the day of the commit. (Later, `discussion-guide check` alone says what has fallen due.)
TODAY = $(shell git log -1 --format=%cs)

# One option or example a line reads better than a folded one, and each file is one document.
YAML_STYLE := "{extends: default, rules: {line-length: disable, document-start: disable, \
  braces: {max-spaces-inside: 0}, comments: {min-spaces-from-content: 1}, indentation: disable}}"

# What the rules and their checks do must be covered to the last branch. Coverage more than doubles the time, so only the
# tests that must cover run with it. Both runs use all processors; a worker that is done takes tests from the others.
GATED := rulebook evaluation changes checks
PARALLEL := -n auto --dist worksteal

.PHONY: serve test test-gated test-rest test-lowest test-newest expected reference browser lint axe lighthouse assets clean

serve: .venv/serve
	$(BIN)/discussion-guide serve --host $(HOST) --port $(PORT)

test: .venv/test browser lint
	$(BIN)/discussion-guide check --as-of $(TODAY)
	@$(MAKE) --no-print-directory --keep-going test-gated test-rest

test-gated:
	$(BIN)/pytest $(PARALLEL) --cov $(GATED:%=tests/%)

test-rest:
	$(BIN)/pytest $(PARALLEL) tests $(GATED:%=--ignore tests/%)

# The same tests with the oldest versions of what the product needs that pyproject.toml allows, and with the newest Python that uv finds or fetches.
# Each has an environment of its own beside .venv. WHAT names fewer tests: `make test-lowest WHAT=tests/web`.
WHAT ?= tests
test-lowest: .tools/bin/uv browser
	.tools/bin/uv venv --quiet --clear --python 3.11 .venv-lowest
	VIRTUAL_ENV=.venv-lowest .tools/bin/uv pip install --quiet --resolution lowest-direct --editable .
	VIRTUAL_ENV=.venv-lowest .tools/bin/uv pip install --quiet --group dev
	.venv-lowest/bin/pytest $(PARALLEL) $(WHAT)

test-newest: .tools/bin/uv browser
	UV_PROJECT_ENVIRONMENT=.venv-newest .tools/bin/uv sync --quiet --locked --python $(NEWEST)
	.venv-newest/bin/pytest $(PARALLEL) $(WHAT)

# Which points each person of tests/people gets. Read the difference: it is what a change of a rule means for people.
expected: .venv/test
	rm -f tests/people/expected.yaml
	-$(BIN)/pytest --quiet tests/test_people.py
	git diff --stat tests/people/expected.yaml

# The tables at the end of the authors' guide, from the schema.
reference: .venv/test
	$(BIN)/python -c "from pathlib import Path; from webapp.rulebook.records.guide_tables import write; write(Path('rules/README.md'))"

lint: .venv/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/yamllint --strict -d $(YAML_STYLE) rules
	$(BIN)/codespell

# The faults that axe-core finds in any state of any page, and the list of these states. (It is a part of `make test`.)
axe: .venv/test browser
	$(BIN)/pytest --verbose tests/browser/test_axe.py

# Lighthouse's mobile measure of the main pages: each must reach 100 (needs Node.js and npm).
lighthouse: .venv/test browser
	cd tests/lighthouse && npm ci --ignore-scripts && node measure.mjs $(abspath $(BIN))/discussion-guide serve --port 0

# The style sheet is committed; this makes it anew from pinned packages (needs Node.js and npm).
assets:
	cd webapp/assets && npm ci && npm run build

clean:
	rm -rf .venv .venv-lowest .venv-newest .tools

# uv installs exactly what uv.lock names; it gets an environment of its own, so that nothing is asked of the machine.
.tools/bin/uv:
	@echo "Installing uv $(UV_VERSION), which installs the rest (into .tools)"
	$(PYTHON) -m venv .tools
	.tools/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

.venv/serve: .tools/bin/uv uv.lock pyproject.toml
	@echo "Installing what the pages need, as locked in uv.lock (into .venv)"
	.tools/bin/uv sync --quiet --locked --inexact --no-default-groups
	@touch $@

.venv/test: .tools/bin/uv uv.lock pyproject.toml
	@echo "Installing what the tests need, as locked in uv.lock (into .venv)"
	.tools/bin/uv sync --quiet --locked
	@touch $@ .venv/serve

# The browser tests want a Chromium: the one on the PATH, else the system's package manager where we may, else Playwright's.
browser: .venv/test
	@if command -v chromium chromium-browser google-chrome >/dev/null 2>&1; then :; \
	elif command -v apt-get >/dev/null 2>&1 && [ "$$(id -u)" = 0 ]; then \
	  echo "Installing Chromium with apt-get, for the browser tests"; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; \
	else echo "Installing Playwright's Chromium, for the browser tests"; $(BIN)/playwright install chromium; fi
