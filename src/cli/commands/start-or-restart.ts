import { applyDefinitions } from '../apply-definitions.ts';
import { defineCommand } from '../command.ts';
import { ENV, NO_DAEMON, ONLY, PARALLEL } from '../shared-options.ts';

export default defineCommand({
  summary: 'Start the apps of an ecosystem file, and restart those that run',
  operands: '<file>',
  options: [ONLY, ENV, PARALLEL, NO_DAEMON],
  declaresApps: true,
  example: ['pm startOrRestart ecosystem.yml --env production', 'what the file says runs afterwards'],
  run: (input, session) => applyDefinitions(input, session, 'restart'),
});
