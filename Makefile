# Needs Python 3.11 to 3.13, make and git. Everything else is installed into .venv from pinned, hashed requirements.
BIN := .venv/bin
# Reading the settings must neither make a data folder nor knock at a database.
NO_DATA := SIGHTLINE_DATA=/nonexistent/sightline DATABASE_URL=

.PHONY: run test lint bench docs pictures install install-dev clean

run: install  ## Start everything and print the address; PORT=, DATABASE_URL= and SIGHTLINE_DATA= are honoured
	@$(BIN)/sightline up

test: install-dev  ## Every test, the browser's included
	@scripts/browser
	@scripts/spark
	@$(BIN)/pytest -n 3 --dist loadfile --no-loadscope-reorder -m "not alone"
	@$(BIN)/pytest -m alone

lint: install-dev  ## Style, types, layers, security, migrations
	$(BIN)/ruff check .
	$(NO_DATA) $(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/bandit --quiet --recursive --configfile pyproject.toml sightline
	$(NO_DATA) DJANGO_SETTINGS_MODULE=sightline.config.settings $(BIN)/python -m django makemigrations --check --dry-run

bench: install-dev  ## Measure, print a table and write benchmarks/results/*.json; FULL=1 measures a whole partnership
	@scripts/spark
	@FULL=$(FULL) $(BIN)/python -m benchmarks

docs: install-dev  ## Write the generated pages of docs/reference again
	@$(BIN)/python scripts/docs

pictures: install-dev  ## Take the pictures of docs/images again, from the demonstration
	@scripts/browser
	@SIGHTLINE_PICTURES=docs/images $(BIN)/pytest tests/functional/test_pictures.py

install:
	@scripts/install runtime

install-dev:
	@scripts/install dev

clean:  ## Remove what was installed; the data folder stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
