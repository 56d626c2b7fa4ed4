import { rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { LogRotation } from '../../shared/log-rotation.ts';
import type { Paths } from '../../shared/paths.ts';
import { rotatedName } from '../../shared/rotated-log.ts';
import { DEFAULT_ROTATION_SETTINGS, readRotationSettings } from '../../shared/rotation-settings.ts';
import { LogCompressor } from './log-compressor.ts';
import type { Shelf } from './log-file.ts';
import { RotationClock } from './rotation-clock.ts';
import { listRotated } from './shelf-files.ts';
import { tidyApp, tidyFolder } from './tidy-shelves.ts';

/** The smallest size that a cap can make files have. */
const MIN_SEGMENT_BYTES = 64 * 1024;
/** How often files that have become too old are looked for. */
const TIDY_EVERY_MS = 3_600_000;

interface LogInUse {
  /** Identity of the app it belongs to. */
  readonly app: string;
  /** What the app says; the rest is by the settings of the home. */
  readonly rotation: Partial<LogRotation>;
}

/** Puts away the full log files of a master's apps, and deletes and compresses what was put away, by the rules of each app. */
export class LogShelves implements Shelf {
  readonly #paths: Pick<Paths, 'logsDir' | 'settings'>;
  readonly #logs = new Map<string, LogInUse>();
  readonly #lastSeq = new Map<string, number>();
  readonly #compressor = new LogCompressor();
  readonly #clock: RotationClock;
  readonly #tidying: NodeJS.Timeout;
  #settings = DEFAULT_ROTATION_SETTINGS;

  /** `isDue` is called when a log is to be put away because of the time. */
  constructor(paths: Pick<Paths, 'logsDir' | 'settings'>, isDue: (path: string) => void) {
    this.#paths = paths;
    this.#clock = new RotationClock(isDue);
    this.#tidying = setInterval(() => void this.#tidyAll(), TIDY_EVERY_MS).unref();
    void this.#readSettings();
  }

  /** From now on this log belongs to that app. */
  take(path: string, log: LogInUse): void {
    this.#logs.set(path, log);
    void this.#readSettings().then(() => this.#clock.schedule(path, this.#rotationOf(log).cron));
    this.#compressSoon(path); // a master that was killed may have left something
  }

  leave(path: string): void {
    this.#logs.delete(path);
    this.#clock.cancel(path);
  }

  /** The files of an app in use may take half of its cap; the other half is for what was put away. */
  maxBytes(path: string): number {
    const log = this.#logs.get(path);
    if (!log) return 0;
    const { maxSizeBytes, maxTotalBytes } = this.#rotationOf(log);
    if (maxTotalBytes === 0) return maxSizeBytes;
    const share = Math.max(MIN_SEGMENT_BYTES, Math.floor(maxTotalBytes / 2 / this.#logsOf(log.app).length));
    return maxSizeBytes === 0 ? share : Math.min(maxSizeBytes, share);
  }

  /** Whatever has to be deleted for it is gone when this resolves: before the next line is written, so that no cap is exceeded. */
  async putAway(path: string): Promise<void> {
    const newest = (await listRotated(path)).at(-1)?.seq ?? 0;
    const seq = Math.max(newest, this.#lastSeq.get(path) ?? 0) + 1;
    await rename(path, join(dirname(path), rotatedName(basename(path), seq, Date.now())));
    this.#lastSeq.set(path, seq);
    await this.#readSettings();
    const log = this.#logs.get(path);
    if (log) await tidyApp(this.#logsOf(log.app), this.#rotationOf(log));
    await tidyFolder(this.#paths.logsDir, this.#settings.maxHomeBytes);
    this.#compressSoon(path);
  }

  close(): Promise<void> {
    clearInterval(this.#tidying);
    this.#clock.close();
    return this.#compressor.close();
  }

  async #readSettings(): Promise<void> {
    this.#settings = await readRotationSettings(this.#paths.settings);
  }

  async #tidyAll(): Promise<void> {
    for (const log of this.#logs.values()) await tidyApp(this.#logsOf(log.app), this.#rotationOf(log));
  }

  #compressSoon(path: string): void {
    const log = this.#logs.get(path);
    if (log && this.#rotationOf(log).compress) this.#compressor.compressSoon(path);
  }

  #rotationOf({ rotation }: LogInUse): LogRotation {
    return { ...this.#settings.rotation, ...rotation };
  }

  #logsOf(app: string): string[] {
    return [...this.#logs].filter(([, log]) => log.app === app).map(([path]) => path);
  }
}
