import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { isDead, parseProcStat } from './proc-stat.ts';

/** A process, told apart from a later one with the same pid. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Its start time: clock ticks since boot on Linux (proc(5), field 22); what ps(1) prints as `lstart` elsewhere. */
  readonly startedAs: string;
}

/** Who has this pid now; null when nobody does, or only a zombie that waits to be reaped. */
export async function identify(pid: number): Promise<ProcessIdentity | null> {
  const startedAs = process.platform === 'linux' ? await startTicksOf(pid) : await psStartOf(pid);
  return startedAs === null ? null : { pid, startedAs };
}

/** Whether this very process still runs. */
export async function stillRuns(identity: ProcessIdentity): Promise<boolean> {
  return (await identify(identity.pid))?.startedAs === identity.startedAs;
}

/** Changes with each boot of the machine, so that pids and ticks of an earlier one mean nothing. */
export async function bootId(): Promise<string> {
  if (process.platform !== 'linux') return (await outputOf('sysctl', ['-n', 'kern.boottime'])) ?? 'unknown';
  return (await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => 'unknown')).trim();
}

async function startTicksOf(pid: number): Promise<string | null> {
  const stat = parseProcStat(await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ''));
  return stat === undefined || isDead(stat) ? null : String(stat.startTicks);
}

async function psStartOf(pid: number): Promise<string | null> {
  const text = await outputOf('ps', ['-o', 'stat=,lstart=', '-p', String(pid)]);
  return text === null || text === '' || text.startsWith('Z') ? null : text.replace(/^\S+\s+/, '');
}

const outputOf = (command: string, args: readonly string[]): Promise<string | null> =>
  new Promise((resolve) => {
    execFile(command, args, (error, stdout) => resolve(error ? null : stdout.trim()));
  });
