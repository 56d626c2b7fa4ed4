import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { noteWork } from '../optimization.ts';
import { PipeFlow } from './pipe-flow.ts';

/** How long lines gather in the pipe before they are fetched: an app that logs on and on wakes us 60 times a second at most. */
const GATHER_MS = 24;
/** Rests end at multiples of it, so that the outputs of several workers are fetched, and written, in one go. */
const BEAT_MS = 8;
/** Of an app that logs less often nothing gathers: a rest would only add to the work. */
const SELDOM_MS = 2 * GATHER_MS;
// What may gather meanwhile. A socket takes about 270 small writes (measured: 208 kB of accounting at 768 bytes each), whatever
// their length; an app that finds it full waits.
const GATHER_LINES = 192;
const GATHER_BYTES = 16 * 1024;
/** As much at once comes from a firehose: there is more where it came from. */
const FULL_READ_BYTES = 64 * 1024;
/** A rest that is shorter is none: timers are no finer. */
const SHORTEST_REST_MS = 1;

const NEWLINE = 0x0a;

/**
 * Reads one pipe of a worker: with rests that are the shorter the more comes, without any from a firehose, and not at all while the
 * files are crowded.
 */
export class PipeReader {
  readonly #flow: PipeFlow;
  readonly #take: (chunk: Buffer) => Promise<void> | null;
  readonly ended: Promise<void>;
  #resting: NodeJS.Timeout | null = null;
  #waiting = false;
  #hurried = false;
  #chunkAt = 0;
  #restMs = 0;
  #chunks = 0;

  /** `take` gets each chunk; a promise that it gives back holds the reading up until it resolves. */
  constructor(source: Readable, take: (chunk: Buffer) => Promise<void> | null) {
    this.#take = take;
    this.#flow = new PipeFlow(source, (chunk) => this.#onChunk(chunk));
    this.ended = this.#flow.ended;
  }

  /** Resolves once nothing has come for `quietMs` while the pipe was really being read, or at its end. */
  async quiet(quietMs: number): Promise<void> {
    this.#hurried = true;
    this.#endRest();
    for (let seen = -1; seen !== this.#chunks && !this.#flow.hasEnded; ) {
      seen = this.#chunks;
      // Timers run before the pipes are looked at; an immediate runs after. Without it a busy loop would look quiet.
      await Promise.race([this.ended, delay(quietMs).then(() => new Promise(setImmediate))]);
      if (this.#waiting) seen = -1;
    }
    this.#hurried = false;
  }

  #onChunk(chunk: Buffer): void {
    this.#chunks += 1;
    noteWork();
    const held = this.#take(chunk);
    if (held) this.#holdUntil(held);
    else if (!this.#hurried) this.#rest(this.#restAfter(chunk));
  }

  #holdUntil(held: Promise<void>): void {
    this.#waiting = true;
    this.#flow.stop();
    held.then(() => {
      this.#waiting = false;
      this.#flow.start();
    });
  }

  #rest(ms: number): void {
    if (ms < SHORTEST_REST_MS) return;
    this.#flow.stop();
    const lateMs = ms > BEAT_MS ? (performance.now() + ms) % BEAT_MS : 0;
    this.#resting ??= setTimeout(() => this.#endRest(), ms - lateMs);
  }

  #endRest(): void {
    if (this.#resting === null) return;
    clearTimeout(this.#resting);
    this.#resting = null;
    if (!this.#waiting) this.#flow.start();
  }

  /** The time in which as much gathers as may, at the pace of this chunk or the one before, whichever was the faster. */
  #restAfter(chunk: Buffer): number {
    const now = performance.now();
    const tookMs = now - this.#chunkAt;
    this.#chunkAt = now;
    const before = this.#restMs;
    const isPointless = chunk.length >= FULL_READ_BYTES || tookMs > SELDOM_MS;
    this.#restMs = isPointless ? 0 : tookMs * Math.min(GATHER_LINES / countLines(chunk), GATHER_BYTES / chunk.length);
    return Math.min(before, this.#restMs, GATHER_MS);
  }
}

/** Up to one more than may gather. */
function countLines(chunk: Buffer): number {
  let lines = 1;
  for (let at = chunk.indexOf(NEWLINE); at !== -1 && lines <= GATHER_LINES; at = chunk.indexOf(NEWLINE, at + 1))
    lines += 1;
  return lines;
}
