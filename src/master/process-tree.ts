import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { parseProcStat } from '../shared/proc-stat.ts';
import { MARKER_VARIABLE } from './worker-environment.ts';

/**
 * Processes looked at before others get a turn. A file of /proc is made when it is read: to do so in another thread costs
 * several times the reading itself, and all at once would let connections wait.
 */
const SLICE = 32;

/** Start time of a process in clock ticks since boot, so that a reused pid is not mistaken for it; 0 where it cannot be told. */
export const startTicksOf = (pid: number): number => parseProcStat(String(readProc(pid, 'stat')))?.startTicks ?? 0;

/** Every descendant of a process by the chain of parents, deepest first. Empty where there is no /proc. */
export async function descendantsOf(root: number): Promise<number[]> {
  const children = new Map<number, number[]>();
  await lookAtAll((pid) => {
    const stat = parseProcStat(String(readProc(pid, 'stat')));
    if (stat) children.set(stat.parent, [...(children.get(stat.parent) ?? []), pid]);
  });
  const found: number[] = [];
  let generation = children.get(root) ?? [];
  while (generation.length > 0) {
    found.unshift(...generation);
    generation = generation.flatMap((pid) => children.get(pid) ?? []);
  }
  return found;
}

/**
 * Processes that carry the marker of one start in their environment: also those that left the tree by a double fork or
 * setsid(2), which no chain of parents leads to any more.
 */
export async function markedProcesses(marker: string): Promise<number[]> {
  const wanted = Buffer.from(`${MARKER_VARIABLE}=${marker}`);
  const found: number[] = [];
  await lookAtAll((pid) => {
    if (pid !== process.pid && readProc(pid, 'environ').includes(wanted)) found.push(pid);
  });
  return found;
}

/** Sends a signal and tells whether there was somebody to receive it. */
export function signalProcess(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false; // ESRCH: gone meanwhile, which is what a signal is sent for
  }
}

async function lookAtAll(look: (pid: number) => void): Promise<void> {
  const names = await readdir('/proc').catch(() => []);
  const pids = names.map(Number).filter((pid) => pid > 0);
  for (const [index, pid] of pids.entries()) {
    if (index % SLICE === SLICE - 1) await nextTurn();
    look(pid);
  }
}

const NOTHING = Buffer.alloc(0);

function readProc(pid: number, file: 'stat' | 'environ'): Buffer {
  try {
    return readFileSync(`/proc/${pid}/${file}`);
  } catch {
    return NOTHING; // gone already, not ours to read, or no /proc here
  }
}
