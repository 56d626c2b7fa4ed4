import { defineCommand } from '../command.ts';
import { wantsColor } from '../output/paint.ts';

export default defineCommand({
  summary: 'Watch and steer everything in a dashboard',
  example: ['pm monit', 'q leaves it'],
  run: async (_input, { ask, env, out, paths }) => {
    const daemon = await ask('daemon.ping', {});
    if (!daemon.ok) return out.problem(daemon.problem);
    const color = wantsColor(process.stdout.isTTY, env, process.argv);
    const { runDashboard } = await import('../../ui/main.ts'); // takes a while to load, and only this command needs it
    const left = await runDashboard({ socketPath: paths.daemonSocket, color, env });
    return left.ok ? left.value : out.problem(left.problem);
  },
});
