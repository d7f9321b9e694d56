# Kasane. Two commands matter: `make run` and `make test`.
GO      ?= go
BIN     := bin/kasane
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
LDFLAGS := -s -w -X main.version=$(VERSION)
# what `make soak` runs with seeds drawn by chance
RANDOM_TESTS := TestSeenByIs|TestCheckDigit|TestTamper|TestMinutesOracle|TestRandomMeetings|TestChaosBetweenNodes|TestBuilderText|TestGate|TestEnginesAgree
ADDR    ?= 127.0.0.1:8080
DATA    ?= data/demo

.PHONY: help run build frontend test deps openapi lint test-go test-frontend test-e2e soak fuzz bench-peers bench-pages bench-ydoc measure-room pictures release release-check clean

help: ## this list
	@grep -E '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: build ## build everything and start the demo municipality on http://127.0.0.1:8080
	$(BIN) demo --addr $(ADDR) --data $(DATA)

build: frontend ## bin/kasane: one static binary with the client inside
	CGO_ENABLED=0 $(GO) build -trimpath -tags dist -ldflags '$(LDFLAGS)' -o $(BIN) ./cmd/kasane

frontend: frontend/dist/index.html ## the browser client

frontend/node_modules/.package-lock.json: frontend/package-lock.json
	cd frontend && npm ci --no-audit --no-fund
	@touch $@

frontend/dist/index.html: frontend/node_modules/.package-lock.json $(shell find frontend/src frontend/index.html frontend/vite.config.ts docs/openapi.json -type f 2>/dev/null)
	cd frontend && npm run build
	@touch $@

deps: ## install what the tests need (Debian packages, npm packages, Go modules)
	./scripts/deps.sh

test: deps build lint test-go test-frontend test-e2e ## install, then run every test there is

openapi: ## docs/openapi.json and the client's types anew, from the code of the routes
	$(GO) run ./openapi

lint: ## formatting, vet, types
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { echo 'not gofmt-ed:'; gofmt -l $$(git ls-files '*.go'); exit 1; }
	$(GO) vet ./...
	cd frontend && npm run check

# a compiler and tests are short lives with small heaps; memory is there, so their garbage may wait
lint test-go: export GOGC = 400

test-go: ## Go tests (PostgreSQL and Redis are started by the tests themselves)
	$(GO) test ./...
	# the stock clients left alone for 90 s have been so above; not the simulation: it looks at its browsers between two instants of virtual time, which the race detector takes for a race
	$(GO) test -race -skip TestStockClientsAlone $$($(GO) list ./internal/realtime/... | grep -v /simtest) ./internal/live/...
	# of the papers what several do at once: the rest runs alone in its goroutine, and ten times as long under the detector
	$(GO) test -race -run 'Concurrent' ./internal/pdf

test-frontend: ## unit and browser tests of the client in Chromium
	cd frontend && npm test

test-e2e: ## the built binary, real browsers, two nodes, crashes
	cd e2e && npm test

# where a long run stopped, of this revision: another one begins anew, and so does the next after a run to the end
SOAK     = $(CURDIR)/tmp/soak-$(VERSION)

soak: ## the long tests in full; conformance, simulation, leaks and municipalities go on where they were stopped (tmp)
	@mkdir -p $(SOAK)
	KASANE_SEEDS=10000 KASANE_CONFORMANCE_STATE=$(SOAK)/conformance $(GO) test -timeout 3h -count 1 -v -run Conformance ./internal/ydoc
	KASANE_SIM_SEEDS=1000 KASANE_SIM_STATE=$(SOAK)/simulation $(GO) test -timeout 3h -count 1 -v -run TestSimulation ./internal/realtime/simtest
	KASANE_LEAKS=1000 KASANE_LEAKS_STATE=$(SOAK)/leaks $(GO) test -parallel 8 -timeout 8h -count 1 -run 'TestNothingLeaks|TestLeaksAreFound' ./internal/app
	KASANE_TOWNS=200 KASANE_APART=1000 KASANE_APART_STATE=$(SOAK)/apart $(GO) test -timeout 5h -count 1 -v -run TestTownsStayApart ./internal/app
	for i in $$(seq 30); do KASANE_SEED=$$(od -An -N7 -tu8 /dev/urandom | tr -d ' ') $(GO) test -count 1 -run '$(RANDOM_TESTS)' $(addprefix ./internal/,audit cases consent live meeting realtime store text) || exit 1; done
	KASANE_HOSTILE=all $(GO) test -timeout 30m -count 1 -run TestHostileText ./internal/web
	KASANE_FLOWS=10000 $(GO) test -timeout 2h -count 1 -v -run TestFlowOfCases ./internal/store
	KASANE_SCALE=20000 $(GO) test -timeout 1h -count 1 -v -run 'TestScale$$' ./internal/web
	KASANE_TAMPERS=1000 $(GO) test -timeout 1h -count 1 -v -run TestTamperAtRandom ./internal/store
	KASANE_VOLUME_MB=10240 $(GO) test -timeout 2h -count 1 -v -run TestBackupStreams ./internal/app/faults
	KASANE_FAULT_ROUNDS=30 KASANE_FAULT_SEED=$$(date +%s) $(GO) test -timeout 3h -count 1 -v ./internal/app/faults
	cd e2e && KASANE_SEEDS=100 KASANE_CABLE_SECONDS=600 npm run soak
	$(MAKE) fuzz
	rm -r $(SOAK)

fuzz: ## every fuzz target, one after the other (FUZZ=10m each; a finding is kept in its testdata)
	@for dir in $$(grep -rl '^func Fuzz' --include='*_test.go' internal | xargs -n 1 dirname | sort -u); do \
		for target in $$(sed -n 's/^func \(Fuzz[A-Za-z]*\).*/\1/p' $$dir/*_test.go); do \
			echo "$$dir $$target"; $(GO) test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(or $(FUZZ),10m) -fuzzminimizetime 1s ./$$dir || exit 1; \
		done; done

bench-peers: build ## Kasane and the reference servers side by side (SCENARIOS=S1,S6 PEERS=kasane-sqlite,hocuspocus SECONDS_EACH=8 PROFILE=dir CALM=2m PLAIN=1 RECORD=docs/performance.md)
	@test -d bench/peers/node_modules || (cd bench/peers && npm ci --no-audit --no-fund)
	$(GO) run ./bench -scenarios '$(SCENARIOS)' -peers '$(PEERS)' -seconds $(or $(SECONDS_EACH),8) -profile '$(PROFILE)' -calm $(or $(CALM),0s) -record '$(RECORD)' $(if $(PLAIN),-plain)

bench-pages: ## the typesetting of Kasane beside gofpdf alone and typst: CPU, memory, size (OUT=dir keeps the files, to be looked at)
	@test -d bench/pages/node_modules || (cd bench/pages && npm ci --no-audit --no-fund)
	$(GO) run ./bench/pages $(if $(OUT),-out '$(OUT)')

bench-ydoc: ## the documents of Kasane beside those of yjs (TRACE=gzipped B4 editing trace; else one made up)
	KASANE_TRACE='$(TRACE)' $(GO) test -timeout 30m -run '^$$' -bench BesideYjs -benchtime 1x ./internal/ydoc

measure-room: build ## how fast the room and 閉会 are with 15 people (RUNS=7)
	cd e2e && node bench/room.mjs $(or $(RUNS),7)
	cd e2e && node bench/close.mjs $(or $(RUNS),7)

pictures: ## the pictures of the documents anew, from the screens the last run of test-e2e left
	@for f in docs/images/*.png docs/manual/images/*.png; do if [ -f e2e/out/$$(basename $$f) ]; then cp e2e/out/$$(basename $$f) $$f; fi; done

release: frontend ## the files of a release: Linux, Windows, Debian packages, SBOM, SHA256SUMS (bin/release)
	$(GO) run ./release -version '$(VERSION)' -out bin/release

release-check: ## everything twice, the second time in another folder without what was built before: the same bytes
	rm -rf tmp/release && mkdir -p tmp/release
	$(MAKE) release && cp bin/release/SHA256SUMS tmp/release/first
	git worktree add --detach tmp/release/tree HEAD
	cd tmp/release/tree && $(MAKE) release GOCACHE=$(CURDIR)/tmp/release/cache VERSION='$(VERSION)' && cp bin/release/SHA256SUMS ../second; \
		code=$$?; cd $(CURDIR) && git worktree remove --force tmp/release/tree && exit $$code
	diff tmp/release/first tmp/release/second && rm -rf tmp/release && echo 'the same bytes'

clean: ## remove what was built
	rm -rf bin frontend/dist e2e/out
