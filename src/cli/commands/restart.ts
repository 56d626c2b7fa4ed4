import { applyDefinition } from '../apply-definitions.ts';
import { defineCommand } from '../command.ts';
import type { Done } from '../declare-apps.ts';
import { findNamed } from '../named-workers.ts';
import { showList } from '../output/show-list.ts';
import { isDefinition } from '../read-apps.ts';
import { restartNamed } from '../restart-named.ts';
import { CHANGES_HELP, ENV, NO_DAEMON, ONLY, PARALLEL, TARGETS_HELP, UPDATE_ENV } from '../shared-options.ts';

export default defineCommand({
  summary: 'Stop workers and start them again',
  operands: '<target...>',
  operandsHelp: `${TARGETS_HELP}\n${CHANGES_HELP}`,
  options: [
    { flags: '--watch', help: 'Watch files from now on; when they are watched, no more.' },
    { flags: '-c, --cron-restart <pattern>', help: 'Another `cron_restart`; 0: none.' },
    { flags: '-n, --name <name>', help: 'Another name, of one app.' },
    { flags: '--namespace <name>', help: 'Another namespace, of one app.' },
    UPDATE_ENV,
    PARALLEL,
    ONLY,
    ENV,
    NO_DAEMON,
  ],
  changesApps: true,
  takesAppArgs: true,
  example: ['pm restart api', 'short gap in service; "pm reload" has none'],
  run: async (input, session) => {
    const results: Done[] = [];
    const names = input.operands.filter((operand) => !isDefinition(operand));
    for (const operand of input.operands.filter(isDefinition))
      results.push(await applyDefinition(operand, input, session, 'restart'));
    if (names.length > 0) {
      const named = await findNamed(session, names);
      if (!named.ok) return session.out.problem(named.problem);
      results.push(await restartNamed(named.value, input, session));
    }
    if (results.some(({ acted }) => acted)) await showList(session);
    return Math.max(...results.map(({ exitCode }) => exitCode));
  },
});
