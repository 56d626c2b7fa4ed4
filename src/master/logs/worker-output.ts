import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { lineFormat } from './line-format.ts';
import { LineFramer } from './line-framer.ts';
import type { LogFile } from './log-file.ts';
import type { LogIdentity, LogStream } from './log-identity.ts';
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

interface Captured {
  readonly reader: PipeReader;
  readonly files: readonly LogFile[];
  flush(): void;
}

/** The two pipes of one worker process. */
export class WorkerOutput implements CapturedOutput {
  readonly #tail = new StderrTail();
  readonly #streams: readonly Captured[];
  readonly #onLost: (bytes: number) => void;
  /** Resolves when both pipes have ended and all their lines were handed to the files. */
  readonly ended: Promise<void>;

  constructor(at: {
    identity: LogIdentity;
    pid: number;
    pipes: readonly { stream: LogStream; source: Readable; files: readonly LogFile[] }[];
    onLost: (bytes: number) => void;
  }) {
    this.#onLost = at.onLost;
    this.#streams = at.pipes.map((pipe) => this.#capture(at.identity, at.pid, pipe));
    this.ended = Promise.all(this.#streams.map(({ reader, flush }) => reader.ended.then(flush))).then(() => {});
  }

  async finish(): Promise<void> {
    const giveUp = new AbortController();
    const limit = delay(FINISH_MS, undefined, { signal: giveUp.signal }).catch(() => {});
    await Promise.race([limit, Promise.all(this.#streams.map(({ reader }) => reader.quiet(QUIET_MS)))]);
    for (const { flush } of this.#streams) flush();
    await Promise.race([limit, Promise.all(this.#streams.flatMap(({ files }) => files.map((file) => file.written())))]);
    giveUp.abort();
  }

  stderrTail(): string[] {
    return this.#tail.lines();
  }

  #capture(
    identity: LogIdentity,
    pid: number,
    { stream, source, files }: { stream: LogStream; source: Readable; files: readonly LogFile[] },
  ): Captured {
    const framer = new LineFramer();
    const format = lineFormat(identity, pid, stream);
    const write = (lines: readonly Buffer[]): void => {
      if (lines.length === 0 || files.length === 0) return;
      const formatted = format(lines, Date.now());
      for (const file of files) {
        const lost = file.append(formatted);
        if (lost > 0) this.#onLost(lost);
      }
    };
    const reader = new PipeReader(source, (chunk) => {
      if (stream === 'err') this.#tail.push(chunk);
      write(framer.push(chunk));
      const crowded = files.filter((file) => file.crowded);
      return crowded.length === 0 ? null : Promise.all(crowded.map((file) => file.relieved())).then(() => {});
    });
    return { reader, files, flush: () => write(framer.finish()) };
  }
}
