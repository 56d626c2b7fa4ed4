import type { Paths } from '../shared/paths.ts';

/** Where we are from, and what messages and dates look like. */
const KEPT = ['HOME', 'PATH', 'LANG', 'LC_ALL', 'TZ', 'USER', 'LOGNAME', 'TMPDIR'];

/**
 * Environment of the daemon and of masters: next to nothing, so that what happened to be set in the shell that first needed a daemon
 * reaches no app and changes no Node option.
 */
export function spawnEnvironment(paths: Paths, from: NodeJS.ProcessEnv = process.env): Record<string, string> {
  const env: Record<string, string> = { ...paths.variables };
  for (const name of KEPT) {
    const value = from[name];
    if (value !== undefined) env[name] = value;
  }
  return env;
}

/** V8's own options change with Node's version, and an unknown one would end the process. */
const IS_NODE_20 = process.versions.node.startsWith('20.');

/**
 * Options of Node for the daemon and masters. They live long and keep little, so memory counts for more than the first second: no
 * young generation that may grow to 16 MB, no baseline code, and optimized code only for what stays hot, such as a flood of lines or
 * of connections: seven times as late as V8 would. (Measured with 24 idle processes on Node 20: 27 MB in all instead of 32. With a
 * budget of 20,000,000 connections were handed out a tenth to a fifth slower, for no less memory.)
 */
export const SPAWN_NODE_OPTIONS: readonly string[] = [
  '--max-semi-space-size=1',
  '--no-sparkplug',
  ...(IS_NODE_20 ? ['--interrupt-budget=1000000'] : []),
];
