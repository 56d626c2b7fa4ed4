import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

// A FIFO without a reader must answer at once instead of holding a thread until one comes.
const FLAGS = constants.O_APPEND | constants.O_CREAT | constants.O_WRONLY | constants.O_NONBLOCK;

const NEWLINE = 0x0a;

/** What was found at the path of a log, open for appending. Every method rejects with the system's error. */
export class LogTarget {
  readonly #path: string;
  readonly #handle: FileHandle;
  /** Only an ordinary file can be emptied and put away; not a terminal, not a FIFO. */
  readonly #ordinary: boolean;
  #sizeBytes: number;
  #midLine = false;

  private constructor(path: string, handle: FileHandle, found: { isFile(): boolean; size: number }) {
    this.#path = path;
    this.#handle = handle;
    this.#ordinary = found.isFile();
    this.#sizeBytes = found.size;
  }

  /** Makes the file and its folders when they are missing. */
  static async open(path: string, mode: number): Promise<LogTarget> {
    const handle = await open(path, FLAGS, mode).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      const isPrivate = (mode & 0o077) === 0;
      await mkdir(dirname(path), { recursive: true, mode: isPrivate ? 0o700 : 0o777 });
      return open(path, FLAGS, mode);
    });
    try {
      return new LogTarget(path, handle, await handle.stat());
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** Whether `moreBytes` would make it larger than it may be. Not in the middle of a line, unless that takes too long. */
  isFull(maxBytes: number, moreBytes: number): boolean {
    if (maxBytes === 0 || !this.canBePutAway) return false;
    return this.#sizeBytes + moreBytes > (this.#midLine ? 2 * maxBytes : maxBytes);
  }

  /** Whether there is anything in it that could be. */
  get canBePutAway(): boolean {
    return this.#ordinary && this.#sizeBytes > 0;
  }

  /** Whether what is in it ends in the middle of a line. */
  get midLine(): boolean {
    return this.#midLine;
  }

  /** Appends as much as the system takes at once, and gives back how many bytes. */
  async write(buffers: Buffer[]): Promise<number> {
    const { bytesWritten } = await this.#handle.writev(buffers);
    this.#sizeBytes += bytesWritten;
    const wantedBytes = buffers.reduce((sum, buffer) => sum + buffer.length, 0);
    this.#midLine = bytesWritten < wantedBytes || buffers.at(-1)?.at(-1) !== NEWLINE;
    return bytesWritten;
  }

  async truncate(): Promise<void> {
    if (!this.#ordinary) return;
    await this.#handle.truncate(0);
    this.#sizeBytes = 0;
  }

  /** Whether the path still leads here: false once somebody deleted, renamed or replaced the file. */
  async isStillThere(): Promise<boolean> {
    const mine = await this.#handle.stat({ bigint: true });
    this.#sizeBytes = Number(mine.size);
    try {
      const there = await stat(this.#path, { bigint: true });
      return there.ino === mine.ino && there.dev === mine.dev;
    } catch (error) {
      // A folder that may no longer be looked into is no reason to give up a file that can still be written.
      return (error as NodeJS.ErrnoException).code !== 'ENOENT'; // fs rejects with nothing else
    }
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}
