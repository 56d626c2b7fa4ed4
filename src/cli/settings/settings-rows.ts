import { quoteWord } from '../../config/shell-words.ts';
import { concealSecret } from '../../shared/secret.ts';
import { type Settings, settingsIn, settingText } from '../../shared/settings.ts';

/** The settings as the commands that make them, under the name of each group. What looks like a secret is hidden. */
export function settingsRows(settings: Settings): string[] {
  return Object.entries(settings).flatMap(([group, value]) => {
    const rows = settingsIn({ [group]: value }).map(([path, one]) => commandFor(path, settingText(one)));
    return [`Module: ${group}`, ...rows];
  });
}

function commandFor(path: readonly string[], value: string): string {
  return `$ pm set ${quoteWord(path.join(':'))} ${quoteWord(concealSecret(path.at(-1) ?? '', value))}`;
}
