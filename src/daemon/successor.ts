import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { DaemonProgram } from '../protocol/messages.ts';
import { DAEMON_NODE_OPTIONS, spawnEnvironment } from '../protocol/spawn-environment.ts';
import type { Paths } from '../shared/paths.ts';

const TAKES_MS = 10_000;
const LOOK_EVERY_MS = 20;

/**
 * Starts the daemon that takes over a home that has none by now, and resolves when one is in the pid file, or none comes. It is our
 * child, and the file names it before we end: systemd lets the main process of a unit with a PIDFile move on only so.
 */
export async function startSuccessor(paths: Paths, { node, daemonFile }: DaemonProgram): Promise<void> {
  const child = spawn(node, [...DAEMON_NODE_OPTIONS, daemonFile], {
    detached: true,
    cwd: '/',
    env: spawnEnvironment(paths),
    stdio: ['ignore', 'inherit', 'inherit'], // our own log
  });
  let isSpawned = true;
  child.on('error', () => {
    isSpawned = false;
  });
  for (const deadlineAt = Date.now() + TAKES_MS; Date.now() < deadlineAt && isSpawned; await delay(LOOK_EVERY_MS)) {
    if (hasFailed(child) || (await pidIn(paths.daemonPid)) !== process.pid) return;
  }
}

const hasFailed = ({ exitCode, signalCode }: ChildProcess): boolean => signalCode !== null || (exitCode ?? 0) !== 0;

const pidIn = async (path: string): Promise<number> => Number(await readFile(path, 'utf8').catch(() => process.pid));
