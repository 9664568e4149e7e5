#!/usr/bin/env bash
# The steps that must pass before a change lands. Both .ci/run and .github/workflows/ci.yml run them from here.
#   scripts/ci.sh                 all steps
#   scripts/ci.sh install check   those steps only, in this order
# install: npm ci
# check:   format, lint, types, unused exports, build and package
# test:    all tests; E2E_NODES=24 limits the end-to-end tests to one Node
# Needs Node 20.19 or later, npm, python3 and a C++ compiler. Chromium and Go, which read our formats back, must be there for the
# tests: without one of them they fail instead of being skipped.
set -euo pipefail
cd "$(dirname "$0")/.."
export CI=true
export JEST_PROFILER_REQUIRE_READERS=1

if [ $# -eq 0 ]; then set -- install check test; fi
for step in "$@"; do
  case "$step" in
    install) npm ci --no-audit --no-fund ;;
    check) npm run check ;;
    test) npm test ;;
    *)
      echo "scripts/ci.sh: unknown step \"$step\". Use install, check or test, or no argument for all of them." >&2
      exit 2
      ;;
  esac
done
