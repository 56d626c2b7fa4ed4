import { rm } from 'node:fs/promises';
import { Client } from '../../protocol/client.ts';
import { prepareHome } from '../../protocol/home-folder.ts';
import type { DaemonEvent, DaemonRequests } from '../../protocol/messages.ts';
import { openSocket } from '../../protocol/unix-socket.ts';
import type { Paths } from '../../shared/paths.ts';
import { type Problem, problem } from '../../shared/problems.ts';

const CONNECT_TIMEOUT_MS = 5000;

/**
 * Makes a home ready for a daemon of our own, empty of apps. Returns why not. What another that was killed (a container that ran out of
 * memory and is started again on the same disk) has left is ended and forgotten.
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
  if (!daemon.ok) await rm(paths.state, { force: true });
  else if (wasOurs) await daemon.value.call('daemon.kill', {});
  if (daemon.ok) daemon.value.close();
  return daemon.ok && !wasOurs ? problem('home/in-use', paths) : null;
}
