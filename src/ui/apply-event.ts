import type { DaemonEvent, ListedApp } from '../protocol/messages.ts';
import { appKey } from '../shared/app-spec.ts';
import { unreachable } from '../shared/unreachable.ts';
import type { Usage, WorkerView } from '../shared/worker-view.ts';
import { addSample, type History, NO_HISTORY } from './history.ts';
import type { AppModel, Model } from './model.ts';
import type { SourceEvent } from './source.ts';

/** The model after something happened in the world, at `now`. */
export const applyEvent = (model: Model, event: SourceEvent, now: number): Model => ({
  ...change(model, event),
  heardAt: now,
});

function change(model: Model, event: SourceEvent): Model {
  switch (event.type) {
    case 'snapshot':
      return applySnapshot(model, event.apps);
    case 'connection-lost':
      return { ...model, connection: 'lost' };
    case 'spec-changed':
      return changeApp(model, event.app, (app) => ({ workers: app?.workers ?? [], spec: event.spec }));
    case 'worker-changed':
      return changeApp(model, event.app, (app) => app && { ...app, workers: putWorker(app.workers, event.worker) });
    case 'worker-removed':
      return changeApp(model, event.app, (app) => app && withoutWorker(app, event.pmId));
    case 'worker-exited':
      return changeApp(model, event.app, (app) => app && noteExit(app, event));
    case 'daemon-killed': // the connection goes next
    case 'worker-message':
      return model;
    case 'usage':
      return applyUsage(model, event.samples);
    default:
      return unreachable(event);
  }
}

function applySnapshot(model: Model, listed: readonly ListedApp[]): Model {
  const apps = new Map<string, AppModel>();
  const usage = new Map<number, Usage>();
  for (const { spec, workers } of listed) {
    apps.set(appKey(spec), { spec, workers: bySlot(workers) });
    for (const worker of workers) usage.set(worker.pmId, worker.usage);
  }
  const histories = new Map([...model.histories].filter(([pmId]) => usage.has(pmId)));
  return { ...model, connection: 'up', apps, usage, histories };
}

function changeApp(model: Model, key: string, change: (app: AppModel | undefined) => AppModel | undefined): Model {
  const apps = new Map(model.apps);
  const changed = change(apps.get(key));
  if (changed) apps.set(key, changed);
  else apps.delete(key);
  return { ...model, apps };
}

const putWorker = (workers: readonly WorkerView[], worker: WorkerView): readonly WorkerView[] =>
  bySlot([...workers.filter(({ pmId }) => pmId !== worker.pmId), worker]);

const bySlot = (workers: readonly WorkerView[]): readonly WorkerView[] =>
  [...workers].sort((a, b) => a.slot - b.slot || a.pmId - b.pmId);

/** undefined: it was the last one. */
function withoutWorker(app: AppModel, gone: number): AppModel | undefined {
  const workers = app.workers.filter(({ pmId }) => pmId !== gone);
  return workers.length > 0 ? { ...app, workers } : undefined;
}

function noteExit(app: AppModel, { pmId, exit }: Extract<DaemonEvent, { type: 'worker-exited' }>): AppModel {
  const workers = app.workers.map((worker) => (worker.pmId === pmId ? { ...worker, lastExit: exit } : worker));
  return { ...app, workers };
}

/** Every worker gets a sample, so that histories can be added up: what was not measured does not run. */
function applyUsage(model: Model, samples: readonly (Usage & { readonly pmId: number })[]): Model {
  const measured = new Map(samples.map((sample) => [sample.pmId, sample]));
  const usage = new Map<number, Usage>();
  const histories = new Map<number, History>();
  for (const { workers } of model.apps.values()) {
    for (const { pmId } of workers) {
      const now = measured.get(pmId) ?? { cpuPercent: 0, memoryBytes: 0 };
      usage.set(pmId, now);
      histories.set(pmId, addSample(model.histories.get(pmId) ?? NO_HISTORY, now));
    }
  }
  return { ...model, usage, histories };
}
