import { readFile } from 'node:fs/promises';
import { fail, type Outcome, succeed } from '../../shared/outcome.ts';
import { problem } from '../../shared/problems.ts';
import { parseSettings, type Settings } from '../../shared/settings.ts';

/** The settings of a home; none when there is no file. */
export async function readSettings(path: string): Promise<Outcome<Settings>> {
  const settings = parseSettings(await readFile(path, 'utf8').catch(() => ''));
  if (typeof settings === 'string') return fail(problem('settings/malformed', { path, reason: settings }));
  return succeed(settings);
}
