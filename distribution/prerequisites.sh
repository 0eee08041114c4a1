# Sourced by demo.sh and test.sh: what building Yuzui needs, and how to get it on Debian.

major() {
  printf '%s' "$1" | sed 's/^[^0-9]*\([0-9][0-9]*\).*/\1/'
}

# Names everything that is missing at once, then ends.
require_build_tools() {
  local missing=()
  local javac=javac
  [ -n "${JAVA_HOME:-}" ] && javac=$JAVA_HOME/bin/javac
  if ! command -v "$javac" >/dev/null; then
    missing+=("a JDK 17 or newer (javac): apt-get install openjdk-17-jdk-headless, or set JAVA_HOME")
  elif [ "$(major "$("$javac" -version 2>&1)")" -lt 17 ]; then
    missing+=("a JDK 17 or newer; $javac is $("$javac" -version 2>&1): apt-get install openjdk-17-jdk-headless, or set JAVA_HOME")
  fi
  command -v mvn >/dev/null || missing+=("Maven 3.8 or newer (mvn): apt-get install maven")
  if ! command -v node >/dev/null; then
    missing+=("Node 20 or newer (node), for the web console: apt-get install nodejs npm, or nodejs.org")
  elif [ "$(major "$(node --version)")" -lt 20 ]; then
    missing+=("Node 20 or newer; this one is $(node --version): see nodejs.org")
  fi
  command -v npm >/dev/null || missing+=("npm, for the web console: apt-get install npm")
  if [ "${#missing[@]}" -gt 0 ]; then
    printf 'Missing:\n' >&2
    printf '  %s\n' "${missing[@]}" >&2
    exit 1
  fi
}

# The tests of the whole system look at the console with Chromium. As root it is installed when it is missing, else named.
require_browser() {
  local chromium=${YUZUI_CHROMIUM:-chromium}
  command -v "$chromium" >/dev/null && return
  if [ -z "${YUZUI_CHROMIUM:-}" ] && [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    printf 'Chromium is missing and is installed.\n'
    # With letters for Chinese: without any, what the pages look like is not what people see.
    install() { DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium fonts-wqy-zenhei </dev/null >/dev/null; }
    install || { apt-get update >/dev/null && install; }
    command -v chromium >/dev/null && return
  fi
  printf 'Missing:\n  Chromium (%s), for the tests of the console: apt-get install chromium, or set YUZUI_CHROMIUM\n' "$chromium" >&2
  exit 1
}
