import type { Acted, AddedWorker, AppReport, DaemonRequests, Handlers } from '../../protocol/messages.ts';
import { appKey } from '../../shared/app-spec.ts';
import { fail, type Outcome, succeed } from '../../shared/outcome.ts';
import { problem } from '../../shared/problems.ts';
import type { RestoredApp } from '../../shared/restored-app.ts';
import { handOver } from '../hand-over.ts';
import { masterIdFor } from '../master-id.ts';
import type { Parts } from '../parts.ts';
import { partition } from './start.ts';

type DumpRequest = 'dump.save' | 'dump.clear' | 'dump.resurrect' | 'app.restore';

/** The saved list. */
export const dumpHandlers = (parts: Parts): Pick<Handlers<DaemonRequests>, DumpRequest> => ({
  'dump.save': async ({ force }) => {
    const apps = parts.list.all().filter(({ spec }) => !spec.module);
    const workers = apps.reduce((sum, app) => sum + app.workers.length, 0);
    if (workers === 0 && !force) return fail(problem('dump/empty'));
    const saved = await parts.dump.save(apps);
    return saved.ok ? succeed({ path: saved.value.path, workers }) : saved;
  },
  'dump.clear': () => parts.dump.save([]),
  'dump.resurrect': async () => {
    const saved = await parts.dump.read();
    if (!saved.ok) return saved;
    const { apps, foreign } = saved.value;
    return succeed({ ...(await restore(parts, apps)), foreign });
  },
  'app.restore': async ({ apps }) => succeed(await restore(parts, apps)),
});

/** Starts those that are not in the list. */
async function restore(parts: Parts, apps: readonly RestoredApp[]): Promise<Acted> {
  const missing = apps.filter(({ spec, workers }) => workers.length > 0 && !parts.list.get(appKey(spec)));
  const { values, problems } = partition(await Promise.all(missing.map((app) => resurrect(parts, app))));
  return { reports: values, problems };
}

/** Same slots, new ids, counters at 0. What was stopped is listed as stopped. */
async function resurrect(parts: Parts, { spec, workers }: RestoredApp): Promise<Outcome<AppReport>> {
  const { list, masters } = parts;
  const masterId = masterIdFor(spec, [...masters.ids, ...list.all().map((app) => app.masterId)]);
  list.declare(spec, masterId);
  const pmIds = list.takePmIds(workers.length);
  const added = workers.map(
    ({ slot, createdAt, shouldRun, finished = false }, index): AddedWorker => ({
      slot,
      pmId: pmIds[index] ?? 0, // as many as workers
      restarts: 0,
      createdAt,
      start: shouldRun,
      finished,
    }),
  );
  const outcome = await masters.use({ masterId, name: spec.name }, (master) => handOver(master, spec, added));
  list.forgetIfEmpty(appKey(spec));
  masters.endIfUnused(masterId);
  return outcome;
}
