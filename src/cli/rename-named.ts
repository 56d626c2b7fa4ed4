import { appKey } from '../shared/app-spec.ts';
import { problem } from '../shared/problems.ts';
import { changingFlags } from './changing-flags.ts';
import type { Input, Session } from './command.ts';
import type { Done } from './declare-apps.ts';
import { type NamedWorkers, notFound } from './named-workers.ts';
import { announce, printResults } from './output/reports.ts';
import { environmentFor } from './restart-named.ts';

/** Restarts an app under another name or in another namespace, with what else the options change. Its workers keep their ids. */
export async function renameNamed(
  [first, ...others]: readonly NamedWorkers[],
  input: Input,
  session: Session,
): Promise<Done> {
  const { ask, out } = session;
  const failed = (of: Parameters<typeof out.problem>[0]): Done => ({ exitCode: out.problem(of), acted: false });
  const env = environmentFor(input, session);
  if (env === 'refused') return { exitCode: 1, acted: false };
  const listed = await ask('app.list', { env: true });
  if (!listed.ok) return failed(listed.problem);
  if (first === undefined || first.pmIds.length === 0) return failed(notFound(first?.typed ?? '', listed.value));
  const known = listed.value.filter(({ workers }) => workers.some(({ pmId }) => first.pmIds.includes(pmId)));
  const [app] = known;
  if (app === undefined || known.length > 1 || others.length > 0)
    return failed(problem('usage/invalid', { message: 'A new name or namespace fits one app, and more are named.' }));
  const { changedApps } = await import('./changed-apps.ts');
  const { name, namespace } = input.options;
  const identity = { ...(name === undefined ? {} : { name }), ...(namespace === undefined ? {} : { namespace }) };
  const specs = await changedApps(listed.value, [first], { ...changingFlags(input), ...identity });
  if (!specs.ok) return failed(specs.problem);
  announce(out, 'restartProcessId', { typed: first.typed, pmIds: app.workers.map(({ pmId }) => pmId) });
  const declared = specs.value.map((spec) => ({ ...spec, env: { ...spec.env, ...env.env } }));
  const reply = await ask('app.start', { specs: declared, existing: 'restart', inPlaceOf: appKey(app.spec) });
  if (!reply.ok) return failed(reply.problem);
  return { exitCode: printResults(out, reply.value), acted: reply.value.reports.length > 0 };
}
