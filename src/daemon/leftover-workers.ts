import { setTimeout as delay } from 'node:timers/promises';
import type { AppEntry } from './app-list.ts';
import { type ProcessRow, readProcessTable } from './process-table.ts';

/** Workers of a dead cluster master exit by themselves, and the others were asked to: after this they are killed. */
const GRACE_MS = 2000;

/** A killed process is gone in a moment, unless it hangs in the kernel. */
const KILLED_MS = 3000;

const FIRST_LOOK_AGAIN_MS = 10;
const LONGEST_WAIT_MS = 200;

/**
 * Ends every process that a dead master left behind, so that nothing is orphaned and no port is taken when its apps start again.
 * Resolves with the pids that did not even go when they were killed.
 */
export async function endLeftovers(home: string, apps: readonly AppEntry[]): Promise<number[]> {
  const startedAt = Date.now();
  let asked = false;
  for (let waitMs = FIRST_LOOK_AGAIN_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    const leftovers = findLeftovers(await readProcessTable(), home, apps);
    if (leftovers.length === 0) return [];
    const elapsedMs = Date.now() - startedAt;
    if (elapsedMs > GRACE_MS + KILLED_MS) return leftovers.map(({ pid }) => pid);
    for (const { pid, signal } of leftovers) {
      if (elapsedMs > GRACE_MS) sendSignal(pid, 'SIGKILL');
      else if (!asked) sendSignal(pid, signal);
    }
    asked = true;
    await delay(waitMs);
  }
}

/** A process of a dead master, with the signal that its app is asked to stop with. */
interface Leftover {
  readonly pid: number;
  readonly signal: NodeJS.Signals;
}

/**
 * Known workers by pid and start time; whatever carries the marks of a worker in its environment, such as the successors of a reload
 * and what a worker has started; and the descendants of these. An app that does not want its tree killed loses its workers alone.
 */
export function findLeftovers(table: readonly ProcessRow[], home: string, apps: readonly AppEntry[]): Leftover[] {
  const found = new Map<number, Leftover>();
  for (const { spec, workers } of apps) {
    const known = workers.map(({ view }) => view);
    const marks = spec.treekill ? known.map(({ pmId }) => `pm_id=${pmId}`) : [];
    const isRoot = (row: ProcessRow): boolean =>
      known.some(({ pid, startTicks }) => pid === row.pid && startTicks === row.startTicks) ||
      (row.environment.includes(`PM2_HOME=${home}`) && marks.some((mark) => row.environment.includes(mark)));
    const roots = table.filter(isRoot);
    for (const { pid } of spec.treekill ? withDescendants(roots, table) : roots) {
      if (pid !== process.pid) found.set(pid, { pid, signal: spec.killSignal });
    }
  }
  return [...found.values()];
}

function withDescendants(roots: readonly ProcessRow[], table: readonly ProcessRow[]): ProcessRow[] {
  const found = new Map(roots.map((row) => [row.pid, row]));
  for (const { pid } of found.values()) {
    for (const row of table) if (row.parent === pid) found.set(row.pid, row); // a Map goes on to what is added on the way
  }
  return [...found.values()];
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // gone meanwhile, which is what is wanted
  }
}
