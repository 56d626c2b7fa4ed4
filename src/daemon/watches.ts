import type { AppEntry } from './app-list.ts';
import { AppWatch, isWatched } from './app-watch.ts';
import type { Parts } from './parts.ts';

/** One watch for each app that has `watch` on and was not stopped by hand. They follow from the list alone. */
export class Watches {
  readonly #parts: Parts;
  readonly #running = new Map<string, { readonly of: string; readonly watch: AppWatch }>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Apps may have come, gone, or changed. */
  consider(): void {
    const wanted = this.#parts.list.all().filter(({ spec, workers }) => spec.watch.on && workers.some(isWatched));
    const keys = new Map(wanted.map((app) => [app.key, identityOf(app)]));
    for (const [key, { of, watch }] of this.#running) {
      if (keys.get(key) === of) continue;
      this.#running.delete(key);
      watch.close();
    }
    for (const app of wanted) {
      if (!this.#running.has(app.key))
        this.#running.set(app.key, { of: identityOf(app), watch: new AppWatch(this.#parts, app) });
    }
  }

  close(): void {
    for (const { watch } of this.#running.values()) watch.close();
    this.#running.clear();
  }
}

/** What a watch depends on. */
const identityOf = ({ spec, workers }: AppEntry): string =>
  JSON.stringify([spec.watch, spec.cwd, workers.map(({ view }) => [view.outFile, view.errorFile, view.logFile])]);
