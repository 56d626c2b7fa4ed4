import { defineCommand } from '../command.ts';
import { printFailures } from '../output/reports.ts';
import { showList } from '../output/show-list.ts';
import { TARGETS_HELP } from '../shared-options.ts';

export default defineCommand({
  summary: 'Set restart counters back to 0',
  operands: '<target...>',
  operandsHelp: TARGETS_HELP,
  example: ['pm reset api', 'its ↺ column shows 0 again'],
  run: async ({ operands }, session) => {
    const { ask, out } = session;
    const reply = await ask('app.reset', { targets: operands });
    if (!reply.ok) return out.problem(reply.problem);
    for (const { pmId } of reply.value.reports.flatMap(({ workers }) => workers))
      out.note(`Resetting meta for process id ${pmId}`);
    const exitCode = printFailures(out, reply.value);
    if (reply.value.reports.length > 0) await showList(session);
    return exitCode;
  },
});
