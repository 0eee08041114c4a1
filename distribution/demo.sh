#!/usr/bin/env bash
# Builds Yuzui, unpacks it and runs the demonstration site: distribution/demo.sh [--fresh] [FOLDER]
#   FOLDER    where to unpack (default: distribution/demo)
#   --fresh   throw away the data of an earlier run
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/distribution/prerequisites.sh"

fresh=no
folder=$root/distribution/demo
for argument in "$@"; do
  case $argument in
    --fresh) fresh=yes ;;
    -h|--help) sed -n '2,4s/^# //p' "$0"; exit 0 ;;
    -*) printf 'Unknown option %s; see %s --help\n' "$argument" "$0" >&2; exit 2 ;;
    *) folder=$argument ;;
  esac
done
require_build_tools

printf 'Building … (the first time a few minutes)\n'
(cd "$root" && mvn -q -B -DskipTests package)

mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
# What belongs to the program is replaced; data and log stay, and so do edited config and routes.
rm -rf "$folder/bin" "$folder/lib" "$folder/docs" "$folder"/plugins/yuzui-plugin-*.jar
[ "$fresh" = yes ] && rm -rf "$folder/data" "$folder/log" "$folder/config" "$folder/routes" "$folder/plugins"
archive=$(ls "$root"/distribution/target/yuzui-*.tar.gz)
tar -xzf "$archive" -C "$folder" --strip-components=1 --skip-old-files

cat <<EOF

Unpacked into $folder.
When the hub says that it is ready, open its console; the token for it:  cat $folder/data/bootstrap-token
In another terminal:

  cd $folder
  bin/yuzui schedule run energy/collect   # the site's meters run beside the hub, and end with it
  bin/yuzui demo send-hl7 --count 2000 --all-kinds
  bin/yuzui schedule run his/daily-summary
  bin/yuzui report show hospital-daily \$(TZ=Asia/Shanghai date -d yesterday +%F) --unit 510000
  bin/yuzui demo send-808
  bin/yuzui schedule run vehicle/daily-figures
  bin/yuzui report show vehicle-daily \$(TZ=Asia/Shanghai date -d yesterday +%F) --unit 510000
  bin/yuzui demo send-finance
  bin/yuzui report show finance-monthly \$(TZ=Asia/Shanghai date -d "\$(date +%Y-%m-01) -1 day" +%Y-%m) --unit 510000
  bin/yuzui demo send-kindergarten
  bin/yuzui schedule run kindergarten/weekly-figures
  bin/yuzui report show kindergarten-weekly \$(TZ=Asia/Shanghai date -d yesterday +%G-W%V) --unit 510000
  bin/yuzui demo send-rosters
  bin/yuzui report show headcount \$(TZ=Asia/Shanghai date -d "\$(date +%Y-%m-01) -1 day" +%Y-%m) --unit 510000
  bin/yuzui demo send-assets
  bin/yuzui schedule run assets/monthly-report
  bin/yuzui report show assets-monthly \$(TZ=Asia/Shanghai date -d "\$(date +%Y-%m-01) -1 day" +%Y-%m) --unit 510000
  # what the site's routes join (docs/guide/site.md): fuel and books, what a hospital's visit costs, leavers who drive no more
  LAST=\$(TZ=Asia/Shanghai date -d "\$(date +%Y-%m-01) -1 day" +%F)
  bin/yuzui schedule run site/fuel-monthly --for \$LAST
  bin/yuzui report show fuel-monthly \${LAST%-*} --unit 510000
  bin/yuzui demo send-hl7 --count 3000 --from \${LAST%-*}-01 --to \$LAST
  for DAY in \$(seq -f \${LAST%-*}-%02g \${LAST##*-}); do bin/yuzui schedule run his/daily-summary --for \$DAY; done
  bin/yuzui schedule run site/hospital-cost-monthly --for \$LAST
  bin/yuzui report show hospital-cost-monthly \${LAST%-*} --unit 510000
  bin/yuzui record find --contract site.gap.v1 --limit 5
  # what is made from records waits for its reviewers, as what is typed in; who is silent finds a file in out/reminders
  bin/yuzui schedule run his/monthly-report --for \$LAST
  bin/yuzui report status hospital-monthly \${LAST%-*} --unit 510100
  bin/yuzui schedule run hub/reporting && ls out/reminders
  bin/yuzui record find --contract vehicle.driver-service.v1 --limit 5
  bin/yuzui schedule run energy/collect   # what the meters have counted since the first time
  bin/yuzui schedule run energy/daily-consumption --for \$(TZ=Asia/Shanghai date +%F)
  bin/yuzui report show energy-daily \$(TZ=Asia/Shanghai date +%F) --unit 510000
  bin/yuzui schedule run site/energy-monthly --for \$(TZ=Asia/Shanghai date +%F)
  bin/yuzui report show energy-monthly \$(TZ=Asia/Shanghai date +%Y-%m) --unit 510000
  bin/yuzui record find --limit 5

Ctrl+C stops the hub.

EOF
# The meters of config/plugins/energy.yaml: without them the hub would rightly show every one as silent. A port that is taken is
# theirs to tell, and no reason for the hub not to start.
meters= hub=
trap '[ -z "$meters" ] || kill "$meters" 2>/dev/null || true' EXIT
trap '[ -z "$hub" ] || kill "$hub" 2>/dev/null || true' INT TERM
"$folder/bin/yuzui" demo meters &
meters=$!
"$folder/bin/yuzui" run &
hub=$!
status=0
wait "$hub" || status=$?
while kill -0 "$hub" 2>/dev/null; do   # a signal ends the wait; the hub takes a moment more
  status=0
  wait "$hub" || status=$?
done
exit "$status"
