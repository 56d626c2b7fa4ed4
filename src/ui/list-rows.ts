import type { WorkerView } from '../shared/worker-view.ts';
import type { AppModel, Model, RowKey } from './model.ts';

/** A row of the list. An app of one worker takes a single row, which stands for both. */
export interface ListRow {
  readonly key: RowKey;
  readonly app: AppModel;
  /** null: the head of an app with several workers. */
  readonly worker: WorkerView | null;
  readonly folded: boolean;
}

/** What the list shows, from top to bottom, without regard to its height. */
export function listRows({ apps, folded, filter }: Pick<Model, 'apps' | 'folded' | 'filter'>): ListRow[] {
  return [...apps]
    .filter(([key]) => key.toLowerCase().includes(filter.toLowerCase()))
    .sort(([, a], [, b]) => a.spec.name.localeCompare(b.spec.name) || a.spec.namespace.localeCompare(b.spec.namespace))
    .flatMap(([key, app]) => rowsOf(key, app, folded.has(key)));
}

function rowsOf(key: string, app: AppModel, folded: boolean): ListRow[] {
  const [only] = app.workers;
  if (app.workers.length < 2) return [{ key: { app: key, pmId: null }, app, worker: only ?? null, folded: false }];
  const head = { key: { app: key, pmId: null }, app, worker: null, folded };
  if (folded) return [head];
  return [head, ...app.workers.map((worker) => ({ key: { app: key, pmId: worker.pmId }, app, worker, folded: false }))];
}

/** Place of the selected row; that of its app when the worker is gone, the first when the app is. -1: the list is empty. */
export function selectedIndex(rows: readonly ListRow[], selected: RowKey | null): number {
  const exact = rows.findIndex(({ key }) => key.app === selected?.app && key.pmId === selected.pmId);
  if (exact >= 0) return exact;
  const head = rows.findIndex(({ key }) => key.app === selected?.app);
  return head >= 0 ? head : Math.min(0, rows.length - 1);
}

export function selectedRow(model: Model): ListRow | undefined {
  const rows = listRows(model);
  return rows[selectedIndex(rows, model.selected)];
}

/** First row shown in a list of that height: the selected one stays near the middle. */
export function firstVisible(index: number, { total, height }: { total: number; height: number }): number {
  return Math.max(0, Math.min(index - Math.floor(height / 2), total - height));
}

/** The workers that a row stands for. */
export const workersOf = ({ app, worker }: ListRow): readonly WorkerView[] => (worker ? [worker] : app.workers);
