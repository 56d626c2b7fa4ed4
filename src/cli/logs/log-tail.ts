import { stat } from 'node:fs/promises';
import { FolderWatch } from '../../logs-reader/folder-watch.ts';
import { LogFollower } from '../../logs-reader/log-follower.ts';
import type { LogSource } from '../../logs-reader/log-source.ts';
import type { LogScreen } from './log-screen.ts';

interface Shown {
  /** May learn that several workers share the file. */
  source: LogSource;
  readonly follower: LogFollower;
  /** Whether what comes is new: then the time is known. */
  live: boolean;
}

/** The logs being shown: history file by file, then all of them as they grow. */
export class LogTail {
  readonly #screen: LogScreen;
  readonly #shown = new Map<string, Shown>();
  readonly #startedAt = Date.now();
  #watch: FolderWatch | null = null;

  constructor(screen: LogScreen) {
    this.#screen = screen;
  }

  /** The last lines of each file; the file that was written last comes at the end. */
  async showHistory(sources: readonly LogSource[], lines: number): Promise<void> {
    const dated = await Promise.all(sources.map(async (source) => ({ source, at: (await timesOf(source)).writtenAt })));
    for (const { source } of dated.sort((a, b) => a.at - b.at)) {
      if (lines > 0) this.#screen.beginFile(source, lines);
      const { follower } = this.#open(source);
      await follower.giveHistory(lines);
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

  async close(): Promise<void> {
    this.#watch?.close();
    await Promise.all([...this.#shown.values()].map(({ follower }) => follower.close()));
  }

  async #addNew(source: LogSource): Promise<void> {
    const shown = this.#open(source);
    shown.live = true;
    const isNewFile = (await timesOf(source)).bornAt >= this.#startedAt;
    await shown.follower.giveHistory(isNewFile ? Number.MAX_SAFE_INTEGER : 0);
    if (this.#watch) shown.follower.follow(this.#watch);
  }

  #open(source: LogSource): Shown {
    const follower = new LogFollower(source.path, (lines) =>
      this.#screen.lines(shown.source, lines, shown.live ? Date.now() : null),
    );
    const shown: Shown = { source, follower, live: false };
    this.#shown.set(source.path, shown);
    return shown;
  }
}

/** A file that is not there yet will be new, and was written last. */
async function timesOf({ path }: LogSource): Promise<{ writtenAt: number; bornAt: number }> {
  return stat(path).then(
    ({ mtimeMs, birthtimeMs }) => ({ writtenAt: mtimeMs, bornAt: birthtimeMs }),
    () => ({ writtenAt: Number.POSITIVE_INFINITY, bornAt: Number.POSITIVE_INFINITY }),
  );
}
