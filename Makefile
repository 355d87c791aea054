# One line for each target: the command itself is in package.json, its flags in `npm run -s <name> -- --help`.
ready = node_modules/.package-lock.json

# Passes each NAME=value to commands through the environment, unchanged. Make would expand it, even `$(shell …)`.
given = CHANGED TABLE SOURCE SOURCES SET ID FILE URL RECORD QUOTE SUPPORTS AT VERSION BASE RELEASE \
	SEED RUNS MINUTES REPLAY
$(foreach name,$(given),$(if $(filter undefined,$(origin $(name))),,$(eval override $(name) := $$(value $(name)))$(eval export $(name))))

# Stops a target if one of its variables is missing.
need = $(foreach name,$1,$(if $(strip $(value $(name))),,$(error make $@ needs $(name): make $@ $(foreach each,$1,$(each)=…))))

# Makes the shell split words only at the ends of lines.
lines = IFS=$$(printf '\r\nx'); IFS=$${IFS%x}; set -f; set --; 

help: ## list the targets
	@awk -F':.*## ' '/^[a-z0-9-]+:.*## / { printf "%-17s%s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## install what the project needs
	@node scripts/setup.mjs

validate: $(ready) ## check every record, or with CHANGED=<ref> what changes since then may have broken
	@npm run -s validate -- $${CHANGED:+"--changed=$$CHANGED"}

fix: $(ready) ## rewrite records in canonical form and complete their spans
	@npm run -s fix

new: $(ready) ## write a new record of TABLE; SOURCE, SET (path=value, one on each line), ID, FILE and URL describe it
	@$(call need,TABLE)$(lines)for line in $$SET; do [ -z "$$line" ] || set -- "$$@" "--set=$$line"; done; \
	npm run -s new -- "$$TABLE" $${SOURCE:+"--source=$$SOURCE"} "$$@" $${ID:+"--id=$$ID"} \
	$${FILE:+"--file=$$FILE"} $${URL:+"--url=$$URL"}

cite: $(ready) ## add evidence to a RECORD: the words in QUOTE, from SOURCE, for the fields in SUPPORTS
	@$(call need,RECORD QUOTE SUPPORTS)printf '%s' "$$QUOTE" | npm run -s cite -- "$$RECORD" --quote=- \
	--supports="$$SUPPORTS" $${SOURCE:+"--source=$$SOURCE"} $${AT:+"--at=$$AT"}

curate: $(ready) ## open the workbench for curators in the browser, at SOURCE
	@npm run -s curate -- $${SOURCE:+"$$SOURCE"}

trace: $(ready) ## show each field of a RECORD with its evidence in context
	@$(call need,RECORD)npm run -s trace -- "$$RECORD"

reanchor: $(ready) ## move the spans of a SOURCE whose text has been corrected
	@$(call need,SOURCE)npm run -s reanchor -- "$$SOURCE"

build: $(ready) ## build the dataset into dist/next
	@npm run -s build

release: $(ready) ## build the version that schema/dataset.json names into dist/<version>, permanently
	@npm run -s release

reproduce: $(ready) ## build the released VERSION again from its tag, and compare
	@$(call need,VERSION)npm run -s reproduce -- --version="$$VERSION"

diff: $(ready) ## show what has changed since BASE, a commit or the folder of a release
	@$(call need,BASE)npm run -s diff -- --base="$$BASE"

verify: $(ready) ## check a release against itself: RELEASE=folder, else dist/next
	@npm run -s verify -- --release "$${RELEASE:-dist/next}"

serve: $(ready) ## show dist/ in a browser
	@npm run -s serve

report: $(ready) ## report what the change since BASE does, in Markdown, for a reviewer
	@$(call need,BASE)npm run -s report -- --base="$$BASE"

hooks: $(ready) ## install git hooks that fix and check what is staged before each commit
	@npm run -s hooks

staged: $(ready) ## fix and check what is staged, as the hook does
	@npm run -s staged

test: $(ready) ## run the tests of functions, commands and messages
	@npm run -s test

test-e2e: $(ready) ## run the tests of whole workflows: releases, damage, hostile input, git hooks, killed processes
	@npm run -s test-e2e

test-clients: $(ready) ## read a build with pandas, R, PostgreSQL and others; needs python3 and its package index
	@npm run -s test-clients

test-spark: $(ready) ## build with Apache Spark, on a cluster that loses a worker; needs Java 17 and python3
	@npm run -s test-spark

test-package: $(ready) ## pack the toolkit, install it in an empty folder and try every command there
	@npm run -s test-package

test-json-schema: $(ready) ## run the official tests of JSON Schema, of a Python package or in JSON_SCHEMA_SUITE
	@npm run -s test-json-schema

test-browser: $(ready) ## try the explorer and the workbench in a Chromium from npm, and in Firefox if installed
	@npm run -s test-browser

screenshots: $(ready) ## take the screenshots of the README again, in the Chromium of test-browser
	@npm run -s screenshots

torture: $(ready) ## kill build, release, fix, cite and staged two hundred times each, at random moments
	@npm run -s torture

fuzz: $(ready) ## try the commands on mutated datasets: SEED, RUNS and MINUTES bound it, REPLAY=folder repeats a fault
	@npm run -s fuzz

check: $(ready) ## check types, lint, format, unused code, generated files
	@npm run -s check

docs: $(ready) ## write the generated parts of the documentation
	@npm run -s docs

bench: $(ready) ## measure beside other validators; writes test/bench/RESULTS.md
	@npm run -s bench

$(ready): package.json package-lock.json
	@node scripts/setup.mjs

.PHONY: $(shell sed -n 's/^\([a-z0-9-]*\):.*\#\# .*/\1/p' $(MAKEFILE_LIST))
