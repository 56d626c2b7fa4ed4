import { setTimeout as delay } from 'node:timers/promises';
import type { DaemonRequests, Handlers } from '../../protocol/messages.ts';
import { fail, succeed } from '../../shared/outcome.ts';
import { problem } from '../../shared/problems.ts';
import { VERSION } from '../../shared/version.ts';
import type { AppEntry } from '../app-list.ts';
import type { Parts } from '../parts.ts';
import { deleteWorkers } from '../pool-size.ts';

/** Over an app's own time to stop, after which its master is taken for hung. */
const HUNG_AFTER_MS = 10_000;

type DaemonRequest = 'daemon.ping' | 'daemon.profile' | 'daemon.replace' | 'daemon.kill';

/** The daemon itself. */
export const daemonHandlers = (parts: Parts): Pick<Handlers<DaemonRequests>, DaemonRequest> => ({
  'daemon.ping': async () => succeed({ pid: process.pid, version: VERSION, startedAt: parts.startedAt }),
  'daemon.profile': async ({ what, durationMs, path }) => {
    const { writeProfile } = await import('../write-profile.ts');
    const reason = await writeProfile({ what, durationMs, path });
    return reason === null ? succeed({}) : fail(problem('usage/invalid', { message: `No profile: ${reason}.` }));
  },
  'daemon.replace': async (program) => {
    if (parts.masters.isBusy) return fail(problem('daemon/busy'));
    const masters = await parts.masters.kept();
    setImmediate(() => parts.giveWayTo(program)); // after the answer
    return succeed({ masters });
  },
  'daemon.kill': async () => {
    const apps = parts.list.all().length;
    await deleteAll(parts);
    await parts.masters.close();
    parts.list.clear();
    await parts.state.flush();
    parts.subscribers.tell({ type: 'daemon-killed' });
    setImmediate(() => parts.exit()); // after the answer
    return succeed({ apps });
  },
});

/** Each app once: a start that was under way when the end came may have put more into the list meanwhile. */
async function deleteAll(parts: Parts): Promise<void> {
  const seen = new Set<string>();
  for (;;) {
    const apps = parts.list.all().filter(({ key }) => !seen.has(key));
    if (apps.length === 0) return;
    for (const { key } of apps) seen.add(key);
    await Promise.all(apps.map((app) => deleteApp(parts, app)));
  }
}

async function deleteApp(parts: Parts, app: AppEntry): Promise<void> {
  const pmIds = app.workers.map(({ view }) => view.pmId);
  const hung = delay(app.spec.killTimeoutMs + HUNG_AFTER_MS, undefined, { ref: false });
  await Promise.race([deleteWorkers(parts, app, pmIds), hung]);
}
