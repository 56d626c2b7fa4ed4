import { writeSync } from 'node:fs';
import { mkdir, unlink } from 'node:fs/promises';
import type { MasterEvent, MasterRequests } from '../protocol/messages.ts';
import { type Server, serve } from '../protocol/server.ts';
import { startDaemon } from '../protocol/spawn-daemon.ts';
import { masterSocket, pathsOf } from '../shared/paths.ts';
import { DaemonLink } from './daemon-link.ts';
import { handlersFor } from './handlers.ts';
import { MasterLogs } from './logs/master-logs.ts';
import { Pools } from './pools.ts';

/** Runs a master: `node master.cjs <id>`, with the variables of Paths in the environment. */
async function main(id: string): Promise<void> {
  const env = { ...process.env };
  // cluster.fork gives a worker everything in our own environment: there must be nothing in it, but the zone of our dates.
  for (const name of Object.keys(process.env)) if (name !== 'TZ') delete process.env[name];
  process.title = `pm master ${id}`;
  const paths = pathsOf(env);
  const logs = new MasterLogs(paths);
  const pools = new Pools(id, paths, logs);
  const socketPath = masterSocket(paths, id);
  await mkdir(paths.mastersDir, { recursive: true, mode: 0o700 });

  const link = new DaemonLink(async () => {
    const started = await startDaemon(paths, () => {}, { env });
    if (started.ok) started.value.close();
    else report(started.problem.message);
  });
  let server: Server | null = null;
  const exit = async () => {
    link.close();
    await server?.close();
    for (const path of await logs.close()) report(`What waited for ${path} could not be written any more.`);
    process.exit(0);
  };
  const answer = handlersFor({ id, pools, logs, exit: () => void exit() });
  server = await serve<MasterRequests, MasterEvent>({
    socketPath,
    handlers: (connection) => {
      link.onConnected();
      connection.onClose(() => link.onDisconnected());
      return answer(connection);
    },
    onBug: report,
  });
  // Apps have their own lives: the end of a session, or of the daemon, is not theirs.
  for (const signal of ['SIGHUP', 'SIGINT'] as const) process.on(signal, () => {});
  process.on('SIGUSR2', () => void logs.reopen());
  process.on('SIGTERM', () => void unlink(socketPath).finally(() => process.exit(143)));
  process.on('uncaughtException', report);
  process.on('unhandledRejection', report);
}

/** What goes wrong in a master itself is said in its own log; its apps go on. */
function report(error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  try {
    writeSync(process.stderr.fd, `${new Date().toISOString()} ${text}\n`);
  } catch {
    // A full disk: there is nowhere left to say it, and an error of the report must not be reported in turn.
  }
}

void main(process.argv[2] ?? 'fork');
