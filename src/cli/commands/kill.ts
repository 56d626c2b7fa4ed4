import { defineCommand } from '../command.ts';
import { somethingRuns } from '../something-runs.ts';

export default defineCommand({
  summary: 'Stop all apps and the daemon',
  example: ['pm kill', 'nothing of this PM_HOME runs afterwards'],
  run: async (_input, { ask, out, paths }) => {
    if (await somethingRuns(paths)) {
      const reply = await ask('daemon.kill', {});
      if (!reply.ok) return out.problem(reply.problem);
    }
    out.note('[v] All Applications Stopped');
    out.note('[v] PM2 Daemon Stopped');
    return 0;
  },
});
