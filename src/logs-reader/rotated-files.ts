import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type RotatedLog, rotatedLogs } from '../shared/rotated-log.ts';
import { findLastLines, readLastLines } from './last-lines.ts';
import { GzipSegment, type LogSegment, MemorySegment, PlainSegment } from './log-segment.ts';

/** The file at the path of a log, and the number of the newest one that was there before it. */
export interface CurrentFile {
  readonly handle: FileHandle;
  readonly newestSeq: number;
}

/** Opens what is at the path; null: nothing that can be read. */
export async function openCurrent(path: string): Promise<CurrentFile | null> {
  for (;;) {
    const before = (await listRotated(path)).at(-1)?.seq ?? 0;
    const handle = await openIfThere(path);
    if (!handle) return null;
    const after = (await listRotated(path)).at(-1)?.seq ?? 0;
    if (before === after) return { handle, newestSeq: after };
    await handle.close(); // a rotation came between: which of the two was opened cannot be told
  }
}

/** The files that a log was rotated to, oldest first. */
export async function listRotated(path: string): Promise<RotatedLog[]> {
  return rotatedLogs(basename(path), await readdir(dirname(path)).catch(() => []));
}

/** When the last line was written to a rotated file, ms since the epoch; 0: it was deleted meanwhile. */
export async function writtenAt(path: string, log: RotatedLog): Promise<number> {
  return stat(join(dirname(path), log.name)).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}

/** Inode of a rotated file; null: it was deleted meanwhile. */
export async function inodeOf(path: string, log: RotatedLog): Promise<bigint | null> {
  return stat(join(dirname(path), log.name), { bigint: true }).then(
    ({ ino }) => ino,
    () => null,
  );
}

/** Opens a rotated file at its beginning; null: it was deleted meanwhile. */
export async function openRotated(path: string, log: RotatedLog): Promise<LogSegment | null> {
  const file = join(dirname(path), log.name);
  const handle = await openIfThere(file);
  if (log.gzip) {
    await handle?.close();
    return handle && new GzipSegment(file);
  }
  return handle ? new PlainSegment(handle, 0) : openRotated(path, compressed(log));
}

/** Opens a rotated file before its last lines, and says how many these are; null: it was deleted meanwhile. */
export async function openRotatedAtLastLines(
  path: string,
  log: RotatedLog,
  wanted: number,
): Promise<{ segment: LogSegment; lines: number } | null> {
  const file = join(dirname(path), log.name);
  if (log.gzip) {
    if (wanted === Number.POSITIVE_INFINITY) return { segment: new GzipSegment(file), lines: 0 };
    const found = await readLastLines(new GzipSegment(file), wanted).catch((error: NodeJS.ErrnoException) => error);
    if (!(found instanceof Error)) return { segment: new MemorySegment(found.bytes), lines: found.lines };
    return found.code === 'ENOENT' ? null : { segment: noticeSegment(`${log.name} is damaged`), lines: 0 };
  }
  const handle = await openIfThere(file);
  if (!handle) return openRotatedAtLastLines(path, compressed(log), wanted);
  const found = await findLastLines(handle, (await handle.stat()).size, wanted);
  return { segment: new PlainSegment(handle, found.offset), lines: found.lines };
}

/** A line of our own among those of a log. */
export const noticeSegment = (text: string): LogSegment => new MemorySegment(Buffer.from(`[pm] ${text}\n`));

const compressed = (log: RotatedLog): RotatedLog => ({ ...log, name: `${log.name}.gz`, gzip: true });

/** null: nothing that has a beginning and an end: it is not there, may not be read, or is a FIFO or a device. */
async function openIfThere(path: string): Promise<FileHandle | null> {
  // Looked at first, for to open a FIFO is to wait for its writer.
  const found = await stat(path).catch(() => null);
  return found?.isFile() ? open(path, 'r').catch(() => null) : null;
}
