/** A log file on disk. */
export interface KeptFile {
  readonly path: string;
  /** Path of the log that it was put away from. */
  readonly log: string;
  readonly seq: number;
  readonly sizeBytes: number;
  /** When the last line was written to it, ms since the epoch. */
  readonly writtenAt: number;
}

/** What may stay. 0: no limit, except for `keep`. */
export interface RetentionLimits {
  /** Files put away of each log. */
  readonly keep: number;
  readonly maxAgeMs: number;
  /** Of all of them together with the files being written. */
  readonly maxTotalBytes: number;
}

/** Which of the files that were put away have to go: too many, too old, or, the oldest first, more than fits beside `currentBytes`. */
export function filesToDelete(
  files: readonly KeptFile[],
  limits: RetentionLimits,
  { currentBytes, now }: { currentBytes: number; now: number },
): KeptFile[] {
  const logs = [...new Set(files.map(({ log }) => log))];
  const kept = logs.flatMap((log) =>
    files
      .filter((file) => file.log === log)
      .sort((a, b) => b.seq - a.seq)
      .filter((file, at) => at < limits.keep && !isTooOld(file, limits, now)),
  );
  const stay = new Set(limits.maxTotalBytes === 0 ? kept : newestWithin(kept, limits.maxTotalBytes - currentBytes));
  return files.filter((file) => !stay.has(file));
}

const isTooOld = ({ writtenAt }: KeptFile, { maxAgeMs }: RetentionLimits, now: number): boolean =>
  maxAgeMs > 0 && now - writtenAt > maxAgeMs;

function newestWithin(files: readonly KeptFile[], roomBytes: number): KeptFile[] {
  let left = roomBytes;
  const newestFirst = files.toSorted((a, b) => b.writtenAt - a.writtenAt || b.seq - a.seq);
  const tooMuch = newestFirst.findIndex(({ sizeBytes }) => {
    left -= sizeBytes;
    return left < 0;
  });
  return tooMuch === -1 ? newestFirst : newestFirst.slice(0, tooMuch);
}
