#!/usr/bin/env bash
# Measures the packaged hub on this machine, each figure beside what the disk and plain Artemis can do here:
#   distribution/bench/run.sh [limits|mllp|records|vehicle|energy|finance|start|deploy|update|redeploys|plugins|memory|ledger …] [--quick]
# Builds first when something has changed. Prints a table, writes JSON to distribution/target/bench. See README.md.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/distribution/prerequisites.sh"

case ${1:-} in
  -h|--help) sed -n '2,4s/^# //p' "$0"; exit 0 ;;
esac

target=$root/distribution/target
classes=$target/test-classes
bench=$target/bench

# Whether any source is newer than this file, or the file isn't there.
older_than_sources() {
  [ -e "$1" ] || return 0
  local newer
  newer=$(cd "$root" && find pom.xml runtime plugins config routes distribution \
    \( -name target -o -name node_modules -o -name dist -o -path distribution/demo -o -path distribution/bench \) -prune \
    -o -type f -newer "$target/$(basename "$1")" -print -quit)
  [ -n "$newer" ]
}

archive=$(ls "$target"/yuzui-*.tar.gz 2>/dev/null | head -1 || true)
if [ -z "$archive" ] || older_than_sources "$archive" || [ ! -e "$classes/org/yuzui/bench/Bench.class" ]; then
  require_build_tools
  printf 'Building …\n' >&2
  (cd "$root" && mvn -q -B -DskipTests package) >&2
  archive=$(ls "$target"/yuzui-*.tar.gz | head -1)
fi

rm -rf "$bench/program" "$bench/work"
mkdir -p "$bench/program" "$bench/work"
tar -xzf "$archive" -C "$bench/program" --strip-components=1

# With the hub's own options, so that plain Artemis runs under the same conditions.
status=0
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -XX:+UseSerialGC -Xms64m -Xmx768m -cp "$classes:$bench/program/lib/*" \
  org.yuzui.bench.Bench "$bench/program" "$bench/work" "$bench" "$@" || status=$?
rm -rf "$bench/program" "$bench/work"
exit "$status"
