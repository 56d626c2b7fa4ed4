import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The file that names the pid of a worker, for scripts. It follows the truth; a failure to write it never stops an app. */
export class PidFile {
  #path: string | null = null;
  #last: Promise<unknown> = Promise.resolve();

  /** Another path than before takes its place. */
  write(path: string, pid: number): void {
    if (path !== this.#path) this.remove();
    this.#path = path;
    this.#queue(async () => {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await writeFile(path, `${pid}\n`, { mode: 0o600 });
    });
  }

  remove(): void {
    const path = this.#path;
    if (path !== null) this.#queue(() => rm(path, { force: true }));
  }

  /** Resolves when everything asked so far is on disk. */
  async settled(): Promise<void> {
    await this.#last;
  }

  /** One after the other, so that a quick exit cannot be overtaken by the write before it. */
  #queue(step: () => Promise<void>): void {
    this.#last = this.#last.then(step).catch(() => {});
  }
}
