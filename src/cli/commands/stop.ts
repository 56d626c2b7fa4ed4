import { act } from '../act.ts';
import { defineCommand } from '../command.ts';
import { ONLY, TARGETS_HELP } from '../shared-options.ts';

export default defineCommand({
  summary: 'Stop workers and keep them in the list',
  operands: '<target...>',
  operandsHelp: TARGETS_HELP,
  options: [{ flags: '--watch', help: 'Do not watch files when it is started again.' }, ONLY],
  example: ['pm stop api', 'drains its connections, then ends it'],
  run: (input, session) => act({ method: 'app.stop', action: 'stopProcessId' }, input, session),
});
