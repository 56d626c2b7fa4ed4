import type { ListedApp } from '../../protocol/messages.ts';
import { fail, type Outcome, succeed } from '../../shared/outcome.ts';
import { problem } from '../../shared/problems.ts';
import type { ListedWorker } from './list-rows.ts';

/** What each field of `--sort` compares. */
const keys = {
  name: ({ app }) => app.spec.name,
  namespace: ({ app }) => app.spec.namespace,
  pid: ({ worker }) => worker.pid,
  id: ({ worker }) => worker.pmId,
  cpu: ({ worker }) => worker.usage.cpuPercent,
  memory: ({ worker }) => worker.usage.memoryBytes,
  uptime: ({ worker }) => (worker.startedAt === 0 ? Number.NEGATIVE_INFINITY : -worker.startedAt),
  status: ({ worker }) => worker.status,
} satisfies Record<string, (row: ListedWorker) => string | number>;

/** The workers of all apps in the order that `--sort field[:asc|desc]` asks for; equal ones by id. Default: by name. */
export function sortWorkers(apps: readonly ListedApp[], order = 'name'): Outcome<ListedWorker[]> {
  const [field = '', direction = 'asc'] = order.split(':');
  if (!isField(field) || !['asc', 'desc'].includes(direction)) {
    return fail(
      problem('usage/invalid', {
        message: `The list cannot be sorted by "${order}".`,
        hint: `Write one of ${Object.keys(keys).join(', ')}, and ":desc" after it to turn the order round.`,
      }),
    );
  }
  const key = keys[field];
  const sign = direction === 'desc' ? -1 : 1;
  const rows = apps.flatMap((app) => app.workers.map((worker) => ({ app, worker })));
  return succeed(rows.sort((a, b) => sign * compare(key(a), key(b)) || a.worker.pmId - b.worker.pmId));
}

/** The apps of sorted workers: in the order of their first one, each with its workers in that order. */
export function appsInOrder(rows: readonly ListedWorker[]): ListedApp[] {
  const apps = new Map<ListedApp, ListedApp['workers'][number][]>();
  for (const { app, worker } of rows) apps.set(app, [...(apps.get(app) ?? []), worker]);
  return [...apps].map(([app, workers]) => ({ ...app, workers }));
}

const isField = (field: string): field is keyof typeof keys => Object.hasOwn(keys, field);

function compare(a: string | number, b: string | number): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
