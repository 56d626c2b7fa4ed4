import type { AppKey } from '../app-key.ts';
import { cronPattern } from '../cron-check.ts';
import { duration, exitCodes, flag, size, wholeNumber } from '../kinds.ts';

/** When an app is started again after it ended, and when not. */
export const restartingKeys = [
  {
    name: 'autostart',
    kind: flag,
    default: true,
    step: 'live',
    help: 'false: the app is listed as stopped until it is started by hand.',
    flags: ['--no-autostart'],
  },
  {
    name: 'autorestart',
    kind: flag,
    default: true,
    step: 'live',
    help: 'false: an app that ends stays stopped.',
    flags: ['--no-autorestart'],
  },
  {
    name: 'stop_exit_codes',
    kind: exitCodes,
    default: [],
    step: 'live',
    help: 'Exit codes after which the app is not started again: a number or a list.',
    flags: ['--stop-exit-codes <codes>'],
  },
  {
    name: 'max_restarts',
    kind: wholeNumber(0, Number.MAX_SAFE_INTEGER),
    default: 16,
    step: 'live',
    help: 'Exits before `min_uptime`, one after the other, after which the app is "errored" and left alone.',
    flags: ['--max-restarts <number>'],
  },
  {
    name: 'min_uptime',
    kind: duration,
    default: 1_000,
    step: 'live',
    help: 'Time after which a start counts as a success.',
    flags: ['--min-uptime <time>'],
  },
  {
    name: 'restart_delay',
    kind: duration,
    default: 0,
    step: 'live',
    help: 'Wait before each restart.',
    flags: ['--restart-delay <time>'],
  },
  {
    name: 'exp_backoff_restart_delay',
    kind: duration,
    default: 0,
    step: 'live',
    help: 'First wait before a restart; it grows by half with each exit, up to 15 s. 0: none.',
    flags: ['--exp-backoff-restart-delay <time>'],
  },
  {
    name: 'max_memory_restart',
    kind: size,
    defaultText: 'none',
    step: 'live',
    help: 'Memory of a worker with all its children, looked at every second (on Linux). One above it is reloaded; in fork mode restarted.',
    flags: ['--max-memory-restart <size>'],
  },
  {
    name: 'cron_restart',
    aliases: ['cron'],
    kind: cronPattern,
    defaultText: 'none',
    step: 'live',
    help: 'Restarts the app at these times; in cluster mode reloads it. Six fields begin with the seconds. An app that was stopped stays so; a job that has finished runs again.',
    flags: ['-c, --cron <pattern>', '--cron-restart <pattern>'],
  },
] as const satisfies readonly AppKey[];
