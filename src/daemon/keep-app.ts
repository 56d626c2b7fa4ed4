import type { AppReport } from '../protocol/messages.ts';
import type { AppSpec } from '../shared/app-spec.ts';
import { fail, type Outcome, succeed } from '../shared/outcome.ts';
import { problem } from '../shared/problems.ts';
import type { AppEntry, WorkerEntry } from './app-list.ts';
import type { Parts } from './parts.ts';
import { amendApp, growTo, mergeReports, shrinkTo } from './pool-size.ts';

/** Gives an app another spec, and another number of workers, without touching a process that stays. Workers that rest are started. */
export async function keepApp(parts: Parts, { key }: AppEntry, spec: AppSpec): Promise<Outcome<AppReport>> {
  while (parts.reloading.has(key)) await parts.reloading.get(key); // which puts its own spec in at its end
  const app = parts.list.get(key);
  if (!app || app.workers.length === 0) return fail(problem('app/busy', { name: spec.name, doing: 'delete' }));
  parts.list.declare(spec, app.masterId); // before all else: a watch or schedule of the former spec begins nothing more
  const amended = await amendApp(parts, app, spec);
  if (!amended.ok) {
    parts.list.declare(app.spec, app.masterId);
    return amended;
  }
  const removed = await shrinkTo(parts, app, spec.instances);
  const pmIds = (parts.list.get(app.key)?.workers ?? []).filter(rests).map(({ view }) => view.pmId);
  const started =
    spec.autostart && pmIds.length > 0
      ? await start(parts, app, pmIds)
      : succeed({ name: spec.name, namespace: spec.namespace, workers: [] });
  const added = await growTo(parts, app, spec);
  return mergeReports(spec, [...removed, started, ...added]);
}

const start = (parts: Parts, { key, masterId, spec }: AppEntry, pmIds: number[]): Promise<Outcome<AppReport>> =>
  parts.masters.use({ masterId, name: spec.name }, (master) => master.call('pool.restart', { app: key, pmIds }));

/** Stopped by hand, or given up; what ended by itself has done what it had to do. */
const rests = ({ shouldRun, view }: WorkerEntry): boolean => !shouldRun && !view.finished;
