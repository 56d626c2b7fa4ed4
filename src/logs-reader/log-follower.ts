import type { FolderWatch } from './folder-watch.ts';
import { type HistoryLength, LogCursor } from './log-cursor.ts';

/** Gets lines in order. A promise that it gives back is waited for: a slow reader falls behind in the file, not in memory. */
export type LineSink = (lines: readonly string[]) => Promise<void> | void;

/** How long a line may stand unfinished (a prompt, a row of dots) before what is there of it is given as a line. */
const UNFINISHED_MS = 900;

/** One log, from its last lines on. */
export class LogFollower {
  readonly #path: string;
  readonly #sink: LineSink;
  #cursor: LogCursor | null = null;
  #stopWatching: (() => void) | null = null;
  #reading: Promise<void> | null = null;
  #again = false;
  #closed = false;
  #readAt = 0;

  constructor(path: string, sink: LineSink) {
    this.#path = path;
    this.#sink = sink;
  }

  /** Goes to before the last lines, which `giveHistory` or `nextLines` gives. */
  async openHistory(history: HistoryLength): Promise<void> {
    this.#cursor = await LogCursor.atHistory(this.#path, history);
  }

  /** Gives the last lines, and resolves when all that was there has been given. */
  async giveHistory(history: HistoryLength): Promise<void> {
    await this.openHistory(history);
    await this.#readOn();
  }

  /** The next lines, instead of giving them; null: no more for now. */
  async nextLines(): Promise<readonly string[] | null> {
    return (await this.#cursor?.read()) ?? null;
  }

  /** Goes on from there with every new line. */
  follow(watch: FolderWatch): void {
    if (this.#closed) return;
    this.#stopWatching = watch.add(this.#path, () => void this.#readOn());
    void this.#readOn();
  }

  /** Gives a last line that nobody has ended, for a reader that does not follow. */
  async giveUnfinished(): Promise<void> {
    const rest = this.#cursor?.unfinished() ?? [];
    if (rest.length > 0) await this.#sink(rest);
  }

  /** Resolves when all that is there by now has been given. */
  async readToEnd(): Promise<void> {
    await this.#reading; // it may have looked too early
    await this.#readOn();
    await this.giveUnfinished();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#stopWatching?.();
    await this.#reading;
    await this.#cursor?.close();
  }

  #readOn(): Promise<void> {
    if (this.#reading) this.#again = true;
    this.#reading ??= this.#readAll().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  async #readAll(): Promise<void> {
    do {
      this.#again = false;
      for (;;) {
        const lines = this.#closed ? null : await this.#cursor?.read();
        if (!lines) break;
        this.#readAt = performance.now();
        if (lines.length > 0) await this.#sink(lines);
      }
    } while (this.#again && !this.#closed);
    if (this.#stopWatching && performance.now() - this.#readAt > UNFINISHED_MS) await this.giveUnfinished();
  }
}
