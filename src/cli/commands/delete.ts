import { act } from '../act.ts';
import { defineCommand } from '../command.ts';
import { ONLY, TARGETS_HELP } from '../shared-options.ts';

export default defineCommand({
  summary: 'Stop workers and take them off the list',
  operands: '<target...>',
  operandsHelp: TARGETS_HELP,
  options: [ONLY],
  example: ['pm delete all', 'leaves an empty list; the daemon goes on'],
  run: (input, session) => act({ method: 'app.delete', action: 'deleteProcessId' }, input, session),
});
