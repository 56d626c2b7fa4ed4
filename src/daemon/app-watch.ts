import { extname, relative } from 'node:path';
import { RestartAllowance } from '../shared/restart-allowance.ts';
import type { AppEntry, WorkerEntry } from './app-list.ts';
import type { FileWatcher } from './file-watcher.ts';
import { ignoreRule } from './ignore-pattern.ts';
import type { Parts } from './parts.ts';
import { renewApp } from './renew-app.ts';

/** More restarts in a minute are a storm: a build that runs on, or an app that writes what it watches. */
const PER_MINUTE = 10;

/** In a storm, the time without a change after which the app is restarted once more. */
const CALM_MS = 60_000;

/** Changes that never pause hold a restart up for this long at most. */
const LONGEST_WAIT_MS = 2_000;

/** The watch over the files of one app. */
export class AppWatch {
  readonly #parts: Parts;
  readonly #app: AppEntry;
  readonly #own: readonly string[];
  readonly #allowance = new RestartAllowance(PER_MINUTE);
  #watcher: FileWatcher | null = null;
  #closed = false;
  #timer: NodeJS.Timeout | undefined;
  #changed: { readonly path: string; readonly at: number } | null = null;
  #renewing = false;
  #stormTold = false;

  constructor(parts: Parts, app: AppEntry) {
    this.#parts = parts;
    this.#app = app;
    const logs = app.workers.flatMap(({ view }) => [view.outFile, view.errorFile, view.logFile, view.pidFile]);
    this.#own = [parts.paths.home, ...logs.filter((file) => file !== null && file !== '')].flatMap(
      (file) => file ?? [],
    );
    void this.#open();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    void this.#watcher?.close();
  }

  async #open(): Promise<void> {
    const { watchFiles } = await import('./file-watcher.ts'); // loaded where an app is watched
    if (this.#closed) return;
    const { key, spec } = this.#app;
    const { paths, ignore, options } = spec.watch;
    const ignores = ignoreRule(ignore, { cwd: spec.cwd, roots: paths });
    const ignored = (path: string): boolean => this.#isOwn(path) || ignores(path);
    this.#watcher = watchFiles(
      paths,
      { ignored, options },
      {
        changed: (path) => {
          if (this.#counts(path)) this.#onChanged(path);
        },
        failed: (reason) => this.#parts.log.note(`"${key}" cannot be watched completely: ${reason}`),
      },
    );
  }

  /** Log files, with those that were put away beside them, and all of the home. */
  #isOwn(path: string): boolean {
    return this.#own.some((own) => path === own || path.startsWith(`${own}.`) || path.startsWith(`${own}/`));
  }

  #counts(path: string): boolean {
    const { extensions, paths } = this.#app.spec.watch;
    return extensions.length === 0 || extensions.includes(extname(path).slice(1)) || paths.includes(path);
  }

  #onChanged(path: string): void {
    if (this.#closed) return;
    const now = Date.now();
    this.#changed ??= { path, at: now };
    if (this.#renewing) return;
    const { delayMs } = this.#app.spec.watch;
    const isStorm = this.#allowance.isSpent(now);
    if (isStorm) this.#tellStorm(path);
    else this.#stormTold = false;
    const waitMs = isStorm
      ? CALM_MS
      : Math.min(delayMs, Math.max(this.#changed.at + LONGEST_WAIT_MS + delayMs - now, 0));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#renew(), waitMs);
  }

  #tellStorm(path: string): void {
    if (this.#stormTold) return;
    this.#stormTold = true;
    const { key } = this.#app;
    const why = `it was restarted ${PER_MINUTE} times within a minute, and ${this.#short(path)} changes again`;
    this.#parts.log.note(
      `The watch of "${key}" pauses: ${why}. It goes on after ${CALM_MS / 1000} s without a change.`,
    );
  }

  async #renew(): Promise<void> {
    const { key } = this.#app;
    const path = this.#takeChanged() ?? '';
    this.#allowance.take(Date.now());
    this.#renewing = true;
    await renewApp(this.#parts, { key, cause: `${this.#short(path)} changed.`, which: isWatched });
    this.#renewing = false;
    const missed = this.#takeChanged(); // while the new workers loaded their code
    if (missed !== undefined) this.#onChanged(missed);
  }

  #takeChanged(): string | undefined {
    const path = this.#changed?.path;
    this.#changed = null;
    return path;
  }

  #short(path: string): string {
    const short = relative(this.#app.spec.cwd, path);
    return short.startsWith('..') || short === '' ? path : short;
  }
}

/** A worker that was stopped by hand stays so; one that gave up may be mended by the change. */
export const isWatched = ({ shouldRun, view }: WorkerEntry): boolean =>
  shouldRun || view.finished || view.status === 'errored';
