import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { PipeFlow } from './pipe-flow.ts';

/** How long lines gather in the pipe before they are fetched: an app that logs a line per request wakes us 125 times a second. */
const GATHER_MS = 8;
// Above either of these in GATHER_MS the app is a firehose, and waiting would only fill its pipe. A socket takes about
// 270 small writes (measured: 208 kB of accounting at 768 bytes each), whatever their length.
const BUSY_BYTES = 8 * 1024;
const BUSY_LINES = 100;

const NEWLINE = 0x0a;

/** Reads one pipe of a worker: in rests while little comes, without pause while much does, not at all while the files are crowded. */
export class PipeReader {
  readonly #flow: PipeFlow;
  readonly #source: Readable;
  readonly #take: (chunk: Buffer) => Promise<void> | null;
  readonly ended: Promise<void>;
  #resting: NodeJS.Timeout | null = null;
  #waiting = false;
  #hurried = false;
  #windowAt = 0;
  #windowBytes = 0;
  #windowLines = 0;
  #chunks = 0;

  /** `take` gets each chunk; a promise that it gives back holds the reading up until it resolves. */
  constructor(source: Readable, take: (chunk: Buffer) => Promise<void> | null) {
    this.#source = source;
    this.#flow = new PipeFlow(source);
    this.#take = take;
    this.ended = new Promise((resolve) => source.once('close', resolve));
    // A reset of the pipe is its end; what was read counts.
    source.on('error', () => {});
    source.on('data', (chunk: Buffer) => this.#onChunk(chunk));
  }

  /** Resolves once nothing has come for `quietMs` while the pipe was really being read, or at its end. */
  async quiet(quietMs: number): Promise<void> {
    this.#hurried = true;
    this.#endRest();
    for (let seen = -1; seen !== this.#chunks && !this.#source.destroyed; ) {
      seen = this.#chunks;
      // Timers run before the pipes are looked at; an immediate runs after. Without it a busy loop would look quiet.
      await Promise.race([this.ended, delay(quietMs).then(() => new Promise(setImmediate))]);
      if (this.#waiting) seen = -1;
    }
    this.#hurried = false;
  }

  #onChunk(chunk: Buffer): void {
    this.#chunks += 1;
    const held = this.#take(chunk);
    if (held) this.#holdUntil(held);
    else if (!this.#isBusy(chunk) && !this.#hurried) this.#rest();
  }

  #holdUntil(held: Promise<void>): void {
    this.#waiting = true;
    this.#flow.stop();
    held.then(() => {
      this.#waiting = false;
      this.#flow.start();
    });
  }

  #rest(): void {
    this.#flow.stop();
    this.#resting ??= setTimeout(() => this.#endRest(), GATHER_MS);
  }

  #endRest(): void {
    if (this.#resting === null) return;
    clearTimeout(this.#resting);
    this.#resting = null;
    if (!this.#waiting) this.#flow.start();
  }

  /** Whether this much in this time is too much to rest. */
  #isBusy(chunk: Buffer): boolean {
    const now = performance.now();
    if (now - this.#windowAt > GATHER_MS) {
      const wasBusy = this.#windowBytes >= BUSY_BYTES || this.#windowLines >= BUSY_LINES;
      this.#windowAt = now;
      this.#windowBytes = 0;
      this.#windowLines = 0;
      if (wasBusy) {
        this.#count(chunk);
        return true;
      }
    }
    this.#count(chunk);
    return this.#windowBytes >= BUSY_BYTES || this.#windowLines >= BUSY_LINES;
  }

  #count(chunk: Buffer): void {
    this.#windowBytes += chunk.length;
    if (this.#windowBytes >= BUSY_BYTES) return;
    let at = chunk.indexOf(NEWLINE);
    for (; at !== -1 && this.#windowLines < BUSY_LINES; at = chunk.indexOf(NEWLINE, at + 1)) this.#windowLines += 1;
  }
}
