import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A path that is open for appending. */
export interface OpenTarget {
  readonly handle: FileHandle;
  /** Only an ordinary file can be emptied, renamed, or missed when it is gone; not /dev/stdout, not a FIFO. */
  readonly ordinary: boolean;
  readonly sizeBytes: number;
}

// A FIFO without a reader must answer at once instead of holding a thread until one comes.
const FLAGS = constants.O_APPEND | constants.O_CREAT | constants.O_WRONLY | constants.O_NONBLOCK;

/** Opens for appending, making the file and its folders when they are missing. Rejects with the system's error. */
export async function openTarget(path: string, mode: number): Promise<OpenTarget> {
  const handle = await open(path, FLAGS, mode).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    await mkdir(dirname(path), { recursive: true });
    return open(path, FLAGS, mode);
  });
  try {
    const found = await handle.stat();
    return { handle, ordinary: found.isFile(), sizeBytes: found.size };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Whether the path still leads to the open file: false once somebody deleted, renamed or replaced it. */
export async function isStillThere(path: string, target: OpenTarget): Promise<boolean> {
  if (!target.ordinary) return true;
  const mine = await target.handle.stat({ bigint: true });
  try {
    const there = await stat(path, { bigint: true });
    return there.ino === mine.ino && there.dev === mine.dev;
  } catch (error) {
    // A folder that may no longer be looked into is no reason to give up a file that can still be written.
    return (error as NodeJS.ErrnoException).code !== 'ENOENT'; // fs rejects with nothing else
  }
}
