#!/bin/sh
# The first process of a container (PID 1): runs a program, passes signals on to it, and exits with its exit code. While a shell waits
# it reaps every process that has lost its parent; Node reaps only children of its own, and zombies would pile up.
# Usage: init.sh program [argument...]
for signal in TERM INT HUP QUIT; do
  # shellcheck disable=SC2064 # the name is meant now
  trap "interrupted=yes; kill -$signal \$child 2>/dev/null" $signal
done
"$@" <&0 &
child=$!
while
  interrupted=
  wait $child
  code=$?
  [ "$interrupted" ] && [ $code -gt 128 ]
do :; done
exit $code
