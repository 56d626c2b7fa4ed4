import { stat } from 'node:fs/promises';
import { FolderWatch } from '../../logs-reader/folder-watch.ts';
import { LogFollower } from '../../logs-reader/log-follower.ts';
import type { LogSource } from '../../logs-reader/log-source.ts';
import { type LineChoice, LineFilter } from './line-filter.ts';
import type { LogOptions } from './log-options.ts';
import type { LogScreen } from './log-screen.ts';

interface Shown {
  /** May learn that several workers share the file. */
  source: LogSource;
  readonly follower: LogFollower;
  readonly filter: LineFilter;
  /** Lines of its history that wait until it is known that they are the last. */
  held: readonly string[] | null;
  /** Whether what comes is new: then the time is known. */
  live: boolean;
}

/** The logs being shown: history file by file, then all of them as they grow. */
export class LogTail {
  readonly #screen: LogScreen;
  readonly #options: Pick<LogOptions, 'lines' | 'choice'>;
  readonly #shown = new Map<string, Shown>();
  readonly #startedAt = Date.now();
  #watch: FolderWatch | null = null;

  constructor(screen: LogScreen, options: Pick<LogOptions, 'lines' | 'choice'>) {
    this.#screen = screen;
    this.#options = options;
  }

  /** The last lines of each file; the file that was written last comes at the end. */
  async showHistory(sources: readonly LogSource[]): Promise<void> {
    const { lines, choice } = this.#options;
    // With a pattern, how far back the last matching lines lie is only known at the end.
    const picks = choice.grep !== null && lines > 0 && lines < Number.POSITIVE_INFINITY;
    const length = { lines: picks ? Number.POSITIVE_INFINITY : lines, writtenSince: choice.since ?? 0 };
    const dated = await Promise.all(sources.map(async (source) => ({ source, at: (await timesOf(source)).writtenAt })));
    for (const { source } of dated.sort((a, b) => a.at - b.at)) {
      if (lines > 0) this.#screen.beginFile(source, lines);
      const shown = this.#open(source, choice);
      shown.held = picks ? [] : null;
      await shown.follower.giveHistory(length);
      if (shown.held) await this.#screen.lines(source, shown.held, null);
      shown.held = null;
      if (lines > 0) this.#screen.endFile();
    }
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

  /** Takes up the files of workers that have come meanwhile. */
  async add(sources: readonly LogSource[]): Promise<void> {
    for (const source of sources) {
      const shown = this.#shown.get(source.path);
      if (shown) shown.source = source;
      else await this.#addNew(source);
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

  async #addNew(source: LogSource): Promise<void> {
    const shown = this.#open(source, { ...this.#options.choice, since: null });
    shown.live = true;
    const isNewFile = (await timesOf(source)).bornAt >= this.#startedAt;
    await shown.follower.giveHistory({ lines: isNewFile ? Number.POSITIVE_INFINITY : 0 });
    if (this.#watch) shown.follower.follow(this.#watch);
  }

  #open(source: LogSource, choice: LineChoice): Shown {
    const follower = new LogFollower(source.path, (lines) => this.#show(shown, shown.filter.pick(lines)));
    const shown: Shown = { source, follower, filter: new LineFilter(choice), held: null, live: false };
    this.#shown.set(source.path, shown);
    return shown;
  }

  #show(shown: Shown, lines: readonly string[]): Promise<void> | undefined {
    if (shown.held === null) return this.#screen.lines(shown.source, lines, shown.live ? Date.now() : null);
    shown.held = [...shown.held, ...lines].slice(-this.#options.lines);
    return undefined;
  }
}

/** A file that is not there yet will be new, and was written last. */
async function timesOf({ path }: LogSource): Promise<{ writtenAt: number; bornAt: number }> {
  return stat(path).then(
    ({ mtimeMs, birthtimeMs }) => ({ writtenAt: mtimeMs, bornAt: birthtimeMs }),
    () => ({ writtenAt: Number.POSITIVE_INFINITY, bornAt: Number.POSITIVE_INFINITY }),
  );
}
