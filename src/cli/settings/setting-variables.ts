import { isRecord } from '../../shared/is-record.ts';
import { type Settings, settingText } from '../../shared/settings.ts';

/** The settings of an app or module as it sees them: each one by its key, and all of them as JSON by the name of the app. */
export function settingVariables(name: string, settings: Settings): Record<string, string> {
  const values = settings[name];
  if (!isRecord(values)) return {};
  const flat = Object.entries(values).map(([key, value]) => [key, settingText(value)]);
  return { ...Object.fromEntries(flat), [name]: JSON.stringify(values) };
}
