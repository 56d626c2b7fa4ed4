import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { LogRotation } from '../../shared/log-rotation.ts';
import { logOfRotated } from '../../shared/rotated-log.ts';
import { PARTIAL } from './gzip-file.ts';
import { filesToDelete, type KeptFile, type RetentionLimits } from './retention-policy.ts';
import { measureRotated, sizeOf } from './shelf-files.ts';

/** Size that the file at a path may grow to. 0: any. */
type MaxBytes = (path: string) => number;

interface Shelved {
  readonly logs: readonly string[];
  /** What else may go. */
  readonly left?: readonly KeptFile[];
  readonly inUse: readonly string[];
  readonly maxBytes: MaxBytes;
}

/** Deletes of an app's logs what its rules no longer allow. */
export async function tidyApp(logs: readonly string[], rotation: LogRotation, maxBytes: MaxBytes): Promise<void> {
  await tidy({ logs, inUse: logs, maxBytes }, rotation);
}

/**
 * Deletes of a whole folder of logs what is more than `maxTotalBytes`, the oldest first, whoever wrote it: what was put away, and what
 * apps left behind that are gone or have been silent for a day. Should such an app write again, its file is made anew.
 */
export async function tidyFolder(
  folder: string,
  maxTotalBytes: number,
  { maxBytes, isOurs }: { maxBytes: MaxBytes; isOurs: (path: string) => boolean },
): Promise<void> {
  if (maxTotalBytes === 0) return;
  const names = await readdir(folder).catch(() => []);
  const path = (name: string): string => join(folder, name);
  const logs = [...new Set(names.map(logOfRotated).filter((log) => log !== null))].map(path);
  const current = names.filter((name) => logOfRotated(name) === null).map(path);
  const left = (await Promise.all(current.filter((log) => !isOurs(log)).map(measureLeft))).filter(isFound);
  const inUse = current.filter((log) => left.every(({ path }) => path !== log));
  const limits = { keep: Number.MAX_SAFE_INTEGER, maxAgeMs: 0, maxTotalBytes };
  await tidy({ logs, left, inUse, maxBytes }, limits);
}

const SILENT_MS = 86_400_000;

/** A file that nobody has written to for a day; null: it is not such a one. */
async function measureLeft(path: string): Promise<KeptFile | null> {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile() || Date.now() - found.mtimeMs < SILENT_MS) return null;
  return { path, log: path, seq: Number.MAX_SAFE_INTEGER, sizeBytes: found.size, writtenAt: found.mtimeMs };
}

const isFound = (file: KeptFile | null): file is KeptFile => file !== null;

/** Until the next look, files in use may become as large as they may be: they count as if they were. */
async function tidy({ logs, left = [], inUse, maxBytes }: Shelved, limits: RetentionLimits): Promise<void> {
  const [files, sizes] = await Promise.all([Promise.all(logs.map(measureRotated)), Promise.all(inUse.map(sizeOf))]);
  const currentBytes = inUse.reduce((sum, path, at) => sum + Math.max(sizes[at] ?? 0, maxBytes(path)), 0);
  await Promise.all(
    filesToDelete([...files.flat(), ...left], limits, { currentBytes, now: Date.now() }).map(deleteFile),
  );
}

async function deleteFile({ path }: KeptFile): Promise<void> {
  await Promise.all([path, `${path}${PARTIAL}`].map((file) => rm(file, { force: true })));
}
