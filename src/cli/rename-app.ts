import { appKey } from '../shared/app-spec.ts';
import { problem } from '../shared/problems.ts';
import type { ChangedApp } from './changed-apps.ts';
import type { Session } from './command.ts';
import type { Done } from './declare-apps.ts';
import { printResults } from './output/reports.ts';

/** Restarts an app under another name or in another namespace. Its workers keep their ids. */
export async function renameApp([app, ...others]: readonly ChangedApp[], { ask, out }: Session): Promise<Done> {
  if (app === undefined || others.length > 0) {
    const message = 'A new name or namespace fits one app, and more are named.';
    return { exitCode: out.problem(problem('usage/invalid', { message })), acted: false };
  }
  const reply = await ask('app.start', { specs: [app.after], existing: 'restart', inPlaceOf: appKey(app.before) });
  if (!reply.ok) return { exitCode: out.problem(reply.problem), acted: false };
  return { exitCode: printResults(out, reply.value), acted: reply.value.reports.length > 0 };
}
