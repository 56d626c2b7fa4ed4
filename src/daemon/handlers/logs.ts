import { truncate } from 'node:fs/promises';
import type { DaemonRequests, Handlers, None, Target } from '../../protocol/messages.ts';
import { fail, type Outcome, succeed } from '../../shared/outcome.ts';
import type { Parts } from '../parts.ts';
import { selectTargets } from '../targets.ts';
import { partition } from './start.ts';

type LogRequests = 'logs.flush' | 'logs.reopen' | 'logs.rotate';

/** The log files that masters write. */
export const logHandlers = (parts: Parts): Pick<Handlers<DaemonRequests>, LogRequests> => ({
  'logs.flush': async ({ targets }) => {
    const flushed = await onFiles(parts, 'logs.flush', targets);
    if (!flushed.ok) return flushed;
    const own = targets.length === 0 ? await flushOwn(parts) : [];
    return succeed({ files: [...own, ...flushed.value] });
  },
  'logs.rotate': async ({ targets }) => {
    const rotated = await onFiles(parts, 'logs.rotate', targets);
    return rotated.ok ? succeed({ files: rotated.value }) : rotated;
  },
  'logs.reopen': () => reopenLogs(parts),
});

/** Closes every log file, of the masters and our own, and opens what is at their paths now. */
export async function reopenLogs(parts: Parts): Promise<Outcome<None>> {
  parts.log.reopen();
  const masterIds = new Set(parts.list.all().map(({ masterId }) => masterId));
  const reopened = await Promise.all(
    [...masterIds].map((masterId) =>
      parts.masters.use({ masterId, name: masterId }, (master) => master.call('logs.reopen', {})),
    ),
  );
  return reopened.find((outcome) => !outcome.ok) ?? succeed({});
}

/** Has the masters do something to the files of some apps, or of all; gives back which files that were. */
async function onFiles(
  parts: Parts,
  method: 'logs.flush' | 'logs.rotate',
  targets: readonly Target[],
): Promise<Outcome<string[]>> {
  const apps = parts.list.all();
  const everything = apps.map((app) => ({ app, pmIds: app.workers.map(({ view }) => view.pmId) }));
  const { selected, problems } =
    targets.length === 0 ? { selected: everything, problems: [] } : selectTargets(targets, apps);
  const [notFound] = problems;
  if (notFound) return fail(notFound);
  const done = partition(
    await Promise.all(
      selected.map(({ app, pmIds }) =>
        parts.masters.use({ masterId: app.masterId, name: app.spec.name }, (master) =>
          master.call(method, { app: app.key, pmIds }),
        ),
      ),
    ),
  );
  const [failed] = done.problems;
  return failed ? fail(failed) : succeed([...new Set(done.values.flatMap(({ files }) => files))]);
}

/** It is written by appending, so what comes next begins at its start. */
async function flushOwn({ paths, log }: Parts): Promise<string[]> {
  try {
    await truncate(paths.daemonLog);
    return [paths.daemonLog];
  } catch (error) {
    log.note(`${paths.daemonLog} could not be emptied: ${error instanceof Error ? error.message : error}`);
    return [];
  }
}
