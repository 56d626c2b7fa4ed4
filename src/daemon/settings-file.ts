import { readFile } from 'node:fs/promises';
import { fail, type Outcome, succeed } from '../shared/outcome.ts';
import { problem } from '../shared/problems.ts';
import { parseSettings, type SettingChange, type Settings, settingsText, withChange } from '../shared/settings.ts';
import { writeAtomically } from './atomic-file.ts';

/** The settings of the home. Changes are made one after the other, so that none undoes another. */
export class SettingsFile {
  readonly #path: string;
  #changing: Promise<unknown> = Promise.resolve();

  constructor(path: string) {
    this.#path = path;
  }

  /** Gives the settings after the changes. Fails when the file cannot be read or written; it is untouched then. */
  change(changes: readonly SettingChange[]): Promise<Outcome<Settings>> {
    const changing = this.#changing.then(() => this.#change(changes));
    this.#changing = changing;
    return changing;
  }

  async #change(changes: readonly SettingChange[]): Promise<Outcome<Settings>> {
    try {
      const clearsAll = changes.some(({ path }) => path.length === 0);
      const before = clearsAll ? {} : parseSettings(await this.#text());
      if (typeof before === 'string') return fail(problem('settings/malformed', { path: this.#path, reason: before }));
      const after = changes.reduce(withChange, before);
      await writeAtomically(this.#path, settingsText(after));
      return succeed(after);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return fail(problem('home/not-writable', { home: this.#path, reason }));
    }
  }

  /** Empty when there is no file. */
  async #text(): Promise<string> {
    return readFile(this.#path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
  }
}
