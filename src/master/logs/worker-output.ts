import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { lineFormat } from './line-format.ts';
import { type LineTarget, LineWriter } from './line-writer.ts';
import type { LogIdentity, LogStream } from './log-identity.ts';
import type { OutputRelay } from './output-relay.ts';
import { PipeReader } from './pipe-reader.ts';
import { StderrTail } from './stderr-tail.ts';

/** After an exit, how long a pipe that somebody else still holds must be silent before the report goes on without its end. */
const QUIET_MS = 50;
/** And the longest that such a pipe, or a disk that hangs, may hold the report up. */
const FINISH_MS = 3000;

/** What comes out of one worker, on its way into the files. */
export interface CapturedOutput {
  /**
   * To be called after the child's 'exit'. Reads both pipes to their end and writes everything, with an unfinished last line;
   * a grandchild that keeps a pipe open does not hold it up: what that writes goes on being read in the background.
   */
  finish(): Promise<void>;
  /** The last lines of stderr, oldest first: at most 20 and 4 KB. */
  stderrTail(): string[];
}

/** The two pipes of one worker process. */
export class WorkerOutput implements CapturedOutput {
  readonly #tail = new StderrTail();
  readonly #streams: readonly {
    readonly reader: PipeReader;
    readonly writer: LineWriter;
    readonly relay: OutputRelay | null;
  }[];
  /** Resolves when both pipes have ended and all their lines were handed to the files. */
  readonly ended: Promise<void>;

  constructor(at: {
    identity: LogIdentity;
    pid: number;
    pipes: readonly {
      stream: LogStream;
      source: Readable;
      relay: OutputRelay | null;
      files: readonly LineTarget[];
    }[];
    onLost: (bytes: number) => void;
  }) {
    this.#streams = at.pipes.map(({ stream, source, relay, files }) => {
      const writer = new LineWriter({ format: lineFormat(at.identity, at.pid, stream), files, onLost: at.onLost });
      const reader = new PipeReader(source, (chunk) => {
        if (stream === 'err') this.#tail.push(chunk);
        return bothOf(relay?.push(chunk) ?? null, writer.push(chunk));
      });
      return { reader, writer, relay };
    });
    const ends = this.#streams.map(async ({ reader, writer, relay }) => {
      await reader.ended;
      writer.finish();
      relay?.end();
    });
    this.ended = Promise.all(ends).then(() => {});
  }

  async finish(): Promise<void> {
    const giveUp = new AbortController();
    const limit = delay(FINISH_MS, undefined, { signal: giveUp.signal }).catch(() => {});
    await Promise.race([limit, Promise.all(this.#streams.map(({ reader }) => reader.quiet(QUIET_MS)))]);
    for (const { writer } of this.#streams) writer.finish();
    await Promise.race([
      limit,
      Promise.all(this.#streams.flatMap(({ writer, relay }) => [writer.written(), relay?.written()])),
    ]);
    giveUp.abort();
  }

  stderrTail(): string[] {
    return this.#tail.lines();
  }
}

/** One that holds the reading up until both would go on. */
const bothOf = (one: Promise<void> | null, other: Promise<void> | null): Promise<void> | null =>
  one && other ? Promise.all([one, other]).then(() => {}) : (one ?? other);
