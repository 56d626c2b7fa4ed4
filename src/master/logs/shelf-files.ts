import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { logOfRotated, type RotatedLog, rotatedLogs } from '../../shared/rotated-log.ts';
import type { KeptFile } from './retention-policy.ts';

/** The files that a log was rotated to, oldest first. */
export async function listRotated(log: string): Promise<RotatedLog[]> {
  return rotatedLogs(basename(log), await readdir(dirname(log)).catch(() => []));
}

/** The same with size and age. One that vanishes meanwhile is left out. */
export async function measureRotated(log: string): Promise<KeptFile[]> {
  const files = (await listRotated(log)).map(async ({ name, seq }) => {
    const path = join(dirname(log), name);
    const found = await stat(path).catch(() => null);
    return found && { path, log, seq, sizeBytes: found.size, writtenAt: found.mtimeMs };
  });
  return (await Promise.all(files)).filter((file) => file !== null);
}

/** Size of a file in bytes; 0 when there is none. */
export async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

/** When a file was last written to, ms since the epoch; now when there is none. */
export async function writtenAt(path: string): Promise<number> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => Date.now(),
  );
}

/** How many logs a folder has, without those that were put away; at least 1. */
export async function countLogs(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  return Math.max(1, names.filter((name) => logOfRotated(name) === null).length);
}
