import { matchTarget } from '../../shared/target.ts';
import { defineCommand } from '../command.ts';

export default defineCommand({
  summary: 'Print process ids, one a line; 0 for a worker that does not run',
  operands: '[target]',
  example: ['kill -USR2 $(pm pid api)', 'sends a signal to every worker of the app'],
  run: async ({ operands: [target = 'all'] }, { ask, out }) => {
    const reply = await ask('app.list', { env: false });
    if (!reply.ok) return out.problem(reply.problem);
    const named = matchTarget(reply.value, target).flatMap(({ app, pmIds }) =>
      app.workers.filter(({ pmId }) => pmIds.includes(pmId)),
    );
    out.data(`${named.map(({ pid }) => pid).join('\n')}\n`);
    return 0;
  },
});
