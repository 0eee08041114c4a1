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
  bin/yuzui demo send-hl7 --count 2000 --all-kinds
  bin/yuzui schedule run his/daily-summary
  bin/yuzui report show hospital-daily \$(TZ=Asia/Shanghai date -d yesterday +%F) --unit 510000
  bin/yuzui demo send-808
  bin/yuzui schedule run vehicle/daily-figures
  bin/yuzui report show vehicle-daily \$(TZ=Asia/Shanghai date -d yesterday +%F) --unit 510000
  bin/yuzui demo meters &                 # the site's meters, until they are ended
  bin/yuzui schedule run energy/collect
  bin/yuzui demo send-finance
  bin/yuzui report show finance-monthly \$(TZ=Asia/Shanghai date -d "\$(date +%Y-%m-01) -1 day" +%F) --unit 510000
  bin/yuzui record find --limit 5

Ctrl+C stops the hub.

EOF
exec "$folder/bin/yuzui" run
