import { problem } from '../../shared/problems.ts';
import { settingPath } from '../../shared/settings.ts';
import { defineCommand } from '../command.ts';
import { showSettings } from '../settings/change-settings.ts';
import { KEY_HELP } from '../settings/read-or-set.ts';

export default defineCommand({
  summary: 'Take a setting away, or all of an app',
  operands: '<key>',
  operandsHelp: `${KEY_HELP} "all" takes every setting away.`,
  example: ['pm unset api:color', 'shows what is left'],
  run: async ({ operands: [key = ''] }, session) => {
    const { ask, out } = session;
    const path = key === 'all' ? [] : settingPath(key);
    if (!path) return out.problem(problem('settings/bad-key', { key }));
    const reply = await ask('settings.change', { changes: [{ path, value: null }] });
    if (!reply.ok) return out.problem(reply.problem);
    showSettings(reply.value, undefined, session);
    return 0;
  },
});
