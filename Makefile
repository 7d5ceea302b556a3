# Timbre. `make demo` shows the whole thing working; `make help` lists the verbs.

SWIFT ?= swift
# One configuration for everything, so that a clean machine compiles once: optimised, with tests able to look inside.
CONFIGURATION := -c release -Xswiftc -enable-testing
# What `make test-sanitize` looks for, one build each.
SANITIZERS ?= address+undefined thread
# The kernels' paths, each of which has to give the oracle's numbers.
PATHS := avx512 avx2 portable
# How long `make fuzz` takes, and which readers it tries; none named are all.
MINUTES ?= 10
FUZZ ?=
PACKAGES := pkg-config libopenblas-dev libsndfile1-dev libsoxr-dev libsqlite3-dev libcurl4-openssl-dev zlib1g-dev \
  ca-certificates espeak-ng
SOURCES := Package.swift Sources Tests
INPUTS := ravdess wav2vec2-base

# The binary's place depends on the toolchain's target triple; .build/release points at it.
TIMBRE := .build/release/timbre

.PHONY: help setup build demo all test test-sanitize promises fuzz bench slurm fmt lint fetch clean

help:
	@echo 'make demo    install what is missing, build, run the main job on synthetic speech, say where the report is'
	@echo 'make test    build and run every test'
	@echo 'make test-sanitize  the tests under address, undefined-behaviour and thread sanitizers; two long builds'
	@echo 'make promises  try hard to break what README promises: kills, crowds, full disks, damaged and hostile files'
	@echo 'make fuzz    coverage-guided fuzzing of every reader of strangers'\'' bytes, MINUTES=10 in all; FUZZ='\''pickle stage'\'' chooses'
	@echo 'make all     run every experiment whose inputs are present (RAVDESS and wav2vec2-base, or the demo)'
	@echo 'make bench   time the encoder and the head, beside their peers where python3 has them'
	@echo 'make slurm   run the demo as an array of 8 on a Slurm of its own, and compare; skipped without slurm-wlm and munge'
	@echo 'make setup   install the Debian packages that are missing'
	@echo 'make build   build the timbre program'
	@echo 'make fetch   download RAVDESS and wav2vec2-base, check them, and put them into their places'
	@echo 'make fmt     format the sources;  make lint  check them'
	@echo 'make clean   remove what was built (the cache and the reports stay)'

setup:
	@missing=''; \
	for package in $(PACKAGES); do \
	  dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'install ok installed' || missing="$$missing $$package"; \
	done; \
	if [ -n "$$missing" ]; then \
	  echo "installing$$missing"; \
	  sudo=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	  $$sudo apt-get update -qq && \
	  $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	fi
	@command -v $(SWIFT) >/dev/null || { echo 'Timbre needs a Swift 6 toolchain: see https://www.swift.org/install/linux' >&2; exit 1; }

build: setup
	@$(SWIFT) build $(CONFIGURATION) --product timbre

demo: build
	@$(TIMBRE) run pipelines/demo.yaml

all: build
	@inputs=yes; \
	for input in $(INPUTS); do \
	  $(TIMBRE) fetch $$input --check >/dev/null || { inputs=; echo "no $$input: \`make fetch\` fetches what is missing"; }; \
	done; \
	if [ "$$inputs" ]; then \
	  status=0; \
	  for pipeline in pipelines/*.yaml; do \
	    [ $$pipeline = pipelines/demo.yaml ] || $(TIMBRE) run $$pipeline || status=$$?; \
	  done; \
	  exit $$status; \
	else \
	  $(TIMBRE) run pipelines/demo.yaml; \
	fi

test: setup
	@$(SWIFT) build $(CONFIGURATION) --build-tests
	@$(SWIFT) test $(CONFIGURATION) --skip-build --disable-xctest
	@for path in $(PATHS); do \
	  if TIMBRE_ISA=$$path $(TIMBRE) bench --part machine; then \
	    TIMBRE_ISA=$$path $(SWIFT) test $(CONFIGURATION) --skip-build --disable-xctest --filter '^(Kernels|Wav2Vec2)Tests' || exit 1; \
	  else echo "path $$path: not tested, this processor lacks it"; fi; \
	done

test-sanitize: setup
	@SWIFT='$(SWIFT)' Tests/Sanitizers/run $(SANITIZERS)

# One suite at a time: they measure, and they crowd the machine on purpose.
promises: setup
	@$(SWIFT) build $(CONFIGURATION) --build-tests
	@TIMBRE_PROMISES=full $(SWIFT) test $(CONFIGURATION) --skip-build --disable-xctest --no-parallel --filter PromiseTests

fuzz: setup
	@SWIFT='$(SWIFT)' MINUTES='$(MINUTES)' Tests/Fuzz/run $(FUZZ)

bench: build
	@Tests/Bench/run $(TIMBRE)

slurm: build
	@Tests/Slurm/run $(TIMBRE)

fetch: build
	@status=0; \
	for input in $(INPUTS); do $(TIMBRE) fetch $$input || status=$$?; done; \
	[ $$status != 0 ] || echo 'then: make all'; \
	exit $$status

fmt:
	@$(SWIFT) format --in-place --parallel --recursive $(SOURCES)

lint:
	@$(SWIFT) format lint --strict --parallel --recursive $(SOURCES)

clean:
	@rm -rf .build .build-*
