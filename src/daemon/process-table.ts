import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { isDead, parseProcStat } from '../shared/proc-stat.ts';

/** One process of the machine. */
export interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  /** Clock ticks since boot (proc(5), field 22); 0 where it cannot be told. */
  readonly startTicks: number;
  /** Settings of its environment; empty when they may not be read. */
  readonly environment: readonly string[];
}

/** Every process that runs now; with what it inherited, on Linux. Zombies are not among them. */
export function readProcessTable(): Promise<ProcessRow[]> {
  return process.platform === 'linux' ? readProc() : askPs();
}

async function readProc(): Promise<ProcessRow[]> {
  const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 0);
  const rows = await Promise.all(pids.map(readProcEntry));
  return rows.filter((row) => row !== null);
}

async function readProcEntry(pid: number): Promise<ProcessRow | null> {
  const [text, environ] = await Promise.all([readOrEmpty(`/proc/${pid}/stat`), readOrEmpty(`/proc/${pid}/environ`)]);
  const stat = parseProcStat(text);
  if (stat === undefined || isDead(stat)) return null;
  return { pid, parent: stat.parent, startTicks: stat.startTicks, environment: environ.split('\0') };
}

const readOrEmpty = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');

function askPs(): Promise<ProcessRow[]> {
  return new Promise((resolve) => {
    execFile('ps', ['-axo', 'pid=,ppid=,stat='], { maxBuffer: 16 * 1024 * 1024 }, (_error, stdout) => {
      const rows = stdout.split('\n').map((line) => line.trim().split(/\s+/));
      resolve(
        rows
          .filter(([pid, , state]) => Number(pid) > 0 && !state?.startsWith('Z'))
          .map(([pid, parent]) => ({ pid: Number(pid), parent: Number(parent), startTicks: 0, environment: [] })),
      );
    });
  });
}
