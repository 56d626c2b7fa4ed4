import { defineCommand } from '../command.ts';
import { KEY_HELP, readOrSet } from '../settings/read-or-set.ts';

export default defineCommand({
  summary: 'Show a setting, or change it',
  operands: '<key> [value]',
  operandsHelp: KEY_HELP,
  example: ['pm config api:color', 'shows one setting'],
  run: readOrSet,
});
