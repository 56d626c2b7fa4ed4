#!/bin/sh
// 2>/dev/null; [ $$ = 1 ] && exec sh "$(dirname "$(readlink -f "$0")")/init.sh" node "$0" "$@"; exec node "$0" "$@"
// The line above is a comment to Node, and all that sh runs: the first process of a container has duties that only a shell does.
process.argv.splice(2, 0, 'dev');
require('../dist/pm.cjs');
