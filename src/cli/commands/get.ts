import { defineCommand } from '../command.ts';
import { KEY_HELP } from '../settings/read-or-set.ts';
import { showSetting } from '../settings/show-setting.ts';

export default defineCommand({
  summary: 'Show a setting, or all of them',
  operands: '[key]',
  operandsHelp: KEY_HELP,
  example: ['pm get api:color', 'exit code 1 when there is no such setting'],
  run: ({ operands: [key] }, session) => showSetting(key, session),
});
