import { readdirSync, readFileSync } from 'node:fs';

/** What /proc (proc(5)) knows of a process. Start time tells it from a later one with the same pid. */
export interface Proc {
  readonly pid: number;
  readonly ppid: number;
  readonly state: string;
  readonly startTicks: number;
  readonly command: string;
}

/** A process by its pid; undefined when there is none, or it is only waiting to be reaped. */
export function procOf(pid: number): Proc | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' '); // from field 3: the name before may hold spaces
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    const [state = '', ppid] = fields;
    if (state === 'Z' || state === 'X') return undefined;
    return { pid, ppid: Number(ppid), state, startTicks: Number(fields[19]), command };
  } catch {
    return undefined;
  }
}

export const isAlive = (pid: number): boolean => procOf(pid) !== undefined;

/** Whether this very process still runs, and not another that got its pid. */
export const stillRuns = ({ pid, startTicks }: Proc): boolean => procOf(pid)?.startTicks === startTicks;

/** Every process that runs now. */
function allProcs(): Proc[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => procOf(Number(name)))
    .filter((proc) => proc !== undefined);
}

/** Processes that were started with one of these settings (`NAME=value`) in their environment, by whatever way. */
export function procsWithEnv(settings: readonly string[]): Proc[] {
  return allProcs().filter(({ pid }) => environOf(pid).some((setting) => settings.includes(setting)));
}

function environOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    return []; // gone, or another user's
  }
}

/** Children, their children, and so on. */
export function descendantsOf(pids: readonly number[], procs: readonly Proc[] = allProcs()): Proc[] {
  const children = procs.filter(({ ppid }) => pids.includes(ppid));
  return children.length === 0
    ? []
    : [
        ...children,
        ...descendantsOf(
          children.map(({ pid }) => pid),
          procs,
        ),
      ];
}
