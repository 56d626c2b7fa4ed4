import { rm } from 'node:fs/promises';
import { Client } from '../../protocol/client.ts';
import { prepareHome } from '../../protocol/home-folder.ts';
import type { DaemonEvent, DaemonRequests } from '../../protocol/messages.ts';
import { openSocket } from '../../protocol/unix-socket.ts';
import type { Paths } from '../../shared/paths.ts';
import { type Problem, problem } from '../../shared/problems.ts';
import { forgetUnlessRunning } from '../something-runs.ts';

const CONNECT_TIMEOUT_MS = 5000;

/**
 * Makes sure that no apps run in a home, and no other `pm runtime`. Returns why it cannot be used. What another that was killed has
 * left (a container that ran out of memory and is started again on the same disk) is ended and forgotten.
 */
export async function takeHome(paths: Paths): Promise<Problem | null> {
  const unusable = await prepareHome(paths);
  if (unusable) return unusable;
  const before = await openSocket(paths.outputSocket, CONNECT_TIMEOUT_MS);
  if (before.ok) {
    before.value.destroy();
    return problem('home/in-use', paths);
  }
  const wasOurs = await rm(paths.outputSocket)
    .then(() => true)
    .catch(() => false);
  const daemon = await Client.connect<DaemonRequests, DaemonEvent>(paths.daemonSocket);
  if (!daemon.ok) return (await forgetUnlessRunning(paths)) ? problem('home/in-use', paths) : null;
  if (wasOurs) await daemon.value.call('daemon.kill', {});
  const apps = wasOurs ? null : await daemon.value.call('app.list', { env: false });
  daemon.value.close();
  // One without apps was started by a "pm ls" that came before us.
  return apps?.ok && apps.value.length > 0 ? problem('home/in-use', paths) : null;
}
