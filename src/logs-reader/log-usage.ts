import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { rotatedLogs } from '../shared/rotated-log.ts';

/** What a log takes on disk. */
export interface LogUsage {
  /** Of the file being written; 0 in the moment in which it has just been put away. null: there never was one. */
  readonly currentBytes: number | null;
  /** Files that were put away. */
  readonly rotated: number;
  readonly rotatedBytes: number;
}

/** Measures a log with all that was put away of it. */
export async function measureLog(path: string): Promise<LogUsage> {
  const rotated = rotatedLogs(basename(path), await readdir(dirname(path)).catch(() => []));
  const sizes = await Promise.all(rotated.map(({ name }) => sizeOf(join(dirname(path), name))));
  return {
    currentBytes: (await sizeOf(path)) ?? (rotated.length > 0 ? 0 : null),
    rotated: rotated.length,
    rotatedBytes: sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0),
  };
}

const sizeOf = (path: string): Promise<number | null> =>
  stat(path).then(
    ({ size }) => size,
    () => null,
  );
