# Parkway: `make` lists the targets.
SHELL := /bin/bash
.DEFAULT_GOAL := help
TOOLS := $(CURDIR)/.tools/bin
export GOTOOLCHAIN := local
SUDO := $(shell [ "$$(id -u)" = 0 ] || command -v sudo 2>/dev/null)
.PHONY: help run test test-short ci web build tools generate verify lint e2e bench fmt clean postgres chromium

help: ## List the targets
	@awk 'BEGIN {FS = ":.*## "} /^[a-z0-9-]+:.*## / {printf "  \033[36m%-11s\033[0m %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: build ## Install, build and start everything on this machine with the demo data
	@PARKWAY_DEMO=$${PARKWAY_DEMO:-true} exec ./bin/parkway-standalone

build: web ## Build both programs
	@echo "==> building bin/parkway (light) and bin/parkway-standalone"
	@[ -x bin/parkway-standalone ] || echo "    the first build compiles the embedded workflow engine: 5 to 9 minutes, 2.5 GB of memory; later builds take seconds"
	@go build -o bin/parkway ./cmd/parkway
	@go build -v -o bin/parkway-standalone ./cmd/parkway-standalone 2>&1 | awk '{n++; if (n % 50 == 0) printf "    %d packages compiled\n", n; fflush(); if ($$0 ~ /error|\.go:[0-9]+/) {print; bad = 1}} END {exit bad}'
	@[ -x bin/parkway-standalone ]

web: web/node_modules/.package-lock.json ## Bundle the pages' assets
	@echo "==> bundling the assets" && cd web && npm run --silent build

web/node_modules/.package-lock.json: web/package-lock.json
	@echo "==> installing the assets' build tool" && cd web && npm ci --no-audit --no-fund --silent

test: web postgres ## Set up what the tests need and run all of them but the browser's
	@echo "==> testing (the first run compiles the embedded workflow engine: 5 to 9 minutes)"
	go vet ./...
	go test ./...

test-short: web ## Run the tests that need no PostgreSQL
	go test -short $$(go list ./... | grep -v -e /store -e /server -e /standalone -e /internal/systemtest -e /seed -e /bench)

ci: verify lint test e2e ## What CI runs: generated code, lint, every test, browser journeys

postgres:
	@if ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && ! command -v initdb >/dev/null 2>&1 && command -v apt-get >/dev/null 2>&1; then \
	  echo "==> installing PostgreSQL" && $(SUDO) mkdir -p /etc/postgresql-common && echo "create_main_cluster = false" | $(SUDO) tee /etc/postgresql-common/createcluster.conf >/dev/null && \
	  $(SUDO) apt-get update -qq && DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq -o Dpkg::Options::=--force-confold postgresql >/dev/null; fi

chromium:
	@if [ ! -x /usr/bin/chromium ]; then echo "==> installing Chromium" && $(SUDO) apt-get update -qq && DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq chromium fonts-noto-cjk >/dev/null; fi

tools: $(TOOLS)/sqlc $(TOOLS)/templ $(TOOLS)/oapi-codegen $(TOOLS)/golangci-lint ## Build the code generators and the linter
$(TOOLS)/sqlc:
	@echo "==> building sqlc (about two minutes)" && GOBIN=$(TOOLS) go install github.com/sqlc-dev/sqlc/cmd/sqlc@v1.31.1
$(TOOLS)/templ:
	@echo "==> building templ" && GOBIN=$(TOOLS) go install github.com/a-h/templ/cmd/templ@v0.3.977
$(TOOLS)/oapi-codegen:
	@echo "==> building oapi-codegen" && GOBIN=$(TOOLS) go install github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@v2.8.2
$(TOOLS)/golangci-lint:
	@echo "==> building golangci-lint (about two minutes)" && GOBIN=$(TOOLS) go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0

generate: tools ## Generate Go from SQL, the contract and the templates
	cd store && $(TOOLS)/sqlc generate
	cd api && $(TOOLS)/oapi-codegen -config codegen.yaml openapi.yaml
	$(TOOLS)/templ generate -path web

verify: generate ## Fail when generated code is not what the sources say
	@git diff --exit-code --stat -- store/sqlc store/accounts api/api.gen.go 'web/ui/*_templ.go' || { echo "generated code has drifted: run 'make generate' and commit"; exit 1; }

lint: tools web ## Lint
	$(TOOLS)/golangci-lint run ./...

e2e: build postgres chromium ## Run the browser journeys at desktop and phone size
	@cd e2e && npm ci --no-audit --no-fund --silent && npx playwright test

bench: web postgres ## Measure advance through the API against the bare Temporal update
	go test -run xxx -bench . -benchtime 300x ./bench

fmt: ## Format
	gofmt -w $$(git ls-files '*.go') && $(TOOLS)/templ fmt web

clean: ## Remove what was built (not the data)
	rm -rf bin web/node_modules e2e/node_modules e2e/test-results && find web/dist -type f ! -name .keep -delete
