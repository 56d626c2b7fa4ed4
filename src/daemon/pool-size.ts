import type { AddedWorker, AppReport } from '../protocol/messages.ts';
import type { AppSpec } from '../shared/app-spec.ts';
import { type Outcome, succeed } from '../shared/outcome.ts';
import type { AppEntry } from './app-list.ts';
import type { Parts } from './parts.ts';
import { freeSlots, lastWorkers } from './slots.ts';

/** A worker that has not run yet. */
const newWorker = (slot: number, pmId: number): AddedWorker => ({
  slot,
  pmId,
  restarts: 0,
  createdAt: null,
  start: true,
});

/** Gives an app more workers, in the lowest free slots; `former`: ids that it had before. */
export function addWorkers(
  parts: Parts,
  app: AppEntry,
  { spec, count, former = [] }: { spec: AppSpec; count: number; former?: readonly number[] },
): Promise<Outcome<AppReport>> {
  const used = app.workers.map(({ view }) => view.slot);
  const kept = former.slice(0, count);
  const pmIds = [...kept, ...parts.list.takePmIds(count - kept.length, kept)];
  const workers = freeSlots(used, count).map((slot, index) => newWorker(slot, pmIds[index] ?? 0)); // as many as slots
  return parts.masters.use({ masterId: app.masterId, name: spec.name }, (master) =>
    master.call('pool.add', { spec, workers, start: true }),
  );
}

/** Takes away the workers that are too many. */
export const shrinkTo = async (parts: Parts, app: AppEntry, size: number): Promise<Outcome<AppReport>[]> =>
  app.workers.length > size ? [await removeWorkers(parts, app, app.workers.length - size)] : [];

/** Adds the workers that are missing. */
export const growTo = async (parts: Parts, app: AppEntry, spec: AppSpec): Promise<Outcome<AppReport>[]> =>
  app.workers.length < spec.instances
    ? [await addWorkers(parts, app, { spec, count: spec.instances - app.workers.length })]
    : [];

/** Gives an app and its workers another spec, and touches no process. */
export const amendApp = (parts: Parts, { masterId }: AppEntry, spec: AppSpec): Promise<Outcome<AppReport>> =>
  parts.masters.use({ masterId, name: spec.name }, (master) =>
    master.call('pool.add', { spec, workers: [], start: false }),
  );

/** Takes workers away from an app, those in the highest slots first. */
export function removeWorkers(parts: Parts, app: AppEntry, count: number): Promise<Outcome<AppReport>> {
  return deleteWorkers(parts, app, lastWorkers(app.workers, count));
}

/** Stops workers and takes them off the list. */
export function deleteWorkers(
  parts: Parts,
  { key, masterId, spec }: AppEntry,
  pmIds: readonly number[],
): Promise<Outcome<AppReport>> {
  return parts.masters.use({ masterId, name: spec.name }, (master) => master.call('pool.delete', { app: key, pmIds }));
}

/** Several things done to one app, told as one; the first failure stands for all. */
export function mergeReports(spec: AppSpec, outcomes: readonly Outcome<AppReport>[]): Outcome<AppReport> {
  const failed = outcomes.find((outcome) => !outcome.ok);
  if (failed) return failed;
  const workers = outcomes.flatMap((outcome) => (outcome.ok ? outcome.value.workers : []));
  const { name, namespace } = spec;
  return succeed({ name, namespace, workers: [...workers].sort((a, b) => a.pmId - b.pmId) });
}
