import { formatMemory } from '../../shared/format.ts';
import type { Session } from '../command.ts';
import { type ListedWorker, listRows } from './list-rows.ts';
import { sortWorkers } from './list-sort.ts';
import { drawTable } from './table.ts';

/** Width of the list when stdout is not a terminal: everything is shown. */
const UNLIMITED_COLUMNS = 300;

/** Prints the table of all workers. Gives the exit code. */
export async function showList({ ask, out }: Session, order?: string): Promise<number> {
  const reply = await ask('app.list', { env: false });
  if (!reply.ok) return out.problem(reply.problem);
  const workers = sortWorkers(reply.value, order);
  if (!workers.ok) return out.problem(workers.problem);
  const view = { now: Date.now(), columns: out.columns ?? UNLIMITED_COLUMNS, paint: out.paint };
  out.line(drawTable(listRows(workers.value, view), { header: true }));
  for (const row of workers.value) if (row.worker.lostLogBytes > 0) out.warn(sayLoss(row));
  return 0;
}

const sayLoss = ({ app, worker }: ListedWorker): string =>
  `${formatMemory(worker.lostLogBytes)} of the output of "${app.spec.name}" (${worker.pmId}) could not be written to its log files. ` +
  `"pm flush ${app.spec.name}" empties them and this count.`;
