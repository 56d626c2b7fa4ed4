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

  constructor(handle: FileHandle, offset: number) {
    this.handle = handle;
    this.#offset = offset;
  }

  static async open(path: string, offset: number): Promise<PlainSegment> {
    return new PlainSegment(await open(path, 'r'), offset);
  }

  async read(): Promise<Buffer | null> {
    const { bytesRead } = await this.handle.read(this.#chunk, 0, CHUNK_BYTES, this.#offset);
    if (bytesRead === 0) return null;
    this.#offset += bytesRead;
    return this.#chunk.subarray(0, bytesRead);
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
  readonly #gunzip = createGunzip();
  readonly #chunks: AsyncIterator<Buffer>;
  #skipBytes: number;

  constructor(path: string, offset: number) {
    this.#skipBytes = offset;
    this.#chunks = this.#gunzip[Symbol.asyncIterator]();
    pipeline(createReadStream(path), this.#gunzip).catch(() => {}); // the iterator reports it
  }

  async read(): Promise<Buffer | null> {
    for (;;) {
      const next = await this.#chunks.next();
      if (next.done) return null;
      const skipped = Math.min(this.#skipBytes, next.value.length);
      this.#skipBytes -= skipped;
      if (skipped < next.value.length) return next.value.subarray(skipped);
    }
  }

  async close(): Promise<void> {
    this.#gunzip.destroy();
  }
}

/** A sentence of our own in the flow of a log. */
export class NoticeSegment implements LogSegment {
  #left: Buffer | null;

  constructor(text: string) {
    this.#left = Buffer.from(`[pm] ${text}\n`);
  }

  async read(): Promise<Buffer | null> {
    const text = this.#left;
    this.#left = null;
    return text;
  }

  async close(): Promise<void> {}
}
