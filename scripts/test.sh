#!/usr/bin/env bash
# npm test: everything that must hold, from a fresh clone on: installs what is missing, builds, checks types and style, runs the
# unit tests and then the process tests.
#   PM_TEST_REPORTS=<folder>   also writes vitest's JSON reports there, one file per project
#   PM_TEST_ONLY=vitest        the tests alone
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '\n== %s\n' "$*"; }

# Programs that the tests use, by the Debian package they come in.
install_programs() {
  local packages=()
  command -v tmux >/dev/null || packages+=(tmux)
  command -v python3 >/dev/null || packages+=(python3-minimal)
  [ -x /usr/sbin/sshd ] || packages+=(openssh-server)
  command -v ssh >/dev/null || packages+=(openssh-client)
  command -v git >/dev/null || packages+=(git)
  command -v systemd-analyze >/dev/null || packages+=(systemd)
  command -v perl >/dev/null || packages+=(perl-base)
  command -v ruby >/dev/null || packages+=(ruby)
  command -v php >/dev/null || packages+=(php-cli)
  command -v logrotate >/dev/null || [ -x /usr/sbin/logrotate ] || packages+=(logrotate)
  command -v setsid >/dev/null || packages+=(util-linux)
  [ ${#packages[@]} -gt 0 ] || return 0
  say "Installing ${packages[*]}"
  local apt=(apt-get)
  [ "$(id -u)" -eq 0 ] || apt=(sudo -n apt-get)
  export DEBIAN_FRONTEND=noninteractive
  if ! { "${apt[@]}" update -qq && "${apt[@]}" install -y -qq --no-install-recommends "${packages[@]}"; } >/dev/null </dev/null; then
    echo "The tests need ${packages[*]}, and apt-get could not install that. Install it and run npm test again." >&2
    exit 1
  fi
}

install_modules() {
  [ package-lock.json -nt node_modules/.package-lock.json ] || return 0
  say 'Installing the packages of package-lock.json'
  npm ci --no-audit --no-fund --loglevel=error
  touch node_modules/.package-lock.json
}

# Other programs that run JavaScript: of no use but for the tests, and large.
install_runtimes() {
  local folder=node_modules/.runtimes
  [ -x $folder/node_modules/.bin/deno ] && return 0
  say 'Installing Bun and Deno'
  npm install --prefix $folder --no-audit --no-fund --loglevel=error bun@1.4.5 deno@2.9.6
}

run_vitest() {
  local project=$1
  local report=()
  if [ -n "${PM_TEST_REPORTS:-}" ]; then
    report=(--reporter=default --reporter=json "--outputFile.json=$PM_TEST_REPORTS/$project.json")
  fi
  say "Tests: $project"
  node node_modules/vitest/vitest.mjs run --project "$project" "${report[@]}" </dev/null
}

install_programs
install_modules
install_runtimes
failed=()
if [ "${PM_TEST_ONLY:-}" != vitest ]; then
  say 'Build'
  npm run --silent build
  say 'Types'
  npm run --silent typecheck || failed+=(types)
  say 'Style'
  npm run --silent lint || failed+=(style)
fi
for project in unit process; do
  run_vitest "$project" || failed+=("$project tests")
done
[ ${#failed[@]} -gt 0 ] || exit 0
(IFS=, && echo "Failed: ${failed[*]}." >&2)
exit 1
