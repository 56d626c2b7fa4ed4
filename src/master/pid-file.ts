import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The file that names the pid of a worker, for scripts. It follows the truth; a failure to write it never stops an app. */
export class PidFile {
  readonly #path: string;
  #last: Promise<unknown> = Promise.resolve();

  constructor(path: string) {
    this.#path = path;
  }

  write(pid: number): void {
    this.#queue(async () => {
      await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
      await writeFile(this.#path, `${pid}\n`, { mode: 0o600 });
    });
  }

  remove(): void {
    this.#queue(() => rm(this.#path, { force: true }));
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
