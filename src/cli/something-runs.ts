import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openSocket } from '../protocol/unix-socket.ts';
import type { Paths } from '../shared/paths.ts';

/** A process that does not take a connection in this time hangs, but is there. */
const CONNECT_TIMEOUT_MS = 5000;

/** Whether there is a daemon, or a master, which will start one: apps may run in it. Files of sockets outlive who was killed. */
export async function somethingRuns({ daemonSocket, mastersDir }: Paths): Promise<boolean> {
  if (await isTaken(daemonSocket)) return true;
  const names = await readdir(mastersDir).catch(() => []);
  const masters = names.filter((name) => name.endsWith('.sock')).map((name) => join(mastersDir, name));
  return (await Promise.all(masters.map(isTaken))).includes(true);
}

/**
 * Forgets the apps of a home in which nothing runs: a container that was killed is started again on the same disk. Returns whether
 * something runs.
 */
export async function forgetUnlessRunning(paths: Paths): Promise<boolean> {
  const runs = await somethingRuns(paths);
  if (!runs) await rm(paths.state, { force: true });
  return runs;
}

async function isTaken(socketPath: string): Promise<boolean> {
  const socket = await openSocket(socketPath, CONNECT_TIMEOUT_MS);
  if (socket.ok) socket.value.destroy();
  return socket.ok;
}
