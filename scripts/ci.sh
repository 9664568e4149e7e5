#!/usr/bin/env bash
# The steps that must pass before a change lands. Both .ci/run and .github/workflows/ci.yml run them from here.
#   scripts/ci.sh         all steps
#   scripts/ci.sh check   format, lint, types, unused exports, build and package
#   scripts/ci.sh test    all tests; E2E_NODES=24 limits the end-to-end tests to one Node
# Needs Node 20.19 or later, npm, python3 and a C++ compiler. Chromium and Go, which read our formats back, must be there:
# without one of them the tests fail instead of being skipped.
set -euo pipefail
cd "$(dirname "$0")/.."
export CI=true
export JEST_PROFILER_REQUIRE_READERS=1

steps="${1:-all}"
case "$steps" in
  all | check | test) ;;
  *)
    echo "scripts/ci.sh: unknown step \"$steps\". Use check or test, or no argument for both." >&2
    exit 2
    ;;
esac

npm ci --no-audit --no-fund
if [ "$steps" != test ]; then npm run check; fi
if [ "$steps" != check ]; then npm test; fi
