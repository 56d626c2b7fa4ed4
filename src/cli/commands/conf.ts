import { defineCommand } from '../command.ts';
import { KEY_HELP, readOrSet } from '../settings/read-or-set.ts';

export default defineCommand({
  summary: 'Show all settings or one, or change it',
  operands: '[key] [value]',
  operandsHelp: KEY_HELP,
  example: ['pm conf', 'shows each setting as the command that makes it'],
  run: readOrSet,
});
