# Parkway: `make` lists the targets.
SHELL := /bin/bash
.DEFAULT_GOAL := help
TOOLS := $(CURDIR)/.tools/bin
export GOTOOLCHAIN := local
# The same flags for programs, tests and lint: what is compiled for one, the engine above all, is in the cache for the others.
export GOFLAGS := $(filter-out -trimpath -buildvcs=%,$(shell go env GOFLAGS 2>/dev/null)) -trimpath -buildvcs=false
SUDO := $(shell [ "$$(id -u)" = 0 ] || command -v sudo 2>/dev/null)
.PHONY: help run zone test test-short ci fresh web build needed tools generate verify accept-contract lint e2e stories clients python bench bench-reads fmt clean postgres chromium walkers

help: ## List the targets
	@awk 'BEGIN {FS = ":.*## "} /^[a-z0-9-]+:.*## / {printf "  \033[36m%-11s\033[0m %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: build ## Install, build and start everything on this machine with the demo data
	@if [ -t 0 ]; then set -m; fi; PARKWAY_DEMO=$${PARKWAY_DEMO:-true} ./bin/parkway-standalone; exit $$? # a job of its own: Ctrl-C is for the program, not for make

zone: build ## Set up a zone of your own: make zone ZONE=名称 SHORT=简称 LETTERS=字头, or answer what is asked; make run serves it then
	@zone="$$ZONE"; short="$$SHORT"; letters="$$LETTERS"; \
	[ -n "$$zone" ] || read -rp "园区全称 / name of the zone: " zone; [ -n "$$short" ] || read -rp "简称 / short name: " short; \
	[ -n "$$letters" ] || read -rp "文号字头 / letters of official numbers: " letters; \
	./bin/parkway-standalone setup --zone "$$zone" --short "$$short" --letters "$$letters"

build: web ## Build both programs
	@echo "==> building bin/parkway (light) and bin/parkway-standalone"
	@.ci/build bin/ ./cmd/parkway ./cmd/parkway-standalone

needed:
	@command -v go >/dev/null || { echo "Go is needed, 1.26 or newer: https://go.dev/dl"; exit 1; }
	@command -v npm >/dev/null || { echo "Node is needed, 20 or newer, with npm: https://nodejs.org"; exit 1; }

web: needed web/node_modules/.package-lock.json ## Bundle the pages' assets
	@echo "==> bundling the assets" && cd web && npm run --silent build

web/node_modules/.package-lock.json: web/package-lock.json | needed
	@echo "==> installing the assets' build tool" && cd web && npm ci --no-audit --no-fund --silent

test: web postgres ## Set up what the tests need and run all of them but the browser's (lint vets)
	@echo "==> testing (the first run compiles the embedded workflow engine: 5 to 9 minutes)"
	@status=0; go test -vet=off -timeout 15m -p 3 $$(go list ./... | grep -v /internal/systemtest) || status=$$?; \
	echo "==> testing the whole program, alone: it is held to seconds"; \
	go test -vet=off -timeout 25m -parallel 4 ./internal/systemtest || status=$$?; exit $$status

test-short: web ## Run the tests that need no PostgreSQL
	go test -short $$(go list ./... | grep -v -e /store -e /server -e /standalone -e /internal/systemtest -e /seed -e /bench -e /cmd/parkway)

ci: ## What CI runs: generated code, lint, every test, browser journeys and stories, other people's tools, the first command on a fresh machine; how long each took
	@.ci/steps verify lint clients test e2e stories fresh

fresh: needed postgres walkers ## Try `make run` as on a fresh machine: a clone, empty caches, the walk, a second start; 10 minutes
	@.ci/fresh

walkers:
	@missing=; for tool in curl jq uuidgen; do command -v $$tool >/dev/null || missing="$$missing $${tool/uuidgen/uuid-runtime}"; done; \
	if [ -n "$$missing" ]; then command -v apt-get >/dev/null && [ -n "$(SUDO)" -o "$$(id -u)" = 0 ] || { echo "docs/walk.md needs$$missing: install them"; exit 1; }; \
	  echo "==> installing$$missing" && $(SUDO) apt-get update -qq && DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq $$missing >/dev/null; fi

postgres:
	@if ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && ! command -v initdb >/dev/null 2>&1 && command -v apt-get >/dev/null 2>&1; then \
	  echo "==> installing PostgreSQL" && $(SUDO) mkdir -p /etc/postgresql-common && echo "create_main_cluster = false" | $(SUDO) tee /etc/postgresql-common/createcluster.conf >/dev/null && \
	  $(SUDO) apt-get update -qq && DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq -o Dpkg::Options::=--force-confold postgresql >/dev/null; fi

chromium:
	@if [ ! -x /usr/bin/chromium ]; then echo "==> installing Chromium" && $(SUDO) apt-get update -qq && DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq chromium fonts-noto-cjk >/dev/null; fi

tools: $(TOOLS)/sqlc $(TOOLS)/templ $(TOOLS)/golangci-lint $(TOOLS)/workflowcheck ## Build the code generators and the linter
$(TOOLS)/sqlc:
	@echo "==> building sqlc (about two minutes)" && GOBIN=$(TOOLS) go install github.com/sqlc-dev/sqlc/cmd/sqlc@v1.31.1
$(TOOLS)/templ:
	@echo "==> building templ" && GOBIN=$(TOOLS) go install github.com/a-h/templ/cmd/templ@v0.3.977
$(TOOLS)/golangci-lint:
	@echo "==> building golangci-lint (about two minutes)" && GOBIN=$(TOOLS) go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
$(TOOLS)/workflowcheck:
	@echo "==> building workflowcheck" && GOBIN=$(TOOLS) go install go.temporal.io/sdk/contrib/tools/workflowcheck@v0.6.0

generate: tools ## Generate Go from SQL and the templates, and the contract from Go
	go run ./internal/commandlist $$(dirname domain/*/commands.gen.go)
	cd store && $(TOOLS)/sqlc generate
	$(TOOLS)/templ generate -path web
	go run ./internal/contract

verify: generate ## Fail when generated code is not what the sources say
	@git diff --exit-code --stat -- store/sqlc store/accounts 'domain/*/commands.gen.go' api/openapi.yaml 'web/ui/*_templ.go' || { echo "generated code has drifted: run 'make generate' and commit"; exit 1; }

accept-contract: ## Take the contract as the one clients hold from now on: at a release, or when something has to break
	cp api/openapi.yaml api/released.yaml

lint: tools web ## Lint
	$(TOOLS)/golangci-lint run ./...
	$(TOOLS)/workflowcheck ./workflows/... ./worker/...

e2e: build postgres chromium ## Run the browser journeys at desktop and phone size
	@cd e2e && npm ci --no-audit --no-fund --silent && npx playwright test && npx playwright test -c zone.config.ts

clients: build postgres walkers python ## Lint the contract, make a client with two generators, open and advance a project with each; a minute or two
	@.ci/clients

python:
	@if ! python3 -c 'import ensurepip, venv' >/dev/null 2>&1; then command -v apt-get >/dev/null && [ -n "$(SUDO)" -o "$$(id -u)" = 0 ] || { echo "Python is needed, 3.11 or newer, with venv: https://python.org"; exit 1; }; \
	  echo "==> installing Python" && $(SUDO) apt-get update -qq && DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq python3-venv >/dev/null; fi

stories: web postgres chromium ## Look at every page empty, in error, forbidden and overdue, at desktop and phone size
	@rm -rf e2e/stories && mkdir -p e2e/stories && STORIES_DIR=$(CURDIR)/e2e/stories go test -count=1 -run TestStories ./web/ui ./server
	@cd e2e && npm ci --no-audit --no-fund --silent && npx playwright test -c stories.config.ts && echo "==> the pictures are in $(CURDIR)/e2e/stories/pictures"

bench: web postgres ## Measure advance through the API against the bare Temporal update
	go test -run xxx -bench . -benchtime 300x ./bench

bench-reads: web postgres ## Generate 100,000 cases with 1,000,000 events and measure every page as every role; 10 minutes, PARKWAY_BENCH_DIR keeps the data
	go test -run xxx -bench Reads -benchtime 1x -timeout 60m ./bench/reads

fmt: ## Format
	gofmt -w $$(git ls-files '*.go') && $(TOOLS)/templ fmt web

clean: ## Remove what was built (not the data)
	rm -rf bin web/node_modules e2e/node_modules e2e/clients/node_modules e2e/clients/made e2e/test-results e2e/stories && find web/dist -type f ! -name .keep -delete
