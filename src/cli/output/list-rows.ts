import type { ListedApp } from '../../protocol/messages.ts';
import { formatMemory, formatUptime } from '../../shared/format.ts';
import type { Status } from '../../shared/worker-view.ts';
import { clip } from '../../ui/text-width.ts';
import type { Paint } from './paint.ts';
import { type Cell, tableWidth } from './table.ts';

/** One worker together with its app: what a row of the list shows. */
export interface ListedWorker {
  readonly app: ListedApp;
  readonly worker: ListedApp['workers'][number];
}

interface Column {
  readonly title: string;
  /** Longest text in columns of the terminal. */
  readonly max?: number;
  readonly text: (row: ListedWorker, now: number) => string;
  readonly color?: (row: ListedWorker) => keyof Paint;
}

const statusColor: Record<Status, keyof Paint> = {
  online: 'green',
  launching: 'yellow',
  stopping: 'yellow',
  'waiting restart': 'yellow',
  stopped: 'red',
  errored: 'red',
};

const column = {
  id: { title: 'id', text: ({ worker }) => String(worker.pmId), color: () => 'cyan' },
  name: { title: 'name', max: 40, text: ({ app }) => app.spec.name },
  namespace: { title: 'namespace', max: 20, text: ({ app }) => app.spec.namespace },
  version: { title: 'version', max: 16, text: ({ app }) => app.spec.version },
  mode: { title: 'mode', text: ({ app }) => app.spec.execMode, color: () => 'blue' },
  pid: { title: 'pid', text: ({ worker }) => (worker.pid === 0 ? 'N/A' : String(worker.pid)) },
  uptime: { title: 'uptime', text: ({ worker }, now) => uptimeOf(worker, now) },
  restarts: { title: '↺', text: ({ worker }) => String(worker.restarts) },
  status: { title: 'status', text: ({ worker }) => worker.status, color: ({ worker }) => statusColor[worker.status] },
  cpu: { title: 'cpu', text: ({ worker }) => `${Number(worker.usage.cpuPercent.toFixed(1))}%` },
  memory: { title: 'mem', text: ({ worker }) => formatMemory(worker.usage.memoryBytes) },
  user: { title: 'user', max: 16, text: ({ app }) => app.spec.username },
  watching: { title: 'watching', text: ({ app }) => (app.spec.watch.on ? 'enabled' : 'disabled') },
} satisfies Record<string, Column>;

const { id, name, namespace, version, mode, pid, uptime, restarts, status, cpu, memory, user, watching } = column;

/** The layouts of the list, widest first. */
const LAYOUTS: readonly (readonly Column[])[] = [
  [id, name, namespace, version, mode, pid, uptime, restarts, status, cpu, memory, user, watching],
  [id, { ...name, max: 20 }, mode, restarts, status, cpu, { ...memory, title: 'memory' }],
  [id, { ...name, max: 16 }, status, cpu, memory],
];

/** The layout of the list of modules, which follows that of the apps. */
const MODULE_LAYOUT: readonly Column[] = [
  id,
  { ...name, title: 'module' },
  version,
  pid,
  status,
  restarts,
  cpu,
  memory,
  user,
];

/** The list in the widest layout that fits into `columns`, the titles first. */
export function listRows(workers: readonly ListedWorker[], { now, columns, paint }: ListView): Cell[][] {
  let rows: Cell[][] = [];
  for (const layout of LAYOUTS) {
    rows = [titles(layout, paint), ...workers.map((row) => cells(layout, row, now, paint))];
    if (tableWidth(rows) <= columns) break;
  }
  return rows;
}

export const moduleRows = (modules: readonly ListedWorker[], { now, paint }: ListView): Cell[][] => [
  titles(MODULE_LAYOUT, paint),
  ...modules.map((row) => cells(MODULE_LAYOUT, row, now, paint)),
];

/** How the list is to be drawn. */
export interface ListView {
  readonly now: number;
  readonly columns: number;
  readonly paint: Paint;
}

/** Time since the running process was spawned; `0` when nothing runs. */
export function uptimeOf({ startedAt, status }: ListedWorker['worker'], now: number): string {
  return startedAt === 0 || status === 'waiting restart' ? '0' : formatUptime(now - startedAt);
}

const titles = (layout: readonly Column[], paint: Paint): Cell[] =>
  layout.map(({ title }) => ({ text: title, paint: (text) => paint.bold(paint.cyan(text)) }));

function cells(layout: readonly Column[], row: ListedWorker, now: number, paint: Paint): Cell[] {
  return layout.map(({ text, max = 20, color }) => {
    const cell = { text: clip(text(row, now), max) };
    return color ? { ...cell, paint: paint[color(row)] } : cell;
  });
}
