import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

interface KnownFile {
  readonly ino: number;
  readonly size: number;
}

/** The files of a folder of logs at one moment, so that what is written to one later can be told from what was there. */
export class KnownFiles {
  readonly #folder: string;
  readonly #files: ReadonlyMap<string, KnownFile>;
  readonly #at = Date.now();

  private constructor(folder: string, files: ReadonlyMap<string, KnownFile>) {
    this.#folder = folder;
    this.#files = files;
  }

  static async in(folder: string): Promise<KnownFiles> {
    const paths = (await readdir(folder).catch(() => [])).map((name) => join(folder, name));
    const found = await Promise.all(paths.map(async (path) => [path, await statOf(path)] as const));
    return new KnownFiles(folder, new Map(found.flatMap(([path, file]) => (file ? [[path, file] as const] : []))));
  }

  /** From which byte on the file at a path is new: 0 when all of it is. Of one elsewhere only its birth is known: all, or nothing yet. */
  async newFrom(path: string): Promise<number> {
    const file = await statOf(path);
    if (!file) return 0;
    if (dirname(path) !== this.#folder) return file.birthtimeMs >= this.#at ? 0 : file.size;
    const known = this.#files.get(path);
    return known?.ino === file.ino ? known.size : 0;
  }
}

const statOf = (path: string) => stat(path).catch(() => null);
