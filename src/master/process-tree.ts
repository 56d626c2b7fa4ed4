import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { MARKER_VARIABLE } from './worker-environment.ts';

/** What /proc/<pid>/stat tells of a process (proc(5)). */
interface Stat {
  readonly pid: number;
  readonly parent: number;
  readonly startTicks: number;
}

/** Start time of a process in clock ticks since boot, so that a reused pid is not mistaken for it; 0 where it cannot be told. */
export function startTicksOf(pid: number): number {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.startTicks ?? 0;
  } catch {
    return 0; // gone already, or no /proc here
  }
}

/** Every descendant of a process by the chain of parents, deepest first. Empty where there is no /proc. */
export async function descendantsOf(root: number): Promise<number[]> {
  const children = new Map<number, number[]>();
  for (const stat of await allStats()) children.set(stat.parent, [...(children.get(stat.parent) ?? []), stat.pid]);
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
  const wanted = `${MARKER_VARIABLE}=${marker}`;
  const found = await Promise.all(
    (await allPids()).map(async (pid) => {
      if (pid === process.pid) return [];
      const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
      return environment.includes(wanted) ? [pid] : [];
    }),
  );
  return found.flat();
}

/** Sends a signal and tells whether there was somebody to receive it. */
export function signalProcess(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false; // ESRCH: gone meanwhile, which is what a signal is sent for
  }
}

async function allStats(): Promise<Stat[]> {
  const stats = await Promise.all(
    (await allPids()).map(async (pid) => {
      const stat = parseStat(await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ''));
      return stat ? [stat] : [];
    }),
  );
  return stats.flat();
}

async function allPids(): Promise<number[]> {
  const names = await readdir('/proc').catch(() => []);
  return names.map(Number).filter((pid) => pid > 0);
}

/** The command name in brackets may itself hold spaces and brackets, so fields are counted from the last `)`. */
function parseStat(text: string): Stat | undefined {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  if (fields.length < 20) return undefined;
  return { pid: Number.parseInt(text, 10), parent: Number(fields[1]), startTicks: Number(fields[19]) };
}
