import { shellPart } from '../config/environment.ts';
import { problem } from '../shared/problems.ts';
import type { SpecChange } from '../shared/spec-change.ts';
import { type Input, type Session, textOption } from './command.ts';
import type { Done } from './declare-apps.ts';
import type { NamedWorkers } from './named-workers.ts';
import { announce, printResults } from './output/reports.ts';
import { shellEnv } from './read-apps.ts';

/** Restarts workers by name, with the environment they were declared with or that of the shell (`--update-env`). */
export async function restartNamed(named: readonly NamedWorkers[], input: Input, session: Session): Promise<Done> {
  const { ask, out } = session;
  const env = environmentFor(input, session);
  if (env === 'refused') return { exitCode: 1, acted: false };
  const change = await changeIn(input);
  if (typeof change === 'string')
    return { exitCode: out.problem(problem('usage/invalid', { message: change })), acted: false };
  for (const workers of named) announce(out, 'restartProcessId', workers);
  const reply = await ask('app.restart', { targets: named.map(({ target }) => target), ...env, ...change });
  if (!reply.ok) return { exitCode: out.problem(reply.problem), acted: false };
  return { exitCode: printResults(out, reply.value), acted: reply.value.reports.length > 0 };
}

/** What the options of a restart by name change of the apps, or the mistake in them. */
async function changeIn({ options }: Input): Promise<{ change?: SpecChange } | string> {
  const watch = options.watch === undefined ? {} : ({ watch: 'toggle' } as const);
  const pattern = options.cronRestart;
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
  out.line('Use --update-env to update environment variables');
  return {};
}
