import { inspect } from 'node:util';
import { pm2Records } from '../../protocol/pm2-record.ts';
import { defineCommand } from '../command.ts';

export default defineCommand({
  summary: 'Print the list as a readable object, with the environment',
  example: ['pm prettylist', 'what jlist has, for people'],
  run: async (_input, { ask, out }) => {
    const reply = await ask('app.list', { env: true, reports: true });
    if (!reply.ok) return out.problem(reply.problem);
    out.data(`${inspect(pm2Records(reply.value), { depth: null, maxArrayLength: null, maxStringLength: null })}\n`);
    return 0;
  },
});
