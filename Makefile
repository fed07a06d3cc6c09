# What one does with Bezlik. On a fresh machine `make demo` needs Go and nothing else; `make test` gets what it
# needs by itself on Debian, and names what is missing elsewhere.
GO ?= go
LINT = $(GO) run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0

.PHONY: demo build quality test race lint bench bench-quick fuzz kill scale injective profile

demo: ## the whole story on made-up data
	$(GO) run ./cmd/bezlik demo

build: ## bin/bezlik
	$(GO) build -trimpath -o bin/bezlik ./cmd/bezlik

test: ## everything that must hold, with a short round of what takes long
	.ci/servers
	test -z "$$(gofmt -l .)" || { gofmt -l .; exit 1; }
	$(GO) vet ./...
	$(GO) test ./...
	$(GO) test -tags purego ./detectors ./connectors/csvfile ./connectors/textenc
	$(GO) test -race -short ./detectors ./pipeline ./connectors/postgres ./cmd/bezlik
	$(MAKE) fuzz FUZZTIME=2s
	$(MAKE) bench-quick

race: ## all tests under the race detector
	$(GO) test -race ./...

lint:
	$(LINT) run

bench: build ## the table of journeys, each beside its peer; results land in benchmarks/results
	.ci/servers
	$(GO) run ./benchmarks/journeys --bezlik bin/bezlik

bench-quick: build ## shows that the journeys run; the figures mean nothing
	$(GO) run ./benchmarks/journeys --bezlik bin/bezlik --quick

quality: ## how well kinds are found: labelled texts and tables, and false alarms in 200 MB of text that holds none
	$(GO) run ./benchmarks/quality
	$(GO) run ./benchmarks/quality -clean 200MB

FUZZTIME ?= 5m
fuzz: ## every fuzz target for FUZZTIME
	.ci/fuzz $(FUZZTIME)

KILLS ?= 100
kill: build ## kill -9 in mid-export, KILLS times
	BEZLIK_KILLS=$(KILLS) $(GO) test -count=1 -run TestKilledExport -v ./cmd/bezlik

ROWS ?= 2000000
scale: ## scan and export of a PostgreSQL database of ROWS rows while others write, and a scan that is cut and resumed
	BEZLIK_ROWS=$(ROWS) $(GO) test -count=1 -run TestPostgres -v ./cmd/bezlik

injective: ## tokens over ten million values of each kind and face
	BEZLIK_LARGE=1 $(GO) test -count=1 -run InjectiveLarge -v ./anonymize

profile: ## cmd/bezlik/default.pgo: which paths are hot, for the compiler, in the build with assembly and in the portable one
	dir=$$(mktemp -d) && trap 'rm -rf "$$dir"' EXIT && \
	for c in log:chat.log csv:users.csv telegram:result.json jsonl:users.jsonl; do \
		$(GO) run ./benchmarks/cmd/gencorpus -kind "$${c%%:*}" -size 32MB -out "$$dir/$${c#*:}"; \
	done && \
	for tags in asm purego; do \
		$(GO) test -trimpath -tags $$tags -c -o "$$dir/$$tags.test" ./cmd/bezlik && \
		(cd cmd/bezlik && BEZLIK_PROFILE="$$dir" "$$dir/$$tags.test" -test.run TestProfile -test.cpuprofile "$$dir/$$tags.cpu") || exit 1; \
	done && \
	$(GO) tool pprof -proto -output cmd/bezlik/default.pgo "$$dir/asm.test" "$$dir/asm.cpu" "$$dir/purego.cpu"
