# A thin layer over packaging/bootstrap.py, which also works where there is no make.
PYTHON ?= python3
ARGS ?=
BOOTSTRAP = $(PYTHON) packaging/bootstrap.py

CORPUS ?= corpus

.PHONY: run test lint setup lock model reliability

run:    ## set up and open the desk; without a display, the same job in the terminal
	@$(BOOTSTRAP) run $(ARGS)

test:   ## set up and run the tests: make test ARGS="-k undo"
	@$(BOOTSTRAP) test $(ARGS)

lint:   ## check style and types
	@$(BOOTSTRAP) lint

reliability: ## run what takes long: kills, faults, damage, backups during writes, each script in tests/reliability in full
	@$(BOOTSTRAP) reliability $(ARGS)

setup:  ## only set up, with the tools for tests and checks
	@$(BOOTSTRAP) setup --dev

model:  ## train the suggestion model anew: make model CORPUS=folder
	@$(BOOTSTRAP) model --corpus $(CORPUS) $(ARGS)

lock:   ## write the lock files anew: make lock ARGS=--upgrade
	@$(BOOTSTRAP) lock $(ARGS)
