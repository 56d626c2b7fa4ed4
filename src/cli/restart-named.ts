import { shellPart } from '../config/environment.ts';
import { appKey } from '../shared/app-spec.ts';
import { problem } from '../shared/problems.ts';
import type { Changes, SpecChange } from '../shared/spec-change.ts';
import { changingFlags, identityFlags } from './changing-flags.ts';
import { type Input, type Session, textOption } from './command.ts';
import { type Done, declareApps } from './declare-apps.ts';
import { type NamedWorkers, notFound } from './named-workers.ts';
import { announce, printResults } from './output/reports.ts';
import { readParallel } from './parallel.ts';
import { shellEnv } from './read-apps.ts';

/** Restarts workers by name, with the environment they were declared with or that of the shell (`--update-env`). */
export async function restartNamed(
  named: readonly NamedWorkers[],
  input: Input,
  session: Session,
  command: 'restart' | 'start' = 'restart',
): Promise<Done> {
  const { ask, out } = session;
  const env = environmentFor(input, session, command === 'restart');
  if (env === 'refused') return { exitCode: 1, acted: false };
  const change = await changeIn(input);
  if (typeof change === 'string')
    return { exitCode: out.problem(problem('usage/invalid', { message: change })), acted: false };
  const bound = readParallel(input, session);
  if (!bound.ok) return { exitCode: out.problem(bound.problem), acted: false };
  const flags = { ...changingFlags(input), ...(command === 'restart' ? identityFlags(input) : {}) };
  if (Object.keys(flags).length > 0)
    return redeclareNamed(named, { flags, ...env, ...change, ...bound.value }, 'restart', session);
  for (const workers of named) announce(out, 'restartProcessId', workers);
  const reply = await ask('app.restart', {
    targets: named.map(({ target }) => target),
    ...env,
    ...change,
    ...bound.value,
  });
  if (!reply.ok) return { exitCode: out.problem(reply.problem), acted: false };
  return { exitCode: printResults(out, reply.value), acted: reply.value.reports.length > 0 };
}

/** Replaces the apps that are named, with their declaration changed by options. */
export async function redeclareNamed(
  named: readonly NamedWorkers[],
  {
    flags,
    env = {},
    change: { watch, cronRestart } = {},
    ...bound
  }: Changes & { flags: Readonly<Record<string, unknown>> },
  existing: 'restart' | 'reload',
  session: Session,
): Promise<Done> {
  const { ask, out } = session;
  const listed = await ask('app.list', { env: true });
  if (!listed.ok) return { exitCode: out.problem(listed.problem), acted: false };
  for (const { typed } of named.filter(({ pmIds }) => pmIds.length === 0))
    return { exitCode: out.problem(notFound(typed, listed.value)), acted: false };
  const { changedApps } = await import('./changed-apps.ts');
  const changed = await changedApps(listed.value, named, flags);
  if (!changed.ok) return { exitCode: out.problem(changed.problem), acted: false };
  const declared = changed.value.map(({ before, after }) => ({
    before,
    after: {
      ...after,
      env: { ...after.env, ...env },
      ...(watch === undefined ? {} : { watch: { ...after.watch, on: !after.watch.on } }),
      ...(cronRestart === undefined ? {} : { cronRestart }),
    },
  }));
  const isRenamed = declared.some(({ before, after }) => appKey(before) !== appKey(after));
  if (isRenamed) return (await import('./rename-app.ts')).renameApp(declared, session);
  const specs = declared.map(({ after }) => after);
  return declareApps(specs, { existing, ...bound }, session);
}

/** What the options of a restart by name change of the apps, or the mistake in them. */
async function changeIn({ options }: Input): Promise<{ change?: SpecChange } | string> {
  const watch = options.watch === undefined ? {} : ({ watch: 'toggle' } as const);
  const pattern = options.cronRestart ?? options.cron;
  if (typeof pattern !== 'string') return options.watch === undefined ? {} : { change: watch };
  if (pattern === '0') return { change: { ...watch, cronRestart: null } };
  const { cronMistake } = await import('../shared/cron-schedule.ts');
  const mistake = cronMistake(pattern);
  return mistake
    ? `--cron-restart must be a pattern of cron: ${mistake}`
    : { change: { ...watch, cronRestart: pattern } };
}

/** What goes with a restart or reload by name. `refused`: `--env` picks a block of a file, and there is no file. */
export function environmentFor(
  { options }: Input,
  { env, out }: Session,
  hint = true,
): { env?: Readonly<Record<string, string>> } | 'refused' {
  const block = textOption(options, 'env');
  if (block !== undefined) {
    out.problem(
      problem('usage/invalid', {
        message: `Using --env ${block} without passing the ecosystem.config.js does not work`,
        hint: 'Name the ecosystem file instead of the app; --only <name> picks one of its apps.',
      }),
    );
    return 'refused';
  }
  if (options.updateEnv) return { env: shellPart(shellEnv(env), []) };
  if (hint) out.line('Use --update-env to update environment variables');
  return {};
}
