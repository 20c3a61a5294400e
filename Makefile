.PHONY: help run test bench lint lock
.DEFAULT_GOAL := help

BIN := .venv/bin

help:
	@echo "make run    start the bot"
	@echo "make test   run all tests and checks"
	@echo "make bench  measure speed and slips; with DATA=FOLDER accuracy and scale; ONLY=PART one part"
	@echo "make lint   run the checks only"

run: .venv/installed
	@$(BIN)/python bot.py run

test: .venv/installed-dev
	@failed=; \
	$(BIN)/pytest || failed="$$failed, pytest"; \
	$(BIN)/ruff check || failed="$$failed, ruff check"; \
	$(BIN)/ruff format --check || failed="$$failed, ruff format"; \
	$(BIN)/mypy || failed="$$failed, mypy"; \
	if [ -n "$$failed" ]; then echo "FAILED: $${failed#, }"; exit 1; fi; \
	echo "PASSED: pytest, ruff check, ruff format, mypy"

lint: .venv/installed-dev
	@failed=; \
	$(BIN)/ruff check || failed="$$failed, ruff check"; \
	$(BIN)/ruff format --check || failed="$$failed, ruff format"; \
	$(BIN)/mypy || failed="$$failed, mypy"; \
	if [ -n "$$failed" ]; then echo "FAILED: $${failed#, }"; exit 1; fi; \
	echo "PASSED: ruff check, ruff format, mypy"

# The versions that all machines take: from pyproject.toml, by uv (https://docs.astral.sh/uv).
lock:
	uv lock --upgrade
	uv export --quiet --no-header --no-annotate --no-emit-project --output-file requirements.txt
	uv export --quiet --no-header --no-annotate --no-emit-project --extra dev \
		--output-file requirements-dev.txt

# DATA is a folder of public sets: <set>/train_10.tsv and test.tsv, with oos_test.tsv for questions
# out of scope, and <list>-zh/items.tsv or <list>-en/items.tsv for names of services.
bench: .venv/installed-dev
	@$(BIN)/python -m bench $(DATA) $(if $(ONLY),--only $(ONLY))

# pip is asked only when what is needed has changed; what tests need includes what the bot needs.
.venv/installed: pyproject.toml requirements.txt | $(BIN)/python
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null
	@$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.txt
	@$(BIN)/python -m pip install --quiet --no-deps --editable .
	@touch $@

.venv/installed-dev: pyproject.toml requirements-dev.txt | $(BIN)/python
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null
	@$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-dev.txt
	@$(BIN)/python -m pip install --quiet --no-deps --editable .
	@touch .venv/installed $@

# Some of these are stand-ins that start nothing, so each one has to show what it can do.
$(BIN)/python:
	@old=; bare=; \
	for python in python3 python3.14 python3.13 python3.12 python3.11; do \
		found=$$($$python -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) \
			|| continue; \
		if ! $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then \
			old="$$found"; \
		elif ! $$python -c 'import ensurepip, venv' 2>/dev/null; then \
			bare="$$found"; \
		else \
			$$python -m venv .venv && exit 0; \
			rm -rf .venv; exit 1; \
		fi; \
	done; \
	if [ -n "$$bare" ]; then \
		echo "Python $$bare has no venv: install it (Debian, Ubuntu: sudo apt install python3-venv)."; \
	elif [ -n "$$old" ]; then \
		echo "Python $$old is too old: install Python 3.11 or newer."; \
	else \
		echo "There is no Python here: install Python 3.11 or newer."; \
	fi >&2; \
	exit 1
