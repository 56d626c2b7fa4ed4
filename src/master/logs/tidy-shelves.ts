import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { LogRotation } from '../../shared/log-rotation.ts';
import { logOfRotated } from '../../shared/rotated-log.ts';
import { PARTIAL } from './gzip-file.ts';
import { filesToDelete, type KeptFile, type RetentionLimits } from './retention-policy.ts';
import { measureRotated, sizeOf } from './shelf-files.ts';

/** Size that the file at a path may grow to. 0: any. */
type MaxBytes = (path: string) => number;

/** Deletes of an app's logs what its rules no longer allow. */
export async function tidyApp(logs: readonly string[], rotation: LogRotation, maxBytes: MaxBytes): Promise<void> {
  await tidy({ logs, inUse: logs, maxBytes }, rotation);
}

/** Deletes of a whole folder of logs what is more than `maxBytes`, the oldest first, whoever wrote it. */
export async function tidyFolder(folder: string, maxTotalBytes: number, maxBytes: MaxBytes): Promise<void> {
  if (maxTotalBytes === 0) return;
  const names = await readdir(folder).catch(() => []);
  const rotatedFrom = new Set(names.map(logOfRotated).filter((log) => log !== null));
  const inUse = names.filter((name) => logOfRotated(name) === null);
  const limits = { keep: Number.MAX_SAFE_INTEGER, maxAgeMs: 0, maxTotalBytes };
  const path = (name: string): string => join(folder, name);
  await tidy({ logs: [...rotatedFrom].map(path), inUse: inUse.map(path), maxBytes }, limits);
}

/** Until the next look, files in use may become as large as they may be: they count as if they were. */
async function tidy(
  { logs, inUse, maxBytes }: { logs: readonly string[]; inUse: readonly string[]; maxBytes: MaxBytes },
  limits: RetentionLimits,
): Promise<void> {
  const [files, sizes] = await Promise.all([Promise.all(logs.map(measureRotated)), Promise.all(inUse.map(sizeOf))]);
  const currentBytes = inUse.reduce((sum, path, at) => sum + Math.max(sizes[at] ?? 0, maxBytes(path)), 0);
  await Promise.all(filesToDelete(files.flat(), limits, { currentBytes, now: Date.now() }).map(deleteFile));
}

async function deleteFile({ path }: KeptFile): Promise<void> {
  await Promise.all([path, `${path}${PARTIAL}`].map((file) => rm(file, { force: true })));
}
