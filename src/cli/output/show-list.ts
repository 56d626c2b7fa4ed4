import { formatMemory } from '../../shared/format.ts';
import type { Session } from '../command.ts';
import { hostLine } from './host-line.ts';
import { type ListedWorker, listRows, moduleRows } from './list-rows.ts';
import { sortWorkers } from './list-sort.ts';
import { drawTable } from './table.ts';

/** Width of the list when stdout is not a terminal: everything is shown. */
const UNLIMITED_COLUMNS = 300;

/**
 * Prints the table of all workers, and one of modules when there are some; with `host`, also what the machine does, which the daemon
 * begins to look at when it is asked. Gives the exit code.
 */
export async function showList(
  { ask, out }: Session,
  { order, host = false }: { order?: string | undefined; host?: boolean } = {},
): Promise<number> {
  const usage = host ? ask('host.usage', {}) : null; // on its way with the other question
  const reply = await ask('app.list', { env: false });
  if (!reply.ok) return out.problem(reply.problem);
  const workers = sortWorkers(reply.value, order);
  if (!workers.ok) return out.problem(workers.problem);
  const view = { now: Date.now(), columns: out.columns ?? UNLIMITED_COLUMNS, paint: out.paint };
  const modules = workers.value.filter(({ app }) => app.spec.module);
  const apps = workers.value.filter(({ app }) => !app.spec.module);
  out.line(drawTable(listRows(apps, view), { header: true }));
  if (modules.length > 0) out.line(drawTable(moduleRows(modules, view), { header: true }));
  const machine = await usage;
  if (machine?.ok && machine.value) out.line(hostLine(machine.value));
  for (const row of workers.value) if (row.worker.lostLogBytes > 0) out.warn(sayLoss(row));
  return 0;
}

const sayLoss = ({ app, worker }: ListedWorker): string =>
  `${formatMemory(worker.lostLogBytes)} of the output of "${app.spec.name}" (${worker.pmId}) could not be written to its log files. ` +
  `"pm flush ${app.spec.name}" empties them and this count.`;
