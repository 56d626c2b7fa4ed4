import type { DaemonEvent, DaemonRequests, Handlers, ListedApp } from '../../protocol/messages.ts';
import type { ServerConnection } from '../../protocol/server.ts';
import { succeed } from '../../shared/outcome.ts';
import type { Parts } from '../parts.ts';
import { withoutEnv } from '../redaction.ts';

/** Nobody sees more than this many changes a second, and sampling costs. */
const FASTEST_USAGE_MS = 250;

/** Looking: once, or for as long as the connection lasts. */
export const listHandlers = (
  parts: Parts,
  connection: ServerConnection<DaemonEvent>,
): Pick<Handlers<DaemonRequests>, 'app.list' | 'events.subscribe'> => ({
  'app.list': async ({ env }) => {
    await parts.usage.refresh();
    return succeed(listApps(parts, { env }));
  },
  'events.subscribe': async ({ usageEveryMs }) => {
    parts.subscribers.add(connection); // nothing is awaited up to the snapshot, so no event falls between
    if (usageEveryMs !== undefined) {
      const everyMs = Math.max(usageEveryMs, FASTEST_USAGE_MS);
      connection.onClose(parts.usage.watch(everyMs, () => connection.send(usageEvent(parts))));
    }
    return succeed({ apps: listApps(parts, { env: false }) });
  },
});

const listApps = ({ list, usage }: Parts, { env }: { env: boolean }): ListedApp[] =>
  list.all().map(({ spec, masterId, workers }) => ({
    spec: env ? spec : withoutEnv(spec),
    masterId,
    workers: workers.map(({ view }) => ({ ...view, usage: usage.of(view.pid) })),
  }));

function usageEvent({ list, usage }: Parts): DaemonEvent {
  const views = list.all().flatMap(({ workers }) => workers.map(({ view }) => view));
  const samples = views.filter(({ pid }) => pid > 0).map(({ pmId, pid }) => ({ pmId, ...usage.of(pid) }));
  return { type: 'usage', at: Date.now(), samples };
}
