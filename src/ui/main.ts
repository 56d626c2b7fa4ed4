import { fail, type Outcome, succeed } from '../shared/outcome.ts';
import { problem } from '../shared/problems.ts';
import { showsUnicode } from './ascii.ts';
import { DaemonSource } from './daemon-source.ts';
import { Dashboard } from './dashboard.ts';
import { inColor, withoutColor } from './palette.ts';
import type { DashboardSource } from './source.ts';
import { openScreen } from './widgets/open-screen.ts';
import { View } from './widgets/view.ts';

export interface DashboardOptions {
  /** Unix socket of the daemon. A daemon should be there; when it goes, the dashboard waits for the next. */
  readonly socketPath: string;
  /** False: bold and inverse only. */
  readonly color: boolean;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Shows the dashboard until the user leaves it. Resolves with the exit code, the terminal being as it was before. Fails
 * with terminal/missing when stdin or stdout is none.
 */
export async function runDashboard({ socketPath, color, env }: DashboardOptions): Promise<Outcome<number>> {
  if (!process.stdin.isTTY || !process.stdout.isTTY || env.TERM === 'dumb') return fail(problem('terminal/missing'));
  return succeed(await showDashboard(new DaemonSource(socketPath), { color, env }));
}

/** The same with any source. */
async function showDashboard(
  source: DashboardSource,
  { color, env }: Pick<DashboardOptions, 'color' | 'env'>,
): Promise<number> {
  const unicode = showsUnicode(env);
  const screen = openScreen({ unicode });
  const view = new View(screen, { palette: color ? inColor : withoutColor, unicode });
  const left = new Dashboard({ source, screen, view }).run();
  const exitCode = await Promise.race([left.then(() => 0), ended(() => screen.destroy())]);
  screen.destroy();
  source.close();
  return exitCode;
}

const EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGQUIT: 131, SIGTERM: 143 } as const;

/**
 * Resolves with the exit code when the process is asked to end or its terminal is gone. After an exception that nobody caught the
 * terminal is given back before the exception is printed, and the process ends.
 */
function ended(giveBackTerminal: () => void): Promise<number> {
  process.once('uncaughtException', (error) => {
    giveBackTerminal();
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  });
  return new Promise((resolve) => {
    for (const [signal, code] of Object.entries(EXIT_CODES)) process.once(signal, () => resolve(code));
    process.stdin.once('end', () => resolve(EXIT_CODES.SIGHUP));
    process.stdin.once('error', () => resolve(EXIT_CODES.SIGHUP));
    process.stdout.once('error', () => resolve(EXIT_CODES.SIGHUP));
  });
}
