import { didYouMean } from '../../config/nearest-word.ts';
import { isRecord } from '../../shared/is-record.ts';
import { problem } from '../../shared/problems.ts';
import { settingAt, settingPath, settingsIn, settingText } from '../../shared/settings.ts';
import type { Session } from '../command.ts';
import { showSettings } from './change-settings.ts';
import { readSettings } from './read-settings.ts';

/** Prints one setting, those below a key, or all of them. Gives the exit code: 1 when there is none. */
export async function showSetting(key: string | undefined, session: Session): Promise<number> {
  const { out, paths } = session;
  const read = await readSettings(paths.settings);
  if (!read.ok) return out.problem(read.problem);
  if (key === undefined) {
    showSettings(read.value, undefined, session);
    return 0;
  }
  const path = settingPath(key) ?? [];
  const value = path.length > 0 ? settingAt(read.value, path) : undefined;
  if (value === undefined) {
    const known = settingsIn(read.value).map(([one]) => one.join(':'));
    return out.problem(problem('settings/not-found', { key, near: didYouMean(key, known) }));
  }
  if (isRecord(value)) showSettings(read.value, path.slice(0, 1), session);
  else out.line(sentence(path, settingText(value)));
  return 0;
}

function sentence([group = '', ...rest]: readonly string[], value: string): string {
  return rest.length === 0
    ? `Value for key ${group}: ${value}`
    : `Value for module ${group} key ${rest.join(':')}: ${value}`;
}
