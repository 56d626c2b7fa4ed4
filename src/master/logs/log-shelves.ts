import { rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { LogRotation } from '../../shared/log-rotation.ts';
import { rotatedName } from '../../shared/rotated-log.ts';
import { PARTIAL } from './gzip-file.ts';
import { LogCompressor } from './log-compressor.ts';
import type { Shelf } from './log-file.ts';
import { filesToDelete } from './retention-policy.ts';
import { listRotated, measureRotated, sizeOf } from './shelf-files.ts';

/** The smallest size that a cap can make files have. */
const MIN_SEGMENT_BYTES = 64 * 1024;

interface LogInUse {
  /** Identity of the app it belongs to. */
  readonly app: string;
  readonly rotation: LogRotation;
}

/** Puts away the full log files of a master's apps, and deletes and compresses what was put away, by the rules of each app. */
export class LogShelves implements Shelf {
  readonly #logs = new Map<string, LogInUse>();
  readonly #lastSeq = new Map<string, number>();
  readonly #compressor = new LogCompressor();

  /** From now on this log belongs to that app. */
  take(path: string, log: LogInUse): void {
    this.#logs.set(path, log);
    if (log.rotation.compress) this.#compressor.compressSoon(path); // a master that was killed may have left something
  }

  leave(path: string): void {
    this.#logs.delete(path);
  }

  /** The files of an app in use may take half of its cap; the other half is for what was put away. */
  maxBytes(path: string): number {
    const log = this.#logs.get(path);
    if (!log) return 0;
    const { maxSizeBytes, maxTotalBytes } = log.rotation;
    if (maxTotalBytes === 0) return maxSizeBytes;
    const share = Math.max(MIN_SEGMENT_BYTES, Math.floor(maxTotalBytes / 2 / this.#logsOf(log.app).length));
    return maxSizeBytes === 0 ? share : Math.min(maxSizeBytes, share);
  }

  async putAway(path: string): Promise<void> {
    const newest = (await listRotated(path)).at(-1)?.seq ?? 0;
    const seq = Math.max(newest, this.#lastSeq.get(path) ?? 0) + 1;
    await rename(path, join(dirname(path), rotatedName(basename(path), seq, Date.now())));
    this.#lastSeq.set(path, seq);
    const log = this.#logs.get(path);
    if (!log) return;
    await this.#tidy(log);
    if (log.rotation.compress) this.#compressor.compressSoon(path);
  }

  close(): Promise<void> {
    return this.#compressor.close();
  }

  /** Deletes what the rules of the app no longer allow. Done before the next line is written, so that no cap is exceeded. */
  async #tidy({ app, rotation }: LogInUse): Promise<void> {
    const logs = this.#logsOf(app);
    const [files, sizes] = await Promise.all([Promise.all(logs.map(measureRotated)), Promise.all(logs.map(sizeOf))]);
    const currentBytes = sizes.reduce((sum, size) => sum + size, 0);
    const gone = filesToDelete(files.flat(), rotation, { currentBytes, now: Date.now() });
    await Promise.all(gone.flatMap(({ path }) => [path, `${path}${PARTIAL}`]).map((path) => rm(path, { force: true })));
  }

  #logsOf(app: string): string[] {
    return [...this.#logs].filter(([, log]) => log.app === app).map(([path]) => path);
  }
}
