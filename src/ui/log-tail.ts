import { stat } from 'node:fs/promises';
import { FolderWatch } from '../logs-reader/folder-watch.ts';
import { LogFollower } from '../logs-reader/log-follower.ts';
import type { WorkerView } from '../shared/worker-view.ts';
import { LineBatch } from './line-batch.ts';
import type { LogLine } from './source.ts';

/** Lines that are shown at first, of all files together, and of each at least. */
const HISTORY_LINES = 400;
const LEAST_HISTORY_LINES = 10;

/** The last lines of the log files of some workers, then each new one, in batches. */
export class LogTail {
  readonly #watch = new FolderWatch();
  readonly #sink: (lines: readonly LogLine[]) => void;
  readonly #followers = new Set<LogFollower>();
  readonly #batches = new Set<LineBatch>();
  #closed = false;

  constructor(workers: readonly WorkerView[], sink: (lines: readonly LogLine[]) => void) {
    this.#sink = sink;
    void this.#openAll(filesOf(workers));
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const batch of this.#batches) batch.close();
    this.#watch.close();
    await Promise.all([...this.#followers].map((follower) => follower.close()));
  }

  /** One after the other, the file that was written last at the end: there the news is. */
  async #openAll(files: readonly LogFile[]): Promise<void> {
    const lines = Math.max(LEAST_HISTORY_LINES, Math.floor(HISTORY_LINES / files.length));
    const dated = await Promise.all(files.map(async (file) => ({ file, at: await writtenAt(file.path) })));
    for (const { file } of dated.sort((a, b) => a.at - b.at)) await this.#open(file, lines);
  }

  async #open(file: LogFile, lines: number): Promise<void> {
    if (this.#closed) return;
    const batch = new LineBatch({
      give: (texts) => this.#sink(texts.map((text) => ({ pmId: file.pmId, stream: file.stream, text }))),
      overrun: () => void this.#skip(file, { follower, batch }),
    });
    const follower = new LogFollower(file.path, (texts) => batch.add(texts));
    this.#followers.add(follower);
    this.#batches.add(batch);
    await follower.giveHistory({ lines });
    follower.follow(this.#watch);
  }

  /** Goes on at the end of a file that grows faster than anybody reads. */
  async #skip(file: LogFile, { follower, batch }: { follower: LogFollower; batch: LineBatch }): Promise<void> {
    batch.close();
    this.#batches.delete(batch);
    this.#followers.delete(follower);
    await follower.close();
    if (this.#closed) return;
    this.#sink([{ pmId: file.pmId, stream: file.stream, text: '[pm] lines skipped: too many to show' }]);
    await this.#open(file, LEAST_HISTORY_LINES);
  }
}

type LogFile = Pick<LogLine, 'pmId' | 'stream'> & { readonly path: string };

/** Each file once: workers of an app may share them. */
function filesOf(workers: readonly WorkerView[]): LogFile[] {
  const files = workers.flatMap(({ pmId, outFile, errorFile }): LogFile[] => [
    ...(outFile ? [{ pmId, stream: 'out' as const, path: outFile }] : []),
    ...(errorFile && errorFile !== outFile ? [{ pmId, stream: 'err' as const, path: errorFile }] : []),
  ]);
  return [...new Map(files.map((file) => [file.path, file])).values()];
}

const writtenAt = (path: string): Promise<number> =>
  stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
