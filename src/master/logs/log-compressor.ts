import { dirname, join } from 'node:path';
import { gzipFile } from './gzip-file.ts';
import { listRotated } from './shelf-files.ts';

/** A log that is rotated more often than this is a firehose: what it leaves will be deleted soon, and compressing would cost its app. */
const REST_MS = 2000;

/** Compresses what was put away, one file at a time, once a log has been at rest for a while. */
export class LogCompressor {
  readonly #due = new Map<string, NodeJS.Timeout>();
  readonly #stop = new AbortController();
  #working: Promise<void> = Promise.resolve();

  /** Everything of this log that was put away and is not compressed. */
  compressSoon(log: string): void {
    const due = this.#due.get(log);
    if (due) due.refresh();
    else this.#due.set(log, setTimeout(() => this.#begin(log), REST_MS).unref());
  }

  /** Ends what is under way; the files stay as they were. */
  async close(): Promise<void> {
    for (const due of this.#due.values()) clearTimeout(due);
    this.#stop.abort();
    await this.#working;
  }

  #begin(log: string): void {
    this.#due.delete(log);
    this.#working = this.#working.then(() => this.#compressAll(log));
  }

  /** The newest first: the others may be deleted before it is their turn. */
  async #compressAll(log: string): Promise<void> {
    for (const { name, gzip } of (await listRotated(log)).reverse()) {
      if (this.#stop.signal.aborted) return;
      // One that was deleted meanwhile, or that has no room on a full disk, is left.
      if (!gzip) await gzipFile(join(dirname(log), name), this.#stop.signal).catch(() => {});
    }
  }
}
