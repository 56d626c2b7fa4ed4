import type { AppReport, DaemonRequests, Handlers } from '../../protocol/messages.ts';
import { fail, type Outcome, succeed } from '../../shared/outcome.ts';
import { problem } from '../../shared/problems.ts';
import type { AppEntry } from '../app-list.ts';
import type { Parts } from '../parts.ts';
import { addWorkers, amendApp, removeWorkers } from '../pool-size.ts';
import { MAX_INSTANCES } from '../spec-shape.ts';
import { selectTargets } from '../targets.ts';
import { partition } from './start.ts';

type Size = Pick<DaemonRequests['app.scale']['params'], 'to' | 'by'>;

/** More or fewer workers. The new number is part of the app's declaration from then on. */
export const scaleHandlers = (parts: Parts): Pick<Handlers<DaemonRequests>, 'app.scale'> => ({
  'app.scale': async ({ target, ...size }) => {
    const { selected, problems } = selectTargets([target], parts.list.all());
    const outcomes = await Promise.all(selected.map(({ app }) => scale(parts, app, size)));
    const { values, problems: failed } = partition(outcomes);
    return succeed({ reports: values, problems: [...problems, ...failed] });
  },
});

async function scale(parts: Parts, app: AppEntry, { to, by = 0 }: Size): Promise<Outcome<AppReport>> {
  const now = app.workers.length;
  const wanted = Math.min(Math.max(to ?? now + by, 0), MAX_INSTANCES);
  if (wanted === now) return fail(problem('app/nothing-to-scale', { name: app.spec.name, instances: now }));
  if (wanted === 0) return removeWorkers(parts, app, now);
  const spec = { ...app.spec, instances: wanted, instancesGiven: true };
  parts.list.declare(spec, app.masterId);
  if (wanted > now) return addWorkers(parts, app, { spec, count: wanted - now });
  await amendApp(parts, app, spec);
  return removeWorkers(parts, app, now - wanted);
}
