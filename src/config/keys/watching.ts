import type { AppKey } from '../app-key.ts';
import { duration } from '../kinds.ts';
import { extensions, ignoredPaths, watchedPaths, watchOptions } from '../watch-plan.ts';

/** Restarting when files change. */
export const watchingKeys = [
  {
    name: 'watch',
    kind: watchedPaths,
    default: false,
    step: 'live',
    help: 'Reloads the app when a file changes; in fork mode restarts it. true: all below the working folder; or files and folders.',
    flags: ['--watch [path]'],
    repeatable: true,
  },
  {
    name: 'ignore_watch',
    kind: ignoredPaths,
    default: [],
    step: 'live',
    help: 'What does not count, as in a .gitignore: "*.tmp", "uploads/", "!.env"; in JavaScript also regular expressions. Names with a dot first, node_modules, log files and PM_HOME never do.',
    flags: ['--ignore-watch <paths>'],
    repeatable: true,
  },
  {
    name: 'watch_ext',
    aliases: ['ext'],
    kind: extensions,
    default: [],
    step: 'live',
    help: 'Only files with these extensions count: js,ts. Files that are watched by name always do.',
    flags: ['--ext <extensions>'],
  },
  {
    name: 'watch_delay',
    kind: duration,
    default: 100,
    step: 'live',
    help: 'Changes that follow each other within this time are one. A plain number is in seconds as an option.',
    flags: ['--watch-delay <time>'],
  },
  {
    name: 'watch_options',
    kind: watchOptions,
    default: {},
    step: 'live',
    help: 'Options of chokidar: usePolling, interval, binaryInterval, followSymlinks, depth, awaitWriteFinish, atomic.',
  },
] as const satisfies readonly AppKey[];
