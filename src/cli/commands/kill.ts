import { readdir } from 'node:fs/promises';
import { Client } from '../../protocol/client.ts';
import type { Paths } from '../../shared/paths.ts';
import { defineCommand } from '../command.ts';

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

/** A daemon, or a master that is about to start one: apps may run in it. */
async function somethingRuns({ daemonSocket, mastersDir }: Paths): Promise<boolean> {
  const client = await Client.connect(daemonSocket);
  if (client.ok) {
    client.value.close();
    return true;
  }
  const names = await readdir(mastersDir).catch(() => []);
  return names.some((name) => name.endsWith('.sock'));
}
