#!/usr/bin/env bash
# Builds everything and runs all tests, the whole-system ones included, on a fresh machine. Arguments go to Maven. As many modules are
# built at a time as there are processors; -T 1 builds one after the other.
set -uo pipefail
cd "$(dirname "$0")/.."
. distribution/prerequisites.sh
require_build_tools
require_browser

log=distribution/target/test.log
mkdir -p "$(dirname "$log")"
begin=distribution/target/test.begin
touch "$begin"

at_a_time=(-T 1C)
for argument in "$@"; do
  case $argument in
    -T*|--threads*) at_a_time=() ;;
  esac
done
# Everything that can be tested is: one run shows all that is broken.
mvn -B -fae "${at_a_time[@]}" "$@" verify 2>&1 | tee "$log"
code=${PIPESTATUS[0]}
if [ "$code" -ne 0 ]; then
  # What modules say that are built at the same time stands in the log in each other's midst; their reports don't.
  failed=$(find runtime plugins distribution -name node_modules -prune -o -path '*/target/*' \( -path '*/surefire-reports/*.txt' -o -path '*/failsafe-reports/*.txt' \) \
    -newer "$begin" -exec awk -f distribution/failed-tests.awk {} +)
  if [ -n "$failed" ]; then
    printf '\nFailed tests:\n%s\n' "$(printf '%s\n' "$failed" | head -400)"
  fi
  printf '\nFailed:\n'
  grep -E '^\[ERROR\]' "$log" | grep -vE 'Help [0-9]|Re-run Maven|To see the full|For more information|^\[ERROR\] *$' | awk '!seen[$0]++' | head -40
  printf 'All of it: %s; reports: */target/surefire-reports, distribution/target/failsafe-reports\n' "$log"
fi
exit "$code"
