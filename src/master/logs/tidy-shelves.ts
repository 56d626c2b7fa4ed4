import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { LogRotation } from '../../shared/log-rotation.ts';
import { logOfRotated } from '../../shared/rotated-log.ts';
import { PARTIAL } from './gzip-file.ts';
import { filesToDelete, type KeptFile, type RetentionLimits } from './retention-policy.ts';
import { measureRotated, sizeOf } from './shelf-files.ts';

/** Deletes of an app's logs what its rules no longer allow. */
export async function tidyApp(logs: readonly string[], rotation: LogRotation): Promise<void> {
  await tidy(logs, logs, rotation);
}

/** Deletes of a whole folder of logs what is more than `maxBytes`, the oldest first, whoever wrote it. */
export async function tidyFolder(folder: string, maxBytes: number): Promise<void> {
  if (maxBytes === 0) return;
  const names = await readdir(folder).catch(() => []);
  const rotatedFrom = new Set(names.map(logOfRotated).filter((log) => log !== null));
  const inUse = names.filter((name) => logOfRotated(name) === null);
  const limits = { keep: Number.MAX_SAFE_INTEGER, maxAgeMs: 0, maxTotalBytes: maxBytes };
  const path = (name: string): string => join(folder, name);
  await tidy([...rotatedFrom].map(path), inUse.map(path), limits);
}

async function tidy(logs: readonly string[], inUse: readonly string[], limits: RetentionLimits): Promise<void> {
  const [files, sizes] = await Promise.all([Promise.all(logs.map(measureRotated)), Promise.all(inUse.map(sizeOf))]);
  const currentBytes = sizes.reduce((sum, size) => sum + size, 0);
  await Promise.all(filesToDelete(files.flat(), limits, { currentBytes, now: Date.now() }).map(deleteFile));
}

async function deleteFile({ path }: KeptFile): Promise<void> {
  await Promise.all([path, `${path}${PARTIAL}`].map((file) => rm(file, { force: true })));
}
