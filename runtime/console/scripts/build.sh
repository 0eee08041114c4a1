#!/bin/sh
# Builds the console for Maven: installs packages when the lock file changed, and builds when anything else did.
set -eu
cd "$(dirname "$0")/.."
openapi=../web/src/main/resources/org/yuzui/web/openapi.yaml

fail() {
  echo "The console can't be built: $1" >&2
  echo "Install Node.js 20.19 or newer with npm, or leave the console out with -Dconsole.skip." >&2
  exit 1
}

command -v node >/dev/null 2>&1 || fail "there is no 'node' on the path."
command -v npm >/dev/null 2>&1 || fail "there is no 'npm' on the path."
node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' \
  || fail "Node.js $(node --version) is too old."

digest() { find "$@" -type f ! -name generated.ts -exec sha256sum {} + | LC_ALL=C sort -k 2 | sha256sum | cut -d ' ' -f 1; }

lock=$(digest package.json package-lock.json .npmrc)
if [ "$(cat node_modules/.lock-digest 2>/dev/null || true)" != "$lock" ]; then
  npm ci --no-progress --loglevel=error
  echo "$lock" > node_modules/.lock-digest
fi

sources=$(digest src public scripts index.html package.json package-lock.json tsconfig.json vite.config.ts "$openapi")
if [ -f target/classes/org/yuzui/console/index.html ] && [ "$(cat target/console.digest 2>/dev/null || true)" = "$sources" ]; then
  echo "console: nothing changed"
  exit 0
fi
npm run --silent build
echo "$sources" > target/console.digest
