import { pm2Records } from '../../protocol/pm2-record.ts';
import { defineCommand } from '../command.ts';

export default defineCommand({
  summary: 'Print the list as JSON, with the environment',
  example: ['pm jlist | jq ".[].pm2_env.status"', 'one record per worker, in the schema of PM2'],
  run: async (_input, { ask, out }) => {
    const reply = await ask('app.list', { env: true, reports: true });
    if (!reply.ok) return out.problem(reply.problem);
    out.data(JSON.stringify(pm2Records(reply.value)));
    return 0;
  },
});
