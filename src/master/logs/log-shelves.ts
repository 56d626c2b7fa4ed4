import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { LogRotation } from '../../shared/log-rotation.ts';
import type { Paths } from '../../shared/paths.ts';
import { rotatedName } from '../../shared/rotated-log.ts';
import { DEFAULT_ROTATION_SETTINGS, readRotationSettings } from '../../shared/rotation-settings.ts';
import { LogCompressor } from './log-compressor.ts';
import type { Shelf } from './log-file.ts';
import { RotationClock } from './rotation-clock.ts';
import { countLogs, listRotated, writtenAt } from './shelf-files.ts';
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
  /** What was asked for before each write, until something changes. */
  readonly #maxBytes = new Map<string, number>();
  readonly #compressor = new LogCompressor();
  readonly #clock: RotationClock;
  readonly #tidying: NodeJS.Timeout;
  #looking: Promise<void> | null = null;
  #settings = DEFAULT_ROTATION_SETTINGS;
  /** Logs of all apps of the home. */
  #homeLogs = 1;

  /** `isDue` is called when a log is to be put away because of the time. */
  constructor(paths: Pick<Paths, 'logsDir' | 'settings'>, isDue: (path: string) => void) {
    this.#paths = paths;
    this.#clock = new RotationClock(isDue);
    this.#tidying = setInterval(() => void this.#tidyAll(), TIDY_EVERY_MS).unref();
    void this.#lookAround();
  }

  /** From now on this log belongs to that app. */
  take(path: string, log: LogInUse): void {
    this.#logs.set(path, log);
    this.#maxBytes.clear();
    const written = writtenAt(path); // before the app writes to it
    void this.#lookAround().then(async () => this.#clock.schedule(path, this.#rotationOf(log).cron, await written));
    this.#compressSoon(path); // a master that was killed may have left something
  }

  /** From now on other rules hold for a log in use. */
  async amend(path: string, log: LogInUse): Promise<void> {
    this.take(path, log);
    await this.#tidyApp(log);
  }

  /** Goes by the settings as they are now. */
  async settingsChanged(): Promise<void> {
    await this.#tidyAll();
    for (const [path, log] of this.#logs) {
      this.#clock.schedule(path, this.#rotationOf(log).cron, Date.now());
      this.#compressSoon(path);
    }
  }

  leave(path: string): void {
    this.#logs.delete(path);
    this.#maxBytes.clear();
    this.#clock.cancel(path);
  }

  /** The files in use of an app, and of the home, may take half of its cap; the other half is for what was put away. */
  maxBytes(path: string): number {
    const known = this.#maxBytes.get(path);
    if (known !== undefined) return known;
    const log = this.#logs.get(path) ?? NOBODYS;
    const { maxSizeBytes, maxTotalBytes } = this.#rotationOf(log);
    const isInHome = dirname(path) === this.#paths.logsDir;
    const limits = [
      maxSizeBytes,
      shareOf(maxTotalBytes, this.#logsOf(log.app).length),
      isInHome ? shareOf(this.#settings.maxHomeBytes, this.#homeLogs) : 0,
    ].filter((limit) => limit > 0);
    const maxBytes = limits.length === 0 ? 0 : Math.min(...limits);
    this.#maxBytes.set(path, maxBytes);
    return maxBytes;
  }

  /** Whatever has to be deleted for it is gone when this resolves: before the next line is written, so that no cap is exceeded. */
  async putAway(path: string): Promise<void> {
    const newest = (await listRotated(path)).at(-1)?.seq ?? 0;
    const seq = await renameToNext(path, Math.max(newest, this.#lastSeq.get(path) ?? 0) + 1);
    this.#lastSeq.set(path, seq);
    await this.#lookAround();
    const log = this.#logs.get(path);
    if (log) await this.#tidyApp(log);
    await this.#tidyHome();
    this.#compressSoon(path);
  }

  close(): Promise<void> {
    clearInterval(this.#tidying);
    this.#clock.close();
    return this.#compressor.close();
  }

  /** Once for all that ask in the same turn: the logs of many apps are taken at a time. */
  #lookAround(): Promise<void> {
    this.#looking ??= new Promise(setImmediate).then(async () => {
      this.#looking = null;
      const { settings, logsDir } = this.#paths;
      [this.#settings, this.#homeLogs] = await Promise.all([readRotationSettings(settings), countLogs(logsDir)]);
      this.#maxBytes.clear();
    });
    return this.#looking;
  }

  async #tidyAll(): Promise<void> {
    await this.#lookAround();
    for (const log of this.#logs.values()) await this.#tidyApp(log);
    await this.#tidyHome();
  }

  #tidyApp(log: LogInUse): Promise<void> {
    return tidyApp(this.#logsOf(log.app), this.#rotationOf(log), (path) => this.maxBytes(path));
  }

  #tidyHome(): Promise<void> {
    return tidyFolder(this.#paths.logsDir, this.#settings.maxHomeBytes, {
      maxBytes: (path) => this.maxBytes(path),
      isOurs: (path) => this.#logs.has(path),
    });
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

/** A log of another master, or of an app that is gone: by the settings of the home. */
const NOBODYS: LogInUse = { app: '', rotation: {} };

const shareOf = (capBytes: number, logs: number): number =>
  capBytes === 0 ? 0 : Math.max(MIN_SEGMENT_BYTES, Math.floor(capBytes / 2 / Math.max(1, logs)));

/** Renames a log to its name with that number, or the next that is free: another master may put away the same file right now. */
async function renameToNext(path: string, from: number): Promise<number> {
  for (let seq = from; ; seq++) {
    const target = join(dirname(path), rotatedName(basename(path), seq, Date.now()));
    // rename(2) replaces what is there, so the name is taken first.
    const taken = await open(target, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return null;
      throw error;
    });
    if (taken === null) continue;
    await taken.close();
    try {
      await rename(path, target);
    } catch (error) {
      await rm(target, { force: true });
      throw error;
    }
    return seq;
  }
}
