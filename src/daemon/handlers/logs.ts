import { truncate } from 'node:fs/promises';
import type { DaemonRequests, Handlers } from '../../protocol/messages.ts';
import { fail, type Outcome, succeed } from '../../shared/outcome.ts';
import type { Parts } from '../parts.ts';
import { type Selected, selectTargets } from '../targets.ts';
import { partition } from './start.ts';

/** The log files that masters write. */
export const logHandlers = (parts: Parts): Pick<Handlers<DaemonRequests>, 'logs.flush' | 'logs.reopen'> => ({
  'logs.flush': async ({ targets }) => {
    const everything = targets.length === 0;
    const { selected, problems } = selectTargets(everything ? ['all'] : targets, parts.list.all());
    const [notFound] = everything ? [] : problems;
    if (notFound) return fail(notFound);
    const flushed = partition(await Promise.all(selected.map((some) => flush(parts, some))));
    const [failed] = flushed.problems;
    if (failed) return fail(failed);
    const own = everything ? await flushOwn(parts) : [];
    return succeed({ files: [...own, ...new Set(flushed.values.flat())] });
  },
  'logs.reopen': async () => {
    const masterIds = new Set(parts.list.all().map(({ masterId }) => masterId));
    const reopened = await Promise.all(
      [...masterIds].map((masterId) =>
        parts.masters.use({ masterId, name: masterId }, (master) => master.call('logs.reopen', {})),
      ),
    );
    return reopened.find((outcome) => !outcome.ok) ?? succeed({});
  },
});

async function flush(parts: Parts, { app, pmIds }: Selected): Promise<Outcome<readonly string[]>> {
  const flushed = await parts.masters.use({ masterId: app.masterId, name: app.spec.name }, (master) =>
    master.call('logs.flush', { app: app.key, pmIds }),
  );
  return flushed.ok ? succeed(flushed.value.files) : flushed;
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
