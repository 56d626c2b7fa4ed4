import { applyDefinitions } from '../apply-definitions.ts';
import { defineCommand } from '../command.ts';
import { ENV, NO_DAEMON, ONLY, PARALLEL } from '../shared-options.ts';

export default defineCommand({
  summary: 'Start the apps of an ecosystem file, and reload those that run',
  operands: '<file>',
  options: [ONLY, ENV, PARALLEL, NO_DAEMON],
  declaresApps: true,
  example: ['pm startOrReload ecosystem.yml --env production', 'a deploy that loses no request'],
  run: (input, session) => applyDefinitions(input, session, 'reload'),
});
