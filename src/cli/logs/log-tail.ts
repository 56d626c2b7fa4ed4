import { stat } from 'node:fs/promises';
import { FolderWatch } from '../../logs-reader/folder-watch.ts';
import type { KnownFiles } from '../../logs-reader/known-files.ts';
import { LogFollower } from '../../logs-reader/log-follower.ts';
import type { LogSource } from '../../logs-reader/log-source.ts';
import { type LineChoice, LineFilter } from './line-filter.ts';
import { timeReader } from './line-time.ts';
import type { LogOptions } from './log-options.ts';
import type { LogScreen } from './log-screen.ts';
import { type MergedLog, mergeByTime } from './time-merge.ts';

type TailOptions = Pick<LogOptions, 'lines' | 'choice' | 'merged'>;

interface Shown {
  /** May learn that several workers share the file. */
  source: LogSource;
  readonly follower: LogFollower;
  readonly filter: LineFilter;
  /** Whether what comes is new: then the time is known. */
  live: boolean;
}

/** The logs being shown: history file by file, or of all together in the order of time, then all of them as they grow. */
export class LogTail {
  readonly #screen: LogScreen;
  readonly #options: TailOptions;
  readonly #shown = new Map<string, Shown>();
  #watch: FolderWatch | null = null;

  constructor(screen: LogScreen, options: TailOptions) {
    this.#screen = screen;
    this.#options = options;
  }

  /** The last lines of each file; the file that was written last comes at the end. */
  async showHistory(sources: readonly LogSource[]): Promise<void> {
    const dated = await Promise.all(sources.map(async (source) => ({ source, at: await writtenAt(source) })));
    const inOrder = dated.sort((a, b) => a.at - b.at).map(({ source }) => this.#open(source, this.#options.choice));
    await (this.#options.merged ? this.#showMerged(inOrder) : this.#showOneByOne(inOrder));
  }

  async #showOneByOne(logs: readonly Shown[]): Promise<void> {
    const { lines } = this.#options;
    for (const { source, next } of logs.map((shown) => this.#historyOf(shown))) {
      if (lines > 0) this.#screen.beginFile(source, lines);
      for (let batch = await next(); batch !== null; batch = await next())
        await this.#screen.lines(source, batch, null);
      if (lines > 0) this.#screen.endFile();
    }
  }

  async #showMerged(logs: readonly Shown[]): Promise<void> {
    const histories = logs.map((shown) => this.#historyOf(shown));
    for await (const { log, lines } of mergeByTime(histories)) {
      const source = histories[log]?.source;
      if (source) await this.#screen.lines(source, lines, null);
    }
  }

  /** The lines of one log's history that are wanted. */
  #historyOf({ source, follower, filter }: Shown): MergedLog & { readonly source: LogSource } {
    const { lines, choice } = this.#options;
    // How far back the last lines of a choice lie is only known at the end.
    const picks = (choice.grep ?? choice.until) !== null && lines > 0 && lines < Number.POSITIVE_INFINITY;
    const length = { lines: picks ? Number.POSITIVE_INFINITY : lines, writtenSince: choice.since ?? 0 };
    let isOpen = false;
    const wanted = async (): Promise<readonly string[] | null> => {
      if (!isOpen) await follower.openHistory(length);
      isOpen = true;
      const batch = await follower.nextLines();
      return batch && filter.pick(batch);
    };
    return { source, timeOf: timeReader(source.dateFormat), next: picks ? lastOf(wanted, lines) : wanted };
  }

  /** Gives last lines that nobody has ended, for a reader that does not follow. */
  async showUnfinished(): Promise<void> {
    for (const { follower } of this.#shown.values()) await follower.giveUnfinished();
  }

  /** Goes on with every new line of what was shown. */
  follow(): void {
    this.#watch ??= new FolderWatch();
    for (const shown of this.#shown.values()) {
      shown.live = true;
      shown.follower.follow(this.#watch);
    }
  }

  /** Takes up the files of workers that have come meanwhile. `known`: what was there before anything was shown. */
  async add(sources: readonly LogSource[], known: KnownFiles): Promise<void> {
    for (const source of sources) {
      const shown = this.#shown.get(source.path);
      if (shown) shown.source = source;
      else await this.#addNew(source, known);
    }
  }

  /** What is there by now of what was shown. */
  async readToEnd(): Promise<void> {
    await Promise.all([...this.#shown.values()].map(({ follower }) => follower.readToEnd()));
  }

  async close(): Promise<void> {
    this.#watch?.close();
    await Promise.all([...this.#shown.values()].map(({ follower }) => follower.close()));
  }

  async #addNew(source: LogSource, known: KnownFiles): Promise<void> {
    const shown = this.#open(source, { ...this.#options.choice, since: null });
    shown.live = true;
    await shown.follower.giveHistory({ lines: 0, fromByte: await known.newFrom(source.path) });
    if (this.#watch) shown.follower.follow(this.#watch);
  }

  #open(source: LogSource, choice: LineChoice): Shown {
    const follower = new LogFollower(source.path, (lines) => this.#show(shown, shown.filter.pick(lines)));
    const shown: Shown = { source, follower, filter: new LineFilter(choice, source.dateFormat), live: false };
    this.#shown.set(source.path, shown);
    return shown;
  }

  #show(shown: Shown, lines: readonly string[]): Promise<void> | undefined {
    return this.#screen.lines(shown.source, lines, shown.live ? Date.now() : null);
  }
}

/** The last lines of all that is given, at once. */
function lastOf(next: () => Promise<readonly string[] | null>, count: number): () => Promise<readonly string[] | null> {
  let done = false;
  return async () => {
    if (done) return null;
    done = true;
    const last: string[] = [];
    for (let batch = await next(); batch !== null; batch = await next()) {
      for (const line of batch) last.push(line);
      if (last.length > 2 * count) last.splice(0, last.length - count);
    }
    return last.slice(-count);
  };
}

/** Ms since the epoch. A file that is not there yet will be new, and was written last. */
async function writtenAt({ path }: LogSource): Promise<number> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => Number.POSITIVE_INFINITY,
  );
}
