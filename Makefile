# The two commands: `make run` and `make test`. Everything else is for those who work on Focal.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help run test check format bench faults translations clean

help:
	@echo "make run           install everything and start: the rehearsal, or with FOCAL_TOKEN the live bot"
	@echo "make test          install everything, check the code and run all tests"
	@echo "make check         lint, format, types, import contracts, content"
	@echo "make format        put the code into shape"
	@echo "make faults        the long tests: kill -9 at full size"
	@echo "make bench         the benchmarks, each beside a named peer"
	@echo "make translations  take new texts into the catalogues"

$(INSTALLED): pyproject.toml constraints.txt
	@command -v $(PYTHON) >/dev/null || { echo "Focal needs Python 3.11 or newer: install python3 and python3-venv."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Focal needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) -V). Another one: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python's venv is missing: on Debian and Ubuntu, apt install python3-venv."; exit 1; }
	@echo "Installing (once; about a minute) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

run: $(INSTALLED)
	@if [ -n "$$FOCAL_TOKEN$$FOCAL_TOKEN_FILE" ] || grep -qsE '^(export )?FOCAL_TOKEN(_FILE)?=.' .env; then \
		exec $(BIN)/focal run; \
	else \
		echo "No FOCAL_TOKEN is set, so this is the rehearsal: the same bot on this machine, without Telegram."; \
		exec $(BIN)/focal rehearse; \
	fi

test: check
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/focal check > /dev/null

format: $(INSTALLED)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

faults: $(INSTALLED)
	FOCAL_FAULTS=full $(BIN)/python -m pytest tests/faults

bench: $(INSTALLED)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[bench]'
	$(BIN)/python benchmarks/bench_lookup.py
	$(BIN)/python benchmarks/bench_start.py
	$(BIN)/python benchmarks/bench_plan.py
	$(BIN)/python benchmarks/bench_report.py

translations: $(INSTALLED)
	$(BIN)/pybabel -q extract -F babel.cfg -k N_ --no-location --sort-output --project=Focal -o $(VENV)/focal.pot .
	for po in bot/texts/locale/*/LC_MESSAGES/focal.po; do \
		lang=$$(basename $$(dirname $$(dirname $$po))); \
		$(BIN)/pybabel -q update -l $$lang --no-fuzzy-matching --omit-header -i $(VENV)/focal.pot -o $$po; \
	done

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache
