import { copyFile, readFile } from 'node:fs/promises';
import { fail, type Outcome, succeed } from '../shared/outcome.ts';
import type { Paths } from '../shared/paths.ts';
import { problem } from '../shared/problems.ts';
import type { AppEntry } from './app-list.ts';
import { writeAtomically } from './atomic-file.ts';
import type { DaemonLog } from './daemon-log.ts';
import { type Dump, dumpText, parseDump } from './dump-format.ts';

type DumpPaths = Pick<Paths, 'dump' | 'dumpBackup' | 'names'>;

/** The list as `pm save` froze it; the one before is kept beside and taken when the first cannot be read. */
export class DumpFile {
  readonly #paths: DumpPaths;
  readonly #log: DaemonLog;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(paths: DumpPaths, log: DaemonLog) {
    this.#paths = paths;
    this.#log = log;
  }

  /** Fails when the file cannot be written; the former one is untouched then. */
  save(apps: readonly AppEntry[]): Promise<Outcome<{ path: string }>> {
    const text = dumpText(apps, this.#paths.names, Date.now());
    const writing = this.#writing.then(() => this.#write(text));
    this.#writing = writing;
    return writing;
  }

  async read(): Promise<Outcome<Dump>> {
    const { dump, dumpBackup } = this.#paths;
    const newest = await readDump(dump);
    if (newest.ok) return newest;
    const former = await readDump(dumpBackup);
    if (!former.ok) return newest;
    this.#log.note(`${newest.problem.message} ${dumpBackup} is taken instead.`);
    return former;
  }

  async #write(text: string): Promise<Outcome<{ path: string }>> {
    const { dump, dumpBackup } = this.#paths;
    try {
      if ((await readDump(dump)).ok) await copyFile(dump, dumpBackup); // never a broken one over a whole one
      await writeAtomically(dump, text);
      return succeed({ path: dump });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return fail(problem('home/not-writable', { home: dump, reason }));
    }
  }
}

async function readDump(path: string): Promise<Outcome<Dump>> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return fail(problem('dump/not-found', { path }));
  const dump = parseDump(text);
  return typeof dump === 'string' ? fail(problem('dump/malformed', { path, reason: dump })) : succeed(dump);
}
