import type { Input, Session } from '../command.ts';
import { setSettings } from './change-settings.ts';
import { showSetting } from './show-setting.ts';

/** How the keys of settings are written, for the help. */
export const KEY_HELP = 'A key is <app>:<key> or <app>.<key>. "pm2-logrotate" stands for the log files of all apps.';

/** `pm set`, `conf` and `config`: with a value the setting changes, without one it is shown. */
export function readOrSet({ operands: [key, value] }: Input, session: Session): Promise<number> {
  return key === undefined || value === undefined ? showSetting(key, session) : setSettings([[key, value]], session);
}
