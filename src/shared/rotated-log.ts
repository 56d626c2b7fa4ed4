/** A log file that was rotated away: `api-out.log.2026-08-01_10-11-12.17` and later the same with `.gz`. */
export interface RotatedLog {
  readonly name: string;
  /** Rises by one with each rotation of a file, so that readers know the order and notice what is missing. */
  readonly seq: number;
  readonly gzip: boolean;
}

const SUFFIX = /^\.\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d\.(\d+)(\.gz)?$/;

/** The log that a file of this name was rotated from; null: it was not rotated. */
export function logOfRotated(name: string): string | null {
  const match = /^(.+)\.\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d\.\d+(\.gz)?$/.exec(name);
  return match?.[1] ?? null;
}

/** The name that `base` gets when it is rotated. The time (ms since the epoch) is for people, in local time. */
export function rotatedName(base: string, seq: number, at: number): string {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${base}.${day}_${two(date.getHours())}-${two(date.getMinutes())}-${two(date.getSeconds())}.${seq}`;
}

/**
 * Those of a folder's names that `base` was rotated to, oldest first. One that is just being compressed and is there twice
 * counts once, as it was before.
 */
export function rotatedLogs(base: string, names: readonly string[]): RotatedLog[] {
  const bySeq = new Map<number, RotatedLog>();
  for (const name of names) {
    if (!name.startsWith(base)) continue;
    const match = SUFFIX.exec(name.slice(base.length));
    if (!match) continue;
    const log = { name, seq: Number(match[1]), gzip: match[2] !== undefined };
    if (!log.gzip || !bySeq.has(log.seq)) bySeq.set(log.seq, log);
  }
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}
