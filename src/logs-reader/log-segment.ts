import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';

const CHUNK_BYTES = 64 * 1024;

/** One of the files that make up a log, read from a place on. */
export interface LogSegment {
  /** The next bytes, valid until the next call; null: no more for now. */
  read(): Promise<Buffer | null>;
  close(): Promise<void>;
}

/** A file that may still grow, or be emptied. */
export class PlainSegment implements LogSegment {
  readonly handle: FileHandle;
  readonly #chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  #offset: number;
  /** Where reading pauses once; null: nowhere. */
  #pauseAt: number | null;

  constructor(handle: FileHandle, offset: number, pauseAt: number | null = null) {
    this.handle = handle;
    this.#offset = offset;
    this.#pauseAt = pauseAt;
  }

  static async open(path: string, offset: number): Promise<PlainSegment> {
    return new PlainSegment(await open(path, 'r'), offset);
  }

  async read(): Promise<Buffer | null> {
    const wanted = this.#pauseAt === null ? CHUNK_BYTES : Math.min(CHUNK_BYTES, this.#pauseAt - this.#offset);
    if (wanted <= 0) return null;
    const { bytesRead } = await this.handle.read(this.#chunk, 0, wanted, this.#offset);
    if (bytesRead === 0) return null;
    this.#offset += bytesRead;
    return this.#chunk.subarray(0, bytesRead);
  }

  /** True once, at the place where it was to pause. */
  endPause(): boolean {
    if (this.#pauseAt === null || this.#offset < this.#pauseAt) return false;
    this.#pauseAt = null;
    return true;
  }

  /** Goes back to the beginning when the file has become shorter than what was read of it. */
  async noticeTruncation(): Promise<boolean> {
    const { size } = await this.handle.stat();
    if (size >= this.#offset) return false;
    this.#offset = 0;
    return true;
  }

  close(): Promise<void> {
    return this.handle.close();
  }
}

/** A compressed file, which does not change any more. */
export class GzipSegment implements LogSegment {
  readonly #gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  readonly #chunks: AsyncIterator<Buffer>;

  constructor(path: string) {
    this.#chunks = this.#gunzip[Symbol.asyncIterator]();
    pipeline(createReadStream(path), this.#gunzip).catch(() => {}); // the iterator reports it
  }

  async read(): Promise<Buffer | null> {
    const next = await this.#chunks.next();
    return next.done ? null : next.value;
  }

  async close(): Promise<void> {
    this.#gunzip.destroy();
  }
}

/** Bytes that are there already. */
export class MemorySegment implements LogSegment {
  #left: Buffer | null;

  constructor(bytes: Buffer) {
    this.#left = bytes;
  }

  async read(): Promise<Buffer | null> {
    const bytes = this.#left;
    this.#left = null;
    return bytes;
  }

  async close(): Promise<void> {}
}
