import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname } from 'node:path';

/** For file systems that report nothing (network, some containers), and for folders that are not there yet. */
const POLL_MS = 1000;

/** Tells when something may have happened to files: at once where the system reports it, within a second elsewhere. */
export class FolderWatch {
  readonly #folders = new Map<string, { watcher: FSWatcher | null; readonly names: Map<string, Set<() => void>> }>();
  readonly #poll: NodeJS.Timeout;

  constructor() {
    this.#poll = setInterval(() => this.#wakeAll(), POLL_MS);
  }

  /** Gives back the function that ends it. */
  add(path: string, wake: () => void): () => void {
    const folder = dirname(path);
    const entry = this.#folders.get(folder) ?? { watcher: this.#watch(folder), names: new Map() };
    this.#folders.set(folder, entry);
    const name = basename(path);
    const wakes = entry.names.get(name) ?? new Set();
    entry.names.set(name, wakes.add(wake));
    return () => void wakes.delete(wake);
  }

  close(): void {
    clearInterval(this.#poll);
    for (const { watcher } of this.#folders.values()) watcher?.close();
    this.#folders.clear();
  }

  #watch(folder: string): FSWatcher | null {
    try {
      const watcher = watch(folder, (_event, name) => this.#wakeNamed(folder, name));
      watcher.on('error', () => this.#forget(folder));
      return watcher;
    } catch {
      return null; // not there yet, or no more watches to be had: the poll does it
    }
  }

  #forget(folder: string): void {
    const entry = this.#folders.get(folder);
    entry?.watcher?.close();
    if (entry) entry.watcher = null;
  }

  #wakeNamed(folder: string, name: string | null): void {
    const names = this.#folders.get(folder)?.names;
    if (name === null) for (const wakes of names?.values() ?? []) for (const wake of wakes) wake();
    else for (const wake of names?.get(name) ?? []) wake();
  }

  #wakeAll(): void {
    for (const [folder, entry] of this.#folders) {
      entry.watcher ??= this.#watch(folder);
      this.#wakeNamed(folder, null);
    }
  }
}
