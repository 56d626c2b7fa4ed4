#!/usr/bin/env bash
# Runs the tests on other Node versions, each taken from the npm package `node` and installed into a temporary folder.
# Usage: scripts/test-node-versions.sh [version...]   (default 22 24 26)
set -euo pipefail
cd "$(dirname "$0")/.."

versions=("$@")
[ ${#versions[@]} -gt 0 ] || versions=(22 24 26)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

failed=()
for version in "${versions[@]}"; do
  npm install --prefix "$folder/$version" --no-audit --no-fund --loglevel=error "node@$version"
  bin=$folder/$version/node_modules/node/bin
  printf '\n==== Node %s\n' "$("$bin/node" --version)"
  PATH=$bin:$PATH PM_TEST_ONLY=vitest bash scripts/test.sh || failed+=("$version")
done

if [ ${#failed[@]} -gt 0 ]; then
  echo "The tests fail on Node ${failed[*]}." >&2
  exit 1
fi
echo "The tests pass on Node ${versions[*]}."
