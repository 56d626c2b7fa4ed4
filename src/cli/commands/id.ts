import { inspect } from 'node:util';
import { matchTarget } from '../../shared/target.ts';
import { defineCommand } from '../command.ts';

export default defineCommand({
  summary: 'Print the ids of an app',
  operands: '<target>',
  example: ['pm id api', 'prints [ 0, 1 ]; [] when there is no such app'],
  run: async ({ operands: [target = ''] }, { ask, out }) => {
    const reply = await ask('app.list', { env: false });
    if (!reply.ok) return out.problem(reply.problem);
    out.data(`${inspect(matchTarget(reply.value, target).flatMap(({ pmIds }) => pmIds))}\n`);
    return 0;
  },
});
