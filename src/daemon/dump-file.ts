import { copyFile, readFile } from 'node:fs/promises';
import { finite, object } from '../protocol/shape.ts';
import { fail, type Outcome, succeed } from '../shared/outcome.ts';
import { problem } from '../shared/problems.ts';
import { writeAtomically } from './atomic-file.ts';
import type { DaemonLog } from './daemon-log.ts';
import { type SavedApp, savedAppsShape } from './saved-app.ts';

/** Content of dump.json. */
interface Dump {
  readonly savedAt: number;
  readonly apps: readonly SavedApp[];
}

const dumpShape = object<Dump>({ savedAt: finite, apps: savedAppsShape });

/** The list as `pm save` froze it; the one before is kept as dump.json.bak and taken when the first cannot be read. */
export class DumpFile {
  readonly #path: string;
  readonly #log: DaemonLog;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(path: string, log: DaemonLog) {
    this.#path = path;
    this.#log = log;
  }

  /** Fails when the file cannot be written; the former one is untouched then. */
  save(apps: readonly SavedApp[]): Promise<Outcome<{ path: string }>> {
    const writing = this.#writing.then(() => this.#write({ savedAt: Date.now(), apps }));
    this.#writing = writing;
    return writing;
  }

  async read(): Promise<Outcome<readonly SavedApp[]>> {
    const newest = await readDump(this.#path);
    if (newest.ok) return newest;
    const former = await readDump(this.#backup);
    if (!former.ok) return newest;
    this.#log.note(`${newest.problem.message} ${this.#backup} is taken instead.`);
    return former;
  }

  get #backup(): string {
    return `${this.#path}.bak`;
  }

  async #write(dump: Dump): Promise<Outcome<{ path: string }>> {
    try {
      if ((await readDump(this.#path)).ok) await copyFile(this.#path, this.#backup); // never a broken one over a whole one
      await writeAtomically(this.#path, JSON.stringify(dump, null, 2));
      return succeed({ path: this.#path });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return fail(problem('home/not-writable', { home: this.#path, reason }));
    }
  }
}

async function readDump(path: string): Promise<Outcome<readonly SavedApp[]>> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return fail(problem('dump/not-found', { path }));
  const malformed = (reason: string) => fail(problem('dump/malformed', { path, reason }));
  try {
    const value: unknown = JSON.parse(text);
    const complaint = dumpShape(value, 'dump');
    return complaint === null ? succeed((value as Dump).apps) : malformed(complaint); // the shape holds
  } catch (error) {
    return malformed(error instanceof Error ? error.message : String(error));
  }
}
