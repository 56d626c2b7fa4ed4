import { setTimeout as delay } from 'node:timers/promises';
import type { DaemonEvent, DaemonRequests, Handlers, ListedApp } from '../../protocol/messages.ts';
import type { ServerConnection } from '../../protocol/server.ts';
import { succeed } from '../../shared/outcome.ts';
import type { WorkerReport } from '../../shared/worker-report.ts';
import type { Parts } from '../parts.ts';
import { withoutEnv } from '../redaction.ts';

/** Nobody sees more than this many changes a second, and sampling costs. */
const FASTEST_USAGE_MS = 250;

const REPORTS_MS = 1000;

/** Looking: once, or for as long as the connection lasts. */
export const listHandlers = (
  parts: Parts,
  connection: ServerConnection<DaemonEvent>,
): Pick<Handlers<DaemonRequests>, 'app.list' | 'host.usage' | 'events.subscribe'> => ({
  'host.usage': async () => succeed(parts.host.usage()),
  'app.list': async ({ env, reports = false }) => {
    const [, reported] = await Promise.all([parts.usage.refresh(), reports ? askForReports(parts) : NO_REPORTS]);
    return succeed(listApps(parts, { env, reports: reported }));
  },
  'events.subscribe': async ({ usageEveryMs, messages = false }) => {
    parts.subscribers.add(connection, { messages }); // nothing is awaited up to the snapshot, so no event falls between
    if (usageEveryMs !== undefined) {
      const everyMs = Math.max(usageEveryMs, FASTEST_USAGE_MS);
      connection.onClose(parts.usage.watch(everyMs, () => connection.send(usageEvent(parts))));
    }
    return succeed({ apps: listApps(parts, { env: false, reports: NO_REPORTS }) });
  },
});

type Reports = ReadonlyMap<number, WorkerReport>;
const NO_REPORTS: Reports = new Map();

/** A master that hangs must not keep the list waiting. */
async function askForReports({ masters }: Parts): Promise<Reports> {
  const asked = masters.callAll((master) => master.call('master.reports', {}));
  const answers = await Promise.race([asked, delay(REPORTS_MS, [], { ref: false })]);
  return new Map(answers.flatMap(({ reports }) => reports.map(({ pmId, report }) => [pmId, report] as const)));
}

const listApps = ({ list, usage }: Parts, { env, reports }: { env: boolean; reports: Reports }): ListedApp[] =>
  list.all().map(({ spec, masterId, workers }) => ({
    spec: env ? spec : withoutEnv(spec),
    masterId,
    workers: workers.map(({ view }) => {
      const report = reports.get(view.pmId);
      return { ...view, usage: usage.of(view.pid), ...(report ? { report } : {}) };
    }),
  }));

function usageEvent({ list, usage }: Parts): DaemonEvent {
  const views = list.all().flatMap(({ workers }) => workers.map(({ view }) => view));
  const samples = views.filter(({ pid }) => pid > 0).map(({ pmId, pid }) => ({ pmId, ...usage.of(pid) }));
  return { type: 'usage', at: Date.now(), samples };
}
