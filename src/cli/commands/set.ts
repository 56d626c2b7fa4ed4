import { defineCommand } from '../command.ts';
import { KEY_HELP, readOrSet } from '../settings/read-or-set.ts';

export default defineCommand({
  summary: 'Change a setting of this PM_HOME, or show it',
  operands: '[key] [value]',
  operandsHelp: `${KEY_HELP}\nA running app whose settings change is restarted, and finds them among its variables.`,
  example: ['pm set pm2-logrotate:max_size 20M', 'log files of all apps are put away at 20 MB'],
  run: readOrSet,
});
