import type { Client } from '../protocol/client.ts';
import type { AddedWorker, AppReport, MasterEvent, MasterRequests } from '../protocol/messages.ts';
import { type AppSpec, appKey } from '../shared/app-spec.ts';
import type { Outcome } from '../shared/outcome.ts';

/** Gives a master workers that ran before: those with `start` run again, also when the app does not start by itself. */
export async function handOver(
  master: Client<MasterRequests, MasterEvent>,
  spec: AppSpec,
  workers: readonly AddedWorker[],
): Promise<Outcome<AppReport>> {
  const added = await master.call('pool.add', { spec, workers, start: true });
  const pmIds = workers.filter(({ start }) => start).map(({ pmId }) => pmId);
  if (!added.ok || spec.autostart || pmIds.length === 0) return added;
  return master.call('pool.restart', { app: appKey(spec), pmIds });
}
