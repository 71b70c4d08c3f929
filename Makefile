# Everything there is to type. `make help` lists it.
PYTHON ?= python3
PORT ?= 8000
export PYTHON

python := .venv/bin/python
empty := $(if $(filter no false off 0,$(DEMO)),--empty)

.PHONY: help run check test fresh-check soak soak-sqlite soak-postgresql soak-mutants bench audit lint format lock
.SILENT:
# Two at once would meet in .venv/.
.NOTPARALLEL:

help: ## list what make can do
	sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | column -t -s '|' 2>/dev/null || grep '##' Makefile

run: ## set up what is missing and serve the site (PORT=8010, DEMO=no, DATABASE_URL=..., PYTHON=python3.12)
	.ci/environment requirements.txt
	exec $(python) manage.py serve --port $(PORT) $(empty)

check: ## run the static checks and the quick tests, on SQLite: for every few minutes of work
	.ci/environment requirements-dev.txt
	.ci/lint
	.ci/test --sqlite --no-browser -m "not soak" $(TESTS)

test: ## run every test, on SQLite and on PostgreSQL (TESTS="--sqlite tests/browser")
	.ci/environment requirements-dev.txt
	.ci/test $(TESTS)

fresh-check: ## run `make run` and `make test` on a bare Debian, as root (ONLY=run, ONLY=test, TESTS=...)
	$(PYTHON) -m tools.fresh_check $(if $(ONLY),--only=$(ONLY)) --tests="$(TESTS)"

soak: soak-sqlite soak-postgresql soak-mutants ## run the long tests at full length: these three, each in less than an hour

soak-sqlite: ## run the long tests on SQLite
	.ci/environment requirements-dev.txt
	SOAK=1 .ci/test --sqlite --no-browser -m soak $(TESTS)

soak-postgresql: ## run the long tests on PostgreSQL
	.ci/environment requirements-dev.txt
	SOAK=1 .ci/test --postgresql --no-browser -m soak $(TESTS)

soak-mutants: ## break the rules on purpose, place by place, and see that their tests notice
	.ci/environment requirements-dev.txt
	$(python) -m tools.mutate

bench: ## measure how fast the rules and the search are
	.ci/environment requirements.txt
	$(python) -m bench.rules
	env -u DATABASE_URL $(python) -m bench.search
	if .ci/postgres --find >/dev/null 2>&1; then .ci/postgres $(python) -m bench.search; \
	else echo "search: not measured on PostgreSQL, of which there is no server of version 15 or later"; fi

audit: ## hold the pages to the HTML validator, a browser's console and Lighthouse (DATABASE_URL=...)
	.ci/environment requirements-dev.txt
	$(python) -m tools.audit

lint: ## run the static checks
	.ci/environment requirements-dev.txt
	.ci/lint

format: ## put the Python files into the house's format
	.ci/environment requirements-dev.txt
	$(python) -m ruff check --fix --quiet .
	$(python) -m ruff format .

lock: ## pin every package again, after a change to a requirements*.in
	.ci/environment requirements-dev.txt
	.ci/lock
