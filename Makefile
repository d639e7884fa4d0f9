# chancery: `make demo` shows it, `make test` is what CI runs.

CARGO ?= cargo
PYTHON ?= python3
export CHANCERY_SHARED ?= $(abspath ../shared)
BIN = $(or $(CARGO_TARGET_DIR),target)/release/chancery
TOOLS = $(abspath $(or $(CARGO_TARGET_DIR),target)/test-tools)
BENCH = $(or $(CARGO_TARGET_DIR),target)/bench-tools
FUZZ_SECONDS ?= 60
SAMPLES = $(addprefix samples/,scraped-summit.txt climate-talks.html briefing.md mixed-statement.txt lisbon-agreement.txt)

.PHONY: demo test bench fuzz models tools format lint unit docs clean

# Fetches the demo models, builds, translates the samples and says which page to open.
# Exit code 1 means that the checks found something to look at, and the demo has that to show.
demo: models
	$(CARGO) build --release --locked
	$(BIN) translate $(SAMPLES) --to pt,en --out out || [ $$? -eq 1 ]

# Everything CI runs.
test: tools models format lint unit docs

format:
	$(CARGO) fmt --all --check

lint:
	$(CARGO) clippy --locked --workspace --all-targets -- -D warnings

unit: export CHANCERY_TEST_PYTHON ?= $(TOOLS)/bin/python
unit: export CHANCERY_TEST_NODE_MODULES ?= $(TOOLS)/node_modules
unit:
	$(CARGO) test --locked --workspace

docs:
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --locked --workspace --no-deps --document-private-items

# Ratios against peers and bare calls, in one run.
bench: models
	test -x $(BENCH)/bin/sacrebleu || { $(PYTHON) -m venv $(BENCH) && $(BENCH)/bin/pip install --quiet sacrebleu; }
	CARGO="$(CARGO)" bash tests/bench/peers/prepare $(BENCH)/peers
	CHANCERY_BENCH_PYTHON=$(abspath $(BENCH))/bin/python CHANCERY_BENCH_PEERS=$(abspath $(BENCH))/peers \
		$(CARGO) bench --locked --bench segment --bench matching --bench enforcement --bench pipeline --bench engine \
		--bench xliff --bench review

# Reads as XLIFF whatever libFuzzer makes up, for FUZZ_SECONDS. What breaks it is kept in the target folder.
fuzz:
	bash tests/fuzz/run xliff $(FUZZ_SECONDS)

# The real Firefox Translations models for en-pt and pt-en, checked by SHA-256.
models:
	$(PYTHON) .ci/fetch-models.py

# Programs that the tests run for real, by name from the package registries. Tests without `make` find them through
# CHANCERY_TEST_PYTHON and CHANCERY_TEST_NODE_MODULES.
tools:
	PYTHON="$(PYTHON)" bash .ci/tools "$(TOOLS)"

clean:
	$(CARGO) clean
	rm -rf out
