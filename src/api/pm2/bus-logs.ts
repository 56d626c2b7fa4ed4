import { stat } from 'node:fs/promises';
import { FolderWatch } from '../../logs-reader/folder-watch.ts';
import { LogFollower } from '../../logs-reader/log-follower.ts';
import type { AppSpec } from '../../shared/app-spec.ts';
import type { WorkerView } from '../../shared/worker-view.ts';
import { type BusEvent, daemonLogEvent, logEvent } from './bus-packets.ts';

/** New log lines of workers as events, out of their files: they cost the daemon nothing. */
export class BusLogs {
  readonly #emit: (event: BusEvent) => void;
  readonly #watch = new FolderWatch();
  readonly #followers = new Map<string, LogFollower>();
  readonly #startedAt = Date.now();

  constructor(emit: (event: BusEvent) => void) {
    this.#emit = emit;
  }

  /** Follows the files of a worker, if they are not followed yet. A file of several workers counts for the first. */
  async add(spec: AppSpec, { pmId, outFile, errorFile }: WorkerView): Promise<void> {
    await Promise.all([
      outFile === null ? undefined : this.#follow(outFile, (line) => logEvent('out', spec, pmId, line, Date.now())),
      errorFile === null ? undefined : this.#follow(errorFile, (line) => logEvent('err', spec, pmId, line, Date.now())),
    ]);
  }

  /** Follows the daemon's own log. */
  addDaemon(path: string): Promise<void> {
    return this.#follow(path, (line) => daemonLogEvent(line, Date.now()));
  }

  async close(): Promise<void> {
    this.#watch.close();
    await Promise.all([...this.#followers.values()].map((follower) => follower.close()));
  }

  async #follow(path: string, eventOf: (line: string) => BusEvent): Promise<void> {
    if (this.#followers.has(path)) return;
    const follower = new LogFollower(path, (lines) => {
      for (const line of lines) this.#emit(eventOf(line));
    });
    this.#followers.set(path, follower);
    const bornAt = await stat(path).then(
      ({ birthtimeMs }) => birthtimeMs,
      () => Number.POSITIVE_INFINITY,
    );
    await follower.giveHistory({ lines: bornAt >= this.#startedAt ? Number.POSITIVE_INFINITY : 0 });
    follower.follow(this.#watch);
  }
}
