import { pathsOf } from '../shared/paths.ts';
import { openDaemon } from './daemon.ts';
import { DaemonLog, prefixOf } from './daemon-log.ts';

const paths = pathsOf(process.env);
const log = new DaemonLog(prefixOf(paths, process.env));

/** Runs the daemon: `node daemon.cjs`, with the variables of Paths in the environment. Ends at once, with 0, when the home has one. */
async function main(): Promise<void> {
  process.title = `pm daemon ${paths.home}`;
  const daemon = await openDaemon({ paths, distDir: __dirname, log, exit: () => process.exit(0) });
  if (daemon === null) process.exit(0);
  // The apps go on, and their masters start another daemon: only `pm kill` ends them.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void daemon.settle().finally(() => process.exit(0)));
  }
  log.follow(paths.daemonLog);
  process.on('SIGHUP', () => {});
  process.on('SIGUSR2', () => void daemon.reopenLogs());
}

/** What we did not foresee may have left anything half done. The next daemon begins with what is true. */
function crash(error: unknown): void {
  log.noteAtOnce(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exit(1);
}

process.on('uncaughtException', crash);
process.on('unhandledRejection', crash);
main().catch(crash);
