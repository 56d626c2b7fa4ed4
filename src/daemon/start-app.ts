import type { AppReport, DaemonRequests, ReloadReceipt } from '../protocol/messages.ts';
import { type AppSpec, appKey } from '../shared/app-spec.ts';
import { fail, type Outcome } from '../shared/outcome.ts';
import { problem } from '../shared/problems.ts';
import type { AppEntry } from './app-list.ts';
import { masterIdFor, sameMaster } from './master-id.ts';
import type { Parts } from './parts.ts';
import { addWorkers, deleteWorkers, growTo, mergeReports, shrinkTo } from './pool-size.ts';
import { reloadApp } from './reload-app.ts';
import { lastWorkers } from './slots.ts';

/** What to do with an app that is in the list already. */
export type Existing = DaemonRequests['app.start']['params']['existing'];

/** Declares and starts an app; one that is there is refused when it runs, or gets the new spec by a restart or a reload. */
export async function startApp(
  parts: Parts,
  given: AppSpec,
  {
    existing,
    signal,
    inPlaceOf,
    ...bound
  }: { existing: Existing; signal: AbortSignal; parallel?: number; inPlaceOf?: string },
): Promise<Outcome<AppReport | ReloadReceipt>> {
  const known = parts.list.get(appKey(given));
  const former = inPlaceOf === undefined ? undefined : parts.list.get(inPlaceOf);
  if (former && former !== known) {
    return known ? fail(problem('app/name-taken', { name: given.name })) : moveTo(parts, former, given);
  }
  if (known === undefined) return startNew(parts, given);
  const spec = { ...given, appliedFrom: given.appliedFrom ?? formerOrigin(known, given) };
  if (existing === 'refuse' && runs(known)) {
    return fail(problem('app/already-running', { name: spec.name, script: known.spec.script }));
  }
  if (known.workers.length === 0) return fail(problem('app/busy', { name: spec.name, doing: 'start' }));
  if (!sameMaster(known.spec, spec)) return moveTo(parts, known, spec);
  if (existing === 'keep') return (await import('./keep-app.ts')).keepApp(parts, known, spec);
  return existing === 'reload'
    ? reloadWith(parts, known, { spec, signal, ...bound })
    : restartWith(parts, known, { spec, ...bound });
}

/** `pm start <file>` takes an app away from no file that it was applied from. */
const formerOrigin = ({ spec }: AppEntry, { configFile }: AppSpec): AppSpec['appliedFrom'] =>
  spec.configFile === configFile ? spec.appliedFrom : null;

/** One without workers has just been declared by somebody else. */
const runs = ({ workers }: AppEntry): boolean => workers.length === 0 || workers.some(({ shouldRun }) => shouldRun);

async function startNew(parts: Parts, spec: AppSpec, former: readonly number[] = []): Promise<Outcome<AppReport>> {
  const { list, masters } = parts;
  const key = appKey(spec);
  const masterId = masterIdFor(spec, [...masters.ids, ...list.all().map((app) => app.masterId)]);
  list.declare(spec, masterId);
  const added = await addWorkers(parts, { key, spec, masterId, workers: [] }, { spec, count: spec.instances, former });
  list.forgetIfEmpty(key);
  masters.endIfUnused(masterId);
  return added;
}

/** Another mode or pool is another master, and another name another app: the old one ends first, as two cannot have its ports. */
async function moveTo(parts: Parts, known: AppEntry, spec: AppSpec): Promise<Outcome<AppReport>> {
  const pmIds = known.workers.map(({ view }) => view.pmId);
  const deleted = await deleteWorkers(parts, known, pmIds);
  return deleted.ok ? startNew(parts, spec, pmIds) : deleted;
}

async function restartWith(
  parts: Parts,
  known: AppEntry,
  { spec, ...bound }: { spec: AppSpec; parallel?: number },
): Promise<Outcome<AppReport>> {
  const { key, masterId } = known;
  const removed = await shrinkTo(parts, known, spec.instances);
  const restarted = await parts.masters.use({ masterId, name: spec.name }, (master) =>
    master.call('pool.restart', { app: key, pmIds: remaining(known, spec.instances), spec, ...bound }),
  );
  if (restarted.ok) parts.list.declare(spec, masterId);
  const added = await growTo(parts, known, spec);
  return mergeReports(spec, [...removed, restarted, ...added]);
}

async function reloadWith(
  parts: Parts,
  known: AppEntry,
  { spec, ...order }: { spec: AppSpec; parallel?: number; signal: AbortSignal },
): Promise<Outcome<ReloadReceipt>> {
  const pmIds = remaining(known, spec.instances);
  const reloaded = await reloadApp(parts, { app: known, pmIds }, { spec, ...order });
  if (!reloaded.ok) return reloaded;
  parts.list.declare(spec, known.masterId);
  const resized = [...(await shrinkTo(parts, known, spec.instances)), ...(await growTo(parts, known, spec))];
  return resized.find((outcome) => !outcome.ok) ?? reloaded;
}

/** The ids that stay when an app is cut to a size. */
function remaining({ workers }: AppEntry, size: number): number[] {
  const leaving = new Set(lastWorkers(workers, Math.max(workers.length - size, 0)));
  return workers.map(({ view }) => view.pmId).filter((pmId) => !leaving.has(pmId));
}
