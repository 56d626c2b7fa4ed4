import type { AppKey } from '../app-key.ts';
import { duration, flag, signal } from '../kinds.ts';

/** How an app is asked to end, and how it tells that it is ready. */
export const stoppingKeys = [
  {
    name: 'kill_signal',
    variable: 'PM2_KILL_SIGNAL',
    kind: signal,
    default: 'SIGINT',
    step: 'live',
    help: 'Signal that asks the app to end, once its connections are drained.',
    flags: ['--kill-signal <signal>'],
  },
  {
    name: 'kill_timeout',
    variable: 'PM2_KILL_TIMEOUT',
    kind: duration,
    default: 30_000,
    step: 'live',
    help: 'Time for drain and clean-up together; after it the process and its children are killed.',
    flags: ['-k, --kill-timeout <time>'],
  },
  {
    name: 'shutdown_with_message',
    variable: 'PM2_KILL_USE_MESSAGE',
    kind: flag,
    default: false,
    step: 'live',
    help: 'Sends the message "shutdown" instead of the signal.',
    flags: ['--shutdown-with-message'],
  },
  {
    name: 'treekill',
    kind: flag,
    default: true,
    step: 'live',
    help: 'Ends the children of the app too.',
    flags: ['--no-treekill'],
  },
  {
    name: 'wait_ready',
    kind: flag,
    default: false,
    step: 'live',
    help: 'The app is ready when it calls `process.send("ready")`, not when it listens.',
    flags: ['--wait-ready'],
  },
  {
    name: 'listen_timeout',
    variable: 'PM2_GRACEFUL_LISTEN_TIMEOUT',
    kind: duration,
    default: 10_000,
    step: 'live',
    help: 'Time to get ready; running out is a failure.',
    flags: ['--listen-timeout <time>'],
  },
] as const satisfies readonly AppKey[];
