#!/usr/bin/env bash
# Builds everything and runs all tests, the whole-system ones included, on a fresh machine. Arguments go to Maven.
set -uo pipefail
cd "$(dirname "$0")/.."
. distribution/prerequisites.sh
require_build_tools
require_browser

log=distribution/target/test.log
mkdir -p "$(dirname "$log")"
# Everything that can be tested is: one run shows all that is broken.
mvn -B -fae "$@" verify 2>&1 | tee "$log"
code=${PIPESTATUS[0]}
if [ "$code" -ne 0 ]; then
  printf '\nFailed:\n'
  grep -E '^\[ERROR\]' "$log" | grep -vE 'Help [0-9]|Re-run Maven|To see the full|For more information|^\[ERROR\] *$' | awk '!seen[$0]++' | head -40
  printf 'All of it: %s; reports: */target/surefire-reports, distribution/target/failsafe-reports\n' "$log"
fi
exit "$code"
