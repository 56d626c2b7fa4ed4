import { type ChildProcess, spawn } from 'node:child_process';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readLastLines } from '../protocol/last-lines.ts';
import { MASTER_NODE_OPTIONS, spawnEnvironment } from '../protocol/spawn-environment.ts';
import { fail, type Outcome } from '../shared/outcome.ts';
import { MAX_SOCKET_PATH_BYTES, masterLog, masterSocket, type Paths } from '../shared/paths.ts';
import { type Problem, problem } from '../shared/problems.ts';
import { putAwayIfLarge } from './own-log-rotation.ts';

/** From spawn to the socket, on a machine that is busy starting many at once. */
const START_TIMEOUT_MS = 15_000;

/** Between two tries to connect: somebody waits for the app, and a try on a socket that is not there costs little. */
const RETRY_MS = 5;

const LOG_LINES = 10;

/** Starts a master that outlives the daemon, and waits until `connect` succeeds. */
export async function spawnMaster<T>(
  { paths, id, distDir }: { paths: Paths; id: string; distDir: string },
  connect: () => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const socket = masterSocket(paths, id);
  const bytes = Buffer.byteLength(socket);
  if (bytes > MAX_SOCKET_PATH_BYTES) {
    return fail(problem('home/path-too-long', { path: socket, bytes, maxBytes: MAX_SOCKET_PATH_BYTES }));
  }
  await putAwayIfLarge(masterLog(paths, id));
  const log = await open(masterLog(paths, id), 'a', 0o600).catch((error: Error) => error);
  if (log instanceof Error) return fail(problem('home/not-writable', { home: paths.home, reason: log.message }));
  const from = (await log.stat()).size;
  const child = spawn(process.execPath, [...MASTER_NODE_OPTIONS, join(distDir, 'master.cjs'), id], {
    detached: true,
    cwd: '/',
    env: spawnEnvironment(paths),
    stdio: ['ignore', log.fd, log.fd],
  });
  let spawnError = '';
  child.on('error', (error) => {
    spawnError = error.message;
  });
  child.unref();
  await log.close();
  for (const startedAt = Date.now(); ; await delay(RETRY_MS)) {
    const joined = await connect();
    if (joined.ok) return joined;
    const reason = spawnError || whyNot(child, Date.now() - startedAt);
    if (reason) return fail(await lost(reason));
  }

  async function lost(reason: string): Promise<Problem> {
    const evidence = await readLastLines(masterLog(paths, id), { from, lines: LOG_LINES });
    return { ...problem('master/lost', { name: id, reason }), ...(evidence.length > 0 ? { evidence } : {}) };
  }
}

function whyNot({ exitCode, signalCode }: ChildProcess, elapsedMs: number): string {
  if (exitCode !== null) return `it exited with code ${exitCode} at its start`;
  if (signalCode !== null) return `it was killed by ${signalCode} at its start`;
  return elapsedMs > START_TIMEOUT_MS ? `it did not answer within ${START_TIMEOUT_MS} ms` : '';
}
