import type { Paths } from '../shared/paths.ts';

/** Where we are from, and what messages and dates look like. */
const KEPT = ['HOME', 'PATH', 'LANG', 'LC_ALL', 'TZ', 'USER', 'LOGNAME', 'TMPDIR'];

/**
 * Environment of the daemon and of masters: next to nothing, so that what happened to be set in the shell that first needed a daemon
 * reaches no app and changes no Node option. MALLOC_ARENA_MAX (mallopt(3), M_ARENA_MAX): one heap for all threads, not one each; ours
 * have little to do at the same time.
 */
export function spawnEnvironment(paths: Paths, from: NodeJS.ProcessEnv = process.env): Record<string, string> {
  const env: Record<string, string> = { ...paths.variables, MALLOC_ARENA_MAX: '1' };
  for (const name of KEPT) {
    const value = from[name];
    if (value !== undefined) env[name] = value;
  }
  return env;
}

/** V8's own options change with Node's version, and an unknown one would end the process. */
const onNode20 = (...options: string[]): string[] => (process.versions.node.startsWith('20.') ? options : []);

/**
 * Options of Node for the daemon. It lives long and does little, so memory counts for more than speed: no young generation that may
 * grow to 16 MB, no baseline code, and hardly any optimized code or notes on types, which that is made from.
 */
export const DAEMON_NODE_OPTIONS: readonly string[] = [
  '--max-semi-space-size=1',
  '--no-sparkplug',
  ...onNode20('--interrupt-budget=20000000', '--interrupt-budget-factor-for-feedback-allocation=1000'),
];

/** Options of Node for masters that have no work yet: the same, but that they are told otherwise once there is some. */
export const MASTER_NODE_OPTIONS: readonly string[] = [
  '--max-semi-space-size=1',
  ...onNode20('--interrupt-budget=400000', '--interrupt-budget-factor-for-feedback-allocation=100'),
];

/**
 * Options of V8 for masters that connections and lines go through: its defaults (V8 11.3, flag-definitions.h). What was counted down
 * under the others is not taken back, so those must not be as large as the daemon's: with these a master needs a minute of load until
 * it hands out connections as fast as node:cluster.
 */
export const BUSY_V8_OPTIONS: readonly string[] = onNode20(
  '--interrupt-budget=67584',
  '--interrupt-budget-factor-for-feedback-allocation=8',
);
